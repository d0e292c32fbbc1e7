"""Diagnosis: what would make a figure fit is tried, and no offer is made that chance would make."""

from __future__ import annotations

from fractions import Fraction

import pytest
from honest import printed
from hypothesis import assume, given
from hypothesis import strategies as st

from figurecheck.diagnosis import (
    MOST,
    MULTIPLES,
    PERIODS,
    POWERS,
    SIGN,
    Kin,
    counts,
    diagnosis,
    kin,
    share_of_another_base,
    slips,
)
from figurecheck.figures import Amount, Figure, subjects
from figurecheck.interval import Interval
from figurecheck.relation import spoken, witnesses
from figurecheck.units import unit

FACTORS = {
    **POWERS,
    **MULTIPLES,
    **PERIODS,
    **SIGN,
    "million were billion": Fraction(1000),
    "million were thousand": Fraction(1, 1000),
    "billion were trillion": Fraction(1000),
    "billion were million": Fraction(1, 1000),
    "% were a fraction": Fraction(100),
    "per 1,000 were per 10,000": Fraction(1, 10),
    "per 1,000 were per 100,000": Fraction(1, 100),
}
OTHERS = "it were the share of the others"
BEHIND = ["", " people", " dollars", " million", " billion", " %", " per 1,000"]

behind = st.sampled_from(BEHIND)
places = st.integers(0, 2)
numbers = st.integers(1001, 9_999_999).filter(lambda number: number % 10)
factors = st.sampled_from([*POWERS.values(), *MULTIPLES.values(), *SIGN.values()])
spans = st.sampled_from([*PERIODS.values()])


def written(digits: str, decimals: int, after: str) -> str:
    """Write digits as a report does, grouped and with so many decimals."""
    return f"{printed(Fraction(int(digits), 10**decimals), -decimals)}{after}"


def implied(lower: object, upper: object = None) -> Interval:
    return Interval.of(lower, lower if upper is None else upper)


def offers(text: str, *ends: object) -> list[str]:
    """Give what is offered for a text where an interval, or a point, is implied."""
    return slips(text, spoken(text), implied(*ends))


def tried(text: str, offer: str) -> Interval:
    """Give what a text would state if an offer were right."""
    words = offer.removeprefix("fits if ")
    changed = words.partition(": ")[2]
    if changed:
        return spoken(changed).narrow
    narrow = spoken(text).narrow
    if words == OTHERS:
        return Interval.point(1) - narrow
    return narrow * Interval.point(FACTORS[words])


# Slips


@given(numbers, places, behind, st.data())
def test_a_number_off_by_a_factor_is_offered_the_factor(number, decimals, after, data):
    text = written(str(number), decimals, after)
    amount = spoken(text)
    shares = amount.unit and amount.unit.dimensionless
    moved = amount.narrow * Interval.point(data.draw(factors if shares else factors | spans))
    assert any(tried(text, each) == moved for each in slips(text, amount, moved))


@given(st.integers(101, 999), st.integers(1, 999))
def test_a_share_is_offered_to_be_that_of_the_others(tenths, hundredths):
    text = written(str(1000 + tenths), 2, " %")
    rest = Interval.point(1) - spoken(text).narrow
    assume(spoken(text).wide.disjoint(rest))
    assert f"fits if {OTHERS}" in slips(text, spoken(text), rest)
    assert f"fits if {OTHERS}" not in offers(written(str(hundredths), 3, ""), "0.5")


def swapped(digits: str, place: int) -> str:
    return digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]


def twice(digits: str, place: int) -> str:
    return digits[: place + 1] + digits[place:]


@given(numbers, places, behind, st.data())
def test_two_digits_that_were_swapped_are_swapped_back(number, decimals, after, data):
    true = str(number)
    wrong = swapped(true, data.draw(st.integers(0, len(true) - 2)))
    assume(wrong[0] != "0" and wrong[-1] != "0")
    text, meant = written(wrong, decimals, after), written(true, decimals, after)
    assume(spoken(text).wide.disjoint(spoken(meant).narrow))
    found = slips(text, spoken(text), spoken(meant).narrow)
    assert f"fits if two digits were swapped: {meant}" in found


