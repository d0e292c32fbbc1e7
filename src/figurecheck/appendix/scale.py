"""Scales: from a value to a place on a line, outward and in order, and round ticks for its axis."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from figurecheck.interval import Interval

CRUSHED = 4
"""Zero is on the scale if what is drawn then still takes a part in so many of it."""

SPAN = 1000
"""If the largest is so many times the smallest, only a logarithmic scale shows both."""

TICKS = 5
ROOM = Fraction(15, 16)
FINEST = 100
"""Places are told to a hundredth of a pixel."""

NATURAL = {"percent": 100, "%": 100, "fraction": 1}
"""Shares of a whole are drawn against the whole, if they are more than half of it."""

_TEN = Fraction(10)
_STEPS = (1, 2, 5, 10)


class Drawn(NamedTuple):
    """An interval in pixels from the start of its scale; it goes on where it is open."""

    start: float
    end: float
    before: bool
    after: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """From a lower to an upper value, linear or logarithmic; make one with `scale`."""

    lower: Fraction
    upper: Fraction
    ticks: tuple[Fraction, ...]
    logarithmic: bool = False

    def share(self, value: Fraction) -> Fraction:
        """Give where a value stands, from 0 at the lower end to 1 at the upper."""
        if value <= self.lower or value >= self.upper:
            return Fraction(value >= self.upper)
        if not self.logarithmic:
            return (value - self.lower) / (self.upper - self.lower)
        start, end = _log(self.lower), _log(self.upper)
        return Fraction(int((_log(value) - start) / (end - start) * 10**9 + 0.5), 10**9)

    def before(self, value: Fraction, length: float) -> float:
        """Give the place of a lower end on a line of some length: not behind the value."""
        return math.floor(self.share(value) * int(length * FINEST)) / FINEST

    def behind(self, value: Fraction, length: float) -> float:
        """Give the place of an upper end: not before the value."""
        return math.ceil(self.share(value) * int(length * FINEST)) / FINEST

    def drawn(self, interval: Interval, length: float) -> Drawn:
        """Give an interval outward, on a line of some length."""
        lower, upper = interval.lower, interval.upper
        return Drawn(
            0 if lower is None else self.before(lower, length),
            length if upper is None else self.behind(upper, length),
            lower is None or lower < self.lower,
            upper is None or upper > self.upper,
        )


def scale(intervals: Iterable[Interval], unit: str = "", *, whole: bool = False) -> Scale:
    """Give a scale that all the intervals lie on; it starts at zero if that crushes nothing.

    With `whole` it starts at zero in any case, and is linear.
    """
    given = list(intervals)
    ends = [end for each in given for end in (each.lower, each.upper) if end is not None]
    if not ends:
        return Scale(Fraction(0), Fraction(1), ())
    if not whole and _far(given, ends):
        return _with_room(given, *_powers([end for end in ends if end > 0]))
    low, high = _zero(min(ends), max(ends), whole=whole)
    natural = NATURAL.get(unit, 0)
    if low == 0 and natural < 2 * high and high <= natural:
        high = Fraction(natural)
    step = _step((high - low) / TICKS)
    return _with_room(given, step, low // step, -(-high // step))


def downward(value: Fraction) -> Fraction:
    """Give a positive value downward to two digits."""
    unit = _TEN ** (_power(value) - 1)
    return value // unit * unit


def _zero(low: Fraction, high: Fraction, *, whole: bool) -> tuple[Fraction, Fraction]:
    """Give the ends with zero let in where it crushes nothing, and never one value alone."""
    zero = Fraction(0)
    if whole or low == high or max(abs(low), abs(high)) <= CRUSHED * (high - low):
        low, high = min(low, zero), max(high, zero)
    return (low, high) if low < high else (zero, Fraction(1))


def _far(intervals: Iterable[Interval], ends: list[Fraction]) -> bool:
    reached = [each.lower if each.upper is None else each.upper for each in intervals]
    positive = [end for end in reached if end]
    return min(ends) >= 0 and bool(positive) and max(ends) >= SPAN * min(positive)


def _powers(ends: list[Fraction]) -> tuple[None, int, int]:
    high = _power(max(ends))
    return None, _power(min(ends)), high + (_TEN**high < max(ends))


def _with_room(given: list[Interval], step: Fraction | None, first: int, last: int) -> Scale:
    """Give the scale between two ticks, with one more where an arrow would have no room."""
    tight = _between(step, first, last)
    starts = [each.lower for each in given if each.upper is None and each.lower is not None]
    ends = [each.upper for each in given if each.lower is None and each.upper is not None]
    last += any(tight.share(each) > ROOM for each in starts)
    first -= any(tight.share(each) < 1 - ROOM for each in ends)
    return _between(step, first, last)


def _between(step: Fraction | None, first: int, last: int) -> Scale:
    if step is not None:
        ticks = tuple(each * step for each in range(first, last + 1))
        return Scale(ticks[0], ticks[-1], ticks)
    apart = -(-(last - first) // (TICKS + 1))
    ticks = tuple(_TEN**power for power in range(first, last + 1, apart))
    return Scale(_TEN**first, _TEN**last, ticks, logarithmic=True)


def _step(least: Fraction) -> Fraction:
    """Give the least of 1, 2, 5 times a power of ten that is not below."""
    unit = _TEN ** _power(least)
    return next(each * unit for each in _STEPS if each * unit >= least)


def _power(value: Fraction) -> int:
    """Give the power of ten of the first digit."""
    power = math.floor(_log(value))
    while _TEN**power > value:
        power -= 1
    while _TEN ** (power + 1) <= value:
        power += 1
    return power


def _log(value: Fraction) -> float:
    """Give the decimal logarithm, about, of numbers of any length."""
    return math.log10(value.numerator) - math.log10(value.denominator)
