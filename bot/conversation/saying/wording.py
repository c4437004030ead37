"""What the bot says: the texts of data/replies, filled with facts; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.conversation.saying.done import GOES_ON, done_text
from bot.conversation.saying.goods_back import goods_back
from bot.conversation.saying.order_words import moment, order_status, title
from bot.conversation.saying.replies import Replies
from bot.conversation.shapes.state import Matter, Remedy, State
from bot.conversation.shapes.steps import Ask, Grant, HandOver, Offer, Say
from bot.conversation.shapes.verdicts import option_dict, same_options
from bot.conversation.words.matters.told_apart import goes_off
from bot.money import yuan
from bot.remedies.verdict import TOLD, RemedyOption
from nlp.labels import ISSUE_NAMES

OFFER_STANDS = timedelta(hours=24)
_BY_DATE = re.compile(r"（最迟[^）]*）")  # counted from today, and the review comes first
# The sentence of an answer that asks for the order's number.
_ASKS_FOR_NUMBER = re.compile(r"[^。；]*把订单号[^。]*发给我[^。]*。")
# What becomes of an article; a sum for a wait or for the freight is of none.
OF_ARTICLE = frozenset({"return_refund", "exchange", "repair", "reship", "partial_refund"})
CHANGING = frozenset({"correct_order", "invoice", "exchange"})
CIRCLED = "①②③④⑤"


def option_label(replies: Replies, option: Mapping[str, Any]) -> str:
    """Return the words of a button: what, how much, and who pays the way back.

    What is only a part or the rest of the customer's money is not called all of it.
    """
    amount, rest = yuan(option["amount_fen"]), _rest(replies, option.get("detail", {}))
    bears = option["return_freight"]
    key = "refund_rest" if rest and option["kind"] == "refund" else f"option.{option['kind']}"
    if option["kind"] == "refund" and option.get("detail", {}).get("part"):
        key = "refund_part"
    pieces = option.get("detail", {}).get("quantity") or 1
    if option["kind"] == "exchange" and pieces > 1:
        key = "exchange_many"
    return (
        replies.text(key, amount=amount, pieces=pieces)
        + rest
        + replies.text(f"freight.{'both_ways' if _goes_both_ways(option) else bears}")
    )


def _goes_both_ways(option: Mapping[str, Any]) -> bool:
    """Tell whether the customer pays for the way back and for that of the new article."""
    return bool(option["kind"] == "exchange" and option["return_freight"] == "customer")


def _rest(replies: Replies, detail: Mapping[str, Any]) -> str:
    """Return that a sum is only what is left: of what was given before, or is undecided yet."""
    before, pending = detail.get("before_fen"), detail.get("pending_fen")
    if pending:
        key = "rest_both" if before else "rest_pending"
        return replies.text(key, before=yuan(before or 0), pending=yuan(pending))
    return replies.text("rest", before=yuan(before)) if before else ""


def wording(replies: Replies, step: Ask | Say, state: State) -> str:
    """Return the text of a question or a remark."""
    facts = dict(step.facts)
    matter = state.matter(facts.get("matter"))
    if step.wording == "order_status":
        record = state.orders[facts["order_no"]].record
        told = order_status(
            record or {}, facts["ship_by"], late=facts["late"], overdue=facts["overdue"]
        )
        history = "；".join(facts.get("history", ()))
        return f"{told}\n办理记录：{history}" if history else told
    if step.wording == "progress":
        return progress(replies, matter, state)
    if step.wording in {"ask_policy", "ask_product"}:
        return answer(
            replies, str(facts["question"]), beside=bool(facts.get("beside")),
            known=bool(facts.get("known")), decided=bool(facts.get("decided")),
            said=facts.get("said"),
        )  # fmt: skip
    if step.wording == "correction_reminder" and matter is not None:
        return _correction_reminder(replies, facts, matter)
    if step.wording in {"beside", "asked_after"} and matter is not None:
        if step.wording == "beside":
            told = beside_offer(replies, str(facts["topic"]), matter, facts.get("about"))
            out = facts.get("freight_out") if facts["topic"] == "freight" else 0
            kept = replies.text("beside.freight_out", amount=yuan(out)) if out else ""
            return f"{kept}\n{told}".strip()
        return beside_granted(replies, str(facts["topic"]), matter, state)
    if "answer" in facts:
        inner = facts["answer"]
        facts["answer"] = wording(replies, inner, state) if isinstance(inner, Say) else ""
    return replies.text(step.wording, **_facts(replies, facts, matter, state))


def _correction_reminder(replies: Replies, facts: Mapping[str, Any], matter: Matter) -> str:
    """Return the answer to what was asked instead, or how the order stands, and the question."""
    question, known = facts["question"], replies.texts["correction_wanted"]
    told = answer(replies, question, beside=True) if question else "".join(facts["reasons"])
    wanted = known.get(matter.issue, known["other"])
    return replies.text("correction_reminder", answer=told, wanted=wanted)


def _facts(
    replies: Replies, facts: dict[str, Any], matter: Matter | None, state: State
) -> dict[str, Any]:
    if "issue" in facts:
        facts["issue"] = issue_words(facts["issue"])
    facts["acknowledge"] = _acknowledge_once(replies, matter, state)
    if matter is not None:
        facts["progress"] = progress(replies, matter, state)
    if "option" in facts:
        option = facts["option"]
        facts["option"] = (
            _what_for(replies, option, matter, state)
            + option_label(replies, option)
            + _change_to(replies, option)
        )
        facts["within"] = f"{option['within']}。" if option.get("within") else ""
    elif matter is not None:
        facts.update(_remedy_facts(replies, facts.get("remedy", matter.remedy)))
    return facts


def _what_for(
    replies: Replies, option: Mapping[str, Any], matter: Matter | None, state: State
) -> str:
    """Return the article that a remedy is for, and its order where the chat is about several."""
    known = state.orders.get(matter.order_no or "") if matter else None
    if known is None or known.record is None:
        return ""
    several = len({m.order_no for m in state.matters if m.order_no}) > 1
    of_order = replies.text("of_order", order_no=known.order_no) if several else ""
    if option["kind"] not in OF_ARTICLE:
        return of_order
    sku = option.get("detail", {}).get("sku")
    lines = [line["title"] for line in known.record["lines"] if line["sku"] == sku]
    article = lines[0] if lines else title(known.record)
    return of_order + replies.text("of_article", title=article)


def _change_to(replies: Replies, option: Mapping[str, Any]) -> str:
    """Return what would be changed to, so that nobody confirms an address they did not read."""
    correction = option.get("detail", {}).get("correction")
    redirects = option["kind"] == "intercept" and option["promise"] == "intercept_address"
    shown = correction and (redirects or option["kind"] in CHANGING)
    return replies.text("change_to", correction=correction) if shown else ""


def _acknowledge_once(replies: Replies, matter: Matter | None, state: State) -> str:
    """Return the words of regret for the matter, before its first question only."""
    if matter is None or any(key.startswith(f"{matter.id}:") for key in state.asked):
        return ""
    known = state.orders.get(matter.order_no or "")
    unseen = known is None or not known.owned
    if matter.issue == "spoiled" and unseen and not goes_off(matter.told):
        return replies.text("acknowledge.damaged")  # it is not known yet whether it is food
    return replies.text(f"acknowledge.{matter.issue}")


def _remedy_facts(replies: Replies, remedy: Remedy | None) -> dict[str, Any]:
    if remedy is None:
        return {}
    return {
        "option": option_label(replies, remedy.option),
        "done": done_text(replies, remedy.option),
        "reference": f"办理编号 {remedy.reference}。" if remedy.reference else "",
        "reason": remedy.note,
        "answer_by": replies.text("answer_by", deadline=remedy.answer_by)
        if remedy.answer_by
        else "",
    }


def issue_words(issue: str) -> str:
    """Return the issue's Chinese name."""
    return ISSUE_NAMES.get(issue, "订单问题")


