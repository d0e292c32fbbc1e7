"""Documents: every quantity has its place, no digit is lost, and no file does harm."""

from __future__ import annotations

import json
import re
import sys
import time
import zipfile

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from figurecheck import document as module
from figurecheck.document import FORMATS, REASONS, DocumentError, load, parsed
from figurecheck.document import word as word_module

TEXTS = ("markdown", "html", "latex", "text")
each_format = pytest.mark.parametrize("form", TEXTS)

SENTENCES = (
    "About 27.6 million people were in forced labour , see Table 3 .",
    "Of those , 12 % are children and one in four are men .",
    "On 3 May 2023 over 140,000 arrivals came , or 5 to 6 million in all .",
    "The G7 met at 10:30 about US$ 6.75 billion a year .",
    "Version 2.1.3 of the 1951 Convention names two thirds of them on p. 22 .",
)
AROUND = {
    "markdown": (
        "**{}**",
        "*{}*",
        "<b>{}</b>",
        "{}<!-- since 5 -->",
        "[{}](http://x.org/5)",
        '[{}](y5 "7 men")',
    ),
    "html": (
        "<b>{}</b>",
        '<a class="x5" href="/5">{}</a>',
        "{}<!-- since 5 -->",
        "<i\n>{}</i>",
        "\u00ad{}",
    ),
    "latex": (r"\textbf{{{}}}", r"\emph{{{}}}", "{{{}}}", r"{}\label{{x5}}", r"\mbox{{{}}}"),
    "text": ("{}", "\u200b{}"),
}
MARKUP = {
    "markdown": r"<!--.*?-->|<[^>]*>|\*|\]\([^)]*\)|\[",
    "html": r"<!--.*?-->|<[^>]*>|\u00ad",
    "latex": r"\\label\{\w*\}|\\[a-z]+|[{}]|\\(?=[%$&])",
    "text": "\u200b",
}
ALPHABET = "0123456789 .,:;-/%$#*_[]()<>&|\\{}^~`\n'\"=!aebTm\u200b\u202e７"


def stripped(text: str, form: str) -> str:
    """Give what is left of a source without its markup, with single spaces."""
    return " ".join(re.sub(MARKUP[form], "", text, flags=re.DOTALL).split())


def escaped(word: str, form: str) -> str:
    return re.sub(r"([%$])", r"\\\1", word) if form == "latex" else word


@st.composite
def marked_up(draw: st.DrawFn, form: str) -> tuple[str, str]:
    """Draw a text without markup, and the same with some around its words."""
    plain, marked = [], []
    for sentence in draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4)):
        words = [escaped(each, form) for each in sentence.split(" ")]
        ways = st.sampled_from(("{}", "{}", *AROUND[form]))
        plain.append(" ".join(words))
        marked.append(" ".join(draw(ways).format(each) for each in words))
    joint = draw(st.sampled_from([" ", "\n", "\n\n"])) if form != "html" else " "
    return joint.join(plain), joint.join(marked)


def accounted(document) -> None:
    """See that all digits of the prose lie in a mention, or are set aside for a known reason."""
    spans = [(each.start, each.end) for each in (*document.mentions, *document.set_aside)]
    inside = {place for start, end in spans for place in range(start, end)}
    for block in document.blocks:
        for place, sign in enumerate(block.text):
            if sign in "0123456789":
                assert block.start(place) in inside
    assert {each.reason for each in document.set_aside} <= REASONS.keys()


def placed(document, lines: list[str]) -> None:
    """See that line and column lead to the same character as the offset does."""
    for each in (*document.mentions, *document.set_aside):
        assert lines[each.line - 1][each.column - 1] == document.text[each.start]


@each_format
@given(data=st.data())
def test_a_mention_is_its_source_without_markup(form, data):
    _, marked = data.draw(marked_up(form))
    document = parsed(marked, form)
    assert document.mentions
    for each in document.mentions:
        assert stripped(marked[each.start : each.end], form) == " ".join(each.text.split())
    placed(document, marked.split("\n"))


