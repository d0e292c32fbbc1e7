"""The appendix: what a reader finds in it, and its data as CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import docx
import pypdf
import pytest
from command import ROOT, command, folder, golden
from hostile import HOSTILE
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sheets import tags
from small import TODAY, register

from figurecheck.appendix import FORMATS, Appendix, AppendixError, data, form, page, table, written
from figurecheck.appendix.content import Bullets, Paragraph, Table
from figurecheck.appendix.illustration import Illustrations
from figurecheck.appendix.model import anchor, concepts
from figurecheck.appendix.report import ReportError
from figurecheck.appendix.report import text as report
from figurecheck.appendix.svg import Picture
from figurecheck.appendix.table import HEADER
from figurecheck.configuration import Layout
from figurecheck.confront import check
from figurecheck.figures import COLUMNS, Figure
from figurecheck.interval import Interval
from figurecheck.markup import markdown
from figurecheck.register import load, parsed
from figurecheck.strategies import registers

MIXED = """id,reported,unit,label,concept,base,place,period,source,locator,waive
    all,27.6 million,person,people in labour,labour,,ITA,2021,s,p. 22,
    women,about 11.8 million,person,,labour/women,,ITA,2021,s,,
    share,71 %,percent,share of women,labour/women,labour,ITA,2021,s,,
    other,30.2 million,person,other count,labour,,ITA,2021,t,,FC301 with all: another count
    third,one in three,fraction,,,,,,s,,
    many,over 5,person,,,,,,gone,,
    strange,5,blorps,,,,,,,,
    lost,a surge,person,,,,,,,,
    silent,,person,,,,,,,,
    relations:
    id,statement,label,source
    sexes,all == women + 15.8e6,both sexes,u
    far,share > lost,,
    torn,all ==,,
    implied,implied = share * all,what the share implies,
    rough,rough = women * third,,
    bare,bare = 2 * 3,,
    refused_one,refused_one = lost * 2,what cannot be,
    sources: s=ILO, t, u, unused"""


def made(text_or_register):
    found = register(text_or_register) if isinstance(text_or_register, str) else text_or_register
    return Appendix(found, check(found, today=TODAY))


def whole(text_or_register, **layout):
    """Give the page of an appendix."""
    return page(made(text_or_register), Layout(**layout))


def blocks(found):
    return [block for section in found.sections for block in section.walk()]


def lines(found):
    """Give every line of a page."""
    for block in [*found.preface, *blocks(found)]:
        if isinstance(block, Paragraph):
            yield block.line
        elif isinstance(block, Bullets):
            for item in block.items:
                yield from item
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from cell.lines


def spans(found):
    return [span for line in lines(found) for span in line]


def said(found):
    """Give all words of a page."""
    return "\n".join("".join(span.text for span in line) for line in lines(found))


def anchors(found):
    """Give every anchor of a page."""

    def within(section):
        yield section.anchor
        for each in section.sections:
            yield from within(each)

    for section in found.sections:
        yield from within(section)
    for block in blocks(found):
        if isinstance(block, Table):
            yield from (row.anchor for row in block.rows if row.anchor)
        elif isinstance(block, Bullets):
            yield from block.anchors


def tables_of(found):
    return {block.caption: block for block in blocks(found) if isinstance(block, Table)}


def rows(page, kind=""):
    """Give the rows of the CSV, of one kind or all."""
    table = csv.DictReader(io.StringIO(page, newline=""), strict=True)
    assert tuple(table.fieldnames) == HEADER
    found = list(table)
    assert all(None not in row and None not in row.values() for row in found)
    return [row for row in found if row["kind"].startswith(kind)]


def one_figure(**texts):
    """Give a register of one figure, one relation and one source with these texts in all places."""
    figures, relations = io.StringIO(), io.StringIO()
    row = {"id": "a", "reported": "5", "unit": "person", "source": "s"} | texts
    csv.writer(figures).writerows([list(row), list(row.values())])
    label = texts.get("label", "")
    both = [["r", "a == a", label], ["d", "d = a * 2", label], ["e", "e = a / (a - a)", label]]
    csv.writer(relations).writerows([["id", "statement", "label"], *both])
    source = {"id": "s", "title": label, "author": [{"literal": label}], "URL": label}
    return parsed(figures.getvalue(), relations.getvalue(), json.dumps([source]))


@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_a_hostile_cell_breaks_no_row_of_the_csv_and_runs_nowhere(reported, label, locator, quote):
    found = one_figure(reported=reported, label=label, locator=locator, quote=quote)
    page = table.text(made(found))
    [row] = rows(page, "figure")
    for name, text in {
        "text": reported,
        "label": label,
        "locator": locator,
        "quote": quote,
    }.items():
        assert row[name] in {text.strip(), f"'{text.strip()}"}
    for row in rows(page):
        for cell in row.values():
            dangerous = cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d"))
            assert not dangerous or re.fullmatch(r"-\d+(\.\d+)?", cell)


@given(st.fractions(-(10**9), 10**9), st.fractions(-(10**9), 10**9))
@example(Fraction(-1, 3), Fraction(1, 3))
def test_the_bounds_in_the_csv_are_exact_where_their_decimals_end_and_else_outward(one, other):
    low, high = sorted([one, other])
    base = made("id,reported,unit,source\na,5,person,s")
    [figure] = base.register.values()
    figure.__dict__["_read"] = type(figure.reading)(
        "5", 0, 1, (low, high), Interval.of(low, high), Interval.of(None, high), "", "", Fraction(1)
    )
    [row] = rows(table.text(base), "figure")
    lower, upper = Fraction(row["lower"]), Fraction(row["upper"])
    assert lower <= low <= high <= upper
    assert upper - lower <= high - low + (abs(low) + abs(high)) / 10**16
    assert row["widest_lower"] == ""
    assert row["widest_upper"] == row["upper"]
    for end, true in ((lower, low), (upper, high)):
        rest = re.sub("[25]", "", "".join(map(str, primes(true.denominator))))
        assert (end == true) == (rest == "")


def primes(number):
    """Give 2, 5, and what else is in a number."""
    for prime in (2, 5):
        while number % prime == 0:
            number //= prime
            yield prime
    if number > 1:
        yield "x"


def test_the_bounds_of_the_csv_are_in_the_unit_that_stands_beside_them():
    page = table.text(made(MIXED))
    by_id = {row["id"]: row for row in rows(page) if row["kind"] in {"figure", "derived"}}
    share, implied = by_id["share"], by_id["implied"]
    assert [share[name] for name in ("unit", "lower", "upper")] == ["percent", "70.5", "71.5"]
    assert [implied[name] for name in ("unit", "lower", "upper")] == [
        "person", "19422750", "19769750",
    ]  # fmt: skip
    share_of = """id,reported,unit,source
        a,1.0 million,person,s
        b,8.0 million,person,s
        relations:
        id,statement
        c,c = a / b"""
    [row] = rows(table.text(made(share_of)), "derived")
    assert row["unit"] == "percent"
    lower, upper = Fraction(row["lower"]), Fraction(row["upper"])
    assert 0 <= Fraction(9500, 805) - lower < Fraction(1, 10**14)
    assert 0 <= upper - Fraction(10500, 795) < Fraction(1, 10**14)


def test_all_that_the_register_holds_is_on_the_page():
    small = register(MIXED)
    told = said(whole(small))
    for each in small.values():
        assert each.id in told
        assert each.reported in told
    for each in small.relations:
        assert each.id in told or each.derives
    for each in check(small, today=TODAY).findings:
        assert each.proof in told
        assert each.waived in told
    for refusal in small.derivations.refused.values():
        assert str(refusal) in told
    assert "unused" not in told


@given(registers())
@settings(max_examples=15)
def test_every_link_leads_to_an_anchor_and_every_anchor_is_there_once(drawn):
    found = whole(drawn)
    known = list(anchors(found))
    assert len(known) == len(set(known))
    links = {span.link[1:] for span in spans(found) if span.link.startswith("#")}
    assert links <= set(known)
    assert {anchor("figure", name) for name in drawn} <= set(known)


@given(registers())
@settings(max_examples=15)
def test_every_figure_has_its_row_and_its_picture_and_every_finding_its_place(drawn):
    base = made(drawn)
    found = page(base, Layout())
    figures = [
        row
        for block in blocks(found)
        if isinstance(block, Table) and block.caption.startswith("Figures:")
        for row in block.rows
    ]
    assert Counter(row.anchor for row in figures) == Counter(
        anchor("figure", name) for name in drawn
    )
    assert all(isinstance(row.cells[2].picture, Picture) for row in figures)
    told = [each for block in blocks(found) if isinstance(block, Bullets) for each in block.anchors]
    assert {each for each in told if each.startswith("finding-")} == set(base.anchors.values())


def test_the_summary_counts_what_the_page_shows():
    base = made(MIXED)
    found = page(base, Layout())
    outcomes = tables_of(found)["How the relations came out"]
    counts = {
        row.cells[0].lines[0][0].text: [int(cell.sort) for cell in row.cells[1:3]]
        for row in outcomes.rows
    }
    assert {name: each[0] for name, each in counts.items()} == base.tally(base.declared)
    assert {name: each[1] for name, each in counts.items()} == base.tally(base.implied)
    assert sum(each[0] for each in counts.values()) == len(base.declared) == 3
    stand, waived, untested = base.grouped()
    assert len(stand) + len(waived) + len(untested) == len(base.report.findings)
    assert f"{len(stand)} findings to look at; {len(waived)} waived" in said(found)
    assert sum(int(row.cells[3].sort) for row in outcomes.rows) == 1
    assert "8 figures from 2 sources (3 from none that is registered), " in said(found)
    whom = tables_of(found)["From whom they are"]
    assert [[cell.lines[0][0].text for cell in row.cells] for row in whom.rows] == [
        ["s", "4"],
        ["t", "1"],
    ]


def test_of_very_many_sources_the_summary_names_those_with_the_most_figures():
    rows_ = "\n".join(f"f{place},5,person,s{place // 2}" for place in range(50))
    keys = ", ".join(f"s{place}" for place in range(25))
    found = whole(f"id,reported,unit,source\n{rows_}\nsources: {keys}")
    assert len(tables_of(found)["From whom they are"].rows) == 20
    assert "And 10 figures from 5 more sources." in said(found)


def test_the_sections_stand_in_the_order_in_which_a_reader_asks():
    names = ["summary", "figures", "derived", "relations", "findings", "sources"]
    assert [each.anchor for each in whole(MIXED).sections] == names


def test_concepts_are_nested_as_their_paths_are():
    text = """id,reported,unit,concept,source
        a,5,person,slavery/labour/children,s
        b,6,person,slavery,s
        c,7,person,,s
        d,8,person,arrivals,s"""
    [figures] = [each for each in whole(text).sections if each.anchor == "figures"]

    def shape(section):
        return section.title, [shape(each) for each in section.sections]

    assert shape(figures) == (
        "The figures",
        [
            ("Slavery", [("Labour", [("Children", [])])]),
            ("Arrivals", []),
            ("Of which it is not stated", []),
        ],
    )
    assert list(concepts([Figure("a", concept="/x/y/"), Figure("b", concept="x")])) == ["x", "x/y"]


def test_a_broken_sum_and_a_broken_share_are_drawn():
    text = """id,reported,unit,concept,base,place,period,source
        all,10.0 million,person,labour,,ITA,2021,s
        women,6.0 million,person,labour/women,,ITA,2021,s
        men,5.0 million,person,labour/men,,ITA,2021,s
        share,71.0 %,percent,labour/women,labour,ITA,2021,s
        relations:
        id,statement
        sexes,all == women + men
        order,women > all
        law,"possible_share(share, n=all)"
        none,all == 9000000
        implied,implied = share * all
        beside,implied == 9000000
        both,all * 2 == women * 2"""
    found = whole(text)
    titles = [block.title for block in blocks(found) if isinstance(block, Picture)]
    assert "all and its parts" in titles
    assert "What is implied, beside women" in titles
    assert "What is implied, beside all" in titles
    assert "What is implied, beside implied" in titles
    assert len([each for each in titles if each.startswith("What is implied")]) == 3
    assert "How figures, relations and derived quantities hang together" in titles


def told_in_pictures(text):
    """Give what the pictures of a page say, by title."""
    drawn = [each for each in blocks(whole(text)) if isinstance(each, Picture)]
    return {each.title: each.description for each in drawn}


def test_a_sum_that_is_a_number_by_itself_has_no_figure_as_its_whole():
    text = """id,reported,unit,source
        women,60 %,percent,s
        men,40 %,percent,s
        relations:
        id,statement
        all,women + men == 1
        far,1 == women + men + 1"""
    assert not [title for title in told_in_pictures(text) if "parts" in title]


def test_of_two_reported_numbers_neither_is_called_implied():
    text = """id,reported,unit,concept,place,period,source
        ours,10.0 million,person,labour,ITA,2021,s
        theirs,12.0 million,person,labour,ITA,2021,s
        part,13.0 million,person,labour/women,ITA,2021,s
        share,5.0 %,percent,,,,s
        parts,0.2,fraction,,,,s
        relations:
        id,statement
        both,share == parts"""
    drawn = told_in_pictures(text)
    assert "They are at least 1.9 million apart." in drawn["ours, beside theirs"]
    assert "They are at least 2.9 million apart." in drawn["part, beside ours"]
    assert "share: 5.0 %, stands for 4.95-5.05 %" in drawn["share, beside parts"]
    assert "parts: 0.2, stands for 15-25 %" in drawn["share, beside parts"]
    assert "They are at least 9.9 percentage points apart." in drawn["share, beside parts"]
    assert not [title for title, told in drawn.items() if "implied" in title + told]


def test_what_has_no_number_stands_among_those_that_have_one():
    text = """id,reported,unit,concept,source
        one,5,person,labour,s
        two,6,person,labour,s
        lost,a surge,person,labour,s
        silent,,person,labour,"""
    told = told_in_pictures(text)["Labour, in persons"]
    assert "lost: cannot be read, a surge." in told
    assert "silent: not reported." in told


def test_what_is_implied_and_broken_is_on_the_map():
    text = """id,reported,unit,concept,base,place,period,source
        all,10.0 million,person,labour,,ITA,2021,s
        women,5.0 million,person,labour/women,,ITA,2021,s
        share,71.0 %,percent,labour/women,labour,ITA,2021,s
        relations:
        id,statement
        less,women < all"""
    told = told_in_pictures(text)["How figures, relations and derived quantities hang together"]
    assert "A map of figures (3), relations (2)" in told
    assert "with a cross: all; women; share; a share of a whole is that part of it." in told


def test_an_implied_relation_is_called_by_its_law():
    text = """id,reported,unit,concept,base,place,period,source
        all,10.0 million,person,labour,,ITA,2021,s
        women,5.0 million,person,labour/women,,ITA,2021,s
        share,50 %,percent,labour/women,labour,ITA,2021,s
        again,50 %,percent,labour/women,labour,ITA,2021,s"""
    called = {each.relation.text: each.called for each in made(text).implied}
    assert called["women <= all"] == "a part is not more than its whole"
    assert called["share * all == women"] == "a share of a whole is that part of it"
    assert called["share == again"] == "two figures of the same thing agree"


def test_figures_that_are_called_the_same_are_told_apart():
    text = """id,reported,unit,label,period,source
        a,5,person,arrivals,2020,s
        b,6,person,arrivals,2021-01-01/2021-06-30,s
        c,7,person,arrivals,,s
        d,8,person,people,2021,s
        e,9,person,people,2021,s
        f,9,person,others,2021,s"""
    assert dict(made(text).labels) == {
        "a": "arrivals, 2020",
        "b": "arrivals, 2021-01-01 to 2021-06-30",
        "c": "arrivals",
        "d": "people, 2021 (d)",
        "e": "people, 2021 (e)",
        "f": "others",
    }


def test_a_finding_says_what_figures_and_sources_are_called_and_not_their_ids():
    text = """id,reported,unit,label,concept,place,period,source,repeats
        of_ilo,27.6 million,person,people in forced labour,labour,ITA,2021,ilo_2022,
        of_news,29.6 million,person,people in the news,labour,ITA,2021,the_news,of_ilo
        women,5,person,women,,,,the_news,
        sources: ilo_2022, the_news"""
    said = ["".join(span.text for span in each) for each in lines(whole(text))]
    told = [each for each in said if "people in the news" in each and "FC" in each]
    assert told
    assert not [each for each in told if "of_ilo" in each or "of_news" in each]
    links = {span.link for each in lines(whole(text)) for span in each if span.text == "ilo_2022"}
    assert links == {"#source-ilo_2022"}


def test_what_a_finding_quotes_is_left_as_it_is():
    text = """id,reported,unit,label,source,quote
        my_dog,12 (my_dog),person,the dog,of_dogs,there were 13
        of_dogs,5,person,five dogs,of_dogs,there were 6
        sources: of_dogs"""
    said = ["".join(span.text for span in each) for each in lines(whole(text))]
    assert [each for each in said if "'12 (my_dog)'" in each]
    links = {span.link for each in lines(whole(text)) for span in each if span.text == "five dogs"}
    assert links <= {"", "#figure-of_dogs"}


def test_a_share_in_words_is_shown_in_per_cent():
    text = """id,reported,unit,concept,source
        a,one in four,fraction,children,s
        b,half,fraction,children,s
        c,71 %,percent,children,s"""
    found = whole(text)
    [table] = [each for name, each in tables_of(found).items() if name.startswith("Figures")]
    said = [[span.text for span in each] for row in table.rows for each in row.cells[2].lines]
    assert ["24.5-25.5 %"] in said
    assert not [each for each in said if "fraction" in each]
    drawn = told_in_pictures(text)
    assert "a: one in four, stands for 24.5-25.5 %" in drawn["Children, in per cent"]
    assert "c: 71 %, stands for 70.5-71.5 %" in drawn["Children, in per cent"]


def test_the_map_says_in_a_word_how_a_quantity_is_derived():
    text = """id,reported,unit,source
        a,10,person,s
        b,4,person,s
        relations:
        id,statement
        x1,all = a + b
        x2,more = a - b
        x3,"both = total(a, b)"
        x4,same = a"""
    drawn = [each for each in blocks(whole(text)) if isinstance(each, Picture)]
    [network] = [each.svg for each in drawn if each.title.startswith("How figures")]
    for word in ("sum", "difference", "total", "equation"):
        assert f">{word}</text>" in network


def test_what_is_not_stated_is_said():
    text = """id,reported,unit,place,period,source
        a,5,person,ITA,,s
        b,6,person,,2021,s
        c,6,person,,,s
        d,6,person,ITA,2021,s"""
    assert [
        ["".join(span.text for span in line) for line in row.cells[3].lines if line]
        for row in tables_of(whole(text))["Figures: figures without a concept"].rows
    ] == [
        ["Italy", "when is not stated"],
        ["2021", "where is not stated"],
        ["where and when is not stated"],
        ["Italy, 2021"],
    ]


def test_a_finding_beside_a_figure_says_whose_it_is():
    text = """id,reported,unit,label,concept,place,period,source
        a,5,person,first,labour,ITA,2021,s
        b,7,person,second,labour,ITA,2021,s
        relations:
        id,statement,label
        same,a == b + 1,one more"""
    told = said(whole(text))
    assert "broken: FC304, in one more" in told
    assert told.count("broken: FC301, with ") == 1


def test_a_statement_with_a_slip_leads_to_its_finding_and_not_to_what_is_not_there():
    text = """id,reported,unit,source
        a,5,person,s
        relations:
        id,statement,label
        torn,a ==,no statement
        lost,a == gone,no figure"""
    found = whole(text)
    rows_ = tables_of(found)["Relations that somebody declared"].rows
    assert all("broken: FC008" in [span.text for span in row.cells[1].lines[1]] for row in rows_)
    links = {span.text: span.link for span in spans(found)}
    assert links["gone"] == ""
    assert links["no statement"] == "#relation-torn"


def test_of_very_many_relations_those_are_drawn_that_do_not_hold():
    rows_ = "\n".join(
        f"w{n},30,person,s\na{n},10,person,s\nb{n},{20 + (n == 79)},person,s" for n in range(80)
    )
    sums = "\n".join(f"r{n},w{n} == a{n} + b{n}" for n in range(80))
    found = whole(f"id,reported,unit,source\n{rows_}\nrelations:\nid,statement\n{sums}")
    drawn = [each.title for each in blocks(found) if isinstance(each, Picture)]
    parts = [each for each in drawn if each.endswith("and its parts")]
    assert len(parts) == 60
    assert parts[0] == "w79 and its parts"
    assert "Of further sums and gaps there is no picture." in said(found)


def test_of_two_numbers_of_one_thing_that_disagree_both_are_marked_and_no_other_fault_is():
    text = """id,reported,unit,concept,place,period,source
        a,170,person,labour,ITA,2021,s
        b,190,person,labour,ITA,2021,s
        c,12,person,arrivals,ITA,2021,gone"""
    base = made(text)
    rows_ = [
        row
        for block in blocks(page(base, Layout()))
        if isinstance(block, Table)
        for row in block.rows
    ]
    verdicts = {row.anchor: row.facets["verdict"] for row in rows_ if row.anchor}
    assert verdicts == {"figure-a": "broken", "figure-b": "broken", "figure-c": "broken"}
    pictures_ = Illustrations(base)
    marks = [pictures_.band(each).mark for each in base.register.values()]
    assert marks == ["broken", "broken", ""]


def test_a_series_is_drawn_for_one_thing_in_three_periods():
    rows_ = "\n".join(
        f"a{year},{year - 2000} thousand,arrival,arrivals,ITA,{year},s"
        for year in range(2020, 2023)
    )
    head = "id,reported,unit,concept,place,period,source"
    titles = [
        block.title for block in blocks(whole(f"{head}\n{rows_}")) if isinstance(block, Picture)
    ]
    assert "Arrivals, by period" in titles
    told = told_in_pictures(f"{head}\n{rows_}\na2024,,arrival,arrivals,ITA,2024,\n")
    assert "2024: not reported." in told["Arrivals, by period"]
    two = "\n".join(rows_.splitlines()[:2])
    titles = [
        block.title for block in blocks(whole(f"{head}\n{two}")) if isinstance(block, Picture)
    ]
    assert "Arrivals, by period" not in titles


def test_the_conflict_of_several_relations_is_on_the_map():
    text = """id,reported,unit,source
        all,10.0 million,person,s
        women,,person,s
        men,7.0 million,person,s
        girls,3.2 million,person,s
        apart,5,person,s
        relations:
        id,statement
        sexes,all == women + men
        ages,girls <= women
        fine,apart == 5"""
    [drawn] = [
        each for each in blocks(whole(text)) if isinstance(each, Picture) and "hang" in each.title
    ]
    assert "cannot all be right, and are marked with a cross: all; men; girls" in drawn.description


def test_what_a_newspaper_claims_and_what_is_found_there_stand_side_by_side():
    text = """id,reported,unit,concept,place,period,source,attributed_to,repeats
        theirs,71 %,percent,slavery/women,ITA,2016,ilo,,
        ours,71 %,percent,slavery/women,ITA,2016,news,ILO,theirs
        lost,79 %,percent,trafficking/women,ITA,2016,news,UNODC,
        sources: ilo=ILO, news, unodc=UNODC"""
    told = said(whole(text))
    assert "names as its own source: ILO" in told
    assert "found there: theirs: 71 % (" in told
    assert "names as its own source: UNODC" in told
    assert "found there: nothing" in told


def test_a_reader_is_told_what_was_asked_in_words():
    told = said(whole(MIXED))
    assert "What was asked (can figures side by side be true together): " in told
    assert "Waived: another count" in told


def source(key, *authors, year=None, **more):
    entry = {"id": key, "author": [{"literal": each} for each in authors], "title": f"Of {key}"}
    return entry | ({"issued": {"date-parts": [[year]]}} if year else {}) | more


def named(*entries):
    """Give the names of sources, as the appendix has them."""
    figures = "\n".join(f"f{place},5,person,{each['id']}" for place, each in enumerate(entries))
    base = made(parsed(f"id,reported,unit,source\n{figures}", "", json.dumps(entries)))
    return list(base.names.values())


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        (source("s"), "s"),
        (source("s", year=2021), "s 2021"),
        (source("s", "ILO"), "ILO"),
        (source("s", "ILO", year=2021), "ILO 2021"),
        (source("s", "ILO", "IOM", year=2021), "ILO et al. 2021"),
        (source("s", "ILO", issued={"date-parts": [[2021], [2023]]}), "ILO 2021-2023"),
        ({"id": "s", "author": [{"family": "Doe"}, {"given": "J."}]}, "Doe"),
    ],
)
def test_a_source_is_called_by_its_authors_and_year(entry, name):
    assert named(entry) == [name]


def test_sources_of_one_author_and_year_are_told_apart_by_their_keys():
    several = source("s", "ILO", year=2021), source("t", "ILO", year=2021), source("u", "ILO")
    assert named(*several) == ["ILO 2021 (s)", "ILO 2021 (t)", "ILO"]


@given(st.text(min_size=1))
def test_an_anchor_is_of_letters_that_an_address_can_have_and_tells_names_apart(name):
    found = anchor("source", name)
    assert re.fullmatch(r"source-[A-Za-z0-9_.-]+", found)
    assert found != anchor("source", f"{name}x")


def test_sections_are_chosen_ordered_and_renamed():
    found = whole(MIXED, sections=("sources", "figures"), headings={"figures": "The numbers"})
    assert [each.title for each in found.sections] == ["Sources", "The numbers"]
    found = whole(MIXED, title="Ours", preface="One  line.\n\nAnother\none.")
    assert found.title == "Ours"
    assert [each.line[0].text for each in found.preface] == ["One line.", "Another one."]


@pytest.mark.parametrize("layout", [{"sections": ("figurs",)}, {"headings": {"figurs": "x"}}])
def test_a_section_that_is_none_is_refused_with_the_nearest(layout):
    with pytest.raises(AppendixError, match=r"no section 'figurs', wanted .*mean 'figures'"):
        whole(MIXED, **layout)


def test_a_rule_of_ones_own_is_told_as_one_and_one_that_is_not_known_is_no_crash():
    base = made("id,reported,unit,source\na,a surge,person,s")
    [finding, *_] = base.report.findings
    own = replace(base.report, findings=(replace(finding, code="NEWS101"),), rules=())
    assert "NEWS101" in said(page(Appendix(base.register, own), Layout()))


def test_an_empty_register_has_an_appendix():
    empty = made("id,reported,unit,source")
    assert "0 figures from 0 sources" in said(page(empty, Layout()))
    assert rows(table.text(empty)) == []
    assert json.loads(data.text(empty))["figures"] == []


def test_the_csv_has_a_row_for_each_thing():
    base = made(MIXED)
    derivations = base.register.derivations
    kinds = {
        "figure": base.register,
        "derived": derivations.derived,
        "refused": derivations.refused,
        "relation": base.declared,
        "implied": base.implied,
        "finding": base.report.findings,
        "source": base.sources,
    }
    assert {kind: len(rows(table.text(base), kind)) for kind in kinds} == {
        kind: len(things) for kind, things in kinds.items()
    }
    assert all(kinds.values())


def test_the_json_has_all_that_the_page_is_made_from():
    base = made(MIXED)
    found = json.loads(data.text(base), parse_float=Fraction)
    assert [each["id"] for each in found["figures"]] == list(base.register)
    share = next(each for each in found["figures"] if each["id"] == "share")
    assert (share["reported"], share["narrow"]) == ("71 %", [Fraction("70.5"), Fraction("71.5")])
    assert next(each for each in found["figures"] if each["id"] == "lost")["narrow"] is None
    assert [each["id"] for each in found["derived"]] == list(base.register.derivations.derived)
    assert len(found["relations"]) == len(base.declared)
    assert len(found["implied"]) == len(base.implied)
    assert [each["anchor"] for each in found["findings"]] == list(base.anchors.values())
    assert {each["waived"] for each in found["findings"]} == {None, "another count"}
    assert [each["id"] for each in found["sources"]] == ["s", "t", "u"]


@given(HOSTILE)
def test_any_text_comes_back_from_the_json(words):
    found = json.loads(data.text(made(one_figure(quote=words))))
    assert found["figures"][0]["quote"] == words.strip()


@pytest.mark.parametrize(("ending", "module"), [(".csv", table), (".json", data)])
def test_the_data_of_one_register_is_the_same_bytes_again(ending, module):
    first, second = (module.text(made(MIXED)) for _ in range(2))
    assert first == second
    assert first == golden(f"appendix/mixed{ending}", first)


def test_the_cells_of_the_shipped_register_come_back_from_the_csv():
    shipped = load(ROOT / "data")
    found = {row["id"]: row for row in rows(table.text(made(shipped)), "figure")}
    assert found.keys() == shipped.keys()
    for name in {*HEADER} & {*COLUMNS} - {"source"}:
        assert [row[name] for row in found.values()] == [
            getattr(each, name) for each in shipped.values()
        ]


@pytest.mark.parametrize("name", ["a.md", "b/A.CSV", "a.b.html", "x.pdf", "x.DOCX"])
def test_the_ending_of_a_name_chooses_the_format(name):
    assert form(name) == Path(name).suffix.lower()


@pytest.mark.parametrize(("name", "ending"), [("a.odt", ".odt"), ("md", ""), (".md", ""), ("", "")])
def test_an_ending_that_is_no_format_is_refused(name, ending):
    with pytest.raises(AppendixError, match=re.escape(f"no format '{ending}', wanted .html, .md")):
        form(name)


def test_a_name_with_a_slip_is_told_the_nearest():
    with pytest.raises(AppendixError, match=r"did you mean '\.html'"):
        form("a.htm")


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with a register, and the text of a template and a configuration to be written."""
    folder(
        tmp_path / "data",
        "id,reported,unit,label,source,quote\na,<5>,person,five & six,s,some 5\n"
        "b,27.6 million,person,,s,\n",
        sources='[{"id": "s", "title": "Of s"}]',
    )
    monkeypatch.chdir(tmp_path)

    def write(name, text):
        place = tmp_path / name
        place.write_text(text, encoding="utf-8")
        return place

    return write


