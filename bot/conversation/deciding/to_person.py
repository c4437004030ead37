"""When a person is called, and what is said while the customer waits for one; pure."""

from __future__ import annotations

from bot.conversation.deciding.find_order import human_button, look_anew, step_to_ownership_told
from bot.conversation.deciding.news import is_done_by_person, tell_news
from bot.conversation.replaying.closed import is_asked_of_people, left_to_people
from bot.conversation.replaying.details import STOPS, stop_sign
from bot.conversation.shapes import events as ev
from bot.conversation.shapes.state import TALKING, Matter, State
from bot.conversation.shapes.steps import HandOver, LeaveQueue, LookUpOrder, Note, Say, Step, Wait
from bot.conversation.words.answers import after_person
from bot.conversation.words.sentence import consent, manner
from bot.conversation.words.things.named import bare_number
from bot.conversation.words.wishes import afterthoughts
from bot.levels import LEVELS
from bot.remedies.verdict import TOLD
from bot.remedies.wishes import DEMAND_OF

ABUSE_BEFORE_PERSON = 2  # policy §4.3, E7
UNSURE = ("E13", "L1")
SEVERAL_AT_MOST = 3
GOODS_DANGERS = frozenset({"E1", "E2"})  # people were hurt, or may be, by what was bought


def beside_person(state: State) -> Step:
    """Somebody else speaks: to who waits one line tells that it is noted, and one what is new.

    Beside a person no more is said than that what they released is done.
    """
    if shown := step_to_ownership_told(state):
        return shown
    if looked := _look_at_failed(state):
        return looked
    if state.owner != "queue":
        return tell_news(state) if is_done_by_person(state) else Wait()
    if state.news:
        return tell_news(state)
    if state.unanswered is None:
        return Wait()
    if not state.lost and _leaves_queue(state, state.unanswered):
        return LeaveQueue()
    return (
        _worse(state, state.unanswered.heard)
        or _asks_after_all(state)
        or _put_before_person(state)
        or _noted(state)
    )


def _noted(state: State) -> Step:
    """Tell that the message is noted, unless it was told before; of a new matter once more."""
    about = "queued_new" if state.new_in_queue else "queued"
    told = state.noted_in_queue & {about, "queued_new"}
    return Wait() if told else Say(about=about, wording=about)


def _look_at_failed(state: State) -> Step | None:
    """Look at the order of a remedy that failed: staff see what is possible in its place now."""
    failed = [state.matter(id_) for id_, what in state.news if what == "failed"]
    return next((step for matter in failed if matter and (step := look_anew(state, matter))), None)


def _leaves_queue(state: State, spoke: ev.CustomerSpoke) -> bool:
    """Tell whether who asked for a person wants none; whom the policy sends to one stays."""
    asked_for = state.queued_for is not None and state.queued_for[0] == "E8"
    return (
        asked_for
        and set(spoke.heard.signs) <= {"human"}
        and afterthoughts.leaves_queue(spoke.plain)
    )


def _worse(state: State, heard: ev.Heard) -> Step | None:
    """A stop sign graver than what the chat waits for: it moves up, and the reason is the sign."""
    sign = stop_sign(heard.signs)
    if sign is None or (state.queued_for and _as_grave(state.queued_for, sign)):
        return None
    return _called_by(state, sign)


def _asks_after_all(state: State) -> Step | None:
    """Whom the bot handed over because it was unsure asks for a person: those are quicker."""
    if not state.wants_human or state.queued_for != UNSURE:
        return None
    return HandOver(reason="E8", level="L1", matter=open_id(state))


