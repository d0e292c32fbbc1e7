"""Worlds: values for everything that every text and every relation allows, at once."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st
from small import TODAY, register

import figurecheck as fc
from figurecheck import joint
from figurecheck.figures import subjects
from figurecheck.network import implied
from figurecheck.register import Register, shipped
from figurecheck.relation import COMPARISONS
from figurecheck.relation import tests as ways
from figurecheck.strategies import NoWorld, true_registers, worlds

SHIPPED = fc.load(shipped())
SUMS = """id,reported,unit,source
    all,27.6 million,person,s
    private,17.3 million,person,s
    sexual,6.3 million,person,s
    state,,person,s
    women,43 %,percent,s
    spare,about 5 million,USD,s
    relations:
    id,statement
    forms,all == private + sexual + state
    those,those = women * all"""


def drawn_from(given_register: Register, **options: object) -> list[dict[str, Fraction]]:
    """Give some worlds of a register; one drawn in vain fails the test."""
    seen = []

    @settings(max_examples=15, database=None)
    @given(worlds(given_register, today=TODAY, **options))
    def look(world: dict[str, Fraction]) -> None:
        seen.append(world)

    look()
    return seen


def satisfied(given_register: Register, world: dict[str, Fraction], width: str) -> bool:
    """Tell whether a world, in the figures' units, lies in every text and satisfies all checks."""
    amounts = given_register.amounts
    texts = {name: each for name, each in given_register.items() if each.amount is not None}
    inside = all(world[name] in getattr(each.reading, width) for name, each in texts.items())
    units = {name: each.unit for name, each in amounts.items() if each is not None}
    units |= {name: each.measured_in for name, each in given_register.items()}
    base = {name: value * units[name].factor for name, value in world.items() if units.get(name)}
    statements = [each.statement for each in given_register.relations if each.check]
    known = subjects(given_register)
    statements += [fc.formula.statement(each) for each in implied(given_register, known)]
    for stated in statements:
        if all(amounts.get(name) for name in stated.names) and not stated.arguments:
            [way] = ways(stated, {name: amounts[name] for name in stated.names})
            value = way.formula.of(base, Fraction)
            if not COMPARISONS[way.sign].possible(fc.Interval.point(value)):
                return False
    return inside


@settings(max_examples=25)
@given(st.data(), true_registers(max_relations=3))
def test_a_world_of_a_true_register_satisfies_everything(data, drawn):
    given_register, truth = drawn
    world = data.draw(worlds(given_register, width="wide", today=TODAY))
    assert truth.keys() <= world.keys()
    assert satisfied(given_register, world, "wide")


COUNTED = """id,reported,unit,source
    sample,240 to 260,person,s
    women,71 %,percent,s
    men,,percent,s
    score,5.18,1,s
    raters,28,person,s
    staff,50 to 60,person,s
    young,35 %,percent,s
    middle,42 %,percent,s
    old,23 %,percent,s
    relations:
    id,statement
    sexes,women + men == 100 %
    whole,"possible_share(women, n=sample)"
    ages,"partition(staff, young, middle, old)"
    grim,"possible_mean(score, n=raters, items=2)"
    both,"possible_share(women + men, n=sample)"
    thirds,"partition(women, men)"
    sources: s"""


def test_shares_and_means_of_a_group_are_whole_counts_of_it():
    worlds_seen = drawn_from(register(COUNTED))
    for world in worlds_seen:
        assert world["women"] + world["men"] == 100
        assert world["young"] + world["middle"] + world["old"] == 100
        for share, of in (
            ("women", "sample"),
            *((age, "staff") for age in ("young", "middle", "old")),
        ):
            assert world[of].denominator == 1
            assert (world[share] / 100 * world[of]).denominator == 1
        assert (world["score"] * world["raters"] * 2).denominator == 1
    assert len({world["sample"] for world in worlds_seen}) > 1
    assert len({world["young"] for world in worlds_seen}) > 1


def test_without_whole_counts_there_is_no_world():
    counts = """id,reported,unit,source
        n,250,person,s
        share,71.3 %,percent,s
        relations:
        id,statement
        whole,"possible_share(share, n=n)"
        sources: s"""
    with pytest.raises(NoWorld, match=r"n, share cannot all be right|share, n cannot all be right"):
        worlds(register(counts), today=TODAY)


def test_every_figure_and_derived_quantity_has_a_value_in_its_unit():
    for world in drawn_from(register(SUMS)):
        assert world.keys() == {"all", "private", "sexual", "state", "women", "spare", "those"}
        assert world["all"] == world["private"] + world["sexual"] + world["state"]
        assert world["those"] == world["women"] / 100 * world["all"]
        assert 4_500_000 <= world["spare"] <= 5_500_000
        assert all(world[name].denominator == 1 for name in ("all", "private", "sexual", "state"))


def test_worlds_differ_and_reach_both_sides_of_a_text():
    seen = {world["women"] for world in drawn_from(register(SUMS))}
    assert len(seen) > 5
    assert min(seen) < 43 < max(seen)


def test_what_is_drawn_shrinks_to_what_is_printed():
    world = find(worlds(register(SUMS), today=TODAY), lambda _: True)
    assert (world["all"], world["women"], world["spare"]) == (27_600_000, 43, 5_000_000)


def test_the_shipped_register_has_worlds_and_waived_figures_are_left_out_of_them():
    for world in drawn_from(SHIPPED):
        assert (
            world["modern_slavery_2016"] * world["women_girls_share_2016"] / 100
            == (world["women_girls_2016"])
        )
    with pytest.raises(NoWorld, match="cannot all be right"):
        worlds(SHIPPED, waivers=False, today=TODAY)


def test_a_register_without_a_world_is_refused_with_the_smallest_conflict():
    broken = register(SUMS.replace("state,,", "state,5.9 million,"))
    with pytest.raises(NoWorld, match="all, private, sexual, state cannot all be right: all: the"):
        worlds(broken, today=TODAY)


def test_a_word_can_be_stretched_only_in_a_wide_world():
    text = """id,reported,unit,source
        a,"over 140,000",person,s
        b,"157,652",person,s
        relations:
        id,statement
        same,a == b"""
    with pytest.raises(NoWorld):
        worlds(register(text), today=TODAY)
    assert drawn_from(register(text), width="wide")[0] == {"a": 157_652, "b": 157_652}


TABLE = """id,reported,unit,source
    r1,30.0,USD,s
    r2,40.0,USD,s
    c1,35.0,USD,s
    c2,{},USD,s
    a,,USD,s
    b,,USD,s
    c,,USD,s
    d,,USD,s
    relations:
    id,statement
    first,r1 == a + b
    second,r2 == c + d
    third,c1 == a + c
    fourth,c2 == b + d"""


def test_off_a_tree_too_nothing_is_drawn_in_vain():
    for world in drawn_from(register(TABLE.format("35.0"))):
        assert world["r1"] + world["r2"] == world["c1"] + world["c2"]
        assert world["a"] + world["b"] == world["r1"]


def test_where_nothing_is_decided_the_reason_is_given(monkeypatch):
    monkeypatch.setattr(joint, "available", lambda: False)
    with pytest.raises(NoWorld, match="neither values for everything nor a conflict"):
        worlds(register(TABLE.format("36.0")), today=TODAY)


def test_a_divisor_is_never_zero():
    text = """id,reported,unit,source
        a,5.0,USD,s
        b,0.0,USD,s
        c,,1,s
        relations:
        id,statement
        ratio,c == a / b"""
    assert all(world["b"] for world in drawn_from(register(text)))
