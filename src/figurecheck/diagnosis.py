"""Diagnosis: what a figure that does not fit may have meant; an offer, never a verdict."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from heapq import merge
from itertools import islice, pairwise, product
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar

from figurecheck.figures import SHARE_UNITS, Figure
from figurecheck.finding import BROKEN, HOLDS
from figurecheck.formula import statement
from figurecheck.interval import Interval
from figurecheck.network import left_by_others
from figurecheck.numeral import DIGITS, numeral
from figurecheck.reading import read
from figurecheck.relation import judgement
from figurecheck.tokens import TOKENS
from figurecheck.wording import UNITS
from figurecheck.words import LARGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from figurecheck.figures import Amount, Subject
    from figurecheck.period import Period
    from figurecheck.place import Place
    from figurecheck.relation import Judgement

MOST = 3

LIMIT = Fraction(1, 10)
"""No offer is made where its chance to fit any wrong number, with those of all likelier, is more.

Chances are added as if none overlapped; `python benchmarks/diagnosis.py` prints how often one fits.
"""

SPAN = 14
"""A wrong number may be a thousand times too small or too large: in natural logarithms 13.8."""

MOST_BASES = 25
"""Of more counts it is not tried whether a share is one of them."""

SHORTEST = 4
TELLING = 2
"""Of fewer digits one that is another tells nothing."""

ROUNDED = 3
"""With so many digits a number may be another of another size that was rounded."""

LONGEST_NUMBER = 24
"""Digits and marks of a number beyond which its digits are left as they are."""


class Amounted(Protocol):
    """A figure, or what has an amount as figures do."""

    @property
    def amount(self) -> Amount | None: ...


Of = TypeVar("Of", bound=Amounted)


class Stated(NamedTuple, Generic[Of]):
    """What a figure states as printed, both ends known."""

    lower: Fraction
    upper: Fraction
    subject: Subject
    figure: Of


class Layer(NamedTuple, Generic[Of]):
    """Intervals about as wide as each other, by their lower ends."""

    stated: list[Stated[Of]]
    widest: Fraction

    def meeting(self, lower: Fraction, upper: Fraction) -> Iterator[Stated[Of]]:
        """Give those that share a value with an interval, from the least lower end on."""
        first = bisect_left(self.stated, lower - self.widest, key=_lower)
        last = bisect_right(self.stated, upper, key=_lower)
        return (each for each in self.stated[first:last] if each.upper >= lower)


class Kin(NamedTuple, Generic[Of]):
    """Figures of one concept, base and dimension, of any place and period.

    They lie in layers, so that among many narrow ones a wide one does not slow the search.
    """

    layers: list[Layer[Of]]

    def meeting(self, interval: Interval) -> Iterator[Stated[Of]]:
        """Give those that share a value with a bounded interval, from the least lower end on."""
        lower, upper = interval.lower, interval.upper
        if lower is None or upper is None:
            return iter(())
        return merge(*(each.meeting(lower, upper) for each in self.layers), key=_lower)


def _lower(each: Stated[Any]) -> Fraction:
    return each.lower


def kin(groups: Mapping[Subject, Sequence[Of]]) -> dict[Subject, Kin[Of]]:
    """Give the figures that may be what another was meant to be, by what they are of."""
    alike: dict[Subject, dict[int, list[Stated[Of]]]] = defaultdict(lambda: defaultdict(list))
    for own, figures in groups.items():
        for figure in figures:
            for narrow in (each.narrow for each in (figure.amount.ways if figure.amount else ())):
                if narrow.lower is not None and narrow.upper is not None:
                    stated = Stated(narrow.lower, narrow.upper, own, figure)
                    alike[anywhere(own)][_breadth(narrow.upper - narrow.lower)].append(stated)
    return {own: Kin([_layer(found) for found in layers.values()]) for own, layers in alike.items()}


def _breadth(width: Fraction) -> int:
    """Give about the power of two of a width; of a point, one that no width has."""
    if not width:
        return -sys.maxsize
    return width.numerator.bit_length() - width.denominator.bit_length()


def _layer(found: list[Stated[Of]]) -> Layer[Of]:
    return Layer(sorted(found, key=_lower), max(each.upper - each.lower for each in found))


def anywhere(own: Subject) -> Subject:
    """Give the subject with its place and period left open."""
    return own._replace(place=None, period=None)


def neighbours(figure: Figure, own: Subject, known: Mapping[Subject, Kin[Figure]]) -> str:
    """Give the registered figures of the same concept, of another period or place, that it fits."""
    found = list(islice(_fitting(figure, own, known), MOST))
    return f"fits {', '.join(found)}" if found else ""


def _fitting(figure: Figure, own: Subject, known: Mapping[Subject, Kin[Figure]]) -> Iterator[str]:
    if figure.amount is None or anywhere(own) not in known:
        return
    for other in known[anywhere(own)].meeting(figure.amount.narrow):
        if (other.subject.place, other.subject.period) != (own.place, own.period):
            yield cited(other.figure, other.subject, own)


def cited(figure: Figure, theirs: Subject, own: Subject) -> str:
    """Name a figure with its text, and with its period and place where they are not one's own."""
    pairs = ((theirs.period, own.period), (theirs.place, own.place))
    apart = ", ".join(str(each) for each, mine in pairs if each != mine)
    return f"{figure.id} ({figure.reported}{'; ' * bool(apart)}{apart})"


