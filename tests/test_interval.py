"""Interval arithmetic: no value escapes, no end is loose, and the laws never look at an end."""

from __future__ import annotations

import ast
import inspect
import operator
import textwrap
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from figurecheck.interval import INFINITE, WHOLE_LINE, Exact, Interval
from figurecheck.laws import FORMULAS, both

fractions = st.fractions(-1000, 1000, max_denominator=1000) | st.integers(-3, 3).map(Fraction)
exponents = st.integers(-4, 5)
OPERATIONS = [operator.add, operator.sub, operator.mul, operator.truediv]
each_operation = pytest.mark.parametrize("operation", OPERATIONS)


@st.composite
def bounded(draw: st.DrawFn) -> Interval:
    return Interval.of(*sorted([draw(fractions), draw(fractions)]))


@st.composite
def partly_open(draw: st.DrawFn) -> Interval:
    """Draw a bounded interval whose ends may be left out."""
    drawn = draw(bounded())
    wide = drawn.lower != drawn.upper
    return drawn.without(lower=wide and draw(st.booleans()), upper=wide and draw(st.booleans()))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """Draw an interval, now and then open at an end, or without one."""
    drawn = draw(partly_open())
    lower, upper = draw(st.sampled_from([(1, 1), (1, 1), (0, 1), (1, 0), (0, 0)]))
    return Interval(
        drawn.left if lower else WHOLE_LINE.left, drawn.right if upper else WHOLE_LINE.right
    )


@st.composite
def held(draw: st.DrawFn, interval: Interval) -> Fraction:
    """Draw a value that the interval holds."""
    reach = Fraction(10) ** draw(st.integers(0, 6))
    lower, upper = interval.lower, interval.upper
    if lower is None:
        lower = upper - reach if upper is not None else -reach
    if upper is None:
        upper = lower + reach
    share = draw(
        st.fractions(0, 1, max_denominator=20).filter(
            lambda each: (each or not interval.left.open) and (each != 1 or not interval.right.open)
        )
    )
    return lower + share * (upper - lower)


def lies_in(value: Fraction, interval: Interval) -> bool:
    """Tell whether a value lies in an interval, by its ends and whether they are left out."""
    low, high = interval.left, interval.right
    above = value > low.value or (value == low.value and not low.open)
    return above and (value < high.value or (value == high.value and not high.open))


def samples(interval: Interval) -> list[Fraction]:
    """Give values that it holds: its ends or what is very near to them, the middle, and zero."""
    low, high = ends(interval)
    near = (high - low) / 10**9
    tried = {low, low + near, (low + high) / 2, high - near, high, Fraction(0)}
    return [each for each in tried if lies_in(each, interval)]


def reached(interval: Interval, found: set[Fraction]) -> None:
    """Assert that each end is among the values that are found, unless it is left out."""
    assert (interval.lower in found) is not interval.left.open
    assert (interval.upper in found) is not interval.right.open


def ends(interval: Interval) -> list[Fraction]:
    return [each for each in (interval.lower, interval.upper) if each is not None]


def refused(expected: str, *bounds: object) -> None:
    with pytest.raises(ValueError, match=expected):
        Interval.of(*bounds)


@given(data=st.data(), interval=intervals(), other=fractions)
def test_an_interval_holds_what_lies_between_its_ends_and_an_open_end_is_left_out(
    data, interval, other
) -> None:
    for value in (data.draw(held(interval)), other, *ends(interval)):
        assert (value in interval) is lies_in(value, interval)


@each_operation
@given(data=st.data(), first=intervals(), second=intervals())
def test_no_value_escapes_arithmetic(operation, data, first, second) -> None:
    one, other = data.draw(held(first)), data.draw(held(second))
    assume(operation is not operator.truediv or other)
    assert lies_in(operation(one, other), operation(first, second))


@each_operation
@given(first=partly_open(), second=partly_open())
def test_both_ends_of_a_bounded_result_are_attained_unless_they_are_open(
    operation, first, second
) -> None:
    assume(operation is not operator.truediv or second.lower > 0 or second.upper < 0)
    corners = [operation(one, other) for one, other in product(ends(first), ends(second))]
    found = operation(first, second)
    assert ends(found) == [min(corners), max(corners)]
    reached(found, {operation(*pair) for pair in product(samples(first), samples(second))})


