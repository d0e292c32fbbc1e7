"""A register in an analysis: arithmetic on its figures, text for templates, frames, notebooks."""

from __future__ import annotations

import copy
import math
import operator
import pickle
import re
import string
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from pathlib import Path
from typing import get_type_hints

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pytest
from command import ROOT, folder
from hypothesis import given
from hypothesis import strategies as st
from small import TODAY
from small import register as parsed
from test_house import loaded
from test_markup import Page

import figurecheck as fc
from figurecheck.analysis import reckonable
from figurecheck.operand import Operand
from figurecheck.register import BOUNDS, NoArrow

SMALL = """id,reported,unit,concept,base,place,period,source,repeats,waive,label
    all,27.6 million,person,labour,,ITA,2021,ilo,,,people in labour
    women,about 11.8 million,person,labour/women,,ITA,2021,ilo,,,
    share,43 %,percent,labour/women,all,,,ilo,,,
    few,"3,405",person,labour/few,,ITA,2021,ilo,,,
    money,$6.75 billion,USD / year,profit,,ITA,2021,un,,,
    old,25 million,person,labour,,ITA,2016,un,,,
    places,over 140,event,labour,,FRA,2021,un,,,
    told,28 million,person,,,,,news,all,,
    third,one in three,fraction,,,,,news,,,
    silent,,person,labour,,ITA,2021,,,,
    lost,a surge,person,labour,,ITA,2021,news,,,
    zero,0,person,labour,,ITA,2021,ilo,,,
    range,5-6 million,person,labour,,ITA,2021,ilo,,,
    sure,exactly 500,person,labour/sure,,ITA,2021,ilo,,,
    dangling,12 %,percent,other,gone,ITA,2021,nowhere,,,
    relations:
    id,statement,concept
    implied,implied = share * all,
    per_head,per_head = money / all,profit_per_person
    refused_one,refused_one = lost * 2,
    check_one,all == women + 15.8e6,
    sources: ilo 2022=ILO, un=UN, news"""


def small():
    return reckonable(parsed(SMALL))


def quietly(operation, *operands):
    """Give what an operation derives, whatever the rules say of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", fc.UnlikeFigures)
        return operation(*operands)


def warned(operation):
    """Give what an operation derives, and the warnings that it gives."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        return operation(), told


def codes(operation):
    return [each.message.finding.code for each in warned(operation)[1]]


OPERATIONS = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
NAMES = ["all", "women", "few", "old", "share", "third", "money", "places", "sure"]
NUMBERS = st.one_of(
    st.integers(-30, 30),
    st.decimals(-5, 5, places=2),
    st.fractions(-3, 3, max_denominator=7),
)


@st.composite
def formulas(draw, figures, depth=3):
    """Draw a formula as text in the language, and the same reckoned with operators."""
    kind = draw(st.sampled_from(["name", *OPERATIONS, "**", "neg"])) if depth else "name"
    if kind == "name":
        name = draw(st.sampled_from(NAMES))
        return name, figures[name]
    left, one = draw(formulas(figures, depth - 1))
    if kind == "neg":
        return f"-({left})", quietly(operator.neg, one)
    if kind == "**":
        power = draw(st.integers(-2, 3))
        return f"({left}) ** {power}", quietly(operator.pow, one, power)
    if draw(st.booleans()):
        number = draw(NUMBERS)
        right, other = str(number) if not isinstance(number, Decimal) else f"{number:f}", number
    else:
        right, other = draw(formulas(figures, depth - 1))
    pairs = [(left, one), (right, other)]
    (left, one), (right, other) = pairs if draw(st.booleans()) else pairs[::-1]
    return f"({left}) {kind} ({right})", quietly(OPERATIONS[kind], one, other)


REFUSALS = (fc.Refused, fc.StatementError)


@given(st.data())
def test_arithmetic_gives_what_derive_gives_for_the_same_formula(data):
    figures = small()
    try:
        text, made = data.draw(formulas(figures))
    except REFUSALS:
        return
    if isinstance(made, fc.Figure):
        return
    for same in (text, made.symbols):
        found = fc.derive(figures, same, concept="stated")
        assert (found.narrow.interval, found.wide.interval) == (
            made.narrow.interval,
            made.wide.interval,
        )
        assert found.unit == made.unit
        assert set(found.inputs) >= set(made.inputs)
    assert all(isinstance(each, fc.Figure) for each in made.inputs.values())
    assert quietly(operator.sub, made, made).exactly == 0


