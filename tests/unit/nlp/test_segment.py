"""Words are cut by jieba with our lexicon, numbers stay whole."""

from __future__ import annotations

from pathlib import Path

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.corpus import load_corpus
from nlp.lexicon import LEXICON_DIR
from nlp.normalise import normalise
from nlp.segment import Segmenter

CORPUS = Path(__file__).resolve().parents[3] / "data" / "corpus"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("JF20261101001还没发货", "jf20261101001"),
        ("单号SF1234567890123", "sf1234567890123"),
        ("退我19块9", "19块9"),
        ("11月3号买的", "11月3号"),
        ("电话13812345678", "13812345678"),
        ("等了[数字x]天", "[数字]"),
        ("能价保吗", "价保"),
        ("一直没收到", "没收到"),
        ("要仅退款", "仅退款"),
    ],
)
def test_kept_whole(segmenter: Segmenter, text: str, whole: str) -> None:
    assert whole in [token.text for token in segmenter.segment(normalise(text).text)]


def test_our_lexicon_stays_out_of_the_global_jieba(segmenter: Segmenter) -> None:
    assert "仅退款" in segmenter.cut("我要仅退款")
    assert "仅退款" not in jieba.lcut("我要仅退款")


@pytest.fixture(scope="module")
def twin() -> jieba.Tokenizer:
    """Plain jieba with our lexicon."""
    tokenizer = jieba.Tokenizer()
    for word in (LEXICON_DIR / "userdict.txt").read_text(encoding="utf-8").split():
        tokenizer.add_word(word)
    return tokenizer


def test_it_cuts_the_whole_corpus_as_jieba_does(
    segmenter: Segmenter, twin: jieba.Tokenizer
) -> None:
    for example in load_corpus(CORPUS)[::3]:
        plain = normalise(example.text).text
        assert segmenter.cut(plain) == twin.lcut(plain)


@given(text=st.text(alphabet="退款了吗abc1. ,%-我的货没到怎么办犇龘\n", max_size=40))
def test_it_cuts_any_text_as_jieba_does(
    segmenter: Segmenter, twin: jieba.Tokenizer, text: str
) -> None:
    assert segmenter.cut(text) == twin.lcut(text)


@given(text=st.text(max_size=60))
def test_tokens_lie_in_order_and_cover_all_but_spaces(segmenter: Segmenter, text: str) -> None:
    plain = normalise(text).text
    tokens = segmenter.segment(plain)
    assert all(plain[token.start : token.end] == token.text for token in tokens)
    spaceless = "".join(token.text for token in tokens).replace(" ", "")
    assert spaceless == plain.replace(" ", "")
