"""Conflicts: the smallest sets of texts that leave nothing, all of them, up to a limit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_system import posted

from figurecheck import conflict
from figurecheck.conflict import MOST_CONFLICTS, Refuter, searched, smallest
from figurecheck.formula import statement
from figurecheck.system import System, components

members = st.frozensets(st.sampled_from("abcdefg"), min_size=1, max_size=4)
families = st.lists(members, max_size=6)


def minimal(family: list[frozenset[str]]) -> set[frozenset[str]]:
    return {each for each in family if not any(other < each for other in family)}


def refuters(family: list[frozenset[str]]) -> list[Refuter]:
    """Give refuters of ones whose sum, over each set of the family, has to be less than it is."""
    found = posted(*(f"{' + '.join(sorted(each))} <= {len(each) - 1}" for each in family))
    return [
        Refuter(each, dict.fromkeys(each.places.values(), (1, 1)), linear=False) for each in found
    ]


@given(families)
def test_all_smallest_sets_are_found_each_once(family) -> None:
    conflicts = []
    for refuter in refuters(family):
        found = searched(refuter)
        assert found.complete
        names = refuter.component.names
        conflicts += [frozenset(names[place] for place in each) for each in found.conflicts]
    assert len(conflicts) == len(set(conflicts))
    assert set(conflicts) == minimal(family)


@given(families.filter(bool))
def test_a_smallest_part_lacks_nothing_that_it_needs(family) -> None:
    def refuted(kept: object) -> bool:
        return any(each <= set(kept) for each in family)

    assert frozenset(smallest(refuted, "abcdefg")) in minimal(family)


def test_where_nothing_at_all_is_needed_the_smallest_part_is_empty() -> None:
    assert smallest(lambda _: True, "abc") == ()
    assert smallest(lambda _: True, "") == ()
    [refuter] = refuters([frozenset("a")])
    [contradiction] = posted("a <= 0", "a >= 1")
    assert searched(Refuter(contradiction, refuter.texts, linear=False)) == (((),), True)


def test_a_text_that_its_unit_does_not_allow_is_a_conflict_of_one() -> None:
    system = System()
    system.post("bound", "<=", statement("a <= 9").difference)
    [component] = components(system, {"a": (0, 1, False)})
    assert searched(Refuter(component, {0: (2, 3)}, linear=False)).conflicts == ((0,),)


@given(
    factors=st.lists(st.integers(-3, 3).filter(bool), min_size=2, max_size=4),
    texts=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3)), min_size=4, max_size=4),
    limits=st.lists(st.sampled_from([None, 12]), min_size=4, max_size=4),
    sign=st.sampled_from(["==", "<=", "<", ">=", ">"]),
)
def test_what_one_sum_refutes_is_refuted_and_lacks_nothing(factors, texts, limits, sign) -> None:
    names = "abcd"[: len(factors)]
    system = System()
    text = " + ".join(f"{factor} * {name}" for factor, name in zip(factors, names, strict=True))
    system.post("sum", sign, statement(f"{text} {sign} 0").difference)
    known = {name: (0, limit, False) for name, limit in zip(names, limits, strict=False)}
    [component] = components(system, known)
    ends = {
        place: (low, low + width)
        for place, (low, width) in zip(range(len(names)), texts, strict=False)
    }
    refuter = Refuter(component, ends, linear=False)
    for found in searched(refuter).conflicts:
        assert refuter.refuted(found)
        assert not any(refuter.refuted([one for one in found if one != each]) for each in found)


def test_beyond_the_limits_it_is_said_that_there_may_be_more() -> None:
    family = [frozenset(["x", f"y{at}"]) for at in range(MOST_CONFLICTS + 5)]
    [refuter] = refuters(family)
    found = searched(refuter)
    assert (len(found.conflicts), found.complete) == (MOST_CONFLICTS, False)
    [few] = refuters(family[:5])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conflict, "MOST_SEARCHES", 3)
        found = searched(few)
    assert (len(found.conflicts), found.complete) == (2, False)


def test_a_conflict_is_looked_for_among_what_led_to_it() -> None:
    chain = [f"a{at} <= a{at + 1}" for at in range(30)]
    [component] = posted(*chain)
    texts = {component.places[f"a{at}"]: (at, at) for at in range(31)}
    texts[component.places["a7"]] = (19, 19)
    found = searched(Refuter(component, texts, linear=False))
    names = {frozenset(component.names[place] for place in each) for each in found.conflicts}
    assert names == {frozenset(["a7", f"a{at}"]) for at in range(8, 19)}
