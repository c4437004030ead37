"""When a person is needed: asked for, called in by a sign, to approve, to take over."""

from __future__ import annotations

import pytest

from tests.flows.shop import Customer, Shop


async def offered(shop: Shop, story: str) -> Customer:
    """Bring a story of a signed-in customer to its offer."""
    card = shop.stories[story]
    customer = await shop.open_chat(card["identity"])
    await customer.say(card["opening"])
    if "evidence" in customer.options:
        await customer.show()
    return customer


async def above_the_limit(shop: Shop) -> tuple[Customer, int]:
    """Bring a story to where ¥65.60 wait for approval; return the remedy's id."""
    customer = await offered(shop, "006")
    await customer.pick(customer.options["compensation"])
    await customer.pick(customer.options["confirm"])
    found = await shop.agent.dispute(shop.order_no("006"))
    return customer, found["remedy"]["id"]


@pytest.mark.parametrize("words", ["转人工", "我要找真人客服", "人工人工人工", "叫你们经理来"])
async def test_a_person_is_had_for_the_asking(shop: Shop, words: str) -> None:
    customer = await offered(shop, "001")
    await customer.say(words)
    found = await shop.agent.dispute(shop.order_no("001"))
    assert (found["state"], found["escalated"]) == ("with_person", {"reason": "E8", "level": "L1"})


async def test_the_button_for_a_person_leads_to_one(shop: Shop) -> None:
    customer = await offered(shop, "001")
    await customer.pick(customer.options["human"])
    assert await shop.state(customer) == "queued"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("我吃了拉肚子都住院了", "E1"),
        ("充电的时候突然起火了", "E1"),
        ("里面吃出一只蟑螂", "E2"),
        ("再不处理我就打12315", "E3"),
        ("我要发小红书曝光你们", "E4"),
        ("必须退一赔三", "E5"),
        ("有骗子拿着我的订单信息给我打诈骗电话", "E10"),
        ("我不想活了", "E14"),
    ],
)
async def test_a_stop_sign_brings_a_person_at_once(shop: Shop, words: str, reason: str) -> None:
    customer = await offered(shop, "007")
    await customer.say(words)
    found = await shop.agent.dispute(shop.order_no("007"))
    assert (found["state"], found["escalated"]) == (
        "with_person",
        {"reason": reason, "level": "S"},
    )


async def test_a_stop_sign_alone_needs_no_order(shop: Shop) -> None:
    customer = await shop.open_chat()
    await customer.say("我吃了你们的东西拉肚子住院了")
    found = await shop.agent.get(f"conversations/{customer.conversation_id}")
    assert (found["state"], found["reason"], found["level"]) == ("queued", "E1", "S")


async def test_two_insults_bring_a_supervisor(shop: Shop) -> None:
    customer = await offered(shop, "007")
    await customer.say("你们就是一群傻逼")
    await customer.say("傻逼客服，垃圾")
    found = await shop.agent.dispute(shop.order_no("007"))
    assert (found["state"], found["escalated"]["reason"]) == ("with_person", "E7")


async def test_staff_find_the_facts_in_the_summary(shop: Shop) -> None:
    customer = await offered(shop, "007")
    await customer.say("转人工")
    found = await shop.agent.get(f"conversations/{customer.conversation_id}")
    summary = found["summary"]
    assert (summary["order_no"], summary["what"]) == (shop.order_no("007"), "运输慢")
    assert [option["kind"] for option in summary["allowed"]] == [
        "expedite",
        "compensation",
        "trace",
    ]


async def test_the_bot_is_silent_while_a_person_holds_the_chat(shop: Shop) -> None:
    customer = await offered(shop, "007")
    here = f"conversations/{customer.conversation_id}"
    assert (await shop.agent.post(f"{here}/take")).status == 200
    await customer.send(text="到底什么时候到？")
    assert (await shop.agent.post(f"{here}/reply", {"text": "我在查"})).status == 201
    await customer.hear("我在查")
    spoken = [m["from"] for m in customer.heard if m["id"] > customer.sent]
    assert spoken == ["agent"]


async def test_the_bot_goes_on_when_the_chat_is_returned(shop: Shop) -> None:
    customer = await offered(shop, "007")
    here = f"conversations/{customer.conversation_id}"
    await customer.say("转人工")
    await shop.agent.post(f"{here}/take")
    await shop.agent.post(f"{here}/reply", {"text": "我让机器人继续帮您办"})
    await shop.agent.post(f"{here}/return")
    await customer.hear("交还给我")
    await customer.say("好的，那继续吧")
    await customer.pick(customer.options["expedite"])
    await customer.hear("加急单已发")
    found = await shop.agent.dispute(shop.order_no("007"))
    assert (found["state"], found["remedy"]["kind"]) == ("resolved", "expedite")


async def test_a_closed_chat_can_be_taken_up_again(shop: Shop) -> None:
    customer = await offered(shop, "007")
    here = f"conversations/{customer.conversation_id}"
    await customer.say("转人工")
    await shop.agent.post(f"{here}/take")
    await shop.agent.post(f"{here}/close")
    await customer.hear("本次服务已结束")
    await customer.say(shop.stories["010"]["opening"])
    assert await shop.state(customer) == "bot"


async def test_an_approved_remedy_is_carried_out_and_told(shop: Shop) -> None:
    customer, remedy_id = await above_the_limit(shop)
    assert (await shop.agent.post(f"remedies/{remedy_id}/approve")).status == 200
    await customer.hear("已办妥：补偿 ¥65.60")
    found = await shop.agent.dispute(shop.order_no("006"))
    assert (found["state"], found["remedy"]["state"]) == ("resolved", "done")


async def test_after_a_refusal_the_bot_offers_what_is_left(shop: Shop) -> None:
    customer, remedy_id = await above_the_limit(shop)
    answer = await shop.supervisor.post(f"remedies/{remedy_id}/refuse", {"reason": "包裹已在派送"})
    assert answer.status == 200
    await customer.hear("包裹已在派送")
    await customer.hear("给您换个思路")
    await customer.pick(customer.options["trace"])
    await customer.hear("已办妥：向快递核查去向")
    found = await shop.agent.dispute(shop.order_no("006"))
    assert [(r["kind"], r["state"]) for r in found["remedies"]] == [
        ("compensation", "declined"),
        ("trace", "done"),
    ]


async def test_a_customer_asking_meanwhile_hears_that_it_is_being_approved(shop: Shop) -> None:
    customer, _ = await above_the_limit(shop)
    await customer.say("到哪一步了")
    assert "正在等人工复核" in customer.last["text"]


async def test_a_refusal_can_be_looked_at_by_a_person(shop: Shop) -> None:
    card = shop.stories["039"]
    customer = await shop.open_chat(card["identity"])
    await customer.say(card["opening"])
    await customer.pick(customer.options["human"])
    assert await shop.state(customer) == "queued"
