"""One turn, worked out but not yet done: read, decide, look up, decide again, until Wait.

Network calls to the order system happen here, outside any transaction; what came of the turn is
then written down at once by `commit`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.conversation import store
from bot.conversation.deciding.decide import decide
from bot.conversation.deciding.find_order import human_button, next_ids
from bot.conversation.deciding.settle import has_way_to_person, settle
from bot.conversation.deciding.to_person import asks_for_order
from bot.conversation.listening import Understand, bursts, read
from bot.conversation.looking_up import look_up
from bot.conversation.replaying.replay import apply
from bot.conversation.saying import offers, wording
from bot.conversation.saying.options import option_label, within
from bot.conversation.saying.order_words import title
from bot.conversation.saying.replies import Replies
from bot.conversation.shapes import events as ev
from bot.conversation.shapes.state import Button, Matter, State
from bot.conversation.shapes.steps import (
    Ask,
    Grant,
    HandOver,
    LeaveQueue,
    ListOrders,
    LookUpOrder,
    Note,
    Offer,
    Say,
    Step,
    Wait,
)
from bot.conversation.shapes.verdicts import option_dict, verdict_dict
from bot.conversation.summary import grant_summary, judged_summary, learnt_since
from bot.conversation.words.sentence.unreadable import holds_unseen
from bot.errors import OrderSystemError
from bot.messages import Option
from bot.order_record import OrderRecord
from bot.orders.port import Orders, in_time
from bot.remedies.policy import Policy
from bot.remedies.verdict import TOLD, Verdict
from models import Database

STEPS_AT_MOST = 16  # more means that decide goes in circles

# What opens a closed chat again.
TALK = (ev.CustomerSpoke, ev.Asked, ev.Offered)
# What a summary that was written before them may not know yet.
LEARNT = (ev.CustomerSpoke, ev.OwnershipShown, ev.OrderChecked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A message to the customer that waits to be stored."""

    text: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A remedy that waits to be put into the ledger, and what it was judged on."""

    event: ev.RemedyGranted
    order: OrderRecord
    seen: store.Granted


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """A hand-over that waits to be carried out."""

    reason: str
    level: str
    summary: dict[str, Any]


@dataclass(slots=True)
class Turn:
    """What a turn has worked out so far."""

    before: State
    state: State
    events: list[ev.Event] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    grants: list[Release] = field(default_factory=list)
    transfer: Transfer | None = None
    laid_before: dict[str, Any] | None = None  # what an approver must know of the case
    learnt: dict[str, Any] = field(default_factory=dict)  # what the summary must hold by now
    left_queue: bool = False
    wrong_tails: list[str] = field(default_factory=list)  # order numbers
    taken_back: list[str] = field(default_factory=list)  # keys of remedies
    read: list[int] = field(default_factory=list)  # messages dealt with

    @property
    def needs_open_chat(self) -> bool:
        """Whether somebody goes on talking; news of a remedy needs no answer."""
        return any(isinstance(event, TALK) for event in self.events)

    def happened(self, event: ev.Event) -> None:
        """Note an event and what it changes."""
        self.events.append(event)
        self.state = apply(self.state, event)


@dataclass(slots=True)
class LedgerSaid:
    """What the ledger made of this turn's earlier tries, by matter."""

    blocked: dict[str, str] = field(default_factory=dict)  # why nothing more can be granted
    held: set[str] = field(default_factory=set)  # past a cap of the day: a person releases it


