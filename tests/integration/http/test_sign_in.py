"""Signing in: sessions on the server, a cookie out of reach, and roles that are kept apart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import select

from bot.desk.permissions import Role
from bot.http.services import Services
from models import audit
from tests.factories import HandClock
from tests.integration.http.conftest import Colleague, Hire, Serve, problem

ME = "/api/v1/staff/me"
IN = "/api/v1/staff/sign-in"
OUT = "/api/v1/staff/sign-out"


async def sign_in(colleague: Colleague, **changed: str) -> Any:
    """Sign in through the console's form; the client keeps the cookie."""
    body = {"name": colleague.staff.name, "password": colleague.password, **changed}
    return await colleague.client.post(IN, json=body)


async def test_the_right_password_opens_a_session(agent: Colleague, services: Services) -> None:
    response = await sign_in(agent)
    assert response.status == 200
    assert (await response.json())["role"] == "agent"
    cookie = response.cookies["jiefen_staff"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["secure"]
    me = await (await agent.client.get(ME)).json()
    assert (me["name"], me["role"]) == ("小王", "agent")
    assert "desk:conversation:reply" in me["permissions"]
    deeds = await services.database.read(lambda c: c.execute(select(audit.c.deed)).scalars().all())
    assert "staff.signed_in" in deeds


async def test_over_https_the_cookie_never_travels_in_the_clear(
    serve: Serve, services: Services, agent: Colleague
) -> None:
    settings = replace(services.settings, public_url="https://shop.example")
    client = await serve(settings=settings)
    response = await sign_in(replace(agent, client=client))
    assert response.cookies["jiefen_staff"]["secure"]
    assert response.headers["Strict-Transport-Security"]


@pytest.mark.parametrize(
    "changed",
    [{"password": "wrong"}, {"name": "没有这个人"}, {"name": "\0"}, {"password": "\ud83d"}],
)
async def test_a_wrong_name_or_password_is_refused_alike(
    agent: Colleague, changed: dict[str, str]
) -> None:
    details = await problem(await sign_in(agent, **changed), 401)
    assert details["detail"] == "用户名或密码不正确。"
    await problem(await agent.client.get(ME), 401)


async def test_signing_out_ends_the_session_on_the_server(agent: Colleague) -> None:
    session = (await sign_in(agent)).cookies["jiefen_staff"].value
    assert (await agent.client.post(OUT)).status == 204
    agent.client.session.cookie_jar.clear()
    headers = {"Cookie": f"jiefen_staff={session}"}
    await problem(await agent.client.get(ME, headers=headers), 401)
    assert (await agent.client.post(OUT)).status == 204


async def test_a_session_runs_out(agent: Colleague, clock: HandClock) -> None:
    await sign_in(agent)
    clock.advance(hours=13)
    await problem(await agent.client.get(ME), 401)


async def test_a_wrong_token_is_refused_even_beside_a_good_cookie(agent: Colleague) -> None:
    await sign_in(agent)
    headers = {"Authorization": "Bearer nonsense"}
    await problem(await agent.client.get(ME, headers=headers), 401)


async def test_every_door_of_the_staff_is_shut_for_strangers(client: TestClient[Any, Any]) -> None:
    document = await (await client.get("/api/v1/openapi.json")).json()
    shut = 0
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if {"staff": []} in operation.get("security", []):
                address = path.replace("{id}", "1")
                response = await client.request(method, address, cookies={"jiefen_staff": "令牌"})
                await problem(response, 401)
                shut += 1
    assert shut >= 15


async def test_roles_are_told_apart(hire: Hire) -> None:
    supervisor = await hire("李主管", Role.SUPERVISOR)
    me = await (await supervisor.get("staff/me")).json()
    assert "desk:conversation:take_over" in me["permissions"]


async def test_a_post_with_the_cookie_from_another_site_is_refused(agent: Colleague) -> None:
    await sign_in(agent)
    headers = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    response = await agent.client.post("/api/v1/conversations/1/take", headers=headers)
    await problem(response, 403)
