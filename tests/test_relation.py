"""Judging statements: what only rounded is never accused, what is wrong by more is found."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import floor

import pytest
from honest import magnitude, printed, report
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from figurecheck.finding import BORDERLINE, BROKEN, HOLDS, UNTESTABLE
from figurecheck.formula import StatementError, statement
from figurecheck.relation import judge

Truth = tuple[str, dict[str, tuple[str, Fraction]]]

whole = st.builds(lambda digits, power: Fraction(digits * 10**power), st.integers(1, 99_999), st.integers(0, 6))
value = st.builds(lambda digits, power: digits * Fraction(10) ** power, st.integers(1, 9_999), st.integers(-3, 5))


def outcome(text: str, **texts: str) -> str:
    return judge(text, texts).outcome


def never_accused(truth: Truth, data: st.DataObject) -> None:
    """Assert that no honest report of a truth is found to be broken."""
    text, values = truth
    texts = data.draw(report(values), label=text)
    judged = judge(text, texts)
    assert judged.outcome != BROKEN, judged.proof
    assert "\n" not in judged.proof


# What only rounded is never accused ---------------------------------------------------------------


@st.composite
def sums(draw: st.DrawFn) -> Truth:
    parts = draw(st.lists(whole, min_size=2, max_size=5))
    names = [f"part_{place}" for place in range(len(parts))]
    called = draw(st.sampled_from([" + ".join(names), f"total({', '.join(names)})"]))
    values = {name: ("count", part) for name, part in zip(names, parts, strict=True)}
    return f"all == {called}", {"all": ("count", sum(parts)), **values}


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Fraction, Fraction]:
    """Draw a part and a whole."""
    first, second = draw(whole), draw(whole)
    return min(first, second), max(first, second)


@st.composite
def shares(draw: st.DrawFn) -> Truth:
    part, base = draw(pairs())
    text = draw(
        st.sampled_from(
            [
                "s * base == part",
                "s == share(part=part, whole=base)",
                "s == part / base",
                "part / s == base",
                "s == 100 * part / base",
                "1 - s == (base - part) / base",
                "s <= part / base",
            ]
        )
    )
    return text, {"s": ("share", part / base), "base": ("count", base), "part": ("count", part)}


@st.composite
def shares_of_a_sum(draw: st.DrawFn) -> Truth:
    women, men = draw(whole), draw(whole)
    values = {"w": ("count", women), "m": ("count", men), "s": ("share", women / (women + men))}
    return "s == w / (w + m)", values


@st.composite
def rates(draw: st.DrawFn) -> Truth:
    events, exposure = draw(pairs())
    values = {"e": ("count", events), "people": ("count", exposure), "r": ("rate", events / exposure)}
    return "r == rate(events=e, exposure=people)", values


@st.composite
def changes(draw: st.DrawFn) -> Truth:
    new, old = draw(whole), draw(whole)
    text = draw(
        st.sampled_from(
            ["g == change(new=new, old=old)", "g == 100 * (new - old) / old", "new == old * (1 + g)"]
        )
    )
    assume(abs(new / old) < 1000)
    kind = "share" if new >= old else "points"
    return text, {"new": ("count", new), "old": ("count", old), "g": (kind, new / old - 1)}


@st.composite
def partitions(draw: st.DrawFn) -> Truth:
    """Draw shares that make up a whole, held against one and against a hundred per cent."""
    parts = draw(st.lists(whole, min_size=2, max_size=4))
    values = {f"p{place}": ("share", part / sum(parts)) for place, part in enumerate(parts)}
    return f"{' + '.join(values)} == {draw(st.sampled_from(['1', '100', '100 %']))}", values


@st.composite
def costs(draw: st.DrawFn) -> Truth:
    people, each = draw(whole), draw(value)
    values = {"people": ("count", people), "each": ("number", each), "cost": ("number", people * each)}
    return "cost == people * each", values


FORMULAS = [
    "a * b + a * c",
    "a * (b + c) - b * c",
    "a / b",
    "a * b / c",
    "(a + b) / (a + c)",
    "a ** 2 + b ** -1",
    "a - b - c",
    "(a - b) / c",
    "a / (b + c) + c / (a + b)",
    "a * a - a * b",
    "change(new=a, old=b + c)",
    "a * (1 - b / c)",
]


@st.composite
def equations(draw: st.DrawFn) -> Truth:
    """Draw a formula of plain numbers, its result held against what it comes to, or against less."""
    text = draw(st.sampled_from(FORMULAS))
    names = statement(text).names
    truth = {name: draw(value) for name in names}
    result = statement(text).left.of(truth, lambda number: number)
    sign = draw(st.sampled_from(["==", "==", "<=", ">=", "<", ">"]))
    slack = draw(value) if sign in {"<", ">"} else draw(st.sampled_from([0, 1])) * draw(value)
    held = result + {"==": 0, "<": -slack, "<=": -slack}.get(sign, slack)
    values = {name: ("number", each) for name, each in {"r": held, **truth}.items()}
    return f"r {sign} {text}", values


truths = [sums, shares, shares_of_a_sum, rates, changes, partitions, costs, equations]


@pytest.mark.parametrize("truth", truths, ids=lambda each: each.__name__)
@given(data=st.data())
def test_a_report_that_only_rounded_is_never_accused(truth, data) -> None:
    never_accused(data.draw(truth()), data)


# What is wrong by more than the widths is found ---------------------------------------------------


@st.composite
def numbers(draw: st.DrawFn) -> tuple[str, Fraction, Fraction]:
    """Draw a number in full, with a last digit that says how it was rounded, and its two ends."""
    digits = draw(st.integers(101, 999).filter(lambda each: each % 10))
    place = draw(st.integers(-3, 5))
    return bounds(digits, place)


def bounds(digits: int, place: int) -> tuple[str, Fraction, Fraction]:
    unit = Fraction(10) ** place
    return printed(digits * unit, place), (digits - Fraction(1, 2)) * unit, (digits + Fraction(1, 2)) * unit


MONOTONE = ["a + b + c", "a * b", "a / b", "share(part=a, whole=b)", "total(a, b)", "a * b / c", "a ** 2"]


@pytest.mark.parametrize("formula", MONOTONE)
@given(data=st.data())
def test_what_is_wrong_by_more_than_the_widths_is_found_and_nothing_else(formula, data) -> None:
    stated = statement(f"r == {formula}")
    inputs = {name: data.draw(numbers(), label=name) for name in stated.names if name != "r"}
    corners = [
        statement(formula).left.of(dict(zip(inputs, corner, strict=True)), lambda each: each)
        for corner in product(*(ends for _, *ends in inputs.values()))
    ]
    low, high = min(corners), max(corners)
    place = magnitude(high) - 2
    near = data.draw(st.sampled_from([low, high])) / Fraction(10) ** place
    digits = floor(near) + data.draw(st.integers(-3, 3))
    assume(100 < digits < 1000 and digits % 10)
    text, least, greatest = bounds(digits, place)
    fits = least <= high and low <= greatest
    texts = {"r": text} | {name: each for name, (each, *_) in inputs.items()}
    assert outcome(stated.text, **texts) == (HOLDS if fits else BROKEN)


@pytest.mark.parametrize("sign", ["==", "<=", "<", ">=", ">"])
@given(first=numbers(), second=numbers())
def test_an_order_is_judged_by_the_ends(sign, first, second) -> None:
    (a, a_low, a_high), (b, b_low, b_high) = first, second
    possible = {
        "==": a_low <= b_high and b_low <= a_high,
        "<=": a_low <= b_high,
        "<": a_low < b_high,
        ">=": a_high >= b_low,
        ">": a_high > b_low,
    }
    assert outcome(f"a {sign} b", a=a, b=b) == (HOLDS if possible[sign] else BROKEN)


def test_counts_that_are_printed_in_full_leave_nothing_open() -> None:
    texts = {"a": "157,652 people", "b": "105,129 people", "c": "52,523 people"}
    assert outcome("a == b + c", **texts) == HOLDS
    assert outcome("a == b + c", **texts | {"c": "52,524 people"}) == BROKEN
    assert outcome("a < b + c", **texts) == BROKEN
    assert outcome("a <= b + c", **texts) == HOLDS


# The four outcomes -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expected", "text", "texts"),
    [
        (HOLDS, "t == a + b + c", {"t": "27.6 million", "a": "17.3 million", "b": "6.3 million", "c": "3.9 million"}),
        (BROKEN, "t == a + b + c", {"t": "27.8 million", "a": "17.3 million", "b": "6.3 million", "c": "3.9 million"}),
        (BROKEN, "s * t == p", {"s": "71 %", "t": "27.6 million", "p": "11.8 million"}),
        (HOLDS, "s * t == p", {"s": "43 %", "t": "27.6 million", "p": "11.8 million"}),
        (BORDERLINE, "s * t == p", {"s": "one in four", "t": "27.6 million", "p": "more than 3.3 million"}),
        (HOLDS, "a == b", {"a": "over 140,000", "b": "140,006 people"}),
        (BORDERLINE, "a == b", {"a": "over 140,000", "b": "157,652 people"}),
        (BROKEN, "a == b", {"a": "over 140,000", "b": "139,999 people"}),
        (BORDERLINE, "a == b", {"a": "about 140,000", "b": "147,000"}),
        (BROKEN, "a == b", {"a": "about 140,000", "b": "157,652"}),
        (HOLDS, "r == e / p", {"r": "3.5 per 1,000", "e": "27.6 million people", "p": "7,920,514,854 people"}),
        (HOLDS, "g == change(new=n, old=o)", {"g": "-4.5 %", "n": "95.5", "o": "100.0"}),
        (BROKEN, "g == change(new=n, old=o)", {"g": "4.5 %", "n": "95.5", "o": "100.0"}),
        (HOLDS, "a == b", {"a": "5 km", "b": "5.2 km"}),
    ],
)  # fmt: skip
def test_the_outcome_of_a_statement(expected, text, texts) -> None:
    assert outcome(text, **texts) == expected


@pytest.mark.parametrize(
    ("reason", "text", "texts"),
    [
        ("a divisor may be zero", "a / b == 2", {"a": "5", "b": "0"}),
        ("a divisor may be zero", "a == 2 ** -1 / (b - c)", {"a": "5", "b": "3", "c": "3"}),
        ("a divisor may be zero at the widest", "a / b == 2", {"a": "5 million", "b": "about 1"}),
        ("no number could break it", "a == b", {"a": "at least 5", "b": "up to 3"}),
        ("no number could break it", "a <= b", {"a": "at least 1", "b": "at least 10"}),
        ("it sets kilometre beside person", "a == b", {"a": "5 km", "b": "5 people"}),
        ("it sets USD beside EUR", "a + b == c", {"a": "$5", "b": "€5", "c": "10"}),
        ("b: '..' marks a suppressed number", "a == b", {"a": "5", "b": ".."}),
        ("a: 'nobody' states no quantity; wanted one", "a == b", {"a": "nobody", "b": "5"}),
        ("b: '3 of 4 and 7' states", "a == b", {"a": "5", "b": "3 of 4 and 7"}),
    ],
)
def test_what_cannot_be_tested_is_no_pass_and_says_why(reason, text, texts) -> None:
    judged = judge(text, texts)
    assert judged.outcome == UNTESTABLE
    assert reason in judged.reason
    assert judged.proof == judged.reason
    assert judged.slip is None
    assert judged.power == ""


def test_a_bound_that_could_be_broken_is_tested() -> None:
    assert outcome("a <= b", a="at least 10", b="9") == BROKEN
    assert outcome("a >= b", a="at most 10", b="11.2") == BROKEN
    assert outcome("a > b", a="at most 10", b="11.2") == BROKEN
    assert outcome("a < b", a="at least 10", b="9.2") == BROKEN


@pytest.mark.parametrize("whole_text", ["1", "100", "100 %", "1.0"])
def test_shares_make_up_one_or_a_hundred_per_cent(whole_text) -> None:
    assert outcome(f"a + b == {whole_text}", a="60 %", b="40 %") == HOLDS
    assert outcome(f"a + b == {whole_text}", a="60 %", b="45.0 %") == BROKEN
    assert outcome(f"a + b == {whole_text}", a="one in four", b="75 %") == HOLDS
    assert outcome("a + b == c", a="60 %", b="40 %", c=whole_text) == HOLDS


def test_a_hundred_times_a_share_is_a_number_of_per_cent() -> None:
    for text in ("s == 100 * p / w", "s == p / w * 100", "s == p / (w / 100)", "s == p / w"):
        assert outcome(text, s="50 %", p="5 people", w="10 people") == HOLDS
        assert outcome(text, s="50 %", p="5.0", w="10.0") == HOLDS
        assert outcome(text, s="0.50 %", p="5.0", w="10.0") == BROKEN
    assert outcome("r == 1000 * p / w", r="500 per 1,000", p="5 people", w="10 people") == HOLDS
    assert outcome("r == 1000 * p / w", r="50 %", p="5 people", w="10 people") == BROKEN
    assert outcome("s == 2 * t", s="1.0 %", t="50.0 %") == BROKEN


def test_units_are_converted_before_they_are_compared() -> None:
    assert outcome("a == b", a="5.00 km", b="5,003 metres") == HOLDS
    assert outcome("a == b", a="5.00 km", b="5,013 metres") == BROKEN
    assert outcome("a * b == c", a="2 km", b="3 km", c="6") == HOLDS
    assert outcome("a * b == c", a="$2.50", b="40.0", c="$100.00") == HOLDS
    assert outcome("a ** 2 == b", a="3.00", b="9.0") == HOLDS


@pytest.mark.parametrize(
    ("text", "texts", "expected"),
    [
        ("a + b", {}, "compares nothing; wanted one of == <= >= < >"),
        ("a = b", {}, "compares nothing"),
        ("a == b", {"a": "1"}, "no text for 'b'"),
        ("women == b", {"womne": "1", "b": "1"}, "no text for 'women', wanted women=...; did you mean 'womne'?"),
        ("a == b", {"a": "1", "b": "1", "c": "1"}, "'c' is not in the statement"),
    ],
)
def test_a_call_that_cannot_be_judged_is_refused(text, texts, expected) -> None:
    with pytest.raises(StatementError) as caught:
        judge(text, texts)
    assert expected in str(caught.value)
