"""The times that a text names, each with its place: "in 2023", "the second quarter", "May"."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from figurecheck.period import Period, UnknownPeriod, period

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_BEFORE = 30

QUARTERS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "final": "4", "last": "4"}

YEAR = r"(?:1[89]|20)[0-9]{2}"

MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)

TIMES = re.compile(
    rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)? (?P<of>{MONTH})\.?,? (?P<in>{YEAR})"
    rf"|\b(?P<ends>{MONTH})(?: (?P<ended>{YEAR}))? quarter\b(?: of (?P<quartered>{YEAR}))?"
    rf"|\b(?P<month>{MONTH})\.? (?:(?P<date>[0-9]{{1,2}})(?:st|nd|rd|th)?, )?(?P<on>{YEAR})"
    rf"|\b(?P<edge>[Ee]nd|[Ss]tart|[Bb]eginning)(?: of |-)(?P<whole>{YEAR})"
    rf"|\b[Ee]nd of (?P<closing>{MONTH})(?: (?P<closed>{YEAR}))?\b"
    rf"|Q(?P<quarter>[1-4])[ ,of]{{0,4}}(?P<during>{YEAR})"
    rf"|\b(?P<opens>{MONTH})\.?(?: ?[-–] ?| (?:to|through|until) )(?P<closes>{MONTH})\b\.?"
    rf"(?: (?P<both>{YEAR}))?"
    rf"|(?P<which>first|second|third|fourth|final|last) quarter (?:of )?(?P<within>{YEAR})"
    rf"|\b(?P<only>{MONTH})(?![a-z])(?! ?[0-9]{{4}})"
    r"|\b(?:[Ww]eek|wk\.?) (?P<week>[0-9]{1,2})\b"
    rf"|(?<![0-9.,])(?P<begin>{YEAR})(?:[-–/](?P<end>{YEAR}|[0-9]{{2}}))?(?![0-9]|[.,][0-9])"
)

BOUNDING = re.compile(
    r"\b(?:[Ss]ince|[Uu]ntil|[Bb]efore|[Aa]fter|[Ff]rom|[Tt]han(?: in| for| at| during)?)"
    r"(?: the)? $"
)

COMPARING = re.compile(r"\b(?:on|over|against|versus|to|with) $")
"""What stands before a bare year that a number is only compared with: "up 4 % on 2023"."""

WHOSE = re.compile(r", (?:when|where) ")

WITHIN = re.compile(
    r"\b(?:quarters?|months?|weeks?|days?|half|season|summer|winter|spring|autumn|part|rest) "
    r"of (?:the )?(?:year )?$"
)
"""What stands before a year of which only a part is meant."""

PLAIN_BEFORE = re.compile(
    r"(?:^|[.;,:(|] ?|(?<!middle )(?<!half )(?<!arly )(?<!late )\b"
    r"(?:[Ii]n|[Dd]uring|[Ff]or|[Oo]f|[Oo]n|[Bb]y|[Aa]t the|[Tt]he|[Aa]t))\s?$"
)

LEADING = re.compile(r"(?:^|[.!?:;,] )(?:In|During|At the|By the|At|By|in|at the|by the)\s$")

IN_PRICES = re.compile(r" (?:prices|terms|dollars|euros|pounds|money|values|study|survey|report)\b")
"""What makes a year no time of what is told: "in 2024 prices"."""

PLAIN_AFTER = re.compile(
    r"\s*(?:$|[.,;:)|]|[A-Z0-9€$£]|(?:was|were|is|are|had|has|have|there|it|they|we|he|she|the|an?|to|"
    r"and|but|than|at|by|with|in|of|on|when|as|about|over|some|nearly|almost|more|fewer|less)\b)"
)

MONTH_NAMES = (
    "January February March April May June July August September October November December".split()
)

MONTH_NUMBERS = {name[:3].lower(): number for number, name in enumerate(MONTH_NAMES, start=1)}

WEEK, YEAR_OF_DAYS = 7, 365


class Recurring(NamedTuple):
    """Months, the end of a month, or a week of a year that is not said.

    `last` is the last of several months.
    """

    kind: str
    number: int
    last: int = 0

    def __str__(self) -> str:
        if self.kind == "week":
            return f"week {self.number}"
        if self.kind == "end":
            return f"the end of {MONTH_NAMES[self.number - 1]}"
        names = [MONTH_NAMES[each - 1] for each in (self.number, self.last) if each]
        return " to ".join(names)

    def of(self, period: Period) -> bool | None:
        """Tell whether a period is one; None where it is of another length, so that it may be."""
        first, last = period.first, period.last
        if self.kind == "week":
            return first.isocalendar()[1] == self.number if _days(period) == WEEK else None
        if self.kind == "end":
            return last.month == self.number and (last + timedelta(days=1)).day == 1
        if (first.month, last.month) == (self.number, self.last or self.number):
            return True if _days(period) < YEAR_OF_DAYS else None
        alone = (first.year, first.month) == (last.year, last.month)
        return False if alone and not self.last else None


def _days(period: Period) -> int:
    return (period.last - period.first).days + 1


def times(text: str) -> Iterator[tuple[int, Time]]:
    """Give the periods, months and weeks that a text names, each with its offset.

    What only bounds a time, as "since 2010" does, is none.
    """
    for each in TIMES.finditer(text):
        before = text[max(0, each.start() - LONGEST_BEFORE) : each.start()]
        with suppress(UnknownPeriod):
            part = WITHIN.search(before)
            first = LEADING.search(before) and not IN_PRICES.match(text, each.end())
            plain = not part and (
                first or (PLAIN_BEFORE.search(before) and PLAIN_AFTER.match(text, each.end()))
            )
            year = each["begin"] or (each["month"] and not each["date"])
            bounds = BOUNDING.search(before) or (year and COMPARING.search(before))
            whose = WHOSE.match(text, each.end()) if bounds else None
            if each["opens"] or whose or not bounds:
                at = whose.end() if whose else each.start()
                yield at, Time(_said(each), bool(plain or whose or each["opens"]))


def _said(found: re.Match[str]) -> Period | Recurring:
    if found["closing"]:
        month, year = _number(found["closing"]), found["closed"]
        whole = period(f"{year}-{month:02}") if year else None
        return period(whole.last.isoformat()) if whole else Recurring("end", month)
    if found["ends"] or found["opens"]:
        return _months(found)
    if found["only"]:
        return Recurring("month", _number(found["only"]))
    if found["week"]:
        return Recurring("week", int(found["week"]))
    return period(_iso(found))


def _months(found: re.Match[str]) -> Period | Recurring:
    """Give several months: "the March quarter", "January to May"."""
    last = _number(found["ends"] or found["closes"])
    first = _number(found["opens"]) if found["opens"] else (last - 3) % 12 + 1
    year = found["ended"] or found["quartered"] or found["both"]
    if year and first <= last:
        return period(f"{year}-{first:02}/{year}-{last:02}")
    return Recurring("month", first, last)


def _number(month: str) -> int:
    return MONTH_NUMBERS[month[:3].lower()]


def _iso(found: re.Match[str]) -> str:
    """Give a period as ISO 8601 has it."""
    if found["begin"]:
        begin, end = found["begin"], found["end"] or ""
        whole = begin[: 4 - len(end)] + end
        return f"{begin}/{whole}" if whole > begin else begin
    if found["quarter"] or found["which"]:
        number = found["quarter"] or QUARTERS[found["which"]]
        return f"{found['during'] or found['within']}-Q{number}"
    if found["edge"]:
        return f"{found['whole']}-{'12-31' if found['edge'].lower() == 'end' else '01-01'}"
    name, year = (found["of"] or found["month"]).lower(), found["in"] or found["on"]
    day = found["day"] or found["date"]
    return f"{year}-{MONTH_NUMBERS[name[:3]]:02}" + (f"-{int(day):02}" if day else "")


class Time(NamedTuple):
    """A time that is said; `plain`: as that of what stands beside it, in no "2023 study"."""

    when: Period | Recurring
    plain: bool

    def __str__(self) -> str:
        return str(self.when)
