"""What the customer says, told apart from what the order record shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The customer's side of a dispute; nothing in it is believed until the facts bear it out."""

    issue: str  # one of the 26, or "none" (a return or cancellation without a fault)
    issues: tuple[str, ...] = ()
    intent: str = "complain"
    demand: str | None = None  # the remedy kind asked for
    has_photo: bool = False
    refused_evidence: bool = False  # asked for, and the customer has none
    sku: str | None = None  # the line complained of; None: the whole order
    whole_order: bool = False  # said to be about everything, so no article is asked for
    part_only: bool = False  # some of the order is given up, and the rest is wanted
    number_changed: bool = False  # another number of pieces is to be sent
    quantity: int | None = None  # pieces missing or bad
    quantity_unit: str | None = None  # what they are counted by: 件, 罐
    uncounted: bool = False  # several pieces are told of, and not how many: 三四包
    bad_share: float | None = None  # part of fresh goods that is bad, 0–1
    amount_fen: int | None = None  # the sum the customer names
    correction: str | None = None  # the new address, spec or invoice title, in their words
    refused_parcel: bool = False  # turned away at the door, as told
    worthless: bool = False  # broken so that nothing of it can be sent back, as told
    all_back: bool = False  # all of the money is called for, or the goods no more
    lacks_part: bool = False  # what is missing belongs to an article, and is none itself
    remark: bool = False  # for whoever packs or delivers: nothing that the order says changes
    declined: frozenset[str] = frozenset()  # remedy kinds already refused
    concessions: int = 0  # how often the bot has given way in this matter
    fee_wanted: bool = False  # asked for at the door and not paid yet, as told
    on_site: bool = False  # about what a fitter or carrier took on the spot
    multiples: bool = False  # asks for 退一赔三 and the like
    keeps_gift: bool = False  # the gift is to stay, or is lost, while its goods go back
    spoilt: bool = False  # tags cut off, washed or soiled, as told
    unopened: bool | None = None  # seals and tags intact, as told
