"""Judging statements: what only rounded is never accused, what is wrong by more is found."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import floor
from typing import NamedTuple

import pytest
from honest import WRITERS, magnitude, printed, report
from hypothesis import assume, given
from hypothesis import strategies as st

from figurecheck.figures import Figure, subjects
from figurecheck.finding import BORDERLINE, BROKEN, HOLDS, UNTESTABLE
from figurecheck.formula import StatementError, statement
from figurecheck.reading import ROUNDINGS, read
from figurecheck.relation import (
    Judgement,
    Relation,
    Witnesses,
    beside,
    compared,
    judge,
    judgement,
    order,
    parts,
    shares,
    witnesses,
)
from figurecheck.units import unit as measured
from figurecheck.words import CODES, MEASURES, MONEY, PERCENT

Truth = tuple[str, dict[str, tuple[str, Fraction]]]

COUNTED_NOUNS = ["people", "persons", "victims", "arrivals", "cases", "households"]

whole = st.builds(
    lambda digits, power: Fraction(digits * 10**power), st.integers(1, 99_999), st.integers(0, 6)
)
value = st.builds(
    lambda digits, power: digits * Fraction(10) ** power, st.integers(1, 9_999), st.integers(-3, 5)
)


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
def quotients(draw: st.DrawFn) -> Truth:
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
    kind = "points" if "100" in text else "share"
    return text, {"s": (kind, part / base), "base": ("count", base), "part": ("count", part)}


@st.composite
def shares_of_a_sum(draw: st.DrawFn) -> Truth:
    women, men = draw(whole), draw(whole)
    values = {"w": ("count", women), "m": ("count", men), "s": ("share", women / (women + men))}
    return "s == w / (w + m)", values


@st.composite
def rates(draw: st.DrawFn) -> Truth:
    events, exposure = draw(pairs())
    values = {
        "e": ("count", events),
        "people": ("count", exposure),
        "r": ("rate", events / exposure),
    }
    return "r == rate(events=e, exposure=people)", values


@st.composite
def changes(draw: st.DrawFn) -> Truth:
    new, old = draw(whole), draw(whole)
    text = draw(
        st.sampled_from(
            [
                "g == change(new=new, old=old)",
                "g == 100 * (new - old) / old",
                "new == old * (1 + g)",
            ]
        )
    )
    assume(abs(new / old) < 1000)
    kind = "share" if new >= old and "100" not in text else "points"
    return text, {"new": ("count", new), "old": ("count", old), "g": (kind, new / old - 1)}


@st.composite
def partitions(draw: st.DrawFn) -> Truth:
    """Draw shares that make up a whole, held against one and against a hundred per cent."""
    parts = draw(st.lists(whole, min_size=2, max_size=4))
    whole_text = draw(st.sampled_from(["1", "100", "100 %"]))
    kind = "points" if whole_text == "100" else "share"
    values = {f"p{place}": (kind, part / sum(parts)) for place, part in enumerate(parts)}
    return f"{' + '.join(values)} == {whole_text}", values


@st.composite
def costs(draw: st.DrawFn) -> Truth:
    people, each = draw(whole), draw(value)
    values = {
        "people": ("count", people),
        "each": ("number", each),
        "cost": ("number", people * each),
    }
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
    """Draw a formula of plain numbers, held against what it comes to, or against more or less."""
    text = draw(st.sampled_from(FORMULAS))
    names = statement(text).names
    truth = {name: draw(value) for name in names}
    result = statement(text).left.of(truth, lambda number: number)
    sign = draw(st.sampled_from(["==", "==", "<=", ">=", "<", ">"]))
    slack = draw(value) if sign in {"<", ">"} else draw(st.sampled_from([0, 1])) * draw(value)
    held = result + {"==": 0, "<": -slack, "<=": -slack}.get(sign, slack)
    values = {name: ("number", each) for name, each in {"r": held, **truth}.items()}
    return f"r {sign} {text}", values


truths = [sums, quotients, shares_of_a_sum, rates, changes, partitions, costs, equations]


@pytest.mark.parametrize("truth", truths, ids=lambda each: each.__name__)
@given(data=st.data())
def test_a_report_that_only_rounded_is_never_accused(truth, data) -> None:
    never_accused(data.draw(truth()), data)


# What is wrong by more than the widths is found ---------------------------------------------------


class Shown(NamedTuple):
    """A number as printed, and the ends of what it leaves open, rounded or else cut off."""

    text: str
    least: Fraction
    greatest: Fraction
    cut_off: Fraction  # itself left out


def shown(digits: int, place: int) -> Shown:
    unit, half = Fraction(10) ** place, Fraction(1, 2)
    ends = ((digits - half) * unit, (digits + half) * unit, (digits + 1) * unit)
    return Shown(printed(digits * unit, place), *ends)


@st.composite
def numbers(draw: st.DrawFn, *, places: tuple[int, int] = (-3, 5)) -> Shown:
    """Draw a number in full, with a last digit that says how it was rounded."""
    digits = draw(st.integers(101, 999).filter(lambda each: each % 10))
    return shown(digits, draw(st.integers(*places)))


End = tuple[Fraction, bool]


def sides(number: Shown, *, cut: bool) -> tuple[End, End]:
    """Give both ends, each with whether it is left out."""
    return (number.least, False), (number.cut_off if cut else number.greatest, cut)


MONOTONE = [
    "a + b + c",
    "a * b",
    "a / b",
    "share(part=a, whole=b)",
    "total(a, b)",
    "rest(a, b)",
    "multiple(a, b)",
    "a * b / c",
    "a ** 2",
]


def reach(formula: str, inputs: dict[str, Shown], cut: str = "") -> tuple[End, End]:
    """Give the ends of a formula that is strictly monotone in each of its inputs."""
    corners = []
    for corner in product(*(sides(each, cut=name == cut) for name, each in inputs.items())):
        point = dict(zip(inputs, (end for end, _ in corner), strict=True))
        left_out = any(out for _, out in corner)
        corners.append((statement(formula).left.of(point, lambda each: each), left_out))
    return min(corners), max(corners)


def meet(first: tuple[End, End], second: tuple[End, End]) -> bool:
    """Tell whether two intervals have a value in common."""
    (low, low_out), (high, high_out) = max(first[0], second[0]), min(first[1], second[1])
    return low < high or (low == high and not low_out and not high_out)


@pytest.mark.parametrize("formula", MONOTONE)
@given(data=st.data())
def test_what_is_wrong_by_more_than_the_widths_is_found_and_nothing_else(formula, data) -> None:
    names = statement(formula).names
    inputs = {name: data.draw(numbers(), label=name) for name in names}
    (low, _), (high, _) = reach(formula, inputs)
    assume(high)
    place = magnitude(high) - 2
    near = data.draw(st.sampled_from([low, high])) / Fraction(10) ** place
    digits = floor(near) + data.draw(st.integers(-3, 3))
    assume(100 < digits < 1000 and digits % 10)
    result = shown(digits, place)
    rounded = meet(reach(formula, inputs), sides(result, cut=False))
    cut_off = [
        name
        for name in ("r", *names)
        if meet(reach(formula, inputs, cut=name), sides(result, cut=name == "r"))
    ]
    texts = {"r": result.text} | {name: each.text for name, each in inputs.items()}
    judged = judge(f"r == {formula}", texts)
    assert judged.outcome == (HOLDS if rounded else BORDERLINE if cut_off else BROKEN)
    expected = () if rounded else tuple(texts[name] for name in ("r", *names) if name in cut_off)
    assert judged.truncated == expected
    if judged.truncated:
        quoted = " or ".join(f"'{text}'" for text in judged.truncated)
        assert judged.proof.endswith(f"possible only if {quoted} was cut off, not rounded")


@pytest.mark.parametrize("sign", ["==", "<=", "<", ">=", ">"])
@given(data=st.data(), first=numbers(places=(0, 0)), step=st.integers(-3, 3))
def test_an_order_is_judged_by_the_ends(sign, data, first, step) -> None:
    place = data.draw(st.sampled_from([-1, 0]))
    digits = floor((first.least + step) / Fraction(10) ** place) + data.draw(st.integers(0, 1))
    assume(100 < digits < 10_000 and digits % 10)
    second = shown(digits, place)

    def possible(*, cut: str = "") -> bool:
        (a_low, _), (a_high, a_out) = sides(first, cut=cut == "a")
        (b_low, _), (b_high, b_out) = sides(second, cut=cut == "b")
        return {
            "==": meet(sides(first, cut=cut == "a"), sides(second, cut=cut == "b")),
            "<=": a_low < b_high or (a_low == b_high and not b_out),
            "<": a_low < b_high,
            ">=": b_low < a_high or (b_low == a_high and not a_out),
            ">": b_low < a_high,
        }[sign]

    cut_off = possible(cut="a") or possible(cut="b")
    expected = HOLDS if possible() else BORDERLINE if cut_off else BROKEN
    assert outcome(f"a {sign} b", a=first.text, b=second.text) == expected


def test_counts_that_are_printed_in_full_leave_nothing_open() -> None:
    texts = {"a": "157,652 people", "b": "105,129 people", "c": "52,523 people"}
    assert outcome("a == b + c", **texts) == HOLDS
    assert outcome("a == b + c", **texts | {"c": "52,524 people"}) == BROKEN
    assert outcome("a < b + c", **texts) == BROKEN
    assert outcome("a <= b + c", **texts) == HOLDS


FORMS = {"t": "27.6 million", "a": "17.3 million", "b": "6.3 million", "c": "3.9 million"}
FOURTH = {"s": "one in four", "t": "27.6 million", "p": "more than 3.3 million"}
PREVALENCE = {"r": "3.5 per 1,000", "e": "27.6 million people", "p": "7,920,514,854 people"}

# The four outcomes -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expected", "text", "texts"),
    [
        (HOLDS, "t == a + b + c", FORMS),
        (BROKEN, "t == a + b + c", FORMS | {"t": "27.8 million"}),
        (BROKEN, "s * t == p", {"s": "71 %", "t": "27.6 million", "p": "11.8 million"}),
        (HOLDS, "s * t == p", {"s": "43 %", "t": "27.6 million", "p": "11.8 million"}),
        (BORDERLINE, "s * t == p", FOURTH),
        (HOLDS, "a == b", {"a": "over 140,000", "b": "140,006 people"}),
        (BORDERLINE, "a == b", {"a": "over 140,000", "b": "157,652 people"}),
        (BROKEN, "a == b", {"a": "over 140,000", "b": "139,999 people"}),
        (BORDERLINE, "a == b", {"a": "at least 5", "b": "up to 3"}),
        (BORDERLINE, "a == b", {"a": "about 140,000", "b": "147,000"}),
        (BROKEN, "a == b", {"a": "about 140,000", "b": "157,652"}),
        (HOLDS, "r == e / p", PREVALENCE),
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
        ("no number could break it", "a == b", {"a": "at least 5", "b": "up to 30"}),
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
    assert outcome(f"a + b == {whole_text}", a="60.0 %", b="45.0 %") == BROKEN
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


def test_what_names_no_unit_may_take_that_of_what_it_stands_beside() -> None:
    def units(text: str, **texts: str) -> dict[str, str]:
        amounts = judge(text, texts).amounts
        return {
            name: each.name for name, each in beside(statement(text).difference, amounts).items()
        }

    assert units("a == b", a="5 km", b="5") == {"b": "kilometre"}
    assert units("a + c == b * 2", a="5 km", b="5", c="7") == {"c": "kilometre"}
    assert units("a == b", a="5", b="5") == {}
    assert units("a + b == c", a="5 km", b="5 people", c="10") == {}


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
        (
            "women == b",
            {"womne": "1", "b": "1"},
            "no text for 'women', wanted women=...; did you mean 'womne'?",
        ),
        ("a == b", {"a": "1", "b": "1", "c": "1"}, "'c' is not in the statement"),
    ],
)
def test_a_call_that_cannot_be_judged_is_refused(text, texts, expected) -> None:
    with pytest.raises(StatementError) as caught:
        judge(text, texts)
    assert expected in str(caught.value)


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [
        ("cut off", "no rounding 'cut off', wanted nearest, truncated, floor, ceiling or base 5"),
        ("truncate", "did you mean 'truncated'?"),
        ("base", "no rounding 'base'"),
        ("base x", "no rounding 'base x'"),
    ],
)
def test_a_rounding_that_is_none_is_refused(rounding, expected) -> None:
    with pytest.raises(StatementError) as caught:
        judge("a == b", {"a": "1", "b": "1"}, rounding=rounding)
    assert expected in str(caught.value)


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ("4.94", (BORDERLINE, BROKEN, HOLDS, HOLDS, BROKEN)),
        ("4.89", (HOLDS, HOLDS, HOLDS, HOLDS, BROKEN)),
        ("4.74", (HOLDS, HOLDS, BROKEN, BROKEN, HOLDS)),
        ("4.99", (BROKEN, BROKEN, HOLDS, HOLDS, BROKEN)),
        ("5.00", (BROKEN, BROKEN, BROKEN, BROKEN, BROKEN)),
    ],
)
def test_who_says_how_it_was_rounded_is_held_to_it(total, expected) -> None:
    texts = {"t": total, "a": "2.1", "b": "2.7"}
    found = [judge("t == a + b", texts, rounding=way).outcome for way in ("", *ROUNDINGS)]
    assert tuple(found) == expected


# The proof line ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "texts", "proof"),
    [
        (
            "p == s * t",
            {"p": "11.8 million", "s": "71 %", "t": "27.6 million"},
            "71 % x 27.6 million = 19.4-19.8 million, but 11.8 million is reported",
        ),
        (
            "t == a + b",
            {"t": "27.6 million", "a": "17.3 million", "b": "10.2 million"},
            "17.3 million + 10.2 million = 27.4-27.6 million, and 27.6 million is reported",
        ),
        (
            "a <= b",
            {"a": "12.0", "b": "11.0"},
            "12.0 (11.95-12.05) <= 11.0 (10.95-11.05) cannot hold",
        ),
        (
            "a == b",
            {"a": "157,652 people", "b": "157,653 people"},
            "157,652 people and 157,653 people cannot be the same",
        ),
    ],
)
def test_the_proof_line_gives_the_numbers(text, texts, proof) -> None:
    assert judge(text, texts).proof.replace("(157,652) ", "").replace(" (157,653)", "") == proof


def test_the_proof_of_a_borderline_outcome_names_the_word_that_is_stretched() -> None:
    one = judge("s * t == p", {"s": "about 70 %", "t": "100,003 people", "p": "75,000.0"})
    assert one.outcome == BORDERLINE
    assert one.proof.endswith("possible only if 'about 70 %' is stretched")
    two = judge("a == b", {"a": "about 70", "b": "about 85"})
    assert two.proof.endswith("possible only if 'about 70' or 'about 85' is stretched")


def test_the_slip_is_the_error_that_would_not_have_been_caught() -> None:
    judged = judge("a == b", {"a": "10.0", "b": "10.0"})
    assert (judged.slip.lower, judged.slip.upper) == (Fraction(-1, 10), Fraction(1, 10))
    assert judged.power == "an error of at most 0.1 may go unseen"
    assert judge("a == b", {"a": "10.0", "b": "12.0"}).power == ""
    assert judge("a <= b", {"a": "10.0", "b": "12.0"}).power == ""
    assert judge("a == b", {"a": "5 men", "b": "5 men"}).power == "any error would have been seen"
    one_sided = judge("a == b", {"a": "over 10.0", "b": "10.05"})
    assert one_sided.power == "an error in one direction may go unseen"


def test_a_name_without_an_amount_is_never_a_pass() -> None:
    judged = judgement(statement("a + b == c"), {"a": None})
    assert (judged.outcome, judged.reason) == (UNTESTABLE, "a, b, c are not known")
    assert judgement(statement("a == 1"), {}).reason == "a is not known"


def test_a_relation_is_a_check_or_a_derivation_or_cannot_be_read() -> None:
    check = Relation("r", "a == b", statement("a == b"))
    derived = Relation("r", "r = a", statement("r = a"))
    unread = Relation("r", "a ==")
    assert [each.check for each in (check, derived, unread)] == [True, False, False]
    assert [each.derives for each in (check, derived, unread)] == [False, True, False]


def test_every_unit_that_a_text_names_is_known() -> None:
    named = [*MEASURES.meanings, *MONEY.meanings, *PERCENT.meanings, *COUNTED_NOUNS, *CODES]
    per = ["", " a year", " per day", "/week", " per 1,000 people", " per household", " per km"]
    texts = [f"5.5 {name}{each}" for name in named for each in per]
    units = {reading.unit for text in texts for reading in read(text)}
    assert len(units) > len(per)
    assert all(measured(each).name for each in units - {""})


def test_the_sign_of_a_quantity_changes_nothing_of_its_unit() -> None:
    assert outcome("a == -b", a="-5.0 %", b="5.0 %") == HOLDS
    assert outcome("a == -b", a="-5.0 %", b="5.0 people") == UNTESTABLE
    assert str(judge("a == b", {"a": "5.0", "b": "6.0"})).startswith("broken: 5.0 (4.95-5.05) and")


# Implied relations -------------------------------------------------------------------------------

CONCEPTS = ["all", "all/labour", "all/labour/children", "all/women"]
PLACES = ["M49:001", "ITA", "IT-AV", "FRA", "route:sea"]
PERIODS = ["2021", "2021-Q1", "2020/2021", "2022", "2021-12/2022-01"]
HOLDERS = {
    "ITA": ["M49:001"],
    "IT-AV": ["ITA", "M49:001"],
    "FRA": ["M49:001"],
    "route:sea": ["M49:001"],
}
SPANS = {"2021": ["2020/2021"], "2021-Q1": ["2021", "2020/2021"]}
COUNTED_IN = ["person", "event", "household"]
OTHERS = {  # units of what is neither counted nor a share: it implies nothing of parts or bases
    "per_1000": "rate",
    "USD / person": "number",
    "year": "number",
    "index": "number",
    "percentage_point": "number",
    "percent": "points",
}
Cell = tuple[str, str, str, str]


def within(wider: Cell, cell: Cell) -> bool:
    """Tell whether one count is a part of the other, by concept, place and, of events, period."""
    (concept, place, period, unit), (whole, around, span, other) = cell, wider
    return (
        unit == other
        and (concept == whole or concept.startswith(f"{whole}/"))
        and (place == around or around in HOLDERS.get(place, []))
        and (period == span or (unit == "event" and span in SPANS.get(period, [])))
    )


@st.composite
def worlds(draw: st.DrawFn) -> dict[Cell, Fraction]:
    """Draw true counts: each is as great as every part of it, and otherwise anything."""
    some = [
        draw(st.lists(st.sampled_from(each), min_size=1, max_size=most, unique=True))
        for each, most in ((CONCEPTS, 3), (PLACES, 2), (PERIODS, 2), (COUNTED_IN, 2))
    ]
    cells = list(product(*some))
    chosen = draw(
        st.lists(st.sampled_from(cells), min_size=min(2, len(cells)), max_size=8, unique=True)
    )
    first = draw(st.lists(whole, min_size=len(chosen), max_size=len(chosen)))
    drawn = dict(zip(chosen, first, strict=True))
    return {
        cell: max(number for other, number in drawn.items() if within(cell, other))
        for cell in chosen
    }


class Scribe:
    """Writes the figures of a register, and keeps what is true of each."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data
        self.figures: dict[str, Figure] = {}
        self.true: dict[str, Fraction] = {}

    def write(self, kind: str, true: Fraction, unit: str, **cells: str) -> Figure:
        name = f"f{len(self.figures)}"
        reported = self.data.draw(WRITERS[kind](true))
        source = self.data.draw(st.sampled_from(["one", "other"]))
        figure = Figure(name, reported, unit, source_key=source, **cells)
        self.figures[name] = figure
        self.true[name] = true
        return figure


