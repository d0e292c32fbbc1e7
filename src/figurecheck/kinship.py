"""In what two figures of one kind differ, and of which of them the words around a number are."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from figurecheck.context import SENTENCE, SOME_TIME
from figurecheck.figures import Figure
from figurecheck.quotation import SIDE
from figurecheck.topic import FAR, HALF, VERY, is_said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from figurecheck.context import Context
    from figurecheck.period import Period
    from figurecheck.topic import Fact, Heard


LASTS = {"week": (7,), "month": range(28, 32), "quarter": range(89, 93)}
"""How many days a step back in time has."""


def kind_of(fact: Fact, other: Fact) -> str:
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


def of_one_thing(fact: Fact, other: Fact) -> bool:
    """Tell whether two figures are of one concept, base and place; either may tell no period."""
    mine, its = fact.subject, other.subject
    apart = mine.period and its.period and mine.period != its.period
    same = mine._replace(period=None) == its._replace(period=None)
    return bool(mine.concept) and same and not apart


def second_hand(fact: Fact) -> tuple[bool, bool]:
    """Give what comes last: what repeats or quotes another, and what is only a bound."""
    if not isinstance(fact.of, Figure):
        return False, False
    quotes = bool(fact.of.repeats or fact.of.attributed_to)
    return quotes, fact.of.reading.qualifier in SIDE


def of_another(one: tuple[Fact, Heard], other: tuple[Fact, Heard], context: Context) -> bool:
    """Tell whether the words are of one figure and not of its sibling.

    Either both are of the same at different times or places, and what the sibling is of clashes; or
    each is of a group or place of its own, and only one is said in the sentence, beside the number.
    """
    (fact, mine), (sibling, its) = one, other
    if not fact.known.issuperset(context.of):
        return False
    kind = kind_of(fact, sibling)
    if kind == "group":
        timed = fact.subject.period is not None
        return timed and mine.covered >= HALF and _in_words(fact, sibling, context)
    if not context.narrowing <= fact.known:
        return False
    fits = (mine.when if kind == "time" else mine.where) == VERY
    clashes = bool(kind and fits and (its.clash or (kind == "time" and not its.when)))
    return clashes or (kind == "place" and _in_words(fact, sibling, context))


def said_alone(fact: Fact, other: Fact, context: Context) -> bool:
    """Tell whether only one of two figures of a kind is called by what is said beside a number."""
    kind, beside = kind_of(fact, other), context.beside
    if kind == "time":
        step = is_before(fact.subject.period, other.subject.period, context.earlier)
        return is_said(fact, context) or step
    if kind not in {"place", "group"}:
        return False
    mine, its = fact.own - other.own, other.own - fact.own
    named, elsewhere = fact.placed - other.placed, other.placed - fact.placed
    said = (mine and mine <= beside) or (kind == "place" and named and named <= beside)
    return bool(said) and not (its | elsewhere) & beside


def unsaid(fact: Fact, other: Fact, context: Context) -> bool:
    """Tell whether the other of two figures alone is said: in the sentence nothing of the one."""
    if not other.own - fact.own - other.placed <= context.beside:
        return False
    called = (fact.own | fact.placed) - other.own - other.placed
    near = {each for each, distance in context.stems.items() if distance < SENTENCE}
    timed = fact.subject.period != other.subject.period and is_said(fact, context)
    return not (called & near or timed)


def named_beside(fact: Fact, other: Fact, context: Context) -> bool:
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


def is_before(own: Period | None, last: Period | None, step: str) -> bool:
    """Tell whether a period is that before another: a year earlier, or the one that it follows."""
    if step in {"", SOME_TIME} or own is None or last is None:
        return False
    if abs(own.years - last.years) > Fraction(1, 20):
        return False
    if step == "year":
        return (own.first.year + 1, own.first.month) == (last.first.year, last.first.month)
    days = (own.last - own.first).days + 1
    return days in LASTS.get(step, ()) and (last.first - own.last).days == 1
