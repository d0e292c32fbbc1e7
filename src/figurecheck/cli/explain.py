"""`figurecheck explain`: say what a rule asks and why, or list the rules"""

from __future__ import annotations

from figurecheck import TYPE_CHECKING
from figurecheck.cli.terminal import formats, painter, put

if TYPE_CHECKING:
    import argparse


def options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "code", nargs="?", metavar="CODE", help="a rule, as FC302, or a family, as FC3"
    )
    formats(command)


def run(given: argparse.Namespace) -> int:
    from figurecheck.rules import selected

    rules = selected([given.code.strip().upper()] if given.code else [])
    if given.format == "json":
        from figurecheck.reporters import json

        put(json.rules(rules))
    else:
        from figurecheck.reporters import text

        put(text.rules(rules, painter()))
    return 0
