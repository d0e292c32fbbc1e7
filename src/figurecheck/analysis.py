"""A register in an analysis: its figures can be reckoned with, and the rules say what is unlike."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from figurecheck.derivation import Derivations, Derived, combined, named, parts
from figurecheck.figures import Figure, lenders
from figurecheck.finding import BORDERLINE, BROKEN
from figurecheck.formula import QUOTED
from figurecheck.register import Register
from figurecheck.register import load as read
from figurecheck.relation import Relation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction
    from pathlib import Path

    from figurecheck.derivation import Input
    from figurecheck.finding import Finding

USER = 4
"""So many calls above the warning stands the line with the operator."""


class UnlikeFigures(UserWarning):
    """Figures were put side by side that are not of one thing; `finding` says how."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding

    def __str__(self) -> str:
        told = [f"{self.finding.code}: {self.finding.message}", self.finding.proof]
        return "; ".join(filter(None, told))


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How a figure is combined with others: by formula, and under the rules of FC4.

    `lenders` are the figures that it takes its base, place and period from, by id.
    """

    lenders: Mapping[str, Figure]

    def __call__(
        self, sign: str, left: Input | Fraction, right: Input | Fraction, concept: str = ""
    ) -> Derived:
        """Give what an operation derives, and warn of what it newly puts side by side."""
        made = combined(sign, left, right, concept)
        behind = [each for each in parts(left, right) if isinstance(each, Derived)]
        known = [each for part in behind for each in part.findings]
        found = [_met(each, known) for each in self.findings(made)]
        made = replace(made, found=tuple(each for each, _ in found))
        news = {finding for finding, new in found if new}
        for each in made.findings:
            if each in news and each.outcome in {BROKEN, BORDERLINE} and not each.waived:
                warnings.warn(UnlikeFigures(each), stacklevel=USER)
        return made

    def findings(self, derived: Derived) -> tuple[Finding, ...]:
        """Give what the rules of FC4 say of a derived quantity, whatever its concept."""
        from figurecheck.confront import check

        return check(_beside(derived), select=["FC4"], waivers=False).findings


def _met(finding: Finding, known: list[Finding]) -> tuple[Finding, bool]:
    """Give a finding, waived as the one that says all of it already, and whether there is none."""
    for each in known:
        if _kind(each) == _kind(finding) and _told(finding) <= _told(each):
            return replace(finding, waived=each.waived), False
    return finding, True


def _kind(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.message.removeprefix(finding.figure)


def _told(finding: Finding) -> set[str]:
    """Give what its proof says of the figures, whichever they are."""
    return {part.partition(" ")[2] for part in finding.proof.split("; ")}


def _beside(derived: Derived) -> Register:
    """Give a register of the inputs of a derived quantity, and of the relation that it is."""
    names = {name: each for name, each in derived.inputs.items() if isinstance(each, Figure)}
    rows = []
    for name, figure in dict(names).items():
        lent = figure.deriving.lenders if isinstance(figure.deriving, Reckoning) else {}
        called = {each.id: named(each, names) for each in lent.values()} | {figure.id: name}
        rows += [(each, called) for each in (figure, *lent.values())]
    figures = {called[each.id]: _renamed(each, called, names) for each, called in rows}
    text = derived.symbols
    shown = text if len(text) <= QUOTED else f"{text[:QUOTED]}..."
    stated = replace(derived.statement, operator="=", target=shown)
    made = Register(figures, [Relation(shown, text, stated)])
    made.derivations = Derivations({shown: derived}, {})
    return made


def _renamed(figure: Figure, called: Mapping[str, str], others: Mapping[str, Figure]) -> Figure:
    """Give a figure with ids as they are called here; itself where all are called so.

    A base that is a concept, though a figure of another register is called so, ends in a slash.
    """
    base = called.get(figure.base, f"{figure.base}/" if figure.base in others else figure.base)
    name, repeats = called[figure.id], called.get(figure.repeats, "")
    if (name, base, repeats) == (figure.id, figure.base, figure.repeats):
        return figure
    return replace(figure, id=name, base=base, repeats=repeats)


def reckonable(register: Register) -> Register:
    """Give the register with figures that can be reckoned with."""
    alone = Reckoning({})
    figures = {}
    for name, figure in register.items():
        lent = {each.id: each for each in lenders(figure, register) if each is not figure}
        figures[name] = replace(figure, deriving=Reckoning(lent) if lent else alone)
    files = register.relations, register.sources, register.faults, register.path
    made = Register(figures, *files, archive=register.archive)
    made.headers = register.headers
    return made


def load(
    path: str | Path | None = None, *, texts: str | Path | None = None, rounding: str = ""
) -> Register:
    """Give the register at a path: a folder, or its figures.csv; without one, the nearest upwards.

    Where there is none up to the root, the register that ships with figurecheck. `texts` is a
    folder with the archived texts of sources, each as its key with `.txt`; `rounding` is how the
    sources that do not say so round. Its figures can be reckoned with: `register["a"] *
    register["b"]`. Raises RegisterError where a file is missing or cannot be read as a table.
    """
    return reckonable(read(path, texts=texts, rounding=rounding))
