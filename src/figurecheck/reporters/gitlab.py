"""GitLab code quality: a JSON array of issues, the last of which says how much was not tested."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from figurecheck.literal import written
from figurecheck.reporters.stream import line_in_file, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from figurecheck.reporters.stream import Stream

INFO = "info"
SEVERITIES = {"error": "major", "warning": "minor", "note": INFO}


def lines(stream: Stream) -> Iterator[str]:
    """Give an issue for each finding, for what could not be read, and for the whole run."""
    seen, files = stream.base.seen, stream.register.path
    issues = [
        _issue(
            "; ".join(sentences(each)) + (f" (waived: {each.waived})" if each.waived else ""),
            severity=INFO if each.waived else SEVERITIES[each.severity],
            path=seen(each.path or files),
            line=line_in_file(each),
            check_name=each.code,
            fingerprint=known,
        )
        for each, known in zip(stream.findings, stream.fingerprints, strict=True)
    ]
    for path, reason in stream.unread.items():
        issues.append(_issue(reason, severity="major", path=seen(path)))
    told = "; ".join(map(str.strip, stream.closing))
    known = _digest(stream.command)
    issues.append(_issue(told, severity=INFO, path=seen(files), fingerprint=known))
    yield from written(issues).split("\n")


def _issue(
    description: str,
    *,
    severity: str,
    path: str,
    line: int = 0,
    check_name: str = "figurecheck",
    fingerprint: str = "",
) -> dict[str, Any]:
    """Give an issue; one that has no fingerprint of its own is known by its file."""
    return {
        "description": description,
        "check_name": check_name,
        "fingerprint": fingerprint or _digest("not read", path),
        "severity": severity,
        "location": {"path": path, "lines": {"begin": line or 1}},
    }


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()
