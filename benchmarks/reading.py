"""How much of what people write `read` reads rightly, and how fast.

Recall by kind, hedges, and false readings are counted on sentences that were labelled by hand
before anything read them: those of `sentences.csv` and, where they are, the shared phrases; or the
tables that are named as arguments, with the columns text, expected, kind and qualifier. A sentence
of several quantities has as many kinds, or one, and as many qualifiers, separated by semicolons.
`--misses` prints each difference. The articles of the speed are made here, with about as many
numbers, dates and names as a news text about statistics has.
"""

from __future__ import annotations

import argparse
import ast
import csv
import math
import random
import time
from collections import Counter
from pathlib import Path
from statistics import median
from typing import NamedTuple

import figurecheck as fc

HERE = Path(__file__).resolve().parent
TABLES = (HERE / "sentences.csv", HERE.parents[1] / "shared" / "cases" / "phrases.csv")
AIM = 97
KINDS = {"ratio": "multiple", "pp": "points", "bp": "basis points"}
NEAR = 1e-9
LENGTH = 2000
ARTICLES = 60
RUNS = 5
LIMIT = 1000
SENTENCES = (
    "An estimated {a}.{b} million people were living in these conditions in {year}.",
    "Of those, approximately {a}{b} per cent are women, and one in {c} are children.",
    "The minister said on {c} October {year} that the work of the Office would go on.",
    "It costs about US$ {c}.{b} billion a year, up from ${a}{b}{c} million in {year}.",
    "More than {a}{b},{c}00 arrivals were counted, between {c} and {c}{a} of them a day.",
    "Nobody who was there could say how it had come to this, nor who had asked for it.",
    "The ministers of the G7 met in the small town for three days to talk about a plan.",
    "The rate fell to {c}.{b} per 1,000 people, from {a}{c}.{b} ten years earlier.",
    "Under the 1951 Refugees Convention, and since the Covid-19 pandemic, rules have changed.",
    "Nearly two thirds of the {a}{b}{c} cases, or {a}{b}.{c}%, had been reported before.",
    "She added that the figures, which the agency had published, were not yet complete.",
    "He called for money, for patience and for better data, and thanked all who had come.",
)


def article(draw: random.Random) -> str:
    """Give a text of two kilobytes."""
    text = ""
    while len(text) < LENGTH:
        numbers = {name: draw.randrange(2, 10) for name in "abc"}
        text += draw.choice(SENTENCES).format(year=draw.randrange(1990, 2026), **numbers) + " "
    return text[:LENGTH]


class Quantity(NamedTuple):
    """What a label says that stands in a text; the numbers in the printed unit."""

    low: float
    high: float
    kind: str
    qualifier: str

    def meets(self, reading: fc.Reading) -> bool:
        """Tell whether a reading states the same numbers."""
        pairs = zip((self.low, self.high), reading.stated, strict=True)
        return all(math.isclose(label, stated, rel_tol=NEAR) for label, stated in pairs)


class Score:
    """What was read of one table of labelled sentences; the misses in words."""

    def __init__(self) -> None:
        self.wanted: Counter[str] = Counter()
        self.read: Counter[str] = Counter()
        self.hedged = 0
        self.bare = 0
        self.false = 0
        self.extra = 0
        self.misses: list[str] = []

    def add(self, name: str, text: str, labels: list[Quantity]) -> None:
        """Read one sentence, and count."""
        readings = fc.read(text)
        for label in labels:
            self.wanted[label.kind] += 1
            found = next((each for each in readings if label.meets(each)), None)
            if found is None:
                self._miss(name, text, f"missed {label.low:g}..{label.high:g}")
                continue
            self.read[label.kind] += 1
            readings.remove(found)
            if found.qualifier == label.qualifier:
                self.hedged += 1
            else:
                wrong = f"'{found.qualifier}' for '{label.qualifier}' in '{found.text}'"
                self._miss(name, text, wrong)
        for each in readings:
            self._miss(name, text, f"false '{each.text}'")
        self.bare += not labels
        self.extra += len(readings) if labels else 0
        self.false += len(readings) if not labels else 0

    def _miss(self, name: str, text: str, what: str) -> None:
        self.misses.append(f"  {name}: {what}: {text}")

    def lines(self) -> list[str]:
        """Give the table."""
        rows = [(kind, self.read[kind], of) for kind, of in sorted(self.wanted.items())]
        read, wanted = self.read.total(), self.wanted.total()
        aimed = [("all kinds", read, wanted), ("qualifiers of these", self.hedged, read)]
        rate = f"{100 * self.false / self.bare:.1f} per 100" if self.bare else "none to read"
        return [
            *(f"  {kind:20} {share(part, of)}" for kind, part, of in rows),
            *(f"  {kind:20} {share(part, of)} {verdict(part, of)}" for kind, part, of in aimed),
            f"  {'false readings':20} {self.false:4} of {self.bare:4} without a quantity, {rate}",
            f"  {'in the others':20} {self.extra:4}",
        ]


def share(part: int, of: int) -> str:
    return f"{part:4} of {of:4} {100 * part / max(of, 1):6.1f} %"


def verdict(part: int, of: int) -> str:
    return f"({'above' if 100 * part > AIM * of else 'NOT ABOVE'} the aim of {AIM} %)"


def labelled(row: dict[str, str]) -> list[Quantity]:
    """Give what a row says that stands in its text."""
    pairs = ast.literal_eval(row["expected"])
    kinds = row["kind"].split(";")
    kinds = kinds * len(pairs) if len(kinds) == 1 else kinds
    qualifiers = [*row["qualifier"].split(";"), *[""] * len(pairs)][: len(pairs)]
    rows = zip(pairs, kinds, qualifiers, strict=True) if pairs else ()
    return [
        Quantity(low, high, KINDS.get(kind, kind), qualifier)
        for (low, high), kind, qualifier in rows
    ]


def score(path: Path) -> Score:
    """Read all sentences of a table."""
    scored = Score()
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            scored.add(row["id"], row["text"], labelled(row))
    return scored


def speed() -> str:
    """Read all articles several times, and give the median."""
    draw = random.Random(1)  # noqa: S311 - the same articles every time
    articles = [article(draw) for _ in range(ARTICLES)]
    found = sum(len(fc.read(text)) for text in articles)
    took = []
    for _ in range(RUNS):
        started = time.perf_counter()
        for text in articles:
            fc.read(text)
        took.append((time.perf_counter() - started) / ARTICLES)
    rate = 60 / median(took)
    held = "within" if rate >= LIMIT else "UNDER"
    return (
        f"{rate / 60:,.0f} texts a second, {rate:,.0f} a minute, of {LENGTH:,} characters; "
        f"{rate / LIMIT:.1f} x the limit of {LIMIT:,} ({held}); {median(took) * 1000:.2f} ms and "
        f"{found / ARTICLES:.1f} quantities each (median of {RUNS})"
    )


def main() -> None:
    """Print the scoreboard of each table, then the speed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", nargs="*", type=Path, help="CSV files of labelled sentences")
    parser.add_argument("--misses", action="store_true", help="print each difference")
    given = parser.parse_args()
    for path in given.tables or filter(Path.exists, TABLES):
        scored = score(path)
        print(path.name, *scored.lines(), *(scored.misses if given.misses else ()), sep="\n")
    print(speed())


if __name__ == "__main__":
    main()
