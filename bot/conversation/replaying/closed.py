"""What staff closed without granting anything, and the goods' return is wished for then; pure."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.replaying.details import GAVE_NOTHING, stop_sign
from bot.conversation.replaying.matters import OF_THE_WAIT
from bot.conversation.replaying.other_article import names_other_article
from bot.conversation.replaying.owners import is_stop, stays_with_people
from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.issue_groups import FAULTS
from bot.conversation.shapes.state import Matter, State
from bot.conversation.words.answers.after_person import (
    asks_after_promise,
    asks_what_comes_of_it,
)
from bot.conversation.words.wishes.second_thoughts import tells_of_taste
from bot.remedies.wishes import DEMAND_OF

GOODS_BACK = frozenset({"want_return", "want_refund", "want_exchange"})
HARMED = frozenset({"E1", "E2", "E11"})  # reasons that the goods themselves gave


def taken_up_again(state: State, wish: str, spoke: CustomerSpoke) -> State | None:
    """Take up the fault that was closed with nothing granted; None where the wish is another.

    What was wrong with the goods still is, whoever closed the chat: their return is the shop's to
    pay for, and what people had for its danger is theirs again.
    """
    if wish not in GOODS_BACK:
        return None
    order_no = spoke.heard.order_nos[-1] if spoke.heard.order_nos else state.order_no
    closed = [m for m in state.matters if m.order_no == order_no and _is_open_still(m)]
    matter = next((m for m in closed if is_stop(m)), closed[-1] if closed else None)
    if matter is None or names_other_article(state, matter, spoke):
        return None
    if tells_of_taste(spoke.plain) and not is_stop(matter):
        return None  # 不喜欢，想退货: given back for that, and not for the fault
    return _reopened(state, matter, spoke, spoke.heard.demand or DEMAND_OF[wish])


def left_to_people(state: State) -> Matter | None:
    """Return what people closed with words, or with damages beyond the price, and nothing else.

    None where something else has been talked of since.
    """
    matter = _closed_last(state)
    return matter if matter and (matter.by_agent or matter.damages) else None


def is_asked_of_people(state: State, spoke: CustomerSpoke) -> bool:
    """Tell whether what people promised before they closed the chat is asked after: 补发单号呢.

    It is no complaint of its own, by whatever name the wait for it goes.
    """
    matter = left_to_people(state)
    if matter is None or not _may_be_of(matter, spoke):
        return False
    asked = asks_after_promise(spoke.plain) or asks_what_comes_of_it(spoke.plain)
    return asked and not names_other_article(state, matter, spoke)


def asked_what_comes_of_it(state: State, spoke: CustomerSpoke) -> State | None:
    """Take up again what was closed without a word or a grant; None for all else.

    Who asks what is to become of it, 洞到底怎么处理, is not to tell it once more.
    """
    matter = _closed_last(state)
    if matter is None or not _may_be_of(matter, spoke):
        return None
    if not asks_what_comes_of_it(spoke.plain) or names_other_article(state, matter, spoke):
        return None
    return _reopened(state, matter, spoke, matter.demand)


def _reopened(state: State, matter: Matter, spoke: CustomerSpoke, demand: str | None) -> State:
    opened = replace(matter, stage="with_person", end=None, picked=None, offer=(), demand=demand)
    if stays_with_people(opened):
        # A sign in the same message calls them by itself.
        called = None if stop_sign(spoke.heard.signs) else opened.id
        return replace(state.with_matter(opened), active=opened.id, given_back=called)
    return replace(state.with_matter(replace(opened, stage="gathering")), active=opened.id)


def _closed_last(state: State) -> Matter | None:
    """Return what was closed last with nothing granted, unless something else is talked of."""
    matter = state.matters[-1] if state.matters and state.current is None else state.current
    if matter is None or matter.stage != "ended" or matter.end != "resolved":
        return None
    nothing = all(remedy.state in GAVE_NOTHING for remedy in matter.remedies)
    return matter if nothing else None


def _may_be_of(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether nothing in what was said names another order or trouble than the matter's."""
    heard = spoke.heard
    other = set(heard.issues) - OF_THE_WAIT - set(matter.issues)
    return not (heard.order_nos or spoke.choices or (other and heard.confident))


def _is_open_still(matter: Matter) -> bool:
    """Tell whether a fault of the goods was closed, and nothing was granted for it."""
    nothing = all(remedy.state in GAVE_NOTHING for remedy in (*matter.remedies, *matter.damages))
    harmed = is_stop(matter) and matter.escalated is not None and matter.escalated[0] in HARMED
    of_goods = bool(FAULTS.intersection(matter.issues)) or harmed
    return matter.stage == "ended" and matter.end == "resolved" and nothing and of_goods
