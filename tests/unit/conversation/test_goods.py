"""Whether the goods complained of are those of the order, and what is said when they are not."""

from __future__ import annotations

from typing import Any

import pytest

from bot.conversation.shapes import events as ev
from bot.conversation.shapes.steps import Ask, HandOver, ListOrders, Offer
from bot.conversation.words.things.goods import (
    gives_up_other_goods,
    means_only_one,
    means_this_order,
    names_other_goods,
)
from bot.orders.demo import FILE_PREFIX, demo_stories
from tests.factories import NOW
from tests.flows.scenarios.orders import order
from tests.flows.scenarios.script import Scenario, load
from tests.unit.conversation.talk import BROKEN, ORDERS, TAILS, UNKNOWN, Talk, complaint, spoke

NUTS = f"{FILE_PREFIX}020"
PHONE = f"{FILE_PREFIX}014"
COOKIES = f"{FILE_PREFIX}013"
CUPS = ["耐热玻璃水杯 6只装"]
COAT = ["羊毛大衣 驼色 M码"]
OWNER = ORDERS[NUTS]["customer"]["phone"]
SCENARIOS = [scenario for scenario in load() if scenario.file != "goods"]
FACTS = {"other": "JF2",
    "no": "SO-2026-000123", "spaced": "DD 2026 1120 000123", "wrong": "XS202600000001",
    "tail": "4037", "phone": "13900004037",
}  # fmt: skip

DIFFER = [
    ("手机充不进电", ["每日坚果500克"]),
    ("手机坏了26110100000000001", ["每日坚果500克"]),
    ("我买的手机屏幕碎了", ["每日坚果500克"]),
    ("你们发给我的手机充不进电", ["每日坚果500克"]),
    ("手机上周买的，今天开不了机", ["每日坚果500克"]),
    ("手机后盖裂了", COAT),
    ("现在手机老是自动关机", CUPS),
    ("收到手机就黑屏", CUPS),
    ("一看手机屏幕就是裂的", COAT),
    ("这种手机质量太差", COAT),
    ("耳机左边没声音", ["云南蓝莓 12盒装"]),
    ("洗衣机不脱水了", ["每日坚果500克", "海苔苏打饼干"]),
    ("台灯一闪一闪的", ["红颜草莓 3斤"]),
    ("毛衣起球严重", ["星河手机 8+256G"]),
    ("T恤洗一次就掉色", ["316不锈钢保温壶 1升"]),
    ("鞋子开胶了", ["每日坚果500克"]),
    ("面霜变质了有股怪味", COAT),
    ("蛋糕发霉了", ["高速吹风机 雾蓝"]),
    ("面包长毛了", ["27英寸2K显示器"]),
    ("杯子收到就是碎的", ["白鸭绒长款羽绒服 红色 L码"]),
    ("玩具坏了，轮子都掉了", ["云南蓝莓 12盒装"]),
    ("绿萝收到就烂根了", ["星河手机 8+256G"]),
]  # fmt: skip
ALIKE = [
    # Nothing named, or what is named fits.
    ("充不进电", ["每日坚果500克"]),
    ("收到就是碎的", ["星河手机 8+256G"]),
    ("坚果有股哈喇味", ["每日坚果500克"]),
    ("手机充不进电", ["65瓦氮化镓充电器"]),
    ("牙刷不震动了", ["电动牙刷"]),
    ("杯子漏水", ["316不锈钢保温壶 1升"]),
    ("裤子拉链坏了", COAT),
    ("榴莲切开里面一半是坏的", ["红颜草莓 3斤"]),
    ("手机充不进电", ["每日坚果500克", "星河手机 8+256G"]),
    ("坚果碎了，连手机都砸坏了", ["每日坚果500克"]),
    # Titles that no list knows, or that only borrow a word.
    ("手机充不进电", ["神秘福袋"]),
    ("手机充不进电", ["每日坚果500克", "神秘福袋"]),
    ("衣服起球", ["燕麦色 宽松打底"]),
    ("手机充不进电", ["蛋糕模具 6寸"]),
    ("手机充不进电", []),
    # A means, not the thing.
    ("烂了一半，手机尾号1024", ["红颜草莓 3斤"]),
    ("全烂了 手机1024", ["红颜草莓 3斤"]),
    ("收到就坏了，收货手机是13800001024", ["红颜草莓 3斤"]),
    ("用手机拍的照片，全发霉了", ["每日坚果500克"]),
    ("手机上看着挺好，到手全碎了", CUPS),
    ("手机没电了拍不了，反正是碎的", CUPS),
    ("我手机坏了拍不了照，收到就碎了", CUPS),
    ("我在电脑上下的单，收到就破了", CUPS),
    ("洗衣机洗了一次就缩水", COAT),
    ("微波炉热了两分钟还是酸的", ["酱牛肉 250克"]),
    ("洗衣服洗不干净，转起来还响", ["波轮洗衣机 8公斤"]),
    # A place, a victim, a likeness, another word.
    ("放桌子上一会儿就流水了", ["红颜草莓 3斤"]),
    ("一直搁冰箱里，还是发霉了", ["红颜草莓 3斤"]),
    ("打开冰箱一看全发霉了", ["红颜草莓 3斤"]),
    ("漏了一沙发，瓶口是裂的", ["土蜂蜜 1千克"]),
    ("漏出来把衣服都染了", ["土蜂蜜 1千克"]),
    ("漏油，包里的衣服全湿了", ["花生油 5升"]),
    ("薄得像纸巾，一扯就破", COAT),
    ("外面包装都破了，里面也碎了", CUPS),
    ("喝水果然漏", CUPS),
    ("门把手表面有划痕", ["平底锅 28厘米"]),
    ("鞋盒压扁了，里面也坏了", ["头戴式耳机"]),
    ("咖啡色的那块裂了", ["星河手机 8+256G"]),
]  # fmt: skip


