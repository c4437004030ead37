"""Sessions: who may talk in which conversation, and whom the shop vouches for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from aiohttp.test_utils import TestClient
from sqlalchemy import select

from bot.http.identity import sign_identity
from bot.http.services import Services
from models import chat_session, conversation, customer
from tests.factories import NOW, HandClock
from tests.integration.http.conftest import SECRET, Colleague, Customer, open_chat, problem

LATER = NOW + timedelta(hours=1)


async def test_a_session_belongs_to_a_conversation_of_its_own(
    client: TestClient[Any, Any],
) -> None:
    first, second = await open_chat(client), await open_chat(client)
    assert first.conversation_id != second.conversation_id
    await first.say("第一位")
    assert await second.messages() == []


async def test_a_session_needs_no_body(client: TestClient[Any, Any]) -> None:
    response = await client.post("/api/v1/chat/sessions")
    assert response.status == 201


async def test_the_token_itself_is_not_kept(customer: Customer, services: Services) -> None:
    kept = await services.database.read(
        lambda c: c.execute(select(chat_session.c.token_hash)).scalars().all()
    )
    assert len(kept) == 1
    assert customer.token not in kept


async def test_a_signed_identity_makes_the_customer_known(
    client: TestClient[Any, Any], services: Services
) -> None:
    signed = sign_identity(SECRET, "13800001234", "韩梅梅", LATER)
    opened = await open_chat(client, identity=signed)
    known = select(customer.c.phone, customer.c.name).join(
        conversation, conversation.c.customer_id == customer.c.id
    )
    row = await services.database.read(
        lambda c: c.execute(known.where(conversation.c.id == opened.conversation_id)).one()
    )
    assert tuple(row) == ("13800001234", "韩梅梅")


async def test_a_wrong_or_expired_identity_opens_nothing(
    client: TestClient[Any, Any], services: Services
) -> None:
    right = sign_identity(SECRET, "13800001234", "韩梅梅", LATER)
    expired = sign_identity(SECRET, "13800001234", "韩梅梅", NOW)
    forged = sign_identity("another secret", "13800001234", "韩梅梅", LATER)
    for signed in (expired, forged, right + "0", "x" + right, "", ".", "a.b.c", "签.名"):
        response = await client.post("/api/v1/chat/sessions", json={"identity": signed})
        await problem(response, 401)
    count = await services.database.read(lambda c: len(c.execute(select(conversation)).all()))
    assert count == 0


async def test_a_wrong_token_is_refused_everywhere(client: TestClient[Any, Any]) -> None:
    for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic eDp5"}):
        for method, path in (
            ("POST", "messages"),
            ("GET", "messages"),
            ("POST", "attachments"),
            ("GET", "attachments/1"),
            ("GET", "ws"),
        ):
            response = await client.request(method, f"/api/v1/chat/{path}", headers=headers)
            await problem(response, 401)


async def test_a_chat_is_found_again_as_long_as_anything_may_be_awaited_in_it(
    customer: Customer, clock: HandClock
) -> None:
    for _ in range(3):
        await customer.say("还在吗", client_id=str(clock()))
        clock.advance(days=44)
        assert (await customer.messages())[-1]["text"] == "还在吗"


async def test_the_shops_last_word_keeps_a_chat_open(
    customer: Customer, agent: Colleague, clock: HandClock
) -> None:
    chat = f"conversations/{customer.conversation_id}"
    await agent.post(f"{chat}/take")
    clock.advance(days=44)
    assert (await agent.post(f"{chat}/reply", json={"text": "退款已到账"})).status == 201
    clock.advance(days=44)
    assert (await customer.messages())[-1]["text"] == "退款已到账"


async def test_a_chat_long_silent_is_closed_to_its_token(
    customer: Customer, client: TestClient[Any, Any], clock: HandClock
) -> None:
    await customer.say("我的地址是北京市海淀区")
    clock.advance(days=45)
    refused = await problem(await customer.get("messages"), 401)
    assert refused["detail"] == "会话不存在或已失效，请重新打开聊天。"
    body = {"client_id": "late", "text": "还在吗"}
    await problem(await customer.post("messages", json=body), 401)
    await problem(await customer.get("attachments/1"), 401)
    await problem(await customer.get("ws"), 401)
    assert await (await open_chat(client)).messages() == []


async def test_the_refusal_of_a_token_that_is_no_ascii_is_a_refusal(
    client: TestClient[Any, Any],
) -> None:
    response = await client.get("/api/v1/chat/messages", headers={"Authorization": "Bearer 令牌"})
    await problem(response, 401)
