"""What the shop's policy may say: its numbers, its rules and its liability table, as types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.clock import in_shop_zone
from bot.levels import Level
from bot.order_record import Category, OrderRecord
from bot.remedies.numbers import (
    Days,
    Hours,
    HoursAhead,
    Sentence,
    Share,
    Times,
    WholeDays,
    Yuan,
)
from bot.remedies.verdict import MONEY_KINDS, Freight, Missing, RemedyKind
from nlp.labels import INTENTS, ISSUES, NONE

State = Literal["unpaid", "paid", "shipped", "delivered", "completed", "cancelled"]
Owed = Literal[
    "overcharge", "discount_missing", "double_charge", "freight", "return_owed",
    "return_short",
]  # fmt: skip
ReturnState = Literal[
    "none", "requested", "approved", "shipped", "received", "refunded", "refused"
]
InvoiceState = Literal["absent", "none", "requested", "issued", "wrong"]
Party = Literal[
    "shop", "supplier", "warehouse", "carrier", "installer", "payment", "platform", "insurer",
    "customer", "none",
]  # fmt: skip
# Checked where the whole policy is, so that the message can list what is allowed.
Issue = Annotated[str, Field(json_schema_extra={"enum": [*ISSUES, NONE]})]
Intent = Annotated[str, Field(json_schema_extra={"enum": [*INTENTS]})]
Reason = Annotated[str, Field(pattern=r"^E([1-9]|1[0-4])$")]
# A number, or the name of one of the defaults of shop.yaml.
Threshold = Hours | str

# What each named formula needs beside the order: nothing, a named rate, or a share.
FORMULAS: Final[Mapping[str, Literal["", "rate", "share"]]] = {
    "paid_all": "", "paid_item": "", "paid_return": "", "price_drop": "", "overcharge": "",
    "discount_missing": "", "double_charge": "", "freight": "", "return_owed": "",
    "return_short": "", "fee_claimed": "", "missing_pieces": "", "gift_value": "",
    "fresh_steps": "", "clamp": "rate", "share": "share",
}  # fmt: skip
FREIGHT_KINDS: Final = frozenset(
    {RemedyKind.RETURN_REFUND, RemedyKind.EXCHANGE, RemedyKind.REPAIR}
)


class Part(BaseModel):
    """A piece of the policy: nothing unknown in it, nothing changed after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Warranty(Part):
    """Days of warranty by category (三包); `other` for every category not named."""

    phone: WholeDays = 365
    pc: WholeDays = 365
    appliance: WholeDays = 365
    small: WholeDays = 90
    other: WholeDays = 90


class Step(Part):
    """One step of a table: up to this share (inclusive) this rate applies."""

    up_to: Share
    rate: Share


class Defaults(Part):
    """Terms that rules name; a standard where the order itself promises nothing."""

    ship_hours: Hours = 48  # 天猫/淘宝/抖音 practice
    no_pickup_hours: Hours = 24  # a number without a pick-up counts as not shipped
    oos_after_late_hours: Hours = 72  # still unshipped: as good as out of stock
    quiet_hours: Hours = 48  # between two tracking events: too long
    no_update_hours: Hours = 72  # 天猫 轨迹异常
    lost_hours: Hours = 168  # no tracking event any more: lost
    transit_hours: Hours = 168  # under way too long where no day was promised
    very_late_hours: Hours = 168  # past the promised delivery
    return_review_hours: Hours = 48  # 淘宝: checked and refunded after the return is signed for
    return_approve_hours: Hours = 48
    refund_legal_days: Days = 7  # 消费者权益保护法 25
    bank_hours: Hours = 240  # refunded, yet not on the account
    no_reason_days: Days = 7  # 消费者权益保护法 25, from the day after receipt
    asked_stands_days: Days = 30  # so long a return that was refused counts as asked for in time
    quality_return_days: Days = 7  # 三包, 消费者权益保护法 24
    quality_exchange_days: Days = 15  # 三包
    after_sale_days: Days = 15  # 天猫: claims after completion
    missing_report_days: Days = 7
    not_received_days: Days = 30
    fresh_report_hours: Hours = 48
    fresh_hidden_hours: Hours = 120
    virtual_hours: Hours = 24
    undecided_days: Days = 14  # 侵害消费者权益行为处罚办法 8–10: 15 days count as refusal
    partial_refund_cap: Share = Decimal("0.30")  # 抖音总则 16
    free_return: bool = False  # the shop pays the freight of no-reason returns
    warranty_days: Warranty = Warranty()
    fresh_steps: tuple[Step, ...] = (
        Step(up_to=Decimal("0.3"), rate=Decimal("0.3")),
        Step(up_to=Decimal("0.5"), rate=Decimal("0.5")),
        Step(up_to=Decimal(1), rate=Decimal(1)),
    )

    def number(self, threshold: Threshold) -> float:
        """Return the threshold itself, or the default that it names."""
        return float(getattr(self, threshold) if isinstance(threshold, str) else threshold)


