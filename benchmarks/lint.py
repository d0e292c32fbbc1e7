"""How well `lint` tells wrong figures from right ones, on reports with every number labelled.

Run: python benchmarks/lint.py [FOLDER ...] [--misses]; the folders default to those in reports/.
With --speed it prints how long a long report takes beside a large register, and half of each.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import time
from collections import Counter, defaultdict
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from figurecheck.backing import statings
from figurecheck.document import FORMATS, load, parsed
from figurecheck.lint import stateable
from figurecheck.register import load as load_register
from figurecheck.register import parsed as parsed_register
from figurecheck.stating import CONTRADICTS, DERIVED, PRECISION, QUALIFIER, STATED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from figurecheck.document import Document
    from figurecheck.register import Register
    from figurecheck.stating import Stating

REPORTS = Path(__file__).parent / "reports"
WRONG = {CONTRADICTS, QUALIFIER, PRECISION}
BACKED = {STATED, DERIVED}
DIAGNOSES = {
    "scale": r"(thousand|million|billion|trillion) were",
    "power": r"times (larger|smaller)|(thousand|million|billion|trillion) were",
    "swapped": "swapped",
    "doubled": "written once|digit less",
    "dropped": "written twice|digit more",
    "sign": "sign",
    "points": "point",
    "complement": "share of the others",
    "digit": "digit",
    "half": "half|twice",
    "unit": "were",
}


class Label(NamedTuple):
    """What a reader who knows the register says of a number."""

    line: int
    text: str
    status: str
    figure: str
    diagnosis: str
    place: str

    @property
    def diagnosed(self) -> str:
        kind, _, other = self.diagnosis.partition(":")
        return rf"fits [^;]*\b{other}\b" if other else DIAGNOSES.get(kind, "")


def labels(folder: Path) -> Iterator[Label]:
    """Give the labels of a report, in order."""
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            cells = (row["status"], row["figure"], row["diagnosis"], row.get("place") or "")
            yield Label(int(row["line"]), row["text"], *cells)


def plain(text: str) -> str:
    text = re.sub(r"\\[,;! ]|~", " ", unescape(text).replace("\\%", "%").replace("\\$", "$"))
    return re.sub(r"[\s*_`{}]+", " ", text).strip().lower()


def paired(
    document: Document, found: Sequence[Stating], told: Sequence[Label]
) -> list[Stating | None]:
    """Give for each label the quantity that it is of, in the order of the report."""
    taken: set[int] = set()
    pairs: list[Stating | None] = []
    for label in told:
        pairs.append(None)
        for number, each in enumerate(found):
            mention = each.mention
            here = mention.line == label.line and mention.place in {label.place, ""}
            here = here or (not label.place and abs(mention.line - label.line) <= 1)
            texts = plain(document.text[mention.start : mention.end]), plain(label.text)
            if number not in taken and here and (texts[0] in texts[1] or texts[1] in texts[0]):
                taken.add(number)
                pairs[-1] = each
                break
    return pairs


def measured(folder: Path, *, misses: bool) -> Counter[str]:
    """Give the counts of one report."""
    register = load_register(folder)
    path = next(each for each in sorted(folder.iterdir()) if each.suffix in FORMATS)
    document = load(path)
    found = statings(stateable(register), document)
    count: Counter[str] = Counter(words=len(document.prose.split()))
    if not (folder / "labels.csv").exists():
        return honest(folder, found, count, misses=misses)
    told = list(labels(folder))
    for label, each in zip(told, paired(document, found, told), strict=True):
        wrong = label.status in WRONG
        if label.status == "set_aside":
            count["aside_read"] += each is not None
            said = each.status if each else ""
            count["false_other"] += said in WRONG
            verdict = "false alarm" if said in WRONG else ""
        elif each is None:
            count["unread"] += 1
            count["planted"] += wrong
            count["backed"] += label.status in BACKED
            verdict = "unread"
        else:
            verdict = judged(label, each, count)
        if misses and verdict:
            got = f"{each.status} {each.figure} [{each.diagnosis}] {each.reason}" if each else "-"
            print(f"  {folder.name}:{label.line} {label.text!r}: {verdict}")
            print(f"      wanted {label.status} {label.figure} {label.diagnosis}; got {got}")
    return count


def honest(
    folder: Path, found: Sequence[Stating], count: Counter[str], *, misses: bool
) -> Counter[str]:
    """Count what is accused in a report without labels, of which every number is right."""
    for each in found:
        count["honest"] += 1
        count["false_other"] += each.status in WRONG
        count["near"] += bool(each.near and each.offers)
        if misses and each.status in WRONG:
            mention = each.mention
            print(f"  {folder.name}:{mention.line} {mention.text!r}: false alarm")
            print(f"      got {each.status} {each.figure} [{each.diagnosis}] {each.reason}")
    return count


def judged(label: Label, each: Stating, count: Counter[str]) -> str:
    """Count one quantity, and give what is wrong with what was said of it."""
    if label.status in WRONG:
        count["planted"] += 1
        hit = each.status == label.status and label.figure in {each.figure, *each.others}
        seen = each.status in WRONG
        count["seen"] += seen
        count["hits"] += hit
        diagnosable = label.status == CONTRADICTS and bool(label.diagnosed)
        first = each.diagnosis.partition(";")[0]
        right = not diagnosable or re.search(label.diagnosed, first) is not None
        count["named"] += right and (hit or each.near == label.figure)
        if not hit:
            return "wrongly seen" if seen else "missed"
        count["diagnosable"] += diagnosable
        count["diagnosed"] += diagnosable and right
        return "" if right else "other diagnosis"
    if label.status in BACKED:
        count["backed"] += 1
        right = each.status in BACKED and label.figure in {each.figure, *each.others}
        count["right"] += right
        count["false_backed"] += each.status in WRONG
        return "" if right else "false alarm" if each.status in WRONG else "other"
    count["unsourced"] += 1
    count["near"] += bool(each.near and each.offers)
    count["chance"] += each.status in BACKED
    count["false_other"] += each.status in WRONG
    return "" if each.status == "unsourced" else "should be unsourced"


PARTS = "men women girls boys pensioners pupils farmers nurses drivers tenants".split()
THINGS = "arrivals admissions injuries vaccinations dwellings exports visitors graduates".split()
PLACES = "ITA FRA DEU ESP PRT GRC POL SWE NOR FIN".split()


def large_register(figures: int) -> Register:
    """Give a register of different things, groups, places and years."""
    draw = random.Random(1)  # noqa: S311 - a benchmark
    rows = ["id,reported,unit,label,concept,place,period,source"]
    for number in range(figures):
        thing, part = THINGS[number % 8], PARTS[number // 8 % 10]
        place, year = PLACES[number // 80 % 10], 2000 + number // 800 % 25
        label = f"{thing} of {part} in region {chr(97 + number % 26)}{chr(97 + number // 26 % 26)}"
        value = f"{draw.randrange(1000, 10**6):,}"
        concept = f"{thing}/{part}"
        rows.append(f'f{number},"{value}",person,{label},{concept},{place},{year},s')
    return parsed_register("\n".join(rows), "", '[{"id": "s"}]')


def long_report(register: Register, characters: int) -> str:
    """Give a report of paragraphs whose numbers are partly those of a register."""
    draw = random.Random(2)  # noqa: S311 - a benchmark
    figures = list(register.values())
    texts: list[str] = []
    length = 0
    while length < characters:
        one, other = draw.choice(figures), draw.choice(figures)
        wrong = f"{draw.randrange(1000, 10**6):,}"
        texts.append(
            f"In {one.period}, the {one.label} numbered {one.reported}, and the minister said that "
            f"much had been done since. The {other.label} came to {wrong} or about "
            f"{draw.randrange(2, 99)} per cent of all, which nobody had expected.\n\n"
        )
        length += len(texts[-1])
    return "".join(texts)


def speed() -> None:
    """Print seconds and peak memory for a report and a register, and for half of each."""
    for figures, characters in ((2_500, 500_000), (5_000, 500_000), (2_500, 10**6), (5_000, 10**6)):
        register = large_register(figures)
        text = long_report(register, characters)
        started = time.perf_counter()
        facts = stateable(register)
        document = parsed(text, "text")
        read = time.perf_counter() - started
        found = statings(facts, document)
        took = time.perf_counter() - started
        print(
            f"{figures:,} figures, {characters / 1e6:.1f} MB, {len(found):,} numbers: "
            f"{took:.1f} s, of which {read:.1f} s to read both"
        )


def percent(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.0f} %)" if whole else "none"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--speed", action="store_true")
    given = parser.parse_args()
    if given.speed:
        speed()
        return
    folders = given.folders or sorted(each for each in REPORTS.iterdir() if each.is_dir())
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for folder in folders:
        count = measured(folder, misses=given.misses)
        kinds[folder.name.partition("_")[0]] += count
        print(f"{folder.name}: {line(count)}")
    for kind, count in sorted(kinds.items()):
        print(f"all {kind}: {line(count)}")
    print(f"all: {line(sum(kinds.values(), Counter()))}")


def line(count: Counter[str]) -> str:
    alarms = count["false_backed"] + count["false_other"]
    return (
        f"planted errors found {percent(count['hits'], count['planted'])}, "
        f"right diagnosis first {percent(count['diagnosed'], count['diagnosable'])}; "
        f"found or, unsourced, told to be near the right figure, with the right diagnosis first "
        f"{percent(count['named'], count['planted'])}; "
        f"backed figures known {percent(count['right'], count['backed'])}, "
        f"accused {count['false_backed']}; "
        f"unsourced taken for backed {percent(count['chance'], count['unsourced'])}; "
        f"right but said to be near a figure {count['near']}; "
        f"false alarms {1000 * alarms / count['words']:.1f} per 1,000 words ({alarms}); "
        f"not read {count['unread']}; numbers of honest reports {count['honest']}"
    )


if __name__ == "__main__":
    main()
