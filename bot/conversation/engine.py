"""The engine: loads a conversation, works a turn out, and writes it down in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from bot.clock import Clock
from bot.conversation import lessons, promises, signals, store
from bot.conversation.calling import call_people
from bot.conversation.recall import Recall
from bot.conversation.replaying.details import stop_sign, worse
from bot.conversation.replaying.replay import replay
from bot.conversation.results import start_remedy, withdraw_remedy
from bot.conversation.shapes.events import CustomerSpoke, HandedOver, OwnershipShown
from bot.conversation.turn import LedgerSaid, Release, Turn, TurnMaker
from bot.delivery import guards, inbox, leases, outbox
from bot.delivery.guards import NotShown, OverDayCap
from bot.delivery.leases import Lease
from bot.delivery.ledger import AlreadyGranting, OverGranted
from bot.delivery.wakeups import COMMANDS, DESK, OUTBOX, Wakeups, conversation_topic
from bot.desk import ownership
from bot.errors import StaleOwner
from bot.messages import PULLED_CHANNELS
from models import Database

_log = logging.getLogger(__name__)
TRIES = 4  # a turn is worked out again when somebody else wrote into the log meanwhile


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """Answers what waits in a conversation."""

    database: Database
    maker: TurnMaker
    wakeups: Wakeups
    clock: Clock
    recall: Recall = field(default_factory=Recall)
    # Told after each turn: seconds since its oldest message came in, and replies written.
    measure: Callable[[float, int], object] = lambda _seconds, _replies: None

    async def handle(self, lease: Lease) -> None:
        """Do one turn for everything that waits; raises what stopped it, and nothing is done."""
        said = LedgerSaid()
        for _ in range(TRIES):
            loaded, before, ahead = await self.database.read(
                lambda c: (
                    store.load(c, lease.conversation_id),
                    self.recall.state(c, lease.conversation_id),
                    store.count_ahead(c, lease.conversation_id),
                )
            )
            if not loaded.waiting:
                return
            turn = await self.maker.work_out(loaded, before, self.clock(), ahead, said)
            try:
                await self.database.write(lambda c: self._commit(c, lease, loaded, turn))  # noqa: B023  run before the next round
            except (store.TurnOvertaken, StaleOwner):
                continue
            except OverDayCap:
                said.held |= {grant.event.matter for grant in turn.grants}
                continue
            except (OverGranted, AlreadyGranting, NotShown) as error:
                said.blocked |= {grant.event.matter: str(error) for grant in turn.grants}
                continue
            self._announce(loaded, turn)
            return
        raise store.TurnOvertaken

    def poisoned(self, connection: Connection, conversation_id: int, _error: Exception) -> None:
        """Bring a person in for messages that could not be worked on, and say so."""
        now = self.clock()
        _heed_signals(connection, conversation_id, now)
        try:
            epoch = call_people(
                connection,
                conversation_id,
                reason="E13",
                level="L1",
                summary={"what": "有消息没能自动处理，请人工查看"},
                now=now,
            )
        except StaleOwner:
            return  # a person holds the chat, and sees the messages
        # Of no matter, it changes no dispute's row; and a log that cannot be replayed, which may
        # be what broke the turn, must not keep people from being called.
        event = HandedOver(reason="E13", level="L1")
        store.append(connection, conversation_id, [event], now)
        outbox.put_reply(
            connection,
            conversation_id=conversation_id,
            epoch=epoch,
            sender="bot",
            text=self.maker.replies.text("handed_over.E13", place=""),
            now=now,
            pushed=store.channel_of(connection, conversation_id) not in PULLED_CHANNELS,
        )

    def _commit(
        self, connection: Connection, lease: Lease, loaded: store.Loaded, turn: Turn
    ) -> None:
        now, conversation_id = self.clock(), lease.conversation_id
        leases.check_held(connection, lease)
        store.append(
            connection, conversation_id, turn.events, now, expected_seq=loaded.row.last_event_seq
        )
        inbox.mark_done(connection, conversation_id, turn.read)
        store.save_disputes(connection, conversation_id, turn.before, turn.state, now)
        for event in turn.events:
            if isinstance(event, OwnershipShown):
                guards.note_shown(connection, conversation_id, event.order_no, event.by, now)
        for key in turn.taken_back:
            withdraw_remedy(connection, conversation_id, key, now)
        for grant in turn.grants:
            self._grant(connection, conversation_id, grant, now)
        for order_no in turn.wrong_tails:
            store.record_ownership_failure(connection, conversation_id, order_no, now)
        promises.record(
            connection,
            conversation_id,
            turn.events,
            turn.before,
            turn.state,
            self.maker.replies,
            now,
        )
        self._note_danger(connection, loaded, turn)
        lessons.keep_uncertain(connection, conversation_id, turn.events, now)
        if turn.laid_before:
            ownership.put_summary(connection, conversation_id, turn.laid_before)
        self._speak(connection, loaded, turn)
        if turn.learnt:
            ownership.add_to_summary(connection, conversation_id, turn.learnt)

    def _note_danger(self, connection: Connection, loaded: store.Loaded, turn: Turn) -> None:
        """Let the lists show what a customer told a person who holds the chat."""
        row = loaded.row
        known = (row.queue_reason, row.queue_level) if row.queue_reason else None
        for event in turn.events:
            sign = stop_sign(event.heard.signs) if isinstance(event, CustomerSpoke) else None
            if sign is not None and turn.state.owner == "agent":
                known = worse(known, sign)
                ownership.note_danger(connection, row.id, *known)

    def _grant(
        self, connection: Connection, conversation_id: int, grant: Release, now: datetime
    ) -> None:
        policy, event, order = self.maker.policy, grant.event, grant.order
        remedy_id = start_remedy(
            connection, conversation_id, event, order, grant.seen, policy.limits, now
        )
        promises.on_grant(
            connection, conversation_id, event, remedy_id, policy, self.maker.replies, now
        )

    def _speak(self, connection: Connection, loaded: store.Loaded, turn: Turn) -> None:
        now, conversation_id, epoch = self.clock(), loaded.row.id, loaded.row.epoch
        if loaded.row.state == "closed" and turn.needs_open_chat:
            epoch = ownership.reopen(connection, conversation_id, now)
        if turn.left_queue:
            epoch = ownership.leave_queue(connection, conversation_id, now)
        outbox.carry_over(connection, conversation_id, loaded.row.epoch, epoch)
        # The queue becomes the owner first, so that the last words are not refused as stale.
        if turn.transfer:
            epoch = call_people(
                connection,
                conversation_id,
                reason=turn.transfer.reason,
                level=turn.transfer.level,
                summary=turn.transfer.summary,
                now=now,
            )
        # Beside a person the bot does not speak: the house tells that what they released is done.
        sender = "system" if loaded.row.state == "with_person" else "bot"
        for reply in turn.replies:
            outbox.put_reply(
                connection,
                conversation_id=conversation_id,
                epoch=epoch,
                sender=sender,
                text=reply.text,
                options=reply.options,
                now=now,
                pushed=loaded.channel not in PULLED_CHANNELS,
            )

    def _announce(self, loaded: store.Loaded, turn: Turn) -> None:
        self.wakeups.notify(
            conversation_topic(loaded.row.id),
            DESK,
            *([OUTBOX] if loaded.channel not in PULLED_CHANNELS else []),
            *([COMMANDS] if turn.grants else []),
        )
        waited = self.clock() - min(message.at for message in loaded.waiting)
        self.measure(waited.total_seconds(), len(turn.replies))


def _heed_signals(connection: Connection, conversation_id: int, now: datetime) -> None:
    """Keep what became of remedies: it is no poison because it waited beside some."""
    try:
        with connection.begin_nested():
            news = signals.take_set_aside(connection, conversation_id)
            before = replay(store.read_events(connection, conversation_id))
            store.append(connection, conversation_id, news, now)
            after = replay(news, before)
            store.save_disputes(connection, conversation_id, before, after, now)
    except Exception:  # then they were the poison, and stay aside
        _log.exception("the signals of conversation %s cannot be read", conversation_id)
