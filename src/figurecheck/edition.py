"""Which figures are of an older edition than another of the same, by when sources were issued."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from figurecheck.figures import called

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping
    from datetime import date

    from figurecheck.figures import Figure, Source, Subject
    from figurecheck.interval import Interval
    from figurecheck.period import Period
    from figurecheck.relation import Relation

    Figures = Mapping[str, Figure]
    Subjects = Mapping[str, Subject]
    Spot = tuple[Hashable, ...]

FORECAST = "F"
SAME, AS_LONG, BEGUN, ANY, NONE = "same", "as long", "begun", "any", "none"


@dataclass(frozen=True, slots=True, eq=False)
class Thing:
    """What editions are editions of: all that a figure is of but its period; one object each."""

    subject: Subject
    difference: bool


class Edition(NamedTuple):
    """The newest of several figures, and the values that any of the equally new allows."""

    figure: Figure
    source: Source
    period: Period | None
    allowed: Interval

    @property
    def rank(self) -> tuple[tuple[int, ...], int]:
        """How new it is: first by its source, then by its period."""
        return self.source.issued, self.period.last.toordinal() if self.period else 0


class Standing(NamedTuple):
    """A figure, what it goes back to, and the newer edition that says otherwise, if one does.

    `known` tells that the newer edition was out when the figure's own source was issued; `undated`
    is the key of a source without a date, for which nothing can be told.
    """

    figure: Figure
    original: Figure
    newer: Edition | None = None
    known: bool = False
    undated: str = ""


def precedes(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Tell whether a date is sure to be before another; either may lack its month or day."""
    length = min(len(one), len(other))
    return one[:length] < other[:length]


def standings(
    figures: Figures, subjects: Subjects, relations: Iterable[Relation] = ()
) -> Iterator[Standing]:
    """Yield the figures of what is known from several sources, with the newer edition of each.

    A newer edition is of the same concept, base, place and dimension, by the same publisher under
    any of its names, issued later; and of the same period, of one as long and not earlier, or of
    one that began with it and ends later, within a year. A figure that says of when it is has a
    newer edition only of the same period. One that stands beside the newer edition, in its source
    or in a relation, is a point of a series and has none.
    """
    originals, things = first_hand(figures), _things(figures, subjects)
    newest, silent = _newest(figures, subjects, things), _silent(figures, things)
    company = _company(originals, figures, things, relations)
    met = _met(originals, things, company)
    told: set[str] = set()
    for figure in figures.values():
        original = originals[figure.id]
        thing = things.get(original.id)
        if thing is None or not _of(thing, figure):
            continue
        when, stated = subjects[original.id].period, _stated(figure, figures, subjects)
        dated = stated is not None and when in (None, stated)
        found = [
            edition
            for name, spot in product(_publishers(original), _asked(when, dated=dated))
            if (edition := newest.get((thing, name, spot))) and _newer(edition, original, when)
        ]
        undated = "" if dated or found else _undated(original, thing, silent)
        if undated in told:
            continue
        told.update(filter(None, [undated]))
        newer = max(found, key=_rank, default=None)
        if newer and (
            _agrees(figure, newer)
            or not met[thing, newer.source.key].isdisjoint(company[figure.id])
        ):
            newer = None
        yield Standing(figure, original, newer, _could_know(figure, newer), undated)


def succeeds(figure: Figure, own: Subject, other: Figure, its: Subject) -> bool:
    """Tell whether a figure is of a newer edition than another, by one publisher at least.

    What each is of is given beside it; that both are of the same is for the caller to know.
    """
    source, read = figure.source, figure.amount
    if source is None or read is None or set(_publishers(figure)).isdisjoint(_publishers(other)):
        return False
    return _newer(Edition(figure, source, own.period, read.wide), other, its.period)


def first_hand(figures: Figures) -> dict[str, Figure]:
    """Give for each figure the one at the end of what it repeats; in a circle, one of these."""
    found: dict[str, Figure] = {}
    for figure in figures.values():
        current, path = figure, {figure.id: figure}
        while current.id not in found and current.repeats in figures:
            current = figures[current.repeats]
            if current.id in path:
                break
            path[current.id] = current
        found.update(dict.fromkeys(path, found.get(current.id, current)))
    return found


def _things(figures: Figures, subjects: Subjects) -> dict[str, Thing]:
    """Give what first-hand figures are of, by id, where more than one source has figures of it."""
    things: dict[str, Thing] = {}
    made: dict[Spot, Thing] = {}
    sources: dict[Thing, set[str]] = defaultdict(set)
    for figure in figures.values():
        own = subjects[figure.id]
        stated = own.concept and own.place and (own.base or own.dimension)
        if stated and figure.source and figure.amount and not figure.repeats:
            what = own._replace(period=None), figure.difference
            things[figure.id] = thing = made.setdefault(what, Thing(*what))
            sources[thing].add(figure.source_key)
    return {name: thing for name, thing in things.items() if len(sources[thing]) > 1}


def _of(thing: Thing, figure: Figure) -> bool:
    """Tell whether a figure can be compared with those of a thing."""
    measured_in = figure.measured_in if figure.amount else None
    dimension = measured_in.dimension if measured_in else None
    return (dimension, figure.difference) == (thing.subject.dimension, thing.difference)


def _publishers(figure: Figure) -> list[str]:
    names = figure.source.publishers if figure.source else frozenset()
    return sorted(called(figure.attributed_to) if figure.attributed_to else names)


