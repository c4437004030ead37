"""What staff do in a conversation: each a deed of one transaction, with its events and audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from bot.conversation import promises, store
from bot.conversation.deciding.news import tell_news
from bot.conversation.multiples import grant_multiple
from bot.conversation.replaying.replay import replay
from bot.conversation.results import conversation_key, matter_of, signal
from bot.conversation.saying.replies import Replies
from bot.conversation.saying.wording import news_at_the_end
from bot.conversation.shapes.events import (
    AgentReplied,
    Event,
    OwnerChanged,
    RemedyApproved,
    RemedyRefused,
    Said,
    to_row,
)
from bot.conversation.shapes.state import State
from bot.conversation.turn import offered_at_the_end
from bot.conversation.words.answers import after_person
from bot.delivery import inbox, ledger, outbox
from bot.delivery.conversations import hold
from bot.delivery.ledger import Remedy
from bot.delivery.remedy_states import MAY_BE_DECIDED
from bot.desk import audit, ownership
from bot.desk.permissions import (
    Permission,
    ReleaseLimits,
    check_may,
    check_may_approve,
    check_may_release,
)
from bot.desk.staff import Staff
from bot.errors import NotAllowed
from bot.messages import PULLED_CHANNELS
from bot.order_record import MULTIPLE
from bot.remedies.amounts import yuan_fen
from bot.remedies.policy import Policy
from bot.remedies.rulebook import Party
from models import dispute, message, remedy
from models import staff as staff_table


@dataclass(frozen=True, slots=True, kw_only=True)
class LiabilityFound:
    """Who answers to the customer, who pays at last, why, and the sentence that says so."""

    liable: Party
    cost_bearer: Party
    cause: str  # a key of the policy's causes
    reason: str


@dataclass(frozen=True, slots=True)
class StaffCommands:
    """The deeds of staff; each raises NotAllowed with a Chinese sentence when it may not be."""

    replies: Replies
    policy: Policy

    def take(
        self, connection: Connection, staff: Staff, conversation_id: int, now: datetime
    ) -> None:
        """Make this member of staff the one who speaks."""
        before = _held_epoch(connection, conversation_id)
        if ownership.take(connection, conversation_id, staff, now) == before:
            return  # pressed twice: the customer was told
        self._log(connection, conversation_id, OwnerChanged(owner="agent", name=staff.name), now)
        self._tell(connection, conversation_id, self.replies.text("taken", name=staff.name), now)

    def reply(
        self,
        connection: Connection,
        staff: Staff,
        conversation_id: int,
        text: str,
        now: datetime,
        *,
        client_id: str | None = None,
        seen: int | None = None,
    ) -> int:
        """Answer the customer; the same `client_id` again is the same message.

        `seen` is the last message the page showed: a newer one stops the reply.
        """
        key = f"staff:{staff.id}:{client_id}" if client_id else None
        hold(connection, conversation_id)  # two of the same at once meet here
        known = outbox.find(connection, conversation_id, key) if key else None
        if known is not None:
            return known
        epoch = ownership.check_may_speak(connection, conversation_id, staff)
        if seen is not None:
            check_seen(connection, conversation_id, seen)
        message_id = outbox.put_reply(
            connection,
            conversation_id=conversation_id,
            epoch=epoch,
            sender="agent",
            text=text,
            now=now,
            pushed=is_pushed(connection, conversation_id),
            staff_id=staff.id,
            external_id=key,
        )
        received = after_person.only_receives(text)
        replied = AgentReplied(
            name=staff.name,
            message_id=message_id,
            only_receives=received,
            remedy=after_person.remedy_agreed(text),
        )
        self._log(connection, conversation_id, replied, now)
        promises.on_answer(connection, conversation_id, now)
        return message_id

    def note(
        self,
        connection: Connection,
        staff: Staff,
        conversation_id: int,
        text: str,
        now: datetime,
        *,
        client_id: str | None = None,
    ) -> int:
        """Leave a note that only staff see; the same `client_id` again is the same note."""
        return outbox.put_note(
            connection, conversation_id=conversation_id, staff_id=staff.id, text=text, now=now,
            external_id=f"staff:{staff.id}:{client_id}" if client_id else None,
        )  # fmt: skip

    def return_to_bot(
        self, connection: Connection, staff: Staff, conversation_id: int, now: datetime
    ) -> None:
        """Let the bot speak again, first of all about what nobody has told or answered yet."""
        before = _held_epoch(connection, conversation_id)
        epoch = ownership.return_to_bot(connection, conversation_id, staff, now)
        if epoch == before:
            return
        event = OwnerChanged(owner="bot")
        after = self._log(connection, conversation_id, event, now)
        promises.on_return(connection, conversation_id, now)
        left = "with_bot_left" if after.left else "with_bot_again"
        words = "with_people_again" if after.given_back else left
        self._tell(connection, conversation_id, self.replies.text(words), now)
        kind, data = to_row(event)
        # Heard twice it changes nothing, but it is a turn; void once somebody takes or closes.
        turn = {"kind": kind, "data": data, "epoch": epoch}
        inbox.put_signal(connection, conversation_id, f"returned:{epoch}", turn, now)

    def close(
        self,
        connection: Connection,
        staff: Staff,
        conversation_id: int,
        now: datetime,
        *,
        seen: int | None = None,
    ) -> None:
        """End the chat; what the person held is settled.

        `seen` is the last message the page showed: a newer one stops the end.
        """
        before = _held_epoch(connection, conversation_id)
        if ownership.close(connection, conversation_id, staff, now) == before:
            return
        if seen is not None:
            check_seen(connection, conversation_id, seen, then="结束")
        state = self._log(connection, conversation_id, OwnerChanged(owner="closed"), now)
        promises.on_close(connection, conversation_id, now)
        words = []
        while state.news:  # nobody told the customer while the person spoke
            step = tell_news(state)
            words.append(news_at_the_end(self.replies, step, state))
            state = self._log(connection, conversation_id, Said(about=step.about), now)
        if event := offered_at_the_end(self.replies, self.policy, state, now):
            self._log(connection, conversation_id, event, now)
        words.append(self.replies.text("closed"))
        self._tell(connection, conversation_id, "\n".join(words), now)

    def approve(
        self,
        connection: Connection,
        staff: Staff,
        remedy_id: int,
        now: datetime,
        *,
        seen: Mapping[str, Any] | None = None,
    ) -> None:
        """Release a remedy that is above the bot's limit, and send it on its way.

        `seen` is what the approver saw of kind, amount_fen and payee; another one is not released.
        """
        row = self.check_may_decide(connection, staff, remedy_id)
        _check_undecided(connection, remedy_id)
        expected = replace(ledger.seen_of(row), **(seen or {}))
        ledger.approve(connection, remedy_id, staff_id=staff.id, now=now, expected=expected)
        ledger.start(connection, remedy_id, now=now)
        matter, key = matter_of(connection, row), conversation_key(row)
        event = RemedyApproved(matter=matter, key=key, by=staff.name)
        self._log(connection, row.conversation_id, event, now)
        promises.on_decision(connection, remedy_id, now)
        granted = store.grant_of(connection, row.conversation_id, key)
        if granted is not None:
            promises.on_release(
                connection, row.conversation_id, granted, remedy_id, self.policy, now
            )
        _audit_remedy(connection, staff, "remedy.approved", row, now)

    def refuse(
        self, connection: Connection, staff: Staff, remedy_id: int, reason: str, now: datetime
    ) -> None:
        """Refuse a remedy; the bot tells the customer why and what else is possible."""
        row = self.check_may_decide(connection, staff, remedy_id)
        _check_undecided(connection, remedy_id)
        ledger.refuse(connection, remedy_id, staff_id=staff.id, reason=reason, now=now)
        event = RemedyRefused(
            matter=matter_of(connection, row),
            key=conversation_key(row),
            by=staff.name,
            reason=reason,
        )
        promises.on_decision(connection, remedy_id, now)
        signal(connection, row, event, "refused", now)
        _audit_remedy(connection, staff, "remedy.refused", row, now)

    def overrule(
        self,
        connection: Connection,
        staff: Staff,
        dispute_id: int,
        found: LiabilityFound,
        now: datetime,
    ) -> None:
        """Say who is liable, against what the policy found; what was said before is on record.

        Raises NotAllowed for an unknown dispute or a cause that the policy does not know.
        """
        if found.cause not in self.policy.causes:
            known = "、".join(sorted(self.policy.causes))
            raise NotAllowed(f"不认识的成因 {found.cause}，可选：{known}")
        d = dispute.c
        query = select(d.liable, d.cost_bearer, d.cause, d.liability_reason)
        before = connection.execute(
            query.where(d.id == dispute_id).with_for_update()
        ).one_or_none()
        if before is None:
            raise NotAllowed("没有这个纠纷")
        values = {
            "liable": found.liable,
            "cost_bearer": found.cost_bearer,
            "cause": found.cause,
            "liability_reason": found.reason,
        }
        connection.execute(
            update(dispute).where(d.id == dispute_id).values(**values, liability_by=staff.id)
        )
        changed = {"from": dict(before._mapping), "to": values}
        audit.record(
            connection, staff.id, "dispute.overruled", f"dispute:{dispute_id}", changed, now
        )

    def grant_multiple(
        self,
        connection: Connection,
        staff: Staff,
        dispute_id: int,
        amount_fen: int,
        reason: str,
        now: datetime,
    ) -> int:
        """Grant damages beyond the price, within the sum that the role may release."""
        check_may(staff.role, Permission.MULTIPLE_GRANT)
        check_may_release(staff.role, amount_fen, MULTIPLE, self.release_limits)
        return grant_multiple(connection, staff, self.policy, dispute_id, amount_fen, reason, now)

    @property
    def release_limits(self) -> ReleaseLimits:
        """How much each role may release by the policy in force."""
        limits = self.policy.limits
        return ReleaseLimits(
            agent_fen=yuan_fen(limits.agent_yuan),
            supervisor_fen=yuan_fen(limits.supervisor_yuan),
            supervisor_statutory_fen=yuan_fen(limits.supervisor_statutory_yuan),
        )

    def check_may_decide(self, connection: Connection, staff: Staff, remedy_id: int) -> Remedy:
        """Return the remedy; raises NotAllowed when its level or sum is above this person's.

        One that nobody can decide any more is above nobody: whoever tries is told how it stands.
        """
        row = ledger.get(connection, remedy_id)
        # Held in the order in which a turn holds them: the conversation, then its remedy.
        hold(connection, row.conversation_id)
        if row.state not in MAY_BE_DECIDED:
            return row
        level = connection.execute(
            select(dispute.c.escalated_level).where(dispute.c.id == row.dispute_id)
        ).scalar_one()
        check_may_approve(staff.role, level or "L1")
        check_may_release(staff.role, row.amount_fen, row.money, self.release_limits)
        return row

    def _log(
        self, connection: Connection, conversation_id: int, event: Event, now: datetime
    ) -> State:
        """Write an event down with what it changes; return the state after it."""
        hold(connection, conversation_id)
        before = replay(store.read_events(connection, conversation_id))
        store.append(connection, conversation_id, [event], now)
        after = replay([event], before)
        store.save_disputes(connection, conversation_id, before, after, now)
        return after

    def _tell(
        self, connection: Connection, conversation_id: int, text: str, now: datetime
    ) -> None:
        outbox.put_reply(
            connection,
            conversation_id=conversation_id,
            epoch=store.epoch_of(connection, conversation_id),
            sender="system",
            text=text,
            now=now,
            pushed=is_pushed(connection, conversation_id),
        )


def _held_epoch(connection: Connection, conversation_id: int) -> int:
    hold(connection, conversation_id)
    return store.epoch_of(connection, conversation_id)


def is_pushed(connection: Connection, conversation_id: int) -> bool:
    return store.channel_of(connection, conversation_id) not in PULLED_CHANNELS


def check_seen(
    connection: Connection, conversation_id: int, seen: int, *, then: str = "发"
) -> None:
    """Refuse what was written or done before the agent saw what came in meanwhile."""
    newer = connection.execute(
        select(func.count())
        .select_from(message)
        .where(
            message.c.conversation_id == conversation_id,
            message.c.id > seen,
            message.c.sender.in_(("customer", "agent")),
            message.c.kind.not_in(("note", "signal")),
        )
    ).scalar_one()
    if newer:
        raise NotAllowed(f"这期间又来了{newer}条新消息，请看过再{then}。")


def _check_undecided(connection: Connection, remedy_id: int) -> None:
    """Say who has decided already, and why, to whoever comes second; the chat must be held."""
    row = connection.execute(
        select(remedy.c.state, remedy.c.reason, staff_table.c.name)
        .join(staff_table, staff_table.c.id == remedy.c.approved_by)
        .where(remedy.c.id == remedy_id)
    ).one_or_none()
    if row is None:
        return
    if row.state != "declined":
        raise NotAllowed(f"{row.name}已经批准了这个方案")
    why = f"，理由：{row.reason}" if row.reason else ""
    raise NotAllowed(f"{row.name}已经拒绝了这个方案{why}")


def _audit_remedy(
    connection: Connection, staff: Staff, deed: str, row: Remedy, now: datetime
) -> None:
    audit.record(
        connection,
        staff.id,
        deed,
        f"remedy:{row.id}",
        {
            "kind": row.kind,
            "amount_fen": row.amount_fen,
            "order_no": row.order_no,
            "payee": row.payee,
        },
        now,
    )
