"""The figures appendix: one model of what a reader is shown, and then its formats."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from figurecheck.appendix import markdown, table
from figurecheck.appendix.model import Appendix, appendix

if TYPE_CHECKING:
    from collections.abc import Callable

FORMATS: dict[str, Callable[[Appendix], str]] = {".md": markdown.text, ".csv": table.text}


class UnknownFormat(ValueError):
    """An output whose ending names no format."""


def form(name: str) -> Callable[[Appendix], str]:
    """Give the format that a file's ending names; raises UnknownFormat."""
    ending = PurePath(name).suffix.lower()
    if ending not in FORMATS:
        message = f"{name}: no format '{ending}', wanted {' or '.join(FORMATS)}"
        raise UnknownFormat(message)
    return FORMATS[ending]


__all__ = ["FORMATS", "Appendix", "UnknownFormat", "appendix", "form"]