def test_the_example_of_the_docs_is_the_appendix_of_the_shipped_register():
    page_ = ROOT / "docs" / "appendix.html"
    if os.environ.get("FIGURECHECK_UPDATE"):
        command("appendix", ROOT / "data", "-o", page_)
    ran = command("appendix", ROOT / "data", "-o", page_, "--check")
    assert (ran.code, ran.err) == (0, "")


def test_files_are_written_and_a_stale_one_is_told(project):
    ran = command("appendix", "-o", "a.csv", "-o", "a.json", "--today", TODAY)
    assert (ran.code, ran.out, ran.err) == (0, "wrote a.csv\nwrote a.json\n", "")
    ran = command("appendix", "-o", "a.csv", "-o", "a.json", "--check", "--today", TODAY)
    assert (ran.code, ran.out.count("as it would be written now")) == (0, 2)
    before = project("a.csv", "stale").read_bytes()
    ran = command("appendix", "-o", "a.csv", "-o", "gone.json", "--check", "--today", TODAY)
    assert (ran.code, ran.out) == (1, "a.csv: stale\ngone.json: stale\n")
    assert Path("a.csv").read_bytes() == before
    assert not Path("gone.json").exists()


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("change", [b"", b"x"])
def test_a_page_that_is_longer_or_cut_short_is_stale(change):
    command("appendix", "-o", "a.html", "--today", TODAY)
    fresh = Path("a.html").read_bytes()
    run = ("appendix", "-o", "a.html", "--check", "--today", TODAY)
    assert command(*run).code == 0
    Path("a.html").write_bytes(fresh + change if change else fresh[:-1])
    assert command(*run).code == 1


