"""Which articles are named, and when only some of an order is given up."""

from __future__ import annotations

import pytest

from bot.conversation.articles import gives_up_some, named_among, the_one

CUP, TOWEL, CASE = "玻璃杯 500毫升", "纯棉毛巾 两条装", "手机壳 透明"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("玻璃杯碎了", (0,)),
        ("毛巾掉色", (1,)),
        ("毛巾和玻璃杯都不对", (0, 1)),
        ("收到就碎了", ()),
        ("手机尾号1024", ()),
        ("手机上看不到物流", ()),
        ("透明的那个裂了", (2,)),
        ("包装破了", ()),
        ("", ()),
    ],
)
def test_named_by_two_characters(text: str, named: tuple[int, ...]) -> None:
    assert named_among(text, [CUP, TOWEL, CASE]) == named


def test_what_two_titles_share_names_neither() -> None:
    titles = ["五常大米 5千克", "五常大米 10千克", "花生油"]
    assert named_among("大米生虫了", titles) == ()
    assert the_one("花生油漏了", titles) == 2
    assert the_one("大米和花生油都坏了", titles) is None
    assert the_one("除了花生油都坏了", titles) is None
    assert the_one("花生油啊 说了", titles) == 2
    assert the_one("不知道", titles) is None
    assert the_one("花生油和面都坏了", titles) is None


@pytest.mark.parametrize(
    "text",
    [
        "只取消毛巾",
        "毛巾不要了 杯子照发",
        "把毛巾退了 其他的还要",
        "其余的正常发",
        "多拍了一件，退一件",
        "取消其中一件",
        "退一双就行",
        "少要一袋",
        "单独取消毛巾可以吗",
        "毛巾退了 别的都不退",
        "我只想退掉那条毛巾",
        "只退玻璃杯",
        "多买了两盒",
    ],
)
def test_some_is_given_up(text: str) -> None:
    assert gives_up_some(text)


@pytest.mark.parametrize(
    "text",
    [
        "全部取消",
        "整单都不要了",
        "都退了吧",
        "只退款不退货",
        "只要退款",
        "一件收到了另一件还没发",
        "剩下的什么时候发",
        "其他的都到了就这个没到",
        "这一单取消",
        "取消订单",
        "不要了",
        "只退货款",
        "两件都取消",
        "你们只会退款",
        "别的客服都说可以退",
        "三件全退",
        "改成XL码就行，别的不动",
        "地址改一下 其他的不变",
    ],
)
def test_all_is_given_up_or_something_else_is_said(text: str) -> None:
    assert not gives_up_some(text)
