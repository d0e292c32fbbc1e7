"""Derived quantities: what figures imply, with unit, bounds, formula and sources."""

from __future__ import annotations

import operator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from figurecheck.display import Display, Displayed
from figurecheck.figures import POINTS, Amount, Figure, Source
from figurecheck.formula import (
    GREATEST_EXPONENT,
    LONGEST,
    QUOTED,
    Formula,
    Node,
    Statement,
    StatementError,
    Term,
    multiplied,
    near,
    number,
    statement,
)
from figurecheck.operand import NotLoaded, Operand
from figurecheck.relation import UnlikeUnits, measures, worded
from figurecheck.units import Unit, unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from figurecheck.finding import Finding
    from figurecheck.formula import Range
    from figurecheck.operand import Deriving
    from figurecheck.relation import Relation


class Refused(ValueError):
    """A quantity that cannot be derived, with the reason; `code` names the rule that refuses it."""

    def __init__(self, reason: str, code: str = "") -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True, slots=True, repr=False)
class Derived(Operand, Displayed):
    """A derived quantity: bounds in base units of `unit`, and where its numbers come from.

    `found` is what the rules were found to say of its inputs side by side, before its concept was
    stated; None where nobody has asked them.
    """

    id: str
    statement: Statement
    concept: str
    inputs: Mapping[str, Figure | Derived]
    narrow: Range
    wide: Range
    unit: Unit | None
    found: tuple[Finding, ...] | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return self.words

    def __repr__(self) -> str:
        return f"<Derived {self.id or self.symbols}: {self.words}>"

    def of(self, concept: str) -> Derived:
        """Give the same quantity and say what it is a number of, as unlike concepts ask for."""
        return replace(self, concept=concept)

    @property
    def deriving(self) -> Deriving | None:
        known = (each.deriving for each in parts(self) if isinstance(each, Figure))
        return next(filter(None, known), None)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules of FC4 say of putting its inputs side by side, untestable or waived too.

        A stated concept settles FC404. Raises NotLoaded for figures made by hand.
        """
        found = self.found
        if found is None:
            if self.deriving is None:
                message = "figures made by hand; those of figurecheck.load(...) can be looked at"
                raise NotLoaded(message)
            found = self.deriving.findings(self)
        reason = f"it is stated to be {self.concept}"
        return tuple(
            replace(each, waived=reason) if self.concept and each.code == "FC404" else each
            for each in found
        )

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
        figures = [each for each in parts(self) if isinstance(each, Figure)]
        found = {source.key: source for each in figures for source in each.sources}
        return tuple(found.values())

    @property
    def exactly(self) -> Fraction:
        """The value in its unit where its bounds leave only one; else raises ValueError."""
        low, high = self.amount.printed[1].lower, self.amount.printed[1].upper
        if low is None or low != high:
            message = f"'{self.words}' is no single value; use .narrow and .wide"
            raise ValueError(message)
        return low

    @property
    def quantity(self) -> Any:
        """The value as a pint quantity; raises ValueError where it is not one value of a unit."""
        if self.unit is None:
            message = f"'{self.symbols}' has no unit that its inputs name"
            raise ValueError(message)
        return self.unit.quantity(self.exactly)

    @property
    def whole(self) -> Fraction | None:
        """How much of its unit is all of something; None where its unit is not one of shares."""
        of_something = self.unit and self.unit.dimensionless and self.unit.name not in POINTS
        return 1 / self.unit.factor if self.unit and of_something else None

    @property
    def said(self) -> Mapping[str, Callable[[], str]]:
        """The texts that a format specification names."""
        return {
            "cite": lambda: "; ".join(each.citation for each in self.sources),
            "id": lambda: self.id or self.symbols,
            "label": lambda: self.id or self.symbols,
            "unit": lambda: self.unit.name if self.unit else "",
            "reading": lambda: self.words,
        }

    @property
    def display(self) -> Display:
        """What a notebook shows of it: its bounds, where they come from, and what rules say."""
        shown = {
            "bounds": self.words,
            "at the widest": self.widest if self.widest != self.words else "",
            "formula": self.symbols,
            "numbers": self.numbers,
            "concept": self.concept,
            "sources": "; ".join(each.citation for each in self.sources),
        }
        rows = [(name, text) for name, text in shown.items() if text]
        if self.deriving is None:
            notes = ["not looked at: whether these figures may be put side by side"]
        else:
            notes = [
                "; ".join(
                    filter(
                        None,
                        (f"{each.code} {each.outcome}: {each.message}", each.proof, each.waived),
                    )
                )
                for each in self.findings
            ]
        return Display(f"Derived quantity {self.id}".strip(), ("", ""), rows, notes)


Input = Figure | Derived


def parts(*operands: object) -> list[Input]:
    """Give the figures and derived quantities among operands and behind these, each once."""
    found: dict[int, Input] = {}
    waiting = list(operands[::-1])
    while waiting:
        part = waiting.pop()
        if isinstance(part, Figure | Derived) and id(part) not in found:
            found[id(part)] = part
            waiting += list(part.inputs.values())[::-1] if isinstance(part, Derived) else ()
    return list(found.values())


_OPERATIONS: dict[str, Callable[[Term, Term], Term]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


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
    strange: bool = False,
) -> Derived:
    """Give the quantity that a formula derives from figures, and from quantities derived before.

    Raises Refused where an input is missing or cannot be read, where unlike units are added, where
    a divisor may be zero, or where a quotient of different top concepts has no stated concept, if
    it is not to be given all the same, `strange` as it is.
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
        if not concept and not strange:
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
    if shown is not None and shown.name == "percent" and _apart(stated, inputs):
        shown = unit("percentage_point")
    return Derived(stated.target, stated, concept, inputs, narrow, wide, shown)


