"""The real program and a real browser; each test gets pages that must not complain."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
READY_SECONDS = 60
PATIENCE = 30_000  # milliseconds that a page may take on a busy machine
WIDE = (1280, 800)
PHONE = (390, 844)
# Asking who is signed in is answered 401 when nobody is, and the browser reports that by itself.
NOT_SIGNED_IN = re.compile(r"status of 401 .*/staff/(me|sign-in)")

expect.set_options(timeout=PATIENCE)

NewPage = Callable[..., Coroutine[Any, Any, Page]]


class Demo:
    """`jiefen demo` with a home of its own; it can be stopped and started again."""

    def __init__(self, home: Path) -> None:
        """Choose free ports and start; `shop_origin` may show the chat in a frame."""
        self.port, self.shop_port = _free_port(), _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        # Another name for this machine, so that browsers take it for another site.
        self.shop_origin = f"http://localhost:{self.shop_port}"
        self.home = home
        self.start()

    def start(self) -> None:
        """Start the program and wait until it is ready."""
        self._out = self.home / f"stdout-{time.monotonic_ns()}"
        with self._out.open("w") as out, (self.home / "stderr").open("a") as err:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "demo", "--port", str(self.port)],
                stdout=out,
                stderr=err,
                env={
                    **os.environ,
                    "JIEFEN_HOME": str(self.home),
                    "JIEFEN_RATE_LIMIT": "off",
                    "JIEFEN_EMBED_ORIGINS": self.shop_origin,
                },
            )
        deadline = time.monotonic() + READY_SECONDS
        while not self._is_ready():
            running = self._process.poll() is None and time.monotonic() < deadline
            assert running, (self.home / "stderr").read_text()
            time.sleep(0.1)

    def stop(self) -> None:
        """Tell the program to stop, and wait for it."""
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(30)

    def login(self, role: str) -> tuple[str, str]:
        """Return the name and password that the program printed for a role."""
        printed = self._out.read_text()
        found = re.search(rf"^\s*{role}\s+(\S+)\s+(\S+)\s*$", printed, re.MULTILINE)
        assert found, printed
        return found[1], found[2]

    def _is_ready(self) -> bool:
        try:
            with urlopen(f"{self.url}/readyz", timeout=2):  # noqa: S310 - http, our own
                return bool(self.login("agent"))
        except (URLError, OSError, AssertionError):
            return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def demo(trained_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo shop, one for the whole session."""
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(trained_home / "artefacts", home / "artefacts")
    program = Demo(home)
    yield program
    program.stop()


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[Browser]:
    """A browser for one test."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        await started.close()


class Complaints:
    """What pages wrote to their consoles, apart from what a test expects."""

    def __init__(self) -> None:
        """Expect nothing."""
        self.heard: list[str] = []
        self.expected = [NOT_SIGNED_IN]

    def listen(self, page: Page) -> None:
        """Note every error of the page."""
        page.on("pageerror", lambda error: self.heard.append(str(error)))
        page.on(
            "console",
            lambda said: (
                said.type in {"error", "warning"}
                and self.heard.append(f"{said.text} {said.location.get('url', '')}")
            ),
        )

    def unexpected(self) -> list[str]:
        """Return what nobody expected."""
        return [one for one in self.heard if not any(e.search(one) for e in self.expected)]


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """Fails the test when a page complained: an exception, a policy violation, a lost file."""
    kept = Complaints()
    yield kept
    assert kept.unexpected() == []


@pytest.fixture
def new_page(demo: Demo, browser: Browser, complaints: Complaints) -> NewPage:
    """Open a page of somebody new: `await new_page("/", size=PHONE)`."""

    async def open_page(path: str, size: tuple[int, int] = WIDE) -> Page:
        width, height = size
        context = await browser.new_context(
            base_url=demo.url, viewport={"width": width, "height": height}, locale="zh-CN"
        )
        context.set_default_timeout(PATIENCE)
        page = await context.new_page()
        complaints.listen(page)
        await page.goto(path)
        return page

    return open_page
