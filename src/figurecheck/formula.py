"""The statement language: from the text of a formula to its value over numbers, units or words."""

from __future__ import annotations

import operator
import re
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, Protocol, TypeVar

from figurecheck.interval import Interval
from figurecheck.wording import digits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Self

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


class Carrier(Protocol):
    """Whatever can be added, multiplied and divided: intervals, units, words, terms."""

    def __add__(self, other: Self, /) -> Self: ...
    def __sub__(self, other: Self, /) -> Self: ...
    def __mul__(self, other: Self, /) -> Self: ...
    def __truediv__(self, other: Self, /) -> Self: ...
    def __neg__(self, /) -> Self: ...
    def __pow__(self, exponent: int, /) -> Self: ...


T = TypeVar("T", bound=Carrier)


def total(*parts: T) -> T:
    """Give the sum of the parts."""
    return reduce(operator.add, parts)


def share(part: T, whole: T) -> T:
    """Give what part of the whole the part is."""
    return part / whole


def change(new: T, old: T) -> T:
    """Give the relative change from old to new: 0.5 is half as much again."""
    return (new - old) / old


def rate(events: T, exposure: T) -> T:
    """Give the events for each unit of what was exposed to them."""
    return events / exposure


FORMULAS: dict[str, tuple[Callable[..., Any], tuple[str, ...]]] = {
    "total": (total, ()),
    "share": (share, ("part", "whole")),
    "change": (change, ("new", "old")),
    "rate": (rate, ("events", "exposure")),
}


class Percent(Fraction):
    """A number written with a per cent sign: it is in no other unit."""


class Node(NamedTuple):
    """A step of a formula; its operands are earlier steps, by their place."""

    kind: str
    left: int = -1
    right: int = -1
    value: Any = None


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

    def _then(self, kind: str, right: int = -1, value: object = None) -> Term:
        self.steps.append(Node(kind, self.index, right, value))
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


class Range(NamedTuple):
    """The values that a formula takes over a box of intervals.

    `tight`: every end is reached; otherwise the range may be wider than the truth. `defined`: no
    divisor may be zero.
    """

    interval: Interval
    tight: bool
    defined: bool


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
            kind, left, right, value = self.steps[index]
            if kind == "name":
                taken[value] += uses[index]
            uses[left] += uses[index]
            uses[right] += uses[index]
        object.__setattr__(self, "names", tuple(names))
        object.__setattr__(self, "repeated", tuple(name for name in names if taken[name] > 1))

    def each(self, names: Mapping[str, T], number: Callable[[Fraction], T]) -> list[T]:
        """Give the value of every step, on any carrier; raises KeyError for a missing name."""
        done: list[T] = []
        for kind, left, right, value in self.steps:
            if kind == "name":
                done.append(names[value])
            elif kind == "number":
                done.append(number(value))
            elif kind == "neg":
                done.append(-done[left])
            elif kind == "**":
                done.append(done[left] ** value)
            else:
                done.append(_BINARY[kind](done[left], done[right]))
        return done

    def of(self, names: Mapping[str, T], number: Callable[[Fraction], T]) -> T:
        return self.each(names, number)[-1]

    def words(self, names: Mapping[str, str] | None = None, *, times: str = "*") -> str:
        """Give the formula as text, in its names or with the given texts put in."""
        texts = {name: (names or {}).get(name, name) for name in self.names}
        atoms = {name: Words(text, _ATOM, times) for name, text in texts.items()}
        return self.of(atoms, lambda value: Words(_spelt(value), _ATOM, times)).text

    def range(self, box: Mapping[str, Interval]) -> Range:
        """Give the range over the box: monotonicity with pinning, within the natural extension.

        A repeated input whose derivative keeps its sign over the box is pinned to the end that
        serves the side sought, until no more can be (Moore, Kearfott & Cloud 2009, 6.4; the
        derivatives come from one reverse sweep, Griewank & Walther 2008, 3.2).
        """
        natural = self.each(box, Interval.point)
        defined = not any(
            0 in natural[step.right] for step in self.steps if step.kind == "/"
        ) and not any(
            0 in natural[step.left] for step in self.steps if step.kind == "**" and step.value < 0
        )
        if not self.repeated or not defined:
            return Range(natural[-1], defined, defined)
        low, low_tight = self._pinned(box, rising=False)
        high, high_tight = self._pinned(box, rising=True)
        pinned = Interval(low.left, high.right).intersection(natural[-1])
        return Range(pinned, low_tight and high_tight, defined=True)

    def _pinned(self, box: Mapping[str, Interval], *, rising: bool) -> tuple[Interval, bool]:
        """Give the result with all that can be pinned pinned, and whether that was everything."""
        box = dict(box)
        free = [name for name in self.repeated if box[name].left != box[name].right]
        while True:
            done = self.each(box, Interval.point)
            slopes = self._slopes(done) if free else {}
            ends = {}
            for name in free:
                up, down = slopes[name].left.value >= 0, slopes[name].right.value <= 0
                end = box[name].right if up == rising else box[name].left
                if (up or down) and end.finite:
                    ends[name] = Interval(end, end)
            if not ends:
                return done[-1], not free
            box |= ends
            free = [name for name in free if name not in ends]

    def _slopes(self, done: Sequence[Interval]) -> dict[str, Interval]:
        """Give the derivative by each name over the box, by one reverse sweep."""
        nothing = Interval.point(0)
        adjoint = [nothing] * (len(self.steps) - 1) + [Interval.point(1)]
        slopes = dict.fromkeys(self.names, nothing)
        for index in range(len(self.steps) - 1, -1, -1):
            kind, left, right, value = self.steps[index]
            if kind == "name":
                slopes[value] += adjoint[index]
            elif kind != "number":
                for place, slope in _PARTIALS[kind](left, right, value, done):
                    adjoint[place] += adjoint[index] * slope
        return slopes

    def scaled(self, factors: Mapping[int, Fraction]) -> Formula:
        """Give the formula with the steps at the given places multiplied."""
        steps: list[Node] = []
        moved: list[Term] = []
        for index, (kind, left, right, value) in enumerate(self.steps):
            places = [moved[place].index if place >= 0 else -1 for place in (left, right)]
            term = _term(steps, Node(kind, places[0], places[1], value))
            if index in factors:
                term *= _term(steps, Node("number", value=factors[index]))
            moved.append(term)
        return Formula(tuple(steps))

    def part(self, index: int) -> Formula:
        """Give the formula that ends in one of the steps."""
        needed = {index}
        for place in range(index, -1, -1):
            if place in needed:
                needed.update({self.steps[place].left, self.steps[place].right})
        moved = {old: new for new, old in enumerate(sorted(needed - {-1}))} | {-1: -1}
        return Formula(
            tuple(
                step._replace(left=moved[step.left], right=moved[step.right])
                for place, step in enumerate(self.steps)
                if place in needed
            )
        )


