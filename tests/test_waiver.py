"""Waivers: their form, what they cover, and how long."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figurecheck.finding import Finding
from figurecheck.waiver import Waiver, read_waivers

NAME = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
CODE = st.from_regex(r"FC[0-9]{3}", fullmatch=True)
REASON = (
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)
    .map(lambda text: f"because {text}")
    .filter(lambda text: "(until" not in text)
)


def finding(code: str, figure: str, *related: str, relation: bool = False) -> Finding:
    return Finding(code, "error", "broken", figure, related, "f.csv", 2, "m", relation=relation)


def waiver(text: str, owner: str) -> Waiver:
    [read], errors = read_waivers(text, owner)
    assert errors == []
    return read


@given(CODE, st.frozensets(NAME, max_size=4), REASON, st.none() | st.dates())
def test_a_waiver_is_read_from_what_it_is_written_as(code, others, reason, until):
    written = Waiver("a", code, others, reason, until)
    assert read_waivers(str(written), "a") == ([written], [])


@given(st.text(st.sampled_from("FC102 with:,()until-\nab\u00a0\t\\"), max_size=200) | st.text())
def test_any_cell_is_read_line_by_line_and_nothing_in_it_is_dropped(text):
    waivers, errors = read_waivers(text)
    assert len(waivers) + len(errors) == sum(bool(row.strip()) for row in text.splitlines())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("FC102", "'FC102', wanted 'FC402 with other_id: reason (until 2027-06-30)'"),
        ("fc102: x", "wanted"),
        ("FC1: x", "wanted"),
        ("FC102 with: x", "wanted"),
        ("FC102 with B: x", "wanted"),
        ("* : x", "wanted"),
        ("FC102:", "'FC102:' gives no reason"),
        ("FC102: (until 2027-06-30)", "gives no reason"),
        ("FC102: x (until soon)", "'soon' is no date, wanted one like 2027-06-30"),
        ("FC102: x (until 2027-02-30)", "'2027-02-30' is no date"),
        ("FC102: x (until )", "'' is no date"),
        ("FC102: x (until 2027-06-30).", "goes on after its date"),
        ("FC102: x (until 2020-01-01) (until 2030-01-01)", "goes on after its date"),
    ],
)
def test_a_malformed_waiver_covers_nothing_and_says_what_was_wanted(text, said):
    waivers, [error] = read_waivers(text)
    assert waivers == []
    assert said in error
    assert "\n" not in error


@pytest.mark.parametrize(
    "text",
    [
        "FC102" + " " * 100_000,
        "FC102 with " + "a " * 50_000,
        "FC102 with " + "a, " * 50_000 + ": x",
        "FC102: " + "(until " * 30_000,
        "FC102: " + " " * 100_000 + "x",
        "FC102: x" + " " * 100_000 + "(until",
    ],
)
def test_a_hostile_waiver_is_read_before_the_day_is_over(text):
    waivers, errors = read_waivers(text)
    assert len(waivers) + len(errors) == 1


@pytest.mark.parametrize(
    ("text", "owner", "found", "covered"),
    [
        ("FC102: x", "a", finding("FC102", "a"), True),
        ("FC102: x", "a", finding("FC103", "a"), False),
        ("FC102: x", "a", finding("FC102", "b"), False),
        ("FC301: x", "a", finding("FC301", "a", "b"), False),
        ("FC301 with b: x", "a", finding("FC301", "a", "b"), True),
        ("FC301 with b: x", "b", finding("FC301", "a", "b"), False),
        ("FC301 with a: x", "b", finding("FC301", "a", "b"), True),
        ("FC301 with b: x", "a", finding("FC301", "a", "b", "c"), False),
        ("FC301 with b, c: x", "a", finding("FC301", "a", "b"), False),
        ("FC301 with c, b: x", "a", finding("FC301", "a", "b", "c"), True),
        ("FC304: x", "r", finding("FC304", "r", "a", "b", relation=True), True),
        ("FC304 with a, b: x", "r", finding("FC304", "r", "a", "b", relation=True), True),
        ("FC304 with a: x", "r", finding("FC304", "r", "a", "b", relation=True), False),
        ("FC304: x", "a", finding("FC304", "r", "a", "b", relation=True), False),
    ],
)
def test_a_waiver_covers_its_code_between_exactly_its_figures(text, owner, found, covered):
    assert waiver(text, owner).covers(found) == covered


@given(CODE, st.lists(NAME, min_size=1, max_size=5, unique=True), NAME)
def test_a_figure_more_is_another_finding(code, names, more):
    first, *others = names
    written = Waiver(first, code, frozenset(others), "x", None)
    assert written.covers(finding(code, *names))
    assert written.covers(finding(code, *names, more)) == (more in names and len(names) > 1)


@given(st.dates(), st.dates())
def test_a_waiver_lasts_to_the_end_of_its_last_day(until, today):
    assert Waiver("a", "FC102", frozenset(), "x", until).expired(today) == (until < today)
    assert not Waiver("a", "FC102", frozenset(), "x", None).expired(today)


def test_a_waiver_without_an_end_says_none():
    assert str(waiver("FC102 with c,b :  half a post ", "a")) == "FC102 with b, c: half a post"
    assert waiver("FC102: x (until 2027-06-30)", "a").until == date(2027, 6, 30)
    assert str(waiver("FC102:x(until 2027-06-30)", "a")) == "FC102: x (until 2027-06-30)"
