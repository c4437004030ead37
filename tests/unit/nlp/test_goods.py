"""Everyday goods are found by the longest word, and a bad list says where it is bad."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nlp import goods, lexicon
from nlp.errors import LexiconError
from nlp.goods import GROUPS, goods_in
from nlp.lexicon import read_table

HEADER = "group\twords\n"
AMBIGUOUS = ["苹果", "小米", "笔记本", "盒子", "袋子", "瓶子", "箱子", "包装"]


@pytest.fixture
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of word lists of this test's own."""
    monkeypatch.setattr(lexicon, "LEXICON_DIR", tmp_path)
    for read in (read_table, goods._words):
        read.cache_clear()
    yield tmp_path
    for read in (read_table, goods._words):
        read.cache_clear()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("手机充不进电", ["手机"]),
        ("电动牙刷和牙膏", ["电动牙刷", "牙膏"]),
        ("鞋柜掉漆，鞋也脏了", ["鞋柜", "鞋"]),
        ("T恤洗变形了", ["t恤"]),
        ("外面包装破了", []),
        ("面包长毛了", ["面包"]),
        ("苹果烂了一半", []),
        ("", []),
    ],
)
def test_goods_are_found_by_the_longest_word(text: str, words: list[str]) -> None:
    assert [found.word for found in goods_in(text)] == words


def test_a_word_is_found_where_it_stands() -> None:
    (found,) = goods_in("我的手机坏了")
    assert (found.start, found.end, found.groups) == (2, 4, {"electronics"})


def test_a_word_may_be_of_several_groups() -> None:
    (found,) = goods_in("台灯")
    assert found.groups == {"electronics", "home", "books"}


def test_every_group_has_words() -> None:
    rows = read_table("goods.tsv", ("group", "words"))
    assert {group for group, _ in rows} == GROUPS


@pytest.mark.parametrize("word", AMBIGUOUS)
def test_no_ambiguous_word_is_listed(word: str) -> None:
    assert goods_in(word) == []


@pytest.mark.parametrize(
    ("rows", "line", "why"),
    [
        ("food\t坚果\nfod\t饼干", 3, "unknown group 'fod'"),
        ("food\t坚果\n\nfood\t饼干 坚果", 4, "坚果 is in food already"),
        ("food\t面包\nnone\t面包", 3, "面包 cannot be goods and none"),
        ("none\t面包\nfood\t面包", 3, "面包 cannot be goods and none"),
        ("food\t坚果\nfood", 3, "filled columns"),
    ],
)
def test_a_bad_line_is_named(lists: Path, rows: str, line: int, why: str) -> None:
    (lists / "goods.tsv").write_text(f"{HEADER}{rows}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=rf"goods\.tsv:{line}: .*{why}"):
        goods_in("坚果")


def test_a_bad_header_is_named(lists: Path) -> None:
    (lists / "goods.tsv").write_text("group\tword\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"goods\.tsv:1: "):
        goods_in("坚果")
