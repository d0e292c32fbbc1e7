"""Conflicts: the smallest sets of texts that leave no values for all relations together."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from figurecheck.joint import Certificate, Programme, cases, sums
from figurecheck.propagation import Empty, beyond, box, traced
from figurecheck.system import LARGEST, Row
from figurecheck.world import witness

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from figurecheck.propagation import Box
    from figurecheck.system import Component, End, Ends, Number

    Places = tuple[int, ...]

MOST_CONFLICTS = 20
MOST_SEARCHES = 200
MOST_REVISIONS = 200_000
IN_CIRCLES = 100
"""In one component so many conflicts are given, and so many sets of texts searched for one: fewer,
where it has many relations, and so many times fewer where those hang in circles."""


class Found(NamedTuple):
    """The conflicts of a component, and whether those are all."""

    conflicts: tuple[Places, ...]
    complete: bool


class Refuter:
    """Tells of texts whether it is certain that no values satisfy them and all constraints.

    Propagation sees everything where the constraints form a tree. Where they hang together in
    circles, with `linear`, linear programmes see more, case by case where factors are open, and
    exact certificates have to confirm them.
    """

    def __init__(self, component: Component, texts: Mapping[int, Ends], *, linear: bool) -> None:
        self.component = component
        self.texts = texts
        self.linear = linear and not component.tree
        self._passed: list[frozenset[int]] = []
        self._met: list[frozenset[int]] = []
        self._unmet: set[frozenset[int]] = set()

    def subset(self, places: Collection[int]) -> dict[int, Ends]:
        return {place: self.texts[place] for place in places}

    def passed(self, places: Collection[int]) -> bool:
        """Tell whether these are among texts that have been seen not to be refuted."""
        return any(each.issuperset(places) for each in (*self._met, *self._passed))

    def possible(self, places: Collection[int], made: Box | None = None) -> bool:
        """Tell whether values are known that satisfy all constraints and these texts.

        They are looked for within the bounds that follow, where those are given.
        """
        if any(each.issuperset(places) for each in self._met):
            return True
        if frozenset(places) in self._unmet:
            return False
        texts = self.subset(places)
        found = None
        with suppress(Empty):
            found = witness(made or box(self.component, texts), texts, linear=self.linear)
        if found is None or found[0].component is not self.component:
            self._unmet.add(frozenset(places))
            return False
        # A world satisfies more texts than it was sought for, most often.
        met = [at for at, ends in self.texts.items() if _within(found[1][at], ends)]
        self._met.append(frozenset(met))
        return True

    def shown_smallest(self, places: Sequence[int]) -> bool:
        """Tell whether it is known that without any one of refuted texts there are values."""
        return self.decides or (
            self.searches
            and all(self.possible([each for each in places if each != place]) for place in places)
        )

    def refuted(self, places: Collection[int], active: Collection[int] | None = None) -> bool:
        """Tell whether propagation or a linear programme of the sums refutes texts.

        Where relations multiply in circles it is tried case by case, unless values are met.
        Only `active` constraints are looked at, where they are given.
        """
        if self.passed(places):
            return False
        try:
            made = box(self.component, self.subset(places), active)
        except Empty:
            return True
        if active is None and self.searches and self.possible(places, made):
            return False
        if self.certificate(places, active) is not None:
            return True
        if self.multiplies and not any(cases(made, active)):
            return True
        if active is None and (made.converged or self.multiplies):
            self._passed.append(frozenset(places))
        return False

    @property
    def decides(self) -> bool:
        """Whether what is not refuted is certain to be possible."""
        component = self.component
        return component.tree or (self.linear and component.linear and not any(component.whole))

    @property
    def searches(self) -> bool:
        """Whether values are looked for: only they tell what is possible, and there are few."""
        return not self.decides and len(self.component.constraints) <= LARGEST

    @property
    def multiplies(self) -> bool:
        """Whether more can be seen case by case: where products hang in circles."""
        return self.linear and self.component.multiplies

    def certificate(
        self, places: Collection[int], active: Collection[int] | None = None
    ) -> Certificate | None:
        """Give what a linear programme of the sums proves of texts, beyond propagation."""
        if not (self.linear and self.component.knotted):
            return None
        rows = sums(self.component, active)
        return Programme(self.component, self.subset(places), rows).refuted()

    def refuting(self, places: Sequence[int]) -> Sequence[int] | None:
        """Give a part of texts that is refuted, a small one if that is easy; None where none is."""
        if not self.refuted(places):
            return None
        try:
            box(self.component, self.subset(places))
        except Empty as empty:
            active, met = traced(empty)
            fewer = [place for place in places if place in met]
            return fewer if self.refuted(fewer, active) else places
        certificate = self.certificate(places)
        needed = places if certificate is None else certificate.places
        return [place for place in places if place in needed]


def _within(value: Number, ends: Ends) -> bool:
    low, high = ends
    return (low is None or low <= value) and (high is None or value <= high)


def smallest(refuted: Callable[[Sequence[int]], bool], places: Sequence[int]) -> Places:
    """Give a smallest part of refuted texts that is still refuted (QuickXplain: Junker 2004)."""

    def explained(known: Sequence[int], open_: Sequence[int], *, more: bool) -> Sequence[int]:
        if more and refuted(known):
            return []
        if len(open_) == 1:
            return open_
        half = len(open_) // 2
        first, second = open_[:half], open_[half:]
        later = explained([*known, *first], second, more=bool(first))
        earlier = explained([*known, *later], first, more=bool(later))
        return [*earlier, *later]

    if refuted([]) or not places:
        return ()
    return tuple(explained([], places, more=False))


def _needed(refuter: Refuter, places: Sequence[int]) -> Places:
    """Give a smallest part of texts that a single sum refutes: what it needs to be out of reach."""
    component = refuter.component
    [row] = component.constraints
    if not isinstance(row, Row) or any(component.whole):
        return smallest(refuter.refuted, places)
    kept, texts = dict.fromkeys(places), refuter.subset(places)
    for sign, limit in ((1, row.upper), (-1, row.lower)):
        ends = {at: _least(component, texts, at, sign * factor) for at, factor in row.terms}
        if limit is None or None in [stated for stated, _ in ends.values()]:
            continue
        reach = sum(stated or 0 for stated, _ in ends.values())
        if not beyond(reach, sign * limit, strict=row.strict):
            continue
        for place in places:
            stated, free = ends[place]
            without = None if free is None else reach - (stated or 0) + free
            if without is not None and beyond(without, sign * limit, strict=row.strict):
                reach = without
                del kept[place]
        return tuple(kept)
    return smallest(refuter.refuted, places)


def _least(
    component: Component, texts: Mapping[int, Ends], place: int, factor: Number
) -> tuple[End, End]:
    """Give the least that a term can be, with its text and without."""
    free = (component.lower[place], component.upper[place])
    stated = texts.get(place, (None, None))
    side = factor < 0
    ends = [end for end in (free[side], stated[side]) if end is not None]
    tight = (min(ends) if side else max(ends)) if ends else None
    loose = free[side]
    return (
        None if tight is None else tight * factor,
        None if loose is None else loose * factor,
    )


def searched(refuter: Refuter) -> Found:
    """Give all smallest conflicts, up to a limit, by Reiter's tree of hitting sets (1987).

    After each conflict every one of its texts is left out in turn; any other conflict lacks one.
    """
    found: list[Places] = []
    waiting: deque[frozenset[int]] = deque([frozenset()])
    seen = set(waiting)
    cost = (1 if refuter.component.tree else IN_CIRCLES) * (1 + len(refuter.component.constraints))
    searches = min(MOST_SEARCHES, 1 + MOST_REVISIONS // cost)
    while waiting:
        if not searches or len(found) > MOST_CONFLICTS:
            return Found(tuple(found[:MOST_CONFLICTS]), complete=False)
        without = waiting.popleft()
        conflict = next((each for each in found if without.isdisjoint(each)), None)
        if conflict is None:
            left = [place for place in refuter.texts if place not in without]
            if refuter.passed(left):
                continue
            searches -= 1
            fewer = refuter.refuting(left)
            if fewer is None:
                continue
            alone = len(refuter.component.constraints) == 1
            conflict = _needed(refuter, fewer) if alone else smallest(refuter.refuted, fewer)
            found.append(conflict)
        for place in conflict:
            further = without | {place}
            if further not in seen:
                seen.add(further)
                waiting.append(further)
    return Found(tuple(found), complete=True)
