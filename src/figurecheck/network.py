"""The network that relations make of figures: what takes part, in which units, and how it hangs."""

from __future__ import annotations

from collections import ChainMap, defaultdict, deque
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from figurecheck.figures import ESTIMATED, Amount, domain, named_unit, subjects
from figurecheck.finding import HOLDS
from figurecheck.formula import StatementError, near, statement
from figurecheck.interval import WHOLE_LINE, Interval
from figurecheck.propagation import Empty, box
from figurecheck.relation import (
    Compared,
    Relation,
    UnlikeUnits,
    beside,
    judgement,
    measures,
    parts,
    rounded_counts,
    shares,
    spoken,
    tests,
    witnesses,
)
from figurecheck.system import Row, System, Undefined, components, lean, over, size
from figurecheck.waiver import read_waivers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from figurecheck.figures import Figure, Subject
    from figurecheck.formula import Statement
    from figurecheck.relation import Judgement, UnderLaw
    from figurecheck.system import Component, Constraint, Ends, Known, Number
    from figurecheck.units import Unit

NARROW, WIDE = "narrow", "wide"
JOINTLY, TOGETHER = "FC3", "FC320"


class Posted(NamedTuple):
    """A relation as it takes part: its statement, and what that compares with zero."""

    id: str
    stated: Statement
    comparisons: tuple[Compared, ...]

    @property
    def derives(self) -> bool:
        return not self.stated.checks

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.stated.names, *filter(None, [self.stated.target]))


