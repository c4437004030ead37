"""Who wants pieces sent and nothing to go back has not called for an exchange."""

from __future__ import annotations

import pytest

from bot.conversation.words.wishes.demands import wants_pieces_sent, wants_sent


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("补一只就行 别换整套", True), ("不能光补三个盘子吗 换整套还得寄回去多麻烦", True),
        ("不想退整个 补我一块板就行", True), ("我要补板不是退钱", True),
        ("补发3包 不要退钱", True),
        ("别换整套 退钱吧", False), ("不想退整个 补我点钱就行", False), ("换整套吧 别补了", False),
        ("补我十块就行 别换整套", False), ("不想退整个 补张照片行吗", False),
        ("能补发两个碗吗 不想寄回", True), ("不要 我说的是补两个碗 其他四个好的", True),
        ("不是换 是补一个杯子", True), ("补一个就行 不用换", True), ("补发吧 懒得寄", True),
        ("给我补发一个", False), ("换个新的吧", False), ("换吧 不想补", False),
        ("不用寄回吧 给我补偿", False), ("寄回去换新的", False), ("补个新的 要寄回吗", False),
    ],
)  # fmt: skip
def test_pieces_sent_and_nothing_back(text: str, wanted: bool) -> None:
    assert wants_pieces_sent(text) is wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("能补发吗 孩子要喝的", True), ("我要补发4盒", True), ("补4罐行吗", True),
        ("不用补了 退钱吧", False), ("别补发了", False), ("补我22块吧", False),
        ("补个差价", False), ("我再补张照片", False), ("行 退我16", False),
    ],
)  # fmt: skip
def test_what_lacks_is_to_be_sent(text: str, wanted: bool) -> None:
    assert wants_sent(text) is wanted
