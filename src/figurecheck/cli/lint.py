"""`figurecheck lint`: hold the numbers of documents against a register"""

from __future__ import annotations

import sys

from figurecheck import TYPE_CHECKING
from figurecheck.cli import asked
from figurecheck.cli.codes import USAGE, code
from figurecheck.cli.output import FORMATS, base, deliver, formats, tell
from figurecheck.cli.terminal import painter, put

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from figurecheck.lint import Linted
    from figurecheck.register import Register
    from figurecheck.topic import Facts


def options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "reports",
        nargs="+",
        metavar="REPORT",
        help="Markdown, HTML, LaTeX, plain text, a notebook or a Word document",
    )
    asked.a_register(command, option=True)
    formats(command, FORMATS)
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
    from figurecheck.lint import lint, stateable, suggested
    from figurecheck.reporters import rows, text

    alone = "--suggest" if given.suggest else "--as letter" if given.shape == "letter" else ""
    others = given.format not in {None, "text"} or given.coverage or given.show_set_aside
    if alone and others:
        message = f"{alone} stands alone, without --format, --coverage, --show-set-aside"
        raise DocumentError(message)
    configured = asked.configuration(given)
    register = asked.register(given, configured)
    chosen = asked.selection(given, configured)
    fail_on = given.fail_on or configured.fail_on
    known = stateable(register)
    linted: list[Linted] = []
    failed: dict[str, str] = {}
    for path in given.reports:
        try:
            document = load(path)
        except DocumentError as error:
            failed[path] = str(error)
            continue
        linted.append(lint(register, document, known=known, **chosen))
    if given.suggest:
        found = rows.figures([row for each in linted for row in suggested(register, each)])
        deliver(found, given.output)
    elif alone:
        deliver(text.letter(register, linted), given.output)
    else:
        _tell(register, linted, failed, known=known, given=given, fail_on=fail_on)
    put((f"figurecheck: {each}" for each in failed.values()), sys.stderr)
    if failed:
        return USAGE
    untested = given.strict and any(each.tally["unsourced"] for each in linted)
    return code(any(each.at_least(fail_on) for each in linted), untested)


def _tell(
    register: Register,
    linted: Sequence[Linted],
    failed: Mapping[str, str],
    *,
    known: Facts,
    given: argparse.Namespace,
    fail_on: str,
) -> None:
    """Put what was found in documents where, and as, it is asked for."""
    from itertools import chain

    from figurecheck.lint import coverage
    from figurecheck.reporters import full, json, text
    from figurecheck.reporters.stream import of_lint

    covered = [coverage(known, each) for each in linted] if given.coverage else []
    stream = of_lint(register, linted, covered, failed, base(), fail_on=fail_on)
    shown = {"every": given.strict, "aside": given.show_set_aside}
    paint, unread = painter(given.output), [*text.unread(failed.values())]
    own = {
        "text": chain(text.linted(register, linted, paint, covered, **shown), unread),
        "full": chain(full.linted(register, linted, paint, covered), unread),
        "json": json.linted(register, linted, covered, list(failed.values()), stream.base),
    }
    tell(stream, given, own)
