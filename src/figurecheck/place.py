"""From the code of a place to the places that contain it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 100
QUOTED = 40

_COUNTRY = "[A-Z]{3}"
_PART = "(?P<country>[A-Z]{2})-[A-Z0-9]{1,3}"
_AREA = "M49:(?P<number>[0-9]{3})"
_OWN = "(?!m49:)[a-z][a-z0-9_]*:[a-z0-9_]+"
PLACES = f"{_COUNTRY}|{_PART}|{_AREA}|{_OWN}"
"""The form of every code that `place` knows, and of some that it does not."""

# Names and codes in use that are not ISO's, in lower case.
_SPOKEN = {
    name: code
    for code, names in {
        "M49:001": "001; earth; global; the world; wld; wlt; world; worldwide",
        "M49:002": "africa",
        "M49:009": "oceania",
        "M49:019": "america; americas; the americas",
        "M49:142": "asia",
        "M49:150": "europe",
        "ARE": "emirates; uae",
        "BGR": "bul",
        "CHE": "sui",
        "CIV": "ivory coast",
        "COD": "congo-kinshasa; dr congo; drc; zaire",
        "COG": "congo-brazzaville",
        "CPV": "cape verde",
        "CZE": "czech republic",
        "DEU": "ger",
        "DNK": "den",
        "FSM": "micronesia",
        "GB-ENG": "england",
        "GB-NIR": "northern ireland",
        "GB-SCT": "scotland",
        "GB-WLS": "wales",
        "GBR": "britain; great britain; uk",
        "GRC": "el; gre",
        "HRV": "cro",
        "KOR": "south korea",
        "LAO": "laos",
        "MKD": "macedonia",
        "MMR": "burma",
        "NLD": "holland; ned; the netherlands",
        "PRK": "north korea",
        "PRT": "por",
        "ROU": "rom",
        "SWZ": "swaziland",
        "TLS": "east timor",
        "TUR": "turkey",
        "VAT": "vatican",
    }.items()
    for name in names.split("; ")
}
_WANTED = (
    "wanted a code such as 'ITA', 'IT-AV', 'M49:001' for the world, "
    "or one of your own such as 'route:africa_europe'"
)


class UnknownPlace(ValueError):
    """A text that is no code of a place: one line with the text and what may have been meant."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its code; make one with `place`."""

    code: str

    def __str__(self) -> str:
        return self.code

    @property
    def wider(self) -> tuple[Place, ...]:
        """The places known to contain it, nearest first: its country, then the world."""
        if self == WORLD:
            return ()
        part = re.fullmatch(_PART, self.code)
        if part is None:
            return (WORLD,)
        return Place(_countries()[part["country"]]), WORLD

    @property
    def country(self) -> bool:
        """Whether it is a whole country."""
        return self.code in _of_codes()

    def contains(self, other: Place) -> bool:
        """Tell whether it is the other place, or is known to contain it."""
        return self == other or self in other.wider


WORLD = Place("M49:001")


@lru_cache(1024)
def place(text: str) -> Place:
    """Give the place of a code; raises UnknownPlace.

    A code is an ISO 3166-1 alpha-3 code, a 3166-2 code, `M49:` and three digits, or one of one's
    own, `prefix:code` in lower case. What follows the country in a 3166-2 code is not looked up.
    """
    code = text.strip()
    if len(code) > LONGEST:
        raise _unknown(text, f"longer than {LONGEST} characters")
    if not _known(code):
        raise _unknown(text, _why(code))
    return Place(code)


def name_of(place: Place) -> str:
    """Give the English short name of a country, or the code of another place."""
    return "the world" if place == WORLD else _of_codes().get(place.code, place.code)


def called(place: Place) -> tuple[str, ...]:
    """Give what a place, and what is its own, is called in English, or in a code of one's own."""
    if place == WORLD:
        return tuple(sorted(THE_WORLD))
    _, own, name = place.code.partition(":")
    return (name if own else name_of(place), *_demonyms().get(place.code, ()))


@cache
def _demonyms() -> dict[str, list[str]]:
    """Give the words of demonyms.txt by the code of their country."""
    return {code: words for code, *words in map(str.split, _lines("demonyms.txt"))}


