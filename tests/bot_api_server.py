"""A Bot API server of the tests' own: it speaks enough of Telegram to be sent to, polled and
waited for, remembers every call, fails when told to, and pushes updates as stubbornly as the real
one.
"""

from __future__ import annotations

import asyncio
import io
import itertools
import json
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

TOKEN = "4242:test-token"
BOT = {"id": 4242, "is_bot": True, "first_name": "解纷", "username": "jiefen_test_bot"}
DATE = 1_795_485_600  # the tests' NOW


@dataclass(frozen=True)
class Refusal:
    """An error answer of the API."""

    code: int
    description: str = "an error"
    parameters: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Cut:
    """The connection breaks, before or after the call was carried out."""

    carried_out: bool


@dataclass(frozen=True)
class Silence:
    """The call is carried out, but the answer takes very long."""

    seconds: float = 30.0


@dataclass(frozen=True)
class Call:
    """A method that was called, with its parameters as the client wrote them."""

    method: str
    parameters: dict[str, str]


class BotApiServer:
    """Start it, point JIEFEN_TELEGRAM_API at `api`, and look at `calls` and `sent`."""

    def __init__(self) -> None:
        """Begin with no updates, no files and no failures in store."""
        self.calls: list[Call] = []
        self.sent: list[dict[str, Any]] = []
        self.files: dict[str, bytes] = {}
        self.webhook: dict[str, str] = {}
        self.lacks: set[str] = set()
        self.threads: dict[int, dict[str, Any]] = {}  # a group's topics
        self.queue: list[dict[str, Any]] = []
        self._failures: defaultdict[str, deque[Refusal | Cut | Silence]] = defaultdict(deque)
        self._message_ids = itertools.count(1001)
        self._update_ids = itertools.count(5001)
        self._news = asyncio.Event()
        self._poller: asyncio.Future[None] | None = None
        self._runner: web.AppRunner | None = None
        self.port = 0

    @property
    def api(self) -> str:
        """Return the base URL, ending in /bot as the setting must."""
        return f"http://127.0.0.1:{self.port}/bot"

    async def start(self) -> None:
        """Listen on a free port, or again on the one it had."""
        app = web.Application(client_max_size=50_000_000)
        app.router.add_post("/bot{token}/{method}", self._receive)
        app.router.add_get("/file/bot{token}/{file_id}", self._download)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()

    def fail(self, method: str, *failures: Refusal | Cut | Silence) -> None:
        """Let the next calls of a method fail, one after the other."""
        self._failures[method].extend(failures)

    def heal(self, method: str) -> None:
        """Let a method fail no more, however many failures are left."""
        self._failures[method].clear()

    def called(self, method: str) -> list[dict[str, str]]:
        """Return the parameters of each call of a method."""
        return [call.parameters for call in self.calls if call.method == method]

    def next_update_id(self) -> int:
        """Return ids as Telegram numbers updates."""
        return next(self._update_ids)

    def put(self, *updates: dict[str, Any]) -> None:
        """Have updates fetched by getUpdates."""
        self.queue.extend(updates)
        self._news.set()

    async def push(
        self, update: Any, *, url: str, secret: str = "", tries: int = 50, pause: float = 0.02
    ) -> list[int]:
        """Send an update to a webhook until it is taken; return each answer's status."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        body = update if isinstance(update, bytes) else json.dumps(update).encode()
        headers["Content-Type"] = "application/json"
        statuses: list[int] = []
        async with aiohttp.ClientSession() as session:
            while len(statuses) < tries:
                async with session.post(url, data=io.BytesIO(body), headers=headers) as response:
                    statuses.append(response.status)
                if statuses[-1] < 300:
                    break
                await asyncio.sleep(pause)
        return statuses

    async def _receive(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        form = await request.post()
        parameters = {name: value for name, value in form.items() if isinstance(value, str)}
        for name, value in form.items():
            if isinstance(value, web.FileField):
                self.files[f"{name}/{value.filename}"] = value.file.read()
        if request.match_info["token"] != TOKEN:
            return _refuse(Refusal(401, "Unauthorized"))
        self.calls.append(Call(method, parameters))
        answer = getattr(self, f"_{method}", None)
        if answer is None or method in self.lacks:
            return _refuse(Refusal(404, "Not Found: method not found"))
        failure = self._failures[method].popleft() if self._failures[method] else None
        if isinstance(failure, Refusal):
            return _refuse(failure)
        if isinstance(failure, Cut) and not failure.carried_out:
            return _cut(request)
        result = await answer(parameters)
        if isinstance(failure, Cut):
            return _cut(request)
        if isinstance(failure, Silence):
            await asyncio.sleep(failure.seconds)
        if isinstance(result, Refusal):
            return _refuse(result)
        return _answer(result)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        failure = self._failures["download"].popleft() if self._failures["download"] else None
        if isinstance(failure, Refusal):
            return _refuse(failure)
        if failure is not None:
            return _cut(request)
        return web.Response(body=self.files[request.match_info["file_id"]])

    async def _getMe(self, _parameters: dict[str, str]) -> Any:  # noqa: N802
        return BOT

    async def _sendMessage(self, parameters: dict[str, str]) -> Any:  # noqa: N802
        text = parameters["text"]
        if not text.strip():
            return Refusal(400, "Bad Request: message text is empty")
        if len(text.encode("utf-16-le")) // 2 > 4096:
            return Refusal(400, "Bad Request: message is too long")
        thread = int(parameters.get("message_thread_id", 0))
        if thread and thread not in self.threads:
            return Refusal(400, "Bad Request: message thread not found")
        chat = int(parameters["chat_id"])
        message = {
            "message_id": next(self._message_ids),
            "date": DATE,
            "chat": {"id": chat, "type": "private", "first_name": "李雷"}
            if chat > 0
            else {"id": chat, "type": "supergroup", "title": "客服群", "is_forum": True},
            **({"message_thread_id": thread, "is_topic_message": True} if thread else {}),
            "from": BOT,
            "text": text.strip(),
        }
        if "reply_markup" in parameters:
            message["reply_markup"] = json.loads(parameters["reply_markup"])
        self.sent.append(message)
        return message

    async def _sendDocument(self, parameters: dict[str, str]) -> Any:  # noqa: N802
        return await self._sendMessage({**parameters, "text": "[document]"})

    async def _createForumTopic(self, parameters: dict[str, str]) -> Any:  # noqa: N802
        thread = next(self._message_ids)
        self.threads[thread] = {"name": parameters["name"], "closed": False}
        return {"message_thread_id": thread, "name": parameters["name"], "icon_color": 7322096}

    async def _closeForumTopic(self, parameters: dict[str, str]) -> Any:  # noqa: N802
        return self._shut(parameters, closed=True)

    async def _reopenForumTopic(self, parameters: dict[str, str]) -> Any:  # noqa: N802
        return self._shut(parameters, closed=False)

    def _shut(self, parameters: dict[str, str], *, closed: bool) -> Any:
        thread = self.threads[int(parameters["message_thread_id"])]
        if thread["closed"] is closed:
            return Refusal(400, "Bad Request: TOPIC_NOT_MODIFIED")
        thread["closed"] = closed
        return True

    async def _setMessageReaction(self, _parameters: dict[str, str]) -> Any:  # noqa: N802
        return True

    async def _editMessageText(self, parameters: dict[str, str]) -> Any:  # noqa: N802
        for message in self.sent:
            if str(message["message_id"]) == parameters["message_id"]:
                message["text"] = parameters["text"]
                return message
        return Refusal(400, "Bad Request: message to edit not found")

    async def _answerCallbackQuery(self, _parameters: dict[str, str]) -> Any:  # noqa: N802
        return True

    async def _setMyCommands(self, _parameters: dict[str, str]) -> Any:  # noqa: N802
        return True

    async def _setWebhook(self, parameters: dict[str, str]) -> Any:  # noqa: N802
        self.webhook = parameters
        return True

    async def _deleteWebhook(self, _parameters: dict[str, str]) -> Any:  # noqa: N802
        self.webhook = {}
        return True

    async def _getWebhookInfo(self, _parameters: dict[str, str]) -> Any:  # noqa: N802
        return {
            "url": self.webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self.queue),
        }

    async def _getFile(self, parameters: dict[str, str]) -> Any:  # noqa: N802
        file_id = parameters["file_id"]
        if file_id not in self.files:
            return Refusal(400, "Bad Request: wrong file_id or the file is temporarily gone")
        if len(self.files[file_id]) > 20_000_000:
            return Refusal(400, "Bad Request: file is too big")
        return {"file_id": file_id, "file_unique_id": f"u-{file_id}", "file_path": file_id}

    async def _getUpdates(self, parameters: dict[str, str]) -> Any:  # noqa: N802
        if self.webhook:
            return Refusal(409, "Conflict: can't use getUpdates method while webhook is active")
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)
        mine = self._poller = asyncio.get_running_loop().create_future()
        if "offset" in parameters:
            self._confirm(int(parameters["offset"]))
        await self._wait_for_news(float(parameters.get("timeout", 0)), mine)
        if mine.done():
            return Refusal(409, "Conflict: terminated by other getUpdates request")
        self._poller = None
        return self.queue[: int(parameters.get("limit", 100))]

    def _confirm(self, offset: int) -> None:
        """Forget everything before the offset; one from outside the queue confirms nothing."""
        for index, update in enumerate(self.queue):
            if update.get("update_id") == offset - 1:
                self.queue = self.queue[index + 1 :]
                return

    async def _wait_for_news(self, seconds: float, mine: asyncio.Future[None]) -> None:
        while not self.queue and not mine.done():
            self._news.clear()
            news = asyncio.ensure_future(self._news.wait())
            done, _ = await asyncio.wait(
                {news, mine}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED
            )
            news.cancel()
            if not done:
                return


def _answer(result: Any) -> web.Response:
    """Say yes; a whole response stands as it is: it may be a proxy's page."""
    if isinstance(result, web.Response):
        return result
    return web.json_response({"ok": True, "result": result})


