"""Which of an order's articles go back, by what is said of them."""

import pytest

from bot.conversation.words.wishes.all_back import (
    adds_to_return,
    all_go_back,
    each_goes_back,
    leaves_out,
    names_all_to_go,
    names_other_piece,
    only_one_back,
    rest_goes_back,
    some_go_back,
    wishes_all_back,
)

TITLES = ["加绒卫衣", "运动裤"]


@pytest.mark.parametrize(
    "text",
    [
        "两件都退", "都退了吧", "那就一起退吧", "整单退", "两件都退一共退多少", "都不要了",
        "算了 两件一起退", "干脆全都退掉", "两件都退的话退多少钱", "2件都退",
        "两箱都退", "两盒都不要了", "两把都退", "两样一起退",
    ],
)  # fmt: skip
def test_all_of_it_goes_back(text: str) -> None:
    assert all_go_back(text, 2)


@pytest.mark.parametrize(
    "text",
    [
        "全退", "钱都退了吗", "都退给我", "三件都退", "都不退了", "运费也一起退", "赠品一起退吗",
        "都退了没", "一起", "两件都不喜欢", "全额退款", "钱要全都退回来", "吊牌一起退吗",
        "都别退了", "都退了？", "两件都退了?", "两件都退了吧？", "都退了啊?",
    ],
)  # fmt: skip
def test_money_or_less_is_not_all_of_it(text: str) -> None:
    assert not all_go_back(text, 2)


@pytest.mark.parametrize(
    ("told", "all_back"),
    [
        ("都不要了 全退 DD20261120000014 4518", True), ("全都退了吧", True), ("两件都退", True),
        ("不喜欢，全部退掉", True), ("全退\nDD20261120000014", True), ("所有的都退", True),
        ("东西不合适 我想都退了", True), ("整单退货", True),
        ("不想要了", False), ("三件都退", False), ("都退了吗", False), ("全退了没", False),
        ("全额退款", False), ("都退了 卫衣留着", False), ("运动裤不要了 全退", False),
        ("全退我", False), ("退一件", False),
    ],
)  # fmt: skip
def test_who_gives_back_says_that_it_is_all(told: str, all_back: bool) -> None:
    assert wishes_all_back(told, 2, TITLES) is all_back


@pytest.mark.parametrize("text", ["运动裤不退了", "运动裤还是不退了", "裤子我留着", "裤子先不退"])
def test_an_article_stays(text: str) -> None:
    assert leaves_out(text)


@pytest.mark.parametrize(
    "text", ["裤子也退", "卫衣不退 退裤子", "裤子不退吗", "不退款就投诉", "裤子是不是不能退"]
)
def test_an_article_does_not_stay(text: str) -> None:
    assert not leaves_out(text)


def test_only_one_goes_back() -> None:
    assert only_one_back("还是只退卫衣吧")
    assert only_one_back("就退卫衣")
    assert not only_one_back("怎么只退卫衣")
    assert not only_one_back("卫衣就只退这么点")


@pytest.mark.parametrize(
    ("told", "text", "all_named"),
    [
        ("我想退货", "卫衣和运动裤", True),
        ("卫衣想退", "运动裤也一起退吧", True),
        ("卫衣想退", "运动裤", False),
        ("我想退货", "卫衣", False),
        ("我想退货", "卫衣还是裤子来着", False),
        ("我想退货", "卫衣 运动裤不退", False),
        ("我想退货", "不是运动裤 是卫衣", False),
        ("我想退货", "只退卫衣 运动裤留着", False),
        ("我想退货", "卫衣、裤子都退了吧", True),
        ("我想退货", "卫衣 运动裤", True),
        ("我想退货", "这件卫衣和那条裤子我都不想要了", True),
        ("我想退货", "卫衣要退 还有运动裤", True),
        ("我想退货", "退卫衣，裤子很合适", False),
        ("我想退货", "卫衣退，裤子挺合适", False),
        ("我想退货", "卫衣太大了 运动裤合身", False),
        ("我想退货", "卫衣 运动裤洗过了", False),
        ("我想退货", "卫衣退 运动裤要", False),
        ("我想退货", "退卫衣，运动裤给我妹妹穿", False),
        ("我想退货", "卫衣，运动裤等我试了再说", False),
        ("我想退货", "卫衣比运动裤大", False),
        ("我想退货", "和运动裤一起买的卫衣", False),
        ("卫衣太大了，运动裤合身", "卫衣也退", False),
    ],
)
def test_which_is_answered_with_all(told: str, text: str, all_named: bool) -> None:
    assert names_all_to_go(text, told, TITLES) is all_named


