"""Pieces that are counted on from those told before, and those that were only opened."""

from __future__ import annotations

import pytest

from bot.conversation.shapes.steps import HandOver
from bot.conversation.words.matters.told_apart import misread
from bot.conversation.words.things.intact import without_opened
from bot.conversation.words.things.more_pieces import (
    all_of_them_back,
    in_all,
    more_wished,
    others_back,
    others_wrong,
    without_uncounted,
)
from bot.conversation.words.wishes.all_back import rest_goes_back
from tests.unit.conversation.talk import BROKEN, TAILS, Talk, complaint, spoke


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("多退一个", 1), ("再多退一个行吗", 1), ("再退一个", 1), ("再加一个", 1), ("加一个吧", 1),
        ("能不能再多退两个", 2), ("再换一双", 1), ("少退一个", -1), ("减一个", -1),
        ("退三个", None), ("多的退一个", None), ("多退了一个", None), ("少退了一个的钱", None),
        ("多买了一个", None), ("再发一个", None), ("差价加一个红包", None), ("少了一个", None),
        ("不用再退一件了", None), ("别再退一件了 就两件", None), ("先不再退一件", None),
        ("不要再多退一个", None), ("没必要再退一件", None), ("不想再退一件", None),
        ("我没说再退一件", None), ("别给我再退一件", None), ("再退一件就不用了", None),
        ("是不是要再退一件", None), ("要不要再退一件", None), ("那我要是再退一件呢", None),
        ("再退一件的话运费多少", None), ("如果再退一件呢", None), ("再退一件要运费吗", None),
        ("为什么要再退一件", None), ("再退一件多少运费", None), ("再退一件吗", None),
        ("为什么少退一件", None), ("怎么少退一件", None), ("凭什么少退我一件", None),
        ("少退我一件", None), ("别少退一件", None), ("不减一件", None),
        ("再多退一个可以吗", 1), ("能再退一件吗", 1), ("可不可以再退一件", 1),
        ("再退一个好不好", 1),
        ("要不再退一件吧", 1), ("可以的话再退一个", 1), ("不好意思 再退一个", 1),
        ("再退一件？", 1),
        ("不合适再退一件吧", 1), ("我可以再退两个吗？", 2), ("少退一个行吗", -1),
        ("能少退一件吗", -1),
        ("减一件 不对 还是两件", -1),
    ],
)  # fmt: skip
def test_more_or_fewer_go_back(text: str, more: int | None) -> None:
    assert more_wished(text) == more


@pytest.mark.parametrize(
    ("text", "wrong", "back"),
    [
        ("其他两盒也不敢吃了 都退", 2, None), ("还有两个也是碎的", 2, None),
        ("又碎了一个", 1, None),
        ("又发现两个坏的", 2, None), ("另外两个也过期了", 2, None), ("另外两个也退", None, 2),
        ("另外三个也没坏", None, None), ("另外两个盘子", None, None), ("又等了两天", None, None),
        ("其他两盒也是好的", None, None), ("我又买了两个", None, None),
        ("其他三件也别退了", None, None), ("另外两件也不用退", None, None),
        ("另外三件也不退", None, None), ("另外三件也甭退", None, None),
        ("其他两个也没想退", None, None),
        ("另外两件也不要退", None, None), ("剩下三件也不想退了", None, None),
        ("另外两件也不要了", None, 2), ("另外两件也不想要了", None, 2),
        ("另外两件也要退", None, 2),
        ("另外三件也退了吧", None, 3), ("如果另外两件也退呢", None, None),
        ("另外四个也裂了吗", None, None), ("另外两个也怕碎", None, None),
        ("另外两个也会碎", None, None), ("另外两个是不是也碎了", None, None),
        ("另外两个估计也碎了", None, None), ("另外两个也碎了？", None, None),
        ("另外两件也能退吗", None, 2), ("另外两个也碎了啊", 2, None),
        ("又发现两个坏的吗", None, None),
    ],
)  # fmt: skip
def test_others_are_counted_too(text: str, wrong: int | None, back: int | None) -> None:
    assert (others_wrong(text), others_back(text)) == (wrong, back)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("别再退一件了 就两件", "别了，就两件"), ("退两件 另外三件不退", "退两件，"),
        ("剩下三件我留着", "着"), ("另外三件我还要", ""), ("两件退，三件不退", "两件退，"),
        ("退三件", "退三件"), ("三件不退了 换吧", "三件不退了 换吧"),
        ("三件不退款吗", "三件不退款吗"),
        ("三件都退", "三件都退"), ("另外三件要退", "另外三件要退"),
        ("三件能不能退", "三件能不能退"),
        ("三件怎么不退", "三件怎么不退"), ("三件留言说过", "三件留言说过"),
    ],
)  # fmt: skip
def test_what_stays_is_no_count_of_what_goes_back(text: str, left: str) -> None:
    assert without_uncounted(text) == left


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("减一件 不对 还是两件", 2), ("再退一件 一共三件", 3), ("再退一个 总共退四个", 4),
        ("再退一件 就一件", None), ("再退一件 我一共买了五件", None), ("一共五件 再退一件", None),
        ("还是两件", None),
    ],
)  # fmt: skip
def test_how_many_that_makes_may_be_told(text: str, pieces: int | None) -> None:
    assert in_all(text) == pieces


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("拆了一包不合适 其他三包没拆", "不合适 其他三包没拆"), ("拆了一包 用了两片", ""),
        ("有一包我拆开了", "有"), ("三包没拆的退掉", "三包没拆的退掉"), ("没拆三包", "没拆三包"),
        ("退一双试过的", "退一双试过的"), ("退掉拆开的一袋", "退掉拆开的一袋"),
        ("把试过的一双退了", "把试过的一双退了"), ("一双试过的退掉", "一双试过的退掉"),
        ("换一双穿过的", "换一双穿过的"), ("试过的一双想退", "试过的一双想退"),
        ("试穿了一双不合适 想退货", "试穿了一双不合适 想退货"),
        ("试了一双，太小", "试了一双，太小"), ("穿了一双 有点大了", "穿了一双 有点大了"),
        ("试了一双不合适 另一双没试", "不合适 另一双没试"), ("拆了一包 想退货", "想退货"),
        ("拆了一包想退货", "想退货"), ("不退拆开的一袋", "不退"), ("试了一双挺合适", "挺合适"),
        ("想退货 拆了一包", "想退货"),
    ],
)  # fmt: skip
def test_what_was_opened_is_no_count_of_what_goes_back(text: str, left: str) -> None:
    assert without_opened(text).strip() == left


