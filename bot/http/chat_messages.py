"""A conversation's messages as its customer sees them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection, select

from models import message

PAGE = 200  # messages
HIDDEN = ("note", "signal")
LABELS_AMONG = 50  # of the latest messages with buttons


class OptionView(BaseModel):
    """A button under a message."""

    id: str
    label: str
    kind: Annotated[
        str, Field(description="a remedy kind, or confirm, deny, order, evidence, human")
    ]


class MessageView(BaseModel):
    """A message as the customer sees it."""

    model_config = ConfigDict(serialize_by_alias=True, from_attributes=True)

    id: int
    sender: Annotated[str, Field(alias="from", description="customer | bot | agent | system")]
    kind: Annotated[str, Field(description="text | choice | photo | file")]
    text: str
    options: list[OptionView]
    attachment_id: Annotated[
        int | None,
        Field(description="the file's number for staff; its customer fetches it by the `id`"),
    ]
    at: datetime


class Messages(BaseModel):
    """Messages in the order of their ids, at most a page of them."""

    messages: list[MessageView]


def read_messages(connection: Connection, conversation_id: int, after: int) -> list[MessageView]:
    """Return the messages after that id, oldest first; notes and signals are not for customers."""
    m = message.c
    rows = connection.execute(
        select(m.id, m.sender.label("from"), m.kind, m.text, m.options, m.attachment_id, m.at)
        .where(m.conversation_id == conversation_id, m.id > after, m.kind.not_in(HIDDEN))
        .order_by(m.id)
        .limit(PAGE)
    )
    return [
        MessageView.model_validate({**row, "options": row["options"] or []})
        for row in rows.mappings()
    ]


def label_of(connection: Connection, conversation_id: int, option_id: str) -> str:
    """Return what the picked button said, as last shown; empty when there was no such button."""
    shown: Sequence[list[dict[str, str]]] = (
        connection.execute(
            select(message.c.options)
            .where(
                message.c.conversation_id == conversation_id,
                message.c.direction == "out",
                message.c.options.is_not(None),
            )
            .order_by(message.c.id.desc())
            .limit(LABELS_AMONG)
        )
        .scalars()
        .all()
    )
    labels = (
        option["label"]
        for options in shown
        for option in options or ()
        if option["id"] == option_id
    )
    return next(labels, "")
