"""What the goods that stayed cost after all, once an earlier return was settled on them.

A return without fault is settled by what the goods kept would have cost alone (七日无理由退货暂行
办法 17): where they no longer reach a discount, they have been charged at their full price.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from bot.order_record import Line
from bot.remedies.given import LineGiven, shared_out


def left_of(
    lines: Sequence[Line], given_on: Sequence[LineGiven], corrected_on: Sequence[int]
) -> list[tuple[int, int]]:
    """Return for each line the pieces that the customer has, and what they cost after all.

    What a return brought less than the share of its pieces, or more, falls to the goods kept;
    none of them costs more than its price, and all together no more than was paid for them.
    Money off the pieces that are left changes what they cost, and nothing else.
    """
    told = list(zip(lines, given_on, corrected_on, strict=True))
    there = [line.quantity - of_it.gone for line, of_it, _ in told]
    settled = [_settled_fen(*of_line) for of_line in told]
    cost = [
        max(Fraction(0), line.paid_fen - of_it.gone_off_fen - corrected - of_it.gone_fen - moved)
        if left
        else Fraction(0)
        for (line, of_it, corrected), moved, left in zip(told, settled, there, strict=True)
    ]
    room = [
        # Gifts stay free.
        max(0, math.floor(line.unit_price_fen * left - fen)) if line.paid_fen else 0
        for line, fen, left in zip(lines, cost, there, strict=True)
    ]
    falls = sum(settled)
    if falls > 0:
        borne = shared_out(min(falls, sum(room)), room)
    else:
        whole = [math.floor(fen) for fen in cost]
        borne = [-fen for fen in shared_out(min(-falls, sum(whole)), whole)]
    return [
        (left, max(0, math.floor(fen + part - of_it.kept_off_fen + Fraction(1, 2))))
        for left, fen, part, of_it in zip(there, cost, borne, given_on, strict=True)
    ]


def _settled_fen(line: Line, of_it: LineGiven, corrected_fen: int) -> int:
    """Return what the pieces sent back cost by their share, less what was refunded for them.

    Only a discount makes a difference; whatever else a refund left stays with its line.
    """
    if not corrected_fen and line.paid_fen >= line.unit_price_fen * line.quantity:
        return 0
    share = Fraction((line.paid_fen - corrected_fen) * of_it.returned, line.quantity)
    return math.floor(share - of_it.returned_off_fen + Fraction(1, 2)) - of_it.returned_fen