def _shown_in(measured_in: Unit | None, narrow: Range, calls: Sequence[str]) -> Unit | None:
    """Give the unit to show a result in: a pure number below one, or a share, is in per cent."""
    if measured_in is None or measured_in.dimension or measured_in.factor != 1:
        return measured_in
    low, high = narrow.interval.lower, narrow.interval.upper
    small = low is not None and high is not None and low > -1 and high < Fraction(1)
    return unit("percent") if small or {"share", "change"} & set(calls) else measured_in


def _apart(stated: Statement, inputs: Mapping[str, Input]) -> bool:
    """Tell whether it is how far two shares are apart, and not what is left of a whole.

    "100 % - men" is a share again, and so is a share less that of a part of it.
    """
    *_, last = steps = stated.left.steps
    if last.kind != "-":
        return False
    one, other = steps[last.left], steps[last.right]
    if stated.calls[-1:] == ("points",):
        return not (one.kind == "name" and other.kind == "-")
    if not {one.kind, other.kind}.isdisjoint({"number", "+", "-"}):
        return False
    left, right = inputs.get(str(one.value)), inputs.get(str(other.value))
    if not (isinstance(left, Figure) and isinstance(right, Figure) and left.share):
        return True
    alike = [(each.base, each.place, each.period) for each in (left, right)]
    return alike[0] != alike[1] or not right.concept.startswith(f"{left.concept}/")


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


def combined(
    sign: str, left: Input | Fraction, right: Input | Fraction, concept: str = ""
) -> Derived:
    """Give what an operation derives from figures, derived quantities and exact numbers.

    It is what `derive` gives for its formula, which is in figures alone; one that has the id of
    another is named after it, "x_2". Raises as `derive` does, but not for unlike concepts.
    """
    writer = _Writer()
    try:
        one, other = writer.term(left), writer.term(right)
    except RecursionError:
        message = "derived through too many quantities; derive it from nearer ones"
        raise StatementError(message) from None
    if sign == "**":
        done = one ** _exponent(right)
    elif sign == "neg":
        done = -one
    elif sign == "+" and 0 in (left, right):
        done = other if left == 0 else one
    else:
        done = _OPERATIONS[sign](one, other)
    formula = multiplied(Formula(tuple(writer.steps)).part(done.index))
    text = formula.words() if formula.spread <= LONGEST else ""
    if not 0 < len(text) <= LONGEST:
        message = f"a formula of more than {LONGEST:,} characters; derive the parts of it"
        raise StatementError(message)
    stated = Statement(text, "", formula, None, formula, tuple(writer.calls))
    return derivation(stated, writer.inputs, concept=concept, strange=True)


class _Writer:
    """Writes operands down in the steps of one formula, in figures alone, each once."""

    def __init__(self) -> None:
        self.inputs: dict[str, Figure] = {}
        self.steps: list[Node] = []
        self.calls: list[str] = []
        self.done: dict[int, Term] = {}

    def term(self, each: Input | Fraction) -> Term:
        if id(each) not in self.done:
            self.done[id(each)] = self._term(each)
        return self.done[id(each)]

    def _term(self, each: Input | Fraction) -> Term:
        if isinstance(each, Fraction):
            return number(self.steps, each)
        if isinstance(each, Figure):
            self.steps.append(Node("name", value=named(each, self.inputs)))
            return Term(self.steps, len(self.steps) - 1)
        names = {name: self.term(used) for name, used in each.inputs.items()}
        self.calls += each.statement.calls
        return each.statement.left.of(names, lambda value: number(self.steps, value))


def named(figure: Figure, figures: dict[str, Figure]) -> str:
    """Give the name of a figure among others, its id or that with a number; it is one of them."""
    numbered = (f"{figure.id}_{place}" for place in count(2))
    names = chain([figure.id], numbered)
    return next(name for name in names if figures.setdefault(name, figure) == figure)


def _exponent(value: Input | Fraction) -> int:
    if isinstance(value, Fraction) and value.denominator == 1 and abs(value) <= GREATEST_EXPONENT:
        return int(value)
    message = f"no exponent; wanted a whole number up to {GREATEST_EXPONENT}"
    raise StatementError(message)


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
