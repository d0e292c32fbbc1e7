"""Statements over figures: declared ones, implied ones, and the one function that judges them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from figurecheck.figures import Amount, Figure, Subject, amount, subject
from figurecheck.finding import BORDERLINE, BROKEN, HOLDS, UNTESTABLE
from figurecheck.formula import (
    QUOTED,
    Formula,
    Percent,
    Range,
    Statement,
    StatementError,
    near,
    statement,
)
from figurecheck.interval import Interval
from figurecheck.reading import Unreadable, reported
from figurecheck.units import unit
from figurecheck.wording import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from figurecheck.period import Period
    from figurecheck.units import Unit

    End = Fraction | float

_LEANING = (HOLDS, BORDERLINE, UNTESTABLE, BROKEN)


class UnlikeUnits(ValueError):
    """Two quantities of different dimension that a statement adds or compares."""

    def __init__(self, left: Unit, right: Unit) -> None:
        super().__init__(f"{_named(left)} beside {_named(right)}")


EVENTS = (("event", 1),)


def _size(measured_in: Unit) -> tuple[bool, Fraction]:
    """Give by what the unit of a sum is chosen: the largest, but a plain fraction last."""
    return not (measured_in.dimensionless and measured_in.factor == 1), measured_in.factor


def _named(measured_in: Unit) -> str:
    return measured_in.name or "a plain number"


@dataclass(frozen=True, slots=True)
class Measure:
    """The unit of a step of a formula, None where no text names it.

    `bare`: a plain number, neutral in a product. `free`: what names no unit itself, so that it
    takes the unit of what it is added to or compared with. `times`: the plain numbers in a product.
    """

    unit: Unit | None
    bare: bool = False
    free: bool = False
    times: Fraction = Fraction(1)

    def __add__(self, other: Measure) -> Measure:
        if self.unit is None and other.unit is None:
            return Measure(None, self.bare and other.bare, self.free and other.free)
        if self.unit is None or other.unit is None:
            return other if self.unit is None else self
        if not self.unit.alike(other.unit):
            raise UnlikeUnits(self.unit, other.unit)
        return other if _size(other.unit) > _size(self.unit) else self

    __sub__ = __add__

    def __neg__(self) -> Measure:
        return self

    def __mul__(self, other: Measure) -> Measure:
        times = self.times * other.times
        if self.bare or other.bare:
            return replace(other if self.bare else self, times=times)
        if self.unit is None or other.unit is None or self.unit.rate or other.unit.rate:
            return Measure(None, times=times)
        if self.unit.dimensionless or other.unit.dimensionless:
            both = self.unit.dimensionless and other.unit.dimensionless
            plain = other if self.unit.dimensionless else self
            return Measure(unit("1") if both else plain.unit, times=times)
        return Measure(self.unit * other.unit, times=times)

    def __truediv__(self, other: Measure) -> Measure:
        return self * other**-1

    def __pow__(self, exponent: int) -> Measure:
        times = self.times**exponent
        if self.unit is None:
            return Measure(None, self.bare, self.bare, times)
        return Measure(self.unit**exponent, times=times)

    def counts(self, other: Unit) -> bool:
        """Tell whether its number may be one of the other unit, as in `100 * a / b == 60 %`."""
        pure = self.unit is None or (self.unit.dimensionless and self.unit.factor == 1)
        return self.free or (pure and self.times * other.factor == 1)


def measures(formula: Formula, amounts: Mapping[str, Amount]) -> list[Measure]:
    """Give the unit of every step; raises UnlikeUnits where unlike things are added or compared."""
    named = {name: Measure(unit := amounts[name].unit, free=unit is None) for name in formula.names}
    return formula.each(named, _number)


def _number(value: Fraction) -> Measure:
    free = not isinstance(value, Percent)
    return Measure(None, bare=True, free=free, times=value or Fraction(1))


def variants(formula: Formula, amounts: Mapping[str, Amount]) -> Iterator[Formula]:
    """Give the formula in each way that it may be meant.

    As it stands; with each number that names no unit in its neighbours' (in `a + b == 100` over
    percentages, 100 may be a hundred per cent as well as the plain number; 0 and 1 are nothing and
    all of it); and with the units that the formula itself converts (the share is the printed
    number in `part == whole * share / 100`).
    """
    units = measures(formula, amounts)
    adopted, plain = {}, True
    for kind, left, right, _ in formula.steps:
        if kind in {"+", "-"}:
            for one, other in ((left, right), (right, left)):
                known = units[other].unit
                if known is None or known.factor == 1 or not units[one].counts(known):
                    continue
                if not (known.dimensionless and formula.steps[one].value in {0, 1}):
                    adopted[one] = known.factor
                    plain &= known.dimensionless
    if plain:
        yield formula
    if adopted:
        yield formula.scaled(adopted)
    printed = _converted_by_hand(formula, units)
    if printed:
        yield formula.scaled(printed)


def _converted_by_hand(formula: Formula, units: Sequence[Measure]) -> dict[int, Fraction]:
    """Give what makes printed numbers of the names whose unit's factor the formula writes out."""
    plain = [each.value for each in formula.steps if each.kind == "number"]
    numbers = {value for value in plain if not isinstance(value, Percent)}
    factors = {}
    for index, step in enumerate(formula.steps):
        known = units[index].unit
        if step.kind == "name" and known is not None and known.factor != 1:
            by_hand = 1 / known.factor
            if known.factor in numbers or by_hand in numbers:
                factors[index] = by_hand
    return factors


