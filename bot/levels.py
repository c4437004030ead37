"""The levels of people who are called (policy §4.3)."""

from __future__ import annotations

from typing import Literal, get_args

# An agent, a supervisor, finance and law: the later the graver.
Level = Literal["L1", "L2", "S"]
LEVELS: tuple[Level, ...] = get_args(Level)
