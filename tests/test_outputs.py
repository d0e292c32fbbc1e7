"""The seven formats of `check` and `lint`: golden files, what others read, hostile cells."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from datetime import date
from importlib.resources import files
from pathlib import Path, PurePosixPath, PureWindowsPath
from xml.etree import ElementTree as ET

import junitparser
import pytest
from command import DAY, ROOT, command, folder, golden
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator
from runner import commands
from small import register as small_register

from figurecheck import __version__
from figurecheck.cases import FAILED, SKIPPED, WAIVED, cases
from figurecheck.cli.output import FORMATS
from figurecheck.confront import Report, check
from figurecheck.finding import Finding
from figurecheck.obeyed import JSON, TEXT, XML, no_command
from figurecheck.register import load
from figurecheck.reporters import full, gitlab, sarif, summary
from figurecheck.reporters.location import Base
from figurecheck.reporters.stream import Stream, fingerprints
from figurecheck.reporters.text import plain
from figurecheck.rule import Verdict, rule

FIGURES = """\
id,reported,unit,label,concept,place,period,source,quote,locator,waive,perod
forced_labour,27.6 million,person,people in forced labour,labour,M49:001,2021,ilo,\
"27.6 million, of all",p. 22,,
women,11.8 million,person,women in forced labour,labour/women,M49:001,2021,ilo,,,,
share,71 %,percent,share of women,labour/women,M49:001,2021,news,,,,
other,30.2 million,person,people in forced labour,labour,M49:001,2021,news,,,\
FC301 with forced_labour: another count,
children,more than 3.3 million,person,children in forced labour,labour/children,M49:001,2021,ilo,,,,
one_in_eight,one in eight,fraction,,,,,ilo,,,,
unsaid,..,person,,,,,ilo,,,,
strange,a surge,person,,,,,new,,,,
"""
RELATIONS = """\
id,statement,waive
sexes,forced_labour == women + other,
young,children == one_in_eight * forced_labour,
lost,women == unsaid,
"""
SOURCES = '[{"id": "ilo", "title": "Estimates"}, {"id": "news", "title": "The News"}]'
REPORT = """\
# Forced labour

In 2021, 27.6 million people were in forced labour, among them 11.8 billion women in forced labour.
Some 3.3 million children are in forced labour. [5](figure:children_2016) were freed by 12 courts.
It was 27,613,000 people in forced labour in 2021, on 7 May 2022.
"""
RULES = "FC001,FC013,FC201,FC210,FC301,FC304,FC309,FC406"
RUNS = {
    "check": ["check", "data", "--today", DAY, "--select", RULES],
    "lint": ["lint", "a report.md", "none.md", "--register", "data"],
}
ENDINGS = {"text": "txt", "full": "txt", "github": "txt", "junit": "xml"}
SCHEMA = json.loads((ROOT / "tests" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
OURS = json.loads(
    files("figurecheck.reporters").joinpath("schema.json").read_text(encoding="utf-8")
)
HERE = Base(PurePosixPath("/repo"), PurePosixPath("/repo"))


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Stand in a repository with a register and a report that have something of everything."""
    folder(tmp_path / "data", FIGURES, RELATIONS, SOURCES)
    (tmp_path / "a report.md").write_text(REPORT, encoding="utf-8")
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def ran(name, form, *more):
    """Give what a command puts on standard output in a format."""
    return command(*RUNS[name], "--format", form, *more).out


def suites(out):
    """Give JUnit XML as a reader of it has it."""
    return junitparser.JUnitXml.fromstring(out.encode())


def results(name, *more):
    """Give the results of the SARIF log, by rule."""
    [run] = json.loads(ran(name, "sarif", *more))["runs"]
    return {each["ruleId"]: each for each in run["results"]}


both = pytest.mark.parametrize("name", RUNS)
each_format = pytest.mark.parametrize("form", FORMATS)


# Each format


