"""The configuration: what `[tool.figurecheck]` asks is done, what it cannot mean is one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import command, folder
from hypothesis import given
from hypothesis import strategies as st

from figurecheck.configuration import Configuration, ConfigurationError, keys, load, nearest
from figurecheck.confront import check, weighed
from figurecheck.finding import BROKEN, OUTCOMES, SEVERITIES, Finding
from figurecheck.register import load as load_register

FIGURES = """id,reported,unit,concept,place,period,source
whole,10 million,person,slavery,ITA,2021,s
part,12 million,person,slavery/women,ITA,2021,s
low,about 10.6 million,person,slavery,ITA,2021,s
"""
SOURCES = '[{"id": "s"}]'


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with a register in numbers/, and a function that writes its configuration."""
    folder(tmp_path / "numbers", FIGURES, sources=SOURCES)
    monkeypatch.chdir(tmp_path)

    def configured(text: str, name: str = "pyproject.toml") -> Path:
        file = tmp_path / name
        file.write_text(f"[project]\nname = 'x'\n\n[tool.figurecheck]\n{text}\n", encoding="utf-8")
        return file

    return configured


def found(*arguments: object) -> list[tuple[str, str, str]]:
    """Give code, figure and severity of what a check finds."""
    ran = command("check", "--format", "json", *arguments)
    assert not ran.err
    return [
        (each["code"], each["figure"], each["severity"]) for each in json.loads(ran.out)["findings"]
    ]


def codes(*arguments: object) -> set[str]:
    return {code for code, *_ in found(*arguments)}


def test_the_configured_register_is_the_one_that_every_command_takes(
    project, tmp_path, monkeypatch
):
    project('register = "numbers"')
    (tmp_path / "deeper").mkdir()
    (tmp_path / "r.txt").write_text("Of 10 million.", encoding="utf-8")
    for where in (tmp_path, tmp_path / "deeper"):
        monkeypatch.chdir(where)
        for line in (["check"], ["show"], ["solve"], ["derive", "whole - part"]):
            ran = command(*line)
            assert ran.out.splitlines()[0].endswith(str(Path("numbers", "figures.csv")))
        ran = command("lint", tmp_path / "r.txt")
        assert ran.out.splitlines()[0].endswith(str(Path("numbers", "figures.csv")))


def test_a_register_that_is_named_goes_before_the_configured_one(project, tmp_path):
    project('register = "numbers"')
    folder(tmp_path / "others", "id,reported,unit,source\na,5,person,s\n", sources=SOURCES)
    assert "others" in command("check", "others").out.splitlines()[0]


def test_rules_are_chosen_by_the_configuration_and_the_command_line_goes_first(project):
    project('register = "numbers"\nselect = ["FC301"]')
    assert codes() == {"FC301"}
    assert codes("--select", "FC302") == {"FC302"}
    assert codes("--extend-select", "FC302") == {"FC301", "FC302"}
    project('register = "numbers"\nselect = ["FC301"]\nextend-select = ["fc302"]')
    assert codes() == {"FC301", "FC302"}
    assert codes("--ignore", "FC302") == {"FC301"}
    project('register = "numbers"\nignore = ["FC"]')
    assert codes() == set()
    assert "FC302" in codes("--ignore", "FC301")


def test_a_severity_is_that_of_what_is_broken_and_no_more_than_that_of_the_rest(project):
    project('register = "numbers"')
    assert ("FC302", "part", "error") in found()
    before = {(code, figure): severity for code, figure, severity in found()}
    project('register = "numbers"\nseverities = { FC3 = "note", FC302 = "warning" }')
    after = {(code, figure): severity for code, figure, severity in found()}
    assert before.keys() == after.keys()
    assert {each for (code, _), each in after.items() if code == "FC302"} == {"warning"}
    assert {each for (code, _), each in after.items() if code == "FC301"} == {"note"}
    assert command("check").code == 0


@given(
    st.sampled_from(OUTCOMES),
    st.sampled_from(SEVERITIES),
    st.dictionaries(
        st.sampled_from(["FC", "FC3", "FC30", "FC301", "FC4"]), st.sampled_from(SEVERITIES)
    ),
)
def test_only_what_is_broken_is_made_more_severe(outcome, severity, severities):
    finding = Finding("FC301", severity, outcome, "a", (), "figures.csv", 2, "a is")
    after = weighed(finding, severities)
    fitting = max((each for each in severities if "FC301".startswith(each)), key=len, default=None)
    if fitting is None:
        assert after == finding
    elif outcome == BROKEN:
        assert after.severity == severities[fitting]
    else:
        assert not (after.at_least("error") and not finding.at_least("error"))
        assert SEVERITIES.index(after.severity) <= SEVERITIES.index(finding.severity)


def test_fail_on_is_configured_and_overruled(project):
    project('register = "numbers"\nselect = ["FC302"]\nseverities = { FC302 = "warning" }')
    assert command("check").code == 0
    asked = ['register = "numbers"', 'select = ["FC302"]', 'severities = { FC302 = "warning" }']
    project("\n".join([*asked, 'fail-on = "warning"']))
    assert command("check").code == 1
    assert command("check", "--fail-on", "error").code == 0


