"""How much, to the fen: the named formulas that rules refer to (policy §3.4).

Every formula returns integer fen ≥ 0; shares are rounded half up. What may be paid out at most
is not decided here but in `assess`, once for all of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from bot.order_record import Line
from bot.remedies.case import Case, is_excluded, is_gift
from bot.remedies.rulebook import Amount, Rate
from bot.remedies.sums import is_earned, is_protected


def amount_fen(amount: Amount, case: Case) -> int:
    """Return the sum that the formula gives for the case, in fen."""
    if amount.formula == "clamp":
        return clamp_fen(case.policy.rates[str(amount.rate)], _paid_base_fen(case))
    if amount.formula == "share":
        cap = case.policy.defaults.partial_refund_cap
        return _share_fen(case, min(amount.share or Decimal(0), cap))
    return SUMS[amount.formula](case)


def raised_fen(amount: Amount, case: Case, step: int) -> int:
    """Return the sum after so many concessions (from 1 on); the last step stands for all beyond.

    A formula that follows the order's facts has no steps: its sum stays what it is.
    """
    steps = case.policy.bargaining
    if amount.formula == "share":
        cap = case.policy.defaults.partial_refund_cap
        above = [s for s in steps.shares if (amount.share or 0) < s <= cap]
        return _share_fen(case, _at(above, step)) if above else 0
    if amount.formula == "clamp" and steps.times:
        rate = case.policy.rates[str(amount.rate)]
        raised = part_fen(clamp_fen(rate, _paid_base_fen(case)), _at(steps.times, step))
        return min(raised, yuan_fen(rate.max_yuan))
    return 0


def _at(steps: Sequence[Decimal], step: int) -> Decimal:
    return steps[min(step, len(steps)) - 1]


def owed_fen(name: str, case: Case) -> int:
    """Return what is owed under that head, in fen; 0 when nothing is."""
    return SUMS[name](case)


def part_fen(total_fen: int, share: Decimal | Fraction) -> int:
    """Return that share of the sum, rounded half up to the fen."""
    exact = total_fen * Fraction(share)
    return int((2 * exact + 1) // 2)


def clamp_fen(rate: Rate, base_fen: int) -> int:
    """Return rate × base, not below the rate's minimum nor above its maximum, in fen."""
    share = part_fen(base_fen, rate.rate)
    return max(yuan_fen(rate.min_yuan), min(share, yuan_fen(rate.max_yuan)))


def yuan_fen(yuan: Decimal) -> int:
    """Return yuan in fen."""
    return int(yuan * 100)


def claimed_paid_fen(case: Case) -> int:
    """Return what was paid for the pieces complained of; for all of a line while not counted."""
    return _paid_for(case, case.lines, case.told)


def _share_fen(case: Case, share: Decimal) -> int:
    """Return the share of what is complained of, for goods that stay with the customer.

    Of a pack it is the share of all of it, for two broken cups spoil the set of six; but never
    more than the broken pieces are worth, so that two cans do not pay for five.
    """
    touched = None if case.told is None else math.ceil(case.told)
    return min(part_fen(_paid_for(case, case.lines, touched), share), claimed_paid_fen(case))


def _paid_for(case: Case, lines: Iterable[Line], quantity: Fraction | int | None) -> int:
    """Return what so many pieces of the lines cost, less what was given back; all when None."""
    total = 0
    for line, pieces in _pieces(case, lines, quantity):
        there, paid_fen = case.net_of(line)
        # Pieces that went back take along what their refund left of them.
        total += part_fen(paid_fen, Fraction(pieces, there)) if there else 0
    return total


def _pieces(
    case: Case, lines: Iterable[Line], quantity: Fraction | int | None
) -> Iterable[tuple[Line, Fraction | int]]:
    """Yield each line with how many of its pieces are meant: the first lines first."""
    left = quantity
    for line in lines:
        there = case.net_of(line)[0]
        pieces = there if left is None else max(0, min(left, there))
        left = None if left is None else left - pieces
        yield line, pieces


def _paid_base_fen(case: Case) -> int:
    """Return 实付 as rates apply to it: what came in, without what came in by mistake."""
    return min(case.facts.sums.received_fen, case.facts.sums.should_fen)


def _paid_item(case: Case) -> int:
    """Return what goes back for faulty goods: with them the freight, when they were all."""
    return case.facts.sums.received_fen if case.is_whole_order else claimed_paid_fen(case)


def _paid_return(case: Case) -> int:
    """Return what goes back for goods without fault, by 七日无理由退货暂行办法 17.

    That is what was paid in all, less what was given back and what the goods kept would have cost
    at the purchase. The freight out stays with the customer.
    """
    lines, discounts = case.order.lines, case.order.discounts
    applied = sum(d.cut_fen for d in discounts if d.applied)
    paid = min(sum(line.paid_fen for line in lines), max(0, case.order.goods_fen - applied))
    kept, settled, worth = [], sum(case.corrected_on), 0
    for line, of_it, back in zip(lines, case.given_on, going_back(case), strict=True):
        there = line.quantity - of_it.gone
        kept.append(there - back)
        # What the pieces that stay were lowered by is part of what they cost.
        stays = of_it.kept_off_fen * Fraction(there - back, there) if there else Fraction(0)
        settled += of_it.gone_fen + part_fen(1, of_it.off_fen - stays)
        price = Fraction(max(line.paid_fen, line.unit_price_fen * line.quantity), line.quantity)
        off = of_it.kept_off_fen / there if there else Fraction(0)
        worth += part_fen(back, max(Fraction(0), price - off))
    back = min(worth, paid - settled - _kept_cost_fen(case, kept))
    return max(0, back - kept_gifts_fen(case))


