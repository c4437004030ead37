"""Answers to a question about what is on offer, or was granted; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.conversation.saying.done import GOES_ON
from bot.conversation.saying.goods_back import goods_back
from bot.conversation.saying.of_facts import OF_FACTS, of_facts
from bot.conversation.saying.options import (
    CIRCLED,
    goes_both_ways,
    is_freight_back,
    last_day,
    later,
    option_label,
)
from bot.conversation.saying.order_words import paid_by
from bot.conversation.saying.parcel_words import seen_last
from bot.conversation.saying.progress import progress
from bot.conversation.saying.replies import Replies
from bot.conversation.shapes.issue_groups import DELAYS, FAULTLESS
from bot.conversation.shapes.state import OFFERED, Matter, State
from bot.conversation.words.things.verdict_words import IN_VAIN, told_in_vain, told_of_freight
from bot.conversation.words.wishes.demands import redirects
from bot.remedies.verdict import NUDGES, TOLD

# Remedies whose result is told here, after the order system has taken them.
AWAITED = GOES_ON | {"trace", "reship"}
_ENDS_WAIT = frozenset({"reship", "refund"})  # after these nobody waits for the first parcel
# What is told of the remedies themselves, and not of each by its label.
_OF_REMEDIES = frozenset(
    {"in_vain", "swap", "where", "sent", "condition", "pickup", "money_first", "late", "sound",
     "warranty", "goods_too", *OF_FACTS}
)  # fmt: skip


def beside_offer(
    replies: Replies, topic: str, matter: Matter, state: State, about: str | None = None
) -> str:
    """Return what the standing offer, or what is picked or asked about, says to a question."""
    shown = [o for o in matter.offer if (about or matter.picked) in {None, o["id"]}]
    if topic == "freight":
        return _freight_text(replies, shown, matter)
    if topic in _OF_REMEDIES:
        asked = shown if topic in OF_FACTS else matter.offer
        return _of_remedies(replies, topic, asked, matter, state)
    refuses = any(o["kind"] in TOLD for o in matter.offer)
    serves = any(o["kind"] not in TOLD | NUDGES | {"handover"} for o in shown)
    unsaid = topic == "sum" or not serves  # the reasons say it, and no option does
    if topic == "why" or (refuses and not about and topic in {"when", "sum"} and unsaid):
        reasons = "\n".join(matter.reasons)
        return replies.text("beside.why", reasons=reasons)
    places = {o["id"]: CIRCLED[at] for at, o in enumerate(matter.offer)}
    many = len(shown) > 1
    if topic == "way_back":
        return goods_back(
            replies, [(f"{places[o['id']]} {option_label(replies, o)}", o) for o in shown]
        )
    lines = []
    for option in [o for o in shown if topic != "when" or o["kind"] not in TOLD]:
        label, term = option_label(replies, option), str(option["within"])
        told = {"when": f"{label}：{term}" if many or about else f"{term}。"}.get(topic, label)
        lines.append(f"{places[option['id']]} {told}" if many else told)
    key = f"beside.{topic}" if topic != "hurry" else f"beside.hurry_{'many' if many else 'one'}"
    if topic == "sum" and (why := _reckoned(replies, shown, matter)):
        return replies.text("beside.sum_why", why=why, options="\n".join(lines))
    return replies.text(key, options="\n".join(lines))


def _reckoned(replies: Replies, options: Sequence[Mapping[str, Any]], matter: Matter) -> str:
    """Return how the sum for goods that go back follows: as the verdict's reasons have it."""
    back = next((o for o in options if o["kind"] == "return_refund"), None)
    if back is None:
        return ""
    reasons = matter.reasons
    why = "".join(reason for reason in reasons if "元" in reason)
    quantity = back["detail"].get("quantity")
    pieces = replies.text("beside.sum_pieces", quantity=quantity) if quantity else ""
    return why or pieces


