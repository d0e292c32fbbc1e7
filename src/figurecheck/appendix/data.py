"""The appendix as JSON: all that the page is made from, numbers exact where their decimals end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from figurecheck.figures import COLUMNS, cell
from figurecheck.literal import document, ends

if TYPE_CHECKING:
    from figurecheck.appendix.model import Appendix, Judged
    from figurecheck.derivation import Derived
    from figurecheck.figures import Figure
    from figurecheck.finding import Finding
    from figurecheck.interval import Interval


def text(made: Appendix) -> str:
    """Give the whole appendix; bounds are in the unit of each figure, null where unbounded."""
    derivations = made.register.derivations
    lines = document(
        figures=[_figure(each) for each in made.register.values()],
        derived=[_derived(made, each) for each in derivations.derived.values()],
        refused=[
            {"id": name, "code": each.code, "reason": str(each)}
            for name, each in derivations.refused.items()
        ],
        relations=[_relation(each) for each in made.declared],
        implied=[_relation(each) for each in made.implied],
        findings=[_finding(made, each) for each in made.report.findings],
        sources=[dict(each.entry) for each in made.sources],
        tally=dict(made.report.tally),
    )
    return "".join(f"{line}\n" for line in lines)


def _bounds(narrow: Interval, wide: Interval) -> dict[str, Any]:
    return {"narrow": ends(narrow), "wide": ends(wide)}


def _figure(figure: Figure) -> dict[str, Any]:
    read = figure.unreadable is None
    bounds = _bounds(figure.reading.narrow, figure.reading.wide) if read else {}
    empty: dict[str, Any] = {"narrow": None, "wide": None}
    return {column: cell(figure, column) for column in COLUMNS} | (bounds or empty)


def _derived(made: Appendix, each: Derived) -> dict[str, Any]:
    return {
        "id": each.id,
        "label": made.labels.get(each.id, ""),
        "concept": each.concept,
        "text": each.words,
        "unit": each.unit.name if each.unit else "",
        **_bounds(*each.amount.printed),
        "formula": each.symbols,
        "numbers": each.numbers,
        "inputs": list(each.inputs),
        "sources": [source.key for source in each.sources],
    }


def _relation(each: Judged) -> dict[str, Any]:
    return {
        "id": each.relation.id,
        "label": each.relation.label,
        "statement": each.relation.text,
        "figures": list(each.relation.names),
        "outcome": each.outcome,
        "proof": each.proof,
        "waived": each.waived or None,
    }


def _finding(made: Appendix, each: Finding) -> dict[str, Any]:
    return {
        "anchor": made.anchors[each],
        "code": each.code,
        "severity": each.severity,
        "outcome": each.outcome,
        "figure": each.figure,
        "related": list(each.related),
        "message": each.message,
        "proof": each.proof,
        "diagnosis": each.diagnosis,
        "waived": each.waived or None,
    }
