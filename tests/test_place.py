"""What a place is: its code, what contains it, and the texts that are no code."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figurecheck import place as places
from figurecheck.place import WORLD, Place, UnknownPlace, place

ROWS = places._rows()

countries = st.sampled_from([row[0] for row in ROWS])
parts = st.builds(
    "{}-{}".format,
    st.sampled_from([row[1] for row in ROWS]),
    st.text("ABCXYZ0189", min_size=1, max_size=3),
)
areas = st.sampled_from(["M49:001", "M49:002", "M49:150"])
own = st.from_regex("[a-z][a-z0-9_]{0,9}:[a-z0-9_]{1,9}", fullmatch=True)
codes = countries | parts | areas | own


def refused(text):
    with pytest.raises(UnknownPlace) as refusal:
        place(text)
    assert len(str(refusal.value).splitlines()) == 1
    return str(refusal.value)


@given(codes)
def test_the_world_contains_every_place_and_a_place_itself(code):
    assert place(code) == Place(code)
    assert WORLD.contains(place(code))
    assert place(code).contains(place(code))
    assert place(code).contains(WORLD) == (place(code) == WORLD)


@given(codes, codes, codes)
def test_to_contain_is_transitive_and_never_mutual(a, b, c):
    a, b, c = place(a), place(b), place(c)
    if a.contains(b) and b.contains(c):
        assert a.contains(c)
    if a.contains(b) and b.contains(a):
        assert a == b


@given(codes, codes)
def test_a_place_contains_those_to_which_it_is_wider(a, b):
    assert place(a).contains(place(b)) == (place(a) in (place(b), *place(b).wider))


@given(parts)
def test_a_part_lies_in_its_country_and_the_world(code):
    country, world = place(code).wider
    assert places._alpha2()[country.code] == code[:2]
    assert world == WORLD


@given(countries, own)
def test_a_country_contains_no_place_of_ones_own(country, code):
    assert not place(country).contains(place(code))
    assert place(code).wider == (WORLD,)


def test_the_list_of_countries_is_whole():
    assert len(ROWS) == 249
    assert len(places._countries()) == 3 * 249
    assert len(places._names()) == 249
    for alpha3, alpha2, number, name in ROWS:
        assert (len(alpha3), len(alpha2), len(number)) == (3, 2, 3)
        assert alpha3.isupper()
        assert alpha2.isupper()
        assert number.isdigit()
        assert name == name.strip()


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [("IT-AV", "ITA"), ("GB-ENG", "GBR"), ("NAM", "M49:001"), ("M49:150", "M49:001")],
)
def test_what_lies_where(narrow, wide):
    assert place(wide).contains(place(narrow))
    assert not place(narrow).contains(place(wide))


@pytest.mark.parametrize(
    ("wide", "narrow"), [("M49:150", "ITA"), ("ITA", "DE-BE"), ("ilo:arab_states", "SAU")]
)
def test_what_is_not_known_to_contain(wide, narrow):
    assert not place(wide).contains(place(narrow))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_another_code_or_the_name_of_a_country_suggests_its_alpha_3(row):
    alpha3, alpha2, number, name = row
    for text in (alpha2, number, f"M49:{number}", name, name.upper(), alpha3.lower()):
        assert f"did you mean {alpha3!r}?" in refused(text) or text.casefold() in places._SPOKEN


@pytest.mark.parametrize("name", sorted(places._SPOKEN))
def test_a_name_in_use_suggests_a_code(name):
    assert place(places._SPOKEN[name])
    assert f"did you mean {places._SPOKEN[name]!r}?" in refused(name.title())


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("IT", "ITA"),
        ("ITL", "ITA"),
        ("UK", "GBR"),
        ("Italy", "ITA"),
        ("Itly", "ITA"),
        ("World", "M49:001"),
        ("WLD", "M49:001"),
        ("it-av", "IT-AV"),
        ("ITA-AV", "IT-AV"),
        ("ita", "ITA"),
        ("Iran", "IRN"),
        ("Russia", "RUS"),
        ("Vietnam", "VNM"),
        ("Turkey", "TUR"),
        ("Germny", "DEU"),
        ("m49:150", "M49:150"),
        ("Route:Africa", "route:africa"),
    ],
)
def test_a_refusal_suggests_what_was_meant(text, meant):
    assert f"unknown place {text!r}: did you mean {meant!r}?" == refused(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "wanted a code such as 'ITA'"),
        ("XKX", "wanted a code such as 'ITA'"),
        ("Atlantis", "wanted a code such as 'ITA'"),
        ("EU", "wanted a code such as 'ITA'"),
        ("XX-AV", "wanted a code such as 'ITA'"),
        ("M49:1234", "wanted a code such as 'ITA'"),
        ("ITA\nFRA", "wanted a code such as 'ITA'"),
        ("own:", "wanted a code such as 'ITA'"),
        ("a:b:c", "wanted a code such as 'ITA'"),
        ("x" * 1_000_000, "longer than 100 characters"),
    ],
)
def test_a_refusal_says_what_was_wanted(text, said):
    started = time.perf_counter()
    message = refused(text)
    assert said in message
    assert len(message) < 300
    assert time.perf_counter() - started < 0.5


@given(st.text(max_size=120) | st.text("ITAM49:-ab_", max_size=12))
def test_any_text_is_a_place_or_refused(text):
    try:
        assert place(text).code == text.strip()
    except UnknownPlace as refusal:
        assert len(str(refusal).splitlines()) == 1
