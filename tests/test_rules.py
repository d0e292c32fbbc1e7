"""The rules: each is what its docstring says and shows, and keeps to its limits."""

from __future__ import annotations

import re
import string
from collections import Counter

import pytest
from small import accused, findings, outcomes

from figurecheck.finding import BORDERLINE, BROKEN, UNTESTABLE
from figurecheck.rule import FAMILIES, Rule
from figurecheck.rules import RULES

BLOCK = re.compile(r"^(Okay|FC\d{3}):\n((?:(?: {4}.*)?\n)+)", re.MULTILINE)

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def examples(rule: Rule, name: str) -> list[str]:
    """Give the registers that a docstring shows under a name."""
    return [text for found, text in BLOCK.findall(f"{rule.documentation}\n") if found == name]


@each_rule
def test_a_rule_has_a_law_a_message_and_both_kinds_of_example(rule):
    assert rule.law.endswith((".", "?"))
    assert rule.law[0].isupper()
    assert not rule.message[0].isupper()
    assert not rule.message.endswith(".")
    assert examples(rule, "Okay")
    assert examples(rule, rule.code)


@each_rule
def test_a_docstring_shows_nothing_but_its_own_rule(rule):
    shown = {name for name, _ in BLOCK.findall(f"{rule.documentation}\n")}
    assert shown == {"Okay", rule.code}


@each_rule
def test_what_a_docstring_calls_okay_is_not_accused(rule):
    for text in examples(rule, "Okay"):
        assert accused(text, rule.code) == []


@each_rule
def test_what_a_docstring_shows_under_a_code_is_found(rule):
    for text in examples(rule, rule.code):
        found = accused(text, rule.code)
        assert found
        assert all(each.message and each.line and each.path for each in found)


@each_rule
def test_a_message_completes_the_id_and_has_no_gap(rule):
    [first, *_] = [each for text in examples(rule, rule.code) for each in accused(text, rule.code)]
    fixed = [words for words, *_ in string.Formatter().parse(rule.message)]
    assert re.match(rf"(\S+|.*') {re.escape(fixed[0])}", first.message)
    assert all(words in first.message for words in fixed)
    assert "{" not in first.message


def test_a_code_is_used_once_and_belongs_to_a_family():
    codes = Counter(rule.code for rule in RULES)
    assert set(codes.values()) == {1}
    assert {code[:3] for code in codes} == set(FAMILIES)
    assert list(codes) == sorted(codes)


# FC0


@pytest.mark.parametrize("mark", ["..", "x", ":", "c", "NA"])
def test_a_mark_for_a_suppressed_number_is_a_note_and_cannot_be_tested(mark):
    [found] = findings(f"id,reported,unit,source\na,{mark},person,s", "FC001")
    assert (found.outcome, found.severity) == (UNTESTABLE, "note")
    assert mark in found.message


@pytest.mark.parametrize(
    "text", ["a surge", "5 and 6", "=SUM(A1:A3)", "Err:509", "nan", "inf", "٣"]
)
def test_what_states_no_single_number_is_an_error_and_untestable(text):
    [found] = findings(f"id,reported,unit,source\na,{text},person,s", "FC001")
    assert (found.outcome, found.severity) == (UNTESTABLE, "error")


def test_a_figure_that_nobody_reported_is_no_finding():
    assert findings("id,reported,unit,source\na,,person,") == []


def test_a_precision_that_cannot_be_read_is_said_of_the_figure():
    text = "id,reported,unit,source,precision\na,5,person,s,sometimes"
    assert "sometimes" in findings(text, "FC001")[0].message


@pytest.mark.parametrize("name", ["A", "1a", "a b", "a-b", "á", "а", "_a", "ª"])
def test_an_id_that_is_none_is_named_as_it_stands(name):
    [found] = findings(f"id,reported,unit,source\n{name},5,person,s", "FC002")
    assert name in found.message


def test_a_row_without_an_id_is_a_finding():
    assert findings("id,reported,unit,source\n,5,person,s", "FC002")[0].figure == "''"


def test_an_id_that_stands_twice_names_the_first_line():
    [found] = findings("id,reported,unit,source\na,5,person,s\n\na,6,person,s", "FC002")
    assert found.line == 4
    assert "line 2" in found.message


def test_a_unit_that_means_two_things_is_refused_with_what_to_write():
    [found] = accused("id,reported,unit,source\na,5,kt,s", "FC004")
    assert "did you mean" in found.message


