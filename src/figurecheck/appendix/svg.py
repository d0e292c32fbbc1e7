"""SVG that stands inside a page: shapes and texts by attributes alone, the same bytes each time."""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

INK = "currentColor"
BLUE, GREY, RED = "#4a7ab0", "#808080", "#c8505a"
"""Mid tones: three to one and more against white paper and against a page of #121212."""

PLAIN, SMALL = 13, 11
LEADING = 1.2
BASELINE = 0.35
"""So far below the middle of a line, in its size, do letters stand; renderers differ on others."""

ELLIPSIS = "…"

# How wide the widest common typefaces (DejaVu Sans, Verdana) set a letter, in its size.
_ADVANCES = {
    letter: advance
    for advance, letters in (
        (0.34, " ijlIJ.,:;'|"),
        (0.42, "frt!()[]/-"),
        (0.56, 'csz"*_?L–‘’“”'),
        (0.7, "ABCKRVXZ"),
        (0.84, "wDGHNOQU+<>=~^#&"),
        (1.0, "mMW@%—" + ELLIPSIS),
    )
    for letter in letters
}
_USUAL, _OTHER, _BROAD, _MARK, _BOLD = 0.64, 0.8, 1.25, 0.1, 1.12
_UNSEEN = re.compile(
    "[^ -~\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"  # what XML or a reader cannot take
    "|[\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]"  # and what turns lines round
)


@dataclass(frozen=True, slots=True)
class Picture:
    """One complete <svg> element, with what it shows in a title and in sentences."""

    svg: str
    title: str
    description: str
    width: int
    height: int


def clean(text: str) -> str:
    """Give a text in one line, with a sign for each character that cannot be shown."""
    return _UNSEEN.sub("\ufffd", " ".join(text.split()))


def pixels(value: float) -> str:
    """Write a coordinate: two decimals at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def element(name: str, *content: str, **attributes: float | str | None) -> str:
    """Give an element; `stroke_width` is stroke-width, and None is no attribute."""
    told = "".join(
        f" {key.replace('_', '-')}={_quoted(given)}"
        for key, given in attributes.items()
        if given is not None
    )
    return f"<{name}{told}>{''.join(content)}</{name}>" if content else f"<{name}{told}/>"


def _quoted(value: float | str) -> str:
    return f'"{escape(value)}"' if isinstance(value, str) else f'"{pixels(value)}"'


def titled(text: str, name: str = "title") -> str:
    """Give the title of an element, which pages show beside it and readers read."""
    return f"<{name}>{escape(clean(text), quote=False)}</{name}>"


def line(x: float, y: float, to_x: float, to_y: float, **attributes: float | str | None) -> str:
    return element("path", d=path((x, y), (to_x, to_y)), **{"stroke": INK} | attributes)


def path(*points: tuple[float, float], closed: bool = False) -> str:
    drawn = "L".join(f"{pixels(x)} {pixels(y)}" for x, y in points)
    return f"M{drawn}{'Z' * closed}"


def writing(
    text: str,
    x: float,
    y: float,
    *,
    size: int = PLAIN,
    anchor: str | None = None,
    bold: bool = False,
) -> str:
    """Give a text, `shortened` to what can be shown, whose letters stand around the height y."""
    return element(
        "text",
        escape(text, quote=False),
        x=x,
        y=y + BASELINE * size,
        font_size=size,
        text_anchor=anchor,
        font_weight="bold" if bold else None,
    )


def linked(link: str, *content: str) -> str:
    """Give the content as a link, if there is one to somewhere in the page."""
    return element("a", *content, href=clean(link)) if link.startswith("#") else "".join(content)


def breadth(text: str, size: int = PLAIN, *, bold: bool = False) -> float:
    """Give how wide a text may be at the most, in common typefaces."""
    return size * sum(map(_advance, text)) * (_BOLD if bold else 1)


@lru_cache(4096)
def _advance(character: str) -> float:
    if character in _ADVANCES or character.isascii():
        return _ADVANCES.get(character, _USUAL)
    if unicodedata.combining(character):
        return _MARK
    return _OTHER if character < "\u0590" else _BROAD


def shortened(text: str, width: float, size: int = PLAIN, *, bold: bool = False) -> str:
    """Give a text as it can be shown, cut with an ellipsis where it is too wide."""
    text = clean(text)
    width /= _BOLD if bold else 1
    if breadth(text, size) <= width:
        return text
    room = width - breadth(ELLIPSIS, size)
    kept = sum(each * size <= room for each in accumulate(map(_advance, text)))
    return text[:kept].rstrip() + ELLIPSIS


def wrapped(text: str, width: float, size: int = PLAIN, *, most: int = 2) -> list[str]:
    """Give the lines of a text; what does not fit into the last is cut with an ellipsis."""
    lines = [""]
    for word in clean(text).split():
        longer = f"{lines[-1]} {word}".strip()
        if breadth(longer, size) <= width or not lines[-1] or len(lines) == most:
            lines[-1] = longer
        else:
            lines.append(word)
    return [shortened(each, width, size) for each in lines]


def picture(
    parts: Iterable[str], title: str, description: str, width: int, height: float
) -> Picture:
    """Give the picture of parts; without a description the title says all.

    The ids that its name is read from are those of its content, so pictures share a page.
    """
    height = math.ceil(height)
    title, description, body = clean(title), clean(description), "".join(parts)
    name: dict[str, str | None] = {"aria_label": title}
    head = titled(title)
    if description:
        key = hashlib.sha256(f"{title}\n{description}\n{body}".encode()).hexdigest()[:12]
        name = {"aria_labelledby": f"p{key}-t p{key}-d"}
        head = element("title", escape(title, quote=False), id=f"p{key}-t")
        head += element("desc", escape(description, quote=False), id=f"p{key}-d")
    svg = element(
        "svg",
        head,
        body,
        xmlns="http://www.w3.org/2000/svg",
        width=width,
        height=height,
        viewBox=f"0 0 {pixels(width)} {pixels(height)}",
        role="group" if "<a " in body else "img",  # an image has no links inside
        **name,
        font_family="sans-serif",
        fill=INK,
        stroke_linejoin="round",
    )
    return Picture(svg, title, description, width, height)
