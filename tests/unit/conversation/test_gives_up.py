"""不要了 alone gives the goods up; beside anything else it may be of that."""

from __future__ import annotations

import pytest

from bot.conversation.words.wishes.demands import gives_up


@pytest.mark.parametrize(
    "text", ["不要了", "算了不要了", "那我不要了吧", "算了，都不要了", "这个不要了。"]
)
def test_all_is_given_up(text: str) -> None:
    assert gives_up(text)


@pytest.mark.parametrize(
    "text",
    [
        "补偿不要了",
        "券不要了",
        "不要",
        "不要了吗",
        "加急不要了",
        "算了",
        "不要了行不行",
        "不要催了",
    ],
)
def test_something_else_is_not_wanted(text: str) -> None:
    assert not gives_up(text)
