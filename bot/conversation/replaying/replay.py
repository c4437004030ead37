"""The state of a conversation out of its events: one `match`, each event in a few lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.conversation.replaying.as_sold import read_as_sold
from bot.conversation.replaying.owners import each, owner_changed, told_to_person, turn_to_waiting
from bot.conversation.replaying.take_in import take_in
from bot.conversation.shapes import events as ev
from bot.conversation.shapes.state import (
    CONFIRMING,
    TALKING,
    Button,
    KnownOrder,
    Matter,
    Question,
    Remedy,
    State,
)
from bot.levels import LEVELS
from bot.order_record import MULTIPLE
from bot.remedies.verdict import TOLD

# A remedy in one of these may still take effect, so its dispute gets no other.
MOVING = frozenset({"awaiting_approval", "executing", "uncertain"})
# A promise that was missed: reason and level (policy §4.3).
LET_DOWN = ("E6", "L2")


def replay(events: Iterable[ev.Event], state: State | None = None) -> State:
    """Return the state after the events, from the beginning or from a given state on."""
    state = state or State()
    for event in events:
        state = apply(state, event)
    return state


def apply(state: State, event: ev.Event) -> State:  # noqa: C901  a table, one line an event
    """Return the state after one event."""
    state = _note_if_lost(state, event)
    match event:
        case ev.CustomerSpoke(heard=heard):
            spoken_to, state = state.owner, take_in(state, event)
            return told_to_person(state, heard.signs) if spoken_to == "agent" else state
        case ev.IdentitySigned(phone=phone, telegram_id=telegram_id):
            return replace(state, identity={"phone": phone, "telegram_id": telegram_id})
        case ev.OrdersListed(orders=orders):
            return replace(state, my_orders=orders)
        case ev.OrderChecked():
            return _order_checked(state, event)
        case ev.OwnershipShown(order_no=order_no):
            order = replace(state.orders[order_no], owned=True)
            return read_as_sold(replace(state.with_order(order), tail=None), order_no)
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
            return replace(_change(state, matter_id, **changes), declining=False, question=None)
        case ev.RemedyGranted():
            return _granted(state, event)
        case ev.RemedyApproved(matter=matter_id, key=key):
            state = _remedy(state, matter_id, key, state_name="executing")
            return _change(state, matter_id, stage="executing")
        case ev.RemedyRefused(matter=matter_id, key=key, reason=reason):
            return _refused(state, matter_id, key, reason)
        case ev.RemedyExpired(matter=matter_id, key=key):
            return _expired(state, matter_id, key)
        case ev.PromiseBroken(matter=matter_id):
            return _let_down(state, matter_id)
        case ev.RemedyWithdrawn():
            return _taken_back(state, event)
        case ev.RemedyFinished():
            return _finished(state, event)
        case ev.GrantBlocked(matter=matter_id, reason=reason):
            return _blocked(state, matter_id, reason)
        case ev.DisputeWithdrawn(matter=matter_id):
            return _change(state, matter_id, stage="ended", end="withdrawn")
        case ev.HandedOver():
            return _handed_over(state, event)
        case ev.QueueLeft():
            state = owner_changed(_answered(state), "bot", "")
            return replace(state, queued_for=None, resume=True)
        case ev.OwnerChanged(owner=owner, name=name):
            return owner_changed(state, owner, name)
        case ev.AgentReplied():
            return replace(state, unanswered=None)


def _note_if_lost(state: State, event: ev.Event) -> State:
    """Note a matter that the log knows, and that the rules of this release did not open.

    What was granted in it is missing from the state; a person who holds the chat sees the record.
    """
    matter_id: str | None = getattr(event, "matter", None)
    if matter_id is None or state.owner == "agent" or state.matter(matter_id) is not None:
        return state
    return replace(state, lost=matter_id)


def _change(state: State, matter_id: str, **changes: Any) -> State:
    matter = state.matter(matter_id)
    return state if matter is None else state.with_matter(replace(matter, **changes))


def _remedy(state: State, matter_id: str, key: str, *, state_name: str, **more: str) -> State:
    matter = state.matter(matter_id)
    if matter is None:
        return state

    def changed(remedies: tuple[Remedy, ...]) -> tuple[Remedy, ...]:
        return tuple(
            replace(r, state=state_name, **more) if r.key == key else r  # type: ignore[arg-type]
            for r in remedies
        )

    return state.with_matter(
        replace(matter, remedies=changed(matter.remedies), damages=changed(matter.damages))
    )


def _order_checked(state: State, event: ev.OrderChecked) -> State:
    # A customer may write the number in lower case; from here on it is the order system's.
    order_no = event.record["order_no"] if event.record else event.order_no
    state = _renamed(state, event.order_no, order_no)
    before = state.orders.get(order_no)
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
            contacts=event.contacts,
        )
    )
    return read_as_sold(state, order_no)


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


def _answered(state: State) -> State:
    return replace(
        state,
        unanswered=None,
        picked=None,
        stale_pick=False,
        wants_status=False,
        wants_human=False,
        declining=False,
        letting_go=False,
        repeated=None,
        resume=False,
        handed_back=False,
    )


def _show(state: State, buttons: tuple[Button, ...]) -> State:
    return replace(state, buttons={**state.buttons, **{b.id: b for b in buttons}})


def _asked(
    state: State, what: str, matter: str | None, options: tuple[dict[str, str], ...]
) -> State:
    buttons = _buttons(options)
    key = f"{matter}:{what}"
    state = _show(_answered(state), buttons)
    return replace(
        state,
        question=Question(what=what, matter=matter, buttons=buttons),
        asked={**state.asked, key: state.asked.get(key, 0) + 1},
    )


def _said(state: State, about: str, options: tuple[dict[str, str], ...]) -> State:
    if state.news and about.startswith("news:"):
        state = _show(replace(state, news=state.news[1:]), _buttons(options))
        state = _confirm_by_button_only(state)
        settled = state.current is not None and state.current.stage == "ended"
        return turn_to_waiting(state) if settled and not state.news else state
    state = _lapse_confirmation(state)
    key = f"{state.active}:{about}"
    state = replace(state, asked={**state.asked, key: state.asked.get(key, 0) + 1})
    return _show(_answered(state), _buttons(options))


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
    state = _change(
        _answered(state),
        event.matter,
        stage="offered",
        picked=None,
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


def _granted(state: State, event: ev.RemedyGranted) -> State:
    matter = state.matter(event.matter)
    if matter is None:
        return state
    if event.beside:
        return state.with_matter(_with_damages(matter, event))
    told = event.option["kind"] in TOLD
    remedy = Remedy(
        key=event.key,
        option=event.option,
        state="done" if told else "awaiting_approval" if event.needs_approval else "executing",
        answer_by=event.answer_by,
    )
    end = {"explain": "resolved", "reject": "rejected"}.get(event.option["kind"])
    changed = replace(
        matter,
        remedies=(*matter.remedies, remedy),
        stage="ended" if told else "approval" if event.needs_approval else "executing",
        end=end,
        picked=None,
        offer=(),
        verdict=event.verdict,
        escalated=("E5", event.needs_approval) if event.needs_approval else matter.escalated,
    )
    state = replace(_answered(state.with_matter(changed)), question=None)
    return turn_to_waiting(state) if told else state


def _with_damages(matter: Matter, event: ev.RemedyGranted) -> Matter:
    """Return the matter with what was asked for beyond the price; all that was open stays so."""
    granted = Remedy(key=event.key, option=event.option, state="executing")
    return replace(matter, damages=(*matter.damages, granted), multiples=False)


def _refused(state: State, matter_id: str, key: str, reason: str) -> State:
    state = _remedy(state, matter_id, key, state_name="refused", note=reason)
    matter = state.matter(matter_id)
    if matter is None or matter.remedy is None:
        return state
    changed = replace(
        matter,
        stage="gathering" if state.owner == "bot" else "with_person",
        declined=matter.declined | {str(matter.remedy.option["kind"])},
    )
    state = _facts_have_aged(state.with_matter(changed))
    state = replace(state, news=(*state.news, (matter_id, "refused")))
    current = state.current
    if current is not None and current.id != matter_id and current.stage in TALKING:
        # It is taken up again when that one is settled; what was offered beside it is another sum.
        left_out = any(option["detail"].get("pending_fen") for option in current.offer)
        return replace(state, resume=state.resume or left_out)
    return replace(state, active=matter_id, resume=True)


def _expired(state: State, matter_id: str, key: str) -> State:
    """Leave the matter to people: what they did not answer, the bot does not offer again."""
    state = _remedy(state, matter_id, key, state_name="expired")
    state = _let_down(_change(state, matter_id, stage="with_person"), matter_id)
    state = _facts_have_aged(state)
    if state.owner != "agent":
        return state  # told at once
    return replace(state, news=(*state.news, (matter_id, "expired")))


def _let_down(state: State, matter_id: str | None) -> State:
    """Raise the matter to a supervisor, unless it is as high already."""
    matter = state.matter(matter_id)
    if matter is None or (matter.escalated and _as_high(matter.escalated[1], LET_DOWN[1])):
        return state
    return state.with_matter(replace(matter, escalated=LET_DOWN))


def _as_high(level: str, other: str) -> bool:
    return LEVELS.index(level) >= LEVELS.index(other)


def _taken_back(state: State, event: ev.RemedyWithdrawn) -> State:
    """What waited for approval no longer does: nobody need look at it, and its sum is free."""
    state = _remedy(state, event.matter, event.key, state_name="withdrawn")
    matter = state.matter(event.matter)
    remedy = matter.remedy if matter else None
    if matter is None or remedy is None:
        return state
    if matter.escalated is not None and matter.escalated[0] == "E5":
        matter = replace(matter, escalated=None)
    if event.instead:
        matter = replace(matter, stage="gathering", end=None)
    else:
        matter = replace(matter, stage="ended", end="withdrawn")
    state = _freed(state.with_matter(matter), matter, remedy)
    return replace(state, letting_go=False) if event.instead else state


def _freed(state: State, matter: Matter, remedy: Remedy) -> State:
    """Count the remedy's sum no longer as granted on the order."""
    order, option = state.orders.get(matter.order_no or ""), remedy.option
    if order is None:
        return state
    standing = tuple(
        row for row in order.standing
        if (row["matter"], row["kind"], row.get("amount_fen"))
        != (matter.id, option["kind"], option["amount_fen"])
    )  # fmt: skip
    # Looked up before it was granted, the order does not count it.
    counted = len(standing) < len(order.standing)
    left = max(0, order.granted_fen - option["amount_fen"]) if counted else order.granted_fen
    return state.with_order(replace(order, granted_fen=left, standing=standing))