@pytest.mark.parametrize("column", ["repeats", "base"])
def test_a_reference_to_nothing_offers_the_nearest_id(column):
    text = f"id,reported,unit,source,{column}\nforced_labour,5,person,s,\nb,5,person,s,forced_labur"
    [found] = findings(text, "FC007")
    assert "did you mean 'forced_labour'" in found.message
    assert found.outcome == {"repeats": BROKEN, "base": BORDERLINE}[column]


def test_a_base_may_be_any_beginning_of_a_registered_concept():
    text = """id,reported,unit,concept,base,source
        a,40,person,slavery/labour/private,,s
        b,71 %,percent,slavery/women,slavery/labour,s"""
    assert findings(text, "FC007") == []


def test_every_unknown_name_of_a_statement_is_said():
    text = """id,reported,unit,source
        a,5,person,s
        relations:
        id,statement
        r,a == b + c"""
    assert len(findings(text, "FC008")) == 2


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("2.76E+07", "shortened"),
        ("1.5E+3", "shortened"),
        ("Err:509", "an error"),
        ("#REF!", "an error"),
        ("#N/A", "an error"),
        ("=A1+B1", "a formula"),
        ("@SUM(A1)", "a formula"),
        ("12-Mar", "a date"),
    ],
)
def test_damage_by_a_spreadsheet_is_named(text, what):
    [found] = findings(f"id,reported,unit,source\na,{text},person,s", "FC009")
    assert what in found.message
    assert found.severity == "warning"


@pytest.mark.parametrize("text", ["+5 %", "1.5 million", "up to 5", "12 March"])
def test_what_was_printed_is_no_damage(text):
    assert findings(f"id,reported,unit,source\na,{text},percent,s", "FC009") == []


@pytest.mark.parametrize(
    ("text", "quote", "damaged"),
    [
        ("27.6", "27.60 km", True),
        ("27.60", "27.60 km", False),
        ("27.6", "27.6 or 27.60 km", False),
        ("27.6", "30 km", False),
        ("27.6", "", False),
        ("..", "27.60 km", False),
    ],
)
def test_a_number_that_is_longer_in_its_quote_lost_its_zeros(text, quote, damaged):
    found = findings(f"id,reported,unit,source,quote\na,{text},km,s,{quote}", "FC009")
    assert bool(found) == damaged


def test_a_relation_has_waivers_as_a_figure_has():
    text = """id,reported,unit,source
        a,5,person,s
        b,6,person,s
        relations:
        id,statement,waive
        r,a == b,FC304"""
    [found] = findings(text, "FC010")
    assert found.figure == "r"


@pytest.mark.parametrize(
    ("row", "wanted"), [("a,5", "2 cells"), ("a,5,person,s,,,x", "7 cells"), ("a", "1 cells")]
)
def test_a_row_of_another_length_is_said_and_kept(row, wanted):
    text = f"id,reported,unit,source\n{row}\n"
    [found] = findings(text, "FC013")
    assert wanted in found.message
    assert found.figure == "a"


def test_an_unknown_column_offers_the_nearest():
    text = "id,reported,unit,source,perod,\na,5,person,s,2021,x"
    assert {each.figure for each in findings(text, "FC013")} == {"perod", "''"}
    assert any("did you mean 'period'" in each.message for each in findings(text, "FC013"))


@pytest.mark.parametrize("column", ["repeats", "base"])
def test_a_circle_is_one_finding_and_what_leads_into_it_is_none(column):
    text = f"""id,reported,unit,source,{column}
        a,5,person,s,b
        b,5,person,s,c
        c,5,person,s,a
        d,5,person,s,a
        e,5,person,s,e"""
    found = findings(text, "FC014")
    assert [(each.figure, each.related) for each in found] == [("a", ("b", "c")), ("e", ())]
    assert f"{column} a -> b -> c -> a" in found[0].message


def test_derived_quantities_in_a_circle_are_said():
    text = """id,reported,unit,source
        a,5,person,s
        relations:
        id,statement
        x,x = y + a
        y,y = x + a
        z,z = a + a"""
    assert [each.figure for each in findings(text, "FC014")] == ["x", "y"]


@pytest.mark.parametrize(
    ("status", "known"), [("E", True), ("E P", True), ("BE", True), ("e", False)]
)
def test_a_status_is_made_of_letters_of_sdmx(status, known):
    text = f"id,reported,unit,source,status\na,5,person,s,{status}"
    assert (findings(text, "FC015") == []) == known


def test_a_text_with_two_readings_is_noted_with_both():
    [found] = findings("id,reported,unit,source\na,1.234,km,s", "FC016")
    assert (found.outcome, found.severity) == (UNTESTABLE, "note")
    assert "1,234" in found.message


