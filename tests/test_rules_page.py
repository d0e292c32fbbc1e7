"""docs/rules.md is what the rules' docstrings say; FIGURECHECK_UPDATE=1 writes it."""

from __future__ import annotations

from itertools import groupby

from pages import ROOT, compared

from figurecheck.rule import FAMILIES, Rule
from figurecheck.rules import RULES

PAGE = ROOT / "docs" / "rules.md"
INTRODUCTION = """\
# The rules

Made from the rules' own words by tests/test_rules_page.py: change those, not this page.
`figurecheck explain FC302` shows the same for one rule.

A message begins with the id of the figure or relation that the finding is about. An example is the
smallest register that shows the edge, and is run as a test: *Okay* must pass, and a code must be
found. It is the text of figures.csv, after `relations:` that of relations.csv, and after `sources:`
the keys of sources.csl.json (`ilo_2022=ILO` for a source whose publisher is the ILO, `old 2017=ILO`
for one that was issued in 2017). After `texts:` stand archived texts of sources, with their SHA-256
if they have one (`s 0d5c3a: words`).
"""


def section(rule: Rule) -> str:
    """Give the section of a rule: code and law, message, reason, examples."""
    examples = [
        f"{'*Okay*' if name == 'Okay' else name}:\n\n```text\n{text}\n```"
        for name, text in rule.examples
    ]
    message = f"Message: `<id> {rule.message}`"
    reason = "\n\n".join(rule.reason.splitlines())
    return "\n\n".join(filter(None, [f"### {rule.code}: {rule.law}", message, reason, *examples]))


def page() -> str:
    """Give the whole page, family by family."""
    families = [
        "\n\n".join([f"## {family}: {FAMILIES[family]}?", *map(section, rules)])
        for family, rules in groupby(RULES, key=lambda each: each.code[:3])
    ]
    return "\n".join([INTRODUCTION, "\n\n".join(families), ""])


def test_the_page_of_the_rules_says_what_the_rules_say():
    compared(PAGE, page())


def test_every_rule_has_both_kinds_of_example_on_the_page():
    for rule in RULES:
        made = section(rule)
        assert {"*Okay*:", f"{rule.code}:"} <= set(made.splitlines()), rule.code
