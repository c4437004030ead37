"""What becomes of a remedy, and of the matter that it was granted in; pure."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.replaying.owners import turn_to_waiting
from bot.conversation.shapes import events as ev
from bot.conversation.shapes.state import TALKING, Matter, Remedy, State
from bot.levels import LEVELS
from bot.order_record import MULTIPLE
from bot.remedies.verdict import TOLD

# A promise that was missed: reason and level (policy §4.3).
LET_DOWN = ("E6", "L2")


def granted(state: State, event: ev.RemedyGranted) -> State:
    """What is only told ends the matter; anything else is on its way, or waits for approval."""
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
        by=event.by,
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
        escalated=_raised(matter, event),
    )
    if event.by:  # what an agent agreed to, or was asked for, is what they gave
        changed = replace(changed, agreed=None, wished_of_agent=False)
    state = replace(state.with_matter(changed).answered(), question=None)
    return turn_to_waiting(state) if told else state


def _raised(matter: Matter, event: ev.RemedyGranted) -> tuple[str, str] | None:
    """Return why people look at the matter: for the approval, unless a person who holds the chat
    asks for it, and something graver called them.
    """
    known, level = matter.escalated, event.needs_approval
    if level is None or (event.by and known and as_high(known[1], level)):
        return known
    return "E5", level


def _with_damages(matter: Matter, event: ev.RemedyGranted) -> Matter:
    """Return the matter with what was asked for beyond the price; all that was open stays so."""
    given = Remedy(key=event.key, option=event.option, state="executing")
    return replace(matter, damages=(*matter.damages, given), multiples=False)


def approved(state: State, matter_id: str, key: str) -> State:
    """The remedy is on its way to the order system."""
    state = _remedy(state, matter_id, key, state_name="executing")
    return state.with_changes(matter_id, stage="executing")


def refused(state: State, matter_id: str, key: str, reason: str) -> State:
    """Staff would not release it: something else is looked for, by whoever speaks."""
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


def expired(state: State, matter_id: str, key: str) -> State:
    """Leave the matter to people: what they did not answer, the bot does not offer again."""
    state = _remedy(state, matter_id, key, state_name="expired")
    state = let_down(state.with_changes(matter_id, stage="with_person"), matter_id)
    state = _facts_have_aged(state)
    if state.owner != "agent":
        return state  # told at once
    return replace(state, news=(*state.news, (matter_id, "expired")))


def let_down(state: State, matter_id: str | None) -> State:
    """Raise the matter to a supervisor, unless it is as high already."""
    matter = state.matter(matter_id)
    if matter is None or (matter.escalated and as_high(matter.escalated[1], LET_DOWN[1])):
        return state
    return state.with_matter(replace(matter, escalated=LET_DOWN))


def as_high(level: str, other: str) -> bool:
    """Tell whether a level is at least the other."""
    return LEVELS.index(level) >= LEVELS.index(other)


def taken_back(state: State, event: ev.RemedyWithdrawn) -> State:
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
    order, option = state.order_of(matter), remedy.option
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


def finished(state: State, event: ev.RemedyFinished) -> State:
    """The order system carried it out, or would not; the customer is to be told."""
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
        state = state.with_changes(event.matter, stage="ended", end="resolved")
    elif event.outcome == "failed" and state.owner != "bot":
        state = state.with_changes(event.matter, stage="with_person")
    state = _facts_have_aged(state)
    return replace(state, news=(*state.news, (event.matter, event.outcome)))


def _damages_finished(state: State, event: ev.RemedyFinished) -> State:
    """Damages end nothing that is offered or under way; people see to what came to nothing."""
    if event.outcome == "failed" and state.owner == "bot":
        state = replace(state, given_back=event.matter)
    return replace(state, news=(*state.news, (event.matter, f"{MULTIPLE}_{event.outcome}")))


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


def _facts_have_aged(state: State) -> State:
    """Let every order be looked up again: a remedy changed it, or a person took their time."""
    return replace(state, turn=state.turn + 1)
