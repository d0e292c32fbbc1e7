"""Bad input through the command line: a clear finding or one line of error, and nothing is lost."""

from __future__ import annotations

import json
import re

import pytest
from command import DAY, command, folder, process, without_faults

HEAD = "id,reported,unit,source\n"
GOOD = f"{HEAD}a,5,person,s\nb,6,person,s\n"
SOURCES = '[{"id": "s"}]'
MILLION = 1_000_000


def checked(place, figures, relations="", sources=SOURCES):
    """Check a register from files; whatever is wrong, each form of output says the same of it."""
    folder(place, figures, relations, sources)
    text = command("check", place, "--today", DAY)
    made = command("check", place, "--today", DAY, "--format", "json")
    assert (text.code, text.err) == (made.code, made.err)
    assert text.code in {0, 1, 2}
    if text.code == 2:
        assert text.out == made.out == ""
        assert re.fullmatch(r"figurecheck: [^\n]+\n", text.err)
        assert len(text.err) < 1200
        return text.err
    return json.loads(made.out)


def found(report, code):
    return [each for each in report["findings"] if each["code"] == code]


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (b"", "no figures.csv in this folder"),
        (b"\n", r"figures\.csv:1: an empty file; wanted a header with id, reported, unit, source"),
        (
            bytes(range(256)),
            r"figures\.csv:2: byte 0x80 is not UTF-8; wanted a text saved as UTF-8",
        ),
        (b"\x89PNG\r\n\x1a\n\0\0", r"figures\.csv:1: byte 0x89 is not UTF-8"),
        (
            b"PK\x03\x04\x14\0\0\0",
            r"figures\.csv:1: a zero byte; wanted a text saved as UTF-8",
        ),
        (
            f"{HEAD}a,5 K\u00f6pfe,person,s".encode("latin-1"),
            r"figures\.csv:2: byte 0xf6 is not UTF-8",
        ),
        (GOOD.encode("utf-16"), r"figures\.csv:1: byte 0xff is not UTF-8"),
        (GOOD.encode("utf-16-le"), r"figures\.csv:1: a zero byte"),
        (GOOD.replace(",", ";").encode(), r"figures\.csv:1: no column 'id'.*separated by ';'"),
        (GOOD.replace(",", "\t").encode(), r"figures\.csv:1: no column 'id'.*separated by '\\t'"),
        (
            b"id,reported,unit,source,unit\n",
            r"figures\.csv:1: column 'unit' stands twice; wanted it once",
        ),
        (
            b"id,reported,unit\n",
            r"figures\.csv:1: no column 'source'; wanted comma-separated columns",
        ),
        (b'id,reported,unit,source\na,"5', r"figures\.csv:2: unexpected end of data"),
    ],
)
def test_a_file_that_is_no_table_is_one_line_with_file_line_and_wish(figures, said, tmp_path):
    assert re.search(said, checked(tmp_path / "r", figures))


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("nowhere", "no such file or folder"),
        ("r/figures.cvs", "no such file or folder; did you mean 'figures.csv'"),
        (".", "no figures.csv in this folder; 'figurecheck init' makes one"),
        ("r/figures.csv/x", "no such file or folder"),
        ("r/other.csv", "other.csv:1: no column"),
        ("n" * 300, "File name too long"),
    ],
)
def test_a_path_to_no_register_is_one_line(path, said, tmp_path):
    folder(tmp_path / "r", GOOD)
    (tmp_path / "r" / "other.csv").write_text("x\n", encoding="utf-8")
    ran = command("check", tmp_path / path)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("relations.csv", b"\xff"),
        ("relations.csv", b"id,statment\n"),
        ("relations.csv", b"id;statement\n"),
        ("relations.csv", b"  \n"),
        ("sources.csl.json", b"\xff"),
        ("sources.csl.json", b" "),
        ("sources.csl.json", b"[{]"),
        ("sources.csl.json", b'[{"id": "s", "issued": 2020}]'),
        ("sources.csl.json", b"[" * 100_000),
    ],
)
def test_a_broken_file_beside_the_figures_is_named(file, content, tmp_path):
    folder(tmp_path, GOOD)
    (tmp_path / file).write_bytes(content)
    for arguments in (
        ["check", tmp_path],
        ["show", "--register", tmp_path],
        ["appendix", tmp_path],
    ):
        ran = command(*arguments)
        assert (ran.code, ran.out) == (2, "")
        assert re.fullmatch(rf"figurecheck: \S*{re.escape(file)}[: ][^\n]*\n", ran.err)


