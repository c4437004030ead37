"""What is asked of the customer's own goods: whether they can go back, or an invoice be had; pure.

Of goods that are nobody's yet the shop's rules are told; of an order what the policy gives for it.
"""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.replaying.details import take_details
from bot.conversation.replaying.matters import open_matter, take_issues
from bot.conversation.replaying.which_order import own_orders_named, take_own_order
from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.state import TALKING, State
from bot.conversation.words.matters.complaint import asks_of_broken
from bot.conversation.words.sentence.manner import asks
from bot.conversation.words.things.way_back import asks_after_money
from bot.conversation.words.wishes.asked_if import INVOICE, asks_if, asks_of, speaks_of_own

_BRINGS = frozenset({"inform", "complain", "confirm", "other"})


def asked_of_own(state: State, spoke: CustomerSpoke) -> str | None:
    """Return the wish that is asked about, or `INVOICE`, where the order meant is known."""
    if spoke.heard.order_nos:
        asked = asks_if(spoke.plain)
        return asked.wish if asked else _asked_before(state, spoke)
    known = state.shown_order
    titles = [str(line["title"]) for line in known.lines] if known else []
    return asks_of(spoke.plain, titles) if known else None


def _asked_before(state: State, spoke: CustomerSpoke) -> str | None:
    """Return what was asked before the number of the order came, where nothing else comes now."""
    asked = asks_if(state.unplaced.plain) if state.unplaced else None
    heard = spoke.heard
    if asked is None or heard.intent not in _BRINGS or asks(spoke.plain):
        return None
    else_told = {*heard.issues, heard.demand, heard.guess} - {asked.wish, None}
    return None if else_told or heard.signs else asked.wish


def take_orders_listed(state: State) -> State:
    """Return the state once the customer's orders are known, with what was asked of one opened."""
    spoke, current = state.unanswered, state.current
    asked = asks_if(spoke.plain) if spoke else None
    if spoke is None or (current is not None and current.stage in TALKING):
        return take_own_order(state)
    if asks_after_money(spoke.plain):
        named = own_orders_named(state, spoke.plain)
        return replace(state, order_no=named[0], wants_status=True) if len(named) == 1 else state
    if asked is None:
        return take_own_order(state)
    named = own_orders_named(state, spoke.plain)
    own = asked.nameless and speaks_of_own(spoke.plain)
    if not (named or own):
        return state  # of goods that they have not bought here
    meant = named or [str(order["order_no"]) for order in state.my_orders or ()]
    only = meant[0] if len(meant) == 1 else None
    state = replace(state, order_no=only, presumed=None if named else only, unplaced=None)
    return take_details(open_asked(state, asked.wish, spoke), spoke)


def open_asked(state: State, asked: str, spoke: CustomerSpoke) -> State:
    """Open a matter of what is asked, as if it had been wished for: the policy answers it."""
    heard = replace(spoke.heard, confident=False, guess=None, other_guesses=())
    if asked == INVOICE:
        return take_issues(state, replace(heard, issues=(INVOICE,)))
    return open_matter(state, fault_asked_of(state, spoke), replace(heard, intent=asked))


def fault_asked_of(state: State, spoke: CustomerSpoke) -> tuple[str, ...]:
    """Return the fault told where it is asked if broken goods can go back: 锅坏了能退吗."""
    texts = (spoke.plain, state.unplaced.plain if state.unplaced else "")
    return ("defect",) if any(map(asks_of_broken, texts)) else ()