@each_format
@given(data=st.data())
def test_markup_around_words_changes_no_mention(form, data):
    plain, marked = data.draw(marked_up(form))
    bare, dressed = parsed(plain, form), parsed(marked, form)
    assert [each.text for each in dressed.mentions] == [each.text for each in bare.mentions]
    assert [(each.text, each.reason) for each in dressed.set_aside] == [
        (each.text, each.reason) for each in bare.set_aside
    ]


@each_format
@given(data=st.data())
def test_no_digit_of_the_prose_is_lost_whatever_the_text(form, data):
    text = data.draw(st.text(ALPHABET, max_size=80))
    document = parsed(text, form)
    accounted(document)
    placed(document, re.split("\r\n|\r|\n", text))


@each_format
@given(data=st.data())
def test_a_digit_of_the_prose_is_the_digit_of_the_source(form, data):
    text = data.draw(st.text(ALPHABET.replace("&", "").replace("７", ""), max_size=60))
    document = parsed(text, form)
    for block in document.blocks:
        for place, sign in enumerate(block.text):
            if sign in "0123456789":
                assert text[block.start(place) : block.end(place)] == sign


@each_format
@given(data=st.data())
def test_line_ends_of_any_kind_change_nothing(form, data):
    _, marked = data.draw(marked_up(form))
    unix = [each.text.split() for each in parsed(marked, form).mentions]
    for end in ("\r\n", "\r"):
        document = parsed(marked.replace("\n", end), form)
        assert [each.text.split() for each in document.mentions] == unix


def states(text: str, form: str, *mentions: str, aside: dict[str, str] | None = None):
    """Read a document and see what it states, and if asked what is set aside why."""
    document = parsed(text, form)
    assert [each.text.replace("\n", " ") for each in document.mentions] == list(mentions)
    if aside is not None:
        assert {each.text: each.reason for each in document.set_aside} == aside
    accounted(document)
    return document


MARKDOWN = """---
title: 5 people
---
# Report

About **27.6** million people[^1] were in *forced
labour*, 12&nbsp;% of them, see [the source](http://x/5 "7 people") and `code 5 people`.\\
<b>5&#44;000</b> men ~~77 people~~, 5\\% <http://x.org/55> $5\\,\\%$ $a = 5 + b$ $27.6$ homes <br>

> - 1. quoted 40 people
>   and 50 women

Setext 60 men
---

| a | b \\| 6 people |
|---|---|
| 7 people | **8** women |
no bar 9 people

#

# Closed 10 men #

<table><tr><td>9 people<td>10 men</table>

![Picture: 11 people
and 12 homes](x5.png) and 13 *women <i>x
y</i>*, [$1$ [^1] b](x)

[^1]: 14 people.

    code 15 people

```
16 people
```
"""


def test_markdown_is_read_as_it_is_shown():
    document = states(
        MARKDOWN,
        "markdown",
        "About 27.6 million people",
        "12\u00a0%",
        "5,000 men",
        "5%",
        "5\u2009%",
        "27.6",
        "40 people",
        "50 women",
        "60 men",
        "6 people",
        "7 people",
        "8 women",
        "9 people",
        "10 men",
        "9 people",
        "10 men",
        "11 people",
        "12",
        "13 women",
        "1",
        "14 people",
        aside={"77 people": "struck out", "$a = 5 + b$": "formula"},
    )
    assert document.mentions[1].headings == ("Report",)
    assert document.mentions[-1].headings == ("Closed 10 men",)
    assert document.mentions[1].paragraph.startswith("About 27.6 million people were in forced")
    assert "b | 6 people" in document.prose


HTML = """<!DOCTYPE html><html><head><title>5 people</title><style>p {width: 6%}</style>
<script>if (a < 7) { b("8 people") }</script></head><body><h1>Top 7 people</h1><h2>Sub</h2><p>About
<b>27.6</b>&nbsp;million  people 12 <i>%</i>, 27.<wbr>6 % <del>8 men</del> 5 &lt; 6 men
<code>5 <code><b>a</b></code> &lt; men</code> <s>6&nbsp;men</s>
<span hidden>9 men</span><span style="display: none">9 men</span>
1,000<sup>3</sup> men, 5<sup>th</sup>, 10<sup>4</sup> women, <sup></sup> <img alt="9 men" src=a9>
a < b <3 </> <?php 5 men ?><!-- 6 men --><!--> 20 men<br>21 men<ul><li>1 man<li>22 men</ul></sup>
<h2>Other</h2>23 men &#99999999; &notanentity; </s> <p title='it' x = y z>24 men <b a="5"""


