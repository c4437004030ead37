"""Voice, video and the like: said once that they are not read here, and nothing is changed."""

from __future__ import annotations

import pytest

from bot.conversation.words.sentence.unreadable import cannot_be_read, holds_unseen
from tests.unit.conversation.talk import (
    BROKEN,
    TAILS,
    Talk,
    complaint,
    executing,
    finished,
    offered,
)


@pytest.mark.parametrize("text", ["[语音]", "[视频]\n[语音]", " [文件] ", "[表情]"])
def test_what_stands_for_something_else_is_no_word(text: str) -> None:
    assert cannot_be_read(text)


@pytest.mark.parametrize("text", ["[视频] 你看", "语音", "[表情", "", "[碎了]", "【视频】坏了"])
def test_words_are_read(text: str) -> None:
    assert not cannot_be_read(text)


@pytest.mark.parametrize(
    "text", ["[视频] 杯子碎了", "杯子碎了\n[视频]", "[语音] 你听", "[文件]\n这是检测报告"]
)
def test_beside_words_it_is_known_that_something_is_not_seen(text: str) -> None:
    assert holds_unseen(text)


@pytest.mark.parametrize(
    "text", ["[视频]", "[表情] 谢谢", "视频里能看到", "【视频】坏了", "[碎了] 你看"]
)
def test_where_nothing_is_missed_nothing_is_said_of_it(text: str) -> None:
    assert not holds_unseen(text)


def test_it_is_said_at_length_once() -> None:
    talk = Talk().say("[语音]")
    assert talk.said == ["unreadable"]
    assert talk.say("[视频]").said == ["unreadable_again"]


def test_where_a_photo_is_asked_for_a_video_is_no_answer() -> None:
    talk = Talk().hear(complaint("damaged", BROKEN, phone_tail=TAILS[BROKEN])).say("[视频]")
    assert talk.said == ["unreadable_photo"]
    assert {b.kind for b in talk.steps[0].options} == {"evidence", "deny"}  # type: ignore[union-attr]
    talk.say("[视频]")
    assert (talk.matter.stage, talk.matter.refused_evidence) == ("gathering", False)


def test_what_waits_to_be_confirmed_still_waits() -> None:
    talk = offered().pick("refund").say("[语音]")
    assert (talk.said, talk.matter.stage) == (["confirm_again"], "confirming")


def test_after_the_end_nothing_is_acknowledged_that_was_not_read() -> None:
    assert finished(executing()).say("[语音]").said == ["unreadable"]
