"""An interval in words says all of it, and hardly more."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figurecheck.interval import Interval
from figurecheck.reading import reported
from figurecheck.wording import WIDENED, number, words

ends = st.one_of(
    st.fractions(),
    st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=1000),
    st.integers(-(10**400), 10**400).map(Fraction),
    st.integers(1, 10**400).map(lambda size: Fraction(1, size)),
)


def stated(text: str) -> tuple[Fraction, Fraction]:
    """Take the two numbers out of an interval in words."""
    body, _, power = text.partition(" x 10^")
    scale = Fraction(10) ** int(power or 0)
    for word, factor in (("trillion", 10**12), ("billion", 10**9), ("million", 10**6)):
        if body.endswith(word):
            body, scale = body.removesuffix(word).strip(), scale * factor
    parts = body.split(" to ") if " to " in body else body.split("-")
    low, high = (Fraction(part.replace(",", "")) * scale for part in parts)
    return low, high


@given(ends, ends)
def test_the_words_state_all_of_the_interval_and_little_more(one, other):
    interval = Interval.of(min(one, other), max(one, other))
    text = words(interval)
    if one == other and "about" not in number(one):
        assert text == number(one)
        return
    low, high = stated(text)
    width = abs(one - other)
    assert interval.subset(Interval.of(low, high))
    grown = high - low - width
    assert grown <= WIDENED * width if width else grown <= abs(one) / 1000


@given(ends)
def test_an_open_interval_keeps_its_end_inside(end):
    assert words(Interval.of(end, None)).endswith(" or more")
    assert words(Interval.of(None, end)).startswith("at most ")


@given(st.integers(1, 10**9), st.integers(-6, 4))
def test_a_short_number_is_read_back_as_it_was(count, power):
    value = count * Fraction(10) ** power
    assert reported(number(value)).value == value


@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from([1, 10**3, 10**6, 10**9]))
def test_a_range_in_words_is_read_back(low, more, scale):
    text = words(Interval.of(low * scale, (low + more) * scale))
    assert Interval.of(low * scale, (low + more) * scale).subset(reported(text).wide)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("27600000", "27.6 million"),
        ("6750000000", "6.75 billion"),
        ("140000", "140,000"),
        ("157652", "157,652"),
        ("0.348", "0.348"),
        ("-3.2", "-3.2"),
        ("0", "0"),
        ("1/3", "1/3"),
        ("1000000", "1 million"),
        ("999999", "999,999"),
        ("1e400", "1 x 10^400"),
        ("1e-400", "1 x 10^-400"),
        ("123456789012345678", "about 1.234567890123456 x 10^17"),
        ("1/7000001", "about 1.429 x 10^-7"),
        ("5500/587", "about 9.37"),
        ("-5500/587", "about -9.37"),
        ("2999999/3", "about 1 million"),
        ("2/7", "2/7"),
        ("1/13", "about 0.07692"),
    ],
)
def test_a_number_is_written_exactly_where_that_is_short(value, text):
    assert number(Fraction(value)) == text


@pytest.mark.parametrize(
    ("lower", "upper", "unit", "text"),
    [
        ("19423750", "19767750", "person", "19.4-19.8 million"),
        ("27550000", "27650000", "", "27.55-27.65 million"),
        ("4500000", "10500000", "", "4.5-10.5 million"),
        ("0.348", "0.349", "", "0.348-0.349"),
        ("135000", "145000", "event", "135,000-145,000"),
        ("6.1e3", "7.9e3", "household", "6,100-7,900"),
        ("12", "15", "kilometre", "12-15 km"),
        ("12", "15", "USD / person / year", "12-15 USD per person a year"),
        ("12", "15", "USD/hour", "12-15 USD an hour"),
        ("0", "500", "", "0-500"),
        ("-3.2", "-1.1", "percent", "-3.2 to -1.1 %"),
        ("5", "5", "percent", "5 %"),
        ("5500/587", "5500/587", "percent", "9.369-9.370 %"),
        ("1/3", "1/3", "", "1/3"),
        ("3300000", None, "USD / year", "3.3 million USD a year or more"),
        ("1000000.123456789012", None, "", "1 million or more"),
        ("0", None, "", "0 or more"),
        (None, "500", "", "at most 500"),
        (None, "1000000.123456789012", "", "at most 1.001 million"),
        (None, None, "person", "any value"),
    ],
)
def test_an_interval_in_words(lower, upper, unit, text):
    assert words(Interval.of(lower, upper), unit) == text


def test_a_number_longer_than_python_prints_is_written():
    text = words(Interval.of(Fraction(10) ** 5000, Fraction(10) ** 5000 + 1))
    assert text.endswith("1 x 10^5000")