@given(data=st.data(), base=intervals(), exponent=exponents)
def test_no_value_escapes_a_power(data, base, exponent) -> None:
    value = data.draw(held(base))
    assume(value or exponent >= 0)
    assert lies_in(value**exponent, base**exponent)


@given(base=partly_open(), exponent=exponents)
def test_both_ends_of_a_power_are_attained_unless_they_are_open(base, exponent) -> None:
    assume(exponent >= 0 or base.lower > 0 or base.upper < 0)
    found = base**exponent
    turns = [Fraction(0)] if base.lower < 0 < base.upper else []
    powers = [value**exponent for value in (*ends(base), *turns)]
    assert ends(found) == [min(powers), max(powers)]
    if exponent:
        reached(found, {value**exponent for value in samples(base)})


@given(data=st.data(), interval=intervals())
def test_no_value_escapes_a_sign_or_a_size(data, interval) -> None:
    value = data.draw(held(interval))
    assert lies_in(-value, -interval)
    assert lies_in(abs(value), abs(interval))


@given(interval=partly_open())
def test_the_ends_of_a_size_are_attained_unless_they_are_open(interval) -> None:
    low, high = ends(interval)
    sizes = [abs(low), abs(high), *([Fraction(0)] if low < 0 < high else [])]
    assert ends(abs(interval)) == [min(sizes), max(sizes)]
    reached(abs(interval), {abs(each) for each in samples(interval)})


@given(numerator=intervals(), divisor=intervals())
def test_a_divisor_that_may_be_zero_leaves_the_whole_line(numerator, divisor) -> None:
    around = divisor.hull(Interval.point(0))
    assert around.reciprocal() == WHOLE_LINE
    expected = Interval.point(0) if numerator == Interval.point(0) else WHOLE_LINE
    assert numerator / around == expected
    assert around**-2 == WHOLE_LINE


@given(interval=intervals())
def test_zero_times_what_has_no_end_is_zero(interval) -> None:
    assert interval * Interval.point(0) == Interval.point(0)
    assert Interval.point(0) * WHOLE_LINE == Interval.point(0)


def test_what_has_no_end_keeps_its_other_end() -> None:
    over, under = Interval.of(2, None), Interval.of(None, -3)
    assert over + over == Interval.of(4, None)
    assert over - over == WHOLE_LINE
    assert over * under == Interval.of(None, -6)
    assert over.reciprocal() == Interval.of(0, Fraction(1, 2)).without(lower=True)
    assert under.reciprocal() == Interval.of(Fraction(-1, 3), 0).without(upper=True)
    assert under**3 == Interval.of(None, -27)
    assert under**2 == Interval.of(9, None)
    assert abs(under) == Interval.of(3, None)
    assert over.whole == over


def test_a_divisor_that_only_comes_near_to_zero_leaves_one_side() -> None:
    positive, negative = Interval.of(0, 4).without(lower=True), Interval.of(-4, 0)
    assert positive.reciprocal() == Interval.of(Fraction(1, 4), None)
    assert negative.without(upper=True).reciprocal() == Interval.of(None, Fraction(-1, 4))
    assert negative.reciprocal() == WHOLE_LINE


@given(interval=partly_open())
def test_the_whole_numbers_of_an_interval_are_those_that_it_holds(interval) -> None:
    wholes = [each for each in range(-1000, 1001) if lies_in(Fraction(each), interval)]
    assert interval.whole == (Interval.of(wholes[0], wholes[-1]) if wholes else None)


def test_the_whole_numbers_of_what_has_no_end_have_none() -> None:
    assert Interval.of("2.5", None).whole == Interval.of(3, None)
    assert Interval.of(None, 3).without(upper=True).whole == Interval.of(None, 2)
    assert WHOLE_LINE.whole == WHOLE_LINE


def test_an_end_can_be_left_out_but_not_that_of_a_point() -> None:
    assert 2 not in Interval.of(1, 2).without(upper=True)
    assert 1 not in Interval.of(1, 2).without(lower=True)
    assert Interval.of(1, 2).without() == Interval.of(1, 2)
    for out in ({"lower": True}, {"upper": True}, {"lower": True, "upper": True}):
        with pytest.raises(ValueError, match="above"):
            Interval.point(1).without(**out)


