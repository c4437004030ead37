"""The customer's latest words, as an approver reads them."""

from __future__ import annotations

import pytest

from bot.desk.grounds import TOLD_AT_MOST, latest

WHOLE = "坏" * (TOLD_AT_MOST // 2)


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("", ""),
        ("坏了\n退钱", "坏了\n退钱"),
        ("坏" * TOLD_AT_MOST, "坏" * TOLD_AT_MOST),
        (f"{WHOLE}\n{WHOLE}", WHOLE),
        (f"早\n{'坏' * TOLD_AT_MOST}", "坏" * TOLD_AT_MOST),
        (f"早{'坏' * TOLD_AT_MOST}", "坏" * TOLD_AT_MOST),
    ],
)
def test_they_are_cut_between_lines(told: str, shown: str) -> None:
    assert latest(told) == shown
