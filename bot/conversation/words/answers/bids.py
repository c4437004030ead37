"""Sums that customers name for what they would take, or still want; pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.conversation.shapes.state import Button, Matter
from bot.conversation.words.things import named
from bot.conversation.words.wishes import demands


def has_bargained(matter: Matter) -> bool:
    """Tell whether a sum that may be bargained over is on the table."""
    return any(option["amount_fen"] and _is_bargained(option) for option in matter.offer)


def insists_on_refused(matter: Matter, text: str) -> bool:
    """Tell whether the sum is named that staff would not release, and that is not on offer."""
    remedy, bid = matter.remedy, named.bid_in(text)
    if remedy is None or remedy.state != "refused" or bid is None:
        return False
    if any(is_sum(option, bid) for option in matter.offer):
        return False
    fen = int(remedy.option["amount_fen"])
    return bool(fen) and bid in {fen, fen // 100 * 100, (fen + 50) // 100 * 100}


def haggles(matter: Matter, text: str) -> bool:
    """Tell whether the customer names more than the highest sum that may be bargained over."""
    table = [option["amount_fen"] for option in matter.offer if _is_bargained(option)]
    if not table:
        return False
    bid = named.bid_in(text)
    if bid is None:
        return named.asks_half(text)
    return bid > max(table) and not any(is_sum(option, bid) for option in matter.offer)


def by_sum(remedies: list[Button], matter: Matter, text: str) -> Button | None:
    """Return the remedy whose sum the customer names, or that gives what they would take."""
    bid, pointed_at = named.bid_in(text), named.sum_pointed_at(text)
    if bid is None and pointed_at is None:
        return None
    shown = {button.id: button for button in remedies}
    sums = [o for o in matter.offer if o["amount_fen"] and str(o["id"]) in shown]
    same = [o for o in sums if is_sum(o, pointed_at if bid is None else bid)]
    enough = same or [o for o in sums if bid and _is_bargained(o) and o["amount_fen"] > bid]
    return shown[str(enough[0]["id"])] if enough else None


def is_sum(option: Mapping[str, Any], bid: int | None) -> bool:
    """Tell whether a sum named is that of an option, to the fen or in round yuan: 45 for 44.95."""
    fen = int(option["amount_fen"])
    return bool(fen) and bid in {fen, (fen + 50) // 100 * 100}


def _is_bargained(option: Mapping[str, Any]) -> bool:
    """Tell whether it is a sum that the shop gives of its own accord, the goods staying."""
    return option["money"] == "discretionary" and option["kind"] in demands.SUMS - {"refund"}
