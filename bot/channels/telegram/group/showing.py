"""What stands in a topic: who is called and why, what was said, who has the chat; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.channels.telegram.group.topics import Due
from bot.channels.telegram.text import shorten, units
from bot.clock import in_shop_zone
from bot.conversation.saying.reasons import reason_words
from bot.money import yuan

TEXT_AT_MOST = 4096  # UTF-16 units of one Telegram message
ONE_AT_MOST = 3000  # of them for one message of the chat; the console has all of it
TITLE_COLUMNS = 60
SENDERS = {"customer": "顾客", "bot": "机器人", "agent": "客服", "system": "系统"}
HELP = (
    "直接在这里写就是回复顾客（排队中的会话会先由您接待）。\n"
    "/take 接待　/return 交还机器人　/close 结束　/note 内容 只留给同事"
)


@dataclass(frozen=True, slots=True)
class Post:
    """One message for the group, empty where there is nothing to say, and how far it tells."""

    text: str
    upto: int  # the last message of the chat that is in it


def title(due: Due) -> str:
    """Return the topic's name: who it is, and which chat of the console."""
    name = due.customer_name or "顾客"
    return shorten(f"{name} · 会话{due.conversation_id}", TITLE_COLUMNS)


def post(due: Due, kind_names: Mapping[str, str], console: str | None) -> Post:
    """Return as much of what is new as one message holds; `console` is the chat's page there."""
    head = [] if due.is_told else list(_owner(due, kind_names, console))
    head += [_lost(one) for one in due.lost]
    if due.skipped:
        head.append(f"（前面还有 {due.skipped} 条，请在控制台查看）")
    paragraphs, length = [_cut("\n".join(head), ONE_AT_MOST)] if head else [], 0
    length = sum(units(paragraph) for paragraph in paragraphs)
    upto = due.messages[0]["id"] - 1 if due.messages else due.last_id
    for one in due.messages:
        line = "" if one["is_own"] else _cut(_said(one), ONE_AT_MOST)
        if paragraphs and line and length + units(line) + 2 > TEXT_AT_MOST:
            return Post("\n\n".join(paragraphs), upto)
        if line:
            paragraphs.append(line)
            length += units(line) + 2
        upto = one["id"]
    return Post("\n\n".join(paragraphs), due.last_id)


def _owner(due: Due, kind_names: Mapping[str, str], console: str | None) -> Iterator[str]:
    """Yield who has the chat from here on; of who waits, why, and what is known of it."""
    match due.state:
        case "queued":
            why = reason_words(due.reason) if due.reason else "需要人工"
            yield f"🔔 顾客在等人工：{why}" + (f"（{due.level}）" if due.level else "")
            yield from _summary(due.summary or {}, kind_names)
        case "with_person":
            yield f"👤 {due.owner_name} 接待中"
            if due.is_new:
                yield from _summary(due.summary or {}, kind_names)
        case "closed":
            yield "✅ 会话已结束"
        case _:
            yield "↩️ 已交还机器人；再需要人工时在这里通知"
    if due.is_new:
        yield HELP
        if console:
            yield f"照片、订单和审批请到控制台：{console}"


def _summary(summary: Mapping[str, Any], kind_names: Mapping[str, str]) -> Iterator[str]:
    rows = (
        ("", [summary.get("what")]),
        ("订单 ", [_order(summary)]),
        ("凭证：", [summary.get("evidence")]),
        ("已核对：", summary.get("facts")),
        ("判断：", summary.get("reasons")),
        ("政策允许：", [_remedy(one, kind_names) for one in summary.get("allowed") or ()]),
        ("顾客最后说：", [summary.get("last_words")]),
    )
    for name, words in rows:
        if told := "；".join(word.rstrip("。") for word in words or () if word):
            yield f"{name}{told}"


def _order(summary: Mapping[str, Any]) -> str | None:
    number: str | None = summary.get("order_no")
    return f"{number}（没查到这个订单）" if number and summary.get("order_unknown") else number


def _remedy(option: Mapping[str, Any], kind_names: Mapping[str, str]) -> str:
    name = kind_names.get(option["kind"], option["kind"])
    return f"{name} {yuan(option['amount_fen'])}" if option["amount_fen"] else name


def _said(one: Mapping[str, Any]) -> str:
    """Return a message with who said it and when; a file is only named: it may show anybody."""
    who = one["staff"] or SENDERS.get(one["from"], one["from"])
    what = "备注 " if one["kind"] == "note" else ""
    has_file = one["attachment_id"] or one["kind"] in {"photo", "file"}
    file = "[照片或文件，接待后在控制台查看] " if has_file else ""
    edited = "（改过）" if one["edits"] else ""
    at = _clock_time(datetime.fromisoformat(one["at"]))
    return f"{what}{who} {at}{edited}：{file}{one['text']}"


def _lost(one: Mapping[str, Any]) -> str:
    start = shorten(one["text"], TITLE_COLUMNS)
    return f"⚠️ {_clock_time(one['at'])} 的回复可能没送到顾客：{start}"


def _clock_time(moment: datetime) -> str:
    return f"{in_shop_zone(moment):%H:%M}"


def _cut(text: str, at_most: int) -> str:
    if units(text) <= at_most:
        return text
    return text[: at_most // 2] + "…（全文在控制台）"
