"""Rows of figures.csv."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from figurecheck.figures import COLUMNS, cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from figurecheck.figures import Figure


def figures(found: Sequence[Figure]) -> Iterator[str]:
    """Give the header of figures.csv and a row for each figure."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([cell(each, column) for column in COLUMNS] for each in found)
    yield from text.getvalue().splitlines()
