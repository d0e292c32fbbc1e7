"""The appendix as Markdown: read back by other readers, it is the page and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from command import golden
from hypothesis import example, given, settings
from markdown_it import MarkdownIt
from tools import pandoc, with_pandoc
from trees import FIGURES, PAGE, PAGES, SHEET, TALL, cell, number, picture

from figurecheck.appendix.content import (
    CODE,
    FAINT,
    STRONG,
    Bullets,
    Page,
    Row,
    Section,
    Span,
    Table,
    line,
    said,
)
from figurecheck.appendix.markdown import text
from figurecheck.markup import address, anchor

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
OURS = re.compile(r'<span id="[A-Za-z0-9._-]*">|</span>|<br>')


def page(*blocks, title="T"):
    return text(Page(title, blocks, ()))


def shown(*blocks):
    """Give the HTML of blocks, without the title of their page."""
    return READER.render(page(*blocks)).partition("</h1>\n")[2]


def inline(tokens, kind):
    return [each for token in tokens for each in token.children or () if each.type == kind]


def blocks(made):
    """Give every block of a page."""
    yield from made.preface
    for each in made.sections:
        yield from each.walk()


def spans(made):
    """Give every span of a page."""
    for block in blocks(made):
        match block:
            case Table():
                lines = [each for row in block.rows for cell in row.cells for each in cell.lines]
            case Bullets():
                lines = [each for item in block.items for each in item]
            case _:
                lines = [block.line] if hasattr(block, "line") else []
        yield from (span for each in lines for span in each)


def plain(given):
    """Give the letters and digits of a text, which no escaping touches."""
    return re.sub(r"[\W_]", "", given)


def test_a_page_is_written_as_it_has_always_been():
    made = text(PAGE)
    assert golden("appendix/tree.md", made) == made
    assert text(PAGE) == made


@given(PAGES)
def test_nothing_in_a_page_opens_what_the_page_has_not(made):
    tokens = READER.parse(text(made))
    assert all(OURS.fullmatch(each.content) for each in inline(tokens, "html_inline"))
    allowed = {"heading", "paragraph", "inline", "table", "thead", "tbody", "tr", "th", "td"}
    allowed |= {"bullet_list", "list_item", "blockquote"}
    assert {re.sub("_(open|close)$", "", each.type) for each in tokens} <= allowed
    assert not inline(tokens, "image")
    links = [each.attrs["href"] for each in inline(tokens, "link_open")]
    wanted = {
        f"#{anchor(span.link[1:])}" if span.link.startswith("#") else address(span.link)
        for span in spans(made)
    }
    assert set(links) <= wanted


@given(PAGES)
def test_every_table_keeps_its_columns_and_every_list_its_points(made):
    tokens = READER.parse(text(made))
    tables = [each for each in blocks(made) if isinstance(each, Table)]
    lists = [each for each in blocks(made) if isinstance(each, Bullets)]
    for kind, count in (
        ("table_open", len(tables)),
        ("th_open", sum(len(each.head) for each in tables)),
        ("td_open", sum(len(row.cells) for each in tables for row in each.rows)),
        ("list_item_open", sum(len(each.items) for each in lists)),
    ):
        assert sum(each.type == kind for each in tokens) == count


@given(PAGES)
def test_every_text_of_a_page_can_be_read(made):
    class Texts(HTMLParser):
        found = ""

        def handle_data(self, data):
            self.found += data

    reader = Texts()
    reader.feed(READER.render(text(made)))
    found = plain(reader.found)
    for span in spans(made):
        assert plain(span.text) in found


def test_kinds_are_marked_and_links_lead_to_the_page_and_to_the_web():
    told = said(
        "a ", Span("b", STRONG), " ", Span("c_d", CODE), ", ", Span("e", FAINT, "#f g"), " ",
        Span("h", link="https://example.org/(a)?b=c|d"), " ", Span("i", link="javascript:x"),
    )  # fmt: skip
    assert shown(told) == (
        "<p>a <strong>b</strong> <code>c_d</code>, "
        '<a href="#f.20.g"><em>e</em></a> '
        '<a href="https://example.org/%28a%29?b=c%7Cd">h</a> i</p>\n'
    )


@pytest.mark.parametrize(
    "spans",
    [
        (Span("a", STRONG), Span("b", STRONG)),
        (Span("a", FAINT), "b"),
        ("a", Span("(b)", STRONG), "c"),
        ("a", Span("b", CODE), Span("c", CODE)),
        ("x!", Span("a", link="#a")),
        ("http:", "//a.b ", "www", ".a.b"),
        (Span("  ", STRONG, "#a"), "a"),
    ],
)
def test_spans_that_touch_are_shown_without_a_sign_of_their_marks(spans):
    html = shown(said(*spans))
    assert (
        re.sub("<[^>]*>", "", html).strip()
        == "".join(each if isinstance(each, str) else each.text for each in spans).strip()
    )
    assert "<img" not in html


@pytest.mark.parametrize("code", ["r system('x')", "{python} 1", "a`b", "a|b", "$x$", "a\\b", " "])
def test_code_that_another_program_would_run_or_misread_is_plain_text(code):
    made = page(said("it: ", Span(code, CODE)))
    assert not re.search(r"(?<!\\)`", made)
    assert code.strip() in READER.render(made).replace("&#x27;", "'")


@pytest.mark.parametrize(
    "start", ["1. a", "- a", "+ a", "=== ", "--- ", ": a", "% a", "(1) a", "a) b"]
)
def test_no_line_begins_a_list_or_a_rule(start):
    html = shown(said(start), Bullets(((line("a"), line(start)),)))
    assert html.count("<li>") == 1
    assert "<ol" not in html
    assert "<hr" not in html
    assert html.count(start.strip()) == 2


def test_a_column_of_numbers_is_set_to_the_right():
    table = Table(
        "", ("a", "b"), (Row((cell("x"), number("1,204"))), Row((cell("y"), number("-3"))))
    )
    html = shown(table)
    assert html.count('<td style="text-align:right">') == 2
    assert "<td>x</td>" in html
    assert "text-align" not in shown(Table("", ("a",), ()))


def test_deep_headings_stay_headings():
    section = Section("deepest", "deepest")
    for depth in range(8):
        section = Section(f"s{depth}", f"at-{depth}", (), (section,))
    html = READER.render(text(Page("T", (), (section,))))
    assert len(re.findall("<h[1-6]>", html)) == 10


def test_a_picture_is_told_in_its_words_and_one_in_a_row_is_left_to_the_row():
    html = shown(SHEET)
    assert "<em>Two bands &amp; a gap</em>" in html
    assert "3 to 4 %." in html
    assert "svg" not in text(PAGE)
    assert "A band" not in shown(FIGURES)
    assert "<blockquote>" in shown(picture("", "all of it"))


@with_pandoc
def test_pandoc_finds_every_place_that_is_linked_to_and_no_html_of_a_cell():
    code, html, said_ = pandoc(text(PAGE), "--from=markdown", "--to=html", "--wrap=none")
    assert (code, said_) == (0, "")
    ids = set(re.findall(r' id="([^"]*)"', html))
    links = set(re.findall(r' href="#([^"]*)"', html))
    assert links == {"figures", "figure-one", "source-ilo"}
    assert links <= ids
    assert {"figure-other", "concept-labour", "finding-1", "summary"} <= ids
    assert "<script" not in html
    assert html.count("<table") == 2
    assert html.count("<li") == 3
    assert TALL.description in html


STRANGE = re.compile(
    "Image|Note|Cite|Math|RawBlock|OrderedList|CodeBlock|DefinitionList|LineBlock|Div|Superscript|"
    "Subscript|Strikeout|HorizontalRule"
)


@with_pandoc
@pytest.mark.parametrize("form", ["markdown", "gfm"])
@settings(max_examples=20)
@given(PAGES)
@example(Page("", (said("@a [@b] ^c^ ~d~ $e$ [f]{.g} :::h http://i.j www.k.l m@n.org #1"),), ()))
def test_neither_quarto_nor_github_makes_anything_of_a_cell(form, made):
    code, found, _ = pandoc(text(made), f"--from={form}", "--to=json")
    assert code == 0
    kinds = Counter(re.findall(r'"t":"(\w+)"', found))
    assert not [each for each in kinds if STRANGE.fullmatch(each)]
    assert kinds["Table"] == sum(isinstance(each, Table) for each in blocks(made))
    assert kinds["Link"] <= sum(bool(each.link) for each in spans(made))
    if form == "markdown":
        assert kinds["RawInline"] == found.count('["html","<br>"]')
