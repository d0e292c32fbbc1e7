"""Text with everything: the law of each finding, and the figures and quotes it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figurecheck.figures import Figure
from figurecheck.reporters import text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from figurecheck.confront import Report
    from figurecheck.finding import Finding
    from figurecheck.lint import Coverage, Linted
    from figurecheck.register import Register
    from figurecheck.relation import Relation
    from figurecheck.reporters.text import Paint
    from figurecheck.rule import Rule


def report(register: Register, made: Report, paint: Paint) -> Iterator[str]:
    """Give the findings on a register, also what could not be tested, and the tally."""
    yield from text.report(register, made, paint, more=_around(register, made.rules, paint))


def linted(
    register: Register, documents: Sequence[Linted], paint: Paint, covered: Sequence[Coverage] = ()
) -> Iterator[str]:
    """Give the findings on documents, all that no figure backs, and all digits set aside."""
    rules = [rule for one in documents for rule in one.rules]
    more = _around(register, rules, paint)
    yield from text.linted(register, documents, paint, covered, more=more, aside=True)


def _around(
    register: Register, rules: Sequence[Rule], paint: Paint
) -> Callable[[Finding], Iterator[str]]:
    """Give what gives, for a finding, the law of its rule and the rows that it is about."""
    laws = {each.code: each.law for each in rules}
    rows = register.by_id

    def lines(finding: Finding) -> Iterator[str]:
        if finding.code in laws:
            yield paint(f"    law: {laws[finding.code]}", "faint")
        for name in dict.fromkeys((finding.figure, *finding.related)):
            if name in rows:
                yield from _row(rows[name])

    return lines


def _row(row: Figure | Relation) -> Iterator[str]:
    """Give where a figure or relation stands, and what it says."""
    if isinstance(row, Figure):
        yield f"    {row.path}:{row.line}: {row.id}: {row.reported or 'not reported'}"
        if row.quote:
            where = ", ".join(filter(None, [row.source_key, row.locator]))
            yield f"        {where}: “{' '.join(row.quote.split())}”"
    else:
        yield f"    {row.path}:{row.line}: {row.id}: {row.text}"