@dataclass
class Statements:
    """Statements that are to hold together, over amounts that are known, or only for their unit.

    `amounts` are what texts state, `allowed` what the units of figures and derived quantities
    leave; what stands in neither is not known. `counts` are the names that count one by one.
    """

    amounts: dict[str, Amount]
    allowed: dict[str, Amount]
    counts: frozenset[str]
    aside: dict[str, str]
    implied: dict[str, Amount] = field(default_factory=dict)

    def known(self, name: str) -> Amount | None:
        return self.amounts.get(name) or self.allowed.get(name)

    def derived(self, id_: str, stated: Statement) -> Posted | None:
        """Post the equation of a derived quantity; its unit follows from those of its inputs."""
        held = self._held(id_, stated)
        try:
            measured_in = measures(stated.left, held)[-1].unit if held is not None else None
        except UnlikeUnits as unlike:
            held, self.aside[id_] = None, unlike.reason
        if held is None:
            return None
        target = stated.target
        self.allowed[target] = Amount(target, WHOLE_LINE, WHOLE_LINE, measured_in)
        inputs = ChainMap(self.amounts, self.implied)
        if all(name in inputs for name in stated.names):
            narrow, wide = (
                stated.left.range({name: getattr(inputs[name], width) for name in stated.names})
                for width in (NARROW, WIDE)
            )
            if narrow.defined and wide.defined:
                text = stated.left.words()
                amount = Amount(text, narrow.interval, wide.interval, measured_in)
                self.implied[target] = amount
        equation = Compared("==", stated.left.less(target))
        return Posted(id_, stated, (equation,))

    def post(self, id_: str, stated: Statement) -> Posted | None:
        """Post what a check compares; None, and a reason aside, where it cannot take part.

        What may be meant in several ways takes part only where one of them is left.
        """
        held = self._held(id_, stated)
        try:
            ways = tests(stated, held) if held is not None else []
        except UnlikeUnits as unlike:
            ways, self.aside[id_] = [], unlike.reason
        if held is None or id_ in self.aside:
            return None
        if len(ways) > 1:
            wide = {name: each.wide for name, each in held.items()}
            ways = [way for way in ways if (found := way.trial(wide)).possible or found.undefined]
            ways = list({_asked(way): way for way in ways}.values())
        if not ways:
            return Posted(id_, stated, ())
        if len(ways) != 1:
            self.aside[id_] = "it may be meant in several ways; write its numbers with their unit"
            return None
        [way] = ways
        if isinstance(way, Compared):
            if all(name in self.amounts for name in stated.names):
                self.amounts |= rounded_counts(way, self.amounts)
            return Posted(id_, stated, (way,))
        sign = "==" if stated.operator == "partition" else "<="
        sign = "<" if stated.operator == "ascending" else sign
        differences = tuple(Compared(sign, each) for each in stated.differences(way.given))
        return Posted(id_, stated, differences)

    def alone(self, posted: Posted) -> str:
        """Give the outcome of a relation by itself."""
        return HOLDS if posted.derives else self.judged(posted).outcome

    def judged(self, posted: Posted) -> Judgement:
        """Judge a relation by itself, with what is derived from reported figures."""
        names = posted.stated.names
        stated = {name: self.amounts.get(name) or self.implied.get(name) for name in names}
        return judgement(posted.stated, stated)

    def components(self, posted: Sequence[Posted]) -> Iterator[Component]:
        """Give what hangs together of the relations that take part."""
        system = System()
        for each in posted:
            before = len(system.constraints)
            try:
                for one in each.comparisons:
                    system.post(each.id, one.sign, one.formula)
            except Undefined as undefined:
                del system.constraints[before:]
                self.aside[each.id] = str(undefined)
        yield from components(system, {name: self.limits(name) for name in system.names if name})

    def limits(self, name: str) -> Known:
        """Give what the unit of a name allows, where its text does not say otherwise."""
        allowed = self.allowed.get(name)
        stated = self.amounts.get(name)
        counts = name in self.counts
        if allowed is None or (stated is not None and stated.wide.disjoint(allowed.wide)):
            return None, None, counts
        return (*ends_of(allowed.wide), counts)

    def texts(self, component: Component, width: str) -> dict[int, Ends]:
        return {
            place: ends_of(getattr(self.amounts[name], width))
            for name, place in component.places.items()
            if name in self.amounts
        }

    def left_out(
        self, component: Component, texts: Mapping[int, Ends], values: Mapping[int, Number]
    ) -> bool:
        """Tell whether values need the end of a text that named rounding leaves out."""
        for name, place in component.places.items():
            amount = self.amounts.get(name)
            if amount is not None and place in texts:
                width = amount.narrow if texts[place] == ends_of(amount.narrow) else amount.wide
                ends = [end for end in (width.left, width.right) if end.open]
                if any(values[place] == end.value for end in ends):
                    return True
        return False

    def _held(self, id_: str, stated: Statement) -> dict[str, Amount] | None:
        held = {name: each for name in stated.names if (each := self.known(name)) is not None}
        missing = [name for name in stated.names if name not in held]
        if missing:
            verb = "is" if len(missing) == 1 else "are"
            self.aside[id_] = f"{', '.join(missing[:5])} {verb} not known"
            return None
        reason = _senseless(stated, held)
        if reason:
            self.aside[id_] = reason
            return None
        return held


def _asked(way: Compared | UnderLaw) -> object:
    """Give what a check asks in one way, alike for ways that differ by a factor on both sides.

    In `a + b == 100` over percentages 100 may be all of it, or all may be the printed numbers.
    """
    system = System()
    try:
        for each in (way,) if isinstance(way, Compared) else ():
            system.post("", each.sign, each.formula)
    except Undefined:
        return way
    return tuple(map(_by_unit, system.constraints)) or way


def _by_unit(each: Constraint) -> Constraint:
    """Give a sum with one as the size of its first factor."""
    if not isinstance(each, Row) or not each.terms:
        return each
    by = size(each.terms[0][1])
    lower, upper = (None if end is None else over(end, by) for end in (each.lower, each.upper))
    terms = tuple((place, over(factor, by)) for place, factor in each.terms)
    return each._replace(terms=terms, lower=lower, upper=upper)


def _senseless(stated: Statement, held: Mapping[str, Amount]) -> str:
    """Say why no value satisfies a statement, whatever else is so; or nothing."""
    formula = stated.difference
    divisors = [
        step.right if step.kind == "/" else step.left
        for step in formula.steps
        if step.kind == "/" or (step.kind == "**" and step.value < 0)
    ]
    overlaps = "both" in stated.calls
    wide = {name: each.wide for name, each in held.items()} if divisors or overlaps else {}
    below = (formula.part(place).of(wide, Interval.point) for place in divisors)
    if Interval.point(0) in below:
        return "a divisor is zero"
    return formula.range(wide).undefined if overlaps else ""


