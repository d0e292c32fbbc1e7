"""FC4: may figures be put side by side?"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from figurecheck.finding import BORDERLINE, BROKEN, HOLDS, UNTESTABLE
from figurecheck.rule import Verdict, at, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from figurecheck.figures import Figure, Subject
    from figurecheck.formula import Formula
    from figurecheck.register import Register
    from figurecheck.relation import Relation


class Term(NamedTuple):
    """A figure that a statement adds, subtracts or compares: its sign, and what it is of."""

    sign: int
    figure: Figure
    subject: Subject


def _formulas(register: Register) -> Iterator[tuple[Relation, Formula]]:
    for relation in register.relations:
        if relation.statement is not None:
            yield relation, relation.statement.difference


def sums(formula: Formula, register: Register) -> Iterator[list[Term]]:
    """Give the figures that stand in one sum or equation, for each sum of a formula."""
    inner = {
        place
        for step in formula.steps
        if step.kind in {"+", "-", "neg"}
        for place in (step.left, step.right)
    }
    for index, step in enumerate(formula.steps):
        if step.kind in {"+", "-"} and index not in inner:
            yield list(_terms(formula, index, register))


def _terms(formula: Formula, index: int, register: Register) -> Iterator[Term]:
    waiting = [(index, 1)]
    while waiting:
        place, sign = waiting.pop()
        kind, left, right, value, _ = formula.steps[place]
        if kind in {"+", "-"}:
            waiting += [(right, -sign if kind == "-" else sign), (left, sign)]
        elif kind == "neg":
            waiting.append((left, -sign))
        elif kind == "name" and value in register.figures:
            yield Term(sign, register[value], register.subjects[value])


def _equations(register: Register) -> Iterator[tuple[Relation, list[Term]]]:
    """Yield the sums of every relation that adds things up; an order or a change compares them."""
    for relation, formula in _formulas(register):
        stated = relation.statement
        if stated is not None and stated.operator in {"==", "="} and "change" not in stated.calls:
            for terms in sums(formula, register):
                if len(terms) > 1:
                    yield relation, terms


def _products(register: Register) -> Iterator[tuple[Relation, list[Term]]]:
    """Yield the figures of different concepts that a relation multiplies or divides.

    What a share is multiplied by is the matter of FC401.
    """
    for relation, formula in _formulas(register):
        for kind, left, right, *_ in formula.steps:
            if kind in {"*", "/"}:
                figures = [
                    register[name]
                    for place in (left, right)
                    for name in formula.part(place).names
                    if name in register and not register[name].share
                ]
                terms = [Term(1, each, register.subjects[each.id]) for each in figures]
                if len(_stated(terms, "concept")) > 1:
                    yield relation, terms


def _differing(
    relation: Relation, terms: Sequence[Term], column: str, *, differ: bool
) -> Iterator[Verdict]:
    """Yield the verdict on one column of a sum: they differ, or not, or nobody says."""
    said = [(each.figure.id, str(getattr(each.subject, column) or "")) for each in terms]
    silent = [name for name, text in said if not text]
    names = tuple(name for name, _ in said)
    if differ:
        proof = "; ".join(f"{name} {text}" for name, text in said if text)
        yield at(relation, BORDERLINE, names, proof=proof, relation=True)
    elif silent:
        reason = f"no {column} is stated for {', '.join(silent[:5])}"
        yield at(relation, UNTESTABLE, names, reason=reason, relation=True)
    else:
        yield at(relation, HOLDS, names, relation=True)


def _stated(terms: Sequence[Term], column: str) -> set[object]:
    return {each for term in terms if (each := getattr(term.subject, column))}


@rule("FC401", "applies {share}, a share of {base}, to {other}, which is of {concept}")
def share_of_another_base(register: Register) -> Iterator[Verdict]:
    """A share is multiplied by what it is a share of.

    Shares of one base do not multiply: 71 % women and one in four children do not make girls.

    Okay:
        id,reported,unit,concept,base,source
        all,27.6 million,person,slavery/labour,,s
        women,43 %,percent,slavery/labour/women,slavery/labour,s
        relations:
        id,statement
        derived,derived = women * all
    FC401:
        id,reported,unit,concept,base,source
        all,27.6 million,person,slavery/labour,,s
        women,71 %,percent,slavery/women,slavery,s
        relations:
        id,statement
        derived,derived = women * all
    """
    for relation, formula in _formulas(register):
        for factors in _products_of(formula, register):
            above = [each for sign, each in factors if sign > 0]
            unfit = []
            for sign, share in factors:
                others = [each for each in above if each is not share]
                others = [each for each in others if each.counted or (each.share and sign > 0)]
                if share.proportion and others:
                    part_of = sign < 0
                    found = [
                        _based(relation, share, each, register, part_of=part_of) for each in others
                    ]
                    unfit += [found[0]] if all(each.outcome != HOLDS for each in found) else []
            chain = all(each.proportion for _, each in factors)
            if len(unfit) > chain:
                yield unfit[0]
            elif any(each.proportion for _, each in factors) and len(factors) > 1:
                yield at(relation, HOLDS, relation=True)


def _products_of(formula: Formula, register: Register) -> Iterator[list[tuple[int, Figure]]]:
    """Give the figures of each product of a formula, 1 with those above the line, -1 below.

    What a share leaves, `1 - share`, is a share of the same base.
    """
    steps = formula.steps
    inner = {
        place for each in steps if each.kind in {"*", "/"} for place in (each.left, each.right)
    }
    for index, step in enumerate(steps):
        if step.kind not in {"*", "/"} or index in inner:
            continue
        waiting, factors = [(index, 1)], []
        while waiting:
            place, sign = waiting.pop()
            kind, left, right, value, _ = steps[place]
            if kind in {"*", "/"}:
                waiting += [(right, -sign if kind == "/" else sign), (left, sign)]
            elif kind == "-" and steps[left].value == 1:
                waiting.append((right, sign))
            elif kind == "name" and value in register.figures:
                factors.append((sign, register[value]))
        yield factors


def _based(
    relation: Relation, share: Figure, other: Figure, register: Register, *, part_of: bool
) -> Verdict:
    """Give whether the other is the base of the share or, below the line, the part that it is."""
    own, theirs = register.subjects[share.id], register.subjects[other.id]
    names = (share.id, other.id)
    if not share.base or not theirs.concept:
        silent = f"base is stated for {share.id}" if theirs.concept else f"concept for {other.id}"
        return at(relation, UNTESTABLE, names, reason=f"no {silent}", relation=True)
    same = (share.base == other.id and not part_of) or (
        theirs.concept == (own.concept if part_of else own.base)
        and all(
            mine == yours or not mine or not yours
            for mine, yours in ((own.place, theirs.place), (own.period, theirs.period))
        )
    )
    listed = (
        f"{share.id}: {share.reported} of {_of(own, own.base)}; "
        f"{other.id}: {other.reported}, {_of(theirs, theirs.concept)}"
    )
    fields = {"share": share.id, "base": own.base, "other": other.id, "concept": theirs.concept}
    outcome = HOLDS if same else BORDERLINE
    return at(relation, outcome, names, fields=fields, proof=listed, relation=True)


def _of(own: Subject, concept: str) -> str:
    return ", ".join(str(each) for each in (concept, own.place, own.period) if each)


@rule("FC402", "puts figures of different periods side by side")
def one_period(register: Register) -> Iterator[Verdict]:
    """What is added up, or divided by another thing, is of one period.

    Figures of one concept and place may be added over periods that do not overlap; a change, ratio
    or order of one concept over periods is what it is for.

    Okay:
        id,reported,unit,concept,place,period,source
        all,9,event,fires,ITA,2021/2022,s
        a,4,event,fires,ITA,2021,s
        b,5,event,fires,ITA,2022,s
        relations:
        id,statement
        both,all == a + b
    FC402:
        id,reported,unit,concept,place,period,source
        all,9,event,fires,ITA,2022,s
        a,4,event,fires/forest,ITA,2021,s
        b,5,event,fires/houses,ITA,2022,s
        relations:
        id,statement
        both,all == a + b
    """
    for relation, terms in _equations(register):
        series = all(len(_stated(terms, column)) <= 1 for column in ("concept", "place", "base"))
        differ = len(_stated(terms, "period")) > 1 and not (series and _one_after_another(terms))
        yield from _differing(relation, terms, "period", differ=differ)
    for relation, terms in _products(register):
        differ = len(_stated(terms, "period")) > 1
        yield from _differing(relation, terms, "period", differ=differ)


def _one_after_another(terms: Sequence[Term]) -> bool:
    """Tell whether what stands on the longer side of a sum is of periods that do not overlap."""
    added = [each for each in terms if each.sign > 0]
    longer = max(added, [each for each in terms if each.sign < 0], key=len)
    periods = [each.subject.period for each in longer if each.subject.period]
    spans = sorted(periods, key=lambda each: each.first)
    return all(one.precedes(other) for one, other in pairwise(spans))


@rule("FC403", "puts figures of different places side by side")
def one_place(register: Register) -> Iterator[Verdict]:
    """What is added up, or divided by another thing, is of one place.

    A sum of one concept over places is what it is for.

    Okay:
        id,reported,unit,concept,place,source
        all,9,person,slavery,M49:001,s
        a,4,person,slavery,ITA,s
        b,5,person,slavery,FRA,s
        relations:
        id,statement
        both,all == a + b
    FC403:
        id,reported,unit,concept,place,source
        all,9,person,slavery,ITA,s
        a,4,person,slavery/men,ITA,s
        b,5,person,slavery/women,FRA,s
        relations:
        id,statement
        both,all == a + b
    """
    for relation, terms in _equations(register):
        differ = len(_stated(terms, "place")) > 1 and len(_stated(terms, "concept")) > 1
        yield from _differing(relation, terms, "place", differ=differ)
    for relation, terms in _products(register):
        differ = len(_stated(terms, "place")) > 1
        yield from _differing(relation, terms, "place", differ=differ)


@rule("FC404", "{does} figures of different concepts and does not say what that is a number of")
def one_concept(register: Register) -> Iterator[Verdict]:
    """A sum is of one top concept, and a quotient of different ones says what it is a number of.

    The relation's `concept` says it; in a check the figure that it is held against does.

    Okay:
        id,reported,unit,concept,source
        a,150,USD,smuggling_revenue,s
        b,30,person,arrivals,s
        relations:
        id,statement,concept
        each,each = a / b,revenue_per_arrival
    FC404:
        id,reported,unit,concept,source
        a,150,USD,smuggling_revenue,s
        b,30,person,arrivals,s
        relations:
        id,statement,concept
        each,each = a / b,
    """
    from figurecheck.derivation import strange_quotients

    for relation, terms in _equations(register):
        tops = {each.subject.concept.partition("/")[0] for each in terms if each.subject.concept}
        strange = len(tops) > 1 and not relation.concept and not _held_against(relation, register)
        fields = {"does": "adds or compares"}
        names = tuple(each.figure.id for each in terms)
        listed = "; ".join(f"{each.figure.id} {each.subject.concept}" for each in terms)
        outcome = BORDERLINE if strange else HOLDS
        yield at(relation, outcome, names, fields=fields, proof=listed, relation=True)
    for relation, formula in _formulas(register):
        for dividend, divisor in strange_quotients(formula, register):
            said = relation.concept or _held_against(relation, register)
            listed = f"{dividend.id} {dividend.concept}; {divisor.id} {divisor.concept}"
            yield at(
                relation,
                HOLDS if said else BROKEN,
                (dividend.id, divisor.id),
                fields={"does": "divides"},
                proof=listed,
                relation=True,
            )


def _held_against(relation: Relation, register: Register) -> str:
    """Give the concept of the one figure that a formula is held against, or nothing."""
    stated = relation.statement
    sides = (stated.left, stated.right) if stated is not None else ()
    single = [side.names for side in sides if side is not None and len(side.steps) == 1]
    names = [name for alone in single for name in alone if name in register]
    return register[names[0]].concept if len(single) == len(names) == 1 else ""


@rule("FC405", "sets unlike units side by side: {units}")
def like_units(register: Register) -> Iterator[Verdict]:
    """What is added or compared is of one dimension, in one currency and price year.

    Okay:
        id,reported,unit,source
        a,5 km,km,s
        b,5000 m,metre,s
        relations:
        id,statement
        same,a == b
    FC405:
        id,reported,unit,source
        a,5,person,s
        b,5,USD,s
        relations:
        id,statement
        same,a == b
    """
    from figurecheck.relation import UnlikeUnits, WholeUnstated, measures, tests

    for relation, formula in _formulas(register):
        stated = relation.statement
        amounts = {
            name: each for name in formula.names if (each := register.amounts.get(name)) is not None
        }
        if len(amounts) < len(formula.names):
            continue
        try:
            measures(formula, amounts)
            _ = tests(stated, amounts) if stated is not None and stated.arguments else ()
        except WholeUnstated as unstated:
            yield at(relation, UNTESTABLE, formula.names, reason=str(unstated), relation=True)
        except UnlikeUnits as unlike:
            yield at(relation, BROKEN, formula.names, fields={"units": str(unlike)}, relation=True)
        else:
            yield at(relation, HOLDS, formula.names, relation=True)


@rule("FC406", "adds {part} to {whole}, of which it is a part")
def counted_once(register: Register) -> Iterator[Verdict]:
    """A part is not added to its own whole.

    Okay:
        id,reported,unit,concept,source
        all,9,person,slavery,s
        a,4,person,slavery/men,s
        b,5,person,slavery/women,s
        relations:
        id,statement
        both,all == a + b
    FC406:
        id,reported,unit,concept,source
        all,12,person,slavery,s
        a,9,person,slavery/labour,s
        b,3,person,slavery/labour/children,s
        relations:
        id,statement
        both,all == a + b
    """
    for relation in register.relations:
        stated = relation.statement
        for side in filter(None, (stated.left, stated.right) if stated else ()):
            for terms in sums(side, register):
                twice = list(_twice([each for each in terms if each.sign > 0]))
                for part, whole in twice:
                    fields = {"part": part, "whole": whole}
                    yield at(relation, BORDERLINE, (part, whole), fields=fields, relation=True)
                if not twice:
                    yield at(relation, HOLDS, relation=True)


def _twice(added: Sequence[Term]) -> Iterator[tuple[str, str]]:
    """Give each figure that is added to another of which it is a part of the concept."""
    wholes = {each.subject: each.figure.id for each in added}
    for each in added:
        steps = each.subject.concept.split("/")
        for length in range(1, len(steps)):
            whole = each.subject._replace(concept="/".join(steps[:length]))
            if whole in wholes:
                yield each.figure.id, wholes[whole]


@rule("FC407", "adds shares of different bases")
def one_base(register: Register) -> Iterator[Verdict]:
    """Shares that are added or compared are of one base.

    Okay:
        id,reported,unit,concept,base,source
        all,61 %,percent,victims/female,victims,s
        a,39 %,percent,victims/women,victims,s
        b,22 %,percent,victims/girls,victims,s
        relations:
        id,statement
        both,all == a + b
    FC407:
        id,reported,unit,concept,base,source
        all,63 %,percent,poor,population,s
        a,43 %,percent,poor/children,children,s
        b,20 %,percent,poor/adults,adults,s
        relations:
        id,statement
        both,all == a + b
    """
    for relation, terms in _equations(register):
        shares = [each for each in terms if each.figure.share]
        if len(shares) > 1:
            differ = len(_stated(shares, "base")) > 1
            yield from _differing(relation, shares, "base", differ=differ)