@pytest.mark.parametrize(("told", "titles"), DIFFER)
def test_goods_that_the_order_does_not_hold_are_noticed(told: str, titles: list[str]) -> None:
    assert names_other_goods(told, titles)


@pytest.mark.parametrize(("told", "titles"), ALIKE)
def test_the_order_is_not_doubted_without_a_ground(told: str, titles: list[str]) -> None:
    assert not names_other_goods(told, titles)


@pytest.mark.parametrize(
    ("told", "title", "other"),
    [
        ("电动牙刷不想要了 两支都退", "豆浆机", True), ("把豆浆机退了", "牛仔裤", True),
        ("毛巾不想要了", "豆浆机", True), ("电动牙刷两支都退", "豆浆机", True),
        ("想退货，买了个别的豆浆机", "牛仔裤", False), ("豆浆机不要了", "破壁机", False),
        ("羽绒服退了吧", "棉衣外套", False), ("手机不要了", "豆浆机", False),
        ("不想要了 已经买了电动牙刷", "豆浆机", False), ("衣服退了", "衬衫", False),
        ("电动牙刷不想要了", "神秘福袋", False), ("电动牙刷退了差价", "豆浆机", False),
    ],
)  # fmt: skip
def test_goods_given_up_are_those_of_the_order(told: str, title: str, other: bool) -> None:
    assert gives_up_other_goods(told, [title]) == other


@pytest.mark.parametrize("story", demo_stories(), ids=lambda story: story.order_no)
def test_no_story_of_the_demo_is_doubted(story: Any) -> None:
    titles = [line["title"] for line in ORDERS[story.order_no]["lines"]]
    assert not names_other_goods(story.opening, titles)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