# FC1


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("0 %", True),
        ("100.4 %", False),
        ("-1 %", False),
        ("over 100 %", True),
        ("about 101 %", True),
    ],
)
def test_a_share_lies_within_its_base(text, fits):
    register = f"id,reported,unit,base,source\na,{text},percent,victims,s"
    assert (outcomes(register, "FC101") == []) == fits


def test_a_growth_may_be_more_than_all():
    assert findings("id,reported,unit,source\na,150 %,percent,s", "FC101") == []


@pytest.mark.parametrize(
    ("text", "whole"),
    [("0", True), ("-5", False), ("0.5", False), ("over 0.5", True), ("1.5 thousand", True)],
)
def test_a_count_is_whole_and_not_negative(text, whole):
    register = f"id,reported,unit,source\na,{text},person,s"
    assert (outcomes(register, "FC102") == []) == whole


def test_what_is_measured_need_not_be_whole():
    assert findings("id,reported,unit,source\na,-0.5,km,s", "FC102") == []


@pytest.mark.parametrize(
    ("text", "unit", "kept"),
    [
        ("71 %", "person", False),
        ("$5", "person", False),
        ("5 people", "percent", False),
        ("5 kg", "km", False),
        ("\u20ac5", "USD", False),
        ("5 per 1,000", "person", False),
        ("5 km", "metre", True),
        ("$5", "CAD", True),
        ("5 people", "event", True),
        ("5 people", "person/year", True),
        ("US$ 5 billion", "USD/year", True),
        ("one in four", "percent", True),
        ("5", "km", True),
        ("..", "km", True),
        ("5 km", "kt", True),
    ],
)
def test_the_unit_that_a_text_names_is_kept(text, unit, kept):
    register = f'id,reported,unit,source\na,"{text}",{unit},s'
    assert (findings(register, "FC104") == []) == kept


def test_a_text_in_another_unit_of_the_same_dimension_is_converted():
    text = """id,reported,unit,source
        a,5 km,metre,s
        b,5000,metre,s
        relations:
        id,statement
        r,a == b"""
    assert findings(text, "FC3") == []


# FC2


def test_a_relation_names_a_known_source_too():
    text = """id,reported,unit,source
        a,5,person,s
        relations:
        id,statement,source
        r,a == 5,t
        sources: s"""
    [found] = findings(text, "FC201")
    assert found.figure == "r"


def test_a_key_that_is_nearly_one_is_offered():
    text = "id,reported,unit,source\na,5,person,ilo_202\nsources: ilo_2022"
    assert "did you mean 'ilo_2022'" in findings(text, "FC201")[0].message


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("slavery/women,ITA,2016", []),
        ("slavery/women,,", []),
        ("slavery/men,ITA,2016", ["concept"]),
        ("slavery/women,FRA,2016", ["place"]),
        ("slavery/women,ITA,2021", ["period"]),
        ("slavery/men,FRA,2021", ["concept, period and place"]),
    ],
)
def test_only_what_both_state_tells_that_another_thing_is_repeated(cells, said):
    text = f"""id,reported,unit,concept,place,period,source,repeats
        a,5,person,slavery/women,ITA,2016,s,
        b,5,person,{cells},s,a"""
    messages = [each.message for each in findings(text, "FC202")]
    assert messages == [f"b repeats a, a figure of another {what}" for what in said]


@pytest.mark.parametrize(
    ("original", "copy", "found"),
    [
        ("person", "victim", False),
        ("person", "arrival", False),
        ("person", "USD", True),
        ("person", "percent", True),
        ("person", "furlong_of_things", False),
        ("USD", "USD/year", False),
        ("USD/year", "USD", False),
        ("USD", "EUR", True),
        ("percent", "fraction", False),
        ("percent", "per_1000", False),
        ("percent", "percentage_point", True),
        ("percentage_point", "percent", True),
        ("percentage_point", "basis_point", False),
        ("per_1000", "percentage_point", False),
        ("km", "metre", False),
        ("km", "tonne", True),
    ],
)
def test_a_unit_that_is_sure_to_be_another_is_named(original, copy, found):
    text = f"id,reported,unit,source,repeats\na,5,{original},s,\nb,5,{copy},s,a"
    said = [(each.message, each.proof) for each in findings(text, "FC202")]
    words = ("b repeats a, a figure of another unit", f"unit {original}, not {copy}")
    assert said == ([words] if found else [])


