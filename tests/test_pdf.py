"""The appendix as PDF, read back by pypdf."""

from __future__ import annotations

import hashlib
import io
import re
import sys

import pypdf
import pytest
from command import TESTS, process
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sheets import (
    NASTY,
    PAGE,
    PAGES,
    Page,
    Section,
    Table,
    dense,
    drawn,
    pictures,
    row,
    sections,
    tables,
    tags,
    words,
)

from figurecheck.appendix import paper, pdf
from figurecheck.appendix.content import Cell, Row, Span, line, said

WAYWARD = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def opened(page):
    return pypdf.PdfReader(io.BytesIO(pdf.data(page)))


def text(reader):
    return dense("".join(page.extract_text() for page in reader.pages))


def targets(reader):
    """Give where the links lead: an address, or None for a place in the document."""
    for page in reader.pages:
        for each in page.get("/Annots", []):
            link = each.get_object()
            action = link.get("/A", {})
            yield action.get("/URI")


def outline(reader):
    """Give the titles of the bookmarks with their depth."""

    def within(items, depth):
        for each in items:
            if isinstance(each, list):
                yield from within(each, depth + 1)
            else:
                yield each.title, depth

    return list(within(reader.outline, 1))


def standards(reader):
    """Give the standards that the file claims to keep."""
    told = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    return re.findall(r"<(pdfuaid:part|pdfaid:part|pdfaid:conformance)>(.)<", told)


def test_all_texts_are_there():
    told = text(opened(PAGE))
    for each in words(PAGE):
        assert dense(each)[:60] in told


def test_it_is_tagged_for_readers_that_read_aloud_and_to_be_kept():
    reader = opened(PAGE)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Figures of a report"
    assert reader.metadata.creation_date.year == 1980
    claimed = dict(standards(reader))
    assert claimed == {"pdfuaid:part": "1", "pdfaid:part": "2", "pdfaid:conformance": "A"}


def test_every_picture_is_a_figure_with_its_words():
    found = [told for tag, told in tags(opened(PAGE)) if tag == "/Figure"]
    assert found == [paper.told(each) for each in pictures(PAGE)]


def test_every_table_has_a_head_and_a_caption():
    found = [tag for tag, _ in tags(opened(PAGE))]
    assert found.count("/Table") == len(tables(PAGE))
    assert found.count("/THead") == len([each for each in tables(PAGE) if each.rows])
    assert found.count("/TH") == sum(len(each.head) for each in tables(PAGE))
    assert found.count("/TR") == sum(1 + len(each.rows) for each in tables(PAGE))
    assert found.count("/Caption") == len(tables(PAGE)) + 1


def test_the_head_of_a_long_table_stands_on_every_sheet():
    sheets = [dense(page.extract_text()) for page in opened(PAGE).pages]
    rows = [re.search(r"name\d", each) for each in sheets]
    heads = ["FigurePictureQuote" in each for each in sheets]
    assert heads.count(True) > 2
    assert all(head for head, found in zip(heads, rows, strict=True) if found)


def test_sections_are_bookmarks_of_their_depth():
    found = outline(opened(PAGE))
    assert found == [(section.title, depth) for section, depth in sections(PAGE)]


def test_links_lead_to_places_in_it_and_to_web_pages_and_nowhere_else():
    found = list(targets(opened(PAGE)))
    assert set(found) == {None, "https://example.org/a?b=c#d"}


def test_sheets_lie_and_are_numbered():
    pages = opened(PAGE).pages
    for number, page in enumerate(pages, 1):
        assert page.mediabox.width > page.mediabox.height
        assert dense(page.extract_text()).endswith(f"{number}/{len(pages)}")


def test_a_short_page_needs_no_contents():
    short = Page("t", (), (Section("One", "", (said("x"),)),))
    assert "Contents" in text(opened(PAGE))
    assert "Contents" not in text(opened(short))


def test_the_same_page_is_the_same_bytes_in_every_process():
    code = "import sys; sys.path.insert(0, sys.argv[1]); import hashlib; from sheets import PAGE"
    code += "; from figurecheck.appendix import pdf"
    code += "; print(hashlib.sha256(pdf.data(PAGE)).hexdigest())"
    runs = [
        process(code, TESTS, entry=("-c",), env={"PYTHONHASHSEED": seed, "TZ": zone})
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]
    found = {each.stdout.split()[-1].decode() for each in runs}
    assert found == {hashlib.sha256(pdf.data(PAGE)).hexdigest()}