def stand_in(
    figure: Figure, own: Subject, implied: Interval, known: Mapping[Subject, Kin[Figure]]
) -> str:
    """Give the one figure of the same concept that is implied in the place of this, or nothing.

    It is of another period or place; nothing where so many are known that one would fit by chance.
    """
    alike = known.get(anywhere(own))
    if alike is None or not implied.bounded or not _distance(implied):
        return ""
    count = sum(len(each.stated) for each in alike.layers)
    met = [each for each in islice(alike.meeting(implied), MOST) if each.figure.id != figure.id]
    if len(met) != 1 or count * _width(implied) > LIMIT * _distance(implied):
        return ""
    return f"fits if it were {cited(met[0].figure, met[0].subject, own)}"


# A share of another base


class Counts(NamedTuple):
    """The counts of a register: all by what they are of, and what is counted by where and when.

    `parts` has them by the last step of their concept, as "women", with their place and period,
    with the place alone, and with neither; `beside` those of one place, period and dimension.
    """

    groups: Mapping[Subject, Sequence[Figure]]
    parts: dict[tuple[str, Place | None, Period | None], list[Subject]]
    beside: dict[Subject, list[Subject]]


class Quotient(NamedTuple):
    """What a count comes to as a share of another, which is the base."""

    share: Interval
    base: Figure
    subject: Subject


def counts(groups: Mapping[Subject, Sequence[Figure]]) -> Counts:
    """Give the counts among figures, to look up what a share may be a share of."""
    counted = {own: found for own, found in groups.items() if found[0].counted}
    index = Counts(counted, defaultdict(list), defaultdict(list))
    for own in counted:
        for spot in _spots(own):
            index.parts[_last_step(own), *spot].append(own)
        index.beside[own._replace(concept="")].append(own)
    return index


def _spots(own: Subject) -> list[tuple[Place | None, Period | None]]:
    """Give where and when it is, ever more left open."""
    return list(dict.fromkeys([(own.place, own.period), (own.place, None), (None, None)]))


def _last_step(own: Subject) -> str:
    return own.concept.rpartition("/")[2]


