"""What a unit is: its algebra, its exactness, its names, and the texts that name none."""

from __future__ import annotations

import pickle
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path

import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from figurecheck import units
from figurecheck.units import COUNTED, CURRENCIES, UnknownUnit, unit

DEFINITIONS = Path(units.__file__).with_name("units.txt")
SPELLINGS = sorted(units._definitions())
TRAPS = sorted(units._TRAPS)
ONE = unit("1")

names = st.sampled_from([*SPELLINGS, *sorted(CURRENCIES), "USD_2015", "EUR@1999", "1"])
factors = st.builds("{}**{}".format, names, st.integers(-3, 3))
texts = st.lists(factors, min_size=1, max_size=4).map(" * ".join)
some_units = texts.map(unit)


def refused(text: str) -> str:
    with pytest.raises(UnknownUnit) as refusal:
        unit(text)
    assert len(str(refusal.value).splitlines()) == 1
    return str(refusal.value)


@given(some_units, some_units, some_units)
def test_the_product_of_units_is_commutative_and_associative(a, b, c):
    assert a * b == b * a
    assert (a * b) * c == a * (b * c)


@given(some_units, some_units)
def test_a_quotient_undoes_a_product(a, b):
    assert a * b / b == a
    assert a / a == ONE == a**0
    assert a * ONE == a


@given(some_units, st.integers(-4, 4), st.integers(-4, 4))
def test_powers_add_and_multiply(a, m, n):
    assert a**m * a**n == a ** (m + n)
    assert (a**m) ** n == a ** (m * n)


@given(some_units, some_units)
def test_factors_are_exact_and_multiply(a, b):
    assert type(a.factor) is Fraction
    assert (a * b).factor == a.factor * b.factor
    assert (a / b).factor == a.factor / b.factor


@given(some_units)
def test_a_dimension_is_sorted_and_names_no_base_twice(a):
    bases = [base for base, _ in a.dimension]
    assert bases == sorted(set(bases))
    assert all(type(exponent) is int and exponent for _, exponent in a.dimension)
    assert a.dimensionless == (not a.dimension)


@given(st.lists(factors, min_size=1, max_size=2).map(" * ".join))
def test_the_name_of_a_unit_names_it(text):
    assert unit(unit(text).name) == unit(text)


@given(names, names, names)
def test_the_ways_to_write_a_quotient_are_one(a, b, c):
    assert unit(f"{a}/{b}/{c}") == unit(f"{a} per {b} per {c}") == unit(a) / unit(b) / unit(c)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_names_a_unit_and_so_does_its_plural(spelling):
    assert unit(spelling) == unit(f"{spelling}s")
    assert type(unit(spelling).factor) is Fraction


def test_no_spelling_is_written_twice():
    lines = [line for line in DEFINITIONS.read_text("utf-8").splitlines() if "=" in line]
    written = [spelling for line in lines for spelling in units._spellings(line)]
    assert sorted(written) == SPELLINGS


def test_pint_reads_the_whole_file_as_we_read_its_parts():
    whole = pint.UnitRegistry(DEFINITIONS, non_int_type=Fraction, on_redefinition="raise")
    for spelling in SPELLINGS:
        one = whole.Quantity(Fraction(1), spelling).to_root_units()
        assert one.magnitude == unit(spelling).factor
        assert dict(one.unit_items()) == dict(unit(spelling).dimension)


@pytest.mark.parametrize("code", sorted(CURRENCIES))
def test_a_currency_is_a_dimension_of_its_own_and_so_is_each_price_year(code):
    assert unit(code).dimension == ((code, 1),)
    assert unit(code).currency == code
    assert unit(f"{code}_2015").currency == f"{code}_2015"
    assert unit(f"{code}_2015").factor == unit(code).factor == 1


