"""A project: its register, what it asks of figurecheck, and what each figure comes to."""

from __future__ import annotations

from functools import cached_property
from os.path import abspath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from figurecheck.cases import case, cases
from figurecheck.configuration import ConfigurationError, configuration
from figurecheck.confront import check
from figurecheck.register import FIGURES, RELATIONS, RegisterError, load, located, nearest
from figurecheck.rules import RULES, UnknownRule, asked
from figurecheck.rules.own import RuleError, available

if TYPE_CHECKING:
    from collections.abc import Mapping

    from figurecheck.cases import Case
    from figurecheck.confront import Report
    from figurecheck.register import Register
    from figurecheck.rule import Rule

    Key = tuple[str, str]

ERRORS = (ConfigurationError, OSError, RegisterError, RuleError, UnknownRule)
"""What is wrong with the call, each in one line."""


class Project:
    """The register at a path, else the configured one, else the nearest upwards of a folder.

    What is asked of it is read once, when it is first used. Raises one of ERRORS.
    """

    def __init__(self, folder: Path, path: Path | None = None) -> None:
        self.configured = configuration(path or folder, folder)
        if path is None and self.configured.register:
            path = Path(self.configured.beside(self.configured.register))
        found = located(path) if path else nearest(folder)
        if found is None:
            message = f"{folder}: no {FIGURES} here or upwards; 'figurecheck init' makes one"
            raise RegisterError(message)
        self.path = Path(abspath(found))  # noqa: PTH100 - a link keeps its own name

    @cached_property
    def files(self) -> tuple[Path, ...]:
        """Give the tables of the register: that of its figures, and that of its relations."""
        tables = (self.path, self.path.with_name(RELATIONS))
        return tuple(each for each in tables if each.is_file())

    @property
    def asked(self) -> Mapping[str, Any]:
        """Give what `load` is asked for."""
        texts = self.configured.texts
        return {
            "path": self.path,
            "texts": self.configured.beside(texts) if texts else None,
            "rounding": self.configured.rounding,
        }

    @cached_property
    def register(self) -> Register:
        return load(**self.asked)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        return available(self.configured.rule_files)

    @cached_property
    def report(self) -> Report:
        return check(self.register, **self.configured.selection, rules=self.rules)

    @cached_property
    def _cases(self) -> dict[Key, Case]:
        found = cases(self.register, self.report, fail_on=self.configured.fail_on)
        return {(each.path, each.name): each for each in found}

    @cached_property
    def _lines(self) -> dict[Key, int]:
        """The line of all that can be a case; what rules of one's own are about, a check tells.

        A code that no rule has is told here, before anything is checked.
        """
        wanted = self.configured
        asked(
            wanted.select,
            wanted.ignore,
            extend=wanted.extend_select,
            severities=wanted.severities,
            among=self.rules,
        )
        found = [(each.path, each.figure, each.line) for each in self.register.faults]
        found += [(each.path, each.id, each.line) for each in self.register.rows]
        if len(self.rules) > len(RULES):
            found += [(each.path, each.name, each.line) for each in self._cases.values()]
        return {(path, name): line for path, name, line in found}

    def places(self, file: Path) -> list[tuple[Key, int]]:
        """Give path and name, and the line, of all that can be a case, in the order of a file.

        What stands in neither file of the register is told with the figures.
        """
        others = {str(each) for each in self.files} - {str(file)}
        found = [
            (key, line)
            for key, line in self._lines.items()
            if key[0] == str(file) or (file == self.path and key[0] not in others)
        ]
        return sorted(found, key=lambda each: each[1])

    def case(self, key: Key, line: int) -> Case:
        """Give what a place came to; it passed where no rule that is asked for says a word."""
        path, name = key
        return self._cases.get(key) or case(name, path, line, ())
