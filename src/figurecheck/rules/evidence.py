"""FC2: does its evidence bear the figure out?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from figurecheck.finding import BORDERLINE, BROKEN, HOLDS, NOTE, UNTESTABLE
from figurecheck.rule import Verdict, at, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from figurecheck.figures import Figure
    from figurecheck.period import Period
    from figurecheck.quotation import Quantity
    from figurecheck.register import Register
    from figurecheck.rule import Owner

MANY = 5
LONGEST_SHOWN = 200


def _repeats(register: Register) -> Iterator[tuple[Figure, Figure]]:
    for figure in register.values():
        if figure.repeats in register.figures and figure.repeats != figure.id:
            yield figure, register.figures[figure.repeats]


def _cited(register: Register) -> Iterator[tuple[Owner, str]]:
    """Yield what has a row of its own, with the key of the source that it names."""
    yield from ((each, each.source_key) for each in register.values())
    yield from ((each, each.source) for each in register.relations)


@rule("FC201", "names a source that sources.csl.json does not have: '{text}'{near}")
def known_source(register: Register) -> Iterator[Verdict]:
    """A source is an entry of sources.csl.json, so that it can be cited.

    Okay:
        id,reported,unit,source
        a,5,person,s
        sources: s
    FC201:
        id,reported,unit,source
        a,5,person,t
        sources: s
    """
    from figurecheck.formula import near

    for owner, key in _cited(register):
        if key in register.sources:
            yield at(owner, HOLDS)
        elif key:
            fields = {"text": key, "near": near(key, register.sources)}
            yield at(owner, BROKEN, fields=fields)


@rule("FC202", "repeats {other}, a figure of another {what}")
def repeats_the_same_thing(register: Register) -> Iterator[Verdict]:
    """A figure that repeats another is of the same concept, base, period, place and unit.

    Most wrong figures in the news are right numbers of another group, year or place. Only what both
    state is compared. Of units, points are not per cent; what a unit is per, and the time, may be
    left out of a text.

    Okay:
        id,reported,unit,concept,period,source,repeats
        a,71 %,percent,slavery/women,2016,s,
        b,71 per cent,percent,slavery/women,,s,a
    FC202:
        id,reported,unit,concept,period,source,repeats
        a,71 %,percent,slavery/women,2016,s,
        b,71 per cent,percent,slavery/forced_labour/women,2021,s,a
    """
    for figure, other in _repeats(register):
        own, theirs = register.subjects[figure.id], register.subjects[other.id]
        unlike = {
            name: f"{name} {yours}, not {mine}"
            for name in ("concept", "base", "period", "place")
            for mine, yours in [(getattr(own, name), getattr(theirs, name))]
            if mine and yours and mine != yours
        }
        if _unlike_units(figure, other):
            unlike["unit"] = f"unit {other.unit}, not {figure.unit}"
        proof = "; ".join(unlike.values())
        fields = {"other": other.id, "what": _listed(list(unlike))}
        yield at(figure, BROKEN if unlike else HOLDS, (other.id,), fields=fields, proof=proof)


def _unlike_units(figure: Figure, other: Figure) -> bool:
    """Tell whether two units are sure to be of different things."""
    mine, theirs = figure.measured_in, other.measured_in
    if mine is None or theirs is None:
        return False
    if mine.dimensionless and theirs.dimensionless:
        one_in_points = figure.difference != other.difference
        return one_in_points and (figure.proportion or other.proportion)
    return not (mine.spoken_for(theirs) or theirs.spoken_for(mine))


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


@rule("FC203", "repeats {other}, and is another number")
def repeats_the_number(register: Register) -> Iterator[Verdict]:
    """A figure that repeats another states a number that the other allows.

    Okay:
        id,reported,unit,source,repeats
        a,27.6 million,person,s,
        b,28 million,person,s,a
    FC203:
        id,reported,unit,source,repeats
        a,27.6 million,person,s,
        b,26.7 million,person,s,a
    """
    from figurecheck.quotation import says_less
    from figurecheck.relation import order

    for figure, other in _repeats(register):
        readable = figure.amount is not None and other.amount is not None
        if readable and says_less(figure, other):
            yield at(figure, HOLDS, (other.id,))
            continue
        judged = order(figure, "==", other)
        yield at(
            figure,
            judged.outcome,
            (other.id,),
            fields={"other": other.id},
            proof=judged.proof if judged.outcome in {BROKEN, BORDERLINE} else "",
            reason=judged.reason,
            stretched=judged.outcome == BORDERLINE,
            diagnosis=register.diagnosis(figure, judged) if judged.outcome == BROKEN else "",
        )


@rule("FC204", "repeats {other}, and {what}")
def repeats_the_qualifier(register: Register) -> Iterator[Verdict]:
    """A figure that repeats another keeps its hedge or bound.

    A hedge that is added, or a bound that the original satisfies, says less and is no finding.
    "Estimated" is kept by the status E.

    Okay:
        id,reported,unit,source,repeats
        a,"157,652",person,s,
        b,"over 150,000",person,s,a
    FC204:
        id,reported,unit,source,repeats
        a,"over 150,000",person,s,
        b,"150,000",person,s,a
    """
    from figurecheck.quotation import REVERSED, changed_qualifier

    for figure, other in _repeats(register):
        if figure.amount is not None and other.amount is not None:
            change = changed_qualifier(figure, other)
            outcome = BROKEN if change == REVERSED else BORDERLINE if change else HOLDS
            proof = f"'{other.reading.text}' has become '{figure.reading.text}'"
            fields = {"other": other.id, "what": change}
            yield at(figure, outcome, (other.id,), fields=fields, proof=proof)


@rule("FC205", "names {named} for what it repeats, {other}, which is of {source}")
def repeats_the_publisher(register: Register) -> Iterator[Verdict]:
    """A figure that repeats another names the other's publisher, or the one that the other names.

    Publishers match by source key or by any of their names in sources.csl.json, spelled out or by
    initials; one of several is enough, and so is the title of the publication.

    Okay:
        id,reported,unit,source,attributed_to,repeats
        a,5,person,ilo_2022,,
        b,5,person,news,ILO,a
        sources: ilo_2022=ILO, news
    FC205:
        id,reported,unit,source,attributed_to,repeats
        a,5,person,ilo_2022,,
        b,5,person,news,UNODC,a
        sources: ilo_2022=ILO, news
    """
    from figurecheck.figures import bearers, borne_by, called

    for figure, other in _repeats(register):
        if figure.attributed_to and other.source is not None:
            named = figure.attributed_to
            borne = called(named) & borne_by(other)
            publishers = ", ".join(sorted(bearers(other) - {other.source_key.casefold()}))
            fields = {
                "other": other.id,
                "named": named,
                "source": publishers or other.source.title or other.source.key,
            }
            yield at(figure, HOLDS if borne else BROKEN, (other.id,), fields=fields)


@rule("FC206", "is not borne by {named}: no registered figure of it is of {concept}{alike}")
def borne_by_its_publisher(register: Register) -> Iterator[Verdict]:
    """The publisher that a figure names has a registered figure of this concept.

    It is a finding only where equal values of other things are registered, so that one of them may
    be what was meant. A register without figures of this publisher cannot tell.

    Okay:
        id,reported,unit,concept,source,attributed_to
        a,79 %,percent,victims/abroad,unodc_2009,
        b,79 per cent,percent,victims/abroad,news,UNODC
        sources: unodc_2009=UNODC, news
    FC206:
        id,reported,unit,concept,source,attributed_to
        a,79 %,percent,victims/sexual,unodc_2009,
        b,79 per cent,percent,victims/abroad,news,UNODC
        sources: unodc_2009=UNODC, news
    """
    from figurecheck.figures import called, printed_value

    borne: dict[str, set[str]] = {}
    equal: dict[object, list[Figure]] = {}
    for figure in register.values():
        if figure.source is not None and not figure.repeats and not figure.attributed_to:
            for name in figure.source.spellings:
                borne.setdefault(name, set()).add(figure.concept)
        if figure.amount is not None and not figure.attributed_to:
            equal.setdefault(printed_value(figure), []).append(figure)
    for figure in register.values():
        if (
            figure.repeats
            or not figure.attributed_to
            or not figure.concept
            or figure.amount is None
        ):
            continue
        named = called(figure.attributed_to)
        theirs = [borne[name] for name in named if name in borne]
        if any(figure.concept in concepts for concepts in theirs):
            yield at(figure, HOLDS)
            continue
        alike = [
            each for each in equal.get(printed_value(figure), []) if each.concept != figure.concept
        ]
        if theirs and alike:
            listed = "; ".join(f"{each.id}: {each.reported}, {each.concept}" for each in alike[:5])
            fields = {
                "named": figure.attributed_to,
                "concept": figure.concept,
                "alike": f", though {_equals(len(alike))} of other things",
            }
            others = tuple(each.id for each in alike)
            yield at(figure, BORDERLINE, others, fields=fields, proof=listed)
        elif figure.source is None or not named & figure.source.spellings:
            reason = f"no registered figure of {figure.attributed_to} is of {figure.concept}"
            yield at(figure, UNTESTABLE, reason=reason)


def _equals(count: int) -> str:
    return "an equal value is" if count == 1 else f"{count} equal values are"


@rule("FC207", "has a value that its text does not allow: {value}")
def value_as_reported(register: Register) -> Iterator[Verdict]:
    """The machine number in `value` is one that `reported` may stand for.

    Okay:
        id,reported,unit,value,source
        a,27.6 million,person,27600000,s
    FC207:
        id,reported,unit,value,source
        a,27.6 million,person,27.6,s
    """
    from fractions import Fraction

    from figurecheck.figures import VALUE

    for figure in register.values():
        if not figure.value or figure.unreadable is not None:
            continue
        plain = re.fullmatch(VALUE, figure.value)
        ways = figure.reading.ways
        fits = plain is not None and any(Fraction(figure.value) in each.wide for each in ways)
        proof = f"value {figure.value}, reported {figure.reported}"
        fields = {"value": figure.value}
        yield at(figure, HOLDS if fits else BROKEN, fields=fields, proof=proof)


@rule("FC208", "is not the number of its quote: {what}")
def number_of_its_quote(register: Register) -> Iterator[Verdict]:
    """The quote states the reported number, with its scale, its sign and its unit.

    Numbers are compared by what they may stand for, not by how they are spelled, and one that
    agrees is enough. Where only the scale, the unit or the sign is another, this is said, and so is
    it where the quote has fewer digits: it does not contain what is reported.

    Okay:
        id,reported,unit,source,quote
        a,27.6 million,person,s,"of 27,600,000 victims, 3.9 million"
    FC208:
        id,reported,unit,source,quote
        a,27.6 million,person,s,27.6 billion people
    """
    from figurecheck.diagnosis import slips
    from figurecheck.quotation import DIGITS, OTHER, SCALE

    for figure, found, reason in register.quoted:
        if reason:
            yield at(figure, UNTESTABLE, reason=reason)
            continue
        nearest, one = found[0], len(found) == 1
        theirs = nearest.read_as.amount
        offers: list[str] = []
        if nearest.number == BROKEN and figure.amount and theirs and (one or nearest.what == SCALE):
            offers = slips(figure.reported, figure.amount, theirs.narrow)
        what = {OTHER: "it states another", DIGITS: "it has fewer digits"}.get(
            nearest.what, f"another {nearest.what}"
        )
        yield at(
            figure,
            nearest.number,
            fields={"what": what},
            proof=_beside(figure, found),
            stretched=nearest.number == BORDERLINE and nearest.what == OTHER,
            diagnosis="; ".join(offers),
        )


def _beside(figure: Figure, found: list[Quantity]) -> str:
    listed = ", ".join(f"'{each.text}'" for each in found[:MANY])
    more = f" and {len(found) - MANY} more" * (len(found) > MANY)
    return f"'{figure.reported}' is reported, the quote has {listed}{more}"


@rule("FC209", "{what} of its quote")
def qualifier_of_its_quote(register: Register) -> Iterator[Verdict]:
    """A figure keeps the hedge or bound with which its quote states the number.

    A hedge that is added, or a bound that the quoted number satisfies, says less and is no finding.
    "Estimated" is kept by the status E.

    Okay:
        id,reported,unit,source,quote
        a,"over 150,000",person,s,"157,652 people"
    FC209:
        id,reported,unit,source,quote
        a,"150,000",person,s,"over 150,000 people"
    """
    from figurecheck.quotation import REVERSED

    for figure, found, reason in register.quoted:
        if reason:
            yield at(figure, UNTESTABLE, reason=reason)
        elif found[0].number == HOLDS:
            change = found[0].change
            outcome = BROKEN if change == REVERSED else BORDERLINE if change else HOLDS
            fields = {"what": change.replace("its", "the")}
            yield at(figure, outcome, fields=fields, proof=_beside(figure, found[:1]))


@rule("FC210", "has a quote that {how} the archived text of {source}")
def quote_in_its_text(register: Register) -> Iterator[Verdict]:
    """The quote stands letter for letter in the archived text of its source.

    Quotation marks, dashes, spaces and line breaks may differ, words may not. An ellipsis and words
    in square brackets join pieces that come in order. The text is `custom.text` of the source in
    sources.csl.json, or stands in the folder of `--texts`. The quotes of a source without one are
    untestable, which is said once.

    Okay:
        id,reported,unit,source,quote
        a,5,person,s,"“5 people … in all”"
        texts:
        s: There came 5 people, it says, in all.
    FC210:
        id,reported,unit,source,quote
        a,5,person,s,5 people came
        texts:
        s: There came 5 people, it says, in all.
    """
    from figurecheck.passage import ALMOST, NOWHERE, Passages, wordless

    quoting: dict[str, list[Figure]] = {}
    for figure in register.values():
        if figure.quote.strip() and figure.source is not None:
            quoting.setdefault(figure.source_key, []).append(figure)
    for key, figures in quoting.items():
        text = register.archive and register.archive(register.sources[key])
        if text is None or text.wrong:
            lacking = f"no archived text of {key} can be read to find its quote in"
            more = f", nor those of {len(figures) - 1} more" * (len(figures) > 1)
            others = tuple(each.id for each in figures[1:])
            yield at(figures[0], UNTESTABLE, others, reason=lacking + more)
            continue
        passages = Passages(text.words)
        for figure in figures:
            if wordless(figure.quote):
                yield at(figure, UNTESTABLE, reason="its quote has no words")
                continue
            found = passages.holds(figure.quote)
            how = f"stands only {found} in" if found else "does not stand in"
            outcome = {ALMOST: BORDERLINE, NOWHERE: BROKEN}.get(found, HOLDS)
            proof = ""
            if outcome == BROKEN:
                stands, not_there = passages.as_far_as(figure.quote)
                proof = f"as far as '{stands}' it does, not '{not_there}'"
                proof = proof if stands else f"not even '{not_there}' does"
            elif outcome == BORDERLINE:
                proof = f"'{figure.quote[:LONGEST_SHOWN]}'"
            yield at(figure, outcome, fields={"how": how, "source": key}, proof=proof)


@rule("FC211", "cites {source}, whose archived text is not to be used: {wrong}")
def archived_text_as_meant(register: Register) -> Iterator[Verdict]:
    """An archived text that a source names can be read, and is the one that was meant.

    Its SHA-256, where `custom.sha256` gives it, tells that nobody changed it since.

    Okay:
        id,reported,unit,source
        a,5,person,s
        texts:
        s: 5 people
    FC211:
        id,reported,unit,source
        a,5,person,s
        texts:
        s 0d5c3a: 5 people
    """
    first: dict[str, Owner] = {}
    for owner, key in _cited(register):
        first.setdefault(key, owner)
    for key, owner in first.items():
        source = register.sources.get(key)
        text = register.archive(source) if register.archive and source else None
        if text is not None:
            fields = {"source": key, "wrong": text.wrong}
            yield at(owner, BROKEN if text.wrong else HOLDS, fields=fields)


@rule("FC212", "repeats {other}, and leaves out its {what}")
def repeats_all_that_matters(register: Register) -> Iterator[Verdict]:
    """A figure that repeats another says of what, of when and of whom it is, and how it was made.

    A note, for no number is wrong: the other has a concept, a base, a spread, a price year, a time
    in its unit, or the status of an estimate, and this figure has none. An empty place or period is
    taken from the other; whether a reader is told when, and whose number it is, is asked of the
    quote: any word of time and any of the names is enough, and without a quote it is not asked.

    Okay:
        id,reported,unit,period,source,repeats,quote
        a,27.6 million,person,2021,ilo_2022,,
        b,27.6 million,person,,news,a,"27.6 million, the ILO said last year"
        sources: ilo_2022=ILO, news
    FC212:
        id,reported,unit,period,source,repeats,quote
        a,27.6 million,person,2021,ilo_2022,,
        b,27.6 million,person,,news,a,"27.6 million currently, the ILO said"
        sources: ilo_2022=ILO, news
    """
    from figurecheck.repetition import left_out

    for figure, other in _repeats(register):
        if figure.amount is None:
            continue
        found = dict(
            left_out(figure, other, register.subjects[figure.id], register.subjects[other.id])
        )
        yield at(
            figure,
            BORDERLINE if found else HOLDS,
            (other.id,),
            fields={"other": other.id, "what": _listed(list(found))},
            proof=f"{other.id}: {'; '.join(found.values())}",
            severity=NOTE if found else "",
        )


@rule("FC213", "is stale, for {why}: in a newer edition, {other} is {value}")
def newest_edition(register: Register) -> Iterator[Verdict]:
    """A figure is of the newest edition that is known, or says of when it is.

    An edition is a figure of the same publisher, by any of its names, and of the same concept, base
    and place, in a source that was issued later. A figure that states its period, itself or by its
    base, is a point of a series, and stale only where that very period was published anew. So is
    one that stands beside the newer edition, in its source or in a relation. It is a warning where
    a text repeats what was superseded when it was issued, else a note.

    Okay:
        id,reported,unit,concept,place,period,source,repeats
        a,24.9 million,person,slavery,ITA,2016,old,
        b,27.6 million,person,slavery,ITA,2021,new,
        c,24.9 million,person,slavery,ITA,2016,news,a
        sources: old 2017=ILO, new 2022-09=ILO, news 2024
    FC213:
        id,reported,unit,concept,place,period,source,repeats
        a,24.9 million,person,slavery,ITA,2016,old,
        b,27.6 million,person,slavery,ITA,2021,new,
        c,24.9 million,person,slavery,ITA,,news,a
        sources: old 2017=ILO, new 2022-09=ILO, news 2024
    """
    from figurecheck.edition import standings

    for each in standings(register.figures, register.subjects, register.relations):
        figure, newer = each.figure, each.newer
        if each.undated:
            reason = f"no date of issue is known of {each.undated}, to tell which edition is newer"
            yield at(figure, UNTESTABLE, reason=reason)
        elif newer is None:
            yield at(figure, HOLDS)
        else:
            old, new = (
                _edition(shown, register.subjects[shown.id].period)
                for shown in (each.original, newer.figure)
            )
            yield at(
                figure,
                BORDERLINE,
                (newer.figure.id, *[each.original.id] * bool(figure.repeats)),
                fields={
                    "why": "its period was published anew"
                    if register.subjects[each.original.id].period == newer.period is not None
                    else "it does not say of when it is",
                    "other": newer.figure.id,
                    "value": newer.figure.reported,
                },
                proof=f"'{figure.reported}' is {old}; '{newer.figure.reported}' is {new}",
                severity="" if each.known else NOTE,
            )


def _edition(figure: Figure, when: Period | None) -> str:
    """Name the source of a figure, when it was issued, and of when the figure is."""
    source = figure.source
    issued = "-".join(f"{part:02}" for part in source.issued) if source else ""
    of = f"of {when}" if when else "of no stated period"
    return f"{of}, issued {issued} ({figure.source_key})"
