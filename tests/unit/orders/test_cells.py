"""How a cell is read: amounts, and what Excel keeps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.orders.cells import cell_text, read_yuan


@given(st.integers(min_value=0, max_value=10**12))
def test_yuan_become_fen_without_losing_any(fen: int) -> None:
    """However large, an amount in yuan is the same amount in fen."""
    assert read_yuan(f"{fen // 100}.{fen % 100:02d}") == fen
    assert read_yuan(f"¥{fen // 100:,}.{fen % 100:02d}元") == fen


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("59.90", 5990), (" ￥1,234.50 ", 123450), ("1，234 元", 123400),
        ("12,345,678", 1234567800),
        ("５９．９", 5990), ("0", 0), ("1234567", 123456700), ("¥ 5元", 500),
    ],
)  # fmt: skip
def test_a_comma_parts_thousands(text: str, fen: int) -> None:
    assert read_yuan(text) == fen


@pytest.mark.parametrize(
    "text",
    [
        "", ".", "1e999", "nan", "inf", "-0.01", "1.001", "abc", "59，90", "59,90", "1,2", "5 9",
        "1,23", "12,34.50", "1234,567", ",123", "1,,234", "1,234,56", "1 234", "5¥9", "5元9",
        "1.2,3",
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused(text: str) -> None:
    """Half a fen, less than nothing, and no number at all."""
    with pytest.raises(ValueError, match="yuan"):
        read_yuan(text)


def test_excel_values_read_as_they_are_shown() -> None:
    """Floats lose the noise of their arithmetic."""
    assert [cell_text(v) for v in (0.1 + 0.2, 5.0, True, None, " a ")] == [
        "0.3", "5", "true", "", "a",
    ]  # fmt: skip
