"""A register against the rules: counts, order, selection, waivers, and the same again."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import TODAY, findings, register

from figurecheck.confront import check
from figurecheck.finding import BROKEN, HOLDS, OUTCOMES, SEVERITIES
from figurecheck.rules import RULES, UnknownRule

MIXED = """id,reported,unit,concept,base,place,period,source,repeats,waive
    all,27.6 million,person,labour,,ITA,2021,s,,
    women,11.8 million,person,labour/women,,ITA,2021,s,,
    share,71 %,percent,labour/women,labour,ITA,2021,s,,
    other,30.2 million,person,labour,,ITA,2021,t,,
    post,0.5,person,,,,,s,,FC102: half a post
    old,0.5,person,,,,,s,,FC102: gone (until 2020-01-01)
    spare,5,person,,,,,s,,FC102: for nothing
    wrong,5,person,,,,,s,,FC102
    lost,a surge,person,,,,,s,nobody,
    relations:
    id,statement
    sum,all == women + post
    far,share > lost
    sources: s, t"""
CODES = [rule.code for rule in RULES]
AFTER = {rule.code for rule in RULES if rule.after}
prefixes = st.lists(st.sampled_from([*CODES, "F", "FC", "FC0", "FC1", "FC2", "FC3", "FC4", "FC10"]))


def test_all_four_outcomes_are_counted():
    report = check(register(MIXED), today=TODAY)
    assert set(OUTCOMES) < set(report.tally)
    for outcome in OUTCOMES:
        assert report.tally[outcome] > 0
        if outcome != HOLDS:
            found = [each for each in report.findings if each.outcome == outcome]
            assert report.tally[outcome] == len(found)


def test_the_tally_counts_figures_relations_and_those_that_stood_aside():
    tally = check(register(MIXED), today=TODAY).tally
    assert (tally["figures"], tally["relations"], tally["waived"]) == (9, 2, 1)
    assert tally["stood_aside"] == 5


def test_an_empty_register_has_nothing_to_say():
    report = check(register("id,reported,unit,source"), today=TODAY)
    assert report.findings == ()
    assert set(report.tally.values()) == {0}


def test_findings_stand_in_the_order_of_the_files():
    found = findings(MIXED)
    places = [(each.path, each.line, each.code, each.figure, each.related) for each in found]
    assert places == sorted(places)
    assert len(places) > 5


def test_the_same_register_gives_the_same_report_again():
    first, second = (check(register(MIXED), today=TODAY) for _ in range(2))
    assert first == second
    assert list(first.tally) == list(second.tally)


@given(st.permutations(MIXED.partition("\n    relations:")[0].splitlines()[1:]))
def test_the_order_of_the_rows_changes_no_verdict(rows):
    head, *_ = MIXED.splitlines()
    _, mark, rest = MIXED.partition("\n    relations:")

    def said(text):
        return sorted((f.code, f.outcome, sorted({f.figure, *f.related})) for f in findings(text))

    assert said("\n".join([head, *rows]) + mark + rest) == said(MIXED)


@given(prefixes, prefixes)
def test_selecting_and_ignoring_choose_among_the_same_findings(select, ignore):
    def wanted(code: str) -> bool:
        return (not select or code.startswith(tuple(select))) and not any(
            code.startswith(each) for each in ignore
        )

    chosen = findings(MIXED, select=select, ignore=ignore)
    everything = findings(MIXED)
    assert [each for each in chosen if each.code not in AFTER] == [
        each for each in everything if wanted(each.code) and each.code not in AFTER
    ]
    assert {each.code for each in chosen} <= {each.code for each in everything if wanted(each.code)}


@pytest.mark.parametrize("code", ["", "FC9", "fc3", "FC3011", "X"])
def test_a_code_that_no_rule_has_is_refused_with_the_nearest(code):
    with pytest.raises(UnknownRule, match=f"no rule '{code}'; 'figurecheck explain' lists them"):
        check(register(MIXED), select=[code])
    with pytest.raises(UnknownRule):
        check(register(MIXED), ignore=[code])


def test_a_waiver_gives_its_reason_and_leaves_the_finding():
    waived = [each for each in findings(MIXED) if each.waived]
    assert [(each.figure, each.code, each.outcome, each.waived) for each in waived] == [
        ("post", "FC102", BROKEN, "half a post")
    ]


def test_without_waivers_nothing_is_waived_and_none_is_missed():
    bare = check(register(MIXED), waivers=False, today=TODAY)
    assert not any(each.waived for each in bare.findings)
    assert not AFTER & {each.code for each in bare.findings}
    kept = [each for each in findings(MIXED) if each.code not in AFTER]
    assert len(bare.findings) == len(kept)


def test_an_expired_waiver_covers_nothing_and_says_so():
    old = [each for each in findings(MIXED) if each.figure == "old"]
    assert [(each.code, each.waived) for each in old] == [("FC012", ""), ("FC102", "")]


@pytest.mark.parametrize(("today", "waived"), [(date(2020, 1, 1), True), (date(2020, 1, 2), False)])
def test_the_day_of_the_check_decides_what_has_expired(today, waived):
    report = check(register(MIXED), today=today)
    [found] = [each for each in report.findings if (each.figure, each.code) == ("old", "FC102")]
    assert bool(found.waived) == waived


def test_a_waiver_that_nothing_needs_and_one_of_no_rule_are_said():
    spare = [each for each in findings(MIXED) if each.figure == "spare"]
    assert [each.code for each in spare] == ["FC011"]
    no_rule = "id,reported,unit,source,waive\na,5,person,s,FC999: x"
    assert [each.code for each in findings(no_rule)] == ["FC011"]


def test_a_waiver_of_a_rule_that_was_not_asked_is_not_called_unneeded():
    text = "id,reported,unit,source,waive\na,5,person,s,FC102: x"
    assert findings(text, ignore=["FC102"]) == []
    assert findings(text, select=["FC0"]) == []
    assert [each.code for each in findings(text, select=["FC0", "FC1"])] == ["FC011"]


def test_two_waivers_of_one_finding_are_both_used_and_the_lasting_one_counts():
    text = """id,reported,unit,source,waive
        a,0.5,person,s,"FC102: gone (until 2020-01-01)
        FC102: stays" """
    found = findings(text)
    assert [each.code for each in found] == ["FC012", "FC102"]
    assert found[1].waived == "stays"


