"""`figurecheck read`: find the quantities in a text"""

from __future__ import annotations

import sys

from figurecheck import TYPE_CHECKING
from figurecheck.cli.output import deliver, formats
from figurecheck.cli.terminal import painter

if TYPE_CHECKING:
    import argparse


def options(command: argparse.ArgumentParser) -> None:
    command.add_argument("text", metavar="TEXT", help="a sentence; '-' reads standard input")
    formats(command)


def run(given: argparse.Namespace) -> int:
    from figurecheck.reading import read
    from figurecheck.reporters import json, text

    readings = read(_standard_input() if given.text == "-" else given.text)
    if given.format == "json":
        deliver(json.readings(readings), given.output)
    else:
        deliver(text.readings(readings, painter(given.output)), given.output)
    return 0


def _standard_input() -> str:
    from figurecheck.encoding import NotText, decoded
    from figurecheck.reading import Unreadable

    try:
        return decoded(sys.stdin.buffer.read())
    except NotText as error:
        message = f"standard input: line {error.line}: {error}; wanted text in UTF-8"
        raise Unreadable(message) from None
