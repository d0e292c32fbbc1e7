"""Registers in which every figure is true, and only print has rounded it."""

from __future__ import annotations

import csv
import io
import json
import math
from fractions import Fraction
from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from hypothesis import strategies as st

from figurecheck.register import Register, parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

from figurecheck.strategies.texts import drawn_of, style, text_of

HARDLY_EVER = (False,) * 11 + (True,)

T = TypeVar("T")

SOURCES = ("statistics_office", "agency", "newspaper")
COUNTS = ("person", "event", "household")
AMOUNTS = (*COUNTS, "USD")
SHARE = "percent"
WORLD, YEAR = "M49:001", 2023
COUNTRIES = "ITA FRA DEU ESP GRC POL NGA KEN GHA EGY IND NPL THA VNM BRA PER MEX CAN".split()
FIGURE_COLUMNS = ("id", "reported", "unit", "concept", "base", "place", "period", "source")

amounts = st.builds(
    lambda digits, power: Fraction(digits * 10**power), st.integers(1, 99_999), st.integers(0, 5)
)
percentages = st.builds(
    lambda part, rest: Fraction(100 * part, part + rest), st.integers(0, 999), st.integers(1, 999)
)


class Fact(NamedTuple):
    """A figure or a derived quantity: its true value in its unit, and the cells of what it is of.

    `subject` is empty for a derived quantity, and for a figure that does not say what it is of.
    """

    id: str
    unit: str
    value: Fraction
    subject: dict[str, str]


class Scribe:
    """Writes a register, relation by relation, and keeps what is true.

    A relation is of one fact that is known before, or of none, and of new ones. Two figures that
    say they are of one thing are one number, so that what is implied is true as well.
    """

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.figures: list[dict[str, str]] = []
        self.relations: list[dict[str, str]] = []
        self.facts: list[Fact] = []
        self.true: dict[str, Fraction] = {}
        self.countries = iter(COUNTRIES)

    def one_of(self, *choices: T) -> T:
        return drawn_of(self.draw, choices)

    def up_to(self, most: Fraction, *, least: int = 0) -> Fraction:
        """Draw a whole number that is not greater."""
        return Fraction(self.draw(st.integers(least, math.floor(most))))

    def figure(self, unit: str, value: Fraction, **subject: str) -> Fact:
        """Write a figure; now and then it is one that nobody reported."""
        name = f"f{len(self.figures)}"
        reported, source = text_of(self.draw, value, style(unit)), self.one_of(*SOURCES)
        printed = {} if self.one_of(*HARDLY_EVER) else {"reported": reported, "source": source}
        self.figures.append({"id": name, "unit": unit, **subject, **printed})
        self.true[name] = value
        self.facts.append(Fact(name, unit, value, subject))
        return self.facts[-1]

    def relation(self, statement: str) -> None:
        """Write a relation, with a concept, so that a quotient of two topics is of something."""
        name = f"r{len(self.relations)}"
        self.relations.append({"id": name, "statement": statement, "concept": f"topic_{name}"})

    def derived(self, unit: str, value: Fraction, formula: str) -> None:
        name = f"d{len(self.relations)}"
        self.relation(f"{name} = {formula}")
        self.facts.append(Fact(name, unit, value, {}))

    def known(self, *units: str, least: int = 0, most: float = math.inf) -> Fact:
        """Give a fact within the limits: one of those before, or a new figure."""
        before = [each for each in self.facts if each.unit in units and least <= each.value <= most]
        found = self.one_of(*before, None)
        if found:
            return found
        unit = self.one_of(*units)
        return self.new(unit, self.draw(percentages if unit == SHARE else amounts))

    def new(self, unit: str, value: Fraction) -> Fact:
        """Write a figure of something else; all that it is of is stated, or some, or nothing."""
        concept = {"concept": f"topic_{len(self.figures)}"}
        stated = concept | {"place": WORLD, "period": str(YEAR)}
        return self.figure(unit, value, **self.one_of({}, concept, stated, stated, stated))

    def part(self, whole: Fact, value: Fraction) -> Fact:
        """Write a part of a whole, of its concept or of its place, if those are stated."""
        if not whole.subject:
            return self.figure(whole.unit, value)
        concept = f"{whole.subject['concept']}/part_{len(self.figures)}"
        subjects = [whole.subject | {"concept": concept}] * 2
        if whole.subject.get("place") == WORLD:
            subjects += (whole.subject | {"place": each} for each in islice(self.countries, 1))
        return self.figure(whole.unit, value, **self.one_of(*subjects))

    def other_year(self, fact: Fact, value: Fraction) -> Fact:
        """Write a figure of the same thing in a year that no other figure is of."""
        year = str(YEAR - 1 - len(self.figures))
        subject = fact.subject | {"period": year} if "period" in fact.subject else {}
        return self.figure(fact.unit, value, **subject)

    def share(self, part: Fact, whole: Fact) -> Fact:
        """Write what share a part is of a whole, of a stated base where both say what they are."""
        subject: dict[str, str] = {}
        concept = whole.subject.get("concept", "")
        if concept and part.subject.get("concept", "").startswith(f"{concept}/"):
            subject = part.subject | {"base": self.one_of(whole.id, concept)}
        return self.figure(SHARE, 100 * part.value / whole.value, **subject)

    def register(self) -> Register:
        entries = [
            {"id": key, "type": "report", "title": key.replace("_", " ").capitalize()}
            for key in SOURCES
        ]
        return parsed(
            _table(FIGURE_COLUMNS, self.figures),
            _table(("id", "statement", "concept"), self.relations),
            json.dumps(entries),
        )


