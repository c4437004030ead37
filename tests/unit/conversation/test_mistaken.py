"""What was told by mistake: another article, another fault."""

from __future__ import annotations

import pytest

from bot.conversation.words.matters.mistaken import (
    article_instead,
    fault_instead,
    no_fault_after_all,
    was_never_told,
)
from tests.unit.conversation.talk import spoke

TITLES = ["纯棉毛巾", "电动牙刷", "保温杯"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("说错了，是保温杯", 2),
        ("不是毛巾，是牙刷坏了", 1),
        ("点错了 是牙刷", 1),
        ("说错了", None),
        ("说错了，是毛巾", None),
        ("换成保温杯吧", None),
        ("牙刷没错", None),
        ("不是毛巾，是牙刷和保温杯", None),
        ("不是牙刷吗", None),
        ("是毛巾，不是牙刷", None),
        ("保温杯", None),
        ("我没说错，保温杯坏了", None),
        ("没有弄错，是牙刷坏了", None),
        ("说错了，保温杯也碎了", None),
        ("说错了，还有保温杯碎了", None),
        ("说错了，是保温杯碎了，怪我", 2),
        ("我刚才弄错了，保温杯坏了", 2),
    ],
)
def test_the_article_meant_instead_of_the_towel(text: str, meant: int | None) -> None:
    assert article_instead(text, TITLES, 0) == meant


@pytest.mark.parametrize(
    ("issue", "text", "heard", "meant"),
    [
        ("missing_item", "我弄错了,没少,是碎了一个", ("damaged",), "damaged"),
        ("wrong_item", "不对,是碎了,不是发错", ("wrong_item",), "damaged"),
        ("wrong_item", "说错了,是伞骨断了,颜色没错", (), "damaged"),
        ("damaged", "说错了，没碎，是少了一个", ("missing_item",), "missing_item"),
        ("missing_item", "不对，还碎了一个", ("damaged",), None),
        ("missing_item", "没少，谢谢", (), None),
        ("missing_item", "弄错了，没少", (), None),
        ("wrong_item", "颜色没错，就是发错了一件", ("wrong_item",), None),
        ("damaged", "不对，没碎吧？", (), None),
        ("defect", "说错了，是掉色", ("defect",), None),
        ("missing_item", "我没说错,没少,是碎了一个", ("damaged",), None),
    ],
)
def test_the_fault_meant_instead(
    issue: str, text: str, heard: tuple[str, ...], meant: str | None
) -> None:
    assert fault_instead(issue, spoke(text, issues=heard)) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("没问题就是磨脚", True), ("质量没问题 就是有点磨脚", True), ("没坏 挤脚", True),
        ("没什么问题，就是不跟脚", True), ("鞋没毛病 就是顶脚", True),
        ("没问题 换吧", False), ("没问题", False), ("磨脚", False), ("没问题吗 磨脚", False),
        ("没问题就是磨脚 还开胶", False), ("鞋底断了 磨脚", False),
    ],
)  # fmt: skip
def test_goods_that_only_fit_badly_have_no_fault(text: str, meant: bool) -> None:
    assert no_fault_after_all("defect", spoke(text)) is meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("?? 我没说坏了啊", True), ("我没有说质量问题 不用处理了", True), ("我又没说有问题", True),
        ("没提过故障呀", True), ("机器没坏 就差价的事", True), ("东西没问题 只是问价格的事", True),
        ("我没说坏了 是掉色", False), ("我没说坏了 是碎了", False), ("我没说坏了 我要换", False),
        ("我没说问题解决了啊", False), ("我没说毛病不大", False), ("我没说坏了吗", False),
        ("没坏 就是漏水的事", False), ("我没说质量问题就不退", False), ("机器没坏", False),
        ("我没说坏了 是屏幕有个黑点", False), ("我没说质量问题 就是差价", True),
        ("谁说没坏 就这点事", False), ("坏了 就这点事", False), ("我没说坏了 是少了一个", False),
    ],
)  # fmt: skip
def test_a_fault_that_was_never_told_of(text: str, meant: bool) -> None:
    assert was_never_told("defect", spoke(text)) is meant
    assert not was_never_told("slow", spoke(text))
