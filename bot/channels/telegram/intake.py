"""Updates in: each is stored once and committed before Telegram is told that it arrived."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import DataError

from bot.channels.telegram.group.deeds import Deeds
from bot.channels.telegram.held import Held, fall_due, hold, keep_order
from bot.channels.telegram.updates import (
    CHANNEL,
    FILE,
    MESSAGE_ID,
    Arrival,
    UnreadableUpdate,
    read_update,
)
from bot.clock import Clock
from bot.delivery import inbox
from bot.delivery.inbox import Accepted
from bot.delivery.wakeups import DESK, WORK, Wakeups, conversation_topic
from bot.http.bodies import storable
from bot.messages import InboundMessage
from models.conversation import conversation
from models.database import Database
from models.message import message

UNREADABLE = "[无法读取的消息]"
UNREADABLE_CHAT = "unreadable"  # where an update is kept that names no private chat
# What a database says about the content, not about itself: trying again cannot help.
UNSTORABLE = (DataError, ValueError, TypeError, ArithmeticError)

_log = logging.getLogger(__name__)


class Intake:
    """The one door for updates, however they were fetched."""

    def __init__(
        self,
        database: Database,
        wakeups: Wakeups,
        clock: Clock,
        account: str,
        *,
        confirm: Callable[[str], None],
        fetch: Callable[[Held], None],
        deeds: Deeds | None = None,
    ) -> None:
        """`confirm` answers a button's tap and `fetch` gets a file; neither may block.

        `deeds` takes what is written in the agents' group, if there is one.
        """
        self._database = database
        self._wakeups = wakeups
        self._clock = clock
        self._account = account
        self._confirm = confirm
        self._fetch = fetch
        self._deeds = deeds

    async def take(self, raw: object) -> None:
        """Store an update; on return it is committed. Raises when the database cannot take it."""
        if self._deeds is not None and self._deeds.is_from_group(raw):
            await self._deeds.take(raw)
            return
        now = self._clock()
        try:
            arrival = read_update(raw, self._account, now)
            if arrival is None:
                return
            accepted, held = await self._database.write(partial(store, arrival=arrival, now=now))
        except (UnreadableUpdate, *UNSTORABLE) as error:
            await self._set_aside(raw, error, now)
            return
        self._follow_up(arrival, accepted, held)

    async def take_body(self, body: bytes) -> None:
        """Store the update that is in the body of a webhook call, readable or not."""
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            raw = body.decode("utf-8", "replace")
        await self.take(raw)

    def _follow_up(self, arrival: Arrival, accepted: Accepted, held: Held | None) -> None:
        if arrival.query_id is not None:
            self._confirm(arrival.query_id)
        if held is not None:
            self._fetch(held)
        elif accepted.is_new:
            self._wakeups.notify(WORK, DESK, conversation_topic(accepted.conversation_id))

    async def _set_aside(self, raw: object, error: Exception, now: datetime) -> None:
        poison = _poison(raw, self._account, now)
        reason = f"{type(error).__name__}: {error}"[:500]
        accepted = await self._database.write(
            partial(store_set_aside, poison=poison, reason=storable(reason), now=now)
        )
        if accepted.is_new:
            _log.error("Telegram: set aside %s, which cannot be read", poison.external_id)
            self._wakeups.notify(DESK, conversation_topic(accepted.conversation_id))


def store(connection: Connection, arrival: Arrival, now: datetime) -> tuple[Accepted, Held | None]:
    """Store what a customer sent; a message whose file must be fetched is held for it."""
    earlier = _find_edited(connection, arrival) if arrival.is_edit else None
    if earlier is not None:
        incoming = replace(arrival.message, external_id=earlier)
        return inbox.accept_edit(connection, incoming, now), None
    accepted = inbox.accept(connection, arrival.message, now)
    if not accepted.is_new:
        return accepted, None
    if arrival.file_id is None:
        keep_order(connection, accepted.conversation_id, now)
        return accepted, None
    held = Held(accepted.conversation_id, accepted.message_id, arrival.file_id)
    hold(connection, held, now)
    fall_due(connection, accepted.conversation_id, now)
    return accepted, held


def store_set_aside(
    connection: Connection, poison: InboundMessage, reason: str, now: datetime
) -> Accepted:
    """Keep what cannot be read where staff see it and no turn meets it."""
    accepted = inbox.accept(connection, poison, now)
    if accepted.is_new:
        connection.execute(
            update(message)
            .where(
                message.c.conversation_id == accepted.conversation_id,
                message.c.id == accepted.message_id,
            )
            .values(state="set_aside", error=reason)
        )
    return accepted


def chat_of(raw: object) -> int | None:
    """Return the private chat of an update, readable or not, as far as one can tell."""
    places = (
        ("message", "chat", "id"),
        ("edited_message", "chat", "id"),
        ("callback_query", "from", "id"),
    )
    ids = (_dig(raw, place) for place in places)
    # The ids of groups are negative.
    return next((id_ for id_ in ids if isinstance(id_, int) and id_ > 0), None)


def _dig(raw: object, path: tuple[str, ...]) -> object:
    for name in path:
        raw = raw.get(name) if isinstance(raw, dict) else None
    return raw


def _find_edited(connection: Connection, arrival: Arrival) -> str | None:
    """Return the external id of the message that was edited, unless its file was replaced."""
    incoming, place = arrival.message, conversation.c
    row = connection.execute(
        select(message.c.external_id, message.c.data)
        .join(conversation, place.id == message.c.conversation_id)
        .where(
            place.channel == incoming.channel,
            place.account == incoming.account,
            place.external_id == incoming.chat_id,
            message.c.data[MESSAGE_ID].as_string() == incoming.data[MESSAGE_ID],
        )
        .order_by(message.c.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None or row.data.get(FILE) != incoming.data.get(FILE):
        return None
    return str(row.external_id).removeprefix(inbox.customer_key(""))


def _poison(raw: object, account: str, now: datetime) -> InboundMessage:
    body = json.dumps(raw)  # in ASCII, so that it can be stored whatever is in it
    number = raw.get("update_id") if isinstance(raw, dict) else None
    name = number if isinstance(number, int) else hashlib.sha256(body.encode()).hexdigest()
    return InboundMessage(
        channel=CHANNEL,
        account=account,
        chat_id=str(chat_of(raw) or UNREADABLE_CHAT),
        external_id=f"update:{name}"[:100],
        kind="text",
        at=now,
        text=UNREADABLE,
        data={"raw": body},
    )


def move_chat(connection: Connection, account: str, old_id: str, new_id: str) -> None:
    """Follow a chat that Telegram gave a new id, unless that one is known as well."""
    place = conversation.c
    here = (place.channel == CHANNEL, place.account == account)
    taken = select(place.id).where(*here, place.external_id == new_id)
    if connection.execute(taken).first() is None:
        connection.execute(
            update(conversation)
            .where(*here, place.external_id == old_id)
            .values(external_id=new_id)
        )
