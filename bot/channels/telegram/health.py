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
WEBHOOK_PENDING = "webhook pending"  # no answer yet to whether Telegram takes it
# What often mends itself is borne with for so long, so that the shop stays ready meanwhile.
_BORNE_SECONDS = {
    STARTING: 180.0,
    UNREACHABLE: 180.0,
    WEBHOOK_PENDING: 180.0,
    CONFLICT: 60.0,
    WEBHOOK_REFUSED: 0.0,
    TOKEN_REFUSED: 0.0,
}
_WORST_FIRST = (
    TOKEN_REFUSED, WEBHOOK_REFUSED, UNREACHABLE, CONFLICT, WEBHOOK_PENDING, STARTING, OK,
)  # fmt: skip

_EXPLAINED = {
    OK: "Telegram: connected",
    UNREACHABLE: "Telegram cannot be reached; trying on",
    CONFLICT: "Telegram: another program polls with this token or has set a webhook; "
    "only one may. Trying on",
    TOKEN_REFUSED: "Telegram refused the token: check JIEFEN_TELEGRAM_TOKEN. "
    "The rest of the program goes on without Telegram",
}

_log = logging.getLogger(__name__)


class _Line:
    """How one kind of call goes."""

    def __init__(self, status: str, now: float) -> None:
        """Begin with a status."""
        self.status = status
        self._first_seen = {status: now}

    def note(self, status: str, now: float) -> None:
        """Remember how the last call went; a trouble lasts until a call went well.

        Another trouble in between does not end it.
        """
        if status == OK:
            self._first_seen.clear()
        self._first_seen.setdefault(status, now)
        self.status = status

    def trouble(self, now: float) -> str | None:
        """Return what is wrong for longer than it is borne with."""
        borne = _BORNE_SECONDS.get(self.status)
        over = borne is not None and now - self._first_seen[self.status] >= borne
        return self.status if over else None


class Health:
    """The last that was seen of the line.

    Polling has a line of its own: replies go out while no message can come in.
    """

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        """Begin with nothing known, and nothing wrong with polling: a webhook needs none."""
        self._seconds = seconds
        self._calls = _Line(STARTING, seconds())
        self._polls = _Line(OK, seconds())
        self._webhook = _Line(OK, seconds())

    @property
    def status(self) -> str:
        """What is wrong now, or OK; of calls and polls, the worse."""
        return min(self._calls.status, self._polls.status, key=_WORST_FIRST.index)

    @property
    def is_down(self) -> bool:
        """Whether the last call did not reach Telegram."""
        return self._calls.status == UNREACHABLE

    @property
    def trouble(self) -> str | None:
        """What keeps the channel from being ready; None where it is, or may mend itself soon."""
        now = self._seconds()
        lines = (self._calls, self._polls, self._webhook)
        troubles = filter(None, (line.trouble(now) for line in lines))
        return min(troubles, key=_WORST_FIRST.index, default=None)

    def note_answer(self) -> None:
        """Remember that Telegram was reached, whatever it made of the call."""
        if self._calls.status in {STARTING, UNREACHABLE}:
            self.note(OK)

    def await_webhook(self) -> None:
        """Remember that Telegram is being asked to push; until it answers no message comes in."""
        self._webhook.note(WEBHOOK_PENDING, self._seconds())

    def note_webhook(self, refusal: str | None) -> None:
        """Remember whether Telegram takes our webhook; without it no message comes in."""
        if refusal is not None:
            _log.error(
                "Telegram refused the webhook, so no message comes in: %s. "
                "Check JIEFEN_PUBLIC_URL and JIEFEN_TELEGRAM_SECRET",
                refusal,
            )
        self._webhook.note(OK if refusal is None else WEBHOOK_REFUSED, self._seconds())

    def note(self, status: str) -> None:
        """Remember how the last call went; it says nothing of polling."""
        before = self.status
        self._calls.note(status, self._seconds())
        self._log_change(before)

    def note_poll(self, status: str) -> None:
        """Remember how the last poll went; a good one shows that the line and the token are."""
        before = self.status
        self._polls.note(status, self._seconds())
        if status == OK:
            self._calls.note(OK, self._seconds())
        self._log_change(before)

    def _log_change(self, before: str) -> None:
        """Only a change is worth a line in the log."""
        if self.status not in {before, STARTING}:
            level = logging.INFO if self.status == OK else logging.ERROR
            _log.log(level, _EXPLAINED[self.status])

    def note_refusal(self, error: TelegramError, *, method_is_optional: bool = False) -> None:
        """Remember a refused token.

        The library raises the same error for a method that the server lacks; a server of one's own
        may lack those that only make the start nicer, and its 404 to them says nothing.
        """
        lacks_method = method_is_optional and "not found" in error.message.lower()
        if isinstance(error, InvalidToken) and not lacks_method:
            self.note(TOKEN_REFUSED)
