"""Clauses that only tell what is not there to be shown name no article."""

import pytest

from bot.conversation.words.things.at_hand import without_lack


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ("没有照片 箱子我扔了", " "),
        ("没拍照，包装扔掉了", "，"),
        ("没拍照 盘也碎了", " 盘也碎了"),
        ("包装扔了，纸巾少了一包", "，纸巾少了一包"),
        ("箱子破了", "箱子破了"),
        ("盘子碎了扔了", "盘子碎了扔了"),
    ],
)
def test_only_what_is_lacking_is_left_out(told: str, left: str) -> None:
    assert without_lack(told) == left
