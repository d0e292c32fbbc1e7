"""FC0: can the register be read as meant?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from figurecheck.finding import BORDERLINE, BROKEN, ERROR, HOLDS, UNTESTABLE
from figurecheck.rule import Verdict, at, rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from figurecheck.figures import Figure
    from figurecheck.register import Register
    from figurecheck.waiver import Waiver, Waivers

MANY = 5
SURE = 0.85


def _faults(register: Register, *kinds: str) -> Iterator[Verdict]:
    for fault in register.faults:
        if fault.kind in kinds:
            fields = {"text": fault.text, "wanted": fault.wanted}
            yield Verdict(BROKEN, fault.figure, fields=fields, path=fault.path, line=fault.line)


def _parsed(
    register: Register, column: str, read_cell: Callable[[str], object], error: type[ValueError]
) -> Iterator[Verdict]:
    """Yield whether each filled cell of a column can be read; the error says why not."""
    for figure in register.values():
        text = getattr(figure, column)
        if not text:
            continue
        try:
            read_cell(text)
        except error as unknown:
            yield at(figure, BROKEN, fields={"error": str(unknown)})
        else:
            yield at(figure, HOLDS)


@rule("FC001", "cannot be read: {error}")
def number(register: Register) -> Iterator[Verdict]:
    """A reported text states one number, one range or one vague amount.

    What cannot be read is a finding, never silence. A mark for a suppressed number (`..`, `x`, `:`,
    `c`) is no error, but nothing that it stands in can be tested.

    Okay:
        id,reported,unit,source
        a,over 140,000 people,person,s
    FC001:
        id,reported,unit,source
        a,a surge,person,s
    """
    from figurecheck.reading import Suppressed

    for figure in register.values():
        if isinstance(figure.unreadable, Suppressed):
            yield at(figure, UNTESTABLE, reason=f"'{figure.reported}' marks a suppressed number")
        elif figure.reported and figure.unreadable is not None:
            error = {"error": str(figure.unreadable)}
            yield at(figure, UNTESTABLE, severity=ERROR, fields=error)
        elif figure.reported:
            yield at(figure, HOLDS)


@rule("FC002", "has no id of its own: '{text}', wanted {wanted}")
def own_id(register: Register) -> Iterator[Verdict]:
    """An id is of small letters, digits and _, begins with a letter, and stands once.

    Okay:
        id,reported,unit,source
        a,5,person,s
        b,6,person,s
    FC002:
        id,reported,unit,source
        a,5,person,s
        a,6,person,s
    """
    yield from _faults(register, "id", "twice")


@rule("FC003", "has no {column}")
def filled(register: Register) -> Iterator[Verdict]:
    """A figure names its unit, and a reported one its source.

    Okay:
        id,reported,unit,source
        nobody_counted,,person,
    FC003:
        id,reported,unit,source
        a,5,person,
    """
    for figure in register.values():
        cells = {"unit": figure.unit, "source": figure.source_key or not figure.reported}
        for column, text in cells.items():
            yield at(figure, HOLDS if text else BROKEN, fields={"column": column})


@rule("FC004", "has a unit that cannot be read: {error}")
def known_unit(register: Register) -> Iterator[Verdict]:
    """A unit is one that figurecheck knows, by a name that means one thing.

    Okay:
        id,reported,unit,source
        a,5,tonne,s
    FC004:
        id,reported,unit,source
        a,5,kt,s
    """
    from figurecheck.units import UnknownUnit, unit

    yield from _parsed(register, "unit", unit, UnknownUnit)


@rule("FC005", "has a place that cannot be read: {error}")
def known_place(register: Register) -> Iterator[Verdict]:
    """A place is a code of ISO 3166, `M49:` with three digits, or a code of one's own.

    Okay:
        id,reported,unit,place,source
        a,5,person,ITA,s
    FC005:
        id,reported,unit,place,source
        a,5,person,Italy,s
    """
    from figurecheck.place import UnknownPlace, place

    yield from _parsed(register, "place", place, UnknownPlace)


@rule("FC006", "has a period that cannot be read: {error}")
def known_period(register: Register) -> Iterator[Verdict]:
    """A period is an ISO 8601 date at any precision, or an interval of two.

    Okay:
        id,reported,unit,period,source
        a,5,person,2023-01-01/2023-10-15,s
    FC006:
        id,reported,unit,period,source
        a,5,person,last year,s
    """
    from figurecheck.period import UnknownPeriod, period

    yield from _parsed(register, "period", period, UnknownPeriod)


@rule("FC007", "refers to '{text}' as its {column}, which the register does not have{near}")
def known_reference(register: Register) -> Iterator[Verdict]:
    """What a figure repeats is a figure, and its base a figure or a concept of the register.

    Okay:
        id,reported,unit,concept,base,source
        all,40,person,slavery,,s
        women,71 %,percent,slavery/women,slavery,s
    FC007:
        id,reported,unit,concept,base,source
        all,40,person,slavery,,s
        women,71 %,percent,slavery/women,slavary,s
    """
    from figurecheck.formula import near

    concepts = {
        "/".join(steps[:length]): None
        for figure in register.values()
        for steps in [figure.concept.split("/")]
        for length in range(1, len(steps) + 1)
    }
    ids: dict[str, object] = dict.fromkeys(register)
    for column, names, outcome in (
        ("repeats", ids, BROKEN),
        ("base", ids | concepts, BORDERLINE),
    ):
        for figure in register.values():
            text = getattr(figure, column)
            if not text:
                continue
            nearest = (
                "" if text in names else near(text, names, cutoff=SURE if column == "base" else 0.6)
            )
            fields = {"text": text, "column": column, "near": nearest}
            if text in names:
                yield at(figure, HOLDS)
            elif column == "base" and not nearest:
                yield at(figure, UNTESTABLE, reason=f"no other figure is of its base, {text}")
            else:
                yield at(figure, outcome, fields=fields)


@rule("FC008", "cannot be read: {wanted}")
def readable_statement(register: Register) -> Iterator[Verdict]:
    """A statement is in the language, and every name in it is a figure or a derived quantity.

    Okay:
        id,reported,unit,source
        a,5,person,s
        b,5,person,s
        relations:
        id,statement
        same,a == b
    FC008:
        id,reported,unit,source
        a,5,person,s
        relations:
        id,statement
        same,a == c
    """
    from figurecheck.formula import near

    yield from _faults(register, "statement")
    derived = [each.statement.target for each in register.relations if each.statement]
    known: dict[str, object] = dict.fromkeys([*register, *derived])
    for relation in register.relations:
        for name in relation.statement.names if relation.statement else ():
            if name not in known:
                wanted = f"no figure '{name}'{near(name, known)}"
                yield at(relation, BROKEN, fields={"wanted": wanted})


_DAMAGE = (
    (re.compile(r"#(REF|NAME|DIV/0|VALUE|N/A|NUM|NULL|SPILL)|Err:\d"), "an error of a spreadsheet"),
    (re.compile(r"=|\+[A-Z]|@[A-Z]"), "a formula of a spreadsheet, not its value"),
    (re.compile(r"[-+]?\d+([.,]\d+)?E\+\d+$"), "a number that a spreadsheet has shortened"),
    (
        re.compile(r"\d{1,2}-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b"),
        "a date that a spreadsheet has made",
    ),
)


@rule("FC009", "looks damaged by a spreadsheet: '{text}' is {what}")
def undamaged(register: Register) -> Iterator[Verdict]:
    """A reported text stands as it was printed, not as a spreadsheet saved it.

    Spreadsheets turn 27600000 into 2.76E+07 and 27.60 into 27.6, and so change the precision that
    the digits state.

    Okay:
        id,reported,unit,source
        a,27.6 million,person,s
    FC009:
        id,reported,unit,source
        a,2.76E+07,person,s
    """
    for figure in register.values():
        found = next((what for look, what in _DAMAGE if look.match(figure.reported)), "")
        quoted = _longer_in_quote(figure)
        if found:
            fields = {"text": figure.reported[:40], "what": found}
            yield at(figure, BORDERLINE, fields=fields)
        elif quoted:
            what = f"'{quoted}' in its quote"
            yield at(figure, BORDERLINE, fields={"text": figure.reported, "what": what})
        elif figure.reported:
            yield at(figure, HOLDS)


def _longer_in_quote(figure: Figure) -> str:
    """Give the number of the quote that is the same but for noughts at its end, or nothing."""
    from figurecheck.numeral import only_lacks_noughts
    from figurecheck.reading import read

    if not figure.quote or figure.unreadable is not None:
        return ""
    _, found, rest = figure.quote.partition(figure.reported)
    if found and not rest[:1].isdigit():
        return ""
    own = figure.reading
    same = [each for each in read(figure.quote) if each.stated == own.stated]
    if any(each.step >= own.step for each in same):
        return ""
    return next((each.text for each in same if only_lacks_noughts(figure.reported, each.text)), "")


@rule("FC010", "has a waiver that cannot be read: {error}")
def waiver_form(register: Register) -> Iterator[Verdict]:
    """A waiver names its rule and says why.

    Its form is `FC402 with other_id: reason`, one a line, at the end `(until 2027-06-30)` if it is
    to expire.

    Okay:
        id,reported,unit,source,waive
        a,0.5,person,s,FC102: half a post
    FC010:
        id,reported,unit,source,waive
        a,0.5,person,s,FC102
    """
    from figurecheck.waiver import read_waivers

    for owner in register.rows:
        _, errors = read_waivers(owner.waive)
        for error in errors:
            yield at(owner, BROKEN, fields={"error": error})


@rule("FC011", "has a waiver that nothing needs: {waiver}{why}", after=True)
def needed_waiver(waivers: Waivers) -> Iterator[Verdict]:
    """A waiver covers a finding that is still there.

    Okay:
        id,reported,unit,source,waive
        a,0.5,person,s,FC102: half a post
    FC011:
        id,reported,unit,source,waive
        a,5,person,s,FC102: half a post
    """
    for waiver in waivers.all:
        needed = waiver in waivers.used
        fields = {"waiver": str(waiver), "why": "" if needed else _unneeded(waiver, waivers)}
        outcome = HOLDS if needed else BORDERLINE
        yield Verdict(outcome, waiver.owner, (), fields, path=waiver.path, line=waiver.line)


def _unneeded(waiver: Waiver, waivers: Waivers) -> str:
    """Say why a waiver covers nothing, where that can be known."""
    from figurecheck.formula import near

    if waiver.code not in waivers.codes:
        return f"; there is no rule {waiver.code}{near(waiver.code, waivers.codes)}"
    unknown = min(waiver.others.difference(waivers.ids), default="")
    if unknown:
        return f"; there is no figure '{unknown}'{near(unknown, waivers.ids)}"
    others = waivers.left_open(waiver)[:MANY]
    named = " and ".join(f"with {each}" if each else "with no other" for each in others)
    return f"; what {waiver.code} finds is {named}" if named else ""


@rule("FC012", "has a waiver that has expired: {waiver}", after=True)
def lasting_waiver(waivers: Waivers) -> Iterator[Verdict]:
    """A waiver with an end date has not expired.

    Okay:
        id,reported,unit,source,waive
        a,0.5,person,s,FC102: half a post (until 2999-12-31)
    FC012:
        id,reported,unit,source,waive
        a,0.5,person,s,FC102: half a post (until 1999-12-31)
    """
    for waiver in waivers.all:
        outcome = BORDERLINE if waiver.expired(waivers.today) else HOLDS
        yield Verdict(
            outcome, waiver.owner, (), {"waiver": str(waiver)}, path=waiver.path, line=waiver.line
        )


@rule("FC013", "is not laid out as its table: '{text}', wanted {wanted}")
def laid_out(register: Register) -> Iterator[Verdict]:
    """A column is one that figurecheck knows, and a row has a cell for each.

    Okay:
        id,reported,unit,source
        a,5,person,s
    FC013:
        id,reported,unit,source,perod
        a,5,person,s,2021
    """
    yield from _faults(register, "column", "ragged")


@rule("FC014", "goes in a circle: {circle}")
def no_circle(register: Register) -> Iterator[Verdict]:
    """A figure does not come back to itself by what it repeats, by its base, or by what derives it.

    Okay:
        id,reported,unit,source,repeats
        a,5,person,s,b
        b,5,person,s,
    FC014:
        id,reported,unit,source,repeats
        a,5,person,s,b
        b,5,person,s,a
    """
    for column in ("repeats", "base"):
        for circle in _circles({each.id: getattr(each, column) for each in register.values()}):
            words = f"{column} {' -> '.join([*circle[:MANY], circle[0]])}"
            yield at(register[circle[0]], BROKEN, tuple(circle[1:MANY]), fields={"circle": words})
    for relation in register.relations:
        target = relation.statement.target if relation.statement else ""
        refusal = register.derivations.refused.get(target)
        if refusal is not None and refusal.code == "FC014":
            yield at(relation, BROKEN, fields={"circle": str(refusal)})


def _circles(after: Mapping[str, str]) -> Iterator[list[str]]:
    """Give each circle of a map in which every name leads to one other, or out of it."""
    met: set[str] = set()
    for start in after:
        path: dict[str, None] = {}
        name = start
        while name in after and name not in met:
            met.add(name)
            path[name] = None
            name = after[name]
        if name in path:
            way = list(path)
            yield way[way.index(name) :]


@rule("FC015", "has a status that is none of SDMX: '{text}', wanted letters of {letters}")
def known_status(register: Register) -> Iterator[Verdict]:
    """A status is made of letters of the SDMX code list for observation status.

    Okay:
        id,reported,unit,source,status
        a,5,person,s,E
    FC015:
        id,reported,unit,source,status
        a,5,person,s,estimate
    """
    from figurecheck.figures import STATUS

    for figure in filter(lambda each: each.status, register.values()):
        known = set(figure.status.replace(" ", "")) <= set(STATUS)
        fields = {"text": figure.status, "letters": STATUS}
        yield at(figure, HOLDS if known else BROKEN, fields=fields)


@rule("FC016", "can be read in several ways, and is judged over all of them: {note}")
def one_reading(register: Register) -> Iterator[Verdict]:
    """A reported text can be read in one way.

    "1.234" is a little over one in London and over a thousand in Berlin. A fall, as "25 % less", is
    meant with its sign, as the change, or without, as the size of it.

    Okay:
        id,reported,unit,source
        a,1.23,km,s
    FC016:
        id,reported,unit,source
        a,1.234,km,s
    """
    for figure in register.values():
        if figure.unreadable is None and figure.reading.note:
            yield at(figure, UNTESTABLE, fields={"note": figure.reading.note})
