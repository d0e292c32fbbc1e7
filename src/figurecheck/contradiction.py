"""Which figure a number of a document contradicts, and why it is no other number."""

from __future__ import annotations

import re
from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from figurecheck.context import OPPOSED
from figurecheck.derivation import Derived
from figurecheck.diagnosis import cited, misprints, of_the_others, slips
from figurecheck.figures import Figure, path_in_words
from figurecheck.kinship import (
    is_before,
    kind_of,
    named_beside,
    of_another,
    said_alone,
    second_hand,
    unsaid,
)
from figurecheck.reserve import other_side, reserved
from figurecheck.slip import (
    meets_but_for_sign,
    misprinted,
    possible,
    relative,
    rescaled,
    turned,
    unit_slip,
)
from figurecheck.stating import (
    CONTRADICTS,
    MOSTLY,
    PRECISE,
    QUALIFIER,
    STATED,
    SURE,
    UNSOURCED,
    Stating,
    apart,
    beside,
    fit,
    in_a_tie,
    moves_alike,
    of_another_thing,
    sentence_of,
)
from figurecheck.topic import (
    FAR,
    HALF,
    VERY,
    Fact,
    digits,
    in_time,
    is_said,
    may_be_meant,
    printed,
    printed_for,
    within,
)
from figurecheck.vocabulary import MOVES, stems
from figurecheck.words import COUNTED, LARGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from figurecheck.context import Context
    from figurecheck.stating import Candidate, Choice, Number
    from figurecheck.topic import Facts, Heard, Printed

LEAST = {1: HALF, 2: HALF, 3: HALF / 2}
LEAST_OF_MANY = Fraction(1, 8)
"""So much of what a figure is of has to be said before a slip is looked for, by digits printed."""

TIMES = re.compile(r"\b(?:each|apiece|per(?! cent)|times|every)\b")
TENS = re.compile(
    r"\b(?:for (?:each|every)|per (?!cent|year|annum|quarter|month|week|day|hour)\w+|times|\w+fold"
    r"|tenths?|hundredths?|thousandths?)\b",
    re.IGNORECASE,
)
"""What a number is told with that is ten times another, or that of each."""

SIZES = ("larger", "smaller", *LARGE)
"""How it ends to say by which slip a number is of another size."""

COUNTS = {"", *COUNTED}
"""The units of what something is multiplied by: ten, ten children."""

OF_TENS = COUNTS | {"year", "month", "fraction", "ratio"}
"""Ten of these make another number ten times as large, or a tenth of it."""

MOST_OFFERS = 3
PEERS = 2
"""So many other cells of a row or a column have to state figures of the kind of a cell."""


class Lines:
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