def test_html_is_read_as_it_is_shown():
    document = states(
        HTML,
        "html",
        "5 people",
        "7 people",
        "About 27.6\u00a0million people",
        "12 %",
        "27.6 %",
        "5",
        "< 6 men",
        "1,000 men",
        "<3",
        "20 men",
        "21 men",
        "1 man",
        "22 men",
        "23 men",
        "24 men",
        aside={
            "8 men": "struck out",
            "6": "struck out",
            "3": "reference",
            "5th": "ordinal",
            "10⁴": "unread",
        },
    )
    assert document.mentions[4].headings == ("Top 7 people", "Sub")
    assert document.mentions[-1].headings == ("Top 7 people", "Other")


LATEX = r"""\documentclass[12pt]{article}
\title{Report on 5 people}
\newcommand{\x}[1]{6 people}
\begin{document}
\section{Intro}\label{sec:8}
About \textbf{27.6}~million people\footnote{See 9 men in Table~3.} of \SI{27.6}{\percent},
\qtyrange{5}{10}{\kilo\metre}, \num{1.5e6} men, 27{,}600 people--- \cite[p.~5]{x10} ``5--10
million'' men $E=mc^2+5$, $n=300$ people, 7,000\textsuperscript{3} women, \sout{8 men}, \$5, caf\'e
\& 10\% \LaTeX{}
%
10$^{4}$ women, 4$^{2}$ men, 6$x^2 + y^a$ $\pm 5$ 27\,600 men\\ $ $ \textcolor{red}{28 men}
\def\y#1{5 men}\par
\begin{tabular}{ll} 4 & 14 people \\ 5 people & 6 men \tabularnewline
7 men & \multicolumn{2}{c}{8 men} \end{tabular}
\begin{lstlisting}
\foo{ 5 men
\end{lstlisting}
\begin{itemize}\item 55 men\item[3] 66 men \item[First 67 men]\end{itemize}
\[ 5 + 6 \]
\begin{align} 7 \end{align} $\begin{array}{l} 5 \end{array}$ \verb|8 men| 77 men

\href{http://x.org/5}{88 men} \url{9} \unknown 99 men
\end{document}
10 men
"""


def test_latex_is_read_as_it_is_typeset():
    document = states(
        LATEX,
        "latex",
        "5 people",
        "About 27.6\u00a0million people",
        "9 men",
        "27.6 %",
        "5 to 10 km",
        "1.5e6 men",
        "27,600 people",
        "5–10 million",
        "300 people",
        "7,000 women",
        "$5",
        "10%",
        "4 men",
        "6",
        "27\u2009600 men",
        "28 men",
        "4",
        "14 people",
        "5 people",
        "6 men",
        "7 men",
        "8 men",
        "55 men",
        "66 men",
        "67 men",
        "5",
        "77 men",
        "88 men",
        "99 men",
    )
    reasons = {each.reason for each in document.set_aside}
    assert reasons == {"reference", "formula", "struck out", "numbering", "unread"}
    assert "café" in document.prose
    assert document.mentions[3].headings == ("Intro",)


def test_latex_without_a_document_environment_is_all_prose():
    states(r"27.6 million people \begin{verbatim} 5 men", "latex", "27.6 million people")


def test_latex_that_breaks_off_is_read_as_far_as_it_goes():
    for text in (r"\qty{5}{", r"\num{", r"\`\footnote{5", r"\qty{5}{ \percent", r"\frac", r"\item"):
        accounted(parsed(text, "latex"))
    states(r"\qty{5}{ \percent", "latex", "5 %")
    states(r"\num5 men", "latex", "5 men")


def test_plain_text_keeps_its_lines():
    document = states(
        "1. Intro\n\nAbout 27.6\nmillion people in 2023 and ２７ ％ of 2\u200b7 men. ٢٧ people\n"
        "Fig. 3 shows \u202e000,72\u202c people, \u202eabc\u202c.",
        "text",
        "About 27.6 million people",
        "27 %",
        "27 men",
        "27 people",
        aside={"1": "numbering", "2023": "date", "3": "reference", "000,72": "reversed"},
    )
    assert document.mentions[2].sentence.startswith("About 27.6\nmillion people in 2023 and 27")
    assert document.mentions[0].headings == ("1. Intro",)


