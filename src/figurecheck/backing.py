"""Which figure of a register each quantity of a document states, and how far it is that number."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, groupby
from typing import TYPE_CHECKING, NamedTuple

from figurecheck.context import SENTENCE, SOME_TIME, Surroundings
from figurecheck.derivation import Derived
from figurecheck.diagnosis import cited, misprints, of_the_others, same_digits, scales, slips
from figurecheck.figures import POINTS, SHARE_UNITS, Figure
from figurecheck.interval import Interval
from figurecheck.quotation import (
    REVERSED,
    SIDE,
    changed_qualifier,
    may_meet,
    meet,
    only_a_tie,
    says_less,
)
from figurecheck.topic import (
    FAR,
    HALF,
    VERY,
    Fact,
    Facts,
    Heard,
    Printed,
    digits,
    in_time,
    in_its_dollars,
    is_said,
    may_be_meant,
    printed,
    printed_for,
    within,
)

from figurecheck.vocabulary import CHANGES, DECLINES, stem, stems

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from figurecheck.context import Context
    from figurecheck.document import Document, Mention
    from figurecheck.period import Period
    from figurecheck.reading import Reading
    from figurecheck.units import Unit

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
LEAST = {1: HALF, 2: HALF, 3: HALF / 2}
LEAST_OF_MANY = Fraction(1, 8)
"""So much of what a figure is of has to be said before a slip is looked for, by digits printed."""

PRECISE = 3
FINE = Fraction(1, 20)
MOVES = frozenset(each for word in CHANGES | DECLINES for each in stem(word))
"""What says that something changed, and not of what."""

LOOK_BACK = 6
"""So many numbers back is what "a year earlier" follows, and what a quantity is derived from."""

MOST_OFFERS = 3
PEERS = 2
"""So many other cells of a row or a column have to state figures of the kind of a cell."""


@dataclass(frozen=True, slots=True)
class Stating:
    """A quantity of a document beside a register.

    `figure` is the id of the figure or derived quantity that it states or contradicts, "" where
    there is none; `others` are further ones of the same number. `proof` has the numbers, `offers`
    what was probably meant, most likely first, `reason` what else is to be said. `base` is what a
    share is said to be of, where that is another. `stretched`: only if a word is stretched;
    `reversed`: its bound is the other way.
    """

    mention: Mention
    status: str
    figure: str = ""
    others: tuple[str, ...] = ()
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
        return _lost(self.reason)


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
    printed_finer = mine.step < its.step and mine.narrow.subset(its.narrow)
    if printed_finer and not same and its.value is not None and its.unit != "fraction":
        return Fit(PRECISION)
    if printed_finer and not same:
        return Fit("")
    return Fit(QUALIFIER, change) if change else Fit(STATED)


def apart(fact: Fact, own: Printed) -> bool:
    """Tell whether no value that a number may stand for is one of a figure, but for a tie."""
    disjoint = all(own.amount.wide.disjoint(each.wide) for each in fact.amount.ways)
    return disjoint or _in_a_tie(fact, own)


def _in_a_tie(fact: Fact, own: Printed) -> bool:
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

    `whole` is what the number before it is found to state.
    """

    mention: Mention
    context: Context
    candidates: list[Candidate]
    whole: Fact | None = None

    def part_of_another(self, fact: Fact) -> bool:
        """Tell whether it counts a part, "of them", of what is no whole of a figure."""
        concept = self.whole.subject.concept if self.whole else ""
        inside = bool(concept) and f"{fact.subject.concept}/".startswith(f"{concept}/")
        return self.context.partial and not inside

    @property
    def digits(self) -> int:
        return digits(self.mention.reading)


class _Lines:
    """The rows and columns of the tables of a document, with what their cells state."""

    def __init__(self, found: Sequence[Stating], facts: Facts) -> None:
        self.facts = facts
        self.lines: dict[tuple[int, str, int], list[Stating]] = defaultdict(list)
        for each in found:
            for line in _lines(each):
                self.lines[line].append(each)

    def of(self, stating: Stating) -> Iterator[tuple[list[Fact], set[str]]]:
        """Give what most of the other cells of its row, and of its column, state; and their ids."""
        for line in _lines(stating):
            others = [each for each in self.lines[line] if each is not stating]
            right = [each.figure for each in others if each.status in {STATED, QUALIFIER}]
            if len(right) >= PEERS and 2 * len(right) > len(others):
                yield [self.facts.by_id[each] for each in dict.fromkeys(right)], set(right)


