"""The last states of chats: what was worked out once is not replayed from its beginning."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.conversation import store
from bot.conversation.replaying.replay import replay
from bot.conversation.shapes.state import State

CHATS = 200  # the state of a long one takes some 100 kB


@dataclass(frozen=True, slots=True)
class _Known:
    """A state, and the place and moment of the last event that it knows."""

    state: State
    seq: int
    at: datetime


class Recall:
    """States of the chats that were read lately, each with its place in the log.

    A log only grows, so a state of committed events holds for good; whatever another process
    wrote since is read on top of it. Only where the database itself went back, to a copy or to
    a stand-by that had not heard all, the last known event is not there, and all is read again.
    """

    def __init__(self) -> None:
        """Know no chat."""
        self._chats: OrderedDict[int, _Known] = OrderedDict()
        self._lock = threading.Lock()

    def state(self, connection: Connection, conversation_id: int) -> State:
        """Return where the conversation stands; to be called in a read transaction only.

        A transaction that writes would see events of its own, which may yet be undone.
        """
        with self._lock:
            known = self._chats.get(conversation_id)
        now = _read_on(connection, conversation_id, known)
        if now is None:
            return State()
        with self._lock:
            self._chats[conversation_id] = now
            self._chats.move_to_end(conversation_id)
            if len(self._chats) > CHATS:
                self._chats.popitem(last=False)
        return now.state


def _read_on(connection: Connection, conversation_id: int, known: _Known | None) -> _Known | None:
    """Return what is known with what came since; None where the log is empty."""
    rows = store.read_from(connection, conversation_id, known.seq if known else 1)
    if known is not None:
        first = next(rows, None)
        if first is None or first[:2] != (known.seq, known.at):
            return _read_on(connection, conversation_id, None)
    for seq, at, event in rows:
        known = _Known(replay([event], known.state if known else None), seq, at)
    return known
