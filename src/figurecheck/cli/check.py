"""`figurecheck check`: hold a register against all rules"""

from __future__ import annotations

from figurecheck import TYPE_CHECKING
from figurecheck.cli import asked
from figurecheck.cli.codes import code
from figurecheck.cli.output import FORMATS, base, formats, tell
from figurecheck.cli.terminal import painter

if TYPE_CHECKING:
    import argparse


def options(command: argparse.ArgumentParser) -> None:
    asked.a_register(command)
    formats(command, FORMATS)
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
    from figurecheck.reporters import full, json, text
    from figurecheck.reporters.stream import of_check

    configured = asked.configuration(given)
    register = asked.register(given, configured)
    report = asked.checked(register, given, configured)
    fail_on, paint = given.fail_on or configured.fail_on, painter(given.output)
    stream = of_check(register, report, base(), fail_on=fail_on)
    own = {
        "text": text.report(register, report, paint, every=given.strict),
        "full": full.report(register, report, paint),
        "json": json.report(register, report, stream.base),
    }
    tell(stream, given, own)
    return code(report.at_least(fail_on), given.strict and report.tally["untestable"])
