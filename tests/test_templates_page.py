"""docs/templates.md: each example runs, and gives the sentence that the page says it gives."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from functools import reduce
from pathlib import Path

import pytest
import typst
import yaml
from command import ROOT
from IPython.core.interactiveshell import InteractiveShell
from pages import BLOCK, console
from tools import pandoc, pdflatex, with_latex, with_pandoc

PAGE = ROOT / "docs" / "templates.md"
CELL = re.compile(r"^```\{python\}\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PLAIN = ("--wrap=none", "-t", "plain")
INLINE = re.compile(r"(?:^|[^`])`\{python\}[ \t]([^`]+)`", re.MULTILINE)
"""How Quarto finds inline code."""


def section(title):
    """Give what stands under a heading of the page; the lead stands under ""."""
    parts = re.split(r"^## (.*)\n", "## \n" + PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))[title]


def blocks(title, language):
    return [body for _, kind, body in BLOCK.findall(section(title)) if kind == language]


[SENTENCE] = [each.strip() for each in blocks("", "text")]


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Give a folder with the register in it, and be there."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def exported(title, folder):
    """Run the commands of a section, which write its files."""
    for block in blocks(title, "console"):
        console(block, folder)


@pytest.mark.parametrize("title", ["Python", "Jinja"])
def test_python_and_jinja_give_the_sentence_and_fail_loudly(title):
    [shown] = blocks(title, "python")
    assert SENTENCE in shown.splitlines()
    assert shown.strip().endswith("did you mean 'forced_labour'?")


@pytest.mark.usefixtures("place")
def test_inline_code_of_quarto_gives_the_sentence_and_fails_loudly():
    """Quarto itself cannot be installed here: its Jupyter engine asks IPython for the values.

    It runs the cells, takes inline code for user expressions, and stops at the first that fails.
    """
    [body] = blocks("Quarto", "markdown")[:1]
    shell = InteractiveShell.instance()
    try:
        for cell in CELL.findall(body):
            shell.run_cell(cell).raise_error()
        [text] = [line for line in body.splitlines() if line.startswith("In ")]
        asked = dict(enumerate(INLINE.findall(text)))
        assert len(asked) == 2
        for place, found in shell.user_expressions(asked).items():
            shown = found["data"]["text/plain"].strip("'")
            text = text.replace(f"`{{python}} {asked[place]}`", shown)
        assert text == SENTENCE
        wrong = shell.user_expressions({0: asked[0].replace("labour", "labor")})[0]
        assert wrong["status"] == "error"
        assert "did you mean 'forced_labour'?" in wrong["evalue"]
    finally:
        InteractiveShell.clear_instance()


def variables(text):
    """Put variables where Quarto does, by a dotted name in its file; it reads each as Markdown."""
    known = yaml.safe_load(Path("_variables.yml").read_text(encoding="utf-8"))
    return re.sub(
        r"\{\{< var (\S+) >\}\}",
        lambda found: reduce(lambda inner, key: inner[key], found[1].split("."), known),
        text,
    )


@with_pandoc
def test_variables_of_quarto_give_the_sentence(place):
    exported("Quarto", place)
    text = blocks("Quarto", "markdown")[1]
    assert "{{< var" in text
    assert pandoc(variables(text), *PLAIN) == (0, SENTENCE + "\n", "")


def sphinx(folder, conf, text):
    """Run Sphinx over one page, and give its code, the page as text, and what it warned of."""
    (folder / "conf.py").write_text(conf, encoding="utf-8")
    (folder / "index.md").write_text(f"# Report\n\n{text}", encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "-q", "-b", "text", ".", "out"],
        check=False,
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "NO_COLOR": "1"},
    )
    out = folder / "out" / "index.txt"
    shown = out.read_text(encoding="utf-8") if out.exists() else ""
    return ran.returncode, " ".join(shown.split()), ran.stderr


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "did you mean 'forced_labour'?"), (1, "no attribute 'forced_labor'")],
)
def test_myst_gives_the_sentence_and_fails_loudly(place, number, said):
    title = "MyST, Sphinx, Jupyter Book"
    exported("Quarto", place)
    conf, text = blocks(title, "python")[number], blocks(title, "markdown")[number]
    code, shown, warned = sphinx(place, conf, text)
    assert (code, warned) == (0, "")
    assert shown.endswith(SENTENCE)
    code, _, warned = sphinx(place, conf, text.replace("forced_labour", "forced_labor"))
    assert code
    assert said in warned
    assert "[myst.substitution]" in warned


@with_latex
def test_latex_gives_the_sentence_and_fails_loudly(place):
    exported("LaTeX", place)
    [document], [error] = blocks("LaTeX", "latex"), blocks("LaTeX", "text")

    told = r"\typeout{\csname fc/text/forced_labour\endcsname}"
    code, lines = pdflatex(document.replace("In 2021", f"{told}In 2021"), place)
    assert code == 0
    assert "27.6 million" in lines
    code, lines = pdflatex(document.replace("forced_labour", "forced_labor"), place)
    assert code == 1
    assert error.strip() in lines


def test_typst_gives_the_sentence_and_fails_loudly(place):
    exported("typst", place)
    [document], [error] = blocks("typst", "typst"), blocks("typst", "text")
    (place / "report.typ").write_text(document, encoding="utf-8")
    assert spelled(typst.query("report.typ", "par", one=True, field="body")) == SENTENCE
    assert typst.compile("report.typ").startswith(b"%PDF")
    (place / "report.typ").write_text(document.replace("labour", "labor"), encoding="utf-8")
    with pytest.raises(typst.TypstError) as stopped:
        typst.compile("report.typ")
    assert error.strip() in str(stopped.value)


def spelled(found):
    """Give the text of what typst set."""

    def text(node):
        inner = "".join(map(text, node.get("children", [])))
        return {"space": " "}.get(node["func"], node.get("text", "")) + inner

    return text(json.loads(found)).strip()


@with_pandoc
def test_pandoc_gives_the_sentence_and_fails_loudly(place):
    exported("pandoc", place)
    [text], [error] = blocks("pandoc", "markdown"), blocks("pandoc", "text")
    [call] = blocks("pandoc", "sh")
    _, *arguments = call.split()
    (place / "report.md").write_text(text, encoding="utf-8")
    assert pandoc("", *arguments) == (0, "", "")
    assert pandoc("", "report.docx", *PLAIN) == (0, SENTENCE + "\n", "")
    (place / "report.md").write_text(text.replace("labour", "labor"), encoding="utf-8")
    code, _, said = pandoc("", *arguments)
    assert code
    assert error.strip() in said.splitlines()