def progress(replies: Replies, matter: Matter | None, state: State) -> str:
    """Return where a matter stands, from the record and not from memory."""
    if matter is None:
        return replies.text("progress_none")
    verdict = matter.verdict or {}
    facts = {
        "what": issue_words(matter.issue),
        "order_no": matter.order_no or "（未提供）",
        **_remedy_facts(replies, matter.remedy),
    }
    # What staff wrote beside a refusal stands for the verdict's reasons; most write nothing.
    facts["reason"] = facts.get("reason") or "".join(verdict.get("reasons", ()))
    told = replies.text(f"progress.{_progress_key(matter)}", **facts)
    order = state.orders.get(matter.order_no or "")
    history = "；".join(order.history) if order and order.owned else ""
    return f"{told}\n办理记录：{history}" if history else told


def _progress_key(matter: Matter) -> str:
    if matter.stage == "ended":
        done = matter.remedy and matter.remedy.state == "done" and matter.end == "resolved"
        told = matter.remedy and matter.remedy.option["kind"] == "explain"
        return "done" if done and not told else "rejected" if told else matter.end or "resolved"
    if matter.remedy and matter.remedy.state in {"uncertain", "failed"}:
        return matter.remedy.state
    return {
        "gathering": "open",
        "offered": "offered",
        "confirming": "offered",
        "approval": "awaiting_approval",
    }.get(matter.stage, matter.stage)