class Comparison(NamedTuple):
    """What a sign asks of the least and the greatest value of left minus right.

    `open_ended` says from which unbounded sides on no number could break it.
    """

    possible: Callable[[End, End], bool]
    certain: Callable[[End, End], bool]
    open_ended: Callable[[bool, bool], bool]


COMPARISONS = {
    "==": Comparison(
        lambda low, high: low <= 0 <= high,
        lambda low, high: low == high == 0,
        lambda below, above: below and above,
    ),
    "<=": Comparison(lambda low, _: low <= 0, lambda _, high: high <= 0, lambda below, _: below),
    ">=": Comparison(lambda _, high: high >= 0, lambda low, _: low >= 0, lambda _, above: above),
    "<": Comparison(lambda low, _: low < 0, lambda _, high: high < 0, lambda below, _: below),
    ">": Comparison(lambda _, high: high > 0, lambda low, _: low > 0, lambda _, above: above),
}


def _possible(sign: str, difference: Interval) -> bool:
    return COMPARISONS[sign].possible(difference.left.value, difference.right.value)


def _powerless(sign: str, difference: Interval) -> bool:
    """Tell whether the texts leave so much open that no number could have broken it."""
    comparison = COMPARISONS[sign]
    open_ended = comparison.open_ended(not difference.left.finite, not difference.right.finite)
    return open_ended and not comparison.certain(difference.left.value, difference.right.value)


@dataclass(frozen=True)
class Judgement:
    """The outcome of a statement over amounts, with the numbers that led to it."""

    statement: Statement
    amounts: Mapping[str, Amount]
    outcome: str
    reason: str = ""
    unlike: bool = False
    formula: Formula | None = None

    def __str__(self) -> str:
        return f"{self.outcome}: {self.proof}"

    @cached_property
    def proof(self) -> str:
        """One line: the numbers put in, what they come to, and what is reported."""
        if self.formula is None:
            return self.reason
        last = self.formula.steps[-1]
        units = measures(self.formula, self.amounts)
        ends = (last.left, last.right)
        written = (self.statement.left, self.statement.right or self.statement.left)
        left, right = (
            self._side(text, self.formula.part(side), (units[side].unit, units[other].unit))
            for text, side, other in zip(written, ends, ends[::-1], strict=True)
        )
        stretched = ""
        if self.outcome == BORDERLINE:
            stretched = f"; possible only if {_quoted(self._stretched(self.formula))} is stretched"
        return self._joined(left, right) + stretched

    @property
    def slip(self) -> Interval | None:
        """By how much one side of an equality may still move before it breaks, in base units.

        What lies outside is the error that the statement would have caught; None where nothing
        could be computed.
        """
        if self.formula is None:
            return None
        wide = {name: each.wide for name, each in self.amounts.items()}
        return -self.formula.range(wide).interval

    @property
    def power(self) -> str:
        """What an equality that holds would not have caught, in words; "" for all else."""
        slip, formula = self.slip, self.formula
        equal = self.outcome == HOLDS and self.statement.operator == "=="
        if slip is None or formula is None or not equal:
            return ""
        if slip.lower is None or slip.upper is None:
            return "an error in one direction may go unseen"
        if slip.lower == slip.upper:
            return "any error would have been seen"
        unseen = Range(Interval.of(None, max(-slip.lower, slip.upper)), tight=True, defined=True)
        units = [each.unit for each in measures(formula, self.amounts)]
        last = formula.steps[-1]
        sides = (last.left, last.right)
        named = [units[side] for side in sides if formula.steps[side].kind == "name"]
        measured_in = next(filter(None, named), units[-1])
        return f"an error of {worded(unseen, measured_in)} may go unseen"

    def _joined(self, left: _Side, right: _Side) -> str:
        sign, fits = self.statement.operator, self.outcome != BROKEN
        can = "can" if fits else "cannot"
        if sign != "==":
            return f"{left.full} {sign} {right.full} {can} hold"
        if left.single == right.single:
            return f"{left.full} and {right.full} {can} be the same"
        formula, reported = (right, left) if left.single else (left, right)
        return f"{formula.full}, {'and' if fits else 'but'} {reported.text} is reported"

    def _side(
        self, written: Formula, formula: Formula, units: tuple[Unit | None, Unit | None]
    ) -> _Side:
        """Give a side as written, and its values; what is computed in the unit of the other."""
        text = written.words({name: each.text for name, each in self.amounts.items()}, times="x")
        own, other = units
        single = len(written.steps) == 1
        values = shown(formula, self.amounts, (own or other) if single else (other or own))
        if not single:
            return _Side(text, f"{text} = {values}", single=False)
        return _Side(text, text if values == text else f"{text} ({values})", single=True)

    def _stretched(self, formula: Formula) -> list[str]:
        """Give the texts that a borderline statement needs at their widest: one if one does."""
        loose = [name for name, each in self.amounts.items() if each.wide != each.narrow]
        narrow = {name: each.narrow for name, each in self.amounts.items()}
        alone = []
        for name in loose:
            difference = formula.range(narrow | {name: self.amounts[name].wide})
            if difference.defined and _possible(self.statement.operator, difference.interval):
                alone.append(name)
        return list(dict.fromkeys(self.amounts[name].text for name in alone[:1] or loose))


