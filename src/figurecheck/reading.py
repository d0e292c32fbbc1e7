"""From the text of a number, as printed, to the values that it may stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from figurecheck.grammar import Found, Reader
from figurecheck.interval import WHOLE_LINE, Interval
from figurecheck.numeral import Number, Share, Vague, numeral, whole
from figurecheck.words import COUNTED, FALLS, FELL, OF_A_YEAR

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SUPPRESSED = {"..", "...", "…", "x", ":", "c", "n/a", "na", "n.a.", "-", "–", "—", "*"}
SHARES = {
    "fraction": Fraction(1),
    "percent": Fraction(1, 100),
    "permille": Fraction(1, 1000),
    "GBP": Fraction(1),
    "GBX": Fraction(1, 100),
}


ZERO = Fraction(0)
LARGEST_BASE = 10**15

LONGEST_FALL = 120
_FALLS, _FELL, _OF_A_YEAR = ("|".join(sorted(each)) for each in (FALLS, FELL, OF_A_YEAR))
FALL_BEFORE = re.compile(
    rf"\b(?:(?:{_FALLS})s?(?:\s+in\s[^.;:]{{1,80}}?)?\s+of|(?:{_FELL})(?:\s+\w+ly)?(?:\s+by)?)\s+$",
    re.IGNORECASE,
)
FALL_BEHIND = re.compile(rf"[\s-]+(?:(?:{_OF_A_YEAR})\s+)?(?:{_FALLS})\b(?!-)", re.IGNORECASE)
"""Words beside a number that say that something became less, by how much."""


class Unreadable(ValueError):
    """The text states no quantity, or more than one; the message says what stands there."""


class Suppressed(Unreadable):
    """The text is a mark for a number that its source keeps back."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words state: `text` is the source from `start` to `end`.

    `stated` holds the one number twice, or both of a range or a vague word; all numbers are in the
    printed unit with the scale applied (percent in points). `step` is the printed precision;
    `cut` is how far off the next number is that may be printed, where digits stand of which nobody
    said how they were rounded; elsewhere zero. `size` is it without a sign where the words, as "a
    fall of 5 %", may be the sign: both intervals then hold it with the sign and without.
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
    cut: Fraction = ZERO
    size: Reading | None = None

    def __neg__(self) -> Reading:
        low, high = self.stated
        spread = -self.spread if self.spread else None
        narrow, wide = -self.narrow, -self.wide
        return replace(self, stated=(-low, -high), narrow=narrow, wide=wide, spread=spread)

    @property
    def ways(self) -> tuple[Reading, ...]:
        """It with each sign that it may be meant with; mostly it alone."""
        return (self.size, -self.size) if self.size else (self,)

    @property
    def truncated(self) -> Interval | None:
        """The widest that it states if its digits were cut off; None where they cannot be."""
        if not self.cut:
            return None
        widest = _widest(self, "truncated")
        return widest.hull(-widest) if self.size else widest

    @property
    def value(self) -> Fraction | None:
        """The one number; None for ranges and vague words."""
        low, high = self.stated
        return low if low == high else None


def read(text: str) -> list[Reading]:
    """Give every quantity of a text, in order, not overlapping."""
    return [_reading(found, text) for found in Reader(text).quantities()]


def reported(
    text: str,
    *,
    unit: str = "",
    counted: bool = False,
    estimated: bool = False,
    share: bool = False,
    precision: str = "",
    rounding: str = "",
) -> Reading:
    """Read the one quantity that a text states, in `unit` where that is another kind of share.

    A bare "1951" is a number here. "A fall of 5 %" is 5 or -5, but not of what is `counted` or a
    `share` of something, and so never negative. `precision` is "exact", "+-50000", "3 sf" or "base
    5"; `rounding` is one of ROUNDINGS or "base 5", and "" where nobody named it: to nearest, ties
    either way. Raises Unreadable where the text does not state exactly one quantity, Suppressed
    where it is a mark for none, and ValueError where precision or rounding cannot be read.
    """
    if text.strip().casefold() in SUPPRESSED:
        message = f"'{text.strip()}' marks a suppressed number"
        raise Suppressed(message)
    found = list(Reader(text).quantities()) or list(Reader(text, bare=True).quantities())
    if len(found) != 1:
        raise Unreadable(_unreadable(text, [text[each.start : each.end] for each in found]))
    reading = _reading(found[0], text, unit=unit, counted=counted, estimated=estimated)
    if reading.unit != unit and {reading.unit, unit} <= SHARES.keys():
        reading = converted(reading, SHARES[reading.unit] / SHARES[unit], unit)
    kept = _kept(reading, found[0], precision, rounding)
    never_negative = counted or share or found[0].unit in COUNTED
    return kept if never_negative or not _falls(text, found[0]) else _with_either_sign(kept)


