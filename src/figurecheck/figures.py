"""A reported number with what it is of, where, when and by whom; and the source it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from figurecheck.column import column, columns
from figurecheck.display import Display, Displayed
from figurecheck.interval import WHOLE_LINE, Interval
from figurecheck.operand import Deriving, Operand, Unstated
from figurecheck.period import PERIODS, Period, UnknownPeriod, period
from figurecheck.place import PLACES, Place, UnknownPlace, place
from figurecheck.reading import Reading, Unreadable, converted, reported
from figurecheck.units import Unit, UnknownUnit, unit
from figurecheck.wording import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ESTIMATED = "E"
SHARE_UNITS = {"percent", "permille", "fraction"}
POINTS = {"percentage_point", "basis_point"}
JOINING = {"of", "on", "for", "and"}

ID = "[a-z][a-z0-9_]*"
VALUE = r"-?\d{1,400}(\.\d{1,400})?([eE][-+]?\d{1,3})?"
PRECISION = r"exact|(\+-|\+/-|±)\s*\S+|\d{1,3}\s+sf|base\s+\S+"
STATUS = "ABDEFGHIJKLMNOPQSUVW"
"""The letters of the SDMX code list CL_OBS_STATUS."""
_WAIVER = r"FC\d{3}[^:\n]*:\s*\S[^\n]*"
WAIVERS = rf"{_WAIVER}(\n\s*{_WAIVER})*"
"""The form of waivers, one a line; `waiver` reads them."""


_CONTAINERS = ("container-title", "container-title-short")
"""What a newspaper or a journal is called."""


@dataclass(frozen=True)
class Source:
    """A publication, as its entry in sources.csl.json has it."""

    key: str
    entry: Mapping[str, Any] = field(hash=False)

    @property
    def title(self) -> str:
        return str(self.entry.get("title", ""))

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name under which texts refer to its publishers, in small letters."""
        authors = self.entry.get("author", [])
        named = [author.get("literal") or author.get("family", "") for author in authors]
        named += [
            f"{author['given']} {author['family']}"
            for author in authors
            if author.get("given") and author.get("family")
        ]
        named += [self.entry.get(name, "") for name in ("publisher", *_CONTAINERS)]
        named += [self.key, *self._custom("names", [])]
        return frozenset(str(name).casefold() for name in named if name)

    @property
    def publisher(self) -> str:
        """The name of its publisher, or what else it is known by."""
        named = (self.entry.get("publisher"), *self._custom("names", []), self.title, self.key)
        return next(str(name) for name in named if name)

    @cached_property
    def publishers(self) -> frozenset[str]:
        """The names without marks, to meet those of another source of the same publishers."""
        return frozenset(map(plain, self.names))

    @cached_property
    def spellings(self) -> frozenset[str]:
        """The forms of its names and titles, to meet what `called` gives of a text."""
        titles = [str(self.entry.get(name, "")) for name in ("title", "title-short")]
        return frozenset().union(*map(spellings, (*self.names, *titles)))

    @property
    def precision(self) -> str:
        """The precision that the source states for all its figures, "" where it states none."""
        return str(self._custom("precision", ""))

    @property
    def rounding(self) -> str:
        """How the source says it rounds its figures, "" where it does not say."""
        return str(self._custom("rounding", ""))

    @property
    def text(self) -> str:
        """The path of its archived text, seen from the register's folder, or ""."""
        return str(self._custom("text", ""))

    @property
    def sha256(self) -> str:
        """The SHA-256 of its archived text, or ""."""
        return str(self._custom("sha256", "")).strip().lower()

    @property
    def issued(self) -> tuple[int, ...]:
        """Year, month and day of issue, as far as they are known; of a span its first."""
        return self._dates[0]

    @property
    def issued_until(self) -> tuple[int, ...]:
        """Year, month and day of issue, as far as they are known; of a span its last."""
        return self._dates[-1]

    @cached_property
    def _dates(self) -> list[tuple[int, ...]]:
        parts = self.entry.get("issued", {}).get("date-parts") or [[]]
        return [tuple(map(int, date)) for date in parts]

    @property
    def citation(self) -> str:
        """Publisher, title and year, as far as they are known; its key where neither has a name."""
        authors = self.entry.get("author", [])
        known = (each.get("literal") or each.get("family") for each in authors)
        named = ", ".join(str(name) for name in known if name)
        names = (self.entry.get("publisher"), named, *self._custom("names", []))
        publisher = next((str(name) for name in names if name), "" if self.title else self.key)
        year = str(self.issued[0]) if self.issued else ""
        return ", ".join(filter(None, [publisher, self.title, year]))

    def _custom(self, name: str, default: Any) -> Any:
        return self.entry.get("custom", {}).get(name, default)

    def __getstate__(self) -> dict[str, Any]:
        """Give the entry alone; what was read from it is read again where it is needed."""
        return _cells(self)


