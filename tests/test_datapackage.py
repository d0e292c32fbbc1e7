"""data/datapackage.json: Frictionless finds nothing in what is right, and each fault it can see.

It cannot see what takes more than the form of a cell: figurecheck alone finds what `UNSEEN` has.
"""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest
from command import ROOT, folder
from frictionless import validate
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import compared
from small import TODAY, sources

from figurecheck.column import columns
from figurecheck.confront import check
from figurecheck.figures import COLUMNS, Figure, cell
from figurecheck.place import UnknownPlace, place
from figurecheck.reading import Unreadable, reported
from figurecheck.register import Register, RegisterError, load, parsed
from figurecheck.reporters.datapackage import datapackage
from figurecheck.strategies import registers
from figurecheck.waiver import read_waivers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

SHIPPED = load(ROOT / "data")
FIGURES = """id,reported,unit,value,place,period,source,repeats,precision,status,waive
all,27.6 million,person,27600000,M49:001,2021,office,,,E,
men,15.8 million,person,,ITA,2021-01-01/2021-12-31,office,,+-50000,,
posts,0.5,person,,,,office,,,,FC102: half a post
news,27.6 million,person,,,,paper,all,,,
none,,person,,,,,,,,
"""
RELATIONS = "id,statement,source\nless,men < all,office\n"
SOURCES = sources("office 2021=Office,paper")


def described(place: Path) -> Path:
    """Write the descriptor of a folder's register into it."""
    file = place / "datapackage.json"
    file.write_text("\n".join(datapackage(load(place))), encoding="utf-8")
    return file


def found(descriptor: Path) -> set[str]:
    """Give the kinds of fault that Frictionless finds in a package."""
    return {kind for [kind] in validate(str(descriptor)).flatten(["type"])}


@pytest.fixture
def package(tmp_path):
    """A register without a fault, with its descriptor."""
    return described(folder(tmp_path, FIGURES, RELATIONS, SOURCES)).parent


def planted(package: Path, name: str, old: str, new: str) -> set[str]:
    """Write a fault into a file of a package, and give what Frictionless then finds."""
    text = (package / name).read_text(encoding="utf-8")
    assert old in text
    (package / name).write_bytes(text.replace(old, new, 1).encode())
    return found(package / "datapackage.json")


def codes(package: Path) -> set[str]:
    """Give the codes of what figurecheck finds in a register, and no waiver covers."""
    return {each.code for each in check(load(package), today=TODAY).findings if not each.waived}


def test_the_shipped_descriptor_is_the_one_that_would_be_made_now():
    compared(ROOT / "data" / "datapackage.json", "\n".join([*datapackage(SHIPPED), ""]))


def test_the_shipped_register_passes():
    assert found(ROOT / "data" / "datapackage.json") == set()


def test_a_register_without_a_fault_passes(package):
    assert found(package / "datapackage.json") == set()
    assert not {each for each in codes(package) if each < "FC2"}, "FC2 wants the quotes"


# What figurecheck finds, or refuses to read at all (""), and Frictionless as well.
SEEN = [
    ("figures.csv", "all,", "All,", "constraint-error", "FC002"),
    ("figures.csv", "men,", "all,", "primary-key", "FC002"),
    ("figures.csv", "none,", ",", "constraint-error", "FC002"),
    ("figures.csv", ",person,27600000", ",,27600000", "constraint-error", "FC003"),
    ("figures.csv", "id,reported,unit,", "id,reported,", "incorrect-label", ""),
    ("figures.csv", ",status,waive\n", ",status\n", "missing-label", "FC013"),
    ("figures.csv", ",waive\n", ",waive,perod\n", "extra-label", "FC013"),
    ("figures.csv", "period", "perod", "incorrect-label", "FC013"),
    ("figures.csv", ",E,\n", ",E,,\n", "extra-cell", "FC013"),
    ("figures.csv", ",E,\n", ",E\n", "missing-cell", "FC013"),
    ("figures.csv", ",all,", ",al,", "foreign-key", "FC007"),
    ("figures.csv", ",paper,", ",papers,", "foreign-key", "FC201"),
    ("figures.csv", ",E,", ",estimate,", "constraint-error", "FC015"),
    ("figures.csv", ",2021,", ",last year,", "constraint-error", "FC006"),
    ("figures.csv", ",2021,", ",FY2021,", "constraint-error", "FC006"),
    ("figures.csv", ",2021,", ",05.03.2021,", "constraint-error", "FC006"),
    ("figures.csv", ",ITA,", ",Italy,", "constraint-error", "FC005"),
    ("figures.csv", ",ITA,", ",IT,", "constraint-error", "FC005"),
    ("figures.csv", ",ITA,", ",001,", "constraint-error", "FC005"),
    ("figures.csv", ",+-50000,", ",50000,", "constraint-error", "FC001"),
    ("figures.csv", ",+-50000,", ",exactly,", "constraint-error", "FC001"),
    ("figures.csv", ",27600000,", ",27.6 million,", "constraint-error", "FC207"),
    ("figures.csv", ",27600000,", ',"27,600,000",', "constraint-error", "FC207"),
    ("figures.csv", "FC102: half a post", "FC102", "constraint-error", "FC010"),
    ("figures.csv", "FC102: half a post", "half a post", "constraint-error", "FC010"),
    ("figures.csv", ",E,", ',"E,', "missing-cell", ""),
    ("relations.csv", "less,", "is less,", "constraint-error", "FC002"),
    ("relations.csv", "men < all", "", "constraint-error", "FC008"),
    ("relations.csv", ",office", ",offices", "foreign-key", "FC201"),
    ("relations.csv", "statement", "statment", "incorrect-label", ""),
]


