"""The appendix as one HTML page: no network, no harm from a cell, and whole without scripts."""

from __future__ import annotations

import base64
import re
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from figurecheck.appendix.content import Bullets, Page, Paragraph, Table
from figurecheck.finding import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment

HERE = Path(__file__).parent / "web"
_INVISIBLE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ADDRESS = re.compile(r"#|https?://", re.IGNORECASE)
FOOTER = (
    "Made by figurecheck. A figure is called broken only where no values that the texts allow "
    "can make a relation true."
)


def text(page: Page) -> str:
    """Give the whole page."""
    return _made("page.html", page)


def part(page: Page) -> str:
    """Give it as a part of a page of the user's own; its style is for itself alone."""
    style, script, content = _file("page.css"), _file("page.js"), _made("content.html", page)
    return (
        f'<style>{style}</style>\n<div class="figures-page">\n{content}</div>\n'
        f"<script>{script}</script>\n"
    )


def _made(template: str, page: Page) -> str:
    style, script = _file("page.css"), _file("page.js")
    made = (
        _environment()
        .get_template(template)
        .render(
            page=page,
            style=style,
            script=script,
            style_hash=_hash(style),
            script_hash=_hash(script),
            filters=list(_filters(page)),
            footer=FOOTER,
        )
    )
    return _INVISIBLE.sub("\ufffd", made)


def _file(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """Give the source expression by which a policy allows just this text (CSP, level 2)."""
    digest = base64.b64encode(sha256(text.encode()).digest()).decode()
    return f"sha256-{digest}"


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"drawn": Markup, "address": _address}
    environment.tests |= {
        "table_block": lambda each: isinstance(each, Table),
        "paragraph": lambda each: isinstance(each, Paragraph),
        "bullets": lambda each: isinstance(each, Bullets),
    }
    environment.globals["outcomes"] = OUTCOMES
    return environment


def _address(link: str) -> str:
    """Give a link, if it leads into the page or to a web page; else one that leads nowhere."""
    return link if _ADDRESS.match(link) else "#"


def _filters(page: Page) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Give the facets of the rows: name, what it is called, and its values with their words."""
    found: dict[str, dict[str, None]] = {"concept": {}, "source": {}, "verdict": {}}
    for section in page.sections:
        for block in section.walk():
            for row in block.rows if isinstance(block, Table) else ():
                for name, value in row.facets.items():
                    split = value.split(" ") if name == "source" else [value]
                    found[name].update(dict.fromkeys(filter(None, split)))
    for name, met in found.items():
        if len(met) > 1:
            yield name, name.capitalize(), [(each, _words(each)) for each in sorted(met)]


def _words(value: str) -> str:
    return value.replace("_", " ").replace("/", ": ")
