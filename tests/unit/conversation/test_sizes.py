"""Which size is wanted instead, and by whom it is left open; what only looks like it is not."""

from __future__ import annotations

import pytest

from bot.conversation.words.things.sizes import (
    bare_size,
    chosen_badly,
    exchanged_for,
    fits_badly,
    leaves_it_open,
    told_by_fit,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("我想换XL", "XL"), ("换43码", "43码"), ("那换31码", "31码"), ("换黑色的", "黑色"),
        ("换小一号", "小一号"), ("鞋子买小了想换大一码", "大一码"), ("换双43码的", "43码"),
        ("能换43码吗", "43码"), ("换个大一点的", "大一点"), ("换黑色XL", "黑色XL"),
        ("不换XL了", None), ("别换大一码", None), ("换个颜色", None), ("换别的颜色", None),
        ("换大点的箱子发", None), ("换50块券", None), ("换两个", None), ("换个好的", None),
        ("换个快递", None), ("换43码要多久", None), ("改成L码了吗", None), ("换微信号", None),
        ("换同色", None), ("换错色", None), ("换了黑色", None), ("别给我换黑色", None),
        ("换80B的", "80B"), ("换成75c吧", "75c"), ("换65W的", None), ("换80Bit的", None),
        ("不换80B了", None), ("为什么换蓝色", None), ("帮我换成深蓝色", "深蓝色"),
    ],
)  # fmt: skip
def test_a_size_is_wanted_in_place_of_what_came(text: str, value: str | None) -> None:
    assert exchanged_for(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("80B", "80B"), ("43码", "43码"), ("XL", "XL"),
        ("黑色的", "黑色"), ("大一码就行", "大一码"),
        ("L码吧", "L码"), ("43", "43"), ("好的", None), ("2", None), ("要的", None),
        ("4033", None), ("219", None), ("小问题", None), ("红包", None), ("退", None),
        ("要不XXL吧", "XXL"), ("还是XL吧", "XL"), ("算了，黑色的", "黑色"), ("不要XL", None),
        ("还是大一号", None), ("还是小了", None), ("要不退了吧", None), ("还是M码太小", None),
    ],
)  # fmt: skip
def test_a_size_is_all_that_is_said(text: str, value: str | None) -> None:
    assert bare_size(text) == value


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("随便", True), ("都行", True), ("你们看着办", True), ("不知道", True),
        ("我也不知道穿多大", True), ("好的", False), ("等一下", False), ("那退吧", False),
        ("运费谁出", False), ("算了", False), ("我175 140斤穿多大", True), ("什么码合适", True),
        ("没有尺码啊", True), ("换个一样的", True), ("哪个码", True), ("大一点的", False),
        ("L码", False), ("43码", False), ("同款L码", False), ("黑色XL", False), ("大一号", False),
        ("不清楚为什么", False), ("我不确定要不要换", False),
    ],
)  # fmt: skip
def test_who_cannot_name_a_size_leaves_it_open(text: str, *, open_: bool) -> None:
    assert leaves_it_open(text) == open_


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("大一点的", True), ("小两号", True), ("最大的", True), ("大一号有货吗", False),
        ("不知道", False), ("好的", False), ("太大了", False),
    ],
)  # fmt: skip
def test_how_it_is_to_fit_tells_a_size(text: str, *, told: bool) -> None:
    assert told_by_fit(text) == told


@pytest.mark.parametrize(
    "text",
    ["鞋子小了", "鞋小了，穿不进去", "衣服大了", "衣服有点小", "裤子太长了", "鞋子不合脚",
     "小了一码", "穿着有点紧", "卫衣穿着太大了", "衣服不合身", "衣服买小了"],
)  # fmt: skip
def test_what_is_worn_fits_badly(text: str) -> None:
    assert fits_badly(text)


@pytest.mark.parametrize(
    "text",
    ["裤子拉链太紧", "鞋子声音大", "衣服大小不一", "鞋子一只大一只小", "鞋子洗一次小了",
     "标M实际S", "衣服尺寸做小了", "偏码严重", "声音小了", "屏幕太小", "草莓太小了",
     "衣服破了个小洞", "发错了小一码", "衣服线头太长", "鞋带太短了", "鞋盒小了", "鞋底掉了 穿不上",
     "分量小了", "衣服小了一件", "裤子小了两条", "买小了件数", "小了一件", "字小了看不清",
     "胃口小了"],
)  # fmt: skip
def test_what_was_made_or_sent_wrong_does_not_only_fit_badly(text: str) -> None:
    assert not fits_badly(text)


@pytest.mark.parametrize(
    "text",
    [
        "沙发套买小了套不进去", "窗帘杆 杆买短了", "桌布买窄了", "柜子买大了放不下", "尺寸买错了",
        "床单拍小了", "灯泡型号买错了", "粉底液颜色买错了", "地毯选大了", "买错了",
    ],
)  # fmt: skip
def test_what_was_chosen_badly_is_told_of_any_article(text: str) -> None:
    assert chosen_badly(text)


@pytest.mark.parametrize(
    "text",
    [
        "我没买错", "你们发错了 不是我买错了", "买小了三件", "买大米送的勺子坏了",
        "是不是我买错了",
        "页面标2米 买短了", "地址买错了", "买短裤两条", "客服推荐的 买大了",
        "不是买小了 是发成小码", "买错了 你发小了",
    ],
)  # fmt: skip
def test_what_the_shop_may_have_done_is_no_choice_of_theirs(text: str) -> None:
    assert not chosen_badly(text)


def test_the_number_of_a_shade_is_what_is_wanted() -> None:
    assert exchanged_for("换02号") == "02号"
    assert exchanged_for("改成15号送") is None
