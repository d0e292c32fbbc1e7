"""Markdown: its text as CommonMark with tables has it, each character with its place.

markdown-it gives the lines of a block and no places inside a line, so its rules are watched: each
says where it started and where it stopped.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt

from figurecheck.document import html
from figurecheck.document.prose import DocumentError, Excerpt, Prose, excerpt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    InlineRule = Callable[[StateInline, bool], bool]
    BlockRule = Callable[[StateBlock, int, int, bool], bool]

DEEPEST = 80
FRONT_MATTER = re.compile(r"(---|\+\+\+)[ \t]*\n(?:.*\n)*?(?:\1|\.\.\.)[ \t]*(?:\n|\Z)")
TEXT = re.compile(r"[^\n!#$%&*+\-:<=>@\[\\\]^_`{}~]+")
NOTE = re.compile(r"\[\^[^\]\s]{1,999}\]:?")
MATH = re.compile(r"\$([^$\s](?:[^$\n]{0,998}[^$\s])?)\$(?![0-9])")
IN_MATH = re.compile(r"[0-9.,]+|.*[\\^_={}].*")
ALSO_ENDS = {
    "table": ["paragraph", "reference"],
    "html_block": ["paragraph", "reference", "blockquote"],
    "heading": ["paragraph", "reference", "blockquote"],
}
"""The blocks that a rule may cut short, which is to be said again when it is put in place."""


def parser() -> MarkdownIt:
    """Give a parser whose tokens have their place in `meta["at"]`, its lines in `env["at"]`."""
    made = MarkdownIt("commonmark", {"html": True, "maxNesting": DEEPEST})
    made.enable(["table", "strikethrough"])
    made.core.ruler.enableOnly(["block"])
    made.disable("fragments_join")
    blocks = dict(
        zip(made.block.ruler.get_active_rules(), made.block.ruler.getRules(""), strict=True)
    )
    for name in ("table", "html_block", "heading", "lheading", "paragraph"):
        made.block.ruler.at(name, _lined(blocks[name]), {"alt": ALSO_ENDS.get(name, [])})
    made.block.ruler.at("reference", _no_note(blocks["reference"]))
    made.block.ruler.before("table", "depth", _depth)
    inline = made.inline.ruler
    inline.at("text", _text)
    inline.before("escape", "math", _math)
    inline.before("link", "note", _note)
    inline.push("sign", _sign)
    rules = zip(inline.get_active_rules(), inline.getRules(""), strict=True)
    for name, rule in list(rules):
        inline.at(name, _placed(rule, apart=name in {"emphasis", "strikethrough"}))
    return made


def _lined(rule: BlockRule) -> BlockRule:
    """Note where each line of a block begins and ends, without the marks of what it stands in."""

    def run(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        taken = rule(state, start, end, silent)
        if taken and not silent:
            for line in range(start, state.line):
                first = state.bMarks[line] + state.tShift[line]
                state.env["at"][line] = (first, max(first, state.eMarks[line]))
        return taken

    return run


def _no_note(rule: BlockRule) -> BlockRule:
    """Keep the text of a footnote from being taken for the target of a link."""

    def run(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        first = state.bMarks[start] + state.tShift[start]
        return not state.src.startswith("[^", first) and rule(state, start, end, silent)

    return run


def _depth(state: StateBlock, start: int, _end: int, _silent: bool) -> bool:  # noqa: FBT001
    if state.level > DEEPEST - 5:
        message = f"line {start + 1}: lists or quotations too deep in each other; wanted fewer"
        raise DocumentError(message)
    return False


def _placed(rule: InlineRule, *, apart: bool) -> InlineRule:
    """Note on the tokens of a rule where it started and stopped; `apart` is said of signs."""

    def run(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
        start, count = state.pos, len(state.tokens)
        taken = rule(state, silent)
        if not taken or silent:
            return taken
        if state.pending:
            state.pushPending()
        place = start
        for token in state.tokens[count:]:
            if apart:
                token.meta["at"] = (place, place + len(token.content))
                place += len(token.content)
            else:
                token.meta.setdefault("at", (start, state.pos))
        return taken

    return run


def _text(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    found = TEXT.match(state.src, state.pos, state.posMax)
    if found and not silent:
        state.pending += found[0]
    state.pos = found.end() if found else state.pos
    return bool(found)


def _sign(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    if not silent:
        state.pending += state.src[state.pos]
    state.pos += 1
    return True


def _math(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    return _pushed(state, MATH.match(state.src, state.pos, state.posMax), "math", silent=silent)


def _note(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    return _pushed(state, NOTE.match(state.src, state.pos, state.posMax), "note", silent=silent)


def _pushed(state: StateInline, found: re.Match[str] | None, kind: str, *, silent: bool) -> bool:
    if found is None or (kind == "math" and not IN_MATH.fullmatch(found[1])):
        return False
    if not silent:
        state.push(kind, "", 0)
    state.pos = found.end()
    return True


class Writer:
    """Hands the text of Markdown from an offset of the source on to the prose."""

    def __init__(self, prose: Prose, offset: int) -> None:
        self.prose = prose
        self.offset = offset
        self.html = html.Writer(prose)
        self.env: dict[str, Any] = {"at": {}}
        self.parser = parser()
        self.cells: Iterator[Excerpt] | None = None

    def write(self, text: str) -> None:
        for token in self.parser.parse(text, self.env):
            heading = int(token.tag[1]) if token.type == "heading_close" else 0
            if token.type == "inline":
                of = self.excerpt(token)
                self.spans(of, self.parsed(of.text))
                self.html.end()
            elif token.type == "html_block":
                self.html.write(excerpt(self.prose.source, self.lines(token)))
                self.prose.end_block()
            elif token.type == "table_open":
                self.prose.start_table()
            elif token.type == "table_close":
                self.prose.end_table()
            elif token.type == "tr_open":
                self.prose.start_row()
                self.cells = iter(self.row(token))
            elif token.type in {"th_open", "td_open"}:
                self.prose.start_cell()
            elif token.type == "tr_close":
                self.cells = None
            elif token.type in ENDS:
                self.prose.end_block(heading)

    def parsed(self, text: str) -> list[Token]:
        return self.parser.inline.parse(text, self.parser, self.env, [])

    def lines(self, token: Token) -> list[tuple[int, int]]:
        first, stop = token.map or (0, 0)
        at = self.env["at"]
        return [(self.offset + at[n][0], self.offset + at[n][1]) for n in range(first, stop)]

    def excerpt(self, token: Token) -> Excerpt:
        """Give the text of a paragraph, a heading or a cell with the places of its lines."""
        spans = self.lines(token)[: token.content.count("\n") + 1]
        source, (start, end) = self.prose.source, spans[0]
        if self.cells is not None:
            return next(self.cells, excerpt(source, [(start, start)]))
        if source.startswith("#", start) and len(spans) == 1 and token.content[:1] != "#":
            start = end - len(source[start:end].lstrip("#").lstrip(" \t"))
            spans = [(start, start + len(token.content))]
        start, end = spans[-1]
        spans[-1] = start, start + len(source[start:end].rstrip())
        return excerpt(source, spans)

    def row(self, token: Token) -> list[Excerpt]:
        """Give the cells of a row; a backslash before a bar is no text of the cell."""
        ((start, end),) = self.lines(token)
        line = self.prose.source[start:end].rstrip()
        bars = [n for n, sign in enumerate(line) if sign == "|" and line[n - 1 : n] != "\\"]
        spans = list(zip([0, *(n + 1 for n in bars)], [*bars, len(line)], strict=True))
        cells = [_cell(line, start, *span) for span in spans]
        stop = -1 if len(spans) > 1 and spans[-1][0] == spans[-1][1] else len(spans)
        return cells[spans[0][0] == spans[0][1] : stop]

    def spans(self, of: Excerpt, tokens: Sequence[Token]) -> None:
        """Hand the parts of a paragraph to the prose; what follows an address in it is the same."""
        address = 0
        for token in tokens:
            at = token.meta["at"]
            if at[0] < address:
                continue
            if token.markup == "autolink":
                address = at[1]
            write = WRITERS.get(token.type)
            if write:
                write(self, of, token, *at)

    def text(self, of: Excerpt, token: Token, start: int, end: int) -> None:
        if token.content:
            of.put(self.prose, start, end)

    def special(self, of: Excerpt, token: Token, start: int, end: int) -> None:
        self.prose.say(token.content, *of.span(start, end))

    def line_break(self, of: Excerpt, token: Token, start: int, end: int) -> None:
        hard = token.type == "hardbreak" or of.text[max(0, start - 2) : start] == "  "
        self.prose.say("\n" if hard else " ", *of.span(start, end))

    def no_prose(self, of: Excerpt, _token: Token, start: int, end: int) -> None:
        self.prose.opaque(*of.span(start, end))

    def link(self, of: Excerpt, token: Token, start: int, end: int) -> None:
        figure = html.figure_of(str(token.attrs["href"]))
        first, stop = of.span(start, end)
        if token.markup != "autolink":
            self.prose.open_mark(figure, first)
        elif figure:
            self.prose.mark(figure, first, stop)
        else:
            self.prose.opaque(first, stop)

    def link_end(self, of: Excerpt, _token: Token, start: int, end: int) -> None:
        self.prose.close_mark(of.span(start, end)[1])

    def image(self, of: Excerpt, token: Token, start: int, end: int) -> None:
        """The words that stand for a picture are a block of their own."""
        first = start + len("![")
        inner = _part(of, first, first + len(token.content))
        self.prose.opaque(*of.span(start, end))
        with self.prose.inset():
            self.spans(inner, self.parsed(inner.text))

    def tag(self, of: Excerpt, _token: Token, start: int, end: int) -> None:
        self.html.write(_part(of, start, end))

    def formula(self, of: Excerpt, _token: Token, start: int, end: int) -> None:
        from figurecheck.document import latex

        latex.write_part(self.prose, *of.span(start, end))

    def struck(self, _of: Excerpt, token: Token, _start: int, _end: int) -> None:
        self.prose.struck += token.nesting


ENDS = set("paragraph_close heading_close th_close td_close list_item_open fence".split())
WRITERS: dict[str, Callable[[Writer, Excerpt, Token, int, int], None]] = {
    "text": Writer.text,
    "text_special": Writer.special,
    "softbreak": Writer.line_break,
    "hardbreak": Writer.line_break,
    "code_inline": Writer.no_prose,
    "link_open": Writer.link,
    "link_close": Writer.link_end,
    "image": Writer.image,
    "html_inline": Writer.tag,
    "math": Writer.formula,
    "s_open": Writer.struck,
    "s_close": Writer.struck,
}


def _part(of: Excerpt, start: int, end: int) -> Excerpt:
    """Give the part of an excerpt from `start` to `end`."""
    inside = range(bisect_right(of.at, start), bisect_left(of.at, end))
    at = (0, *(of.at[n] - start for n in inside))
    return Excerpt(of.text[start:end], at, (of.source(start), *(of.to[n] for n in inside)))


def _cell(line: str, offset: int, start: int, end: int) -> Excerpt:
    text = line[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    breaks = [each.start() for each in re.finditer(r"\\\|", text)]
    firsts = [0, *(place + 1 for place in breaks)]
    at = [0, *(place - n for n, place in enumerate(breaks))]
    return Excerpt(
        text.replace("\\|", "|"), tuple(at), tuple(offset + start + first for first in firsts)
    )


def write(prose: Prose, start: int, end: int) -> None:
    """Hand the Markdown of the source from `start` to `end` to the prose."""
    text = prose.source[start:end]
    matter = FRONT_MATTER.match(text)
    skipped = matter.end() if matter else 0
    Writer(prose, start + skipped).write(text[skipped:])
    prose.end_block()