def test_no_stranger_is_doubted(scenario: Scenario) -> None:
    record = order("JF1", "1024", scenario.order, NOW)
    titles = [line.title for line in record.lines]
    if scenario.other:
        titles += [line.title for line in order("JF2", "1024", scenario.other, NOW).lines]
    said = [line for line in scenario.says if not line.startswith("+")]
    told = "\n".join(said).format(**FACTS)
    assert not names_other_goods(told, titles)
    assert not gives_up_other_goods(told, titles)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("是这一单", True), ("是的", True), ("对，就这个", True), ("没错", True), ("嗯嗯", True),
        ("是的，手机坏了", True), ("不是这一单", False), ("不是", False), ("是另一单", False),
        ("我发错单号了", False), ("没买过坚果", False), ("好的", None), ("我是这周买的手机", None),
        ("是这单，怎么处理？", True), ("嗯，我看看", None), ("不是这单吗？", None),
        ("不是坚果，是手机", False), ("是不是发错了", False), ("是这个订单", True),
        ("是这一单吗", None), ("不知道", None), ("", None), ("是" * 60, None),
    ],
)  # fmt: skip
def test_an_answer_is_yes_no_or_neither(text: str, meant: bool | None) -> None:
    assert means_this_order(text) is meant


def told(
    text: str = "手机充不进电", order_no: str = NUTS, issue: str = "defect"
) -> ev.CustomerSpoke:
    """Return a complaint in these words about an order whose owner it is."""
    return spoke(
        text, issues=(issue,), confident=True, intent="complain", order_nos=(order_no,),
        phone_tail=TAILS[order_no],
    )  # fmt: skip


def asked(*events: ev.Event) -> Talk:
    """Return a talk in which it was asked whether the nuts' order is meant."""
    talk = Talk().hear(*events, told())
    assert talk.said == ["ask_goods"], talk.steps
    return talk


def reasons(talk: Talk) -> list[tuple[str, str]]:
    """Return why the conversation was handed over in this turn."""
    return [(step.reason, step.level) for step in talk.steps if isinstance(step, HandOver)]


def test_the_question_names_order_and_goods_and_has_two_buttons() -> None:
    talk = asked()
    step = talk.steps[-1]
    assert isinstance(step, Ask)
    assert f"订单 {NUTS} 里是“每日坚果 净重500克 每袋”" in talk.told[-1]
    assert [(b.kind, b.label) for b in step.options] == [
        ("confirm", "是这一单"),
        ("deny", "不是这一单"),
    ]


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        *((yes, True) for yes in (
            "对", "对就这一单", "是的", "嗯", "嗯嗯", "对的", "就这个", "对 就是这个", "就它",
            "就这一单", "没错 就是这单", "就是那个", "是", "对呀 就买了一个", "是的，没别的了",
            "是这一单",
        )),
        *((no, False) for no in (
            "不是", "不对", "不是这单", "是的 不是这单", "是这单吗", "就这个吗", "对不对",
            "对了 还有件事", "都不是", "好的", "好的我找找", "嗯？", "呢", "。",
            "就这个质量也敢卖",
            "怎么就这一单",
        )),
    ],
)  # fmt: skip
def test_the_only_order_on_a_list_is_taken_by_a_plain_yes(text: str, *, taken: bool) -> None:
    assert means_only_one(text) is taken


@pytest.mark.parametrize("issue", ["defect", "damaged", "spoiled"])
def test_it_is_asked_of_what_is_wrong_with_goods(issue: str) -> None:
    assert Talk().hear(told(issue=issue)).said == ["ask_goods"]


@pytest.mark.parametrize("issue", ["missing_item", "wrong_item", "mismatch", "slow", "overcharge"])
def test_it_is_not_asked_of_anything_else(issue: str) -> None:
    assert "ask_goods" not in Talk().hear(told(issue=issue)).said


def test_it_is_not_asked_before_the_order_is_theirs() -> None:
    talk = Talk().hear(spoke("手机坏了", issues=("defect",), confident=True, order_nos=(NUTS,)))
    assert talk.said == ["ask_tail"]


def test_words_from_before_the_matter_was_clear_count() -> None:
    talk = Talk().say("我买的手机啊", intent="inform")
    talk.hear(told("充不进电"))
    assert talk.said == ["ask_goods"]


@pytest.mark.parametrize("answer", ["是这一单", "是的", NUTS])
def test_a_yes_in_words_goes_on(answer: str) -> None:
    numbers = (NUTS,) if answer == NUTS else ()
    assert asked().say(answer, order_nos=numbers).said == ["ask_photo"]


