"""Which figure a number that states none is nearest to, and why it is not held against that."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from figurecheck.diagnosis import of_the_others, significant
from figurecheck.kinship import kind_of, said_alone
from figurecheck.slip import misprinted, rescaled, turned, unit_slip
from figurecheck.stating import STATED, UNSOURCED, apart, fit, of_another_thing
from figurecheck.topic import HALF, printed_for
from figurecheck.vocabulary import WORD, stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from figurecheck.contradiction import Contradictions
    from figurecheck.stating import Candidate, Choice, Number, Stating
    from figurecheck.topic import Fact, Facts, Printed


def nearest(
    against: Contradictions, choice: Choice, stating: Stating, before: Sequence[Stating]
) -> Stating:
    """Give with an unsourced number the figure that it would be but for a slip.

    Most is said of that, or it is of a time that the text goes on to, or has its digits in another
    unit or scale. The number may be of something else: the reason says what keeps it from being
    held against the figure.
    """
    number, best = choice.number, choice.best
    known = stating.offers or (best is not None and best.fit.status != STATED)
    if stating.status != UNSOURCED or number.mention.figure or (stating.near and known):
        return stating
    its = against.facts.by_id.get(stating.near)
    stated = [against.facts.by_id[each.figure] for each in before[-1:] if each.figure]
    told = [
        *(fact for fact, _ in against.of_before(choice, before)),
        *(change for fact in stated for change in against.facts.changes_of(fact)),
    ]
    same = list(_of_its_digits(against.facts, number))
    spoken = list(against.spoken_of(choice, [*told, *same]))
    found = [
        (-heard.when - heard.where, -heard.covered, -heard.beside, at, fact, own)
        for at, (fact, own, heard) in enumerate(spoken)
        if (heard.covered >= HALF or fact in told or fact in same)
        and (
            its is None
            or kind_of(fact, its) in {"time", "place"}
            or said_alone(fact, its, number.context)
        )
        and not any(
            other.covered > heard.covered and kind_of(fact, each)
            for each, _, other in (() if fact in same else spoken)
        )
        and _slipped(against, number, fact, own)
    ]
    if not found:
        return stating
    *_, fact, own = min(found)
    offers = against.offers(number, fact, own)
    near = f"near {fact.id} ({fact.text})"
    obstacle = against.obstacle(number, fact) or _foreign(number, fact)
    but = f"{near}, but {obstacle or 'it may be of something else'}"
    reason = f"{stating.reason}; {near}" if stating.reason else but
    return replace(stating, near=fact.id, offers=offers, reason=reason)


def said_of_another(against: Contradictions, number: Number, best: Candidate) -> Stating | None:
    """Give that more is said of a figure of another group or place than of that of the number."""
    fact, facts, context = best.fact, against.facts, number.context
    for other in (*facts.siblings(fact), *facts.family(fact)):
        own = printed_for(other, context)
        akin = (other.unit, other.change) == (fact.unit, fact.change)
        if own is None or not akin or kind_of(other, fact) not in {"place", "group"}:
            continue
        told = said_alone(other, fact, context) and not said_alone(fact, other, context)
        if told and facts.heard(other, context).covered > best.heard.covered:
            offers = against.offers(number, other, own)
            found = of_another_thing(number.mention, fact, f"what is said is of {other.id}")
            return replace(found, near=other.id, offers=offers)
    return None


def _of_its_digits(facts: Facts, number: Number) -> Iterator[Fact]:
    """Give the figures whose digits a number has, in another unit or scale; they are no chance."""
    context = number.context
    same = facts.of_digits.get(significant(context.printed), ())
    chance = min(HALF, Fraction(len(facts.all), 9 * 10 ** (number.digits - 1)))
    for fact in same if number.digits > 1 else ():
        own = printed_for(fact, context)
        resized = own and (unit_slip(fact, own) or rescaled(fact, own))
        if resized and facts.heard(fact, context).evidence > chance:
            yield fact


def _slipped(against: Contradictions, number: Number, fact: Fact, own: Printed) -> bool:
    """Tell whether a slip makes of a figure a number, or it is that of another of its kind."""
    if unit_slip(fact, own) or turned(fact, own, number.context):
        return True
    if number.digits == 1 or not (own.may_be(cell=True) and apart(fact, own)):
        return False
    kin = (
        each
        for each, theirs in against.facts.of_number(number.context)
        if kind_of(fact, each) and fit(each, theirs).sure
    )
    return bool(
        misprinted(fact, own)
        or of_the_others(own.figure.reported, own.amount, fact.amount.narrow)
        or next(kin, None)
    )


def _foreign(number: Number, fact: Fact) -> str:
    """Say which word beside a number the register does not have of a figure."""
    context = number.context
    foreign = fact.foreign(context.telling)
    words = (each for each in WORD.findall(context.said) if foreign.intersection(stem(each)))
    word = next(words, "")
    return f"the register does not say '{word}' of it" if word else ""
