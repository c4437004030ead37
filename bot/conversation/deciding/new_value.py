"""What is to stand in the order instead, as far as the order's record settles it; pure."""

from __future__ import annotations

from bot.conversation.shapes.state import Matter, State
from bot.conversation.shapes.steps import Ask, HandOver
from bot.order_record import Address
from bot.order_region import lacks_city, with_region_of

CITY_ASKED = 3  # with the question for the address itself; then a person is asked in


def value_wanted(state: State, matter: Matter) -> str | None:
    """Return what was named, an address with all of where it lies, so that it is read in full."""
    address = _address(state, matter)
    if address is None or matter.correction is None:
        return matter.correction
    return with_region_of(address, matter.correction)


def leaves_city_open(state: State, matter: Matter) -> bool:
    """Tell whether the new address lies in another district than the order's, in no city told."""
    address = _address(state, matter)
    return address is not None and lacks_city(address, matter.correction or "")


def ask_city(state: State, matter: Matter) -> Ask | HandOver:
    """Ask for the city of the new address; a person sees to what was asked for in vain."""
    if state.asked.get(f"{matter.id}:correction", 0) >= CITY_ASKED:
        return HandOver(reason="E13", level="L1", matter=matter.id)
    facts = {"matter": matter.id, "correction": matter.correction}
    return Ask(what="correction", wording="ask_city", facts=facts, matter=matter.id)


def _address(state: State, matter: Matter) -> Address | None:
    """Return where the order goes, for a matter of its address."""
    record = state.shown_of(matter) if matter.issue == "address" else None
    return Address.from_stored(record["address"]) if record else None