def test_a_yes_by_button_goes_on_and_is_asked_no_more() -> None:
    talk = asked().pick("confirm")
    assert talk.said == ["ask_photo"]
    talk.say(photos=(1,))
    assert isinstance(talk.steps[-1], Offer)


@pytest.mark.parametrize("answer", ["不是这一单", "不是，发错了"])
def test_a_no_asks_for_the_right_number(answer: str) -> None:
    talk = asked().say(answer)
    assert (talk.said, talk.matter.order_no) == (["ask_order_no"], None)
    assert asked().pick("deny").said == ["ask_order_no"]


def test_a_known_customer_picks_the_right_order() -> None:
    talk = asked(ev.IdentitySigned(phone=OWNER)).pick("deny")
    assert any(isinstance(step, ListOrders) for step in talk.steps)
    assert talk.said == ["ask_order_pick"]


def test_the_right_order_is_judged_instead() -> None:
    talk = asked().pick("deny").say(order_nos=(PHONE,), phone_tail=TAILS[PHONE])
    assert talk.matter.order_no == PHONE
    assert "ask_goods" not in talk.said
    assert len(talk.state.matters) == 1


@pytest.mark.parametrize("issues", [(), ("defect",), ("wrong_item",)])
def test_another_number_is_answer_enough(issues: tuple[str, ...]) -> None:
    answer = spoke(
        "是这个", order_nos=(PHONE,), phone_tail=TAILS[PHONE], issues=issues, confident=True
    )
    talk = asked().hear(answer)
    assert (talk.matter.order_no, len(talk.state.matters)) == (PHONE, 1)
    assert "ask_goods" not in talk.said


def test_another_order_of_other_goods_is_asked_about_in_its_turn() -> None:
    talk = asked().say(order_nos=(COOKIES,), phone_tail=TAILS[COOKIES])
    assert talk.said == ["ask_goods"]
    assert "海苔苏打饼干" in talk.told[-1]


@pytest.mark.parametrize("answer", ["好的", "快点处理", "坚果难吃死了", "我是这周买的手机"])
def test_any_other_answer_brings_a_person(answer: str) -> None:
    assert reasons(asked().say(answer)) == [("E13", "L1")]


def test_a_photo_instead_of_an_answer_brings_a_person() -> None:
    assert reasons(asked().say("", photos=(1,))) == [("E13", "L1")]


def test_the_same_order_named_after_a_no_brings_a_person() -> None:
    talk = asked().pick("deny").say(order_nos=(NUTS,), phone_tail=TAILS[NUTS])
    assert reasons(talk) == [("E13", "L1")]


def test_who_never_finds_the_right_number_is_brought_to_a_person() -> None:
    talk = asked().pick("deny").say("找不到了")
    assert reasons(talk.say("找不到")) == [("E13", "L1")]


def test_an_unknown_number_is_said_so() -> None:
    assert asked().pick("deny").say(order_nos=(UNKNOWN,)).said == ["order_unknown"]


def test_a_button_of_an_order_left_behind_means_nothing() -> None:
    talk = asked()
    old = talk.button("confirm").id
    talk.say(order_nos=(PHONE,), phone_tail=TAILS[PHONE])
    assert talk.hear(spoke("", choices=(old,))).matter.order_meant is None
    assert talk.said == ["stale_button"]


def test_it_can_be_let_go_of_instead() -> None:
    assert asked().say("算了不用了").matter.end == "withdrawn"


def test_what_is_on_offer_is_not_doubted_any_more() -> None:
    talk = Talk().hear(complaint("damaged", BROKEN, phone_tail=TAILS[BROKEN]), spoke(photos=(1,)))
    assert talk.matter.stage == "offered"
    assert talk.say("手机也充不进电", issues=("damaged",)).said != ["ask_goods"]


def test_a_complaint_taken_to_another_order_is_compared_anew() -> None:
    talk = Talk().hear(told(order_no=PHONE), spoke(photos=(1,)))
    assert talk.matter.stage == "offered"
    assert talk.say(order_nos=(NUTS,), phone_tail=TAILS[NUTS]).said == ["ask_goods"]
