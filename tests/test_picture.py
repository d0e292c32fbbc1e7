"""Pictures: well-formed whatever the words, in order, outward, and the same in words."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from itertools import combinations, pairwise
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest
from command import golden
from hypothesis import example, given
from hypothesis import strategies as st

from figurecheck.appendix import band as bands_module
from figurecheck.appendix import series, svg
from figurecheck.appendix.band import Band, places, row, told, unseen
from figurecheck.appendix.graph import MOST, Node, network
from figurecheck.appendix.picture import gap, intervals, stack
from figurecheck.appendix.scale import downward, scale
from figurecheck.appendix.series import Point
from figurecheck.appendix.svg import breadth, clean, pixels, shortened, wrapped
from figurecheck.interval import Interval

SVG = "{http://www.w3.org/2000/svg}"
KINDS = ["reported", "derived", "implied", "unreported", "unreadable"]
MARKS = ["", "broken", "borderline", "waived", "<old>"]
NUMBER = re.compile(r"-?\d+\.?\d*")


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float


def parsed(picture):
    """Give the root of a picture, which has to be one well-formed element."""
    root = ET.fromstring(picture.svg)  # noqa: S314, our own
    assert root.tag == f"{SVG}svg"
    return root


def groups(picture):
    """Give what stands for one band or node each, in order."""
    return [each for each in parsed(picture).iter(f"{SVG}g") if "data-kind" in each.attrib]


def parts(element, name):
    """Give the shapes of a name, by their points."""
    return [points(each) for each in element.iter(f"{SVG}path") if each.get("data-part") == name]


def points(path):
    numbers = [float(each) for each in NUMBER.findall(path.get("d"))]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def texts(picture):
    """Give the boxes of all texts that stand upright, by our own estimate of their width."""
    found = []
    root = parsed(picture)
    skipped = {
        text for group in root.iter(f"{SVG}g") if "transform" in group.attrib for text in group
    }
    for each in root.iter(f"{SVG}text"):
        if each in skipped:
            continue
        size = float(each.get("font-size"))
        wide = breadth(each.text or "", int(size), bold="font-weight" in each.attrib)
        x, y = float(each.get("x")), float(each.get("y"))
        left = x - {"end": wide, "middle": wide / 2}.get(each.get("text-anchor"), 0)
        found.append(Box(left, y - 0.75 * size, left + wide, y + 0.2 * size))
    return found


def meet(one, other):
    return (
        one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    )


def sound(picture):
    """Hold what is true of every picture against this one."""
    root = parsed(picture)
    width, height = picture.width, float(root.get("height"))
    assert root.get("viewBox") == f"0 0 {pixels(width)} {pixels(height)}"
    allowed = {"svg", "title", "desc", "g", "path", "text", "a", "circle", "rect"}
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= allowed
    for each in root.iter():
        assert not {"style", "class"} & set(each.attrib)
        assert each.get("href", "#").startswith("#")
    for path in root.iter(f"{SVG}path"):
        for x, y in points(path):
            assert -0.01 <= x <= width
            assert -0.01 <= y <= height
    boxes = texts(picture)
    for box in boxes:
        assert box.left >= -0.01
        assert box.right <= width + 0.01
        assert box.top >= -0.01
        assert box.bottom <= height + 0.01
    for one, other in combinations(boxes, 2):
        assert not meet(one, other)
    assert clean(picture.title) == picture.title == root[0].text or not picture.title
    assert picture.description == (root[1].text if root[1].tag == f"{SVG}desc" else "")
    return picture


hostile = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "",
            "<script>alert(1)</script>&amp;]]>",
            "\0\x08\x1b\x7f\ud800\ufffe",
            "\u202eright to left\u202c",
            "\u05d0\u05d1\u05d2 (\u0627\u0628\u062a)",
            "w" * 300,
            "m i " * 100,
            "\U0001f469\u200d\U0001f469 \U0001f3f4",
            "e\u0301" * 200,
            "\" onload='x'",
            "\n\n",
        ]
    ),
)
ends = st.one_of(
    st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=1000),
    st.integers(0, 10**7).map(Fraction),
    st.integers(0, 200).map(Fraction),
    st.builds(
        lambda digits, power: digits * Fraction(10) ** power,
        st.integers(1, 99),
        st.integers(-40, 40),
    ),
    st.just(Fraction(10) ** 400 + 1),
)


@st.composite
def some_intervals(draw):
    low, high = sorted([draw(ends), draw(ends)])
    form = draw(st.sampled_from(["both", "both", "point", "low", "high", "none", "open"]))
    if form == "open" and low < high:
        return Interval.of(low, high).without(lower=draw(st.booleans()), upper=draw(st.booleans()))
    return {
        "point": Interval.point(low),
        "low": Interval.of(low, None),
        "high": Interval.of(None, high),
        "none": Interval.of(None, None),
    }.get(form, Interval.of(low, high))


@st.composite
def some_bands(draw, text=hostile):
    narrow = draw(st.none() | some_intervals())
    wide = draw(st.none() | some_intervals())
    if narrow is not None and wide is not None:
        wide = wide.hull(narrow)
    kind, mark = draw(st.sampled_from(KINDS)), draw(st.sampled_from(MARKS))
    link = draw(st.sampled_from(["", "#figure-x", "javascript:x", '#"><x']))
    return Band(draw(text), narrow, wide, draw(text), kind, mark, link)


many = st.lists(some_bands(), max_size=8)
units = st.sampled_from(["person", "percent", "fraction", "USD/year", "", "1"]) | hostile


def reported(label, text, low, high=None, **more):
    """Give a band whose narrow and wide intervals are the same."""
    interval = Interval.of(low, low if high is None else high)
    return Band(label, interval, interval, text, **more)


@given(many, units, hostile)
@example([Band("a", None, Interval.of(1, 2), "x")], "person", "")
def test_intervals_are_well_formed_and_every_band_is_there_in_order(bands, unit, title):
    picture = sound(intervals(bands, unit, title))
    assert [each.get("data-kind") for each in groups(picture)] == [each.kind for each in bands]
    assert intervals(bands, unit, title) == picture


@given(some_bands(), some_bands(), units, hostile)
def test_a_gap_is_well_formed_and_drawn_only_where_there_is_one(one, other, unit, title):
    picture = sound(gap(one, other, unit, title))
    known = None not in (one.narrow, other.narrow)
    apart = known and one.narrow.disjoint(other.narrow)
    ends_apart = [each.wide or each.narrow for each in (one, other) if each.wide or each.narrow]
    apart = apart or (len(ends_apart) == 2 and ends_apart[0].disjoint(ends_apart[1]))
    kinds = [one.kind, "gap", other.kind] if apart else [one.kind, other.kind]
    assert [each.get("data-kind") for each in groups(picture)] == kinds
    assert (" apart" in picture.description.rpartition(": ")[2] or not known) or not apart


@given(some_bands(), many, units, hostile)
def test_a_stack_is_well_formed_and_has_every_part_and_the_whole(whole, listed, unit, title):
    picture = sound(stack(whole, listed, unit, title))
    kinds = [each.get("data-kind") for each in groups(picture)]
    assert [each for each in kinds if each != "gap"] == [
        *(each.kind for each in listed),
        "derived",
        whole.kind,
    ]


@given(some_bands(), many, units, st.integers(40, 400))
def test_a_row_is_well_formed_and_says_all_in_its_name(band, others, unit, width):
    known = [each for one in [band, *others] for each in (one.narrow, one.wide) if each]
    picture = sound(row(band, scale(known, unit), width=width))
    assert parsed(picture).get("aria-label") == picture.title
    assert len(groups(picture)) == 1
    assert clean(band.text) in picture.title or band.kind == "unreported"


days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
some_points = st.builds(
    lambda first, last, band, edition: Point(*sorted([first, last]), band, edition),
    days,
    days,
    some_bands(),
    st.sampled_from(["", "2023", "2024", "\0<", "final", "w" * 200]),
)


@given(st.lists(some_points, max_size=8), units, hostile)
def test_a_series_is_well_formed_and_every_point_is_there_in_order(listed, unit, title):
    picture = sound(series.series(listed, unit, title))
    assert [each.get("data-kind") for each in groups(picture)] == [
        each.band.kind for each in listed
    ]


@given(st.data())
def test_a_map_is_well_formed_and_every_joined_node_is_there_once(data):
    kinds = data.draw(st.lists(st.sampled_from(["figure", "relation", "derived"]), max_size=30))
    nodes = [Node(f"n{place}", data.draw(hostile), kind) for place, kind in enumerate(kinds)]
    ids = st.integers(0, 35).map(lambda place: f"n{place}")
    edges = data.draw(st.lists(st.tuples(ids, ids), max_size=60))
    conflict = data.draw(st.lists(ids, max_size=4))
    picture = sound(network(nodes, edges, conflict, data.draw(hostile)))
    known = {each.id for each in nodes}
    joined = (
        {each for one, other in edges if one != other for each in (one, other)} if edges else set()
    )
    joined = {
        name
        for one, other in edges
        if one != other and {one, other} <= known
        for name in (one, other)
    }
    drawn = groups(picture)
    assert len(drawn) == len(joined)
    crosses = [each for each in drawn if parts(each, "mark")]
    assert len(crosses) == len(joined & set(conflict))
    pairs = {frozenset(each) for each in edges if set(each) <= known and each[0] != each[1]}
    root = parsed(picture)
    assert len(parts(root, "line")) + len(parts(root, "conflict")) == len(pairs)
    assert len(parts(root, "conflict")) == sum(each <= set(conflict) for each in pairs)


@given(st.lists(some_intervals(), min_size=1, max_size=6), units, st.booleans())
def test_lower_values_are_further_left_and_all_lie_on_the_scale(listed, unit, whole):
    on = scale(listed, unit, whole=whole)
    known = sorted({end for each in listed for end in (each.lower, each.upper) if end is not None})
    places_of = [on.share(each) for each in known]
    assert places_of == sorted(places_of)
    assert all(0 <= each <= 1 for each in places_of)
    assert list(on.ticks) == sorted(set(on.ticks))
    if known:
        assert on.upper >= known[-1]
        assert on.lower <= known[0] or (on.logarithmic and known[0] == 0)
    if whole and known:
        assert on.lower <= 0 <= on.upper
        assert not on.logarithmic


@given(some_intervals(), st.lists(some_intervals(), max_size=4))
def test_the_ends_drawn_hold_the_interval_and_hardly_more(interval, others):
    on, length = scale([interval, *others]), 172
    picture = row(Band("", interval, None, "x"), on)
    if interval.lower is not None and interval.lower == interval.upper:
        ((x, _), _) = parts(parsed(picture), "exact")[0]
        assert abs(Fraction(x) - 4 - on.share(interval.lower) * length) < Fraction(1, 50)
        return
    xs = [Fraction(str(x)) - 4 for x, _ in parts(parsed(picture), "narrow")[0]]
    for end, drawn, outward in ((interval.lower, min(xs), 1), (interval.upper, max(xs), -1)):
        if end is not None:
            beyond = outward * (on.share(end) * length - drawn)
            assert 0 <= beyond <= Fraction(1, 100)


@given(st.lists(some_intervals(), min_size=2, max_size=6))
def test_what_is_disjoint_has_a_gap_that_shows_or_is_said_to_be_apart(listed):
    bands = [Band(f"n{place}", each, None, "") for place, each in enumerate(listed)]
    on, length = scale(listed), 300
    placed = places(bands, on, length)
    said = list(unseen(bands, placed))
    for each, place in zip(listed, placed, strict=True):
        outward = on.drawn(each, length)
        assert 0 <= place.narrow.start - outward.start <= 0.52
        assert 0 <= outward.end - place.narrow.end <= 0.52
    for one, other in combinations(range(len(bands)), 2):
        if listed[one].disjoint(listed[other]):
            low, high = (one, other) if listed[one].precedes(listed[other]) else (other, one)
            apart = placed[high].narrow.start - placed[low].narrow.end
            names = f"n{low} () and n{high} () have no value in common"
            assert apart > 0.99 or any(each.startswith(names) for each in said) or len(said) > 3


@given(some_intervals(), st.lists(some_intervals(), max_size=4), st.sampled_from(KINDS))
def test_a_bound_to_one_side_ends_in_an_arrow_at_the_edge_of_the_scale(interval, others, kind):
    on = scale([interval, *others])
    (drawn,) = groups(row(Band("", interval, None, "x", kind), on))
    opened = [each.get("data-open") for each in drawn.iter(f"{SVG}path") if each.get("data-open")]
    left = interval.lower is None or (on.logarithmic and interval.lower == 0)
    sides = ["left"] * left + ["right"] * (interval.upper is None)
    point = interval.lower is not None and interval.lower == interval.upper
    assert opened == ([" ".join(sides)] if sides and not point else [])


@given(st.fractions(min_value=Fraction(1, 10**9), max_value=10**9))
def test_an_arrow_has_room_to_be_seen(end):
    for interval in (Interval.of(end, None), Interval.of(None, end), Interval.of(None, -end)):
        for others in ([], [Interval.of(0, 2 * end)], [Interval.of(-end, end)]):
            place = scale([interval, *others]).drawn(interval, 200)
            assert place.end - place.start >= 8


@pytest.mark.parametrize(
    ("band", "said"),
    [
        (reported("a", "71 %", "70.5", "71.5"), "71 %, stands for 70.5-71.5 %"),
        (reported("a", "5 %", 5), "5 %"),
        (reported("a", "5", 5), "5, stands for 5 %"),
        (
            Band("a", Interval.of(9, 11), Interval.of(5, None), "about 10"),
            "about 10, stands for 9-11 %, at the widest 5 % or more",
        ),
        (reported("a", "9-11 %", 9, 11, kind="derived", mark="broken"), "9-11 %, derived, broken"),
        (Band("a", None, None, "", "unreported"), "not reported"),
        (
            Band("a", Interval.of(9, 11), None, "", "unreported", "waived"),
            "not reported, bounded to 9-11 %, waived",
        ),
        (Band("a", None, None, "a lot", "unreadable"), "cannot be read, a lot"),
        (Band("a", None, None, "a lot"), "cannot be read, a lot"),
    ],
)
def test_a_band_is_told_as_it_is_drawn(band, said):
    assert told(band, "percent") == said


def shown(*bands, unit="person"):
    """Give what is drawn of each band, by the names of its shapes."""
    return [
        [shape.get("data-part") for shape in group.iter(f"{SVG}path") if shape.get("data-part")]
        for group in groups(intervals(bands, unit, "t"))
    ]


def test_what_no_text_says_looks_unlike():
    assert shown(
        reported("exact", "10,000", 10_000),
        reported("thin", "20,005", 20_000, 20_010),
        reported("a band", "20 thousand", 15_000, 25_000),
        Band("two", Interval.of(15_000, 25_000), Interval.of(10_000, None), "about 20 thousand"),
        reported("calculated", "20 thousand", 15_000, 25_000, kind="implied"),
        Band("bounded", Interval.of(15_000, 25_000), None, "", "unreported"),
        Band("nothing", None, None, "", "unreported"),
        Band("nothing legible", None, None, "many", "unreadable"),
    ) == [
        ["exact"],
        ["narrow", "thin"],
        ["narrow"],
        ["wide", "narrow"],
        ["calculated"],
        ["bounded"],
        ["none"],
        ["none"],
    ]


@pytest.mark.parametrize(("kind", "words_in_it"), list(bands_module.WITHOUT.items()))
def test_an_empty_frame_says_why_it_is_empty(kind, words_in_it):
    band = Band("a", None, None, "x", kind)
    for picture in (
        intervals([band], "person", "t"),
        row(band, scale([])),
        series.series([Point(date(2023, 1, 1), date(2023, 12, 31), band)], "person", "t"),
    ):
        assert words_in_it in [each.text for each in parsed(picture).iter(f"{SVG}text")]


def test_a_tick_has_one_width_however_long_the_scale():
    band = reported("a", "5", 5)
    for others in ([], [Interval.of(0, 10**9)], [Interval.of(4, 6)]):
        (group,) = groups(row(band, scale([band.narrow, *others])))
        (tick,) = [each for each in group if each.get("data-part") == "exact"]
        assert float(tick.get("stroke-width")) == bands_module.TICK


@pytest.mark.parametrize(
    ("ends", "unit", "lower", "upper", "logarithmic"),
    [
        ([("19.4", "19.8"), ("11.75", "11.85")], "person", 0, 20, False),
        ([("27.55", "27.65")], "person", "27.54", "27.66", False),
        ([(-3, 8)], "percent", -5, 10, False),
        ([(-8, -3)], "percent", -8, 0, False),
        ([(30, 31), (60, 61)], "percent", 0, 100, False),
        ([(3, 4), (10, 12)], "percent", 0, 15, False),
        ([("0.3", "0.6")], "fraction", 0, 1, False),
        ([(110, 120)], "percent", 110, 120, False),
        ([(0, 1200)], "percent", 0, 1500, False),
        ([(1, 2), (3000, 4000)], "USD", 1, 10_000, True),
        ([(0, 2), (3000, 4000)], "USD", 1, 10_000, True),
        ([(-1, 2), (3000, 4000)], "USD", -1000, 4000, False),
        ([(5, 5)], "person", 0, 5, False),
        ([(0, 0)], "person", 0, 1, False),
        ([(None, None)], "person", 0, 1, False),
        ([(3, None)], "person", 0, 4, False),
        ([(None, 1), (0, 100)], "person", -20, 100, False),
    ],
)
def test_a_scale_starts_at_zero_where_that_crushes_nothing(ends, unit, lower, upper, logarithmic):
    on = scale([Interval.of(*each) for each in ends], unit)
    assert (on.lower, on.upper, on.logarithmic) == (Fraction(lower), Fraction(upper), logarithmic)


def test_a_logarithmic_scale_is_said_on_the_axis_and_in_the_description():
    bands = [reported("a", "2", 1, 3), reported("b", "9,000", 8500, 9500)]
    picture = sound(intervals(bands, "USD/year", "t"))
    assert "from 1 USD a year to 10,000 USD a year, which is logarithmic" in picture.description
    assert "unit: USD a year, logarithmic scale" in picture.svg
    over_time = [
        Point(date(2020 + at, 1, 1), date(2020 + at, 12, 31), each) for at, each in enumerate(bands)
    ]
    assert "logarithmic scale" in sound(series.series(over_time, "USD/year", "t")).svg


def test_a_gap_has_its_least_size_at_the_widest_in_words():
    implied = Band(
        "implied",
        Interval.of("19.42e6", "19.78e6"),
        Interval.of("19.28e6", "19.91e6"),
        "19.4-19.8 million",
        "implied",
    )
    published = reported("published", "11.8 million", "11.75e6", "11.85e6")
    picture = sound(gap(implied, published, "person", "t"))
    assert picture.description.endswith("They are at least 7.4 million apart.")
    _, between, _ = groups(picture)
    xs = [x for x, _ in parts(between, "gap")[0]]
    start, end = (
        [x for x, _ in parts(each, name)[0]]
        for each, name in zip(groups(picture)[::2], ("wide", "narrow"), strict=True)
    )
    assert max(end) - 0.02 <= min(xs) < max(xs) <= min(start) + 0.02


@given(st.integers(-9, 9), st.integers(1, 10**20), st.sampled_from([-1, 0, 1]), st.integers(1, 99))
@example(3, 17, 1, 1)  # whose logarithm, as a float, is below 3
def test_a_size_is_told_downward_to_two_digits(power, near, aside, digits):
    value = digits * Fraction(10) ** power + Fraction(aside, 10**12 * near)
    below = downward(value)
    assert 0 <= value - below < value / 10
    assert below in {
        Fraction(first) * Fraction(10) ** each
        for first in range(10, 100)
        for each in range(-12, 12)
    }


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (
            Band("a", Interval.of(1, 2), Interval.of(1, 9), "x"),
            reported("b", "5", 5),
            "3 apart as printed, and meet at the widest.",
        ),
        (reported("a", "1", 1), reported("b", "1", 0, 2), "They have values in common."),
        (reported("a", "1", 1), Band("b", None, None, "", "unreported"), "b: not reported."),
        (
            Band("a", Interval.of(0, 1).without(upper=True), None, "x"),
            reported("b", "1", 1, 2),
            "They are by very little apart.",
        ),
    ],
)
def test_a_gap_is_told_as_it_is(one, other, said):
    assert sound(gap(one, other, "", "t")).description.rstrip().endswith(said)


REGIONS = [
    reported("Asia and the Pacific", "15.1 million", "15.05e6", "15.15e6"),
    reported("Europe and Central Asia", "4.1 million", "4.05e6", "4.15e6"),
    reported("Africa", "3.8 million", "3.75e6", "3.85e6"),
    reported("the Americas", "3.6 million", "3.55e6", "3.65e6"),
    reported("the Arab States", "0.9 million", "0.85e6", "0.95e6"),
]
WORLD = reported("the world", "27.6 million", "27.55e6", "27.65e6")


def test_parts_start_where_those_before_them_end_and_reach_the_whole():
    picture = sound(stack(WORLD, REGIONS, "person", "t"))
    *drawn, together, whole = groups(picture)
    outer = [
        [x for x, _ in parts(each, "wide" if parts(each, "wide") else "narrow")[0]]
        for each in drawn
    ]
    for before, after in pairwise(outer):
        assert min(after) < max(before) < max(after)
    assert "the parts together: 27.25-27.75 million, derived." in picture.description
    assert picture.description.endswith("They have values in common.")
    (inner,) = parts(whole, "narrow")
    (around,) = parts(together, "calculated")
    assert min(around) < min(inner)
    assert max(inner)[0] < max(around)[0]


def test_parts_that_do_not_reach_the_whole_leave_the_gap():
    picture = sound(stack(WORLD, REGIONS[:-1], "person", "t"))
    assert "They are at least 750,000 apart." in picture.description
    assert [each.get("data-kind") for each in groups(picture)][-2] == "gap"


def test_a_part_that_may_be_more_is_no_gap_at_the_widest():
    more = Band("more", Interval.of(1, 2), Interval.of(1, None), "more than 1")
    picture = sound(stack(reported("whole", "9", 9), [more], "", "t"))
    assert picture.description.endswith("7 apart as printed, and meet at the widest.")
    assert "the gap as printed" in picture.svg


def test_a_part_without_a_number_is_named_and_not_added():
    missing = Band("Oceania", None, None, "", "unreported")
    picture = sound(stack(WORLD, [*REGIONS[:2], missing], "person", "t"))
    assert picture.description.endswith("Without a number, not added: Oceania.")
    assert "gap" not in [each.get("data-kind") for each in groups(picture)]


def test_of_many_that_touch_only_some_are_told():
    bands = [reported(f"n{each}", "x", each) for each in (0, *range(10**6, 10**6 + 5))]
    said = intervals(bands, "", "t").description
    assert said.count("no gap is to be seen") == 3
    assert said.endswith("So it is with 7 other pairs.")


def test_among_very_many_small_gaps_are_not_looked_for():
    picture = intervals([reported("n", "x", each) for each in range(201)], "", "t")
    assert picture.description.endswith("Among so many lines, small gaps are not to be seen.")


YEARS = [
    (2016, reported("", "181,436", 181_436), "ministry, 2024"),
    (2021, reported("", "67,040", 67_035, 67_045), "ministry, 2024"),
    (
        2022,
        Band("", Interval.of(95_000, 105_000), Interval.of(90_000, None), "over 90,000"),
        "a newspaper",
    ),
    (2022, reported("", "105,129", 105_129), "ministry, 2024"),
    (2023, Band("", None, None, "", "unreported"), "ministry, 2024"),
    (
        2023,
        reported("", "150,000-160,000", 150_000, 160_000, kind="derived", mark="waived", link="#x"),
        "ours",
    ),
]


def points_of(years):
    return [
        Point(date(year, 1, 1), date(year, 12, 31), each, edition) for year, each, edition in years
    ]


def test_the_box_of_the_last_day_stays_in_the_picture():
    days = (date(1998, 1, 1), date(2000, 1, 1))
    sound(series.series([Point(each, each, Band("", None, None, "")) for each in days], "", "t"))


def test_a_series_tells_editions_apart_by_line_and_letter():
    picture = sound(series.series(points_of(YEARS), "arrival", "t"))
    said = [each.text for each in parsed(picture).iter(f"{SVG}text")]
    for each in (
        "A 181,436",
        "B over 90,000",
        "C 150,000-160,000",
        "A ministry, 2024",
        "2016",
        "2023",
    ):
        assert each in said
    dashes = {each.get("stroke-dasharray") for each in parsed(picture).iter(f"{SVG}path")}
    assert {*series.DASHES[:3]} <= dashes
    assert "2022 (a newspaper): over 90,000, stands for" in picture.description
    alone = series.series(points_of(YEARS[:2]), "arrival", "t")
    assert "181,436" in [each.text for each in parsed(alone).iter(f"{SVG}text")]


def test_a_box_is_as_wide_as_its_period():
    half = Point(date(2021, 1, 1), date(2021, 6, 30), reported("", "x", 1, 2))
    whole = Point(date(2022, 1, 1), date(2022, 12, 31), reported("", "x", 3, 4))
    drawn = groups(series.series([half, whole], "", "t"))
    widths = []
    for each in drawn:
        xs = [x for x, _ in parts(each, "narrow")[0]]
        widths.append(max(xs) - min(xs) + 2 * series.INSET)
    assert widths[0] / widths[1] == pytest.approx(181 / 365, abs=0.001)


def test_more_is_further_up():
    listed = points_of([(2020 + at, reported("", "x", 2 * at, 2 * at + 1), "") for at in range(5)])
    tops = [
        min(y for _, y in parts(each, "narrow")[0])
        for each in groups(series.series(listed, "", "t"))
    ]
    assert tops == sorted(tops, reverse=True)


@pytest.mark.parametrize(
    ("first", "last", "ticks"),
    [
        ("2023-01-01", "2023-03-31", ["2023-01", "2023-02", "2023-03"]),
        ("2022-01-10", "2023-04-30", ["2022-04", "2022-07", "2022-10", "2023-01", "2023-04"]),
        ("2023-05-05", "2023-05-06", ["2023-05"]),
        ("2020-01-01", "2022-12-31", ["2020", "2021", "2022"]),
        (
            "1900-01-01",
            "1999-12-31",
            ["1910", "1920", "1930", "1940", "1950", "1960", "1970", "1980", "1990"],
        ),
        (
            "0001-01-01",
            "9999-12-31",
            ["1000", "2000", "3000", "4000", "5000", "6000", "7000", "8000", "9000"],
        ),
    ],
)
def test_time_has_round_ticks(first, last, ticks):
    point = Point(date.fromisoformat(first), date.fromisoformat(last), reported("", "", 1, 2))
    picture = sound(series.series([point], "", "t"))
    said = [each.text for each in parsed(picture).iter(f"{SVG}text")]
    assert [each for each in said if re.fullmatch(r"\d{4}(-\d\d)*", each or "")] == ticks


def test_a_map_puts_the_conflict_first_and_marks_it_by_shape():
    nodes = [Node(name, f"the {name}", "figure", f"#{name}") for name in "abcde"]
    nodes += [Node("sum", "a sum", "relation"), Node("other", "", "relation")]
    nodes += [Node("total", "a total", "derived"), Node("alone", "alone", "figure")]
    edges = [
        ("a", "other"),
        ("other", "b"),
        ("sum", "c"),
        ("sum", "d"),
        ("total", "sum"),
        ("d", "sum"),
        ("x", "a"),
    ]
    picture = sound(network(nodes, edges, {"c", "d", "sum"}, "t"))
    assert picture.description == (
        "A map of figures (4), relations (2), derived quantities (1), in groups that hang together "
        "(2). Not drawn, as they stand in no relation: 2. They cannot all be right, and are marked "
        "with a cross: the c; the d; a sum."
    )
    root = parsed(picture)
    assert root.get("role") == "group"
    marked = [
        each.get("stroke-dasharray")
        for each in root.iter(f"{SVG}path")
        if each.get("data-part") == "conflict"
    ]
    assert len(marked) == 2
    assert all(marked)
    first = groups(picture)[0][0].text
    assert first == "figure the c, beside a sum, in conflict"


def test_a_map_of_too_many_keeps_the_conflict_and_counts_the_rest():
    nodes = [
        Node("all", "all", "relation"),
        *(Node(f"n{each}", "", "figure") for each in range(200)),
    ]
    edges = [("all", f"n{each}") for each in range(200)]
    picture = sound(network(nodes, edges, {"all", "n199"}, "t"))
    assert len(groups(picture)) == MOST
    assert "is hard to read: 51." in picture.description
    assert "marked with a cross: all; n199." in picture.description


def test_neighbours_in_one_column_are_joined_by_a_bow():
    nodes = [Node("a", "a", "figure"), Node("b", "b", "figure")]
    (curve,) = parts(parsed(network(nodes, [("a", "b")], [], "t")), "line")
    assert min(x for x, _ in curve) < curve[0][0]


def test_a_picture_without_links_is_an_image_and_one_with_links_a_group():
    band = reported("a", "5", 5)
    plain = parsed(intervals([band], "", "t"))
    assert plain.get("role") == "img"
    assert parsed(intervals([band._replace(link="#x")], "", "t")).get("role") == "group"
    names = [each.get("id") for each in plain[:2]]
    assert plain.get("aria-labelledby").split() == names


def test_pictures_share_a_page_without_sharing_ids():
    pictures = [intervals([reported("a", "5", each)], "", "t") for each in range(20)]
    ids = [each for picture in pictures for each in re.findall(r' id="([^"]*)"', picture.svg)]
    assert len(ids) == len(set(ids)) == 40


def luminance(colour):
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in shares
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def every_kind():
    """Give a picture of each kind, by a name for its file."""
    implied = Band(
        "implied",
        Interval.of("19.42e6", "19.78e6"),
        Interval.of("19.28e6", "19.91e6"),
        "19.4-19.8 million",
        "implied",
        "broken",
        "#derived-women",
    )
    published = reported("published", "11.8 million", "11.75e6", "11.85e6")
    bands = [
        implied,
        published,
        Band(
            "open",
            Interval.of(3_300_000, 3_400_000),
            Interval.of(3_300_000, None),
            "more than 3.3 million",
        ),
    ]
    bands += [
        Band("silent", None, None, "", "unreported"),
        Band("bounded", Interval.of(10**6, 5 * 10**6), None, "", "unreported"),
    ]
    bands += [
        Band("blurred", None, None, "a great many", "unreadable", "borderline"),
        reported("counted", "2,000,001", 2_000_001, mark="waived"),
    ]
    nodes = [
        Node("a", "part", "figure", "#a"),
        Node("b", "other part", "figure"),
        Node("c", "whole", "figure"),
    ]
    nodes += [
        Node("r", "parts and whole", "relation"),
        Node("q", "share = part / whole", "relation"),
        Node("s", "share", "derived"),
    ]
    edges = [("r", "a"), ("r", "b"), ("r", "c"), ("q", "a"), ("q", "c"), ("q", "s")]
    return {
        "intervals": intervals(bands, "person", "Children, by source"),
        "row": row(bands[2], scale([Interval.of(0, 20_000_000)])),
        "gap": gap(implied, published, "person", "Women and girls"),
        "stack": stack(WORLD, REGIONS, "person", "By region"),
        "network": network(nodes, edges, {"a", "b", "c", "r"}, "What hangs together"),
        "series": series.series(points_of(YEARS), "arrival", "Arrivals by year"),
    }


def test_every_colour_shows_on_paper_and_on_a_dark_page():
    colours = {
        each
        for picture in every_kind().values()
        for each in re.findall(r'(?:fill|stroke)="([^"]*)"', picture.svg)
    }
    assert colours == {"none", svg.INK, svg.BLUE, svg.GREY, svg.RED}
    for each in colours - {"none", svg.INK}:
        assert contrast(each, "#ffffff") >= 3
        assert contrast(each, "#121212") >= 3


@pytest.mark.parametrize("name", ["intervals", "row", "gap", "stack", "network", "series"])
def test_each_kind_is_drawn_as_it_was(name):
    picture = sound(every_kind()[name])
    file = f"appendix/pictures/{name}.svg"
    assert golden(file, picture.svg + "\n") == picture.svg + "\n"


@given(hostile, st.floats(20, 300))
def test_a_text_is_cut_to_its_room_and_marked_as_cut(text, room):
    cut = shortened(text, room)
    assert breadth(cut) <= room
    assert cut == clean(text) or cut.endswith(svg.ELLIPSIS)
    lines = wrapped(text, room)
    assert len(lines) <= 2
    assert all(breadth(each) <= room for each in lines)


def test_an_ellipsis_is_all_that_is_left_of_a_text_without_room():
    assert shortened("mmm", 15) == svg.ELLIPSIS
    assert wrapped("people in forced labour in Asia", 110) == ["people in", "forced labour…"]


@given(st.integers(-(10**6), 10**6))
def test_a_coordinate_is_written_to_a_hundredth(hundredths):
    text = pixels(hundredths / 100)
    assert Fraction(text) == Fraction(hundredths, 100)
    assert not text.endswith((".", ".0", ".00"))
