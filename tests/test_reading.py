"""What a printed number stands for: texts drawn from honest writers, and tables of phrases."""

from __future__ import annotations

import csv
import math
import time
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figurecheck.interval import Interval
from figurecheck.numeral import numeral
from figurecheck.reading import ROUNDINGS, Suppressed, Unreadable, known_rounding, read, reported

SHARED = Path(__file__).resolve().parents[2] / "shared"
SCALES = {"": 1, " thousand": 10**3, " million": 10**6, "bn": 10**9, " crore": 10**7, "M": 10**6}
TIES = ("up", "even", "down")


def only(text: str):
    """Read the one quantity of a text, and see that its words stand where it says."""
    (reading,) = read(text)
    assert reading.text == text[reading.start : reading.end]
    assert reading.narrow.subset(reading.wide)
    return reading


def states(text: str, *stated: Fraction | int | str, unit: str | None = None, qualifier: str = ""):
    reading = only(text)
    low, high = Fraction(stated[0]), Fraction(stated[-1])
    assert reading.stated == (low, high), text
    assert reading.qualifier == qualifier, text
    assert unit is None or reading.unit == unit, text
    assert reading.value == (low if low == high else None)


def lies(text: str, narrow: tuple, wide: tuple | None = None) -> None:
    reading = only(text)
    assert reading.narrow == Interval.of(*narrow), text
    assert reading.wide == Interval.of(*(wide or narrow)), text


def rounded(value: Fraction, unit: Fraction, tie: str) -> Fraction:
    """Round to a multiple of the unit; a tie goes where the writer lets it go."""
    steps = value / unit
    low = math.floor(steps)
    over = steps - low
    half = Fraction(1, 2)
    up = over > half or (over == half and (tie == "up" or (tie == "even" and low % 2 == 1)))
    return (low + up) * unit


def printed(value: Fraction, places: int, mark: str = ".", group: str = ",") -> str:
    """Write a number with so many decimals, grouped in thousands."""
    digits = str(abs(value) * 10**places).rjust(places + 1, "0")
    whole, decimals = digits[: len(digits) - places], digits[len(digits) - places :]
    grouped = f"{int(whole):,}".replace(",", group)
    return f"{'-' if value < 0 else ''}{grouped}{mark if places else ''}{decimals}"


values = st.fractions(min_value=-99_999, max_value=99_999)
ties = st.sampled_from(TIES)
styles = st.sampled_from([(".", ","), (",", " "), (".", "\u202f"), ("·", ","), (".", "'")])


@given(values, st.integers(0, 4), ties, styles, st.sampled_from(sorted(SCALES)))
def test_a_rounded_number_lies_in_both_of_its_intervals(value, places, tie, style, scale):
    shown = rounded(value, Fraction(1, 10**places), tie)
    text = f"It was {printed(shown, places, *style)}{scale} in all of them."
    groups_like_decimals = places == 3 and style[0] in ".," and not (style[0] == "." and scale)
    if shown == 0 or groups_like_decimals:
        return
    reading = reported(printed(shown, places, *style) + scale)
    assert reading.stated[0] == shown * SCALES[scale]
    assert value * SCALES[scale] in reading.narrow
    assert reading.narrow.subset(reading.wide)
    for found in read(text):
        assert found.text == text[found.start : found.end]
        assert (found.narrow, found.wide) == (reading.narrow, reading.wide)


@given(st.fractions(min_value=1000, max_value=10**9), st.integers(1, 3), ties)
def test_a_count_rounded_to_significant_digits_lies_in_its_wide_interval(value, digits, tie):
    value = Fraction(math.floor(value))
    unit = Fraction(10) ** max(len(str(value)) - digits, 0)
    shown = rounded(value, unit, tie)
    assert value in only(f"We found {shown.numerator:,} people there.").wide


@given(st.fractions(min_value=1, max_value=99), st.integers(0, 2), ties, st.booleans())
def test_a_percentage_lies_in_its_intervals(value, places, tie, coarse):
    unit = Fraction(10) if coarse else Fraction(1, 10**places)
    shown = rounded(value, unit, tie)
    if shown == 0 or (coarse and value < Fraction(19, 2)):
        return
    for percent in ("%", " %", " per cent", " percent", "pc", " Prozent"):
        reading = only(f"Of them {printed(shown, 0 if coarse else places)}{percent} agreed.")
        assert reading.unit == "percent"
        assert reading.stated[0] == shown
        assert value in (reading.wide if coarse else reading.narrow)


