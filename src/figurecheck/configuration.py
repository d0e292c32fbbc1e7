"""What a project asks of figurecheck: `[tool.figurecheck]` in its pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from figurecheck.finding import ERROR, SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

FILE = "pyproject.toml"
TABLE = ("tool", "figurecheck")


class ConfigurationError(Exception):
    """A configuration that cannot be read as meant: file, line and what was wanted, in one line."""


def _key(about: str, read: Callable[[Any], Any], default: Any = "") -> Any:
    """Give the field of a key: what it is for, how its value is read, and what it is without."""
    return field(default=default, metadata={"about": about, "read": read})


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        message = "wanted a text"
        raise ValueError(message)
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
        message = "wanted a list of texts"
        raise ValueError(message)
    return tuple(value)


def _codes(value: Any) -> tuple[str, ...]:
    return tuple(each.strip().upper() for each in _texts(value))


def _severity(value: Any) -> str:
    if value not in SEVERITIES:
        message = f"wanted one of {', '.join(SEVERITIES)}{_near(value, SEVERITIES)}"
        raise ValueError(message)
    return str(value)


def _severities(value: Any) -> Mapping[str, str]:
    if not isinstance(value, dict):
        message = 'wanted codes with severities, as { FC301 = "error" }'
        raise ValueError(message)  # noqa: TRY004 - a value of the wrong kind is a wrong value here
    return {code.strip().upper(): _severity(each) for code, each in value.items()}


def _rounding(value: Any) -> str:
    from figurecheck.reading import ROUNDINGS, known_rounding

    if not isinstance(value, str) or not known_rounding(value):
        message = f"wanted {', '.join(ROUNDINGS)} or base 5{_near(value, [*ROUNDINGS])}"
        raise ValueError(message)
    return value


def _headings(value: Any) -> Mapping[str, str]:
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        message = 'wanted sections with their headings, as { figures = "The numbers" }'
        raise ValueError(message)
    return value


def _near(value: Any, words: Sequence[str]) -> str:
    from figurecheck.formula import near

    return near(value, words) if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class Layout:
    """What a project asks of its appendix."""

    title: str = _key("its title", _text, "Figures")
    preface: str = _key("what stands below the title; paragraphs have blank lines between", _text)
    sections: tuple[str, ...] = _key("which sections, in this order; without it all", _texts, ())
    headings: Mapping[str, str] = field(
        default_factory=dict,
        metadata={"about": "what sections are called, by their names", "read": _headings},
    )
    style: str = _key("the style of the bibliography, by its name", _text)
    template: str = _key(
        "a report of your own in Markdown or HTML, with figures by their ids, for the appendix to "
        "stand in",
        _text,
    )


def _layout(value: Any) -> Layout:
    if not isinstance(value, dict):
        message = "wanted a table"
        raise ValueError(message)  # noqa: TRY004 - as above
    return Layout(**_values(value, Layout))


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a project asks; paths are seen from the folder of its file."""

    register: str = _key(
        "the folder of the register, or its figures.csv; without it the nearest upwards", _text
    )
    texts: str = _key("a folder with the archived texts of sources", _text)
    select: tuple[str, ...] = _key("only these rules, by the beginning of the code", _codes, ())
    extend_select: tuple[str, ...] = _key("these rules, too, where some are selected", _codes, ())
    ignore: tuple[str, ...] = _key("not these rules", _codes, ())
    severities: Mapping[str, str] = field(
        default_factory=dict,
        metadata={
            "about": "the severity of what is broken, by the beginning of the code; "
            "what is borderline or untestable is never made more severe by it",
            "read": _severities,
        },
    )
    fail_on: str = _key("the least severity that makes the exit code 1", _severity, ERROR)
    rounding: str = _key("how the sources round that do not say it", _rounding)
    rules: tuple[str, ...] = _key("Python files with rules of your own", _texts, ())
    appendix: Layout = field(
        default_factory=Layout,
        metadata={"about": "a table of its own, see below", "read": _layout},
    )
    path: str = ""

    @property
    def folder(self) -> Path:
        return Path(self.path).parent

    def beside(self, path: str) -> str:
        """Give a path that is seen from the configuration's folder."""
        return str(self.folder / path)

    @property
    def selection(self) -> dict[str, Any]:
        """Which rules are asked for, and how they weigh, as confront.check takes it."""
        names = ("select", "ignore", "extend_select", "severities")
        return {name: getattr(self, name) for name in names}

    @property
    def rule_files(self) -> list[str]:
        return [self.beside(each) for each in self.rules]


def keys(table: type[Any]) -> dict[str, Any]:
    """Give the fields of a table by the keys that they are written as."""
    return {each.name.replace("_", "-"): each for each in fields(table) if "read" in each.metadata}


def nearest(start: Path) -> Configuration | None:
    """Give the configuration of the nearest pyproject.toml upwards that has one."""
    for folder in (start, *start.resolve().parents):
        file = folder / FILE
        if file.is_file():
            found = load(file)
            if found is not None:
                return found
    return None


def configuration(path: Path, here: Path = Path()) -> Configuration:
    """Give that of the nearest file upwards of a register that has one, else upwards of here."""
    beside = nearest(path if path.is_dir() else path.parent)
    return beside or nearest(here) or Configuration()


def load(file: Path) -> Configuration | None:
    """Give the configuration of a file, None where it has none; raises ConfigurationError."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        table: Any = tomllib.loads(text)
    except (OSError, ValueError) as error:
        message = f"{file}: {getattr(error, 'strerror', None) or error}; wanted TOML"
        raise ConfigurationError(message) from None
    for name in TABLE:
        if not isinstance(table, dict) or name not in table:
            return None
        table = table[name]
    if not isinstance(table, dict):
        message = f"{file}: '{'.'.join(TABLE)}' is no table"
        raise ConfigurationError(message)
    try:
        return Configuration(**_values(table, Configuration), path=str(file))
    except WrongKey as wrong:
        *tables, key = wrong.path
        name = ".".join([*TABLE, *tables])
        message = f"{file}:{_line(text, name, key)}: [{name}] {wrong}"
        raise ConfigurationError(message) from None


class WrongKey(ValueError):
    """A key that cannot be read: its path in the table, and what is wrong with it."""

    def __init__(self, path: tuple[str, ...], said: str) -> None:
        super().__init__(said)
        self.path = path


def _values(table: Mapping[str, Any], of: type[Any]) -> dict[str, Any]:
    """Give the values of a table by field; raises WrongKey for what is none."""
    known, found = keys(of), {}
    for key, value in table.items():
        if key not in known:
            said = f"has no key '{key}'{_near(key, [*known])}"
            raise WrongKey((key,), said)
        try:
            found[known[key].name] = known[key].metadata["read"](value)
        except WrongKey as wrong:
            raise WrongKey((key, *wrong.path), str(wrong)) from None
        except ValueError as error:
            said = f"{key} = {str(value)[:60]!r}: {error}"
            raise WrongKey((key,), said) from None
    return found


def _line(text: str, table: str, key: str) -> int:
    """Give the line on which a key of a table is set, or that of the table."""
    name, table = re.escape(key), re.escape(table)
    top = re.search(rf"^\s*\[{table}[\].]", text, re.MULTILINE)
    start = top.start() if top else 0
    form = re.compile(rf"""^\s*(\[{table}\.)?["']?{name}["']?\s*[=.\]]""", re.MULTILINE)
    met = form.search(text, start)
    before = text[: met.end() if met else start]
    return before.count("\n") + 1