NUMBERS: Final = frozenset(
    name for name, field in Defaults.model_fields.items() if field.annotation is float
)


class Rate(Part):
    """A sum as a share of what was paid, never below `min_yuan` nor above `max_yuan`."""

    rate: Share
    min_yuan: Yuan = Decimal(0)
    max_yuan: Yuan

    @model_validator(mode="after")
    def _ordered(self) -> Rate:
        if self.min_yuan > self.max_yuan:
            raise ValueError("min_yuan is above max_yuan")
        return self


class Limits(Part):
    """Who may release how much, in yuan (policy §3.5); an admin may release any sum."""

    bot_yuan: Yuan = Decimal(50)  # discretionary money, a whole order
    agent_yuan: Yuan = Decimal(500)
    supervisor_yuan: Yuan = Decimal(5000)
    statutory_yuan: Yuan = Decimal(8000)  # 抖音未发货极速退款: money owed anyway
    supervisor_statutory_yuan: Yuan = Decimal(20000)  # the same, released by a supervisor
    customer_day_yuan: Yuan = Decimal(500)  # discretionary, by the bot alone, to one customer
    bot_day_yuan: Yuan = Decimal(1_000_000)  # all that the bot releases alone in a day
    approval_hours: HoursAhead = 24  # an approval not given by then lapses
    reship_yuan: Yuan = Decimal(2000)  # goods sent again, at their price
    goodwill: Rate = Rate(rate=Decimal("0.30"), max_yuan=Decimal(200))  # 抖音总则 66


class Recovery(Part):
    """Within how many days the shop must claim its cost from those who are to bear it."""

    carrier: Days = 7  # carriers' terms are commonly 7 to 30 days
    supplier: Days = 30
    payment: Days = 30


class Bargaining(Part):
    """How far the bot gives way, step by step, to a customer who asks for more.

    Only discretionary money of these kinds moves; a step never needs a higher releaser than the
    first sum did, and the caps of `limits` and `partial_refund_cap` stand above every step.
    """

    kinds: frozenset[RemedyKind] = frozenset()
    shares: tuple[Share, ...] = ()  # of the goods complained of, for sums by a share
    times: tuple[Times, ...] = ()  # the first sum, for sums by a rate

    @model_validator(mode="after")
    def _rising(self) -> Bargaining:
        for steps in (self.shares, self.times):
            if any(low >= high for low, high in pairwise(steps)):
                raise ValueError("the steps must rise")
        if not self.kinds <= MONEY_KINDS:
            raise ValueError("kinds: only money is bargained over")
        return self


class Escalate(Part):
    """A hand-over: reason code of policy §4.3 and level."""

    reason: Reason
    level: Level


class Escalations(Part):
    """Who takes what the rules themselves cannot settle."""

    multiples: Escalate = Escalate(reason="E5", level="S")
    contradiction: Escalate = Escalate(reason="E13", level="L1")
    no_evidence: Escalate = Escalate(reason="E13", level="L1")
    no_rule: Escalate = Escalate(reason="E13", level="L1")
    nothing_left: Escalate = Escalate(reason="E13", level="L1")
    ladder_exhausted: Escalate = Escalate(reason="E6", level="L2")


