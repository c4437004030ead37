"""What was bought, or came, and when: told before the complaint, and no complaint itself."""

from __future__ import annotations

import pytest

from bot.conversation.words.things.bought import bought_by_others, tells_what_was_bought


@pytest.mark.parametrize(
    "text",
    [
        "今天收到的草莓",
        "买的24罐汽水",
        "昨天到的猕猴桃",
        "收到的杯子",
        "收到的苹果",
        "刚收到的裙子",
        "昨天收到一台空气炸锅",
        "我买了一件毛衣",
        "我上个月买的洗衣机",
        "上周在你家买的电饭煲",
        "在你们店买了两盒车厘子",
        "你好 今天收到的草莓",
        "亲，我昨天买的牛奶，今天收到的",
        "今天收到的草莓 DD20261120000001 4037",
        "草莓今天中午收到的",
    ],
)
def test_what_was_bought_is_no_complaint(text: str) -> None:
    assert tells_what_was_bought(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "收到的是别人的",
        "买的24罐只有20罐",
        "收到的草莓烂了",
        "收到的颜色不对",
        "收到两双",
        "收到一只鞋",
        "收到5瓶水",
        "收到的男款",
        "收到37码的",
        "收到的黑色",
        "收到一块石头",
        "收到的小的",
        "买的两件少一件",
        "买的红色发蓝色",
        "收到的别人的快递",
        "今天到的牛奶胀包了",
        "收到的苹果一股味",
        "昨天买的今天降价了",
        "买的洗衣机漏水",
        "昨天收到的 打不开",
        "买了三天了",
        "我买的毛衣呢",
        "收到了空气",
        "买的杯子要退",
        "收到的盘子碎",
        "收到的锅生锈",
        "收到的冰淇淋化了",
        "收到的螃蟹死的",
        "今天收到的水果蔫了",
        "收到的杯子变形",
        "昨天收到的鞋磨脚",
        "收到的面包硬",
        "收到的面膜拆封",
        "收到的手机翻新机",
        "昨天到的鸡翅解冻",
        "我买的苹果小",
        "买的东西贵",
        "收到的裙子抽丝",
        "我在你家买的电饭煲跳闸",
    ],
)
def test_what_is_wrong_is_heard(text: str) -> None:
    assert tells_what_was_bought(text) is False


@pytest.mark.parametrize(
    "text",
    ["草莓今天中午收到的", "昨天到的", "我是今天刚收到的", "东西前天到货了", "快递24号签收"],
)
def test_what_came_and_when_names_no_matter(text: str) -> None:
    assert tells_what_was_bought(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "昨天收到的衣服破了", "今天还没收到", "怎么今天才到", "昨天没收到", "快递不是昨天到",
        "快递昨天签收我没收到", "包裹显示昨天签收了", "少的今天到了", "坏的昨天收到的",
        "假货昨天到的", "空箱今天收到的",
    ],
)  # fmt: skip
def test_what_is_wrong_with_it_names_one(text: str) -> None:
    assert tells_what_was_bought(text) is False


@pytest.mark.parametrize("text", ["买的花生", "收到的手机卡", "昨天收到的羽毛球", "买了开瓶器"])
def test_a_name_like_a_flaw_is_none(text: str) -> None:
    assert tells_what_was_bought(text) is True


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("我朋友买的杯子碎了", True), ("我朋友在你们家买的茶具碎了", True),
        ("邻居刚买的也是坏的", True), ("给朋友买的碎了", False), ("给我朋友买的碎了", False),
        ("送朋友买的", False), ("朋友帮我买的", False), ("朋友说碎了", False),
        ("我买的碎了", False), ("同事的订单没发货", True), ("我室友那单一直没发", True),
        ("帮我朋友问下 她买的碎了", True), ("替我爸问一下 他的快递没到", True),
        ("老公下的单", True),
        ("给女朋友买的裙子开线了", False), ("送男朋友买的", False), ("给我的朋友买的", False),
        ("帮一个朋友买的", False), ("跟同事拼单买的", False), ("送同事的杯子碎了", False),
        ("给我老公买的鞋", False), ("同事也买了 他的没事 我的碎了", False),
        ("别人买的都好好的 我的坏了", False), ("朋友的生日礼物碎了", False),
    ],
)  # fmt: skip
def test_what_others_bought_is_told_apart(text: str, others: bool) -> None:
    assert bought_by_others(text) == others
