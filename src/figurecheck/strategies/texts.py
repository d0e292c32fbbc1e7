"""From a true number to the texts in which honest writers print it."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from hypothesis import strategies as st

from figurecheck.units import unit as measured
from figurecheck.words import CODES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
SCALED = 1000
"""From here on a scale word is used, and a count may be rounded without a hedge."""

THOUSANDTHS = -3
"""The last decimal before a scale word; three decimals may also be mistaken for thousands."""

WAYS = ("bare", "bare", "rounded", "rounded", "floored", "ceiled", "range")
"""How a number is cut and what is said with it; a negative one only in the first four ways."""

CUT = {"floored": "floored", "ceiled": "ceiled", "range": "floored"}
ROUNDED = ("about {}", "around {}", "some {}", "roughly {}", "approximately {}", "an estimated {}")
FLOORED = ("at least {}", "no less than {}")
CEILED = ("at most {}", "no more than {}", "up to {}")
RANGES = ("{} to {}", "between {} and {}", "from {} to {}")
SAID = {
    ("bare", False): ("{}",),
    ("bare", True): ("{}",),
    ("rounded", False): ROUNDED,
    ("rounded", True): (*ROUNDED, "exactly {}", "a total of {}"),
    ("floored", False): (*FLOORED, "over {}", "more than {}", "just over {}"),
    ("floored", True): FLOORED,
    ("ceiled", False): (*CEILED, "nearly {}", "almost {}", "just under {}", "less than {}"),
    ("ceiled", True): CEILED,
    ("range", False): RANGES,
    ("range", True): RANGES,
}
"""The words around a number, by how it was cut and by whether it is the very value."""

PARTS = {
    (1, 2): ("half",),
    (1, 3): ("a third", "one third"),
    (2, 3): ("two thirds", "two-thirds"),
    (1, 4): ("a quarter",),
    (3, 4): ("three quarters",),
    (1, 5): ("a fifth",),
}
NUMERALS = "no one two three four five six seven eight nine ten".split()
MOST_PARTS, GREATEST_WHOLE = 9, 100
"""The greatest numbers that are printed in "7 in 10"."""

VAGUE = {
    "dozens": (24, 10**2),
    "hundreds": (10**2, 10**3),
    "thousands": (10**3, 10**4),
    "tens of thousands": (10**4, 10**5),
    "hundreds of thousands": (10**5, 10**6),
    "millions": (10**6, 10**7),
    "billions": (10**9, 10**10),
}

TIES = ("even", "up", "down")
SELDOM = (False,) * 4 + (True,)

T = TypeVar("T")


@cache
def _indices(count: int) -> st.SearchStrategy[int]:
    return st.integers(0, count - 1)


def drawn_of(draw: st.DrawFn, choices: Sequence[T]) -> T:
    """Draw one of the choices; it shrinks to the first."""
    return choices[draw(_indices(len(choices)))]


class Style(NamedTuple):
    """How numbers of a unit are printed.

    `around`: what may stand before and behind them. `scaled`: with scale words. `counted`: in full
    below a thousand. `coarse`: powers of ten to which even a smaller number is rounded. `whole`: of
    a share, what all of its base is in the unit.
    """

    around: tuple[tuple[str, str], ...] = (("", ""),)
    scaled: bool = True
    counted: bool = False
    coarse: tuple[int, ...] = ()
    whole: int = 0


def _behind(*words: str) -> tuple[tuple[str, str], ...]:
    return tuple(("", word) for word in words)


PLAIN = Style()
PERCENT = Style(
    _behind(" %", "%", " per cent", " percent"), scaled=False, coarse=(0, -1), whole=100
)
STYLES = {
    "person": Style(_behind("", " people", " persons"), counted=True),
    "household": Style(_behind("", " households"), counted=True),
    "event": Style(_behind("", " events", " cases"), counted=True),
    "item": Style(counted=True),
    "percent": PERCENT,
    "permille": Style(_behind("‰", " per mille"), scaled=False, whole=1000),
    "fraction": Style(scaled=False, whole=1),
    "percentage_point": Style(_behind(" percentage points"), scaled=False),
    "basis_point": Style(_behind(" basis points"), scaled=False),
    "per_1000": Style(_behind(" per 1,000"), scaled=False),
    "per_10000": Style(_behind(" per 10,000"), scaled=False),
    "per_100000": Style(_behind(" per 100,000"), scaled=False),
    "per_million": Style(_behind(" per million"), scaled=False),
}
SIGNS = {"USD": ("US$", "$"), "EUR": ("€",), "GBP": ("£",)}


def style(unit: str) -> Style:
    """Give how numbers of a unit are printed; raises UnknownUnit."""
    if not unit:
        return PLAIN
    named = measured(unit)
    money = named.currency or ""
    code = money[:3]
    if code not in CODES or (money, 1) not in named.powers:
        return STYLES.get(named.name, PLAIN)
    signs = ((sign, "") for sign in SIGNS.get(code, ()))
    return Style(((f"{code} ", ""), ("", f" {code}"), *signs))


def magnitude(value: Fraction) -> int:
    """Give the power of ten of the first digit; of zero, of the first behind the point."""
    power = len(str(int(abs(value)))) - 1 if abs(value) >= 1 else -1
    while value and Fraction(10) ** power > abs(value):
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


def printed(value: Fraction, place: int, *, grouped: bool = True) -> str:
    """Give a multiple of a power of ten in digits, with those decimals and no more."""
    decimals = max(-place, 0)
    digits = str(int(abs(value) * 10**decimals)).rjust(decimals + 1, "0")
    whole, part = digits[: len(digits) - decimals], digits[len(digits) - decimals :]
    sign, point = "-" * (value < 0), "." * bool(part)
    return f"{sign}{int(whole):{',' if grouped else ''}}{point}{part}"


def _finest(value: Fraction) -> int:
    """Give the place of the last digit: of a whole number the ones, else at most the ninth."""
    if value.denominator == 1:
        return 0
    last = min(magnitude(value) - 8, -1)
    exact = (place for place in range(-1, last, -1) if not value * 10**-place % 1)
    return next(exact, last)


def _places(value: Fraction, style: Style) -> list[int]:
    """Give the powers of ten at which a writer may round, the finest first.

    A count never has three decimals: "2.345 people" are thousands.
    """
    first, finest = magnitude(value), _finest(value)
    coarser = [place for place in range(first - 4, first + 1) if place > finest]
    places = [finest, *coarser, *(place for place in style.coarse if place > first)]
    return [place - (style.counted and place == THOUSANDTHS) for place in places]


def _spelling(
    draw: st.DrawFn, value: Fraction, place: int, style: Style, *, alone: bool
) -> Callable[[Fraction], str]:
    """Draw how to print numbers of this size and place: in full, or with a scale word.

    Only what stands alone may go without commas: "1930 per 1,000" begins with a year.
    """
    grouped = drawn_of(draw, (True, False) if alone and style.scaled else (True,))
    fitting = [
        scale
        for scale, power in SCALES.items()
        if style.scaled and 1 <= abs(value) / 10**power < SCALED and place >= power + THOUSANDTHS
    ]
    scale = drawn_of(draw, ["", *fitting])
    power = SCALES.get(scale, 0)

    def spelling(number: Fraction) -> str:
        # "100.000" is read as a hundred thousand, so it loses a decimal.
        last = place + (place == THOUSANDTHS and number % 100 == 0)
        text = printed(number / 10**power, last - power, grouped=grouped)
        return f"{text} {scale}" if scale else text

    return spelling


def number(draw: st.DrawFn, value: Fraction, style: Style) -> str:
    """Draw a text that prints a value in digits: in full, rounded, hedged, or as a range."""
    before, behind = drawn_of(draw, style.around)
    if not value:
        return f"{before}0{behind}"
    places = _places(value, style)
    way = drawn_of(draw, WAYS if value > 0 else WAYS[:4])
    place = drawn_of(draw, places)
    if place > magnitude(value) or (way == "range" and not style.scaled and value >= SCALED):
        way = "bare"
    elif way == "bare" and style.counted and (abs(value) < SCALED or value.denominator > 1):
        place = places[0]
    spelling = _spelling(draw, value, place, style, alone=way != "range")
    cut = rounded(value, place, CUT.get(way, drawn_of(draw, TIES)))
    # Every way makes as many choices, so that the simplest text is the first of each.
    said = drawn_of(draw, SAID[way, cut == value])
    signed = f"{'-' * (cut < 0)}{before}{spelling(abs(cut))}"
    above = f"{before}{spelling(cut + Fraction(10) ** place)}"
    return f"{said.format(signed, above)}{behind}"


def _parts(share: Fraction) -> list[str]:
    """Give the words that say a share as so many of so many: "one in four", "two thirds"."""
    texts: list[str] = []
    for part in range(1, MOST_PARTS + 1) if share > 0 else ():
        wholes = {rounded(part / share, 0, tie) for tie in ("up", "down")}
        for whole in sorted(each for each in wholes if part < each <= GREATEST_WHOLE):
            texts += PARTS.get((part, int(whole)), ())
            said = [f"{part} in {whole}", f"{part} out of {whole}"]
            if whole < len(NUMERALS):
                said.append(f"{NUMERALS[part]} in {NUMERALS[int(whole)]}")
            texts += said
    return texts


def _vague(value: Fraction, style: Style) -> list[str]:
    """Give the words that say a count without a number: "tens of thousands of people"."""
    words = [word for word, (low, high) in VAGUE.items() if low <= value < high]
    return [f"{word}{' of' * bool(behind)}{behind}" for word in words for _, behind in style.around]


def text_of(draw: st.DrawFn, value: Fraction, style: Style) -> str:
    words = _vague(value, style) if style.counted else []
    if style.whole:
        share = value / style.whole
        words = _parts(share)
        if drawn_of(draw, SELDOM):
            value, style = 100 * share, PERCENT
    text = number(draw, value, style)
    return drawn_of(draw, [text] * (1 + 3 * len(words)) + words)


_texts = st.composite(text_of)


def reported_texts(value: Fraction | int, *, unit: str = "") -> st.SearchStrategy[str]:
    """Draw texts in which honest writers print a true number; it shrinks to the digits in full.

    `value` is in the unit, as printed: 71 for 71 per cent. The unit decides the style: counts are
    printed in full below a thousand, shares in per cent or as "one in four", money with its
    currency, rates as "3.5 per 1,000"; other units leave the number alone. The value lies in the
    wide interval of every text, and in the narrow one of a number without a hedge, unless that
    ends in zeros: "30 million" and "70 %" are rounded further than their last digit, and so is
    "one in four". Raises UnknownUnit.
    """
    return _texts(Fraction(value), style(unit))
