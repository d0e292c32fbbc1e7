"""The command line: one module a command; only this package prints and writes."""

from __future__ import annotations

import argparse
import os
import re
import sys
from importlib import import_module

from figurecheck import TYPE_CHECKING, __version__
from figurecheck.cli.codes import INTERRUPTED, USAGE
from figurecheck.cli.terminal import put

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from typing import NoReturn

COMMANDS = (
    "check",
    "diff",
    "lint",
    "read",
    "judge",
    "derive",
    "solve",
    "show",
    "explain",
    "appendix",
    "export",
    "init",
)
VERSION = f"figurecheck {__version__}"
LONGEST = 1000


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong with a call in one line."""

    def error(self, message: str) -> NoReturn:
        from figurecheck.formula import near

        choice = re.search(r"invalid choice: '(.*)' \((.*)\)", message)
        if choice:
            wrong, choices = choice.groups()
            nearest = near(wrong, re.findall(r"[-\w]+", choices))
            message = f"'{wrong}' is no choice; {choices}{nearest}"
        elif "unrecognized arguments" in message:
            wrong = next((each for each in message.split() if each.startswith("-")), "")
            message += near(wrong, [*_options(self)])
        _complain(message)
        self.exit(USAGE)


def _options(top: argparse.ArgumentParser) -> Iterator[str]:
    """Give every option of a parser and of its commands."""
    for action in top._actions:  # noqa: SLF001 - argparse has no other list of them
        yield from action.option_strings
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - as above
            for command in action.choices.values():
                yield from _options(command)


def parser(asked: Collection[str] = COMMANDS) -> Parser:
    """Give the parser of the whole command line, with the options of the commands asked for."""
    top = Parser(
        prog="figurecheck",
        description="A linter and a calculator for reported numbers.",
        epilog="exit: 0 nothing broken; 1 something broken; 2 usage; 3 something untestable "
        "(judge, solve; elsewhere with --strict)",
    )
    top.add_argument("--version", action="version", version=VERSION)
    commands = top.add_subparsers(dest="command", metavar="command", parser_class=Parser)
    for name in COMMANDS:
        module = import_module(f"figurecheck.cli.{name}")
        words = (module.__doc__ or "").partition(": ")[2].strip()
        command = commands.add_parser(name, help=words, description=words.capitalize())
        if name in asked:
            module.options(command)
        command.set_defaults(run=module.run)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and give its exit code; what is wrong with the call is one line on stderr."""
    _open_streams()
    try:
        try:
            return _run(arguments)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return USAGE
    except KeyboardInterrupt:
        _complain("interrupted")
        return INTERRUPTED
    except Exception as error:
        if not type(error).__module__.startswith("figurecheck.") and not isinstance(error, OSError):
            raise
        _complain(_said(error))
        return USAGE


def _open_streams() -> None:
    """Let what goes to a stream that was closed before Python began go nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - start-up, and open to the end


def _run(arguments: Sequence[str] | None) -> int:
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words == ["--version"]:
        put([VERSION])
        return 0
    top = parser(set(words))
    given = top.parse_args(words)
    if given.command is None:
        top.print_help(sys.stderr)
        return USAGE
    code: int = given.run(given)
    return code


def _complain(words: str) -> None:
    """Say in one line on standard error, if anything can be said there, why it ends."""
    from contextlib import suppress

    with suppress(OSError):
        put([f"figurecheck: {words[:LONGEST]}"], sys.stderr)


def _said(error: Exception) -> str:
    """Give what an exception says; one of the operating system begins with the file, as ours do."""
    if isinstance(error, FileNotFoundError) and error.filename is None:
        return "the current folder is gone"
    if isinstance(error, OSError):
        return f"{error.filename or 'standard output'}: {error.strerror}"
    return str(error)
