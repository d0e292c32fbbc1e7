"""A Data Package descriptor: what the tables of a register hold, for readers without figurecheck.

It is for `datapackage.json` in the folder of the register, as Frictionless reads version 1. Every
cell is text, so that "27.60" stays 27.60; the columns stand in the order of the files.
"""

from __future__ import annotations

from json import dumps
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from figurecheck.column import columns
from figurecheck.figures import Figure
from figurecheck.register import FIGURES, RELATIONS, SOURCES
from figurecheck.relation import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from figurecheck.column import Column
    from figurecheck.register import Register

CSV = {
    "csv": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "skipInitialSpace": False},
    "skipBlankRows": True,
}
SOURCES_FILE = {
    "name": "sources",
    "path": SOURCES,
    "type": "json",
    "format": "json",
    "mediatype": "application/vnd.citationstyles.csl+json",
    "encoding": "utf-8",
}


def datapackage(register: Register) -> Iterator[str]:
    """Give the descriptor of a register; it names its files by their names alone."""
    cited = {"source": "keys"} if register.sources else {}
    path = PurePath(register.path).name or FIGURES
    header = register.headers[FIGURES]
    resources = [_table("figures", path, Figure, header, {"repeats": "", **cited})]
    if RELATIONS in register.headers:
        header = register.headers[RELATIONS]
        resources += [_table("relations", RELATIONS, Relation, header, cited)]
    if register.sources:
        resources += [SOURCES_FILE, _keys(register)]
    yield from dumps({"name": "register", "resources": resources}, indent=2).split("\n")


def _table(
    name: str, path: str, row: type[Any], header: tuple[str, ...], keys: dict[str, str]
) -> dict[str, Any]:
    """Give the resource of a CSV file; `keys` are columns that have ids of a resource."""
    held = columns(row)
    return {
        "name": name,
        "path": path,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": CSV,
        "schema": {
            "fields": [_field(held[each]) for each in header],
            "missingValues": [""],
            "primaryKey": ["id"],
            "foreignKeys": [
                {"fields": [column], "reference": {"resource": other, "fields": ["id"]}}
                for column, other in keys.items()
                if column in header
            ],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    """Give a field of a schema; a pattern of alternatives stands in brackets."""
    constraints = {"required": True} if column.filled else {}
    pattern = {"pattern": f"({column.pattern})"} if column.pattern else {}
    example = {"example": column.examples[0]} if column.examples else {}
    rules = {"constraints": constraints | pattern} if constraints or pattern else {}
    return {"name": column.name, "type": "string", "description": column.about} | example | rules


def _keys(register: Register) -> dict[str, Any]:
    """Give the resource of the keys of sources; a table in CSL-JSON not every reader can read."""
    return {
        "name": "keys",
        "type": "table",
        "data": [{"id": key} for key in register.sources],
        "schema": {
            "fields": [
                {"name": "id", "type": "string", "description": f"the key of a source in {SOURCES}"}
            ],
            "primaryKey": ["id"],
        },
    }
