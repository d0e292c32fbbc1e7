"""What the numbers of a document are to a register: stated, derived, contradicting, unsourced."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from command import command, folder
from hypothesis import given
from hypothesis import strategies as st
from small import linted
from small import register as load_small

from figurecheck.backing import statings
from figurecheck.document import parsed
from figurecheck.figures import Figure
from figurecheck.lint import coverage, lint, stateable, suggested
from figurecheck.register import load, shipped
from figurecheck.reporters.text import letter
from figurecheck.rules import UnknownRule
from figurecheck.stating import CONTRADICTS, STATUSES, UNSOURCED, apart
from figurecheck.strategies import reported_texts
from figurecheck.topic import digits, printed

if TYPE_CHECKING:
    from pathlib import Path

SLAVERY = """
id,reported,unit,label,concept,base,place,period,source,quote
all_2021,49.6 million,person,people in modern slavery,slavery,,M49:001,2021,s,
forced,27.6 million,person,people in forced labour,slavery/forced_labour,,M49:001,2021,s,
forced_2016,24.9 million,person,people in forced labour,slavery/forced_labour,,M49:001,2016,s,
married,22 million,person,people in forced marriage,slavery/forced_marriage,,M49:001,2021,s,
children,more than 3.3 million,person,children in forced labour,slavery/forced_labour/children,,\
M49:001,2021,s,
children_share,12%,percent,share of children in forced labour,slavery/forced_labour/children,\
slavery/forced_labour,M49:001,2021,s,
women_share,71 per cent,percent,share of women and girls in modern slavery,slavery/women,slavery,\
M49:001,2016,s,
italy,"157,652",arrival,arrivals in Italy by sea,sea_arrivals,,ITA,2023,s,
italy_2022,"105,129",arrival,arrivals in Italy by sea,sea_arrivals,,ITA,2022,s,
spain,"56,852",arrival,arrivals in Spain by sea,sea_arrivals,,ESP,2023,s,
route,"over 140,000",arrival,arrivals on the central route,route_arrivals,,route:central,2023,s,
men,23%,percent,share of men among detected victims,detected/men,detected,M49:001,2022,s,
boys,16%,percent,share of boys among detected victims,detected/boys,detected,M49:001,2022,s,
profits,US$236 billion,USD/year,profits from forced labour,profits,,M49:001,2021,s,
points,2.5 percentage points,percentage_point,rise of the poverty rate,poverty_rise,,ITA,2023,s,
half,half,fraction,share of homes with a garden,homes/garden,homes,ITA,2023,s,
relations:
id,statement,label
growth,"growth = change(new=italy, old=italy_2022)",growth of arrivals by sea
more,more = forced - forced_2016,
gap,gap = men - boys,
"""


def states(report: str, register: str = SLAVERY, form: str = "markdown") -> list[tuple[str, ...]]:
    """Give text, status and figure of every number of a report."""
    found = linted(register, report, form).statings
    return [(each.mention.text, each.status, each.figure) for each in found]


def only(report: str, register: str = SLAVERY, form: str = "markdown") -> tuple[str, str]:
    """Give status and figure of the one number of a report."""
    [(_, status, figure)] = states(report, register, form)
    return status, figure


def offer(report: str, register: str = SLAVERY) -> str:
    """Give the first offer for the first number that contradicts."""
    found = [each for each in linted(register, report).statings if each.status == CONTRADICTS]
    return found[0].offers[0]


# What a register backs


@pytest.mark.parametrize(
    ("report", "status", "figure"),
    [
        ("In 2021, 27.6 million people were in forced labour.", "stated", "forced"),
        ("In 2021, 27,600,000 people were in forced labour.", "stated", "forced"),
        ("In 2021, about 28 million people were in forced labour.", "stated", "forced"),
        ("In 2016, 24.9 million people were in forced labour.", "stated", "forced_2016"),
        ("More than 27 million people are in forced labor.", "stated", "forced"),
        ("Some 3.3 million children are in forced labour.", "qualifier", "children"),
        ("Fewer than 3.3 million children are in forced labour.", "qualifier", "children"),
        ("One in eight in forced labour is a child: 12 per cent.", "stated", "children_share"),
        ("27,613,000 people were in forced labour in 2021.", "precision", "forced"),
        ("Italy counted 157,652 arrivals by sea in 2023.", "stated", "italy"),
        ("In 2022 Italy saw 105,129 people arrive by sea.", "stated", "italy_2022"),
        ("Arrivals by sea grew by 50 per cent.", "derived", "growth"),
        ("Half of all homes have a garden.", "stated", "half"),
        ("The committee of 41 met in Rome.", "unsourced", ""),
        ("Prices rose by 12 per cent.", "unsourced", ""),
        ("In 2024, Italy counted 157,652 arrivals by sea.", "unsourced", ""),
        ("In Greece, arrivals by sea reached 157,652.", "unsourced", ""),
        ("In Sicily, arrivals by sea reached 157,652.", "unsourced", ""),
        ("In Italy, arrivals by sea reached 157,652.", "stated", "italy"),
    ],
)
def test_a_number_is_known_by_its_value_and_the_words_around_it(report, status, figure):
    found = [each for each in states(report) if each[0] != "One in eight"]
    assert [each[1:] for each in found] == [(status, figure)]


@cache
def known():
    return stateable(load(shipped()))


@pytest.mark.parametrize("fact", known().all, ids=lambda fact: fact.id)
def test_what_a_register_has_is_stated_by_its_own_text_and_label(fact):
    text = re.sub(r"\.$", "", fact.text)
    if isinstance(fact.of, Figure) and not fact.of.unreadable:
        document = parsed(f"{fact.of.label}: {text}.", "text")
        found = [each for each in statings(known(), document) if each.mention.text in text]
        assert found
        assert all(each.status != CONTRADICTS for each in found)


@given(st.data())
def test_no_honest_print_of_a_registered_value_contradicts_it(data):
    fact = data.draw(st.sampled_from([each for each in known().all if isinstance(each.of, Figure)]))
    reading = fact.of.reading
    if reading.value is None:
        return
    text = data.draw(reported_texts(reading.value))
    unit = " per cent" if fact.unit == "percent" else ""
    where = data.draw(st.sampled_from(["{} {}.", "There were {1} {0}.", "{0}: {1}", "So {1}, {0}"]))
    document = parsed(where.format(fact.of.label, f"{text}{unit}"), "text")
    for each in statings(known(), document):
        assert each.status != CONTRADICTS or each.figure != fact.id


@given(
    st.lists(st.sampled_from(known().all), min_size=1, max_size=4),
    st.lists(st.integers(1, 10**9), min_size=4, max_size=4),
    st.sampled_from(["", " per cent", " million people", " percentage points"]),
)
def test_what_contradicts_a_figure_is_no_number_that_it_may_be(facts, numbers, unit):
    words = [each.of.label if isinstance(each.of, Figure) else each.id for each in facts]
    text = "; ".join(f"{word} {n}{unit}" for word, n in zip(words, numbers, strict=False))
    for each in statings(known(), parsed(text, "text")):
        assert each.status in STATUSES
        fact = known().by_id.get(each.figure)
        own = fact and printed(each.mention.text, fact.unit)
        if each.status == CONTRADICTS and own and own.may_be():
            assert apart(fact, own) or each.proof.startswith("it is said of")


# What contradicts it


@pytest.mark.parametrize(
    ("report", "figure", "meant"),
    [
        ("26.7 million people are in forced labour.", "forced", "two digits were swapped"),
        ("There are 276 million people in forced labour.", "forced", "ten times smaller"),
        ("27.6 billion people are in forced labour.", "forced", "billion were million"),
        ("In 2023 Italy had 15,652 arrivals by sea.", "italy", "one digit more"),
        ("In 2023 Italy had 1,576,522 arrivals by sea.", "italy", "a digit were written once"),
        ("In 2023, Italy had 105,129 arrivals by sea.", "italy", "fits italy_2022"),
        ("In Spain, arrivals by sea in 2023 came to 157,652.", "spain", "fits italy"),
        ("Men made up 16 per cent of detected victims.", "men", "fits boys"),
        ("Profits from forced labour are €236 billion a year.", "profits", "EUR were USD"),
        ("The poverty rate rose by 2.5 per cent in Italy.", "points", "percentage points"),
        ("71 per cent of those in forced labour are women or girls.", "women_share", "a share of"),
    ],
)
def test_a_number_that_slipped_contradicts_what_it_is_said_of(report, figure, meant):
    assert only(report) == ("contradicts", figure)
    assert meant in offer(report)


def test_a_year_earlier_is_of_the_figure_before():
    report = "Italy counted 157,652 arrivals by sea in 2023, after 105,129 a year earlier."
    assert [each[2] for each in states(report)] == ["italy", "italy_2022"]
    report = "Italy counted 157,652 arrivals by sea in 2023, after 105,192 a year earlier."
    assert states(report)[1][1:] == ("contradicts", "italy_2022")
    report = "Italy counted 157,652 arrivals by sea in 2023, after 56,852 a year earlier."
    assert states(report)[1][1:] == ("contradicts", "italy_2022")
    report = "Italy counted 157,652 arrivals by sea in 2023, after 77,777 a year earlier."
    assert states(report)[1][1] == "unsourced"


def test_two_numbers_of_a_sentence_are_two_figures():
    report = "Of the detected victims, 23 per cent were men and 16 per cent boys."
    assert [each[2] for each in states(report)] == ["men", "boys"]
    report = "Of the detected victims, 16 per cent were men and 16 per cent boys."
    assert [each[1] for each in states(report)] == ["contradicts", "stated"]


def test_a_derived_quantity_is_known_by_what_it_is_derived_from():
    report = "Forced labour was 27.6 million in 2021. That is 2.7 million more."
    assert states(report)[1][1:] == ("derived", "more")
    report = (
        "Men were 23 per cent of detected victims, boys 16 per cent, a gap of 7 percentage points."
    )
    assert states(report)[2][1:] == ("derived", "gap")


def test_what_a_bound_allows_contradicts_nothing():
    assert only("In 2021, 3.35 million children were in forced labour.")[0] == "unsourced"
    assert only("In 2021, 4.1 million children were in forced labour.")[0] == "unsourced"


def test_a_share_of_another_base_is_accused_only_where_its_own_words_are_said():
    assert only("71 per cent of those in forced labour smoke.") == ("unsourced", "")
    found = linted(SLAVERY, "71 per cent of those in forced labour smoke.").statings[0]
    assert found.reason == "" or "said of forced labour" in found.reason


def test_the_complement_alone_accuses_nobody():
    assert only("88 per cent of those in forced labour are not children.")[0] == "unsourced"


def test_only_a_tie_in_common_is_a_warning():
    [finding] = [each for each in linted(SLAVERY, TIE).findings if each.code == "FC501"]
    assert (finding.outcome, finding.severity) == ("borderline", "warning")


TIE = "In 2021, [27.5 million](figure:forced) people were in forced labour."


# Marks


def test_a_mark_tells_the_figure_whatever_the_words():
    assert only("It is [27.6 million](figure:forced).") == ("stated", "forced")
    assert only("It is [28.6 million](figure:forced).") == ("contradicts", "forced")
    assert only("It is [50 %](figure:growth).") == ("derived", "growth")
    assert only("It is [3.4 million](figure:children).") == ("unsourced", "children")
    assert only("It is [0.12](figure:children_share).") == ("stated", "children_share")
    assert only("It is [0.21](figure:children_share).") == ("contradicts", "children_share")
    found = linted(SLAVERY, "It is [27.6 million](figure:forcde).")
    assert found.statings[0].status == UNSOURCED
    [error] = [each for each in found.findings if each.code == "FC505"]
    assert error.severity == "error"
    assert "did you mean 'forced'?" in error.message
    assert "the mark 'forcde'" in error.message


def test_a_mark_beside_no_number_is_a_warning():
    found = linted(SLAVERY, "There are many.[](figure:forced)\n\nAnd so on.")
    assert [(each.code, each.severity) for each in found.findings] == [("FC505", "warning")]


def test_a_mark_of_another_dimension_contradicts_and_of_words_alone_cannot_be_compared():
    assert only("It is [5 km](figure:forced).")[0] == "contradicts"
    found = linted(SLAVERY, "Of all, [1/2 of them](figure:half) have one.")
    assert found.statings[0].status in {"unsourced", "stated"}


# Tables


def test_a_table_is_read_with_the_heads_of_its_rows_and_columns():
    report = """
