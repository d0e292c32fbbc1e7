"""Tables for people: every cell is shown as it stands, in HTML and in Markdown."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hostile import HOSTILE, NOTHING_OPENS, tables, unescaped
from hypothesis import example, given
from hypothesis import strategies as st

from figurecheck.display import LONGEST_CELL, MOST_ROWS, Display, Displayed
from figurecheck.markup import html, html_table, markdown, markdown_table

SHOWN = re.compile("[\0-\x08\x0e-\x1b\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Page(HTMLParser):
    """What a browser makes of a piece of HTML: its elements, attributes and texts."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.attributes, self.cells, self.open = [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.attributes += attrs
        self.open.append(tag)
        if tag in {"td", "th"}:
            self.cells.append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] in {"td", "th"}:
            self.cells[-1] += data


def plain(text):
    """Give a text as it is shown: in one line, what cannot be seen replaced."""
    return SHOWN.sub("\ufffd", " ".join(text.split()))


class Thing(Displayed):
    """Something with a table."""

    def __init__(self, *table):
        self.shown = Display(*table)

    @property
    def display(self):
        return self.shown


@given(HOSTILE | st.text())
@example("a" * 1_000_000)
@example("|" * 1_000_000)
@example("_" * 1001)
def test_a_text_in_markdown_is_shown_as_it_stands_and_opens_nothing(text):
    shown = markdown(text)
    assert "\n" not in shown
    assert not NOTHING_OPENS.search(re.sub(r"\\[!-/:-@\[-`{-~]", "\0a", shown))
    assert re.sub("[\ufffd]", "", unescaped(shown)).isprintable() or not text.isprintable()
    if text.isprintable():
        assert unescaped(shown) == " ".join(text.split())


@pytest.mark.parametrize(
    "text", ["27.6 million", "forced_labour_2021", "1.", "a - b", "R(D)", "-5 %"]
)
def test_a_text_that_nothing_can_go_wrong_with_stays_readable(text):
    assert markdown(text) == text


@given(HOSTILE | st.text())
def test_a_text_in_html_is_shown_as_it_stands_and_opens_nothing(text):
    assert not re.search("[<>\"']", html(text))
    page = Page(f"<td>{html(text)}</td>")
    assert (page.elements, page.cells) == (["td"], [plain(text)])


@given(st.lists(st.tuples(HOSTILE, HOSTILE), min_size=1, max_size=4), HOSTILE)
def test_a_hostile_cell_breaks_no_table(rows, caption):
    page = Page("\n".join(html_table(("a", "b"), rows, caption=caption)))
    assert not page.open
    assert set(page.elements) <= {"table", "caption", "thead", "tbody", "tr", "th", "td"}
    assert {name for name, _ in page.attributes} <= {"style", "class"}
    assert page.cells == ["a", "b", *(plain(cell) for row in rows for cell in row)]
    [shown] = tables("\n".join(markdown_table(("a", "b"), rows)))
    assert [tuple(row.values()) for row in shown] == [tuple(map(plain, row)) for row in rows]


def test_a_table_without_rows_is_a_header_alone():
    assert list(markdown_table(("a",), [])) == []
    assert Page("\n".join(html_table(("a",), []))).cells == ["a"]
    assert Page("\n".join(html_table(("", ""), [("a", "b")]))).cells == ["a", "b"]


@pytest.mark.parametrize(("rows", "said"), [(MOST_ROWS, 0), (MOST_ROWS + 3, 1)])
def test_a_notebook_shows_the_first_rows_and_says_how_many_more_there_are(rows, said):
    thing = Thing("Caption", ("n",), [(str(number),) for number in range(rows)], ["a note"])
    shown, marked = thing._repr_html_(), thing._repr_markdown_()
    assert Page(shown).cells == ["n", *map(str, range(MOST_ROWS))]
    for text in (shown, marked):
        assert text.count("... and 3 more") == said
        assert text.index("Caption") < text.index("59") < text.index("a note")


def test_a_notebook_shows_the_beginning_of_a_text_without_end():
    thing = Thing("Caption", ("n",), [("x" * 10_000_000,), ("y" * LONGEST_CELL,)])
    assert Page(thing._repr_html_()).cells[1:] == [f"{'x' * LONGEST_CELL}...", "y" * LONGEST_CELL]
    assert len(thing._repr_markdown_()) < 3 * LONGEST_CELL


@given(HOSTILE, HOSTILE, HOSTILE)
def test_a_notebook_is_given_no_script_no_address_and_no_colour(caption, cell, note):
    thing = Thing(caption, ("x",), [(cell,)], [note])
    page = Page(thing._repr_html_())
    assert not page.open
    assert not {"script", "style", "img", "a", "link", "iframe"} & set(page.elements)
    assert not re.search("color|url|expression", str(page.attributes))
    lines = thing._repr_markdown_().splitlines()
    texts = [line.removeprefix("**").removesuffix("**") for line in lines if line[:1] != "|"]
    assert not NOTHING_OPENS.search(re.sub(r"\\[!-/:-@\[-`{-~]", "\0a", "\n".join(texts)))


def test_what_is_displayed_says_what_it_shows():
    with pytest.raises(NotImplementedError):
        _ = Displayed().display
