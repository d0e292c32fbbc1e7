"""Waivers: findings that their author has looked at and lets stand, with a reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from figurecheck.rule import CODE

if TYPE_CHECKING:
    from figurecheck.finding import Finding

_FORM = re.compile(
    rf"(?P<code>{CODE})(?: with (?P<others>[a-z][\w, ]*?))? ?: ?(?P<reason>.*?)"
    r" ?(?:\(until (?P<until>[^()]*)\))?"
)


@dataclass(frozen=True, slots=True)
class Waiver:
    """Covers the findings of one rule between its owner and the others, while it lasts."""

    owner: str
    code: str
    others: frozenset[str]
    reason: str
    until: date | None
    path: str = ""
    line: int = 0

    def __str__(self) -> str:
        others = f" with {', '.join(sorted(self.others))}" if self.others else ""
        return f"{self.code}{others}: {self.reason}" + (
            f" (until {self.until})" if self.until else ""
        )

    def covers(self, finding: Finding) -> bool:
        """Tell whether it is for this finding: its rule, and exactly its figures.

        Beside a relation's own finding the relation is named by the row that the waiver stands in.
        """
        if self.code != finding.code:
            return False
        if self.owner == finding.figure and not self.others:
            return not finding.related or finding.relation
        return {self.owner, *self.others} == {finding.figure, *finding.related}

    def expired(self, today: date) -> bool:
        return self.until is not None and self.until < today


def read_waivers(
    text: str, owner: str = "", path: str = "", line: int = 0
) -> tuple[list[Waiver], list[str]]:
    """Give the waivers of a cell, one a line, and what is wrong with those that are none."""
    waivers, errors = [], []
    for row in filter(None, (" ".join(line.split()) for line in text.splitlines())):
        match = _FORM.fullmatch(row)
        if match is None:
            errors.append(f"'{row[:60]}', wanted 'FC402 with other_id: reason (until 2027-06-30)'")
            continue
        until = match["until"]
        try:
            last = date.fromisoformat(until) if until is not None else None
        except ValueError:
            errors.append(f"'{until}' is no date, wanted one like 2027-06-30")
            continue
        if not match["reason"]:
            errors.append(f"'{row[:60]}' gives no reason")
            continue
        if "(until" in match["reason"]:
            errors.append(f"'{row[:60]}' goes on after its date, wanted the date at the end")
            continue
        others = frozenset(re.findall(r"\w+", match["others"] or ""))
        waivers.append(Waiver(owner, match["code"], others, match["reason"], last, path, line))
    return waivers, errors


class Waivers(NamedTuple):
    """The waivers of a register, and those that covered a finding, on a day.

    `found` are the findings that there are, `codes` and `ids` those that a waiver may name.
    """

    all: tuple[Waiver, ...]
    used: frozenset[Waiver]
    today: date
    found: tuple[Finding, ...] = ()
    codes: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()

    def left_open(self, waiver: Waiver) -> list[str]:
        """Give with which others its owner has findings of its rule that nothing covers."""
        figures = [
            {each.figure, *each.related}
            for each in self.found
            if each.code == waiver.code and not each.waived
        ]
        others = [sorted(each - {waiver.owner}) for each in figures if waiver.owner in each]
        return [", ".join(each) for each in others]
