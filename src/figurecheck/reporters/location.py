"""Where something stands, as other tools want it: a path seen from the root of the repository."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import PurePath


class Base(NamedTuple):
    """The root of the repository, and the folder from which paths are given; both absolute."""

    root: PurePath
    here: PurePath

    def seen(self, path: str) -> str:
        """Give a path with slashes, seen from the root; outside of it the absolute one."""
        if not path:
            return ""
        whole = self.here / path
        kept: list[str] = []
        for part in whole.parts[1:]:
            if part == "..":
                del kept[-1:]
            else:
                kept.append(part)
        full = type(whole)(whole.anchor, *kept)
        inside = full.is_relative_to(self.root)
        return (full.relative_to(self.root) if inside else full).as_posix()
