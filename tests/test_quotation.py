"""The number of a figure is that of its quote, with scale, unit, sign and qualifier."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import findings

from figurecheck.finding import BORDERLINE, BROKEN, UNTESTABLE
from figurecheck.quotation import LONGEST_QUOTE


def row(**cells):
    """Give the text of a register of one figure."""
    cells = {"id": "a", "unit": "person", "source": "s"} | cells
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([cells, cells.values()])
    return out.getvalue()


def number(said, quote, unit="person", **more):
    """Give outcome and message of what is found on the number of a quote, None if nothing is."""
    found = findings(row(reported=said, quote=quote, unit=unit, **more), "FC208")
    return [(each.outcome, each.message.partition("quote: ")[2]) for each in found]


def qualifier(said, quote, unit="person", **more):
    found = findings(row(reported=said, quote=quote, unit=unit, **more), "FC209")
    return [(each.outcome, each.message.split()[1]) for each in found]


@pytest.mark.parametrize(
    ("said", "quote", "unit"),
    [
        ("27.6 million", "27,600,000 people", "person"),
        ("27.6 million", "27,612,345 people", "person"),
        ("27,600,000", "a total of 27.6 million", "person"),
        ("27.6 million", "49.6 million, of which 27.6 million work", "person"),
        ("12 %", "a share of 0.12", "percent"),
        ("3.5", "a rate of 0.0035", "per_1000"),
        ("140,000", "Arrivals ('000): 140", "person"),
        ("140,000", "Arrivals (1,000s) | 140", "person"),
        ("27.6 million", "in 000s: 27,600", "person"),
        ("25 %", "one in four are children", "percent"),
        ("3.2 million", "Crossings fell from 3.2 to 2.9 million", "event"),
        ("2.9 million", "Crossings fell from 3.2 to 2.9 million", "event"),
        ("71 %", "Turnout dropped from 71 to 58 per cent", "percent"),
        ("one in four", "25% are children", "fraction"),
        ("3.5 per 1,000", "3.5 people in forced labour for every 1,000 people", "per_1000"),
        ("24 %", "12 people out of a group of 50 people", "percent"),
        ("6.3 million", "17.3, 6.3 and 3.9 million", "person"),
        ("27.6 million", "World | 27.6 (in millions)", "person"),
        ("1951", "the year 1951", "person"),
        ("1,951", "in 1951 came fewer", "person"),
        ("3", "see Table 3", "person"),
        ("40.3 million", "at any given time in 2016,40.3 million people", "person"),
        ("-5 %", "it fell by 5 %", "percent"),
        ("-5 %", "it fell by 5 %, not 7 %", "percent"),
        ("5 billion", "$5 billion annually", "USD/year"),
        ("$5 billion", "$5 billion", "USD/year"),
        ("140,000", "140,000 people came", "arrival"),
        ("5 kg", "5,000 grams", "kg"),
        ("5", "5 people", "no unit"),
        ("over 140,000", "157,652 arrivals", "arrival"),
        ("+100 %", "Output doubled.", "percent"),
        ("-3.2 million", "net loss amounted to 3.2 million dollars", "USD"),
        ("-3.2%", "the deficit widened to 3.2 per cent of GDP", "percent"),
        ("growth of 3%", "growth was 3 per cent down from 5 per cent", "percent"),
        ("grow 5%", "costs will grow 5 per cent less than planned", "percent"),
        ("up 4.1 million", "4.1 million lower-paid workers were added", "person"),
        ("12 a year", "there are 12 outages an hour long a year", "event/year"),
        ("1.50", "one dollar fifty", "USD"),
        ("-50 %", "Deaths were halved.", "percent"),
        ("+200 %", "Sales tripled.", "percent"),
        ("0", "There were no deaths and 17 injuries.", "person"),
        ("3,410", "3,410¹ cases and 17 deaths", "case"),
        ("20 %", "Every fifth flat of 4000 is damp", "percent"),
        ("8 %", "it rose to 8 per cent, and fell by 3 per cent", "percent"),
        ("+8 %", "Output went up by 8 per cent, not down", "percent"),
        ("down 8 %", "Output fell by 8 per cent", "percent"),
        ("up to 45 %", "Fees were reduced by up to 45 per cent", "percent"),
        ("more than 45 %", "Fees fell by more than 45 per cent", "percent"),
        ("-0.25 %", "The rate was lowered by 0.25 per cent, to 3.75", "percent"),
        ("about 1.6 million barrels a day", "about 1.6 million barrels a day", "barrel/day"),
        ("15,000 a month", "180,000 nurses a year, or more", "person/month"),
        ("15,000 a month", "15,000 nurses a month", "person/month"),
        ("230 minutes", "230 minutes", "minute/day"),
        ("4 hours", "240 minutes", "minute/day"),
        ("-€1,204 thousand", "Net result (in € thousand): (1,204); 2020: 3,310", "EUR"),
        ("half a million", "500,000 people", "person"),
        ("500,000", "half a million people", "person"),
        ("67 %", "two thirds of them", "percent"),
        ("33.3 %", "a third of them", "percent"),
        ("over 27.65 million", "27.7 million people", "person"),
    ],
)
def test_a_number_that_its_quote_states_in_other_words_is_no_finding(said, quote, unit):
    assert number(said, quote, unit) == []


@pytest.mark.parametrize(
    ("said", "quote", "unit", "outcome", "what"),
    [
        ("27.6 million", "26.7 million people", "person", BROKEN, "it states another"),
        ("27.6 million", "27.6 billion people", "person", BROKEN, "another scale"),
        ("27.6 billion", "27.6 million people", "person", BROKEN, "another scale"),
        ("27.6 trillion", "27.6m people", "person", BROKEN, "another scale"),
        ("5 %", "5 percentage points", "percent", BROKEN, "another unit"),
        ("5 points", "5 %", "percentage_point", BROKEN, "another unit"),
        ("2.5 per 1,000", "2.5 per 100,000", "per_1000", BROKEN, "another unit"),
        ("5 km", "5 miles", "km", BROKEN, "another unit"),
        ("71", "71 per cent", "person", BROKEN, "another unit"),
        ("$5 million", "€5 million", "USD", BROKEN, "another unit"),
        ("3", "3 years", "person", BORDERLINE, "another unit"),
        ("9", "3 years", "person", BROKEN, "it states another"),
        ("$5 billion", "$5 billion a year", "USD", BORDERLINE, "another unit"),
        ("5 %", "a change of -5 %", "percent", BORDERLINE, "another sign"),
        ("27.6 million", "27.7 million people", "person", BORDERLINE, "it states another"),
        ("-5 %", "a rise of 5 %", "percent", BORDERLINE, "another sign"),
        ("157,652", "over 140,000", "person", BORDERLINE, "it states another"),
        ("50 %", "12 people and 50 kg", "percent", BROKEN, "another unit"),
        ("50,000", "5 of 1,000 people", "person", BROKEN, "it states another"),
        ("234", "1,234 people", "person", BROKEN, "it states another"),
        ("5", "6 people", "no unit", BROKEN, "it states another"),
        ("50 %", "0 people of 0 people", "percent", BROKEN, "it states another"),
        ("+4.1 %", "Sales fell by 4.1 per cent", "percent", BORDERLINE, "another sign"),
        ("rose by 4.1 %", "a fall of 4.1 per cent", "percent", BORDERLINE, "another sign"),
        ("up 4.1 %", "Sales were 4.1 per cent lower", "percent", BORDERLINE, "another sign"),
        ("+0.25 %", "The rate was lowered by 0.25 per cent", "percent", BORDERLINE, "another sign"),
        ("-€1,204 thousand", "Result (€ thousand): 1,204", "EUR", BORDERLINE, "another sign"),
        ("121 g/km", "they weigh 121 kg", "gram/km", BROKEN, "another unit"),
        ("-4.1 %", "Sales fell to 4.1 per cent", "percent", BORDERLINE, "another sign"),
        ("+50 %", "Sales tripled", "percent", BROKEN, "it states another"),
        ("15,000 a month", "15,000 nurses a year", "person/month", BROKEN, "another unit"),
        ("27,612,000", "27.6 million farmers", "person", BORDERLINE, "it has fewer digits"),
        ("12.4 %", "12 per cent of roofs", "percent", BORDERLINE, "it has fewer digits"),
        ("0", "17 injuries", "person", BROKEN, "it states another"),
        ("0", "There is no doubt that 12 died", "person", BROKEN, "it states another"),
    ],
)
def test_what_differs_from_the_quote_is_named(said, quote, unit, outcome, what):
    [(found, message)] = number(said, quote, unit)
    assert found == outcome
    assert message.startswith(what)


@pytest.mark.parametrize(
    ("said", "quote", "why"),
    [
        ("71 %", "most of them", "no quantity can be read in its quote"),
        ("70 %", "sept personnes sur dix", "no quantity can be read in its quote"),
        ("50", "1/2 of all, and 99 million", "'1/2' is read only in its sentence"),
        ("5 %", "5 " * LONGEST_QUOTE, f"its quote has over {LONGEST_QUOTE:,} characters"),
    ],
)
@pytest.mark.parametrize("code", ["FC208", "FC209"])
def test_what_cannot_be_read_in_a_quote_is_untestable_and_says_why(code, said, quote, why):
    unit = "percent" if "%" in said else "person"
    [found] = findings(row(reported=said, quote=quote, unit=unit), code)
    assert (found.outcome, found.severity) == (UNTESTABLE, "note")
    assert found.message == f"a cannot be tested: {why}"


def test_a_year_is_a_year_where_the_period_is_one():
    assert number("$5 billion", "$5 billion a year", "USD", period="2021") == []
    assert number("$5 billion", "$5 billion a year", "USD", period="2020/2021") != []


@pytest.mark.parametrize(
    ("said", "quote", "damaged"),
    [
        ("27.6", "27.60 km", True),
        ("1.5", "1.500 km", True),
        ("half a million", "500,000 people", False),
        ("£3.4bn", "£3,400 million", False),
        ("two dozen", "24 boats", False),
        ("25 billion rupees", "₹2,500 crore", False),
    ],
)
def test_a_spreadsheet_takes_noughts_and_writes_no_words(said, quote, damaged):
    found = findings(row(reported=said, quote=quote, unit="item"), "FC009")
    assert bool(found) == damaged


def test_a_slip_is_offered():
    [found] = findings(row(reported="27.6 million", quote="26.7 million people"), "FC208")
    assert found.diagnosis == "fits if two digits were swapped: 26.7 million"
    assert found.proof == "'27.6 million' is reported, the quote has '26.7 million people'"
    [found] = findings(row(reported="27.6 million", quote="27.6 billion, 5 men, 6 men"), "FC208")
    assert found.diagnosis.startswith("fits if million were billion")


def test_of_many_numbers_a_few_are_listed():
    [found] = findings(
        row(reported="77", quote="1 man, 2 men, 3 men, 4 men, 5 men, 6 men"), "FC208"
    )
    assert found.proof.endswith("'5 men' and 1 more")
    assert found.diagnosis == ""


def test_the_precision_of_a_cell_or_a_source_is_no_matter_of_spelling():
    assert number("27.6 million", "27,612,345 people", precision="exact") == []


@pytest.mark.parametrize(
    ("said", "quote", "status", "found"),
    [
        ("140,000", "over 140,000 people", "", [(BORDERLINE, "drops")]),
        ("about 150", "about 150 people", "", []),
        ("about 150", "150 people", "", []),
        ("over 150", "157 people", "", []),
        ("under 150", "over 150 people", "", [(BROKEN, "reverses")]),
        ("27.6 million", "an estimated 27.6 million", "", [(BORDERLINE, "drops")]),
        ("27.6 million", "an estimated 27.6 million", "E", []),
        ("150", "about 150 people", "E", [(BORDERLINE, "drops")]),
        ("150", "about 150 people, in all 150 people", "", []),
        ("150", "up to 150 people", "", [(BORDERLINE, "drops")]),
        ("up to 150", "150 people", "", []),
        ("150", "140 people", "", []),
        ("64,000", "64,000 objects or more", "", [(BORDERLINE, "drops")]),
        ("150", "150 people, at most.", "", [(BORDERLINE, "drops")]),
        ("41,300", "41,300 (estimate)", "", [(BORDERLINE, "drops")]),
        ("41,300", "41,300 (estimate)", "E", []),
    ],
)
def test_the_hedge_or_bound_of_a_quote_is_kept(said, quote, status, found):
    assert qualifier(said, quote, status=status) == found


@pytest.mark.parametrize("quote", ["", "  ", "\n"])
def test_an_empty_quote_is_no_finding(quote):
    assert number("5", quote) == []


@pytest.mark.parametrize("said", ["", "..", "a surge"])
def test_what_states_no_number_has_none_to_look_for(said):
    assert number(said, "5 people") == qualifier(said, "5 people") == []


@pytest.mark.parametrize(
    "quote",
    [
        "הנתון הוא 27.6 million",
        "\u202e27.6 million\u202c",
        "٢٧٫٦ مليون",
        "27\u200b.6",
        "\x00",
        "💥",
    ],
)
def test_strange_letters_end_in_a_finding_or_none(quote):
    assert len(number("27.6 million", quote)) <= 1


def test_a_quote_as_long_as_a_file_is_not_searched():
    long = "5 people and " * (LONGEST_QUOTE // 13 + 1)
    [(outcome, _)] = number("7", long)
    assert outcome == UNTESTABLE
    assert qualifier("7", long) == [(UNTESTABLE, "cannot")]
    assert number("5", long[: LONGEST_QUOTE - 100]) == []


NUMBERS = st.one_of(
    st.integers(1, 10**9).map("{:,}".format),
    st.decimals(1, 999, places=1, allow_nan=False).map("{} million".format),
    st.decimals(1, 99, places=1, allow_nan=False).map("{} %".format),
)
PROSE = st.lists(
    st.sampled_from(
        "the report says that victims were found by police ; (see the annex) , according to the "
        "office : “we saw” — in Italy".split()
    ),
    max_size=8,
).map(" ".join)
UNITS = {"%": "percent"}


@given(PROSE, PROSE, NUMBERS, st.lists(NUMBERS, max_size=3))
def test_a_text_that_stands_in_its_quote_is_never_accused(before, after, said, others):
    quote = f"{'; '.join(others)}. {before}: {said}; {after}"
    unit = UNITS.get(said[-1], "person")
    assert number(said, quote, unit) == qualifier(said, quote, unit) == []


@given(
    PROSE, PROSE, NUMBERS, st.sampled_from(["about", "over", "nearly", "at most", "up to", "some"])
)
def test_a_hedge_that_is_lost_is_found(before, after, said, hedge):
    quote, unit = f"{before}: {hedge} {said}; {after}", UNITS.get(said[-1], "person")
    assert [what for _, what in qualifier(said, quote, unit)] == ["drops"]
