"""`figurecheck show`: show one figure, derived quantity or relation, or list them all"""

from __future__ import annotations

from figurecheck import TYPE_CHECKING
from figurecheck.cli.terminal import formats, painter, put, register_option

if TYPE_CHECKING:
    import argparse


def options(command: argparse.ArgumentParser) -> None:
    command.add_argument("id", nargs="?", metavar="ID", help="without one, all are listed")
    register_option(command)
    formats(command)


def run(given: argparse.Namespace) -> int:
    from figurecheck.register import load
    from figurecheck.reporters import json, text

    register = load(given.register)
    if given.format == "json":
        put(json.shown(register, given.id))
    else:
        put(text.shown(register, given.id, painter()))
    return 0
