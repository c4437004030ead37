"""Customers who do not go straight: out of turn, another wish, another matter, nothing suits."""

from __future__ import annotations

import asyncio

import pytest

from tests.flows.shop import Customer, Shop, photo


async def offered(shop: Shop, story: str) -> Customer:
    """Bring a story to the point where its remedies are on the table."""
    customer, card = await shop.open_chat(), shop.stories[story]
    await customer.say(card["opening"])
    await customer.say(card["phone_tail"])
    if "evidence" in customer.options:
        await customer.show(photo("JPEG"), name="photo.jpg")
    return customer


async def granted(shop: Shop, story: str, kind: str) -> Customer:
    """Bring a story to its end with a remedy that the bot itself may release."""
    customer = await offered(shop, story)
    await customer.pick(customer.options[kind])
    if "confirm" in {o["kind"] for o in customer.last["options"]}:
        await customer.pick(customer.options["confirm"])
    await customer.hear("已办妥")
    return customer


async def test_everything_in_one_message_leaves_nothing_to_ask(shop: Shop) -> None:
    customer, card = await shop.open_chat(), shop.stories["001"]
    await customer.say(f"{card['opening']}，手机尾号{card['phone_tail']}")
    assert {"refund", "compensation", "expedite", "human"} == set(customer.options)


async def test_a_photo_that_came_first_is_not_asked_for_again(shop: Shop) -> None:
    customer, card = await shop.open_chat(), shop.stories["011"]
    await customer.show()
    await customer.say(card["opening"])
    await customer.say(card["phone_tail"])
    assert "return_refund" in customer.options


async def test_a_question_back_does_not_lose_the_thread(shop: Shop) -> None:
    customer, card = await shop.open_chat(), shop.stories["001"]
    await customer.say(card["opening"])
    await customer.say("你们一般发什么快递？")
    await customer.say(card["phone_tail"])
    assert "refund" in customer.options


async def test_who_says_no_to_the_confirmation_may_take_another_remedy(shop: Shop) -> None:
    customer = await offered(shop, "001")
    await customer.pick(customer.options["refund"])
    await customer.pick(customer.options["deny"])
    await customer.pick(customer.options["compensation"])
    await customer.pick(customer.options["confirm"])
    await customer.hear("已办妥")
    found = await shop.agent.dispute(shop.order_no("001"))
    assert [r["kind"] for r in found["remedies"]] == ["compensation"]


async def test_another_remedy_named_instead_of_a_yes_replaces_the_first(shop: Shop) -> None:
    customer = await offered(shop, "014")
    await customer.pick(customer.options["return_refund"])
    await customer.say("还是换一台新的吧")
    await customer.say("确认")
    await customer.hear("已办妥")
    found = await shop.agent.dispute(shop.order_no("014"))
    assert [r["kind"] for r in found["remedies"]] == ["exchange"]


async def test_a_remedy_can_be_taken_and_confirmed_in_words(shop: Shop) -> None:
    customer = await offered(shop, "007")
    await customer.say("第二个")
    await customer.say("好的")
    await customer.hear("已办妥")
    found = await shop.agent.dispute(shop.order_no("007"))
    assert (found["state"], found["remedy"]["kind"]) == ("resolved", "compensation")


async def test_a_yes_to_an_answer_about_something_else_is_no_yes_to_the_money(shop: Shop) -> None:
    customer = await offered(shop, "001")
    await customer.pick(customer.options["refund"])
    await customer.say("那补偿是多少？")
    await customer.say("好的")
    found = await shop.agent.dispute(shop.order_no("001"))
    assert (found["state"], found["remedies"]) == ("offered", [])


async def test_a_yes_behind_what_was_asked_of_the_refund_is_the_yes_to_it(shop: Shop) -> None:
    customer = await offered(shop, "001")
    await customer.pick(customer.options["refund"])
    await customer.say("退款多久到账？")
    await customer.say("好的")
    await customer.hear("已办妥")
    found = await shop.agent.dispute(shop.order_no("001"))
    assert [remedy["kind"] for remedy in found["remedies"]] == ["refund"]


async def test_a_matter_that_is_let_go_is_withdrawn(shop: Shop) -> None:
    customer = await offered(shop, "007")
    await customer.say("算了，不用处理了")
    found = await shop.agent.dispute(shop.order_no("007"))
    assert (found["state"], found["remedies"]) == ("withdrawn", [])


async def test_a_second_matter_of_the_same_order_is_a_dispute_of_its_own(shop: Shop) -> None:
    customer = await offered(shop, "007")
    await customer.say("还有，你们客服态度太差了，说话阴阳怪气的")
    await customer.pick(customer.options["goodwill"])
    await customer.pick(customer.options["confirm"])
    await customer.hear("已办妥")
    await customer.hear("方案")
    await customer.pick(customer.options["compensation"])
    await customer.pick(customer.options["confirm"])
    await customer.hear("已办妥：补偿 ¥12.95")
    found = await shop.agent.disputes(shop.order_no("007"))
    assert [(d["issue"], d["state"]) for d in found] == [
        ("slow", "resolved"),
        ("attitude", "resolved"),
    ]


