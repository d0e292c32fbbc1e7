"""Bounds that follow from bounds: every constraint narrows its variables until nothing moves."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from figurecheck.system import Product, Row, lean, over, size

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from figurecheck.system import Component, End, Ends, Number

SWEEPS = 20
"""So often may every constraint be looked at; what still moves then has not converged."""

STEPS = 1_000
"""In the second half of the sweeps a bound is left where it is if it would move by less than one of
so many parts of its width: bounds that only creep are true where they stop."""

LONGEST = 2_000
"""A bound with more binary digits narrows nothing any more."""

STATED, UNIT = -1, -2
"""What set a bound that no constraint did: the text of the figure, or what its unit says."""


class Empty(Exception):
    """No value is left; `constraint` is where that was seen, STATED for a text by itself.

    `box` is how far the bounds had come.
    """

    def __init__(self, constraint: int) -> None:
        super().__init__("no value is left")
        self.constraint = constraint
        self.box: Box | None = None


@dataclass(slots=True)
class Box:
    """The bounds of all variables of a component, and by which constraint each was set.

    `crept` tells that some were left where they are while they still moved, by little.

    The method is HC4 (Benhamou, Goualard, Granvilliers & Puget 1999) on rows and products, as the
    feasibility-based tightening of optimisation has it. Bounds are exact; where the constraints
    form a tree, they are the tightest there are.
    """

    component: Component
    lower: list[End]
    upper: list[End]
    lower_by: list[int]
    upper_by: list[int]
    converged: bool = True
    creeping: bool = False
    crept: bool = False

    def copy(self) -> Box:
        return Box(
            self.component,
            self.lower[:],
            self.upper[:],
            self.lower_by[:],
            self.upper_by[:],
            self.converged,
            crept=self.crept,
        )

    def _worth(self, place: int, moved: Number) -> bool:
        """Tell whether a bound moves by enough to follow it."""
        low, high = self.lower[place], self.upper[place]
        if not self.creeping or low is None or high is None or moved * STEPS >= high - low:
            return True
        self.crept = True
        return False

    @property
    def split(self) -> tuple[int, Number] | None:
        """The factor to tell cases of, and where: unknown signs first, then what is widest."""
        factors = {
            place: self._openness(place)
            for each in self.component.constraints
            if isinstance(each, Product)
            for place in (each.left, each.right)
        }
        place = max(factors, key=factors.__getitem__, default=-1)
        if place < 0 or factors[place] == (False, 0):
            return None
        if factors[place][0]:
            return place, 0
        low, high = self.lower[place], self.upper[place]
        if low is None or high is None:
            end = high if low is None else low
            return place, 2 * (end or 0) or (1 if low is not None else -1)
        return place, over(low + high, 2)

    def halves(
        self, place: int, middle: Number, active: Collection[int] | None = None
    ) -> Iterator[Box]:
        """Yield the bounds below and above a value of a variable, where they leave something."""
        watching = self.component.watchers[place]
        for low, high in ((None, middle), (middle, None)):
            case = self.copy()
            with suppress(Empty):
                case.narrow(place, low, high, STATED)
                case.settle([each for each in watching if active is None or each in active], active)
                yield case

    def _openness(self, place: int) -> tuple[bool, Number]:
        """Give whether nothing is known of a sign, and how wide a variable is for its size."""
        low, high = self.lower[place], self.upper[place]
        if low is None or high is None:
            return (low is None or low < 0) and (high is None or high > 0), 1
        return False, over(high - low, max(size(low), size(high)) or 1)

    @property
    def ends(self) -> dict[int, Ends]:
        """The bounds, by variable."""
        return dict(enumerate(zip(self.lower, self.upper, strict=True)))

    @property
    def live(self) -> list[int]:
        """The sums, each relation's own, that not all values within the bounds satisfy."""
        return [
            index
            for index, each in enumerate(self.component.constraints)
            if isinstance(each, Row) and len(each.owners) == 1 and not self._certain(each)
        ]

    def _certain(self, row: Row) -> bool:
        least, most = _reach(self, row)
        for end, limit in ((most, row.upper), (_turned(least), _turned(row.lower))):
            if limit is not None and (end is None or beyond(end, limit, strict=row.strict)):
                return False
        return True

    def narrow(self, place: int, low: End, high: End, by: int) -> bool:
        """Narrow a variable, and tell whether that moved a bound; raises Empty."""
        own_low, own_high = self.lower[place], self.upper[place]
        whole = self.component.whole[place]
        moved = False
        if low is not None:
            low = ceil(low) if whole else low
            if own_low is None or (low > own_low and self._worth(place, low - own_low)):
                if _long(low):
                    self.converged = False
                else:
                    self.lower[place] = own_low = low
                    self.lower_by[place] = by
                    moved = True
        if high is not None:
            high = floor(high) if whole else high
            if own_high is None or (high < own_high and self._worth(place, own_high - high)):
                if _long(high):
                    self.converged = False
                else:
                    self.upper[place] = own_high = high
                    self.upper_by[place] = by
                    moved = True
        if moved and own_low is not None and own_high is not None and own_low > own_high:
            raise Empty(by)
        return moved

    def fix(self, place: int, value: Number) -> None:
        """Set a variable to a value, and narrow all that follows; raises Empty."""
        self.narrow(place, value, value, STATED)
        self.settle(self.component.watchers[place])

    def settle(self, starts: Iterable[int], active: Collection[int] | None = None) -> None:
        """Narrow until nothing moves, from these constraints on; raises Empty.

        Only `active` constraints are looked at, where they are given.
        """
        constraints, watchers = self.component.constraints, self.component.watchers
        queue = deque(starts)
        waiting = set(queue)
        most = left = SWEEPS * (len(constraints) + 10)
        while queue:
            if not left:
                self.converged = False
                break
            left -= 1
            self.creeping = 2 * left < most
            index = queue.popleft()
            waiting.discard(index)
            constraint = constraints[index]
            again = isinstance(constraint, Product)
            for place in _REVISE[type(constraint)](self, constraint, index):
                for other in watchers[place]:
                    if other not in waiting and (active is None or other in active):
                        if other == index and not (again or self.component.whole[place]):
                            continue
                        waiting.add(other)
                        queue.append(other)
        self.creeping = False


