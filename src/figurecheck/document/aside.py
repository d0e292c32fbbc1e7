"""The digits of a text that state no quantity, each with the reason why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from figurecheck import words
from figurecheck.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

REASONS = {
    "address": "it is part of an address, an account or a tag",
    "time": "it is a time of the day",
    "date": "it is a day, a year or another date",
    "version": "it is the number of a version",
    "ordinal": "it says which one, not how many",
    "reference": "it points at a page, a table, a note or a source",
    "numbering": "it counts headings or the items of a list",
    "name": "it is part of a name",
    "row": "it is one of several numbers in a row, as in a telephone number",
    "formula": "it stands in a formula",
    "struck out": "it is struck out",
    "reversed": "its characters are told to show in reverse",
    "unbroken": "it stands in a run of characters too long for a word",
    "unread": "it stands alone, and nothing says what of",
}
"""Why digits are set aside, by the word for it."""

YEAR = r"(?:(?:1[5-9]|20)[0-9]{2}|2100)"
FORMS = {
    "time": re.compile(r"[0-9]{1,2}[:h][0-9]{2}(?:[:.][0-9]+)*(?:am|pm|z)?", re.IGNORECASE),
    "version": re.compile(r"v[0-9]+(?:\.[0-9]+)*|v?[0-9]+(?:\.[0-9]+){2,}(?:[-+a-z]\w*)?"),
    "ordinal": re.compile(r"[0-9][0-9.,]*(?:st|nd|rd|th|º|ª|°)(?:[-–]\w+)*", re.IGNORECASE),
    "date": re.compile(
        r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?(?:T\S*)?"
        r"|[0-9]{1,2}([./-])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{2})"
        rf"|(?:mid-?)?{YEAR}(?:['’]?s)?(?:[-–—/]+(?:{YEAR}|[0-9]{{2}}))?|[QqH][1-4]"
        rf"|['’][0-9]{{2}}s?|[0-9]{{2}}s|FY{YEAR}"
    ),
    "numbering": re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})+|[0-9]{1,3}"),
}
LONGEST_FORM = 60
STRIPPED = set(".,;:!?()[]{}«»“”‘’'\"*_…—–-/|&+=<>~#")


def set_aside(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Give start, end and reason of all digits outside the spans that are taken, in order."""
    tokens = Tokens(text)
    spans = iter([*taken, (len(text) + 1, len(text) + 1)])
    begin, end = next(spans)
    first = None
    for place in range(tokens.count + 1):
        while tokens.starts[place] >= end and end <= len(text):
            begin, end = next(spans)
        inside = begin <= tokens.starts[place] < end
        if first is not None and (inside or place == tokens.count or not tokens.glued(place)):
            yield from _chunk(tokens, first, place)
            first = None
        if first is None and not inside:
            first = place


def _chunk(tokens: Tokens, first: int, stop: int) -> Iterator[tuple[int, int, str]]:
    """Give the part of what is glued together that holds digits, if any does."""
    if not any(
        each.isdecimal() for each in tokens.text[tokens.starts[first] : tokens.ends[stop - 1]]
    ):
        return
    while tokens.row[stop - 1] in STRIPPED:
        stop -= 1
    while tokens.row[first] in STRIPPED:
        first += 1
    yield tokens.starts[first], tokens.ends[stop - 1], _reason(tokens, first, stop)


def _reason(tokens: Tokens, first: int, stop: int) -> str:
    chunk = tokens.text[tokens.starts[first] : tokens.ends[stop - 1]]
    form = chunk if len(chunk) <= LONGEST_FORM else ""
    number = next(place for place in range(first, stop) if tokens.kinds[place] != "word")
    dated = FORMS["date"].fullmatch(form) or tokens.day(first, stop)
    named = _begins_a_name(tokens, first, stop) if dated else tokens.named(number)
    told = {
        "address": "link" in tokens.kinds[first:stop] or "@" in tokens.row[first:stop],
        "time": FORMS["time"].fullmatch(form) or words.CLOCK.at(tokens.row, stop),
        "version": FORMS["version"].fullmatch(form),
        "ordinal": FORMS["ordinal"].fullmatch(form),
        "reference": _refers(tokens, first),
        "date": dated and not named,
        "numbering": not dated and _numbers(tokens, first, stop, form),
        "name": named or any(each.isalpha() for each in chunk),
        "row": tokens.in_a_row(number),
    }
    return next((reason for reason, is_it in told.items() if is_it), "unread")


def _refers(tokens: Tokens, first: int) -> bool:
    """Tell whether "Table" or "p." stands before."""
    before = first - 1
    return tokens.points(before - (tokens.row[before] == "."))


def _begins_a_name(tokens: Tokens, first: int, stop: int) -> bool:
    """Tell whether a year begins a name: "the 1951 Refugees Convention"."""
    return tokens.row[first - 1] == "the" and tokens.kinds[stop] == "word" and tokens.capital(stop)


def _numbers(tokens: Tokens, first: int, stop: int, form: str) -> bool:
    """Tell whether it counts an item or a heading at the start of a line."""
    if not FORMS["numbering"].fullmatch(form) or not (first == 0 or tokens.line(first)):
        return False
    return tokens.listed(first) or tokens.capital(stop) or tokens.row[stop] in {".", ")"}
