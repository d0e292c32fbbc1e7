"""What may be, by other means: z3 on statements as written, and every whole number tried."""

from __future__ import annotations

import json
import operator
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import z3
from honest import magnitude, printed

from figurecheck.formula import statement
from figurecheck.register import parsed
from figurecheck.relation import spoken
from figurecheck.system import Row

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from figurecheck.formula import Statement
    from figurecheck.register import Register
    from figurecheck.system import Component, Ends

    Names = frozenset[str]

PATIENCE = 500
"""Milliseconds for one question to z3; what it has not decided then proves nothing."""

SIGNS: dict[str, Callable[[object, object], object]] = {
    "==": operator.eq,
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}


# z3


def exact(value: Fraction | int) -> z3.RatNumRef:
    return z3.Q(Fraction(value).numerator, Fraction(value).denominator)


def between(variable: z3.ArithRef, ends: Ends) -> Iterator[z3.BoolRef]:
    low, high = ends
    if low is not None:
        yield variable >= exact(low)
    if high is not None:
        yield variable <= exact(high)


def decided(*asked: Iterable[z3.BoolRef]) -> bool | None:
    """Tell whether all of it can be; None where z3 cannot tell in time."""
    solver = z3.Solver()
    solver.set("timeout", PATIENCE)
    for each in asked:
        solver.add(*each)
    found = solver.check()
    return None if found == z3.unknown else found == z3.sat


class Model:
    """Statements over real numbers, or whole ones, as they are written: nothing of ours compiles.

    `whole` are the names of what counts, `least` those of what is not below zero.
    """

    def __init__(
        self, statements: Sequence[str], *, whole: Iterable[str] = (), least: Iterable[str] = ()
    ) -> None:
        read = [statement(each) for each in statements]
        counts = set(whole)
        names = [name for each in read for name in (*each.names, each.target) if name]
        self.names = {
            name: z3.ToReal(z3.Int(name)) if name in counts else z3.Real(name)
            for name in dict.fromkeys(names)
        }
        self.laws = [law for each in read for law in self._laws(each)]
        self.laws += [self.names[name] >= 0 for name in least]

    def _laws(self, stated: Statement) -> Iterator[z3.BoolRef]:
        formula = stated.difference
        done = formula.each(self.names, exact)
        for kind, left, right, value, _ in formula.steps:
            if kind == "/" or (kind == "**" and value < 0):
                yield done[right if kind == "/" else left] != 0
        sign, other = ("==", self.names[stated.target]) if stated.target else (stated.operator, 0)
        yield SIGNS[sign](done[-1], other)

    def within(self, texts: Mapping[str, str], width: str) -> list[z3.BoolRef]:
        ends = {name: getattr(spoken(text), width) for name, text in texts.items()}
        return [
            law
            for name, each in ends.items()
            for law in between(self.names[name], (each.lower, each.upper))
        ]

    def possible(self, texts: Mapping[str, str], width: str) -> bool | None:
        return decided(self.laws, self.within(texts, width))

    def outcome(self, texts: Mapping[str, str]) -> str | None:
        """Give what the statements come to together; None where z3 cannot tell."""
        for width, name in (("narrow", "holds"), ("wide", "borderline")):
            found = self.possible(texts, width)
            if found is not False:
                return name if found else None
        return "broken"

    def conflicts(self, texts: Mapping[str, str], width: str) -> list[Names]:
        """Give all smallest sets of texts that leave no values, by trying every set."""
        found: list[Names] = []
        for count in range(len(texts) + 1):
            for names in map(frozenset, combinations(texts, count)):
                if not any(each <= names for each in found):
                    kept = {name: texts[name] for name in names}
                    if self.possible(kept, width) is False:
                        found.append(names)
        return found

    def ends(self, name: str, texts: Mapping[str, str], width: str) -> Ends:
        """Give the least and the greatest value of a name; what is not reached counts, too."""
        found = []
        for side in ("minimize", "maximize"):
            optimum = z3.Optimize()
            optimum.add(*self.laws, *self.within(texts, width))
            handle = getattr(optimum, side)(self.names[name])
            optimum.check()
            end = str((optimum.lower if side == "minimize" else optimum.upper)(handle))
            found.append(None if "oo" in end else Fraction(end.partition(" ")[0]))
        return found[0], found[1]


def compiled(component: Component) -> tuple[dict[str, z3.ArithRef], list[z3.BoolRef]]:
    """Give the variables that have a name, and all that a component says, to z3."""
    places = [z3.Real(name or f"_{place}") for place, name in enumerate(component.names)]
    laws = [places[each] != 0 for each in component.divisors]
    for place, ends in enumerate(zip(component.lower, component.upper, strict=True)):
        laws += between(places[place], ends)
    for each in component.constraints:
        if isinstance(each, Row):
            total = sum((exact(factor) * places[at] for at, factor in each.terms), exact(0))
            if each.lower is not None:
                law = operator.gt if each.strict else operator.ge
                laws.append(law(total, exact(each.lower)))
            if each.upper is not None:
                law = operator.lt if each.strict else operator.le
                laws.append(law(total, exact(each.upper)))
        else:
            laws.append(places[each.result] == places[each.left] * places[each.right])
    return {name: places[place] for name, place in component.places.items()}, laws


