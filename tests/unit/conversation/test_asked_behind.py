"""确认 with a question beside it: it is done, and the question answered after it."""

from __future__ import annotations

import pytest

from bot.conversation.shapes.steps import Grant
from bot.conversation.words.sentence.asked_behind import asked_behind_yes
from tests.unit.conversation.talk import SLOW, TAILS, Talk, complaint

DONE = [
    ("确认 快递自己叫吗", "快递自己叫吗"),
    ("确认 能快点吗 送人用的", "能快点吗"),
    ("确认 能发邮箱吗", "能发邮箱吗"),
    ("确认 今天能到账吗？", "今天能到账吗？"),
    ("确认，上门取件吗？几点来", "上门取件吗？ 几点来"),
    ("确认 大概几号到", "大概几号到"),
    ("确认，什么时候到账？", "什么时候到账？"),
    ("好的 确认 寄到哪里", "寄到哪里"),
    ("我确认\n怎么寄啊", "怎么寄啊"),
    ("确认办理 新的几天能发", "新的几天能发"),
    ("嗯确认 能快点嘛？", "能快点嘛？"),
    ("确认 谢谢 多久到账", "多久到账"),
]
HELD_BACK = [
    "确认一下有货吗", "确认一下 几天到账", "我想确认 多久到账", "我想确认下几天到",
    "不确认 多久到账", "确认之前先问 几天到账", "确认之前先问运费谁出", "确认前问下 多久到账",
    "确认吗 多久到", "确认？几天到", "确认有货吗", "确认 运费你们出吗", "确认 快递费谁出",
    "确认 快递谁出", "确认 是全额退吗", "确认 要扣钱吗", "确认 如果没货今天能退吗",
    "确认 但是几天到账", "确认 先问下多久到账", "确认 能换成退款吗", "确认 还能改地址吗",
    "确认 没货怎么退", "确认 不用寄快递吧", "确认 多少钱到账", "确认 能补偿点吗", "确认 是新的吗",
    "确认 快递能换顺丰吗", "确认 等我问下几天到", "确认 快点退钱", "确认 到账不是全额吗",
    "等我确认 几天到", "没确认 几天到", "你确认 几天到", "好的 多久到账", "多久到账 确认一下",
    "确认，今天能到账吗？到账我就同意", "确认 能发现货的红色吗", "确认 快递能到付吗",
    "确认 有货吗", "确认 红色的有货吗", "确认 换货的话有货吗", "确认 是快递丢的吗",
    "确认 怎么查真假", "确认 到账的是现金吗", "确认 有现货吗？没货就退款",
    "确认 几天到 慢了就退款",
    "确认 今天能发的话", "确认，上门的话我就退",
    "确认", "确认 谢谢", "请确认 几号到", "确认不了 多久到账", "确认个事 几天到",
]  # fmt: skip


@pytest.mark.parametrize(("text", "asked"), DONE)
def test_what_is_asked_behind_an_express_yes(text: str, asked: str) -> None:
    assert asked_behind_yes(text) == asked


@pytest.mark.parametrize("text", HELD_BACK)
def test_what_may_hold_the_yes_back(text: str) -> None:
    assert not asked_behind_yes(text)


def picked() -> Talk:
    """Return a chat that waits for a confirmation."""
    return Talk().hear(complaint("slow", SLOW, phone_tail=TAILS[SLOW])).pick("compensation")


@pytest.mark.parametrize("text", [text for text, _ in DONE])
@pytest.mark.parametrize("intent", ["confirm", "ask_policy", "order_status", "other"])
def test_it_is_done_and_then_answered(text: str, intent: str) -> None:
    talk = picked().say(text, intent=intent)
    (grant,) = [step for step in talk.steps if isinstance(step, Grant)]
    assert grant.answer is not None
    assert talk.told[-1].startswith("好的，已为您提交")
    assert "\n" in talk.told[-1]
    assert "确认" not in talk.told[-1]


def test_it_is_said_when_the_money_comes() -> None:
    assert "工作日到账" in picked().say("确认 大概几号到", intent="order_status").told[-1]


@pytest.mark.parametrize("text", [text for text in HELD_BACK if text not in {"确认", "确认 谢谢"}])
def test_nothing_is_done_where_it_may_be_held_back(text: str) -> None:
    talk = picked().say(text, intent="ask_policy")
    assert not any(isinstance(step, Grant) for step in talk.steps)