@pytest.mark.parametrize("fault", SEEN)
def test_a_planted_fault_is_found_by_both(package, fault):
    *changed, kind, code = fault
    assert kind in planted(package, *changed)
    if code:
        assert code in codes(package)
    else:
        with pytest.raises(RegisterError):
            load(package)


# What figurecheck finds, and the form of a cell does not show.
UNSEEN = [
    ("figures.csv", "15.8 million", "a surge", "FC001"),
    ("figures.csv", "27.6 million,person", "27.6 million,kt", "FC004"),
    ("figures.csv", ",office,", ",,", "FC003"),
    ("figures.csv", ",ITA,", ",ITX,", "FC005"),
    ("figures.csv", ",2021,", ",2021-13,", "FC006"),
    ("figures.csv", ",2021,", ",2022/2021,", "FC006"),
    ("figures.csv", "15.8 million", "1.58E+07", "FC009"),
    ("figures.csv", ",27600000,", ",27.6,", "FC207"),
    ("figures.csv", "half a post", "half a post (until 2020-01-01)", "FC012"),
    ("figures.csv", "half a post", "half a post (until tomorrow)", "FC010"),
    ("figures.csv", "posts,0.5", "posts,5", "FC011"),
    ("figures.csv", "news,27.6", "news,26.7", "FC203"),
    ("figures.csv", ",paper,all,", ",paper,news,", "FC014"),
    ("relations.csv", "men < all", "men < al", "FC008"),
    ("relations.csv", "less,men <", "all,all = men +", "FC008"),
    ("relations.csv", "men < all", "men is less", "FC008"),
    ("relations.csv", "men < all", "men > all", "FC305"),
]


@pytest.mark.parametrize("fault", UNSEEN)
def test_what_the_form_of_a_cell_does_not_show_only_figurecheck_finds(package, fault):
    *changed, code = fault
    assert code not in codes(package)
    assert planted(package, *changed) == set()
    assert code in codes(package)


@pytest.mark.parametrize("name", ["figures.csv", "relations.csv"])
def test_a_table_in_another_encoding_is_found(package, name):
    (package / name).write_bytes(
        (package / name).read_text().replace(",", ",\xe9", 1).encode("cp1252")
    )
    assert "encoding-error" in found(package / "datapackage.json")


def test_a_cell_is_taken_as_it_stands_so_that_spaces_around_it_only_pass_here(package):
    assert planted(package, "figures.csv", ",ITA,", ", ITA,") == {"constraint-error"}
    assert load(package)["men"].place == "ITA"


@pytest.mark.parametrize("name", ["figures.csv", "relations.csv", "sources.csl.json"])
def test_a_file_that_is_gone_is_found(package, name):
    (package / name).unlink()
    assert "scheme-error" in found(package / "datapackage.json")


def test_sources_that_are_no_json_only_figurecheck_finds(package):
    assert planted(package, "sources.csl.json", "]", "") == set()
    with pytest.raises(RegisterError, match="wanted CSL-JSON"):
        load(package)


def test_a_source_that_came_later_is_unknown_until_the_descriptor_is_made_anew(package):
    (package / "sources.csl.json").write_text(
        sources("office 2021=Office, paper, new"), encoding="utf-8"
    )
    assert planted(package, "figures.csv", ",paper,", ",new,") == {"foreign-key"}
    assert found(described(package)) == set()


def test_a_spreadsheet_s_byte_order_mark_line_ends_and_empty_rows_pass(package):
    for name in ("figures.csv", "relations.csv"):
        text = (package / name).read_text(encoding="utf-8") + "\n,,,,,,,,,,\n\n"
        text = text if name == "figures.csv" else text.replace(",,,,,,,,,,", ",,")
        (package / name).write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert found(package / "datapackage.json") == set()


