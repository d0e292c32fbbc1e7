"""The strategies that users get: texts that have the truth in them, registers that are true."""

from __future__ import annotations

import operator
import re
from fractions import Fraction

import pytest
from command import ROOT
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from figurecheck.confront import check
from figurecheck.finding import BROKEN
from figurecheck.reading import Reading, reported
from figurecheck.register import Register
from figurecheck.relation import parts, shares
from figurecheck.strategies import registers, reported_texts, true_registers
from figurecheck.units import UnknownUnit
from figurecheck.units import unit as measured

UNITS = ["", "person", "household", "event", "item", "percent", "permille", "fraction"]
UNITS += ["percentage_point", "basis_point", "per_1000", "per_10000", "per_100000", "per_million"]
UNITS += ["USD", "EUR", "CHF", "USD_2015", "USD / person / year", "GBX", "VED", "people / km**2"]
UNITS += ["kilometre", "year", "index", "event / person", "%", "victims"]

powers = st.builds(
    lambda digits, power: digits * Fraction(10) ** power,
    st.integers(-99, 99_999),
    st.integers(-12, 11),
)
near_a_power = st.builds(
    lambda power, less: Fraction(10) ** power * (1 - Fraction(less, 1000)),
    st.integers(-9, 12),
    st.integers(1, 60),
)
values = st.one_of(
    st.integers(-3000, 3000).map(Fraction),
    powers,
    near_a_power,
    st.fractions(-(10**15), 10**15),
    st.fractions(0, 2),
)
units = st.sampled_from(UNITS)


def read(text: str, unit: str) -> Reading:
    """Read a text as a figure of a unit is read."""
    of = measured(unit) if unit else None
    return reported(text, unit=of.name if of else "", counted=bool(of and of.counted))


def exact_to_its_last_digit(text: str, reading: Reading) -> bool:
    """Tell whether a text is a number without a hedge that does not end in zeros."""
    shared = " in " in text or " out of " in text or not any(map(str.isdigit, text))
    one = reading.value is not None and not reading.qualifier and not shared
    return one and bool(reading.value / reading.step % 10)


def drawn(strategy: st.SearchStrategy, times: int) -> list:
    """Give so many that a strategy draws."""
    found = []

    @settings(max_examples=times, phases=[Phase.generate], database=None)
    @given(strategy)
    def draw(each):
        found.append(each)

    draw()
    return found


# Texts -------------------------------------------------------------------------------------------


@settings(max_examples=300)
@given(st.data(), values, units)
def test_every_text_has_the_true_value_in_its_wide_interval(data, value, unit):
    text = data.draw(reported_texts(value, unit=unit))
    assert value in read(text, unit).wide


@settings(max_examples=200)
@given(st.data(), values, units)
def test_a_number_without_a_hedge_has_the_true_value_in_its_narrow_interval(data, value, unit):
    text = data.draw(reported_texts(value, unit=unit))
    reading = read(text, unit)
    assert value in reading.narrow or not exact_to_its_last_digit(text, reading)


@settings(max_examples=200)
@given(st.data(), values, units)
def test_a_hedge_says_what_is_so(data, value, unit):
    text = data.draw(reported_texts(value, unit=unit))
    stated = read(text, unit).value
    if text.startswith(("over ", "more than ", "just over ")):
        assert stated < value
    elif text.startswith(("nearly ", "almost ", "just under ", "less than ")):
        assert stated > value
    elif text.startswith(("exactly ", "a total of ")):
        assert stated == value


@given(st.data(), st.integers(1, 10**6), units)
def test_a_whole_number_may_be_an_int(data, value, unit):
    assert value in read(data.draw(reported_texts(value, unit=unit)), unit).wide


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (27_600_000, "person", "27,600,000"),
        (Fraction(2345, 1000), "victims", "2.3450"),
        (71, "percent", "71 %"),
        (Fraction(-9, 2), "%", "-4.5 %"),
        (Fraction(1, 4), "fraction", "0.25"),
        (Fraction(7, 2), "per_1000", "3.5 per 1,000"),
        (9995, "USD / person / year", "USD 9,995"),
        (0, "event", "0"),
        (Fraction(1, 3), "", "0.333333333"),
        (Fraction(1, 10**12), "index", "0.000000000001"),
    ],
)
def test_it_shrinks_to_the_digits_in_full(value, unit, text):
    strategy = reported_texts(value, unit=unit)
    assert find(strategy, lambda _: True, settings=settings(database=None)) == text


COUNT = "[0-9]+|[0-9,]+ people|.* million|28 million people|about .*|more than .*|.* to .*"


