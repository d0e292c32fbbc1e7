"""Exit codes, which mean the same after every command."""

from __future__ import annotations

PASSED, FOUND, USAGE, UNTESTED, INTERRUPTED = 0, 1, 2, 3, 130
OF_OUTCOME = {"holds": PASSED, "borderline": PASSED, "broken": FOUND, "untestable": UNTESTED}


def code(found: object, untested: object = None) -> int:
    """Give the code of a command that found something, or could not test something, or neither."""
    if found:
        return FOUND
    return UNTESTED if untested else PASSED
