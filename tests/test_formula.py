"""The statement language: exact numbers, a small grammar, honest ranges, one line for a refusal."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from figurecheck.formula import (
    DEEPEST,
    LONGEST,
    LONGEST_NUMBER,
    MOST_FACTORS,
    MOST_WORDS,
    Formula,
    Range,
    StatementError,
    decimal,
    finite,
    near,
    statement,
)
from figurecheck.interval import WHOLE_LINE, Interval

NAMES = ("a", "b", "c", "women_2021")

decimals = st.decimals(0, 1000, places=3).map(lambda each: f"{each:f}".rstrip("0").rstrip("."))
atoms = st.sampled_from(NAMES) | decimals.filter(bool)


def compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Draw a formula, with every operation in parentheses."""
    two = st.builds("({} {} {})".format, inner, st.sampled_from("+-*/"), inner)
    power = st.builds("({} ** {})".format, inner, st.integers(-3, 3))
    call = st.builds("change(new={}, old={})".format, inner, inner)
    return two | power | inner.map("(-{})".format) | call


formulas = st.recursive(atoms, compound, max_leaves=8)
numbers = st.fractions(-50, 50, max_denominator=20)


def value(formula: Formula, point: dict[str, Fraction]) -> Fraction:
    return formula.of(point, lambda number: number)


def parsed(text: str) -> Formula:
    return statement(text).left


def of(text: str, **named: object) -> object:
    """Give the value of a formula of plain numbers."""
    return value(parsed(text), {name: Fraction(each) for name, each in named.items()})


def box(**named: tuple[object, object]) -> dict[str, Interval]:
    return {name: Interval.of(*ends) for name, ends in named.items()}


def spans(text: str, **named: tuple[object, object]) -> Range:
    return parsed(text).range(box(**named))


def refused(text: str, *expected: str) -> None:
    """Assert that a statement is refused in one short line with these words."""
    with pytest.raises(StatementError) as caught:
        statement(text)
    message = str(caught.value)
    assert "\n" not in message
    assert len(message) < 400
    for each in expected:
        assert each in message


# From text to value, and back ---------------------------------------------------------------------


@given(text=formulas, point=st.fixed_dictionaries(dict.fromkeys(NAMES, numbers)))
def test_a_formula_means_what_python_means_by_it(text, point) -> None:
    change = {"change": lambda new, old: (new - old) / old}
    try:
        expected = eval(quoted(text), change | point, {"F": Fraction})  # noqa: S307 - drawn here
    except ZeroDivisionError:
        reject()
    assert value(parsed(text), point) == expected


def quoted(text: str) -> str:
    """Give a drawn formula as Python that computes with fractions."""
    number = r"(?<![\w.])(?<!\*\* )(?<!\*\* -)(\d+(?:\.\d+)?)(?![\w.])"
    return re.sub(number, r"F('\1')", text)


@given(text=formulas, point=st.fixed_dictionaries(dict.fromkeys(NAMES, numbers)))
def test_the_text_of_a_formula_is_a_formula_of_the_same_value(text, point) -> None:
    first = parsed(text)
    again = parsed(first.words())
    try:
        expected = value(first, point)
    except ZeroDivisionError:
        reject()
    assert value(again, point) == expected
    assert again.names == first.names


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a-(b-c)", "a - (b - c)"),
        ("(a-b)-c", "a - b - c"),
        ("a+(b+c)", "a + b + c"),
        ("a/(b*c)", "a / (b * c)"),
        ("a/b/c", "a / b / c"),
        ("(a+b)*c", "(a + b) * c"),
        ("-(a+b)", "-(a + b)"),
        ("-a*b", "-a * b"),
        ("-a**2", "-a ** 2"),
        ("(-a)**2", "(-a) ** 2"),
        ("(a**2)**3", "(a ** 2) ** 3"),
        ("+a", "a"),
        ("a--b", "a - -b"),
        ("change(a, b)", "(a - b) / b"),
        ("total(a, b, c)", "a + b + c"),
        ("share(part=a, whole=b)", "a / b"),
        ("rate(exposure=b, events=a)", "a / b"),
        ("12.50 * a", "12.5 * a"),
        ("60% + a", "60% + a"),
    ],
)
def test_a_formula_as_text_has_the_parentheses_it_needs(text, words) -> None:
    assert parsed(text).words() == words


