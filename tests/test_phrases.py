"""The phrases of the press, each read as a careful statistician would: one table."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from figurecheck.interval import Interval
from figurecheck.reading import Reading, read

LINES = Path(__file__).with_name("phrases.txt").read_text("utf-8").splitlines()
PHRASES = dict(line.split(" |") for line in LINES if " |" in line and not line.startswith("#"))
SCALES = {"k": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}


def end(text: str) -> Fraction | None:
    if not text:
        return None
    return Fraction(text.rstrip("kMGT")) * SCALES.get(text[-1], 1)


def interval(text: str) -> Interval:
    low, _, high = text.partition("..")
    return Interval.of(end(low), end(high))


def as_written(quantity: str) -> tuple:
    """Give what the table says of a quantity: stated, unit, narrow, wide, qualifier, spread."""
    told, _, spread = quantity.partition(" spread ")
    stated, unit, *rest = told.split()
    qualifier = "" if ".." in rest[-1] else rest.pop()
    low, _, high = stated.partition("..")
    return (
        (end(low), end(high or low)),
        unit.strip("-"),
        interval(rest[0]),
        interval(rest[-1]),
        qualifier,
        interval(spread) if spread else None,
    )


def as_read(reading: Reading) -> tuple:
    return (
        reading.stated,
        reading.unit,
        reading.narrow,
        reading.wide,
        reading.qualifier,
        reading.spread,
    )


@pytest.mark.parametrize("text", PHRASES)
def test_a_phrase_is_read_as_a_statistician_reads_it(text):
    quantities = [each for each in PHRASES[text].split(" & ") if each.strip()]
    assert [as_read(each) for each in read(text)] == [as_written(each) for each in quantities]
