"""A figure against the words of its source: which quantity of the quote it is, and what differs."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, product, starmap
from typing import TYPE_CHECKING, NamedTuple

from figurecheck.figures import ESTIMATED, POINTS, SHARE_UNITS, Figure, named_unit
from figurecheck.finding import BORDERLINE, BROKEN, HOLDS, UNTESTABLE
from figurecheck.grammar import Reader
from figurecheck.interval import Interval
from figurecheck.reading import read, reported
from figurecheck.tokens import TOKENS
from figurecheck.words import COUNTED, FALLS, FELL, LARGE, SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from figurecheck.reading import Reading
    from figurecheck.units import Unit

LONGEST_LEAD = 60
LONGEST_QUOTE = 50_000
"""Characters before a number that may say that something falls by it; and beyond which a quote is
a file, and is not searched for a number."""

SCALES = tuple(Fraction(10**power) for power in (3, 6, 9, 12))
NONE = re.compile(
    r"\b(?:no (?!doubt|figures?|data|evidence|longer|more|fewer|less|one|matter|question|sign)"
    r"[^\W\d_]+|none|nobody (?:was|were|has|had|died)|nil|zero)\b",
    re.IGNORECASE,
)
"""How a quote says that there are none."""

RISES = re.compile(
    r"^\s*\+|\b(?:up|r[io]se|rises|rising|risen|gr[eo]w|grows|growth|increased?|increases)\b"
    r"(?! to\b)|\b(?:higher|more)\b(?! than)",
    re.IGNORECASE,
)
"""How a text says a rise by a number."""

_FELL = "|".join(sorted((FALLS | FELL) - {"less", "fewer", "lower", "smaller", "below"}))
FALLEN = re.compile(
    rf"\b(?:{_FELL})(?: \w+ly)?(?: back)?(?: in \w+)?(?: (?:by|of))?"
    r"(?: \w+ly| about| some| over| nearly)?\s*$",
    re.IGNORECASE,
)
LESS_BY = re.compile(
    r"\s*(?:less|fewer|lower|smaller|decline|decrease|drop|fall)\b"
    r"(?!-| (?:than|from|the|its|an?)\b)",
    re.IGNORECASE,
)
"""How a quote says, before a number or behind it, a fall by that."""

FALLEN_TO = re.compile(rf"\b(?:{_FELL})(?: \w+ly)?(?: back)? to\s*$", re.IGNORECASE)
"""How a quote says what something fell to."""

_TIME = "(year|month|week|day|hour)"
EVERY_TIME = re.compile(
    r"(?:\s+(?!and|or|but|in|for|after)[^\W\d_]+){0,2}\s+(?:an?|per|each|every)\s+"
    rf"{_TIME}\b(?! (?:ago|before|earlier|later|after|long|of))",
    re.IGNORECASE,
)
"""How often something comes, behind its number and up to two words of what nobody knows."""

OF_A_TIME = re.compile(rf" / {_TIME}\b")
"""How often what a unit counts comes."""

LOSSES = set("loss lost lose loses losses deficit negative minus zero".split())
BELOW_ZERO = FALLS | FELL | LOSSES | {"reductions"}
"""Words beside which a number without a sign may stand for one below zero."""

IN_NOUGHTS = re.compile(
    r"['’‘]0{3}(?:[., ]?0{3})*s?\b|\((?:in |x ?|× ?)?(?:1[., ]?)?0{3}(?:[., ]?0{3})*s?\)"
    r"|(?<![\d.,])(?:1[., ]?)?0{3}(?:[., ]?0{3})*s\b|[x×] ?1[., ]?0{3}(?:[., ]?0{3})*\b"
)
"""A scale in the head of a table, as "('000)" or "1,000s"."""

BOUNDS = {"lower", "upper"}
SIDE = {"lower": 1, "above": 1, "upper": -1, "below": -1}
DROPPED, REVERSED = "drops its hedge or bound", "reverses its bound"


class Quantity(NamedTuple):
    """A quantity of a quote beside a figure.

    `number` tells how far it is the same number, UNTESTABLE where it can be read in its sentence
    only, as "1/2 of all", and `what` what differs where it is not HOLDS;
    `change` is "" where hedge and bound are kept, else DROPPED or REVERSED.
    """

    read_as: Figure
    number: str = HOLDS
    what: str = ""
    change: str = ""

    @property
    def text(self) -> str:
        return self.read_as.reported

    @property
    def agrees(self) -> bool:
        """Whether it is the same number, with its hedge."""
        return self.number == HOLDS and not self.change


class Quoted(NamedTuple):
    """A figure, the quantities of its quote, and why nothing can be told of them, if so."""

    figure: Figure
    quantities: list[Quantity]
    untestable: str


class Context(NamedTuple):
    """What a quote says beside its numbers, and beside one of them.

    Its scales; whether something may be below zero, is none, or is lost; whether it falls by the
    number, and how often it comes.
    """

    quote: str
    scales: frozenset[Fraction]
    below: bool
    none: bool
    losses: bool = False
    falls: bool = False
    every: str = ""

    def at(self, start: int, end: int) -> Context:
        """Give it for the number there; what falls to a number is not below zero for that."""
        before = self.quote[max(0, start - LONGEST_LEAD) : start]
        rises = RISES.search(before)
        falls = FALLEN.search(before) or (not rises and LESS_BY.match(self.quote, end))
        reached = FALLEN_TO.search(before) and not self.losses
        bracketed = before.endswith("(") and self.quote.startswith(")", end)
        often = EVERY_TIME.match(self.quote, end)
        return self._replace(
            falls=bool(falls),
            below=bracketed or (self.below and not reached),
            every=often[1].lower() if often else "",
        )


UNIT, SCALE, SIGN, DIGITS, OTHER = "unit", "scale", "sign", "digits", "number"
_NEAREST = ("", UNIT, SCALE, SIGN, DIGITS, OTHER)
_LEAST = (HOLDS, UNTESTABLE, BORDERLINE, BROKEN)


def as_printed(figure: Figure, text: str) -> Figure:
    """Give the figure as if a text were reported, with the precision that its print has."""
    return replace(figure, reported=text, precision="", source=None)


def quoted(figures: Iterable[Figure]) -> Iterator[Quoted]:
    """Yield the figures that have a number and a quote, with what that states."""
    for figure in figures:
        if figure.quote.strip() and figure.unreadable is None:
            long = len(figure.quote) > LONGEST_QUOTE
            found = [] if long else quantities(figure)
            reason = ""
            if long:
                reason = f"its quote has over {LONGEST_QUOTE:,} characters"
            elif not found:
                reason = "no quantity can be read in its quote"
            elif found[0].number == UNTESTABLE:
                reason = f"'{found[0].text}' is read only in its sentence"
            yield Quoted(figure, found, reason)


def quantities(figure: Figure) -> list[Quantity]:
    """Give the quantities of a figure's quote beside it, the nearest first; none if none is read.

    One that agrees is enough: it then stands alone. So do words that are letter for letter those
    of the figure where nothing else is read in them, and two numbers whose quotient agrees, as
    "3.5 people for every 1,000".
    """
    own, quote = as_printed(figure, figure.reported), figure.quote
    spans, context = [(each.start, each.end) for each in read(quote)], _context(quote)
    found = []
    for start, end in spans:
        here = context.at(start, end)
        found.append(_beside(own, _as_quoted(own, quote[start:end], here.every), here))
        if found[-1].agrees:
            return found[-1:]
    none = context.none and not any(own.reading.stated)
    if none or _stands(figure.reported, quote, spans) or _quotient(own, found):
        return [Quantity(own)]
    for each in Reader(quote, bare=True).quantities():
        text, here = quote[each.start : each.end], context.at(each.start, each.end)
        bare = _beside(own, _as_quoted(own, text, here.every), here)
        if bare.agrees:
            return [bare]
    return sorted(found, key=_distance)


def _as_quoted(own: Figure, text: str, every: str) -> Figure:
    """Give a text of a quote as printed, with how often what it counts comes if that differs."""
    measured_in = own.measured_in
    counts = measured_in and any(name in COUNTED for name, _ in measured_in.dimension)
    mine = OF_A_TIME.search(measured_in.name) if measured_in and counts else None
    other = mine and every not in {"", mine[1]} and not reported(text).unit
    return as_printed(own, f"{text} a {every}" if other else text)


def _distance(each: Quantity) -> tuple[int, bool, int]:
    return _LEAST.index(each.number), bool(each.change), _NEAREST.index(each.what)


def _beside(own: Figure, theirs: Figure, context: Context) -> Quantity:
    """Give a quantity of the quote beside the figure, both as printed."""
    if theirs.unreadable:
        return Quantity(theirs, UNTESTABLE)
    unlike = unlike_units(own, theirs)
    if unlike:
        same = _same_print(own, theirs)
        return Quantity(theirs, unlike if same else BROKEN, UNIT if same else OTHER)
    met = _met(own, theirs, context)
    if met:
        return met
    if may_meet(own.reading, theirs.reading):
        return Quantity(theirs, BORDERLINE, OTHER, changed_qualifier(own, theirs))
    return Quantity(theirs, *_slip(own, theirs, context))


def _met(own: Figure, theirs: Figure, context: Context) -> Quantity | None:
    """Give a quantity of the quote that is the number of the figure; None where it is not."""
    less = says_less(own, theirs)
    if not (less or meet(own.reading, theirs.reading)):
        elsewhere = _scaled_elsewhere(own, theirs, context.scales) or _bare_share(own, theirs)
        return Quantity(theirs) if elsewhere or _multiplied(own, theirs) else None
    in_digits = theirs.reading.value is not None and any(map(str.isdecimal, theirs.reported))
    coarse = not less and in_digits and finer(own.reading, theirs.reading)
    what = SIGN if context.falls and _rises(own) else DIGITS if coarse else ""
    change = changed_qualifier(own, theirs)
    return Quantity(theirs, BORDERLINE if what else HOLDS, what, change)


def finer(own: Reading, theirs: Reading) -> bool:
    """Tell whether a text prints another number than one that it meets, with more digits."""
    return own.step < theirs.step and own.stated != theirs.stated


def _rises(own: Figure) -> bool:
    """Tell whether a text says of a change that it is one to more."""
    return bool(RISES.search(own.reported)) and not FALLEN.search(
        own.reported.strip(" %0123456789.,")
    )


def _multiplied(own: Figure, theirs: Figure) -> bool:
    """Tell whether a change in per cent is what a multiple comes to: -50 % for "halved"."""
    percent = own.measured_in is not None and own.measured_in.name == "percent"
    if not percent or reported(theirs.reported).unit != "ratio":
        return False
    once, times = Interval.point(100), theirs.reading.narrow
    return any(not (each.narrow + once).disjoint(times) for each in own.reading.ways)


def _bare_share(own: Figure, theirs: Figure) -> bool:
    """Tell whether a number without a unit is the share or rate as a fraction: 0.12 for 12 %."""
    measured_in, bare = own.measured_in, reported(theirs.reported)
    if bare.unit or measured_in is None or not measured_in.dimensionless:
        return False
    return not (own.reading.narrow * Interval.point(measured_in.factor)).disjoint(bare.narrow)


def _same_print(own: Figure, theirs: Figure) -> bool:
    """Tell whether two texts print one number, whatever it is in: 5 km and 5 miles."""
    return not reported(own.reported).narrow.disjoint(reported(theirs.reported).narrow)


def meet(own: Reading, theirs: Reading) -> bool:
    """Tell whether two prints can be of one number; that 27.6 and 27.7 meet in a tie is too little.

    A tie goes the same way in the two prints of one source.
    """
    return any(
        not mine.narrow.disjoint(its.narrow) and not _in_a_tie(mine, its)
        for mine, its in product(own.ways, theirs.ways)
    )


def may_meet(own: Reading, theirs: Reading) -> bool:
    """Tell whether two texts can be of one number at the widest, with one of its signs each."""
    return any(not mine.wide.disjoint(its.wide) for mine, its in product(own.ways, theirs.ways))


def only_a_tie(own: Reading, theirs: Reading) -> bool:
    """Tell whether two prints meet only where one is rounded up and the other down."""
    return not meet(own, theirs) and any(starmap(_in_a_tie, product(own.ways, theirs.ways)))


def _in_a_tie(own: Reading, theirs: Reading) -> bool:
    if own.narrow.disjoint(theirs.narrow):
        return False
    shared = own.narrow.intersection(theirs.narrow)
    tie = shared.bounded and shared.lower == shared.upper
    bound = own.qualifier in SIDE or theirs.qualifier in SIDE
    return tie and not bound and shared not in (own.narrow, theirs.narrow)


def says_less(own: Figure, theirs: Figure) -> bool:
    """Tell whether every value that the other states is one that the figure allows.

    "Up to" allows every value at the widest, so it is taken as printed. A number without a bound
    never says less.
    """
    if own.reading.qualifier not in BOUNDS:
        return False
    return _within(own, theirs)


def _within(own: Figure, theirs: Figure) -> bool:
    mine, its = own.reading, theirs.reading
    if mine.wide.left.finite or mine.wide.right.finite:
        return its.wide.subset(mine.wide)
    return its.narrow.subset(mine.narrow)


def changed_qualifier(own: Figure, theirs: Figure) -> str:
    """Say what has become of the other's hedge or bound, "" where it is kept.

    A hedge that is added, or a bound that the other satisfies, says less. "Estimated" says how a
    number was made, and the status E says so too.
    """
    mine, its = own.reading.qualifier, theirs.reading.qualifier
    if not its or mine == its:
        return ""
    if (mine or ESTIMATED in own.status) and _within(own, theirs):
        return ""
    return REVERSED if SIDE.get(mine, 0) * SIDE.get(its, 0) < 0 else DROPPED


def unlike_units(own: Figure, theirs: Figure) -> str:
    """Give the outcome where the quantity is in another unit than the figure, "" where it is not.

    What counts, measures or dates something may be named by the next word, so only money and
    shares are sure to be another unit.
    """
    spoken, measured_in = named_unit(reported(theirs.reported)), own.measured_in
    if spoken is None or measured_in is None:
        return ""
    if spoken.name in POINTS | {"percent"} and measured_in.name in POINTS | {"percent"}:
        return "" if (spoken.name in POINTS) == (measured_in.name in POINTS) else BROKEN
    if not spoken.spoken_for(measured_in):
        sure = any(each.currency or _share(each) for each in (spoken, measured_in))
        return BROKEN if sure else BORDERLINE
    if _a_year(spoken) and not _a_year(measured_in):
        one_year = own.when is not None and own.when.years == 1
        return "" if one_year else BORDERLINE
    return ""


def _share(measured_in: Unit) -> bool:
    return measured_in.rate or measured_in.name in SHARE_UNITS | POINTS


def _a_year(measured_in: Unit) -> bool:
    return ("year", -1) in measured_in.dimension


def _slip(figure: Figure, quantity: Figure, context: Context) -> tuple[str, str]:
    """Give how a number that is none of the quote's differs: the outcome, and in what."""
    if _same_print(figure, quantity):
        return BROKEN, UNIT
    own, theirs = figure.reading.narrow, quantity.reading.narrow
    for scale in SCALES:
        by = Interval.point(scale)
        if not (own * by).disjoint(theirs) or not own.disjoint(theirs * by):
            return BROKEN, SCALE
    scales = (Fraction(1), *context.scales)
    if not all((-own).disjoint(theirs * Interval.point(each)) for each in scales):
        return (HOLDS, "") if context.below else (BORDERLINE, SIGN)
    return BROKEN, OTHER


