"""What the bot could not make out with certainty, kept as examples for people to label."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from bot.conversation.shapes.events import CustomerSpoke, Event
from bot.desk import examples


def keep_uncertain(
    connection: Connection, conversation_id: int, events: Iterable[Event], now: datetime
) -> None:
    """Keep each message whose matter was only guessed at, so that the customer had to be asked."""
    for event in events:
        if not isinstance(event, CustomerSpoke) or event.heard.guess is None:
            continue
        heard, guess = event.heard, event.heard.guess
        said = examples.Said(
            artefact=heard.artefact,
            intent=heard.intent,
            flags=heard.flags,
            data={"primary": guess, "confident": heard.confident},
        )
        place = (conversation_id, event.message_ids[-1])
        examples.put_uncertain(connection, *place, event.text, guess, said, now)
