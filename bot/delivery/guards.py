"""What the ledger insists on before it grants: whose order it is, and the sums of order and day.

All are rows: a grant without a shown order finds none, and the sums stand under a CHECK, so that
no two processes can together grant more than was paid, or release more than the day's caps.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection, exists, select, update

from bot.clock import in_shop_zone
from bot.errors import JiefenError
from models.insert import dialect_insert, insert_once
from models.remedy import day_ledger, order_ledger, shown_order

EVERYBODY = ""  # the row of all customers together
DISCRETIONARY = "discretionary"


class NotShown(JiefenError):
    """The chat has not shown that the order is its customer's; nothing was granted."""


class OverDayCap(JiefenError):
    """The bot has released as much today as it may alone; nothing was granted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCaps:
    """How much the bot may release alone in one of the shop's days, in fen."""

    customer_fen: int  # discretionary money, to one customer
    bot_fen: int  # all money, to everybody


class Counted(Protocol):
    """A remedy, as far as it is counted."""

    @property
    def amount_fen(self) -> int:
        """What the customer gets."""
        ...

    @property
    def order_no(self) -> str:
        """The order it is granted on."""
        ...

    @property
    def money(self) -> str | None:
        """Statutory or discretionary."""
        ...

    @property
    def customer_key(self) -> str | None:
        """Whose order it is."""
        ...

    @property
    def counted_on(self) -> str | None:
        """The day whose caps it counts against."""
        ...


def note_shown(
    connection: Connection, conversation_id: int, order_no: str, shown_by: str, now: datetime
) -> None:
    """Write down that the chat's customer has shown the order to be theirs."""
    row = {"conversation_id": conversation_id, "order_no": order_no, "shown_by": shown_by}
    insert_once(connection, shown_order, {**row, "at": now}, shown_order.c.order_no)


def shown_here(connection: Connection, conversation_id: int) -> list[str]:
    """Return the orders that the chat has shown to be its customer's, the first shown first."""
    s = shown_order.c
    query = select(s.order_no).where(s.conversation_id == conversation_id)
    return list(connection.execute(query.order_by(s.at, s.order_no)).scalars())


def check_shown(connection: Connection, conversation_id: int, order_no: str) -> None:
    """Raise NotShown unless the chat has shown that the order is its customer's."""
    here = (shown_order.c.conversation_id == conversation_id, shown_order.c.order_no == order_no)
    if not connection.execute(select(exists().where(*here))).scalar():
        raise NotShown(f"conversation {conversation_id} has not shown that {order_no} is its own")


def shop_day(now: datetime) -> str:
    """Return the shop's day, as the caps' rows name it."""
    return in_shop_zone(now).date().isoformat()


def count_on_day(connection: Connection, row: Counted, caps: DayCaps, day: str) -> None:
    """Count a release of the bot's own against the day's caps.

    The database raises IntegrityError (ck_day_ledger_released_within_limit) past a cap.
    """
    if row.money == DISCRETIONARY and row.customer_key:
        _add(connection, day, row.customer_key, row.amount_fen, caps.customer_fen)
    # Everybody's row comes last, so that it is held as short as can be.
    _add(connection, day, EVERYBODY, row.amount_fen, caps.bot_fen)


def count_on_order(connection: Connection, order_no: str, paid_fen: int, amount_fen: int) -> None:
    """Count a grant against what was paid for the order.

    The database raises IntegrityError (ck_order_ledger_granted_within_paid) past that.
    """
    new = dialect_insert(connection, order_ledger).values(
        order_no=order_no, paid_fen=paid_fen, granted_fen=amount_fen
    )
    sums = {
        "paid_fen": new.excluded.paid_fen,
        "granted_fen": order_ledger.c.granted_fen + new.excluded.granted_fen,
    }
    connection.execute(new.on_conflict_do_update(index_elements=["order_no"], set_=sums))


def give_back(connection: Connection, row: Counted) -> None:
    """Take a remedy that came to nothing out of the order's and the day's sums."""
    connection.execute(
        update(order_ledger)
        .where(order_ledger.c.order_no == row.order_no)
        .values(granted_fen=order_ledger.c.granted_fen - row.amount_fen)
    )
    if row.counted_on is None:
        return
    keys = [row.customer_key] if row.money == DISCRETIONARY and row.customer_key else []
    for key in (*keys, EVERYBODY):
        connection.execute(
            update(day_ledger)
            .where(day_ledger.c.day == row.counted_on, day_ledger.c.customer_key == key)
            .values(released_fen=day_ledger.c.released_fen - row.amount_fen)
        )


def _add(connection: Connection, day: str, key: str, amount_fen: int, limit_fen: int) -> None:
    new = dialect_insert(connection, day_ledger).values(
        day=day, customer_key=key, released_fen=amount_fen, limit_fen=limit_fen
    )
    sums = {
        # A cap that was lowered in the course of the day stops the next one, and not the day.
        "limit_fen": new.excluded.limit_fen,
        "released_fen": day_ledger.c.released_fen + new.excluded.released_fen,
    }
    connection.execute(
        new.on_conflict_do_update(index_elements=["day", "customer_key"], set_=sums)
    )
