"""Worlds: values for everything in a register at once that every text and relation allows."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from figurecheck import joint
from figurecheck.network import NARROW, taking_part
from figurecheck.propagation import Empty, box
from figurecheck.solve import solution
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
    left out. Laws of whole counts (partition, possible shares and means) are held to no more than
    their sums. Nothing is drawn in vain: where the relations form a tree every choice leads to a
    world, and elsewhere the drawn values go back to one that is known. Shrinks to the values
    printed. Raises NoWorld with the smallest conflict where there is none.
    """
    statements, taking = taking_part(register, waivers=waivers, today=today)
    known = []
    for component in statements.components(taking):
        texts = statements.texts(component, width)
        try:
            made = box(component, texts)
        except Empty:
            raise NoWorld(_reason(register, waivers=waivers, today=today)) from None
        found = witness(made, texts, linear=joint.available())
        if found is None:
            raise NoWorld(_reason(register, waivers=waivers, today=today))
        known.append(found)
    tied = {name for made, _ in known for name in made.component.places}
    free = {
        name: getattr(statements.amounts.get(name, allowed), width)
        for name, allowed in statements.allowed.items()
        if name not in tied
    }

    @st.composite
    def drawn(draw: st.DrawFn) -> World:
        values: World = {}
        for made, fallback in known:
            found = world(made, _choices(draw, made, statements)) or fallback
            for name, place in made.component.places.items():
                values[name] = Fraction(found[place])
        for name, interval in free.items():
            low, high = within((interval.lower, interval.upper))
            whole = name in statements.counts
            values[name] = Fraction(
                _drawn(draw, low, high, _printed(statements, name), whole=whole)
            )
        return {name: each / _factor(statements, name) for name, each in values.items()}

    return drawn()


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
