"""The appendix: what stands in it, and that no cell can break its formats."""

from __future__ import annotations

import csv
import io
import json
import re
from fractions import Fraction

import pytest
from command import ROOT, command, golden
from hostile import HOSTILE, tables, unescaped
from hypothesis import example, given
from hypothesis import strategies as st
from small import TODAY, register

from figurecheck.appendix import FORMATS, UnknownFormat, appendix, form
from figurecheck.appendix.table import HEADER
from figurecheck.confront import check
from figurecheck.figures import COLUMNS
from figurecheck.interval import Interval
from figurecheck.register import load, parsed

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
    return appendix(found, check(found, today=TODAY))


def section(page, title):
    """Give what stands under a heading of a Markdown page."""
    _, _, rest = page.partition(f"\n## {title}\n\n")
    return rest.partition("\n## ")[0].rstrip("\n")


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
def test_a_hostile_cell_breaks_no_row_of_the_markdown(reported, label, locator, quote):
    found = one_figure(reported=reported, label=label, locator=locator, quote=quote)
    page = FORMATS[".md"](made(found))
    figures, relations = tables(page)
    [row] = figures
    for name, text in {"reported": reported, "quote": quote, "figure": label or "a"}.items():
        shown = " ".join(text.split()) or ("a" if name == "figure" else "")
        assert re.sub("[\x1b\ud800]", "\ufffd", shown) == row[name]
    [row] = relations
    assert (row["statement"], row["verdict"] != "") == ("a == a", True)
    assert len(re.findall(r"^# ", page, re.MULTILINE)) == 1
    assert len(re.findall(r"^## ", page, re.MULTILINE)) == 7


@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_a_hostile_cell_breaks_no_row_of_the_csv_and_runs_nowhere(reported, label, locator, quote):
    found = one_figure(reported=reported, label=label, locator=locator, quote=quote)
    page = FORMATS[".csv"](made(found))
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
    [shown] = base.figures
    [figure] = (shown.figure,)
    figure.__dict__["_read"] = type(figure.reading)(
        "5", 0, 1, (low, high), Interval.of(low, high), Interval.of(None, high), "", "", Fraction(1)
    )
    [row] = rows(FORMATS[".csv"](base), "figure")
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
    page = FORMATS[".csv"](made(MIXED))
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
    [row] = rows(FORMATS[".csv"](made(share_of)), "derived")
    assert row["unit"] == "percent"
    lower, upper = Fraction(row["lower"]), Fraction(row["upper"])
    assert 0 <= Fraction(9500, 805) - lower < Fraction(1, 10**14)
    assert 0 <= upper - Fraction(10500, 795) < Fraction(1, 10**14)


@pytest.mark.parametrize("ending", FORMATS)
def test_all_that_the_register_holds_is_in_the_appendix(ending):
    small = register(MIXED)
    page = FORMATS[ending](made(small))
    plain = unescaped(page)
    for each in small.values():
        assert each.id in plain
        assert each.reported in plain
    for each in small.relations:
        assert each.id in plain
    for each in check(small, today=TODAY).findings:
        assert each.proof in plain
        assert each.waived in plain
    for name, refusal in small.derivations.refused.items():
        assert name in plain
        assert str(refusal) in plain
    assert "unused" not in plain


def test_the_csv_has_a_row_for_each_thing():
    base = made(MIXED)
    page = FORMATS[".csv"](base)
    kinds = {
        "figure": base.figures,
        "derived": base.derived,
        "refused": base.refused,
        "relation": base.relations,
        "finding": base.findings,
        "source": base.sources,
    }
    assert {kind: len(rows(page, kind)) for kind in kinds} == {
        kind: len(things) for kind, things in kinds.items()
    }
    assert all(kinds.values())


def test_every_declared_relation_has_a_verdict_and_a_proof():
    _, relations = tables(FORMATS[".md"](made(MIXED)))
    assert [(row["id"], row["relation"], row["verdict"]) for row in relations] == [
        ("sexes", "both sexes", "holds"),
        ("far", "far", "untestable"),
        ("torn", "torn", "untestable"),
    ]
    assert all(row["proof"] for row in relations)


def test_a_figure_is_called_by_its_label_or_its_concept_or_else_its_id():
    figures, _ = tables(FORMATS[".md"](made(MIXED)))
    called = {row["id"]: row["figure"] for row in figures}
    assert [called[name] for name in ("all", "women", "lost")] == [
        "people in labour", "labour/women", "lost",
    ]  # fmt: skip


