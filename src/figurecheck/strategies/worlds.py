"""Worlds: values for everything in a register at once that every text and relation allows."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from figurecheck import joint
from figurecheck.network import NARROW, ends_of, taking_part
from figurecheck.propagation import Empty, box
from figurecheck.solve import solution
from figurecheck.strategies.counts import Held, counted, counts_of, from_the_middle
from figurecheck.world import between, middle, within, witness, world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from figurecheck.figures import Figure
    from figurecheck.network import Statements
    from figurecheck.propagation import Box
    from figurecheck.system import Ends, Number

    World = dict[str, Fraction]

STEPS = 1_000
"""In so many steps the way from one end of a figure to the other is drawn."""

MOST_SETS, FEW = 50, 3
"""So many sets of whole counts are tried for a world that is known; and each beside a drawn one."""


class NoWorld(ValueError):
    """A register of which no values are known that satisfy everything, with the reason."""


def worlds(
    register: Mapping[str, Figure],
    *,
    width: str = NARROW,
    waivers: bool = True,
    today: date | None = None,
) -> st.SearchStrategy[World]:
    """Draw values, in the unit of each, for all figures and derived quantities of a register.

    They satisfy every text, as printed or at the widest ("narrow", "wide"), and every relation,
    declared and implied, exactly; figures and relations with a waived finding of family FC3 are
    left out. Shares and means that a law (`partition`, `possible_share`, `possible_mean`) says are
    of n are whole counts of it. Nothing is drawn in vain: where the relations form a tree
    every choice leads to a world, and elsewhere the drawn values go back to one that is known.
    Shrinks to the values printed. Raises NoWorld with the smallest conflict where there is none.
    """
    statements, taking = taking_part(register, waivers=waivers, today=today)
    boxes = []
    for component in statements.components(taking):
        try:
            boxes.append(box(component, statements.texts(component, width)))
        except Empty:
            raise NoWorld(_reason(register, waivers=waivers, today=today)) from None
    tied = {name for made in boxes for name in made.component.places}
    free = {
        name: ends_of(getattr(statements.amounts.get(name, allowed), width))
        for name, allowed in statements.allowed.items()
        if name not in tied
    }
    held, counts = Held(tuple(boxes), free), list(counts_of(statements, taking))
    tried = islice(counted(held, counts, from_the_middle), MOST_SETS)
    known = next(filter(None, (_met(statements, each) for each in tried)), None)
    if known is None:
        raise NoWorld(_reason(register, waivers=waivers, today=today))

    @st.composite
    def drawn(draw: st.DrawFn) -> World:
        def order(wholes: range) -> Iterator[int]:
            yield wholes[draw(st.integers(0, len(wholes) - 1))]
            yield from islice(from_the_middle(wholes), FEW)

        chosen = next(counted(held, counts, order), held)
        found = [world(made, _choices(draw, made, statements)) for made in chosen.boxes]
        values = dict(known)
        if not counts or (chosen is not held and None not in found):
            for made, one in zip(chosen.boxes, found, strict=True):
                places = made.component.places.items()
                values |= {name: Fraction(one[at]) for name, at in places if one is not None}
            for name, ends in chosen.free.items():
                whole = name in statements.counts
                preferred = _printed(statements, name)
                value = _drawn(draw, *within(ends), preferred, whole=whole)
                values[name] = Fraction(value)
        return {name: each / _factor(statements, name) for name, each in values.items()}

    return drawn()


def _met(statements: Statements, held: Held) -> World | None:
    """Give values for everything that is held, if such are met."""
    half = Fraction(1, 2)
    values = {
        name: Fraction(between(*within(ends), half, whole=name in statements.counts))
        for name, ends in held.free.items()
    }
    for made in held.boxes:
        found = witness(made, made.ends, linear=joint.available())
        if found is None:
            return None
        values |= {name: Fraction(found[1][at]) for name, at in made.component.places.items()}
    return values


def _reason(register: Mapping[str, Figure], *, waivers: bool, today: date | None) -> str:
    """Give the smallest conflict of a register in words, or what could not be decided."""
    found = solution(register, waivers=waivers, today=today)
    smallest = min(found.conflicts, key=lambda each: len(each.ids), default=None)
    if smallest is not None:
        return f"{', '.join(smallest.ids)} cannot all be right: {smallest.words}"
    return next(iter(found.undecided.values()), "no values for everything are known")


def _choices(
    draw: st.DrawFn, made: Box, statements: Statements
) -> Callable[[int, Ends], Iterator[Number]]:
    """Give the values to try for a variable: a drawn one, then those in the middle."""
    component = made.component

    def choose(place: int, ends: Ends) -> Iterator[Number]:
        low, high = within(ends)
        whole = component.whole[place]
        preferred = _printed(statements, component.names[place])
        value = _drawn(draw, low, high, preferred, whole=whole)
        if value or place not in component.divisors:
            yield value
        yield from middle(component)(place, ends)

    return choose


def _drawn(
    draw: st.DrawFn, low: Number, high: Number, preferred: Number | None, *, whole: bool
) -> Number:
    """Draw a value between two ends; the simplest draw is the one printed, where it lies there."""
    step = draw(st.integers(0, STEPS + 1))
    if not step and preferred is not None and low <= preferred <= high:
        return preferred
    share = Fraction(max(step - 1, 0), STEPS)
    return between(low, high, share, whole=whole, grain=STEPS)


def _printed(statements: Statements, name: str) -> Number | None:
    """Give the number that a figure prints, in base units."""
    amount = statements.amounts.get(name)
    value = amount.reading.value if amount is not None and amount.reading is not None else None
    return None if value is None else value * _factor(statements, name)


def _factor(statements: Statements, name: str) -> Fraction:
    amount = statements.known(name)
    return amount.unit.factor if amount is not None and amount.unit is not None else Fraction(1)
