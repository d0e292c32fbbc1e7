"""docs/units.md is what units.txt and units.py have; FIGURECHECK_UPDATE=1 writes it."""

from __future__ import annotations

import re
import textwrap
from collections import defaultdict
from typing import TYPE_CHECKING

from pages import ROOT, compared
from tables import code, table
from test_units import DEFINITIONS

from figurecheck import units
from figurecheck.units import COUNTED, CURRENCIES, unit

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK = re.compile(r"^((?:# .*\n)+)((?:[^#\n].*\n?)+)", re.MULTILINE)
INTRODUCTION = """\
# The units

Made from src/figurecheck/units.txt and the tables of units.py by tests/test_units_page.py: change
those, not this page. [The files of a register](register.md) says what the column `unit` is for.

A plural that only adds an "s" is read as well, and a space or a hyphen as `_`: "square kilometres"
is `square_kilometre`. What is known by no name here is refused, with the nearest one.
"""
TOGETHER = (
    "USD/person/year; EUR_2015 per tonne of CO2; km²; cubic metres per second; % per year; "
    "cases per 100,000 people; deaths / 1,000 births; 1/year; passenger km; kg / hectare"
)
MONEY = ("USD", "EUR_2015", "EUR@2015", "constant 2015 USD", "GBX")


def filled(text: str) -> str:
    return textwrap.fill(text, 100, break_long_words=False, break_on_hyphens=False)


def definitions() -> Iterator[str]:
    """Give a section for each block of units.txt: its comment, and its units."""
    for comment, lines in BLOCK.findall(DEFINITIONS.read_text(encoding="utf-8")):
        head, *rest = re.split("[.:;]", " ".join(comment.replace("#", " ").split()), maxsplit=1)
        said = "".join(rest)
        said = said.strip()
        more = [filled(said[0].upper() + said[1:])] if said else []
        yield "\n\n".join(
            [f"## {head}", *more, table("unit | is | also written", map(row, lines.splitlines()))]
        )


def row(line: str) -> list[str]:
    """Give the cells of a definition: its name, what it is, and what else it is called."""
    name, _, others = line.partition(" = ")
    is_, *aliases = others.split(" = ")
    base = is_.startswith("[")
    return [
        f"`{name}`",
        "a base of its own" if base else is_,
        code(each for each in aliases if each != "_"),
    ]


def refused() -> str:
    """Give the texts that are refused, by the reason."""
    reasons = defaultdict(list)
    for spelling, why in units._TRAPS.items():
        reasons[why].append(spelling)
    return table("text | refused because", ([code(each), why] for why, each in reasons.items()))


def signs() -> str:
    """Give the currencies that a sign in a text may mean."""
    return table(
        "a sign or name read as | is also that of",
        (
            [f"`{known}`", code(sorted(others.split()))]
            for known, others in units._NAMESAKES.items()
        ),
    )


def page() -> str:
    read = ([f"`{text}`", f"`{unit(text).name}`"] for text in TOGETHER.split("; "))
    per = ([f"`per {text}`", f"`{name}`"] for text, name in units._PER.items())
    money = ([f"`{text}`", f"`{unit(text).name}`"] for text in MONEY)
    return "\n\n".join(
        [
            INTRODUCTION.strip(),
            *definitions(),
            "## Money",
            filled(
                "A currency is its ISO 4217 code, alone or with its price year where prices are "
                "constant. Each is a base of its own, and so is each with a price year: what "
                "one is in another is a figure with a source."
            ),
            table("unit | is read as", money),
            filled(", ".join(sorted(CURRENCIES))),
            filled(
                "A sign in a text is that of several currencies: $ is read as USD, and is as "
                "good for a figure in one of the others."
            ),
            signs(),
            "## Together",
            filled(
                'Names are joined by `*`, `/` or "per", and raised by `**` or `^`. What is counted '
                f"({code(COUNTED)}) for each of another count may also be a share, or so many per "
                "1,000."
            ),
            table("unit | is read as", read),
            f"A plain share is of no unit: {code(sorted(units._FRACTIONS))}.",
            table("after `/` or alone | is", per),
            "## What is refused",
            filled("A text with two meanings, or with another than was meant, is no unit."),
            refused(),
            "",
        ]
    )


def test_the_page_of_the_units_says_what_is_known():
    compared(ROOT / "docs" / "units.md", page())


def test_every_unit_and_every_refusal_stands_on_the_page():
    made = page()
    assert not [each for each in units._definitions() if f"`{each}`" not in made]
    assert not [each for each in units._FRACTIONS if f"`{each}`" not in made]
    assert not [each for each in units._TRAPS if f"`{each}`" not in made]
