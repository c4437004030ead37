"""Any text is brought into one plain form, and each character knows where it came from."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.normalise import HEAD_CHARS, TAIL_CHARS, _rewritten, _unmoved, normalise


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("退退退款!!!", "退款!"),
        ("退款退款退款", "退款"),
        ("ＪＦ２０２６", "jf2026"),
        ("轉人工", "转人工"),
        ("我要退 款", "我要退款"),
        ("转 人 工", "转人工"),
        ("用了两天 坏了", "用了两天 坏了"),
        ("退\u200b款", "退款"),
        ("退\x00款", "退款"),
        ("气死了😡", "气死了生气"),
        ("👍🏽", "好评"),
        ("🦄", ""),
        ("tk", "退款"),
        ("我要tk", "我要退款"),
        ("stk100", "stk100"),
        ("优惠卷没用上", "优惠券没用上"),
        ("鑑賞期內退費", "七天无理由内退款"),
        ("等了[数字x]天", "等了[数字]天"),
        ("你好#E-s[数字x]", "你好"),
        ("单号11112222", "单号11112222"),
        ("谢谢", "谢谢"),
        ("", ""),
    ],
)
def test_plain_form(text: str, plain: str) -> None:
    assert normalise(text).text == plain


def test_bare_form_leaves_out_what_stands_between() -> None:
    assert normalise("转😡人。工").bare == "转人工"


def test_a_longer_word_is_replaced_before_a_shorter_one() -> None:
    assert normalise("咋还不发货").text == "怎么还不发货"


def test_spans_lead_back_to_the_original() -> None:
    text = "啊啊啊 優惠卷"
    message = normalise(text)
    start = message.text.index("优惠券")
    begin, end = message.span(start, start + 3)
    assert text[begin:end] == "優惠卷"


def test_a_very_long_text_is_cut_in_the_middle_and_quickly() -> None:
    started = time.perf_counter()
    message = normalise("退款。" * 400_000 + "转人工")
    assert time.perf_counter() - started < 1
    assert len(message.text) <= HEAD_CHARS + TAIL_CHARS
    assert message.text.endswith("转人工")


@given(st.text(max_size=80))
def test_any_text_maps_back(text: str) -> None:
    message = normalise(text)
    assert len(message.offsets) == len(message.text)
    assert all(0 <= start < end <= len(text) for start, end in message.offsets)
    starts = [start for start, _ in message.offsets]
    assert starts == sorted(starts)


@given(st.text(alphabet="退款 货!。啊1a发tk🙏", max_size=30))
def test_a_plain_text_stays_as_it_is(text: str) -> None:
    once = normalise(text).text
    again = normalise(once).text
    assert normalise(again).text == normalise(normalise(again).text).text
    assert len(again) <= len(once)


@given(
    st.text(max_size=40) | st.text(alphabet="退款 货!,。、啊1a发tk卷優惠劵快弟[]#🙏", max_size=30)
)
def test_the_short_way_gives_what_all_steps_give(text: str) -> None:
    short, whole = _unmoved(text), _rewritten(text)
    if short is not None:
        assert (short.text, short.bare, short.offsets) == (whole.text, whole.bare, whole.offsets)


@pytest.mark.parametrize(
    "text", ["一坏就找不到人", "打坏了", "一拉就拉坏了", "捏坏的", "🙏打坏了"]
)
def test_broken_is_no_blank(text: str) -> None:
    assert "坏" in normalise(text).text  # the phrases of OpenCC's table have 坯 there


def test_most_messages_go_the_short_way() -> None:
    assert _unmoved("我昨天下的单,怎么还没发货") is not None
    assert _unmoved("退退退款") is None


@pytest.mark.parametrize(
    "text",
    [
        "没有一点解释",
        "有点解决不了",
        "一直没得到回复",
        "慢得不得了",
        "收放起来",
        "坐着能听到咯吱响",
        "恁贵",
    ],
)
def test_regional_words_are_not_seen_inside_others(text: str) -> None:
    assert normalise(text).text == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("咋个还不发", "怎么还不发"), ("點解仲未到", "为什么还未到"), ("没得人接", "没有人接"),
        ("压根没收着件", "压根没收到件"), ("俺的货啥前儿到", "我的货什么时候到"),
    ],
)  # fmt: skip
def test_regional_words_are_read(text: str, plain: str) -> None:
    assert normalise(text).text == plain
