"""Statements over figures: declared ones, implied ones, and the one function that judges them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from figurecheck.column import column, columns
from figurecheck.figures import ID, POINTS, WAIVERS, Amount, Figure, Subject, amount, subject
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
from figurecheck.laws import ALL_SEEN, COUNT, LAWS, MEAN, OPEN, SHARE, VALUE, Fit
from figurecheck.reading import ROUNDINGS, Unreadable, known_rounding, reported
from figurecheck.units import unit
from figurecheck.wording import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from figurecheck.period import Period
    from figurecheck.units import Unit

    End = Fraction | float

MOST_FALLS = 4
"""So many numbers of a statement are tried with a sign and without: 2**4 ways."""

_LEANING = (HOLDS, BORDERLINE, UNTESTABLE, BROKEN)


class UnlikeUnits(ValueError):
    """Two quantities of different dimension that a statement adds or compares."""

    def __init__(self, left: Unit, right: Unit) -> None:
        super().__init__(f"{_named(left)} beside {_named(right)}")

    @property
    def reason(self) -> str:
        return f"it sets {self}"


class WholeUnstated(UnlikeUnits):
    """Two counts of which nobody says of what whole they are parts."""

    def __init__(self) -> None:
        ValueError.__init__(self, "both(...) of counts asks for the whole that they are parts of")

    @property
    def reason(self) -> str:
        return str(self)


class MeasuredMean(WholeUnstated):
    """A mean of what is measured, and not counted."""

    def __init__(self) -> None:
        ValueError.__init__(self, "a mean of measurements may be anything")


EVENTS = (("event", 1),)
YEARS = (("year", 1),)


def _size(measured_in: Unit) -> tuple[bool, Fraction, bool]:
    """Give by what the unit of a sum is chosen: the largest, but a plain fraction last.

    A share with points added to it is a share.
    """
    plain = measured_in.dimensionless and measured_in.factor == 1
    return not plain, measured_in.factor, measured_in.name not in POINTS


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

    def overlap(self, other: Measure, of: Measure) -> Measure:
        """Give the unit of what two parts have in common; counts need a whole that is counted."""
        parts = self + other
        if parts.unit is not None and parts.unit.dimension and of.bare:
            raise WholeUnstated
        return Measure((parts + of).unit)

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


def beside(formula: Formula, amounts: Mapping[str, Amount]) -> dict[str, Unit]:
    """Give the units of names that have none, from what each is added to or held against."""
    try:
        units = measures(formula, amounts)
    except UnlikeUnits:
        return {}
    found = {}
    for kind, left, right, *_ in formula.steps:
        for one, other in ((left, right), (right, left)) if kind in {"+", "-"} else ():
            known = units[other].unit
            if formula.steps[one].kind == "name" and units[one].unit is None and known is not None:
                found[formula.steps[one].value] = known
    return found


def variants(formula: Formula, amounts: Mapping[str, Amount]) -> Iterator[Formula]:
    """Give the formula in each way that it may be meant.

    As it stands; with each number that names no unit in its neighbours' (in `a + b == 100` over
    percentages, 100 may be a hundred per cent as well as the plain number; 0 and 1 are nothing and
    all of it); and with the units that the formula itself converts (the share is the printed
    number in `part == whole * share / 100`).
    """
    units = measures(formula, amounts)
    adopted, plain = {}, True
    for kind, left, right, *_ in formula.steps:
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
    """What a sign asks of the values of left minus right.

    `open_ended` says from which unbounded sides on no number could break it.
    """

    possible: Callable[[Interval], bool]
    certain: Callable[[End, End], bool]
    open_ended: Callable[[bool, bool], bool]


_HALF = Interval.of(Fraction(-1, 2), Fraction(1, 2))
_UP_TO_ZERO, _FROM_ZERO = Interval.of(None, 0), Interval.of(0, None)
_BELOW_ZERO, _ABOVE_ZERO = _UP_TO_ZERO.without(upper=True), _FROM_ZERO.without(lower=True)

COMPARISONS = {
    "==": Comparison(
        lambda difference: 0 in difference,
        lambda low, high: low == high == 0,
        lambda below, above: below and above,
    ),
    "<=": Comparison(
        lambda difference: not difference.disjoint(_UP_TO_ZERO),
        lambda _, high: high <= 0,
        lambda below, _: below,
    ),
    ">=": Comparison(
        lambda difference: not difference.disjoint(_FROM_ZERO),
        lambda low, _: low >= 0,
        lambda _, above: above,
    ),
    "<": Comparison(
        lambda difference: not difference.disjoint(_BELOW_ZERO),
        lambda _, high: high < 0,
        lambda below, _: below,
    ),
    ">": Comparison(
        lambda difference: not difference.disjoint(_ABOVE_ZERO),
        lambda low, _: low > 0,
        lambda _, above: above,
    ),
}


def _possible(sign: str, difference: Interval) -> bool:
    return COMPARISONS[sign].possible(difference)


def _powerless(sign: str, difference: Interval) -> bool:
    """Tell whether the texts leave so much open that no number could have broken it."""
    comparison = COMPARISONS[sign]
    open_ended = comparison.open_ended(not difference.left.finite, not difference.right.finite)
    return open_ended and not comparison.certain(difference.left.value, difference.right.value)


class Trial(NamedTuple):
    """What a statement comes to over intervals.

    `undefined` says why some values, or all, give no result; `powerless` why none could break it.
    """

    possible: bool
    undefined: str = ""
    powerless: str = ""
    words: str = ""
    power: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """A check of two sides, as one formula in one way that it may be meant: left minus right."""

    sign: str
    formula: Formula

    def trial(self, box: Mapping[str, Interval]) -> Trial:
        found = self.formula.range(box)
        open_ended = _powerless(self.sign, found.interval)
        possible = _possible(self.sign, found.interval)
        return Trial(possible, found.undefined, OPEN if open_ended else "")


@dataclass(frozen=True, slots=True)
class UnderLaw:
    """A check of a law in one way that its arguments may be meant: their roles and factors.

    `per` is the unit in which values in order are told apart in words.
    """

    law: str
    steps: Formula
    given: tuple[tuple[str, int, Fraction], ...]
    per: Fraction = Fraction(1)

    def trial(self, box: Mapping[str, Interval]) -> Trial:
        intervals: dict[str, list[Interval]] = defaultdict(list)
        for role, index, factor in self.given:
            found = self.steps.part(index).range(box)
            if not found.defined:
                return Trial(possible=True, undefined=found.undefined)
            intervals[role].append(found.interval * Interval.point(factor / self.per))
        try:
            fit: Fit = LAWS[self.law].fits(intervals)
        except ValueError as error:
            return Trial(possible=True, undefined=str(error))
        return Trial(fit.possible, "", fit.powerless, fit.words, fit.power)


def tests(stated: Statement, amounts: Mapping[str, Amount]) -> list[Compared | UnderLaw]:
    """Give a check in each way that it may be meant; raises UnlikeUnits."""
    if not stated.arguments:
        return [Compared(stated.operator, each) for each in variants(stated.difference, amounts)]
    units = measures(stated.difference, amounts)
    narrow = {name: each.narrow for name, each in amounts.items()}
    readings = [[(role, index) for role, index in stated.arguments]]
    _, first = stated.arguments[0]
    if stated.operator == "partition" and "n" not in {role for role, _ in stated.arguments}:
        low = stated.difference.part(first).range(narrow).interval.lower
        known = units[first].unit
        counted = [("n", first), *readings[0][1:]]
        others = [units[index].unit for _, index in stated.arguments[1:]]
        of_shares = bool(others) and all(each and each.dimensionless for each in others)
        if known.counted if known is not None else of_shares and units[first].free:
            readings = [counted]
        elif known is None and len(counted) > 1 and low is not None and low > 1:
            readings.insert(0, counted)
    named = _compared_in(stated, units)
    return [
        UnderLaw(
            stated.operator, stated.difference, tuple(each), named.factor if named else Fraction(1)
        )
        for arguments in readings
        for each in _factors(stated, arguments, units)
    ]


def _compared_in(stated: Statement, units: Sequence[Measure]) -> Unit | None:
    """Give the unit of the first value in an order that has one."""
    kinds = LAWS[stated.operator].kinds
    values = (units[index].unit for role, index in stated.arguments if kinds[role] == VALUE)
    return next(filter(None, values), None)


def _factors(
    stated: Statement, arguments: Sequence[tuple[str, int]], units: Sequence[Measure]
) -> list[list[tuple[str, int, Fraction]]]:
    """Give the arguments with the factors that make the numbers that the law asks for of them.

    A number beside shares may be plain or in their unit; 0 and 1 are nothing and all of it.
    """
    kinds = LAWS[stated.operator].kinds
    named = _compared_in(stated, units)
    ways: list[list[tuple[str, int, Fraction]]] = [[], []]
    for role, index in arguments:
        known = units[index].unit
        plain, adopted = Fraction(1), Fraction(1)
        if kinds[role] == SHARE:
            if known is not None and known.dimension:
                raise UnlikeUnits(known, unit("percent"))
            adopted = Fraction(1, 100) if known is None and units[index].free else plain
        elif kinds[role] == COUNT:
            if known is not None and not (known.counted or known == unit("1")):
                raise UnlikeUnits(known, unit("item"))
        elif kinds[role] == MEAN and known is not None and _measured(known):
            raise MeasuredMean
        elif kinds[role] == MEAN:
            plain = adopted = 1 / known.factor if known is not None else plain
        elif named is not None and known is None and units[index].free:
            settled = named.dimensionless and stated.difference.steps[index].value in {0, 1}
            adopted = plain if settled else named.factor
            plain = plain if named.dimensionless else adopted
        elif named is not None and known is not None and not named.alike(known):
            raise UnlikeUnits(named, known)
        ways[0].append((role, index, plain))
        ways[1].append((role, index, adopted))
    return ways[: 1 + (ways[0] != ways[1])]


def _measured(known: Unit) -> bool:
    """Tell whether numbers of a unit need not be whole; ages mostly are, in years."""
    return bool(known.dimension) and not known.counted and known.dimension != YEARS


@dataclass(frozen=True)
class Judgement:
    """The outcome of a statement over amounts, with the numbers that led to it.

    `truncated` holds the texts of which one must have been cut off, not rounded, for it to hold;
    `mistaken` is a text in per cent of a difference in points, or the other way round.
    """

    statement: Statement
    amounts: Mapping[str, Amount]
    outcome: str
    reason: str = ""
    unlike: bool = False
    test: Compared | UnderLaw | None = None
    truncated: tuple[str, ...] = ()
    mistaken: str = ""

    def __str__(self) -> str:
        return f"{self.outcome}: {self.proof}"

    @property
    def formula(self) -> Formula | None:
        """Left minus right, as it was meant; None for a law, and where nothing was computed."""
        return self.test.formula if isinstance(self.test, Compared) else None

    def box(self, width: str) -> dict[str, Interval]:
        """Give what the texts state, "narrow" or "wide", by name."""
        return {name: getattr(each, width) for name, each in self.amounts.items()}

    @cached_property
    def proof(self) -> str:
        """One line: the numbers put in, what they come to, and what is reported."""
        if self.test is None:
            return self.reason
        if isinstance(self.test, UnderLaw):
            texts = {name: each.text for name, each in self.amounts.items()}
            found = self._trial.words
            return f"{self.statement.words(texts)}: {found}{self._stretch}"
        formula = self.test.formula
        last = formula.steps[-1]
        units = measures(formula, self.amounts)
        ends = (last.left, last.right)
        written = (self.statement.left, self.statement.right or self.statement.left)
        left, right = (
            self._side(text, formula.part(side), (units[side].unit, units[other].unit))
            for text, side, other in zip(written, ends, ends[::-1], strict=True)
        )
        return self._joined(left, right) + self._stretch

    @property
    def _trial(self) -> Trial:
        return self._tried(self.box("narrow" if self.outcome == HOLDS else "wide"))

    def _tried(self, box: Mapping[str, Interval]) -> Trial:
        return self.test.trial(box) if self.test is not None else Trial(possible=True)

    @property
    def _stretch(self) -> str:
        if self.mistaken:
            return f"; possible only if {_quoted([self.mistaken])} mixes per cent and points"
        if self.truncated:
            return f"; possible only if {_quoted(self.truncated)} was cut off, not rounded"
        if self.outcome != BORDERLINE:
            return ""
        return f"; possible only if {_quoted(self._stretched())} is stretched"

    @property
    def slip(self) -> Interval | None:
        """By how much one side of an equality may still move before it breaks, in base units.

        What lies outside is the error that the statement would have caught; None where nothing
        could be computed.
        """
        if self.formula is None:
            return None
        return -self.formula.range(self.box("wide")).interval

    @property
    def power(self) -> str:
        """What an equality or a law that holds would not have caught, in words; "" for all else."""
        if isinstance(self.test, UnderLaw) and self.outcome == HOLDS:
            return self._trial.power
        slip, formula = self.slip, self.formula
        equal = self.outcome == HOLDS and self.statement.operator == "=="
        if slip is None or formula is None or not equal:
            return ""
        if slip.lower is None or slip.upper is None:
            return "an error in one direction may go unseen"
        if slip.lower == slip.upper:
            return ALL_SEEN
        unseen = Range(Interval.of(None, max(-slip.lower, slip.upper)), tight=True)
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

    def _stretched(self) -> list[str]:
        """Give the texts that a borderline statement needs at their widest: one if one does."""
        loose = [name for name, each in self.amounts.items() if each.wide != each.narrow]
        alone = []
        for name in loose:
            found = self._tried(self.box("narrow") | {name: self.amounts[name].wide})
            if found.possible and not found.undefined:
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


def worded(found: Range, measured_in: Unit | None, apart: Interval | None = None) -> str:
    """Give a range in words, in the unit, and say where it may be wider than the truth.

    What it is disjoint from stands `apart` from it in words as well.
    """
    factor = Interval.point(measured_in.factor if measured_in else 1)
    beside = apart / factor if apart is not None else None
    text = words(found.interval / factor, measured_in.name if measured_in else "", apart=beside)
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
    if stated.right is not None and stated.left.steps == stated.right.steps:
        return Judgement(stated, known, UNTESTABLE, "both sides are the same, whatever they are")
    judged = (_as_meant(stated, each) for each in _meant(known))
    return min(judged, key=lambda each: _LEANING.index(each.outcome))


def _meant(amounts: Mapping[str, Amount]) -> Iterator[dict[str, Amount]]:
    """Give the amounts in each way that their signs may be meant; of many falls, over all ways."""
    falls = {name: each.ways for name, each in amounts.items() if len(each.ways) > 1}
    if len(falls) > MOST_FALLS:
        falls = {}
    for signed in product(*falls.values()):
        yield {**amounts, **dict(zip(falls, signed, strict=True))}


def _as_meant(stated: Statement, known: dict[str, Amount]) -> Judgement:
    """Give the outcome where the sign of each amount is known."""
    try:
        candidates = tests(stated, known)
    except UnlikeUnits as unlike:
        return Judgement(stated, known, UNTESTABLE, unlike.reason, unlike=True)
    judged = [_judged(stated, known, test) for test in candidates]
    order = stated.operator not in {"==", *LAWS} or stated.rising
    if order and len({each.outcome for each in judged}) > 1:
        reason = "a number beside a share may be plain or in per cent; write it with %"
        return Judgement(stated, known, UNTESTABLE, reason)
    best = min(judged, key=lambda each: _LEANING.index(each.outcome))
    mistaken = _mistaken(stated, known) if best.outcome == HOLDS else ""
    return replace(best, outcome=BORDERLINE, mistaken=mistaken) if mistaken else best


def _mistaken(stated: Statement, amounts: Mapping[str, Amount]) -> str:
    """Give the text of a relative change in points, or of a difference in points in per cent."""
    for one, other in ((stated.left, stated.right), (stated.right, stated.left)):
        if one is None or other is None or len(one.steps) > 1 or not one.names:
            continue
        measured_in, result = amounts[one.names[0]].unit, other.steps[-1].kind
        named = measured_in.name if measured_in else ""
        if (stated.calls[:1] == ("change",) and named in POINTS and result == "/") or (
            stated.calls[:1] == ("points",) and named == "percent" and result == "-"
        ):
            return amounts[one.names[0]].text
    return ""


def _judged(stated: Statement, amounts: dict[str, Amount], test: Compared | UnderLaw) -> Judgement:
    amounts = amounts | rounded_counts(test, amounts)

    def judged(outcome: str, reason: str = "", truncated: Sequence[str] = ()) -> Judgement:
        tested = None if reason else test
        return Judgement(stated, amounts, outcome, reason, test=tested, truncated=tuple(truncated))

    narrow = test.trial({name: each.narrow for name, each in amounts.items()})
    if narrow.undefined:
        return judged(UNTESTABLE, narrow.undefined)
    widest = {name: each.wide for name, each in amounts.items()}
    wide = test.trial(widest)
    if narrow.possible or isinstance(test, UnderLaw):
        powerless = narrow.powerless or ("" if wide.undefined else wide.powerless)
        if powerless or narrow.possible:
            return judged(UNTESTABLE, powerless) if powerless else judged(HOLDS)
    if wide.undefined:
        return judged(UNTESTABLE, f"{wide.undefined} at the widest")
    if wide.possible:
        return judged(BORDERLINE)
    cut = list(_cut(amounts, widest, test))
    return judged(BORDERLINE, truncated=cut) if cut else judged(BROKEN)


def rounded_counts(test: Compared | UnderLaw, amounts: Mapping[str, Amount]) -> dict[str, Amount]:
    """Give the counts in full that stand for a number which is not whole, as rounded to whole ones.

    A twelfth of 148,141 is printed as 12,345: held against exact numbers that come to a fraction,
    a count was rounded.
    """
    if isinstance(test, UnderLaw) or test.sign != "==":
        return {}
    found, last = {}, test.formula.steps[-1]
    for one, other in ((last.left, last.right), (last.right, last.left)):
        step = test.formula.steps[one]
        each = amounts.get(step.value) if step.kind == "name" else None
        if each is None or each.unit is None or not each.unit.counted:
            continue
        if each.narrow.lower != each.narrow.upper or each.narrow != each.wide:
            continue
        held = test.formula.part(other)
        value = held.range({name: amounts[name].narrow for name in held.names}).interval
        if value.lower == value.upper and value.whole is None:
            about = each.narrow + _HALF
            found[step.value] = replace(each, narrow=about, wide=about)
    return found


def _cut(
    amounts: Mapping[str, Amount], widest: dict[str, Interval], test: Compared | UnderLaw
) -> Iterator[str]:
    """Give the texts of which any one alone makes it possible, if its digits were cut off.

    Where all of them together do not, none does.
    """
    cut = {
        name: widest[name].hull(truncated)
        for name, each in amounts.items()
        if (truncated := each.truncated) is not None
    }
    every = test.trial(widest | cut)
    for name in cut if every.possible and not every.undefined else ():
        found = test.trial(widest | {name: cut[name]})
        if found.possible and not found.undefined:
            yield amounts[name].text


def judge(text: str, texts: Mapping[str, str], *, rounding: str = "") -> Judgement:
    """Judge a statement over reported texts, as `judge("a == b + c", {"a": "27.6 million", ...})`.

    Units are taken from the texts where they name one. `rounding` is how all the texts were
    rounded: "nearest", "truncated", "ceiling", "floor" or "base 5"; where nobody says, to nearest,
    and what is true only if one number was cut off is borderline. Raises StatementError for a text
    that is no check, for names without a text or texts without a name, for what is no text, and for
    another rounding.
    """
    stated = statement(text)
    if not stated.checks:
        message = (
            f"{text[:QUOTED]!r} compares nothing; wanted one of {' '.join(COMPARISONS)}, or a law"
        )
        raise StatementError(message)
    _given(stated, texts)
    if rounding and not known_rounding(rounding):
        near_one = near(rounding, list(ROUNDINGS))
        message = f"no rounding '{rounding}', wanted {', '.join(ROUNDINGS)} or base 5{near_one}"
        raise StatementError(message)
    amounts: dict[str, Amount | None] = {}
    unread = []
    counts = _counts(stated)
    for name in stated.names:
        try:
            amounts[name] = spoken(texts[name], rounding=rounding, counted=name in counts)
        except Unreadable as unreadable:
            unread.append(f"{name}: {unreadable}")
    if unread:
        known = {name: each for name, each in amounts.items() if each is not None}
        return Judgement(stated, known, UNTESTABLE, "; ".join(unread))
    return judgement(stated, amounts)


def _given(stated: Statement, texts: Mapping[str, str]) -> None:
    """Raise StatementError where names lack a text, texts a name, or what is given is no text."""
    for name in stated.names:
        if name not in texts:
            message = f"no text for '{name}', wanted {name}=...{near(name, list(texts))}"
            raise StatementError(message)
    for name in texts:
        if name not in stated.names:
            message = f"'{name}' is not in the statement{near(name, stated.names)}"
            raise StatementError(message)
    for name in (name for name in texts if not isinstance(texts[name], str)):
        kind = type(texts[name]).__name__
        message = f"the text for '{name}' is of type {kind}; wanted it as printed, {name}='5'"
        raise StatementError(message)


def _counts(stated: Statement) -> set[str]:
    """Give the names that a law takes as counts."""
    kinds = LAWS[stated.operator].kinds if stated.arguments else {}
    steps = stated.difference.steps
    given = [(kinds[role], steps[index]) for role, index in stated.arguments]
    if stated.operator == "partition":
        given.append((COUNT, steps[stated.arguments[0].step]))
    return {step.value for kind, step in given if kind == COUNT and step.kind == "name"}


def spoken(text: str, *, rounding: str = "", counted: bool = False) -> Amount:
    """Give what a text states in the unit that it names itself; raises Unreadable.

    `counted` tells that a number without a unit counts something.
    """
    reading = reported(text, rounding=rounding)
    named = unit(reading.unit) if reading.unit else None
    if named.counted if named is not None else counted:
        reading = reported(text, counted=True, rounding=rounding)
    return amount(reading, named)


@dataclass(frozen=True, slots=True)
class Relation:
    """A row of relations.csv, its statement read; `statement` is None where it cannot be."""

    id: str = field(
        metadata=column(
            "as in `figures.csv`, and none that a figure has",
            "growth",
            pattern=ID,
            needed=True,
            filled=True,
        )
    )
    text: str = field(
        metadata=column(
            "a check, or a derived quantity",
            "growth == change(new=arrivals_2023, old=arrivals_2022)",
            name="statement",
            needed=True,
            filled=True,
        )
    )
    statement: Statement | None = None
    label: str = field(default="", metadata=column("a short phrase"))
    concept: str = field(
        default="",
        metadata=column(
            "of what a derived quantity is a number of; a quotient of unlike things needs it"
        ),
    )
    source: str = field(default="", metadata=column("who states the relation, where somebody does"))
    waive: str = field(default="", metadata=column("as in `figures.csv`", pattern=WAIVERS))
    note: str = field(default="", metadata=column("as in `figures.csv`"))
    path: str = ""
    line: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        return self.statement.names if self.statement else ()

    @property
    def check(self) -> bool:
        return self.statement is not None and self.statement.checks

    @property
    def derives(self) -> bool:
        return self.statement is not None and self.statement.operator == "="


RELATION_COLUMNS = tuple(columns(Relation))
RELATION_REQUIRED = tuple(each.name for each in columns(Relation).values() if each.needed)


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
