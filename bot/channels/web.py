"""The customer's chat on the web: sessions, messages in, messages out by poll and by push."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Annotated, Any

from aiohttp import web
from pydantic import BaseModel, Field, model_validator
from sqlalchemy import Connection

from bot.channels.uploads import UploadRefused, check_upload, is_photo
from bot.delivery import inbox
from bot.delivery.inbox import Accepted
from bot.delivery.wakeups import DESK, WORK, conversation_topic
from bot.http.attachments import access_attachment_of, attachment_response
from bot.http.backlog import check_not_swamped
from bot.http.bodies import Words, read_file
from bot.http.chat_messages import Messages, label_of, read_messages
from bot.http.chat_sessions import (
    ACCOUNT,
    CHANNEL,
    CUSTOMER,
    CUSTOMER_SOCKET,
    PROTOCOL,
    Chat,
    open_chat,
)
from bot.http.identity import check_identity
from bot.http.limits import by_address, by_token
from bot.http.problems import Problem
from bot.http.routes import API, MESSAGE_AT_MOST, MESSAGE_NUMBER, Route, number
from bot.http.services import CLOSING, SERVICES, in_thread
from bot.http.sockets import Send, serve_socket
from bot.messages import InboundMessage, MessageKind, Upload

CHAT = f"{API}/chat"
LOOK_EVERY = 5.0  # seconds; a wake-up from another process may get lost
CLIENT_ID_AT_MOST = 120  # characters


class NewSession(BaseModel):
    """Opens a chat; the shop may vouch for who the customer is."""

    identity: Annotated[str | None, Field(description="see bot/http/identity.py")] = None


class Session(BaseModel):
    """The token is shown this once."""

    token: str
    conversation_id: int


class SentMessage(BaseModel):
    """A text, or the option that was picked."""

    client_id: Annotated[Words, Field(min_length=1, max_length=CLIENT_ID_AT_MOST)]
    text: Words | None = None
    choice: Annotated[Words, Field(min_length=1, max_length=64)] | None = None

    @model_validator(mode="after")
    def _is_one_thing(self) -> SentMessage:
        if (self.text is None) == (self.choice is None):
            raise ValueError("text 和 choice 要且只要填一个")
        return self


class MessageId(BaseModel):
    """The message's id, as the list of messages shows it; a file is fetched by it too."""

    id: int


class Since(BaseModel):
    """Only messages after this id; without it from the start."""

    after: Annotated[int, Field(ge=0, le=MESSAGE_AT_MOST)] = 0


class Poll(Since):
    """How many seconds to wait for a message when there is none yet."""

    wait: Annotated[float, Field(ge=0, le=30)] = 0.0


class Stories(BaseModel):
    """The demo shop's situations to begin from; a real shop has none."""

    stories: list[dict[str, Any]]


async def open_session(request: web.Request, body: NewSession) -> Session:
    """Open a conversation and a session to it."""
    services = request.app[SERVICES]
    now = services.clock()
    secret, signed = services.settings.secret, body.identity
    identity = None if signed is None else check_identity(secret, signed, now)
    conversation_id, token = await services.database.write(lambda c: open_chat(c, identity, now))
    return Session(token=token, conversation_id=conversation_id)


async def send(request: web.Request, chat: Chat, body: SentMessage) -> MessageId:
    """Take a message in; the same client_id again is the same message."""
    await check_not_swamped(request)
    kind: MessageKind = "text" if body.choice is None else "choice"
    incoming = _incoming(request, chat, body.client_id, kind)
    return await _take_in(
        request, chat, replace(incoming, text=body.text or "", choice=body.choice)
    )


async def upload(request: web.Request, chat: Chat) -> MessageId:
    """Take a photo or a document in as a message by itself."""
    await check_not_swamped(request)
    received = await read_file(request, "file")
    checked = await _checked(request, received.content)
    # A client that names its upload (before the file) may send it twice without harm.
    client_id = received.fields.get("client_id", "")[:CLIENT_ID_AT_MOST]
    key = client_id or f"upload-{secrets.token_hex(16)}"
    incoming = _incoming(request, chat, key, "photo" if is_photo(checked) else "file")
    try:
        return await _take_in(request, chat, replace(incoming, upload=checked))
    except inbox.TooManyFiles as refusal:
        raise Problem(413, str(refusal)) from None


async def fetch(request: web.Request, chat: Chat, query: Poll) -> Messages:
    """Return messages at once if there are any, else as soon as one comes within the wait."""
    services, closing = request.app[SERVICES], request.app[CLOSING]
    clock = asyncio.get_running_loop().time
    until = clock() + query.wait
    with services.wakeups.listen(conversation_topic(chat.conversation_id)) as listener:
        while True:
            found = await services.database.read(_reading(chat, query.after))
            left = until - clock()
            if found.messages or left <= 0 or closing.is_set():
                return found
            await listener.wait(min(left, LOOK_EVERY))


