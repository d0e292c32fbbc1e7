"""The pytest plugin: what is collected, what comes of it, and what it costs other people's runs."""

from __future__ import annotations

import ast
import json
import os
import re
import tomllib
import xml.etree.ElementTree as ET
from importlib import import_module
from importlib.util import find_spec
from pkgutil import walk_packages

import pytest
from command import ROOT, command, folder
from runner import commands

import figurecheck
from figurecheck import pytest_plugin

FIGURES = """\
id,reported,unit,source,waive
whole,5,person,s,
half,0.5,person,s,
post,0.5,person,s,FC102: half a post
hidden,..,person,s,
sheet,1E+5,person,s,
"""
RELATIONS = "id,statement\ntotal,whole == half + post\nfine,whole == 5\n"
SOURCES = '[{"id": "s"}]'
ROWS = [f"data/figures.csv::{name}" for name in ("whole", "half", "post", "hidden", "sheet")]
RELATED = ["data/relations.csv::total", "data/relations.csv::fine"]
HOSTILE = ("::error::pwned", "##[group]x", "  ::set-output name=a::b")
OTHERS = ["tests/test_a.py::test_a", "tests/test_a.py::test_b"]
ENTRY_POINTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
    "entry-points"
]["pytest11"]
TRACEBACK = re.compile(r"Traceback|INTERNALERROR|pytest_plugin\.py:\d+: ")


@pytest.fixture(scope="module", autouse=True)
def _loaded():
    """Load all that a check loads, since what a run in this process loads is dropped after it."""
    for each in walk_packages(figurecheck.__path__, "figurecheck."):
        import_module(each.name)
    command("check", ROOT / "data")


