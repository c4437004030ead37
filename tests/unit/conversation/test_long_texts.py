"""However long a message is and whatever it repeats, hearing it does not hold up the others."""

from __future__ import annotations

import time

import pytest

from bot.conversation.listening import READ_AT_MOST, _both_ends
from bot.conversation.replaying.details import TOLD_WITHIN
from bot.conversation.words.answers import corrections
from bot.conversation.words.things.articles import the_one
from bot.conversation.words.wishes.demands import only_wishes
from nlp.normalise import HEAD_CHARS, TAIL_CHARS
from tests.unit.conversation.talk import LATE, Talk, complaint

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


@pytest.mark.parametrize("before", range(985, 1001))
def test_no_number_told_in_a_matter_is_cut_in_two(before: int) -> None:
    talk = Talk().hear(complaint("not_shipped", LATE)).say("电话13912345678")
    talk.say("等" * before)
    talk.say("快点")
    told = talk.matter.told
    assert len(told) <= max(TOLD_WITHIN, before)
    assert ("13912345678" in told) == ("5678" in told)
    assert told.endswith("快点")


@pytest.mark.parametrize("secret", ["13912345678", "上海市徐汇区漕溪路1号3幢502室"])
def test_nothing_personal_is_cut_in_two_where_a_long_text_is(secret: str) -> None:
    for at in range(len(secret) + 1):
        head = "等" * (HEAD_CHARS - 1 - at - 1) + "，" + secret
        tail = secret + "，" + "快" * (TAIL_CHARS - at - 1)
        for text in (head + "，" + "好" * READ_AT_MOST, "好" * READ_AT_MOST + "，" + tail):
            read = _both_ends(text)
            assert len(read) <= READ_AT_MOST
            assert (secret[:4] in read) == (secret in read) == (secret[-4:] in read)
