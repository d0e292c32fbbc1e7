"""The statement language: from the text of a formula to its value over numbers, units or words."""

from __future__ import annotations

import operator
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from figurecheck.interval import Exact, Interval
from figurecheck.laws import FORMULAS, LAWS, total
from figurecheck.wording import digits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from figurecheck.laws import T

LONGEST = 20_000
DEEPEST = 64
LONGEST_NUMBER = 1_000
LONGEST_EXPONENT = 3
QUOTED = 60
GREATEST_EXPONENT = 16
MOST_FACTORS = 100
MOST_WORDS = 500
SIGNIFICANT = 17

CHECKS = ("==", "<=", ">=", "<", ">")


class StatementError(ValueError):
    """What stands in a statement that the language has no word for; one line, with the column."""


class Percent(Fraction):
    """A number written with a per cent sign: it is in no other unit."""


class Node(NamedTuple):
    """A step of a formula; its operands are earlier steps, by their place."""

    kind: str
    left: int = -1
    right: int = -1
    value: Any = None
    of: int = -1

    @property
    def operands(self) -> tuple[int, ...]:
        return tuple(place for place in (self.left, self.right, self.of) if place >= 0)


_BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


@dataclass(frozen=True, slots=True)
class Term:
    """A formula under construction: arithmetic on terms writes the steps down."""

    steps: list[Node]
    index: int

    def _then(self, kind: str, right: int = -1, value: object = None, of: int = -1) -> Term:
        self.steps.append(Node(kind, self.index, right, value, of))
        return Term(self.steps, len(self.steps) - 1)

    def __add__(self, other: Term) -> Term:
        return self._then("+", other.index)

    def __sub__(self, other: Term) -> Term:
        return self._then("-", other.index)

    def __mul__(self, other: Term) -> Term:
        return self._then("*", other.index)

    def __truediv__(self, other: Term) -> Term:
        return self._then("/", other.index)

    def __neg__(self) -> Term:
        return self._then("neg")

    def __pow__(self, exponent: int) -> Term:
        return self._then("**", value=exponent)

    def overlap(self, other: Term, of: Term) -> Term:
        return self._then("both", other.index, of=of.index)


@dataclass(frozen=True, slots=True)
class Degree:
    """How many factors the longest product of a formula has: its numbers grow with them."""

    factors: int

    def __add__(self, other: Degree) -> Degree:
        return Degree(max(self.factors, other.factors))

    __sub__ = __add__

    def __mul__(self, other: Degree) -> Degree:
        return Degree(self.factors + other.factors)

    __truediv__ = __mul__

    def __neg__(self) -> Degree:
        return self

    def __pow__(self, exponent: int) -> Degree:
        return Degree(self.factors * abs(exponent))

    def overlap(self, other: Degree, of: Degree) -> Degree:
        return self + other + of