@pytest.mark.usefixtures("place")
@both
@each_format
def test_a_format_is_what_its_golden_file_holds(name, form):
    out = ran(name, form).replace(f'"{__version__}"', '"of now"')
    assert out == golden(f"outputs/{name}_{form}.{ENDINGS.get(form, 'json')}", out)


@both
def test_a_job_summary_is_what_its_golden_file_holds(name, place, monkeypatch):
    page = place / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    ran(name, "text")
    once = page.read_text(encoding="utf-8")
    assert once == golden(f"outputs/{name}_summary.md", once)
    ran(name, "sarif")
    assert page.read_text(encoding="utf-8") == once * 2


@both
@each_format
def test_every_format_comes_to_the_same_code_and_names_no_machine(name, form, place):
    told = command(*RUNS[name], "--format", form)
    plain = command(*RUNS[name])
    assert (told.code, told.err) == (plain.code, plain.err)
    assert told.out == command(*RUNS[name], "--format", form).out
    assert str(place) not in told.out
    assert "\x1b" not in told.out


@pytest.mark.usefixtures("place")
@both
@each_format
def test_every_format_says_how_much_was_not_tested(name, form):
    words = {"check": ("untestable", "stood aside"), "lint": ("unsourced", "set aside")}[name]
    tail = ran(name, form)[-900:]
    assert all(each in tail or each.replace(" ", "_") in tail for each in words)


@pytest.mark.usefixtures("place")
@each_format
def test_every_format_says_which_document_could_not_be_read(form):
    assert "none.md: No such file or directory" in ran("lint", form)


@pytest.mark.usefixtures("place")
@each_format
def test_every_format_of_a_lint_says_that_the_register_has_faults(form):
    told = "data/figures.csv: 1 fault in the form of its files; 'figurecheck check' says which"
    assert ('"faults": 1' if form == "json" else told) in ran("lint", form)


@both
@each_format
def test_an_output_in_a_file_leaves_a_word_on_the_log(name, form, place):
    shown = ran(name, form)
    out = ran(name, form, "--output", "out file")
    first, *closing = out.splitlines()
    assert first == "wrote out file"
    assert closing == ran(name, "github").splitlines()[-len(closing) :]
    assert (place / "out file").read_text(encoding="utf-8") == shown


@pytest.mark.usefixtures("place")
@both
@pytest.mark.parametrize(
    ("told", "more", "annotated"),
    [
        ("true", [], True),
        ("true", ["--format", "text"], False),
        ("true", ["--output", "x"], False),
        ("false", [], False),
        ("", [], False),
    ],
)
def test_annotations_are_made_where_a_runner_reads_along(name, told, more, annotated, monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", told)
    assert bool(commands(command(*RUNS[name], *more).out)) == annotated


@pytest.mark.usefixtures("place")
@each_format
def test_what_stands_alone_stands_without_other_formats(form):
    run = [*RUNS["lint"][:2], "--register", "data", "--format", form]
    for more in (["--suggest"], ["--as", "letter"]):
        told = command(*run, *more)
        assert (told.code == 2) == (form != "text")
        assert ("stands alone, without --format" in told.err) == (form != "text")


@pytest.mark.usefixtures("place")
def test_a_summary_that_cannot_be_written_is_a_line_and_changes_no_code(monkeypatch):
    plain = command(*RUNS["check"])
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "no/such/folder")
    told = command(*RUNS["check"])
    assert (told.code, told.out) == (plain.code, plain.out)
    assert told.err == (
        "figurecheck: no/such/folder: No such file or directory; no job summary was written\n"
    )


def test_a_lint_that_asks_how_much_is_sourced_says_it_in_every_format(place):
    (place / "none.md").write_text("Nothing.", encoding="utf-8")
    for form in FORMATS:
        assert ("sourced: " if form != "json" else '"sourced": ') in ran("lint", form, "--coverage")


# SARIF


