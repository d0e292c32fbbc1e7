"""The terminal: colour where it is wanted, and one stream of lines."""

from __future__ import annotations

import os
import sys
from figurecheck import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

_COLOURS = {
    "error": "31",
    "warning": "33",
    "note": "36",
    "broken": "31",
    "borderline": "33",
    "untestable": "36",
    "holds": "32",
    "bold": "1",
    "faint": "2",
}


def coloured() -> bool:
    """Tell whether standard output is to be coloured (no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (
        sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    )


def paint(text: str, style: str) -> str:
    """Give the text in the colour of an outcome or a severity."""
    return f"\x1b[{_COLOURS[style]}m{text}\x1b[0m"


def plain(text: str, style: str) -> str:
    """Give the text as it is."""
    return text


def put(lines: Iterable[str]) -> None:
    """Write lines to standard output; what the terminal cannot show is escaped."""
    encoding = sys.stdout.encoding or "utf-8"
    for line in lines:
        sys.stdout.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def formats(command: argparse.ArgumentParser) -> None:
    command.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def register_option(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--register",
        metavar="PATH",
        help="folder or figures.csv; default: the nearest upwards, else the shipped one",
    )
