"""The one port through which Jiefen sees orders, whatever system keeps them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from pydantic import ValidationError

from bot.errors import OrderSystemError
from bot.order_record import CommandResult, OrderCommand, OrderRecord

ANSWER_SECONDS = 10.0  # a question that takes longer gets no answer

T = TypeVar("T")


async def in_time(asked: Awaitable[T]) -> T:
    """Return what an order system was asked for; one that hangs must not hang who asks.

    Raises OrderSystemError when there is no answer in time, or it makes no order record.
    """
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            return await asked
    except TimeoutError as error:
        raise OrderSystemError("the order system gives no answer") from error
    except ValidationError as error:
        # Its own text holds what was sent, which may be a customer's phone.
        why = "; ".join(f"{e['loc']}: {e['msg']}" for e in error.errors(include_input=False))
        raise OrderSystemError(f"the order system gives no sound order: {why}") from None


@dataclass(frozen=True, slots=True)
class BookEntry:
    """One thing that was done to an order, for the customer's "how far is it" and the console."""

    kind: str
    amount_fen: int
    at: datetime
    reference: str
    note: str  # Chinese


class Orders(Protocol):
    """An order system."""

    async def find(self, order_no: str) -> OrderRecord | None:
        """Return the order, or None when there is none; number in any letter case."""
        ...

    async def search(
        self, *, phone: str | None = None, telegram_id: int | None = None
    ) -> list[OrderRecord]:
        """Return the customer's orders, newest first; empty when nobody matches."""
        ...

    async def execute(self, command: OrderCommand) -> CommandResult:
        """Carry out the command once for its key; a second call returns the first result.

        Raises OrderSystemRefused when nothing happened, OrderSystemUncertain when it may have.
        """
        ...

    async def outcome(self, idempotency_key: str) -> CommandResult | None:
        """Return what came of a command, or None when it never took effect."""
        ...

    async def history(self, order_no: str) -> list[BookEntry]:
        """Return what was carried out on the order, newest last; empty when nothing was."""
        ...