def test_a_check_of_no_file_is_refused(project):
    project("x", "")
    ran = command("appendix", "--check")
    assert (ran.code, ran.err) == (2, "figurecheck: --check wants the files to look at: -o FILE\n")


def test_the_layout_of_the_configuration_is_that_of_the_page(project):
    project(
        "pyproject.toml",
        """[tool.figurecheck.appendix]
title = "Our numbers"
sections = ["sources"]
headings = { sources = "From whom" }
""",
    )
    command("appendix", "-o", "a.html")
    text = Path("a.html").read_text(encoding="utf-8")
    assert "<title>Our numbers</title>" in text
    assert "From whom" in text
    assert "figure-a" not in text


@pytest.mark.parametrize(
    ("text", "said_"),
    [
        (
            "titel = 'x'",
            "pyproject.toml:2: [tool.figurecheck.appendix] has no key 'titel'; did you mean",
        ),
        (
            "headings = 5",
            "pyproject.toml:2: [tool.figurecheck.appendix] headings = '5': wanted sections",
        ),
        (
            "sections = ['numbers']",
            "the appendix has no section 'numbers', wanted summary, figures",
        ),
        ("template = 'gone.html'", "gone.html: No such file or directory"),
        ("template = 'a.docx'", "a.docx: no template '.docx', wanted .html or .md"),
    ],
)
def test_a_layout_that_cannot_be_meant_is_one_line(project, text, said_):
    project("pyproject.toml", f"[tool.figurecheck.appendix]\n{text}\n")
    ran = command("appendix", "-o", "a.html")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert said_ in ran.err
    assert not Path("a.html").exists()


