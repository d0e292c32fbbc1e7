"""FC3: can figures side by side be true together?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from figurecheck.finding import BORDERLINE, BROKEN, WARNING
from figurecheck.rule import Verdict, at, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from figurecheck.figures import Figure
    from figurecheck.formula import Statement
    from figurecheck.register import Register
    from figurecheck.relation import Judgement, Relation


def _verdict(owner: Figure | Relation, judged: Judgement, **more: Any) -> Verdict:
    """Give a judgement as a verdict; its proof line only where somebody will read it."""
    shown = judged.outcome in {BROKEN, BORDERLINE}
    return at(
        owner,
        judged.outcome,
        proof=judged.proof if shown else "",
        reason=judged.reason,
        stretched=judged.outcome == BORDERLINE,
        **more,
    )


def _implied(
    register: Register, judged: Judgement, figures: Sequence[Figure], **fields: str
) -> Verdict:
    """Give the verdict on an implied relation, said of the first of its figures."""
    broken, shown = judged.outcome == BROKEN, judged.outcome in {BROKEN, BORDERLINE}
    return _verdict(
        figures[0],
        judged,
        related=tuple(each.id for each in figures[1:]),
        fields=fields,
        severity=_between_sources(register, figures) if broken else "",
        diagnosis=_diagnosis(register, figures[0]) if shown else "",
    )


def _diagnosis(register: Register, figure: Figure) -> str:
    from figurecheck.diagnosis import neighbours

    own = register.subjects[figure.id]
    return neighbours(figure, own, register.kin)


def _between_sources(register: Register, figures: Sequence[Figure]) -> str:
    """Give the severity where first-hand figures of several sources or editions disagree.

    A figure that repeats another is no witness of its own, and has no such excuse. Another status
    makes another edition only of one and the same thing.
    """
    one_thing = len({register.subjects[figure.id] for figure in figures}) == 1
    sources = {(figure.source_key, one_thing and figure.status) for figure in figures}
    first_hand = not any(figure.repeats for figure in figures)
    return WARNING if first_hand and len(sources) > 1 else ""


@rule("FC301", "does not fit {other}, a figure of the same thing")
def same_thing(register: Register) -> Iterator[Verdict]:
    """Figures of the same concept, base, place, period and dimension agree.

    A group of figures is judged once, by its extremes: intervals that meet pairwise have a value in
    common (Helly 1923). First-hand figures of different sources that disagree are a warning.

    Okay:
        id,reported,unit,concept,place,period,source
        a,1.2 million,person,slavery,ITA,2021,s
        b,"1,150,000",person,slavery,ITA,2021,s
    FC301:
        id,reported,unit,concept,place,period,source
        a,1.2 million,person,slavery,ITA,2021,s
        b,"1,140,000",person,slavery,ITA,2021,s
    """
    from figurecheck.relation import compared

    for group in register.witnesses.groups.values():
        if len(group) > 1:
            judged = compared("==", group, group)
            named = [register[name] for name in judged.statement.names]
            named.sort(key=lambda each: (not each.repeats, each.line))
            yield _implied(register, judged, named, other=named[-1].id)


@rule("FC302", "is greater than its whole, {whole}")
def part_and_whole(register: Register) -> Iterator[Verdict]:
    """A part is not greater than its whole.

    For counts a part of the concept or of the place, for counted events also of the period; for
    shares a part of the concept, where both are of the very same base.

    Okay:
        id,reported,unit,concept,place,period,source
        all,2.4 million,person,slavery,ITA,2021,s
        children,"2,440,000",person,slavery/children,ITA,2021,s
    FC302:
        id,reported,unit,concept,place,period,source
        all,2.4 million,person,slavery,ITA,2021,s
        children,"2,460,000",person,slavery/children,ITA,2021,s
    """
    from figurecheck.relation import compared, parts

    for smaller, greater in parts(register.witnesses.groups):
        judged = compared("<=", smaller, greater)
        named = [register[name] for name in judged.statement.names]
        yield _implied(register, judged, named, whole=named[-1].id)


@rule("FC303", "does not fit as the share that {part} is of {whole}")
def share_of_a_base(register: Register) -> Iterator[Verdict]:
    """A share times its base is the part, for counts.

    Implied where share, part and base are of one place and period. A rate, a mean or a growth
    implies nothing.

    Okay:
        id,reported,unit,concept,base,place,period,source
        all,27.6 million,person,slavery,,ITA,2021,s
        women,11.8 million,person,slavery/women,,ITA,2021,s
        share,43 %,percent,slavery/women,slavery,ITA,2021,s
    FC303:
        id,reported,unit,concept,base,place,period,source
        all,27.6 million,person,slavery,,ITA,2021,s
        women,11.8 million,person,slavery/women,,ITA,2021,s
        share,71 %,percent,slavery/women,slavery,ITA,2021,s
    """
    from figurecheck.formula import statement
    from figurecheck.relation import judgement, shares

    for share, whole, part in shares(register.witnesses.groups, register):
        named = [share, whole, part]
        judged = judgement(
            statement(f"{share.id} * {whole.id} == {part.id}"),
            {each.id: each.amount for each in named},
        )
        yield _implied(register, judged, named, part=part.id, whole=whole.id)


_CALLS = ("share", "rate", "change")


def _kind(stated: Statement) -> str:
    """Say what a declared check is of: an order, a named formula, a sum, or else an equation."""
    if stated.operator != "==":
        return "order"
    named = next((call for call in _CALLS if call in stated.calls), "")
    sums = all(step.kind in {"name", "number", "+", "-"} for step in stated.difference.steps)
    return named or ("sum" if sums else "equation")


def _declared(register: Register, kind: str) -> Iterator[Verdict]:
    """Yield the verdicts on the declared checks of a kind; unlike units are the matter of FC405."""
    from figurecheck.relation import judgement

    for relation in register.relations:
        if not relation.check or relation.statement is None or _kind(relation.statement) != kind:
            continue
        judged = judgement(relation.statement, register.amounts)
        if not judged.unlike:
            yield _verdict(relation, judged, related=relation.statement.names, relation=True)


@rule("FC304", "does not add up")
def declared_sum(register: Register) -> Iterator[Verdict]:
    """A total is the sum of its parts.

    Rounded parts need not print to a rounded total; they need values that do.

    Okay:
        id,reported,unit,source
        all,27.6 million,person,s
        a,17.3 million,person,s
        b,6.3 million,person,s
        c,3.9 million,person,s
        relations:
        id,statement
        forms,all == a + b + c
    FC304:
        id,reported,unit,source
        all,27.8 million,person,s
        a,17.3 million,person,s
        b,6.3 million,person,s
        c,3.9 million,person,s
        relations:
        id,statement
        forms,all == a + b + c
    """
    yield from _declared(register, "sum")


@rule("FC305", "does not hold")
def declared_order(register: Register) -> Iterator[Verdict]:
    """What is declared to be more, less, at most or at least is so.

    Okay:
        id,reported,unit,source
        a,1.2 million,person,s
        b,"1,150,000",person,s
        relations:
        id,statement
        order,a <= b
    FC305:
        id,reported,unit,source
        a,1.2 million,person,s
        b,"1,140,000",person,s
        relations:
        id,statement
        order,a <= b
    """
    yield from _declared(register, "order")


@rule("FC306", "does not hold as a rate")
def declared_rate(register: Register) -> Iterator[Verdict]:
    """A rate is the events divided by what was exposed to them.

    Okay:
        id,reported,unit,source
        cases,27.6 million,person,s
        people,"7,920,514,854",person,s
        each,"3.5 per 1,000",per_1000,s
        relations:
        id,statement
        prevalence,"each == rate(events=cases, exposure=people)"
    FC306:
        id,reported,unit,source
        cases,27.6 million,person,s
        people,"7,920,514,854",person,s
        each,"3.6 per 1,000",per_1000,s
        relations:
        id,statement
        prevalence,"each == rate(events=cases, exposure=people)"
    """
    yield from _declared(register, "rate")


@rule("FC307", "does not hold as a change")
def declared_change(register: Register) -> Iterator[Verdict]:
    """A relative change is the difference of new and old, divided by the old.

    Okay:
        id,reported,unit,source
        new,"157,652",person,s
        old,"105,129",person,s
        growth,50 %,percent,s
        relations:
        id,statement
        grown,"growth == change(new=new, old=old)"
    FC307:
        id,reported,unit,source
        new,"157,652",person,s
        old,"105,129",person,s
        growth,33.3 %,percent,s
        relations:
        id,statement
        grown,"growth == change(new=new, old=old)"
    """
    yield from _declared(register, "change")


@rule("FC308", "does not hold as a share")
def declared_share(register: Register) -> Iterator[Verdict]:
    """A declared share is the part divided by the whole.

    Okay:
        id,reported,unit,source
        part,18.7 million,person,s
        all,20.9 million,person,s
        each,90 %,percent,s
        relations:
        id,statement
        private,"each == share(part=part, whole=all)"
    FC308:
        id,reported,unit,source
        part,18.7 million,person,s
        all,20.9 million,person,s
        each,91 %,percent,s
        relations:
        id,statement
        private,"each == share(part=part, whole=all)"
    """
    yield from _declared(register, "share")


@rule("FC309", "does not hold")
def declared_equation(register: Register) -> Iterator[Verdict]:
    """Both sides of a declared equation can be one number.

    Okay:
        id,reported,unit,source
        victims,6.3 million,person,s
        each,"US$27,252",USD/person/year,s
        profit,$172.6 billion,USD/year,s
        relations:
        id,statement
        profits,profit == victims * each
    FC309:
        id,reported,unit,source
        victims,6.3 million,person,s
        each,"US$27,252",USD/person/year,s
        profit,$182.6 billion,USD/year,s
        relations:
        id,statement
        profits,profit == victims * each
    """
    yield from _declared(register, "equation")
