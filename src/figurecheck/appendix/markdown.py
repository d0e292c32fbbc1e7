"""The appendix as Markdown, for GitHub, Quarto and pandoc."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from figurecheck.finding import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from figurecheck.appendix.model import Appendix
    from figurecheck.figures import Source

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$@])")


def text(made: Appendix) -> str:
    """Give the whole appendix."""
    return "\n".join(_lines(made)) + "\n"


def escaped(cell: str) -> str:
    """Give a text so that Markdown shows it as it stands, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(cell.split()))


def _lines(made: Appendix) -> Iterator[str]:
    counts = made.tally
    yield "# Figures"
    yield ""
    checks = ", ".join(f"{counts[each]} {each}" for each in OUTCOMES)
    yield f"{counts['figures']} figures and {counts['relations']} relations."
    yield f"Checks: {checks}; {counts['waived']} findings waived."
    yield f"{counts['stood_aside']} figures stood aside from implied relations."
    yield from _section("Reported figures", _figures(made))
    yield from _section("Derived quantities", _derived(made))
    yield from _section("Relations", _relations(made))
    yield from _section("Findings", _findings(made))
    yield from _section("Sources", [f"- {_cited(each)}" for each in made.sources])


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    listed = list(lines)
    yield from ["", f"## {title}", "", *(listed or ["None."])]


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield f"|{' --- |' * len(header)}"
    for row in rows:
        yield f"| {' | '.join(escaped(cell) for cell in row)} |"


def _figures(made: Appendix) -> Iterator[str]:
    if made.figures:
        header = (
            "id",
            "reported",
            "values",
            "at the widest",
            "of",
            "place",
            "period",
            "source",
            "quote",
        )
        yield from _table(
            header,
            (
                (
                    each.figure.id,
                    each.figure.reported,
                    each.narrow,
                    each.wide if each.wide != each.narrow else "",
                    each.figure.label or each.figure.concept,
                    each.figure.place,
                    each.figure.period,
                    ", ".join(filter(None, [each.figure.source_key, each.figure.locator])),
                    each.figure.quote,
                )
                for each in made.figures
            ),
        )


def _derived(made: Appendix) -> Iterator[str]:
    for each in made.derived:
        widest = f" ({escaped(each.widest)} at the widest)" if each.widest != each.words else ""
        yield f"- **{escaped(each.id)}**: {escaped(each.words)}{widest}"
        yield f"  = {escaped(each.symbols)} = {escaped(each.numbers)}."
        yield f"  Sources: {escaped(', '.join(source.key for source in each.sources)) or 'none'}."
    for name, refusal in made.refused.items():
        yield f"- **{escaped(name)}** is refused: {escaped(str(refusal))}."


def _relations(made: Appendix) -> Iterator[str]:
    if made.relations:
        yield from _table(
            ("id", "statement", "verdict", "proof"),
            (
                (each.relation.id, each.relation.text, each.outcome, each.proof)
                for each in made.relations
            ),
        )


def _findings(made: Appendix) -> Iterator[str]:
    for each in made.findings:
        parts = [each.message, each.proof, each.diagnosis, each.waived and f"Waived: {each.waived}"]
        told = ". ".join(escaped(part).rstrip(".") for part in parts if part)
        yield f"- {each.code} {each.severity}, {each.outcome}: {told}."


def _cited(source: Source) -> str:
    entry = source.entry
    authors = ", ".join(
        str(each.get("literal") or each.get("family", "")) for each in entry.get("author", [])
    )
    year = f"({source.issued[0]})" if source.issued else ""
    address = str(entry.get("URL", ""))
    parts = [escaped(f"[{source.key}]"), escaped(authors), year, escaped(source.title)]
    return " ".join(filter(None, parts)) + (f". <{address}>" if address.startswith("http") else "")
