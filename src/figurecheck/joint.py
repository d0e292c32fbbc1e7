"""Linear programmes over the rows of a component, and the exact certificates of what they find."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from importlib.util import find_spec
from math import ceil, floor, inf
from typing import TYPE_CHECKING, Any, NamedTuple

from figurecheck.system import Product, Row, lean, size

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from figurecheck.propagation import Box
    from figurecheck.system import Component, End, Ends, Number

PASSES = 4
DENOMINATORS = (1, 12, 1_000, 1_000_000)
OPTIONS = (
    ("presolve", "off"),
    ("solver", "simplex"),
    ("random_seed", 0),
    ("threads", 1),
    ("primal_feasibility_tolerance", 1e-10),
    ("dual_feasibility_tolerance", 1e-10),
)
NEAR = 1e-9
DEPTH = 3
"""So often are factors halved, one after the other, where relations multiply in circles."""

NEGLIGIBLE = 1e-7
"""Relative size below which a float multiplier is tried as nothing; the certificate decides."""
NOISE = 1e-12
"""A bound that the solver finds better by less, relative to the size of its figure, is not."""


@cache
def available() -> bool:
    """Tell whether the extra `joint` is installed."""
    return find_spec("highspy") is not None


class Certificate(NamedTuple):
    """Multipliers of rows whose sum no values within the bounds can reach, or that bounds one.

    `rows` has the multipliers by constraint, `places` the variables whose bounds it needs. `bound`
    is what follows; for a contradiction, by how much the sum is out of reach.
    """

    rows: Mapping[int, Fraction]
    places: tuple[int, ...]
    bound: Number


def sums(component: Component, only: Collection[int] | None = None) -> Iterator[tuple[int, Row]]:
    """Yield the sums of a component, each relation's own, with the constraints that they are."""
    for index, each in enumerate(component.constraints):
        if isinstance(each, Row) and len(each.owners) == 1 and (only is None or index in only):
            yield index, each


def envelopes(made: Box, only: Collection[int] | None = None) -> Iterator[tuple[int, Row]]:
    """Yield the rows that follow from products within bounds (McCormick 1976).

    (x - low of x) * (y - low of y) is not negative, and so on for each two of their ends. What
    divides, or is a factor of what is not zero, is above zero where it is not below.
    """
    constraints, divisors = made.component.constraints, made.component.divisors
    held = range(len(constraints)) if only is None else sorted(only)
    relations = {name for index in held for name in constraints[index].owners}
    for index in held:
        each = constraints[index]
        if isinstance(each, Product):
            low, high = made.lower[each.result], made.upper[each.result]
            zero = (low is None or low <= 0) and (high is None or high >= 0)
            for factor in dict.fromkeys((each.left, each.right)):
                low, high = made.lower[factor], made.upper[factor]
                divides = not relations.isdisjoint(divisors.get(factor, ()))
                if 0 in {low, high} and (divides or not zero):
                    side = 1 if low == 0 else -1
                    yield index, Row(((factor, side),), 0, None, strict=True, owners=each.owners)
            for one, left in enumerate((made.lower[each.left], made.upper[each.left])):
                for other, right in enumerate((made.lower[each.right], made.upper[each.right])):
                    if left is not None and right is not None:
                        yield index, _envelope(each, left, right, 1 if one == other else -1)


def _envelope(product: Product, left: Number, right: Number, sign: int) -> Row:
    """Give sign * (x - left) * (y - right) >= 0 as a row, with the product for x * y."""
    factors: dict[int, Number] = {}
    terms = ((product.result, 1), (product.left, -right), (product.right, -left))
    for place, factor in terms:
        factors[place] = factors.get(place, 0) + sign * factor
    kept = tuple((place, factor) for place, factor in factors.items() if factor)
    return Row(kept, lean(-sign * left * right), None, strict=False, owners=product.owners)


