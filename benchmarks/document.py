"""How many seconds `document` takes for a megabyte of each format; the limit is 15.

The text is one paragraph over and over, with more numbers than a report has: one word in five.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

import docx

from figurecheck.document import load

LENGTH = 1_000_000
LIMIT = 15
SENTENCE = (
    "In 2021, about {}27.6{} million people were in forced labour, of whom 12 {}% were children; "
    "see Table 3 of the 1951 Convention. "
)
FORMATS = {
    "txt": ("{}\n\n", ("", "", "")),
    "md": ("## Part\n\n{}\n\n", ("**", "**", "")),
    "html": ("<h2>Part</h2>\n<p>{}</p>\n", ("<b>", "</b>", "")),
    "tex": ("\\section{{Part}}\n{}\n\n", (r"\textbf{", "}", "\\")),
}


def texts() -> dict[str, str]:
    """Give a document of a megabyte in each format that is text, by suffix."""
    made = {}
    for suffix, (frame, marks) in FORMATS.items():
        part = frame.format(SENTENCE.format(*marks) * 6)
        made[suffix] = part * (LENGTH // len(part))
    cells = [{"cell_type": "markdown", "source": part} for part in made["md"].split("## ")]
    return {**made, "ipynb": json.dumps({"cells": cells})}


def word(path: Path) -> None:
    """Write a document of a megabyte for Word."""
    made = docx.Document()
    text = SENTENCE.format("", "", "") * 6
    for _ in range(LENGTH // len(text)):
        made.add_heading("Part", 2)
        made.add_paragraph(text)
    made.save(str(path))


def main() -> int:
    """Read each document once and print how long it took."""
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for suffix, text in texts().items():
            (Path(folder) / f"report.{suffix}").write_text(text, encoding="utf-8")
        word(Path(folder) / "report.docx")
        for path in sorted(Path(folder).iterdir()):
            start = time.perf_counter()
            document = load(path)
            took = time.perf_counter() - start
            slowest = max(slowest, took)
            size = len(document.text) / LENGTH
            numbers = len(document.mentions)
            print(f"{path.suffix:6} {size:.2f} MB  {took:5.2f} s  {numbers:,} quantities")
    print(f"limit {LIMIT} s")
    return int(slowest > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
