"""What passes between a channel and the house: messages in, messages out, and the channel port."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

# Channels whose customers fetch their messages; every other one must be sent to.
PULLED_CHANNELS = frozenset({"web", "terminal"})

# Why a message was never sent: the one who wrote it no longer speaks. The next one answers.
STALE = "stale: somebody else holds the conversation by now"

# Controls, joiners and zero-width marks, and every kind of space.
_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
# Letters and marks drawn as nothing: fillers, the empty braille cell, variants of nothing.
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\ufe0e\ufe0f\uffa0")
# Stops, blanks, marks and pictures: nothing of them is read aloud.
_UNSPOKEN = frozenset(
    {"Cc", "Cf", "Co", "Cn", "Zs", "Zl", "Zp", "Mn", "Me", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf",
     "Po", "So", "Sk"}
)  # fmt: skip
_CROSSES = frozenset("❌❎✖✗✘🚫⛔👎")  # pictures that say no
_BETWEEN_FIGURES = re.compile(r"(?<=\d)[\W_]+(?=\d)|-(?=\d)")
_NEGATES = re.compile("[不没别无未否勿甭莫]")  # 不要退款 is not 不要，退款

MessageKind = Literal["text", "choice", "photo", "file", "signal"]


def is_blank(text: str) -> bool:
    """Tell whether nothing of the text would be seen in a bubble."""
    return all(c in _FILLERS or unicodedata.category(c) in _UNSEEN for c in text)


def same_words(one: str, other: str) -> bool:
    """Tell whether two texts differ in stops, blanks, case and little pictures alone.

    Within a text that says no they count: a comma there can turn it round.
    """
    words = _words(one)
    return bool("".join(words[0])) and words == _words(other)


def _words(text: str) -> tuple[list[str], list[str]]:
    """Return what is read aloud of a text, and what stands between figures: 12.9 is not 129."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    told = "".join(c if _is_spoken(c) else " " for c in plain).split()
    clauses = told if _NEGATES.search(plain) else ["".join(told)]
    return clauses, _BETWEEN_FIGURES.findall(plain)


def _is_spoken(char: str) -> bool:
    return char == "%" or char in _CROSSES or unicodedata.category(char) not in _UNSPOKEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that a customer sent, already checked by content."""

    content: bytes
    mime: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundMessage:
    """One message of a customer, in our words, whatever channel it came by."""

    channel: str
    account: str
    chat_id: str
    external_id: str  # the same id twice is the same message
    kind: MessageKind
    at: datetime
    text: str = ""
    choice: str | None = None
    upload: Upload | None = None
    customer_name: str = ""
    telegram_id: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A button under a reply; `kind` is a remedy kind or confirm, deny, order, evidence, human."""

    id: str
    label: str
    kind: str

    def as_dict(self) -> dict[str, str]:
        """Return the shape of the HTTP contract."""
        return {"id": self.id, "label": self.label, "kind": self.kind}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundMessage:
    """One message to a customer, stored before it is sent."""

    conversation_id: int
    message_id: int
    chat_id: str
    text: str
    options: tuple[Option, ...] = ()
    parts_sent: int = 0  # of a long text: so many of its parts have gone out before


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The channel took it; `sent_as` is the channel's own id of it."""

    sent_as: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryLater:
    """The message did not leave the house, beyond its first parts; try again after the wait."""

    wait_seconds: float
    reason: str
    parts_sent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """The channel gave no answer: it may have arrived, so it is shown and never repeated."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The channel refused for good."""

    reason: str


SendResult = Sent | RetryLater | Unknown | Failed


class Channel(Protocol):
    """A way to the customer that must be pushed to; the web chat pulls and needs none."""

    name: str

    async def send(self, message: OutboundMessage) -> SendResult:
        """Send one message; every outcome is a result, none is an exception."""
        ...