class CircleError(Exception):
    """`decide` asked for too many steps in a row; the messages are set aside for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnMaker:
    """Works a turn out with the shop's policy, texts, orders and classifier."""

    database: Database
    orders: Orders
    policy: Policy
    replies: Replies
    understand: Understand

    async def work_out(
        self, loaded: store.Loaded, before: State, now: datetime, ahead: int, said: LedgerSaid
    ) -> Turn:
        """Return the turn for what waits, up to a grant; `said`: what the ledger refused."""
        turn = Turn(before, before)
        if before.identity is None and (loaded.phone or loaded.telegram_id):
            turn.happened(ev.IdentitySigned(phone=loaded.phone, telegram_id=loaded.telegram_id))
        for burst in bursts(loaded.waiting):
            for event in read(burst, loaded, turn.state.unplaced, self.understand, now):
                if turn.transfer and isinstance(event, ev.OwnerChanged):
                    continue  # the return was heard of, and people have been called since
                turn.happened(event)
                told = len(turn.replies)
                await self._act_until_wait(turn, loaded.row.id, now, ahead, said)
                self._say_unseen(turn, event, told)
            turn.read += [m.id for m in burst]
            if turn.grants:
                break  # what came after is judged on what the ledger holds then
        if turn.state.owner in {"queue", "agent"} and any(
            isinstance(event, LEARNT) for event in turn.events
        ):
            turn.learnt = learnt_since(turn.state, self.policy, now)
        if turn.replies and not before.has_spoken and turn.state.owner != "agent":
            self._say_who_speaks(turn)
        return turn

    def _say_unseen(self, turn: Turn, event: ev.Event, told: int) -> None:
        """Put before the answer to words that the video which they came with is not seen here.

        `told` is how many replies there were before that answer.
        """
        if not isinstance(event, ev.CustomerSpoke) or event.photos or len(turn.replies) == told:
            return
        if holds_unseen(event.plain):
            first = turn.replies[told]
            unseen = self.replies.text("unseen_beside")
            turn.replies[told] = replace(first, text=f"{unseen}\n{first.text}")

    def _say_who_speaks(self, turn: Turn) -> None:
        """Put before a chat's first words that an AI speaks, and how to reach a person.

        Asked for by 人工智能生成合成内容标识办法; a greeting and "who" say it themselves.
        """
        first, *rest = turn.replies
        if first.text in {self.replies.text("greet"), self.replies.text("who")}:
            return
        label = self.replies.text("ai_label_brief" if turn.transfer else "ai_label")
        turn.replies[:] = [replace(first, text=f"{label}\n{first.text}"), *rest]

    async def _act_until_wait(
        self,
        turn: Turn,
        conversation_id: int,
        now: datetime,
        ahead: int,
        said: LedgerSaid,
    ) -> None:
        for _ in range(STEPS_AT_MOST):
            step = decide(turn.state, self.policy, now)
            if isinstance(step, Wait):
                return
            if isinstance(step, Grant) and step.matter in said.blocked:
                reason = said.blocked[step.matter]
                turn.happened(ev.GrantBlocked(matter=step.matter, reason=reason))
                continue
            if isinstance(step, Grant) and step.matter in said.held:
                step = replace(step, option=replace(step.option, tier="L2"))
            if isinstance(step, LookUpOrder):
                try:
                    turn.happened(
                        await look_up(
                            self.database, self.orders, step.order_no, conversation_id, now
                        )
                    )
                except OrderSystemError:
                    if turn.state.owner == "bot":
                        raise
                    return  # beside a person it only helps: nothing said to them may wait for it
                continue
            await self._act(turn, step, now, ahead)
        raise CircleError(f"{STEPS_AT_MOST} steps and no end: {step}")

    async def _act(self, turn: Turn, step: Step, now: datetime, ahead: int) -> None:
        match step:
            case ListOrders():
                turn.happened(await self._list_orders(turn.state))
            case Note(event=event):
                turn.happened(event)
                if isinstance(event, ev.OwnershipFailed):
                    turn.wrong_tails.append(event.order_no)
                if isinstance(event, ev.RemedyWithdrawn):
                    turn.taken_back.append(event.key)
            case Ask() | Say():
                self._speak(turn, step)
            case Offer():
                self._offer(turn, step, now)
            case Grant():
                self._grant(turn, step, now)
            case HandOver():
                self._hand_over(turn, step, now, ahead)
            case LeaveQueue():
                turn.replies.append(Reply(text=self.replies.text("left_queue")))
                # Within one turn the queue was never entered.
                turn.left_queue, turn.transfer = turn.before.owner == "queue", None
                turn.happened(ev.QueueLeft())

    async def _list_orders(self, state: State) -> ev.OrdersListed:
        known = state.identity or {}
        found = await in_time(
            self.orders.search(phone=known.get("phone"), telegram_id=known.get("telegram_id"))
        )
        return ev.OrdersListed(
            orders=tuple(
                {
                    "order_no": order.order_no,
                    "title": title(order.snapshot()),
                    "titles": [line.title for line in order.lines],
                }
                for order in found
            )
        )

    def _speak(self, turn: Turn, step: Ask | Say) -> None:
        text = wording.wording(self.replies, step, turn.state)
        options = tuple(map(_button_dict, step.options))
        turn.replies.append(Reply(text=text, options=_shown(options)))
        if isinstance(step, Ask):
            turn.happened(ev.Asked(what=step.what, matter=step.matter, options=options))
        else:
            turn.happened(ev.Said(about=step.about, options=options))

    def _offer(self, turn: Turn, step: Offer, now: datetime) -> None:
        matter = turn.state.matter(step.matter)
        if matter is None:
            return
        text = offers.offer_text(self.replies, step, matter, turn.state, now)
        event = offered(self.replies, turn.state, matter, step.verdict)
        turn.replies.append(Reply(text=text, options=_shown(event.options)))
        turn.happened(event)

    def _grant(self, turn: Turn, step: Grant, now: datetime) -> None:
        matter = turn.state.matter(step.matter)
        if matter is None or matter.order_no is None:
            return
        event = ev.RemedyGranted(
            matter=matter.id,
            key=matter.next_key,
            option=option_dict(step.option),
            verdict=verdict_dict(step.verdict),
            needs_approval=None if step.option.tier == "bot" else step.option.tier,
            issue=matter.issue,
            order_no=matter.order_no,
            answer_by=offers.answer_by(self.replies, step.option.tier, now),
            told=matter.told,
        )
        if event.needs_approval:
            turn.laid_before = grant_summary(turn.state, matter, event.verdict)
        told = step.option.kind in TOLD
        label = self.replies.text("told_button")
        options = [_button_dict(human_button(turn.state, label=label))] if told else []
        text = offers.grant_text(self.replies, step, matter, turn.state, now)
        turn.replies.append(Reply(text=text, options=_shown(options)))
        order = turn.state.orders[matter.order_no]
        seen = store.Granted(order.granted_fen, tuple(map(dict, order.standing)))
        record = OrderRecord.from_stored(order.record)
        turn.grants.append(Release(event=event, order=record, seen=seen))
        if options:
            turn.happened(ev.Said(about="told", options=tuple(options)))
        turn.happened(event)

    def _hand_over(self, turn: Turn, step: HandOver, now: datetime, ahead: int) -> None:
        matter = turn.state.matter(step.matter)
        summary = judged_summary(turn.state, matter, step.reason, self.policy, now)
        turn.transfer = Transfer(reason=step.reason, level=step.level, summary=summary)
        lost = turn.state.reply_lost
        text = offers.hand_over_text(self.replies, step, ahead, now, reply_lost=lost)
        if turn.state.unanswered and turn.state.unanswered.heard.foreign:
            text += "\n" + self.replies.text("foreign")
        if asks_for_order(turn.state, step):
            text += "\n" + self.replies.text("order_beside")
        turn.replies.append(Reply(text=text))
        turn.happened(ev.HandedOver(reason=step.reason, level=step.level, matter=step.matter))