class Range(NamedTuple):
    """The values that a formula takes over a box of intervals.

    `tight`: every end is reached; otherwise the range may be wider than the truth. `undefined`:
    why some values, or all, give no result; "" where every one does.
    """

    interval: Interval
    tight: bool
    undefined: str = ""

    @property
    def defined(self) -> bool:
        return not self.undefined


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as a list of steps, the last of them its result.

    A step may be used by several later ones, as `old` is in `change(new, old)`; `repeated` are the
    names whose value the result takes more than once.
    """

    steps: tuple[Node, ...]
    names: tuple[str, ...] = field(init=False)
    repeated: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        names = dict.fromkeys(step.value for step in self.steps if step.kind == "name")
        taken, uses = dict.fromkeys(names, 0), Counter({len(self.steps) - 1: 1})
        for index in range(len(self.steps) - 1, -1, -1):
            step = self.steps[index]
            if step.kind == "name":
                taken[step.value] += uses[index]
            for place in step.operands:
                uses[place] += uses[index]
        object.__setattr__(self, "names", tuple(names))
        object.__setattr__(self, "repeated", tuple(name for name in names if taken[name] > 1))

    def each(self, names: Mapping[str, T], number: Callable[[Fraction], T]) -> list[T]:
        """Give the value of every step, on any carrier; raises KeyError for a missing name."""
        done: list[T] = []
        for kind, left, right, value, of in self.steps:
            if kind == "name":
                done.append(names[value])
            elif kind == "number":
                done.append(number(value))
            elif kind == "neg":
                done.append(-done[left])
            elif kind == "**":
                done.append(done[left] ** value)
            elif kind == "both":
                done.append(done[left].overlap(done[right], done[of]))
            else:
                done.append(_BINARY[kind](done[left], done[right]))
        return done

    def of(self, names: Mapping[str, T], number: Callable[[Fraction], T]) -> T:
        return self.each(names, number)[-1]

    @property
    def spread(self) -> int:
        """How many names and numbers the formula has as text, where no step is shared."""
        sizes: list[int] = []
        for step in self.steps:
            sizes.append(sum(sizes[place] for place in step.operands) or 1)
        return sizes[-1]

    def words(self, names: Mapping[str, str] | None = None, *, times: str = "*") -> str:
        """Give the formula as text, in its names or with the given texts put in."""
        texts = {name: (names or {}).get(name, name) for name in self.names}
        atoms = {name: Words(text, _ATOM, times) for name, text in texts.items()}
        return self.of(atoms, lambda value: Words(_spelt(value), _ATOM, times)).text

    def range(self, box: Mapping[str, Interval]) -> Range:
        """Give the range over the box, as the formula is written and with each name taken less."""
        found = self.as_written(box)
        for form in () if found.tight or found.undefined else self._forms():
            other = form.as_written(box)
            if not other.undefined:
                found = Range(found.interval.intersection(other.interval), other.tight)
            if found.tight:
                break
        return found

    def _forms(self) -> Iterator[Formula]:
        """Give the formula with equal steps taken once, and with what is divided spread out."""
        form = self
        for rewritten in (Formula._shared, Formula._spread_out):
            before, form = form, rewritten(form)
            if form is not before:
                yield form

    def _shared(self) -> Formula:
        """Give the formula with equal steps as one; what is taken from itself leaves nothing."""
        places: dict[Node, int] = {}
        moved: list[int] = []
        for step in self.steps:
            left, right, of = (
                moved[at] if at >= 0 else -1 for at in (step.left, step.right, step.of)
            )
            if step.kind in {"+", "*"}:
                left, right = sorted((left, right))
            node = step._replace(left=left, right=right, of=of)
            if step.kind == "-" and left == right:
                node = Node("number", value=Fraction(0))
            moved.append(places.setdefault(node, len(places)))
        return self if tuple(places) == self.steps else Formula(tuple(places)).part(moved[-1])

    def as_written(self, box: Mapping[str, Interval]) -> Range:
        """Give the range over the box: monotonicity with pinning, within the natural extension.

        A repeated input whose derivative keeps its sign over the box is pinned to the end that
        serves the side sought, until no more can be (Moore, Kearfott & Cloud 2009, 6.4; the
        derivatives come from one reverse sweep, Griewank & Walther 2008, 3.2).
        """
        natural = self.each(box, Interval.point)
        undefined = next(filter(None, (_undefined(step, natural) for step in self.steps)), "")
        if not self.repeated or undefined:
            return Range(natural[-1], not undefined, undefined)
        low, low_tight = self._pinned(box, rising=False)
        high, high_tight = self._pinned(box, rising=True)
        pinned = Interval(low, high).intersection(natural[-1])
        return Range(pinned, low_tight and high_tight)

    def _spread_out(self) -> Formula:
        """Give the formula with (a - b) / b as a / b - 1, and a / (a + b) as 1 / (1 + b / a).

        Then it takes what stands above and below once; the second is undefined where a is zero.
        """
        steps: list[Node] = []
        moved: list[Term] = []
        changed = False
        for step in self.steps:
            above, one = self.steps[step.left], Node("number", value=Fraction(1))
            rest = self._rest(step.right, step.left) if step.kind == "/" else []
            if step.kind == "/" and above.kind == "-" and self._same(above.right, step.right):
                moved.append(moved[above.left] / moved[step.right] - _term(steps, one))
            elif rest:
                others = reduce(operator.add, (moved[at] if up else -moved[at] for at, up in rest))
                done = _term(steps, one)
                moved.append(done / (done + others / moved[step.left]))
            else:
                left, right, of = (
                    moved[at].index if at >= 0 else -1 for at in (step.left, step.right, step.of)
                )
                moved.append(_term(steps, step._replace(left=left, right=right, of=of)))
                continue
            changed = True
        return Formula(tuple(steps)).part(moved[-1].index) if changed else self

    def _rest(self, total: int, part: int) -> list[tuple[int, bool]]:
        """Give the other terms of a sum that adds a part once, and whether it adds each."""
        terms: list[tuple[int, bool]] = []
        waiting = [(total, True)]
        while waiting:
            at, up = waiting.pop()
            kind, left, right, *_ = self.steps[at]
            if kind in {"+", "-"}:
                waiting += [(left, up), (right, up == (kind == "+"))]
            else:
                terms.append((at, up))
        rest = [(at, up) for at, up in terms if not self._same(at, part)]
        own = [up for at, up in terms if self._same(at, part)]
        return rest if own == [True] else []

    def _same(self, one: int, other: int) -> bool:
        """Tell whether two steps are one, or of one name."""
        first, second = self.steps[one], self.steps[other]
        return one == other or (first.kind == "name" and first == second)

    def _pinned(self, box: Mapping[str, Interval], *, rising: bool) -> tuple[Exact, bool]:
        """Give the end sought with all pinned that can be, and whether that was everything."""
        box = dict(box)
        free = [name for name in self.repeated if box[name].left != box[name].right]
        left_out = False
        while True:
            done = self.each(box, Interval.point)
            slopes = self._slopes(done) if free else {}
            ends = {}
            for name in free:
                up, down = slopes[name].left.value >= 0, slopes[name].right.value <= 0
                end = box[name].right if up == rising else box[name].left
                if up and down and not end.finite:
                    end = box[name].left if up == rising else box[name].right
                if (up or down) and end.finite:
                    ends[name] = Interval.point(Fraction(end.value))
                    steep = slopes[name].left.value > 0 or slopes[name].right.value < 0
                    left_out |= end.open and steep
            if not ends:
                end = done[-1].right if rising else done[-1].left
                return Exact(end.value, end.open or left_out), not free
            box |= ends
            free = [name for name in free if name not in ends]

    def _slopes(self, done: Sequence[Interval]) -> dict[str, Interval]:
        """Give the derivative by each name over the box, by one reverse sweep."""
        nothing = Interval.point(0)
        adjoint = [nothing] * (len(self.steps) - 1) + [Interval.point(1)]
        slopes = dict.fromkeys(self.names, nothing)
        for index in range(len(self.steps) - 1, -1, -1):
            step = self.steps[index]
            if step.kind == "name":
                slopes[step.value] += adjoint[index]
            elif step.kind != "number":
                partials = _PARTIALS[step.kind](step.left, step.right, step.value, done)
                for place, slope in zip(step.operands, partials, strict=True):
                    adjoint[place] += adjoint[index] * slope
        return slopes

    def scaled(self, factors: Mapping[int, Fraction]) -> Formula:
        """Give the formula with the steps at the given places multiplied."""
        steps: list[Node] = []
        moved: list[Term] = []
        for index, (kind, left, right, value, of) in enumerate(self.steps):
            places = [moved[place].index if place >= 0 else -1 for place in (left, right, of)]
            term = _term(steps, Node(kind, places[0], places[1], value, places[2]))
            if index in factors:
                term *= _term(steps, Node("number", value=factors[index]))
            moved.append(term)
        return Formula(tuple(steps))

    def less(self, name: str) -> Formula:
        """Give the formula with what has a name taken away from it."""
        steps = list(self.steps)
        result = Term(steps, len(steps) - 1)
        _ = result - _term(steps, Node("name", value=name))
        return Formula(tuple(steps))

    def nested(self, part_of: Callable[[str, str], bool]) -> Formula:
        """Give the formula where what a part has in common with its own whole is the part."""
        steps: list[Node] = []
        moved: list[int] = []
        for step in self.steps:
            pair = [self.steps[place].value for place in (step.left, step.right)]
            ways = (pair, pair[::-1]) if step.kind == "both" and all(map(_named, pair)) else ()
            inner = next((part for part, whole in ways if part_of(part, whole)), "")
            if inner:
                moved.append(moved[(step.left, step.right)[pair.index(inner)]])
                continue
            left, right, of = (
                moved[at] if at >= 0 else -1 for at in (step.left, step.right, step.of)
            )
            steps.append(step._replace(left=left, right=right, of=of))
            moved.append(len(steps) - 1)
        return Formula(tuple(steps)).part(moved[-1])

    def part(self, index: int) -> Formula:
        """Give the formula that ends in one of the steps."""
        needed = {index}
        for place in range(index, -1, -1):
            if place in needed:
                needed.update(self.steps[place].operands)
        moved = {old: new for new, old in enumerate(sorted(needed))} | {-1: -1}
        return Formula(
            tuple(
                step._replace(left=moved[step.left], right=moved[step.right], of=moved[step.of])
                for place, step in enumerate(self.steps)
                if place in needed
            )
        )


def _term(steps: list[Node], node: Node) -> Term:
    steps.append(node)
    return Term(steps, len(steps) - 1)


def number(steps: list[Node], value: Fraction) -> Term:
    """Write a number down as the language would: -1/3 is the opposite of 1 by 3."""
    if value < 0:
        return -number(steps, -value)
    if isinstance(value, Percent) or _decimal_places(value.denominator) is not None:
        return _term(steps, Node("number", value=value))
    above, below = (Fraction(each) for each in value.as_integer_ratio())
    return number(steps, above) / number(steps, below)


def _named(value: object) -> bool:
    return isinstance(value, str)


def _undefined(step: Node, done: Sequence[Interval]) -> str:
    """Say why a step may have no result, or nothing."""
    divisor = step.right if step.kind == "/" else step.left if _inverts(step) else -1
    if divisor >= 0 and 0 in done[divisor]:
        return "a divisor may be zero"
    if step.kind == "both":
        whole, parts = done[step.of], [done[part] for part in (step.left, step.right)]
        if any(each.left.above(whole.right) for each in parts):
            return "a part is greater than its whole"
        if any(_NOT_NEGATIVE.left.above(each.right) for each in parts):
            return "a part is negative"
    return ""


def _inverts(step: Node) -> bool:
    return step.kind == "**" and step.value < 0


_ONE = Interval.point(1)
_SOME = Interval.of(0, 1)
_NOT_NEGATIVE = Interval.of(0, None)


def _power_slope(base: Interval, exponent: int) -> Interval:
    return Interval.point(exponent) * base ** (exponent - 1)


_PARTIALS: dict[str, Callable[[int, int, Any, Sequence[Interval]], list[Interval]]] = {
    "+": lambda _left, _right, _value, _done: [_ONE, _ONE],
    "-": lambda _left, _right, _value, _done: [_ONE, -_ONE],
    "*": lambda left, right, _value, done: [done[right], done[left]],
    "/": lambda left, right, _value, done: [
        done[right].reciprocal(),
        -(done[left] / done[right] ** 2),
    ],
    "neg": lambda _left, _right, _value, _done: [-_ONE],
    "**": lambda left, _right, exponent, done: [_power_slope(done[left], exponent)],
    "both": lambda _left, _right, _value, _done: [_SOME, _SOME, -_SOME],
}
"""The derivative by each operand; that of what two parts have in common is from nothing to one."""

_SUM, _PRODUCT, _NEGATIVE, _POWER, _ATOM = range(5)


class Words(NamedTuple):
    """A formula as text, with how tightly its outermost operation binds."""

    text: str
    rank: int
    times: str

    def _at_least(self, rank: int) -> str:
        return self.text if self.rank >= rank else f"({self.text})"

    def _joined(self, sign: str, rank: int, other: Words, other_rank: int) -> Words:
        text = f"{self._at_least(rank)} {sign} {other._at_least(other_rank)}"
        return Words(text, rank, self.times)

    def __add__(self, other: Words) -> Words:  # type: ignore[override]
        return self._joined("+", _SUM, other, _SUM)

    def __sub__(self, other: Words) -> Words:
        return self._joined("-", _SUM, other, _PRODUCT)

    def __mul__(self, other: Words) -> Words:  # type: ignore[override]
        return self._joined(self.times, _PRODUCT, other, _PRODUCT)

    def __truediv__(self, other: Words) -> Words:
        return self._joined("/", _PRODUCT, other, _NEGATIVE)

    def __neg__(self) -> Words:
        return Words(f"-{self._at_least(_NEGATIVE)}", _NEGATIVE, self.times)

    def __pow__(self, exponent: int) -> Words:
        return Words(f"{self._at_least(_ATOM)} ** {exponent}", _POWER, self.times)

    def overlap(self, other: Words, of: Words) -> Words:
        whole = "" if of.text == "1" else f", of={of.text}"
        return Words(f"both({self.text}, {other.text}{whole})", _ATOM, self.times)


def _spelt(value: Fraction) -> str:
    return f"{decimal(value * 100)}%" if isinstance(value, Percent) else decimal(value)


def decimal(value: Fraction) -> str:
    """Give the number as the language writes it: a decimal where one is exact, else a quotient."""
    places = _decimal_places(value.denominator)
    if places is None:
        return f"{'-' * (value < 0)}{digits(abs(value.numerator))}/{digits(value.denominator)}"
    written = digits(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    cut = len(written) - places
    return "-" * (value < 0) + written[:cut] + ("." + written[cut:] if places else "")


def finite(value: Fraction, *, up: bool = False) -> Fraction:
    """Give the number if its decimals end; one whose never end is cut downward, or upward."""
    if _decimal_places(value.denominator) is not None:
        return value
    length = len(digits(abs(value.numerator))) - len(digits(value.denominator))
    scale = Fraction(10) ** (SIGNIFICANT - length)
    return Fraction(value * scale // 1 + up) / scale


def _decimal_places(denominator: int) -> int | None:
    """Give how many decimals 1/denominator has, None where they never end."""
    counts = {2: 0, 5: 0}
    for factor in counts:
        while denominator % factor == 0:
            denominator //= factor
            counts[factor] += 1
    return max(counts.values()) if denominator == 1 else None


class Argument(NamedTuple):
    """What a law is given: for what, and the step of the statement that it is."""

    role: str
    step: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement over figures: a check of two sides or of a law, or a derived quantity's formula.

    `operator` is one of CHECKS, "=" for a derived quantity, "" for a bare formula, or the name of a
    law, which has `arguments`; `difference` then holds the steps of all of them.
    """

    text: str
    operator: str
    left: Formula
    right: Formula | None
    difference: Formula
    calls: tuple[str, ...]
    target: str = ""
    arguments: tuple[Argument, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return self.difference.names

    @property
    def checks(self) -> bool:
        return self.operator not in {"", "="}

    @property
    def rising(self) -> bool:
        """Whether it is an order of several in a row."""
        return self.operator in CHAINS.values()

    def words(self, texts: Mapping[str, str]) -> str:
        """Give a law with the texts of its arguments put in."""
        said = []
        named = {role for role, _ in LAWS[self.operator].named}
        for role, index in self.arguments:
            text = self.difference.part(index).words(texts, times="x")
            said.append(f"{role}={text}" if role in named else text)
        return f"{self.operator}({', '.join(said)})"

    def nested(self, part_of: Callable[[str, str], bool]) -> Statement:
        """Give the statement where what a part has in common with its own whole is the part."""
        if "both" not in self.calls or self.arguments:
            return self
        right = self.right.nested(part_of) if self.right is not None else None
        left, difference = self.left.nested(part_of), self.difference.nested(part_of)
        return replace(self, left=left, right=right, difference=difference)

    def differences(self, given: Sequence[tuple[str, int, Fraction]]) -> Iterator[Formula]:
        """Yield what a law compares with zero, its arguments multiplied by factors.

        Shares that leave nothing out total one, and of values in order each is at most the next;
        the laws of whole counts ask nothing of sums.
        """
        steps = list(self.difference.steps)
        terms: dict[str, list[Term]] = {}
        for role, index, factor in given:
            term = Term(steps, index)
            scaled = term if factor == 1 else term * _term(steps, Node("number", value=factor))
            terms.setdefault(role, []).append(scaled)
        compared = []
        if self.operator == "partition":
            one = _term(steps, Node("number", value=Fraction(1)))
            compared = [total(*terms["share"]) - one]
        elif self.rising:
            compared = [one - next_one for one, next_one in pairwise(terms["value"])]
        whole = Formula(tuple(steps))
        yield from (whole.part(each.index) for each in compared)


_TOKEN = re.compile(
    r"(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?:\s*%)?)|(?P<name>[A-Za-z_][A-Za-z_0-9]*)"
    r"|(?P<sign>\*\*|[=<>!]=|[-+*/()=<>,])",
    re.ASCII,
)


def multiplied(formula: Formula) -> Formula:
    """Give the formula; raises StatementError where it multiplies more than can be written out."""
    one = Degree(1)
    degrees = formula.each(dict.fromkeys(formula.names, one), lambda _: one)
    most = max(each.factors for each in degrees)
    if most > MOST_FACTORS:
        message = f"a product of {most:,} factors; at most {MOST_FACTORS} are multiplied"
        raise StatementError(message)
    return formula


class _Parser:
    """Reads a statement from left to right; only parentheses, calls and signs nest."""

    def __init__(self, text: str) -> None:
        if len(text) > LONGEST:
            message = f"a statement of {len(text):,} characters; at most {LONGEST:,} are read"
            raise StatementError(message)
        self.text = text
        self.steps: list[Node] = []
        self.calls: list[str] = []
        self.depth = 0
        self.tokens = self._tokens()
        self.place = 0

    def _tokens(self) -> list[tuple[str, str, int]]:
        tokens, place = [], 0
        while place < len(self.text):
            if self.text[place].isspace():
                place += 1
                continue
            match = _TOKEN.match(self.text, place)
            if match is None:
                self.refuse(place, "a number, a name or one of + - * / ** ( ) , == <= >= < > =")
            tokens.append((str(match.lastgroup), match.group(), place))
            place = match.end()
        return [*tokens, ("end", "", len(self.text))]

    def refuse(self, place: int, wanted: str) -> NoReturn:
        token = _TOKEN.match(self.text, place)
        found = token.group()[:40] if token else self.text[place : place + 1]
        what = repr(found) if found else "the end"
        if not found.isascii():
            import unicodedata

            name = unicodedata.name(found, "without a name")
            what = f"{found!r} (U+{ord(found):04X} {name})"
        message = f"{what} at column {place + 1} of {self.text[:QUOTED]!r}: wanted {wanted}"
        raise StatementError(message)

    @property
    def token(self) -> tuple[str, str, int]:
        return self.tokens[self.place]

    def take(self, *signs: str) -> str:
        """Give the next token if it is one of the signs, and step over it; else ''."""
        kind, text, _ = self.token
        if kind == "sign" and text in signs:
            self.place += 1
            return text
        return ""

    def expect(self, sign: str) -> None:
        if not self.take(sign):
            self.refuse(self.token[2], f"'{sign}'")

    def write(self, kind: str, value: object) -> Term:
        return _term(self.steps, Node(kind, value=value))

    def written(self) -> Formula:
        """Give the formula of all steps so far; raises StatementError where it multiplies on."""
        return multiplied(Formula(tuple(self.steps)))

    def formula(self) -> Term:
        self.depth += 1
        if self.depth > DEEPEST:
            self.refuse(self.token[2], f"at most {DEEPEST} levels of parentheses")
        done = self.product()
        while sign := self.take("+", "-"):
            done = done + self.product() if sign == "+" else done - self.product()
        self.depth -= 1
        return done

    def product(self) -> Term:
        done = self.factor()
        while sign := self.take("*", "/"):
            done = done * self.factor() if sign == "*" else done / self.factor()
        return done

    def factor(self) -> Term:
        negative = False
        while sign := self.take("+", "-"):
            negative ^= sign == "-"
        done = self.atom()
        if self.take("**"):
            done **= self.exponent()
            if self.token[1] == "**":
                self.refuse(self.token[2], "one power only; write (a ** 2) ** 3 with parentheses")
        return -done if negative else done

    def exponent(self) -> int:
        sign = -1 if self.take("-") else 1
        kind, text, place = self.token
        whole = kind == "number" and text.isdigit() and len(text) < LONGEST_NUMBER
        if not whole or int(text) > GREATEST_EXPONENT:
            self.refuse(place, f"a whole number up to {GREATEST_EXPONENT} as exponent")
        self.place += 1
        return sign * int(text)

    def atom(self) -> Term:
        kind, text, place = self.token
        self.place += 1
        if kind == "number":
            return self.write("number", self.number(text, place))
        if kind == "name":
            return self.call(text, place) if self.take("(") else self.name(text, place)
        if (kind, text) == ("sign", "("):
            done = self.formula()
            self.expect(")")
            return done
        self.place -= 1
        return self.refuse(place, "a number, a name or '('")

    def name(self, text: str, place: int) -> Term:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", text):
            self.refuse(place, "a name of small letters, digits and _, with a letter first")
        return self.write("name", text)

    def number(self, text: str, place: int) -> Fraction:
        written = text.removesuffix("%").strip()
        mantissa, _, exponent = written.lower().partition("e")
        if len(mantissa) > LONGEST_NUMBER or len(exponent.lstrip("+-0")) > LONGEST_EXPONENT:
            self.refuse(place, f"a number of at most {LONGEST_NUMBER} digits")
        value = Fraction(written.removesuffix("."))
        return Percent(value / 100) if text.endswith("%") else value

    def call(self, formula: str, place: int) -> Term:
        if formula in LAWS:
            self.refuse(place, f"{formula}(...) alone: it is a check, and no number")
        if formula not in FORMULAS:
            nearest = near(formula, [*FORMULAS, *LAWS])
            self.refuse(place, f"one of the formulas {', '.join(FORMULAS)}{nearest}")
        law, names, given = FORMULAS[formula]
        single = [name for name in names if not name.startswith("*")]
        named: dict[str, Term] = {}
        loose: list[Term] = []
        for name, start in self.operands():
            if name and (name not in single or name in named):
                self.refuse(start, self.wants(formula, name))
            if name:
                named[name] = self.formula()
            else:
                loose.append(self.formula())
        open_names = [name for name in single if name not in named]
        named |= dict(zip(open_names, loose, strict=False))
        for name, value in given:
            if name not in named:
                named[name] = self.write("number", value)
        rest = loose[len(open_names) :]
        if len(named) < len(single) or bool(rest) != (len(single) < len(names)):
            self.refuse(place, self.wants(formula, ""))
        self.calls.append(formula)
        done: Term = law(*(named[name] for name in single), *rest)
        return done

    def operands(self) -> Iterator[tuple[str, int]]:
        """Yield the name, or nothing, of each operand of a call, which is then to be read."""
        first = True
        while not self.take(")"):
            if not first:
                self.expect(",")
            first = False
            kind, text, start = self.token
            if kind == "name" and self.tokens[self.place + 1][1] == "=":
                self.place += 2
                yield text, start
            else:
                yield "", start

    def wants(self, formula: str, text: str) -> str:
        if formula in LAWS:
            form, names = LAWS[formula].form, tuple(LAWS[formula].kinds)
        else:
            form, names = FORMULAS[formula].form, FORMULAS[formula].names
        return f"{formula}({form}){near(text, [name for name in names if name != text])}"

    def law(self) -> tuple[str, list[Argument]]:
        """Give the law that the statement is, with what it is given."""
        _, name, place = self.token
        law = LAWS[name]
        self.place += 2
        given: list[Argument] = []
        positions = iter(law.loose)
        roles = [role for role, _ in law.named]
        role = ""
        for text, start in self.operands():
            once = text in law.several or text not in {each.role for each in given}
            if text and (text not in roles or not once):
                self.refuse(start, self.wants(name, text))
            if not text:
                role, _ = next(positions, (role if law.many else "", ""))
                if not role or (not law.many and role in {each.role for each in given}):
                    self.refuse(start, self.wants(name, ""))
            given.append(Argument(text or role, self.formula().index))
        wanted = {*law.kinds} - {*law.optional}
        if not wanted <= {each.role for each in given}:
            self.refuse(place, self.wants(name, ""))
        return name, given


def near(text: str, words: Sequence[str] | Mapping[str, object], *, cutoff: float = 0.6) -> str:
    """Give '; did you mean ...?' with the nearest of the words, or nothing.

    Of very many words only some that begin alike are looked at: it is a courtesy.
    """
    if not text:
        return ""
    import difflib

    pool = list(words)
    if len(pool) > MOST_WORDS:
        pool = [word for word in pool if word[:3] == text[:3]][:MOST_WORDS]
    found = difflib.get_close_matches(text[:100], pool, n=1, cutoff=cutoff)
    return f"; did you mean '{found[0]}'?" if found else ""


CHAINS = {"<=": "ordered", "<": "ascending", ">=": "ordered", ">": "ascending"}


def statement(text: str) -> Statement:
    """Give the statement that the text states; raises StatementError with column and wish."""
    parser = _Parser(text)
    kind, first, _ = parser.token
    if kind == "name" and first in LAWS and parser.tokens[1][1] == "(":
        law, given = parser.law()
        return _by_law(parser, law, given, "the end: a law is a check by itself")
    left = parser.formula()
    sign = parser.take(*CHECKS, "=")
    if not sign:
        _end(parser, f"an operation, or one of {' '.join(CHECKS)} =")
        bare = parser.written()
        return Statement(text, "", bare, None, bare, tuple(parser.calls))
    split = len(parser.steps)
    right = parser.formula()
    if sign in CHAINS and parser.token[1] == sign:
        return _chain(parser, sign, [left, right])
    _end(parser, "the end: a statement compares two sides, or several in order")
    if sign == "=":
        return _derived(parser, split, right)
    _ = left - right
    whole = parser.written()
    sides = whole.part(left.index), whole.part(right.index)
    return Statement(text, sign, *sides, whole, tuple(parser.calls))


def _end(parser: _Parser, wanted: str) -> None:
    if parser.token[0] != "end":
        parser.refuse(parser.token[2], wanted)


def _derived(parser: _Parser, split: int, right: Term) -> Statement:
    if split != 1 or parser.steps[0].kind != "name":
        parser.refuse(0, "one name before '=', or '==' for a check")
    formula = parser.written().part(right.index)
    target = parser.steps[0].value
    if target in formula.names:
        parser.refuse(0, f"a formula that does not use '{target}' itself")
    return Statement(parser.text, "=", formula, None, formula, tuple(parser.calls), target)


def _chain(parser: _Parser, sign: str, chain: list[Term]) -> Statement:
    while parser.take(sign):
        chain.append(parser.formula())
    given = [Argument("value", each.index) for each in chain]
    rising = given if sign.startswith("<") else given[::-1]
    return _by_law(parser, CHAINS[sign], rising, f"the end, or {sign} once more")


def _by_law(parser: _Parser, law: str, given: list[Argument], wanted: str) -> Statement:
    _end(parser, wanted)
    whole = parser.written()
    calls = (law, *parser.calls)
    return Statement(parser.text, law, whole, None, whole, calls, arguments=tuple(given))