def _context(quote: str) -> Context:
    words = {each.group().lower() for each in TOKENS.finditer(quote) if each.lastgroup == "word"}
    scales = {
        scale
        for word in words
        for scale in (LARGE.get(word), LARGE.get(word.removesuffix("s")), SUFFIXES.get(word))
        if scale
    }
    scales |= {Fraction(10 ** each.group().count("0")) for each in IN_NOUGHTS.finditer(quote)}
    return Context(
        quote,
        frozenset(scales),
        bool(words & BELOW_ZERO),
        bool(NONE.search(quote)),
        bool(words & LOSSES),
    )


def _scaled_elsewhere(own: Figure, theirs: Figure, scales: frozenset[Fraction]) -> bool:
    """Tell whether the number is the same with a scale that the quote names for several.

    So "6.3 and 3.9 million", and the "US$ million" of a table's head.
    """
    mine, its = own.reading.narrow, theirs.reading.narrow
    if all(mine.disjoint(its * Interval.point(scale)) for scale in scales):
        return False
    words = re.findall(r"[^\W\d_]+", theirs.reported.lower())
    return not any(word in LARGE or word in SUFFIXES for word in words)


def _stands(text: str, quote: str, spans: list[tuple[int, int]]) -> bool:
    """Tell whether a text stands in a quote by itself, and no quantity is read in it there."""
    words = r"\s+".join(re.escape(each) for each in text.split())
    return any(
        all(last <= found.start() or found.end() <= first for first, last in spans)
        for found in re.finditer(rf"(?<!\w){words}(?!\w)", quote, re.IGNORECASE)
    )


def _quotient(own: Figure, found: list[Quantity]) -> bool:
    """Tell whether a share or rate is one that two neighbouring numbers make."""
    measured_in = own.measured_in
    if measured_in is None or not measured_in.dimensionless:
        return False
    return any(not own.reading.narrow.disjoint(each) for each in _quotients(found, measured_in))


def _quotients(found: list[Quantity], measured_in: Unit) -> Iterator[Interval]:
    for one, other in pairwise(found):
        part, whole = reported(one.text).narrow, reported(other.text).narrow
        for over, under in ((part, whole), (whole, part)):
            if 0 not in under:
                yield over / under / Interval.point(measured_in.factor)
