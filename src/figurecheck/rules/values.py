"""FC1: can the figure be what its unit says?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from figurecheck.finding import BORDERLINE, BROKEN, HOLDS
from figurecheck.rule import Verdict, at, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from figurecheck.register import Register


@rule("FC101", "is a share of {base} outside 0-100 %: {text}")
def share_within_its_base(register: Register) -> Iterator[Verdict]:
    """A share of a base lies between nothing and all of it.

    A growth, an excess or an index has no base, and may be anything; a ratio to something of which
    it is no part, as debt to product, may be above 100 %, and is only worth a second look.

    Okay:
        id,reported,unit,concept,base,source
        a,100 %,percent,victims/women,victims,s
    FC101:
        id,reported,unit,concept,base,source
        a,102 %,percent,victims/women,victims,s
    """
    from figurecheck.interval import Interval

    for figure in register.values():
        if figure.share and figure.amount is not None:
            fits = not figure.amount.wide.disjoint(Interval.of(0, 1))
            own = register.subjects[figure.id]
            outcome = HOLDS if fits else BROKEN if own.within else BORDERLINE
            yield at(figure, outcome, fields={"base": figure.base, "text": figure.reported})


@rule("FC102", "is no count of persons, households, events or items: {text} is {what}")
def whole_count(register: Register) -> Iterator[Verdict]:
    """A count of persons, households or events is a whole number and not negative.

    Okay:
        id,reported,unit,source
        a,2.5 million,person,s
    FC102:
        id,reported,unit,source
        a,2.5,person,s
    """
    for figure in register.values():
        if figure.counted and figure.amount is not None:
            wide = figure.amount.wide
            whole = wide.whole is not None
            negative = wide.right.value < 0
            what = "negative" if negative else "no whole number"
            fields = {"text": figure.reported, "what": what}
            yield at(figure, HOLDS if whole and not negative else BROKEN, fields=fields)


@rule("FC103", "begins its range above its end: {text}")
def range_in_order(register: Register) -> Iterator[Verdict]:
    """A range begins with its lower end.

    Okay:
        id,reported,unit,source
        a,between 5 and 10 million,person,s
    FC103:
        id,reported,unit,source
        a,between 10 and 5 million,person,s
    """
    for figure in register.values():
        if figure.unreadable is None:
            low, high = figure.reading.stated
            yield at(figure, HOLDS if low <= high else BROKEN, fields={"text": figure.reported})


@rule("FC104", "is stated in {stated}, and its unit is {unit}: {text}")
def unit_as_stated(register: Register) -> Iterator[Verdict]:
    """The unit that the text names is that of the figure.

    A text may leave out what it is per, and counts of persons, households and events go by many
    names; money, shares, counts and measures are never one another.

    Okay:
        id,reported,unit,source
        a,"$9,995",USD/person/year,s
    FC104:
        id,reported,unit,source
        a,5 million people,USD,s
    """
    from figurecheck.figures import named_unit

    for figure in register.values():
        stated = named_unit(figure.reading) if figure.unreadable is None else None
        if stated is None or figure.measured_in is None:
            continue
        fits = stated.spoken_for(figure.measured_in)
        fields = {"stated": stated.name, "unit": figure.unit, "text": figure.reported}
        yield at(figure, HOLDS if fits else BROKEN, fields=fields)
