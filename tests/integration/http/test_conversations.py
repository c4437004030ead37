"""Staff in conversations: one speaker at a time, nothing overwritten, nothing shown too early."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Connection

from bot.delivery import guards
from bot.delivery.wakeups import DESK, WORK, conversation_topic
from bot.desk import ownership
from bot.desk.permissions import Role
from bot.errors import OrderSystemUncertain
from bot.http.services import Services
from bot.order_record import OrderRecord
from bot.orders.demo import demo_orders
from tests.factories import NOW, add_conversation, add_dispute
from tests.integration.http.conftest import Colleague, Customer, Hire, Serve, problem

ORDER = demo_orders(NOW)[0]


async def find_order(order_no: str) -> OrderRecord | None:
    """Know one order."""
    return ORDER if order_no == ORDER.order_no else None


async def shown(colleague: Colleague, customer: Customer, **query: Any) -> dict[str, Any]:
    """Show the customer's conversation."""
    response = await colleague.get(f"conversations/{customer.conversation_id}", params=query)
    assert response.status == 200, await response.text()
    found: dict[str, Any] = await response.json()
    return found


async def act(colleague: Colleague, customer: Customer, deed: str, **body: Any) -> Any:
    """Do something in the customer's conversation."""
    path = f"conversations/{customer.conversation_id}/{deed}"
    return await colleague.post(path, **({"json": body} if body else {}))


async def test_a_conversation_is_shown_as_the_contract_says(
    agent: Colleague, customer: Customer
) -> None:
    sent = await customer.say("耳机坏了")
    found = await shown(agent, customer)
    assert found["id"] == customer.conversation_id
    assert (found["state"], found["owner"]) == ("bot", {"kind": "bot"})
    assert [(m["id"], m["from"], m["text"]) for m in found["messages"]] == [
        (sent, "customer", "耳机坏了")
    ]
    assert (found["disputes"], found["orders"]) == ([], [])


async def test_taking_replying_returning(agent: Colleague, customer: Customer) -> None:
    await customer.say("转人工")
    response = await act(agent, customer, "take")
    assert response.status == 200
    taken = await response.json()
    assert (taken["state"], taken["owner"]) == ("with_person", {"kind": "agent", "name": "小王"})
    response = await act(agent, customer, "reply", text="您好，我来处理。")
    assert response.status == 201
    reply_id = (await response.json())["id"]
    mine = [m for m in await customer.messages() if m["from"] == "agent"]
    assert [(m["id"], m["text"]) for m in mine] == [(reply_id, "您好，我来处理。")]
    returned = await (await act(agent, customer, "return")).json()
    assert (returned["state"], returned["owner"]) == ("bot", {"kind": "bot"})


async def test_a_reply_is_sent_once_for_its_client_id(
    agent: Colleague, customer: Customer
) -> None:
    await act(agent, customer, "take")
    ids = set()
    for _ in range(3):
        response = await act(agent, customer, "reply", text="好的", client_id="r1")
        ids.add((await response.json())["id"])
    assert len(ids) == 1
    assert len([m for m in await customer.messages() if m["from"] == "agent"]) == 1


async def test_a_reply_that_did_not_see_the_newest_message_is_held_back(
    agent: Colleague, customer: Customer
) -> None:
    await act(agent, customer, "take")
    seen = await customer.say("我要退款")
    await customer.say("算了，换货吧")
    details = await problem(await act(agent, customer, "reply", text="这就退款", seen=seen), 409)
    assert "新消息" in details["detail"]
    assert not [m for m in await customer.messages() if m["from"] == "agent"]


async def test_two_agents_never_speak_at_once(
    agent: Colleague, hire: Hire, customer: Customer
) -> None:
    second = await hire("小张")
    await act(agent, customer, "take")
    for deed in ("take", "return", "close"):
        await problem(await act(second, customer, deed), 409)
    await problem(await act(second, customer, "reply", text="插一句"), 409)
    supervisor = await hire("李主管", Role.SUPERVISOR)
    assert (await act(supervisor, customer, "take")).status == 200
    await problem(await act(agent, customer, "reply", text="还是我"), 409)


async def test_nobody_replies_without_taking_first(agent: Colleague, customer: Customer) -> None:
    await problem(await act(agent, customer, "reply", text="您好"), 409)


async def test_a_note_is_for_staff_only(agent: Colleague, customer: Customer) -> None:
    response = await act(agent, customer, "note", text="老顾客，客气些")
    assert response.status == 201
    assert await customer.messages() == []
    (seen,) = (await shown(agent, customer))["messages"]
    assert (seen["kind"], seen["text"], seen["staff"]) == ("note", "老顾客，客气些", "小王")


async def test_closing_ends_it(agent: Colleague, customer: Customer) -> None:
    await act(agent, customer, "take")
    closed = await (await act(agent, customer, "close")).json()
    assert closed["state"] == "closed"
    await problem(await act(agent, customer, "reply", text="还有一句"), 409)


async def test_a_chat_is_not_closed_over_words_that_nobody_saw(
    agent: Colleague, customer: Customer
) -> None:
    """What the page showed last goes with the deed; after a look the chat ends."""
    await act(agent, customer, "take")
    seen = max(one["id"] for one in (await shown(agent, customer))["messages"])
    await customer.say("等一下，还有一件事")
    details = await problem(await act(agent, customer, "close", seen=seen), 409)
    assert details["detail"] == "这期间又来了1条新消息，请看过再结束。"
    whole = await shown(agent, customer)
    assert whole["state"] == "with_person"
    seen = max(one["id"] for one in whole["messages"])
    assert (await (await act(agent, customer, "close", seen=seen)).json())["state"] == "closed"


