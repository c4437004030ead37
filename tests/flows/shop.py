"""The whole program in this process, and a customer and a colleague who only know its HTTP API."""

from __future__ import annotations

import asyncio
import io
import itertools
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from aiohttp import ClientResponse, FormData
from aiohttp.test_utils import TestClient, TestServer
from PIL import Image
from sqlalchemy import Connection, select

from bot.clock import Clock
from bot.desk import staff as accounts
from bot.desk.permissions import Role
from bot.orders.demo import Story, demo_stories
from bot.settings import Settings
from bot.wiring import House, build_site, open_house
from models import message
from nlp.understanding import Understander

STAFF = (("小王", Role.AGENT), ("李主管", Role.SUPERVISOR))
SOON = 20.0  # seconds; a test that waits this long has failed

Json = dict[str, Any]
_numbers = itertools.count(1)


def photo(kind: str = "PNG") -> bytes:
    """Return a real, tiny picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), (200, 80, 40)).save(buffer, format=kind)
    return buffer.getvalue()


@dataclass
class Colleague:
    """A member of staff with an API token."""

    http: TestClient[Any, Any]
    name: str
    headers: dict[str, str]

    async def get(self, path: str, **query: str) -> Json:
        """Get from the API."""
        async with self.http.get(f"/api/v1/{path}", headers=self.headers, params=query) as answer:
            assert answer.status == 200, await answer.text()
            return dict(await answer.json())

    async def post(self, path: str, body: Mapping[str, Any] | None = None) -> ClientResponse:
        """Post to the API."""
        return await self.http.post(f"/api/v1/{path}", headers=self.headers, json=body or {})

    async def disputes(self, order_no: str) -> list[Json]:
        """Return what is on record about the order."""
        return list((await self.get("disputes", order_no=order_no))["disputes"])

    async def dispute(self, order_no: str) -> Json:
        """Return the only dispute on record about the order."""
        (only,) = await self.disputes(order_no)
        return only


@dataclass
class Customer:
    """Somebody in the web chat."""

    http: TestClient[Any, Any]
    conversation_id: int
    headers: dict[str, str]
    seen: int = 0  # the last message that was read
    sent: int = 0  # the last message that was sent
    patience: float = 0.0  # seconds before the first look for an answer: fewer looks
    log: list[Json] = field(default_factory=list)

    async def post(self, body: Mapping[str, Any]) -> ClientResponse:
        """Post a message as it is."""
        stream = io.BytesIO(json.dumps(body).encode())  # aiohttp warns of large bytes
        headers = {**self.headers, "Content-Type": "application/json"}
        return await self.http.post("/api/v1/chat/messages", headers=headers, data=stream)

    async def say(self, text: str, client_id: str | None = None) -> list[Json]:
        """Send a text and return the answer."""
        await self.send(text=text, client_id=client_id)
        return await self.answer()

    async def pick(self, option: Mapping[str, str]) -> list[Json]:
        """Press a button and return the answer."""
        await self.send(choice=option["id"])
        return await self.answer()

    async def send(self, client_id: str | None = None, **what: str) -> int:
        """Send without waiting; return the message's id."""
        answer = await self.post({"client_id": client_id or f"c{next(_numbers)}", **what})
        assert answer.status == 202, await answer.text()
        message_id = int((await answer.json())["id"])
        self.sent = max(self.sent, message_id)
        return message_id

    async def show(self, content: bytes | None = None, name: str = "photo.png") -> list[Json]:
        """Upload a photo and return the answer."""
        form = FormData()
        form.add_field("file", content or photo(), filename=name)
        async with self.http.post(
            "/api/v1/chat/attachments", headers=self.headers, data=form
        ) as answer:
            assert answer.status == 201, await answer.text()
            self.sent = max(self.sent, int((await answer.json())["id"]))
        return await self.answer()

    async def answer(self) -> list[Json]:
        """Wait for what the house says after the last message that was sent."""
        await asyncio.sleep(self.patience)
        async with asyncio.timeout(SOON):
            while True:
                new = await self.fetch(after=self.seen, wait=5)
                heard = [m for m in new if m["from"] != "customer"]
                if new:
                    self.seen = new[-1]["id"]
                    self.log += new
                if heard and self.seen > self.sent:
                    return heard

    async def hear(self, part: str) -> Json:
        """Wait until the house has said something in which the words occur."""
        try:
            async with asyncio.timeout(SOON):
                while not (found := [m for m in self.heard if part in m["text"]]):
                    await self.answer()
        except TimeoutError:
            raise AssertionError(f"{part} was never said: {transcript(self)}") from None
        return found[-1]

    async def fetch(self, **query: Any) -> list[Json]:
        """Fetch messages."""
        async with self.http.get(
            "/api/v1/chat/messages", headers=self.headers, params=query
        ) as answer:
            assert answer.status == 200, await answer.text()
            return list((await answer.json())["messages"])

    @property
    def heard(self) -> list[Json]:
        """What the house has said so far."""
        return [m for m in self.log if m["from"] != "customer"]

    @property
    def options(self) -> dict[str, Json]:
        """The last buttons that were shown, by kind; the first of each kind."""
        for answer in reversed(self.heard):
            if answer["options"]:
                return {o["kind"]: o for o in reversed(answer["options"])}
        return {}

    @property
    def last(self) -> Json:
        """The last message of the house."""
        return self.heard[-1]


