"""One claim on one order at one moment: everything that a rule may look at."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from bot.order_record import MULTIPLE, Line, OrderRecord, Return
from bot.remedies.claim import Claim
from bot.remedies.facts import NO_REASON_EXCLUDED, Facts
from bot.remedies.given import Given, LineGiven, by_line, shared_out
from bot.remedies.kept import left_of
from bot.remedies.packs import pieces_in
from bot.remedies.returned import UNDER_WAY
from bot.remedies.rulebook import Policy
from bot.remedies.sums import is_earned
from bot.remedies.weights import Balance, pieces_short
from nlp.numerals import MOSTLY, PARTS_AT_MOST

_MOST = Fraction(str(MOSTLY))  # 大半 is no count


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a rule may look at; `lines` are those complained of, all of them while unknown."""

    policy: Policy
    order: OrderRecord
    claim: Claim
    facts: Facts
    granted_fen: int
    lines: tuple[Line, ...]
    knows_item: bool
    # The grants that make up `granted_fen`, as far as told, and what went back elsewhere.
    given: tuple[Given, ...] = ()
    elsewhere: tuple[Return, ...] = ()  # the returns on record that were not granted here

    @property
    def given_on(self) -> tuple[LineGiven, ...]:
        """What each line of the order was granted before, in their order."""
        return by_line(self.order.lines, self.given)

    @property
    def corrected_on(self) -> list[int]:
        """What each line became cheaper by when discounts left out at first were given back."""
        goods = self.order.goods_fen
        lacking = sum(
            d.cut_fen for d in self.order.discounts if not d.applied and is_earned(d, goods)
        )
        prices = [line.unit_price_fen * line.quantity for line in self.order.lines]
        return shared_out(min(lacking, self.facts.sums.discounted_fen), prices)

    def net_of(self, line: Line) -> tuple[int, int]:
        """Return the pieces of the line that the customer has, and what they cost after all."""
        at = next(n for n, one in enumerate(self.order.lines) if one is line)
        return left_of(self.order.lines, self.given_on, self.corrected_on)[at]

    def fall_of(self, line: Line) -> int:
        """Return what the line would cost less today; 0 when it did not get cheaper."""
        pieces, paid_fen = self.net_of(line)
        if line.current_price_fen is None:
            return 0
        return max(0, paid_fen - line.current_price_fen * pieces)

    @property
    def held_fen(self) -> int:
        """What the shop keeps: what came in, less what was granted or went back elsewhere."""
        returned = sum(r.amount_fen for r in self.elsewhere if r.state == "refunded")
        return max(0, self.facts.sums.received_fen - self.granted_fen - returned)

    @property
    def returning_fen(self) -> int:
        """What of that goes back for returns under way that were agreed to elsewhere."""
        under_way = sum(r.amount_fen for r in self.elsewhere if r.state in UNDER_WAY)
        return min(self.held_fen, under_way)

    @property
    def remaining_fen(self) -> int:
        """What may still be paid out, which the order book counts in the same way."""
        return self.held_fen - self.returning_fen

    @property
    def pending_fen(self) -> int:
        """What is reserved of the granted sum while a person looks at it: nobody has it yet."""
        counted = sum(
            one.amount_fen for one in self.given if one.pending and one.money != MULTIPLE
        )
        return min(counted, self.granted_fen)

    @property
    def is_all_returned(self) -> bool:
        """Tell whether something was paid and none of it is left with the shop."""
        ever_paid = sum(p.amount_fen for p in self.order.payments if p.status != "failed")
        return ever_paid > 0 and self.held_fen == 0

    @property
    def is_sent_back(self) -> bool:
        """Tell whether all that was bought is back at the shop: one piece, whose return came.

        Of several pieces a return on record does not say which it took back.
        """
        pieces = sum(line.quantity for line in self.order.lines if not is_gift(line))
        entry = self.facts.last_return
        return pieces == 1 and entry is not None and entry.state in {"received", "refunded"}

    @property
    def bought(self) -> int:
        """Pieces bought of what is complained of."""
        return sum(line.quantity for line in self.lines)

    @property
    def pieces(self) -> Fraction | None:
        """Pieces told, a part of one among them; None where none are or it is unclear how many.

        Two cans are a part of a pack that holds 24; half of six cups are three.
        """
        if self.claim.quantity is None:
            return self._pieces_of_share
        told, unit = max(0, self.claim.quantity), self.claim.quantity_unit
        titles = {line.title for line in self.lines}
        return pieces_in(titles.pop(), told, unit) if len(titles) == 1 else Fraction(told)

    @property
    def _pieces_of_share(self) -> Fraction | None:
        """Whole pieces that the bad share of several makes; fresh goods are weighed instead."""
        share = self._told_share
        if share is None or share in {0, 1} or self.bought < 2 or self._is_fresh:
            return None
        of_them = share.limit_denominator(PARTS_AT_MOST) * self.bought
        return of_them if of_them.denominator == 1 and share != _MOST else None

    @property
    def is_uncounted(self) -> bool:
        """Tell whether pieces are spoken of, and it is unclear how many of those bought."""
        if self._is_fresh or self.pieces is not None:
            return False
        if self.claim.quantity is not None:
            return True
        some = self.claim.uncounted or self._told_share not in {None, 0, 1}
        return some and self.bought > 1

    @property
    def is_part_of_piece(self) -> bool:
        """Tell whether some of what one piece holds is meant, which cannot be sent alone."""
        return self.pieces is not None and self.pieces.denominator > 1

    @property
    def quantity(self) -> int | None:
        """Pieces complained of, a part counted as one; None while unknown.

        Never more than were bought: of a single piece more cannot be missing.
        """
        pieces, bought = self.pieces, self.bought
        if pieces is None:
            return bought if bought == 1 and not self.is_uncounted else None
        if pieces > bought and self.claim.issue == "missing_item":
            return None
        return min(math.ceil(pieces), bought)

    @property
    def _is_fresh(self) -> bool:
        return any(line.category == "fresh" for line in self.lines)

    @property
    def _told_share(self) -> Fraction | None:
        share = self.claim.bad_share
        if share is None or not math.isfinite(share):
            return None
        return min(Fraction(1), max(Fraction(0), Fraction(str(share))))

    @property
    def bad_share(self) -> Fraction | None:
        """The bad part of the goods, as told or from the pieces named; None while unknown."""
        told, pieces, bought = self._told_share, self.pieces, self.bought
        # All of one box, of three that were bought: 那一箱全坏了.
        if told is not None and not (told == 1 and pieces and pieces < bought):
            return told
        # Ten oranges of one box: the pieces that are told of are not those that were bought.
        if self.claim.quantity is None or pieces is None or pieces > bought:
            return None
        return None if bought == 1 and not self.is_part_of_piece else pieces / bought

    @property
    def balance(self) -> Balance:
        """What the scale says of the claim: too light a parcel proves no more pieces than fit."""
        balance = self.facts.weights.balance
        if balance != "short" or self.claim.quantity is None or not self.knows_item:
            return balance
        proven = sum(pieces_short(self.order, line) for line in self.lines)
        return "short" if self.quantity is not None and self.quantity <= proven else "unknown"

    @property
    def told(self) -> Fraction | int | None:
        """Pieces told, or merely the number where it is unclear how many those are."""
        return self.claim.quantity if self.pieces is None else self.pieces

    @property
    def is_whole_order(self) -> bool:
        """Tell whether the claim takes in everything that was bought, gifts aside."""
        rest = [line for line in self.order.lines if line not in self.lines and not is_gift(line)]
        return not rest and self.told in {None, self.bought}

    @property
    def keeps_nothing(self) -> bool:
        """Tell whether nothing stays with the customer after this claim and what went before."""
        kept = [self.net_of(line)[0] for line in self.order.lines if not is_gift(line)]
        claimed = sum(self.net_of(line)[0] for line in self.lines if not is_gift(line))
        return sum(kept) == claimed and self.told in {None, claimed}


def is_gift(line: Line) -> bool:
    """Tell whether the line came free with the others."""
    return line.declared_value_fen is not None and line.paid_fen == 0


def is_excluded(line: Line) -> bool:
    """Tell whether the 7-day return is excluded: by nature, or confirmed at purchase."""
    return line.category in NO_REASON_EXCLUDED or line.no_reason_excluded is True


def claimed_lines(order: OrderRecord, claim: Claim) -> tuple[tuple[Line, ...], bool]:
    """Return the lines complained of, and whether that is known.

    A customer of an order with one article and a gift means the article, unless something is
    missing: then it may be the gift.
    """
    if named := tuple(line for line in order.lines if line.sku == claim.sku):
        return named, True
    if claim.whole_order or len(order.lines) == 1:
        return order.lines, True
    articles = tuple(line for line in order.lines if not is_gift(line))
    if len(articles) == 1 and claim.issue != "missing_item":
        return articles, True
    return order.lines, False
