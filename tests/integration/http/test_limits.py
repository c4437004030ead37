"""Limits and back-pressure: refused with a time to come back, and never met by a human."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.http import limits
from bot.http.backlog import BACKLOG
from bot.http.services import Services
from tests.integration.http.conftest import Customer, Serve, open_chat, problem


async def limited(serve: Serve, services: Services) -> Customer:
    client = await serve(settings=replace(services.settings, rate_limited=True))
    return await open_chat(client)


async def test_too_many_messages_are_put_off(serve: Serve, services: Services) -> None:
    customer = await limited(serve, services)
    for number in range(120):
        await customer.say(str(number))
    response = await customer.post("messages", json={"client_id": "more", "text": "再来"})
    await problem(response, 429)
    assert 1 <= int(response.headers["Retry-After"]) <= 60


async def test_one_customer_does_not_use_up_anothers_share(
    serve: Serve, services: Services
) -> None:
    first = await limited(serve, services)
    second = await open_chat(first.client)
    for number in range(120):
        await first.say(str(number))
    await second.say("我还能说话")


async def test_guessing_passwords_is_put_off(serve: Serve, services: Services) -> None:
    client = (await limited(serve, services)).client
    statuses = []
    for number in range(21):
        body = {"name": "小王", "password": str(number)}
        statuses.append((await client.post("/api/v1/staff/sign-in", json=body)).status)
    assert statuses == [401] * 20 + [429]


async def test_made_up_tokens_do_not_wipe_out_the_guesses(
    serve: Serve, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "KEYS_AT_MOST", 3)
    client = (await limited(serve, services)).client
    body = {"name": "小王", "password": "wrong"}
    for _ in range(20):
        await client.post("/api/v1/staff/sign-in", json=body)
    for number in range(5):
        headers = {"Authorization": f"Bearer {number}"}
        await client.get("/api/v1/chat/messages", headers=headers)
    assert (await client.post("/api/v1/staff/sign-in", json=body)).status == 429


async def test_addresses_behind_a_proxy_are_told_apart(serve: Serve, services: Services) -> None:
    client = (await limited(serve, services)).client

    async def sign_in(forwarded: str) -> int:
        headers = {"X-Forwarded-For": forwarded}
        body = {"name": "小王", "password": "wrong"}
        response = await client.post("/api/v1/staff/sign-in", json=body, headers=headers)
        return response.status

    for number in range(20):  # the left end is the client's own invention
        assert await sign_in(f"203.0.113.{number}, 8.8.8.8") == 401
    assert await sign_in("8.8.8.8") == 429
    assert await sign_in("1.1.1.1") == 401


async def test_an_address_that_nobody_trusted_forwards_is_no_other_client(
    serve: Serve, services: Services
) -> None:
    settings = replace(services.settings, rate_limited=True, trusted_proxies=())
    client = await serve(settings=settings)
    statuses = []
    for number in range(21):
        headers = {"X-Forwarded-For": f"1.1.1.{number}"}
        body = {"name": "小王", "password": "wrong"}
        response = await client.post("/api/v1/staff/sign-in", json=body, headers=headers)
        statuses.append(response.status)
    assert statuses == [401] * 20 + [429]


async def test_turned_off_there_are_no_limits(customer: Customer) -> None:
    for number in range(130):
        await customer.say(str(number))


async def test_a_long_line_makes_newcomers_wait(serve: Serve) -> None:
    client = await serve(busy_above=1)
    first, second, third = [await open_chat(client) for _ in range(3)]
    await first.say("一")
    client.app[BACKLOG].counted_at = float("-inf")
    await second.say("二")
    client.app[BACKLOG].counted_at = float("-inf")
    response = await third.post("messages", json={"client_id": "3", "text": "三"})
    details = await problem(response, 503)
    assert "没有发出" in details["detail"]
    assert int(response.headers["Retry-After"]) > 0
    assert await third.messages() == []
