"""What Telegram says, in our words; each payload is a file that reads as Telegram writes it."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.updates import Arrival, UnreadableUpdate, read_update
from tests.factories import NOW

PAYLOADS = Path(__file__).resolve().parents[2] / "payloads" / "telegram"
SAID_AT = datetime.fromtimestamp(1_795_485_000, UTC)
HEARD = {
    "text": ("text", "手机屏幕碎了"),
    "reply": ("text", "就是这个"),
    "forward": ("text", "商家的原话"),
    "start": ("text", "你好"),
    "start_with_payload": ("text", "你好"),
    "human": ("text", "转人工"),
    "other_command": ("text", "me"),
    "photo": ("photo", "屏幕碎了"),
    "photo_of_album": ("photo", ""),
    "image_document": ("photo", ""),
    "pdf": ("file", "发票"),
    "other_document": ("text", "[文件]"),
    "animation": ("text", "[动图]"),
    "voice": ("text", "[语音]"),
    "video": ("text", "[视频] 开箱视频"),
    "video_note": ("text", "[视频]"),
    "sticker": ("text", "😡"),
    "location": ("text", "[位置]"),
    "contact": ("text", "[名片]"),
    "newer_than_the_library": ("text", "[暂不支持的消息]"),
    "tap": ("choice", "退款 ¥30"),
    "tap_on_old_message": ("choice", ""),
    "tap_without_message": ("choice", ""),
    "edit": ("text", "手机屏幕和后盖碎了"),
    "live_location": ("text", "[位置]"),
}
LEFT_ALONE = {"pinned", "group", "channel_post", "blocked"}


def load(name: str) -> Any:
    """Return a payload."""
    return json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))


def read(name: str) -> Arrival:
    """Read a payload that a customer caused."""
    arrival = read_update(load(name), "4242", NOW)
    assert arrival is not None
    return arrival


def test_every_payload_is_tested() -> None:
    assert {file.stem for file in PAYLOADS.glob("*.json")} == HEARD.keys() | LEFT_ALONE


@pytest.mark.parametrize("name", HEARD)
def test_what_a_customer_does_is_a_message(name: str) -> None:
    message = read(name).message
    assert (message.kind, message.text) == HEARD[name]
    assert (message.channel, message.account, message.chat_id) == ("telegram", "4242", "777")
    assert (message.external_id, message.telegram_id) == ("update:7", 777)
    assert message.customer_name == "李 雷"


@pytest.mark.parametrize("name", sorted(LEFT_ALONE))
def test_what_is_not_for_us_is_left_alone(name: str) -> None:
    assert read_update(load(name), "4242", NOW) is None


@pytest.mark.parametrize("name", ["tap", "tap_on_old_message", "tap_without_message"])
def test_a_tap_carries_its_option_and_wants_to_be_confirmed(name: str) -> None:
    arrival = read(name)
    assert (arrival.message.choice, arrival.query_id) == ("o1", "3333")
    assert arrival.message.at == NOW


def test_the_largest_photo_is_fetched() -> None:
    assert read("photo").file_id == "AgAC-x"


def test_a_photo_that_a_bot_may_not_download_is_fetched_in_the_next_size() -> None:
    update = load("photo")
    update["message"]["photo"][1]["file_size"] = 20_000_001
    arrival = read_update(update, "4242", NOW)
    assert arrival is not None
    assert arrival.file_id == "AgAC-m"


@pytest.mark.parametrize("name", ["text", "animation", "voice", "other_document", "tap"])
def test_nothing_else_is_fetched(name: str) -> None:
    assert read(name).file_id is None


@pytest.mark.parametrize(
    ("typed", "heard"),
    [("/help", "你好"), ("/HELP@jiefen_bot", "你好"), ("/cancel 杯子碎了", "杯子碎了"),
     ("/退货", "/退货"), ("/1", "/1"), ("5/6 碎了", "5/6 碎了"), ("/human 快点", "转人工")],
)  # fmt: skip
def test_an_unknown_command_greets_or_says_what_follows_it(typed: str, heard: str) -> None:
    assert changed(text=typed) == heard


def changed(**content: Any) -> str:
    """Return what is heard of a message that holds this."""
    update = load("text")
    update["message"].pop("text")
    update["message"] |= content
    arrival = read_update(update, "4242", NOW)
    assert arrival is not None
    return arrival.message.text


@pytest.mark.parametrize(
    ("number", "user", "heard"),
    [("+86 138 0000 3046", 777, "手机尾号3046"), ("8613800003046", 777, "手机尾号3046"),
     ("13800003046", 778, "[名片]"), ("13800003046", None, "[名片]"), ("3046", 777, "[名片]")],
)  # fmt: skip
def test_only_the_senders_own_card_tells_their_number(
    number: str, user: int | None, heard: str
) -> None:
    card = {"phone_number": number, "first_name": "韩"} | ({"user_id": user} if user else {})
    assert changed(contact=card) == heard


@pytest.mark.parametrize(
    ("emoji", "heard"),
    [("👍", "谢谢"), ("👍🏽", "谢谢"), ("😡", "😡"), ("😂", "😂"), ("", "[表情]")],
)
def test_a_sticker_says_what_its_emoji_says(emoji: str, heard: str) -> None:
    sticker = load("sticker")["message"]["sticker"] | {"emoji": emoji}
    assert changed(sticker=sticker) == heard


def test_what_was_typed_stays_beside_what_it_means() -> None:
    data = read("start_with_payload").message.data
    assert (data["typed"], data["payload"]) == ("/start DD20261120001", "DD20261120001")


@pytest.mark.parametrize(("name", "is_edit"), [("text", False), ("edit", True)])
def test_edits_are_told_from_messages(name: str, is_edit: bool) -> None:
    assert read(name).is_edit is is_edit


def test_a_message_is_of_the_moment_it_was_written() -> None:
    assert read("text").message.at == SAID_AT
    assert read("edit").message.at == SAID_AT + timedelta(seconds=100)


def test_a_message_is_never_of_the_future() -> None:
    update = load("text")
    update["message"]["date"] = 4_000_000_000
    arrival = read_update(update, "4242", NOW)
    assert arrival is not None
    assert arrival.message.at == NOW


def test_without_a_sender_the_chat_is_the_customer() -> None:
    update = load("text")
    del update["message"]["from"]
    arrival = read_update(update, "4242", NOW)
    assert arrival is not None
    assert (arrival.message.telegram_id, arrival.message.customer_name) == (777, "")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "chat", "type", "message_id", "date", "text", "from", "photo"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(ANYTHING, st.sampled_from(["message", "edited_message", "callback_query"]))
def test_nonsense_is_unreadable_or_left_alone_and_never_worse(nonsense: Any, kind: str) -> None:
    with suppress(UnreadableUpdate):
        read_update({"update_id": 7, kind: nonsense}, "4242", NOW)
