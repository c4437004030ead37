"""When a parcel comes, and how to reach who brings it, told from the order's record; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.conversation.saying.order_words import moment
from bot.conversation.saying.replies import Replies

# Numbers that a courier leaves in what the carrier reports; a parcel's own number is longer.
_PHONE = re.compile(r"(?<![\dA-Za-z])(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|[48]00-?\d{3}-?\d{4})(?!\d)")


def arrival_text(
    replies: Replies, record: Mapping[str, Any], facts: Mapping[str, Any], *, again: bool
) -> str:
    """Return by when the order is to come, as promised, and where its parcels were seen last.

    No day is guessed; whoever asks `again` is told what can be done, not the same once more.
    """
    deliver_by = record.get("promised_deliver_by")
    if record["status"] == "paid" and facts["ship_by"] is not None:
        key = "unsent_late" if facts["late"] else "unsent"
    else:
        key = ("overdue" if facts["overdue"] else "by_day") if deliver_by else "no_day"
    told = replies.text(
        f"arrival.{key}_again" if again else f"arrival.{key}",
        order_no=record["order_no"],
        by=moment(deliver_by) if deliver_by else "",
        ship_by=moment(facts["ship_by"]) if facts["ship_by"] else "",
        seen=seen_last(record),
    )
    if deliver_by and key.startswith("unsent") and not again:
        return told + replies.text("arrival.also_by", by=moment(deliver_by))
    return told


def courier_phone_text(replies: Replies, record: Mapping[str, Any]) -> str:
    """Return the number that a courier left with the parcel; else how to come by it."""
    parcels = on_the_way(record)
    if not parcels:
        return replies.text("courier_phone.unsent")
    events = sorted(
        (event for parcel in parcels for event in parcel.get("events") or ()),
        key=lambda event: datetime.fromisoformat(event["at"]),
        reverse=True,
    )
    for event in events:
        if found := _PHONE.search(event["text"]):
            return replies.text("courier_phone.known", phone=found[0], at=moment(event["at"]))
    last = parcels[-1]
    return replies.text(
        "courier_phone.unknown", carrier=last["carrier"], tracking_no=last["tracking_no"]
    )


def in_parcels_text(replies: Replies, record: Mapping[str, Any]) -> str:
    """Return in how many parcels the order was sent; which article is in which nobody wrote."""
    parcels = record.get("shipments", ())
    told = "、".join(f"{parcel['carrier']} {parcel['tracking_no']}" for parcel in parcels)
    key = "many" if len(parcels) > 1 else "one" if parcels else "unsent"
    return replies.text(f"in_parcels.{key}", count=len(parcels), parcels=told)


def on_the_way(record: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Return the order's parcels that are not signed for."""
    return [p for p in record.get("shipments", ()) if not p.get("delivered_at")]


def seen_last(record: Mapping[str, Any]) -> str:
    """Return where the parcels on their way were seen last; empty where there are none."""
    return "".join(_seen(parcel) for parcel in on_the_way(record))


def _seen(parcel: Mapping[str, Any]) -> str:
    events = parcel.get("events") or ()
    if not events:
        return f"{parcel['carrier']} {parcel['tracking_no']}还没有物流记录。"
    last = max(events, key=lambda event: datetime.fromisoformat(event["at"]))
    return f"最新物流（{moment(last['at'])}）：{last['text'].rstrip('。')}。"