def test_the_numbers_are_put_in_as_they_are_printed() -> None:
    formula = parsed("a * (b - c)")
    texts = {"a": "71 %", "b": "27.6 million", "c": "about 5"}
    assert formula.words(texts, times="x") == "71 % x (27.6 million - about 5)"
    assert formula.words({"a": "71 %"}) == "71 % * (b - c)"


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("0.1", Fraction(1, 10)),
        ("0.1 + 0.2", Fraction(3, 10)),
        ("1e3", Fraction(1000)),
        ("1E-2", Fraction(1, 100)),
        (".5", Fraction(1, 2)),
        ("5.", Fraction(5)),
        ("1e400", Fraction(10) ** 400),
        ("60%", Fraction(3, 5)),
        ("60 %", Fraction(3, 5)),
        ("9" * 400, Fraction("9" * 400)),
        ("2 ** -2", Fraction(1, 4)),
        ("-2 ** 2", Fraction(-4)),
        ("--2", Fraction(2)),
        ("007", Fraction(7)),
    ],
)
def test_a_number_is_exactly_what_its_digits_say(text, exact) -> None:
    assert of(text) == exact


@given(number=st.fractions())
def test_a_number_is_written_exactly_or_as_a_quotient(number) -> None:
    assert of(f"({decimal(number)})") == number


def test_a_number_is_written_as_people_write_it() -> None:
    written = [decimal(Fraction(each)) for each in ("0.05", "-0.5", "100", "1/3", "12.5", "-7/6")]
    assert written == ["0.05", "-0.5", "100", "1/3", "12.5", "-7/6"]


@given(number=st.fractions())
def test_a_number_whose_decimals_never_end_is_cut_outward(number) -> None:
    down, up = finite(number), finite(number, up=True)
    assert "/" not in decimal(down) + decimal(up)
    assert (down == number == up) == ("/" not in decimal(number))
    assert down <= number <= up
    assert up - down <= abs(number) / 10**15


# The kinds of statements -------------------------------------------------------------------------


@pytest.mark.parametrize("sign", ["==", "<=", ">=", "<", ">"])
def test_a_check_has_two_sides_and_their_difference(sign) -> None:
    stated = statement(f"a * 2 {sign} b + a")
    assert (stated.operator, stated.target) == (sign, "")
    assert stated.left.words() == "a * 2"
    assert stated.right is not None
    assert stated.right.words() == "b + a"
    assert stated.difference.words() == "a * 2 - (b + a)"
    assert stated.names == ("a", "b")
    assert stated.difference.repeated == ("a",)


def test_a_derived_quantity_has_a_name_and_a_formula() -> None:
    stated = statement("women = all * share(part=a, whole=b)")
    assert (stated.operator, stated.target, stated.calls) == ("=", "women", ("share",))
    assert stated.left.words() == "all * a / b"
    assert stated.right is None
    assert stated.names == ("all", "a", "b")


def test_a_bare_formula_compares_nothing() -> None:
    stated = statement("  a + b\n")
    assert (stated.operator, stated.right, stated.names) == ("", None, ("a", "b"))


def test_a_named_formula_takes_its_inputs_by_place_or_by_name() -> None:
    for text in (
        "change(b, a)",
        "change(new=b, old=a)",
        "change(old=a, new=b)",
        "change(b, old=a)",
    ):
        assert of(text, a=2, b=3) == Fraction(1, 2)
    assert of("change(a, new=b)", a=2, b=3) == Fraction(1, 2)
    assert of("total(1, 2, 3)") == 6
    assert of("total(5)") == 5


