"""A fault told beside an offer for silence or rudeness is a matter of its own."""

from __future__ import annotations

import pytest

from tests.unit.conversation.talk import BROKEN, TAILS, Talk, complaint


def silence() -> Talk:
    """Return a chat in which something is offered to who got no answer."""
    return Talk().hear(complaint("no_response", BROKEN, phone_tail=TAILS[BROKEN]))


@pytest.mark.parametrize("text", ["按键按不动 我问三天了", "不是没人回的事 是机器坏了"])
def test_an_unsure_fault_is_opened(text: str) -> None:
    talk = silence().say(text, issues=("defect",), confident=False, intent="complain")
    assert talk.matter.issue == "defect"


def test_a_fault_asked_about_is_opened() -> None:
    talk = silence().say("杯子坏了能换新的吗", intent="ask_policy", demand="exchange")
    assert talk.matter.issue == "defect"


@pytest.mark.parametrize("text", ["服务质量差", "你们客服脑子坏了", "要是机器坏了你们也不管吧"])
def test_bad_service_and_what_is_supposed_are_no_fault(text: str) -> None:
    talk = silence().say(text, issues=("defect",), confident=False, intent="complain")
    assert talk.matter.issue == "no_response"
