"""A report of one's own: figures put in by their ids, and the appendix at its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from figurecheck.figures import COLUMNS, cell
from figurecheck.markup import markdown

if TYPE_CHECKING:
    from pathlib import Path

    from figurecheck.appendix.model import Appendix
    from figurecheck.register import Register

PLACE = "appendix"


class ReportError(ValueError):
    """A template that cannot be filled in: file, line and what was wanted, in one line."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a template is told of a figure or a derived quantity: `.text`, `.cite`, `.quote`, ..."""

    register: Register
    id: str

    def __str__(self) -> str:
        return self.register.text(self.id)

    def __getattr__(self, name: str) -> str:
        """Give it in another form, as `format` does, or a cell of its row."""
        if name.startswith("_"):
            raise AttributeError(name)
        figure = self.register.get(self.id)
        if figure is not None and name in COLUMNS and name not in figure.said:
            return cell(figure, name)
        return self.register.text(self.id, "" if name == "text" else name)


def text(made: Appendix, template: Path, appendix: str, form: str) -> str:
    """Give the report; where it does not say where, the appendix stands at its end."""
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from markupsafe import Markup

    environment = ImmutableSandboxedEnvironment(
        autoescape=form == ".html",
        undefined=StrictUndefined,
        finalize=None if form == ".html" else _shown,
        keep_trailing_newline=True,
    )
    try:
        source = template.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        message = f"{template}: {getattr(error, 'strerror', None) or error}"
        raise ReportError(message) from None
    part = Markup(appendix)  # noqa: S704 - made by us, every cell of it escaped
    try:
        found = environment.from_string(source)
        filled = found.render({PLACE: part, "figure": lambda name: Named(made.register, name)})
    except (TemplateError, KeyError, ValueError) as error:
        line = getattr(error, "lineno", None) or _line_of(error)
        message = f"{template}:{line}: {' '.join(str(error).split())}"
        raise ReportError(message) from None
    if str(part) in filled:
        return filled
    head, end, tail = filled.rpartition("</body>")
    return f"{head}{part}{end}{tail}" if end else f"{filled.rstrip()}\n\n{part}"


def _shown(value: object) -> object:
    """Give what is put into Markdown so that it is shown as it stands."""
    return value if hasattr(value, "__html__") else markdown(str(value))


def _line_of(error: BaseException) -> int:
    """Give the line of the template that an error comes from."""
    from traceback import extract_tb

    lines = [
        each.lineno for each in extract_tb(error.__traceback__) if each.filename == "<template>"
    ]
    return lines[-1] or 1 if lines else 1
