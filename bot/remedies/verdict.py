"""What the policy allows: a verdict, its options, what is missing, and who answers for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from bot.levels import Level


class RemedyKind(StrEnum):
    """The closed set of remedies; the contract fixes the words."""

    REFUND = "refund"
    RETURN_REFUND = "return_refund"
    PARTIAL_REFUND = "partial_refund"
    EXCHANGE = "exchange"
    RESHIP = "reship"
    REPAIR = "repair"
    PRICE_DIFFERENCE = "price_difference"
    COMPENSATION = "compensation"
    GOODWILL = "goodwill"
    COUPON = "coupon"
    FREIGHT = "freight"
    EXPEDITE = "expedite"
    TRACE = "trace"
    INTERCEPT = "intercept"
    CORRECT_ORDER = "correct_order"
    CANCEL = "cancel"
    INVOICE = "invoice"
    EXPLAIN = "explain"
    REJECT = "reject"
    HANDOVER = "handover"


# Kinds that pay the customer; the ledger counts them towards granted ≤ paid.
MONEY_KINDS = frozenset(
    {
        RemedyKind.REFUND,
        RemedyKind.RETURN_REFUND,
        RemedyKind.PARTIAL_REFUND,
        RemedyKind.PRICE_DIFFERENCE,
        RemedyKind.COMPENSATION,
        RemedyKind.GOODWILL,
        RemedyKind.COUPON,
        RemedyKind.FREIGHT,
    }
)

Freight = Literal["shop", "customer", "none"]
# Who may release an option: the bot, an agent, a supervisor, or finance and law (brief tiers).
Tier = Literal["bot", "L1", "L2", "S"]
Missing = Literal["photo", "item", "quantity", "bad_share", "correction", "amount"]


# Remedies that change nothing in the order system: told at once, and the matter is settled.
TOLD = frozenset({"explain", "reject"})
# Remedies that undo a purchase: the money goes back for the goods.
MONEY_BACK = frozenset({"refund", "return_refund", "cancel"})
# Remedies that may be given again and again: they only ask somebody to hurry or to look.
NUDGES = frozenset({"expedite", "trace"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyOption:
    """One remedy that the policy allows, with everything needed to carry it out."""

    kind: RemedyKind
    amount_fen: int  # what the customer gets; 0 for kinds without money
    return_freight: Freight
    rule: str
    tier: Tier
    within: str  # Chinese: by when, e.g. "原路退回，1–7 个工作日到账"
    promise: str = ""  # the policy's name for that term
    money: Literal["statutory", "discretionary"] | None = None  # None: no money
    detail: Mapping[str, Any] = field(default_factory=dict)  # sku, quantity, correction …


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """Why a person must take this: E1…E14 of policy §4.3, and the level."""

    reason: str
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer of the policy to one claim on one order at one moment.

    Either `escalation` is set, or `missing` asks for facts first, or `options` are offered.
    A refusal is an option of kind reject or explain, with its ground in `reasons`.
    """

    rule: str
    policy_version: str
    policy_digest: str = ""  # the policy's texts by their content, as the archive keeps them
    # What of the order record it rests on, by condition; sums in fen, hours as numbers.
    facts: Mapping[str, Any] = field(default_factory=dict)
    options: tuple[RemedyOption, ...] = ()
    reasons: tuple[str, ...] = ()  # Chinese sentences: the fact, then the ground
    checked: tuple[str, ...] = ()  # Chinese: what of the order record was looked at
    missing: tuple[Missing, ...] = ()
    escalation: Escalation | None = None
    liable: str = "shop"
    cost_bearer: str = "none"
    cause: str = ""
    responsibility: str = ""  # Chinese, one line: who answers for it
