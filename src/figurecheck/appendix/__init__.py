"""The figures appendix: one page of what a reader is shown, and then its formats."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from figurecheck.appendix.content import Page
from figurecheck.appendix.model import Appendix
from figurecheck.appendix.outline import sections

if TYPE_CHECKING:
    from collections.abc import Mapping

    from figurecheck.appendix.content import Block, Line
