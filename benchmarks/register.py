"""How the check of a register grows with its size: 500, 5,000 and 50,000 figures.

Each register has as many declared relations as figures, and many implied ones: parts and wholes by
concept and by place, shares of a base, two sources of one thing. Once all is true, and once a
tenth of the repeated figures is not, so that findings are diagnosed. Prints the seconds to load and
to check, and how much more a figure costs than in the smallest register.
"""

from __future__ import annotations

import csv
import random
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import figurecheck as fc

if TYPE_CHECKING:
    from collections.abc import Mapping

SIZES = {500: 5, 5_000: 3, 50_000: 1}
TENTH = 10
YEARS = range(2000, 2025)
FIGURES = ("id", "reported", "unit", "source", "concept", "base", "place", "period")
RELATIONS = ("id", "statement")
SOURCES = '[{"id": "office", "title": "Yearbook"}, {"id": "press", "title": "News"}]'
Rows = list[tuple[str, ...]]


def block(number: int, draw: random.Random, *, wrong: bool) -> tuple[Rows, Rows]:
    """Give five figures of one place and year, and five relations over them."""
    where, when = f"own:place_{number // len(YEARS)}", str(YEARS[number % len(YEARS)])
    women, men = draw.randrange(100_000, 900_000), draw.randrange(100_000, 900_000)
    everybody = women + men
    said = f"{everybody + 70_000 if wrong else everybody:,}"
    share = f"{100 * women / everybody:.1f} per cent"
    of = {each: f"{each}_{number}" for each in ("everybody", "women", "men", "share", "news")}
    figures: Rows = [
        (of["everybody"], f"{everybody:,}", "person", "office", "moved", "", where, when),
        (of["women"], f"{women:,}", "person", "office", "moved/women", "", where, when),
        (of["men"], f"{men:,}", "person", "office", "moved/men", "", where, when),
        (of["share"], share, "percent", "office", "moved/women", "moved", where, when),
        (of["news"], f"{said} people", "person", "press", "moved", "", where, when),
    ]
    relations: Rows = [
        (f"sum_{number}", f"{of['everybody']} == {of['women']} + {of['men']}"),
        (
            f"is_share_{number}",
            f"{of['share']} == share(part={of['women']}, whole={of['everybody']})",
        ),
        (f"most_{number}", f"{of['women']} <= {of['everybody']}"),
        (f"repeated_{number}", f"{of['news']} == {of['everybody']}"),
        (f"implied_{number}", f"implied_{number} = {of['share']} * {of['everybody']}"),
    ]
    return figures, relations


def write(folder: Path, size: int, *, wrong: bool) -> None:
    """Write a register with about this many figures, and one of the world for every year."""
    draw = random.Random(size)  # noqa: S311 - the same registers every time
    blocks = [
        block(number, draw, wrong=wrong and number % TENTH == 0)
        for number in range((size - len(YEARS)) // 5)
    ]
    worlds: Rows = [
        (f"world_{year}", "50 billion", "person", "office", "moved", "", "M49:001", str(year))
        for year in YEARS
    ]
    more: Rows = [(f"world_holds_{year}", f"world_{year} >= news_0") for year in YEARS]
    tables = {
        "figures.csv": (FIGURES, [row for rows, _ in blocks for row in rows] + worlds),
        "relations.csv": (RELATIONS, [row for _, rows in blocks for row in rows] + more),
    }
    for name, (header, rows) in tables.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
    (folder / "sources.csl.json").write_text(SOURCES, encoding="utf-8")


class Measured(NamedTuple):
    """The seconds that a register took to load and to check, and what was counted in it."""

    load: float
    check: float
    tally: Mapping[str, int]


def measure(folder: Path) -> Measured:
    """Load and check the register of a folder."""
    started = time.perf_counter()
    register = fc.load(folder)
    loaded = time.perf_counter()
    report = fc.check(register)
    return Measured(loaded - started, time.perf_counter() - loaded, report.tally)


def main() -> None:
    """Make, load and check a register of each size, and print."""
    for wrong in (False, True):
        print("a tenth of the repeated figures is wrong" if wrong else "all is true")
        first = 0.0
        for size, runs in SIZES.items():
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                write(folder, size, wrong=wrong)
                rounds = [measure(folder) for _ in range(runs)]
            load = median(each.load for each in rounds)
            check = median(each.check for each in rounds)
            tally = rounds[0].tally
            each = (load + check) / tally["figures"]
            first = first or each
            judged = sum(tally[name] for name in ("holds", "borderline", "broken", "untestable"))
            print(
                f"{tally['figures']:6,} figures, {tally['relations']:6,} relations, {judged:7,} "
                f"checks, {tally['broken']:5,} broken: load {load:5.2f} s, check {check:6.2f} s, "
                f"{each * 1e6:5.0f} us a figure, {each / first:.2f} x the smallest "
                f"(median of {runs})"
            )


if __name__ == "__main__":
    main()
