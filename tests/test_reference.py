"""docs/commands.md and docs/configuration.md are what the parser and the configuration say."""

from __future__ import annotations

import argparse
import re

import pytest
from pages import BLOCK, ROOT, compared
from tables import table

from figurecheck.cli import COMMANDS, parser
from figurecheck.configuration import Configuration, Layout, keys, load
from figurecheck.rules import RULES

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
MADE = "Made by tests/test_reference.py from the code: change that, not this page."
COMMANDS_PAGE = f"""\
# The commands

{MADE}

`figurecheck COMMAND --help` says the same in the terminal. The exit code is 0 where nothing is
broken, 1 where something is, 2 where the call or a file cannot be understood, 3 where something
could not be tested (`judge` and `solve`; elsewhere with `--strict`), 130 after ctrl-C.
"""
CONFIGURATION_PAGE = f"""\
# The configuration

{MADE}

`[tool.figurecheck]` in the nearest pyproject.toml upwards that has it: of the register that is
named, else of the current folder; `--config FILE` names another. Paths are seen from the folder of
that file. What the command line says goes first. A key that is not listed is an error.
"""
EXAMPLE = """\
[tool.figurecheck]
register = "numbers"
select = ["FC1", "FC3"]
extend-select = ["FC402"]
ignore = ["FC317"]
severities = { FC301 = "error", FC4 = "note" }
fail-on = "warning"
rounding = "nearest"
rules = ["newsroom.py"]
texts = "texts"

[tool.figurecheck.appendix]
title = "The numbers behind the report"
preface = "Made for the spring report."
sections = ["summary", "figures", "sources"]
headings = { figures = "Our numbers" }
style = "chicago-author-date"
template = "report.html"
"""


def commands() -> argparse._SubParsersAction:
    [found] = [each for each in parser()._actions if isinstance(each, argparse._SubParsersAction)]
    return found


def usage(action: argparse.Action) -> str:
    """Give an argument as it is written in a call."""
    value = action.metavar or ("{" + ",".join(action.choices) + "}" if action.choices else "")
    value = "" if action.nargs == 0 else str(value)
    return ", ".join(f"`{f'{each} {value}'.strip()}`" for each in action.option_strings or [""])


def section(name: str) -> str:
    command = commands().choices[name]
    rows = [
        (usage(each), (each.help or "").replace("%%", "%"))
        for each in command._actions
        if "--help" not in each.option_strings
    ]
    return "\n".join(
        [f"## figurecheck {name}", "", f"{command.description}.", "", table("argument | ", rows)]
    )


def commands_page() -> str:
    return "\n".join([COMMANDS_PAGE, "\n\n".join(map(section, COMMANDS)), ""])


def keys_of(kind: type) -> str:
    empty = kind()
    rows = [
        (f"`{key}`", each.metadata["about"], shown(getattr(empty, each.name)))
        for key, each in keys(kind).items()
    ]
    return table("key | content | without it", rows)


def configuration_page() -> str:
    return "\n".join(
        [
            CONFIGURATION_PAGE,
            keys_of(Configuration),
            "",
            "The appendix has a table of its own, `[tool.figurecheck.appendix]`:",
            "",
            keys_of(Layout),
            "",
            f"```toml\n{EXAMPLE}```",
            "",
        ]
    )


def shown(value: object) -> str:
    return f"`{value}`" if value and not isinstance(value, Layout) else ""


def test_the_page_of_the_commands_says_what_their_help_says():
    compared(DOCS / "commands.md", commands_page())


def test_the_page_of_the_configuration_says_what_is_read():
    compared(DOCS / "configuration.md", configuration_page())


def test_the_example_of_the_configuration_has_every_key_and_can_be_read(tmp_path):
    file = tmp_path / "pyproject.toml"
    file.write_text(EXAMPLE, encoding="utf-8")
    read, empty = load(file), Configuration()
    for one, other in ((read, empty), (read.appendix, empty.appendix)):
        for each in keys(type(one)).values():
            assert getattr(one, each.name) != getattr(other, each.name)


def examples() -> str:
    """Give every console line of every page that was written by hand."""
    blocks = [block for page in PAGES for block in BLOCK.findall(page.read_text(encoding="utf-8"))]
    return "\n".join(text for _, kind, text in blocks if kind == "console")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_shown_at_work_on_a_page(name):
    assert re.search(rf"^\$ (.*; )?figurecheck {name}\b", examples(), re.MULTILINE)


def test_every_page_is_linked_from_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    linked = set(re.findall(r"\(docs/(\w+\.md)\)", readme))
    assert {page.name for page in DOCS.glob("*.md")} == linked


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", *DOCS.glob("*.md")], ids=lambda page: page.name
)
def test_every_link_between_pages_leads_somewhere(page):
    text = page.read_text(encoding="utf-8")
    for target, anchor in re.findall(r"\]\((?!https?:|figure:|#)([^)#\s]+)(#[^)\s]*)?\)", text):
        file = page.parent / target
        assert file.exists(), target
        if anchor:
            heads = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            slugs = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}
            assert anchor[1:] in slugs


def test_every_rule_is_on_the_page_of_the_rules():
    page = (DOCS / "rules.md").read_text(encoding="utf-8")
    assert all(f"### {rule.code}: {rule.law}" in page for rule in RULES)
