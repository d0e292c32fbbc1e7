"""`figurecheck init`: start a register in a folder"""

from __future__ import annotations

from figurecheck import TYPE_CHECKING
from figurecheck.cli.terminal import put

if TYPE_CHECKING:
    import argparse


def options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "folder", nargs="?", default="data", metavar="FOLDER", help="default: data"
    )


def run(given: argparse.Namespace) -> int:
    from pathlib import Path

    from figurecheck.register import RegisterError, starter

    folder = Path(given.folder)
    files = {folder / name: text for name, text in starter().items()}
    for path in files:
        if path.exists():
            message = f"{path}: stands there already; nothing was written"
            raise RegisterError(message)
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        path.write_text(text, encoding="utf-8", newline="")
    put([f"wrote {path}" for path in files] + [f"next: figurecheck check {folder}"])
    return 0