class Texts(Part):
    """Sentences that belong to no single rule."""

    ground: Sentence
    would_change: Sentence
    way_to_person: Sentence
    granted_before: Sentence
    not_offered: Sentence
    escalated: Mapping[Reason, Sentence]
    unproven: str = ""  # policies kept from before it have none


class When(Part):
    """Conditions of a rule: all that are given must hold; one whose fact is unknown does not."""

    state: frozenset[State] | None = None
    category: frozenset[Category] | None = None
    not_category: frozenset[Category] | None = None
    ship_late_over: Threshold | None = None
    no_pickup: bool | None = None
    quiet_over: Threshold | None = None
    deliver_late_over: Threshold | None = None
    transit_over: Threshold | None = None
    paid_over: Threshold | None = None
    receipt_days_up_to: Threshold | None = None
    receipt_hours_up_to: Threshold | None = None
    asked_days_up_to: Threshold | None = None
    in_warranty: bool | None = None
    no_reason: Literal["allowed", "excluded"] | None = None
    opened: bool | None = None
    worthless: bool | None = None
    spoilt: bool | None = None
    part_only: bool | None = None
    number_changed: bool | None = None
    remark: bool | None = None
    going_back: bool | None = None
    fee_wanted: bool | None = None
    on_site: bool | None = None
    signed_by: frozenset[Literal["self", "other", "unknown"]] | None = None
    parcel_under_way: bool | None = None
    partly_received: bool | None = None
    weight: frozenset[Literal["short", "fits", "unknown"]] | None = None
    bad_share_over: Share | None = None
    gift: bool | None = None
    owed: frozenset[Owed] | None = None
    sent_back: bool | None = None
    money_held: bool | None = None
    all_returned: bool | None = None
    price_promised: bool | None = None
    price_protected: bool | None = None
    price_fell: bool | None = None
    goods_back: bool | None = None
    discount: frozenset[Literal["repaid", "below", "applied", "absent"]] | None = None
    payment_refunded: bool | None = None
    delay_paid: bool | None = None
    return_state: frozenset[ReturnState] | None = None
    return_waiting_over: Threshold | None = None
    invoice: frozenset[InvoiceState] | None = None


def _name_or_mapping(schema: dict[str, Any]) -> None:
    """Let the name of a formula alone stand for it, as the files write it."""
    mapping = dict(schema)
    schema.clear()
    schema["anyOf"] = [{"type": "string", "enum": sorted(FORMULAS)}, mapping]


