"""`figurecheck diff`: show what changed from one register to another"""

from __future__ import annotations

from figurecheck import TYPE_CHECKING
from figurecheck.cli import asked
from figurecheck.cli.codes import code
from figurecheck.cli.output import FORMATS, base, formats, tell
from figurecheck.cli.terminal import painter

if TYPE_CHECKING:
    import argparse

    from figurecheck.configuration import Configuration
    from figurecheck.register import Register
    from figurecheck.revision import Revision


def options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "old", metavar="OLD", help="a folder or figures.csv, else a git revision: main, v1.0, HEAD"
    )
    command.add_argument(
        "new", nargs="?", metavar="NEW", help="as OLD; default: the register as it stands"
    )
    asked.a_register(command, option=True)
    formats(command, [each for each in FORMATS if each != "full"])
    asked.rules(command)
    asked.waivers(command)
    asked.fail_on(command, " of a new finding")


def run(given: argparse.Namespace) -> int:
    from figurecheck.comparison import compare
    from figurecheck.reporters import beside, json
    from figurecheck.reporters.stream import of_diff

    if given.path is None and _on_disk(given.new):
        given.path = given.new
    configured = asked.configuration(given)
    old, before = _side(given.old, given, configured)
    new, now = _side(given.new, given, configured)
    reports = (asked.checked(each, given, configured) for each in (old, new))
    found = compare(old, new, *reports)
    fail_on = given.fail_on or configured.fail_on
    stream = of_diff(found, base(), fail_on=fail_on)
    own = {
        "text": beside.comparison(found, (before, now), painter(given.output)),
        "json": json.comparison(found, (before, now), stream.base),
    }
    tell(stream, given, own)
    return code(found.at_least(fail_on))


def _side(
    name: str | None, given: argparse.Namespace, configured: Configuration
) -> tuple[Register, Revision | None]:
    """Give the register of a folder or a revision, and the revision."""
    from figurecheck import revision
    from figurecheck.register import load, located

    reading = asked.reading(given, configured)
    if _on_disk(name):
        return load(name, **reading), None
    path = located(asked.place(given, configured, shipped=False))
    if name is None:
        return load(path, **reading), None
    at = revision.revision(name, path.parent)
    return revision.load(at, path, **reading), at


def _on_disk(name: str | None) -> bool:
    """Tell whether something has that name; the empty one of a variable unset is no folder."""
    from pathlib import Path

    return bool(name) and Path(str(name)).exists()
