"""The appendix as PDF: tagged, for print and for readers that read aloud, by typst."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from figurecheck.appendix import paper
from figurecheck.appendix.content import Bullets, Page, Paragraph, Section, Table
from figurecheck.appendix.paper import installed, shown

with installed("pdf"):
    import typst

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from typst import PDFStandard

    from figurecheck.appendix.content import Block, Line, Row
    from figurecheck.appendix.svg import Picture

STANDARDS: list[PDFStandard] = ["ua-1", "a-2a"]
RUNNING = 90
_LONG = re.compile(r"[^\s_/]{18}(?=[^\s_/])|(?<=\w)[_/](?=\w)")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")


def data(page: Page) -> bytes:
    """Give the whole appendix; the same bytes each time, with the fonts that typst has inside.

    Only where those lack a character are the fonts of the machine asked, and where these lack it
    too, an empty box stands for it and no standard is claimed.
    """
    from json import dumps

    source = Path(__file__).with_name("page.typ").read_bytes()
    inputs = {"page": dumps(_Sheets(page).whole())}

    def made(standards: list[PDFStandard], *, own: bool) -> bytes:
        return typst.compile(
            source,
            format="pdf",
            ignore_system_fonts=own,
            sys_inputs=inputs,
            pdf_standards=standards,
        )

    for own in (True, False):
        with suppress(typst.TypstError):
            return made(STANDARDS, own=own)
    return made([], own=False)


class _Sheets:
    """A page as the data that page.typ lays out; each picture stands in it once."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.anchors = paper.anchors(page)
        self.marked: set[str] = set()
        self.pictures: dict[str, int] = {}

    def whole(self) -> dict[str, Any]:
        title = paper.title(self.page)
        preface = [*self.blocks(self.page.preface)]
        sections = [self.section(each) for each in self.page.sections]
        return {
            "title": title,
            "heading": _broken(title),
            "running": title if len(title) <= RUNNING else title[:RUNNING] + "\u2026",
            "date": dict(zip(("year", "month", "day"), paper.DAY, strict=True)),
            "wide": paper.WIDE,
            "high": paper.HIGH,
            "margin": paper.MARGIN,
            "foot": paper.FOOT,
            "padding": paper.PADDING,
            "measure": paper.MEASURE,
            "preface": preface,
            "sections": sections,
            "pictures": [_seen(svg) for svg in self.pictures],
        }

    def section(self, each: Section) -> dict[str, Any]:
        return {
            "title": _broken(paper.title(each)),
            "mark": self.mark(each.anchor),
            "blocks": [*self.blocks(each.blocks)],
            "sections": [self.section(inner) for inner in each.sections],
        }

    def blocks(self, blocks: Sequence[Block]) -> Iterator[dict[str, Any]]:
        for each in blocks:
            if isinstance(each, Table):
                yield self.table(each)
            elif isinstance(each, Paragraph):
                yield {"is": "line", "line": self.line(each.line)}
            elif isinstance(each, Bullets):
                yield self.points(each)
            else:
                yield {"is": "picture", "caption": _broken(each.title)} | self.picture(each)

    def table(self, table: Table) -> dict[str, Any]:
        widths = paper.widths(table)
        return {
            "is": "table",
            "caption": _broken(table.caption),
            "head": [_broken(each) for each in table.head],
            "widths": widths,
            "rows": [self.row(each, widths) for each in table.rows],
        }

    def row(self, row: Row, widths: Sequence[float]) -> dict[str, Any]:
        cells = []
        for cell, width in zip(row.cells, widths, strict=True):
            told: dict[str, Any] = {"lines": [self.line(each) for each in cell.lines]}
            if cell.picture:
                told["picture"] = self.picture(cell.picture, width - paper.PADDING)
            cells.append(told)
        return {"cells": cells, "mark": self.mark(row.anchor), "whole": paper.whole(row, widths)}

    def points(self, points: Bullets) -> dict[str, Any]:
        marks = [*points.anchors, *[""] * len(points.items)]
        items = [
            {"lines": [self.line(line) for line in lines], "mark": self.mark(anchor)}
            for lines, anchor in zip(points.items, marks, strict=False)
        ]
        return {"is": "points", "items": items}

    def picture(self, picture: Picture, room: float = paper.ROOM) -> dict[str, Any]:
        number = self.pictures.setdefault(picture.svg, len(self.pictures))
        width, _ = paper.size(picture, room)
        return {"number": number, "width": width, "told": paper.told(picture)}

    def line(self, line: Line) -> list[dict[str, str]]:
        return [
            {"text": _broken(each.text), "kind": each.kind} | self.link(each.link) for each in line
        ]

    def link(self, link: str) -> dict[str, str]:
        if link.startswith("#") and link[1:] in self.anchors:
            return {"to": f"to-{self.anchors[link[1:]]}"}
        found = paper.address(link)
        return {"address": found} if found else {}

    def mark(self, anchor: str) -> str | None:
        """Give the name of the place that links to an anchor lead to, once."""
        if anchor not in self.anchors or anchor in self.marked:
            return None
        self.marked.add(anchor)
        return f"to-{self.anchors[anchor]}"


def _broken(text: str) -> str:
    """Give a text whose long words may be broken, so that none leaves its column."""
    return _LONG.sub("\\g<0>\u200b", _seen(text))


def _seen(text: str) -> str:
    """Give a text without characters whose meaning is private, which PDF/A does not take."""
    return _PRIVATE.sub("\ufffd", shown(text))
