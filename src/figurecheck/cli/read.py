"""`figurecheck read`: find the quantities in a text"""

from __future__ import annotations

import sys

from figurecheck import TYPE_CHECKING
from figurecheck.cli.terminal import formats, painter, put

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
        put(json.readings(readings))
    else:
        put(text.readings(readings, painter()))
    return 0


def _standard_input() -> str:
    from figurecheck.encoding import NotText, decoded
    from figurecheck.reading import Unreadable

    try:
        return decoded(sys.stdin.buffer.read())
    except NotText as error:
        message = f"standard input: line {error.line}: {error}; wanted text in UTF-8"
        raise Unreadable(message) from None
