"""An order as it stands at the moment: its record, and what stands granted on it in any chat."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.conversation import store
from bot.conversation.saying.order_words import moment
from bot.conversation.shapes.events import OrderChecked
from bot.conversation.words.things.named import bare_number, without_glued_tail
from bot.order_record import OrderRecord
from bot.orders.port import BookEntry, Orders, in_time
from models import Database

TAIL_FAILURES_A_DAY = 10  # wrong phone tails for one order, over all chats


async def look_up(
    database: Database, orders: Orders, order_no: str, conversation_id: int, now: datetime
) -> OrderChecked:
    """Ask for the order, outside any transaction; raises OrderSystemError without an answer."""
    record = await _find(orders, order_no)
    since = now - timedelta(days=1)
    # The order system's own way of writing it: under that it was granted on and guessed at.
    key = record.order_no if record else order_no
    granted, failures, contacts = await database.read(
        lambda c: (
            store.granted_on(c, key, conversation_id),
            store.count_ownership_failures(c, key, since),
            store.contacts_of(c, key, conversation_id, now),
        )
    )
    history = await in_time(orders.history(key)) if record else []
    return OrderChecked(
        order_no=order_no,
        record=record.snapshot() if record else None,
        granted_fen=granted.fen,
        standing=granted.standing,
        contacts=contacts,
        locked=failures >= TAIL_FAILURES_A_DAY,
        history=tuple(f"{moment(entry.at)} {entry.note}" for entry in history),
        own_returns=_own_returns(record, granted, history),
    )


async def _find(orders: Orders, written: str) -> OrderRecord | None:
    """Return the order of that number, however it is written, be it with the phone's tail."""
    for number in filter(None, (written, without_glued_tail(written))):
        found = await in_time(orders.find(number)) or await in_time(
            orders.find(bare_number(number))
        )
        if found is not None:
            return found
    return None


def _own_returns(
    record: OrderRecord | None, granted: store.Granted, history: Iterable[BookEntry]
) -> tuple[str, ...]:
    """Return the numbers of the record's returns that were agreed here, or paid by a refund."""
    ours = {entry.reference for entry in history}
    ours |= {row["return_no"] for row in granted.standing if row["kind"] == "refund"}
    return tuple(back.no for back in record.returns if back.no in ours) if record else ()
