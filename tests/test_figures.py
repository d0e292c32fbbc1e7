"""Figures: what a row says, what it is a number of, and what it is read as."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from figurecheck.diagnosis import kin, neighbours
from figurecheck.figures import (
    COLUMNS,
    Figure,
    Source,
    bearers,
    borne_by,
    called,
    publisher,
    subject,
    subjects,
)
from figurecheck.interval import Interval
from figurecheck.reading import Unreadable
from figurecheck.relation import witnesses


def figure(reported: str, unit: str = "person", **cells: object) -> Figure:
    return Figure("a", reported, unit, **cells)


def register(*figures: Figure) -> dict[str, Figure]:
    return {each.id: each for each in figures}


def fits(name: str, *figures: Figure) -> str:
    """Give the diagnosis of one figure of a register."""
    named = register(*figures)
    known = kin(witnesses(named, subjects(named)).groups)
    return neighbours(named[name], subject(named[name], named), known)


def test_an_amount_is_in_base_units() -> None:
    found = figure("71 %", "percent").amount
    assert found is not None
    assert found.narrow == Interval.of(Fraction("0.705"), Fraction("0.715"))
    assert found.printed[0] == Interval.of(Fraction("70.5"), Fraction("71.5"))
    assert figure("5.0", "km").amount.narrow == Interval.of(4950, 5050)
    assert figure("one in four", "percent").reading.value == 25


def test_a_count_is_whole_unless_it_is_estimated() -> None:
    assert figure("157,652").reading.narrow == Interval.point(157_652)
    assert figure("157,652", status="E").reading.narrow.bounded
    assert figure("157,652", status="E").reading.narrow != Interval.point(157_652)


def test_the_precision_of_a_figure_comes_before_that_of_its_source() -> None:
    source = Source("s", {"custom": {"precision": "+-500"}})
    assert figure("12,000", source=source).reading.narrow == Interval.of(11_500, 12_500)
    assert figure("12,000", source=source, precision="exact").reading.narrow == Interval.point(
        12_000
    )


def test_the_figures_of_a_source_are_rounded_as_it_says() -> None:
    source = Source("s", {"custom": {"rounding": "truncated"}})
    found = figure("12.5", "km", source=source)
    assert found.reading.narrow == Interval.of("12.5", "12.6").without(upper=True)
    assert found.amount.narrow == Interval.of(12_500, 12_600).without(upper=True)
    assert found.amount.truncated is None
    assert figure("12.5", "km").amount.truncated == found.amount.narrow
    assert figure("12.5", "km", source=source, precision="exact").reading.narrow.bounded
    based = Source("s", {"custom": {"rounding": "base 5"}})
    assert figure("15", source=based).reading.narrow == Interval.of("12.5", "17.5")
    odd = figure("15", source=Source("s", {"custom": {"rounding": "sometimes"}}))
    assert "rounding 'sometimes' is none of" in str(odd.unreadable)


@pytest.mark.parametrize(
    ("reported", "unit", "precision"),
    [
        ("many", "person", ""),
        ("..", "person", ""),
        ("5 and 6", "person", ""),
        ("5", "person", "some"),
    ],
)
def test_what_cannot_be_read_says_so_when_it_is_asked_for(reported, unit, precision) -> None:
    found = figure(reported, unit, precision=precision)
    assert found.amount is None
    assert found.unreadable is not None
    with pytest.raises(Unreadable) as caught:
        _ = found.reading
    assert str(caught.value) == str(found.unreadable)


def test_a_cell_that_names_nothing_is_read_as_nothing() -> None:
    found = figure("5", "persn", place="Atlantis", period="long ago", base="b")
    assert (found.measured_in, found.amount, found.where, found.when) == (None, None, None, None)
    assert (found.share, found.counted, found.difference) == (False, False, False)
    assert found.unreadable is None
    assert figure("5").where is figure("5").when is None


def test_a_share_has_a_base_and_a_unit_of_shares() -> None:
    assert figure("5", "percent", base="b").share
    assert not figure("5", "percent").share
    assert not figure("5", "per_1000", base="b").share
    assert figure("5", "percentage_point", base="b").difference
    assert figure("5").counted
    assert not figure("5", "km").counted


def test_a_figure_is_a_pint_quantity_where_it_states_one_value() -> None:
    quantity = figure("27.6 million").quantity
    assert (quantity.magnitude, str(quantity.units)) == (27_600_000, "person")
    for text, unit, said in (
        ("5 to 6 million", "person", "'5 to 6 million' states no single value; use .reading"),
        ("5", "persn", "unknown unit 'persn': did you mean 'person'?"),
    ):
        with pytest.raises(ValueError, match=re.escape(said)):
            _ = figure(text, unit).quantity


def test_the_columns_of_a_register_are_the_fields_of_a_figure() -> None:
    assert COLUMNS[:3] == ("id", "reported", "unit")
    assert "source" in COLUMNS
    assert {"source_key", "path", "line", ""}.isdisjoint(COLUMNS)


def test_a_source_says_who_when_and_how_exactly() -> None:
    source = Source(
        "ilo",
        {
            "title": "Estimates",
            "author": [{"literal": "ILO"}, {"family": "Walk Free"}],
            "publisher": "International Labour Office",
            "issued": {"date-parts": [[2022, 9]]},
            "custom": {"names": ["Labour Office"], "precision": "3 sf"},
        },
    )
    assert source.names == {
        "ilo", "walk free", "international labour office", "labour office",
    }  # fmt: skip
    assert (source.title, source.issued, source.precision) == ("Estimates", (2022, 9), "3 sf")
    bare = Source("key", {})
    assert (bare.title, bare.issued, bare.precision, bare.names) == ("", (), "", {"key"})
    assert bearers(figure("5", attributed_to="Walk Free", source=bare)) == {"key", "walk free"}
    assert bearers(figure("5")) == frozenset()


def test_a_publisher_is_met_by_any_name_that_a_text_gives_it() -> None:
    source = Source(
        "k1",
        {
            "title": "Estimates of Things",
            "container-title": "The Daily News",
            "author": [{"family": "Roe", "given": "Ann"}, {"given": "Only"}],
            "custom": {"names": ["International Labour Organization"]},
        },
    )
    borne = borne_by(figure("5", source=source, attributed_to="Some Other"))
    for text in (
        "ILO",
        "the I.L.O.",
        "International Labour Organization (ILO)",
        "Unknown and ILO",
        "Ann Roe",
        "Roe",
        "Daily News",
        "estimates of things",
        "Some Other",
    ):
        assert called(text) & borne, text
    for text in ("IOM", "Only", "Annals", "", "?"):
        assert not called(text) & borne, text
    assert borne_by(figure("5")) == frozenset()


def test_a_publisher_is_called_by_the_best_name_there_is() -> None:
    entry: dict[str, object] = {}
    said = []
    for more in ({}, {"title": "T"}, {"custom": {"names": ["ILO"]}}, {"publisher": "Office"}):
        entry |= more
        said.append(publisher(figure("5", source=Source("key", dict(entry)))))
    assert said == ["key", "T", "ILO", "Office"]
    assert publisher(figure("5", source=Source("key", {}), attributed_to="UN")) == "UN"
    assert publisher(figure("5")) == ""


def test_a_share_takes_concept_place_and_period_of_the_figure_that_is_its_base() -> None:
    base = Figure("all", "5", "person", concept="slavery/", place="ITA", period="2021")
    share = Figure("s", "71 %", "percent", concept="slavery/women", base="all")
    own = subject(share, register(base, share))
    assert (own.concept, own.base) == ("slavery/women", "slavery")
    assert (str(own.place), str(own.period)) == ("ITA", "2021")
    assert own.stated
    named = subject(Figure("s", "71 %", "percent", concept="c", base="slavery"), {})
    assert (named.base, named.place, named.stated) == ("slavery", None, False)


def test_what_a_figure_repeats_lends_only_what_is_empty_and_lends_on() -> None:
    first = Figure("first", "5", "person", concept="c", place="ITA", period="2021")
    second = Figure("second", "5", "person", concept="c", repeats="first", period="2020")
    third = Figure("third", "5", "person", concept="c", repeats="second")
    own = subject(third, register(first, second, third))
    assert (str(own.place), str(own.period)) == ("ITA", "2020")


def test_figures_that_lend_in_a_circle_lend_nothing() -> None:
    one = Figure("one", "5", "person", concept="c", repeats="two", base="one")
    two = Figure("two", "5", "person", concept="c", repeats="one")
    own = subject(one, register(one, two))
    assert (own.place, own.period) == (None, None)


def test_a_figure_that_does_not_fit_may_be_that_of_another_year_or_place() -> None:
    def count(name: str, reported: str, place: str, period: str) -> Figure:
        return Figure(name, reported, "person", concept="arrivals", place=place, period=period)

    given = count("given", "over 180,000", "ITA", "2023")
    years = [count("now", "157,652", "ITA", "2023"), count("past", "181,436", "ITA", "2016")]
    assert fits("given", given, *years) == "fits past (181,436; 2016)"
    assert fits("given", given, years[0]) == ""
    elsewhere = count("greece", "185,000", "GRC", "2015")
    assert (
        fits("given", given, *years, elsewhere)
        == "fits past (181,436; 2016), greece (185,000; 2015, GRC)"
    )
    many = [count(f"n{place}", "181,436", "ITA", f"{place}") for place in range(2000, 2009)]
    assert fits("given", given, *many).count("181,436") == 3
    assert fits("given", count("given", "many", "ITA", "2023"), *years) == ""
    assert fits("n", Figure("n", "up to 5", "USD", concept="c", place="ITA", period="2023")) == ""
    assert (
        fits(
            "n",
            Figure("n", "up to 5", "USD", concept="c", place="ITA", period="2023"),
            Figure("o", "5", "USD", concept="c", place="ITA", period="2022"),
        )
        == ""
    )
    stranger = Figure("given", "5", "person", concept="other", place="ITA", period="2023")
    assert fits("given", stranger, *years) == ""


@pytest.mark.parametrize(
    ("entry", "cited"),
    [
        ({"publisher": "P", "title": "T", "issued": {"date-parts": [[2021]]}}, "P, T, 2021"),
        ({"author": [{"family": "F"}, {"literal": "L"}, {}], "title": "T"}, "F, L, T"),
        ({"custom": {"names": ["N"]}, "URL": "https://n.example"}, "N"),
        ({"title": "T"}, "T"),
        ({"issued": {"date-parts": [[2021]]}}, "key, 2021"),
        ({}, "key"),
        ({"author": [{"family": 3}, {"literal": ["L"]}], "title": 5}, "3, ['L'], 5"),
    ],
)
def test_a_source_is_cited_by_what_is_known_of_it(entry, cited) -> None:
    assert Source("key", entry).citation == cited


def test_figures_and_sources_can_be_keys_and_what_is_equal_is_one_key() -> None:
    one, other = (Source("s", {"title": "T", "author": [{"family": "F"}]}) for _ in range(2))
    assert len({one, other, Source("s", {})}) == 2
    assert len({figure("5", source=one), figure("5", source=other), figure("6", source=one)}) == 2