@given(
    st.integers(10_000, 10**8),
    st.sampled_from(["about", "around", "some", "roughly", "approximately", "~", "circa"]),
    st.integers(-99, 99),
)
def test_about_leaves_a_step_to_each_side(value, hedge, percent):
    unit = 10 ** (len(str(value)) - 2)
    shown = value // unit * unit
    meant = shown + Fraction(unit * percent, 100)
    assert meant in only(f"We saw {hedge} {shown:,} people.").wide


@given(st.integers(1, 10**8), st.sampled_from(["over", "more than", "at least", "no fewer than"]))
def test_over_holds_everything_from_the_floor_up(value, hedge):
    unit = 10 ** max(len(str(value)) - 2, 0)
    shown = value // unit * unit
    reading = only(f"We saw {hedge} {shown:,} people.")
    assert reading.qualifier == "lower"
    assert value in reading.wide
    assert value in reading.narrow or shown % (10 * unit) == 0


@given(st.integers(1, 10**8), st.sampled_from(["nearly", "almost", "just under"]))
def test_nearly_holds_what_a_step_below_still_reaches(value, hedge):
    unit = 10 ** max(len(str(value)) - 2, 0)
    shown = -(-value // unit) * unit
    reading = only(f"We saw {hedge} {shown:,} people.")
    assert value in reading.narrow
    assert value in reading.wide


@given(st.fractions(min_value=Fraction(1, 1000), max_value=Fraction(1, 2)))
def test_the_nearest_one_in_n_holds_the_share(share):
    n = rounded(1 / share, Fraction(1), "up").numerator
    assert share in only(f"It is one in {n} of them.").wide


@given(st.integers(1, 900), st.integers(1, 99), st.sampled_from([" to ", "-", "–", " – "]))
def test_a_range_holds_both_ends_and_all_between(low, more, joint):
    reading = only(f"It is {low}{joint}{low + more} million people.")
    assert reading.stated == (low * 10**6, (low + more) * 10**6)
    assert Interval.of(low * 10**6, (low + more) * 10**6).subset(reading.narrow)


@given(st.text(alphabet="0123456789.,-–% abm$€()±/'onetwmilpr\u202f¼½×^eE:", max_size=60))
def test_any_text_is_read_without_a_complaint(text):
    end = 0
    for reading in read(text):
        assert end <= reading.start < reading.end
        assert reading.text == text[reading.start : reading.end]
        assert reading.narrow.subset(reading.wide)
        assert reading.step > 0
        end = reading.end
    with suppress(Unreadable):
        reported(text)


@given(st.text(max_size=80))
def test_text_of_any_script_is_read_without_a_complaint(text):
    read(text)


@pytest.mark.skipif(not (SHARED / "cases").is_dir(), reason="the phrases are not there")
def test_the_phrases_of_the_press_are_read():
    with (SHARED / "cases" / "phrases.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found = [tuple(map(float, each.stated)) for each in read(row["text"])]
            expected = row["expected"].strip("[]")
            wanted = [
                float(each)
                for each in expected.replace("(", "").replace(")", "").split(",")
                if each
            ]
            assert [end for pair in found for end in pair] == pytest.approx(wanted), row["text"]
            if found:
                assert read(row["text"])[0].qualifier == row["qualifier"], row["text"]


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the seeds are not there")
def test_the_news_holds_its_six_statistics_and_no_false_one():
    found = [
        each.text
        for path in sorted((SHARED / "seeds").iterdir())
        for each in read(path.read_text(encoding="utf-8"))
    ]
    assert found == [
        "three-day",
        "three-day",
        "an estimated 27.6 million people",
        "approximately 71 per cent",
        "one in four",
        "79 per cent",
        "over 140,000 people",
        "an estimated US$ 6.75 billion generated annually",
        "five",
    ]


INTERVALS = {
    "27.6 million": ((27_550_000, 27_650_000),),
    "71 %": (("70.5", "71.5"),),
    "index of 2.70": (("2.695", "2.705"),),
    "50.0 %": (("49.95", "50.05"),),
    "140,000": ((135_000, 145_000),),
    "150 million": ((149_500_000, 150_500_000), (145_000_000, 155_000_000)),
    "70 %": (("69.5", "70.5"), (65, 75)),
    "10 million": ((9_500_000, 10_500_000), (9_500_000, 15_000_000)),
    "100,000": ((95_000, 150_000),),
    "157,652 people": ((157_652, 157_652),),
    "58 people": ((58, 58),),
    "140,000 people": ((135_000, 145_000),),
    "an estimated 300 people": (("299.5", "300.5"), (250, 350)),
    "exactly 27.6 million": ((27_600_000, 27_600_000),),
    "a total of 27.6 million": ((27_600_000, 27_600_000), (27_550_000, 27_650_000)),
    "a total of 140,000": ((140_000, 140_000),),
    "about 45 %": (("44.5", "45.5"), (40, 50)),
    "about 500,000": ((450_000, 550_000), (0, 1_000_000)),
    "nearly 90,000": ((80_000, 90_000), (80_000, 95_000)),
    "over 140,000": ((140_000, 150_000), (140_000, None)),
    "just over 140,000": ((140_000, 150_000),),
    "fewer than 500 cases": ((400, 500), (0, 500)),
    "under 5 km": ((4, 5), (None, 5)),
    "up to 3 million people": ((0, 3_000_000), (None, None)),
    "up to 5 %": ((None, 5), (None, None)),
    "more than -3 %": ((-4, -2), (None, None)),
    "one in four": (("0.245", "0.255"), (Fraction(2, 9), Fraction(2, 7))),
    "nearly half": ((Fraction(1, 3), "0.5"), (Fraction(1, 3), "0.505")),
    "more than half": (("0.5", 1), ("0.5", None)),
    "1 in 1,000": ((Fraction(1, 1500), Fraction(1, 950)),),
    "half a million": ((250_000, 750_000),),
    "between 5 and 10 million": ((4_500_000, 10_500_000), (4_500_000, 15_000_000)),
    "dozens": ((24, 100), (24, None)),
    "tens of thousands": ((10_000, 100_000), (10_000, None)),
    "1.234 km": (("1.2335", "1234.5"),),
    "1.234 people": ((1234, 1234),),
    "140.000 Menschen": ((135_000, 145_000),),
    "140.000 %": (("139.9995", "140.0005"),),
    "zero people": ((0, 0),),
    "about 1 person": ((Fraction(1, 2), Fraction(3, 2)), (0, 2)),
    "0 km": (("-0.5", "0.5"),),
}


@pytest.mark.parametrize("text", INTERVALS)
def test_the_words_leave_these_values_open(text):
    lies(text, *INTERVALS[text])


PHRASES = {
    "2,021 people fled.": ((2021,), "person", ""),
    "It cost $2000 then.": ((2000,), "USD", ""),
    "More than 2000 people came.": ((2000,), "person", "lower"),
    "It rose 12 %–15 % a year.": ((12, 15), "percent/year", ""),
    "about US$ 6.75 billion a year": ((6_750_000_000,), "USD/year", "approx"),
    "US$ 9,995 per victim per year": ((9995,), "USD/person/year", ""),
    "5 deaths per 1,000 live births": ((5,), "per_1000", ""),
    "3.5 for every 1,000 people": (("3.5",), "per_1000", ""),
    "12 per million": ((12,), "per_million", ""),
    "3 per thousand": ((3,), "per_1000", ""),
    "5 per table": ((5,), "", ""),
    "nearly one of every 150 children": ((Fraction(1, 150),), "fraction", "below"),
    "one in a million": ((Fraction(1, 10**6),), "fraction", ""),
    "one child in three": ((Fraction(1, 3),), "fraction", ""),
    "7 of 10 people": (("0.7",), "fraction", ""),
    "0.4 t per person": (("0.4",), "tonne/person", ""),
    "a 10-year plan": ((10,), "year", ""),
    "20-odd people": ((20,), "person", "approx"),
    "140,000+ people": ((140_000,), "person", "lower"),
    "500 people or more": ((500,), "person", "lower"),
    "500 or fewer cases": ((500,), "event", "upper"),
    "not more than 5 km": ((5,), "km", "upper"),
    "1.234.567 people": ((1_234_567,), "person", ""),
    "27.600 million": ((27_600_000,), "", ""),
    "It was 0,348 then.": (("0.348",), "", ""),
    "1,234.56 dollars": (("1234.56",), "USD", ""),
    "CHF 1’234’567": ((1_234_567,), "CHF", ""),
    "EUR 1.234.567,89": (("1234567.89",), "EUR", ""),
    "1 234 567,89 €": (("1234567.89",), "EUR", ""),
    "50 000 EUR": ((50_000,), "EUR", ""),
    "$-5 million": ((-5_000_000,), "USD", ""),
    "-$5 million": ((-5_000_000,), "USD", ""),
    "€3 m": ((3_000_000,), "EUR", ""),
    "5 000 to 6 000 people": ((5000, 6000), "person", ""),
    "between 500,000 and 1 million people": ((500_000, 1_000_000), "person", ""),
    "between about 5 and 10 people": ((5, 10), "person", "approx"),
    "2.5-3 million people": ((2_500_000, 3_000_000), "person", ""),
    "from 900 to 2 million": ((900, 2_000_000), "", ""),
    "between one hundred and two hundred people": ((100, 200), "person", ""),
    "$5-10 million": ((5_000_000, 10_000_000), "USD", ""),
    "two or three people": ((2, 3), "person", ""),
    "We need 10 to 5 million.": ((10_000_000, 5_000_000), "", ""),
    "-5 to -3 °C": ((-5, -3), "degC", ""),
    "two dozen people": ((24,), "person", ""),
    "half a dozen people": ((6,), "person", ""),
    "half an hour later": (("0.5",), "hour", ""),
    "a half-million people": ((500_000,), "person", ""),
    "three-quarters of a million people": ((750_000,), "person", ""),
    "½ million people": ((500_000,), "person", ""),
    "1½ years": (("1.5",), "year", ""),
    "2 and a half years": (("2.5",), "year", ""),
    "hundreds of millions of dollars": ((10**8, 10**9), "USD", ""),
    "several hundred people": ((100, 1000), "person", ""),
    "more than doubled": ((2,), "ratio", "lower"),
    "2.5-fold increase": (("2.5",), "ratio", ""),
    "five times since then": ((5,), "", ""),
    "1/4 of people": (("0.25",), "fraction", ""),
    "¾ of people": (("0.75",), "fraction", ""),
    "157mila persone": ((157_000,), "person", ""),
    "1,2 Mio. Menschen": ((1_200_000,), "person", ""),
    "3 Mrd. Euro": ((3 * 10**9,), "EUR", ""),
    "Rs. 500 crore": ((5 * 10**9,), "INR", ""),
    "15 years and older": ((15,), "year", "lower"),
    "2.76E+07": ((27_600_000,), "", ""),
    "2.76e-2": (("0.0276",), "", ""),
    "2.76×10⁷": ((27_600_000,), "", ""),
    "2 x 10^-3": (("0.002",), "", ""),
    "five million three hundred thousand people": ((5_300_000,), "person", ""),
    "two thousand and five people": ((2005,), "person", ""),
    "a hundred and forty people": ((140,), "person", ""),
    "twenty-one people": ((21,), "person", ""),
    "minus 5 degrees": ((-5,), "", ""),
    "up to about 300 people": ((300,), "person", "upper"),
    "40,000 a month": ((40_000,), "1/month", ""),
    "140,000 people trafficked each year": ((140_000,), "person/year", ""),
    "5 people a day ago": ((5,), "person", ""),
    "58 young asylum seekers": ((58,), "person", ""),
    "In May 30 people died.": ((30,), "person", ""),
    "Boeing 747 crashed with 189 people on board": ((189,), "person", ""),
}


@pytest.mark.parametrize("text", PHRASES)
def test_a_phrase_states_its_number_unit_and_qualifier(text):
    stated, unit, qualifier = PHRASES[text]
    states(text, *stated, unit=unit, qualifier=qualifier)


def test_a_spread_is_kept_beside_its_number():
    for text, point, spread in (
        ("3.2 ± 0.4", "3.2", ("2.8", "3.6")),
        ("3.2 +/- 0.4 million", 3_200_000, (2_800_000, 3_600_000)),
        ("3.2 million ± 0.4 million people", 3_200_000, (2_800_000, 3_600_000)),
        ("4.2 % (95 % CI 3.1–5.3)", "4.2", ("3.1", "5.3")),
        ("4.2, 95% confidence interval 3.1 to 5.3", "4.2", ("3.1", "5.3")),
        ("27.6 million people (95% CI 25.0–30.2)", 27_600_000, (25_000_000, 30_200_000)),
        ("27.6 (25.0 to 30.2) million", 27_600_000, (25_000_000, 30_200_000)),
    ):
        reading = only(text)
        assert reading.value == Fraction(point), text
        assert reading.spread == Interval.of(*spread), text
        assert reading.text == text


def test_what_only_looks_like_a_spread_is_read_as_it_stands():
    for text, stated in (
        ("5 ± some", ["5"]),
        ("27.6 (of them)", ["27.6"]),
        ("27.6 (25.0 of them)", ["27.6", "25.0"]),
        ("27.6 (30.2 to 25.0)", ["27.6", "30.2 to 25.0"]),
        ("27.6 (25.0 to 30.2", ["27.6", "25.0 to 30.2"]),
        ("27.6 (35.0 to 40.2)", ["27.6", "35.0 to 40.2"]),
        ("12– 5 people", ["12", "5 people"]),
        ("5 or 2021 of them", ["5"]),
        ("US$ 5 a barrel, 3 a worker", ["US$ 5", "3"]),
        ("10 and 20 people", ["10", "20 people"]),
        ("$5 million to 3 countries", ["$5 million", "3"]),
        ("5 % to $3", ["5 %", "$3"]),
        ("3.2% to 5.4 million", ["3.2%", "5.4 million"]),
        ("12 of 27 countries", ["12", "27"]),
        ("3 in 20 minutes", ["3", "20 minutes"]),
        ("5 in 8 attacks", ["5", "8 attacks"]),
        ("a third of voters, a third person", ["a third"]),
        ("killed 58 people and over 300 homes", ["58 people", "over 300"]),
    ):
        assert [each.text for each in read(text)] == stated


NOT_QUANTITIES = """It was signed on 3 May 2021.
On May 3, 2021, and Sept. 11, 2001, they met.
On 3 and 4 May they met. On May 3 and 4 they met.
The 2–4 October meeting, and that of 2021-05-03 or 03/05/2021.
From 2019 to 2023 it fell. In the season 2021-22 too, and in 2019–2023.
It is six of one and half a dozen of the other, and takes two to tango.
He was on cloud nine by half past four, and denounced as a fifth columnist.
Every third week, every second counts; every third party, every fourth World Cup.
It moved to double digits; they were restricted to double occupancy.
Republic Act No. 9262 protects women; in group 1 1/5 died.
The Six-Day War, and the Thirty Years' War before it.
Call +254 20 555 0143, or dial 101, and quote log 318.
Clade 1b is no billion, and between exits 14 and 17 the road is shut.
In 2021 people fled.
Since the 1990s and by 2030.
The 1951 Refugees Convention applies.
It was 5/3 of 1,2,3.5 then.
At 5 pm, 10:30am, 10.30am and 5 o'clock.
G7, B2B, COP28, F-16, Covid-19 and I-24/7.
The Group of Seven met.
Boeing 747 crashed. See Table 3 and section 2.1, p. 22, No. 5, page 12.
It is in Tables 3 and 4.
ISO 80000 and Article 17.
Call +39 06 1234 5678 or 555-1234.
Version 1.2.3 is out, with 1,2,3 in it.
a@b.com 5@x @5 #5 https://x.y/500 www.x.com/7
It is third-largest, in the 21st century, a third person.
The first half of 2023 and half-time.
No one knew; one of the best; one another.
The shop is open 24/7; we won 3-2, then 1–0; odds are 3:2.
A 27-member bloc and a two-way street.
٣٠٠ people, 1O0 people, １２３ people, 5‚000.
nan inf Err:509
twice a week
x 10^7
5'10"
007
1-2-3
1. Introduction
WCMS_181953
zero and one
(95% CI unknown)"""


@pytest.mark.parametrize("line", NOT_QUANTITIES.splitlines())
def test_dates_names_and_references_are_no_quantities(line):
    assert [each.text for each in read(line) if "CI unknown" not in line] == []


def test_two_readings_of_one_print_are_named():
    assert only("p = 1.000").note == "1.000 may be 1.000 or 1,000"
    assert only("1.234 km").note == "1.234 may be 1.234 or 1,234"
    assert only("1.234 people").note == ""


def test_the_printed_precision_is_kept():
    for text, step in (("27.6 million", 100_000), ("140,000", 10_000), ("157,652", 1), ("70 %", 1)):
        assert only(text).step == step


def test_a_cell_is_read_without_its_context():
    for text, value in (
        ("1951", 1951),
        ("5", 5),
        ("one", 1),
        ("2,021", 2021),
        ("27.6 million people in forced labour", 27_600_000),
        ("half", Fraction(1, 2)),
        ("in May 30 persons", 30),
    ):
        assert reported(text).value == value
    assert reported("10 - 5").stated == (10, 5)
    assert reported("2019-2023").stated == (2019, 2023)


def test_a_counted_cell_is_the_number_unless_it_is_an_estimate():
    assert reported("157,652", counted=True).wide == Interval.point(157_652)
    assert reported("300", counted=True).wide == Interval.point(300)
    assert reported("300", counted=True, estimated=True).wide == Interval.of(250, 350)
    assert reported("about 300", counted=True).wide == Interval.of(200, 400)
    assert reported("1.234", counted=True).value == 1234


def test_a_share_is_given_in_the_unit_of_its_figure():
    quarter = reported("one in four", unit="percent")
    assert (quarter.value, quarter.unit, quarter.step) == (25, "percent", 1)
    assert quarter.wide == Interval.of(Fraction(200, 9), Fraction(200, 7))
    assert reported("4.2 % (95 % CI 3.1–5.3)", unit="fraction").spread == Interval.of(
        "0.031", "0.053"
    )
    assert reported("12 %", unit="person").unit == "percent"
    assert reported("1500", unit="percent").narrow == Interval.of("1499.5", "1500.5")


def test_a_stated_precision_overrides_the_reading():
    for text, precision, interval in (
        ("27.6 million", "exact", (27_600_000, 27_600_000)),
        ("27.6 million", "+-50000", (27_550_000, 27_650_000)),
        ("27.6 million", "± 50,000", (27_550_000, 27_650_000)),
        ("27.6 million", "3 sf", (27_550_000, 27_650_000)),
        ("999", "1 sf", (949, 1049)),
        ("0.0123", "2 sf", ("0.0118", "0.0128")),
        ("0", "2 sf", (0, 0)),
        ("505", "base 5", ("502.5", "507.5")),
        ("5 to 10", "+-1", (4, 11)),
    ):
        reading = reported(text, precision=precision)
        assert reading.narrow == reading.wide == Interval.of(*interval), (text, precision)


@pytest.mark.parametrize(
    "precision", ["bogus", "+-", "+-x", "+-5x", "± y", "0 sf", "x sf", "base", "base q"]
)
def test_a_precision_that_cannot_be_read_is_refused(precision):
    with pytest.raises(ValueError, match="is none of"):
        reported("5", precision=precision)


OPEN = (False, False)
CUT, UP = (False, True), (True, False)
NAMED = [
    ("27.6 million", "nearest", ("27.55", "27.65"), OPEN),
    ("27.6 million", "truncated", ("27.6", "27.7"), CUT),
    ("27.6 million", "floor", ("27.6", "27.7"), CUT),
    ("27.6 million", "ceiling", ("27.5", "27.6"), UP),
    ("-5.0 million", "truncated", ("-5.1", "-5.0"), UP),
    ("-5.0 million", "floor", ("-5.0", "-4.9"), CUT),
    ("-5.0 million", "ceiling", ("-5.1", "-5.0"), UP),
    ("0.0 million", "truncated", ("-0.1", "0.1"), (True, True)),
    ("0.0 million", "floor", (0, "0.1"), CUT),
    ("0.0 million", "ceiling", ("-0.1", 0), UP),
    ("5 to 7 million", "truncated", (5, 8), CUT),
    ("27.6 million", "base 5", ("25.1", "30.1"), OPEN),
    ("over 5 million", "truncated", (5, 6), OPEN),
]


@pytest.mark.parametrize(("text", "rounding", "ends", "open_ends"), NAMED)
def test_a_named_rounding_says_on_which_side_the_true_number_lies(text, rounding, ends, open_ends):
    low, high = (Fraction(each) * 10**6 for each in ends)
    narrow = reported(text, rounding=rounding).narrow
    assert narrow == Interval.of(low, high).without(lower=open_ends[0], upper=open_ends[1])


@pytest.mark.parametrize(
    ("text", "rounding", "wide"),
    [
        ("10 million", "nearest", (9_500_000, 15_000_000)),
        ("10 million", "truncated", (10_000_000, 20_000_000)),
        ("10 million", "ceiling", (0, 10_000_000)),
        ("-10 million", "truncated", (-20_000_000, -10_000_000)),
        ("70 %", "floor", (70, 80)),
        ("27.60", "floor", ("27.60", "27.61")),
        ("an estimated 27.60", "ceiling", ("27.59", "27.60")),
        ("about 140,000", "truncated", (130_000, 150_000)),
        ("about 45 %", "ceiling", (40, 50)),
        ("about 300", "base 5", (200, 400)),
        ("an estimated 300 people", "base 5", ("297.5", "302.5")),
    ],
)
def test_a_named_rounding_goes_to_the_last_digit_that_is_not_zero_at_the_widest(
    text, rounding, wide
):
    reading = reported(text, rounding=rounding)
    assert (reading.wide.lower, reading.wide.upper) == tuple(map(Fraction, wide))
    assert reading.narrow.subset(reading.wide)


@pytest.mark.parametrize("rounding", ROUNDINGS)
@pytest.mark.parametrize(
    "text", ["17 people", "exactly 17", "one in four", "over 20", "dozens", "1.234", "0 people"]
)
def test_what_was_not_rounded_in_digits_is_read_as_without_a_rounding(text, rounding):
    plain, named = reported(text), reported(text, rounding=rounding)
    assert (named.narrow, named.wide) == (plain.narrow, plain.wide)


def test_counts_in_full_are_rounded_to_a_base_and_the_stated_precision_comes_first():
    assert reported("17 people", rounding="base 5").narrow == Interval.of("14.5", "19.5")
    assert reported("27.6", rounding="truncated", precision="exact").wide == Interval.point("27.6")
    assert reported("exactly 17", rounding="base 5").wide == Interval.point(17)
    estimate = reported("an estimated 0", counted=True, rounding="truncated")
    assert estimate.wide == Interval.of(0, 1).without(upper=True)
    nothing = reported("an estimated 0", counted=True, rounding="ceiling")
    assert nothing.wide == Interval.point(0)


@pytest.mark.parametrize("rounding", ["up", "base", "base q", "base 5 5", "Floor", "trunc", " "])
def test_a_rounding_that_is_none_is_refused(rounding):
    with pytest.raises(ValueError, match="is none of nearest, truncated, floor, ceiling, base 5"):
        reported("5", rounding=rounding)
    assert not known_rounding(rounding)


@given(value=values, places=st.integers(0, 3), way=st.sampled_from(["floor", "ceiling", "trunc"]))
def test_a_number_lies_in_what_it_may_state_if_its_digits_were_cut_off(value, places, way):
    steps = getattr(math, {"ceiling": "ceil"}.get(way, way))(value * 10**places)
    text = printed(Fraction(steps, 10**places), places)
    rounding = {"trunc": "truncated"}.get(way, way)
    if places == 3:
        text += " million"
        value *= 10**6
    reading = reported(text, rounding=rounding)
    assert value in reading.narrow
    assert value in reading.wide
    assert reading.truncated is None
    unnamed = reported(text)
    assert unnamed.truncated == reported(text, rounding="truncated").wide
    if way == "trunc":
        assert value in unnamed.truncated


def test_what_a_text_may_state_if_it_was_cut_off_is_given_in_the_unit_of_its_figure():
    assert reported("43.1 %", unit="fraction").truncated == Interval.of("0.431", "0.432").without(
        upper=True
    )
    assert reported("one in four").truncated is None
    assert reported("157,652 people").truncated is None


def test_a_cell_with_no_number_or_two_is_unreadable():
    for text, message in (
        ("18.7 million (90%)", r"states 2 quantities \('18.7 million', '90%'\); wanted one"),
        ("G7", "'G7' states no quantity; wanted one"),
        ("", "states no quantity"),
        ("3 May 2021", "states no quantity"),
        ("x" * 100, r"x\.\.\.' states no quantity"),
    ):
        with pytest.raises(Unreadable, match=message):
            reported(text)


@pytest.mark.parametrize("mark", ["..", "x", ":", "c", "n/a", "-", "–", " N/A "])
def test_a_mark_for_a_suppressed_number_says_so(mark):
    with pytest.raises(Suppressed, match="marks a suppressed number"):
        reported(mark)


HOSTILE = [
    "9",
    "1,",
    "1-",
    "1 - ",
    "(",
    "one in ",
    "half of a ",
    "about ",
    "between 5 and ",
    "1 ± ",
    "4 (95 % CI ",
    "one hundred and ",
    "one thousand ",
    "twenty ",
    "5 million ",
    "million ",
    "1 000 ",
    "2e",
    "1 x 10^999 ",
    "http://",
    "a@",
    "US",
    "1 to ",
    "٣",
    "€",
    "-",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_reading_takes_time_in_proportion_to_the_text(piece):
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.process_time()
        read(text)
        return time.process_time() - start

    assert seconds(20_000) < 12 * seconds(5_000) + 0.5


def test_an_endless_row_of_scale_words_is_no_endless_number():
    assert only("5" + " million" * 1000).value == 5 * 10**18
    assert read("1" * 401) == []
    assert only("1" * 400).value == int("1" * 400)


@pytest.mark.parametrize("text", ["²5", "٣", "1x000", "1 000x", "", "1_000", "1..5"])
def test_digits_with_other_signs_are_no_number(text):
    assert numeral(text) is None


FALLS = """a fall of {}; fell by {}; down {}; {} fewer; {} less; {} lower; {} lower than in 2020
a drop of {}; a decline of {}; a decrease of {}; reduction of {}; a decline in arrivals of {}
fell sharply by {}; decreased by about {}; a fall of more than {}; an annual fall of {}; a {} fall
{} year-on-year decline; {} below the average; shrank {}; a drop of exactly {}"""
LEVELS = """{}; less than {}; fewer than {}; no fewer than {}; at least {}; {} or less; up {}
under {}; a rise of {}; down to {}; fell to {}; down from {}; {} of falls; not less than {}
minus {}; {} lower-income"""


def _phrases(text: str) -> list[str]:
    return text.replace("\n", "; ").split("; ")


@pytest.mark.parametrize("number", ["25 per cent", "25 %", "1.5 percentage points", "a quarter"])
@pytest.mark.parametrize("words", _phrases(FALLS))
def test_a_fall_is_read_with_its_sign_and_without(words, number):
    fall = reported(words.format(number), unit="percent")
    size, change = fall.ways
    assert change == -size
    assert size.value > 0
    assert (fall.narrow, fall.wide) == (
        size.narrow.hull(change.narrow),
        size.wide.hull(change.wide),
    )
    assert fall.stated == size.stated
    assert "with or without its sign" in fall.note


@pytest.mark.parametrize("words", _phrases(LEVELS))
def test_a_bound_and_a_level_are_no_fall(words):
    assert reported(words.format("25 %"), unit="percent").ways[1:] == ()


def test_what_is_never_negative_is_no_fall():
    assert len(reported("a fall of 300 people").ways) == 1
    assert len(reported("a fall of 300", counted=True).ways) == 1
    assert len(reported("25 % less", share=True).ways) == 1


def test_a_fall_in_another_unit_of_shares_keeps_both_signs():
    size, change = reported("a fall of a quarter", unit="percent").ways
    assert (size.value, change.value) == (25, -25)


def test_the_spread_and_the_cut_digits_of_a_fall_may_be_below_zero_too():
    fall = reported("a fall of 3.2 ± 0.4 %")
    assert fall.spread == Interval.of(Fraction("-3.6"), Fraction("3.6"))
    cut = reported("a fall of 2.7 %").truncated
    assert cut is not None
    assert cut == -cut
    assert Fraction("2.79") in cut
