"""Who speaks is told honestly, thanks may be bitter, and 好嘞 closes what was said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.deciding.small_talk import _note_remark
from bot.conversation.words.answers.more_wanted import asks_way_on
from bot.conversation.words.wishes import bargaining
from tests.unit.conversation.talk import (
    EXCLUDED,
    IN_TIME,
    SLOW,
    TAILS,
    Talk,
    complaint,
    resolved,
    spoke,
)


@pytest.mark.parametrize(
    "text", ["你是机器人吗", "你是真人吗", "你们是人工吗？", "你是不是机器人", "你是AI吧"]
)
def test_who_speaks_is_told(text: str) -> None:
    assert Talk().say(text).said == ["who"]


@pytest.mark.parametrize(
    "text", ["机器人吸尘器坏了", "你们的扫地机器人怎么用", "你是卖家吗", "叫真人来"]
)
def test_other_questions_are_not_about_who_speaks(text: str) -> None:
    assert "who" not in Talk().say(text).said


def test_who_speaks_is_told_where_a_confirmation_waits() -> None:
    talk = Talk().hear(complaint("slow", SLOW, phone_tail=TAILS[SLOW])).pick("compensation")
    talk.say("你是机器人吗")
    assert talk.matter.stage == "confirming"
    assert "不是真人" in talk.told[0]


@pytest.mark.parametrize("text", ["好嘞", "嗯嗯", "知道了", "哦那行"])
def test_what_closes_an_answer_is_understood(text: str) -> None:
    talk = Talk().say("到哪了", intent="order_status", order_nos=(IN_TIME,))
    talk.say(TAILS[IN_TIME], phone_tail=TAILS[IN_TIME], intent="inform")
    assert talk.say(text, intent="confirm").said == ["close"]


def test_who_was_asked_for_something_takes_their_time() -> None:
    talk = Talk().say("到哪了", intent="order_status")
    assert talk.say("好的", intent="confirm").said == ["take_your_time"]


@pytest.mark.parametrize("text", ["行吧", "行吧那算了", "哦 知道了"])
def test_a_refusal_taken_note_of_is_not_recited(text: str) -> None:
    talk = Talk().say("想退货", intent="want_return", order_nos=(EXCLUDED,),
                      phone_tail=TAILS[EXCLUDED])  # fmt: skip
    assert talk.matter.end == "rejected"
    assert talk.say(text, intent="confirm").said == ["understood"]


@pytest.mark.parametrize(
    "text", ["那怎么办", "没有别的办法了吗", "现在该怎么办啊", "还有别的方案吗"]
)
def test_after_a_refusal_it_is_told_once_what_would_change_it(text: str) -> None:
    talk = Talk().say("想退货", intent="want_return", order_nos=(EXCLUDED,),
                      phone_tail=TAILS[EXCLUDED])  # fmt: skip
    told = talk.say(text, intent="other").told[0]
    assert "如果" in told
    assert told.count("回复“人工”") == 1


@pytest.mark.parametrize(
    "text",
    ["碎了怎么办", "发票怎么弄", "没办法了 我要投诉", "怎么退", "办法不错", "真没办法跟你们沟通"],
)
def test_other_questions_ask_for_no_way_on(text: str) -> None:
    assert not asks_way_on(text)


def test_thanks_may_be_bitter() -> None:
    assert Talk().say("谢谢你全家", intent="thank").said == ["bitter"]
    talk = Talk().hear(complaint("slow", SLOW, phone_tail=TAILS[SLOW]))
    assert talk.say("真谢谢你们了啊", intent="thank").said == ["bitter"]
    assert Talk().say("太谢谢你们了", intent="thank").said == ["thank"]


@pytest.mark.parametrize("text", ["就赔这么点啊", "才赔这么点", "12块钱够干嘛的", "就给这么些"])
def test_an_offer_found_too_little_is_bargained_over(text: str) -> None:
    assert bargaining.wants_more(text)


@pytest.mark.parametrize(
    "text", ["就给这么点时间", "够了", "够用吗", "就补发这么点东西", "这么点事"]
)
def test_other_scarcity_is_no_bargaining(text: str) -> None:
    assert not bargaining.wants_more(text)


@pytest.mark.parametrize(
    ("text", "noted"),
    [
        ("没问题", True), ("都是好的", True), ("昨天才试的", True), ("其他三把没问题", True),
        ("还是不行", False), ("我还有一单也有事", False), ("再帮我弄一下", False),
        ("我要差评", False),
    ],
)  # fmt: skip
def test_only_what_is_neither_wrong_nor_wanted_is_merely_noted(text: str, *, noted: bool) -> None:
    state = replace(resolved().state, unanswered=spoke(text, intent="complain"))
    step = _note_remark(state, state.current)
    assert (step is not None) is noted
