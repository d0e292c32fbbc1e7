"""Bounds that follow from bounds: none is lost, and what does not end is said."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from test_system import formulas, posted, value

from figurecheck.formula import statement
from figurecheck.interval import Interval
from figurecheck.propagation import (
    STATED,
    UNIT,
    Box,
    Empty,
    _divided,
    _multiplied,
    box,
    traced,
)
from figurecheck.system import Undefined, lean

if TYPE_CHECKING:
    from figurecheck.system import Ends

small = st.integers(-4, 4)


@st.composite
def ends(draw: st.DrawFn) -> Ends:
    low, high = sorted([draw(small), draw(small)])
    return draw(st.sampled_from([low, None])), draw(st.sampled_from([high, None]))


def interval(given: Ends) -> Interval:
    return Interval.of(*given)


def surface(found: Interval) -> Ends:
    return found.lower, found.upper


@given(ends(), ends())
def test_products_have_the_ends_of_interval_arithmetic(left, right) -> None:
    assert _multiplied(left, right) == surface(interval(left) * interval(right))


@given(ends(), ends())
def test_quotients_have_the_ends_of_interval_arithmetic_and_lose_nothing_beside_zero(
    result, divisor
) -> None:
    found = _divided(result, divisor)
    if 0 not in interval(divisor):
        assert found == surface(interval(result) / interval(divisor))
    for above in range(-4, 5):
        for below in (each for each in range(-4, 5) if each in interval(divisor)):
            if below and above in interval(result):
                assert Fraction(above, below) in interval(found)


@pytest.mark.parametrize(
    ("result", "divisor", "expected"),
    [
        ((1, 2), (0, 2), (Fraction(1, 2), None)),
        ((1, 2), (-2, 0), (None, Fraction(-1, 2))),
        ((0, 2), (0, 2), (None, None)),
        ((1, 2), (0, 0), (None, None)),
        ((1, 2), (-1, 1), (None, None)),
        ((1, None), (0, None), (0, None)),
    ],
)
def test_a_divisor_that_may_be_zero_leaves_what_still_follows(result, divisor, expected) -> None:
    assert _divided(result, divisor) == expected


fractions = st.fractions(min_value=-9, max_value=9, max_denominator=12)
widths = st.sampled_from([0, Fraction(1, 3), 5, None])


def around(centre: Fraction, below: Fraction | None, above: Fraction | None) -> Ends:
    low = None if below is None else lean(centre - below)
    return low, None if above is None else lean(centre + above)


@given(
    text=formulas,
    values=st.tuples(fractions, fractions, fractions),
    sides=st.lists(widths, min_size=8, max_size=8),
)
def test_no_value_of_a_world_is_ever_lost(text, values, sides) -> None:
    names = dict(zip("abc", values, strict=True))
    result = value(statement(f"{text} == r").left, names)
    assume(result is not None)
    names["r"] = result
    wide = {name: around(names[name], *sides[2 * at : 2 * at + 2]) for at, name in enumerate(names)}
    for component in posted(f"{text} == r"):
        places = component.places
        made = box(component, {place: wide[name] for name, place in places.items()})
        for name, place in places.items():
            assert names[name] in interval(made.ends[place])


def made_of(*statements: str, **given: Ends) -> Box:
    """Give the box of statements that hang together, with ends by name."""
    [component] = posted(*statements)
    return box(component, {component.places[name]: each for name, each in given.items()})


def test_a_bound_tells_what_set_it() -> None:
    made = made_of("a == b + c", a=(10, 12), b=(3, None))
    place = made.component.places
    assert made.ends[place["c"]] == (None, 9)
    assert made.upper_by[place["c"]] == 0
    assert made.lower_by[place["b"]] == STATED
    assert made.lower_by[place["c"]] == UNIT


def test_bounds_that_creep_are_not_followed_to_the_end() -> None:
    made = made_of("a <= b - 1", "b <= a - 1", a=(0, 10**6), b=(0, 10**6))
    low, high = made.ends[made.component.places["a"]]
    assert 0 < low < high < 10**6
    assert made.crept
    assert made.copy().crept


@pytest.mark.parametrize(
    ("ends", "split"),
    [
        ({"a": (1, 2), "b": (5, 6)}, ("a", Fraction(3, 2))),
        ({"a": (1, 2)}, ("b", 0)),
        ({"a": (1, 2), "b": (3, None)}, ("b", 6)),
        ({"a": (1, 2), "b": (0, None)}, ("b", 1)),
        ({"a": (1, 2), "b": (None, 0)}, ("b", -1)),
        ({"a": (1, 1), "b": (5, 5)}, None),
    ],
)
def test_unknown_signs_are_split_first_and_then_what_is_widest(ends, split) -> None:
    made = made_of("c == a * b", **ends)
    place = made.split and (made.component.names[made.split[0]], made.split[1])
    assert place == split
    if split is not None:
        halves = [each.ends[made.split[0]] for each in made.halves(*made.split)]
        low, high = made.ends[made.split[0]]
        assert halves == [(low, split[1]), (split[1], high)]


def test_a_half_that_leaves_nothing_is_left_out() -> None:
    made = made_of("c == a * b", "a >= b", a=(0, 9), b=(2, 9))
    place = made.component.places["a"]
    assert [each.ends[place] for each in made.halves(place, 1)] == [(2, 9)]
    assert len(list(made_of("c == a * b", a=(0, 9), b=(2, 9)).halves(place, 1, active=set()))) == 2


def test_sums_have_no_factor_to_split() -> None:
    assert made_of("c == a + b", a=(1, 2)).split is None


@pytest.mark.parametrize("side", [1, -1])
def test_bounds_of_ever_more_digits_are_not_followed_to_the_end(side) -> None:
    start = Fraction(10**300 + 1, 10**300 - 1)
    given = (lean(side * start), None) if side > 0 else (None, lean(side * start))
    made = made_of("b == a * a * a", f"c == {side} * b * b * b", a=given)
    assert not made.converged
    assert made.ends[made.component.places["c"]] == (None, None)


def test_bounds_that_creep_beyond_each_other_leave_nothing() -> None:
    with pytest.raises(Empty):
        made_of("a <= b - 1", "b <= a - 1", a=(0, 100), b=(0, 100))


def test_where_nothing_is_left_all_that_led_there_is_traced() -> None:
    with pytest.raises(Empty, match="no value is left") as raised:
        made_of("a == b + c", "b <= d", "c <= 1", "d <= e", a=(10, 12), d=(0, 3))
    constraints, places = traced(raised.value)
    component = raised.value.box.component
    assert {component.constraints[each].owners[0] for each in constraints} == {
        "a == b + c",
        "b <= d",
        "c <= 1",
    }
    assert {component.places[name] for name in "abcd"} <= places | {component.places["b"]}


def test_a_text_that_leaves_nothing_by_itself_is_traced_to_no_relation() -> None:
    with pytest.raises(Empty) as raised:
        made_of("a == b", a=(3, 2))
    assert traced(raised.value) == (set(), set())
    assert traced(Empty(0)) == (set(), set())


def test_sums_that_every_value_satisfies_are_live_no_more() -> None:
    made = made_of("a <= b", "b <= 10", "a == c", a=(0, 1), b=(2, 3))
    owners = [made.component.constraints[each].owners[0] for each in made.live]
    assert owners == ["a == c"]
    strict = made_of("a < b", a=(0, 2), b=(2, 3))
    assert len(strict.live) == 1


def test_undefined_statements_make_no_box() -> None:
    with pytest.raises(Undefined):
        made_of("a / 0 == b")
