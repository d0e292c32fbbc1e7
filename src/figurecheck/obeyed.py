"""What a terminal or a workflow runner would obey, and spellings that keep a text from it."""

from __future__ import annotations

import re

CONTROLS = r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
"""A regular expression for what a terminal would obey, or would show in another order."""

TEXT, JSON, XML = (r"\x{:02x}", r"\u{:04x}", "&#{};")
"""The spellings of a character; those of JSON and XML mean the same as the character."""

# GitHub's runner obeys a line that begins with :: behind any white space, and ##[ wherever it is.
_COMMAND = re.compile(r"^(\s*):(?=:)|#(?=#\[)")


def no_command(line: str, spelling: str = TEXT) -> str:
    """Give a line in which a workflow runner finds no command."""
    return _COMMAND.sub(
        lambda found: (found[1] or "") + spelling.format(ord(found.group()[-1])), line
    )


def visible(found: re.Match[str]) -> str:
    r"""Give what was found as an escape that shows what it is: \x1b."""
    return found.group().encode("unicode_escape").decode()
