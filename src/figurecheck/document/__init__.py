"""From a file to the quantities that its prose states, each with where it stands."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from figurecheck.document.aside import REASONS, set_aside
from figurecheck.document.prose import OPAQUE, Apart, Block, DocumentError, Mark, Prose
from figurecheck.encoding import NotText, decoded
from figurecheck.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from figurecheck.document.word import Paragraph, Piece
    from figurecheck.reading import Reading

__all__ = [
    "FORMATS",
    "OPAQUE",
    "REASONS",
    "SENTENCE_END",
    "Block",
    "Document",
    "DocumentError",
    "Mention",
    "Passage",
    "SetAside",
    "Tie",
    "load",
    "parsed",
]

FORMATS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".qmd": "markdown",
    ".rmd": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".tex": "latex",
    ".latex": "latex",
    ".txt": "text",
    ".text": "text",
    ".ipynb": "notebook",
    ".docx": "word",
}
"""The format that a file has by its suffix."""

LARGEST = {"markdown": 3_000_000, "latex": 3_000_000, "text": 5_000_000, "html": 20_000_000}
LARGEST_FILE = 50_000_000
"""A notebook, a page or a Word document may hold pictures; its text may not be that long."""

SIGNS = {"markdown": "[]!*_`~<&\\$", "latex": "\\{$&", "html": "<&"}
MOST_SIGNS = 400_000
"""The signs that markup begins with; each may cost as much as a hundred characters of text."""

MOST_LINES = 300_000
MOST_NUMBERS = 100_000
LONGEST_WINDOW = 20_000
LONGEST_WORD = 1_000
LONGEST_GAP = 40
UNBROKEN = re.compile(rf"[^\s\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]{{{LONGEST_WORD},}}")
SENTENCE_END = re.compile(r"[.!?…。][\"”’')\]]*\s+(?=[\"“‘'(\[]?[^\W\d_a-z])")
CITED = re.compile(r"\[[0-9]{1,3}(?:\s?[,;–-]\s?[0-9]{1,3}){0,50}\]|§{1,2}\s?[0-9.]{1,20}")
NUMBERED = re.compile(r"\s*[0-9]{1,3}(?:\.[0-9]{1,3})+\.?(?=\s+\S)")
BESIDE = re.compile(r"[\s.,;:!?)\]”’\"']*")
BEFORE = re.compile(r"[\s(\[“‘\"']*")
NEEDS = {
    "markdown_it": ("markdown-it-py", "documents"),
    "pylatexenc": ("pylatexenc", "documents"),
    "docx": ("python-docx", "word"),
}


class Part(NamedTuple):
    """A part of a document with lines of its own: a cell, a paragraph of Word; else all of it."""

    start: int
    place: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Some text of a document: the document's own text from `start` to `end` has it, with markup.

    `text` is what a reader sees. `line` and `column` count from 1, in `place` where the document
    has places ("cell 3", "table 1, row 2, column 3"). `block` has the paragraph and its headings.
    """

    text: str
    start: int
    end: int
    line: int
    column: int
    place: str
    sentence: str = field(repr=False)
    block: Block = field(repr=False)

    @property
    def paragraph(self) -> str:
        """The text of the paragraph or the cell around it."""
        return self.block.text

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings it stands under, the outermost first."""
        return self.block.headings


@dataclass(frozen=True, slots=True)
class Mention(Passage):
    """A quantity that a document states, and the id of the figure that a mark ties it to."""

    reading: Reading = field(kw_only=True, repr=False)
    figure: str = field(kw_only=True, default="")


@dataclass(frozen=True, slots=True)
class SetAside(Passage):
    """Digits that state no quantity; REASONS has the reason in words."""

    reason: str = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Tie:
    """A mark for a figure; `tied` says whether a number stands where it is looked for."""

    figure: str
    start: int
    end: int
    line: int
    column: int
    place: str
    tied: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its text, the blocks of its prose, and what they state.

    Offsets count the characters of `text`: of the file where that is text, without its byte order
    mark, else of its cells or paragraphs, one below the other.
    """

    path: str
    format: str
    text: str = field(repr=False)
    blocks: tuple[Block, ...] = field(repr=False)
    mentions: tuple[Mention, ...] = field(repr=False)
    set_aside: tuple[SetAside, ...] = field(repr=False)
    ties: tuple[Tie, ...] = field(repr=False)

    @property
    def prose(self) -> str:
        """The running text, as a reader sees it: its blocks between empty lines."""
        return "\n\n".join(each.text.strip() for each in self.blocks if each.text.strip())


