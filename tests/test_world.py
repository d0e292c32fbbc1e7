"""Worlds: values that satisfy everything exactly, found where there are some."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_system import posted

from figurecheck.propagation import box
from figurecheck.world import between, satisfied, within, witness, world

if TYPE_CHECKING:
    from figurecheck.system import Component, Ends, Known, Number

numbers = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6)
shares = st.sampled_from([Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(1)])


@given(numbers, numbers, shares, st.booleans())
def test_a_value_between_two_ends_lies_between_them_and_is_short(one, other, share, whole) -> None:
    low, high = sorted([one, other])
    if whole:
        low, high = Fraction(int(low)), Fraction(int(high))
    found = between(low, high, share, whole=whole)
    assert low <= found <= high
    if whole:
        assert found == int(found)
    elif 0 < share < 1 and low < high:
        assert abs(found - (low + (high - low) * share)) <= (high - low) / 8
        assert not Fraction(10) ** 20 * Fraction(found) % 1


@given(st.none() | numbers, st.none() | numbers)
def test_an_end_that_lacks_is_put_beside_the_other(low, high) -> None:
    if None in {low, high} or low <= high:
        least, most = within((low, high))
        assert least <= most
        assert low in {None, least}
        assert high in {None, most}


def component(*statements: str, whole: str = "") -> Component:
    known: dict[str, Known] = dict.fromkeys(whole, (None, None, True))
    [found] = posted(*statements, known=known)
    return found


def met(own: Component, linear: bool = False, **given: Ends) -> dict[str, Number] | None:  # noqa: FBT001, FBT002 - its only option
    """Give the values that are met, by name, within ends by name."""
    texts = {own.places[name]: each for name, each in given.items()}
    found = witness(box(own, texts), texts, linear=linear)
    if found is None:
        return None
    made, values = found
    assert satisfied(made.component, values)
    return {name: values[place] for name, place in own.places.items()}


def test_whole_numbers_are_met_where_figures_count_and_others_where_there_are_none() -> None:
    own = component("a == 2 * b", whole="ab")
    assert met(own, a=(3, 5)) == {"a": 4, "b": 2}
    own = component("2 * a + 2 * b == c", whole="abc")
    assert met(own, c=(3, 3))["c"] == 3


@pytest.mark.parametrize(
    ("statements", "given"),
    [
        (["p == x * y"], {"p": (5, 6), "y": (-1, 1)}),
        (["p == x / y"], {"p": (0, 0), "y": (-1, 1)}),
        (["s == w / (w + m)"], {"w": (-1, 1), "m": (1, 2)}),
        (["a < b", "b < c"], {"a": (1, 2), "c": (2, 2)}),
        (["a > b", "b >= 3"], {}),
        (["a ** 2 == b"], {"b": (4, 9)}),
    ],
)
def test_values_are_met_beside_zero_and_beside_ends_that_are_not_reached(statements, given) -> None:
    assert met(component(*statements), **given) is not None


def test_no_values_are_met_where_there_are_none() -> None:
    assert met(component("a ** 2 == b"), b=(2, 2)) is None
    assert met(component("a / b == 1", "b <= 0", "b >= 0"), a=(0, 0)) is None
    assert met(component("(a + b) / (a + b) == 1.5"), a=(4, 5)) is None


def test_values_that_lack_something_or_break_something_satisfy_nothing() -> None:
    own = component("a * b == c", "a <= 5", "a >= 2", "b < 9")
    place = own.places
    good = {place["a"]: 3, place["b"]: 2, place["c"]: 6}
    assert satisfied(own, good)
    assert not satisfied(own, {place["a"]: 3})
    for name, wrong in (("a", 1), ("a", 6), ("b", 9), ("c", 7)):
        values = good | {place[name]: wrong}
        values |= {place["c"]: values[place["a"]] * values[place["b"]]} if name != "c" else {}
        assert not satisfied(own, values)


def test_where_even_fractions_are_refuted_no_world_is_met() -> None:
    own = component("2 * a == 2 * b + 1", whole="ab")
    loose = box(own, {})
    assert world(loose) is None
    assert witness(loose, {own.places["a"]: (3, 2)}, linear=False) is None
