"""HTML: its text without tags, scripts and code, with blocks, references and marks.

The tokens are those of the HTML standard, where anything unclosed reaches to the end. The parser of
the standard library searches for such an end again and again, which takes hours on hostile files.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from figurecheck.document.prose import Excerpt, Prose

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = re.compile(r"\s*figure:\s*(\S+)\s*")
SCHEME = "figure:"
REFERENCE = re.compile(
    r"&(?:#[0-9]{1,999};?|#[xX][0-9a-fA-F]{1,999};?|[A-Za-z][A-Za-z0-9]{1,31};?)"
)
NAME = re.compile(r"[A-Za-z][^\s/>]*")
ATTRIBUTE = re.compile(
    r"""[\s/]*+(?:(?P<end>>)|(?P<name>[^\s/>][^\s/>=]*+)"""
    r"""(?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s>]*+)))?+)"""
)
UNSHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = HEADINGS.keys() | set(
    "address article aside blockquote body button caption center dd details dialog div dl dt "
    "fieldset figcaption figure footer form head header hgroup hr html legend li main menu nav ol "
    "optgroup option p search section summary table tbody td tfoot th thead title tr ul".split()
)
HIDDEN = set(
    "annotation annotation-xml audio canvas code datalist iframe kbd noembed noframes noscript "
    "object pre rp samp script select style svg template textarea video xmp".split()
)
RAW = set("iframe noembed noframes script style textarea xmp".split())
VOID = set("area base br col embed hr img input link meta param source track wbr".split())
STRUCK = {"del", "s", "strike"}
STARTS = {
    "table": Prose.start_table,
    "tr": Prose.start_row,
    "td": Prose.start_cell,
    "th": Prose.start_cell,
}


class Tag(NamedTuple):
    """A tag, a comment (its name is "!") or a text (its name is "") from `start` to `end`."""

    name: str
    start: int
    end: int
    closes: bool = False
    attributes: dict[str, str] | None = None


def tags(text: str) -> Iterator[Tag]:
    """Give tags, comments and texts in order; what is cut off at the end is left out."""
    place, raw = 0, ""
    while place < len(text):
        start = _raw_end(text, place, raw) if raw else _markup(text, place)
        if start > place:
            yield Tag("", place, start)
        if start == len(text):
            return
        found = _tag(text, start)
        if found is None:
            return
        yield found
        place = found.end
        raw = found.name if found.name in RAW and not found.closes else ""


def _markup(text: str, place: int) -> int:
    """Give the place of the next "<" that begins something."""
    while (found := text.find("<", place)) >= 0:
        after = text[found + 1 : found + 3]
        if after[:1] in {"!", "?"} or NAME.match(after) or (after[:1] == "/" and after[1:]):
            return found
        place = found + 1
    return len(text)


def _raw_end(text: str, place: int, name: str) -> int:
    """Give the place of the end tag before which nothing is markup."""
    found = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, place)
    return found.start() if found else len(text)


def _tag(text: str, start: int) -> Tag | None:
    if text.startswith("<!--", start):
        short = re.compile("-?>").match(text, start + 4)
        end = short or re.compile("--!?>").search(text, start + 4)
        return Tag("!", start, end.end()) if end else None
    closes = text[start + 1] == "/"
    name = NAME.match(text, start + 1 + closes)
    if name is None:
        end_of_it = text.find(">", start) + 1
        return Tag("?", start, end_of_it) if end_of_it else None
    attributes: dict[str, str] = {}
    place = name.end()
    while found := ATTRIBUTE.match(text, place):
        place = found.end()
        if found["end"]:
            return Tag(name[0].lower(), start, place, closes, attributes)
        value = found["double"] or found["single"] or found["bare"] or ""
        attributes.setdefault(found["name"].lower(), value)
    return None


def figure_of(address: str) -> str:
    """Give the id that a link ties its text to, or nothing."""
    return unquote(address[len(SCHEME) :]).strip() if address.startswith(SCHEME) else ""


class Writer:
    """Hands the text of HTML to the prose; a text may come in several excerpts."""

    def __init__(self, prose: Prose) -> None:
        self.prose = prose
        self.hidden: list[str] = []
        self.marked: list[str] = []
        self.raised: list[int] = []

    def write(self, of: Excerpt) -> None:
        for tag in tags(of.text):
            start, end = of.span(tag.start, tag.end)
            if tag.name == "":
                self.text(of, tag.start, tag.end)
            elif tag.name == "!":
                self.comment(of.text[tag.start : tag.end], start, end)
            elif tag.closes:
                self.close(tag.name, end)
            elif tag.name != "?":
                self.open(tag, start, end)

    def text(self, of: Excerpt, start: int, end: int) -> None:
        for each in REFERENCE.finditer(of.text, start, end):
            of.put(self.prose, start, each.start())
            self.prose.say(unescape(each[0]), *of.span(*each.span()))
            start = each.end()
        of.put(self.prose, start, end)

    def comment(self, text: str, start: int, end: int) -> None:
        if (found := MARK.fullmatch(text[4:-3])) and not self.hidden:
            self.prose.mark(found[1], start, end)

    def open(self, tag: Tag, start: int, end: int) -> None:
        attributes = tag.attributes or {}
        if self.hidden:
            if tag.name == self.hidden[-1]:
                self._hide(tag.name)
            return
        if tag.name in BLOCKS:
            self.end_block()
        if tag.name in STARTS:
            STARTS[tag.name](self.prose)
        if tag.name in VOID:
            self._void(tag.name, start, end)
        elif _unshown(tag.name, attributes):
            self.prose.opaque(start, end)
            self._hide(tag.name)
        else:
            self._style(tag.name, 1)
        href = attributes.get("href", "") if tag.name == "a" else ""
        figure = unescape(attributes.get("data-figure", "")).strip() or figure_of(unescape(href))
        if figure and tag.name in VOID:
            self.prose.mark(figure, start, end)
        elif self.hidden or not (figure or tag.name in self.marked[-1:]):
            return
        else:
            self.marked.append(tag.name)
            self.prose.open_mark(figure, start)

    def close(self, name: str, end: int) -> None:
        if self.hidden:
            if name == self.hidden[-1]:
                self.hidden.pop()
                self.prose.hidden -= 1
            return
        if name in self.marked[-1:]:
            self.marked.pop()
            self.prose.close_mark(end)
        self._style(name, -1)
        if name in BLOCKS:
            self.end_block(HEADINGS.get(name, 0))
        if name == "table":
            self.prose.end_table()

    def end_block(self, heading: int = 0) -> None:
        self.raised.clear()
        self.prose.end_block(heading)

    def end(self) -> None:
        """End all that is open: styles, and what is hidden."""
        self.prose.hidden -= len(self.hidden)
        self.prose.struck = 0
        for each in (self.hidden, self.marked, self.raised):
            each.clear()

    def _hide(self, name: str) -> None:
        self.hidden.append(name)
        self.prose.hidden += 1

    def _void(self, name: str, start: int, end: int) -> None:
        if name == "br":
            self.prose.say("\n", start, end)
        elif name != "wbr":
            self.prose.opaque(start, end)

    def _style(self, name: str, step: int) -> None:
        """Begin or end what is struck out or raised."""
        prose = self.prose
        if name in STRUCK:
            prose.struck = max(0, prose.struck + step)
        elif name == "sup" and step > 0:
            self.raised.append(len(prose.draft.pieces))
        elif name == "sup" and self.raised:
            prose.raise_since(self.raised.pop())


def _unshown(name: str, attributes: dict[str, str]) -> bool:
    if name in HIDDEN or "hidden" in attributes:
        return True
    return bool(UNSHOWN.search(attributes.get("style", "")))


def write(prose: Prose, start: int, end: int) -> None:
    """Hand the HTML of the source from `start` to `end` to the prose."""
    writer = Writer(prose)
    writer.write(Excerpt(prose.source[start:end], (0,), (start,)))
    writer.end()
    prose.end_block()
