"""`figurecheck appendix`: write the figures appendix of a register"""

from __future__ import annotations

from figurecheck import TYPE_CHECKING
from figurecheck.cli import asked
from figurecheck.cli.codes import code
from figurecheck.cli.output import write
from figurecheck.cli.terminal import busy, put

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable
    from pathlib import Path

DEFAULT = ".md"


def options(command: argparse.ArgumentParser) -> None:
    asked.a_register(command)
    command.add_argument(
        "-o",
        "--output",
        action="append",
        metavar="FILE",
        help="appendix.html, .md, .csv, .json, .tex, .docx or .pdf, several allowed; "
        "default: Markdown on standard output",
    )
    command.add_argument(
        "--check",
        action="store_true",
        help="write nothing, and exit 1 where a file is not what would be written",
    )
    asked.rules(command)
    asked.waivers(command)


def run(given: argparse.Namespace) -> int:
    from pathlib import Path

    from figurecheck.appendix import Appendix, AppendixError, form, pieces, written
    from figurecheck.confront import this_day

    configured = asked.configuration(given)
    forms = [(name, form(name)) for name in given.output or []]
    if given.check and not forms:
        message = "--check wants the files to look at: -o FILE"
        raise AppendixError(message)
    register = asked.register(given, configured).on(given.today or this_day())
    with busy("checking"):
        made = Appendix(register, asked.checked(register, given, configured))
    layout, folder = configured.appendix, configured.folder
    if not forms:
        put(written(made, DEFAULT, layout, folder).decode().splitlines())
    stale = 0
    for name, ending in forms:
        with busy(f"making {name}"):
            data = pieces(made, ending, layout, folder)
            if given.check:
                fresh = _is(Path(name), data)
            else:
                write(name, data)
        if given.check:
            stale += not fresh
            put([f"{name}: {'as it would be written now' if fresh else 'stale'}"])
        else:
            put([f"wrote {name}"])
    asked.tell_faults(register)
    return code(stale)


def _is(file: Path, pieces: Iterable[bytes]) -> bool:
    """Tell whether a file is there and has just these pieces."""
    if not file.is_file():
        return False
    with file.open("rb") as stream:
        return all(stream.read(len(each)) == each for each in pieces) and not stream.read(1)
