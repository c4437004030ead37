"""Chats are found by what an agent has of them, and never by what is hidden from the agent."""

from __future__ import annotations

import time
from functools import partial

import pytest
from sqlalchemy import Connection, insert

from bot.conversation import store
from bot.conversation.shapes.events import OrderChecked
from bot.delivery import outbox
from bot.desk import search
from bot.desk.permissions import Role
from bot.desk.staff import Staff
from models import Database, message
from tests.factories import NOW, add_conversation, add_customer, add_dispute, add_staff
from tests.unit.orders.samples import delivered

ORDER = delivered(order_no="JF20261234567")
RECORD = ORDER.snapshot()
PHONE, STREET = RECORD["customer"]["phone"], RECORD["address"]["detail"]
SUPERVISOR = Staff(id=99, name="老张", role=Role.SUPERVISOR)
AGENT = Staff(id=98, name="小李", role=Role.AGENT)


def say(connection: Connection, here: int, text: str) -> None:
    outbox.put_reply(
        connection, conversation_id=here, epoch=0, sender="agent", text=text, now=NOW, pushed=False
    )


@pytest.fixture
async def chats(database: Database) -> tuple[int, int]:
    """One chat about an order, with all that is personal told in it; one about nothing."""

    def build(connection: Connection) -> tuple[int, int]:
        who = add_customer(connection, name="欧阳明", phone=PHONE)
        one = add_conversation(connection, customer_id=who)
        add_dispute(connection, conversation_id=one, order_no=ORDER.order_no)
        store.append(connection, one, [OrderChecked(order_no=ORDER.order_no, record=RECORD)], NOW)
        say(connection, one, f"蓝色杯子100%碎了，寄到{STREET}，电话{PHONE}")
        other = add_conversation(connection)
        say(connection, other, "Hello，请问几点下班")
        return one, other

    return await database.write(build)


async def found(
    database: Database, staff: Staff, wanted: str, state: str | None = None, most: int = 200
) -> list[int]:
    return await database.read(lambda c: search.found(c, staff, wanted, state=state, most=most))


@pytest.mark.parametrize("staff", [SUPERVISOR, AGENT])
@pytest.mark.parametrize(
    "wanted",
    [
        ORDER.order_no, ORDER.order_no.lower(), "4567", "尾号4567", "尾号 4567", PHONE[-4:],
        f"手机尾号{PHONE[-4:]}", "欧", "欧**", "杯子", "100%",
    ],
)  # fmt: skip
async def test_what_anybody_may_read_finds_it(
    database: Database, chats: tuple[int, int], staff: Staff, wanted: str
) -> None:
    assert await found(database, staff, wanted) == [chats[0]]


@pytest.mark.parametrize("wanted", [PHONE, PHONE[:7], PHONE[-6:], STREET, "阳明", "欧阳明"])
async def test_what_is_hidden_finds_nothing_but_for_who_may_read_it(
    database: Database, chats: tuple[int, int], wanted: str
) -> None:
    assert await found(database, AGENT, wanted) == []
    assert await found(database, SUPERVISOR, wanted) == [chats[0]]


@pytest.mark.parametrize("wanted", ["100_", "%", "1%碎", "没有说过", "7654321", "尾号", "9876"])
async def test_nothing_is_found_by_what_was_not_said(
    database: Database, chats: tuple[int, int], wanted: str
) -> None:
    assert chats[1] not in await found(database, SUPERVISOR, wanted)
    assert wanted == "%" or await found(database, SUPERVISOR, wanted) == []


async def test_letters_are_found_in_either_case_and_in_one_state(
    database: Database, chats: tuple[int, int]
) -> None:
    assert await found(database, AGENT, "hello") == [chats[1]]
    assert await found(database, AGENT, f"顾客 {chats[1]}") == [chats[1]]
    assert await found(database, AGENT, "hello", state="bot") == [chats[1]]
    assert await found(database, AGENT, "hello", state="closed") == []


async def test_no_more_than_asked_for_and_words_only_lately(
    database: Database, chats: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(await found(database, SUPERVISOR, "了", most=0)) == 0
    monkeypatch.setattr(search, "LOOKED_AT", 1)  # the later chat
    assert await found(database, SUPERVISOR, "杯子") == []
    assert await found(database, SUPERVISOR, "hello") == [chats[1]]
    assert await found(database, SUPERVISOR, ORDER.order_no) == [chats[0]]


async def test_a_hundred_thousand_messages_do_not_hang_it(database: Database) -> None:
    agent = await database.write(add_staff)

    def build(connection: Connection) -> None:
        for _ in range(1000):
            here = add_conversation(connection)
            connection.execute(
                insert(message),
                [
                    {
                        "conversation_id": here, "id": at, "direction": "in", "kind": "text",
                        "sender": "customer", "text": f"第{at}句，杯子碎了怎么办", "state": "done",
                        "at": NOW,
                    }
                    for at in range(1, 101)
                ],
            )  # fmt: skip

    await database.write(build)
    staff = Staff(id=agent, name="小王", role=Role.AGENT)
    for wanted, many in (("没有人说过的话", 0), ("杯子", 200), ("JF20269999999", 0), ("9999", 0)):
        began = time.monotonic()
        ids = await database.read(
            partial(search.found, staff=staff, wanted=wanted, state=None, most=200)
        )
        assert len(ids) == many
        assert time.monotonic() - began < 5, wanted
