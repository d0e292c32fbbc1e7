"""The command line: what every command prints, its exit codes, its colours and its errors."""

from __future__ import annotations

import contextlib
import io
import json
import re
import subprocess
import sys
import time

import pytest
from command import DAY, ROOT, Screen, command, folder, golden, process

import figurecheck
from figurecheck.cli import COMMANDS, main
from figurecheck.cli.terminal import busy
from figurecheck.register import shipped

FIGURES = """\
id,reported,unit,label,concept,base,place,period,source,waive
forced_labour,an estimated 27.6 million,person,all of them,labour,,M49:001,2021,ilo_2022,
women,11.8 million,person,,labour/women,,M49:001,2021,ilo_2022,
women_share,approximately 71 per cent,percent,,labour/women,labour,M49:001,2021,news,"
FC303 with women, forced_labour: wrong base
FC102: for nothing"
children_share,one in four,fraction,,labour/children,forced_labour,,,news,
children,more than 3.3 million,person,,labour/children,,M49:001,2021,ilo_2022,
unsaid,..,person,,,,,,news,
strange,a surge,person,,,,,,new,
"""
RELATIONS = """\
id,statement,label,concept
implied,implied = women_share * forced_labour,women if the news were right,labour/women
each,each = forced_labour / women,,
most,women > forced_labour,,
sexes,forced_labour == women + 15.8e6,men make the rest,
lost,women == unsaid,,
odd,odd = forced_labour / unsaid,,
"""
SOURCES = """\
[{"id": "ilo_2022", "title": "Global Estimates", "author": [{"literal": "ILO"}],
  "issued": {"date-parts": [[2022]]}},
 {"id": "news", "title": "The News", "URL": "https://example.org/news"}]
"""
SMALL = "id,reported,unit,source\na,5,person,s\nb,5,person,s\n"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Stand in a folder with a register that has something of everything, and nothing upwards."""
    folder(tmp_path / "data", FIGURES, RELATIONS, SOURCES)
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


OUTPUTS = {
    "check": ["check", "data", "--today", DAY],
    "check_no_waivers": ["check", "data", "--today", DAY, "--no-waivers"],
    "check_select": ["check", "data", "--today", DAY, "--select", "fc3, FC0", "--ignore", "FC30"],
    "read": [
        "read",
        "Of 27.6 million people, about 71 per cent are women; over US$ 6.75 billion a year.",
    ],
    "read_nothing": ["read", "On 7 May 2021 the G7 met."],
    "judge_holds": ["judge", "t == a + b", "t=27.6 million", "a=17.3 million", "b=10.2 million"],
    "judge_borderline": ["judge", "w == a", "w=over 140,000 people", "a=157,652 people"],
    "judge_broken": [
        "judge",
        "s * t == p",
        "s=71 %",
        "t=27.6 million people",
        "p=11.8 million people",
    ],
    "judge_untestable": ["judge", "a == b", "a=x", "b=a surge"],
    "judge_cut_off": ["judge", "t == a + b", "t=4.94", "a=2.1", "b=2.7"],
    "judge_rounding": ["judge", "t == a + b", "t=4.94", "a=2.1", "b=2.7", "--rounding", "floor"],
    "judge_law": ["judge", "partition(n, a, b)", "n=30 women", "a=34 %", "b=67 %"],
    "judge_law_holds": ["judge", "possible_share(a, n=n)", "a=71 %", "n=24"],
    "judge_law_untestable": ["judge", "possible_share(a, n=n)", "a=71 %", "n=240"],
    "judge_order": ["judge", "a <= b <= c", "a=12.5 km", "b=12,300 metres", "c=13"],
    "derive": ["derive"],
    "derive_statement": ["derive", "women / forced_labour", "--concept", "share_of_women"],
    "derive_refused": ["derive", "forced_labour / (women - women)"],
    "show": ["show"],
    "show_figure": ["show", "women_share"],
    "show_unread": ["show", "strange"],
    "show_derived": ["show", "implied"],
    "show_relation": ["show", "sexes"],
    "explain": ["explain"],
    "explain_family": ["explain", "fc1"],
    "explain_rule": ["explain", "FC302"],
}


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("name", OUTPUTS)
def test_a_command_prints_what_its_golden_file_holds(name, form):
    ran = command(*OUTPUTS[name], "--format", form)
    assert ran.err == ""
    ending = {"text": "txt", "json": "json"}[form]
    assert ran.out == golden(f"{name}.{ending}", ran.out)
    if form == "json":
        assert json.loads(ran.out)["version"] == 1


@pytest.mark.parametrize("name", ["check", "show", "derive"])
def test_the_shipped_register_prints_what_its_golden_file_holds(name, monkeypatch):
    monkeypatch.chdir(ROOT)
    ran = command(name, *(["--today", DAY] if name == "check" else []))
    assert ran.out == golden(f"shipped_{name}.txt", ran.out)
    assert ran.out.startswith("register: data/figures.csv\n")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", "data", "--today", DAY], 1),
        (["check", "small"], 0),
        (["check", "small", "--fail-on", "note"], 0),
        (["check", "small", "--fail-on", "note", "--strict"], 0),
        (["check", "warned"], 0),
        (["check", "warned", "--fail-on", "warning"], 1),
        (["check", "noted"], 0),
        (["check", "noted", "--fail-on", "note"], 1),
        (["check", "noted", "--strict"], 3),
        (["check", "noted", "--strict", "--fail-on", "note"], 1),
        (["check", "small", "--select", "FC9"], 2),
        (["check", "nowhere"], 2),
        (["read", "nothing"], 0),
        (["read"], 2),
        (["judge", "a == b", "a=5", "b=5"], 0),
        (["judge", "a == b", "a=about 10", "b=10.8"], 0),
        (["judge", "a == b", "a=5", "b=7"], 1),
        (["judge", "a == b", "a=5", "b=x"], 3),
        (["judge", "a / b == 1", "a=5", "b=0"], 3),
        (["judge", "a <= b", "a=at least 5 people", "b=at least 5 people"], 3),
        (["judge", "a == b", "a=5 km", "b=5 people"], 3),
        (["judge", "a == b", "a=5"], 2),
        (["judge", "a == b", "a=5", "a=5", "b=5"], 2),
        (["judge", "a == b", "a=5", "b"], 2),
        (["judge", "a + b", "a=5", "b=5"], 2),
        (["judge", "possible_share(a, n=24)", "a=71 %"], 0),
        (["judge", "possible_share(a, n=24)", "a=72 %"], 1),
        (["judge", "possible_share(a, n=240)", "a=72 %"], 3),
        (["judge", "possible_share(a)", "a=72 %"], 2),
        (["judge", "a == b", "a=5.0", "b=5.09", "--rounding", "floor"], 0),
        (["judge", "a == b", "a=5.0", "b=5.09", "--rounding", "ceiling"], 1),
        (["judge", "a == b", "a=5.0", "b=5.09", "--rounding", "up"], 2),
        (["derive", "--register", "small"], 0),
        (["derive", "--register", "data"], 1),
        (["derive", "a * b", "--register", "small"], 0),
        (["derive", "a / (b - b)", "--register", "small"], 1),
        (["derive", "a * c", "--register", "small"], 2),
        (["derive", "a == b", "--register", "small"], 2),
        (["derive", "a *", "--register", "small"], 2),
        (["show", "--register", "small"], 0),
        (["show", "a", "--register", "small"], 0),
        (["show", "c", "--register", "small"], 2),
        (["explain"], 0),
        (["explain", "FC302"], 0),
        (["explain", "FC999"], 2),
        (["appendix", "small"], 0),
        (["appendix", "data"], 0),
        (["appendix", "small", "-o", "x.odt"], 2),
        (["appendix", "small", "-o", "nowhere/x.md"], 2),
        (["init", "new"], 0),
        (["init", "data"], 2),
        (["init", "small/figures.csv"], 2),
        (["--version"], 0),
        (["--help"], 0),
        ([], 2),
        (["chek"], 2),
    ],
)
def test_the_exit_code_says_what_it_came_to(arguments, code, place):
    folder(place / "small", SMALL, "", '[{"id": "s"}]')
    folder(place / "warned", "id,reported,unit,source\na,1E+5,person,s\n", "", '[{"id": "s"}]')
    folder(place / "noted", "id,reported,unit,source\na,..,person,s\n", "", '[{"id": "s"}]')
    ran = command(*arguments)
    assert ran.code == code
    if code == 2 and arguments:
        assert re.fullmatch(r"figurecheck: [^\n]+\n", ran.err)
    elif code == 2:
        assert ran.err == command("--help").out
    else:
        assert ran.err == ""


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek"], "'chek' is no choice; choose from .*; did you mean 'check'?"),
        (
            ["check", "--formt", "json"],
            "unrecognized arguments: --formt.*; did you mean '--format'?",
        ),
        (
            ["check", "--format", "jsn"],
            "'jsn' is no choice; choose from 'text', 'full', .*; did you mean 'json'?",
        ),
        (["check", "--fail-on", "eror"], "did you mean 'error'?"),
        (["check", "dta"], "dta: no such file or folder; did you mean 'data'?"),
        (["check", "data/figures.cvs"], "did you mean 'figures.csv'?"),
        (["check", "--select", "FC3022"], "no rule 'FC3022'; .*; did you mean 'FC302'?"),
        (["explain", "FC3022"], "did you mean 'FC302'?"),
        (["show", "womn"], "no figure, derived quantity or relation 'womn'; did you mean 'women'?"),
        (["derive", "womn * 2"], "no figure 'womn'; did you mean 'women'?"),
        (["derive", "shar(women, forced_labour)"], "did you mean 'share'?"),
        (
            ["judge", "women == 5", "womn=5"],
            "no text for 'women', wanted women=...; did you mean 'womn'?",
        ),
        (
            ["judge", "women == 5", "women=5", "men=5"],
            "'men' is not in the statement; did you mean 'women'?",
        ),
        (["appendix", "-o", "x.odt"], "x.odt: no format '.odt', wanted .html, .md"),
        (
            ["check", "--today", "soon"],
            "argument --today: 'soon' is no date, wanted one like 2026-11-24",
        ),
        (
            ["judge", "possible_sare(a, n=24)", "a=71 %"],
            "'possible_sare' at column 1 of .*; did you mean 'possible_share'?",
        ),
        (
            ["judge", "a == b", "a=5", "b=5", "--rounding", "truncate"],
            "no rounding 'truncate', wanted nearest, .*; did you mean 'truncated'?",
        ),
        (["init"], "data/figures.csv: stands there already; nothing was written"),
    ],
)
def test_a_wrong_call_is_one_line_with_the_nearest_right_one(arguments, said):
    ran = command(*arguments)
    assert ran.code == 2
    assert re.search(re.escape(said).replace(r"\.\*", ".*"), ran.err)
    assert ran.err.count("\n") == 1


def test_the_register_is_the_nearest_upwards_and_is_named_first(place, monkeypatch):
    deep = place / "data" / "deeper"
    deep.mkdir()
    monkeypatch.chdir(deep)
    for arguments in (["check", "--today", DAY], ["show"], ["derive"]):
        first, *_ = command(*arguments).out.splitlines()
        assert first == f"register: {place / 'data' / 'figures.csv'}"
        made = json.loads(command(*arguments, "--format", "json").out)
        assert made["register"] == str(place / "data" / "figures.csv")


def test_where_there_is_none_upwards_it_is_the_shipped_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert command("check", "--today", DAY).out.splitlines()[0] == f"register: {shipped()}"


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    ("screen", "variables", "coloured"),
    [
        (False, {}, False),
        (True, {}, True),
        (True, {"TERM": "dumb"}, False),
        (False, {"FORCE_COLOR": "1"}, True),
        (False, {"FORCE_COLOR": ""}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_is_where_it_is_wanted(screen, variables, coloured, monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    for arguments in (
        ["check", "--today", DAY],
        ["show"],
        ["judge", "a == b", "a=5", "b=5"],
        ["explain"],
    ):
        assert ("\x1b[" in command(*arguments, screen=screen).out) == coloured
        assert "\x1b[" not in command(*arguments, "--format", "json", screen=screen).out


@pytest.mark.usefixtures("place")
def test_colour_adds_nothing_but_colour(monkeypatch):
    plain = command("check", "--today", DAY).out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert re.sub(r"\x1b\[\d+m", "", command("check", "--today", DAY).out) == plain


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_says_its_options(name):
    ran = command(name, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"usage: figurecheck {name}")
    assert name in command("--help").out


def test_help_tells_the_exit_codes():
    assert (
        "exit: 0 nothing broken; 1 something broken; 2 usage; 3 something untestable"
        in command("--help").out
    )


def test_the_package_runs_as_a_module(tmp_path):
    run = process("judge", "a == b", "a=5", "b=7", cwd=tmp_path)
    assert (run.returncode, run.stderr) == (1, b"")
    assert run.stdout.startswith(b"broken: ")
    assert command("--version").out == f"figurecheck {figurecheck.__version__}\n"


def test_a_reader_that_goes_away_is_no_traceback():
    code = "import sys; from figurecheck.cli import main; sys.exit(main(['show']))"
    run = subprocess.run(
        [
            "sh",
            "-c",
            '"$0" -c "$1" | head -c 1',
            sys.executable,
            f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r}); {code}",
        ],
        check=False,
        capture_output=True,
        cwd=ROOT,
        timeout=60,
    )
    assert run.stdout == b"r"
    assert run.stderr == b""


def test_what_a_terminal_cannot_show_is_escaped():
    run = process("read", "\u20ac5 million", env={"PYTHONIOENCODING": "ascii"})
    assert run.returncode == 0
    assert run.stdout.startswith(b"0-10: \\u20ac5 million")


def test_a_register_that_init_starts_has_nothing_to_complain_of(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ran = command("init")
    assert ran.out.splitlines()[-1] == "next: figurecheck check data"
    assert sorted(each.name for each in (tmp_path / "data").iterdir()) == [
        "example.txt",
        "figures.csv",
        "relations.csv",
        "report.md",
        "sources.csl.json",
    ]
    assert command("check", "--fail-on", "note", "--strict", "--today", DAY).code == 0
    assert command("init").code == 2


def test_init_writes_nothing_where_one_of_its_files_stands(tmp_path):
    folder(tmp_path, "", "id,statement\n")
    assert command("init", tmp_path).code == 2
    assert [each.name for each in tmp_path.iterdir()] == ["relations.csv"]


def test_an_error_that_is_not_ours_is_not_dressed_up_as_one_of_the_user():
    closed = io.StringIO()
    closed.close()
    with contextlib.redirect_stdout(closed), pytest.raises(ValueError, match="closed file"):
        main(["read", "5 km"])


def test_where_there_is_no_register_the_shipped_one_is_taken_and_that_is_said(
    tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    ran = command("show")
    assert ran.code == 0
    assert ran.err == (
        "figurecheck: no figures.csv here or upwards: this is the register that ships with it\n"
    )


@pytest.mark.parametrize("line", [["check"], ["lint", "a.txt"], ["appendix"]])
def test_in_ci_no_other_register_passes_for_the_one_that_is_missing(line, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CI", "true")
    (tmp_path / "a.txt").write_text("5 people", encoding="utf-8")
    ran = command(*line)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("figurecheck: no figures.csv here or upwards; wanted a path")


def test_a_difference_to_no_register_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ran = command("diff", "HEAD")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "no figures.csv here or upwards" in ran.err


def test_what_takes_longer_than_a_second_is_said_on_a_terminal_and_nowhere_else(monkeypatch):
    shown = []
    for kind in (Screen, io.StringIO):
        stream = kind()
        monkeypatch.setattr(sys, "stderr", stream)
        with busy("making a.pdf"):
            time.sleep(1.3)
        with busy("soon done"):
            pass
        shown.append(stream.getvalue())
    on_screen, elsewhere = shown
    assert "figurecheck: making a.pdf, 1 s" in on_screen
    assert on_screen.endswith("\r")
    assert "soon done" not in on_screen
    assert elsewhere == ""


@pytest.mark.parametrize("line", ["derive a+a", "show", "solve", "export --to json"])
def test_what_reads_a_register_with_faults_says_so(line, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder(tmp_path, "id,reported,unit,source\na,5,person,s\na,6,person,s\n", "", '[{"id": "s"}]')
    ran = command(*line.split())
    assert "figures.csv: 1 fault in the form of its files; 'figurecheck check'" in ran.err
    assert "1 fault" not in command("check").err