@given(numbers, st.integers(0, 1), behind, st.data())
def test_a_digit_too_many_is_left_out_and_one_too_few_put_back(number, decimals, after, data):
    digits = str(number)
    place = data.draw(st.integers(0, len(digits) - 1))
    longer = decimals + (place >= len(digits) - decimals)
    once = written(digits, decimals, after)
    double = written(twice(digits, place), longer, after)
    for text, meant, words in ((double, once, "once"), (once, double, "twice")):
        if spoken(text).wide.disjoint(spoken(meant).narrow):
            found = slips(text, spoken(text), spoken(meant).narrow)
            plain = [each.replace(",", "") for each in found]
            assert f"fits if a digit were written {words}: {meant.replace(',', '')}" in plain


@given(
    numbers,
    places,
    behind,
    factors | spans | st.fractions(Fraction(1, 20), 20),
    st.fractions(0, Fraction(1, 10)),
)
def test_every_offer_was_tried_and_there_are_few(number, decimals, after, factor, width):
    text = written(str(number), decimals, after)
    amount = spoken(text)
    around = amount.narrow * Interval.point(factor) * Interval.of(1 - width, 1 + width)
    found = slips(text, amount, around)
    assert len(found) == len(set(found)) <= MOST
    for each in found:
        assert not tried(text, each).disjoint(around)
        assert amount.wide.disjoint(around)


@given(numbers, behind, factors)
def test_what_is_implied_without_a_bound_is_offered_nothing(number, after, factor):
    text = written(str(number), 0, after)
    end = spoken(text).narrow.upper * factor
    for ends in ((end, None), (None, end), (None, None)):
        assert slips(text, spoken(text), Interval.of(*ends)) == []


@given(numbers, behind, factors)
def test_what_leaves_much_room_is_offered_nothing(number, after, factor):
    text = written(str(number), 0, after)
    end = spoken(text).narrow.upper * factor
    assert slips(text, spoken(text), Interval.point(end) * Interval.of(1, 4)) == []


@given(
    st.text() | st.text("0123456789.,-% millionperabout±½⁷"),
    st.fractions(),
    st.fractions(0),
    st.fractions() | st.none(),
    st.sampled_from([None, "percent", "person", "USD / year"]),
)
def test_any_text_and_amount_has_offers_or_none(text, lower, width, end, name):
    found = Interval.of(lower, lower + width)
    amount = Amount(text, found, found, unit(name) if name else None)
    assert isinstance(slips(text, amount, Interval.of(end, end)), list)