class Programme:
    """Rows of a component within the bounds that texts state, scaled for a float solver.

    They are its sums, unless others are given that follow from it, each with its constraint.

    Unscaled programmes of figures return "optimal" with wrong answers from about 1e6 up; rows and
    columns are scaled by powers of two, so that scaling itself rounds nothing. What the solver says
    is only ever a proposal: `_exact` works the multipliers out in fractions.
    """

    def __init__(
        self,
        component: Component,
        texts: Mapping[int, Ends],
        rows: Iterable[tuple[int, Row]] | None = None,
    ) -> None:
        self.component = component
        self.rows = list(sums(component) if rows is None else rows)
        self.ends: list[Ends] = [
            _met(texts.get(place, (None, None)), (component.lower[place], component.upper[place]))
            for place in range(len(component.names))
        ]
        self._scaled(self._sizes())

    def _sizes(self) -> list[int]:
        """Give how large each variable is: by its own ends, else by what it is added to.

        The sizes are exponents of two.
        """
        sizes = {place: _exponent(_size(ends)) for place, ends in enumerate(self.ends) if any(ends)}
        for _ in range(PASSES):
            for _, row in self.rows if len(sizes) < len(self.ends) else ():
                terms = [(at, _exponent(factor)) for at, factor in row.terms]
                known = [sizes[at] + factor for at, factor in terms if at in sizes]
                limit = _size((row.lower, row.upper))
                known += [_exponent(limit)] if limit else []
                for at, factor in terms if known else ():
                    sizes.setdefault(at, max(known) - factor)
        return [sizes.get(place, 0) for place in range(len(self.ends))]

    def _scaled(self, columns: list[int]) -> None:
        """Scale the columns, and the rows so that the greatest coefficient of each is about one.

        The scales are kept as exponents of two.
        """
        self._columns = columns
        self._scales = [
            max((_exponent(factor) + columns[at] for at, factor in row.terms), default=0)
            for _, row in self.rows
        ]

    def refuted(self) -> Certificate | None:
        """Give why no values satisfy all rows, where an exact certificate confirms it.

        Columns are scaled by what is known of them, and once more not at all: small limits are lost
        beside large bounds, and large ones beside small.
        """
        for columns in (self._columns, [0] * len(self._columns)):
            self._scaled(columns)
            for multipliers in self._proposed():
                for tried in self._exact(multipliers):
                    found = self._contradiction(tried)
                    if found is not None:
                        return found
        return None

    def _proposed(self) -> Iterator[list[float]]:
        """Yield multipliers that may show a contradiction: a ray, or what limits strict rows."""
        solver = self._solver()
        status = _run(solver)
        if status == "infeasible":
            _, known, ray = solver.getDualRay()
            if known:
                yield [-float(each) for each in ray]
        elif status == "optimal" and any(row.strict for _, row in self.rows):
            solver = self._solver(strict=True)
            _run(solver)
            yield [-float(each) for each in solver.getSolution().row_dual]

    def values(self) -> dict[int, Fraction] | None:
        """Give values that the solver proposes for all variables; nothing is known of them."""
        solver = self._solver()
        if _run(solver) != "optimal":
            return None
        solution = list(solver.getSolution().col_value)
        return {
            place: Fraction(value) * _two(self._columns[place])
            for place, value in enumerate(solution)
        }

    def bounds(
        self, known: Mapping[int, Ends], *, settled: bool
    ) -> Iterator[tuple[int, int, Certificate]]:
        """Yield the ends that follow inside of those known: place, -1 lower or 1 upper, and why.

        Where what is known is `settled`, nothing is worked out that the solver finds no better. An
        end beyond the opposite one, which tells that there are no values at all, is left out.
        """
        solver = self._solver()
        for place, ends in known.items():
            inside = list(ends)
            for side in (-1, 1):
                end, opposite = inside[side > 0], inside[side < 0]
                solver.changeColCost(place, -float(side))
                if _run(solver) == "optimal" and self._better(solver, place, side, end, settled):
                    solution = solver.getSolution()
                    duals = [-float(each) for each in solution.row_dual]
                    best = self._best(place, side, duals, float(solution.col_value[place]))
                    if best is not None and self.component.whole[place]:
                        outward = ceil if side < 0 else floor
                        best = best._replace(bound=outward(best.bound))
                    if best is not None and _inside(best.bound, side, end, opposite):
                        inside[side > 0] = best.bound
                        yield place, side, best
                solver.changeColCost(place, 0.0)

    def _better(self, solver: Any, place: int, side: int, end: End, settled: bool) -> bool:  # noqa: FBT001 - as in bounds
        """Tell whether the solver has found an end inside of the one that is known."""
        if end is None or not settled:
            return True
        found: float = solver.getSolution().col_value[place]
        return (_float(end, -self._columns[place]) - found) * side > NOISE

    def _best(
        self, place: int, side: int, multipliers: Sequence[float], proposed: float
    ) -> Certificate | None:
        """Give the tightest end that multipliers prove; the first one that is near the proposed."""
        scale = self._columns[place]
        found = []
        for tried in self._exact(multipliers, against=place):
            proved = self._bound(place, side, tried)
            if proved is not None:
                found.append(proved)
                if abs(_float(proved.bound, -scale) - proposed) <= NEAR * max(1, abs(proposed)):
                    break
        return min(found, key=lambda each: each.bound * side, default=None)

    # Exactly

    def _exact(
        self, floats: Sequence[float], *, against: int = -1
    ) -> Iterator[dict[int, Fraction]]:
        """Give multipliers of the unscaled rows that the floats may stand for, simplest first.

        Each is given once.
        """
        most = max(map(abs, floats), default=0.0)
        column = self._columns[against] if against >= 0 else 0
        kept = {
            at: Fraction(each) * _two(column - self._scales[at])
            for at, each in enumerate(floats)
            if abs(each) > NEGLIGIBLE * most
        }
        if not kept:
            return
        unit = min(abs(each) for each in kept.values()) if against < 0 else Fraction(1)
        given: list[dict[int, Fraction]] = []
        for tried in self._near(kept, unit, against):
            if tried not in given:
                given.append(tried)
                yield tried

    def _near(
        self, kept: dict[int, Fraction], unit: Fraction, against: int
    ) -> Iterator[dict[int, Fraction]]:
        for limit in DENOMINATORS:
            near = {at: (each / unit).limit_denominator(limit) for at, each in kept.items()}
            yield {at: each for at, each in near.items() if each}
        balanced = self._balanced(kept, against)
        if balanced is not None:
            yield balanced
        yield kept

    def _balanced(self, near: Mapping[int, Fraction], against: int) -> dict[int, Fraction] | None:
        """Give multipliers near the given ones under which the columns without an end cancel.

        They are solved for exactly, by elimination, with the others held at the simplest values.
        """
        free = [
            place
            for place, (low, high) in enumerate(self.ends)
            if (low is None or high is None)
            and any(place in dict(self.rows[at][1].terms) for at in near)
        ]
        unknown = list(near)
        matrix = []
        for place in free:
            row = [Fraction(dict(self.rows[at][1].terms).get(place, 0)) for at in unknown]
            matrix.append([*row, Fraction(int(place == against))])
        pivots = _eliminated(matrix)
        if pivots is None:
            return None
        solved = {at: near[at].limit_denominator(1_000) for at in unknown}
        for row, column in pivots:
            rest = sum(
                (row[at] * solved[unknown[at]] for at in range(len(unknown)) if at != column),
                Fraction(0),
            )
            solved[unknown[column]] = row[-1] - rest
        return {at: each for at, each in solved.items() if each}

    def _reached(self, rows: Mapping[int, Fraction]) -> tuple[Fraction, bool] | None:
        """Give the most that the weighted sum of rows can be, and whether it is never reached."""
        total, strict = Fraction(0), False
        for at, factor in rows.items():
            row = self.rows[at][1]
            end = row.upper if factor > 0 else row.lower
            if end is None:
                return None
            total += factor * end
            strict |= row.strict
        return total, strict

    def _combined(self, rows: Mapping[int, Fraction]) -> dict[int, Fraction]:
        combined: dict[int, Fraction] = {}
        for at, factor in rows.items():
            for place, coefficient in self.rows[at][1].terms:
                combined[place] = combined.get(place, Fraction(0)) + factor * coefficient
        return {place: each for place, each in combined.items() if each}

    def _least(self, combined: Mapping[int, Fraction]) -> Fraction | None:
        """Give the least value of a weighted sum of variables within their ends."""
        total = Fraction(0)
        for place, factor in combined.items():
            end = self.ends[place][0 if factor > 0 else 1]
            if end is None:
                return None
            total += factor * end
        return total

    def _contradiction(self, rows: Mapping[int, Fraction]) -> Certificate | None:
        """Give the certificate if what the rows add up to is out of reach of the bounds."""
        reached, combined = self._reached(rows), self._combined(rows)
        least = self._least(combined)
        if reached is None or least is None:
            return None
        most, strict = reached
        if least < most or (least == most and not strict):
            return None
        return Certificate(self._named(rows), tuple(combined), least - most)

    def _bound(self, place: int, side: int, rows: Mapping[int, Fraction]) -> Certificate | None:
        """Give the end of a variable that the rows and the ends of the others prove.

        side * x = (side * x - sum of rows) + sum of rows, and each of the two has a most.
        """
        reached = self._reached(rows)
        left = self._combined(rows)
        left[place] = left.get(place, Fraction(0)) - side
        least = self._least({at: each for at, each in left.items() if each})
        if reached is None or least is None:
            return None
        needed = tuple(at for at, each in left.items() if each)
        return Certificate(self._named(rows), needed, lean((reached[0] - least) * side))

    def _named(self, rows: Mapping[int, Fraction]) -> dict[int, Fraction]:
        return {self.rows[at][0]: each for at, each in rows.items()}

    # The float solver

    def _solver(self, *, strict: bool = False) -> Any:
        """Give a solver with the programme; with `strict` it widens the room in strict rows."""
        import highspy
        import numpy as np

        def ends(values: Sequence[End], scales: Sequence[int], without: float) -> Any:
            return np.array(
                [
                    without if end is None else _float(end, -scale)
                    for end, scale in zip(values, scales, strict=True)
                ]
            )

        solver = _quiet()()
        for option, value in OPTIONS:
            solver.setOptionValue(option, value)
        endless = highspy.kHighsInf
        programme = highspy.HighsLp()
        programme.num_col_, programme.num_row_ = len(self.ends) + strict, len(self.rows)
        room = [0.0] * strict, [1.0] * strict
        lows, highs = zip(*self.ends, strict=True) if self.ends else ((), ())
        programme.col_cost_ = np.array([0.0] * len(self.ends) + [-1.0] * strict)
        programme.col_lower_ = np.append(ends(lows, self._columns, -endless), room[0])
        programme.col_upper_ = np.append(ends(highs, self._columns, endless), room[1])
        rows = [row for _, row in self.rows]
        programme.row_lower_ = ends([row.lower for row in rows], self._scales, -endless)
        programme.row_upper_ = ends([row.upper for row in rows], self._scales, endless)
        starts, indices, factors = [0], [], []
        for row, scale in zip(rows, self._scales, strict=True):
            for place, factor in row.terms:
                indices.append(place)
                factors.append(_float(factor, self._columns[place] - scale))
            if strict and row.strict:
                indices.append(len(self.ends))
                factors.append(1.0 if row.lower is None else -1.0)
            starts.append(len(indices))
        programme.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        programme.a_matrix_.start_ = np.array(starts)
        programme.a_matrix_.index_ = np.array(indices)
        programme.a_matrix_.value_ = np.array(factors)
        solver.passModel(programme)
        return solver