def test_rounding_is_that_of_the_sources_that_do_not_say_it(project, tmp_path):
    sources = '[{"id": "s"}, {"id": "t", "custom": {"rounding": "nearest"}}]'
    figures = "id,reported,unit,source\na,27.6 million,person,s\nb,27.6 million,person,t\n"
    folder(tmp_path / "numbers", figures, sources=sources)
    project('register = "numbers"\nrounding = "truncated"')
    shown = command("show", "a").out, command("show", "b").out
    assert "as printed: 27.6-27.7 million" in shown[0]
    assert "as printed: 27.55-27.65 million" in shown[1]
    read = load_register("numbers", rounding="base 5")["a"].reading
    assert read.narrow != load_register("numbers")["a"].reading.narrow


def test_archived_texts_are_where_the_configuration_says(project, tmp_path):
    figures = "id,reported,unit,source,quote\na,5,person,s,five 5 persons\n"
    folder(tmp_path / "numbers", figures, sources=SOURCES)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "s.txt").write_text("There were other words.", encoding="utf-8")
    project('register = "numbers"')
    assert ("FC210", "a", "note") in found()
    project('register = "numbers"\ntexts = "texts"')
    assert ("FC210", "a", "note") not in found()
    assert "FC210" in codes()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            'regster = "numbers"',
            "pyproject.toml:5: [tool.figurecheck] has no key 'regster'; did you mean 'register'?",
        ),
        (
            '\n\nselect = "FC3"',
            "pyproject.toml:7: [tool.figurecheck] select = 'FC3': wanted a list of texts",
        ),
        ('fail-on = "eror"', "wanted one of note, warning, error; did you mean 'error'?"),
        ("fail-on = 3", "fail-on = '3': wanted one of note, warning, error"),
        ('rounding = "trunkated"', "did you mean 'truncated'?"),
        ("rounding = 5", "wanted nearest, truncated, floor, ceiling or base 5"),
        ('register = ""', "register = '': wanted a text"),
        ("severities = 5", "wanted codes with severities"),
        (
            '[tool.figurecheck.severities]\nFC301 = "fatal"',
            "pyproject.toml:5: [tool.figurecheck] severities",
        ),
        ('select = ["FC999"]', "no rule 'FC999'"),
        ('severities = { FC999 = "note" }', "no rule 'FC999'"),
        ('severities = { "" = "note" }', "no rule ''"),
        ('select = [" "]', "no rule ''"),
        ('ignore = [" "]', "no rule ''"),
        ("select = [", "pyproject.toml: "),
        ('register = "nowhere"', "nowhere: no such file or folder"),
        ('rules = ["nowhere.py"]', "nowhere.py: no such file; wanted Python with rules"),
    ],
)
def test_what_a_configuration_cannot_mean_is_one_line(project, text, said):
    project(text)
    ran = command("check", *["numbers"] * ('nowhere"' not in text))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert said in ran.err


def test_a_file_without_the_table_is_passed_over_on_the_way_up(project, tmp_path, monkeypatch):
    project('register = "numbers"\nselect = ["FC302"]')
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "pyproject.toml").write_text("[tool.other]\nx = 1\n", encoding="utf-8")
    monkeypatch.chdir(inner)
    assert codes() == {"FC302"}
    assert nearest(inner).path == str(tmp_path / "pyproject.toml")


def test_a_named_register_brings_the_configuration_of_its_own_project(
    project, tmp_path, monkeypatch
):
    project('select = ["FC302"]')
    elsewhere = tmp_path.parent / f"{tmp_path.name}_elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert codes(tmp_path / "numbers") == {"FC302"}
    assert codes(tmp_path / "numbers" / "figures.csv") == {"FC302"}


def test_a_configuration_can_be_named(project):
    project('select = ["FC302"]')
    other = project('select = ["FC301"]', "other.toml")
    assert codes("numbers", "--config", other) == {"FC301"}
    other.write_text("[tool.else]\n", encoding="utf-8")
    ran = command("check", "numbers", "--config", other)
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "no [tool.figurecheck] in it" in ran.err
    ran = command("check", "numbers", "--config", "nowhere.toml")
    assert "nowhere.toml: No such file or directory" in ran.err


def test_what_is_no_table_is_said(tmp_path):
    file = tmp_path / "pyproject.toml"
    file.write_text("[tool]\nfigurecheck = 5\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"'tool\.figurecheck' is no table"):
        load(file)
    file.write_text("tool = 5\n", encoding="utf-8")
    assert load(file) is None
    file.write_bytes(b"\xff")
    with pytest.raises(ConfigurationError, match=r"pyproject\.toml: .*wanted TOML"):
        load(file)


@given(
    st.dictionaries(
        st.sampled_from([*keys(Configuration)]) | st.text(max_size=8),
        st.integers() | st.text(max_size=5),
    )
)
def test_a_configuration_is_read_or_refused_in_one_line(tmp_path_factory, table):
    file = tmp_path_factory.mktemp("drawn") / "pyproject.toml"
    lines = [f"{json.dumps(key)} = {json.dumps(value)}" for key, value in table.items()]
    text = "\n".join(["[tool.figurecheck]", *lines]).encode("utf-8", "replace")
    file.write_bytes(text)
    try:
        assert isinstance(load(file), Configuration)
    except ConfigurationError as error:
        assert str(error).startswith(str(file))


def test_severities_and_rules_are_asked_of_python_too(tmp_path):
    register = load_register(folder(tmp_path, FIGURES, sources=SOURCES))
    [finding] = check(register, select=["FC302"], severities={"FC302": "note"}).findings
    assert (finding.outcome, finding.severity) == ("broken", "note")
