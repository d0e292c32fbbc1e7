"""From the name of a unit to what one of it is, exactly: a factor and a dimension."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, lru_cache
from math import prod
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pint import UnitRegistry

LONGEST = 200
QUOTED = 60

COUNTED = ("event", "household", "item", "person")
COUNTS = frozenset(((name, 1),) for name in COUNTED)

# ISO 4217, with those withdrawn that reports of the last decades still print.
CURRENCIES = frozenset(
    """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP
    BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DEM DJF DKK DOP DZD EEK EGP
    ERN ESP ETB EUR FJD FKP FRF GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD
    IRR ISK ITL JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LTL LVL LYD MAD
    MDL MGA MKD MMK MNT MOP MRO MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NLG NOK NPR NZD OMR PAB
    PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STD
    STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VEF VES
    VND VUV WST XAD XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU XUA YER ZAR ZMK ZMW
    ZWG ZWL
    """.split()
)

# By a better known currency those of the same sign or name: $, £, Rs, kr, Sh; pesos, dinars.
_NAMESAKES = {
    "USD": "ARS AUD BBD BMD BND BRL BSD BZD CAD CLP COP DOP FJD GYD HKD JMD KYD LRD MXN NAD "
    "NIO NZD SBD SGD SRD TTD TWD UYU XCD ZWL",
    "GBP": "EGP FKP GIP LBP SDG SHP SSP SYP",
    "JPY": "CNY",
    "INR": "LKR MUR NPR PKR SCR",
    "SEK": "CZK DKK ISK NOK",
    "KES": "SOS TZS UGX",
    "ZMW": "MWK PGK",
    "MXN": "ARS CLP COP CUP DOP PHP UYU",
    "PHP": "BWP",
    "CHF": "BIF CDF DJF GNF KMF RWF XAF XOF XPF",
    "KWD": "BHD DZD IQD JOD LYD MKD RSD TND",
    "AED": "MAD",
    "SAR": "IRR OMR QAR YER",
    "TRY": "LBP SYP",
    "RON": "MDL",
    "AZN": "TMT",
    "RUB": "BYN",
}
_SIGNS = {
    currency: frozenset(
        known for known, namesakes in _NAMESAKES.items() if currency in namesakes.split()
    )
    for namesakes in _NAMESAKES.values()
    for currency in namesakes.split()
}

_FRACTION = "fraction"
_FRACTIONS = frozenset({"1", _FRACTION, "ratio", "share", "proportion", "dimensionless"})

_SPELLINGS = (
    ("**", "^"),
    ("²", "^2"),
    ("³", "^3"),
    ("·", "*"),
    ("×", "*"),
    ("%", "percent"),
    ("‰", "permille"),
    (" per ", "/"),
)
_PER = {
    "100": "percent",
    "hundred": "percent",
    "1000": "per_1000",
    "thousand": "per_1000",
    "10000": "per_10000",
    "100000": "per_100000",
    "1000000": "per_million",
    "million": "per_million",
    "1000000000": "per_billion",
    "billion": "per_billion",
}
_EXPONENTS = {str(exponent): exponent for exponent in range(-9, 10)}

_SCALE = "a scale belongs in `reported`"

# Texts that have two meanings, or another one than meant: why, and which.
_TRAPS = {
    spelling: why
    for why, spellings in {
        "a knot or a kilotonne; did you mean 'kilotonne'?": "kt kT KT",
        "short, long or metric; did you mean 'tonne'?": "ton tons t T",
        "metric tons or megatonnes; did you mean 'tonne'?": "MT",
        "did you mean 'megatonne'?": "Mt",
        "did you mean 'gigatonne'?": "Gt GT",
        "metre or million; did you mean 'metre'? A scale belongs in `reported`": "m",
        "did you mean 'square_metre'?": "m2",
        "did you mean 'cubic_metre'?": "m3",
        "did you mean 'square_kilometre'?": "km2",
        "did you mean 'cubic_kilometre'?": "km3",
        _SCALE: (
            "k K M mn mln mio B bn tn trn thousand thousands million millions billion billions "
            "trillion trillions hundred hundreds dozen dozens lakh lakhs crore crores"
        ),
        "dollars of which country; did you mean 'USD'?": "$ dollar dollars",
        "did you mean 'USD'?": "US$ US_$ $US USD$ US_dollar US_dollars",
        "did you mean 'EUR'?": "€ euro euros Euro Euros",
        "money of which country, or mass; did you mean 'GBP', or 'lb'?": "£ pound pounds",
        "money of which country; did you mean 'JPY', or 'CNY'?": "¥ yen yuan",
        "did you mean 'GBX'?": "pence penny p GBp",
        "a cent of which currency; give the figure in the currency itself": "cent cents ¢ c",
        "parsec or percent; did you mean 'percent'?": "pc p.c.",
        "did you mean 'degC'?": "C °C",
        "did you mean 'degF'?": "F °F",
        "did you mean 'kilocalorie'?": "cal Cal calorie calories",
        "did you mean 'us_gallon', or 'imperial_gallon'?": "gal gallon gallons",
        "did you mean 'litre'?": "l L",
        "did you mean 'hour'?": "h hs",
        "did you mean 'minute'?": "min mins",
        "did you mean 'second'?": "s",
        "did you mean 'day'?": "d",
        "did you mean 'year'?": "y a",
        "did you mean 'inch'?": "in",
        "did you mean 'percentage_point', or 'index'?": ("point points pt pts p.p."),
        "of what; did you mean 'person', 'household', 'event' or 'item'?": (
            "count counts number numbers n N # no no. each unit units thing things"
        ),
    }.items()
    for spelling in spellings.split()
}
_WANTED = "wanted names such as 'person', 'percent', 'USD / year' or 'km**2'"

_LOCK = RLock()


class UnknownUnit(ValueError):
    """A text that names no unit: one line with the text, why, and what may have been meant."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What one of a unit is, in base units; make one with `unit`.

    The dimension holds (base unit, exponent) pairs, sorted; it is empty for a share. `powers`
    holds the same of the names that the unit is made of.
    """

    name: str
    factor: Fraction
    dimension: tuple[tuple[str, int], ...]
    powers: tuple[tuple[str, int], ...] = field(repr=False)

    def __mul__(self, other: Unit) -> Unit:
        return _product([*self.powers, *other.powers])

    def __truediv__(self, other: Unit) -> Unit:
        return self * other**-1

    def __pow__(self, exponent: int) -> Unit:
        return _product((name, power * exponent) for name, power in self.powers)

    @property
    def counted(self) -> bool:
        """Whether it counts persons, households, events or items, one by one."""
        return self.factor == 1 and self.dimension in COUNTS

    @property
    def dimensionless(self) -> bool:
        return not self.dimension

    @property
    def compound(self) -> bool:
        """Whether it is made of several, as so much for each of something is."""
        return len(self.powers) > 1

    @property
    def rate(self) -> bool:
        """Whether it is so many for every so many ("per_1000"), without saying of what."""
        return self.dimensionless and self.name.startswith("per_")

    def alike(self, other: Unit) -> bool:
        """Tell whether one can be added to the other or compared with it.

        A count for each of another count, as events per person, may be stated as a plain share or
        as so many per 1,000.
        """
        return self.dimension == other.dimension or (self._of_counts and other._of_counts)

    def spoken_for(self, unit: Unit) -> bool:
        """Tell whether a text that names this one may mean a figure of the other.

        A text may leave out what a figure is per, the time and what is counted, as "3.5 a day"; the
        sign $ is of many currencies, and "tonnes" may be those of CO2e.
        """
        if unit.name == f"{self.name}_co2e" or unit.name.startswith(f"{self.name} / "):
            return True
        if self.alike(unit) or self.currency in _SIGNS.get((unit.currency or "")[:3], ()):
            return True
        mine, its = self._kinds, unit._kinds
        counted = {"count"} if any(name in COUNTED for name, _ in unit.dimension) else set()
        if self.dimension and not mine and self._uncounted == self.dimension:
            return its in (mine, {"count"})
        return mine == its or bool(mine and mine <= its | counted)

    def lacks_only_the_counted(self, unit: Unit) -> bool:
        """Tell whether it is the other but for what is counted, as "a day" beside event / day."""
        return bool(self.dimension) and self.dimension == unit._uncounted

    @property
    def _uncounted(self) -> tuple[tuple[str, int], ...]:
        """What is left of its dimension without the persons, events and so on that it counts."""
        return tuple(each for each in self.dimension if each[0] not in COUNTED or each[1] < 0)

    @property
    def _kinds(self) -> set[str]:
        """What it measures, and per what time and price year aside; counts per count are none."""
        counts = sum(power for name, power in self.dimension if name in COUNTED)
        per_time = {name for name, power in self.dimension if name == "year" and power < 0}
        names = {name for name, _ in self.dimension} - {*COUNTED, *per_time}
        kinds = {name[:3] if name[:3].isupper() else name for name in names}
        return kinds | {"count"} if counts else kinds

    @property
    def _of_counts(self) -> bool:
        return not sum(power for _, power in self.dimension) and all(
            name in COUNTED for name, _ in self.dimension
        )

    @property
    def currency(self) -> str | None:
        """The currency in it, with its price year if it has one ("USD_2015").

        None where there is no currency, and where there are two, as in an exchange rate.
        """
        found = [base for base, _ in self.dimension if _money(base)]
        return found[0] if len(found) == 1 else None

    def quantity(self, value: object) -> Any:
        """Give the value in this unit as a pint quantity of `registry`."""
        for name, _ in self.powers:
            _root(name)
        with _LOCK:
            pint = registry()
            return pint.Quantity(value, pint.Unit(pint.UnitsContainer(dict(self.powers))))


@lru_cache(1024)
def unit(text: str) -> Unit:
    """Give the unit that the text names.

    Names are joined by `*`, `/` or "per" and raised by `**` or `^`. Raises UnknownUnit.
    """
    return _product(_powers(text))


def registry() -> UnitRegistry[Any]:
    """Give the one pint registry; it knows the units that were asked for, and only those."""
    with _LOCK:
        return _registry()


@cache
def _registry() -> UnitRegistry[Any]:
    from pint import UnitRegistry

    return UnitRegistry(None, non_int_type=Fraction, on_redefinition="raise")


def _powers(text: str) -> Iterator[tuple[str, int]]:
    """Give the names in the text, each with its exponent."""
    if len(text) > LONGEST:
        raise _unknown(text, f"longer than {LONGEST} characters")
    first, *rest = re.split("([*/])", _plain(text))
    leading = rest[:1] == ["/"] and first.strip() in {"", "1"}
    for sign, factor in [("*", first), *zip(rest[::2], rest[1::2], strict=True)][leading:]:
        head, _, group = factor.strip().partition(" ")
        scaled = sign == "/" and head in _PER
        if scaled:
            yield _PER[head], 1
        # "per 1,000 persons" with nothing before it is persons per 1,000 persons.
        alone, leading = leading, False
        if scaled and (not group or (alone and _canonical(group, text) in COUNTED)):
            continue
        name, caret, exponent = (group if scaled else factor).partition("^")
        power = _EXPONENTS.get(exponent.strip()) if caret else 1
        if power is None:
            raise _unknown(text, "an exponent is a whole number from -9 to 9")
        canonical = _canonical(name, text)
        if canonical != _FRACTION:
            yield canonical, power if sign == "*" else -power


def _plain(text: str) -> str:
    """Give the text in the spelling that the splitter knows, with 1,000 as 1000."""
    plain = re.sub(r"\bper (cent|mille)\b", r"per\1", f" {' '.join(text.split())} ")
    for spelling, ours in _SPELLINGS:
        plain = plain.replace(spelling, ours)
    return re.sub("(?<=[0-9])[, ](?=[0-9]{3}(?![0-9]))", "", plain)


def _canonical(name: str, text: str) -> str:
    """Give the one name of a unit that has many; the text is for the refusal."""
    spelling = re.sub("[ -]", "_", name.strip())
    if spelling in _FRACTIONS:
        return _FRACTION
    for known in (spelling, spelling.removesuffix("s")):
        if known in _definitions():
            return _definitions()[known].partition("=")[0].strip()
    money = re.sub("^(?:constant_)?([0-9]{4})_([A-Z]{3})$", r"\2_\1", spelling).replace("@", "_")
    if _money(money):
        return money
    part = "" if name.strip() == text.strip() else f"{_quoted(name.strip())}: "
    raise _unknown(text, part + _why(spelling))


def _money(name: str) -> bool:
    """Tell whether it is a currency code, alone or with a price year from 1900 to 2099."""
    return name[:3] in CURRENCIES and bool(re.fullmatch("(?:_(?:19|20)[0-9]{2})?", name[3:]))


def _why(spelling: str) -> str:
    if spelling in _TRAPS:
        return _TRAPS[spelling]
    if "_of_" in spelling:
        return "what it is of belongs in `concept` or `base`"
    if _SCALE in map(_TRAPS.get, spelling.split("_")):
        return _SCALE
    if spelling[:1].isdigit():
        return "a number belongs in `reported`"
    if spelling.upper() in CURRENCIES:
        return f"did you mean {spelling.upper()!r}?"
    import difflib

    folded = {known.casefold(): known for known in (*_definitions(), *_FRACTIONS)}
    close = difflib.get_close_matches(spelling.casefold(), folded, n=1)
    return f"did you mean {folded[close[0]]!r}?" if close else _WANTED


def _unknown(text: str, why: str) -> UnknownUnit:
    return UnknownUnit(f"unknown unit {_quoted(text)}: {why}")


def _quoted(text: str) -> str:
    return repr(text if len(text) <= QUOTED else f"{text[:QUOTED]}...")


def _product(powers: Iterable[tuple[str, int]]) -> Unit:
    """Give the unit of the names and exponents, each name once and in order."""
    kept = _sum(powers)
    roots = [(*_root(name), power) for name, power in kept]
    return Unit(
        name=_name(kept),
        factor=prod((factor**power for factor, _, power in roots), start=Fraction(1)),
        dimension=_sum(
            (base, exponent * power) for _, bases, power in roots for base, exponent in bases
        ),
        powers=kept,
    )


def _sum(powers: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    total: Counter[str] = Counter()
    for name, power in powers:
        total[name] += power
    return tuple(sorted((name, power) for name, power in total.items() if power))


def _name(powers: Iterable[tuple[str, int]]) -> str:
    above = [_raised(name, power) for name, power in powers if power > 0]
    below = [_raised(name, -power) for name, power in powers if power < 0]
    return " / ".join([" * ".join(above) or "1", *below]) if above or below else _FRACTION


def _raised(name: str, power: int) -> str:
    return name if power == 1 else f"{name}**{power}"


@cache
def _root(name: str) -> tuple[Fraction, tuple[tuple[str, int], ...]]:
    """Give the factor and the base units of a canonical name, as pint reduces it."""
    with _LOCK:
        _define(name)
        one: Any = registry().Quantity(Fraction(1), name).to_root_units()
    return one.magnitude, _sum((base, int(power)) for base, power in one.unit_items())


def _define(name: str) -> None:
    """Define a name in the registry, once, after the names that it is made of."""
    if name in registry():
        return
    definition = _definitions().get(name, f"{name} = [{name}]")
    for word in re.findall(r"(?<!\[)\b[A-Za-z]\w*", definition.split("=")[1]):
        _define(word)
    registry().define(definition)


@cache
def _definitions() -> dict[str, str]:
    """Give the definition of each spelling in units.txt."""
    text = Path(__file__).with_name("units.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {spelling: line for line in lines for spelling in _spellings(line)}


def _spellings(definition: str) -> list[str]:
    name, _, *aliases = (part.strip() for part in definition.split("="))
    return [name, *(alias for alias in aliases if alias != "_")]
