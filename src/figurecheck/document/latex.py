"""LaTeX: its text as typeset, without definitions, labels, citations and formulas."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from pylatexenc import macrospec
from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import (
    LatexCharsNode,
    LatexCommentNode,
    LatexEnvironmentNode,
    LatexGroupNode,
    LatexMacroNode,
    LatexMathNode,
    LatexSpecialsNode,
    LatexWalker,
    get_default_latex_context_db,
)

from figurecheck.document.html import MARK, figure_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from figurecheck.document.prose import Prose

ARGUMENTS = {
    "{": "nolinkurl path si bibliographystyle pageref nameref vref Vref nocite graphicspath "
    "geometry pagestyle thispagestyle linespread setstretch theoremstyle sisetup lstset tikzset "
    "usetikzlibrary enlargethispage subtitle thanks sout st xout textsuperscript textsubscript "
    "phantom cline vskip hypertarget setcitestyle pagenumbering underline uline",
    "{{": "figurecheck fontsize addtolength addtocounter foreignlanguage setlength setcounter",
    "{{{": "multicolumn resizebox",
    "[": "footnotemark",
    "*{": "enquote tag",
    "*[{": "part paragraph subparagraph caption",
    "[{": "lstinline num unit numlist ang hyperref footnotetext bibitem captionsetup marginpar",
    "[{{": "qty numrange href rule rotatebox addlength",
    "[{{{": "SIrange qtyrange",
    "[{[{": "SI",
    "[[{": "footcite parencite textcite autocite fullcite smartcite supercite",
    "{[{": "scalebox",
    "{[[{": "raisebox",
    "[[[{{": "parbox",
    "[{[{[{": "multirow",
    "*{[{[": "newtheorem",
}
"""What follows a command: "{" an argument, "[" one that may be left out, "*" a star."""

ENVIRONMENTS = {
    "": "landscape center",
    "[": "threeparttable tablenotes",
    "{": "multicols adjustbox thebibliography",
    "[{": "longtable subfigure subtable",
    "{{": "tabulary",
    "[{[{": "wrapfigure wraptable",
    "[[[{": "minipage",
}
VERBATIM = re.compile(
    r"\\begin\{((?:lstlisting|minted|Verbatim|verbatim|comment|filecontents|tikzpicture)\*?)\}"
)
LEVELS = {
    "part": 1,
    "chapter": 2,
    "section": 3,
    "subsection": 4,
    "subsubsection": 5,
    "paragraph": 6,
    "subparagraph": 7,
}
TITLES = {"title", "subtitle"}
INSETS = {"footnote", "footnotetext", "caption", "marginpar", "thanks"} | TITLES
LAST_ONLY = set(
    "multicolumn multirow textcolor colorbox fcolorbox parbox raisebox resizebox scalebox "
    "rotatebox foreignlanguage texorpdfstring".split()
)
STRUCK = {"sout", "st", "xout"}
SHOWN_ELSEWHERE = re.compile(
    r"[A-Za-z]*(?:cite|Cite)[a-z]*|[A-Za-z]*ref|url|nolinkurl|path|verb|lstinline"
)
HIDDEN = set(
    "label documentclass usepackage RequirePackage selectlanguage setlength addlength setcounter "
    "addcounter addtolength addtocounter newcommand renewcommand providecommand newenvironment "
    "renewenvironment provideenvironment DeclareMathOperator hspace vspace vskip input include "
    "includegraphics bibliography bibliographystyle hypersetup nocite graphicspath geometry "
    "pagestyle thispagestyle linespread setstretch theoremstyle sisetup lstset tikzset rowcolors "
    "usetikzlibrary enlargethispage fontsize rule definecolor providecolor colorlet color "
    "pagecolor newtheorem captionsetup phantom hphantom vphantom cline bibitem hypertarget si "
    "setcitestyle pagenumbering footnotemark keywords".split()
)
UP_TO_A_GROUP = {"def", "gdef", "edef", "xdef", "cmidrule"}
SAID = {
    ",": "\u2009",
    ";": " ",
    ":": " ",
    ">": " ",
    " ": " ",
    "\n": " ",
    "!": "",
    "/": "",
    "-": "",
    "\\": "\n",
    "newline": "\n",
    "textdollar": "$",
    "pounds": "£",
    "textsterling": "£",
    "textyen": "¥",
    "textpercent": "%",
    "euro": "€",
    "EUR": "€",
    "texteuro": "€",
    "dots": "…",
    "ldots": "…",
    "sim": "~",
    "percent": "%",
}
SPECIALS = {"~": "\u00a0", "--": "–", "---": "—", "``": "“", "''": "”"}
UNITS = {
    "percent": "%",
    "kilo": "k",
    "mega": "M",
    "giga": "G",
    "milli": "m",
    "centi": "c",
    "metre": "m",
    "meter": "m",
    "gram": "g",
    "kilogram": "kg",
    "litre": "l",
    "watt": "W",
    "hour": "h",
    "per": "/",
    "degreeCelsius": "°C",
    "celsius": "°C",
}
UNIT = re.compile(r"\\([A-Za-z]+)\s*")
PARAGRAPH = re.compile(r"\n[ \t]*\n")
POWER = re.compile(r"\^([0-9])?")
NUMERIC = re.compile(
    r"(?:[A-Za-z]+\s*[=<>≤≥≈~]\s*|[~≈<>≤≥±]\s*)?[+−-]?\s*[$£€]?[0-9][0-9.,\s×·±⁰¹²³⁴⁵⁶⁷⁸⁹⁻%]*"
    r"(?:(?:thousand|million|billion|trillion)\s*)?|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+"
)
TABLES = {"tabular", "tabularx", "tabulary", "longtable", "array"}
NO_PROSE = set(
    "lstlisting minted Verbatim verbatim comment filecontents tikzpicture thebibliography".split()
)


@cache
def _commands() -> Any:
    """Give what is known of commands and environments."""
    known = get_default_latex_context_db()
    known.add_context_category(
        "figurecheck",
        macros=[
            macrospec.MacroSpec(name, arguments)
            for arguments, names in ARGUMENTS.items()
            for name in names.split()
        ],
        environments=[
            macrospec.EnvironmentSpec(name, arguments)
            for arguments, names in ENVIRONMENTS.items()
            for name in names.split()
        ],
        prepend=True,
    )
    return known


def walker(text: str) -> LatexWalker:
    return LatexWalker(_without_verbatim(text), latex_context=_commands())


def _without_verbatim(text: str) -> str:
    """Put spaces where code stands that is not to be read as LaTeX; all else stays in place."""
    texts, place = [], 0
    while found := VERBATIM.search(text, place):
        start, stop = found.end(), text.find(f"\\end{{{found[1]}}}", found.end())
        stop = stop if stop >= 0 else len(text)
        texts += [text[place:start], " " * (stop - start)]
        place = stop
    return "".join([*texts, text[place:]])


class Writer:
    """Hands the text of LaTeX from an offset of the source on to the prose."""

    def __init__(self, prose: Prose, offset: int) -> None:
        self.prose = prose
        self.offset = offset
        self.in_table = 0
        self.in_math = 0
        self.up = False
        self.texts: dict[str, str] = {}
        self.converter = LatexNodes2Text(math_mode="text")

    def nodes(self, nodes: Sequence[Any]) -> None:
        """Hand nodes over; a definition without known arguments reaches to its group."""
        skipped = False
        for node in nodes:
            if node is None:
                continue
            if skipped:
                skipped = not isinstance(node, LatexGroupNode)
            elif isinstance(node, LatexMacroNode) and node.macroname in UP_TO_A_GROUP:
                skipped = True
            elif self.up:
                self.up, count = False, len(self.prose.draft.pieces)
                self.node(node)
                self.prose.raise_since(count)
            else:
                self.node(node)

    def node(self, node: Any) -> None:
        WRITERS[type(node)](self, node)

    def span(self, node: Any) -> tuple[int, int]:
        start, last = self.offset + node.pos, len(self.prose.source)
        return min(start, last), min(start + node.len, last)

    # Text

    def chars(self, node: Any) -> None:
        start, end = self.span(node)
        pattern = POWER if self.in_math else PARAGRAPH
        for found in pattern.finditer(self.prose.source, start, end):
            self.prose.put(start, found.start())
            start = found.end()
            if not self.in_math:
                self.prose.end_block()
            elif found[1]:
                count = len(self.prose.draft.pieces)
                self.prose.put(*found.span(1))
                self.prose.raise_since(count)
            else:
                self.up = start == end
        self.prose.put(start, end)

    def group(self, node: Any) -> None:
        self.nodes(node.nodelist)

    def comment(self, node: Any) -> None:
        if (found := MARK.fullmatch(node.comment)) and not self.prose.hidden:
            start = self.offset + node.pos
            self.prose.mark(found[1], start, start + 1 + len(node.comment), line=True)

    def specials(self, node: Any) -> None:
        signs = node.specials_chars
        if signs == "&" and self.in_table:
            self.prose.end_block()
            self.prose.start_cell()
        else:
            self.prose.say(SPECIALS.get(signs, signs), *self.span(node))

    # Formulas

    def math(self, node: Any) -> None:
        """Take a formula that is a number, or says what a letter is; others are no prose."""
        if node.displaytype == "inline":
            draft = self.prose.draft
            count = len(draft.pieces)
            self.in_math += 1
            self.nodes(node.nodelist)
            self.in_math -= 1
            self.up = False
            text = draft.since(count).strip()
            if not text or NUMERIC.fullmatch(text):
                return
            draft.cut(count)
        self.no_prose(node, "formula")

    def no_prose(self, node: Any, reason: str) -> None:
        self.prose.opaque(*self.span(node))
        self.prose.aside(*self.span(node), reason)

    # Commands

    def macro(self, node: Any) -> None:
        name = node.macroname
        write = MACROS.get(name)
        if write:
            write(self, node)
        elif name in LEVELS:
            self.prose.end_block()
            self.nodes(_arguments(node))
            self.prose.end_block(LEVELS[name])
        elif name in INSETS:
            with self.prose.inset():
                self.nodes(_arguments(node)[-1:])
        elif name in HIDDEN:
            return
        elif SHOWN_ELSEWHERE.fullmatch(name):
            self.prose.opaque(*self.span(node))
        else:
            self.said(node)

    def said(self, node: Any) -> None:
        """Take what a command prints: its arguments, or the sign that it stands for."""
        name, arguments = node.macroname, _arguments(node)
        if name == "\\" and self.in_table:
            self.row_end(node)
        elif name in SAID:
            self.prose.say(SAID[name], *self.span(node))
        elif name in LAST_ONLY:
            self.nodes(arguments[-1:])
        elif name in STRUCK:
            self.prose.struck += 1
            self.nodes(arguments)
            self.prose.struck -= 1
        elif arguments and name.isalpha() and len(name) > 1:
            self.nodes(arguments)
        else:
            self.prose.say(self.converted(node), *self.span(node))

    def converted(self, node: Any) -> str:
        """Give the sign of a command; nothing where the converter misses an argument of it."""
        written = node.latex_verbatim()
        if written not in self.texts:
            try:
                self.texts[written] = self.converter.nodelist_to_text([node]).rstrip()
            except (AttributeError, LookupError, TypeError):
                self.texts[written] = ""
        return self.texts[written]

    def item(self, node: Any) -> None:
        self.prose.end_block()
        self.nodes(_all_arguments(node))
        if not self.prose.draft.since(0).strip("0123456789.()[]"):
            self.prose.draft.cut(0)
            self.prose.aside(*self.span(node), "numbering")
        self.prose.end_block()

    def paragraph_end(self, _node: Any) -> None:
        self.prose.end_block()

    def row_end(self, _node: Any) -> None:
        self.prose.end_block()
        self.start_row()

    def raised(self, node: Any) -> None:
        count = len(self.prose.draft.pieces)
        self.nodes(_arguments(node))
        self.prose.raise_since(count)

    def link(self, node: Any) -> None:
        """Take the text of a link or a mark, which may tie it to a figure."""
        arguments = _arguments(node)
        written = [self.prose.source[slice(*self.inside(each))] for each in arguments[:-1]]
        figure = "".join(written).strip()
        if node.macroname == "href":
            figure = figure_of(figure)
        start, end = self.span(node)
        self.prose.open_mark(figure, start)
        self.nodes(arguments[-1:])
        self.prose.close_mark(end)

    # Numbers and units of siunitx

    def inside(self, node: Any) -> tuple[int, int]:
        """Give where the text of an argument stands; its last brace may be missing."""
        start, end = self.span(node)
        if isinstance(node, LatexGroupNode):
            start = min(start + 1, end)
            end -= end > start and self.prose.source[end - 1] == "}"
        return start, end

    def number(self, node: Any) -> None:
        self.numbers(_arguments(node), ())

    def quantity(self, node: Any) -> None:
        *numbers, unit = _arguments(node)[-3:]
        self.numbers(numbers, (unit,))

    def numbers(self, numbers: Sequence[Any], units: Sequence[Any]) -> None:
        """Take a number, or two as a range, and the unit behind it."""
        stop = 0
        for each in numbers:
            start, end = self.inside(each)
            if stop:
                self.prose.say(" to ", stop, start)
            self.prose.put(start, end)
            stop = end
        for each in units:
            start, end = self.inside(each)
            written = self.prose.source[start:end]
            text = UNIT.sub(lambda found: UNITS.get(found[1], found[1]), written)
            start += len(written) - len(written.lstrip())
            self.prose.say(" ", start, start)
            self.prose.say(text.strip(), start, end)

    # Environments

    def environment(self, node: Any) -> None:
        name = node.environmentname.removesuffix("*")
        inline = self.in_math
        if name in NO_PROSE:
            self.prose.end_block()
        elif _displayed(node):
            self.no_prose(node, "formula")
        else:
            if not inline:
                self.prose.end_block()
            if name in TABLES:
                self.in_table += 1
                self.prose.start_table()
                self.start_row()
            self.nodes(node.nodelist)
            if not inline:
                self.prose.end_block()
            if name in TABLES:
                self.prose.end_table()
                self.in_table -= 1

    def start_row(self) -> None:
        self.prose.start_row()
        self.prose.start_cell()


def _displayed(node: Any) -> bool:
    spec = node.parsing_state.latex_context.get_environment_spec(node.environmentname)
    return bool(spec and spec.is_math_mode)


def _all_arguments(node: Any) -> list[Any]:
    return list(node.nodeargd.argnlist or ()) if node.nodeargd else []


def _arguments(node: Any) -> list[Any]:
    """Give the arguments in braces."""
    if not node.nodeargd or not node.nodeargd.argspec:
        return []
    pairs = zip(node.nodeargd.argspec, _all_arguments(node), strict=False)
    return [each for kind, each in pairs if kind == "{" and each is not None]


MACROS: dict[str, Callable[[Writer, Any], None]] = {
    "item": Writer.item,
    "par": Writer.paragraph_end,
    "tabularnewline": Writer.row_end,
    "textsuperscript": Writer.raised,
    "href": Writer.link,
    "figurecheck": Writer.link,
    "num": Writer.number,
    "numrange": Writer.number,
    "SI": Writer.quantity,
    "qty": Writer.quantity,
    "SIrange": Writer.quantity,
    "qtyrange": Writer.quantity,
}
WRITERS: dict[type, Callable[[Writer, Any], None]] = {
    LatexCharsNode: Writer.chars,
    LatexGroupNode: Writer.group,
    LatexCommentNode: Writer.comment,
    LatexMacroNode: Writer.macro,
    LatexEnvironmentNode: Writer.environment,
    LatexSpecialsNode: Writer.specials,
    LatexMathNode: Writer.math,
}


def write(prose: Prose, start: int, end: int) -> None:
    """Hand the LaTeX of the source from `start` to `end` to the prose.

    Where there is a document environment, only titles count of what stands before it.
    """
    writer = Writer(prose, start)
    nodes = walker(prose.source[start:end]).get_latex_nodes()[0]
    body = [each for each in nodes if _opens(each, "document", LatexEnvironmentNode)]
    if body:
        titles = [each for each in nodes if any(_opens(each, name) for name in TITLES)]
        nodes = [*titles, *body]
    writer.nodes(nodes)
    prose.end_block()


def write_part(prose: Prose, start: int, end: int) -> None:
    """Hand LaTeX inside a paragraph, such as a formula, to the prose."""
    Writer(prose, start).nodes(walker(prose.source[start:end]).get_latex_nodes()[0])


def _opens(node: Any, name: str, kind: type = LatexMacroNode) -> bool:
    return isinstance(node, kind) and name in {
        getattr(node, "macroname", ""),
        getattr(node, "environmentname", ""),
    }