async def test_a_second_order_is_a_dispute_of_its_own(shop: Shop) -> None:
    customer = await granted(shop, "001", "refund")
    card = shop.stories["010"]  # the same person's
    await customer.say(card["opening"])
    await customer.say(card["phone_tail"])
    await customer.pick(customer.options["expedite"])
    await customer.hear("加急单已发")
    found = await shop.agent.dispute(card["order_no"])
    assert (found["issue"], found["state"]) == ("courier", "resolved")


async def test_a_second_order_in_between_leaves_the_first_offer_standing(shop: Shop) -> None:
    customer, card = await offered(shop, "001"), shop.stories["010"]
    await customer.say(card["opening"])
    await customer.say(card["phone_tail"])
    await customer.pick(customer.options["expedite"])
    await customer.hear("加急单已发")
    await customer.hear("全额退款 ¥199.00")
    await customer.pick(customer.options["refund"])
    await customer.pick(customer.options["confirm"])
    await customer.hear("办理编号 RF-")
    found = await shop.agent.dispute(shop.order_no("001"))
    assert (found["state"], found["remedy"]["kind"]) == ("resolved", "refund")


async def test_a_burst_of_short_messages_is_one_dispute(shop: Shop) -> None:
    customer, card = await shop.open_chat(), shop.stories["001"]
    words = ["在吗", f"订单{card['order_no']}", "付款三天了", "到现在还没发货", "急死人了"]
    for text in words:
        await customer.send(text=text)
    await customer.hear("后四位")
    await customer.say(card["phone_tail"])
    await customer.hear("全额退款 ¥199.00")
    found = await shop.agent.dispute(card["order_no"])
    assert (found["issue"], found["state"]) == ("not_shipped", "offered")


async def test_who_refuses_everything_is_brought_to_a_supervisor(shop: Shop) -> None:
    customer = await offered(shop, "007")
    await customer.say("这些我都不接受")
    found = await shop.agent.dispute(shop.order_no("007"))
    assert (found["state"], found["escalated"]) == (
        "with_person",
        {"reason": "E6", "level": "L2"},
    )


async def test_who_refuses_three_options_is_offered_the_fourth(shop: Shop) -> None:
    customer = await offered(shop, "014")  # the policy has a partial refund for these
    await customer.say("都不行，换个方案")
    assert set(customer.options) == {"partial_refund", "human"}


async def test_the_same_complaint_after_its_end_goes_to_a_person(shop: Shop) -> None:
    customer = await granted(shop, "007", "expedite")
    await customer.say(shop.stories["007"]["opening"])
    found = await shop.agent.dispute(shop.order_no("007"))
    assert (found["state"], found["escalated"]["reason"]) == ("with_person", "E6")


async def test_how_far_it_is_is_answered_from_the_record(shop: Shop) -> None:
    customer = await granted(shop, "001", "refund")
    await customer.say("我的退款到哪一步了？")
    assert "“全额退款 ¥199.00”已经办妥" in customer.last["text"]


@pytest.mark.parametrize("kind", ["refund", "compensation", "expedite"])
async def test_the_same_button_pressed_twice_grants_once(shop: Shop, kind: str) -> None:
    customer = await offered(shop, "001")
    await customer.pick(customer.options[kind])
    confirm = customer.options.get("confirm", customer.options.get(kind))
    assert confirm is not None
    await asyncio.gather(*(customer.send(choice=confirm["id"]) for _ in range(3)))
    await customer.hear("已办妥")
    found = await shop.agent.dispute(shop.order_no("001"))
    assert [(r["kind"], r["state"]) for r in found["remedies"]] == [(kind, "done")]


async def test_a_button_of_an_offer_that_is_gone_does_nothing(shop: Shop) -> None:
    customer = await offered(shop, "001")
    old = customer.options["compensation"]
    await customer.pick(customer.options["refund"])
    await customer.pick(customer.options["confirm"])
    await customer.hear("已办妥")
    await customer.pick(old)
    found = await shop.agent.dispute(shop.order_no("001"))
    assert [(r["kind"], r["state"]) for r in found["remedies"]] == [("refund", "done")]


async def test_a_button_that_never_was_is_answered(shop: Shop) -> None:
    customer = await shop.open_chat()
    await customer.pick({"id": "o999"})
    assert "没有产生任何操作" in customer.last["text"]


async def test_the_same_client_id_is_the_same_message(shop: Shop) -> None:
    customer = await offered(shop, "001")
    await customer.pick(customer.options["refund"])
    confirm = customer.options["confirm"]["id"]
    first = await customer.send(choice=confirm, client_id="yes")
    again = await customer.send(choice=confirm, client_id="yes")
    await customer.hear("已办妥")
    found = await shop.agent.dispute(shop.order_no("001"))
    assert (again, len(found["remedies"])) == (first, 1)