def test_what_two_parts_have_in_common_is_of_one_where_no_whole_is_given() -> None:
    assert parsed("both(a, b)").words() == "both(a, b)"
    assert parsed("both(a + c, -b, of=2 * c)").words() == "both(a + c, -b, of=2 * c)"
    assert parsed("both(a, b, c)").names == ("a", "b", "c")
    assert spans("both(a, b)", a=("0.7", "0.7"), b=("0.4", "0.5")).interval == Interval.of(
        "0.1", "0.5"
    )


def test_what_a_part_has_in_common_with_its_own_whole_is_the_part() -> None:
    def of_b(part: str, whole: str) -> bool:
        return (part, whole) == ("a", "b")

    for text, nested in (
        ("c - 2 * both(a, b)", "c - 2 * a"),
        ("both(b, a, of=c)", "a"),
        ("both(a, c) + a / b", "both(a, c) + a / b"),
        ("both(a + c, b)", "both(a + c, b)"),
    ):
        assert parsed(text).nested(of_b).words() == nested
    stated = statement("x == both(a, b)").nested(of_b)
    assert (stated.right.words(), stated.difference.words()) == ("a", "x - a")
    assert statement("x = both(a, b)").nested(of_b).left.words() == "a"
    chain = statement("both(a, b) <= c <= d")
    assert chain.nested(of_b) is chain


# Laws and orders in a row -------------------------------------------------------------------------


def arguments(text: str) -> tuple[str, list[str]]:
    """Give the law that a statement is, and what it is given: "role=formula"."""
    stated = statement(text)
    assert stated.checks
    assert (stated.right, stated.target) == (None, "")
    said = [f"{role}={stated.difference.part(step).words()}" for role, step in stated.arguments]
    return stated.operator, said


@pytest.mark.parametrize(
    ("text", "law", "expected"),
    [
        ("partition(a, b)", "partition", "share=a share=b"),
        ("partition(n, a, b)", "partition", "share=n share=a share=b"),
        ("partition(a, b, n=n)", "partition", "share=a share=b n=n"),
        ("partition(n=n, a, b)", "partition", "n=n share=a share=b"),
        ("partition(a, n=n, b)", "partition", "share=a n=n share=b"),
        ("possible_share(a, n)", "possible_share", "share=a n=n"),
        ("possible_share(a, n=n)", "possible_share", "share=a n=n"),
        ("possible_share(n=n, a)", "possible_share", "n=n share=a"),
        ("possible_mean(a, n)", "possible_mean", "mean=a n=n"),
        ("possible_mean(a, n=24, items=3)", "possible_mean", "mean=a n=24 items=3"),
        ("possible_mean(items=3, n=24, a)", "possible_mean", "items=3 n=24 mean=a"),
        ("possible_base(a, b, n=m, n=w)", "possible_base", "share=a share=b n=m n=w"),
        ("possible_base(n=m, a, n=w)", "possible_base", "n=m share=a n=w"),
        ("ordered(a, b, c)", "ordered", "value=a value=b value=c"),
        ("ascending(a)", "ascending", "value=a"),
        ("a <= b <= c", "ordered", "value=a value=b value=c"),
        ("a < b < c < d", "ascending", "value=a value=b value=c value=d"),
        ("a >= b >= c", "ordered", "value=c value=b value=a"),
        ("a > b > c", "ascending", "value=c value=b value=a"),
        ("0 <= a/b <= a**2", "ordered", "value=0 value=a/b value=a**2"),
        ("possible_share(a / b, n=b + 1)", "possible_share", "share=a/b n=b+1"),
        ("partition(both(a, b), rest(1, a))", "partition", "share=both(a,b) share=1-a"),
    ],
)
def test_a_law_is_a_statement_of_its_own_and_takes_arguments_by_place_and_by_name(
    text, law, expected
) -> None:
    operator, said = arguments(text)
    assert (operator, " ".join(each.replace(" ", "") for each in said)) == (law, expected)
    assert statement(text).calls[0] == law


