"""`figurecheck export`: write the figures for LaTeX, typst, Quarto, pandoc or templates"""

from __future__ import annotations

import sys

from figurecheck import TYPE_CHECKING
from figurecheck.cli.terminal import put

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from figurecheck.register import Register


def options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "path",
        nargs="?",
        metavar="PATH",
        help="folder or figures.csv; default: the nearest upwards, else the shipped one",
    )
    command.add_argument(
        "--to",
        required=True,
        metavar="FORMAT",
        type=form,
        help="latex, typst, quarto, pandoc or json",
    )
    command.add_argument(
        "-o", "--output", metavar="FILE", help="in UTF-8; default: standard output"
    )


def form(name: str) -> Callable[[Register], Iterator[str]]:
    """Give the format of a name."""
    from argparse import ArgumentTypeError

    from figurecheck.formula import near
    from figurecheck.reporters.templates import FORMATS

    if name not in FORMATS:
        message = f"'{name}' is no format, wanted {', '.join(FORMATS)}{near(name, FORMATS)}"
        raise ArgumentTypeError(message)
    return FORMATS[name]


def run(given: argparse.Namespace) -> int:
    from pathlib import Path

    from figurecheck.register import load
    from figurecheck.reporters.templates import left_out

    register = load(given.path)
    lines = list(given.to(register))
    if given.output is None:
        put(lines)
    else:
        Path(given.output).write_text("\n".join([*lines, ""]), encoding="utf-8", newline="")
        put([f"wrote {given.output}"])
    put((f"figurecheck: {line}" for line in left_out(register)), sys.stderr)
    return 0
