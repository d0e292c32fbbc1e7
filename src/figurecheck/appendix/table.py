"""The appendix as CSV: one row a figure, derived quantity or relation, safe in a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from figurecheck.formula import decimal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from figurecheck.appendix.model import Appendix
    from figurecheck.interval import Interval

HEADER = (
    "kind", "id", "text", "value", "unit", "lower", "upper", "widest_lower", "widest_upper",
    "label", "concept", "base", "place", "period", "source", "locator", "quote", "verdict", "proof",
)  # fmt: skip
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def text(made: Appendix) -> str:
    """Give the whole appendix; bounds are exact, a cell that a spreadsheet would run is quoted."""
    file = io.StringIO(newline="")
    table = csv.DictWriter(file, HEADER, restval="", lineterminator="\n")
    table.writeheader()
    table.writerows({name: _safe(cell) for name, cell in row.items()} for row in _rows(made))
    return file.getvalue()


def _safe(cell: str) -> str:
    """Give the cell so that no spreadsheet takes it for a formula (OWASP, CSV injection)."""
    number = cell.removeprefix("-").replace(".", "", 1).replace("/", "", 1).isdigit()
    return f"'{cell}" if cell.startswith(_DANGEROUS) and not number else cell


def _rows(made: Appendix) -> Iterator[dict[str, str]]:
    for figure, _, _ in made.figures:
        bounds = {}
        if figure.unreadable is None:
            bounds = _bounds(figure.reading.narrow, figure.reading.wide)
        yield bounds | {
            "kind": "figure",
            "id": figure.id,
            "text": figure.reported,
            "value": figure.value,
            "unit": figure.unit,
            "label": figure.label,
            "concept": figure.concept,
            "base": figure.base,
            "place": figure.place,
            "period": figure.period,
            "source": figure.source_key,
            "locator": figure.locator,
            "quote": figure.quote,
        }
    for each in made.derived:
        yield _bounds(each.narrow.interval, each.wide.interval) | {
            "kind": "derived",
            "id": each.id,
            "text": each.words,
            "concept": each.concept,
            "source": "; ".join(source.key for source in each.sources),
            "proof": f"{each.symbols} = {each.numbers}",
        }
    for relation, outcome, proof in made.relations:
        yield {
            "kind": "relation",
            "id": relation.id,
            "text": relation.text,
            "label": relation.label,
            "verdict": outcome,
            "proof": proof,
        }
    for finding in made.findings:
        yield {
            "kind": "finding",
            "id": finding.figure,
            "text": finding.message,
            "label": finding.code,
            "verdict": finding.outcome,
            "proof": finding.proof,
        }


def _bounds(narrow: Interval, wide: Interval) -> dict[str, str]:
    return {
        "lower": _end(narrow.lower),
        "upper": _end(narrow.upper),
        "widest_lower": _end(wide.lower),
        "widest_upper": _end(wide.upper),
    }


def _end(value: Fraction | None) -> str:
    return "" if value is None else decimal(value)
