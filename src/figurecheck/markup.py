"""Texts and tables as Markdown, HTML and LaTeX that show them as they stand, and addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SPECIAL = re.compile(
    r"[\\`*{}\[\]<>#|~^$@&]"  # all that opens or closes something, wherever it stands
    r"|(?<![^\W_])_|_(?![^\W_])"  # an underscore inside a word stands for itself
    r"|:(?=//)|(?i:(?<=www)\.)"  # GitHub makes links of bare addresses
)
_INVISIBLE = re.compile("[\0-\x08\x0e-\x1b\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_CELL = "text-align:left;vertical-align:top;padding:0.2em 1em 0.2em 0"


def markdown(text: str) -> str:
    """Give a text so that Markdown shows it as it stands, inside a line."""
    return _SPECIAL.sub(r"\\\g<0>", _line(text))


def html(text: str) -> str:
    """Give a text so that HTML shows it as it stands, inside an element or an attribute."""
    from html import escape

    return escape(_line(text))


def _line(text: str) -> str:
    return _INVISIBLE.sub("\ufffd", " ".join(text.split()))


def markdown_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Give the lines of a table; none where it has no rows."""
    for place, row in enumerate(rows):
        if not place:
            yield f"| {' | '.join(map(markdown, header))} |"
            yield f"|{' --- |' * len(header)}"
        yield f"| {' | '.join(map(markdown, row))} |"


def html_table(
    header: Sequence[str], rows: Iterable[Sequence[str]], *, caption: str = ""
) -> Iterator[str]:
    """Give the lines of a table, without scripts or colours: it is as light or dark as its page.

    The classes keep MathJax from taking what stands between two dollar signs for a formula.
    """
    yield '<table class="tex2jax_ignore mathjax_ignore">'
    if caption:
        yield f'<caption style="{_CELL};font-weight:bold">{html(caption)}</caption>'
    if any(header):
        yield f"<thead><tr>{_cells('th', header)}</tr></thead>"
    yield "<tbody>"
    yield from (f"<tr>{_cells('td', row)}</tr>" for row in rows)
    yield "</tbody></table>"


def _cells(element: str, texts: Sequence[str]) -> str:
    return "".join(f'<{element} style="{_CELL}">{html(text)}</{element}>' for text in texts)


_BLOCK = re.compile(r"^(?=[-+=:%])|^\(?\w+(?=[.)](?: |$))")


def opening(line: str) -> str:
    """Give a line of Markdown that is no list, rule or title either where it begins a block."""
    return _BLOCK.sub(r"\g<0>\\", line)


_TYPESET = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "`": r"\textasciigrave{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r'\string"',
    "\u2009": r"\,",
    "\u202f": r"\,",
    "−": r"\textminus{}",
    "≈": r"\ensuremath{\approx}",
    "≤": r"\ensuremath{\leq}",
    "≥": r"\ensuremath{\geq}",
} | {sign: rf"\{sign}" for sign in "#$%&_{}"}
"""What LaTeX would obey, and signs of numbers that it does not know without a package."""

_LIGATURE = re.compile(r"(?<=([-',]))(?=\1)")
_UNSEEN = re.compile("[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")


def latex(text: str) -> str:
    """Give a text so that LaTeX sets it as it stands, with a name for what cannot be seen."""
    line = re.sub("[ \t\n\r\f\v]+", " ", text)
    line = _UNSEEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", line)
    line = _LIGATURE.sub("\0", line)
    return "".join(_TYPESET.get(sign, sign) for sign in line).replace("\0", "{}")


def anchor(name: str) -> str:
    """Give a name that can be linked to in every format: what is no such letter by its number."""
    return re.sub(r"[^A-Za-z0-9._-]", lambda found: f".{ord(found[0]):x}.", name)


def address(link: str) -> str:
    """Give the address of a web page without a sign that means something, or nothing."""
    if not re.fullmatch(r"(?i:https?)://[!-~]+", link):
        return ""
    return re.sub(r"[^\w/:?&=#%.,;+@!-]", lambda found: f"%{ord(found[0]):02X}", link)
