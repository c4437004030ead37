"""A message in clauses, as its commas and blanks part it; pure."""

from __future__ import annotations

import re

# 12.95 and 1,299 are sums. A question mark stays: whether a clause asks is told by it.
_ENDS = re.compile(r"(?:(?<!\d)[,.]|(?<=\d)[,.](?!\d)|[，。；;！!~～…\s])+")


def clauses_of(text: str) -> list[str]:
    """Return the clauses without what ends them; none is empty."""
    return [clause for clause in _ENDS.split(text) if clause]
