"""The closed sets of labels: types, issues, intents, flags and signs."""

from __future__ import annotations

from typing import Final

NONE: Final = "none"

TYPE_NAMES: Final[dict[str, str]] = {
    "quality": "商品质量问题",
    "logistics": "发货和物流延误",
    "order_info": "订单信息错误",
    "after_sales": "售后服务不到位",
    "amount": "订单金额有误",
}

_ISSUES: Final[dict[str, dict[str, str]]] = {
    "quality": {
        "defect": "瑕疵/故障",
        "damaged": "到手破损",
        "spoiled": "变质/过期",
        "mismatch": "与描述不符",
        "counterfeit": "疑似假货",
    },
    "logistics": {
        "not_shipped": "迟迟不发货",
        "slow": "运输慢",
        "no_tracking": "物流不更新",
        "not_received": "没收到/丢件",
        "courier": "快递服务差",
    },
    "order_info": {
        "address": "收货信息有误",
        "spec": "规格数量下错",
        "wrong_item": "发错货",
        "missing_item": "少发漏发",
        "invoice": "发票有误/漏开",
        "system": "系统/录入错误",
    },
    "after_sales": {
        "refund_delay": "退款/退换迟缓",
        "refused": "拒绝退换赔",
        "no_response": "无人响应",
        "attitude": "态度恶劣",
        "process": "流程不明",
    },
    "amount": {
        "overcharge": "多收/少退",
        "discount": "优惠未生效",
        "price_drop": "降价/价保",
        "double_charge": "重复扣款",
        "fee": "运费/杂费争议",
    },
}

TYPES: Final = tuple(TYPE_NAMES)
ISSUES: Final = tuple(issue for group in _ISSUES.values() for issue in group)
ISSUE_NAMES: Final[dict[str, str]] = {
    issue: name for group in _ISSUES.values() for issue, name in group.items()
}
TYPE_OF: Final[dict[str, str]] = {
    **{issue: type_ for type_, group in _ISSUES.items() for issue in group},
    NONE: NONE,
}
PRIMARIES: Final = (*ISSUES, NONE)
OF_TYPE: Final[dict[str, tuple[str, ...]]] = {
    **{type_: tuple(group) for type_, group in _ISSUES.items()},
    NONE: (NONE,),
}

WANT_HUMAN: Final = "want_human"
INTENTS: Final = (
    "complain", "order_status", "ask_policy", "ask_product", "want_cancel", "want_refund",
    "want_return", "want_exchange", "want_repair", "want_compensation", "want_correction",
    "want_expedite", WANT_HUMAN, "inform", "confirm", "deny", "greet", "thank", "other",
)  # fmt: skip

# What an answer to an offer, or to a question about it, may mean: remedies that are taken or
# wished for, questions, and the rest. `keep_money`: the goods stay, and a sum is given.
PICKS: Final = (
    "refund", "return", "exchange", "reship", "repair", "keep_money", "hurry", "trace",
    "intercept", "correct", "invoice", "coupon", "cancel",
)  # fmt: skip
MEANINGS: Final = (
    *PICKS, "yes", "no", "more", "ask_when", "ask_freight", "ask_why", "ask_sum", "ask_account",
    "ask_back", "ask_progress", "ask_if_not", "ask_condition", "ask_how", "ask_else",
    "tell_promised", "tell_intact", "wait", "thanks", "drop", "no_photo", "person", "other",
)  # fmt: skip

FLAGS: Final = ("safety", "legal", "abuse", "fraud", "privacy", "minor", "anger")

# The finer kinds of stop sign, because each calls for its own desk (policy, escalation E1–E14).
SIGNS: Final = (
    "human", "injury", "fire", "food_foreign_body", "food_illness", "food_expired", "regulator",
    "media", "privacy", "fraud", "minor", "self_harm", "multiples",
    "vulnerable", "swapped", "extortion", "furious",
)  # fmt: skip
