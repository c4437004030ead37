"""Pieces that are counted on from those told before, and those that were only opened."""

from __future__ import annotations

import pytest

from bot.conversation.words.matters.told_apart import misread
from bot.conversation.words.things.intact import without_opened
from bot.conversation.words.things.more_pieces import more_wished, others_back, others_wrong
from bot.conversation.words.wishes.all_back import rest_goes_back


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("多退一个", 1), ("再多退一个行吗", 1), ("再退一个", 1), ("再加一个", 1), ("加一个吧", 1),
        ("能不能再多退两个", 2), ("再换一双", 1), ("少退一个", -1), ("减一个", -1),
        ("退三个", None), ("多的退一个", None), ("多退了一个", None), ("少退了一个的钱", None),
        ("多买了一个", None), ("再发一个", None), ("差价加一个红包", None), ("少了一个", None),
    ],
)  # fmt: skip
def test_more_or_fewer_go_back(text: str, more: int | None) -> None:
    assert more_wished(text) == more


@pytest.mark.parametrize(
    ("text", "wrong", "back"),
    [
        ("其他两盒也不敢吃了 都退", 2, None), ("还有两个也是碎的", 2, None),
        ("又碎了一个", 1, None),
        ("又发现两个坏的", 2, None), ("另外两个也过期了", 2, None), ("另外两个也退", None, 2),
        ("另外三个也没坏", None, None), ("另外两个盘子", None, None), ("又等了两天", None, None),
        ("其他两盒也是好的", None, None), ("我又买了两个", None, None),
    ],
)  # fmt: skip
def test_others_are_counted_too(text: str, wrong: int | None, back: int | None) -> None:
    assert (others_wrong(text), others_back(text)) == (wrong, back)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("拆了一包不合适 其他三包没拆", "不合适 其他三包没拆"), ("拆了一包 用了两片", ""),
        ("有一包我拆开了", "有"), ("三包没拆的退掉", "三包没拆的退掉"), ("没拆三包", "没拆三包"),
    ],
)  # fmt: skip
def test_what_was_opened_is_no_count_of_what_goes_back(text: str, left: str) -> None:
    assert without_opened(text).strip() == left


@pytest.mark.parametrize(
    ("text", "wrongly"),
    [
        ("另外三包没拆 退三包", True), ("拆了一包不合适 其他三包没拆", True), ("少退一个", True),
        ("没拆 少了一包", False), ("少退了一个", False), ("没收到两包", False),
        ("还没拆就缺一包", False),
    ],
)  # fmt: skip
def test_what_is_as_it_came_lacks_nothing(text: str, wrongly: bool) -> None:
    assert misread("missing_item", text) == wrongly


@pytest.mark.parametrize(
    ("text", "goes"), [("再退一个", True), ("再退一个行吗", True), ("少退一个", False)]
)
def test_one_more_after_the_grant_is_of_those_kept(text: str, goes: bool) -> None:
    assert rest_goes_back(text) == goes
