"""The page of the appendix as HTML: its marks, its links, and that no cell can do any harm."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from command import ROOT, process
from hypothesis import given
from hypothesis import strategies as st
from small import TODAY, register

from figurecheck.appendix import Appendix, html, page
from figurecheck.appendix.content import (
    CODE,
    STRONG,
    Bullets,
    Cell,
    Lazy,
    Page,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
    line,
)
from figurecheck.appendix.svg import Picture
from figurecheck.configuration import Layout
from figurecheck.confront import check
from figurecheck.register import load, parsed

VOID = {"meta", "br", "wbr", "input", "link", "img", "hr"}
SMALL = """id,reported,unit,label,concept,base,place,period,source,locator,waive
    all,27.6 million,person,people in labour,labour,,ITA,2021,s,p. 22,
    women,about 11.8 million,person,,labour/women,,ITA,2021,s,,
    share,71 %,percent,share of women,labour/women,labour,ITA,2021,s,,
    other,30.2 million,person,other count,labour,,ITA,2021,t,,FC301 with all: another count
    third,one in three,fraction,,,,,,s,,
    strange,5,blorps,,,,,,,,
    silent,,person,,,,,,,,
    relations:
    id,statement,label,source
    sexes,all == women + 15.8e6,both sexes,u
    implied,implied = share * all,what the share implies,
    sources: s=ILO, t, u"""
BAD = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</style><style>*{display:none}</style>",
    "</script><script>alert(1)</script>",
    '" onmouseover="alert(1)" x=\'',
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% for a in b %}",
    "</td></tr></table>",
    "\u202egnp.exe\u2066",
    "\x00\x08\x1b[31m\x7f\x9f",
    "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd",
    "&lt;b&gt;&#x41;&amp",
    "x" * 10_000,
    "long words " * 900,
    "<!-- -->]]><![CDATA[",
]


class Tree(HTMLParser):
    """The elements of a page, which has to be sound: tag, attributes, text and parent of each."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.open = [], []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attributes):
        names = [name for name, _ in attributes]
        assert len(names) == len(set(names)), f"{tag} has an attribute twice"
        element = (tag, dict(attributes), [], self.open[-1] if self.open else None)
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        assert self.open, f"nothing is open at </{tag}>"
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        for element in self.open:
            element[2].append(data)

    def all(self, *tags):
        return [each for each in self.elements if each[0] in tags]

    def values(self, name):
        return [each[1][name] for each in self.elements if name in each[1]]


def words(element):
    return " ".join("".join(element[2]).split())


def whole(found):
    """Give a page as one text."""
    return "".join(html.pieces(found))


def made(found, layout=None):
    """Give the page of a register or of the text of one."""
    held = register(found) if isinstance(found, str) else found
    return page(Appendix(held, check(held, today=TODAY)), layout or Layout())


def hostile():
    """Give a register with a text that means ill in each cell that takes any."""
    file = io.StringIO(newline="")
    names = (
        "id", "reported", "unit", "label", "concept", "place", "period",
        "source", "locator", "quote", "attributed_to", "note",
    )  # fmt: skip
    rows = [
        (f"f{place}", f"{place + 1} million", "person", each, f"top/{each}", each, each, "s")
        + (each,) * 4
        for place, each in enumerate(BAD)
    ]
    rows += [(f"g{place}", each, each, *(("",) * 9)) for place, each in enumerate(BAD)]
    csv.writer(file).writerows([names, *rows])
    statements = io.StringIO(newline="")
    csv.writer(statements).writerows(
        [("id", "statement", "label"), *((f"r{n}", "f0 == f1", each) for n, each in enumerate(BAD))]
    )
    source = {
        "id": "s", "title": BAD[0], "author": [{"literal": BAD[1]}], "URL": "javascript:alert(1)",
    }  # fmt: skip
    return parsed(file.getvalue(), statements.getvalue(), json.dumps([source]))


def cells(*lines, picture=None, sort=""):
    return Cell(tuple(map(line, lines)), picture, sort)


