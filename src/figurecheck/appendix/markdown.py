"""The appendix as Markdown, for GitHub, Quarto and pandoc."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from figurecheck.appendix.model import authors
from figurecheck.finding import NOTE, OUTCOMES, UNTESTABLE
from figurecheck.markup import markdown, markdown_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from figurecheck.appendix.model import Appendix
    from figurecheck.figures import Source
    from figurecheck.finding import Finding

_GROUPS = ("Findings", "Waived findings", "Not testable")
_ADDRESS = re.compile(r"https?://[!-;=?-~]+")


def text(made: Appendix) -> str:
    """Give the whole appendix."""
    return "\n".join(_lines(made)) + "\n"


def _lines(made: Appendix) -> Iterator[str]:
    yield "# Figures"
    yield ""
    yield from _summary(made)
    yield from _section("Reported figures", _figures(made))
    yield from _section("Derived quantities", _derived(made))
    yield from _section("Relations", _relations(made))
    for title, findings in zip(_GROUPS, _grouped(made.findings), strict=True):
        yield from _section(title, (line for each in findings for line in _finding(made, each)))
    yield from _section("Sources", (_cited(made, each) for each in made.sources))


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    listed = list(lines)
    yield from ["", f"## {title}", "", *(listed or ["None."])]


def _grouped(findings: Iterable[Finding]) -> tuple[list[Finding], list[Finding], list[Finding]]:
    """Give the findings that stand, those that are waived, and what could not be tested."""
    stand: list[Finding] = []
    waived: list[Finding] = []
    untested: list[Finding] = []
    for each in findings:
        group = untested if (each.outcome, each.severity) == (UNTESTABLE, NOTE) else stand
        (waived if each.waived else group).append(each)
    return stand, waived, untested


def _summary(made: Appendix) -> Iterator[str]:
    counts = made.tally
    checks = ", ".join(f"{counts[each]} {each}" for each in OUTCOMES)
    stand, waived, untested = map(len, _grouped(made.findings))
    yield f"- Reported figures: {len(made.figures)}; sources: {len(made.sources)}"
    yield f"- Derived quantities: {len(made.derived)}; refused: {len(made.refused)}"
    yield f"- Declared relations: {len(made.relations)}"
    yield f"- Checks: {checks}"
    yield f"- Findings: {stand} to look at, {waived} waived with reasons, {untested} not testable"
    yield f"- Figures that stood aside from implied relations: {counts['stood_aside']}"
    yield ""
    yield (
        "A printed number stands for all values that may have been rounded to it. Broken is what "
        "none of them satisfy, borderline what is doubtful or holds only if a word is stretched, "
        "untestable what lacks something that is not stated. A figure stands aside where its "
        "concept, base, place or period is not stated, or its number cannot be read."
    )


def _figures(made: Appendix) -> Iterator[str]:
    yield from markdown_table(
        (
            "figure",
            "reported",
            "stands for",
            "at the widest",
            "place",
            "period",
            "source",
            "quote",
            "id",
        ),
        (
            (
                figure.label or figure.concept or figure.id,
                figure.reported,
                narrow,
                wide if wide != narrow else "",
                figure.place,
                figure.period,
                ", ".join(filter(None, [_source(made, figure.source_key), figure.locator])),
                figure.quote,
                figure.id,
            )
            for figure, narrow, wide in made.figures
        ),
    )


def _derived(made: Appendix) -> Iterator[str]:
    for each in made.derived:
        widest = f" ({markdown(each.widest)} at the widest)" if each.widest != each.words else ""
        sources = "; ".join(_source(made, source.key) for source in each.sources)
        yield f"- {_called(made, each.id)}: {markdown(each.words)}{widest}"
        yield f"  = {markdown(each.numbers)} = {markdown(each.symbols)}."
        yield f"  Sources: {markdown(sources) or 'none'}."
    for name, refusal in made.refused.items():
        yield f"- {_called(made, name)} is refused: {markdown(str(refusal))}."


def _relations(made: Appendix) -> Iterator[str]:
    yield from markdown_table(
        ("relation", "verdict", "proof", "statement", "id"),
        (
            (relation.label or relation.id, outcome, proof, relation.text, relation.id)
            for relation, outcome, proof in made.relations
        ),
    )


def _finding(made: Appendix, each: Finding) -> Iterator[str]:
    told = markdown(each.message.removeprefix(f"{each.figure} "))
    yield f"- {each.code} {each.severity}, {each.outcome}: {_called(made, each.figure)} {told}"
    parts = {"Proof": each.proof, "Diagnosis": each.diagnosis, "Waived": each.waived}
    yield from (f"  - {name}: {markdown(part)}" for name, part in parts.items() if part)


def _called(made: Appendix, name: str) -> str:
    """Give what an id is called, and the id; or the id alone."""
    label = made.labels.get(name)
    return f"**{markdown(label)}** ({markdown(name)})" if label else f"**{markdown(name)}**"


def _source(made: Appendix, key: str) -> str:
    return made.names.get(key, key)


def _cited(made: Appendix, source: Source) -> str:
    writers = authors(source)
    parts = [", ".join(writers) if len(writers) > 1 else "", source.title]
    told = [". ".join(markdown(part) for part in parts if part)]
    address = str(source.entry.get("URL", ""))
    told.append(f"<{address}>" if _ADDRESS.fullmatch(address) else markdown(address))
    name = f"- **{markdown(_source(made, source.key))}**"
    return ": ".join(filter(None, [name, " ".join(filter(None, told))]))
