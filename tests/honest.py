"""Honest reports: what is true, by kind, and the texts that are printed of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from figurecheck.strategies.texts import PERCENT, magnitude, number, printed, reported_texts

if TYPE_CHECKING:
    from fractions import Fraction

__all__ = ["WRITERS", "magnitude", "printed", "report"]

numbers = st.composite(number)

WRITERS = {
    "number": reported_texts,
    "count": lambda value: reported_texts(value, unit="person"),
    "money": lambda value: reported_texts(value, unit="USD"),
    "rate": lambda value: reported_texts(value * 1000, unit="per_1000"),
    "share": lambda value: reported_texts(value * 100, unit="percent"),
    "points": lambda value: numbers(value * 100, PERCENT),  # never "one in four"
}


@st.composite
def report(draw: st.DrawFn, truth: dict[str, tuple[str, Fraction]]) -> dict[str, str]:
    """Draw what a report prints of true values, each of a kind."""
    return {name: draw(WRITERS[kind](value)) for name, (kind, value) in truth.items()}