@pytest.fixture
def project(pytester, monkeypatch):
    """Stand in a project with a register and other people's tests; no plugin loads by itself."""
    folder(pytester.path / "data", FIGURES, RELATIONS, SOURCES)
    tests = pytester.mkdir("tests")
    (tests / "test_a.py").write_text("def test_a(): pass\ndef test_b(): pass\n")
    for name in ("PYTEST_ADDOPTS", "CI", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    return pytester


@pytest.fixture
def run(project):
    """Run pytest with the plugin in this process."""

    def ran(*arguments: str) -> pytest.RunResult:
        return clean(project.runpytest_inprocess(*arguments, plugins=[pytest_plugin]))

    return ran


@pytest.fixture
def run_apart(project, monkeypatch):
    """Run pytest in a process of its own, with the plugin and all others installed."""
    installed = project.path / "installed" / "figures-0.dist-info"
    installed.mkdir(parents=True)
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: figures\nVersion: 0\n")
    points = "".join(f"{name} = {module}\n" for name, module in ENTRY_POINTS.items())
    (installed / "entry_points.txt").write_text(f"[pytest11]\n{points}")
    places = os.pathsep.join(map(str, [installed.parent, ROOT / "src"]))
    monkeypatch.setenv("PYTHONPATH", places)
    monkeypatch.delenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD")

    def ran(*arguments: str) -> pytest.RunResult:
        return clean(project.runpytest_subprocess(*arguments))

    return ran


def clean(result: pytest.RunResult) -> pytest.RunResult:
    """Give a result that shows no code of ours."""
    printed = result.stdout.str() + result.stderr.str()
    assert not TRACEBACK.search(printed), printed
    return result


def collected(result) -> list[str]:
    """Give the node ids of what was collected, in order."""
    return [line for line in result.outlines if "::" in line and " " not in line]


def lines(result) -> list[str]:
    return [line for line in result.outlines + result.errlines if line.strip()]


def test_the_module_imports_pytest_and_nothing_else():
    tree = ast.parse((ROOT / "src/figurecheck/pytest_plugin.py").read_text(encoding="utf-8"))
    top = [each for each in tree.body if isinstance(each, ast.Import | ast.ImportFrom)]
    names = {getattr(each, "module", None) or each.names[0].name for each in top}
    assert names == {"__future__", "pytest", "figurecheck"}
    assert {"figurecheck": pytest_plugin.__name__} == ENTRY_POINTS


def test_other_peoples_runs_load_the_plugin_and_nothing_more(run_apart, pytester):
    seen = pytester.path / "seen.json"
    (pytester.path / "tests" / "test_a.py").write_text(
        "import json, pathlib, sys\n"
        "def test_seen():\n"
        f"    pathlib.Path({str(seen)!r}).write_text(json.dumps(sorted(sys.modules)))\n"
    )
    loaded = []
    for blocked in ("nothing", "figurecheck"):
        assert run_apart("-p", f"no:{blocked}", "tests").ret == 0
        loaded.append(set(json.loads(seen.read_text(encoding="utf-8"))))
    with_it, without = loaded
    assert with_it - without == {"figurecheck", "figurecheck.pytest_plugin"}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("", OTHERS),
        ("--figures data", [*ROWS, *RELATED, *OTHERS]),
        ("--figures=data/figures.csv", [*ROWS, *RELATED, *OTHERS]),
        ("--figures", [*ROWS, *RELATED, *OTHERS]),
        ("--figures data .", [*ROWS, *RELATED, *OTHERS]),
        ("--figures data data tests", [*ROWS, *RELATED, *OTHERS]),
        ("tests/test_a.py --figures", [*OTHERS, *ROWS, *RELATED]),
        ("tests/test_a.py::test_b --figures data", [OTHERS[1], *ROWS, *RELATED]),
        ("--figures data data/figures.csv::half", [ROWS[1]]),
        ("--figures data data/relations.csv", RELATED),
        ("--figures data data/relations.csv::fine tests", [RELATED[1], *OTHERS]),
        ("--figures data tests -k whole", [ROWS[0]]),
        ("--figures data tests --deselect data/figures.csv", [*OTHERS, *RELATED]),
        ("--figures data -o norecursedirs=data", [*OTHERS, *ROWS, *RELATED]),
        ("--figures data -o testpaths=tests", [*OTHERS, *ROWS, *RELATED]),
        ("-o figures=data", [*ROWS, *RELATED, *OTHERS]),
        ("-o figures=data -o testpaths=tests", [*OTHERS, *ROWS, *RELATED]),
        ("-o figures=data tests", OTHERS),
        ("-o figures=data data/figures.csv::half", [ROWS[1]]),
        ("-o figures=nowhere --figures data data", [*ROWS, *RELATED]),
    ],
)
def test_a_register_is_collected_once_where_it_is_asked_for(run, arguments, expected):
    result = run("--collect-only", "-q", *arguments.split())
    assert collected(result) == expected
    assert result.ret == 0


def test_a_register_of_another_place_is_told_by_its_path(run, tmp_path_factory):
    place = folder(tmp_path_factory.mktemp("far"), FIGURES, "", SOURCES)
    result = run("-q", "--figures", str(place), "tests", "--tb=short")
    assert f"{place}/figures.csv:3: FC102 error: half is no count" in result.stdout.str()
    result.assert_outcomes(passed=4, failed=1, skipped=1, xfailed=1)


