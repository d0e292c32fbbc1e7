"""How long it takes to solve all relations of a register at once, beside limits and other solvers.

A yearbook is drawn, true and then printed: people of two years by sex, with shares, births, rates,
changes and what the news made of them; two-way tables; sums; 50 figures and 32 relations a chapter,
in six parts that do not hang together. The figures name no concepts, so that nothing is implied
beside what is declared, and their texts are read before the clock starts. Prints medians of runs
that are made in turn with those of the peers: fbbt of pyomo for what follows from bounds, highspy
for what cannot be true. What is given to a peer is built before the clock starts.
"""

from __future__ import annotations

import csv
import gc
import io
import random
import resource
import time
from fractions import Fraction
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from math import inf, isclose
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from figurecheck.joint import Programme
from figurecheck.network import NARROW, taking_part
from figurecheck.propagation import box
from figurecheck.register import parsed
from figurecheck.solve import solution
from figurecheck.system import LIMITS, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from figurecheck.network import Posted, Statements
    from figurecheck.propagation import Box
    from figurecheck.register import Register
    from figurecheck.solve import Solution
    from figurecheck.system import Component, Ends

    Prepared = Callable[[], Callable[[], object]]
    Given = tuple[Component, dict[int, Ends]]

RUNS, FEW = 9, 3
CHAPTERS = 10
WRONG = 30
SIMPLE = 2
TIMES_WRONG = Fraction(3, 2)
GROWING = {10: FEW, 100: FEW, 1_000: 1}
SECOND = 1.0
PROPAGATED, EXPLAINED = 0.03, 0.1
SUMS, LONGER = 285, 145
SIDES = range(3, 9)
EARLY, LATE = 2, 20
ALIKE = 1e-6
FIGURES = ("id", "reported", "unit", "source")
RELATIONS = ("id", "statement")
SOURCES = '[{"id": "office", "title": "Yearbook"}]'

Style = tuple[str, Fraction]
FULL: Style = ("{:,.0f}", Fraction(1))
MILLIONS: Style = ("{:,.2f} million", Fraction(10**6))
SAID: Style = ("about {:.1f} million", Fraction(10**6))
PERCENT: Style = ("{:.1f} per cent", Fraction(1, 100))
PER_1000: Style = ("{:.2f} per 1,000", Fraction(1, 1000))
UNSAID: Style = ("", Fraction(1))


class Truth(NamedTuple):
    """A true value, its name, and how it is printed."""

    name: str
    value: Fraction
    style: Style = FULL
    unit: str = "person"

    @property
    def text(self) -> str:
        form, of = self.style
        return form.format(float(self.value / of))


class Part(NamedTuple):
    """Some figures of a yearbook, and the statements over them by id."""

    truths: list[Truth]
    statements: dict[str, str]


# The yearbook


def people(at: str, draw: random.Random) -> Part:
    """Give 7 figures of the people of a year, and 5 relations over them."""
    women, men = _number(draw), _number(draw)
    births, everybody = Fraction(draw.randrange(20_000, 90_000)), women + men
    truths = [
        Truth(f"all_{at}", everybody),
        Truth(f"women_{at}", women),
        Truth(f"men_{at}", men, MILLIONS),
        Truth(f"share_{at}", women / everybody, PERCENT, "percent"),
        Truth(f"news_{at}", everybody, SAID),
        Truth(f"births_{at}", births),
        Truth(f"rate_{at}", births / everybody, PER_1000, "per_1000"),
    ]
    statements = {
        f"sum_{at}": f"all_{at} == women_{at} + men_{at}",
        f"is_share_{at}": f"share_{at} == share(part=women_{at}, whole=all_{at})",
        f"most_{at}": f"women_{at} <= all_{at}",
        f"repeated_{at}": f"news_{at} == all_{at}",
        f"is_rate_{at}": f"rate_{at} == rate(events=births_{at}, exposure=all_{at})",
    }
    return Part(truths, statements)


