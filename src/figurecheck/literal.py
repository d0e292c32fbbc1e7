"""JSON text in which numbers are exact where their decimals end, else rounded outward."""

from __future__ import annotations

from fractions import Fraction
from json import dumps
from typing import TYPE_CHECKING, Any

from figurecheck.formula import decimal, finite
from figurecheck.obeyed import JSON, no_command

if TYPE_CHECKING:
    from collections.abc import Iterator

    from figurecheck.interval import Interval

VERSION = 1
"""The version of all that is written as an object; it is that of the schema."""


def document(**members: Any) -> Iterator[str]:
    """Give one object, with its version, as lines."""
    yield from written({"version": VERSION, **members}).split("\n")


def written(value: Any, indent: str = "\n") -> str:
    """Give JSON text; the standard encoder would turn exact decimals into floats.

    What a workflow runner would obey is spelt so that it means the same and is none.
    """
    deeper = indent + "  "
    if isinstance(value, Fraction):
        return decimal(finite(value))
    if isinstance(value, dict):
        rows = [f"{_text(str(key))}: {written(each, deeper)}" for key, each in value.items()]
        return "{" + deeper + ("," + deeper).join(rows) + indent + "}" if rows else "{}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(written(each, indent) for each in value) + "]"
    return _text(value) if isinstance(value, str) else dumps(value)


def _text(text: str) -> str:
    return no_command(dumps(text), JSON)


def ends(interval: Interval) -> list[Fraction | None]:
    """Give both ends of an interval, the upper one rounded up; None is unbounded."""
    upper = interval.upper
    return [interval.lower, None if upper is None else finite(upper, up=True)]
