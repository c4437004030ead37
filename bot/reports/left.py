"""Disputes that staff closed with the customer's last words unanswered and nothing given."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, ScalarSelect, and_, func, select

from bot.desk.recovery import SPENT
from models import dispute, event, message, remedy

LEFT = "left_unanswered"  # stands in a report where the dispute itself is `resolved`
_ENDED = "OwnerChanged"  # the event of a chat's end, at the moment that ended its disputes


def left_unanswered(connection: Connection, *wanted: ColumnElement[bool]) -> set[int]:
    """Return the ids of those: they are over, and nobody solved them.

    What the bot says to who waits for a person, and that somebody took over, answers nothing.
    """
    d, e, r = dispute.c, event.c, remedy.c
    ends = and_(e.conversation_id == d.conversation_id, e.at == d.closed_at, e.kind == _ENDED)
    given = select(r.id).where(r.dispute_id == d.id, r.state.in_(SPENT)).exists()
    rows = connection.execute(
        select(d.id, e.data)
        .join(event, ends)
        .where(
            *wanted,
            d.state == "resolved",
            ~given,
            _last_of("customer") > func.coalesce(_last_of("agent"), 0),
        )
    )
    return {row.id for row in rows if row.data["owner"] == "closed"}


def _last_of(sender: str) -> ScalarSelect[int]:
    """Return the last message that this side had said when the dispute ended."""
    m, d = message.c, dispute.c
    return (
        select(func.max(m.id))
        .where(
            m.conversation_id == d.conversation_id,
            m.sender == sender,
            m.kind.not_in(("note", "signal")),
            m.at <= d.closed_at,
        )
        .correlate(dispute)
        .scalar_subquery()
    )
