"""Which figure of a register each quantity of a document states, and how far it is that number."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain, groupby
from typing import TYPE_CHECKING

from figurecheck.context import Surroundings
from figurecheck.contradiction import Contradictions, Lines, of_another_base
from figurecheck.derivation import Derived
from figurecheck.figures import POINTS, Figure
from figurecheck.kinship import of_one_thing
from figurecheck.nearest import nearest, said_of_another
from figurecheck.quotation import REVERSED
from figurecheck.reserve import hedged
from figurecheck.slip import turned, unit_slip
from figurecheck.stating import (
    DERIVED,
    PRECISE,
    PRECISION,
    QUALIFIER,
    STATED,
    SURE,
    UNSOURCED,
    Candidate,
    Choice,
    Fit,
    Number,
    Stating,
    apart,
    beside,
    fit,
    lost,
    moves_alike,
    of_another_thing,
    sentence_of,
)
from figurecheck.topic import HALF, Fact, Facts, Printed, may_be_meant, printed, printed_for, within
from figurecheck.vocabulary import MOVES

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from figurecheck.context import Context
    from figurecheck.document import Document, Mention
    from figurecheck.reading import Reading

FINE = Fraction(1, 20)
LOOK_BACK = 6
"""So many numbers back is what "a year earlier" follows, and what a quantity is derived from."""


def statings(facts: Facts, document: Document) -> list[Stating]:
    """Give for each quantity of a document what it is to the figures of a register."""
    return Backing(facts).statings(document)


class Backing:
    """Holds the quantities of documents against the figures of a register."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.against = Contradictions(facts)

    def statings(self, document: Document) -> list[Stating]:
        around = Surroundings(document)
        chosen: list[Choice] = []
        for _, found_in in groupby(document.mentions, key=sentence_of):
            mentions = tuple(found_in)
            numbers = []
            for at, mention in enumerate(mentions):
                context = around.context(mention)
                near = mentions[max(0, at - LOOK_BACK) : at + LOOK_BACK + 1]
                numbers.append(Number(mention, context, self.candidates(mention, context), near))
            chosen += _chosen(numbers)
        found: list[Stating] = []
        for each in chosen:
            before = found[-LOOK_BACK:]
            found.append(nearest(self.against, each, self._stating(each, before), before))
        lines = Lines(found, self.facts)
        return [
            (
                self._read_on(choice, at, found)
                or self.against.exchanged(chosen, at, found)
                or self.against.aligned(choice, stating, lines)
                or stating
            )
            for at, (choice, stating) in enumerate(zip(chosen, found, strict=True))
        ]

    def _read_on(self, choice: Choice, at: int, found: Sequence[Stating]) -> Stating | None:
        """Give the derived quantity or the change that it is, by what follows it, too."""
        own, number = found[at], choice.number
        if own.status != UNSOURCED or number.mention.figure:
            return None
        sentence = sentence_of(own.mention)
        behind = [each for each in found[at + 1 : at + 3] if sentence_of(each.mention) == sentence]
        return self._derived(
            number, [*found[max(0, at - LOOK_BACK) : at], *behind]
        ) or self.against.moved(number, behind)

    def candidates(self, mention: Mention, context: Context) -> list[Candidate]:
        """Give the figures whose number it may be and of which enough is said, best first."""
        found = []
        need = self.facts.need(mention.reading, context)
        for fact, own in self.facts.of_number(context):
            if moves_alike(fact, context):
                how, heard = fit(fact, own), self.facts.heard(fact, context)
                named = heard.covered >= HALF or fact.change == bool(context.change)
                told = max(heard.evidence, heard.covered)
                enough = heard.covered == SURE if how.stretched else told >= need
                if how.status and enough and named:
                    found.append(Candidate(fact, how, heard))
        return sorted(found, key=lambda each: each.rank)

    def _stating(self, choice: Choice, before: Sequence[Stating]) -> Stating:
        number, best, _ = choice
        if number.mention.figure:
            return self._marked(number)
        whole = self.facts.by_id.get(before[-1].figure) if before else None
        number = number._replace(whole=whole)
        choice = choice._replace(number=number)
        if best is None:
            return (
                self._derived(number, before)
                or self.against.moved(number, before)
                or self._earlier(choice, before)
                or self.against.other_of_kind(choice, before)
                or (self.against.slipped(choice) if number.context.real else None)
                or Stating(number.mention, UNSOURCED)
            )
        unsure = best.fit.status in {PRECISION, QUALIFIER} and not _surely_of(best, number)
        return (
            (self.against.slipped(choice) if unsure and number.context.real else None)
            or self.against.other_way(number, best)
            or self.against.of_more(number, best)
            or self.against.sibling(choice, best)
            or self.against.not_earlier(choice, best, before)
            or self.against.other_of_kind(choice, before, best)
            or said_of_another(self.against, number, best)
            or _best(number, best)
        )

    def _marked(self, number: Number) -> Stating:
        """Give what a number is that a mark ties to a figure."""
        mention = number.mention
        fact = self.facts.by_id.get(mention.figure)
        own = printed_for(fact, number.context) if fact else None
        if fact is None or own is None:
            why = "is no figure with a number" if fact is None else "cannot be compared with it"
            return Stating(mention, UNSOURCED, reason=f"'{mention.figure}' {why}")
        how = fit(fact, own) if own.may_be(cell=True) else Fit("")
        if not how.status and _as_fraction(fact, own):
            how = Fit(STATED)
        if how.status:
            return _stated(mention, fact, how)
        if own.may_be(cell=True) and not apart(fact, own):
            reason = f"the source has only '{fact.text}'"
            return Stating(mention, UNSOURCED, fact.id, reason=reason)
        return self.against.contradicts(number, fact, own)

    def _derived(self, number: Number, before: Sequence[Stating]) -> Stating | None:
        """Give the derived quantity whose number it is, where what it is derived from is stated."""
        near = {each.figure for each in before}
        context = number.context
        for fact, own in self.facts.of_number(context):
            in_points = own.spoken is not None and own.spoken.name in POINTS
            moves = fact.change == (bool(context.change) or in_points)
            made_of = isinstance(fact.of, Derived) and near >= set(fact.of.inputs) and moves
            if made_of and (number.digits > 1 or in_points) and fit(fact, own).status:
                said = printed(context.printed, fact.unit)
                told = said and context.real and turned(fact, said, context)
                made = self.against.accused(number, fact, own, MOVES) if told else None
                return made or Stating(number.mention, DERIVED, fact.id)
        for name in sorted(near) if context.change else ():
            for fact in self.facts.derived_from.get(name, ()):
                meant = printed_for(fact, context)
                stated = isinstance(fact.of, Derived) and near >= set(fact.of.inputs)
                if meant and stated and unit_slip(fact, meant):
                    return self.against.accused(number, fact, meant)
        return None

    def _earlier(self, choice: Choice, before: Sequence[Stating]) -> Stating | None:
        """Give the figure of the time before, where "a year earlier" follows a figure."""
        for fact, own in self.against.of_before(choice, before):
            how = fit(fact, own)
            if how.status:
                return _stated(choice.number.mention, fact, how)
            made = self.against.accused(choice.number, fact, own)
            return made if made and made.offers and apart(fact, own) else None
        return None