def subject_cells(cell: Cell) -> dict[str, str]:
    return dict(zip(("concept", "place", "period"), cell, strict=False))


def register(data: st.DataObject, world: dict[Cell, Fraction]) -> Scribe:
    """Write a register of a true world: counts, editions, repeats, shares, rates, gaps."""
    scribe = Scribe(data)
    others: dict[tuple[str, ...], Fraction] = {}
    draw = data.draw
    for cell, true in world.items():
        *_, unit = cell
        about = subject_cells(cell)
        figure = scribe.write("count", true, unit, **about)
        if draw(st.booleans()):  # another edition, and one that repeats and says less
            scribe.write("count", true, unit, **about)
            gaps = draw(st.sampled_from([("place",), ("period",), ("place", "period")]))
            said = {key: "" if key in gaps else text for key, text in about.items()}
            scribe.write("count", true, unit, repeats=figure.id, **said)
        if draw(st.booleans()):  # something else under the same words, or with a cell left empty
            other = draw(st.sampled_from(sorted(OTHERS)))
            true_other = others.setdefault((other, *cell[:3]), draw(value))
            scribe.write(OTHERS[other], true_other, other, **about)
            empty = draw(st.sampled_from(sorted(about)))
            scribe.write("count", draw(whole), unit, **about | {empty: ""})
        one_unit = unit == min(each[3] for each in world)  # a share does not say of which it is
        if one_unit and cell[0] != "all" and ("all", *cell[1:]) in world:
            write_share(scribe, world, cell, named=draw(st.booleans()))
    return scribe


