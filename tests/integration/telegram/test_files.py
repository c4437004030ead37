"""Photos and documents: stored first, fetched then, heard last; and never lost in between."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bot.channels.telegram import files, held
from bot.channels.uploads import check_upload
from bot.delivery import inbox, leases
from bot.delivery.inbox import FILE_TO_COME
from bot.delivery.retry import Backoff
from models import Database, conversation
from tests.bot_api_server import BotApiServer, Cut, Refusal, photo_update, text_update
from tests.factories import NOW
from tests.integration.telegram.conftest import Build
from tests.integration.telegram.house import (
    SECRET,
    attachments,
    eventually,
    listening,
    photo_bytes,
    running,
    stored,
)


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = Backoff(first_seconds=0.01, longest_seconds=0.02, attempts=4)
    monkeypatch.setattr(files, "FETCH", quick)


async def push(server: BotApiServer, build: Build, database: Database, update: Any) -> None:
    """Take an update in and wait until nothing is held any more."""
    parts = await build(database)
    async with listening(parts, database) as url:
        assert await server.push(update, url=url, secret=SECRET) == [200]
        await eventually(lambda: nothing_held(database))


async def nothing_held(database: Database) -> bool:
    """Tell whether every message has its file, or an answer why not."""
    return not await stored(database, error=FILE_TO_COME)


async def test_the_largest_size_is_fetched_and_heard(
    database: Database, server: BotApiServer, build: Build
) -> None:
    server.files["big"] = photo_bytes()
    await push(server, build, database, photo_update(7, "big", caption="屏幕碎了"))
    (row,) = await stored(database)
    assert (row.kind, row.state, row.text, row.error) == ("photo", "waiting", "屏幕碎了", None)
    (file,) = await attachments(database)
    assert (file.id, file.content) == (row.attachment_id, photo_bytes())
    assert file.mime == "image/jpeg"
    assert server.called("getFile") == [{"file_id": "big"}]


async def test_a_photo_is_not_heard_before_it_is_here(
    database: Database, server: BotApiServer, build: Build
) -> None:
    parts = await build(database)
    asked, go_on = asyncio.Event(), asyncio.Event()
    original = server._getFile
    server.files["big"] = photo_bytes()

    async def slow(parameters: dict[str, str]) -> Any:
        asked.set()
        await go_on.wait()
        return await original(parameters)

    server._getFile = slow  # type: ignore[method-assign]
    async with listening(parts, database) as url:
        await server.push(photo_update(7, "big"), url=url, secret=SECRET)
        await asked.wait()
        (row,) = await stored(database)
        heard = await database.read(lambda c: inbox.waiting(c, row.conversation_id))
        assert heard == []
        go_on.set()
        await eventually(lambda: nothing_held(database))
    heard = await database.read(lambda c: inbox.waiting(c, row.conversation_id))
    assert [message.kind for message in heard] == ["photo"]


async def test_a_crash_before_the_file_is_here_loses_nothing(
    database: Database, server: BotApiServer, build: Build
) -> None:
    server.fail("getFile", *[Refusal(500)] * 99)
    dying = await build(database)
    async with listening(dying, database) as url:
        await server.push(photo_update(7, "big"), url=url, secret=SECRET)
        await dying.close()
    assert not await nothing_held(database)
    server.files["big"] = photo_bytes()
    server.heal("getFile")
    async with running(await build(database)):
        await eventually(lambda: nothing_held(database))
    assert [row.state for row in await stored(database)] == ["waiting"]
    assert len(await attachments(database)) == 1


async def test_two_processes_that_fetch_the_same_file_store_it_once(
    database: Database, server: BotApiServer, build: Build
) -> None:
    dying = await build(database)
    server.fail("getFile", *[Refusal(500)] * 99)
    async with listening(dying, database) as url:
        await server.push(photo_update(7, "big"), url=url, secret=SECRET)
        await dying.close()
    server.files["big"] = photo_bytes()
    server.heal("getFile")
    async with running(await build(database)), running(await build(database)):
        await eventually(lambda: nothing_held(database))
        await asyncio.sleep(0.2)
    assert len(await attachments(database)) == 1


async def test_broken_lines_are_tried_again(
    database: Database, server: BotApiServer, build: Build
) -> None:
    server.files["big"] = photo_bytes()
    server.fail("getFile", Refusal(429, "Too Many Requests", {"retry_after": 0.01}))
    server.fail("download", Cut(carried_out=False), Refusal(500))
    await push(server, build, database, photo_update(7, "big"))
    assert [row.kind for row in await stored(database, state="waiting")] == ["photo"]


@pytest.mark.parametrize(
    ("content", "says"), [(b"no photo at all", "只能发送照片"), (b"", "文件是空的")]
)
async def test_what_is_no_photo_is_refused_with_a_sentence(
    database: Database, server: BotApiServer, build: Build, content: bytes, says: str
) -> None:
    server.files["big"] = content
    await push(server, build, database, photo_update(7, "big"))
    came, answer = await stored(database)
    assert (came.state, came.attachment_id) == ("done", None)
    assert (answer.direction, answer.sender, answer.state) == ("out", "bot", "pending")
    assert answer.text.startswith(says)
    assert answer.text == came.error


@pytest.mark.parametrize("state", ["queued", "with_person"])
async def test_it_is_not_the_bots_word_where_a_person_is_called(
    database: Database, server: BotApiServer, build: Build, state: str
) -> None:
    """Who holds the chat sees what became of it, and taking it over does not keep it back."""
    await push(server, build, database, text_update(6, "在吗"))
    await database.write(lambda c: c.execute(update(conversation).values(state=state)))
    server.files["big"] = b"no photo at all"
    await push(server, build, database, photo_update(7, "big"))
    (answer,) = await stored(database, direction="out")
    assert answer.sender == "system"


async def test_a_file_too_many_is_refused_with_a_sentence(
    database: Database, server: BotApiServer, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "FILES_AT_MOST", 0)
    server.files["big"] = photo_bytes()
    await push(server, build, database, photo_update(7, "big", caption="屏幕碎了"))
    heard = [row for row in await stored(database) if row.direction == "in"]
    assert [(row.kind, row.state, row.text) for row in heard] == [("text", "waiting", "屏幕碎了")]
    assert inbox.TOO_MANY_FILES in [row.text for row in await stored(database)]
    assert await attachments(database) == []


async def test_words_under_a_refused_photo_are_heard(
    database: Database, server: BotApiServer, build: Build
) -> None:
    server.files["big"] = b"no photo at all"
    await push(server, build, database, photo_update(7, "big", caption="屏幕碎了"))
    (heard,) = await stored(database, state="waiting")
    assert (heard.kind, heard.text) == ("text", "屏幕碎了")


@pytest.mark.parametrize("missing", ["file", "method", "line"])
async def test_a_file_that_cannot_be_had_is_asked_for_again(
    database: Database, server: BotApiServer, build: Build, missing: str
) -> None:
    if missing == "method":
        server.lacks.add("getFile")
    if missing == "line":
        server.fail("getFile", *[Cut(carried_out=False)] * 20)
    await push(server, build, database, photo_update(7, "nowhere"))
    answers = await stored(database, direction="out")
    assert [answer.text for answer in answers] == [files.NOT_RECEIVED]


@pytest.mark.parametrize(
    ("mime", "content", "kind"),
    [
        ("image/png", photo_bytes(), "photo"),
        ("application/pdf", b"%PDF-1.7 an invoice", "file"),
        ("image/jpeg", b"%PDF-1.7 an invoice in disguise", "file"),
    ],
)
async def test_documents_are_what_their_content_says(
    database: Database,
    server: BotApiServer,
    build: Build,
    mime: str,
    content: bytes,
    kind: str,
) -> None:
    update = photo_update(7, "unused")
    update["message"].pop("photo")
    document = {"file_id": "doc", "file_unique_id": "u", "mime_type": mime, "file_name": "a.jpg"}
    update["message"]["document"] = document
    server.files["doc"] = content
    await push(server, build, database, update)
    assert [row.kind for row in await stored(database)] == [kind]
    assert [file.mime for file in await attachments(database)] == [check_upload(content).mime]


async def test_a_caption_edited_while_the_photo_is_fetched_loses_neither(
    database: Database, server: BotApiServer, build: Build
) -> None:
    server.fail("getFile", *[Refusal(500)] * 99)  # as often as it tries before it dies
    dying = await build(database)
    edit = photo_update(8, "big", caption="屏幕和后盖都碎了")
    changed = edit.pop("message") | {"message_id": 7, "edit_date": 1_795_485_700}
    edit["edited_message"] = changed
    async with listening(dying, database) as url:
        first = photo_update(7, "big", caption="屏幕碎了")
        await server.push(first, url=url, secret=SECRET)
        await server.push(edit, url=url, secret=SECRET)
        await dying.close()
    server.files["big"] = photo_bytes()
    server.heal("getFile")
    async with running(await build(database)):
        await eventually(lambda: nothing_held(database))
    (row,) = await stored(database)
    assert (row.text, row.state) == ("屏幕和后盖都碎了", "waiting")
    assert row.attachment_id is not None


@pytest.mark.parametrize("leased", [False, True])
async def test_a_caption_edited_before_its_photo_is_here_is_heard_once(
    database: Database, server: BotApiServer, build: Build, leased: bool
) -> None:
    server.fail("getFile", *[Refusal(500)] * 99)
    edit = photo_update(9, "big", caption="屏幕都碎了")
    edit["edited_message"] = edit.pop("message") | {"message_id": 8, "edit_date": 1_795_485_700}
    async with listening(await build(database), database) as url:
        if leased:
            await server.push(text_update(7, "在吗"), url=url, secret=SECRET)
            await database.write(lambda c: leases.take(c, name="w", limit=9, now=NOW))
        await server.push(photo_update(8, "big", caption="屏幕碎了"), url=url, secret=SECRET)
        await server.push(edit, url=url, secret=SECRET)
    assert [row.text for row in await stored(database, kind="photo")] == ["屏幕都碎了"]
    assert [row.state for row in await stored(database, kind="photo")] == ["set_aside"]


async def due(database: Database) -> list[str]:
    """Return the words that a worker would read now, in their order."""
    taken = await database.write(lambda c: leases.take(c, name="w", limit=9, now=NOW))
    for lease in taken:
        await database.write(
            lambda c, lease=lease: leases.let_go(c, lease, attempts=0, due_at=NOW)
        )
    here = {lease.conversation_id for lease in taken}
    rows = await stored(database, state="waiting")
    return [row.text for row in rows if row.conversation_id in here]


async def test_what_is_sent_behind_a_photo_is_read_with_it(
    database: Database, server: BotApiServer, build: Build
) -> None:
    server.fail("getFile", *[Refusal(500)] * 99)
    dying = await build(database)
    async with listening(dying, database) as url:
        await server.push(photo_update(7, "big", caption="先看图"), url=url, secret=SECRET)
        await server.push(text_update(8, "杯子碎了"), url=url, secret=SECRET)
        assert await due(database) == []
        await dying.close()
    server.files["big"] = photo_bytes()
    server.heal("getFile")
    async with running(await build(database)):
        await eventually(lambda: nothing_held(database))
    assert await due(database) == ["先看图", "杯子碎了"]


async def test_words_do_not_wait_for_a_photo_that_takes_long(
    database: Database, server: BotApiServer, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "GRACE", timedelta(seconds=0.05))
    monkeypatch.setattr(files, "FETCH", Backoff(first_seconds=0.05, longest_seconds=0.05))
    server.fail("getFile", *[Refusal(500)] * 999)
    async with listening(await build(database), database) as url:
        update = photo_update(7, "big", caption="流了好多血，快转人工")
        await server.push(update, url=url, secret=SECRET)
        await eventually(lambda: due(database))
        (row,) = await stored(database)
        assert await database.read(lambda c: inbox.count_coming(c, row.conversation_id)) == 1
        await database.write(lambda c: inbox.mark_done(c, row.conversation_id, [row.id]))
        server.files["big"] = photo_bytes()
        server.heal("getFile")
        await eventually(lambda: nothing_held(database))
    words, photo = await stored(database)
    assert (words.state, words.attachment_id) == ("done", None)
    assert (photo.kind, photo.text, photo.state) == ("photo", "", "waiting")
    assert photo.attachment_id is not None
    assert await database.read(lambda c: inbox.count_coming(c, row.conversation_id)) == 0


async def test_of_pictures_that_never_come_the_customer_is_told_once(
    database: Database, server: BotApiServer, build: Build
) -> None:
    async with listening(await build(database), database) as url:
        for number in (7, 8, 9):
            await server.push(photo_update(number, "nowhere"), url=url, secret=SECRET)
        await eventually(lambda: nothing_held(database))
    assert len(await stored(database, direction="out")) == 1


async def test_a_replaced_photo_is_another_photo(
    database: Database, server: BotApiServer, build: Build
) -> None:
    server.files |= {"first": photo_bytes("red"), "second": photo_bytes("blue")}
    await push(server, build, database, photo_update(7, "first"))
    edit = photo_update(8, "second")
    edit["edited_message"] = edit.pop("message") | {"message_id": 7, "edit_date": 1_795_485_700}
    await push(server, build, database, edit)
    assert [row.kind for row in await stored(database)] == ["photo", "photo"]
    assert len(await attachments(database)) == 2
