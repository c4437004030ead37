"""What the bot says: the texts of data/replies, filled with facts; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.conversation.saying.beside import beside_granted, beside_offer, where_paid
from bot.conversation.saying.opening import opening, order_taken
from bot.conversation.saying.options import change_to, condition_of, left_lines, option_label
from bot.conversation.saying.order_words import order_status, return_status, title
from bot.conversation.saying.parcel_words import arrival_text, courier_phone_text, in_parcels_text
from bot.conversation.saying.progress import issue_words, progress, remedy_facts
from bot.conversation.saying.replies import Replies
from bot.conversation.shapes.state import Matter, State
from bot.conversation.shapes.steps import Ask, Say
from bot.money import yuan

# The sentence of an answer that asks for the order's number.
_ASKS_FOR_NUMBER = re.compile(r"[^。；]*把订单号[^。]*发给我[^。]*。")
OF_ORDER = frozenset(
    {
        "order_status",
        "return_status",
        "return_sent_off",
        "courier_phone",
        "in_parcels",
        "arrival",
        "arrival_again",
    }
)
# What becomes of an article; a sum for a wait or for the freight is of none.
OF_ARTICLE = frozenset({"return_refund", "exchange", "repair", "reship", "partial_refund"})

COUNTED_BY_NAME = frozenset({"exchange"})  # 换2件新的 says how many


def wording(replies: Replies, step: Ask | Say, state: State) -> str:
    """Return the text of a question or a remark."""
    facts = dict(step.facts)
    matter = state.matter(facts.get("matter"))
    if step.wording in OF_ORDER:
        told = _of_order(replies, step, state)
        named = "" if facts["order_no"] in told else order_taken(replies, state)
        return f"{named}\n{told}".strip()
    if step.wording == "progress":
        return progress(replies, matter, state)
    if step.wording in {"ask_policy", "ask_product"}:
        return answer(
            replies, str(facts["question"]), beside=bool(facts.get("beside")),
            known=bool(facts.get("known")), decided=bool(facts.get("decided")),
            said=facts.get("said"), again=bool(facts.get("again")),
            signed=bool(facts.get("signed")),
        )  # fmt: skip
    if step.wording == "correction_reminder" and matter is not None:
        return _correction_reminder(replies, facts, matter)
    if step.wording in {"beside", "asked_after"} and matter is not None:
        if step.wording == "beside":
            told = beside_offer(replies, str(facts["topic"]), matter, state, facts.get("about"))
            out = facts.get("freight_out") if facts["topic"] == "freight" else 0
            kept = replies.text("beside.freight_out", amount=yuan(out)) if out else ""
            return f"{kept}\n{told}".strip()
        return beside_granted(replies, str(facts["topic"]), matter, state)
    if "answer" in facts:
        inner = facts["answer"]
        facts["answer"] = wording(replies, inner, state) if isinstance(inner, Say) else ""
    return replies.text(step.wording, **_facts(replies, facts, matter, state))


def _of_order(replies: Replies, step: Ask | Say, state: State) -> str:
    """Return what an order's record says: where it stands, when it comes, what of a return."""
    facts = step.facts
    record = state.orders[facts["order_no"]].record or {}
    if step.wording == "return_status":
        told = return_status(record, facts["returns"])
        return f"{told}{where_paid(replies, record)}"
    if step.wording == "return_sent_off":
        return replies.text("return_sent_off", hours=facts["returns"][-1].hours)
    if step.wording == "in_parcels":
        return in_parcels_text(replies, record)
    if step.wording == "courier_phone":
        return courier_phone_text(replies, record)
    if step.wording in {"arrival", "arrival_again"}:
        return arrival_text(replies, record, facts, again=step.wording == "arrival_again")
    told = order_status(
        record, facts["ship_by"], late=facts["late"], overdue=facts["overdue"],
        returns=facts["returns"],
    )  # fmt: skip
    history = "；".join(facts.get("history", ()))
    return f"{told}\n办理记录：{history}" if history else told


def _correction_reminder(replies: Replies, facts: Mapping[str, Any], matter: Matter) -> str:
    """Return the answer to what was asked instead, or how the order stands, and the question."""
    question, form = facts["question"], facts["form"]
    reasons = "".join(facts["reasons"])
    told = answer(replies, question, beside=True, again=True) if question else reasons
    told = replies.text(f"beside.{form}") if form else told
    return replies.text("correction_reminder", answer=told, wanted=_wanted(replies, matter))


