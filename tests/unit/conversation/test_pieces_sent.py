"""Who wants pieces sent and nothing to go back has not called for an exchange."""

from __future__ import annotations

import pytest

from bot.conversation.words.wishes.demands import wants_pieces_sent


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("能补发两个碗吗 不想寄回", True), ("不要 我说的是补两个碗 其他四个好的", True),
        ("不是换 是补一个杯子", True), ("补一个就行 不用换", True), ("补发吧 懒得寄", True),
        ("给我补发一个", False), ("换个新的吧", False), ("换吧 不想补", False),
        ("不用寄回吧 给我补偿", False), ("寄回去换新的", False), ("补个新的 要寄回吗", False),
    ],
)  # fmt: skip
def test_pieces_sent_and_nothing_back(text: str, wanted: bool) -> None:
    assert wants_pieces_sent(text) is wanted