def share_of_another_base(figure: Figure, own: Subject, known: Counts) -> list[str]:
    """Give the counts of which the same part, where it is counted, makes the printed share.

    First of what the part is a part of, then of any concept; first of the own place and period,
    then of others. Nothing where so many could be tried that one would fit by chance.
    """
    if figure.amount is None or not figure.share or not figure.amount.narrow.bounded:
        return []
    share = figure.amount.narrow
    grain = max(_grain(figure, share), LIMIT / MOST_BASES)
    for bases in (_wholes, _anything):
        for spot in _spots(own):
            parts = known.parts.get((_last_step(own), *spot), [])
            tried = _tried(_quotients(parts, bases, own, known), grain, len(parts))
            fitting = [
                f"fits as a share of {cited(each.base, each.subject, own)}"
                for each in tried
                if not each.share.disjoint(share)
            ]
            if fitting:
                return list(dict.fromkeys(fitting))[:MOST]
    return []


def _tried(quotients: Iterator[Quotient], grain: Fraction, least: int) -> list[Quotient]:
    """Give the quotients, of which there may be `least`; none if shares are met by chance."""
    tried: list[Quotient] = []
    room = LIMIT
    if least * grain > room:
        return []
    for each in quotients:
        room -= grain + _width(each.share)
        if room < 0:
            return []
        tried.append(each)
    return tried


def _quotients(
    parts: Sequence[Subject],
    bases: Callable[[Subject, Counts], Iterator[Subject]],
    own: Subject,
    known: Counts,
) -> Iterator[Quotient]:
    """Give each part as a share of each of its bases but the own one."""
    mine = (own.base, own.place, own.period)
    for part in parts:
        for theirs in bases(part, known):
            if (theirs.concept, theirs.place, theirs.period) == mine:
                continue
            for base, counted in product(known.groups[theirs], known.groups[part]):
                if base.amount and counted.amount and 0 not in base.amount.narrow:
                    yield Quotient(counted.amount.narrow / base.amount.narrow, base, theirs)


def _wholes(part: Subject, known: Counts) -> Iterator[Subject]:
    """Give what a part is a part of, the nearest first."""
    steps = part.concept.split("/")
    for length in range(len(steps) - 1, 0, -1):
        whole = part._replace(concept="/".join(steps[:length]))
        if whole in known.groups:
            yield whole


def _anything(part: Subject, known: Counts) -> Iterator[Subject]:
    """Give all that is counted there and then but the part itself and its own parts."""
    for other in known.beside[part._replace(concept="")]:
        if not f"{other.concept}/".startswith(f"{part.concept}/"):
            yield other


# Slips


_Change = tuple[str, Interval]
"""What would have to be otherwise, in words, and the values that the number then stands for."""

POWERS = {
    "ten times larger": Fraction(10),
    "ten times smaller": Fraction(1, 10),
    "a thousand times larger": Fraction(1000),
    "a thousand times smaller": Fraction(1, 1000),
    "a hundred times larger": Fraction(100),
    "a hundred times smaller": Fraction(1, 100),
}
PERIODS = {
    f"it were for {one}, not {other}": factor
    for time, times in {"a month": 12, "a quarter": 4, "a week": 52, "a day": 365}.items()
    for one, other, factor in (
        (time, "a year", Fraction(times)),
        ("a year", time, Fraction(1, times)),
    )
}
MULTIPLES = {"half as large": Fraction(1, 2), "twice as large": Fraction(2)}
SIGN = {"the sign were turned": Fraction(-1)}

SCALES = {name: LARGE[name] for name in ("thousand", "million", "billion", "trillion")}
UNIT_LADDERS = (
    {"%": Fraction(1, 100), "a fraction": Fraction(1)},
    {f"per {10**power:,}": Fraction(1, 10**power) for power in (3, 4, 5)},
)
"""What a number is printed in, and taken for another, a power of ten apart."""


def slips(reported: str, amount: Amount, implied: Interval) -> list[str]:
    """Give the slips, most likely first, without which a text would state a value that is implied.

    `implied` holds, in base units, what the rest of a broken relation leaves for the number. Every
    offer was tried: the number so changed meets it. There is none where so many changes, or so
    wide a number, would often meet some value by chance.
    """
    measured_in = amount.unit.name if amount.unit else "1"
    return _slips(Figure("", reported, measured_in), amount, implied, _kinds)


