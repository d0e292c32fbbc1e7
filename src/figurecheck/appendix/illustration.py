"""Which pictures an appendix has: rows on the scale of their concept, gaps, sums, series, a map."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from figurecheck.appendix.band import DERIVED, IMPLIED, UNREADABLE, UNREPORTED, Band, row
from figurecheck.appendix.graph import Node, network
from figurecheck.appendix.model import anchor, shown, title, worst
from figurecheck.appendix.picture import gap, intervals, stack
from figurecheck.appendix.scale import scale
from figurecheck.appendix.series import Point, series
from figurecheck.finding import BORDERLINE, BROKEN
from figurecheck.interval import Interval
from figurecheck.network import TOGETHER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from figurecheck.appendix.model import Appendix, Judged
    from figurecheck.appendix.scale import Scale
    from figurecheck.appendix.svg import Picture
    from figurecheck.derivation import Derived
    from figurecheck.figures import Amount, Figure
    from figurecheck.formula import Formula
    from figurecheck.period import Period
    from figurecheck.relation import Judgement

OF_NUMBERS = ("FC1", "FC3")
"""The families that ask of the number itself, which a picture marks."""

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

    def row(self, figure: Figure) -> Picture:
        """Give a figure on the scale of its concept and unit."""
        group = _group(figure)
        return row(self.band(figure), self._scales[group])

    def band(self, figure: Figure) -> Band:
        """Give a figure as a picture shows it."""
        label = self.made.called(figure.id)
        link = f"#{anchor('figure', figure.id)}"
        if figure.unreadable is not None:
            kind = UNREADABLE if figure.reported else UNREPORTED
            return Band(label, None, None, figure.reported, kind, link=link)
        found = self.made.findings_of.get(figure.id, [])
        verdict = worst(figure.id, (each for each in found if each.code.startswith(OF_NUMBERS)))
        mark = verdict if verdict in {BROKEN, BORDERLINE, "waived"} else ""
        narrow, wide = _reading(figure)
        return Band(label, narrow, wide, figure.reported, mark=mark, link=link)

    def derived(self, each: Derived) -> Picture:
        """Give a derived quantity by itself."""
        unit, (narrow, wide) = shown(each.unit.name if each.unit else "", *each.amount.printed)
        band = Band(self.made.called(each.id), narrow, wide, each.words, DERIVED)
        return row(band, scale([wide], unit))

    def plots(self, top: str) -> Iterator[Picture]:
        """Give a plot for each unit in which a top concept has several figures."""
        for (path, unit), figures in self._groups.items():
            readable = [each for each in figures if each.unreadable is None]
            if path == top and len(readable) >= FEWEST:
                for start in range(0, len(figures), MOST):
                    bands = [self.band(each) for each in figures[start : start + MOST]]
                    yield intervals(bands, unit, f"{title(top)}, in {_in_words(unit)}")

    def over_time(self, top: str) -> Iterator[Picture]:
        """Give a series for each thing of which there are figures of several periods."""
        things: defaultdict[tuple[str, ...], list[tuple[Period, Figure]]] = defaultdict(list)
        for figure in self.made.register.values():
            own = self.made.register.subjects[figure.id]
            here = own.concept.partition("/")[0] == top and own.concept and own.place
            if here and own.period and figure.measured_in:
                thing = (own.concept, own.base, str(own.place), _unit(figure))
                things[thing].append((own.period, figure))
        for (concept, *_, unit), found in things.items():
            if len({period for period, each in found if each.unreadable is None}) >= SERIES:
                points = [self._point(period, figure) for period, figure in found]
                yield series(points, unit, f"{title(concept)}, by period")

    def _point(self, period: Period, figure: Figure) -> Point:
        edition = self.made.names.get(figure.source_key, figure.source_key)
        band = self.band(figure)._replace(label=figure.label or figure.id)
        return Point(period.first, period.last, band, edition)

    def relation(self, each: Judged) -> Picture | None:
        """Give the gap of what is broken or borderline, or the parts of a sum."""
        judged = each.judged
        if judged is None or judged.formula is None:
            return None
        left, right = judged.statement.left, judged.statement.right or judged.statement.left
        sums = judged.statement.operator == "=="
        parts = sums and (self._parts(left, right) or self._parts(right, left))
        if parts:
            whole, summands = parts
            bands = [self.band(part) for part in summands]
            title = f"{self.made.called(whole.id)} and its parts"
            return stack(self.band(whole), bands, _unit(whole), title)
        if judged.outcome in {BROKEN, BORDERLINE}:
            last = judged.formula.steps[-1]
            return self._gap(judged, (right, last.right), (left, last.left)) or self._gap(
                judged, (left, last.left), (right, last.right)
            )
        return None

    def _parts(self, one: Formula, other: Formula) -> tuple[Figure, list[Figure]] | None:
        """Give whole and parts, where a figure is the sum of others in its unit."""
        names = [*one.names, *other.names]
        figures = [self.made.register.get(name) for name in names]
        known = [each for each in figures if each is not None and each.unreadable is None]
        sums = _single(one) and {step.kind for step in other.steps} == {"+", "name"}
        alike = len(known) == len(names) == len(set(names)) and len({*map(_unit, known)}) == 1
        return (known[0], known[1:]) if sums and alike else None

    def _gap(
        self, judged: Judgement, published: tuple[Formula, int], implied: tuple[Formula, int]
    ) -> Picture | None:
        """Give what one side implies beside the other, where that is one name.

        A side is as it is written, and its place in the formula that was judged.
        """
        if not _single(published[0]):
            return None
        [name] = published[0].names
        amount, formula = judged.amounts[name], judged.formula or published[0]
        ranges = [
            formula.part(implied[1]).range(judged.box(width)).interval
            for width in ("narrow", "wide")
        ]
        factor = Interval.point(amount.unit.factor if amount.unit else 1)
        texts = {key: found.text for key, found in judged.amounts.items()}
        told = implied[0].words(texts, times="x")
        own = amount.unit.name if amount.unit else ""
        unit, (narrow, wide) = shown(own, *(each / factor for each in ranges))
        figure = self.made.register.get(name)
        second = self.band(figure) if figure else _of_amount(self.made.called(name), amount)
        other = self.made.register.get(implied[0].names[0]) if _single(implied[0]) else None
        if other is None:
            first, title = Band("implied", narrow, wide, told, IMPLIED), "What is implied"
        else:
            first = self.band(other)._replace(narrow=narrow, wide=wide)
            title = first.label
        return gap(first, second, unit, f"{title}, beside {second.label}")

    def map(self) -> Picture | None:
        """Give the map of how figures, relations and derived quantities hang together."""
        made = self.made
        nodes = [
            Node(each.id, made.called(each.id), "figure", f"#{anchor('figure', each.id)}")
            for each in made.register.values()
        ]
        edges = []
        for each in self._mapped:
            relation, key = each.relation, _node(each)
            link = f"#{anchor('relation', relation.id)}" if relation.id else ""
            nodes.append(Node(key, each.called, "relation", link))
            edges += [(key, name) for name in relation.names]
        for name, quantity in made.register.derivations.derived.items():
            key, link = f"derives {name}", f"#{anchor('derived', name)}"
            nodes.append(Node(name, made.called(name), "derived", link))
            nodes.append(Node(key, _operation(quantity), "relation", link))
            edges += [(key, input_) for input_ in quantity.inputs] + [(key, name)]
        title = "How figures, relations and derived quantities hang together"
        return network(nodes, edges, self._conflict, title) if edges else None

    @property
    def _mapped(self) -> tuple[Judged, ...]:
        """What is declared, and of what is implied that which is broken."""
        broken = (each for each in self.made.implied if each.outcome == BROKEN)
        return (*self.made.declared, *broken)

    @property
    def _conflict(self) -> set[str]:
        """The nodes that cannot all be right: of broken relations, and of what FC320 found."""
        made = self.made
        found = set()
        for each in self._mapped:
            if each.outcome == BROKEN:
                found |= {_node(each), *each.relation.names}
        for finding in made.report.findings:
            if finding.code == TOGETHER:
                members = {finding.figure, *finding.related}
                silent = {each.id for each in made.register.values() if not each.reported}
                found |= members
                found |= {
                    _node(each)
                    for each in made.declared
                    if members & set(each.relation.names)
                    and set(each.relation.names) <= members | silent
                }
        return found


def _node(each: Judged) -> str:
    return f"relation {each.relation.id or each.relation.text}"


OPERATIONS = {"+": "sum", "-": "difference", "*": "product", "/": "quotient", "**": "power"}


def _operation(each: Derived) -> str:
    """Say in a word how a quantity is derived."""
    named = next(iter(each.statement.calls), "")
    return named or OPERATIONS.get(each.statement.left.steps[-1].kind, "equation")


def _single(side: Formula) -> bool:
    """Tell whether a side is one name."""
    return len(side.names) == len(side.steps) == 1


def _unit(figure: Figure) -> str:
    return shown(figure.measured_in.name if figure.measured_in else figure.unit)[0]


def _reading(figure: Figure) -> tuple[Interval, Interval]:
    """Give what a figure states, as printed and at the widest, in the unit that is shown."""
    unit = figure.measured_in.name if figure.measured_in else figure.unit
    _, (narrow, wide) = shown(unit, figure.reading.narrow, figure.reading.wide)
    return narrow, wide


def _group(figure: Figure) -> tuple[str, str]:
    return figure.concept.strip("/").partition("/")[0], _unit(figure)


def _reach(figure: Figure) -> Interval:
    narrow, wide = _reading(figure)
    return narrow.hull(wide)


def _of_amount(label: str, amount: Amount) -> Band:
    _, (narrow, wide) = shown(amount.unit.name if amount.unit else "", *amount.printed)
    return Band(label, narrow, wide, amount.text)


def _in_words(unit: str) -> str:
    """Give the name of a unit as one says it: percent is per cent, a count has many."""
    counted = "person household event item day week month year hour minute"
    many = {each: f"{each}s" for each in counted.split()}
    return {"percent": "per cent"}.get(unit) or many.get(unit, unit.replace("_", " "))