def test_an_appendix_that_is_no_table_is_one_line(project):
    project("pyproject.toml", "[tool.figurecheck]\nappendix = 5\n")
    ran = command("appendix", "-o", "a.html")
    assert "pyproject.toml:2: [tool.figurecheck] appendix = '5': wanted a table" in ran.err


def test_a_report_of_ones_own_has_its_figures_and_the_appendix_at_its_end(project):
    project("pyproject.toml", '[tool.figurecheck.appendix]\ntemplate = "report.html"\n')
    project(
        "report.html",
        "<html><body><p>{{ figure('b').text }} {{ figure('b') }} {{ figure('a').quote }} "
        "{{ figure('a').label }} {{ figure('b').cite }}</p></body></html>",
    )
    assert command("appendix", "-o", "a.html").code == 0
    text = Path("a.html").read_text(encoding="utf-8")
    assert text.startswith(
        "<html><body><p>27.6 million 27.6 million some 5 five &amp; six Of s</p>"
    )
    assert text.rstrip().endswith("</body></html>")
    assert 'id="figure-a"' in text
    assert text.count("<html") == 1
    project("report.html", "{{ appendix }}<p>after</p>")
    command("appendix", "-o", "a.html")
    assert Path("a.html").read_text(encoding="utf-8").rstrip().endswith("<p>after</p>")


