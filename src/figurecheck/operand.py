"""What figures and derived quantities have in common: operators, and how they are formatted."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from numbers import Rational
from typing import TYPE_CHECKING, Any, Protocol

from figurecheck.formula import LONGEST_NUMBER, StatementError, decimal, finite, near

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from figurecheck.finding import Finding

_TEXT = re.compile(r"(.?[<>^])?\d{0,4}s?", re.DOTALL)
_NUMERIC = re.compile(r"(.?[<>=^])?[-+ ]?z?0?\d{0,4},?(\.\d{1,4})?[eEfFgGdn%]?", re.DOTALL)
_LARGEST = 10**LONGEST_NUMBER


class NotExact(TypeError):
    """A number that is not exactly what was written, and what to write instead, in one line."""


class NotLoaded(TypeError):
    """Figures made by hand: only those of a register that was loaded can be reckoned with."""


class Unstated(ValueError):
    """A text that a figure does not have, as one that nobody reported; in one line."""


class UnknownSpec(ValueError):
    """A format specification that is none: one line with those that are."""


class Deriving(Protocol):
    """How figures are combined, and what the rules say of it; `analysis` has the one that is."""

    def __call__(self, sign: str, left: Any, right: Any, concept: str = "") -> Any: ...
    def findings(self, derived: Any) -> tuple[Finding, ...]: ...


class Operand:
    """A figure or a derived quantity: arithmetic gives a derived quantity, with its sources.

    The other operand is one too, or an exact number: an int, a Fraction or a Decimal.
    """

    __slots__ = ()

    @property
    def deriving(self) -> Deriving | None:
        """What combines it with others; None for what was made by hand."""
        raise NotImplementedError

    @property
    def said(self) -> Mapping[str, Callable[[], str]]:
        """The texts that it can be formatted as, by format specification."""
        raise NotImplementedError

    @property
    def exactly(self) -> Fraction:
        """Its one value in its unit; raises ValueError where it has none."""
        raise NotImplementedError

    @property
    def whole(self) -> Fraction | None:
        """How much of its unit is all of something; None where its unit is not one of shares."""
        raise NotImplementedError

    def __add__(self, other: object) -> Any:
        return _combined("+", self, other)

    def __radd__(self, other: object) -> Any:
        return _combined("+", other, self)

    def __sub__(self, other: object) -> Any:
        return _combined("-", self, other)

    def __rsub__(self, other: object) -> Any:
        return _combined("-", other, self)

    def __mul__(self, other: object) -> Any:
        return _combined("*", self, other)

    def __rmul__(self, other: object) -> Any:
        return _combined("*", other, self)

    def __truediv__(self, other: object) -> Any:
        return _combined("/", self, other)

    def __rtruediv__(self, other: object) -> Any:
        return _combined("/", other, self)

    def __pow__(self, exponent: int) -> Any:
        return _combined("**", self, exponent)

    def __neg__(self) -> Any:
        return _combined("neg", self, 0)

    def per(self, other: object, concept: str) -> Any:
        """Give the quotient and say what it is a number of, as one of unlike concepts asks for."""
        made = _combined("/", self, other, concept)
        if made is NotImplemented:
            message = f"a {type(other).__name__}; wanted a figure, derived quantity or exact number"
            raise NotExact(message)
        return made

    def __float__(self) -> float:
        """Give the float nearest to the one value in its unit; raises ValueError without one."""
        try:
            return float(self.exactly)
        except OverflowError:
            message = "too large for a float; format it, or use its bounds"
            raise ValueError(message) from None

    def __format__(self, spec: str) -> str:
        """Give its text, one of the texts in `said`, or its one value, exactly, as numbers are.

        Raises UnknownSpec, Unstated where there is no such text, ValueError where no one value is.
        """
        if _TEXT.fullmatch(spec):
            return format(str(self), spec)
        if spec in self.said:
            text = self.said[spec]()
            if not text:
                message = f"{self.said['id']()} has no {spec}"
                raise Unstated(message)
            return text
        if not _NUMERIC.fullmatch(spec):
            raise self._unknown(spec)
        value = self.exactly
        if spec.endswith("%"):
            if self.whole is None:
                raise self._unknown(spec, f"is in {self.said['unit']()}, and no share")
            value /= self.whole
        if spec.endswith("d") and value.denominator != 1:
            raise self._unknown(spec, "is no whole number")
        kind = f"{spec[:-1]}.0f" if spec.endswith("d") else spec
        try:
            return format(Decimal(decimal(finite(value))), kind)
        except ValueError:
            raise self._unknown(spec) from None

    def _unknown(self, spec: str, why: str = "") -> UnknownSpec:
        named = ", ".join(self.said)
        told = f"{self.said['id']()} {why}" if why else f"wanted {named}, or that of a number"
        return UnknownSpec(f"format '{spec[:40]}': {told}{near(spec, list(self.said))}")


def _combined(sign: str, left: object, right: object, concept: str = "") -> Any:
    """Give what an operation derives; it stands one call below the line that asks for it."""
    operands = [each for each in (left, right) if isinstance(each, Operand)]
    numbers = [_exact(each) for each in (left, right) if not isinstance(each, Operand)]
    if None in numbers:
        return NotImplemented
    deriving = next((each.deriving for each in operands if each.deriving is not None), None)
    if deriving is None:
        message = "figures made by hand; those of figurecheck.load(...) can be reckoned with"
        raise NotLoaded(message)
    one, other = (each if isinstance(each, Operand) else _exact(each) for each in (left, right))
    return deriving(sign, one, other, concept)


def _exact(number: object) -> Fraction | None:
    """Give a number that is exactly what was written; None for what is no number."""
    if isinstance(number, bool | float):
        message = f"{number} is not exact; write an int, or Fraction('...') with its digits"
        raise NotExact(message)
    if not isinstance(number, Rational | Decimal):
        return None
    if isinstance(number, Decimal):
        small = number.is_finite() and abs(number.adjusted()) <= LONGEST_NUMBER
    else:
        small = max(abs(int(number.numerator)), int(number.denominator)) < _LARGEST
    if not small:
        message = f"not a number, or one of more than {LONGEST_NUMBER:,} digits"
        raise StatementError(message)
    if isinstance(number, Decimal):
        return Fraction(number)
    return Fraction(int(number.numerator), int(number.denominator))
