"""Disputes about a number under which the shop's order system has no order."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, and_, select

from models import dispute, event

UNKNOWN = "order_unknown"  # stands in a report in place of the dispute's state
_LOOKED_UP = "OrderChecked"


def of_unknown_orders(connection: Connection, *wanted: ColumnElement[bool]) -> set[int]:
    """Return the ids of those: their number was looked up, and nothing was found each time."""
    d, e = dispute.c, event.c
    found = e.data[("record", "order_no")].as_string().is_not(None)
    looked_up = and_(
        e.conversation_id == d.conversation_id,
        e.kind == _LOOKED_UP,
        e.data["order_no"].as_string() == d.order_no,
    )
    asked = select(e.seq).where(looked_up).exists()
    known = select(e.seq).where(looked_up, found).exists()
    return set(connection.execute(select(d.id).where(*wanted, asked, ~known)).scalars())
