"""The prose of a document as a reader sees it, and where each of its characters is written."""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_left, bisect_right
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

OPAQUE = "\ufffc"
"""Stands in the prose for what is no prose: code, a citation, an address, a picture."""

UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
)
DROPPED = re.compile(f"[{UNSEEN}]+")
DROPPED_OR_WRAPPED = re.compile(f"[{UNSEEN}]+|[ \t\n\f\r]{{2,}}|[\t\n\f\r]")
REVERSED = re.compile("\u202e([^\u202c\u2069\n]*)")
BLANK = " \t\n\f\r"
SIGNS = {0x066A: "%", 0x066B: ".", 0x066C: ",", 0xFF05: "%", 0xFF0C: ",", 0xFF0E: "."}
FOOTNOTE = re.compile(r"[\s\[\]()0-9,;*†‡§¶–-]+|[a-z]")
POWER = "0123456789-−+"
RAISED = str.maketrans(POWER, "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺")
TAKES_A_POWER = re.compile(r"(?:\b10|\b[cdkm]?m|\bft|\bmi|\bs)\Z")


class DocumentError(ValueError):
    """A document that cannot be read: the file, what is wrong and what was wanted, in one line."""


@cache
def _plain_digits() -> dict[int, str]:
    """Give, for each digit of another script, the digit that is its value."""
    digits = {
        code: str(unicodedata.decimal(chr(code)))
        for code in range(128, sys.maxunicode + 1)
        if unicodedata.category(chr(code)) == "Nd"
    }
    return digits | SIGNS


class Mark(NamedTuple):
    """What ties a number to the id of a figure; it stands in the source from `start` to `end`.

    In the prose of its block it spans `first` to `stop`, which are equal where it stands beside a
    number. `line` is said of a comment that ends a line and means the last number on it.
    """

    figure: str
    start: int
    end: int
    first: int
    stop: int
    line: bool = False


class Apart(NamedTuple):
    """Text that stands in the source but is no prose, and for what reason."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Block:
    """A run of prose, such as a paragraph or a cell of a table: no quantity spans two.

    `pieces` says where the text from each offset on is written: there, from, to. `headings` are
    those it stands under, the outermost first. `cell` has table, row and column, from 1 on.
    """

    text: str
    headings: tuple[str, ...] = ()
    pieces: tuple[tuple[int, int, int], ...] = field(default=(), repr=False)
    marks: tuple[Mark, ...] = ()
    heading: bool = False
    cell: tuple[int, int, int] | None = None

    def start(self, place: int) -> int:
        """Give the offset in the source at which a character of the text is written."""
        at, start, end = self._piece(place)
        return min(start + place - at, end) if self._alike(at, start, end) else start

    def end(self, place: int) -> int:
        """Give the offset in the source at which a character of the text has been written."""
        at, start, end = self._piece(place)
        return start + place - at + 1 if self._alike(at, start, end) else end

    def _piece(self, place: int) -> tuple[int, int, int]:
        return self.pieces[bisect_right(self.pieces, place, key=_first) - 1]

    def _alike(self, at: int, start: int, end: int) -> bool:
        """Tell whether a piece is written character by character."""
        after = bisect_right(self.pieces, at, key=_first)
        stop = self.pieces[after][0] if after < len(self.pieces) else len(self.text)
        return stop - at == end - start


def _first(piece: tuple[int, int, int]) -> int:
    return piece[0]


class Draft:
    """A block that is being written."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.pieces: list[tuple[int, int, int]] = []
        self.marks: list[Mark] = []
        self.open: list[tuple[str, int, int]] = []
        self.length = 0

    def add(self, text: str, start: int, end: int) -> None:
        self.texts.append(text)
        self.pieces.append((self.length, start, end))
        self.length += len(text)

    def blank(self) -> bool:
        """Tell whether the text begins here or a space stands before."""
        return not self.texts or self.texts[-1][-1] in BLANK

    def since(self, count: int) -> str:
        return "".join(self.texts[count:])

    def cut(self, count: int) -> tuple[list[str], list[tuple[int, int, int]]]:
        """Take back all pieces behind the first `count`."""
        taken = self.texts[count:], self.pieces[count:]
        if taken[1]:
            self.length = taken[1][0][0]
        del self.texts[count:], self.pieces[count:]
        return taken


