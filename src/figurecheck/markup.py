"""Plain text as Markdown that shows it as it stands."""

from __future__ import annotations

import re

_SPECIAL = re.compile(
    r"[\\`*{}\[\]<>#|~^$@&]"  # all that opens or closes something, wherever it stands
    r"|(?<![^\W_])_|_(?![^\W_])"  # an underscore inside a word stands for itself
    r"|:(?=//)|(?i:(?<=www)\.)"  # GitHub makes links of bare addresses
)
_INVISIBLE = re.compile("[\0-\x08\x0e-\x1b\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def markdown(text: str) -> str:
    """Give a text so that Markdown shows it as it stands, inside a line."""
    line = _INVISIBLE.sub("\ufffd", " ".join(text.split()))
    return _SPECIAL.sub(r"\\\g<0>", line)
