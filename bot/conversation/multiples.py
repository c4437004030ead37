"""Statutory multiples: damages beyond the price, which only a supervisor grants, with a reason.

A dispute gets them once, and all disputes of an order share what the law grants for its price.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from bot.conversation import store
from bot.conversation.replaying.replay import replay
from bot.conversation.results import ledger_key
from bot.conversation.shapes.events import RemedyGranted
from bot.conversation.shapes.state import Matter, State
from bot.delivery import ledger
from bot.delivery.conversations import hold
from bot.delivery.guards import NotShown
from bot.delivery.remedy_states import GRANTED
from bot.desk import audit
from bot.desk.staff import Staff
from bot.errors import NotAllowed
from bot.money import yuan
from bot.order_record import MULTIPLE, OrderRecord
from bot.remedies.policy import Policy
from models import dispute, remedy
from models import staff as staff_table

RULE = "statutory.multiple"
TIMES_AT_MOST = 10  # 食品安全法 148: ten times the price
AT_LEAST_FEN = 100_000  # … or ¥1,000 where that is more


def grant_multiple(
    connection: Connection,
    staff: Staff,
    policy: Policy,
    dispute_id: int,
    amount_fen: int,
    reason: str,
    now: datetime,
) -> int:
    """Grant damages beyond the price in a dispute and send them on their way; return the remedy.

    They come on top of whatever else is offered or granted, and end nothing. Raises NotAllowed
    with a Chinese sentence when the dispute was granted them before, the law knows no such sum, or
    the order was never shown to be the customer's.
    """
    d = dispute.c
    row = connection.execute(
        select(d.conversation_id, d.matter, d.order_no).where(d.id == dispute_id)
    ).one_or_none()
    if row is None:
        raise NotAllowed("没有这个纠纷")
    hold(connection, row.conversation_id)
    before = replay(store.read_events(connection, row.conversation_id))
    matter = before.matter(row.matter)
    order = _order(before, matter)
    if matter is None or order is None:
        raise NotAllowed("还没有核对过订单，不能放行倍数赔偿")
    _check_sum(connection, dispute_id, order, amount_fen)
    event = _granted(matter, policy, amount_fen, reason)
    try:
        remedy_id = ledger.propose(
            connection, dispute_id=dispute_id, conversation_id=row.conversation_id,
            order_no=order.order_no,
            idempotency_key=ledger_key(row.conversation_id, event.key),
            kind=event.option["kind"], amount_fen=amount_fen, return_freight="none",
            detail=event.option["detail"], rule=RULE, policy_version=policy.version,
            money=MULTIPLE, payee=order.payee, customer_key=order.customer_key, now=now,
        )  # fmt: skip
        ledger.accept_multiple(connection, remedy_id, staff_id=staff.id, reason=reason, now=now)
    except NotShown:
        raise NotAllowed("还没有核对订单是本人的，不能放行倍数赔偿") from None
    ledger.start(connection, remedy_id, now=now)
    store.append(connection, row.conversation_id, [event], now)
    after = replay([event], before)
    store.save_disputes(connection, row.conversation_id, before, after, now)
    data = {"amount_fen": amount_fen, "order_no": order.order_no, "reason": reason,
            "payee": order.payee}  # fmt: skip
    audit.record(connection, staff.id, "multiple.granted", f"remedy:{remedy_id}", data, now)
    return remedy_id


def _order(state: State, matter: Matter | None) -> OrderRecord | None:
    known = state.order_of(matter)
    return OrderRecord.from_stored(known.record) if known and known.record else None


def _check_sum(
    connection: Connection, dispute_id: int, order: OrderRecord, amount_fen: int
) -> None:
    """Raise NotAllowed for a second time, or past what the law grants for the whole order.

    The order is held, so that two people in two chats cannot together grant more than that.
    """
    store.hold_order(connection, order.order_no, order.paid_fen)
    r = remedy.c
    earlier = connection.execute(
        select(r.dispute_id, r.amount_fen, staff_table.c.name)
        .join(staff_table, staff_table.c.id == r.approved_by)
        .where(r.order_key == order.order_no, r.money == MULTIPLE, r.state.in_(GRANTED))
        .order_by(r.id)
    ).all()
    for row in earlier:
        if row.dispute_id == dispute_id:
            granted = f"已由{row.name}放行过倍数赔偿 {yuan(row.amount_fen)}"
            raise NotAllowed(f"这个纠纷{granted}，不会再付一次")
    most_fen = max(TIMES_AT_MOST * order.paid_fen, AT_LEAST_FEN)
    granted_fen = sum(row.amount_fen for row in earlier)
    if amount_fen > most_fen - granted_fen:
        law = f"超过法定上限：价款的{TIMES_AT_MOST}倍，不足1000元的按1000元"
        raise NotAllowed(
            f"{law}；这笔订单已放行倍数赔偿 {yuan(granted_fen)}" if granted_fen else law
        )


def _granted(matter: Matter, policy: Policy, amount_fen: int, reason: str) -> RemedyGranted:
    found = dict(matter.verdict or {})
    verdict = {
        "liable": "shop", "cost_bearer": "none", "cause": "", "responsibility": "", "checked": [],
        **found,
        "rule": RULE, "policy_version": policy.version, "options": [], "reasons": [reason],
    }  # fmt: skip
    return RemedyGranted(
        matter=matter.id,
        key=matter.next_key,
        option={
            "kind": "compensation", "amount_fen": amount_fen, "return_freight": "none",
            "rule": RULE, "tier": "L2", "within": "", "promise": "", "money": MULTIPLE,
            "detail": {MULTIPLE: True, "reason": reason},
        },
        verdict=verdict,
        issue=matter.issue,
        order_no=matter.order_no or "",
        beside=True,
    )  # fmt: skip
