"""Nobody sees or moves an order that is not shown to be theirs."""

from __future__ import annotations

import asyncio

from tests.flows.shop import Customer, Shop, carry_through

NOWHERE = "JF99999999999"


async def say_all(customer: Customer, *texts: str) -> str:
    """Say one after the other; return everything that was answered."""
    for text in texts:
        await customer.say(text)
    return "\n".join(message["text"] for message in customer.heard)


async def test_an_order_that_does_not_exist_is_said_so(shop: Shop) -> None:
    customer = await shop.open_chat()
    told = await say_all(customer, f"订单{NOWHERE}还没发货")
    assert f"没有查到订单 {NOWHERE}" in told


async def test_after_three_unknown_numbers_a_person_helps(shop: Shop) -> None:
    customer = await shop.open_chat()
    await say_all(customer, f"订单{NOWHERE}还没发货", "JF99999999998", "JF99999999997")
    await customer.say("JF99999999996")
    found = await shop.agent.get(f"conversations/{customer.conversation_id}")
    assert (found["state"], found["reason"]) == ("queued", "E13")


async def test_a_number_that_is_corrected_goes_on_with_the_matter(shop: Shop) -> None:
    customer, card = await shop.open_chat(), shop.stories["001"]
    await say_all(customer, f"订单{NOWHERE}付款三天还没发货", card["order_no"], card["phone_tail"])
    assert "refund" in customer.options


async def test_three_wrong_tails_close_the_order_for_this_chat(shop: Shop) -> None:
    customer, card = await shop.open_chat(), shop.stories["001"]
    told = await say_all(customer, card["opening"], "0001", "0002", "0003", card["phone_tail"])
    found = await shop.agent.dispute(card["order_no"])
    assert "199" not in told
    assert "human" in customer.options
    assert (found["state"], found["remedies"]) == ("open", [])


async def test_who_is_locked_out_can_still_reach_a_person(shop: Shop) -> None:
    customer, card = await shop.open_chat(), shop.stories["001"]
    await say_all(customer, card["opening"], "0001", "0002", "0003", "转人工")
    assert await shop.state(customer) == "queued"


async def test_one_wrong_tail_may_be_made_good(shop: Shop) -> None:
    customer, card = await shop.open_chat(), shop.stories["001"]
    told = await say_all(customer, card["opening"], "0001", card["phone_tail"])
    assert "还可以再试 2 次" in told
    assert "refund" in customer.options


async def test_guessing_from_many_chats_locks_the_order_for_all(shop: Shop) -> None:
    card = shop.stories["001"]
    for _ in range(4):
        await say_all(await shop.open_chat(), card["opening"], "0001", "0002", "0003")
    customer = await shop.open_chat()
    told = await say_all(customer, card["opening"], card["phone_tail"])
    assert "核对次数已用完" in told
    assert "refund" not in customer.options


async def test_somebody_else_signed_in_learns_nothing_of_the_order(shop: Shop) -> None:
    stranger = shop.stories["002"]["identity"]
    customer, card = await shop.open_chat(stranger), shop.stories["001"]
    told = await say_all(customer, card["opening"], "到哪一步了", "多少钱的")
    found = await shop.agent.dispute(card["order_no"])
    assert [part for part in ("199", "卫衣", "林晓雯", "翠苑") if part in told] == []
    assert found["remedies"] == []


async def test_status_is_told_to_the_owner_only(shop: Shop) -> None:
    customer, card = await shop.open_chat(), shop.stories["042"]
    told = await say_all(customer, card["opening"], "9999")
    assert "顺丰" not in told


async def test_a_signed_in_customer_is_not_asked_for_the_tail(shop: Shop) -> None:
    card = shop.stories["001"]
    customer = await shop.open_chat(card["identity"])
    await customer.say(card["opening"])
    assert "refund" in customer.options


async def test_a_signed_in_customer_picks_the_order_from_a_list(shop: Shop) -> None:
    card = shop.stories["001"]
    customer = await shop.open_chat(card["identity"])
    await customer.say("三天了还没发货")
    (button,) = [o for o in customer.last["options"] if card["order_no"] in o["label"]]
    await customer.pick(button)
    assert {"refund", "compensation", "expedite", "human"} == set(customer.options)


async def test_two_chats_about_one_order_never_pay_twice(shop: Shop) -> None:
    card = shop.stories["001"]
    chats = [await shop.open_chat(card["identity"]) for _ in range(2)]
    for customer in chats:
        await customer.say(card["opening"])
        await customer.pick(customer.options["refund"])
    await asyncio.gather(*(c.pick(c.options["confirm"]) for c in chats))
    await asyncio.gather(*(_until_decided(shop, c) for c in chats))
    disputes = await shop.agent.disputes(card["order_no"])
    paid = [r for d in disputes for r in d["remedies"] if r["state"] == "done" and r["amount_fen"]]
    assert sum(r["amount_fen"] for r in paid) == 19900


async def _until_decided(shop: Shop, customer: Customer) -> None:
    async with asyncio.timeout(20):
        while True:
            found = await shop.agent.get(f"conversations/{customer.conversation_id}")
            (dispute,) = found["disputes"]
            if dispute["state"] in {"resolved", "with_person", "rejected"}:
                return
            await customer.fetch(after=customer.seen + 100, wait=1)


async def test_one_customer_carries_two_orders_through_in_one_chat(shop: Shop) -> None:
    customer = await shop.open_chat(shop.stories["001"]["identity"])
    for story, kind in (("001", "refund"), ("010", "expedite")):
        card = shop.stories[story]
        await carry_through(
            shop, customer, card["order_no"], opening=card["opening"], wanted=[kind], tail="0000"
        )
    kinds = [
        (await shop.agent.dispute(shop.order_no(story)))["remedy"]["kind"]
        for story in ("001", "010")
    ]
    assert kinds == ["refund", "expedite"]
