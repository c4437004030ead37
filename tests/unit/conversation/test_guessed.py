"""When an issue that was only guessed gives way to one told clearly."""

from __future__ import annotations

import pytest

from bot.conversation.words.matters.guessed import gives_way


@pytest.mark.parametrize(
    ("guessed", "told", "surer", "text"),
    [
        ("wrong_item", "我的草莓", "spoiled", "烂了好多"),
        ("wrong_item", "收到的那个", "damaged", "碎了两个"),
        ("missing_item", "我的毛衣", "defect", "开线了"),
        ("damaged", "收到的杯子", "wrong_item", "颜色发错了"),
        ("defect", "这个有问题", "missing_item", "少了一个"),
        ("damaged", "那箱苹果破了", "spoiled", "烂了一半"),
    ],
)
def test_a_guess_gives_way(guessed: str, told: str, surer: str, text: str) -> None:
    assert gives_way(guessed, told, surer, text) is True


@pytest.mark.parametrize(
    ("guessed", "told", "surer", "text"),
    [
        ("wrong_item", "颜色好像不对", "damaged", "碎了"),
        ("wrong_item", "发来的是别的", "defect", "坏的"),
        ("missing_item", "买的24罐只有20罐", "damaged", "有两罐漏了"),
        ("missing_item", "少了一包", "spoiled", "烂了"),
        ("damaged", "杯子磕破了", "wrong_item", "颜色发错了"),
        ("damaged", "收到的杯子", "defect", "盖子还打不开"),
        ("damaged", "收到的杯子", "not_shipped", "没发货"),
        ("double_charge", "扣了钱", "damaged", "碎了"),
    ],
)
def test_what_the_words_bore_out_stays(guessed: str, told: str, surer: str, text: str) -> None:
    assert gives_way(guessed, told, surer, text) is False
