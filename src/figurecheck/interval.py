"""Intervals with exact ends: all the values that a printed number may stand for."""

from __future__ import annotations

import math
import operator
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

INFINITE = math.inf


@dataclass(frozen=True, slots=True)
class Exact:
    """An end of an interval: a fraction, or plus or minus infinity.

    `open` tells that the value itself is left out, as the next number is where a writer cuts digits
    off; ends are closed unless somebody says otherwise. It owns every operation that a law may use
    of an end. An end type for whole columns has to own the same ones, and the laws then work on
    columns unchanged.
    """

    value: Fraction | float
    open: bool = False

    def __str__(self) -> str:
        return str(self.value)

    def __add__(self, other: Exact) -> Exact:
        """Give the sum; a lower end meets only lower ends, so +inf and -inf never meet."""
        if not (self.finite and other.finite):
            return other if self.finite else self
        return Exact(self.value + other.value, self.open or other.open)

    def __neg__(self) -> Exact:
        return Exact(-self.value, self.open)

    def __mul__(self, other: Exact) -> Exact:
        """Give the product, where zero times infinity is zero (IEEE 1788-2015, 10.5.3)."""
        if not self.value or not other.value:
            left_out = all(each.open for each in (self, other) if not each.value)
            return OPEN_ZERO if left_out else ZERO
        if not (self.finite and other.finite):
            return INFINITY if (self.value > 0) == (other.value > 0) else -INFINITY
        return Exact(self.value * other.value, self.open or other.open)

    def reciprocals(self, upper: Exact) -> tuple[Exact, Exact]:
        """Give the ends of 1/x over [self, upper]: the whole line where zero lies inside.

        Zero itself is the quotient by no number, so an end without limit leaves it out.
        """
        if not (self.above(ZERO) or ZERO.above(upper)):
            return -INFINITY, INFINITY
        return upper._reciprocal(-INFINITY), self._reciprocal(INFINITY)

    def _reciprocal(self, of_zero: Exact) -> Exact:
        if not self.value:
            return of_zero
        return Exact(1 / self.value, self.open) if isinstance(self.value, Fraction) else OPEN_ZERO

    def least(self, *others: Exact) -> Exact:
        """Give the least end; of two at one value the closed one, which lets more in."""
        return min((self, *others), key=lambda each: (each.value, each.open))

    def greatest(self, *others: Exact) -> Exact:
        return max((self, *others), key=lambda each: (each.value, not each.open))

    def raised(self, other: Exact) -> Exact:
        """Give as a lower end the one that lets less in: the greater, at one value the open one."""
        return max(self, other, key=lambda each: (each.value, each.open))

    def lowered(self, other: Exact) -> Exact:
        """Give as an upper end the one that lets less in: the less, at one value the open one."""
        return min(self, other, key=lambda each: (each.value, not each.open))

    def closed(self) -> Exact:
        """Give the end with its value let in."""
        return Exact(self.value)

    def floor(self) -> Exact:
        """Give the greatest whole number that is not above."""
        return Exact(Fraction(math.floor(self.value))) if self.finite else self

    def ceil(self) -> Exact:
        """Give the least whole number that is not below."""
        return -(-self).floor()

    def above(self, other: Exact) -> bool:
        """Tell whether as a lower end it leaves nothing below the upper end that is given.

        Ends of columns tell whether that is so in any row.
        """
        if self.open or other.open:
            return self.value >= other.value
        return self.value > other.value

    @property
    def finite(self) -> bool:
        return isinstance(self.value, Fraction)

    @property
    def surface(self) -> Fraction | None:
        """The end as users see it: None where it is unbounded."""
        return self.value if isinstance(self.value, Fraction) else None


ZERO = Exact(Fraction(0))
OPEN_ZERO = Exact(Fraction(0), open=True)
ONE = Exact(Fraction(1))
INFINITY = Exact(INFINITE)