@pytest.mark.parametrize(
    ("text", "wrongly"),
    [
        ("另外三包没拆 退三包", True), ("拆了一包不合适 其他三包没拆", True), ("少退一个", True),
        ("没拆 少了一包", False), ("少退了一个", False), ("没收到两包", False),
        ("还没拆就缺一包", False),
        ("没拆过，应该是两袋才一袋", False), ("还没拆 数量不对", False), ("没拆 数目不符", False),
        ("没拆封，发了一袋，我买的两袋", False), ("没动过 应发两袋实收一袋", False),
        ("没拆 才三包", False), ("没拆 实收两件", False), ("没拆 数量对不上", False),
        ("没打开 到手就两袋", False), ("没拆 给我发了一件", False),
        ("没拆 三包都退", True), ("没拆 才买了三天", True), ("没拆 昨天才收到 退两包", True),
        ("没拆 发了两次快递费 退三包", True), ("没拆 才三天 退一包", True),
        ("没拆 刚才退了一包 再退一包", True),
    ],
)  # fmt: skip
def test_what_is_as_it_came_lacks_nothing(text: str, wrongly: bool) -> None:
    assert misread("missing_item", text) == wrongly


@pytest.mark.parametrize(
    ("text", "goes"),
    [
        ("再退一个", True), ("再退一个行吗", True), ("少退一个", False), ("再退一件吧", True),
        ("再多退一件", True), ("另外三件也退了吧", True), ("另外三件也能退吗", True),
        ("另外三件也不退了", False), ("不用再退一件了", False), ("再退一件运费多少", False),
        ("另外三件也退的话呢", False), ("另外三件也要退吗", False), ("另外三件也退了吗", False),
    ],
)  # fmt: skip
def test_one_more_after_the_grant_is_of_those_kept(text: str, goes: bool) -> None:
    assert rest_goes_back(text) == goes


@pytest.mark.parametrize("words", ["再退一件吧", "再多退一件", "另外三件也退了吧"])
def test_others_after_the_grant_are_for_people_and_change_nothing_granted(words: str) -> None:
    told = {"phone_tail": TAILS[BROKEN], "quantity": 2, "quantity_unit": "件"}
    talk = Talk().hear(complaint("damaged", BROKEN, **told), spoke("", photos=(1,)))
    talk.pick("return_refund").pick("confirm")
    talk.say(words, intent="ask_policy", quantity=3, quantity_unit="件")
    assert [step.reason for step in talk.steps if isinstance(step, HandOver)] == ["E13"]
    assert talk.matter.quantity == 2
    assert talk.say("就退那一件", quantity=1, quantity_unit="件").matter.quantity == 2


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("三盒都退吧", 3), ("三盒我都不要了", 3), ("两件一起退", 2), ("这三件全部退掉", 3),
        ("三件一并退", 3), ("不用三件都退", None), ("不想三件都退", None), ("别三盒都退", None),
        ("客服说三盒都退", None), ("昨天三盒都退了", None),
        ("三盒都退吗", None), ("不是三盒都退", None), ("三盒都不要退", None),
        ("三盒都碎了 都退吧", None),
        ("三盒都退款了吗", None), ("三盒都没收到", None), ("三盒都退运费", None),
        ("要是三盒都退呢", None),
        ("退一盒", None),
    ],
)  # fmt: skip
def test_all_that_are_counted_go_back(text: str, pieces: int | None) -> None:
    assert all_of_them_back(text) == pieces
