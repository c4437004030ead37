"""The room on a real database and a real order book, moved one step at a time."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from bot.conversation.commands import StaffCommands
from bot.conversation.engine import Engine
from bot.conversation.overdue import Overdue
from bot.conversation.releasing import Releasing
from bot.conversation.results import remedy_finished
from bot.conversation.saying.replies import load_replies
from bot.conversation.turn import TurnMaker
from bot.delivery import inbox
from bot.delivery.command_runner import CommandRunner
from bot.delivery.wakeups import Wakeups
from bot.delivery.worker import Worker
from bot.desk import cases
from bot.desk.permissions import Role
from bot.desk.staff import Staff
from bot.http.chat_messages import read_messages
from bot.messages import InboundMessage, MessageKind, Upload
from bot.order_record import CommandResult, OrderCommand, OrderRecord
from bot.orders.book import OrderBook
from bot.orders.demo import FILE_PREFIX, demo_orders
from bot.orders.port import BookEntry
from bot.remedies.policy import load_policy
from bot.settings import DATA_DIR
from models import Database, event, promise
from nlp.extraction import Slots
from nlp.labels import TYPE_OF
from nlp.understanding import IssueScore, Understanding
from tests.factories import NOW, HandClock, add_staff

POLICY = load_policy(DATA_DIR / "policy")
REPLIES = load_replies(DATA_DIR / "replies")
LATE = f"{FILE_PREFIX}001"  # ¥199, tail 1024
STALLED = f"{FILE_PREFIX}006"  # ¥65.60 need approval, tail 6079
SLOW = f"{FILE_PREFIX}007"  # tail 7081
BROKEN = f"{FILE_PREFIX}011"  # a photo is needed, tail 3046

Hook = Callable[[], Awaitable[object]]
_numbers = itertools.count(1)


@dataclass
class Ear:
    """Understands a text as the test said it is to be understood; all else as nothing."""

    known: dict[str, Understanding] = field(default_factory=dict)
    fails_on: dict[str, Exception] = field(default_factory=dict)
    artefact: str = "a1"

    def learn(self, text: str, *issues: str, intent: str = "complain", **more: Any) -> None:
        """Let the text mean this; slots and other fields by their names."""
        slots = {k: more.pop(k) for k in [f.name for f in fields(Slots)] if k in more}
        self.known[text] = heard(
            text,
            issues=tuple(IssueScore(i, TYPE_OF[i], 0.97) for i in issues),
            primary=issues[0] if issues else "none",
            intent=intent,
            slots=Slots(**slots),
            **more,
        )

    def __call__(self, text: str, _now: datetime) -> Understanding:
        """Understand."""
        for part in text.split("\n"):
            if part in self.fails_on:
                raise self.fails_on[part]
        parts = (text, *text.split("\n"))
        found = next((u for part in parts if (u := self.known.get(part))), None)
        return found or heard(text, issues=(), primary="none", intent="other", slots=Slots())


def heard(text: str, **values: Any) -> Understanding:
    """Return an understanding; fields of which the tests know nothing are left empty."""
    known = {
        "text": text,
        "tokens": (),
        "primary_type": TYPE_OF.get(values["primary"], "none"),
        "probability": 0.97,
        "confident": True,
        "flags": (),
        "signs": (),
        "artefact": "a1",
        **values,
    }
    return Understanding(**{f.name: known.get(f.name, ()) for f in fields(Understanding)})


@dataclass
class Book:
    """The embedded order book; a hook runs before each call of its kind, once."""

    book: OrderBook
    before: dict[str, Hook] = field(default_factory=dict)
    after: dict[str, Hook] = field(default_factory=dict)

    async def _hook(self, hooks: dict[str, Hook], name: str) -> None:
        if hook := hooks.pop(name, None):
            await hook()

    async def find(self, order_no: str) -> OrderRecord | None:
        """Find."""
        await self._hook(self.before, "find")
        return await self.book.find(order_no)

    async def search(
        self, *, phone: str | None = None, telegram_id: int | None = None
    ) -> list[OrderRecord]:
        """Search."""
        return await self.book.search(phone=phone, telegram_id=telegram_id)

    async def execute(self, command: OrderCommand) -> CommandResult:
        """Carry out."""
        await self._hook(self.before, "execute")
        result = await self.book.execute(command)
        await self._hook(self.after, "execute")
        return result

    async def outcome(self, idempotency_key: str) -> CommandResult | None:
        """Tell what came of it."""
        return await self.book.outcome(idempotency_key)

    async def history(self, order_no: str) -> list[BookEntry]:
        """Tell what was done."""
        await self._hook(self.before, "history")
        return await self.book.history(order_no)


@dataclass
class Room:
    """Engine, worker, runner and staff on one database; nothing moves by itself."""

    database: Database
    clock: HandClock
    ear: Ear
    book: Book
    wakeups: Wakeups = field(default_factory=Wakeups)
    commands: StaffCommands = field(default_factory=lambda: StaffCommands(REPLIES, POLICY))

    def engine(self) -> Engine:
        """Build an engine, as every process has one."""
        maker = TurnMaker(
            database=self.database,
            orders=self.book,
            policy=POLICY,
            replies=REPLIES,
            understand=self.ear,
        )
        return Engine(database=self.database, maker=maker, wakeups=self.wakeups, clock=self.clock)

    def worker(self) -> Worker:
        """Build a worker around an engine of its own."""
        engine = self.engine()
        return Worker(
            self.database, engine.handle, self.wakeups, self.clock, name="test",
            on_poison=engine.poisoned,
        )  # fmt: skip

    def runner(self) -> CommandRunner:
        """Build a runner of commands."""
        return CommandRunner(
            self.database, self.book, self.wakeups, self.clock,
            on_result=lambda c, remedy_id, outcome: remedy_finished(
                c, remedy_id, outcome, self.clock()
            ),
        )  # fmt: skip

    def releasing(self) -> Releasing:
        """Build what lets people release remedies, as every process has one."""
        return Releasing(database=self.database, orders=self.book, commands=self.commands)

    async def turn(self, worker: Worker | None = None) -> int:
        """Do every turn that is due; return how many there were."""
        worker = worker or self.worker()
        leases = await worker.take(16)
        for lease in leases:
            await worker.work_on(lease)
        return len(leases)

    async def carry_out(self, runner: CommandRunner | None = None) -> int:
        """Carry out every command that is due; return how many there were."""
        runner = runner or self.runner()
        taken = await runner.take(16)
        for piece in taken:
            await runner.carry_out(piece)
        return len(taken)

    async def settle(self) -> None:
        """Do turns and commands until nothing is due."""
        while await self.turn() or await self.carry_out():
            pass

    def chat(self, chat_id: str | None = None) -> Chat:
        """Let somebody open a chat."""
        return Chat(self, chat_id or f"chat-{next(_numbers)}")

    async def hire(self, name: str, role: Role = Role.AGENT) -> Staff:
        """Add a member of staff."""
        staff_id = await self.database.write(lambda c: add_staff(c, name=name, role=role.value))
        return Staff(id=staff_id, name=name, role=role)

    async def disputes(self, order_no: str) -> list[dict[str, Any]]:
        """Return what is on record about an order."""
        return await self.database.read(lambda c: cases.disputes_of_order(c, order_no))

    async def dispute(self, order_no: str) -> dict[str, Any]:
        """Return the only dispute about an order."""
        (only,) = await self.disputes(order_no)
        return only

    async def conversation(self, chat: Chat) -> dict[str, Any]:
        """Return the conversation as staff see it."""
        found = await self.database.read(
            lambda c: cases.conversation_detail(c, chat.id, self.clock())
        )
        assert found is not None
        return found

    async def kinds(self, chat: Chat) -> list[str]:
        """Return the kinds of the events in the log."""
        query = select(event.c.kind).where(event.c.conversation_id == chat.id)
        return list(
            await self.database.read(
                lambda c: c.execute(query.order_by(event.c.seq)).scalars().all()
            )
        )


@dataclass
class Chat:
    """One customer's chat."""

    room: Room
    chat_id: str
    id: int = 0
    channel: str = "web"

    async def send(self, text: str = "", **more: Any) -> int:
        """Put a message into the inbox; return its id."""
        kind: MessageKind = more.pop("kind", "text")
        number = next(_numbers)
        incoming = InboundMessage(
            channel=self.channel,
            account="shop",
            chat_id=self.chat_id,
            external_id=more.pop("external_id", f"m{number}"),
            kind=kind,
            at=self.room.clock(),
            text=text,
            **more,
        )
        accepted = await self.room.database.write(
            lambda c: inbox.accept(c, incoming, self.room.clock())
        )
        self.id = accepted.conversation_id
        return accepted.message_id

    async def say(self, text: str) -> list[str]:
        """Say something and return the answers to it."""
        sent = await self.send(text)
        await self.room.turn()
        return [m["text"] for m in await self.messages() if m["id"] > sent]

    async def show(self) -> None:
        """Send a photo."""
        await self.send(kind="photo", upload=Upload(content=b"picture", mime="image/png"))
        await self.room.turn()

    async def press(self, kind: str) -> int:
        """Press the latest button of the kind, and let the bot answer; return the message's id."""
        sent = await self.send(kind="choice", choice=await self.button(kind))
        await self.room.turn()
        return sent

    async def button(self, kind: str) -> str:
        """Return the id of the latest button of the kind."""
        shown = [o for m in await self.messages() for o in m["options"] if o["kind"] == kind]
        return str(shown[-1]["id"])

    async def messages(self) -> list[dict[str, Any]]:
        """Return everything that the customer sees."""
        read = await self.room.database.read(lambda c: read_messages(c, self.id, 0))
        return [m.model_dump() for m in read]

    async def said(self) -> list[str]:
        """Return what the house said to the customer."""
        return [m["text"] for m in await self.messages() if m["from"] != "customer"]

    async def offered(
        self, order_no: str = LATE, issue: str = "not_shipped", tail: str = "1024"
    ) -> Chat:
        """Bring the chat to where remedies are on the table."""
        self.room.ear.learn(f"投诉{order_no}", issue, order_nos=(order_no,), phone_tail=tail)
        await self.say(f"投诉{order_no}")
        return self

    async def complain_again(self, order_no: str = LATE) -> list[str]:
        """Say again what was complained of."""
        return await self.say(f"投诉{order_no}")

    async def granted(self, kind: str = "refund", **about: str) -> Chat:
        """Bring the chat to where a remedy was confirmed, and not yet carried out."""
        await self.offered(**about)
        await self.press(kind)
        await self.press("confirm")
        return self


