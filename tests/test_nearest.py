"""Which figure a number that states none is near to, and why it is not held against that."""

from __future__ import annotations

import json
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import linted, register
from test_contradiction import REGISTER

from figurecheck.reporters import text
from figurecheck.reporters.json import linted as as_json
from figurecheck.reporters.location import Base

HERE = Base(PurePosixPath("/repo"), PurePosixPath("/repo"))

WHY = [
    ("583,900 visits of pupils in 2024", "the register does not say 'pupils' of it"),
    ("hopes for 583,900 visits in 2024", "it is not told as what is so"),
    ("583,900 visits in May 2024", "a part of its time is said"),
    ("583,900 visits in 2024 so far", "'so far' is said"),
    ("583,900 new visits in 2024", "'new' is said"),
    ("1,200 visits; 583,900 of them by day in 2024", "it is said of a part of what stands before"),
]


@pytest.mark.parametrize(("report", "why"), WHY)
def test_a_number_one_slip_from_a_figure_is_told_to_be_near_it_and_why_it_is_not_accused(
    report, why
):
    found = linted(REGISTER, f"The Harbour branch: {report}.").statings[-1]
    assert (found.status, found.figure, found.near) == ("unsourced", "", "harbour")
    assert found.reason.startswith("near harbour (538,900), but ")
    assert why in found.reason
    assert found.offers[0].startswith("fits if two digits were swapped: 538,900")


def test_a_number_that_another_one_of_its_sentence_makes_of_a_figure_is_not_accused():
    report = "In 2024 there were 348.6 teams of nurses in post, with ten nurses in each."
    found = linted(REGISTER, report).statings[0]
    assert (found.status, found.near) == ("unsourced", "nurses")
    assert "but 'ten' beside it makes it that number" in found.reason


@pytest.mark.parametrize(
    ("report", "near", "offer"),
    [
        ("Of nurses under 30, 38.6% are women.", "women", "share of the others"),
        ("The budget of the fund for research was 2.4 billion dollars.", "budget", "USD were EUR"),
        ("In 2024 the Castle branch had 94,800 visits of pupils.", "", ""),
        ("Imports of tin by road fell by 42% in 2024.", "imports_change", "ten times smaller"),
    ],
)
def test_what_a_slip_makes_of_a_figure_is_near_it(report, near, offer):
    found = linted(REGISTER, report).statings[-1]
    assert (found.status, found.near) == ("unsourced", near)
    assert offer in found.diagnosis


@pytest.mark.parametrize(
    ("report", "near", "offer"),
    [
        ("They hope for 3,486 doctors in post.", "doctors", "fits nurses (3,486)"),
        ("In rural areas, the prevalence would be 11.7%.", "rural", "fits urban (11.7%)"),
    ],
)
def test_the_number_of_one_group_is_not_stated_of_another_that_is_said(report, near, offer):
    [found] = linted(REGISTER, report).statings
    assert (found.status, found.figure, found.near) == ("unsourced", "", near)
    assert found.reason.endswith(f"but what is said is of {near}")
    assert found.offers[0] == offer


def test_a_number_that_follows_one_of_its_kind_is_near_the_figure_of_the_time_that_is_said():
    report = "In 2024 the wait was 118 days for treatment; in 2023 it was, they hope, 79 days."
    before, found = linted(REGISTER, report).statings
    assert (before.status, found.status, found.near) == ("stated", "unsourced", "wait_23")


def test_a_number_that_is_one_of_a_figure_but_said_of_another_names_it():
    found = linted(REGISTER, "In 2021 the Harbour branch had 538,900 visits.").statings[0]
    assert (found.status, found.figure, found.near) == ("unsourced", "", "harbour")
    assert found.diagnosis == ""


def test_a_share_told_of_all_of_what_its_base_is_called_otherwise_is_near_and_not_stated():
    report = "Of all complaints about heating, 38.4% were, they hope, upheld in full."
    [found] = linted(REGISTER, report).statings
    assert (found.status, found.near) == ("unsourced", "upheld")
    assert "said of all complaints about heating, not of complaints: closed" in found.reason


def test_points_told_as_per_cent_of_what_stands_before_are_near_the_change():
    report = "The recognition rate was 51.2% in 2024; of Afghans it had, say some, fallen by 2.2%."
    before, found = linted(REGISTER, report).statings
    assert (before.status, found.status, found.near) == ("stated", "unsourced", "rate_points")
    assert found.offers == ("fits if per cent were percentage points",)


BOUNDS = """
id,reported,unit,label,source
volume,up to EUR 1.9 billion,EUR,volume of the programme,s
"""


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("up to EUR 1.9 billion", "stated"),
        ("at most EUR 1.9 billion", "stated"),
        ("EUR 1.9 billion", "qualifier"),
        ("at least EUR 1.9 billion", "qualifier"),
        ("EUR 1.2 billion", "unsourced"),
    ],
)
def test_a_number_without_a_lower_bound_is_known_by_what_it_prints(said, status):
    [found] = linted(BOUNDS, f"The volume of the programme is {said}.").statings
    assert found.status == status