def test_each_row_is_a_test_and_what_is_wrong_is_a_line(run_apart):
    result = run_apart("--figures", "data", "-rA", "data")
    result.assert_outcomes(passed=3, failed=2, skipped=1, xfailed=1)
    expected = """
        *= FAILURES =*
        *_ half _*
        data/figures.csv:3: FC102 error: half is no count of *: 0.5 is no whole number
        *_ total _*
        data/relations.csv:2: FC304 error: total does not add up; 0.5 + 0.5 = *, but 5 is reported
        *- Captured findings call -*
        data/relations.csv:2: FC402 note: total cannot be tested: no period is stated for whole, *
        data/relations.csv:2: FC403 note: total cannot be tested: no place is stated for whole, *

        *= PASSES =*
        *_ sheet _*
        *- Captured findings call -*
        data/figures.csv:6: FC009 warning: sheet looks damaged by a spreadsheet: '1E+5' is *
        *= figures =*
        register: data/figures.csv
        5 figures, 2 relations; checks: * holds, * borderline, * broken, * untestable
        1 finding waived; 5 figures stood aside from implied relations *
        *= short test summary info =*
        PASSED data/figures.csv::whole
        PASSED data/figures.csv::sheet
        PASSED data/relations.csv::fine
        SKIPPED [[]1[]] data/figures.csv: FC001: hidden cannot be tested: '..' marks a suppressed *
        XFAIL data/figures.csv::post - FC102: half a post
        FAILED data/figures.csv::half - FC102 error: half is no count of *
        FAILED data/relations.csv::total - FC304 error: total does not add up; *
    """
    matcher = pytest.LineMatcher(lines(result))
    for part in expected.strip().split("\n\n"):
        matcher.fnmatch_lines([line.strip() for line in part.splitlines()], consecutive=True)


def test_a_failure_is_where_its_row_is(run):
    result = run("--figures", "data", "--tb=line", "data/figures.csv::half")
    result.stdout.fnmatch_lines(["data/figures.csv:3: FC102 error: half is no count *"])


def test_what_another_hook_raises_is_shown_as_it_is(run, pytester):
    pytester.makeconftest("def pytest_runtest_call(item): raise ValueError(item.name)")
    result = run("--figures", "data", "data/figures.csv::half")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*conftest.py:1: ValueError", "*ValueError: half"])


def test_what_is_waived_fails_where_no_failure_is_expected(run):
    result = run("--figures", "data", "--runxfail", "data/figures.csv::post")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["data/figures.csv:4: FC102 error: post is no count *"])


def test_only_what_no_waiver_covers_is_told_of_a_row_that_has_both(run, pytester):
    row = "both,0.5,person,Italy,s,FC102: half a post\n"
    folder(pytester.path / "data", "id,reported,unit,place,source,waive\n" + row)
    result = run("--figures", "data", "data/figures.csv")
    result.assert_outcomes(failed=1)
    told = [line for line in result.outlines if line.startswith("data/figures.csv:2: ")]
    assert [re.findall(r"FC\d+", line) for line in told] == [["FC005"]]


def test_the_last_failures_are_run_alone(run):
    run("--figures", "data", "tests").assert_outcomes(passed=5, failed=2, skipped=1, xfailed=1)
    result = run("--figures", "data", "tests", "--lf")
    assert result.parseoutcomes()["failed"] == 2
    assert "passed" not in result.parseoutcomes()


@pytest.mark.skipif(not find_spec("xdist"), reason="xdist comes with the extra 'test'")
@pytest.mark.parametrize("asked", ["--figures=data", "-ofigures=data"])
def test_several_processes_tell_the_same_and_the_tally_once(run_apart, asked):
    result = run_apart("-n2", asked, "-o", "testpaths=tests")
    result.assert_outcomes(passed=5, failed=2, skipped=1, xfailed=1)
    result.stdout.fnmatch_lines(["data/figures.csv:3: FC102 error: half is no count *"])
    assert sum("; checks: " in line for line in result.outlines) == 1


def cases(file) -> dict[str, ET.Element]:
    tree = ET.parse(file)  # noqa: S314 - pytest wrote it
    return {each.get("name"): each for each in tree.iter("testcase")}