def offered_at_the_end(
    replies: Replies, policy: Policy, state: State, now: datetime
) -> ev.Offered | None:
    """Return the offer of what was named with a refusal as the chat was closed, or None.

    Who then wishes for one of them need only confirm it; less may be possible by now.
    """
    matter = state.current
    known = state.order_of(matter)
    if matter is None or known is None or matter.stage != "gathering" or not matter.remedy:
        return None
    looked_up = state.with_order(replace(known, checked_in_turn=state.turn))
    step = settle(looked_up, matter, policy, now)
    if not isinstance(step, Offer):
        return None
    found = {str(option.kind) for option in step.verdict.options} - {"handover"}
    as_named = found == {str(option["kind"]) for option in wording.left_over(matter)}
    return offered(replies, state, matter, step.verdict) if as_named else None


def offered(replies: Replies, state: State, matter: Matter, verdict: Verdict) -> ev.Offered:
    """Return the event that lays a verdict's options before the customer, as buttons."""
    ids = next_ids(state, len(verdict.options))
    options = [
        {"id": id_, "label": option_label(replies, option_dict(option)),
         "matter": matter.id, **option_dict(option),
         "within": within(replies, option)}
        for id_, option in zip(ids, verdict.options, strict=True)
    ]  # fmt: skip
    if not has_way_to_person(options):
        options.append(_button_dict(human_button(state, offset=len(options))))
    return ev.Offered(
        matter=matter.id,
        verdict=verdict_dict(verdict),
        options=tuple(options),
        issue=matter.issue,
        order_no=matter.order_no or "",
    )


def _button_dict(button: Button) -> dict[str, str]:
    return {
        "id": button.id,
        "label": button.label,
        "kind": button.kind,
        "value": button.value,
        **({"matter": button.matter} if button.matter else {}),
    }


def _shown(options: Sequence[dict[str, Any]]) -> tuple[Option, ...]:
    """Return what the customer may see of the options."""
    return tuple(Option(id=o["id"], label=o["label"], kind=o["kind"]) for o in options)