@dataclass(frozen=True, slots=True)
class Amount:
    """What a text states, ready for arithmetic: both intervals in base units of its unit.

    `unit` is None where the text names none: it may then be of any unit. `reading` is what was
    read, None where the amount is derived.
    """

    text: str
    narrow: Interval
    wide: Interval
    unit: Unit | None
    reading: Reading | None = None

    @property
    def truncated(self) -> Interval | None:
        """The widest that it may state if its digits were cut off; None where they cannot be."""
        widest = self.reading and self.reading.truncated
        return widest * self._factor if widest else None

    @property
    def _factor(self) -> Interval:
        return Interval.point(self.unit.factor if self.unit else 1)

    @property
    def ways(self) -> tuple[Amount, ...]:
        """It with each sign that its text may be meant with; mostly it alone."""
        if self.reading is None or self.reading.size is None:
            return (self,)
        size, change = (amount(each, self.unit) for each in self.reading.ways)
        return size, replace(change, text=f"a fall of {change.text}")

    @property
    def printed(self) -> tuple[Interval, Interval]:
        """Both intervals in the unit itself, as texts print them: percentages in points."""
        return self.narrow / self._factor, self.wide / self._factor


def path_in_words(path: str) -> str:
    """Give the path of a concept as one says it: "modern slavery: children"."""
    return path.replace("/", ": ").replace("_", " ")


def named_unit(reading: Reading) -> Unit | None:
    """Give the unit that the words of a text name, None where they name none."""
    return unit(reading.unit) if reading.unit else None


def amount(reading: Reading, measured_in: Unit | None) -> Amount:
    """Give the amount that a reading states in a unit."""
    factor = Interval.point(measured_in.factor if measured_in else 1)
    narrow, wide = reading.narrow * factor, reading.wide * factor
    return Amount(reading.text, narrow, wide, measured_in, reading)


def _factor(spoken: Unit, measured_in: Unit) -> Fraction:
    """Give how many of a figure's unit one of a text's is; the text may leave out per what."""
    alone = unit(measured_in.name.partition(" / ")[0])
    if spoken.alike(measured_in) or spoken.lacks_only_the_counted(measured_in):
        return spoken.factor / measured_in.factor
    return spoken.factor / alone.factor if spoken.alike(alone) else Fraction(1)


