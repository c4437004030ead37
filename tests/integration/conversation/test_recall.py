"""The state of a chat is read on from where it was, and is what the whole log says."""

from __future__ import annotations

import pytest

from bot.conversation import recall, store
from bot.conversation.recall import Recall
from bot.conversation.replaying.replay import replay
from bot.conversation.shapes.events import QueueLeft
from bot.conversation.shapes.state import State
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


async def test_only_what_came_since_is_read(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    chat, known = await room.chat().offered(), Recall()
    before = await recalled(room, known, chat)
    read: list[int] = []
    read_since = store.read_since

    def watched(connection: store.Connection, conversation_id: int, seq: int) -> object:
        events = list(read_since(connection, conversation_id, seq))
        read.append(len(events))
        return iter(events)

    monkeypatch.setattr(store, "read_since", watched)
    assert await recalled(room, known, chat) == before
    await room.database.write(lambda c: store.append(c, chat.id, [QueueLeft()], NOW))
    assert await recalled(room, known, chat) != before
    assert read == [0, 1]


async def test_chats_that_rested_long_are_forgotten_and_read_again(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recall, "CHATS", 1)
    first, second, known = await room.chat().offered(), room.chat(), Recall()
    await second.say("在吗")
    for chat in (first, second, first):
        assert await recalled(room, known, chat) == await whole(room, chat)
