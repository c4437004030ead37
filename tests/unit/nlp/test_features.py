"""What the classifier looks at, above all what it must not see."""

from __future__ import annotations

import pytest

from nlp.features import name_features
from nlp.normalise import normalise
from nlp.segment import Segmenter, shared_segmenter

# As several shops' systems give them out.
NUMBERS = [
    "JF20261120000013",
    "26112000000003025",
    "DD20261120000030",
    "SO-2026-000030",
    "XS202600000030",
]
TEXTS = [
    "{} 少了5罐",
    "地漏还发不发了 {} 7943",
    "降价了{}",
    "订单{} 杯子炸了",
    "电脑四天没发,退款!{}",
]


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return shared_segmenter()


@pytest.mark.parametrize("text", TEXTS)
def test_no_matter_is_read_by_what_a_shops_numbers_look_like(
    text: str, segmenter: Segmenter
) -> None:
    read = [
        name_features(segmenter.segment(normalise(text.format(number)).text)) for number in NUMBERS
    ]
    assert all(features == read[0] for features in read)
    assert read[0] != name_features(segmenter.segment(normalise(text.format("5")).text))
