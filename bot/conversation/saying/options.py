"""What a remedy is called on its button, and when it takes effect; pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from bot.conversation.saying.replies import Replies
from bot.conversation.shapes.state import Matter
from bot.conversation.words.wishes.demands import redirects
from bot.money import yuan
from bot.remedies.freight import FREIGHT_BACK
from bot.remedies.verdict import RemedyOption

_BY_DATE = re.compile(r"（最迟[^）]*）")  # counted from today, and the review comes first
CHANGING = frozenset({"correct_order", "invoice", "exchange"})
CIRCLED = "①②③④⑤"


def option_label(replies: Replies, option: Mapping[str, Any]) -> str:
    """Return the words of a button: what, how much, and who pays the way back.

    What is only a part or the rest of the customer's money is not called all of it.
    """
    amount, rest = yuan(option["amount_fen"]), _rest(replies, option.get("detail", {}))
    key = "refund_rest" if rest and option["kind"] == "refund" else f"option.{option['kind']}"
    if option["kind"] == "refund" and option.get("detail", {}).get("part"):
        key = "refund_part"
    pieces = option.get("detail", {}).get("quantity") or 1
    if option["kind"] == "exchange" and pieces > 1:
        key = "exchange_many"
    return replies.text(key, amount=amount, pieces=pieces) + rest + _freight(replies, option)


def left_lines(replies: Replies, matter: Matter, ids: Collection[str]) -> dict[str, str]:
    """Return the options that are left of an offer, under their places in it."""
    places = {str(o["id"]): at for at, o in enumerate(matter.offer)}
    lines = [
        f"{CIRCLED[places[str(o['id'])]]} {option_label(replies, o)}，{o['within']}"
        for o in matter.offer if str(o["id"]) in ids
    ]  # fmt: skip
    return {"options": "\n".join(lines), "number": lines[0][0]}


def _freight(replies: Replies, option: Mapping[str, Any]) -> str:
    if is_freight_back(option):
        return replies.text("freight.back")
    bears = "both_ways" if goes_both_ways(option) else option["return_freight"]
    return replies.text(f"freight.{bears}")


def is_freight_back(option: Mapping[str, Any]) -> bool:
    """Tell whether the customer gets the freight back once the fault is found."""
    return bool(option.get("detail", {}).get(FREIGHT_BACK))


def goes_both_ways(option: Mapping[str, Any]) -> bool:
    """Tell whether the customer pays for the way back and for that of the new article."""
    return bool(option["kind"] == "exchange" and option["return_freight"] == "customer")


def _rest(replies: Replies, detail: Mapping[str, Any]) -> str:
    """Return that a sum is only what is left: of what was given before, or is undecided yet."""
    before, pending = detail.get("before_fen"), detail.get("pending_fen")
    if pending:
        key = "rest_both" if before else "rest_pending"
        return replies.text(key, before=yuan(before or 0), pending=yuan(pending))
    return replies.text("rest", before=yuan(before)) if before else ""


def change_to(replies: Replies, option: Mapping[str, Any]) -> str:
    """Return what would be changed to, so that nobody confirms an address they did not read."""
    correction = option.get("detail", {}).get("correction")
    shown = correction and (redirects(option) or option["kind"] in CHANGING)
    return replies.text("change_to", correction=correction) if shown else ""


def condition_of(replies: Replies, option: Mapping[str, Any]) -> str:
    """Return what comes with a remedy, so that nobody confirms more than was offered."""
    note = option.get("detail", {}).get("note")
    return replies.text("with_note", note=note) if note else ""


def within(replies: Replies, option: RemedyOption) -> str:
    """Return by when an option takes effect, as true at the offer as when it is confirmed."""
    if option.tier == "bot":
        return option.within
    hours = replies.staff_hours
    after = later(option.within)
    return replies.text(
        "review_first",
        hours="30分钟" if option.tier == "L1" else "4小时",
        opens=f"{hours.opens:%H:%M}",
        closes=f"{hours.closes:%H:%M}",
        within=after,
    )


def last_day(within: str) -> str:
    """Return the day by which money comes, as the option's term names it; empty without one."""
    found = _BY_DATE.search(within)
    return found[0].strip("（）") if found else ""


def later(within: str) -> str:
    """Return by when something takes effect, counted from a day that is not yet known."""
    return _BY_DATE.sub("", within).replace("今天", "当天")
