"""`figurecheck show`: show one figure, derived quantity or relation, or list them all"""

from __future__ import annotations

from figurecheck import TYPE_CHECKING
from figurecheck.cli import asked
from figurecheck.cli.output import deliver, formats
from figurecheck.cli.terminal import painter

if TYPE_CHECKING:
    import argparse


def options(command: argparse.ArgumentParser) -> None:
    command.add_argument("id", nargs="?", metavar="ID", help="without one, all are listed")
    asked.a_register(command, option=True)
    formats(command)


def run(given: argparse.Namespace) -> int:
    from figurecheck.reporters import json, text

    register = asked.register(given, asked.configuration(given))
    if given.format == "json":
        deliver(json.shown(register, given.id), given.output)
    else:
        deliver(text.shown(register, given.id, painter(given.output)), given.output)
    asked.tell_faults(register)
    return 0
