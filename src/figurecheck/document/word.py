"""Word documents: the text of paragraphs, cells and notes, with the place of each in words."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError

from figurecheck.document.html import figure_of
from figurecheck.document.prose import OPAQUE, DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_UNPACKED = 100_000_000
MOST_MEMBERS = 5_000
HIGHEST_RATIO = 200
RATIO_MATTERS_FROM = 1_000_000
NOTES = re.compile(r".*/(footnotes|endnotes)")
DTD = re.compile("<!(?:DOCTYPE|ENTITY)")
HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
BOOKMARK = "figure_"
SAID = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "\u2011",
    qn("w:drawing"): OPAQUE,
    qn("w:pict"): OPAQUE,
    qn("w:object"): OPAQUE,
}
SKIPPED = {
    qn(name)
    for name in ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:txbxContent", "w:instrText", "w:p")
} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath",
}
TEXT, LINK, RUN = qn("w:t"), qn("w:hyperlink"), qn("w:r")
BEGIN, END = qn("w:bookmarkStart"), qn("w:bookmarkEnd")
CELL, ROW, TABLE, PARAGRAPH = qn("w:tc"), qn("w:tr"), qn("w:tbl"), qn("w:p")


class Piece(NamedTuple):
    """A text of a paragraph, the start of a mark (its `figure`), or its end (`closes`)."""

    text: str = ""
    figure: str = ""
    closes: bool = False
    look: str = ""


class Paragraph(NamedTuple):
    """A paragraph: its place in words, the level of its heading (0 for none), and its pieces.

    `cell` has table, row and column, from 1 on.
    """

    place: str
    heading: int
    pieces: list[Piece]
    cell: tuple[int, int, int] | None = None


def paragraphs(data: bytes) -> Iterator[Paragraph]:
    """Give the paragraphs of a Word document in reading order, its notes behind them."""
    _within_limits(data)
    try:
        document = docx.Document(io.BytesIO(data))
        part = document.part
        levels = {each.style_id: _level(each.name or "") for each in document.styles}
        notes = [
            (found[1].removesuffix("s"), parse_xml(each.target_part.blob), each.target_part)
            for each in part.rels.values()
            if (found := NOTES.fullmatch(each.reltype)) and not each.is_external
        ]
    except (BadZipFile, PackageNotFoundError, XMLSyntaxError, KeyError, ValueError) as error:
        message = f"{str(error).splitlines()[0]}; wanted a Word document (.docx)"
        raise DocumentError(message) from None
    places = _Places()
    for paragraph in document.element.body.iter(PARAGRAPH):
        place, cell = places.of(paragraph)
        yield Paragraph(place, _heading(paragraph, levels), _read(paragraph, part), cell)
    for kind, root, its in notes:
        for paragraph in root.iter(PARAGRAPH):
            number = paragraph.getparent().get(qn("w:id"), "")
            yield Paragraph(f"{kind} {number}", 0, _read(paragraph, its))


def _within_limits(data: bytes) -> None:
    """Refuse what would unpack to too much, or what names entities, before anything is built."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            wrong = _too_much(members)
            for each in members if not wrong else ():
                if each.filename.endswith((".xml", ".rels")) and DTD.search(_head(archive, each)):
                    wrong = f"'{each.filename}' defines entities; wanted a document without a DTD"
                    break
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        wrong = f"{error}; wanted a Word document (.docx)"
    if wrong:
        raise DocumentError(wrong)


def _too_much(members: list[ZipInfo]) -> str:
    """Say what unpacks to more than a document is, or nothing."""
    if len(members) > MOST_MEMBERS:
        return f"{len(members):,} files are packed in it; wanted at most {MOST_MEMBERS:,}"
    total = sum(each.file_size for each in members)
    if total > LARGEST_UNPACKED:
        return f"it unpacks to {total:,} bytes; wanted at most {LARGEST_UNPACKED:,}"
    for each in members:
        limit = HIGHEST_RATIO * max(each.compress_size, 1)
        if each.file_size > RATIO_MATTERS_FROM and each.file_size > limit:
            return (
                f"'{each.filename}' unpacks to {each.file_size:,} bytes from "
                f"{each.compress_size:,}; wanted at most {HIGHEST_RATIO} times as many"
            )
    return ""