| arrivals by sea | 2022 | 2023 |
|--|--|--|
| Italy | 105,129 | 157,625 |
| Spain | 1 | 56,852 |
"""
    found = states(report)
    assert found[0] == ("105,129", "stated", "italy_2022")
    assert found[1] == ("157,625", "contradicts", "italy")
    assert found[3] == ("56,852", "stated", "spain")


# The command


@pytest.fixture
def place(tmp_path: Path) -> Path:
    figures, _, relations = SLAVERY.strip().partition("relations:\n")
    issued = '"issued": {"date-parts": [[2022]]}'
    entry = '"id": "s", "title": "Estimates", "publisher": "ILO", "URL": "https://x.org"'
    sources = f"[{{{entry}, {issued}}}]"
    folder(tmp_path / "data", figures, relations, sources)
    (tmp_path / "good.md").write_text("In 2021, 27.6 million people were in forced labour.\n")
    (tmp_path / "bad.md").write_text(
        "In 2021, 26.7 million people were in forced labour, of whom 3.3 million were children in "
        "forced labour. There were 41 meetings on 3 May, and 27,613,000 in forced labour.\n"
    )
    return tmp_path


def test_lint_ends_with_one_where_a_number_contradicts(place):
    assert command("lint", place / "good.md", "--register", place / "data").code == 0
    ran = command("lint", place / "bad.md", "--register", place / "data")
    assert ran.code == 1
    assert "bad.md:1:10: FC501 error: '26.7 million people' is not the number of forced" in ran.out
    assert "two digits were swapped" in ran.out
    assert "FC502" in ran.out
    assert "FC503" in ran.out
    assert "4 numbers: 0 stated, 0 derived, 1 contradicts" in ran.out


def test_lint_reads_what_can_be_read_and_ends_with_two(place):
    (place / "broken.ipynb").write_text("{")
    ran = command("lint", place / "broken.ipynb", place / "good.md", "--register", place / "data")
    assert ran.code == 2
    assert "good.md: 1 number: 1 stated" in ran.out
    assert "broken.ipynb" in ran.err
    told = json.loads(
        command("lint", place / "none.md", "--register", place / "data", "--format", "json").out
    )
    assert len(told["unreadable"]) == 1


def test_lint_selects_rules_and_severities(place):
    run = ["lint", place / "bad.md", "--register", place / "data"]
    assert command(*run, "--ignore", "FC501").code == 0
    assert command(*run, "--ignore", "FC501", "--fail-on", "warning").code == 1
    assert command(*run, "--select", "FC504", "--strict").code == 3
    assert "FC504 note: '41'" in command(*run, "--select", "FC504", "--strict").out


def test_lint_prints_json_with_every_number_and_what_is_set_aside(place):
    ran = command("lint", place / "bad.md", "--register", place / "data", "--format", "json")
    told = json.loads(ran.out)
    text = (place / "bad.md").read_text()
    for each in told["quantities"]:
        assert text[each["start"] : each["end"]] == each["text"]
        assert each["path"].endswith("bad.md")
        assert each["line"] == 1
    assert [each["status"] for each in told["quantities"]] == [
        *("set_aside", "contradicts", "qualifier", "unsourced", "set_aside", "precision")
    ]
    assert told["tally"]["set_aside"] == 2
    assert told["findings"][0]["code"] == "FC501"
    assert told["quantities"][1]["figure"] == "forced"
    assert "swapped" in told["quantities"][1]["diagnosis"]


def test_lint_shows_what_is_set_aside_and_how_much_is_sourced(place):
    run = ["lint", place / "bad.md", "--register", place / "data"]
    ran = command(*run, "--show-set-aside", "--coverage")
    assert "set aside: '3': it is a day, a year or another date" in ran.out
    assert "sourced: 0 of 4" in ran.out
    assert "of 40 random numbers in their place" in ran.out
    told = json.loads(command(*run, "--coverage", "--format", "json").out)
    assert told["coverage"][0]["tried"] == 40
    empty = place / "empty.txt"
    empty.write_text("")
    assert (
        "sourced: 0 of 0" in command("lint", empty, "--register", place / "data", "--coverage").out
    )


def test_lint_shows_a_few_unsourced_numbers_and_counts_the_rest(place):
    (place / "many.md").write_text("There were 41 cats, 42 dogs, 43 cows, 44 pigs and 45 hens.")
    run = ["lint", place / "many.md", "--register", place / "data"]
    assert "FC504 and 2 more; --strict shows all" in command(*run).out
    assert command(*run, "--strict").out.count("FC504 note") == 5


def test_a_letter_has_the_words_of_the_source():
    found = linted(QUOTED, "There are 26.7 million people in forced labour.")
    register = load_small(QUOTED)
    said = "\n".join(letter(register, [found]))
    assert "The source's words: “27.6 million people”" in said
    assert "(s)" in said


QUOTED = """
id,reported,unit,label,source,quote
a,27.6 million,person,people in forced labour,s,27.6 million people
"""


def test_lint_prints_a_letter_that_names_the_source(place):
    ran = command("lint", place / "bad.md", "--register", place / "data", "--as", "letter")
    assert "It prints “26.7 million people”" in ran.out
    assert "people in forced labour (the world, 2021), the register has “27.6 million”" in ran.out
    assert "ILO, Estimates, 2022, https://x.org" in ran.out
    assert "It fits if two digits were swapped" in ran.out
    assert "drops the hedge or bound of the source" in ran.out
    assert "more digits than the source gives" in ran.out


def test_a_letter_has_only_what_is_found_and_says_what_base_is_meant(place):
    run = ["lint", place / "bad.md", "--register", place / "data", "--as", "letter"]
    assert "26.7 million" not in command(*run, "--ignore", "FC501").out.split("It prints")[1]
    assert "nothing to write about" in command(*run, "--select", "FC504").out
    (place / "bad.md").write_text("71 per cent of those in forced labour are women or girls.")
    assert "In the text it is a share of forced labour." in command(*run).out
    for more in (["--format", "json"], ["--coverage"], ["--show-set-aside"]):
        assert command(*run, *more).code == 2
        assert "--as letter stands alone" in command(*run, *more).err
    assert command(*run[:-2], "--suggest", "--coverage").code == 2


def test_a_letter_names_other_figures_by_their_labels(place):
    (place / "bad.md").write_text("In 2023, Italy had 105,129 arrivals by sea.")
    run = ["lint", place / "bad.md", "--register", place / "data", "--as", "letter"]
    assert "It fits arrivals in Italy by sea (105,129; 2022)." in command(*run).out
    (place / "bad.md").write_text("It is [51 %](figure:growth). Arrivals, 157,652, by sea, 2023.")
    assert "For growth, the register has" in command(*run).out


def test_lint_suggests_rows_that_a_register_reads(place):
    (place / "new.md").write_text(
        "In 2024 Kenya had 214 survivors of floods and 38 % of all. They are 17. So 5 km is far.\n"
        "It had 12 survivors of floods. In 2021, 27.6 million people were in forced labour.\n"
    )
    ran = command("lint", place / "new.md", "--register", place / "data", "--suggest")
    (place / "more").mkdir()
    (place / "more" / "figures.csv").write_text(ran.out)
    rows = load(place / "more")
    assert rows["survivors_of_floods" if "survivors_of_floods" in rows else "survivors_floods"]
    first = next(iter(rows.values()))
    assert first.reported == "214 survivors"
    assert (first.place, first.period, first.source_key) == ("KEN", "2024", "new")
    assert first.locator == "line 1"
    assert first.quote.startswith("In 2024 Kenya")
    assert len(rows) == 5


def test_findings_and_numbers_come_in_the_order_of_the_document(place):
    cells = [
        {"cell_type": "markdown", "source": "# Report\n\nThere were 41 cats."},
        {"cell_type": "markdown", "source": "There were 42 dogs. There were 41 cats."},
    ]
    (place / "new.ipynb").write_text(json.dumps({"cells": cells}))
    ran = command("lint", place / "new.ipynb", "--register", place / "data", "--strict")
    assert re.findall(r"'(\d+)", ran.out) == ["41", "42", "41"]
    report = "We had 11 dogs. We had 22 cats. We had 11 dogs. We had 33 cows."
    starts = [each.mention.start for each in linted(SLAVERY, report).statings]
    assert starts == sorted(starts)


def test_coverage_of_words_alone_tries_nothing():
    facts = stateable(load(shipped()))
    document = parsed("One in four victims are children.", "text")
    found = coverage(facts, lint(load(shipped()), document, known=facts))
    assert (found.quantities, found.tried) == (1, 0)


def test_suggestions_have_ids_of_their_own():
    register = load(shipped())
    document = parsed("There are 41 zebras. There are 42 zebras. It is 43.", "text")
    found = suggested(register, lint(register, document))
    assert [each.id for each in found] == ["zebras", "zebras_2", "figure"]
    assert found[0].source_key == "document"


def test_digits_are_the_significant_ones():
    [one] = parsed("27.6 million", "text").mentions
    [two] = parsed("one in four", "text").mentions
    [three] = parsed("exactly zero people", "text").mentions or parsed("5", "text").mentions
    assert digits(one.reading) == 3
    assert digits(two.reading) == 1
    assert digits(three.reading) >= 1


def test_a_range_within_that_of_the_source_is_no_number_of_it():
    register = "id,reported,unit,label,source\na,10-20 %,percent,homes with a garden,s\n"
    assert only("10-20 % of homes have a garden.", register) == ("stated", "a")
    assert only("12.1-18.3 % of homes have a garden.", register) == ("unsourced", "")


def test_a_register_without_figures_backs_nothing():
    found = linted("id,reported,unit,source", "There are 27.6 million people.")
    assert found.tally["unsourced"] == 1


def test_the_year_that_is_said_is_that_of_a_series():
    report = "Italy counted 157,652 arrivals by sea in 2023. In 2022 there had been 105,129."
    assert [each[2] for each in states(report)] == ["italy", "italy_2022"]
    report = "Italy counted 157,652 arrivals by sea in 2023. In 2022 there had been 105,192."
    assert states(report)[1][1:] == ("contradicts", "italy_2022")


def test_what_fell_is_below_zero():
    register = """