@pytest.mark.parametrize(
    ("original", "copy", "outcome"),
    [
        ("27.6 million", "27.6 million", None),
        ("27.6 million", "28 million", None),
        ("27.6 million", "about 30 million", BORDERLINE),
        ("27.6 million", "30 million", BORDERLINE),
        ("27.6 million", "26.7 million", BROKEN),
        ("27.6 million", "27.6 billion", BROKEN),
        ("about 27.6 million", "27.68 million", BORDERLINE),
        ("over 27 million", "25 million", BROKEN),
        ("27.6 million", "..", UNTESTABLE),
    ],
)
def test_a_repeated_number_is_one_that_the_original_allows(original, copy, outcome):
    text = f"id,reported,unit,source,repeats\na,{original},person,s,\nb,{copy},person,s,a"
    found = [each.outcome for each in findings(text, "FC203")]
    assert found == ([outcome] if outcome else [])


@pytest.mark.parametrize(
    ("original", "copy", "offered"),
    [
        ("27.6 million", "27.6 billion", "fits if billion were million"),
        ("27.6 million", "26.7 million", "fits if two digits were swapped: 27.6 million"),
        ("27.6 million", "9.1 million", "fits c (9.1 million; 2016)"),
        ("27.6 million", "13.3 million", ""),
        ("27.6 million", "30 million", ""),
    ],
)
def test_a_repeat_that_is_another_number_is_told_what_it_fits(original, copy, offered):
    text = f"""id,reported,unit,concept,place,period,source,repeats
        a,{original},person,slavery,ITA,2021,s,
        b,{copy},person,slavery,ITA,2021,t,a
        c,9.1 million,person,slavery,ITA,2016,s,
        sources: s, t"""
    assert [each.diagnosis for each in findings(text, "FC203")] == [offered]


@pytest.mark.parametrize(
    ("original", "copy", "what"),
    [
        ("about 150", "150", "drops"),
        ("about 150", "about 150", ""),
        ("150", "about 150", ""),
        ("over 150", "under 150", "reverses"),
        ("at most 150", "at least 150", "reverses"),
        ("over 150", "at least 150", ""),
        ("over 150", "150", "drops"),
        ("157", "over 150", ""),
        ("over 150", "..", ""),
    ],
)
def test_a_hedge_or_bound_is_kept(original, copy, what):
    text = f"id,reported,unit,source,repeats\na,{original},km,s,\nb,{copy},km,s,a"
    found = findings(text, "FC204")
    assert [each.message.partition("and ")[2].split()[0] for each in found] == (
        [what] if what else []
    )


@pytest.mark.parametrize(
    ("named", "borne"),
    [
        ("ILO", True),
        ("ilo", True),
        ("the I.L.O.", True),
        ("ilo_2022", True),
        ("International Labour Organization", True),
        ("International Labour Organization (ILO)", True),
        ("UNICEF and ILO", True),
        ("UNODC", False),
        ("UNODC and UNICEF", False),
        ("?", False),
        ("", True),
    ],
)
def test_a_publisher_matches_by_key_or_any_name(named, borne):
    text = f"""id,reported,unit,source,attributed_to,repeats
        a,5,person,ilo_2022,,
        b,5,person,news,{named},a
        sources: ilo_2022=ILO, news"""
    assert (findings(text, "FC205") == []) == borne


def test_a_figure_that_passes_another_on_bears_the_name_that_it_gives():
    text = """id,reported,unit,source,attributed_to,repeats
        a,5,person,agency,ILO,
        b,5,person,news,ILO,a
        sources: agency, news"""
    assert findings(text, "FC205") == []


UNBORNE = """id,reported,unit,concept,source,attributed_to
    a,{original},percent,{concept},unodc_2009,
    b,79 per cent,percent,victims/abroad,news,{named}
    sources: unodc_2009=UNODC, news"""


@pytest.mark.parametrize(
    ("original", "concept", "named", "outcome"),
    [
        ("79%", "victims/sexual", "UNODC", BORDERLINE),
        ("80%", "victims/sexual", "UNODC", UNTESTABLE),
        ("79%", "victims/sexual", "IOM", UNTESTABLE),
        ("80%", "victims/abroad", "UNODC", None),
        ("79%", "victims/sexual", "", None),
        ("79%", "victims/sexual", "news", None),
    ],
)
def test_a_publisher_bears_a_concept_or_equal_values_are_named(original, concept, named, outcome):
    text = UNBORNE.format(original=original, concept=concept, named=named)
    found = [each.outcome for each in findings(text, "FC206")]
    assert found == ([outcome] if outcome else [])


