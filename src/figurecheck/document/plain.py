"""Plain text: paragraphs between empty lines, and marks in square brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from figurecheck.document.prose import Prose

MARK_OR_END = re.compile(r"(?P<mark>\[figure:[ \t]*(?P<figure>[^\]\s]{1,999})[ \t]*\])|\n[ \t]*\n")


def write(prose: Prose, start: int, end: int) -> None:
    """Hand the text of the source from `start` to `end` to the prose."""
    place = start
    for found in MARK_OR_END.finditer(prose.source, start, end):
        prose.put(place, found.start())
        if found["mark"]:
            prose.mark(found["figure"], *found.span())
        else:
            prose.end_block()
        place = found.end()
    prose.put(place, end)
    prose.end_block()
