"""What a command is asked: its options, and the configuration for what these leave open."""

from __future__ import annotations

import os
import sys

from figurecheck import TYPE_CHECKING
from figurecheck.cli.terminal import put

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path
    from typing import Any

    from figurecheck.configuration import Configuration
    from figurecheck.confront import Report
    from figurecheck.register import Register
    from figurecheck.rule import Rule

DEFAULT = "default: the configured one, else the nearest upwards, else the shipped one"


def a_register(command: argparse.ArgumentParser, *, option: bool = False) -> None:
    """Add the argument that says which register, or an option where a command has other ones."""
    if option:
        command.add_argument(
            "--register", dest="path", metavar="PATH", help=f"folder or figures.csv; {DEFAULT}"
        )
    else:
        command.add_argument(
            "path", nargs="?", metavar="PATH", help=f"folder or figures.csv; {DEFAULT}"
        )
    a_configuration(command)


def a_configuration(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--config",
        metavar="FILE",
        help="default: the nearest pyproject.toml upwards that has [tool.figurecheck]",
    )


def rules(command: argparse.ArgumentParser) -> None:
    """Add the options that choose rules."""
    for name, words in (
        ("--select", "only these, by the beginning of the code: FC3,FC402"),
        ("--extend-select", "these, too, where some are selected"),
        ("--ignore", "not these"),
    ):
        command.add_argument(name, metavar="CODES", type=codes, help=words)


def waivers(command: argparse.ArgumentParser) -> None:
    """Add the options that say which waivers count."""
    command.add_argument(
        "--no-waivers", action="store_true", help="let nothing be covered by a waiver"
    )
    command.add_argument(
        "--today",
        metavar="DATE",
        type=day,
        help="the day on which waivers may have expired; default: today",
    )


def fail_on(command: argparse.ArgumentParser, what: str = "") -> None:
    """Add the option that says which findings make the exit code 1: `what`, else all."""
    command.add_argument(
        "--fail-on",
        choices=("note", "warning", "error"),
        help=f"the least severity{what} that makes the exit code 1; default: error",
    )


def day(text: str) -> date:
    """Give the date that a text is."""
    from argparse import ArgumentTypeError
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"'{text}' is no date, wanted one like 2026-11-24"
        raise ArgumentTypeError(message) from None


def codes(text: str) -> tuple[str, ...]:
    return tuple(each.strip().upper() for each in text.split(",") if each.strip())


def configuration(given: argparse.Namespace) -> Configuration:
    """Give the configuration that is named, or the nearest upwards of the register, or of here."""
    from pathlib import Path

    from figurecheck.configuration import ConfigurationError, load
    from figurecheck.configuration import configuration as of

    if given.config is not None:
        found = load(Path(given.config))
        if found is None:
            message = f"{given.config}: no [tool.figurecheck] in it"
            raise ConfigurationError(message)
        return found
    return of(Path(getattr(given, "path", None) or ""))


def register(given: argparse.Namespace, configured: Configuration) -> Register:
    """Give the register that is asked for."""
    from figurecheck.register import load

    return load(place(given, configured), **reading(given, configured))


def tell_faults(register: Register) -> None:
    """Say that the files of a register have faults, where a command tells nothing else of them."""
    from figurecheck.reporters.text import faults

    put((f"figurecheck: {each}" for each in faults(register)), sys.stderr)


def place(
    given: argparse.Namespace, configured: Configuration, *, shipped: bool = True
) -> Path | str:
    """Give the path of the register that is asked for, else the nearest one upwards.

    Where there is none it is the one that ships, and that is said; where that would pass for a
    check of the user's own numbers, as in CI, it is a RegisterError.
    """
    from pathlib import Path

    from figurecheck import register

    if given.path or configured.register:
        return given.path or configured.beside(configured.register)
    found = register.nearest(Path())
    if found is None:
        if not shipped or os.environ.get("CI"):
            message = (
                f"no {register.FIGURES} here or upwards; wanted a path, "
                "or 'register' in [tool.figurecheck]"
            )
            raise register.RegisterError(message)
        found = register.shipped()
        told = f"no {register.FIGURES} here or upwards: this is the register that ships with it"
        put([f"figurecheck: {told}"], sys.stderr)
    return found


def reading(given: argparse.Namespace, configured: Configuration) -> Mapping[str, Any]:
    """Give what a register is read with: the folder of archived texts, and how sources round."""
    own = configured.texts and configured.beside(configured.texts)
    texts = getattr(given, "texts", None) or own or None
    return {"texts": texts, "rounding": configured.rounding}


def all_rules(configured: Configuration) -> tuple[Rule, ...]:
    """Give all rules that there are: ours and the user's own."""
    from figurecheck.rules.own import available

    return available(configured.rule_files)


def selection(given: argparse.Namespace, configured: Configuration) -> Mapping[str, Any]:
    """Give the options of `check` and `lint` that choose and weigh rules."""
    stated = {name: getattr(given, name) for name in ("select", "ignore")}
    return {
        **configured.selection,
        **{name: each for name, each in stated.items() if each is not None},
        "extend_select": (*configured.extend_select, *(given.extend_select or ())),
        "rules": all_rules(configured),
    }


def checked(register: Register, given: argparse.Namespace, configured: Configuration) -> Report:
    """Give the report on a register as the options ask for it."""
    from figurecheck.confront import check

    chosen = selection(given, configured)
    return check(register, **chosen, waivers=not given.no_waivers, today=given.today)