def years(at: str, draw: random.Random) -> Part:
    """Give the people of two years and the change between them: 15 figures, 11 relations."""
    old, new = people(f"{at}_old", draw), people(f"{at}_new", draw)
    change = Truth(
        f"change_{at}", new.truths[0].value / old.truths[0].value - 1, PERCENT, "percent"
    )
    changed = f"change_{at} == change(new=all_{at}_new, old=all_{at}_old)"
    both = old.statements | new.statements | {f"changed_{at}": changed}
    return Part([*old.truths, *new.truths, change], both)


def table(at: str, draw: random.Random, side: int = 2, *, wrong: bool = False) -> Part:
    """Give a square table with its margins; a wrong one has no cells and no total, and cannot be.

    Its rows then come to more than its columns, which only all sums together show.
    """
    cells = [[_number(draw) for _ in range(side)] for _ in range(side)]
    order = range(side)
    rows, columns = [sum(each) for each in cells], [sum(each) for each in zip(*cells, strict=True)]
    inside, margin = (UNSAID, FULL) if wrong else (MILLIONS, MILLIONS)
    truths = [
        Truth(f"cell_{row}_{column}_{at}", cells[row][column], inside)
        for row in order
        for column in order
    ]
    for index in order:
        more = TIMES_WRONG if wrong and not index else 1
        truths.append(Truth(f"row_{index}_{at}", Fraction(rows[index] * more), margin))
        truths.append(Truth(f"column_{index}_{at}", Fraction(columns[index]), margin))
    truths.append(Truth(f"in_all_{at}", Fraction(sum(rows)), inside))
    lines = {
        f"row_{row}_{at}": [f"cell_{row}_{column}_{at}" for column in order] for row in order
    } | {
        f"column_{column}_{at}": [f"cell_{row}_{column}_{at}" for row in order] for column in order
    }
    statements = {f"is_{name}": f"{name} == {' + '.join(each)}" for name, each in lines.items()}
    for name in ("row", "column"):
        margins = " + ".join(f"{name}_{index}_{at}" for index in order)
        statements[f"{name}s_{at}"] = f"in_all_{at} == {margins}"
    return Part(truths, statements)


def total(at: str, draw: random.Random, parts: int, *, wrong: bool = False) -> Part:
    """Give a sum of some parts, and its one relation."""
    values = [_number(draw) for _ in range(parts)]
    more = TIMES_WRONG if wrong else 1
    truths = [Truth(f"total_{at}", sum(values, Fraction(0)) * more)]
    truths += [Truth(f"part_{index}_{at}", each, MILLIONS) for index, each in enumerate(values)]
    names = " + ".join(each.name for each in truths[1:])
    return Part(truths, {f"is_total_{at}": f"total_{at} == {names}"})


def ordered(at: str, draw: random.Random) -> Part:
    """Give a sum of two parts of which one is said to be greater."""
    found = total(at, draw, 2)
    less, more = sorted(found.truths[1:], key=lambda each: each.value)
    return Part(found.truths, found.statements | {f"more_{at}": f"{more.name} > {less.name}"})


def rate(at: str, draw: random.Random) -> Part:
    """Give events, those they may happen to, and their rate."""
    events, exposed = Fraction(draw.randrange(20_000, 90_000)), _number(draw)
    truths = [
        Truth(f"events_{at}", events),
        Truth(f"exposed_{at}", exposed, MILLIONS),
        Truth(f"per_{at}", events / exposed, PER_1000, "per_1000"),
    ]
    stated = f"per_{at} == rate(events=events_{at}, exposure=exposed_{at})"
    return Part(truths, {f"is_per_{at}": stated})


def _number(draw: random.Random) -> Fraction:
    return Fraction(draw.randrange(1_000_000, 9_000_000))


def chapter(number: int, draw: random.Random) -> list[Part]:
    """Give 50 figures and 32 relations in six parts."""
    return [
        years(f"here_{number}", draw),
        years(f"there_{number}", draw),
        table(f"of_{number}", draw),
        total(f"four_{number}", draw, 4),
        ordered(f"two_{number}", draw),
        rate(f"rate_{number}", draw),
    ]


def yearbook(chapters: int) -> list[Part]:
    """Give so many chapters."""
    draw = random.Random(chapters)  # noqa: S311 - the same yearbook every time
    return [part for number in range(chapters) for part in chapter(number, draw)]