def test_several_equal_values_are_counted():
    text = """id,reported,unit,concept,source,attributed_to
        a,79%,percent,victims/sexual,unodc_2009,
        c,79 %,percent,victims/other,iom,
        b,79 per cent,percent,victims/abroad,news,UNODC
        sources: unodc_2009=UNODC, iom, news"""
    [found] = findings(text, "FC206")
    assert "2 equal values are of other things" in found.message
    assert found.related == ("a", "c")
    assert "misattributed" not in found.message


@pytest.mark.parametrize(
    ("value", "fits"),
    [("27600000", True), ("27649999", True), ("27.6", False), ("many", False), ("2.76e7", True)],
)
def test_a_machine_number_is_one_that_the_text_allows(value, fits):
    text = f"id,reported,unit,value,source\na,27.6 million,person,{value},s"
    assert (findings(text, "FC207") == []) == fits


REPEATED = """id,reported,unit,concept,base,place,period,source,attributed_to,status,repeats,quote
    {original}
    {copy}
    sources: ilo_2022=International Labour Organization, ilo_news=ILO, news, agency"""


@pytest.mark.parametrize(
    ("original", "copy", "left_out"),
    [
        ("a,5,person,c,,ITA,2021,ilo_2022,,,,", "b,5,person,c,,,,news,,,a,", ""),
        ("a,5,person,c,,ITA,2021,ilo_2022,,,,", "b,..,person,,,,,news,,,a,five", ""),
        ("a,..,person,c,,ITA,2021,ilo_2022,,E,,", "b,5,person,,,,,news,,,a,", "concept"),
        ("a,5,person,c,,,,ilo_2022,,,,", "b,5,person,,,,,news,,,a,", "concept"),
        ("a,5 %,percent,c/a,c,,,s,,,,", "b,5 %,percent,c/a,,,,news,,,a,", "base"),
        ("a,5 %,percent,c/a,c,,,s,,,,", "b,5 %,percent,c/a,c,,,news,,,a,", ""),
        ("a,5,person,c,,,2021,s,,,,", "b,5,person,c,,,,s,,,a,5 people now", "period"),
        ("a,5,person,c,,,2021,s,,,,", "b,5,person,c,,,,s,,,a,5 people in 2021", ""),
        ("a,5,person,c,,,2021,s,,,,", "b,5,person,c,,,,s,,,a,5 people last year", ""),
        ("a,5,person,c,,,2021,s,,,,", "b,5,person,c,,,,s,,,a,5 people in May", ""),
        ("a,5,person,c,,,2021,s,,,,", "b,5,person,c,,,,s,,,a,of 2021 people 5 may", ""),
        ("a,5,person,c,,,2021,s,,,,", "b,5,person,c,,,2021,s,,,a,5 people", ""),
        ("a,5,person,c,,,2021,s,,,,", "b,5,person,c,,,2016,s,,,a,5 people", ""),
        ("a,5 %,percent,c/a,c,,2021,s,,,,", "b,5 %,percent,c/a,a,,,s,,,a,of these 5 %", ""),
        ("a,5,person,c,,,,ilo_2022,,,,", "b,5,person,c,,,,news,,,a,5 people", "publisher"),
        ("a,5,person,c,,,,ilo_2022,,,,", "b,5,person,c,,,,news,ILO,,a,5 people", ""),
        ("a,5,person,c,,,,ilo_2022,,,,", "b,5,person,c,,,,news,,,a,5 said the I.L.O.", ""),
        ("a,5,person,c,,,,ilo_2022,,,,", "b,5,person,c,,,,news,,,a,5 in silos", "publisher"),
        ("a,5,person,c,,,,ilo_2022,,,,", "b,5,person,c,,,,ilo_news,,,a,5 people", ""),
        ("a,5,person,c,,,,ilo_2022,,,,", "b,5,person,c,,,,ilo_2022,,,a,5 people", ""),
        ("a,5,person,c,,,,nowhere,,,,", "b,5,person,c,,,,news,,,a,5 people", ""),
        ("a,5,person,c,,,,agency,ILO,,,", "b,5,person,c,,,,news,,,a,5 people", "publisher"),
        ("a,5,USD_2015,c,,,,s,,,,", "b,5,USD,c,,,,s,,,a,", "price year"),
        ("a,5,USD/year,c,,,,s,,,,", "b,5,USD,c,,,,s,,,a,", "unit"),
        ("a,5,USD/year,c,,,2021,s,,,,", "b,5,USD,c,,,,s,,,a,", ""),
        ("a,5,USD/person/year,c,,,2021,s,,,,", "b,5,USD,c,,,,s,,,a,", "unit"),
        ("a,5,USD/year,c,,,,s,,,,", "b,5,person,c,,,,s,,,a,", ""),
        ("a,5,USD,c,,,,s,,,,", "b,5,USD/year,c,,,,s,,,a,", ""),
        ("a,5,event/person,c,,,,s,,,,", "b,5,fraction,c,,,,s,,,a,", ""),
        ("a,5,thing,c,,,,s,,,,", "b,5,USD,c,,,,s,,,a,", ""),
        ("a,5 million,person,c,,,,s,,E,,", "b,5 million,person,c,,,,s,,,a,", "estimate"),
        ("a,5 million,person,c,,,,s,,E,,", "b,5 million,person,c,,,,s,,E,a,", ""),
        ("a,5 million,person,c,,,,s,,E,,", "b,about 5 million,person,c,,,,s,,,a,", ""),
        ("a,5 million,person,c,,,,s,,E,,", "b,5 million,person,c,,,,s,,,a,as we estimate", ""),
        ("a,5 million,person,c,,,,s,,P,,", "b,5 million,person,c,,,,s,,,a,", "provisional state"),
        ("a,4.2 +- 0.4,km,c,,,,s,,,,", "b,4.2,km,c,,,,s,,,a,", "spread"),
        ("a,4.2 +- 0.4,km,c,,,,s,,,,", "b,4.2 +- 0.4,km,c,,,,s,,,a,", ""),
        ("a,4.2 +- 0.4,km,c,,,,s,,,,", "b,4.2,km,c,,,,s,,,a,4.2 (±0.4)", ""),
        (
            "a,5 million,person,c,,,2021,ilo_2022,,E,,",
            "b,5 million,person,,,,,news,,,a,5 million",
            "concept, period, publisher and estimate",
        ),
    ],
)
def test_what_a_repeat_leaves_out_is_a_note(original, copy, left_out):
    text = REPEATED.format(original=original, copy=copy)
    found = [(each.message, each.severity) for each in findings(text, "FC212")]
    words = f"b repeats a, and leaves out its {left_out}"
    assert found == ([(words, "note")] if left_out else [])


