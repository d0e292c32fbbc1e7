"""A pytest plugin: with `--figures`, every figure and relation of a register is a test."""

from __future__ import annotations

import pytest

from figurecheck import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from pathlib import Path
    from typing import Any

    from figurecheck.cases import Case
    from figurecheck.finding import Finding
    from figurecheck.project import Project
    from figurecheck.register import Register

PROJECT: pytest.StashKey[Project] = pytest.StashKey()
TALLY = "figurecheck"
"""The key under which a report brings the tally with it, also from a process of its own."""


def pytest_addoption(parser: pytest.Parser) -> None:
    words = "a folder, or its figures.csv; without it that of the ini, else the configured one, "
    parser.getgroup("figurecheck", "reported numbers").addoption(
        "--figures",
        nargs="?",
        const="",
        metavar="PATH",
        help=f"test a register: {words}else the nearest upwards of rootdir",
    )
    parser.addini(
        "figures", "the register to test where no arguments are given, seen from rootdir", "string"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Take part where it is asked for; a path that is no register is said in one line."""
    ini = config.getini("figures")
    if config.option.figures is None and not ini:
        return
    from figurecheck.project import ERRORS

    try:
        project = _project(config)
    except ERRORS as error:
        raise pytest.UsageError(_line(config, error)) from None
    # With the option, the processes of pytest-xdist are asked for the same.
    if config.option.figures is None and config.args_source != config.ArgsSource.ARGS:
        config.option.figures = str(project.path)
    config.pluginmanager.register(Tests(config, project), "figurecheck tests")


@pytest.fixture(scope="session")
def figures(pytestconfig: pytest.Config) -> Register:
    """The register: that of --figures or the ini, else the configured, else the nearest one."""
    import figurecheck
    from figurecheck.project import ERRORS

    try:
        return figurecheck.load(**_project(pytestconfig).asked)
    except ERRORS as error:
        wrong = _line(pytestconfig, error)
    pytest.fail(wrong, pytrace=False)


def _project(config: pytest.Config) -> Project:
    """Give the project that is asked for, the same one in a whole run; raises one of ERRORS."""
    if PROJECT not in config.stash:
        from figurecheck.project import Project
        from figurecheck.register import RegisterError

        given, ini = config.option.figures, config.getini("figures")
        path = None
        if given:
            path = config.invocation_params.dir / given
        elif ini:
            path = config.rootpath / ini
        if path is not None and path.is_file() and path.suffix != ".csv":
            message = (
                f"{given or ini}: no register; wanted a folder with figures.csv, or that file. "
                "Give it as --figures=PATH, or --figures behind all other arguments"
            )
            raise RegisterError(message)
        config.stash[PROJECT] = Project(config.rootpath, path)
    return config.stash[PROJECT]


def _line(config: pytest.Config, said: object) -> str:
    """Give what is said as one line that can be shown, with paths as seen from here.

    A workflow runner that reads along finds no command in it.
    """
    from figurecheck.obeyed import no_command

    here = config.invocation_params.dir / "_"
    line = str(said).replace(str(here)[:-1], "")
    return no_command(
        "".join(
            each if each.isprintable() else each.encode("unicode_escape").decode() for each in line
        )
    )


class Tests:
    """What pytest is told of a register; what is wrong in a file of it ends the collecting."""

    def __init__(self, config: pytest.Config, project: Project) -> None:
        self.config = config
        self.project = project
        self.met = False
        self.tally: list[str] = []

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> Table | None:
        if file_path not in self.project.files:
            return None
        return Table.from_parent(parent, path=file_path, tests=self)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(
        self, session: pytest.Session, items: list[pytest.Item]
    ) -> None:
        """Add the register that --figures names where no other argument led to it."""
        if self.config.option.figures is not None and not self.met:
            for file in self.project.files:
                items += session.genitems(Table.from_parent(session, path=file, tests=self))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Mark what is waived, and what could not be tested, before pytest looks at marks."""
        if isinstance(item, Row):
            item.mark()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        if isinstance(item, Row) and item.found:
            vars(report)[TALLY] = self.told()
        return report

    def told(self) -> list[str]:
        from figurecheck.reporters.text import plain, tally

        found = tally(self.project.report, plain)
        return [f"register: {_line(self.config, self.project.path)}", *found]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.tally = getattr(report, TALLY, self.tally)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say how much was tested, and how much was not."""
        if self.tally:
            terminalreporter.section("figures")
            for line in self.tally:
                terminalreporter.line(line)


class Table(pytest.File):
    """A table of the register: figures.csv or relations.csv."""

    def __init__(self, *, tests: Tests, **more: Any) -> None:
        super().__init__(**more)
        self.tests = tests

    def collect(self) -> Iterator[Row]:
        """Give a test for each row; a register that cannot be read is told once."""
        from figurecheck.project import ERRORS

        told, self.tests.met = self.tests.met, True
        try:
            places = self.tests.project.places(self.path)
        except ERRORS as error:
            if told:
                return
            raise self.CollectError(_line(self.config, error)) from None
        for key, line in places:
            yield Row.from_parent(
                self,
                name=_line(self.config, key[1]),
                project=self.tests.project,
                key=key,
                line=line,
            )


class Row(pytest.Item):
    """A figure or a relation, or what else there are findings on."""

    def __init__(self, *, project: Project, key: tuple[str, str], line: int, **more: Any) -> None:
        super().__init__(**more)
        self.project = project
        self.key = key
        self.line = line
        self.found: Case | None = None

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self.path, self.line - 1 if self.line else None, self.name

    def mark(self) -> None:
        """Put what it came to in marks; what does not fail it is shown beside."""
        from figurecheck.cases import SKIPPED, WAIVED

        found = self.found = self.project.case(self.key, self.line)
        if found.others:
            self.add_report_section("call", "findings", self._told(found.others))
        reason = _line(self.config, found.reason)
        if found.result == WAIVED:
            self.add_marker(pytest.mark.xfail(reason=reason, strict=True))
        elif found.result == SKIPPED:
            self.add_marker(pytest.mark.skip(reason=reason))

    def _told(self, findings: Iterable[Finding]) -> str:
        from figurecheck.cases import said

        return "\n".join(_line(self.config, said(each)) for each in findings)

    def runtest(self) -> None:
        """Fail with a line a finding: with those that no waiver covers, if there are any."""
        failing = self.found.failing if self.found else ()
        bare = [each for each in failing if not each.waived]
        if failing:
            pytest.fail(self._told(bare or failing), pytrace=False)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Give the lines of a failure, and the row, not this code, as the place of it."""
        shown: Any = super().repr_failure(excinfo, style)
        if isinstance(excinfo.value, pytest.fail.Exception):
            where = _line(self.config, self.path)
            shown.reprcrash.path, shown.reprcrash.lineno = where, self.line
            shown.reprcrash.message = str(excinfo.value).removeprefix(f"{where}:{self.line}: ")
        return shown
