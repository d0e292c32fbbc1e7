"""The command line: one module a command; only this package prints and writes."""

from __future__ import annotations

import argparse
import os
import sys

from figurecheck import TYPE_CHECKING, __version__
from figurecheck.cli import appendix, check, derive, explain, init, judge, read, show

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

COMMANDS = {
    "check": check,
    "read": read,
    "judge": judge,
    "derive": derive,
    "show": show,
    "explain": explain,
    "appendix": appendix,
    "init": init,
}
USAGE = 2


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong with a call in one line."""

    def error(self, message: str) -> NoReturn:
        from figurecheck.formula import near

        wrong = message.partition("invalid choice: '")[2].partition("'")[0]
        if wrong:
            known = COMMANDS if wrong not in COMMANDS and "command" in message else ()
            choices = message.partition("(")[2].rstrip(")")
            message = f"'{wrong}' is no choice{near(wrong, list(known))}; {choices}"
        elif "unrecognized arguments" in message:
            options = [each for action in self._actions for each in action.option_strings]
            message += near(message.split()[-1], options)
        self.exit(USAGE, f"figurecheck: {message}\n")


def parser() -> Parser:
    """Give the parser of the whole command line."""
    top = Parser(
        prog="figurecheck",
        description="A linter and a calculator for reported numbers.",
        epilog="exit: 0 nothing broken; 1 something broken; 2 usage; 3 something untestable "
        "(judge; elsewhere with --strict)",
    )
    top.add_argument("--version", action="version", version=f"figurecheck {__version__}")
    commands = top.add_subparsers(
        dest="command", metavar="command", required=True, parser_class=Parser
    )
    for name, module in COMMANDS.items():
        words = (module.__doc__ or "").partition(": ")[2].strip()
        command = commands.add_parser(name, help=words, description=words.capitalize())
        module.options(command)
        command.set_defaults(run=module.run)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and give its exit code; what is wrong with the call is one line on stderr."""
    given = parser().parse_args(arguments)
    try:
        code: int = given.run(given)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return USAGE
    except Exception as error:
        if not type(error).__module__.startswith("figurecheck.") and not isinstance(error, OSError):
            raise
        sys.stderr.write(f"figurecheck: {str(error)[:1000]}\n")
        return USAGE
    return code
