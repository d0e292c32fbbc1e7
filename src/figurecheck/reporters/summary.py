"""The job summary of GitHub Actions: Markdown with findings, waivers and what was not tested."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from figurecheck.finding import SEVERITIES
from figurecheck.markup import markdown, markdown_table
from figurecheck.reporters.text import many

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from figurecheck.finding import Finding
    from figurecheck.reporters.stream import Stream

MOST = 100
LONGEST = 300


def lines(stream: Stream) -> Iterator[str]:
    """Give the page; of each kind of finding the first hundred, the weightiest first."""
    told = stream.by_weight
    waived = [each for each in told if each.waived]
    untested = [each for each in told if each.untested and not each.waived]
    stand = [each for each in told if not each.untested and not each.waived]
    counts = Counter(each.severity for each in stand)
    counted = ", ".join(many(counts[each], each) for each in reversed(SEVERITIES))
    unread = f", {len(stream.unread)} not read" if stream.unread else ""
    yield f"## figurecheck {stream.command}: {counted}{unread}"
    yield ""
    yield from _findings(stream, stand)
    for found, title in ((waived, "waived"), (untested, "not testable")):
        if found:
            yield from ("<details>", f"<summary>{len(found)} {title}</summary>", "")
            yield from _findings(stream, found)
            yield from ("</details>", "")
    yield from (f"{markdown(each)}  " for each in stream.closing)
    yield ""


def _findings(stream: Stream, found: Sequence[Finding]) -> Iterator[str]:
    waived = any(each.waived for each in found)
    yield from markdown_table(
        ("severity", "rule", "where", "finding", "proof", *["reason"] * waived),
        (
            (
                each.severity,
                each.code,
                _where(stream, each),
                _short(each.message),
                _short("; ".join(filter(None, [each.proof, each.diagnosis]))),
                *[_short(each.waived)] * waived,
            )
            for each in found[:MOST]
        ),
    )
    if len(found) > MOST:
        yield from ("", f"and {len(found) - MOST} more")
    yield ""


def _where(stream: Stream, each: Finding) -> str:
    return f"{', '.join(filter(None, [stream.base.seen(each.path), each.place]))}:{each.line}"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