def load(path: str | Path, *, format: str = "") -> Document:  # noqa: A002 - the user's word
    """Read the document at a path; the format is that of its suffix, or one of FORMATS' values.

    Raises DocumentError, in one line, where it cannot be read or is too large to be a document.
    """
    path = Path(path)
    form = format or FORMATS.get(path.suffix.lower(), "")
    with _Located(path):
        if form not in FORMATS.values():
            named = ", ".join(dict.fromkeys(FORMATS.values()))
            shown = format or path.suffix or path.name
            message = f"'{shown}' is no known format; wanted one of {named}"
            raise DocumentError(message)
        data = _data(path)
        if form == "word":
            return _word(data, str(path))
        return parsed(_decoded(data), form, path=path)


def parsed(text: str, format: str, *, path: str | Path = "") -> Document:  # noqa: A002 - as above
    """Give the document that a text is, in one of the formats but Word."""
    with _Located(path):
        if format == "notebook":
            return _notebook(text, str(path))
        _within_limits(text, format)
        lines = text.replace("\r\n", " \n").replace("\r", "\n")
        prose = Prose(lines, wrapped=format != "text")
        writer(format)(prose, 0, len(lines))
        return _document(prose, [Part(0, "")], str(path), format, text)


class _Located:
    """Gives what is wrong with a document the name of its file, and names what is to install."""

    def __init__(self, path: str | Path) -> None:
        self.path = str(path)

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        where = f"{self.path}: " if self.path else ""
        if isinstance(error, DocumentError) and not str(error).startswith(where or "\0"):
            message = f"{where}{error}"
        elif isinstance(error, RecursionError):
            message = f"{where}nested too deep; wanted a document that a person can read"
        elif isinstance(error, ModuleNotFoundError) and error.name in NEEDS:
            package, extra = NEEDS[error.name]
            message = (
                f"{where}reading it needs {package}; wanted: pip install 'figurecheck[{extra}]'"
            )
        else:
            return
        raise DocumentError(message) from None


def writer(form: str) -> Callable[[Prose, int, int], None]:
    """Give the function that hands a text of a format to the prose."""
    if form == "markdown":
        from figurecheck.document.markdown import write
    elif form == "html":
        from figurecheck.document.html import write
    elif form == "latex":
        from figurecheck.document.latex import write
    elif form == "text":
        from figurecheck.document.plain import write
    else:
        message = f"'{form}' is no format of a text; wanted one of markdown, html, latex, text"
        raise DocumentError(message)
    return write


def _within_limits(text: str, form: str) -> None:
    largest = LARGEST.get(form, LARGEST_FILE)
    if len(text) > largest:
        message = f"{len(text):,} characters; wanted at most {largest:,}"
        raise DocumentError(message)
    if (lines := text.count("\n")) > MOST_LINES:
        message = f"{lines:,} lines; wanted at most {MOST_LINES:,}"
        raise DocumentError(message)
    if (signs := sum(map(text.count, SIGNS.get(form, "")))) > MOST_SIGNS:
        message = f"{signs:,} signs of markup; wanted at most {MOST_SIGNS:,}"
        raise DocumentError(message)


# Files


def _data(path: Path) -> bytes:
    if path.exists() and not path.is_file():
        message = "not a file; wanted a document"
        raise DocumentError(message)
    try:
        size = path.stat().st_size
        if size <= LARGEST_FILE:
            return path.read_bytes()
    except (OSError, ValueError) as error:
        message = f"{getattr(error, 'strerror', None) or error}"
        raise DocumentError(message) from None
    message = f"{size:,} bytes; wanted at most {LARGEST_FILE:,}"
    raise DocumentError(message)


def _decoded(data: bytes) -> str:
    try:
        return decoded(data)
    except NotText as error:
        message = f"line {error.line}, byte {error.byte}: {error}; wanted text in UTF-8"
        raise DocumentError(message) from None


def _notebook(text: str, path: str) -> Document:
    from figurecheck.document.notebook import cells

    texts, parts, length = [], [], 0
    found = cells(text)
    for cell in found:
        parts.append(Part(length, cell.place))
        texts.append(cell.text)
        length += len(cell.text) + 1
    source = "\n".join(texts)
    _within_limits(source, "markdown")
    prose = Prose(source)
    for cell, part in zip(found, parts, strict=True):
        prose.wrapped = cell.format != "text"
        writer(cell.format)(prose, part.start, part.start + len(cell.text))
    return _document(prose, parts, path, "notebook", source)


def _word(data: bytes, path: str) -> Document:
    from figurecheck.document.word import paragraphs

    found = list(paragraphs(data))
    source = "\n".join("".join(piece.text for piece in each.pieces) for each in found)
    _within_limits(source, "text")
    prose = Prose(source, wrapped=False)
    parts, place = [], 0
    for each in found:
        parts.append(Part(place, each.place))
        place = _paragraph(prose, each, place) + 1
    return _document(prose, parts, path, "word", source)


