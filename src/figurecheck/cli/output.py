"""Where lines go: to the terminal, or to a file that is written whole or not at all."""

from __future__ import annotations

import os
from errno import EACCES

from figurecheck import TYPE_CHECKING
from figurecheck.cli.terminal import put

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence
    from pathlib import Path

FORMATS = ("text", "full", "json", "github", "gitlab", "junit", "sarif")


def formats(command: argparse.ArgumentParser, among: Sequence[str] = ("text", "json")) -> None:
    """Add the options that say in which format, and where to."""
    at_github = "; github under GitHub Actions" if "github" in among else ""
    command.add_argument("--format", choices=among, help=f"default: text{at_github}")
    output(command)


def output(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--output",
        "-o",
        metavar="FILE",
        help="write it whole into a file; default: standard output",
    )


def chosen(given: argparse.Namespace) -> str:
    """Give the format that is asked for; GitHub Actions gets its own on its log."""
    at_github = os.environ.get("GITHUB_ACTIONS") == "true" and not given.output
    return given.format or ("github" if at_github else "text")


def deliver(lines: Iterable[str], file: str | None) -> None:
    """Put lines where they are asked for: on standard output, or into a file."""
    if file is None or file == "-":
        put(lines)
    else:
        write(file, "".join(f"{line}\n" for line in lines))
        put([f"wrote {file}"])


def write(file: str | Path, text: str) -> None:
    """Write a text into a file, whole or not at all; raises OSError with the file's name.

    A link is followed. What is no regular file (a pipe, a device) is written as it is.
    """
    import tempfile
    from pathlib import Path

    data = text.encode("utf-8", "backslashreplace")
    target = Path(os.path.realpath(file))
    if Path(file).exists() and (not target.is_file() or str(file).startswith("/dev/")):
        Path(file).write_bytes(data)
        return
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(EACCES, os.strerror(EACCES), str(file))
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(file)) from None
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).chmod(target.stat().st_mode if target.exists() else 0o666 & ~_mask())
        Path(name).replace(target)
    except BaseException as error:
        Path(name).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise OSError(error.errno, error.strerror, str(file)) from None
        raise


def _mask() -> int:
    """Give the bits that new files go without."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