def _falls(text: str, found: Found) -> bool:
    """Tell whether the words beside a number, and none that are read with it, say a fall."""
    before = text[max(found.start - LONGEST_FALL, 0) : found.start]
    return bool(FALL_BEFORE.search(before) or FALL_BEHIND.match(text, found.end))


def _with_either_sign(size: Reading) -> Reading:
    """Give the reading of a fall; with a spread beside it, as an interval alone."""
    other = -size
    return replace(
        size,
        narrow=size.narrow.hull(other.narrow),
        wide=size.wide.hull(other.wide),
        spread=size.spread.hull(-size.spread) if size.spread else None,
        note="; ".join(filter(None, [size.note, "a fall, meant with or without its sign"])),
        size=None if size.spread else size,
    )


def _kept(reading: Reading, found: Found, precision: str, rounding: str) -> Reading:
    """Give the reading with the precision or the rounding that somebody states."""
    if rounding and not known_rounding(rounding):
        message = f"rounding '{rounding}' is none of {', '.join(ROUNDINGS)}, base 5"
        raise ValueError(message)
    if precision:
        return _known_to(reading, precision, found)
    if rounding in ROUNDINGS:
        return _directed(reading, rounding) if reading.cut else reading
    if not rounding or not _in_digits(found, found.ends):
        return reading
    based = _known_to(reading, rounding, found)
    return replace(based, wide=based.wide.hull(reading.wide)) if _hedged(reading) else based


def _known_to(reading: Reading, precision: str, found: Found) -> Reading:
    """Give the reading with the precision that somebody states."""
    low, high = (_within(stated, precision, found.ends[0].scale) for stated in reading.stated)
    interval = low.hull(high)
    return replace(reading, narrow=interval, wide=interval, cut=ZERO)


def known_rounding(text: str) -> bool:
    """Tell whether a text names a way to round: one of ROUNDINGS, or "base 5"."""
    base = text.removeprefix("base ")
    step = _plain(base) if base != text else None
    return text in ROUNDINGS or (step is not None and 0 < step < LARGEST_BASE)


def _directed(reading: Reading, rounding: str) -> Reading:
    """Give the reading of digits that are known to be rounded in one way."""
    if rounding == "nearest":
        return replace(reading, cut=ZERO)
    low, high = sorted(reading.stated)
    narrow = _printing(reading, rounding, _step(low, high, reading.narrow))
    return replace(reading, narrow=narrow, wide=_widest(reading, rounding), cut=ZERO)


def _widest(reading: Reading, rounding: str) -> Interval:
    """Give the most that digits may state that are known to be rounded in one way."""
    return _printing(reading, rounding, reading.cut, *[reading.wide] * _hedged(reading))


def _printing(reading: Reading, rounding: str, step: Fraction, *others: Interval) -> Interval:
    """Give what prints to the digits, a step being known, and others; no less than nothing."""
    low, high = sorted(reading.stated)
    found = DIRECTED[rounding](low, step).hull(DIRECTED[rounding](high, step), *others)
    return found.intersection(Interval.of(0, None)) if reading.narrow.lower == 0 else found


def _hedged(reading: Reading) -> bool:
    """Tell whether a word, such as "about", leaves more open than the digits do."""
    low, high = sorted(reading.stated)
    return _step(low, high, reading.wide) > reading.cut


def _step(low: Fraction, high: Fraction, leaves: Interval) -> Fraction:
    """Give how far off the next number is: just below a power of ten it is nearer."""
    return 2 * max(Fraction(leaves.right.value) - high, low - Fraction(leaves.left.value))


def _floor(value: Fraction, step: Fraction) -> Interval:
    return Interval.of(value, value + step).without(upper=True)


def _ceiling(value: Fraction, step: Fraction) -> Interval:
    return Interval.of(value - step, value).without(lower=True)


def _truncated(value: Fraction, step: Fraction) -> Interval:
    if value:
        return (_floor if value > 0 else _ceiling)(value, step)
    return _floor(value, step).hull(_ceiling(value, step))


