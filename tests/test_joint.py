"""Linear programmes: only what an exact certificate confirms is said, at any magnitude."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracle import Cells, compiled, decided, exact, small_counts, table
from test_system import posted

from figurecheck import joint
from figurecheck.joint import Programme, _eliminated, cases, envelopes, near
from figurecheck.propagation import box
from figurecheck.relation import spoken
from figurecheck.system import Row, lean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oracle import Network

    from figurecheck.joint import Certificate
    from figurecheck.system import Component, Ends

draws = st.randoms(use_true_random=False)
fractions = st.fractions(-9, 9, max_denominator=9)
sizes = st.fractions(0, 9, max_denominator=9)


def programmes(network: Network, width: str = "wide") -> list[Programme]:
    """Give the programme of each part of a network, within what its texts state."""
    amounts = {name: getattr(spoken(text), width) for name, text in network.texts.items()}
    return [
        Programme(
            component,
            {
                place: tuple(None if end is None else lean(end) for end in (each.lower, each.upper))
                for name, place in component.places.items()
                if (each := amounts.get(name)) is not None
            },
        )
        for component in posted(*network.statements)
    ]


def combined(
    component: Component, multipliers: Mapping[int, Fraction]
) -> tuple[dict[int, Fraction], Fraction | None, bool]:
    """Add up rows: the sum of variables that they are, what it is at most, and if it is less."""
    total: dict[int, Fraction] = {}
    most: Fraction | None = Fraction(0)
    for index, factor in multipliers.items():
        row = component.constraints[index]
        assert isinstance(row, Row)
        for place, coefficient in row.terms:
            total[place] = total.get(place, Fraction(0)) + factor * coefficient
        end = row.upper if factor > 0 else row.lower
        most = None if end is None or most is None else most + factor * end
    strict = any(component.constraints[index].strict for index in multipliers)
    return {place: each for place, each in total.items() if each}, most, strict


def extreme(sums: Mapping[int, Fraction], ends: Mapping[int, Ends], side: int) -> Fraction | None:
    """Give the least value of a weighted sum within ends for side -1, the greatest for 1."""
    total = Fraction(0)
    for place, factor in sums.items():
        end = ends[place][(factor > 0) == (side > 0)]
        if end is None:
            return None
        total += factor * end
    return total


def contradicts(programme: Programme, certificate: Certificate) -> bool:
    """Tell by fractions alone whether the sum of rows is out of reach of the ends."""
    total, most, strict = combined(programme.component, certificate.rows)
    least = extreme(total, dict(enumerate(programme.ends)), -1)
    assert set(total) <= set(certificate.places)
    assert None not in {most, least}
    assert certificate.bound == least - most
    return least > most or (strict and least == most)


@given(draw=draws, powers=st.sampled_from([(0,), (-12,), (15,), range(-12, 16)]))
def test_every_contradiction_has_a_certificate_that_fractions_confirm(draw, powers) -> None:
    network = table(draw, powers, wrong=1, cells=draw.choice([0, 0.3]))
    for programme in programmes(network):
        found = programme.refuted()
        names, laws = compiled(programme.component)
        given_ends = [
            law
            for name, place in programme.component.places.items()
            for law in ends_of(names[name], programme.ends[place])
        ]
        if found is not None:
            assert contradicts(programme, found)
            assert decided(laws, given_ends) is False
        elif len(powers) == 1:
            assert decided(laws, given_ends) is True


def ends_of(variable: object, ends: Ends) -> list[object]:
    low, high = ends
    lows = [] if low is None else [variable >= exact(low)]
    return lows if high is None else [*lows, variable <= exact(high)]


@given(draw=draws)
def test_strict_orders_are_refuted_by_certificates_too(draw) -> None:
    for programme in programmes(small_counts(draw, tree=False)):
        found = programme.refuted()
        names, laws = compiled(programme.component)
        given_ends = [
            law
            for name, place in programme.component.places.items()
            for law in ends_of(names[name], programme.ends[place])
        ]
        assert (found is None) == bool(decided(laws, given_ends))
        assert found is None or contradicts(programme, found)


@given(draw=draws, powers=st.sampled_from([(0,), (12,), range(-12, 16)]))
def test_every_bound_of_a_programme_has_a_certificate_that_fractions_confirm(draw, powers) -> None:
    network = table(draw, powers, wrong=0, cells=0.3)
    for programme in programmes(network):
        ends = dict(enumerate(programme.ends))
        for place, side, certificate in programme.bounds(ends, settled=False):
            total, most, _ = combined(programme.component, certificate.rows)
            # side * x = rows + rest, and neither is more than its most.
            rest = {at: -factor for at, factor in total.items()}
            rest[place] = rest.get(place, Fraction(0)) + side
            left = extreme({at: each for at, each in rest.items() if each}, ends, 1)
            assert certificate.bound * side == most + left


def test_a_bound_that_is_known_already_is_not_yielded_again() -> None:
    shape = Cells(2, 2)
    [component] = posted(*shape.statements, *(f"x{at} >= 0" for at in ("00", "01", "10", "11")))
    place = component.places
    texts = {place["r0"]: (10, 10), place["r1"]: (20, 20), place["c0"]: (12, 12)}
    programme = Programme(component, texts)
    first = {
        (at, side): each.bound
        for at, side, each in programme.bounds({place["c1"]: (None, None)}, settled=True)
    }
    assert first == {(place["c1"], -1): 18, (place["c1"], 1): 18}
    assert not list(programme.bounds({place["c1"]: (18, 18)}, settled=True))
    assert not list(programme.bounds({place["c1"]: (18, 18)}, settled=False))
    assert not list(programme.bounds({place["c1"]: (19, 30)}, settled=True))


def test_multipliers_that_lean_on_a_limit_which_is_not_there_prove_nothing() -> None:
    [component] = posted("a <= 5")
    programme = Programme(component, {component.places["a"]: (6, 7)})
    assert programme._contradiction({0: Fraction(1)}).bound == 1
    assert programme._contradiction({0: Fraction(-1)}) is None
    assert programme._contradiction({}) is None


def test_a_text_that_leaves_nothing_by_itself_is_no_matter_of_sums() -> None:
    [component] = posted("a == b", "b == c", "a == c")
    assert Programme(component, {component.places["a"]: (3, 2)}).refuted() is None


def test_a_proposal_is_made_where_there_are_values_and_none_where_there_are_none() -> None:
    [component] = posted("a == b + c", "b <= 5", "c <= 3")
    place = component.places
    values = Programme(component, {place["a"]: (7, 8)}).values()
    assert abs(values[place["a"]] - values[place["b"]] - values[place["c"]]) < Fraction(1, 10**6)
    assert Programme(component, {place["a"]: (9, 10)}).values() is None


@given(
    proposed=st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=10**9),
    low=st.integers(-10, 0),
    high=st.integers(0, 10),
    power=st.integers(-15, 3),
)
def test_what_is_tried_lies_within_the_ends_and_near_the_proposal(
    proposed, low, high, power
) -> None:
    value = proposed * Fraction(10) ** power
    choose = near({0: value})
    for tried in choose(0, (low, high)):
        assert low <= tried <= high
    for tried in choose(0, (None, None)):
        assert abs(tried - value) <= max(1, abs(value))
    nearest = next(iter(choose(0, (None, None))))
    assert abs(nearest - value) <= Fraction(1, 10**6) * max(abs(value), Fraction(1, 10**3)) or (
        abs(nearest - value) <= Fraction(1, 10**6)
    )


matrices = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(-3, 3).map(Fraction), min_size=width, max_size=width),
        min_size=1,
        max_size=4,
    )
)


@given(matrix=matrices, solution=st.lists(st.integers(-3, 3).map(Fraction), min_size=4, max_size=4))
def test_elimination_solves_what_can_be_solved(matrix, solution) -> None:
    width = len(matrix[0])
    right = [sum(a * b for a, b in zip(row, solution[:width], strict=True)) for row in matrix]
    pivots = _eliminated([[*row, end] for row, end in zip(matrix, right, strict=True)])
    assert pivots is not None
    for row, column in pivots:
        assert row[column] == 1
        assert sum(a * b for a, b in zip(row, [*solution[:width], Fraction(-1)], strict=True)) == 0
        assert all(other[column] == 0 for other, at in pivots if at != column)
    assert _eliminated([[Fraction(0)] * width + [Fraction(1)]]) is None


@given(
    low=st.tuples(fractions, fractions),
    width=st.tuples(sizes, sizes),
    shares=st.tuples(st.fractions(0, 1, max_denominator=9), st.fractions(0, 1, max_denominator=9)),
    without=st.sets(st.tuples(st.sampled_from("xy"), st.sampled_from([0, 1]))),
)
def test_envelopes_hold_every_product(low, width, shares, without) -> None:
    [component] = posted("z == x * y")
    given, names = {}, {}
    for name, start, wide, share in zip("xy", low, width, shares, strict=True):
        ends = [lean(start), lean(start + wide)]
        kept = [None if (name, side) in without else end for side, end in enumerate(ends)]
        given[component.places[name]] = tuple(kept)
        names[component.places[name]] = start + wide * share
    made = box(component, given)
    product = Fraction(1)
    for value in names.values():
        product *= value
    values = [names.get(place, product) for place in range(len(component.names))]
    rows = list(envelopes(made))
    assert len(rows) >= 4 or without
    for _, row in rows:
        total = sum(factor * values[place] for place, factor in row.terms)
        assert row.lower is None or total >= row.lower
        assert row.upper is None or total <= row.upper
    assert list(cases(made))


def test_a_divisor_that_is_not_below_zero_is_above_it() -> None:
    for sign, ends in ((1, (0, None)), (-1, (None, 0))):
        [component] = posted("q == a / b")
        made = box(component, {component.places["b"]: ends})
        assert [row.terms for _, row in envelopes(made) if row.strict] == [
            ((component.places["b"], sign),)
        ]
        assert not list(envelopes(made, only=set()))


def test_only_the_relation_that_divides_says_that_a_factor_is_not_zero() -> None:
    [component] = posted("z == x * y", "q == a / y")
    made = box(component, {component.places["y"]: (0, None)})
    held = [
        {at for at, each in enumerate(component.constraints) if each.owners == (stated,)}
        for stated in ("z == x * y", "q == a / y")
    ]
    strict = [any(row.strict for _, row in envelopes(made, only=only)) for only in held]
    assert strict == [False, True]


RATIOS = ("s == change(new=a, old=b)", "t == b / (b + a)")
"""The second is one less than the first and two, turned over, whatever a and b are."""


@pytest.mark.parametrize(("t", "possible"), [("1/12", True), ("1/11", False)])
def test_two_shares_of_what_nobody_reported_are_decided_case_by_case(t, possible) -> None:
    [component] = posted(*RATIOS)
    given = {
        component.places["s"]: (lean(Fraction("9.9")), lean(Fraction("10.1"))),
        component.places["t"]: (
            lean(Fraction(t) - Fraction(1, 2000)),
            lean(Fraction(t) + Fraction(1, 2000)),
        ),
    }
    assert bool(list(cases(box(component, given)))) == possible


def test_whether_the_extra_is_installed_is_asked_once() -> None:
    joint.available.cache_clear()
    assert joint.available()
    assert joint.available.cache_info().misses == 1