id,reported,unit,label,concept,place,period,source
new,"65,300",tonne,pesticide sales,sales,FRA,2024,s
old,"68,100",tonne,pesticide sales,sales,FRA,2023,s
organic,10.1 %,percent,organic share,organic,FRA,2024,s
organic_old,10.4 %,percent,organic share,organic,FRA,2023,s
drop,-4.1 %,percent,change of herbicide sales,herbicides,FRA,2024,s
flat,0.0 %,percent,change of wheat sales,wheat,FRA,2024,s
relations:
id,statement
fall,"fall = change(new=new, old=old)"
points,"points = points(new=organic, old=organic_old)"
"""
    report = "Pesticide sales were 65,300 tonnes in 2024, 4 per cent down from 68,100 in 2023."
    assert [each[2] for each in states(report, register)] == ["new", "fall", "old"]
    report = (
        "The organic share was 10.4 per cent in 2023 and 10.1 per cent in 2024, a decline of 0.3 "
        "per cent."
    )
    assert states(report, register)[2][1:] == ("contradicts", "points")
    assert only("Herbicide sales fell by 4.1 per cent.", register) == ("stated", "drop")
    assert only("Herbicide sales fell by about 4 per cent.", register) == ("stated", "drop")
    assert only("Herbicide sales rose by 4.1 per cent.", register)[0] != "stated"
    assert only("The change of wheat sales fell by 0.0 per cent.", register) == ("stated", "flat")


def test_a_place_that_is_compared_with_is_not_that_of_the_number():
    report = "Italy had more arrivals by sea than in Spain: 157,652 in 2023."
    assert only(report) == ("stated", "italy")


def test_initials_stand_for_a_long_name():
    register = "id,reported,unit,label,source\na,€9.1 billion,EUR,CAP payments,s\n"
    report = "The Common Agricultural Policy made payments of €9 billion."
    assert only(report, register) == ("stated", "a")


def test_the_year_of_the_report_is_not_that_of_its_numbers():
    register = """
