"""The main job: what a check of the shipped register says, finding by finding."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from command import DAY, command, process
from small import TODAY

import figurecheck as fc
from figurecheck.confront import check
from figurecheck.finding import HOLDS
from figurecheck.register import equals, shipped
from figurecheck.relation import judgement
from figurecheck.reporters.text import sources

REGISTER = fc.load(shipped())
REPORT = check(REGISTER, today=TODAY)
BARE = check(REGISTER, waivers=False, today=TODAY)

SAID = """
    FC202 error   broken     news_female_share         women_girls_share_2016
    FC303 error   broken     news_female_share         news_forced_labour forced_labour_women_girls_2021
    FC202 error   broken     news_child_share          children_share_2016
    FC301 error   broken     news_child_share          forced_labour_children_share_2021
    FC303 warning borderline news_child_share          news_forced_labour forced_labour_children_2021
    FC206 warning borderline news_cross_border_share   detected_sexual_exploitation_share_2009 official_border_point_share_2018
    FC301 warning borderline news_arrivals             italy_arrivals_2023
    FC202 error   broken     news_smuggling_revenue    smuggling_two_routes
    FC305 error   broken     arrivals_rose_since_2016  italy_arrivals_2023 italy_arrivals_2016
    FC402 warning borderline smuggling_routes          smuggling_two_routes smuggling_latin_america_united_states smuggling_africa_europe
    FC402 warning borderline two_route_sum             smuggling_latin_america_united_states smuggling_africa_europe
    FC402 warning borderline revenue_per_arrival       smuggling_africa_europe italy_arrivals_2023
    FC403 warning borderline revenue_per_arrival       smuggling_africa_europe italy_arrivals_2023
"""  # noqa: E501 - a finding a line

PROVED = {
    ("FC202", "news_female_share"): ["modern_slavery/women_girls, not", "2016, not 2021"],
    ("FC303", "news_female_share"): [
        "71 per cent x",
        "27.6 million",
        "19.4-19.8 million",
        "11.8 million",
    ],
    ("FC301", "news_child_share"): ["one in four", "12%"],
    ("FC303", "news_child_share"): ["more than 3.3 million"],
    ("FC206", "news_cross_border_share"): ["79%", "79 per cent"],
    ("FC301", "news_arrivals"): ["157,652", "over 140,000"],
    ("FC202", "news_smuggling_revenue"): [
        "migrant_smuggling_revenue/two_routes, not migrant_smuggling_revenue"
    ],
    ("FC305", "arrivals_rose_since_2016"): ["157,652", "181,436"],
    ("FC402", "smuggling_routes"): ["2008/2009", "2015"],
}

HOLDING = """
    forced_labour_2021_forms forced_labour_2021_regions modern_slavery_2021_forms
    modern_slavery_2016_forms detected_2022_sexes_and_ages profits_2021_branches
    profits_2021_by_sexual_victim forced_labour_2021_rate arrivals_rose_since_2022
    arrivals_rose_since_2021 smuggling_routes one_meeting_length