@pytest.mark.parametrize(
    ("template", "said_"),
    [
        ("x\n{{ figure('c').text }}", "t.html:2: no figure or derived quantity 'c'"),
        ("\n\n{{ nothing }}", "t.html:3: 'nothing' is undefined"),
        ("{% for %}", "t.html:1: "),
        ("{{ figure('a').nonsense }}", "t.html:1: "),
        ("{{ figure('a').text.__class__.__mro__ }}", "t.html:1: "),
    ],
)
def test_a_template_that_cannot_be_filled_in_is_one_line(tmp_path, template, said_):
    base = made("id,reported,unit,source\na,5,person,s")
    file = tmp_path / "t.html"
    file.write_text(template, encoding="utf-8")
    with pytest.raises(ReportError) as met:
        report(base, file, "<p>appendix</p>", ".html")
    assert said_ in str(met.value)
    assert "\n" not in str(met.value)


def test_a_template_that_is_no_text_is_one_line(tmp_path):
    file = tmp_path / "t.html"
    file.write_bytes(b"\xff")
    with pytest.raises(ReportError, match=r"t\.html: .*utf-8"):
        report(made("id,reported,unit,source"), file, "", ".html")


def test_what_a_template_of_markdown_is_given_is_escaped(tmp_path):
    base = made("id,reported,unit,source\na,5,person,s\n")
    file = tmp_path / "t.md"
    file.write_text("{{ figure('a').text }} {{ '*' }}\n", encoding="utf-8")
    assert report(base, file, "the *appendix*", ".md") == "5 \\*\n\nthe *appendix*"