class _Side(NamedTuple):
    """A side of a statement: with the numbers put in, and what they come to."""

    text: str
    full: str
    single: bool


def _quoted(texts: Sequence[str]) -> str:
    return " or ".join(f"'{text}'" for text in texts)


def shown(formula: Formula, amounts: Mapping[str, Amount], measured_in: Unit | None) -> str:
    """Give the value of a formula in words: narrow, and at the widest where that differs."""
    narrow, wide = (
        worded(
            formula.range({name: getattr(amounts[name], width) for name in formula.names}),
            measured_in,
        )
        for width in ("narrow", "wide")
    )
    return narrow if narrow == wide else f"{narrow}, {wide} at the widest"


def worded(found: Range, measured_in: Unit | None) -> str:
    """Give a range in words, in the unit, and say where it may be wider than the truth."""
    factor = Interval.point(measured_in.factor if measured_in else 1)
    text = words(found.interval / factor, measured_in.name if measured_in else "")
    return text if found.tight else f"{text} (or narrower)"


def judgement(stated: Statement, amounts: Mapping[str, Amount | None]) -> Judgement:
    """Give the outcome of a check over what the texts state; every verdict comes from here.

    holds: some values that the texts state as printed satisfy it. borderline: only some that a
    truthful writer may have meant by these words. broken: not even those. untestable: a number is
    missing, the units are unlike, a divisor may be zero, or no number could have broken it.
    """
    known = {name: each for name in stated.names if (each := amounts.get(name)) is not None}
    missing = [name for name in stated.names if name not in known]
    if missing:
        reason = f"{', '.join(missing[:5])} {'is' if len(missing) == 1 else 'are'} not known"
        return Judgement(stated, known, UNTESTABLE, reason)
    try:
        candidates = list(variants(stated.difference, known))
    except UnlikeUnits as unlike:
        return Judgement(stated, known, UNTESTABLE, f"it sets {unlike}", unlike=True)
    judged = [_judged(stated, known, formula) for formula in candidates]
    if stated.operator != "==" and len({each.outcome for each in judged}) > 1:
        reason = "a number beside a share may be plain or in per cent; write it with %"
        return Judgement(stated, known, UNTESTABLE, reason)
    return min(judged, key=lambda each: _LEANING.index(each.outcome))


