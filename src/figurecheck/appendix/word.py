"""The appendix as a Word document: tables whose heads repeat, pictures with words for them."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from figurecheck.appendix import paper
from figurecheck.appendix.content import (
    CODE,
    FAINT,
    QUOTE,
    STRONG,
    Bullets,
    Page,
    Paragraph,
    Section,
    Table,
)
from figurecheck.appendix.paper import PADDING, installed, shown
from figurecheck.appendix.raster import rasters

with installed("word"):
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.enum.style import WD_STYLE_TYPE
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.oxml import OxmlElement, parse_xml
    from docx.oxml.ns import nsdecls, qn
    from docx.oxml.shape import CT_Inline
    from docx.parts.image import ImagePart
    from docx.shared import Pt, RGBColor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

    from figurecheck.appendix.content import Block, Cell, Line, Span
    from figurecheck.appendix.svg import Picture

LANGUAGE = "en-GB"
DEEPEST = 6
LONGEST_TITLE = 255
STYLES = {STRONG: "Strong", CODE: "Code", QUOTE: "Quoted", FAINT: "Faint"}
LINK, TABLE, CELL, HEAD = "Hyperlink", "Figures", "TableText", "TableHead"
SIZES = {"Title": 22, "Heading1": 16, "Heading2": 13, "Heading3": 11.5}
INK, SOFT, BLUE = RGBColor(0x1C, 0x1C, 0x1C), RGBColor(0x59, 0x59, 0x59), RGBColor(0x0B, 0x4A, 0x8F)
UNUSED = ("thumbnail", "extended-properties", "stylesWithEffects", "customXml")
"""Parts of python-docx's blank document that say nothing here."""


def data(page: Page) -> bytes:
    """Give the whole appendix; the same bytes each time."""
    document = docx.Document()
    _styles(document)
    _sheet(document, page)
    _Body(document, page).fill()
    return _packed(document)


def _packed(document: Document) -> bytes:
    """Give the file without the day on which it was made; stored, for no two zlibs pack alike."""
    written, packed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with ZipFile(written) as parts, ZipFile(packed, "w", ZIP_STORED) as archive:
        for name in sorted(parts.namelist(), key=lambda name: (name[0] != "[", name)):
            member = ZipInfo(name, (*paper.DAY, 0, 0, 0))
            member.create_system = 0
            archive.writestr(member, parts.read(name))
    return packed.getvalue()


def _sheet(document: Document, page: Page) -> None:
    """Set the size of the sheets, what stands at their foot, and what is told of the file."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Pt(paper.WIDE), Pt(paper.HIGH)
    section.left_margin = section.right_margin = section.top_margin = Pt(paper.MARGIN)
    section.bottom_margin, section.footer_distance = Pt(paper.FOOT), Pt(paper.FOOT / 2)
    foot = section.footer.paragraphs[0]._p  # noqa: SLF001 - python-docx has no fields
    foot.extend([_run("Page "), _field("PAGE", "1"), _run(" of "), _field("NUMPAGES", "1")])
    told, day = document.core_properties, datetime(*paper.DAY, tzinfo=UTC)
    told.title, told.language = paper.title(page)[:LONGEST_TITLE], LANGUAGE
    told.author = told.comments = told.last_modified_by = told.keywords = ""
    told.created = told.modified = day
    for rels in (document.part.package.rels, document.part.rels):
        for key in [key for key, each in rels.items() if each.reltype.endswith(UNUSED)]:
            del rels[key]


# Styles


def _styles(document: Document) -> None:
    """Set how everything looks: dark on white, no colour but that of links."""
    styles = document.styles
    for each in [each for each in styles if each.type == WD_STYLE_TYPE.TABLE]:
        if not each.element.get(qn("w:default")):
            each.delete()
    for tag in styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), LANGUAGE)
    for each in styles:
        if each.type == WD_STYLE_TYPE.PARAGRAPH:
            each.font.color.rgb = INK
            if each.style_id in SIZES or each.style_id.startswith("Heading"):
                _face(each, SIZES.get(each.style_id, 10.5))
    normal = styles["Normal"]
    _face(normal, 10.5)
    normal.paragraph_format.space_before, normal.paragraph_format.space_after = Pt(6), Pt(0)
    normal.paragraph_format.line_spacing = 1.1
    normal.paragraph_format.widow_control = True
    title = styles["Title"]
    title.element.pPr.remove(title.element.pPr.find(qn("w:pBdr")))
    caption = styles["Caption"]
    _size(caption, 9.5)
    caption.font.bold, caption.font.color.rgb = False, SOFT
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(12), Pt(4)
    _size(styles["Footer"], 8)
    for name, bold in ((CELL, None), (HEAD, True)):
        cell = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        cell.base_style = normal
        cell.font.bold = bold
        _size(cell, 9)
        cell.paragraph_format.space_before, cell.paragraph_format.space_after = Pt(1), Pt(0)
        cell.paragraph_format.line_spacing = 1.0
    for name in (CODE, QUOTE, FAINT):
        styles.add_style(STYLES[name], WD_STYLE_TYPE.CHARACTER)
    styles["Code"].font.name = "Consolas"
    _size(styles["Code"], 8)
    styles["Quoted"].font.italic = True
    styles["Faint"].font.color.rgb = SOFT
    link = styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb = BLUE
    styles.element.append(parse_xml(_TABLE))


def _face(style: Any, size: float) -> None:
    """Set typeface and size; the theme's would come first."""
    style.font.name = "Calibri"
    fonts = style.element.rPr.rFonts
    for each in [each for each in fonts.attrib if each.lower().endswith("theme")]:
        del fonts.attrib[each]
    fonts.set(qn("w:cs"), "Calibri")
    _size(style, size)