ASIDE = {
    "address": "see https://x.org/55 and a5@x.org and #metoo5",
    "time": "it began at 10:30 and 9 am",
    "date": "on 2023-05-01 and 3/5/2023, 3 May, in the 1990s, mid-2023, 2019/20, Q3 and FY2023",
    "version": "with Python 3.11.2 and v2",
    "ordinal": "the 3rd and the 19th",
    "reference": "see Table 3, p. 22, [12], [3, 4] and § 5",
    "numbering": "1. Introduction",
    "name": "the 1951 Convention, G7, Covid-19 and I-24/7",
    "row": "call 555 1234 5678",
    "unread": "a 5/7 split, the 3-2 win",
}


@pytest.mark.parametrize("reason", ASIDE)
def test_digits_are_set_aside_for_a_named_reason(reason):
    document = parsed(ASIDE[reason], "text")
    assert not document.mentions
    assert {each.reason for each in document.set_aside} == {reason}
    accounted(document)


def test_the_number_of_a_heading_is_no_quantity():
    text = "## 2.1 Methods\n\n## 2.1 million people\n\n2.1 is all"
    states(text, "markdown", "2.1 million people", "2.1", aside={"2.1": "numbering"})


TIED = {
    "markdown": (
        "27.6 million people<!-- figure: x --> and 5 men",
        "27.6 million people. <!-- figure: x -->",
        "In all <!-- figure: x --> 27.6 million people",
        "of [27.6 million](figure:x) people",
        "<!-- figure: x -->\n27.6 million people",
        "27.6 million people.\n\n<!-- figure: x -->",
        '27.6 <span data-figure="x">million</span> people',
        "27.6<figure:x> million people",
        "[about **27.6** million](figure:x)",
        "27.6 <!-- figure: x --> million",
        '<hr data-figure="x"> 27.6 million people',
    ),
    "html": (
        "<p>27.6 million people<!-- figure: x --></p>",
        '<data value="27600000" data-figure="x">27.6 million</data> people',
        '<a href="figure:x">27.6 <b>million</b></a>',
        '<a data-figure="x">27.6 <a>million</a></a>',
        '<p data-figure="x">27.6 million</p>',
        '<a href="figure:x">27.6 million<p>5 men</p></a> <a href="/">6 men</a>',
    ),
    "latex": (
        r"\figurecheck{x}{27.6 million} people",
        r"\href{figure:x}{27.6 million} people",
        "27.6 million people were counted there. % figure: x\n",
        "5 men and\n27.6 million % figure: x\npeople",
    ),
    "text": ("27.6 million people [figure: x]", "27.6 million [figure: x] people"),
}


@pytest.mark.parametrize(("form", "text"), [(form, text) for form in TIED for text in TIED[form]])
def test_a_mark_ties_its_number_to_a_figure(form, text):
    document = parsed(text, form)
    tied = [each for each in document.mentions if each.figure]
    assert [each.figure for each in tied] == ["x"]
    assert "27.6" in tied[0].text
    assert "figure" not in document.prose
    (tie,) = document.ties
    assert tie.tied
    assert "figure" in text[tie.start : tie.end]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("markdown", "27.6 million people were <!-- figure: x --> there"),
        ("markdown", "<!-- figure: x --> there are 27.6 million"),
        ("markdown", "[the report](figure:x) has 27.6 million"),
        ("markdown", "no number <!-- figure: x -->"),
        ("markdown", "<!-- figure: x -->"),
        ("markdown", "5 men are\n\n<!-- figure: x -->\n\nof 6 women"),
        ("latex", "27.6 million\nand % figure: x\n5 men"),
        ("text", "27.6 million people" + " " * 50 + "[figure: x]" + " " * 50 + "5 men"),
    ],
)
def test_a_mark_that_stands_beside_no_number_ties_none(form, text):
    document = parsed(text, form)
    assert not any(each.figure for each in document.mentions)
    (tie,) = document.ties
    assert not tie.tied


