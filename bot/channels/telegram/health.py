"""What is known of the line to Telegram: one word for /readyz, one log line at each change."""

from __future__ import annotations

import logging

from telegram.error import InvalidToken, TelegramError

STARTING = "starting"
OK = "ok"
UNREACHABLE = "unreachable"
CONFLICT = "conflict"
TOKEN_REFUSED = "token refused"  # noqa: S105  a status, not a secret

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

    def __init__(self) -> None:
        """Begin with nothing known."""
        self.status = STARTING

    def note(self, status: str) -> None:
        """Remember how the last call went; only a change is worth a line in the log."""
        if status != self.status:
            _log.log(logging.INFO if status == OK else logging.ERROR, _EXPLAINED[status])
        self.status = status

    def note_refusal(self, error: TelegramError, *, method_is_optional: bool = False) -> None:
        """Remember a refused token.

        The library raises the same error for a method that the server lacks; a server of one's own
        may lack those that only make the start nicer, and its 404 to them says nothing.
        """
        lacks_method = method_is_optional and "not found" in error.message.lower()
        if isinstance(error, InvalidToken) and not lacks_method:
            self.note(TOKEN_REFUSED)
