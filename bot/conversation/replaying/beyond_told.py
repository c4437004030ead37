"""More pieces are wished back than were told to be wrong: for a person, and nothing is picked."""

from __future__ import annotations

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.issue_groups import FAULTLESS
from bot.conversation.shapes.state import OFFERED, State
from bot.conversation.words.things.more_pieces import all_of_them_back, others_back, others_wrong
from nlp.labels import TYPE_OF


def wishes_beyond_told(state: State, spoke: CustomerSpoke) -> bool:
    """Tell whether sound pieces are to go back with the faulty ones: 三盒都退吧, of one broken.

    What is offered is for the faulty ones alone; who pays the way of the others is another matter.
    """
    matter = state.current
    if matter is None or matter.stage not in OFFERED or matter.quantity is None:
        return False
    if matter.issue in FAULTLESS or TYPE_OF[matter.issue] == "amount":
        return False
    if spoke.choices or spoke.heard.order_nos or spoke.heard.signs:
        return False
    text = spoke.plain
    if wished := all_of_them_back(text):
        return wished > matter.quantity
    return bool(others_back(text)) and not others_wrong(text)


def without_beyond_told(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 三盒都退吧, of one that came broken, as no count of those that are."""
    return spoke.heard_as(quantity=None) if wishes_beyond_told(state, spoke) else spoke
