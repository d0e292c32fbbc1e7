"""What an appendix shows: figures, derived quantities, relations, findings and sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from figurecheck.relation import judgement
from figurecheck.wording import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from figurecheck.confront import Report
    from figurecheck.derivation import Derived, Refused
    from figurecheck.figures import Figure, Source
    from figurecheck.finding import Finding
    from figurecheck.formula import Statement
    from figurecheck.register import Register
    from figurecheck.relation import Relation


class Shown(NamedTuple):
    """A figure with its intervals in words; `narrow` says why where it cannot be read."""

    figure: Figure
    narrow: str
    wide: str


class Judged(NamedTuple):
    """A declared relation with its verdict and proof line."""

    relation: Relation
    outcome: str
    proof: str


@dataclass(frozen=True, slots=True)
class Appendix:
    """The model that every format is written from."""

    figures: tuple[Shown, ...]
    derived: tuple[Derived, ...]
    refused: Mapping[str, Refused]
    relations: tuple[Judged, ...]
    findings: tuple[Finding, ...]
    sources: tuple[Source, ...]
    tally: Mapping[str, int]


def appendix(register: Register, report: Report) -> Appendix:
    """Give the appendix of a register and of what its check came to."""
    cited = {each.source_key for each in register.values()}
    return Appendix(
        tuple(_shown(each) for each in register.values()),
        tuple(register.derivations.derived.values()),
        register.derivations.refused,
        tuple(
            _judged(each, each.statement, register)
            for each in register.relations
            if each.check and each.statement is not None
        ),
        report.findings,
        tuple(each for key, each in register.sources.items() if key in cited),
        report.tally,
    )


def _shown(figure: Figure) -> Shown:
    if figure.unreadable is not None:
        return Shown(figure, str(figure.unreadable) if figure.reported else "not reported", "")
    unit = figure.measured_in.name if figure.measured_in else figure.unit
    reading = figure.reading
    return Shown(figure, words(reading.narrow, unit), words(reading.wide, unit))


def _judged(relation: Relation, stated: Statement, register: Register) -> Judged:
    judged = judgement(stated, register.amounts)
    return Judged(relation, judged.outcome, judged.proof)
