"""One run as every format is given it: findings, what they are about, what was not tested."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from figurecheck.cases import Case, case, cases
from figurecheck.comparison import NEW
from figurecheck.finding import SEVERITIES
from figurecheck.reporters import beside, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from figurecheck.comparison import Comparison
    from figurecheck.confront import Report
    from figurecheck.finding import Finding
    from figurecheck.lint import Coverage, Linted
    from figurecheck.register import Register
    from figurecheck.reporters.location import Base
    from figurecheck.rule import Rule


@dataclass(frozen=True, slots=True)
class Stream:
    """What a run of `check`, `lint` or `diff` came to.

    `rules` are those that were asked, `cases` what each figure, relation or number came to, by
    file; `unread` has why a file could not be read, by path. `closing` are the lines that say how
    much was tested, and how much was not.
    """

    command: str
    register: Register
    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...]
    cases: Mapping[str, Sequence[Case]]
    closing: tuple[str, ...]
    unread: Mapping[str, str]
    base: Base

    @property
    def fingerprints(self) -> list[str]:
        """What each finding is known by in another run, in their order; no two are the same."""
        return fingerprints(self.findings, self.base)

    @property
    def by_weight(self) -> list[Finding]:
        """The findings with those first that weigh most, last what is waived or not testable."""
        return sorted(
            self.findings,
            key=lambda each: (
                bool(each.waived),
                each.untested,
                -SEVERITIES.index(each.severity),
            ),
        )


def fingerprints(findings: Sequence[Finding], base: Base) -> list[str]:
    """Give what each finding is known by, wherever it stands: rule and figures.

    In a document also its path, and the number as its message has it, where no figure is named. Of
    findings that are alike in this the second and further ones are numbered.
    """
    known, met = [], Counter[tuple[str, ...]]()
    for each in findings:
        key = each.key
        if each.column or each.place:
            key = (*key, base.seen(each.path), "" if each.figure else each.message)
        met[key] += 1
        data = "\0".join([*key, str(met[key])]).encode("utf-8", "backslashreplace")
        known.append(sha256(data).hexdigest())
    return known


def of_check(register: Register, made: Report, base: Base, *, fail_on: str) -> Stream:
    """Give the stream of a register's report; findings of `fail_on` and above fail a case."""
    by_file: defaultdict[str, list[Case]] = defaultdict(list)
    for each in cases(register, made, fail_on=fail_on):
        by_file[each.path].append(each)
    closing = tuple(text.tally(made, text.plain))
    return Stream("check", register, made.findings, made.rules, dict(by_file), closing, {}, base)


def of_diff(found: Comparison, base: Base, *, fail_on: str) -> Stream:
    """Give the stream of what is new on the new side: the findings that one would have to mend."""
    met = dict.fromkeys((*found.of(NEW), *found.at_least(fail_on)))
    made = replace(found.reports[1], findings=tuple(each.finding for each in met))
    closing = tuple(beside.closing(found, text.plain))
    stream = of_check(found.new, made, base, fail_on=fail_on)
    return replace(stream, command="diff", closing=closing)


def of_lint(
    register: Register,
    documents: Sequence[Linted],
    covered: Sequence[Coverage],
    unread: Mapping[str, str],
    base: Base,
    *,
    fail_on: str,
) -> Stream:
    """Give the stream of documents; `covered` is how much of each is sourced, if that is asked."""
    closing = [*text.unread(unread.values())]
    for number, one in enumerate(documents):
        closing.append(text.tally_of(one))
        closing += [line for each in covered[number : number + 1] for line in text.coverage(each)]
    closing += text.faults(register)
    return Stream(
        "lint",
        register,
        tuple(each for one in documents for each in one.findings),
        tuple(dict.fromkeys(each for one in documents for each in one.rules)),
        {one.document.path: list(_numbers(one, fail_on)) for one in documents},
        tuple(closing),
        unread,
        base,
    )


def _numbers(one: Linted, fail_on: str) -> Iterator[Case]:
    """Give a case for each number of a document, then for other findings on it."""
    found: defaultdict[tuple[str, int, int], list[Finding]] = defaultdict(list)
    for each in one.findings:
        found[each.place, each.line, each.column].append(each)
    path = one.document.path
    for stating in one.statings:
        at = stating.mention
        findings = found.pop((at.place, at.line, at.column), [])
        name = f"{_where(at.place, at.line, at.column)} {' '.join(at.text.split())}"
        yield case(name, path, at.line, findings, fail_on=fail_on)
    for (place, line, column), findings in found.items():
        name = f"{_where(place, line, column)} {findings[0].figure}"
        yield case(name, path, line, findings, fail_on=fail_on)


def _where(place: str, line: int, column: int) -> str:
    return ", ".join(filter(None, [place, f"{line}:{column}"]))


def line_in_file(finding: Finding) -> int:
    """Give the line of the file; 0 where the line is one of a part of it, as a cell."""
    return 0 if finding.place else finding.line


def sentences(finding: Finding) -> list[str]:
    """Give what is wrong, the numbers and what fits, with the place if it is a part of a file."""
    where = f"{finding.place}, line {finding.line}: " if finding.place else ""
    told = [f"{where}{finding.message}", finding.proof, finding.diagnosis]
    return [each for each in told if each]
