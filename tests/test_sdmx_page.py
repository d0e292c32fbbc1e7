"""docs/sdmx.md: every row of its tables is what figurecheck makes of it, and its examples run."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

import pytest
from command import ROOT
from small import TODAY, register, sources
from tables import rows

from figurecheck.confront import check
from figurecheck.figures import STATUS, Figure
from figurecheck.period import UnknownPeriod, period
from figurecheck.place import UnknownPlace, place
from figurecheck.reading import Suppressed
from figurecheck.register import parsed

PAGE = (ROOT / "docs" / "sdmx.md").read_text(encoding="utf-8")
UNREPORTED = "`reported` stays empty"


def table(head):
    """Give the rows of a table of the page, without the marks of code."""
    found = [[re.sub("^`([^`]*)`$", r"\1", cell) for cell in row] for row in rows(PAGE, head)]
    assert found
    return found


LETTERS = table("letter | in SDMX | here")


def statuses(letters):
    """Give the findings on two figures of one thing that differ, by their letters of status."""
    cells = ",slavery,ITA,2021,s,"
    figures = "".join(f"f{n},{2 * n} km,km{cells}{each}\n" for n, each in enumerate(letters))
    head = "id,reported,unit,concept,place,period,source,status\n"
    return check(register(f"{head}{figures}"), today=TODAY).findings


def test_every_letter_stands_on_the_page_and_no_other():
    assert [letter for letter, *_ in LETTERS] == list(STATUS)


def test_letters_may_stand_together_and_others_are_a_finding():
    assert "FC015" not in {each.code for each in statuses(["BE", "A U"])}
    assert "FC015" in {each.code for each in statuses(["C", "A"])}


def test_an_estimated_count_is_not_exactly_so_many_and_no_other_letter_moves_it():
    moved = {
        letter
        for letter in STATUS
        if Figure("a", "157,652", "person", status=letter).reading.wide
        != Figure("a", "157,652", "person").reading.wide
    }
    assert moved == {"E"}


def test_figures_of_one_thing_that_differ_in_status_disagree_as_editions_do():
    [same] = [each for each in statuses(["A", "A"]) if each.code == "FC301"]
    [other] = [each for each in statuses(["A", "P"]) if each.code == "FC301"]
    assert (same.severity, other.severity) == ("error", "warning")


@pytest.mark.parametrize(("letter", "here"), [(letter, here) for letter, _, here in LETTERS])
def test_a_missing_observation_is_no_fault(letter, here):
    marks = here.split("`")[3::2] if letter == "Q" else [""] if here == UNREPORTED else []
    for mark in marks:
        head = "id,reported,unit,source,status\n"
        read = parsed(f'{head}a,"{mark}",person,s,{letter}\n', sources=sources("s"))
        assert {each.severity for each in check(read, today=TODAY).findings} <= {"note"}
        assert not mark or isinstance(read["a"].unreadable, Suppressed)
    assert len(marks) == (4 if letter == "Q" else letter in "HKLMO")


@pytest.mark.parametrize(
    ("code", "here", "said"),
    [
        (code, here, said)
        for code, _, here, said in table(
            "in SDMX | what it is | `place` | figurecheck says of the SDMX code"
        )
    ],
)
def test_an_area_is_a_place_and_what_is_no_code_here_is_refused_as_said(code, here, said):
    assert str(place(here)) == here
    if code == here:
        assert not said
        return
    with pytest.raises(UnknownPlace) as refused:
        place(code)
    assert f": {said}" in str(refused.value)
    assert said


@pytest.mark.parametrize(
    "row", table("in SDMX | what it is | `period` | first day | last day"), ids=lambda row: row[0]
)
def test_a_time_period_has_the_days_of_the_page(row):
    sdmx, _, here, first, last = row
    found = period(here)
    assert (found.first, found.last) == (date.fromisoformat(first), date.fromisoformat(last))
    if sdmx == "2021-T1":
        with pytest.raises(UnknownPeriod):
            period(sdmx)
    else:
        assert here == sdmx


@pytest.mark.parametrize("row", table("`period` | in SDMX"), ids=lambda row: row[0])
def test_a_period_has_the_same_days_in_sdmx(row):
    assert period(row[0]) == period(row[1])


@pytest.mark.parametrize(
    "row",
    table("OBS_VALUE | UNIT_MULT | DECIMALS | `reported` | `unit` | `precision` | from | to"),
    ids=lambda row: row[3],
)
def test_a_reported_text_stands_for_what_value_multiplier_and_decimals_do(row):
    value, multiplier, decimals, text, unit, precision, low, high = row
    narrow = Figure("a", text, unit, precision=precision).reading.narrow
    assert (narrow.lower, narrow.upper) == (Fraction(low), Fraction(high))
    stated = Fraction(value) * 10 ** int(multiplier)
    half = Fraction(10) ** (int(multiplier) - int(decimals)) / 2
    exact = unit == "person" and multiplier == "0"
    assert (narrow.lower, narrow.upper) == (
        (stated, stated) if exact else (stated - half, stated + half)
    )