def _chosen(numbers: Sequence[Number]) -> list[Choice]:
    """Choose what the numbers of one sentence are; two are rarely the same figure."""
    taken: dict[str, int] = {}
    best: dict[int, Candidate | None] = {}
    every = chain.from_iterable(each.candidates for each in numbers)
    stated = {each.fact.id for each in every if each.fit.status == STATED and not each.clashes}
    for at, number in sorted(enumerate(numbers), key=lambda each: -each[1].digits):
        first = best[at] = _first(number, taken, stated)
        if first is not None and not first.clashes:
            for each in number.candidates:
                if each.place == first.place:
                    taken.setdefault(each.fact.id, number.digits)
    as_exact = {
        least: frozenset(name for name, exact in taken.items() if exact >= least)
        for least in {each.digits for each in numbers}
    }
    return [Choice(number, best[at], as_exact[number.digits]) for at, number in enumerate(numbers)]


def _first(number: Number, taken: Container[str], stated: Container[str]) -> Candidate | None:
    """Give the figure that a number most likely states, one that its sentence does not yet state.

    A hedge or a digit has not changed where the number stands as printed in a figure of the same,
    or in one that fits better and is only stated already; nor where another number of the sentence
    is `stated` as the figure has it.
    """
    free = [each for each in number.candidates if each.fact.id not in taken]
    first = next(iter([*free, *number.candidates]), None)
    if first is None or first.fit.status not in {QUALIFIER, PRECISION}:
        return first
    as_printed = (
        each
        for each in number.candidates
        if each.fit.status == STATED
        and not each.clashes
        and (each.rank < first.rank or of_one_thing(each.fact, first.fact))
    )
    return next(as_printed, None if first.fact.id in stated else first)