# Whole numbers


def tried(statements: Sequence[str], ranges: Mapping[str, Sequence[int]]) -> bool:
    """Tell whether whole numbers of the ranges satisfy all statements, by trying every one."""
    read = [statement(each) for each in statements]
    names = sorted(ranges, key=lambda name: len(ranges[name]))

    def ready(known: int) -> list[Statement]:
        before = set(names[:known])
        return [
            each for each in read if set(each.names) <= before and names[known - 1] in each.names
        ]

    due = [ready(known) for known in range(1, len(names) + 1)]

    def extended(values: dict[str, int]) -> bool:
        if len(values) == len(names):
            return True
        name, laws = names[len(values)], due[len(values)]
        for value in ranges[name]:
            after = {**values, name: value}
            fits = all(
                SIGNS[each.operator](each.difference.of(after, lambda given: given), 0)
                for each in laws
            )
            if fits and extended(after):
                return True
        return False

    return extended({})


# Networks


class Network(NamedTuple):
    """Statements, and the texts of the names that are reported."""

    statements: list[str]
    texts: dict[str, str]

    @property
    def names(self) -> list[str]:
        return sorted({name for each in self.statements for name in statement(each).names})

    @property
    def counted(self) -> list[str]:
        """The names whose texts count people."""
        return [name for name, text in self.texts.items() if text.endswith("people")]


def register(network: Network, unit: str = "person") -> Register:
    """Give the register of a network in which everything has one unit; relations are r0, r1 ..."""
    rows = [f'{name},"{network.texts.get(name, "")}",{unit},s' for name in network.names]
    relations = [f"r{place},{each}" for place, each in enumerate(network.statements)]
    return parsed(
        "\n".join(["id,reported,unit,source", *rows]),
        "\n".join(["id,statement", *relations]),
        json.dumps([{"id": "s"}]),
    )


def small_counts(draw: random.Random, *, tree: bool) -> Network:
    """Draw sums and orders of three to five small counts; in a tree no two ways lead to one."""
    names = "abcde"[: draw.randint(3, 5)]
    used: list[str] = []
    statements = []
    for _ in range(draw.randint(1, 3) if tree else draw.randint(2, 5)):
        sign = draw.choice(["+", "+", "==", "<=", "<", ">"])
        parts = draw.randint(3, 4) if sign == "+" else 2
        free = [name for name in names if name not in used] if tree else list(names)
        free += draw.sample(used, min(len(used), 1)) if tree else []
        if len(free) >= parts:
            first, *others = draw.sample(free, parts)
            used = list(dict.fromkeys([*used, first, *others]))
            right = " + ".join(others)
            statements.append(f"{first} {'==' if sign == '+' else sign} {right}")
    texts = {}
    for name in used:
        low, high = sorted(draw.sample(range(7), 2))
        few, some = f"{low} people", f"{low} to {high} people"
        text = draw.choice([few, some, some, ""])
        texts |= {name: text} if text else {}
    return Network(list(dict.fromkeys(statements)), texts)


UNITS = {"people": " people", "money": " USD", "share": " %"}
HEDGES = ("", "", "", "about ", "over ", "nearly ", "at least ")
WRONG = (50, 80, 90, 95, 98, 99, 101, 102, 105, 110, 120, 200)


