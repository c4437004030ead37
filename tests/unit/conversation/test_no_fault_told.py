"""A fault that is only supposed, and what the customer does no more, are none."""

from __future__ import annotations

import pytest

from bot.conversation.words.matters import complaint


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("那有质量问题呢 比如漏液", True),
        ("要是有质量问题怎么办", True),
        ("有质量问题 漏液了", False),
        ("那我这个有质量问题呢", False),
        ("那漏液了呢", False),
    ],
)
def test_a_fault_in_case_of_which_something_is_asked_is_none(text: str, expected: bool) -> None:
    assert complaint.asks_in_case_of_fault(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("突然要出差 草莓不要了", False),
        ("现在不想买了", False),
        ("用了两天不工作了", True),
        ("突然不能用了", True),
        ("昨天还好好的 今天不亮了", True),
    ],
)
def test_what_the_customer_does_no_more_is_no_fault(text: str, expected: bool) -> None:
    assert complaint.tells_fault(text) is expected
