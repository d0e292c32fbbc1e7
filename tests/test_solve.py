"""All relations at once: verdicts, conflicts and bounds are what z3 and trial say they are."""

from __future__ import annotations

import json
import random
from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracle import (
    SIGNS,
    Model,
    Network,
    between,
    decided,
    exact,
    register,
    rounded_figures,
    small_counts,
    tried,
)

from figurecheck import joint
from figurecheck.finding import BORDERLINE, BROKEN, HOLDS, UNTESTABLE
from figurecheck.formula import statement
from figurecheck.solve import solution, solution_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from figurecheck.solve import Solution

SHAPES = pytest.mark.parametrize("tree", [True, False], ids=["trees", "circles"])
WIDTH = {BORDERLINE: "narrow", BROKEN: "wide"}
draws = st.randoms(use_true_random=False)
NOTHING_REPORTED = "no figure in it is reported"


def left_open(found: Solution) -> list[str]:
    """Give the reasons for which relations were not decided, but for lack of any figure."""
    return [reason for reason in found.undecided.values() if reason != NOTHING_REPORTED]


# Small whole numbers, every one tried ------------------------------------------------------------

MOST = 30
"""No world needs a greater number: a figure is at most the sum of four that are at most six."""


def ranges(network: Network) -> dict[str, range]:
    """Give the whole numbers that each name of small counts may be."""
    ends = {name: text.removesuffix(" people").split(" to ") for name, text in network.texts.items()}
    return {
        name: range(int(ends[name][0]), int(ends[name][-1]) + 1) if name in ends else range(MOST)
        for name in network.names
    }


@SHAPES
@given(draw=draws)
def test_small_counts_come_to_what_trying_every_number_says(tree, draw) -> None:
    network = small_counts(draw, tree=tree)
    found = solution(register(network))
    possible = tried(network.statements, ranges(network))
    real = Model(network.statements, least=network.names).possible(network.texts, "wide")
    if found.outcome == BROKEN:
        assert not possible
    if found.outcome == HOLDS:
        assert real
    if tree:
        assert not left_open(found)
        assert possible == (found.outcome != BROKEN)


@given(draw=draws)
def test_all_smallest_conflicts_of_a_tree_of_small_counts_are_found(draw) -> None:
    network = small_counts(draw, tree=True)
    found = solution(register(network))
    model = Model(network.statements, whole=network.names, least=network.names)
    expected = model.conflicts(network.texts, "wide")
    assert Counter(frozenset(each.figures) for each in found.conflicts) == Counter(expected)
    assert found.complete


@given(draw=draws)
def test_in_circles_of_sums_every_conflict_is_smallest_and_none_is_passed_over(draw) -> None:
    network = small_counts(draw, tree=False)
    found = solution(register(network))
    whole = Model(network.statements, whole=network.names, least=network.names)
    real = Model(network.statements, least=network.names)
    conflicts = {frozenset(each.figures) for each in found.conflicts}
    for conflict in conflicts - {frozenset()}:
        assert unsatisfiable(whole, network, conflict)
        if frozenset() not in conflicts:
            assert not any(unsatisfiable(real, network, conflict - {name}) for name in conflict)
    if found.outcome == BROKEN:
        for smallest in real.conflicts(network.texts, "wide"):
            assert any(conflict <= smallest for conflict in conflicts)


def unsatisfiable(
    model: Model, network: Network, names: frozenset[str], width: str = "wide"
) -> bool | None:
    """Tell whether no values satisfy these texts and all relations."""
    found = model.possible({name: network.texts[name] for name in names}, width)
    return None if found is None else not found


# Rounded figures, by z3 --------------------------------------------------------------------------


class Judged:
    """What solve says of a network beside what z3 says, over numbers and over whole people."""

    def __init__(self, network: Network) -> None:
        self.found = solution_of(network.statements, network.texts)
        statements = [each for each in network.statements if each not in self.found.aside]
        self.network = network._replace(statements=statements)
        names = self.network.names
        self.texts = {name: text for name, text in network.texts.items() if name in names}
        self.real = Model(statements)
        self.whole = Model(statements, whole=self.network.counted)

    def agrees(self) -> bool:
        """Tell whether no verdict is the opposite of what z3 says; what it cannot tell agrees."""
        outcome, real = self.found.outcome, self.real.outcome(self.texts)
        if outcome == UNTESTABLE or None in {outcome, real} or outcome == real:
            return True
        # Where numbers would do, there may be no whole ones.
        worse = [HOLDS, BORDERLINE, BROKEN]
        possible = self.whole.possible(self.texts, WIDTH.get(outcome, "narrow"))
        return worse.index(outcome) > worse.index(real) and not possible

    def refuted(self, names: frozenset[str], outcome: str) -> bool | None:
        """Tell whether no whole numbers, where people count, satisfy these texts."""
        if self.reducible(names, outcome):
            return True
        texts = {name: self.texts[name] for name in names}
        possible = self.whole.possible(texts, WIDTH[outcome])
        return None if possible is None else not possible

    def reducible(self, names: frozenset[str], outcome: str) -> bool:
        """Tell whether no numbers at all satisfy these texts."""
        texts = {name: self.texts[name] for name in names}
        return self.real.possible(texts, WIDTH[outcome]) is False


    def beyond(self, name: str, end: Fraction, side: str) -> bool | None:
        """Tell whether a value of a name may lie beyond an end."""
        variable, texts = self.real.names[name], self.real.within(self.texts, self.width)
        return decided(self.real.laws, texts, [SIGNS[side](variable, exact(end))])

    def reached(self, name: str, end: Fraction) -> bool | None:
        """Tell whether a name may have a value as near to an end as can be told."""
        near = (abs(end) + 1) / 10**9
        ends = between(self.real.names[name], (end - near, end + near))
        return decided(self.real.laws, self.real.within(self.texts, self.width), ends)

    @property
    def width(self) -> str:
        return "narrow" if self.found.outcome == HOLDS else "wide"


