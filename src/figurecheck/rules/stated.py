"""FC5: does a document state its figures as the register has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from figurecheck.finding import BORDERLINE, BROKEN, HOLDS, UNTESTABLE, WARNING
from figurecheck.rule import Verdict, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from figurecheck.document import Document
    from figurecheck.register import Register
    from figurecheck.stating import Stating


class Statings(NamedTuple):
    """The quantities of a document beside a register."""

    register: Register
    document: Document
    found: Sequence[Stating]


def _of(stated: Statings, each: Stating, outcome: str, **more: Any) -> Verdict:
    """Give a verdict on a quantity, where it stands."""
    mention = each.mention
    return Verdict(
        outcome,
        each.figure,
        each.others,
        subject=f"'{' '.join(mention.text.split())}'",
        path=stated.document.path,
        place=mention.place,
        line=mention.line,
        column=mention.column,
        **more,
    )


@rule("FC501", "is not the number of {figure}", of_documents=True)
def number_as_registered(stated: Statings) -> Iterator[Verdict]:
    """A number of which the words say what it is of is the one that the register has.

    It is compared as an interval, so that it may be rounded more. A finding needs more than another
    number: the words have to be those of one figure, and the number one that a slip would make of
    it, or that of its sibling of another time, place or group, or of another base or currency; or
    a mark ties it to the figure.

    Okay:
        id,reported,unit,label,source
        a,27.6 million,person,people in forced labour,s
        report:
        About 28 million people are in forced labour.
    FC501:
        id,reported,unit,label,source
        a,27.6 million,person,people in forced labour,s
        report:
        There are 26.7 million people in forced labour.
    """
    from figurecheck.stating import CONTRADICTS, UNSOURCED

    for each in stated.found:
        if each.status != UNSOURCED:
            against = each.status == CONTRADICTS
            outcome = (BORDERLINE if each.stretched else BROKEN) if against else HOLDS
            more = {"proof": each.proof, "diagnosis": each.diagnosis} if against else {}
            yield _of(stated, each, outcome, fields={"figure": each.figure}, **more)


@rule("FC502", "{what} of {figure}", of_documents=True)
def qualifier_as_registered(stated: Statings) -> Iterator[Verdict]:
    """A number keeps the hedge or bound that the register has.

    A hedge that is added, or a bound that the figure satisfies, says less and is no finding.

    Okay:
        id,reported,unit,label,source
        a,"over 140,000",person,arrivals by sea,s
        report:
        There were over 140,000 arrivals by sea.
    FC502:
        id,reported,unit,label,source
        a,"over 140,000",person,arrivals by sea,s
        report:
        There were 140,000 arrivals by sea.
    """
    from figurecheck.stating import CONTRADICTS, QUALIFIER, UNSOURCED

    for each in stated.found:
        if each.status not in {CONTRADICTS, UNSOURCED}:
            changed = each.status == QUALIFIER
            outcome = (BROKEN if each.reversed else BORDERLINE) if changed else HOLDS
            fields = {"figure": each.figure, "what": each.change}
            yield _of(stated, each, outcome, fields=fields, proof=each.proof if changed else "")


@rule("FC503", "has more digits than {figure}", of_documents=True)
def digits_as_registered(stated: Statings) -> Iterator[Verdict]:
    """A number has no more digits than its source gives.

    Okay:
        id,reported,unit,label,source
        a,27.6 million,person,people in forced labour,s
        report:
        There are 27,600,000 people in forced labour.
    FC503:
        id,reported,unit,label,source
        a,27.6 million,person,people in forced labour,s
        report:
        There are 27,613,000 people in forced labour.
    """
    from figurecheck.stating import CONTRADICTS, PRECISION, UNSOURCED

    for each in stated.found:
        if each.status not in {CONTRADICTS, UNSOURCED}:
            more = each.status == PRECISION
            outcome = BORDERLINE if more else HOLDS
            fields = {"figure": each.figure}
            yield _of(stated, each, outcome, fields=fields, proof=each.proof if more else "")


@rule("FC504", "is stated by no figure of the register", of_documents=True)
def number_with_a_source(stated: Statings) -> Iterator[Verdict]:
    """A number of a document is one of the register, so that it has a source.

    Of what the register does not have nothing can be said, so that it is untestable. Where a slip
    would make it of a figure that is spoken of near it, the note names that figure, with the slip
    and with what keeps the number from being held against it.

    Okay:
        id,reported,unit,label,source
        a,27.6 million,person,people in forced labour,s
        report:
        There are 27.6 million people in forced labour.
    FC504:
        id,reported,unit,label,source
        a,27.6 million,person,people in forced labour,s
        report:
        There are 214 survivors in 12 courts.
    """
    from figurecheck.stating import UNSOURCED

    for each in stated.found:
        if each.status == UNSOURCED:
            more = {"proof": each.reason, "diagnosis": each.diagnosis}
            yield _of(stated, each, UNTESTABLE, **more)
        else:
            yield _of(stated, each, HOLDS)


@rule("FC505", "ties a number to no figure: {what}", of_documents=True)
def mark_of_a_figure(stated: Statings) -> Iterator[Verdict]:
    """A mark ties a number to a figure of the register.

    Okay:
        id,reported,unit,label,source
        forced,27.6 million,person,people in forced labour,s
        report:
        There are [27.6 million](figure:forced) people in forced labour.
    FC505:
        id,reported,unit,label,source
        forced,27.6 million,person,people in forced labour,s
        report:
        There are [27.6 million](figure:forcde) people in forced labour.
    """
    from figurecheck.formula import near

    register = stated.register
    for tie in stated.document.ties:
        known = tie.figure in register or tie.figure in register.derivations.derived
        ids = [*register, *register.derivations.derived]
        what = "no number stands beside it" if known else f"no such id{near(tie.figure, ids)}"
        outcome = HOLDS if known and tie.tied else BORDERLINE if known else BROKEN
        yield Verdict(
            outcome,
            tie.figure,
            subject=f"the mark '{tie.figure}'",
            fields={"what": what},
            severity=WARNING if known and not tie.tied else "",
            path=stated.document.path,
            place=tie.place,
            line=tie.line,
            column=tie.column,
        )
