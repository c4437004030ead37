"""The state of a chat is read on from where it was, and is what the whole log says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, update

from bot.conversation import recall, store
from bot.conversation.recall import Recall
from bot.conversation.replaying.replay import replay
from bot.conversation.shapes.events import QueueLeft
from bot.conversation.shapes.state import State
from models import conversation, event
from tests.factories import NOW
from tests.integration.conversation.conftest import Chat, Room


async def whole(room: Room, chat: Chat) -> State:
    """Return what the whole log says."""
    return replay(await room.database.read(lambda c: store.read_events(c, chat.id)))


async def recalled(room: Room, known: Recall, chat: Chat) -> State:
    """Return what is recalled."""
    return await room.database.read(lambda c: known.state(c, chat.id))


async def test_what_is_recalled_is_what_the_whole_log_says(room: Room) -> None:
    chat, known = await room.chat().offered(), Recall()
    for kind in ("refund", "confirm"):
        assert await recalled(room, known, chat) == await whole(room, chat)
        await chat.send(kind="choice", choice=await chat.button(kind))
        await room.turn(room.worker())
    assert await recalled(room, known, chat) == await whole(room, chat)


async def test_only_the_last_known_event_and_what_came_since_is_read(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat, known = await room.chat().offered(), Recall()
    before = await recalled(room, known, chat)
    read: list[int] = []
    read_from = store.read_from

    def watched(connection: store.Connection, conversation_id: int, seq: int) -> object:
        events = list(read_from(connection, conversation_id, seq))
        read.append(len(events))
        return iter(events)

    monkeypatch.setattr(store, "read_from", watched)
    assert await recalled(room, known, chat) == before
    await room.database.write(lambda c: store.append(c, chat.id, [QueueLeft()], NOW))
    assert await recalled(room, known, chat) != before
    assert read == [1, 2]


async def test_chats_that_rested_long_are_forgotten_and_read_again(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recall, "CHATS", 1)
    first, second, known = await room.chat().offered(), room.chat(), Recall()
    await second.say("在吗")
    for chat in (first, second, first):
        assert await recalled(room, known, chat) == await whole(room, chat)


@pytest.mark.parametrize("back", [1, 3])
@pytest.mark.parametrize("grows", [False, True])
async def test_a_database_that_went_back_is_read_anew(room: Room, back: int, grows: bool) -> None:
    """It was restored, or a stand-by that had not heard all took over; the process went on."""
    chat, known = await room.chat().offered(), Recall()
    ahead = await recalled(room, known, chat)

    def go_back(c: store.Connection) -> None:
        last = c.execute(select(func.max(event.c.seq)).where(event.c.conversation_id == chat.id))
        seq = int(last.scalar_one()) - back
        c.execute(delete(event).where(event.c.conversation_id == chat.id, event.c.seq > seq))
        here = update(conversation).where(conversation.c.id == chat.id)
        c.execute(here.values(last_event_seq=seq))
        if grows:
            store.append(c, chat.id, [QueueLeft()] * (back + 1), NOW + timedelta(hours=1))

    await room.database.write(go_back)
    assert await recalled(room, known, chat) == await whole(room, chat) != ahead
