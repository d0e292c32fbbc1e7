"""What a rule is: a law with a code, a message, and examples in its docstring."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

FAMILIES = {
    "FC0": "can the register be read as meant",
    "FC1": "can the figure be what its unit says",
    "FC2": "does its evidence bear it out",
    "FC3": "can figures side by side be true together",
    "FC4": "may figures be put side by side",
    "FC5": "does a document state its figures as the register has them",
}

CODE = r"[A-Z]{2,8}[0-9]{3}"
"""The form of a code: those that begin with FC are our own, all others are free for yours."""

_EXAMPLE = re.compile(rf"^(Okay|{CODE}):\n((?:(?: {{4}}.*)?\n)+)", re.MULTILINE)

LONGEST, LONGEST_PROOF = 400, 4000
"""So much of a text from the register is repeated in a message, and so long is a proof."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of one figure or relation, or of several: an outcome, and the words for it.

    `fields` fill the braces of the rule's message; `reason` says why nothing could be tested.
    `severity` is given only where it is not the outcome's own; `relation` tells that `figure` is
    the id of a relation; `subject` is what the sentence begins with where that is not the id;
    `place` is where in a document the line is, "cell 3", if it has such parts.
    """

    outcome: str
    figure: str
    related: tuple[str, ...] = ()
    fields: Mapping[str, str] | None = None
    proof: str = ""
    reason: str = ""
    severity: str = ""
    path: str = ""
    line: int = 0
    column: int = 0
    place: str = ""
    subject: str = ""
    relation: bool = False
    stretched: bool = False
    diagnosis: str = ""


class Owner(Protocol):
    """What a verdict is about: a figure or a relation, with the line it stands on."""

    @property
    def id(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def line(self) -> int: ...


def at(owner: Owner, outcome: str, related: tuple[str, ...] = (), **more: Any) -> Verdict:
    """Give a verdict on a figure or relation, where it stands; `more` as in Verdict."""
    return Verdict(outcome, owner.id, related, path=owner.path, line=owner.line, **more)


@dataclass(frozen=True, slots=True)
class Rule:
    """A law over a register: `check` yields a verdict for each subject that it was put to.

    `after`: a law over the waivers, which runs when the others have found what there is;
    `of_documents`: a law over what a document states.
    """

    code: str
    message: str
    check: Callable[[Any], Iterable[Verdict]]
    after: bool = False
    of_documents: bool = False

    @property
    def family(self) -> str:
        """The code without its last two digits: FC3 of FC302."""
        return self.code[:-2]

    @property
    def documentation(self) -> str:
        """The docstring, without its indentation: law, reason, examples."""
        first, _, rest = (self.check.__doc__ or "").partition("\n")
        lines = [line.removeprefix("    ") for line in rest.splitlines()]
        return "\n".join([first, *lines]).strip()

    @property
    def law(self) -> str:
        """The law in one sentence."""
        return " ".join(self.documentation.partition("\n\n")[0].split())

    @property
    def reason(self) -> str:
        """Why, a paragraph a line; "" where the law says all."""
        _, _, rest = f"{self.documentation}\n".partition("\n\n")
        first = _EXAMPLE.search(rest)
        before = rest[: first.start() if first else len(rest)].strip()
        return "\n".join(" ".join(each.split()) for each in before.split("\n\n"))

    @property
    def examples(self) -> tuple[tuple[str, str], ...]:
        """The registers of the docstring, each with Okay or the code that is found in it."""
        found = _EXAMPLE.findall(f"{self.documentation}\n")
        return tuple(
            (name, "\n".join(line.removeprefix("    ") for line in text.strip("\n").splitlines()))
            for name, text in found
        )

    def __reduce__(self) -> tuple[Callable[[str, str], Any], tuple[str, str]]:
        """Give where it stands: a rule is pickled as functions are, by its name."""
        return _standing, (self.check.__module__, self.check.__name__)

    def words(self, verdict: Verdict) -> str:
        """Give the sentence that says what is wrong, or why nothing could be tested."""
        subject = verdict.subject or verdict.figure
        if verdict.reason:
            return f"{subject} cannot be tested: {shortened(verdict.reason)}"
        stretched = ", unless a word is stretched" if verdict.stretched else ""
        fields = {name: shortened(text) for name, text in (verdict.fields or {}).items()}
        return f"{subject} {self.message.format_map(fields)}{stretched}"


def _standing(module: str, name: str) -> Any:
    return getattr(import_module(module), name)


def shortened(text: str, longest: int = LONGEST) -> str:
    return text if len(text) <= longest else f"{text[:longest]}..."


def rule(
    code: str, message: str, *, after: bool = False, of_documents: bool = False
) -> Callable[[Callable[[Any], Iterable[Verdict]]], Rule]:
    """Make the decorated function a rule; the message completes '<id> ...'."""
    return lambda check: Rule(code, message, check, after, of_documents)
