"""A linter and a calculator for reported numbers."""

from __future__ import annotations

from importlib import import_module

# What type checkers take for true; the module typing costs more than all else of --help.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from figurecheck.analysis import UnlikeFigures as UnlikeFigures
    from figurecheck.analysis import load as load
    from figurecheck.confront import Report as Report
    from figurecheck.confront import check as check
    from figurecheck.derivation import Derived as Derived
    from figurecheck.derivation import Refused as Refused
    from figurecheck.derivation import derive as derive
    from figurecheck.figures import Figure as Figure
    from figurecheck.figures import Source as Source
    from figurecheck.finding import Finding as Finding
    from figurecheck.formula import StatementError as StatementError
    from figurecheck.interval import Interval as Interval
    from figurecheck.operand import NotExact as NotExact
    from figurecheck.operand import NotLoaded as NotLoaded
    from figurecheck.operand import UnknownSpec as UnknownSpec
    from figurecheck.operand import Unstated as Unstated
    from figurecheck.reading import Reading as Reading
    from figurecheck.reading import Unreadable as Unreadable
    from figurecheck.reading import read as read
    from figurecheck.register import Register as Register
    from figurecheck.register import RegisterError as RegisterError
    from figurecheck.register import UnknownFigure as UnknownFigure
    from figurecheck.relation import Judgement as Judgement
    from figurecheck.relation import judge as judge
    from figurecheck.solve import Conflict as Conflict
    from figurecheck.solve import Solution as Solution
    from figurecheck.solve import solution as solution
    from figurecheck.solve import solution_of as solution_of

__version__ = "0.1.0"

_HOMES = {
    "UnlikeFigures": "analysis",
    "load": "analysis",
    "judge": "relation",
    "Report": "confront",
    "check": "confront",
    "Derived": "derivation",
    "Refused": "derivation",
    "derive": "derivation",
    "Figure": "figures",
    "Source": "figures",
    "Finding": "finding",
    "StatementError": "formula",
    "Interval": "interval",
    "NotExact": "operand",
    "NotLoaded": "operand",
    "UnknownSpec": "operand",
    "Unstated": "operand",
    "Reading": "reading",
    "Unreadable": "reading",
    "read": "reading",
    "Register": "register",
    "RegisterError": "register",
    "UnknownFigure": "register",
    "Judgement": "relation",
    "Conflict": "solve",
    "Solution": "solve",
    "solution": "solve",
    "solution_of": "solve",
}

__all__ = [
    "Conflict",
    "Derived",
    "Figure",
    "Finding",
    "Interval",
    "Judgement",
    "NotExact",
    "NotLoaded",
    "Reading",
    "Refused",
    "Register",
    "RegisterError",
    "Report",
    "Solution",
    "Source",
    "StatementError",
    "UnknownFigure",
    "UnknownSpec",
    "UnlikeFigures",
    "Unreadable",
    "Unstated",
    "__version__",
    "check",
    "derive",
    "judge",
    "load",
    "read",
    "solution",
    "solution_of",
]


def __getattr__(name: str) -> object:
    """Load a public name from its module when it is first used."""
    if name not in _HOMES:
        message = f"module 'figurecheck' has no attribute '{name}'"
        raise AttributeError(message)
    found = getattr(import_module(f"figurecheck.{_HOMES[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return __all__