@pytest.mark.parametrize(
    ("text", "name", "factor"),
    [
        ("person", "person", 1),
        ("victims", "person", 1),
        ("family", "household", 1),
        ("arrivals", "event", 1),
        ("countries", "item", 1),
        ("USD per person per year", "USD / person / year", 1),
        ("USD / year / person", "USD / person / year", 1),
        ("per year", "1 / year", 1),
        ("1/year", "1 / year", 1),
        ("percent", "percent", Fraction(1, 100)),
        ("%", "percent", Fraction(1, 100)),
        ("per cent", "percent", Fraction(1, 100)),
        ("% per year", "percent / year", Fraction(1, 100)),
        ("per 100 households", "percent", Fraction(1, 100)),
        ("percentage points", "percentage_point", Fraction(1, 100)),
        ("pp", "percentage_point", Fraction(1, 100)),
        ("‰", "permille", Fraction(1, 1000)),
        ("per mille", "permille", Fraction(1, 1000)),
        ("bp", "basis_point", Fraction(1, 10_000)),
        ("fraction", "fraction", 1),
        ("ratio", "fraction", 1),
        ("1", "fraction", 1),
        ("per 1000", "per_1000", Fraction(1, 1000)),
        ("per 1,000", "per_1000", Fraction(1, 1000)),
        ("per 1,000 persons", "per_1000", Fraction(1, 1000)),
        ("per 1\N{NARROW NO-BREAK SPACE}000 persons", "per_1000", Fraction(1, 1000)),
        ("1/1000", "per_1000", Fraction(1, 1000)),
        ("1 per 10,000", "per_10000", Fraction(1, 10_000)),
        ("per 100,000 persons per year", "per_100000 / year", Fraction(1, 100_000)),
        ("person per 1,000 persons", "per_1000", Fraction(1, 1000)),
        ("per million", "per_million", Fraction(1, 1_000_000)),
        ("ppm", "per_million", Fraction(1, 1_000_000)),
        ("per billion passenger-km", "per_billion / passenger_kilometre", Fraction(1, 10**12)),
        ("case per 100,000 persons", "event * per_100000 / person", Fraction(1, 100_000)),
        ("person / 1000 km^2", "per_1000 * person / kilometre**2", Fraction(1, 10**9)),
        ("month", "month", Fraction(1, 12)),
        ("day", "day", Fraction(10_000, 3_652_425)),
        ("decade", "decade", 10),
        ("person-years", "person_year", 1),
        ("km²", "kilometre**2", 10**6),
        ("km ** 2", "kilometre**2", 10**6),
        ("m³".replace("m", "metre"), "metre**3", 1),
        ("km**-2", "1 / kilometre**2", Fraction(1, 10**6)),
        ("km·km", "kilometre**2", 10**6),
        ("mile", "mile", Fraction("1609.344")),
        ("GBX", "GBX", Fraction(1, 100)),
        ("kWh", "kilowatt_hour", 3_600_000),
        ("constant 2015 USD", "USD_2015", 1),
        ("USD@2015", "USD_2015", 1),
        ("2015 USD", "USD_2015", 1),
    ],
)
def test_a_text_names_a_unit(text, name, factor):
    assert unit(text).name == name
    assert unit(text).factor == factor


def test_a_year_is_twelve_months_and_a_week_seven_days():
    assert unit("month").factor * 12 == unit("year").factor == 1
    assert unit("week") / unit("day") == unit("week / day")
    assert unit("week / day").factor == 7
    assert unit("day").factor * Fraction("365.2425") == 1


def test_points_and_percent_are_told_apart_by_their_name_alone():
    percent, point = unit("percent"), unit("percentage_point")
    assert percent != point
    assert (percent.factor, percent.dimension) == (point.factor, point.dimension)


@pytest.mark.parametrize("name", COUNTED)
def test_what_is_counted_is_counted(name):
    assert unit(name).counted
    assert not unit(name).dimensionless


@pytest.mark.parametrize(
    "text", ["1", "percent", "USD", "person**2", "person / year", "percent * person", "fte"]
)
def test_a_share_an_amount_or_a_rate_is_not_counted(text):
    assert not unit(text).counted


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("USD / year", "USD"),
        ("GBX", "GBP"),
        ("USD@2015 per person", "USD_2015"),
        ("EUR / USD", None),
        ("person", None),
        ("1", None),
    ],
)
def test_a_unit_knows_its_currency(text, currency):
    assert unit(text).currency == currency


