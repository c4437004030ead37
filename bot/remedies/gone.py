"""Whether an option stands on an article that is gone, may be, or of which a part is meant."""

from __future__ import annotations

from typing import Final

from bot.order_record import ENDS_ORDER
from bot.remedies.case import Case
from bot.remedies.given import Given
from bot.remedies.returned import in_doubt, took_back
from bot.remedies.verdict import RemedyKind, RemedyOption, Verdict
from nlp.labels import NONE

# Kinds for which an article is sent, to the customer or by them.
SENT: Final = frozenset(
    {RemedyKind.RETURN_REFUND, RemedyKind.EXCHANGE, RemedyKind.REPAIR, RemedyKind.RESHIP}
)
TRIFLE_FEN: Final = 100


def needs_a_look(verdict: Verdict, case: Case) -> bool:
    """Tell whether a person must first see what it is about.

    That is which article a refunded return took back, or what the part is worth that is missing.
    """
    doubted = case.claim.lacks_part or _may_be_gone(case)
    doubted = doubted or _is_mocked(verdict, case)
    return doubted and any(_is_for_goods(one, case) for one in verdict.options)


def _is_mocked(verdict: Verdict, case: Case) -> bool:
    """Tell whether a few fen are all that a missing piece would bring: one of a puzzle's 1000.

    Its share of the price is no measure of what the rest is worth without it.
    """
    sums = [one.amount_fen for one in verdict.options if one.amount_fen]
    sent = any(one.kind in SENT for one in verdict.options)
    lacks = case.claim.issue == "missing_item" and not sent
    return lacks and bool(sums) and max(sums) < TRIFLE_FEN


def _may_be_gone(case: Case) -> bool:
    if case.is_sent_back and _is_refunded(case):
        return True
    doubted = in_doubt(case.order, case.elsewhere)
    if any(line.sku in doubted for line in case.lines):
        return True
    gone = {one.sku for one in took_back(case.order, case.elsewhere)}
    spent = [line for line in case.lines if line.sku in gone and case.net_of(line)[0] == 0]
    return case.knows_item and bool(spent)


def _is_refunded(case: Case) -> bool:
    """Tell whether the latest return was paid, and more is now claimed than what it lacks."""
    entry, settled = case.facts.last_return, {NONE, "refused"}  # by rules of their own
    return entry is not None and entry.state == "refunded" and case.claim.issue not in settled


def _is_for_goods(option: RemedyOption, case: Case) -> bool:
    """Tell whether it is for an article, and not what is left, a return or a sum of the bill."""
    if option.kind in SENT:
        return True
    of_price = Given(kind=option.kind.value, issue=case.claim.issue, amount_fen=0)
    paid_return = option.kind == RemedyKind.REFUND and "return_no" in option.detail
    return of_price.is_for_goods and ENDS_ORDER not in option.detail and not paid_return
