"""A page laid out on sheets of paper: widths of columns, sizes of pictures, where links lead."""

from __future__ import annotations

import re
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from figurecheck.appendix.content import (
    CODE,
    QUOTE,
    STRONG,
    Bullets,
    Line,
    Paragraph,
    Prose,
    Row,
    Section,
    Span,
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

LETTER, BOLD, LEADING, PADDING, STEP = 4.5, 1.15, 12.0, 12.0, 4.0
"""The usual width of a letter in a table, how much wider bold ones are, the height of lines, and
the room beside a cell."""

PIXEL = 0.75
LONGEST_WORD, TALLEST_ROW = 16, 18
LONGEST_ADDRESS = 2000

DAY = (1980, 1, 1)
"""The day that stands in files instead of that on which they were made: the first a ZIP knows."""

NEEDS = {"docx": "python-docx", "typst": "typst"}

_WORDS = re.compile(r"[\s_/]+")
_SPACE = re.compile("[ \t-\r\x85\u2028\u2029]+")
_UNSEEN = re.compile(
    "[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef"
    f"{''.join(chr(plane + end) for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF))}]"
)


class NotInstalled(ImportError):
    """A format whose packages are not installed; says which extra has them."""


@contextmanager
def extra(name: str) -> Iterator[None]:
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

    What is left goes step by step to the column whose texts then have the most lines.
    """
    columns = [_Column(place, table) for place in range(len(table.head))]
    given = [each.least for each in columns]
    if sum(given) > ROOM:
        return [each * ROOM / sum(given) for each in given]
    for _ in range(int((ROOM - sum(given)) / STEP)):
        wanting = [each for each in columns if each.most > given[each.place]]
        if not wanting:
            break
        longest = max(wanting, key=lambda each: each.letters / given[each.place])
        given[longest.place] += STEP
    return given


class _Column:
    """How much room a column needs, how much it can use, and how many letters a cell has."""

    def __init__(self, place: int, table: Table) -> None:
        self.place = place
        cells = [row.cells[place] for row in table.rows]
        texts = [[len(_text(line)) for line in cell.lines] for cell in cells]
        words = [table.head[place], *(_text(line) for cell in cells for line in cell.lines)]
        word = max(len(each) for text in words for each in ["", *_WORDS.split(text)])
        pictures = [each.picture.width * PIXEL for each in cells if each.picture]
        lines = [len(table.head[place]), *(length for text in texts for length in text)]
        least = max([min(word, LONGEST_WORD) * LETTER * BOLD, *pictures])
        self.least = min(least, ROOM / 3) + PADDING
        self.most = max(self.least, max(lines) * LETTER * BOLD + PADDING)
        self.letters = sum(sum(text) ** 2 for text in texts) ** 0.5 / max(len(texts), 1) ** 0.5


def _text(line: Line) -> str:
    return "".join(span.text for span in line)


def whole(row: Row, given: Sequence[float]) -> bool:
    """Tell whether a row is low enough to stand on one sheet as a whole."""
    return all(
        _lines(cell.lines, width) + (size(cell.picture, width)[1] / LEADING if cell.picture else 0)
        <= TALLEST_ROW
        for cell, width in zip(row.cells, given, strict=True)
    )


def _lines(lines: Sequence[Line], width: float) -> float:
    letters = max((width - PADDING) / LETTER, 1)
    return sum(len(_text(line)) // letters + 1 for line in lines)


def size(picture: Picture, room: float = ROOM, height: float = TALLEST) -> tuple[float, float]:
    """Give width and height of a picture in points, made smaller where it needs more room."""
    width, high = max(picture.width, 1) * PIXEL, max(picture.height, 1) * PIXEL
    factor = min(1, room / width, height / high)
    return width * factor, high * factor


# Texts of the user's own


def plain(prose: Prose) -> list[Paragraph | Bullets]:
    """Give a text of the user's own as paragraphs and points."""
    reader = _Reader()
    reader.feed(prose.html)
    reader.close()
    reader.end()
    return reader.blocks


class _Reader(HTMLParser):
    """Reads HTML as paragraphs and points; what it does not know is read as its text."""

    KINDS = {  # noqa: RUF012
        "strong": STRONG,
        "b": STRONG,
        "code": CODE,
        "pre": CODE,
        "blockquote": QUOTE,
        "q": QUOTE,
    } | {f"h{level}": STRONG for level in range(1, 7)}
    ENDS = frozenset("p li pre blockquote ul ol tr table hr div h1 h2 h3 h4 h5 h6 dt dd".split())
    HIDDEN = frozenset("script style template".split())

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Paragraph | Bullets] = []
        self.spans: list[Span] = []
        self.open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.ENDS:
            self.end()
        given = dict(attrs)
        if tag == "br":
            self.handle_data(" ")
        elif tag == "img":
            self.handle_data(given.get("alt") or "")
        elif tag != "hr":
            self.open.append((tag, given.get("href") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.ENDS:
            self.end()
        elif tag in {"td", "th"}:
            self.handle_data(" ")
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == tag:
                del self.open[place:]
                break

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self.open]
        kinds = [self.KINDS[tag] for tag in tags if tag in self.KINDS]
        links = [link for tag, link in self.open if tag == "a"]
        for each in data.splitlines(keepends=True) if "pre" in tags else [data]:
            if self.HIDDEN.isdisjoint(tags):
                self.spans.append(Span(each, (kinds or [""])[-1], (links or [""])[-1]))
            if "pre" in tags and each.endswith("\n"):
                self.end()

    def end(self) -> None:
        """End what stands in one block, if anything does."""
        spans, self.spans = tuple(self.spans), []
        if not any(span.text.strip() for span in spans):
            return
        if not any(tag == "li" for tag, _ in self.open):
            self.blocks.append(Paragraph(spans))
        elif self.blocks and isinstance(last := self.blocks[-1], Bullets):
            self.blocks[-1] = Bullets((*last.items, (spans,)))
        else:
            self.blocks.append(Bullets(((spans,),)))
