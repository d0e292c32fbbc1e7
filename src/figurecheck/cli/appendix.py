"""`figurecheck appendix`: write the figures appendix of a register"""

from __future__ import annotations

from figurecheck import TYPE_CHECKING
from figurecheck.cli import asked
from figurecheck.cli.output import write
from figurecheck.cli.terminal import put

if TYPE_CHECKING:
    import argparse


def options(command: argparse.ArgumentParser) -> None:
    asked.a_register(command)
    command.add_argument(
        "-o",
        "--output",
        action="append",
        metavar="FILE",
        help="appendix.md or appendix.csv, several allowed; default: Markdown on standard output",
    )
    asked.rules(command)
    asked.waivers(command)


def run(given: argparse.Namespace) -> int:
    from figurecheck.appendix import FORMATS, appendix, form

    configured = asked.configuration(given)
    register = asked.register(given, configured)
    forms = [(name, form(name)) for name in given.output or []]
    made = appendix(register, asked.checked(register, given, configured))
    for name, rendered in forms:
        write(name, rendered(made))
        put([f"wrote {name}"])
    if not forms:
        put(FORMATS[".md"](made).splitlines())
    return 0
