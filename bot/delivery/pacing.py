"""How fast one chat may be spoken to: about one message a second, a few at once; pure."""

from __future__ import annotations

from datetime import datetime, timedelta


class Pacing:
    """Counts what each chat was sent lately; each process paces for itself.

    Kept as one moment a chat: when it will have digested all it was sent, at one message each
    `every_seconds`. A chat rests while that moment is `burst` messages or more away.
    """

    def __init__(self, *, every_seconds: float = 1.0, burst: int = 3) -> None:
        """Begin with every chat rested."""
        self._every = timedelta(seconds=every_seconds)
        self._burst = burst
        self._digested_at: dict[int, datetime] = {}

    def note_sent(self, conversation_id: int, now: datetime) -> None:
        """Count one message."""
        since = max(now, self._digested_at.get(conversation_id, now))
        self._digested_at[conversation_id] = since + self._every

    def resting(self, now: datetime) -> set[int]:
        """Return the chats that must not be sent anything yet."""
        self._digested_at = {chat: at for chat, at in self._digested_at.items() if at > now}
        too_far = now + self._every * (self._burst - 1)
        return {chat for chat, at in self._digested_at.items() if at > too_far}