def test_a_junit_file_says_what_the_terminal_says(run, pytester):
    run("--figures", "data", "data", "--junitxml=junit.xml", "-o", "junit_family=xunit1")
    found = cases(pytester.path / "junit.xml")
    assert list(found) == [each.partition("::")[2] for each in ROWS + RELATED]
    words = "half is no count of persons, households, events or items: 0.5 is no whole number"
    [failure] = found["half"]
    assert failure.get("message") == f"FC102 error: {words}"
    assert failure.text == f"data/figures.csv:3: FC102 error: {words}"
    assert found["half"].get("file") == "data/figures.csv"
    assert found["half"].get("line") == "2"
    [waived], [skipped] = found["post"], found["hidden"]
    assert waived.get("message") == "FC102: half a post"
    assert (
        skipped.get("message") == "FC001: hidden cannot be tested: '..' marks a suppressed number"
    )
    assert not list(found["whole"])


def test_what_a_terminal_would_obey_and_xml_cannot_hold_is_escaped(run, pytester):
    bell = "\x1b]red\x07\u202e"
    row = f'a,"{bell}\nsurge",person,s,,\n'
    folder(pytester.path / "data", f"id,reported,unit,source,waive,{bell}\n{row}")
    (pytester.path / "data" / "relations.csv").unlink()
    (pytester.path / "own.py").write_text(
        "from figurecheck.rule import Verdict, rule\n"
        "@rule('OWN001', 'is \\udc80')\n"
        "def own(register):\n"
        "    yield Verdict('broken', 'half \\udc80', path='', line=0)\n"
    )
    pytester.makepyprojecttoml("[tool.figurecheck]\nrules = ['own.py']\n")
    result = run("--figures", "data", "data", "--junitxml=junit.xml", "-rA", "-v")
    result.assert_outcomes(failed=3)
    escaped = r"\x1b]red\x07\u202e"
    found = cases(pytester.path / "junit.xml")
    assert set(found) == {escaped, r"half \udc80", "a"}
    assert found[r"half \udc80"][0].get("message").endswith(r"OWN001 error: half \udc80 is \udc80")
    assert rf"{escaped}\nsurge" in found["a"][0].get("message")
    assert not set("\x1b\x07\u202e") & set(result.stdout.str())


def test_what_a_workflow_runner_would_obey_is_no_command(run, pytester):
    rows = "".join(f'{each},{each},person,{each},"{each}: x"\n' for each in HOSTILE)
    folder(pytester.path / "data", f"id,reported,unit,source,waive\n{rows}a,##[x],person,s,\n")
    (pytester.path / "data" / "relations.csv").unlink()
    told = run("--figures", "data", "data", "-rA", "-v").stdout.str()
    assert r"\x23#[group]x has no id" in told
    assert commands(told) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("--figures nowhere", "nowhere: no such file or folder"),
        ("--figures dta", "dta: no such file or folder; did you mean 'data'?"),
        ("--figures tests", "tests: no figures.csv in this folder; 'figurecheck init' makes one"),
        ("--figures tests/test_a.py::test_a", "tests/test_a.py::test_a: no such file or folder*"),
        (
            "--figures tests/test_a.py",
            "tests/test_a.py: no register; wanted a folder with figures.csv, or that file. Give *",
        ),
        ("-o figures=README", "README: no such file or folder"),
        (f"--figures {'a' * 5000}", "*File name too long*"),
    ],
)
def test_what_is_no_register_is_one_line(run, arguments, said):
    result = run(*arguments.split())
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    [line] = lines(result)
    result.stderr.fnmatch_lines([f"ERROR: {said}"])
    assert line.startswith("ERROR: ")


def test_where_there_is_no_register_upwards_it_is_said(run, pytester):
    (pytester.path / "data" / "figures.csv").unlink()
    result = run("--figures")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: *: no figures.csv here or upwards; *"])


