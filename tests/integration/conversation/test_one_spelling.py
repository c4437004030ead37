"""An order is one order however its number is written: in other letters, or in wide ones."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.delivery import ledger
from bot.orders.demo import demo_orders
from models import dispute, order_ledger
from tests.factories import NOW
from tests.integration.conversation.conftest import SLOW, Chat, Room
from tests.integration.conversation.test_review_one_order import given, help_once

WIDE = SLOW.translate({ord(c): ord(c) + 0xFEE0 for c in SLOW if c.isalnum()})
OTHERWISE = pytest.mark.parametrize("written", [SLOW.lower(), WIDE], ids=["lower", "wide"])


async def import_again(room: Room, written: str) -> None:
    """Import the order once more, its number written otherwise."""
    (order,) = [one for one in demo_orders(NOW) if one.order_no == SLOW]
    await room.book.book.put([order.model_copy(update={"order_no": written})])


async def complain(room: Room, issue: str = "slow") -> Chat:
    """Complain in a chat of its own, in the number that customers read on their parcel."""
    return await room.chat().offered(order_no=SLOW, issue=issue, tail="7081")


async def shown(chat: Chat) -> set[str]:
    """Return the kinds of all buttons that the chat was shown."""
    return {o["kind"] for m in await chat.messages() for o in m["options"]}


@OTHERWISE
async def test_what_was_granted_stays_granted(room: Room, written: str) -> None:
    await help_once(room, SLOW, "slow", "compensation")
    before = await room.database.read(lambda c: ledger.granted_fen(c, SLOW))
    await import_again(room, written)
    again = await complain(room)
    assert "compensation" not in await shown(again)
    await room.settle()
    assert await given(room, SLOW) == ["compensation"]
    found = [await room.database.read(lambda c, n=n: ledger.granted_fen(c, n))
             for n in (SLOW, written)]  # fmt: skip
    assert before > 0
    assert found == [before, before]
    rows = await room.database.read(lambda c: c.execute(select(order_ledger)).all())
    assert len(rows) == 1


@OTHERWISE
async def test_an_order_found_meanwhile_in_another_spelling_is_granted_on_once(
    room: Room, written: str
) -> None:
    first = await complain(room)
    await import_again(room, written)
    second = await complain(room)
    for chat in (first, second):
        await chat.press("compensation")
        if "confirm" in await shown(chat):
            await chat.press("confirm")
    await room.settle()
    assert await given(room, SLOW) == ["compensation"]


@OTHERWISE
async def test_its_disputes_are_found_in_any_spelling_and_shown_in_the_shops_own(
    room: Room, written: str
) -> None:
    await import_again(room, written)
    await complain(room)
    for asked in (SLOW, SLOW.lower(), WIDE, f" {SLOW} "):
        assert [d["order_no"] for d in await room.disputes(asked)] == [written]
    keys = await room.database.read(
        lambda c: c.execute(select(dispute.c.order_key)).scalars().all()
    )
    assert keys == [SLOW]


@OTHERWISE
async def test_wrong_tails_count_for_the_order_and_not_for_its_spelling(
    room: Room, written: str
) -> None:
    for spelling in (SLOW, written) * 5:
        await import_again(room, spelling)
        await room.chat().offered(order_no=SLOW, issue="slow", tail="0000")
    locked = await complain(room)
    assert "compensation" not in await shown(locked)