@pytest.mark.parametrize("deed", ["take", "return", "close", "reply", "note"])
async def test_an_unknown_conversation_is_not_found(agent: Colleague, deed: str) -> None:
    body = {"json": {"text": "x"}} if deed in {"reply", "note"} else {}
    await problem(await agent.post(f"conversations/999999999999999/{deed}", **body), 404)
    await problem(await agent.get("conversations/999999999999999"), 404)


@pytest.mark.parametrize("deed", ["reply", "note"])
@pytest.mark.parametrize("text", ["   ", "\u200b", "\u00a0\u2060"])
async def test_what_nobody_could_see_is_no_reply(
    agent: Colleague, customer: Customer, deed: str, text: str
) -> None:
    await act(agent, customer, "take")
    details = await problem(await act(agent, customer, deed, text=text), 422)
    assert details["detail"] == "text：不能为空"


@pytest.mark.parametrize("seen", [-1, 2**31, 9223372036854775808, 10**40, 1.5, "many"])
async def test_a_number_that_no_message_has_is_refused(
    agent: Colleague, customer: Customer, seen: object
) -> None:
    await act(agent, customer, "take")
    details = await problem(await act(agent, customer, "reply", text="您好", seen=seen), 422)
    assert details["errors"][0]["message"] in {"太小", "太大", "应为整数"}


@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": "x" * 10_001}, {"text": None}])
async def test_an_empty_or_endless_reply_names_the_field(
    agent: Colleague, customer: Customer, body: dict[str, Any]
) -> None:
    path = f"conversations/{customer.conversation_id}/reply"
    details = await problem(await agent.post(path, json=body), 422)
    assert [error["field"] for error in details["errors"]] == ["text"]


async def test_a_long_conversation_is_shown_from_its_beginning_to_its_end(
    agent: Colleague, customer: Customer
) -> None:
    sent = [await customer.say(str(number)) for number in range(410)]
    found = await shown(agent, customer)
    assert [m["id"] for m in found["messages"]] == sent
    assert [m["id"] for m in (await shown(agent, customer, after=sent[400]))["messages"]] == (
        sent[401:]
    )


async def test_conversations_are_listed_by_state(
    agent: Colleague, customer: Customer, services: Services
) -> None:
    def hand_over(connection: Connection) -> None:
        ownership.to_queue(
            connection,
            customer.conversation_id,
            reason="E1",
            level="L1",
            summary={"what": "耳机坏了"},
            now=NOW,
        )

    async def ids(state: str | None) -> list[int]:
        params = {"state": state} if state else {}
        response = await agent.get("conversations", params=params)
        return [one["id"] for one in (await response.json())["conversations"]]

    assert await ids("bot") == await ids(None) == [customer.conversation_id]
    await services.database.write(hand_over)
    assert await ids("bot") == []
    assert await ids("queued") == [customer.conversation_id]
    assert (await shown(agent, customer))["owner"] == {"kind": "queue"}
    details = await problem(await agent.get("conversations?state=nonsense"), 422)
    assert [error["field"] for error in details["errors"]] == ["state"]


async def test_an_orders_person_is_hidden_until_the_chat_is_ones_own(
    serve: Serve, agent: Colleague, customer: Customer, services: Services
) -> None:
    agent.client = await serve(find_order=find_order)
    await services.database.write(
        lambda c: add_dispute(c, conversation_id=customer.conversation_id, order_no=ORDER.order_no)
    )
    (order,) = (await shown(agent, customer))["orders"]
    assert order["order_no"] == ORDER.order_no
    assert order["customer"]["phone"].endswith(ORDER.customer.phone[-4:])
    for hidden in (ORDER.customer.phone, ORDER.address.detail, ORDER.address.name):
        assert hidden not in str(order)
    await act(agent, customer, "take")
    (order,) = (await shown(agent, customer))["orders"]
    assert order == ORDER.snapshot()


@pytest.mark.parametrize(("here", "orders"), [(True, [ORDER.order_no]), (False, [])])
async def test_an_order_shown_in_the_chat_is_seen_without_a_dispute(
    serve: Serve,
    agent: Colleague,
    customer: Customer,
    services: Services,
    here: bool,
    orders: list[str],
) -> None:
    agent.client = await serve(find_order=find_order)
    other = await services.database.write(add_conversation)
    chat = customer.conversation_id if here else other
    await services.database.write(
        lambda c: guards.note_shown(c, chat, ORDER.order_no, "phone_tail", NOW)
    )
    await services.database.write(
        lambda c: ownership.to_queue(
            c, customer.conversation_id, reason="E8", level="L1",
            summary={"what": "客户要求人工", "order_no": ORDER.order_no}, now=NOW,
        )
    )  # fmt: skip
    assert [o["order_no"] for o in (await shown(agent, customer))["orders"]] == orders


async def test_a_conversation_can_be_read_while_the_order_system_is_down(
    serve: Serve, agent: Colleague, customer: Customer, services: Services
) -> None:
    async def is_down(_order_no: str) -> None:
        raise OrderSystemUncertain("no answer")

    agent.client = await serve(find_order=is_down)
    await services.database.write(
        lambda c: add_dispute(c, conversation_id=customer.conversation_id)
    )
    found = await shown(agent, customer)
    assert (len(found["disputes"]), found["orders"]) == (1, [])


async def test_a_deed_wakes_the_customer_the_workers_and_the_desk(
    agent: Colleague, customer: Customer, services: Services
) -> None:
    for topic in (WORK, DESK, conversation_topic(customer.conversation_id)):
        with services.wakeups.listen(topic) as listener:
            await act(agent, customer, "take")
            assert await listener.wait(1), topic
