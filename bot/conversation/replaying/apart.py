"""A message that tells of several matters opens each; all but the first wait; pure."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from bot.conversation.replaying.details import take_details
from bot.conversation.replaying.matters import open_matter
from bot.conversation.shapes.events import CustomerSpoke, Part
from bot.conversation.shapes.state import State
from bot.conversation.words.matters.several import (
    are_apart,
    are_counted_apart,
    is_charged_apart,
)
from bot.conversation.words.things.articles import named_among


def opens_several(state: State, spoke: CustomerSpoke) -> bool:
    """Tell whether a message tells of several matters that nothing was said of before."""
    if not spoke.parts or not spoke.heard.issues or spoke.choices:
        return False
    if state.current is not None and state.current.stage != "ended":
        return False
    order_no = _order_no(state, spoke)
    known = {issue for m in state.matters if m.order_no == order_no for issue in m.issues}
    # What was settled is told of once more: where it stands is the answer.
    if any(not are_apart(part.issue, issue) for part in spoke.parts for issue in known):
        return False
    return all(_are_apart(state, spoke, *pair) for pair in combinations(spoke.parts, 2))


def open_several(state: State, spoke: CustomerSpoke) -> State:
    """Open each matter with what was told of it; the first is talked about now."""
    has_photo = state.loose_photo or bool(spoke.photos)
    first, *others = (_by_itself(spoke, part) for part in spoke.parts)
    state = _opened(state, first, has_photo=has_photo)
    active = state.active
    for told in reversed(others):  # the one opened last is taken up first
        state = _opened(replace(state, unplaced=None), told, has_photo=has_photo)
    return replace(state, active=active, unplaced=None)


def _opened(state: State, told: CustomerSpoke, *, has_photo: bool) -> State:
    state = open_matter(state, told.heard.issues, told.heard)
    state = take_details(state, told)
    opened = state.current
    return state.with_matter(replace(opened, has_photo=has_photo)) if opened else state


def _by_itself(spoke: CustomerSpoke, part: Part) -> CustomerSpoke:
    """Return what was told of one matter, of the order that was named for all."""
    heard = replace(part.heard, order_nos=spoke.heard.order_nos)
    return replace(spoke, text=part.text, heard=heard, parts=())


def _order_no(state: State, spoke: CustomerSpoke) -> str | None:
    return spoke.heard.order_nos[-1] if spoke.heard.order_nos else state.order_no


def _are_apart(state: State, spoke: CustomerSpoke, one: Part, other: Part) -> bool:
    """Tell whether two parts tell of two facts: of different articles or pieces at least."""
    if are_apart(one.issue, other.issue) or are_counted_apart(one, other):
        return True
    if is_charged_apart(one, other):
        return True
    order = state.orders.get(_order_no(state, spoke) or "")
    if order is None or not order.shown:
        return False
    titles = [line["title"] for line in order.lines]
    named, others = (set(named_among(part.plain, titles)) for part in (one, other))
    return bool(named and others) and not named & others
