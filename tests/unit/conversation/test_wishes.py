"""Wishes told by a verb or by the pieces given back, whatever the classifier took them for."""

import pytest

from bot.conversation.words.wishes.told import gives_pieces_back, told_wish


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("还是退了吧", "want_refund"),
        ("算了还是退货吧 穿不了", "want_return"),
        ("等等,我还是想换新的,能改吗", "want_exchange"),
        ("能不能改成换货", "want_exchange"),
        ("那就退款行不行", "want_refund"),
        ("给我换一件新的", "want_exchange"),
        ("还是要退款", "want_refund"),
        ("不想折腾了就给我退款", "want_refund"),
        ("我不要了给我退款", "want_refund"),
        ("衣服没法穿给我退了", "want_refund"),
        ("商家发错了 给我退款", "want_refund"),
        ("那锅不要了能退多少", "want_refund"),
        ("不想要了可以退吗", "want_refund"),
    ],
)
def test_the_verb_is_the_wish(text: str, wish: str) -> None:
    assert told_wish(text) == wish


@pytest.mark.parametrize(
    "text",
    [
        "还是退不了",
        "给我退了吗",
        "不要退货",
        "就退了10块",
        "还是退这么点",
        "我要退货的话运费谁出",
        "再不发我就要退款",
        "退款多久到账",
        "换货流程是什么",
        "早知道我要退货",
        "别给我换",
        "还是退不了款",
        "我想退货运费谁出",
        "改成退到微信",
        "不要给我退款",
        "商家给我退款了",
        "没人给我退",
        "我没说我要退",
        "不批就给我退款",
        "那能退多少",
        "不是不要了能退吗",
        "如果不要了能退吗",
    ],
)
def test_what_only_names_a_remedy_is_no_wish(text: str) -> None:
    assert told_wish(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "退一件",
        "卫衣退一件",
        "想退其中一条",
        "我退两双",
        "三件退掉2件",
        "有一条尺码不对 想退一条",
        "怎么退一件",
        "退一箱",
        "想退两把",
    ],
)
def test_pieces_are_given_back(text: str) -> None:
    assert gives_pieces_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "退一半",
        "退一块钱",
        "退一份",
        "不退一件",
        "退一件的钱",
        "退一个月工资",
        "退我一次",
        "退两件的差价",
        "退10个点",
        "退一盒运费",
        "没退一件",
        "如果退一件呢",
        "怎么只退一件",
        "已经退了一件",
    ],
)
def test_sums_and_parts_are_no_pieces(text: str) -> None:
    assert not gives_pieces_back(text)
