"""Several articles of one order, each with its own fault, are matters of their own; pure."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.issue_groups import STATES_OF_GOODS
from bot.conversation.shapes.state import TALKING, Matter, State
from bot.conversation.words.matters.of_each import counted_in, told_of_each, wished_for_each
from bot.conversation.words.wishes.all_back import some_go_back
from bot.order_record import ARRIVED
from nlp.labels import NONE

GIVES_BACK = frozenset({"want_return", "want_refund", "want_cancel"})


def open_each(state: State, order_no: str) -> State:
    """Open a matter for each article that was told of, or is to go back, once the order is known.

    The first is settled first, and the others right after it.
    """
    for matter in state.matters:
        lines = _lines(state, matter) if matter.order_no == order_no else ()
        titles = [title for _, title in lines]
        faulty, back = told_of_each(matter.told, titles), some_go_back(matter.told, titles)
        told = back if matter.wish in GIVES_BACK else faulty
        if len(told) > 1 and _is_of_none(matter):
            first, *others = (_of(matter, lines[at][0], told[at]) for at in told)
            state = state.with_matter(replace(first, told=matter.told))
            for other in reversed(others):  # the one opened last is taken up first
                number = str(len(state.matters) + 1)
                state = replace(state, matters=(*state.matters, replace(other, id=number)))
    return state


def take_wish_of_each(state: State, spoke: CustomerSpoke) -> tuple[State, CustomerSpoke]:
    """Keep what is wished for each article, and return what is said of the one talked of.

    花瓶退款 杯子补发, of two articles that were told of: no refund is late, and neither wish is
    the other's.
    """
    current = state.current
    if current is None or current.stage not in TALKING or spoke.choices or spoke.heard.signs:
        return state, spoke
    if spoke.heard.order_nos:
        return state, spoke
    lines = _lines(state, current)
    wishes = {
        lines[at][0]: wish
        for at, wish in wished_for_each(spoke.plain, [title for _, title in lines]).items()
    }
    open_ = {
        m.sku: m for m in state.matters
        if m.order_no == current.order_no and m.stage in TALKING and m.sku
    }  # fmt: skip
    if current.sku not in wishes or not wishes.keys() <= open_.keys():
        return state, spoke
    for sku, (_, demand) in wishes.items():
        state = state.with_matter(replace(open_[sku], demand=demand))
    text, demand = wishes[current.sku]
    spoke = spoke.heard_as(
        issues=(), confident=False, demand=demand, quantity=None, quantity_unit=None
    )
    return state, replace(spoke, text=text, parts=())


def _of(matter: Matter, sku: str, told: str) -> Matter:
    counted = counted_in(told)
    unit = matter.quantity_unit if counted is not None else None
    return replace(matter, sku=sku, told=told, quantity=counted, quantity_unit=unit)


def _is_of_none(matter: Matter) -> bool:
    """Tell whether it is open yet which article is meant, and nothing was offered for any."""
    fresh = matter.stage == "gathering" and matter.verdict is None and not matter.remedies
    unnamed = matter.sku is None and not matter.whole_order and matter.escalated is None
    uncounted = matter.wish is None or matter.quantity is None
    return fresh and unnamed and uncounted and set(matter.issues) <= {*STATES_OF_GOODS, NONE}


def _lines(state: State, matter: Matter) -> list[tuple[str, str]]:
    """Return article and title of each line of an order at hand that was shown to be theirs."""
    known = state.order_of(matter)
    if known is None or not known.shown:
        return []
    if known.shown["status"] not in ARRIVED:
        return []
    return [(str(line["sku"]), str(line["title"])) for line in known.lines]