@pytest.mark.parametrize(
    ("figures", "relations", "entries"),
    [
        ("id,reported,unit,source\n", "", ""),
        ("id,reported,unit,source\n", "id,statement\n", "[]"),
        ("source,unit,note,id,reported\ns,person,\"a;b\tc\n'd'\",a,5\n", "", sources("s")),
        ("id,reported,unit,source\na,5,person,s\n", "", ""),
        ("id,reported,unit,source\na,5,person,7\n", "", '[{"id": 7}]'),
    ],
)
def test_the_registers_of_others_pass_in_their_own_layout(tmp_path, figures, relations, entries):
    assert found(described(folder(tmp_path, figures, relations, entries))) == set()


def test_every_cell_is_text_and_the_files_are_named_by_their_names_alone(package):
    descriptor = json.loads("".join(datapackage(load(package))))
    fields = [
        each
        for resource in descriptor["resources"]
        for each in resource.get("schema", {}).get("fields", [])
    ]
    assert {each["type"] for each in fields} == {"string"}
    paths = [each.get("path") for each in descriptor["resources"]]
    assert paths == ["figures.csv", "relations.csv", "sources.csl.json", None]
    assert str(package) not in "".join(datapackage(load(package)))


def test_a_register_made_in_memory_has_all_columns():
    [figures] = json.loads("".join(datapackage(Register({}))))["resources"]
    assert [each["name"] for each in figures["schema"]["fields"]] == list(COLUMNS)
    assert figures["path"] == "figures.csv"


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([header, *rows])
    return text.getvalue()


@given(registers())
@settings(max_examples=15)
def test_a_register_in_which_all_is_true_passes(tmp_path_factory, drawn):
    place = tmp_path_factory.mktemp("drawn")
    named = {"figures.csv": drawn.headers["figures.csv"]}
    figures = csv_text(
        named["figures.csv"],
        ([cell(each, name) for name in named["figures.csv"]] for each in drawn.values()),
    )
    relations = csv_text(
        ("id", "statement", "concept"),
        ((each.id, each.text, each.concept) for each in drawn.relations),
    )
    entries = json.dumps([each.entry for each in drawn.sources.values()])
    assert found(described(folder(place, figures, relations, entries))) == set()


def form(name: str) -> re.Pattern[str]:
    return re.compile(columns(Figure)[name].pattern)


near = st.text("0123456789abcdefz:_-+±/.,() FCExactsf\nITAM49\u0663", max_size=12)


@given(st.one_of(near, st.from_regex(form("place"), fullmatch=True)))
def test_a_place_that_can_be_read_has_its_form(text):
    text = text.strip()
    try:
        place(text)
    except UnknownPlace:
        return
    assert form("place").fullmatch(text)


@given(st.one_of(near, st.builds("{} {}".format, st.sampled_from(["+-", "±", "base", ""]), near)))
def test_a_precision_that_can_be_read_has_its_form(text):
    text = text.strip()
    try:
        reported("27,600", precision=text)
    except (ValueError, Unreadable):
        return
    assert form("precision").fullmatch(text) or not text


lines = st.builds(
    "{}{}{}".format,
    st.sampled_from(["FC102", "FC303 with a, b", " FC001 ", "FC\u0661\u0662\u0663", "", "FC12"]),
    st.sampled_from([":", " : ", ":\t", ""]),
    st.text("a: \x0b\x85(FC102until)", max_size=12),
)


@given(
    st.lists(lines, max_size=4).flatmap(
        lambda each: st.sampled_from(["\n", "\r\n", "\n \n", "\r"]).map(lambda end: end.join(each))
    )
)
def test_waivers_that_can_be_read_have_their_form(text):
    text = text.strip()
    _, errors = read_waivers(text)
    assert errors or not text or form("waive").fullmatch(text)


@given(st.text("aAzZ09_-é ", max_size=6), st.text("ABEX e", max_size=4))
def test_ids_and_states_that_are_right_have_their_form(name, status):
    name, status = name.strip(), status.strip()
    read = parsed(
        csv_text(
            ("id", "reported", "unit", "source", "status"), [[name, "5", "person", "", status]]
        )
    )
    assert bool(form("id").fullmatch(name)) == (name in read)
    faults = {each.code for each in check(read, today=TODAY).findings}
    if name in read:
        assert bool(form("status").fullmatch(status)) == ("FC015" not in faults)


def test_a_long_cell_of_waivers_that_is_none_is_refused_at_once():
    assert not form("waive").fullmatch("FC102: a " * 2000 + "\nFC")
    assert not form("period").fullmatch("2021-01-01/" + "1-" * 5000 + "x")