def write_share(scribe: Scribe, world: dict[Cell, Fraction], cell: Cell, *, named: bool) -> None:
    """Write what share a count is of all there are; `named`: of a figure, by its id."""
    of = ("all", *cell[1:])
    said = subject_cells(cell) | {"base": "all"}
    if named:
        base = scribe.write("count", world[of], cell[3], **subject_cells(of))
        said = {"concept": cell[0], "base": base.id}
    scribe.write("share", world[cell] / world[of], "percent", **said)


def known(figures: dict[str, Figure]) -> Witnesses:
    return witnesses(figures, subjects(figures))


def implied(figures: dict[str, Figure]) -> list[tuple[str, tuple[Figure, ...], Judgement]]:
    """Give every relation that a register implies: its sign, its figures, how it is judged."""
    groups = known(figures).groups
    found = [
        ("==", tuple(group), compared("==", group, group))
        for group in groups.values()
        if len(group) > 1
    ]
    for smaller, greater in parts(groups):
        judged = compared("<=", smaller, greater)
        found += [("<=", pair, judged) for pair in product(smaller, greater)]
    for share, base, part in shares(groups, figures):
        text = statement(f"{share.id} * {base.id} == {part.id}")
        judged = judgement(text, {each.id: each.amount for each in (share, base, part)})
        found.append(("*", (share, base, part), judged))
    return found