def implied(figures: Mapping[str, Figure], known: Mapping[str, Subject]) -> Iterator[str]:
    """Yield the statements that figures imply by what they are of (design, section 4).

    What two sources estimate with a spread need not be one number, and is left out.
    """
    groups = witnesses(figures, known).groups
    for group in groups.values():
        first, *others = group
        for other in others:
            if _one_number(first, other):
                yield f"{first.id} == {other.id}"
    for smaller, greater in parts(groups):
        if _one_number(smaller[0], greater[0]):
            yield f"{smaller[0].id} <= {greater[0].id}"
    for share, whole, part in shares(groups, figures):
        if _one_number(share, whole) and _one_number(whole, part):
            yield f"{share.id} * {whole.id} == {part.id}"


def _one_number(one: Figure, other: Figure) -> bool:
    """Tell whether two figures are of one source, or stated without a spread."""
    return one.source_key == other.source_key or not (_spread(one) or _spread(other))


def _spread(figure: Figure) -> bool:
    return figure.spread is not figure.amount


def taking_part(
    figures: Mapping[str, Figure],
    relations: Sequence[Relation] | None = None,
    *,
    assume: Mapping[str, str] | None = None,
    waivers: bool = True,
    today: date | None = None,
    apart: bool = False,
) -> tuple[Statements, list[Posted]]:
    """Give what the figures and relations of a register state together.

    Figures with a waived finding of the rule on all together stand aside, too, unless `apart`: that
    rule's own findings are then to be met by their waivers. Raises StatementError for a name in
    `assume` that is not there, Unreadable for a text that is no number.
    """
    declared: Sequence[Relation] = (
        getattr(figures, "relations", ()) if relations is None else relations
    )
    assumed = dict(assume or {})
    held = dict(figures.items())
    targets = {each.statement.target for each in declared if each.statement and each.derives}
    for name in assumed:
        if name not in held and name not in targets:
            message = f"no figure '{name}' to assume a number for{near(name, [*held, *targets])}"
            raise StatementError(message)
    owners = [*held.values(), *declared] if waivers else []
    aside = _waived(owners, today, besides=TOGETHER if apart else "")
    aside = {name: reason for name, reason in aside.items() if name not in assumed}
    for name in assumed.keys() & held.keys():
        held[name] = replace(held[name], reported=assumed[name])
        spoken_in, measured_in = named_unit(held[name].reading), held[name].measured_in
        if spoken_in and measured_in and not spoken_in.spoken_for(measured_in):
            raise _unlike(name, assumed[name], spoken_in, measured_in)
    known = subjects(held)
    aside |= dict(_unreadable(held.values(), declared))
    takes_part = {name: each for name, each in held.items() if name not in aside}
    statements = _statements(held, known, aside)
    listed = [(each.id, each.statement) for each in declared if each.statement is not None]
    listed += [(text, statement(text)) for text in implied(takes_part, known)]
    listed = [(name, stated) for name, stated in listed if name not in aside]
    taking = list(posted(statements, listed))
    for name in assumed.keys() - held.keys():
        statements.amounts[name] = _in_unit(name, assumed[name], statements.allowed.get(name))
    return statements, taking


def left_by_others(stated: Statement, amounts: Mapping[str, Amount], name: str) -> Interval | None:
    """Give what a check and the texts of its other figures leave of one, at the widest.

    In base units; None where they leave nothing, or nothing is known.
    """
    others = {each: amount for each, amount in amounts.items() if each != name}
    allowed = {name: Amount(name, WHOLE_LINE, WHOLE_LINE, amounts[name].unit)}
    statements = Statements(others, allowed, frozenset(), {})
    taking = list(posted(statements, [(stated.text, stated)]))
    for component in statements.components(taking):
        if name in component.places:
            try:
                made = box(component, statements.texts(component, WIDE))
            except Empty:
                return None
            place = component.places[name]
            ends = (made.lower[place], made.upper[place])
            low, high = (None if each is None else Fraction(each) for each in ends)
            return Interval.of(low, high)
    return None


