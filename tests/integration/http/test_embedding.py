"""Whose pages may show the chat in a frame, and what the shop is called there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from bot.http.services import Services
from tests.integration.http.conftest import Serve

SHOPS = ("https://shop.example.com", "https://m.shop.cn:8443")
UNFRAMED = ["/", "/console", "/console/", "/healthz", "/embed.js", "/static/shop/talk.js",
            "/api/v1/shop/stories", "/nowhere"]  # fmt: skip


def ancestors(policy: str) -> list[str]:
    """Return who may frame by that policy."""
    (told,) = [rule for rule in policy.split("; ") if rule.startswith("frame-ancestors ")]
    return told.split()[1:]


@pytest.fixture
async def shop(serve: Serve, services: Services) -> TestClient[Any, Any]:
    """A client of a shop with pages of its own, and with a name that is no markup."""
    settings = replace(services.settings, embed_origins=SHOPS)
    return await serve(settings=settings, shop_name='"青禾"<家居>')


async def test_only_the_chat_alone_is_framed_and_only_by_those_named(
    shop: TestClient[Any, Any],
) -> None:
    for response in (await shop.get("/chat"), await shop.head("/chat")):
        assert response.status == 200
        policy = response.headers["Content-Security-Policy"]
        assert ancestors(policy) == list(SHOPS)
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "X-Frame-Options" not in response.headers
        assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", UNFRAMED)
async def test_everything_else_stays_unframed(shop: TestClient[Any, Any], path: str) -> None:
    headers = (await shop.get(path)).headers
    assert ancestors(headers["Content-Security-Policy"]) == ["'none'"]
    assert headers["X-Frame-Options"] == "DENY"


async def test_nobody_frames_the_chat_unless_it_was_set(client: TestClient[Any, Any]) -> None:
    headers = (await client.get("/chat")).headers
    assert ancestors(headers["Content-Security-Policy"]) == ["'none'"]
    assert headers["X-Frame-Options"] == "DENY"


async def test_another_sites_page_may_load_the_snippet_and_nothing_else(
    shop: TestClient[Any, Any],
) -> None:
    snippet = await shop.get("/embed.js")
    assert snippet.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert snippet.headers["Content-Type"] == "text/javascript; charset=utf-8"
    told = f'{{"shop": "\\"青禾\\"<家居>", "origins": ["{SHOPS[0]}", "{SHOPS[1]}"]}}'
    assert told in await snippet.text()
    for path in ("/chat", "/static/shop/embed.js", "/static/shop/talk.js"):
        headers = (await shop.get(path)).headers
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


async def test_a_named_origin_may_frame_and_still_not_post(shop: TestClient[Any, Any]) -> None:
    sent = {"Sec-Fetch-Site": "cross-site", "Origin": SHOPS[0]}
    response = await shop.post("/api/v1/chat/sessions", json={}, headers=sent)
    assert response.status == 403


@pytest.mark.parametrize("path", ["/", "/chat"])
async def test_the_pages_carry_the_shops_name(shop: TestClient[Any, Any], path: str) -> None:
    text = await (await shop.get(path)).text()
    assert 'data-shop="&quot;青禾&quot;&lt;家居&gt;"' in text
    assert "<title>&quot;青禾&quot;&lt;家居&gt;" in text
    assert 'id="composer"' in text
    assert ("解纷" in text, "{{" in text, "<家居>" in text) == (False, False, False)