@given(st.data())
def test_what_derive_refuses_arithmetic_refuses_for_the_same_reason(data):
    figures = small()
    left, sign, right = (
        data.draw(st.sampled_from([*NAMES, "silent", "lost", "zero"])),
        data.draw(st.sampled_from(list(OPERATIONS))),
        data.draw(st.sampled_from([*NAMES, "silent", "lost", "zero"])),
    )
    try:
        expected = fc.derive(figures, f"{left} {sign} {right}", concept="stated").words
    except fc.Refused as refused:
        expected = (refused.code, str(refused))
    try:
        found = quietly(OPERATIONS[sign], figures[left], figures[right]).words
    except fc.Refused as refused:
        found = (refused.code, str(refused))
    assert found == expected


def test_a_derived_quantity_has_its_formula_numbers_and_sources():
    r = small()
    made = quietly(lambda: (r["share"] * r["all"]) / r["old"])
    assert made.symbols == "share * all / old"
    assert made.numbers == "43 % x 27.6 million / 25 million"
    assert list(made.inputs) == ["share", "all", "old"]
    assert [source.key for source in made.sources] == ["ilo", "un"]
    assert (r["all"] * (r["share"] / 2 - 1)).symbols == "all * (share / 2 - 1)"
    assert (1 - r["share"]).words == "56.5-57.5 %"
    assert (Fraction(-1, 3) * r["all"]).symbols == "-(1 / 3) * all"
    assert (-r["all"]).words == "-27.65 to -27.55 million"
    assert (r["all"] ** 2).symbols == "all ** 2"
    assert repr(r["share"] * r["all"]) == "<Derived share * all: 11.70-12.03 million>"


def test_a_sum_of_many_figures_starts_at_nothing():
    r = small()
    assert sum([r["women"], r["few"]]).symbols == "women + few"
    assert (r["women"] + 0).symbols == "women"
    assert (0 - r["women"]).symbols == "0 - women"


def test_what_is_derived_already_is_an_operand_in_the_names_of_its_figures():
    r = small()
    implied = r.derivations.derived["implied"]
    assert (implied / r["all"]).symbols == "share * all / all"
    assert (implied - implied).exactly == 0
    assert (2 * fc.derive(r, "change(new=all, old=old)")).unit.name == "percent"
    nested = fc.derive({**r, "implied": implied}, "implied / all")
    assert (nested * 2).symbols == "share * all / all * 2"


def test_figures_of_one_id_in_two_registers_are_two():
    new, old = small(), reckonable(parsed(SMALL.replace("27.6 million", "24.9 million")))
    grown = new["all"] / old["all"]
    assert grown.symbols == "all / all_2"
    assert grown.numbers == "27.6 million / 24.9 million"
    assert ((new["all"] - old["all"]) + old["all"]).symbols == "all - all_2 + all_2"
    assert (old["all"] - (new["all"] - old["all"])).symbols == "all - (all_2 - all)"
    assert (new["all"] - old["all"]).narrow.interval.lower > 0
    assert (new["all"] - small()["all"]).exactly == 0


def test_a_name_that_is_given_is_none_that_a_figure_has():
    text = "id,reported,unit,source\nx,{},person,s\nx_2,{},person,s"
    new, old = (reckonable(parsed(text.format(*two))) for two in ((5, 6), (7, 8)))
    made = new["x_2"] + new["x"] + old["x"] + old["x_2"]
    assert made.numbers == "6 + 5 + 7 + 8"
    assert made.symbols == "x_2 + x + x_3 + x_2_2"


