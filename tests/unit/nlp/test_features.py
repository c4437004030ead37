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


def _read(text: str, segmenter: Segmenter) -> set[str]:
    return set(name_features(segmenter.segment(normalise(text).text)))


@pytest.mark.parametrize(
    "told",
    [
        "{no} {tail} {text}", "{text} {no} {tail}", "{text},{no}", "订单{no},尾号{tail},{text}",
        "{text} 订单号:{no} 手机尾号是{tail}", "{tail} {no} {text}", "{text} {no}和{no} {tail}",
        "{no} 手机后四位{tail} {text}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("text", ["降价了", "少了5罐", "三天了怎么还没到", "花了3000块,碎了"])
def test_a_matter_is_read_as_if_nobody_had_said_whose_order_it_is(
    told: str, text: str, segmenter: Segmenter
) -> None:
    for number in NUMBERS:
        whole = told.format(no=number, tail="7943", text=text)
        assert _read(whole, segmenter) == _read(text, segmenter)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("付了2000 DD20261120000030 没发货", "A"),  # a sum, and no phone's tail
        ("DD20261120000030 7943元多收了", "A"),
        ("DD20261120000030", "O"),  # nothing but the number
        ("电话改成13812345678 DD20261120000030", "P"),
    ],
)
def test_other_numbers_are_still_seen(text: str, kept: str, segmenter: Segmenter) -> None:
    assert kept in _read(text, segmenter)


def test_what_shall_be_cancelled_is_still_an_order(segmenter: Segmenter) -> None:
    assert _read("我要取消订单DD20261120000030", segmenter) == _read("我要取消订单", segmenter)