def misprints(reported: str, amount: Amount, meant: str, implied: Interval) -> list[str]:
    """Give those of the slips that change no more than how the text of a number was printed.

    With the same digits, or rounded to fewer, it may be of another size; else one digit is too
    many, missing, or swapped.
    """
    mine, its = significant(reported), significant(meant)
    short = min(len(mine), len(its)) < TELLING and mine != its
    rounded = min(len(mine), len(its)) >= ROUNDED
    if not (mine and its) or short or not (rounded or _one_slip_apart(mine, its)):
        return []
    measured_in = amount.unit.name if amount.unit else "1"
    kinds = _any_digit if _one_slip_apart(mine, its) and mine != its else _sizes
    return _slips(Figure("", reported, measured_in), amount, implied, kinds)


def same_digits(reported: str, meant: str) -> bool:
    """Tell whether the first numbers of two texts have the same significant digits."""
    return significant(reported) == significant(meant) != ""


def of_the_others(reported: str, amount: Amount, implied: Interval) -> list[str]:
    """Give the slip that a share is that of the others, if it is one."""
    measured_in = amount.unit.name if amount.unit else "1"
    return _slips(Figure("", reported, measured_in), amount, implied, _complements)


def _complements(_figure: Figure, amount: Amount) -> Iterator[list[_Change]]:
    """Give the change of a share into that of the others."""
    if amount.unit and amount.unit.name in SHARE_UNITS:
        yield [("it were the share of the others", Interval.point(1) - amount.narrow)]


def _one_slip_apart(mine: str, its: str) -> bool:
    """Tell whether digits are the same but for two that are swapped, or one more or less."""
    shorter, longer = sorted((mine, its), key=len)
    if len(shorter) == len(longer):
        apart = [at for at, pair in enumerate(zip(mine, its, strict=True)) if len(set(pair)) > 1]
        first, last = (apart[0], apart[-1]) if apart else (0, 0)
        swapped = last == first + 1 and mine[first] == its[last] and mine[last] == its[first]
        return not apart or swapped
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def significant(text: str) -> str:
    """Give the digits of the first number of a text, without noughts at its ends."""
    number = next((each for each in TOKENS.finditer(text) if each.lastgroup == "number"), None)
    return re.sub(r"\D", "", number.group()).strip("0") if number else ""


def _slips(
    figure: Figure,
    amount: Amount,
    implied: Interval,
    kinds: Callable[[Figure, Amount], Iterator[list[_Change]]],
) -> list[str]:
    narrow = amount.narrow
    if figure.unreadable or not (narrow.bounded and implied.bounded):
        return []
    if not (amount.wide.disjoint(implied) and _distance(narrow) and _distance(implied)):
        return []
    each = _grain(figure, narrow) / _distance(narrow) + _width(implied) / _distance(implied)
    room, offers = LIMIT * SPAN, []
    for kind in kinds(figure, amount):
        room -= len(kind) * each
        if room < 0:
            break
        offers += [f"fits if {words}" for words, moved in kind if not moved.disjoint(implied)]
    return offers[:MOST]


def _width(interval: Interval) -> Fraction:
    """Give the width of a bounded interval."""
    return (interval.upper or Fraction(0)) - (interval.lower or 0)


def _distance(interval: Interval) -> Fraction:
    """Give the distance of a bounded interval from zero."""
    nothing = Fraction(0)
    return max(interval.lower or nothing, -(interval.upper or nothing), nothing)


def _grain(figure: Figure, narrow: Interval) -> Fraction:
    """Give the width of what is printed, in base units: a step of the print at least."""
    measured_in = figure.measured_in
    step = figure.reading.step * (measured_in.factor if measured_in else 1)
    return max(step, _width(narrow))