def _table(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _order(scribe: Scribe) -> None:
    """Write that one figure is less than another, or that a part is not more than its whole."""
    fact = scribe.known(*AMOUNTS)
    if scribe.one_of("more", "part") == "more":
        more = scribe.new(fact.unit, fact.value + scribe.draw(amounts))
        scribe.relation(scribe.one_of(f"{fact.id} < {more.id}", f"{more.id} > {fact.id}"))
    else:
        part = scribe.part(fact, scribe.up_to(fact.value))
        scribe.relation(scribe.one_of(f"{part.id} <= {fact.id}", f"{fact.id} >= {part.id}"))


def _equality(scribe: Scribe) -> None:
    """Write a second figure of the same thing."""
    fact = scribe.known(*AMOUNTS, SHARE)
    again = scribe.figure(fact.unit, fact.value, **fact.subject)
    scribe.relation(f"{again.id} == {fact.id}")


def _sum(scribe: Scribe) -> None:
    """Write a total of parts: the total is known before, or one of the parts."""
    fact = scribe.known(*AMOUNTS)
    others = range(scribe.one_of(1, 2, 3))
    if scribe.one_of("total", "part") == "total":
        total = fact
        cuts = sorted(scribe.up_to(total.value) for _ in others)
        ends = pairwise([Fraction(0), *cuts, total.value])
        parts = [scribe.part(total, high - low) for low, high in ends]
    else:
        parts = [fact, *(scribe.new(fact.unit, scribe.draw(amounts)) for _ in others)]
        total = scribe.new(fact.unit, sum((each.value for each in parts), Fraction(0)))
    names = [each.id for each in parts]
    called = scribe.one_of(" + ".join(names), f"total({', '.join(names)})")
    scribe.relation(f"{total.id} == {called}")


def _share(scribe: Scribe) -> None:
    """Write what share a part is of a whole: one of the three is known before."""
    role = scribe.one_of("whole", "whole", "part", "share")
    if role == "whole":
        whole = scribe.known(*AMOUNTS, least=1)
        part = scribe.part(whole, scribe.up_to(whole.value))
        share = scribe.share(part, whole)
    elif role == "part":
        part = scribe.known(*AMOUNTS)
        whole = scribe.new(part.unit, part.value + scribe.draw(amounts))
        share = scribe.share(part, whole)
    else:
        share = scribe.known(SHARE, most=100)
        times, unit = scribe.draw(st.integers(1, 999)), scribe.one_of(*COUNTS)
        exact = share.value / 100
        whole = scribe.new(unit, Fraction(exact.denominator * times))
        part = scribe.new(unit, Fraction(exact.numerator * times))
    s, p, w = share.id, part.id, whole.id
    stated = (f"{s} == share(part={p}, whole={w})", f"{s} * {w} == {p}", f"{s} == {p} / {w}")
    scribe.relation(scribe.one_of(*stated))


def _partition(scribe: Scribe) -> None:
    """Write shares that make up all of a whole."""
    first = scribe.known(SHARE, most=100)
    rest = 100 - first.value
    second = scribe.new(SHARE, rest * scribe.draw(percentages) / 100)
    third = scribe.new(SHARE, rest - second.value)
    whole = scribe.one_of("100 %", "1")
    scribe.relation(f"{first.id} + {second.id} + {third.id} == {whole}")


def _change(scribe: Scribe) -> None:
    """Write by how much a figure has changed."""
    if scribe.one_of("old", "new") == "old":
        old = scribe.known(*AMOUNTS, least=1)
        new = scribe.other_year(old, scribe.up_to(10 * old.value))
    else:
        new = scribe.known(*AMOUNTS)
        old = scribe.other_year(new, scribe.up_to(10 * new.value + 1, least=1))
    growth = scribe.figure(SHARE, 100 * (new.value / old.value - 1))
    scribe.relation(f"{growth.id} == change(new={new.id}, old={old.id})")


def _rate(scribe: Scribe) -> None:
    """Write how many there are for every thousand others."""
    if scribe.one_of("exposure", "events") == "exposure":
        exposure = scribe.known(*COUNTS, least=1)
        events = scribe.new(scribe.one_of(*COUNTS), scribe.up_to(exposure.value))
    else:
        events = scribe.known(*COUNTS)
        exposure = scribe.new(scribe.one_of(*COUNTS), events.value + scribe.draw(amounts))
    each = scribe.new("per_1000", 1000 * events.value / exposure.value)
    scribe.relation(f"{each.id} == rate(events={events.id}, exposure={exposure.id})")


def _product(scribe: Scribe) -> None:
    """Write what so many cost at so much for each."""
    count = scribe.known(*COUNTS)
    each = scribe.new(f"USD / {count.unit}", Fraction(scribe.draw(st.integers(1, 10**6)), 100))
    cost = scribe.new("USD", count.value * each.value)
    scribe.relation(f"{cost.id} == {count.id} * {each.id}")


def _derivation(scribe: Scribe) -> None:
    """Write a derived quantity, what a share comes to or what a part leaves."""
    whole = scribe.known(*AMOUNTS, least=1)
    value = scribe.up_to(whole.value)
    if scribe.one_of("product", "difference") == "product":
        share = scribe.figure(SHARE, 100 * value / whole.value)
        scribe.derived(whole.unit, value, f"{whole.id} * {share.id}")
    else:
        part = scribe.part(whole, value)
        scribe.derived(whole.unit, whole.value - value, f"{whole.id} - {part.id}")


RELATIONS = (
    _order,
    _equality,
    _sum,
    _share,
    _partition,
    _change,
    _rate,
    _product,
    _derivation,
)


@st.composite
def true_registers(
    draw: st.DrawFn, *, max_relations: int = 6
) -> tuple[Register, dict[str, Fraction]]:
    """Draw registers with the true value of every figure, in the figure's unit, by id.

    There is a relation, unless none is allowed, and they form trees: each is of new figures and at
    most one of those before. Sums, shares, changes, rates, orders and products are true of the
    values; so is what concepts, places and periods imply. Texts are drawn as by `reported_texts`,
    and some figures are reported by nobody.
    """
    scribe = Scribe(draw)
    scribe.known(*AMOUNTS)
    kinds = st.sampled_from(RELATIONS)
    some = st.lists(kinds, min_size=min(max_relations, 1), max_size=max_relations)
    for relation in draw(some):
        relation(scribe)
    return scribe.register(), scribe.true


def registers(*, max_relations: int = 6) -> st.SearchStrategy[Register]:
    """Draw registers in which every figure is true and only print has rounded them.

    No check may find them inconsistent; see `true_registers`, which also gives what is true.
    """
    return true_registers(max_relations=max_relations).map(lambda drawn: drawn[0])
