"""What a list tells of each chat at a glance: its order, and by when an answer was promised."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, func, select

from models import event, promise

_LOOKED_UP = "OrderChecked"  # the event that holds an order's record, or that there is none
_ANSWERS = ("person", "answer", "approval")  # promises that somebody will say something


def orders_in(connection: Connection, chats: Collection[int]) -> dict[int, dict[str, Any]]:
    """Return the order of each chat that was looked up last: {order_no, goods, known}.

    One that the shop has is told rather than a number that it does not know.
    """
    e = event.c
    found: dict[int, dict[str, Any]] = {}
    rows = connection.execute(
        select(
            e.conversation_id,
            e.data["order_no"].as_string().label("asked_for"),
            e.data[("record", "order_no")].as_string().label("order_no"),
            e.data[("record", "lines", 0, "title")].as_string().label("goods"),
            e.data[("record", "lines", 1, "title")].as_string().label("more"),
        )
        .where(e.conversation_id.in_(chats), e.kind == _LOOKED_UP)
        .order_by(e.conversation_id, e.seq)
    )
    for row in rows:
        known = row.order_no is not None
        if known or not found.get(row.conversation_id, {}).get("known"):
            found[row.conversation_id] = {
                "order_no": row.order_no if known else row.asked_for,
                "goods": f"{row.goods}等" if row.more else row.goods,
                "known": known,
            }
    return found


def answers_due(connection: Connection, chats: Collection[int]) -> dict[int, str]:
    """Return of each chat by when its customer was promised an answer, the soonest first due."""
    p = promise.c
    rows = connection.execute(
        select(p.conversation_id, func.min(p.due_at).label("due_at"))
        .where(p.conversation_id.in_(chats), p.state == "open", p.what.in_(_ANSWERS))
        .group_by(p.conversation_id)
    )
    return {row.conversation_id: row.due_at.isoformat() for row in rows}
