"""Whole counts: what shares and means of a group may be, if nothing but people were counted."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple

from figurecheck.laws import MOST_WHOLES
from figurecheck.propagation import Empty
from figurecheck.relation import UnderLaw, tests
from figurecheck.system import lean
from figurecheck.world import within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from figurecheck.network import Posted, Statements
    from figurecheck.propagation import Box
    from figurecheck.system import Ends, Number

MOST_TRIED = 2_000
"""So many whole numbers are tried until all fit together."""

COUNTED = {"partition", "possible_share", "possible_mean"}

GROUPS = {"n", "items"}


class Count(NamedTuple):
    """A figure whose value, times a factor and the numbers of groups, is a whole number.

    Those are values times a factor each.
    """

    name: str
    factor: Fraction
    of: tuple[tuple[str, Fraction], ...] = ()

    def wholes(self, ends: Ends, scale: Fraction) -> range:
        """Give the whole numbers that values between the ends come to, the least of too many."""
        low, high = within(ends)
        least = ceil(low * scale)
        return (
            range(least, min(floor(high * scale), least + MOST_WHOLES) + 1) if scale else range(0)
        )


class Held(NamedTuple):
    """Bounds of all figures: of what hangs together, and of what nothing ties."""

    boxes: tuple[Box, ...]
    free: Mapping[str, Ends]

    def ends(self, name: str) -> Ends:
        if name in self.free:
            return self.free[name]
        return next(
            made.ends[made.component.places[name]]
            for made in self.boxes
            if name in made.component.places
        )

    def fixed(self, name: str, value: Number) -> Held:
        """Give the bounds that are left with a value for a figure; raises Empty."""
        if name in self.free:
            return self._replace(free={**self.free, name: (value, value)})
        boxes = []
        for made in self.boxes:
            after = made
            if name in made.component.places:
                after = made.copy()
                after.fix(made.component.places[name], value)
            boxes.append(after)
        return self._replace(boxes=tuple(boxes))


def counts_of(statements: Statements, taking: Sequence[Posted]) -> Iterator[Count]:
    """Yield what the laws of whole counts say of figures, groups before their shares and means.

    Only laws over figures and numbers are looked at, not over what is computed from them.
    """
    known = {**statements.allowed, **statements.amounts}
    for posted in taking:
        ways = tests(posted.stated, known) if posted.stated.operator in COUNTED else []
        for law in [each for each in ways if isinstance(each, UnderLaw)][:1]:
            groups: list[tuple[str, Fraction]] = []
            values: list[tuple[str, Fraction]] = []
            number = Fraction(1)
            for role, index, by in law.given:
                step = law.steps.steps[index]
                if step.kind == "name":
                    (groups if role in GROUPS else values).append((step.value, by))
                elif step.kind == "number" and role in GROUPS:
                    number *= step.value * by
            if groups or number != 1:
                yield from (Count(name, by) for name, by in groups)
                yield from (Count(name, by * number, tuple(groups)) for name, by in values)


def counted(
    held: Held,
    counts: Sequence[Count],
    order: Callable[[range], Iterable[int]],
    left: Iterator[int] | None = None,
) -> Iterator[Held]:
    """Yield the bounds that are left with whole counts chosen, one after the other.

    No more is tried than `left` has items.
    """
    if not counts:
        yield held
        return
    left = iter(range(MOST_TRIED)) if left is None else left
    first, *others = counts
    scale = first.factor
    for name, by in first.of:
        scale *= Fraction(held.ends(name)[0] or 0) * by
    wholes = first.wholes(held.ends(first.name), scale)
    for whole, _ in zip(order(wholes) if wholes else (), left, strict=False):
        with suppress(Empty):
            yield from counted(held.fixed(first.name, lean(whole / scale)), others, order, left)


def from_the_middle(wholes: range) -> Iterator[int]:
    """Yield whole numbers, those in the middle first."""
    middle = (len(wholes) - 1) // 2
    for away in range(len(wholes)):
        yield wholes[middle + (away + 1) // 2 * (1 if away % 2 else -1)]