def _judged(stated: Statement, amounts: dict[str, Amount], formula: Formula) -> Judgement:
    sign = stated.operator
    narrow = formula.range({name: each.narrow for name, each in amounts.items()})
    wide = formula.range({name: each.wide for name, each in amounts.items()})

    def judged(outcome: str, reason: str = "") -> Judgement:
        return Judgement(stated, amounts, outcome, reason, formula=formula if not reason else None)

    if not narrow.defined:
        return judged(UNTESTABLE, "a divisor may be zero")
    if _possible(sign, narrow.interval):
        if wide.defined and _powerless(sign, wide.interval):
            return judged(UNTESTABLE, "the texts leave so much open that no number could break it")
        return judged(HOLDS)
    if not wide.defined:
        return judged(UNTESTABLE, "a divisor may be zero at the widest")
    return judged(BORDERLINE if _possible(sign, wide.interval) else BROKEN)


def judge(text: str, texts: Mapping[str, str]) -> Judgement:
    """Judge a statement over reported texts, as `judge("a == b + c", {"a": "27.6 million", ...})`.

    Units are taken from the texts where they name one. Raises StatementError for a text that is no
    check, and for names without a text or texts without a name.
    """
    stated = statement(text)
    if stated.operator not in COMPARISONS:
        message = f"{text[:QUOTED]!r} compares nothing; wanted one of {' '.join(COMPARISONS)}"
        raise StatementError(message)
    for name in stated.names:
        if name not in texts:
            message = f"no text for '{name}', wanted {name}=...{near(name, list(texts))}"
            raise StatementError(message)
    for name in texts:
        if name not in stated.names:
            message = f"'{name}' is not in the statement{near(name, stated.names)}"
            raise StatementError(message)
    amounts: dict[str, Amount | None] = {}
    unread = []
    for name in stated.names:
        try:
            amounts[name] = spoken(texts[name])
        except Unreadable as unreadable:
            unread.append(f"{name}: {unreadable}")
    if unread:
        known = {name: each for name, each in amounts.items() if each is not None}
        return Judgement(stated, known, UNTESTABLE, "; ".join(unread))
    return judgement(stated, amounts)


def spoken(text: str) -> Amount:
    """Give what a text states in the unit that it names itself; raises Unreadable."""
    reading = reported(text)
    named = unit(reading.unit) if reading.unit else None
    if named is not None and named.counted:
        reading = reported(text, counted=True)
    return amount(reading, named)


@dataclass(frozen=True, slots=True)
class Relation:
    """A row of relations.csv, its statement read; `statement` is None where it cannot be."""

    id: str
    text: str
    statement: Statement | None = None
    label: str = ""
    concept: str = ""
    source: str = ""
    waive: str = ""
    note: str = ""
    path: str = ""
    line: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        return self.statement.names if self.statement else ()

    @property
    def check(self) -> bool:
        return self.statement is not None and self.statement.operator not in {"=", ""}

    @property
    def derives(self) -> bool:
        return self.statement is not None and self.statement.operator == "="


class Witnesses(NamedTuple):
    """The figures of a register by what they are of: those that imply something, and the others."""

    groups: dict[Subject, list[Figure]]
    aside: list[Figure]


def witnesses(figures: Mapping[str, Figure], subjects: Mapping[str, Subject]) -> Witnesses:
    """Give the figures that state all that implied relations need, by what they are of.

    What is measured in points is the difference of two shares, and is of neither.
    A figure that repeats another of the same thing is no second witness beside it.
    """
    groups: dict[Subject, list[Figure]] = defaultdict(list)
    aside = []
    for figure in figures.values():
        own = subjects[figure.id]
        if not own.stated or figure.amount is None or figure.difference:
            aside.append(figure)
            continue
        repeated = figures.get(figure.repeats)
        if repeated is None or subjects[repeated.id] != own:
            groups[own].append(figure)
    return Witnesses(dict(groups), aside)


def order(left: Figure, sign: str, right: Figure) -> Judgement:
    """Judge one figure against another; of two sources, with the spread that each states."""
    apart = left.source_key != right.source_key
    amounts = {each.id: each.spread if apart else each.amount for each in (left, right)}
    return judgement(statement(f"{left.id} {sign} {right.id}"), amounts)


def compared(sign: str, lefts: Sequence[Figure], rights: Sequence[Figure]) -> Judgement:
    """Judge all of one group against all of another by the extremes, on narrow and wide readings.

    Intervals on a line that meet pairwise have a point in common, so the figure with the greatest
    lower end and the one with the least upper end speak for all.
    """
    first = order(*_extremes(lefts, sign, rights, "narrow"))
    if first.outcome == HOLDS:
        return first
    widest = order(*_extremes(lefts, sign, rights, "wide"))
    return first if first.outcome == BORDERLINE and widest.outcome != BROKEN else widest