def _newest(
    figures: Figures, subjects: Subjects, things: Mapping[str, Thing]
) -> dict[tuple[Thing, str, Spot], Edition]:
    """Give the newest edition of each thing, by publisher and by which periods ask for it.

    What a source only passes on, and what lies ahead of it, is no edition.
    """
    newest: dict[tuple[Thing, str, Spot], Edition] = {}
    for name, thing in things.items():
        figure, when = figures[name], subjects[name].period
        source, amount = figure.source, figure.amount
        if source is None or amount is None or figure.attributed_to or FORECAST in figure.status:
            continue
        if not source.issued or (when and precedes(source.issued_until, _day(when.first))):
            continue
        edition = Edition(figure, source, when, amount.wide)
        for publisher, spot in product(_publishers(figure), _answered(when)):
            place = (thing, publisher, spot)
            other = newest.get(place)
            if other is None or other.rank < edition.rank:
                newest[place] = edition
            elif other.rank == edition.rank:
                newest[place] = other._replace(allowed=other.allowed.hull(edition.allowed))
    return newest


def _answered(when: Period | None) -> Iterator[Spot]:
    """Yield under what an edition of a period is looked for."""
    if when is None:
        yield (NONE,)
        return
    yield _same(when)
    yield _as_long(when)
    yield (ANY,)
    if when.years <= 1:
        yield _begun(when)


def _asked(when: Period | None, *, dated: bool) -> Iterator[Spot]:
    """Yield where to look for newer editions of a period; `dated`: readers are told the period."""
    if when is not None:
        yield _same(when)
    if not dated:
        yield from [_as_long(when), _begun(when)] if when else [(NONE,), (ANY,)]


def _same(when: Period) -> Spot:
    return SAME, when.first.toordinal(), when.last.toordinal()


def _as_long(when: Period) -> Spot:
    return AS_LONG, *when.years.as_integer_ratio()


def _begun(when: Period) -> Spot:
    return BEGUN, when.first.toordinal()


def _day(day: date) -> tuple[int, ...]:
    return day.year, day.month, day.day


def _rank(edition: Edition) -> tuple[tuple[int, ...], int]:
    return edition.rank


def _stated(figure: Figure, figures: Figures, subjects: Subjects) -> Period | None:
    """Give the period that a figure states itself or by its base, not by what it repeats."""
    if figure.period or not figure.repeats:
        return subjects[figure.id].period
    return subjects[figure.base].period if figure.base in figures else None


def _newer(edition: Edition, original: Figure, when: Period | None) -> bool:
    """Tell whether an edition is sure to be later than a figure, in issue and in period."""
    issued = original.source.issued_until if original.source else ()
    if FORECAST in original.status or not precedes(issued, edition.source.issued):
        return False
    if when is None:
        return edition.period is None or precedes(issued, _day(edition.period.first))
    period = edition.period or when
    return when.first <= period.first and when.last <= period.last


def _company(
    originals: Figures, figures: Figures, things: Mapping[str, Thing], relations: Iterable[Relation]
) -> dict[str, list[Spot]]:
    """Give for each figure that may have editions the source and the relations it stands in."""
    company: dict[str, list[Spot]] = {
        name: [("source", figures[name].source_key)]
        for name, original in originals.items()
        if original.id in things
    }
    for relation in relations:
        for name in relation.names:
            if name in company:
                company[name].append(("relation", relation.id))
    return company


def _met(
    originals: Figures, things: Mapping[str, Thing], company: Mapping[str, Iterable[Spot]]
) -> dict[tuple[Thing, str], set[Spot]]:
    """Give the sources and relations that have a thing as a source first published it."""
    met: dict[tuple[Thing, str], set[Spot]] = defaultdict(set)
    for name, spots in company.items():
        original = originals[name]
        met[things[original.id], original.source_key].update(spots)
    return met


def _agrees(figure: Figure, edition: Edition) -> bool:
    """Tell whether a number, with what its words allow, is also one of an edition."""
    return figure.amount is None or not figure.amount.wide.disjoint(edition.allowed)


def _could_know(figure: Figure, newer: Edition | None) -> bool:
    """Tell whether a newer edition was out when the source of a figure that repeats was issued."""
    if newer is None or figure.source is None or not figure.repeats:
        return False
    return precedes(newer.source.issued, figure.source.issued)


def _silent(figures: Figures, things: Mapping[str, Thing]) -> dict[tuple[Thing, str], list[Source]]:
    """Give two sources of each thing and publisher, those without a date of issue first."""
    silent: dict[tuple[Thing, str], list[Source]] = defaultdict(list)
    for dated, (name, thing) in product((False, True), things.items()):
        figure = figures[name]
        source = figure.source
        if source is None or figure.attributed_to or bool(source.issued) != dated:
            continue
        for publisher in source.publishers:
            known = silent[thing, publisher]
            if len(known) <= 1 and source not in known:
                known.append(source)
    return silent


def _undated(
    original: Figure, thing: Thing, silent: Mapping[tuple[Thing, str], list[Source]]
) -> str:
    """Give the key of a source without a date, so that it is not known which edition is newer."""
    own = original.source
    for publisher in _publishers(original):
        for other in silent.get((thing, publisher), []):
            if own is not None and other.key != own.key and not (own.issued and other.issued):
                return other.key if own.issued else own.key
    return ""
