"""Annotations for GitHub Actions: one workflow command a finding, the weightiest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figurecheck.obeyed import no_command
from figurecheck.reporters.stream import line_in_file, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from figurecheck.reporters.stream import Stream

NOTICE = "notice"
LEVELS = {"error": "error", "warning": "warning", "note": NOTICE}


def lines(stream: Stream) -> Iterator[str]:
    """Give the annotations, then how much was not tested as plain lines.

    GitHub shows ten annotations of each level; what is waived or untestable comes last of all, and
    is a notice.
    """
    for path, reason in stream.unread.items():
        about = {"file": stream.base.seen(path), "title": "not read"}
        yield _command("error", about, reason)
    for finding in stream.by_weight:
        aside = finding.waived or finding.untested
        about = {
            "file": stream.base.seen(finding.path),
            "line": str(line_in_file(finding) or ""),
            "col": str((line_in_file(finding) and finding.column) or ""),
            "title": finding.code,
        }
        told = sentences(finding) + [f"waived: {finding.waived}"] * bool(finding.waived)
        yield _command(NOTICE if aside else LEVELS[finding.severity], about, "\n".join(told))
    yield from map(no_command, stream.closing)


def _command(level: str, about: Mapping[str, str], message: str) -> str:
    properties = ",".join(f"{name}={_property(each)}" for name, each in about.items() if each)
    return f"::{level} {properties}::{_data(message)}"


def _data(text: str) -> str:
    """Escape what would end a command's message (GitHub: workflow commands, escaping)."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
