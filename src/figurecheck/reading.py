"""From the text of a number, as printed, to the values that it may stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from figurecheck.interval import WHOLE_LINE, Interval
from figurecheck.words import (
    A_BASE,
    ABBREVIATIONS,
    ADVERBS,
    AFTER_A_SHARE,
    AFTER_NO_RATIO,
    AFTER_TIMES,
    AGO,
    ANDS,
    ARTICLES,
    BASES,
    BEFORE_NO_SHARE,
    BETWEEN,
    CAPITAL_MONTHS,
    CLOCK,
    CODES,
    COUNTED,
    CURRENCIES,
    DASHES,
    EVERY,
    FUNCTION_WORDS,
    HEDGES,
    LARGE,
    LOOSE_BASES,
    MEASURES,
    MINUS,
    MONEY,
    MONTHS,
    NOUNS,
    OF,
    ORDER_OF_HEDGES,
    OUT_OF,
    PARTS,
    PERCENT,
    PLUS_MINUS,
    RATES,
    RATIOS,
    REFERENCES,
    SENTENCE_STARTS,
    SEVERAL,
    SMALL,
    SPREADS,
    STOP,
    SUFFIXES,
    TENFOLD,
    TENS,
    TO,
    TRAILING_HEDGES,
    YEAR_BEFORE,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONGEST_NUMERAL = 400
"""Numbers of more digits are set aside unread."""

LONGEST_SPELLING = 16
LONGEST_SCALE = 3
"""Words of one number, and scale words in a row ("lakh crore"), beyond which none is sought."""

SUPPRESSED = {"..", "...", "…", "x", ":", "c", "n/a", "na", "n.a.", "-", "–", "—", "*"}
SHARES = {
    "fraction": Fraction(1),
    "percent": Fraction(1, 100),
    "permille": Fraction(1, 1000),
    "GBP": Fraction(1),
    "GBX": Fraction(1, 100),
}


class Unreadable(ValueError):
    """The text states no quantity, or more than one; the message says what stands there."""


class Suppressed(Unreadable):
    """The text is a mark for a number that its source keeps back."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words state: `text` is the source from `start` to `end`.

    `stated` holds the one number twice, or both of a range or a vague word; all numbers are in the
    printed unit with the scale applied (percent in points). `step` is the printed precision.
    """

    text: str
    start: int
    end: int
    stated: tuple[Fraction, Fraction]
    narrow: Interval
    wide: Interval
    qualifier: str
    unit: str
    step: Fraction
    spread: Interval | None = None
    note: str = ""

    @property
    def value(self) -> Fraction | None:
        """The one number; None for ranges and vague words."""
        low, high = self.stated
        return low if low == high else None


def read(text: str) -> list[Reading]:
    """Give every quantity of a text, in order, not overlapping."""
    return [_reading(found, text) for found in _Reader(text).quantities()]


def reported(
    text: str,
    *,
    unit: str = "",
    counted: bool = False,
    estimated: bool = False,
    precision: str = "",
) -> Reading:
    """Read the one quantity that a text states, in `unit` where that is another kind of share.

    A bare "1951" is a number here. `precision` is "exact", "+-50000", "3 sf" or "base 5".
    Raises Unreadable where the text does not state exactly one quantity, Suppressed where it is a
    mark for none, and ValueError where the precision cannot be read.
    """
    if text.strip().casefold() in SUPPRESSED:
        message = f"'{text.strip()}' marks a suppressed number"
        raise Suppressed(message)
    found = list(_Reader(text).quantities()) or list(_Reader(text, bare=True).quantities())
    if len(found) != 1:
        raise Unreadable(_unreadable(text, [text[each.start : each.end] for each in found]))
    reading = _reading(found[0], text, unit=unit, counted=counted, estimated=estimated)
    if reading.unit != unit and {reading.unit, unit} <= SHARES.keys():
        reading = _converted(reading, unit)
    if not precision:
        return reading
    scale = found[0].ends[0].scale
    low, high = (_within(stated, precision, scale) for stated in reading.stated)
    interval = low.hull(high)
    return replace(reading, narrow=interval, wide=interval)


def _unreadable(text: str, found: list[str]) -> str:
    shown = text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004 - one line
    if not found:
        return f"'{shown}' states no quantity; wanted one"
    named = ", ".join(f"'{each}'" for each in found[:3])
    return f"'{shown}' states {len(found)} quantities ({named}); wanted one"


def _converted(reading: Reading, unit: str) -> Reading:
    """Give the same share in another unit: "one in four" in percent is 25."""
    factor = SHARES[reading.unit] / SHARES[unit]
    by = Interval.point(factor)
    return replace(
        reading,
        stated=(reading.stated[0] * factor, reading.stated[1] * factor),
        narrow=reading.narrow * by,
        wide=reading.wide * by,
        step=reading.step * factor,
        spread=reading.spread * by if reading.spread else None,
        unit=unit,
    )


def _within(value: Fraction, precision: str, scale: Fraction) -> Interval:
    """Give the values that a stated precision leaves."""
    words = precision.replace("+/-", "±").replace("+-", "±").split()
    match words:
        case ["exact"]:
            half = Fraction(0)
        case [amount] if amount.startswith("±") and (printed := _plain(amount[1:])):
            half = printed
        case ["±", amount] if printed := _plain(amount):
            half = printed
        case [digits, "sf"] if digits.isdecimal() and 0 < len(digits) < 4 and int(digits):  # noqa: PLR2004
            half = _place(value, int(digits)) / 2
        case ["base", base] if printed := _plain(base):
            half = printed * scale / 2
        case _:
            message = f"precision '{precision}' is none of 'exact', '+-50000', '3 sf', 'base 5'"
            raise ValueError(message)
    return Interval.of(value - half, value + half)


def _plain(text: str) -> Fraction | None:
    printed = _numeral(text)
    return printed.value if printed else None


def _place(value: Fraction, digits: int) -> Fraction:
    """Give the unit of the significant digit of that rank; zero has none."""
    if not value:
        return Fraction(0)
    power = Fraction(1)
    while power * 10 <= abs(value):
        power *= 10
    while power > abs(value):
        power /= 10
    return power * Fraction(1, 10 ** (digits - 1))


# A number, and what its print leaves open --------------------------------------------------------


class _Bounds(NamedTuple):
    """What a printed number leaves open before a hedge is heard.

    `loose` is one step of "about" to each side, `beyond` one of "over" and "under".
    """

    value: Fraction
    narrow: Interval
    wide: Interval
    loose: Interval
    beyond: Interval

    def __neg__(self) -> _Bounds:
        return _Bounds(-self.value, -self.narrow, -self.wide, -self.loose, -self.beyond)

    def hull(self, other: _Bounds) -> _Bounds:
        return _Bounds(
            self.value,
            self.narrow.hull(other.narrow),
            self.wide.hull(other.wide),
            self.loose.hull(other.loose),
            self.beyond.hull(other.beyond),
        )


class _Printed(NamedTuple):
    """A number as printed, its scale applied.

    `digit` is the unit of its last digit and `last` that of its last digit other than zero; `five`
    says whether that is a 5; `plain` is without scale word, exponent or percent sign; `other` is a
    second way to read the same print.
    """

    value: Fraction
    digit: Fraction
    last: Fraction
    five: bool = False
    whole: bool = True
    plain: bool = True
    scale: Fraction = Fraction(1)
    other: Fraction | None = None
    lone: bool = False

    def times(self, scale: Fraction) -> _Printed:
        return self._replace(
            value=self.value * scale,
            digit=self.digit * scale,
            last=self.last * scale,
            scale=self.scale * scale,
            plain=False,
            other=None,
            lone=False,
        )

    def settled(self, *, counted: bool, percent: bool) -> _Printed:
        """Give the way to read it that its unit leaves: "1.500 people", "140.000"; "1.500 %"."""
        if percent:
            return self._replace(plain=False, other=None)
        grouped = self.value.denominator == 1 and abs(self.value) >= 100  # noqa: PLR2004
        if self.other is not None and (counted or grouped):
            return _whole(self.other)
        return self

    @property
    def note(self) -> str:
        if self.other is None:
            return ""
        thousands = f"{self.other.numerator:,}"
        return f"{thousands.replace(',', '.')} may be {thousands.replace(',', '.')} or {thousands}"

    @property
    def step(self) -> Fraction:
        return self.last if self.plain and abs(self.value) >= 1000 else self.digit  # noqa: PLR2004

    def bounds(self, *, counted: bool, estimated: bool, hedged: bool) -> _Bounds:
        if self.other is not None:
            first, second = (
                way.bounds(counted=counted, estimated=estimated, hedged=hedged)
                for way in (self._replace(other=None), _whole(self.other))
            )
            return first.hull(second)
        value = self.value
        if value < 0:
            positive = self._replace(value=-value)
            return -positive.bounds(counted=False, estimated=estimated, hedged=hedged)
        narrow = _around(value, self.digit / 2)
        coarse = Interval.of(value - self._half_below, value + self.last / 2)
        wide = narrow.hull(coarse) if self.whole else narrow
        if self.plain and self.whole:
            exact = counted and not estimated
            if exact and not hedged and (value < 1000 or value % 10):  # noqa: PLR2004
                narrow = wide = Interval.point(value)
            elif value >= 1000:  # noqa: PLR2004
                narrow = wide = coarse
            elif exact:
                wide = narrow
        loose = _around(value, self.last * (5 if self.five else 1))
        return _Bounds(value, narrow, wide, loose, _around(value, self.last))

    @property
    def _half_below(self) -> Fraction:
        """Half a unit of the last non-zero digit; below a power of ten the digits are closer."""
        power_of_ten = self.last == self.value > self.digit
        return self.value / 20 if power_of_ten else self.last / 2


class _Share(NamedTuple):
    """The share `part` in `whole`: "one in four", "two thirds"."""

    part: Fraction
    whole: _Printed
    scale: Fraction = Fraction(1)
    step: Fraction = Fraction(1, 100)

    @property
    def value(self) -> Fraction:
        return self.part / self.whole.value

    def bounds(self, *, counted: bool, estimated: bool, hedged: bool) -> _Bounds:  # noqa: ARG002
        of = self.whole.bounds(counted=False, estimated=False, hedged=False).narrow
        part, whole, step = Interval.point(self.part), self.whole.value, self.whole.step
        wide, loose = part / of, part / Interval.of(max(whole - step, whole / 2), whole + step)
        narrow = _around(self.value, self.step / 2).intersection(wide)
        return _Bounds(self.value, narrow, wide, loose, loose)


class _Vague(NamedTuple):
    """One of the two numbers between which a word like "dozens" lies."""

    value: Fraction
    lowest: Fraction
    scale: Fraction = Fraction(1)

    @property
    def step(self) -> Fraction:
        return self.lowest

    def bounds(self, *, counted: bool, estimated: bool, hedged: bool) -> _Bounds:  # noqa: ARG002
        point = Interval.point(self.value)
        return _Bounds(self.value, point, Interval.of(self.lowest, None), point, point)


def _around(value: Fraction, half: Fraction) -> Interval:
    return Interval.of(value - half, value + half)


def _whole(value: Fraction) -> _Printed:
    """Give a whole number that is printed in full."""
    return _printed(str(abs(value.numerator)), Fraction(1))._replace(value=value)


def _printed(digits: str, digit: Fraction) -> _Printed:
    """Give the number of these digits, the last of which stands for `digit`."""
    count = int(digits)
    short = digits.rstrip("0")
    last = digit * 10 ** (len(digits) - len(short)) if count else digit
    return _Printed(
        count * digit, digit, last, five=short.endswith("5"), whole=digit.denominator == 1
    )


MARKS = re.compile(r"[0-9]+")


@lru_cache(maxsize=1024)
def _numeral(text: str) -> _Printed | None:
    """Read digits with their separators; None where they are no number (a date, a version)."""
    if not text or len(text) > LONGEST_NUMERAL or not text[0].isdigit():
        return None
    *marks, tail = MARKS.split(text)[1:]
    groups = MARKS.findall(text)
    if tail:
        return None
    if _decimal(marks, groups):
        *groups, decimals = groups
        if not _grouped(marks[:-1], groups):
            return None
        digits = "".join(groups)
        printed = _printed(digits + decimals, Fraction(1, 10 ** len(decimals)))
        ambiguous = marks == ["."] and len(decimals) == 3 and digits[0] != "0" and len(digits) < 4  # noqa: PLR2004
        return printed._replace(
            whole=False, other=Fraction(digits + decimals) if ambiguous else None
        )
    return _printed("".join(groups), Fraction(1)) if _grouped(marks, groups) else None


def _decimal(marks: list[str], groups: list[str]) -> bool:
    """Tell whether the last mark is the decimal one."""
    if not marks or marks[-1] not in {".", ",", "·"} or marks.count(marks[-1]) > 1:
        return False
    return (
        marks[-1] != ","
        or len(marks) > 1
        or len(groups[-1]) != 3  # noqa: PLR2004 - a group of thousands
        or len(groups[0]) > 3  # noqa: PLR2004
        or groups[0] == "0"
    )


def _grouped(marks: list[str], groups: list[str]) -> bool:
    """Tell whether the groups are those of thousands, or Indian ones."""
    first, *others = groups
    if first[0] == "0" and (others or len(first) > 1):
        return False
    if not others:
        return True
    *middle, final = map(len, others)
    return (
        len(set(marks)) == 1
        and marks[0] != "·"
        and final == 3  # noqa: PLR2004
        and (
            (len(first) <= 3 and set(middle) <= {3})  # noqa: PLR2004
            or (len(first) <= 2 and set(middle) <= {2} and marks[0] == ",")  # noqa: PLR2004
        )
    )


# Hedges ------------------------------------------------------------------------------------------


def _unbounded_below(of: _Bounds) -> tuple[Interval, Interval]:
    return Interval.of(None, of.value), WHOLE_LINE


HEARD: dict[str, Callable[[_Bounds], tuple[Interval, Interval]]] = {
    "": lambda of: (of.narrow, of.wide),
    "estimated": lambda of: (of.narrow, of.wide),
    "approx": lambda of: (of.narrow, of.narrow.hull(of.loose)),
    "below": lambda of: (
        Interval.of(of.loose.lower, of.value),
        Interval.of(of.loose.lower, of.narrow.upper),
    ),
    "lower": lambda of: (Interval.of(of.value, of.beyond.upper), Interval.of(of.value, None)),
    "above": lambda of: (Interval.of(of.value, of.beyond.upper),) * 2,
    "upper": lambda of: (Interval.of(of.beyond.lower, of.value), Interval.of(None, of.value)),
    "up to": _unbounded_below,
    "exact": lambda of: (Interval.point(of.value),) * 2,
    "total": lambda of: (Interval.point(of.value), of.wide),
}
ONE_SIDED = {"below", "lower", "above", "upper", "up to"}
QUALIFIERS = {"up to": "upper", "exact": "", "total": "", "estimated": "approx"}


def _heard(bounds: _Bounds, hedge: str, *, counted: bool) -> tuple[Interval, Interval]:
    """Give both intervals of a number with its hedge.

    "More than -3 %" may go to either side of -3, so the hull is taken.
    """
    narrow, wide = HEARD[hedge](bounds)
    if hedge in ONE_SIDED and bounds.value < 0:
        mirrored = HEARD[hedge](-bounds)
        narrow, wide = narrow.hull(-mirrored[0]), wide.hull(-mirrored[1])
    if counted and bounds.value >= 0:
        not_negative = Interval.of(0, None)
        narrow = narrow.intersection(not_negative)
        wide = wide if wide == WHOLE_LINE else wide.intersection(not_negative)
    return narrow, wide


# From tokens to quantities -----------------------------------------------------------------------


class _Quantity(NamedTuple):
    """A quantity as found: one number or two, by the words from `start` to `end`."""

    ends: tuple[_Printed | _Share | _Vague, ...]
    unit: str
    stop: int
    hedge: str = ""
    spread: Interval | None = None
    start: int = 0
    end: int = 0


def _reading(
    found: _Quantity,
    text: str,
    *,
    unit: str = "",
    counted: bool = False,
    estimated: bool = False,
) -> Reading:
    counted = counted or found.unit in COUNTED
    percent = (found.unit or unit).partition("/")[0] in {"percent", "permille"}
    ends = [
        end.settled(counted=counted, percent=percent) if isinstance(end, _Printed) else end
        for end in found.ends
    ]
    heard = [
        _heard(
            end.bounds(
                counted=counted,
                estimated=estimated or found.hedge == "estimated",
                hedged=found.hedge not in {"", "total", "exact"},
            ),
            "exact" if found.hedge == "total" and _full(end) else found.hedge,
            counted=counted,
        )
        for end in ends
    ]
    narrow = heard[0][0].hull(heard[-1][0])
    wide = heard[0][1].hull(heard[-1][1], narrow)
    return Reading(
        text=text[found.start : found.end],
        start=found.start,
        end=found.end,
        stated=(ends[0].value, ends[-1].value),
        narrow=narrow,
        wide=wide,
        qualifier=QUALIFIERS.get(found.hedge, found.hedge),
        unit=found.unit,
        step=max(end.step for end in ends),
        spread=found.spread,
        note="; ".join(end.note for end in ends if isinstance(end, _Printed) and end.note),
    )


def _full(end: _Printed | _Share | _Vague) -> bool:
    return isinstance(end, _Printed) and end.plain and end.whole


TOKENS = re.compile(
    r"(?P<link>(?:https?://|www\.)\S+|[@#]\w+)"
    r"|(?P<money>(?:US|CA|AU|NZ|HK|A|C|S|R)?\$|[€£¥₹₩₽₺₦₪₱])"
    r"|(?P<number>[0-9]{1,3}(?:[ \u00a0\u202f\u2007\u2009][0-9]{3}(?![0-9]))+(?:[.,·][0-9]+)?"
    r"|[0-9]+(?:[.,·'’][0-9]+)*)"
    r"|(?P<part>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])"
    r"|(?P<power>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)"
    r"|(?P<word>[^\W0-9½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    r"|(?P<sign>[^\w\s])|(?P<rest>[^\s])"
)
VULGAR = dict(
    zip(
        "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞",
        map(Fraction, "1/2 1/3 2/3 1/4 3/4 1/5 2/5 3/5 4/5 1/6 5/6 1/8 3/8 5/8 7/8".split()),
        strict=True,
    )
)
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
STARTS = (
    HEDGES.longest.keys()
    | SMALL.keys()
    | PARTS.keys()
    | TENFOLD.keys()
    | TENS.keys()
    | SEVERAL.longest.keys()
    | RATIOS.keys()
    | MINUS.keys()
    | {code.lower() for code in CODES}
    | {"rs"}
    | ARTICLES
    | BETWEEN
)
SET_ASIDE = {"word", "number", "part", "rest", "link", "power"}
BROKEN_OFF = set("/.,'’:&*^\\°")
OPENING = set("([{“\"'‘«~≈<>≤≥=±")
RUN_ENDS = set('()[]{}“”";—…')
FEW_DECADES = range(1500, 2101)
DAYS = range(1, 32)


class _End(NamedTuple):
    """A number with what stands right beside it; one end of a range or a quantity by itself."""

    printed: _Printed
    unit: str
    first: int
    stop: int
    money: bool = False


class _Reader:
    """The tokens of a text, and what is read at each; every step looks a few tokens ahead only."""

    def __init__(self, text: str, *, bare: bool = False) -> None:
        self.text, self.bare = text, bare
        found = [(each.lastgroup, *each.span()) for each in TOKENS.finditer(text)]
        self.count = len(found)
        self.aside = 0
        found += [("", len(text) + 1, len(text) + 1)] * 12
        self.kinds = [kind for kind, _, _ in found]
        self.starts = [start for _, start, _ in found]
        self.ends = [end for _, _, end in found]
        self.row = [text[start:end].lower() for _, start, end in found]

    def quantities(self) -> Iterator[_Quantity]:
        place = 0
        while place < self.count:
            kind = self.kinds[place]
            if kind in {"number", "money", "part"} or self.row[place] in STARTS:
                found = self.quantity(place)
                if found:
                    yield found
                    place = found.stop
                    continue
            place = max(self.after(place), self.aside)

    def after(self, place: int) -> int:
        """Give the next place; with a number set aside goes all that is glued to it."""
        stop = place + 1
        if self.kinds[place] == "number":
            while self.glued(stop) and self.row[stop] not in RUN_ENDS:
                stop += 1
        return stop

    def glued(self, place: int) -> bool:
        return place > 0 and self.starts[place] == self.ends[place - 1]

    def joined(self, place: int) -> int:
        """Step over a hyphen that joins two words."""
        hyphen = self.row[place] in DASHES and self.glued(place) and self.glued(place + 1)
        return place + 1 if hyphen and self.kinds[place + 1] == "word" else place

    def capital(self, place: int) -> bool:
        return self.text[self.starts[place] : self.starts[place] + 1].isupper()

    def begins(self, place: int) -> bool:
        """Tell whether a sentence begins here, as far as the tokens tell."""
        return place == 0 or self.row[place - 1] in SENTENCE_STARTS or self.line(place)

    def line(self, place: int) -> bool:
        return place == 0 or "\n" in self.text[self.ends[place - 1] : self.starts[place]]

    def quantity(self, start: int) -> _Quantity | None:
        hedge, place = self.hedge(start)
        between = self.row[place] in BETWEEN
        if between:
            inner, place = self.hedge(place + 1)
            hedge = hedge or inner
        found = None if between else self.vague(place) or self.ratio(place) or self.share(place)
        found = found or self.amount(place, hedge, between=between)
        if found is None or (between and len(found.ends) == 1):
            return None
        return found._replace(
            hedge=hedge or found.hedge, start=self.starts[start], end=self.ends[found.stop - 1]
        )

    def hedge(self, place: int) -> tuple[str, int]:
        """Give the hedge that counts most of up to three, and where the number starts."""
        heard: list[str] = []
        while len(heard) < 3 and (found := HEDGES.at(self.row, place)):  # noqa: PLR2004
            heard.append(found[0])
            place = found[1]
        return min(heard, key=ORDER_OF_HEDGES.index, default=""), place

    def trailing(self, place: int) -> tuple[str, int]:
        """Give a hedge that follows its number: "or more", "+"."""
        found = TRAILING_HEDGES.at(self.row, place)
        if found is None or self.kinds[found[1]] in {"number", "money"}:
            return "", place
        return found

    # Words that are no plain numbers

    def vague(self, place: int) -> _Quantity | None:
        word, of, after = self.row[place : place + 3]
        if word in TENS and of == "of" and after in TENFOLD:
            low, stop = TENS[word] * TENFOLD[after][0], place + 3
            high = 10 * low
        elif word in TENFOLD:
            (low, high), stop = TENFOLD[word], place + 1
        elif (several := SEVERAL.at(self.row, place)) and self.row[several[1]] in LARGE:
            scale = LARGE[self.row[several[1]]]
            low, high, stop = int(scale), 10 * int(scale), several[1] + 1
        else:
            return None
        unit, stop = self.unit(stop, "", scaled=True)
        ends = tuple(_Vague(Fraction(value), Fraction(low)) for value in (low, high))
        return _Quantity(ends, unit, stop)

    def ratio(self, place: int) -> _Quantity | None:
        value = RATIOS.get(self.row[place])
        if value is None or self.row[place + 1] in AFTER_NO_RATIO:
            return None
        digit = min(value, Fraction(1))
        printed = _Printed(value, digit, digit, whole=False, plain=False)
        return _Quantity((printed,), "ratio", place + 1)

    def share(self, place: int) -> _Quantity | None:
        found = self.one_in(place) or self.named_part(place) or self.sign_of_part(place)
        return _Quantity((found[0],), "fraction", found[1]) if found else None

    def one_in(self, place: int) -> tuple[_Share, int] | None:
        """Read "one in four", "7 out of 10", "one child in three", "1 in a million"."""
        part = self.number(place)
        if part is None or not part[0].plain:
            return None
        stop = part[1]
        if noun := NOUNS.at(self.row, stop):
            stop = noun[1]
        every = OUT_OF.at(self.row, stop)
        tens = self.row[stop] == "of" and self.row[stop + 1] in {"10", "ten", "100"}
        if every is None and not tens:
            return None
        of = self.number(every[1] if every else stop + 1)
        if of is None:
            return None
        whole, stop = of
        ranged = self.row[stop] in DASHES and self.glued(stop)
        other = MEASURES.at(self.row, stop) or PERCENT.at(self.row, stop)
        noun = NOUNS.at(self.row, stop)
        year = self.yearlike(stop - 1) and self.row[part[1]] == "in"
        if not 0 < part[0].value < whole.value or ranged or other or year:
            return None
        if noun and noun[0] == "event":
            return None
        return _Share(part[0].value, whole._replace(plain=True)), stop

    def part(self, place: int) -> tuple[Fraction, int, int] | None:
        """Give numerator, denominator and where they stop: "two-thirds", "a quarter", "half"."""
        word = self.row[place]
        if word in PARTS:
            return (Fraction(1), 2, place + 1) if word == "half" else None
        if word not in SMALL and word not in ARTICLES:
            return None
        stop = self.joined(place + 1)
        denominator = PARTS.get(self.row[stop], 0)
        if not SMALL.get(word, 1) < denominator:
            return None
        return Fraction(SMALL.get(word, 1)), denominator, stop + 1

    def named_part(self, place: int) -> tuple[_Share, int] | None:
        found = self.part(place)
        if found is None or self.part_of_number(place):
            return None
        numerator, denominator, stop = found
        hyphen = self.row[stop] in DASHES and self.glued(stop)
        before = self.row[place - 1]
        hedged = before == "by" or before in HEDGES.longest
        plural = self.row[stop - 1].endswith("s")
        taken = plural or hedged or self.row[stop] in AFTER_A_SHARE or self.bare
        named = before in BEFORE_NO_SHARE
        if hyphen or named or not taken:
            return None
        return _Share(numerator, _whole(Fraction(denominator))), stop

    def sign_of_part(self, place: int) -> tuple[_Share, int] | None:
        """Read "¾", and "3/4 of"."""
        if self.kinds[place] == "part" and not self.glued(place) and not self.number(place):
            value = VULGAR[self.row[place]]
            return _Share(Fraction(value.numerator), _whole(Fraction(value.denominator))), place + 1
        part, slash, whole, of = self.row[place : place + 4]
        if slash != "/" or of != "of" or self.glued(place):
            return None
        numbers = _numeral(part), _numeral(whole)
        if not (numbers[0] and numbers[1] and 0 < numbers[0].value < numbers[1].value):
            return None
        return _Share(numbers[0].value, numbers[1]), place + 3

    # Numbers

    def number(self, place: int, *, anding: bool = True) -> tuple[_Printed, int] | None:
        """Read a number with its scale: "27.6 million", "a million", "half a million", "2.7e7"."""
        found = (
            self.part_of_number(place) or self.digits(place) or self.spelled(place, anding=anding)
        )
        if found is None:
            return None
        printed, stop = found
        if (
            self.kinds[place] == "part"
            and self.scale(stop) is None
            and not MEASURES.at(self.row, stop)
        ):
            return None
        for _ in range(LONGEST_SCALE):
            scaled = self.scale(stop)
            if scaled is None:
                break
            printed, stop = printed.times(scaled[0]), scaled[1]
        return printed, stop

    def part_of_number(self, place: int) -> tuple[_Printed, int] | None:
        """Read "half a million", "a quarter of a million", "half an hour"."""
        found = self.part(place)
        if found is None:
            return None
        numerator, denominator, stop = found
        stop = self.joined(stop)
        if self.row[stop] == "of" and self.row[stop + 1] in ARTICLES:
            stop += 1
        article = self.row[stop] in ARTICLES
        stop += article
        measured = MEASURES.at(self.row, stop) or PERCENT.at(self.row, stop)
        if self.row[stop] not in LARGE and not (article and measured):
            return None
        return _fractional(numerator / denominator, Fraction(1, denominator)), stop

    def digits(self, place: int) -> tuple[_Printed, int] | None:
        if self.kinds[place] == "part":
            value = VULGAR[self.row[place]]
            return _fractional(value, Fraction(1, value.denominator)), place + 1
        if self.kinds[place] != "number":
            return None
        printed, stop = _numeral(self.row[place]), place + 1
        if printed is None:
            return None
        if printed.whole and (part := self.and_a_part(stop)):
            return _fractional(printed.value + part[0], part[1]), part[2]
        power = self.power(stop)
        if power is None:
            return printed, stop
        return printed.times(Fraction(10) ** power[0]), power[1]

    def power(self, place: int) -> tuple[int, int] | None:
        """Read "× 10^7", "x 10⁷", "e7", "E+07"."""
        if self.row[place] == "e" and self.glued(place) and self.glued(place + 1):
            return self.exponent(place + 1)
        if self.row[place] not in {"×", "x", "*"} or self.row[place + 1] != "10":
            return None
        place += 2
        if self.kinds[place] == "power" and self.glued(place):
            raised = self.row[place].translate(RAISED)
            return (int(raised), place + 1) if re.fullmatch("-?[0-9]{1,3}", raised) else None
        return self.exponent(place + 1) if self.row[place] == "^" else None

    def exponent(self, place: int) -> tuple[int, int] | None:
        sign = MINUS.get(self.row[place])
        place += sign is not None
        digits = self.row[place]
        if not (self.kinds[place] == "number" and digits.isdecimal() and len(digits) < 4):  # noqa: PLR2004
            return None
        return (sign or 1) * int(digits), place + 1

    def and_a_part(self, place: int) -> tuple[Fraction, Fraction, int] | None:
        """Read "½" or "and a half" behind a whole number, and what its part is a part of."""
        if self.kinds[place] == "part":
            value = VULGAR[self.row[place]]
            return value, Fraction(1, value.denominator), place + 1
        word, article, part = self.row[place : place + 3]
        if word != "and" or article not in ARTICLES or part not in {"half", "quarter", "third"}:
            return None
        return Fraction(1, PARTS[part]), Fraction(1, PARTS[part]), place + 3

    def spelled(self, place: int, *, anding: bool) -> tuple[_Printed, int] | None:
        """Read a number in words as far as its last scale word: "one hundred and forty"."""
        articled = self.row[place] in ARTICLES and self.row[place + 1] in LARGE
        if self.row[place] not in SMALL and not articled:
            return None
        total, group, stop = 0, SMALL.get(self.row[place], 1), place + 1
        while stop < place + LONGEST_SPELLING:
            word = self.row[stop]
            step = self.joined(stop)
            after_and = stop + 1 if anding and word == "and" else stop
            follows = stop + 1 + (anding and self.row[stop + 1] == "and")
            goes_on = total or self.row[follows] in SMALL
            if group in range(20, 100, 10) and SMALL.get(self.row[step], 20) in range(1, 10):
                group, stop = group + SMALL[self.row[step]], step + 1
            elif goes_on and word == "hundred" and 0 < group < 100:  # noqa: PLR2004
                group, stop = group * 100, stop + 1
            elif goes_on and word in {"thousand", "million"} and group:
                total, group, stop = total + group * int(LARGE[word]), 0, stop + 1
            elif group % 100 == 0 and (group or total) and SMALL.get(self.row[after_and]):
                group, stop = group + SMALL[self.row[after_and]], after_and + 1
            else:
                break
        value = total + group
        if part := self.and_a_part(stop):
            return _fractional(value + part[0], part[1]), part[2]
        return _whole(Fraction(value))._replace(lone=value < 2), stop  # noqa: PLR2004

    def scale(self, place: int) -> tuple[Fraction, int] | None:
        """Read a scale word, or a letter that is glued to its number."""
        glued = self.glued(place)
        place = self.joined(place)
        word = self.row[place]
        scale = LARGE.get(word)
        if scale is None and (glued or self.text[self.starts[place] : self.ends[place]] == "M"):
            scale = SUFFIXES.get(word)
        if scale is None:
            return None
        dotted = word in ABBREVIATIONS and self.row[place + 1] == "." and self.glued(place + 1)
        return scale, place + 1 + dotted

    # Ends, ranges, units

    def end(self, place: int, *, anding: bool = True) -> _End | None:
        """Read one number with sign, currency, scale and the unit right behind it."""
        first = place
        sign = self.sign(place)
        place += sign is not None
        money, place = self.money(place)
        if money and sign is None and (sign := self.sign(place)) is not None:
            place += 1
        found = self.number(place, anding=anding)
        if found is None or not (money or sign or self.free(place)):
            return None
        printed, stop = found
        if money and self.row[stop] == "m":
            printed, stop = printed.times(SUFFIXES["m"]), stop + 1
        if sign == -1:
            printed = printed._replace(
                value=-printed.value, other=None if printed.other is None else -printed.other
            )
        unit, stop = (money, stop) if money else self.beside(stop)
        return _End(printed, unit, place if not money else first, stop, money=bool(money))

    def sign(self, place: int) -> int | None:
        if self.row[place] == "minus":
            return -1
        if self.row[place] not in MINUS or not self.glued(place + 1):
            return None
        before = not self.glued(place) or self.row[place - 1] in OPENING
        return MINUS[self.row[place]] if before or self.kinds[place - 1] == "money" else None

    def money(self, place: int) -> tuple[str, int]:
        word = self.row[place]
        if word in CURRENCIES:
            dotted = word == "rs" and self.row[place + 1] == "."
            return CURRENCIES[word], place + 1 + dotted
        code = self.text[self.starts[place] : self.ends[place]]
        return (code, place + 1) if code in CODES else ("", place)

    def free(self, place: int) -> bool:
        """Tell whether a number is not glued to a name, a slash or the like before it."""
        if not self.glued(place) or self.row[place - 1] in OPENING:
            return True
        if self.row[place - 1] in DASHES:
            before = self.kinds[place - 2] if self.glued(place - 1) else ""
            return before not in SET_ASIDE or self.row[place - 1] == "—"
        return self.kinds[place - 1] not in SET_ASIDE and self.row[place - 1] not in BROKEN_OFF

    def beside(self, place: int) -> tuple[str, int]:
        """Read the unit right behind a number: percent, currency, measure, ratio."""
        start = self.joined(place)
        if self.row[start] == "times" and self.row[start + 1] in AFTER_TIMES:
            return "ratio", start + 1
        if self.row[start] == "fold":
            return "ratio", start + 1
        of = OF.at(self.row, start)
        found = (
            PERCENT.at(self.row, start)
            or MONEY.at(self.row, of[1] if of else start)
            or MEASURES.at(self.row, start)
        )
        code = self.text[self.starts[start] : self.ends[start]]
        if found is None and code in CODES:
            return code, start + 1
        return found or ("", place)

    def amount(self, place: int, hedge: str, *, between: bool) -> _Quantity | None:
        """Read a number or a range with its unit, unless it is a date, a name or the like."""
        low = self.end(place, anding=not between)
        if low is None or (low.unit == "percent" and SPREADS.at(self.row, low.stop)):
            return None
        spread, low = self.spread(low)
        high = None if spread else self.high(low, between=between)
        if high is None and (self.broken_off(low.stop) or self.date(low, hedge)):
            return None
        found = (low,) if high is None else high
        if not found:
            return None
        unit, stop, ends = found[-1].unit, found[-1].stop, tuple(end.printed for end in found)
        later, stop = self.trailing(stop)
        scaled = ends[-1].scale != 1
        unit, stop = self.unit(stop, unit, scaled=scaled)
        if not later:
            later, stop = self.trailing(stop)
        if len(ends) == 1 and not (self.bare or unit or hedge or later) and self.named(low):
            return None
        if not spread:
            spread, after = self.spread(low._replace(stop=stop))
            stop = after.stop
        return _Quantity(ends, unit, stop, later, spread)

    def broken_off(self, place: int) -> bool:
        """Tell whether something is glued behind a number that makes it none."""
        if not self.glued(place):
            return False
        if self.kinds[place] in SET_ASIDE:
            return True
        if self.row[place] in DASHES and self.glued(place + 1):
            odd = self.row[place + 1] == "odd"
            return self.row[place] != "—" and self.kinds[place + 1] in SET_ASIDE and not odd
        return (
            self.glued(place + 1)
            and self.kinds[place + 1] == "number"
            and self.row[place] not in RUN_ENDS
        )

    def high(self, low: _End, *, between: bool) -> tuple[_End, ...] | None:
        """Read the rest of a range: both ends with scale and unit shared.

        None if there is no range; an empty tuple if what stands there is to be set aside.
        """
        joint, place = self.row[low.stop], low.stop + 1
        dash = joint in DASHES
        tight = dash and self.glued(low.stop)
        if not (joint in TO or (between and joint in ANDS)) or (
            dash and tight != self.glued(place)
        ):
            return None
        high = self.end_after(place)
        if high is None or not self.alike(low, high, dash=dash, loose=between or tight):
            return None
        if self.broken_off(high.stop) or self.mistaken(low, high, dash=dash):
            self.aside = high.stop
            return ()
        if low.printed.plain and high.printed.scale != 1:
            unscaled = high.printed.value / high.printed.scale
            if abs(low.printed.value) < 100 * abs(unscaled):
                low = low._replace(printed=low.printed.times(high.printed.scale))
        return low, high._replace(unit=high.unit or low.unit)

    def alike(self, low: _End, high: _End, *, dash: bool, loose: bool) -> bool:
        """Tell whether two ends make a range; `loose` is one that also "5 million-6" makes."""
        if low.unit and high.unit:
            return low.unit == high.unit
        if low.unit and not low.money and high.printed.scale != 1:
            return False
        years = self.yearlike(low.first) + self.yearlike(high.first)
        if years == 1 and not (self.bare or dash or low.unit or high.unit):
            return False
        unit_alone = low.unit and not high.unit and not low.money
        return loose or high.printed.scale != 1 or not (low.printed.scale != 1 or unit_alone)

    def mistaken(self, low: _End, high: _End, *, dash: bool) -> bool:
        """Tell whether two bare numbers are years, days, a score or a telephone number."""
        plain = low.printed.plain and high.printed.plain
        if self.bare or low.unit or high.unit or not plain:
            return False
        years = self.yearlike(low.first) + self.yearlike(high.first)
        if years or self.month(high.stop) or self.month(low.first - 1):
            return True
        lengths = len(self.row[low.first]), len(self.row[high.first])
        odd = lengths == (3, 4) or low.printed.value >= high.printed.value
        return dash and odd and not NOUNS.at(self.row, high.stop)

    def end_after(self, place: int) -> _End | None:
        """Read the upper end of a range, to which a dash may be glued."""
        sign = self.sign(place)
        money, start = self.money(place)
        if sign is not None or money:
            return self.end(place, anding=False)
        found = self.number(start, anding=False)
        if found is None:
            return None
        unit, stop = self.beside(found[1])
        return _End(found[0], unit, start, stop)

    def yearlike(self, place: int) -> bool:
        word = self.row[place]
        return len(word) == 4 and word.isdecimal() and int(word) in FEW_DECADES  # noqa: PLR2004

    def month(self, place: int) -> bool:
        word = self.row[place]
        return word in MONTHS and (word not in CAPITAL_MONTHS or self.capital(place))

    def date(self, low: _End, hedge: str) -> bool:
        """Tell whether a number is a day, a year or a time."""
        printed, first, stop = low.printed, low.first, low.stop
        if low.unit:
            return False
        if CLOCK.at(self.row, stop):
            return True
        if printed.plain and printed.whole and printed.value in DAYS:
            return self.day(first, stop)
        return self.yearlike(first) and self.year(first, stop, hedge)

    def day(self, first: int, stop: int) -> bool:
        """Tell whether a month stands beside: "3 May", "May 3", "3 and 4 May", "May 3 and 4"."""
        of = stop + (self.row[stop] in {"of", "de", "."})
        again = self.row[stop] in {"and", "or", ",", "&"} and self.month(stop + 2)
        before = first - 1 - (self.row[first - 1] == ".")
        if self.row[before] in {"and", "or", "&"} and self.kinds[before - 1] == "number":
            before -= 2
        after_month = self.month(before) and not NOUNS.at(self.row, stop)
        return self.month(of) or again or after_month

    def year(self, first: int, stop: int, hedge: str) -> bool:
        if self.bare:
            return self.month(first - 1)
        noun = NOUNS.at(self.row, stop) and not self.capital(stop)
        dated = self.row[first - 1] in YEAR_BEFORE and not hedge
        return not (noun and not dated) and hedge not in ONE_SIDED | {"estimated", "exact", "total"}

    def named(self, low: _End) -> bool:
        """Tell whether a bare number belongs to a name: "Table 3", "Boeing 747", "Seven"."""
        printed, first = low.printed, low.first
        if self.kinds[first] == "word":
            hidden = self.capital(first) and not self.begins(first)
            return printed.scale == 1 and (hidden or printed.lone)
        if not printed.plain or self.kinds[first] != "number":
            return False
        return self.listed(first, low.stop) or self.referred(first) or self.in_a_row(low)

    def referred(self, first: int) -> bool:
        """Tell whether the word before makes the number a name: "p. 22", "Tables 3 and 4"."""
        before = first - 1
        word = self.row[before]
        if word == ".":
            return self.row[before - 1] in REFERENCES and len(self.row[before - 1]) < 5  # noqa: PLR2004
        if word in {"and", "or", ",", "to", "&"} and self.kinds[before - 1] == "number":
            return self.row[before - 2] in REFERENCES
        known = word in FUNCTION_WORDS or word in MONTHS
        separated = not self.row[first].isdecimal() and "." not in self.row[first]
        named = self.kinds[before] == "word" and self.capital(before)
        return word in REFERENCES or (named and not known and not separated)

    def in_a_row(self, low: _End) -> bool:
        """Tell whether it is one of several bare numbers in a row, as in a telephone number."""
        return self.row[low.first].isdecimal() and any(
            self.kinds[beside] == "number" and not self.yearlike(beside)
            for beside in (low.first - 1, low.stop)
        )

    def listed(self, first: int, stop: int) -> bool:
        """Tell whether a number only counts the items of a list: "1. Introduction"."""
        return (
            self.line(first)
            and self.row[stop] in {".", ")"}
            and self.glued(stop)
            and self.kinds[stop + 1] == "word"
        )

    def spread(self, low: _End) -> tuple[Interval | None, _End]:
        """Read "± 0.4" or a confidence interval behind a number; the scale may come last."""
        plus_minus = PLUS_MINUS.at(self.row, low.stop)
        if plus_minus:
            half = self.end_after(plus_minus[1])
            if half is None:
                return None, low
            low, scale = self.scaled(low, half.stop, half.printed.scale)
            amount = abs(half.printed.value) * (scale if half.printed.scale == 1 else 1)
            low = low._replace(unit=low.unit or half.unit)
            return _around(low.printed.value, amount), low
        return self.bracket(low)

    def bracket(self, low: _End) -> tuple[Interval | None, _End]:
        place = low.stop + (self.row[low.stop] == ",")
        opened = self.row[place] in {"(", "["}
        place += opened
        level = self.end_after(place)
        if level and level.unit == "percent" and SPREADS.at(self.row, level.stop):
            place = level.stop
        label = SPREADS.at(self.row, place)
        if label:
            place = label[1] + (self.row[label[1]] in {":", ",", "=", "of"})
        if not (opened or label):
            return None, low
        lower = self.end_after(place)
        if lower is None or self.row[lower.stop] not in TO | ANDS | {","}:
            return None, low
        upper = self.end_after(lower.stop + 1)
        if upper is None or lower.printed.value > upper.printed.value:
            return None, low
        stop = upper.stop
        if opened:
            if self.row[stop] not in {")", "]"}:
                return None, low
            stop += 1
        value = low.printed.value
        unscaled = value / low.printed.scale
        ends = lower.printed.value, upper.printed.value
        if not label and not (ends[0] <= value <= ends[1] or ends[0] <= unscaled <= ends[1]):
            return None, low
        low, scale = self.scaled(low, stop, upper.printed.scale)
        factors = (scale if end.printed.scale == 1 else Fraction(1) for end in (lower, upper))
        return Interval.of(*(end * by for end, by in zip(ends, factors, strict=True))), low

    def scaled(self, low: _End, stop: int, scale: Fraction) -> tuple[_End, Fraction]:
        """Give the number with the scale that it shares with its spread, or that comes last."""
        printed = low.printed
        last = self.scale(stop) if printed.scale == 1 else None
        if last:
            scale, stop = last
        if printed.scale == 1 and scale != 1:
            printed = printed.times(scale)
        unit, stop = (low.unit, stop) if low.unit else self.beside(stop)
        return low._replace(printed=printed, unit=unit, stop=stop), printed.scale

    def unit(self, place: int, unit: str, *, scaled: bool) -> tuple[str, int]:
        """Read what is counted, then "per 1,000", "a year" and the like."""
        if not unit:
            unit, place = self.noun(place, scaled=scaled)
        if not unit or unit in COUNTED:
            for skip in range(3):
                if skip and not self.filler(place + skip - 1):
                    break
                if rate := self.rate(place + skip):
                    return rate
        for _ in range(2):
            base = self.base(place)
            if base is None and self.row[place].endswith("ed"):
                base = self.base(place + 1)
            if base is None:
                break
            unit, place = f"{unit or 1}/{base[0]}", base[1]
        return unit, place

    def filler(self, place: int) -> bool:
        return self.kinds[place] == "word" and self.row[place] not in STOP

    def noun(self, place: int, *, scaled: bool) -> tuple[str, int]:
        """Read the noun that is counted, behind at most two words that say more of it."""
        of = OF.at(self.row, place) if scaled else None
        start = of[1] if of else place
        for skip in range(3):
            if skip and not self.filler(start + skip - 1):
                break
            if found := NOUNS.at(self.row, start + skip):
                return found
        return MONEY.at(self.row, start) or ("", place)

    def rate(self, place: int) -> tuple[str, int] | None:
        every = EVERY.at(self.row, place)
        found = self.number(every[1]) if every else None
        if every and self.row[every[1]] in LARGE:
            found = _whole(LARGE[self.row[every[1]]]), every[1] + 1
        if found is None or found[0].value not in RATES:
            return None
        stop = found[1]
        for skip in range(2):
            if noun := NOUNS.at(self.row, stop + skip):
                return RATES[int(found[0].value)], noun[1]
        return RATES[int(found[0].value)], stop

    def base(self, place: int) -> tuple[str, int] | None:
        """Read "a year", "per person", "annually"; not "a year ago"."""
        if self.row[place] in ADVERBS:
            return ADVERBS[self.row[place]], place + 1
        word = self.row[place]
        noun = self.row[place + 1]
        if word not in A_BASE or noun not in BASES or self.row[place + 2] in AGO:
            return None
        if word in {"a", "an", "each", "every"} and noun not in LOOSE_BASES:
            return None
        return BASES[noun], place + 2


def _fractional(value: Fraction, digit: Fraction) -> _Printed:
    """Give "two and a half": known to half of its last part to each side."""
    return _Printed(value, digit, digit, whole=False, plain=False)
