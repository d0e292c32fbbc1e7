"""What is said around a number: words, places and times, and how far off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figurecheck.context import SOME_TIME, Context, Surroundings
from figurecheck.dates import Recurring, Time, times
from figurecheck.document import parsed
from figurecheck.period import period
from figurecheck.place import WORLD, called, named, place
from figurecheck.vocabulary import alike, stem, stems


def contexts(text: str, form: str = "markdown") -> dict[str, Context]:
    """Give what is said around each number of a text, by the number."""
    document = parsed(text, form)
    around = Surroundings(document)
    return {each.text: around.context(each) for each in document.mentions}


def context(text: str) -> Context:
    """Give what is said around the first number of a text."""
    return next(iter(contexts(text).values()))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("labour", "labor"),
        ("organisations", "organization"),
        ("programme", "programs"),
        ("centres", "center"),
        ("women", "woman"),
        ("died", "deaths"),
        ("jobless", "unemployed"),
        ("trafficking", "trafficked"),
    ],
)
def test_words_that_stand_for_one_thing_have_one_stem(one, other):
    assert stem(one) == stem(other) != ()


def test_words_that_tell_nothing_have_no_stem_and_female_is_of_all_ages():
    assert stems("the number of people, which is his") == []
    assert stems("females") == ["women", "girl"]
    assert stems("state_imposed/forced") == stems("state imposed forced")


@given(st.text())
def test_any_text_has_stems_times_and_places(text):
    stems(text)
    list(times(text))
    list(named(text))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("in 2023", "2023"),
        ("2021-22", "2021/2022"),
        ("2021/2023", "2021/2023"),
        ("1999-98", "1999"),
        ("on 15 October 2023", "2023-10-15"),
        ("on October 15, 2023", "2023-10-15"),
        ("March 2024", "2024-03"),
        ("Sept. 2024", "2024-09"),
        ("Boeing 2024", "2024"),
        ("Q2 2025", "2025-Q2"),
        ("at the end of 2025", "2025-12-31"),
        ("the beginning of 2025", "2025-01-01"),
        ("the second quarter of 2025", "2025-Q2"),
    ],
)
def test_a_time_is_read(text, meant):
    [(_, found)] = times(text)
    assert found.when == period(meant)


def test_what_is_no_time_is_none():
    assert list(times("31 February 2023 and 1.2023 and 12023")) == []


def test_a_month_and_a_week_without_a_year_may_be_of_any():
    month, week = (each.when for _, each in times("in May, week 11"))
    assert (str(month), str(week)) == ("May", "week 11")
    assert month == Recurring("month", 5)
    assert month.of(period("2024-05")) is True
    assert month.of(period("2024-04")) is False
    assert month.of(period("2024")) is None
    assert week.of(period("2026-W11")) is True
    assert week.of(period("2026-W12")) is False
    assert week.of(period("2026-03")) is None


def test_countries_and_the_world_are_named():
    text = "The UK, the US, Viet Nam and Georgia; worldwide, not us or US$ 5"
    found = [each for _, each in named(text)]
    assert found == [place("GBR"), place("USA"), place("VNM"), place("GEO"), WORLD]


def test_a_word_is_nearer_to_the_number_of_its_part_of_the_sentence():
    found = contexts("Women made up 39 per cent, men 23 per cent and girls 22 per cent.")
    for number, word in (("39 per cent", "women"), ("23 per cent", "men"), ("22 per cent", "girl")):
        nearest = {each: found[number].stems[each] for each in ("women", "men", "girl")}
        assert min(nearest, key=nearest.__getitem__) == word
        assert nearest[word] == 0


def test_and_parts_numbers_only_where_nothing_else_does():
    found = contexts("Women and girls are 61 per cent, men and boys 39 per cent.")
    assert found["61 per cent"].beside >= {"women", "girl"}
    assert found["39 per cent"].beside >= {"men", "boy"}


def test_a_sentence_before_is_farther_than_all_of_ones_own():
    text = "Arrivals fell. In Italy, by sea, there were 5 boats and 6 rafts, or so."
    found = contexts(text)
    assert found["5"].stems["arriv"] > found["5"].stems["raft"] > found["5"].stems["boat"]


def test_headings_and_the_line_before_a_list_are_heard():
    found = context("# Arrivals\n\nBy sea:\n\n- Italy\n- Spain: 5\n")
    assert {"arriv", "sea"} <= found.stems.keys()
    assert found.stems["sea"] < found.stems["arriv"]


def test_a_cell_hears_the_heads_of_its_row_and_column():
    found = contexts("| place | 2022 |\n|--|--|\n| Italy | 105,129 |\n| Spain | 6,000 |\n")
    assert found["105,129"].places == [(0, place("ITA"))]
    assert found["105,129"].times[0] == (0, Time(period("2022"), plain=True))
    assert found["105,129"].cell


@pytest.mark.parametrize(
    ("head", "number", "printed"),
    [
        ("£ m", "7.2", "£7.2 million"),
        ("US$ billion", "7.2", "US$7.2 billion"),
        ("'000", "7.2", "7.2 thousand"),
        ("per cent", "7.2", "7.2 per cent"),
        ("deaths per 100,000", "7.2", "7.2 per 100,000"),
        ("persons", "7.2", "7.2"),
        ("£ m", "7 %", "7 %"),
    ],
)
def test_a_cell_has_the_unit_and_scale_of_its_head(head, number, printed):
    found = contexts(f"| of | {head} |\n|--|--|\n| shops | {number} |\n")
    assert found[number].printed == printed


def test_a_cell_without_a_head_and_lists_of_lists_are_heard():
    found = contexts("<table><tr><td>5 men</td><td>6 men</td></tr></table>", "html")
    assert found["5 men"].cell
    text = "By sea:\n\n- Italy:\n\n- of 5 boats\n- of 6 boats\n- of 7 boats\n"
    assert "sea" not in contexts(text)["7"].stems
    assert "itali" in contexts(text)["7"].stems


def test_a_table_has_the_unit_of_the_line_above_it():
    found = contexts("Income in £ million\n\n| of | 2024 |\n|--|--|\n| shops | 7.2 |\n")
    assert found["7.2"].printed == "£7.2 million"


@pytest.mark.parametrize(
    "text",
    [
        "Prices rose 5 %.",
        "Prices rose by 5 %.",
        "Prices were up 5 %.",
        "There were 5 % more.",
        "a 5 % increase in prices",
        "an increase of 5 %",
    ],
)
def test_a_number_that_says_a_change_is_told(text):
    assert context(text).change


@pytest.mark.parametrize(
    "text",
    [
        "Prices rose to 5 %.",
        "Women made up 5 %.",
        "New cases are falling: 5 % were recorded.",
        "The number of jobs, 5 million, hardly changed.",
    ],
)
def test_a_number_that_says_a_level_is_no_change(text):
    assert not context(text).change


@pytest.mark.parametrize(
    ("text", "earlier"),
    [
        ("There were 5 people a year earlier.", "year"),
        ("There were 5 people in the year before.", "year"),
        ("In the previous month there were 5 people.", "month"),
        ("Last year there were 5 people.", SOME_TIME),
        ("In the same year there were 5 people.", SOME_TIME),
        ("A month later there were 5 people.", SOME_TIME),
        ("There were 5 people.", ""),
    ],
)
def test_an_earlier_time_is_told(text, earlier):
    assert context(text).earlier == earlier


def test_what_a_share_is_said_to_be_of_is_told_and_a_name_behind_in():
    found = context("In Taranaki 5 % of those in forced labour are young.")
    assert found.elsewhere == "Taranaki"
    assert context("In Italy and in May, 5 % were young.").elsewhere == ""
    assert found.of[:2] == ("forc", "labor")
    assert context("There were 5 %.").of == ()


def test_a_block_without_an_end_is_heard_in_bounded_time():
    found = contexts("word, " * 20_000 + "5 people " + "and so, " * 20_000)
    assert found["5 people"].stems["word"] == 0


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("from July through September", "July to September"),
        ("January to May 2025", "2025-01/2025-05"),
        ("November to February 2025", "November to February"),
        ("in the March quarter", "January to March"),
        ("the June 2025 quarter", "2025-04/2025-06"),
        ("at the end of March", "the end of March"),
        ("at the end of March 2025", "2025-03-31"),
    ],
)
def test_several_months_and_the_end_of_one_are_read(text, meant):
    [(_, found)] = times(text)
    assert str(found.when) == meant


def test_several_months_may_be_those_of_any_year():
    [(_, found)] = times("from July through September")
    assert found.when.of(period("2024-Q3")) is True
    assert found.when.of(period("2024")) is None
    assert found.when.of(period("2024-06")) is None
    [(_, found)] = times("at the end of March")
    assert found.when.of(period("2024-Q1")) is True
    assert found.when.of(period("2024-Q2")) is False
    assert found.when.of(period("2024-03-30")) is False


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("In 2024 tax arrears rose to 5.", True),
        ("In 2024 prices it was 5.", False),
        ("The wettest quarter of 2024 had 5.", False),
        ("A 2024 study found 5.", False),
        ("It was 5 in 2024.", True),
    ],
)
def test_a_time_that_opens_a_sentence_is_that_of_its_numbers(text, plain):
    assert [each.plain for _, each in times(text)] == [plain]


def test_a_year_that_is_compared_with_is_not_that_of_the_number():
    assert list(times("up 4 % on 2023, more than in 2022, and over 2021")) == []
    found = contexts("It is 5 % more than in 2023, when there were 7 boats, down from 9 in 2022.")
    assert [str(each) for _, each in found["7"].times] == ["2023"]
    assert [str(each) for _, each in found["9"].times] == ["2022", "2023"]


def test_what_is_said_between_commas_restricts_nothing():
    text = (
        "The yard, which lies in the north, built 5 boats, the most since the war, said the mayor "
        "of Bonn, according to a study of the press."
    )
    assert context(text).telling == {"yard", "built", "boat"}


def test_ages_units_and_two_bedroom_flats_restrict():
    assert context("Of women aged 25 and over, 38 % were there.").telling >= {"25"}
    assert contexts("Of women aged 25 and over, 38 % were there.")["38 %"].telling == {
        "25",
        "age",
        "women",
    }
    assert contexts("A litre of milk was 5 kg of three-bedroom salt.")["5 kg"].telling == {
        "milk",
        "three",
        "bedroom",
        "salt",
    }
    assert contexts("In the first three months of 2025, 117 men came.")["117 men"].times[0][0] == 0


@pytest.mark.parametrize(
    ("text", "way", "moved"),
    [
        ("It rose by 5 %.", "more", True),
        ("It narrowed\nby 5 %.", "less", True),
        ("Sales rose from 7 t to 9 t, that is by 5 %.", "more", True),
        ("It was 5 % lower than that.", "less", False),
        ("It was 5 % lower than in 2023.", "less", True),
        ("It was 5 % down on 2023.", "less", True),
        ("There was an increase of 5 %.", "more", True),
        ("It stood by 5 %.", "", False),
        ("It was 5 %.", "", False),
    ],
)
def test_a_number_may_say_by_how_much_something_changed_in_time(text, way, moved):
    found = contexts(text)["5 %"]
    assert (found.change, found.moved) == (way, moved)


def test_the_people_and_the_letters_of_a_place_are_those_of_its_name():
    assert stems("Araucanía") == stems("ARAUCANIA")
    assert "Austrian" in called(place("AUT"))
    assert called(WORLD) == ("earth", "global", "globally", "world", "worldwide")
    assert called(place("city:port_alder")) == ("port_alder",)
    assert place("AUT").country
    assert not place("city:port_alder").country
    assert list(named("5 million US dollars")) == []
    assert alike("member", "membership")
    assert not alike("arm", "army")


def test_a_name_of_no_place_is_not_elsewhere():
    assert context("There were 5 men in Annex Two.").elsewhere == ""
    assert context("There were 5 men in Utopia.").elsewhere == "Utopia"
