"""When another article of the same order is spoken of than the one a matter is about; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.conversation.replaying.back_together import may_take_articles, with_articles_told
from bot.conversation.replaying.matters import open_matter, take_issues
from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.issue_groups import FAULTS
from bot.conversation.shapes.state import SETTLED, TALKING, Matter, State
from bot.conversation.words.matters.mistaken import EXCHANGED_FOR
from bot.conversation.words.sentence import manner
from bot.conversation.words.things.articles import named_among, the_one
from bot.conversation.words.wishes import demands
from bot.conversation.words.wishes.all_back import not_yet_back
from bot.order_record import ARRIVED, OrderRecord
from bot.remedies.wishes import DEMAND_OF, INTENT_OF

BACK = frozenset({"refund", "return_refund", "exchange", "cancel"})
# 手套能退吗 asks for its return, 手套的钱怎么退了 for none; 手套不退 keeps it.
_MAY_GO_BACK = re.compile(
    r"(?:能|可以|可不可以|能不能)[^，,。]{0,4}(?:退|换)|(?:退|换)[^，,。了]{0,3}(?:行|可以|好|成)[吗么不]"
)
_ASKS_ELSE = re.compile(r"什么时候|啥时候|几时|何时|多久|几天|多少|怎么|哪|谁|为[什啥]")
_STAYS = re.compile(r"[不别甭](?:用|要|想|必)?[退换]")
_GOES = re.compile(r"[退换]")


def names_other_article(state: State, matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether an article of the matter's order is named that is not the matter's own."""
    if _named_beside(state, matter, spoke):
        return True
    lines = state.lines_of(matter)
    titles = [str(line["title"]) for line in lines]
    now, told = (set(named_among(text, titles)) for text in (spoke.plain, matter.told))
    return bool(now and told) and not now & told


def _named_beside(state: State, matter: Matter, spoke: CustomerSpoke) -> tuple[str, ...]:
    """Return the articles named where the matter's own is not among them."""
    order, own = state.order_of(matter), _own_articles(state, matter)
    elsewhere = bool(spoke.heard.order_nos) and spoke.heard.order_nos[-1] != matter.order_no
    if not own or elsewhere or order is None or not order.shown:
        return ()
    if order.shown["status"] not in ARRIVED:
        return ()
    lines = order.lines
    named = named_among(spoke.plain, [line["title"] for line in lines])
    skus = tuple(str(lines[at]["sku"]) for at in named)
    return () if own & set(skus) else skus


def _own_articles(state: State, matter: Matter) -> set[str]:
    """Return what a matter is about; a refusal names no article, so those told of before it."""
    if own := matter.article:
        return {own}
    if matter.end != "rejected" or matter.whole_order:
        return set()
    lines = state.lines_of(matter)
    told = named_among(matter.told, [line["title"] for line in lines])
    return {str(lines[at]["sku"]) for at in told}


def _told_together(state: State, matter: Matter, spoke: CustomerSpoke) -> Matter | None:
    """Return the return as it is about more or fewer articles now; None where it is not."""
    order = state.order_of(matter)
    if order is None or not order.shown:
        return None
    # Before it has arrived, an order is given up as a whole.
    if order.shown["status"] not in ARRIVED or not may_take_articles(matter, spoke):
        return None
    own = None if matter.whole_order else matter.article
    lines = order.lines
    return with_articles_told(matter, spoke, own, lines, _wish_beside(spoke))


def _only_named(state: State, matter: Matter, text: str) -> str | None:
    """Return the only article of the matter's order that a text can mean, or None."""
    lines = state.lines_of(matter)
    at = the_one(text, [line["title"] for line in lines])
    return None if at is None else str(lines[at]["sku"])


def _wish_beside(spoke: CustomerSpoke) -> str | None:
    """Return what is wished for another article: 手套也退了 is one more return."""
    heard = spoke.heard
    text = spoke.plain
    if manner.asks(text) and (not _MAY_GO_BACK.search(text) or _ASKS_ELSE.search(text)):
        return None
    if not_yet_back(text):
        return None
    if heard.intent in DEMAND_OF:
        return heard.intent
    if heard.demand in BACK:
        return INTENT_OF[heard.demand]
    return "want_return" if demands.only_wishes(text) else None


def speaks_of_other(state: State, matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether another article of the order is complained of, or is to go back as well."""
    heard = spoke.heard
    if _told_together(state, matter, spoke):
        return True
    told = set(heard.issues) - {"refused"} or _wish_beside(spoke)
    if not told or heard.signs or EXCHANGED_FOR.search(spoke.plain):
        return False
    return not _stays(spoke) and bool(_named_beside(state, matter, spoke))


def _stays(spoke: CustomerSpoke) -> bool:
    """Tell whether the article is to stay as it is: 手套不退, but not 手套破了 不换 直接退."""
    if set(spoke.heard.issues) & FAULTS or not _STAYS.search(spoke.plain):
        return False
    return not _GOES.search(_STAYS.sub("", spoke.plain))


def take_it_up(state: State, current: Matter, spoke: CustomerSpoke) -> State:
    """Open what is said of another article of the order, or go back to what was said of it.

    A return that is still talked of takes the other article in: they are one sum.
    """
    if together := _told_together(state, current, spoke):
        return state.with_matter(together)
    named = _named_beside(state, current, spoke)
    for matter in reversed(state.matters):
        if matter.order_no != current.order_no or matter.article not in named:
            continue
        if matter.stage in SETTLED and matter.end != "withdrawn":
            return replace(state, repeated=matter.id, active=matter.id)
        if matter.stage in TALKING:
            anew = replace(matter, stage="gathering", picked=None, offer=())
            state = replace(state.with_matter(anew), active=matter.id)
            return take_issues(state, spoke.heard)
    wish = _wish_beside(spoke)
    heard = replace(spoke.heard, order_nos=(current.order_no or "",))
    heard = replace(heard, intent=wish) if wish and not heard.issues else heard
    state = open_matter(replace(state, unplaced=None), heard.issues, heard)
    sku = _only_named(state, current, spoke.plain)
    opened = state.current
    return state.with_matter(replace(opened, sku=sku)) if opened else state


def without_their_returns(
    state: State, matter: Matter, record: OrderRecord, sku: str | None
) -> OrderRecord:
    """Return the record without the returns under way that are known to be of other articles.

    A return names no article; those that were agreed on in this chat are known by their number.
    """
    others = {
        remedy.reference
        for other in state.matters
        for remedy in other.remedies
        if other.id != matter.id
        and remedy.reference
        and (named := _named(remedy.option["detail"]))
        and sku not in named
    }
    left = tuple(r for r in record.returns if r.no not in others or r.state == "refunded")
    return record if sku is None else record.model_copy(update={"returns": left})


def _named(detail: Mapping[str, Any]) -> set[str]:
    """Return the articles that a remedy names; none where it is for the whole order."""
    return {sku for sku in (detail.get("sku"), *detail.get("skus", ())) if sku}
