"""How a sum is written for people."""

from __future__ import annotations


def yuan(fen: int) -> str:
    """Return a sum as customers and staff read it: 123450 fen → ¥1,234.50."""
    return f"¥{fen // 100:,}.{fen % 100:02d}"
