"""`figurecheck lint`: hold the numbers of documents against a register"""

from __future__ import annotations

import sys

from figurecheck import TYPE_CHECKING
from figurecheck.cli import asked
from figurecheck.cli.check import STRICT
from figurecheck.cli.output import deliver, formats
from figurecheck.cli.terminal import painter, put

if TYPE_CHECKING:
    import argparse

    from figurecheck.lint import Linted

UNREADABLE = 2


def options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "reports",
        nargs="+",
        metavar="REPORT",
        help="Markdown, HTML, LaTeX, plain text, a notebook or a Word document",
    )
    asked.a_register(command, option=True)
    formats(command)
    asked.rules(command)
    asked.fail_on(command)
    command.add_argument(
        "--strict", action="store_true", help="exit 3 where a number is unsourced, and show all"
    )
    command.add_argument(
        "--show-set-aside", action="store_true", help="show digits that state no quantity, and why"
    )
    command.add_argument(
        "--coverage",
        action="store_true",
        help="show how much is sourced, and how many random numbers would look so by chance",
    )
    shown = command.add_mutually_exclusive_group()
    shown.add_argument(
        "--suggest",
        action="store_true",
        help="print rows for figures.csv for the numbers that no figure backs",
    )
    shown.add_argument(
        "--as",
        dest="shape",
        choices=("findings", "letter"),
        default="findings",
        help="letter: the sentences to send to the author; default: findings",
    )


def run(given: argparse.Namespace) -> int:
    from figurecheck.document import DocumentError, load
    from figurecheck.lint import coverage, lint, stateable, suggested
    from figurecheck.reporters import json, rows, text

    if given.suggest or given.shape == "letter":
        alone = "--suggest" if given.suggest else "--as letter"
        if given.format == "json" or given.coverage or given.show_set_aside:
            message = f"{alone} stands alone, without --format json, --coverage, --show-set-aside"
            raise DocumentError(message)
    configured = asked.configuration(given)
    register = asked.register(given, configured)
    chosen = asked.selection(given, configured)
    known = stateable(register)
    linted: list[Linted] = []
    failed: list[str] = []
    for path in given.reports:
        try:
            document = load(path)
        except DocumentError as error:
            failed.append(str(error))
            continue
        linted.append(lint(register, document, known=known, **chosen))
    covered = [coverage(known, each) for each in linted] if given.coverage else []
    if given.suggest:
        lines = rows.figures([row for each in linted for row in suggested(register, each)])
    elif given.shape == "letter":
        lines = text.letter(register, linted)
    elif given.format == "json":
        lines = json.linted(register, linted, covered, failed)
    else:
        shown = {"every": given.strict, "aside": given.show_set_aside}
        lines = text.linted(register, linted, painter(given.output), covered, **shown)
    deliver(lines, given.output)
    put((f"figurecheck: {each}" for each in failed), sys.stderr)
    if failed:
        return UNREADABLE
    if any(each.at_least(given.fail_on or configured.fail_on) for each in linted):
        return 1
    return STRICT if given.strict and any(each.tally["unsourced"] for each in linted) else 0