def yearbook_of_505() -> list[Part]:
    """Give ten chapters and one sum: 505 figures, 321 relations."""
    return [*yearbook(CHAPTERS), total("more", random.Random(1), 4)]  # noqa: S311 - as above


def printed(parts: Iterable[Part], wrong: Collection[str] = ()) -> Register:
    """Give the register of some parts, all its texts read; `wrong` figures are half too large."""
    held = list(parts)
    truths = [truth for part in held for truth in part.truths]
    told = [
        each._replace(value=each.value * TIMES_WRONG) if each.name in wrong else each
        for each in truths
    ]
    figures = [(each.name, each.text, each.unit, "office") for each in told]
    relations = [item for part in held for item in part.statements.items()]
    register = parsed(_table(FIGURES, figures), _table(RELATIONS, relations), SOURCES)
    for figure in register.values():
        _ = figure.amount
    return register


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([header, *rows])
    return file.getvalue()


# What is timed


def propagated(statements: Statements, taking: Sequence[Posted]) -> list[Box]:
    """Give the bounds that follow from what is printed, part by part."""
    return [
        box(component, statements.texts(component, NARROW))
        for component in statements.components(taking)
    ]


def explained(register: Register) -> tuple[Solution, list[str]]:
    """Give what a register comes to, and every conflict in words."""
    found = solution(register)
    return found, [each.words for each in found.conflicts]


def given(register: Register) -> list[Given]:
    """Give what hangs together, each with the ends that its texts state."""
    statements, taking = taking_part(register)
    return [(each, statements.texts(each, NARROW)) for each in statements.components(taking)]


def medians(runs: int, *prepared: Prepared) -> list[float]:
    """Give the seconds that each takes, all in turn, so that a busy minute falls on all alike."""
    rounds = []
    for _ in range(runs):
        took = []
        for prepare in prepared:
            run = prepare()
            gc.collect()
            started = time.perf_counter()
            run()
            took.append(time.perf_counter() - started)
        rounds.append(took)
    return [median(each) for each in zip(*rounds, strict=True)]


def within(took: float, limit: float) -> str:
    verdict = "within" if took <= limit else "OVER"
    return (
        f"{took * 1000:.1f} ms, {took / limit:.2f} x the limit of {limit * 1000:.0f} ms ({verdict})"
    )


def beside(took: float, peer: float, name: str) -> str:
    return f"{took / peer:.2f} x {name} ({peer * 1000:.1f} ms)"


# The peers


def installed(name: str) -> bool:
    return find_spec(name) is not None


def modelled(statements: Statements, taking: Sequence[Posted]) -> Any:
    """Give pyomo's model of the same figures and relations, its formulas as they are written."""
    pyomo = import_module("pyomo.environ")
    model = pyomo.ConcreteModel()
    model.figure = pyomo.Var(list(statements.amounts))
    model.relation = pyomo.ConstraintList()
    for name, amount in statements.amounts.items():
        low, high = amount.narrow.lower, amount.narrow.upper
        model.figure[name].domain = pyomo.Integers if name in statements.counts else pyomo.Reals
        model.figure[name].setlb(None if low is None else float(low))
        model.figure[name].setub(None if high is None else float(high))
    for posted in taking:
        for one in posted.comparisons:
            found: Any = one.formula.of(model.figure, float)
            model.relation.add((LIMITS[one.sign][0], found, LIMITS[one.sign][1]))
    return model


def agreeing(boxes: Iterable[Box], model: Any) -> int:
    """Give of how many figures a model that has been narrowed has the same bounds."""
    alike = 0
    for made in boxes:
        for name, place in made.component.places.items():
            figure = model.figure[name]
            ends = ((made.lower[place], figure.lb), (made.upper[place], figure.ub))
            alike += all(
                own is not None and its is not None and isclose(own, its, rel_tol=ALIKE)
                for own, its in ends
            )
    return alike


def quiet() -> Any:
    """Give a solver that says nothing."""
    highspy = import_module("highspy")

    class Quiet(highspy.Highs):  # type: ignore[misc, name-defined]
        def enableCallbacks(self) -> None:  # noqa: N802 - the solver's own name
            """Be silent before the first callback prints a banner."""
            self.setOptionValue("output_flag", False)  # noqa: FBT003 - as above
            super().enableCallbacks()

    return Quiet()