def test_a_law_is_said_with_the_texts_of_its_arguments_put_in() -> None:
    texts = {"a": "71 %", "b": "2", "n": "24 women"}
    for text, said in (
        ("possible_share(a, n)", "possible_share(71 %, n=24 women)"),
        ("partition(n, a, b * a)", "partition(24 women, 71 %, 2 x 71 %)"),
        ("possible_base(a, n=n, n=b)", "possible_base(71 %, n=24 women, n=2)"),
        ("n > a > b", "ascending(2, 71 %, 24 women)"),
    ):
        assert statement(text).words(texts) == said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("partition()", "'partition' at column 1 of 'partition()': wanted partition(share, ..."),
        ("partition(n=5)", "wanted partition(share, ..., n=...)"),
        ("partition(a, m=n)", "'m' at column 14"),
        ("partition(a, n=n, n=m)", "'n' at column 19"),
        ("partition(a,)", "')' at column 13"),
        ("partition(, a)", "',' at column 11"),
        ("partition(a b)", "wanted ','"),
        ("partition(a", "the end at column 12"),
        ("possible_share(a)", "wanted possible_share(share, n=...)"),
        ("possible_share(n=n)", "wanted possible_share(share, n=...)"),
        ("possible_share(a, b, c)", "'c' at column 22"),
        ("possible_share(a, n=n, m)", "'m' at column 24"),
        ("possible_share(n=n, a, b)", "'b' at column 24"),
        ("possible_share(a, n=n, n=n)", "'n' at column 24"),
        ("possible_share(share=a, n=n)", "'share' at column 16"),
        ("possible_share(a, items=n)", "'items' at column 19"),
        ("possible_share(a, n=)", "')' at column 21"),
        ("possible_share(a, n==n)", "'==' at column 20"),
        ("possible_mean(a, n, i)", "possible_mean(mean, n=..., items=...)"),
        ("possible_mean(a, n=n, item=i)", "did you mean 'items'?"),
        ("possible_base(a, b)", "wanted possible_base(share, ..., n=...)"),
        ("ordered()", "wanted ordered(value, ...)"),
        ("ascending(a, n=b)", "'n' at column 14"),
        ("possible_sare(a, n=5)", "did you mean 'possible_share'?"),
        ("partitoin(a, b)", "did you mean 'partition'?"),
        (
            "partition(a, b) == 1",
            "'==' at column 17 of 'partition(a, b) == 1': wanted the end: a law",
        ),
        ("partition(a, b) and ordered(a)", "'and' at column 17"),
        ("x == partition(a, b)", "'partition' at column 6"),
        ("x = possible_share(a, n)", "possible_share(...) alone: it is a check, and no number"),
        ("1 + ordered(a)", "ordered(...) alone: it is a check, and no number"),
        ("partition(ordered(a), b)", "ordered(...) alone"),
        ("a <= ascending(b) <= c", "ascending(...) alone"),
        ("(partition(a, b))", "partition(...) alone"),
        ("a <= b < c", "'<' at column 8"),
        ("a < b <= c", "several in order"),
        ("a == b == c", "several in order"),
        ("a <= b <= c >= d", "'>=' at column 13 of 'a <= b <= c >= d': wanted the end, or <= once"),
        ("a <= b <=", "the end at column 10"),
        ("x = a <= b <= c", "'<=' at column 7"),
        ("a >= b >= c = d", "the end, or >= once more"),
        ("both(a)", "wanted both(a=..., b=..., of=...)"),
        ("both(a, b, n=c)", "'n' at column 12"),
        ("both(a, b, c, d)", "wanted both("),
        ("rest(a)", "wanted rest(whole=..., parts, ...)"),
        ("rest(parts=a, b)", "'parts' at column 6"),
        ("mean(a, n=b, n=c)", "'n' at column 14"),
        ("points(new=a)", "wanted points(new=..., old=...)"),
    ],
)
def test_a_law_that_is_called_as_it_is_not_is_refused_with_its_form(text, expected) -> None:
    refused(text, expected)


