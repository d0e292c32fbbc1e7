"""FC3: can figures side by side be true together?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from figurecheck.finding import BORDERLINE, BROKEN, HOLDS, UNTESTABLE, WARNING
from figurecheck.rule import Verdict, at, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from figurecheck.figures import Figure
    from figurecheck.formula import Statement
    from figurecheck.interval import Interval
    from figurecheck.register import Register
    from figurecheck.relation import Judgement, Relation
    from figurecheck.solve import Conflict


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
        diagnosis=_likeliest(register, figures, judged) if shown else "",
    )


def _likeliest(register: Register, figures: Sequence[Figure], judged: Judgement) -> str:
    """Give what would make the first figure fit, else what would make another."""
    first, *others = figures
    found = register.diagnosis(first, judged)
    for other in others if not found else ():
        offered = register.diagnosis(other, judged)
        found = found or f"{other.id} {offered}" * bool(offered)
    return found


def _offers(register: Register, judged: Judgement) -> str:
    """Give what is likeliest to make a declared check hold, for each of its figures."""
    from figurecheck.diagnosis import offers

    found = offers(judged, register, register.subjects, register.kin)
    return "; ".join(f"{name} {each[0]}" for name, each in found.items())


def _apart(conflicts: Sequence[Conflict]) -> Iterator[tuple[Conflict, int]]:
    """Yield conflicts that share no figure, the smallest first, each with how many others do."""
    chosen: list[tuple[Conflict, list[int]]] = []
    for each in conflicts:
        near = next((more for one, more in chosen if set(one.ids) & set(each.ids)), None)
        if near is None:
            chosen.append((each, [0]))
        else:
            near[0] += 1
    yield from ((each, more[0]) for each, more in chosen)


def _slips(register: Register, left: Mapping[str, Interval]) -> Iterator[str]:
    """Yield the likeliest slip of each figure that would fit what the others leave of it."""
    from figurecheck.diagnosis import slips

    for name, interval in left.items():
        amount = register[name].amount if name in register else None
        offered = slips(amount.text, amount, interval) if amount is not None else []
        if offered:
            yield f"{name} {offered[0]}"


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


_CALLS = ("share", "rate", "change", "multiple", "points", "mean", "both")


def _kind(stated: Statement) -> str:
    """Say what a declared check is of: a law, an order, a named formula, a sum, or an equation."""
    if stated.arguments:
        return "order" if stated.rising else stated.operator
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
            related, offered = relation.statement.names, _offers(register, judged)
            yield _verdict(relation, judged, related=related, diagnosis=offered, relation=True)


@rule("FC304", "does not add up")
def declared_sum(register: Register) -> Iterator[Verdict]:
    """A total is the sum of its parts.

    Rounded parts need not print to a rounded total; they need values that do. What the parts leave
    is `rest(whole, part, ...)`.

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
    """What is declared to be more, less, at most or at least is so; also several in a row.

    A later cumulative figure is not smaller, and a mean lies between the lowest and the highest:
    `lowest <= mean <= highest`. Intervals that fit pairwise fit in a row (Helly 1923).

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
    """A rate is the events divided by what was exposed to them (Last 2001).

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

    From 20 % to 25 % is a change of 25 %, and 5 points (FC315).

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


@rule("FC310", "does not hold as a partition: these shares leave nothing out")
def declared_partition(register: Register) -> Iterator[Verdict]:
    """Shares that leave nothing out are whole counts of n that add up to n.

    Share i allows the counts from ceil to floor of its interval times n; there are such counts
    where each share allows one and the least and the most of them enclose n. Without n the shares
    can total 100 %, which rounded shares often do not display (Mosteller, Youtz & Zahn 1967).

    Okay:
        id,reported,unit,source
        n,30,person,s
        a,33 %,percent,s
        b,33 %,percent,s
        c,33 %,percent,s
        relations:
        id,statement
        answers,"partition(n, a, b, c)"
    FC310:
        id,reported,unit,source
        n,30,person,s
        a,34 %,percent,s
        b,33 %,percent,s
        c,33 %,percent,s
        relations:
        id,statement
        answers,"partition(n, a, b, c)"
    """
    yield from _declared(register, "partition")


@rule("FC311", "does not hold as a share of so many")
def declared_possible_share(register: Register) -> Iterator[Verdict]:
    """A share of n, as printed, is some whole count of n.

    The test has power only while n is small for the digits: a percentage without decimals of 100 or
    more fits always, and is untestable (GRIM: Brown & Heathers 2017).

    Okay:
        id,reported,unit,source
        n,24,person,s
        a,71 %,percent,s
        relations:
        id,statement
        whole,"possible_share(a, n=n)"
    FC311:
        id,reported,unit,source
        n,24,person,s
        a,72 %,percent,s
        relations:
        id,statement
        whole,"possible_share(a, n=n)"
    """
    yield from _declared(register, "possible_share")


@rule("FC312", "does not hold as a mean of so many whole numbers")
def declared_possible_mean(register: Register) -> Iterator[Verdict]:
    """A mean of n whole numbers, as printed, has a whole total.

    For scales of several items, `items=` says how many (GRIM: Brown & Heathers 2017). A mean of
    measurements may be anything.

    Okay:
        id,reported,unit,source
        n,28,person,s
        a,5.18,1,s
        relations:
        id,statement
        score,"possible_mean(a, n=n)"
    FC312:
        id,reported,unit,source
        n,28,person,s
        a,5.19,1,s
        relations:
        id,statement
        score,"possible_mean(a, n=n)"
    """
    yield from _declared(register, "possible_mean")


