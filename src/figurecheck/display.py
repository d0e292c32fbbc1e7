"""What a notebook shows of something: a table, in HTML and in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from figurecheck.markup import html, html_table, markdown, markdown_table

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_ROWS = 60
"""So many rows of a table are shown in a notebook."""

LONGEST_CELL = 1_000
"""So much of a text is shown there."""


class Display(NamedTuple):
    """What a notebook shows of something: a table, with a line above it and lines below."""

    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = ()

    @property
    def shown(self) -> list[list[str]]:
        """The first rows, their cells not longer than can be looked at."""
        return [
            [cell if len(cell) <= LONGEST_CELL else f"{cell[:LONGEST_CELL]}..." for cell in row]
            for row in self.rows[:MOST_ROWS]
        ]

    @property
    def below(self) -> list[str]:
        """The lines below it: how many rows are left out, and the notes."""
        more = len(self.rows) - MOST_ROWS
        return [*[f"... and {more} more"] * (more > 0), *self.notes]


class Displayed:
    """What a notebook shows as a table, in HTML and in Markdown."""

    __slots__ = ()

    @property
    def display(self) -> Display:
        """What is shown."""
        raise NotImplementedError

    def _repr_html_(self) -> str:
        made = self.display
        lines = html_table(made.header, made.shown, caption=made.caption)
        below = (f'<p style="opacity:0.8">{html(each)}</p>' for each in made.below)
        return "\n".join(['<div style="overflow-x:auto">', *lines, *below, "</div>"])

    def _repr_markdown_(self) -> str:
        made = self.display
        lines = list(markdown_table(made.header, made.shown))
        parts = [f"**{markdown(made.caption)}**", "\n".join(lines), *map(markdown, made.below)]
        return "\n\n".join(filter(None, parts)) + "\n"