def test_open_ends_that_touch_share_no_value() -> None:
    low, high = Interval.of(1, 2), Interval.of(2, 3)
    for first, second in ((low.without(upper=True), high), (low, high.without(lower=True))):
        assert first.precedes(second)
        assert first.disjoint(second)
        with pytest.raises(ValueError, match="above"):
            first.intersection(second)
    assert low.without(upper=True).subset(low)
    assert not low.subset(low.without(upper=True))


@given(data=st.data(), first=intervals(), second=intervals())
def test_the_hull_holds_both_and_the_intersection_what_lies_in_both(data, first, second) -> None:
    value = data.draw(held(first))
    assert value in first.hull(second)
    assert value in second.hull(first)
    assert {*ends(first.hull(second))} <= {*ends(first), *ends(second)}
    if value in second:
        assert value in first.intersection(second)
    if first.disjoint(second):
        with pytest.raises(ValueError, match="is above the upper end"):
            first.intersection(second)
    else:
        both = first.intersection(second)
        assert both.subset(first)
        assert both.subset(second)


@given(data=st.data(), first=intervals(), second=intervals())
def test_the_words_for_two_intervals_are_true_of_their_values(data, first, second) -> None:
    one, other = data.draw(held(first)), data.draw(held(second))
    if first.precedes(second):
        assert one <= other
    if first.disjoint(second):
        assert one != other
        assert second.disjoint(first)
    if first.subset(second):
        assert one in second
    assert first.precedes(second) == (first.right.value <= second.left.value)
    assert first.subset(second) == (first.hull(second) == second)


def test_intervals_that_touch_share_a_value() -> None:
    low, high = Interval.of(1, 2), Interval.of(2, 3)
    assert low.precedes(high)
    assert not low.disjoint(high)
    assert low.intersection(high) == Interval.point(2)


def test_ends_are_exact_and_unbounded_ends_are_none_at_the_surface() -> None:
    tenth = Interval.of("0.1", "0.1") + Interval.point("0.2")
    assert (tenth.lower, tenth.upper) == (Fraction(3, 10), Fraction(3, 10))
    assert tenth.bounded
    assert (WHOLE_LINE.lower, WHOLE_LINE.upper) == (None, None)
    assert not WHOLE_LINE.bounded
    assert repr(Interval.of("0.5", None)) == "<Interval 1/2 to inf>"


def test_an_interval_whose_ends_are_crossed_is_refused() -> None:
    refused("the lower end 2 is above the upper end 1", 2, 1)


# The laws, and the ends they work on --------------------------------------------------------------

BRANCHES = (
    ast.If,
    ast.IfExp,
    ast.While,
    ast.For,
    ast.Try,
    ast.Match,
    ast.Assert,
    ast.BoolOp,
    ast.Compare,
    ast.Not,
)
ARITHMETIC = "__add__ __neg__ __sub__ __mul__ reciprocal __truediv__ __abs__".split()
INTERVAL_LAWS = [
    getattr(Interval, name) for name in [*ARITHMETIC, *"hull intersection overlap".split()]
]
NAMED_LAWS = [each.law for each in FORMULAS.values()]
OWNED = {"least", "greatest", "raised", "lowered", "reciprocals", "closed"}
each_law = pytest.mark.parametrize(
    "law", [*INTERVAL_LAWS, *NAMED_LAWS], ids=lambda law: law.__name__
)


def tree(law: object) -> ast.AST:
    return ast.parse(textwrap.dedent(inspect.getsource(law)))


def asked_of_ends(law: object) -> set[str]:
    """Give the attributes that a law asks of anything but an interval's two ends."""
    names = {each.attr for each in ast.walk(tree(law)) if isinstance(each, ast.Attribute)}
    return names - {"left", "right"}


@each_law
def test_a_law_does_not_branch(law) -> None:
    assert [each for each in ast.walk(tree(law)) if isinstance(each, BRANCHES)] == []


@each_law
def test_a_law_asks_of_an_end_only_what_the_end_owns(law) -> None:
    assert asked_of_ends(law) <= OWNED | {"reciprocal", "overlap", "add", "sub"}
    assert all(hasattr(Exact, name) for name in OWNED)