def programme(held: Sequence[Given]) -> Any:
    """Give the sums of some components, within what is printed, as one linear programme."""
    highspy = import_module("highspy")
    made = highspy.HighsLp()
    lower: list[float] = []
    upper: list[float] = []
    limits: list[Ends] = []
    starts, places, factors = [0], list[int](), list[float]()
    for component, texts in held:
        first = len(lower)
        for place, ends in enumerate(zip(component.lower, component.upper, strict=True)):
            low, high = texts.get(place, ends)
            lower.append(-inf if low is None else float(low))
            upper.append(inf if high is None else float(high))
        for row in component.constraints:
            if isinstance(row, Row):
                places += [first + place for place, _ in row.terms]
                factors += [float(factor) for _, factor in row.terms]
                starts.append(len(places))
                limits.append((row.lower, row.upper))
    made.num_col_, made.num_row_ = len(lower), len(limits)
    made.col_cost_, made.col_lower_, made.col_upper_ = [0.0] * len(lower), lower, upper
    made.row_lower_ = [-inf if low is None else float(low) for low, _ in limits]
    made.row_upper_ = [inf if high is None else float(high) for _, high in limits]
    made.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    made.a_matrix_.start_, made.a_matrix_.index_ = starts, places
    made.a_matrix_.value_ = factors
    return made


def infeasible(models: Sequence[Any]) -> int:
    """Give how many rows an irreducible infeasible set of each model has, in all."""
    found = 0
    for model in models:
        solver = quiet()
        solver.passModel(model)
        _, subset = solver.getIis()
        found += len(subset.row_index_)
    return found


def feasible(model: Any) -> None:
    """Solve once."""
    solver = quiet()
    solver.passModel(model)
    solver.run()


# What is printed


def flat() -> Iterator[str]:
    """(f) Memory, first of all: its peak only ever grows."""
    registers = [
        printed(yearbook_of_505()),
        printed([table("wrong", random.Random(1), 4, wrong=True)]),  # noqa: S311 - as above
    ]
    peaks = []
    for runs in (EARLY, LATE - EARLY):
        for _ in range(runs):
            for register in registers:
                solution(register)
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    yield (
        f"(f) memory at its peak: {peaks[0]:.1f} MiB after run {EARLY}, {peaks[1]:.1f} MiB after "
        f"run {LATE}, {peaks[1] / peaks[0]:.3f} x"
    )


def true_yearbook() -> Iterator[str]:
    """(a) What follows from the bounds of a true yearbook."""
    register = printed(yearbook_of_505())
    statements, taking = taking_part(register)
    size = f"{len(register)} figures, {len(register.relations)} relations"
    prepared: list[Prepared] = [
        lambda: lambda: propagated(statements, taking),
        lambda: lambda: solution(register),
    ]
    if installed("pyomo"):
        fbbt = import_module("pyomo.contrib.fbbt.fbbt").fbbt
        prepared.append(lambda: partial(fbbt, modelled(statements, taking)))
    took, whole, *of_peer = medians(RUNS, *prepared)
    yield f"(a) {size}, propagated exactly: {within(took, PROPAGATED)}"
    for each in of_peer:
        model = modelled(statements, taking)
        fbbt(model)
        alike = agreeing(propagated(statements, taking), model)
        yield (
            f"    {beside(took, each, 'fbbt of pyomo')}, which gives {alike} of {len(register)} "
            "figures the same bounds"
        )
    if not of_peer:
        yield "    pyomo is not installed: fbbt is not measured"
    yield f"    solved as a whole (units, bounds, values for everything): {whole * 1000:.1f} ms"


