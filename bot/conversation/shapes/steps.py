"""What the bot can do next: a closed set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.conversation.shapes.events import Event
from bot.conversation.shapes.state import Button
from bot.remedies.verdict import RemedyOption, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class LookUpOrder:
    """Ask the order system for this order."""

    order_no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOrders:
    """Ask the order system for the known customer's orders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Record what became clear; nothing is said."""

    event: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Ask the customer; `wording` is the key of the reply, `facts` fill it."""

    what: str
    wording: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    options: tuple[Button, ...] = ()
    matter: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Tell the customer something."""

    about: str
    wording: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    options: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Lay the verdict's options before the customer."""

    matter: str
    verdict: Verdict
    again: bool = False  # shown before, and still standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Release a remedy, or send it for approval when the bot may not release it alone."""

    matter: str
    verdict: Verdict
    option: RemedyOption
    answer: Say | None = None  # to what was asked behind the yes


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Put the conversation into the queue of people."""

    reason: str
    level: str
    matter: str | None = None
    wording: str | None = None  # key of the reply, where that of the reason would say too little


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveQueue:
    """Take the conversation out of the queue of people again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Nothing to do until somebody speaks."""


Step = LookUpOrder | ListOrders | Note | Ask | Say | Offer | Grant | HandOver | LeaveQueue | Wait
