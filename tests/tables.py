"""Tables of pages in Markdown: made from rows, and read back into rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def table(head: str, rows: Iterable[Iterable[str]]) -> str:
    """Give the table of a head, such as "column | content", and its rows."""
    columns = head.split(" | ")
    lines = [columns, ["---"] * len(columns), *(map(cell, row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def rows(page: str, head: str) -> list[list[str]]:
    """Give the cells of the table of a page that has this head."""
    _, found, rest = page.partition(f"| {head} |\n")
    assert found, f"no table '{head}'"
    lines = re.match(r"(?:\|.*\n)+", rest)[0].splitlines()[1:]
    return [[each.strip() for each in line.split("|")[1:-1]] for line in lines]


def cell(text: str) -> str:
    """Give a text as it may stand in a cell, which a bar would end."""
    return text.replace("|", r"\|")


def code(texts: Iterable[str]) -> str:
    """Give texts as code, one beside the other."""
    return ", ".join(f"`{text}`" for text in texts)