def cases(made: Box, active: Collection[int] | None = None, depth: int = DEPTH) -> Iterator[Box]:
    """Yield the cases of bounds that are not refuted.

    Factors are halved, one after the other, and each half is tried by itself, with products held
    within their envelopes, as in global optimisation (Falk & Soland 1969).
    """
    rows = [*sums(made.component, active), *envelopes(made, active)]
    if Programme(made.component, made.ends, rows).refuted():
        return
    split = made.split
    if not depth or split is None:
        yield made
        return
    for half in made.halves(*split, active):
        yield from cases(half, active, depth - 1)


def near(proposed: Mapping[int, Fraction]) -> Callable[[int, Ends], Iterator[Number]]:
    """Give the values to try that lie nearest to proposed ones, the nearest first."""

    def choose(place: int, ends: Ends) -> Iterator[Number]:
        low, high = ends
        for limit in reversed(DENOMINATORS):
            unit = _unit(proposed[place])
            value: Number = (proposed[place] / unit).limit_denominator(limit) * unit
            value = value if low is None else max(low, value)
            yield lean(value if high is None else min(high, value))

    return choose


def _unit(value: Fraction) -> Fraction:
    """Give one, or for a smaller number the power of ten of its first digit."""
    unit = Fraction(1)
    while value and abs(value) < unit:
        unit /= 10
    return unit


