"""What happened in a conversation, as one Chinese line an event; pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.conversation.saying.reasons import reason_words
from bot.conversation.shapes import events as ev
from bot.money import yuan

SHOWN_BY = {"phone_tail": "手机尾号", "identity": "店铺登录身份", "earlier": "此前的核对"}
OUTCOMES = {"done": "已办妥", "failed": "办理失败", "uncertain": "结果待核实"}
OWNERS = {"bot": "交还机器人", "queue": "进入排队", "closed": "会话结束"}


def words_of(event: ev.Event, kind_names: Mapping[str, str]) -> str | None:  # noqa: C901  a table, one line an event
    """Return what the event says; None where the messages tell it already.

    `kind_names` are the policy's words for kinds of remedies.
    """
    match event:
        case ev.OrderChecked(order_no=order_no, record=record):
            return f"查询订单 {order_no}" if record else f"查询订单 {order_no}：没有这笔订单"
        case ev.OwnershipShown(order_no=order_no, by=by):
            return f"订单 {order_no} 已核对是本人（{SHOWN_BY.get(by, by)}）"
        case ev.OwnershipFailed(order_no=order_no):
            return f"订单 {order_no} 的手机尾号没有对上"
        case ev.Offered(options=options):
            return "给出方案：" + "；".join(str(o["label"]) for o in options)
        case ev.OptionPicked():
            return "顾客选了方案，等确认"
        case ev.OfferDeclined():
            return "顾客不接受方案"
        case ev.RemedyGranted(option=option, needs_approval=level, by=by):
            deed = f"提交审批（{level}）" if level else "放行"
            return f"{by}{deed}：{_option(option, kind_names)}"
        case ev.RemedyApproved(by=by):
            return f"{by}批准了方案"
        case ev.RemedyRefused(by=by, reason=reason):
            return f"{by}驳回了方案：{reason}"
        case ev.RemedyExpired():
            return "方案超过审批时限，作废并退回额度"
        case ev.RemedyFinished(outcome=outcome, reference=reference, note=note):
            told = " ".join(part for part in (reference, note) if part)
            return f"订单系统回执：{OUTCOMES.get(outcome, outcome)} {told}".strip()
        case ev.GrantBlocked(reason=reason):
            return f"台账不允许放行：{reason}"
        case ev.DisputeWithdrawn(settled_by=str()):
            return "同一件商品已在另一件纠纷中办妥，随之结束"
        case ev.DisputeWithdrawn():
            return "顾客撤回"
        case ev.HandedOver(reason=reason, level=level):
            return f"转人工（{reason_words(reason)}，{level}）"
        case ev.PromiseBroken(what=what):
            return "超过时限没有决定" if what == "decision" else "答应的时间到了没有做到"
        case ev.ReplyLost():
            return "有一条回复可能没有送达"
        case ev.QueueLeft():
            return "顾客不再等人工"
        case ev.OwnerChanged(owner=owner, name=name):
            return f"{name}接待" if owner == "agent" else OWNERS.get(owner, owner)
        case _:
            return None


def _option(option: Mapping[str, Any], kind_names: Mapping[str, str]) -> str:
    sum_of = f" {yuan(option['amount_fen'])}" if option["amount_fen"] else ""
    name = kind_names.get(option["kind"], option["kind"])
    return f"{name}{sum_of}（依据 {option['rule']}）"