def _finished(state: State, event: ev.RemedyFinished) -> State:
    matter = state.matter(event.matter)
    if matter is None:
        return state  # nothing could be told of it
    state = _remedy(
        state,
        event.matter,
        event.key,
        state_name=event.outcome,
        reference=event.reference,
        note=event.note,
    )
    if any(one.key == event.key for one in matter.damages):
        return _damages_finished(state, event)
    if event.outcome == "done":
        state = _change(state, event.matter, stage="ended", end="resolved")
    elif event.outcome == "failed" and state.owner != "bot":
        state = _change(state, event.matter, stage="with_person")
    state = _facts_have_aged(state)
    return replace(state, news=(*state.news, (event.matter, event.outcome)))


def _damages_finished(state: State, event: ev.RemedyFinished) -> State:
    """Damages end nothing that is offered or under way; people see to what came to nothing."""
    if event.outcome == "failed" and state.owner == "bot":
        state = replace(state, given_back=event.matter)
    return replace(state, news=(*state.news, (event.matter, f"{MULTIPLE}_{event.outcome}")))


def _facts_have_aged(state: State) -> State:
    """Let every order be looked up again: a remedy changed it, or a person took their time."""
    return replace(state, turn=state.turn + 1)


def _blocked(state: State, matter_id: str, reason: str) -> State:
    state = _change(state, matter_id, stage="gathering", picked=None, offer=(), blocked=reason)
    return replace(state, picked=None)


def _handed_over(state: State, event: ev.HandedOver) -> State:
    matter, why = state.matter(event.matter), (event.reason, event.level)
    if matter is not None:
        state = state.with_matter(_with_person(matter, why))
    state = replace(_answered(state), given_back=None)
    return replace(state, owner="queue", queued_for=why, question=None)


def _with_person(matter: Matter, why: tuple[str, str]) -> Matter:
    """A remedy on its way goes on whoever speaks, and is released as high up as its sum asks."""
    if matter.remedy is None or matter.remedy.state not in MOVING:
        return replace(matter, stage="with_person", escalated=why)
    if matter.escalated and _as_high(matter.escalated[1], why[1]):
        return matter
    return replace(matter, escalated=why)
