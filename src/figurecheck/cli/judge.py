"""`figurecheck judge`: judge a statement over reported texts, without any file"""

from __future__ import annotations

from figurecheck import TYPE_CHECKING
from figurecheck.cli.codes import OF_OUTCOME
from figurecheck.cli.output import deliver, formats
from figurecheck.cli.terminal import painter

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence


def options(command: argparse.ArgumentParser) -> None:
    command.add_argument("statement", metavar="STATEMENT", help='as "total == a + b"')
    command.add_argument("texts", nargs="*", metavar="name=text", help='as total="27.6 million"')
    command.add_argument(
        "--rounding",
        default="",
        metavar="RULE",
        help="how the texts were rounded: nearest, truncated, ceiling, floor or 'base 5'",
    )
    formats(command)


def run(given: argparse.Namespace) -> int:
    from figurecheck.diagnosis import offers
    from figurecheck.relation import judge
    from figurecheck.reporters import json, text

    judged = judge(given.statement, texts_by_name(given.texts), rounding=given.rounding)
    if given.format == "json":
        deliver(json.judgement(judged, offers(judged)), given.output)
    else:
        deliver(text.judgement(judged, painter(given.output), offers(judged)), given.output)
    return OF_OUTCOME[judged.outcome]


def texts_by_name(given: Sequence[str]) -> dict[str, str]:
    """Give the texts of arguments that are name=text; raises StatementError for others."""
    from figurecheck.formula import StatementError

    texts: dict[str, str] = {}
    for each in given:
        name, sign, said = each.partition("=")
        name = name.strip()
        if not sign:
            message = f"'{each}' is no text for a name, wanted name=text"
            raise StatementError(message)
        if name in texts:
            message = f"'{name}' is given twice"
            raise StatementError(message)
        texts[name] = said
    return texts