@pytest.mark.parametrize(
    "figures",
    [
        GOOD.encode("utf-8-sig"),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("\n", "\r").encode(),
        f"\n\n{GOOD}\n\n".encode(),
        GOOD.replace("5,", " 5 , ").encode(),
        GOOD.replace("5", '"5"').encode(),
    ],
)
def test_what_editors_do_to_a_file_changes_nothing(figures, tmp_path):
    report = checked(tmp_path, figures)
    assert report["findings"] == []
    assert report["tally"]["figures"] == 2


def test_a_header_alone_is_an_empty_register(tmp_path):
    assert checked(tmp_path, HEAD)["tally"]["figures"] == 0


@pytest.mark.parametrize(
    "cell",
    ["5" * MILLION, "x" * MILLION, ", " * (MILLION // 2), "5 x 10^" * 1_000],
)
@pytest.mark.parametrize(
    "column", ["id", "reported", "unit", "source", "period", "place", "quote", "status", "base"]
)
def test_a_cell_of_a_million_characters_is_a_short_finding_or_none(cell, column, tmp_path):
    cells = {"id": "a", "reported": "5", "unit": "person", "source": "s"} | {column: f'"{cell}"'}
    report = checked(tmp_path, f"{','.join(cells)}\n{','.join(cells.values())}\n")
    assert all(
        len(each["message"]) < 2000 for each in report["findings"] if len(each["figure"]) < 100
    )
    assert report["findings"] or column == "quote" or (column, cell[0]) == ("id", "x")


def test_rows_and_columns_that_are_too_many_or_too_few_are_said_and_kept(tmp_path):
    report = checked(tmp_path, f"{HEAD.strip()},perod,,\na,5\nb,5,person,s,1,2,3,4,5\n,,,\n")
    assert report["tally"]["figures"] == 2
    assert [each["figure"] for each in found(report, "FC013")] == ["''", "''", "perod", "a", "b"]


def test_an_id_that_stands_twice_or_is_none_is_said_for_each_row(tmp_path):
    figures = f"{HEAD}a,5,person,s\na,6,person,s\n\u0430,7,person,s\n,8,person,s\nA,9,person,s\n"
    report = checked(tmp_path, figures, "id,statement\na,a == 5\nr,a == 5\nr,a == 6\n")
    said = [(each["path"].rpartition("/")[2], each["line"]) for each in found(report, "FC002")]
    figures_csv = [("figures.csv", line) for line in (3, 4, 5, 6)]
    assert said == [*figures_csv, ("relations.csv", 4)]
    assert report["tally"]["relations"] == 2


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("a == 10**10**10", "one power only"),
        ("a == 10**100", "a whole number up to 16 as exponent"),
        ("a == (10**16)**16", "a product of 256 factors"),
        ("a == " + "(" * 9_000 + "b" + ")" * 9_000, "at most 64 levels of parentheses"),
        ("a == " + "(" * 20_000 + "b" + ")" * 20_000, "a statement of 40,006 characters"),
        ("a == " + " + ".join(f"n{each}" for each in range(20_000)), "at most 20,000 are read"),
        ("a == __import__('os').system('true')", "wanted a number, a name"),
        ("a == __import__(b)", "wanted one of the formulas"),
        ("a.real == b", "'.' at column 2"),
        ("a == b[0]", "'[' at column 7"),
        ("a == lambda: b", "':' at column 12"),
        ("a == 'b'", "wanted a number, a name"),
        ("\u0430 == b", "U+0430 CYRILLIC SMALL LETTER A"),
        ("a == \uff42", "U+FF42 FULLWIDTH LATIN SMALL LETTER B"),
        ("a \u2212 b == 1", "U+2212 MINUS SIGN"),
        ("a == nan", "no figure 'nan'"),
        ("a == inf", "no figure 'inf'"),
        ("a == bb", "no figure 'bb'; did you mean 'b'"),
        ("a == 1e999999", "a number of at most 1000 digits"),
        ("a == " + "9" * 5000, "a number of at most 1000 digits"),
        ("a == b == a", "compares two sides, or several in order"),
        ("a != b", "'!=' at column 3"),
        ("a + b", "compares nothing"),
        ("", "the end at column 1"),
        ("=SUM(A1)", "'=' at column 1"),
        ("a = b", "'a' has a figure or a relation already"),
    ],
)
def test_a_hostile_statement_is_a_finding_with_what_was_wanted(statement, said, tmp_path):
    report = checked(tmp_path, GOOD, f'id,statement\nr,"{statement}"\n')
    [told] = found(report, "FC008")
    assert said in told["message"]
    assert "\n" not in told["message"]
    assert told["line"] == 2
    assert report["tally"]["relations"] == 1


