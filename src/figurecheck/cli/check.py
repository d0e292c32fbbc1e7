"""`figurecheck check`: hold a register against all rules"""

from __future__ import annotations

from figurecheck import TYPE_CHECKING
from figurecheck.cli import asked
from figurecheck.cli.output import chosen, deliver, formats
from figurecheck.cli.terminal import painter

if TYPE_CHECKING:
    import argparse

STRICT = 3


def options(command: argparse.ArgumentParser) -> None:
    asked.a_register(command)
    formats(command)
    asked.rules(command)
    asked.waivers(command)
    asked.fail_on(command)
    command.add_argument(
        "--strict",
        action="store_true",
        help="exit 3 where something is untestable, and show all of that",
    )
    command.add_argument(
        "--texts",
        metavar="FOLDER",
        help="the archived texts of sources, each as its key with .txt, to find quotes in",
    )


def run(given: argparse.Namespace) -> int:
    from figurecheck.reporters import json, text

    configured = asked.configuration(given)
    register = asked.register(given, configured)
    report = asked.checked(register, given, configured)
    if chosen(given) == "json":
        lines = json.report(register, report)
    else:
        lines = text.report(register, report, painter(given.output), every=given.strict)
    deliver(lines, given.output)
    if report.at_least(given.fail_on or configured.fail_on):
        return 1
    return STRICT if given.strict and report.tally["untestable"] else 0
