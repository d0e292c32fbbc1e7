"""From the digits of a number, with their separators, to its value and its printed precision."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

LONGEST_NUMERAL = 400
"""Numbers of more digits are set aside unread."""

ONE = Fraction(1)
DIGITS = re.compile("[0-9]+")
MARKS = frozenset(" \u00a0\u202f\u2007\u2009.,·'’")
"""What may stand between the digits of one number."""


class Number(NamedTuple):
    """A number as printed: its digits as an `integer`, the last standing for `digit`.

    "27.6 million" is 276 of 100,000, and "2½" is 5 of 1/2. Its last `zeros` digits are zeros, and
    `five` says whether a 5 stands before them. `whole` is without decimals or parts, `plain`
    without scale word, exponent or percent sign; `other` is a second way to read the same print.
    """

    integer: int
    digit: Fraction
    zeros: int = 0
    five: bool = False
    whole: bool = True
    plain: bool = True
    scale: Fraction = ONE
    other: Fraction | None = None

    @property
    def value(self) -> Fraction:
        return self.integer * self.digit

    @property
    def last(self) -> Fraction:
        """The unit of the last digit that is not zero."""
        return self.digit * 10**self.zeros if self.zeros else self.digit

    @property
    def step(self) -> Fraction:
        """The printed precision."""
        return self.last if self.plain and abs(self.value) >= 1000 else self.digit  # noqa: PLR2004

    def times(self, scale: Fraction) -> Number:
        digit, scales = self.digit * scale, self.scale * scale
        return self._replace(digit=digit, scale=scales, plain=False, other=None)

    def signed(self, sign: int) -> Number:
        if sign > 0:
            return self
        other = None if self.other is None else -self.other
        return self._replace(integer=-self.integer, other=other)


class Share(NamedTuple):
    """So many (`part`) of a whole: "one in four", "two thirds"."""

    part: Fraction
    whole: Number
    scale: Fraction = ONE
    step: Fraction = Fraction(1, 100)

    @property
    def value(self) -> Fraction:
        return self.part / self.whole.value


class Vague(NamedTuple):
    """One of the two numbers between which a word like "dozens" lies; `step` is the lower."""

    value: Fraction
    step: Fraction
    scale: Fraction = ONE


def whole(value: Fraction) -> Number:
    """Give a whole number that is printed in full."""
    return _printed(str(abs(value.numerator)), ONE).signed(-1 if value < 0 else 1)


def parts(value: Fraction, part: Fraction) -> Number:
    """Give "two and a half", known to half of its last part to each side."""
    return Number((value / part).numerator, part, whole=False, plain=False)


def _printed(digits: str, digit: Fraction) -> Number:
    count, short = int(digits), digits.rstrip("0")
    return Number(
        count,
        digit,
        zeros=len(digits) - len(short) if count else 0,
        five=short.endswith("5"),
        whole=digit.denominator == 1,
    )


@lru_cache(maxsize=1024)
def numeral(text: str) -> Number | None:
    """Read digits with their separators; None where they are no number (a date, a version)."""
    if not text or len(text) > LONGEST_NUMERAL or not DIGITS.match(text):
        return None
    *marks, tail = DIGITS.split(text)[1:]
    groups = DIGITS.findall(text)
    if tail or not MARKS.issuperset(marks):
        return None
    if not _decimal(marks, groups):
        return _printed("".join(groups), ONE) if _grouped(marks, groups) else None
    *groups, decimals = groups
    if not _grouped(marks[:-1], groups):
        return None
    digits = "".join(groups)
    printed = _printed(digits + decimals, Fraction(1, 10 ** len(decimals)))
    ambiguous = marks == ["."] and len(decimals) == 3 and digits[0] != "0" and len(digits) < 4  # noqa: PLR2004
    other = Fraction(digits + decimals) if ambiguous else None
    return printed._replace(whole=False, other=other)


def _decimal(marks: list[str], groups: list[str]) -> bool:
    """Tell whether the last mark is the decimal one."""
    if not marks or marks[-1] not in {".", ",", "·"} or marks.count(marks[-1]) > 1:
        return False
    thousands = len(marks) == 1 and len(groups[1]) == 3 and len(groups[0]) <= 3  # noqa: PLR2004
    return marks[-1] != "," or not thousands or groups[0] == "0"


def _grouped(marks: list[str], groups: list[str]) -> bool:
    """Tell whether the groups are those of thousands, or Indian ones."""
    first, *others = groups
    if first[0] == "0" and (others or len(first) > 1):
        return False
    if not others:
        return True
    *middle, final = map(len, others)
    thousands = len(first) <= 3 and set(middle) <= {3}  # noqa: PLR2004
    indian = len(first) <= 2 and set(middle) <= {2} and marks[0] == ","  # noqa: PLR2004
    return len(set(marks)) == 1 and marks[0] != "·" and final == 3 and (thousands or indian)  # noqa: PLR2004


def only_lacks_noughts(text: str, other: str) -> bool:
    """Tell whether the first number of a text is another's without noughts: 27.6 for 27.60."""
    mine, its = (re.search(r"[0-9]+(?:[.,][0-9]+)*", each) for each in (text, other))
    if not (mine and its):
        return False
    rest = its.group().removeprefix(mine.group())
    return rest != its.group() and bool(re.fullmatch(r"[.,]?0+", rest))
