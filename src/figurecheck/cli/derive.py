"""`figurecheck derive`: derive a quantity from figures, with honest bounds"""

from __future__ import annotations

from figurecheck import TYPE_CHECKING
from figurecheck.cli import asked
from figurecheck.cli.codes import code
from figurecheck.cli.output import deliver, formats
from figurecheck.cli.terminal import painter

if TYPE_CHECKING:
    import argparse

    from figurecheck.derivation import Derived
    from figurecheck.figures import Figure

NO_SUCH_NAME = "FC008"


def options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "statement",
        nargs="?",
        metavar="STATEMENT",
        help='as "a * b"; without one, the derived quantities of the register',
    )
    asked.a_register(command, option=True)
    command.add_argument("--concept", default="", help="what the quantity is a number of")
    formats(command)


def run(given: argparse.Namespace) -> int:
    from figurecheck.derivation import Refused, derive
    from figurecheck.reporters import json, text

    register = asked.register(given, asked.configuration(given))
    if given.statement is None:
        derived = list(register.derivations.derived.values())
        refused = dict(register.derivations.refused)
    else:
        derived, refused = [], {}
        try:
            known: dict[str, Figure | Derived] = {**register, **register.derivations.derived}
            derived = [derive(known, given.statement, concept=given.concept)]
        except Refused as refusal:
            if refusal.code == NO_SUCH_NAME:
                raise
            refused = {given.statement: refusal}
    if given.format == "json":
        deliver(json.derived(register, derived, refused), given.output)
    else:
        deliver(text.derived(register, derived, refused, painter(given.output)), given.output)
    asked.tell_faults(register)
    return code(refused)