def box(
    component: Component,
    texts: Mapping[int, Ends],
    active: Collection[int] | None = None,
) -> Box:
    """Give the bounds that follow from the ends that texts state, by variable; raises Empty."""
    count = len(component.names)
    made = Box(
        component, list(component.lower), list(component.upper), [UNIT] * count, [UNIT] * count
    )
    try:
        for place, (low, high) in texts.items():
            made.narrow(place, low, high, STATED)
        made.settle(range(len(component.constraints)) if active is None else active, active)
    except Empty as empty:
        empty.box = made
        raise
    return made


def traced(empty: Empty) -> tuple[set[int], set[int]]:
    """Give the constraints that led to where no value was left, and the variables that they tie.

    It follows what set each bound last, so something earlier may be missing.
    """
    made = empty.box
    if made is None or empty.constraint < 0:
        return set(), set()
    constraints, places = {empty.constraint}, set()
    waiting = [empty.constraint]
    while waiting:
        for place in made.component.constraints[waiting.pop()].variables:
            if place not in places:
                places.add(place)
                setters = {made.lower_by[place], made.upper_by[place]} - constraints
                fresh = {each for each in setters if each >= 0}
                constraints |= fresh
                waiting += fresh
    return constraints, places


def _long(value: Number) -> bool:
    return value.numerator.bit_length() + value.denominator.bit_length() > LONGEST


def _revise_row(made: Box, row: Row, index: int) -> list[int]:
    """Narrow every variable of a sum by its limit and the bounds of the others."""
    lower, upper = made.lower, made.upper
    least: Number = 0
    most: Number = 0
    without_least = without_most = 0
    terms = []
    for place, factor in row.terms:
        low, high = (lower[place], upper[place]) if factor > 0 else (upper[place], lower[place])
        if factor != 1:
            low, high = (None if each is None else factor * each for each in (low, high))
        if low is None:
            without_least += 1
        else:
            least += low
        if high is None:
            without_most += 1
        else:
            most += high
        terms.append((place, factor, low, high))
    _refuse_row(row, index, None if without_least else least, None if without_most else most)
    above = None if row.upper is None else row.upper - least
    below = None if row.lower is None else row.lower - most
    moved = []
    for place, factor, low, high in terms:
        top = bottom = None
        if above is not None and without_least == (low is None):
            top = over(above if low is None else above + low, factor)
        if below is not None and without_most == (high is None):
            bottom = over(below if high is None else below + high, factor)
        ends = (bottom, top) if factor > 0 else (top, bottom)
        if made.narrow(place, *ends, index):
            moved.append(place)
    return moved


