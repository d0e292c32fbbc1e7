"""Derived quantities: bounds that hold the truth, units, sources, order, and what is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest
from honest import report
from hypothesis import given
from hypothesis import strategies as st

from figurecheck.derivation import Derived, Refused, derivations, derive
from figurecheck.figures import Figure, Source
from figurecheck.formula import StatementError, statement
from figurecheck.interval import Interval
from figurecheck.relation import Relation

ILO = Source("ilo", {"title": "Global estimates"})
UN = Source("un", {"title": "Prospects"})
FIGURES = {
    figure.id: figure
    for figure in (
        Figure("labour", "27.6 million", "person", concept="slavery/labour", source=ILO),
        Figure("women", "11.8 million", "person", concept="slavery/labour/women", source=ILO),
        Figure("share", "71 %", "percent", concept="slavery/women", source=ILO),
        Figure("people", "7,920,514,854", "person", concept="population", source=UN),
        Figure("profit", "$172.6 billion", "USD / year", concept="profit"),
        Figure("nobody", "0", "person", concept="slavery"),
        Figure("about_one", "about 1", "km", concept="way"),
        Figure("unread", "many", "person", concept="slavery"),
        Figure("old", "105,129", "person", concept="arrivals"),
        Figure("new", "157,652", "person", concept="arrivals"),
    )
}


def derived(text: str, **more: str) -> Derived:
    return derive(FIGURES, text, **more)


def refused(code: str, expected: str, text: str, **more: str) -> None:
    with pytest.raises(Refused) as caught:
        derived(text, **more)
    assert caught.value.code == code
    assert expected in str(caught.value)


def relations(*texts: str) -> list[Relation]:
    """Give relations; one that derives has the id of what it derives."""
    read = [statement(text) for text in texts]
    return [
        Relation(each.target or f"r{place}", text, each)
        for place, (text, each) in enumerate(zip(texts, read, strict=True))
    ]


@given(
    data=st.data(),
    women=st.integers(1, 10**7).map(Fraction),
    men=st.integers(1, 10**7).map(Fraction),
)
@pytest.mark.parametrize(
    "text", ["w / (w + m)", "w + m", "w - m", "share(part=w, whole=w + m)", "w * s"]
)
def test_the_bounds_of_a_derived_quantity_hold_its_true_value(text, data, women, men) -> None:
    truth = {"w": ("count", women), "m": ("count", men), "s": ("share", women / (women + men))}
    texts = data.draw(report(truth))
    units = {"w": "person", "m": "person", "s": "percent"}
    figures = {name: Figure(name, texts[name], unit) for name, unit in units.items()}
    values = {name: value for name, (_, value) in truth.items()}
    try:
        found = derive(figures, text)
    except Refused:  # "up to 5 women" may be none
        assert "/" in text or "share" in text
        return
    true = statement(text).left.of(values, lambda number: number)
    assert true in found.wide.interval
    assert found.narrow.interval.subset(found.wide.interval)


@pytest.mark.parametrize(
    ("text", "words", "unit"),
    [
        ("share * labour", "19.4-19.8 million", "person"),
        ("women / labour", "42.49-43.02 %", "percent"),
        ("share(part=women, whole=labour)", "42.49-43.02 %", "percent"),
        ("change(new=new, old=old)", "49.96-49.97 %", "percent"),
        ("change(new=old, old=new)", "-33.32 to -33.31 %", "percent"),
        ("women / people", "0.1483-0.1497 %", "percent"),
        ("labour / women", "2.324-2.354", "fraction"),
        ("women + labour", "39.3-39.5 million", "person"),
        ("2 * about_one", "1-3 km", "kilometre"),
    ],
)
def test_a_derived_quantity_is_shown_in_a_unit_that_fits(text, words, unit) -> None:
    found = derived(text, concept="stated")
    assert found.unit is not None
    assert found.unit.name == unit
    assert found.words == words


def test_a_derived_quantity_says_where_its_numbers_come_from() -> None:
    found = derived("implied_women = share * labour")
    assert (found.id, found.symbols, found.numbers) == (
        "implied_women",
        "share * labour",
        "71 % x 27.6 million",
    )
    assert found.sources == (ILO,)
    assert found.amount.unit == FIGURES["labour"].measured_in
    assert found.widest == found.words
    assert derived("2 * about_one").widest == "0-4 km"
    assert str(found) == found.words == "19.4-19.8 million"
    assert repr(found) == "<Derived implied_women: 19.4-19.8 million>"
    assert repr(derived("2 * about_one")) == "<Derived 2 * about_one: 1-3 km>"
    both = derived("women / people", concept="prevalence")
    assert both.sources == (ILO, UN)
    assert derived("2 * profit").sources == ()


def test_a_derived_quantity_is_an_input_of_the_next() -> None:
    implied = derived("implied = share * labour")
    known = FIGURES | {"implied": implied}
    found = derive(known, "implied / people", concept="prevalence")
    assert found.inputs["implied"] is implied
    assert found.sources == (ILO, UN)
    assert found.numbers == f"{implied.words} / 7,920,514,854"
    assert found.narrow.interval == implied.narrow.interval / Interval.point(7_920_514_854)


@pytest.mark.parametrize(
    ("code", "expected", "text"),
    [
        ("FC008", "no figure 'labuor'; did you mean 'labour'?", "labuor * 2"),
        ("FC001", "unread: nothing that can be read is reported", "unread + labour"),
        ("FC404", "profit is of profit, labour of slavery/labour", "profit / labour"),
        ("FC404", "what would it be a number of", "women / (people + old)"),
        ("FC405", "it adds USD / year beside person", "profit + labour"),
        ("", "a divisor may be zero", "labour / nobody"),
        ("", "a divisor may be zero", "1 / (labour - women * 2.34)"),
    ],
)
def test_what_cannot_be_derived_is_refused_with_the_reason(code, expected, text) -> None:
    refused(code, expected, text)


def test_a_quotient_of_different_concepts_is_given_where_its_concept_is_stated() -> None:
    assert derived("profit / labour", concept="profit per victim").concept == "profit per victim"
    assert derived("women / labour").concept == ""


def test_only_a_formula_can_be_derived() -> None:
    with pytest.raises(StatementError, match="compares; wanted a formula"):
        derived("labour == women")


def test_derivations_are_made_in_the_order_that_they_need() -> None:
    found = derivations(
        FIGURES,
        relations(
            "twice = once + once", "once = women + labour", "labour == women", "last = twice - once"
        ),
    )
    assert list(found.derived) == ["twice", "once", "last"]
    assert found.refused == {}
    assert found.derived["last"].sources == (ILO,)


def test_a_circle_is_refused_and_everything_that_needs_it() -> None:
    found = derivations(FIGURES, relations("a = b + 1", "b = a - 1", "c = b * 2", "d = labour * 2"))
    assert list(found.derived) == ["d"]
    assert list(found.refused) == ["a", "b", "c"]
    assert {each.code for each in found.refused.values()} == {"FC014"}
    assert str(found.refused["a"]) == "it stands in a circle with b"


def test_what_needs_a_refused_quantity_is_refused_for_that() -> None:
    found = derivations(FIGURES, relations("a = b + 1", "b = labour / nobody"))
    assert str(found.refused["a"]) == "its input b is refused"
    assert str(found.refused["b"]) == "a divisor may be zero"
    assert found.derived == {}


SHARES = {
    figure.id: figure
    for figure in (
        Figure("new", "25 %", "percent", concept="trips/bus", base="trips", period="2023"),
        Figure("old", "19 %", "percent", concept="trips/bus", base="trips", period="2018"),
        Figure("night", "4 %", "percent", concept="trips/bus/night", base="trips", period="2023"),
        Figure("inflation", "25 %", "percent"),
        Figure("buses", "25", "person"),
        Figure("all", "100", "person"),
        Figure("rise", "6 points", "percentage_point"),
    )
}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("points(new=new, old=old)", "percentage_point"),
        ("up = points(new=new, old=old)", "percentage_point"),
        ("points(new=1 - new, old=1 - old)", "percentage_point"),
        ("new - old", "percentage_point"),
        ("old - inflation", "percentage_point"),
        ("night - new", "percentage_point"),
        ("old - night", "percentage_point"),
        ("buses / all - old", "percentage_point"),
        ("1 - new", "percent"),
        ("100 % - new", "percent"),
        ("100 % - new - old", "percent"),
        ("new - night", "percent"),
        ("new + old", "percent"),
        ("old + rise", "percent"),
        ("rise + old", "percent"),
        ("new - points(new=new, old=old)", "percent"),
        ("change(new=new, old=old)", "percent"),
        ("buses / all", "percent"),
        ("all - buses", "person"),
    ],
)
def test_how_far_two_shares_are_apart_is_in_points_and_the_rest_of_a_whole_in_per_cent(text, unit):
    found = derive(SHARES, text).unit
    assert found is not None
    assert found.name == unit


def test_a_derived_difference_in_points_is_no_share():
    apart = derive(SHARES, "points(new=new, old=old)")
    assert apart.words == "5-7 percentage points"
    with pytest.raises(ValueError, match="no share"):
        format(derive({"a": Figure("a", "exactly 25 %", "percent")}, "a - a"), ".0%")
