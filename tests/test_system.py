"""From statements to rows and products: they say what the statements say, no more and no less."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from oracle import Model, compiled, decided, exact, rounded_figures

from figurecheck.formula import Formula, statement
from figurecheck.propagation import Empty, box
from figurecheck.system import Product, Row, System, Undefined, acyclic, components, lean, over
from figurecheck.world import satisfied

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from figurecheck.system import Component, Constraint, Known

fractions = st.fractions(min_value=-9, max_value=9, max_denominator=12)
numbers = st.sampled_from(["0", "1", "2", "0.5", "7 / 3", "12 %"])
formulas = st.recursive(
    st.sampled_from(["a", "b", "c"]) | numbers,
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(["+", "-", "*", "/"]), inner),
        st.builds("-{}".format, inner),
        st.builds("(({}) ** {})".format, inner, st.integers(-3, 3)),
        st.builds("change(new={}, old={})".format, inner, inner),
    ),
    max_leaves=7,
)


def posted(*statements: str, known: Mapping[str, Known] | None = None) -> list[Component]:
    """Give what hangs together of statements; each is its own relation."""
    system = System()
    for each in statements:
        read = statement(each)
        system.post(each, read.operator, read.difference)
    return list(components(system, known or {}))


def value(formula: Formula, names: Mapping[str, Fraction]) -> Fraction | None:
    try:
        return formula.of(names, Fraction)
    except ZeroDivisionError:
        return None


def holds(found: Sequence[Component], names: Mapping[str, Fraction]) -> bool:
    """Tell whether the values of names leave values for all that lies between."""
    for each in found:
        texts = {
            each.places[name]: (lean(at), lean(at))
            for name, at in names.items()
            if name in each.places
        }
        try:
            made = box(each, texts)
        except Empty:
            return False
        known = {place: low for place, low in enumerate(made.lower) if low is not None}
        if not satisfied(each, known):
            return False
    return True


@given(text=formulas, values=st.tuples(fractions, fractions, fractions))
def test_a_statement_is_satisfied_by_the_values_that_its_formula_has_and_by_no_others(
    text, values
) -> None:
    names = dict(zip("abc", values, strict=True))
    formula = statement(f"{text} == r").left
    result = value(formula, names)
    try:
        found = posted(f"{text} == r")
    except Undefined:
        assert result is None
        return
    if result is None:
        assert not holds(found, names)
    else:
        assert holds(found, names | {"r": result})
        assert not holds(found, names | {"r": result + 1})


@given(
    text=formulas,
    sign=st.sampled_from(["<=", ">=", "<", ">"]),
    values=st.tuples(fractions, fractions, fractions),
    more=st.sampled_from([-1, 0, 1]),
)
def test_a_bound_is_satisfied_where_the_formula_keeps_it(text, sign, values, more) -> None:
    names = dict(zip("abc", values, strict=True))
    result = value(statement(f"{text} == r").left, names)
    assume(result is not None)
    expected = {-1: sign[0] == ">", 0: "=" in sign, 1: sign[0] == "<"}[more]
    assert holds(posted(f"{text} {sign} r"), names | {"r": result + more}) == expected


@given(draw=st.randoms(use_true_random=False), kinds=st.sampled_from([["people"], ["money"]]))
def test_what_is_compiled_and_what_is_written_have_the_same_values_to_z3(draw, kinds) -> None:
    network = rounded_figures(draw, tree=False, kinds=kinds)
    model = Model(network.statements)
    texts = model.within(network.texts, "wide")
    laws = [(names, law) for names, law in map(compiled, posted(*network.statements))]
    said = [each for _, laws_of_one in laws for each in laws_of_one]
    assert {name for names, _ in laws for name in names} == set(model.names)
    written, made = decided(model.laws, texts), decided(said, texts)
    assert written is None or made is None or written == made


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("a * b + b * a", 24),
        ("a / b + 2 * a / b", 9),
        ("(1 + a) / b + (1 + a) * b", Fraction(35, 2)),
    ],
)
def test_what_a_relation_multiplies_twice_is_one_number(text, result) -> None:
    found = posted(f"{text} == r")
    assert sum(isinstance(each, Product) for each in found[0].constraints) < 3
    assert holds(found, {"a": Fraction(6), "b": Fraction(2), "r": Fraction(result)})


def test_an_overlap_lies_between_what_must_and_what_can_be_shared() -> None:
    found = posted("both(a, b) == c")
    shares = {"a": Fraction(7, 10), "b": Fraction(4, 10)}
    for part, fits in ((1, True), (4, True), (0, False), (5, False)):
        [component] = found
        names, laws = compiled(component)
        given = [names[name] == exact(each) for name, each in shares.items()]
        assert decided(laws, given, [names["c"] == exact(Fraction(part, 10))]) is fits


@pytest.mark.parametrize("text", ["a / 0 == 1", "a ** 2 / (b - b) == 1", "(a - a) ** -1 == 1"])
def test_what_divides_by_nothing_is_undefined(text) -> None:
    with pytest.raises(Undefined, match="a divisor is zero"):
        posted(text)


def test_what_does_not_hang_together_is_apart_and_numbers_alone_are_with_their_relation() -> None:
    parts = [set(each.places) for each in posted("a <= b", "b <= c", "d == 2 * e", "0 == 1")]
    assert parts == [{"a", "b", "c"}, {"d", "e"}, set()]
    system = System()
    for text in ("a <= 5", "0 <= 1", "5 <= b"):
        system.post("law", "<=", statement(text).difference)
    found = list(components(system, {}))
    assert [len(each.constraints) for each in found] == [1, 2]


def rows(found: Sequence[Component]) -> list[Row]:
    return [each for component in found for each in component.constraints if isinstance(each, Row)]


def test_a_limit_that_whole_numbers_do_not_reach_is_the_next_one_that_they_may() -> None:
    whole: dict[str, Known] = dict.fromkeys("ab", (None, None, True))
    cases = {
        "a < b": (None, -1, False),
        "a > b": (1, None, False),
        "2 * a < 5": (None, 4, False),
        "a > 2.5": (Fraction(5, 2), None, True),
        "a <= b": (None, 0, False),
        "0.5 * a < b": (None, 0, True),
        "a < c": (None, 0, True),
    }
    for text, expected in cases.items():
        [row] = rows(posted(text, known=whole))
        assert row[1:4] == expected, text


terms = st.lists(
    st.tuples(st.sampled_from("abcde"), st.integers(-3, 3).filter(bool)),
    min_size=2,
    max_size=4,
    unique_by=lambda term: term[0],
)


@given(sums=st.lists(st.tuples(terms, st.integers(-9, 9)), min_size=2, max_size=4))
def test_what_two_equations_say_together_follows_from_them(sums) -> None:
    written = [
        f"{' + '.join(f'{by} * {name}' for name, by in each)} == {end}" for each, end in sums
    ]
    for component in posted(*dict.fromkeys(written)):
        names, laws = compiled(component)
        own = [each for each in component.constraints if len(each.owners) == 1]
        combined = [each for each in component.constraints if len(each.owners) > 1]
        places = {place: names[name] for name, place in component.places.items()}
        alone = [law for law, each in zip(laws_of(own, places), own, strict=True) if each]
        for row in combined:
            total = sum((exact(by) * places[at] for at, by in row.terms), exact(0))
            assert decided(alone, [total != exact(row.lower)]) is False
            assert len(row.terms) < max(len(each.terms) for each in own)
        assert laws


def laws_of(sums: Sequence[Constraint], places: Mapping[int, object]) -> list[object]:
    return [
        sum((exact(by) * places[at] for at, by in each.terms), exact(0)) == exact(each.lower)
        for each in sums
    ]


@given(
    by=st.lists(st.integers(-3, 3).filter(bool), min_size=3, max_size=4),
    end=st.integers(-1, 1),
    product=st.sampled_from(["z == x * y", "x == z / y", "y == z / x", "z == x * x"]),
    values=st.tuples(fractions, fractions, fractions).filter(all),
)
def test_what_a_product_and_a_sum_say_together_is_true_where_they_are(
    by, end, product, values
) -> None:
    names = dict(zip("xyv", values, strict=True))
    names["z"] = names["x"] * names["x" if "x * x" in product else "y"]
    of_result, of_whole, of_part, *of_more = by
    rest = of_result * names["z"] + of_whole * names["y"] - end
    more = "".join(f" + {each} * v" for each in of_more)
    names["w"] = -(rest + sum(of_more) * names["v"]) / of_part
    found = posted(product, f"{of_result} * z + {of_whole} * y + {of_part} * w{more} == {end}")
    assert holds(found, names)


def test_a_part_that_is_the_rest_of_a_whole_bounds_it_by_its_share() -> None:
    for sums in (["all == women + men"], ["all == women + boys + men + 1", "boys == 2"]):
        [component] = posted("share == share(part=women, whole=all)", *sums)
        places = component.places
        texts = {places["share"]: (Fraction(1, 4), Fraction(1, 2)), places["men"]: (6, 9)}
        made = box(component, texts)
        more = 3 * (len(sums) - 1)
        assert made.ends[places["all"]] == ((6 + more) / Fraction(3, 4), (9 + more) * 2)
        assert made.converged
        assert not made.crept
        assert component.knotted is False


@given(
    sum_=st.lists(st.tuples(st.sampled_from("uvx"), st.integers(-2, 2).filter(bool)), max_size=3),
    end=st.integers(-1, 1),
    values=st.tuples(fractions, fractions, fractions, fractions),
)
def test_a_sum_that_is_multiplied_is_the_sum_of_what_is_multiplied(sum_, end, values) -> None:
    names = dict(zip("uvxy", values, strict=True))
    names["w"] = sum((by * names[name] for name, by in sum_), Fraction(end))
    names |= {f"{name}y": names[name] * names["y"] for name in "uvxw"}
    terms = "".join(f"{by} * {name} + " for name, by in sum_)
    found = posted(f"w == {terms}{end}", *(f"{name}y == {name} * y" for name in "uvxw"))
    assert holds(found, names)
    known = {f"{name}y": names[f"{name}y"] for name in "uvx"} | {"y": names["y"]}
    [component] = [each for each in found if "wy" in each.places]
    texts = {place: (known[name],) * 2 for name, place in component.places.items() if name in known}
    assert box(component, texts).ends[component.places["wy"]] == (names["wy"],) * 2


def test_what_equals_a_name_is_that_but_no_factor_of_itself() -> None:
    for text in ("z == x * y", "z == x / y"):
        [component] = posted(text)
        assert {*component.names} == {*"xyz"}
        assert not rows([component])
    [component] = posted("x == x * y")
    [row] = rows([component])
    assert not component.tree
    assert not row.lower
    [component] = posted("z - x * y == (x * y) / (x * y) - 1")
    assert component.divisors.keys() == {component.places["z"]}


def test_a_whole_that_is_its_own_part_or_nothing_else_has_no_other_part() -> None:
    for stated in (("x == x * y", "x + v == w"), ("z == x * y", "2 * z == y + 3")):
        [component] = posted(*stated)
        assert all(len(each.owners) == 1 for each in component.constraints)


def test_what_many_equations_hold_is_not_combined_pair_by_pair() -> None:
    few = posted(*(f"t{at} == a + b + {at}" for at in range(4)))
    many = posted(*(f"t{at} == a + b + {at}" for at in range(20)))
    assert sum(len(each.owners) > 1 for each in rows(few)) == 6
    assert not any(len(each.owners) > 1 for each in rows(many))
    shared = posted("a == x * b", *(f"t{at} == a + b + {at}" for at in range(20)))
    assert not any(len(each.owners) > 1 for each in rows(shared))


def test_what_two_relations_multiply_alike_is_one_number() -> None:
    found = posted("s * (1 + g) * w == a", "b == (1 + g) * s * w")
    assert holds(
        found, {name: Fraction(2) for name in "sgw"} | {"a": Fraction(12), "b": Fraction(12)}
    )
    [component] = found
    texts = {component.places["a"]: (12, 12)}
    assert box(component, texts).lower[component.places["b"]] == 12


def test_what_two_relations_multiply_hangs_together_through_what_is_equal() -> None:
    stated = ("a == c", "x == a / b", "b / y == c")
    [component] = posted(*stated)
    places = component.places
    made = box(component, {places["y"]: (200, 400)})
    assert made.ends[places["x"]] == (Fraction(1, 400), Fraction(1, 200))
    [owners] = [each.owners for each in component.constraints if len(each.owners) > 1][:1]
    assert {*owners} == {*stated}
    ties = [each for each in rows([component]) if len(each.owners) > 1]
    assert len(ties) == len({each.variables for each in ties})


edges = st.lists(st.sets(st.integers(0, 6), min_size=1, max_size=3), max_size=6)


@given(edges)
def test_sums_are_a_forest_where_each_ties_what_was_apart(found) -> None:
    groups: list[set[int]] = []
    forest = True
    for each in found:
        met = [group for group in groups if group & each]
        forest &= all(len(group & each) == 1 for group in met)
        groups = [group for group in groups if group not in met] + [each.union(*met)]
    made = [
        Row(tuple((place, 1) for place in each), 0, 0, strict=False, owners=("r",))
        for each in found
    ]
    assert acyclic(made) == forest


@given(fractions, fractions.filter(bool))
def test_quotients_are_exact_and_lean(above, below) -> None:
    assert over(lean(above), lean(below)) == above / below
    assert isinstance(lean(above), int) == (above.denominator == 1)


def test_what_follows_from_two_products_names_the_relation_that_says_what_is_not_zero() -> None:
    stated = ("z == x * y", "z == w * y", "q == a / y")
    [component] = posted(*stated)
    places = component.places
    [owners] = [
        each.owners
        for each in component.constraints
        if isinstance(each, Row) and {*each.variables} == {places["x"], places["w"]}
    ]
    assert owners == (stated[0], stated[2], stated[1])
    [without] = posted(*stated[:2])
    pairs = [{*each.variables} for each in without.constraints if isinstance(each, Row)]
    assert {without.places["x"], without.places["w"]} not in pairs
