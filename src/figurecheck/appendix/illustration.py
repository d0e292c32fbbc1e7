"""Which pictures an appendix has: rows on the scale of their concept, gaps, sums, series, a map."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from figurecheck.appendix.band import DERIVED, IMPLIED, UNREADABLE, UNREPORTED, Band, row
from figurecheck.appendix.graph import Node, network
from figurecheck.appendix.model import anchor, title, worst
from figurecheck.appendix.picture import gap, intervals, stack
from figurecheck.appendix.scale import scale
from figurecheck.appendix.series import Point, series
from figurecheck.finding import BORDERLINE, BROKEN
from figurecheck.interval import Interval
from figurecheck.network import TOGETHER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from figurecheck.appendix.model import Appendix, Judged
    from figurecheck.appendix.scale import Scale
    from figurecheck.appendix.svg import Picture
    from figurecheck.derivation import Derived
    from figurecheck.figures import Amount, Figure
    from figurecheck.formula import Formula

FEWEST, MOST = 2, 25
"""A plot of figures has at least and at most so many rows."""

SERIES = 3


class Illustrations:
    """The pictures of an appendix, each made when it is asked for."""

    def __init__(self, made: Appendix) -> None:
        self.made = made

    @cached_property
    def _groups(self) -> Mapping[tuple[str, str], list[Figure]]:
        """The figures that share a scale: those of one top concept and unit."""
        found: defaultdict[tuple[str, str], list[Figure]] = defaultdict(list)
        for each in self.made.register.values():
            found[_group(each)].append(each)
        return found

    @cached_property
    def _scales(self) -> Mapping[tuple[str, str], Scale]:
        return {
            group: scale([_reach(each) for each in figures if each.unreadable is None], group[1])
            for group, figures in self._groups.items()
        }

    @cached_property
    def _called(self) -> Counter[str]:
        """How many figures are called the same."""
        return Counter(each.label for each in self.made.register.values())

    def row(self, figure: Figure) -> Picture:
        """Give a figure on the scale of its concept and unit."""
        group = _group(figure)
        return row(self.band(figure), self._scales[group])

    def band(self, figure: Figure) -> Band:
        """Give a figure as a picture shows it; with its period where others are called the same."""
        label = figure.label or figure.id
        period = self.made.register.subjects[figure.id].period
        if period is not None and self._called[label] > 1:
            label = f"{label}, {period}"
        link = f"#{anchor('figure', figure.id)}"
        if figure.unreadable is not None:
            kind = UNREADABLE if figure.reported else UNREPORTED
            return Band(label, None, None, figure.reported, kind, link=link)
        verdict = worst(figure.id, self.made.findings_of.get(figure.id, []))
        mark = verdict if verdict in {BROKEN, BORDERLINE, "waived"} else ""
        reading = figure.reading
        return Band(label, reading.narrow, reading.wide, figure.reported, mark=mark, link=link)

    def derived(self, each: Derived) -> Picture:
        """Give a derived quantity by itself."""
        narrow, wide = each.amount.printed
        unit = each.unit.name if each.unit else ""
        band = Band(self.made.called(each.id), narrow, wide, each.words, DERIVED)
        return row(band, scale([wide], unit))

    def plots(self, top: str) -> Iterator[Picture]:
        """Give a plot for each unit in which a top concept has several figures."""
        for (path, unit), figures in self._groups.items():
            readable = [each for each in figures if each.unreadable is None]
            if path == top and len(readable) >= FEWEST:
                for start in range(0, len(readable), MOST):
                    bands = [self.band(each) for each in readable[start : start + MOST]]
                    yield intervals(bands, unit, f"{title(top)}, in {_in_words(unit)}")

    def over_time(self, top: str) -> Iterator[Picture]:
        """Give a series for each thing of which there are figures of several periods."""
        things: defaultdict[tuple[str, ...], list[Figure]] = defaultdict(list)
        for figure in self.made.register.values():
            own = self.made.register.subjects[figure.id]
            stated = own.concept and own.period and own.place and figure.measured_in
            if stated and figure.unreadable is None and own.concept.partition("/")[0] == top:
                unit = figure.measured_in.name if figure.measured_in else ""
                things[own.concept, own.base, str(own.place), unit].append(figure)
        for (concept, *_, unit), figures in things.items():
            periods = {self.made.register.subjects[each.id].period for each in figures}
            if len(periods) >= SERIES:
                yield series(self._points(figures), unit, f"{title(concept)}, by period")

    def _points(self, figures: Iterable[Figure]) -> Iterator[Point]:
        for figure in figures:
            period = self.made.register.subjects[figure.id].period
            edition = self.made.names.get(figure.source_key, figure.source_key)
            if period is not None:
                yield Point(period.first, period.last, self.band(figure), edition)

    def relation(self, each: Judged) -> Picture | None:
        """Give the gap of a relation that is broken or borderline, or the parts of a sum."""
        judged = each.judged
        formula = judged.formula if judged else None
        if judged is None or formula is None or judged.statement.operator != "==":
            return None
        parts = self._parts(each)
        if parts:
            whole, summands = parts
            unit = whole.measured_in.name if whole.measured_in else ""
            bands = [self.band(part) for part in summands]
            return stack(self.band(whole), bands, unit, f"{whole.label or whole.id} and its parts")
        if judged.outcome in {BROKEN, BORDERLINE}:
            return self._gap(each, formula)
        return None

    def _parts(self, each: Judged) -> tuple[Figure, list[Figure]] | None:
        """Give whole and parts of a sum of figures in one unit; None for another relation."""
        stated = each.relation.statement
        if stated is None or stated.right is None:
            return None
        for one, other in ((stated.left, stated.right), (stated.right, stated.left)):
            kinds = [step.kind for step in other.steps]
            names = [*one.names, *other.names]
            figures = [self.made.register.get(name) for name in names]
            plain = len(one.steps) == 1 and set(kinds) == {"+", "name"} and kinds.count("+") >= 1
            if plain and all(figures) and len(set(names)) == len(names):
                known = [each for each in figures if each.unreadable is None]
                if len(known) == len(figures) and len({each.unit for each in known}) == 1:
                    return known[0], known[1:]
        return None

    def _gap(self, each: Judged, formula: Formula) -> Picture | None:
        """Give what one side implies beside what is published on the other."""
        judged = each.judged
        stated = each.relation.statement
        if judged is None or stated is None or stated.right is None:
            return None
        last = formula.steps[-1]
        sides = [(stated.left, last.left), (stated.right, last.right)]
        single = [one for one in sides if len(one[0].steps) == 1 and one[0].names]
        if not single:
            return None
        published, implied = single[-1], next(one for one in sides if one is not single[-1])
        name = published[0].names[0]
        amount = judged.amounts[name]
        boxes = judged.box("narrow"), judged.box("wide")
        ranges = [formula.part(implied[1]).range(box).interval for box in boxes]
        factor = Interval.point(amount.unit.factor if amount.unit else 1)
        unit = amount.unit.name if amount.unit else ""
        texts = {key: found.text for key, found in judged.amounts.items()}
        told = implied[0].words(texts, times="x")
        first = Band("implied", ranges[0] / factor, ranges[1] / factor, told, IMPLIED)
        figure = self.made.register.get(name)
        second = self.band(figure) if figure else _of_amount(self.made.called(name), amount)
        return gap(first, second, unit, f"What is implied, beside {self.made.called(name)}")

    def map(self) -> Picture | None:
        """Give the map of how figures, relations and derived quantities hang together."""
        made = self.made
        nodes = [
            Node(each.id, each.label or each.id, "figure", f"#{anchor('figure', each.id)}")
            for each in made.register.values()
        ]
        edges = []
        for each in made.declared:
            link = f"#{anchor('relation', each.relation.id)}"
            key = f"relation {each.relation.id}"
            nodes.append(Node(key, each.relation.label or each.relation.id, "relation", link))
            edges += [(key, name) for name in each.relation.names]
        for name, quantity in made.register.derivations.derived.items():
            key, link = f"derives {name}", f"#{anchor('derived', name)}"
            nodes.append(Node(name, made.called(name), "derived", link))
            nodes.append(Node(key, quantity.symbols, "relation", link))
            edges += [(key, input_) for input_ in quantity.inputs] + [(key, name)]
        title = "How figures, relations and derived quantities hang together"
        return network(nodes, edges, self._conflict, title) if edges else None

    @property
    def _conflict(self) -> set[str]:
        """The nodes that cannot all be right: of broken relations, and of what FC320 found."""
        made = self.made
        found = set()
        for each in made.declared:
            if each.outcome == BROKEN:
                found |= {f"relation {each.relation.id}", *each.relation.names}
        for finding in made.report.findings:
            if finding.code == TOGETHER:
                members = {finding.figure, *finding.related}
                silent = {each.id for each in made.register.values() if not each.reported}
                found |= members
                found |= {
                    f"relation {each.relation.id}"
                    for each in made.declared
                    if members & set(each.relation.names)
                    and set(each.relation.names) <= members | silent
                }
        return found


def _group(figure: Figure) -> tuple[str, str]:
    unit = figure.measured_in.name if figure.measured_in else figure.unit
    return figure.concept.strip("/").partition("/")[0], unit


def _reach(figure: Figure) -> Interval:
    return figure.reading.narrow.hull(figure.reading.wide)


def _of_amount(label: str, amount: Amount) -> Band:
    narrow, wide = amount.printed
    return Band(label, narrow, wide, amount.text)


def _in_words(unit: str) -> str:
    """Give the name of a unit as one says it: percent is per cent, a count has many."""
    many = {each: f"{each}s" for each in ("person", "household", "event", "item")}
    return {"percent": "per cent", "fraction": "parts of one"}.get(unit) or many.get(
        unit, unit.replace("_", " ")
    )