def _head(archive: ZipFile, member: ZipInfo) -> str:
    """Give all of a part that may hold a DTD: what stands before its first element, and more."""
    with archive.open(member) as file:
        return file.read(LARGEST_UNPACKED).replace(b"\0", b"").decode("latin-1")


class _Places:
    """Says where a paragraph stands: "paragraph 4", "table 1, row 2, column 3"."""

    def __init__(self) -> None:
        self.paragraphs = 0
        self.tables = 0
        self.cells: dict[Any, tuple[int, int, int] | None] = {}

    def of(self, paragraph: Any) -> tuple[str, tuple[int, int, int] | None]:
        """Give the place in words, and table, row and column in a table."""
        cell = next(paragraph.iterancestors(CELL), None)
        if cell is None:
            self.paragraphs += 1
            return f"paragraph {self.paragraphs}", None
        if cell not in self.cells:
            self.tables += 1
            table = next(paragraph.iterancestors(TABLE), cell.getparent())
            for row, each in enumerate(table.iterchildren(ROW), start=1):
                for column, one in enumerate(each.iterchildren(CELL), start=1):
                    self.cells[one] = (self.tables, row, column)
        found = self.cells.setdefault(cell)
        if found is None:
            return f"table {self.tables}", None
        return "table {}, row {}, column {}".format(*found), found


def _level(style: str) -> int:
    found = HEADING.fullmatch(style)
    return int(found[1]) if found else int(style == "Title")


def _heading(paragraph: Any, levels: dict[str, int]) -> int:
    properties = paragraph.pPr
    style = properties.pStyle if properties is not None else None
    return levels.get(style.val, 0) if style is not None else 0


def _read(paragraph: Any, part: Any) -> list[Piece]:
    pieces: list[Piece] = []
    marked: dict[str, bool] = {}
    _walk(paragraph, part, pieces, marked)
    return pieces


def _walk(element: Any, part: Any, pieces: list[Piece], marked: dict[str, bool]) -> None:
    """Gather the pieces of an element; how deep it is, the parser has limited."""
    for child in element.iterchildren():
        tag = child.tag
        if tag in SKIPPED:
            continue
        if tag == TEXT:
            pieces.append(Piece(child.text or "", look=_look(child.getparent())))
        elif tag in SAID:
            pieces.append(Piece(SAID[tag]))
        elif tag == LINK:
            pieces.append(Piece(figure=_target(child, part)))
            _walk(child, part, pieces, marked)
            pieces.append(Piece(closes=True))
        elif tag == BEGIN and (child.get(qn("w:name")) or "").startswith(BOOKMARK):
            marked[child.get(qn("w:id"))] = True
            pieces.append(Piece(figure=child.get(qn("w:name"))[len(BOOKMARK) :]))
        elif tag == END and marked.pop(child.get(qn("w:id")), False):
            pieces.append(Piece(closes=True))
        else:
            _walk(child, part, pieces, marked)


def _target(link: Any, part: Any) -> str:
    """Give the id that a link ties its text to, or nothing."""
    relation = part.rels.get(link.get(qn("r:id")) or "")
    anchor = link.get(qn("w:anchor")) or ""
    return figure_of(relation.target_ref if relation is not None else anchor)


def _look(run: Any) -> str:
    """Say whether a run is struck out or raised."""
    properties = run.find(qn("w:rPr")) if run is not None else None
    if properties is None:
        return ""
    for name, look in (("w:strike", "struck"), ("w:dstrike", "struck"), ("w:vanish", "hidden")):
        found = properties.find(qn(name))
        if found is not None and found.get(qn("w:val"), "1") not in {"0", "false"}:
            return look
    raised = properties.find(qn("w:vertAlign"))
    return "raised" if raised is not None and raised.get(qn("w:val")) == "superscript" else ""
