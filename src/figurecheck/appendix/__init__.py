"""The figures appendix: one page of what a reader is shown, and then its formats."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from figurecheck.appendix.content import Page, said
from figurecheck.appendix.model import Appendix
from figurecheck.appendix.outline import sections
from figurecheck.formula import near

if TYPE_CHECKING:
    from collections.abc import Iterable

    from figurecheck.configuration import Layout

OF_PAGE = {".html": "html", ".md": "markdown", ".tex": "latex", ".docx": "word", ".pdf": "pdf"}
"""The modules that write a page, by the ending of the file."""

OF_DATA = {".csv": "table", ".json": "data"}
"""Those that write what the page is made from."""

FORMATS = (*OF_PAGE, *OF_DATA)
REPORTS = (".html", ".md")
"""What a template may be."""


class AppendixError(ValueError):
    """An appendix that cannot be written as it was asked for: what was wanted, in one line."""


def form(name: str) -> str:
    """Give the format that a file's ending names; raises AppendixError."""
    ending = PurePath(name).suffix.lower()
    if ending not in FORMATS:
        message = (
            f"{name}: no format '{ending}', wanted {', '.join(FORMATS)}{near(ending, FORMATS)}"
        )
        raise AppendixError(message)
    return ending


def written(made: Appendix, form: str, layout: Layout, folder: Path = Path()) -> bytes:
    """Give the appendix in a format; a template is sought from `folder`. Raises AppendixError."""
    return b"".join(pieces(made, form, layout, folder))


def pieces(made: Appendix, form: str, layout: Layout, folder: Path = Path()) -> Iterable[bytes]:
    """Give it piece by piece; a page of HTML is never whole in memory. Raises AppendixError."""
    if form in OF_DATA:
        return [_encoded(_module(OF_DATA[form]).text(made))]
    of_template = PurePath(layout.template).suffix.lower()
    if layout.template and of_template not in REPORTS:
        message = f"{layout.template}: no template '{of_template}', wanted {' or '.join(REPORTS)}"
        raise AppendixError(message)
    found = page(made, layout)
    module = _module(OF_PAGE[form])
    streams = hasattr(module, "pieces")
    found = found if streams else found.whole()
    if of_template == form:
        part = module.part(found)
        return [_encoded(_module("report").text(made, folder / layout.template, part, form))]
    if streams:
        return map(_encoded, module.pieces(found))
    return [module.data(found) if hasattr(module, "data") else _encoded(module.text(found))]


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def _module(name: str) -> Any:
    return import_module(f"figurecheck.appendix.{name}")


def page(made: Appendix, layout: Layout) -> Page:
    """Give the page in the sections, order and words that are asked for; raises AppendixError."""
    from figurecheck.appendix.bibliography import references

    found = sections(made, references(made.sources, layout.style))
    for name in (*layout.sections, *layout.headings):
        if name not in found:
            wanted = f"wanted {', '.join(found)}{near(name, found)}"
            message = f"the appendix has no section '{name}', {wanted}"
            raise AppendixError(message)
    chosen = [found[name] for name in layout.sections or found]
    named = [replace(each, title=layout.headings.get(each.anchor, each.title)) for each in chosen]
    preface = [" ".join(each.split()) for each in layout.preface.split("\n\n")]
    return Page(
        layout.title, tuple(said(each) for each in preface if each), tuple(named), made.names
    )


__all__ = ["FORMATS", "Appendix", "AppendixError", "form", "page", "pieces", "written"]
