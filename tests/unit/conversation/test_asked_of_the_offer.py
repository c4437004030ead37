"""What is asked about an offer, or what was granted, is answered from its own facts."""

from __future__ import annotations

import pytest

from bot.conversation.deciding import beside
from bot.conversation.words.matters import arrival
from tests.unit.conversation.talk import BROKEN, SLOW, TAILS, Talk, complaint


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("谁出运费", "freight"), ("来回运费都我出啊", "freight"),
        ("那多久能到账", "when"), ("要多久", "when"), ("还要多久", "when"), ("多久有结果", "when"),
        ("那几号能到账", "when"), ("什么时候退", "when"), ("钱什么时候能退给我", "when"),
        ("大概几天到账呀", "when"), ("退款要几天", "when"),
        ("赔多少", "sum"), ("能赔我多少钱", "sum"), ("退多少啊", "sum"),
        ("能快点吗", "hurry"), ("赶紧的", "hurry"),
        ("什么时候发货", None), ("几天能到", None), ("多久能换好", None), ("保修多久", None),
        ("买了多少", None), ("退货几天内有效", None), ("退了多少件", None), ("运费险怎么用", None),
        ("等了多久了你们知道吗", None), ("快递几号到", None), ("价保多久", None),
    ],
)  # fmt: skip
def test_what_is_asked_of_the_offer(text: str, topic: str | None) -> None:
    assert beside.topic_of(text) == topic


@pytest.mark.parametrize(
    "text",
    [
        "绿萝到哪了", "大概几号能到", "什么时候能收到", "明天能到吗",
        "钱都付了 货什么时候到", "这款什么时候能到", "补发的什么时候到",
    ],
)  # fmt: skip
def test_a_parcel_is_asked_after(text: str) -> None:
    assert arrival.asks_after_parcel(text)


@pytest.mark.parametrize(
    "text",
    [
        "几号到账", "到哪一步了", "什么时候收到退款", "处理到哪了",
        "钱什么时候到", "那退款大概几天到", "补偿什么时候能到", "运费的钱几号到",
    ],
)  # fmt: skip
def test_money_and_progress_are_no_parcel(text: str) -> None:
    assert not arrival.asks_after_parcel(text)


@pytest.mark.parametrize(
    ("text", "granted", "sent"),
    [
        ("什么时候发货", None, True), ("什么时候能发", "compensation", True),
        ("几号能寄呀", "correct_order", True), ("今天能发吗", None, True),
        ("什么时候发货", "invoice", True),
        ("什么时候发", "coupon", False), ("什么时候能发", "invoice", False),
        ("什么时候发券", None, False), ("什么时候发的消息", None, False),
        ("什么时候寄回", None, False), ("什么时候开发票", None, False),
        ("发货了吗", None, False),
    ],
)  # fmt: skip
def test_when_the_parcel_goes_out_is_asked(text: str, granted: str | None, sent: bool) -> None:
    assert arrival.asks_when_sent(text, granted) is sent


@pytest.mark.parametrize(
    ("text", "granted", "topic"),
    [
        ("修多久", "repair", "when"), ("多久能修好", "repair", "when"),
        ("多久能开好", "invoice", "when"), ("几天能开出来", "invoice", "when"),
        ("发票多久能开好呀", "invoice", "when"), ("什么时候给我发新的", "exchange", "when"),
        ("要我先寄回去吗", "exchange", "way_back"), ("需要先寄回吗", "exchange", "way_back"),
        ("新地址是什么", "correct_order", "changed"), ("改成啥了", "correct_order", "changed"),
        ("现在的电话是多少", "correct_order", "changed"),
        ("多久能开好", "coupon", None), ("修多久", "refund", None),
        ("你们店开多久了", "invoice", None), ("这鞋能穿多久", "repair", None),
        ("修了多久了", "repair", None), ("我先寄回去了", "exchange", None),
        ("新地址是什么", "refund", None), ("你们地址是什么", "exchange", None),
        ("地址改成北京路8号", "correct_order", None),
        ("电话打不通是什么情况", "correct_order", None),
    ],
)  # fmt: skip
def test_what_is_asked_of_the_grant(text: str, granted: str, topic: str | None) -> None:
    assert beside.topic_of(text, granted) == topic


def broken() -> Talk:
    """Return a chat in which three ways to settle a broken cup are offered."""
    return Talk().hear(complaint("damaged", BROKEN, phone_tail=TAILS[BROKEN])).say(photos=(1,))


def test_who_bears_the_way_back_is_told_from_the_offer() -> None:
    assert "运费由我们承担" in broken().say("谁出运费", guess="fee", intent="complain").told[0]


def test_by_when_is_told_of_each_option() -> None:
    told = broken().say("要多久", intent="ask_policy").told[0]
    assert "① 退货退款" in told
    assert "48小时内换新发出" in told


def test_a_question_about_the_offer_does_not_wear_it_out() -> None:
    talk = broken()
    for _ in range(4):
        talk.say("什么时候退", intent="order_status")
    assert (talk.state.owner, talk.matter.stage) == ("bot", "offered")


def test_by_when_is_told_of_what_is_on_its_way() -> None:
    talk = Talk().hear(complaint("slow", SLOW, phone_tail=TAILS[SLOW])).pick("compensation")
    talk.pick("confirm").say("多久有结果", intent="ask_policy")
    assert "补偿" in talk.told[0]
    assert "工作日" in talk.told[0]