def beside_granted(replies: Replies, topic: str, matter: Matter, state: State) -> str:
    """Return what is known of a granted remedy, to a question about it."""
    option = matter.remedy.option if matter.remedy else {}
    told = progress(replies, matter, state)
    if topic == "freight":
        return f"{_freight_text(replies, [option], matter)}\n{told}"
    if topic in _OF_REMEDIES:
        return f"{_of_remedies(replies, topic, [option], matter, state)}\n{told}"
    if topic == "way_back":
        return f"{goods_back(replies, [('', option)])}\n{told}"
    if topic in {"special", "paper", "mailbox"}:
        return f"{replies.text(f'beside.{topic}')}\n{told}"
    if topic == "sum" and (why := _reckoned(replies, [option] if option else [], matter)):
        return f"{why}\n{told}"
    waits = matter.remedy and matter.remedy.state in {"awaiting_approval", "executing"}
    if topic == "told":
        done = matter.stage == "ended" and option.get("kind") not in AWAITED
        term = "" if done else later(str(option["within"]))
        return replies.text("beside.told_done" if done else "beside.told", within=term)
    if waits or (topic in {"when", "progress"} and option.get("kind") in GOES_ON):
        key = "term_approved" if matter.stage == "approval" else "term"
        return replies.text(f"beside.{key}", progress=told, within=later(str(option["within"])))
    at_once = matter.remedy is not None and not matter.remedy.answer_by
    if topic == "when" and at_once and (day := last_day(str(option["within"]))):
        told += replies.text("beside.by_day", day=day)
    waited_for = matter.issue in DELAYS and option.get("kind") not in _ENDS_WAIT
    if topic == "when" and waited_for and (seen := _parcel_seen(matter, state)):
        return f"{told}\n{replies.text('beside.parcel_seen', seen=seen)}"
    return told


def _parcel_seen(matter: Matter, state: State) -> str:
    """Return where the parcel is that is still waited for, after a sum was paid for the wait."""
    known = state.order_of(matter)
    return seen_last(known.record) if known and known.record else ""


def _of_remedies(
    replies: Replies,
    topic: str,
    options: Sequence[Mapping[str, Any]],
    matter: Matter,
    state: State,
) -> str:
    """Return what is known of where money goes, whether it is sent still, what if it fails."""
    kinds = {str(option["kind"]) for option in options}
    if topic == "collect":
        return f"{replies.text('beside.collect')}\n{_freight_text(replies, options, matter)}"
    if topic in OF_FACTS:
        return of_facts(replies, topic, options, matter, state)
    if topic == "condition":
        return replies.text(
            f"beside.condition_{'taste' if matter.issue in FAULTLESS else 'fault'}"
        )
    if topic in {"pickup", "money_first", "late", "sound", "warranty", "goods_too"}:
        return _of_goods(replies, topic, kinds, matter)
    if topic in {"in_vain", "swap"}:
        kind = next((kind for kind in IN_VAIN if kind in kinds), "")
        if not kind:
            return replies.text("beside.in_vain")
        told = told_in_vain(kind, matter)
        if not told and kind == "trace":
            return replies.text("beside.in_vain")
        instead = replies.text("beside.swap") if topic == "swap" else ""
        return instead + (told or replies.text(f"beside.in_vain_{kind}"))
    if topic == "sent":
        ways = (o for o in options if o["kind"] in {"refund", "expedite"})
        told = "、".join(f"“{option_label(replies, option)}”" for option in ways)
        choice = replies.text("beside.sent_or", options=told) if told and not matter.picked else ""
        return replies.text("beside.sent") + choice
    known = state.order_of(matter)
    return where_paid(replies, (known.record or {}) if known else {})


def where_paid(replies: Replies, record: Mapping[str, Any]) -> str:
    """Return to where money goes back, by how the order was paid."""
    method = paid_by(record)
    return replies.text("beside.where_paid" if method else "beside.where", method=method)


def _of_goods(replies: Replies, topic: str, kinds: set[str], matter: Matter) -> str:
    """Return what is known of goods that go back: who fetches them, and what holds of them."""
    taste = matter.issue in FAULTLESS
    if topic == "late" and matter.stage in OFFERED:
        return replies.text("beside.why", reasons="\n".join(matter.reasons))
    if topic == "pickup":
        return replies.text(f"beside.pickup_{'exchange' if kinds == {'exchange'} else 'other'}")
    if topic == "sound":
        on_inspection = "确认" in str((matter.verdict or {}).get("responsibility", ""))
        key = "condition_taste" if taste else "sound" if on_inspection else "in_vain"
        return replies.text(f"beside.{key}")
    return replies.text(f"beside.{topic}")


def _freight_text(replies: Replies, options: Sequence[Mapping[str, Any]], matter: Matter) -> str:
    if any(map(redirects, options)):
        return replies.text("beside.freight_redirect")
    bears = {str(option["return_freight"]) for option in options} - {"none"}
    who = bears.pop() if len(bears) == 1 else "mixed" if bears else "none"
    if any(map(is_freight_back, options)):
        return replies.text("beside.freight_back")
    if who == "customer" and any(goes_both_ways(option) for option in options):
        who = "both_ways"
    if who == "none" and (told := told_of_freight(matter)):
        return told
    why = (matter.verdict or {}).get("responsibility", "")
    return replies.text(f"beside.freight_{who}", why=why)