@WAYWARD
@given(PAGES)
def test_no_text_breaks_a_pdf_and_no_picture_is_lost(page):
    reader = opened(page)
    assert len(reader.pages) > 0
    found = tags(reader)
    assert [told for tag, told in found if tag == "/Figure"] == [
        paper.told(each) for each in pictures(page)
    ]
    assert [tag for tag, _ in found].count("/Table") == len(tables(page))
    assert all(to is None or re.fullmatch(r"https?://[!-~]+", to) for to in targets(reader))


PLAIN = st.text(st.characters(codec="latin-1", categories=["L", "N", "P", "S"]), max_size=40)


@WAYWARD
@given(PLAIN, PLAIN, PLAIN)
def test_every_sign_of_a_text_is_shown_as_it_stands(title, cell, point):
    table = Table(title, (title, "B"), (Row((Cell((line(cell),)), Cell((line(point),)))),))
    reader = opened(Page(title, (said(point), table), (Section(cell, "a", ()),)))
    told = text(reader)
    for each in (title, cell, point):
        assert dense(each) in told
    assert standards(reader)


@pytest.mark.parametrize("nasty", NASTY)
def test_what_looks_like_markup_is_text(nasty):
    reader = opened(Page("t", (said(Span("begin"), Span(nasty), Span("end")),), ()))
    found = re.search("begin(.*)end", text(reader))
    assert found
    if nasty.isascii() and nasty.isprintable():
        assert found[1] == dense(nasty)


def test_a_sign_stands_for_what_cannot_be_shown():
    assert "a\ufffdb\ufffd" in text(opened(Page("t", (said("a\0b\ue000"),), ())))


def test_a_character_that_no_font_has_loses_the_standards_and_not_the_page():
    reader = opened(Page("t", (said("before \U00010fff after"),), ()))
    assert standards(reader) == []
    assert "before" in text(reader)
    assert tags(reader)


def test_a_text_longer_than_a_sheet_goes_on_and_none_of_it_is_cut_off():
    huge = Table("h", ("A", "B"), (Row((Cell((line("x" * 20_000),)), Cell((line("after"),)))),))
    reader = opened(Page("t", (huge, said("the end")), ()))
    said_at: list[tuple[str, float, float]] = []

    def visit(text, moved, at, *_):
        x = at[4] * moved[0] + at[5] * moved[2] + moved[4]
        said_at.append((text, x, at[4] * moved[1] + at[5] * moved[3] + moved[5]))

    for page in reader.pages:
        page.extract_text(visitor_text=visit)
    told = dense("".join(text for text, *_ in said_at))
    assert told.count("x") == 20_000
    assert "theend" in told
    for text, x, y in said_at:
        if "x" in text:
            assert len(text.strip()) < paper.ROOM / 3  # no letter is narrower than three points
            assert paper.FOOT <= y <= paper.HIGH
            assert paper.MARGIN - 1 <= x <= paper.WIDE - paper.MARGIN


def test_a_text_of_many_words_goes_on_over_many_sheets():
    huge = Table("h", ("A",), (Row((Cell((line("word " * 20_000),)),)),))
    assert len(opened(Page("t", (huge,), ())).pages) > 10


def test_pages_and_sections_without_a_title_say_so_and_keep_the_standards():
    reader = opened(Page(" \t", (), (Section("", "", ()),)))
    assert reader.metadata.title == "Without a title"
    assert outline(reader) == [("Without a title", 1)]
    assert standards(reader)


def test_rows_stand_whole_on_a_sheet():
    rows = tuple(row(each, f"row{each}x", f"line{each}x " * 60) for each in range(30))
    reader = opened(Page("t", (Table("t", ("A", "B", "C"), rows),), ()))
    sheets = [dense(page.extract_text()) for page in reader.pages]
    assert len(sheets) > 2
    for number in range(30):
        assert [sheet.count(f"line{number}x") for sheet in sheets if f"line{number}x" in sheet] == [
            120
        ]


def test_a_missing_package_is_named_with_its_extra(monkeypatch):
    monkeypatch.delitem(sys.modules, "figurecheck.appendix.pdf")
    monkeypatch.setitem(sys.modules, "typst", None)
    monkeypatch.delattr("figurecheck.appendix.pdf")
    with pytest.raises(paper.NotInstalled) as caught:
        from figurecheck.appendix import pdf as _  # noqa: F401
    assert str(caught.value) == "needs typst; wanted: pip install 'figurecheck[pdf]'"


def test_a_picture_taller_than_a_sheet_is_made_smaller():
    reader = opened(Page("t", (drawn(1, width=100, height=9000),), ()))
    assert len(reader.pages) <= 2