def sheet(*blocks, sections=()):
    """Give a page of one section."""
    return Page("Title", (), (Section("One", "one", blocks, tuple(sections)),))


@pytest.fixture(scope="module")
def shipped():
    return whole(made(load(ROOT / "data")))


@pytest.fixture(scope="module")
def bad():
    return whole(made(hostile(), Layout(title=BAD[0], preface="\n\n".join(BAD))))


@pytest.fixture(params=["shipped", "bad", "small", "empty"])
def any_page(request, shipped, bad):
    pages = {"shipped": shipped, "bad": bad}
    if request.param in pages:
        return pages[request.param]
    return whole(made(SMALL if request.param == "small" else "id,reported,unit,source"))


def test_a_page_is_sound_and_every_link_into_it_arrives(any_page):
    tree = Tree(any_page)
    ids = Counter(tree.values("id"))
    assert ids
    assert set(ids.values()) == {1}
    inside = {each for each in tree.values("href") if each.startswith("#")}
    assert {each[1:] for each in inside} <= set(ids)
    named = " ".join(tree.values("aria-labelledby")).split()
    assert set(named) <= set(ids)
    assert [each for each in tree.values("href") if each not in inside] == [
        each for each in tree.values("href") if each.startswith(("http://", "https://"))
    ]


def test_every_table_has_a_caption_and_every_head_its_scope(any_page):
    tree = Tree(any_page)
    for table in tree.all("table"):
        assert [each for each in tree.all("caption") if each[3] is table and words(each)]
    assert {each[1].get("scope") for each in tree.all("th")} <= {"col", "row"}
    for row in tree.all("tr"):
        inside = [each for each in tree.all("th", "td") if each[3] is row]
        if row[3][0] == "tbody":
            assert [each[0] for each in inside].count("th") == 1
    roles = {"table": "table", "tr": "row", "td": "cell", "thead": "rowgroup", "tbody": "rowgroup"}
    for tag, role in roles.items():
        assert {each[1].get("role") for each in tree.all(tag)} <= {role}


