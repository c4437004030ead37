"""What another policy would have decided on past disputes, from the same facts and moments.

Each verdict that was laid before a customer is given twice more: under its own policy, as the
archive kept it, which must come to the same; and under the policy that is being tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from bot.conversation import store
from bot.conversation.deciding.judging import judge
from bot.conversation.replaying.replay import apply
from bot.conversation.shapes.events import Event, Offered, RemedyGranted
from bot.conversation.shapes.state import Matter, State
from bot.conversation.shapes.verdicts import verdict_dict
from bot.remedies.policy import Policy
from bot.remedies.verdict import TOLD
from bot.reports.policy_archive import kept_policy
from models import conversation

Outcome = tuple[str, int]  # remedy kind, fen
STANDS = frozenset({"awaiting_approval", "executing", "done", "uncertain"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A dispute's last verdict: as it was, under its own policy again, and under the other.

    Options as (kind, fen). `own` is None where the texts of its policy were never kept.
    """

    conversation_id: int
    matter: str
    order_no: str
    issue: str
    was: tuple[Outcome, ...]
    own: tuple[Outcome, ...] | None
    would_be: tuple[Outcome, ...]
    given: Outcome | None = None  # what the customer got of it

    @property
    def cost_fen(self) -> int:
        """What the customer would get more under the other policy, in fen; negative: less.

        Compared is the remedy that was given. Where none was, nobody knows which would have been
        taken: the kinds are compared one by one, and the one that changes most counts.
        """
        if self.given is not None:
            kind, was_fen = self.given
            return _worth(self.would_be, kind) - was_fen
        was, would_be = _dearest_of_each(self.was), _dearest_of_each(self.would_be)
        kinds = dict.fromkeys((*was, *would_be))
        changes = (would_be.get(kind, 0) - was.get(kind, 0) for kind in kinds)
        return max(changes, key=abs, default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """Every past dispute that had a verdict, decided again."""

    disputes: tuple[Decided, ...]

    @property
    def differences(self) -> tuple[Decided, ...]:
        """Those that would come out otherwise."""
        return tuple(d for d in self.disputes if d.was != d.would_be)

    @property
    def unlike(self) -> tuple[Decided, ...]:
        """Those whose own policy no longer gives their verdict; there should be none."""
        return tuple(d for d in self.disputes if d.own is not None and d.own != d.was)

    @property
    def unkept(self) -> int:
        """How many were decided under a policy whose texts were never kept."""
        return sum(d.own is None for d in self.disputes)

    @property
    def cost_fen(self) -> int:
        """What the other policy would have cost more in all, in fen."""
        return sum(d.cost_fen for d in self.differences)


@dataclass(slots=True)
class _Archive:
    """The kept policies, each read once."""

    connection: Connection
    read: dict[str, Policy | None] = field(default_factory=dict)

    def get(self, digest: str) -> Policy | None:
        if digest not in self.read:
            self.read[digest] = kept_policy(self.connection, digest)
        return self.read[digest]


def replay_policy(connection: Connection, policy: Policy) -> Replay:
    """Decide every dispute of the past again, under the newest version of `policy`."""
    archive, newest = _Archive(connection), policy.newest()
    disputes = [
        decided
        for conversation_id in connection.execute(
            select(conversation.c.id).order_by(conversation.c.id)
        ).scalars()
        for decided in _disputes(connection, conversation_id, archive, newest)
    ]
    return Replay(disputes=tuple(disputes))


def _disputes(
    connection: Connection, conversation_id: int, archive: _Archive, policy: Policy
) -> Iterator[Decided]:
    """Yield the last verdict of each dispute of a conversation, in the order they arose."""
    state, last = State(), dict[str, Decided]()
    for logged in store.read_log(connection, conversation_id):
        given = _verdict_of(logged.event)
        matter = state.matter(given.matter) if given else None
        if given and matter and matter.picked is None:
            own = archive.get(given.verdict.get("policy_digest", ""))
            last[matter.id] = Decided(
                conversation_id=conversation_id,
                matter=matter.id,
                order_no=matter.order_no or "",
                issue=matter.issue,
                was=_outcomes(given.verdict),
                own=_again(state, matter, own, logged.at) if own else None,
                would_be=_again(state, matter, policy, logged.at),
            )
        state = apply(state, logged.event)
    yield from (_with_grant(decided, state.matter(key)) for key, decided in last.items())


def _again(state: State, matter: Matter, policy: Policy, at: datetime) -> tuple[Outcome, ...]:
    return _outcomes(verdict_dict(judge(state, matter, policy, at)))


def _with_grant(decided: Decided, matter: Matter | None) -> Decided:
    remedy = matter.remedy if matter else None
    if remedy is None or remedy.state not in STANDS:
        return decided
    return replace(decided, given=(remedy.option["kind"], remedy.option["amount_fen"]))


def _verdict_of(event: Event) -> Offered | RemedyGranted | None:
    """Return the event if a fresh verdict was laid before the customer with it."""
    if isinstance(event, RemedyGranted) and event.option["kind"] in TOLD:
        return event
    return event if isinstance(event, Offered) else None


def _outcomes(verdict: dict[str, Any]) -> tuple[Outcome, ...]:
    return tuple((option["kind"], option["amount_fen"]) for option in verdict["options"])


def _dearest_of_each(outcomes: tuple[Outcome, ...]) -> dict[str, int]:
    """Return the most that is on offer of each kind, in fen."""
    return {kind: max(fen for one, fen in outcomes if one == kind) for kind, _ in outcomes}


def _worth(outcomes: tuple[Outcome, ...], kind: str) -> int:
    """Return what that kind gives, or the dearest where it is not on offer."""
    same = [fen for offered, fen in outcomes if offered == kind]
    return max(same or [fen for _, fen in outcomes], default=0)
