"""Runs by others: hooks for pre-commit, the GitHub Action, the GitLab template."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from importlib.util import find_spec

import pytest
import yaml
from command import ROOT, command, folder

from figurecheck.cli import parser
from figurecheck.document import FORMATS

HOOKS = ROOT / ".pre-commit-hooks.yaml"
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = {each["name"]: each for each in ACTION["runs"]["steps"]}
SPEC, JOBS = yaml.safe_load_all(
    (ROOT / "templates" / "figurecheck.yml").read_text(encoding="utf-8")
)
JOB = JOBS["figurecheck"]
HEAD = "id,reported,unit,concept,place,period,source\n"
FITS = f"{HEAD}a,5,person,x,ITA,2021,s\nb,5,person,x,ITA,2021,s\n"
BROKEN, UNREADABLE = FITS.replace("b,5", "b,9"), "id,nothing\n"
REPORT = "In 2021 there were 5 of x.\n"
HOSTILE = "$(touch hacked)`touch hacked`; touch hacked #\" ' && touch hacked"

with_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
with_the_formats = pytest.mark.skipif(
    not {"gitlab", "junit", "sarif"} <= set(re.findall(r"\w+", command("check", "--help").out)),
    reason="this figurecheck writes no gitlab, junit and sarif",
)


def hooks():
    return {each["id"]: each for each in yaml.safe_load(HOOKS.read_text(encoding="utf-8"))}


@pytest.mark.skipif(find_spec("pre_commit") is None, reason="it comes with the 'lint' extra")
def test_pre_commit_takes_the_hooks():
    run = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", HOOKS],
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("name", ["figurecheck", "figurecheck-lint"])
def test_what_a_hook_runs_is_a_command_of_ours(name):
    hook = hooks()[name]
    program, *arguments = shlex.split(hook["entry"])
    files = ["report.md", "other.html"] if hook.get("pass_filenames", True) else []
    given = parser().parse_args([*arguments, *files])
    assert program == "figurecheck"
    assert given.command == arguments[0]
    assert getattr(given, "reports", []) == files


def test_the_hooks_run_on_the_files_that_they_are_for():
    check = re.compile(hooks()["figurecheck"]["files"])
    apart = re.compile(hooks()["figurecheck-lint"]["exclude"])
    for name in ("figures.csv", "relations.csv", "sources.csl.json"):
        assert check.search(name)
        assert check.search(f"data/{name}")
        assert not check.search(f"data/our_{name}")
        assert apart.search(name)
    assert {suffix for suffix in FORMATS if not apart.search(f"reports/a{suffix}")} == {*FORMATS}
    assert all(map(apart.search, ("a.py", "reports/a.png", "reports/.md/a", "README")))


def test_what_is_installed_are_extras_that_there_are():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [
        *hooks()["figurecheck-lint"]["additional_dependencies"],
        STEPS["Install figurecheck"]["run"],
    ]
    for text in asked:
        [extras] = set(re.findall(r"\[([\w,]+)\](?!\})", text))
        assert (
            {"documents", "word"} == set(extras.split(",")) <= set(project["optional-dependencies"])
        )


def test_no_text_of_a_user_is_put_into_a_script():
    for step in STEPS.values():
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"
    assert "$[[" not in "".join(JOB["script"])


def test_every_input_is_used_and_every_one_that_is_used_is_there():
    used = re.findall(r"inputs\.([\w-]+)", (ROOT / "action.yml").read_text(encoding="utf-8"))
    assert set(used) == set(ACTION["inputs"])
    assert all(each["description"] and "default" in each for each in ACTION["inputs"].values())
    told = re.findall(r"\$\[\[ inputs\.(\w+) \]\]", yaml.safe_dump(JOB))
    assert set(told) == set(SPEC["spec"]["inputs"])


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Stand in a folder with a register, a report and a room for what is installed."""
    folder(tmp_path / "data", FITS, sources='[{"id": "s"}]')
    (tmp_path / "report.md").write_text(REPORT, encoding="utf-8")
    (tmp_path / "temp").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def program(file, *lines):
    """Write a program of a few lines of shell."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(["#!/bin/sh", *lines, ""]), encoding="utf-8")
    file.chmod(0o755)
    return file


def ours(file):
    """Write figurecheck as it is here; each call is noted in the file `calls`."""
    return program(
        file,
        'printf "%s\\n" "$*" >> calls',
        f'PYTHONPATH={ROOT / "src"} NO_COLOR=1 exec {sys.executable} -m figurecheck "$@"',
    )


def told(file, code):
    """Write a figurecheck that only notes its calls, writes what it is told to, and ends."""
    writes = 'for each; do case "$each" in --output=*) echo made > "${each#--output=}";; esac; done'
    return program(file, 'printf "%s\\n" "$*" >> calls', writes, f"exit {code}")


def run(script, **given):
    """Run a script as the runner of GitHub does."""
    with open("script.sh", "w", encoding="utf-8") as file:  # noqa: PTH123 - beside the place
        file.write(script)
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "script.sh"],
        check=False,
        env=os.environ | given,
        capture_output=True,
        encoding="utf-8",
    )


def step(name, **given):
    """Run a step of the action, with what it is given in place of its expressions."""
    wanted = dict.fromkeys(STEPS[name]["env"], "")
    assert set(given) <= set(wanted) | {"GITHUB_OUTPUT", "RUNNER_TEMP"}
    return run(STEPS[name]["run"], **wanted | {key: str(each) for key, each in given.items()})


def calls(place):
    return (place / "calls").read_text(encoding="utf-8").splitlines()


@with_bash
@pytest.mark.parametrize(
    ("version", "installed"),
    [("", "/a b/sources[documents,word]"), ("0.1.0", "figurecheck[documents,word]==0.1.0")],
)
def test_the_action_installs_into_a_room_of_its_own(version, installed, place):
    pip = 'printf "%s\\n" "$*" > pip.txt'
    program(place / "pip", pip)
    python = program(
        place / "python",
        '[ "$1" = "-m" ] || exit 0',
        f'mkdir "$3/bin" && cp {place / "pip"} "$3/bin/python"',
    )
    given = {"RUNNER_TEMP": place / "temp", "GITHUB_OUTPUT": place / "output"}
    ran = step(
        "Install figurecheck", PYTHON=python, VERSION=version, SOURCES="/a b/sources", **given
    )
    assert ran.returncode == 0, ran.stderr
    assert (place / "pip.txt").read_text(encoding="utf-8").strip().endswith(f" {installed}")
    name, _, path = (place / "output").read_text(encoding="utf-8").strip().partition("=")
    assert name == "bin"
    assert path.startswith(str(place / "temp" / "figurecheck."))
    assert path.endswith("/bin")


@with_bash
def test_the_action_says_that_a_python_is_too_old(place):
    ran = step("Install figurecheck", PYTHON=program(place / "python", "exit 1"))
    assert ran.returncode == 2
    assert ran.stdout.startswith("::error::figurecheck needs Python 3.11")


@with_bash
@pytest.mark.parametrize(
    ("figures", "fail_on", "code"),
    [(FITS, "", 0), (BROKEN, "", 1), (UNREADABLE, "", 2), (FITS, "nonsense", 2)],
)
def test_the_action_ends_as_the_check_does(figures, fail_on, code, place):
    ours(place / "bin" / "figurecheck")
    folder(place / "data", figures)
    for register in ("", "data", "data/figures.csv"):
        given = {"BIN": place / "bin", "REGISTER": register, "FAIL_ON": fail_on}
        ran = step("Check the register", **given, ARGS="--ignore=FC4\n\n--select=FC001,FC301")
        assert ran.returncode == code, ran.stderr
        assert ("FC301 error" in ran.stdout) == (code == 1)


@with_bash
@pytest.mark.parametrize("code", [0, 1, 2, 3])
def test_the_action_writes_sarif_before_it_checks(code, place):
    told(place / "bin" / "figurecheck", code)
    given = {"BIN": place / "bin", "REGISTER": "data", "SARIF": "out dir.sarif"}
    assert step("Check the register", **given).returncode == code
    first = "check --format=sarif --output=out dir.sarif -- data"
    assert calls(place) == [first] + ["check -- data"] * (code != 2)
    assert (place / "out dir.sarif").exists()


@with_bash
@with_the_formats
@pytest.mark.parametrize(("figures", "code"), [(FITS, 0), (BROKEN, 1)])
def test_the_action_writes_sarif_that_is_there_and_one_summary(figures, code, place, monkeypatch):
    ours(place / "bin" / "figurecheck")
    folder(place / "data", figures)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(place / "summary.md"))
    given = {"BIN": place / "bin", "SARIF": "out.sarif"}
    assert step("Check the register", **given).returncode == code
    [ran] = json.loads((place / "out.sarif").read_text(encoding="utf-8"))["runs"]
    assert (place / "summary.md").read_text(encoding="utf-8").count("## figurecheck check") == 1
    assert ("FC301" in {each["ruleId"] for each in ran["results"]}) == (code == 1)


@with_bash
@pytest.mark.parametrize(
    ("documents", "code", "found"),
    [
        ("report.md", 0, ["report.md"]),
        ("*.md\n\n", 0, ["report.md", "second one.md"]),
        ("second one.md\nreport.md", 0, ["second one.md", "report.md"]),
        ("gone/*.md", 2, ["gone/*.md"]),
        ("-o.md", 2, ["-o.md"]),
        (HOSTILE, 2, [HOSTILE]),
    ],
)
def test_the_action_lints_the_documents_that_a_pattern_names(documents, code, found, place):
    ours(place / "bin" / "figurecheck")
    (place / "second one.md").write_text(REPORT, encoding="utf-8")
    given = {"BIN": place / "bin", "REGISTER": "data", "DOCUMENTS": documents}
    ran = step("Check the documents", **given)
    assert ran.returncode == code, ran.stderr
    assert calls(place) == [f"lint --register=data -- {' '.join(found)}"]
    assert not (place / "hacked").exists()


@with_bash
@pytest.mark.parametrize("name", ["REGISTER", "FAIL_ON", "ARGS", "SARIF"])
def test_what_a_user_gives_to_the_action_is_not_run(name, place):
    told(place / "bin" / "figurecheck", 0)
    ran = step("Check the register", BIN=place / "bin", **{name: HOSTILE})
    assert HOSTILE in calls(place)[0]
    assert ran.returncode == 0
    assert not (place / "hacked").exists()


def job(place, code=None, **given):
    """Run the script of the GitLab job, in which pip installs what is here."""
    program(place / "tools" / "pip", 'printf "%s\\n" "$*" > pip.txt')
    tool = place / "tools" / "figurecheck"
    ours(tool) if code is None else told(tool, code)
    wanted = dict.fromkeys(JOB["variables"], "") | given
    return run("\n".join(JOB["script"]), **wanted, PATH=f"{tool.parent}:{os.environ['PATH']}")


@with_bash
@pytest.mark.parametrize("code", [0, 1, 2, 3])
def test_the_job_ends_as_the_check_does_and_writes_both_files(code, place):
    ran = job(
        place, code, FIGURECHECK_PACKAGE="a b", FIGURECHECK_PATH="d", FIGURECHECK_ARGS="-x -y"
    )
    assert ran.returncode == code
    files = {"gitlab": "gl-code-quality.json", "junit": "figurecheck.xml"}
    more = [f"--format={name} --output={file} " for name, file in files.items()]
    assert calls(place) == [f"check {each}-x -y -- d" for each in ["", *more * (code != 2)]]
    assert set(JOB["artifacts"]["reports"].values()) == set(files.values())
    assert (place / "pip.txt").read_text(encoding="utf-8").endswith(" a b\n")


@with_bash
@pytest.mark.parametrize("name", ["FIGURECHECK_PATH", "FIGURECHECK_ARGS", "FIGURECHECK_PACKAGE"])
def test_what_a_user_gives_to_the_job_is_not_run(name, place):
    job(place, 0, **{name: HOSTILE})
    assert not (place / "hacked").exists()


@with_bash
@with_the_formats
@pytest.mark.parametrize(("figures", "code"), [(FITS, 0), (BROKEN, 1), (UNREADABLE, 2)])
def test_the_job_leaves_files_that_are_there(figures, code, place):
    folder(place / "data", figures)
    assert job(place, FIGURECHECK_PATH="data").returncode == code
    for name in JOB["artifacts"]["reports"].values():
        assert (place / name).exists() == (code != 2)
