"""When a parcel goes out and comes, and who brings it: asked, and told without a guessed day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.conversation.saying import parcel_words
from bot.conversation.words.matters import arrival
from tests.factories import NOW
from tests.unit.conversation.talk import LATE, ORDERS, REPLIES, SLOW, TAILS, Talk, offered


@pytest.mark.parametrize(
    "text",
    ["周末能到不", "星期三能收到吗", "明天能到不", "周四前能到吗", "今天能送吗",
     "能赶在周五前到吗",
     "后天到得了吗", "明天送不送", "今天会派送吗", "下周一能到货吗", "大概3天能到吗", "25号能到吗",
     "过年前能到吗", "明天会不会到", "大衣周四前能到吗", "快递周六送不送", "什么时候到"],
)  # fmt: skip
def test_when_it_comes_is_asked(text: str) -> None:
    assert arrival.asks_when_here(text)


@pytest.mark.parametrize(
    "text",
    ["昨天就该到了", "明天能到账吗", "钱明天能到吗", "后天能退吗", "明天到的话我不在家",
     "今天收到了",
     "周五前不到我就退", "三天了还没到", "今天送券吗", "周六下午行不", "明天能来装吗",
     "三天没收到",
     "今天收到的是坏的", "今天能收到退款吗", "明天能发吗", "三天没送到吗"],
)  # fmt: skip
def test_no_arrival_is_asked(text: str) -> None:
    assert not arrival.asks_when_here(text)


@pytest.mark.parametrize(
    ("text", "asked"),
    [("能今天发不", True), ("今天发货吗", True), ("周五前能发货吗", True), ("今天发不发", True),
     ("今天发现坏了", False), ("三天没发货", False), ("今天能发照片吗", False)],
)  # fmt: skip
def test_whether_it_goes_out_by_a_day_is_asked(text: str, asked: bool) -> None:
    assert arrival.asks_when_sent(text) is asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [("还要几天", True), ("还得等多久", True), ("那还要多久啊", True), ("还需要几天能收到", True),
     ("还要几天才退款", False), ("还要几天能开票", False), ("等了几天了", False)],
)  # fmt: skip
def test_how_long_it_still_takes_is_asked(text: str, asked: bool) -> None:
    assert arrival.asks_how_long_still(text) is asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [("快递员电话多少", True), ("有快递员电话吗", True), ("把派送员的电话给我", True),
     ("怎么联系快递员", True), ("小哥电话发我", True), ("快递员电话打不通", False),
     ("快递员不打电话", False), ("客服电话多少", False), ("快递员没给我打电话", False)],
)  # fmt: skip
def test_how_to_reach_the_courier_is_asked(text: str, asked: bool) -> None:
    assert arrival.asks_courier_phone(text) is asked


def test_no_day_is_guessed_and_the_second_answer_is_another() -> None:
    talk = offered(SLOW, "slow")
    first = talk.say("周四前能到吗", intent="ask_policy").told[0]
    second = talk.say("还要几天", intent="ask_policy").told[0]
    assert talk.said == ["arrival_again"]
    assert "最新物流" in first
    assert first != second
    assert talk.say("周末能到不", intent="ask_policy").told[0] == first


def test_an_order_that_waits_says_by_when_it_leaves() -> None:
    talk = Talk().say(intent="order_status", order_nos=(LATE,), phone_tail=TAILS[LATE])
    told = talk.say("周末能到不", intent="ask_policy").told[0]
    assert "还没有发出" in told
    assert "已经过了" in told


def test_a_promised_day_is_told() -> None:
    by = (NOW + timedelta(days=2)).isoformat()
    record = {**ORDERS[SLOW], "promised_deliver_by": by}
    facts = {"ship_by": None, "late": False, "overdue": False}
    assert "承诺最晚11月26日" in parcel_words.arrival_text(REPLIES, record, facts, again=False)


@pytest.mark.parametrize(
    ("text", "told"),
    [("快递员【王师傅，电话13800138000】正在派件", "13800138000"),
     ("到达【金华转运中心】", "客服电话"),
     ("运单773138001380001234已揽收", "客服电话")],
)  # fmt: skip
def test_the_number_is_read_out_of_what_the_carrier_reports(text: str, told: str) -> None:
    parcel = {**ORDERS[SLOW]["shipments"][-1], "events": [{"at": NOW.isoformat(), "text": text}]}
    record = {**ORDERS[SLOW], "shipments": [parcel]}
    assert told in parcel_words.courier_phone_text(REPLIES, record)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("那你们到底发没发", True), ("发货了吗", True), ("有没有发货啊", True), ("发了没", True),
        ("怎么还没发", False), ("发票开了吗", False), ("什么时候发", False),
        ("退款发了吗", False), ("发了", False), ("没发就退", False),
    ],
)  # fmt: skip
def test_whether_the_parcel_left_is_asked(text: str, *, asks: bool) -> None:
    assert arrival.asks_whether_sent(text) is asks


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("吹风机和卷发棒是一起发的吗", True), ("是一个包裹吗", True), ("分开发的吗", False),
        ("是分开发的还是一起发的", True), ("是不是一起寄来的", True), ("一起发给我", False),
        ("能一起发吗", False), ("是一起买的", False), ("怎么没一起发", False),
        ("一个包裹收到了 另一个呢", False),
    ],
)  # fmt: skip
def test_whether_all_came_in_one_parcel_is_asked(text: str, asked: bool) -> None:
    assert arrival.asks_in_parcels(text) is asked