class Prose:
    """Takes the prose of a source from a parser, piece by piece in reading order.

    Where `wrapped`, a line break in the source is a space, and several spaces are one.
    """

    def __init__(self, source: str, *, wrapped: bool = True) -> None:
        self.source = source
        self.wrapped = wrapped
        self.blocks: list[Block] = []
        self.apart: list[Apart] = []
        self.draft = Draft()
        self.headings: list[tuple[int, str]] = []
        self.hidden = 0
        self.struck = 0
        self.tables = 0
        self.cell: tuple[int, int, int] | None = None
        self.around: list[tuple[int, int, int] | None] = []
        reverse = [each.span(1) for each in REVERSED.finditer(source)]
        self.reversed = [span for span in reverse if re.search("[0-9]", source[slice(*span)])]

    # What the parsers call

    def put(self, start: int, end: int) -> None:
        """Take the source from `start` to `end` as it stands."""
        if self.hidden or start >= end:
            return
        if self.struck:
            self.aside(start, end, "struck out")
            return
        for first, stop in self._reversed(start, end):
            self._clean(self.source[start:first], start)
            start = min(stop, end)
            self.aside(first, start, "reversed")
            self.draft.add(OPAQUE, first, start)
        self._clean(self.source[start:end], start)

    def say(self, text: str, start: int, end: int) -> None:
        """Take a text that the source from `start` to `end` stands for."""
        if self.hidden:
            return
        if self.struck:
            self.aside(start, end, "struck out")
            return
        text = DROPPED.sub("", _plain(text))
        if self.wrapped and text and text[0] in BLANK and self.draft.blank():
            text = text.lstrip(BLANK)
        if text:
            self.draft.add(text, start, end)

    def opaque(self, start: int, end: int) -> None:
        """Take the source from `start` to `end` as something that is no prose."""
        self.say(OPAQUE, start, end)

    def aside(self, start: int, end: int, reason: str) -> None:
        """Set aside what the source has from `start` to `end`, if digits are in it."""
        text = self.source[start:end]
        if any(each.isdecimal() for each in text):
            start, end = end - len(text.lstrip()), start + len(text.rstrip())
            self.apart.append(Apart(start, end, reason))

    def end_block(self, heading: int = 0) -> None:
        """End the block; its text is a heading of that level, if it is one."""
        draft, self.draft = self.draft, Draft()
        while draft.open:
            _close(draft, draft.pieces[-1][2] if draft.pieces else draft.open[-1][1])
        text = "".join(draft.texts)
        if heading:
            while self.headings and self.headings[-1][0] >= heading:
                self.headings.pop()
        if text.strip() or draft.marks:
            above = tuple(each for _, each in self.headings)
            pieces, marks = tuple(draft.pieces), tuple(draft.marks)
            self.blocks.append(Block(text, above, pieces, marks, heading > 0, self.cell))
        if heading:
            self.headings.append((heading, " ".join(text.split())))

    def start_table(self) -> None:
        """Begin a table, which may stand in a cell of another."""
        self.around.append(self.cell)
        self.tables += 1
        self.cell = (self.tables, 0, 0)

    def start_row(self) -> None:
        if self.cell:
            table, row, _ = self.cell
            self.cell = (table, row + 1, 0)

    def start_cell(self) -> None:
        if self.cell:
            table, row, column = self.cell
            self.cell = (table, row, column + 1)

    def end_table(self) -> None:
        self.cell = self.around.pop() if self.around else None

    @contextmanager
    def inset(self) -> Iterator[None]:
        """Write a block of its own, such as a footnote, that stands inside another."""
        outer, self.draft = self.draft, Draft()
        yield
        self.end_block()
        self.draft = outer

    def mark(self, figure: str, start: int, end: int, *, line: bool = False) -> None:
        """Take a mark that stands beside its number."""
        here = self.draft.length
        self.draft.marks.append(Mark(figure, start, end, here, here, line))

    def open_mark(self, figure: str, start: int) -> None:
        """Take the start of a mark around its number."""
        self.draft.open.append((figure, start, self.draft.length))

    def close_mark(self, end: int) -> None:
        """Take the end of the innermost mark, unless its block ended before."""
        if self.draft.open:
            _close(self.draft, end)

    def raise_since(self, count: int) -> None:
        """Take all pieces behind the first `count` as raised: a power, or the mark of a note."""
        text = self.draft.since(count)
        if not FOOTNOTE.fullmatch(text) and (not text or text.strip(POWER)):
            return
        texts, pieces = self.draft.cut(count)
        before = self.draft.texts[-1][-4:] if self.draft.texts else ""
        if text.strip(POWER) or not TAKES_A_POWER.search(before):
            self.aside(pieces[0][1], pieces[-1][2], "reference")
            return
        for each, (_, start, end) in zip(texts, pieces, strict=True):
            self.draft.add(each.translate(RAISED), start, end)

    # Cleaning

    def _reversed(self, start: int, end: int) -> list[tuple[int, int]]:
        """Give the spans from `start` to `end` whose digits show in reverse."""
        if not self.reversed:
            return []
        first, stop = (bisect_left(self.reversed, (place,)) for place in (start, end))
        return self.reversed[first:stop]

    def _clean(self, text: str, start: int) -> None:
        """Add a text without what no reader sees, its digits as those of ASCII."""
        text = _plain(text)
        if not self.wrapped:
            text = text.replace("\r", " ")
        place = 0
        for each in (DROPPED_OR_WRAPPED if self.wrapped else DROPPED).finditer(text):
            self._add(text[place : each.start()], start + place)
            if each[0][0] in BLANK and not self.draft.blank():
                self.draft.add(" ", start + each.start(), start + each.end())
            place = each.end()
        self._add(text[place:], start + place)

    def _add(self, text: str, start: int) -> None:
        if self.wrapped and text and text[0] in BLANK and self.draft.blank():
            text, start = text[1:], start + 1
        if text:
            self.draft.add(text, start, start + len(text))


