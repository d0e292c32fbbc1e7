"""A picture for LaTeX: the shapes and texts of its SVG as commands of TikZ."""

from __future__ import annotations

import re
from itertools import cycle
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from xml.etree.ElementTree import Element

    from figurecheck.appendix.svg import Picture

POINTS = 0.75
"""So many big points, of which an inch has 72, has a pixel, of which it has 96."""

_STEP = re.compile(r"([MLCZ])([^MLCZ]*)")
_PAIR = re.compile(r"(-?[\d.]+)[ ,]+(-?[\d.]+)")
_TURN = re.compile(r"rotate\((-?[\d.]+) (-?[\d.]+) (-?[\d.]+)\)")
_COLOUR = re.compile("#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})")
_INHERITED = ("fill", "stroke", "stroke-width", "stroke-dasharray", "font-size", "font-weight")
_GROUPS = ("svg", "g", "a")
_ANCHORS = {"start": "base west", "middle": "base", "end": "base east"}


def drawn(picture: Picture, typeset: Callable[[str], str], scale: float = 1) -> str:
    """Give a picture with its texts as `typeset` gives them; on a screen its scale is 1."""
    root = ET.fromstring(picture.svg)  # noqa: S314 - a text of our own, without entities
    made = _Drawing(typeset, POINTS * scale)
    size = f"({picture.width},{picture.height})"
    return "\n".join(
        [
            rf"\begin{{tikzpicture}}[x={made.scaled(1)},y=-{made.scaled(1)}]",
            rf"\useasboundingbox (0,0) rectangle {size};",
            *made.element(root, {}),
            r"\end{tikzpicture}",
        ]
    )


class _Drawing(NamedTuple):
    """How texts are typeset, and how many big points a pixel has."""

    typeset: Callable[[str], str]
    unit: float

    def scaled(self, length: float | str) -> str:
        return f"{float(length) * self.unit:.4g}bp"

    def element(self, element: Element, above: Mapping[str, str]) -> Iterator[str]:
        """Give an element and those within; what stands above holds unless it says otherwise."""
        name = element.tag.rpartition("}")[2]
        has = {**above, **{key: value for key, value in element.items() if key in _INHERITED}}
        if name == "text":
            yield self.text(element, has)
        elif name in _SHAPES:
            options = ",".join(self.options(has))
            if options:
                yield rf"\path[{options}] {_SHAPES[name](element.attrib)};"
        elif name in _GROUPS:
            turn = _TURN.fullmatch(element.get("transform", ""))
            if turn:
                around = (
                    rf"rotate around={{{-float(turn[1]):g}:({turn[2]},{turn[3]})}}"  # y is down
                )
                yield rf"\begin{{scope}}[{around},transform shape]"
            for each in element:
                yield from self.element(each, has)
            if turn:
                yield r"\end{scope}"

    def options(self, has: Mapping[str, str]) -> Iterator[str]:
        fill, stroke = _colour(has.get("fill", "black")), _colour(has.get("stroke", "none"))
        if fill:
            yield f"fill={fill}"
        if stroke:
            yield f"draw={stroke}"
            yield f"line width={self.scaled(has.get('stroke-width', 1))}"
            dashes = map(self.scaled, has.get("stroke-dasharray", "").split())
            pattern = " ".join(map(" ".join, zip(cycle(("on", "off")), dashes, strict=False)))
            yield from [f"dash pattern={pattern}"] * bool(pattern)

    def text(self, element: Element, has: Mapping[str, str]) -> str:
        size = float(has.get("font-size", 16))
        font = rf"\fontsize{{{self.scaled(size)}}}{{{self.scaled(1.2 * size)}}}\sffamily"
        font += r"\bfseries" * (has.get("font-weight") == "bold")
        anchor = _ANCHORS[element.get("text-anchor", "start")]
        at = f"({element.get('x', '0')},{element.get('y', '0')})"
        words = self.typeset("".join(element.itertext()))
        return rf"\node[anchor={anchor},inner sep=0pt,font={font}] at {at} {{{words}}};"


def _colour(name: str) -> str:
    """Give a colour as TikZ knows it, "" for none; that of the text is black."""
    parts = _COLOUR.fullmatch(name.lower())
    if parts:
        red, green, blue = (int(each, 16) for each in parts.groups())
        return f"{{rgb,255:red,{red};green,{green};blue,{blue}}}"
    return "" if name == "none" else "black"


def _path(has: Mapping[str, str]) -> str:
    return " ".join(_steps(has["d"]))


def _steps(path: str) -> Iterator[str]:
    for step, numbers in _STEP.findall(path):
        points = [f"({x},{y})" for x, y in _PAIR.findall(numbers)]
        if step == "Z":
            yield "-- cycle"
        elif step == "C":
            for one, other, end in zip(points[::3], points[1::3], points[2::3], strict=True):
                yield f".. controls {one} and {other} .. {end}"
        else:
            yield f"{'-- ' * (step == 'L')}{' -- '.join(points)}"


def _rect(has: Mapping[str, str]) -> str:
    return f"({has.get('x', '0')},{has.get('y', '0')}) rectangle ++({has['width']},{has['height']})"


def _circle(has: Mapping[str, str]) -> str:
    return f"({has['cx']},{has['cy']}) circle[x radius={has['r']},y radius={has['r']}]"


_SHAPES = {"path": _path, "rect": _rect, "circle": _circle}
