"""Diagnosis: what a figure that does not fit may have meant; an offer, never a verdict."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from fractions import Fraction

    from figurecheck.figures import Figure, Subject
    from figurecheck.interval import Interval

MOST = 3


class Stated(NamedTuple):
    """What a figure states as printed, both ends known."""

    lower: Fraction
    upper: Fraction
    subject: Subject
    figure: Figure


class Kin(NamedTuple):
    """Figures of one concept, base and dimension, of any place and period, by their lower ends."""

    stated: list[Stated]
    widest: Fraction

    def meeting(self, interval: Interval) -> Iterator[Stated]:
        """Give those that share a value with a bounded interval, from the least lower end on."""
        lower, upper = interval.lower, interval.upper
        if lower is None or upper is None:
            return
        first = bisect_left(self.stated, lower - self.widest, key=_lower)
        last = bisect_right(self.stated, upper, key=_lower)
        yield from (each for each in self.stated[first:last] if each.upper >= lower)


def _lower(each: Stated) -> Fraction:
    return each.lower


def kin(groups: Mapping[Subject, Sequence[Figure]]) -> dict[Subject, Kin]:
    """Give the figures that may be what another was meant to be, by what they are of."""
    alike: dict[Subject, list[Stated]] = defaultdict(list)
    for own, figures in groups.items():
        for figure in figures:
            narrow = figure.amount.narrow if figure.amount else None
            if narrow and narrow.lower is not None and narrow.upper is not None:
                stated = Stated(narrow.lower, narrow.upper, own, figure)
                alike[anywhere(own)].append(stated)
    return {
        own: Kin(sorted(found, key=_lower), max(each.upper - each.lower for each in found))
        for own, found in alike.items()
    }


def anywhere(own: Subject) -> Subject:
    """Give the subject with its place and period left open."""
    return own._replace(place=None, period=None)


def neighbours(figure: Figure, own: Subject, known: Mapping[Subject, Kin]) -> str:
    """Give the registered figures of the same concept, of another period or place, that it fits."""
    found = list(islice(_fitting(figure, own, known), MOST))
    return f"fits {', '.join(found)}" if found else ""


def _fitting(figure: Figure, own: Subject, known: Mapping[Subject, Kin]) -> Iterator[str]:
    if figure.amount is None or anywhere(own) not in known:
        return
    for other in known[anywhere(own)].meeting(figure.amount.narrow):
        theirs = other.subject
        pairs = ((theirs.period, own.period), (theirs.place, own.place))
        apart = ", ".join(str(each) for each, mine in pairs if each != mine)
        if apart:
            yield f"{other.figure.id} ({other.figure.reported}; {apart})"
