"""What every answer has in common: problem details, safe headers, no guests from other sites."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy.exc import OperationalError

from tests.integration.http.conftest import Serve, problem

SESSIONS = "/api/v1/chat/sessions"


@pytest.mark.parametrize(
    "path",
    ["/nowhere", "/api/v1/nowhere", "/api/v2/chat/messages", "/api/v1/conversations/abc",
     "/api/v1/conversations/99999999999999999999", "/console/x", "/static/", "/%00"],
)  # fmt: skip
async def test_an_unknown_address_is_a_problem(client: TestClient[Any, Any], path: str) -> None:
    await problem(await client.get(path), 404)


async def test_a_wrong_method_is_a_problem_that_names_the_right_ones(
    client: TestClient[Any, Any],
) -> None:
    response = await client.delete(SESSIONS)
    await problem(response, 405)
    assert response.headers["Allow"] == "POST"


async def test_a_failure_shows_nothing_of_its_inside(serve: Serve) -> None:
    def fails() -> list[dict[str, Any]]:
        raise RuntimeError("password=hunter2")

    client = await serve(stories=fails)
    response = await client.get("/api/v1/shop/stories")
    assert "hunter2" not in await response.text()
    await problem(response, 500)


async def test_a_database_that_is_away_is_a_reason_to_come_back(serve: Serve) -> None:
    def is_away() -> list[dict[str, Any]]:
        raise OperationalError("SELECT", {}, Exception("connection refused"))

    client = await serve(stories=is_away)
    response = await client.get("/api/v1/shop/stories")
    await problem(response, 503)
    assert response.headers["Retry-After"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    ],
)
async def test_a_post_from_another_site_is_refused(
    client: TestClient[Any, Any], headers: dict[str, str]
) -> None:
    await problem(await client.post(SESSIONS, json={}, headers=headers), 403)


async def test_a_post_from_our_own_page_is_taken(client: TestClient[Any, Any]) -> None:
    own = str(client.make_url("/")).rstrip("/")
    for headers in ({"Origin": own}, {"Sec-Fetch-Site": "same-origin", "Origin": own}, {}):
        assert (await client.post(SESSIONS, json={}, headers=headers)).status == 201


async def test_another_site_may_link_to_us(client: TestClient[Any, Any]) -> None:
    response = await client.get("/healthz", headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status == 200


@pytest.mark.parametrize("path", ["/", "/healthz", "/api/v1/openapi.json", "/nowhere"])
async def test_every_answer_tells_browsers_what_they_may_do(
    client: TestClient[Any, Any], path: str
) -> None:
    headers = (await client.get(path)).headers
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


async def test_answers_of_the_api_are_not_kept(client: TestClient[Any, Any]) -> None:
    response = await client.get("/api/v1/shop/stories")
    assert response.headers["Cache-Control"] == "no-store"
    assert await response.json() == {"stories": []}