@dataclass(frozen=True)
class Column:
    """An end that is a whole column of numbers, one a row."""

    rows: np.ndarray

    @staticmethod
    def rows_of(end: Column | Exact) -> np.ndarray:
        return end.rows if isinstance(end, Column) else np.float64(end.value)

    def __add__(self, other: Column) -> Column:
        return Column(self.rows + other.rows)

    def __neg__(self) -> Column:
        return Column(-self.rows)

    def __mul__(self, other: Column) -> Column:
        nothing = (self.rows == 0) | (other.rows == 0)
        return Column(np.where(nothing, 0, np.where(nothing, 1, self.rows) * other.rows))

    def reciprocals(self, upper: Column) -> tuple[Column, Column]:
        around = (self.rows <= 0) & (upper.rows >= 0)
        low, high = (1 / np.where(around, 1, each.rows) for each in (upper, self))
        return Column(np.where(around, -INFINITE, low)), Column(np.where(around, INFINITE, high))

    def least(self, *others: Column) -> Column:
        return Column(np.minimum.reduce([self.rows, *map(self.rows_of, others)]))

    def greatest(self, *others: Column | Exact) -> Column:
        others_rows = np.broadcast_arrays(self.rows, *map(self.rows_of, others))
        return Column(np.maximum.reduce(others_rows))

    raised, lowered = greatest, least

    def closed(self) -> Column:
        return self

    def above(self, other: Column) -> bool:
        return bool((self.rows > other.rows).any())


def column(rows: list[Interval]) -> Interval:
    """Give many intervals as one, whose ends are columns."""
    lefts = np.array([float(each.left.value) for each in rows])
    rights = np.array([float(each.right.value) for each in rows])
    return Interval(Column(lefts), Column(rights))


def columns_agree(law, *operands: list[Interval]) -> None:
    """Assert that a law gives for columns what it gives for each row."""
    found = law(*map(column, operands))
    expected = column([law(*row) for row in zip(*operands, strict=True)])
    assert found.left.rows.tolist() == expected.left.rows.tolist()
    assert found.right.rows.tolist() == expected.right.rows.tolist()


# Numbers whose sums, products and reciprocals are exact in binary as well.
binary = st.builds(
    lambda sign, power: sign * Fraction(2) ** power, st.sampled_from([-1, 0, 1]), st.integers(-6, 6)
)


@st.composite
def rows(draw: st.DrawFn, *, columns: int) -> list[list[Interval]]:
    """Draw columns of one length."""
    end = st.none() | binary
    count = draw(st.integers(1, 5))

    def interval() -> Interval:
        low, high = draw(end), draw(end)
        return Interval.of(low, high) if None in {low, high} else Interval.of(*sorted((low, high)))

    return [[interval() for _ in range(count)] for _ in range(columns)]


UNARY = [Interval.__neg__, Interval.__abs__, Interval.reciprocal]
BINARY = [*OPERATIONS, Interval.hull]


@pytest.mark.parametrize("law", UNARY + [lambda a, n=n: a**n for n in range(-3, 4) if n])
@given(drawn=rows(columns=1))
def test_one_column_is_worked_on_as_its_rows_are(law, drawn) -> None:
    columns_agree(law, *drawn)


@pytest.mark.parametrize("law", [*BINARY, *(law for law in NAMED_LAWS if law is not both)])
@given(drawn=rows(columns=2))
def test_two_columns_are_worked_on_as_their_rows_are(law, drawn) -> None:
    columns_agree(law, *drawn)


@given(drawn=rows(columns=3))
def test_three_columns_overlap_as_their_rows_do(drawn) -> None:
    columns_agree(both, *drawn)


@given(drawn=rows(columns=3))
def test_columns_intersect_as_their_rows_do(drawn) -> None:
    inner, *outer = drawn
    hulls = [[a.hull(b) for a, b in zip(inner, each, strict=True)] for each in outer]
    columns_agree(Interval.intersection, *hulls)


def test_columns_whose_ends_are_crossed_in_one_row_are_refused() -> None:
    with pytest.raises(ValueError, match="is above"):
        Interval(Column(np.array([1.0, 3.0])), Column(np.array([2.0, 2.0])))
