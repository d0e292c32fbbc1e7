"""Two registers side by side: nothing is lost, nothing is said twice, and nobody is accused."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from datetime import date
from pathlib import PurePosixPath

import pytest
from command import command, folder
from hypothesis import given
from hypothesis import strategies as st
from small import TODAY, register

from figurecheck.comparison import KINDS, STATES, Comparison, Met, compare
from figurecheck.confront import check
from figurecheck.figures import COLUMNS, cell
from figurecheck.register import Register, parsed
from figurecheck.reporters import beside
from figurecheck.reporters import json as reporter
from figurecheck.reporters.location import Base
from figurecheck.strategies import registers

HOSTILE = ["", "\x1b[31m", "=cmd()", "<b>a</b>", "a\nb", "a\r\nb", "x" * 400, "x" * 401, "\ud800"]
POOLS = {
    "reported": [*HOSTILE, "5", "about 5", "5.0", "6", "27.6 million", "71 %", "..", "a surge"],
    "unit": ["person", "percent", "USD", "", "nonsense"],
    "label": ["", "a label"],
    "concept": ["", "labour", "labour/women"],
    "base": ["", "labour", "a"],
    "place": ["", "ITA", "nowhere"],
    "period": ["", "2021", "2022"],
    "source": ["", "s", "t"],
    "repeats": ["", "a", "b"],
    "status": ["", "E", "P", "F"],
    "waive": ["", "FC301 with b: known", "FC301 with a: known\nFC102: why", "nonsense"],
    "note": HOSTILE,
}
STATEMENTS = ["a == b", "a > b", "c = a + b", "a ==", *HOSTILE]

BASE = Base(PurePosixPath("/repo"), PurePosixPath("/repo"))


def written(columns, rows):
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, columns)
    table.writeheader()
    table.writerows(rows)
    return text.getvalue()


@st.composite
def any_registers(draw: st.DrawFn) -> Register:
    """Draw registers of anybody: of few figures, with any cells, and sources of any year."""
    names = draw(st.lists(st.sampled_from("abcd"), unique=True, max_size=4))
    pools = st.fixed_dictionaries({name: st.sampled_from(pool) for name, pool in POOLS.items()})
    figures = [{"id": name, **draw(pools)} for name in names]
    stated = draw(st.dictionaries(st.sampled_from(["r", "q"]), st.sampled_from(STATEMENTS)))
    relations = [{"id": name, "statement": text} for name, text in stated.items()]
    years = draw(st.dictionaries(st.sampled_from("st"), st.sampled_from(["", 2021, 2022])))
    sources = [
        {"id": key, "publisher": "ILO"} | ({"issued": {"date-parts": [[year]]}} if year else {})
        for key, year in years.items()
    ]
    return parsed(
        written(["id", *POOLS], figures),
        written(["id", "statement"], relations),
        json.dumps(sources),
    )


EVERY = any_registers() | registers(max_relations=2)


def compared(old: Register | str, new: Register | str, **options: object) -> Comparison:
    """Compare two registers, or those of two texts."""
    sides = [each if isinstance(each, Register) else register(each) for each in (old, new)]
    return compare(*sides, *(check(each, today=TODAY, **options) for each in sides))


def lines_of(found: Comparison) -> list[str]:
    return list(beside.comparison(found, (None, None), lambda text, _: text))


def object_of(found: Comparison) -> dict[str, object]:
    return json.loads("\n".join(reporter.comparison(found, (None, None), BASE)))


def mirrored(rows):
    """Give what became of rows, as it is seen from the other side."""
    return (
        set(rows.removed),
        set(rows.added),
        {
            (each.id, each.kind, frozenset((c, new, old) for c, old, new in each.cells))
            for each in rows.changed
        },
    )


@given(EVERY)
def test_a_register_does_not_differ_from_itself(one):
    found = compared(one, one)
    assert not found
    assert {each.state for each in found.findings} <= {"still"}
    assert found.at_least("note") == ()


@given(EVERY, EVERY)
def test_seen_from_the_other_side_old_and_new_are_swapped(one, other):
    there, back = compared(one, other), compared(other, one)
    assert bool(there) == bool(back)
    for name in ("figures", "relations", "sources"):
        rows = getattr(there, name)
        same = {(each.id, each.kind, frozenset(each.cells)) for each in getattr(back, name).changed}
        assert mirrored(rows)[2] == same
        assert len(rows.renamed) == len(getattr(back, name).renamed)
    assert Counter((each.new, each.old) for each in there.findings) == Counter(back.findings)
    swapped = {Met(new, old).state for old, new in there.of("new") if old is None}
    assert swapped <= {"gone"}


@given(EVERY, EVERY)
def test_every_finding_of_both_is_in_exactly_one_list(one, other):
    found = compared(one, other)
    lists = [each for state in STATES for each in found.of(state)]
    assert Counter(lists) == Counter(found.findings)
    for side, report in enumerate(found.reports):
        met = Counter(each[side] for each in lists if each[side] is not None)
        assert met == Counter(report.findings)
    for old, new in found.of("still"):
        assert old.key == new.key
    keys = [Counter(each.key for each in report.findings) for report in found.reports]
    paired = sum(1 for old, new in found.findings if old and new)
    assert paired == sum((keys[0] & keys[1]).values())


@given(EVERY, EVERY)
def test_every_cell_that_differs_is_said(one, other):
    found = compared(one, other)
    said = {(each.id, name): (old, new) for each in found.figures.changed
            for name, old, new in each.cells}  # fmt: skip
    for name in one.keys() & other.keys():
        for column in COLUMNS:
            old, new = cell(one[name], column), cell(other[name], column)
            differ = old.replace("\r\n", "\n") != new.replace("\r\n", "\n")
            assert said.get((name, column)) == ((old, new) if differ else None)
    renamed = found.figures.renamed
    gone = {*found.figures.removed, *(old for old, _ in renamed)}
    come = {*found.figures.added, *(new for _, new in renamed)}
    assert gone == one.keys() - other.keys()
    assert come == other.keys() - one.keys()
    assert {each.kind for each in found.figures.changed} <= set(KINDS)


@given(EVERY, EVERY)
def test_both_formats_tell_all_of_it(one, other):
    found = compared(one, other)
    told, lines = object_of(found), lines_of(found)
    assert told["tally"] == {state: len(found.of(state)) for state in STATES}
    assert len(told["findings"]) == len(found.findings)
    assert len(told["figures"]["changed"]) == len(found.figures.changed)
    for each in found.figures.changed:
        noun = " figure" if each.kind == "changed" else ""
        assert any(line.startswith(f"{each.kind}{noun} {each.id}") for line in lines)
        for column, _, _ in each.cells:
            assert column == "reported" or any(f"    {column}: " in line for line in lines)
    assert not [line for line in lines if "\n" in line and ": " not in line]


def test_rows_that_only_moved_and_line_ends_are_no_change():
    text = "id,reported,unit,source,note\n{}\nsources: s"
    one, other = 'a,5,person,s,"x\ny"\nb,6,person,s,', 'b,6,person,s,\na,5,person,s,"x\r\ny"'
    sides = [parsed(text.format(rows).partition("\nsources")[0]) for rows in (one, other)]
    assert not compared(*sides)


HEAD = "id,reported,unit,label,concept,place,period,source,status\n"
TAIL = "\nsources: old 2022=ILO, new 2024=ILO, dated 2024-09=ILO, other 2024=IOM, silent=ILO, x=Y"
WAS = "a,27.6 million,person,in labour,labour,ITA,2021,old,"


@pytest.mark.parametrize(
    ("now", "kind", "reason"),
    [
        (WAS.replace("27.6", "28.1").replace("old", "new"), "revised", ""),
        (WAS.replace("27.6", "28.1").replace("old", "dated"), "revised", ""),
        (WAS.replace("27.6", "28.1").replace("2021,old", "2022,new"), "revised", ""),
        (WAS.replace("27.6", "27.62").replace("old", "new"), "revised", ""),
        (WAS.replace("27.6", "28.1"), "inconsistent", "cannot be the same"),
        (
            WAS.replace("27.6", "28.1").replace("old", "other"),
            "inconsistent",
            "28.1 million (28.05",
        ),
        (WAS.replace("27.6", "28.1").replace("old", "silent"), "inconsistent", ""),
        (WAS.replace("27.6", "28.1").replace("old", "lost"), "inconsistent", ""),
        (WAS.replace("27.6", "28.1") + "P", "revised", "one is not final"),
        (WAS.replace("27.6", "28.1") + "F", "revised", "one is not final"),
        (WAS.replace("27.6", "28.1").replace("2021", "2020"), "changed", "its period changed, too"),
        (WAS.replace("27.6", "28.1").replace("2021,old", "2020,new"), "changed", "its period"),
        (WAS.replace("27.6", "28.1").replace("2021", ""), "changed", "its period changed, too"),
        (WAS.replace("27.6", "28.1").replace("ITA", "FRA"), "changed", "what it is of changed"),
        (WAS.replace("27.6", "28.1").replace("labour,ITA", "all,ITA"), "changed", "what it is of"),
        (WAS.replace("27.6", "27.60"), "reworded", "the same number"),
        (WAS.replace("27.6 million", '"27,600,000"'), "reworded", "the same number"),
        (WAS.replace("27.6", "27.60").replace("old", "new"), "reworded", "the same number"),
        (WAS.replace("27.6", "27.62"), "reworded", "can be the same"),
        (WAS.replace("27.6", "over 26"), "borderline", "is stretched"),
        (WAS.replace("27.6 million", "a surge"), "untestable", "now: 'a surge' states no quantity"),
        (WAS.replace("27.6 million", ""), "untestable", "now: it is reported by nobody"),
        (WAS.replace("person", "nonsense"), "untestable", "now: 'nonsense' is no known unit"),
        (WAS.replace("person", "USD"), "untestable", "beside"),
        (WAS.replace("in labour", "of all"), "changed", ""),
        (WAS.replace("old", "new"), "changed", ""),
        (WAS + "E", "changed", ""),
    ],
)
def test_how_a_figure_changed(now, kind, reason):
    [change] = compared(HEAD + WAS + TAIL, HEAD + now + TAIL).figures.changed
    assert (change.id, change.kind) == ("a", kind)
    assert reason in change.reason
    assert bool(change.reason) == (bool(reason) or kind == "inconsistent")


def test_back_to_an_older_edition_is_revised_and_said():
    now = WAS.replace("27.6", "28.1").replace("old", "new")
    [change] = compared(HEAD + now + TAIL, HEAD + WAS + TAIL).figures.changed
    assert (change.kind, change.reason) == ("revised", "back to an older edition")
    assert change.editions == ("2024", "2022")


def test_one_source_that_was_issued_anew_is_a_newer_edition():
    now = WAS.replace("27.6", "28.1")
    found = compared(
        HEAD + WAS + "\nsources: old 2022-03=ILO", HEAD + now + "\nsources: old 2024=ILO"
    )
    [change] = found.figures.changed
    assert (change.kind, change.editions) == ("revised", ("2022-03", "2024"))
    [source] = found.sources.changed
    assert [each.column for each in source.cells] == ["issued"]


def test_a_number_of_nothing_said_is_of_something_else_under_another_label():
    text = "id,reported,unit,label,source\na,{},person,{},s"
    men, women = text.format("5", "men"), text.format("6", "women")
    assert compared(men, women).figures.changed[0].kind == "changed"
    assert compared(men, men.replace("5", "6")).figures.changed[0].kind == "inconsistent"


@pytest.mark.parametrize(
    ("source", "kind"), [("s 2022", "inconsistent"), ("s 2022=S", "changed"), ("s", "changed")]
)
def test_another_source_is_not_inconsistent_on_what_nobody_said_to_be_the_same(source, kind):
    text = "id,reported,unit,source\na,{},person,s\nsources: {}"
    [change] = compared(text.format(5, "s 2022"), text.format(6, source)).figures.changed
    assert change.kind == kind
    assert ("not all stated" in change.reason) == (kind == "changed")


def test_what_two_sources_give_a_spread_for_may_differ():
    text = HEAD + 'a,"4.2 (95 % CI 3.1-5.3)",percent,,labour,ITA,2021,old,' + TAIL
    other = text.replace("4.2", "4.6").replace("3.1-5.3", "3.5-5.7")
    assert compared(text, other).figures.changed[0].kind == "inconsistent"
    other = other.replace("2021,old", "2021,x")
    assert compared(text, other).figures.changed[0].kind == "reworded"


def test_a_row_under_another_id_is_renamed_and_one_that_is_empty_is_not():
    head = "id,reported,unit,source\n"
    relations = "\nrelations:\nid,statement\n"
    old = f"{head}a,5,person,s\nb,5,person,s\nc,6,person,s\nd,,,{relations}r,c == 6"
    new = f"{head}e,5,person,s\nf,7,person,s\nc,6,person,s\ng,,,{relations}q,c == 6"
    found = compared(old, new)
    assert found.figures.renamed == (("a", "e"),)
    assert (found.figures.added, found.figures.removed) == (("f", "g"), ("b", "d"))
    assert found.relations.renamed == (("r", "q"),)


def test_what_changed_of_relations_and_sources_is_said():
    text = "id,reported,unit,source\na,5,person,s\nrelations:\nid,statement,note\n"
    found = compared(f"{text}r,a == 5,\nsources: s", f"{text}r,a == 5.0,why\nsources: s 2024=S, t")
    assert [each[:2] for each in found.relations.changed] == [("r", "changed")]
    assert [cell.column for cell in found.relations.changed[0].cells] == ["statement", "note"]
    assert found.sources.added == ("t",)
    assert [each.column for each in found.sources.changed[0].cells] == ["custom", "issued"]


SAME = "id,reported,unit,concept,place,period,source,waive\n"
PAIR = f"{SAME}a,5,person,x,ITA,2021,s,{{}}\nb,{{}},person,x,ITA,2021,s,\n"
FITS, BROKEN, STRETCHED = PAIR.format("", "5"), PAIR.format("", "9"), PAIR.format("", "about 10")
COVERED = PAIR.format("FC301 with b: known", "9")


@pytest.mark.parametrize(
    ("old", "new", "state", "fails"),
    [
        (FITS, BROKEN, "new", ["note", "warning", "error"]),
        (BROKEN, FITS, "gone", []),
        (BROKEN, BROKEN, "still", []),
        (BROKEN, f"{SAME}z,1,person,,,,s,\n{BROKEN.removeprefix(SAME)}", "still", []),
        (BROKEN, COVERED, "waived", []),
        (FITS, COVERED, "waived", []),
        (COVERED, COVERED, "still", []),
        (COVERED, BROKEN, "new", ["note", "warning", "error"]),
        (COVERED, FITS, "gone", []),
    ],
)
def test_what_became_of_a_finding(old, new, state, fails):
    found = compared(old, new, select=["FC301"])
    [met] = found.findings
    assert met.state == state
    assert met.finding.code == "FC301"
    assert [each for each in ("note", "warning", "error") if found.at_least(each)] == fails
    assert ("    waived: known" in lines_of(found)) == (state == "waived")


def test_a_finding_that_got_worse_fails_what_it_did_not_fail_before():
    stretched = PAIR.format("", "over 4").replace("a,5", "a,9")
    found = compared(stretched, BROKEN, select=["FC301"])
    [met] = found.findings
    assert (met.state, met.old.severity, met.new.severity) == ("still", "warning", "error")
    assert [found.at_least(each) != () for each in ("warning", "error")] == [False, True]
    assert "    warning before" in lines_of(found)


def test_of_several_findings_of_one_key_those_that_are_alike_are_paired():
    text = 'id,reported,unit,source,waive\na,5,person,s,"{}"\nsources: s'
    found = compared(text.format("one\ntwo\nthree"), text.format("two\nfour"), select=["FC0"])
    told = [[side and side.message.split("'")[1] for side in each] for each in found.findings]
    assert told == [["two", "two"], ["one", "four"], ["three", None]]


def test_a_waiver_that_expired_between_is_seen_on_one_day_only():
    text = COVERED.replace("known", "known (until 2025-01-01)")
    sides = register(text), register(text)
    before, after = (
        check(side, today=day) for side, day in zip(sides, (date(2024, 1, 1), TODAY), strict=True)
    )
    found = compare(*sides, before, after)
    assert [each.finding.code for each in found.at_least("error")] == ["FC301"]
    assert "    waived before: known" in lines_of(found)


@pytest.mark.parametrize("form", ["github", "gitlab", "junit", "sarif"])
def test_for_ci_only_what_is_new_is_a_finding(form, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    figures = "id,reported,unit,source\nold,a wave,person,s\nfresh,5,person,s\n"
    folder(tmp_path / "old", figures, sources='[{"id": "s"}]')
    folder(tmp_path / "new", figures.replace("fresh,5", "fresh,a flood"), sources='[{"id": "s"}]')
    ran = command("diff", "old", "new", "--format", form)
    assert ran.code == 1
    assert "a flood" in ran.out
    assert "a wave" not in ran.out
    assert "findings: 1 new" in ran.out
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert summary.startswith("## figurecheck diff: 1 error")
    assert command("diff", "old", "old", "--format", form).code == 0