def test_a_configuration_that_cannot_be_read_is_one_line(run, pytester):
    pytester.makepyprojecttoml("[tool.figurecheck]\nslect = ['FC1']\n")
    result = run("--figures")
    assert lines(result) == [
        "ERROR: pyproject.toml:2: [tool.figurecheck] has no key 'slect'; did you mean 'select'?"
    ]
    assert run("tests").ret == 0


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("figures.csv", "id;reported\na;5\n", "data/figures.csv:1: no column 'id', *"),
        ("relations.csv", 'id,statement\na,"b\n', "data/relations.csv:2: *; wanted *"),
        ("sources.csl.json", "{", "data/sources.csl.json: *; wanted CSL-JSON"),
        ("../pyproject.toml", "[tool.figurecheck]\nselect=['FC9']", "no rule 'FC9'; *"),
        ("../pyproject.toml", '[tool.figurecheck]\nseverities={FC9="note"}', "no rule 'FC9'; *"),
        ("../pyproject.toml", "[tool.figurecheck]\nrules=['a.py']", "a.py: no such file; *"),
    ],
)
def test_a_register_that_cannot_be_checked_is_told_once_and_in_one_line(
    run, pytester, name, text, said
):
    (pytester.path / "data" / name).write_text(text)
    result = run("--figures", "data", "-q")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    told = [line for line in lines(result) if not re.search("^[=_!]|^ERROR data|^1 error", line)]
    assert len(told) == 1
    result.stdout.fnmatch_lines([said])
    result.assert_outcomes(errors=1)


def test_an_empty_register_has_no_tests(run, pytester):
    folder(pytester.path / "data", FIGURES.splitlines()[0], RELATIONS.splitlines()[0])
    result = run("--figures", "data", "data")
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED
    assert "checks:" not in result.stdout.str()


def test_a_register_is_held_against_what_is_configured(run, pytester):
    (pytester.path / "own.py").write_text(
        "from figurecheck.rule import at, rule\n"
        "@rule('OWN001', 'is a half')\n"
        "def own(register):\n"
        "    yield at(register['half'], 'broken')\n"
    )
    pytester.makepyprojecttoml(
        """
        [tool.figurecheck]
        register = "data"
        rules = ["own.py"]
        ignore = ["FC102"]
        severities = { FC304 = "warning", FC009 = "error" }
        fail-on = "warning"
        """
    )
    result = run("--figures", "-q", "data", "-rA")
    result.assert_outcomes(passed=3, failed=3, skipped=1)
    told = [line for line in result.outlines if re.match(r"data/\S+: \w+ (error|warning)", line)]
    assert [line.split(": ")[1] for line in told] == [
        "OWN001 error",
        "FC009 warning",
        "FC304 warning",
    ]


USES = "def test_a(figures):\n    assert list(figures) == {names}\n"


@pytest.mark.parametrize(
    ("arguments", "configured", "names"),
    [
        ("", "", "data"),
        ("", "other", "other"),
        ("--figures third --deselect third", "other", "third"),
        ("-o figures=third", "other", "third"),
        ("-o figures=third --figures data --deselect data", "other", "data"),
    ],
)
def test_the_fixture_is_the_register_that_is_asked_for(run, pytester, arguments, configured, names):
    for name in ("data", "other", "third"):
        folder(pytester.path / name, f"id,reported,unit,source\n{name},5,person,s\n")
    (pytester.path / "data" / "relations.csv").unlink()
    pytester.makepyprojecttoml(f"[tool.figurecheck]\nregister = '{configured}'" * bool(configured))
    (pytester.path / "tests" / "test_a.py").write_text(USES.format(names=[names]))
    run("tests", *arguments.split()).assert_outcomes(
        passed=1, deselected=1 if "deselect" in arguments else None
    )


def test_a_fixture_without_a_register_is_one_line(run, pytester):
    (pytester.path / "data" / "figures.csv").unlink()
    (pytester.path / "tests" / "test_a.py").write_text(USES.format(names=[]))
    result = run("tests")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*: no figures.csv here or upwards; 'figurecheck init' makes one"])


def test_the_fixture_is_documented(run):
    result = run("--fixtures")
    result.stdout.fnmatch_lines(["figures [[]session scope[]] -- *", "    The register: that of *"])
