"""JSON: one object with `version`; numbers exact where the decimal is finite, else outward."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from figurecheck.comparison import STATES
from figurecheck.derivation import Derived
from figurecheck.figures import COLUMNS, Figure, cell
from figurecheck.finding import BROKEN, Finding
from figurecheck.formula import finite
from figurecheck.interval import Interval
from figurecheck.literal import document, ends
from figurecheck.register import entry, equals
from figurecheck.relation import judgement as judgement_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from figurecheck.comparison import Comparison, Rows
    from figurecheck.confront import Report
    from figurecheck.derivation import Refused
    from figurecheck.document import Passage
    from figurecheck.figures import Amount
    from figurecheck.lint import Coverage, Linted
    from figurecheck.reading import Reading
    from figurecheck.register import Equal, Register
    from figurecheck.relation import Judgement, Relation
    from figurecheck.reporters.location import Base
    from figurecheck.revision import Revision
    from figurecheck.rule import Rule
    from figurecheck.solve import Conflict, Solution


def _reading(reading: Reading) -> dict[str, Any]:
    low, high = reading.stated
    return {
        "text": reading.text,
        "start": reading.start,
        "end": reading.end,
        "value": reading.value,
        "stated": [low, finite(high, up=low != high)],
        "narrow": ends(reading.narrow),
        "wide": ends(reading.wide),
        "qualifier": reading.qualifier,
        "unit": reading.unit,
        "spread": reading.spread and ends(reading.spread),
        "note": reading.note,
    }


def readings(found: Sequence[Reading]) -> Iterator[str]:
    """Give what `read` found."""
    return document(readings=[_reading(each) for each in found])


def _amount(amount: Amount) -> dict[str, Any]:
    narrow, wide = amount.printed
    return {
        "text": amount.text,
        "narrow": ends(narrow),
        "wide": ends(wide),
        "unit": amount.unit.name if amount.unit else "",
    }


def judgement(judged: Judgement, offered: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Give what `judge` came to; values are in their unit, the slip is in base units.

    `diagnosis` has for each name what would make it fit, most likely first.
    """
    return document(
        outcome=judged.outcome,
        proof=judged.proof,
        slip=judged.slip and ends(judged.slip),
        power=judged.power,
        diagnosis={name: list(each) for name, each in offered.items()},
        statement=judged.statement.text,
        values={name: _amount(each) for name, each in judged.amounts.items()},
    )


def solution(register: Register, found: Solution) -> Iterator[str]:
    """Give what all relations come to together; bounds are in the unit of each figure.

    `conflicts` are lists of ids, `explained` says more of each, in the same order; `stretched` are
    conflicts of what is printed, which a stretched word resolves.
    """
    broken = [each for each in found.conflicts if each.outcome == BROKEN]
    return document(
        register=register.path,
        outcome=found.outcome,
        conflicts=[list(each.ids) for each in broken],
        stretched=[list(each.ids) for each in found.conflicts if each.outcome != BROKEN],
        explained=[_conflict(each) for each in found.conflicts],
        ranking=dict(found.ranking),
        bounds={name: _bound(found, name) for name in found.bounds},
        undecided=dict(found.undecided),
        aside=dict(found.aside),
        tally=dict(found.tally),
        complete=found.complete,
        converged=found.converged,
    )


def _conflict(each: Conflict) -> dict[str, Any]:
    return {
        "figures": list(each.figures),
        "relations": list(each.relations),
        "outcome": each.outcome,
        "alone": each.alone,
        "implied": dict(each.implied),
        "proof": each.proof,
        "smallest": each.smallest,
    }


def _bound(found: Solution, name: str) -> dict[str, Any]:
    bound, unit = found.bounds[name], found.units.get(name)
    lower, upper = ends(bound.interval / Interval.point(unit.factor if unit else 1))
    return {
        "lower": lower,
        "upper": upper,
        "set_by": bound.set_by,
        "lower_by": bound.lower_by,
        "upper_by": bound.upper_by,
        "unit": unit.name if unit else "",
    }


def _findings(found: Sequence[Finding], base: Base) -> list[dict[str, Any]]:
    from figurecheck.reporters.stream import fingerprints

    names = [each.name for each in fields(Finding) if each.name != "relation"]
    return [
        {name: getattr(each, name) for name in names}
        | {"waived": each.waived or None, "fingerprint": known}
        for each, known in zip(found, fingerprints(found, base), strict=True)
    ]


def report(register: Register, made: Report, base: Base) -> Iterator[str]:
    """Give the findings and the tally of `check`; `base` makes the fingerprints the same anywhere.

    `column` is 0 and `place` is "" but for documents.
    """
    yield from document(
        register=register.path,
        findings=_findings(made.findings, base),
        tally=dict(made.tally),
    )


def comparison(
    found: Comparison, revisions: tuple[Revision | None, Revision | None], base: Base
) -> Iterator[str]:
    """Give what `diff` found; `revisions` are those of the two sides, None for what is on disk.

    `old` and `new` of a finding are what it was and is, null on a side without it; `editions` are
    there where the sources were issued at different times.
    """
    sides = zip((found.old, found.new), revisions, found.reports, strict=True)
    old, new = (
        {
            "register": register.path,
            "revision": at and at.name,
            "commit": at and at.commit,
            "tally": dict(made.tally),
        }
        for register, at, made in sides
    )
    was, now = (
        dict(zip(made.findings, _findings(made.findings, base), strict=True))
        for made in found.reports
    )
    yield from document(
        old=old,
        new=new,
        figures=_rows(found.figures),
        relations=_rows(found.relations),
        sources=_rows(found.sources),
        findings=[
            {
                "state": each.state,
                "old": each.old and was[each.old],
                "new": each.new and now[each.new],
            }
            for each in found.findings
        ],
        tally={state: len(found.of(state)) for state in STATES},
    )