def _unreadable(text: str, found: list[str]) -> str:
    shown = text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004 - one line
    if not found:
        return f"'{shown}' states no quantity; wanted one"
    named = ", ".join(f"'{each}'" for each in found[:3])
    return f"'{shown}' states {len(found)} quantities ({named}); wanted one"


def converted(reading: Reading, factor: Fraction, unit: str) -> Reading:
    """Give the same quantity in another unit: "one in four" in percent is 25."""
    by = Interval.point(factor)
    return replace(
        reading,
        stated=(reading.stated[0] * factor, reading.stated[1] * factor),
        narrow=reading.narrow * by,
        wide=reading.wide * by,
        step=reading.step * factor,
        cut=reading.cut * factor,
        spread=reading.spread * by if reading.spread else None,
        unit=unit,
        size=converted(reading.size, factor, unit) if reading.size else None,
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
    printed = numeral(text)
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


# A number, and what its print leaves open


class _Bounds(NamedTuple):
    """What a printed number leaves open before a hedge is heard.

    `loose` is one step of "about" to each side, `beyond` one of "over" and "under". `near` is
    the step of "nearly" as the words stand: below a power of ten the digits are closer.
    """

    value: Fraction
    near: Fraction
    narrow: Interval
    wide: Interval
    loose: Interval
    beyond: Interval

    def __neg__(self) -> _Bounds:
        ends = (-self.narrow, -self.wide, -self.loose, -self.beyond)
        return _Bounds(-self.value, self.near, *ends)


def _bounds(
    printed: Number | Share | Vague, *, counted: bool, estimated: bool, hedge: str
) -> _Bounds:
    match printed:
        case Share():
            return _share_bounds(printed)
        case Vague():
            point = Interval.point(printed.value)
            open_ended = Interval.of(printed.step, None)
            return _Bounds(printed.value, ZERO, point, open_ended, point, point)
    if printed.other is not None:
        first, second = (
            _bounds(way, counted=counted, estimated=estimated, hedge=hedge)
            for way in (printed._replace(other=None), whole(printed.other))
        )
        hulls = (one.hull(other) for one, other in zip(first[2:], second[2:], strict=True))
        return _Bounds(first.value, max(first.near, second.near), *hulls)
    if printed.integer < 0:
        positive = printed.signed(-1)
        return -_bounds(positive, counted=False, estimated=estimated, hedge=hedge)
    narrow, wide = _unhedged(printed, counted=counted and not estimated, bare=hedge in BARE)
    if hedge in UNMOVED:
        return _Bounds(printed.value, ZERO, narrow, wide, narrow, narrow)
    value, last = printed.value, printed.last
    beyond = _around(value, last)
    loose = _around(value, 5 * last) if printed.five else beyond
    near = 5 * last if printed.five and value > 5 * last else last
    return _Bounds(value, near / 10 if last == value else near, narrow, wide, loose, beyond)


def _unhedged(printed: Number, *, counted: bool, bare: bool) -> tuple[Interval, Interval]:
    """Give the narrow and the wide interval of a number that is not negative."""
    value = printed.value
    large = value >= 1000  # noqa: PLR2004
    full = printed.plain and printed.whole
    if full and counted and bare and not (large and printed.zeros):
        return (Interval.point(value),) * 2
    narrow = _around(value, printed.digit / 2)
    if not (printed.whole and printed.zeros) or (full and counted and not large):
        return narrow, narrow
    half = printed.last / 2
    below = value / 20 if printed.last == value else half
    wide = Interval.of(value - below, value + half)
    return (wide, wide) if full and large else (narrow, wide.hull(narrow))


def _share_bounds(share: Share) -> _Bounds:
    """A share is known to whole per cent, and as far as its whole is a whole number."""
    part, of, step = Interval.point(share.part), share.whole.value, share.whole.step
    whole_as_printed = _unhedged(share.whole, counted=False, bare=True)[0]
    wide, loose = part / whole_as_printed, part / Interval.of(max(of - step, of / 2), of + step)
    narrow = _around(share.value, share.step / 2).intersection(wide)
    near = share.value - (loose.lower or ZERO)
    return _Bounds(share.value, near, narrow, wide, loose, loose)


def _around(value: Fraction, half: Fraction) -> Interval:
    return Interval.of(value - half, value + half)


DIRECTED: dict[str, Callable[[Fraction, Fraction], Interval]] = {
    "truncated": _truncated,
    "floor": _floor,
    "ceiling": _ceiling,
}
"""What prints to a number, a step being known; the next number is left out."""

ROUNDINGS = ("nearest", *DIRECTED)


def _settled(
    printed: Number | Share | Vague, *, counted: bool, percent: bool
) -> Number | Share | Vague:
    """Give the way to read it that its unit leaves: "1.500 people", "140.000"; "1.500 %"."""
    if not isinstance(printed, Number):
        return printed
    if percent:
        return printed._replace(plain=False, other=None)
    grouped = printed.other is not None and (counted or printed.integer % 100_000 == 0)
    return whole(printed.other) if grouped and printed.other is not None else printed


def _note(printed: Number | Share | Vague) -> str:
    if not isinstance(printed, Number) or printed.other is None:
        return ""
    thousands = f"{printed.other.numerator:,}"
    dotted = thousands.replace(",", ".")
    return f"{dotted} may be {dotted} or {thousands}"


# What a hedge makes of it


def _unbounded_below(of: _Bounds) -> tuple[Interval, Interval]:
    return Interval.of(None, of.value), WHOLE_LINE


HEARD: dict[str, Callable[[_Bounds], tuple[Interval, Interval]]] = {
    "": lambda of: (of.narrow, of.wide),
    "estimated": lambda of: (of.narrow, of.wide),
    "approx": lambda of: (of.narrow, of.narrow.hull(of.loose)),
    "below": lambda of: (
        Interval.of(of.value - of.near, of.value),
        Interval.of(of.loose.lower, of.narrow.upper),
    ),
    "lower": lambda of: (Interval.of(of.value, of.beyond.upper), Interval.of(of.value, None)),
    "above": lambda of: (Interval.of(of.value, of.beyond.upper),) * 2,
    "upper": lambda of: (Interval.of(of.beyond.lower, of.value), Interval.of(None, of.value)),
    "up to": _unbounded_below,
    "exact": lambda of: (Interval.point(of.value),) * 2,
    "total": lambda of: (Interval.point(of.value), of.wide),
}
BARE = {"", "total", "exact"}
UNMOVED = BARE | {"estimated"}
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


def _reading(
    found: Found,
    text: str,
    *,
    unit: str = "",
    counted: bool = False,
    estimated: bool = False,
) -> Reading:
    counted = counted or found.unit in COUNTED
    estimated = estimated or found.hedge == "estimated"
    percent = (found.unit or unit).partition("/")[0] in {"percent", "permille"}
    ends = [_settled(end, counted=counted, percent=percent) for end in found.ends]
    heard, unhedged = [], []
    for end in ends:
        full = isinstance(end, Number) and end.plain and end.whole
        hedge = "exact" if found.hedge == "total" and full else found.hedge
        bounds = _bounds(end, counted=counted, estimated=estimated, hedge=hedge)
        heard.append((end.value, *_heard(bounds, hedge, counted=counted)))
        unhedged.append(bounds)
    _, narrow, wide = heard[0]
    if len(heard) > 1:
        (_, *low), (_, *high) = sorted(heard, key=lambda each: each[0])
        narrow, wide = (Interval(a.left, b.right) for a, b in zip(low, high, strict=True))
    return Reading(
        text=text[found.start : found.end],
        start=found.start,
        end=found.end,
        stated=(heard[0][0], heard[-1][0]),
        narrow=narrow,
        wide=wide,
        qualifier=QUALIFIERS.get(found.hedge, found.hedge),
        unit=found.unit,
        step=max(end.step for end in ends),
        spread=found.spread,
        note="; ".join(filter(None, map(_note, ends))),
        cut=max(_step(each.value, each.value, each.wide) for each in unhedged)
        if _rounded(found, ends, narrow)
        else ZERO,
    )


def _rounded(found: Found, ends: Sequence[Number | Share | Vague], narrow: Interval) -> bool:
    """Tell whether digits were printed, each end in full, that leave something out."""
    low, high = min(end.value for end in ends), max(end.value for end in ends)
    return (
        _in_digits(found, ends)
        and narrow.upper is not None
        and narrow.upper > high
        and narrow.lower is not None
        and (narrow.lower < low or not low)
    )


def _in_digits(found: Found, ends: Sequence[Number | Share | Vague]) -> bool:
    """Tell whether a number stands there in digits, in one way to read them, and no limit."""
    one_way = all(isinstance(end, Number) and end.other is None for end in ends)
    return one_way and found.hedge in {"", "approx", "estimated"}