def _kinds(figure: Figure, amount: Amount) -> Iterator[list[_Change]]:
    """Give the changes that a number may have suffered, kind by kind, the most likely first."""
    narrow, measured_in = amount.narrow, amount.unit
    signed, named, unnamed = _sizes(figure, amount)
    once, swapped, twice = _respellings(figure)
    yield from (signed, named, once, unnamed, swapped, twice)
    yield from _complements(figure, amount)
    yield _multiplied(narrow, MULTIPLES)
    if not (measured_in and measured_in.dimensionless):
        yield _multiplied(narrow, PERIODS)


def _sizes(figure: Figure, amount: Amount) -> Iterator[list[_Change]]:
    """Give the changes of sign and size."""
    narrow, named = amount.narrow, scales(figure.reading.text)
    unnamed = {words: factor for words, factor in POWERS.items() if factor not in named.values()}
    yield from (_multiplied(narrow, each) for each in (SIGN, named, unnamed))


def _respellings(figure: Figure) -> Iterator[list[_Change]]:
    """Give the changes of digits that fingers make."""
    yield _respelt(figure, "a digit were written once", _once)
    yield _respelt(figure, "two digits were swapped", _swapped)
    yield _respelt(figure, "a digit were written twice", _twice)


def _any_digit(figure: Figure, _amount: Amount) -> Iterator[list[_Change]]:
    """Give the changes of digits, of whichever digit."""
    yield from _respellings(figure)
    yield _respelt(figure, "one digit less were written", _without)
    yield _respelt(figure, "one digit more were written", _with)


def _multiplied(narrow: Interval, factors: Mapping[str, Fraction]) -> list[_Change]:
    return [(words, narrow * Interval.point(factor)) for words, factor in factors.items()]


def scales(text: str) -> dict[str, Fraction]:
    """Give the powers of ten by which another scale word, or another unit, would change a text."""
    scale = _scale_word(text)
    if scale:
        return _instead(scale, LARGE[scale.lower()], SCALES)
    own = next((UNITS.get(each.unit, "").strip() for each in read(text)), "")
    ladder = next((each for each in UNIT_LADDERS if own in each), {own: Fraction(1)})
    return _instead(own, ladder[own], ladder)


def _instead(own: str, size: Fraction, ladder: Mapping[str, Fraction]) -> dict[str, Fraction]:
    factors = {f"{own} were {other}": rung / size for other, rung in ladder.items()}
    return {words: factor for words, factor in factors.items() if factor in POWERS.values()}


def _scale_word(text: str) -> str:
    """Give the scale word behind the first number in digits, "" where there is none."""
    tokens = [(each.lastgroup, each.group()) for each in TOKENS.finditer(text)]
    behind = next((word for (kind, _), (_, word) in pairwise(tokens) if kind == "number"), "")
    return behind if behind.lower() in LARGE else ""


def _respelt(figure: Figure, words: str, ways: Callable[[str], Iterator[str]]) -> list[_Change]:
    """Give what a figure would state if its digits were changed in each of the ways."""
    found = []
    for text in _spellings(figure.reading.text, ways):
        amount = replace(figure, reported=text).amount
        if amount is not None:
            found.append((f"{words}: {text}", amount.narrow))
    return found


def _spellings(text: str, ways: Callable[[str], Iterator[str]]) -> Iterator[str]:
    """Give a text with the digits of its first number changed, and grouped as they were.

    What only moves the point is a power of ten, and no change of digits.
    """
    number = next((each for each in TOKENS.finditer(text) if each.lastgroup == "number"), None)
    printed = numeral(number.group()) if number else None
    if number is None or printed is None or len(number.group()) > LONGEST_NUMBER:
        return
    groups, marks = DIGITS.findall(number.group()), DIGITS.split(number.group())[1:-1]
    decimals, point = ("", "") if printed.whole else (groups.pop(), marks.pop())
    digits = f"{''.join(groups)}.{decimals}"
    for changed in dict.fromkeys(ways(digits)):
        whole, _, part = changed.partition(".")
        if whole and whole == str(int(whole)) and changed.strip("0.") != digits.strip("0."):
            grouped = f"{int(whole):,}".replace(",", marks[0]) if marks else whole
            yield f"{text[: number.start()]}{grouped}{point}{part}{text[number.end() :]}"


