"""What a page is made of, whatever its format: sections of text, lists, tables and pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from figurecheck.appendix.svg import Picture

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STRONG, CODE, QUOTE, FAINT = "strong", "code", "quote", "faint"


class Span(NamedTuple):
    """A piece of a line; `link` is an address, or `#` and the anchor of a row or section."""

    text: str
    kind: str = ""
    link: str = ""


Line = tuple[Span, ...]


class Cell(NamedTuple):
    """What stands in a cell: lines and a picture; `sort` is what its column is sorted by."""

    lines: tuple[Line, ...] = ()
    picture: Picture | None = None
    sort: str = ""


class Row(NamedTuple):
    """A row of a table; `facets` are what a reader may filter by."""

    cells: tuple[Cell, ...]
    anchor: str = ""
    facets: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head for each column; the first cell of a row is its head."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text in one piece."""

    line: Line


@dataclass(frozen=True, slots=True)
class Bullets:
    """Points, each a line with lines below it; `anchors` name some of them."""

    items: tuple[tuple[Line, ...], ...]
    anchors: tuple[str, ...] = ()


Block = Table | Paragraph | Bullets | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: what stands under a heading, and the sections within."""

    title: str
    anchor: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = field(default=())

    def walk(self) -> Iterator[Block]:
        """Give every block in it, in the order of reading."""
        yield from self.blocks
        for each in self.sections:
            yield from each.walk()


@dataclass(frozen=True, slots=True)
class Page:
    """All of it."""

    title: str
    preface: tuple[Block, ...]
    sections: tuple[Section, ...]


def line(*parts: str | Span) -> Line:
    """Give a line of texts and spans, without empty ones."""
    spans = (each if isinstance(each, Span) else Span(each) for each in parts)
    return tuple(each for each in spans if each.text)


def said(*parts: str | Span) -> Paragraph:
    return Paragraph(line(*parts))
