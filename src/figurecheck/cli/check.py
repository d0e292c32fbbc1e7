"""`figurecheck check`: hold a register against all rules"""

from __future__ import annotations

from figurecheck import TYPE_CHECKING
from figurecheck.cli.terminal import coloured, formats, paint, plain, put

if TYPE_CHECKING:
    import argparse

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
    command.add_argument(
        "--fail-on",
        choices=("note", "warning", "error"),
        default="error",
        help="the least severity that makes the exit code 1; default: error",
    )
    command.add_argument(
        "--strict", action="store_true", help="exit 3 where something is untestable"
    )


def selection(command: argparse.ArgumentParser) -> None:
    """Add the options that say what is checked; the appendix shares them."""
    command.add_argument(
        "--select",
        metavar="CODES",
        default="",
        help="only these, by the beginning of the code: FC3,FC402",
    )
    command.add_argument("--ignore", metavar="CODES", default="", help="not these")
    command.add_argument(
        "--no-waivers", action="store_true", help="show what waivers cover as if it were not waived"
    )
    command.add_argument(
        "--today", metavar="DATE", help="the day on which waivers may have expired; default: today"
    )


def run(given: argparse.Namespace) -> int:
    from figurecheck.register import load
    from figurecheck.reporters import json, text

    register = load(given.path)
    report = checked(register, given)
    if given.format == "json":
        put(json.report(register, report))
    else:
        put(text.report(register, report, paint if coloured() else plain))
    if report.at_least(given.fail_on):
        return 1
    return STRICT if given.strict and report.tally["untestable"] else 0


def checked(register, given: argparse.Namespace):  # type: ignore[no-untyped-def]
    from datetime import date

    from figurecheck.confront import check
    from figurecheck.rules import UnknownRule

    try:
        today = date.fromisoformat(given.today) if given.today else None
    except ValueError:
        message = f"--today {given.today}: no date, wanted one like 2026-11-24"
        raise UnknownRule(message) from None
    return check(
        register,
        select=codes(given.select),
        ignore=codes(given.ignore),
        waivers=not given.no_waivers,
        today=today,
    )


def codes(text: str) -> list[str]:
    return [each.strip().upper() for each in text.split(",") if each.strip()]
