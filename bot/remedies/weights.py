"""The scale as a witness: what the parcels weighed against the net weight that the titles declare.

The order record carries no weight of the goods, but food and the like name theirs in the title.
A parcel lighter than its contents proves that something is missing or another thing was packed;
a parcel heavy enough only speaks for the packer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from bot.order_record import Line, OrderRecord

Balance = Literal["short", "fits", "unknown"]

# Elsewhere a mass in a title may be a load (承重150kg) or a capacity (洗衣机10kg).
_SOLD_BY_WEIGHT: Final = frozenset({"food", "fresh", "cosmetics"})
_UNITS: Final = {"kg": 1000, "千克": 1000, "公斤": 1000, "斤": 500, "克": 1, "g": 1}
_MASS: Final = re.compile(
    r"(?<![\d.~～至-])(\d+(?:\.\d+)?)\s*(kg|千克|公斤|斤|克|g)(?![a-z])", re.IGNORECASE
)
_NET: Final = re.compile(r"净重|净含量")
# Several packs of that mass may be in one piece: the mass is then only the least there can be.
_PACK: Final = re.compile(
    r"\d+\s*(?:支|瓶|袋|包|盒|罐|枚|个|只)装?|[x×*]\s*\d|\d\s*[x×*]|[-~～至]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What was weighed and what must at least be in it, in grams; None where not known."""

    weighed_grams: int | None
    net_grams: int | None
    balance: Balance


def weights(order: OrderRecord) -> Weights:
    """Return the parcels' weight against the goods'; `short` only where it cannot be otherwise."""
    weighed = _weighed(order)
    nets = [_net(line) for line in order.lines]
    known = sum(grams * line.quantity for line, (grams, _) in zip(order.lines, nets, strict=True))
    net = int(known) or None
    if weighed is None or net is None:
        return Weights(weighed_grams=weighed, net_grams=net, balance="unknown")
    if weighed < net:
        return Weights(weighed_grams=weighed, net_grams=net, balance="short")
    exact = all(is_exact for _, is_exact in nets)
    return Weights(weighed_grams=weighed, net_grams=net, balance="fits" if exact else "unknown")


def pieces_short(order: OrderRecord, line: Line) -> int:
    """Return how many pieces of the line the scale proves to be missing; 0 where it proves none.

    What the parcels weighed holds so many of them beside the rest of the goods, and no more.
    """
    weighed, (piece, _) = _weighed(order), _net(line)
    if weighed is None or not piece:
        return 0
    rest = sum(_net(other)[0] * other.quantity for other in order.lines if other is not line)
    return max(0, line.quantity - max(0, int((weighed - rest) // piece)))


def _weighed(order: OrderRecord) -> int | None:
    """Return the weight of all parcels; None when one of them was not weighed."""
    each = [parcel.weight_grams for parcel in order.shipments if parcel.shipped_at]
    return sum(g for g in each if g) if each and all(each) else None


def _net(line: Line) -> tuple[Fraction, bool]:
    """Return the least a piece weighs, in grams, and whether that is exact; 0 when unknown."""
    found = _MASS.findall(line.title)
    if len(found) != 1 or not (line.category in _SOLD_BY_WEIGHT or _NET.search(line.title)):
        return Fraction(0), False
    number, unit = found[0]
    rest = _MASS.sub("", line.title)
    return Fraction(number) * _UNITS[unit.lower()], not _PACK.search(rest)
