"""Rules of the user's own: from a file or an installed package, and one line where they fail."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from command import command, folder, process
from hypothesis import given
from hypothesis import strategies as st
from small import register

from figurecheck.confront import check
from figurecheck.rules import RULES, selected
from figurecheck.rules.own import RuleError, available

RULE = '''"""Rules of our newsroom."""

from figurecheck.finding import BROKEN, HOLDS
from figurecheck.rule import at, rule


@rule("NEWS101", "has no note, and its source is {source}")
def noted(register):
    """A figure of a newspaper has a note.

    Our desk wants to know who telephoned whom.
    """
    for figure in register.values():
        outcome = HOLDS if figure.note else BROKEN
        yield at(figure, outcome, fields={"source": figure.source_key})
'''
FIGURES = """id,reported,unit,source,note,waive
a,5,person,s,rung up,
b,5,person,s,,
c,5,person,s,,NEWS101: the desk knows
"""
RUN = "id,reported,unit,source,note\na,5,person,s,\n"


@pytest.fixture
def newsroom(tmp_path, monkeypatch):
    """A project with a register and a rule of its own."""
    folder(tmp_path / "data", FIGURES, sources='[{"id": "s"}]')
    (tmp_path / "newsroom.py").write_text(RULE, encoding="utf-8")
    text = '[tool.figurecheck]\nrules = ["newsroom.py"]\n'
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_rule_of_a_file_is_asked_waived_selected_and_explained(newsroom):
    ran = command("check", "--select", "NEWS", "--format", "json")
    told = json.loads(ran.out)["findings"]
    assert [(each["figure"], each["severity"], each["waived"]) for each in told] == [
        ("b", "error", None),
        ("c", "error", "the desk knows"),
    ]
    assert told[0]["message"] == "b has no note, and its source is s"
    assert ran.code == 1
    assert command("check", "--ignore", "NEWS1").code == 0
    assert "FC011" not in command("check", "--ignore", "NEWS1").out
    shown = command("explain", "NEWS101").out
    assert shown.startswith("NEWS101: <id> has no note")
    assert "who telephoned whom" in shown
    listed = command("explain").out
    assert "  NEWS101  A figure of a newspaper has a note." in listed
    assert not list(newsroom.rglob("__pycache__"))


def test_a_waiver_of_a_rule_that_is_not_there_is_not_called_unused(newsroom):
    (newsroom / "pyproject.toml").unlink()
    assert command("check").code == 0
    assert "FC01" not in command("check").out


def test_a_waiver_that_covers_nothing_of_a_rule_of_ones_own_is_found(newsroom):
    text = FIGURES.replace("a,5,person,s,rung up,", "a,5,person,s,rung up,NEWS101: not needed")
    folder(newsroom / "data", text)
    assert "FC011" in command("check").out


def test_severity_can_be_configured_for_ones_own_rules(newsroom):
    text = '[tool.figurecheck]\nrules = ["newsroom.py"]\nseverities = { NEWS = "warning" }\n'
    (newsroom / "pyproject.toml").write_text(text, encoding="utf-8")
    assert command("check").code == 0


def installed(place: Path, entry: str, code: str = RULE) -> dict[str, str]:
    """Write a package with an entry point into a folder, and give what finds it there."""
    place.mkdir(exist_ok=True)
    (place / "newsroom_rules.py").write_text(code, encoding="utf-8")
    about = place / "newsroom_rules-1.0.dist-info"
    about.mkdir(exist_ok=True)
    (about / "METADATA").write_text("Name: newsroom_rules\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text(f"[figurecheck.rules]\n{entry}\n", encoding="utf-8")
    return {"env": {"PYTHONPATH": f"{place}:{Path(__file__).parents[1] / 'src'}"}}


@pytest.mark.parametrize("entry", ["desk = newsroom_rules", "desk = newsroom_rules:noted"])
def test_a_rule_of_an_installed_package_is_asked(tmp_path, entry, monkeypatch):
    place = folder(tmp_path / "data", FIGURES, sources='[{"id": "s"}]')
    env = installed(tmp_path / "site", entry)
    ran = process("check", place, "--select", "NEWS101", **env)
    assert ran.returncode == 1
    assert b"b has no note" in ran.stdout
    monkeypatch.syspath_prepend(tmp_path / "site")
    codes = [each.code for each in available()]
    assert codes == sorted([*(each.code for each in RULES), "NEWS101"])


def test_an_entry_point_that_cannot_be_loaded_is_one_line(tmp_path, monkeypatch):
    installed(tmp_path / "site", "desk = newsroom_nowhere")
    monkeypatch.syspath_prepend(tmp_path / "site")
    ran = command("check", folder(tmp_path / "data", RUN, sources='[{"id": "s"}]'))
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert "entry point 'desk' (newsroom_nowhere): cannot be loaded: ModuleNotFound" in ran.err


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("NEWS101", "FC901"), "rule 'FC901': codes that begin with FC are figurecheck's own"),
        (("NEWS101", "news1"), "rule 'news1': wanted capital letters and three digits, as ABC001"),
        (("@rule", "@ruel"), "newsroom.py: cannot be loaded: NameError: name 'ruel'"),
        (("figure.note", "figure.nota"), "rule NEWS101 failed: AttributeError: 'Figure' object"),
        (("at(figure, outcome, ", "(figure, "), "newsroom.py: cannot be loaded: SyntaxError"),
        (('fields={"source"', 'fields={"sauce"'), "its message wants a field 'source' (news"),
        (("yield at(", "yield str("), "rule NEWS101 failed: TypeError"),
        (("yield at(", "yield register or at("), "TypeError: a Register, wanted a verdict"),
        (("HOLDS if figure.note else BROKEN", "'wrong'"), "rule NEWS101 failed: ValueError"),
        (("yield at(", "return at("), "rule NEWS101 failed: TypeError"),
        (("@rule", "@lambda f: f\n#"), "newsroom.py: no rule in it; wanted a function under @rule"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_used_is_one_line(newsroom, change, said):
    (newsroom / "newsroom.py").write_text(RULE.replace(*change), encoding="utf-8")
    ran = command("check")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert said in ran.err
    if "failed" in said:
        assert re.search(r"\(newsroom\.py:\d+\)\n$", ran.err)


@pytest.mark.parametrize("format_", ["text", "json", "github", "gitlab", "junit", "sarif"])
@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("severity='fatal'", "severity is 'fatal', wanted one of note, warning, error"),
        ("path=None", "path is None, wanted str"),
        ("line='7'", "line is '7', wanted int"),
        ("line=-3", "line -3, column 0, wanted 1 or more, or 0 for none"),
        ("proof=3", "proof is 3, wanted str"),
        ("place=3", "place is 3, wanted str"),
        ("related=['b']", "related is ['b'], wanted tuple"),
        ("related=(1,)", "related is (1,), wanted ids"),
    ],
)
def test_a_verdict_that_an_output_could_not_tell_is_one_line(newsroom, format_, more, said):
    text = RULE.replace("from figurecheck.rule import at", "from figurecheck.rule import Verdict")
    text = text.replace("yield at(figure, outcome, ", f"yield Verdict(outcome, 'a', {more}, ")
    (newsroom / "newsroom.py").write_text(text, encoding="utf-8")
    ran = command("check", "--format", format_)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert f"rule NEWS101 failed: ValueError: {said}" in ran.err


def test_what_holds_needs_no_words(newsroom):
    text = RULE.replace("yield at(figure, outcome, fields=", "yield at(figure, HOLDS); dict(a=")
    (newsroom / "newsroom.py").write_text(text, encoding="utf-8")
    assert command("check", "--select", "NEWS").code == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("@rule", "raise SystemExit(0)\n@rule"), "newsroom.py: cannot be loaded: SystemExit: 0"),
        (("outcome =", "raise SystemExit(0)\n        #"), "rule NEWS101 failed: SystemExit: 0"),
    ],
)
def test_a_rule_that_ends_the_run_is_no_pass(newsroom, change, said):
    (newsroom / "newsroom.py").write_text(RULE.replace(*change), encoding="utf-8")
    ran = command("check")
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_two_rules_of_one_code_are_refused(newsroom):
    (newsroom / "more.py").write_text(RULE, encoding="utf-8")
    with pytest.raises(RuleError, match=r"more\.py: rule 'NEWS101': another rule has this code"):
        available([newsroom / "newsroom.py", newsroom / "more.py"])


def test_our_rules_stay_what_they_are_where_a_file_imports_one(newsroom):
    more = f"{RULE}\nfrom figurecheck.rules.values import *\n"
    (newsroom / "newsroom.py").write_text(more, encoding="utf-8")
    found = available([newsroom / "newsroom.py"])
    assert len(found) == len(RULES) + 1


@given(
    st.sets(st.sampled_from(["FC", "FC3", "FC301", "FC4", "FC501"])),
    st.sets(st.sampled_from(["FC302", "FC2"])),
)
def test_what_is_selected_and_extended_is_all_that_either_selects(select, extend):
    both = {each.code for each in selected(tuple(select), extend=tuple(extend))}
    alone = {each.code for each in selected(tuple(select))}
    more = {each.code for each in selected(tuple(extend))} if extend else set()
    assert both == (alone | more if select else {each.code for each in RULES})


def test_a_rule_of_ones_own_is_asked_of_python(newsroom):
    rules = available([newsroom / "newsroom.py"])
    report = check(register(RUN), rules=rules, select=["NEWS"])
    assert [each.code for each in report.findings] == ["NEWS101"]
    assert [each.code for each in report.rules] == ["NEWS101"]