@pytest.mark.parametrize("name", ["partition", "ordered", "both", "mean", "n", "items"])
def test_the_name_of_a_law_or_of_an_argument_may_be_that_of_a_figure(name) -> None:
    assert statement(f"{name} == a + {name}").names == (name, "a")
    assert statement(f"possible_share({name}, n={name})").names == (name,)


def test_a_name_given_twice_is_not_what_was_meant() -> None:
    with pytest.raises(StatementError) as caught:
        statement("possible_share(a, n=b, n=c)")
    assert "did you mean" not in str(caught.value)


def test_a_formula_works_on_numbers_and_on_intervals() -> None:
    formula = parsed("2 * b - c")
    assert value(formula, {"b": Fraction(3), "c": Fraction(1)}) == 5
    assert formula.of(box(b=(2, 3), c=(0, 1)), Interval.point) == Interval.of(3, 6)
    with pytest.raises(KeyError):
        formula.of({}, Interval.point)


# What is refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("the end", "column 1", "wanted a number, a name or '('")),
        ("a ==", ("the end at column 5", "wanted a number")),
        ("a == b == c", ("'=='", "compares two sides, or several in order")),
        ("a b", ("'b' at column 3", "wanted an operation")),
        ("10**10**10", ("one power only",)),
        ("2 ** 17", ("whole number up to 16",)),
        ("2 ** " + "9" * 5000, ("whole number up to 16",)),
        ("2 ** a", ("whole number up to 16",)),
        ("2 ** 0.5", ("whole number up to 16",)),
        ("__import__('os')", ('"\'" at column 12', "wanted a number, a name or one of")),
        ("__import__(a)", ("'__import__'", "one of the formulas total, rest, share")),
        ("__import__", ("small letters",)),
        ("a.__class__", ("'.' at column 2",)),
        ("a[0]", ("'[' at column 2",)),
        ("a if b else c", ("'if' at column 3",)),
        ("lambda: a", ("':'",)),
        ("a := b", ("':'",)),
        ("a != b", ("'!='",)),
        ("a // b", ("'/' at column 4",)),
        ("a % b", ("'%'",)),
        ("\u0430 == b", ("U+0430 CYRILLIC SMALL LETTER A",)),
        ("a \u2212 b", ("U+2212 MINUS SIGN",)),
        ("\uff11 + a", ("U+FF11 FULLWIDTH DIGIT ONE",)),
        ("a \x00 b", ("'\\x00' at column 3",)),
        ("\ud800", ("U+D800 without a name",)),
        ("Women == a", ("'Women' at column 1", "small letters")),
        ("nan < Inf", ("'Inf'",)),
        ("1e1000 == a", ("'1e1000'", "at most 1000 digits")),
        ("1e-1000 == a", ("at most 1000 digits",)),
        ("a\n+\n", ("the end at column 5 of 'a\\n+\\n'",)),
        ("1e99999999999 == a", ("at most 1000 digits",)),
        ("9" * (LONGEST_NUMBER + 1), ("at most 1000 digits",)),
        ("1_000", ("'_000'",)),
        ("1,000 == a", ("',' at column 2",)),
        ("(a", ("the end", "wanted ')'")),
        ("a)", ("')' at column 2",)),
        ("()", ("')' at column 2",)),
        ("1 = a", ("one name before '='",)),
        ("a + b = c", ("one name before '='",)),
        ("a = a + 1", ("does not use 'a' itself",)),
        ("a = b == c", ("compares two sides, or several in order",)),
        ("change(a)", ("change(new=..., old=...)",)),
        ("change(new=a, new=b)", ("'new' at column 15", "change(new=..., old=...)")),
        ("change(nwe=a, old=b)", ("did you mean 'new'?",)),
        ("change(a, b, c)", ("change(new=..., old=...)",)),
        ("change(a b)", ("wanted ','",)),
        ("change(a,", ("the end",)),
        ("total()", ("total(parts, ...)",)),
        ("total(x=a)", ("total(parts, ...)",)),
        ("toatl(a, b)", ("did you mean 'total'?",)),
        ("f(a)", ("one of the formulas total, rest, share, change, multiple",)),
    ],
)
def test_what_the_language_has_no_word_for_is_refused_in_one_line(text, expected) -> None:
    refused(text, *expected)


