"""`figurecheck solve`: hold all relations against each other at once, and bound every figure"""

from __future__ import annotations

from figurecheck import TYPE_CHECKING
from figurecheck.cli import asked
from figurecheck.cli.codes import OF_OUTCOME
from figurecheck.cli.judge import texts_by_name
from figurecheck.cli.output import deliver, formats
from figurecheck.cli.terminal import painter

if TYPE_CHECKING:
    import argparse


def options(command: argparse.ArgumentParser) -> None:
    asked.a_register(command)
    command.add_argument(
        "--assume",
        action="append",
        metavar="name=text",
        default=[],
        help='what if a figure were reported so, as women_share="43 %%"; several allowed',
    )
    asked.waivers(command)
    formats(command)


def run(given: argparse.Namespace) -> int:
    from figurecheck.reporters import json, text
    from figurecheck.solve import solution

    assumed = texts_by_name(given.assume)
    register = asked.register(given, asked.configuration(given))
    found = solution(register, assume=assumed, waivers=not given.no_waivers, today=given.today)
    if given.format == "json":
        deliver(json.solution(register, found), given.output)
    else:
        deliver(text.solution(register, found, assumed, painter(given.output)), given.output)
    asked.tell_faults(register)
    return OF_OUTCOME[found.outcome]
