"""From statements to rows and products: sums that are limited, and numbers that are multiplied."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import chain, combinations, permutations
from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from figurecheck.formula import Formula

    Number = Fraction | int
    End = Number | None
    Ends = tuple[End, End]
    Terms = dict[int, Number]

MOST_HOLDERS = 8
"""Only of a variable in so few equations are pairs of equations looked at."""

LARGEST = 300
"""Only of so many constraints that hang together are products looked at case by case."""

LIMITS = {"==": (0, 0), "<=": (None, 0), "<": (None, 0), ">=": (0, None), ">": (0, None)}
STRICT = ("<", ">")


class Undefined(ValueError):
    """A statement that divides by nothing, whatever its figures are."""


def lean(value: Number) -> Number:
    """Give a whole number as int, which is many times faster to add."""
    return value.numerator if value.denominator == 1 else value


def over(value: Number, divisor: Number) -> Number:
    """Give the quotient, exactly."""
    if divisor == 1:
        return value
    return -value if divisor == -1 else lean(Fraction(value, divisor))


def size(value: Number) -> Number:
    """Give the number without its sign."""
    return value if value >= 0 else -value


class Row(NamedTuple):
    """A sum of variables, each with its coefficient, between two limits; None is no limit.

    `strict` tells that a limit itself is not reached; `owners` are the relations it comes from.
    """

    terms: tuple[tuple[int, Number], ...]
    lower: Number | None
    upper: Number | None
    strict: bool
    owners: tuple[str, ...]

    @property
    def variables(self) -> tuple[int, ...]:
        return tuple(variable for variable, _ in self.terms)

    def moved(self, places: Mapping[int, int]) -> Row:
        """Give it over other variables; the coefficients of those that become one are added."""
        terms: Terms = {}
        for place, factor in self.terms:
            at = places.get(place, place)
            terms[at] = terms.get(at, 0) + factor
        return self._replace(terms=tuple((at, factor) for at, factor in terms.items() if factor))


class Product(NamedTuple):
    """A variable that is the product of two others."""

    result: int
    left: int
    right: int
    owners: tuple[str, ...]

    @property
    def variables(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys((self.result, self.left, self.right)))

    def moved(self, places: Mapping[int, int]) -> Product:
        """Give it over other variables."""
        result, left, right = (places.get(place, place) for place in self[:3])
        return Product(result, left, right, self.owners)


Constraint = Row | Product


@dataclass
class System:
    """The constraints that statements come to, over the figures' names and what is between them.

    `divisors` are the variables that cannot be zero, with the relations that divide by them.
    `names` has "" for what lies between.
    """

    names: list[str] = field(default_factory=list)
    constraints: list[Constraint] = field(default_factory=list)
    divisors: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    owner: str = ""
    _places: dict[str, int] = field(default_factory=dict)
    _known: dict[object, int] = field(default_factory=dict)
    _firsts: dict[object, tuple[int, str]] = field(default_factory=dict)
    _same: dict[int, int] = field(default_factory=dict)

    def variable(self, name: str = "") -> int:
        """Give the variable of a name, or a new one between."""
        if name and name in self._places:
            return self._places[name]
        self.names.append(name)
        if name:
            self._places[name] = len(self.names) - 1
        return len(self.names) - 1

    def post(self, owner: str, sign: str, formula: Formula) -> None:
        """Add what a formula compared with zero asks; raises Undefined."""
        self.owner = owner
        places = {name: Affine(self, {self.variable(name): 1}) for name in formula.names}
        found = formula.of(places, lambda value: Affine(self, {}, lean(Fraction(value))))
        self.limit(found, sign)

    def combine(self) -> None:
        """Add what two equations say together that share factors, or a part of their sums.

        It follows from them, and narrows what neither of them does.
        """
        self._unite()
        self.constraints += [*self._of_products(), *self._of_parts(), *self._of_factors()]
        equal, holders = self._equations()
        shared: Counter[tuple[int, int]] = Counter()
        for holding in holders.values():
            if len(holding) <= MOST_HOLDERS:
                shared.update(combinations(holding, 2))
        for (one, other), count in shared.items():
            if count > 1:
                self.constraints += _difference(equal[one], equal[other])

    def _equations(self) -> tuple[list[Row], dict[int, list[int]]]:
        """Give the sums that equal something, and by variable in which of them it stands."""
        equal = [
            each
            for each in self.constraints
            if isinstance(each, Row) and each.lower == each.upper and each.lower is not None
        ]
        holders: dict[int, list[int]] = defaultdict(list)
        for index, row in enumerate(equal):
            for variable, _ in row.terms:
                holders[variable].append(index)
        return equal, holders

    def _unite(self) -> None:
        """Take what lies between and equals what has a name as that.

        Not where that would be a factor of itself, which propagation does not see through.
        """
        beside: dict[int, set[int]] = defaultdict(set)
        for product in self._products():
            for place in product.variables:
                beside[place].update(product.variables)
        same: dict[int, int] = {}
        left: list[Constraint] = []
        for each in self.constraints:
            found = self._alike(each)
            if found and found[0] not in same:
                one, other = found
                if other not in {same.get(place, place) for place in beside[one]}:
                    same[one] = other
                    continue
            left.append(each)
        for one in same.keys() & self.divisors.keys():
            self.divisors[same[one]] |= self.divisors[one]
        self.constraints = [each.moved(same) for each in left]

    def _alike(self, each: Constraint) -> tuple[int, int] | None:
        """Give what lies between and what it equals by name, where a constraint says just that."""
        if isinstance(each, Row) and (each.lower, each.upper, len(each.terms)) == (0, 0, 2):
            for (one, factor), (other, against) in permutations(each.terms):
                if factor == -against and self.names[other] and not self.names[one]:
                    return one, other
        return None

    def _products(self) -> list[Product]:
        return [each for each in self.constraints if isinstance(each, Product)]

    def _renamed(self) -> Iterator[Product]:
        """Yield the products, and each with what a relation says that one of its three equals."""
        equal: dict[int, list[tuple[int, Row]]] = defaultdict(list)
        for row in self._equations()[0]:
            if (row.lower, len(row.terms)) == (0, 2):
                for (one, factor), (other, against) in permutations(row.terms):
                    if factor == -against:
                        equal[one].append((other, row))
        yield from self._products()
        for each in self._products():
            for place in each.variables:
                for other, row in equal[place]:
                    owners = _each_once(each.owners, row.owners)
                    yield each.moved({place: other})._replace(owners=owners)

    def _of_products(self) -> Iterator[Constraint]:
        """Yield what products of two relations say together.

        z = x y and w = x y make z = w; and where y is not zero, z = x y and z = w y make x = w,
        z = x y and y = w z make x w = 1.
        """
        first: dict[tuple[object, ...], tuple[int, tuple[str, ...]]] = {}
        said: set[tuple[str, frozenset[int]]] = set()
        for each in self._renamed():
            result, left, right, _ = each
            alike = [(("*", *sorted((left, right))), result, each.owners)]
            for ratio, base in ((left, right), (right, left)):
                dividing = sorted(self.divisors.get(base, set()) | self.divisors.get(result, set()))
                if dividing:
                    own = each.owners[0]
                    nonzero = each.owners if own in dividing else (*each.owners, dividing[0])
                    turned, owners = first.get(("/", base, result), (ratio, nonzero))
                    if owners[0] != own and ("/", frozenset((turned, ratio))) not in said:
                        said.add(("/", frozenset((turned, ratio))))
                        one, both = self.variable(), _each_once(owners, nonzero)
                        yield Row(((one, 1),), 1, 1, strict=False, owners=both)
                        yield Product(one, ratio, turned, both)
                    alike.append((("/", result, base), ratio, nonzero))
            for key, place, owners in alike:
                other, others = first.setdefault(key, (place, owners))
                pair = frozenset((place, other))
                tied = self._same.get(other, other) == self._same.get(place, place)
                if not tied and others[0] != owners[0] and ("=", pair) not in said:
                    said.add(("=", pair))
                    terms = ((other, 1), (place, -1))
                    both = _each_once(others, owners)
                    yield Row(terms, 0, 0, strict=False, owners=both)

    def _of_parts(self) -> Iterator[Constraint]:
        """Yield what a product and a sum say together: z = x y and y = z + w make w = (1 - x) y.

        One share bounds whole and part at once, where bounds would creep around the circle.
        """
        equal, holders = self._equations()
        for result, left, right, owners in self._products():
            held = holders.get(result, ())
            for row in [equal[at] for at in held] if len(held) <= MOST_HOLDERS else ():
                for share, whole in {left: right, right: left}.items():
                    rest, end = dict(row.terms), row.lower or 0
                    if whole == result or not {whole, result} < rest.keys():
                        continue
                    both = _each_once(owners, row.owners)
                    of_result, of_whole = rest.pop(result), rest.pop(whole)
                    part, by = next(iter(rest.items()))
                    if len(rest) > 1 or end:
                        part, by = self.variable(), -1
                        terms = (*rest.items(), (part, 1))
                        yield Row(terms, end, end, strict=False, owners=both)
                    other = self.variable()
                    terms = ((other, by), (share, of_result))
                    yield Row(terms, -of_whole, -of_whole, strict=False, owners=both)
                    yield Product(part, other, whole, both)

    def _of_factors(self) -> Iterator[Row]:
        """Yield sums of which all is multiplied by the same: u = x + 1 makes u y = x y + y."""
        times: dict[int, dict[int, Product]] = defaultdict(dict)
        for each in self._products():
            times[each.left][each.right] = times[each.right][each.left] = each
        for row in self._equations()[0]:
            held = [times.get(factor, {}) for factor in row.variables]
            for by in sorted(set(held[0]).intersection(*held[1:])) if len(held) > 1 else ():
                products = [each[by] for each in held]
                results = [
                    (each.result, factor)
                    for each, (_, factor) in zip(products, row.terms, strict=True)
                ]
                owners = _each_once(row.owners, *(each.owners for each in products))
                found = Row(((by, -(row.lower or 0)), *results), 0, 0, strict=False, owners=owners)
                yield found.moved({})

    def limit(self, found: Affine, sign: str) -> None:
        """Add the row that an affine expression compared with zero is."""
        lower, upper = (None if end is None else end - found.constant for end in LIMITS[sign])
        row = Row(tuple(found.terms.items()), lower, upper, sign in STRICT, (self.owner,))
        self.constraints.append(row)

    def one(self, found: Affine) -> int:
        """Give the variable that an expression is: itself, or a new one that equals it."""
        terms = found.terms
        if len(terms) == 1 and not found.constant and next(iter(terms.values())) == 1:
            return next(iter(terms))
        same = frozenset((self._same.get(each, each), factor) for each, factor in terms.items())
        place, new = self._between((same, found.constant))
        if new:
            self.limit(found - Affine(self, {place: 1}), "==")
        return place

    def product(self, left: int, right: int) -> int:
        """Give the variable that is the product of two."""
        factors = sorted(self._same.get(each, each) for each in (left, right))
        place, new = self._between(("*", *factors))
        if new:
            self.constraints.append(Product(place, left, right, (self.owner,)))
        return place

    def quotient(self, above: int, below: int) -> int:
        """Give the variable whose product with the divisor is the dividend."""
        place, new = self._between(("/", *(self._same.get(each, each) for each in (above, below))))
        if new:
            self.divisors[below].add(self.owner)
            self.constraints.append(Product(above, place, below, (self.owner,)))
        return place

    def cancelled(self, below: int) -> None:
        """Keep a divisor that leaves only a number behind: it is still not zero."""
        self.divisors[below].add(self.owner)
        self.constraints.append(Row(((below, 1),), None, None, strict=False, owners=(self.owner,)))

    def _between(self, same: object) -> tuple[int, bool]:
        """Give the variable that is something in this relation, and whether it is new.

        A new one is tied to that of the first relation that has the same.
        """
        key = (self.owner, same)
        if key in self._known:
            return self._known[key], False
        place = self._known[key] = self.variable()
        first, owner = self._firsts.setdefault(same, (place, self.owner))
        if first != place:
            self._same[place] = first
            terms = ((first, 1), (place, -1))
            self.constraints.append(Row(terms, 0, 0, strict=False, owners=(owner, self.owner)))
        return place, True


def _each_once(*owners: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain(*owners)))


def _difference(one: Row, other: Row) -> list[Row]:
    """Give the equation without the part that two have in common, if that leaves less than each."""
    mine, its = dict(one.terms), dict(other.terms)
    factors = Counter(Fraction(mine[each]) / its[each] for each in mine.keys() & its.keys())
    ((factor, _),) = factors.most_common(1)
    left = {each: mine.get(each, 0) - factor * its.get(each, 0) for each in mine | its}
    terms = tuple((each, lean(value)) for each, value in left.items() if value)
    if len(terms) >= min(len(mine), len(its)):
        return []
    end = lean((one.lower or 0) - factor * (other.lower or 0))
    return [Row(terms, end, end, strict=False, owners=_each_once(one.owners, other.owners))]


@dataclass(frozen=True, slots=True)
class Affine:
    """A sum of variables with coefficients and a constant: the carrier that writes rows down."""

    system: System
    terms: Terms
    constant: Number = 0

    def __add__(self, other: Affine) -> Affine:
        terms: defaultdict[int, Number] = defaultdict(int, self.terms)
        for variable, coefficient in other.terms.items():
            terms[variable] += coefficient
        kept = {variable: each for variable, each in terms.items() if each}
        return Affine(self.system, kept, self.constant + other.constant)

    def __sub__(self, other: Affine) -> Affine:
        return self + -other

    def __neg__(self) -> Affine:
        return self.times(-1)

    def times(self, factor: Number) -> Affine:
        """Give it multiplied by a number."""
        terms = {variable: lean(each * factor) for variable, each in self.terms.items()}
        return Affine(self.system, terms if factor else {}, lean(self.constant * factor))

    def __mul__(self, other: Affine) -> Affine:
        for one, factor in ((self, other), (other, self)):
            if not factor.terms:
                return one.times(factor.constant)
        mine, its = self._pulled(), other._pulled()
        place = self.system.product(self.system.one(mine[1]), self.system.one(its[1]))
        return Affine(self.system, {place: 1}).times(mine[0] * its[0])

    def _pulled(self) -> tuple[Number, Affine]:
        """Give a coefficient, and what is left without it: 2x is 2 and x."""
        if len(self.terms) != 1 or self.constant:
            return 1, self
        ((variable, coefficient),) = self.terms.items()
        return coefficient, Affine(self.system, {variable: 1})

    def __truediv__(self, other: Affine) -> Affine:
        if not other.terms:
            if not other.constant:
                message = "a divisor is zero"
                raise Undefined(message)
            return self.times(Fraction(1) / other.constant)
        factor, divisor = other._pulled()
        below = self.system.one(divisor)
        # (new - old) / old is new / old - 1: the divisor itself divides to a number.
        whole = self.terms.get(below, 0)
        rest = self - Affine(self.system, {below: whole})
        done = Affine(self.system, {}, whole)
        if rest.terms or rest.constant:
            pulled, dividend = rest._pulled()
            place = self.system.quotient(self.system.one(dividend), below)
            done += Affine(self.system, {place: 1}).times(pulled)
        else:
            self.system.cancelled(below)
        return done.times(Fraction(1) / factor)

    def __pow__(self, exponent: int) -> Affine:
        done = Affine(self.system, {}, 1)
        for _ in range(abs(exponent)):
            done *= self
        return Affine(self.system, {}, 1) / done if exponent < 0 else done

    def overlap(self, other: Affine, of: Affine) -> Affine:
        done = Affine(self.system, {self.system.variable(): 1})
        for most in (self, other):
            self.system.limit(done - most, "<=")
        self.system.limit(self + other - of - done, "<=")
        self.system.limit(done, ">=")
        return done


@dataclass(frozen=True)
class Component:
    """Constraints that hang together, over variables of their own, from 0 on.

    `lower` and `upper` are what is known of each without any text; `whole` those that count.
    """

    names: tuple[str, ...]
    constraints: tuple[Constraint, ...]
    watchers: tuple[tuple[int, ...], ...]
    lower: tuple[Number | None, ...]
    upper: tuple[Number | None, ...]
    whole: tuple[bool, ...]
    divisors: Mapping[int, frozenset[str]]

    @property
    def places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.names) if name}

    @cached_property
    def tree(self) -> bool:
        """Whether nothing hangs together in circles, so that propagation sees everything."""
        return acyclic(self.constraints)

    @cached_property
    def linear(self) -> bool:
        """Whether nothing is multiplied."""
        return all(isinstance(each, Row) for each in self.constraints)

    @cached_property
    def multiplies(self) -> bool:
        """Whether products hang in circles, few enough that more can be seen case by case."""
        return not self.tree and not self.linear and len(self.constraints) <= LARGEST

    @cached_property
    def knotted(self) -> bool:
        """Whether sums alone hang together in circles, so that a linear programme sees more.

        Those of one relation each: what two say together is nothing new to it.
        """
        sums = [each for each in self.constraints if isinstance(each, Row)]
        return not acyclic([each for each in sums if len(each.owners) == 1])


def acyclic(constraints: Sequence[Constraint]) -> bool:
    """Tell whether constraints and their variables form a forest, so that propagation sees all."""
    root: dict[int, int] = {}

    def top(place: int) -> int:
        while root.setdefault(place, place) != place:
            root[place] = root[root[place]]
            place = root[place]
        return place

    for index, each in enumerate(constraints):
        for variable in each.variables:
            mine, its = top(-1 - index), top(variable)
            if mine == its:
                return False
            root[its] = mine
    return True


Known = tuple["End", "End", bool]


def components(system: System, known: Mapping[str, Known]) -> Iterator[Component]:
    """Give the constraints that hang together; `known` has the ends of names, and if they count."""
    system.combine()
    root = list(range(len(system.names)))

    def found(place: int) -> int:
        while root[place] != place:
            root[place] = root[root[place]]
            place = root[place]
        return place

    for each in system.constraints:
        first, *others = each.variables or (0,)
        for place in others:
            root[found(place)] = found(first)
    members: dict[int, list[int]] = defaultdict(list)
    for place in range(len(system.names)):
        members[found(place)].append(place)
    held: dict[int, list[Constraint]] = defaultdict(list)
    tops = {
        name: found(each.variables[0])
        for each in system.constraints
        for name in each.owners
        if each.variables
    }
    for each in system.constraints:
        held[found(each.variables[0]) if each.variables else tops.get(each.owners[0], -1)] += [each]
    for top, constraints in held.items():
        yield _component(system, members.get(top, []), constraints, known)


def _component(
    system: System,
    members: Sequence[int],
    constraints: Sequence[Constraint],
    known: Mapping[str, Known],
) -> Component:
    place = {old: new for new, old in enumerate(members)}
    names = tuple(system.names[old] for old in members)
    nothing: Known = (None, None, False)
    limits = [known.get(name, nothing) for name in names]
    counted = all(_counting(each, system, known) for each in constraints)
    whole = tuple(counted and counts for _, _, counts in limits)
    moved: list[Constraint] = []
    watchers: list[list[int]] = [[] for _ in members]
    for index, each in enumerate(constraints):
        here = each.moved(place)
        moved.append(_stepped(here, whole) if isinstance(here, Row) else here)
        for variable in each.variables:
            watchers[place[variable]].append(index)
    return Component(
        names,
        tuple(moved),
        tuple(map(tuple, watchers)),
        tuple(low for low, _, _ in limits),
        tuple(high for _, high, _ in limits),
        whole,
        {place[old]: frozenset(system.divisors[old]) for old in members if old in system.divisors},
    )


def _counting(each: Constraint, system: System, known: Mapping[str, Known]) -> bool:
    """Tell whether a constraint adds up whole numbers: then no rounding has come between them."""
    if not isinstance(each, Row):
        return False
    numbers = [end for end in (each.lower, each.upper) if end is not None]
    numbers += [factor for _, factor in each.terms]
    names = [system.names[place] for place in each.variables]
    return all(lean(one).denominator == 1 for one in numbers) and all(
        name in known and known[name][2] for name in names
    )


def _stepped(row: Row, whole: Sequence[bool]) -> Row:
    """Give a limit that whole numbers do not reach as the next one that they may reach."""
    if not (row.strict and all(whole[at] and factor == int(factor) for at, factor in row.terms)):
        return row
    lower, upper = row.lower, row.upper
    return row._replace(
        lower=None if lower is None else floor(lower) + 1,
        upper=None if upper is None else ceil(upper) - 1,
        strict=False,
    )