@pytest.mark.parametrize(
    ("text", "ends", "offer"),
    [
        ("27.6 million", (27_600_000_000,), "million were billion"),
        ("27.6 bn", (27_600_000,), "bn were million"),
        ("US$ 6.75 billion", (6_750_000,), "billion were million"),
        ("27.6 crore", (2_760_000_000,), "ten times larger"),
        ("27.6 million", (72_600_000,), "two digits were swapped: 72.6 million"),
        (
            "an estimated 27.6 million",
            (26_700_000,),
            "two digits were swapped: an estimated 26.7 million",
        ),
        ("157,652", (1_577_652,), "a digit were written twice: 1,577,652"),
        ("1,577,652 people", (157_652,), "a digit were written once: 157,652 people"),
        ("1 577 652", (157_652,), "a digit were written once: 157 652"),
        ("1577652", (157_652,), "a digit were written once: 157652"),
        ("5,200", (520,), "ten times smaller"),
        ("0.71 %", ("0.708", "0.712"), "% were a fraction"),
        ("71.2 %", ("0.0712",), "ten times smaller"),
        ("71 %", ("0.288", "0.292"), OTHERS),
        ("3.51 per 1,000", ("0.0000351",), "per 1,000 were per 100,000"),
        ("$27,252", (27_252 * 12,), "it were for a month, not a year"),
        ("$27,252", (27_252 // 12,), "it were for a year, not a month"),
        ("-3.21 %", ("0.0321",), "the sign were turned"),
        ("two million", (2000,), ""),
        ("1,234", (617,), "half as large"),
        ("3", (6,), ""),
        ("12", (21,), "two digits were swapped: 21"),
        ("0", (5,), ""),
        ("5", (0,), ""),
        ("up to 500", (5000,), ""),
        ("between 5 and 10 million", (75_000,), ""),
        ("27.6 million", (27_600_000,), ""),
        ("about 140,000", (145_000,), ""),
        ("1" * 30, (2 * int("1" * 30),), "twice as large"),
        ("3 in 4", ("7.5",), "ten times larger"),
        ("exactly ½", (5,), "ten times larger"),
    ],
)
def test_examples_of_slips(text, ends, offer):
    assert offers(text, *ends)[:1] == ([f"fits if {offer}"] if offer else [])


def test_what_only_moves_the_point_is_no_change_of_digits():
    assert offers("5,200", 52_000) == ["fits if ten times larger"]


# What figures are known


def figure(name: str, reported: str, concept: str, period: object, **cells: str) -> Figure:
    cells = {"unit": "person", "place": "ITA", "source_key": name, **cells}
    return Figure(name, reported, concept=concept, period=str(period), **cells)


def groups(*figures: Figure):
    named = {each.id: each for each in figures}
    return witnesses(named, subjects(named)).groups


def diagnosed(given: Figure, *others: Figure, implied: Interval | None = None) -> str:
    """Give the diagnosis of a figure in the register that it makes with others."""
    found = groups(given, *others)
    own = subjects({given.id: given, **{each.id: each for each in others}})[given.id]
    return diagnosis(given, own, implied, kin(found), counts(found))


def of_another_base(given: Figure, *others: Figure) -> list[str]:
    own = subjects({each.id: each for each in (given, *others)})[given.id]
    return share_of_another_base(given, own, counts(groups(given, *others)))


def share(reported: str, period: object = 2021, **cells: str) -> Figure:
    cells = {"unit": "percent", "base": "slavery/labour", **cells}
    return figure("share", reported, "slavery/labour/women", period, **cells)


WOMEN = figure("women", "11,800,111", "slavery/labour/women", 2021)
LABOUR = figure("labour", "27,600,111", "slavery/labour", 2021)
ALL = figure("all", "49,600,111", "slavery", 2021)


@given(
    st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 10**6)), max_size=9),
    st.integers(0, 10**6),
    st.integers(0, 10**5),
)
def test_kin_that_meet_an_interval_are_all_found_in_order(spans, lower, width):
    figures = [
        figure(
            f"n{place}", str(value), "c", 2021,
            place=f"own:{place}", precision=f"+-{half}" if half else "exact",
        )
        for place, (value, half) in enumerate(spans)
    ]  # fmt: skip
    interval = Interval.of(lower, lower + width)
    alike = kin(groups(*figures)).values()
    found = [each.figure.id for every in alike for each in every.meeting(interval)]
    meeting = [each for each in figures if not each.amount.narrow.disjoint(interval)]
    assert sorted(found) == sorted(each.id for each in meeting)
    lowest = {each.id: each.amount.narrow.lower for each in figures}
    assert [lowest[each] for each in found] == sorted(lowest[each] for each in found)
    assert not [*next(iter(alike), Kin([])).meeting(Interval.of(None, 0))]
    assert kin(groups(figure("n", "up to 5", "c", 2021, unit="USD"))) == {}


@given(st.integers(100_000, 199_999), st.integers(50_000, 99_999), st.integers(1900, 2020))
def test_a_share_is_offered_the_base_of_which_it_is_true(base, part, year):
    base, part = 10 * base + 1, 10 * part + 1
    others = [
        figure("part", f"{part:,}", "slavery/women", year),
        figure("base", f"{base:,}", "slavery", year),
    ]
    given = share(written(str(round(Fraction(1000 * 100 * part, base))), 3, " %"))
    offered = f"fits as a share of base ({base:,}; {year})"
    assert of_another_base(given, WOMEN, LABOUR, ALL, *others) == [offered]
    assert diagnosed(given, WOMEN, LABOUR, ALL, *others) == offered
    assert of_another_base(given, WOMEN, LABOUR, ALL, others[0]) == []


def test_the_share_that_was_of_another_group_and_year():
    """Of the 27.6 million of 2021 it would be 19.6 million; it is 71 % of the 40.3 million."""
    given = share("approximately 71 per cent")
    past = [
        figure("women_2016", "almost 29 million", "slavery/women", 2016),
        figure("all_2016", "40.3 million", "slavery", 2016),
    ]
    assert diagnosed(given, WOMEN, LABOUR, ALL, *past) == (
        "fits as a share of all_2016 (40.3 million; 2016)"
    )