def wrong_yearbook() -> Iterator[str]:
    """(b) The conflicts of a yearbook with some wrong figures."""
    parts = yearbook_of_505()
    names = [truth.name for part in parts for truth in part.truths]
    sums = [part.truths[0].name for part in parts if len(part.statements) <= SIMPLE]
    draw = random.Random(WRONG)  # noqa: S311 - as above
    true = printed(parts)
    for where, wrong in (
        ("anywhere", draw.sample(names, WRONG)),
        ("in a sum or a rate each", sums[:WRONG]),
    ):
        register = printed(parts, wrong)
        found, said = explained(register)
        took, without = medians(
            FEW,
            lambda: lambda: explained(register),  # noqa: B023 - called at once
            lambda: lambda: explained(true),
        )
        yield (
            f"(b) {WRONG} of {len(register)} figures wrong, {where}: {len(said)} conflicts"
            f"{'' if found.complete else ' and more'} in {found.tally['broken']} parts explained: "
            f"{within(took, EXPLAINED)}; without any wrong {without * 1000:.1f} ms, each conflict "
            f"{(took - without) / len(said) * 1000:.1f} ms more"
        )


def growing() -> Iterator[str]:
    """(c) Larger yearbooks, of more parts that hang together."""
    first: list[float] = []
    for chapters, runs in GROWING.items():
        register = printed(yearbook(chapters))
        statements, taking = taking_part(register)
        took = medians(
            runs,
            lambda: lambda: propagated(statements, taking),  # noqa: B023 - called at once
            lambda: lambda: solution(register),  # noqa: B023 - called at once
        )
        each = [seconds / len(register) for seconds in took]
        first = first or each
        verdict = f"; whole {within(took[1], SECOND)}" if chapters == list(GROWING)[1] else ""
        yield (
            f"(c) {len(register):,} figures: propagated {each[0] * 1e6:.0f} us a figure, "
            f"{each[0] / first[0]:.2f} x the smallest; solved as a whole {each[1] * 1e6:.0f} us a "
            f"figure, {each[1] / first[1]:.2f} x{verdict} (median of {runs})"
        )


def wrong_sums() -> Iterator[str]:
    """(d) Many sums of which none can be true."""
    draw = random.Random(SUMS)  # noqa: S311 - as above
    register = printed(
        total(str(each), draw, 3 if each < LONGER else 2, wrong=True) for each in range(SUMS)
    )
    prepared: list[Prepared] = [lambda: lambda: explained(register)]
    ways = {}
    if installed("highspy"):
        held = given(register)
        ways = {
            "one model of all": [programme(held)],
            "one model for each": [programme([each]) for each in held],
        }
        prepared += [partial(partial, infeasible, models) for models in ways.values()]
    took, *of_peer = medians(FEW, *prepared)
    conflicts = len(solution(register).conflicts)
    yield (
        f"(d) {len(register):,} figures in {SUMS} sums, none true, {conflicts} of them explained: "
        f"{within(took, SECOND)}"
    )
    for (way, models), each in zip(ways.items(), of_peer, strict=True):
        name = f"getIis of highspy, {way}, which finds {infeasible(models)}"
        yield f"    {beside(took, each, name)}"
    if not of_peer:
        yield "    highspy is not installed: getIis is not measured"


def tables() -> Iterator[str]:
    """(e) Two-way tables, which only linear programmes see through."""
    if not installed("highspy"):
        yield "(e) highspy is not installed: two-way tables are not measured"
        return
    for side in SIDES:
        for wrong in (False, True):
            draw = random.Random(side)  # noqa: S311 - as above
            register = printed([table("own", draw, side, wrong=wrong)])
            ((component, texts),) = given(register)
            model = programme([(component, texts)])
            took, peer, whole = medians(
                RUNS,
                lambda: lambda: Programme(component, texts).refuted(),  # noqa: B023 - as above
                lambda: lambda: feasible(model),  # noqa: B023 - as above
                lambda: lambda: explained(register),  # noqa: B023 - as above
            )
            proved = Programme(component, texts).refuted() is not None
            yield (
                f"(e) {side} x {side}, {'refuted, exactly' if proved else 'not refuted'}: "
                f"{took * 1000:.1f} ms, {beside(took, peer, 'highspy, one solve')}; solved as a "
                f"whole {whole * 1000:.1f} ms"
            )


def main() -> None:
    """Measure, and print each line as it is known."""
    print(f"medians of {RUNS} runs, of {FEW} in (b), (c) and (d)")
    for measured in (flat, true_yearbook, wrong_yearbook, growing, wrong_sums, tables):
        for line in measured():
            print(line, flush=True)


if __name__ == "__main__":
    main()
