"""What an order was granted before: which article it was for, and what it settled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final

from bot.order_record import Line, Payment
from nlp.labels import TYPE_OF

# The article itself goes back, or is given up for its price.
TAKEN_BACK: Final = frozenset({"refund", "return_refund"})
# The article stays, for less.
CHEAPER: Final = frozenset({"price_difference", "partial_refund"})
CORRECTING: Final = frozenset({"partial_refund", "freight"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One grant that stands; compensation and presents are no part of the price."""

    kind: str
    issue: str
    amount_fen: int
    sku: str | None = None  # the line it was for; None: not told, several, or the whole order
    skus: tuple[str, ...] = ()  # the several lines that it was for, where not all were
    quantity: int | None = None  # pieces of it; None: not told
    money: str | None = None  # statutory or discretionary
    pending: bool = False  # reserved while a person looks at it, and not given yet

    @property
    def is_correction(self) -> bool:
        """Tell whether it gave back what the order's own record shows as taken too much."""
        owed = self.money == "statutory" and self.kind in CORRECTING
        return owed and self._is_about_sums

    @property
    def is_for_goods(self) -> bool:
        """Tell whether it changed what the articles cost; a fee taken at the door is no price."""
        if self.kind == "partial_refund":
            return not self._is_about_sums
        return self.kind in TAKEN_BACK | CHEAPER

    @property
    def _is_about_sums(self) -> bool:
        return TYPE_OF.get(self.issue) == "amount" and self.issue != "price_drop"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineGiven:
    """What one line was granted: money off its price, and pieces that went back for a sum."""

    off_fen: int = 0
    gone: int = 0
    gone_fen: int = 0
    never_came: int = 0  # of the pieces gone: they were not sent back, and still earn a discount
    returned: int = 0  # of the pieces gone: they were sent back for their price
    returned_fen: int = 0
    # Of the money off: what the pieces gone had of it. Later money off is for those left alone.
    gone_off_fen: Fraction = Fraction(0)
    returned_off_fen: Fraction = Fraction(0)

    @property
    def kept_off_fen(self) -> Fraction:
        """Return the money off the price of the pieces that are left."""
        return self.off_fen - self.gone_off_fen


def still_counted(
    standing: Iterable[Mapping[str, Any]], payments: Iterable[Payment]
) -> tuple[Given, ...]:
    """Return the grants whose sums are told, as the ledger's rows have them.

    Refunds that the record shows as payments paid back are left out: it counts them itself.
    """
    told = ("kind", "issue", "amount_fen", "sku", "quantity", "money")
    left = [
        Given(
            **{name: row[name] for name in told},
            skus=tuple(row.get("skus") or ()),
            pending=row.get("pending", False),
        )
        for row in standing
        if "money" in row
    ]
    for payment in payments:
        match = next((one for one in left if _paid_back(one, payment)), None)
        if match:
            left.remove(match)
    return tuple(left)


def _paid_back(one: Given, payment: Payment) -> bool:
    refund = one.kind in {"refund", "partial_refund"}
    return (
        refund
        and not one.pending
        and payment.status == "refunded"
        and payment.amount_fen == one.amount_fen
    )


def by_line(lines: Sequence[Line], given: Iterable[Given]) -> tuple[LineGiven, ...]:
    """Return what each line was granted; what corrected the bill is none of it.

    What was for the whole order is shared out by what was paid; a difference of price of untold
    lines by how far each has fallen, first of all those whose price is promised.
    """
    done = [LineGiven() for _ in lines]
    for one in given:
        if not one.is_for_goods:
            continue
        named = [n for n, line in enumerate(lines) if line.sku in {one.sku, *one.skus}]
        at = named or list(range(len(lines)))
        told = one.quantity if named else None
        taken = [0] * len(at)
        if _takes_pieces(one, [lines[n] for n in named]):
            taken = _spent(told, [lines[n].quantity - done[n].gone for n in at])
        parts = shared_out(one.amount_fen, _weights([lines[n] for n in at], taken, one))
        for n, pieces, part in zip(at, taken, parts, strict=True):
            if one.kind in TAKEN_BACK or any(taken):
                done[n] = _less(done[n], lines[n], one.kind, pieces, part)
            else:
                done[n] = replace(done[n], off_fen=done[n].off_fen + part)
    return tuple(done)


def _less(of_it: LineGiven, line: Line, kind: str, pieces: int, fen: int) -> LineGiven:
    """Return what the line was granted once so many more pieces are gone for a sum.

    They take along their part of the money that was off the line's price until then.
    """
    there = line.quantity - of_it.gone
    off_fen = of_it.kept_off_fen * Fraction(pieces, there) if there else Fraction(0)
    less = replace(
        of_it,
        gone=of_it.gone + pieces,
        gone_fen=of_it.gone_fen + fen,
        gone_off_fen=of_it.gone_off_fen + off_fen,
        never_came=of_it.never_came + (0 if kind in TAKEN_BACK else pieces),
    )
    if kind != "return_refund":
        return less
    return replace(
        less,
        returned=of_it.returned + pieces,
        returned_fen=of_it.returned_fen + fen,
        returned_off_fen=of_it.returned_off_fen + off_fen,
    )


def _takes_pieces(one: Given, named: Sequence[Line]) -> bool:
    """Tell whether pieces are no longer there: they went back, or never came and were paid for.

    How many are missing must be told, or be plain from the only one that was bought.
    """
    counted = one.quantity is not None or sum(line.quantity for line in named) == 1
    never_came = one.kind == "partial_refund" and one.issue == "missing_item"
    return one.kind in TAKEN_BACK or (never_came and bool(named) and counted)


def _spent(told: int | None, there: Sequence[int]) -> list[int]:
    """Return how many pieces of each line are meant, the first lines first; all when untold."""
    if told is None:
        return list(there)
    before = [sum(there[:n]) for n in range(len(there))]
    return [max(0, min(here, told - earlier)) for here, earlier in zip(there, before, strict=True)]


def _weights(lines: Sequence[Line], taken: Sequence[int], one: Given) -> list[int]:
    paid = [line.paid_fen for line in lines]
    if any(taken):
        of_taken = [
            line.paid_fen * pieces // line.quantity
            for line, pieces in zip(lines, taken, strict=True)
        ]
        return of_taken if any(of_taken) else paid
    if one.kind != "price_difference":
        return paid
    falls = [fall_fen(line) for line in lines]
    promised = [
        fall if line.price_protect_days else 0 for line, fall in zip(lines, falls, strict=True)
    ]
    return next((weights for weights in (promised, falls) if any(weights)), paid)


def fall_fen(line: Line) -> int:
    """Return what the line costs less today by the record alone, whatever was granted for it."""
    if line.current_price_fen is None:
        return 0
    return max(0, line.paid_fen - line.current_price_fen * line.quantity)


def shared_out(total_fen: int, weights: Sequence[int]) -> list[int]:
    """Share a sum out by weight, to the fen; the last one with a weight bears the rounding."""
    whole = sum(weights)
    parts = [int(total_fen * Fraction(weight, whole)) if whole else 0 for weight in weights]
    last = max((n for n, weight in enumerate(weights) if weight), default=None)
    if last is not None:
        parts[last] += total_fen - sum(parts)
    return parts