def _rows(rows: Rows) -> dict[str, Any]:
    return {
        "added": list(rows.added),
        "removed": list(rows.removed),
        "renamed": [{"old": old, "new": new} for old, new in rows.renamed],
        "changed": [
            each._asdict() | {"cells": [cell._asdict() for cell in each.cells]}
            for each in rows.changed
        ],
    }


def linted(
    register: Register,
    documents: Sequence[Linted],
    covered: Sequence[Coverage],
    failed: Sequence[str],
    base: Base,
) -> Iterator[str]:
    """Give every number of documents with what it is to the register, and the findings.

    `start` and `end` count the characters of the document; `unreadable` has what is wrong with
    documents that could not be read, `faults` is how many the files of the register have.
    `coverage` is there where it was asked for.
    """
    from figurecheck.stating import STATUSES

    told = {"coverage": [each._asdict() for each in covered]} if covered else {}
    yield from document(
        register=register.path,
        quantities=[each for one in documents for each in _quantities(one)],
        findings=_findings([each for one in documents for each in one.findings], base),
        tally={
            status: sum(each.tally[status] for each in documents)
            for status in (*STATUSES, "set_aside")
        },
        documents=[{"path": each.document.path, "tally": dict(each.tally)} for each in documents],
        unreadable=list(failed),
        faults=len(register.faults),
        **told,
    )


def _quantities(one: Linted) -> list[dict[str, Any]]:
    from figurecheck.document import REASONS

    path = one.document.path
    stated = [
        {
            **_passage(path, each.mention),
            "status": each.status,
            "figure": each.figure,
            "others": list(each.others),
            "near": each.near,
            "proof": each.proof,
            "diagnosis": each.diagnosis,
            "reason": each.reason,
        }
        for each in one.statings
    ]
    aside = [
        {
            **_passage(path, each),
            "status": "set_aside",
            "figure": "",
            "others": [],
            "near": "",
            "proof": "",
            "diagnosis": "",
            "reason": REASONS[each.reason],
        }
        for each in one.document.set_aside
    ]
    return sorted((*stated, *aside), key=lambda each: (each["start"], each["end"]))


def _passage(path: str, each: Passage) -> dict[str, Any]:
    return {
        "path": path,
        "place": each.place,
        "line": each.line,
        "column": each.column,
        "start": each.start,
        "end": each.end,
        "text": each.text,
    }


def _derived(each: Derived) -> dict[str, Any]:
    narrow, wide = each.amount.printed
    return {
        "id": each.id,
        "concept": each.concept,
        "formula": each.symbols,
        "numbers": each.numbers,
        "words": each.words,
        "widest": each.widest,
        "narrow": ends(narrow),
        "wide": ends(wide),
        "unit": each.unit.name if each.unit else "",
        "tight": each.narrow.tight and each.wide.tight,
        "inputs": list(each.inputs),
        "sources": [source.key for source in each.sources],
    }


def derived(
    register: Register, found: Sequence[Derived], refused: Mapping[str, Refused]
) -> Iterator[str]:
    """Give derived quantities, each in its unit, and what was refused and why."""
    reasons = [
        {"id": name, "code": each.code, "reason": str(each)} for name, each in refused.items()
    ]
    return document(
        register=register.path, derived=[_derived(each) for each in found], refused=reasons
    )


def _shown(register: Register, each: Figure | Derived | Relation) -> dict[str, Any]:
    if isinstance(each, Figure):
        read = None if each.unreadable else _reading(each.reading)
        return {column: cell(each, column) for column in COLUMNS} | {"reading": read}
    if isinstance(each, Derived):
        return _derived(each)
    judged = each.statement and each.check and judgement_of(each.statement, register.amounts)
    return {
        "id": each.id,
        "statement": each.text,
        "label": each.label,
        "concept": each.concept,
        "note": each.note,
        "outcome": judged.outcome if judged else None,
        "proof": judged.proof if judged else None,
    }


def shown(register: Register, name: str | None) -> Iterator[str]:
    """Give one figure, derived quantity or relation, or all of them.

    `same_value` has all others that print the value of one figure; `differs` has for each thing in
    which another differs what is stated here and what there, "" for nothing.
    """
    if name is not None:
        found = entry(register, name)
        alike = equals(register, found) if isinstance(found, Figure) else []
        return document(
            register=register.path,
            entry=_shown(register, found),
            same_value=[_equal(each) for each in alike],
        )
    return document(
        register=register.path,
        figures=[_shown(register, each) for each in register.values()],
        derived=[_shown(register, each) for each in register.derivations.derived.values()],
        relations=[_shown(register, each) for each in register.relations],
    )


def _equal(each: Equal) -> dict[str, Any]:
    figure = each.figure
    return {
        "id": figure.id,
        "reported": figure.reported,
        "repeats": figure.repeats,
        "differs": dict(each.unlike),
    }


def rules(found: Sequence[Rule]) -> Iterator[str]:
    """Give what the rules ask."""
    return document(
        rules=[
            {
                "code": each.code,
                "law": each.law,
                "message": each.message,
                "documentation": each.documentation,
            }
            for each in found
        ]
    )
