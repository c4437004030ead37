"""However long a message is and whatever it repeats, hearing it does not hold up the others."""

from __future__ import annotations

import time

import pytest

from bot.conversation.words.answers import corrections
from bot.conversation.words.things.articles import the_one
from bot.conversation.words.wishes.demands import only_wishes

SOON = 0.2  # seconds; before, one of these took hours and the others up to a second
TITLES = ("纯棉毛巾", "陶瓷碗")


@pytest.mark.parametrize("part", ["要", "还是", "黑色", "1234567890", "我要黑色的", "都"])
def test_what_is_said_over_and_over_is_read_at_once(part: str) -> None:
    text = (part * 2000)[:2000] + "啦"
    began = time.process_time()
    only_wishes(text)
    the_one(text, TITLES)
    corrections._without_talk(text)
    corrections._specifies(text)
    assert time.process_time() - began < SOON


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("钢笔退", True), ("我想把买的手表退了", True), ("过了3天还可以退货吗", True),
        ("手表退了" + "吧" * 40, False),
    ],
)  # fmt: skip
def test_a_wish_alone_is_short(text: str, only: bool) -> None:
    assert only_wishes(text) == only


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("L码 昨天刚下的单", "L码"), ("要黑色的，我昨天刚下的单", "要黑色的"),
        ("换M码黑色", "换M码黑色"),
        ("草莓味两袋", "草莓味两袋"), ("12.5kg", "12.5kg"),
        ("我要大号红的 ，谢谢你们了", "我要大号红的"),
    ],
)  # fmt: skip
def test_a_specification_is_told_from_talk(value: str, kept: str) -> None:
    assert corrections._without_talk(value) == kept