def _size(style: Any, size: float) -> None:
    """Set the size of all letters; Word has another for those of complex scripts."""
    style.font.size = Pt(size)
    looks = style.element.rPr
    for each in looks.findall(qn("w:szCs")):
        looks.remove(each)
    looks.find(qn("w:sz")).addnext(_made("w:szCs", val=int(size * 2)))


_TABLE = f"""\
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{TABLE}">
  <w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/>
  <w:tblPr>
    <w:tblBorders>
      <w:top w:val="single" w:sz="8" w:space="0" w:color="1C1C1C"/>
      <w:bottom w:val="single" w:sz="4" w:space="0" w:color="B8B8B8"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="B8B8B8"/>
    </w:tblBorders>
    <w:tblCellMar>
      <w:top w:w="70" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>
      <w:bottom w:w="60" w:type="dxa"/><w:right w:w="{int(PADDING * 20)}" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:rPr><w:b/></w:rPr>
    <w:tcPr><w:tcBorders>
      <w:bottom w:val="single" w:sz="8" w:space="0" w:color="1C1C1C"/>
    </w:tcBorders></w:tcPr>
  </w:tblStylePr>
</w:style>"""


# Elements


def _made(name: str, /, *content: BaseOxmlElement, **attributes: object) -> BaseOxmlElement:
    """Give an element of WordprocessingML."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    made.extend(content)
    return made


def _run(text: str, style: str = "", *, strong: bool = False) -> BaseOxmlElement:
    told = _made("w:t")
    told.text = shown(text)
    told.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    looks = [_made("w:rStyle", val=style)] * bool(style) + [_made("w:b")] * strong
    return _made("w:r", *([_made("w:rPr", *looks)] if looks else []), told)


def _field(code: str, text: str) -> BaseOxmlElement:
    return _made("w:fldSimple", _run(text), instr=code)


def _paragraph(style: str, *content: BaseOxmlElement, kept: bool = False) -> BaseOxmlElement:
    """Give a paragraph; one that is kept stands on the sheet of the next."""
    looks = _made("w:pPr", _made("w:pStyle", val=style), *[_made("w:keepNext")] * kept)
    return _made("w:p", looks, *content)


# Content


class _Body:
    """What stands in the document, with the links, pictures and captions that it has so far."""

    def __init__(self, document: Document, page: Page) -> None:
        self.document, self.page = document, page
        self.part = document.part
        self.anchors = paper.anchors(page)
        self.marked: set[str] = set()
        self.links: dict[str, str] = {}
        self.counts = {"Table": 0, "Picture": 0}
        self.shapes = 0
        self.images: dict[str, str] = {}

    def fill(self) -> None:
        """Put everything into the document, in front of what ends it."""
        for number, (svg, png) in enumerate(rasters(paper.pictures(self.page)).items(), 1):
            name = PackURI(f"/word/media/image{number}.png")
            self.images[svg] = f"rIdPicture{number}"
            image = ImagePart(name, CONTENT_TYPE.PNG, png)
            self.part.load_rel(RELATIONSHIP_TYPE.IMAGE, image, self.images[svg])
        body = self.document.element.body
        end = body[-1]
        for each in self.everything():
            end.addprevious(each)
        if end.getprevious().tag == qn("w:tbl"):
            end.addprevious(_paragraph(CELL))

    def everything(self) -> Iterator[BaseOxmlElement]:
        yield _paragraph("Title", _run(paper.title(self.page)))
        yield from self.blocks(self.page.preface)
        for each in self.page.sections:
            yield from self.section(each, 1)

    def section(self, section: Section, level: int) -> Iterator[BaseOxmlElement]:
        style = f"Heading{min(level, DEEPEST)}"
        yield _paragraph(style, *self.mark(section.anchor), _run(paper.title(section)))
        yield from self.blocks(section.blocks)
        for each in section.sections:
            yield from self.section(each, level + 1)

    def blocks(self, blocks: Iterable[Block]) -> Iterator[BaseOxmlElement]:
        for each in blocks:
            if isinstance(each, Table):
                yield self.caption("Table", each.caption)
                yield self.table(each)
            elif isinstance(each, Paragraph):
                yield _narrow(_paragraph("Normal", *self.line(each.line)))
            elif isinstance(each, Bullets):
                yield from self.points(each)
            else:
                yield self.caption("Picture", each.title)
                yield _paragraph("Normal", self.picture(each, paper.ROOM))

    def caption(self, kind: str, text: str) -> BaseOxmlElement:
        self.counts[kind] += 1
        number = _field(f"SEQ {kind} \\* ARABIC", str(self.counts[kind]))
        return _paragraph("Caption", _run(f"{kind} "), number, _run(f": {text}"))

    def points(self, points: Bullets) -> Iterator[BaseOxmlElement]:
        anchors = [*points.anchors, *[""] * len(points.items)]
        for lines, anchor in zip(points.items, anchors, strict=False):
            content = [*self.mark(anchor)]
            for number, line in enumerate(lines):
                content += [_made("w:r", _made("w:br"))] * bool(number) + [*self.line(line)]
            yield _narrow(_paragraph("ListBullet", *content))

    # Tables

    def table(self, table: Table) -> BaseOxmlElement:
        points = paper.widths(table)
        widths = [int(each * 20) for each in points]
        looks = _made(
            "w:tblPr",
            _made("w:tblStyle", val=TABLE),
            _made("w:tblW", w=sum(widths), type="dxa"),
            _made("w:tblLayout", type="fixed"),
            _made("w:tblLook", val="00A0", firstRow=1, firstColumn=1, noHBand=0, noVBand=1),
            _made("w:tblCaption", val=shown(table.caption)),
        )
        grid = _made("w:tblGrid", *(_made("w:gridCol", w=each) for each in widths))
        head = [[_paragraph(HEAD, _run(each), kept=True)] for each in table.head]
        rows = [_row(head, widths, _made("w:cantSplit"), _made("w:tblHeader"))]
        for each in table.rows:
            named = [each.anchor, *[""] * len(each.cells)]
            cells = [
                self.cell(cell, width, anchor)
                for cell, width, anchor in zip(each.cells, points, named, strict=False)
            ]
            whole = [_made("w:cantSplit")] * paper.whole(each, points)
            rows.append(_row(cells, widths, *whole))
        return _made("w:tbl", looks, grid, *rows)

    def cell(self, cell: Cell, width: float, anchor: str) -> list[BaseOxmlElement]:
        made = [_paragraph(CELL, *self.line(line)) for line in cell.lines]
        if cell.picture:
            made.append(_paragraph(CELL, self.picture(cell.picture, width - PADDING)))
        made = made or [_paragraph(CELL)]
        for each in reversed(self.mark(anchor)):
            made[0].insert(1, each)
        return made

    # Lines and pictures

    def line(self, line: Line) -> Iterator[BaseOxmlElement]:
        for each in line:
            yield self.span(each)

    def span(self, span: Span) -> BaseOxmlElement:
        text = f"“{span.text}”" if span.kind == QUOTE else span.text
        to, address = self.anchors.get(span.link[1:]), paper.address(span.link)
        if span.link.startswith("#") and to:
            run = _run(text, LINK, strong=span.kind == STRONG)
            return _made("w:hyperlink", run, anchor=_name(to), history=1)
        if address:
            run = _run(text, LINK, strong=span.kind == STRONG)
            link = _made("w:hyperlink", run, history=1)
            link.set(qn("r:id"), self.relation(address))
            return link
        return _run(text, STYLES.get(span.kind, ""))

    def relation(self, address: str) -> str:
        if address not in self.links:
            kind = RELATIONSHIP_TYPE.HYPERLINK
            self.links[address] = self.part.relate_to(address, kind, is_external=True)
        return self.links[address]

    def mark(self, anchor: str) -> list[BaseOxmlElement]:
        """Give the bookmark that links to an anchor lead to, once."""
        number = self.anchors.get(anchor)
        if not number or anchor in self.marked:
            return []
        self.marked.add(anchor)
        return [
            _made("w:bookmarkStart", id=number, name=_name(number)),
            _made("w:bookmarkEnd", id=number),
        ]

    def picture(self, picture: Picture, room: float) -> BaseOxmlElement:
        self.shapes += 1
        width, height = (Pt(each) for each in paper.size(picture, room))
        name, told = f"Picture {self.shapes}", paper.told(picture)
        inline = CT_Inline.new_pic_inline(
            self.shapes, self.images[picture.svg], name, width, height
        )
        inline.docPr.set("name", name)
        inline.docPr.set("descr", told)
        return _made("w:r", _made("w:drawing", inline))


def _name(number: int) -> str:
    """Give the name of a bookmark as Word gives them to what is referred to; it hides these."""
    return f"_Ref{number}"


def _narrow(paragraph: BaseOxmlElement) -> BaseOxmlElement:
    """Keep the lines of a text as short as reads well."""
    right = (paper.ROOM - paper.MEASURE) * 20
    paragraph.pPr.append(_made("w:ind", right=right))
    return paragraph


def _row(
    cells: Sequence[Sequence[BaseOxmlElement]], widths: Sequence[int], *looks: BaseOxmlElement
) -> BaseOxmlElement:
    made = [
        _made("w:tc", _made("w:tcPr", _made("w:tcW", w=width, type="dxa")), *content)
        for content, width in zip(cells, widths, strict=True)
    ]
    return _made("w:tr", *([_made("w:trPr", *looks)] if looks else []), *made)