@cache
def _of_codes() -> dict[str, str]:
    return {row[0]: row[3] for row in _rows()}


def named(text: str) -> Iterator[tuple[int, Place]]:
    """Give the countries, and the world, that a text names, each with its offset."""
    for each in _in_texts().finditer(text):
        name = each[0].casefold()
        yield each.start(), WORLD if name in THE_WORLD else Place(_spellings()[name])


THE_WORLD = {"world", "worldwide", "global", "globally", "earth"}
CAPITALS = {"uk": "GBR", "us": "USA", "u.s.": "USA", "u.k.": "GBR", "usa": "USA", "uae": "ARE"}


@cache
def _spellings() -> dict[str, str]:
    """Give the codes of the names that texts use, in small letters."""
    spoken = {name: code for name, code in _SPOKEN.items() if len(name) > len("ita")}
    plain = {
        re.sub(r" \(.*\)|, .*| of (?:america|great britain).*", "", name): code
        for name, code in _names().items()
    }
    return plain | _names() | spoken | CAPITALS


@cache
def _in_texts() -> re.Pattern[str]:
    """Names stand with a capital in texts, short ones in capitals; the world does not."""
    names = sorted(_spellings(), key=len, reverse=True)
    capital = "|".join(re.escape(_capitals(name)) for name in names if name not in THE_WORLD)
    world = "|".join(f"[{name[0].upper()}{name[0]}]{name[1:]}" for name in sorted(THE_WORLD))
    return re.compile(rf"\b(?:(?=[A-ZÅ])(?:{capital})|{world})(?![\w$]|[ -]dollars?\b)")


def _capitals(name: str) -> str:
    """Give a name as texts print it."""
    if name in CAPITALS:
        return name.upper()
    small = {"and", "the", "of"}
    return " ".join(each if each in small else each[:1].upper() + each[1:] for each in name.split())


def _known(code: str) -> bool:
    if part := re.fullmatch(_PART, code):
        return part["country"] in _countries()
    if area := re.fullmatch(_AREA, code):
        return area["number"] not in _countries()
    if re.fullmatch(_COUNTRY, code):
        return code in _countries()
    return bool(re.fullmatch(_OWN, code))


def _why(code: str) -> str:
    meant = _same(code) or _nearest(code)
    return f"did you mean {meant!r}?" if meant else _WANTED


def _same(code: str) -> str | None:
    """Give the code of the same place, where another code or its name is written."""
    lower, upper = code.casefold(), code.upper()
    country, dash, part = upper.partition("-")
    candidates = (
        _SPOKEN.get(lower),
        _countries().get(upper.removeprefix("M49:")),
        _names().get(lower),
        f"{_alpha2().get(country, country)}{dash}{part}",
        lower,
    )
    return next((found for found in candidates if found and _known(found)), None)


def _nearest(code: str) -> str | None:
    """Give the code of the place that has nearly this code or this name."""
    if len(code) <= len("ITL"):
        return _countries().get(code.upper()[:2])
    import difflib

    names = _names() | _SPOKEN
    longer = [name for name in names if name.startswith(code.casefold())]
    close = longer or difflib.get_close_matches(code.casefold(), names, n=1, cutoff=0.7)
    return names[close[0]] if close else None


def _unknown(text: str, why: str) -> UnknownPlace:
    quoted = repr(text if len(text) <= QUOTED else f"{text[:QUOTED]}...")
    return UnknownPlace(f"unknown place {quoted}: {why}")


@cache
def _countries() -> dict[str, str]:
    """Give the alpha-3 code of each alpha-3, alpha-2 and numeric code."""
    return {code: row[0] for row in _rows() for code in row[:3]}


def _alpha2() -> dict[str, str]:
    return {alpha3: alpha2 for alpha3, alpha2, *_ in _rows()}


@cache
def _names() -> dict[str, str]:
    return {name.casefold(): alpha3 for alpha3, *_, name in _rows()}


@cache
def _rows() -> list[list[str]]:
    """Give the rows of countries.txt: alpha-3, alpha-2, number, name."""
    return [line.split(" ", 3) for line in _lines("countries.txt")]


def _lines(name: str) -> list[str]:
    text = Path(__file__).with_name(name).read_text("utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]