def kept_gifts_fen(case: Case) -> int:
    """Return the declared value of gifts that stay though all else goes back (暂行办法 12)."""
    if not (case.claim.keeps_gift and case.keeps_nothing):
        return 0
    return sum(line.declared_value_fen or 0 for line in case.order.lines if is_gift(line))


def going_back(case: Case) -> list[int]:
    """Return how many pieces of each line of the order are to go back now."""
    returnable = [line for line in case.lines if not is_excluded(line)]
    told = list(_pieces(case, returnable, case.told))
    # A part of a piece does not come back alone.
    return [math.ceil(sum(n for one, n in told if one is line)) for line in case.order.lines]


def _kept_cost_fen(case: Case, kept: Sequence[int]) -> int:
    """Return what so many pieces of each line would have cost alone at the purchase.

    A discount with a threshold stays whole while they reach it and is lost otherwise; any other
    stays with its line, as it was shared out. Gifts count nothing.
    """
    bought = zip(case.order.lines, kept, case.given_on, strict=True)
    # What never came was not sent back: it counts for a threshold, and costs nothing.
    stay = [(line, n, n + of_it.never_came) for line, n, of_it in bought if line.paid_fen]
    cut_lines = [line for line, *_ in stay if line.paid_fen < line.unit_price_fen * line.quantity]
    goods = sum(line.unit_price_fen * n for line, n, _ in stay)
    paid = sum(part_fen(line.paid_fen, Fraction(n, line.quantity)) for line, n, _ in stay)
    # A discount that only some of the lines bore is one on those.
    under = sum(
        line.unit_price_fen * n for line, _, n in stay if line in cut_lines or not cut_lines
    )
    applied = [d for d in case.order.discounts if d.applied]
    all_cuts = sum(d.cut_fen for d in applied)
    with_threshold = [d for d in applied if d.threshold_fen is not None]
    cuts = sum(d.cut_fen for d in with_threshold)
    borne = part_fen(max(0, goods - paid), Fraction(cuts, all_cuts)) if all_cuts else 0
    held = sum(d.cut_fen for d in with_threshold if is_earned(d, under))
    reached = sum(line.unit_price_fen * n for line, _, n in stay)
    return max(0, paid + min(borne, cuts) - held - _regained_fen(case, reached))


def _regained_fen(case: Case, goods_fen: int) -> int:
    """Return what the goods kept still earn of discounts that were given back later."""
    late = [d for d in case.order.discounts if not d.applied and is_earned(d, goods_fen)]
    return min(sum(d.cut_fen for d in late), sum(case.corrected_on))


def _price_drop(case: Case) -> int:
    facts = case.facts
    protected = [line for line in case.lines if is_protected(line, facts.paid_at, facts.now)]
    return sum(case.fall_of(line) for line in protected)


def _return_owed(case: Case) -> int:
    """Return what a return is overdue with; one granted here is in the ledger already."""
    entry = case.facts.last_return
    received = entry is not None and entry.state == "received" and entry in case.elsewhere
    return entry.amount_fen if entry and received else 0


def _return_short(case: Case) -> int:
    """Return what a refunded return lacks; known only where it took back the one article."""
    entry, lines = case.facts.last_return, case.order.lines
    if entry is None or entry.state != "refunded" or len(lines) > 1 or lines[0].quantity > 1:
        return 0
    return max(0, lines[0].paid_fen - entry.amount_fen)


def _missing_pieces(case: Case) -> int:
    return _paid_for(case, case.lines, _told_or_known(case))


def _told_or_known(case: Case) -> Fraction | int:
    return case.quantity or 0 if case.pieces is None else case.pieces


def _gift_value(case: Case) -> int:
    """Return the declared value of the pieces missing (a line's value is for all its pieces)."""
    pieces = _told_or_known(case)
    return sum(
        part_fen(line.declared_value_fen or 0, Fraction(min(pieces, line.quantity), line.quantity))
        for line in case.lines
    )


def _fresh_steps(case: Case) -> int:
    """Return the step of the shop's table that the bad share falls into, of what was paid."""
    share = case.bad_share
    if not share:
        return 0
    steps = case.policy.defaults.fresh_steps
    rate = next((step.rate for step in steps if share <= step.up_to), Decimal(1))
    return part_fen(_paid_for(case, case.lines, None), rate)


SUMS: Final[Mapping[str, Callable[[Case], int]]] = {
    "paid_all": lambda case: case.remaining_fen,
    "paid_item": _paid_item,
    "paid_return": _paid_return,
    "price_drop": _price_drop,
    "overcharge": lambda case: case.facts.sums.overcharge_fen,
    "discount_missing": lambda case: case.facts.sums.discount_missing_fen,
    "double_charge": lambda case: case.facts.sums.double_charge_fen,
    "freight": lambda case: case.facts.sums.freight_wrong_fen,
    "return_owed": _return_owed,
    "return_short": _return_short,
    "fee_claimed": lambda case: case.claim.amount_fen or 0,
    "missing_pieces": _missing_pieces,
    "gift_value": _gift_value,
    "fresh_steps": _fresh_steps,
}