@given(st.integers(min_value=2, max_value=40), st.randoms(use_true_random=False))
def test_a_group_of_any_size_is_judged_once(size, random):
    tenths = random.sample(range(10, 99), size)
    rows = [f"f{each},{each / 10} million,person,x,ITA,2021,s" for each in tenths]
    text = "\n".join(["id,reported,unit,concept,place,period,source", *rows])
    report = check(register(text), select=["FC301"], today=TODAY)
    assert report.tally["figures"] == size
    assert sum(report.tally[each] for each in OUTCOMES) == 1
    for found in report.findings:
        assert {found.figure, *found.related} == {f"f{min(tenths)}", f"f{max(tenths)}"}


def test_severities_are_in_order():
    report = check(register(MIXED), today=TODAY)
    counts = [len(report.at_least(each)) for each in SEVERITIES]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] == len(report.findings) - report.tally["waived"]


def test_without_a_day_the_waivers_are_held_against_some_day_of_now():
    text = "id,reported,unit,source,waive\na,0.5,person,s,FC102: x (until {})"
    assert check(register(text.format("9999-12-31"))).findings[0].waived
    assert not check(register(text.format("0001-01-01"))).findings[-1].waived


def test_one_code_and_a_list_of_it_are_the_same_selection():
    read = register("id,reported,unit,source\na,a surge,person,s")
    assert check(read, select="FC001") == check(read, select=["FC001"])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"select": ["FC501"]}, "nothing that is selected is a rule of registers, as FC0 to FC4"),
        ({"severities": {"FC3": "fatal"}}, "severity 'fatal' of FC3, wanted one of note, warning"),
    ],
)
def test_what_cannot_be_asked_of_a_register_is_one_line(options, said):
    with pytest.raises(UnknownRule, match=re.escape(said)):
        check(register("id,reported,unit,source"), **options)


def test_a_proof_of_a_very_long_cell_is_cut():
    text = f"id,reported,unit,quote,source\na,5,person,{'word ' * 20_000},s"
    report = check(register(text), select=["FC2"])
    assert report.findings
    assert all(len(each.proof) < 5_000 and len(each.message) < 5_000 for each in report.findings)


def test_a_report_is_shown_in_one_short_line():
    report = check(
        register("""
            id,reported,unit,concept,place,period,source,waive
            a,5,person,x,ITA,2021,s,
            b,6,person,x,ITA,2021,s,
            c,0.5,person,y,ITA,2021,s,FC102: half a post
            d,0.5,person,z,ITA,2021,s,
            e,1.234,km,z,ITA,2021,s,
            """),
        today=TODAY,
    )
    assert repr(report) == (
        "<Report on 5 figures: 2 errors, 0 warnings, 0 notes, 1 waived, 1 untestable>"
    )


@pytest.mark.parametrize(
    ("waive", "why"),
    [
        ("FC999: x", "there is no rule FC999; did you mean 'FC"),
        ("FC301 with zz: x", "there is no figure 'zz'"),
        ("FC301 with ee: x", "there is no figure 'ee'; did you mean 'e'?"),
        ("FC301: x", "what FC301 finds is with e"),
        ("FC301 with b: x", "what FC301 finds is with e"),
        ("FC102 with e: x", "what FC102 finds is with no other"),
    ],
)
def test_a_waiver_that_nothing_needs_says_why_where_that_can_be_known(waive, why):
    rows = f"""
        id,reported,unit,concept,place,period,source,waive
        a,5.5,person,x,ITA,2021,s,{waive}
        b,7,person,y,ITA,2021,s,
        e,6,person,x,ITA,2021,s,
        """
    [found] = findings(rows, "FC011")
    assert f"{waive}; {why}" in found.message


def test_a_waiver_of_what_is_mended_only_says_that_nothing_needs_it():
    rows = "id,reported,unit,source,waive\na,5,person,s,FC102: half a post"
    [found] = findings(rows, "FC011")
    assert found.message.endswith("FC102: half a post")
