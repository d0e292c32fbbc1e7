"""Strategies for Hypothesis: texts of honest writers, registers that are true, and worlds.

Hypothesis is imported here and nowhere else in the package; the extra `strategies` brings it.
"""

from __future__ import annotations

from figurecheck.strategies.registers import registers, true_registers
from figurecheck.strategies.texts import reported_texts
from figurecheck.strategies.worlds import NoWorld, worlds

__all__ = ["NoWorld", "registers", "reported_texts", "true_registers", "worlds"]
