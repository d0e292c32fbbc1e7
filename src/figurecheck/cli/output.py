"""Where lines go: to the terminal, or to a file that is written whole or not at all."""

from __future__ import annotations

import os
import sys
from errno import EACCES

from figurecheck import TYPE_CHECKING
from figurecheck.cli.terminal import put

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from figurecheck.reporters.location import Base
    from figurecheck.reporters.stream import Stream

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


def base() -> Base:
    """Give the root of the repository that this folder is in; without one it is this folder."""
    from pathlib import Path

    from figurecheck.reporters.location import Base

    here = Path.cwd()
    roots = (each for each in (here, *here.parents) if (each / ".git").exists())
    return Base(next(roots, here), here)


def deliver(
    lines: Iterable[str],
    file: str | None,
    closing: Iterable[str] = (),
    *,
    commands: bool = False,
) -> None:
    """Put lines where they are asked for: on standard output, or into a file.

    Where they go into a file, the `closing` ones are also put on standard output; `commands` tells
    that lines are meant for a workflow runner.
    """
    if file is None or file == "-":
        put(lines, commands=commands)
    else:
        write(file, "".join(f"{line}\n" for line in lines))
        put([f"wrote {file}", *closing])


def tell(stream: Stream, given: argparse.Namespace, own: Mapping[str, Iterable[str]]) -> None:
    """Put a stream where and in the format that it is asked for, and into the job summary.

    `own` has the lines of those formats that the command makes itself; the rest need no more than
    the stream.
    """
    form = chosen(given)
    lines = own[form] if form in own else _rendered(stream, form)
    deliver(lines, given.output, stream.closing, commands=form == "github")
    _summarised(stream)


def _rendered(stream: Stream, form: str) -> Iterable[str]:
    from importlib import import_module

    lines: Iterable[str] = import_module(f"figurecheck.reporters.{form}").lines(stream)
    return lines


def _summarised(stream: Stream) -> None:
    """Append the job summary to the file that GitHub Actions names, if it names one.

    Where that cannot be written one line on stderr says so; a check comes to what it comes to.
    """
    from pathlib import Path

    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if not file:
        return
    page = "".join(f"{line}\n" for line in _rendered(stream, "summary"))
    try:
        with Path(file).open("ab", buffering=0) as opened:
            opened.write(page.encode())
    except OSError as error:
        put([f"figurecheck: {file}: {error.strerror}; no job summary was written"], sys.stderr)


def write(file: str | Path, content: str | Iterable[bytes]) -> None:
    """Write a text or pieces of it into a file, whole or not at all; raises OSError with its name.

    A link is followed. What is no regular file (a pipe, a device) is written as it is.
    """
    import tempfile
    from pathlib import Path

    pieces = [content.encode("utf-8", "backslashreplace")] if isinstance(content, str) else content
    target = Path(os.path.realpath(file))
    if Path(file).exists() and (not target.is_file() or str(file).startswith("/dev/")):
        try:
            with Path(file).open("wb") as stream:
                stream.writelines(pieces)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(file)) from None
        return
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(EACCES, os.strerror(EACCES), str(file))
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(file)) from None
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(pieces)
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
