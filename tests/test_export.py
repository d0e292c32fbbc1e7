"""Exports: every text comes back from every format, and an id that is not there fails loudly."""

from __future__ import annotations

import csv
import io
import json
import re
from fractions import Fraction

import pytest
import typst
import yaml
from command import ROOT, command, golden
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined, UndefinedError
from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)
from small import register
from tools import pandoc, pdflatex, with_latex, with_pandoc

from figurecheck.cli.export import form
from figurecheck.register import load, parsed
from figurecheck.reporters.templates import FORMATS, without_number

SMALL = """id,reported,unit,label,concept,place,period,source
    all,27.6 million,person,people in labour,labour,ITA,2021,s
    no,US$ 6.75 billion,USD,income,,,,t
    a_1_b,~140 {000} & 5 % of #1,person,,,,,s
    vague,many,person,,,,,u
    lost,,person,,,,,
    range,at least 5 million,person,,,,,s
    relations:
    id,statement,label
    twice,twice = all * 2,"all, twice"
    torn,torn = all + lost,
    sources: s 2021=A & B, t=C_D"""

SIGNS = "\\`*_{}[]()<>#+-.!|~^$@&%=:;,'\"/? \t\n\r\x07\x1b\x7f\x85\xa0\u2009\u202e\u2028−≈é年5a"
texts = (st.text(SIGNS, min_size=1) | st.text(min_size=1)).map(str.strip).filter(bool)
texts = texts.filter(lambda text: "\0" not in text)


def of(words, cites=()):
    """Give a register whose figures f0, f1, ... report these texts, from sources so titled."""
    file = io.StringIO(newline="")
    table = csv.writer(file)
    table.writerow(["id", "reported", "unit", "source"])
    table.writerows([f"f{place}", text, "person", f"s{place}"] for place, text in enumerate(words))
    sources = [{"id": f"s{place}", "title": title} for place, title in enumerate(cites)]
    return parsed(file.getvalue(), "", json.dumps(sources))


def page(found, name):
    return "\n".join([*FORMATS[name](found), ""])


def hostile(test):
    """Draw lists of texts, a run of a tool for each list."""
    whole = [
        SIGNS,
        *SIGNS.split(),
        "- 5",
        "1. five",
        "(a) five",
        "2021.",
        "::: x",
        "# x",
        "---",
        "no",
    ]
    drawn = given(st.lists(texts, max_size=20))(example([])(example(whole)(test)))
    return settings(max_examples=15)(drawn)


def one_line(text):
    return re.sub("[ \t\n\r\f\v]+", " ", text)


def plain(node):
    """Give the text of what pandoc read, in its JSON."""
    if isinstance(node, list):
        return "".join(map(plain, node))
    kind = node["t"]
    if kind in {"Space", "SoftBreak"}:
        return " "
    assert kind in {"Str", "Para", "Plain", "MetaInlines"}
    return node["c"] if kind == "Str" else plain(node["c"])


@pytest.mark.parametrize("name", FORMATS)
def test_the_exports_of_a_small_register_are_their_golden_files(name):
    made = page(register(SMALL), name)
    assert made == golden(f"export/small.{name}", made)
    assert page(register("id,reported,unit,source"), name)


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_printed_and_what_is_written_are_the_same(name, tmp_path):
    register = of([SIGNS.strip()], ["T\ud800" + SIGNS])
    file = tmp_path / "figures.csv"
    file.write_text('id,reported,unit,source\na,"x\x07\u202e""é",person,s\n', encoding="utf-8")
    printed = command("export", tmp_path, "--to", name)
    written = command("export", file, "--to", name, "--output", tmp_path / "out")
    told = "figurecheck: as printed, though no number can be read: 1 (a)\n"
    assert (printed.code, printed.err) == (written.code, written.err) == (0, told)
    assert written.out == f"wrote {tmp_path / 'out'}\n"
    assert (tmp_path / "out").read_bytes().decode() == printed.out
    assert page(register, name).encode()


def test_what_has_no_text_or_no_number_is_said(tmp_path):
    for name in FORMATS:
        made = page(register(SMALL), name)
        assert "27.6 million" in made
        assert not re.search("lost|torn", made)
    rows = "".join(f"f{place},,person,\n" for place in range(5))
    rows += "hidden,..,person,s\n"
    (tmp_path / "figures.csv").write_text(f"id,reported,unit,source\na,5,person,s\n{rows}", "utf-8")
    (tmp_path / "relations.csv").write_text("id,statement\nr,r = a + f0\n", "utf-8")
    ran = command("export", tmp_path, "--to", "json")
    assert ran.code == 0
    assert list(json.loads(ran.out)["figures"]) == ["a", "hidden"]
    assert ran.err.splitlines() == [
        "figurecheck: left out, reported by nobody: 5 (f0, f1, f2, ...)",
        "figurecheck: left out, refused, see 'figurecheck derive': 1 (r)",
        "figurecheck: as printed, though no number can be read: 1 (hidden)",
    ]
    assert list(without_number(of(["5"]))) == []


