"""Rules of the user's own: from files named in the configuration, and from installed packages."""

from __future__ import annotations

import re
import traceback
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from figurecheck.finding import HOLDS, OUTCOMES, SEVERITIES
from figurecheck.rule import CODE, Rule, Verdict
from figurecheck.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

ENTRY_POINTS = "figurecheck.rules"
OURS = "FC"
PACKAGE = Path(__file__).resolve().parents[1]
_LIKE = Verdict(HOLDS, "")
"""What every verdict of a rule has the kinds of, so that every output can tell it."""


class RuleError(Exception):
    """A rule of the user's own that cannot be loaded or that fails: where, and why, in one line."""


def available(files: Sequence[str | Path] = ()) -> tuple[Rule, ...]:
    """Give all rules: ours, those of the entry points `figurecheck.rules`, and those of files.

    An entry point names a module or a rule. Files are Python and are run. Raises RuleError.
    """
    from importlib.metadata import entry_points

    found = {each.code: each for each in RULES}
    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda each: each.name):
        where = f"entry point '{point.name}' ({point.value})"
        named = _loaded(point.load, where)
        _add(found, [named] if isinstance(named, Rule) else vars(named).values(), where)
    for file in files:
        _add(found, _run(Path(file)).values(), str(file))
    return tuple(sorted(found.values(), key=lambda each: each.code))


def _run(file: Path) -> Mapping[str, Any]:
    from runpy import run_path

    if not file.is_file():
        message = f"{file}: no such file; wanted Python with rules"
        raise RuleError(message)
    found: Mapping[str, Any] = _loaded(lambda: run_path(str(file)), str(file))
    return found


def _loaded(load: Callable[[], Any], where: str) -> Any:
    try:
        return load()
    except (Exception, SystemExit) as error:
        message = f"{where}: cannot be loaded: {_said(error)}"
        raise RuleError(message) from error


def _said(error: BaseException, own: Rule | None = None) -> str:
    """Give what an exception says in one line, with that of the user's file that it comes from.

    What is wrong with a verdict comes from the rule as a whole.
    """
    steps = [(each.filename, each.lineno) for each in traceback.extract_tb(error.__traceback__)]
    theirs = [each for each in steps if not each[0].startswith((str(PACKAGE), "<frozen"))]
    code = getattr(own and own.check, "__code__", None)
    if code:
        theirs = theirs or [(code.co_filename, code.co_firstlineno)]
    file, line = (theirs or steps)[-1]
    return f"{type(error).__name__}: {' '.join(str(error).split())} ({file}:{line})"


def _add(found: dict[str, Rule], among: Iterable[object], where: str) -> None:
    """Add the rules among some objects; one that has no code of its own is an error."""
    rules = [each for each in among if isinstance(each, Rule) and each not in RULES]
    if not rules:
        message = f"{where}: no rule in it; wanted a function under @rule('ABC001', '...')"
        raise RuleError(message)
    for each in dict.fromkeys(rules):
        wrong = ""
        if not re.fullmatch(CODE, each.code):
            wrong = "wanted capital letters and three digits, as ABC001"
        elif each.code.startswith(OURS):
            wrong = f"codes that begin with {OURS} are figurecheck's own"
        elif each.code in found:
            wrong = "another rule has this code"
        if wrong:
            message = f"{where}: rule '{each.code}': {wrong}"
            raise RuleError(message)
        found[each.code] = replace(each, check=_guarded(each))


def _guarded(own: Rule) -> Callable[[Any], Iterator[Verdict]]:
    """Give the check of a rule so that what it raises is said in one line."""

    @wraps(own.check)
    def check(subject: Any) -> Iterator[Verdict]:
        try:
            for verdict in own.check(subject):
                yield _tellable(own, verdict)
        except (Exception, SystemExit) as error:
            message = f"rule {own.code} failed: {_said(error, own)}"
            raise RuleError(message) from error

    return check


def _tellable(own: Rule, verdict: object) -> Verdict:
    """Give a verdict that every output can tell; raises TypeError or ValueError for another."""
    if not isinstance(verdict, Verdict):
        message = f"a {type(verdict).__name__}, wanted a verdict, as at(figure, outcome) gives it"
        raise TypeError(message)
    wrong = next(_wrong(verdict), "")
    if wrong:
        raise ValueError(wrong)
    if verdict.outcome != HOLDS:
        try:
            own.words(verdict)
        except KeyError as lacking:
            message = f"its message wants a field {lacking}"
            raise ValueError(message) from None
    return verdict


def _wrong(verdict: Verdict) -> Iterator[str]:
    """Say what in a verdict an output could not tell."""
    for name in Verdict.__slots__:
        given, like = getattr(verdict, name), getattr(_LIKE, name)
        if name != "fields" and not isinstance(given, type(like)):
            yield f"{name} is {given!r:.60}, wanted {type(like).__name__}"
    if not all(isinstance(each, str) for each in verdict.related):
        yield f"related is {verdict.related!r:.60}, wanted ids"
    if verdict.outcome not in OUTCOMES:
        yield f"outcome is {verdict.outcome!r:.60}, wanted one of {', '.join(OUTCOMES)}"
    if verdict.severity not in {"", *SEVERITIES}:
        yield f"severity is {verdict.severity!r:.60}, wanted one of {', '.join(SEVERITIES)}"
    if min(verdict.line, verdict.column) < 0:
        yield f"line {verdict.line}, column {verdict.column}, wanted 1 or more, or 0 for none"