def _paragraph(prose: Prose, paragraph: Paragraph, place: int) -> int:
    """Hand a paragraph of Word to the prose, and give where it ends."""
    raised: int | None = None
    prose.cell = paragraph.cell
    for piece in paragraph.pieces:
        if raised is not None and (piece.look != "raised" or piece.figure or piece.closes):
            prose.raise_since(raised)
            raised = None
        if piece.look == "raised" and raised is None:
            raised = len(prose.draft.pieces)
        _piece(prose, piece, place)
        place += len(piece.text)
    if raised is not None:
        prose.raise_since(raised)
    prose.end_block(paragraph.heading)
    return place


def _piece(prose: Prose, piece: Piece, place: int) -> None:
    if piece.closes:
        prose.close_mark(place)
    elif not piece.text:
        prose.open_mark(piece.figure, place)
    elif piece.look == "struck":
        prose.aside(place, place + len(piece.text), "struck out")
    elif piece.look != "hidden":
        prose.put(place, place + len(piece.text))


# What the prose states


class _Lines:
    """Where each line of a text begins, and each part of a document."""

    def __init__(self, text: str, parts: Sequence[Part]) -> None:
        self.starts = [0, *(each.end() for each in re.finditer("\n", text))]
        self.parts = parts

    def at(self, offset: int) -> tuple[int, int, str]:
        """Give line, column and place of an offset."""
        line = bisect_right(self.starts, offset)
        part = self.parts[bisect_right(self.parts, offset, key=lambda each: each.start) - 1]
        first = bisect_right(self.starts, part.start)
        return line - first + 1, offset - self.starts[line - 1] + 1, part.place


