"""A chat whose person can answer no more goes back into the queue, and its customer is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from bot.conversation import promises as made
from bot.conversation import store
from bot.conversation.calling import call_people
from bot.conversation.deciding.to_person import open_id
from bot.conversation.replaying.replay import replay
from bot.conversation.saying.offers import hand_over_text
from bot.conversation.saying.replies import Replies
from bot.conversation.shapes.events import HandedOver
from bot.conversation.shapes.state import State
from bot.conversation.shapes.steps import HandOver
from bot.conversation.summary import summary
from bot.delivery import outbox
from bot.delivery.conversations import hold
from bot.desk import promises
from bot.desk.clocks import WAITS_FOR_PERSON
from bot.levels import LEVELS
from bot.messages import PULLED_CHANNELS
from models import conversation

WAITS = ("E8", "L1")  # who spoke with a person waits for one
UNREAD = ("E13", "L1")


def put_back(
    connection: Connection, replies: Replies, staff_id: int, conversation_id: int, now: datetime
) -> bool:
    """Put a chat that somebody who has left holds back into the queue.

    Return False, changing nothing, where they do not hold it.
    """
    here = _held_by(connection, conversation_id, staff_id)
    if here is None:
        return False
    before = replay(store.read_events(connection, conversation_id))
    matter = open_id(before)
    reason, level = gravest(*reasons_known(here, before, matter), WAITS)
    over = HandedOver(reason=reason, level=level, matter=matter)
    store.append(connection, conversation_id, [over], now)
    after = replay([over], before)
    store.save_disputes(connection, conversation_id, before, after, now)
    told = summary(before, after.matter(matter), None, reason)
    if here.summary and here.summary.get("matter") == matter:
        told = with_last_words(here.summary, told)
    _call_another(connection, replies, conversation_id, over, told, now)
    # What they were to answer is still owed, by the moment that was told.
    if not promises.is_open(connection, conversation_id, WAITS_FOR_PERSON):
        made.a_person(connection, conversation_id, reason, matter, after, replies, now)
    return True


def put_back_unread(
    connection: Connection, replies: Replies, staff_id: int, conversation_id: int, now: datetime
) -> bool:
    """Put a chat back whose log cannot be replayed: that must not keep people from being called.

    Return False, changing nothing, where they do not hold it.
    """
    here = _held_by(connection, conversation_id, staff_id)
    if here is None:
        return False
    reason, level = gravest(_noted(here), UNREAD)
    # Of no matter, it changes no dispute's row.
    over = HandedOver(reason=reason, level=level)
    store.append(connection, conversation_id, [over], now)
    told = here.summary or {"what": "会话记录没能自动读取，请人工查看"}
    _call_another(connection, replies, conversation_id, over, told, now)
    return True


def _held_by(connection: Connection, conversation_id: int, staff_id: int) -> Any:
    """Hold the chat; return where it stands, or None where that person does not have it."""
    hold(connection, conversation_id)
    here = place_of(connection, conversation_id)
    theirs = here.state == "with_person" and here.owner_staff_id == staff_id
    return here if theirs else None


def _call_another(
    connection: Connection,
    replies: Replies,
    conversation_id: int,
    over: HandedOver,
    told: Mapping[str, Any],
    now: datetime,
) -> None:
    """Let the chat wait for another person, and tell its customer."""
    step = HandOver(
        reason=over.reason, level=over.level, matter=over.matter, wording="colleague_left"
    )
    words = hand_over_text(replies, step, store.count_ahead(connection, conversation_id), now)
    epoch = call_people(
        connection, conversation_id, reason=over.reason, level=over.level, summary=told, now=now,
        unanswered=True,
    )  # fmt: skip
    pushed = store.channel_of(connection, conversation_id) not in PULLED_CHANNELS
    outbox.put_reply(
        connection, conversation_id=conversation_id, epoch=epoch, sender="bot", text=words,
        now=now, pushed=pushed,
    )  # fmt: skip


def with_last_words(kept: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """Return a summary that was kept up to date all the while, but for the last words."""
    return {**kept, "last_words": told["last_words"] or kept.get("last_words", "")}


def place_of(connection: Connection, conversation_id: int) -> Any:
    """Return where the chat stands: its state, owner, epoch, channel, reason and summary."""
    c = conversation.c
    query = select(
        c.state, c.owner_staff_id, c.epoch, c.channel, c.queue_reason, c.queue_level, c.summary
    ).where(c.id == conversation_id)
    return connection.execute(query).one()


def reasons_known(
    here: Any, state: State, matter_id: str | None
) -> tuple[tuple[str, str] | None, ...]:
    """Return why people were called to the chat so far, each with its level."""
    matter = state.matter(matter_id)
    return matter.escalated if matter else None, _noted(here), state.queued_for


def _noted(here: Any) -> tuple[str, str] | None:
    return (here.queue_reason, here.queue_level) if here.queue_level else None


def gravest(*reasons: tuple[str, str] | None) -> tuple[str, str]:
    """Return the gravest reason to call people; of those alike the first."""
    return max((why for why in reasons if why), key=lambda why: LEVELS.index(why[1]))
