"""What goes back by the order's record alone: returns that were not granted here, and of what.

A return on record names no article. One of exactly what was paid for an article, or for some of
its pieces, and for no others, takes those back; of any other a person has to look.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from fractions import Fraction
from typing import Final

from bot.order_record import Line, OrderRecord, Return
from bot.remedies.given import Given

# Agreed to and not refunded yet; a mere request may still be refused.
UNDER_WAY: Final = frozenset({"approved", "shipped", "received"})


def took_back(order: OrderRecord, elsewhere: Iterable[Return]) -> tuple[Given, ...]:
    """Return what each return agreed to takes back, where its sum fits one article alone."""
    agreed = _of_several(order, elsewhere, UNDER_WAY | {"refunded"})
    fits = [_fitting(order.lines, back) for back in agreed]
    return tuple(found[0] for found in fits if len(found) == 1)


def in_doubt(order: OrderRecord, elsewhere: Iterable[Return]) -> frozenset[str]:
    """Return the articles that a refunded return may have taken back, and nobody knows which."""
    if sum(line.paid_fen > 0 for line in order.lines) < 2:
        return frozenset()
    doubted: set[str] = set()
    for back in _of_several(order, elsewhere, {"refunded"}):
        fits = _fitting(order.lines, back)
        if len(fits) != 1:
            skus = {str(one.sku) for one in fits}
            doubted |= skus or {line.sku for line in order.lines}
    return frozenset(doubted)


def _of_several(order: OrderRecord, elsewhere: Iterable[Return], states: Set[str]) -> list[Return]:
    """Return those in one of the states, of an order of which something can be left."""
    pieces = sum(line.quantity for line in order.lines if line.paid_fen)
    return [back for back in elsewhere if back.state in states] if pieces > 1 else []


def _fitting(lines: Sequence[Line], back: Return) -> list[Given]:
    """Return the articles, each with the number of its pieces, that cost what goes back."""
    return [
        Given(
            kind="return_refund", issue="none", amount_fen=back.amount_fen, sku=line.sku,
            quantity=pieces,
        )
        for line in lines
        for pieces in range(1, line.quantity + 1)
        if line.paid_fen and Fraction(line.paid_fen * pieces, line.quantity) == back.amount_fen
    ]  # fmt: skip