def test_a_statement_is_short() -> None:
    refused(" + ".join(f"name_{number}" for number in range(20_000)), "at most 20,000 are read")
    refused("a" + " " * LONGEST, "20,001 characters")
    assert len(statement("+".join(["a"] * 5_000)).left.steps) == 9_999


def test_a_statement_is_shallow() -> None:
    deepest = DEEPEST - 1
    assert of("(" * deepest + "1" + ")" * deepest) == 1
    refused("(" * DEEPEST + "1" + ")" * DEEPEST, f"at most {DEEPEST} levels")
    refused("(" * 10_000, f"at most {DEEPEST} levels")
    refused("change(" * 2_000, f"at most {DEEPEST} levels")
    assert of("-" * 10_001 + "1") == -1


def test_a_product_has_few_factors_however_it_is_written() -> None:
    assert of("*".join(["1"] * MOST_FACTORS)) == 1
    refused("*".join(["1"] * (MOST_FACTORS + 1)), "a product of 101 factors; at most 100")
    refused("/".join(["1"] * (MOST_FACTORS + 1)), "a product of 101 factors")
    refused("b == " + "(" * 5 + "9" + " ** 16)" * 5, "a product of 1,048,576 factors")
    refused("((9 ** 16) ** 16) ** 0", "a product of 256 factors")
    refused("(-(a + b * c) ** 8) ** 8 == d", "a product of 128 factors")


@given(text=st.text("ab19.e%+-*/()=<> ,_\n\t'\"[]{}\u0430\u2212\u00b2", max_size=30))
def test_any_text_is_a_statement_or_refused_in_one_line(text) -> None:
    try:
        stated = statement(text)
    except StatementError:
        refused(text)
    else:
        assert statement(stated.left.words()).names == stated.left.names


def test_a_wish_names_the_nearest_word_of_few_or_many() -> None:
    assert near("arivals", ["arrivals", "women"]) == "; did you mean 'arrivals'?"
    assert near("x", ["arrivals"]) == ""
    assert near("", ["arrivals"]) == ""
    many = {f"arr_{number}": number for number in range(MOST_WORDS)} | {"women": 0}
    assert near("owmen", many) == ""
    assert near("womn", many) == "; did you mean 'women'?"


# The range over a box -----------------------------------------------------------------------------


@st.composite
def boxes(draw: st.DrawFn) -> tuple[dict[str, Interval], dict[str, Fraction]]:
    """Draw an interval for each name, now and then unbounded, and a value that it holds."""
    intervals, point = {}, {}
    for name in NAMES:
        low, middle, high = sorted([draw(numbers), draw(numbers), draw(numbers)])
        open_below, open_above = draw(st.sampled_from([(0, 0)] * 6 + [(0, 1), (1, 0)]))
        intervals[name] = Interval.of(None if open_below else low, None if open_above else high)
        point[name] = middle
    return intervals, point


@given(text=formulas, drawn=boxes())
def test_the_range_holds_every_value(text, drawn) -> None:
    intervals, point = drawn
    formula = parsed(text)
    try:
        expected = value(formula, point)
    except ZeroDivisionError:
        assert not formula.range(intervals).defined
        return
    found = formula.range(intervals)
    assert expected in found.interval
    assert found.interval.subset(formula.of(intervals, Interval.point))