def broken(figures: dict[str, Figure]) -> bool:
    return any(judged.outcome == BROKEN for _, _, judged in implied(figures))


@given(data=st.data(), world=worlds())
def test_a_true_register_implies_nothing_that_is_not_so_and_is_never_accused(data, world) -> None:
    scribe = register(data, world)
    for sign, figures, judged in implied(scribe.figures):
        true = [scribe.true[each.id] for each in figures]
        if sign == "==":
            assert len(set(true)) == 1, figures
        elif sign == "<=":
            assert true[0] <= true[1], figures
        else:
            assert true[0] * true[1] == true[2], figures
        assert judged.outcome != BROKEN, judged.proof


def figures(*rows: tuple[str, ...], **cells: str) -> dict[str, Figure]:
    """Give a register of counts in Italy in 2021: id, reported, unit, concept, and other cells."""
    common = {"place": "ITA", "period": "2021", "source_key": "one"} | cells
    columns = (
        "id",
        "reported",
        "unit",
        "concept",
        "base",
        "place",
        "period",
        "repeats",
        "source_key",
    )
    named = [dict(zip(columns, row, strict=False)) for row in rows]
    return {
        row["id"]: Figure(**common | {key: text for key, text in row.items() if text})
        for row in named
    }


ALL, WOMEN = (
    ("all", "27.6 million", "person", "slavery"),
    ("w", "11.8 million", "person", "slavery/women"),
)


