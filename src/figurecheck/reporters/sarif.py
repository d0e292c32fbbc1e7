"""SARIF 2.1.0 for code scanning: rules with their help, results with fingerprints and waivers."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from figurecheck import __version__
from figurecheck.figures import Figure
from figurecheck.literal import written
from figurecheck.reporters.stream import line_in_file, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from figurecheck.finding import Finding
    from figurecheck.reporters.location import Base
    from figurecheck.reporters.stream import Stream
    from figurecheck.rule import Rule

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
BASE_ID = "%SRCROOT%"
FINGERPRINT = "figurecheck/v1"


def lines(stream: Stream) -> Iterator[str]:
    """Give the log of one run: no date, no path outside the repository but of files that are."""
    index = {each.code: number for number, each in enumerate(stream.rules)}
    results = [
        _result(stream, each, known, index.get(each.code))
        for each, known in zip(stream.findings, stream.fingerprints, strict=True)
    ]
    notes = [_notification("error", each) for each in stream.unread.values()]
    notes += [_notification("note", each.strip()) for each in stream.closing]
    run = {
        "tool": {
            "driver": {
                "name": "figurecheck",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(each) for each in stream.rules],
            }
        },
        "automationDetails": {"id": f"figurecheck/{stream.command}/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {BASE_ID: {"description": _message("The root of the repository.")}},
        "invocations": [
            {"executionSuccessful": not stream.unread, "toolExecutionNotifications": notes}
        ],
        "results": results,
        "properties": {"tested": [each.strip() for each in stream.closing]},
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    yield from written(log).split("\n")


def _rule(rule: Rule) -> dict[str, Any]:
    """Give a rule; its level is that of what is broken, each result has its own."""
    name = getattr(rule.check, "__name__", rule.code)
    why = [each for each in (rule.law, *rule.reason.splitlines()) if each]
    examples = [f"{told}:\n\n```text\n{example}\n```" for told, example in rule.examples]
    return {
        "id": rule.code,
        "name": name.title().replace("_", ""),
        "shortDescription": _message(rule.law or rule.code),
        "fullDescription": _message(" ".join(why) or rule.code),
        "help": {
            "text": rule.documentation or rule.code,
            "markdown": "\n\n".join([*why, *examples]) or rule.code,
        },
        "defaultConfiguration": {"level": "error"},
    }


def _result(stream: Stream, finding: Finding, known: str, number: int | None) -> dict[str, Any]:
    """Give a finding; one that only says what could not be tested is open and has no level."""
    accepted = {"kind": "inSource", "status": "accepted", "justification": finding.waived}
    return {
        "ruleId": finding.code,
        **({} if number is None else {"ruleIndex": number}),
        "kind": "open" if finding.untested else "fail",
        "level": "none" if finding.untested else finding.severity,
        "message": _message("\n".join(sentences(finding))),
        "locations": [_location(stream, finding)],
        "relatedLocations": list(_related(stream, finding)),
        "partialFingerprints": {FINGERPRINT: known},
        "suppressions": [accepted] if finding.waived else [],
        "properties": {"outcome": finding.outcome, "severity": finding.severity},
    }


def _location(stream: Stream, finding: Finding) -> dict[str, Any]:
    """Give where a finding stands, and its part of the file or the row that it is about."""
    logical = {"name": finding.place or finding.figure}
    if not (finding.place or finding.column):
        logical["kind"] = "relation" if finding.relation else "figure"
    line = line_in_file(finding)
    physical = _physical(stream.base, finding.path, line, finding.column if line else 0)
    return physical | ({"logicalLocations": [logical]} if logical["name"] else {})


def _related(stream: Stream, finding: Finding) -> Iterator[dict[str, Any]]:
    """Give the rows of all figures and relations that a finding names, but for its own."""
    rows = stream.register.by_id
    names = dict.fromkeys((finding.figure, *finding.related))
    others = [rows[name] for name in names if name in rows]
    for number, row in enumerate(others):
        if (row.path, row.line) != (finding.path, finding.line):
            told = row.reported if isinstance(row, Figure) else row.text
            yield {
                "id": number,
                **_physical(stream.base, row.path, row.line),
                "logicalLocations": [{"name": row.id}],
                "message": _message(f"{row.id}: {told or 'not reported'}"),
            }


def _physical(base: Base, path: str, line: int, column: int = 0) -> dict[str, Any]:
    if not path:
        return {}
    seen = base.seen(path)
    outside = PurePath(seen).is_absolute()
    artifact = (
        {"uri": PurePath(seen).as_uri()}
        if outside
        else {
            "uri": quote(seen, errors="surrogateescape"),
            "uriBaseId": BASE_ID,
        }
    )
    region = {"startLine": line} | ({"startColumn": column} if column else {})
    place = {"artifactLocation": artifact} | ({"region": region} if line else {})
    return {"physicalLocation": place}


def _notification(level: str, told: str) -> dict[str, Any]:
    return {"level": level, "message": _message(told)}


def _message(told: str) -> dict[str, str]:
    """Give a message; what would be a link in it is not one (SARIF 3.11.6)."""
    return {"text": told.replace("](", "\\](")}
