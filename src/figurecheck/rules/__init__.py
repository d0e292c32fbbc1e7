"""Every rule, by family: a module a family, one function a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figurecheck.rule import Rule
from figurecheck.rules import beside, entries, evidence, stated, together, values

if TYPE_CHECKING:
    from collections.abc import Sequence

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            each
            for family in (entries, values, evidence, together, beside, stated)
            for each in vars(family).values()
            if isinstance(each, Rule)
        ),
        key=lambda each: each.code,
    )
)


class UnknownRule(ValueError):
    """A code, or the beginning of one, that no rule has."""


def selected(
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    *,
    extend: Sequence[str] = (),
    among: Sequence[Rule] = RULES,
) -> tuple[Rule, ...]:
    """Give the rules by the beginnings of their codes; raises UnknownRule where no rule has one.

    Without `select` all; `extend` adds to it.
    """
    for prefix in (*select, *extend, *ignore):
        if not prefix or not any(each.code.startswith(prefix) for each in among):
            from figurecheck.formula import near

            codes = [each.code for each in among] + sorted({each.family for each in among})
            nearest = near(prefix, codes)
            message = f"no rule '{prefix[:60]}'; 'figurecheck explain' lists them{nearest}"
            raise UnknownRule(message)
    chosen = (*select, *extend) if select else ("",)
    return tuple(
        each
        for each in among
        if each.code.startswith(chosen) and not each.code.startswith(tuple(ignore) or "-")
    )