@given(data=st.data(), world=worlds())
def test_a_second_figure_of_the_same_thing_that_differs_is_found(data, world) -> None:
    cell, true = next(iter(world.items()))
    said, unit = subject_cells(cell), cell[3]
    other = true + data.draw(st.integers(1, 9))
    pair = {"a": f"{true}", "b": f"{other}"}
    said |= {"precision": "exact"}
    assert broken({name: Figure(name, text, unit, **said) for name, text in pair.items()})


@given(world=worlds(), surplus=st.integers(1, 99))
def test_a_part_that_is_greater_than_its_whole_is_found(world, surplus) -> None:
    for cell, number in world.items():
        for wider in world:
            if within(wider, cell) and wider != cell:
                pair = {
                    "part": Figure(
                        "part",
                        str(number + surplus),
                        cell[3],
                        **subject_cells(cell),
                        precision="exact",
                    ),
                    "whole": Figure(
                        "whole", str(number), cell[3], **subject_cells(wider), precision="exact"
                    ),
                }
                assert broken(pair), (cell, wider)


@given(part=st.integers(1, 10**6), base=st.integers(1, 10**6))
def test_a_share_that_does_not_come_to_its_part_is_found(part, base) -> None:
    assume(part <= base)
    points = Fraction(100 * part, base)
    wrong = points + 2 if points < 50 else points - 2
    for printed_share, expected in ((points, False), (wrong, True)):
        text = f"{floor(printed_share * 10 + Fraction(1, 2)) / 10:.1f}"
        register = figures(
            ("all", str(base), "person", "slavery"),
            ("w", str(part), "person", "slavery/women"),
            ("s", text, "percent", "slavery/women", "slavery"),
            precision="",
        )
        assert broken(register) is expected


