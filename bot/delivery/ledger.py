"""The remedy ledger: every change of a remedy and of what an order was granted happens here.

A remedy's kind, amount and order never change after it was proposed, so an approval given to a
remedy is given to exactly that. Its amount is counted against the order from acceptance on, and
given back when it comes to nothing. The database's own constraints have the last word: no two
processes can together grant twice, more than was paid, or more than the day's caps. Nothing is
granted for an order that its chat has not shown to be its customer's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.delivery import guards
from bot.delivery.guards import DayCaps, OverDayCap
from bot.delivery.remedy_states import GRANTED, SPOKEN_KINDS, STATE_IN_CHINESE, TRANSITIONS
from bot.errors import JiefenError, NotAllowed
from bot.order_record import MULTIPLE, OrderCommand
from models.insert import insert_once
from models.remedy import order_command, order_ledger, remedy


class OverGranted(JiefenError):
    """The order would have been granted more than was paid for it; nothing was granted."""


class AlreadyGranting(JiefenError):
    """The dispute has another remedy on its way; nothing was granted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """One row of the ledger."""

    id: int
    dispute_id: int
    conversation_id: int
    order_no: str
    idempotency_key: str
    kind: str
    amount_fen: int
    return_freight: str
    detail: Mapping[str, Any]
    state: str
    rule: str
    policy_version: str
    reason: str | None
    payee: str | None
    customer_key: str | None
    money: str | None
    counted_on: str | None
    expires_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What an approver saw: the remedy, the money, the order, and who gets it."""

    kind: str
    amount_fen: int
    order_no: str
    payee: str | None = None


def propose(
    connection: Connection,
    *,
    dispute_id: int,
    conversation_id: int,
    order_no: str,
    idempotency_key: str,
    kind: str,
    amount_fen: int,
    return_freight: str,
    detail: Mapping[str, Any],
    rule: str,
    policy_version: str,
    now: datetime,
    money: str | None = None,
    payee: str | None = None,
    customer_key: str | None = None,
) -> int:
    """Put a remedy into the ledger once for its key; return its id, the same for the same key.

    Raises ValueError when the key already stands for another remedy.
    """
    values = {
        "dispute_id": dispute_id,
        "conversation_id": conversation_id,
        "order_no": order_no,
        "idempotency_key": idempotency_key,
        "kind": kind,
        "amount_fen": amount_fen,
        "return_freight": return_freight,
        "rule": rule,
        "policy_version": policy_version,
        "money": money,
        "payee": payee,
        "customer_key": customer_key,
    }
    row = {**values, "detail": dict(detail), "state": "proposed"}
    row |= {"created_at": now, "updated_at": now}
    new: int | None = insert_once(connection, remedy, row, remedy.c.id)
    if new is not None:
        return new
    known = find(connection, idempotency_key)
    if known is None or any(getattr(known, name) != value for name, value in values.items()):
        raise ValueError(f"key {idempotency_key} stands for another remedy")
    return known.id


def accept(
    connection: Connection,
    remedy_id: int,
    *,
    paid_fen: int,
    now: datetime,
    caps: DayCaps | None = None,
    staff_id: int | None = None,
) -> None:
    """Grant a proposed remedy: its amount is counted against the `paid_fen` of the order.

    `caps` are given when the bot releases it alone, `staff_id` when a person does. Raises
    NotShown, OverGranted, OverDayCap, AlreadyGranting or NotAllowed; then nothing was changed.
    """
    day = guards.shop_day(now) if caps else None
    try:
        with connection.begin_nested():
            row = _move(
                connection, remedy_id, "accepted", now, counted_on=day, approved_by=staff_id
            )
            guards.check_shown(connection, row.conversation_id, row.order_no)
            if row.money == MULTIPLE:
                raise NotAllowed("法定倍数赔偿只能由主管说明理由后放行")
            if row.amount_fen:
                guards.count_on_order(connection, row.order_no, paid_fen, row.amount_fen)
            if row.amount_fen and caps and day:
                guards.count_on_day(connection, row, caps, day)
    except IntegrityError as error:
        raise _explained(error, remedy_id) from error


def accept_multiple(
    connection: Connection, remedy_id: int, *, staff_id: int, reason: str, now: datetime
) -> None:
    """Grant damages beyond the price, which a person answers for with a reason.

    They come on top of what was paid, so no sum of the order counts them, and of any other remedy,
    so they wait for none. Raises NotShown or NotAllowed; then nothing was changed.
    """
    if not reason.strip():
        raise NotAllowed("请写明倍数赔偿的理由")
    with connection.begin_nested():
        row = _move(connection, remedy_id, "accepted", now, approved_by=staff_id, reason=reason)
        guards.check_shown(connection, row.conversation_id, row.order_no)
        if row.money != MULTIPLE:
            raise ValueError(f"remedy {remedy_id} is no statutory multiple")


def conclude(connection: Connection, remedy_id: int, *, now: datetime) -> None:
    """Finish a remedy that is words alone: explain, reject, handover."""
    if get(connection, remedy_id).kind not in SPOKEN_KINDS:
        raise ValueError(f"remedy {remedy_id} is more than words")
    _move(connection, remedy_id, "done", now, only_from={"proposed"})


def await_approval(
    connection: Connection,
    remedy_id: int,
    *,
    now: datetime,
    expires_at: datetime | None = None,
) -> None:
    """Lay an accepted remedy before staff; its amount stays reserved until then, at most."""
    _move(connection, remedy_id, "awaiting_approval", now, expires_at=expires_at)


def approve(
    connection: Connection,
    remedy_id: int,
    *,
    staff_id: int,
    now: datetime,
    expected: Expected | None = None,
) -> Remedy:
    """Release exactly the remedy that the approver saw; raises NotAllowed if it is another.

    One that has waited past its term is not released any more, whoever is quicker.
    """
    row = get(connection, remedy_id)
    if expected is not None and expected != seen_of(row):
        raise NotAllowed("方案内容与您看到的不一致，请刷新后重新核对再批准")
    if row.expires_at is not None and row.expires_at <= now:
        raise NotAllowed("这个方案超过了审批时限，已经作废，请按订单现在的情况重新处理")
    return _move(connection, remedy_id, "approved", now, approved_by=staff_id)


def seen_of(row: Remedy) -> Expected:
    """Return what an approver sees of the remedy."""
    return Expected(
        kind=row.kind, amount_fen=row.amount_fen, order_no=row.order_no, payee=row.payee
    )


def refuse(
    connection: Connection, remedy_id: int, *, staff_id: int, reason: str, now: datetime
) -> Remedy:
    """Refuse a remedy that awaits approval, and give its amount back."""
    changes = {"approved_by": staff_id, "reason": reason}
    return _move(
        connection, remedy_id, "declined", now, only_from={"awaiting_approval"}, **changes
    )


def start(connection: Connection, remedy_id: int, *, now: datetime) -> OrderCommand:
    """Send an accepted or approved remedy on its way to the order system; return the command.

    Raises NotShown for an order that the chat has not shown to be its customer's.
    """
    row = _move(connection, remedy_id, "executing", now, only_from={"accepted", "approved"})
    guards.check_shown(connection, row.conversation_id, row.order_no)
    command = OrderCommand(
        idempotency_key=row.idempotency_key,
        kind=row.kind,
        order_no=row.order_no,
        amount_fen=row.amount_fen,
        payee=row.payee,
        return_freight=row.return_freight,  # type: ignore[arg-type]  # the column is checked
        detail=dict(row.detail),
    )
    connection.execute(
        insert(order_command).values(
            conversation_id=row.conversation_id,
            remedy_id=row.id,
            idempotency_key=row.idempotency_key,
            command=command.model_dump(mode="json"),
            state="pending",
            next_attempt_at=now,
            created_at=now,
        )
    )
    return command


def finish(
    connection: Connection,
    remedy_id: int,
    outcome: Literal["done", "failed", "uncertain"],
    *,
    now: datetime,
    reason: str | None = None,
) -> Remedy:
    """Record what the order system made of a remedy; a failed one gives its amount back."""
    started = {"executing", "uncertain"}
    return _move(connection, remedy_id, outcome, now, only_from=started, reason=reason)


def resume(connection: Connection, remedy_id: int, *, now: datetime) -> Remedy:
    """Note that an uncertain remedy never took effect and is on its way again."""
    return _move(connection, remedy_id, "executing", now, only_from={"uncertain"}, reason=None)


def withdraw(
    connection: Connection, remedy_id: int, *, now: datetime, reason: str | None = None
) -> Remedy:
    """Take a remedy back before it went to the order system, and give its amount back."""
    return _move(connection, remedy_id, "withdrawn", now, reason=reason)


def expire(connection: Connection, remedy_id: int, *, now: datetime) -> Remedy:
    """Note that nobody answered in time, and give a reserved amount back."""
    return _move(connection, remedy_id, "expired", now)


def granted_fen(connection: Connection, order_no: str) -> int:
    """Return what has been granted on an order so far, in fen; reserved amounts count."""
    query = select(order_ledger.c.granted_fen).where(order_ledger.c.order_no == order_no)
    return connection.execute(query).scalar_one_or_none() or 0


def get(connection: Connection, remedy_id: int) -> Remedy:
    """Return a remedy; raises NotAllowed, with a sentence for the page, when there is none."""
    return _read(connection, remedy.c.id == remedy_id)


def find(connection: Connection, idempotency_key: str) -> Remedy | None:
    """Return the remedy of that key, or None."""
    try:
        return _read(connection, remedy.c.idempotency_key == idempotency_key)
    except NotAllowed:
        return None


def _read(connection: Connection, which: ColumnElement[bool], *, and_hold: bool = False) -> Remedy:
    query = select(*(remedy.c[name] for name in Remedy.__dataclass_fields__)).where(which)
    row = connection.execute(query.with_for_update() if and_hold else query).one_or_none()
    if row is None:
        raise NotAllowed("没有这个处理方案")
    return Remedy(**row._mapping)


def _move(
    connection: Connection,
    remedy_id: int,
    target: str,
    now: datetime,
    *,
    only_from: Collection[str] = tuple(TRANSITIONS),
    **changes: Any,
) -> Remedy:
    """Take the remedy to another state, or raise NotAllowed; keeps the order's sum right."""
    row = _read(connection, remedy.c.id == remedy_id, and_hold=True)
    if row.state not in only_from or target not in TRANSITIONS[row.state]:
        now_is, wanted = STATE_IN_CHINESE[row.state], STATE_IN_CHINESE[target]
        raise NotAllowed(f"该方案目前是「{now_is}」，不能变为「{wanted}」")
    connection.execute(
        update(remedy)
        .where(remedy.c.id == remedy_id)  # held since it was read
        .values(state=target, updated_at=now, **changes)
    )
    is_counted = row.amount_fen > 0 and row.money != MULTIPLE
    if row.state in GRANTED and target not in GRANTED and is_counted:
        guards.give_back(connection, row)
    return replace(row, state=target)


def _explained(error: IntegrityError, remedy_id: int) -> Exception:
    """Say which of the database's rules refused a grant."""
    text = str(error.orig)
    if "granted_within_paid" in text:
        return OverGranted(f"remedy {remedy_id} would grant more than was paid for its order")
    if "released_within_limit" in text:
        return OverDayCap(f"remedy {remedy_id} is more than the bot may release alone today")
    if "uq_remedy_in_flight" in text or "remedy.dispute_id" in text:
        return AlreadyGranting(f"remedy {remedy_id}: the dispute has another one on its way")
    return error
