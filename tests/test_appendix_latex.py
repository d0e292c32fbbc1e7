"""The appendix as LaTeX: it compiles, whatever stands in a cell, and its pictures are in it."""

from __future__ import annotations

import re
import shutil
import subprocess
from xml.etree import ElementTree as ET

import pytest
from command import golden
from hypothesis import example, given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from trees import PAGE, PAGES, ROW, SHEET, TALL, cell, number, picture

from figurecheck.appendix.content import (
    CODE,
    Bullets,
    Page,
    Row,
    Section,
    Span,
    Table,
    line,
    said,
)
from figurecheck.appendix.latex import text, typeset
from figurecheck.appendix.tikz import drawn

PACKAGES = ("longtable", "booktabs", "siunitx", "tikz", "pdflscape", "hyperref", "geometry")


def lacking():
    """Say what of LaTeX is not installed, or nothing."""
    if not (shutil.which("pdflatex") and shutil.which("kpsewhich")):
        return "pdflatex is not installed; Debian has it in texlive-latex-base"
    for each in PACKAGES:
        found = subprocess.run(["kpsewhich", f"{each}.sty"], check=False, capture_output=True)
        if found.returncode:
            return f"the LaTeX package {each} is not installed; Debian has it in texlive-science"
    return ""


LACKING = lacking()
with_latex = pytest.mark.skipif(bool(LACKING), reason=LACKING)
engines = pytest.mark.parametrize(
    "engine",
    [
        each
        if shutil.which(each)
        else pytest.param(each, marks=pytest.mark.skip(reason=f"{each} is not installed"))
        for each in ("pdflatex", "lualatex")
    ],
)


def compiled(folder, made, engine, runs=1):
    """Compile a page and give what went wrong, and the log on one line."""
    (folder / "page.tex").write_text(text(made), encoding="utf-8")
    for _ in range(runs):
        ran = subprocess.run(
            [engine, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "page"],
            check=False,
            cwd=folder,
            capture_output=True,
        )
    log = (folder / "page.log").read_text(encoding="utf-8", errors="replace")
    errors = [each for each in log.splitlines() if each.startswith("!")]
    assert ran.returncode == bool(errors)
    return errors, log.replace("\n", "")