@pytest.mark.usefixtures("place")
@both
def test_sarif_is_what_oasis_asks_for(name):
    log = json.loads(ran(name, "sarif"))
    Draft4Validator(SCHEMA).validate(log)
    [run] = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert all(
        rules[each["ruleIndex"]]["id"] == each["ruleId"] and "suppressions" in each
        for each in run["results"]
    )
    known = [each["partialFingerprints"]["figurecheck/v1"] for each in run["results"]]
    assert len(set(known)) == len(known) > 3
    assert run["invocations"][0]["executionSuccessful"] == (name == "check")


@pytest.mark.usefixtures("place")
def test_a_rule_in_sarif_has_its_law_and_its_examples():
    [run] = json.loads(ran("check", "sarif"))["runs"]
    rules = {each["id"]: each for each in run["tool"]["driver"]["rules"]}
    assert list(rules) == RULES.split(",")
    law = "Figures of the same concept, base, place, period and dimension agree."
    assert rules["FC301"]["shortDescription"] == {"text": law}
    assert rules["FC301"]["fullDescription"]["text"].startswith(f"{law} ")
    assert rules["FC301"]["name"] == "SameThing"
    assert "Okay:\n    id,reported" in rules["FC301"]["help"]["text"]
    assert "Okay:\n\n```text\nid,reported" in rules["FC301"]["help"]["markdown"]


@pytest.mark.usefixtures("place")
def test_a_waiver_is_a_suppression_and_what_is_untestable_is_open():
    found = results("check")
    assert found["FC301"]["suppressions"] == [
        {"kind": "inSource", "status": "accepted", "justification": "another count"}
    ]
    assert (found["FC301"]["kind"], found["FC301"]["level"]) == ("fail", "warning")
    assert found["FC304"]["suppressions"] == []
    assert (found["FC210"]["kind"], found["FC210"]["level"]) == ("open", "none")


@pytest.mark.usefixtures("place")
def test_a_result_names_the_rows_that_it_was_held_against():
    told = results("check")["FC304"]
    assert told["locations"][0]["logicalLocations"] == [{"name": "lost", "kind": "relation"}] or (
        told["locations"][0]["logicalLocations"] == [{"name": "sexes", "kind": "relation"}]
    )
    related = {
        each["logicalLocations"][0]["name"]: each["physicalLocation"]["region"]["startLine"]
        for each in told["relatedLocations"]
    }
    assert related
    assert related.items() <= {"forced_labour": 2, "women": 3, "other": 5, "unsaid": 8}.items()
    uri = results("lint")["FC502"]["locations"][0]["physicalLocation"]
    assert uri["artifactLocation"] == {"uri": "a%20report.md", "uriBaseId": "%SRCROOT%"}
    assert uri["region"] == {"startLine": 4, "startColumn": 1}
    [row] = results("lint")["FC502"]["relatedLocations"]
    assert row["message"]["text"] == "children: more than 3.3 million"


