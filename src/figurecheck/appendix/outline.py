"""The appendix as a page: what a reader finds in it, in which order and in which words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from figurecheck.appendix.content import (
    CODE,
    FAINT,
    QUOTE,
    STRONG,
    Bullets,
    Cell,
    Lazy,
    Row,
    Section,
    Span,
    Table,
    line,
    said,
)
from figurecheck.appendix.illustration import Illustrations
from figurecheck.appendix.model import anchor, concepts, shown, title, verdict, when, worst
from figurecheck.figures import path_in_words, publisher
from figurecheck.finding import BORDERLINE, BROKEN, HOLDS, NOTE, OUTCOMES, UNTESTABLE
from figurecheck.place import name_of
from figurecheck.rule import FAMILIES
from figurecheck.wording import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from figurecheck.appendix.content import Block, Line
    from figurecheck.appendix.model import Appendix, Judged
    from figurecheck.derivation import Derived
    from figurecheck.figures import Figure
    from figurecheck.finding import Finding

MEANINGS = {
    HOLDS: "possible with the numbers as printed; it does not say that they are true",
    BORDERLINE: "possible only if a word is stretched as far as a truthful writer may",
    BROKEN: "not possible even then",
    UNTESTABLE: "something that it needs is missing, cannot be read, or leaves everything possible",
}
STATUS = {
    "B": "break in the series",
    "D": "definition differs",
    "E": "estimated",
    "F": "forecast",
    "I": "imputed",
    "P": "provisional",
    "U": "low reliability",
}
"""The letters of SDMX that a reader should be told of."""

MOST_SOURCES, MOST_PICTURES = 20, 60
"""So many sources are named in the summary, and so many relations of one kind are drawn."""


def sections(made: Appendix, references: Mapping[str, Line]) -> dict[str, Section]:
    """Give the sections of the appendix by name, in their order.

    `references` has the entry of each source in the bibliography, by key.
    """
    pictures = Illustrations(made)
    figures = tuple(_figures(made, pictures))
    found = (
        Section("Summary", "summary", tuple(_summary(made))),
        Section("The figures", "figures", tuple(_how_to_read()), figures),
        Section("Derived quantities", "derived", tuple(_derived(made, pictures))),
        Section("Relations", "relations", tuple(_relations(made, pictures))),
        Section("Findings", "findings", (), tuple(_findings(made))),
        Section("Sources", "sources", tuple(_sources(made, references))),
    )
    return {each.anchor: each for each in found}


def many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}"


def _quantities(count: int, which: str = "") -> str:
    return f"{count:,} {which}{'quantity' if count == 1 else 'quantities'}"


# Summary


def _summary(made: Appendix) -> Iterator[Block]:
    derived, refused = made.register.derivations.derived, made.register.derivations.refused
    reported = [each for each in made.register.values() if each.reported]
    silent = len(made.register) - len(reported)
    sources = [each.source_key for each in reported if each.source_key in made.names]
    astray = len(reported) - len(sources)
    yield said(
        f"{many(len(reported), 'figure')} from {many(len(set(sources)), 'source')}"
        + f" ({astray:,} from none that is registered)" * bool(astray)
        + ", "
        f"{_quantities(len(derived))} derived from them, "
        f"and {many(len(made.declared) + len(made.implied), 'relation')} between them "
        f"that must hold if they are right: {len(made.declared):,} declared, as somebody wrote "
        "them down, "
        f"{len(made.implied):,} implied by what the figures are of."
        + f" Nobody reported {many(silent, 'more figure')} of the register." * bool(silent)
        + f" {_quantities(len(refused), 'more ')} could not be derived." * bool(refused)
    )
    declared, implied = made.tally(made.declared), made.tally(made.implied)
    both = (*made.declared, *made.implied)
    waived = made.tally(each for each in both if each.waived)
    yield Table(
        "How the relations came out",
        ("Outcome", "Declared", "Implied", "Of these waived", "What it means"),
        tuple(
            Row(
                (
                    Cell((line(Span(each, STRONG)),)),
                    Cell((line(f"{declared[each]:,}"),), sort=str(declared[each])),
                    Cell((line(f"{implied[each]:,}"),), sort=str(implied[each])),
                    Cell((line(f"{waived[each]:,}"),), sort=str(waived[each])),
                    Cell((line(MEANINGS[each]),)),
                )
            )
            for each in OUTCOMES
        ),
    )
    yield from _from_whom(made, sources)
    stand, let, untested = made.grouped()
    yield said(
        f"{many(len(stand), 'finding')} to look at; {len(let):,} waived, which means that somebody "
        f"gave a reason why it may stand; {len(untested):,} where a rule could not be tested, each "
        f"with why. From {many(made.report.tally['stood_aside'], 'figure')} no relation follows, "
        "for want of what, where or when, or of a number that can be read."
    )


def _from_whom(made: Appendix, keys: Sequence[str]) -> Iterator[Block]:
    """Give the sources with how many figures each has, those with the most first."""
    counts = Counter(keys)
    rows = [
        Row(
            (
                Cell((_cited(made, key),), sort=made.names[key]),
                Cell((line(f"{count:,}"),), sort=str(count)),
            )
        )
        for key, count in counts.most_common(MOST_SOURCES)
    ]
    if rows:
        yield Table("From whom they are", ("Source", "Figures"), tuple(rows))
    if len(counts) > MOST_SOURCES:
        rest = sum(counts.values()) - sum(each for _, each in counts.most_common(MOST_SOURCES))
        more = many(len(counts) - MOST_SOURCES, "more source")
        yield said(f"And {many(rest, 'figure')} from {more}.")


def _how_to_read() -> Iterator[Block]:
    yield said(
        "A printed number stands for all values that may have been rounded to it: “27.6 million” "
        "for 27.55 to 27.65 million. The filled band is what is printed, the open one the most "
        "that a truthful writer may mean by these words; an arrow means that there is no end, a "
        "tick that it is one number, or a band too narrow to draw. A code such as FC301 names the "
        "rule that was asked, and leads to what it found."
    )


# Figures


def _figures(made: Appendix, pictures: Illustrations) -> Iterator[Section]:
    """Give a section for each top concept, with those that it has inside."""
    by_path = concepts(made.register.values())
    tops: dict[str, list[str]] = defaultdict(list)
    for path in by_path:
        tops[path.partition("/")[0]].append(path)
    for top, paths in tops.items():
        section = _concept(made, pictures, top, paths, by_path)
        drawn = (*pictures.plots(top), *pictures.over_time(top))
        yield replace(section, blocks=(*drawn, *section.blocks))


def _concept(
    made: Appendix,
    pictures: Illustrations,
    path: str,
    paths: Sequence[str],
    by_path: Mapping[str, list[Figure]],
) -> Section:
    """Give the section of a concept; `paths` are those at and below it that have figures."""
    below: dict[str, list[str]] = defaultdict(list)
    depth = path.count("/") + 1
    for each in paths:
        if each != path:
            below["/".join(each.split("/")[: depth + 1])].append(each)
    own = by_path.get(path, [])
    blocks = [_figure_table(made, pictures, path, own)] if own else []
    inner = tuple(_concept(made, pictures, each, more, by_path) for each, more in below.items())
    return Section(title(path), anchor("concept", path or "none"), tuple(blocks), inner)


def _figure_table(
    made: Appendix, pictures: Illustrations, path: str, figures: Sequence[Figure]
) -> Table:
    what = title(path).lower() if path else "figures without a concept"
    head = ("Figure", "As printed", "Stands for", "Of what, where and when", "Source", "Status")
    return Table(f"Figures: {what}", head, tuple(_figure(made, pictures, each) for each in figures))


def _figure(made: Appendix, pictures: Illustrations, figure: Figure) -> Row:
    findings = made.findings_of.get(figure.id, [])
    came_to = worst(figure.id, findings)
    return Row(
        partial(_cells, made, pictures, figure, came_to),
        anchor("figure", figure.id),
        {"concept": figure.concept, "source": figure.source_key, "verdict": came_to},
    )


def _cells(
    made: Appendix, pictures: Illustrations, figure: Figure, came_to: str
) -> tuple[Cell, ...]:
    return (
        Cell(tuple(_name(figure)), sort=figure.label or figure.id),
        Cell(tuple(_printed(figure))),
        Cell(tuple(_stands_for(figure)), pictures.row(figure), _sort(figure)),
        Cell(tuple(_of_what(made, figure))),
        Cell(tuple(_from_where(made, figure)), sort=made.names.get(figure.source_key, "")),
        Cell(tuple(_standing(made, figure)), sort=came_to),
    )


def _name(figure: Figure) -> Iterator[Line]:
    if figure.label:
        yield line(Span(figure.label, STRONG))
    yield line(Span(figure.id, CODE))


def _printed(figure: Figure) -> Iterator[Line]:
    if not figure.reported:
        yield line(Span("not reported", FAINT))
        return
    yield line(Span(figure.reported, STRONG))
    if figure.quote:
        yield line(Span(figure.quote, QUOTE))


def _stands_for(figure: Figure) -> Iterator[Line]:
    if figure.unreadable is not None:
        yield line(Span(str(figure.unreadable), FAINT) if figure.reported else "")
        return
    own = figure.measured_in.name if figure.measured_in else figure.unit
    unit, ways = shown(own, figure.reading.narrow, figure.reading.wide)
    narrow, wide = (words(each, unit) for each in ways)
    yield line(narrow)
    if wide != narrow:
        yield line(Span(f"{wide} at the widest", FAINT))
    yield line(Span(figure.unit if unit == own else "", FAINT))


def _sort(figure: Figure) -> str:
    """Give the middle of what a figure states in base units, as a number that scripts read."""
    if figure.unreadable is not None or figure.measured_in is None:
        return ""
    low, high = figure.reading.stated
    middle = (low + high) / 2 * figure.measured_in.factor
    return f"{Decimal(middle.numerator) / Decimal(middle.denominator):.12e}"


def _of_what(made: Appendix, figure: Figure) -> Iterator[Line]:
    own = made.register.subjects[figure.id]
    if figure.base in made.register:
        yield line("share of ", _link(made, figure.base))
    elif own.base:
        yield line("share of ", path_in_words(own.base))
    where = name_of(own.place) if own.place else figure.place
    period = when(own.period) if own.period else figure.period
    missing = [each for each, told in (("where", where), ("when", period)) if not told]
    yield line(", ".join(filter(None, (where, period))))
    yield line(Span(f"{' and '.join(missing)} is not stated" * bool(missing), FAINT))


def _from_where(made: Appendix, figure: Figure) -> Iterator[Line]:
    yield _cited(made, figure.source_key, figure.locator)
    if figure.attributed_to:
        yield line(f"names as its own source: {figure.attributed_to}")
    if figure.repeats in made.register:
        original = made.register[figure.repeats]
        found = publisher(original) or original.source_key
        told = f": {original.reported}" * bool(original.reported)
        yield line("found there: ", _link(made, original.id), f"{told} ({found})")
    elif figure.attributed_to:
        about = [each for each in made.findings_of.get(figure.id, []) if each.code == "FC206"]
        yield line("found there: nothing" if about else Span("not looked up", FAINT))


def _cited(made: Appendix, key: str, locator: str = "") -> Line:
    if key not in made.names:
        return line(key or Span("no source", FAINT), f", {locator}" if locator else "")
    return line(
        Span(made.names[key], link=f"#{anchor('source', key)}"), f", {locator}" if locator else ""
    )


def _standing(made: Appendix, figure: Figure) -> Iterator[Line]:
    findings = made.findings_of.get(figure.id, [])
    for each in sorted(findings, key=lambda each: each.figure != figure.id):
        other = ""
        if each.figure != figure.id:
            joint = "with" if each.figure in made.register else "in"
            other = f", {joint} {made.called(each.figure)}"
        yield line(_came_to(made, each), Span(other, FAINT))
    tally = made.tally(made.standing.get(figure.id, ()))
    told = [f"{outcome} {count}" for outcome, count in tally.items() if count]
    stands = sum(tally.values())
    yield line(f"in {many(stands, 'relation')}: {', '.join(told)}" if stands else "in no relation")
    letters = [STATUS[each] for each in figure.status if each in STATUS]
    if letters:
        yield line(Span(", ".join(letters), FAINT))


def _came_to(made: Appendix, each: Finding) -> Span:
    """Give what a finding comes to, with the link to it."""
    return Span(f"{verdict(each)}: {each.code}", link=f"#{made.anchors[each]}")


def _named(made: Appendix, each: Finding, text: str) -> Line:
    """Give a text of a finding with what figures and sources are called in the place of their ids.

    An id that may be a word is left as it is, and so is what stands in quotes.
    """
    spans = {name: _link(made, name) for name in (each.figure, *each.related)}
    figures = [made.register[name] for name in spans if name in made.register]
    keys = (one.source_key for one in figures)
    spans = {key: span for key in keys for span in _cited(made, key)} | spans
    told = {name: span for name, span in spans.items() if "_" in name}
    if not told:
        return line(text)
    parts = re.split(rf"('[^']*')|\b({'|'.join(map(re.escape, told))})\b", text)
    return line(*(told.get(part, part) for part in parts if part))


def _link(made: Appendix, name: str) -> Span:
    kind = "derived" if name in made.register.derivations.derived else "figure"
    known = kind == "derived" or name in made.register
    return Span(made.called(name), link=f"#{anchor(kind, name)}" if known else "")


# Derived quantities


def _derived(made: Appendix, pictures: Illustrations) -> Iterator[Block]:
    derived, refused = made.register.derivations.derived, made.register.derivations.refused
    if derived:
        head = ("Quantity", "Comes to", "Formula", "With the numbers put in", "Sources")
        rows = tuple(_quantity(made, pictures, each) for each in derived.values())
        yield Table("Derived quantities, rounded outward", head, rows)
    else:
        yield said("None.")
    if refused:
        yield Bullets(
            tuple(
                (line(Span(made.called(name), STRONG), f" is not derived: {refusal}"),)
                for name, refusal in refused.items()
            )
        )


def _quantity(made: Appendix, pictures: Illustrations, each: Derived) -> Row:
    return Row(
        partial(_of_quantity, made, pictures, each),
        anchor("derived", each.id),
        {"concept": each.concept, "source": " ".join(each.key for each in each.sources)},
    )


def _of_quantity(made: Appendix, pictures: Illustrations, each: Derived) -> tuple[Cell, ...]:
    wide = () if each.widest == each.words else (line(Span(f"{each.widest} at the widest", FAINT)),)
    called = (line(Span(made.labels[each.id], STRONG)),) if each.id in made.labels else ()
    concept = (line(Span(path_in_words(each.concept), FAINT)),) if each.concept else ()
    inputs = [line(_link(made, name), f": {_text(made, name)}") for name in each.inputs]
    sources = [_cited(made, source.key) for source in each.sources]
    return (
        Cell((*called, line(Span(each.id, CODE)), *concept), sort=made.called(each.id)),
        Cell((line(Span(each.words, STRONG)), *wide), pictures.derived(each)),
        Cell((line(Span(each.symbols, CODE)),)),
        Cell((line(each.numbers), *inputs)),
        Cell(tuple(sources)),
    )


def _text(made: Appendix, name: str) -> str:
    amount = made.register.amounts.get(name)
    return amount.text if amount else ""


# Relations


def _relations(made: Appendix, pictures: Illustrations) -> Iterator[Block]:
    picture = pictures.map()
    if picture is not None:
        yield picture
    head = ("Relation", "Outcome", "With the numbers put in", "Statement")
    for called, among in (
        ("Relations that somebody declared", made.declared),
        ("Relations that follow from what the figures are of", made.implied),
    ):
        if among:
            yield Table(called, head, tuple(_relation(made, each) for each in among))
            yield from _drawn(pictures, among)
        else:
            yield said(f"{called}: none.")


def _drawn(pictures: Illustrations, among: Sequence[Judged]) -> Iterator[Block]:
    """Give the pictures of relations, those first that do not hold; of very many the first."""
    worst_first = sorted(among, key=lambda each: each.outcome == HOLDS)
    found = list(islice(filter(None, map(pictures.relation, worst_first)), MOST_PICTURES + 1))
    yield from found[:MOST_PICTURES]
    if len(found) > MOST_PICTURES:
        yield said("Of further sums and gaps there is no picture.")


def _relation(made: Appendix, each: Judged) -> Row:
    relation = each.relation
    came_to = "waived" if each.waived else each.outcome
    figures = [made.register[name] for name in relation.names if name in made.register]
    return Row(
        partial(_of_relation, made, each, came_to),
        anchor("relation", relation.id) if relation.id else "",
        {
            "concept": next((figure.concept for figure in figures if figure.concept), ""),
            "source": " ".join(dict.fromkeys(figure.source_key for figure in figures)),
            "verdict": came_to,
        },
    )


def _of_relation(made: Appendix, each: Judged, came_to: str) -> tuple[Cell, ...]:
    relation = each.relation
    identity = (line(Span(relation.id, CODE)),) if relation.id else ()
    waived = (line(Span(f"waived: {each.waived}", FAINT)),) if each.waived else ()
    told = tuple(line(_came_to(made, finding)) for finding in each.findings)
    links = [_link(made, name) for name in relation.names]
    named = [part for link in links for part in (Span(", "), link)][1:]
    return (
        Cell((line(Span(each.called, STRONG)), *identity), sort=each.called),
        Cell((line(Span(each.outcome, STRONG)), *waived, *told), sort=came_to),
        Cell((line(each.proof),)),
        Cell((line(Span(relation.text, CODE)), line(*named))),
    )


# Findings


def _findings(made: Appendix) -> Iterator[Section]:
    laws = {rule.code: rule.law for rule in made.report.rules}
    titles = ("To look at", "Waived, with reasons", "What could not be tested")
    for called, name, among in zip(
        titles, ("stand", "waived", "untested"), made.grouped(), strict=True
    ):
        items = Lazy(partial(_point, made, laws), among)
        anchors = tuple(made.anchors[each] for each in among)
        blocks = (Bullets(items, anchors),) if items else (said("None."),)
        yield Section(called, f"findings-{name}", blocks)


def _point(made: Appendix, laws: Mapping[str, str], each: Finding) -> tuple[Line, ...]:
    return tuple(_finding(made, each, laws))


def _finding(made: Appendix, each: Finding, laws: Mapping[str, str]) -> Iterator[Line]:
    subject = each.message.startswith(f"{each.figure} ")
    told = each.message.removeprefix(f"{each.figure} ") if subject else each.message
    name = Span(made.called(each.figure), STRONG, _place(made, each))
    end = "" if told.endswith(("?", ".")) else "."
    fits = f"It {each.diagnosis}." if each.diagnosis.startswith("fits") else each.diagnosis
    texts = (f"{told}{end}", each.proof, fits)
    first, *more = (_named(made, each, text) for text in texts if text)
    yield line(Span(f"{_degree(each)}: "), name, " ", *first)
    yield from more
    if each.waived:
        yield line(Span("Waived: ", STRONG), each.waived)
    law = laws.get(each.code)
    if law:
        yield line(
            Span(
                f"What was asked ({FAMILIES.get(each.code[:-2], 'a rule of your own')}): {law}",
                FAINT,
            )
        )
    linked = {span for found in (first, *more) for span in found}
    others = [_link(made, name) for name in each.related if name in made.register]
    unlinked = [part for link in others if link not in linked for part in (Span(", "), link)][1:]
    if unlinked:
        yield line("See ", *unlinked)


def _degree(each: Finding) -> str:
    """Give what a finding comes to and its severity, without the waiver and where that adds any."""
    severity = f", {each.severity}" if each.severity != NOTE else ""
    return f"{verdict(replace(each, waived=''))} ({each.code}{severity})"


def _place(made: Appendix, each: Finding) -> str:
    """Give the link to what a finding is about; of a refused quantity nothing is shown."""
    if not each.relation and each.figure in made.register:
        return f"#{anchor('figure', each.figure)}"
    if each.figure in made.declared_ids:
        return f"#{anchor('relation', each.figure)}"
    derived = made.register.derivations.derived
    return f"#{anchor('derived', each.figure)}" if each.figure in derived else ""


# Sources


def _sources(made: Appendix, references: Mapping[str, Line]) -> Iterator[Block]:
    items = tuple((references[source.key],) for source in made.sources)
    anchors = tuple(anchor("source", source.key) for source in made.sources)
    yield Bullets(items, anchors) if items else said("None.")
