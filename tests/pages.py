"""Files of the repository that are made from the code, and the tables that pages have."""

from __future__ import annotations

import difflib
import os
import re
from typing import TYPE_CHECKING

import pytest
from command import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable


def says(name: str, made: str) -> None:
    """Fail unless a file says what is made now; FIGURECHECK_UPDATE=1 writes it first."""
    file = ROOT / name
    if os.environ.get("FIGURECHECK_UPDATE"):
        file.write_text(made, encoding="utf-8", newline="")
    lines = file.read_text(encoding="utf-8").splitlines(), made.splitlines()
    changed = "\n".join(difflib.unified_diff(*lines, name, "said now", lineterm=""))
    if changed:
        pytest.fail(f"FIGURECHECK_UPDATE=1 writes what is said now\n{changed}", pytrace=False)


def table(head: str, rows: Iterable[Iterable[str]]) -> str:
    """Give a Markdown table; a bar in a cell would end it."""
    columns = head.split(" | ")
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in lines
    )


def rows(page: str, head: str) -> list[list[str]]:
    """Give the cells of the table of a page that has this head."""
    _, found, rest = page.partition(f"| {head} |\n")
    assert found, f"no table '{head}'"
    lines = re.match(r"(?:\|.*\n)+", rest)[0].splitlines()[1:]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]


def code(texts: Iterable[str]) -> str:
    """Give texts as code, one beside the other."""
    return ", ".join(f"`{text}`" for text in texts)
