"""What the figures of a register are of, to look them up by number and by the words of a text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from figurecheck.context import LED, ON, SENTENCE
from figurecheck.dates import Recurring, times
from figurecheck.diagnosis import Kin, Of, kin, significant
from figurecheck.figures import POINTS, SHARE_UNITS, Figure, Subject, named_unit
from figurecheck.period import Period, period
from figurecheck.place import WORLD, called, name_of, named
from figurecheck.quotation import unlike_units
from figurecheck.reading import reported
from figurecheck.vocabulary import LESS, MOVES, UP, alike, says_a_change, stems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from figurecheck.context import Context
    from figurecheck.derivation import Derived
    from figurecheck.figures import Amount
    from figurecheck.place import Place
    from figurecheck.reading import Reading
    from figurecheck.units import Unit

Key = TypeVar("Key")

HALF = Fraction(1, 2)
BY_CHANCE = Fraction(1, 16)
"""Where fewer numbers than this would be one of a figure by chance, the number tells alone."""

BY_CONCEPT = Fraction(3, 4)
"""So much tells the last step of a concept where all of it is said; a label tells all."""

DOLLARS = {"US": "USD", "A": "AUD", "AU": "AUD", "C": "CAD", "CA": "CAD", "NZ": "NZD", "HK": "HKD"}
"""Which dollars a sign before "$" names."""

QUARTER = Fraction(1, 4)
QUARTERS = ("first", "second", "third", "fourth")
PAIR = 2
MOST_HEARD = 400
MOST_SPOKEN_OF = 16
FAR = 10**6
MAY, VERY = 1, 2
"""How well a time or a place that is said fits: it may be meant, it is the very one."""


class Fact(NamedTuple):
    """A figure or derived quantity, and the words for what it is a number of.

    `own` are the stems of its label, or of its concept where it has none; `path` those of its
    concept and base, `step` those of the last step of its concept, `known` those of all that the
    register says of it, `placed` those that its place is called. `change` tells that it says by how
    much something changed.
    """

    of: Figure | Derived
    subject: Subject
    amount: Amount
    own: frozenset[str]
    path: frozenset[str]
    step: frozenset[str]
    known: frozenset[str]
    placed: frozenset[str]
    change: bool

    @property
    def id(self) -> str:
        return self.of.id

    @property
    def called(self) -> str:
        """What the register calls it in words, its quote, its quarter and "a month", too."""
        if not isinstance(self.of, Figure):
            return ""
        own, often = self.subject.period, self.unit.partition(" / ")[2]
        quarter = (
            f"{QUARTERS[own.first.month // 3]} quarter" if own and own.years == QUARTER else ""
        )
        said = (self.of.label, self.of.concept, self.of.quote, quarter, f"a {often}")
        return "; ".join(said).replace("_", " ")

    @property
    def text(self) -> str:
        return self.of.reported if isinstance(self.of, Figure) else self.of.words

    def foreign(self, words: Iterable[str]) -> frozenset[str]:
        """Give those of some stems that are not of it."""
        unknown = set(words) - self.known
        return frozenset(
            each for each in unknown if not any(alike(each, known) for known in self.known)
        )

    @property
    def share(self) -> bool:
        """Whether it is in per cent, in points, or so many per so many."""
        own = self.amount.unit
        return own is not None and (own.rate or own.name in SHARE_UNITS - {"fraction"} | POINTS)

    @property
    def unit(self) -> str:
        return self.amount.unit.name if self.amount.unit else ""

    @property
    def way(self) -> str:
        """Whether a change was one to more (UP) or LESS in time; "" where that is not known."""
        return (
            _way_of_figure(self.of, self.amount) if isinstance(self.of, Figure) else _way(self.of)
        )


def _quarter(own: Subject) -> str:
    """Name the quarter that a figure is of, if it is of one."""
    when = own.period
    return f"{QUARTERS[when.first.month // 3]} quarter" if when and when.years == QUARTER else ""


def _way(derived: Derived) -> str:
    """Say whether the later of the two that it is derived from is more than the earlier."""
    inputs = [each for each in derived.inputs.values() if isinstance(each, Figure)]
    known = [(each.when.first, each.amount.narrow) for each in inputs if each.when and each.amount]
    if len(known) != len(derived.inputs) or len(known) != PAIR or known[0][0] == known[1][0]:
        return ""
    earlier, later = (narrow for _, narrow in sorted(known, key=lambda each: each[0]))
    return UP if earlier.precedes(later) else LESS if later.precedes(earlier) else ""


def _way_of_figure(figure: Figure, amount: Amount) -> str:
    """Say it by its sign; what is called a fall, and is above zero, is one.

    A fall below zero may be one or none.
    """
    lower, upper = amount.narrow.lower, amount.narrow.upper
    above, below = lower is not None and lower > 0, upper is not None and upper < 0
    words = re.findall(r"[^\W\d_]+", f"{figure.label} {figure.concept} {figure.id}".lower())
    falls = any(says_a_change(each) == LESS for each in words)
    if above:
        return LESS if falls else UP
    return LESS if below and not falls else ""


class Heard(NamedTuple):
    """How well the words around a number fit a figure; larger is better.

    `clash`: another time or place is said; `base`: another base. `when` and `where` are VERY or MAY
    where the time and the place that are said fit. `covered` is the part of the figure's own words
    that is said, by how rare they are, `beside` that said right beside the number, and `evidence`
    counts in addition all else that the register says of it; `apart_from_base` leaves out what
    its base is called.
    """

    clash: str
    base: str
    when: int
    where: int
    covered: Fraction
    beside: Fraction
    evidence: Fraction
    apart_from_base: Fraction = Fraction(0)


def facts(
    figures: Mapping[str, Figure],
    subjects: Mapping[str, Subject],
    derived: Mapping[str, Derived],
    labels: Mapping[str, str],
) -> Facts:
    """Give what a document may state: the figures with a number, and the derived quantities.

    `labels` are those of relations, by id.
    """
    found = []
    for figure in figures.values():
        if figure.amount is not None:
            name = figure.label or figure.concept.rpartition("/")[2] or figure.id
            more = [figure.concept, figure.base, figure.quote, figure.id, figure.place]
            more += [figure.attributed_to, *(figure.source.names if figure.source else ())]
            found.append(_fact(figure, subjects[figure.id], figure.amount, name, more))
    for each in derived.values():
        inputs = _inputs(each)
        if each.unit is not None and inputs:
            shared = set.intersection(*(set(stems(one.label)) for one in inputs))
            name = labels.get(each.id, "") or " ".join(sorted(shared)) or each.concept or each.id
            of = _shared(each, [subjects[one.id] for one in inputs])
            more = [each.concept, each.id, *(one.label for one in inputs)]
            found.append(_fact(each, of, each.amount, name, more))
    return Facts(found)


def _inputs(derived: Derived) -> list[Figure]:
    return [
        each
        for one in derived.inputs.values()
        for each in ([one] if isinstance(one, Figure) else _inputs(one))
    ]


def _shared(derived: Derived, of: Sequence[Subject]) -> Subject:
    """Give what a derived quantity is of: the place and period that all its inputs share."""
    places, periods = {each.place for each in of}, {each.period for each in of}
    place = places.pop() if len(places) == 1 else None
    when = periods.pop() if len(periods) == 1 else None
    dimension = derived.unit.dimension if derived.unit else None
    return Subject(derived.concept, "", place, when, dimension)


def _fact(
    of: Figure | Derived, subject: Subject, amount: Amount, name: str, more: Sequence[str]
) -> Fact:
    own = frozenset(stems(name))
    said = stems(f"{name} {' '.join(more)}")
    calls = () if isinstance(of, Figure) else of.statement.calls
    subtracts = not isinstance(of, Figure) and of.statement.left.steps[-1][0] == "-"
    in_points = amount.unit is not None and amount.unit.name in POINTS
    difference = subtracts or in_points or "change" in calls
    words = re.findall(r"[^\W\d_]+", f"{name} {subject.concept}".lower())
    change = difference or any(map(says_a_change, words))
    step = frozenset(stems(subject.concept.rpartition("/")[2]))
    path = frozenset(stems(f"{subject.concept} {subject.base}"))
    where = subject.place
    placed = frozenset(stems(" ".join(called(where)))) if where else frozenset()
    kind = "country nation" if where and where.country else ""
    known = (
        own
        | placed
        | frozenset(said)
        | set(stems(f"{kind} {_quarter(subject)}"))
        | set(re.findall("[0-9]+", f"{name} {' '.join(more)}"))
    )
    return Fact(of, subject, amount, own, path, step, known, placed, change)


class Printed(NamedTuple):
    """A number of a document as a figure in a unit, with what it comes to.

    `alone` is its text read by itself, `spoken` the unit that this names, None where it is bare.
    """

    figure: Figure
    amount: Amount
    unit: Unit
    alone: Reading
    spoken: Unit | None
    fits_unit: bool

    def may_be(self, *, cell: bool = False) -> bool:
        """Tell whether it may be of a figure in the unit.

        A bare number is no share and no money, except in a table.
        """
        if self.spoken is not None:
            return self.fits_unit
        own = self.unit
        of_hundred = own.name in SHARE_UNITS - {"fraction"} | POINTS
        return cell or not (own.currency or own.rate or of_hundred)


_alone = lru_cache(5_000)(reported)
"""A text read by itself, whatever unit it is held against."""


@lru_cache(50_000)
def printed(text: str, name: str) -> Printed | None:
    """Give what a text would be in a unit; None where it cannot be read alone."""
    own = Figure("", text, name)
    if own.amount is None or own.measured_in is None:
        return None
    alone = _alone(text)
    fits = not unlike_units(own, own) and in_its_dollars(text, own.measured_in)
    return Printed(own, own.amount, own.measured_in, alone, named_unit(alone), fits)


def printed_for(fact: Fact, context: Context) -> Printed | None:
    """Give what a number would be in the unit of a figure, below zero where "4 % less" is meant."""
    own = printed(context.printed, fact.unit)
    if own is None or not _falls(fact, context):
        return own
    if isinstance(fact.of, Figure):
        return printed(re.sub("[0-9]", r"-\g<0>", context.printed, count=1), fact.unit)
    alone = replace(own.alone, narrow=-own.alone.narrow, wide=-own.alone.wide)
    amount = replace(own.amount, narrow=-own.amount.narrow, wide=-own.amount.wide)
    return own._replace(amount=amount, alone=alone)


def _falls(fact: Fact, context: Context) -> bool:
    """Tell whether a change is below zero and a text says so in words."""
    upper = fact.amount.narrow.upper
    return context.change == LESS and upper is not None and upper < 0


def in_its_dollars(text: str, unit: Unit) -> bool:
    """Tell whether a text that names the dollars of a country means those of a unit."""
    named = re.search(r"\b(US|AU?|CA?|NZ|HK)\$|\bUSD\b", text)
    code = DOLLARS[named[1] or "US"] if named else ""
    return not (code and unit.currency) or str(unit.currency)[:3] == code


def digits(reading: Reading) -> int:
    """Give how many significant digits a number is printed with; a fraction in words has one."""
    value, step = reading.stated[0], reading.step
    if reading.unit in {"fraction", "ratio"}:
        return 1
    return len(str(abs(int(value / step)))) if step else 1


def _but_for_one(own: Subject) -> tuple[Subject, ...]:
    """Give a subject without its period, and without its place; none where it has no concept."""
    without = (own._replace(period=None), own._replace(place=None))
    return tuple(dict.fromkeys(without)) if own.concept else ()


def _family(own: Subject) -> tuple[Subject, ...]:
    """Give a subject with the whole of its concept alone; none where that is no part of any."""
    whole = own.concept.rpartition("/")[0]
    return (own._replace(concept=whole, base=""),) if whole else ()


def _concepts(own: Subject) -> set[str]:
    """Give the concept of a subject and that which it is a part of."""
    return {own.concept, own.concept.rpartition("/")[0]} - {""}


def _stated(fact: Fact) -> Iterator[tuple[str, tuple[Fraction, Fraction]]]:
    """Give the unit and the number of a figure, whatever bound it has."""
    if isinstance(fact.of, Figure):
        yield fact.unit, fact.of.reading.stated


def _of_which_change(fact: Fact) -> Iterator[frozenset[str]]:
    """Give what a change is called but for the words for that: "change in the share of tin"."""
    if fact.change:
        yield fact.own - MOVES


def _inputs_of(fact: Fact) -> set[str]:
    return set() if isinstance(fact.of, Figure) else set(fact.of.inputs)


def _grouped(found: Sequence[Fact], keys: Callable[[Fact], Iterable[Key]]) -> dict[Key, list[Fact]]:
    """Give the facts by each of their keys."""
    groups: dict[Key, list[Fact]] = defaultdict(list)
    for each in found:
        for key in keys(each):
            groups[key].append(each)
    return groups


class _Hedged(NamedTuple):
    """A figure of which a hedge leaves more open, with all that it leaves."""

    fact: Fact
    amount: Amount


def _hedged(fact: Fact) -> _Hedged:
    return _Hedged(fact, replace(fact.amount, narrow=fact.amount.wide))


def _one_kin(of: Sequence[Of]) -> Kin[Of]:
    """Give what is looked up by its number alone."""
    nothing = Subject("", "", None, None, None)
    return kin({nothing: of}).get(nothing, Kin([]))


class Facts:
    """What a document may state, to look up by number and by words."""

    def __init__(self, found: Sequence[Fact]) -> None:
        self.all = found
        self.by_id = {each.id: each for each in found}
        self.counted = _grouped(found, lambda each: [each.unit])
        self.said = _grouped(found, lambda each: each.own | each.step)
        self.of_scope = Counter(
            scope for each in found for scope in (each.subject.period, each.subject.place)
        )
        self.weights = {word: self._telling(len(of)) for word, of in self.said.items()}
        self.total = {each.id: sum(map(self.weight, each.own)) for each in found}
        self.of_the_same = _grouped(found, lambda each: _but_for_one(each.subject))
        self.known_elsewhere = {
            own: frozenset().union(*(each.known for each in of))
            for own, of in self.of_the_same.items()
            if own.place is None
        }
        self.of_family = _grouped(found, lambda each: _family(each.subject))
        self.of_concept = _grouped(found, lambda each: _concepts(each.subject))
        self.derived_from = _grouped(found, _inputs_of)
        self.change_in = _grouped(found, _of_which_change)
        self.of_digits = _grouped(found, lambda each: [significant(each.text)])
        self.words = {word for each in found for word in each.known}
        self.steps = frozenset(word for each in found for word in each.step)
        self.bases: dict[frozenset[str], str] = {}
        for each in found:
            for step in each.subject.concept.split("/"):
                self.bases.setdefault(frozenset(stems(step)), step)
        self.by_unit = {name: _one_kin(of) for name, of in self.counted.items()}
        self.hedged = {
            name: _one_kin([_hedged(each) for each in of if each.amount.wide != each.amount.narrow])
            for name, of in self.counted.items()
        }

        self.stated = _grouped(found, _stated)

    def series(self, fact: Fact) -> list[Fact]:
        """Give the figures that are of the same but for their period, itself among them."""
        return self.of_the_same.get(fact.subject._replace(period=None), [])

    def changes_of(self, stated: Fact) -> Iterator[Fact]:
        """Give the changes of what a figure is of: derived from it, of its concept, or its name."""
        for fact in self.derived_from.get(stated.id, ()):
            known = [self.by_id[each].subject for each in _inputs_of(fact) if each in self.by_id]
            of_one = {each._replace(period=None) for each in known}
            if fact.change and of_one == {stated.subject._replace(period=None)}:
                yield fact
        named = self.change_in.get(stated.own, ())
        for fact in (*self.of_concept.get(stated.subject.concept, ()), *named):
            if fact.change and fact.subject.place == stated.subject.place:
                yield fact

    def siblings(self, fact: Fact) -> list[Fact]:
        """Give the figures that are of the same but for their period or their place."""
        return self._others(fact, self.of_the_same, _but_for_one(fact.subject))

    def family(self, fact: Fact) -> list[Fact]:
        """Give the figures of the other groups of one concept, in the same place and period."""
        return self._others(fact, self.of_family, _family(fact.subject))

    def _others(
        self, fact: Fact, groups: Mapping[Subject, list[Fact]], keys: Iterable[Subject]
    ) -> list[Fact]:
        found = [each for key in keys for each in groups.get(key, ())[:MOST_HEARD]]
        return [each for each in found if each.id != fact.id]

    def _telling(self, many: int) -> int:
        """Give what is told by something that is said of so many figures: the more, the fewer."""
        return 1 + (len(self.all) // max(many, 1)).bit_length()

    def weight(self, word: str) -> int:
        return self.weights.get(word) or self._telling(0)

    def rarity(self, each: Period | Place | None) -> int:
        """Give what a period or a place tells, as `weight` does of a word."""
        return self._telling(self.of_scope[each])

    def units(self, text: str, *, cell: bool) -> Iterator[tuple[str, Printed]]:
        """Give the units in which a text may state a figure, with the figure that it then is."""
        for name in self.by_unit:
            own = printed(text, name)
            if own and own.may_be(cell=cell):
                yield name, own

    def need(self, reading: Reading, context: Context) -> Fraction:
        """Give how much has to be said of a figure besides its number.

        It is the chance that any number so printed is one of a figure, and nothing where that is
        small: the fewer digits a number has, the more has to be said.
        """
        value, wide = abs(reading.stated[0]), reading.wide
        if not wide.bounded or not value:
            return HALF
        width = max(reading.step, (wide.upper or 0) - (wide.lower or 0))
        units = self.units(context.printed, cell=context.cell)
        many = sum(len(self.counted[name]) for name, _ in units)
        chance = many * width / value
        return min(HALF, chance) if chance > BY_CHANCE else Fraction(0)

    def of_number(self, context: Context) -> Iterator[tuple[Fact, Printed]]:
        """Give what may share a value with a number."""
        for name, own in self.units(context.printed, cell=context.cell):
            wide, narrow = own.amount.wide, own.amount.narrow
            sought = wide if wide.bounded else narrow
            for fact in self.stated.get((name, own.figure.reading.stated), ()):
                if not (narrow.bounded and fact.amount.narrow.bounded):
                    yield fact, own
            yield from ((each.figure, own) for each in self.by_unit[name].meeting(sought))
            for hedged in self.hedged[name].meeting(sought):
                yield hedged.figure.fact, own
            for each in self.by_unit[name].meeting(-sought) if context.change == LESS else ():
                meant = printed_for(each.figure, context)
                if meant and _falls(each.figure, context):
                    yield each.figure, meant

    def spoken_of(self, context: Context) -> list[Fact]:
        """Give what the words around a number speak of, the most likely first."""
        rare = sorted(context.stems, key=lambda each: (len(self.said.get(each, ())), each))
        units = {name for name in self.by_unit if self._in_unit(name, context)}
        points: Counter[str] = Counter()
        room = MOST_HEARD
        for word in rare:
            of = self.said.get(word, ())
            room -= len(of)
            if room < 0 and points:
                break
            for each in of[:MOST_HEARD]:
                if each.unit in units:
                    points[each.id] += self.weight(word) * _nearness(context.stems[word])
        return [self.by_id[name] for name, _ in points.most_common(MOST_SPOKEN_OF)]

    def _in_unit(self, name: str, context: Context) -> bool:
        """Tell whether a number may be of a unit, or of one that it is taken for."""
        own = printed(context.printed, name)
        if own is None or own.may_be(cell=context.cell):
            return own is not None
        said = own.spoken
        money = said is not None and said.currency and own.unit.currency
        return bool(money) or (said is not None and said.dimensionless and own.unit.dimensionless)

    def heard(self, fact: Fact, context: Context) -> Heard:
        """Give how well the words around a number fit what a figure is of."""
        when, times_clash = _when(fact, context)
        where, places_clash = _where(fact, context)
        placed = fact.own & fact.placed if where else frozenset()
        told, total = self._told(fact.own - placed, context), self.total[fact.id] or 1
        told += sum(map(self.weight, placed))
        beside = sum(self.weight(each) for each in fact.own if context.stems.get(each) == 0)
        more = self._told(fact.known - fact.own, context) / 2
        more += self.rarity(fact.subject.period) * (when == VERY)
        more += self.rarity(fact.subject.place) * (where == VERY)
        return Heard(
            times_clash or places_clash or self._elsewhere(fact, context),
            self._base(fact, context),
            when,
            where,
            max(told / total, self._by_concept(fact, context)),
            Fraction(beside, total),
            (told + more) / total,
            self._apart_from_base(fact, context),
        )

    def _apart_from_base(self, fact: Fact, context: Context) -> Fraction:
        own = fact.own.difference(stems(fact.subject.base))
        total = sum(map(self.weight, own))
        said = [each for each in own if context.stems.get(each, FAR) < SENTENCE]
        return Fraction(sum(map(self.weight, said)), total) if total else Fraction(0)

    def _elsewhere(self, fact: Fact, context: Context) -> str:
        """Give the name behind "in" that is another place.

        The register knows nothing of it, or calls a figure so that is of the same elsewhere.
        """
        name = set(stems(context.elsewhere))
        if not name or fact.subject.place is None or name <= fact.known:
            return ""
        other = self.known_elsewhere.get(fact.subject._replace(place=None), frozenset())
        return context.elsewhere if name <= other or name.isdisjoint(self.words) else ""

    def _base(self, fact: Fact, context: Context) -> str:
        """Give of what a share is said to be where that is another concept than its base."""
        base = fact.subject.base
        if not (context.of and base and isinstance(fact.of, Figure) and fact.of.proportion):
            return ""
        if not set(stems(base)).isdisjoint(context.of):
            return ""
        said = [context.of[:length] for length in range(len(context.of), 0, -1)]
        named = next((each for each in said if frozenset(each) in self.bases), ())
        clashes = named and fact.own.isdisjoint(named)
        return self.bases[frozenset(named)].replace("_", " ") if clashes else ""

    def _by_concept(self, fact: Fact, context: Context) -> Fraction:
        """Give how much of the last step of its concept is said; a label would tell more."""
        total = sum(map(self.weight, fact.step))
        return BY_CONCEPT * self._told(fact.step, context) / total if total else Fraction(0)

    def _told(self, words: Iterable[str], context: Context) -> Fraction:
        """Give what is told by those words that are said; half, or a quarter, by farther ones."""
        quarters = 0
        for word in words:
            distance = context.stems.get(word)
            if distance is not None:
                quarters += self.weight(word) * _nearness(distance)
        return Fraction(quarters, 4)


def _nearness(distance: int) -> int:
    """Give how many quarters of what a word tells it tells so far off."""
    return 4 if distance < SENTENCE else 2 if distance < 2 * SENTENCE else 1


def _when(fact: Fact, context: Context) -> tuple[int, str]:
    """Give how well the times that are said fit, and that which clashes."""
    own, said = fact.subject.period, context.times
    if own is None or not said or context.earlier:
        return 0, ""
    beside = [each for distance, each in said if not distance]
    if not beside:
        return MAY * any(_same_time(own, each.when) for _, each in said), ""
    best = max(_same_time(own, each.when) for each in beside)
    if best:
        plain = any(_same_time(own, each.when) == VERY for each in beside if each.plain)
        return (VERY if plain else MAY), ""
    issued = fact.of.source.issued[:1] if isinstance(fact.of, Figure) and fact.of.source else ()
    if issued and all(_the_year(each.when) == issued[0] for each in beside):
        return 0, ""
    return 0, str(beside[0])


def may_be_meant(fact: Fact, context: Context) -> bool:
    """Tell whether a time of a figure is among those that are said, and a place beside, if any are.

    One that is said only in a later sentence is hardly that of the number. Where the register
    tells no time or place of it, those in its label and quote are its own; a part of its place is
    another place, and so is the world.
    """
    untimed = not any(at < ON for at, _ in context.times)
    said = [each.when for _, each in context.times]
    timed = untimed or any(_same_time(own, each) for own in _periods(fact) for each in said)
    where = [each for at, each in context.places if at <= LED and not _speaks_of(fact, each)]
    places = _places(fact)
    unnamed = any(_of_no_country(own) for own in places)
    around = [each for each in where if each != WORLD]
    placed = unnamed or any(each.contains(own) for own in places for each in around)
    placed = placed or not set(where).isdisjoint(places)
    return timed and (placed or not where)


def _periods(fact: Fact) -> list[Period]:
    """Give the periods that a figure may be of, with the year in which its source was issued."""
    if not isinstance(fact.of, Figure):
        return [each.when for each in _inputs(fact.of) if each.when]
    source, own = fact.of.source, fact.subject.period
    issued = [period(f"{each:04}") for each in source.issued[:1]] if source else []
    said = times(f"{fact.of.label}; {fact.of.quote}")
    told = [own] if own else [each.when for _, each in said if isinstance(each.when, Period)]
    return [*told, *issued]


def _places(fact: Fact) -> list[Place]:
    """Give the places that a figure may be of."""
    own = fact.subject.place
    if own is not None:
        return [own]
    if not isinstance(fact.of, Figure):
        return [each.where for each in _inputs(fact.of) if each.where]
    return [place for _, place in named(f"{fact.of.label}; {fact.of.quote}")]


def in_time(fact: Fact, context: Context) -> bool:
    """Tell whether a figure is of a time that its sentence says, if that says any."""
    own = fact.subject.period
    said = [each.when for distance, each in context.times if distance < SENTENCE]
    fits = own is None or not said or any(_same_time(own, each) for each in said)
    return fits and not within(fact, context)


def within(fact: Fact, context: Context) -> bool:
    """Tell whether a part of the time of a figure is said beside a number, and not all of it."""
    own = fact.subject.period
    said = [each.when for distance, each in context.times if not distance]
    if own is None:
        return False
    fits = {each: _same_time(own, each) for each in said}
    months = any(isinstance(each, Recurring) and fits[each] == MAY for each in fits)
    parts = (
        isinstance(each, Period) and fits[each] and own.contains(each) and not each.contains(own)
        for each in fits
    )
    return months or (VERY not in fits.values() and any(parts))


def is_said(fact: Fact, context: Context) -> bool:
    """Tell whether the very period of a figure is said beside a number, as that of it."""
    own = fact.subject.period
    beside = [each.when for distance, each in context.times if not distance and each.plain]
    return own is not None and any(_same_time(own, each) == VERY for each in beside)


def _the_year(said: Period | Recurring) -> int:
    """Give the year that a time is, 0 where it is none."""
    if isinstance(said, Recurring) or said.years != 1 or said.first.month != 1:
        return 0
    return said.first.year


def _same_time(own: Period, said: Period | Recurring) -> int:
    """Give VERY where a time that is said has all of a period, MAY where they overlap, else 0.

    "By 15 October" is the period that ends with that day.
    """
    if isinstance(said, Recurring):
        same = said.of(own)
        return MAY if same is None else VERY * same
    by_then = said.first == said.last == own.last and own.contains(said)
    if said.contains(own) or by_then:
        return VERY
    return 0 if own.disjoint(said) else MAY


def _where(fact: Fact, context: Context) -> tuple[int, str]:
    """Give how well the places that are said fit, and that which clashes."""
    own, said = fact.subject.place, context.places
    if own is None:
        return 0, ""
    if _of_no_country(own):
        spoken = stems(own.code.partition(":")[2])
        farthest = max((context.stems.get(each, FAR) for each in spoken), default=FAR)
        return (MAY if farthest else VERY) if farthest < SENTENCE else 0, ""
    others = [(distance, each) for distance, each in said if not _speaks_of(fact, each)]
    beside = [each for distance, each in others if not distance]
    if beside:
        if own in beside:
            return VERY, ""
        known = any(own.contains(each) or each.contains(own) for each in beside)
        return (MAY, "") if known else (0, str(beside[0]))
    near = {each for distance, each in others if distance < SENTENCE}
    called = min((context.stems.get(each, FAR) for each in fact.placed), default=FAR)
    may = called < SENTENCE or any(own == each for _, each in others)
    return VERY if near == {own} or (not called and not near) else MAY * may, ""


def _of_no_country(place: Place) -> bool:
    return ":" in place.code and not place.code.startswith("M49:")


def _speaks_of(fact: Fact, place: Place) -> bool:
    """Tell whether a figure of one place has another in its own words: "from Sudan"."""
    name = name_of(place)[:5].casefold()
    return place != fact.subject.place and any(each.startswith(name) for each in fact.known)
