"""What was promised to a customer, read out of what happened, and what keeps it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from bot.clock import end_of_shop_day
from bot.conversation import store
from bot.conversation.saying.offers import OFFER_STANDS
from bot.conversation.saying.options import option_label
from bot.conversation.saying.replies import Replies
from bot.conversation.shapes import events as ev
from bot.conversation.shapes.state import State
from bot.conversation.words.answers import after_person
from bot.desk import promises
from bot.desk.clocks import ANSWER_KEEPS, DONE_IS_KEPT, WAITS_FOR_PERSON
from bot.desk.promises import Promise
from bot.remedies.policy import Policy
from bot.remedies.verdict import TOLD

RETURN_AWAITED = timedelta(days=30)
# The reason whose time an agent has for an answer. Why people were called at first may leave ten
# minutes, and who is writing to thirty customers must not lose a chat to that.
ANSWERS_AS = "E6"


def record(
    connection: Connection,
    conversation_id: int,
    happened: Sequence[ev.Event],
    before: State,
    after: State,
    replies: Replies,
    now: datetime,
) -> None:
    """Write down what a turn promised, and settle what it kept or made pointless.

    Promises that go with a remedy's release are written with the remedy: `on_release`.
    """
    for event in happened:
        match event:
            case ev.Offered(matter=matter, options=options):
                _offer(connection, conversation_id, matter, options, now)
            case ev.RemedyGranted(matter=matter, option=option):
                dispute_id = store.dispute_id(connection, conversation_id, matter)
                settle = promises.keep if _offers(before, matter, option) else promises.void
                settle(connection, now, dispute_id=dispute_id, what="offer")
            case ev.OfferDeclined(matter=matter) | ev.Conceded(matter=matter):
                dispute_id = store.dispute_id(connection, conversation_id, matter)
                promises.void(connection, now, dispute_id=dispute_id, what="offer")
            case ev.DisputeWithdrawn(matter=matter) | ev.RemedyWithdrawn(matter=matter):
                dispute_id = store.dispute_id(connection, conversation_id, matter)
                promises.void(connection, now, dispute_id=dispute_id)
            case ev.HandedOver(reason=reason, matter=matter):
                promises.void(connection, now, conversation_id=conversation_id, what="offer")
                a_person(connection, conversation_id, reason, matter, after, replies, now)
            case ev.CustomerSpoke() if after.owner == "agent" and _wants_answer(event):
                _an_answer(connection, conversation_id, after, replies, now)
            case ev.QueueLeft():
                promises.void(connection, now, conversation_id=conversation_id, what="person")
            case _:
                pass


def a_person(
    connection: Connection,
    conversation_id: int,
    reason: str,
    matter: str | None,
    after: State,
    replies: Replies,
    now: datetime,
) -> None:
    """Write down by when a person was promised to answer, where the words name a time."""
    due_at = replies.person_due(reason, now)
    if due_at is None:
        return
    known = after.matter(matter)
    made = Promise(
        key=f"person:{matter or ''}:{now.isoformat()}",
        what="person",
        said=replies.text(f"promised.person.{reason}"),
        due_at=due_at,
        dispute_id=store.dispute_id(connection, conversation_id, known.id) if known else None,
    )
    promises.make(connection, conversation_id, made, now)


def _wants_answer(spoke: ev.CustomerSpoke) -> bool:
    """Tell whether a message to an agent is more than thanks, or a yes to what they said."""
    if spoke.photos or spoke.choices:
        return True
    heard, text = spoke.heard, spoke.plain
    polite = heard.intent == "thank" and not heard.issues and not heard.signs
    return not (
        after_person.only_consents(text) or (polite and not after_person.speaks_of_promise(text))
    )


def _an_answer(
    connection: Connection, conversation_id: int, after: State, replies: Replies, now: datetime
) -> None:
    """Write down by when the agent who holds the chat is to answer, unless that is watched."""
    if promises.is_open(connection, conversation_id, WAITS_FOR_PERSON):
        return
    due_at = replies.person_due(ANSWERS_AS, now)
    matter = after.current if after.current and after.current.stage != "ended" else None
    if due_at is None:
        return
    made = Promise(
        key=f"answer:{now.isoformat()}",
        what="answer",
        said=replies.text("promised.answer"),
        due_at=due_at,
        dispute_id=store.dispute_id(connection, conversation_id, matter.id) if matter else None,
    )
    promises.make(connection, conversation_id, made, now)


def on_grant(
    connection: Connection,
    conversation_id: int,
    event: ev.RemedyGranted,
    remedy_id: int,
    policy: Policy,
    replies: Replies,
    now: datetime,
) -> None:
    """Write down what was promised with a remedy: an answer by staff, or the remedy itself."""
    if event.needs_approval is None:
        on_release(connection, conversation_id, event, remedy_id, policy, now)
        return
    made = Promise(
        key=f"approval:{event.key}",
        what="approval",
        said=replies.text("promised.approval", option=option_label(replies, event.option)),
        due_at=replies.approval_due(event.needs_approval, now),
        dispute_id=store.dispute_id(connection, conversation_id, event.matter),
        remedy_id=remedy_id,
    )
    promises.make(connection, conversation_id, made, now)


def on_release(
    connection: Connection,
    conversation_id: int,
    granted: ev.RemedyGranted,
    remedy_id: int,
    policy: Policy,
    now: datetime,
) -> None:
    """Write down by when a released remedy was promised to take effect, if a time was named."""
    option = granted.option
    after_return = policy.after_return.get(option.get("promise", ""))
    due_at = now + RETURN_AWAITED if after_return else _due(policy, option, now)
    if option["kind"] in TOLD or due_at is None:
        return
    made = Promise(
        key=f"{option['kind']}:{granted.key}",
        what=option["kind"],
        said=option["within"],
        due_at=due_at,
        dispute_id=store.dispute_id(connection, conversation_id, granted.matter),
        remedy_id=remedy_id,
        after_return_hours=after_return,
    )
    promises.make(connection, conversation_id, made, now)


def on_finish(connection: Connection, remedy_id: int, outcome: str, now: datetime) -> None:
    """Settle what a remedy's end keeps, or makes pointless."""
    if outcome == "done":
        promises.keep(connection, now, remedy_id=remedy_id, what=DONE_IS_KEPT)
    elif outcome == "failed":
        promises.void(connection, now, remedy_id=remedy_id)