@dataclass(frozen=True)
class Figure(Operand, Displayed):
    """A row of figures.csv: every cell as it stands there, and what it is read as.

    The properties that read a cell give None where it is empty or cannot be read; the rules of
    family FC0 say why. `rounding` is how its number was rounded where its source does not say.
    """

    id: str = field(
        metadata=column(
            "small letters, digits and `_`, a letter first; once in the register",
            "forced_labour",
            pattern=ID,
            needed=True,
            filled=True,
        )
    )
    reported: str = field(
        default="",
        metadata=column(
            "the number as printed, with its hedge and scale, letter for letter; empty where "
            "nobody reported it",
            "more than 3.3 million",
            needed=True,
        ),
    )
    unit: str = field(
        default="",
        metadata=column(
            "what one of it is", "person", "percent", "USD/year", needed=True, filled=True
        ),
    )
    label: str = field(
        default="", metadata=column("a short noun phrase", "children in forced labour")
    )
    value: str = field(
        default="",
        metadata=column(
            "the machine number in `unit`, for readers without figurecheck; must be one that "
            "`reported` may stand for",
            "3300000",
            pattern=VALUE,
        ),
    )
    concept: str = field(
        default="",
        metadata=column(
            "what it is a number of, as a path: a longer path is a part of the shorter. Siblings "
            "are neither disjoint nor together the whole, unless a relation says so",
            "modern_slavery/forced_labour/children",
        ),
    )
    base: str = field(
        default="",
        metadata=column(
            "of a share: the concept that it is a share of, or the id of the figure that the text "
            'names ("of those ..."); place and period then come from that figure. Empty: no share, '
            "or none stated",
            "modern_slavery/forced_labour",
        ),
    )
    place: str = field(
        default="",
        metadata=column(
            "an ISO 3166-1 alpha-3 or 3166-2 code, a UN M49 area, or a code of your own after a "
            "colon. Only the world contains all, and a country its 3166-2 parts",
            "ITA",
            "IT-AV",
            "M49:001",
            "route:africa_europe",
            pattern=PLACES,
        ),
    )
    period: str = field(
        default="",
        metadata=column(
            "ISO 8601 at any precision, or an interval; the last day is included",
            "2021",
            "2023-10",
            "2024-Q1",
            "2023-01-01/2023-10-15",
            pattern=PERIODS,
        ),
    )
    source_key: str = field(
        default="",
        metadata=column(
            "its key in `sources.csl.json`; empty where nobody reported it",
            "ilo_walk_free_iom_2022",
            name="source",
            needed=True,
        ),
    )
    locator: str = field(default="", metadata=column("where in the source", "p. 22"))
    quote: str = field(
        default="", metadata=column("the words of the source that contain `reported`")
    )
    attributed_to: str = field(
        default="", metadata=column("the publisher that the source itself names", "ILO")
    )
    repeats: str = field(
        default="",
        metadata=column(
            "the id of the figure that this one repeats, as a newspaper repeats an office. Its "
            "place and period fill the empty ones here, and it is no second witness beside the "
            "other. Fill in the period here if this source states it",
            "forced_labour",
            pattern=ID,
        ),
    )
    precision: str = field(
        default="",
        metadata=column(
            "how exact the number is, where it is not what the digits say: rounded to multiples "
            "of 5 it is `base 5`",
            "exact",
            "+-50000",
            "3 sf",
            "base 5",
            pattern=PRECISION,
        ),
    )
    status: str = field(
        default="",
        metadata=column(
            "letters of SDMX observation status: `E` estimated, `P` provisional, `B` break in the "
            "series, ...",
            "E",
            pattern=f"[{STATUS} ]*",
        ),
    )
    waive: str = field(
        default="",
        metadata=column(
            "findings that may stand, with reasons, one a line",
            "FC402 with other_id: the reason (until 2027-06-30)",
            pattern=WAIVERS,
        ),
    )
    note: str = field(default="", metadata=column("anything"))
    source: Source | None = None
    path: str = ""
    line: int = 0
    rounding: str = ""
    deriving: Deriving | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        if not self.reported:
            message = f"{self.id} is not reported; a text has nothing to say of it"
            raise Unstated(message)
        return self.reported

    def __getstate__(self) -> dict[str, Any]:
        """Give the cells alone; what was read from them is read again where it is needed."""
        return _cells(self)

    @cached_property
    def _read(self) -> Reading | Unreadable:
        measured_in = self.measured_in
        try:
            reading = reported(
                self.reported,
                unit=measured_in.name if measured_in else "",
                counted=bool(measured_in and measured_in.counted),
                estimated=ESTIMATED in self.status,
                share=self.share,
                precision=self.precision or (self.source.precision if self.source else ""),
                rounding=(self.source.rounding if self.source else "") or self.rounding,
            )
        except ValueError as error:
            return error if isinstance(error, Unreadable) else Unreadable(str(error))
        spoken = named_unit(reading)
        if spoken is None or measured_in is None:
            return reading
        factor = _factor(spoken, measured_in)
        return reading if factor == 1 else converted(reading, factor, measured_in.name)

    @property
    def reading(self) -> Reading:
        """What the text states, in the figure's unit; raises Unreadable where it states nothing."""
        if isinstance(self._read, Unreadable):
            raise self._read
        return self._read

    @property
    def unreadable(self) -> Unreadable | None:
        return self._read if isinstance(self._read, Unreadable) else None

    @cached_property
    def measured_in(self) -> Unit | None:
        try:
            return unit(self.unit)
        except UnknownUnit:
            return None

    @cached_property
    def amount(self) -> Amount | None:
        """Both intervals in base units; None where the number or its unit cannot be read."""
        if self.measured_in is None or isinstance(self._read, Unreadable):
            return None
        return amount(self._read, self.measured_in)

    @cached_property
    def spread(self) -> Amount | None:
        """The amount with the spread that its text states, "+- 0.4" or "95 % CI 3.1-5.3"."""
        stated = None if isinstance(self._read, Unreadable) else self._read.spread
        if self.amount is None or self.measured_in is None or stated is None:
            return self.amount
        stated *= Interval.point(self.measured_in.factor)
        narrow, wide = self.amount.narrow.hull(stated), self.amount.wide.hull(stated)
        return replace(self.amount, narrow=narrow, wide=wide)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The source that it stands in, if that is known; as of a derived quantity."""
        return (self.source,) if self.source else ()

    @property
    def exactly(self) -> Fraction:
        """The stated value in the figure's unit; raises ValueError where there is not one."""
        value = self.reading.value
        if value is None:
            message = f"'{self.reported}' states no single value; use .reading"
            raise ValueError(message)
        return value

    @property
    def quantity(self) -> Any:
        """The stated value as a pint quantity; raises ValueError as `exactly`, and UnknownUnit."""
        return unit(self.unit).quantity(self.exactly)

    @property
    def whole(self) -> Fraction | None:
        """How much of its unit is all of something, as 100 per cent; None for other units."""
        return 1 / self.measured_in.factor if self.measured_in and self.proportion else None

    @property
    def said(self) -> Mapping[str, Callable[[], str]]:
        """The texts that a format specification names."""
        return {
            "cite": lambda: "; ".join(each.citation for each in self.sources) or self.source_key,
            "id": lambda: self.id,
            "label": lambda: self.label,
            "unit": lambda: self.unit,
            "reading": lambda: self._in_words(self.reading.narrow),
        }

    def _in_words(self, interval: Interval) -> str:
        return words(interval, self.measured_in.name if self.measured_in else self.reading.unit)

    @property
    def display(self) -> Display:
        """What a notebook shows of it: its cells, and what its text stands for."""
        cells = {name: cell(self, name) for name in COLUMNS if name not in {"id", "reported"}}
        stands_for = {"cannot be read": str(self.unreadable) if self.reported else ""}
        if self.unreadable is None:
            narrow, wide = map(self._in_words, (self.reading.narrow, self.reading.wide))
            stands_for = {"stands for": narrow, "at the widest": wide if wide != narrow else ""}
        cited = {"citation": self.source.citation if self.source else ""}
        shown = {"reported": self.reported or "(not reported)"} | stands_for | cells | cited
        rows = [(name, text) for name, text in shown.items() if text]
        return Display(f"Figure {self.id}", ("", ""), rows)

    @cached_property
    def where(self) -> Place | None:
        try:
            return place(self.place) if self.place else None
        except UnknownPlace:
            return None

    @cached_property
    def when(self) -> Period | None:
        try:
            return period(self.period) if self.period else None
        except UnknownPeriod:
            return None

    @property
    def proportion(self) -> bool:
        """Whether it is in per cent or another unit of shares; it may be a growth."""
        return bool(self.measured_in and self.measured_in.name in SHARE_UNITS)

    @property
    def share(self) -> bool:
        """Whether it is a share of a stated base."""
        return bool(self.base) and self.proportion

    @property
    def difference(self) -> bool:
        """Whether it is the difference of two shares, in points."""
        return bool(self.measured_in and self.measured_in.name in POINTS)

    @property
    def counted(self) -> bool:
        return bool(self.measured_in and self.measured_in.counted)


