"""A map of how figures, relations and derived quantities hang together, with a conflict in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from figurecheck.appendix.band import mark_of
from figurecheck.appendix.svg import (
    BLUE,
    GREY,
    INK,
    RED,
    SMALL,
    breadth,
    clean,
    element,
    linked,
    path,
    picture,
    pixels,
    shortened,
    titled,
    writing,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from figurecheck.appendix.svg import Picture

FIGURE, RELATION, QUANTITY = "figure", "relation", "derived"

WIDTH, LINE, APART, TOP = 850, 17, 14, 26
MOST = 150
"""So many nodes are drawn; a map of more is no longer read."""

SWEEPS = 6
AT = {FIGURE: 288.0, RELATION: 360.0, QUANTITY: 618.0}
"""How far to the right the signs of each kind stand."""

ROOM = {FIGURE: 276.0, RELATION: 216.0, QUANTITY: 218.0}
BESIDE = 10
HEADS = {FIGURE: "figures", RELATION: "relations", QUANTITY: "derived quantities"}


class Node(NamedTuple):
    """A figure, a relation or a derived quantity; `link` is its place in the page."""

    id: str
    label: str
    kind: str
    link: str = ""


Edge = tuple[str, str]
"""The ids of a relation and of a figure or a derived quantity that it is over, either way round."""


def network(
    nodes: Iterable[Node], edges: Iterable[Edge], conflict: Collection[str], title: str
) -> Picture:
    """Give a map: figures to the left of their relations, derived quantities to the right.

    What hangs together stands together, what is in conflict first. A node without an edge is left
    out, as is what goes beyond `MOST`; the description counts them.
    """
    every = {each.id: each for each in nodes}
    joined = _joined(every, edges)
    alone = len(every) - len(joined)
    groups = _groups(every, joined, conflict)
    drawn, beyond = _first(groups, conflict)
    body, bottom = _drawn(every, joined, drawn, conflict)
    said = _said(every, drawn, conflict, alone, beyond)
    return picture(body, title, " ".join(said), WIDTH, bottom)


def _joined(every: Mapping[str, Node], edges: Iterable[Edge]) -> dict[str, list[str]]:
    """Give the neighbours of each node, in the order of the nodes."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for one, other in edges:
        if one in every and other in every and one != other:
            found[one][other] = found[other][one] = None
    order = {name: place for place, name in enumerate(every)}
    return {name: sorted(found[name], key=order.__getitem__) for name in every if name in found}


def _groups(
    every: Mapping[str, Node], joined: Mapping[str, Sequence[str]], conflict: Collection[str]
) -> list[list[str]]:
    """Give what hangs together, in the order of the nodes; what holds the conflict comes first."""
    groups: list[list[str]] = []
    seen: set[str] = set()
    order = {name: place for place, name in enumerate(every)}
    for name in joined:
        if name in seen:
            continue
        seen.add(name)
        group = [name]
        for member in group:
            fresh = [each for each in joined[member] if each not in seen]
            seen.update(fresh)
            group += fresh
        groups.append(sorted(group, key=order.__getitem__))
    return sorted(groups, key=lambda group: not any(each in conflict for each in group))


def _first(
    groups: Sequence[Sequence[str]], conflict: Collection[str]
) -> tuple[list[list[str]], int]:
    """Give the groups that are drawn, as far as there is room, and the count of the rest."""
    drawn, room = [], MOST
    for group in groups:
        kept = set(sorted(group, key=lambda each: each not in conflict)[:room])
        room -= len(kept)
        drawn.append([each for each in group if each in kept])
    return [group for group in drawn if group], sum(map(len, groups)) + room - MOST


def _drawn(
    every: Mapping[str, Node],
    joined: Mapping[str, Sequence[str]],
    groups: Sequence[Sequence[str]],
    conflict: Collection[str],
) -> tuple[list[str], float]:
    """Give the parts of the map, lines below signs, and how far down it reaches."""
    at: dict[str, tuple[float, float]] = {}
    bottom: float = TOP
    for group in groups:
        columns = _ordered(every, joined, group)
        tall = LINE * max(map(len, columns.values()))
        for kind, column in columns.items():
            apart = tall / max(len(column), 1)
            for place, name in enumerate(column):
                at[name] = AT[kind], bottom + apart * (place + 0.5)
        bottom += tall + APART
    heads = [_head(kind) for kind in AT if any(every[name].kind == kind for name in at)]
    lines = sorted(
        ((one, other) for one in at for other in joined[one] if one < other and other in at),
        key=lambda pair: all(each in conflict for each in pair),
    )
    parts = [_line(every, at, pair, conflict) for pair in lines]
    signs = [
        _sign(every[name], place, conflict, (_named(every[each]) for each in joined[name]))
        for name, place in at.items()
    ]
    return [*heads, *parts, *signs], bottom


