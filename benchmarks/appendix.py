"""How long the appendix takes as a page: beside the check itself, and of ever larger registers.

Prints what the page of the shipped register takes, as a whole command and in one process, beside
the check, and its limit; then seconds, size and memory for drawn registers of 5,000 and of 50,000
figures, as many relations and a tenth of their repeated figures wrong, each in a process of its
own; and, where playwright and a Chromium are there, how long a page takes to open and to filter.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from register import write
from startup import seconds

import figurecheck as fc
from figurecheck.appendix import Appendix, pieces, written
from figurecheck.configuration import Layout
from figurecheck.register import shipped

RUNS = 15
LIMIT = 1.5
SIZES = (5_000, 50_000)
MEBIBYTE = 1024 * 1024
FRAME = 100
WORDS = ("news", "news_1", "news_11", "", "women", "everybody 3", "no such words", "")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FILTERED = """async (word) => {
    const search = document.querySelector(".search [name=text]");
    search.value = word;
    const started = performance.now();
    search.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - started;
}"""
"""Up to the frame in which the rows are filtered, laid out and painted."""


def one(folder: Path, page: Path) -> None:
    """Check a register, write its page, and print seconds and the most memory as JSON."""
    started = time.perf_counter()
    register = fc.load(folder)
    report = fc.check(register)
    checked = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with page.open("wb") as stream:
        stream.writelines(pieces(Appendix(register, report), ".html", Layout()))
    ended = time.perf_counter()
    told = {
        "figures": len(register),
        "check": checked - started,
        "page": ended - checked,
        "size": page.stat().st_size,
        "before": before * 1024,
        "most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }
    print(json.dumps(told))


def apart(folder: Path, page: Path) -> dict[str, float]:
    """Do the same in a process of its own."""
    run = subprocess.run(
        [sys.executable, __file__, str(folder), str(page)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    told: dict[str, float] = json.loads(run.stdout)
    return told


def verdict(took: float, against: float) -> str:
    ratio = took / against
    return (
        f"{took * 1000:.0f} ms, {ratio:.2f} x the check ({against * 1000:.0f} ms), "
        f"{'within' if ratio <= LIMIT else 'OVER'} the limit of {LIMIT} x"
    )


def commands() -> None:
    """Print the page of the shipped register beside its check, as commands and in one process."""
    with tempfile.TemporaryDirectory() as room:
        figurecheck = ("-m", "figurecheck")
        where = str(shipped().parent)
        page_of = (*figurecheck, "appendix", where, "-o", f"{room}/a.html")
        both = (page_of, (*figurecheck, "check", where))
        for each in both:
            seconds(each, room)
        rounds = [[seconds(each, room) for each in both] for _ in range(RUNS)]
    page, check = map(median, zip(*rounds, strict=True))
    print(f"shipped register, whole commands: page {verdict(page, check)} (median of {RUNS})")
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        register = fc.load(shipped())
        report = fc.check(register)
        checked = time.perf_counter()
        written(Appendix(register, report), ".html", Layout())
        times.append((time.perf_counter() - started, checked - started))
    page, check = map(median, zip(*times, strict=True))
    print(f"shipped register, in one process: check and page {verdict(page, check)}")


def browsed(page: Path) -> str:
    """Say how long Chromium takes to open a page and to filter it."""
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not find_spec("playwright") or program is None:
        return "no playwright or no Chromium: not opened"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        opened = browser.new_page()
        started = time.perf_counter()
        opened.goto(page.as_uri())
        loaded = time.perf_counter() - started
        took = [float(opened.evaluate(FILTERED, word)) for word in WORDS]
        rows = opened.locator(".search output").inner_text()
        browser.close()
    middle = median(took)
    return (
        f"Chromium opens its {rows} in {loaded:.1f} s and filters them in {middle:.0f} ms "
        f"({'within' if middle <= FRAME else 'OVER'} {FRAME} ms; {max(took):.0f} at the most)"
    )


def main() -> None:
    """Measure, and print each line as it is known."""
    commands()
    growth: list[float] = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder, page = Path(name, "data"), Path(name, "page.html")
            folder.mkdir()
            write(folder, size, wrong=True)
            told = apart(folder, page)
            growth.append(told["most"])
            print(
                f"{told['figures']:6,} figures: check {told['check']:.1f} s, page "
                f"{told['page']:.1f} s, {told['page'] / told['figures'] * 1e3:.2f} ms a figure, "
                f"{told['size'] / MEBIBYTE:.1f} MiB; at the most {told['most'] / MEBIBYTE:,.0f} "
                f"MiB of memory, {told['before'] / MEBIBYTE:,.0f} of them before the page",
                flush=True,
            )
            if size == SIZES[0]:
                print(f"        {browsed(page)}", flush=True)
    times = SIZES[-1] / SIZES[0]
    print(f"memory of the largest: {growth[-1] / growth[0]:.1f} x for {times:.0f} x the figures")


if __name__ == "__main__":
    if sys.argv[1:]:
        one(Path(sys.argv[1]), Path(sys.argv[2]))
    else:
        main()
