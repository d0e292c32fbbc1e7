"""Git repositories of tests: nothing of the user's own configuration counts in them."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

OWN = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z",
    "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z",
    "GIT_CEILING_DIRECTORIES": "/",
}
NAMED = {
    "user.name": "A Writer",
    "user.email": "writer@example.org",
    "commit.gpgsign": "false",
    "core.autocrlf": "false",
    "init.defaultBranch": "main",
    "protocol.file.allow": "always",
}

with_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(folder: Path, *arguments: object) -> str:
    """Run git in a folder and give what it prints."""
    given = [part for name, text in NAMED.items() for part in ("-c", f"{name}={text}")]
    run = subprocess.run(
        ["git", *given, *map(str, arguments)],
        check=True,
        cwd=folder,
        env=os.environ | OWN,
        capture_output=True,
        encoding="utf-8",
    )
    return run.stdout.strip()


def commit(folder: Path, message: str = "a change") -> str:
    """Commit all that is in a folder, make it a repository if it is none, and give the commit."""
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)
    return git(folder, "rev-parse", "HEAD")
