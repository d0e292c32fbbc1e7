"""Worlds: values for everything at once that every text and every relation allows."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import islice
from math import ceil, floor
from typing import TYPE_CHECKING

from figurecheck.joint import Programme, cases, envelopes, near, sums
from figurecheck.propagation import Empty, beyond, box
from figurecheck.system import LARGEST, Row, lean, size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from figurecheck.propagation import Box
    from figurecheck.system import Component, End, Ends, Number

    Choose = Callable[[int, Ends], Iterable[Number]]

MOST_CASES = 4
"""In so many cases of what is multiplied is a world looked for, at a linear programme's word."""


def world(made: Box, choose: Choose | None = None) -> dict[int, Number] | None:
    """Give a value for each variable that satisfies all constraints, exactly; None if none is met.

    Values are chosen one after the other within bounds that have been propagated, and what follows
    from each is narrowed at once; no choice is taken back, but other orders are tried.
    `choose` gives the values to try, by variable and ends; without it, the middle first.
    """
    return _first(made, _orders(made), choose)


def _first(
    made: Box, orders: Iterable[Sequence[int]], choose: Choose | None = None
) -> dict[int, Number] | None:
    """Give the world of the first of several orders that leads to one."""
    tried = (_assigned(made, order, choose or middle(made.component)) for order in orders)
    return next((each for each in tried if each is not None), None)


def witness(
    made: Box, texts: Mapping[int, Ends], *, linear: bool
) -> tuple[Box, dict[int, Number]] | None:
    """Give a world, and the bounds that it was chosen in; None if none is met.

    Whole numbers where figures count, if such are met; else any, and where they are not met easily,
    with `linear`, those near to what a linear programme proposes.
    """
    if any(made.component.whole):
        values = world(made)
        if values is not None:
            return made, values
        try:
            made = box(replace(made.component, whole=(False,) * len(made.component.names)), texts)
        except Empty:
            return None
    orders = list(_orders(made))
    values = _first(made, orders[:1])
    if values is None and linear and len(made.component.constraints) <= LARGEST:
        values = next(_proposed(made), None)
    if values is None:
        values = _first(made, orders[1:])
    return None if values is None else (made, values)


def _proposed(made: Box) -> Iterator[dict[int, Number]]:
    """Yield the worlds near to what linear programmes propose, for all of it or case by case."""
    for case in islice(cases(made), MOST_CASES):
        rows = [*sums(case.component), *envelopes(case)]
        proposed = Programme(case.component, case.ends, rows).values()
        found = proposed and world(case, near(proposed))
        if found:
            yield found


def _orders(made: Box) -> Iterator[Sequence[int]]:
    """Give the orders to choose in: what has no end late, counts first, what lies between at last.

    Then what is known best first, and both the other way round.
    """
    component = made.component
    named = [place for place, name in enumerate(component.names) if name]
    between = [place for place, name in enumerate(component.names) if not name]
    openness = {place: _openness(made.lower[place], made.upper[place]) for place in named}
    first = sorted(named, key=lambda place: (openness[place][0], not component.whole[place]))
    known = sorted(named, key=openness.__getitem__)
    for order in (first, known[::-1], known, first[::-1]):
        yield [*order, *between]


def _openness(low: End, high: End) -> tuple[bool, Number]:
    """Give how open a variable is: how wide for its size."""
    if low is None or high is None:
        return True, 0
    most = max(size(low), size(high))
    return False, Fraction(high - low) / most if most else 0


def _assigned(made: Box, order: Sequence[int], choose: Choose) -> dict[int, Number] | None:
    for place in order:
        ends = made.lower[place], made.upper[place]
        if ends[0] is None or ends[0] != ends[1]:
            after = next(_fixed(made, place, choose(place, ends)), None)
            if after is None:
                return None
            made = after
    values = {place: low for place, low in enumerate(made.lower) if low is not None}
    return values if satisfied(made.component, values) else None


def _fixed(made: Box, place: int, values: Iterable[Number]) -> Iterator[Box]:
    """Give what is left after each value for a variable that leaves something."""
    for value in values:
        after = made.copy()
        try:
            after.fix(place, value)
        except Empty:
            continue
        yield after


def satisfied(component: Component, values: Mapping[int, Number]) -> bool:
    """Tell whether values satisfy every constraint exactly, and divide by nothing."""
    if len(values) < len(component.names) or any(not values[each] for each in component.divisors):
        return False
    for each in component.constraints:
        if not isinstance(each, Row):
            if values[each.result] != values[each.left] * values[each.right]:
                return False
            continue
        value = sum(values[place] * factor for place, factor in each.terms)
        if each.lower is not None and beyond(-value, -each.lower, strict=each.strict):
            return False
        if each.upper is not None and beyond(value, each.upper, strict=each.strict):
            return False
    return True


def middle(component: Component) -> Choose:
    """Give values in the middle first, of few digits, then at the ends."""

    def choose(place: int, ends: Ends) -> Iterator[Number]:
        low, high = within(ends)
        for share in (Fraction(1, 2), Fraction(1, 4), Fraction(3, 4), Fraction(0), Fraction(1)):
            value = between(low, high, share, whole=component.whole[place])
            if value or place not in component.divisors:
                yield value

    return choose


def within(ends: Ends) -> tuple[Number, Number]:
    """Give two ends for a variable that lacks one, so that a value can be chosen."""
    low, high = ends
    if low is None and high is None:
        return 0, 2
    if low is None:
        return (high or 0) - size(high or 0) - 2, high or 0
    if high is None:
        return low, low + size(low) + 2
    return low, high


def between(low: Number, high: Number, share: Fraction, *, whole: bool, grain: int = 8) -> Number:
    """Give the value at a share of the way from one end to the other, whole where it counts.

    Inside, it is one of few digits within a grain of the way, an eighth unless told otherwise, so
    that what is computed from it stays short.
    """
    value = low + Fraction(high - low) * share
    if whole:
        return min(max(floor(value), ceil(low)), floor(high))
    reach = Fraction(high - low) / grain
    if not reach or not 0 < share < 1:
        return lean(value)
    step = Fraction(1)
    while step > reach:
        step /= 10
    while step * 10 <= reach:
        step *= 10
    return lean(floor(value / step) * step)
