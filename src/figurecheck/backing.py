"""Which figure of a register each quantity of a document states, and how far it is that number."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from figurecheck.context import SENTENCE, Surroundings, says_a_change, stems
from figurecheck.diagnosis import Kin, cited, kin, slips
from figurecheck.figures import POINTS, SHARE_UNITS, Figure, Subject
from figurecheck.quotation import changed_qualifier, meet, only_a_tie, says_less, unlike_units
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

    `own` are the stems of its label, or of its concept where it has none; `known` those of all
    that the register says of it. `change` tells that it says by how much something changed.
    """

    of: Figure | Derived
    subject: Subject
    amount: Amount
    own: frozenset[str]
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

    `clash`: another time or place is said. `when` and `where` are 2 for the very one, 1 for one that
    may be it; `covered` is the part of the figure's own words that is said, by how rare they are.
    """

    clash: str
    when: int
    where: int
    covered: Fraction


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
            name = labels.get(derived.id, "") or f"{derived.id} {derived.concept.rpartition('/')[2]}"
            inputs = _inputs(derived)
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
    return Fact(of, subject, amount, own, own | frozenset(said), change)


@lru_cache(50_000)
def _printed(text: str, unit: str) -> Figure | None:
    """Give the figure that a text would be in a unit; None where it is none."""
    own = Figure("", text, unit)
    return own if own.amount is not None else None


@lru_cache(10_000)
def _alike(text: str, unit: str, *, cell: bool) -> bool:
    """Tell whether a text may be of a figure in a unit; a bare number is no share and no money."""
    own, theirs = Figure("", "", unit), _printed(text, unit)
    if theirs is None or own.measured_in is None:
        return False
    if not reported(text).unit:
        measured = own.measured_in
        special = measured.currency or measured.rate or measured.name in SHARE_UNITS | POINTS
        return cell or not special
    return not unlike_units(own, theirs)


def digits(mention: Mention) -> int:
    """Give how many significant digits a number is printed with."""
    value, step = mention.reading.stated[0], mention.reading.step
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
            for word in each.own:
                self.said[word].append(each)
        nothing = Subject("", "", None, None, None)
        self.by_unit: dict[str, Kin] = {
            unit: kin({nothing: each}).get(nothing, Kin([])) for unit, each in by_unit.items()
        }

    def weight(self, word: str) -> int:
        """Give what a word tells: the more, the fewer figures it is said of."""
        return 1 + (len(self.all) // max(len(self.said.get(word, ())), 1)).bit_length()

    def units(self, text: str, *, cell: bool) -> Iterator[tuple[str, Figure]]:
        """Give the units in which a text may state a figure, with the figure that it then is."""
        for unit in self.by_unit:
            if _alike(text, unit, cell=cell):
                own = _printed(text, unit)
                assert own is not None
                yield unit, own

    def of_number(self, text: str, *, cell: bool) -> Iterator[tuple[Fact, Figure]]:
        """Give what shares a value with a text as printed."""
        for unit, own in self.units(text, cell=cell):
            assert own.amount is not None
            for each in self.by_unit[unit].meeting(own.amount.narrow):
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
        told = Fraction(0)
        for word in fact.own:
            distance = context.stems.get(word, FAR)
            part = 1 if distance < SENTENCE else HALF if distance < 2 * SENTENCE else HALF / 2
            told += self.weight(word) * part if distance < FAR else 0
        total = sum(map(self.weight, fact.own))
        when, times_clash = _when(fact, context)
        where, places_clash = _where(fact, context)
        return Heard(times_clash or places_clash, when, where, told / total if total else told)


def _when(fact: Fact, context: Context) -> tuple[int, str]:
    """Give how well the times that are said fit, and that which clashes."""
    own, said = fact.subject.period, context.times
    if own is None or not said or context.relative:
        return 0, ""
    nearest = said[0][0]
    fits = [(_same_time(own, each), distance) for distance, each in said]
    agreeing = [(score, distance) for score, distance in fits if score]
    first = min((distance for _, distance in agreeing), default=FAR)
    if nearest < SENTENCE and first > nearest:
        issued = isinstance(fact.of, Figure) and fact.of.source and fact.of.source.issued[:1]
        years = {each.first.year for distance, each in said if distance == nearest}
        if issued and years == set(issued):
            return 0, ""
        return 0, str(said[0][1])
    return max((score for score, distance in agreeing if distance == first), default=0), ""


def _same_time(own: Period, said: Period) -> int:
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
    near = [(distance, each) for distance, each in said if distance < SENTENCE]
    if not near:
        later = [each for _, each in said]
        return int(own in later), ""
    if any(each == own for _, each in near):
        return 2, ""
    if any(own.contains(each) or each.contains(own) for _, each in near):
        return 1, ""
    return 0, str(near[0][1])


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
    change = changed_qualifier(own, theirs)
    narrower = mine.narrow.subset(its.narrow) and mine.narrow != its.narrow
    if narrower and not change and its.qualifier not in {"lower", "upper"} and mine.step < its.step:
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
            bool(heard.clash),
            self.fit.stretched,
            -heard.when - heard.where,
            -heard.covered,
            kind,
            repeats,
        )


class Backing:
    """Holds the quantities of a document against a register."""

    def __init__(self, register: Register, found: Facts | None = None) -> None:
        self.register = register
        self.facts = found or Facts(facts(register))

    def statings(self, document: Document) -> list[Stating]:
        """Give for each quantity of a document what it is to the register."""
        around = Surroundings(document)
        contexts = [around.context(each) for each in document.mentions]
        first = [
            self._by_number(mention, context)
            for mention, context in zip(document.mentions, contexts, strict=True)
        ]
        claimed: dict[tuple[int, str], set[str]] = defaultdict(set)
        for mention, found in zip(document.mentions, first, strict=True):
            if found and not found[0].heard.clash:
                claimed[id(mention.block), mention.sentence].update(
                    each.fact.id for each in found if each.rank[:3] == found[0].rank[:3]
                )
        return [
            self._stating(mention, context, found, claimed[id(mention.block), mention.sentence])
            for mention, context, found in zip(document.mentions, contexts, first, strict=True)
        ]

    def _by_number(self, mention: Mention, context: Context) -> list[_Candidate]:
        """Give the figures whose number it may be and of which something is said, best first."""
        found = []
        need = Fraction(1, 2 ** digits(mention))
        for fact, own in self.facts.of_number(mention.text, cell=context.cell):
            if fact.change != context.change and not context.cell:
                continue
            how = fit(fact, own)
            heard = self.facts.heard(fact, context)
            if how.status and heard.covered >= need:
                found.append(_Candidate(fact, own, how, heard))
        return sorted(found, key=lambda each: each.rank)

    def _stating(
        self,
        mention: Mention,
        context: Context,
        found: Sequence[_Candidate],
        claimed: set[str],
    ) -> Stating:
        if mention.figure:
            return self._marked(mention, context)
        best = found[0] if found else None
        meant = self._meant(mention, context, best, claimed)
        if meant is not None:
            return meant
        if best is None or best.heard.clash:
            reason = self._why(mention, best)
            return Stating(mention, UNSOURCED, reason=reason)
        return self._stated(mention, best, tuple(each.fact.id for each in found[1:] if each.rank[:3] == best.rank[:3]))

    def _stated(self, mention: Mention, best: _Candidate, others: tuple[str, ...] = ()) -> Stating:
        what = best.fit.what
        proof = ""
        if best.fit.status in {QUALIFIER, PRECISION}:
            proof = f"the source has '{best.fact.text}'"
        return Stating(
            mention,
            best.fit.status,
            best.fact.id,
            others,
            proof=proof,
            reason=what,
            stretched=best.fit.stretched,
        )

    def _marked(self, mention: Mention, context: Context) -> Stating:
        """Give what a number is that a mark ties to a figure."""
        fact = self.facts.by_id.get(mention.figure)
        if fact is None:
            why = "has no number that can be read" if mention.figure in self.register else "is no id"
            return Stating(mention, UNSOURCED, reason=f"'{mention.figure}' {why}")
        own = _printed(mention.text, fact.unit.name)
        if own is None:
            return Stating(mention, UNSOURCED, reason="it is read only in its sentence")
        how = fit(fact, own) if _alike(mention.text, fact.unit.name, cell=True) else Fit("")
        if how.status:
            return self._stated(mention, _Candidate(fact, own, how, Heard("", 0, 0, SURE)))
        return self._contradicts(mention, context, fact, own)

    def _meant(
        self, mention: Mention, context: Context, best: _Candidate | None, claimed: set[str]
    ) -> Stating | None:
        """Give the figure that is surely spoken of, and whose number is another."""
        spoken = []
        for fact in self.facts.spoken_of(context):
            if fact.id in claimed or fact.change != context.change:
                continue
            if not _alike(mention.text, fact.unit.name, cell=context.cell):
                continue
            own = _printed(mention.text, fact.unit.name)
            heard = self.facts.heard(fact, context)
            if own and not heard.clash and heard.covered >= HALF:
                spoken.append((fact, own, heard))
        spoken.sort(key=lambda each: (-each[2].when - each[2].where, -each[2].covered))
        wrong = [each for each in spoken if not fit(each[0], each[1]).status]
        if best is not None and not best.heard.clash:
            for fact, own, heard in wrong:
                if heard.covered == SURE and self._rather(fact, best.fact, context):
                    return self._contradicts(mention, context, fact, own)
            return None
        for fact, own, heard in wrong[:3]:
            rivals = [
                each
                for each in spoken
                if each[0].id != fact.id and not self._rather(fact, each[0], context)
            ]
            if rivals:
                continue
            made = self._contradicts(mention, context, fact, own)
            if made.diagnosis or (heard.covered == SURE and self._sure(fact, heard, context)):
                return made
        return None

    def _sure(self, fact: Fact, heard: Heard, context: Context) -> bool:
        """Tell whether nothing is said beside a number that may make it one of something else."""
        dated = fact.subject.period is None or heard.when > 0
        return dated and not context.relative and context.beside <= fact.known

    def _rather(self, fact: Fact, other: Fact, context: Context) -> bool:
        """Tell whether the words speak of one figure and not of another."""
        mine, its = (self.facts.heard(each, context) for each in (fact, other))
        better = [
            (mine.when, its.when),
            (mine.where, its.where),
            (-_nearest(fact.own - other.own, context), -_nearest(other.own - fact.own, context)),
            (int(not mine.clash), int(not its.clash)),
        ]
        ahead, behind = (any(map(way, better)) for way in (_more, _less))
        return ahead and not behind

    def _contradicts(
        self, mention: Mention, context: Context, fact: Fact, own: Figure
    ) -> Stating:
        return Stating(
            mention,
            CONTRADICTS,
            fact.id,
            proof=f"'{mention.text}' is printed, the source has '{fact.text}'",
            diagnosis="; ".join(self._diagnosis(mention, context, fact, own)),
            stretched=isinstance(fact.of, Figure) and only_a_tie(own.reading, fact.of.reading),
        )

    def _diagnosis(
        self, mention: Mention, context: Context, fact: Fact, own: Figure
    ) -> list[str]:
        """Give what was probably meant, most likely first."""
        alike = []
        for other, theirs in self.facts.of_number(mention.text, cell=context.cell):
            kindred = other.subject.concept.partition("/")[0] == fact.subject.concept.partition("/")[0]
            shares = bool(other.own & fact.own)
            if other.id != fact.id and fit(other, theirs).status and (kindred or shares):
                alike.append((-len(other.own & fact.own), other))
        alike.sort(key=lambda each: each[0])
        offers = [f"fits {_named(each, fact)}" for _, each in alike[:1]]
        assert own.amount is not None
        offers += slips(own.reported, own.amount, fact.amount.narrow)
        return offers[:3]

    def _why(self, mention: Mention, best: _Candidate | None) -> str:
        if best is not None:
            return f"it is the number of {best.fact.id}, but {best.heard.clash} is said"
        return ""


def _named(fact: Fact, own: Fact) -> str:
    if isinstance(fact.of, Figure):
        return cited(fact.of, fact.subject, own.subject)
    return f"{fact.id} ({fact.text})"


def _nearest(words: Iterable[str], context: Context) -> int:
    return min((context.stems.get(each, FAR) for each in words), default=FAR)


def _more(pair: tuple[int, int]) -> bool:
    return pair[0] > pair[1]


def _less(pair: tuple[int, int]) -> bool:
    return pair[0] < pair[1]