@pytest.mark.parametrize(
    ("operation", "kind", "said"),
    [
        (
            lambda r: r["all"] * 0.1,
            fc.NotExact,
            "0.1 is not exact; write an int, or Fraction('...')",
        ),
        (lambda r: True + r["all"], fc.NotExact, "True is not exact"),
        (lambda r: r["all"] * float("nan"), fc.NotExact, "nan is not exact"),
        (lambda r: r["all"] * Decimal("inf"), fc.StatementError, "not a number, or one of more"),
        (lambda r: r["all"] * Decimal("1e9999"), fc.StatementError, "than 1,000 digits"),
        (lambda r: r["all"] / 10**1000, fc.StatementError, "than 1,000 digits"),
        (lambda r: r["all"] / "5", TypeError, "unsupported operand"),
        (lambda r: r["all"] - None, TypeError, "unsupported operand"),
        (lambda r: 2 ** r["all"], TypeError, "unsupported operand"),
        (lambda r: r["all"] ** r["few"], fc.StatementError, "wanted a whole number up to 16"),
        (lambda r: r["all"] ** 17, fc.StatementError, "wanted a whole number up to 16"),
        (lambda r: r["all"] ** Fraction(1, 2), fc.StatementError, "wanted a whole number"),
        (lambda r: r["all"] ** 16**1 * r["all"] ** 16 * r["all"] ** 16, None, ""),
        (lambda r: (r["all"] ** 16) ** 16, fc.StatementError, "a product of 256 factors"),
        (lambda r: r["all"].per("5", "c"), fc.NotExact, "a str; wanted a figure"),
        (lambda r: r["all"] + r["money"], fc.Refused, "it adds person beside USD / year"),
        (lambda r: r["all"] / r["zero"], fc.Refused, "a divisor may be zero"),
        (lambda r: r["lost"] * 2, fc.Refused, "lost: nothing that can be read is reported"),
        (lambda _: fc.Figure("a", "5", "person") * 2, fc.NotLoaded, "figures made by hand"),
    ],
)
def test_what_cannot_be_reckoned_with_is_refused_in_one_line(operation, kind, said):
    if kind is None:
        assert operation(small()).symbols == "all ** 16 * all ** 16 * all ** 16"
        return
    with pytest.raises(kind, match=re.escape(said)) as caught:
        operation(small())
    assert "\n" not in str(caught.value)


def test_a_formula_that_doubles_is_stopped_before_it_fills_the_memory():
    with pytest.raises(fc.StatementError, match="more than 20,000 characters"):
        _ = reduce(lambda made, _: made + made, range(40), small()["all"])
    long = reckonable(parsed(f"id,reported,unit,source\n{'a' * 9000},5,person,s"))["a" * 9000]
    with pytest.raises(fc.StatementError, match="more than 20,000 characters"):
        _ = long + long + long


def chain_of(length, formula):
    """Give a register in which each quantity is derived from the one or the two before it."""
    rows = [f"d{at},d{at} = {formula.format(at - 1, at - 2)}" for at in range(2, length)]
    figures = "id,reported,unit,source\nd0,5,km,s\nd1,6,km,s"
    return reckonable(parsed("\n".join([figures, "relations:", "id,statement", *rows])))


@pytest.mark.parametrize(
    ("length", "formula", "said"),
    [
        (3000, "d{0} + 1", "derived through too many quantities"),
        (60, "d{0} + d{0}", "more than 20,000 characters"),
        (60, "d{0} + d{1}", "more than 20,000 characters"),
        (12, "d{0} + d{1}", ""),
    ],
)
def test_what_is_derived_from_what_is_derived_ends_soon(length, formula, said):
    last = chain_of(length, formula).derivations.derived[f"d{length - 1}"]
    if said:
        with pytest.raises(fc.StatementError, match=said) as caught:
            _ = last * 2
        assert "\n" not in str(caught.value)
    else:
        found = last * 2
        assert list(found.inputs) == ["d1", "d0"]
        assert found.narrow.interval == fc.derive(found.inputs, found.symbols).narrow.interval
        assert (last - last).exactly == 0


def test_numbers_and_rows_of_numpy_and_pandas_are_operands_of_their_own():
    np = pytest.importorskip("numpy")
    r = small()
    assert (np.int64(2) * r["all"]).words == (2 * r["all"]).words
    with pytest.raises(fc.NotExact):
        _ = np.float64(2) * r["all"]
    assert [each.symbols for each in pd.Series([1, 2]) * r["few"]] == ["1 * few", "2 * few"]
    assert [each.symbols for each in r["few"] / np.array([1, 2])] == ["few / 1", "few / 2"]


