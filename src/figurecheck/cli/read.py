"""`figurecheck read`: find the quantities in a text"""

from __future__ import annotations

import sys
from figurecheck import TYPE_CHECKING
from figurecheck.cli.terminal import coloured, formats, paint, plain, put

if TYPE_CHECKING:
    import argparse


def options(command: argparse.ArgumentParser) -> None:
    command.add_argument("text", metavar="TEXT", help="a sentence; '-' reads standard input")
    formats(command)


def run(given: argparse.Namespace) -> int:
    from figurecheck.reading import read
    from figurecheck.reporters import json, text

    source = sys.stdin.read() if given.text == "-" else given.text
    readings = read(source)
    if given.format == "json":
        put(json.readings(readings))
    else:
        put(text.readings(readings, paint if coloured() else plain))
    return 0
