"""Time at the desk: what became of a promise, pure, and the loop that keeps looking.

What the looking finds is dealt with elsewhere (`bot.conversation.overdue`); the loop only sees to
it that somebody looks, whatever went wrong the time before.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

LOOK_EVERY_SECONDS = 15.0
NEARING_AFTER = 0.75  # of the time between the promise and its deadline

Outcome = Literal["open", "kept", "broken", "void"]
Standing = Literal["open", "nearing", "missed"]

# Remedies that are their own proof: once done, what was promised with them has happened.
DONE_IS_KEPT = frozenset(
    {"refund", "partial_refund", "price_difference", "compensation", "goodwill",
     "coupon", "freight", "cancel", "correct_order"}
)  # fmt: skip
# Open while a customer waits for somebody's words: of the queue, or of the agent they write to.
WAITS_FOR_PERSON = frozenset({"person", "answer"})
# What an answer by a person keeps: the customer was promised to hear something.
ANSWER_KEEPS = WAITS_FOR_PERSON | {"expedite", "trace", "intercept"}
CLOSED = frozenset({"resolved", "rejected", "withdrawn"})
CAME_TO_NOTHING = frozenset({"failed", "declined", "withdrawn", "expired"})

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A promise and what is known of the thing promised."""

    what: str  # person | answer | approval | offer | a remedy kind
    due_at: datetime
    remedy_state: str | None = None
    dispute_state: str | None = None
    has_happened: bool = False  # by the order's record


def outcome(promise: Watched, now: datetime) -> Outcome:
    """Return what became of the promise by now; `open` while it may still be kept."""
    if promise.remedy_state in CAME_TO_NOTHING and promise.what != "approval":
        return "void"
    if _is_kept(promise):
        return "kept"
    if promise.what == "person" and promise.dispute_state in CLOSED:
        return "void"
    if now < promise.due_at:
        return "open"
    return "kept" if promise.what == "offer" else "broken"


def _is_kept(promise: Watched) -> bool:
    if promise.what == "approval":
        return promise.remedy_state != "awaiting_approval"
    done = promise.remedy_state == "done" and promise.what in DONE_IS_KEPT
    return done or promise.has_happened


def nearing_at(made_at: datetime, due_at: datetime) -> datetime:
    """Return from when on staff are warned of an open promise."""
    return made_at + (due_at - made_at) * NEARING_AFTER


def standing(made_at: datetime, due_at: datetime, now: datetime) -> Standing:
    """Return how an open promise stands."""
    if now >= due_at:
        return "missed"
    return "nearing" if now >= nearing_at(made_at, due_at) else "open"


class Clocks:
    """The loop: looks at once and then every few seconds, until stopped."""

    def __init__(
        self, look: Callable[[], Awaitable[object]], *, every: float = LOOK_EVERY_SECONDS
    ) -> None:
        """`look` deals with everything that is due; several processes may do so at a time."""
        self._look = look
        self._every = every
        self._stopped = asyncio.Event()

    async def run(self) -> None:
        """Look until `stop`; a look under way then is finished."""
        while not self._stopped.is_set():
            try:
                await self._look()
            except Exception:
                # Nothing is lost: what is due stays due, and the next look finds it.
                _log.exception("could not look at what is due; looking again shortly")
            with suppress(TimeoutError):
                async with asyncio.timeout(self._every):
                    await self._stopped.wait()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()