def _cells(made: Figure | Source) -> dict[str, Any]:
    """Give the fields of a figure or source, without what was read from them since."""
    return {each.name: getattr(made, each.name) for each in fields(made)}


COLUMNS = tuple(columns(Figure))
REQUIRED = tuple(each.name for each in columns(Figure).values() if each.needed)


def cell(figure: Figure, column: str) -> str:
    """Give the text of a figure's cell by the name of its column."""
    return str(getattr(figure, "source_key" if column == "source" else column))


class Subject(NamedTuple):
    """What a figure is a number of, with what it takes from its base and from what it repeats."""

    concept: str
    base: str
    place: Place | None
    period: Period | None
    dimension: tuple[tuple[str, int], ...] | None

    @property
    def within(self) -> bool:
        """Whether it is of a part of its base, so that as a share it is at most all of it."""
        return bool(self.base) and self.concept.startswith(f"{self.base}/")

    @property
    def stated(self) -> bool:
        """Whether all is known that implied relations need."""
        return bool(
            self.concept
            and self.place
            and self.period
            and self.dimension is not None
            and (self.base or self.dimension)
        )


def subject(figure: Figure, figures: Mapping[str, Figure]) -> Subject:
    """Give what the figure is a number of.

    A base that is a figure's id lends its concept as base, and its place and period; what a figure
    repeats lends place and period where they are still empty (design, section 4).
    """
    base = figures.get(figure.base)
    return Subject(
        figure.concept.strip("/"),
        (base.concept if base else figure.base).strip("/"),
        next((each.where for each in lenders(figure, figures) if each.place), None),
        next((each.when for each in lenders(figure, figures) if each.period), None),
        figure.measured_in.dimension if figure.measured_in else None,
    )


