"""What the reporters give: JSON that is exact or outward, and lines for the terminal."""

from __future__ import annotations

import json as standard
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import PurePosixPath

import pytest
from command import golden
from hypothesis import example, given
from hypothesis import strategies as st
from small import TODAY, register

from figurecheck.confront import Report, check
from figurecheck.derivation import Refused, derive
from figurecheck.finding import OUTCOMES, Finding
from figurecheck.interval import Interval
from figurecheck.reading import Reading, read
from figurecheck.register import Register
from figurecheck.relation import judge
from figurecheck.reporters import json, text
from figurecheck.reporters.location import Base
from figurecheck.rules import selected

MIXED = """id,reported,unit,label,concept,base,place,period,source,repeats,waive,note
    all,27.6 million,person,in labour,labour,,ITA,2021,s,,,
    women,about 11.8 million,person,,labour/women,,ITA,2021,s,,,
    share,71 %,percent,,labour/women,labour,ITA,2021,s,,,a note
    other,30.2 million,person,,labour,,ITA,2021,t,,FC301 with all: another count,
    money,US$ 6.75 billion,USD,,income,,,,t,,,
    lost,a surge,person,,,,,,gone,,,
    silent,,person,,,,,,,,,
    m1,5,person,,,,,,s,,,
    m2,5,person,,,,,,s,,,
    relations:
    id,statement,label,concept,note
    sexes,all == women + 15.8e6,both,,men are the rest
    exact,m1 == m2,,,
    same,share == women / all,,,
    far,share > lost,,,
    farther,all > lost,,,
    next,women > silent,,,
    last,all > silent,,,
    torn,all ==,,,
    implied,implied = share * all,what the share implies,labour/women,
    per_head,per_head = money / all,,,
    again,again = per_head * m1,,,
    nothing,nothing = m1 / (m1 - m2),,,
    twice,twice = women * 2,,,
    sources: s=ILO, t"""
BASE = Base(PurePosixPath("/repo"), PurePosixPath("/repo"))
HOSTILE = st.text(max_size=40) | st.text(
    st.sampled_from('"\\/\b\x00\x07\x1b[31m\x7f\x85\u2028\u202e\ud800\udfff\U0001f600\ufeff\n'),
    max_size=40,
)


def loaded(lines):
    """Give the object that lines of JSON are, its numbers exact; NaN and its kind fail the test."""

    def fail(constant):
        pytest.fail(constant)

    return standard.loads("\n".join(lines), parse_float=Decimal, parse_constant=fail)


def marked(words, style):
    return f"<{style}>{words}</>"


def plain(words, _style):
    return words


def printed(name, lines):
    """Hold lines against a golden file."""
    written = "".join(f"{line}\n" for line in lines)
    assert written == golden(f"reporters/{name}", written)


def reading(low, high, **more):
    stated = Interval.of(low, high)
    given = {"stated": (low, high), "narrow": stated, "wide": stated, "spread": None} | more
    return Reading("t", 0, 1, qualifier="", unit="", step=Fraction(1), **given)


