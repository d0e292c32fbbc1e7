"""Registers: where they are found, how their files are read, and that nothing is dropped."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path

import pytest
from command import folder
from hypothesis import given
from hypothesis import strategies as st
from small import TODAY, register

import figurecheck as fc
from figurecheck.confront import check
from figurecheck.figures import COLUMNS, Figure
from figurecheck.register import (
    Register,
    RegisterError,
    entry,
    load,
    located,
    parsed,
    shipped,
)
from figurecheck.relation import RELATION_COLUMNS

HEAD = "id,reported,unit,source\n"
TEXTS = [
    "5",
    "27.6 million",
    "about 71 %",
    "1.234",
    "..",
    "a surge",
    "5 to 3",
    "",
    "-1",
    "one in four",
]
CELLS = {
    "id": ["a", "b", "c", "d", "a_1", "A", "", "1"],
    "reported": TEXTS,
    "unit": [
        "person",
        "percent",
        "USD",
        "km",
        "USD/person",
        "fraction",
        "percentage_point",
        "m",
        "",
    ],
    "value": ["", "5", "x", "27600000"],
    "concept": ["", "x", "x/y", "x/y/z", "w", "/", "x//y"],
    "base": ["", "x", "a", "b", "w/w"],
    "place": ["", "ITA", "IT-25", "M49:001", "ilo:arab_states", "nowhere"],
    "period": ["", "2021", "2021-02", "2021/2022", "2022/2021", "soon"],
    "source": ["", "s", "t", "q"],
    "attributed_to": ["", "T", "nobody"],
    "repeats": ["", "a", "b", "c", "z"],
    "precision": ["", "exact", "3 sf", "+-2", "loosely"],
    "status": ["", "E", "?"],
    "waive": ["", "FC102: x", "FC301 with a: x", "FC999: x", "broken"],
    "quote": ["", "27.60 million of them", "5"],
}
STATEMENTS = [
    "a == b + c",
    "d = a / b",
    "e = d * a",
    "d = e",
    "a < b",
    "c == share(part=a, whole=b)",
    "c == change(new=a, old=b)",
    "a ** 2 == 100 * b",
    "a + b == 100",
    "a",
    "a ==",
    "q == a",
    "a / (b - b) == 1",
]


def table(columns: list[str], rows: list[tuple[str, ...]]) -> str:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([columns, *rows])
    return file.getvalue()


@st.composite
def registers(draw: st.DrawFn):
    """Draw the three texts of a register, as people write and break them."""
    odd = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
    figures = draw(
        st.lists(
            st.tuples(
                *(
                    st.sampled_from(cells) | (odd if draw(st.integers(0, 9)) == 0 else st.nothing())
                    for cells in CELLS.values()
                )
            ),
            max_size=6,
        )
    )
    relations = draw(
        st.lists(st.tuples(st.sampled_from("rstud"), st.sampled_from(STATEMENTS)), max_size=5)
    )
    sources = '[{"id": "s"}, {"id": "t", "custom": {"names": ["T"], "precision": "exact"}}]'
    return figures, relations, sources


@given(registers())
def test_whatever_stands_in_the_cells_each_row_is_kept_or_said_and_all_of_it_can_be_checked(drawn):
    figures, relations, sources = drawn
    read = parsed(table([*CELLS], figures), table(["id", "statement"], relations), sources)
    refused = [each for each in read.faults if each.kind in {"id", "twice"}]
    rows = [row for row in [*figures, *relations] if any(each.strip() for each in row)]
    assert len(read) + len(read.relations) + len(refused) == len(rows)
    report = check(read, today=TODAY)
    assert {(each.path, each.line) for each in refused} <= {
        (each.path, each.line) for each in report.findings
    }
    assert check(read, today=TODAY) == report


@given(
    st.text(st.characters(codec="utf-8"), max_size=300),
    st.text(max_size=100),
    st.text(max_size=100),
)
def test_any_three_texts_are_a_register_or_refused_in_one_line(figures, relations, sources):
    said = "figures.csv: read"
    try:
        parsed(figures, relations, sources)
    except RegisterError as error:
        said = str(error)
    assert "\n" not in said
    assert said.startswith(("figures.csv", "relations.csv", "sources.csl.json"))


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@given(cells, cells, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_a_cell_is_read_as_the_text_that_it_is(label, note, line_end, marked):
    text = table(
        ["id", "reported", "unit", "source", "label", "note"],
        [("a", "27.60", "km", "s", label, note)],
    )
    text = text if line_end == "\r\n" else text.replace("\r\n", line_end)
    bom = "\ufeff" if marked else ""
    figure = parsed((bom + text).encode().decode("utf-8-sig"))["a"]
    same = str.maketrans({"\r": "\n"})
    assert figure.reported == "27.60"
    plain = label.replace("\r\n", "\n").translate(same).strip()
    assert figure.label.replace("\r\n", "\n").translate(same) == plain


def test_na_and_trailing_zeros_stay_as_they_are():
    read = parsed("id,reported,unit,place,source\na,27.60,km,NA,null\nb,NA,km,NAM,nan")
    assert (read["a"].reported, read["a"].place, read["a"].source_key) == ("27.60", "NA", "null")
    assert (read["b"].reported, read["b"].source_key) == ("NA", "nan")


@pytest.mark.parametrize("start", ["", "\n", "\n\n", ",,,\n", "\ufeff", "   \n"])
def test_lines_are_counted_as_an_editor_counts_them(start):
    text = f'{start}{HEAD}\n\na,"5\n6",person,s\n,,,\nb,5,person,s\n'
    read = parsed(text.removeprefix("\ufeff"))
    first = text.removeprefix("\ufeff").split("\n").index('a,"5') + 1
    assert {name: each.line for name, each in read.items()} == {"a": first, "b": first + 3}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "figures.csv:1: an empty file; wanted a header with id, reported, unit, source"),
        ("\n \n,,\n", "figures.csv:1: an empty file"),
        ("id;reported;unit;source\n", "the cells are separated by ';'"),
        ("id\treported\tunit\tsource\n", r"the cells are separated by '\\t'"),
        ("id|reported\n", r"the cells are separated by '\|'"),
        ("id,reported,units,source\n", "figures.csv:1: no column 'unit'.*did you mean 'units'"),
        ("\nid,reported\n", "figures.csv:2: no column 'unit', 'source'"),
        ("id,id,reported,unit,source\n", "figures.csv:1: column 'id' stands twice; wanted it once"),
        ("ID,Reported,Unit,Source\n", "no column 'id'"),
        (f'{HEAD}a,"5,person,s\n', "figures.csv:2: unexpected end of data; wanted comma-separated"),
        (f'{HEAD}a,"5"6,person,s\n', "figures.csv:2: .*expected after"),
    ],
)
def test_what_is_no_table_is_refused_with_line_and_wish(text, said):
    with pytest.raises(RegisterError, match=said):
        parsed(text)


def test_a_header_alone_is_an_empty_register():
    assert len(parsed(HEAD)) == 0


def test_a_limit_that_others_set_for_csv_is_left_as_it_was():
    limit = csv.field_size_limit(1000)
    try:
        parsed(f"{HEAD}a,{'5' * 2000},person,s\n")
        assert csv.field_size_limit() == 1000
    finally:
        csv.field_size_limit(limit)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[" * 100_000,
        "null",
        '{"id": "s"}',
        "[1]",
        "[{}]",
        '[{"id": ""}]',
        '[{"id": null}]',
        '[{"id": ["s"]}]',
        '[{"id": "s"}, {"id": "s"}]',
        '[{"id": 1}, {"id": "1"}]',
        '[{"id": "s", "author": 5}]',
        '[{"id": "s", "author": [5]}]',
        '[{"id": "s", "author": null}]',
        '[{"id": "s", "custom": 5}]',
        '[{"id": "s", "custom": {"names": "ILO"}}]',
        '[{"id": "s", "issued": "2020"}]',
        '[{"id": "s", "issued": {"date-parts": null}}]',
        '[{"id": "s", "issued": {"date-parts": [2020]}}]',
        '[{"id": "s", "issued": {"date-parts": [["\u00b2"]]}}]',
        '[{"id": "s", "issued": {"date-parts": [["99999"]]}}]',
        '[{"id": "s", "issued": {"date-parts": [[2020.5]]}}]',
        f'[{{"id": "s", "n": {"9" * 5000}}}]',
    ],
)
def test_what_is_no_csl_json_is_refused_in_one_line(text):
    with pytest.raises(
        RegisterError, match=r"^sources\.csl\.json: .*(wanted|stands twice|is not|has no)"
    ):
        parsed(HEAD, sources=text)


def test_a_source_has_its_names_precision_and_date():
    read = parsed(
        f"{HEAD}a,5,person,s\nb,5,person,1\n",
        sources="""[{"id": "s", "title": "T", "publisher": "P",
        "author": [{"family": "F"}, {"literal": "L"}, {}], "issued": {"date-parts": [[2024, "5"]]},
        "custom": {"names": ["N"], "precision": "exact"}}, {"id": 1}]""",
    )
    source = read["a"].source
    assert source.names == {"s", "p", "f", "l", "n"}
    assert (source.title, source.precision, source.issued) == ("T", "exact", (2024, 5))
    assert read["a"].reading.narrow.bounded
    assert (read["b"].source.title, read["b"].source.issued, read["b"].source.precision) == (
        "",
        (),
        "",
    )


def test_a_register_is_a_mapping_and_offers_the_nearest_id():
    read = register("id,reported,unit,source\nforced_labour,5,person,s")
    assert list(read) == ["forced_labour"]
    assert read.get("forced_labor") is None
    assert "forced_labor" not in read
    with pytest.raises(KeyError, match="no figure 'forced_labor'; did you mean 'forced_labour'"):
        read["forced_labor"]
    assert repr(read) == "<Register figures.csv: 1 figures, 0 relations>"


def test_a_register_can_be_made_of_figures_alone():
    read = Register({"a": Figure("a", "5 %", "percent")})
    assert read["a"].reading.value == 5
    assert check(read, today=TODAY).tally["figures"] == 1


def test_an_entry_is_a_figure_a_derived_quantity_or_a_relation():
    read = register("""id,reported,unit,source
        a,5,person,s
        relations:
        id,statement
        r,a == 5
        d,d = a + a""")
    assert isinstance(entry(read, "a"), fc.Figure)
    assert isinstance(entry(read, "d"), fc.Derived)
    assert entry(read, "r").text == "a == 5"
    with pytest.raises(RegisterError, match="no figure, derived quantity or relation 'dd'"):
        entry(read, "dd")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("a + a", "compares nothing; wanted"),
        ("a = a + 1", "does not use 'a' itself"),
        ("a = 5", "'a' has a figure or a relation already; wanted a name of its own; did you mean"),
        ("a == ", "the end at column"),
    ],
)
def test_a_statement_that_is_none_is_a_fault_with_its_reason(statement, said):
    read = register(
        f"id,reported,unit,source\na,5,person,s\nrelations:\nid,statement\nr,{statement}"
    )
    [fault] = read.faults
    assert (fault.kind, fault.figure, fault.line) == ("statement", "r", 2)
    assert said in fault.wanted
    assert read.relations[0].statement is None


def test_a_frame_has_the_cells_as_text_and_the_bounds_as_floats():
    read = register(f"""id,reported,unit,source
        a,27.60,km,s
        b,over 140,km,s
        c,..,km,s
        d,{"9" * 400},km,s
        e,-{"9" * 400},km,s""")
    frame = read.to_frame()
    assert list(frame.columns) == [*COLUMNS, "lower", "upper", "widest_lower", "widest_upper"]
    assert list(frame["reported"])[:3] == ["27.60", "over 140", ".."]
    assert (frame["lower"][0], frame["upper"][0]) == (27.595, 27.605)
    assert frame["widest_upper"][1] == math.inf
    assert math.isnan(frame["lower"][2])
    assert (frame["lower"][3], frame["upper"][4]) == (math.inf, -math.inf)
    assert str(frame.dtypes["lower"]) == "float64"


def test_an_empty_register_has_an_empty_frame():
    assert list(register("id,reported,unit,source").to_frame()["id"]) == []


def test_every_column_of_the_two_tables_is_read():
    columns = ",".join(COLUMNS)
    read = parsed(
        f"{columns}\n{','.join(['a', *COLUMNS[1:]])}\n",
        f"{','.join(RELATION_COLUMNS)}\nr,a == 5,l,c,s,w,n\n",
    )
    assert not read.faults
    assert read["a"].note == "note"
    assert read.relations[0].note == "n"


def test_a_path_is_a_folder_its_data_folder_or_the_file(tmp_path):
    file = folder(tmp_path / "data", HEAD) / "figures.csv"
    for path in (tmp_path, tmp_path / "data", file, str(file)):
        assert located(path) == file


def test_without_a_path_the_nearest_register_upwards_is_taken(tmp_path, monkeypatch):
    file = folder(tmp_path / "data", HEAD) / "figures.csv"
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert located() == file
    assert load().path == str(file)


def test_where_there_is_none_upwards_it_is_the_one_that_ships(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert located() == shipped()
    assert len(load()) > 50


def test_the_shipped_register_stands_beside_the_package_or_in_its_checkout():
    assert shipped().name == "figures.csv"
    assert shipped().parent.name == "data"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("nowhere", "no such file or folder"),
        ("datas", "no such file or folder; did you mean 'data'"),
        ("nowhere/at/all", "no such file or folder"),
        (".", "no figures.csv in this folder; 'figurecheck init' makes one"),
    ],
)
def test_a_path_to_nothing_is_refused_with_the_nearest(given, said, tmp_path):
    folder(tmp_path / "data", "", "id,statement\n")
    with pytest.raises(RegisterError, match=said):
        load(tmp_path / given)


@pytest.mark.parametrize("name", ["relations.csv", "sources.csl.json"])
def test_a_folder_in_place_of_a_file_is_refused(name, tmp_path):
    folder(tmp_path, HEAD)
    (tmp_path / name).mkdir()
    with pytest.raises(RegisterError, match=f"{name}: Is a directory"):
        load(tmp_path)


def test_load_reads_all_three_files(tmp_path):
    folder(tmp_path, f"{HEAD}a,5,person,s\n", "id,statement\nr,a == 5\n", '[{"id": "s"}]')
    read = load(Path(tmp_path))
    assert (len(read), len(read.relations), list(read.sources)) == (1, 1, ["s"])
    assert check(read, today=TODAY).at_least("warning") == ()