async def push(request: web.Request, chat: Chat, query: Since) -> web.WebSocketResponse:
    """Push what `fetch` would return, again and again, each message once."""
    services, closing = request.app[SERVICES], request.app[CLOSING]

    async def push_messages(send_text: Send) -> None:
        after = query.after
        with services.wakeups.listen(conversation_topic(chat.conversation_id)) as listener:
            while not closing.is_set():
                found = await services.database.read(_reading(chat, after))
                if not found.messages:
                    await listener.wait(LOOK_EVERY)
                    continue
                await send_text(found.model_dump_json())
                after = found.messages[-1].id

    here = chat.conversation_id if services.settings.rate_limited else None
    return await serve_socket(request, push_messages, kind="chat", one=here, protocols=(PROTOCOL,))


async def show_attachment(request: web.Request, chat: Chat) -> web.Response:
    """Give the customer a file of their own conversation back, by the id of its message."""
    wanted = number(request)
    file = await request.app[SERVICES].database.read(
        lambda c: access_attachment_of(c, chat.conversation_id, wanted)
    )
    return attachment_response(file)


async def show_stories(request: web.Request) -> Stories:
    """List the demo's situations."""
    return Stories(stories=[dict(story) for story in request.app[SERVICES].stories()])


def _incoming(
    request: web.Request, chat: Chat, client_id: str, kind: MessageKind
) -> InboundMessage:
    return InboundMessage(
        channel=CHANNEL,
        account=ACCOUNT,
        chat_id=chat.chat_id,
        external_id=client_id,
        kind=kind,
        at=request.app[SERVICES].clock(),
    )


async def _checked(request: web.Request, content: bytes) -> Upload:
    try:
        return await in_thread(request, check_upload, content)
    except UploadRefused as refusal:
        raise Problem(415, str(refusal)) from None


async def _take_in(request: web.Request, chat: Chat, incoming: InboundMessage) -> MessageId:
    services = request.app[SERVICES]
    accepted = await services.database.write(lambda c: _accept(c, chat, incoming))
    if accepted.is_new:
        services.metrics.accepted.labels(CHANNEL).inc()
        services.wakeups.notify(WORK, conversation_topic(chat.conversation_id), DESK)
    return MessageId(id=accepted.message_id)


def _accept(connection: Connection, chat: Chat, incoming: InboundMessage) -> Accepted:
    if incoming.choice is not None:
        label = label_of(connection, chat.conversation_id, incoming.choice)
        incoming = replace(incoming, text=label)
    return inbox.accept(connection, incoming, incoming.at)


def _reading(chat: Chat, after: int) -> Callable[[Connection], Messages]:
    return lambda c: Messages(messages=read_messages(c, chat.conversation_id, after))


def routes() -> Sequence[Route]:
    """Return the routes of the customer's chat."""
    # By address too: a token is counted before anybody looks whether it is one.
    sending = (by_token("chat-send", "120/minute"), by_address("chat-send-all", "1200/minute"))
    fetching = (by_token("chat-fetch", "600/minute"), by_address("chat-fetch-all", "6000/minute"))
    uploading = (by_token("chat-upload", "60/minute"), by_address("chat-upload-all", "600/minute"))
    return (
        Route(
            method="POST", path=f"{CHAT}/sessions", handler=open_session,
            summary="开始一个会话", body=NewSession, status=201, gives=Session, refuses=(401,),
            limits=(by_address("chat-open", "120/minute"),),
        ),
        Route(
            method="POST", path=f"{CHAT}/messages", handler=send,
            summary="发一条消息，或选一个选项", guard=CUSTOMER, body=SentMessage, status=202,
            gives=MessageId, limits=sending,
        ),
        Route(
            method="GET", path=f"{CHAT}/messages", handler=fetch,
            summary="取消息（可等待）", guard=CUSTOMER, query=Poll, gives=Messages,
            limits=fetching,
        ),
        Route(
            method="GET", path=f"{CHAT}/ws", handler=push,
            summary="推送消息（WebSocket）", guard=CUSTOMER_SOCKET, query=Since, status=101,
            refuses=(400,),
            limits=(by_address("chat-ws", "600/minute"),),
        ),
        Route(
            method="POST", path=f"{CHAT}/attachments", handler=upload,
            summary="发一张照片或一个 PDF", guard=CUSTOMER, file="file", status=201,
            gives=MessageId, limits=uploading,
        ),
        Route(
            method="GET", path=f"{CHAT}/attachments/{{id:{MESSAGE_NUMBER}}}",
            handler=show_attachment, summary="取回自己发的文件", guard=CUSTOMER,
            media="application/octet-stream", refuses=(404,),
        ),
        Route(
            method="GET", path=f"{API}/shop/stories", handler=show_stories,
            summary="演示店铺的情景", gives=Stories,
        ),
    )  # fmt: skip