def read(folder):
    """Give the words of the file that was compiled, as another program finds them."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed; Debian has it in poppler-utils")
    ran = subprocess.run(
        ["pdftotext", "page.pdf", "-"], check=True, cwd=folder, capture_output=True
    )
    return " ".join(ran.stdout.decode().split())


def page(*blocks):
    return Page("T", blocks, ())


def body(*blocks):
    """Give the LaTeX of blocks, without what stands before and after them."""
    return text(page(*blocks)).partition("\\par}\n\n")[2].removesuffix("\n\n\\end{document}\n")


def test_a_page_is_written_as_it_has_always_been():
    made = text(PAGE)
    assert golden("appendix/tree.tex", made) == made
    assert text(PAGE) == made


@with_latex
@engines
def test_a_page_compiles_and_reads_as_it_is(tmp_path, engine):
    errors, log = compiled(tmp_path, PAGE, engine, runs=2)
    assert errors == []
    assert "undefined" not in log
    assert "Overfull" not in log
    assert "Missing character" not in log
    found = read(tmp_path)
    for words in (
        "27.6 million",
        "1,204",
        "apart",
        "upright",
        "line 1440",
        "figure_one",
        "may be |",
    ):
        assert words in found
    for words in ("“<script>alert(1)</script> [x](https://", "{{< include x >}}", "[U+4E2D]"):
        assert words in found


@with_latex
@engines
@pytest.mark.parametrize("seed", range(3))
def test_no_text_of_a_page_stops_it(tmp_path, engine, seed):
    signs = [chr(each) for each in range(1, 0x180)] + list("中\ud800\u202e\ufeff\u0301\U0001f600–…")
    hard = [
        *(f"{sign}{sign} a{sign}" for sign in signs[seed::3]),
        *(
            "[5pt]",
            "*",
            "\\\\[9cm]",
            "\\end{document}",
            "^^M",
            "\\input{x}",
            "?`!`<<>>",
            "a" * 3000,
        ),
    ]
    rows = tuple(Row((cell(each), cell(Span(each, CODE, f"#{each}"))), each) for each in hard)
    made = Page(
        "".join(hard[::9]),
        (
            *(said(each) for each in hard),
            Table("[x]", ("[a]", "*"), rows),
            Table("", ("a",), ()),
            Bullets(((line("["), line("]")), (), (line(" "), line("x")))),
            Bullets(()),
            said(Span(hard[0], link="https://a.b/" + "~%#&_$^{}\\")),
            picture("", "", body="<text>&lt;%\\</text>"),
        ),
        tuple(Section(each, each, (), (Section(each, "", (said("x"),)),)) for each in hard[::25]),
    )
    errors, log = compiled(tmp_path, made, engine)
    assert errors == []
    assert "Missing character" not in log


SIGNS = {"textless": "<", "textgreater": ">", "textbar": "|", ",": "\u2009"}
NAMED = re.compile(r"\[U\+[0-9A-F]{4,}\]")
SIGNS |= {"textminus": "−", "textasciicircum": "^", "allowbreak": ""}


@given(st.text(st.characters(max_codepoint=0x17F), max_size=80))
@example("a_b/c=d" * 9)
@example("-- ''`` ,, <<")
def test_every_text_comes_back(words):
    known = get_default_latex_context_db()
    specs = [MacroTextSpec(name, simplify_repl=sign) for name, sign in SIGNS.items()]
    known.add_context_category("signs", prepend=True, macros=specs)
    read_back = LatexNodes2Text(strict_latex_spaces=True, latex_context=known).latex_to_text
    shown = read_back(re.sub(r"\\letter\{\w+\}", "", typeset(words)))
    wanted = "".join(each for each in words if each.isascii() and each.isalnum())
    assert (
        "".join(each for each in NAMED.sub("", shown) if each.isascii() and each.isalnum())
        == wanted
    )
    assert read_back(typeset("a_b/c=d" * 9)) == "a_b/c=d" * 9


def test_no_line_is_longer_than_latex_reads():
    lines = typeset("x" * 100_000).splitlines()
    assert max(map(len, lines)) < 20_000
    assert all(each.endswith("%") for each in lines[:-1])


@given(PAGES)
def test_groups_and_environments_are_closed_in_the_order_in_which_they_open(made):
    found = re.sub(r"\\[\\{}%]", "", text(made).partition(r"\begin{document}")[2])
    assert found.count("{") == found.count("}")
    opened = ["document"]
    for what, name in re.findall(r"\\(begin|end)\{(\w+)\}", found):
        if what == "begin":
            opened.append(name)
        else:
            assert opened.pop() == name
    assert opened == []


def test_numbers_stand_with_their_points_below_each_other():
    rows = (("1,204", "27.60", "7"), ("7", "-3", "8"))
    cells = [Row((cell("x"), number(a), number(b), cell(c))) for a, b, c in rows]
    made = body(Table("", ("a", "b", "c", "d"), tuple(cells)))
    assert r"}S[table-format=4.0]S[table-format=-2.2]L{" in made
    assert "x &\n1204 &\n27.60 &\n7 " in made
    about = Row(
        (number("5"), cell("about 7", sort="7"), cell(Span("7", CODE), sort="7"), cell("1"))
    )
    assert "S[" not in body(Table("", ("a", "b", "c", "d"), (about,)))
    assert "S[" not in body(Table("", ("a", "b"), (Row((cell("x"), number("1204567"))),)))


def test_links_lead_into_the_page_and_to_the_web_and_nowhere_else():
    made = body(
        said(Span("a", link="#b c")), said(Span("d", link="https://e.f/%7E_#g")),
        said(Span("h", link="javascript:i"), Span("j", link="https://k l")),
    )  # fmt: skip
    assert made.split("\n\n") == [
        r"\hyperlink{b.20.c}{a}",
        r"\href{https://e.f/\%7E\_\#g}{d}",
        "hj",
    ]


def test_every_shape_and_text_of_a_picture_is_drawn():
    for each in (ROW, SHEET, TALL):
        root = ET.fromstring(each.svg)  # noqa: S314 - a text of our own
        names = [element.tag.rpartition("}")[2] for element in root.iter()]
        made = drawn(each, typeset)
        assert made.count(r"\node[") == names.count("text")
        shapes = sum(names.count(name) for name in ("path", "rect", "circle"))
        assert len(re.findall(r"^\\path\[", made, re.MULTILINE)) == shapes
        assert f"rectangle ({each.width},{each.height});" in made
    assert text(PAGE).count(r"\begin{tikzpicture}") == 4


@given(st.lists(st.tuples(*[st.integers(0, 999)] * 4), min_size=1))
def test_a_shape_keeps_its_points(points):
    d = "".join(f"M{a} {b}L{c} {e}L{a}.5 -{b}Z" for a, b, c, e in points)
    made = drawn(picture(body=f'<path d="{d}" stroke="#000000" fill="none"/>'), typeset)
    told = " ".join(f"({a},{b}) -- ({c},{e}) -- ({a}.5,-{b}) -- cycle" for a, b, c, e in points)
    assert f"line width=0.75bp] {told};" in made


def test_what_is_around_a_shape_holds_for_it_and_what_shows_nothing_is_left_out():
    made = drawn(
        picture(
            body='<g stroke="#FF0000" stroke-width="2" font-size="20">'
            '<path d="M0 0L1 1" fill="none"/>'
            '<path d="M2 2L3 3" stroke="none" fill="none"/><text x="1" y="2">a</text></g>'
            '<script>x</script><path d="M4 4L5 5"/>'
        ),
        typeset,
        0.5,
    )
    assert made.splitlines()[2:-1] == [
        r"\path[draw={rgb,255:red,255;green,0;blue,0},line width=0.75bp] (0,0) -- (1,1);",
        r"\node[anchor=base west,inner sep=0pt,font=\fontsize{7.5bp}{9bp}\sffamily] at (1,2) {a};",
        r"\path[fill=black] (4,4) -- (5,5);",
    ]


def test_a_picture_that_is_high_has_an_upright_page_and_one_that_is_wide_fits():
    assert r"\begin{landscape}" in body(TALL)
    assert r"\begin{landscape}" not in body(SHEET)
    assert "x=0.375bp" in body(picture(width=2000, height=20))
