"""Whose chat a request belongs to: tokens that open one conversation each."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import hdrs, web
from sqlalchemy import Connection, insert, select

from bot.delivery.conversations import open_conversation
from bot.http.identity import Identity
from bot.http.problems import Problem
from bot.http.routes import Guard
from bot.http.services import SERVICES
from models import chat_session, conversation

CHANNEL = "web"
ACCOUNT = "shop"
# After the last word of either side. The longest that a customer is given for anything is 30 days,
# to send goods back; who left a chat open on somebody else's computer is safe again some day.
CHAT_LASTS = timedelta(days=45)
PROTOCOL = "jiefen"  # the websocket's; a browser offers the token beside it


@dataclass(frozen=True, slots=True)
class Chat:
    """A customer's conversation, by our id and by the channel's."""

    conversation_id: int
    chat_id: str


def open_chat(connection: Connection, identity: Identity | None, now: datetime) -> tuple[int, str]:
    """Open a conversation; return its id and the token, of which only the hash is kept."""
    known = {"phone": identity.phone, "name": identity.name} if identity else {}
    conversation_id = open_conversation(
        connection,
        channel=CHANNEL,
        account=ACCOUNT,
        chat_id=secrets.token_hex(16),
        now=now,
        **known,
    )
    token = secrets.token_urlsafe(32)
    connection.execute(
        insert(chat_session).values(
            token_hash=_hash(token), conversation_id=conversation_id, created_at=now
        )
    )
    return conversation_id, token


def find_chat(connection: Connection, token: str, now: datetime) -> Chat | None:
    """Return the chat that the token opens, or None when it has ended or never was."""
    row = connection.execute(
        select(conversation.c.id, conversation.c.external_id)
        .join(chat_session, chat_session.c.conversation_id == conversation.c.id)
        .where(
            chat_session.c.token_hash == _hash(token),
            conversation.c.updated_at > now - CHAT_LASTS,
        )
    ).one_or_none()
    return None if row is None else Chat(row.id, row.external_id)


def bearer_token(request: web.Request) -> str:
    """Return the token of the Authorization header, or an empty string."""
    scheme, _, token = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


async def _admit(request: web.Request) -> Chat:
    return await _access(request, bearer_token(request))


async def _admit_socket(request: web.Request) -> Chat:
    # A browser cannot set headers on a websocket, but it can offer protocols.
    offered = request.headers.get(hdrs.SEC_WEBSOCKET_PROTOCOL, "").split(",")
    tokens = [bearer_token(request), *map(str.strip, offered), request.query.get("token", "")]
    return await _access(request, next((t for t in tokens if t not in {"", PROTOCOL}), ""))


async def _access(request: web.Request, token: str) -> Chat:
    found = None
    if token and token.isascii():
        services = request.app[SERVICES]
        now = services.clock()
        found = await services.database.read(lambda c: find_chat(c, token, now))
    if found is None:
        detail = "会话不存在或已失效，请重新打开聊天。"
        raise Problem(401, detail, headers={"WWW-Authenticate": "Bearer"})
    return found


CUSTOMER = Guard(("customer",), _admit)
CUSTOMER_SOCKET = Guard(("customer", "customer_protocol", "customer_parameter"), _admit_socket)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