def news_at_the_end(replies: Replies, step: Say, state: State) -> str:
    """Return a result told with the chat's last words; after a refusal, what else is possible."""
    told = wording(replies, step, state)
    matter = state.matter(step.facts.get("matter"))
    if matter is None or matter.stage != "gathering":
        return told
    left = [
        option_label(replies, option)
        for option in (matter.verdict or {}).get("options", ())
        if option["kind"] not in {*matter.declined, "handover", "explain", "reject"}
    ]
    return f"{told}\n{replies.text('instead', options='、'.join(left))}" if left else told


def answer(
    replies: Replies,
    question: str,
    *,
    beside: bool = False,
    known: bool = False,
    decided: bool = False,
    said: str | None = None,
) -> str:
    """Return the shop's answer to a question of policy; beside a matter it is asked of that.

    `said` is what the matter's own reasons say of it. Where the order is known, nobody is asked
    for its number; while a yes to one remedy is awaited, nobody is asked for anything else.
    """
    instead = "" if decided else replies.text("order_known")
    for entry in replies.answers:
        if said and not entry["words"]:
            return replies.text("said_before", said=said)
        if beside and not entry["words"]:
            return replies.text("asked_decided" if decided else "asked_beside")
        if not entry["words"] or any(word in question for word in entry["words"]):
            told = str(entry["text"])
            return _ASKS_FOR_NUMBER.sub(instead, told) if known else told
    return replies.text("unclear")


def beside_offer(replies: Replies, topic: str, matter: Matter, about: str | None = None) -> str:
    """Return what the standing offer, or what is picked or asked about, says to a question."""
    shown = [o for o in matter.offer if (about or matter.picked) in {None, o["id"]}]
    if topic == "freight":
        return _freight_text(replies, shown, matter)
    refuses = any(o["kind"] in TOLD for o in matter.offer)
    if topic == "why" or (refuses and not about and topic in {"when", "sum"}):
        reasons = "\n".join((matter.verdict or {}).get("reasons", ()))
        return replies.text("beside.why", reasons=reasons)
    places = {o["id"]: CIRCLED[at] for at, o in enumerate(matter.offer)}
    many = len(shown) > 1
    if topic == "way_back":
        return goods_back(
            replies, [(f"{places[o['id']]} {option_label(replies, o)}", o) for o in shown]
        )
    lines = []
    for option in shown:
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
    reasons = (matter.verdict or {}).get("reasons", ())
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
    if topic == "way_back":
        return f"{goods_back(replies, [('', option)])}\n{told}"
    if topic == "sum" and (why := _reckoned(replies, [option] if option else [], matter)):
        return f"{why}\n{told}"
    waits = matter.remedy and matter.remedy.state in {"awaiting_approval", "executing"}
    if waits or (topic == "when" and option.get("kind") in GOES_ON):
        key = "term_approved" if matter.stage == "approval" else "term"
        return replies.text(f"beside.{key}", progress=told, within=_later(str(option["within"])))
    return told


def _freight_text(replies: Replies, options: Sequence[Mapping[str, Any]], matter: Matter) -> str:
    bears = {str(option["return_freight"]) for option in options} - {"none"}
    who = bears.pop() if len(bears) == 1 else "mixed" if bears else "none"
    if who == "customer" and any(_goes_both_ways(option) for option in options):
        who = "both_ways"
    why = (matter.verdict or {}).get("responsibility", "")
    return replies.text(f"beside.freight_{who}", why=why)