@cache
def _quiet() -> Any:
    """Give the class of solvers that say nothing; it is made when the first is needed."""
    import highspy

    class Quiet(highspy.Highs):  # type: ignore[misc, unused-ignore]
        def enableCallbacks(self) -> None:  # noqa: N802 - the solver's own name
            """Be silent before the first callback prints a banner."""
            self.setOptionValue("output_flag", False)  # noqa: FBT003 - as above
            super().enableCallbacks()

    return Quiet


def _run(solver: Any) -> str:
    import highspy

    solver.run()
    status = solver.getModelStatus()
    return {
        highspy.HighsModelStatus.kOptimal: "optimal",
        highspy.HighsModelStatus.kInfeasible: "infeasible",
    }.get(status, "")


def _inside(bound: Number, side: int, end: End, opposite: End) -> bool:
    """Tell whether a bound is tighter than the end on its side, and not beyond the opposite one."""
    tighter = end is None or (bound - end) * side < 0
    return tighter and (opposite is None or (bound - opposite) * side >= 0)


def _met(one: Ends, other: Ends) -> Ends:
    lows = [end for end in (one[0], other[0]) if end is not None]
    highs = [end for end in (one[1], other[1]) if end is not None]
    return max(lows, default=None), min(highs, default=None)


def _size(ends: Ends) -> Number:
    return max((size(end) for end in ends if end), default=0)