@st.composite
def printed_boxes(draw: st.DrawFn, names: str) -> dict[str, Interval]:
    """Draw what numbers of one size leave open that are printed with three digits."""
    printed = {name: draw(st.integers(100, 999)) for name in names}
    half = Fraction(1, 2)
    return {name: Interval.of(each - half, each + half) for name, each in printed.items()}


@given(drawn=printed_boxes("wm"))
def test_a_share_of_the_whole_that_it_is_part_of_is_exact(drawn) -> None:
    found = parsed("w / (w + m)").range(drawn)
    w, m = drawn["w"], drawn["m"]
    least, greatest = w.lower / (w.lower + m.upper), w.upper / (w.upper + m.lower)
    assert found == Range(Interval.of(least, greatest), tight=True)


@given(drawn=printed_boxes("no"))
def test_a_change_is_exact(drawn) -> None:
    found = parsed("change(new=n, old=o)").range(drawn)
    new, old = drawn["n"], drawn["o"]
    expected = Interval.of(new.lower / old.upper - 1, new.upper / old.lower - 1)
    assert found == Range(expected, tight=True)


REPEATING = [
    "a / (a + b)",
    "(a - b) / b",
    "a * b + a * c",
    "a * b - b * c - a",
    "a ** 2 - a * b",
    "(a + b) * (a - c)",
    "a / b + b / c + c / a",
    "1 / (1 + a) - a / b",
    "a * (a - b) / (b + c)",
]


@pytest.mark.parametrize("text", REPEATING)
@given(drawn=printed_boxes("abc"))
def test_a_range_that_is_called_tight_has_ends_that_are_reached(text, drawn) -> None:
    formula = parsed(text)
    found = formula.range(drawn)
    assert found.defined
    if found.tight:
        assert not ends_missed(formula, drawn, found.interval)


def ends_missed(formula: Formula, intervals: dict[str, Interval], found: Interval) -> bool:
    """Tell whether an end of the range is reached at no corner, and at no zero of an input."""
    sides = [
        {each.lower, each.upper, *([Fraction(0)] if 0 in each else [])}
        for each in (intervals[name] for name in formula.names)
    ]
    values = {
        value(formula, dict(zip(formula.names, corner, strict=True))) for corner in product(*sides)
    }
    return not {found.lower, found.upper} <= values


def test_a_range_that_turns_inside_is_not_called_tight() -> None:
    found = spans("s * (1 - s)", s=("0.4", "0.7"))
    assert not found.tight
    assert found.defined
    assert Fraction(1, 4) in found.interval
    rising = spans("s * (1 - s)", s=("0.1", "0.4"))
    assert rising == Range(Interval.of("0.09", "0.24"), tight=True)


@pytest.mark.parametrize(
    "text", ["w / (w + m)", "w / (m + w)", "w / (m + n + w)", "w / (m - n + w)"]
)
def test_a_share_of_the_sum_that_it_is_a_part_of_is_tight_without_an_end(text) -> None:
    below_one = Interval.of(Fraction(1, 2), 1).without(upper=True)
    given = {"n": (0, 0)} if "n" in text else {}
    assert spans(text, w=(1, None), m=(1, 1), **given) == Range(below_one, tight=True)


@pytest.mark.parametrize("text", ["a / (a + a * b + b)", "1 / (1 + a - a * b)", "a / (a + a + b)"])
def test_what_takes_a_name_twice_however_it_is_written_has_a_range(text) -> None:
    found = spans(text, a=(3, None), b=(0, Fraction(1, 2)))
    assert not found.tight
    assert spans(text, a=(4, 4), b=(Fraction(1, 4),) * 2).interval.subset(found.interval)


def test_a_part_that_may_be_zero_is_a_share_of_its_sum_all_the_same() -> None:
    found = spans("w / (w + m)", w=(0, None), m=(1, 1))
    assert found.interval.subset(Interval.of(0, None))
    assert Fraction(0) in found.interval
    assert spans("w / (w + w)", w=(1, 2)).interval == Interval.of(Fraction(1, 4), 1)


