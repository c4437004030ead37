"""What is known of the line to Telegram: one word for /readyz, one log line at each change."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from telegram.error import InvalidToken, TelegramError

STARTING = "starting"
OK = "ok"
UNREACHABLE = "unreachable"
CONFLICT = "conflict"
TOKEN_REFUSED = "token refused"  # noqa: S105  a status, not a secret
WEBHOOK_REFUSED = "webhook refused"
# Others that poll, and a line that is down, often mend themselves: so long they are borne with.
CONFLICT_BORNE_SECONDS = 60.0
UNREACHABLE_BORNE_SECONDS = 180.0

_EXPLAINED = {
    OK: "Telegram: connected",
    UNREACHABLE: "Telegram cannot be reached; trying on",
    CONFLICT: "Telegram: another program polls with this token or has set a webhook; "
    "only one may. Trying on",
    TOKEN_REFUSED: "Telegram refused the token: check JIEFEN_TELEGRAM_TOKEN. "
    "The rest of the program goes on without Telegram",
}

_log = logging.getLogger(__name__)


class Health:
    """The last that was seen of the line."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        """Begin with nothing known."""
        self.status = STARTING
        self._seconds = seconds
        self._since = seconds()
        self._was_reached = False
        self._webhook_refused = False

    @property
    def trouble(self) -> str | None:
        """What keeps the channel from being ready; None where it is, or may mend itself soon."""
        if self.status == TOKEN_REFUSED:
            return TOKEN_REFUSED
        if self._webhook_refused:
            return WEBHOOK_REFUSED
        lasted = self._seconds() - self._since
        if self.status == CONFLICT:
            return CONFLICT if lasted >= CONFLICT_BORNE_SECONDS else None
        if not self._was_reached:
            return self.status
        down = self.status == UNREACHABLE and lasted >= UNREACHABLE_BORNE_SECONDS
        return UNREACHABLE if down else None

    def note_answer(self) -> None:
        """Remember that Telegram was reached, whatever it made of the call."""
        self._was_reached = True

    def note_webhook(self, refusal: str | None) -> None:
        """Remember whether Telegram takes our webhook; without it no message comes in."""
        if refusal is not None:
            _log.error(
                "Telegram refused the webhook, so no message comes in: %s. "
                "Check JIEFEN_PUBLIC_URL and JIEFEN_TELEGRAM_SECRET",
                refusal,
            )
        self._webhook_refused = refusal is not None

    def note(self, status: str) -> None:
        """Remember how the last call went; only a change is worth a line in the log."""
        if status != self.status:
            _log.log(logging.INFO if status == OK else logging.ERROR, _EXPLAINED[status])
            self._since = self._seconds()
        self.status = status
        self._was_reached |= status != UNREACHABLE

    def note_refusal(self, error: TelegramError, *, method_is_optional: bool = False) -> None:
        """Remember a refused token.

        The library raises the same error for a method that the server lacks; a server of one's own
        may lack those that only make the start nicer, and its 404 to them says nothing.
        """
        lacks_method = method_is_optional and "not found" in error.message.lower()
        if isinstance(error, InvalidToken) and not lacks_method:
            self.note(TOKEN_REFUSED)
