"""How long to wait before the next try, and when to stop trying; pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Backoff:
    """Waits that double from the first to the longest; `attempts` of None never gives up."""

    first_seconds: float
    longest_seconds: float
    attempts: int | None = None

    def wait_seconds(self, failures: int) -> float | None:
        """Return the wait after that many failures in a row, or None when it is time to stop."""
        if self.attempts is not None and failures >= self.attempts:
            return None
        # A large power of 2 overflows; the longest wait comes far sooner.
        return min(self.first_seconds * 2.0 ** min(failures - 1, 30), self.longest_seconds)


TURN = Backoff(first_seconds=1, longest_seconds=30, attempts=5)
# About a day of a channel that cannot be reached: 1, 2, 4 … 256 s, then every five minutes.
SEND = Backoff(first_seconds=1, longest_seconds=300, attempts=300)
# Money is never given up on: an uncertain command is asked about until somebody knows.
RECONCILE = Backoff(first_seconds=2, longest_seconds=600)