def _as_grave(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Tell whether a reason is as grave as another: by its level, then by the order of signs."""
    order = list(STOPS.values())
    if LEVELS.index(one[1]) != LEVELS.index(other[1]):
        return LEVELS.index(one[1]) > LEVELS.index(other[1])
    return one in order and order.index(one) <= order.index(other)


def _put_before_person(state: State) -> Step | None:
    """What comes to light while the chat waits is for the same person, with its order's facts."""
    matter = state.current
    if matter is None or matter.stage != "gathering" or state.queued_for is None:
        return None
    reason, level = state.queued_for
    event = ev.HandedOver(reason=reason, level=level, matter=matter.id)
    return _order_named(state) or Note(event=event)


def left_by_agent(state: State) -> Step | None:
    """Answer what is said of a matter that an agent spoke in, and gave back undecided.

    What they agreed on is in their words alone: the bot neither undoes it nor gives it twice.
    Whoever asks after it, or says anything else of it, speaks with a person again.
    """
    matter, spoke = state.left, state.unanswered
    if matter is None or spoke is None:
        return None
    text, numbers = spoke.plain, spoke.heard.order_nos
    if numbers and numbers[-1] != matter.order_no:
        return None
    if consent.consents_expressly(text):
        if not state.times_asked("left"):
            return Say(about="left", wording="left_by_agent", options=(human_button(state),))
    elif after_person.only_consents(text):
        return Say(about="understood", wording="understood")
    polite = spoke.heard.intent in {"greet", "thank"} and not after_person.speaks_of_promise(text)
    if polite or manner.only_calls(text):
        return None
    return look_anew(state, matter) or HandOver(reason="E13", level="L1", matter=matter.id)


def promised_by_person(state: State) -> Step | None:
    """Call a person for who asks after what one promised before the chat was closed: 新的呢.

    The bot knows the old parcel, and what it granted itself; neither is an answer.
    """
    matter, spoke = left_to_people(state), state.unanswered
    if matter is None or spoke is None or not is_asked_of_people(state, spoke):
        return None
    return look_anew(state, matter) or HandOver(
        reason="E13", level="L1", matter=matter.id, wording="nothing_on_record"
    )


def back_to_people(state: State, matter: Matter) -> Step:
    """Call people again for what only they may decide, with its order's facts."""
    if matter.order_no and matter.order_no not in state.orders:
        return LookUpOrder(order_no=matter.order_no)
    reason, level = (None if matter.wished_of_agent else matter.escalated) or UNSURE
    return HandOver(reason=reason, level=level, matter=matter.id)


def reply_lost(state: State) -> Step:
    """Call a person where the customer may not have read what was said: it is not said again.

    What was asked or offered is asked anew once they give the chat back. A matter that is being
    carried out needs no one.
    """
    matter = state.current
    talking = matter is not None and matter.stage in TALKING
    return HandOver(reason="E13", level="L1", matter=state.active if talking else None)


def stop_at_sign(state: State) -> Step | None:
    """Call a person where the message holds a stop sign: nothing else in it is answered."""
    heard = state.heard
    sign = stop_sign(heard.signs)
    return _called_by(state, sign) if sign else None


def _called_by(state: State, sign: tuple[str, str]) -> Step:
    reason, level = sign
    matter = state.repeated or open_id(state)
    return _order_named(state) or HandOver(reason=reason, level=level, matter=matter)


def person_wanted(state: State) -> Step | None:
    """Call a person for who asks for one, who abuses, and who writes in another language."""
    if state.wants_human:
        return _order_named(state) or HandOver(reason="E8", level="L1", matter=open_id(state))
    if state.abuse >= ABUSE_BEFORE_PERSON:
        return HandOver(reason="E7", level="L2", matter=open_id(state))
    if state.unanswered and state.unanswered.heard.foreign:
        return HandOver(reason="E13", level="L1", matter=open_id(state))
    return None


def several_orders(state: State) -> Step | None:
    """Two orders spoken of in one breath: a person keeps them apart, and none is forgotten."""
    heard = state.heard
    named = heard.order_nos[:SEVERAL_AT_MOST]
    wishes = heard.demand or heard.intent in {"order_status", "want_expedite", *DEMAND_OF}
    if len(named) < 2 or not (heard.issues or heard.guess or wishes):
        return None
    seen = {bare_number(no): known for no, known in state.orders.items()}
    unseen = next((no for no in named if bare_number(no) not in seen), None)
    if unseen is not None:
        return LookUpOrder(order_no=unseen)
    held = {bare_number(no) for no in named if seen[bare_number(no)].record is not None}
    if len(held) < 2:
        return None
    return HandOver(reason="E13", level="L1", matter=open_id(state))


def _order_named(state: State) -> Step | None:
    """Look at the order that was named, so that whoever takes over sees its facts."""
    named = state.unanswered is not None and bool(state.unanswered.heard.order_nos)
    if named and state.order_no and state.order_no not in state.orders:
        return LookUpOrder(order_no=state.order_no)
    return None


def asks_for_order(state: State, step: HandOver) -> bool:
    """Tell whether the order is asked for beside the call for a person: once, after the advice.

    Whoever is to see to a danger from goods must know which they were.
    """
    first = state.queued_for is None  # nothing is asked of who waits already
    return first and step.reason in GOODS_DANGERS and not state.order_no


def open_id(state: State) -> str | None:
    """Return the matter that a person would take over: the current one unless it is settled.

    What ended in words alone is not settled for whom they brought to a person: it was said with
    them that a person would look at it again.
    """
    matter = state.current
    if matter is None or (matter.stage == "ended" and not is_contestable(state, matter)):
        return None
    return matter.id


def is_contestable(state: State, matter: Matter) -> bool:
    """Tell whether the matter ended in an explanation or a refusal, and is spoken of still."""
    told = matter.granted_kind in TOLD
    return told and matter.end != "withdrawn" and matter.order_no == state.order_no
