"""The files of a register: figures.csv, relations.csv and sources.csl.json, read as they stand."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property, partial
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from figurecheck.derivation import Derivations, Derived, Refused, derivations
from figurecheck.diagnosis import Counts, Kin, counts, diagnosis, kin
from figurecheck.display import Display, Displayed
from figurecheck.encoding import NotText, decoded
from figurecheck.figures import (
    COLUMNS,
    ID,
    REQUIRED,
    Amount,
    Figure,
    Source,
    Subject,
    cell,
    printed_value,
    subject,
    subjects,
)
from figurecheck.formula import StatementError, near, statement
from figurecheck.network import left_by_others
from figurecheck.relation import (
    RELATION_COLUMNS,
    RELATION_REQUIRED,
    Relation,
    Witnesses,
    witnesses,
)
from figurecheck.solve import Solution, solution

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    import pandas as pd

    from figurecheck.interval import Exact
    from figurecheck.quotation import Quoted
    from figurecheck.relation import Judgement

FIGURES, RELATIONS, SOURCES = "figures.csv", "relations.csv", "sources.csl.json"
LONGEST_CELL = 100_000_000
LONGEST_TEXT = 100_000_000
LONGEST_YEAR = 4
BOUNDS = ("lower", "upper", "widest_lower", "widest_upper")

_CSV = Lock()
"""The longest cell that csv reads is one setting for the whole process."""


class RegisterError(Exception):
    """A register that cannot be read at all: file, line and what was wanted, in one line."""


class UnknownFigure(KeyError):
    """An id that no figure has, with the nearest, in one line."""

    def __str__(self) -> str:
        return str(self.args[0])


class NoArrow(ImportError):
    """What reads Arrow asks for a package that is not installed; how to get it, in one line."""


class Fault(NamedTuple):
    """What is wrong with the form of a file, as data; the rules of FC0 give it words."""

    kind: str
    figure: str
    path: str
    line: int
    text: str
    wanted: str


class Text(NamedTuple):
    """The archived text of a source; `wrong` says in one line why it is not to be used, if so."""

    words: str = ""
    wrong: str = ""


class Equal(NamedTuple):
    """A figure that prints the value of another, and how it differs: (the other's, its own)."""

    figure: Figure
    unlike: dict[str, tuple[str, str]]


class Row(NamedTuple):
    """A row of a table: the line it starts on, and its cells by column."""

    line: int
    cells: dict[str, str]


class Table(NamedTuple):
    """The rows of a table, and the columns of its header that are known, in its order."""

    columns: tuple[str, ...]
    rows: list[Row]


class Register(Mapping[str, Figure], Displayed):
    """The figures of a register by id, with its relations, sources and faults.

    `archive` gives the archived text of a source; it is None where no source has one. `headers`
    has the columns of each of its tables, as they stand there.
    """

    def __init__(
        self,
        figures: Mapping[str, Figure],
        relations: Sequence[Relation] = (),
        sources: Mapping[str, Source] | None = None,
        faults: Sequence[Fault] = (),
        path: str = "",
        *,
        archive: Callable[[Source], Text | None] | None = None,
    ) -> None:
        self.figures = dict(figures)
        self.relations = tuple(relations)
        self.sources = dict(sources or {})
        self.faults = tuple(faults)
        self.path = path
        self.archive = archive
        self.day: date | None = None
        self.headers = {FIGURES: COLUMNS} | ({RELATIONS: RELATION_COLUMNS} if relations else {})

    def on(self, day: date) -> Register:
        """Give the same register as of a day: that on which waivers may have expired."""
        if day == self.day:
            return self
        dated = Register.__new__(Register)
        dated.__dict__ |= self.__dict__
        dated.__dict__.pop("solution", None)
        dated.day = day
        return dated

    def __getitem__(self, name: str) -> Figure:
        try:
            return self.figures[name]
        except KeyError:
            message = f"no figure '{name}'{near(str(name), list(self.figures))}"
            raise UnknownFigure(message) from None

    def get(self, name: str, default: Any = None) -> Any:
        """Give the figure of an id, or the default; unlike [], without looking for a near one."""
        return self.figures.get(name, default)

    def __contains__(self, name: object) -> bool:
        return name in self.figures

    def __iter__(self) -> Iterator[str]:
        return iter(self.figures)

    def __len__(self) -> int:
        return len(self.figures)

    @property
    def rows(self) -> tuple[Figure | Relation, ...]:
        """All that has a row of its own, in the order of the files."""
        return (*self.figures.values(), *self.relations)

    @cached_property
    def by_id(self) -> dict[str, Figure | Relation]:
        """The row of each id; a figure comes before a relation of the same one."""
        return {each.id: each for each in reversed(self.rows)}

    def __repr__(self) -> str:
        return f"<Register {self.path}: {len(self)} figures, {len(self.relations)} relations>"

    @cached_property
    def subjects(self) -> dict[str, Subject]:
        """What each figure is a number of, by id."""
        return subjects(self.figures)

    @cached_property
    def witnesses(self) -> Witnesses:
        """The figures by what they are of, and those that imply nothing."""
        return witnesses(self.figures, self.subjects)

    @cached_property
    def kin(self) -> dict[Subject, Kin[Figure]]:
        """What a figure that does not fit may have meant, by what it is of."""
        return kin(self.witnesses.groups)

    @cached_property
    def counts(self) -> Counts:
        """What a share may be a share of."""
        return counts(self.witnesses.groups)

    def diagnosis(self, figure: Figure, judged: Judgement) -> str:
        """Give what would make a figure fit, from what the others of a judgement leave of it."""
        implied = left_by_others(judged.statement, judged.amounts, figure.id)
        return diagnosis(figure, self.subjects[figure.id], implied, self.kin, self.counts)

    @cached_property
    def derivations(self) -> Derivations:
        """The derived quantities that relations.csv asks for, and what was refused."""
        return derivations(self.figures, self.relations)

    @cached_property
    def solution(self) -> Solution:
        """What all relations come to together, with the waivers of its day, else of today."""
        return solution(self.figures, self.relations, today=self.day)

    @cached_property
    def quoted(self) -> tuple[Quoted, ...]:
        """What the quotes of figures state beside these."""
        from figurecheck.quotation import quoted

        return tuple(quoted(self.figures.values()))

    @cached_property
    def amounts(self) -> dict[str, Amount | None]:
        """What can be put into a statement, by name: figures and derived quantities."""
        derived = {name: each.amount for name, each in self.derivations.derived.items()}
        return {**{name: each.amount for name, each in self.figures.items()}, **derived}

    def text(self, name: str, spec: str = "") -> str:
        """Give a figure or derived quantity as text, for templates: "27.6 million".

        `spec` is "cite", "id", "label", "unit", "reading", or as numbers are formatted, ",.1f".
        Raises UnknownFigure, UnknownSpec, Unstated where there is no such text, ValueError where
        there is no one number, and Refused for a quantity that cannot be derived.
        """
        derived, refused = self.derivations.derived, self.derivations.refused
        if name in refused:
            raise Refused(str(refused[name]), refused[name].code)
        if name not in self and name not in derived:
            nearest = near(str(name), [*self, *derived])
            message = f"no figure or derived quantity '{name}'{nearest}"
            raise UnknownFigure(message)
        return format(derived[name] if name in derived else self[name], spec)

    def to_frame(self) -> pd.DataFrame:
        """Give a pandas frame: a row a figure, its cells as text, and the bounds as floats.

        `lower`, `upper` (as printed), `widest_lower`, `widest_upper` are in the figure's unit; an
        unbounded end, or one too large for a float, is infinite, that of an unreadable number NaN.
        What UTF-8 has no form for, half a surrogate pair, is given as its escape.
        """
        import pandas as pd

        columns = _columns(self)
        kinds = {name: "float64" if name in BOUNDS else "str" for name in columns}
        return pd.DataFrame(columns).astype(kinds)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Give the columns of `to_frame` to what reads Arrow; an unreadable bound is null."""
        try:
            import pyarrow as pa
        except ImportError:
            message = "Arrow needs pyarrow: pip install 'figurecheck[arrow]'"
            raise NoArrow(message) from None
        columns = _columns(self)
        kinds = [(name, pa.float64() if name in BOUNDS else pa.string()) for name in columns]
        return pa.table(columns, schema=pa.schema(kinds)).__arrow_c_stream__(requested_schema)

    @property
    def display(self) -> Display:
        """What a notebook shows of it: a row a figure."""
        header = ("id", "reported", "unit", "concept", "place", "period", "source")
        rows = [[cell(each, column) for column in header] for each in self.values()]
        return Display(f"Register {self.path}", header, rows, [repr(self).strip("<>")])

    def __getstate__(self) -> dict[str, Any]:
        """Give what was read from the files; what follows from it is found again where needed."""
        found = Register.__dict__
        return {
            name: value
            for name, value in self.__dict__.items()
            if not isinstance(found.get(name), cached_property)
        }


def _columns(register: Register) -> dict[str, list[Any]]:
    """Give the cells as text that can be encoded, and the bounds as floats, by column."""
    bounds = [_bounds(each) for each in register.values()]
    return {
        column: [
            cell(each, column).encode("utf-8", "backslashreplace").decode()
            for each in register.values()
        ]
        for column in COLUMNS
    } | {column: [each[place] for each in bounds] for place, column in enumerate(BOUNDS)}


def _bounds(figure: Figure) -> list[float | None]:
    """Give the bounds of a figure in its unit; None where it cannot be read."""
    if figure.unreadable is not None:
        return [None] * len(BOUNDS)
    narrow, wide = figure.reading.narrow, figure.reading.wide
    return [_nearest_float(end) for end in (narrow.left, narrow.right, wide.left, wide.right)]


def _nearest_float(end: Exact) -> float:
    """Give the float nearest to an end; what is too large for one is infinite."""
    try:
        return float(end.value)
    except OverflowError:
        return math.inf if end.value > 0 else -math.inf


def entry(register: Register, name: str) -> Figure | Derived | Relation:
    """Give the figure, derived quantity or relation of an id; raises RegisterError for none."""
    derived = register.derivations.derived
    if name in register:
        return register[name]
    if name in derived:
        return derived[name]
    relations = {each.id: each for each in register.relations}
    if name not in relations:
        message = (
            f"no figure, derived quantity or relation '{name}'{near(name, [*register, *relations])}"
        )
        raise RegisterError(message)
    return relations[name]


def equals(register: Register, figure: Figure) -> list[Equal]:
    """Give all other figures that print the same value, in the order of the file.

    Equal numbers of different things are mostly chance, so this is a listing and no rule.
    """
    value, own = printed_value(figure), _described(register, figure)
    found = []
    for other in register.values() if value is not None else ():
        if other.id != figure.id and printed_value(other) == value:
            theirs = _described(register, other)
            unlike = {name: (own[name], theirs[name]) for name in own if own[name] != theirs[name]}
            found.append(Equal(other, unlike))
    return found


def _described(register: Register, figure: Figure) -> dict[str, str]:
    """Give all that tells figures of one value apart, "" for what is not stated."""
    own = register.subjects[figure.id]
    return {
        "concept": own.concept,
        "base": own.base or figure.base,
        "place": str(own.place or ""),
        "period": str(own.period or ""),
        "unit": figure.measured_in.name if figure.measured_in else "",
        "qualifier": "" if figure.unreadable else figure.reading.qualifier,
        "source": figure.source_key,
    }


def load(
    path: str | Path | None = None, *, texts: str | Path | None = None, rounding: str = ""
) -> Register:
    """Give the register at a path: a folder, or its figures.csv; without one, the nearest upwards.

    Where there is none up to the root, the register that ships with figurecheck. `texts` is a
    folder with the archived texts of sources, each as its key with `.txt`; `rounding` is how the
    sources round that do not say it. Raises RegisterError where a file is missing or cannot be read
    as a table.
    """
    found = located(path)
    if texts is not None and not Path(texts).is_dir():
        message = f"{texts}: no such folder; wanted one with the texts of sources"
        raise RegisterError(message)
    beside = found.parent
    relations, sources = beside / RELATIONS, beside / SOURCES
    read = parsed(
        _text(found),
        _text(relations) if relations.exists() else "",
        _text(sources) if sources.exists() else "[]",
        path=found,
        rounding=rounding,
    )
    if texts is not None or any(each.text for each in read.sources.values()):
        folder = None if texts is None else Path(texts)
        read.archive = partial(archived, folder=beside, texts=folder)
    return read


def archived(source: Source, folder: Path, texts: Path | None = None) -> Text | None:
    """Give the archived text of a source, from `texts` or its own path; None if it has none."""
    given = Path(f"{texts}/{source.key}.txt") if texts else None
    try:
        if given is None or not given.exists():
            given = folder / source.text if source.text else None
        if given is None:
            return None
        if not given.is_file():
            return Text(wrong=f"{given}: no such file")
        if given.stat().st_size > LONGEST_TEXT:
            return Text(wrong=f"{given}: longer than {LONGEST_TEXT:,} bytes")
        return archived_text(given.read_bytes(), given, source.sha256)
    except (OSError, ValueError) as error:
        return Text(wrong=f"{given}: {getattr(error, 'strerror', None) or error}")


def archived_text(data: bytes, path: str | Path, sha256: str = "") -> Text:
    """Give the text of a file, which is to have a SHA-256 if one is given."""
    if sha256:
        from hashlib import sha256 as hashed

        digest = hashed(data).hexdigest()
        if digest != sha256:
            return Text(wrong=f"{path}: its sha256 is {digest}, not {sha256[:64]}")
    try:
        return Text(text_of(data, path))
    except RegisterError as error:
        return Text(wrong=str(error))


def located(path: str | Path | None = None) -> Path:
    """Give the figures.csv that a path means."""
    if path is None:
        return nearest(Path()) or shipped()
    given = Path(path)
    if given.is_dir():
        inside = _inside(given)
        if inside is None:
            message = f"{given}: no {FIGURES} in this folder; 'figurecheck init' makes one"
            raise RegisterError(message)
        return inside
    if not given.exists():
        siblings = [each.name for each in given.parent.iterdir()] if given.parent.is_dir() else []
        message = f"{given}: no such file or folder{near(given.name, siblings)}"
        raise RegisterError(message)
    return given


def _inside(folder: Path) -> Path | None:
    places = (folder / FIGURES, folder / "data" / FIGURES)
    return next((place for place in places if place.is_file()), None)


def nearest(folder: Path) -> Path | None:
    """Give the figures.csv that is in a folder, or nearest upwards of it."""
    upwards = (folder, *folder.resolve().parents)
    return next((found for each in upwards if (found := _inside(each))), None)


def shipped() -> Path:
    """Give the register that ships: beside this module, or in the checkout it is edited in."""
    here = Path(__file__).resolve().parent
    beside, checkout = here / "data" / FIGURES, here.parents[1] / "data" / FIGURES
    return beside if beside.is_file() else checkout


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"{path}: {error.strerror or error}"
        raise RegisterError(message) from None
    return text_of(data, path)


def text_of(data: bytes, path: str | Path) -> str:
    """Give the text that the bytes of a file are; raises RegisterError."""
    try:
        return decoded(data)
    except NotText as error:
        message = f"{path}:{error.line}: {error}; wanted a text saved as UTF-8"
        raise RegisterError(message) from None


def parsed(
    figures: str,
    relations: str = "",
    sources: str = "[]",
    *,
    path: str | Path = FIGURES,
    archive: Callable[[Source], Text | None] | None = None,
    rounding: str = "",
) -> Register:
    """Give the register that three texts are: figures.csv, relations.csv, sources.csl.json.

    `archive` gives the archived text of a source where there is one, `rounding` is how the sources
    round that do not say it.
    """
    path = Path(path)
    known = _sources(sources, path.with_name(SOURCES))
    faults: list[Fault] = []
    table = _table(figures, path, COLUMNS, REQUIRED, faults)
    headers = {FIGURES: table.columns}
    named: dict[str, Figure] = {}
    for row in _named(table.rows, str(path), faults):
        cells: dict[str, Any] = {
            "source_key" if name == "source" else name: text for name, text in row.cells.items()
        }
        key = cells.get("source_key", "")
        figure = Figure(
            **cells, source=known.get(key), path=str(path), line=row.line, rounding=rounding
        )
        named[figure.id] = figure
    taken = set(named)
    read: list[Relation] = []
    if relations:
        place = path.with_name(RELATIONS)
        table = _table(relations, place, RELATION_COLUMNS, RELATION_REQUIRED, faults)
        headers[RELATIONS] = table.columns
        read += (
            _relation(row, str(place), taken, faults)
            for row in _named(table.rows, str(place), faults)
        )
    made = Register(named, _informed(named, read), known, faults, str(path), archive=archive)
    made.headers = headers
    return made


def _informed(figures: Mapping[str, Figure], relations: Sequence[Relation]) -> list[Relation]:
    """Give the relations with what is known of the figures: which is a part of which."""

    def part_of(part: str, whole: str) -> bool:
        if part not in figures or whole not in figures:
            return False
        mine, its = (subject(figures[name], figures) for name in (part, whole))
        inside = mine.concept.startswith(f"{its.concept}/") and bool(its.concept)
        return inside and mine._replace(concept=its.concept) == its

    return [
        replace(each, statement=each.statement.nested(part_of)) if each.statement else each
        for each in relations
    ]


def _table(
    text: str, path: Path, columns: Sequence[str], required: Sequence[str], faults: list[Fault]
) -> Table:
    """Give the rows of a table; raises RegisterError where it is none."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[tuple[int, list[str]]] = [(0, [])]
    with _CSV:
        limit = csv.field_size_limit(LONGEST_CELL)
        try:
            lines += ((reader.line_num, cells) for cells in reader)
        except csv.Error as error:
            where = f"{path}:{reader.line_num}"
            message = f'{where}: {error}; wanted comma-separated cells, quoted with "'
            raise RegisterError(message) from None
        finally:
            csv.field_size_limit(limit)
    filled = [
        (before + 1, [cell.strip() for cell in cells])
        for (before, _), (_, cells) in pairwise(lines)
        if any(map(str.strip, cells))
    ]
    if not filled:
        message = f"{path}:1: an empty file; wanted a header with {', '.join(required)}"
        raise RegisterError(message)
    top, header = filled[0]
    _header(header, f"{path}:{top}", columns, required)
    unknown = [name for name in header if name not in columns]
    faults += (
        Fault(
            "column", name or "''", str(path), top, name, f"one of the columns{near(name, columns)}"
        )
        for name in unknown
    )
    rows = []
    for line, texts in filled[1:]:
        named = dict(zip(header, texts, strict=False))
        if len(texts) != len(header):
            faults.append(_ragged(named.get("id", ""), path, line, len(texts), len(header)))
        rows.append(Row(line, {name: named.get(name, "") for name in columns}))
    return Table(tuple(name for name in header if name in columns), rows)


def _ragged(name: str, path: Path, line: int, found: int, wanted: int) -> Fault:
    return Fault("ragged", name, str(path), line, f"{found} cells", f"{wanted}, as the header has")


def _header(
    header: Sequence[str], where: str, columns: Sequence[str], required: Sequence[str]
) -> None:
    missing = [name for name in required if name not in header]
    if missing:
        other = next((sign for sign in (";", "\t", "|") if sign in header[0]), "")
        hint = f"; the cells are separated by {other!r}" if other else near(missing[0], header)
        names = ", ".join(map(repr, missing))
        message = f"{where}: no column {names}; wanted comma-separated columns{hint}"
        raise RegisterError(message)
    twice = next((name for name in columns if header.count(name) > 1), "")
    if twice:
        message = f"{where}: column '{twice}' stands twice; wanted it once"
        raise RegisterError(message)


def _named(rows: Sequence[Row], path: str, faults: list[Fault]) -> Iterator[Row]:
    """Give the rows whose id is one; a second row of one id, or one without, is a fault."""
    first: dict[str, int] = {}
    for row in rows:
        name = row.cells["id"]
        if not re.fullmatch(ID, name):
            wanted = "small letters, digits and _, a letter first"
            faults.append(Fault("id", name or "''", path, row.line, name, wanted))
        elif name in first:
            where = f"another than that of line {first[name]}"
            faults.append(Fault("twice", name, path, row.line, name, where))
        else:
            first[name] = row.line
            yield row


def _relation(row: Row, path: str, taken: set[str], faults: list[Fault]) -> Relation:
    """Give the relation of a row; its statement is None, and a fault says why, where it is none."""
    cells = dict(row.cells)
    text = cells.pop("statement")
    stated, wrong = None, ""
    try:
        stated = statement(text)
    except StatementError as error:
        wrong = str(error)
    if stated and not stated.operator:
        wrong = f"'{text[:60]}' compares nothing; wanted == <= >= < > or ="
    elif stated and stated.target in taken:
        wrong = f"'{stated.target}' has a figure or a relation already; wanted a name of its own"
        wrong += "; did you mean '=='?"
    if wrong:
        faults.append(Fault("statement", cells["id"], path, row.line, text, wrong))
        stated = None
    elif stated and stated.target:
        taken.add(stated.target)
    return Relation(text=text, statement=stated, path=path, line=row.line, **cells)


def _sources(text: str, path: Path) -> dict[str, Source]:
    try:
        entries: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        message = f"{path}: {error}; wanted CSL-JSON"
        raise RegisterError(message) from None
    if not isinstance(entries, list):
        message = f"{path}: wanted a CSL-JSON list of sources, each with an 'id'"
        raise RegisterError(message)
    found: dict[str, Source] = {}
    for place, entry in enumerate(entries, start=1):
        key = str(entry.get("id")) if isinstance(entry, dict) else ""
        wrong = f"'{key}' stands twice" if key in found else _wrong(entry)
        if wrong:
            message = f"{path}: source {place}: {wrong}"
            raise RegisterError(message)
        found[key] = Source(key, entry)
    return found


def _wrong(entry: Any) -> str:
    """Say what an entry lacks of the parts of CSL-JSON that are used here, or nothing."""
    key = entry.get("id") if isinstance(entry, dict) else None
    if not isinstance(key, str | int) or key == "":
        return "wanted an object with an 'id'"
    authors = entry.get("author", [])
    if not isinstance(authors, list) or not all(isinstance(each, dict) for each in authors):
        return "'author' is not a list of objects"
    custom = entry.get("custom", {})
    if not isinstance(custom, dict) or not isinstance(custom.get("names", []), list):
        return "'custom' is not an object whose 'names' are a list"
    if not all(isinstance(custom.get(name, ""), str) for name in ("text", "sha256")):
        return "'text' or 'sha256' in 'custom' is not a text"
    issued = entry.get("issued", {})
    dates = issued.get("date-parts", []) if isinstance(issued, dict) else None
    if not isinstance(dates, list) or not all(
        isinstance(date, list) and all(map(_year_or_less, date)) for date in dates
    ):
        return "'issued' has no 'date-parts' of whole numbers"
    return ""


def _year_or_less(part: Any) -> bool:
    return str(part).isdecimal() and len(str(part)) <= LONGEST_YEAR
