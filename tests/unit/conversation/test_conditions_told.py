"""A remedy named with a condition, in a question or as too little is not taken for it."""

from __future__ import annotations

import pytest

from bot.conversation.words.answers.of_the_offer import asks_if_later
from bot.conversation.words.answers.plain_picks import looks_first, plain_pick
from bot.conversation.words.wishes.bargaining import says_too_little

_TRACE = ({"id": "1", "kind": "trace"}, {"id": "2", "kind": "refund"})


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("先查 查不到能退吗", True), ("先查 查不到再退", True), ("那先查吧，查不到就退款", True),
        ("查不到就退", False), ("先退 查到再说", False), ("别先查 查不到再退", False),
        ("先查了 查不到", False), ("先退款 查不到再补", False),
    ],
)  # fmt: skip
def test_the_trace_comes_first(text: str, wanted: bool) -> None:
    assert looks_first(text, _TRACE) is wanted
    assert (plain_pick(text, _TRACE) == "trace") is wanted
    assert not looks_first(text, _TRACE[1:])


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("收到不想要还能退吧", True), ("收到以后还能退吗", True), ("拿到货了也能换吧", True),
        ("没收到还能退吗", False), ("没收到货 退吧", False), ("收到就是坏的 退吧", False),
    ],
)  # fmt: skip
def test_what_could_be_done_once_it_is_there_is_asked(text: str, asked: bool) -> None:
    assert asks_if_later(text) is asked


@pytest.mark.parametrize(
    ("text", "little"),
    [
        ("我要货不要退 赔5块也太少了吧", True), ("不退货 才补5块不够", True),
        ("不退货 退点钱就行", False), ("不退货了 5块够了", False), ("杯子少了 不换 补钱", False),
    ],
)  # fmt: skip
def test_a_sum_is_called_too_little(text: str, little: bool) -> None:
    assert says_too_little(text) is little
