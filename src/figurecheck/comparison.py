"""Two registers side by side: which figures changed and how, and which findings are gone or new."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from json import dumps
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from figurecheck.edition import succeeds
from figurecheck.figures import COLUMNS, cell, printed_value
from figurecheck.finding import BORDERLINE, BROKEN, HOLDS, UNTESTABLE
from figurecheck.relation import RELATION_COLUMNS, order

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

    from figurecheck.confront import Report
    from figurecheck.figures import Figure, Source, Subject
    from figurecheck.finding import Finding
    from figurecheck.register import Register
    from figurecheck.relation import Relation

    Cells = Mapping[str, str]

Row = TypeVar("Row")

REVISED, INCONSISTENT, REWORDED, CHANGED = "revised", "inconsistent", "reworded", "changed"
KINDS = (INCONSISTENT, BORDERLINE, UNTESTABLE, REVISED, REWORDED, CHANGED)
NEW, WAIVED, GONE, STILL = STATES = ("new", "waived", "gone", "still")
NUMBER = {"reported", "unit"}
NOT_FINAL = {"F", "P"}
"""The status of what will be replaced by an observation, or by a final number."""


class Cell(NamedTuple):
    """A cell that differs: its column, and what stood and stands in it."""

    column: str
    old: str
    new: str


class Change(NamedTuple):
    """A row that stands in both registers and differs.

    The kind of a figure whose number changed: `revised` where the source of one is of a newer
    edition, `inconsistent` where both cannot be right and none is newer, `borderline` where words
    must be stretched for both to be right, `reworded` where both can be right as printed,
    `untestable` where they cannot be compared. All else is `changed`. `reason` says why, "" where
    the cells tell it; `editions` are when the sources were issued, where that differs.
    """

    id: str
    kind: str
    cells: tuple[Cell, ...]
    reason: str = ""
    editions: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """What became of the rows of one file, by id; a row under another id alone is `renamed`."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    changed: tuple[Change, ...]

    def __bool__(self) -> bool:
        """Tell whether anything became of them."""
        return bool(self.added or self.removed or self.renamed or self.changed)