@rule("FC313", "does not fit any base that is named")
def declared_possible_base(register: Register) -> Iterator[Verdict]:
    """Shares whose base nobody stated fit one of the groups that they may be shares of.

    The proof names the groups of which whole counts print to all the shares. The power is that of
    FC311, for each group.

    Okay:
        id,reported,unit,source
        women,17,person,s
        men,26,person,s
        a,35 %,percent,s
        relations:
        id,statement
        base,"possible_base(a, n=women, n=men)"
    FC313:
        id,reported,unit,source
        women,17,person,s
        men,25,person,s
        a,34 %,percent,s
        relations:
        id,statement
        base,"possible_base(a, n=women, n=men)"
    """
    yield from _declared(register, "possible_base")


@rule("FC314", "does not hold as a multiple")
def declared_multiple(register: Register) -> Iterator[Verdict]:
    """A multiple is the new divided by the old: three times as many is a change of 200 %.

    Okay:
        id,reported,unit,source
        new,"157,652",person,s
        old,"105,129",person,s
        times,1.5,1,s
        relations:
        id,statement
        grown,"times == multiple(new=new, old=old)"
    FC314:
        id,reported,unit,source
        new,"157,652",person,s
        old,"105,129",person,s
        times,0.5,1,s
        relations:
        id,statement
        grown,"times == multiple(new=new, old=old)"
    """
    yield from _declared(register, "multiple")


@rule("FC315", "does not hold as a difference in points")
def declared_points(register: Register) -> Iterator[Verdict]:
    """A difference in percentage points is the new share less the old.

    Okay:
        id,reported,unit,source
        new,25 %,percent,s
        old,20 %,percent,s
        rise,5 percentage points,percentage_point,s
        relations:
        id,statement
        risen,"rise == points(new=new, old=old)"
    FC315:
        id,reported,unit,source
        new,25 %,percent,s
        old,20 %,percent,s
        rise,25 percentage points,percentage_point,s
        relations:
        id,statement
        risen,"rise == points(new=new, old=old)"
    """
    yield from _declared(register, "points")


@rule("FC316", "does not hold as a mean")
def declared_mean(register: Register) -> Iterator[Verdict]:
    """A mean is the total divided by how many there are.

    Okay:
        id,reported,unit,source
        profit,$236 billion,USD/year,s
        victims,23.6 million,person,s
        each,"$10,000",USD/person/year,s
        relations:
        id,statement
        average,"each == mean(profit, n=victims)"
    FC316:
        id,reported,unit,source
        profit,$236 billion,USD/year,s
        victims,23.6 million,person,s
        each,"$8,550",USD/person/year,s
        relations:
        id,statement
        average,"each == mean(profit, n=victims)"
    """
    yield from _declared(register, "mean")


@rule("FC317", "does not hold as what two parts have in common")
def declared_both(register: Register) -> Iterator[Verdict]:
    """Two parts have in common what does not fit beside each other, and no more than the smaller.

    Without knowing how they hang together, 71 % and 25 % share anything from nothing to 25 %
    (Boole 1854; Frechet 1935): the product of the two is a guess. What is a part of the other by
    its concept has all of itself in common with it. Counts name their whole: `both(a, b, of=n)`.

    Okay:
        id,reported,unit,source
        women,71 %,percent,s
        children,40 %,percent,s
        girls,12 %,percent,s
        relations:
        id,statement
        overlap,"girls == both(women, children)"
    FC317:
        id,reported,unit,source
        women,71 %,percent,s
        children,40 %,percent,s
        girls,9 %,percent,s
        relations:
        id,statement
        overlap,"girls == both(women, children)"
    """
    yield from _declared(register, "both")


@rule("FC320", "cannot be right together with {others}")
def all_together(register: Register) -> Iterator[Verdict]:
    """All figures and relations can be true at once.

    Every relation can hold by itself while no values satisfy all of them. A finding names a
    smallest set of figures that was found impossible, and none of them as the culprit (QuickXplain:
    Junker 2004). It is silent where a single relation is broken already, and what is waived stands
    aside. `figurecheck solve` shows more.

    Okay:
        id,reported,unit,source
        all,10 million,person,s
        women,4.0 million,person,s
        men,6.0 million,person,s
        girls,3.0 million,person,s
        relations:
        id,statement
        sexes,all == women + men
        ages,girls <= women
    FC320:
        id,reported,unit,source
        all,10.0 million,person,s
        women,,person,s
        men,7.0 million,person,s
        girls,3.2 million,person,s
        relations:
        id,statement
        sexes,all == women + men
        ages,girls <= women
    """
    from figurecheck.solve import solution

    found = solution(register, apart=True, today=register.day)
    rows = {each.id: each for each in register.rows}
    for each, more in _apart(found.conflicts):
        figures = [register[name] for name in each.figures if name in register]
        relations = [rows[name] for name in each.relations if name in rows]
        owners: Sequence[Figure | Relation] = figures or relations
        names = [owner.id for owner in owners]
        yield at(
            owners[0],
            each.outcome,
            tuple(names[1:]),
            fields={"others": ", ".join(names[1:]) or "anything"},
            proof=each.words
            + f"; further conflicts that share a figure with it: {more}" * bool(more),
            diagnosis="; ".join(_slips(register, each.left)) if each.outcome == BROKEN else "",
            severity=_between_sources(register, figures) if each.outcome == BROKEN else "",
            stretched=each.outcome == BORDERLINE,
            relation=not figures,
        )
    open_: dict[str, list[str]] = {}
    for name in found.undecided.keys() & rows.keys():
        open_.setdefault(found.undecided[name], []).append(name)
    for reason, names in sorted(open_.items()):
        first, *others = sorted(names)
        yield at(rows[first], UNTESTABLE, tuple(others), reason=reason, relation=True)
    for _ in range(found.tally[HOLDS]):
        yield Verdict(HOLDS, "")
