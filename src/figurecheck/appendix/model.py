"""What an appendix shows: figures, derived quantities, relations, findings and sources."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from figurecheck.finding import BORDERLINE, BROKEN, NOTE, OUTCOMES, UNTESTABLE
from figurecheck.formula import statement
from figurecheck.interval import Interval
from figurecheck.network import implied
from figurecheck.relation import Relation, judgement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from figurecheck.confront import Report
    from figurecheck.figures import Figure, Source
    from figurecheck.finding import Finding
    from figurecheck.period import Period
    from figurecheck.register import Register
    from figurecheck.relation import Judgement

LAWS = {
    "<=": "a part is not more than its whole",
    "*": "a share of a whole is that part of it",
    "==": "two figures of the same thing agree",
}
"""The laws that implied relations follow from, by the first sign that stands in one."""


class Judged(NamedTuple):
    """A relation with what it came to; `judged` is None where its statement cannot be read.

    `findings` are those on just these figures; an implied relation has no id.
    """

    relation: Relation
    judged: Judgement | None
    findings: tuple[Finding, ...] = ()

    @property
    def called(self) -> str:
        """What it is called; of an implied relation the law that it follows from."""
        text = self.relation.text
        law = next((law for sign, law in LAWS.items() if sign in text), text)
        return self.relation.label or self.relation.id or law

    @property
    def outcome(self) -> str:
        return self.judged.outcome if self.judged else UNTESTABLE

    @property
    def proof(self) -> str:
        return self.judged.proof if self.judged else "the statement cannot be read"

    @property
    def waived(self) -> str:
        """The reasons for which what is wrong with it may stand."""
        return "; ".join(dict.fromkeys(each.waived for each in self.findings if each.waived))


@dataclass(frozen=True)
class Appendix:
    """All that the formats are written from: a register, and what its check came to."""

    register: Register
    report: Report

    @cached_property
    def declared(self) -> tuple[Judged, ...]:
        """The relations that somebody declared to hold."""
        return tuple(self._judged(each) for each in self.register.relations if not each.derives)

    @cached_property
    def declared_ids(self) -> frozenset[str]:
        """The ids of those."""
        return frozenset(each.relation.id for each in self.declared)

    @cached_property
    def implied(self) -> tuple[Judged, ...]:
        """The relations that follow from what the figures are of."""
        texts = implied(self.register.figures, self.register.subjects)
        return tuple(self._judged(Relation("", text, statement(text))) for text in texts)

    def _judged(self, relation: Relation) -> Judged:
        stated = relation.statement
        judged = judgement(stated, self.register.amounts) if stated else None
        own = self._findings_on.get(frozenset({relation.id} if relation.id else relation.names), [])
        return Judged(relation, judged, tuple(own))

    @cached_property
    def _findings_on(self) -> Mapping[frozenset[str], list[Finding]]:
        """The findings on a declared relation, and on figures that stand in one together."""
        found: defaultdict[frozenset[str], list[Finding]] = defaultdict(list)
        for each in self.report.findings:
            alone = each.relation or each.figure not in self.register
            about = {each.figure} if alone else {each.figure, *each.related}
            if alone or len(about) > 1:
                found[frozenset(about)].append(each)
        return found

    @cached_property
    def findings_of(self) -> Mapping[str, list[Finding]]:
        """The findings that a figure or relation has a part in, by id."""
        found: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in self.report.findings:
            for name in dict.fromkeys((finding.figure, *finding.related)):
                found[name].append(finding)
        return found

    @cached_property
    def standing(self) -> Mapping[str, list[Judged]]:
        """The relations that a figure stands in, by id."""
        found: defaultdict[str, list[Judged]] = defaultdict(list)
        for each in (*self.declared, *self.implied):
            for name in each.relation.names:
                found[name].append(each)
        return found

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The sources that a figure or a relation is from, in the order of their file."""
        cited = {each.source_key for each in self.register.values()}
        cited |= {each.source for each in self.register.relations}
        return tuple(each for key, each in self.register.sources.items() if key in cited)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """A short name of every source, by key: its authors and year."""
        return _names(self.sources)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What figures, relations and derived quantities are called, where they are called so.

        Figures that are called the same are told apart by their periods, or else by their ids.
        """
        labels = {each.id: each.label for each in self.register.rows if each.label}
        subjects = self.register.subjects.items()
        labels = _apart(
            labels, {name: f", {when(own.period)}" for name, own in subjects if own.period}
        )
        labels = _apart(labels, {name: f" ({name})" for name in labels})
        for each in self.register.relations:
            if each.statement and each.derives:
                labels[each.statement.target] = each.label
        return {name: label for name, label in labels.items() if label}

    @cached_property
    def anchors(self) -> Mapping[Finding, str]:
        """The anchor of every finding: its rule and figure, numbered where these are not all."""
        met: Counter[str] = Counter()
        found = {}
        for each in dict.fromkeys(self.report.findings):
            name = anchor("finding", f"{each.code}-{each.figure}")
            met[name] += 1
            found[each] = name if met[name] == 1 else f"{name}-{met[name]}"
        return found

    def called(self, name: str) -> str:
        """Give what an id is called, or the id."""
        return self.labels.get(name, name)

    def tally(self, among: Iterable[Judged]) -> dict[str, int]:
        """Count relations by outcome, and those whose findings are waived."""
        found = Counter(each.outcome for each in among)
        return {outcome: found[outcome] for outcome in OUTCOMES}

    def grouped(self) -> tuple[list[Finding], list[Finding], list[Finding]]:
        """Give the findings that stand, those that are waived, and what could not be tested."""
        stand: list[Finding] = []
        waived: list[Finding] = []
        untested: list[Finding] = []
        for each in self.report.findings:
            group = untested if each.untested else stand
            (waived if each.waived else group).append(each)
        return stand, waived, untested


def concepts(figures: Iterable[Figure]) -> dict[str, list[Figure]]:
    """Give figures by concept, each concept after the longer ones that it is a part of."""
    found: defaultdict[str, list[Figure]] = defaultdict(list)
    for each in figures:
        found[each.concept.strip("/")].append(each)
    order = {path: place for place, path in enumerate(found)}
    top: dict[str, int] = {}
    for path in found:
        top.setdefault(path.partition("/")[0], order[path])
    return {
        path: found[path]
        for path in sorted(found, key=lambda each: (not each, top[each.partition("/")[0]], each))
    }


def anchor(kind: str, name: str) -> str:
    """Give the anchor of a thing: letters of an id stay, any other is spelt by its number."""
    return f"{kind}-" + re.sub(r"[^A-Za-z0-9_-]", lambda found: f".{ord(found[0]):x}.", name)


def verdict(finding: Finding) -> str:
    """Give what a finding comes to: its outcome, or that it is waived, or only a note."""
    if finding.waived:
        return "waived"
    only = finding.severity == NOTE and finding.outcome != UNTESTABLE
    return "note" if only else finding.outcome


SAME_THING = "FC301"


def worst(name: str, findings: Iterable[Finding]) -> str:
    """Give the worst that findings on a figure come to; those on others beside it are theirs.

    Of two numbers of one thing that disagree neither is the one that is wrong.
    """
    found = {
        verdict(each)
        for each in findings
        if each.figure == name or (each.code == SAME_THING and name in each.related)
    }
    order = (BROKEN, BORDERLINE, "waived", UNTESTABLE, "note")
    return next((each for each in order if each in found), "no finding")


def shown(unit: str, *stated: Interval) -> tuple[str, list[Interval]]:
    """Give the unit in which a reader is shown numbers of a unit, and the numbers in it."""
    if unit != "fraction":
        return unit, list(stated)
    return "percent", [each * Interval.point(100) for each in stated]


def when(period: Period) -> str:
    """Give a period in words."""
    return str(period).replace("/", " to ")


def title(path: str) -> str:
    """Give the last step of a concept's path in words."""
    told = path.rpartition("/")[2].replace("_", " ").strip()
    return told[:1].upper() + told[1:] if told else "Of which it is not stated"


def authors(source: Source) -> list[str]:
    """Give the names of those who wrote it."""
    named = (each.get("literal") or each.get("family") for each in source.entry.get("author", []))
    return [str(each) for each in named if each]


def _apart(labels: Mapping[str, str], more: Mapping[str, str]) -> dict[str, str]:
    """Give labels by id, with more words where several are the same."""
    alike = Counter(labels.values())
    return {name: label + more.get(name, "") * (alike[label] > 1) for name, label in labels.items()}


def _names(sources: Iterable[Source]) -> dict[str, str]:
    """Give authors and year, with the key where that does not tell two sources apart."""
    short = {each.key: _short(each) for each in sources}
    counts = Counter(short.values())
    return {key: name if counts[name] == 1 else f"{name} ({key})" for key, name in short.items()}


def _short(source: Source) -> str:
    first, *others = authors(source) or [source.key]
    span = dict.fromkeys(map(str, (*source.issued[:1], *source.issued_until[:1])))
    return " ".join([first, *["et al."] * bool(others), *["-".join(span)] * bool(span)])