class Met(NamedTuple):
    """A finding on the old register and the same one on the new; None on a side without it."""

    old: Finding | None
    new: Finding | None

    @property
    def state(self) -> str:
        """What became of it; one that lost its waiver is new, and one that has one now waived."""
        was, now = self.old, self.new
        if now is None:
            return GONE
        if was is not None and bool(was.waived) == bool(now.waived):
            return STILL
        return WAIVED if now.waived else NEW

    @property
    def finding(self) -> Finding:
        """The finding as it is now, else as it was."""
        found = self.new or self.old
        assert found is not None  # noqa: S101 - one side has it
        return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two registers, what became of their rows, and of the findings on them."""

    old: Register
    new: Register
    figures: Rows
    relations: Rows
    sources: Rows
    findings: tuple[Met, ...]
    reports: tuple[Report, Report]

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        rows = self.figures or self.relations or self.sources
        return bool(rows) or any(each.state != STILL for each in self.findings)

    def of(self, state: str) -> tuple[Met, ...]:
        """Give the findings of which that became."""
        return tuple(each for each in self.findings if each.state == state)

    def at_least(self, severity: str) -> tuple[Met, ...]:
        """Give the findings of a severity or above that no waiver covers, and that were not so."""

        def counts(finding: Finding | None) -> bool:
            return finding is not None and not finding.waived and finding.at_least(severity)

        return tuple(each for each in self.findings if counts(each.new) and not counts(each.old))


def compare(old: Register, new: Register, old_report: Report, new_report: Report) -> Comparison:
    """Give what changed from one register, and the report on it, to another.

    Findings are the same by their rule and figures, wherever they stand; see Finding.key.
    """

    def changed(name: str, cells: tuple[Cell, ...]) -> Change:
        sides = (old[name], old.subjects[name]), (new[name], new.subjects[name])
        kind, reason = _kind(*sides, cells)
        issued = _issued(old[name].source), _issued(new[name].source)
        return Change(name, kind, cells, reason, issued if issued[0] != issued[1] else None)

    relations = [{row.id: row for row in each.relations} for each in (old, new)]
    return Comparison(
        old,
        new,
        _rows(_table(old.figures, _figure), _table(new.figures, _figure), changed),
        _rows(_table(relations[0], _relation), _table(relations[1], _relation)),
        _rows(_table(old.sources, _source), _table(new.sources, _source)),
        tuple(_met(old_report.findings, new_report.findings)),
        (old_report, new_report),
    )


def _table(rows: Mapping[str, Row], cells: Callable[[Row], Cells]) -> dict[str, Cells]:
    return {name: cells(row) for name, row in rows.items()}


def _figure(figure: Figure) -> dict[str, str]:
    return {name: cell(figure, name) for name in COLUMNS if name != "id"}


def _relation(relation: Relation) -> dict[str, str]:
    return {
        name: str(getattr(relation, "text" if name == "statement" else name))
        for name in RELATION_COLUMNS
        if name != "id"
    }


def _source(source: Source) -> dict[str, str]:
    return {
        name: each if isinstance(each, str) else dumps(each, ensure_ascii=False, sort_keys=True)
        for name, each in source.entry.items()
        if name != "id"
    }


def _changed(name: str, cells: tuple[Cell, ...]) -> Change:
    return Change(name, CHANGED, cells)


def _rows(
    old: Mapping[str, Cells],
    new: Mapping[str, Cells],
    changed: Callable[[str, tuple[Cell, ...]], Change] = _changed,
) -> Rows:
    """Give what became of rows, each in the order of its file; `changed` tells how one changed."""
    removed, added = ([n for n in one if n not in other] for one, other in ((old, new), (new, old)))
    renamed = list(_renamed({n: old[n] for n in removed}, {n: new[n] for n in added}))
    from_, to = ({pair[side] for pair in renamed} for side in (0, 1))
    differing = ((name, _differing(old[name], new[name])) for name in new if name in old)
    return Rows(
        tuple(name for name in added if name not in to),
        tuple(name for name in removed if name not in from_),
        tuple(renamed),
        tuple(changed(name, cells) for name, cells in differing if cells),
    )


def _differing(old: Cells, new: Cells) -> tuple[Cell, ...]:
    """Give the cells that differ in more than how their lines end."""
    cells = (Cell(name, old.get(name, ""), new.get(name, "")) for name in {**old, **new})
    return tuple(each for each in cells if _lines(each.old) != _lines(each.new))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")


def _renamed(removed: Mapping[str, Cells], added: Mapping[str, Cells]) -> Iterator[tuple[str, str]]:
    """Give pairs of ids whose rows are equal, and not empty, in all other cells."""
    waiting: defaultdict[tuple[tuple[str, str], ...], list[str]] = defaultdict(list)
    for name, cells in removed.items():
        waiting[_content(cells)].append(name)
    for name, cells in added.items():
        content = _content(cells)
        if content and waiting[content]:
            yield waiting[content].pop(0), name


def _content(cells: Cells) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, _lines(text)) for name, text in cells.items() if text))


def _issued(source: Source | None) -> str:
    return "-".join(f"{part:02}" for part in source.issued) if source else ""


def _kind(
    was: tuple[Figure, Subject], now: tuple[Figure, Subject], cells: Iterable[Cell]
) -> tuple[str, str]:
    """Give how a figure changed, and why that is said."""
    old, new = was[0], now[0]
    if NUMBER.isdisjoint(each.column for each in cells):
        return CHANGED, ""
    for figure, when in ((old, "before"), (new, "now")):
        if figure.amount is None:
            return UNTESTABLE, f"{when}: {_unread(figure)}"
    judged = order(replace(old, id="old"), "==", replace(new, id="new"))
    if judged.outcome == UNTESTABLE:
        return UNTESTABLE, judged.reason
    kinds = {BROKEN: INCONSISTENT, BORDERLINE: BORDERLINE, HOLDS: REWORDED}
    return _excused(was, now, fits=judged.outcome == HOLDS) or (kinds[judged.outcome], judged.proof)


def _excused(
    was: tuple[Figure, Subject], now: tuple[Figure, Subject], *, fits: bool
) -> tuple[str, str] | None:
    """Give what else a number that changed is than another number of the very same thing."""
    (old, its), (new, own) = was, now
    things = its._replace(period=None), own._replace(period=None)
    unnamed = not own.concept and old.label != new.label
    known = own.stated or (old.source_key, old.source) == (new.source_key, new.source)
    told = (
        (things[0] != things[1] or unnamed, CHANGED, "what it is of changed, too"),
        (printed_value(old) == printed_value(new), REWORDED, "the same number"),
        (succeeds(new, own, old, its), REVISED, ""),
        (succeeds(old, its, new, own), REVISED, "back to an older edition"),
        (NOT_FINAL & (set(old.status) ^ set(new.status)), REVISED, "one is not final"),
        (its.period != own.period, CHANGED, "its period changed, too"),
        (
            not (known or fits),
            CHANGED,
            "its source changed, too, and what it is of is not all stated",
        ),
    )
    return next(((kind, reason) for so, kind, reason in told if so), None)


def _unread(figure: Figure) -> str:
    if not figure.reported:
        return "it is reported by nobody"
    return str(figure.unreadable or f"'{figure.unit[:60]}' is no known unit")


SAME: tuple[Callable[[Finding], Hashable], ...] = (
    lambda each: (each.key, each.message, bool(each.waived)),
    lambda each: (each.key, each.message),
    lambda each: each.key,
)
"""By what findings are paired: among several of one key first those that are alike in the rest."""


def _met(old: Sequence[Finding], new: Sequence[Finding]) -> Iterator[Met]:
    """Give every finding, with the same one on the other side; those that are gone come last."""
    partners: dict[int, int] = {}
    taken: set[int] = set()
    for same in SAME:
        waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
        for place, finding in enumerate(old):
            if place not in taken:
                waiting[same(finding)].append(place)
        for place, finding in enumerate(new):
            if place not in partners and (found := waiting[same(finding)]):
                partners[place] = found.pop(0)
        taken.update(partners.values())
    for place, finding in enumerate(new):
        yield Met(old[partners[place]] if place in partners else None, finding)
    yield from (Met(finding, None) for place, finding in enumerate(old) if place not in taken)
