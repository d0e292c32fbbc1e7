"""`figurecheck solve`: hold all relations against each other at once, and bound every figure"""

from __future__ import annotations

from figurecheck import TYPE_CHECKING
from figurecheck.cli.check import day
from figurecheck.cli.judge import EXIT, texts_by_name
from figurecheck.cli.terminal import formats, painter, put

if TYPE_CHECKING:
    import argparse


def options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "path",
        nargs="?",
        metavar="PATH",
        help="folder or figures.csv; default: the nearest upwards, else the shipped one",
    )
    command.add_argument(
        "--assume",
        action="append",
        metavar="name=text",
        default=[],
        help='what if a figure were reported so, as women_share="43 %%"; several allowed',
    )
    command.add_argument(
        "--no-waivers", action="store_true", help="let figures with a waived finding take part"
    )
    command.add_argument(
        "--today", metavar="DATE", type=day, help="the day on which waivers may have expired"
    )
    formats(command)


def run(given: argparse.Namespace) -> int:
    from figurecheck.register import load
    from figurecheck.reporters import json, text
    from figurecheck.solve import solution

    assumed = texts_by_name(given.assume)
    register = load(given.path)
    found = solution(register, assume=assumed, waivers=not given.no_waivers, today=given.today)
    if given.format == "json":
        put(json.solution(register, found))
    else:
        put(text.solution(register, found, assumed, painter()))
    return EXIT[found.outcome]
