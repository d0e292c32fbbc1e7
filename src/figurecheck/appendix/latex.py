"""A page as a document of LaTeX, for pdflatex and lualatex, with its pictures drawn.

It needs booktabs, longtable, siunitx, hyperref, pdflscape and tikz. A letter that the font does
not have stands as its number, such as [U+4E2D].
"""

from __future__ import annotations

import re
import unicodedata
from itertools import chain, repeat
from typing import TYPE_CHECKING

from figurecheck.appendix.content import (
    CODE,
    FAINT,
    QUOTE,
    STRONG,
    Bullets,
    Paragraph,
    Table,
)
from figurecheck.appendix.tikz import POINTS, drawn
from figurecheck.markup import address, anchor, latex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from figurecheck.appendix.content import Block, Cell, Line, Page, Section, Span
    from figurecheck.appendix.svg import Picture

_HEAD = r"""% !TeX encoding = UTF-8
\documentclass[a4paper,10pt]{article}
\ifdefined\directlua\else
\usepackage[utf8]{inputenc}
\usepackage[T1]{fontenc}
\IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
\fi
\usepackage[landscape,margin=15mm,includefoot]{geometry}
\usepackage{array,booktabs,longtable,pdflscape,tikz}
\usepackage{siunitx}
\sisetup{group-separator={,},group-minimum-digits=4,group-digits=integer}
\usepackage[hidelinks,bookmarksnumbered]{hyperref}
\setcounter{secnumdepth}{0}
\setlength{\parindent}{0pt}
\setlength{\parskip}{4pt plus 2pt}
\setlength{\emergencystretch}{3em}
\newcolumntype{L}[1]{>{\raggedright\arraybackslash\hspace{0pt}}p{\dimexpr#1\linewidth-2\tabcolsep}}
\DeclareRobustCommand{\place}[1]{\raisebox{1.5ex}{\hypertarget{#1}{}}}
\newenvironment{points}{\begin{itemize}\setlength{\itemsep}{2pt}\raggedright}{\end{itemize}}
\newenvironment{tabled}[1]{\par\addvspace{6pt}\small\textbf{#1}\par\nopagebreak
  \setlength{\LTpre}{4pt}}{\par}
\makeatletter
\renewcommand{\paragraph}{\@startsection{paragraph}{4}{0pt}{2ex plus 1ex}{1ex}{\bfseries}}
\renewcommand{\subparagraph}{\@startsection{subparagraph}{5}{0pt}{2ex plus 1ex}{1ex}{\itshape}}
\makeatother
\newcommand{\inrow}[1]{\raisebox{-2pt}[\dimexpr\height+2pt\relax]{#1}}
% a letter by its number, where the font has it
\newcommand{\letter}[1]{%
  \ifdefined\directlua\iffontchar\font"#1 \char"#1 \else[U+#1]\fi\else[U+#1]\fi}
"""

WIDTH, HEIGHT = 750, 450
"""How large a picture may be between the margins, in big points; on an upright page turned."""

TITLED = 30
"""How much of that its title takes."""

LETTER, BESIDE, BOLD = 4.8, 3, 1.25
"""How wide a letter of a table is in the mean, in big points; so many are
between columns, and so much wider is a bold one."""

IN_A_CELL = 0.72
"""The scale of the pictures in tables."""

LEVELS = ("section", "subsection", "subsubsection", "paragraph", "subparagraph")
MARKS = {STRONG: r"\textbf{", CODE: r"\texttt{", QUOTE: "“", FAINT: r"\textcolor{black!60}{"}
ENDS = {QUOTE: "”"}
_NUMBER = re.compile(r"[-−]?(\d{1,3}(?:,\d{3})*)((?:\.\d+)?)")
_BREAKS = re.compile(r"(?<=[_/=])(?=\S)|(?<=\S{30})(?=\S)")
_UNKNOWN = re.compile(
    "[^\n -~\xa0-\u0125\u0128-\u0137\u0139-\u013e\u0141-\u0148\u014a-\u0165\u0168-\u017e"
    "–—‘’‚“”„†‡•…‰‹›€™]"
)
"""What T1 has no letter for, as pdflatex knows it."""

RUN = 500
"""After so many breaks a new line begins in the file, as LaTeX reads none without end."""

NARROWEST, WIDEST = 6, 40
"""So many letters at least and at most are counted when columns share the width."""


def text(page: Page) -> str:
    """Give the whole document."""
    title = typeset(page.title)
    parts = [
        r"\begin{document}",
        rf"{{\LARGE\bfseries {title}\par}}",
        *map(_block, page.preface),
    ]
    for each in page.sections:
        parts += _section(each, 0)
    return _HEAD + "\n\n".join([*filter(None, parts), r"\end{document}"]) + "\n"


def typeset(given: str) -> str:
    """Give a text that LaTeX sets as it stands, and breaks where it is long."""
    pieces = _BREAKS.split(unicodedata.normalize("NFC", given))
    runs = [map(latex, pieces[at : at + RUN]) for at in range(0, len(pieces), RUN)]
    lines = "\\allowbreak{}%\n".join(r"\allowbreak{}".join(each) for each in runs)
    return _UNKNOWN.sub(_numbered, lines)


def _numbered(found: re.Match[str]) -> str:
    return rf"\letter{{{ord(found[0]):04X}}}"


def _outlined(given: str) -> str:
    """Give a text for the outline of the file, where no macro may stand."""
    return _UNKNOWN.sub(lambda found: f"[U+{ord(found[0]):04X}]", latex(given))