@dataclass(frozen=True, slots=True)
class Interval:
    """The values from a lower to an upper end; make one with `of` or `point`.

    The words are those of IEEE 1788-2015 for interval arithmetic. Arithmetic is exact: the result
    is the tightest interval that holds every value of the operation, each operand taken once.
    """

    left: Exact
    right: Exact

    def __post_init__(self) -> None:
        if self.left.above(self.right):
            message = f"the lower end {self.left} is above the upper end {self.right}"
            raise ValueError(message)

    def __repr__(self) -> str:
        return f"<Interval {self.left} to {self.right}>"

    @classmethod
    def of(cls, lower: Fraction | int | str | None, upper: Fraction | int | str | None) -> Interval:
        """Give [lower, upper]; None is unbounded. Raises ValueError where lower is above upper."""
        return cls(
            -INFINITY if lower is None else Exact(Fraction(lower)),
            INFINITY if upper is None else Exact(Fraction(upper)),
        )

    @classmethod
    def point(cls, value: Fraction | int | str) -> Interval:
        end = Exact(Fraction(value))
        return cls(end, end)

    def without(self, *, lower: bool = False, upper: bool = False) -> Interval:
        """Give the interval without its lower or upper end; raises ValueError for a point."""
        return Interval(
            Exact(self.left.value, open=True) if lower else self.left,
            Exact(self.right.value, open=True) if upper else self.right,
        )

    @property
    def lower(self) -> Fraction | None:
        """The lower end, None where unbounded."""
        return self.left.surface

    @property
    def upper(self) -> Fraction | None:
        """The upper end, None where unbounded."""
        return self.right.surface

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.left + other.left, self.right + other.right)

    def __neg__(self) -> Interval:
        return Interval(-self.right, -self.left)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        first, *others = (a * b for a in (self.left, self.right) for b in (other.left, other.right))
        return Interval(first.least(*others), first.greatest(*others))

    def reciprocal(self) -> Interval:
        return Interval(*self.left.reciprocals(self.right))

    def __truediv__(self, other: Interval) -> Interval:
        return self * other.reciprocal()

    def __abs__(self) -> Interval:
        least = self.left.raised(-self.right).raised(ZERO)
        return Interval(least, self.right.greatest(-self.left))

    def __pow__(self, exponent: int) -> Interval:
        """Give the whole power; an even power of an interval around zero starts at zero."""
        return _POWERS[exponent < 0, exponent % 2](self, abs(exponent))

    def hull(self, *others: Interval) -> Interval:
        """Give the smallest interval that holds this one and the others."""
        return Interval(
            self.left.least(*(other.left for other in others)),
            self.right.greatest(*(other.right for other in others)),
        )

    def intersection(self, other: Interval) -> Interval:
        """Give the values that lie in both; raises ValueError where they are disjoint."""
        return Interval(self.left.raised(other.left), self.right.lowered(other.right))

    @property
    def whole(self) -> Interval | None:
        """The whole numbers in it, from the least to the greatest; None where there are none."""
        least, greatest = self.left.ceil(), self.right.floor()
        if self.left.open and least == Exact(self.left.value):
            least += ONE
        if self.right.open and greatest == Exact(self.right.value):
            greatest += -ONE
        return None if least.above(greatest) else Interval(least, greatest)

    def precedes(self, other: Interval) -> bool:
        """Tell whether no value of this one is above any of the other; they may touch."""
        return self.right.value <= other.left.value

    def disjoint(self, other: Interval) -> bool:
        """Tell whether no value lies in both; closed intervals that touch share a value."""
        return self.left.above(other.right) or other.left.above(self.right)

    def subset(self, other: Interval) -> bool:
        """Tell whether every value of this one lies in the other."""
        return self.hull(other) == other

    def __contains__(self, value: Fraction | int) -> bool:
        return not self.disjoint(Interval.point(value))

    def overlap(self, other: Interval, of: Interval) -> Interval:
        """Give how much two parts of one whole may have in common (Boole 1854, Frechet 1935).

        At least what does not fit beside each other, at most the smaller of them.
        """
        most = self.right.lowered(other.right)
        least = (self + other - of).left.raised(ZERO).least(most.closed())
        return Interval(least, most.greatest(least))

    @property
    def bounded(self) -> bool:
        return self.left.finite and self.right.finite


WHOLE_LINE = Interval.of(None, None)


def _corners(base: Interval, exponent: int) -> Interval:
    """Give the power over the ends: right where it only rises, so for odd ones."""
    return Interval(_product(base.left, exponent), _product(base.right, exponent))


def _product(end: Exact, times: int) -> Exact:
    return reduce(operator.mul, [end] * (times - 1), end) if times else ONE


_POWERS: dict[tuple[bool, int], Callable[[Interval, int], Interval]] = {
    (False, 1): _corners,
    (False, 0): lambda base, exponent: _corners(abs(base), exponent),
    (True, 1): lambda base, exponent: _corners(base, exponent).reciprocal(),
    (True, 0): lambda base, exponent: _corners(abs(base), exponent).reciprocal(),
}
