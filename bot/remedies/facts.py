"""What follows from an order record at one moment: states, hours, days and sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.clock import later
from bot.order_record import OrderRecord, OrderStatus, Return
from bot.remedies.contradictions import contradictions
from bot.remedies.given import Given
from bot.remedies.parcels import SignedBy, lack_pickup, quiet_since, signed_by, under_way
from bot.remedies.rulebook import Defaults, State
from bot.remedies.sums import Sums, days_between, sums
from bot.remedies.weights import Weights, weights

NO_REASON_EXCLUDED: Final = frozenset({"custom", "fresh", "virtual"})  # 消费者权益保护法 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The order's facts; a time that the record does not tell is None, never guessed."""

    now: datetime
    state: State
    paid_at: datetime | None
    hours_since_paid: float | None
    ship_promise_at: datetime | None
    ship_promise_named: bool  # by the order itself, not the shop's default
    ship_late_hours: float | None  # past the promise, until dispatch or now; negative: still time
    shipped_at: datetime | None
    no_pickup: bool  # all that is under way was called shipped, yet no carrier ever had it
    parcel_under_way: bool
    partly_received: bool  # one parcel is there, another still under way
    quiet_hours: float | None  # since the last sign of the quietest parcel under way
    transit_hours: float | None  # since dispatch, while anything is under way
    deliver_late_hours: float | None  # past the promised day, until receipt or now
    received_at: datetime | None  # the last signature so far
    receipt_days: int | None  # calendar days in Shanghai; the day after signing is day 1
    receipt_hours: float | None
    asked_days: int | None  # on which day after receipt the only return was asked for, and refused
    signed_by: SignedBy | None
    weights: Weights
    sums: Sums
    last_return: Return | None  # the latest that is not yet refunded, else the latest
    return_waiting_hours: float | None  # since its state last moved
    contradictions: tuple[str, ...]

    @property
    def has_shipped(self) -> bool:
        """Tell whether any of the order has left, by its state or by a parcel."""
        return self.shipped_at is not None or self.state in {"shipped", "delivered", "completed"}


def derive_facts(
    order: OrderRecord,
    now: datetime,
    defaults: Defaults | None = None,
    given: Sequence[Given] = (),
) -> Facts:
    """Return what the record shows at the moment; pure, and the same for the same input."""
    terms = defaults or Defaults()
    promise = ship_promise(order, terms)
    received = max((s.delivered_at for s in order.shipments if s.delivered_at), default=None)
    latest = max(order.returns, key=_relevance, default=None)
    moving = under_way(order)
    left = min((s.shipped_at for s in moving if s.shipped_at), default=None)
    return Facts(
        now=now,
        state=_state(order),
        paid_at=paid_at(order),
        hours_since_paid=_hours(paid_at(order), now),
        ship_promise_at=promise,
        ship_promise_named=order.promised_ship_by is not None,
        ship_late_hours=_hours(promise, order.shipped_at or now),
        shipped_at=order.shipped_at,
        no_pickup=lack_pickup(moving, now, terms.no_pickup_hours),
        parcel_under_way=bool(moving),
        partly_received=bool(moving) and received is not None,
        quiet_hours=_hours(quiet_since(order, now), now),
        transit_hours=_hours(left, now),
        deliver_late_hours=_hours(order.promised_deliver_by, order.delivered_at or now),
        received_at=received,
        receipt_days=days_between(received, now) if received else None,
        receipt_hours=_hours(received, now),
        asked_days=_asked_days(order, received, now, terms),
        signed_by=signed_by(order),
        weights=weights(order),
        sums=sums(order, given),
        last_return=latest,
        return_waiting_hours=_hours(_last_move(latest), now),
        contradictions=contradictions(order, now),
    )


def _state(order: OrderRecord) -> State:
    """Return where the order stands; parcels all signed for are ahead of a status "shipped"."""
    if order.status is OrderStatus.SHIPPED and order.delivered_at:
        return "delivered"
    return order.status.value


def paid_at(order: OrderRecord) -> datetime | None:
    """Return when the order was paid: as recorded, else its first successful payment."""
    first = min((p.at for p in order.payments if p.status == "success"), default=None)
    return order.paid_at or first


def ship_promise(order: OrderRecord, terms: Defaults) -> datetime | None:
    """Return the promised moment of dispatch; 48 hours after payment where none was named."""
    if order.promised_ship_by:
        return order.promised_ship_by
    paid = paid_at(order)
    return later(paid, hours=terms.ship_hours) if paid else None


def _asked_days(
    order: OrderRecord, received: datetime | None, now: datetime, terms: Defaults
) -> int | None:
    """Return on which day after receipt the return was asked for that was refused unseen.

    Notice in time keeps the right (网络购买商品七日无理由退货暂行办法第10条). A return names no
    article, and one refused after inspection was looked at: both are a person's to weigh, and so
    is a request that was left lying for long.
    """
    if received is None or len(order.lines) != 1 or len(order.returns) != 1:
        return None
    (asked,) = order.returns
    seen = asked.received_at is not None
    old = now - asked.requested_at > timedelta(days=terms.asked_stands_days)
    if asked.state != "refused" or seen or old or asked.requested_at < received:
        return None
    return days_between(received, asked.requested_at)


def _hours(since: datetime | None, until: datetime) -> float | None:
    return (until - since) / timedelta(hours=1) if since else None


def _relevance(entry: Return) -> tuple[bool, datetime]:
    return entry.state != "refunded", entry.requested_at


def _last_move(latest: Return | None) -> datetime | None:
    if latest is None:
        return None
    return latest.refunded_at or latest.received_at or latest.requested_at
