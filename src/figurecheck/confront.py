"""A register confronted with the rules: findings, and how many checks came to which outcome."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from figurecheck.display import Display, Displayed
from figurecheck.finding import BROKEN, HOLDS, OUTCOMES, SEVERITIES, SEVERITY, UNTESTABLE, Finding
from figurecheck.rule import LONGEST_PROOF, shortened
from figurecheck.rules import RULES, asked
from figurecheck.waiver import Waiver, Waivers, read_waivers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from figurecheck.register import Register
    from figurecheck.rule import Rule, Verdict


@dataclass(frozen=True, slots=True, repr=False)
class Report(Displayed):
    """What a check of a register came to.

    `tally` counts the checks by outcome, and the findings that are waived, the figures, the
    relations, and the figures that stood aside: those that imply no relation, because their
    concept, base, place or period is not stated or their number cannot be read. `rules` are those
    that it was held against.
    """

    findings: tuple[Finding, ...]
    tally: Mapping[str, int]
    rules: tuple[Rule, ...] = ()

    def __repr__(self) -> str:
        standing = Counter(
            "untestable" if each.untested else each.severity
            for each in self.findings
            if not each.waived
        )
        named = [(each, standing[each]) for each in SEVERITIES[::-1]]
        counts = [f"{many} {each}{'s' * (many != 1)}" for each, many in named]
        counts += [f"{self.tally['waived']} waived", f"{standing[UNTESTABLE]} untestable"]
        return f"<Report on {self.tally['figures']} figures: {', '.join(counts)}>"

    def at_least(self, severity: str) -> tuple[Finding, ...]:
        """Give the findings of a severity or above that no waiver covers."""
        return tuple(each for each in self.findings if not each.waived and each.at_least(severity))

    @property
    def display(self) -> Display:
        """What a notebook shows of it: the findings, the gravest first, and what was not tested."""
        ranks = [(bool(each.waived), -SEVERITIES.index(each.severity)) for each in self.findings]
        places = sorted(range(len(ranks)), key=ranks.__getitem__)
        rows = [
            (
                f"{each.severity} (waived)" if each.waived else each.severity,
                each.code,
                each.message,
                "; ".join(filter(None, (each.proof, each.diagnosis, each.waived))),
            )
            for each in map(self.findings.__getitem__, places)
        ]
        counts = ", ".join(f"{self.tally[each]} {each}" for each in OUTCOMES)
        caption = f"Report on {self.tally['figures']} figures, {self.tally['relations']} relations"
        untested = (
            f"Not tested: {self.tally[UNTESTABLE]} checks; {self.tally['stood_aside']} figures "
            "stood aside from implied relations"
        )
        header = ("severity", "code", "message", "proof")
        return Display(caption, header, rows, [f"Checks: {counts}", untested])


def check(
    register: Register,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    extend_select: Sequence[str] = (),
    severities: Mapping[str, str] | None = None,
    rules: Sequence[Rule] = RULES,
    waivers: bool = True,
    today: date | None = None,
) -> Report:
    """Give the findings on a register, sorted by place, and the tally of all that was judged.

    `select`, `ignore` and `extend_select` take beginnings of codes ("FC3"), `severities` has them
    by these (see `weighed`). `rules` are all that there are; rules.own.available gives those of the
    user's own, too. With `waivers` false nothing is waived. `today` is the day on which waivers may
    have expired. Raises UnknownRule.
    """
    asked_of = asked(select, ignore, extend=extend_select, severities=severities, among=rules)
    day = today or this_day()
    register = register.on(day)
    tally: Counter[str] = Counter(dict.fromkeys(OUTCOMES, 0))
    found: list[Finding] = []
    for rule in asked_of:
        if not rule.after:
            found += found_by(rule, rule.check(register), tally)
    if waivers:
        known = [each for each in _waivers(register) if _could_be_needed(each, rules, asked_of)]
        found, used = _waived(found, known, day)
        codes = tuple(each.code for each in rules)
        waived = Waivers(tuple(known), used, day, tuple(found), codes, tuple(register.by_id))
        for rule in asked_of:
            if rule.after:
                found += found_by(rule, rule.check(waived), tally)
    found = [weighed(each, severities or {}) for each in found]
    found.sort(key=lambda each: (each.path, each.line, each.code, each.figure, each.related))
    tally["waived"] = sum(1 for each in found if each.waived)
    tally["figures"] = len(register)
    tally["relations"] = len(register.relations)
    tally["stood_aside"] = len(register.witnesses.aside)
    return Report(tuple(found), dict(tally), asked_of)


def this_day() -> date:
    """Give the day that it is, in UTC, so that it is the same everywhere."""
    return datetime.now(tz=UTC).date()


def weighed(finding: Finding, severities: Mapping[str, str]) -> Finding:
    """Give a finding with the severity that the longest beginning of its code has.

    What is not broken is never made more severe by it.
    """
    fitting = [each for each in severities if finding.code.startswith(each)]
    if not fitting:
        return finding
    given = severities[max(fitting, key=len)]
    milder = min(given, finding.severity, key=SEVERITIES.index)
    return replace(finding, severity=given if finding.outcome == BROKEN else milder)


def found_by(rule: Rule, verdicts: Iterable[Verdict], tally: Counter[str]) -> Iterable[Finding]:
    """Give the findings that a rule's verdicts are, and count all of these by outcome."""
    for verdict in verdicts:
        tally[verdict.outcome] += 1
        if verdict.outcome != HOLDS:
            yield Finding(
                code=rule.code,
                severity=verdict.severity or SEVERITY[verdict.outcome],
                outcome=verdict.outcome,
                figure=verdict.figure,
                related=verdict.related,
                path=verdict.path,
                line=verdict.line,
                message=rule.words(verdict),
                proof=shortened(verdict.proof, LONGEST_PROOF),
                diagnosis=shortened(verdict.diagnosis, LONGEST_PROOF),
                relation=verdict.relation,
                column=verdict.column,
                place=verdict.place,
            )


def _could_be_needed(waiver: Waiver, rules: Sequence[Rule], chosen: Sequence[Rule]) -> bool:
    """Tell whether a waiver is of a rule that was asked, or of one that is misspelt.

    One for a rule of somebody's own that is not there cannot be said to be unused.
    """
    codes = {each.code for each in chosen}
    passed_over = {each.code for each in rules} - codes
    return waiver.code in codes or (waiver.code.startswith("FC") and waiver.code not in passed_over)


def _waivers(register: Register) -> Iterable[Waiver]:
    for owner in register.rows:
        waivers, _ = read_waivers(owner.waive, owner.id, owner.path, owner.line)
        yield from waivers


def _waived(
    found: Iterable[Finding], waivers: Sequence[Waiver], today: date
) -> tuple[list[Finding], frozenset[Waiver]]:
    """Give the findings with their waivers' reasons, and the waivers that covered one."""
    by_code: dict[str, list[Waiver]] = {}
    for waiver in waivers:
        by_code.setdefault(waiver.code, []).append(waiver)
    covered, used = [], set()
    for finding in found:
        covering = [each for each in by_code.get(finding.code, ()) if each.covers(finding)]
        used.update(covering)
        lasting = [each.reason for each in covering if not each.expired(today)]
        covered.append(replace(finding, waived=lasting[0]) if lasting else finding)
    return covered, frozenset(used)
