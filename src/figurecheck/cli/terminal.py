"""The terminal: colour where it is wanted, and one stream of lines."""

from __future__ import annotations

import os
import re
import sys

from figurecheck import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TextIO

_COLOURS = {
    "error": "31",
    "broken": "31",
    "holds": "32",
    "warning": "33",
    "borderline": "33",
    "note": "36",
    "untestable": "36",
    "bold": "1",
    "faint": "2",
}


def _coloured() -> bool:
    """Tell whether standard output wants colour (no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    on_screen = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    return bool(os.environ.get("FORCE_COLOR")) or on_screen


def painter(file: str | None = None) -> Callable[[str, str], str]:
    """Give what colours a text by its style, where colour is wanted: never in a file."""
    if file is not None or not _coloured():
        return lambda text, _: text
    return lambda text, style: f"\x1b[{_COLOURS[style]}m{text}\x1b[0m"


def put(lines: Iterable[str], stream: TextIO | None = None, *, commands: bool = False) -> None:
    """Write lines to standard output; what a terminal cannot show, or would obey, is escaped.

    So is what a workflow runner would obey, unless the lines are meant as `commands` to it.
    """
    from figurecheck.obeyed import CONTROLS, no_command, visible

    stream = stream or sys.stdout
    encoding = stream.encoding or "utf-8"
    ours = "|".join({"0", *_COLOURS.values()} if _coloured() else ())
    obeyed = rf"(?!\x1b\[({ours or '(?!)'})m){CONTROLS}"
    for line in lines:
        safe = re.sub(obeyed, visible, line)
        told = safe if commands else no_command(safe)
        stream.write(told.encode(encoding, "backslashreplace").decode(encoding) + "\n")
