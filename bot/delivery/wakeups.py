"""Saying "there is something for you" at once, so that nobody has to ask the database often.

A wake-up is a hint: whoever misses one (another process died, the connection broke) finds the work
at his next look, a second later. Within the process none is lost: listen first, then look, then
wait.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

WORK = "work"  # a conversation has a message waiting for a worker
OUTBOX = "outbox"  # a message waits to be pushed to its channel
COMMANDS = "commands"  # a remedy waits to be carried out by the order system
DESK = "desk"  # the queue, an owner or an approval changed


def conversation_topic(conversation_id: int) -> str:
    """Return the topic of everything that changes in one conversation."""
    return f"conversation:{conversation_id}"


class Listener:
    """One pair of ears; it remembers a wake-up until it has waited for it."""

    def __init__(self) -> None:
        """Begin with nothing heard."""
        self._heard = asyncio.Event()

    def wake(self) -> None:
        """End the wait under way, or the next one."""
        self._heard.set()

    async def wait(self, timeout: float) -> bool:
        """Wait for a wake-up, at most `timeout` seconds; return whether there was one."""
        try:
            async with asyncio.timeout(timeout):
                await self._heard.wait()
        except TimeoutError:
            return False
        self._heard.clear()
        return True


class Wakeups:
    """Topics and who listens to them, within one event loop."""

    def __init__(self) -> None:
        """Begin with nobody listening."""
        self._listeners: defaultdict[str, set[Listener]] = defaultdict(set)
        self._forward: Callable[[str], None] = lambda _topic: None

    def notify(self, *topics: str) -> None:
        """Wake who listens here, and, through a bridge, in the other processes."""
        for topic in topics:
            self.notify_here(topic)
            self._forward(topic)

    def notify_here(self, topic: str) -> None:
        """Wake only this process: the word came from another one."""
        for listener in self._listeners.get(topic, ()):
            listener.wake()

    def wake_everybody(self) -> None:
        """Wake all listeners of this process, because something may have been missed."""
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.wake()

    def forward_to(self, forward: Callable[[str], None]) -> None:
        """Pass every topic that is notified from now on to a bridge as well."""
        self._forward = forward

    @contextmanager
    def listen(self, *topics: str) -> Iterator[Listener]:
        """Hear these topics inside the block: listen, look at the database, then wait."""
        listener = Listener()
        for topic in topics:
            self._listeners[topic].add(listener)
        try:
            yield listener
        finally:
            for topic in topics:
                self._forget(topic, listener)

    def _forget(self, topic: str, listener: Listener) -> None:
        self._listeners[topic].discard(listener)
        if not self._listeners[topic]:
            del self._listeners[topic]