def _refuse(refusal: Refusal) -> web.Response:
    answer = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        answer["parameters"] = refusal.parameters
    return web.json_response(answer, status=refusal.code)


def _cut(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def text_update(update_id: int, text: str, *, chat: int = 777, message_id: int = 0) -> Any:
    """Return what Telegram says when a customer writes."""
    return {"update_id": update_id, "message": _message(chat, message_id or update_id, text=text)}


def edit_update(update_id: int, text: str, *, chat: int = 777, message_id: int) -> Any:
    """Return what Telegram says when a customer corrects what was written."""
    changed = _message(chat, message_id, text=text, edit_date=DATE + update_id)
    return {"update_id": update_id, "edited_message": changed}


def photo_update(
    update_id: int, file_id: str, *, chat: int = 777, caption: str | None = None
) -> Any:
    """Return what Telegram says when a customer sends a photo; the last size is the largest."""
    sizes = [
        {
            "file_id": name,
            "file_unique_id": f"u-{name}",
            "width": width,
            "height": width,
            "file_size": width * 100,
        }
        for name, width in ((f"{file_id}-small", 90), (file_id, 1280))
    ]
    words = {"caption": caption} if caption else {}
    return {"update_id": update_id, "message": _message(chat, update_id, photo=sizes, **words)}


def tap_update(update_id: int, data: str, label: str = "好的", *, chat: int = 777) -> Any:
    """Return what Telegram says when a customer taps a button."""
    keyboard = {"inline_keyboard": [[{"text": label, "callback_data": data}]]}
    query = {
        "id": f"query-{update_id}",
        "from": _customer(chat),
        "chat_instance": "1",
        "data": data,
        "message": {**_message(chat, 900, text="请选择"), "from": BOT, "reply_markup": keyboard},
    }
    return {"update_id": update_id, "callback_query": query}


def group_update(
    update_id: int, text: str | None, *, group: int, thread: int, user: int, **more: Any
) -> Any:
    """Return what Telegram says when somebody writes in a topic of a group."""
    content = {} if text is None else {"text": text}
    message = {
        "message_id": update_id,
        "date": DATE,
        "chat": {"id": group, "type": "supergroup", "title": "客服群", "is_forum": True},
        "from": {"id": user, "is_bot": False, "first_name": "王"},
        "message_thread_id": thread,
        "is_topic_message": True,
        **content,
        **more,
    }
    return {
        "update_id": update_id,
        "edited_message" if "edit_date" in more else "message": message,
    }


def _message(chat: int, message_id: int, **content: Any) -> dict[str, Any]:
    return {
        "message_id": message_id,
        "date": DATE,
        "chat": {"id": chat, "type": "private", "first_name": "李", "last_name": "雷"},
        "from": _customer(chat),
        **content,
    }


def _customer(chat: int) -> dict[str, Any]:
    return {"id": chat, "is_bot": False, "first_name": "李", "last_name": "雷"}
