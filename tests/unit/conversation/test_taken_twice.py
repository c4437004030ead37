"""The payment that was taken twice, named as the one to go back."""

from __future__ import annotations

import pytest

from bot.conversation.words.answers.taken_twice import names_extra, speaks_of_extra


@pytest.mark.parametrize(
    "text",
    [
        "退多扣的那笔", "就是多扣的那笔", "嗯，退多扣的那笔吧", "把多扣的退给我",
        "对 就是多扣的那笔", "退重复扣的钱就行", "是重复扣的那笔", "把多收的那笔钱退我",
    ],
)  # fmt: skip
def test_the_sum_taken_too_often_is_named(text: str) -> None:
    assert names_extra(text)


@pytest.mark.parametrize(
    "text",
    [
        "多扣的那笔呢", "多扣的那笔什么时候退", "不是多扣的那笔", "退两笔", "多扣的那笔还没退",
        "就是多扣的那笔吗", "退多收的运费", "别退多扣的那笔", "退多扣的那笔 还有运费也退",
        "还多扣了10块", "退款", "退货", "为什么多扣的那笔不退", "退多扣的那笔和货款",
    ],
)  # fmt: skip
def test_what_asks_denies_or_wants_more_does_not(text: str) -> None:
    assert not names_extra(text)


@pytest.mark.parametrize(
    ("text", "is_of_it"),
    [
        ("多扣的那笔什么时候退", True), ("多扣的那笔呢", True), ("重复扣的那笔还没回来", True),
        ("多收的那笔安装费呢", False), ("你们多收钱", False), ("扣多了", False),
    ],
)  # fmt: skip
def test_the_sum_taken_too_often_is_spoken_of(text: str, is_of_it: bool) -> None:
    assert speaks_of_extra(text) is is_of_it