def _exponent(value: Number) -> int:
    """Give the exponent of the power of two about a size."""
    return value.numerator.bit_length() - value.denominator.bit_length()


def _two(exponent: int) -> Fraction:
    return Fraction(2) ** exponent


def _float(value: Number, exponent: int) -> float:
    """Give the float nearest to value * 2 ** exponent; the solver refuses what is beyond all."""
    above, below = value.numerator, value.denominator
    try:
        return (above << max(exponent, 0)) / (below << max(-exponent, 0))
    except OverflowError:
        return inf if value > 0 else -inf


def _eliminated(matrix: list[list[Fraction]]) -> list[tuple[list[Fraction], int]] | None:
    """Give the rows of a linear system in reduced form, each with the column that it solves for."""
    pivots: list[tuple[list[Fraction], int]] = []
    for given in matrix:
        row = given[:]
        for known, column in pivots:
            if row[column]:
                factor = row[column]
                row = [each - factor * other for each, other in zip(row, known, strict=True)]
        column = next((at for at, each in enumerate(row[:-1]) if each), -1)
        if column < 0:
            if row[-1]:
                return None
            continue
        row = [each / row[column] for each in row]
        pivots = [
            (
                [each - known[column] * other for each, other in zip(known, row, strict=True)],
                at,
            )
            for known, at in pivots
        ]
        pivots.append((row, column))
    return pivots
