"""`figurecheck export`: write the figures for LaTeX, typst, Quarto, pandoc or templates"""

from __future__ import annotations

import sys

from figurecheck import TYPE_CHECKING
from figurecheck.cli import asked
from figurecheck.cli.output import deliver, output
from figurecheck.cli.terminal import put

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from figurecheck.register import Register


def options(command: argparse.ArgumentParser) -> None:
    asked.a_register(command)
    command.add_argument(
        "--to",
        required=True,
        metavar="FORMAT",
        type=form,
        help="latex, typst, quarto, pandoc, json or datapackage",
    )
    output(command)


def form(name: str) -> Callable[[Register], Iterator[str]]:
    """Give the format of a name."""
    from argparse import ArgumentTypeError

    from figurecheck.formula import near
    from figurecheck.reporters.datapackage import datapackage
    from figurecheck.reporters.templates import FORMATS

    formats = {**FORMATS, "datapackage": datapackage}
    if name not in formats:
        message = f"'{name}' is no format, wanted {', '.join(formats)}{near(name, formats)}"
        raise ArgumentTypeError(message)
    return formats[name]


def run(given: argparse.Namespace) -> int:
    from figurecheck.reporters.templates import FORMATS, without_number

    register = asked.register(given, asked.configuration(given))
    deliver(given.to(register), given.output)
    if given.to in FORMATS.values():
        put((f"figurecheck: {line}" for line in without_number(register)), sys.stderr)
    asked.tell_faults(register)
    return 0
