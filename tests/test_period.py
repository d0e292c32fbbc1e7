"""What days a period has: every precision of ISO 8601, lengths, and the texts that are none."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figurecheck.column import columns
from figurecheck.figures import Figure
from figurecheck.period import MEAN_YEAR, Period, UnknownPeriod, period

DAY = timedelta(days=1)

days = st.dates()
years = st.integers(1, 9999)
months = st.dates(date(1, 1, 1), date(9999, 11, 30)).map(lambda day: day.replace(day=1))


@st.composite
def spans(draw):
    """Draw a period as a text."""
    first, last = sorted((draw(days), draw(days)))
    return period(f"{first}/{last}")


def refused(text):
    with pytest.raises(UnknownPeriod) as refusal:
        period(text)
    assert len(str(refusal.value).splitlines()) == 1
    return str(refusal.value)


@given(days)
def test_a_day_is_one_day_in_every_spelling(day):
    year, week, weekday = day.isocalendar()
    expected = Period("", day, day)
    assert period(f"{day}") == expected
    assert period(f"{day:%Y%m%d}".rjust(8, "0")) == expected
    assert period(f"{day}T12:30:00+01:00") == expected
    assert period(f"{day.year:04}-{day.timetuple().tm_yday:03}") == expected
    assert period(f"{year:04}-W{week:02}-{weekday}") == expected


@given(months)
def test_a_month_begins_on_its_first_and_ends_on_the_eve_of_the_next(first):
    found = period(f"{first:%Y-%m}".rjust(7, "0"))
    assert found.first == first
    assert (found.last + DAY).day == 1
    assert (found.last - first).days < 31
    assert found.years == Fraction(1, 12)


@given(days)
def test_the_reporting_periods_of_sdmx_are_those_of_iso(day):
    year = f"{day.year:04}"
    assert period(f"{year}-A1") == period(year)
    assert period(f"{year}-M{day.month:02}") == period(f"{year}-{day.month:02}")
    assert period(f"{year}M{day.month:02}") == period(f"{year}-{day.month:02}")
    assert period(f"{year}-D{day.timetuple().tm_yday:03}") == Period("", day, day)
    refused(f"{year}-M{day.month:02}-{day.day:02}")


@given(years)
def test_a_year_is_its_months_quarters_and_halves(year):
    whole = period(f"{year:04}")
    assert (whole.first, whole.last) == (date(year, 1, 1), date(year, 12, 31))
    assert whole.years == 1
    for kind, count in (("", 12), ("Q", 4), ("S", 2), ("H", 2)):
        width = 2 if count == 12 else 1
        parts = [period(f"{year:04}-{kind}{n:0{width}}") for n in range(1, count + 1)]
        assert parts[0].first == whole.first
        assert parts[-1].last == whole.last
        assert all(a.last + DAY == b.first for a, b in pairwise(parts))
        assert {part.years for part in parts} == {Fraction(1, count)}


@given(st.dates(date(1, 1, 8), date(9999, 12, 20)))
def test_a_week_is_seven_days_from_monday(day):
    year, week, _ = day.isocalendar()
    found = period(f"{year:04}-W{week:02}")
    assert found.first.isoweekday() == 1
    assert found.first <= day <= found.last == found.first + 6 * DAY
    assert found.years == 7 / MEAN_YEAR


@given(spans(), spans())
def test_two_periods_are_equal_when_their_days_are(a, b):
    assert (a == b) == ((a.first, a.last) == (b.first, b.last))
    assert (a == b) == (a.contains(b) and b.contains(a))
    same = period(f"{a.first}T00:00/{a.last}T23:59")
    assert same == a
    assert hash(same) == hash(a)


@given(spans(), spans())
def test_of_two_periods_one_precedes_or_a_day_lies_in_both(a, b):
    common = max(a.first, b.first) <= min(a.last, b.last)
    assert a.disjoint(b) == b.disjoint(a) == (not common)
    assert (a.precedes(b) or b.precedes(a)) == a.disjoint(b)
    assert not a.precedes(a)
    assert a.contains(a)
    assert not (a.contains(b) and a.disjoint(b))


@given(years, years)
def test_the_lengths_of_whole_years_add(a, b):
    first, last = sorted((a, b))
    assert period(f"{first:04}/{last:04}").years == last - first + 1


@given(spans())
def test_a_length_is_near_its_days(a):
    count = (a.last - a.first).days + 1
    assert abs(a.years - count / MEAN_YEAR) < Fraction(1, 100)


@given(st.dates(date(1, 1, 1), date(9000, 1, 1)), st.integers(1, 500))
def test_a_duration_in_days_has_so_many_days(first, count):
    found = period(f"{first}/P{count}D")
    assert (found.last - first).days + 1 == count
    assert period(f"P{count}D/{found.last}") == found


@given(st.dates(date(1, 1, 1), date(9000, 1, 1)), st.integers(1, 500))
def test_a_duration_in_months_is_so_many_months(day, count):
    found = period(f"{day.replace(day=1)}/P{count}M")
    assert found.years == Fraction(count, 12)
    assert period(f"P{count}M/{found.last}") == found


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", "2021-01-01", "2021-12-31"),
        ("2021-05", "2021-05-01", "2021-05-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2021-12", "2021-12-01", "2021-12-31"),
        ("2021-05-17", "2021-05-17", "2021-05-17"),
        (" 20210517 ", "2021-05-17", "2021-05-17"),
        ("2021-W05", "2021-02-01", "2021-02-07"),
        ("2021-W05-3", "2021-02-03", "2021-02-03"),
        ("2021-137", "2021-05-17", "2021-05-17"),
        ("2021-05-17T12:30Z", "2021-05-17", "2021-05-17"),
        ("2021-Q1", "2021-01-01", "2021-03-31"),
        ("2021Q4", "2021-10-01", "2021-12-31"),
        ("2021-S1", "2021-01-01", "2021-06-30"),
        ("2021-H2", "2021-07-01", "2021-12-31"),
        ("2023-01-01/2023-10-15", "2023-01-01", "2023-10-15"),
        ("2017/2021", "2017-01-01", "2021-12-31"),
        ("2023-01/2023-03", "2023-01-01", "2023-03-31"),
        ("2023-01/03", "2023-01-01", "2023-03-31"),
        ("2023-01-01/10-15", "2023-01-01", "2023-10-15"),
        ("2023-01-01/15", "2023-01-01", "2023-01-15"),
        ("2023-Q1/Q3", "2023-01-01", "2023-09-30"),
        ("2023-01-01/2023", "2023-01-01", "2023-12-31"),
        ("2023-01-01T10:00/18:00", "2023-01-01", "2023-01-01"),
        ("2023-01-01/P1Y", "2023-01-01", "2023-12-31"),
        ("2023/P1Y6M", "2023-01-01", "2024-06-30"),
        ("2023-01-02/P2W", "2023-01-02", "2023-01-15"),
        ("P3M/2023-03-31", "2023-01-01", "2023-03-31"),
        ("P1Y/2024-02", "2023-03-01", "2024-02-29"),
        ("2023-01-31/P1M", "2023-01-31", "2023-02-27"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999", "9999-01-01", "9999-12-31"),
    ],
)
def test_a_text_has_its_days(text, first, last):
    found = period(text)
    assert (str(found.first), str(found.last)) == (first, last)
    assert found.text == text


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2020", 1),
        ("2017/2021", 5),
        ("2023-04-06/2024-04-05", 1),
        ("2020-07-01/2021-06-30", 1),
        ("2023-01/2023-03", Fraction(1, 4)),
        ("2023-02-15/2023-03-14", Fraction(1, 12)),
        ("2021-05-17", 1 / MEAN_YEAR),
        ("2023-01-01/2023-10-15", 288 / MEAN_YEAR),
        ("9999-12", Fraction(1, 12)),
    ],
)
def test_a_period_has_its_length(text, years):
    assert period(text).years == years


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "a period is wanted"),
        ("2023/2022", "it ends (2022-12-31) before it begins (2023-01-01)"),
        ("2023-01-01/P0D", "before it begins"),
        ("2021-02-30", "there is no such day"),
        ("2021-13", "there is no such month"),
        ("2021-22", "a span of years is written 2021/2022"),
        ("2021/22", "a span of years is written 2021/2022"),
        ("2017\N{EN DASH}2021", "a span of years is written 2021/2022"),
        ("2017-2021", "a span of years is written 2021/2022"),
        ("FY2021", "2020-10-01/2021-09-30"),
        ("2021 fy", "2020-10-01/2021-09-30"),
        ("c. 2006", "is not hedged"),
        ("about 2006", "is not hedged"),
        ("2006?", "is not hedged"),
        ("~2006", "is not hedged"),
        ("2010s", "2010/2019"),
        ("Q1 2021", "2021-Q1"),
        ("17.05.2021", "2021-05-17"),
        ("May 2021", "wanted ISO 8601"),
        ("0000", "wanted ISO 8601"),
        ("21", "wanted ISO 8601"),
        ("2021-366", "wanted ISO 8601"),
        ("2021-000", "wanted ISO 8601"),
        ("2021-W54", "wanted ISO 8601"),
        ("2021-Q5", "wanted ISO 8601"),
        ("2021T10:00", "wanted ISO 8601"),
        ("2021-05-17T25:00", "wanted ISO 8601"),
        ("2021-05-17T", "wanted ISO 8601"),
        ("2021/", "wanted ISO 8601"),
        ("/2021", "wanted ISO 8601"),
        ("2021/2022/2023", "wanted ISO 8601"),
        ("2021/P", "wanted ISO 8601"),
        ("2021/PT5H", "wanted ISO 8601"),
        ("P1Y/P1Y", "wanted ISO 8601"),
        ("2021/P99999999999999999999Y", "wanted ISO 8601"),
        ("2021/P99999999999999999999D", "wanted ISO 8601"),
        ("٢٠٢١", "wanted ISO 8601"),
        ("1\n2", "wanted ISO 8601"),
        ("2" * 1_000_000, "longer than 64 characters"),
    ],
)
def test_what_is_no_period_is_refused_with_what_was_wanted(text, said):
    started = time.perf_counter()
    message = refused(text)
    assert said in message
    assert len(message) < 300
    assert time.perf_counter() - started < 0.5


@given(st.text(max_size=100) | st.text("0123456789-/PYMWDTQ:", max_size=64))
def test_any_text_is_a_period_or_refused(text):
    try:
        found = period(text)
    except UnknownPeriod as refusal:
        assert len(str(refusal).splitlines()) == 1
    else:
        assert found.first <= found.last


def test_importing_is_cheap():
    program = """
import sys
before = set(sys.modules)
import figurecheck.period
assert not {"calendar", "json", "pint"} & (set(sys.modules) - before)
"""
    subprocess.run([sys.executable, "-c", program], check=True)


@given(
    st.sampled_from("2021 2021-S1 2021-Q1 2021-M03 2021-W05-1 2021-D032 20210317T10:00Z".split()),
    st.sampled_from(["", "/", "/2023", "/2023-10-15", "/P1Y2M", "/10-15", "/T12"]),
    st.lists(st.tuples(st.integers(0, 30), st.text("0123456789-/:TWQSHPYMDZ.", max_size=2))),
)
def test_whatever_is_read_has_the_form_that_a_descriptor_gives(begin, end, changes):
    text = begin + end
    for place, other in changes:
        text = text[:place] + other + text[place + 1 :]
    try:
        period(text)
    except UnknownPeriod:
        return
    assert re.fullmatch(columns(Figure)["period"].pattern, text)