def test_a_group_is_judged_once_by_its_extremes() -> None:
    group = list(
        figures(
            ALL,
            ("b", "27,649,000", "person", "slavery"),
            ("c", "27.5 million", "person", "slavery"),
        ).values()
    )
    judged = compared("==", group, group)
    assert (judged.outcome, set(judged.statement.names)) == (BROKEN, {"b", "c"})
    loose = list(
        figures(
            ALL,
            ("b", "30 million", "person", "slavery"),
            ("c", "27.3 million", "person", "slavery"),
        ).values()
    )
    assert compared("==", loose, loose).outcome == BROKEN
    near = list(figures(ALL, ("b", "30 million", "person", "slavery")).values())
    assert compared("==", near, near).outcome == BORDERLINE
    stretched = figures(
        ALL, ("b", "30 million", "person", "slavery"), ("c", "over 20 million", "person", "slavery")
    )
    group = list(stretched.values())
    assert compared("==", group, group).outcome == BORDERLINE
    assert order(group[0], "<", group[1]).outcome == HOLDS


def test_the_widest_readings_have_extremes_of_their_own() -> None:
    found = figures(
        ("a", "over 100", "person", "c"),
        ("b", "up to 150", "person", "c"),
        ("d", "50", "person", "c"),
    )
    group = list(found.values())
    assert compared("==", group, group).outcome == BROKEN


