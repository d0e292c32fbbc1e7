"""Honest writers: from a true value to the texts that a truthful report may print of it."""

from __future__ import annotations

import math
from fractions import Fraction

from hypothesis import strategies as st

SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
HEDGES = {
    "rounded": ["", "about ", "around ", "some ", "roughly ", "approximately ", "an estimated "],
    "floored": ["over ", "more than ", "at least ", "no fewer than "],
    "ceiled": ["nearly ", "almost ", "just under ", "less than ", "at most ", "up to "],
}
HALVES = {2: "half", 3: "a third", 4: "a quarter"}
COUNTED = [" people", " persons", " women"]
PERCENT = ["%", " %", " per cent", " percent"]


def magnitude(value: Fraction) -> int:
    """Give the power of ten of the first digit."""
    power = len(str(int(abs(value)))) - 1 if abs(value) >= 1 else -1
    while Fraction(10) ** power > abs(value):
        power -= 1
    return power


def rounded(value: Fraction, place: int, way: str) -> Fraction:
    """Give the value at a power of ten; ways to round: floored, ceiled, or by a rule for ties."""
    unit = Fraction(10) ** place
    steps = value / unit
    nearest = {
        "floored": math.floor(steps),
        "ceiled": math.ceil(steps),
        "even": round(steps),
        "up": math.floor(steps + Fraction(1, 2)),
        "down": math.ceil(steps - Fraction(1, 2)),
    }
    return nearest[way] * unit


ties = st.sampled_from(["even", "up", "down"])


def printed(value: Fraction, place: int, *, grouped: bool = True) -> str:
    """Give a multiple of a power of ten in digits, with those decimals and no more."""
    decimals = max(-place, 0)
    digits = str(int(abs(value) * 10**decimals)).rjust(decimals + 1, "0")
    whole, part = digits[: len(digits) - decimals], digits[len(digits) - decimals :]
    sign, point = "-" * (value < 0), "." * bool(part)
    return f"{sign}{int(whole):{',' if grouped else ''}}{point}{part}"


@st.composite
def styles(draw: st.DrawFn, value: Fraction, place: int):
    """Draw how to print numbers of this size: in full, or with a scale word."""
    sizes = {each: abs(value) / Fraction(10) ** power for each, power in SCALES.items()}
    fitting = [each for each, size in sizes.items() if 1 <= size < 1000]
    scale = draw(st.sampled_from(["", *fitting]))
    power = SCALES.get(scale, 0)
    grouped = draw(st.booleans())

    def style(number: Fraction) -> str:
        text = printed(number / Fraction(10) ** power, place - power, grouped=grouped)
        return f"{text} {scale}" if scale else text

    return style


@st.composite
def number(
    draw: st.DrawFn, value: Fraction, *, after: tuple[str, ...] = ("",), full: bool = False
) -> str:
    """Draw a text of a number; `full`: without a hedge all digits below a thousand are printed."""
    noun = draw(st.sampled_from(after))
    if not value:
        return f"0{noun}"
    place = magnitude(value) - draw(st.integers(0, 4))
    if full:
        place = max(place, 0)
    style = draw(styles(value, place))
    way = draw(st.sampled_from(["rounded", "rounded", "rounded", "floored", "ceiled", "range"]))
    if value < 0:
        return f"{style(rounded(value, place, draw(ties)))}{noun}"
    if way == "range":
        low, high = rounded(value, place, "floored"), rounded(value, place, "ceiled")
        high = high if low < high else low + Fraction(10) ** place
        form = draw(st.sampled_from(["between {} and {}", "{} to {}", "from {} to {}"]))
        return f"{form.format(style(low), style(high))}{noun}"
    hedge = draw(st.sampled_from(HEDGES[way]))
    if full and not hedge and value < 1000:
        return f"{value}{noun}"
    number = rounded(value, place, draw(ties) if way == "rounded" else way)
    return f"{hedge}{style(number)}{noun}"


def count(value: Fraction) -> st.SearchStrategy[str]:
    """Draw a text of a whole number of people."""
    return number(value, after=tuple(COUNTED), full=True)


def money(value: Fraction) -> st.SearchStrategy[str]:
    return number(value, after=(" dollars", " USD"))


def rate(value: Fraction) -> st.SearchStrategy[str]:
    return number(value * 1000, after=(" per 1,000",))


@st.composite
def share(draw: st.DrawFn, value: Fraction) -> str:
    """Draw a text of a share: in per cent, as one in so many, or as a common fraction."""
    if 0 < value <= Fraction(1, 2) and draw(st.booleans()):
        of = int(rounded(1 / value, 0, draw(ties)))
        if of in HALVES and draw(st.booleans()):
            return HALVES[of]
        if of <= 100:
            return draw(st.sampled_from([f"one in {of}", f"1 in {of}"]))
    return draw(number(value * 100, after=tuple(PERCENT)))


def points(value: Fraction) -> st.SearchStrategy[str]:
    """Draw a text of a relative change: in per cent, with its sign."""
    return number(value * 100, after=tuple(PERCENT))


WRITERS = {
    "number": number,
    "count": count,
    "money": money,
    "rate": rate,
    "share": share,
    "points": points,
}


@st.composite
def report(draw: st.DrawFn, truth: dict[str, tuple[str, Fraction]]) -> dict[str, str]:
    """Draw what a report prints of true values, each of a kind."""
    return {name: draw(WRITERS[kind](value)) for name, (kind, value) in truth.items()}