id,reported,unit,label,concept,place,period,source
a,27.6 million,person,people in forced labour,forced,M49:001,2021,s
"""
    entry = [{"id": "s", "issued": {"date-parts": [[2022]]}}]
    from figurecheck.register import parsed as parsed_register

    made = parsed_register(register.strip(), "", json.dumps(entry))
    for text, status in (("2022", "stated"), ("2019", "unsourced"), ("March 2022", "unsourced")):
        document = parsed(f"In {text}, 27.6 million people were in forced labour.", "text")
        assert lint(made, document).statings[0].status == status


def test_dollars_of_another_country_are_another_currency():
    register = "id,reported,unit,label,source\na,$43.58,NZD,hourly wage,s\n"
    assert only("The hourly wage is $43.58.", register) == ("stated", "a")
    assert only("The hourly wage is NZ$43.58.", register) == ("stated", "a")
    assert only("The hourly wage is US$43.58.", register) == ("contradicts", "a")


def test_words_that_many_figures_share_are_looked_at_last():
    rows = "".join(f'f{n},"{1000 + 7 * n:,}",person,visitors of gate {n},s\n' for n in range(450))
    register = f"id,reported,unit,label,source\n{rows}one,5.5 million,person,visitors in all,s\n"
    assert only("There were 5.5 billion visitors.", register)[0] in {"contradicts", "unsourced"}
    report = "The visitors of the gate of gates, the visitors, were 5.5 billion."
    assert only(report, register)[0] in {"contradicts", "unsourced"}


def test_a_mark_around_what_is_read_only_in_its_sentence_is_unsourced():
    register = "id,reported,unit,label,source\na,half,fraction,homes,s\nb,..,percent,men,s\n"
    found = linted(register, "It is [27 %](figure:b) or so.").statings
    assert (found[0].status, found[0].reason) == ("unsourced", "'b' is no figure with a number")


SHARES = """
id,reported,unit,label,concept,base,place,period,source
men,23%,percent,detected men,detected/men,detected,M49:001,2022,s
boys,16%,percent,detected boys,detected/boys,detected,M49:001,2022,s
q2,5.2%,percent,jobless rate,jobless,labour,ITA,2025-Q2,s
q1,5.1%,percent,jobless rate,jobless,labour,ITA,2025-Q1,s
long,4.9%,percent,jobless rate,jobless,labour,ITA,2024,s
relations:
id,statement,label
gap,gap = men - boys,distance of detected men
half,half = men / 2,
none,none = 2 * 3,
"""


def test_a_derived_quantity_without_words_is_known_where_its_inputs_are_stated():
    report = "Detected men: 23 per cent, detected boys 16 per cent. It is 7 percentage points less."
    assert states(report, SHARES)[2][1:] == ("derived", "gap")
    report = "Detected men were 23 per cent, detected boys 16 per cent. So it fell by 7 per cent."
    assert states(report, SHARES)[2][1:] == ("contradicts", "gap")
    calm = "It rained all day. " * 5
    report = f"Detected men were 23 per cent, boys 16 per cent. {calm}It is 7 percentage points."
    assert states(report, SHARES)[2][1:] == ("derived", "gap")
    report = "Detected men were 23 per cent. So it fell by 7 per cent."
    assert states(report, SHARES)[1][1] == "unsourced"


def test_the_quarter_before_is_that_which_it_follows():
    report = "The jobless rate was 5.2 % in Q2 2025, against 5.1 % in the previous quarter."
    assert [each[2] for each in states(report, SHARES)] == ["q2", "q1"]
    calm = "It rained all day. " * 5
    report = f"The jobless rate was 5.2 % in Q2 2025. {calm}In the previous quarter it was 5.1 %."
    assert [each[2] for each in states(report, SHARES)] == ["q2", "q1"]
    report = "The jobless rate was 5.2 % in Q2 2025, against 51 % in the previous quarter."
    assert states(report, SHARES)[1][1:] == ("contradicts", "q1")
    report = "The jobless rate was 5.2 % in Q2 2025, against 8.8 % in the previous quarter."
    assert states(report, SHARES)[1][1] == "unsourced"


def test_other_figures_of_the_number_are_offered_also_where_they_are_derived():
    report = "The detected men are [7 percentage points](figure:men)."
    found = [each for each in linted(SHARES, report).statings if each.status == CONTRADICTS]
    assert "fits gap (" in found[0].diagnosis


def test_a_number_of_another_thing_is_not_held_against_the_year_before():
    report = (
        "The jobless rate was 5.2 % in Q2 2025. In the previous quarter men were detected: 23 %."
    )
    assert states(report, SHARES)[1][1:] == ("stated", "men")


def test_figures_without_words_or_units_are_known_by_number_alone_if_at_all():
    register = (
        "id,reported,unit,label,source\na,27.6 million,person,—,s\nb,5,blub,men,s\nc,..,person,,s\n"
    )
    found = linted(register, "There are 27.6 million people and 5 men.").statings
    assert [(each.status, each.reason) for each in found] == [
        ("stated", "by its number alone"),
        ("unsourced", ""),
    ]


def test_what_the_shipped_register_would_find_in_a_careless_report():
    report = """
