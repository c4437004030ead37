"""The 订单责任划分表: who answers to the customer, who pays at last, and the probable cause."""

from __future__ import annotations

from bot.remedies.case import Case
from bot.remedies.rulebook import Liability, Party, Rule


def liability_of(rule: Rule, case: Case) -> Liability:
    """Return the cell that the rule names, with the cost borne by a party that exists.

    An order of the shop's own has no platform to recover from: the shop bears the cost itself.
    """
    cell = case.policy.liability[rule.liability]
    return cell.model_copy(update={"cost_bearer": _existing(cell.cost_bearer, case)})


def _existing(bearer: Party, case: Case) -> Party:
    return "shop" if bearer == "platform" and not case.order.platform else bearer
