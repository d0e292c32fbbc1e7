"""Notebooks: the Markdown cells and the text that code printed, cell by cell."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from figurecheck.document.prose import DocumentError


class Cell(NamedTuple):
    """A text of a notebook: its place in words, its format and what stands there."""

    place: str
    format: str
    text: str


def cells(text: str) -> list[Cell]:
    """Give the texts of a notebook; raises DocumentError where it is none."""
    try:
        notebook: Any = json.loads(text, parse_int=str)
    except json.JSONDecodeError as error:
        message = f"{error.msg} at line {error.lineno} column {error.colno}; wanted a notebook"
        raise DocumentError(message) from None
    listed = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(listed, list):
        message = "no list of 'cells'; wanted a notebook of format 4"
        raise DocumentError(message)
    found = []
    for number, cell in enumerate(listed, start=1):
        if not isinstance(cell, dict):
            message = f"cell {number} is no object; wanted a notebook of format 4"
            raise DocumentError(message)
        if cell.get("cell_type") == "markdown":
            found.append(Cell(f"cell {number}", "markdown", _text(cell.get("source"))))
        outputs = cell.get("outputs")
        for output in outputs if isinstance(outputs, list) else ():
            found += _printed(output, f"cell {number}, output")
    return found


def _printed(output: Any, place: str) -> list[Cell]:
    """Give what an output shows as text: as Markdown, where it has both."""
    if not isinstance(output, dict):
        return []
    if output.get("output_type") == "stream":
        return [Cell(place, "text", _text(output.get("text")))]
    data = output.get("data")
    shown = data if isinstance(data, dict) else {}
    for kind, form in (("text/markdown", "markdown"), ("text/plain", "text")):
        if kind in shown:
            return [Cell(place, form, _text(shown[kind]))]
    return []


def _text(source: Any) -> str:
    lines = source if isinstance(source, list) else [source]
    text = "".join(each for each in lines if isinstance(each, str))
    return text.replace("\r\n", "\n").replace("\r", "\n")
