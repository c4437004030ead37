"""A repair that failed is not undone: a supervisor goes on with it."""

from __future__ import annotations

import pytest

from bot.conversation.shapes.events import CustomerSpoke, Heard
from bot.conversation.shapes.state import Matter, Remedy
from bot.conversation.words.wishes.said_again import was_not_mended


def mended(kind: str = "repair") -> Matter:
    remedy = Remedy(key="1-1", option={"kind": kind}, state="done")
    return Matter(id="1", issue="defect", issues=("defect",), intent="complain", stage="ended",
                  end="resolved", remedies=(remedy,))  # fmt: skip


def said(text: str) -> CustomerSpoke:
    return CustomerSpoke(message_ids=(1,), text=text, heard=Heard())


@pytest.mark.parametrize(
    "text", ["没修好我要退货", "修不好 退钱", "修了还是坏的", "你们没给我修好", "修完又坏了"]
)
def test_it_is_not_mended(text: str) -> None:
    assert was_not_mended(mended(), said(text))
    assert not was_not_mended(mended("exchange"), said(text))


@pytest.mark.parametrize(
    "text",
    ["万一没修好呢", "修不好能退货吗", "还没修好", "要是修不好就退货", "修好了", "不修了 退货"],
)
def test_nobody_says_so(text: str) -> None:
    assert not was_not_mended(mended(), said(text))