An estimated 26.7 million people are trapped in forced labour today, according to the ILO. Of these,
17.3 million are exploited in the private sector, 6.3 billion in forced commercial sexual
exploitation, and 9.3 million in forced labour imposed by the state. In 2016, 27.6 million people
were in forced labour.

Forced labour generates US$236 million in illegal profits per year, which is a profit of €9,995 per
victim.

In 2023, 105,129 people arrived in Italy by sea. The year before there had been 157,652 arrivals. In
2016, 181,436 people had come.
"""
    found = statings(known(), parsed(report, "text"))
    assert [(each.status, each.figure, each.diagnosis.partition(";")[0]) for each in found] == [
        (
            "contradicts",
            "forced_labour",
            "fits if two digits were swapped: An estimated 27.6 million people",
        ),
        ("stated", "forced_labour_private_2021", ""),
        ("contradicts", "forced_labour_sexual_2021", "fits if billion were million"),
        ("contradicts", "forced_labour_state_2021", "fits if two digits were swapped: 3.9 million"),
        ("contradicts", "forced_labour_2016", "fits forced_labour (27.6 million"),
        ("contradicts", "profits_2021", "fits if million were billion"),
        ("contradicts", "profit_per_victim_2021", "fits if EUR were USD"),
        ("contradicts", "italy_arrivals_2023", "fits italy_arrivals_2022 (105,129"),
        ("contradicts", "italy_arrivals_2022", "fits italy_arrivals_2023 (157,652"),
        ("stated", "italy_arrivals_2016", ""),
    ]


def test_a_document_that_is_held_against_no_rule_of_documents_is_refused():
    read = load_small("id,reported,unit,source\na,5,person,s")
    with pytest.raises(UnknownRule, match="nothing that is selected is a rule of documents"):
        lint(read, parsed("5 people", "text", path="a.txt"), select=["FC3"])


def test_a_number_of_more_digits_that_only_meets_a_figure_is_not_its_number():
    figures = """
    id,reported,unit,label,concept,base,place,period,source
    food,2.9,percent,rise in food prices,prices/food_change,,HUN,2024,s
    """
    table = """
| Crop, food | Yield, tonnes/hectare | Rise of food prices |
| --- | --- | --- |
| Rapeseed | 2.95 | 2.9 |
"""
    first, second = linted(figures, table).statings
    assert (first.status, second.status, second.figure) == ("unsourced", "stated", "food")
