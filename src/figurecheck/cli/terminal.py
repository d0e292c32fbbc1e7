"""The terminal: colour where it is wanted, and one stream of lines."""

from __future__ import annotations

import os
import re
import sys
from contextlib import contextmanager

from figurecheck import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
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


@contextmanager
def busy(words: str) -> Iterator[None]:
    """Say on a terminal what takes longer than a second, and for how long, until it is done."""
    if not sys.stderr.isatty():
        yield
        return
    from threading import Event, Thread
    from time import monotonic

    done, start = Event(), monotonic()

    def tell() -> None:
        shown = ""
        while not done.wait(1):
            shown = f"figurecheck: {words}, {monotonic() - start:.0f} s"
            sys.stderr.write(f"\r{shown}")
            sys.stderr.flush()
        sys.stderr.write(f"\r{' ' * len(shown)}\r" if shown else "")
        sys.stderr.flush()

    teller = Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


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