def offer_text(replies: Replies, step: Offer, matter: Matter, state: State, now: datetime) -> str:
    """Return the whole offer: fact, responsibility, options, one ask, deadline."""
    options = step.verdict.options
    lines = [
        f"{CIRCLED[place]} {_option_line(replies, option)}" for place, option in enumerate(options)
    ]
    asked = "offer_ask_many" if len(options) > 1 else "offer_ask_one"
    ask = replies.text(asked, deadline=moment(now + OFFER_STANDS))
    again = bool(matter.declined or matter.concessions) and not step.again
    differs = step.again and not same_options(options, matter.offer)
    anew = _reckoned_anew(replies, matter, state) if differs else ""
    key = "offer_more" if matter.concessions and not step.again else "offer_again"
    return replies.text(
        key if again else "offer",
        acknowledge=anew
        or _taken_back(replies, matter)
        or _acknowledge_once(replies, matter, state),
        reasons="\n".join(step.verdict.reasons),
        responsibility=step.verdict.responsibility,
        options="\n".join(lines),
        ask=ask,
    )


def _reckoned_anew(replies: Replies, matter: Matter, state: State) -> str:
    """Return that the sums are others now, and which sum was dropped so that all can go back."""
    undecided = {option["detail"].get("pending_fen") for option in matter.offer} - {None}
    dropped = next(
        (m for m in state.matters if m.order_no == matter.order_no and m.end == "withdrawn"
         and m.remedy and m.remedy.option["amount_fen"] in undecided),
        None,
    )  # fmt: skip
    if dropped is None:
        return replies.text("reckoned_anew")
    return replies.text("all_at_once", **_remedy_facts(replies, dropped.remedy))


def _taken_back(replies: Replies, matter: Matter) -> str:
    """Return that the remedy before was taken back, at the first offer after it."""
    fresh = matter.stage == "gathering" and matter.remedy is not None
    if not fresh or matter.remedy is None or matter.remedy.state != "withdrawn":
        return ""
    return replies.text("taken_back", **_remedy_facts(replies, matter.remedy))


def _option_line(replies: Replies, option: RemedyOption) -> str:
    """Return what an option gives, by when, and what comes with it."""
    note = option.detail.get("note")
    label = option_label(replies, option_dict(option))
    if option.kind in TOLD:
        return label
    line = f"{label}，{within(replies, option)}"
    return f"{line}（{note}）" if note else line


def within(replies: Replies, option: RemedyOption) -> str:
    """Return by when an option takes effect, as true at the offer as when it is confirmed."""
    if option.tier == "bot":
        return option.within
    hours = replies.staff_hours
    after = _later(option.within)
    return replies.text(
        "review_first",
        hours="30分钟" if option.tier == "L1" else "4小时",
        opens=f"{hours.opens:%H:%M}",
        closes=f"{hours.closes:%H:%M}",
        within=after,
    )


def _later(within: str) -> str:
    """Return by when something takes effect, counted from a day that is not yet known."""
    return _BY_DATE.sub("", within).replace("今天", "当天")


def grant_text(replies: Replies, step: Grant, matter: Matter, state: State, now: datetime) -> str:
    """Return what is said when a remedy is granted, told, or sent for approval."""
    if step.option.kind in TOLD:
        picked = matter.offered(matter.picked)
        if picked and picked["kind"] in TOLD:
            return replies.text("understood")  # the reasons were read in the offer
        return replies.text(
            "told",
            acknowledge=_not_any_more(replies, picked)
            if picked
            else _acknowledge_once(replies, matter, state),
            reasons="\n".join(step.verdict.reasons),
        )
    label = option_label(replies, option_dict(step.option))
    if step.option.tier == "bot":
        return replies.text("granted", option=label)
    deadline = answer_by(replies, step.option.tier, now)
    return replies.text("granted_approval", option=label, deadline=deadline)


def _not_any_more(replies: Replies, picked: Mapping[str, Any]) -> str:
    """Return that what was confirmed is no longer to be had: the order changed meanwhile."""
    return replies.text("not_any_more", option=option_label(replies, picked))


def answer_by(replies: Replies, tier: str, now: datetime) -> str:
    """Return by when a remedy is approved or refused, as told; nothing where nobody need look."""
    return "" if tier == "bot" else moment(replies.approval_due(tier, now))


def hand_over_text(replies: Replies, step: HandOver, ahead: int, now: datetime) -> str:
    """Return what is said when a person takes over; `ahead` is how many wait before."""
    place = replies.text("place_nth", ahead=ahead) if ahead else replies.text("place_first")
    if not replies.staff_hours.open_at(now):
        hours = replies.staff_hours
        closed = replies.text(
            "place_closed", opens=f"{hours.opens:%H:%M}", closes=f"{hours.closes:%H:%M}"
        )
        place = closed + place
    within = replies.soon(replies.person_due(step.reason, now), now)
    return replies.text(f"handed_over.{step.reason}", place=place, within=within)
