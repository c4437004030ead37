"""By when something is done: about a return, of what was granted, of a parcel turned away."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.conversation.words.answers import asked_beside, of_the_offer
from bot.conversation.words.things import parcels, sums, way_back
from bot.conversation.words.wishes import afterthoughts
from tests.factories import NOW
from tests.unit.conversation.talk import (
    LATE,
    ORDERS,
    SLOW,
    TAILS,
    Talk,
    executing,
    finished,
    offered,
)

LATER = "24小时内"


def returned(state: str, **more: Any) -> Talk:
    """Return a talk in which an order with a return was asked after."""
    asked = (NOW - timedelta(days=3)).isoformat()
    entry = {"no": "R-1", "state": state, "amount_fen": 9900, "requested_at": asked, **more}
    record = {**ORDERS[LATE], "status": "delivered", "returns": [entry]}
    talk = Talk(orders={**ORDERS, LATE: record})
    return talk.say(intent="order_status", order_nos=(LATE,), phone_tail=TAILS[LATE])


def test_a_return_that_came_says_by_when_it_is_paid() -> None:
    came = (NOW - timedelta(hours=20)).isoformat()
    talk = returned("received", received_at=came)
    assert "签收后48小时内退，最迟11月25日 14:00前退款" in talk.told[0]
    for text in ("多久退钱", "为啥要48小时", "几天能到账"):
        talk.say(text, intent="ask_policy", guess="fee")
        assert talk.said == ["return_status"]
        assert "最迟11月25日 14:00前退款" in talk.told[0]


def test_a_return_that_is_overdue_says_so() -> None:
    came = (NOW - timedelta(hours=60)).isoformat()
    assert "已经超时了" in returned("received", received_at=came).told[0]


def test_a_return_on_its_way_says_what_comes_after() -> None:
    talk = returned("approved")
    assert "仓库签收、验货后48小时内原路退款" in talk.told[0]
    talk.say("退货同意了 我寄出去了", intent="complain", demand="return_refund", guess="refused")
    assert talk.said == ["return_sent_off"]
    assert talk.state.matters == ()


def test_without_a_return_how_soon_money_comes_is_a_question_of_policy() -> None:
    talk = Talk().say(intent="order_status", order_nos=(LATE,), phone_tail=TAILS[LATE])
    assert talk.say("多久退钱", intent="ask_policy").said == ["ask_policy"]


@pytest.mark.parametrize(
    ("text", "asked"),
    [("退的热水袋钱啥时候退", True), ("多久退钱", False), ("退的差价啥时候到", False),
     ("热水袋能退吗", False)],
)  # fmt: skip
def test_the_money_for_named_goods_is_asked_after(text: str, asked: bool) -> None:
    assert way_back.asks_after_money(text) is asked


@pytest.mark.parametrize(
    ("text", "state", "asked"),
    [("退款要多久到账", "shipped", True), ("为什么要等这么久", "received", True),
     ("几号退款给我", "approved", True), ("多久退钱", "refunded", False),
     ("多久能修好", "received", False), ("为啥不退款", "received", False),
     ("退少了", "received", False), ("好的那明天能到账吗", "received", True),
     ("好 那大概明天能退吗", "received", True), ("那明天能退吗", "approved", False),
     ("我问的是到账时间", "received", True), ("退款退到微信要几天", "refunded", True),
     ("我是微信付的 怎么查", "refunded", True), ("明天能到账吗", "refunded", True),
     ("退的热水袋钱啥时候退", "received", True), ("明天能到吗", "received", False),
     ("微信怎么付", "received", False), ("明天到账就行", "received", False),
     ("要是明天不到账呢", "received", False), ("怎么查物流", "received", False)],
)  # fmt: skip
def test_the_money_of_a_return_is_asked_after(text: str, state: str, asked: bool) -> None:
    assert way_back.asks_of_return(text, {"returns": [{"state": state}]}) is asked


@pytest.mark.parametrize(
    ("text", "told"),
    [("我寄出去了", True), ("退货昨天寄走了", True), ("已经寄回去了", True),
     ("寄回去了怎么还不退", False),
     ("你们寄错了", False), ("我要寄出去吗", False)],
)  # fmt: skip
def test_what_goes_back_was_sent_off(text: str, told: bool) -> None:
    assert way_back.tells_sent_off(text, {"returns": [{"state": "approved"}]}) is told
    assert not way_back.tells_sent_off(text, {"returns": [{"state": "received"}]})


@pytest.mark.parametrize("text", ["要多久", "多久有结果"])
def test_a_hurry_that_was_granted_still_has_its_term(text: str) -> None:
    talk = finished(executing("expedite", SLOW, "slow")).say(text, intent="ask_policy")
    assert LATER in talk.told[0]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("结果出来告诉我", True), ("明天查完告诉我", True), ("有消息通知我一声", True),
     ("发了跟我说一声", True), ("那查到了给我回复啊", True), ("办好了麻烦说一下", True),
     ("没人告诉我", False), ("你们说有结果告诉我的 人呢", False), ("告诉我结果", False),
     ("坏了告诉你们也不理", False), ("到时候再说", True)],
)  # fmt: skip
def test_what_comes_of_it_is_to_be_told(text: str, wanted: bool) -> None:
    assert asked_beside.wants_to_be_told(text) is wanted


def test_who_wants_to_be_told_is_told_by_when() -> None:
    talk = finished(executing("expedite", SLOW, "slow"))
    talk.say("结果出来告诉我", intent="complain")
    assert talk.told[0].startswith("好的，有结果我在这里告诉您")
    assert LATER in talk.told[0]
    paid = finished(executing("compensation")).say("办好了告诉我")
    assert paid.told[0].startswith("好的，这件事已经办完")


def test_how_long_it_still_takes_after_a_sum_tells_of_the_parcel_too() -> None:
    talk = finished(executing("compensation", SLOW, "slow")).say("还要等几天")
    assert "包裹还在路上" in talk.told[0]


@pytest.mark.parametrize("text", ["还有赔偿吗", "有没有别的补偿", "会有赔付不"])
def test_whether_more_is_paid_is_answered_by_what_was(text: str) -> None:
    assert asked_beside.asks_for_pay(text)
    talk = finished(executing("compensation")).say(text, intent="ask_policy")
    assert "已经办妥" in talk.told[0]


@pytest.mark.parametrize(
    ("text", "wish"),
    [("要赔偿也要货", "compensation"), ("货和补偿我都要", "compensation"),
     ("赔偿和货都要", "compensation"),
     ("货到了没赔偿", None), ("赔偿我货款", None)],
)  # fmt: skip
def test_a_sum_and_the_goods_are_what_the_sum_stands_for(text: str, wish: str | None) -> None:
    assert of_the_offer.wish_in(text, [{"kind": "refund"}, {"kind": "compensation"}]) == wish
    assert not afterthoughts.wants_both("要赔偿也要货")
    assert afterthoughts.wants_both("退款加赔偿")


@pytest.mark.parametrize(
    ("text", "asked"),
    [("多久发", "reship"), ("什么时候能寄出来", "reship"), ("多久发票能开", None)],
)
def test_how_soon_another_is_sent_is_asked(text: str, asked: str | None) -> None:
    option = of_the_offer.option_asked(text, [{"kind": "reship"}, {"kind": "refund"}])
    assert (option["kind"] if option else None) == asked
    assert of_the_offer.option_asked(text, [{"kind": "refund"}]) is None


@pytest.mark.parametrize(
    ("text", "will"),
    [("那拒收吧", True), ("我直接拒收行不", True), ("拒收", True), ("来了我就拒收", True),
     ("不要了拒收算了", True), ("我拒收了", False), ("你们拒收", False), ("拒收扣运费不", False),
     ("我不拒收", False)],
)  # fmt: skip
def test_a_parcel_will_be_turned_away(text: str, will: bool) -> None:
    assert parcels.speaks_of_refusing(text) is will
    assert not (will and parcels.has_refused_parcel(text))


def test_who_will_turn_it_away_is_told_what_comes_of_it() -> None:
    talk = offered(SLOW, "slow").say("来了我就拒收")
    assert talk.said == ["may_refuse_fault"]
    assert talk.matter.stage == "offered"


@pytest.mark.parametrize(
    ("text", "waits"), [("算了等着吧", True), ("那就再等等", True), ("你们等着", False),
    ("等着吧", False),
                        ("算了等投诉吧", False)]
)  # fmt: skip
def test_nothing_is_wanted_but_to_wait(text: str, waits: bool) -> None:
    assert afterthoughts.settles_to_wait(text) is waits


@pytest.mark.parametrize(
    ("text", "unpaid"),
    [("快递让我再付30", True), ("说上楼要加50", True), ("他说不给不送", True),
     ("司机让我加一百", True),
     ("师傅收了我80", False), ("上楼要了我50", False), ("快递要三天", False),
     ("快递让我给好评", False), ("退货让我付运费", False), ("让我付30\n已经付了30", False),
     ("师傅说要加50块 我微信转他了", False), ("快递员要我付10块 我给了", False),
     ("安装师傅要80，我付的现金", False), ("师傅上门要加收100元 已付", False)],
)  # fmt: skip
def test_a_sum_is_wanted_at_the_door(text: str, unpaid: bool) -> None:
    assert sums.asks_fee_unpaid(text) is unpaid


@pytest.mark.parametrize(
    ("text", "asks"),
    [("我给不给啊", True), ("给了能报销吗", True), ("他说不给不送", True), ("那我付吗", True),
     ("我给钱了", False), ("凭什么", False)],
)  # fmt: skip
def test_whether_to_pay_it_is_asked(text: str, asks: bool) -> None:
    assert sums.asks_whether_to_pay(text) is asks
