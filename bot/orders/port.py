"""The one port through which Jiefen sees orders, whatever system keeps them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from pydantic import ValidationError

from bot.errors import OrderSystemError
from bot.order_record import CommandResult, OrderCommand, OrderRecord

ANSWER_SECONDS = 10.0  # a question that takes longer gets no answer

T = TypeVar("T")

_log = logging.getLogger(__name__)


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
        raise OrderSystemError(f"the order system gives no sound order: {_why(error)}") from None


def sound_orders(
    found: Iterable[Any], read: Callable[[Any], OrderRecord] = OrderRecord.model_validate
) -> list[OrderRecord]:
    """Return what a search found as records; an unsound one hides none of the others."""
    records = []
    for one in found:
        try:
            records.append(read(one))
        except ValidationError as error:
            _log.warning("an order is left out of a list, it is not sound: %s", _why(error))
    return records


def _why(error: ValidationError) -> str:
    """Say what is wrong; the error's own text holds what was sent, maybe a customer's phone."""
    return "; ".join(f"{e['loc']}: {e['msg']}" for e in error.errors(include_input=False))


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
        """Return the customer's orders, newest first; empty when nobody matches.

        Of what another system sends, `sound_orders` makes them.
        """
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