def test_an_input_without_an_end_is_not_pinned_there() -> None:
    found = spans("w / (m + w * w)", w=(1, None), m=(1, 1))
    assert not found.tight
    assert Interval.of(0, Fraction(1, 2)).without(lower=True).subset(found.interval)
    assert spans("a - a", a=(1, 1)) == Range(Interval.point(0), tight=True)
    assert spans("a - a", a=(1, 2)) == Range(Interval.point(0), tight=True)
    assert spans("a + b - a", a=(None, None), b=(1, 2)) == Range(WHOLE_LINE, tight=False)


@pytest.mark.parametrize(
    "text", ["a", "a * b", "a * (b + c)", "a * b / c", "(a - b) ** 3", "share(part=a, whole=a + b)"]
)
@given(drawn=printed_boxes("abc"), open_up=st.booleans())
def test_what_is_taken_from_itself_leaves_exactly_nothing(text, drawn, open_up) -> None:
    box = {name: Interval.of(each.lower, None) if open_up else each for name, each in drawn.items()}
    nothing = Range(Interval.point(0), tight=True)
    assert parsed(f"{text} - {text}").range(box) == nothing
    assert parsed(f"({text} - {text}) * a").range(box) == nothing
    assert parsed(f"{text} + c - {text}").range(box).interval == box["c"]


def test_a_product_is_the_same_in_either_order() -> None:
    assert spans("a * b - b * a", a=(1, 2), b=(3, 4)) == Range(Interval.point(0), tight=True)
    assert spans("(a + b) * c - c * (b + a)", a=(1, 2), b=(3, 4), c=(5, 6)) == Range(
        Interval.point(0), tight=True
    )


@pytest.mark.parametrize(
    "text", ["a / b", "a / (b - b)", "a + b ** -1", "a + (b / 2) ** -2", "a / b - a"]
)
def test_a_divisor_that_may_be_zero_leaves_the_range_undefined(text) -> None:
    found = spans(text, a=(1, 2), b=(-1, 1))
    assert found == Range(WHOLE_LINE, tight=False, undefined="a divisor may be zero")


def test_pinning_one_input_may_free_another() -> None:
    found = spans("a * b - a + 3 * b", a=(-1, 2), b=(2, 3))
    assert found == Range(Interval.of(5, 13), tight=True)


def test_a_part_of_a_formula_stands_alone() -> None:
    whole = parsed("a * b + c / a")
    last = whole.steps[-1]
    assert whole.part(last.left).words() == "a * b"
    assert whole.part(last.right).words() == "c / a"
    assert whole.part(last.right).names == ("c", "a")


def test_a_step_can_be_multiplied() -> None:
    whole = parsed("a - 100")
    assert whole.scaled({whole.steps[-1].right: Fraction(1, 100)}).words() == "a - 100 * 0.01"
    assert whole.scaled({}).words() == "a - 100"


def test_an_input_that_a_named_formula_takes_twice_is_a_repeated_one() -> None:
    assert parsed("change(new=a, old=b)").repeated == ("b",)
    assert parsed("change(new=a, old=b + c)").repeated == ("b", "c")
    assert parsed("share(part=a, whole=a + b)").repeated == ("a",)
    assert statement("a == change(new=a, old=b)").difference.repeated == ("a", "b")


@pytest.mark.parametrize("text", ["change(new=n, old=o)", "(n - o) / o", "n / o - 1"])
def test_a_change_to_far_less_is_exact_however_it_is_written(text) -> None:
    box = {"n": Interval.of(2000, 4000), "o": Interval.of(40_000, 50_000)}
    found = statement(text).left.range(box)
    assert (found.interval, found.tight) == (
        Interval.of(Fraction(-48, 50), Fraction(-36, 40)),
        True,
    )


def test_what_cannot_be_spread_out_is_said_to_be_loose() -> None:
    box = {"a": Interval.of(-1, 2)}
    assert not statement("a * a - a").left.range(box).tight
