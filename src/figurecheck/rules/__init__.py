"""Every rule, by family: a module a family, one function a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figurecheck.finding import SEVERITIES
from figurecheck.rule import Rule
from figurecheck.rules import beside, entries, evidence, stated, together, values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    select, ignore, extend = (
        (each,) if isinstance(each, str) else each for each in (select, ignore, extend)
    )
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


def asked(
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    *,
    extend: Sequence[str] = (),
    severities: Mapping[str, str] | None = None,
    among: Sequence[Rule] = RULES,
    of_documents: bool = False,
) -> tuple[Rule, ...]:
    """Give those of the selected rules that a register is held against, or a document.

    Raises UnknownRule where something is selected and none of it is of that kind, and where no rule
    has a code of `severities`, or no finding a severity of it.
    """
    chosen = selected(select, ignore, extend=extend, among=among)
    selected(tuple(severities or ()), among=among)
    for code, severity in (severities or {}).items():
        if severity not in SEVERITIES:
            message = f"severity '{severity}' of {code}, wanted one of {', '.join(SEVERITIES)}"
            raise UnknownRule(message)
    found = tuple(each for each in chosen if each.of_documents == of_documents)
    if chosen and not found:
        kind = "documents, as FC5 is" if of_documents else "registers, as FC0 to FC4 are"
        message = f"nothing that is selected is a rule of {kind}"
        raise UnknownRule(message)
    return found
