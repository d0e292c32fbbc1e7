"""A page laid out on sheets of paper: widths of columns, sizes of pictures, where links lead."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from figurecheck.appendix.content import (
    Bullets,
    Cell,
    Line,
    Row,
    Section,
    Table,
)
from figurecheck.appendix.svg import Picture

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from figurecheck.appendix.content import Block, Page

WIDE, HIGH, MARGIN, FOOT = 842, 595, 51, 57
"""A sheet, A4 lying, and its margins at the sides and the top, and at the foot, in points."""

ROOM, TALLEST, MEASURE = WIDE - 2 * MARGIN, HIGH - MARGIN - FOOT - 50, 500
"""How wide and how high things may be, and how wide the lines of a text."""

LETTER, BOLD, LEADING, PADDING, STEP = 4.8, 1.2, 12.0, 12.0, 8.0
"""The usual width of a letter in a table, how much wider bold ones are, the height of lines, and
the room beside a cell."""

PIXEL = 0.75
LONGEST_WORD, HIGHEST_ROW, SAMPLE = 20, 220, 64
LONGEST_ADDRESS = 2000

DAY = (1980, 1, 1)
"""The day that stands in files instead of that on which they were made: the first a ZIP knows."""

NEEDS = {"docx": "python-docx", "typst": "typst"}

_SPACE = re.compile("[ \t-\r\x85\u2028\u2029]+")
_LAST = "".join(chr(end - 2) + chr(end - 1) for end in range(0x10000, 0x120000, 0x10000))
_UNSEEN = re.compile(
    "[\0-\x1f\x7f-\x9f"  # what controls
    "\u202a-\u202e\u2066-\u2069"  # what turns lines round
    f"\ud800-\udfff\ufdd0-\ufdef{_LAST}]"  # what is no character
)


class NotInstalled(ImportError):
    """A format whose packages are not installed; says which extra has them."""


@contextmanager
def installed(name: str) -> Iterator[None]:
    """Say which extra is to install, where a package that it has is missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name not in NEEDS:
            raise
        message = f"needs {NEEDS[error.name]}; wanted: pip install 'figurecheck[{name}]'"
        raise NotInstalled(message) from None


def shown(text: str) -> str:
    """Give a text in one line, with a sign for each character that cannot be shown."""
    return _UNSEEN.sub("\ufffd", _SPACE.sub(" ", text))


def title(of: Page | Section) -> str:
    """Give what stands as a title; one without a word is none that a reader could be told."""
    return shown(of.title).strip() or "Without a title"


def pictures(page: Page) -> Iterator[Picture]:
    """Give every picture of a page, those in tables too."""
    blocks = [*page.preface, *(each for section in page.sections for each in section.walk())]
    for each in blocks:
        if isinstance(each, Picture):
            yield each
        elif isinstance(each, Table):
            yield from (cell.picture for row in each.rows for cell in row.cells if cell.picture)


def told(picture: Picture) -> str:
    """Give the words that stand for a picture where it cannot be seen."""
    return shown(". ".join(filter(None, [picture.title, picture.description]))) or "A picture."


# Links


def anchors(page: Page) -> dict[str, int]:
    """Give a number for every anchor that links may lead to."""
    return {name: number for number, name in enumerate(dict.fromkeys(_anchors(page)), 1) if name}


def _anchors(page: Page) -> Iterator[str]:
    yield ""
    yield from _named(page.preface)
    for each in page.sections:
        yield from _within(each)


def _within(section: Section) -> Iterator[str]:
    yield section.anchor
    yield from _named(section.blocks)
    for each in section.sections:
        yield from _within(each)


def _named(blocks: Sequence[Block]) -> Iterator[str]:
    for each in blocks:
        if isinstance(each, Table):
            yield from (row.anchor for row in each.rows)
        elif isinstance(each, Bullets):
            yield from each.anchors[: len(each.items)]


def address(link: str) -> str:
    """Give the address of a web page as every reader takes it; an empty text for all else."""
    try:
        parts = urlsplit(link)
        known = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return ""
    plain = known and shown(link) == link and len(link) <= LONGEST_ADDRESS
    return quote(link, safe="%/:?#[]@!$&'()*+,;=~-._") if plain else ""


# Tables


def widths(table: Table) -> list[float]:
    """Give the widths of the columns in points: room for each word and picture, then for texts.

    What is left goes step by step to the column that makes the most rows as high as they are.
    """
    columns = [_Column(each, table.head[place]) for place, each in enumerate(_columns(table))]
    given = [each.least for each in columns]
    if sum(given) > ROOM:
        return [each * ROOM / sum(given) for each in given]
    for _ in range(int((ROOM - sum(given)) / STEP)):
        makes = [0.0] * len(columns)
        heights = [each.heights(width) for each, width in zip(columns, given, strict=True)]
        for row in zip(*heights, strict=True):
            for place, height in enumerate(row):
                makes[place] += height * (height == max(row))
        wanting = [place for place, each in enumerate(columns) if each.most > given[place]]
        if not wanting:
            break
        given[max(wanting, key=makes.__getitem__)] += STEP
    return given


def _columns(table: Table) -> list[list[Cell]]:
    """Give the cells of each column, of a long table those of some rows."""
    rows = table.rows[:: len(table.rows) // SAMPLE + 1]
    return [[row.cells[place] for row in rows] for place in range(len(table.head))]


class _Column:
    """How much room a column needs, how much it can use, and how high its cells then are."""

    def __init__(self, cells: list[Cell], head: str) -> None:
        self.cells = cells
        texts = [head, *(_text(line) for cell in cells for line in cell.lines)]
        word = max(len(each) for text in texts for each in ["", *text.split()])
        pictures = [each.picture.width * PIXEL for each in cells if each.picture]
        self.least = PADDING + min(
            max([min(word, LONGEST_WORD) * LETTER * BOLD, *pictures]), ROOM / 3
        )
        self.most = max(self.least, max(map(len, texts)) * LETTER * BOLD + PADDING)

    def heights(self, width: float) -> list[float]:
        return [_height(each, width) for each in self.cells]


def _text(line: Line) -> str:
    return "".join(span.text for span in line)


def _height(cell: Cell, width: float) -> float:
    """Give how high a cell of a width is, in points."""
    letters = max((width - PADDING) / LETTER, 1)
    lines = sum(len(_text(line)) // letters + 1 for line in cell.lines)
    return lines * LEADING + (size(cell.picture, width)[1] + LEADING if cell.picture else 0)


def whole(row: Row, given: Sequence[float]) -> bool:
    """Tell whether a row is low enough to stand on one sheet as a whole."""
    heights = (_height(cell, width) for cell, width in zip(row.cells, given, strict=True))
    return all(each <= HIGHEST_ROW for each in heights)


def size(picture: Picture, room: float = ROOM, height: float = TALLEST) -> tuple[float, float]:
    """Give width and height of a picture in points, made smaller where it needs more room."""
    width, high = max(picture.width, 1) * PIXEL, max(picture.height, 1) * PIXEL
    factor = min(1, room / width, height / high)
    return width * factor, high * factor
