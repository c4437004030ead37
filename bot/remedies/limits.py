"""Who may release what: the bot's own limits, and the people above them (policy §3.5).

Money is *statutory* where the order's record proves that it is owed, or where the goods come back
first; where only the customer's word stands for it, it is *discretionary*, whatever the law says
of the matter itself.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal

from bot.remedies.amounts import claimed_paid_fen, part_fen, yuan_fen
from bot.remedies.case import Case
from bot.remedies.rulebook import Amount, Limits
from bot.remedies.verdict import RemedyKind, Tier

# Presents rather than debts: an order's together are capped at 30 % of what was paid and ¥200
# (抖音总则 66).
GIFTS: Final = frozenset({RemedyKind.GOODWILL, RemedyKind.COUPON})
# Sums after which the customer keeps nothing that was paid for, or that a second payment proves.
ENDING: Final = frozenset({"paid_all", "double_charge"})
FOR_THE_GOODS: Final = frozenset({"paid_item", "paid_return"})


def capped_fen(kind: RemedyKind, amount_fen: int, case: Case, formula: str | None = None) -> int:
    """Return the sum within the cap of its kind and within what may still be paid out.

    What is kept for the returns under way is there for the one that is paid now.
    """
    if kind in GIFTS:
        cap = case.policy.limits.goodwill
        share = part_fen(case.facts.sums.received_fen, cap.rate)
        before_fen = sum(one.amount_fen for one in case.given if one.kind in GIFTS)
        amount_fen = min(amount_fen, min(share, yuan_fen(cap.max_yuan)) - before_fen)
    kept_fen = 0 if formula != "return_owed" else min(amount_fen, case.returning_fen)
    return max(0, min(amount_fen, case.remaining_fen + kept_fen))


def tier_of(
    kind: RemedyKind,
    money: Literal["statutory", "discretionary"] | None,
    amount_fen: int,
    case: Case,
    formula: Amount | None = None,
) -> Tier:
    """Return who releases the remedy, whose sum follows from that formula.

    Goods sent again count at their price; an exchange does not, its goods come back first.
    Other kinds without money are the bot's.
    """
    limits = case.policy.limits
    if kind == RemedyKind.RESHIP:
        value = claimed_paid_fen(case)
        return "bot" if value <= yuan_fen(limits.reship_yuan) else "L2"
    if money is None:
        return "bot"
    if money == "discretionary":
        return _discretionary(limits, amount_fen, case.granted_fen)
    return _statutory(limits, amount_fen, case, formula.formula if formula else None)


def _statutory(limits: Limits, amount_fen: int, case: Case, formula: str | None) -> Tier:
    """Release by rule what is owed; a second payment on an order is looked at by a person.

    The sum granted before may be part of what seems owed now. Where everything that is left
    goes back and nothing is kept for it, nothing can be paid twice.
    """
    if amount_fen > yuan_fen(limits.supervisor_statutory_yuan):
        return "S"
    if amount_fen > yuan_fen(limits.statutory_yuan):
        return "L2"
    ends = formula in ENDING or (formula in FOR_THE_GOODS and case.keeps_nothing)
    again = case.granted_fen > 0 and not (ends and amount_fen == case.remaining_fen)
    if not again:
        return "bot"
    return "L1" if amount_fen <= yuan_fen(limits.agent_yuan) else "L2"


def _discretionary(limits: Limits, amount_fen: int, granted_fen: int) -> Tier:
    """Count the order's earlier grants too: the bot's limit is a whole order's."""
    total = Decimal(amount_fen + granted_fen) / 100
    if total <= limits.bot_yuan:
        return "bot"
    if total <= limits.agent_yuan:
        return "L1"
    return "L2" if total <= limits.supervisor_yuan else "S"