def test_a_format_that_is_none_is_refused_with_the_nearest():
    ran = command("export", ROOT / "data", "--to", "latx")
    assert (ran.code, ran.out) == (2, "")
    formats = ", ".join([*FORMATS, "datapackage"])
    assert ran.err.endswith(f"wanted {formats}; did you mean 'latex'?\n")
    assert command("export", ROOT / "data").code == 2
    assert form("json") is FORMATS["json"]


def test_the_help_names_every_format():
    told = command("export", "--help").out
    assert all(name in told for name in (*FORMATS, "datapackage"))


def test_a_data_package_describes_files_and_leaves_nothing_out(tmp_path):
    (tmp_path / "figures.csv").write_text("id,reported,unit,source\na,,person,\n", "utf-8")
    ran = command("export", tmp_path, "--to", "datapackage")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["resources"][0]["path"] == "figures.csv"


def test_a_file_that_cannot_be_written_is_one_line(tmp_path):
    ran = command("export", ROOT / "data", "--to", "json", "-o", tmp_path / "none" / "x.json")
    assert ran.code == 2
    assert ran.err.count("\n") == 1


@hostile
def test_every_text_comes_back_from_json(words):
    found = json.loads(page(of(words, words), "json"))["figures"].values()
    assert [each["text"] for each in found] == words


def test_json_has_the_bounds_exact_and_null_where_there_are_none():
    made = json.loads(page(register(SMALL), "json"), parse_float=Fraction)
    assert made["version"] == 1
    figures = made["figures"]
    assert list(figures) == ["all", "no", "a_1_b", "vague", "range", "twice"]
    assert len({tuple(each) for each in figures.values()}) == 1
    ends = ("value", "lower", "upper", "widest_lower", "widest_upper")
    assert [figures["all"][end] for end in ends] == [
        27_600_000, 27_550_000, 27_650_000, 27_550_000, 27_650_000,
    ]  # fmt: skip
    assert [figures["vague"][end] for end in ends] == [None] * 5
    assert figures["range"]["lower"] == 5_000_000
    assert figures["range"]["widest_upper"] is None
    assert figures["twice"] == {
        "text": "55.1-55.3 million", "cite": figures["all"]["cite"], "value": None,
        "unit": "person", "lower": 55_100_000, "upper": 55_300_000, "widest_lower": 55_100_000,
        "widest_upper": 55_300_000, "label": "all, twice", "concept": "", "place": "",
        "period": "", "source": "s",
    }  # fmt: skip
    assert [figures["all"][name] for name in ("unit", "label", "concept", "place", "period")] == [
        "person", "people in labour", "labour", "ITA", "2021",
    ]  # fmt: skip


def test_a_unit_that_nobody_knows_stays_as_it_is_written():
    found = json.loads(page(register("id,reported,unit,source\na,5,xyzzy,s"), "json"))
    assert found["figures"]["a"]["unit"] == "xyzzy"


@with_pandoc
@hostile
def test_every_text_comes_back_from_yaml_and_from_markdown(words):
    made = page(of(words, words), "quarto")
    found = yaml.safe_load(made)
    names = [f"f{place}" for place in range(len(words))]
    assert list(found["figure"]) == list(found["cite"]) == names
    code, out, err = pandoc(f"---\n{made}---\n", "-f", "markdown-smart", "-t", "json")
    assert (code, err) == (0, "")
    meta = json.loads(out)["meta"]
    for name, text in zip(names, words, strict=True):
        shown = meta["figure"]["c"][name]
        assert shown["t"] == "MetaInlines"
        assert visible(plain(shown)) == visible(text)


def visible(text):
    """Give what is seen of a text on one line; what cannot be seen is there, and no more."""
    marked = re.sub(
        "[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]", "\ufffd", text
    )
    return " ".join(marked.replace("\ufeff", "").split())


def test_a_name_that_yaml_takes_for_something_else_is_a_name():
    made = page(register("id,reported,unit,source\nno,5,person,s\nnull,1.0,person,s"), "quarto")
    assert yaml.safe_load(made)["figure"] == {"no": "5", "null": "1.0"}


