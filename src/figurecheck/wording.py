"""From an interval back to words: rounded outward, to the digits that its width justifies."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from figurecheck.interval import Interval

WIDENED = Fraction(1, 5)
"""By no more than this share of its width does an interval grow in words."""

LONG = 16
"""A number of more significant digits is not written out."""

SPOKEN = 12
"""Up to twelfths a fraction whose decimals do not end is written as one."""

CHUNK = 10**4000
SCALES = {12: " trillion", 9: " billion", 6: " million"}
TIMES = {time: f" a {time}" for time in ("second", "minute", "day", "week", "month", "year")}
TIMES["hour"] = " an hour"
LARGEST_SCALED, SMALLEST_PLAIN = 15, -6
UNITS = {
    "": "",
    "1": "",
    "fraction": "",
    "person": "",
    "household": "",
    "event": "",
    "item": "",
    "kilometre": " km",
    "percent": " %",
    "permille": " ‰",
    "percentage_point": " percentage points",
    "basis_point": " basis points",
    "per_1000": " per 1,000",
    "per_10000": " per 10,000",
    "per_100000": " per 100,000",
    "per_million": " per million",
}


def number(value: Fraction) -> str:
    """Write a number exactly where that is short; otherwise with "about" before it.

    It then has as many digits as are written out, or four where it is no whole number.
    """
    exact = _exactly(value)
    if exact:
        return exact
    if value.denominator > 1:
        place = _magnitude(value) - 3
        return f"about {_exactly(_floor(value + _ten(place) / 2, place))}"
    place = _magnitude(value) - LONG + 1
    return f"about {_written(_floor(value, place), place, *_scale(value))}"


def _exactly(value: Fraction) -> str:
    """Write a number if that is short, else nothing."""
    if not value:
        return "0"
    exact = _last_place(value)
    if exact is not None and _magnitude(value) - exact < LONG:
        return _written(value, exact, *_scale(value))
    spoken = max(abs(value.numerator), value.denominator) <= SPOKEN
    return f"{value.numerator}/{value.denominator}" if spoken else ""


@lru_cache(4096)
def words(interval: Interval, unit: str = "", *, apart: Interval | None = None) -> str:
    """Write an interval so that the words state all of it and at most a fifth of its width more.

    What it is disjoint from stands `apart` from it in words as well, by more digits if need be.
    "19.4-19.8 million", "3.3 million or more", "at most 500", "any value"; a point is a number, or
    two around it of four digits where it is a long one.
    """
    lower, upper = interval.lower, interval.upper
    named = _unit(unit)
    if lower is None and upper is None:
        return "any value"
    if upper is None:
        return f"{number(_short(lower or Fraction(0), _floor))}{named} or more"
    if lower is None:
        return f"at most {number(_short(upper, _ceil))}{named}"
    exact = _exactly(lower) if lower == upper else ""
    if exact:
        return f"{exact}{named}"
    place = _magnitude(lower) - 3 if lower == upper else _justified(lower, upper)
    ends = _floor(lower, place), _ceil(upper, place)
    while apart is not None and interval.disjoint(apart) and _meets(ends, apart):
        place -= 1
        ends = _floor(lower, place), _ceil(upper, place)
    power, scale = _scale(max(ends, key=abs))
    low, high = (_written(end, place, power, "") for end in ends)
    joint = " to " if ends[0] < 0 or ends[1] < 0 else "-"
    return f"{low}{joint}{high}{scale}{named}"


def _meets(ends: tuple[Fraction, Fraction], other: Interval | None) -> bool:
    low, high = ends
    return other is not None and (
        (other.lower is None or other.lower <= high) and (other.upper is None or low <= other.upper)
    )


def _unit(unit: str) -> str:
    """Write a unit: "USD / person / year" is " USD per person a year"."""
    of, *bases = re.split(" ?/ ?", unit)
    return UNITS.get(of, f" {of}") + "".join(TIMES.get(base, f" per {base}") for base in bases)


def _justified(lower: Fraction, upper: Fraction) -> int:
    """Give the power of ten to round outward at: the coarsest that widens no more than it may.

    One digit more is written where that states both ends exactly.
    """
    width = upper - lower
    coarsest = _magnitude(width)

    def grown(place: int) -> Fraction:
        return _ceil(upper, place) - _floor(lower, place) - width

    if not grown(coarsest) or (grown(coarsest) <= WIDENED * width and grown(coarsest - 1)):
        return coarsest
    return coarsest - 1


def _short(value: Fraction, outward: Callable[[Fraction, int], Fraction]) -> Fraction:
    """Give the only end of an interval: as it is if that is short, else to four digits outward."""
    exact = _last_place(value)
    if not value or (exact is not None and _magnitude(value) - exact < LONG):
        return value
    return outward(value, _magnitude(value) - 3)


@lru_cache
def _ten(power: int) -> Fraction:
    return Fraction(10) ** power


def _magnitude(value: Fraction) -> int:
    """Give the power of ten of the first digit, by whole numbers alone."""
    size = abs(value)
    bits = size.numerator.bit_length() - size.denominator.bit_length()
    power = bits * 30103 // 100_000 - 1
    while _ten(power + 1) <= size:
        power += 1
    return power


def _last_place(value: Fraction) -> int | None:
    """Give the power of ten of the last digit; None where the decimals never end, or go on long."""
    for place in range(_magnitude(value), _magnitude(value) - LONG, -1):
        if (value / _ten(place)).denominator == 1:
            return place
    return None


def _floor(value: Fraction, place: int) -> Fraction:
    unit = _ten(place)
    return math.floor(value / unit) * unit


def _ceil(value: Fraction, place: int) -> Fraction:
    return -_floor(-value, place)


def _scale(value: Fraction) -> tuple[int, str]:
    """Give the power of ten, and its words, by which a number of this size is written."""
    magnitude = _magnitude(value)
    if not SMALLEST_PLAIN <= magnitude < LARGEST_SCALED:
        return magnitude, f" x 10^{magnitude}"
    return next(((power, scale) for power, scale in SCALES.items() if magnitude >= power), (0, ""))


def _written(value: Fraction, place: int, power: int, scale: str) -> str:
    """Write a multiple of 10**place in units of 10**power, no digit more."""
    decimals = max(power - place, 0)
    count = abs(value) / _ten(power - decimals)
    figures = digits(count.numerator).rjust(decimals + 1, "0")
    whole, part = figures[: len(figures) - decimals], figures[len(figures) - decimals :]
    grouped = ",".join(whole[max(end - 3, 0) : end] for end in reversed(range(len(whole), 0, -3)))
    sign = "-" if value < 0 else ""
    return f"{sign}{grouped}{'.' * bool(part)}{part}{scale}"


def digits(count: int) -> str:
    """Write a whole number of any length; Python stops at 4,300 digits."""
    parts = []
    while count >= CHUNK:
        count, part = divmod(count, CHUNK)
        parts.append(f"{part:04000}")
    return "".join([str(count), *reversed(parts)])
