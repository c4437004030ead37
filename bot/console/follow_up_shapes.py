"""The JSON of what staff follow up: promises to customers, and costs to claim back."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from bot.remedies.rulebook import Party


class WhichPromises(BaseModel):
    """All that are open, or those near or past their deadline."""

    state: Literal["open", "warned"] = "open"


class Promise(BaseModel):
    """What a customer was promised; `standing` says how it stands against its deadline."""

    id: int
    conversation_id: int
    dispute_id: int | None
    order_no: str | None
    what: str
    said: str
    made_at: str
    due_at: str | None  # None while the customer's parcel is awaited, from which it runs
    state: Literal["open", "kept", "broken", "void"]
    standing: Literal["open", "nearing", "missed"]


class Promises(BaseModel):
    """The soonest due first."""

    promises: list[Promise]


class Recovery(BaseModel):
    """A cost to claim back, by the deadline, from whoever is to bear it."""

    dispute_id: int
    conversation_id: int
    order_no: str | None
    issue: str
    wish: str | None
    against: Party
    name: str
    cause: str | None
    reason: str | None
    remedies: list[str]
    amount_fen: int
    opened_at: str
    deadline: str
    overdue: bool


class Recoveries(BaseModel):
    """The earliest deadline first."""

    recoveries: list[Recovery]
