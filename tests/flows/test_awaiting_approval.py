"""A sum that a supervisor still looks at is not given yet, and all that is said knows that."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import NOW
from tests.flows.scenarios.orders import order
from tests.flows.shop import Customer, Shop

LATE = {"paid": 9, "price": 2888}


async def awaiting(shop: Shop, order_no: str, spec: dict[str, Any] = LATE) -> Customer:
    """Bring a customer to where the compensation for the wait is before a supervisor."""
    await shop.house.orders.put([order(order_no, "4321", spec, NOW)])
    customer = await shop.open_chat()
    await customer.say(f"9天不发货,赔偿! {order_no} 尾号4321")
    await customer.pick(customer.options["compensation"])
    await customer.pick(customer.options["confirm"])
    assert "人工复核" in customer.last["text"]
    return customer


async def decide(shop: Shop, order_no: str, deed: str) -> None:
    """Let the supervisor approve or refuse what awaits approval on the order."""
    remedies = [r for d in await shop.agent.disputes(order_no) for r in d["remedies"]]
    (waiting,) = [r["id"] for r in remedies if r["state"] == "awaiting_approval"]
    body = {"reason": ""} if deed == "refuse" else None
    assert (await shop.supervisor.post(f"remedies/{waiting}/{deed}", body)).status == 200


async def take(customer: Customer, kind: str) -> None:
    """Pick a remedy and confirm it."""
    await customer.pick(customer.options[kind])
    await customer.pick(customer.options["confirm"])


async def status(shop: Shop, order_no: str) -> str:
    """Return where the order system has the order."""
    found = await shop.house.orders.find(order_no)
    assert found is not None
    return str(found.status)


async def test_who_cancels_meanwhile_gets_all_of_it_at_once(shop: Shop) -> None:
    customer = await awaiting(shop, "AA2611200001")
    await customer.say("取消订单 退款")
    assert "2,888.00" in customer.last["text"]
    await take(customer, "refund")
    await customer.hear("已办妥：全额退款 ¥2,888.00")
    assert await status(shop, "AA2611200001") == "cancelled"


async def test_who_only_asked_gets_all_of_it_when_they_take_it(shop: Shop) -> None:
    customer = await awaiting(shop, "AA2611200002")
    await customer.say("能取消订单吗")
    assert "正在等人工复核" in customer.last["text"]
    assert "之前已为您办理" not in customer.last["text"]
    await customer.pick(customer.options["refund"])
    assert "已经替您撤回" in customer.last["text"]
    await take(customer, "refund")
    await customer.hear("已办妥：全额退款 ¥2,888.00")
    assert await status(shop, "AA2611200002") == "cancelled"


async def test_a_standing_offer_is_reckoned_anew_after_a_refusal(shop: Shop) -> None:
    customer = await awaiting(shop, "AA2611200003")
    await customer.say("能取消订单吗")
    await decide(shop, "AA2611200003", "refuse")
    await customer.hear("重新给您算了一下")
    await take(customer, "refund")
    await customer.hear("已办妥：全额退款 ¥2,888.00")


@pytest.mark.parametrize("deed", ["approve", "refuse"])
async def test_the_rest_cancels_the_order_whatever_another_chat_waits_for(
    shop: Shop, deed: str
) -> None:
    order_no = f"AA26112000{len(deed)}4"
    first = await awaiting(shop, order_no)
    customer = await shop.open_chat()
    await customer.say(f"取消订单 {order_no} 尾号4321")
    assert "之前已为您办理" not in customer.last["text"]
    await take(customer, "refund")
    await customer.hear("已办妥：退款 ¥2,599.20")
    assert await status(shop, order_no) == "cancelled"
    await decide(shop, order_no, deed)
    if deed == "refuse":  # the order is over: what is left of its money is offered there
        await first.hear("退款 ¥288.80（之前已为您办理¥2,599.20")
        await take(first, "refund")
        await first.hear("已办妥：退款 ¥288.80")
    else:
        await first.hear("已办妥：补偿 ¥288.80")


async def test_a_right_that_was_refused_goes_to_a_person(shop: Shop) -> None:
    order_no = "AA2611200007"
    spec = {"is": "delivered", "days": 2, "category": "phone", "price": 8999}
    await shop.house.orders.put([order(order_no, "4321", spec, NOW)])
    customer = await shop.open_chat()
    await customer.say(f"不想要了 想退货 没拆 {order_no} 尾号4321")
    await take(customer, "return_refund")
    await decide(shop, order_no, "refuse")
    await customer.hear("已转给主管来定")
    assert all("不在可以直接办的范围" not in m["text"] for m in customer.heard)
    assert await shop.state(customer) == "queued"


@pytest.mark.parametrize("now", ["shipped", "delivered"])
async def test_what_was_sent_meanwhile_is_not_paid_back_as_unsent(shop: Shop, now: str) -> None:
    order_no = f"AA26112008{len(now)}"
    spec = {"paid_hours": 5, "category": "clothing", "price": 9000}
    await shop.house.orders.put([order(order_no, "4321", spec, NOW)])
    customer = await shop.open_chat()
    await customer.say(f"不想要了 退款 {order_no} 尾号4321")
    await take(customer, "refund")
    assert "人工复核" in customer.last["text"]
    sent = {"is": now, "paid_hours": 100, "hours": 2, "category": "clothing", "price": 9000}
    await shop.house.orders.put([order(order_no, "4321", sent, NOW)])
    await decide(shop, order_no, "approve")
    await customer.hear("没有办理成功")
    assert all("已办妥" not in m["text"] for m in customer.heard)
    assert await status(shop, order_no) == now
    assert await shop.state(customer) == "queued"


async def test_a_part_is_not_paid_on_top_of_a_return_of_all_of_it(shop: Shop) -> None:
    order_no = "AA2611200090"
    spec: dict[str, Any] = {"is": "delivered", "days": 2, "price": 299, "title": "加厚保温杯"}
    await shop.house.orders.put([order(order_no, "4321", spec, NOW)])
    customer = await shop.open_chat()
    await customer.say(f"杯子掉漆了 {order_no} 尾号4321")
    await customer.show()
    await take(customer, "partial_refund")
    assert "人工复核" in customer.last["text"]
    back = {**spec, "returns": [{"state": "approved", "amount": 299, "asked": 0}]}
    await shop.house.orders.put([order(order_no, "4321", back, NOW)])
    await decide(shop, order_no, "approve")
    await customer.hear("没有办理成功")
    assert await shop.house.orders.history(order_no) == []