class Amount(Part):
    """A formula by name, with the rate or share that it needs."""

    model_config = ConfigDict(json_schema_extra=_name_or_mapping)

    formula: Annotated[str, Field(json_schema_extra={"enum": sorted(FORMULAS)})]
    rate: str | None = None
    share: Share | None = None

    @model_validator(mode="before")
    @classmethod
    def _by_name(cls, value: object) -> object:
        return {"formula": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _known(self) -> Amount:
        if self.formula not in FORMULAS:
            raise ValueError(f"unknown formula {self.formula!r}; allowed: {_listed(FORMULAS)}")
        needed = FORMULAS[self.formula]
        given = {name for name in ("rate", "share") if getattr(self, name) is not None}
        if given != ({needed} - {""}):
            raise ValueError(f"formula {self.formula!r} takes {needed or 'no parameter'}")
        return self


class Option(Part):
    """One remedy of a rule, best for the customer first."""

    kind: RemedyKind
    amount: Amount | None = None  # money kinds only
    tier: Literal["statutory", "discretionary"] | None = None
    return_freight: Freight | Literal["no_reason"] = "none"
    within: str | None = None
    note: str | None = None  # what goes with it, shown to the customer and kept in `detail`

    @model_validator(mode="after")
    def _whole(self) -> Option:
        is_money = self.kind in MONEY_KINDS
        if is_money != (self.amount is not None) or is_money != (self.tier is not None):
            word = "needs" if is_money else "takes no"
            raise ValueError(f"kind {self.kind.value!r} {word} amount and tier")
        if (self.kind in FREIGHT_KINDS) != (self.return_freight != "none"):
            word = "needs" if self.kind in FREIGHT_KINDS else "takes no"
            raise ValueError(f"kind {self.kind.value!r} {word} return_freight")
        return self


class Rule(Part):
    """When which remedies are due; the first rule whose conditions hold decides."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)+$")]
    issues: Annotated[tuple[Issue, ...], Field(min_length=1)]
    intents: tuple[Intent, ...] | None = None
    when: When = When()
    needs: tuple[Missing, ...] = ()
    options: tuple[Option, ...] = ()
    without_photo: tuple[Option, ...] = ()
    escalate: Escalate | None = None
    liability: str
    ground: Sentence
    would_change: Sentence | None = None
    reasons: Annotated[tuple[Sentence, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _whole(self) -> Rule:
        if bool(self.options) == (self.escalate is not None):
            raise ValueError("give either options or escalate")
        if self.without_photo and "photo" not in self.needs:
            raise ValueError("without_photo is there, but needs does not ask for a photo")
        refuses = any(o.kind == RemedyKind.REJECT for o in self.options)
        if refuses and not self.would_change:
            raise ValueError("a rule that rejects must say in would_change what would change it")
        return self


class Liability(Part):
    """One cell of the 订单责任划分表: link × problem → who answers, who pays, and why."""

    link: str
    problem: str
    liable: Party
    cost_bearer: Party
    cause: str
    responsibility: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One edition of a policy, ready to be asked: a version as it stands for some platform.

    `others` are the editions that lie beside it; `governing` picks the one for an order.
    """

    version: str
    valid_from: date
    digest: str  # the name of its texts by their content
    files: Mapping[str, str]  # those texts, by file
    platform: str = ""  # its name; "" for the shop's own orders
    platform_orders: frozenset[str] = frozenset()  # what such orders carry as `platform`
    bettered: frozenset[str] = frozenset()  # the terms and rates that are the platform's
    others: tuple[Policy, ...] = ()
    defaults: Defaults
    limits: Limits
    bargaining: Bargaining
    rates: Mapping[str, Rate]
    within: Mapping[str, str]
    texts: Texts
    checked: Mapping[str, tuple[str, ...]]  # by type of issue: what was looked at
    escalations: Escalations
    max_options: int
    kind_names: Mapping[str, str]
    promised: Mapping[str, float | Literal["today"]]  # terms of `within` with a fixed deadline
    after_return: Mapping[str, float]  # terms in hours from the arrival of what is sent back
    recovery: Recovery
    causes: Mapping[str, str]
    liability: Mapping[str, Liability]
    rules: tuple[Rule, ...]
    rules_of: Mapping[str, tuple[Rule, ...]]  # by issue, in order
    patient_issues: frozenset[str]  # settled even where the order's facts contradict each other
    defers: Mapping[str, tuple[str, ...]]  # complaint about handling → faults that go before it

    def governing(self, order: OrderRecord) -> Policy:
        """Return the edition for the order: its platform's, as in force when it was placed.

        What was promised then binds (消费者权益保护法实施条例 12); an order older than every
        version is the first one's.
        """
        if not self.others:
            return self
        editions = (self, *self.others)
        placed = in_shop_zone(order.placed_at).date()
        begun = [e.valid_from for e in editions if e.valid_from <= placed]
        since = max(begun) if begun else min(e.valid_from for e in editions)
        of_then = [e for e in editions if e.valid_from == since]
        own = (e for e in of_then if order.platform and order.platform in e.platform_orders)
        return next(own, of_then[0])

    def newest(self) -> Policy:
        """Return the version that begins last, alone with its platforms' editions."""
        editions = (self, *self.others)
        last = max(e.valid_from for e in editions)
        first, *rest = (e for e in editions if e.valid_from == last)
        return replace(first, others=tuple(rest))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