"""

DERIVED = {
    "implied_women": ("19.4-19.8 million", "forced_labour"),
    "implied_children": ("6.74-7.06 million", "forced_labour"),
    "women_2016_by_share": ("", "ilo_walk_free_iom_2017"),
    "children_2016_by_share": ("", "ilo_walk_free_iom_2017"),
    "prevalence": ("", "world_bank"),
    "two_route_sum": ("", "unodc_2010"),
    "arrivals_growth": ("49.96-49.97 %", "interior_ministry_italy"),
    "revenue_per_arrival": ("", "unodc_2015"),
}


def said(report: fc.Report) -> list[list[str]]:
    """Give every finding that is more than a note."""
    return sorted(
        [each.code, each.severity, each.outcome, each.figure, *each.related]
        for each in report.at_least("warning")
        + tuple(each for each in report.findings if each.waived)
    )


def test_the_register_is_told_exactly_this():
    expected = sorted(line.split() for line in SAID.strip().splitlines())
    assert said(BARE) == expected
    assert said(REPORT) == expected


def test_each_finding_is_waived_with_a_reason_and_no_waiver_is_idle():
    assert REPORT.at_least("warning") == ()
    assert REPORT.tally["waived"] == len(SAID.strip().splitlines())
    assert all(each.waived for each in REPORT.findings if each.severity != "note")


@pytest.mark.parametrize(
    "finding", BARE.at_least("warning"), ids=lambda each: f"{each.code} {each.figure}"
)
def test_each_finding_has_a_proof_its_place_and_its_sources(finding):
    assert finding.proof
    assert "\n" not in finding.proof
    assert finding.line > 1
    assert sources(REGISTER, finding)
    assert finding.message.startswith(finding.figure)
    for words in PROVED.get((finding.code, finding.figure), []):
        assert words in finding.proof


def test_the_loose_arrivals_fit_the_count_of_15_october():
    [found] = [
        each for each in BARE.findings if (each.code, each.figure) == ("FC301", "news_arrivals")
    ]
    assert "italy_arrivals_2023_to_15_october (140,006; 2023-01-01/2023-10-15)" in found.diagnosis


def test_what_no_publisher_bears_is_never_called_misattributed():
    [found] = [
        each for each in BARE.findings if each.code == "FC206" and each.severity == "warning"
    ]
    assert "not borne by UNODC" in found.message
    assert "2 equal values are of other things" in found.message
    assert not any("attributed" in each.message for each in BARE.findings)


def test_the_check_exits_0_and_without_waivers_1():
    assert command("check", shipped(), "--today", DAY).code == 0
    assert command("check", shipped(), "--today", DAY, "--no-waivers").code == 1


SILENT = {"FC210", "FC401", "FC402", "FC403"}
NOTED = {
    ("FC212", "news_forced_labour"): "leaves out its period",
    ("FC212", "news_female_share"): "leaves out its publisher",
    ("FC212", "news_child_share"): "leaves out its publisher",
    ("FC213", "forced_labour_2012"): "forced_labour is 27.6 million",
    ("FC213", "forced_labour_state_2012"): "forced_labour_state_2021 is 3.9 million",
    ("FC213", "forced_labour_women_girls_2012"): "forced_labour_women_girls_2021 is 11.8 million",
    ("FC213", "forced_labour_children_share_2012"): "forced_labour_children_share_2021 is 12%",
}


def test_what_is_a_note_is_only_what_nobody_stated():
    notes = [each for each in REPORT.findings if each.severity == "note"]
    silent = [each for each in notes if each.code in SILENT]
    assert all(" cannot be tested: no " in each.message for each in silent)
    told = {(each.code, each.figure): each.message for each in notes if each.code not in SILENT}
    assert told.keys() == NOTED.keys()
    assert all(told[each].endswith(words) for each, words in NOTED.items())


def test_the_figures_of_2016_and_2021_are_points_of_a_series():
    stale = {each.figure for each in BARE.findings if each.code == "FC213"}
    assert {each for each in stale if "2012" not in each} == set()
    assert not {"modern_slavery_2016", "italy_arrivals_2022", "news_female_share"} & stale


@pytest.mark.parametrize(
    ("name", "others", "unlike"),
    [
        ("news_female_share", ["women_girls_share_2016"], "concept base period qualifier source"),
        (
            "news_cross_border_share",
            ["detected_sexual_exploitation_share_2009", "official_border_point_share_2018"],
            "concept base place source",
        ),
        (
            "forced_labour_women_girls_2021",
            ["forced_labour_not_moved_2012"],
            "concept period source",
        ),
        ("forced_marriage_2016", ["forced_labour_adults_2012"], "concept period source"),
        ("forced_labour", ["news_forced_labour"], "qualifier source"),
        ("news_arrivals", [], ""),
    ],
)
def test_figures_of_the_same_value_are_listed_with_how_they_differ(name, others, unlike):
    found = equals(REGISTER, REGISTER[name])
    assert [each.figure.id for each in found] == others
    assert [*found[:1]] == [] or " ".join(found[0].unlike) == unlike
    shown = command("show", name, "--register", shipped()).out
    assert shown.count("    same value: ") == len(others)


def test_nothing_that_is_waived_expires():
    assert command("check", shipped(), "--today", "9999-12-31").code == 0


@pytest.mark.parametrize(
    "relation", [each for each in REGISTER.relations if each.check], ids=lambda each: each.id
)
def test_every_other_declared_relation_holds(relation):
    told = relation.id == "arrivals_rose_since_2016"
    assert (judgement(relation.statement, REGISTER.amounts).outcome == HOLDS) != told


def test_the_relations_that_were_promised_are_declared():
    assert set(HOLDING.split()) <= {each.id for each in REGISTER.relations if each.check}


def test_the_shares_of_2016_are_of_the_403_million():
    assert REGISTER["women_girls_share_2016"].base == "modern_slavery"
    assert REGISTER["children_share_2016"].base == "modern_slavery"
    assert REGISTER["modern_slavery_2016"].reading.value == 40_300_000


def test_everything_promised_is_derived_and_nothing_refused():
    derivations = REGISTER.derivations
    assert derivations.refused == {}
    assert set(DERIVED) <= set(derivations.derived)


@pytest.mark.parametrize("name", DERIVED)
def test_a_derived_quantity_says_formula_numbers_and_sources(name):
    found = REGISTER.derivations.derived[name]
    words, source = DERIVED[name]
    assert found.words.startswith(words)
    assert found.concept
    keys = {each.key for each in found.sources}
    assert any(source in key for key in keys) or name.startswith("implied")
    assert keys == {REGISTER[each].source_key for each in found.statement.names if each in REGISTER}
    assert any(character.isdigit() for character in found.numbers)
    assert found.narrow.interval.subset(found.wide.interval)


def test_the_shares_imply_these_numbers_of_either_year():
    derived = REGISTER.derivations.derived
    for name, value in {
        "implied_women": Fraction(71, 100) * 27_600_000,
        "implied_children": Fraction(1, 4) * 27_600_000,
        "women_2016_by_share": Fraction(71, 100) * 40_300_000,
        "children_2016_by_share": Fraction(1, 4) * 40_300_000,
        "prevalence": Fraction(27_600_000, 7_920_514_854),
        "two_route_sum": 6_600_000_000 + 150_000_000,
        "arrivals_growth": Fraction(157_652 - 105_129, 105_129),
        "revenue_per_arrival": Fraction(150_000_000, 157_652),
    }.items():
        interval = derived[name].narrow.interval
        assert value in interval, name
        assert interval.upper < value * 2


@pytest.mark.parametrize(
    "statement",
    [
        "news_smuggling_revenue / news_forced_labour",
        "smuggling_two_routes / forced_labour",
        "x = smuggling_two_routes / forced_labour",
    ],
)
def test_the_quotient_of_675_billion_and_276_million_is_refused(statement):
    with pytest.raises(fc.Refused, match="what would it be a number of") as refusal:
        fc.derive(REGISTER, statement)
    assert refusal.value.code == "FC404"
    ran = command("derive", statement, "--register", shipped())
    assert (ran.code, ran.err) == (1, "")
    assert "refused (FC404)" in ran.out


def test_with_a_stated_concept_the_quotient_is_given():
    found = fc.derive(
        REGISTER, "smuggling_two_routes / forced_labour", concept="revenue_per_victim"
    )
    assert found.concept == "revenue_per_victim"
    assert Fraction(6_750_000_000, 27_600_000) in found.narrow.interval


def test_a_check_says_the_same_byte_for_byte_in_any_process(tmp_path):
    first, second = (
        process(
            "check",
            shipped(),
            "--today",
            DAY,
            "--format",
            form,
            cwd=tmp_path,
            env={"PYTHONHASHSEED": seed},
        )
        for form, seed in (("json", "1"), ("json", "2"))
    )
    assert first.stdout == second.stdout
    assert json.loads(first.stdout)["register"] == str(shipped())


def test_the_check_is_named_with_its_register_in_the_first_line(tmp_path):
    run = process("check", cwd=tmp_path)
    assert run.stdout.decode().splitlines()[0] == f"register: {shipped()}"
    assert run.returncode == 0
