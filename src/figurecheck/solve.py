"""All relations at once: what bounds every figure, and which figures cannot all be right."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from figurecheck import joint
from figurecheck.conflict import Refuter, searched, smallest
from figurecheck.finding import BORDERLINE, BROKEN, HOLDS, OUTCOMES, UNTESTABLE
from figurecheck.formula import Range, StatementError, near, statement
from figurecheck.interval import Interval
from figurecheck.network import NARROW, WIDE, Statements, ends_of, opened, posted, taking_part
from figurecheck.propagation import STATED, Empty, box, traced
from figurecheck.relation import spoken, worded
from figurecheck.system import acyclic
from figurecheck.world import witness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from figurecheck.figures import Figure
    from figurecheck.network import Posted
    from figurecheck.propagation import Box
    from figurecheck.relation import Relation
    from figurecheck.system import Component, End, Ends
    from figurecheck.units import Unit

REPORTED, OF_THE_UNIT = "reported", "unit"
MOST_IMPLIED = 20
"""For so many figures of a conflict it is said what the others imply."""

MOST_BOUNDED = 300
"""So many figures are bounded by linear programmes, those that nobody reported first."""


class Bound(NamedTuple):
    """The values that everything together leaves of a figure, in base units, and what set each end.

    That is a relation, `reported` for the figure's own text, or `unit` for what its unit allows.
    """

    lower: Fraction | None
    upper: Fraction | None
    lower_by: str
    upper_by: str

    @property
    def interval(self) -> Interval:
        return Interval.of(self.lower, self.upper)

    @property
    def set_by(self) -> str:
        """What set the lower and the upper end, once where it is the same."""
        return ", ".join(dict.fromkeys((self.lower_by, self.upper_by)))

    @property
    def news(self) -> bool:
        """Whether a relation says more than the figure's own text and unit."""
        return not {self.lower_by, self.upper_by} <= {REPORTED, OF_THE_UNIT}


class Conflict(NamedTuple):
    """Figures that cannot all be right; none of them is to blame.

    None can be left out where it is `smallest`: without any one, values for everything exist.
    Where products hang in circles that cannot always be shown, and a part of them may do.

    `relations` are those that tie them together. The outcome is broken, or borderline where a word
    can be stretched. `left` is what the others leave of each figure, in base units, and `implied`
    says so, and what is reported. `alone` is the one relation that is so by itself, where one is.
    `proof` shows what adding up relations comes to, where nothing less shows it.
    """

    figures: tuple[str, ...]
    relations: tuple[str, ...]
    outcome: str
    left: Mapping[str, Interval]
    implied: Mapping[str, str]
    alone: str = ""
    proof: str = ""
    smallest: bool = True

    @property
    def ids(self) -> tuple[str, ...]:
        """The figures; the relations where no values satisfy these, whatever is reported."""
        return self.figures or self.relations

    @property
    def words(self) -> str:
        """One line: what the others imply of each figure, or what ties the relations."""
        said = "; ".join(f"{name}: {text}" for name, text in self.implied.items())
        return said or self.proof or f"no values satisfy {', '.join(self.relations)}"


@dataclass(frozen=True)
class Solution:
    """What all relations come to together.

    `bounds` has every figure and derived quantity that a relation touches, `units` the unit to show
    each in. `aside` are the figures and relations that took no part, `undecided` the relations that
    could not be decided together, each with the reason. `tally` counts what hangs together by
    outcome. `complete` is false where more conflicts may be left than were searched for,
    `converged` where bounds still moved.
    """

    outcome: str
    conflicts: tuple[Conflict, ...]
    bounds: Mapping[str, Bound]
    units: Mapping[str, Unit | None]
    aside: Mapping[str, str]
    undecided: Mapping[str, str]
    tally: Mapping[str, int]
    complete: bool = True
    converged: bool = True

    @cached_property
    def ranking(self) -> tuple[tuple[str, int], ...]:
        """In how many conflicts each figure stands, most first."""
        counts = Counter(name for each in self.conflicts for name in each.ids)
        return tuple(counts.most_common())

    def words(self, name: str) -> str:
        """Give the bounds of a figure in words, in its unit."""
        return _worded(self.bounds[name].interval, self.units[name])


