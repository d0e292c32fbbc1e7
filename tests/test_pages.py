"""README.md and the pages of docs/: every output in them is what is printed now.

FIGURECHECK_UPDATE=1 writes what is printed now into the pages.
"""

from __future__ import annotations

import shutil

import pytest
from pages import BLOCK, ROOT, compared, elided, of_now, python

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
WITH_EXAMPLES = [
    page
    for page in PAGES
    if {kind for _, kind, _ in BLOCK.findall(page.read_text(encoding="utf-8"))}
    & {"console", "python"}
]


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=lambda page: page.name)
def test_every_output_on_a_page_is_what_is_printed_now(page, tmp_path, monkeypatch):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    compared(page, of_now(page.read_text(encoding="utf-8"), tmp_path))


def test_the_readme_runs_something():
    assert ROOT / "README.md" in WITH_EXAMPLES


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("a|b|c", "1|2||3|4||5"),
        ("a|...", "1|..."),
        ("a|...|z", "1|...|5"),
        ("...|z|z", "...||5"),
        ("...|4|...", "...|4|..."),
        ("a|...|3|...|z", "1|...|3|4|...|5"),
        ("a|...|3||...|z", "1|...|3|4||...|5"),
    ],
)
def test_what_is_left_out_of_an_output_stays_left_out(shown, expected):
    made = "1|2||3|4||5".split("|")
    assert elided(shown.split("|"), made) == expected.split("|")


def test_an_example_that_fails_by_itself_is_not_taken_for_its_output():
    with pytest.raises(NameError):
        python(">>> nowhere\n", {})