def on_answer(connection: Connection, conversation_id: int, now: datetime) -> None:
    """Settle what a person's words to the customer keep."""
    promises.keep(connection, now, conversation_id=conversation_id, what=ANSWER_KEEPS)


def on_return(connection: Connection, conversation_id: int, now: datetime) -> None:
    """Settle what an agent owed who gave the chat back to the bot: that answers now."""
    promises.void(connection, now, conversation_id=conversation_id, what="answer")


def on_decision(connection: Connection, remedy_id: int, now: datetime) -> None:
    """Settle the promise that somebody would decide about a remedy."""
    promises.keep(connection, now, remedy_id=remedy_id, what="approval")


def on_close(connection: Connection, conversation_id: int, now: datetime) -> None:
    """Settle what has no object once a person ended the chat; a remedy on its way is still owed.

    Only words keep the promise of an answer, and they have kept it when they were said.
    """
    promises.void(
        connection, now, conversation_id=conversation_id, what={"offer", *WAITS_FOR_PERSON}
    )


def _offers(state: State, matter_id: str, option: Mapping[str, Any]) -> bool:
    """Tell whether a remedy is on offer: a refusal told in its place fulfils no offer."""
    matter = state.matter(matter_id)
    return matter is not None and option["kind"] in {one["kind"] for one in matter.offer}


def _offer(
    connection: Connection,
    conversation_id: int,
    matter: str,
    options: Sequence[Mapping[str, Any]],
    now: datetime,
) -> None:
    dispute_id = store.dispute_id(connection, conversation_id, matter)
    promises.void(connection, now, dispute_id=dispute_id, what="offer")
    real = [option for option in options if option["kind"] != "human"]
    if len(real) < 2:
        return  # the words name a deadline only where there is a choice
    made = Promise(
        key=f"offer:{matter}:{now.isoformat()}",
        what="offer",
        said="、".join(str(option["label"]) for option in real),
        due_at=now + OFFER_STANDS,
        dispute_id=dispute_id,
    )
    promises.make(connection, conversation_id, made, now)


def _due(policy: Policy, option: Mapping[str, Any], now: datetime) -> datetime | None:
    term = policy.promised.get(option.get("promise", ""))
    if term is None:
        return None
    return end_of_shop_day(now) if term == "today" else now + timedelta(hours=float(term))
