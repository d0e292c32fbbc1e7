"""`figurecheck check`: hold a register against all rules"""

from __future__ import annotations

from figurecheck import TYPE_CHECKING
from figurecheck.cli.terminal import formats, painter, put

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from figurecheck.confront import Report
    from figurecheck.register import Register

STRICT = 3


def options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "path",
        nargs="?",
        metavar="PATH",
        help="folder or figures.csv; default: the nearest upwards, else the shipped one",
    )
    formats(command)
    selection(command)
    fail_on(command)
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


def fail_on(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--fail-on",
        choices=("note", "warning", "error"),
        default="error",
        help="the least severity that makes the exit code 1; default: error",
    )


def selection(command: argparse.ArgumentParser) -> None:
    """Add the options that say what is checked; the appendix shares them."""
    rules(command)
    command.add_argument(
        "--no-waivers", action="store_true", help="show what waivers cover as if it were not waived"
    )
    command.add_argument(
        "--today",
        metavar="DATE",
        type=day,
        help="the day on which waivers may have expired; default: today",
    )


def rules(command: argparse.ArgumentParser) -> None:
    """Add the options that choose rules."""
    command.add_argument(
        "--select",
        metavar="CODES",
        default="",
        help="only these, by the beginning of the code: FC3,FC402",
    )
    command.add_argument("--ignore", metavar="CODES", default="", help="not these")


def run(given: argparse.Namespace) -> int:
    from figurecheck.register import load
    from figurecheck.reporters import json, text

    register = load(given.path, texts=given.texts)
    report = checked(register, given)
    if given.format == "json":
        put(json.report(register, report))
    else:
        put(text.report(register, report, painter(), every=given.strict))
    if report.at_least(given.fail_on):
        return 1
    return STRICT if given.strict and report.tally["untestable"] else 0


def checked(register: Register, given: argparse.Namespace) -> Report:
    """Give the report on a register as the options of `selection` ask for it."""
    from figurecheck.confront import check

    return check(
        register,
        select=codes(given.select),
        ignore=codes(given.ignore),
        waivers=not given.no_waivers,
        today=given.today,
    )


def day(text: str) -> date:
    """Give the date that a text is."""
    from argparse import ArgumentTypeError
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"'{text}' is no date, wanted one like 2026-11-24"
        raise ArgumentTypeError(message) from None


def codes(text: str) -> list[str]:
    return [each.strip().upper() for each in text.split(",") if each.strip()]
