"""What the columns of a table hold: said beside the fields of the class that a row is read into."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any, NamedTuple


class Column(NamedTuple):
    """What the cells of a column are, as said in the metadata of the field that keeps them.

    `pattern` is in what regular expressions of Python, JavaScript and XML Schema share. It accepts
    every cell that can be read, and refuses what it can. A table must have the column if it is
    `needed`, and each of its rows a cell if it is `filled`.
    """

    name: str
    about: str
    examples: tuple[str, ...] = ()
    pattern: str = ""
    needed: bool = False
    filled: bool = False


def column(about: str, *examples: str, **more: Any) -> dict[str, Column]:
    """Give the metadata of a field; without a `name` the column is called as the field is."""
    pattern = _shared(more.pop("pattern", ""))
    return {"column": Column(more.pop("name", ""), about, examples, pattern, **more)}


def columns(table: type[Any]) -> dict[str, Column]:
    """Give the columns of a table by name, in the order of the fields of its class."""
    found = [
        each.metadata["column"]._replace(name=each.metadata["column"].name or each.name)
        for each in fields(table)
        if "column" in each.metadata
    ]
    return {each.name: each for each in found}


def _shared(pattern: str) -> str:
    """Give a pattern without names of groups and looks around, which not all of them have."""
    return re.sub(r"\(\?<?[=!][^()]*\)|\?P<\w+>|\?:", "", pattern)