@pytest.mark.parametrize(
    "statement",
    [
        "a == 1e999",
        "a == " + "9" * 400,
        "1e999 ** 16 == a",
        "a ** 16 / 1e999 ** 16 == b / 3",
        "a == 0 / b",
        "d = 1e999 ** 16 * a",
    ],
)
@pytest.mark.parametrize("number", ["5", "9" * 400])
def test_numbers_of_any_size_are_judged_exactly_and_written(statement, number, tmp_path):
    checked(tmp_path, GOOD.replace("6", number), f'id,statement\nr,"{statement}"\n')
    for arguments in (
        ["derive", "--register", tmp_path],
        ["derive", "b ** 16 * b ** 16 / 3", "--register", tmp_path],
        ["show", "--register", tmp_path],
        ["judge", "a ** 16 * a ** 16 == b / 3", f"a={number}", "b=5"],
    ):
        text, made = command(*arguments), command(*arguments, "--format", "json")
        assert text.code == made.code
        assert without_faults(text.err) == without_faults(made.err) == ""
        assert json.loads(made.out, parse_int=str)["version"] == "1"
    ran = command("appendix", tmp_path, "-o", tmp_path / "a.md", "-o", tmp_path / "a.csv")
    assert (ran.code, without_faults(ran.err)) == (0, "")
    assert "inf" not in (tmp_path / "a.csv").read_text(encoding="utf-8").split(",")


@pytest.mark.parametrize(
    ("relations", "circle"),
    [
        ("x,x = y + a\ny,y = z + a\nz,z = x + a\n", {"x", "y", "z"}),
        ("x,x = y + a\ny,y = x + a\nw,w = x * 2\nv,w == a\n", {"x", "y"}),
    ],
)
def test_derived_quantities_in_a_circle_are_refused_and_said(relations, circle, tmp_path):
    report = checked(tmp_path, GOOD, f"id,statement\n{relations}")
    assert {each["figure"] for each in found(report, "FC014")} >= circle
    assert command("derive", "--register", tmp_path).code == 1


def test_a_long_chain_and_a_long_circle_end(tmp_path):
    count = 300
    rows = [f"f{each},5,person,s,f{(each + 1) % count}" for each in range(count)]
    report = checked(tmp_path, "\n".join(["id,reported,unit,source,repeats", *rows]))
    assert len(found(report, "FC014")) == 1
    chain = [f"d{each},d{each} = d{each + 1} + a" for each in range(count)]
    end = f"d{count},d{count} = a + b"
    report = checked(tmp_path, GOOD, "\n".join(["id,statement", *chain, end]))
    assert {each["outcome"] for each in report["findings"]} == {"untestable"}
    assert report["tally"]["relations"] == count + 1


@pytest.mark.parametrize(
    ("reported", "codes"),
    [
        ("2.76E+07", {"FC009"}),
        ("Err:509", {"FC001", "FC009"}),
        ("#DIV/0!", {"FC001", "FC009"}),
        ("=A1*2", {"FC009"}),
        ("=SUM(A1:A3)", {"FC001", "FC009"}),
        ("12-Mar", {"FC001", "FC009"}),
        ("nan", {"FC001"}),
        ("-inf", {"FC001"}),
        ("Infinity", {"FC001"}),
        ("\u0665", {"FC001"}),
        ("\uff15", {"FC001"}),
        ("1/0", {"FC001"}),
        ("one in zero", {"FC001"}),
        ("5 and 6", {"FC001"}),
        ("-5", {"FC102"}),
    ],
)
def test_a_damaged_or_odd_number_is_never_silence(reported, codes, tmp_path):
    report = checked(tmp_path, f"{HEAD}a,{reported},person,s\n")
    assert {each["code"] for each in report["findings"]} >= codes


def test_a_zero_that_a_spreadsheet_ate_is_seen_in_the_quote(tmp_path):
    figures = "id,reported,unit,source,quote\na,27.6,km,s,it is 27.60 km long\n"
    [told] = found(checked(tmp_path, figures), "FC009")
    assert "'27.60 km' in its quote" in told["message"]