class _Sentences:
    """The sentences of a block, each made once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(each.end() for each in SENTENCE_END.finditer(text))]
        ends = [*self.starts[1:], len(text)]
        self.all = [text[a:b].strip() for a, b in zip(self.starts, ends, strict=True)]

    def around(self, start: int, end: int) -> str:
        """Give the sentence, or the sentences, in which something stands."""
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, end - 1) - 1
        return self.all[first] if first == last else " ".join(self.all[first : last + 1])


def _document(prose: Prose, parts: Sequence[Part], path: str, form: str, text: str) -> Document:
    made = _Findings(prose, parts)
    for block in prose.blocks:
        made.add(block)
    for apart in prose.apart:
        made.add_apart(apart)
    made.end()
    return Document(
        path,
        form,
        text,
        blocks=tuple(prose.blocks),
        mentions=tuple(sorted(made.mentions, key=_offset)),
        set_aside=tuple(sorted(made.aside, key=_offset)),
        ties=tuple(sorted(made.ties, key=_offset)),
    )


def _offset(each: Passage | Tie) -> tuple[int, int]:
    return each.start, each.end


class _Findings:
    """What the blocks of a document state, block by block.

    `carried` are marks in a block of their own; they tie the number that begins the next block, or
    else `last`, that which ended the block before.
    """

    def __init__(self, prose: Prose, parts: Sequence[Part]) -> None:
        self.prose = prose
        self.lines = _Lines(prose.source, parts or [Part(0, "")])
        self.mentions: list[Mention] = []
        self.aside: list[SetAside] = []
        self.ties: list[Tie] = []
        self.carried: list[Mark] = []
        self.last: int | None = None

    def add(self, block: Block) -> None:
        """Read a block; its mentions get the ids of the marks beside them."""
        if not block.text.strip():
            self.carried += block.marks
            return
        sentences = _Sentences(block.text)
        readings, aside = _read(block.text, heading=block.heading)
        first = len(self.mentions)
        for reading in readings:
            passage = self.passage(block, sentences, reading.start, reading.end)
            self.mentions.append(Mention(*passage, reading=reading))
        for start, end, reason in aside:
            self.aside.append(SetAside(*self.passage(block, sentences, start, end), reason=reason))
        self.within_limits()
        spans = [(each.start, each.end) for each in readings]
        self.end(block, spans, first)
        taken: set[int] = set()
        for mark in sorted(block.marks, key=_priority):
            number = _tied(mark, block, spans, taken, self.prose.source)
            if number is not None:
                taken.add(number)
            self.tie(mark, None if number is None else first + number)
        ends = spans and BESIDE.fullmatch(block.text[spans[-1][1] :][:LONGEST_GAP])
        self.last = len(self.mentions) - 1 if ends else None

    def add_apart(self, apart: Apart) -> None:
        """Take what the parsers set aside; it is its own paragraph."""
        text = self.prose.source[apart.start : apart.end]
        span = (apart.start, apart.end)
        passage = (text, *span, *self.lines.at(apart.start), text, Block(text))
        self.aside.append(SetAside(*passage, reason=apart.reason))
        self.within_limits()

    def end(
        self, block: Block | None = None, spans: Sequence[tuple[int, int]] = (), first: int = 0
    ) -> None:
        """Tie the marks that stood by themselves, to what comes next or to what came before."""
        for mark in self.carried:
            begins = block and spans and BEFORE.fullmatch(block.text[: spans[0][0]][:LONGEST_GAP])
            number = first if begins and not self.mentions[first].figure else self.last
            self.tie(mark, number)
        self.carried = []

    def tie(self, mark: Mark, number: int | None) -> None:
        tied = number is not None and self.mentions[number].figure in {"", mark.figure}
        if tied and number is not None:
            self.mentions[number] = replace(self.mentions[number], figure=mark.figure)
        self.ties.append(
            Tie(mark.figure, mark.start, mark.end, *self.lines.at(mark.start), tied=tied)
        )

    def passage(
        self, block: Block, sentences: _Sentences, start: int, end: int
    ) -> tuple[str, int, int, int, int, str, str, Block]:
        first = block.start(start)
        line, column, place = self.lines.at(first)
        sentence = sentences.around(start, end)
        return (
            block.text[start:end],
            first,
            block.end(end - 1),
            line,
            column,
            place,
            sentence,
            block,
        )

    def within_limits(self) -> None:
        if len(self.mentions) + len(self.aside) > MOST_NUMBERS:
            message = f"more than {MOST_NUMBERS:,} numbers; wanted a document, not a data table"
            raise DocumentError(message)


def _priority(mark: Mark) -> tuple[bool, int]:
    """Marks around a number come first."""
    return mark.first == mark.stop, mark.first


def _tied(
    mark: Mark, block: Block, spans: Sequence[tuple[int, int]], taken: set[int], source: str
) -> int | None:
    """Give which quantity of a block a mark ties: in it, right before it, right after it."""
    place = mark.first
    before = bisect_left(spans, (place + (mark.first < mark.stop),)) - 1
    if mark.first < mark.stop:
        return _around(mark, spans)
    after = before + 1
    if before >= 0 and before not in taken:
        gap = block.text[spans[before][1] : place]
        line = source.rfind("\n", 0, mark.start) + 1
        if len(gap) < LONGEST_GAP and BESIDE.fullmatch(gap):
            return before
        if mark.line and block.end(spans[before][1] - 1) > line:
            return before
    if after < len(spans) and after not in taken and not mark.line:
        gap = block.text[place : spans[after][0]]
        if len(gap) < LONGEST_GAP and BEFORE.fullmatch(gap):
            return after
    return None


def _around(mark: Mark, spans: Sequence[tuple[int, int]]) -> int | None:
    """Give the first quantity that a mark has inside, all of it or in part."""
    first = bisect_right(spans, mark.first, key=lambda span: span[1])
    return first if first < len(spans) and spans[first][0] < mark.stop else None


def _read(text: str, *, heading: bool) -> tuple[list[Reading], list[tuple[int, int, str]]]:
    """Give the quantities of a block, and the digits that are none, with the reason."""
    unbroken = [each.span() for each in UNBROKEN.finditer(text)]
    if unbroken:
        aside = [(*span, "unbroken") for span in unbroken if re.search("[0-9]", text[slice(*span)])]
        text = UNBROKEN.sub(lambda found: OPAQUE.ljust(len(found[0]) - 1) + OPAQUE, text)
    else:
        aside = []
    readings: list[Reading] = []
    for first, stop in _windows(text):
        window = text[first:stop]
        pointing = [(*each.span(), "reference") for each in CITED.finditer(window)]
        if heading and first == 0 and (number := NUMBERED.match(window)):
            pointing.insert(0, (*number.span(), "numbering"))
        found = [each for each in read(window) if not _inside(each.start, each.end, pointing)]
        spans = [(each.start, each.end) for each in found]
        if re.search("[0-9]", window):
            aside += [
                (first + start, first + end, reason)
                for start, end, said in set_aside(window, spans)
                for reason in [_inside(start, end, pointing) or said]
            ]
        readings += [
            replace(each, start=first + each.start, end=first + each.end) if first else each
            for each in found
        ]
    return readings, aside


def _inside(start: int, end: int, pointing: Sequence[tuple[int, int, str]]) -> str:
    """Say what a number is that stands inside a reference or the numbering of a heading."""
    last = bisect_right(pointing, start, key=lambda each: each[0]) - 1
    return pointing[last][2] if last >= 0 and end <= pointing[last][1] else ""


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Cut a long text where sentences end, else between words, so that no list grows with it."""
    start = 0
    while len(text) - start > LONGEST_WINDOW:
        stop = start + LONGEST_WINDOW
        half = start + LONGEST_WINDOW // 2
        places = [text.rfind(end, half, stop) + 1 for end in (". ", "! ", "? ")]
        cut = max(places) or text.rfind(" ", half, stop) + 1 or stop
        yield start, cut
        start = cut
    yield start, len(text)