@with_pandoc
def test_money_and_a_tilde_survive_markdown():
    words = ["US$ 6.75 billion and US$ 5", "~140,000 ~ 5", "*5*", "<b>5</b>", "[5](x)", "p. 5 @x"]
    found = yaml.safe_load(page(of(words), "quarto"))["figure"]
    for text, shown in zip(words, found.values(), strict=True):
        for kind in ("markdown", "gfm", "commonmark_x"):
            _, out, _ = pandoc(shown, "-f", kind, "-t", "plain", "--wrap=none")
            assert out.replace("\xa0", " ") == text + "\n"


MACROS = {
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textasciicircum": "^",
    "textminus": "−",
    ",": "\u2009",
}
"""What LaTeX's own macros set, as far as the reader of the test does not know."""


@hostile
def test_every_text_comes_back_from_latex(words):
    made = page(of(words), "latex")
    found = re.findall(r"^\\fcfigure\{f\d+\}\{(.*)\}\{\}$", made, re.MULTILINE)
    known = get_default_latex_context_db()
    specs = [MacroTextSpec(name, simplify_repl=sign) for name, sign in MACROS.items()]
    known.add_context_category("signs", prepend=True, macros=specs)
    read = LatexNodes2Text(strict_latex_spaces=True, latex_context=known).latex_to_text
    assert list(map(read, found)) == [legible(text) for text in words]


def legible(text):
    """Give a text as LaTeX has it: on one line, with a name for what cannot be seen."""
    return re.sub(
        "[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]",
        lambda found: f"[U+{ord(found[0]):04X}]",
        one_line(text).replace("\u202f", "\u2009"),
    )


def latex(folder, body):
    """Run LaTeX over a document and give its code and its errors."""
    document = (
        rf"\documentclass{{article}}\input{{figures}}\begin{{document}}{body}\end{{document}}"
    )
    code, lines = pdflatex(document, folder)
    return code, [line for line in lines if line.startswith("!")]


@with_latex
def test_latex_sets_every_sign_and_stops_at_an_unknown_id(tmp_path):
    ascii_signs = [f"x {sign}{sign} {sign}x" for sign in map(chr, range(1, 128)) if sign.strip()]
    words = [
        *ascii_signs,
        "140\u202f000 140\u2009000 140\xa0000 −5 ≈5 ≤5 ≥5 5–6 € é ½ ’",
        "a\x07\u202eb",
    ]
    (tmp_path / "figures.tex").write_text(page(of(words, words), "latex"), encoding="utf-8")
    all_of_them = "\n\n".join(
        rf"\fc{{f{place}}} \fc[cite]{{f{place}}}" for place in range(len(words))
    )
    heading = r"\section{\fc{f1}}\tableofcontents\input{figures}"
    assert latex(tmp_path, heading + all_of_them) == (0, [])
    assert latex(tmp_path, r"\fc{f_9}\fc[citation]{f1}") == (
        1,
        [
            "! Package figurecheck Error: no text of a figure 'f_9'.",
            "! Package figurecheck Error: no citation of a figure 'f1'.",
        ],
    )


@with_latex
def test_latex_reads_the_file_where_a_language_has_made_signs_active(tmp_path):
    found = register('id,reported,unit,source\na_1,5_6: "7" - 8!,person,s')
    (tmp_path / "macros.tex").write_text(page(found, "latex"), encoding="utf-8")
    active = "".join(rf"\catcode`\{sign}=13 \def{sign}{{\relax\string{sign}}}" for sign in '_:"!')
    (tmp_path / "figures.tex").write_text("", encoding="utf-8")
    body = rf"{active}\input{{macros}}\fc{{a_1}}\fc[cite]{{a_1}}"
    assert latex(tmp_path, body) == (0, [])


@with_latex
def test_a_macro_of_the_same_name_is_no_silent_loss(tmp_path):
    (tmp_path / "figures.tex").write_text(
        r"\newcommand{\fc}{mine}" + page(of(["5"]), "latex"), encoding="utf-8"
    )
    code, errors = latex(tmp_path, "x")
    assert code
    assert "already defined" in errors[0]


def in_typst(folder, found, body):
    (folder / "figures.typ").write_text(page(found, "typst"), encoding="utf-8", newline="")
    file = folder / "report.typ"
    file.write_text(f'#import "figures.typ": fig, figures\n{body}', encoding="utf-8")
    return file