def _ordered(
    every: Mapping[str, Node], joined: Mapping[str, Sequence[str]], group: Sequence[str]
) -> dict[str, list[str]]:
    """Give the nodes of a group by kind, each at the mean height of its neighbours.

    Going to and fro between neighbours crosses few lines (Sugiyama, Tagawa, Toda 1981).
    """
    columns = {kind: [each for each in group if every[each].kind == kind] for kind in AT}
    height: dict[str, float] = {}
    for _ in range(SWEEPS):
        for kind in (RELATION, FIGURE, RELATION, QUANTITY):
            column = columns[kind]
            for name in column:
                known = [height[each] for each in joined[name] if each in height]
                height[name] = sum(known) / len(known) if known else height.get(name, 0)
            column.sort(key=height.__getitem__)
            height |= {name: (place + 0.5) / len(column) for place, name in enumerate(column)}
    return columns


def _head(kind: str) -> str:
    x = AT[kind] - BESIDE if kind == FIGURE else AT[kind] + BESIDE
    anchor = "end" if kind == FIGURE else None
    return writing(HEADS[kind], x, TOP / 2, size=SMALL, anchor=anchor, bold=True)


def _line(
    every: Mapping[str, Node],
    at: Mapping[str, tuple[float, float]],
    pair: Edge,
    conflict: Collection[str],
) -> str:
    """Give the line between two nodes, thick and dashed where both are in conflict."""
    one, other = sorted((every[each] for each in pair), key=lambda each: AT[each.kind])
    (x, y), (to_x, to_y) = at[one.id], at[other.id]
    if other.kind == QUANTITY and one.kind == RELATION:
        x += BESIDE + breadth(_label(one, conflict), SMALL, bold=one.id in conflict) + 2
    bend = (to_x - x) / 2 or -2 * BESIDE
    inner = bend if x == to_x else -bend
    curve = f"M{pixels(x)} {pixels(y)}C" + " ".join(
        f"{pixels(a)} {pixels(b)}" for a, b in ((x + bend, y), (to_x + inner, to_y), (to_x, to_y))
    )
    apart = one.id in conflict and other.id in conflict
    return element(
        "path",
        d=curve,
        fill="none",
        stroke=RED if apart else GREY,
        stroke_width=2.5 if apart else 1,
        stroke_dasharray="7 2" if apart else None,
        data_part="conflict" if apart else "line",
    )


def _sign(
    node: Node, at: tuple[float, float], conflict: Collection[str], neighbours: Iterable[str]
) -> str:
    """Give the sign and the label of a node."""
    x, y = at
    before = node.kind == FIGURE
    label = writing(
        _label(node, conflict),
        x - BESIDE if before else x + BESIDE,
        y,
        size=SMALL,
        anchor="end" if before else None,
        bold=node.id in conflict,
    )
    said = f"{node.kind} {_named(node)}, beside {'; '.join(neighbours)}"
    if node.id in conflict:
        said += ", in conflict"
    sign = mark_of("broken", x, y) if node.id in conflict else _SIGNS[node.kind](x, y)
    return element("g", titled(said), linked(node.link, sign, label), data_kind=node.kind)


def _circle(x: float, y: float) -> str:
    return element("circle", cx=x, cy=y, r=3.5, fill=BLUE)


def _diamond(x: float, y: float) -> str:
    return element(
        "path", d=path((x - 5, y), (x, y - 5), (x + 5, y), (x, y + 5), closed=True), fill=GREY
    )


def _square(x: float, y: float) -> str:
    return element("rect", x=x - 4, y=y - 4, width=8, height=8, fill=BLUE, stroke=INK)


_SIGNS = {FIGURE: _circle, RELATION: _diamond, QUANTITY: _square}


def _label(node: Node, conflict: Collection[str]) -> str:
    return shortened(_named(node), ROOM[node.kind], SMALL, bold=node.id in conflict)


def _named(node: Node) -> str:
    return clean(node.label) or clean(node.id)


def _said(
    every: Mapping[str, Node],
    groups: Sequence[Sequence[str]],
    conflict: Collection[str],
    alone: int,
    beyond: int,
) -> Iterator[str]:
    drawn = [name for group in groups for name in group]
    counts = Counter(every[name].kind for name in drawn)
    parts = ", ".join(f"{HEADS[kind]} ({counts[kind]})" for kind in AT)
    yield f"A map of {parts}, in groups that hang together ({len(groups)})."
    if alone:
        yield f"Not drawn, as they stand in no relation: {alone}."
    if beyond:
        yield f"Left out, as a map of more than {MOST} is hard to read: {beyond}."
    members = [_named(every[name]) for name in drawn if name in conflict]
    if members:
        yield "They cannot all be right, and are marked with a cross: " + "; ".join(members) + "."