class Drawn:
    """True values, relation by relation, of people, of money, and of shares as fractions.

    In a tree a relation has at most one name that stands in another.
    """

    def __init__(self, draw: random.Random, *, tree: bool, kinds: Sequence[str]) -> None:
        self.draw = draw
        self.tree = tree
        self.kinds = kinds
        self.truth: dict[str, Fraction] = {}
        self.statements: list[str] = []
        self.shared = 0

    def new(self, kind: str, value: Fraction) -> str:
        name = f"{kind}_{len(self.truth)}"
        self.truth[name] = value
        return name

    def one(self, kind: str, other: str = "") -> str:
        """Give a name of a kind, unlike the other one: a known one or a new one."""
        known = [name for name in self.truth if name.startswith(kind) and name != other]
        if known and not (self.tree and self.shared) and self.draw.random() < 0.8:
            self.shared += 1
            return self.draw.choice(known)
        share = Fraction(self.draw.randint(1, 999), 1000)
        amount = Fraction(self.draw.randint(1, 9_999) * 10 ** self.draw.randint(0, 4))
        return self.new(kind, share if kind == "share" else amount)

    def relation(self) -> str:
        true, self.shared = self.truth, 0
        kind = self.draw.choice(self.kinds)
        forms = ["sum", "rest", "share", "part", "change", "quotient", "order", "same", "growth"]
        form = self.draw.choice(forms if self.tree else [*forms, "mix"])
        a = self.one(kind)
        b = self.one("share" if form in {"part", "growth"} else kind, a)
        x, y = true[a], true[b]
        made = {
            "sum": lambda: f"{self.new(kind, x + y)} == {a} + {b}",
            "rest": lambda: f"{self.new(kind, x - y)} == {a} - {b}",
            "share": lambda: f"{self.new('share', x / y)} == share(part={a}, whole={b})",
            "part": lambda: f"{a} * {b} == {self.new(kind, x * y)}",
            "change": lambda: f"{self.new('share', x / y - 1)} == change(new={a}, old={b})",
            "quotient": lambda: f"{a} / {self.new('share', x / y)} == {b}",
            "order": lambda: f"{a} <= {b}" if x <= y else f"{a} > {b}",
            "same": lambda: f"{self.new(kind, x)} == {a}",
            "growth": lambda: f"{self.new(kind, x * (1 + y))} == {a} * (1 + {b})",
            "mix": lambda: f"{self.new('share', x / (x + y))} == {a} / ({a} + {b})",
        }
        return made[form]()

    def text(self, name: str, wrong: float) -> str:
        """Give what is printed of a value, or of one that is off; nothing where nobody reports."""
        kind, value = name.partition("_")[0], self.truth[name]
        if self.draw.random() < wrong:
            value *= Fraction(self.draw.choice(WRONG), 100)
        value *= 100 if kind == "share" else 1
        place = magnitude(value) - self.draw.choice([0, 1, 1, 2, 3]) if value else 0
        place = max(place, 0) if kind == "people" else place
        cut = round(value / Fraction(10) ** place) * Fraction(10) ** place
        if self.draw.random() < 0.25 or (not cut and value):
            return ""
        hedge = self.draw.choice(HEDGES) if cut > 0 else ""
        return f"{hedge}{'-' * (cut < 0)}{printed(abs(cut), place)}{UNITS[kind]}"


def rounded_figures(
    draw: random.Random, *, tree: bool, kinds: Sequence[str] = ("people", "money")
) -> Network:
    """Draw up to five relations of true values, and what is printed of them; some of it is off."""
    drawn = Drawn(draw, tree=tree, kinds=kinds)
    statements = []
    for _ in range(draw.randint(1, 5)):
        try:
            statements.append(drawn.relation())
        except ZeroDivisionError:
            continue
    wrong = draw.choice([0, 0.2, 0.4])
    network = Network(list(dict.fromkeys(statements)), {})
    texts = {name: drawn.text(name, wrong) for name in network.names}
    return network._replace(texts={name: text for name, text in texts.items() if text})


class Cells(NamedTuple):
    """A table of two ways with its margins: r0 ... and c0 ..., cells x00 ..., in all t."""

    rows: int
    columns: int

    @property
    def statements(self) -> list[str]:
        across = [[f"x{row}{column}" for column in range(self.columns)] for row in range(self.rows)]
        return [
            *(f"r{at} == {' + '.join(cells)}" for at, cells in enumerate(across)),
            *(
                f"c{at} == {' + '.join(cells)}"
                for at, cells in enumerate(zip(*across, strict=True))
            ),
        ]

    def filled(self, values: Mapping[str, Fraction]) -> dict[str, Fraction]:
        """Give the margins of cells, and the cells."""
        margins = {}
        for name, value in values.items():
            for margin in (f"r{name[1]}", f"c{name[2]}"):
                margins[margin] = margins.get(margin, Fraction(0)) + value
        return {**margins, **values}


def three_digits(value: Fraction) -> str:
    """Give what is printed of a value that is rounded to three digits."""
    if not value:
        return "0"
    place = magnitude(value) - 2
    cut = round(value / Fraction(10) ** place) * Fraction(10) ** place
    return f"{'-' * (cut < 0)}{printed(abs(cut), place)}"


def table(draw: random.Random, powers: Sequence[int], *, wrong: float, cells: float) -> Network:
    """Draw a table of up to four rows and columns whose cells are of the given powers of ten.

    One row is off by a tenth with a probability, and each cell is reported with another.
    """
    shape = Cells(draw.randint(2, 4), draw.randint(2, 4))
    values = shape.filled(
        {
            f"x{row}{column}": draw.randint(1, 999) * Fraction(10) ** draw.choice(powers)
            for row in range(shape.rows)
            for column in range(shape.columns)
        }
    )
    if draw.random() < wrong:
        values["r0"] *= draw.choice([Fraction(9, 10), Fraction(11, 10)])
    texts = {
        name: three_digits(value)
        for name, value in values.items()
        if not name.startswith("x") or draw.random() < cells
    }
    statements = shape.statements
    if draw.random() < 0.5:
        statements.append("t == " + " + ".join(f"c{at}" for at in range(shape.columns)))
    if draw.random() < 0.3:
        statements += [f"{name} >= 0" for name in values if name.startswith("x")]
    return Network(statements, texts)