def kinds_and_states(dispute: dict[str, Any]) -> Sequence[tuple[str, str]]:
    """Return the remedies of a dispute in short."""
    return [(r["kind"], r["state"]) for r in dispute["remedies"]]


@pytest.fixture
async def room(database: Database, clock: HandClock) -> Room:
    """The room with the demo's orders."""
    book = OrderBook(database, clock)
    await book.put(demo_orders(NOW))
    return Room(database, clock, Ear(), Book(book))


def overdue(room: Room) -> Overdue:
    """Build what looks for the overdue, as every process has one."""
    return Overdue(
        database=room.database, orders=room.book, policy=POLICY, replies=REPLIES,
        wakeups=room.wakeups, clock=room.clock,
    )  # fmt: skip


async def promised(room: Room, chat: Chat) -> dict[str, str]:
    """Return what was promised in the chat, and what became of it."""
    query = select(promise.c.what, promise.c.state).where(promise.c.conversation_id == chat.id)
    rows = await room.database.read(lambda c: c.execute(query.order_by(promise.c.id)).all())
    return {row.what: row.state for row in rows}


async def agent_in(room: Room, chat: Chat) -> Staff:
    """Let an agent take the chat."""
    agent = await room.hire("小王")
    await room.database.write(lambda c: room.commands.take(c, agent, chat.id, room.clock()))
    return agent
