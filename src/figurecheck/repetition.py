"""What a figure that repeats another leaves out of it, as far as its row and its quote tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from figurecheck.figures import borne_by, plain, publisher

if TYPE_CHECKING:
    from collections.abc import Iterator

    from figurecheck.figures import Figure, Subject
    from figurecheck.reading import Reading
    from figurecheck.units import Unit

MADE = {
    "E": ("estimate", re.compile("estim|stim[ae]|schätz", re.IGNORECASE)),
    "P": ("provisional state", re.compile("provv?is|prelim|vorläuf", re.IGNORECASE)),
}
"""What a status says of how a number was made, and how the words of a quote may say it."""

SPREAD = re.compile(
    r"±|\+ ?/? ?[-−]|plus or minus|\bCI\b|confiden|margin|interval|range", re.IGNORECASE
)
"""How the words of a quote may say how far a number is known."""

TIME = re.compile(
    r"(?<!\d)(?:1[5-9]|2[01])\d\d(?!\d)|['’]\d\ds?\b|\bMay\b|(?i:\b(?:years?|months?|weeks?|days?"
    r"|quarters?|decades?|centur(?:y|ies)|today|yesterday|tonight|january|february|march|april|june"
    r"|july|august|september|october|november|december|spring|summer|autumn|winter"
    r"|ann[oi]|années?|ans|jahre?[ns]?|años?)\b)"
)
"""Words that may say when: any year, month or season, and such words as "last year"."""


def left_out(
    figure: Figure, other: Figure, own: Subject, theirs: Subject
) -> Iterator[tuple[str, str]]:
    """Yield what the other states and the figure does not: its name, and a few words on it.

    An empty place or period is taken from the other. Whether the text of the figure says when, and
    who counted, is asked of its quote, and not told without one.
    """
    if theirs.concept and not own.concept:
        yield "concept", f"concept {theirs.concept}"
    if other.share and figure.proportion and not figure.base:
        yield "base", f"base {theirs.base or other.base}"
    if _without_time(figure, own, theirs):
        yield "period", f"period {theirs.period}, and its quote names no time"
    if _without_publisher(figure, other):
        yield "publisher", f"published by {publisher(other)}, and its quote does not name it"
    yield from _of_the_unit(figure.measured_in, other.measured_in, own)
    if figure.unreadable is None and other.unreadable is None:
        yield from _of_the_number(figure, other, figure.reading, other.reading)


def _without_time(figure: Figure, own: Subject, theirs: Subject) -> bool:
    """Tell whether a quote names no time, and the period is the other's; a base has its own say."""
    if figure.period or theirs.period is None or own.period != theirs.period:
        return False
    return bool(figure.quote.strip()) and not figure.base and not TIME.search(figure.quote)


def _without_publisher(figure: Figure, other: Figure) -> bool:
    """Tell whether neither a row nor its quote names the other's publisher, who is another."""
    borne = borne_by(other)
    own = figure.source_key == other.source_key or borne & borne_by(figure)
    if not borne or own or figure.attributed_to:
        return False
    said = f" {plain(figure.quote)} "
    return bool(figure.quote.strip()) and not any(f" {name} " in said for name in borne)


def _of_the_unit(mine: Unit | None, its: Unit | None, own: Subject) -> Iterator[tuple[str, str]]:
    """Yield what the other's unit is per, and the year of its prices."""
    if mine is None or its is None or mine.alike(its):
        return
    money, _, year = (its.currency or "").partition("_")
    if year and money == mine.currency:
        yield "price year", f"prices of {year}"
    one_year = own.period is not None and own.period.years == 1
    named = dict(mine.dimension)
    per = [
        name
        for name, power in its.dimension
        if power < 0 and name not in named and not (name == "year" and one_year)
    ]
    if per and mine.spoken_for(its):
        yield "unit", f"per {' and '.join(per)}"


def _of_the_number(
    figure: Figure, other: Figure, mine: Reading, its: Reading
) -> Iterator[tuple[str, str]]:
    """Yield how the other's number was made, unless a hedge says less; and its spread."""
    if mine.qualifier or its.qualifier:
        return
    for letter, (name, words) in MADE.items():
        kept = letter in figure.status or words.search(figure.quote)
        if letter in other.status and not kept:
            yield name, f"status {letter}"
    if its.spread is not None and mine.spread is None and not SPREAD.search(figure.quote):
        yield "spread", f"'{its.text}'"
