"""The appendix as one HTML page: no network, no harm from a cell, and whole without scripts."""

from __future__ import annotations

import base64
import re
from collections import Counter
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from figurecheck.appendix.content import Bullets, Page, Paragraph, Table
from figurecheck.figures import path_in_words
from figurecheck.finding import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from jinja2 import Environment

    from figurecheck.appendix.content import Block, Section
    from figurecheck.appendix.svg import Picture

HERE = Path(__file__).parent / "web"
_INVISIBLE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_IDS = re.compile(r"\bp[0-9a-f]{12}-[td]\b")
_LINK = re.compile(r' href="#([^"]*)"')
_VERDICT = re.compile(
    rf"({'|'.join((*OUTCOMES, 'waived', 'note'))})($|: \w+$| \(\w+(?:, \w+)?\): $)"
)
LAST_LEVEL = 6
"""HTML has no headings below it."""

PIECES = 500
"""So many pieces of a template go into one of the page."""

LONG = 50
"""So many rows stand in one body of a table; a browser lays out those that are seen."""

FOOTER = (
    "Made by figurecheck. A figure is called broken only where no values that the texts allow "
    "can make a relation true."
)


def pieces(page: Page) -> Iterator[str]:
    """Give the whole page, piece by piece, so that it is never whole in memory."""
    return _made("page.html", page)


def part(page: Page) -> str:
    """Give it as a part of a page of the user's own; its style and script are for it alone."""
    style, script = _file("page.css"), _file("page.js")
    content = "".join(_made("content.html", page))
    return (
        f'<style>{style}</style>\n<div class="figures-page">\n{content}</div>\n'
        f"<script>{script}</script>\n"
    )


def _made(template: str, page: Page) -> Iterator[str]:
    style, script = _file("page.css"), _file("page.js")
    made = (
        _environment()
        .get_template(template)
        .stream(
            page=page,
            style=style,
            script=script,
            style_hash=_hash(style),
            script_hash=_hash(script),
            preface=[Step(block=each) for each in page.preface],
            steps=_steps(page.sections),
            filters=list(_filters(page)),
            footer=FOOTER,
            targets={name for section in page.sections for name in _targets(section)},
            met=Counter(),
        )
    )
    made.enable_buffering(PIECES)
    return (_INVISIBLE.sub("\ufffd", each) for each in made)


class Step(NamedTuple):
    """What comes next in a page: a section opens, a block stands in it, or it closes."""

    opens: Section | None = None
    level: int = 0
    block: Block | None = None
    title: str = ""


def _steps(sections: Iterable[Section], level: int = 2) -> Iterator[Step]:
    """Give sections with all that is in them in one row, as a template that streams has it."""
    for each in sections:
        yield Step(opens=each, level=level)
        yield from (Step(block=block, title=each.title) for block in each.blocks)
        yield from _steps(each.sections, min(level + 1, LAST_LEVEL))
        yield Step()


def _file(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """Give the source expression by which a policy allows just this text (CSP, level 2)."""
    digest = base64.b64encode(sha256(text.encode()).digest()).decode()
    return f"sha256-{digest}"


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests |= {
        "table_block": lambda each: isinstance(each, Table),
        "paragraph": lambda each: isinstance(each, Paragraph),
        "bullets": lambda each: isinstance(each, Bullets),
        "filterable": lambda each: any(row.facets for row in each.rows),
    }
    environment.filters |= {
        "address": _address,
        "breakable": _breakable,
        "drawn": _drawn,
        "verdict": _verdict,
    }
    environment.globals["LONG"] = LONG
    return environment


def _breakable(text: str) -> str:
    """Give an id that may go on in another line behind each underscore."""
    from markupsafe import Markup, escape

    return escape(text).replace("_", Markup("_<wbr>"))


def _verdict(text: str) -> str:
    """Give the verdict that a text is, with nothing beside it but the rule that came to it."""
    found = _VERDICT.match(text)
    return found[1] if found else ""


def _address(link: str, targets: Collection[str]) -> str:
    """Give a link that leads to one of the targets in the page, or to a web page; else none."""
    inside = link[1:] in targets and link.startswith("#")
    return link if inside or _ADDRESS.match(link) else ""


def _drawn(picture: Picture, targets: Collection[str], met: Counter[str]) -> str:
    """Give a picture with links to targets alone, its ids told apart from those `met` before."""
    from markupsafe import Markup

    svg = picture.svg
    if " href=" in svg:
        svg = _LINK.sub(lambda found: found[0] if found[1] in targets else "", svg)
    for name in dict.fromkeys(_IDS.findall(svg)):
        met[name] += 1
        if met[name] > 1:
            svg = svg.replace(name, f"{name}{met[name]}")
    return Markup(svg)  # noqa: S704 - made by us, every text in it escaped


def _targets(section: Section) -> Iterator[str]:
    """Give every name in a section that a link can lead to."""
    yield section.anchor
    for block in section.blocks:
        if isinstance(block, Table):
            yield from (row.anchor for row in block.rows if row.anchor)
        elif isinstance(block, Bullets):
            yield from block.anchors
    for each in section.sections:
        yield from _targets(each)


def _filters(page: Page) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Give the facets of the rows: name, what it is called, and its values with their words."""
    found: dict[str, dict[str, str]] = {"concept": {}, "source": {}, "verdict": {}}
    for table in _tables(block for section in page.sections for block in section.walk()):
        for row in table.rows:
            for name, value in row.facets.items():
                found[name].update((each, path_in_words(each)) for each in _values(name, value))
    found["source"] = {key: page.names.get(key, words) for key, words in found["source"].items()}
    for name, values in found.items():
        if len(values) > 1:
            yield name, name.capitalize(), sorted(values.items(), key=lambda each: each[1])


def _tables(blocks: Iterable[Block]) -> Iterator[Table]:
    return (each for each in blocks if isinstance(each, Table))


def _values(name: str, value: str) -> list[str]:
    """Give what a row can be found by: a concept also by those that it is a part of."""
    if name == "concept":
        steps = value.split("/")
        return ["/".join(steps[: count + 1]) for count in range(len(steps))] if value else []
    return value.split() if name == "source" else [value]