@given(draw=draws)
def test_trees_of_rounded_figures_are_all_decided_as_z3_decides(draw) -> None:
    judged = Judged(rounded_figures(draw, tree=True))
    assert not left_open(judged.found)
    assert judged.agrees()
    for each in judged.found.conflicts:
        names = frozenset(each.figures)
        assert judged.refuted(names, each.outcome) is not False
        assert not any(judged.reducible(names - {name}, each.outcome) for name in names)


LEFT_OPEN, REDUCIBLE = Fraction(6, 100), Fraction(25, 100)
"""Measured on these networks: 5 % of them are left open, of the conflicts 21 % are not smallest.

Both where a relation multiplies what another adds, which propagation sees one way at a time.
"""


def test_circles_of_rounded_figures_are_never_judged_wrongly_and_seldom_left_open() -> None:
    count = 200
    still_open = conflicts = reducible = 0
    for seed in range(count):
        judged = Judged(rounded_figures(random.Random(seed), tree=False))
        assert judged.agrees()
        still_open += bool(left_open(judged.found))
        for each in judged.found.conflicts:
            names = frozenset(each.figures)
            assert judged.refuted(names, each.outcome) is not False
            conflicts += 1
            reducible += any(judged.reducible(names - {name}, each.outcome) for name in names)
    print(still_open,conflicts,reducible)
    assert still_open <= LEFT_OPEN * count
    assert reducible <= REDUCIBLE * conflicts


# Bounds ------------------------------------------------------------------------------------------


@given(draw=draws)
def test_bounds_in_a_tree_of_small_counts_are_the_tightest(draw) -> None:
    network = small_counts(draw, tree=True)
    found = solution(register(network))
    if found.outcome == HOLDS:
        model = Model(network.statements, whole=network.names, least=network.names)
        for name, bound in found.bounds.items():
            assert (bound.lower, bound.upper) == model.ends(name, network.texts, "wide")


@given(draw=draws)
def test_bounds_in_a_tree_of_rounded_figures_are_reached_and_never_passed(draw) -> None:
    for judged, name, end, side in bound_ends(rounded_figures(draw, tree=True, kinds=["money"])):
        assert judged.beyond(name, end, side) is not True
        assert judged.reached(name, end) is not False


@given(draw=draws)
def test_bounds_in_circles_hold_every_value(draw) -> None:
    for judged, name, end, side in bound_ends(rounded_figures(draw, tree=False, kinds=["money"])):
        assert judged.beyond(name, end, side) is not True


@given(draw=draws)
def test_what_set_a_bound_stands_with_the_figure(draw) -> None:
    network = small_counts(draw, tree=False)
    found = solution(register(network))
    together = {f"r{at}": set(each) for at, each in enumerate(hanging_together(network))}
    for name, bound in found.bounds.items():
        for setter in {*bound.lower_by.split(", "), *bound.upper_by.split(", ")}:
            assert setter in {"reported", "unit"} or name in together[setter]
        assert bound.news == (not {bound.lower_by, bound.upper_by} <= {"reported", "unit"})


def hanging_together(network: Network) -> list[frozenset[str]]:
    """Give for each statement all the names that it hangs together with."""
    groups = [frozenset(statement(each).names) for each in network.statements]
    for _ in groups:
        groups = [frozenset().union(*(one for one in groups if one & own)) for own in groups]
    return groups


def bound_ends(network: Network) -> Iterator[tuple[Judged, str, Fraction, str]]:
    """Yield the ends that each part of a network bounds, with the sign of what lies beyond."""
    groups = hanging_together(network)
    for group in dict.fromkeys(groups):
        own = [each for each, names in zip(network.statements, groups, strict=True) if names == group]
        texts = {name: text for name, text in network.texts.items() if name in group}
        judged = Judged(Network(own, texts))
        if judged.found.outcome in {HOLDS, BORDERLINE}:
            for name, bound in judged.found.bounds.items():
                for end, side in ((bound.lower, "<"), (bound.upper, ">")):
                    if end is not None:
                        yield judged, name, end, side
