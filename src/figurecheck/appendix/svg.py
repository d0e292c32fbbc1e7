"""A picture: one SVG with its title and description."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """One complete `<svg>` element, with what it shows in sentences; sizes are in pixels."""

    svg: str
    title: str
    description: str
    width: int
    height: int
