"""The last states of chats: what was worked out once is not replayed from its beginning."""

from __future__ import annotations

import threading
from collections import OrderedDict

from sqlalchemy import Connection

from bot.conversation import store
from bot.conversation.replaying.replay import replay
from bot.conversation.shapes.state import State

CHATS = 200  # the state of a long one takes some 100 kB


class Recall:
    """States of the chats that were read lately, each with its place in the log.

    A log only grows, so a state of committed events holds for good; whatever another process
    wrote since is read on top of it.
    """

    def __init__(self) -> None:
        """Know no chat."""
        self._known: OrderedDict[int, tuple[int, State]] = OrderedDict()
        self._lock = threading.Lock()

    def state(self, connection: Connection, conversation_id: int) -> State:
        """Return where the conversation stands; to be called in a read transaction only.

        A transaction that writes would see events of its own, which may yet be undone.
        """
        with self._lock:
            seq, state = self._known.get(conversation_id, (0, State()))
        for at, event in store.read_since(connection, conversation_id, seq):
            seq, state = at, replay([event], state)
        with self._lock:
            self._known[conversation_id] = (seq, state)
            self._known.move_to_end(conversation_id)
            if len(self._known) > CHATS:
                self._known.popitem(last=False)
        return state