def lenders(figure: Figure, figures: Mapping[str, Figure]) -> Iterator[Figure]:
    """Give the figure and all that lend to it, in the order in which they are asked."""
    met: set[str] = set()
    waiting = [figure]
    while waiting:
        current = waiting.pop()
        if current.id not in met:
            met.add(current.id)
            yield current
            names = (current.repeats, current.base)
            waiting += [figures[name] for name in names if name in figures]


def subjects(figures: Mapping[str, Figure]) -> dict[str, Subject]:
    """Give what each figure is a number of, by id."""
    return {name: subject(figure, figures) for name, figure in figures.items()}


def printed_value(figure: Figure) -> tuple[object, ...] | None:
    """Give the printed number in base units and what it can be compared with, None for no number.

    Two figures print the same value if these are equal: 71 % and 0.71, "over 5" and "about 5".
    """
    amount = figure.amount
    if amount is None or amount.unit is None:
        return None
    low, high = figure.reading.stated
    factor = amount.unit.factor
    return amount.unit.dimension, figure.difference, low * factor, high * factor


NOT_NEGATIVE, NONE_TO_ALL = Interval.of(0, None), Interval.of(0, 1)


def domain(figure: Figure, own: Subject) -> Interval:
    """Give what a figure may be for its unit and base alone, in base units."""
    if figure.counted:
        return NOT_NEGATIVE
    return NONE_TO_ALL if figure.share and own.within else WHOLE_LINE


def bearers(figure: Figure) -> frozenset[str]:
    """Give every name under which the figure's publisher is known, in small letters."""
    named = {figure.attributed_to.casefold()} if figure.attributed_to else set()
    return (figure.source.names if figure.source else frozenset()) | named


def borne_by(figure: Figure) -> frozenset[str]:
    """Give the forms of every name of the figure's publisher, to meet what `called` gives."""
    return (figure.source.spellings if figure.source else frozenset()) | called(
        figure.attributed_to
    )


def publisher(figure: Figure) -> str:
    """Give the name of a figure's publisher: what it is attributed to, else that of its source."""
    return figure.attributed_to or (figure.source.publisher if figure.source else "")


def plain(text: str) -> str:
    """Give the words of a text in small letters, without marks and articles, to compare names."""
    words = re.findall(r"\w+", re.sub("[.'`’]", "", text.casefold()))
    return " ".join(word for word in words if word != "the")


@lru_cache(4096)
def spellings(name: str) -> frozenset[str]:
    """Give the forms in which a name is compared: its words, and the initials of several."""
    words = plain(name)
    weighty = [word for word in words.split() if word not in JOINING]
    initials = "".join(word[0] for word in weighty) if len(weighty) > 1 else ""
    return frozenset(filter(None, (words, initials)))


@lru_cache(4096)
def called(text: str) -> frozenset[str]:
    """Give the forms of the names in a text: "ILO and IOM", "Labour Organization (ILO)"."""
    parts = re.split(r"[,;/&()]|\band\b", text)
    return frozenset().union(*map(spellings, (text, *parts)))
