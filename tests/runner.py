"""GitHub's runner, as it reads a log: the commands that it would obey, and what they come to.

After actions/runner, ActionCommand.cs: a line is a command if it begins with :: behind white space,
or else if ##[ stands anywhere in it; here every name is one of a command, which is more than there
is.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Command(NamedTuple):
    """A command: its name, its properties, and its message as a reader is shown it."""

    name: str
    properties: dict[str, str]
    message: str


ESCAPES = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}


def unescaped(text: str, among: tuple[str, ...]) -> str:
    for each in among:
        text = text.replace(each, ESCAPES[each])
    return text


def commands(log: str) -> list[Command]:
    """Give the commands of a log."""
    found = []
    for line in re.split(r"\r\n|\r|\n", log):
        modern = re.match(r"\s*::(?P<about>.*?)::(?P<data>.*)", line, re.DOTALL)
        if modern:
            name, _, rest = modern["about"].partition(" ")
            pairs = (each.partition("=") for each in rest.strip().split(",") if each)
            about = {key: unescaped(each, tuple(ESCAPES)) for key, _, each in pairs}
            found.append(Command(name, about, unescaped(modern["data"], ("%0D", "%0A", "%25"))))
        elif re.search(r"##\[.*\]", line, re.DOTALL):
            found.append(Command("##[", {}, line))
    return found
