"""What each figure and relation came to: a case that passed, failed, is waived or was skipped."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from figurecheck.figures import Figure
from figurecheck.finding import ERROR

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from figurecheck.confront import Report
    from figurecheck.finding import Finding
    from figurecheck.register import Register

UNREPORTED = "it is reported by nobody"
PASSED, FAILED, WAIVED, SKIPPED = ("passed", "failed", "waived", "skipped")


@dataclass(frozen=True, slots=True)
class Case:
    """A row of a register and the findings on it; `result` is the worst that they come to.

    `failing` are those that fail it, or would without their waivers; `others` are the rest.
    """

    name: str
    path: str
    line: int
    result: str
    failing: tuple[Finding, ...]
    others: tuple[Finding, ...]

    @property
    def reason(self) -> str:
        """Why it is waived or was skipped, or what failed it, in one line; "" where it passed."""
        if self.result == WAIVED:
            reasons = [f"{each.code}: {each.waived}" for each in self.failing if each.waived]
        elif self.result == FAILED:
            reasons = [said(each) for each in self.failing if not each.waived]
        else:
            untested = [each for each in self.others if each.untested]
            reasons = [f"{each.code}: {each.waived or each.message}" for each in untested]
            reasons = reasons or [UNREPORTED] * (self.result == SKIPPED)
        return "; ".join(dict.fromkeys(reasons))


def said(finding: Finding) -> str:
    """Give a finding in one line: where, the rule, what is wrong, and the numbers."""
    words = "; ".join(filter(None, [finding.message, finding.proof, finding.diagnosis]))
    return f"{finding.where}: {finding.code} {finding.severity}: {words}"


def cases(register: Register, report: Report, *, fail_on: str = ERROR) -> Iterator[Case]:
    """Give a case for each figure and relation, in the order of the files, then for other findings.

    Findings of the severity `fail_on` and above fail a case; one of which nothing fails but
    something could not be tested is skipped, also where a waiver lets that stand, and so is a
    figure that nobody reported.
    """
    found: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in report.findings:
        found[finding.path, finding.figure].append(finding)
    for row in register.rows:
        findings = found.pop((row.path, row.id), [])
        made = case(row.id, row.path, row.line, findings, fail_on=fail_on)
        silent = isinstance(row, Figure) and not row.reported
        yield replace(made, result=SKIPPED) if silent and made.result == PASSED else made
    for (path, name), findings in found.items():
        yield case(name, path, findings[0].line, findings, fail_on=fail_on)


def case(
    name: str, path: str, line: int, findings: Sequence[Finding], *, fail_on: str = ERROR
) -> Case:
    """Give what the findings on one thing come to."""
    failing = tuple(each for each in findings if each.at_least(fail_on))
    others = tuple(each for each in findings if not each.at_least(fail_on))
    if any(not each.waived for each in failing):
        result = FAILED
    elif failing:
        result = WAIVED
    elif any(each.untested for each in others):
        result = SKIPPED
    else:
        result = PASSED
    return Case(name, path, line, result, failing, others)
