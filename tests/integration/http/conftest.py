"""The whole web application on a loopback port, over a real database and honest stand-ins."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

from bot.channels import web as web_chat
from bot.console.app import build_app
from bot.conversation.commands import StaffCommands
from bot.conversation.releasing import Releasing
from bot.conversation.saying.replies import load_replies
from bot.delivery.wakeups import Wakeups
from bot.desk import staff as accounts
from bot.desk.permissions import Role
from bot.http.services import Services
from bot.orders.book import OrderBook
from bot.remedies.policy import load_policy
from bot.settings import DATA_DIR, LOOPBACK, Settings, read_networks
from models import Database
from tests.factories import HandClock

SECRET = "the-shop's-secret"
REPLIES = load_replies(DATA_DIR / "replies")
POLICY = load_policy(DATA_DIR / "policy")
COMMANDS = StaffCommands(REPLIES, POLICY)


def understand(text: str) -> Mapping[str, Any]:
    """Understand every text alike."""
    return {
        "text": text,
        "tokens": [text],
        "issues": [{"issue": "damaged", "type": "quality", "probability": 0.97}],
        "primary": "damaged",
        "primary_type": "quality",
        "probability": 0.97,
        "confident": True,
        "intent": "complain",
        "flags": [],
        "slots": {},
        "artefact": "test",
    }


async def no_order(_order_no: str) -> None:
    """Find no order."""


@pytest.fixture
def services(database: Database, clock: HandClock, tmp_path: Path) -> Services:
    """What the application is built on; a test changes it with `dataclasses.replace`."""
    settings = Settings(
        home=tmp_path,
        database_url=database.url,
        given_secret=SECRET,
        public_url=None,
        rate_limited=False,
        trusted_proxies=read_networks(LOOPBACK),
        telegram=None,
    )
    return Services(
        database=database,
        wakeups=Wakeups(),
        clock=clock,
        settings=settings,
        understand=understand,
        explain=lambda text: [(text, 1.0)],
        find_order=no_order,
        commands=COMMANDS,
        releasing=Releasing(
            database=database, orders=OrderBook(database, clock), commands=COMMANDS
        ),
        shop_name=REPLIES.shop_name,
    )


Serve = Callable[..., Awaitable[TestClient[Any, Any]]]


@pytest.fixture
async def serve(services: Services) -> AsyncIterator[Serve]:
    """Serve the application, with some services changed, and return a client of it."""
    clients: list[TestClient[Any, Any]] = []

    async def start(**changed: Any) -> TestClient[Any, Any]:
        app = build_app(replace(services, **changed), web_chat.routes())
        client: TestClient[Any, Any] = TestClient(TestServer(app))
        await client.start_server()
        clients.append(client)
        return client

    yield start
    for client in clients:
        await client.close()


@pytest.fixture
async def client(serve: Serve) -> TestClient[Any, Any]:
    """A client of the application as it is."""
    return await serve()


@dataclass
class Customer:
    """A customer with a session."""

    client: TestClient[Any, Any]
    conversation_id: int
    headers: dict[str, str]

    @property
    def token(self) -> str:
        """The session's token."""
        return self.headers["Authorization"].removeprefix("Bearer ")

    async def say(self, text: str, client_id: str | None = None) -> int:
        """Send a text and return its id."""
        body = {"client_id": client_id or f"c-{text[:20]}", "text": text}
        response = await self.post_json("messages", body)
        assert response.status == 202, await response.text()
        return int((await response.json())["id"])

    async def post_json(self, what: str, body: Any) -> ClientResponse:
        """Post JSON of any size (aiohttp warns of large bytes, so it is a stream)."""
        stream = io.BytesIO(json.dumps(body).encode())
        headers = {**self.headers, "Content-Type": "application/json"}
        return await self.client.post(f"/api/v1/chat/{what}", headers=headers, data=stream)

    async def messages(self, **query: Any) -> list[dict[str, Any]]:
        """Fetch messages."""
        response = await self.get("messages", params=query)
        assert response.status == 200, await response.text()
        return list((await response.json())["messages"])

    async def post(self, what: str, **arguments: Any) -> ClientResponse:
        """Post to the chat."""
        return await self.client.post(f"/api/v1/chat/{what}", headers=self.headers, **arguments)

    async def get(self, what: str, **arguments: Any) -> ClientResponse:
        """Get from the chat."""
        return await self.client.get(f"/api/v1/chat/{what}", headers=self.headers, **arguments)


async def open_chat(client: TestClient[Any, Any], **body: Any) -> Customer:
    """Open a chat session."""
    response = await client.post("/api/v1/chat/sessions", json=body)
    assert response.status == 201, await response.text()
    session = await response.json()
    headers = {"Authorization": f"Bearer {session['token']}"}
    return Customer(client, session["conversation_id"], headers)


@pytest.fixture
async def customer(client: TestClient[Any, Any]) -> Customer:
    """A customer nobody vouched for."""
    return await open_chat(client)


@dataclass
class Colleague:
    """A member of staff who uses an API token."""

    client: TestClient[Any, Any]
    staff: accounts.Staff
    password: str
    headers: dict[str, str]

    async def get(self, path: str, **arguments: Any) -> ClientResponse:
        """Get from the API."""
        return await self.client.get(f"/api/v1/{path}", headers=self.headers, **arguments)

    async def post(self, path: str, **arguments: Any) -> ClientResponse:
        """Post to the API."""
        return await self.client.post(f"/api/v1/{path}", headers=self.headers, **arguments)


Hire = Callable[..., Awaitable[Colleague]]


@pytest.fixture
def hire(client: TestClient[Any, Any], services: Services) -> Hire:
    """Add a member of staff."""

    async def add(name: str = "小王", role: Role = Role.AGENT) -> Colleague:
        now = services.clock()
        staff, password = await services.database.write(lambda c: accounts.add(c, name, role, now))
        token = await services.database.write(lambda c: accounts.add_token(c, staff.id))
        return Colleague(client, staff, password, {"Authorization": f"Bearer {token}"})

    return add


@pytest.fixture
async def agent(hire: Hire) -> Colleague:
    """An agent with an API token."""
    return await hire()


async def problem(response: ClientResponse, status: int) -> dict[str, Any]:
    """Check that this is a problem of that status, explained in Chinese, and return it."""
    assert response.status == status, await response.text()
    assert response.content_type == "application/problem+json"
    details: dict[str, Any] = await response.json(content_type=None)
    assert details["status"] == status
    assert any("\u4e00" <= sign <= "\u9fff" for sign in details["title"])
    return details
