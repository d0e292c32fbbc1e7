"""Pages with examples: what their commands and lines print now, and what is made from the code.

A block that begins with a comment that is the name of a file is that file for what follows. A line
`...` leaves out what stands there: the lines before the first one and after the last one are kept
in number, and between two of them stands one paragraph, found again by its first line.
"""

from __future__ import annotations

import contextlib
import difflib
import doctest
import io
import os
import re
import subprocess
import sys
import traceback
from itertools import pairwise
from pathlib import Path

import pytest

import figurecheck

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"^(`{3,})(\w+)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"\A(?:# |<!-- |// |% )([\w./-]+\.\w+)(?: -->)?\n")
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
    entry += f'pytest() {{ "{sys.executable}" -m pytest -p figurecheck.pytest_plugin "$@"; }}\n'
    here = str(Path(figurecheck.__file__).resolve().parents[1])
    plain = {"NO_COLOR": "1", "COLUMNS": "80", "PYTHONIOENCODING": "utf-8", "PYTHONPATH": here}
    plain |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "-p no:cacheprovider"}
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
                exec(compile(example.source, "page", "single"), names)  # noqa: S102
            except Exception as error:
                if not type(error).__module__.startswith("figurecheck."):
                    raise  # an example shows the errors that are ours, and has none of its own
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
        fence, kind, body = match.groups()
        if kind == "console":
            body = console(body, folder)
        elif file := FILE.match(body):
            path = folder / file[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body[file.end() :], encoding="utf-8", newline="")
        elif kind == "python":
            assert body.startswith(">>> "), f"neither runs nor is a file: {body}"
            body = python(body, names)
        return f"{fence}{kind}\n{body}{fence}"

    return BLOCK.sub(block, text)


def compared(page: Path, made: str) -> None:
    """Fail where a page is not what was made now; FIGURECHECK_UPDATE=1 writes that into it."""
    shown = page.read_text(encoding="utf-8") if page.exists() else ""
    if os.environ.get("FIGURECHECK_UPDATE"):
        page.write_text(made, encoding="utf-8", newline="")
        return
    lines = shown.splitlines(), made.splitlines()
    changed = "\n".join(difflib.unified_diff(*lines, page.name, "made now", lineterm=""))
    if changed:
        pytest.fail(f"FIGURECHECK_UPDATE=1 writes what is made now\n{changed}", pytrace=False)