@given(st.integers(10, 10**7), st.sampled_from([why for why, _ in WHY]))
def test_what_is_near_a_figure_is_never_accused_and_always_says_why(number, report):
    report = f"The Harbour branch: {report}.".replace("583,900", f"{number:,}")
    for found in linted(REGISTER, report).statings:
        if found.near:
            assert found.status == "unsourced"
            assert found.near in found.reason
            assert not found.figure


@pytest.mark.parametrize(
    ("report", "near"),
    [
        ("In 2023 the Castle branch had 538,900 visits.", "castle"),
        ("In 2023 the Castle branch had 412,600 visits.", "castle"),
        ("In 2024 the Castle branch had 476,200 visits of pupils.", "harbour_23"),
        ("In 2024 the Harbour branch, they hope, had 476,200 visits.", "harbour"),
    ],
)
def test_what_a_number_is_near_is_what_its_reason_names(report, near):
    [found] = linted(REGISTER, report).statings
    assert (found.status, found.near) == ("unsourced", near)
    assert near in found.reason


@pytest.mark.parametrize(
    "more", ["and 10% of them were by night", "open for ten hours a day", "each of EUR 10"]
)
def test_a_share_a_time_or_money_beside_a_number_does_not_multiply_it(more):
    report = f"In 2024 the Harbour branch had 53,890 visits, {more}."
    found = linted(REGISTER, report).statings[0]
    assert (found.status, found.figure) == ("contradicts", "harbour")


def test_a_share_of_all_that_somebody_has_is_one_of_these():
    figures = """
    id,reported,unit,label,concept,base,place,period,source
    idle,38%,percent,young people out of work,youth/idle,young_people,M49:001,2024,s
    """
    [found] = linted(figures, "38% of all the world's young people are out of work.").statings
    assert (found.status, found.figure) == ("stated", "idle")


def test_what_is_near_a_figure_is_shown_before_the_rest_is_counted():
    far = " ".join(f"The committee of {each} met." for each in (41, 43, 47, 53, 59))
    report = f"{far} The Harbour branch had 583,900 visits of pupils in 2024."
    known = register(REGISTER)
    one = linted(REGISTER, report)
    lines = "\n".join(text.linted(known, [one], lambda said, _: said))
    assert "    near harbour (538,900), but the register does not say 'pupils' of it\n" in lines
    assert "    fits if two digits were swapped: 538,900 visits\n" in lines
    assert "FC504 and 2 more; --strict shows all" in lines
    told = json.loads("\n".join(as_json(known, [one], [], [], HERE)))
    assert [each["near"] for each in told["quantities"]][-2:] == ["harbour", ""]


ENERGY = """
id,reported,unit,label,concept,base,place,period,source
hydro,34.9 TWh,TWh,hydro output,generation/hydro,,AUT,2024,s
share,72.2%,percent,share of renewable sources,renewables/share,,AUT,2023,s
gained,6.4 points,percentage_point,change in the share of renewable sources,gain,,AUT,2024,s
"""


def test_the_digits_of_a_figure_in_another_unit_are_near_it_whatever_it_is_called():
    [found] = linted(ENERGY, "Rivers in Austria ran well in 2024; dams gave us 34.9 GWh.").statings
    assert (found.status, found.near) == ("unsourced", "hydro")
    assert found.offers == ("fits if gigawatt hour were terawatt hour",)


def test_the_change_of_what_was_stated_is_known_by_its_name():
    report = "In 2023, the share of renewable sources was 72.2% in Austria. It gained 6.4% in 2024."
    found = linted(ENERGY, report).statings[-1]
    assert (found.figure or found.near) == "gained"
    assert found.offers == ("fits if per cent were percentage points",)


def test_the_number_of_a_sibling_said_of_another_group_is_near_that():
    figures = """
    id,reported,unit,label,concept,base,place,period,source
    men,73.9 %,percent,numeracy rate of men,adults/men/numerate,adults/men,ZMB,2024,s
    women,62.7 %,percent,numeracy rate of women,adults/women/numerate,adults/women,ZMB,2024,s
    """
    report = "The numeracy rate: 62.7 per cent of men could work out the change of a purchase."
    [found] = linted(figures, report).statings
    assert (found.status, found.near) == ("unsourced", "men")
    assert found.offers[0].startswith("fits women")


def test_what_ten_years_may_have_made_of_a_figure_says_so():
    report = "In 2024 the Harbour branch had 5,389,000 visits, tenfold as many."
    found = linted(REGISTER, report).statings[0]
    assert (found.status, found.near) == ("unsourced", "harbour")
    assert found.reason.endswith("but 'tenfold' beside it may make it that number")
