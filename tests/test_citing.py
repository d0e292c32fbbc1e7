"""pandoc cites from sources.csl.json: who published it, and when."""

from __future__ import annotations

import shutil
import subprocess
from importlib.util import find_spec

import pytest
from command import ROOT

from figurecheck.register import load


def pandoc() -> str | None:
    """Give the path of pandoc: the one on the path, else the one that pypandoc_binary brings."""
    if find_spec("pypandoc") is None:
        return shutil.which("pandoc")
    import pypandoc

    try:
        return pypandoc.get_pandoc_path()
    except OSError:
        return None


PANDOC = pandoc()
SOURCES = load(ROOT / "data").sources

pytestmark = pytest.mark.skipif(
    PANDOC is None, reason="no pandoc; pypandoc_binary has one and comes with the 'test' extra"
)


def cited(text: str) -> str:
    """Give a Markdown text with its citations resolved from the shipped sources."""
    bibliography = ROOT / "data" / "sources.csl.json"
    run = subprocess.run(
        [PANDOC, "-C", "--bibliography", bibliography, "--to", "plain", "--wrap", "none"],
        input=text,
        check=True,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert run.stderr == ""
    return run.stdout


@pytest.mark.parametrize("key", SOURCES)
def test_pandoc_cites_a_source_by_its_key_with_its_year_publisher_and_title(key):
    source = SOURCES[key]
    text, _, reference = cited(f"So many [@{key}, p. 22].").casefold().partition("\n\n")
    year = str(source.issued[0]) if source.issued else "n.d."
    assert year in text
    assert "22)" in text
    assert year in reference
    assert any(each in reference for each in source.names - {key})
    assert source.title.casefold() in reference


def test_pandoc_warns_of_a_key_that_no_source_has():
    with pytest.raises(AssertionError, match="Citeproc: citation nobody not found"):
        cited("So many [@nobody].")
