"""How long a turn takes through the web chat: message posted → reply stored and fetched."""

from __future__ import annotations

import asyncio
import statistics
import time
from pathlib import Path
from typing import Any

import aiohttp

from tests.bench.server import Server

MESSAGES_PER_SECOND = 5
CHATS = 60
OPENINGS = 3  # messages a chat: complaint, phone tail, a question


async def report(home: Path) -> None:
    """Print median and p99 at a steady pace, every chat on an order of its own."""
    with Server(home) as server:
        async with aiohttp.ClientSession(server.url) as http:
            stories = (await _get(http, "/api/v1/shop/stories"))["stories"]
            await _chat(http, stories[0])  # the first turn pays for what is loaded late
            waits = await _steady(http, stories)
    waits.sort()
    p99 = waits[int(len(waits) * 0.99) - 1]
    print(f"turn          median {statistics.median(waits) * 1000:.0f} ms (goal 50), "
          f"p99 {p99 * 1000:.0f} ms (goal 200), {len(waits)} turns at "
          f"{MESSAGES_PER_SECOND}/s on SQLite")  # fmt: skip


async def _steady(http: aiohttp.ClientSession, stories: list[dict[str, Any]]) -> list[float]:
    pause = OPENINGS / MESSAGES_PER_SECOND
    chats = []
    for number in range(CHATS):
        story = stories[number % len(stories)]
        chats.append(asyncio.create_task(_chat(http, story)))
        await asyncio.sleep(pause)
    return [wait for chat in chats for wait in await chat]


async def _chat(http: aiohttp.ClientSession, story: dict[str, Any]) -> list[float]:
    async with http.post("/api/v1/chat/sessions", json={}) as answer:
        token = (await answer.json())["token"]
    headers = {"Authorization": f"Bearer {token}"}
    texts = [story["opening"], story["phone_tail"], "现在到哪一步了"]
    waits, after = [], 0
    for number, text in enumerate(texts):
        began = time.perf_counter()
        body = {"client_id": str(number), "text": text}
        async with http.post("/api/v1/chat/messages", json=body, headers=headers) as answer:
            answer.raise_for_status()
        after = await _until_answered(http, headers, after)
        waits.append(time.perf_counter() - began)
        await asyncio.sleep(0.2)
    return waits


async def _until_answered(http: aiohttp.ClientSession, headers: dict[str, str], after: int) -> int:
    while True:
        found = await _get(http, f"/api/v1/chat/messages?after={after}&wait=10", headers)
        messages = found["messages"]
        after = messages[-1]["id"] if messages else after
        if any(message["from"] != "customer" for message in messages):
            return int(after)


async def _get(
    http: aiohttp.ClientSession, path: str, headers: dict[str, str] | None = None
) -> Any:
    async with http.get(path, headers=headers or {}) as answer:
        answer.raise_for_status()
        return await answer.json()
