"""What a check ends in: outcomes, severities, and the finding that a reader is shown."""

from __future__ import annotations

from dataclasses import dataclass

HOLDS, BORDERLINE, BROKEN, UNTESTABLE = OUTCOMES = ("holds", "borderline", "broken", "untestable")
NOTE, WARNING, ERROR = SEVERITIES = ("note", "warning", "error")

SEVERITY = {BROKEN: ERROR, BORDERLINE: WARNING, UNTESTABLE: NOTE}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a reader should look at: what is wrong, the numbers, and where they stand.

    `figure` is the id of the figure or relation (then `relation` is true), `related` the ids it was
    held against; `waived` is the reason of the waiver that covers it, "" where none does. `place`
    is where in a document the line is ("cell 3"), "" for most.
    """

    code: str
    severity: str
    outcome: str
    figure: str
    related: tuple[str, ...]
    path: str
    line: int
    message: str
    proof: str = ""
    diagnosis: str = ""
    waived: str = ""
    relation: bool = False
    column: int = 0
    place: str = ""

    @property
    def where(self) -> str:
        """Path, place, line and column, as far as they are known: report.md:3:10."""
        column = f":{self.column}" if self.column else ""
        return f"{', '.join(filter(None, [self.path, self.place]))}:{self.line}{column}"

    @property
    def untested(self) -> bool:
        """Whether it says only that something could not be tested."""
        return self.outcome == UNTESTABLE and self.severity == NOTE

    @property
    def key(self) -> tuple[str, ...]:
        """What it is the same finding by, wherever it stands: the rule and the figures."""
        return (self.code, self.figure, *sorted(self.related))

    def at_least(self, severity: str) -> bool:
        return SEVERITIES.index(self.severity) >= SEVERITIES.index(severity)