def test_whose_number_a_repeat_leaves_out_is_said_by_name():
    text = """id,reported,unit,source,attributed_to,repeats,quote
        a,5,person,agency,ILO,,
        b,5,person,news,,a,5 people
        sources: agency, news"""
    [found] = findings(text, "FC212")
    assert found.proof == "a: published by ILO, and its quote does not name it"


# FC3


def test_first_hand_figures_of_two_sources_that_disagree_are_a_warning():
    text = """id,reported,unit,concept,place,period,source,repeats
        a,1.2 million,person,slavery,ITA,2021,{},
        b,1.4 million,person,slavery,ITA,2021,t,{}"""
    one_source = findings(text.format("t", ""), "FC301")
    two_sources = findings(text.format("s", ""), "FC301")
    assert [each.severity for each in (*one_source, *two_sources)] == ["error", "warning"]


def test_a_copy_that_disagrees_has_no_such_excuse_and_is_named_first():
    text = """id,reported,unit,concept,place,period,source,repeats
        a,1.2 million,person,slavery,ITA,2021,s,
        c,1.3 million,person,slavery,ITA,2022,s,
        b,1.4 million,person,slavery,ITA,2021,t,c"""
    [found] = findings(text, "FC301")
    assert (found.figure, found.related, found.severity) == ("b", ("a",), "error")


def test_a_group_of_figures_is_judged_once_and_its_extremes_are_named():
    rows = [f"f{number},1.{number} million,person,slavery,ITA,2021,s" for number in (5, 1, 9, 3, 7)]
    text = "\n".join(["id,reported,unit,concept,place,period,source", *rows])
    [found] = findings(text, "FC301")
    assert {found.figure, *found.related} == {"f1", "f9"}


def test_a_figure_that_does_not_fit_is_told_what_it_fits():
    text = """id,reported,unit,concept,place,period,source
        a,1.2 million,person,slavery,ITA,2021,s
        b,1.4 million,person,slavery,ITA,2021,s
        c,1.2 million,person,slavery,ITA,2016,s
        d,1.2 million,person,slavery,FRA,2021,s"""
    [found] = findings(text, "FC301")
    assert found.diagnosis == "fits c (1.2 million; 2016), d (1.2 million; FRA)"