def test_a_share_of_its_own_base_is_not_one_of_another():
    assert of_another_base(share("42.8 %"), WOMEN, LABOUR) == []
    assert of_another_base(share("23.8 %"), WOMEN, LABOUR, ALL) == [
        "fits as a share of all (49,600,111)"
    ]


def test_a_share_may_be_one_of_another_concept_but_not_of_a_part_or_of_what_is_counted_otherwise():
    given = share("62.1 %")
    jobs = figure("jobs", "19,000,111", "jobs", 2021)
    assert of_another_base(given, WOMEN, LABOUR, jobs) == ["fits as a share of jobs (19,000,111)"]
    girls = figure("girls", "19,000,111", "slavery/labour/women/girls", 2021)
    cases = figure("cases", "19,000,111", "jobs", 2021, unit="event")
    elsewhere = figure("elsewhere", "19,000,111", "jobs", 2021, place="FRA")
    none = figure("none", "0", "nothing", 2021)
    most = figure("most", "up to 19,000,111", "some", 2021)
    assert of_another_base(given, WOMEN, LABOUR, girls, cases, elsewhere, none, most) == []


def test_where_one_of_many_bases_would_fit_by_chance_none_is_offered():
    jobs = [figure(f"jobs_{n}", f"{19_000_111 + n:,}", f"jobs_{n}", 2021) for n in range(30)]
    given = share("62.1 %")
    assert of_another_base(given, WOMEN, *jobs[:2]) == [
        "fits as a share of jobs_0 (19,000,111)",
        "fits as a share of jobs_1 (19,000,112)",
    ]
    assert of_another_base(given, WOMEN, *jobs) == []
    years = [figure(f"w_{n}", "11.8 million", "women", n) for n in range(1900, 2000)]
    assert of_another_base(given, *years, figure("jobs", "19 million", "jobs", 1950)) == []


@pytest.mark.parametrize(
    "given",
    [
        share("71 %", base=""),
        share("many"),
        share("up to 71 %"),
        share("5", unit="person"),
        figure("share", "71 %", "", 2021, unit="percent", base="slavery"),
    ],
)
def test_what_is_no_share_that_can_be_read_is_offered_no_base(given):
    assert of_another_base(given, WOMEN, LABOUR, ALL) == []


# All of it, in a line


def test_a_figure_of_another_year_comes_first_then_another_base_then_slips():
    given = share("23.8 %")
    other = share("23.8 %", 2020)
    other = figure("other", "23.8 %", other.concept, 2020, unit="percent", base=other.base)
    implied = Interval.of("0.0237", "0.0239")
    found = diagnosed(given, WOMEN, ALL, other, implied=implied)
    assert found == (
        "fits other (23.8 %; 2020); fits as a share of all (49,600,111); fits if ten times smaller"
    )
    assert diagnosed(given, WOMEN, implied=implied) == "fits if ten times smaller"
    assert diagnosed(given, WOMEN, implied=None) == ""


def test_there_are_no_more_than_a_few_offers_in_all():
    given = figure("given", "157,652", "c", 2021)
    others = [figure(f"n{year}", "157,652", "c", year) for year in range(2000, 2010)]
    ten = Interval.point(1_576_520)
    assert diagnosed(given, implied=ten) == "fits if ten times larger"
    assert diagnosed(given, *others[:2], implied=ten) == (
        "fits n2000 (157,652; 2000), n2001 (157,652; 2001); fits if ten times larger"
    )
    assert diagnosed(given, *others, implied=ten).count("157,652") == MOST
    assert "ten" not in diagnosed(given, *others, implied=ten)


def test_a_figure_that_states_no_number_has_no_diagnosis():
    assert diagnosed(figure("given", "many", "c", 2021), implied=Interval.point(5)) == ""


def test_a_figure_is_changed_with_the_precision_that_it_has():
    given = figure("given", "157,652", "c", 2021, precision="+-500")
    swapped_back = "fits if two digits were swapped: 175,652"
    assert diagnosed(given, implied=Interval.point(175_200)) == swapped_back
    given = figure("given", "157,652", "c", 2021)
    assert diagnosed(given, implied=Interval.point(175_200)) == ""
