"""Pages made by hand and by chance, with every kind of block, as the formats are given them."""

from __future__ import annotations

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

INK, BLUE = "currentColor", "#4a7ab0"


def seen(text):
    """Give a text without what XML cannot have, as a picture has it."""
    return "".join(each for each in text if each.isprintable())


def picture(title="A band", description="From 1 to 2.", *, body="", width=180, height=20):
    """Give a picture as the appendix draws such: shapes and texts by attributes alone."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'fill="{INK}"><title>{escape(title)}</title>{body}</svg>'
    )
    return Picture(svg, title, description, width, height)


ROW = picture(
    body='<g data-kind="reported"><path d="M4 10L176 10" stroke="#808080" stroke-width="0.5"/>'
    f'<path d="M60 4L98.5 4L98.5 16L60 16Z" fill="{BLUE}" data-part="narrow"/>'
    f'<path d="M50 6L112 6L112 3L120 10L112 17L112 14L50 14Z" stroke="{INK}" fill="none"/></g>'
)
SHEET = picture(
    "Two bands & a gap",
    "2 lines on one scale. one: stands for 1 to 2. other: stands for 3 to 4 %.",
    width=680,
    height=150,
    body='<rect x="0" y="0" width="680" height="150" fill="none" stroke="#808080" '
    'stroke-dasharray="4 3"/>'
    '<a href="#figure-one"><text x="10" y="44.55" font-size="13">one &amp; #1 “a”</text></a>'
    f'<path d="M200 34L300 34L300 46L200 46Z" fill="{BLUE}"/>'
    f'<text x="670" y="44.55" font-size="13" text-anchor="end">1 to 2</text>'
    '<text x="340" y="80" font-size="11" text-anchor="middle" font-weight="bold">apart</text>'
    f'<path d="M400 94L420 106M420 94L400 106" fill="none" stroke="#c8505a" stroke-width="2.5"/>'
    f'<circle cx="500" cy="100" r="3.5" fill="{BLUE}"/>'
    '<path d="M300 40C350 40 350 100 400 100" fill="none" stroke="#808080"/>'
    '<g transform="rotate(-90 600 100)">'
    '<text x="600" y="103.85" font-size="11" text-anchor="middle">upright</text></g>',
)
TALL = picture(
    "Many lines",
    "20 lines.",
    width=680,
    height=1500,
    body="".join(
        f'<text x="4" y="{y}" font-size="13">line {y}</text><path d="M200 {y}L600 {y}" '
        f'stroke="{INK}"/>'
        for y in range(40, 1500, 70)
    ),
)


def cell(*parts, sort=""):
    """Give a cell of one line."""
    return Cell((line(*parts),), sort=sort)


def number(text):
    return cell(text, sort=text.replace(",", ""))


def figure(name, printed, quote, picture=None):
    """Give a row as that of a figure is."""
    return Row(
        (
            Cell((line(Span(f"the {name}", STRONG)), line(Span(f"figure_{name}", CODE)))),
            Cell((line(Span(printed, STRONG)), line(Span(quote, QUOTE)))),
            Cell((line("1 to 2"), line(Span("0 to 3 at the widest", FAINT))), picture, "1.5"),
            Cell((line(Span("ILO 2022", link="#source-ilo"), ", p. 22"),)),
        ),
        f"figure-{name}",
    )


OUTCOMES = Table(
    "How the relations came out",
    ("Outcome", "Declared", "Rate", "What it means"),
    (
        Row((cell(Span("holds", STRONG)), number("1,204"), number("27.60"), cell("may be | true"))),
        Row((cell(Span("broken", STRONG)), number("7"), number("-3"), cell("cannot"))),
    ),
)
FIGURES = Table(
    "Figures: labour",
    ("Figure", "As printed", "Stands for", "Source"),
    (
        figure("one", "27.6 million", "in all, 27.6 million people", ROW),
        figure("other", "< 5 %", "<script>alert(1)</script> [x](https://evil.example)"),
        figure("many", "≈ 3–4 m²", "ħ 中文 μ ½ € “so” {{< include x >}} `r 1` $x$", ROW),
    ),
)
PAGE = Page(
    "Figures & what they say",
    (said("Made from ", Span("3 figures", STRONG), "; see ", Span("below", link="#figures"), "."),),
    (
        Section("Summary", "summary", (OUTCOMES, said("1. That is ", Span("all", FAINT), "."))),
        Section(
            "The figures",
            "figures",
            (SHEET,),
            (Section("Labour", "concept-labour", (FIGURES,)), Section("Map", "map", (TALL,))),
        ),
        Section(
            "Findings",
            "findings",
            (
                Bullets(
                    (
                        (
                            line(
                                "broken (FC301): ", Span("one", STRONG, "#figure-one"), " is off."
                            ),
                            line("1 + 1 = 3"),
                        ),
                        (line("- no list, and ", Span("a == b", CODE)),),
                    ),
                    ("finding-1",),
                ),
            ),
        ),
        Section(
            "Sources",
            "sources",
            (
                Bullets(
                    (
                        (
                            line(
                                "ILO. Walk free. ",
                                Span(
                                    "https://example.org/a_(b)|c",
                                    link="https://example.org/a_(b)|c",
                                ),
                            ),
                        ),
                    ),
                    ("source-ilo",),
                ),
            ),
        ),
    ),
)


SIGNS = st.sampled_from(
    "|\\`*_{}[]()<>#~^$@&!-+=.:/'\";,%?\n\r\t \u2028\x1b\ud800\u200b\u0301a1é中"
)
HOSTILE = st.lists(
    SIGNS
    | st.sampled_from(
        [
            *(
                "http://a.b",
                "www.a.b",
                "a@b.c",
                "&lt;",
                "<script>",
                "![x](y)",
                "__b__",
                "**",
                "1. ",
            ),
            *("```", "`r system('x')`", "{{< include x >}}", "\\input{x}", "\\\\[", "[5pt]", "^^M"),
            *(
                "\\end{document}",
                "javascript:a",
                "| --- |",
                "---",
                "# ",
                "- ",
                "> ",
                "<!--",
                "[^1]",
            ),
        ]
    ),
    max_size=6,
).map("".join)
LINES = st.lists(
    st.builds(
        Span,
        HOSTILE,
        st.sampled_from(["", STRONG, CODE, QUOTE, FAINT]),
        st.sampled_from(["", "", "#figure-one", "https://example.org/a"])
        | HOSTILE.map("#".__add__)
        | HOSTILE,
    ),
    max_size=3,
).map(lambda spans: line(*spans))
CELLS = st.builds(
    Cell,
    st.lists(LINES, max_size=2).map(tuple),
    st.sampled_from([None, None, ROW]),
    st.sampled_from(["", "1.5"]),
)


def _table(width):
    rows = st.builds(Row, st.lists(CELLS, min_size=width, max_size=width).map(tuple), HOSTILE)
    heads = st.lists(HOSTILE, min_size=width, max_size=width).map(tuple)
    return st.builds(Table, HOSTILE, heads, st.lists(rows, max_size=3).map(tuple))


BLOCKS = (
    st.integers(1, 3).flatmap(_table)
    | st.builds(Paragraph, LINES)
    | st.builds(
        Bullets,
        st.lists(st.lists(LINES, max_size=3).map(tuple), max_size=3).map(tuple),
        st.lists(HOSTILE, max_size=2).map(tuple),
    )
    | st.builds(picture, HOSTILE.map(seen), HOSTILE)
)
SECTIONS = st.recursive(
    st.builds(Section, HOSTILE, HOSTILE, st.lists(BLOCKS, max_size=3).map(tuple)),
    lambda inner: st.builds(
        Section, HOSTILE, HOSTILE, st.lists(BLOCKS, max_size=2).map(tuple), st.tuples(inner)
    ),
    max_leaves=3,
)
PAGES = st.builds(
    Page,
    HOSTILE,
    st.lists(BLOCKS, max_size=2).map(tuple),
    st.lists(SECTIONS, max_size=2).map(tuple),
)