def test_what_is_an_operand_has_all_that_operands_have():
    for name in ("deriving", "said", "exactly", "whole"):
        with pytest.raises(NotImplementedError):
            getattr(Operand(), name)


def test_a_figure_made_by_hand_goes_with_one_that_is_loaded():
    r = small()
    made = quietly(operator.add, fc.Figure("mine", "5,200", "person"), r["few"])
    assert made.symbols == "mine + few"
    assert (made + 1).symbols == "mine + few + 1"


def test_figures_compare_as_values_do():
    r = small()
    assert r["all"] == parsed(SMALL)["all"]
    assert r["all"] != r["few"]
    with pytest.raises(TypeError):
        _ = r["all"] < r["few"]


def test_figures_of_different_periods_warn_at_the_line_that_adds_them():
    r = small()
    made, told = warned(lambda: r["few"] + r["old"])
    [one] = told
    assert one.category is fc.UnlikeFigures
    assert Path(one.filename) == Path(__file__)
    assert str(one.message) == (
        "FC402: few + old puts figures of different periods side by side; few 2021; old 2016"
    )
    assert [each.code for each in made.findings] == ["FC402"]


@pytest.mark.parametrize(
    "operation",
    [
        lambda r: r["few"] + r["old"],
        lambda r: r["few"].per(r["old"], "c") - r["places"] / r["places"],
        lambda r: sum([r["few"], r["old"]]),
        lambda r: (r["sure"] * 1) - r["few"] - r["old"],
        lambda r: -(r["few"] - r["old"]),
        lambda r: (1 - r["share"]) * r["old"],
        lambda r: r["share"] / (1 / r["old"]),
    ],
)
def test_every_way_to_combine_points_at_the_line_of_its_user(operation):
    _, told = warned(lambda: operation(small()))
    assert told
    assert {Path(each.filename) for each in told} == {Path(__file__)}
    lines = {each.lineno for each in told}
    first = operation.__code__.co_firstlineno
    assert lines <= {first}


def test_one_expression_warns_once_of_one_thing():
    r = small()
    assert codes(lambda: r["few"] + r["old"] + r["women"] - r["sure"]) == ["FC402"]
    assert codes(lambda: (r["few"] + r["old"]) * 2 - 1) == ["FC402"]
    assert codes(lambda: r["few"] + r["women"] + r["sure"]) == []
    other = parsed(SMALL.replace("ITA,2016", "ITA,2009"))
    older = reckonable(other)["old"]
    assert codes(lambda: r["few"] + r["old"] + older) == ["FC402", "FC402"]


def test_a_share_of_another_base_warns_and_one_of_its_own_does_not():
    r = small()
    assert codes(lambda: r["share"] * r["all"]) == []
    assert codes(lambda: r["share"] * r["old"]) == ["FC401"]
    assert codes(lambda: r["all"] + r["women"]) == ["FC406"]


def test_what_a_figure_takes_from_others_is_known_though_they_take_no_part():
    r = small()
    assert codes(lambda: r["told"] + r["old"]) == []
    told = quietly(operator.add, r["told"], r["few"])
    assert [each.outcome for each in told.findings] == []
    share = quietly(operator.mul, r["share"], r["women"])
    assert "of labour, ITA, 2021" in share.findings[0].proof


def test_what_cannot_be_tested_is_no_warning_and_is_told_when_asked():
    r = small()
    made, told = warned(lambda: r["third"] * r["all"])
    assert told == []
    assert [(each.code, each.outcome) for each in made.findings] == [("FC401", "untestable")]
    assert "cannot be tested: no base is stated for third" in made._repr_html_()


def test_a_quotient_of_unlike_concepts_is_told_until_its_concept_is_stated():
    r = small()
    made, told = warned(lambda: r["money"] / r["all"])
    assert [each.message.finding.code for each in told] == ["FC404"]
    assert "divides figures of different concepts" in str(told[0].message)
    stated = made.of("profit_per_person")
    assert stated.concept == "profit_per_person"
    assert [each.waived for each in stated.findings] == ["it is stated to be profit_per_person"]
    assert codes(lambda: stated * 2) == []
    assert codes(lambda: made * 2) == []
    assert [each.waived for each in (stated * 2).findings] == [stated.findings[0].waived]
    assert codes(lambda: r["money"].per(r["all"], "profit_per_person") * 2) == []
    assert r["money"].per(r["all"], "c").concept == "c"