def _turned(end: End) -> End:
    return None if end is None else -end


def _reach(made: Box, row: Row) -> Ends:
    """Give the least and the most that a sum can be within the bounds."""
    ends: list[End] = [0, 0]
    for place, factor in row.terms:
        bounds = (made.lower[place], made.upper[place])
        for side, end in enumerate(bounds if factor > 0 else bounds[::-1]):
            so_far = ends[side]
            ends[side] = None if end is None or so_far is None else so_far + end * factor
    return ends[0], ends[1]


def _refuse_row(row: Row, index: int, least: End, most: End) -> None:
    """Raise Empty where a sum cannot reach its limit."""
    if row.upper is not None and least is not None and beyond(least, row.upper, strict=row.strict):
        raise Empty(index)
    if row.lower is not None and most is not None and beyond(-most, -row.lower, strict=row.strict):
        raise Empty(index)


def beyond(value: Number, limit: Number, *, strict: bool) -> bool:
    """Tell whether a value is above an upper limit, or at one that is not reached."""
    return value > limit or (strict and value == limit)


def _revise_product(made: Box, product: Product, index: int) -> list[int]:
    """Narrow the result by the factors, and each factor by the result and the other."""
    result, left, right = product.result, product.left, product.right
    moved = []

    def ends(place: int) -> Ends:
        return made.lower[place], made.upper[place]

    found = _multiplied(ends(left), ends(right))
    if left == right and (found[0] is None or found[0] < 0):
        found = (0, found[1])
    if made.narrow(result, *found, index):
        moved.append(result)
    for factor, other in ((left, right), (right, left)) if left != right else ():
        low, high = _divided(ends(result), ends(other))
        if made.narrow(factor, low, high, index):
            moved.append(factor)
    return moved


def _multiplied(left: Ends, right: Ends) -> Ends:
    """Give the ends of a product; zero times what has no end is zero."""
    (low, high), (least, most) = left, right
    if low is not None and least is not None and low >= 0 and least >= 0:
        return lean(low * least), _times(high, most)
    lows: list[End] = []
    highs: list[End] = []
    for a, a_sign in ((left[0], -1), (left[1], 1)):
        for b, b_sign in ((right[0], -1), (right[1], 1)):
            if a is not None and b is not None:
                value: End = lean(a * b)
                lows.append(value)
                highs.append(value)
            elif a == 0 or b == 0:
                lows.append(0)
                highs.append(0)
            else:
                one = a_sign if a is None else (a > 0) - (a < 0)
                other = b_sign if b is None else (b > 0) - (b < 0)
                (highs if one * other > 0 else lows).append(None)
    return (
        None if None in lows else min(each for each in lows if each is not None),
        None if None in highs else max(each for each in highs if each is not None),
    )


def _times(high: End, most: End) -> End:
    """Give the upper end of a product of what is not negative."""
    if high is not None and most is not None:
        return lean(high * most)
    return 0 if high == 0 or most == 0 else None


def _divided(result: Ends, divisor: Ends) -> Ends:
    """Give the ends of a quotient; where the divisor may be zero only what still follows."""
    low, high = divisor
    least, most = result
    if low is not None and low > 0 and least is not None and least >= 0:
        return 0 if high is None else over(least, high), None if most is None else over(most, low)
    positive, negative = low is not None and low > 0, high is not None and high < 0
    if positive or negative:
        inverse: Ends = (_inverse(high), _inverse(low))
    elif low == 0 and not _holds_zero(result):
        inverse = (_inverse(high), None) if high != 0 else (None, None)
    elif high == 0 and not _holds_zero(result):
        inverse = (None, _inverse(low)) if low != 0 else (None, None)
    else:
        return None, None
    return _multiplied(result, inverse)


def _inverse(end: End) -> End:
    return 0 if end is None else lean(Fraction(1) / end)


def _holds_zero(ends: Ends) -> bool:
    low, high = ends
    return (low is None or low <= 0) and (high is None or high >= 0)


_REVISE: dict[type, Callable[[Box, object, int], list[int]]] = {
    Row: _revise_row,  # type: ignore[dict-item]
    Product: _revise_product,  # type: ignore[dict-item]
}
