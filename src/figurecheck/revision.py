"""A register as a git revision has it, read from history; the folder stays as it is."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from figurecheck import register
from figurecheck.formula import near
from figurecheck.register import FIGURES, RELATIONS, SOURCES, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figurecheck.figures import Source
    from figurecheck.register import Register

SHORT = 10
LINK = "120000"
OF_A_HOOK = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
"""What git sets for the hooks that it runs; it may be of another repository than the register."""
QUIET = {"LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}


class RevisionError(Exception):
    """A revision that git does not have, or that has no register: what was wanted, in one line."""


@dataclass(frozen=True)
class Revision:
    """A commit of the repository at `root`, under the name that it was asked for by."""

    name: str
    commit: str
    root: Path

    def __str__(self) -> str:
        return f"{self.name} ({self.commit[:SHORT]})"

    @cached_property
    def files(self) -> dict[str, tuple[str, str]]:
        """The mode and the object of every file, by its path from the root."""
        listed = _git(self.root, "ls-tree", "-r", "-z", "--full-tree", self.commit)
        rows = (row.split("\t", 1) for row in os.fsdecode(listed).split("\0") if row)
        return {path: (about.split()[0], about.split()[2]) for about, path in rows}

    def content(self, path: Path) -> bytes | None:
        """Give the bytes of a file, None where the revision has none; raises RevisionError."""
        mode, found = self.files.get(self._inside(path), ("", ""))
        if not found:
            return None
        if mode == LINK:
            message = f"{path}: a link in {self}; wanted a file"
            raise RevisionError(message)
        if int(_git(self.root, "cat-file", "-s", found)) > register.LONGEST_TEXT:
            message = f"{path}: longer than {register.LONGEST_TEXT:,} bytes in {self}"
            raise RevisionError(message)
        return _git(self.root, "cat-file", "blob", found)

    def _inside(self, path: Path) -> str:
        """Give a path as seen from the root, "" for one that lies elsewhere or can be none.

        A link to what lies elsewhere is seen where it stands itself.
        """
        try:
            places = path.resolve(), path.parent.resolve() / path.name
        except (OSError, ValueError):
            return ""
        inside = (each for each in places if each.is_relative_to(self.root))
        return next((each.relative_to(self.root).as_posix() for each in inside), "")


def revision(name: str, folder: Path) -> Revision:
    """Give the revision of a name in the repository that a folder stands in.

    Nothing is fetched. Raises RevisionError where git is missing, the folder is in no repository,
    or the name is none of its revisions.
    """
    wanted = f"'{name}': no such folder or file, and no revision"
    try:
        root = Path(os.fsdecode(_git(folder, "rev-parse", "--show-toplevel")).rstrip("\n"))
    except RevisionError as error:
        message = f"{wanted}{near(name, _siblings(name))}: {error}"
        raise RevisionError(message) from None
    if name.startswith("-"):
        message = f"{wanted}: none begins with '-'"
        raise RevisionError(message)
    try:
        found = _git(root, "rev-parse", "--verify", f"{name}^{{commit}}")
    except RevisionError:
        message = f"{wanted} that git knows in {root}{_meant(name, root)}{_shallow(root)}"
        raise RevisionError(message) from None
    return Revision(name, found.decode().strip(), root.resolve())


def _siblings(name: str) -> list[str]:
    """Give what stands where a name would, if it were a path."""
    folder = Path(name).parent
    return [str(each) for each in folder.iterdir()] if folder.is_dir() else []


def _meant(name: str, root: Path) -> str:
    """Give '; did you mean ...?' with a branch, a tag, or what stands beside, or nothing."""
    listed = _git(root, "for-each-ref", "--format=%(refname:short)")
    names = os.fsdecode(listed).split()
    far = [each for each in names if each.endswith(f"/{name}")]
    return f"; did you mean '{far[0]}'?" if far else near(name, [*names, *_siblings(name)])


def _shallow(root: Path) -> str:
    shallow = _git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"
    return "; the clone is shallow, 'git fetch --unshallow' gets the rest" if shallow else ""


def _git(folder: Path, *arguments: str) -> bytes:
    """Give what git prints; raises RevisionError with the first line of what it says is wrong."""
    kept = {name: text for name, text in os.environ.items() if name not in OF_A_HOOK}
    command = ["git", "-C", str(folder), *arguments]
    try:
        run = subprocess.run(  # noqa: S603 - a list, no shell; no argument begins with '-' but ours
            command, check=False, capture_output=True, stdin=subprocess.DEVNULL, env=kept | QUIET
        )
    except FileNotFoundError:
        message = "git is not installed"
        raise RevisionError(message) from None
    if run.returncode:
        said = run.stderr.decode("utf-8", "backslashreplace").strip()
        message = f"git: {said.partition(chr(10))[0]}"
        raise RevisionError(message)
    return run.stdout


def load(
    at: Revision, path: str | Path | None = None, *, texts: str | None = None, rounding: str = ""
) -> Register:
    """Give the register that stands at a path, as a revision has it.

    Its findings are at the path as it is now, so that they can be opened. An archived text that is
    kept out of git is the one on disk. Raises RegisterError, and RevisionError where the revision
    has no register there.
    """
    found = register.located(path)
    data = at.content(found)
    if data is None:
        others = [each for each in at.files if each.rpartition("/")[2] == FIGURES]
        there = f"; it has {', '.join(others[:3])}" if others else ""
        message = f"{found}: no {FIGURES} there in {at}{there}"
        raise RevisionError(message)
    relations, sources = found.with_name(RELATIONS), found.with_name(SOURCES)
    stated, cited = at.content(relations), at.content(sources)
    read = register.parsed(
        register.text_of(data, found),
        register.text_of(stated or b"", relations),
        register.text_of(b"[]" if cited is None else cited, sources),
        path=found,
        rounding=rounding,
    )
    if texts is not None or any(each.text for each in read.sources.values()):
        folder = None if texts is None else Path(texts)
        read.archive = partial(archived, at=at, folder=found.parent, texts=folder)
    return read


def archived(source: Source, at: Revision, folder: Path, texts: Path | None) -> Text | None:
    """Give the archived text of a source as a revision has it, else as it is on disk."""
    places: Sequence[Path] = [
        *([texts / f"{source.key}.txt"] if texts else []),
        *([folder / source.text] if source.text else []),
    ]
    for place in places:
        try:
            data = at.content(place)
        except RevisionError as error:
            return Text(wrong=str(error))
        if data is not None:
            return register.archived_text(data, place, source.sha256)
    return register.archived(source, folder, texts)
