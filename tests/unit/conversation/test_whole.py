"""All of it is meant, or not all."""

from __future__ import annotations

import pytest

from bot.conversation.words.sentence import whole
from bot.conversation.words.wishes import demands


@pytest.mark.parametrize(
    ("text", "all_meant"),
    [
        ("全碎了", True), ("都碎了", True), ("全部", True), ("全退吧", True), ("能不能全退", True),
        ("整单都退", True), ("每个都裂了", True),
        ("不需要全退，退盘子就行", False), ("没必要全退吧", False), ("没全碎 杯子碎了", False),
        ("盘子完全碎了", False), ("没让你全退", False), ("没说全退", False), ("不必全退", False),
        ("不想全退", False), ("不能全退", False), ("不是全碎了", False), ("不退全款", False),
    ],
)  # fmt: skip
def test_every_article_is_meant(text: str, *, all_meant: bool) -> None:
    assert whole.means_all(text) is all_meant


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("全退", True), ("全额退款", True), ("要全退", True), ("能不能全退", True),
        ("可不可以全额退款", True), ("整单退了吧", True), ("不给我全退就投诉", True),
        ("东西不要了", True), ("退全款", True),
        ("不需要全退", False), ("没必要全退吧", False), ("没让你们全退", False),
        ("没说要全退", False), ("不必全额退款", False), ("不想全退", False),
        ("不能全退", False), ("不退全款", False), ("不用全部退", False), ("别全退", False),
    ],
)  # fmt: skip
def test_all_is_wanted_back(text: str, *, wanted: bool) -> None:
    assert demands.wants_all(text) is wanted
