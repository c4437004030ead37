"""Complaints that have no card of their own: after sales, and the same orders seen otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from tests.flows.shop import Shop, carry_through
from tests.flows.test_stories import essence


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """A complaint about a demo order in other words, and what must be on record at the end."""

    story: str  # whose order it is about
    words: str
    issue: str
    type: str
    takes: str
    amount_fen: int = 0
    freight: str = "none"
    state: str = "resolved"
    remedy_state: str = "done"
    answers: dict[str, str] = field(default_factory=dict)


COMPLAINTS = [
    # After sales
    Complaint(story="010", words="找你们客服三天了一直没人回复我，订单{no}", type="after_sales",
              issue="no_response", takes="expedite"),
    Complaint(story="007", words="订单{no}的客服态度太差了，说话阴阳怪气还骂人",
              type="after_sales", issue="attitude", takes="goodwill", amount_fen=1295),
    Complaint(story="017", words="订单{no}退货流程太麻烦了，让我来回提交了四次材料还是没弄好",
              type="after_sales", issue="process", takes="coupon", amount_fen=845),
    Complaint(story="028", words="订单{no}的退款到现在都没到账，都五天了", type="after_sales",
              issue="refund_delay", takes="refund", amount_fen=22900),
    Complaint(story="029", words="订单{no}你们凭什么拒绝我的退货申请，七天都没到",
              type="after_sales", issue="refused", takes="return_refund", amount_fen=34900,
              freight="customer"),
    # The same orders otherwise
    Complaint(story="001", words="订单{no}不想等了，到现在还没发货，退钱", type="logistics",
              issue="not_shipped", takes="refund", amount_fen=19900),
    Complaint(story="011", words="订单{no}收到的杯子碎了", type="quality", issue="damaged",
              takes="exchange", freight="shop"),
    Complaint(story="014", words="订单{no}手机老是自动关机，质量有问题", type="quality",
              issue="defect", takes="repair", freight="shop"),
    Complaint(story="020", words="订单{no}少发了一袋坚果", type="order_info", issue="missing_item",
              takes="partial_refund", amount_fen=4990, answers={"一共有几件": "1"}),
    Complaint(story="033", words="订单{no}发票抬头错了，要换成南京云帆信息技术有限公司",
              type="order_info", issue="invoice", takes="invoice"),
    Complaint(story="026", words="订单{no}买完就降价了，手环便宜了50，能不能补差价", type="amount",
              issue="price_drop", takes="explain"),
    Complaint(story="027", words="订单{no}明明包邮怎么还多收我10块运费", type="amount",
              issue="fee", takes="freight", amount_fen=1000),
]  # fmt: skip


@pytest.mark.parametrize("case", COMPLAINTS, ids=lambda c: f"{c.story}-{c.issue}")
async def test_a_complaint_in_other_words_ends_with_its_remedy(
    shop: Shop, case: Complaint
) -> None:
    card = shop.stories[case.story]
    found = await carry_through(
        shop,
        await shop.open_chat(),
        card["order_no"],
        opening=case.words.format(no=card["order_no"]),
        wanted=[case.takes],
        tail=card["phone_tail"],
        answers=case.answers,
    )
    assert essence(found) == {
        "type": case.type,
        "issue": case.issue,
        "state": case.state,
        "kind": case.takes,
        "amount_fen": case.amount_fen,
        "return_freight": case.freight,
        "remedy_state": case.remedy_state,
        "escalated": None,
    }


async def test_without_a_photo_the_goods_are_checked_first(shop: Shop) -> None:
    card, customer = shop.stories["011"], await shop.open_chat()
    await customer.say(card["opening"])
    await customer.say(card["phone_tail"])
    await customer.say("没有照片")
    assert set(customer.options) == {"return_refund", "exchange", "human"}


async def test_the_corrected_address_is_in_the_order_book(shop: Shop) -> None:
    card, customer = shop.stories["030"], await shop.open_chat()
    await carry_through(
        shop, customer, card["order_no"], opening=card["opening"], wanted=["correct_order"],
        tail=card["phone_tail"],
    )  # fmt: skip
    order = await shop.house.orders.find(card["order_no"])
    assert order is not None
    assert "滨江区江南大道588号2幢1106室" in order.address.district + order.address.detail


async def test_a_refund_before_shipping_cancels_the_order(shop: Shop) -> None:
    card, customer = shop.stories["040"], await shop.open_chat()
    await carry_through(
        shop, customer, card["order_no"], opening=card["opening"], wanted=["refund"],
        tail=card["phone_tail"],
    )  # fmt: skip
    order = await shop.house.orders.find(card["order_no"])
    assert order is not None
    assert str(order.status) == "cancelled"