def _extremes(
    lefts: Sequence[Figure], sign: str, rights: Sequence[Figure], width: str
) -> tuple[Figure, str, Figure]:
    high = max(lefts, key=lambda each: getattr(each.amount, width).left.value)
    low = min(
        (each for each in rights if each is not high),
        key=lambda each: getattr(each.amount, width).right.value,
    )
    return high, sign, low


def parts(groups: Mapping[Subject, list[Figure]]) -> Iterator[tuple[list[Figure], list[Figure]]]:
    """Give each group of counts or shares that is a part of another, and that other.

    A part of the concept and of the place, and for counted events also of the period; a share only
    of the concept, of the very same base. Of the periods that hold a period, the nearest.
    """
    wider: dict[Subject, list[tuple[Subject, Period]]] = defaultdict(list)
    spans: dict[Subject, list[Period]] = defaultdict(list)
    known = [
        (own, own.period)
        for own, found in groups.items()
        if own.period is not None and all(_grows(each) for each in found)
    ]
    for own, span in known:
        spans[own._replace(period=None)].append(span)
    for own, span in known:
        for whole in _wholes(own):
            if whole in spans:
                wider[whole].append((own, span))
    for whole, members in wider.items():
        events = whole.dimension == EVENTS
        longer = _longer(spans[whole], [span for _, span in members]) if events else {}
        for own, span in members:
            held = (whole._replace(period=each) for each in (span, longer.get(span)))
            coarser = next((each for each in held if each in groups and each != own), None)
            if coarser is not None:
                yield groups[own], groups[coarser]


def _grows(figure: Figure) -> bool:
    """Tell whether a part of it can only be smaller: a count or a share, and not negative."""
    return (figure.counted or figure.share) and figure.reading.stated[0] >= 0


def _wholes(own: Subject) -> Iterator[Subject]:
    """Give what the subject may be a part of, or is, its period left open."""
    steps = own.concept.split("/")
    concepts = ["/".join(steps[:length]) for length in range(len(steps), 0, -1)]
    places = [own.place] if own.base or own.place is None else [own.place, *own.place.wider]
    for concept in concepts:
        for place in places:
            yield own._replace(concept=concept, place=place, period=None)


def _longer(holders: Iterable[Period], spans: Iterable[Period]) -> dict[Period, Period]:
    """Give for each span the nearest longer period that holds it, where there is one."""
    holding = set(holders)
    stack: list[Period] = []
    nearest = {}
    for span in sorted(holding | set(spans), key=lambda each: (each.first, -each.last.toordinal())):
        while stack and stack[-1].last < span.first:
            stack.pop()
        found = next((each for each in reversed(stack) if each.contains(span)), None)
        if span in holding:
            stack.append(span)
        if found is not None:
            nearest[span] = found
    return nearest


def shares(
    groups: Mapping[Subject, list[Figure]], figures: Mapping[str, Figure]
) -> Iterator[tuple[Figure, Figure, Figure]]:
    """Give each share with the count it is a share of and the count that it should come to.

    Where the base is a concept that is counted in two ways, in persons and in events, nobody says
    of which it is a share.
    """
    counts = {own.dimension: None for own, found in groups.items() if found[0].counted}
    for own, found in groups.items():
        bases = [own._replace(concept=own.base, base="", dimension=each) for each in counts]
        for share in found:
            if not share.share or own.concept == own.base:
                continue
            named = figures.get(share.base)
            if named and share.base == named.concept and not _of_one(own, named, figures):
                named = None
            known = (_same_source(groups.get(each, []), share) for each in bases)
            wholes = [named] if named else [each for each in known if each]
            if len(wholes) != 1 or not _of_one(own, wholes[0], figures):
                continue
            part = own._replace(base="", dimension=subject(wholes[0], figures).dimension)
            counted = _same_source(groups.get(part, []), share)
            if counted and counted.counted and wholes[0].measured_in == counted.measured_in:
                yield share, wholes[0], counted


def _of_one(own: Subject, other: Figure, figures: Mapping[str, Figure]) -> bool:
    """Tell whether another figure is of the place and the period of a subject."""
    theirs = subject(other, figures)
    return (own.place, own.period) == (theirs.place, theirs.period)


def _same_source(found: Sequence[Figure], figure: Figure) -> Figure | None:
    """Give the figure of the same source where there is one, else the first."""
    same = [each for each in found if each.source_key == figure.source_key]
    return next(iter([*same, *found]), None)
