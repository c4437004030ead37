"""What the log hears of the outside: how remedies start and end, and which reply was lost."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from bot.conversation import promises, store
from bot.conversation.shapes.events import Event, RemedyFinished, RemedyGranted, ReplyLost, to_row
from bot.delivery import inbox, ledger
from bot.delivery.guards import DayCaps
from bot.delivery.ledger import Remedy
from bot.delivery.order_commands import Outcome
from bot.order_record import OrderRecord
from bot.remedies.amounts import yuan_fen
from bot.remedies.rulebook import Limits
from bot.remedies.verdict import TOLD
from models import dispute


def start_remedy(
    connection: Connection,
    conversation_id: int,
    event: RemedyGranted,
    order: OrderRecord,
    seen: store.Granted,
    limits: Limits,
    now: datetime,
    *,
    staff_id: int | None = None,
) -> int:
    """Put a granted remedy into the ledger and on its way, or before staff; return its id.

    `staff_id` is who of the staff grants it; None: the bot. Raises OverGranted, OverDayCap or
    AlreadyGranting when the ledger's own rules refuse it, TurnOvertaken when more stands granted
    on the order by now than the verdict had `seen`.
    """
    option, order_no = event.option, _order_no(connection, conversation_id, event.matter)
    store.hold_order(connection, order_no, order.paid_fen)
    if store.granted_on(connection, order_no, conversation_id) != seen:
        raise store.TurnOvertaken
    remedy_id = ledger.propose(
        connection,
        dispute_id=store.dispute_id(connection, conversation_id, event.matter),
        conversation_id=conversation_id,
        order_no=order_no,
        idempotency_key=ledger_key(conversation_id, event.key),
        kind=option["kind"],
        amount_fen=option["amount_fen"],
        return_freight=option["return_freight"],
        detail=option["detail"],
        rule=option["rule"],
        policy_version=event.verdict["policy_version"],
        money=option.get("money"),
        payee=order.payee if option["amount_fen"] else None,
        customer_key=order.customer_key,
        now=now,
    )
    if option["kind"] in TOLD:
        ledger.conclude(connection, remedy_id, now=now)
        return remedy_id
    # A person answers for what they release; the day's caps are the bot's own.
    caps = DayCaps(
        customer_fen=yuan_fen(limits.customer_day_yuan), bot_fen=yuan_fen(limits.bot_day_yuan)
    )
    by_bot = staff_id is None and not event.needs_approval
    ledger.accept(
        connection, remedy_id, paid_fen=order.paid_fen, now=now,
        caps=caps if by_bot else None,
        staff_id=None if event.needs_approval else staff_id,
    )  # fmt: skip
    if event.needs_approval:
        expires_at = now + timedelta(hours=limits.approval_hours)
        ledger.await_approval(connection, remedy_id, now=now, expires_at=expires_at)
    else:
        ledger.start(connection, remedy_id, now=now)
    return remedy_id


def withdraw_remedy(connection: Connection, conversation_id: int, key: str, now: datetime) -> None:
    """Take back a remedy that waits for approval, and give its sum back to the order.

    Raises TurnOvertaken when staff decided on it meanwhile: the customer then hears of that.
    """
    row = ledger.find(connection, ledger_key(conversation_id, key))
    if row is None or row.state != "awaiting_approval":
        raise store.TurnOvertaken
    ledger.withdraw(connection, row.id, now=now, reason="客户撤回")


def ledger_key(conversation_id: int, key: str) -> str:
    """Return the ledger's idempotency key of a conversation's remedy."""
    return f"{conversation_id}-{key}"


def remedy_finished(
    connection: Connection, remedy_id: int, outcome: Outcome, now: datetime
) -> None:
    """Tell the conversation what the order system made of a remedy, once for each outcome."""
    row = ledger.get(connection, remedy_id)
    event = RemedyFinished(
        matter=matter_of(connection, row),
        key=conversation_key(row),
        outcome=outcome.state,
        reference=outcome.reference,
        note=outcome.note,
    )
    promises.on_finish(connection, remedy_id, outcome.state, now)
    signal(connection, row, event, outcome.state, now)


def note_lost_reply(
    connection: Connection, conversation_id: int, message_id: int, now: datetime
) -> None:
    """Tell the conversation, once, that a reply may not have reached the customer."""
    kind, data = to_row(ReplyLost(message_id=message_id))
    key, told = f"lost:{message_id}", {"kind": kind, "data": data}
    inbox.put_signal(connection, conversation_id, key, told, now)


def signal(connection: Connection, row: Remedy, event: Event, what: str, now: datetime) -> None:
    """Let the conversation hear of its remedy, in its own time and order."""
    kind, data = to_row(event)
    inbox.put_signal(
        connection,
        row.conversation_id,
        f"{row.idempotency_key}:{what}",
        {"kind": kind, "data": data},
        now,
    )


def conversation_key(row: Remedy) -> str:
    """Return the key by which the conversation's events know the remedy."""
    return row.idempotency_key.removeprefix(f"{row.conversation_id}-")


def matter_of(connection: Connection, row: Remedy) -> str:
    """Return the number by which the conversation's events know the remedy's dispute."""
    return str(
        connection.execute(
            select(dispute.c.matter).where(dispute.c.id == row.dispute_id)
        ).scalar_one()
    )


def _order_no(connection: Connection, conversation_id: int, matter: str) -> str:
    return str(
        connection.execute(
            select(dispute.c.order_no).where(
                dispute.c.conversation_id == conversation_id, dispute.c.matter == matter
            )
        ).scalar_one()
    )
