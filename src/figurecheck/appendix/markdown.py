"""A page as Markdown, for GitHub, Quarto and pandoc; its pictures as what they show, in sentences.

Lines are joined and places named in ways that each of them reads alike: `<br>` and `<span id>`.
"""

from __future__ import annotations

import re
from itertools import chain, repeat
from typing import TYPE_CHECKING

from figurecheck.appendix.content import (
    CODE,
    FAINT,
    QUOTE,
    STRONG,
    Bullets,
    Paragraph,
    Span,
    Table,
)
from figurecheck.markup import address, anchor, markdown, opening

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from figurecheck.appendix.content import Block, Cell, Line, Page, Row, Section

DEEPEST = 6
SHORTEST, LONGEST = 3, 40
"""So many dashes a column has: pandoc takes them for how wide it is where a line is long."""

MARKS = {STRONG: "**", FAINT: "*"}
_PLAIN_CODE = re.compile(r"(?!r )[\w .,:;+*/()<>=^%!?'-]+")
"""Code that is no more than shown; of other texts Quarto or GitHub might make something."""

_NUMBER = re.compile(r"[-−]?\d[\d,]*(\.\d+)?")


def text(page: Page) -> str:
    """Give the whole page."""
    head = [f"# {markdown(page.title)}", *map(_block, page.preface)]
    return "\n\n".join([*filter(None, head), part(page)])


def part(page: Page) -> str:
    """Give its sections, as a part of a page of the user's own."""
    parts = [told for each in page.sections for told in _section(each, 2)]
    return "\n\n".join(filter(None, parts)) + "\n"


def _section(section: Section, depth: int) -> Iterator[str]:
    title = markdown(section.title)
    slug = title.lower().replace(" ", "-")  # GitHub and pandoc name a heading by themselves
    yield f"{'#' * min(depth, DEEPEST)} {_place(section.anchor) * (section.anchor != slug)}{title}"
    yield from map(_block, section.blocks)
    for each in section.sections:
        yield from _section(each, depth + 1)


def _place(name: str) -> str:
    return f'<span id="{anchor(name)}"></span>' if name else ""


def _block(block: Block) -> str:
    match block:
        case Table():
            return _table(block)
        case Bullets():
            return "\n".join(_bullets(block))
        case Paragraph():
            return _below((block.line,))
        case _:
            told = ((Span(block.title, FAINT),), (Span(block.description),))
            return f"> {_below(told, '> ')}"


def _bullets(block: Bullets) -> Iterator[str]:
    for item, name in zip(block.items, chain(block.anchors, repeat("")), strict=False):
        yield f"- {_place(name)}{_below(item, '  ')}"


def _below(lines: Iterable[Line], indent: str = "") -> str:
    """Give lines below each other, none of which begins another block."""
    return f"\\\n{indent}".join(opening(each) for each in map(_line, lines) if each)


def _table(table: Table) -> str:
    rules = [
        _rule(head, [row.cells[place] for row in table.rows])
        for place, head in enumerate(table.head)
    ]
    heads = [_line((Span(each, STRONG),)) for each in table.head]
    lines = [f"| {' | '.join(each)} |" for each in (heads, rules, *map(_row, table.rows))]
    return "\n".join([*_caption(table.caption), *lines])


def _caption(caption: str) -> Iterator[str]:
    shown = _line((Span(caption, STRONG),))
    yield from [shown, ""] * bool(shown)


def _rule(head: str, cells: Iterable[Cell]) -> str:
    """Give the dashes below the head of a column: about as many as its longest line has letters."""
    texts = [["".join(span.text for span in line) for line in cell.lines] for cell in cells]
    longest = max(len(each) for each in chain([head], *texts))
    numbers = bool(texts) and all(map(_NUMBER.fullmatch, map("".join, texts)))
    return "-" * min(max(longest, SHORTEST), LONGEST) + ":" * numbers


def _row(row: Row) -> list[str]:
    first, *others = ("<br> ".join(filter(None, map(_line, cell.lines))) for cell in row.cells)
    return [_place(row.anchor) + first, *others]


def _line(line: Line) -> str:
    """Give the spans of a line, each marked as its kind where the mark would be read as one."""
    found = ""
    for span in _joined(line):
        shown = _span(span)
        if found.endswith("!") and shown.startswith("["):
            found = f"{found[:-1]}\\!"  # or it would be a picture
        found += shown
    return found.strip()


def _joined(line: Line) -> list[Span]:
    """Give the spans, and what bears no mark in one piece, so that all of it is escaped as one."""
    spans = [_known(each) for each in line if each.text]
    edge = Span(" ")
    joined: list[Span] = []
    for before, each, after in zip([edge, *spans], spans, [*spans[1:], edge], strict=False):
        opens = each.text[0].isspace() or _free(before, before.text[-1])
        closes = each.text[-1].isspace() or _free(after, after.text[0])
        kind = each.kind if opens and closes else ""
        if joined and not (kind or each.link or joined[-1].kind or joined[-1].link):
            joined[-1] = Span(joined[-1].text + each.text)
        else:
            joined.append(each._replace(kind=kind))
    return joined


def _known(span: Span) -> Span:
    """Give a span as Markdown knows such: quoted by signs, linked to the page or the web."""
    text, kind, link = span
    if kind == QUOTE:
        return Span(f"“{text.strip()}”", link=_target(link))
    core = text.strip()
    if not core or (kind == CODE and not _PLAIN_CODE.fullmatch(core)):
        kind = ""
    return Span(text, kind, _target(link) if core else "")


def _target(link: str) -> str:
    return f"#{anchor(link[1:])}" if link.startswith("#") else address(link)


def _free(neighbour: Span, sign: str) -> bool:
    """Tell whether marks are read as such beside that sign of a neighbour."""
    return sign.isspace() or (not (neighbour.kind or neighbour.link) and sign in "(),.:;")


def _span(span: Span) -> str:
    core = span.text.strip()
    if not core:
        return " " * bool(span.text)
    before, after = " " * span.text[:1].isspace(), " " * span.text[-1:].isspace()
    if span.kind == CODE:
        shown = f"`{' '.join(core.split())}`"
    else:
        shown = f"{MARKS.get(span.kind, '')}{markdown(core)}{MARKS.get(span.kind, '')}"
    return f"{before}[{shown}]({span.link}){after}" if span.link else before + shown + after
