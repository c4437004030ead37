"""What is overdue: promises that were missed, approvals that lapsed, disputes left undecided.

Each piece is a transaction of its own that holds the chat, as every turn does, and then changes
its row's state, so several processes may look at the same time and nothing is done, or said,
twice. The customer is told once, in one line; while a person holds the chat nothing is said over
them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection, func, select, update

from bot.clock import Clock
from bot.conversation import promises as made
from bot.conversation import store
from bot.conversation.calling import call_people
from bot.conversation.put_back import gravest, place_of, reasons_known, with_last_words
from bot.conversation.replaying.remedy_events import LET_DOWN
from bot.conversation.replaying.replay import replay
from bot.conversation.results import conversation_key, matter_of
from bot.conversation.saying.options import option_label
from bot.conversation.saying.order_words import moment
from bot.conversation.saying.replies import Replies
from bot.conversation.shapes.events import Event, HandedOver, PromiseBroken, RemedyExpired
from bot.conversation.summary import summary
from bot.delivery import ledger, outbox
from bot.delivery.conversations import hold
from bot.delivery.retry import Backoff
from bot.delivery.wakeups import DESK, OUTBOX, Wakeups, conversation_topic
from bot.desk import clocks, promises
from bot.desk.clocks import CLOSED, WAITS_FOR_PERSON, Watched
from bot.desk.promises import Held
from bot.errors import NotAllowed
from bot.messages import PULLED_CHANNELS
from bot.order_record import OrderRecord
from bot.orders.port import Orders, in_time
from bot.remedies.fulfilment import has_happened, return_arrived
from bot.remedies.policy import Policy
from models import Database, dispute, message, remedy
from models.dispute import UNDECIDED
from models.remedy import AWAITS_APPROVAL

AT_ONCE = 20  # pieces of one kind in one look
PUT_OFF = Backoff(first_seconds=120, longest_seconds=3600)
URGENT = frozenset({"L2", "S"})

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """Looks for what is overdue and deals with it."""

    database: Database
    orders: Orders
    policy: Policy
    replies: Replies
    wakeups: Wakeups
    clock: Clock

    async def look(self) -> int:
        """Deal with everything that is due now; return how many pieces there were."""
        now = self.clock()
        lapsed = await self.database.read(lambda c: _lapsed(c, now))
        for remedy_id in lapsed:
            expire = partial(self.expire_approval, remedy_id=remedy_id, now=now)
            await self._deal(f"approval {remedy_id}", expire)
        held = await self.database.write(lambda c: promises.take_due(c, limit=AT_ONCE, now=now))
        for promise in held:
            await self._look_at(promise, now)
        days = self.policy.defaults.undecided_days
        late = await self.database.read(lambda c: _undecided(c, now, days))
        for dispute_id in late:
            escalate = partial(self.escalate_undecided, dispute_id=dispute_id, now=now)
            await self._deal(f"dispute {dispute_id}", escalate)
        return len(lapsed) + len(held) + len(late)

    async def _look_at(self, held: Held, now: datetime) -> None:
        what = f"promise {held.id}"
        try:
            record = await self._record(held)
        except Exception as error:  # whatever it was, the order system did not say
            _log.warning("the order of overdue %s cannot be looked up: %r", what, error)
            if held.after_return_hours is not None:
                # Whether the parcel came back is asked again, however late it is.
                await self._deal(what, lambda c: _look_on(c, held, None, now))
                return
            record = None  # what it does not say did not happen
        if not await self._deal(what, lambda c: self.settle_promise(c, held, record, now)):
            # It makes room: the oldest are taken first, and would be taken again and again.
            await self._deal(what, lambda c: _put_off(c, held, now))

    async def _deal(self, what: str, deed: Callable[[Connection], int | None]) -> bool:
        """Do one piece and tell whether it could be done; what stops it stops no other."""
        try:
            conversation_id = await self.database.write(deed)
        except Exception:
            _log.exception("could not deal with overdue %s; it stays due", what)
            return False
        if conversation_id is not None:
            self.wakeups.notify(DESK, OUTBOX, conversation_topic(conversation_id))
        return True

    async def _record(self, promise: Held) -> OrderRecord | None:
        """Ask the order system, outside any transaction."""
        if promise.order_no is None:
            return None
        return await in_time(self.orders.find(promise.order_no))

    def expire_approval(self, connection: Connection, remedy_id: int, now: datetime) -> int | None:
        """Let a remedy lapse that nobody released in time; return its conversation."""
        hold(connection, ledger.get(connection, remedy_id).conversation_id)
        try:
            row = ledger.expire(connection, remedy_id, now=now)
        except NotAllowed:
            return None  # decided meanwhile
        made.on_decision(connection, remedy_id, now)
        matter, key = matter_of(connection, row), conversation_key(row)
        granted = store.grant_of(connection, row.conversation_id, key)
        label = option_label(self.replies, granted.option) if granted else ""
        event = RemedyExpired(matter=matter, key=key)
        words = self.replies.text("missed.approval", option=label, within=self._answer_by(now))
        self._escalate(connection, row.conversation_id, matter, event, words, now)
        return row.conversation_id

    def settle_promise(
        self, connection: Connection, held: Held, record: OrderRecord | None, now: datetime
    ) -> int | None:
        """Write down what became of a promise; a broken one is escalated. Return its chat."""
        happened = record is not None and has_happened(held.what, record, held.made_at)
        if held.after_return_hours is not None and not happened:
            arrived_at = return_arrived(record, held.made_at) if record else None
            if arrived_at is not None or now < held.due_at:
                _look_on(connection, held, arrived_at, now)
                return None
        hold(connection, held.conversation_id)
        current = promises.still_standing(connection, held)
        watched = Watched(
            what=held.what,
            due_at=held.due_at,
            remedy_state=current.remedy_state,
            dispute_state=current.dispute_state,
            has_happened=happened,
        )
        result = clocks.outcome(watched, now)
        if result == "broken" and held.after_return_hours is not None:
            result = "void"  # the customer kept the goods
        told = result == "broken" and _told_already(connection, held.conversation_id)
        if not promises.settle(connection, held, result, now) or result == "open":
            return None
        if result == "broken":
            matter = _still_at_issue(current)
            event = PromiseBroken(what=held.what, matter=matter)
            # Nobody told the customer by when an agent answers: they wrote, and nobody did.
            missed = "missed.answer" if held.what == "answer" else "missed.promise"
            words = self.replies.text(missed, due=moment(held.due_at), within=self._answer_by(now))
            self._escalate(
                connection, held.conversation_id, matter, event, "" if told else words, now,
                unanswered=held.what in WAITS_FOR_PERSON,
            )  # fmt: skip
        return held.conversation_id

    def escalate_undecided(
        self, connection: Connection, dispute_id: int, now: datetime
    ) -> int | None:
        """Bring a supervisor in for a dispute that nobody decided; return its conversation."""
        d = dispute.c
        hold(connection, _chat_of(connection, dispute_id))
        row = connection.execute(
            update(dispute)
            .where(d.id == dispute_id, UNDECIDED)
            .values(overdue_at=now)
            .returning(d.conversation_id, d.matter)
        ).one_or_none()
        if row is None:
            return None
        event = PromiseBroken(what="decision", matter=row.matter)
        words = self.replies.text("missed.undecided", within=self._answer_by(now))
        self._escalate(connection, row.conversation_id, row.matter, event, words, now)
        return int(row.conversation_id)

    def _answer_by(self, now: datetime) -> str:
        return self.replies.soon(self.replies.person_due(LET_DOWN[0], now), now)

    def _escalate(
        self,
        connection: Connection,
        conversation_id: int,
        matter: str | None,
        event: Event,
        words: str,
        now: datetime,
        *,
        unanswered: bool = False,
    ) -> None:
        """Put the chat before a supervisor (E6, L2) and say so, unless a person holds it.

        One who left the customer `unanswered` holds it no longer.
        """
        here = place_of(connection, conversation_id)
        before = replay(store.read_events(connection, conversation_id))
        left = here.state == "with_person" and unanswered
        held = here.state == "with_person" and not left
        queued = here.state == "queued" and here.queue_level in URGENT
        known = reasons_known(here, before, matter) if left else ()
        reason, level = gravest(LET_DOWN, *known)
        over = HandedOver(reason=reason, level=level, matter=matter)
        events = [event] if held or queued else [event, over]
        store.append(connection, conversation_id, events, now)
        after = replay(events, before)
        store.save_disputes(connection, conversation_id, before, after, now)
        epoch = here.epoch
        if not held and not queued:
            told = summary(before, after.matter(matter), None, reason)
            if left and here.summary:
                told = with_last_words(here.summary, told)
            epoch = call_people(
                connection, conversation_id, reason=reason, level=level, summary=told, now=now,
                unanswered=left,
            )  # fmt: skip
        if held or not words:
            return
        outbox.put_reply(
            connection, conversation_id=conversation_id, epoch=epoch, sender="bot", text=words,
            now=now, pushed=here.channel not in PULLED_CHANNELS,
        )  # fmt: skip
        made.a_person(connection, conversation_id, LET_DOWN[0], matter, after, self.replies, now)


def _lapsed(connection: Connection, now: datetime) -> list[int]:
    r = remedy.c
    query = select(r.id).where(AWAITS_APPROVAL, r.expires_at <= now)
    return list(connection.execute(query.order_by(r.expires_at).limit(AT_ONCE)).scalars())


def _undecided(connection: Connection, now: datetime, days: float) -> list[int]:
    d = dispute.c
    query = select(d.id).where(UNDECIDED, d.opened_at <= now - timedelta(days=days))
    return list(connection.execute(query.order_by(d.opened_at).limit(AT_ONCE)).scalars())


def _chat_of(connection: Connection, dispute_id: int) -> int:
    query = select(dispute.c.conversation_id).where(dispute.c.id == dispute_id)
    return int(connection.execute(query).scalar_one())


def _still_at_issue(promise: Held) -> str | None:
    """Return the matter of a missed promise; an answer that was owed opens none that is over."""
    over = promise.what == "answer" and promise.dispute_state in CLOSED
    return None if over else promise.matter


def _told_already(connection: Connection, conversation_id: int) -> bool:
    """Tell whether the customer was told of a missed promise and nobody has answered since."""
    m = message.c
    answered = connection.execute(
        select(func.max(m.at)).where(
            m.conversation_id == conversation_id, m.sender == "agent", m.kind != "note"
        )
    ).scalar()
    return promises.broken_since(connection, conversation_id, answered)


def _put_off(connection: Connection, held: Held, now: datetime) -> None:
    """Look again at a promise that could not be dealt with, the longer the oftener it failed."""
    wait = PUT_OFF.wait_seconds(held.looks) or 0
    promises.look_again(connection, held, now + timedelta(seconds=wait))


def _look_on(
    connection: Connection, held: Held, arrived_at: datetime | None, now: datetime
) -> None:
    """Start the clock of a promise whose goods are back; else wait on for them."""
    if arrived_at is None:
        promises.wait_on(connection, held, now)
        return
    due_at = arrived_at + timedelta(hours=held.after_return_hours or 0)
    promises.start_clock(connection, held, due_at, now)