def _best(number: Number, best: Candidate) -> Stating:
    """Give what a number is to the best of the figures whose number it may be."""
    mention, fact, context = number.mention, best.fact, number.context
    certain = context.real and may_be_meant(fact, context)
    sure = certain and number.digits > 1 and best.heard.apart_from_base >= HALF
    if best.heard.base and not sure:
        return of_another_thing(mention, fact, f"it is said of {best.heard.base}")
    if best.heard.base:
        return of_another_base(number, fact, best.heard.base)
    if best.heard.clash:
        return of_another_thing(mention, fact, f"{best.heard.clash} is said")
    if best.fit.status in {PRECISION, QUALIFIER} and not _surely_of(best, number):
        change = f"{lost(best.fit.what)} of"
        how = "has more digits than" if best.fit.status == PRECISION else change
        reason = f"it {how} {fact.id} ({fact.text}), or is of something else"
        return Stating(mention, UNSOURCED, near=fact.id, reason=reason)
    alone = "" if best.heard.evidence else "by its number alone"
    others = [each.fact.id for each in number.candidates if each.place == best.place]
    return _stated(mention, fact, best.fit, tuple(others), alone)


def _surely_of(best: Candidate, number: Number) -> bool:
    """Tell whether a number inside what a figure leaves open is meant to be that of the figure.

    A wide one may have the numbers of many things in it; one of few digits has them by chance.
    """
    context, covered, known = number.context, best.heard.covered, best.fact.known
    if context.denied or not may_be_meant(best.fact, context):
        return False
    foreign = best.fact.foreign(context.telling)
    turned_round = best.fit.what == REVERSED and not best.fact.foreign(context.narrowing)
    if len(foreign) > turned_round or covered < HALF or within(best.fact, context):
        return False
    if best.fit.status == QUALIFIER:
        sure = number.digits >= PRECISE or context.narrowing <= known
        return sure and (turned_round or not hedged(context.said))
    fine = isinstance(best.fact.of, Figure) and _fine(best.fact.of.reading)
    return context.real and (fine or (covered == SURE and not context.part))


def _fine(reading: Reading) -> bool:
    """Tell whether a number has so many digits that few others are within its last."""
    value = abs(reading.stated[0])
    return value > 0 and reading.step / value < FINE


def _stated(
    mention: Mention, fact: Fact, how: Fit, others: tuple[str, ...] = (), alone: str = ""
) -> Stating:
    changed = how.status in {QUALIFIER, PRECISION}
    return Stating(
        mention,
        how.status,
        fact.id,
        tuple(each for each in others if each != fact.id),
        proof=beside(mention, fact) if changed else "",
        reason=how.what or alone,
        stretched=how.stretched,
        reversed=how.what == REVERSED,
    )


def _as_fraction(fact: Fact, own: Printed) -> bool:
    """Tell whether a number without a unit is a share as a fraction: 0.12 for 12 %."""
    bare = fact.share and own.spoken is None
    return bare and not own.alone.narrow.disjoint(fact.amount.narrow)