def test_a_number_keeps_its_first_mark():
    document = parsed("[5 men](figure:a)<!-- figure: b --> <!-- figure: c --> 6 men", "markdown")
    assert [each.figure for each in document.mentions] == ["a", "b"]
    assert [each.tied for each in document.ties] == [True, True, False]
    document = parsed("<!-- figure: a -->\n\n[5 men](figure:b)", "markdown")
    assert [each.figure for each in document.mentions] == ["a"]
    assert {each.figure: each.tied for each in document.ties} == {"a": True, "b": False}
    document = parsed("<code><!-- figure: a --></code> 5 men", "html")
    assert not document.ties


def test_a_long_paragraph_is_read_as_its_sentences_are():
    sentence = "Of the 27.6 million people, 12 % are children in Table 3. "
    for joint in (sentence, sentence.replace(". ", " and "), sentence.replace(" ", "、")):
        document = parsed(joint * 1000, "text")
        accounted(document)
    document = parsed(sentence * 1000, "text")
    assert len(document.mentions) == 2000
    assert {each.sentence for each in document.mentions} == {sentence.strip()}
    for each in document.mentions:
        assert document.text[each.start : each.end] == each.text
        assert each.paragraph[each.reading.start : each.reading.end] == each.text


def test_what_is_too_long_for_a_word_is_no_prose():
    document = parsed(f"5 men {'a1' * 1000} 6 men {'xy' * 1000}", "text")
    assert [each.text for each in document.mentions] == ["5 men", "6 men"]
    assert [each.reason for each in document.set_aside] == ["unbroken"]


# Notebooks

CELLS = [
    {"cell_type": "markdown", "source": ["# Report\n", "See\r\n", "27.6 **million** people"]},
    {
        "cell_type": "code",
        "source": "7 men",
        "outputs": [
            {"output_type": "stream", "text": "x\n8 men\n"},
            {"output_type": "execute_result", "data": {"text/plain": ["9 men"]}},
            {"output_type": "display_data", "data": {"text/markdown": "**10** men"}},
            {"output_type": "error"},
            {"output_type": "display_data", "data": {"image/png": "10 men"}},
            "11 men",
        ],
    },
    {"cell_type": "code", "source": "x", "outputs": None},
]


def test_a_notebook_is_read_cell_by_cell():
    document = parsed(json.dumps({"cells": CELLS, "nbformat": 4}), "notebook")
    seen = [(each.text, each.line, each.column, each.place) for each in document.mentions]
    assert seen == [
        ("27.6 million people", 3, 1, "cell 1"),
        ("8 men", 2, 1, "cell 2, output"),
        ("9 men", 1, 1, "cell 2, output"),
        ("10 men", 1, 3, "cell 2, output"),
    ]
    assert document.mentions[0].headings == ("Report",)
    assert document.text[document.mentions[0].start :].startswith("27.6 **million** people")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("{", "line 1 column 2; wanted a notebook"),
        ("[]", "no list of 'cells'"),
        ('{"cells": 5}', "no list of 'cells'"),
        ('{"cells": [5]}', "cell 1 is no object"),
        ("[" * 100_000, "nested too deep"),
        ('{"cells": ' + "9" * 5000 + "}", "no list of 'cells'"),
    ],
)
def test_a_broken_notebook_is_refused(text, wanted):
    with pytest.raises(DocumentError, match=re.escape(wanted)):
        parsed(text, "notebook", path="a.ipynb")


def test_an_empty_notebook_states_nothing():
    assert parsed('{"cells": []}', "notebook").mentions == ()


# Word


def linked(paragraph, text: str, target: str, *, anchor: bool = False) -> None:
    link = OxmlElement("w:hyperlink")
    if anchor:
        link.set(qn("w:anchor"), target)
    else:
        kind = RELATIONSHIP_TYPE.HYPERLINK
        link.set(qn("r:id"), paragraph.part.relate_to(target, kind, is_external=True))
    link.append(paragraph.add_run(text)._r)
    paragraph._p.append(link)


