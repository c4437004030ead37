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


@pytest.mark.parametrize("text", ["", ".", "1e999", "nan", "inf", "-0.01", "1.001", "abc"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    """Half a fen, less than nothing, and no number at all."""
    with pytest.raises(ValueError, match="yuan"):
        read_yuan(text)


def test_excel_values_read_as_they_are_shown() -> None:
    """Floats lose the noise of their arithmetic."""
    assert [cell_text(v) for v in (0.1 + 0.2, 5.0, True, None, " a ")] == [
        "0.3", "5", "true", "", "a",
    ]  # fmt: skip
