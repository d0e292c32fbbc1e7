"""The reports that lint is measured on: nothing in them that is right is accused."""

from __future__ import annotations

import runpy
from functools import cache
from pathlib import Path

import pytest

BENCHMARK = runpy.run_path(str(Path(__file__).parent.parent / "benchmarks" / "lint.py"))
REPORTS = BENCHMARK["REPORTS"]
FOLDERS = sorted(each.name for each in REPORTS.iterdir() if each.is_dir())


@cache
def measured(folder):
    """Give the counts of a report."""
    return BENCHMARK["measured"](REPORTS / folder, misses=False)


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_number_that_is_right_is_accused(folder):
    count = measured(folder)
    assert count["words"]
    assert (count["false_backed"], count["false_other"]) == (0, 0)


@pytest.mark.parametrize("folder", [each for each in FOLDERS if not each.startswith("honest_")])
def test_some_of_what_is_wrong_is_found_with_the_right_diagnosis_first(folder):
    count = measured(folder)
    assert count["hits"]
    assert count["diagnosed"] >= count["diagnosable"] - 1