def _term(steps: list[Node], node: Node) -> Term:
    steps.append(node)
    return Term(steps, len(steps) - 1)


_ONE = Interval.point(1)


def _power_slope(base: Interval, exponent: int) -> Interval:
    return Interval.point(exponent) * base ** (exponent - 1)


_PARTIALS: dict[str, Callable[[int, int, int, Sequence[Interval]], list[tuple[int, Interval]]]] = {
    "+": lambda left, right, _, __: [(left, _ONE), (right, _ONE)],
    "-": lambda left, right, _, __: [(left, _ONE), (right, -_ONE)],
    "*": lambda left, right, _, done: [(left, done[right]), (right, done[left])],
    "/": lambda left, right, _, done: [
        (left, done[right].reciprocal()),
        (right, -(done[left] / done[right] ** 2)),
    ],
    "neg": lambda left, _, __, ___: [(left, -_ONE)],
    "**": lambda left, _, exponent, done: [(left, _power_slope(done[left], exponent))],
}

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


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement over figures: a check of two sides, or a formula for a derived quantity.

    `operator` is one of CHECKS, "=" for a derived quantity, or "" for a bare formula.
    """

    text: str
    operator: str
    left: Formula
    right: Formula | None
    difference: Formula
    calls: tuple[str, ...]
    target: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return self.difference.names


_TOKEN = re.compile(
    r"(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?:\s*%)?)|(?P<name>[A-Za-z_][A-Za-z_0-9]*)"
    r"|(?P<sign>\*\*|[=<>!]=|[-+*/()=<>,])",
    re.ASCII,
)


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
        done = Formula(tuple(self.steps))
        one = Degree(1)
        degrees = done.each(dict.fromkeys(done.names, one), lambda _: one)
        most = max(each.factors for each in degrees)
        if most > MOST_FACTORS:
            message = f"a product of {most:,} factors; at most {MOST_FACTORS} are multiplied"
            raise StatementError(message)
        return done

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
        if formula not in FORMULAS:
            self.refuse(
                place, f"one of the formulas {', '.join(FORMULAS)}{near(formula, FORMULAS)}"
            )
        law, parameters = FORMULAS[formula]
        given: dict[str, Term] = {}
        loose: list[Term] = []
        while not self.take(")"):
            if given or loose:
                self.expect(",")
            kind, text, start = self.token
            if kind == "name" and self.tokens[self.place + 1][1] == "=":
                if text not in parameters or text in given:
                    self.refuse(start, self.wants(formula, parameters, text))
                self.place += 2
                given[text] = self.formula()
            else:
                loose.append(self.formula())
        names = [name for name in parameters if name not in given]
        if len(loose) != len(names) if parameters else not loose:
            self.refuse(place, self.wants(formula, parameters, ""))
        self.calls.append(formula)
        named = dict(zip(names, loose, strict=True)) if parameters else {}
        done: Term = law(**named, **given) if parameters else law(*loose)
        return done

    def wants(self, formula: str, parameters: tuple[str, ...], text: str) -> str:
        form = ", ".join(f"{name}=..." for name in parameters) or "a, b, ..."
        return f"{formula}({form}){near(text, parameters)}"


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


def statement(text: str) -> Statement:
    """Give the statement that the text states; raises StatementError with column and wish."""
    parser = _Parser(text)
    left = parser.formula()
    sign = parser.take(*CHECKS, "=")
    if not sign:
        if parser.token[0] != "end":
            parser.refuse(parser.token[2], f"an operation, or one of {' '.join(CHECKS)} =")
        bare = parser.written()
        return Statement(text, "", bare, None, bare, tuple(parser.calls))
    split = len(parser.steps)
    right = parser.formula()
    if parser.token[0] != "end":
        parser.refuse(parser.token[2], "the end: a statement compares two sides once")
    if sign == "=":
        if split != 1 or parser.steps[0].kind != "name":
            parser.refuse(0, "one name before '=', or '==' for a check")
        formula = parser.written().part(right.index)
        target = parser.steps[0].value
        if target in formula.names:
            parser.refuse(0, f"a formula that does not use '{target}' itself")
        return Statement(text, sign, formula, None, formula, tuple(parser.calls), target)
    _ = left - right
    whole = parser.written()
    sides = whole.part(left.index), whole.part(right.index)
    return Statement(text, sign, *sides, whole, tuple(parser.calls))