def _worded(interval: Interval, measured_in: Unit | None) -> str:
    return worded(Range(interval, tight=True), measured_in)


def solution(
    figures: Mapping[str, Figure],
    relations: Sequence[Relation] | None = None,
    *,
    assume: Mapping[str, str] | None = None,
    waivers: bool = True,
    today: date | None = None,
    apart: bool = False,
) -> Solution:
    """Give what the relations of a register, declared and implied, come to together.

    `relations` are those of the register unless others are given. `assume` puts texts in the place
    of what figures report. With `waivers`, figures and relations on which a finding of family FC3
    is waived stand aside. `apart` leaves out each relation that is broken, or holds only if a word
    is stretched, by itself, so that only what no rule says yet is left. Raises StatementError for a
    name in `assume` that is not there, Unreadable for a text that is no number.
    """
    statements, taking = taking_part(
        figures, relations, assume=assume, waivers=waivers, today=today, apart=apart
    )
    return _solved(statements, taking, apart=apart)


def solution_of(statements: Sequence[str] | str, texts: Mapping[str, str]) -> Solution:
    """Give what statements over reported texts come to together; a name without a text is open.

    Units are taken from the texts. Raises StatementError and Unreadable.
    """
    stated = [statements] if isinstance(statements, str) else statements
    read = [statement(each) for each in stated]
    amounts = {name: spoken(text) for name, text in texts.items()}
    names = {name for each in read for name in (*each.names, each.target)}
    for name in texts:
        if name not in names:
            message = f"'{name}' is in no statement{near(name, list(names))}"
            raise StatementError(message)
    allowed = opened(read, amounts)
    counted = {name: each for name, each in amounts.items() if each.unit and each.unit.counted}
    counts = frozenset(name for name, each in counted.items() if each.wide.whole is not None)
    held = Statements(amounts, allowed, counts, {})
    listed = [(each.text, each) for each in read]
    return _solved(held, list(posted(held, listed)))


# What it comes to


def _solved(statements: Statements, taking: Sequence[Posted], *, apart: bool = False) -> Solution:
    solver = _Solver(statements, {each.id: each for each in taking}, apart=apart)
    solver.solve_all(taking)
    return solver.solution()


