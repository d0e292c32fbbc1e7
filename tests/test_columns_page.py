"""docs/columns.md is what is said beside the fields of the rows; FIGURECHECK_UPDATE=1 writes it."""

from __future__ import annotations

import re

import pytest
from pages import ROOT, compared
from tables import code, table

from figurecheck.column import Column, column, columns
from figurecheck.figures import Figure
from figurecheck.relation import Relation

TABLES = {"figures.csv": Figure, "relations.csv": Relation}
EVERY = [each for row in TABLES.values() for each in columns(row).values()]
INTRODUCTION = """\
# The columns

Made from what is said beside the fields of `Figure` and `Relation` by tests/test_columns_page.py:
change those, not this page. [The files of a register](register.md) says what a register is.
"""


def section(name: str, row: type) -> str:
    """Give the section of a table: what it must have, and each of its columns."""
    held = columns(row).values()
    needed, filled = (
        code(each.name for each in held if getattr(each, kind)) for kind in ("needed", "filled")
    )
    rows = ([f"`{each.name}`", each.about, code(each.examples)] for each in held)
    return "\n\n".join(
        [
            f"## {name}",
            f"These columns must be there: {needed}. In every row {filled} are filled.",
            table("column | content | examples", rows),
        ]
    )


def test_the_page_of_the_columns_says_what_the_fields_say():
    sections = (section(name, row) for name, row in TABLES.items())
    compared(ROOT / "docs" / "columns.md", "\n".join([INTRODUCTION, "\n\n".join(sections), ""]))


@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.name)
def test_a_column_says_what_it_holds_and_its_examples_have_its_form(each):
    assert each.about
    for example in each.examples:
        assert re.fullmatch(each.pattern or ".*", example)


def test_a_pattern_is_in_what_other_languages_read_too():
    said = column("a year", pattern="(?!0000)(?P<year>[0-9]{4})(?:-(?=.)[0-9]{2})?(?<!00)")
    assert said["column"].pattern == "([0-9]{4})(-[0-9]{2})?"
    assert not [each.name for each in EVERY if "(?" in each.pattern]


def test_a_column_is_called_as_its_field_unless_it_has_a_name():
    assert columns(Figure)["source"] == Figure.__dataclass_fields__["source_key"].metadata["column"]
    assert columns(Figure)["unit"].name == "unit"
    assert {type(each) for each in EVERY} == {Column}
    assert not {"source_key", "text", "path", "line", ""} & {each.name for each in EVERY}
