"""The life of a remedy: which state may follow which, and which of them hold money; pure."""

from __future__ import annotations

from collections.abc import Mapping

# state → the states it may go to.
TRANSITIONS: Mapping[str, frozenset[str]] = {
    "proposed": frozenset({"accepted", "done", "declined", "withdrawn", "expired"}),
    "accepted": frozenset({"awaiting_approval", "executing", "withdrawn"}),
    "awaiting_approval": frozenset({"approved", "declined", "withdrawn", "expired"}),
    "approved": frozenset({"executing", "withdrawn"}),
    "executing": frozenset({"done", "failed", "uncertain"}),
    "uncertain": frozenset({"executing", "done", "failed"}),
    "done": frozenset(),
    "failed": frozenset(),
    "declined": frozenset(),
    "withdrawn": frozenset(),
    "expired": frozenset(),
}
# While a remedy is in one of these, its amount is counted as granted.
GRANTED = frozenset(
    {"accepted", "awaiting_approval", "approved", "executing", "uncertain", "done"}
)
# In one of these it may come to wait for people, or does.
MAY_BE_DECIDED = frozenset({"proposed", "accepted", "awaiting_approval"})
# Words alone: nothing is granted, nothing is sent to the order system.
SPOKEN_KINDS = frozenset({"explain", "reject", "handover"})

STATE_IN_CHINESE = {
    "proposed": "待客户选择",
    "accepted": "客户已接受",
    "awaiting_approval": "待审批",
    "approved": "已批准",
    "executing": "办理中",
    "uncertain": "结果待核实",
    "done": "已办妥",
    "failed": "办理失败",
    "declined": "已拒绝",
    "withdrawn": "已撤回",
    "expired": "已过期",
}
