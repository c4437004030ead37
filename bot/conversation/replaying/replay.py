"""The state of a conversation out of its events: one `match`, each event in a few lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.conversation.replaying import remedy_events
from bot.conversation.replaying.as_sold import read_as_sold
from bot.conversation.replaying.asked_of_own import take_orders_listed
from bot.conversation.replaying.of_each import open_each
from bot.conversation.replaying.owners import (
    agent_replied,
    each,
    owner_changed,
    told_to_person,
    turn_to_waiting,
)
from bot.conversation.replaying.take_in import take_in
from bot.conversation.shapes import events as ev
from bot.conversation.shapes.state import (
    CONFIRMING,
    WHICH_ONE,
    Button,
    KnownOrder,
    Matter,
    Question,
    State,
)
from bot.conversation.words.things.named import glued_tail

# A remedy in one of these may still take effect, so its dispute gets no other.
MOVING = frozenset({"awaiting_approval", "executing", "uncertain"})
# Events that go with words of the bot's, but for those of a person's who holds the chat.
SPOKEN = (ev.Asked, ev.Said, ev.Offered, ev.RemedyGranted, ev.HandedOver)
OF_PEOPLE = (ev.Said, ev.RemedyGranted)


def replay(events: Iterable[ev.Event], state: State | None = None) -> State:
    """Return the state after the events, from the beginning or from a given state on."""
    state = state or State()
    for event in events:
        state = apply(state, event)
    return state


def apply(state: State, event: ev.Event) -> State:  # noqa: C901  a table, one line an event
    """Return the state after one event."""
    state = _note_if_lost(state, event)
    if isinstance(event, SPOKEN) and not (state.owner == "agent" and isinstance(event, OF_PEOPLE)):
        state = replace(state, has_spoken=True, presumed=None)
    match event:
        case ev.CustomerSpoke(heard=heard):
            spoken_to, state = state.owner, take_in(state, event)
            return told_to_person(state, heard.signs) if spoken_to == "agent" else state
        case ev.IdentitySigned(phone=phone, telegram_id=telegram_id):
            return replace(state, identity={"phone": phone, "telegram_id": telegram_id})
        case ev.OrdersListed(orders=orders):
            return take_orders_listed(replace(state, my_orders=orders))
        case ev.OrderChecked():
            return _order_checked(state, event)
        case ev.OwnershipShown(order_no=order_no):
            order = replace(state.orders[order_no], owned=True)
            state = read_as_sold(replace(state.with_order(order), tail=None), order_no)
            return open_each(state, order_no)
        case ev.OwnershipFailed(order_no=order_no):
            order = state.orders[order_no]
            order = replace(order, failures=order.failures + 1)
            return replace(state.with_order(order), tail=None)
        case ev.Asked(what=what, matter=matter, options=options):
            return _asked(state, what, matter, options)
        case ev.Said(about=about, options=options):
            return _said(state, about, options)
        case ev.Offered():
            return _offered(state, event)
        case ev.OptionPicked():
            return _picked(state, event)
        case ev.OfferDeclined(matter=matter_id, kinds=kinds):
            return _declined(state, matter_id, kinds)
        case ev.Conceded(matter=matter_id, step=step):
            changes = {"concessions": step, "stage": "gathering", "picked": None, "offer": ()}
            state = state.with_changes(matter_id, **changes)
            return replace(state, declining=False, question=None)
        case ev.RemedyGranted():
            return remedy_events.granted(state, event)
        case ev.RemedyApproved(matter=matter_id, key=key):
            return remedy_events.approved(state, matter_id, key)
        case ev.RemedyRefused(matter=matter_id, key=key, reason=reason):
            return remedy_events.refused(state, matter_id, key, reason)
        case ev.RemedyExpired(matter=matter_id, key=key):
            return remedy_events.expired(state, matter_id, key)
        case ev.PromiseBroken(matter=matter_id):
            return remedy_events.let_down(state, matter_id)
        case ev.RemedyWithdrawn():
            return remedy_events.taken_back(state, event)
        case ev.RemedyFinished():
            return remedy_events.finished(state, event)
        case ev.GrantBlocked(matter=matter_id, reason=reason):
            return _blocked(state, matter_id, reason)
        case ev.DisputeWithdrawn(matter=matter_id, settled_by=settled_by):
            state = state.with_changes(matter_id, stage="ended", end="withdrawn")
            if state.question and state.question.matter == matter_id:
                state = replace(state, question=None)  # 还是退吧 is no pick of what was dropped
            return _turned_from(state, settled_by) if settled_by else state
        case ev.HandedOver():
            return _handed_over(state, event)
        case ev.QueueLeft():
            state = owner_changed(state.answered(), "bot", "")
            return replace(state, queued_for=None, resume=True)
        case ev.OwnerChanged(owner=owner, name=name):
            return _heard_anew(state, owner_changed(state, owner, name))
        case ev.AgentReplied():
            return agent_replied(state, event)
        case ev.ReplyLost():
            # Whoever holds the chat, or is called to it already, sees what became of the reply.
            return replace(state, reply_lost=state.owner == "bot")


def _heard_anew(before: State, state: State) -> State:
    """Hear again, as things stand now, what an agent left unanswered that was to undo a remedy.

    不等了我要退款 was of a sum that awaited approval: paid meanwhile, the rest is still owed.
    """
    given_back = before.owner == "agent" and state.owner == "bot"
    spoke, matter = state.unanswered, state.current
    if not given_back or spoke is None or matter is None:
        return state
    decided = matter.remedy is not None and matter.stage not in {"approval", "executing"}
    return take_in(state, spoke) if state.letting_go and decided else state


def _turned_from(state: State, settled_by: str) -> State:
    """Leave what was settled along with another matter: what is said next is of that other one."""
    return turn_to_waiting(replace(state, active=settled_by, resume=False))


def _note_if_lost(state: State, event: ev.Event) -> State:
    """Note a matter that the log knows, and that the rules of this release did not open so.

    What was granted in it is missing from the state, or stands under a matter of another issue
    or order; a person who holds the chat sees the record.
    """
    matter_id: str | None = getattr(event, "matter", None)
    if matter_id is None or state.owner == "agent" or _is_as_logged(state, matter_id, event):
        return state
    return replace(state, lost=matter_id)


def _is_as_logged(state: State, matter_id: str, event: ev.Event) -> bool:
    matter = state.matter(matter_id)
    if matter is None or not isinstance(event, ev.Offered | ev.RemedyGranted):
        return matter is not None
    return event.issue in {"", matter.issue} and event.order_no in {"", matter.order_no}


def _order_checked(state: State, event: ev.OrderChecked) -> State:
    # A customer may write the number in lower case; from here on it is the order system's.
    order_no = event.record["order_no"] if event.record else event.order_no
    state = _renamed(state, event.order_no, order_no)
    before = state.orders.get(order_no)
    if not (before and before.owned):
        state = replace(state, tail=state.tail or glued_tail(event.order_no, order_no))
    state = state.with_order(
        KnownOrder(
            order_no=order_no,
            record=event.record,
            checked_in_turn=state.turn,
            owned=before.owned if before else False,
            failures=before.failures if before else 0,
            locked=event.locked,
            granted_fen=event.granted_fen,
            history=event.history,
            standing=event.standing,
            own_returns=event.own_returns,
            contacts=event.contacts,
        )
    )
    return open_each(read_as_sold(state, order_no), order_no)


def _renamed(state: State, written: str, order_no: str) -> State:
    if written == order_no:
        return state
    state = each(state, lambda m: replace(m, order_no=order_no) if m.order_no == written else m)
    return replace(state, order_no=order_no) if state.order_no == written else state


def _buttons(options: Iterable[dict[str, Any]]) -> tuple[Button, ...]:
    return tuple(
        Button(
            id=option["id"],
            label=option["label"],
            kind=option["kind"],
            matter=option.get("matter"),
            value=option.get("value", ""),
        )
        for option in options
    )


def _show(state: State, buttons: tuple[Button, ...]) -> State:
    return replace(state, buttons={**state.buttons, **{b.id: b for b in buttons}})


def _asked(
    state: State, what: str, matter: str | None, options: tuple[dict[str, str], ...]
) -> State:
    buttons = _buttons(options)
    key = f"{matter}:{what}"
    state = _show(state.answered(), buttons)
    return replace(
        state,
        question=Question(what=what, matter=matter, buttons=buttons),
        asked={**state.asked, key: state.asked.get(key, 0) + 1},
    )


def _said(state: State, about: str, options: tuple[dict[str, str], ...]) -> State:
    state = _name_one(state, about, options)
    if state.news and about.startswith("news:"):
        state = _show(replace(state, news=state.news[1:]), _buttons(options))
        state = _confirm_by_button_only(state)
        settled = state.current is not None and state.current.stage == "ended"
        return turn_to_waiting(state) if settled and not state.news else state
    state = _lapse_confirmation(state)
    if state.owner == "queue":
        state = replace(state, noted_in_queue=state.noted_in_queue | {about})
    key = f"{state.active}:{about}"
    state = replace(state, asked={**state.asked, key: state.asked.get(key, 0) + 1})
    return _show(state.answered(), _buttons(options))


def _name_one(state: State, about: str, options: tuple[dict[str, str], ...]) -> State:
    """Keep which option alone was just named; whatever else is said takes the yes to it away."""
    asked = state.question
    if asked is None or asked.what != "offer":
        return state
    named = options[0]["id"] if about == WHICH_ONE and options else None
    return replace(state, question=replace(asked, named=named))


def _lapse_confirmation(state: State) -> State:
    """A remark in between leaves an open question open, but not a confirmation.

    A "好的" that answers the remark must never be taken for the go-ahead to a remedy.
    """
    matter = _to_be_confirmed(state)
    if matter is None:
        return state
    state = _confirm_by_button_only(state)
    return state.with_matter(replace(matter, stage="offered", picked=None))


def _confirm_by_button_only(state: State) -> State:
    """News came in between: a "好的" may answer that, but the button can mean only one thing."""
    matter = _to_be_confirmed(state)
    if matter is None:
        return state
    buttons = tuple(state.buttons[str(option["id"])] for option in matter.offer)
    return replace(state, question=Question(what="offer", matter=matter.id, buttons=buttons))


def _to_be_confirmed(state: State) -> Matter | None:
    asked = state.question
    matter = state.matter(asked.matter) if asked and asked.what in CONFIRMING else None
    return matter if matter and matter.stage == "confirming" else None


def _offered(state: State, event: ev.Offered) -> State:
    buttons = _buttons(event.options)
    matter = state.matter(event.matter)
    state = state.answered().with_changes(
        event.matter,
        stage="offered",
        offered_for=matter.demand if matter else None,
        picked=None,
        agreed=None,
        verdict=event.verdict,
        offer=tuple(option for option in event.options if option["kind"] != "human"),
    )
    state = _show(state, buttons)
    return replace(
        state, active=event.matter, question=Question(what="offer", matter=event.matter,
                                                      buttons=buttons)
    )  # fmt: skip


def _picked(state: State, event: ev.OptionPicked) -> State:
    matter = state.matter(event.matter)
    if matter is None:
        return state
    offer = tuple(
        {**option, "detail": {**option["detail"], "correction": event.correction}}
        if event.correction and option["id"] == event.option_id
        else option
        for option in matter.offer
    )
    changed = replace(matter, stage="confirming", picked=event.option_id, offer=offer)
    return state.with_matter(changed)


def _declined(state: State, matter_id: str, kinds: tuple[str, ...]) -> State:
    matter = state.matter(matter_id)
    if matter is None:
        return state
    changed = replace(
        matter, declined=matter.declined | set(kinds), stage="gathering", picked=None, offer=()
    )
    return replace(state.with_matter(changed), declining=False, question=None)


def _blocked(state: State, matter_id: str, reason: str) -> State:
    state = state.with_changes(matter_id, stage="gathering", picked=None, offer=(), blocked=reason)
    return replace(state, picked=None)


def _handed_over(state: State, event: ev.HandedOver) -> State:
    matter, why = state.matter(event.matter), (event.reason, event.level)
    if matter is not None:
        state = state.with_matter(_with_person(matter, why))
    if state.owner == "queue" and state.queued_for == why:
        return replace(state, new_in_queue=True)  # told while they wait: it is answered yet
    if state.owner != "queue":
        state = replace(state, noted_in_queue=frozenset())
    state = replace(state.answered(), given_back=None, reply_lost=False)
    return replace(state, owner="queue", owner_name="", queued_for=why, question=None)


def _with_person(matter: Matter, why: tuple[str, str]) -> Matter:
    """A remedy on its way goes on whoever speaks, and is released as high up as its sum asks."""
    matter = replace(matter, wished_of_agent=False)
    if matter.remedy is None or matter.remedy.state not in MOVING:
        return replace(matter, stage="with_person", escalated=why)
    if matter.escalated and remedy_events.as_high(matter.escalated[1], why[1]):
        return matter
    return replace(matter, escalated=why)
