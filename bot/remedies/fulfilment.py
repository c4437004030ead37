"""Whether what a remedy promised has happened, by the order's record."""

from __future__ import annotations

from datetime import datetime

from bot.order_record import OrderRecord
from bot.remedies.verdict import RemedyKind


def has_happened(kind: str, order: OrderRecord, promised_at: datetime) -> bool:
    """Tell whether the order shows, later than the promise, what was promised with the remedy.

    Kinds whose effect no order record can show are never found to have happened here.
    """
    shipped = any(s.shipped_at and s.shipped_at > promised_at for s in order.shipments)
    arrived = any(s.delivered_at and s.delivered_at > promised_at for s in order.shipments)
    refunded = any(r.refunded_at and r.refunded_at > promised_at for r in order.returns)
    match kind:
        case RemedyKind.RETURN_REFUND:
            return refunded
        case RemedyKind.EXPEDITE:
            return shipped or arrived or refunded
        case RemedyKind.RESHIP | RemedyKind.EXCHANGE | RemedyKind.REPAIR:
            return shipped
        case RemedyKind.TRACE:
            return arrived
        case RemedyKind.INVOICE:
            return order.invoice is not None and order.invoice.state == "issued"
        case _:
            return False


def return_arrived(order: OrderRecord, promised_at: datetime) -> datetime | None:
    """Return when what was to be sent back arrived; None while the order does not show it."""
    arrived = (r.received_at for r in order.returns)
    return min((at for at in arrived if at and at > promised_at), default=None)
