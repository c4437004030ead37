"""Words that are of the goods complained of, or that fit badly, by what was talked of; pure."""

from __future__ import annotations

import re

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.issue_groups import OF_SERVICE, STATES_OF_GOODS
from bot.conversation.shapes.state import OFFERED, TALKING, Matter, State
from bot.conversation.words.matters import complaint, dangers
from bot.conversation.words.matters.told_apart import wishes_for_pieces
from bot.conversation.words.sentence import manner
from bot.conversation.words.things import sizes
from bot.conversation.words.things.articles import named_among
from bot.conversation.words.wishes.second_thoughts import names_flaw
from bot.remedies.wishes import DEMAND_OF
from nlp.labels import TYPE_OF

# Goods that may make somebody ill.
_TAKEN_IN = frozenset({"food", "fresh", "cosmetics"})
# Faults of goods that go back for their price; of missing or spoilt ones only the price is due.
_GOES_BACK = (STATES_OF_GOODS | {"wrong_item"}) - {"spoiled"}
# What a size that does not fit is taken for; and what one that was chosen by mistake is.
_OF_SIZE = frozenset({"defect", "spec"})
_OF_CHOICE = _OF_SIZE | {"wrong_item", "mismatch", "damaged"}
_GIVES_BACK = frozenset({"want_return", "want_refund"})
_GIVEN_BACK = frozenset({"return_refund", "refund"})
_BARE_LACK = re.compile(r"[少缺漏]了?(?P<count>[1-9]\d{0,2})(?=$|[，,。.!！~～\s啊呀呢了])")
_EXACT_SIZE = re.compile(r"[A-Za-z\d]")


def of_harm(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 孩子住院了 as harm done by the goods complained of, and not by a late parcel."""
    matter = state.current
    if matter is None or spoke.heard.signs or not dangers.tells_of_sick(spoke.plain):
        return spoke
    if not any(TYPE_OF[issue] == "quality" for issue in matter.issues):
        return spoke
    if dangers.may_be_of_fit(spoke.plain) and not _may_sicken(state, matter):
        return spoke  # 不舒服, of shoes
    signs = ("injury",)
    return spoke.heard_as(signs=signs, seeming=signs)


def _may_sicken(state: State, matter: Matter) -> bool:
    """Tell whether something of the order is eaten, drunk or put on the skin."""
    return any(line.get("category") in _TAKEN_IN for line in state.lines_of(matter))


def of_fault_beside_service(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 不是没人回的事 是机器坏了 beside an offer for silence or rudeness as that fault.

    Of that offer an exchange would be at the customer's freight; of a fault it is at the shop's.
    """
    matter, heard = state.current, spoke.heard
    if matter is None or matter.stage not in OFFERED or matter.issue not in OF_SERVICE:
        return spoke
    if heard.order_nos or heard.signs or spoke.choices or manner.SUPPOSES.search(spoke.plain):
        return spoke
    fault = next((issue for issue in heard.issues if issue in STATES_OF_GOODS), None)
    if (fault is None and not _tells_broken(spoke.plain)) or complaint.is_of_service(spoke.plain):
        return spoke
    return spoke.heard_as(
        issues=(fault or "defect",), confident=True, intent="complain", meanings=()
    )


def _tells_broken(text: str) -> bool:
    return complaint.tells_broken(text) or complaint.asks_of_broken(text)


def of_bare_lack(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 不是80 是少了20, where pieces are missing, as so many of them."""
    matter, heard = state.current, spoke.heard
    if matter is None or matter.issue != "missing_item" or matter.stage not in TALKING:
        return spoke
    found = _BARE_LACK.search(spoke.plain) if heard.quantity is None else None
    if found is None:
        return spoke
    return spoke.heard_as(quantity=int(found["count"]), quantity_unit=matter.quantity_unit)


def of_pieces(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 把那5罐的钱退我 beside a complaint as the wish for a part, unless all were bought.

    Of whole pieces with a fault it is their price, which goes back with them.
    """
    matter, heard = state.current, spoke.heard
    if matter is None or matter.stage not in TALKING or matter.issue == "none":
        return spoke
    if TYPE_OF[matter.issue] == "amount":
        return spoke
    if heard.demand != "refund" or not wishes_for_pieces(spoke.plain):
        return spoke
    lines = state.lines_of(matter)
    if heard.quantity == sum(line["quantity"] for line in lines):
        return spoke
    bought = max(
        (line["quantity"] for line in lines if matter.sku in {None, line["sku"]}), default=0
    )
    if matter.issue in _GOES_BACK and heard.quantity and heard.quantity <= bought:
        return spoke.heard_as(issues=())
    return spoke.heard_as(demand="partial_refund")


def of_share(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 其实就坏了三分之一, and 十个里头坏三个, as of the spoilt goods offered for."""
    matter, heard = state.current, spoke.heard
    if matter is None or matter.issue != "spoiled" or heard.bad_share is None:
        return spoke
    if matter.stage not in OFFERED or heard.order_nos or heard.signs:
        return spoke
    lines = state.lines_of(matter)
    told = named_among(spoke.plain, [str(line["title"]) for line in lines])
    of_another = len(lines) > 1 and any(lines[at]["sku"] != matter.sku for at in told)
    if of_another or manner.adds(spoke.plain) or not set(heard.issues) <= STATES_OF_GOODS:
        return spoke
    return spoke.heard_as(issues=(matter.issue,))


def of_fit(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 鞋子小了 and 我想换XL as a size that was badly chosen, and not as a fault.

    Beside another matter that is still talked of it is said of that one.
    """
    matter, heard, text = state.current, spoke.heard, spoke.plain
    talked = matter is not None and matter.stage in {*TALKING, "with_person", "approval"}
    if talked or heard.signs or heard.foreign or names_flaw(text):
        return spoke
    chosen = sizes.chosen_badly(text)
    if {*heard.issues, heard.guess, None} - ({None} | (_OF_CHOICE if chosen else _OF_SIZE)):
        return spoke
    wanted = None if sizes.asks_about_it(text) else sizes.exchanged_for(text)
    if not wanted and not chosen and not sizes.fits_badly(text):
        return spoke
    if chosen and "spec" in heard.issues:
        return spoke
    size_named = wanted and _EXACT_SIZE.search(wanted)
    if not (heard.issues or heard.guess or size_named) and heard.intent in DEMAND_OF:
        return spoke  # 衬衫想换个大一号: a wish, and understood as one
    if heard.intent in _GIVES_BACK or heard.demand in _GIVEN_BACK:
        return spoke.heard_as(issues=(), intent="want_return")  # 鞋子小了想退货
    demand = heard.demand or ("exchange" if wanted else None)
    return spoke.heard_as(issues=("spec",), demand=demand)