class Contradictions:
    """What the quantities of documents contradict in a register."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.last: tuple[Context, list[tuple[Fact, Printed, Heard]]] | None = None

    def not_earlier(
        self, choice: Choice, best: Candidate, before: Sequence[Stating]
    ) -> Stating | None:
        """Give the figure of the time before where the number is that of yet another time."""
        context = choice.number.context
        if best.heard.when == VERY or not context.real or self._is_earlier(best, before, context):
            return None
        for fact, own in self.of_before(choice, before):
            akin = fact.unit == best.fact.unit and fact.own & best.fact.own
            named = named_beside(best.fact, fact, context)
            if akin and not named and apart(fact, own):
                return self.accused(choice.number, fact, own)
        return None

    def other_of_kind(
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
        if best and self._is_earlier(best, before, context):
            return None
        for stated in reversed(before):
            fact = self.facts.by_id.get(stated.figure)
            if fact is None or stated.mention.block.headings != headings:
                continue
            for other in (*self.facts.siblings(fact), *self.facts.family(fact)):
                own = printed_for(other, context)
                if own is None or other.id in choice.taken or not own.may_be():
                    continue
                akin = best is None or (best.fact.unit == other.unit and kind_of(other, best.fact))
                if not (akin and moves_alike(other, context) and apart(other, own)):
                    continue
                if self._told_of(other, fact, best, context):
                    made = self.accused(number, other, own)
                    if made and made.offers:
                        return made
        return None

    def _is_earlier(self, best: Candidate, before: Sequence[Stating], context: Context) -> bool:
        """Tell whether it is the number of the time before one that was stated."""
        stated = (self.facts.by_id.get(each.figure) for each in before)
        own = best.fact.subject.period
        return any(
            kind_of(best.fact, each) == "time"
            and is_before(own, each.subject.period, context.earlier)
            for each in stated
            if each
        )

    def _told_of(self, fact: Fact, stated: Fact, best: Candidate | None, context: Context) -> bool:
        """Tell whether a number is told of one figure, not of one of its kind that was stated.

        Nor of that whose number it is.
        """
        step = bool(context.earlier) and kind_of(fact, stated) == "time"
        if not (fact.id == stated.id or said_alone(fact, stated, context)):
            return False
        if best and not unsaid(best.fact, fact, context):
            return False
        in_its_time = step or in_time(fact, context)
        if best and kind_of(fact, best.fact) in {"time", "both"}:
            in_its_time = step or (in_its_time and is_said(fact, context))
        return in_its_time and may_be_meant(fact, context)

    def of_before(
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
            if own is None or fact.id in choice.taken or not moves_alike(fact, context):
                continue
            before_it = is_before(fact.subject.period, stated[-1].subject.period, context.earlier)
            said = fact.id != stated[-1].id and is_said(fact, context)
            if (before_it or said) and own.may_be():
                yield fact, own

    def sibling(self, choice: Choice, best: Candidate) -> Stating | None:
        """Give the figure that the words speak of where the number is that of its sibling.

        The sibling is of another time, place or group, and the other is said beside the number.
        """
        context = choice.number.context
        siblings = sorted(self.facts.siblings(best.fact), key=second_hand)
        for fact, own, heard in self.spoken_of(choice, siblings):
            alike = fact.unit == best.fact.unit and apart(fact, own)
            certain = context.real and alike and self._alone(fact, context)
            if certain and of_another((fact, heard), (best.fact, best.heard), context):
                return self.accused(choice.number, fact, own)
        return None

    def other_way(self, number: Number, best: Candidate) -> Stating | None:
        """Give the change whose number it is, told the other way; a rise is no fall."""
        fact, context = best.fact, number.context
        own = printed(context.printed, fact.unit)
        if own is None or best.clashes or not turned(fact, own, context):
            return None
        foreign = fact.foreign(context.telling - MOVES)
        told = not self.obstacle(number, fact) and may_be_meant(fact, context)
        if told and not foreign and best.heard.covered >= HALF and number.digits > 1:
            return self.contradicts(number, fact, own)
        return of_another_thing(number.mention, fact, "the other way is said")

    def of_more(self, number: Number, best: Candidate) -> Stating | None:
        """Give the share that is told of all, where its base is but a part of that.

        It is accused where what makes the base a part is said nowhere near; where the whole is only
        called otherwise than the base, it is unsourced.
        """
        fact, context = best.fact, number.context
        whole = set(stems(context.of_all))
        steps = [set(stems(each)) for each in fact.subject.base.split("/") if each]
        if not (fact.share and whole and steps):
            return None
        at = next((at for at, step in enumerate(steps) if step & whole), len(steps))
        rest = set().union(*steps[at:]) - whole
        told = not self.obstacle(number, fact) and may_be_meant(fact, context)
        unsaid = [each for each in rest if context.stems.get(each, FAR) == FAR]
        foreign = fact.foreign(context.telling - whole)
        sure = told and number.digits > 1 and best.heard.covered >= MOSTLY
        if sure and unsaid and not (foreign or best.clashes):
            return of_another_base(number, fact, f"all {context.of_all}")
        if not steps[-1] - whole - set(context.of):
            return None
        said = f"it is said of all {context.of_all}, not of {path_in_words(fact.subject.base)}"
        return of_another_thing(number.mention, fact, said)

    def _alone(self, fact: Fact, context: Context) -> bool:
        """Tell whether a number is compared with none, and no group is said with that of a figure.

        "Men and boys" are not the boys.
        """
        others = context.telling & self.facts.steps
        return not context.compared and others <= fact.own | fact.path

    def slipped(self, choice: Choice) -> Stating | None:
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
        for fact, own, heard in self.spoken_of(choice):
            certain = heard.covered >= MOSTLY and self._alone(fact, context)
            siblings = of_number if certain and apart(fact, own) else ()
            akin = [each for each in siblings if kind_of(fact, each)]
            others = ((each, self.facts.heard(each, context)) for each in akin)
            if any(of_another((fact, heard), each, context) for each in others):
                return self.accused(number, fact, own)
            enough = heard.covered >= MOSTLY if fact.share else heard.evidence >= max(need, least)
            some = heard.beside and heard.covered >= MOSTLY and not context.cell
            in_scale = number.digits >= PRECISE and heard.covered >= MOSTLY and rescaled(fact, own)
            near = some or in_scale or heard.beside >= HALF
            same_way = number.digits > 1 and context.change and fact.way in {"", context.change}
            moved = fact.change and same_way and _told_in_another_unit(fact, own)
            if enough and (near or moved or number.digits >= PRECISE) and unit_slip(fact, own):
                in_another_unit = in_another_unit or (fact, own, MOVES if moved else frozenset())
            if near and heard.covered >= least and own.may_be():
                spoken.append((fact, own, heard))
        return (
            self._misprinted(number, spoken)
            or (self.accused(number, *in_another_unit) if in_another_unit else None)
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
            opposed = context.opposed or bool(OPPOSED.search(fact.called))
            opposed = opposed or other_side(context.said, fact.called)
            if others and said and apart(fact, own) and not opposed:
                return self.accused(number, fact, own)
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
        return self.accused(number, *found[0][1:]) if alone else None

    def _is_misprint(self, number: Number, fact: Fact, own: Printed, heard: Heard) -> bool:
        """Tell whether a number is that of a figure but for a slip in print.

        A digit that is another tells little where there are few, unless all words of the figure are
        said, and nothing makes the number one of a part of it.
        """
        slipped = misprinted(fact, own)
        if meets_but_for_sign(fact, own) and not turned(fact, own, number.context):
            return False
        if not slipped or not apart(fact, own):
            return False
        respelt = any("digit" in each for each in slipped)
        return number.digits >= PRECISE or heard.covered == SURE or not respelt

    def spoken_of(
        self, choice: Choice, more: Sequence[Fact] = ()
    ) -> Iterator[tuple[Fact, Printed, Heard]]:
        """Give the figures that the words speak of and that the sentence does not state."""
        context = choice.number.context
        if self.last is None or self.last[0] is not context:
            spoken = self._meant(self.facts.spoken_of(context), context)
            self.last = context, list(spoken)
        for found in (*self._meant(more, context), *self.last[1]):
            if found[0].id not in choice.taken:
                yield found

    def _meant(
        self, facts: Iterable[Fact], context: Context
    ) -> Iterator[tuple[Fact, Printed, Heard]]:
        """Give those of some figures that a number may be meant to be one of, with what is said."""
        for fact in facts:
            own = printed_for(fact, context)
            if own is None or not moves_alike(fact, context):
                continue
            if isinstance(fact.of, Derived) and fact.change != bool(context.change):
                continue
            if not (own.may_be(cell=context.cell) or unit_slip(fact, own)):
                continue
            heard = self.facts.heard(fact, context)
            if not heard.clash and may_be_meant(fact, context):
                yield fact, own, heard

    def accused(
        self, number: Number, fact: Fact, own: Printed, silent: frozenset[str] = frozenset()
    ) -> Stating | None:
        """Give that a number contradicts a figure, where all that is said beside it is of that.

        Where it has three digits of it or more in another unit or scale, or those of a sibling,
        only what narrows it down has to be of the figure.
        """
        context = number.context
        if self.obstacle(number, fact, moves=bool(silent)):
            return None
        beside = self.facts.heard(fact, context).beside
        if fact.change and fact.share and not context.change and beside < SURE:
            return None
        made = self.contradicts(number, fact, own)
        foreign = fact.foreign(context.telling - silent)
        if not foreign or context.cell:
            return None if foreign else made
        first = made.offers[0] if made.offers else ""
        sibling = number.digits >= PRECISE and first and not first.startswith("fits if")
        few = sibling or (len(foreign) == 1 and _resized(number, fact, own))
        return made if few and not fact.foreign(context.narrowing) else None

    def obstacle(self, number: Number, fact: Fact, *, moves: bool = False) -> str:
        """Say what keeps a number from being held against a figure whose words are beside it.

        Nothing does where it is told as a fact, of no part and of no other span of time, and is not
        known otherwise.
        """
        context = number.context
        if not context.real:
            return "it is not told as what is so"
        if within(fact, context):
            return "a part of its time is said"
        if number.part_of_another(fact):
            return "it is said of a part of what stands before it"
        spans = not (moves or fact.change) and reserved(context.said, fact.called)
        if spans:
            return f"'{spans}' is said"
        times, tens = _times_another(number, fact), _of_tens(number, fact)
        if times or tens:
            made = "makes" if times else "may make"
            return f"'{times or tens}' beside it {made} it that number"
        other = self._may_be_derived(number, fact)
        return f"it may be {other}" if other else ""

    def _may_be_derived(self, number: Number, accused: Fact) -> str:
        """Give what is derived from a figure, or another change, whose number it is."""
        changes = bool(number.context.change)
        found = (
            fact.id
            for fact, own in self.facts.of_number(number.context)
            if isinstance(fact.of, Derived)
            and fact.id != accused.id
            and (accused.id in fact.of.inputs or (changes and fact.change))
            and fit(fact, own).status
        )
        return next(found, "")

    def contradicts(self, number: Number, fact: Fact, own: Printed) -> Stating:
        return Stating(
            number.mention,
            CONTRADICTS,
            fact.id,
            proof=beside(number.mention, fact),
            offers=self.offers(number, fact, own),
            stretched=in_a_tie(fact, own),
        )

    def offers(self, number: Number, fact: Fact, own: Printed) -> tuple[str, ...]:
        """Give what was probably meant, most likely first."""
        unlike = unit_slip(fact, own)
        if unlike:
            return (unlike,)
        top = fact.subject.concept.partition("/")[0]
        kindred = []
        for other, theirs in self.facts.of_number(number.context):
            shared = len(other.own & fact.own)
            akin = shared or (top and other.subject.concept.partition("/")[0] == top)
            if akin and other.id != fact.id and fit(other, theirs).sure:
                kindred.append((-shared, second_hand(other), other))
        kindred.sort(key=lambda each: each[:2])
        near = [f"fits {_named(each, fact)}" for *_, each in kindred[:1]]
        text = own.figure.reported
        respelt = misprints(text, own.amount, fact.text, fact.amount.narrow)
        sign = ["fits if the sign were turned"] if turned(fact, own, number.context) else []
        slipped = [*sign, *respelt, *slips(text, own.amount, fact.amount.narrow)]
        offers = [*near, *(each for each in slipped if possible(each, own))]
        return tuple(dict.fromkeys(offers))[:MOST_OFFERS]

    def moved(self, number: Number, before: Sequence[Stating]) -> Stating | None:
        """Give the change of what was stated near it whose number it is but for unit or sign."""
        context = number.context
        if not (context.change and context.real):
            return None
        headings = number.mention.block.headings
        sentence = sentence_of(number.mention)
        last = [each for each in before[-1:] if sentence_of(each.mention) == sentence]
        if any(each.status == UNSOURCED for each in last):
            return None
        near = last or [each for each in before if each.mention.block.headings == headings]
        for name in dict.fromkeys(each.figure for each in reversed(near)):
            stated = self.facts.by_id.get(name)
            for fact in self.facts.changes_of(stated) if stated else ():
                own = printed(context.printed, fact.unit)
                if own and (_told_in_another_unit(fact, own) or turned(fact, own, context)):
                    made = self.accused(number, fact, own, MOVES)
                    if made:
                        return made
        return None

    def exchanged(
        self, chosen: Sequence[Choice], at: int, found: Sequence[Stating]
    ) -> Stating | None:
        """Give the figure of its words, where two numbers side by side are each the other's.

        Beside each number is said what only the figure of the other is called.
        """
        number = chosen[at].number
        fact = _number_of(chosen[at])
        for near in (at - 1, at + 1) if fact and found[at].status != CONTRADICTS else ():
            other = _number_of(chosen[near]) if 0 <= near < len(chosen) else None
            if fact is None or other is None:
                continue
            others = chosen[near].number
            same = sentence_of(number.mention) == sentence_of(others.mention)
            here, there = number.context, others.context
            told = said_alone(other, fact, here) and said_alone(fact, other, there)
            meant = printed_for(other, here)
            both = not self.obstacle(number, other) and not self.obstacle(others, fact)
            if same and told and both and meant and apart(other, meant):
                return self.contradicts(number, other, meant)
        return None

    def aligned(self, choice: Choice, stating: Stating, lines: Lines) -> Stating | None:
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
                    if apart(fact, own) and said_alone(fact, peer, context):
                        found[fact.id] = fact, own, found.get(fact.id, (fact, own, 0))[2] + 1
        best = sorted(found.values(), key=lambda each: -each[2])[:1]
        for fact, own, peers_of in best:
            other = told is None or said_alone(fact, told, context)
            other = other and in_time(fact, context) and not self.obstacle(number, fact)
            if peers_of >= PEERS and other and not fact.foreign(context.telling):
                return self.contradicts(number, fact, own)
        return None


def of_another_base(number: Number, fact: Fact, base: str) -> Stating:
    """Give that a number is that of a share, and told as one of another base."""
    proof, offers = f"it is said of {base}", (f"fits as a share of {fact.subject.base}",)
    return Stating(number.mention, CONTRADICTS, fact.id, proof=proof, offers=offers, base=base)


def _resized(number: Number, fact: Fact, own: Printed) -> bool:
    """Tell whether a number has three digits of a figure or more, in another unit or scale."""
    figure = fact.of
    if not isinstance(figure, Figure) or min(number.digits, digits(figure.reading)) < PRECISE:
        return False
    return bool(unit_slip(fact, own) or rescaled(fact, own))


def _of_tens(number: Number, fact: Fact) -> str:
    """Give what may make a number of another size that of a figure: ten years, per inhabitant."""
    own = printed_for(fact, number.context)
    if own is None or fact.share:
        return ""
    money = own.spoken is not None and own.spoken.currency
    measured = not money and unit_slip(fact, own)
    sized = measured or any(each.endswith(SIZES) for each in misprinted(fact, own))
    if not sized:
        return ""
    beside = (each for each in number.beside if each is not number.mention)
    many = (each for each in beside if each.reading.unit in OF_TENS)
    tens = next((each.text for each in many if _power_of_ten(each.reading.stated[0])), "")
    told = TENS.search(number.context.said)
    return tens or (told.group() if told else "")


def _power_of_ten(value: Fraction) -> bool:
    top, bottom = (str(each) for each in value.as_integer_ratio())
    return value != 1 and top.strip("0") in {"1", ""} and bottom.strip("0") == "1"


def _times_another(number: Number, fact: Fact) -> str:
    """Give the count of its sentence that with it makes that of a figure: 234 of ten each."""
    own, meant = printed_for(fact, number.context), fact.amount.narrow
    for each in number.beside:
        by = each.reading.narrow
        other = each is not number.mention and each.reading.unit in COUNTS
        if own and other and by.lower is not None and by.lower > 1 and TIMES.search(each.sentence):
            made = own.amount.narrow * by, own.amount.narrow / by
            if not all(one.disjoint(meant) for one in made):
                return each.text
    return ""


def _number_of(choice: Choice) -> Fact | None:
    """Give the figure whose number it is as printed, though it may be said of another base."""
    best = choice.best
    marked = bool(choice.number.mention.figure)
    known = best is not None and best.fit.status == STATED and not best.heard.clash and not marked
    return best.fact if best and known else None


def _told_in_another_unit(fact: Fact, own: Printed) -> bool:
    """Tell whether it is the number of a difference, and not one in per cent of what it was."""
    return bool(unit_slip(fact, own)) and not relative(fact, own)


def _spoken(heard: Heard) -> tuple[int, Fraction]:
    return heard.when + heard.where, heard.covered


def _named(fact: Fact, own: Fact) -> str:
    if isinstance(fact.of, Figure):
        return cited(fact.of, fact.subject, own.subject)
    return f"{fact.id} ({fact.text})"
