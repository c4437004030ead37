"""`jiefen chat`: the same engine in the terminal, against the same orders."""

from __future__ import annotations

import asyncio
import sys
from uuid import uuid4

from sqlalchemy import Connection, select

from bot.cli.classifier import understander
from bot.cli.screen import say
from bot.delivery import inbox
from bot.delivery.wakeups import WORK, conversation_topic
from bot.messages import InboundMessage
from bot.settings import Settings
from bot.wiring import House, may_be_demo, open_house
from models import message, remedy

LOOK_SECONDS = 0.4  # between two looks for something new to print
MOST_LOOKS = 100  # at an order system that does not answer; its result is printed when it comes


def run_chat(settings: Settings) -> None:
    """Talk until the end of input; /quit leaves, a number picks an option."""
    asyncio.run(_chat(settings))


async def _chat(settings: Settings) -> None:
    # Sample orders only where no orders of a shop's are.
    is_demo = may_be_demo(settings)
    async with open_house(settings, understander(settings), is_demo=is_demo) as house:
        working = asyncio.gather(house.worker.run(), house.runner.run())
        try:
            await _Terminal(house).talk()
        finally:
            house.worker.stop()
            house.runner.stop()
            await working


class _Terminal:
    """One customer at the keyboard."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._chat_id = uuid4().hex
        self._conversation_id = 0
        self._seen = 0
        self._options: list[dict[str, str]] = []

    async def talk(self) -> None:
        """Read lines, print answers."""
        name = self._house.replies.shop_name
        say(f"您好，这里是{name}。直接打字说问题；有选项时输入序号；/quit 离开。")
        for story in self._house.stories()[:3]:
            say(f"  例如：{story['opening']}（手机尾号 {story['phone_tail']}）")
        while True:
            line = await self._next_line()
            if line is None or line.strip() == "/quit":
                return
            await self._say(line.strip())
            await self._show_answers()

    async def _next_line(self) -> str | None:
        """The next line typed; what an agent or a deadline says meanwhile is printed at once."""
        reading = asyncio.create_task(asyncio.to_thread(_read_line))
        while not (await asyncio.wait({reading}, timeout=LOOK_SECONDS))[0]:
            await self._print_new()
        return await reading

    async def _say(self, text: str) -> None:
        place = int(text) - 1 if text.isdecimal() and len(text) == 1 else -1
        picked = self._options[place] if 0 <= place < len(self._options) else None
        incoming = InboundMessage(
            channel="terminal",
            account="shop",
            chat_id=self._chat_id,
            external_id=uuid4().hex,
            kind="choice" if picked else "text",
            at=self._house.clock(),
            text=picked["label"] if picked else text,
            choice=picked["id"] if picked else None,
        )
        accepted = await self._house.database.write(
            lambda c: inbox.accept(c, incoming, self._house.clock())
        )
        self._conversation_id = accepted.conversation_id
        self._house.wakeups.notify(WORK)

    async def _show_answers(self) -> None:
        """Print what comes until nothing is left to do: a remedy's result follows its grant."""
        topic = conversation_topic(self._conversation_id)
        with self._house.wakeups.listen(topic) as listener:
            for _ in range(MOST_LOOKS):
                busy = await self._house.database.read(self._is_busy)
                await self._print_new()
                if not busy:
                    return
                await listener.wait(LOOK_SECONDS)

    def _is_busy(self, connection: Connection) -> bool:
        """Tell whether a message waits to be read, or a remedy to be carried out."""
        here = self._conversation_id
        waiting = select(message.c.id).where(
            message.c.conversation_id == here, message.c.state == "waiting"
        )
        under_way = select(remedy.c.id).where(
            remedy.c.conversation_id == here, remedy.c.state.in_(("accepted", "executing"))
        )
        return any(connection.execute(query.limit(1)).first() for query in (waiting, under_way))

    async def _print_new(self) -> None:
        rows = await self._house.database.read(
            lambda c: c.execute(
                select(message)
                .where(
                    message.c.conversation_id == self._conversation_id,
                    message.c.id > self._seen,
                    message.c.direction == "out",
                    message.c.kind == "text",
                )
                .order_by(message.c.id)
            ).all()
        )
        for row in rows:
            self._seen = row.id
            say(f"\n【{SPEAKER[row.sender]}】{row.text}")
            self._options = row.options or []  # a number now answers this message, no earlier one
            if row.options:
                say("\n".join(f"  {n}. {o['label']}" for n, o in enumerate(row.options, 1)))


SPEAKER = {"bot": "智能客服", "agent": "人工客服", "system": "系统"}


def _read_line() -> str | None:
    if sys.stdin.isatty():
        sys.stdout.write("\n您> ")
        sys.stdout.flush()
    line = sys.stdin.readline()
    return line if line else None