def test_a_line_of_a_cell_is_no_line_of_the_file(place):
    cells = [{"cell_type": "markdown", "source": "There were 41 cats."}]
    (place / "a report.md").unlink()
    (place / "a report.md").mkdir()
    (place / "n.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    run = ["lint", "n.ipynb", "--register", "data", "--format"]
    [sarif_run] = json.loads(command(*run, "sarif").out)["runs"]
    [result] = sarif_run["results"]
    assert "region" not in result["locations"][0]["physicalLocation"]
    assert result["locations"][0]["logicalLocations"] == [{"name": "cell 1"}]
    assert result["message"]["text"].startswith("cell 1, line 1: '41")
    [told] = commands(command(*run, "github").out)
    assert told.properties == {"file": "n.ipynb", "title": "FC504"}
    first, _ = json.loads(command(*run, "gitlab").out)
    assert first["location"] == {"path": "n.ipynb", "lines": {"begin": 1}}
    assert 'name="cell 1, 1:12 41' in command(*run, "junit").out


def test_what_a_finding_lacks_sarif_leaves_out():
    bare = Finding("OWN001", "error", "broken", "", (), "", 0, "is [odd](1)")
    there = Finding("OWN001", "error", "broken", "a", ("r",), "/else where/f.csv", 0, "is odd")
    stream = Stream("check", small_register(SMALL), (bare, there), (), {}, (), {}, HERE)
    log = json.loads("\n".join(sarif.lines(stream)))
    Draft4Validator(SCHEMA).validate(log)
    first, second = log["runs"][0]["results"]
    assert first["locations"] == [{}]
    assert "ruleIndex" not in first
    assert first["message"]["text"] == "is [odd\\](1)"
    [at] = second["locations"]
    assert at["physicalLocation"] == {"artifactLocation": {"uri": "file:///else%20where/f.csv"}}
    named = {each["message"]["text"] for each in second["relatedLocations"]}
    assert named == {"a: not reported", "r: a == 5"}
    first, *_ = json.loads("\n".join(gitlab.lines(stream)))
    assert first["location"]["path"] == "figures.csv"


SMALL = "id,reported,unit,source\na,,person,s\nrelations:\nid,statement\nr,a == 5\n"


@rule("OWN001", "is odd")
def undocumented(_register):
    return [Verdict("broken", "a")]


undocumented.check.__doc__ = ""


def test_a_rule_without_words_is_still_a_rule_in_sarif():
    made = check(small_register(SMALL), rules=[undocumented], today=date(2026, 1, 1))
    stream = Stream("check", small_register(SMALL), made.findings, made.rules, {}, (), {}, HERE)
    log = json.loads("\n".join(sarif.lines(stream)))
    Draft4Validator(SCHEMA).validate(log)
    [told] = log["runs"][0]["tool"]["driver"]["rules"]
    assert told["help"] == {"text": "OWN001", "markdown": "OWN001"}


# Fingerprints


@pytest.mark.usefixtures("place")
def test_a_finding_is_known_again_when_its_line_moves(place):
    def known(name):
        return {
            each["ruleId"]: each["partialFingerprints"]
            for each in json.loads(ran(name, "sarif"))["runs"][0]["results"]
        }

    before = {name: known(name) for name in RUNS}
    rows = FIGURES.replace("forced_labour,27", "more,5,person,,,,,ilo,,,,\nforced_labour,27", 1)
    folder(place / "data", rows)
    (place / "a report.md").write_text(f"It begins.\n\n{REPORT}", encoding="utf-8")
    assert {name: known(name) for name in RUNS} == before


@pytest.mark.usefixtures("place")
@both
def test_all_formats_know_a_finding_by_the_same(name):
    in_json = [each["fingerprint"] for each in json.loads(ran(name, "json"))["findings"]]
    in_sarif = [
        each["partialFingerprints"]["figurecheck/v1"]
        for each in json.loads(ran(name, "sarif"))["runs"][0]["results"]
    ]
    in_gitlab = [each["fingerprint"] for each in json.loads(ran(name, "gitlab"))]
    assert in_json == in_sarif == in_gitlab[: len(in_json)]
    assert len(set(in_gitlab)) == len(in_gitlab) > len(in_json)


codes = st.sampled_from(["FC301", "FC504"])
ids = st.sampled_from(["", "a", "b"])
drawn_findings = st.lists(
    st.builds(
        Finding,
        codes,
        st.just("error"),
        st.just("broken"),
        ids,
        st.lists(ids, max_size=2).map(tuple),
        st.sampled_from(["x.md", "y.md"]),
        st.integers(1, 9),
        st.sampled_from(["'5' is", "'6' is"]),
        column=st.integers(0, 1),
    ),
    max_size=8,
)


@given(drawn_findings, st.integers(1, 99))
def test_fingerprints_are_of_one_finding_and_of_no_line(found, lines):
    known = fingerprints(found, HERE)
    assert len(set(known)) == len(known)
    moved = [
        Finding(
            each.code,
            each.severity,
            each.outcome,
            each.figure,
            each.related[::-1],
            each.path,
            each.line + lines,
            each.message,
            column=each.column and each.column + lines,
        )
        for each in found
    ]
    assert fingerprints(moved, HERE) == known
    elsewhere = Base(PurePosixPath("/home"), PurePosixPath("/home"))
    assert fingerprints(found, elsewhere) == known


# JUnit


@pytest.mark.usefixtures("place")
def test_junit_has_a_case_for_each_figure_and_relation_and_says_what_it_came_to():
    read = suites(ran("check", "junit"))
    register = load("data")
    made = check(register, select=RULES.split(","), today=date.fromisoformat(DAY))
    expected = list(cases(register, made))
    found = [each for suite in read for each in suite]
    assert [(each.classname, each.name) for each in found] == [
        (each.path, each.name) for each in sorted(expected, key=lambda each: each.path)
    ]
    results = {each.name: each.result for each in expected}
    counts = Counter(results.values())
    assert (read.failures, read.skipped, read.errors) == (
        counts[FAILED],
        counts[WAIVED] + counts[SKIPPED],
        0,
    )
    assert read.tests == len(expected) == sum(suite.tests for suite in read)
    kinds = {FAILED: junitparser.Failure, WAIVED: junitparser.Skipped, SKIPPED: junitparser.Skipped}
    for each in found:
        wanted = [kind for result, kind in kinds.items() if result == results[each.name]]
        assert [type(result) for result in each.result] == wanted
    told = {each.name: each.result[0] for each in found if each.result}
    assert (told["unsaid"].type, told["unsaid"].message) == (
        "untestable",
        "FC001: unsaid cannot be tested: '..' marks a suppressed number",
    )


@pytest.mark.usefixtures("place")
def test_a_waived_failure_is_skipped_with_its_reason():
    read = suites(ran("check", "junit", "--fail-on", "warning"))
    found = {each.name: each.result for suite in read for each in suite if each.result}
    [told] = [each for results in found.values() for each in results if each.type == "waived"]
    assert told.message == "waived: FC301: another count"


@pytest.mark.usefixtures("place")
def test_junit_has_a_case_for_each_number_of_a_document():
    read = suites(ran("lint", "junit"))
    report, lost = read
    numbers = [
        f"{each['line']}:{each['column']} {each['text']}"
        for each in json.loads(ran("lint", "json"))["quantities"]
        if each["status"] != "set_aside"
    ]
    assert [each.name for each in report][: len(numbers)] == numbers
    assert [each.name for each in report][len(numbers) :] == ["4:49 children_2016"]
    assert report.failures == 2
    [one] = lost
    assert [type(each) for each in one.result] == [junitparser.Error]


def test_an_empty_register_is_an_empty_suite(tmp_path, monkeypatch):
    monkeypatch.chdir(folder(tmp_path, "id,reported,unit,source\n"))
    out = command("check", ".", "--format", "junit").out
    [suite] = suites(out)
    assert (suite.name, suite.tests) == ("figures.csv", 0)
    assert "<system-out>0 figures, 0 relations; checks: " in out


# Paths


@pytest.mark.parametrize(
    ("root", "here", "path", "seen"),
    [
        ("/repo", "/repo", "data/f.csv", "data/f.csv"),
        ("/repo", "/repo/docs", "../data/./f.csv", "data/f.csv"),
        ("/repo", "/repo/docs", "/repo/data/f.csv", "data/f.csv"),
        ("/repo", "/repo", "../else/f.csv", "/else/f.csv"),
        ("/repo", "/repo", "/else/f.csv", "/else/f.csv"),
        ("/repo", "/repo", "../../../../f.csv", "/f.csv"),
        ("/repo", "/repo", "", ""),
        ("C:\\repo", "C:\\repo\\docs", "..\\data\\f.csv", "data/f.csv"),
        ("C:\\repo", "C:\\repo", "D:\\f.csv", "D:/f.csv"),
    ],
)
def test_a_path_is_seen_from_the_root_with_slashes(root, here, path, seen):
    pure = PureWindowsPath if root[0] == "C" else PurePosixPath
    assert Base(pure(root), pure(here)).seen(path) == seen


def test_the_root_is_that_of_the_repository_around_the_folder(place, monkeypatch):
    monkeypatch.chdir(place / "data")
    told = commands(command("check", "--today", DAY, "--format", "github").out)
    assert {each.properties["file"] for each in told} == {"data/figures.csv", "data/relations.csv"}
    (place / ".git").rmdir()
    told = commands(command("check", "--today", DAY, "--format", "github").out)
    assert {each.properties["file"] for each in told} == {"figures.csv", "relations.csv"}


# Text in full


def test_text_in_full_leaves_out_what_it_does_not_know():
    found = Finding("FC999", "error", "broken", "a", ("r", "gone"), "f.csv", 2, "is odd")
    told = full.report(
        small_register(SMALL),
        Report((found,), check(small_register(SMALL), today=date(2026, 1, 1)).tally),
        plain,
    )
    assert list(told)[2:6] == [
        "f.csv:2: FC999 error: is odd",
        "    sources: s",
        "    figures.csv:2: a: not reported",
        "    relations.csv:2: r: a == 5",
    ]


# The job summary


def test_a_summary_is_cut_and_says_so():
    long = "x" * 1000
    found = [
        Finding("FC301", "error", "broken", "a", (), "f.csv", n, long, long) for n in range(120)
    ]
    stream = Stream("check", small_register(SMALL), tuple(found), (), {}, ("end",), {}, HERE)
    page = "\n".join(summary.lines(stream))
    assert page.count("| error |") == 100
    assert "\nand 20 more\n" in page
    assert len(page) < 100 * 800
    assert page.splitlines()[0] == "## figurecheck check: 120 errors, 0 warnings, 0 notes"
    assert page.split()[-1] == "end"


# What is hostile

ORDERS = [
    "::error::x",
    "  ::stop-commands::x",
    "\u3000::add-mask::x",
    "##[error]x",
    "###[group]##[x",
    "%0A::error::x",
    "\n::error file=a,line=1::x",
    "\r\n##[error]x",
    "a,b:c%25",
    "]]>",
    "</failure><x>&amp;&#0;",
    "<!--",
    "| a |\n| --- |",
    "[x](http://e.org)",
    "\x1b[31m\x07\x00\x85",
    "\u202e\u2028",
    "\ufffe\ud800",
    "{0} {{",
    "\U0001f600",
]
hostile = st.lists(st.sampled_from(ORDERS) | st.text(max_size=8), max_size=4).map("".join)
no_surrogates = hostile.map(lambda text: re.sub("[\ud800-\udfff\0]", "", text))
COLUMNS = ["reported", "unit", "label", "concept", "source", "quote", "waive", "period"]


def shown(text):
    """Give a text as a terminal is shown it: what it would obey is escaped, but for line ends."""
    controls = r"(?![\r\n])[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|[\ud800-\udfff]"
    return re.sub(controls, lambda found: found[0].encode("unicode_escape").decode(), text)


def as_xml(text):
    """Give a text as XML has it: what it cannot have is escaped, and so is \\r."""
    return re.sub("[\r\ufffe\uffff]", lambda found: ascii(found[0])[1:-1], shown(text))


def held(outs):
    """Hold what was put in each format against what a reader of that format makes of it."""
    for form, out in outs.items():
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", out)
        assert form == "github" or commands(out) == [], form
    made = json.loads(outs["json"])
    Draft202012Validator(OURS).validate(made)
    Draft4Validator(SCHEMA).validate(json.loads(outs["sarif"]))
    issues = json.loads(outs["gitlab"])
    assert len(issues) == len(made["findings"]) + 1
    assert suites(outs["junit"])
    written = "".join(ET.fromstring(outs["junit"]).itertext())  # noqa: S314 - written a moment ago
    for each, issue in zip(made["findings"], issues, strict=False):
        assert as_xml(each["message"]) in written
        assert each["message"] in issue["description"]
    messages = Counter(
        shown(
            "\n".join(
                filter(
                    None,
                    [
                        each["message"],
                        each["proof"],
                        each["diagnosis"],
                        each["waived"] and f"waived: {each['waived']}",
                    ],
                )
            )
        )
        for each in made["findings"]
    )
    told = commands(outs["github"])
    assert Counter(each.message for each in told) == messages
    assert {each.name for each in told} <= {"error", "warning", "notice"}
    lowest = ["error", "warning", "notice"]
    order = [lowest.index(each.name) for each in told]
    assert order == sorted(order)
    paths = {shown(each["path"]) for each in made["findings"]}
    assert {each.properties.get("file", "") for each in told} <= paths


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.fixed_dictionaries(dict.fromkeys(COLUMNS, no_surrogates)), min_size=1, max_size=3
    ),
    statement=no_surrogates,
    column=no_surrogates,
)
@example(
    rows=[
        dict.fromkeys(COLUMNS, each) | {"reported": "5", "unit": "person"} for each in ORDERS[:5]
    ],
    statement="##[error]x",
    column="::error::x",
)
def test_a_hostile_register_orders_nobody_about_and_fits_each_format(
    rows, statement, column, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["id", *COLUMNS, column])
    writer.writerows([f"f{n}", *row.values(), "x"] for n, row in enumerate(rows))
    relations = io.StringIO()
    csv.writer(relations).writerows([["id", "statement"], ["r", statement], [statement, "f0 == 5"]])
    folder(tmp_path, text.getvalue(), relations.getvalue(), '[{"id": "s"}]')
    told = {
        form: command("check", ".", "--today", DAY, "--strict", "--format", form)
        for form in FORMATS
    }
    assert len({(each.code, each.err) for each in told.values()}) == 1
    if told["text"].code != 2:
        held({form: each.out for form, each in told.items()})


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=no_surrogates,
    file=st.sampled_from(["::error::x.md", "##[x].md", " ::x::a,b%.md", "a\nb.md", "\x1b[8m.md"]),
)
def test_a_hostile_document_orders_nobody_about_and_fits_each_format(
    words, file, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    folder(tmp_path, "id,reported,unit,label,source\na,27.6 million,person,slaves,s\n", "", "")
    text = f"{words} 12 cats and 26.7 million slaves {words}\n\n{words}[5](figure:b)\n"
    Path(file).write_text(text, encoding="utf-8")
    told = {
        form: command("lint", file, "--register", ".", "--strict", "--format", form)
        for form in FORMATS
    }
    assert len({(each.code, each.err) for each in told.values()}) == 1
    if told["text"].code != 2:
        held({form: each.out for form, each in told.items()})
    Path(file).unlink()


@given(hostile.map(lambda text: text.replace("\n", " ").replace("\r", " ")))
def test_a_line_that_is_no_command_means_the_same(line):
    for spelling in (TEXT, JSON, XML):
        assert commands(no_command(line, spelling)) == []
    assert json.loads(no_command(json.dumps(line), JSON)) == json.loads(json.dumps(line))
    quiet = re.sub("[^ -~]|[<&]", "", line)
    [back] = [ET.fromstring(f"<a>{no_command(quiet, XML)}</a>").text or ""]  # noqa: S314 - as above
    assert back == quiet
    if "::" not in line and "##[" not in line:
        assert no_command(line) == line


@pytest.mark.parametrize("name", ["show", "read", "judge", "derive"])
def test_no_command_of_ours_lets_a_text_order_a_runner_about(name, place):
    text = "\n::error::x ##[error]y 5 km"
    folder(place / "data", f'id,reported,unit,label,source\na,"{text}",km,"{text}",s\n')
    run = {
        "show": ["show", "a"],
        "read": ["read", f"{text} 27.6 million ##[x]"],
        "judge": ["judge", "a == b", f"a={text}", "b=5"],
        "derive": ["derive", "a * 2", "--concept", text],
    }[name]
    for form in ("text", "json"):
        told = command(*run, "--format", form)
        assert commands(told.out) == commands(told.err) == []
        assert form == "text" or told.code == 2 or json.loads(told.out)
