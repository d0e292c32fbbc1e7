"""Pages for paper: one with every kind of block, and drawn ones whose texts are hostile."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from hypothesis import strategies as st

from figurecheck.appendix.content import (
    CODE,
    FAINT,
    QUOTE,
    STRONG,
    Bullets,
    Cell,
    Page,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
    line,
    said,
)
from figurecheck.appendix.svg import Picture


def drawn(number: int, *, width: int = 180, height: int = 20, text: str = "") -> Picture:
    """Give a picture of its own for each number."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" fill="currentColor" font-family="sans-serif">'
        f'<title>{number}</title><rect x="{number % width}" y="2" width="9" height="9"/>'
        f'<text x="2" y="12">{escape(text)}</text></svg>'
    )
    return Picture(svg, f"band {number}", f"stands for {number} to {number + 1}", width, height)


def row(number: int, *texts: str) -> Row:
    """Give a row of cells, with a picture in its second."""
    first, *rest = [Cell((line(Span(each, STRONG)), line(each))) for each in texts]
    return Row((first, Cell((), drawn(number)), *rest), f"figure-{number}")


PAGE = Page(
    "Figures of a report",
    (said("Made from a ", Span("register", CODE), "."),),
    (
        Section(
            "Summary",
            "summary",
            (
                said(
                    "See ",
                    Span("the first figure", STRONG, "#figure-1"),
                    ", ",
                    Span("nothing", link="#gone"),
                    ", ",
                    Span("the web", link="https://example.org/a?b=c#d"),
                    ", ",
                    Span("the web again", STRONG, "https://example.org/a?b=c#d"),
                    " or ",
                    Span("a script", link="javascript:alert(1)"),
                    ".",
                ),
                Table(
                    "How it came out",
                    ("Outcome", "Picture", "Meaning"),
                    tuple(row(each, f"outcome {each}", f"meaning {each}") for each in range(1, 5)),
                ),
            ),
        ),
        Section(
            "Figures",
            "figures",
            (drawn(50, width=680, height=400),),
            (
                Section(
                    "Inner part",
                    "inner",
                    (
                        Table(
                            "All figures",
                            ("Figure", "Picture", "Quote"),
                            tuple(
                                row(each, f"name {each}", f"a long quote {each} " * (each % 30))
                                for each in range(1, 90)
                            ),
                        ),
                    ),
                    (Section("Innermost part", "innermost", (said("Nothing."),)),),
                ),
            ),
        ),
        Section(
            "Findings",
            "findings",
            (
                Bullets(
                    (
                        (line(Span("a finding", STRONG)), line(Span("its proof", FAINT))),
                        (line(Span("an old saying", QUOTE)),),
                    ),
                    ("finding-1",),
                ),
                Table("Nothing in it", ("Alone",), ()),
                Table("The last", ("Alone",), (Row((Cell(),), "figure-1"),)),
            ),
        ),
    ),
)

NASTY = [
    *("\0", "\x1b[31m", "\ud800", "\ufffe", "\u202eevil", "\U0010ffff", "\ue000", "e\u0301"),
    *("<w:p/>", "]]>", "&amp;", "</w:t>", "<script>alert(1)</script>", "${x}", "{{x}}"),
    *('#panic("x")', "#eval(1)", "*bold*", "$x^2$", "@label", "<label>", "= Head", '"', "\\", "//"),
    *("مليون شخص", "מיליון", "百万人", "😀", "👩\u200d👧", "हिन्दी", "=cmd|' /C calc'!A1"),
    *("{ PAGE }", "MERGEFIELD x", "a\u00a0b", "a\u200bb", "~", "---", "'quoted'", "1.", "- "),
]
TEXTS = st.lists(st.sampled_from(NASTY) | st.text(max_size=5), max_size=6).map("".join)
LINKS = st.sampled_from(
    ["", "#a", "#", "#b", "http://", "http://a b", "https://x.y/ä?[", "http://[", "http://a:x/"]
) | TEXTS.map("http://".__add__)
SPANS = st.builds(Span, TEXTS, st.sampled_from(["", STRONG, CODE, QUOTE, FAINT]), LINKS)
LINES = st.lists(SPANS, max_size=3).map(tuple)
PICTURES = st.builds(
    lambda text, title, told: Picture(drawn(1, text=text).svg, title, told, 180, 20),
    *[TEXTS] * 3,
)
CELLS = st.builds(Cell, st.lists(LINES, max_size=2).map(tuple), st.none() | PICTURES)
ANCHORS = st.sampled_from(["", "a", "b", "\ud800 <x>"])
TABLES = st.integers(1, 4).flatmap(
    lambda many: st.builds(
        Table,
        TEXTS,
        st.tuples(*[TEXTS] * many),
        st.lists(st.builds(Row, st.tuples(*[CELLS] * many), ANCHORS), max_size=3).map(tuple),
    )
)
BULLETS = st.builds(
    Bullets,
    st.lists(st.lists(LINES, max_size=2).map(tuple), max_size=2).map(tuple),
    st.lists(ANCHORS, max_size=3).map(tuple),
)
BLOCKS = st.lists(TABLES | st.builds(Paragraph, LINES) | BULLETS | PICTURES, max_size=3)
SECTIONS = st.recursive(
    st.builds(Section, TEXTS, ANCHORS, BLOCKS.map(tuple)),
    lambda inner: st.builds(
        Section, TEXTS, ANCHORS, st.just(()), st.lists(inner, max_size=2).map(tuple)
    ),
    max_leaves=4,
)
PAGES = st.builds(Page, TEXTS, BLOCKS.map(tuple), st.lists(SECTIONS, max_size=2).map(tuple))


def sections(page):
    """Give every section, the outer before the inner, each with its depth."""

    def within(section, depth):
        yield section, depth
        for each in section.sections:
            yield from within(each, depth + 1)

    for each in page.sections:
        yield from within(each, 1)


def blocks(page):
    yield from page.preface
    for section, _ in sections(page):
        yield from section.blocks


def tables(page):
    return [each for each in blocks(page) if isinstance(each, Table)]


def pictures(page):
    """Give every picture in the order of reading."""
    for each in blocks(page):
        if isinstance(each, Picture):
            yield each
        elif isinstance(each, Table):
            yield from (cell.picture for row in each.rows for cell in row.cells if cell.picture)


def lines(page):
    """Give the texts of all lines in the order of reading, without those of prose."""
    for each in blocks(page):
        if isinstance(each, Paragraph):
            yield each.line
        elif isinstance(each, Bullets):
            yield from (one for item in each.items for one in item)
        elif isinstance(each, Table):
            yield from (one for row in each.rows for cell in row.cells for one in cell.lines)


def words(page):
    """Give every text that a reader has to find."""
    yield page.title
    yield from (section.title for section, _ in sections(page))
    for table in tables(page):
        yield from (table.caption, *table.head)
    yield from ("".join(span.text for span in each) for each in lines(page))


def dense(text):
    """Give a text without what layout puts between its letters."""
    return re.sub(r"[\s\u200b\u00ad]+", "", text)


def tags(reader):
    """Give every tag with the words for it, in the order of reading."""

    def within(node):
        node = node.get_object()
        if isinstance(node, list):
            for each in node:
                yield from within(each)
        elif isinstance(node, dict):
            if "/S" in node:
                yield node["/S"], node.get("/Alt")
            if "/K" in node:
                yield from within(node["/K"])

    return list(within(reader.trailer["/Root"]["/StructTreeRoot"]))
