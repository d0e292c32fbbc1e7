"""Cases: every figure, relation and finding is in one, and none passes with what fails it."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from small import TODAY, register

from figurecheck.cases import FAILED, PASSED, SKIPPED, WAIVED, case, cases, said
from figurecheck.confront import check
from figurecheck.finding import OUTCOMES, SEVERITIES, Finding
from figurecheck.strategies import registers

KINDS = """id,reported,unit,concept,place,period,source,waive,extra
    whole,11.0 million,person,slavery,ITA,2021,s,,
    part,12 million,person,slavery/women,ITA,2021,s,,
    let,13 million,person,slavery/men,ITA,2021,s,FC302 with whole: another way of counting,
    lost,a surge,person,,,,s,,
    hidden,..,person,,,,s,,
    fine,5,person,,,,s,,
    relations:
    id,statement
    wrong,fine == 6
    right,fine == 5
    unknown,hidden == 5
    sources: s"""

FINDINGS = st.lists(
    st.builds(
        Finding,
        st.sampled_from(["FC301", "FC402"]),
        st.sampled_from(SEVERITIES),
        st.sampled_from(OUTCOMES),
        st.sampled_from("ab"),
        st.sampled_from([(), ("b",)]),
        st.just("figures.csv"),
        st.integers(2, 5),
        st.just("is so"),
        waived=st.sampled_from(["", "a reason"]),
    ),
    max_size=4,
)


def test_each_row_comes_to_what_its_findings_say():
    read = register(KINDS)
    results = {each.name: each.result for each in cases(read, check(read, today=TODAY))}
    assert results == {
        "whole": PASSED,
        "part": FAILED,
        "let": WAIVED,
        "lost": FAILED,
        "hidden": SKIPPED,
        "fine": PASSED,
        "wrong": FAILED,
        "right": PASSED,
        "unknown": SKIPPED,
        "extra": FAILED,
    }


def test_a_reason_says_why_in_one_line():
    read = register(KINDS)
    reasons = {each.name: each.reason for each in cases(read, check(read, today=TODAY))}
    assert reasons["let"] == "FC302: another way of counting"
    assert reasons["hidden"].startswith("FC001: hidden cannot be tested: ")
    assert reasons["part"].startswith("figures.csv:3: FC302 error: part ")
    assert "12 million" in reasons["part"]
    assert reasons["fine"] == ""


def test_what_fails_a_case_is_a_matter_of_the_severity_asked_for():
    read = register("id,reported,unit,source\na,..,person,s")
    report = check(read, today=TODAY)
    assert [each.result for each in cases(read, report)] == [SKIPPED]
    assert [each.result for each in cases(read, report, fail_on="note")] == [FAILED]


def test_a_waiver_makes_no_pass_of_what_could_not_be_tested():
    read = register("id,reported,unit,source,waive\na,..,person,s,FC001: the office keeps it back")
    [only] = cases(read, check(read, today=TODAY))
    assert (only.result, only.reason) == (SKIPPED, "FC001: the office keeps it back")


@given(registers())
def test_every_row_and_every_finding_is_in_one_case(drawn):
    report = check(drawn, today=TODAY)
    made = list(cases(drawn, report))
    told = [finding for each in made for finding in (*each.failing, *each.others)]
    assert sorted(map(repr, told)) == sorted(map(repr, report.findings))
    assert [(each.path, each.name) for each in made][: len(drawn.rows)] == [
        (row.path, row.id) for row in drawn.rows
    ]
    assert any(each.result == FAILED for each in made) == bool(report.at_least("error"))


@given(FINDINGS, st.sampled_from(SEVERITIES))
def test_a_case_is_as_bad_as_the_worst_of_its_findings(findings, fail_on):
    made = case("a", "figures.csv", 2, findings, fail_on=fail_on)
    failing = [each for each in findings if each.at_least(fail_on)]
    if any(not each.waived for each in failing):
        assert made.result == FAILED
        assert all(said(each) in made.reason for each in failing if not each.waived)
    elif failing:
        assert made.result == WAIVED
        assert "a reason" in made.reason
    elif any(each.untested for each in findings):
        assert made.result == SKIPPED
        assert made.reason
    else:
        assert (made.result, made.reason) == (PASSED, "")
    order = [PASSED, SKIPPED, WAIVED, FAILED]
    for fewer in combinations(findings, max(len(findings) - 1, 0)):
        less = case("a", "figures.csv", 2, fewer, fail_on=fail_on)
        assert order.index(less.result) <= order.index(made.result) or made.result == WAIVED


def test_what_nobody_reported_is_no_pass():
    read = register("id,reported,unit,source\na,,person,\nb,5,person,s")
    found = {each.name: each for each in cases(read, check(read, today=TODAY))}
    assert (found["a"].result, found["a"].reason) == (SKIPPED, "it is reported by nobody")
    assert found["b"].result == PASSED