def _wanted(replies: Replies, matter: Matter) -> str:
    """Return what is to be told anew, by the matter: an address, a size, a title."""
    known: Mapping[str, str] = replies.texts["correction_wanted"]
    return known.get(matter.issue, known["other"])


def _facts(
    replies: Replies, facts: dict[str, Any], matter: Matter | None, state: State
) -> dict[str, Any]:
    if "issue" in facts:
        facts["issue"] = issue_words(facts["issue"])
    facts["acknowledge"] = opening(replies, matter, state)
    if matter is not None:
        facts["progress"] = progress(replies, matter, state)
        facts["wanted"] = _wanted(replies, matter)
    if "still_offered" in facts and matter is not None:
        facts.update(left_lines(replies, matter, facts["still_offered"]))
    if "option" in facts:
        option = facts["option"]
        facts["option"] = remedy_in_full(replies, option, matter, state)
        facts["within"] = f"{option['within']}。" if option.get("within") else ""
    elif matter is not None:
        facts.update(remedy_facts(replies, facts.get("remedy", matter.remedy)))
    return facts


def remedy_in_full(
    replies: Replies, option: Mapping[str, Any], matter: Matter | None, state: State
) -> str:
    """Return a remedy with all that whoever takes or gives it must know: for what, how much."""
    return (
        _what_for(replies, option, matter, state)
        + option_label(replies, option)
        + change_to(replies, option)
        + condition_of(replies, option)
    )


def _what_for(
    replies: Replies, option: Mapping[str, Any], matter: Matter | None, state: State
) -> str:
    """Return the article that a remedy is for, and its order where the chat is about several."""
    known = state.order_of(matter)
    if known is None or known.record is None:
        return ""
    several = len({m.order_no for m in state.matters if m.order_no}) > 1
    of_order = replies.text("of_order", order_no=known.order_no) if several else ""
    detail = option.get("detail", {})
    if option["kind"] not in OF_ARTICLE and not detail.get("part"):
        return of_order
    skus = {detail.get("sku"), *detail.get("skus", ())}
    lines = [line for line in known.lines if line["sku"] in skus]
    article = "、".join(dict.fromkeys(line["title"] for line in lines)) or title(known.record)
    named = replies.text("of_article", title=article)
    pieces, bought = detail.get("quantity"), sum(line["quantity"] for line in lines)
    if pieces and pieces < bought and option["kind"] not in COUNTED_BY_NAME:
        named = replies.text("of_pieces", article=named, pieces=pieces)
    return of_order + named


def news_at_the_end(replies: Replies, step: Say, state: State) -> str:
    """Return a result told with the chat's last words; after a refusal, what else is possible."""
    told = wording(replies, step, state)
    matter = state.matter(step.facts.get("matter"))
    if matter is None or matter.stage != "gathering":
        return told
    left = [option_label(replies, option) for option in left_over(matter)]
    return f"{told}\n{replies.text('instead', options='、'.join(left))}" if left else told


def left_over(matter: Matter) -> list[Mapping[str, Any]]:
    """Return what was on offer beside a remedy that staff refused, and settles the matter."""
    return [
        option
        for option in (matter.verdict or {}).get("options", ())
        if option["kind"] not in {*matter.declined, "handover", "explain", "reject"}
    ]


def answer(
    replies: Replies,
    question: str,
    *,
    beside: bool = False,
    known: bool = False,
    decided: bool = False,
    said: str | None = None,
    again: bool = False,
    signed: bool = False,
) -> str:
    """Return the shop's answer to a question of policy; beside a matter it is asked of that.

    `said` is what the matter's own reasons say of it. Where the order is known, or was asked for
    with an answer before (`again`), nobody is asked for its number, nor is who is signed in: their
    orders are found. While a yes to one remedy is awaited, nobody is asked for anything else.
    """
    own = "order_known" if known else "orders_known" if signed and not again else ""
    instead = replies.text(own) if own and not decided else ""
    for entry in replies.answers:
        if said and not entry["words"]:
            return replies.text("said_before", said=said)
        if beside and not entry["words"]:
            return replies.text("asked_decided" if decided else "asked_beside")
        if not entry["words"] or any(word in question for word in entry["words"]):
            if again and not entry["words"]:
                return replies.text("details_unknown")
            told, unasked = str(entry["text"]), known or again or signed
            return _ASKS_FOR_NUMBER.sub(instead, told) if unasked else told
    return replies.text("unclear")
