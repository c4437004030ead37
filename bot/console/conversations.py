"""Staff's view of conversations, and what they do in them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from aiohttp import web
from sqlalchemy import Connection, select

from bot.console.access import staff_may
from bot.console.shapes import (
    After,
    Closing,
    ConversationDetail,
    Conversations,
    MessageId,
    Note,
    Reply,
    WhichConversations,
)
from bot.delivery import guards
from bot.delivery.wakeups import COMMANDS, DESK, OUTBOX, WORK, conversation_topic
from bot.desk import cases, personal, search, transcript
from bot.desk.masking import masked
from bot.desk.permissions import Permission
from bot.desk.staff import Staff
from bot.errors import OrderSystemError
from bot.http.attachments import StoredFile, access_attachment, attachment_response
from bot.http.problems import Problem
from bot.http.routes import API, NUMBER, Route, number
from bot.http.services import SERVICES, Services
from models import conversation, order_key

T = TypeVar("T")

_log = logging.getLogger(__name__)


async def list_conversations(
    request: web.Request, staff: Staff, query: WhichConversations
) -> Mapping[str, Any]:
    """List conversations, or find some; who waits for a person by level, then by their waiting."""
    services = request.app[SERVICES]
    now = services.clock()

    def read(connection: Connection) -> Sequence[Mapping[str, Any]]:
        if query.q:
            most = query.skip + cases.LIST_AT_MOST
            ids = search.found(connection, staff, query.q, state=query.state, most=most)
            found = cases.some_conversations(connection, now, ids[query.skip :])
        elif query.state == "queued":
            found = cases.queue(connection, now, skip=query.skip)
        else:
            found = cases.conversations(connection, now, state=query.state, skip=query.skip)
        return personal.lines_for(connection, staff, found)

    return {"conversations": await services.database.read(read)}


async def show_conversation(request: web.Request, staff: Staff, query: After) -> Mapping[str, Any]:
    """Show a conversation with its messages, disputes and the orders they are about."""
    return await _detail(request, staff, query.after)


async def take(request: web.Request, staff: Staff) -> Mapping[str, Any]:
    """Become the one who speaks."""
    commands = request.app[SERVICES].commands
    await _act(request, lambda c, key, now: commands.take(c, staff, key, now))
    return await _detail(request, staff)


async def return_to_bot(request: web.Request, staff: Staff) -> Mapping[str, Any]:
    """Let the bot speak again."""
    commands = request.app[SERVICES].commands
    await _act(request, lambda c, key, now: commands.return_to_bot(c, staff, key, now))
    return await _detail(request, staff)


async def close(request: web.Request, staff: Staff, body: Closing) -> Mapping[str, Any]:
    """End the conversation."""
    commands = request.app[SERVICES].commands
    await _act(request, lambda c, key, now: commands.close(c, staff, key, now, seen=body.seen))
    return await _detail(request, staff)


async def reply(request: web.Request, staff: Staff, body: Reply) -> MessageId:
    """Answer the customer."""
    services = request.app[SERVICES]

    def put(connection: Connection, conversation_id: int, now: datetime) -> int:
        return services.commands.reply(
            connection,
            staff,
            conversation_id,
            body.text,
            now,
            client_id=body.client_id,
            seen=body.seen,
        )

    message_id = await _act(request, put)
    services.metrics.replies.labels("agent").inc()
    return MessageId(id=message_id)


async def note(request: web.Request, staff: Staff, body: Note) -> MessageId:
    """Leave a note for colleagues."""
    commands = request.app[SERVICES].commands

    def put(connection: Connection, conversation_id: int, now: datetime) -> int:
        return commands.note(
            connection, staff, conversation_id, body.text, now, client_id=body.client_id
        )

    return MessageId(id=await _act(request, put))


async def show_attachment(request: web.Request, staff: Staff) -> web.Response:
    """Show what a customer sent to who sees personal data of the chat: it may be in a photo."""
    wanted = number(request)

    def read(connection: Connection) -> StoredFile:
        if not personal.sees_file(connection, staff, wanted):
            raise Problem(403, f"{personal.TAKE_FIRST}。")
        return access_attachment(connection, wanted)

    return attachment_response(await request.app[SERVICES].database.read(read))


def announce(services: Services, conversation_id: int) -> None:
    """Wake whoever may have something to do after a deed of staff; a hint too many is cheap."""
    services.wakeups.notify(WORK, OUTBOX, COMMANDS, DESK, conversation_topic(conversation_id))


async def _act(request: web.Request, deed: Callable[[Connection, int, datetime], T]) -> T:
    services, conversation_id = request.app[SERVICES], number(request)
    now = services.clock()

    def work(connection: Connection) -> T:
        _check_exists(connection, conversation_id)
        return deed(connection, conversation_id, now)

    done = await services.database.write(work)
    announce(services, conversation_id)
    return done


def _check_exists(connection: Connection, conversation_id: int) -> None:
    key = conversation.c.id
    if connection.execute(select(key).where(key == conversation_id)).one_or_none() is None:
        raise Problem(404, "没有这个会话。")


async def _detail(request: web.Request, staff: Staff, after: int = 0) -> Mapping[str, Any]:
    services, conversation_id = request.app[SERVICES], number(request)
    now = services.clock()
    limits = services.commands.release_limits

    def read(connection: Connection) -> dict[str, Any] | None:
        whole = _read_whole(connection, conversation_id, now, after)
        deciding = cases.decided_by(connection, staff.role, limits, conversation_id)
        for one in (one for d in (whole or {}).get("disputes", ()) for one in d["remedies"]):
            one.update(deciding.get(one["id"], {}))
        hidden = personal.hidden_chats(connection, staff, [conversation_id])
        return whole and {**whole, "known": personal.known_in(connection, hidden)}

    found = await services.database.read(read)
    if found is None:
        raise Problem(404, "没有这个会话。")
    of_disputes = [d["order_no"] for d in found["disputes"] if d["order_no"]]
    order_nos = dict.fromkeys(map(order_key, [*of_disputes, *found.pop("shown")]))
    records = await asyncio.gather(*(_order(services, order_no) for order_no in order_nos))
    orders = [record for record in records if record is not None]
    known = found.pop("known").get(conversation_id)
    if known is None:
        return {**found, "orders": orders, "masked": False}
    known.records.extend(orders)
    shown = [masked(record) for record in orders]
    return {**known.in_whole(found), "orders": shown, "masked": True}


def _read_whole(
    connection: Connection, conversation_id: int, now: datetime, after: int
) -> dict[str, Any] | None:
    """Read page after page: whoever takes over must be able to see how it began.

    `shown` are the orders that its customer has shown to be theirs, complained of or not.
    """
    found = cases.conversation_detail(connection, conversation_id, now, after=after)
    page = found["messages"] if found else []
    while found and len(page) == transcript.PAGE:
        page = transcript.for_staff(connection, conversation_id, after=page[-1]["id"])
        found["messages"] += page
    return found and {**found, "shown": guards.shown_here(connection, conversation_id)}


async def _order(services: Services, order_no: str) -> dict[str, Any] | None:
    try:
        record = await services.find_order(order_no)
    except OrderSystemError:
        # The conversation must be readable while the order system is down.
        _log.warning("an order could not be shown", exc_info=True)
        return None
    return record.snapshot() if record else None


READ = staff_may(Permission.CONVERSATION_READ)
TAKE = staff_may(Permission.CONVERSATION_TAKE)
REPLY = staff_may(Permission.CONVERSATION_REPLY)
ALL = f"{API}/conversations"
ONE = f"{ALL}/{{id:{NUMBER}}}"
CONVERSATION_ROUTES = (
    Route(
        method="GET", path=ALL, handler=list_conversations, summary="会话列表", guard=READ,
        query=WhichConversations, gives=Conversations,
    ),
    Route(
        method="GET", path=ONE, handler=show_conversation, summary="会话详情", guard=READ,
        query=After, gives=ConversationDetail, refuses=(404,),
    ),
    Route(
        method="POST", path=f"{ONE}/take", handler=take, summary="接管会话", guard=TAKE,
        gives=ConversationDetail, refuses=(404, 409),
    ),
    Route(
        method="POST", path=f"{ONE}/return", handler=return_to_bot, summary="交还机器人",
        guard=TAKE, gives=ConversationDetail, refuses=(404, 409),
    ),
    Route(
        method="POST", path=f"{ONE}/close", handler=close, summary="结束会话", guard=TAKE,
        body=Closing, gives=ConversationDetail, refuses=(404, 409),
    ),
    Route(
        method="POST", path=f"{ONE}/reply", handler=reply, summary="回复顾客", guard=REPLY,
        body=Reply, status=201, gives=MessageId, refuses=(404, 409),
    ),
    Route(
        method="POST", path=f"{ONE}/note", handler=note, summary="写内部备注", guard=REPLY,
        body=Note, status=201, gives=MessageId, refuses=(404,),
    ),
    Route(
        method="GET", path=f"{API}/attachments/{{id:{NUMBER}}}", handler=show_attachment,
        summary="查看顾客发的文件", guard=READ, media="application/octet-stream", refuses=(404,),
    ),
)  # fmt: skip
