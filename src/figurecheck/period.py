"""From the text of a period (ISO 8601) to its first and its last day."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from fractions import Fraction
from functools import lru_cache

LONGEST = 64
QUOTED = 40
MONTHS = 12
MEAN_YEAR = Fraction("365.2425")  # days, in the Gregorian calendar

_DAY = timedelta(days=1)
_POINT = """
    (?P<year>[0-9]{4})
    (?: -?W(?P<week>[0-9]{2})(?:-?(?P<weekday>[0-9]))?
      | -?Q(?P<quarter>[1-4])
      | -?[SH](?P<half>[12])
      | -?A1
      | -?D?(?P<yearday>[0-9]{3})
      | (?:-|-?M)(?P<month>[0-9]{2})(?:(?<!M..)-(?P<day>[0-9]{2}))?
    )?
"""
_DURATION = "P(?=.)(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)W)?(?:([0-9]+)D)?"
_TIMED = f"({''.join(_POINT.split())}|[0-9]{{8}})(T[0-9T:.,Z+-]+)?"
PERIODS = f"{_TIMED}(/({_DURATION}|[0-9A-Z:.,+-]+))?|{_DURATION}/{_TIMED}"
"""The form of every text that `period` reads, and of some that it does not."""

# How a period is often written that is none, and what to write.
_HINTS = {
    "": "a period is wanted, such as 2021",
    "(?i:.*FY.*)": "a fiscal year is written with its days, such as 2020-10-01/2021-09-30",
    "[0-9]{4}-[0-9]{2}-[0-9]{2}": "there is no such day",
    "[0-9]{4}-[0-9]{2}": "there is no such month; a span of years is written 2021/2022",
    "[0-9]{4} ?[/\u2013-] ?(?:[0-9]{2}|[0-9]{4})": "a span of years is written 2021/2022",
    "[0-9]{4}s": "a decade is written 2010/2019",
    "[QSHW][0-9]+[ /-][0-9]{4}": "the year comes first, such as 2021-Q1",
    "[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}": "a day is written 2021-05-17",
    "(?i:(?:[~<>]|c\\.|(?:ca|circa|about|around|early|mid|late|before|after|since)\\b).*|.*\\?)": (
        "a period is not hedged; write the days that are meant, such as 2005/2007"
    ),
}
_WANTED = "wanted ISO 8601, such as 2021, 2021-05, 2021-05-17, 2021-Q1 or 2023-01-01/2023-10-15"


class UnknownPeriod(ValueError):
    """A text that is no period: one line with the text and what was wanted."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days from the first to the last, both included; make one with `period`.

    Two periods are equal if they have the same days, however they are written.
    """

    text: str = field(compare=False)
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise _unknown(self.text, f"it ends ({self.last}) before it begins ({self.first})")

    def __str__(self) -> str:
        return self.text

    def contains(self, other: Period) -> bool:
        """Tell whether every day of the other is a day of this one."""
        return self.first <= other.first and other.last <= self.last

    def precedes(self, other: Period) -> bool:
        """Tell whether every day of this one is before every day of the other."""
        return self.last < other.first

    def disjoint(self, other: Period) -> bool:
        """Tell whether no day lies in both."""
        return self.precedes(other) or other.precedes(self)

    @property
    def years(self) -> Fraction:
        """The length: whole months are a twelfth each, any other span is its days / 365.2425.

        Whole months run from a day to the eve of the same day, so a tax year is one year.
        """
        first, last = self.first, self.last
        full = last == _month_end(last.year, last.month)
        if first.day != (1 if full else last.day + 1):
            return ((last - first).days + 1) / MEAN_YEAR
        months = (last.year - first.year) * MONTHS + last.month - first.month + full
        return Fraction(months, MONTHS)


@lru_cache(1024)
def period(text: str) -> Period:
    """Give the period that the text names, at any precision of ISO 8601; raises UnknownPeriod.

    A time of day is read and left out; the reporting periods of SDMX (2021-Q1, 2021-S1, 2021-M03)
    are read as well.
    """
    plain = text.strip()
    if len(plain) > LONGEST:
        raise _unknown(text, f"longer than {LONGEST} characters")
    begin, slash, end = plain.partition("/")
    try:
        first, last = _span(begin, end) if slash else _days(plain)
    except (ValueError, OverflowError):
        raise _unknown(text, _why(plain)) from None
    return Period(text, first, last)


def _span(begin: str, end: str) -> tuple[date, date]:
    """Give the first and the last day of an interval; a duration may stand for one of them."""
    if begin.startswith("P"):
        _, last = _days(end)
        return _moved(last + _DAY, begin, -1), last
    first, _ = _days(begin)
    if end.startswith("P"):
        return first, _moved(first, end, 1) - _DAY
    _, last = _days(_completed(begin, end))
    return first, last


def _completed(begin: str, end: str) -> str:
    """Give the end with what it leaves out: 2023-01-01/10-15 ends on 2023-10-15."""
    shared = begin[: max(0, len(begin) - len(end))]
    return shared + end if shared.endswith(("-", "T", ":")) else end


def _days(point: str) -> tuple[date, date]:
    """Give the first and the last day of a year, half, quarter, month, week or day."""
    day, clock, hours = point.partition("T")
    first, last = _dates(re.sub("^([0-9]{4})([0-9]{2})([0-9]{2})$", r"\1-\2-\3", day))
    if clock:
        time.fromisoformat(hours)
        if first != last:
            raise ValueError(point)
    return first, last


def _dates(text: str) -> tuple[date, date]:
    match = re.fullmatch(_POINT, text, re.VERBOSE)
    if match is None:
        raise ValueError(text)
    part = {name: int(digits) for name, digits in match.groupdict().items() if digits}
    year = part.pop("year")
    match part:
        case {"week": week}:
            begin, end = part.get("weekday", 1), part.get("weekday", 7)
            return date.fromisocalendar(year, week, begin), date.fromisocalendar(year, week, end)
        case {"yearday": number}:
            day = date(year, 1, 1) + (number - 1) * _DAY
            if day.year != year:
                raise ValueError(text)
            return day, day
        case {"month": month, "day": number}:
            return date(year, month, number), date(year, month, number)
        case {"month": month}:
            begin, end = month, month
        case {"quarter": quarter}:
            begin, end = 3 * quarter - 2, 3 * quarter
        case {"half": half}:
            begin, end = 6 * half - 5, 6 * half
        case _:
            begin, end = 1, MONTHS
    return date(year, begin, 1), _month_end(year, end)


def _month_end(year: int, month: int) -> date:
    return date(year, MONTHS, 31) if month == MONTHS else date(year, month + 1, 1) - _DAY


def _moved(day: date, duration: str, sign: int) -> date:
    """Give the day that is a duration later or earlier; a month too short ends with its last."""
    match = re.fullmatch(_DURATION, duration)
    if match is None:
        raise ValueError(duration)
    years, months, weeks, days = (sign * int(digits or 0) for digits in match.groups())
    year, month = divmod(day.year * MONTHS + day.month - 1 + years * MONTHS + months, MONTHS)
    end = _month_end(year, month + 1)
    return end.replace(day=min(day.day, end.day)) + (7 * weeks + days) * _DAY


def _why(text: str) -> str:
    return next((hint for form, hint in _HINTS.items() if re.fullmatch(form, text)), _WANTED)


def _unknown(text: str, why: str) -> UnknownPeriod:
    quoted = repr(text if len(text) <= QUOTED else f"{text[:QUOTED]}...")
    return UnknownPeriod(f"unknown period {quoted}: {why}")
