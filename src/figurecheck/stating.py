"""What a quantity of a document is to a figure: its number, perhaps hedged or rounded otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from figurecheck.derivation import Derived
from figurecheck.figures import Figure
from figurecheck.quotation import (
    REVERSED,
    SIDE,
    changed_qualifier,
    finer,
    may_meet,
    meet,
    only_a_tie,
    says_less,
)
from figurecheck.topic import Fact, Heard, Printed, digits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figurecheck.context import Context
    from figurecheck.document import Mention

STATED, DERIVED, CONTRADICTS, QUALIFIER, PRECISION, UNSOURCED = STATUSES = (
    "stated",
    "derived",
    "contradicts",
    "qualifier",
    "precision",
    "unsourced",
)
"""What a quantity of a document is to a register."""

SURE = Fraction(1)
MOSTLY = Fraction(3, 4)
PRECISE = 3
"""So much of what a figure is called is said, and so many digits are printed, to be sure."""


@dataclass(frozen=True, slots=True)
class Stating:
    """A quantity of a document beside a register.

    `figure` is the id of the figure or derived quantity that it states or contradicts, "" where
    there is none; `others` are further ones of the same number. `near` is the one that an unsourced
    number is near to, and not held against. `proof` has the numbers, `offers` what was probably
    meant, most likely first, `reason` what else is to be said. `base` is what a share is said to be
    of, where that is another. `stretched`: only if a word is stretched; `reversed`: its bound is
    the other way.
    """

    mention: Mention
    status: str
    figure: str = ""
    others: tuple[str, ...] = ()
    near: str = ""
    proof: str = ""
    offers: tuple[str, ...] = ()
    reason: str = ""
    base: str = ""
    stretched: bool = False
    reversed: bool = False

    @property
    def diagnosis(self) -> str:
        return "; ".join(self.offers)

    @property
    def change(self) -> str:
        """What has become of the hedge or bound, to be followed by "of ..."."""
        return lost(self.reason)


class Fit(NamedTuple):
    """How far a number is that of a figure: a status, and what has changed; "" where it is not."""

    status: str
    what: str = ""
    stretched: bool = False

    @property
    def sure(self) -> bool:
        """Whether it is, and no word has to be stretched."""
        return bool(self.status) and not self.stretched


def fit(fact: Fact, own: Printed) -> Fit:
    """Give how far a printed number is that of a figure or a derived quantity.

    A number with fewer digits is, and so is a bound that the figure satisfies.
    """
    if not isinstance(fact.of, Figure):
        return Fit("" if own.amount.narrow.disjoint(fact.amount.narrow) else DERIVED)
    if says_less(own.figure, fact.of):
        return Fit(STATED)
    mine, its = own.figure.reading, fact.of.reading
    if mine.stated == its.stated and changed_qualifier(own.figure, fact.of) == REVERSED:
        return Fit(QUALIFIER, REVERSED)
    possible = may_meet(mine, its) and not only_a_tie(mine, its)
    ranges = mine.value is None, its.value is None
    if ranges[0] != ranges[1] or not meet(mine, its):
        said = {(True, False): "it is one of a range", (False, True): "the source has a range"}
        what = said.get(ranges, "only if a word is stretched")
        return Fit(STATED, what, stretched=True) if possible else Fit("")
    converted = own.spoken is not None and own.spoken.factor != own.unit.factor
    return Fit(STATED) if converted else _as_printed(own.figure, fact.of)


def _as_printed(own: Figure, theirs: Figure) -> Fit:
    """Give how far two prints that can be of one number say the same of it."""
    mine, its = own.reading, theirs.reading
    change, same = changed_qualifier(own, theirs), mine.stated == its.stated
    if its.qualifier in SIDE and not same:
        return Fit("" if change else STATED)
    if finer(mine, its):
        return Fit(PRECISION if its.value is not None and its.unit != "fraction" else "")
    return Fit(QUALIFIER, change) if change else Fit(STATED)


def apart(fact: Fact, own: Printed) -> bool:
    """Tell whether no value that a number may stand for is one of a figure, but for a tie."""
    disjoint = all(own.amount.wide.disjoint(each.wide) for each in fact.amount.ways)
    return disjoint or in_a_tie(fact, own)


def in_a_tie(fact: Fact, own: Printed) -> bool:
    return isinstance(fact.of, Figure) and only_a_tie(own.figure.reading, fact.of.reading)


class Candidate(NamedTuple):
    """A figure that a number may state, and how well what is said fits; the least ranks first."""

    fact: Fact
    fit: Fit
    heard: Heard

    @property
    def clashes(self) -> bool:
        return bool(self.heard.clash or self.heard.base)

    @property
    def place(self) -> tuple[object, ...]:
        """What ranks it; those of one place are not told apart by what is said."""
        heard = self.heard
        fits, covered = heard.when + heard.where, heard.covered + heard.beside
        return (self.clashes, self.fit.stretched, -fits, -covered)

    @property
    def rank(self) -> tuple[object, ...]:
        repeats = isinstance(self.fact.of, Figure) and bool(self.fact.of.repeats)
        return (*self.place, STATUSES.index(self.fit.status), -self.heard.evidence, repeats)


class Number(NamedTuple):
    """A quantity of a document, what is said around it, and the figures whose number it may be.

    `beside` has the quantities of its sentence that are near it, `whole` is what the one before it
    is found to state.
    """

    mention: Mention
    context: Context
    candidates: list[Candidate]
    beside: Sequence[Mention] = ()
    whole: Fact | None = None

    def part_of_another(self, fact: Fact) -> bool:
        """Tell whether it counts a part, "of them", of what is no whole of a figure."""
        concept = self.whole.subject.concept if self.whole else ""
        inside = bool(concept) and f"{fact.subject.concept}/".startswith(f"{concept}/")
        return self.context.partial and not inside

    @property
    def digits(self) -> int:
        return digits(self.mention.reading)


class Choice(NamedTuple):
    """A number, the figure chosen for it, and the ids of what its sentence states otherwise."""

    number: Number
    best: Candidate | None
    taken: frozenset[str]


def lost(change: str) -> str:
    return change.replace("its ", "the ")


def sentence_of(mention: Mention) -> tuple[int, str]:
    return id(mention.block), mention.sentence


def of_another_thing(mention: Mention, fact: Fact, but: str) -> Stating:
    """Give that a number is that of a figure, but what is said is not of that."""
    reason = f"it is the number of {fact.id}, but {but}"
    return Stating(mention, UNSOURCED, near=fact.id, reason=reason)


def beside(mention: Mention, fact: Fact) -> str:
    return f"'{' '.join(mention.text.split())}' is printed, the source has '{fact.text}'"


def moves_alike(fact: Fact, context: Context) -> bool:
    """Tell whether a text that speaks of a change may be of a figure; "inflation" needs no verb."""
    return fact.change or not context.change or context.cell or isinstance(fact.of, Derived)
