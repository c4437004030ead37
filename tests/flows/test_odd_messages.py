"""Messages that no form foresees: each gets a sensible Chinese answer and never an error."""

from __future__ import annotations

import re

import pytest

from tests.flows.shop import Shop

MUCH = "我买的东西到现在还没有发货，你们到底管不管。" * 1600  # about 100 kB


@pytest.mark.parametrize(
    "text",
    [
        "😀",
        "👍👍👍",
        "？？？",
        "…",
        "   ",
        "\n\n",
        "1",
        "asdfgh",
        "8888888888888888888888888888",
        "<script>alert(1)</script>",
        "'; DROP TABLE message; --",
        "{order_no} {0} %s",
        "在吗",
        "你好",
        "谢谢",
        "\u202e反过来\u202c",
        "𠮷野家",
        "zalgo Z̸̢̛͓a̵̗͂l̴̻̈g̷̠̍o̶̙͐",
    ],
)
async def test_an_odd_message_is_answered_in_chinese_and_makes_no_dispute(
    shop: Shop, text: str
) -> None:
    customer = await shop.open_chat()
    await customer.say(text)
    found = await shop.agent.get(f"conversations/{customer.conversation_id}")
    assert re.search(r"[\u4e00-\u9fff]{4}", customer.last["text"])
    assert found["disputes"] == []


async def test_an_empty_message_is_answered(shop: Shop) -> None:
    customer = await shop.open_chat()
    await customer.say("")
    assert "空白消息" in customer.last["text"]


async def test_a_message_of_a_hundred_kilobytes_is_taken_as_the_complaint_it_is(
    shop: Shop,
) -> None:
    customer, card = await shop.open_chat(), shop.stories["001"]
    await customer.say(f"订单{card['order_no']}{MUCH}")
    await customer.say(card["phone_tail"])
    assert "refund" in customer.options


async def test_a_hundred_kilobytes_of_one_sign_are_answered(shop: Shop) -> None:
    customer = await shop.open_chat()
    await customer.say("啊" * 34_000)
    assert await shop.state(customer) == "bot"


async def test_other_languages_are_brought_to_a_person(shop: Shop) -> None:
    customer = await shop.open_chat()
    await customer.say("Where is my parcel? I have been waiting for two weeks!")
    found = await shop.agent.get(f"conversations/{customer.conversation_id}")
    assert (found["state"], found["reason"]) == ("queued", "E13")


async def test_traditional_characters_and_typing_without_stops_are_understood(shop: Shop) -> None:
    customer, card = await shop.open_chat(), shop.stories["001"]
    await customer.say(f"訂單{card['order_no'].lower()}付款三天了還沒發貨快點給我退款")
    await customer.say(f"手机尾号是 {card['phone_tail']} 谢谢")
    assert "refund" in customer.options


async def test_a_wish_that_does_not_say_what_is_wrong_is_asked_about(shop: Shop) -> None:
    customer = await shop.open_chat()
    await customer.say("我要赔偿")
    assert "哪笔订单" in customer.last["text"]


async def test_a_photo_alone_is_asked_about(shop: Shop) -> None:
    customer = await shop.open_chat()
    await customer.show()
    assert "照片收到了" in customer.last["text"]


async def test_a_photo_leaves_the_question_what_is_wrong_and_is_kept_for_it(shop: Shop) -> None:
    customer, card = await shop.open_chat(), shop.stories["011"]
    await customer.say("味道不对")
    asked = customer.last["options"]
    await customer.show()
    assert "照片收到了" in customer.last["text"]
    assert customer.last["options"] == asked
    await customer.pick(asked[0])
    await customer.say(card["order_no"])
    await customer.say(card["phone_tail"])
    assert "evidence" not in customer.options


async def test_a_photo_of_a_known_order_asks_no_more_which_it_is(shop: Shop) -> None:
    customer, card = await shop.open_chat(), shop.stories["011"]
    await customer.say(f"帮我看下 {card['order_no']}")
    await customer.say(card["phone_tail"])
    await customer.show()
    assert "这笔订单遇到了什么问题" in customer.last["text"]


@pytest.mark.parametrize("question", ["你们退货运费谁出", "退款一般几天到账", "能开专票吗"])
async def test_a_question_of_policy_is_answered_without_an_order(
    shop: Shop, question: str
) -> None:
    customer = await shop.open_chat()
    await customer.say(question)
    found = await shop.agent.get(f"conversations/{customer.conversation_id}")
    assert len(customer.last["text"]) > 20
    assert found["disputes"] == []


async def test_no_answer_uses_a_forbidden_word(shop: Shop) -> None:
    customer, card = await shop.open_chat(), shop.stories["039"]
    for text in ("在吗", card["opening"], card["phone_tail"], "凭什么不给退", "那怎么办"):
        await customer.say(text)
    spoken = "".join(message["text"] for message in customer.heard)
    assert [word for word in ("亲亲", "马上", "一定", "系统规定") if word in spoken] == []
