"""What a page is made of, whatever its format: sections of text, lists, tables and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, overload

from figurecheck.appendix.svg import Picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Made_co = TypeVar("Made_co", covariant=True)

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
    """A row of a table; `facets` are what a reader may filter by.

    `made` are its cells, or what makes them anew whenever they are looked at.
    """

    made: tuple[Cell, ...] | Callable[[], tuple[Cell, ...]]
    anchor: str = ""
    facets: Mapping[str, str] = {}

    @property
    def cells(self) -> tuple[Cell, ...]:
        return self.made() if callable(self.made) else self.made


class Lazy(Sequence[Made_co]):
    """A sequence whose members are made anew whenever they are looked at, and not kept."""

    def __init__(self, make: Callable[[Any], Made_co], of: Sequence[Any]) -> None:
        self.make, self.of = make, of

    def __len__(self) -> int:
        return len(self.of)

    @overload
    def __getitem__(self, at: int) -> Made_co: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Made_co]: ...
    def __getitem__(self, at: int | slice) -> Made_co | Sequence[Made_co]:
        return Lazy(self.make, self.of[at]) if isinstance(at, slice) else self.make(self.of[at])


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

    items: Sequence[tuple[Line, ...]]
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

    def whole(self) -> Section:
        sections = tuple(each.whole() for each in self.sections)
        return replace(self, blocks=tuple(map(_whole, self.blocks)), sections=sections)


@dataclass(frozen=True, slots=True)
class Page:
    """All of it; `names` are what sources are called, by key, where rows are found by one."""

    title: str
    preface: tuple[Block, ...]
    sections: tuple[Section, ...]
    names: Mapping[str, str] = field(default_factory=dict)

    def whole(self) -> Page:
        """Give it with all rows and points made, to be looked at more than once."""
        return replace(self, sections=tuple(each.whole() for each in self.sections))


def _whole(block: Block) -> Block:
    if isinstance(block, Table):
        return replace(block, rows=tuple(row._replace(made=row.cells) for row in block.rows))
    return replace(block, items=tuple(block.items)) if isinstance(block, Bullets) else block


def line(*parts: str | Span) -> Line:
    """Give a line of texts and spans, without empty ones."""
    spans = (each if isinstance(each, Span) else Span(each) for each in parts)
    return tuple(each for each in spans if each.text)


def said(*parts: str | Span) -> Paragraph:
    return Paragraph(line(*parts))