def test_a_quotient_that_a_relation_states_is_not_told_again():
    r = small()
    assert codes(lambda: r.derivations.derived["per_head"] * 2) == []
    derived = fc.derive(r, "money / all", concept="per_person")
    assert [each.code for each in derived.findings] == ["FC404"]
    assert codes(lambda: derived * 2) == []
    nested = fc.derive({**r, "per_head": derived}, "per_head * all")
    assert codes(lambda: nested + 0) == []


def test_a_base_is_that_of_its_own_register():
    here = reckonable(
        parsed("""id,reported,unit,concept,base,place,period,source
        total,100,person,labour,,ITA,2021,s
        share,43 %,percent,labour/women,total,,,s""")
    )
    there = reckonable(
        parsed("""id,reported,unit,concept,base,place,period,source
        total,900,person,cars,,FRA,2009,s
        part,20 %,percent,total/red,total,FRA,2009,s""")
    )
    assert codes(lambda: here["share"] * here["total"]) == []
    made, told = warned(lambda: here["share"] * there["total"])
    [one] = [each.message.finding for each in told if each.message.finding.code == "FC401"]
    assert "43 % of labour, ITA, 2021" in one.proof
    assert made.symbols == "share * total"
    loose = reckonable(
        parsed("""id,reported,unit,concept,base,place,period,source
        part,20 %,percent,total/red,total,ITA,2021,s""")
    )
    _, told = warned(lambda: loose["part"] * here["total"])
    assert "20 % of total, ITA, 2021" in told[0].message.finding.proof


def test_a_long_formula_is_named_shortly_in_a_warning():
    r = small()
    made = quietly(lambda: r["few"] + sum([r["women"]] * 20) + r["old"])
    assert made.findings[0].figure.endswith("...")
    assert len(made.findings[0].message) < 150


def test_what_was_derived_from_figures_made_by_hand_says_that_nobody_looked():
    alone = fc.derive({"a": fc.Figure("a", "5", "person")}, "a * 2")
    with pytest.raises(fc.NotLoaded, match="figures made by hand"):
        _ = alone.findings
    assert "not looked at" in alone._repr_markdown_()
    assert alone.exactly == 10
    assert fc.derive(small(), "2 * 3").exactly == 6


@pytest.mark.parametrize(
    ("name", "spec", "text"),
    [
        ("all", "", "27.6 million"),
        ("all", ">15", "   27.6 million"),
        ("all", "*<14s", "27.6 million**"),
        ("all", "cite", "ILO, 2022"),
        ("all", "id", "all"),
        ("all", "label", "people in labour"),
        ("all", "unit", "person"),
        ("all", "reading", "27.55-27.65 million"),
        ("all", ",.1f", "27,600,000.0"),
        ("all", ",d", "27,600,000"),
        ("all", ".3g", "2.76e+7"),
        ("all", "+", "+27600000"),
        ("share", ".1f", "43.0"),
        ("share", ".0%", "43%"),
        ("share", "reading", "42.5-43.5 %"),
        ("third", ".3f", "0.333"),
        ("implied", "", "11.70-12.03 million"),
        ("implied", "cite", "ILO, 2022"),
        ("implied", "id", "implied"),
        ("implied", "label", "implied"),
        ("implied", "unit", "person"),
        ("implied", "reading", "11.70-12.03 million"),
        ("dangling", "cite", "nowhere"),
    ],
)
def test_a_figure_is_formatted_as_asked(name, spec, text):
    r = small()
    found = r.text(name, spec)
    assert found == text
    assert found == format(r.derivations.derived[name] if name == "implied" else r[name], spec)


def test_a_template_of_the_standard_library_takes_figures():
    r = small()
    line = "{all} people ({all:reading}; {share:.0f} per cent women)"
    assert line.format_map(r) == "27.6 million people (27.55-27.65 million; 43 per cent women)"
    assert string.Formatter().vformat("{0[few]}", [r], {}) == "3,405"
    with pytest.raises(fc.UnknownFigure, match="did you mean 'share'"):
        _ = "{shaer}".format_map(r)


