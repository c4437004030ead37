"""Examples: texts with labels that agents correct or the bot is unsure of, reviewed by people.

A text is kept once, with personal data masked; only what somebody accepted is ever learnt from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select, update

from bot.desk import audit
from bot.desk.staff import Staff
from bot.errors import NotAllowed
from bot.messages import is_blank
from models.example import example
from models.insert import insert_once
from models.message import message
from models.staff import staff as staff_table
from nlp.corpus import Example
from nlp.masking import mask_personal

LIST_AT_MOST = 200  # rows
TEXT_AT_MOST = 300  # characters: a longer message is no lesson, it is a story
# Nobody reviews more; what the bot is unsure of comes again.
UNSURE_AT_MOST = 1000
# Earlier releases kept photos without words, too; they are neither shown nor learnt.
HAS_TEXT = example.c.text != ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the classifier made of a text; `data` is shown beside it."""

    artefact: str
    intent: str
    flags: Sequence[str] = ()
    data: Mapping[str, Any] = field(default_factory=dict)


def put_uncertain(
    connection: Connection,
    conversation_id: int,
    message_id: int,
    text: str,
    guess: str,
    said: Said,
    now: datetime,
) -> None:
    """Keep a message that the bot was unsure of, unless it is known or too many wait already.

    A photo without words is no lesson.
    """
    if (
        is_blank(text)
        or len(text) > TEXT_AT_MOST
        or _count(connection, "pending") >= UNSURE_AT_MOST
    ):
        return
    values = _values(text, [guess], said, now, origin="uncertain", suggested_by=None)
    values |= {"conversation_id": conversation_id, "message_id": message_id}
    insert_once(connection, example, values, example.c.id)


def put_correction(
    connection: Connection,
    by: Staff,
    conversation_id: int,
    message_id: int,
    issues: Sequence[str],
    said: Said,
    now: datetime,
) -> int:
    """Keep what an agent says that a customer's message was about; return the example's id.

    A text that is known already waits for review anew, with these labels.
    """
    text = customer_text(connection, conversation_id, message_id)
    values = _values(text, issues, said, now, origin="correction", suggested_by=by.id)
    values |= {"conversation_id": conversation_id, "message_id": message_id}
    insert_once(connection, example, values, example.c.id)
    which = example.c.text_hash == values["text_hash"]
    fresh = values | {"reviewed_by": None, "reviewed_at": None}
    connection.execute(update(example).where(which).values(**fresh))
    example_id: int = connection.execute(select(example.c.id).where(which)).scalar_one()
    data = {"issues": list(issues), "conversation_id": conversation_id, "message_id": message_id}
    _record(connection, by, "example.suggested", example_id, data, now)
    return example_id


def customer_text(connection: Connection, conversation_id: int, message_id: int) -> str:
    """Return what the customer wrote; raises NotAllowed when there is nothing to learn from."""
    found = connection.execute(
        select(message.c.text).where(
            message.c.conversation_id == conversation_id,
            message.c.id == message_id,
            message.c.sender == "customer",
            message.c.kind.not_in(["choice", "signal"]),
        )
    ).scalar_one_or_none()
    text = str(found or "")
    if is_blank(text):
        raise NotAllowed("这条消息没有可供学习的文字")
    if len(text) > TEXT_AT_MOST:
        raise NotAllowed("这条消息太长，不适合作为学习样本")
    return text


def accept(
    connection: Connection,
    by: Staff,
    example_id: int,
    issues: Sequence[str],
    intent: str | None,
    now: datetime,
) -> None:
    """Let the next training learn the example with these labels; NotAllowed without a text."""
    found = find(connection, example_id)
    if found is not None and is_blank(found["text"]):
        raise NotAllowed("这条样本没有文字，不能学习")
    values = {"issues": list(issues)} | ({"intent": intent} if intent else {})
    _review(connection, by, example_id, "accepted", values, now)


def reject(connection: Connection, by: Staff, example_id: int, now: datetime) -> None:
    """Never learn from the example."""
    _review(connection, by, example_id, "rejected", {}, now)


def in_state(connection: Connection, state: str) -> list[dict[str, Any]]:
    """Return the examples of a state, corrections first, then the oldest first."""
    rows = connection.execute(
        select(example, staff_table.c.name.label("suggested_by_name"))
        .join(staff_table, staff_table.c.id == example.c.suggested_by, isouter=True)
        .where(example.c.state == state, HAS_TEXT)
        .order_by(example.c.origin, example.c.id)
        .limit(LIST_AT_MOST)
    )
    return [_shown(row) for row in rows]


def find(connection: Connection, example_id: int) -> dict[str, Any] | None:
    """Return an example, or None."""
    row = connection.execute(
        select(example, staff_table.c.name.label("suggested_by_name"))
        .join(staff_table, staff_table.c.id == example.c.suggested_by, isouter=True)
        .where(example.c.id == example_id)
    ).one_or_none()
    return None if row is None else _shown(row)


def counts(connection: Connection) -> dict[str, int]:
    """Return how many examples are in each state."""
    return {state: _count(connection, state) for state in ("pending", "accepted", "rejected")}


def accepted(connection: Connection) -> list[Example]:
    """Return what the next training shall learn beside the corpus, in a fixed order."""
    rows = connection.execute(
        select(example)
        .where(example.c.state == "accepted", HAS_TEXT)
        .order_by(example.c.text_hash)
    )
    return [Example(r.text, tuple(r.issues), r.intent, tuple(r.flags)) for r in rows]


def _review(
    connection: Connection,
    by: Staff,
    example_id: int,
    state: str,
    values: Mapping[str, Any],
    now: datetime,
) -> None:
    reviewed = {"state": state, "reviewed_by": by.id, "reviewed_at": now, **values}
    which: ColumnElement[bool] = (example.c.id == example_id) & (example.c.state == "pending")
    if connection.execute(update(example).where(which).values(**reviewed)).rowcount != 1:
        raise NotAllowed("这条样本已经有人处理过了")
    _record(connection, by, f"example.{state}", example_id, values, now)


def _values(
    text: str,
    issues: Sequence[str],
    said: Said,
    now: datetime,
    *,
    origin: str,
    suggested_by: int | None,
) -> dict[str, Any]:
    masked = " ".join(mask_personal(text).split())  # one line: the corpus is a table
    return {
        "text_hash": sha256(masked.encode("utf-8", "replace")).hexdigest(),
        "text": masked,
        "origin": origin,
        "issues": list(issues),
        "intent": said.intent,
        "flags": list(said.flags),
        "said": dict(said.data),
        "artefact": said.artefact,
        "state": "pending",
        "suggested_by": suggested_by,
        "at": now,
    }


def _count(connection: Connection, state: str) -> int:
    query = select(func.count()).select_from(example).where(example.c.state == state, HAS_TEXT)
    return int(connection.execute(query).scalar_one())


def _record(
    connection: Connection,
    by: Staff,
    deed: str,
    example_id: int,
    data: Mapping[str, Any],
    now: datetime,
) -> None:
    audit.record(connection, by.id, deed, f"example:{example_id}", data, now)


def _shown(row: Row[Any]) -> dict[str, Any]:
    return {
        "id": row.id,
        "text": row.text,
        "origin": row.origin,
        "issues": row.issues,
        "intent": row.intent,
        "flags": row.flags,
        "said": row.said,
        "artefact": row.artefact,
        "state": row.state,
        "conversation_id": row.conversation_id,
        "suggested_by": row.suggested_by_name,
        "at": row.at.isoformat(),
    }
