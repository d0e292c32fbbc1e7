"""What an appendix shows: figures, derived quantities, relations, findings and sources."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from figurecheck.finding import UNTESTABLE
from figurecheck.relation import judgement
from figurecheck.wording import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from figurecheck.confront import Report
    from figurecheck.derivation import Derived, Refused
    from figurecheck.figures import Figure, Source
    from figurecheck.finding import Finding
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
    """The model that every format is written from.

    `labels` holds what figures, relations and derived quantities are called, by id, where they are
    called anything; `names` a short name of every source, by key.
    """

    figures: tuple[Shown, ...]
    derived: tuple[Derived, ...]
    refused: Mapping[str, Refused]
    relations: tuple[Judged, ...]
    findings: tuple[Finding, ...]
    sources: tuple[Source, ...]
    tally: Mapping[str, int]
    labels: Mapping[str, str]
    names: Mapping[str, str]


def appendix(register: Register, report: Report) -> Appendix:
    """Give the appendix of a register and of what its check came to."""
    cited = {each.source_key for each in register.values()}
    cited |= {each.source for each in register.relations}
    sources = tuple(each for key, each in register.sources.items() if key in cited)
    return Appendix(
        tuple(_shown(each) for each in register.values()),
        tuple(register.derivations.derived.values()),
        register.derivations.refused,
        tuple(_judged(each, register) for each in register.relations if not each.derives),
        report.findings,
        sources,
        report.tally,
        _labels(register),
        _names(sources),
    )


def _shown(figure: Figure) -> Shown:
    if figure.unreadable is not None:
        return Shown(figure, str(figure.unreadable) if figure.reported else "not reported", "")
    unit = figure.measured_in.name if figure.measured_in else figure.unit
    reading = figure.reading
    return Shown(figure, words(reading.narrow, unit), words(reading.wide, unit))


def _judged(relation: Relation, register: Register) -> Judged:
    if relation.statement is None:
        return Judged(relation, UNTESTABLE, "the statement cannot be read")
    judged = judgement(relation.statement, register.amounts)
    return Judged(relation, judged.outcome, judged.proof)


def _labels(register: Register) -> dict[str, str]:
    labels = {each.id: each.label for each in register.rows}
    labels |= {each.statement.target: each.label for each in register.relations if each.statement}
    return {name: label for name, label in labels.items() if label}


def authors(source: Source) -> list[str]:
    """Give the names of those who wrote it."""
    named = (each.get("literal") or each.get("family") for each in source.entry.get("author", []))
    return [str(each) for each in named if each]


def _names(sources: Iterable[Source]) -> dict[str, str]:
    """Give authors and year, with the key where that does not tell two sources apart."""
    short = {each.key: _short(each) for each in sources}
    counts = Counter(short.values())
    return {key: name if counts[name] == 1 else f"{name} ({key})" for key, name in short.items()}


def _short(source: Source) -> str:
    first, *others = authors(source) or [source.key]
    return " ".join([first, *["et al."] * bool(others), *map(str, source.issued[:1])])
