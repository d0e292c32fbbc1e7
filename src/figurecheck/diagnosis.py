"""Diagnosis: what a figure that does not fit may have meant; an offer, never a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from figurecheck.figures import Figure, Subject

MOST = 3


def neighbours(
    figure: Figure,
    own: Subject,
    kin: Sequence[Subject],
    groups: Mapping[Subject, Sequence[Figure]],
) -> str:
    """Give the registered figures of the same concept, of another period or place, that it fits."""
    found = list(_fitting(figure, own, kin, groups))
    return f"fits {', '.join(found[:MOST])}" if found else ""


def _fitting(
    figure: Figure,
    own: Subject,
    kin: Sequence[Subject],
    groups: Mapping[Subject, Sequence[Figure]],
) -> Iterator[str]:
    for other in kin:
        pairs = ((other.period, own.period), (other.place, own.place))
        apart = ", ".join(str(theirs) for theirs, mine in pairs if theirs != mine)
        for each in groups[other] if apart else ():
            pair = figure.amount, each.amount
            if pair[0] and pair[1] and not pair[0].narrow.disjoint(pair[1].narrow):
                yield f"{each.id} ({each.reported}; {apart})"
