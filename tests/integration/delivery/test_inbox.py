"""What arrives is stored once, in order, whoever brings it and however often."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, Table, func, select

from bot.delivery import inbox, leases
from bot.delivery.conversations import open_conversation
from bot.messages import InboundMessage, Upload
from models import Database, attachment, conversation, customer, message
from tests.conftest import Race
from tests.factories import NOW, add_conversation


def said(text: str = "什么时候发货", **changes: Any) -> InboundMessage:
    """Return a message of one and the same Telegram customer."""
    values = {
        "channel": "telegram",
        "account": "4711",
        "chat_id": "99",
        "external_id": "m1",
        "kind": "text",
        "at": NOW,
        "text": text,
        "customer_name": "韩梅梅",
        "telegram_id": 99,
    }
    return InboundMessage(**{**values, **changes})


def count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


async def test_a_first_message_opens_the_conversation(database: Database) -> None:
    accepted = await database.write(lambda c: inbox.accept(c, said(), NOW))
    row = await database.read(lambda c: c.execute(select(conversation)).one())
    who = await database.read(lambda c: c.execute(select(customer)).one())
    assert accepted == inbox.Accepted(row.id, 1, is_new=True)
    assert (row.channel, row.state, row.work_due_at, row.last_message_id) == (
        "telegram", "bot", NOW, 1,
    )  # fmt: skip
    assert (who.name, who.telegram_id) == ("韩梅梅", 99)


async def test_the_same_id_again_is_the_same_message(database: Database) -> None:
    first = await database.write(lambda c: inbox.accept(c, said(), NOW))
    again = await database.write(lambda c: inbox.accept(c, said(), NOW))
    other = await database.write(lambda c: inbox.accept(c, said(external_id="m2"), NOW))
    assert again == inbox.Accepted(first.conversation_id, first.message_id, is_new=False)
    assert other.message_id == 2
    assert await database.read(lambda c: count(c, message)) == 2


@pytest.mark.parametrize("round_", range(3))
async def test_the_same_first_message_from_many_sides_at_once(
    database: Database, race: Race, round_: int
) -> None:
    deliver = partial(inbox.accept, incoming=said(external_id=f"m{round_}"), now=NOW)
    results = race(*[deliver] * 6)
    assert len({(r.conversation_id, r.message_id) for r in results}) == 1
    assert sum(r.is_new for r in results) == 1
    for table in (customer, conversation, message):
        assert await database.read(partial(count, table=table)) == 1


async def test_ids_have_no_gaps_when_many_messages_arrive_at_once(
    database: Database, race: Race
) -> None:
    await database.write(lambda c: inbox.accept(c, said(external_id="m0"), NOW))
    works = [
        partial(inbox.accept, incoming=said(external_id=f"m{n}"), now=NOW) for n in range(1, 7)
    ]
    assert sorted(r.message_id for r in race(*works)) == [2, 3, 4, 5, 6, 7]


async def test_a_photo_is_kept_with_its_message(database: Database) -> None:
    photo = said(kind="photo", upload=Upload(content=b"\xff\xd8jpeg", mime="image/jpeg"))
    accepted = await database.write(lambda c: inbox.accept(c, photo, NOW))
    (one,) = await database.read(lambda c: inbox.waiting(c, accepted.conversation_id))
    row = await database.read(
        lambda c: c.execute(select(attachment).where(attachment.c.id == one.attachment_id)).one()
    )
    assert (row.content, row.mime, row.size) == (b"\xff\xd8jpeg", "image/jpeg", 6)


async def test_waiting_messages_come_in_order_until_they_are_done(database: Database) -> None:
    for n in (1, 2, 3):
        accepted = await database.write(
            lambda c, n=n: inbox.accept(c, said(str(n), external_id=f"m{n}"), NOW)
        )
    here = accepted.conversation_id
    assert [m.text for m in await database.read(lambda c: inbox.waiting(c, here))] == list("123")
    await database.write(lambda c: inbox.mark_done(c, here, [1, 2]))
    assert [m.text for m in await database.read(lambda c: inbox.waiting(c, here))] == ["3"]
    assert await database.write(lambda c: inbox.set_aside(c, here, "broken")) == [3]
    assert await database.read(lambda c: inbox.waiting(c, here)) == []


async def test_the_backlog_counts_conversations_with_work(database: Database) -> None:
    await database.write(lambda c: inbox.accept(c, said(), NOW))
    await database.write(lambda c: inbox.accept(c, said(external_id="m2"), NOW))
    await database.write(add_conversation)
    assert await database.read(inbox.backlog) == 1


class TestEdits:
    """A Telegram customer corrects what they wrote."""

    LATER = NOW + timedelta(seconds=20)

    async def edit(self, database: Database, text: str, seconds: int = 20) -> inbox.Accepted:
        incoming = said(text, at=NOW + timedelta(seconds=seconds))
        return await database.write(lambda c: inbox.accept_edit(c, incoming, self.LATER))

    async def row(self, database: Database) -> Any:
        return await database.read(lambda c: c.execute(select(message)).one())

    async def test_the_original_stays_beside_the_new_text(self, database: Database) -> None:
        await database.write(lambda c: inbox.accept(c, said("尾号1234"), NOW))
        await self.edit(database, "尾号1243")
        row = await self.row(database)
        assert row.text == "尾号1243"
        assert [old["text"] for old in row.data["edits"]] == ["尾号1234"]

    async def test_an_answered_message_is_heard_again(self, database: Database) -> None:
        here = (await database.write(lambda c: inbox.accept(c, said(), NOW))).conversation_id
        (lease,) = await database.write(lambda c: leases.take(c, name="w", limit=9, now=NOW))
        await database.write(lambda c: inbox.mark_done(c, here, [1]))
        await database.write(lambda c: leases.release(c, lease, NOW))
        accepted = await self.edit(database, "改了")
        assert accepted == inbox.Accepted(here, 1, is_new=True)
        assert [m.text for m in await database.read(lambda c: inbox.waiting(c, here))] == ["改了"]
        assert await database.read(inbox.backlog) == 1

    async def test_an_edit_during_a_turn_outlives_the_turn(self, database: Database) -> None:
        here = (await database.write(lambda c: inbox.accept(c, said(), NOW))).conversation_id
        await database.write(lambda c: leases.take(c, name="w", limit=9, now=NOW))
        await self.edit(database, "改了")
        await database.write(lambda c: inbox.mark_done(c, here, [1]))  # it read the old text
        assert [m.text for m in await database.read(lambda c: inbox.waiting(c, here))] == ["改了"]

    async def test_an_edit_during_a_turn_is_heard_once_when_the_turn_had_not_read_it(
        self, database: Database
    ) -> None:
        here = (await database.write(lambda c: inbox.accept(c, said(), NOW))).conversation_id
        await database.write(lambda c: leases.take(c, name="w", limit=9, now=NOW))
        await self.edit(database, "改了")
        assert [m.text for m in await database.read(lambda c: inbox.waiting(c, here))] == ["改了"]

    @pytest.mark.parametrize(
        "text", ["退货五天没退款？", "退货五天没退款😡！！", " 退货五天没退款…"]
    )
    async def test_an_edit_of_stops_alone_is_kept_and_not_heard(
        self, database: Database, text: str
    ) -> None:
        first = said("退货五天没退款")
        here = (await database.write(lambda c: inbox.accept(c, first, NOW))).conversation_id
        await database.write(lambda c: inbox.mark_done(c, here, [1]))
        assert not (await self.edit(database, text)).is_new
        assert await database.read(lambda c: inbox.waiting(c, here)) == []
        assert (await self.row(database)).text == text

    async def test_the_same_edit_again_changes_nothing(self, database: Database) -> None:
        await database.write(lambda c: inbox.accept(c, said(), NOW))
        await self.edit(database, "改了")
        assert not (await self.edit(database, "改了")).is_new
        assert len((await self.row(database)).data["edits"]) == 1

    async def test_an_earlier_edit_that_comes_late_is_passed_over(
        self, database: Database
    ) -> None:
        await database.write(lambda c: inbox.accept(c, said(), NOW))
        await self.edit(database, "第二次", seconds=9)
        assert not (await self.edit(database, "第一次", seconds=5)).is_new
        assert (await self.row(database)).text == "第二次"

    async def test_an_edit_of_what_never_arrived_is_the_message(self, database: Database) -> None:
        assert (await self.edit(database, "改了")).is_new
        assert (await self.row(database)).text == "改了"


class TestSignals:
    """The house speaks to itself."""

    async def test_once_for_each_key(self, database: Database) -> None:
        here = await database.write(add_conversation)
        put = partial(inbox.put_signal, conversation_id=here, data={"outcome": "done"}, now=NOW)
        assert (await database.write(lambda c: put(c, key="remedy:7:done"))).is_new
        assert not (await database.write(lambda c: put(c, key="remedy:7:done"))).is_new
        (one,) = await database.read(lambda c: inbox.waiting(c, here))
        assert (one.kind, one.sender, one.data) == ("signal", "system", {"outcome": "done"})

    async def test_no_customer_can_stand_in_its_way(self, database: Database) -> None:
        forged = said(external_id="signal:remedy:7:done")
        here = (await database.write(lambda c: inbox.accept(c, forged, NOW))).conversation_id
        put = partial(inbox.put_signal, conversation_id=here, key="remedy:7:done", data={})
        assert (await database.write(lambda c: put(c, now=NOW))).is_new

    async def test_many_at_once_are_one(self, database: Database, race: Race) -> None:
        here = await database.write(add_conversation)
        put = partial(inbox.put_signal, conversation_id=here, key="k", data={}, now=NOW)
        assert sum(r.is_new for r in race(*[put] * 6)) == 1

    async def test_nobody_to_speak_to(self, database: Database) -> None:
        with pytest.raises(LookupError, match="no conversation 404"):
            await database.write(lambda c: inbox.put_signal(c, 404, "k", {}, NOW))


async def test_opening_a_conversation_keeps_what_the_shop_signed(database: Database) -> None:
    opening = partial(
        open_conversation,
        channel="web",
        account="shop",
        chat_id="s1",
        now=NOW,
        phone="13800001234",
    )
    assert await database.write(opening) == await database.write(opening)
    assert await database.read(lambda c: c.execute(select(customer.c.phone)).scalars().all()) == [
        "13800001234"
    ]