@pytest.mark.parametrize(
    ("waive", "code"),
    [
        ("FC102", "FC010"),
        ("FC102:", "FC010"),
        ("FC102: x (until tomorrow)", "FC010"),
        ("FC102: x (until 2020-01-01) or so", "FC010"),
        ("*: all", "FC010"),
        ("FC1: all", "FC010"),
        ("FC102 with " + "a, " * 50_000, "FC010"),
        ("FC999: x", "FC011"),
        ("FC102 with b: x", "FC011"),
        ("FC102: x (until 2020-01-01)", "FC012"),
    ],
)
def test_a_hostile_waiver_covers_nothing_and_is_said(waive, code, tmp_path):
    report = checked(
        tmp_path, f'id,reported,unit,source,waive\na,0.5,person,s,"{waive}"\nb,5,person,s,\n'
    )
    assert [each["waived"] for each in found(report, "FC102")] == [None]
    assert len(found(report, code)) == 1


@pytest.mark.parametrize(
    "source",
    [
        '{"id": "s", "title": {"x": 1}}',
        '{"id": "s", "title": null, "URL": 5, "publisher": ["x"]}',
        '{"id": "s", "author": [{"literal": 5}, {"family": ["x"]}, {}]}',
        '{"id": "s", "custom": {"names": [5, null, ["x"]]}}',
        '{"id": "s", "custom": {"precision": 5}}',
        '{"id": "s", "issued": {"date-parts": [[]]}}',
        '{"id": "s", "issued": {}}',
        '{"id": "s", "title": "\\u0000\\u001b[8m\\ud800"}',
        '{"id": "s", "n": NaN, "m": 1e999}',
    ],
)
def test_an_odd_source_breaks_no_command(source, tmp_path):
    checked(tmp_path, GOOD, "", f"[{source}]")
    for arguments in (
        ["show", "a", "--register", tmp_path],
        ["derive", "a * b", "--register", tmp_path],
    ):
        ran = command(*arguments)
        assert ran.code in {0, 1}
        assert not re.search(r"[\x00-\x09\x0b-\x1f]", ran.out)
    assert command("appendix", tmp_path).code == 0


@pytest.mark.parametrize("colour", ["", "1"])
def test_a_text_from_a_file_gives_the_terminal_no_orders(colour, tmp_path, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", colour)
    monkeypatch.delenv("NO_COLOR", raising=False)
    hostile = "\x1b[8m\x1b]0;title\x07\u202e\x85hidden\x7f"
    folder(
        tmp_path, f"id,reported,unit,label,source\na,{hostile},{hostile},{hostile},s\n", "", SOURCES
    )
    for arguments in (["check", tmp_path], ["show", "a", "--register", tmp_path]):
        out = command(*arguments).out
        assert "\\x1b[8m" in out
        rest = re.sub(r"\x1b\[(0|1|2|3[1236])m", "", out) if colour else out
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", rest)


@pytest.mark.parametrize("name", ["a\x1b[8m", "\udcff", "x" * 100_000, "\nx"])
def test_an_odd_argument_is_one_line(name, tmp_path):
    folder(tmp_path, GOOD)
    for arguments in (
        ["show", name, "--register", tmp_path],
        ["derive", name, "--register", tmp_path],
        ["judge", name, "a=5"],
        ["judge", "a == b", name],
        ["explain", f"FC{name}"],
        ["check", "--select", f"FC{name}"],
        ["check", "--today", name],
        ["check", "--format", name],
        [name],
        ["check", tmp_path, f"--{name}"],
    ):
        ran = command(*arguments)
        assert ran.code == 2, arguments
        assert ran.err.startswith("figurecheck: ")
        assert ran.err.count("\n") == 1
        assert len(ran.err) < 5000
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", ran.err)


def test_standard_input_that_is_no_text_is_one_line():
    run = process("read", "-", input=b"27.6 \xff million")
    assert run.returncode == 2
    assert (
        run.stderr.decode()
        == "figurecheck: standard input: line 1: byte 0xff is not UTF-8; wanted text in UTF-8\n"
    )
    assert process("read", "-", input="\ufeff27.6 million".encode()).stdout.startswith(
        b"0-12: 27.6 million"
    )


@pytest.mark.parametrize(
    "text", ["5" * MILLION, "5," * 100_000, "5-" * 100_000, "\u0660" * 100_000]
)
def test_a_megabyte_to_read_or_to_judge_ends(text):
    assert command("read", text).code == 0
    assert command("judge", "a == b", f"a={text}", "b=5").code == 3
