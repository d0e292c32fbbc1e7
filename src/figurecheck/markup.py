"""Cells as a table in HTML or in Markdown, where every text is shown as it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOST_ROWS = 60
"""So many rows of a table are shown in a notebook."""

LONGEST_CELL = 1_000
"""So much of a text is shown there."""

_SPECIAL = re.compile(
    r"[\\`*{}\[\]<>#|~^$@&]"  # all that opens or closes something, wherever it stands
    r"|(?<![^\W_])_|_(?![^\W_])"  # an underscore inside a word stands for itself
    r"|:(?=//)|(?i:(?<=www)\.)"  # GitHub makes links of bare addresses
)
_INVISIBLE = re.compile("[\0-\x08\x0e-\x1b\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_CELL = "text-align:left;vertical-align:top;padding:0.2em 1em 0.2em 0"


def markdown(text: str) -> str:
    """Give a text so that Markdown shows it as it stands, inside a line."""
    return _SPECIAL.sub(r"\\\g<0>", _line(text))


def html(text: str) -> str:
    """Give a text so that HTML shows it as it stands, inside an element or an attribute."""
    from html import escape

    return escape(_line(text))


def _line(text: str) -> str:
    return _INVISIBLE.sub("\ufffd", " ".join(text.split()))


def markdown_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Give the lines of a table; none where it has no rows."""
    for place, row in enumerate(rows):
        if not place:
            yield f"| {' | '.join(map(markdown, header))} |"
            yield f"|{' --- |' * len(header)}"
        yield f"| {' | '.join(map(markdown, row))} |"


def html_table(
    header: Sequence[str], rows: Iterable[Sequence[str]], *, caption: str = ""
) -> Iterator[str]:
    """Give the lines of a table, without scripts or colours: it is as light or dark as its page.

    The classes keep MathJax from taking what stands between two dollar signs for a formula.
    """
    yield '<table class="tex2jax_ignore mathjax_ignore">'
    if caption:
        yield f'<caption style="{_CELL};font-weight:bold">{html(caption)}</caption>'
    if any(header):
        yield f"<thead><tr>{_cells('th', header)}</tr></thead>"
    yield "<tbody>"
    yield from (f"<tr>{_cells('td', row)}</tr>" for row in rows)
    yield "</tbody></table>"


def _cells(element: str, texts: Sequence[str]) -> str:
    return "".join(f'<{element} style="{_CELL}">{html(text)}</{element}>' for text in texts)


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
