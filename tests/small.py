"""Small registers, from the text of their files, and what a check finds in them."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

from figurecheck.confront import check
from figurecheck.document import parsed as parsed_document
from figurecheck.lint import lint
from figurecheck.register import Register, Text, archived_text, parsed

if TYPE_CHECKING:
    from figurecheck.finding import Finding
    from figurecheck.lint import Linted

TODAY = date(2026, 1, 1)
PART = re.compile(r"^(relations:|texts:|sources: .*)$", re.MULTILINE)
REPORT = re.compile(r"^\s*report:\n", re.MULTILINE)


def sources(names: str) -> str:
    """Give CSL-JSON: 'ilo 2022-09=ILO, news' are two, one with a date and a publisher's name."""
    entries = []
    for each in filter(None, map(str.strip, names.split(","))):
        head, _, name = each.partition("=")
        key, _, date = head.partition(" ")
        issued = {"issued": {"date-parts": [date.split("-")]}} if date else {}
        entries.append({"id": key, "custom": {"names": [name] if name else []}} | issued)
    return json.dumps(entries)


def register(text: str) -> Register:
    """Give the register of a text: figures, `relations:` and theirs, `sources: key=NAME, key2`."""
    text = "\n".join(line.strip() for line in text.strip().splitlines())
    figures, *more = PART.split(text)
    parts = {
        head.partition(":")[0]: (head, body)
        for head, body in zip(more[::2], more[1::2], strict=True)
    }
    _, relations = parts.get("relations", ("", ""))
    named, _ = parts.get("sources", ("sources: s", ""))
    texts = archive(parts["texts"][1]) if "texts" in parts else None
    return parsed(
        figures,
        relations.lstrip("\n"),
        sources(named.partition(":")[2]),
        archive=texts and (lambda source: texts.get(source.key)),
    )


def archive(texts: str) -> dict[str, Text]:
    """Give archived texts by source: 's: the words', with a SHA-256 's 0d5c3a: the words'."""
    found = {}
    for line in texts.strip().splitlines():
        head, _, words = line.partition(": ")
        key, _, sha256 = head.partition(" ")
        found[key] = archived_text(words.encode(), f"{key}.txt", sha256)
    return found


def findings(text: str, code: str = "", **options: object) -> list[Finding]:
    """Give the findings on the register of a text, of one rule or of all.

    What stands behind `report:` is a document in Markdown; then those on it.
    """
    text, *report = REPORT.split(text)
    if report:
        found = linted(text, report[0]).findings
    else:
        found = check(register(text), today=TODAY, **options).findings
    return [each for each in found if each.code.startswith(code)]


def linted(text: str, report: str, form: str = "markdown") -> Linted:
    """Give what a document states beside the register of a text."""
    plain = "\n".join(line.strip() for line in report.splitlines())
    return lint(register(text), parsed_document(plain, form, path="report.md"))


def outcomes(text: str, code: str) -> list[tuple[str, str]]:
    """Give figure and outcome of every finding of a rule."""
    return [(each.figure, each.outcome) for each in findings(text, code)]


def accused(text: str, code: str) -> list[Finding]:
    """Give the findings in which a rule says more than that it cannot be tested."""
    return [each for each in findings(text, code) if " cannot be tested: " not in each.message]
