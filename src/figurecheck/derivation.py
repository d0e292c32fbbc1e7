"""Derived quantities: what figures imply, with unit, bounds, formula and sources."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from figurecheck.figures import Amount, Figure, Source
from figurecheck.formula import QUOTED, Statement, StatementError, near, statement
from figurecheck.relation import UnlikeUnits, measures, worded
from figurecheck.units import Unit, unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from figurecheck.formula import Formula, Range
    from figurecheck.relation import Relation


class Refused(ValueError):
    """A quantity that cannot be derived, with the reason; `code` names the rule that refuses it."""

    def __init__(self, reason: str, code: str = "") -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True, slots=True)
class Derived:
    """A derived quantity: bounds in base units of `unit`, and where its numbers come from."""

    id: str
    statement: Statement
    concept: str
    inputs: Mapping[str, Figure | Derived]
    narrow: Range
    wide: Range
    unit: Unit | None

    def __str__(self) -> str:
        return f"{self.id or self.symbols} = {self.words}"

    @property
    def amount(self) -> Amount:
        return Amount(self.words, self.narrow.interval, self.wide.interval, self.unit)

    @property
    def words(self) -> str:
        """The bounds in words, rounded outward."""
        return worded(self.narrow, self.unit)

    @property
    def widest(self) -> str:
        return worded(self.wide, self.unit)

    @property
    def symbols(self) -> str:
        """The formula in the names of its inputs."""
        return self.statement.left.words()

    @property
    def numbers(self) -> str:
        """The formula with the numbers put in."""
        texts = {
            name: each.reading.text if isinstance(each, Figure) else each.words
            for name, each in self.inputs.items()
        }
        return self.statement.left.words(texts, times="x")

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source that an input stands in, each once."""
        found: dict[str, Source] = {}
        for each in self.inputs.values():
            origins = each.sources if isinstance(each, Derived) else (each.source,)
            found |= {source.key: source for source in origins if source is not None}
        return tuple(found.values())


Input = Figure | Derived


def strange_quotients(
    formula: Formula, figures: Mapping[str, Input]
) -> Iterator[tuple[Input, Input]]:
    """Give every quotient of figures whose top concepts are stated and differ."""
    for kind, left, right, *_ in formula.steps:
        if kind != "/":
            continue
        above, below = (
            [figures[name] for name in formula.part(side).names if name in figures]
            for side in (left, right)
        )
        for dividend in above:
            for divisor in below:
                tops = {each.concept.partition("/")[0] for each in (dividend, divisor)}
                if "" not in tops and len(tops) > 1:
                    yield dividend, divisor


def derivation(
    stated: Statement,
    known: Mapping[str, Input],
    *,
    concept: str = "",
) -> Derived:
    """Give the quantity that a formula derives from figures, and from quantities derived before.

    Raises Refused where an input is missing or cannot be read, where unlike units are added, where
    a divisor may be zero, or where a quotient of different top concepts has no stated concept.
    """
    formula = stated.left
    inputs: dict[str, Input] = {}
    for name in formula.names:
        if name not in known:
            message = f"no figure '{name}'{near(name, list(known))}"
            raise Refused(message, "FC008")
        inputs[name] = known[name]
    amounts = {name: each.amount for name, each in inputs.items() if each.amount is not None}
    missing = [name for name in formula.names if name not in amounts]
    if missing:
        message = f"{', '.join(missing)}: nothing that can be read is reported"
        raise Refused(message, "FC001")
    for dividend, divisor in strange_quotients(formula, known):
        if not concept:
            message = (
                f"{dividend.id} is of {dividend.concept}, {divisor.id} of {divisor.concept}; "
                "their quotient needs a stated concept: what would it be a number of"
            )
            raise Refused(message, "FC404")
    try:
        measured_in = measures(formula, amounts)[-1].unit
    except UnlikeUnits as unlike:
        message = f"it adds {unlike}"
        raise Refused(message, "FC405") from None
    narrow, wide = (
        formula.range({name: getattr(each, width) for name, each in amounts.items()})
        for width in ("narrow", "wide")
    )
    if not (narrow.defined and wide.defined):
        message = "a divisor may be zero"
        raise Refused(message)
    shown = _shown_in(measured_in, narrow, stated.calls)
    return Derived(stated.target, stated, concept, inputs, narrow, wide, shown)


def _shown_in(measured_in: Unit | None, narrow: Range, calls: Sequence[str]) -> Unit | None:
    """Give the unit to show a result in: a pure number below one, or a share, is in per cent."""
    if measured_in is None or measured_in.dimension or measured_in.factor != 1:
        return measured_in
    low, high = narrow.interval.lower, narrow.interval.upper
    small = low is not None and high is not None and low > -1 and high < Fraction(1)
    return unit("percent") if small or {"share", "change"} & set(calls) else measured_in


def derive(figures: Mapping[str, Input], text: str, *, concept: str = "") -> Derived:
    """Give the quantity that a formula, as `a * b` or `name = a * b`, derives from figures.

    Bounds are exact and outward; `concept` says what the quantity is a number of, which a quotient
    of different top concepts needs. Raises StatementError for a text that is no formula, Refused
    where nothing can be derived.
    """
    stated = statement(text)
    if stated.right is not None and stated.operator != "=":
        message = f"{text[:QUOTED]!r} compares; wanted a formula, or name = formula; see 'judge'"
        raise StatementError(message)
    return derivation(stated, figures, concept=concept)


@dataclass(frozen=True, slots=True)
class Derivations:
    """The derived quantities of a register, and what was refused and why, by relation id."""

    derived: Mapping[str, Derived]
    refused: Mapping[str, Refused]


def derivations(figures: Mapping[str, Figure], relations: Sequence[Relation]) -> Derivations:
    """Give every derived quantity, each after those that it uses; a cycle is refused."""
    asked = {each.statement.target: each for each in relations if each.derives and each.statement}
    uses = {name: {used for used in each.names if used in asked} for name, each in asked.items()}
    users: dict[str, list[str]] = {name: [] for name in asked}
    for name, used in uses.items():
        for each in used:
            users[each].append(name)
    known: dict[str, Input] = dict(figures)
    refused: dict[str, Refused] = {}
    ready = [name for name, used in uses.items() if not used]
    for name in ready:
        try:
            known[name] = _derived(asked[name], known, refused)
        except Refused as refusal:
            refused[name] = refusal
        for user in users[name]:
            uses[user].discard(name)
            if not uses[user]:
                ready.append(user)
    for name in asked.keys() - set(ready):
        others = ", ".join(sorted(uses[name]))
        refused[name] = Refused(f"it stands in a circle with {others}", "FC014")
    derived = {name: known[name] for name in asked if name not in refused}
    return Derivations(
        {name: each for name, each in derived.items() if isinstance(each, Derived)},
        {name: refused[name] for name in asked if name in refused},
    )


def _derived(
    relation: Relation, known: Mapping[str, Input], refused: Mapping[str, Refused]
) -> Derived:
    failed = [name for name in relation.names if name in refused]
    if relation.statement is None or failed:
        message = f"its input {', '.join(failed)} is refused"
        raise Refused(message)
    return derivation(relation.statement, known, concept=relation.concept)