def stood_aside(found: dict[str, Figure]) -> set[str]:
    return {each.id for each in known(found).aside}


@pytest.mark.parametrize("column", ["concept", "place", "period"])
def test_a_figure_that_does_not_say_what_it_is_of_stands_aside(column) -> None:
    cells = {"place": "ITA", "period": "2021", "concept": "slavery"} | {column: ""}
    found = {"a": Figure("a", "5", "person", **cells)}
    assert stood_aside(found) == {"a"}
    assert implied(found | {"b": Figure("b", "6", "person", **cells)}) == []


def test_what_cannot_be_read_has_no_unit_or_is_a_difference_stands_aside() -> None:
    found = figures(
        ("a", "many", "person", "slavery"),
        ("b", "5", "persn", "slavery"),
        ("c", "5", "percent", "slavery"),
        ("d", "5", "percentage_point", "slavery/women", "slavery"),
        ("e", "50", "percent", "slavery/women", "slavery"),
    )
    assert stood_aside(found) == {"a", "b", "c", "d"}
    assert implied(found) == []


def test_a_figure_that_repeats_another_is_no_second_witness() -> None:
    found = figures(ALL, ("news", "27 million", "person", "slavery", "", "", "", "all"))
    assert implied(found) == []
    assert stood_aside(found) == set()
    other = figures(
        ALL,
        ("news", "27 million", "person", "slavery", "", "FRA", "", "all"),
        ("f", "25 million", "person", "slavery", "", "FRA"),
    )
    assert broken(other)


def test_a_rate_a_mean_and_an_index_imply_no_parts() -> None:
    for unit in ("per_1000", "USD / person", "year", "index", "degC"):
        found = figures(("a", "5", unit, "slavery"), ("b", "9", unit, "slavery/women"))
        assert implied(found) == []


