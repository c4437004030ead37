"""The order of rights: law, then platform, then shop; of two figures the better one wins.

What a customer is owed by any of the three is owed; so a platform's figure can only add to the
shop's, and neither may stand below the law's (民法典 153, 消费者权益保护法 16 and 26).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

from bot.remedies.rulebook import Defaults, Rate

# Which way a figure is better for the customer: a longer term to claim, a shorter one to wait.
BETTER: Final[Mapping[str, Literal["more", "less"]]] = {
    "ship_hours": "less", "no_pickup_hours": "less", "oos_after_late_hours": "less",
    "quiet_hours": "less", "no_update_hours": "less", "lost_hours": "less",
    "transit_hours": "less", "very_late_hours": "less", "return_review_hours": "less",
    "return_approve_hours": "less", "refund_legal_days": "less", "bank_hours": "less",
    "virtual_hours": "less", "no_reason_days": "more", "quality_return_days": "more",
    "quality_exchange_days": "more", "after_sale_days": "more", "missing_report_days": "more",
    "not_received_days": "more", "fresh_report_hours": "more", "fresh_hidden_hours": "more",
}  # fmt: skip
# What no shop can promise away: the figure, and where it stands.
LAW: Final[Mapping[str, tuple[float, str]]] = {
    "no_reason_days": (7, "消费者权益保护法第25条"),
    "quality_return_days": (7, "消费者权益保护法第24条"),
    "quality_exchange_days": (15, "部分商品修理更换退货责任规定"),
    "refund_legal_days": (7, "消费者权益保护法第25条"),
    "return_review_hours": (168, "消费者权益保护法第25条"),
}
_LAW_WARRANTY: Final = {"phone": 365, "pc": 365, "appliance": 365}


def below_the_law(defaults: Defaults) -> tuple[str, str] | None:
    """Return the first figure that gives less than the law, as (key, objection); else None."""
    for name, (figure, article) in LAW.items():
        value = getattr(defaults, name)
        if better(name, figure, value) != value:
            return name, f"{value:g} gives less than the law's {figure:g} ({article})"
    for category, days in _LAW_WARRANTY.items():
        given = getattr(defaults.warranty_days, category)
        if given < days:
            return f"warranty_days.{category}", f"{given} days are below the law's {days} (三包)"
    return None


def better(name: str, one: float, other: float) -> float:
    """Return the figure that is better for the customer."""
    return max(one, other) if BETTER[name] == "more" else min(one, other)


def best_defaults(shop: Defaults, platform: Mapping[str, float]) -> tuple[Defaults, set[str]]:
    """Return the shop's terms bettered by the platform's, and which of them the platform gave."""
    bettered = {
        name: figure
        for name, figure in platform.items()
        if better(name, figure, getattr(shop, name)) != getattr(shop, name)
    }
    return _with(shop, bettered), set(bettered)


def best_rates(
    shop: Mapping[str, Rate], platform: Mapping[str, Rate]
) -> tuple[dict[str, Rate], set[str]]:
    """Return the rates that pay at least what either does, and which the platform bettered."""
    best = {name: _best_rate(rate, platform.get(name, rate)) for name, rate in shop.items()}
    return best, {name for name, rate in best.items() if rate != shop[name]}


def _best_rate(one: Rate, other: Rate) -> Rate:
    return Rate(
        rate=max(one.rate, other.rate),
        min_yuan=max(one.min_yuan, other.min_yuan),
        max_yuan=max(one.max_yuan, other.max_yuan),
    )


def _with(defaults: Defaults, changes: Mapping[str, Any]) -> Defaults:
    return defaults.model_copy(update=dict(changes))


def ladder_faults(defaults: Defaults) -> Iterable[tuple[str, str]]:
    """Yield terms that contradict each other: a later step must not come before an earlier."""
    for first, then in _LADDERS:
        low, high = getattr(defaults, first), getattr(defaults, then)
        if low > high:
            yield f"defaults.{first}", f"{low:g} is above {then} ({high:g})"
    ends = [step.up_to for step in defaults.fresh_steps]
    if ends != sorted(set(ends)) or ends[-1:] != [1]:
        yield "defaults.fresh_steps", "up_to must rise from step to step and end at 1"
    rates = [step.rate for step in defaults.fresh_steps]
    if rates != sorted(rates):
        yield "defaults.fresh_steps", "a larger bad share must not get a smaller rate"


_LADDERS: Final = (
    ("quality_return_days", "quality_exchange_days"),
    ("quiet_hours", "no_update_hours"),
    ("no_update_hours", "lost_hours"),
    ("fresh_report_hours", "fresh_hidden_hours"),
    ("missing_report_days", "after_sale_days"),
)
