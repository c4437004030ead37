"""What never came may be paid for instead: said, and not asked or refused."""

from __future__ import annotations

import pytest

from bot.conversation.words.things.sums import takes_money_instead


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("都几岁了围嘴不要了 折现吧", True),
        ("折成钱给我就行", True),
        ("换成现金吧", True),
        ("不要折现 我要围嘴", False),
        ("别折现", False),
        ("能折现吗", False),
        ("已经折现了", False),
        ("换成红色的", False),
    ],
)
def test_a_sum_is_taken_in_place_of_the_thing(text: str, expected: bool) -> None:
    assert takes_money_instead(text) is expected
