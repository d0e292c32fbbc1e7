"""Plain text: paragraphs between empty lines, items of lists, headings, and marks in brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from figurecheck.document.prose import Prose

MARK_OR_END = re.compile(
    r"(?P<mark>\[figure:[ \t]*(?P<figure>[^\]\s]{1,999})[ \t]*\])"
    r"|(?P<empty>\n[ \t]*\n)|\n(?=[ \t]*[*•‣◦–-][ \t])"
)
HEADING = re.compile(r"\s*[^\n]{1,80}[^\s.!?:,;]\s*")
LEVEL = 2


def write(prose: Prose, start: int, end: int) -> None:
    """Hand the text of the source from `start` to `end` to the prose.

    A short line between empty lines that no stop ends is a heading.
    """
    place = first = start
    for found in MARK_OR_END.finditer(prose.source, start, end):
        prose.put(place, found.start())
        if found["mark"]:
            prose.mark(found["figure"], *found.span())
        else:
            heading = found["empty"] and HEADING.fullmatch(prose.source, first, found.start())
            prose.end_block(LEVEL if heading else 0)
            first = found.end()
        place = found.end()
    prose.put(place, end)
    prose.end_block()
