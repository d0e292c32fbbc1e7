"""The command line, run in this process or in its own, and files that hold what it printed."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from figurecheck.cli import main

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
GOLDEN = TESTS / "golden"
DAY = "2026-01-01"


class Ran(NamedTuple):
    """What a command came to."""

    code: int
    out: str
    err: str


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def command(*arguments: object, screen: bool = False) -> Ran:
    """Run a command in this process; what it raises beyond an exit fails the test."""
    out, err = Screen() if screen else io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main([str(each) for each in arguments])
        except SystemExit as stop:
            code = int(stop.code or 0)
    return Ran(code, out.getvalue(), err.getvalue())


def without_faults(told: str) -> str:
    """Give what was said on standard error besides that the files of the register have faults."""
    lines = told.splitlines(keepends=True)
    return "".join(each for each in lines if "in the form of its files; " not in each)


def process(
    *arguments: object,
    cwd: Path | None = None,
    entry: tuple[str, ...] = ("-m", "figurecheck"),
    **more: object,
) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own."""
    env = (
        os.environ | {"PYTHONPATH": str(ROOT / "src"), "NO_COLOR": "1"} | dict(more.pop("env", {}))
    )
    return subprocess.run(
        [sys.executable, *entry, *map(str, arguments)],
        check=False,
        capture_output=True,
        cwd=cwd,
        env=env,
        timeout=60,
        **more,
    )


def golden(name: str, text: str) -> str:
    """Give the text of a golden file; FIGURECHECK_UPDATE=1 writes what is now into it first."""
    file = GOLDEN / name
    if os.environ.get("FIGURECHECK_UPDATE"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
    return file.read_bytes().decode("utf-8")


def folder(
    place: Path, figures: str | bytes, relations: str | bytes = "", sources: str | bytes = ""
) -> Path:
    """Write a register into a folder; a file without text is not written."""
    place.mkdir(parents=True, exist_ok=True)
    files = {"figures.csv": figures, "relations.csv": relations, "sources.csl.json": sources}
    for name, content in files.items():
        if content:
            data = content if isinstance(content, bytes) else content.encode()
            (place / name).write_bytes(data)
    return place
