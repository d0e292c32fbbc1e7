"""The examples of README.md and of docs: every output is what the command or the line prints now.

FIGURECHECK_UPDATE=1 writes the outputs of now into the page. A line `...` leaves out what stands
there: the lines before the first one and after the last one are kept in number, and between two of
them stands one paragraph, found again by its first line.
"""

from __future__ import annotations

import contextlib
import difflib
import doctest
import io
import os
import re
import shutil
import subprocess
import sys
import traceback
from itertools import pairwise
from pathlib import Path

import pytest

import figurecheck

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("README.md", "docs/analyses.md")
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CUT = "..."


def elided(shown: list[str], made: list[str]) -> list[str]:
    """Give what was made, with the same things left out as in what was shown."""
    cuts = [place for place, line in enumerate(shown) if line == CUT]
    if not cuts:
        return made
    kept = made[: cuts[0]]
    for start, stop in pairwise(cuts):
        [near] = difflib.get_close_matches(shown[start + 1], made, n=1) or [""]
        if not near:
            pytest.fail(f"nothing is printed now that is like: {shown[start + 1]}", pytrace=False)
        first = made.index(near)
        blank = next((place for place in range(first, len(made)) if not made[place]), len(made))
        margin = [""] if shown[stop - 1] == "" else []
        kept += [CUT, *made[first:blank], *margin]
    after = len(shown) - cuts[-1] - 1
    return [*kept, CUT, *(made[-after:] if after else [])]


def printed(command: str, folder: Path) -> list[str]:
    """Run a command in the folder and give the lines that it prints."""
    entry = f'figurecheck() {{ "{sys.executable}" -m figurecheck "$@"; }}\n'
    here = str(Path(figurecheck.__file__).resolve().parents[1])
    plain = {"NO_COLOR": "1", "COLUMNS": "80", "PYTHONIOENCODING": "utf-8", "PYTHONPATH": here}
    run = subprocess.run(
        ["sh", "-c", entry + command],
        check=False,
        cwd=folder,
        env=os.environ | plain,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    if "Traceback" in run.stdout:
        pytest.fail(f"{command}\n{run.stdout}", pytrace=False)
    return [line.rstrip() for line in run.stdout.splitlines()]


def console(block: str, folder: Path) -> str:
    """Give a console block with the output of each command as it is now."""
    lines: list[str] = []
    for part in re.split(r"^(?=\$ )", block, flags=re.MULTILINE)[1:]:
        command, *shown = part.splitlines()
        gap = [""] if shown and shown[-1] == "" else []
        shown = shown[: len(shown) - len(gap)]
        lines += [command, *elided(shown, printed(command[2:], folder)), *gap]
    return "".join(f"{line}\n" for line in lines)


def python(block: str, names: dict[str, object]) -> str:
    """Give a Python block with what each line prints now."""
    lines = []
    for example in doctest.DocTestParser().get_examples(block):
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            try:
                exec(compile(example.source, "README.md", "single"), names)  # noqa: S102
            except Exception as error:  # noqa: BLE001 - an example may show one
                print("Traceback (most recent call last):\n    ...")  # noqa: T201
                print("".join(traceback.format_exception_only(error)), end="")  # noqa: T201
        first, *more = example.source.splitlines()
        made = [line.rstrip() for line in output.getvalue().splitlines()]
        lines += [f">>> {first}", *(f"... {line}" for line in more), *made]
    return "".join(f"{line}\n" for line in lines)


def of_now(text: str, folder: Path) -> str:
    """Give the page with all its outputs as they are now."""
    names: dict[str, object] = {}

    def block(match: re.Match[str]) -> str:
        kind, body = match.groups()
        made = console(body, folder) if kind == "console" else python(body, names)
        return f"```{kind}\n{made}```"

    return BLOCK.sub(block, text)


@pytest.mark.parametrize("name", PAGES)
def test_every_output_in_a_page_is_what_is_printed_now(name, tmp_path, monkeypatch):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    page = ROOT / name
    shown = page.read_text(encoding="utf-8")
    made = of_now(shown, tmp_path)
    if os.environ.get("FIGURECHECK_UPDATE"):
        page.write_text(made, encoding="utf-8")
        return
    lines = shown.splitlines(), made.splitlines()
    changed = "\n".join(difflib.unified_diff(*lines, name, "printed now", lineterm=""))
    if changed:
        pytest.fail(f"FIGURECHECK_UPDATE=1 writes what is printed now\n{changed}", pytrace=False)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_runs_something(name):
    assert len(BLOCK.findall((ROOT / name).read_text(encoding="utf-8"))) > 1


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("a|b|c", "1|2||3|4||5"),
        ("a|...", "1|..."),
        ("a|...|z", "1|...|5"),
        ("...|z|z", "...||5"),
        ("...|4|...", "...|4|..."),
        ("a|...|3|...|z", "1|...|3|4|...|5"),
        ("a|...|3||...|z", "1|...|3|4||...|5"),
    ],
)
def test_what_is_left_out_of_an_output_stays_left_out(shown, expected):
    made = "1|2||3|4||5".split("|")
    assert elided(shown.split("|"), made) == expected.split("|")
