"""A document held against a register: what its numbers state, and how much of it is sourced."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import TYPE_CHECKING, NamedTuple

from figurecheck.backing import Backing
from figurecheck.confront import found_by, weighed
from figurecheck.context import Surroundings
from figurecheck.document import OPAQUE
from figurecheck.figures import Figure
from figurecheck.reading import read
from figurecheck.rules import RULES, asked
from figurecheck.rules.stated import Statings
from figurecheck.stating import (
    CONTRADICTS,
    DERIVED,
    PRECISION,
    QUALIFIER,
    STATED,
    STATUSES,
    UNSOURCED,
    Stating,
)
from figurecheck.topic import Facts, facts
from figurecheck.vocabulary import stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from figurecheck.document import Document, Mention
    from figurecheck.finding import Finding
    from figurecheck.register import Register
    from figurecheck.rule import Rule

SET_ASIDE = "set_aside"
CODES = {CONTRADICTS: "FC501", QUALIFIER: "FC502", PRECISION: "FC503"}
DRAWS = 10
"""So many random numbers are put in the place of each, to see how many chance would back."""

SEED = 2026
LONGEST_ID = 40
LABEL_WORDS = 6


@dataclass(frozen=True, slots=True)
class Linted:
    """What a document states, beside a register.

    `tally` counts its quantities by status, and the digits that are set aside. `rules` are those
    that it was held against.
    """

    document: Document
    statings: tuple[Stating, ...]
    findings: tuple[Finding, ...]
    tally: Mapping[str, int]
    rules: tuple[Rule, ...] = ()

    def accuses(self, stating: Stating) -> bool:
        """Tell whether one of the findings is that a quantity is not as the register has it."""
        mention = stating.mention
        code = CODES.get(stating.status, "")
        told = {(each.place, each.line, each.column, each.code) for each in self.findings}
        return (mention.place, mention.line, mention.column, code) in told

    def at_least(self, severity: str) -> tuple[Finding, ...]:
        """Give the findings of a severity or above."""
        return tuple(each for each in self.findings if each.at_least(severity))


class Coverage(NamedTuple):
    """How many quantities are sourced, and how many random numbers in their place would be."""

    quantities: int
    sourced: int
    tried: int
    by_chance: int


def stateable(register: Register) -> Facts:
    """Give what a document may state of a register: its figures and derived quantities."""
    labels = {each.id: each.label for each in register.relations}
    return facts(register, register.subjects, register.derivations.derived, labels)


def lint(
    register: Register,
    document: Document,
    *,
    known: Facts | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    extend_select: Sequence[str] = (),
    severities: Mapping[str, str] | None = None,
    rules: Sequence[Rule] = RULES,
) -> Linted:
    """Hold a document against a register.

    `known` is what `stateable` gave for it, where several documents are held against one; the rest
    is as for `check`.
    """
    asked_of = asked(
        select,
        ignore,
        extend=extend_select,
        severities=severities,
        among=rules,
        of_documents=True,
    )
    found = Backing(known or stateable(register)).statings(document)
    stated = Statings(register, document, found)
    tally: Counter[str] = Counter(dict.fromkeys((*STATUSES, SET_ASIDE), 0))
    tally.update(each.status for each in found)
    tally[SET_ASIDE] = len(document.set_aside)
    findings = [
        weighed(each, severities or {})
        for rule in asked_of
        for each in found_by(rule, rule.check(stated), Counter())
    ]
    places = [each.place for each in document.mentions] + [each.place for each in document.ties]
    order = {place: number for number, place in enumerate(dict.fromkeys(places))}
    findings.sort(key=lambda each: (order[each.place], each.line, each.column, each.code))
    return Linted(document, tuple(found), tuple(findings), dict(tally), asked_of)


def coverage(known: Facts, linted: Linted) -> Coverage:
    """Give how much of a document is sourced, and what chance would make of it.

    In the place of each number, others with as many digits are tried; what a register that is large
    and numbers that are short make look sourced is known by this.
    """
    backing, document = Backing(known), linted.document
    around = Surroundings(document)
    draw = random.Random(SEED)  # noqa: S311 - nothing is kept secret
    tried = by_chance = 0
    for mention in document.mentions:
        context = around.context(mention)
        for other in _others(mention, draw):
            tried += 1
            as_printed = context._replace(printed=other.text)
            met = backing.candidates(other, as_printed)
            by_chance += bool(met) and not met[0].clashes
    sourced = sum(each.status in {STATED, DERIVED} for each in linted.statings)
    return Coverage(len(linted.statings), sourced, tried, by_chance)


def _others(mention: Mention, draw: random.Random) -> Iterator[Mention]:
    """Give the same quantity with other digits, as many and with as many noughts at the end."""
    digits = re.findall(r"[0-9]", mention.text)
    if not digits:
        return
    kept = len("".join(digits).rstrip("0"))
    for _ in range(DRAWS):
        drawn = [draw.choice("123456789") for _ in range(kept)]
        new = iter([*drawn, *"0" * (len(digits) - kept)])
        text = re.sub(r"[0-9]", lambda _, new=new: next(new), mention.text)  # type: ignore[misc]
        yield from (replace(mention, text=text, reading=each) for each in read(text)[:1])


def suggested(register: Register, linted: Linted) -> list[Figure]:
    """Give rows for figures.csv for the quantities that no figure backs, a person to complete them.

    The source is the document, by its name; it is to be replaced by where the number comes from.
    """
    taken = set(register)
    around = Surroundings(linted.document)
    rows = []
    for each in linted.statings:
        if each.status != UNSOURCED:
            continue
        mention = each.mention
        context = around.context(mention)
        label = _label(mention)
        name = _id(label, taken)
        taken.add(name)
        places = [place for distance, place in context.places if not distance]
        times = [str(time) for distance, time in context.times if not distance]
        rows.append(
            Figure(
                name,
                " ".join(context.printed.split()),
                _unit(context.printed),
                label,
                place=str(places[0]) if len(places) == 1 else "",
                period=times[0] if len(times) == 1 and times[0][:1].isdecimal() else "",
                source_key=_name(linted.document.path),
                locator=", ".join(filter(None, [mention.place, f"line {mention.line}"])),
                quote=" ".join(mention.sentence.replace(OPAQUE, "").split()),
            )
        )
    return rows


def _label(mention: Mention) -> str:
    """Give the words behind a number, or those before it, up to the next number or stop."""
    text, reading = mention.block.text, mention.reading
    behind = re.split(r"[.,;:()0-9]", text[reading.end : reading.end + 100])[0].split()
    before = re.split(r"[.,;:()0-9]", text[max(0, reading.start - 100) : reading.start])[-1].split()
    words = behind[:LABEL_WORDS] if any(map(_tells, behind)) else before[-LABEL_WORDS:]
    while words and not _tells(words[0]):
        words = words[1:]
    while words and not _tells(words[-1]):
        words = words[:-1]
    return " ".join(words).lstrip("=+-@ ")


def _unit(text: str) -> str:
    return next((each.unit for each in read(text)), "") or "1"


def _tells(word: str) -> bool:
    return bool(stem(word))


def _id(label: str, taken: set[str]) -> str:
    """Give an id that is not taken, of the words of a label that tell something."""
    words = [word for word in re.findall(r"[a-z]+", label.lower()) if stem(word)]
    name = "_".join(words)[:LONGEST_ID].strip("_") or "figure"
    numbered = (f"{name}_{number}" for number in count(2))
    return next(each for each in chain([name], numbered) if each not in taken)


def _name(path: str) -> str:
    name = re.split(r"[/\\]", path)[-1].partition(".")[0]
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") or "document"