def _plain(text: str) -> str:
    return text if text.isascii() else text.translate(_plain_digits())


def _close(draft: Draft, end: int) -> None:
    figure, start, first = draft.open.pop()
    if figure:
        draft.marks.append(Mark(figure, start, end, first, draft.length))


class Excerpt(NamedTuple):
    """A text out of the lines of a source: from `at[n]` on it is written at `to[n]` on."""

    text: str
    at: tuple[int, ...]
    to: tuple[int, ...]

    def source(self, place: int) -> int:
        """Give the offset in the source of a place in the text."""
        line = bisect_right(self.at, place) - 1
        return self.to[line] + place - self.at[line]

    def put(self, prose: Prose, start: int, end: int) -> None:
        """Hand the text from `start` to `end` to the prose as it stands."""
        while start < end:
            line = bisect_right(self.at, start)
            stop = min(self.at[line], end) if line < len(self.at) else end
            first = self.source(start)
            prose.put(first, first + stop - start)
            start = stop

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the offsets in the source between which the text is written."""
        return self.source(start), self.source(max(start, end - 1)) + (end > start)


def excerpt(source: str, spans: list[tuple[int, int]]) -> Excerpt:
    """Give the text of several spans of a source, one line each."""
    at, texts, length = [], [], 0
    for start, end in spans:
        at.append(length)
        texts.append(source[start:end])
        length += end - start + 1
    return Excerpt("\n".join(texts), tuple(at), tuple(start for start, _ in spans))
