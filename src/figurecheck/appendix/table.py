"""The appendix as CSV: one row for each thing that it shows, safe in a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from figurecheck.formula import decimal, finite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from figurecheck.appendix.model import Appendix
    from figurecheck.interval import Interval

HEADER = (
    "kind", "id", "text", "value", "unit", "lower", "upper", "widest_lower", "widest_upper",
    "label", "concept", "base", "place", "period", "source", "locator", "quote", "verdict", "proof",
    "code", "severity", "diagnosis", "waived",
)  # fmt: skip
_DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")


def text(made: Appendix) -> str:
    """Give the whole appendix; bounds are exact where their decimals end, else outward.

    A cell that a spreadsheet would run is quoted; lines end as RFC 4180 has it.
    """
    file = io.StringIO(newline="")
    table = csv.DictWriter(file, HEADER, restval="")
    table.writeheader()
    table.writerows({name: _safe(cell) for name, cell in row.items()} for row in _rows(made))
    return file.getvalue()


def _safe(cell: str) -> str:
    """Give the cell so that no spreadsheet takes it for a formula (OWASP, CSV injection)."""
    number = cell.removeprefix("-").replace(".", "", 1).isdigit()
    return f"'{cell}" if cell.startswith(_DANGEROUS) and not number else cell


def _rows(made: Appendix) -> Iterator[dict[str, str]]:
    register = made.register
    for figure in register.values():
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
    for each in register.derivations.derived.values():
        yield _bounds(*each.amount.printed) | {
            "kind": "derived",
            "id": each.id,
            "text": each.words,
            "unit": each.unit.name if each.unit else "",
            "label": made.labels.get(each.id, ""),
            "concept": each.concept,
            "source": "; ".join(source.key for source in each.sources),
            "proof": f"{each.symbols} = {each.numbers}",
        }
    for name, refusal in register.derivations.refused.items():
        yield {
            "kind": "refused",
            "id": name,
            "text": str(refusal),
            "label": made.labels.get(name, ""),
            "code": refusal.code,
        }
    for kind, among in (("relation", made.declared), ("implied", made.implied)):
        for judged in among:
            yield {
                "kind": kind,
                "id": judged.relation.id,
                "text": judged.relation.text,
                "label": judged.relation.label,
                "source": judged.relation.source,
                "verdict": judged.outcome,
                "proof": judged.proof,
                "waived": judged.waived,
            }
    for finding in made.report.findings:
        yield {
            "kind": "finding",
            "id": finding.figure,
            "text": finding.message,
            "label": made.labels.get(finding.figure, ""),
            "verdict": finding.outcome,
            "proof": finding.proof,
            "code": finding.code,
            "severity": finding.severity,
            "diagnosis": finding.diagnosis,
            "waived": finding.waived,
        }
    for source in made.sources:
        yield {
            "kind": "source",
            "id": source.key,
            "text": source.title,
            "label": made.names[source.key],
        }


def _bounds(narrow: Interval, wide: Interval) -> dict[str, str]:
    return {
        f"{width}{end}": "" if value is None else decimal(finite(value, up=end == "upper"))
        for width, interval in (("", narrow), ("widest_", wide))
        for end, value in (("lower", interval.lower), ("upper", interval.upper))
    }
