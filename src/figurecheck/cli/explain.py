"""`figurecheck explain`: say what a rule asks and why, or list the rules"""

from __future__ import annotations

from figurecheck import TYPE_CHECKING
from figurecheck.cli import asked
from figurecheck.cli.output import deliver, formats
from figurecheck.cli.terminal import painter

if TYPE_CHECKING:
    import argparse


def options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "code", nargs="?", metavar="CODE", help="a rule, as FC302, or a family, as FC3"
    )
    asked.a_configuration(command)
    formats(command)


def run(given: argparse.Namespace) -> int:
    from figurecheck.rules import RULES, selected

    codes = asked.codes(given.code or "")
    ours = bool(codes) and codes[0].startswith("FC")
    among = RULES if ours else asked.all_rules(asked.configuration(given))
    rules = selected(codes, among=among)
    if given.format == "json":
        from figurecheck.reporters import json

        deliver(json.rules(rules), given.output)
    else:
        from figurecheck.reporters import text

        deliver(text.rules(rules, painter(given.output)), given.output)
    return 0
