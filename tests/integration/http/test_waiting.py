"""Waiting for messages: woken at once, never asleep over one, and let go when we close."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import WSMsgType, WSServerHandshakeError
from aiohttp.test_utils import TestClient

from bot.delivery import outbox
from bot.delivery.wakeups import conversation_topic
from bot.http import sockets
from bot.http.problems import Problem
from bot.http.services import Services
from tests.factories import NOW
from tests.integration.http.conftest import Customer, Serve, open_chat

SOON = 2.0  # seconds; far less than any wait asked for here


def seconds() -> float:
    return asyncio.get_running_loop().time()


async def answer(services: Services, customer: Customer, text: str) -> None:
    """Answer as the engine does: written down, then announced."""
    await services.database.write(
        lambda c: outbox.put_reply(
            c,
            conversation_id=customer.conversation_id,
            epoch=0,
            sender="bot",
            text=text,
            now=NOW,
            pushed=False,
        )
    )
    services.wakeups.notify(conversation_topic(customer.conversation_id))


async def test_a_poll_waits_its_time_and_comes_back_empty(customer: Customer) -> None:
    begun = seconds()
    assert await customer.messages(wait="0.3") == []
    assert 0.3 <= seconds() - begun < SOON


async def test_a_poll_returns_at_once_what_is_there(customer: Customer) -> None:
    await customer.say("在吗")
    begun = seconds()
    assert len(await customer.messages(wait=30)) == 1
    assert seconds() - begun < SOON


async def test_a_poll_is_woken_by_an_answer(customer: Customer, services: Services) -> None:
    polling = asyncio.create_task(customer.messages(wait=30))
    await asyncio.sleep(0.2)
    begun = seconds()
    await answer(services, customer, "在的")
    assert [m["text"] for m in await polling] == ["在的"]
    assert seconds() - begun < SOON


async def test_no_message_is_lost_between_a_poll_and_a_post(
    customer: Customer, services: Services
) -> None:
    seen: list[str] = []

    async def follow() -> None:
        after = 0
        while len(seen) < 60:
            for one in await customer.messages(after=after, wait=30):
                seen.append(one["text"])
                after = one["id"]

    async def talk() -> None:
        for number in range(60):
            await answer(services, customer, str(number))
            await asyncio.sleep(number % 3 * 0.002)

    begun = seconds()
    await asyncio.gather(follow(), talk())
    assert seen == [str(number) for number in range(60)]
    assert seconds() - begun < 15  # one missed wake-up alone would cost 5


async def test_closing_lets_waiters_go(serve: Serve) -> None:
    client = await serve()
    customer = await open_chat(client)
    polling = asyncio.create_task(customer.messages(wait=30))
    socket = await client.ws_connect(f"/api/v1/chat/ws?token={customer.token}")
    await asyncio.sleep(0.2)
    begun = seconds()
    closing = asyncio.create_task(client.server.close())
    assert await polling == []
    assert (await socket.receive()).type in {WSMsgType.CLOSE, WSMsgType.CLOSED}
    await closing
    assert seconds() - begun < SOON


async def test_a_socket_pushes_what_is_there_and_what_comes(
    customer: Customer, services: Services
) -> None:
    first = await customer.say("在吗")
    socket = await customer.client.ws_connect("/api/v1/chat/ws", headers=customer.headers)
    assert [m["id"] for m in (await socket.receive_json(timeout=SOON))["messages"]] == [first]
    await answer(services, customer, "在的")
    pushed = (await socket.receive_json(timeout=SOON))["messages"]
    assert [m["text"] for m in pushed] == ["在的"]
    assert pushed == await customer.messages(after=first)
    await socket.close()


async def test_a_socket_resumes_after_what_was_seen(
    customer: Customer, services: Services
) -> None:
    seen = await customer.say("在吗")
    await answer(services, customer, "在的")
    path = f"/api/v1/chat/ws?after={seen}&token={customer.token}"
    async with customer.client.ws_connect(path) as socket:
        pushed = (await socket.receive_json(timeout=SOON))["messages"]
    assert [m["text"] for m in pushed] == ["在的"]


async def test_a_browser_offers_the_token_as_a_protocol(customer: Customer) -> None:
    await customer.say("在吗")
    async with customer.client.ws_connect(
        "/api/v1/chat/ws", protocols=("jiefen", customer.token)
    ) as socket:
        assert socket.protocol == "jiefen"
        assert (await socket.receive_json(timeout=SOON))["messages"]


async def test_a_socket_needs_a_right_token_and_our_own_page(
    client: TestClient[Any, Any], customer: Customer
) -> None:
    tries = [
        ("/api/v1/chat/ws", {}, 401),
        ("/api/v1/chat/ws?token=nonsense", {}, 401),
        (f"/api/v1/chat/ws?token={customer.token}", {"Origin": "https://evil.example"}, 403),
        (f"/api/v1/chat/ws?token={customer.token}", {"Sec-Fetch-Site": "cross-site"}, 403),
        (f"/api/v1/chat/ws?token={customer.token}&after=x", {}, 422),
    ]
    for path, headers, status in tries:
        try:
            await client.ws_connect(path, headers=headers)
        except WSServerHandshakeError as refused:
            assert refused.status == status, path  # noqa: PT017
        else:
            raise AssertionError(f"{path} was let in")
    own = {"Origin": str(client.make_url("/")).rstrip("/")}
    path = f"/api/v1/chat/ws?token={customer.token}"
    await (await client.ws_connect(path, headers=own)).close()


async def test_what_a_client_says_over_the_socket_is_ignored(
    customer: Customer, services: Services
) -> None:
    async with customer.client.ws_connect("/api/v1/chat/ws", headers=customer.headers) as socket:
        await socket.send_str("你好")
        await socket.send_bytes(b"\x00")
        await answer(services, customer, "在的")
        assert (await socket.receive_json(timeout=SOON))["messages"]


async def test_a_chat_has_few_sockets_and_the_others_have_theirs(
    serve: Serve, services: Services
) -> None:
    client = await serve(settings=replace(services.settings, rate_limited=True))
    customer = await open_chat(client)
    path = f"/api/v1/chat/ws?token={customer.token}"
    opened = [await customer.client.ws_connect(path) for _ in range(sockets.OF_ONE_AT_MOST)]
    with pytest.raises(WSServerHandshakeError) as refused:
        await customer.client.ws_connect(path)
    assert refused.value.status == 429
    await opened[0].close()
    for _ in range(100):  # until the server saw it go
        try:
            again = await customer.client.ws_connect(path)
            break
        except WSServerHandshakeError:
            await asyncio.sleep(0.02)
    for socket in (again, *opened[1:]):
        await socket.close()


async def test_where_limits_are_lifted_a_chat_has_any_number_of_sockets(
    customer: Customer,
) -> None:
    path = f"/api/v1/chat/ws?token={customer.token}"
    many = range(sockets.OF_ONE_AT_MOST + 1)
    for socket in [await customer.client.ws_connect(path) for _ in many]:
        await socket.close()


def test_customers_do_not_keep_staff_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "SOCKETS_AT_MOST", 1)
    counted = sockets.OpenSockets()
    with counted.one_more("chat", 1), counted.one_more("desk", None):
        with pytest.raises(Problem), counted.one_more("chat", 2):
            pass
        with pytest.raises(Problem), counted.one_more("desk", None):
            pass
    with counted.one_more("chat", 2):
        pass
