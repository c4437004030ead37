"""Giving stored files back: never as anything that a browser would run."""

from __future__ import annotations

from typing import Any, NamedTuple

from aiohttp import web
from sqlalchemy import Connection, Select, select

from bot.http.problems import Problem
from models.message import attachment, message

INLINE = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
    "application/pdf": "pdf",
}
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


class StoredFile(NamedTuple):
    """A file as it was stored."""

    id: int
    mime: str
    content: bytes


def access_attachment(connection: Connection, attachment_id: int) -> StoredFile:
    """Return the file of that number, for staff, or refuse."""
    return _access(connection, _FILE.where(attachment.c.id == attachment_id))


def access_attachment_of(
    connection: Connection, conversation_id: int, message_id: int
) -> StoredFile:
    """Return the file that came with a message of the conversation, or refuse."""
    sent = select(message.c.attachment_id).where(
        message.c.conversation_id == conversation_id, message.c.id == message_id
    )
    return _access(connection, _FILE.where(attachment.c.id.in_(sent)))


_FILE = select(attachment.c.id, attachment.c.mime, attachment.c.content)


def _access(connection: Connection, query: Select[Any]) -> StoredFile:
    row = connection.execute(query).one_or_none()
    if row is None:
        raise Problem(404, "没有这个文件，或者它不属于这个会话。")
    return StoredFile(*row)


def attachment_response(file: StoredFile) -> web.Response:
    """Answer with the file: photos may be shown in the page, everything else is saved."""
    shown = "inline" if file.mime in INLINE else "attachment"
    name = f"attachment-{file.id}.{ENDINGS.get(file.mime, 'bin')}"
    mime = file.mime if file.mime in ENDINGS else "application/octet-stream"
    headers = {
        "Content-Type": mime,
        "Content-Disposition": f'{shown}; filename="{name}"',
        "Content-Security-Policy": POLICY,
        "Cache-Control": "private, max-age=3600, immutable",
    }
    return web.Response(body=file.content, headers=headers)