@pytest.mark.parametrize(
    "row",
    [
        "b,9 per 1000,per_1000,slavery/children,,ITA,2021,s",
        "b,9,1,slavery/children,,ITA,2021,s",
        "b,9 %,percent,slavery/children,other,ITA,2021,s",
        "b,9 million,person,slavery/children,,,2021,s",
        "b,9 million,person,slavery/children,,ITA,,s",
        "b,9 million,person,,,ITA,2021,s",
        "b,9 million,person,slaveryx,,ITA,2021,s",
        "b,9 million,person,slavery/children,,ITA,2022,s",
    ],
)
def test_an_empty_cell_a_rate_or_another_base_implies_nothing(row):
    text = f"""id,reported,unit,concept,base,place,period,source
        a,1 million,person,slavery,,ITA,2021,s
        {row}"""
    assert findings(text, "FC302") == []
    assert findings(text, "FC301") == []


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("a + b == 12", "FC304"),
        ("total(a, b) == 12", "FC304"),
        ("a > b", "FC305"),
        ("a < a - a", "FC305"),
        ("g == rate(events=a, exposure=b)", "FC306"),
        ("g == change(new=a, old=b)", "FC307"),
        ("g == share(part=a, whole=b)", "FC308"),
        ("a * b == 31", "FC309"),
        ("a ** 2 == b", "FC309"),
    ],
)
def test_a_declared_check_that_fails_is_one_finding_of_its_own_kind(statement, code):
    text = f"""id,reported,unit,source,precision
        a,5,1,s,exact
        b,6,1,s,exact
        g,10 %,percent,s,exact
        relations:
        id,statement
        r,"{statement}" """
    [found] = findings(text, "FC3")
    assert (found.code, found.outcome, found.figure) == (code, BROKEN, "r")
    assert found.proof


def test_a_check_over_an_unreadable_number_is_untestable_and_says_which():
    text = """id,reported,unit,source
        a,5,person,s
        b,..,person,s
        relations:
        id,statement
        r,a == b"""
    [found] = findings(text, "FC304")
    assert found.outcome == UNTESTABLE
    assert "b is not known" in found.message


def test_unlike_units_are_said_once_by_their_own_rule():
    text = """id,reported,unit,source
        a,5,person,s
        b,5,USD,s
        relations:
        id,statement
        r,a == b"""
    assert [each.code for each in findings(text, "FC3")] == []
    assert len(accused(text, "FC405")) == 1


# FC4


def test_a_share_of_what_it_names_by_id_multiplies_it():
    text = """id,reported,unit,concept,base,source
        all,27.6 million,person,slavery/labour,,s
        women,43 %,percent,slavery/labour/women,all,s
        relations:
        id,statement
        d,d = all * women"""
    assert findings(text, "FC401") == []


@pytest.mark.parametrize(
    ("rows", "silent"),
    [
        ("all,27 million,person,slavery,,s\nwomen,43 %,percent,slavery/women,,s", "base"),
        ("all,27 million,person,,,s\nwomen,43 %,percent,slavery/women,slavery,s", "concept"),
    ],
)
def test_a_share_without_a_base_cannot_be_tested(rows, silent):
    text = f"""id,reported,unit,concept,base,source
        {rows}
        relations:
        id,statement
        d,d = women * all"""
    [found] = findings(text, "FC401")
    assert found.outcome == UNTESTABLE
    assert f"no {silent}" in found.message


def test_shares_of_different_bases_do_not_multiply():
    text = """id,reported,unit,concept,base,source
        women,71 %,percent,slavery/women,slavery,s
        children,25 %,percent,slavery/children,slavery,s
        relations:
        id,statement
        girls,girls = women * children"""
    [found] = findings(text, "FC401")
    assert found.outcome == BORDERLINE


PERIODS = """id,reported,unit,concept,place,period,source
    all,9,event,fires,ITA,{},s
    a,4,event,{},ITA,{},s
    b,5,event,{},ITA,{},s
    relations:
    id,statement
    r,{}"""


@pytest.mark.parametrize(
    ("cells", "outcome"),
    [
        (("2021/2022", "fires", "2021", "fires", "2022", "all == a + b"), None),
        (("2021/2022", "fires", "2021", "fires", "2021/2022", "all == a + b"), BORDERLINE),
        (("2022", "fires/a", "2022", "fires/b", "2022", "all == a + b"), None),
        (("2022", "fires/a", "2021", "fires/b", "2022", "all == a + b"), BORDERLINE),
        (("2022", "fires/a", "", "fires/b", "2022", "all == a + b"), UNTESTABLE),
        (("2022", "fires", "2021", "fires", "2022", "a < b"), None),
        (("2022", "fires", "2021", "fires", "2022", '"all == change(new=b, old=a)"'), None),
        (("2022", "fires", "2021", "fires", "2022", "r = b / a"), None),
        (("2022", "fires", "2021", "floods", "2022", "r = b / a"), BORDERLINE),
        (("2022", "fires", "2021", "floods", "", "r = b / a"), UNTESTABLE),
        (("2022", "fires", "2021", "fires", "2021/2022", "b - a == all"), None),
        (("2022", "fires", "2021", "fires", "2022", "-a == b - all"), None),
    ],
)
def test_what_is_put_side_by_side_is_of_one_period(cells, outcome):
    found = [each.outcome for each in findings(PERIODS.format(*cells), "FC402")]
    assert found == ([outcome] if outcome else [])