@dataclass
class Shop:
    """The running program."""

    house: House
    http: TestClient[Any, Any]
    agent: Colleague
    supervisor: Colleague
    stories: dict[str, Json]  # by the last three digits of the order number
    cards: list[Story]  # the same, with what each is about

    async def open_chat(self, identity: str | None = None) -> Customer:
        """Let somebody open the chat, vouched for by the shop or not."""
        body = {"identity": identity} if identity else {}
        async with self.http.post("/api/v1/chat/sessions", json=body) as answer:
            assert answer.status == 201, await answer.text()
            session = await answer.json()
        headers = {"Authorization": f"Bearer {session['token']}"}
        return Customer(self.http, session["conversation_id"], headers)

    async def has_taken_in(self, customer: Customer) -> None:
        """Wait until all that was sent has been read: who waits for a person gets no answer."""
        unread = select(message.c.id).where(
            message.c.conversation_id == customer.conversation_id, message.c.state == "waiting"
        )
        async with asyncio.timeout(SOON):
            while await self.house.database.read(lambda c: c.execute(unread).first()):
                await asyncio.sleep(0.02)

    async def state(self, customer: Customer) -> str:
        """Return who holds the conversation."""
        found = await self.agent.get(f"conversations/{customer.conversation_id}")
        return str(found["state"])

    def order_no(self, story: str) -> str:
        """Return the number of a story's order."""
        return str(self.stories[story]["order_no"])


@asynccontextmanager
async def running_shop(
    settings: Settings, understander: Understander, clock: Clock
) -> AsyncIterator[Shop]:
    """Run a prepared demo shop with its workers; stop it cleanly."""
    async with open_house(settings, understander, is_demo=True, clock=clock) as house:
        working = [asyncio.create_task(w.run()) for w in (house.worker, house.runner)]
        http: TestClient[Any, Any] = TestClient(TestServer(build_site(house, None)))
        await http.start_server()
        try:
            yield Shop(
                house=house,
                http=http,
                agent=await _sign_in(house, http, "小王"),
                supervisor=await _sign_in(house, http, "李主管"),
                stories={story["order_no"][-3:]: story for story in house.stories()},
                cards=demo_stories(house.stories()[0]["order_no"][:-3]),
            )
        finally:
            await http.close()
            house.worker.stop()
            house.runner.stop()
            await asyncio.gather(*working)


async def prepare(settings: Settings, understander: Understander, clock: Clock) -> None:
    """Make the tables, the demo's orders and the staff, for copies to begin from."""
    async with open_house(settings, understander, is_demo=True, clock=clock) as house:
        for name, role in STAFF:
            await house.database.write(partial(accounts.add, name=name, role=role, now=clock()))


async def _sign_in(house: House, http: TestClient[Any, Any], name: str) -> Colleague:
    def token_of(connection: Connection) -> str:
        member = accounts.staff_by_name(connection, name)
        assert member is not None
        return accounts.add_token(connection, member.id)

    token = await house.database.write(token_of)
    return Colleague(http, name, {"Authorization": f"Bearer {token}"})


DECIDED = frozenset({"resolved", "rejected", "withdrawn", "with_person", "awaiting_approval"})
STEPS = 14  # more exchanges than any story needs


async def carry_through(
    shop: Shop,
    customer: Customer,
    order_no: str,
    *,
    opening: str,
    wanted: Sequence[str],
    tail: str,
    item: str = "",
    answers: Mapping[str, str] | None = None,
) -> Json:
    """Be a plain customer until the dispute is decided; return it as staff see it.

    `wanted` are the kinds of remedy this customer takes, best first; `item` occurs in the label of
    the article meant; `answers` are what is said when those words occur in the last message.
    """
    said = {"后四位": tail, **(answers or {})}
    await customer.say(opening)
    for _ in range(STEPS):
        found = await shop.agent.disputes(order_no)
        if found and found[-1]["state"] in DECIDED:
            return found[-1]
        await _react(customer, wanted, item, said)
    raise AssertionError(f"no end after {STEPS} exchanges: {transcript(customer)}")


async def _react(
    customer: Customer, wanted: Sequence[str], item: str, said: Mapping[str, str]
) -> None:
    last = customer.last
    shown = [o for o in last["options"] if o["kind"] != "order" or item in o["label"]]
    options = {o["kind"]: o for o in reversed(shown)}
    kind = next((k for k in ("confirm", *wanted, "evidence", "order") if k in options), None)
    if kind == "evidence":
        await customer.show()
    elif kind is not None:
        await customer.pick(options[kind])
    elif words := next((said[part] for part in said if part in last["text"]), None):
        await customer.say(words)
    elif "已为您提交" in last["text"]:
        await customer.answer()  # it is being carried out
    else:
        raise AssertionError(f"nothing to answer with: {transcript(customer)}")


def transcript(customer: Customer) -> str:
    """Return what was said, for the message of a failed test."""
    lines = [
        f"{m['from']}: {m['text']} {[o['kind'] for o in m['options']] or ''}" for m in customer.log
    ]
    return "\n".join(["", *lines])
