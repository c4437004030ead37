"""A conversation without a house around it: events in, `decide` until Wait, steps out."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.conversation.deciding.decide import decide
from bot.conversation.deciding.find_order import human_button, next_ids
from bot.conversation.deciding.settle import has_way_to_person
from bot.conversation.replaying.replay import apply
from bot.conversation.saying import offers, wording
from bot.conversation.saying.options import option_label
from bot.conversation.saying.replies import load_replies
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
from bot.conversation.turn import STEPS_AT_MOST
from bot.conversation.words.things.named import without_glued_tail
from bot.orders.demo import FILE_PREFIX, demo_orders
from bot.remedies.policy import load_policy
from bot.settings import DATA_DIR
from tests.factories import NOW

POLICY = load_policy(DATA_DIR / "policy")
REPLIES = load_replies(DATA_DIR / "replies")
ORDERS = {order.order_no: order.snapshot() for order in demo_orders(NOW)}
LATE = f"{FILE_PREFIX}001"  # not shipped in time; tail 1024, ¥199
IN_TIME = f"{FILE_PREFIX}002"
STALLED = f"{FILE_PREFIX}006"  # ¥65.60 are above the bot's limit
SLOW = f"{FILE_PREFIX}007"
BROKEN = f"{FILE_PREFIX}011"  # a photo is needed
SPOILT = f"{FILE_PREFIX}012"  # a box of fruit
TWO_LINES = f"{FILE_PREFIX}021"
SPEC = f"{FILE_PREFIX}032"  # a correction is needed
FAKE = f"{FILE_PREFIX}018"
EXCLUDED = f"{FILE_PREFIX}039"  # no return without a reason
UNKNOWN = "JF99999999999"
TAILS = {no: record["customer"]["phone"][-4:] for no, record in ORDERS.items()}

_ids = itertools.count(1)


def spoke(
    text: str = "……", *, choices: tuple[str, ...] = (), photos: tuple[int, ...] = (), **heard: Any
) -> ev.CustomerSpoke:
    """Return a message in which exactly this was heard."""
    return ev.CustomerSpoke(
        message_ids=(next(_ids),),
        text=text,
        choices=choices,
        photos=photos,
        heard=ev.Heard(**heard),
    )


def complaint(issue: str, order_no: str | None = None, **heard: Any) -> ev.CustomerSpoke:
    """Return a clear complaint about an order, or about none yet."""
    numbers = () if order_no is None else (order_no,)
    return spoke(
        "我要投诉", issues=(issue,), confident=True, intent="complain", order_nos=numbers, **heard
    )


@dataclass
class Talk:
    """A conversation, and what the bot did in its last turn."""

    state: State = field(default_factory=State)
    steps: list[Step] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    events: list[ev.Event] = field(default_factory=list)
    orders: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: ORDERS)
    locked: bool = False

    def hear(self, *events: ev.Event) -> Talk:
        """Let these happen one after the other, and the bot act after each."""
        for event in events:
            self.steps, self.told = [], []
            self._happened(event)
            self._act()
        return self

    def say(self, text: str = "……", **more: Any) -> Talk:
        """Let the customer speak."""
        return self.hear(spoke(text, **more))

    def pick(self, kind: str) -> Talk:
        """Let the customer press the latest button of that kind."""
        return self.hear(spoke("", choices=(self.button(kind).id,)))

    def button(self, kind: str) -> Button:
        """Return the latest button of that kind."""
        return [b for b in self.state.buttons.values() if b.kind == kind][-1]

    @property
    def said(self) -> list[str]:
        """The wording of what the bot said and asked in its last turn."""
        return [s.wording for s in self.steps if isinstance(s, Ask | Say)]

    @property
    def matter(self) -> Matter:
        """The matter talked about."""
        assert self.state.current is not None
        return self.state.current

    def next_step(self) -> Step:
        """Return what `decide` wants now."""
        return decide(self.state, POLICY, NOW)

    def _happened(self, event: ev.Event) -> None:
        self.events.append(event)
        self.state = apply(self.state, event)

    def _act(self) -> None:
        for _ in range(STEPS_AT_MOST):
            step = self.next_step()
            if isinstance(step, Wait):
                return
            self.steps.append(step)
            self.told += self._words_of(step)
            for event in self._events_of(step):
                self._happened(event)
        raise AssertionError(f"{STEPS_AT_MOST} steps and no end: {self.steps[-3:]}")

    def _words_of(self, step: Step) -> list[str]:
        """Return what the customer reads; raises when a text lacks a fact."""
        matter = None
        if isinstance(step, Offer | Grant):
            matter = self.state.matter(step.matter)
            assert matter is not None
        match step:
            case Ask() | Say():
                return [wording.wording(REPLIES, step, self.state)]
            case Offer() if matter:
                return [offers.offer_text(REPLIES, step, matter, self.state, NOW)]
            case Grant() if matter:
                return [offers.grant_text(REPLIES, step, matter, self.state, NOW)]
            case HandOver():
                return [offers.hand_over_text(REPLIES, step, 1, NOW)]
            case LeaveQueue():
                return [REPLIES.text("left_queue")]
        return []

    def _events_of(self, step: Step) -> list[ev.Event]:
        match step:
            case LookUpOrder(order_no=order_no):
                numbers = (order_no, without_glued_tail(order_no) or "")
                record = next(filter(None, (self.orders.get(no.upper()) for no in numbers)), None)
                copy = dict(record) if record else None
                return [ev.OrderChecked(order_no=order_no, record=copy, locked=self.locked)]
            case ListOrders():
                return [ev.OrdersListed(orders=tuple(self._listed()))]
            case Note(event=event):
                return [event]
            case Ask(what=what, matter=matter, options=options):
                return [ev.Asked(what=what, matter=matter, options=shown(options))]
            case Say(about=about, options=options):
                return [ev.Said(about=about, options=shown(options))]
            case Offer():
                return [self._offered(step)]
            case Grant():
                return [self._granted(step)]
            case HandOver(reason=reason, level=level, matter=matter):
                return [ev.HandedOver(reason=reason, level=level, matter=matter)]
            case LeaveQueue():
                return [ev.QueueLeft()]
        raise AssertionError(step)

    def _listed(self) -> list[dict[str, Any]]:
        phone = (self.state.identity or {}).get("phone")
        mine = [o for o in self.orders.values() if o["customer"]["phone"] == phone]
        return [{"order_no": o["order_no"], "title": o["lines"][0]["title"]} for o in mine]

    def _offered(self, step: Offer) -> ev.Offered:
        matter = self.state.matter(step.matter)
        assert matter is not None
        dicts = [option_dict(option) for option in step.verdict.options]
        ids = next_ids(self.state, len(dicts))
        options = [
            {"id": id_, "label": option_label(REPLIES, o), "matter": step.matter, **o}
            for id_, o in zip(ids, dicts, strict=True)
        ]
        if not has_way_to_person(options):
            options += shown((human_button(self.state, offset=len(options)),))
        return ev.Offered(
            matter=step.matter,
            verdict=verdict_dict(step.verdict),
            options=tuple(options),
            issue=matter.issue,
            order_no=matter.order_no or "",
        )

    def _granted(self, step: Grant) -> ev.RemedyGranted:
        matter = self.state.matter(step.matter)
        assert matter is not None
        return ev.RemedyGranted(
            matter=step.matter,
            key=f"{matter.id}-{len(matter.remedies) + 1}",
            option=option_dict(step.option),
            verdict=verdict_dict(step.verdict),
            needs_approval=None if step.option.tier == "bot" else step.option.tier,
            issue=matter.issue,
            order_no=matter.order_no or "",
        )


def shown(options: tuple[Button, ...]) -> tuple[dict[str, str], ...]:
    """Return buttons as events keep them."""
    return tuple(
        {"id": b.id, "label": b.label, "kind": b.kind, "value": b.value}
        | ({"matter": b.matter} if b.matter else {})
        for b in options
    )


def offered(order_no: str = LATE, issue: str = "not_shipped") -> Talk:
    """Return a talk in which the remedies are on the table."""
    talk = Talk().hear(complaint(issue, order_no, phone_tail=TAILS[order_no]))
    assert talk.matter.stage == "offered", talk.steps
    return talk


def executing(kind: str = "refund", order_no: str = LATE, issue: str = "not_shipped") -> Talk:
    """Return a talk in which a remedy was confirmed."""
    talk = offered(order_no, issue).pick(kind)
    return talk.pick("confirm") if talk.matter.stage == "confirming" else talk


def finished(talk: Talk, outcome: str = "done") -> Talk:
    """Let the order system answer."""
    matter = next(m for m in reversed(talk.state.matters) if m.remedy)
    remedy = matter.remedy
    assert remedy is not None
    return talk.hear(
        ev.RemedyFinished(matter=matter.id, key=remedy.key, outcome=outcome, reference="RF-1")
    )


def resolved() -> Talk:
    """Return a talk whose matter has been settled."""
    return finished(executing())
