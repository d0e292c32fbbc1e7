"""Text for the terminal: two registers side by side, what changed, and which findings are new."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from figurecheck.comparison import CHANGED, KINDS, NEW, STATES, STILL, WAIVED
from figurecheck.reporters.text import tally, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from figurecheck.comparison import Change, Comparison, Met, Rows
    from figurecheck.reporters.text import Paint
    from figurecheck.revision import Revision

LONG, BEFORE = 120, 30
STYLES = {"inconsistent": "broken", "borderline": "borderline", "untestable": "untestable"}
WORDS = dict(zip(STATES, ("new", "waived now", "gone", "still there"), strict=True))


def comparison(
    found: Comparison, revisions: tuple[Revision | None, Revision | None], paint: Paint
) -> Iterator[str]:
    """Give what `diff` found; `revisions` are those of the two sides, None for what is on disk.

    Figures come first, then relations and sources, the findings by what became of them, and how
    much was tested on each side.
    """
    for side, register, at in zip(("old", "new"), (found.old, found.new), revisions, strict=True):
        yield f"{side}: {register.path}{f' at {at}' if at else ''}"
    rows = {"figure": found.figures, "relation": found.relations, "source": found.sources}
    for noun, each in rows.items():
        if each:
            yield ""
            yield from _rows(found, noun, each, paint)
    for state in STATES:
        yield from _findings(found, state, paint)
    yield ""
    yield from closing(found, paint)


def closing(found: Comparison, paint: Paint) -> Iterator[str]:
    """Give how much was and was not tested on both sides, and what became of the findings."""
    for side, made in zip(("old", "new"), found.reports, strict=True):
        yield from (f"{side}: {line}" for line in tally(made, paint))
    yield f"findings: {', '.join(f'{len(found.of(state))} {WORDS[state]}' for state in STATES)}"


def _rows(found: Comparison, noun: str, rows: Rows, paint: Paint) -> Iterator[str]:
    """Give what became of the rows of one file, what is least sure to be right first."""
    for each in sorted(rows.changed, key=lambda each: KINDS.index(each.kind)):
        yield from _change(found, noun, each, paint)
    for what, names, register in (
        ("added", rows.added, found.new),
        ("removed", rows.removed, found.old),
    ):
        for name in names:
            text = f": {excerpt(register[name].reported)}" if noun == "figure" else ""
            yield f"{what} {noun} {paint(name, 'bold')}{text}"
    for old, new in rows.renamed:
        yield f"renamed {noun} {paint(old, 'bold')} -> {paint(new, 'bold')}"


def _change(found: Comparison, noun: str, each: Change, paint: Paint) -> Iterator[str]:
    number = each.kind != CHANGED
    what = each.kind if number else f"{each.kind} {noun}"
    said = f"{paint(what, STYLES.get(each.kind, 'bold'))} {paint(each.id, 'bold')}"
    if number:
        said += f": {apart(found.old[each.id].reported, found.new[each.id].reported)}"
    if each.editions:
        said += f" (edition {apart(*each.editions)})"
    yield said
    if each.reason:
        yield f"    {each.reason}"
    for column, old, new in each.cells:
        if not (number and column == "reported"):
            yield f"    {column}: {apart(old, new)}"


def apart(old: str, new: str) -> str:
    """Give two texts side by side, long ones from shortly before they differ."""
    alike = sum(
        1 for _ in takewhile(lambda signs: signs[0] == signs[1], zip(old, new, strict=False))
    )
    start = max(alike - BEFORE, 0) if max(len(old), len(new)) > LONG else 0
    return f"{excerpt(old, start)} -> {excerpt(new, start)}"


def excerpt(text: str, start: int = 0) -> str:
    """Give a text in one line, of a long one what stands at a place; what is empty is said."""
    if not text:
        return "(empty)"
    cut = text[start : start + LONG].replace("\r", "\\r").replace("\n", "\\n")
    return f"{'...' * (start > 0)}{cut}{'...' * (len(text) > start + LONG)}"


def _findings(found: Comparison, state: str, paint: Paint) -> Iterator[str]:
    """Give the findings of which one thing became: new ones in full, others in a line each.

    Of what is still there and was and is waived, or could not be tested, the number alone.
    """
    mets = found.of(state)
    if not mets:
        return
    counted = [each.finding for each in mets if _quiet(each)]
    waived = sum(1 for each in counted if each.waived)
    more = {"waived": waived, "that could not be tested": len(counted) - waived}
    said = ", ".join(f"{count} {what}" for what, count in more.items() if count)
    yield ""
    yield f"{WORDS[state]}: {len(mets)}{f' ({said})' if said else ''}"
    for each in mets:
        if _quiet(each):
            continue
        finding = each.finding
        if state == NEW and not finding.untested:
            yield from told(found.new, finding, paint)
        else:
            waived_now = " (waived)" * bool(finding.waived)
            severity = paint(finding.severity, finding.severity) + waived_now
            yield f"{finding.where}: {finding.code} {severity}: {finding.message}"
            if state == WAIVED:
                yield f"    waived: {finding.waived}"
        yield from _before(each)


def _quiet(each: Met) -> bool:
    """Tell whether a finding is still there, and asks as little of a reader as before."""
    sides = filter(None, (each.old, each.new))
    return each.state == STILL and all(side.waived or side.untested for side in sides)


def _before(each: Met) -> Iterator[str]:
    """Give how a finding was weighed before, where that differs."""
    old, new = each.old, each.new
    if old is None or new is None:
        return
    if old.waived and not new.waived:
        yield f"    waived before: {old.waived}"
    if old.severity != new.severity:
        yield f"    {old.severity} before"