def test_headings_leave_out_no_level(any_page):
    levels = [int(each[0][1]) for each in Tree(any_page).all(*(f"h{n}" for n in range(1, 7)))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_picture_says_what_it_shows(any_page):
    pictures = Tree(any_page).all("svg")
    for each in pictures:
        assert each[1]["role"] in {"img", "group"}
        assert each[1].get("aria-label") or each[1].get("aria-labelledby")


def test_a_page_loads_nothing_and_forbids_all_but_its_own_style_and_script(any_page):
    tree = Tree(any_page)
    assert not tree.values("src") + tree.values("srcset") + tree.all("link", "base", "iframe")
    assert not {name for each in tree.elements for name in each[1] if name.startswith("on")}
    assert not tree.values("style")
    [policy] = [
        each[1]["content"]
        for each in tree.all("meta")
        if each[1].get("http-equiv") == "Content-Security-Policy"
    ]
    rules = dict(each.split(" ", 1) for each in policy.split("; "))
    [style], [script] = tree.all("style"), tree.all("script")
    assert rules == {
        "default-src": "'none'",
        "style-src": f"'{html._hash(''.join(style[2]))}'",
        "script-src": f"'{html._hash(''.join(script[2]))}'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert "url(" not in "".join(style[2])
    assert "@import" not in "".join(style[2])


def test_what_a_hostile_cell_says_is_shown_and_nothing_of_it_is_done(bad):
    tree = Tree(bad)
    shown = "".join(tree.all("body")[0][2])
    for each in BAD:
        plain = html._INVISIBLE.sub("\ufffd", each)
        assert plain.strip() in shown
    assert not html._INVISIBLE.search(bad)
    bad.encode()


@given(st.text(), st.text(), st.text())
def test_any_text_comes_back_from_any_place(one, other, third):
    spans = (Span(f"one{one}"), Span(f"other{other}", STRONG), Span(f"third{third}", CODE, one))
    table = Table(one, (other, third), (Row((Cell((spans,), sort=one), Cell()), "", {}),))
    made_ = Page(one, (Paragraph(spans),), (Section(other, "a", (table, Bullets(((spans,),)))),))
    body = Tree(whole(made_)).all("body")[0][2]

    def shown(text):
        return html._INVISIBLE.sub("\ufffd", text)

    assert "".join(body).count("".join(shown(each.text) for each in spans)) == 3


def test_a_lone_surrogate_is_a_sign_that_it_could_not_be_shown():
    text = whole(sheet(Paragraph(line("a\ud800b"))))
    assert "a\ufffdb" in text
    text.encode()


@pytest.mark.parametrize(
    ("link", "leads"),
    [
        ("#one", True),
        ("#row", True),
        ("#point", True),
        ("#nowhere", False),
        ("https://a.b/c?d", True),
        ("HTTP://a.b", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//a.b", False),
        ("", False),
    ],
)
def test_a_link_is_one_only_where_it_leads_somewhere(link, leads):
    blocks = (
        Paragraph((Span("words", link=link),)),
        Table("t", ("a",), (Row((Cell(),), "row", {}),)),
        Bullets(((line("x"),),), ("point",)),
    )
    tree = Tree(whole(sheet(*blocks)))
    found = [each for each in tree.all("a") if words(each) == "words"]
    assert [each[1]["href"] for each in found] == [link] * leads
    assert any(words(each) == "words" for each in tree.all("p"))


def drawing(link, mark="0123456789ab"):
    svg = (
        f'<svg role="group" aria-labelledby="p{mark}-t p{mark}-d"><title id="p{mark}-t">t</title>'
        f'<desc id="p{mark}-d">d</desc><a href="{link}"><text>x</text></a></svg>'
    )
    return Picture(svg, "t", "d", 10, 10)


def test_the_same_picture_twice_has_ids_of_its_own_and_links_only_to_what_is_there():
    found = Tree(whole(sheet(*(drawing(each) for each in ("#one", "#two", "#one")))))
    pictures = found.all("svg")
    assert [each[1]["aria-labelledby"] for each in pictures] == [
        "p0123456789ab-t p0123456789ab-d",
        "p0123456789ab-t2 p0123456789ab-d2",
        "p0123456789ab-t3 p0123456789ab-d3",
    ]
    assert len(set(found.values("id"))) == len(found.values("id"))
    inside = [each[1].get("href") for each in found.all("a") if words(each) == "x"]
    assert inside == ["#one", None, "#one"]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("broken", "broken"),
        ("waived: FC301", "waived"),
        ("note: FC212", "note"),
        ("borderline (FC212, note): ", "borderline"),
        ("broken down by sex", ""),
        ("broken: of two minds", ""),
        ("unbroken", ""),
        ("", ""),
    ],
)
def test_a_verdict_is_marked_where_it_stands_alone(text, verdict):
    assert html._verdict(text) == verdict


def test_a_caption_that_says_what_the_heading_says_is_for_readers_who_do_not_see_it():
    rows = (Row((Cell(),), "", {}),)
    tree = Tree(whole(sheet(Table("Figures: one", ("a",), rows), Table("Two", ("a",), rows))))
    assert [each[1].get("class") for each in tree.all("caption")] == ["unseen", None]


def test_a_long_table_has_a_body_for_each_fifty_rows_and_a_short_one_has_one():
    def table(count):
        return Table("t", ("a",), tuple(Row((cells(str(n)),), f"r{n}") for n in range(count)))

    for count, bodies in ((0, 0), (1, 1), (50, 1), (51, 2), (101, 3)):
        tree = Tree(whole(sheet(table(count))))
        assert len(tree.all("tbody")) == bodies
        assert ("long" in tree.all("table")[0][1]["class"]) == (count > 50)
        heads = [words(each) for each in tree.all("th") if each[1]["scope"] == "row"]
        assert heads == [str(n) for n in range(count)]


def options(text):
    """Give what can be chosen, by the name of the choice."""
    tree = Tree(text)
    return {
        each[1]["name"]: [
            (option[1]["value"], words(option))
            for option in tree.all("option")
            if option[3] is each
        ]
        for each in tree.all("select")
    }


def test_rows_are_chosen_by_the_concepts_they_are_part_of_and_sources_by_name():
    found = options(whole(made(SMALL)))
    assert found["concept"] == [
        ("", "all"),
        ("labour", "labour"),
        ("labour/women", "labour: women"),
    ]
    assert [value for value, _ in found["source"]] == ["", "s", "t"]
    rows = Tree(whole(made(SMALL))).values("data-verdict")
    assert {value for value, _ in found["verdict"]} == {"", *rows}


def test_a_choice_between_one_thing_is_none():
    row = Row((cells("x"),), "x", {"concept": "", "source": "s", "verdict": "holds"})
    assert options(whole(sheet(Table("t", ("a",), (row,))))) == {}
    others = (row, Row((cells("y"),), "y", {"source": "t  s", "verdict": "holds"}))
    assert options(whole(sheet(Table("t", ("a",), others)))) == {
        "source": [("", "all"), ("s", "s"), ("t", "t")]
    }


def test_a_figure_keeps_its_anchor_when_others_come():
    before = set(Tree(whole(made(SMALL))).values("id"))
    later = SMALL.replace("    all,", "    more,3,person,,labour,,ITA,2020,s,,\n    all,", 1)
    after = set(Tree(whole(made(later))).values("id"))
    stay = {each for each in before if each.startswith(("figure-", "derived-i", "relation-"))}
    assert len(stay) == 9
    assert stay < after


def test_no_id_of_a_thing_is_that_of_a_heading():
    text = whole(made("id,reported,unit,source,concept\na,5,person,s,x\nb,5,person,s,x-title\n"
        "relations:\nid,statement\ntitle,title = a + b"))  # fmt: skip
    ids = Tree(text).values("id")
    assert "derived-title" in ids
    assert len(ids) == len(set(ids))


def test_the_same_register_gives_the_same_bytes_in_every_process(tmp_path):
    files = []
    for seed in ("0", "1", "2"):
        file = tmp_path / f"{seed}.html"
        run = process("appendix", ROOT / "data", "-o", file, env={"PYTHONHASHSEED": seed})
        assert run.returncode == 0, run.stderr
        files.append(file.read_bytes())
    assert files[0] == files[1] == files[2]


def test_a_part_has_no_policy_no_second_main_and_one_root_for_its_style():
    tree = Tree(html.part(made(SMALL)))
    assert not tree.all("html", "body", "main", "meta", "h1")
    [root] = tree.all("div")
    assert root[1]["class"] == "figures-page"
    style = "".join(tree.all("style")[0][2])
    depth, top = 0, []
    for found in re.finditer(r"([^{};]*)\{|\}", style):
        if found[0] != "}" and depth == 0:
            top.append(found[1].strip())
        depth += -1 if found[0] == "}" else 1
    assert depth == 0
    assert top == [".figures-page"]


def test_a_page_of_chosen_sections_has_no_link_to_the_others():
    tree = Tree(whole(made(SMALL, Layout(sections=("figures",)))))
    inside = {each[1:] for each in tree.values("href") if each.startswith("#")}
    assert inside <= set(tree.values("id"))
    assert not any(each.startswith("source-") for each in inside)


def test_the_rows_of_a_page_are_made_as_it_is_written_and_not_before():
    made_by_now = []

    def row(number):
        return Row(lambda: (made_by_now.append(number) or Cell((line(f"row {number}"),)),), "", {})

    rows = 2_000
    pieces = html.pieces(sheet(Table("t", ("a",), tuple(map(row, range(rows))))))
    next(pieces)
    assert len(made_by_now) < rows / 2
    rest = "".join(pieces)
    assert made_by_now == list(range(rows))
    assert f"row {rows - 1}<" in rest


def test_a_lazy_sequence_is_like_a_tuple_and_keeps_nothing():
    asked = []
    lazy = Lazy(lambda each: asked.append(each) or 2 * each, (1, 2, 3))
    assert (list(lazy), len(lazy), lazy[-1], list(lazy[1:])) == ([2, 4, 6], 3, 6, [4, 6])
    assert asked == [1, 2, 3, 3, 2, 3]
