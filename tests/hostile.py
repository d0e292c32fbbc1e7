"""Texts that open something wherever they are shown, and what a reader of Markdown shows."""

from __future__ import annotations

import re

from hypothesis import strategies as st

SIGNS = st.sampled_from("|\\`*_{}[]()<>#~^$@&!-+=.:/'\";,%\n\r\t \u2028\x1b\ud800a1é")
HOSTILE = st.lists(
    SIGNS
    | st.sampled_from(
        [
            "http://a.b",
            "www.a.b",
            "a@b.c",
            "&lt;",
            "<script>",
            "![x](y)",
            "=cmd|' /C calc'!A1",
            "__b__",
            "a_b",
            "\\|",
            "| --- |",
            "-1+1",
            "+5",
            "@SUM(A1)",
            "＝A1",
            "1. x",
            "```",
        ]
    ),
    max_size=12,
).map("".join)
NOTHING_OPENS = re.compile(r"[`*{}\[\]<>#|~^$@&]|(?<![^\W_])_|_(?![^\W_])|://|www\.", re.IGNORECASE)


def unescaped(text):
    """Give a text as a reader of Markdown shows it."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


def cells(line):
    """Give the cells of a row of a Markdown table, as they are shown."""
    assert line.startswith("| ")
    assert line.endswith(" |")
    return [unescaped(cell.strip()) for cell in re.split(r"(?<!\\)(?:\\\\)*\|", line)[1:-1]]


def tables(page):
    """Give the tables of a Markdown page, each a list of rows by the names of their columns."""
    found, block = [], []
    for line in [*page.split("\n"), ""]:
        if line.startswith("|"):
            block.append(line)
        elif block:
            header, rule, *rows = block
            names = cells(header)
            assert rule == f"|{' --- |' * len(names)}"
            found.append([dict(zip(names, cells(row), strict=True)) for row in rows])
            block = []
    return found