@pytest.mark.parametrize(
    ("name", "spec", "kind", "said"),
    [
        ("shaer", "", fc.UnknownFigure, "no figure or derived quantity 'shaer'; did you mean"),
        ("impleid", "", fc.UnknownFigure, "did you mean 'implied'?"),
        ("check_one", "", fc.UnknownFigure, "no figure or derived quantity 'check_one'"),
        ("refused_one", "", fc.Refused, "lost: nothing that can be read is reported"),
        ("silent", "", fc.Unstated, "silent is not reported"),
        ("silent", "cite", fc.Unstated, "silent has no cite"),
        ("few", "label", fc.Unstated, "few has no label"),
        ("all", "citte", fc.UnknownSpec, "format 'citte': wanted cite, id, label, unit, reading"),
        ("all", "citte", fc.UnknownSpec, "did you mean 'cite'?"),
        ("all", ".2d", fc.UnknownSpec, "format '.2d': wanted"),
        ("all", "x", fc.UnknownSpec, "format 'x': wanted"),
        ("all", ".1%", fc.UnknownSpec, "all is in person, and no share"),
        ("third", "d", fc.UnknownSpec, "third is no whole number"),
        ("lost", "reading", fc.Unreadable, "'a surge' states no quantity"),
        ("lost", ".1f", fc.Unreadable, "'a surge' states no quantity"),
        ("range", ".1f", ValueError, "'5-6 million' states no single value; use .reading"),
        ("implied", ".1f", ValueError, "is no single value; use .narrow and .wide"),
    ],
)
def test_a_text_that_is_not_there_fails_in_one_line(name, spec, kind, said):
    with pytest.raises(kind) as caught:
        small().text(name, spec)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_no_figure_has_is_a_key_error_and_reads_as_a_line():
    with pytest.raises(KeyError) as caught:
        _ = small()["shaer"]
    assert str(caught.value) == "no figure 'shaer'; did you mean 'share'?"
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


@given(st.integers(-(10**30), 10**30), st.integers(0, 12))
def test_a_number_is_formatted_exactly(whole, places):
    text = f"{Decimal(whole).scaleb(-places):f}"
    figure = fc.Figure("a", text, "km")
    if figure.unreadable is None:
        assert f"{figure:.{places}f}" == f"{figure.exactly.numerator and Decimal(text):.{places}f}"
        assert float(figure) == float(figure.exactly)


def test_a_float_is_the_nearest_to_the_one_value():
    r = small()
    assert float(r["all"]) == 27_600_000.0
    assert float(r["share"]) == 43.0
    assert float(r["third"]) == 1 / 3
    assert float(r["sure"] * 2) == 1000.0
    for name in ("range", "lost", "silent"):
        with pytest.raises(ValueError, match="states no"):
            float(r[name])
    with pytest.raises(ValueError, match="no single value"):
        float(r["all"] * 2)
    with pytest.raises(ValueError, match="too large for a float"):
        float(fc.Figure("a", "9" * 400, "km"))


def test_a_derived_quantity_of_one_value_is_a_pint_quantity():
    r = small()
    quantity = (r["sure"] * 2).quantity
    assert (quantity.magnitude, str(quantity.units)) == (1000, "person")
    with pytest.raises(ValueError, match="no single value"):
        _ = (r["all"] * 2).quantity
    rate = fc.Figure("a", "exactly 5 per 1,000", "per_1000")
    both = fc.derive({"a": rate}, "a * a")
    assert both.unit is None
    with pytest.raises(ValueError, match="has no unit"):
        _ = both.quantity
    with pytest.raises(fc.Unstated, match=r"a \* a has no unit"):
        _ = f"{both:unit}"
    assert both.whole is None


def frames(register):
    """Give the register as each library reads it, all as pandas frames of one kind."""
    kinds = {name: "float64" if name in BOUNDS else "str" for name in register.to_frame()}
    polars = pl.from_arrow(register).struct.unnest()
    relation = duckdb.from_arrow(register)
    narwhals = nw.from_arrow(register, backend="pyarrow")
    return {
        "pandas": register.to_frame(),
        "polars": polars.to_pandas().astype(kinds),
        "duckdb": relation.df().astype(kinds),
        "narwhals": narwhals.to_pandas().astype(kinds),
        "narwhals of polars": nw.from_native(polars).to_pandas().astype(kinds),
    }


