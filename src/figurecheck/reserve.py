"""What keeps a number from being that of a figure, though all words beside it are of that."""

from __future__ import annotations

import re

from figurecheck.dates import MONTH

SPANS = re.compile(
    r"\b(?:decades?|(?:in|over) (?:[a-z]+ |the )years|one (?:day|week|month)|by (?:day|night)"
    r"|one year on|past (?:[a-z]+ )?(?:years|months|winters)|during (?:[a-z]+ )?years"
    r"|since (?:the|its|their|records) (?:\w+ )?(?:began|opened|started)"
    r"|(?:every|each|most|a|per) (?:day|week|month)s?"
    r"|(?:so far|to date|up to now|ever since)|H[12]|half(?:[ -]way)?|mid(?:[ -]?(?:19|20)\d\d)?"
    r"|quarter (?:one|two|three|four)|(?:\w+ )?months to|alone"
    rf"|(?:since|after|until|up to|before|between|to|or) (?:the )?(?:(?:19|20)\d\d|{MONTH})\b)",
    re.IGNORECASE,
)
"""A part of the time that a figure is of, or a longer one."""

PARTED = re.compile(
    r"\b(?:new|newly|first|second|third|fourth|half|part|other(?! (?:end|hand|side)\b)|additional|"
    r"extra|further|born)\b(?=[ -][a-z]|\s*(?:\||$))",
    re.IGNORECASE,
)
"""What makes a thing a part of itself where it stands before it: "new cases"."""

ROUTES = re.compile(
    rf"\b(?<!ccording )(?:from|to|via|by way of)\b"
    rf"(?= (?:the )?(?!{MONTH}|[A-Z]+\$|[A-Z]+ ?[0-9])[A-Z])"
)
"""Where something comes from, or goes to."""

SIDES = re.compile(
    r"\b(?:under|within|over|above|below|before|after|out|off|outside|inside|beyond|yet|still|but|"
    r"later|earlier|until)\b",
    re.IGNORECASE,
)
"""Words of which each may be all that parts a share from that of the others."""

HEDGED = re.compile(
    r"\b(?:or (?:more|so|less|fewer)|plus|counting|past|mark|beyond|bound|ceiling|limit|peak|room|"
    r"close|approx\w*|rough\w*|perhaps|broadly|nigh|guess|averages?|virtually|just|quite|short|"
    r"known|confirmed|feared|maybe|possibly|at (?:the )?(?:most|least)|give or take|more|less|fewer"
    r")\b|\+",
    re.IGNORECASE,
)
"""What may be a hedge or a bound that is not read as one."""


def reserved(said: str, label: str) -> str:
    """Give what tells a number of a part, or of another span of time, that a label does not say."""
    patterns = (SPANS, PARTED, ROUTES)
    found = (_words(each, said) - _words(each, label) for each in patterns)
    return next((min(each) for each in found if each), "")


def other_side(said: str, label: str) -> bool:
    """Tell whether a text has other words of SIDES than a label: "after four hours", "within"."""
    return _words(SIDES, said) != _words(SIDES, label)


def hedged(said: str) -> bool:
    """Tell whether a text may have a hedge or a bound that is not read as one."""
    return bool(HEDGED.search(said))


def _words(pattern: re.Pattern[str], text: str) -> set[str]:
    return {each.group().lower() for each in pattern.finditer(text)}
