"""Words are cut by jieba with our lexicon, numbers stay whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.normalise import normalise
from nlp.segment import Segmenter


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
    assert segmenter._jieba is not Segmenter()._jieba


@given(text=st.text(max_size=60))
def test_tokens_lie_in_order_and_cover_all_but_spaces(segmenter: Segmenter, text: str) -> None:
    plain = normalise(text).text
    tokens = segmenter.segment(plain)
    assert all(plain[token.start : token.end] == token.text for token in tokens)
    spaceless = "".join(token.text for token in tokens).replace(" ", "")
    assert spaceless == plain.replace(" ", "")
