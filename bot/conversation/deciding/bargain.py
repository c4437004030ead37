"""A customer who wants more, or something else: the bot gives way as far as the policy says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.conversation.deciding.judging import judge
from bot.conversation.deciding.settle import remind
from bot.conversation.shapes import events as ev
from bot.conversation.shapes.state import Matter, State
from bot.conversation.shapes.steps import Note, Say
from bot.conversation.words.answers.bids import haggles, has_bargained
from bot.conversation.words.wishes import bargaining
from bot.remedies.policy import Policy
from bot.remedies.verdict import Verdict


def give_way(state: State, matter: Matter, policy: Policy, now: datetime) -> Note | Say:
    """Return what becomes of the offer that the customer would not have.

    Who finds it too little gets the next step of a sum on the table, or hears once that there is
    none; who wants something else gets what the policy still has. When nothing is
    left, the verdict brings a supervisor in.
    """
    text = state.text
    asks_more = bargaining.wants_more(text) or haggles(matter, text)
    more = _concession(state, matter, policy, now) if asks_more else None
    at_once = more is None and not matter.concessions and has_bargained(matter)
    if asks_more and at_once and not state.times_asked("at_most"):
        return Say(about="at_most", wording="at_most", options=remind(state, matter))
    kinds = tuple(str(option["kind"]) for option in matter.offer)
    return Note(event=more or ev.OfferDeclined(matter=matter.id, kinds=kinds))


def _concession(state: State, matter: Matter, policy: Policy, now: datetime) -> ev.Conceded | None:
    """Return the next step upwards for what was on the table; None when there is none."""
    order = state.order_of(matter)
    if order is None or not order.shown:
        return None
    step = matter.concessions + 1
    verdict = judge(state, replace(matter, concessions=step), policy, now)
    raised = tuple(
        {"kind": option["kind"], "from_fen": option["amount_fen"], "to_fen": to_fen}
        for option in matter.offer
        if (to_fen := _sum_of(verdict, option)) > option["amount_fen"]
    )
    return ev.Conceded(matter=matter.id, step=step, sums=raised) if raised else None


def _sum_of(verdict: Verdict, offered: Mapping[str, Any]) -> int:
    sums = (o.amount_fen for o in verdict.options if o.kind == offered["kind"])
    return next(sums, 0) if offered["amount_fen"] else 0
