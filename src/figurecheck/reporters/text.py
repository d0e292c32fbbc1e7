"""Text for the terminal: findings with proof and sources, and how much was tested."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from figurecheck.finding import OUTCOMES, UNTESTABLE
from figurecheck.rule import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from figurecheck.confront import Report
    from figurecheck.derivation import Derived, Refused
    from figurecheck.figures import Source
    from figurecheck.finding import Finding
    from figurecheck.lint import Coverage, Linted
    from figurecheck.reading import Reading
    from figurecheck.register import Equal, Register
    from figurecheck.relation import Judgement
    from figurecheck.rule import Rule
    from figurecheck.solve import Conflict, Solution
    from figurecheck.stating import Stating

    Paint = Callable[[str, str], str]
    More = Callable[[Finding], Iterator[str]]

MANY = 3


def plain(words: str, _style: str) -> str:
    """Give words as they are: without colour."""
    return words


def report(
    register: Register,
    made: Report,
    paint: Paint,
    *,
    every: bool = False,
    more: More | None = None,
) -> Iterator[str]:
    """Give the findings with proof and sources, what could not be tested, and the tally.

    Of what one rule could not test the first few, unless `every` is true. What gives `more` lines
    of a finding makes each a finding like the others.
    """
    yield f"register: {register.path}"
    untested = defaultdict(list)
    for finding in made.findings:
        if finding.untested and not finding.waived and more is None:
            untested[finding.code].append(finding)
        else:
            yield ""
            yield from told(register, finding, paint, more)
    yield ""
    for code, findings in sorted(untested.items()):
        yield from _untested(code, findings, len(findings) if every else MANY, paint)
    yield from tally(made, paint)


def told(
    register: Register, finding: Finding, paint: Paint, more: More | None = None
) -> Iterator[str]:
    """Give a finding with its proof, diagnosis, sources and waiver."""
    waived = " (waived)" if finding.waived else ""
    severity = paint(finding.severity, finding.severity) + waived
    yield f"{finding.where}: {paint(finding.code, 'bold')} {severity}: {finding.message}"
    if finding.proof:
        yield f"    {finding.proof}"
    if finding.diagnosis:
        yield f"    {finding.diagnosis}"
    cited = sources(register, finding)
    if cited:
        yield paint(f"    sources: {', '.join(cited)}", "faint")
    if finding.waived:
        yield paint(f"    waived: {finding.waived}", "faint")
    if more is not None:
        yield from more(finding)


def sources(register: Register, finding: Finding) -> list[str]:
    """Give the keys of the sources of all figures that a finding is about, each once."""
    figures = [register[name] for name in (finding.figure, *finding.related) if name in register]
    return list(dict.fromkeys(each.source_key for each in figures if each.source_key))


def linted(
    register: Register,
    documents: Sequence[Linted],
    paint: Paint,
    covered: Sequence[Coverage] = (),
    *,
    every: bool = False,
    aside: bool = False,
    more: More | None = None,
) -> Iterator[str]:
    """Give the findings on documents, and what the numbers of each are to the register.

    Of what no figure backs, what is near one and the first few others, unless `every` is true, or
    `more` gives further lines of a finding; with `aside` also the digits that state no quantity.
    """
    from figurecheck.document import REASONS

    yield f"register: {register.path}"
    for number, one in enumerate(documents):
        unsourced = [each for each in one.findings if each.outcome == UNTESTABLE]
        for finding in one.findings:
            if finding.outcome != UNTESTABLE:
                yield ""
                yield from told(register, finding, paint, more)
        yield ""
        far = 0
        for finding in unsourced:
            far += not finding.proof
            if finding.proof or every or more or far <= MANY:
                yield from told(register, finding, lambda text, _: paint(text, "faint"), more)
        if far > MANY and not (every or more):
            yield paint(f"FC504 and {far - MANY} more; --strict shows all", "faint")
        for each in one.document.set_aside if aside else ():
            where = ", ".join(filter(None, [one.document.path, each.place]))
            reason = REASONS[each.reason]
            yield paint(
                f"{where}:{each.line}:{each.column}: set aside: '{each.text}': {reason}", "faint"
            )
        yield tally_of(one)
        for found in covered[number : number + 1]:
            yield from coverage(found)
    yield from faults(register)


def tally_of(one: Linted) -> str:
    """Give how many numbers of a document are what."""
    counts = dict(one.tally)
    aside = counts.pop("set_aside")
    told = ", ".join(f"{count} {status}" for status, count in counts.items())
    return f"{one.document.path}: {many(sum(counts.values()), 'number')}: {told}; {aside} set aside"


def faults(register: Register) -> Iterator[str]:
    """Say how many faults the files of a register have, where they have any."""
    if register.faults:
        found = many(len(register.faults), "fault")
        yield f"{register.path}: {found} in the form of its files; 'figurecheck check' says which"


def unread(reasons: Iterable[str]) -> Iterator[str]:
    """Give what could not be read, and why."""
    yield from (f"not read: {each}" for each in reasons)


def coverage(found: Coverage) -> Iterator[str]:
    """Give how much of a document is sourced, and how much would look so by chance."""
    yield f"    sourced: {found.sourced} of {found.quantities}"
    if found.tried:
        share = 100 * found.by_chance // found.tried
        yield (
            f"    of {found.tried} random numbers in their place, {found.by_chance} ({share} %) "
            "would be taken for a figure"
        )


def letter(register: Register, documents: Sequence[Linted]) -> Iterator[str]:
    """Give the findings on documents as sentences to send to their authors, with the sources."""
    for one in documents:
        told = [each for each in one.statings if one.accuses(each)]
        for each in told:
            yield from _sentences(register, one, each)
            yield ""
        if not told:
            yield f"{one.document.path}: nothing to write about"


def _sentences(register: Register, one: Linted, each: Stating) -> Iterator[str]:
    from figurecheck.stating import PRECISION, QUALIFIER

    mention = each.mention
    where = ", ".join(filter(None, [one.document.path, mention.place, f"line {mention.line}"]))
    yield f"{where}: “{' '.join(mention.sentence.split())}”"
    figure = register.get(each.figure)
    derived = register.derivations.derived.get(each.figure)
    text = figure.reported if figure else derived.words if derived else ""
    of = (figure.label or figure.concept if figure else "") or each.figure.replace("_", " ")
    found = figure.source if figure else None
    sources = [found] if found else list(derived.sources) if derived else []
    cited = "; ".join(map(_addressed, sources))
    said = f"It prints “{mention.text}”. For {of}"
    said += f" {_scope(register, each.figure)}" if figure else ""
    yield f"{said.rstrip()}, the register has “{text}”{f' ({cited})' if cited else ''}."
    if figure and figure.quote:
        yield f"The source's words: “{' '.join(figure.quote.split())}”"
    if each.status == QUALIFIER:
        yield f"The number {each.change} of the source."
    elif each.status == PRECISION:
        yield "It has more digits than the source gives."
    elif each.base:
        yield f"In the text it is a share of {each.base}."
    for offer in each.offers:
        known = re.match(r"fits (?:if it were )?([a-z]\w*)(?= \()", offer)
        other = register.get(known[1]) if known else None
        yield (
            f"It fits {other.label or other.id}{offer[known.end() :]}."
            if known and other
            else f"It {offer}."
        )


def _scope(register: Register, name: str) -> str:
    """Give where and when a figure is of, in brackets, or nothing."""
    from figurecheck.place import name_of

    own = register.subjects[name]
    where = name_of(own.place) if own.place else ""
    told = ", ".join(filter(None, [where, str(own.period or "")]))
    return f"({told})" if told else ""


def _addressed(source: Source) -> str:
    """Give the citation of a source with its address."""
    return ", ".join(filter(None, [source.citation, str(source.entry.get("URL", ""))]))


def _untested(code: str, findings: Sequence[Finding], most: int, paint: Paint) -> Iterator[str]:
    for finding in findings[:most]:
        yield paint(f"{code} {finding.severity}: {finding.message}", "faint")
    if len(findings) > most:
        yield paint(f"{code} and {len(findings) - most} more; --strict shows all", "faint")


def tally(made: Report, paint: Paint) -> Iterator[str]:
    """Give how many checks came to which outcome."""
    counts = made.tally
    checks = ", ".join(paint(f"{counts[each]} {each}", each) for each in OUTCOMES)
    read = f"{many(counts['figures'], 'figure')}, {many(counts['relations'], 'relation')}"
    yield f"{read}; checks: {checks}"
    waived = f"{many(counts['waived'], 'finding')} waived; " if counts["waived"] else ""
    yield (
        f"{waived}{many(counts['stood_aside'], 'figure')} stood aside from implied relations "
        "(concept, base, place or period not stated, or no number)"
    )


def many(count: int, noun: str) -> str:
    """Give a count with its noun: 1 figure, 2 figures."""
    return f"{count} {noun}{'s' * (count != 1)}"


def readings(found: Sequence[Reading], paint: Paint) -> Iterator[str]:
    """Give each quantity with its intervals."""
    for each in found:
        yield f"{each.start}-{each.end}: {paint(each.text, 'bold')}"
        yield from (f"    {line}" for line in _reading(each))
    if not found:
        yield "no quantity"


def _reading(each: Reading) -> Iterator[str]:
    from figurecheck.wording import number, words

    yield f"states: {' to '.join(dict.fromkeys(number(end) for end in each.stated))}"
    yield f"as printed: {words(each.narrow, each.unit)}"
    if each.wide != each.narrow:
        yield f"at the widest: {words(each.wide, each.unit)}"
    if each.qualifier:
        yield f"qualifier: {each.qualifier}"
    if each.unit:
        yield f"unit: {each.unit}"
    if each.spread is not None:
        yield f"spread: {words(each.spread, each.unit)}"
    if each.note:
        yield f"note: {each.note}"


def judgement(
    judged: Judgement, paint: Paint, offered: Mapping[str, Sequence[str]] | None = None
) -> Iterator[str]:
    """Give the outcome and the proof line, and what would make a name fit."""
    yield f"{paint(judged.outcome, judged.outcome)}: {judged.proof}"
    for name, each in (offered or {}).items():
        yield f"    {name} {'; '.join(each)}"
    if judged.power:
        yield paint(f"    {judged.power}", "faint")


def solution(
    register: Register, found: Solution, assumed: Mapping[str, str], paint: Paint
) -> Iterator[str]:
    """Give conflicts with what the others imply, bounds that are news, and what took no part."""
    yield f"register: {register.path}"
    for name, text in assumed.items():
        yield f"assumed: {name} = {text}"
    for number, each in enumerate(found.conflicts, start=1):
        yield ""
        yield from _conflict(number, each, paint)
    if found.ranking and found.ranking[0][1] > 1:
        counts = ", ".join(f"{name} {count}" for name, count in found.ranking if count > 1)
        yield ""
        yield f"in several conflicts: {counts}"
    bounded = [each for each in found.bounds if found.bounds[each].news]
    yield ""
    for name in bounded:
        setter = f"set by {found.bounds[name].set_by}"
        yield f"{name}: {found.words(name)}  {paint(setter, 'faint')}"
    if bounded:
        yield ""
    for what, reasons in (("undecided", found.undecided), ("stood aside", found.aside)):
        for reason, names in _by_reason(reasons).items():
            shown = ", ".join(names[:MANY]) + f" and {len(names) - MANY} more" * (len(names) > MANY)
            yield paint(f"{what}: {shown}: {reason}", "faint")
    yield from _solved(found, paint)


def _conflict(number: int, each: Conflict, paint: Paint) -> Iterator[str]:
    cannot = "cannot all be right" if each.outcome == "broken" else "cannot all be as printed"
    what = ", ".join(each.ids)
    yield f"{paint(f'conflict {number}', each.outcome)}: {what} {cannot}"
    for name, text in each.implied.items():
        yield f"    {name}: {text}"
    if each.proof:
        yield f"    {each.proof}"
    if not each.smallest:
        yield "    a part of these figures may be in conflict already"
    yield paint(f"    tied by: {'; '.join(each.relations)}", "faint")


def _by_reason(reasons: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name, reason in reasons.items():
        found[reason].append(name)
    return found


def _solved(found: Solution, paint: Paint) -> Iterator[str]:
    """Give the outcome, and how much of what hangs together came to which."""
    counts = ", ".join(paint(f"{found.tally[each]} {each}", each) for each in OUTCOMES)
    yield f"{paint(found.outcome, found.outcome)}: what hangs together: {counts}"
    if not found.complete:
        yield "there may be more conflicts than were searched for"
    if not found.converged:
        yield "not converged: some bounds may be wider than need be (the extra 'joint' may help)"


def derived(
    register: Register, found: Sequence[Derived], refused: Mapping[str, Refused], paint: Paint
) -> Iterator[str]:
    """Give derived quantities with formula, numbers and sources, and what was refused and why."""
    yield f"register: {register.path}"
    for each in found:
        yield ""
        yield from _derived(each, paint)
    for name, refusal in refused.items():
        code = f" ({refusal.code})" if refusal.code else ""
        yield ""
        yield f"{paint('refused', 'error')}{code}: {name}: {refusal}"


def _derived(each: Derived, paint: Paint) -> Iterator[str]:
    yield f"{paint(each.id or each.symbols, 'bold')} = {each.words}"
    if each.widest != each.words:
        yield f"    at the widest: {each.widest}"
    yield f"    {each.symbols} = {each.numbers}" if each.id else f"    {each.numbers}"
    if each.concept:
        yield f"    concept: {each.concept}"
    if each.sources:
        yield paint(f"    sources: {', '.join(source.key for source in each.sources)}", "faint")


def shown(register: Register, name: str | None, paint: Paint) -> Iterator[str]:
    """Give one figure, derived quantity or relation in full, or all of them a line each."""
    return _all(register, paint) if name is None else _entry(register, name, paint)


def _all(register: Register, paint: Paint) -> Iterator[str]:
    yield f"register: {register.path}"
    width = max([len(each) for each in register], default=0)
    yield ""
    for figure in register.values():
        what = ", ".join(filter(None, [figure.concept, figure.place, figure.period]))
        said = f"{figure.id:{width}}  {figure.reported or '(not reported)'}"
        yield f"{said}  {paint(what, 'faint')}" if what else said
    yield ""
    for each in register.derivations.derived.values():
        yield f"{each.id} = {each.words}  {paint(each.symbols, 'faint')}"
    yield ""
    for relation in register.relations:
        if not relation.derives:
            yield f"{relation.id}: {relation.text}"


def _entry(register: Register, name: str, paint: Paint) -> Iterator[str]:
    from figurecheck.derivation import Derived
    from figurecheck.figures import COLUMNS, Figure, cell
    from figurecheck.register import entry, equals
    from figurecheck.relation import judgement as judgement_of

    found = entry(register, name)
    yield f"register: {register.path}"
    if isinstance(found, Derived):
        yield from _derived(found, paint)
    elif isinstance(found, Figure):
        yield f"{paint(found.id, 'bold')}: {found.reported or '(not reported)'}"
        if found.unreadable is None:
            lines = list(_reading(found.reading))
        else:
            lines = [str(found.unreadable)] if found.reported else []
        cells = {name: cell(found, name) for name in COLUMNS if name not in {"id", "reported"}}
        lines += [f"{column}: {text}" for column, text in cells.items() if text]
        yield from (f"    {line}" for line in dict.fromkeys(lines))
        if found.source and found.source.title:
            yield f"    title: {found.source.title}"
        within = [each.id for each in register.relations if name in each.names]
        if within:
            yield f"    stands in: {', '.join(within)}"
        solved = register.solution
        if name in solved.bounds:
            yield f"    bounded by all together: {solved.words(name)}"
            yield f"    set by: {solved.bounds[name].set_by}"
        for each in solved.conflicts:
            if name in each.ids:
                yield f"    in conflict: {each.implied.get(name, each.words)}"
        yield from (f"    same value: {_equal(each)}" for each in equals(register, found))
    else:
        yield f"{paint(found.id, 'bold')}: {found.text}"
        if found.check and found.statement is not None:
            judged = judgement_of(found.statement, register.amounts)
            yield from (f"    {line}" for line in judgement(judged, paint))
        yield from (f"    {text}" for text in (found.label, found.note) if text)


def _equal(each: Equal) -> str:
    """Name a figure with its text, and say in what it differs."""
    unlike = [
        f"{name} {theirs}, {f'not {own}' if own else 'here none'}" if theirs else f"no {name}"
        for name, (own, theirs) in each.unlike.items()
    ]
    differs = "; ".join(unlike) or "alike in all that is stated"
    return f"{each.figure.id} ({each.figure.reported}): {differs}"


def rules(found: Sequence[Rule], paint: Paint) -> Iterator[str]:
    """Give one rule in full, or several a line each, by family."""
    if len(found) == 1:
        yield f"{paint(found[0].code, 'bold')}: <id> {found[0].message}"
        yield ""
        yield from found[0].documentation.splitlines()
        return
    family = ""
    for each in found:
        if each.family != family:
            family = each.family
            yield paint(f"{family}: {FAMILIES.get(family, 'what else do you ask')}?", "bold")
        yield f"  {each.code}  {each.law}"
