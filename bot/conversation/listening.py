"""What waits in a conversation, as the events that its state is replayed from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from bot.conversation import signals, store
from bot.conversation.shapes import events as ev
from bot.conversation.words.matters.hearing import may_go_on, to_heard
from bot.conversation.words.matters.several import parts_of
from bot.conversation.words.sentence.greeting import without_greeting
from bot.conversation.words.sentence.unreadable import cannot_be_read
from bot.conversation.words.things.named import lacks_number
from bot.delivery.inbox import Waiting
from nlp.normalise import HEAD_CHARS, TAIL_CHARS
from nlp.understanding import Understanding

# Characters of what is sent together that are read, at every later turn too, from both ends, as
# the classifier reads them: the wish stands first or last. Staff see them all.
READ_AT_MOST = HEAD_CHARS + TAIL_CHARS

# What is cut in two is left out, with its clause: half a number or address is not known for one.
_PAUSES = r"\s，,。.!！?？;；、:："
_CUT_OFF = re.compile(rf"(?<=[{_PAUSES}])[^{_PAUSES}]{{1,60}}$|[\d-]+$")
_CUT_ON = re.compile(rf"^[^{_PAUSES}]{{1,60}}(?=[{_PAUSES}])|^[\d-]+")

Understand = Callable[[str, datetime], Understanding]


def bursts(waiting: Sequence[Waiting]) -> Iterator[list[Waiting]]:
    """Yield what is read together: short messages in a row; a pressed button stands alone.

    The same button pressed twice in a row is one answer.
    """
    for _, burst in groupby(waiting, key=lambda m: (m.kind == "signal", m.choice)):
        yield list(burst)


def read(
    burst: Sequence[Waiting],
    loaded: store.Loaded,
    unplaced: ev.CustomerSpoke | None,
    understand: Understand,
    now: datetime,
) -> list[ev.Event]:
    """Return what a burst of signals, or of a customer's messages, tells.

    `unplaced` is what the customer said just before, if it named no matter.
    """
    if burst[0].kind == "signal":
        return signals.heard_of((m.data for m in burst), loaded.row.epoch, loaded.lost)
    return [replace(_spoke(burst, unplaced, understand, now), coming=loaded.coming)]


def _spoke(
    burst: Sequence[Waiting],
    unplaced: ev.CustomerSpoke | None,
    understand: Understand,
    now: datetime,
) -> ev.CustomerSpoke:
    """Read a burst of short messages together, as their sender meant them."""
    said = [m for m in burst if m.kind != "choice" and m.text]  # a photo may have a caption
    text = _both_ends("\n".join(m.text for m in said))
    return ev.CustomerSpoke(
        message_ids=tuple(m.id for m in burst),
        text=text,
        choices=tuple(m.choice for m in burst if m.choice),
        photos=tuple(m.attachment_id for m in burst if m.attachment_id is not None),
        heard=(heard := _heard(text, unplaced, understand, now)),
        parts=parts_of(text, heard, lambda clause: to_heard(understand(clause, now))),
    )


def _both_ends(text: str) -> str:
    if len(text) <= READ_AT_MOST:
        return text
    head, tail = text[: HEAD_CHARS - 1], text[-TAIL_CHARS:]
    return _CUT_OFF.sub("", head) + "\n" + _CUT_ON.sub("", tail)


def _heard(
    text: str, unplaced: ev.CustomerSpoke | None, understand: Understand, now: datetime
) -> ev.Heard:
    """Hear a message; one that names no matter goes on with what was said just before it.

    你们前天就收到退货了 … 钱呢: neither says by itself that the refund is late.
    """
    if cannot_be_read(text):
        return ev.Heard()
    heard = _greeted(text, understand, now)
    if unplaced is None or not may_go_on(heard, unplaced.heard) or lacks_number(text):
        return heard
    both = to_heard(understand(f"{unplaced.text}\n{text}", now))
    if not both.issues and both.guess is None:
        return heard
    return replace(
        heard,
        issues=both.issues,
        guess=both.guess,
        other_guesses=both.other_guesses,
        confident=False,
    )


def _greeted(text: str, understand: Understand, now: datetime) -> ev.Heard:
    """Hear a message, without the greeting before it where only the rest names a matter."""
    whole, rest = to_heard(understand(text, now)), without_greeting(text)
    if rest == text or whole.issues or whole.demand:
        return whole
    alone = to_heard(understand(rest, now))
    return alone if alone.issues or alone.guess else whole