def opened(read: Sequence[Statement], amounts: Mapping[str, Amount]) -> dict[str, Amount]:
    """Give the names that no text is given for, each in the unit of what it is added to."""
    holders: dict[str, list[Statement]] = defaultdict(list)
    for each in read:
        for name in each.names:
            if name not in amounts:
                holders[name].append(each)
    found = {name: Amount(name, WHOLE_LINE, WHOLE_LINE, None) for name in holders}
    known = ChainMap(found, dict(amounts))
    waiting = deque(read)
    while waiting:
        for name, measured_in in beside(waiting.popleft().difference, known).items():
            if name in found:
                found[name] = Amount(name, WHOLE_LINE, WHOLE_LINE, measured_in)
                waiting += holders[name]
    return found


def _waived(owners: Iterable[Any], today: date | None, *, besides: str) -> dict[str, str]:
    """Give the figures and relations on which a finding of the family is waived, and why."""
    day = today or datetime.now(tz=UTC).date()
    aside = {}
    for owner in owners:
        for waiver in read_waivers(owner.waive)[0] if owner.waive else ():
            jointly = waiver.code.startswith(JOINTLY) and waiver.code != besides
            if jointly and not waiver.expired(day):
                aside[owner.id] = f"a finding on it is waived ({waiver.code}: {waiver.reason})"
    return aside


def _statements(
    figures: Mapping[str, Figure], known: Mapping[str, Subject], aside: Mapping[str, str]
) -> Statements:
    amounts, allowed, counts = {}, {}, []
    for name, figure in figures.items():
        if figure.measured_in is None:
            continue
        limits = domain(figure, known[name])
        allowed[name] = Amount(name, limits, limits, figure.measured_in)
        if figure.amount is not None and name not in aside:
            amounts[name] = figure.amount
        exact = figure.counted and ESTIMATED not in figure.status
        if exact and (figure.amount is None or figure.amount.wide.whole is not None):
            counts.append(name)
    return Statements(amounts, allowed, frozenset(counts), dict(aside))


def _in_unit(name: str, text: str, allowed: Amount | None) -> Amount:
    """Give what is assumed of a derived quantity, in its unit."""
    amount = spoken(text)
    if allowed is None or allowed.unit is None or amount.unit is None:
        return amount
    if not amount.unit.alike(allowed.unit):
        raise _unlike(name, text, amount.unit, allowed.unit)
    return amount


def _unlike(name: str, text: str, spoken_in: Unit, measured_in: Unit) -> StatementError:
    return StatementError(
        f"'{text}' is in {spoken_in.name}; '{name}' is in {measured_in.name or '1'}"
    )


def _unreadable(
    figures: Iterable[Figure], relations: Iterable[Relation]
) -> Iterator[tuple[str, str]]:
    """Yield the figures whose number cannot be read, and the relations, with the reason."""
    for figure in figures:
        if figure.reported and figure.unreadable is not None:
            yield figure.id, str(figure.unreadable)
        elif figure.measured_in is None:
            yield figure.id, f"its unit '{figure.unit}' is not known"
    for relation in relations:
        if relation.statement is None:
            yield relation.id, "its statement cannot be read"


def posted(statements: Statements, listed: Sequence[tuple[str, Statement]]) -> Iterator[Posted]:
    """Yield what takes part; derived quantities first, each when its inputs have a unit."""
    waiting = [(name, each) for name, each in listed if each.operator == "="]
    while waiting:
        later = []
        for name, each in waiting:
            found = statements.derived(name, each)
            if found is not None:
                statements.aside.pop(name, None)
                yield found
            else:
                later.append((name, each))
        if len(later) == len(waiting):
            break
        waiting = later
    for name, each in listed:
        if each.checks:
            found = statements.post(name, each)
            if found is not None:
                yield found


def ends_of(interval: Interval) -> Ends:
    """Give the ends of an interval, as the constraints take them."""
    low, high = interval.lower, interval.upper
    return None if low is None else lean(low), None if high is None else lean(high)
