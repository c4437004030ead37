"""Pushes what the outbox holds to the channels, in order, at a pace each chat can bear."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from bot.clock import Clock
from bot.delivery import outbox
from bot.delivery.crew import Crew
from bot.delivery.outbox import OnLost, Outgoing
from bot.delivery.pacing import Pacing
from bot.delivery.wakeups import DESK, OUTBOX, WORK, Wakeups, conversation_topic
from bot.messages import Channel, SendResult, Unknown
from models.database import Database

SEND_TIMEOUT_SECONDS = 30.0  # shorter than outbox.SENDING_AT_MOST


class Sender:
    """The loop that empties the outbox; any number of processes may run one."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        wakeups: Wakeups,
        clock: Clock,
        *,
        at_once: int = 32,
        pacing: Pacing | None = None,
        on_lost: OnLost = outbox.tell_nobody,
    ) -> None:
        """Send only what is meant for `channels`, whose keys are the channels' names."""
        self._on_lost = on_lost
        self._database = database
        self._channels = channels
        self._wakeups = wakeups
        self._clock = clock
        self._pacing = pacing or Pacing()
        self._crew: Crew[Outgoing] = Crew(
            topic=OUTBOX, wakeups=wakeups, take=self.take, do=self.send, at_once=at_once
        )

    async def run(self) -> None:
        """Send until `stop`."""
        await self._crew.run()

    def stop(self) -> None:
        """Begin nothing more; `run` returns when what is being sent is recorded."""
        self._crew.stop()

    async def take(self, limit: int) -> Sequence[Outgoing]:
        """Mark what is due as being sent, and commit, before any channel is called."""
        now = self._clock()
        lost, due = await self._database.write(
            lambda c: (
                outbox.give_up_on_lost(c, now, self._on_lost),
                outbox.take_due(
                    c,
                    channels=list(self._channels),
                    resting=self._pacing.resting(now),
                    limit=limit,
                    now=now,
                ),
            )
        )
        if lost:
            self._wakeups.notify(WORK, DESK, *map(conversation_topic, lost))
        return due

    async def send(self, outgoing: Outgoing) -> None:
        """Send one message and record what became of it."""
        result = await self._call(outgoing)
        now = self._clock()
        self._pacing.note_sent(outgoing.message.conversation_id, now)
        is_lost = await self._database.write(
            lambda c: outbox.record(c, outgoing, result, now, self._on_lost)
        )
        self._wakeups.notify(
            conversation_topic(outgoing.message.conversation_id),
            *((WORK, DESK) if is_lost else ()),
        )

    async def _call(self, outgoing: Outgoing) -> SendResult:
        try:
            async with asyncio.timeout(SEND_TIMEOUT_SECONDS):
                return await self._channels[outgoing.channel].send(outgoing.message)
        except TimeoutError:
            return Unknown(reason=f"no answer within {SEND_TIMEOUT_SECONDS:.0f} s")
        except Exception as error:  # a channel promises not to raise; if it does, nobody knows
            return Unknown(reason=f"{type(error).__name__}: {error}")
