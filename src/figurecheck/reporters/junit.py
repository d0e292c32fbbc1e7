"""JUnit XML: a test case for each figure and relation, or for each number of a document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from figurecheck.cases import FAILED, SKIPPED, WAIVED, said
from figurecheck.obeyed import CONTROLS, XML, no_command, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from figurecheck.cases import Case
    from figurecheck.finding import Finding
    from figurecheck.reporters.stream import Stream

# What XML 1.0 cannot have, or a terminal would obey.
_NO_TEXT = re.compile(rf"(?!\n){CONTROLS}|[\ud800-\udfff\ufffe\uffff]")


def lines(stream: Stream) -> Iterator[str]:
    """Give the suites, one a file; the last ends with how much was not tested."""
    top = ET.Element("testsuites", name=f"figurecheck {stream.command}")
    files = list(dict.fromkeys([*stream.cases, *stream.unread])) or [stream.register.path]
    for path in files:
        seen = stream.base.seen(path)
        suite = ET.SubElement(top, "testsuite", name=_text(seen))
        for each in stream.cases.get(path, ()):
            _case(suite, each, seen)
        if path in stream.unread:
            about = {"classname": _text(seen), "name": "can be read", "file": _text(seen)}
            one = ET.SubElement(suite, "testcase", about)
            ET.SubElement(one, "error", type="unread", message=_text(stream.unread[path]))
        _counted(suite, [suite])
    ET.SubElement(top[-1], "system-out").text = _text("\n".join(stream.closing))
    _counted(top, top)
    ET.indent(top)
    written = ET.tostring(top, encoding="us-ascii", xml_declaration=True).decode("ascii")
    yield from (no_command(line, XML) for line in written.split("\n"))


def _case(suite: ET.Element, each: Case, seen: str) -> None:
    about = {
        "classname": _text(seen),
        "name": _text(each.name),
        "file": _text(seen),
        "line": str(each.line),
    }
    one = ET.SubElement(suite, "testcase", about)
    others = [*each.failing, *each.others]
    if each.result == FAILED:
        failing = [finding for finding in each.failing if not finding.waived]
        others = [finding for finding in others if finding.waived or finding not in failing]
        first, *_ = failing
        told = ET.SubElement(one, "failure", type=first.code, message=_text(said(first)))
        told.text = _told(failing)
    elif each.result == WAIVED:
        ET.SubElement(one, "skipped", type="waived", message=_text(f"waived: {each.reason}"))
    elif each.result == SKIPPED:
        ET.SubElement(one, "skipped", type="untestable", message=_text(each.reason))
    if others:
        ET.SubElement(one, "system-out").text = _told(others)


def _told(findings: Iterable[Finding]) -> str:
    return "\n".join(
        _text(f"{said(each)}; waived: {each.waived}" if each.waived else said(each))
        for each in findings
    )


def _counted(element: ET.Element, suites: Iterable[ET.Element]) -> None:
    """Set how many test cases there are in suites, and how many of them came to what."""
    for name, path in (
        ("tests", "testcase"),
        ("failures", "testcase/failure"),
        ("errors", "testcase/error"),
        ("skipped", "testcase/skipped"),
    ):
        element.set(name, str(sum(len(each.findall(path)) for each in suites)))


def _text(text: str) -> str:
    return _NO_TEXT.sub(visible, text)
