"""How a matter stands, told from the record; pure."""

from __future__ import annotations

from typing import Any

from bot.conversation.saying.done import done_text
from bot.conversation.saying.options import option_label
from bot.conversation.saying.replies import Replies
from bot.conversation.shapes.state import Matter, Remedy, State
from bot.conversation.words.matters.told_apart import goes_off
from nlp.labels import ISSUE_NAMES


def acknowledge_once(replies: Replies, matter: Matter | None, state: State) -> str:
    """Return the words of regret for the matter, before its first question only."""
    if matter is None or any(key.startswith(f"{matter.id}:") for key in state.asked):
        return ""
    known = state.order_of(matter)
    unseen = known is None or not known.owned
    if matter.issue == "spoiled" and unseen and not goes_off(matter.told):
        return replies.text("acknowledge.damaged")  # it is not known yet whether it is food
    return replies.text(f"acknowledge.{matter.issue}")


def remedy_facts(replies: Replies, remedy: Remedy | None) -> dict[str, Any]:
    """Return what a text may say of a remedy: its name, its reference, by when it is decided."""
    if remedy is None:
        return {}
    unexplained = remedy.state == "refused" and not remedy.note
    return {
        "option": option_label(replies, remedy.option),
        "done": done_text(replies, remedy.option),
        "reference": f"办理编号 {remedy.reference}。" if remedy.reference else "",
        "reason": remedy.note or (replies.text("no_reason_given") if unexplained else ""),
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
        **remedy_facts(replies, matter.remedy),
    }
    # A refusal by staff has a reason of its own; for all else it is the verdict's.
    facts["reason"] = facts.get("reason") or "".join(verdict.get("reasons", ()))
    told = replies.text(f"progress.{_progress_key(matter)}", **facts)
    order = state.order_of(matter)
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