def _lines(stating: Stating) -> list[tuple[int, str, int]]:
    cell = stating.mention.block.cell
    return [(cell[0], "row", cell[1]), (cell[0], "column", cell[2])] if cell else []


class Choice(NamedTuple):
    """A number, the figure chosen for it, and the ids of what its sentence states otherwise."""

    number: Number
    best: Candidate | None
    taken: frozenset[str]


def statings(facts: Facts, document: Document) -> list[Stating]:
    """Give for each quantity of a document what it is to the figures of a register."""
    return Backing(facts).statings(document)


class Backing:
    """Holds the quantities of documents against the figures of a register."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    def statings(self, document: Document) -> list[Stating]:
        around = Surroundings(document)
        chosen: list[Choice] = []
        for _, mentions in groupby(document.mentions, key=_sentence):
            numbers = []
            for mention in mentions:
                context = around.context(mention)
                numbers.append(Number(mention, context, self.candidates(mention, context)))
            chosen += _chosen(numbers)
        found: list[Stating] = []
        for each in chosen:
            found.append(self._stating(each, found[-LOOK_BACK:]))
        lines = _Lines(found, self.facts)
        return [
            (
                self._read_on(choice, at, found)
                or self._exchanged(chosen, at, found)
                or self._aligned(choice, stating, lines)
                or stating
            )
            for at, (choice, stating) in enumerate(zip(chosen, found, strict=True))
        ]

    def _read_on(self, choice: Choice, at: int, found: Sequence[Stating]) -> Stating | None:
        """Give the derived quantity or the change that it is where what follows tells of it, too."""
        own, number = found[at], choice.number
        if own.status != UNSOURCED or number.mention.figure:
            return None
        sentence = _sentence(own.mention)
        behind = [each for each in found[at + 1 : at + 3] if _sentence(each.mention) == sentence]
        return self._derived(number, [*found[max(0, at - LOOK_BACK) : at], *behind]) or self._moved(
            number, behind
        )

    def _exchanged(
        self, chosen: Sequence[Choice], at: int, found: Sequence[Stating]
    ) -> Stating | None:
        """Give the figure whose number the next, or the last, of the sentence has, and it the other's.

        What only the one is called is said beside the number of the other, of each.
        """
        own, number = found[at], chosen[at].number
        fact = self.facts.by_id.get(own.figure)
        for beside in (at - 1, at + 1) if fact and own.status == STATED else ():
            if not 0 <= beside < len(found) or found[beside].status != STATED:
                continue
            other, others = self.facts.by_id.get(found[beside].figure), chosen[beside].number
            same = _sentence(own.mention) == _sentence(others.mention)
            if other is None or not same or fact is None:
                continue
            here, there = number.context, others.context
            told = _said_alone(other, fact, here) and _said_alone(fact, other, there)
            printed = printed_for(other, here)
            if told and here.real and there.real and printed and apart(other, printed):
                return self._contradicts(number, other, printed)
        return None

    def _aligned(self, choice: Choice, stating: Stating, lines: _Lines) -> Stating | None:
        """Give the figure of a cell whose row or column states figures of the same kind.

        What the heads of its row and its column say is of that figure alone.
        """
        number, context = choice.number, choice.number.context
        cell = number.mention.block.cell
        if not cell or number.mention.figure or stating.status not in {STATED, UNSOURCED}:
            return None
        told = self.facts.by_id.get(stating.figure)
        found: dict[str, tuple[Fact, Printed, int]] = {}
        for peers, taken in lines.of(stating):
            for peer in peers:
                for fact in (*self.facts.siblings(peer), *self.facts.family(peer)):
                    own = printed_for(fact, context)
                    if own is None or fact.id in taken or not own.may_be(cell=True):
                        continue
                    if apart(fact, own) and _said_alone(fact, peer, context):
                        found[fact.id] = fact, own, found.get(fact.id, (fact, own, 0))[2] + 1
        best = sorted(found.values(), key=lambda each: -each[2])[:1]
        for fact, own, peers_of in best:
            other = told is None or _said_alone(fact, told, context)
            if peers_of >= PEERS and other and not fact.foreign(context.telling):
                return self._contradicts(number, fact, own)
        return None

    def candidates(self, mention: Mention, context: Context) -> list[Candidate]:
        """Give the figures whose number it may be and of which enough is said, best first."""
        found = []
        need = self.facts.need(mention.reading, context)
        for fact, own in self.facts.of_number(context):
            if _moves_alike(fact, context):
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
                or self._moved(number, before)
                or self._earlier(choice, before)
                or self._other_of_kind(choice, before)
                or (self._slipped(choice) if number.context.real else None)
                or Stating(number.mention, UNSOURCED)
            )
        return (
            self._other_way(number, best)
            or self._of_more(number, best)
            or self._sibling(choice, best)
            or self._not_earlier(choice, best, before)
            or self._other_of_kind(choice, before, best)
            or _best(number, best)
        )

    # What a number states

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
        return self._contradicts(number, fact, own)

    def _derived(self, number: Number, before: Sequence[Stating]) -> Stating | None:
        """Give the derived quantity whose number it is, where what it is derived from is stated."""
        near = {each.figure for each in before}
        context = number.context
        for fact, own in self.facts.of_number(context):
            in_points = own.spoken is not None and own.spoken.name in POINTS
            moves = fact.change == (bool(context.change) or in_points)
            made_of = isinstance(fact.of, Derived) and near >= set(fact.of.inputs) and moves
            if made_of and (number.digits > 1 or in_points) and fit(fact, own).status:
                as_said = printed(context.printed, fact.unit)
                turned = as_said and context.real and _turned(fact, as_said, context)
                return turned and self._accused(number, fact, own, MOVES) or Stating(
                    number.mention, DERIVED, fact.id
                )
        for name in sorted(near) if context.change else ():
            for fact, inputs in self.facts.derived_from.get(name, ()):
                meant = printed_for(fact, context)
                if meant and near >= inputs and _unit_slip(fact, meant):
                    return self._accused(number, fact, meant)
        return None

    def _moved(self, number: Number, before: Sequence[Stating]) -> Stating | None:
        """Give the change of what was stated before whose number it is but for unit or sign."""
        context = number.context
        if not (context.change and context.real):
            return None
        headings = number.mention.block.headings
        sentence = _sentence(number.mention)
        last = [each for each in before[-1:] if _sentence(each.mention) == sentence]
        if any(each.status == UNSOURCED for each in last):
            return None
        near = last or [each for each in before if each.mention.block.headings == headings]
        for name in dict.fromkeys(each.figure for each in reversed(near)):
            stated = self.facts.by_id.get(name)
            for fact in self.facts.changes_of(stated) if stated else ():
                own = printed(context.printed, fact.unit)
                if own is None:
                    continue
                unlike = _unit_slip(fact, own) and not _relative(fact, own)
                if unlike or _turned(fact, own, context):
                    return self._accused(number, fact, own, MOVES)
        return None

    def _earlier(self, choice: Choice, before: Sequence[Stating]) -> Stating | None:
        """Give the figure of the time before, where "a year earlier" follows a figure."""
        for fact, own in self._of_before(choice, before):
            how = fit(fact, own)
            if how.status:
                return _stated(choice.number.mention, fact, how)
            made = self._accused(choice.number, fact, own)
            return made if made and made.offers and apart(fact, own) else None
        return None

    # What a number contradicts

    def _not_earlier(
        self, choice: Choice, best: Candidate, before: Sequence[Stating]
    ) -> Stating | None:
        """Give the figure of the time before where the number is that of yet another time."""
        if best.heard.when == VERY or not choice.number.context.real:
            return None
        for fact, own in self._of_before(choice, before):
            akin = fact.unit == best.fact.unit and fact.own & best.fact.own
            named = _named_beside(best.fact, fact, choice.number.context)
            if akin and not named and apart(fact, own):
                return self._accused(choice.number, fact, own)
        return None

    def _other_of_kind(
        self, choice: Choice, before: Sequence[Stating], best: Candidate | None = None
    ) -> Stating | None:
        """Give the figure of another time, place or group than one that was stated before.

        What only the one is called is said beside the number, nothing that the other is called, and
        nothing else that restricts.
        """
        number = choice.number
        context, headings = number.context, number.mention.block.headings
        if not context.real or context.cell or context.compared:
            return None
        for stated in reversed(before):
            fact = self.facts.by_id.get(stated.figure)
            if fact is None or stated.mention.block.headings != headings:
                continue
            for other in (*self.facts.siblings(fact), *self.facts.family(fact)):
                own = printed_for(other, context)
                if own is None or other.id in choice.taken or not own.may_be():
                    continue
                if not _moves_alike(other, context) or not apart(other, own):
                    continue
                if best and (best.fact.unit != other.unit or not _kind_of(other, best.fact)):
                    continue
                told = other.id == fact.id or _said_alone(other, fact, context)
                unsaid = best is None or _unsaid(best.fact, other, context)
                step = context.earlier and _kind_of(other, fact) == "time"
                if best and _kind_of(other, best.fact) in {"time", "both"} and not step:
                    unsaid = unsaid and is_said(other, context)
                if told and unsaid and (step or in_time(other, context)) and may_be_meant(other, context):
                    made = self._accused(number, other, own)
                    if made and made.offers:
                        return made
        return None

    def _of_before(
        self, choice: Choice, before: Sequence[Stating]
    ) -> Iterator[tuple[Fact, Printed]]:
        """Give what is of the time before that of the figure that was stated last.

        Or of the time that is said: "in 2020 there were 5 farms; in 2010 there had been 6".
        """
        context, block = choice.number.context, choice.number.mention.block
        here = [each.figure for each in before if each.mention.block is block]
        known = [self.facts.by_id[name] for name in here if name in self.facts.by_id]
        stated = [each for each in known if each.subject.period]
        for fact in self.facts.series(stated[-1]) if stated else ():
            own = printed_for(fact, context)
            if own is None or fact.id in choice.taken or not _moves_alike(fact, context):
                continue
            before_it = _before(fact.subject.period, stated[-1].subject.period, context.earlier)
            said = fact.id != stated[-1].id and is_said(fact, context)
            if (before_it or said) and own.may_be():
                yield fact, own

    def _sibling(self, choice: Choice, best: Candidate) -> Stating | None:
        """Give the figure that the words speak of where the number is that of its sibling.

        The sibling is of another time, place or group, and the other is said beside the number.
        """
        context = choice.number.context
        siblings = sorted(self.facts.siblings(best.fact), key=_second_hand)
        for fact, own, heard in self._spoken_of(choice, siblings):
            alike = fact.unit == best.fact.unit and apart(fact, own)
            certain = context.real and alike and self._alone(fact, context)
            if certain and _of_another((fact, heard), (best.fact, best.heard), context):
                return self._accused(choice.number, fact, own)
        return None

    def _other_way(self, number: Number, best: Candidate) -> Stating | None:
        """Give the change whose number it is, told the other way; a rise is no fall."""
        fact, context = best.fact, number.context
        own = printed(context.printed, fact.unit)
        if own is None or best.clashes or not _turned(fact, own, context):
            return None
        foreign = fact.foreign(context.telling - MOVES)
        if context.real and not foreign and best.heard.covered >= HALF and number.digits > 1:
            return self._contradicts(number, fact, own)
        reason = f"it is the number of {fact.id}, but the other way is said"
        return Stating(number.mention, UNSOURCED, reason=reason)

    def _of_more(self, number: Number, best: Candidate) -> Stating | None:
        """Give the share that is told of all, where its base is but a part of that.

        What makes the base a part is said nowhere near.
        """
        fact, context = best.fact, number.context
        whole = set(stems(context.of_all))
        steps = [set(stems(each)) for each in fact.subject.base.split("/")]
        at = next((at for at, step in enumerate(steps) if step & whole), len(steps))
        rest = set().union(*steps[at:]) - whole
        if not (fact.share and rest and context.real and number.digits > 1):
            return None
        unsaid = [each for each in rest if context.stems.get(each, FAR) == FAR]
        foreign = fact.foreign(context.telling - whole)
        if not unsaid or foreign or best.clashes or best.heard.covered < MOSTLY:
            return None
        return _of_another_base(number, fact, f"all {context.of_all}")

    def _alone(self, fact: Fact, context: Context) -> bool:
        """Tell whether a number is compared with none, and no group is said with that of a figure.

        "Men and boys" are not the boys.
        """
        others = context.telling & self.facts.steps
        return not context.compared and others <= fact.own | fact.path

    def _slipped(self, choice: Choice) -> Stating | None:
        """Give the figure that is spoken of and whose number it would be but for a slip.

        The more digits a number has, the fewer words tell that it is no chance.
        """
        number = choice.number
        context = number.context
        need = self.facts.need(number.mention.reading, context)
        least = LEAST.get(number.digits, LEAST_OF_MANY)
        of_number = [each for each, own in self.facts.of_number(context) if fit(each, own).sure]
        spoken: list[tuple[Fact, Printed, Heard]] = []
        in_another_unit = None
        for fact, own, heard in self._spoken_of(choice):
            certain = heard.covered >= MOSTLY and self._alone(fact, context)
            siblings = of_number if certain and apart(fact, own) else ()
            akin = [each for each in siblings if _kind_of(fact, each)]
            others = ((each, self.facts.heard(each, context)) for each in akin)
            if any(_of_another((fact, heard), each, context) for each in others):
                return self._accused(number, fact, own)
            enough = heard.covered >= MOSTLY if fact.share else heard.evidence >= max(need, least)
            some = heard.beside and heard.covered >= MOSTLY and not context.cell
            in_scale = number.digits >= PRECISE and heard.covered >= MOSTLY and _rescaled(fact, own)
            near = some or in_scale or heard.beside >= HALF
            if enough and (near or number.digits >= PRECISE) and _unit_slip(fact, own):
                in_another_unit = in_another_unit or (fact, own)
            if fact.change and fact.share and not context.change and heard.beside < SURE:
                continue
            if near and heard.covered >= least and own.may_be():
                spoken.append((fact, own, heard))
        return (
            self._misprinted(number, spoken)
            or (self._accused(number, *in_another_unit) if in_another_unit else None)
            or self._complement(number, spoken)
        )

    def _complement(
        self, number: Number, spoken: Sequence[tuple[Fact, Printed, Heard]]
    ) -> Stating | None:
        """Give the share whose complement a number is, where nothing says that it is that."""
        context = number.context
        for fact, own, heard in spoken:
            others = of_the_others(own.figure.reported, own.amount, fact.amount.narrow)
            named = fact.step.difference(stems(fact.subject.base)) <= context.beside
            said = heard.covered == SURE or (heard.covered >= MOSTLY and named)
            if others and said and apart(fact, own) and not context.opposed:
                return self._accused(number, fact, own)
        return None

    def _misprinted(
        self, number: Number, spoken: Sequence[tuple[Fact, Printed, Heard]]
    ) -> Stating | None:
        """Give the one figure, of those that are spoken of, whose number is misprinted."""
        most = max((_spoken(heard) for *_, heard in spoken), default=None)
        best = [each for each in spoken if _spoken(each[2]) == most]
        found = [
            (heard.covered, fact, own)
            for fact, own, heard in (spoken if number.digits >= PRECISE else best)
            if self._is_misprint(number, fact, own, heard)
        ]
        found.sort(key=lambda each: -each[0])
        alone = len(found) == 1 or (found and found[0][0] > found[1][0])
        return self._accused(number, *found[0][1:]) if alone else None

    def _is_misprint(self, number: Number, fact: Fact, own: Printed, heard: Heard) -> bool:
        """Tell whether a number is that of a figure but for a slip in print.

        A digit that is another tells little where there are few, unless all words of the figure are
        said, and nothing makes the number one of a part of it.
        """
        slipped = _misprints(fact, own)
        if _meets_but_for_sign(fact, own) and not _turned(fact, own, number.context):
            return False
        if not slipped or not apart(fact, own) or within(fact, number.context):
            return False
        respelt = any("digit" in each for each in slipped)
        return number.digits >= PRECISE or heard.covered == SURE or not respelt

    def _spoken_of(
        self, choice: Choice, more: Sequence[Fact] = ()
    ) -> Iterator[tuple[Fact, Printed, Heard]]:
        """Give the figures that the words speak of and that the sentence does not state."""
        context = choice.number.context
        for fact in (*more, *self.facts.spoken_of(context)):
            own = printed_for(fact, context)
            if own is None or fact.id in choice.taken or not _moves_alike(fact, context):
                continue
            if isinstance(fact.of, Derived) and fact.change != bool(context.change):
                continue
            if not (own.may_be(cell=context.cell) or _unit_slip(fact, own)):
                continue
            heard = self.facts.heard(fact, context)
            if not heard.clash and may_be_meant(fact, context):
                yield fact, own, heard

    def _accused(
        self, number: Number, fact: Fact, own: Printed, silent: frozenset[str] = frozenset()
    ) -> Stating | None:
        """Give that a number contradicts a figure, where all that is said beside it is of that.

        Where the digits are the same in another scale or unit, or all those of a sibling, they
        are no chance; there only what narrows it down has to be of the figure.
        """
        if number.part_of_another(fact) or self._may_be_derived(number, fact):
            return None
        made = self._contradicts(number, fact, own)
        context = number.context
        foreign = fact.foreign(context.telling - silent)
        if not foreign:
            return made
        first = made.offers[0] if made.offers else ""
        resized = number.digits > 1 and (_unit_slip(fact, own) or _rescaled(fact, own))
        sibling = number.digits >= PRECISE and first and not first.startswith("fits if")
        many = resized and number.digits >= PRECISE
        heard = self.facts.heard(fact, context)
        all_but_one = (
            len(foreign) == 1
            and heard.beside == SURE
            and len(fact.own) > 1
            and number.digits >= PRECISE
        )
        narrowed = bool(fact.foreign(context.narrowing))
        return made if many or ((resized or sibling or all_but_one) and not narrowed) else None

    def _may_be_derived(self, number: Number, accused: Fact) -> bool:
        """Tell whether it is the number of what is derived from a figure, or of another change."""
        changes = bool(number.context.change)
        return any(
            isinstance(fact.of, Derived)
            and fact.id != accused.id
            and (accused.id in fact.of.inputs or (changes and fact.change))
            and fit(fact, own).status
            for fact, own in self.facts.of_number(number.context)
        )

    def _contradicts(self, number: Number, fact: Fact, own: Printed) -> Stating:
        return Stating(
            number.mention,
            CONTRADICTS,
            fact.id,
            proof=_beside(number.mention, fact),
            offers=tuple(self._offers(number, fact, own)),
            stretched=_in_a_tie(fact, own),
        )

    def _offers(self, number: Number, fact: Fact, own: Printed) -> list[str]:
        """Give what was probably meant, most likely first."""
        unlike = _unit_slip(fact, own)
        if unlike:
            return [unlike]
        top = fact.subject.concept.partition("/")[0]
        kindred = []
        for other, theirs in self.facts.of_number(number.context):
            shared = len(other.own & fact.own)
            akin = shared or (top and other.subject.concept.partition("/")[0] == top)
            if akin and other.id != fact.id and fit(other, theirs).sure:
                kindred.append((-shared, _second_hand(other), other))
        kindred.sort(key=lambda each: each[:2])
        near = [f"fits {_named(each, fact)}" for *_, each in kindred[:1]]
        text = own.figure.reported
        respelt = misprints(text, own.amount, fact.text, fact.amount.narrow)
        turned = ["fits if the sign were turned"] if _turned(fact, own, number.context) else []
        slipped = [*turned, *respelt, *slips(text, own.amount, fact.amount.narrow)]
        offers = [*near, *(each for each in slipped if _possible(each, own))]
        return list(dict.fromkeys(offers))[:MOST_OFFERS]


def _lost(change: str) -> str:
    return change.replace("its ", "the ")


def _sentence(mention: Mention) -> tuple[int, str]:
    return id(mention.block), mention.sentence


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
        and (each.rank < first.rank or _of_one_thing(each.fact, first.fact))
    )
    return next(as_printed, None if first.fact.id in stated else first)


def _of_one_thing(fact: Fact, other: Fact) -> bool:
    """Tell whether two figures are of one concept, base and place; either may tell no period."""
    mine, its = fact.subject, other.subject
    apart = mine.period and its.period and mine.period != its.period
    same = mine._replace(period=None) == its._replace(period=None)
    return bool(mine.concept) and same and not apart


def _best(number: Number, best: Candidate) -> Stating:
    """Give what a number is to the best of the figures whose number it may be."""
    mention, fact, context = number.mention, best.fact, number.context
    certain = context.real and may_be_meant(fact, context)
    sure = certain and number.digits > 1 and best.heard.apart_from_base >= HALF
    if best.heard.base and not sure:
        reason = f"it is the number of {fact.id}, but it is said of {best.heard.base}"
        return Stating(mention, UNSOURCED, reason=reason)
    if best.heard.base:
        return _of_another_base(number, fact, best.heard.base)
    if best.heard.clash:
        reason = f"it is the number of {fact.id}, but {best.heard.clash} is said"
        return Stating(mention, UNSOURCED, reason=reason)
    if best.fit.status in {PRECISION, QUALIFIER} and not _surely_of(best, number):
        lost = f"{_lost(best.fit.what)} of"
        how = "has more digits than" if best.fit.status == PRECISION else lost
        reason = f"it {how} {fact.id} ({fact.text}), or is of something else"
        return Stating(mention, UNSOURCED, reason=reason)
    alone = "" if best.heard.evidence else "by its number alone"
    others = [each.fact.id for each in number.candidates if each.place == best.place]
    return _stated(mention, fact, best.fit, tuple(others), alone)


def _of_another_base(number: Number, fact: Fact, base: str) -> Stating:
    """Give that a number is that of a share, and told as one of another base."""
    proof, offers = f"it is said of {base}", (f"fits as a share of {fact.subject.base}",)
    return Stating(number.mention, CONTRADICTS, fact.id, proof=proof, offers=offers, base=base)


def _surely_of(best: Candidate, number: Number) -> bool:
    """Tell whether a number inside what a figure leaves open is meant to be that of the figure.

    A wide one may have the numbers of many things in it; one of few digits has them by chance.
    """
    context, covered, known = number.context, best.heard.covered, best.fact.known
    if context.denied or not may_be_meant(best.fact, context):
        return False
    if best.fit.status == QUALIFIER:
        return covered >= HALF and (number.digits >= PRECISE or context.narrowing <= known)
    if best.fact.foreign(context.telling) or covered < HALF:
        return False
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
        proof=_beside(mention, fact) if changed else "",
        reason=how.what or alone,
        stretched=how.stretched,
        reversed=how.what == REVERSED,
    )


def _beside(mention: Mention, fact: Fact) -> str:
    return f"'{' '.join(mention.text.split())}' is printed, the source has '{fact.text}'"


def _moves_alike(fact: Fact, context: Context) -> bool:
    """Tell whether a text that speaks of a change may be of a figure; "inflation" needs no verb."""
    return fact.change or not context.change or context.cell or isinstance(fact.of, Derived)


def _spoken(heard: Heard) -> tuple[int, Fraction]:
    return heard.when + heard.where, heard.covered


def _kind_of(fact: Fact, other: Fact) -> str:
    """Say in what two figures of one kind differ: "time", "place", "both" or "group"; else ""."""
    mine, its = fact.subject, other.subject
    if mine.dimension != its.dimension or not mine.concept:
        return ""
    in_place, in_time = mine.place == its.place, mine.period == its.period
    if (mine.concept, mine.base) == (its.concept, its.base):
        return {(True, False): "time", (False, True): "place", (False, False): "both"}.get(
            (in_place, in_time), ""
        )
    (family, _, step), (its_family, _, its_step) = (
        each.concept.rpartition("/") for each in (mine, its)
    )
    akin = family == its_family or (step == its_step and bool(mine.base and its.base))
    return "group" if in_place and in_time and family and akin else ""


def _second_hand(fact: Fact) -> tuple[bool, bool]:
    """Give what comes last: what repeats or quotes another, and what is only a bound."""
    if not isinstance(fact.of, Figure):
        return False, False
    quotes = bool(fact.of.repeats or fact.of.attributed_to)
    return quotes, fact.of.reading.qualifier in SIDE


def _of_another(one: tuple[Fact, Heard], other: tuple[Fact, Heard], context: Context) -> bool:
    """Tell whether the words are of one figure and not of its sibling.

    Either both are of the same at different times or places, and what the sibling is of clashes; or
    each is of a group or place of its own, and only one is said in the sentence, beside the number.
    """
    (fact, mine), (sibling, its) = one, other
    if not fact.known.issuperset(context.of):
        return False
    kind = _kind_of(fact, sibling)
    if kind == "group":
        timed = fact.subject.period is not None
        return timed and mine.covered >= HALF and _in_words(fact, sibling, context)
    if not context.narrowing <= fact.known:
        return False
    fits = (mine.when if kind == "time" else mine.where) == VERY
    clashes = bool(kind and fits and (its.clash or (kind == "time" and not its.when)))
    return clashes or (kind == "place" and _in_words(fact, sibling, context))


def _said_alone(fact: Fact, other: Fact, context: Context) -> bool:
    """Tell whether only one of two figures of a kind is called by what is said beside a number."""
    kind, beside = _kind_of(fact, other), context.beside
    if kind == "time":
        step = _before(fact.subject.period, other.subject.period, context.earlier)
        return is_said(fact, context) or step
    if kind not in {"place", "group"}:
        return False
    mine, its = fact.own - other.own, other.own - fact.own
    named, elsewhere = fact.placed - other.placed, other.placed - fact.placed
    said = (mine and mine <= beside) or (kind == "place" and named and named <= beside)
    return bool(said) and not (its | elsewhere) & beside


def _unsaid(fact: Fact, other: Fact, context: Context) -> bool:
    """Tell whether the other of two figures alone is said: in the sentence nothing of the one."""
    if not other.own - fact.own - other.placed <= context.beside:
        return False
    called = (fact.own | fact.placed) - other.own - other.placed
    near = {each for each, distance in context.stems.items() if distance < SENTENCE}
    timed = fact.subject.period != other.subject.period and is_said(fact, context)
    return not (called & near or timed)


def _named_beside(fact: Fact, other: Fact, context: Context) -> bool:
    """Tell whether the words beside a number are of one of two figures, not of the other.

    "Revenue was 9 in 2025. A year earlier tickets had brought in 5" is of the tickets.
    """
    mine, its = fact.own - other.own, other.own - fact.own
    shared = fact.own & other.own & context.beside
    return bool(mine & context.beside or (shared and its and not its & context.beside))


def _in_words(fact: Fact, sibling: Fact, context: Context) -> bool:
    """Tell whether the words that only one of two figures has are said, those of the other not."""
    alone = fact.own - sibling.own - sibling.path
    its_own = sibling.own - fact.own
    said = all(context.stems.get(each, FAR) < SENTENCE for each in alone)
    beside = not _nearest(alone, context) and _nearest(its_own, context) > 0
    return bool(alone and its_own) and said and beside


def _nearest(words: Iterable[str], context: Context) -> int:
    return min((context.stems.get(each, FAR) for each in words), default=FAR)


def _before(own: Period | None, last: Period | None, step: str) -> bool:
    """Tell whether a period is that before another: a year earlier, or the one that it follows."""
    if step in {"", SOME_TIME} or own is None or last is None:
        return False
    if abs(own.years - last.years) > Fraction(1, 20):
        return False
    if step == "year":
        return (own.first.year + 1, own.first.month) == (last.first.year, last.first.month)
    return (last.first - own.last).days == 1


def _unit_slip(fact: Fact, own: Printed) -> str:
    """Say in which other unit the same number would be that of a figure, "" where it is not so."""
    spoken, mine = own.spoken, fact.amount.unit
    if spoken is None or mine is None or spoken.name == mine.name:
        return ""
    other = not spoken.spoken_for(mine) or not in_its_dollars(own.figure.reported, mine)
    money = spoken.currency and mine.currency and other
    measured = spoken.alike(mine) and not (spoken.dimensionless or spoken.counted or money)
    shares = fact.share and (spoken.rate or spoken.name in SHARE_UNITS - {"fraction"} | POINTS)
    meant, _ = fact.amount.printed
    exact = not isinstance(fact.of, Figure) or own.alone.stated == fact.of.reading.stated
    if not (money or shares or measured) or not exact or own.alone.narrow.disjoint(meant):
        return ""
    return f"fits if {_said(spoken)} were {_said(mine)}"


def _turned(fact: Fact, own: Printed, context: Context) -> bool:
    """Tell whether a number is that of a change the other way: a fall told as a rise."""
    told = context.moved and context.change and fact.way
    return bool(told and fact.way != context.change and own.may_be()) and _meets_but_for_sign(
        fact, own
    )


def _relative(fact: Fact, own: Printed) -> bool:
    """Tell whether a number is what a difference is of one of the two that it is between."""
    inputs = list(fact.of.inputs.values()) if isinstance(fact.of, Derived) else []
    amounts = [each.amount for each in inputs if each.amount and 0 not in each.amount.narrow]
    if len(amounts) != len(inputs) or len(inputs) != 2:
        return False
    one, other = (each.narrow for each in amounts)
    told = own.alone.wide / Interval.point(100) if own.spoken and own.spoken.name == "percent" else own.alone.wide
    ratios = (one / other - Interval.point(1), other / one - Interval.point(1))
    return any(not (each.disjoint(told) and each.disjoint(-told)) for each in ratios)


def _meets_but_for_sign(fact: Fact, own: Printed) -> bool:
    narrow = fact.amount.narrow
    return not (own.amount.narrow.disjoint(narrow) and own.amount.narrow.disjoint(-narrow))


def _misprints(fact: Fact, own: Printed) -> list[str]:
    found = misprints(own.figure.reported, own.amount, fact.text, fact.amount.narrow)
    return [each for each in found if _possible(each, own)]


def _rescaled(fact: Fact, own: Printed) -> bool:
    """Tell whether a number has the digits of a figure and another scale word or unit of shares."""
    text = own.figure.reported
    named = {f"fits if {words}" for words in scales(text)}
    return same_digits(text, fact.text) and not named.isdisjoint(_misprints(fact, own))


def _possible(slip: str, own: Printed) -> bool:
    """Tell whether a slip may be one: of another size may be what is told for another unit."""
    said = own.spoken is not None and own.spoken.alike(own.unit)
    return said or not (own.unit.compound and "times" in slip)


def _as_fraction(fact: Fact, own: Printed) -> bool:
    """Tell whether a number without a unit is a share as a fraction: 0.12 for 12 %."""
    bare = fact.share and own.spoken is None
    return bare and not own.alone.narrow.disjoint(fact.amount.narrow)


def _said(unit: Unit) -> str:
    names = {"percent": "per cent", "percentage_point": "percentage points"}
    if unit.currency:
        return unit.currency
    return names.get(unit.name, unit.name.replace("_", " "))


def _named(fact: Fact, own: Fact) -> str:
    if isinstance(fact.of, Figure):
        return cited(fact.of, fact.subject, own.subject)
    return f"{fact.id} ({fact.text})"