class _Solver:
    """Solves components one after the other, and collects what they come to."""

    def __init__(
        self, statements: Statements, posted: Mapping[str, Posted], *, apart: bool
    ) -> None:
        self.statements = statements
        self.posted = posted
        self.apart = apart
        self.conflicts: list[Conflict] = []
        self.bounds: dict[str, Bound] = {}
        self.undecided: dict[str, str] = {}
        self.outcomes: list[str] = []
        self.complete = self.converged = True
        self.linear = joint.available()
        self.programmes = MOST_BOUNDED

    def solution(self) -> Solution:
        tally = Counter(self.outcomes)
        order = (BROKEN, UNTESTABLE, BORDERLINE, HOLDS)
        outcome = next((each for each in order if tally[each]), UNTESTABLE)
        ranked = Counter(name for each in self.conflicts for name in each.ids)
        self.conflicts.sort(
            key=lambda each: (
                each.outcome != BROKEN,
                len(each.ids),
                -max((ranked[name] for name in each.ids), default=0),
            )
        )
        return Solution(
            outcome,
            tuple(self.conflicts),
            self.bounds,
            {name: each.unit for name in self.bounds if (each := self.statements.known(name))},
            self.statements.aside,
            self.undecided,
            {each: tally[each] for each in OUTCOMES},
            self.complete,
            self.converged,
        )

    def solve_all(self, taking: Sequence[Posted]) -> None:
        """Solve what hangs together, part by part; what a law asks of whole counts by itself."""
        for component in self.statements.components(taking):
            self.solve(component)
        for each in taking:
            if (each.stated.arguments or not each.comparisons) and not self.apart:
                self.judge(each)

    def judge(self, each: Posted) -> None:
        """Keep what a law comes to by itself: it asks more than its sums say."""
        judged = self.statements.judged(each)
        outcome = judged.outcome
        said = any((found.alone, found.outcome) == (each.id, outcome) for found in self.conflicts)
        if outcome == UNTESTABLE and not each.comparisons:
            self.undecided[each.id] = judged.reason
        amiss = outcome in {BROKEN, BORDERLINE} and not said
        if amiss or not each.comparisons:
            self.outcomes.append(outcome)
        if amiss:
            self._add_alone(each)

    def _add_alone(self, each: Posted) -> None:
        """Add a relation that is amiss by itself where propagation does not see it."""
        names = tuple(name for name in each.stated.names if name in self.statements.amounts)
        judged = self.statements.judged(each)
        one = Conflict(names, (each.id,), judged.outcome, {}, {}, each.id, judged.proof)
        self.conflicts.append(one)

    def solve(self, component: Component) -> None:
        """Decide what hangs together: as printed, else at the widest, else by its conflicts."""
        owners = _owners(component, range(len(component.constraints)))
        checks = [name for name in owners if not self.posted[name].derives]
        single = self.posted[owners[0]] if len(owners) == len(checks) == 1 else None
        known = single is not None and set(single.stated.names) <= self.statements.amounts.keys()
        if single is not None and known and self.decided_alone(component, single):
            return
        narrow, wide = (self.statements.texts(component, width) for width in (NARROW, WIDE))
        readings = [(narrow, HOLDS)] if narrow == wide else [(narrow, HOLDS), (wide, BORDERLINE)]
        refuter = None
        for texts, outcome in readings:
            tried = Refuter(component, texts, linear=self.linear)
            made, reason = self._tried(tried)
            if made is not None:
                if not self.apart:
                    self.bound(made, texts)
                alone = [self.posted[name] for name in checks if reason and texts]
                broken = [each for each in alone if self.statements.alone(each) == BROKEN]
                for each in broken if not self.apart else ():
                    self._add_alone(each)
                self._count(checks, BROKEN if broken else outcome, "" if broken else reason)
                break
            refuter = tried
        if refuter is not None and self.apart:
            self._without_alone(component)
        elif refuter is not None:
            found = self._explained(refuter)
            self.conflicts += found
            if refuter.texts == wide:
                self.bound(box(component, wide, set()), {})
                outcomes = {each.outcome for each in found}
                self._count(checks, BROKEN if BROKEN in outcomes else BORDERLINE, "")

    def decided_alone(self, component: Component, single: Posted) -> bool:
        """Decide a relation that hangs together with no other as it is judged by itself.

        False where it is said to be possible because its range is wider than the truth, and is not.
        """
        if self.apart:
            return True
        judged = self.statements.judged(single)
        texts = self.statements.texts(component, NARROW if judged.outcome == HOLDS else WIDE)
        try:
            self.bound(box(component, texts), texts)
        except Empty:
            possible = judged.outcome in {HOLDS, BORDERLINE} and not judged.truncated
            if possible and not any(component.whole):
                return False
            self.bound(box(component, texts, set()), {})
        self._count([single.id], judged.outcome, judged.reason)
        if judged.outcome in {BROKEN, BORDERLINE}:
            width = WIDE if judged.outcome == BROKEN or judged.truncated else NARROW
            texts = self.statements.texts(component, width)
            found = self._explained(Refuter(component, texts, linear=self.linear))
            self.conflicts += [each._replace(outcome=judged.outcome) for each in found]
            if not found:
                self._add_alone(single)
        return True

    def _explained(self, refuter: Refuter) -> list[Conflict]:
        """Give the smallest conflicts of texts that are refuted."""
        found = searched(refuter)
        self.complete &= found.complete
        component = refuter.component
        widest = self.statements.texts(component, WIDE)
        explained = []
        for places in found.conflicts:
            if refuter.texts == widest:
                cut = self._cut(component, widest, places)
                outcome = BORDERLINE if cut else BROKEN
            else:
                cut, outcome = [], BORDERLINE
            explained.append(self.conflict(refuter, places, outcome, cut))
        return explained

    def _cut(
        self, component: Component, widest: Mapping[int, Ends], places: Sequence[int]
    ) -> list[str]:
        """Give the texts of which any one clears a conflict, if its digits were cut off."""
        texts = {place: widest[place] for place in places}
        cut = {}
        for place in places:
            amount = self.statements.amounts[component.names[place]]
            if (truncated := amount.truncated) is not None:
                cut[place] = ends_of(amount.wide.hull(truncated))

        def cleared(loose: Mapping[int, Ends]) -> bool:
            tried = Refuter(component, {**texts, **loose}, linear=self.linear)
            return not tried.refuted(places)

        alone = [place for place in cut if cleared({place: cut[place]})] if cleared(cut) else []
        return [self.statements.amounts[component.names[place]].text for place in alone]

    def _without_alone(self, component: Component) -> None:
        """Solve again without the relations that are broken or stretched by themselves."""
        owners = _owners(component, range(len(component.constraints)))
        taking = [self.posted[name] for name in owners]
        kept = [each for each in taking if self.statements.alone(each) not in {BROKEN, BORDERLINE}]
        again = _Solver(self.statements, self.posted, apart=False)
        again.solve_all(kept)
        self.conflicts += again.conflicts
        self.outcomes += again.outcomes
        self.undecided |= again.undecided
        self.complete &= again.complete

    def _tried(self, refuter: Refuter) -> tuple[Box | None, str]:
        """Give the bounds that follow, None where texts are refuted; and what is left open."""
        try:
            made = box(refuter.component, refuter.texts)
        except Empty:
            return None, ""
        found = witness(made, refuter.texts, linear=self.linear)
        if found is not None:
            whole = found[0] is made or not any(made.component.whole)
            reason = "" if whole else "no whole numbers were found for all that is counted"
            if self.statements.left_out(made.component, refuter.texts, found[1]):
                reason = "only values at an end that rounding leaves out were found"
            return made, reason if refuter.texts else "no figure in it is reported"
        if refuter.refuted(refuter.texts):
            return None, ""
        reason = "neither values for everything nor a conflict was found"
        lacking = refuter.component.knotted and not self.linear
        return made, f"{reason}; the extra 'joint' may decide it" if lacking else reason

    def _count(self, checks: Sequence[str], outcome: str, reason: str) -> None:
        """Count an outcome; what only derives quantities is no check, unless it contradicts."""
        if checks or outcome == BROKEN:
            self.undecided |= dict.fromkeys(checks, reason) if reason else {}
            self.outcomes.append(UNTESTABLE if reason else outcome)

    def bound(self, made: Box, texts: Mapping[int, Ends]) -> None:
        """Keep the bounds of everything in a component that has a name."""
        component = made.component
        found = {
            place: [
                (made.lower[place], self.setter(component, made.lower_by[place])),
                (made.upper[place], self.setter(component, made.upper_by[place])),
            ]
            for place in component.places.values()
        }
        live = made.live if texts and component.knotted else []
        knotted = not acyclic([component.constraints[each] for each in live])
        multiplies = component.multiplies and bool(texts)
        more = knotted or made.crept
        self.converged &= made.converged and (self.linear or not more)
        asked = sorted(found, key=lambda place: place in texts)
        asked = [each for each in asked if more or (multiplies and each not in texts)]
        if self.linear and asked:
            rows = [*joint.sums(component, live if knotted else None)]
            rows += joint.envelopes(made) if multiplies else ()
            programme = joint.Programme(component, made.ends, rows)
            self.converged &= len(asked) <= self.programmes or not more
            asked = asked[: self.programmes]
            self.programmes -= len(asked)
            ends = made.ends
            known = {place: ends[place] for place in asked}
            for place, side, proved in programme.bounds(known, settled=made.converged):
                by = " + ".join(_owners(component, proved.rows))
                found[place][side > 0] = (proved.bound, by)
        for name, place in component.places.items():
            (low, low_by), (high, high_by) = found[place]
            limits = [None if each is None else Fraction(each) for each in (low, high)]
            self.bounds[name] = Bound(limits[0], limits[1], low_by, high_by)

    def setter(self, component: Component, by: int) -> str:
        if by >= 0:
            return " + ".join(component.constraints[by].owners)
        return REPORTED if by == STATED else OF_THE_UNIT

    def conflict(
        self, refuter: Refuter, places: tuple[int, ...], outcome: str, cut: Sequence[str] = ()
    ) -> Conflict:
        """Give a conflict with the relations that tie it, and what the others imply of each."""
        component = refuter.component
        names = [component.names[place] for place in places]
        used, proof = self._tied(refuter, places)
        alone = used[0] if len(used) == 1 else ""
        left, implied = {}, {}
        for place, name in list(zip(places, names, strict=True))[:MOST_IMPLIED]:
            others = refuter.subset([each for each in places if each != place])
            reported = _interval(refuter.texts[place])
            found = map(_interval, self._left(component, others, place))
            apart = (each for each in found if each.precedes(reported) or reported.precedes(each))
            for others_leave in islice(apart, 1):
                amount = self.statements.amounts[name]
                left[name] = others_leave
                said = worded(Range(others_leave, tight=True), amount.unit, amount.wide)
                implied[name] = f"the others imply {said}; {amount.text} is reported"
        if alone and not implied:
            judged = self.statements.judged(self.posted[alone])
            proof = judged.proof if judged.outcome == outcome else proof
        if cut:
            said = " or ".join(f"'{text}'" for text in cut)
            proof = f"{proof}; " * bool(proof) + f"possible only if {said} was cut off, not rounded"
        known = refuter.shown_smallest(places)
        return Conflict(tuple(names), used, outcome, left, implied, alone, proof, known)

    def _left(self, component: Component, texts: dict[int, Ends], place: int) -> Iterator[Ends]:
        """Yield what other texts leave of a variable, then what is left by linear programmes.

        Bounds that still moved tell nothing.
        """
        try:
            made = box(component, texts)
        except Empty:  # pragma: no cover - the others of a smallest conflict leave something
            return
        ends: list[End] = [*made.ends[place]] if made.converged else [None, None]
        yield ends[0], ends[1]
        if self.linear and (component.knotted or component.multiplies):
            rows = [*joint.sums(component), *joint.envelopes(made)]
            programme = joint.Programme(component, made.ends, rows)
            known = {place: (ends[0], ends[1])}
            for _, side, proved in programme.bounds(known, settled=made.converged):
                ends[side > 0] = proved.bound
            yield ends[0], ends[1]

    def _tied(self, refuter: Refuter, places: tuple[int, ...]) -> tuple[tuple[str, ...], str]:
        """Give the relations that a conflict needs, fewest, and what adding them up shows."""
        component = refuter.component
        owners = _owners(component, range(len(component.constraints)))
        texts = refuter.subset(places)

        def active(kept: Sequence[str]) -> set[int]:
            held = set(kept)
            return {
                index
                for index, each in enumerate(component.constraints)
                if held.issuperset(each.owners)
            }

        def refutes(kept: Sequence[str]) -> bool:
            try:
                box(component, texts, active(kept))
            except Empty:
                return True
            return False

        try:
            box(component, texts)
        except Empty as empty:
            names = {component.names[place] for place in places}
            single = [name for name in owners if names and names <= {*self.posted[name].names}]
            alone = [name for name in single if refutes([name])][:1]
            if alone:
                return tuple(alone), ""
            fewer = _owners(component, sorted(traced(empty)[0]))
            return _fewest(refutes, fewer if refutes(fewer) else owners), ""
        certificate = refuter.certificate(places)
        if certificate is None:
            used = _fewest(lambda kept: refuter.refuted(places, active(kept)), owners)
            return used, f"case by case, no values satisfy {', '.join(used)} and what is reported"
        return tuple(_owners(component, certificate.rows)), self._proof(component, certificate)

    def _proof(self, component: Component, certificate: joint.Certificate) -> str:
        terms = [
            f"{'+-'[factor < 0]} {abs(factor)} x ({', '.join(_owners(component, [each]))})"
            for each, factor in certificate.rows.items()
        ]
        return f"{' '.join(terms)}: no values within the bounds reach that sum"


def _interval(ends: Ends) -> Interval:
    return Interval.of(*(None if each is None else Fraction(each) for each in ends))


def _owners(component: Component, constraints: Iterable[int]) -> list[str]:
    """Give the relations that constraints come from, each once."""
    found = [name for each in constraints for name in component.constraints[each].owners]
    return list(dict.fromkeys(found))


def _fewest(refutes: Callable[[Sequence[str]], bool], owners: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        owners[each]
        for each in smallest(lambda kept: refutes([owners[at] for at in kept]), range(len(owners)))
    )