@pytest.mark.parametrize(
    ("rows", "statement", "outcome"),
    [
        ("a,4,person,x,ITA,s\nb,5,person,x,FRA,s", "a + b == 9", None),
        ("a,4,person,x/a,ITA,s\nb,5,person,x/b,FRA,s", "a + b == 9", BORDERLINE),
        ("a,4,person,x/a,ITA,s\nb,5,person,x/b,,s", "a + b == 9", UNTESTABLE),
        ("a,4,person,x,ITA,s\nb,5,person,y,FRA,s", "r = a / b", BORDERLINE),
        ("a,4,person,x,ITA,s\nb,5,person,x,FRA,s", "a < b", None),
    ],
)
def test_what_is_put_side_by_side_is_of_one_place(rows, statement, outcome):
    text = f"""id,reported,unit,concept,place,source
        {rows}
        relations:
        id,statement
        r,{statement}"""
    found = [each.outcome for each in findings(text, "FC403")]
    assert found == ([outcome] if outcome else [])


@pytest.mark.parametrize(
    ("statement", "concept", "outcome"),
    [
        ("d = a / b", "", BROKEN),
        ("d = a / b", "revenue_per_arrival", None),
        ("c == a / b", "", None),
        ("a / b == c", "", None),
        ("a / b == 5", "", BROKEN),
        ("a + b == 180", "", BORDERLINE),
        ("a + b == 180", "everything", None),
    ],
)
def test_a_quotient_of_different_things_says_what_it_is_of(statement, concept, outcome):
    text = f"""id,reported,unit,concept,source
        a,150,USD,revenue,s
        b,30,person,arrivals,s
        c,5,USD/person,revenue_per_arrival,s
        relations:
        id,statement,concept
        d,{statement},{concept}"""
    found = [each.outcome for each in findings(text, "FC404")]
    assert found == ([outcome] if outcome else [])


def test_a_part_that_is_subtracted_from_its_whole_is_not_added_to_it():
    text = """id,reported,unit,concept,source
        all,12,person,slavery,s
        a,9,person,slavery/labour,s
        b,3,person,slavery/other,s
        relations:
        id,statement
        r,b == all - a"""
    assert findings(text, "FC406") == []


LAW = """id,reported,unit,source
    n,{n},person,s
    a,{a},percent,s
    relations:
    id,statement
    r,"possible_share(a, n=n)"
    """


@pytest.mark.parametrize(
    ("n", "a", "expected"),
    [
        ("24", "72 %", [("r", BROKEN)]),
        ("24", "one in four", [("r", UNTESTABLE)]),
        ("240", "72 %", [("r", UNTESTABLE)]),
        ("24", "71 %", []),
        ("7", "one in four", [("r", BORDERLINE)]),
        ("many", "71 %", [("r", UNTESTABLE)]),
    ],
)
def test_a_declared_law_is_judged_like_any_other_statement(n, a, expected):
    assert outcomes(LAW.format(n=n, a=a), "FC311") == expected


def test_a_law_over_unlike_units_is_the_matter_of_units():
    text = LAW.replace("{a},percent", "71,person").format(n="24")
    assert findings(text, "FC3") == []
    [found] = findings(text, "FC405")
    assert "person beside percent" in found.message


def test_what_two_counts_have_in_common_asks_for_their_whole():
    text = """id,reported,unit,source
        a,7,person,s
        b,8,person,s
        c,5,person,s
        relations:
        id,statement
        r,"c == both(a, b)\""""
    assert findings(text, "FC3") == []
    [found] = findings(text, "FC405")
    assert (found.outcome, found.severity) == (UNTESTABLE, "note")
    assert "asks for the whole that they are parts of" in found.message


def test_what_is_true_only_if_one_number_was_cut_off_is_a_warning_that_names_it():
    text = """id,reported,unit,source
        all,4.94,km,s
        a,2.1,km,s
        b,2.7,km,s
        relations:
        id,statement
        r,all == a + b"""
    [found] = findings(text, "FC304")
    assert (found.outcome, found.severity) == (BORDERLINE, "warning")
    assert found.proof.endswith("possible only if '2.1' or '2.7' was cut off, not rounded")
