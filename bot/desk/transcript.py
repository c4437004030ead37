"""What was said in a conversation, as staff see it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, Select, select

from models.message import attachment, message
from models.staff import staff

PAGE = 200  # messages


def for_staff(
    connection: Connection, conversation_id: int, *, after: int = 0, limit: int = PAGE
) -> list[dict[str, Any]]:
    """Return the messages after that id, oldest first, in the shape of the HTTP contract.

    With them come notes, who wrote, what became of it, and earlier texts of edits.
    """
    rows = connection.execute(
        _messages(conversation_id, after, limit).where(message.c.kind != "signal")
    )
    return [_said(row) | _behind(row) for row in rows]


def _file(row: Row[Any]) -> dict[str, Any] | None:
    """Return what is known of the file that came with the message."""
    if row.attachment_id is None:
        return None
    url = f"/api/v1/attachments/{row.attachment_id}"
    return {"url": url, "mime": row.mime, "size": row.size, "sha256": row.sha256}


def _messages(conversation_id: int, after: int, limit: int) -> Select[Any]:
    return (
        select(
            message,
            staff.c.name.label("staff_name"),
            attachment.c.mime,
            attachment.c.size,
            attachment.c.sha256,
        )
        .join(staff, staff.c.id == message.c.staff_id, isouter=True)
        .join(attachment, attachment.c.id == message.c.attachment_id, isouter=True)
        .where(message.c.conversation_id == conversation_id, message.c.id > after)
        .order_by(message.c.id)
        .limit(limit)
    )


def _said(row: Row[Any]) -> dict[str, Any]:
    return {
        "id": row.id,
        "from": row.sender,
        "text": row.text,
        "options": row.options or [],
        "at": row.at.isoformat(),
    }


def _behind(row: Row[Any]) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "state": row.state,
        "staff": row.staff_name,
        "choice": row.choice,
        "attachment_id": row.attachment_id,
        "attachment": _file(row),
        "edits": (row.data or {}).get("edits", []),
        "error": row.error,
    }