@pytest.mark.parametrize("text", [SMALL, "id,reported,unit,source"])
def test_every_library_reads_the_same_frame(text):
    first, *others = frames(small() if text == SMALL else parsed(text)).values()
    assert list(first.columns)[-4:] == list(BOUNDS)
    for other in others:
        pd.testing.assert_frame_equal(first, other)


def test_an_empty_register_keeps_the_types_of_its_columns():
    empty = parsed("id,reported,unit,source")
    schema = pl.from_arrow(empty).struct.schema
    assert schema == pl.from_arrow(small()).struct.schema
    assert schema["lower"] == pl.Float64
    assert schema["id"] == pl.String
    assert list(empty.to_frame().dtypes) == list(small().to_frame().dtypes)


def test_a_bound_that_cannot_be_read_is_null_in_arrow_and_one_without_limit_infinite():
    rows = {row["id"]: row for row in pl.from_arrow(small())}
    assert rows["lost"]["lower"] is None
    assert rows["places"]["widest_upper"] == math.inf
    sql = duckdb.from_arrow(small()).filter("lower > 1e7").order("id").fetchall()
    assert [row[0] for row in sql] == ["all", "money", "old", "told", "women"]


def test_a_text_that_arrow_cannot_hold_is_escaped_in_all():
    odd = fc.Register({"a": fc.Figure("a", "5", "person", note="half \ud800 of one\0")})
    for name, frame in frames(odd).items():
        assert frame["note"][0] == "half \\ud800 of one\0", name


def test_without_pyarrow_it_is_said_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(NoArrow, match=re.escape("pip install 'figurecheck[arrow]'")):
        small().__arrow_c_stream__()
    assert issubclass(NoArrow, ImportError)


def used(register):
    """Use all that a register finds out once."""
    _ = register.solution, register.kin, register.counts, register.quoted, register.amounts
    fc.check(register, today=TODAY)
    return register


def test_a_pickled_register_is_as_small_as_when_it_was_loaded():
    fresh, old = small(), used(small())
    assert len(pickle.dumps(old)) == len(pickle.dumps(fresh))


def test_what_is_pickled_comes_back_the_same(tmp_path):
    place = folder(tmp_path, "id,reported,unit,source\na,5,person,s\nb,6,person,s\n")
    (place / "sources.csl.json").write_text('[{"id": "s", "custom": {"text": "s.txt"}}]')
    (place / "s.txt").write_text("5 people")
    loaded = fc.load(place)
    back = pickle.loads(pickle.dumps(loaded))
    assert back.archive(back.sources["s"]).words == "5 people"
    assert fc.check(back, today=TODAY) == fc.check(loaded, today=TODAY)
    assert (back["a"] + back["b"]) == (loaded["a"] + loaded["b"])
    assert (back["a"] - loaded["a"]).exactly == 0


def test_figures_derived_quantities_and_reports_are_pickled_and_copied():
    r = used(small())
    made = quietly(operator.add, r["few"], r["old"])
    report = fc.check(r, today=TODAY)
    for each in (r["share"], made, report, made.findings[0], r["all"].source):
        for back in (pickle.loads(pickle.dumps(each)), copy.copy(each), copy.deepcopy(each)):
            assert back == each
    back = pickle.loads(pickle.dumps(r["share"]))
    assert codes(lambda: back * r["old"]) == ["FC401"]
    assert pickle.loads(pickle.dumps(made)).findings == made.findings
    assert fc.check(pickle.loads(pickle.dumps(r)), today=TODAY) == report
    assert len(pickle.dumps(r["few"])) < len(pickle.dumps(r)) / 5


def worked(path):
    """Load, check, derive, reckon and read quantities, and give what came of it."""
    register = fc.load(path)
    report = fc.check(register, today=TODAY)
    derived = {name: each.words for name, each in register.derivations.derived.items()}
    quantities = [
        str(each.quantity)
        for each in register.values()
        if not each.unreadable and each.amount and each.reading.value is not None
    ]
    total = sum([register["forced_labour"], register["forced_labour"]]).words
    return report, derived, quantities, total, register.to_frame().to_csv()


