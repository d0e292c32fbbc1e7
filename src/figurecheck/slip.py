"""The slips by which the number of a figure becomes another: of unit, sign, size or digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figurecheck.derivation import Derived
from figurecheck.diagnosis import misprints, same_digits, scales
from figurecheck.figures import POINTS, SHARE_UNITS, Figure
from figurecheck.interval import Interval
from figurecheck.topic import PAIR, in_its_dollars

if TYPE_CHECKING:
    from figurecheck.context import Context
    from figurecheck.topic import Fact, Printed
    from figurecheck.units import Unit


def unit_slip(fact: Fact, own: Printed) -> str:
    """Say in which other unit the same number would be that of a figure, "" where it is not so."""
    spoken, mine = own.spoken, fact.amount.unit
    if spoken is None or mine is None or spoken.name == mine.name:
        return ""
    other = not spoken.spoken_for(mine) or not in_its_dollars(own.figure.reported, mine)
    money = spoken.currency and mine.currency and other
    measured = spoken.alike(mine) and not (spoken.dimensionless or spoken.counted or money)
    shares = fact.share and (spoken.rate or spoken.name in SHARE_UNITS - {"fraction"} | POINTS)
    meant, _ = fact.amount.printed
    exact = not isinstance(fact.of, Figure) or own.alone.stated == fact.of.reading.stated
    if not (money or shares or measured) or not exact or own.alone.narrow.disjoint(meant):
        return ""
    return f"fits if {_said(spoken)} were {_said(mine)}"


def _said(unit: Unit) -> str:
    names = {"percent": "per cent", "percentage_point": "percentage points"}
    if unit.currency:
        return unit.currency
    return names.get(unit.name, unit.name.replace("_", " "))


def turned(fact: Fact, own: Printed, context: Context) -> bool:
    """Tell whether a number is that of a change the other way: a fall told as a rise."""
    told = fact.change and context.moved and context.change and fact.way
    return bool(told and fact.way != context.change and own.may_be()) and meets_but_for_sign(
        fact, own
    )


def meets_but_for_sign(fact: Fact, own: Printed) -> bool:
    narrow = fact.amount.narrow
    return not (own.amount.narrow.disjoint(narrow) and own.amount.narrow.disjoint(-narrow))


def relative(fact: Fact, own: Printed) -> bool:
    """Tell whether a number is what a difference is of one of the two that it is between."""
    inputs = list(fact.of.inputs.values()) if isinstance(fact.of, Derived) else []
    amounts = [each.amount for each in inputs if each.amount and 0 not in each.amount.narrow]
    if len(amounts) != len(inputs) or len(inputs) != PAIR:
        return False
    one, other = (each.narrow for each in amounts)
    told = (
        own.alone.wide / Interval.point(100)
        if own.spoken and own.spoken.name == "percent"
        else own.alone.wide
    )
    ratios = (one / other - Interval.point(1), other / one - Interval.point(1))
    return any(not (each.disjoint(told) and each.disjoint(-told)) for each in ratios)


def misprinted(fact: Fact, own: Printed) -> list[str]:
    found = misprints(own.figure.reported, own.amount, fact.text, fact.amount.narrow)
    return [each for each in found if possible(each, own)]


def possible(slip: str, own: Printed) -> bool:
    """Tell whether a slip may be one: of another size may be what is told for another unit."""
    said = own.spoken is not None and own.spoken.alike(own.unit)
    return said or not (own.unit.compound and "times" in slip)


def rescaled(fact: Fact, own: Printed) -> bool:
    """Tell whether a number has the digits of a figure and another scale word or unit of shares."""
    text = own.figure.reported
    named = {f"fits if {words}" for words in scales(text)}
    return same_digits(text, fact.text) and not named.isdisjoint(misprinted(fact, own))