def _swapped(digits: str) -> Iterator[str]:
    """Give the digits with two neighbours swapped, also across the point."""
    places = [place for place, digit in enumerate(digits) if digit != "."]
    for one, other in pairwise(places):
        if digits[one] != digits[other]:
            between = digits[one + 1 : other]
            yield digits[:one] + digits[other] + between + digits[one] + digits[other + 1 :]


def _twice(digits: str) -> Iterator[str]:
    """Give the digits with one of them written twice."""
    for place, digit in enumerate(digits):
        if digit != ".":
            yield digits[:place] + digit + digits[place:]


def _once(digits: str) -> Iterator[str]:
    """Give the digits with one of two neighbours that are the same left out."""
    for place, (one, other) in enumerate(pairwise(digits)):
        if one == other:
            yield digits[:place] + digits[place + 1 :]


def _without(digits: str) -> Iterator[str]:
    """Give the digits with one of them left out."""
    for place, digit in enumerate(digits):
        if digit != "." and len(digits) > SHORTEST:
            yield digits[:place] + digits[place + 1 :]


def _with(digits: str) -> Iterator[str]:
    """Give the digits with one more, wherever it may stand."""
    for place in range(len(digits) + 1):
        for digit in "0123456789":
            yield digits[:place] + digit + digits[place:]


def offers(
    judged: Judgement,
    figures: Mapping[str, Figure] | None = None,
    subjects: Mapping[str, Subject] | None = None,
    known: Mapping[Subject, Kin[Figure]] | None = None,
) -> dict[str, list[str]]:
    """Give for each name in a broken check what would make it hold, most likely first.

    Of a register, with what its figures are of and their kin, also which of them may be meant.
    """
    found = {}
    for name in judged.statement.names if judged.outcome == BROKEN else ():
        amount = judged.amounts[name]
        implied = left_by_others(judged.statement, judged.amounts, name)
        offered = _as_points(judged, name)
        if implied is not None:
            if figures and subjects and name in figures:
                other = stand_in(figures[name], subjects[name], implied, known or {})
                offered += [other] * bool(other)
            offered += slips(amount.text, amount, implied)
        found[name] = offered[:MOST]
    return {name: each for name, each in found.items() if each}


def _as_points(judged: Judgement, name: str) -> list[str]:
    """Offer percentage points for per cent, or the other way round, where a change was declared."""
    stated = judged.statement
    called = stated.calls[0] if stated.calls else ""
    turned = {"change": "points", "points": "change"}.get(called, "")
    sides = (stated.left, stated.right or stated.left)
    if not turned or name not in {side.names[0] for side in sides if len(side.steps) == 1}:
        return []
    other = stated.text.replace(f"{called}(", f"{turned}(")
    fits = judgement(statement(other), judged.amounts).outcome == HOLDS
    said = "per cent were percentage points" if turned == "points" else "points were per cent"
    return [f"fits if {said}"] if fits else []


def diagnosis(
    figure: Figure,
    own: Subject,
    implied: Interval | None,
    known: Mapping[Subject, Kin[Figure]],
    counted: Counts,
) -> str:
    """Give in one line what would make a figure fit, most likely first; "" where nothing is near.

    Registered figures that it may be, then what it may be a share of, then the slips with which
    it would be `implied`, in base units.
    """
    found = list(islice(_fitting(figure, own, known), MOST))
    offers = share_of_another_base(figure, own, counted)
    if figure.amount is not None and implied is not None:
        offers += _slips(figure, figure.amount, implied, _kinds)
    near = [f"fits {', '.join(found)}"] if found else []
    return "; ".join([*near, *offers[: MOST - len(found)]])
