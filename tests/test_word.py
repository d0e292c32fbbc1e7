"""The appendix as a Word document, read back by python-docx and by LibreOffice."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from zipfile import ZIP_STORED, ZipFile

import docx
import pypdf
import pytest
from command import TESTS, process
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from sheets import (
    NASTY,
    PAGE,
    PAGES,
    Page,
    Picture,
    Section,
    Table,
    dense,
    drawn,
    pictures,
    row,
    sections,
    tables,
    words,
)

from figurecheck.appendix import paper, word
from figurecheck.appendix.content import Cell, Row, line, said
from figurecheck.appendix.paper import shown
from figurecheck.appendix.raster import rasters

PNG = b"\x89PNG\r\n\x1a\n"
WAYWARD = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def opened(page):
    return docx.Document(io.BytesIO(word.data(page)))


def drawings(document):
    """Give the words for every picture, with the bytes that it shows."""
    for each in document.element.body.iter(qn("w:drawing")):
        told = each.find(".//" + qn("wp:docPr")).get("descr")
        image = each.find(".//" + qn("a:blip")).get(qn("r:embed"))
        yield told, document.part.related_parts[image].blob


def text(element):
    return "".join(each.text or "" for each in element.iter(qn("w:t")))


def links(document):
    """Give text and place of every link: the name of a bookmark, or an address."""
    for each in document.element.body.iter(qn("w:hyperlink")):
        relation = each.get(qn("r:id"))
        to = document.part.rels[relation].target_ref if relation else each.get(qn("w:anchor"))
        yield text(each), to


def heads(document):
    return [each for each in document.element.body.iter(qn("w:tr")) if _flag(each, "w:tblHeader")]


def _flag(row, name):
    return row.find(f"{qn('w:trPr')}/{qn(name)}") is not None


def test_sections_are_headings_of_their_depth():
    found = [
        (each.text, int(each.style.name.removeprefix("Heading ")))
        for each in opened(PAGE).paragraphs
        if each.style.name.startswith("Heading ")
    ]
    assert found == [(section.title, depth) for section, depth in sections(PAGE)]


def test_a_section_deeper_than_words_headings_go_has_the_deepest():
    inner = Section("level 8", "", ())
    for level in range(7, 0, -1):
        inner = Section(f"level {level}", "", (), (inner,))
    found = [each.style.name for each in opened(Page("t", (), (inner,))).paragraphs][1:]
    assert found == [f"Heading {min(level, 6)}" for level in range(1, 9)]


def test_tables_are_tables_and_their_heads_stand_on_every_sheet():
    document = opened(PAGE)
    assert len(document.tables) == len(heads(document)) == len(tables(PAGE))
    for found, table in zip(document.tables, tables(PAGE), strict=True):
        head, *rows = found.rows
        assert [cell.text for cell in head.cells] == list(table.head)
        assert _flag(head._tr, "w:tblHeader")
        assert [[cell.text for cell in each.cells] for each in rows] == [
            [
                "\n".join(
                    ["".join(map(_text, one)) for one in cell.lines] + [""] * bool(cell.picture)
                )
                if cell.lines
                else ""
                for cell in each.cells
            ]
            for each in table.rows
        ]
        look = found._tbl.tblPr.find(qn("w:tblLook"))
        assert look.get(qn("w:firstRow")) == look.get(qn("w:firstColumn")) == "1"
        assert found._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == table.caption


def _text(span):
    return span.text


def test_the_columns_of_a_table_fit_on_the_sheet():
    broad = Table("t", ("head",) * 12, (Row(tuple(Cell((), drawn(each)) for each in range(12))),))
    document = opened(Page("t", (*tables(PAGE), broad), ()))
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    assert section.page_width > section.page_height
    for table in document.tables:
        assert 0 < sum(column.width for column in table.columns) <= room


def test_a_row_stays_whole_unless_it_is_higher_than_half_a_sheet():
    low, high = row(1, "a", "short"), row(2, "b", "word " * 3000)
    table = Table("t", ("A", "B", "C"), (low, high))
    _, *rows = opened(Page("t", (table,), ())).tables[0].rows
    assert [_flag(each._tr, "w:cantSplit") for each in rows] == [True, False]


def test_every_picture_is_there_as_png_with_its_words():
    found = list(drawings(opened(PAGE)))
    assert [told for told, _ in found] == [
        f"{each.title}. {each.description}" for each in pictures(PAGE)
    ]
    assert all(png.startswith(PNG) for _, png in found)
    assert len({png for _, png in found}) == len({each.svg for each in pictures(PAGE)})
    names = [each.get("id") for each in opened(PAGE).element.body.iter(qn("wp:docPr"))]
    assert len(set(names)) == len(names)


def test_a_picture_that_is_wider_than_its_room_is_made_smaller_in_proportion():
    table = Table("t", ("A", "B"), (Row((Cell(), Cell((), drawn(2, width=4000, height=400)))),))
    page = Page("t", (drawn(1, width=2000, height=100), drawn(3, width=10, height=9000), table), ())
    for shape in opened(page).inline_shapes:
        assert shape.width.pt <= paper.ROOM
        assert shape.height.pt <= paper.TALLEST
    wide, tall, small = opened(page).inline_shapes
    assert wide.width / wide.height == pytest.approx(20, rel=0.01)
    assert tall.height / tall.width == pytest.approx(900, rel=0.01)
    assert small.width / small.height == pytest.approx(10, rel=0.01)


def test_links_lead_to_bookmarks_and_web_pages_and_nowhere_else():
    document = opened(PAGE)
    marks = [each.get(qn("w:name")) for each in document.element.body.iter(qn("w:bookmarkStart"))]
    assert len(set(marks)) == len(marks)
    found = dict(links(document))
    assert found.pop("the first figure") in marks
    assert found == {
        "the web": "https://example.org/a?b=c#d",
        "the web again": "https://example.org/a?b=c#d",
    }
    first = document.tables[0].rows[1].cells[0]._tc
    assert dict(links(document))["the first figure"] in [
        each.get(qn("w:name")) for each in first.iter(qn("w:bookmarkStart"))
    ]


def test_captions_are_numbered_captions():
    found = [each for each in opened(PAGE).paragraphs if each.style.name == "Caption"]
    assert [text(each._p) for each in found] == [
        "Table 1: How it came out",
        "Picture 1: band 50",
        "Table 2: All figures",
        "Table 3: Nothing in it",
        "Table 4: The last",
    ]
    fields = [each._p.find(qn("w:fldSimple")).get(qn("w:instr")) for each in found]
    assert {each.split()[0] for each in fields} == {"SEQ"}


def test_kinds_of_words_are_character_styles():
    found = {
        run.text: run.style.name for paragraph in opened(PAGE).paragraphs for run in paragraph.runs
    }
    assert found["register"] == "Code"
    assert found["a finding"] == "Strong"
    assert found["its proof"] == "Faint"
    assert found["“an old saying”"] == "Quoted"


def test_points_are_a_list():
    found = [each for each in opened(PAGE).paragraphs if each.style.name == "List Bullet"]
    assert [each.text for each in found] == [
        "a finding\nits proof",
        "“an old saying”",
    ]


def test_the_file_tells_its_title_and_language_and_nobody_who_made_it():
    told = opened(PAGE).core_properties
    assert (told.title, told.language) == ("Figures of a report", "en-GB")
    assert not told.author + told.last_modified_by + told.comments
    assert told.created == told.modified
    assert told.created.year == 1980


def test_every_part_is_built_as_word_wants_it():
    with ZipFile(io.BytesIO(word.data(PAGE))) as archive:
        names = archive.namelist()
        parts = [
            parse_xml(archive.read(each))
            for each in names
            if each.startswith("word/") and each.endswith(".xml")
        ]
    assert not [each for each in names if each.startswith(("docProps/app", "customXml"))]
    for tag, first in (("w:p", "w:pPr"), ("w:tc", "w:tcPr"), ("w:r", "w:rPr"), ("w:tr", "w:trPr")):
        for each in (each for part in parts for each in part.iter(qn(tag))):
            places = [place for place, child in enumerate(each) if child.tag == qn(first)]
            assert places in ([], [0])
    for cell in (each for part in parts for each in part.iter(qn("w:tc"))):
        assert cell[-1].tag == qn("w:p")
    body = next(part for part in parts if part.tag == qn("w:document"))[0]
    assert [each.tag for each in body[-2:]] == [qn("w:p"), qn("w:sectPr")]
    assert not {(one.tag, two.tag) for one, two in pairwise(body)} & {(qn("w:tbl"), qn("w:tbl"))}


def test_the_same_page_is_the_same_bytes_in_every_process():
    code = "import sys; sys.path.insert(0, sys.argv[1]); import hashlib; from sheets import PAGE"
    code += "; from figurecheck.appendix import word"
    code += "; print(hashlib.sha256(word.data(PAGE)).hexdigest())"
    runs = [
        process(code, TESTS, entry=("-c",), env={"PYTHONHASHSEED": seed}).stdout.split()[-1]
        for seed in "12"
    ]
    assert {each.decode() for each in runs} == {hashlib.sha256(word.data(PAGE)).hexdigest()}
    with ZipFile(io.BytesIO(word.data(PAGE))) as archive:
        members = archive.infolist()
    assert members[0].filename == "[Content_Types].xml"
    assert {(each.date_time[0], each.compress_type) for each in members} == {(1980, ZIP_STORED)}


@WAYWARD
@given(PAGES)
def test_no_text_breaks_a_document_and_all_of_it_is_there(page):
    document = opened(page)
    assert document.core_properties.title == paper.title(page)[:255]
    found = [text(each) for each in document.element.body.iter(qn("w:p"))]
    said = "".join(found).replace("“", "").replace("”", "")
    for each in words(page):
        assert shown(each).strip().replace("“", "").replace("”", "") in said
    assert len(document.tables) == len(tables(page))
    assert [told for told, _ in drawings(document)] == [paper.told(each) for each in pictures(page)]
    marks = {each.get(qn("w:name")) for each in document.element.body.iter(qn("w:bookmarkStart"))}
    for _, to in links(document):
        assert to in marks or re.fullmatch(r"https?://[!-~]+", to)


def test_a_sign_stands_for_what_cannot_be_shown():
    document = opened(Page("a\0b", (said("c\ud800d\te\x1b"),), ()))
    assert [each.text for each in document.paragraphs] == ["a\ufffdb", "c\ufffdd e\ufffd"]


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Give a function that opens a page with LibreOffice and gives the PDF of what it shows."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("office")

    def shown_by_office(page):
        (folder / "page.docx").write_bytes(word.data(page))
        (folder / "page.pdf").unlink(missing_ok=True)
        home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
        command = [program, home, "--headless", "--convert-to", "pdf", "--outdir", folder]
        subprocess.run(
            [*command, folder / "page.docx"], check=True, capture_output=True, timeout=120
        )
        return pypdf.PdfReader(folder / "page.pdf")

    return shown_by_office


def test_libreoffice_shows_all_texts_and_pictures(office):
    pdf = office(PAGE)
    told = dense("".join(page.extract_text() for page in pdf.pages))
    assert len(pdf.pages) > 3
    for each in words(PAGE):
        assert dense(each)[:60] in told
    assert sum(len(page.images) for page in pdf.pages) >= len(list(pictures(PAGE)))
    heads = [page for page in pdf.pages if "FigurePictureQuote" in dense(page.extract_text())]
    assert len(heads) > 2


def test_libreoffice_opens_hostile_texts_and_cuts_none_off(office):
    long = "x" * 100_000
    nasty = Table("n", ("A", "B"), tuple(Row((Cell((line(each),)), Cell())) for each in NASTY))
    huge = Table("h", ("A", "B"), (Row((Cell((line(long),)), Cell((line("after"),)))),))
    pdf = office(Page("t", (nasty, huge, said("the end")), ()))
    told = dense("".join(page.extract_text() for page in pdf.pages))
    assert told.count("x") >= 100_000
    assert "theend" in told
    for each in ("<w:p/>", "]]>", "&amp;", "{PAGE}", "${x}", '#panic("x")'):
        assert each in told


def test_a_missing_package_is_named_with_its_extra(monkeypatch):
    monkeypatch.delitem(sys.modules, "figurecheck.appendix.word")
    monkeypatch.setitem(sys.modules, "docx", None)
    monkeypatch.delattr("figurecheck.appendix.word")
    with pytest.raises(paper.NotInstalled) as caught:
        from figurecheck.appendix import word as _  # noqa: F401
    assert str(caught.value) == "needs python-docx; wanted: pip install 'figurecheck[word]'"


def test_another_missing_package_is_none_of_ours():
    with pytest.raises(ModuleNotFoundError, match="nonsense"), paper.installed("word"):
        import nonsense  # noqa: F401


def test_open_colours_are_black_and_the_ground_is_white():
    bare = drawn(1, text="27.6 million")
    black = replace(bare, svg=bare.svg.replace("currentColor", "#000000"))
    ground = '</title><rect width="180" height="20" fill="#ffffff"/>'
    white = replace(bare, svg=bare.svg.replace("</title>", ground))
    red = replace(bare, svg=bare.svg.replace("currentColor", "#ff0000"))
    first, second, third, fourth = rasters([bare, black, white, red]).values()
    assert first == second == third != fourth


def test_pictures_are_as_sharp_as_print_wants():
    (png,) = rasters([drawn(1)]).values()
    width, height = (int.from_bytes(png[at : at + 4]) for at in (16, 20))
    assert (width, height) == pytest.approx((180 * 0.75 / 72 * 200, 20 * 0.75 / 72 * 200), abs=1)


def test_no_pictures_need_no_typst():
    assert rasters([]) == {}


def test_pictures_that_are_alike_are_drawn_once():
    again = Picture(drawn(1).svg, "other", "words", 180, 20)
    assert len(rasters([drawn(1), again, drawn(2)])) == 2
