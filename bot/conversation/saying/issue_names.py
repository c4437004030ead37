"""What a dispute is about, in words that staff read; the page has the same."""

from __future__ import annotations

from nlp.labels import ISSUE_NAMES, NONE, TYPE_NAMES

# Nothing is wrong with the order and nothing is wished for: a threat, a danger, abuse.
OTHER = "other"
ISSUES = {**ISSUE_NAMES, NONE: "无故障退换/取消", OTHER: "其他诉求"}
TYPES = {**TYPE_NAMES, NONE: "无责退换", OTHER: "其他诉求"}


def counted_as(code: str, wish: str | None) -> str:
    """Return the issue or type, or OTHER where not even a wish stands behind "none"."""
    return OTHER if code == NONE and wish is None else code


def issue_name(issue: str, wish: str | None) -> str:
    """Return the issue's name, or the code itself where a newer release gave it."""
    return ISSUES.get(counted_as(issue, wish), issue)