def test_the_day_is_that_of_the_check():
    base = register(MIXED)
    dated = base.on(date(2026, 1, 1))
    assert dated.on(date(2026, 1, 1)) is dated
    assert dated.on(date(2026, 1, 2)) is not dated


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_register_gives_the_same_bytes_again_in_every_format(ending):
    hard = '[{"id": "s", "title": "\\ud800 <&"}]'
    base = made(parsed("id,reported,unit,source\na,5,person,s\nb,about 6,person,s", "", hard))
    first, second = (written(base, ending, Layout()) for _ in range(2))
    assert first == second
    if ending not in {".docx", ".pdf"}:
        assert first.decode("utf-8")


def pictures(found):
    """Give the pictures of a page: those of its cells, and those that stand by themselves."""
    small, large = [], []
    for block in blocks(found):
        if isinstance(block, Picture):
            large.append(block)
        elif isinstance(block, Table):
            cells = [cell for row in block.rows for cell in row.cells]
            small += [cell.picture for cell in cells if cell.picture is not None]
    return small, large


def test_every_picture_is_in_every_format_that_can_have_it():
    base = made(MIXED)
    small, large = pictures(page(base, Layout()))
    assert len(small) == len(base.register) + len(base.register.derivations.derived)
    assert large
    many = len(small) + len(large)
    assert written(base, ".html", Layout()).count(b"<svg") == many
    assert written(base, ".tex", Layout()).count(b"\\begin{tikzpicture}") == many
    told = docx.Document(io.BytesIO(written(base, ".docx", Layout())))
    assert len(told.element.xpath("//w:drawing")) == many
    found = tags(pypdf.PdfReader(io.BytesIO(written(base, ".pdf", Layout()))))
    assert [tag for tag, _ in found].count("/Figure") == many
    text = written(base, ".md", Layout()).decode("utf-8")
    assert all(markdown(each.title) in text for each in large)