@pytest.mark.parametrize(
    ("told", "each"),
    [
        ("卫衣想退 运动裤也想退", True),
        ("卫衣不想要了，运动裤也退", True),
        ("卫衣想退 运动裤不退", False),
        ("卫衣想退 运动裤换货", False),
        ("卫衣想退 运动裤很好", False),
        ("卫衣退了 运动裤没退", False),
        ("卫衣和运动裤退哪件", False),
        ("卫衣想退", False),
        ("卫衣和运动裤都想退", True),
        ("退卫衣，退运动裤", True),
        ("卫衣想退，运动裤退过了", False),
        ("卫衣想退，运动裤上次退了", False),
        ("卫衣想退，运动裤前天刚退", False),
        ("卫衣想退，运动裤不想退", False),
        ("卫衣想退，运动裤退货好麻烦", False),
    ],
)
def test_each_is_wished_back(told: str, each: bool) -> None:
    assert each_goes_back(told, TITLES) is each


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("剩下两条也退了吧", True),
        ("剩下的也不想要了", True),
        ("其余的都退", True),
        ("另一双也想退了行不", True),
        ("另外一双也退 没穿过", True),
        ("剩那件我也不想要了", True),
        ("另一双不退", False),
        ("另外的钱也退给我", False),
        ("剩下的不退", False),
        ("剩下两条留着", False),
        ("剩下的钱也退给我", False),
        ("剩下的退款呢", False),
        ("剩下两条什么时候退", False),
    ],
)
def test_the_rest_goes_back(text: str, back: bool) -> None:
    assert rest_goes_back(text) is back


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("另一件T恤有个破洞 也要退货", True),
        ("剩下那双开胶了 质量问题 退货", True),
        ("另外一件也有破洞", True),
        ("剩下的那件掉色严重", True),
        ("留着的没事，其余两条都起球", True),
        ("剩那件给点补偿", True),
        ("剩那件我留着穿", False),
        ("另外颜色也不对", False),
        ("另一个问题 掉色", False),
        ("另一个快递也破了", False),
        ("剩下的钱什么时候退", False),
        ("退的那件有破洞 另一件挺好的", False),
        ("这件有破洞", False),
        ("还有一件事 有破洞", False),
    ],
)
def test_a_piece_that_was_kept_is_spoken_of(text: str, other: bool) -> None:
    assert names_other_piece(text) is other


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("裤子也退", True),
        ("运动裤退了吧", True),
        ("裤子也退掉行吗", True),
        ("裤子能退吗", True),
        ("裤子也不想要了 一起退吧", True),
        ("还有裤子", True),
        ("运动裤也退货退款", True),
        ("裤子退货要运费不 我看看再说", False),
        ("裤子退货要运费不", False),
        ("上次裤子退货很快", False),
        ("裤子退货要付运费的话就算了", False),
        ("裤子退货也挺麻烦的", False),
        ("裤子也退的话", False),
        ("裤子也退不", False),
        ("裤子挺好的", False),
        ("裤子", False),
        ("一起退", False),
    ],
)
def test_an_article_goes_back_as_well(text: str, added: bool) -> None:
    assert adds_to_return(text, TITLES) is added


@pytest.mark.parametrize(
    ("told", "places"),
    [
        ("裙子和包都不要了 鞋留着", [0, 1]), ("裙子不要了，包也想退", [0, 1]),
        ("裙子和鞋都退了 包留着", [0, 2]), ("包和裙子都退吧 鞋我还要", [0, 1]),
        ("裙子或者包想退一个 鞋留着", []), ("裙子和包都不退 鞋退", []),
        ("裙子和包都退，裙子留着", []),
        ("裙子退 包和鞋能退吗", []), ("裙子包和鞋都退", []), ("裙子退一件 包也退", []),
        ("裙子不要了", []), ("快递包和裙子都退", []),
    ],
)  # fmt: skip
def test_some_of_several_go_back(told: str, places: list[int]) -> None:
    assert sorted(some_go_back(told, ["连衣裙", "帆布包", "运动鞋"])) == places
