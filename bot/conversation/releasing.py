"""An ordinary remedy released by the person who holds the chat, as the policy allows it now.

It is the bot's own grant in all but who decides: the same verdict, ledger, promises and events,
written down in one transaction. The order is looked up outside of it; if anything was written into
the log meanwhile, all is judged anew, and only what the person saw is released.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from bot.conversation import promises, store
from bot.conversation.commands import StaffCommands, check_seen, is_pushed
from bot.conversation.deciding.by_hand import NO_MATTER, NO_ORDER, ByHand, Choice, releasable
from bot.conversation.deciding.news import tell_news
from bot.conversation.looking_up import look_up
from bot.conversation.replaying.replay import replay
from bot.conversation.results import start_remedy
from bot.conversation.saying.offers import answer_by
from bot.conversation.saying.options import later
from bot.conversation.saying.wording import news_at_the_end, remedy_in_full
from bot.conversation.shapes.events import Event, OrderChecked, RemedyGranted, Said
from bot.conversation.shapes.state import Matter, State
from bot.conversation.shapes.verdicts import option_dict, verdict_dict
from bot.conversation.summary import grant_summary
from bot.delivery import outbox
from bot.delivery.conversations import hold
from bot.delivery.guards import NotShown
from bot.delivery.ledger import AlreadyGranting, OverGranted
from bot.desk import audit, ownership
from bot.desk.permissions import Role, approvers
from bot.desk.staff import Staff
from bot.errors import NotAllowed, OrderSystemError
from bot.order_record import OrderRecord
from bot.orders.port import Orders
from models import Database, conversation, dispute, order_key

TRIES = 4  # it is judged anew when somebody else wrote into the log meanwhile

NOT_HELD = "请先接管会话，再办理方案"
NO_ANSWER = "订单系统暂时查不到这笔订单，请稍后再试"
CHANGED = "订单的情况或能办的方案和您看到的不一样了，没有办理；请重新打开办理方案核对"
RESTLESS = "会话里正有新的变化，没有办理，请看过再试"
NO_REASON = "请写明理由"
REFUSED = {
    NotShown: "还没有核对订单是顾客本人的，没有办理",
    OverGranted: "加上这一笔，给这笔订单的钱会超过顾客实付的，没有办理",
    AlreadyGranting: "这件事已有方案在办，没有办理",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a person picked of what they saw, and why."""

    choice: str
    kind: str
    amount_fen: int
    return_freight: str
    reason: str = ""
    client_id: str | None = None  # the same again is the same press
    seen: int | None = None  # the last message that the page showed


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """A dispute as it was found, with its order as just looked up."""

    dispute_id: int
    conversation_id: int
    owner_staff_id: int | None
    seq: int
    before: State
    matter: Matter | None
    checked: OrderChecked | None = None
    under_way: tuple[dict[str, Any], ...] = ()
    found: ByHand = field(default_factory=ByHand)

    @property
    def state(self) -> State:
        """Where the conversation stands, with the order looked up."""
        return replay([self.checked], self.before) if self.checked else self.before

    @property
    def order(self) -> OrderRecord:
        """The order's record."""
        return OrderRecord.from_stored((self.checked and self.checked.record) or {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Releasing:
    """Lays the policy's options before a person, and releases the one that they picked."""

    database: Database
    orders: Orders
    commands: StaffCommands

    async def options(self, staff: Staff, dispute_id: int, now: datetime) -> dict[str, Any] | None:
        """Return what may be released in the dispute now, or why nothing; None: no such dispute.

        They are told only to who holds the chat: a correction among them is personal.
        """
        case = await self._look(staff, dispute_id, now)
        if case is None:
            return None
        told = [self._told(case, staff, choice) for choice in case.found.choices]
        return {"options": told, "reasons": list(case.found.reasons), "why": case.found.why}

    async def grant(
        self, staff: Staff, dispute_id: int, wanted: Wanted, now: datetime
    ) -> int | None:
        """Release what was picked, or lay it before who may; return the conversation.

        None: no such dispute. Raises NotAllowed with a Chinese sentence when it may not be, or not
        any more, or is another by now; then nothing was changed.
        """
        for _ in range(TRIES):
            case = await self._look(staff, dispute_id, now)
            if case is None:
                return None
            try:
                await self.database.write(lambda c: self._write(c, staff, case, wanted, now))  # noqa: B023  run before the next round
            except store.TurnOvertaken:
                continue
            except (NotShown, OverGranted, AlreadyGranting) as error:
                raise NotAllowed(REFUSED[type(error)]) from error
            return case.conversation_id
        raise NotAllowed(RESTLESS)

    async def _look(self, staff: Staff, dispute_id: int, now: datetime) -> _Case | None:
        case = await self.database.read(lambda c: _read(c, dispute_id))
        if case is None or case.owner_staff_id != staff.id:
            return case and replace(case, found=ByHand(why=NOT_HELD))
        if case.matter is None:
            return replace(case, found=ByHand(why=NO_MATTER))
        if case.matter.order_no is None:
            return replace(case, found=ByHand(why=NO_ORDER))
        try:
            checked = await look_up(
                self.database, self.orders, case.matter.order_no, case.conversation_id, now
            )
        except OrderSystemError:
            return replace(case, found=ByHand(why=NO_ANSWER))
        was, case = case.matter, replace(case, checked=checked)
        matter = case.state.matter(was.id)
        if matter is None or matter.issue != was.issue:
            return replace(case, found=ByHand(why=NO_MATTER))
        here = matter.order_no or ""
        under_way = await self.database.read(lambda c: store.under_way_on(c, here, dispute_id))
        found = releasable(case.state, matter, self.commands.policy, now, under_way)
        return replace(case, matter=matter, under_way=under_way, found=found)

    def _told(self, case: _Case, staff: Staff, choice: Choice) -> dict[str, Any]:
        option, needs = option_dict(choice.option), self._needs(staff, choice)
        return {
            "choice": _choice_id(case, choice),
            "kind": option["kind"],
            "amount_fen": option["amount_fen"],
            "return_freight": option["return_freight"],
            "rule": option["rule"],
            "label": remedy_in_full(self.commands.replies, option, case.matter, case.state),
            "within": option["within"],
            "beware": list(choice.beware),
            "approver": self._releasers(choice)[0] if needs else None,
        }

    def _releasers(self, choice: Choice) -> list[Role]:
        option = choice.option
        return approvers(
            choice.level, option.amount_fen, option.money, self.commands.release_limits
        )

    def _needs(self, staff: Staff, choice: Choice) -> str | None:
        """Return at which level others must approve it; None where this person may release it."""
        able = self._releasers(choice)
        if staff.role in able:
            return None
        if choice.level != "L1":
            return choice.level
        return "L2" if Role.SUPERVISOR in able else "S"

    def _write(
        self, connection: Connection, staff: Staff, case: _Case, wanted: Wanted, now: datetime
    ) -> None:
        here, replies, policy = case.conversation_id, self.commands.replies, self.commands.policy
        hold(connection, here)  # two presses at once meet here
        once = wanted.client_id and _press(staff, case, wanted)
        if once and outbox.find(connection, here, once):
            return
        epoch = ownership.check_may_speak(connection, here, staff)
        if wanted.seen is not None:
            check_seen(connection, here, wanted.seen)
        checked, matter = case.checked, case.matter
        if checked is None or matter is None:
            raise NotAllowed(case.found.why or CHANGED)
        choice = _picked(case, wanted)
        event = self._event(matter, staff, choice, wanted, now)
        news, told = self._untold(case.state)
        happened: list[Event] = [checked, *told, event]
        store.append(connection, here, happened, now, expected_seq=case.seq)
        after = replay(happened, case.before)
        store.save_disputes(connection, here, case.before, after, now)
        store.hold_order(connection, event.order_no, case.order.paid_fen)
        if store.under_way_on(connection, event.order_no, case.dispute_id) != case.under_way:
            raise store.TurnOvertaken
        seen = store.Granted(checked.granted_fen, checked.standing)
        remedy_id = start_remedy(
            connection, here, event, case.order, seen, policy.limits, now, staff_id=staff.id
        )
        promises.record(connection, here, happened, case.before, after, replies, now)
        promises.on_grant(connection, here, event, remedy_id, policy, replies, now)
        promises.on_answer(connection, here, now)
        if event.needs_approval:
            laid = grant_summary(case.state, matter, event.verdict)
            ownership.put_summary(connection, here, laid)
        outbox.put_reply(
            connection, conversation_id=here, epoch=epoch, sender="agent", staff_id=staff.id,
            text="\n".join([*news, self._words(case, event)]), now=now,
            pushed=is_pushed(connection, here), external_id=once or None,
        )  # fmt: skip
        data = {
            "kind": event.option["kind"], "amount_fen": event.option["amount_fen"],
            "order_no": event.order_no, "payee": case.order.payee, "rule": event.option["rule"],
            "needs_approval": event.needs_approval, "beware": list(choice.beware),
            "reason": wanted.reason,
        }  # fmt: skip
        audit.record(connection, staff.id, "remedy.granted", f"remedy:{remedy_id}", data, now)

    def _event(
        self, matter: Matter, staff: Staff, choice: Choice, wanted: Wanted, now: datetime
    ) -> RemedyGranted:
        needs = self._needs(staff, choice)
        return RemedyGranted(
            matter=matter.id,
            key=matter.next_key,
            option=option_dict(choice.option),
            verdict=verdict_dict(choice.verdict),
            needs_approval=needs,
            issue=matter.issue,
            order_no=matter.order_no or "",
            answer_by=answer_by(self.commands.replies, needs or "bot", now),
            told=matter.told,
            by=staff.name,
            reason=wanted.reason,
        )

    def _untold(self, state: State) -> tuple[list[str], list[Event]]:
        """Return what came of earlier remedies and nobody told, in words and as told of.

        Told later, it would be read as news of the remedy that is released now.
        """
        words, told = list[str](), list[Event]()
        while state.news:
            step = tell_news(state)
            words.append(news_at_the_end(self.commands.replies, step, state))
            told.append(Said(about=step.about))
            state = replay(told[-1:], state)
        return words, told

    def _words(self, case: _Case, event: RemedyGranted) -> str:
        """Return what the customer is told of it: what, and by when."""
        replies = self.commands.replies
        option = remedy_in_full(replies, event.option, case.matter, case.state)
        within = event.option["within"]
        if event.needs_approval is None:
            return replies.text("released", option=option, within=f"{within}。" if within else "")
        then = replies.text("released_then", within=later(within)) if within else ""
        return replies.text(
            "released_approval", option=option, deadline=event.answer_by, within=then
        )


def _read(connection: Connection, dispute_id: int) -> _Case | None:
    d, c = dispute.c, conversation.c
    row = connection.execute(
        select(d.conversation_id, d.matter, d.issue, d.order_no, c.owner_staff_id,
               c.last_event_seq)
        .join(conversation, c.id == d.conversation_id)
        .where(d.id == dispute_id)
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    before = replay(store.read_events(connection, row.conversation_id))
    matter = before.matter(row.matter)
    recorded = (row.issue, order_key(row.order_no or ""))
    if matter is not None and (matter.issue, order_key(matter.order_no or "")) != recorded:
        matter = None  # today's rules read the log otherwise than it was read then
    return _Case(
        dispute_id=dispute_id,
        conversation_id=row.conversation_id,
        owner_staff_id=row.owner_staff_id,
        seq=row.last_event_seq,
        before=before,
        matter=matter,
    )


def _picked(case: _Case, wanted: Wanted) -> Choice:
    """Return the choice that was seen; raises NotAllowed when it is not to be had so."""
    if not case.found.choices:
        raise NotAllowed(case.found.why or CHANGED)
    for choice in case.found.choices:
        option = choice.option
        same = (wanted.kind, wanted.amount_fen, wanted.return_freight) == (
            str(option.kind), option.amount_fen, option.return_freight,
        )  # fmt: skip
        if same and wanted.choice == _choice_id(case, choice):
            if choice.beware and not wanted.reason:
                raise NotAllowed(f"{NO_REASON}：{'；'.join(choice.beware)}")
            return choice
    raise NotAllowed(CHANGED)


def _choice_id(case: _Case, choice: Choice) -> str:
    """Return a mark of all that is released with a choice, and of what was given before it.

    By when it takes effect is left out: it is counted from the moment.
    """
    option: Mapping[str, Any] = option_dict(choice.option)
    key = case.matter.next_key if case.matter else ""
    seen = [
        case.dispute_id, key, {**option, "within": ""}, choice.level, choice.beware,
        case.order.payee,
    ]  # fmt: skip
    told = json.dumps(seen, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _press(staff: Staff, case: _Case, wanted: Wanted) -> str:
    """Return what makes one press of the button one grant."""
    return f"grant:{staff.id}:{case.dispute_id}:{wanted.client_id}:{wanted.choice}"
