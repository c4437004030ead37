"""What another policy would have decided on past disputes, from the same facts and moments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from bot.conversation import store
from bot.conversation.events import Event, Offered, RemedyGranted
from bot.conversation.replay import TOLD, apply
from bot.conversation.settle import judge
from bot.conversation.state import Matter, State
from bot.conversation.wording import verdict_dict
from bot.remedies.policy import Policy
from models import conversation

Outcome = tuple[str, int]  # remedy kind, fen


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A verdict that would be another one; options as (kind, fen), an escalation as (code, 0)."""

    conversation_id: int
    order_no: str
    issue: str
    was: tuple[Outcome, ...]
    would_be: tuple[Outcome, ...]

    @property
    def more_fen(self) -> int:
        """By how much the sums on offer would rise together, in fen; negative: fall."""
        return _sum(self.would_be) - _sum(self.was)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """How many verdicts were given again, and those that came out otherwise."""

    verdicts: int
    differences: tuple[Difference, ...]


def replay_policy(connection: Connection, policy: Policy) -> Replay:
    """Judge every verdict that was ever laid before a customer again, under `policy`."""
    pairs = [
        pair
        for conversation_id in connection.execute(select(conversation.c.id)).scalars()
        for pair in _verdicts(connection, conversation_id, policy)
    ]
    changed = tuple(pair for pair in pairs if pair.was != pair.would_be)
    return Replay(verdicts=len(pairs), differences=changed)


def _verdicts(
    connection: Connection, conversation_id: int, policy: Policy
) -> Iterator[Difference]:
    state = State()
    for logged in store.read_log(connection, conversation_id):
        given = _verdict_of(logged.event)
        matter = state.matter(given.matter) if given else None
        if given and matter and matter.picked is None:
            again = verdict_dict(judge(state, matter, policy, logged.at))
            yield _difference(conversation_id, matter, given.verdict, again)
        state = apply(state, logged.event)


def _verdict_of(event: Event) -> Offered | RemedyGranted | None:
    """Return the event if a fresh verdict was laid before the customer with it."""
    if isinstance(event, RemedyGranted) and event.option["kind"] in TOLD:
        return event
    return event if isinstance(event, Offered) else None


def _difference(
    conversation_id: int, matter: Matter, was: Any, would_be: dict[str, Any]
) -> Difference:
    return Difference(
        conversation_id=conversation_id,
        order_no=matter.order_no or "",
        issue=matter.issue,
        was=_outcomes(was),
        would_be=_outcomes(would_be),
    )


def _outcomes(verdict: Any) -> tuple[Outcome, ...]:
    return tuple((option["kind"], option["amount_fen"]) for option in verdict["options"])


def _sum(outcomes: tuple[Outcome, ...]) -> int:
    return sum(fen for _, fen in outcomes)
