"""Twenty promotions under load: all messages answered, memory before and after."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import aiohttp

from nlp import registry
from tests.bench.server import Server

SWAPS = 20
MESSAGES_PER_SECOND = 5
WAIT_SECONDS = 60  # for a swap to be seen, and for the last answers
TEXTS = ("付款五天了还不发货", "物流三天没更新了", "你好", "收到就碎了", "多久能到")


async def report(home: Path) -> None:
    """Print how many messages were sent and answered, and the memory before and after."""
    first = registry.load_current(home)
    twin = registry.save(home, "twin", first.classifier, first.answers, dict(first.papers))
    with Server(home) as server:
        token = _add_staff(home)
        async with aiohttp.ClientSession(server.url) as http:
            load = _Load(http)
            running = asyncio.create_task(load.run())
            await asyncio.sleep(15)  # what is loaded late is loaded now
            before, memory = server.resident_mib(), []
            seconds: list[float] = []
            for number in range(SWAPS):
                wanted = (twin if number % 2 == 0 else first).id
                registry.promote(home, wanted)
                seconds.append(await _until_seen(http, token, wanted))
                memory.append(server.resident_mib())
            load.stop()
            await running
    registry.promote(home, first.id)
    print(f"swaps         {SWAPS} under {MESSAGES_PER_SECOND} messages/s, each seen within "
          f"{max(seconds):.1f} s; {load.answered} of {load.sent} answered")  # fmt: skip
    # Two artefacts are held while one replaces the other; that room is taken once and kept.
    middle = SWAPS // 2
    print(f"swap memory   {before:6.0f} MiB before, {memory[0]:.0f} after the first, "
          f"{memory[middle - 1]:.0f} after {middle}, {memory[-1]:.0f} after all")  # fmt: skip


class _Load:
    """Customers who each open a chat, write one message and wait for the answer."""

    def __init__(self, http: aiohttp.ClientSession) -> None:
        """Begin with nobody."""
        self._http = http
        self._stopped = False
        self.sent = self.answered = 0

    def stop(self) -> None:
        """Let no more customers come."""
        self._stopped = True

    async def run(self) -> None:
        """Let customers come until stopped, then wait for their answers."""
        waiting: set[asyncio.Task[None]] = set()
        while not self._stopped:
            task = asyncio.create_task(self._customer(TEXTS[self.sent % len(TEXTS)]))
            waiting.add(task)
            task.add_done_callback(waiting.discard)
            await asyncio.sleep(1 / MESSAGES_PER_SECOND)
        await asyncio.gather(*waiting)

    async def _customer(self, text: str) -> None:
        self.sent += 1
        async with self._http.post("/api/v1/chat/sessions", json={}) as answer:
            headers = {"Authorization": f"Bearer {(await answer.json())['token']}"}
        body = {"client_id": "1", "text": text}
        async with self._http.post("/api/v1/chat/messages", json=body, headers=headers) as answer:
            answer.raise_for_status()
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline:
            path = "/api/v1/chat/messages?after=1&wait=10"
            async with self._http.get(path, headers=headers) as answer:
                if (await answer.json())["messages"]:
                    self.answered += 1
                    return


async def _until_seen(http: aiohttp.ClientSession, token: str, wanted: str) -> float:
    began = time.perf_counter()
    while time.perf_counter() - began < WAIT_SECONDS:
        headers, body = {"Authorization": f"Bearer {token}"}, {"text": "你好"}
        async with http.post("/api/v1/classify", json=body, headers=headers) as answer:
            seen: dict[str, Any] = await answer.json()
        if seen["artefact"] == wanted:
            return time.perf_counter() - began
        await asyncio.sleep(0.1)
    raise TimeoutError(f"{wanted} was promoted and is not in service")


def _add_staff(home: Path) -> str:
    command = [sys.executable, "-m", "bot", "staff", "add", "量", "--role", "agent", "--token"]
    added = subprocess.run(
        command, check=True, env=Server.environment(home), capture_output=True, text=True
    )
    return added.stdout.split()[-1]
