"""Hints to open console pages: soon, once, and only to staff on our own page."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiohttp import ClientWebSocketResponse, WSMsgType, WSServerHandshakeError

from bot.console import feed
from bot.delivery.wakeups import DESK
from bot.desk import staff as accounts
from bot.http.services import Services
from tests.integration.http.conftest import Colleague, Customer, open_chat

PATH = "/api/v1/desk/ws"
SOON = 2.0  # seconds


async def hints_until(socket: ClientWebSocketResponse, wanted: dict[str, Any]) -> None:
    """Read hints until the wanted one comes."""
    async with asyncio.timeout(SOON):
        while await socket.receive_json() != wanted:
            pass


async def test_a_page_hears_which_conversation_changed(
    agent: Colleague, customer: Customer
) -> None:
    other = await open_chat(customer.client)
    async with agent.client.ws_connect(PATH, headers=agent.headers) as socket:
        await customer.say("在吗")
        await hints_until(socket, {"kind": "conversation", "id": customer.conversation_id})
        await other.say("在吗")
        await hints_until(socket, {"kind": "conversation", "id": other.conversation_id})


async def test_a_page_hears_of_the_desk(agent: Colleague, services: Services) -> None:
    async with agent.client.ws_connect(PATH, headers=agent.headers) as socket:
        services.wakeups.notify(DESK)
        await hints_until(socket, {"kind": "desk"})


async def test_what_another_process_did_without_a_word_is_found(
    agent: Colleague, customer: Customer, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "LOOK_EVERY", 0.1)
    services.wakeups.notify(DESK)  # the wait under way began with the old pause
    async with agent.client.ws_connect(PATH, headers=agent.headers) as socket:
        monkeypatch.setattr(services.wakeups.__class__, "notify", lambda *_topics: None)
        await customer.say("在吗")
        await hints_until(socket, {"kind": "conversation", "id": customer.conversation_id})


async def test_strangers_and_other_sites_hear_nothing(agent: Colleague) -> None:
    for headers, status in (
        ({}, 401),
        ({"Authorization": "Bearer nonsense"}, 401),
        ({**agent.headers, "Origin": "https://evil.example"}, 403),
        ({**agent.headers, "Sec-Fetch-Site": "cross-site"}, 403),
    ):
        with pytest.raises(WSServerHandshakeError) as refused:
            await agent.client.ws_connect(PATH, headers=headers)
        assert refused.value.status == status


async def test_the_hints_end_with_the_session(
    agent: Colleague, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "CHECK_EVERY", 0.1)
    body = {"name": agent.staff.name, "password": agent.password}
    assert (await agent.client.post("/api/v1/staff/sign-in", json=body)).status == 200
    async with agent.client.ws_connect(PATH) as socket:
        await services.database.write(lambda c: accounts.close_sessions(c, agent.staff.id))
        async with asyncio.timeout(SOON):
            while (message := await socket.receive()).type is WSMsgType.TEXT:
                pass
    assert message.type in {WSMsgType.CLOSE, WSMsgType.CLOSED}


async def test_closing_ends_the_hints(agent: Colleague) -> None:
    socket = await agent.client.ws_connect(PATH, headers=agent.headers)
    async with asyncio.timeout(SOON):
        closing = asyncio.create_task(agent.client.server.close())
        while (message := await socket.receive()).type is WSMsgType.TEXT:
            pass
        await closing
    assert message.type in {WSMsgType.CLOSE, WSMsgType.CLOSED}
