"""How long the commands take to start, beside the interpreter's own start and that of pint.

Prints the median of each, the ratio to what it is held against, and its limit: also of an import,
and of the tests of other people with the plugin for pytest and without it; and whether the check of
the shipped register loads pandas.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import figurecheck

RUNS = 15
FIGURECHECK = ("-m", "figurecheck")
BARE = ("-c", "pass")
PINT = ("-c", "import pint")
PYTEST = ("-m", "pytest", "-p", "no:cacheprovider")
LIMITS = (
    (("-c", "import figurecheck"), BARE, 2),
    ((*FIGURECHECK, "--version"), BARE, 3),
    ((*FIGURECHECK, "--help"), BARE, 3),
    ((*FIGURECHECK, "explain"), BARE, 5),
    ((*FIGURECHECK, "check"), PINT, 1.5),
    (PYTEST, (*PYTEST, "-p", "no:figurecheck"), 1.1),
)
OTHERS = {
    "test_others.py": "def test_sum():\n    assert 1 + 1 == 2\n",
    "figures-0.dist-info/METADATA": "Metadata-Version: 2.1\nName: figures\nVersion: 0\n",
    "figures-0.dist-info/entry_points.txt": "[pytest11]\nfigurecheck = figurecheck.pytest_plugin\n",
}
"""A test, and what makes the plugin known also where figurecheck is not installed."""

LOADED = """
import contextlib, io, sys
from figurecheck.cli import main
with contextlib.redirect_stdout(io.StringIO()):
    main(["check"])
print("pandas" in sys.modules)
"""


def seconds(arguments: tuple[str, ...], folder: str) -> float:
    """Give how long the interpreter takes with these arguments, from start to end."""
    started = time.perf_counter()
    _run(arguments, folder)
    return time.perf_counter() - started


def _run(arguments: tuple[str, ...], folder: str) -> str:
    """Run in a folder without a register, so that the nearest one is that which ships."""
    here = str(Path(figurecheck.__file__).resolve().parents[1])
    run = subprocess.run(
        [sys.executable, *arguments],
        check=True,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": here},
        stdout=subprocess.PIPE,
        text=True,
    )
    return run.stdout


def main() -> None:
    """Measure all in turn, so that a busy minute falls on all alike, and print."""
    commands = dict.fromkeys(each for pair in LIMITS for each in pair[:2])
    with tempfile.TemporaryDirectory() as folder:
        for name, text in OTHERS.items():
            file = Path(folder, name)
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        for command in commands:
            seconds(command, folder)
        rounds = [{each: seconds(each, folder) for each in commands} for _ in range(RUNS)]
        loaded = _run(("-c", LOADED), folder).strip()
    took = {each: median(times[each] for times in rounds) for each in commands}
    print(f"median of {RUNS} runs of {sys.executable}")
    for command, against, limit in LIMITS:
        ratio = took[command] / took[against]
        verdict = "within" if ratio <= limit else "OVER"
        print(
            f"{' '.join(command[1:]):30} {took[command] * 1000:7.1f} ms   "
            f"{ratio:5.2f} x '{' '.join(against[1:])}' ({took[against] * 1000:.1f} ms), "
            f"{verdict} the limit of {limit} x"
        )
    print(f"check on the shipped register loads pandas: {'yes' if loaded == 'True' else 'no'}")


if __name__ == "__main__":
    main()
