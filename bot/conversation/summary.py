"""The hand-over summary: what a person who takes a chat over must know of it; pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.conversation.deciding.judging import judge
from bot.conversation.saying.issue_names import issue_name
from bot.conversation.saying.reasons import reason_words
from bot.conversation.shapes.issue_groups import DELAYS, FAULTLESS
from bot.conversation.shapes.state import TALKING, Matter, State
from bot.conversation.shapes.verdicts import verdict_dict
from bot.conversation.words.matters.dangers import tells_of_bad_food
from bot.remedies.policy import Policy

OPEN = TALKING | {"with_person"}
HARM = "E1"  # somebody was hurt
FOR_APPROVAL = "E5"

LEFT = "（同事已在会话里答复过，系统里没有登记结果，请先看聊天记录，以免重复办理）"
REPLY_LOST = "机器人有回复可能没有送达顾客，请看聊天记录里标出的消息"
LOST = "系统升级后，会话里有一件已登记的事按现在的规则认不出来，请核对纠纷和方案记录后再处理"


def judged_summary(
    state: State, matter: Matter | None, reason: str, policy: Policy, now: datetime
) -> dict[str, Any]:
    """Return the summary with what the policy says to the matter, if its order was looked at."""
    known = state.order_of(matter)
    verdict = None
    if matter and known and known.record:
        # What staff refused is no wish that the customer gave up: the policy is told as it is.
        asked = replace(matter, declined=matter.declined - _granted_kinds(matter))
        verdict = verdict_dict(judge(state, asked, policy, now))
        # An allergy is recorded as spoiled food, yet no rule for that may speak of its goods.
        if reason == HARM and "spoiled" in matter.issues and not tells_of_bad_food(matter.told):
            verdict = {**verdict, "reasons": [], "options": []}
    return summary(state, matter, verdict, reason)


def grant_summary(state: State, matter: Matter, verdict: dict[str, Any]) -> dict[str, Any]:
    """Return the summary of what is laid before people for their approval.

    The last words are those about the matter: what was said last is a mere yes.
    """
    found = summary(state, matter, verdict, FOR_APPROVAL)
    return {**found, "last_words": matter.told}


def learnt_since(state: State, policy: Policy, now: datetime) -> dict[str, Any]:
    """Return what a summary must hold by now, while a person is called or speaks.

    The last words stay those on which the chat was handed over.
    """
    matter = state.current
    if matter is not None and matter.stage == "ended":
        return {}
    reason = state.queued_for[0] if state.queued_for else "E8"
    found = judged_summary(state, matter, reason, policy, now)
    return {name: value for name, value in found.items() if name != "last_words"}


def summary(
    state: State, matter: Matter | None, verdict: dict[str, Any] | None, reason: str
) -> dict[str, Any]:
    """Return the hand-over summary: what, the order's facts, what was tried, what is allowed.

    The words are whole, as they were read: what is personal in them is hidden before they are cut.
    """
    pressed = state.picked.label if state.picked else ""
    last = state.unanswered.text if state.unanswered else pressed
    if matter is None:
        what = "客户要求人工" if reason == "E8" else reason_words(reason)
        return {
            "what": LOST if state.lost else REPLY_LOST if state.reply_lost else what,
            "order_no": state.order_no,
            **_unknown(state, state.order_no),
            "last_words": last,
            **({"evidence": "已提供照片"} if state.loose_photo else {}),
        }
    judged = verdict or dict(matter.verdict or {})
    order = state.order_of(matter)
    # The colleague sees the order's facts beside it, and must not tell them to just anybody.
    unproven = "（还没有核对是不是下单人）" if order and order.record and not order.owned else ""
    issues = "、".join(issue_name(issue, matter.wish) for issue in matter.issues)
    return {
        "what": "".join(
            (issues, unproven, _told(matter), _besides(state, matter), _beware(state, matter))
        ),
        "matter": matter.id,
        "order_no": matter.order_no,
        **_unknown(state, matter.order_no),
        "facts": judged.get("checked", []),
        "reasons": judged.get("reasons", []),
        "tried": [one.option["kind"] for one in (*matter.remedies, *matter.damages)],
        # What staff refused is not offered again either, yet no customer declined it.
        "declined": sorted(matter.declined - _granted_kinds(matter)),
        "allowed": judged.get("options", []),
        **_evidence(state, matter),
        "last_words": last,
    }


def _unknown(state: State, order_no: str | None) -> dict[str, bool]:
    """Tell of a number under which the order system has nothing: it is no order's."""
    looked_up = state.orders.get(order_no or "")
    return {"order_unknown": True} if looked_up and not looked_up.record else {}


def _besides(state: State, matter: Matter) -> str:
    """Return what else of the customer's is open, so that no complaint is lost behind the last."""
    others = [m for m in state.matters if m.id != matter.id and m.stage in OPEN]
    named = [issue_name(m.issue, m.wish) for m in others]
    return f"（另外还有：{'、'.join(dict.fromkeys(named))}）" if named else ""


def _beware(state: State, matter: Matter) -> str:
    """Return what must be looked at in the chat before anything is done."""
    left = LEFT if matter.by_agent else ""
    return left + (f"（{REPLY_LOST}）" if state.reply_lost else "")


def _granted_kinds(matter: Matter) -> set[str]:
    return {str(remedy.option["kind"]) for remedy in matter.remedies}


def _evidence(state: State, matter: Matter) -> dict[str, str]:
    """Return whether there is a photo; none is missed where nothing could be seen on one."""
    if matter.has_photo or state.loose_photo:
        return {"evidence": "已提供照片"}
    return {} if matter.issue in FAULTLESS | DELAYS else {"evidence": "无照片"}


def _told(matter: Matter) -> str:
    """Return what the customer was told before a person was called; its grounds are beside it."""
    told = {"reject": "（此前已答复不能办理）", "explain": "（此前已解释）"}
    return told.get(matter.granted_kind or "", "")