def test_what_is_waived_and_what_is_not_testable_stand_apart_from_what_is_to_be_looked_at():
    base = made(MIXED)
    page = FORMATS[".md"](base)
    stand, waived, untested = (
        re.findall(r"^- FC", section(page, title), re.MULTILINE)
        for title in ("Findings", "Waived findings", "Not testable")
    )
    assert len(stand) + len(waived) + len(untested) == len(base.findings)
    assert len(waived) == sum(bool(each.waived) for each in base.findings) == 1
    assert "  - Waived: another count" in section(page, "Waived findings")
    assert "**lost** cannot be read" in section(page, "Findings")
    assert f"- Findings: {len(stand)} to look at, 1 waived with reasons" in page


def source(key, *authors, year=None, **more):
    entry = {"id": key, "author": [{"literal": each} for each in authors], "title": f"Of {key}"}
    return entry | ({"issued": {"date-parts": [[year]]}} if year else {}) | more


def cited(*entries):
    """Give the names and the lines of sources, as the appendix has them."""
    figures = "\n".join(f"f{place},5,person,{each['id']}" for place, each in enumerate(entries))
    base = made(parsed(f"id,reported,unit,source\n{figures}", "", json.dumps(entries)))
    return list(base.names.values()), section(FORMATS[".md"](base), "Sources").split("\n")


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        (source("s"), "s"),
        (source("s", year=2021), "s 2021"),
        (source("s", "ILO"), "ILO"),
        (source("s", "ILO", year=2021), "ILO 2021"),
        (source("s", "ILO", "IOM", year=2021), "ILO et al. 2021"),
        ({"id": "s", "author": [{"family": "Doe"}, {"given": "J."}]}, "Doe"),
    ],
)
def test_a_source_is_called_by_its_authors_and_year(entry, name):
    assert cited(entry)[0] == [name]


def test_sources_of_one_author_and_year_are_told_apart_by_their_keys():
    names, _ = cited(
        source("s", "ILO", year=2021), source("t", "ILO", year=2021), source("u", "ILO")
    )
    assert names == ["ILO 2021 (s)", "ILO 2021 (t)", "ILO"]


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://a.b/c?d=e_f&g", " <https://a.b/c?d=e_f&g>"),
        ("http://a.b> <script>", r" http\://a.b\> \<script\>"),
        ("https://a.b/ c", r" https\://a.b/ c"),
        ("javascript:alert(1)", " javascript:alert(1)"),
        ("", ""),
    ],
)
def test_an_address_is_a_link_only_where_it_is_one(address, shown):
    _, [line] = cited(source("s", "A", "B", URL=address))
    assert line == f"- **A et al.**: A, B. Of s{shown}"


def test_an_empty_register_has_an_appendix():
    empty = made("id,reported,unit,source")
    page = FORMATS[".md"](empty)
    assert tables(page) == []
    assert page.count("\nNone.\n") == 7
    assert rows(FORMATS[".csv"](empty)) == []


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_register_gives_the_same_bytes_again(ending):
    first, second = (FORMATS[ending](made(MIXED)) for _ in range(2))
    assert first == second
    assert first == golden(f"appendix/mixed{ending}", first)


@pytest.mark.parametrize("ending", FORMATS)
def test_the_appendix_of_the_shipped_register_is_its_golden_file(ending):
    page = FORMATS[ending](made(load(ROOT / "data")))
    assert page == golden(f"appendix/shipped{ending}", page)


def test_the_cells_of_the_shipped_register_come_back_from_the_csv():
    shipped = load(ROOT / "data")
    found = {row["id"]: row for row in rows(FORMATS[".csv"](made(shipped)), "figure")}
    assert found.keys() == shipped.keys()
    for name in {*HEADER} & {*COLUMNS} - {"source"}:
        assert [row[name] for row in found.values()] == [
            getattr(each, name) for each in shipped.values()
        ]


@pytest.mark.parametrize(
    ("name", "ending"), [("a.md", ".md"), ("b/A.CSV", ".csv"), ("a.b.md", ".md")]
)
def test_the_ending_of_a_name_chooses_the_format(name, ending):
    assert form(name) is FORMATS[ending]


@pytest.mark.parametrize(("name", "ending"), [("a.pdf", ".pdf"), ("md", ""), (".md", ""), ("", "")])
def test_an_ending_that_is_no_format_is_refused(name, ending):
    with pytest.raises(UnknownFormat, match=re.escape(f"no format '{ending}', wanted .md or .csv")):
        form(name)


def test_a_title_that_no_encoding_can_write_is_no_crash(tmp_path):
    (tmp_path / "figures.csv").write_text("id,reported,unit,source\na,5,person,s\n", "utf-8")
    (tmp_path / "sources.csl.json").write_text('[{"id": "s", "title": "\\ud800"}]', "utf-8")
    ran = command("appendix", tmp_path, "-o", tmp_path / "a.md", "-o", tmp_path / "a.csv")
    assert (ran.code, ran.err) == (0, "")
    assert "\\ud800" in (tmp_path / "a.csv").read_text("utf-8")
