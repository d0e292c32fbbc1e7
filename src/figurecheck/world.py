"""Worlds: values for everything at once that every text and every relation allows."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from figurecheck.propagation import Empty, box
from figurecheck.system import Row, lean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from figurecheck.propagation import Box, Ends
    from figurecheck.system import Component, Number

    Choose = Callable[[int, Ends], Iterable[Number]]


def world(
    component: Component, texts: Mapping[int, Ends], choose: Choose | None = None
) -> dict[int, Number] | None:
    """Give one value for each variable that satisfies all constraints, exactly; None if none is met.

    Values are chosen one after the other, and what follows from each is narrowed at once; where the
    constraints form a tree, no choice is ever regretted. `choose` gives the values to try, by
    variable and ends; without it, the middle first.
    """
    for order in _orders(component):
        found = _assigned(component, texts, order, choose or middle(component))
        if found is not None:
            return found
    return None


def _orders(component: Component) -> Iterator[Sequence[int]]:
    """Give the orders to choose in: counts before what is measured, what lies between at last."""
    named = [place for place, name in enumerate(component.names) if name]
    between = [place for place, name in enumerate(component.names) if not name]
    first = sorted(named, key=lambda place: not component.whole[place])
    yield [*first, *between]
    if not component.tree:
        yield [*reversed(first), *between]
        busy = sorted(named, key=lambda place: -len(component.watchers[place]))
        yield [*busy, *between]
        yield [*between, *busy[::-1]]


def _assigned(
    component: Component, texts: Mapping[int, Ends], order: Sequence[int], choose: Choose
) -> dict[int, Number] | None:
    try:
        made = box(component, texts)
    except Empty:
        return None
    for place in order:
        ends = made.lower[place], made.upper[place]
        if ends[0] is None or ends[0] != ends[1]:
            after = next(_fixed(made, place, choose(place, ends)), None)
            if after is None:
                return None
            made = after
    values = {place: low for place, low in enumerate(made.lower) if low is not None}
    return values if satisfied(component, values) else None


def _fixed(made: Box, place: int, values: Iterable[Number]) -> Iterator[Box]:
    """Give what is left after each value for a variable that leaves something."""
    for value in dict.fromkeys(values):
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
        for end, sign in ((each.lower, 1), (each.upper, -1)):
            if end is not None and (value - end) * sign < each.strict * 0:
                return False
            if end is not None and each.strict and value == end:
                return False
    return True


def middle(component: Component) -> Choose:
    """Give the values in the middle first, then nearer and nearer to the ends."""

    def choose(place: int, ends: Ends) -> Iterator[Number]:
        low, high = within(ends)
        for share in (Fraction(1, 2), Fraction(1, 3), Fraction(3, 4), 0, 1):
            value = between(low, high, Fraction(share), whole=component.whole[place])
            if value or place not in component.divisors:
                yield value

    return choose


def within(ends: Ends) -> tuple[Number, Number]:
    """Give two ends for a variable that lacks one, so that a value can be chosen."""
    low, high = ends
    if low is None and high is None:
        return 0, 2
    if low is None:
        return (high or 0) - abs(high or 0) - 2, high or 0
    if high is None:
        return low, low + abs(low) + 2
    return low, high


def between(low: Number, high: Number, share: Fraction, *, whole: bool) -> Number:
    """Give the value at a share of the way from one end to the other; a whole one where it counts."""
    value = low + (high - low) * share
    if not whole:
        return lean(value)
    return min(max(floor(value), ceil(low)), floor(high))