def bookmark(paragraph, name: str, number: str) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for each in (start, end):
        each.set(qn("w:id"), number)
    start.set(qn("w:name"), name)
    paragraph._p.insert(0, start)
    paragraph._p.append(end)


def look(paragraph, text: str, **fonts: bool) -> None:
    run = paragraph.add_run(text)
    for name, value in fonts.items():
        setattr(run.font, name, value)


def report() -> docx.document.Document:
    made = docx.Document()
    made.add_heading("Title 1 man", 0)
    made.add_heading("Part", 2)
    paragraph = made.add_paragraph("About 27")
    paragraph.add_run(".6").bold = True
    paragraph.add_run(" million people")
    look(paragraph, "3", superscript=True)
    look(paragraph, " and 10")
    look(paragraph, "4", superscript=True)
    look(paragraph, " men", superscript=False)
    look(paragraph, " 5 men", strike=True)
    look(paragraph, " 6 men", hidden=True)
    look(paragraph, ", 7 men", strike=False)
    paragraph.add_run().add_break()
    paragraph.add_run("8 men\tof 4")
    look(paragraph, "2", superscript=True)
    linked(made.add_paragraph("See "), "9 men", "figure:a")
    linked(made.add_paragraph("See "), "10 men", "figure:b", anchor=True)
    bookmark(made.add_paragraph("11 men"), "figure_c", "7")
    bookmark(made.add_paragraph("12 men"), "other", "8")
    linked(made.add_paragraph(), "13 men", "http://x.org/5")
    table = made.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 1).text = "14 men", "15 men"
    inner = table.cell(1, 0).add_table(1, 1)
    inner.cell(0, 0).text = "16 men"
    return made


def saved(made, path):
    made.save(path)
    return path


def test_word_is_read_by_paragraph_and_cell(tmp_path):
    document = load(saved(report(), tmp_path / "a.docx"))
    seen = {each.text: (each.place, each.figure) for each in document.mentions}
    assert seen == {
        "1 man": ("paragraph 1", ""),
        "About 27.6 million people": ("paragraph 3", ""),
        "7 men": ("paragraph 3", ""),
        "8 men": ("paragraph 3", ""),
        "4": ("paragraph 3", ""),
        "9 men": ("paragraph 4", "a"),
        "10 men": ("paragraph 5", "b"),
        "11 men": ("paragraph 6", "c"),
        "12 men": ("paragraph 7", ""),
        "13 men": ("paragraph 8", ""),
        "14 men": ("table 1, row 1, column 1", ""),
        "16 men": ("table 2, row 1, column 1", ""),
        "15 men": ("table 1, row 2, column 2", ""),
    }
    reasons = [(each.text, each.reason) for each in document.set_aside]
    assert reasons == [
        ("3", "reference"),
        ("10⁴", "unread"),
        ("5 men", "struck out"),
        ("2", "reference"),
    ]
    found = {each.text: each for each in document.mentions}
    assert found["8 men"].line == 2
    assert found["7 men"].headings == ("Title 1 man", "Part")
    for each in document.mentions:
        assert document.text[each.start : each.end].startswith(each.text[:2])