@pytest.mark.parametrize(
    ("value", "unit", "ways", "never"),
    [
        (
            27_600_000,
            "person",
            COUNT,
            ".*(billion|thousand).*|.*[.] .*|(over|more than) (28|30) .*",
        ),
        (
            45,
            "event",
            "dozens.*|45|nearly .*|.* cases|at least 40.*",
            "(40|50)( events| cases)?|over 45.*",
        ),
        (25, "percent", "one in four|a quarter|2.%|2. per cent", "25[.]0.*|over 25 ?%|25"),
        (Fraction(2, 5), "fraction", ".. %|0[.]4|2 .* 5", "0|1|a quarter|4.0 %"),
        (6750, "EUR", "€.*|EUR .*|.* EUR|€.* thousand|€67..", "(?!.*(EUR|€)).*"),
        (1930, "per_1000", "1,930 per 1,000", "1930.*|.*thousand.*"),
        (3, "TOP", "3|about 3|[0-9.]+ to [0-9.]+", ".*TOP.*"),
    ],
)
def test_writers_have_many_ways(value, unit, ways, never):
    texts = drawn(reported_texts(value, unit=unit), 300)
    for way in ways.split("|"):
        assert any(re.fullmatch(way, text) for text in texts), way
    assert not [text for text in texts if re.fullmatch(never, text)]


def test_a_unit_that_nobody_knows_is_refused_at_once():
    with pytest.raises(UnknownUnit, match="kt"):
        reported_texts(5, unit="kt")


# Registers ---------------------------------------------------------------------------------------

SIGNS = {
    "==": operator.eq,
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}
ACCUSING = ("FC0", "FC1", "FC3")


@given(registers())
def test_a_report_that_only_rounded_is_never_accused(register):
    broken = [each for each in check(register).findings if each.outcome == BROKEN]
    assert [each for each in broken if each.code.startswith(ACCUSING)] == []


@given(true_registers())
def test_every_true_value_lies_in_the_wide_interval_of_its_figure(known):
    register, true = known
    assert list(true) == list(register)
    for figure in register.values():
        assert bool(figure.reported) == (figure.source is not None)
        assert not figure.reported or true[figure.id] in figure.reading.wide


@given(true_registers())
def test_what_the_relations_state_is_true(known):
    register, true = known
    values = {name: true[name] * register[name].measured_in.factor for name in register}
    for relation in register.relations:
        stated = relation.statement
        left = stated.left.of(values, lambda number: number)
        if stated.target:
            values[stated.target] = left
        else:
            right = stated.right.of(values, lambda number: number)
            assert SIGNS[stated.operator](left, right), relation.text


@given(true_registers())
def test_what_concepts_places_and_periods_imply_is_true(known):
    register, true = known
    groups = register.witnesses.groups
    for group in groups.values():
        assert len({true[each.id] for each in group}) == 1
    for smaller, greater in parts(groups):
        assert true[smaller[0].id] <= true[greater[0].id]
    for share, whole, part in shares(groups, register):
        assert true[share.id] * true[whole.id] == 100 * true[part.id]


@given(registers())
def test_the_relations_form_trees(register):
    met = set()
    for relation in register.relations:
        names = {*relation.names, relation.statement.target} - {""}
        assert len(names & met) <= 1
        assert names - met
        met |= names


@given(st.data(), st.integers(0, 4))
def test_there_are_no_more_relations_than_asked_for(data, most):
    register = data.draw(registers(max_relations=most))
    assert isinstance(register, Register)
    assert len(register.relations) <= most


def test_registers_have_relations_and_figures_of_every_kind():
    some = drawn(registers(), 200)
    statements = " ".join(each.text for register in some for each in register.relations)
    for kind in "== <= >= total share rate change 100 < > = * / -".split():
        assert f" {kind} " in f" {statements} ".replace("(", " ")
    assert any("d0" in each.text for register in some for each in register.relations[1:])
    assert any(register.amounts.get("d0") for register in some)
    figures = [each for register in some for each in register.values()]
    assert 0.02 < sum(not each.reported for each in figures) / len(figures) < 0.2
    assert {"M49:001", "ITA", ""} <= {each.place for each in figures}
    groups = [register.witnesses.groups for register in some]
    assert any(len(group) > 1 for each in groups for group in each.values())
    assert any(any(parts(each)) for each in groups)
    assert any(any(shares(each, register)) for each, register in zip(groups, some, strict=True))


def test_nothing_else_in_the_package_imports_hypothesis():
    for file in (ROOT / "src" / "figurecheck").rglob("*.py"):
        imported = re.search(r"^\s*(import|from) hypothesis", file.read_text("utf-8"), re.MULTILINE)
        assert not imported or file.parent.name == "strategies", file
