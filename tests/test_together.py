"""What is said of several figures together: stand-ins, slips, mixed units, and who takes part."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from small import TODAY, findings, register

from figurecheck import joint
from figurecheck.confront import check
from figurecheck.finding import BORDERLINE, BROKEN, HOLDS, UNTESTABLE
from figurecheck.relation import judge
from figurecheck.reporters import text
from figurecheck.solve import solution, solution_of

SERIES = """id,reported,unit,concept,place,period,source
    a21,{a21},person,arrivals,ITA,2021,s
    a22,"105,129",person,arrivals,ITA,2022,s
    a23,"157,652",person,arrivals,ITA,2023,s
    growth,135 %,percent,growth,ITA,2023,s
    relations:
    id,statement
    grown,"growth == change(new=a23, old=a22)"
    """


def test_another_year_that_would_fit_is_offered_for_a_figure():
    [found] = findings(SERIES.format(a21='"67,040"'), "FC307")
    assert found.diagnosis == "a22 fits if it were a21 (67,040; 2021)"


def test_what_would_fit_by_chance_is_not_offered():
    [found] = findings(SERIES.format(a21='"about 90,000"'), "FC307")
    assert "a21" not in found.diagnosis


@pytest.mark.parametrize(
    ("statement", "said", "outcome"),
    [
        ("g == points(new=b, old=a)", "0.6 percentage points", HOLDS),
        ("g == points(new=b, old=a)", "0.6 %", BORDERLINE),
        ("change(new=b, old=a) == g", "12 %", HOLDS),
        ("change(new=b, old=a) == g", "12 percentage points", BORDERLINE),
        ("1 + change(new=b, old=a) == g", "1.12", HOLDS),
    ],
)
def test_per_cent_and_points_are_told_apart(statement, said, outcome):
    judged = judge(statement, {"g": said, "a": "5.1 %", "b": "5.7 %"})
    assert judged.outcome == outcome
    assert ("mixes per cent and points" in judged.proof) == (outcome == BORDERLINE)


def test_two_sides_that_are_the_same_test_nothing():
    assert judge("a + b == a + b", {"a": "5", "b": "6"}).outcome == UNTESTABLE


def test_what_is_broken_in_each_way_that_it_may_be_meant_is_broken_together_too():
    texts = {"a": "two thirds", "b": "45 %", "c": "25 %"}
    found = solution_of("a + b + c == 100", texts)
    assert found.outcome == BROKEN
    assert [each.figures for each in found.conflicts] == [("a", "b", "c")]


SPREAD = """id,reported,unit,concept,base,place,period,source
    all,4.0 million (95 % CI 3.5-4.5),person,x,,ITA,2021,s
    part,4.2 million (95 % CI 3.1-5.3),person,x/w,,ITA,2021,t
    share,90 %,percent,x/w,x,ITA,2021,s
    sources: s, t"""


def test_a_spread_of_two_sources_leaves_open_what_a_part_and_a_share_imply():
    assert solution(register(SPREAD), today=TODAY).conflicts == ()


def test_what_is_derived_has_nothing_known_in_common_with_a_figure():
    derived = register(
        """id,reported,unit,concept,base,source
        w,71 %,percent,v/women,v,s
        g,20 %,percent,v/women/girls,v,s
        relations:
        id,statement
        half,half = w / 2
        x,"x = both(half, w)"
        y,"y = both(g, w)"
        """
    ).derivations.derived
    assert derived["x"].symbols == "both(half, w)"
    assert derived["y"].symbols == "g"


JOINT = """id,reported,unit,source
    all,10.0 million,person,s
    women,,person,s
    men,{men},person,s
    girls,{girls},person,s
    boys,{boys},person,s
    relations:
    id,statement
    sexes,all == women + men
    ages,girls <= women
    more,boys <= women"""


def test_of_conflicts_that_share_figures_the_smallest_is_told_and_the_others_are_counted():
    text = JOINT.format(men="7.0 million", girls="3.2 million", boys="3.3 million")
    [found] = findings(text, "FC320")
    assert found.proof.endswith("; further conflicts that share a figure with it: 1")


def test_a_slip_that_would_resolve_a_conflict_is_offered():
    text = JOINT.format(men="7.0 million", girls="", boys="").replace("girls <=", "3.1e6 == ")
    found = findings(text.replace("7.0 million", "6.9 billion").replace("more,boys <= women", ""))
    said = [each.diagnosis for each in found if each.code == "FC320"]
    assert said == ["men fits if billion were million"]


def test_a_division_that_stands_twice_is_one_variable():
    found = solution_of("c == a / b + a / b", {"a": "5.0", "b": "2.0"})
    assert found.outcome == HOLDS
    assert found.words("c") == "4.8-5.2"


TABLE = ["r == a + b", "s == c + d", "t == a + c", "u == b + d"]


def test_what_was_not_searched_to_the_end_is_said(monkeypatch):
    texts = {"r": "30.0", "s": "40.0", "t": "35.0", "u": "36.0"}
    found = solution_of(TABLE, texts)
    lines = list(text.solution(register("id,reported,unit,source"), found, {}, lambda s, _: s))
    assert any("no values within the bounds reach that sum" in line for line in lines)
    part = tuple(each._replace(smallest=False) for each in found.conflicts)
    cut = replace(found, conflicts=part, complete=False, converged=False)
    lines = list(text.solution(register("id,reported,unit,source"), cut, {}, lambda s, _: s))
    assert "there may be more conflicts than were searched for" in lines
    assert "    a part of these figures may be in conflict already" in lines
    assert lines[-1].startswith("not converged")
    monkeypatch.setattr(joint, "available", lambda: False)
    assert solution_of(TABLE, texts).outcome == UNTESTABLE


CUT = """id,reported,unit,source
    a,1.2 million,USD,s
    b,{b},USD,s
    c,2.0 million,USD,s
    relations:
    id,statement
    same,a == b
    order,b <= c"""


@pytest.mark.parametrize(("b", "outcome"), [("1.3 million", BROKEN), ("1.2 million", HOLDS)])
def test_an_end_that_rounding_leaves_out_is_left_out_jointly_too(b, outcome):
    given = register(CUT.format(b=b))
    source = replace(given["a"].source, entry={"id": "s", "custom": {"rounding": "truncated"}})
    figures = {name: replace(each, source=source) for name, each in given.items()}
    assert solution(figures, given.relations, today=TODAY).outcome == outcome


def test_only_an_end_that_rounding_leaves_out_is_no_world():
    given = register(CUT.format(b="").replace("b <= c", "b == d").replace("c,2.0", "d,1.3"))
    source = replace(given["a"].source, entry={"id": "s", "custom": {"rounding": "truncated"}})
    figures = {name: replace(each, source=source) for name, each in given.items()}
    found = solution(figures, given.relations, today=TODAY)
    assert found.outcome == UNTESTABLE
    assert set(found.undecided.values()) == {
        "only values at an end that rounding leaves out were found"
    }


@pytest.mark.parametrize(("month", "outcome"), [("12,345", HOLDS), ("12,346", BROKEN)])
@pytest.mark.parametrize("statement", ["month == year / 12", "mean(year, n=12) == month"])
def test_a_count_printed_for_a_fraction_of_one_was_rounded(statement, month, outcome):
    texts = {"year": "148,141 people", "month": f"{month} people"}
    assert judge(statement, texts).outcome == outcome
    assert solution_of([statement, "month <= most"], texts).outcome == outcome


def test_a_count_that_is_a_whole_sum_is_not_loosened():
    texts = {"all": "12,346 people", "a": "11,999 people", "b": "345 people"}
    assert judge("all == a + b", texts).outcome == BROKEN


def test_a_waiver_stands_aside_on_the_day_of_the_check_only():
    text = """id,reported,unit,source,waive
        all,10.0 million,person,s,
        women,,person,s,
        men,7.0 million,person,s,FC304: known (until 2026-06-30)
        girls,3.2 million,person,s,
        relations:
        id,statement
        sexes,all == women + men
        ages,girls <= women"""
    found = [
        [each.code for each in check(register(text), today=date(2026, month, 1)).findings]
        for month in (1, 12)
    ]
    assert ["FC320" in codes for codes in found] == [False, True]
