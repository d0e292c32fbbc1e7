"""Whether a quote stands in a text, word for word."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from functools import cached_property
from itertools import zip_longest

SKIPPED = re.compile(
    r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\"'`´‘’‚‛“”„‟‹›«»«＂＇*_~‐‑‒–—―−-]+"
)
"""Spaces, quotation marks, dashes, and marks that nobody sees."""

DASHES = re.compile(r"[‐‑‒–—―−~\u00ad-]")
GAP = re.compile(r"[\[(]\s*(?:\.\s?\.\s?\.|…)\s*[\])]|\.\s?\.\s?\.|…")
INSERTED = re.compile(r"\[[^\[\]]*\]")
LETTER = re.compile(r"\[(\w)\](?=\w)")
SHOWN = 6
STOPS = " .,;:!?"
PAUSES = re.compile(r"(?<!\d)[.,;:!?()\[\]]|[.,;:!?()\[\]](?!\d)")

LETTER_FOR_LETTER, ALMOST, NOWHERE = "letter for letter", "but for capitals or punctuation", ""


class Stream:
    """The signs of a text, one after the other, and where between them spaces stand.

    `hard` has the places of spaces; `bounds` also those of dashes and quotation marks, where there
    may or may not be a space, as at the end of a line.
    """

    def __init__(self, text: str) -> None:
        self.hard: list[int] = []
        soft: list[int] = []
        parts, place, last = [], 0, 0
        for found in SKIPPED.finditer(text):
            parts.append(text[last : found.start()])
            place += found.start() - last
            last = found.end()
            between = found.group()
            if any(each.isspace() for each in between) and not DASHES.search(between):
                self.hard.append(place)
            else:
                soft.append(place)
        parts.append(text[last:])
        self.signs = "".join(parts)
        self.bounds = {*self.hard, *soft}

    def cut(self, place: int) -> bool:
        """Tell whether a place lies in the middle of a word or a number."""
        if not 0 < place < len(self.signs) or place in self.bounds:
            return False
        around = self.signs[max(0, place - 2) : place + 2]
        before, after = self.signs[place - 1], self.signs[place]
        if before.isalnum() and after.isalnum():
            return True
        return re.search(r"\d[.,]\d", around) is not None

    def find(self, piece: Stream, after: int) -> int:
        """Give the place behind the first such words from a place on, -1 where there are none."""
        start = self.signs.find(piece.signs, after)
        while start >= 0:
            stop = start + len(piece.signs)
            if not self.cut(start) and not self.cut(stop) and self._spaced_as(piece, start, stop):
                return stop
            start += 1
            while self.cut(start):
                start += 1
            start = self.signs.find(piece.signs, start)
        return -1

    def _spaced_as(self, piece: Stream, start: int, stop: int) -> bool:
        """Tell whether words end at the same places; the first that does not ends it."""
        first, last = bisect_left(self.hard, start + 1), bisect_left(self.hard, stop)
        here = (self.hard[at] - start in piece.bounds for at in range(first, last))
        there = (place + start in self.bounds for place in piece.hard if 0 < place < stop - start)
        return all(one and other for one, other in zip_longest(here, there, fillvalue=True))


class Passages:
    """A text in which quotes are looked up."""

    def __init__(self, text: str) -> None:
        self.text = unicodedata.normalize("NFKC", text)
        self.exact = Stream(self.text)

    @cached_property
    def loose(self) -> Stream:
        return Stream(_plain(self.text))

    def holds(self, quote: str) -> str:
        """Say how a quote stands in the text: LETTER_FOR_LETTER, ALMOST, or NOWHERE.

        An ellipsis, and words that are added in square brackets, join pieces that come in order.
        """
        if _in_order(self.exact, _pieces(quote)):
            return LETTER_FOR_LETTER
        opened = INSERTED.sub("…", LETTER.sub(r"\1", quote))
        if opened != quote and self._almost(opened):
            return LETTER_FOR_LETTER
        return ALMOST if self._almost(quote) else NOWHERE

    def _almost(self, quote: str) -> bool:
        return _in_order(self.loose, [_plain(each) for each in _pieces(quote)])

    def as_far_as(self, quote: str) -> tuple[str, str]:
        """Give the last words up to which a quote stands in the text, and those behind them."""
        words = quote.split()
        count = bisect_left(
            range(len(words)), 1, key=lambda at: not self._almost(_joined(words[: at + 1]))
        )
        return _joined(words[:count][-SHOWN:]), _joined(words[count:][:SHOWN])


def wordless(quote: str) -> bool:
    """Tell whether a quote has no word in it."""
    return not any(each.isalnum() for each in quote)


def _joined(words: list[str]) -> str:
    return " ".join(words)


def _plain(text: str) -> str:
    return PAUSES.sub(" ", text).casefold()


def _pieces(quote: str) -> list[str]:
    """Give the pieces of a quote, without what ends a sentence behind them."""
    parts = [unicodedata.normalize("NFKC", each) for each in GAP.split(quote)]
    return [each.strip(STOPS) for each in parts if not wordless(each)]


def _in_order(stream: Stream, pieces: list[str]) -> bool:
    place = 0
    for each in pieces:
        place = stream.find(Stream(each), place)
        if place < 0:
            return False
    return True