def test_threads_get_the_same_as_one_alone():
    path = ROOT / "data"
    alone = worked(path)
    shared = fc.load(path)
    with ThreadPoolExecutor(6) as pool:
        apart = [pool.submit(worked, path) for _ in range(6)]
        together = [pool.submit(fc.check, shared, today=TODAY) for _ in range(6)]
        assert all(each.result() == alone for each in apart)
        assert all(each.result() == alone[0] for each in together)


def test_threads_that_read_long_cells_at_once_leave_the_limit_of_csv_as_it_was():
    import csv

    limit = csv.field_size_limit()
    text = f"id,reported,unit,source,note\na,5,person,s,{'x' * 200_000}"
    with ThreadPoolExecutor(8) as pool:
        read = list(pool.map(lambda _: len(parsed(text)["a"].note), range(64)))
    assert set(read) == {200_000}
    assert csv.field_size_limit() == limit


def test_loading_is_as_lazy_as_reading_and_arithmetic_needs_no_frames():
    first = f"import figurecheck as fc; r = fc.load({str(ROOT / 'data')!r})"
    assert not {name for name in loaded(first) if name.startswith("figurecheck.rules")}
    reckoned = loaded(first, "_ = r['forced_labour'] * 2")
    assert "figurecheck.rules" in reckoned
    assert not reckoned & {"pandas", "pyarrow", "polars", "duckdb"}


def test_the_types_of_a_figure_can_be_asked_for():
    assert get_type_hints(fc.Figure)["reported"] is str


HOSTILE = "<script>alert(1)</script>|*_$x$ \u202e\x1b[31m\n# head"


@pytest.mark.parametrize("kind", ["register", "figure", "derived", "report"])
def test_a_notebook_shows_no_more_of_a_hostile_register_than_its_texts(kind):
    cells = dict.fromkeys(("label", "concept", "place", "period", "note", "quote"), HOSTILE)
    source = fc.Source("s", {"id": "s", "title": HOSTILE, "publisher": HOSTILE})
    row = fc.Figure("a", "5", "person", source_key=HOSTILE, source=source, path=HOSTILE, **cells)
    loaded = reckonable(fc.Register({"a": row}, path=HOSTILE))
    thing = {
        "register": loaded,
        "figure": loaded["a"],
        "derived": (loaded["a"] * 2).of(HOSTILE),
        "report": fc.check(loaded, today=TODAY),
    }[kind]
    page = Page(thing._repr_html_())
    assert not page.open
    assert "script" not in page.elements
    assert not any(name.startswith("on") for name, _ in page.attributes)
    shown = thing._repr_markdown_()
    assert not re.search(r"(?<!\\)[<$`]", shown)
    assert "\x1b" not in shown
    assert "\n# head" not in shown


def test_a_notebook_shows_a_report_with_the_gravest_first_and_what_was_not_tested():
    report = fc.check(parsed(SMALL), today=TODAY)
    page = Page(report._repr_html_())
    severities = [cell.split()[0] for cell in page.cells[4::4]]
    ranks = ["error", "warning", "note"]
    assert [each for each in severities if each != "note"]
    assert severities[: len(severities)] == sorted(severities, key=ranks.index)
    shown = report._repr_markdown_().rstrip().splitlines()[-1]
    untested = report.tally["untestable"]
    assert shown.startswith(f"Not tested: {untested} checks; ")
    assert "stood aside" in shown


def test_a_notebook_shows_what_a_figure_stands_for():
    r = small()
    assert "27.55-27.65 million" in r["all"]._repr_html_()
    assert "10-15 million" not in r["all"]._repr_html_()
    assert "at the widest" in r["women"]._repr_html_()
    assert "cannot be read" in r["lost"]._repr_markdown_()
    assert "(not reported)" in r["silent"]._repr_markdown_()
    assert "cannot be read" not in r["silent"]._repr_markdown_()
    assert "people in labour" in Page(r["all"]._repr_html_()).cells
    assert "share * all" in Page(r.derivations.derived["implied"]._repr_html_()).cells
    assert len(Page(r._repr_html_()).cells) == 7 * (len(r) + 1)
