"""The house's codes in the words of those who read a report; pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.clock import in_shop_zone
from bot.conversation.saying.issue_names import ISSUES, TYPES
from bot.conversation.saying.reasons import REASONS
from bot.remedies.policy import Policy
from bot.reports.left import LEFT
from bot.reports.unknown import UNKNOWN

DISPUTE_STATES = {
    "open": "核对中", "offered": "已给方案", "awaiting_approval": "待审批", "executing": "办理中",
    "with_person": "人工处理", "resolved": "已解决", "rejected": "不予支持",
    "withdrawn": "顾客撤回", LEFT: "未答复即结束", UNKNOWN: "没查到订单",
}  # fmt: skip
PARTIES = {
    "shop": "本店", "supplier": "供应商", "warehouse": "仓库", "carrier": "快递",
    "installer": "安装方", "payment": "支付方", "platform": "平台", "insurer": "保险",
    "customer": "顾客", "none": "无",
}  # fmt: skip
DEEDS = {
    "conversation.taken": "接待会话", "conversation.queued": "转入排队",
    "conversation.left_queue": "离开排队", "conversation.returned": "交还机器人",
    "conversation.closed": "结束会话", "conversation.reopened": "会话重新打开",
    "remedy.approved": "批准方案", "remedy.refused": "拒绝方案",
    "multiple.granted": "放行倍数赔偿",
    "dispute.overruled": "改判责任", "dossier.exported": "导出卷宗",
}  # fmt: skip
SUBJECTS = {"conversation": "会话", "dispute": "纠纷", "remedy": "方案"}


def words_by_column(policy: Policy) -> Mapping[str, Mapping[str, str]]:
    """Return the words for the codes of each column that holds codes."""
    return {
        "type": TYPES,
        "issue": ISSUES,
        "state": DISPUTE_STATES,
        "liable": PARTIES,
        "cost_bearer": PARTIES,
        "against": PARTIES,
        "cause": policy.causes,
        "escalated": REASONS,
        "remedy": policy.kind_names,
    }


def subject_words(subject: str) -> str:
    """Return what a deed was done to: 方案 12."""
    kind, _, number = subject.partition(":")
    return f"{SUBJECTS.get(kind, kind)} {number}"


def payee_words(payee: str) -> str:
    """Return who gets the money, without the fingerprint that only programs compare."""
    who, _, payment = payee.partition(" ")
    tail = who.partition("#")[0].lstrip("*")
    return f"手机尾号 {tail} 的顾客" + (f"，原路退回 {payment}" if payment else "")


def yuan_of(fen: int) -> str:
    """Return a sum in yuan as spreadsheets add it up: 65.00."""
    return f"{fen / 100:.2f}"


def shop_time(at: str | None) -> str:
    """Return the moment on the shop's clock, with its year: reports are read years later."""
    return f"{in_shop_zone(datetime.fromisoformat(at)):%Y-%m-%d %H:%M:%S}" if at else ""