def test_a_share_implies_a_part_of_the_very_same_base_only() -> None:
    part = ("b", "62 %", "percent", "slavery/women/girls", "slavery")
    assert broken(figures(("a", "50 %", "percent", "slavery/women", "slavery"), part))
    assert implied(figures(("a", "50 %", "percent", "slavery/women", "labour"), part)) == []
    assert (
        implied(figures(("a", "50 %", "percent", "slavery/women", "slavery", "M49:001"), part))
        == []
    )


def test_counted_events_of_a_month_are_part_of_those_of_the_year() -> None:
    month = ("b", "60", "event", "fires", "", "", "2021-06")
    assert broken(figures(("a", "50", "event", "fires"), month))
    assert (
        implied(
            figures(
                ("a", "50", "person", "fires"), ("b", "60", "person", "fires", "", "", "2021-06")
            )
        )
        == []
    )
    assert implied(figures(("a", "50", "event", "fires", "", "", "2022"), month)) == []


def test_a_part_of_the_same_period_is_held_against_its_whole_where_a_longer_one_is_known() -> None:
    found = figures(
        ("part", "50", "event", "fires/forest"),
        ("whole", "40", "event", "fires"),
        ("years", "100", "event", "fires", "", "", "2020/2021"),
    )
    assert broken(found)


def test_a_part_is_held_against_the_nearest_longer_period() -> None:
    found = figures(
        ("month", "50", "event", "fires", "", "", "2021-06"),
        ("half", "40", "event", "fires", "", "", "2021-S1"),
        ("early", "9", "event", "fires", "", "", "2020-Q1"),
        ("years", "100", "event", "fires", "", "", "2020/2021"),
    )
    pairs = {(s[0].id, g[0].id) for s, g in parts(known(found).groups)}
    assert pairs == {("month", "half"), ("half", "years"), ("early", "years")}


def test_a_part_may_be_of_a_month_of_which_the_whole_is_not_known() -> None:
    month = ("m", "50", "event", "fires/forest", "", "", "2021-06")
    assert broken(figures(("year", "40", "event", "fires"), month))
    assert not broken(figures(("year", "60", "event", "fires"), month))


def test_a_share_of_what_is_counted_in_two_ways_implies_no_count() -> None:
    persons = (("p", "20", "person", "slavery/children"), ("all", "100", "person", "slavery"))
    events = (("e", "30", "event", "slavery/children"), ("cases", "50", "event", "slavery"))
    share = ("s", "20 %", "percent", "slavery/children", "slavery")
    both = figures(*persons, *events, share)
    assert not list(shares(known(both).groups, both))
    named = figures(*persons, *events, ("s", "20 %", "percent", "slavery/children", "all"))
    assert [tuple(each.id for each in found) for found in shares(known(named).groups, named)] == [
        ("s", "all", "p")
    ]
    assert not broken(both)


def test_a_share_is_held_against_counts_of_its_own_place_period_and_source() -> None:
    share = ("s", "43 %", "percent", "slavery/women", "all")
    assert not broken(figures(ALL, WOMEN, share))
    assert broken(figures(ALL, WOMEN, (*share[:1], "71 %", *share[2:])))
    elsewhere = figures(ALL, WOMEN, ("s", "71 %", "percent", "slavery/women", "all", "FRA"))
    assert implied(elsewhere) == implied(figures(ALL, WOMEN))
    itself = figures(ALL, ("s", "71 %", "percent", "slavery", "slavery"))
    assert implied(itself) == []
    money = figures(("all", "100", "USD", "slavery"), ("w", "10", "USD", "slavery/women"), share)
    assert not list(shares(known(money).groups, money))
    households = figures(("all", "100", "household", "slavery"), WOMEN, share)
    assert not list(shares(known(households).groups, households))
    editions = figures(
        ("old", "20.0 million", "person", "slavery", "", "", "", "", "two"),
        ALL,
        WOMEN,
        ("s", "43 %", "percent", "slavery/women", "slavery"),
    )
    found = [tuple(each.id for each in found) for found in shares(known(editions).groups, editions)]
    assert found == [("s", "all", "w")]


@pytest.mark.parametrize("given", [5, 5.0, None, b"5", ["5"]])
def test_a_number_in_place_of_a_text_is_refused_in_one_line(given):
    with pytest.raises(StatementError, match=r"'a' is of type [a-zA-Z]+; wanted it"):
        judge("a == b", {"a": given, "b": "5"})
