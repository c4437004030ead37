"""Which edits say nothing new."""

from __future__ import annotations

import pytest

from bot.messages import same_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("五天没退款", "五天没退款！"),
        ("五天没退款", "五天没退款？？"),
        ("退款五天了", "退款，五天了？？"),
        ("改成L码", "改成 l码"),
        ("尾号１２３４", "尾号1234。"),
        ("碎了", "碎了😭😭"),
        ("就是这个👍🏽", "就是这个❤️"),
        ("一\n二", "一 二"),
    ],
)
def test_stops_blanks_and_pictures_are_no_words(one: str, other: str) -> None:
    assert same_words(one, other)
    assert same_words(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("退12.9", "退129"),
        ("退1.5", "退15"),
        ("8-9点", "89点"),
        ("尾号1234", "尾号1243"),
        ("退10%", "退10"),
        ("收到了", "没收到"),
        ("不要退款", "不要，退款"),
        ("不用换 退款", "不用换退款"),
        ("好", "好❌"),
        ("退50", "退-50"),
        ("👍", "😡"),
        ("？", "！"),
        ("", "转人工"),
        ("¥5", "5"),
    ],
)
def test_another_word_or_figure_is_something_new(one: str, other: str) -> None:
    assert not same_words(one, other)
    assert not same_words(other, one)