def ends_of(value):
    """Tell whether the decimals of a fraction end."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


FRACTIONS = st.fractions() | st.builds(
    lambda whole, power: Fraction(whole) * Fraction(10) ** power,
    st.integers(-(10**40), 10**40),
    st.integers(-400, 400),
)


EQUALS = """id,reported,unit,concept,base,place,period,source,repeats
    a,71 %,percent,slavery/women,slavery,ITA,2021,s,
    b,about 0.71,fraction,slavery/women,,ITA,2016,t,
    c,71 percentage points,percentage_point,slavery/women,slavery,ITA,2021,s,
    d,71 per cent,percent,,,,,s,a
    e,71 %,percent,slavery/women,slavery,ITA,2021,s,
    f,71,person,slavery/women,,ITA,2021,s,
    g,70 %,percent,slavery/women,slavery,ITA,2021,s,
    h,..,percent,slavery/women,slavery,ITA,2021,s,
    sources: s, t"""


def test_a_figure_is_shown_with_all_others_of_its_value():
    read_here = register(EQUALS)
    lines = [
        line.partition(": ")[2]
        for line in text.shown(read_here, "a", plain)
        if line.startswith("    same value: ")
    ]
    assert lines == [
        (
            "b (about 0.71): no base; period 2016, not 2021; unit fraction, not percent; "
            "qualifier approx, here none; source t, not s"
        ),
        "d (71 per cent): no concept; no base",
        "e (71 %): alike in all that is stated",
    ]
    same = loaded(json.shown(read_here, "a"))["same_value"]
    assert [each["id"] for each in same] == ["b", "d", "e"]
    assert same[1] == {
        "id": "d",
        "reported": "71 per cent",
        "repeats": "a",
        "differs": {"concept": ["slavery/women", ""], "base": ["slavery", ""]},
    }
    assert loaded(json.shown(read_here, "h"))["same_value"] == []


@given(FRACTIONS, FRACTIONS)
@example(Fraction(-1, 3), Fraction(-1, 7))
@example(Fraction(1, 3), Fraction(2, 3))
@example(Fraction(10**399 + 1, 3), Fraction(10**400))
def test_a_number_is_exact_where_its_decimals_end_and_else_outward(one, other):
    low, high = sorted([one, other])
    [found] = loaded(json.readings([reading(low, high)]))["readings"]
    for pair in (found["narrow"], found["wide"], found["stated"]):
        lower, upper = map(Fraction, pair)
        assert lower <= low
        if found["value"] is None or pair is not found["stated"]:
            assert high <= upper
        for read_back, true in ((lower, low), (upper, high)):
            assert (read_back == true) == ends_of(true)
            assert abs(read_back - true) <= abs(true) / 10**16


@given(FRACTIONS)
def test_one_stated_number_is_one_number(value):
    [found] = loaded(json.readings([reading(value, value)]))["readings"]
    low, high = found["stated"]
    assert found["value"] == low == high


@given(FRACTIONS)
def test_an_end_that_is_not_bounded_is_null(end):
    above = reading(end, end, narrow=Interval.of(end, None), spread=Interval.of(None, None))
    below = reading(end, end, narrow=Interval.of(None, end))
    found = loaded(json.readings([above, below]))["readings"]
    assert found[0]["narrow"][1] is found[1]["narrow"][0] is None
    assert found[0]["narrow"][0] is not None
    assert found[0]["spread"] == [None, None]
    assert found[1]["spread"] is None


@given(HOSTILE)
@example("x" * 1_000_000)
def test_json_gives_any_text_back_as_it_was(words):
    finding = Finding(
        "FC1", "error", "broken", words, (words,), words, 1, words, words, words, words
    )
    made = loaded(json.report(Register({}, path=words), Report((finding,), {words: 1}), BASE))
    # Two halves of a character that stand together are that character, in JSON as in UTF-16.
    words = words.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    assert made["register"] == words
    assert made["tally"] == {words: 1}
    [found] = made["findings"]
    texts = ("figure", "path", "message", "proof", "diagnosis")
    assert [found[name] for name in texts] == [words] * len(texts)
    assert found["waived"] == (words or None)
    assert found["related"] == [words]


@given(HOSTILE)
def test_json_is_plain_ascii_a_line_at_a_time(words):
    for line in json.readings([reading(Fraction(1), Fraction(2), note=words)]):
        assert line.isascii()
        assert line.isprintable()


def test_read_has_the_members_that_scripts_rely_on():
    made = loaded(json.readings(read("over 27.6 million people, or 71 %")))
    assert made["version"] == 1
    people, share = made["readings"]
    assert (people["text"], people["start"], people["end"]) == ("over 27.6 million people", 0, 24)
    assert people["stated"] == [27_600_000, 27_600_000]
    assert people["narrow"][0] == people["value"] == 27_600_000
    assert people["wide"] == [27_600_000, None]
    assert (people["qualifier"], people["unit"]) == ("lower", "person")
    assert share["stated"] == [71, 71]
    assert share["narrow"] == [Decimal("70.5"), Decimal("71.5")]
    assert loaded(json.readings([])) == {"version": 1, "readings": []}


def test_judge_has_the_members_that_scripts_rely_on():
    judged = judge("s * t == p", {"s": "71 %", "t": "27.6 million", "p": "11.8 million"})
    made = loaded(json.judgement(judged, {"p": ("fits if told", "and so on")}))
    assert made["version"] == 1
    assert made["outcome"] == "broken"
    assert made["proof"] == judged.proof
    assert made["diagnosis"] == {"p": ["fits if told", "and so on"]}
    assert list(made["values"]) == ["s", "t", "p"]


def test_the_values_of_a_judgement_are_in_the_unit_that_they_name():
    made = loaded(json.judgement(judge("a == b", {"a": "71 %", "b": "0.71"}), {}))
    assert made["values"]["a"]["unit"] == "percent"
    assert made["values"]["a"]["narrow"] == [Decimal("70.5"), Decimal("71.5")]
    assert made["values"]["b"]["narrow"] == [Decimal("0.705"), Decimal("0.715")]


def test_what_nothing_could_be_computed_of_has_no_slip():
    for made in (judge("a == b", {"a": "5", "b": "x"}), judge("a <= b <= 5", {"a": "5", "b": "6"})):
        assert loaded(json.judgement(made, {}))["slip"] is None


def test_check_has_the_members_that_scripts_rely_on():
    small = register(MIXED)
    report = check(small, today=TODAY)
    made = loaded(json.report(small, report, BASE))
    assert list(made) == ["version", "register", "findings", "tally"]
    members = (
        "code severity outcome figure related path line message proof diagnosis waived column "
        "place fingerprint"
    ).split()
    assert [list(each) for each in made["findings"]] == [members] * len(report.findings)
    assert made["tally"] == report.tally
    assert set(OUTCOMES) < set(made["tally"])
    assert {each["waived"] for each in made["findings"]} == {None, "another count"}


def test_a_derived_share_is_in_the_per_cent_that_it_names():
    small = register(MIXED)
    [found] = loaded(json.derived(small, [derive(small, "women / all")], {}))["derived"]
    assert found["unit"] == "percent"
    assert 42 < found["narrow"][0] < found["narrow"][1] < 44


def test_what_is_refused_says_why():
    made = loaded(json.derived(register(MIXED), [], {"a / b": Refused("no", "FC404")}))
    assert made["refused"] == [{"id": "a / b", "code": "FC404", "reason": "no"}]


@pytest.mark.parametrize(
    ("name", "outcome"),
    [("sexes", "holds"), ("far", "untestable"), ("torn", None), ("per_head", None)],
)
def test_a_shown_relation_has_its_verdict_where_it_can_have_one(name, outcome):
    entry = loaded(json.shown(register(MIXED), name))["entry"]
    assert entry["outcome"] == outcome
    assert bool(entry["proof"]) == bool(outcome)


def test_showing_all_in_json_shows_what_showing_each_does():
    small = register(MIXED)
    made = loaded(json.shown(small, None))
    for kind in ("figures", "relations"):
        assert [each["id"] for each in made[kind]]
    for each in (*made["figures"], *made["derived"]):
        assert loaded(json.shown(small, each["id"]))["entry"] == each
    assert {each["id"] for each in made["figures"] if each["reading"] is None} == {"lost", "silent"}


def test_the_rules_in_json_are_those_that_were_asked_for():
    made = loaded(json.rules(selected(["FC3"])))["rules"]
    assert [each["code"] for each in made] == [each.code for each in selected(["FC3"])]
    assert all(each["law"] and each["documentation"].startswith(each["law"][:20]) for each in made)


@pytest.mark.parametrize("every", [False, True])
def test_a_report_as_lines(every):
    small = register(MIXED)
    report = check(small, today=TODAY)
    printed(f"report_{every}.txt".lower(), text.report(small, report, marked, every=every))


def test_every_note_is_shown_when_all_are_asked_for():
    small = register(MIXED)
    report = check(small, today=TODAY)
    few, many = ("\n".join(text.report(small, report, plain, every=each)) for each in (False, True))
    assert all(each.message in many for each in report.findings)
    assert not all(each.message in few for each in report.findings)
    assert "more; --strict shows all" in few
    assert "--strict" not in many


@pytest.mark.parametrize(
    ("rows", "counts", "aside"),
    [
        ("", "0 figures, 0 relations", "0 figures stood aside"),
        ("\na,5,person,s", "1 figure, 0 relations", "1 figure stood aside"),
        ("\na,5,person,s\nb,6,person,s", "2 figures, 0 relations", "2 figures stood aside"),
        (
            "\na,5,person,s\nb,6,person,s\nrelations:\nid,statement\nr,a < b",
            "2 figures, 1 relation;",
            "2 figures stood aside",
        ),
    ],
)
def test_one_is_singular_and_all_else_plural(rows, counts, aside):
    made = check(register(f"id,reported,unit,source{rows}"), today=TODAY)
    first, second = text.tally(made, plain)
    assert first.startswith(counts)
    assert second.startswith(aside)


def test_one_waived_finding_is_singular():
    made = check(register(MIXED), today=TODAY)
    *_, last = text.tally(made, plain)
    assert last.startswith("1 finding waived; ")


def test_a_finding_has_its_proof_its_diagnosis_and_its_waiver_under_it():
    finding = Finding(
        "FC1", "error", "broken", "a", (), "f.csv", 2, "a is odd", "3", "fits b", "so"
    )
    made = Report((finding,), check(register(MIXED), today=TODAY).tally)
    assert list(text.report(register(MIXED), made, plain))[2:6] == [
        "f.csv:2: FC1 error (waived): a is odd", "    3", "    fits b", "    waived: so",
    ]  # fmt: skip


def test_a_source_is_cited_once_however_many_figures_stand_in_it():
    small = register(MIXED)
    finding = Finding("FC1", "error", "broken", "all", ("women", "other", "r", "silent"), "", 1, "")
    assert text.sources(small, finding) == ["s", "t"]


def test_readings_as_lines():
    words = "about 71 %, 10 to 20 people, 45 % (95 % CI 40-50), half a million in 3 cases, 12"
    printed("readings.txt", text.readings(read(words), marked))
    assert list(text.readings([], plain)) == ["no quantity"]


def test_a_reading_with_all_that_one_can_have():
    wide = Interval.of(0, 9)
    full = reading(Fraction(4), Fraction(5), wide=wide, spread=wide, note="said twice")
    assert list(text.readings([full], plain))[1:] == [
        "    states: 4 to 5",
        "    as printed: 4-5",
        "    at the widest: 0-9",
        "    spread: 0-9",
        "    note: said twice",
    ]


@pytest.mark.parametrize(
    ("statement", "texts", "lines"),
    [
        ("a == b", {"a": "5", "b": "7"}, 1),
        ("a == b", {"a": "27.6 million", "b": "27.6 million"}, 2),
    ],
)
def test_a_judgement_says_what_it_would_not_have_caught(statement, texts, lines):
    judged = judge(statement, texts)
    made = list(text.judgement(judged, plain))
    assert made == [str(judged), f"    {judged.power}"][:lines]
    assert bool(judged.power) == (lines == 2)


def test_derived_quantities_as_lines():
    small = register(MIXED)
    found = [*small.derivations.derived.values(), derive(small, "m1 + 2"), derive(small, "2 * 3")]
    assert small.derivations.refused.keys() == {"per_head", "again", "nothing"}
    printed("derived.txt", text.derived(small, found, small.derivations.refused, marked))


def test_everything_in_a_register_as_lines():
    printed("shown.txt", text.shown(register(MIXED), None, marked))


def test_an_empty_register_as_lines():
    empty = register("id,reported,unit,source")
    assert [*filter(None, text.shown(empty, None, plain))] == ["register: figures.csv"]


SHOWN = [
    "all",
    "other",
    "share",
    "lost",
    "silent",
    "implied",
    "sexes",
    "exact",
    "far",
    "torn",
    "per_head",
]


def test_each_thing_in_full_as_lines():
    small = register(MIXED)
    small.figures["all"].source.entry["title"] = "A title"
    lines = [line for name in SHOWN for line in (*text.shown(small, name, marked), "")]
    printed("entries.txt", lines)


@pytest.mark.parametrize("name", ["all", "share", "money", "m1"])
def test_a_figure_in_full_says_nothing_twice(name):
    lines = list(text.shown(register(MIXED), name, plain))
    assert sorted(set(lines)) == sorted(lines)


def test_one_rule_is_shown_in_full():
    lines = list(text.rules(selected(["FC302"]), plain))
    assert lines[0].startswith("FC302: <id> ")
    assert lines[2:] == selected(["FC302"])[0].documentation.splitlines()


def test_several_rules_stand_under_their_families():
    lines = list(text.rules(selected([]), plain))
    assert sum(line.startswith("  FC") for line in lines) == len(selected([]))
    codes = [line.split()[0].rstrip(":") for line in lines]
    assert codes == sorted(codes)
    heads = [line for line in lines if not line.startswith(" ")]
    assert all(line.endswith("?") for line in heads)
    assert all(one != other for one, other in pairwise(heads))
