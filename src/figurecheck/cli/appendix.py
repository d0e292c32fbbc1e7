"""`figurecheck appendix`: write the figures appendix of a register"""

from __future__ import annotations

from figurecheck import TYPE_CHECKING
from figurecheck.cli.check import checked, selection
from figurecheck.cli.terminal import put

if TYPE_CHECKING:
    import argparse


def options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "path",
        nargs="?",
        metavar="REGISTER",
        help="folder or figures.csv; default: the nearest upwards, else the shipped one",
    )
    command.add_argument(
        "-o",
        "--output",
        action="append",
        metavar="FILE",
        help="appendix.md or appendix.csv, several allowed; default: Markdown on standard output",
    )
    selection(command)


def run(given: argparse.Namespace) -> int:
    from pathlib import Path

    from figurecheck.appendix import FORMATS, appendix, form
    from figurecheck.register import load

    register = load(given.path)
    forms = [(name, form(name)) for name in given.output or []]
    made = appendix(register, checked(register, given))
    for name, write in forms:
        Path(name).write_text(write(made), encoding="utf-8", errors="backslashreplace", newline="")
        put([f"wrote {name}"])
    if not forms:
        put(FORMATS[".md"](made).splitlines())
    return 0