def changed(path, name: str, change) -> None:
    """Change a part of a Word document."""
    with zipfile.ZipFile(path) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    parts[name] = change(parts.get(name, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, data in parts.items():
            archive.writestr(each, data)


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_word_notes_and_changes_are_read_as_shown(tmp_path):
    made = docx.Document()
    made.add_paragraph("MARK")
    path = saved(made, tmp_path / "a.docx")
    inside = (
        b"<w:ins><w:r><w:t>27 men</w:t></w:r></w:ins><w:del><w:r><w:t>28 men</w:t></w:r></w:del>"
        b"<w:r><w:noBreakHyphen/><w:rPr/><w:t/></w:r><!-- 29 men --><w:r><w:t>x</w:t></w:r>"
    )
    change = re.compile(rb"<w:r><w:t>MARK</w:t></w:r>")
    changed(path, "word/document.xml", lambda xml: change.sub(inside, xml))
    kind = RELATIONSHIP_TYPE.FOOTNOTES
    relation = f'<Relationship Id="n1" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    changed(
        path,
        "word/_rels/document.xml.rels",
        lambda xml: xml.replace(b"</Relationships>", relation.encode()),
    )
    note = f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:t>30 men</w:t></w:r></w:p>'
    changed(path, "word/footnotes.xml", lambda _: f"{note}</w:footnote></w:footnotes>".encode())
    document = load(path)
    assert [(each.text, each.place) for each in document.mentions] == [
        ("27 men", "paragraph 1"),
        ("30 men", "footnote 2"),
    ]


def test_a_word_cell_outside_a_row_has_the_place_of_its_table(tmp_path):
    path = saved(report(), tmp_path / "a.docx")
    cell = b"<w:tc><w:p><w:r><w:t>40 men</w:t></w:r></w:p></w:tc><w:sectPr"
    changed(path, "word/document.xml", lambda xml: xml.replace(b"<w:sectPr", cell, 1))
    assert ("40 men", "table 3") in {(each.text, each.place) for each in load(path).mentions}


def refused(path, wanted: str) -> None:
    """See that a file is refused at once, in one line that names it."""
    start = time.monotonic()
    with pytest.raises(DocumentError) as error:
        load(path)
    assert time.monotonic() - start < 10
    message = str(error.value)
    assert message.startswith(f"{path}: ")
    assert message.count(str(path)) == 1
    assert "\n" not in message
    assert wanted in message


@pytest.mark.parametrize(
    ("name", "change", "wanted"),
    [
        (
            "word/document.xml",
            lambda xml: xml.replace(
                b"<w:document", b'<!DOCTYPE a [<!ENTITY b "c">]><w:document', 1
            ),
            "defines entities",
        ),
        ("word/document.xml", lambda xml: xml[:100], "wanted a Word document"),
        ("word/document.xml", lambda xml: xml.replace(b"<w:body", b"<w:tbl>" * 5000), "wanted"),
        ("word/styles.xml", lambda _: b"a" * 2_000_000, "wanted at most 200 times as many"),
        ("[Content_Types].xml", lambda xml: xml.replace(b"main+xml", b"x"), "wanted a Word"),
    ],
)
def test_a_hostile_word_document_is_refused(tmp_path, name, change, wanted):
    path = saved(docx.Document(), tmp_path / "a.docx")
    changed(path, name, change)
    refused(path, wanted)


def test_a_word_document_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    path = saved(docx.Document(), tmp_path / "a.docx")
    monkeypatch.setattr(word_module, "LARGEST_UNPACKED", 1000)
    refused(path, "it unpacks to")
    monkeypatch.setattr(word_module, "MOST_MEMBERS", 1)
    refused(path, "files are packed in it")


def test_what_is_no_word_document_is_refused(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(b"27.6 million people")
    refused(path, "wanted a Word document")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "5")
    refused(path, "wanted a Word document")


# Files that do harm


def written(path, data: bytes):
    path.write_bytes(data)
    return path


def test_a_file_is_read_by_its_suffix_or_by_the_format_that_is_named(tmp_path):
    path = written(tmp_path / "a.md", "\ufeff**5** men, ü".encode())
    document = load(path)
    assert (document.format, document.path) == ("markdown", str(path))
    assert document.text[document.mentions[0].start :].startswith("5** men")
    assert load(str(path), format="text").format == "text"
    assert load(written(tmp_path / "a.HTML", b"<b>5</b> men")).format == "html"
    assert load(written(tmp_path / "a.ipynb", b'{"cells": []}')).format == "notebook"
    assert set(FORMATS.values()) == {*TEXTS, "notebook", "word"}


@pytest.mark.parametrize(
    ("name", "data", "wanted"),
    [
        ("a.md", "27 % ü".encode("latin-1"), "line 1, byte 5: byte 0xfc is not UTF-8"),
        (
            "a.md",
            "27 %".encode("utf-16"),
            "byte 0xff is not UTF-8, it begins UTF-16",
        ),
        ("a.md", "27 %".encode("utf-16-be"), "line 1, byte 0: a zero byte"),
        ("a.pdf", b"27 %", "'.pdf' is no known format; wanted one of markdown, html"),
        ("README", b"27 %", "'README' is no known format"),
        ("a.md", b"> " * 200 + b"a", "line 1: lists or quotations too deep"),
        ("a.tex", b"{" * 50_000, "nested too deep"),
        ("a.md", b"\n" * 300_001, "300,001 lines"),
        ("a.md", b"a" * 3_000_001, "3,000,001 characters"),
        ("a.md", b"[" * 400_001, "400,001 signs of markup"),
        ("a.html", b"<p>" * 400_001, "400,001 signs of markup"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(tmp_path, name, data, wanted):
    refused(written(tmp_path / name, data), wanted)


def test_what_is_no_file_or_too_large_is_refused(tmp_path, monkeypatch):
    refused(tmp_path / "no.md", "No such file")
    (tmp_path / "b.md").mkdir()
    refused(tmp_path / "b.md", "not a file")
    path = tmp_path / "c.md"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    refused(path, "100,000,000 bytes; wanted at most 50,000,000")
    monkeypatch.setattr(module, "MOST_NUMBERS", 1)
    with pytest.raises(DocumentError, match=r"^more than 1 numbers"):
        parsed("<del>1</del><del>2</del>", "html")
    with pytest.raises(DocumentError, match="'pdf' is no format of a text"):
        parsed("", "pdf")


@pytest.mark.parametrize(
    ("name", "library", "extra"),
    [
        ("markdown", "markdown_it", "documents"),
        ("latex", "pylatexenc", "documents"),
        ("word", "docx", "word"),
    ],
)
def test_a_missing_library_is_named_with_its_extra(tmp_path, monkeypatch, name, library, extra):
    for each in [each for each in sys.modules if each.split(".")[0] == library]:
        monkeypatch.delitem(sys.modules, each)
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.delitem(sys.modules, f"figurecheck.document.{name}", raising=False)
    suffix = next(each for each, form in FORMATS.items() if form == name)
    refused(written(tmp_path / f"a{suffix}", b"5"), f"pip install 'figurecheck[{extra}]'")


def test_another_missing_module_is_no_fault_of_the_document():
    with pytest.raises(ModuleNotFoundError), module._Located("a.md"):
        raise ModuleNotFoundError(name="other")


HOSTILE = ["[", "![", "**a* ", "<!--", "<a ", '<a href="', "<div>", "<script>", "{", "$x", "&#5;"]


@each_format
@pytest.mark.parametrize("unit", HOSTILE)
def test_what_is_repeated_without_end_takes_little_time(form, unit):
    start = time.process_time()
    try:
        parsed(unit * (12_000 // len(unit)), form)
    except DocumentError as error:
        assert "nested too deep" in str(error)
    assert time.process_time() - start < 20


def test_a_single_line_of_megabytes_is_read():
    sentence = "In forced labour are 27.6 million people, and nobody there knows of the others. "
    document = parsed(sentence * 12_000, "html")
    assert len(document.mentions) == 12_000
    assert document.mentions[-1].sentence == sentence.strip()


@pytest.mark.parametrize(
    ("form", "text", "cells"),
    [
        ("html", "<td>5 men<tr><td>6 men", [None, None]),
        ("html", "<table><tr><td>5 men<table><tr><td>6 men</table><td>7 men</table>",
         [(1, 1, 1), (2, 1, 1), (1, 1, 2)]),
        ("markdown", "| a |\n|--|\n| 5 men |\n\n6 men", [(1, 2, 1), None]),
        ("latex", r"\begin{tabular}{ll}5 men & 6 men\\7 men\end{tabular}",
         [(1, 1, 1), (1, 1, 2), (1, 2, 1)]),
        ("latex", r"\begin{tabular}{l}5 men\tabularnewline 6 men\end{tabular}",
         [(1, 1, 1), (1, 2, 1)]),
    ],
)  # fmt: skip
def test_a_cell_knows_its_table_row_and_column(form, text, cells):
    assert [each.block.cell for each in parsed(text, form).mentions] == cells


def test_plain_text_has_items_of_lists_and_headings():
    text = "FUNDING\n\n- 5 men\n- 6 men\n\nIt is so.\n\nOf these, 7 men."
    found = parsed(text, "text").mentions
    assert [each.sentence for each in found] == ["- 5 men", "- 6 men", "Of these, 7 men."]
    assert found[0].headings == ("FUNDING",)