def _section(section: Section, depth: int) -> Iterator[str]:
    level = LEVELS[min(depth, len(LEVELS) - 1)]
    title = _place(section.anchor) + typeset(section.title)
    yield rf"\{level}[{{{_outlined(section.title)}}}]{{{title}}}"
    yield from map(_block, section.blocks)
    for each in section.sections:
        yield from _section(each, depth + 1)


def _place(name: str) -> str:
    return rf"\place{{{anchor(name)}}}" if name else ""


def _block(block: Block) -> str:
    match block:
        case Table():
            return "\n".join(_table(block))
        case Bullets():
            points = "\n".join(_points(block))
            return f"\\begin{{points}}\n{points}\n\\end{{points}}" if points else ""
        case Paragraph():
            return _line(block.line)
        case _:
            return _picture(block)


def _picture(picture: Picture) -> str:
    """Give a picture below its title, on an upright page where it is too high for another."""
    breadth, height = picture.width * POINTS, picture.height * POINTS
    scale = min(1, WIDTH / breadth, (HEIGHT - TITLED) / height)
    upright = min(1, HEIGHT / breadth, (WIDTH - TITLED) / height)
    told = rf"\textbf{{{typeset(picture.title)}}}\par\nopagebreak"
    if upright <= scale:
        return f"{told}\n{drawn(picture, typeset, scale)}"
    return "\n".join(
        [r"\begin{landscape}", told, drawn(picture, typeset, upright), r"\end{landscape}"]
    )


def _points(block: Bullets) -> Iterator[str]:
    names = chain(block.anchors, repeat(""))
    for item, name in zip(block.items, names, strict=False):
        yield rf"\item{{}} {_place(name)}{_lines(item)}"


def _table(table: Table) -> Iterator[str]:
    """Give a table that goes on over pages, with its head on each."""
    columns = [[row.cells[place] for row in table.rows] for place in range(len(table.head))]
    numbers = [place > 0 and _numbers(cells) for place, cells in enumerate(columns)]
    kinds = [
        f"S[table-format={_digits(cells)}]" if number else rf"L{{{width:.3f}}}"
        for cells, number, width in zip(columns, numbers, _widths(table, columns), strict=True)
    ]
    heads = [rf"{{\textbf{{{typeset(each)}}}}}" for each in table.head]
    yield rf"\begin{{tabled}}{{{typeset(table.caption)}}}"
    yield rf"\begin{{longtable}}[l]{{@{{}}{''.join(kinds)}@{{}}}}"
    yield rf"\toprule {' & '.join(heads)} \\ \midrule"
    yield r"\endhead \bottomrule \endfoot"
    for row in table.rows:
        cells = [
            _line(cell.lines[0]).replace(",", "") if number else _cell(cell)
            for cell, number in zip(row.cells, numbers, strict=True)
        ]
        told = " &\n".join(cells)
        yield rf"{_place(row.anchor)}{told} \\ \addlinespace[2pt]"
    yield r"\end{longtable}"
    yield r"\end{tabled}"


def _numbers(cells: Sequence[Cell]) -> bool:
    """Tell whether a column is one of numbers that can stand with their points below each other."""
    return bool(cells) and all(cell.sort and _number(cell) for cell in cells)


def _number(cell: Cell) -> re.Match[str] | None:
    """Give whole part and decimals of the only number of a cell."""
    plain = len(cell.lines) == 1 and not any(each.kind or each.link for each in cell.lines[0])
    return _NUMBER.fullmatch("".join(each.text for each in cell.lines[0])) if plain else None


def _digits(cells: Sequence[Cell]) -> str:
    """Give how many digits numbers have before and behind the point at the most."""
    found = [each for each in map(_number, cells) if each]
    whole = max(len(each[1].replace(",", "")) for each in found)
    decimals = max(len(each[2]) for each in found)
    return (
        f"{'-' * any(each[0] != each[1] + each[2] for each in found)}{whole}.{max(decimals - 1, 0)}"
    )


def _widths(table: Table, columns: Sequence[Sequence[Cell]]) -> Iterator[float]:
    """Give the shares of the width of a page that columns have, for the texts they hold."""
    letters = []
    for head, cells in zip(table.head, columns, strict=True):
        lines = [sum(len(span.text) for span in line) for cell in cells for line in cell.lines]
        drawn = [cell.picture.width * IN_A_CELL * POINTS / LETTER for cell in cells if cell.picture]
        letters.append(
            max(len(head), min(max(lines, default=0), WIDEST), *drawn, NARROWEST) + BESIDE
        )
    most = WIDTH / LETTER
    return (each / max(sum(letters), most) for each in letters)


def _cell(cell: Cell) -> str:
    parts = [_lines(cell.lines)]
    if cell.picture:
        parts.append(rf"\inrow{{{drawn(cell.picture, typeset, IN_A_CELL)}}}")
    return "\\newline\n".join(filter(None, parts))


def _lines(lines: Iterable[Line]) -> str:
    return "\\newline\n".join(filter(None, map(_line, lines)))


def _line(line: Line) -> str:
    return "".join(map(_span, line)).strip()


def _span(span: Span) -> str:
    shown = typeset(span.text)
    lost = span.kind == CODE and not span.text.isascii()  # the fonts of code have fewer letters
    if span.kind and shown.strip() and not lost:
        shown = f"{MARKS[span.kind]}{shown}{ENDS.get(span.kind, '}')}"
    return _linked(span.link, shown)


def _linked(link: str, shown: str) -> str:
    if link.startswith("#"):
        return rf"\hyperlink{{{anchor(link[1:])}}}{{{shown}}}"
    target = re.sub("[#%&_]", r"\\\g<0>", address(link))
    return rf"\href{{{target}}}{{{shown}}}" if target else shown
