"""A greeting before what is said is left out where the message is understood."""

from __future__ import annotations

import pytest

from bot.conversation.words.sentence.greeting import says_goodbye, without_greeting


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("晚上好 皮带也有问题", "皮带也有问题"),
        ("你好，帽子也有问题", "帽子也有问题"),
        ("在吗？皮带也坏了", "皮带也坏了"),
        ("在吗\n皮带也坏了", "皮带也坏了"),
        ("亲 亲 皮带也坏了", "皮带也坏了"),
        ("您好我的杯子碎了", "我的杯子碎了"),
        ("亲，在吗，你好，杯子碎了", "杯子碎了"),
        ("hello 杯子碎了", "杯子碎了"),
        ("在吗在吗 杯子碎了", "杯子碎了"),
        ("客服 我要退货", "我要退货"),
        ("老板，杯子碎了", "杯子碎了"),
    ],
)
def test_a_greeting_is_left_out(text: str, left: str) -> None:
    assert without_greeting(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "你好",
        "在吗 在吗",
        "你好 谢谢",
        "你好像发错了",
        "你好意思吗",
        "亲子装破了",
        "晚上好几次断电",
        "早就坏了",
        "客服不理人",
        "客服 一直不理人",
        "客服 态度太差了",
        "店家，说好给我退的",
        "老板，骗人的吧",
        "客服，怎么不回我",
        "在吗在吗",
        "早上好好的晚上就坏了",
        "老板娘说能退",
        "在不在都没有人接电话",
        "有人在吗",
        "喂猫的碗碎了",
        "皮带也有问题 你好",
    ],
)
def test_what_is_no_greeting_stays(text: str) -> None:
    assert without_greeting(text) == text


@pytest.mark.parametrize(
    ("text", "bye"),
    [
        ("拜拜", True), ("好的再见", True), ("谢谢啦 拜拜~", True), ("那先这样，回头见", True),
        ("再见不到货我就投诉", False), ("你好", False), ("88块", False), ("拜托快点", False),
    ],
)  # fmt: skip
def test_a_goodbye_is_no_greeting(text: str, bye: bool) -> None:
    assert says_goodbye(text) is bye