def test_no_rate_of_exchange_is_known():
    assert unit("USD").dimension != unit("USD_2015").dimension != unit("USD_2016").dimension
    assert not unit("USD / EUR").dimensionless


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_is_refused(trap):
    assert units._TRAPS[trap] in refused(trap)
    assert trap not in SPELLINGS


@pytest.mark.parametrize("why", sorted(set(units._TRAPS.values())))
def test_what_a_trap_suggests_is_a_unit(why):
    for suggestion in why.split("'")[1::2]:
        assert unit(suggestion)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kt", "did you mean 'kilotonne'?"),
        ("million persons", "a scale belongs in `reported`"),
        ("USD million", "a scale belongs in `reported`"),
        ("million", "a scale belongs in `reported`"),
        ("$", "did you mean 'USD'?"),
        ("usd", "did you mean 'USD'?"),
        ("Person", "did you mean 'person'?"),
        ("kilometer2", "did you mean 'kilometer'?"),
        ("people,", "did you mean 'people'?"),
        ("USD per kt", "'USD per kt': 'kt': a knot"),
        ("percent of GDP", "belongs in `concept` or `base`"),
        ("number of persons", "belongs in `concept` or `base`"),
        ("5 km", "a number belongs in `reported`"),
        ("USD_1850", "wanted names such as"),
        ("km**10", "from -9 to 9"),
        ("km**", "from -9 to 9"),
        ("km**x", "from -9 to 9"),
        ("km**2**2", "from -9 to 9"),
        ("1/1000**2", "a number belongs in `reported`"),
        ("", "wanted names such as"),
        ("km//hour", "wanted names such as"),
        ("*km", "wanted names such as"),
        ("zzzzzzzz", "wanted names such as"),
        ("person\nper\tkt", "'kt'"),
        ("x" * 201, "longer than 200 characters"),
    ],
)
def test_a_refusal_says_why(text, said):
    assert said in refused(text)


@pytest.mark.parametrize(
    "text",
    [
        "10**10**10",
        "(" * 10_000 + ")" * 10_000,
        "(((km)))",
        "__import__('os')",
        "1e400",
        "a" * 1_000_000,
        "*" * 200,
        "person/" * 28,
        "\0",
        "\ud800",
        "٣",
        "{}",
    ],
)
def test_hostile_text_is_refused_at_once(text):
    started = time.perf_counter()
    assert len(refused(text)) < 400
    assert time.perf_counter() - started < 0.5


@given(st.text(max_size=300) | st.text("$%/*^() 1eEper_km-,", max_size=60))
def test_any_text_is_a_unit_or_refused(text):
    try:
        assert type(unit(text).factor) is Fraction
    except UnknownUnit as refusal:
        assert len(str(refusal).splitlines()) == 1


@given(some_units, st.fractions())
def test_a_quantity_keeps_its_exact_value(a, value):
    quantity = a.quantity(value).to_root_units()
    assert quantity.magnitude == value * a.factor
    assert dict(quantity.unit_items()) == dict(a.dimension)


def test_a_quantity_converts_and_prints():
    assert str(unit("km**2 / year").quantity(5)) == "5 kilometre ** 2 / year"
    assert unit("mile").quantity(Fraction(1)).to("km").magnitude == Fraction("1.609344")


def test_a_unit_survives_pickling():
    assert pickle.loads(pickle.dumps(unit("USD_2015 / person"))) == unit("USD_2015 / person")


def test_threads_that_ask_at_once_get_the_same_unit():
    program = """
from concurrent.futures import ThreadPoolExecutor
from figurecheck.units import unit
asked = ["USD_2015 / person", "kWh / year", "MWh", "GBX", "EUR_2020"] * 20
with ThreadPoolExecutor(8) as pool:
    assert len(set(pool.map(unit, asked))) == 5
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def test_importing_does_not_import_pint():
    program = "import sys, figurecheck.units; assert 'pint' not in sys.modules"
    subprocess.run([sys.executable, "-c", program], check=True)