@hostile
def test_every_text_comes_back_from_typst(tmp_path_factory, words):
    file = in_typst(tmp_path_factory.mktemp("typst"), of(words, words), "#metadata(figures) <all>")
    found = json.loads(typst.query(str(file), "<all>", field="value", one=True))
    assert [each["text"] for each in found.values()] == words
    assert list(found) == [f"f{place}" for place in range(len(words))]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('#fig("a_1_c")', "no figure 'a_1_c'; did you mean 'a_1_b'?"),
        ('#fig("zzzzzz")', "no figure 'zzzzzz'"),
        ('#fig("")', "no figure ''"),
        ('#fig("all", spec: "citation")', 'does not contain key "citation"'),
    ],
)
def test_what_typst_does_not_find_stops_it(tmp_path, body, said):
    file = in_typst(tmp_path, register(SMALL), body)
    with pytest.raises(typst.TypstError, match=re.escape(said) + '($| and|"$)'):
        typst.compile(str(file))
    assert typst.compile(str(in_typst(tmp_path, register(SMALL), '#fig("all")')))


def filtered(folder, found, body):
    (folder / "figures.lua").write_text(page(found, "pandoc"), encoding="utf-8", newline="")
    return pandoc(body, "--lua-filter", "figures.lua", "-t", "json", cwd=folder)


@with_pandoc
@hostile
def test_every_text_comes_back_from_pandoc(tmp_path_factory, words):
    folder = tmp_path_factory.mktemp("pandoc")
    for mark in ("[f{}]{{.figure}}", "`f{}`{{.figure}}"):
        body = "\n\n".join(mark.format(place) for place in range(len(words)))
        code, out, err = filtered(folder, of(words, words), body)
        assert (code, err) == (0, "")
        shown = [plain(block) for block in json.loads(out)["blocks"]]
        assert shown == [one_line(text) for text in words]


@with_pandoc
def test_pandoc_leaves_other_spans_and_code_alone_and_cites(tmp_path):
    body = "[all]{.other} `all` [all]{.figure spec=cite}"
    _, out, _ = filtered(tmp_path, register(SMALL), body)
    [block] = json.loads(out)["blocks"]
    assert [each["t"] for each in block["c"][:3]] == ["Span", "Space", "Code"]
    assert plain(block["c"][4:]) == register(SMALL).text("all", "cite") != ""


@with_pandoc
@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("[a_1_c]{.figure}", "no figure 'a_1_c'; did you mean 'a_1_b'?"),
        ("`a_1_c`{.figure}", "no figure 'a_1_c'; did you mean 'a_1_b'?"),
        ("[zzzzzz]{.figure}", "no figure 'zzzzzz'"),
        ("[]{.figure}", "no figure ''"),
        ("[all]{.figure spec=citation}", "no citation of a figure, wanted spec=cite or none"),
    ],
)
def test_what_pandoc_does_not_find_stops_it(tmp_path, body, said):
    code, out, err = filtered(tmp_path, register(SMALL), body)
    assert (bool(code), out) == (True, "")
    assert said in err.splitlines()


@with_pandoc
def test_the_filter_reads_every_input_that_has_spans(tmp_path):
    body = '<p><span class="figure">all</span> <code class="figure">all</code></p>'
    (tmp_path / "figures.lua").write_text(page(register(SMALL), "pandoc"), encoding="utf-8")
    options = ("-f", "html", "-t", "plain", "--lua-filter", "figures.lua")
    assert pandoc(body, *options, cwd=tmp_path) == (0, "27.6 million 27.6 million\n", "")


@with_pandoc
def test_of_two_that_are_as_near_the_filter_names_always_the_same(tmp_path):
    rows = "\n".join(f"abc{sign},5,person,s" for sign in "zyxwvu")
    found = register(f"id,reported,unit,source\n{rows}")
    for _ in range(5):
        _, _, err = filtered(tmp_path, found, "[abcq]{.figure}")
        assert "did you mean 'abcu'?" in err


def test_the_shipped_register_has_every_export():
    shipped = load(ROOT / "data")
    known = [name for name in shipped if shipped[name].reported]
    for name in FORMATS:
        made = page(shipped, name)
        assert all(each in made for each in (*known, *shipped.derivations.derived))


def test_a_sign_of_html_in_a_text_is_text_in_jinja():
    templates = Environment(autoescape=True, undefined=StrictUndefined)
    templates.globals["figure"] = of(["<5 & more"]).text
    assert templates.from_string("{{ figure('f0') }}").render() == "&lt;5 &amp; more"
    figures = json.loads(page(register(SMALL), "json"))["figures"]
    shown = templates.from_string("{{ figures.all.text }}").render(figures=figures)
    assert shown == "27.6 million"
    with pytest.raises(UndefinedError, match="a_1_c"):
        templates.from_string("{{ figures.a_1_c.text }}").render(figures=figures)
