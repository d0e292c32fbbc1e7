"""Which figure of a register each quantity of a document states, and how far it is that number."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from figurecheck.context import SENTENCE, Recurring, Surroundings, says_a_change, stems
from figurecheck.diagnosis import Kin, cited, kin, misprints, slips
from figurecheck.figures import POINTS, SHARE_UNITS, Figure, Subject, named_unit
from figurecheck.quotation import SIDE, changed_qualifier, meet, only_a_tie, says_less, unlike_units
from figurecheck.place import name_of
from figurecheck.reading import reported

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from figurecheck.context import Context
    from figurecheck.derivation import Derived
    from figurecheck.document import Document, Mention
    from figurecheck.figures import Amount
    from figurecheck.period import Period
    from figurecheck.place import Place
    from figurecheck.register import Register
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
HALF = Fraction(1, 2)
LEAST = {1: HALF, 2: HALF, 3: HALF / 2}
MOSTLY = Fraction(3, 4)
TOUCHED = Fraction(1, 8)
PRECISE = 3
DOLLARS = {"US": "USD", "A": "AUD", "AU": "AUD", "C": "CAD", "CA": "CAD", "NZ": "NZD", "HK": "HKD"}
DOLLARS["S"] = "SGD"
VERY = 2
LOOK_BACK = 6
BY_CHANCE = Fraction(1, 16)
"""Where fewer numbers than this would be one of a figure by chance, the number tells alone."""

MOST_HEARD = 400
MOST_SPOKEN_OF = 12
FAR = 10**6


@dataclass(frozen=True, slots=True)
class Stating:
    """A quantity of a document beside a register.

    `figure` is the id of the figure or derived quantity that it states or contradicts, "" where
    there is none; `others` are further ones of the same number. `proof` has the numbers,
    `diagnosis` what was probably meant, `reason` why nothing more can be told.
    """

    mention: Mention
    status: str
    figure: str = ""
    others: tuple[str, ...] = ()
    proof: str = ""
    diagnosis: str = ""
    reason: str = ""
    stretched: bool = False


class Fact(NamedTuple):
    """A figure or derived quantity, and the words for what it is a number of.

    `own` are the stems of its label, or of its concept where it has none; `step` those of the last
    step of its concept, `known` those of all that the register says of it. `change` tells that it says by how much something changed.
    """

    of: Figure | Derived
    subject: Subject
    amount: Amount
    own: frozenset[str]
    step: frozenset[str]
    known: frozenset[str]
    change: bool

    @property
    def id(self) -> str:
        return self.of.id

    @property
    def text(self) -> str:
        return self.of.reported if isinstance(self.of, Figure) else self.of.words

    @property
    def unit(self) -> Unit:
        assert self.amount.unit is not None
        return self.amount.unit


class Heard(NamedTuple):
    """How well the words around a number fit a figure; larger is better.

    `clash`: another time or place is said; `base`: another base. `when` and `where` are 2 for the very one, 1 for one that
    may be it; `covered` is the part of the figure's own words that is said, by how rare they are,
    `beside` that said right beside it, and `evidence` counts in addition all else that the register says of it.
    """

    clash: str
    base: str
    when: int
    where: int
    covered: Fraction
    beside: Fraction
    evidence: Fraction


def facts(register: Register) -> list[Fact]:
    """Give what a document may state: the figures with a number, and the derived quantities."""
    labels = {each.id: each.label for each in register.relations}
    found = []
    for figure in register.values():
        if figure.amount is not None and figure.measured_in is not None:
            name = figure.label or figure.concept.rpartition("/")[2] or figure.id
            more = (figure.concept, figure.base, figure.quote, figure.id, figure.place)
            found.append(_fact(figure, register.subjects[figure.id], name, more))
    for derived in register.derivations.derived.values():
        if derived.amount.unit is not None:
            inputs = _inputs(derived)
            shared = set.intersection(*(set(stems(each.label)) for each in inputs)) if inputs else set()
            name = labels.get(derived.id, "") or " ".join(shared) or derived.concept or derived.id
            of = [register.subjects[each.id] for each in inputs]
            more = (derived.concept, derived.id, *(each.label for each in inputs))
            found.append(_fact(derived, _shared(derived, of), name, more))
    return found


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


def _fact(of: Figure | Derived, subject: Subject, name: str, more: Sequence[str]) -> Fact:
    own = frozenset(stems(name))
    amount = of.amount
    assert amount is not None
    said = stems(f"{name} {' '.join(more)}")
    called = set() if isinstance(of, Figure) else {"change", "points"} & set(of.statement.calls)
    unit = amount.unit.name if amount.unit else ""
    words = f"{name} {subject.concept}".replace("_", " ").replace("/", " ").lower().split()
    change = bool(called) or unit in POINTS or any(map(says_a_change, words))
    step = frozenset(stems(subject.concept.rpartition("/")[2].replace("_", " ")))
    return Fact(of, subject, amount, own, step, own | frozenset(said), change)


@lru_cache(50_000)
def _printed(text: str, unit: str) -> Figure | None:
    """Give the figure that a text would be in a unit; None where it is none."""
    own = Figure("", text, unit)
    return own if own.amount is not None else None


@lru_cache(10_000)
def _alike(text: str, unit: str, *, cell: bool = False) -> bool:
    """Tell whether a text may be of a figure in a unit; a bare number is no share and no money."""
    own, theirs = Figure("", "", unit), _printed(text, unit)
    if theirs is None or own.measured_in is None:
        return False
    if not reported(text).unit:
        measured = own.measured_in
        special = measured.currency or measured.rate or measured.name in SHARE_UNITS | POINTS
        return cell or not special
    return not unlike_units(own, theirs) and _in_its_dollars(text, own.measured_in)


def _in_its_dollars(text: str, measured_in: Unit) -> bool:
    """Tell whether a text that names the dollars of a country means those of a unit."""
    named = re.search(r"\b(US|A|AU|C|CA|NZ|HK|S)\$|\b(USD)\b", text)
    code = DOLLARS[named[1] or "US"] if named else ""
    return not code or not measured_in.currency or measured_in.currency[:3] == code


def digits(mention: Mention) -> int:
    """Give how many significant digits a number is printed with."""
    value, step = mention.reading.stated[0], mention.reading.step
    if mention.reading.unit in {"fraction", "ratio"}:
        return 1
    return len(str(abs(int(value / step)))) if step else 1


class Facts:
    """What a document may state, to look up by number and by words."""

    def __init__(self, found: Sequence[Fact]) -> None:
        self.all = found
        self.by_id = {each.id: each for each in found}
        self.said: dict[str, list[Fact]] = defaultdict(list)
        by_unit: dict[str, list[Fact]] = defaultdict(list)
        for each in found:
            by_unit[each.unit.name].append(each)
            for word in each.own | each.step:
                self.said[word].append(each)
        self.dated = Counter(each.subject.period for each in found)
        self.placed = Counter(each.subject.place for each in found)
        self.of_the_same: dict[Subject, list[Fact]] = defaultdict(list)
        for each in found:
            if each.subject.concept:
                self.of_the_same[each.subject._replace(period=None)].append(each)
        self.counted = by_unit
        self.words = {word for each in found for word in each.known}
        self.bases: dict[frozenset[str], str] = {}
        for each in found:
            for step in each.subject.concept.split("/"):
                self.bases.setdefault(frozenset(stems(step.replace("_", " "))), step)
        nothing = Subject("", "", None, None, None)
        self.by_unit: dict[str, Kin] = {
            unit: kin({nothing: each}).get(nothing, Kin([])) for unit, each in by_unit.items()
        }

    def series(self, fact: Fact) -> list[Fact]:
        """Give the figures that are of the same but for their period."""
        return self.of_the_same.get(fact.subject._replace(period=None), [])

    def weight(self, word: str) -> int:
        """Give what a word tells: the more, the fewer figures it is said of."""
        return 1 + (len(self.all) // max(len(self.said.get(word, ())), 1)).bit_length()

    def rarity(self, each: Period | Place | None) -> int:
        """Give what a period or a place tells, as `weight` does of a word."""
        return 1 + (len(self.all) // max(self.dated[each] + self.placed[each], 1)).bit_length()

    def units(self, text: str, *, cell: bool) -> Iterator[tuple[str, Figure]]:
        """Give the units in which a text may state a figure, with the figure that it then is."""
        for unit in self.by_unit:
            if _alike(text, unit, cell=cell):
                own = _printed(text, unit)
                assert own is not None
                yield unit, own

    def need(self, mention: Mention, context: Context) -> Fraction:
        """Give how much has to be said of a figure besides its number.

        It is the chance that any number so printed is one of a figure, and nothing where that is
        small: the fewer digits a number has, the more has to be said.
        """
        value = abs(mention.reading.stated[0])
        units = self.units(context.printed, cell=context.cell)
        many = sum(len(self.counted[unit]) for unit, _ in units)
        chance = many * mention.reading.step / value if value else SURE
        return min(HALF, chance) if chance > BY_CHANCE else Fraction(0)

    def of_number(self, text: str, *, cell: bool) -> Iterator[tuple[Fact, Figure]]:
        """Give what may share a value with a text."""
        for unit, own in self.units(text, cell=cell):
            assert own.amount is not None
            narrow, wide = own.amount.narrow, own.amount.wide
            for each in self.by_unit[unit].meeting(wide if wide.bounded else narrow):
                yield self.by_id[each.figure.id], own

    def spoken_of(self, heard: Context) -> list[Fact]:
        """Give what the words around a number speak of, the most likely first."""
        rare = sorted(heard.stems, key=lambda each: (len(self.said.get(each, ())), each))
        points: Counter[str] = Counter()
        room = MOST_HEARD
        for word in rare:
            of = self.said.get(word, ())
            room -= len(of)
            if room < 0 and points:
                break
            for each in of[:MOST_HEARD]:
                points[each.id] += self.weight(word)
        return [self.by_id[name] for name, _ in points.most_common(MOST_SPOKEN_OF * 3)]

    def heard(self, fact: Fact, context: Context) -> Heard:
        """Give how well the words around a number fit what a figure is of."""
        told = self._told(fact.own, context)
        total = Fraction(sum(map(self.weight, fact.own)))
        beside = sum(self.weight(each) for each in fact.own if context.stems.get(each) == 0)
        when, times_clash = _when(fact, context)
        where, places_clash = _where(fact, context)
        more = self._told(fact.known - fact.own, context) / 2
        more += sum(self.rarity(each) for each, said in ((fact.subject.period, when), (fact.subject.place, where)) if said == 2)
        return Heard(
            times_clash or places_clash or self._elsewhere(fact, context),
            self._base(fact, context),
            when,
            where,
            max(told / total if total else Fraction(0), self._by_concept(fact, context)),
            beside / total if total else Fraction(0),
            (told + more) / (total or 1),
        )

    def _elsewhere(self, fact: Fact, context: Context) -> str:
        """Give the name behind "in" of which the register knows nothing, as another place is."""
        name = stems(context.elsewhere)
        known = any(each in self.words for each in name)
        return context.elsewhere if name and fact.subject.place and not known else ""

    def _base(self, fact: Fact, context: Context) -> str:
        """Give what a share is said to be a share of where that is another concept than its base."""
        base = fact.subject.base
        if not (context.of and base and isinstance(fact.of, Figure) and fact.of.proportion):
            return ""
        own = {word for step in base.split("/") for word in stems(step.replace("_", " "))}
        own |= {word for word in fact.own}
        other = self.bases.get(context.of)
        return other.replace("_", " ") if other and not context.of & own else ""

    def _by_concept(self, fact: Fact, context: Context) -> Fraction:
        """Give how much of the last step of its concept is said; a label would tell more."""
        total = sum(map(self.weight, fact.step))
        return MOSTLY * self._told(fact.step, context) / total if total else Fraction(0)

    def _told(self, words: Iterable[str], context: Context) -> Fraction:
        told = Fraction(0)
        for word in words:
            distance = context.stems.get(word)
            if distance is not None:
                part = 1 if distance < SENTENCE else HALF if distance < 2 * SENTENCE else HALF / 2
                told += self.weight(word) * part
        return told


def _when(fact: Fact, context: Context) -> tuple[int, str]:
    """Give how well the times that are said fit, and that which clashes.

    2 for the very one beside the number; what stands beside another number may be of this as well.
    """
    own, said = fact.subject.period, context.times
    if own is None or not said or context.earlier:
        return 0, ""
    beside = [each for distance, each in said if not distance]
    if not beside:
        return int(any(_same_time(own, each) for _, each in said)), ""
    best = max(_same_time(own, each) for each in beside)
    if best:
        return best, ""
    issued = fact.of.source.issued[:1] if isinstance(fact.of, Figure) and fact.of.source else ()
    if {each.first.year for each in beside if not isinstance(each, Recurring)} == set(issued):
        return 0, ""
    return 0, str(beside[0])


def _same_time(own: Period, said: Period | Recurring) -> int:
    """Give 2 where a time that is said is the very period, 1 where it may be, else 0."""
    if isinstance(said, Recurring):
        same = said.of(own)
        return 1 if same is None else 2 * same
    if own == said or (own.last == said.last and own.contains(said)):
        return 2
    return int(own.contains(said) or said.contains(own))


def _where(fact: Fact, context: Context) -> tuple[int, str]:
    """Give how well the places that are said fit, and that which clashes."""
    own, said = fact.subject.place, context.places
    if own is None:
        return 0, ""
    if ":" in own.code and not own.code.startswith("M49:"):
        spoken = stems(own.code.partition(":")[2])
        every = bool(spoken) and all(context.stems.get(each, FAR) < SENTENCE for each in spoken)
        return 2 * every, ""
    near = [
        (distance, each)
        for distance, each in said
        if distance < SENTENCE and not _speaks_of(fact, each)
    ]
    if not near:
        later = [each for _, each in said]
        return int(own in later), ""
    if any(each == own for _, each in near):
        return 2, ""
    if any(own.contains(each) or each.contains(own) for _, each in near):
        return 1, ""
    return 0, str(near[0][1])


def _speaks_of(fact: Fact, place: Place) -> bool:
    """Tell whether a figure of one place has another in its own words: "from Sudan"."""
    name = name_of(place)[:5].casefold()
    return place != fact.subject.place and any(each.startswith(name) for each in fact.known)


class Fit(NamedTuple):
    """How far a number is that of a figure: a status, and what has changed; "" where it is not."""

    status: str
    what: str = ""
    stretched: bool = False


def fit(fact: Fact, own: Figure) -> Fit:
    """Give how far a printed number is that of a figure."""
    amount = own.amount
    assert amount is not None
    if not isinstance(fact.of, Figure):
        met = not amount.narrow.disjoint(fact.amount.narrow)
        return Fit(DERIVED if met else "")
    theirs = fact.of
    if says_less(own, theirs):
        return Fit(STATED)
    mine, its = own.reading, theirs.reading
    if not meet(mine, its):
        wide = not mine.wide.disjoint(its.wide) and not only_a_tie(mine, its)
        return Fit(STATED, "only if a word is stretched", stretched=True) if wide else Fit("")
    change, same = changed_qualifier(own, theirs), mine.stated == its.stated
    if its.qualifier in SIDE and not same:
        return Fit("" if change else STATED)
    if mine.step < its.step and mine.narrow.subset(its.narrow) and mine.narrow != its.narrow:
        return Fit(PRECISION)
    return Fit(QUALIFIER, change) if change else Fit(STATED)


class _Candidate(NamedTuple):
    """A figure that a number may state."""

    fact: Fact
    own: Figure
    fit: Fit
    heard: Heard

    @property
    def rank(self) -> tuple[object, ...]:
        kind = (STATED, DERIVED, QUALIFIER, PRECISION).index(self.fit.status)
        repeats = isinstance(self.fact.of, Figure) and bool(self.fact.of.repeats)
        heard = self.heard
        return (
            bool(heard.clash or heard.base),
            self.fit.stretched,
            -heard.when - heard.where,
            -heard.covered - heard.beside,
            -heard.evidence,
            kind,
            repeats,
        )


class _Number(NamedTuple):
    """A quantity of a document, what is said around it, and the figures whose number it may be."""

    mention: Mention
    context: Context
    candidates: list[_Candidate]


class _Choice(NamedTuple):
    """A number, the figure chosen for it, and the ids of all that its sentence states."""

    number: _Number
    best: _Candidate | None
    taken: set[str]


class Backing:
    """Holds the quantities of a document against a register."""

    def __init__(self, register: Register, found: Facts | None = None) -> None:
        self.register = register
        self.facts = found or Facts(facts(register))

    def statings(self, document: Document) -> list[Stating]:
        """Give for each quantity of a document what it is to the register."""
        around = Surroundings(document)
        sentences: dict[tuple[int, str], list[_Number]] = defaultdict(list)
        for mention in document.mentions:
            context = around.context(mention)
            number = _Number(mention, context, self._candidates(mention, context))
            sentences[id(mention.block), mention.sentence].append(number)
        chosen: list[_Choice] = []
        for numbers in sentences.values():
            chosen += self._sentence(numbers)
        return [self._stating(each, chosen[max(0, at - LOOK_BACK) : at]) for at, each in enumerate(chosen)]

    def _candidates(self, mention: Mention, context: Context) -> list[_Candidate]:
        """Give the figures whose number it may be and of which enough is said, best first."""
        found = []
        need = self.facts.need(mention, context)
        for fact, own in self.facts.of_number(context.printed, cell=context.cell):
            if not _moves_alike(fact, context):
                continue
            how = fit(fact, own)
            heard = self.facts.heard(fact, context)
            if how.status and heard.evidence >= (MOSTLY if how.stretched else need):
                found.append(_Candidate(fact, own, how, heard))
        return sorted(found, key=lambda each: each.rank)

    def _sentence(self, numbers: Sequence[_Number]) -> list[_Choice]:
        """Choose what the numbers of one sentence are; two are rarely the same figure."""
        taken: dict[str, int] = {}
        chosen: dict[int, _Candidate | None] = {}
        for at, number in sorted(enumerate(numbers), key=lambda each: -digits(each[1].mention)):
            free = [each for each in number.candidates if each.fact.id not in taken]
            best = next(iter([*free, *number.candidates]), None)
            chosen[at] = best
            if best is not None and not (best.heard.clash or best.heard.base):
                same = [each for each in number.candidates if each.rank[:4] == best.rank[:4]]
                for each in same:
                    taken.setdefault(each.fact.id, digits(number.mention))
        return [
            _Choice(number, chosen[at], {name for name, exact in taken.items() if exact >= digits(number.mention)})
            for at, number in enumerate(numbers)
        ]

    def _stating(self, choice: _Choice, before: Sequence[_Choice]) -> Stating:
        number, best, taken = choice
        mention = number.mention
        if mention.figure:
            return self._marked(number)
        if best is None:
            return (
                self._derived(number, before)
                or self._earlier(number, before, taken)
                or self._slipped(number, taken)
                or Stating(mention, UNSOURCED)
            )
        wrong = self._sibling(number, best, taken) or self._not_earlier(number, best, before, taken)
        if wrong is not None:
            return wrong
        if best.heard.base:
            return Stating(
                mention,
                CONTRADICTS,
                best.fact.id,
                proof=f"it is said of {best.heard.base}",
                diagnosis=f"fits as a share of {best.fact.subject.base}",
            )
        if best.heard.clash:
            reason = f"it is the number of {best.fact.id}, but {best.heard.clash} is said"
            return Stating(mention, UNSOURCED, reason=reason)
        others = [each for each in number.candidates if each.rank[:4] == best.rank[:4]]
        return _stated(mention, best, tuple(each.fact.id for each in others if each is not best))

    def _derived(self, number: _Number, before: Sequence[_Choice]) -> Stating | None:
        """Give the derived quantity whose number it is, where what it is derived from is stated."""
        near = {each.best.fact.id for each in before if each.best}
        for fact, own in self.facts.of_number(number.context.printed, cell=number.context.cell):
            inputs = {} if isinstance(fact.of, Figure) else fact.of.inputs
            if near & set(inputs) and fit(fact, own).status:
                return Stating(number.mention, DERIVED, fact.id)
        return None

    def _earlier(
        self, number: _Number, before: Sequence[_Choice], taken: set[str]
    ) -> Stating | None:
        """Give the figure of the time before, where "a year earlier" follows a figure."""
        for fact, own in self._of_before(number, before, taken):
            how = fit(fact, own)
            if how.status:
                heard = Heard("", "", 0, 0, SURE, SURE, SURE)
                return _stated(number.mention, _Candidate(fact, own, how, heard))
            made = self._contradicts(number, fact, own)
            return made if made.diagnosis else None
        return None

    def _not_earlier(
        self, number: _Number, best: _Candidate, before: Sequence[_Choice], taken: set[str]
    ) -> Stating | None:
        """Give the figure of the time before where the number is that of yet another time."""
        if best.heard.when == VERY:
            return None
        for fact, own in self._of_before(number, before, taken):
            if fact.unit.name == best.fact.unit.name and not fit(fact, own).status:
                return self._contradicts(number, fact, own)
        return None

    def _of_before(
        self, number: _Number, before: Sequence[_Choice], taken: set[str]
    ) -> Iterator[tuple[Fact, Figure]]:
        text, step = number.context.printed, number.context.earlier
        block = number.mention.block
        here = [each.best for each in before if each.number.mention.block is block]
        stated = [each.fact for each in here if each and each.fact.subject.period]
        for fact in self.facts.series(stated[-1]) if stated and step not in {"", "time"} else ():
            own = _printed(text, fact.unit.name)
            if own is None or fact.id in taken or not _moves_alike(fact, number.context):
                continue
            last = stated[-1].subject.period
            if _alike(text, fact.unit.name) and _before(fact.subject.period, last, step):
                yield fact, own

    def _marked(self, number: _Number) -> Stating:
        """Give what a number is that a mark ties to a figure."""
        mention = number.mention
        fact = self.facts.by_id.get(mention.figure)
        if fact is None:
            why = "has no number that can be read" if mention.figure in self.register else "is no id"
            return Stating(mention, UNSOURCED, reason=f"'{mention.figure}' {why}")
        own = _printed(mention.text, fact.unit.name)
        if own is None:
            return Stating(mention, UNSOURCED, reason="it is read only in its sentence")
        how = fit(fact, own) if _alike(mention.text, fact.unit.name, cell=True) else Fit("")
        if how.status:
            return _stated(mention, _Candidate(fact, own, how, Heard("", "", 0, 0, SURE, SURE, SURE)))
        return self._contradicts(number, fact, own)

    def _sibling(self, number: _Number, best: _Candidate, taken: set[str]) -> Stating | None:
        """Give the figure that the words speak of where the number is that of its sibling.

        The sibling is of another time, place or group, and the other is said beside the number.
        """
        context = number.context
        for fact in self.facts.spoken_of(context):
            if fact.id in taken or fact.id == best.fact.id or not _moves_alike(fact, context):
                continue
            if fact.unit.dimension != best.fact.unit.dimension:
                continue
            own = _printed(number.context.printed, fact.unit.name)
            heard = self.facts.heard(fact, context)
            if own is None or heard.clash or fit(fact, own).status:
                continue
            if _of_another(fact, best.fact, heard, best.heard, context):
                return self._contradicts(number, fact, own)
        return None

    def _slipped(self, number: _Number, taken: set[str]) -> Stating | None:
        """Give the figure that is spoken of and whose number it would be but for a slip.

        The more digits a number has, the fewer words tell that it is no chance.
        """
        context, text = number.context, number.context.printed
        need, printed = self.facts.need(number.mention, context), digits(number.mention)
        spoken = []
        of_number = [each for each, _ in self.facts.of_number(text, cell=context.cell)]
        for fact in self.facts.spoken_of(context):
            own = _printed(text, fact.unit.name)
            heard = self.facts.heard(fact, context)
            if own is None or heard.clash or fact.id in taken or not _moves_alike(fact, context):
                continue
            if heard.covered >= MOSTLY and any(
                _of_another(fact, each, heard, self.facts.heard(each, context), context)
                for each in of_number
            ):
                return self._contradicts(number, fact, own)
            if _unit_slip(fact, own) and heard.evidence >= need:
                return self._contradicts(number, fact, own)
            if heard.covered >= LEAST.get(printed, TOUCHED) and _alike(text, fact.unit.name):
                if fit(fact, own).status and heard.covered >= HALF:
                    return None
                spoken.append((fact, own, heard))
        most = max(((each[2].when + each[2].where, each[2].covered) for each in spoken), default=None)
        slipped = []
        for fact, own, heard in spoken:
            best = (heard.when + heard.where, heard.covered) == most
            assert own.amount is not None
            if best or printed >= PRECISE:
                if misprints(text, own.amount, fact.text, fact.amount.narrow):
                    slipped.append((heard.covered, fact, own))
                elif best and self._sure(fact, heard, context):
                    return self._contradicts(number, fact, own)
        slipped.sort(key=lambda each: -each[0])
        alone = len(slipped) == 1 or (slipped and slipped[0][0] > slipped[1][0])
        return self._contradicts(number, *slipped[0][1:]) if alone else None

    def _sure(self, fact: Fact, heard: Heard, context: Context) -> bool:
        """Tell whether nothing is said beside a number that may make it one of something else."""
        dated = fact.subject.period is None or heard.when == 2
        only = heard.covered == SURE and not context.earlier
        return only and dated and context.beside <= fact.known and len(fact.own) > 1

    def _contradicts(self, number: _Number, fact: Fact, own: Figure) -> Stating:
        return Stating(
            number.mention,
            CONTRADICTS,
            fact.id,
            proof=f"'{number.mention.text}' is printed, the source has '{fact.text}'",
            diagnosis="; ".join(self._diagnosis(number, fact, own)),
            stretched=isinstance(fact.of, Figure) and only_a_tie(own.reading, fact.of.reading),
        )

    def _diagnosis(self, number: _Number, fact: Fact, own: Figure) -> list[str]:
        """Give what was probably meant, most likely first."""
        unlike = _unit_slip(fact, own)
        if unlike:
            return [unlike]
        alike = []
        top = fact.subject.concept.partition("/")[0]
        for other, theirs in self.facts.of_number(number.context.printed, cell=number.context.cell):
            shared = len(other.own & fact.own)
            kindred = shared or (top and other.subject.concept.partition("/")[0] == top)
            if other.id != fact.id and fit(other, theirs).status and kindred:
                alike.append((-shared, other))
        alike.sort(key=lambda each: each[0])
        offers = [f"fits {_named(each, fact)}" for _, each in alike[:1]]
        assert own.amount is not None
        return [*offers, *slips(own.reported, own.amount, fact.amount.narrow)][:3]


def _stated(mention: Mention, best: _Candidate, others: tuple[str, ...] = ()) -> Stating:
    changed = best.fit.status in {QUALIFIER, PRECISION}
    return Stating(
        mention,
        best.fit.status,
        best.fact.id,
        others,
        proof=f"the source has '{best.fact.text}'" if changed else "",
        reason=best.fit.what,
        stretched=best.fit.stretched,
    )


def _moves_alike(fact: Fact, context: Context) -> bool:
    """Tell whether figure and text both speak of a change, or both do not."""
    derived = not isinstance(fact.of, Figure)
    return fact.change == context.change or context.cell or derived


def _unit_slip(fact: Fact, own: Figure) -> str:
    """Say in which other unit the same number would be that of a figure, "" where it is not so."""
    spoken = named_unit(reported(own.reported))
    mine = fact.unit
    if spoken is None or spoken.name == mine.name:
        return ""
    other = not spoken.spoken_for(mine) or not _in_its_dollars(own.reported, mine)
    money = spoken.currency and mine.currency and other
    of_all = [each.name in SHARE_UNITS - {"fraction"} | POINTS or each.rate for each in (spoken, mine)]
    printed, _ = fact.amount.printed
    if not (money or all(of_all)) or reported(own.reported).narrow.disjoint(printed):
        return ""
    return f"fits if {_said(spoken)} were {_said(mine)}"


def _said(unit: Unit) -> str:
    return "per cent" if unit.name == "percent" else unit.name.replace("_", " ") + "s" * (unit.name in POINTS)


def _of_another(fact: Fact, other: Fact, mine: Heard, its: Heard, context: Context) -> bool:
    """Tell whether the words are of a figure and not of its sibling.

    Either all but time or place is the same, and what the sibling is of clashes; or each is of a
    group of its own, and only one is said in the sentence, beside the number.
    """
    if _but_for(fact, other, "period"):
        return mine.when == 2 and bool(its.clash)
    alone, its_own = fact.own - other.known, other.own - fact.own
    said = all(context.stems.get(each, FAR) < SENTENCE for each in alone)
    apart_in_words = said and not _nearest(alone, context) and _nearest(its_own, context) > 0
    if _but_for(fact, other, "place"):
        said = mine.where == 2 and its.where < 2
        return said or (bool(alone and its_own) and apart_in_words)
    family = fact.subject.concept.rpartition("/")[0]
    alike = other.subject.concept.rpartition("/")[0] == family and family
    apart = fact.subject.period == other.subject.period and fact.subject.place == other.subject.place
    if not (alike and apart and alone and its_own):
        return False
    return apart_in_words and mine.covered >= HALF


def _but_for(fact: Fact, other: Fact, name: str) -> bool:
    """Tell whether two figures are of the same but for their time or place."""
    mine, its = fact.subject, other.subject
    apart = getattr(mine, name) != getattr(its, name)
    return apart and bool(mine.concept) and mine._replace(**{name: None}) == its._replace(**{name: None})


def _before(own: Period | None, last: Period | None, step: str) -> bool:
    """Tell whether a period is that before another: a year earlier, or the one that it follows."""
    if own is None or last is None or abs(own.years - last.years) > Fraction(1, 20):
        return False
    if step == "year":
        return (own.first.year + 1, own.first.month) == (last.first.year, last.first.month)
    return (last.first - own.last).days == 1


def _named(fact: Fact, own: Fact) -> str:
    if isinstance(fact.of, Figure):
        return cited(fact.of, fact.subject, own.subject)
    return f"{fact.id} ({fact.text})"


def _nearest(words: Iterable[str], context: Context) -> int:
    return min((context.stems.get(each, FAR) for each in words), default=FAR)
