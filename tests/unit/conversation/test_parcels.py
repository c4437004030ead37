"""What is said of a parcel under way: turned away, to be brought up, lost in its number."""

import pytest

from bot.conversation.words.things.parcels import (
    asks_whether_sent_back,
    has_paid_way_back,
    has_refused_parcel,
    says_number_wrong,
    wants_courier_reported,
    wants_to_door,
)


@pytest.mark.parametrize(
    "told",
    [
        "我已经拒收了",
        "快递我拒收了 什么时候退款",
        "包裹被我拒收了",
        "已拒收",
        "我拒签了 钱什么时候退",
        "我拒收了一个多星期了怎么还没退款",
        "不想要了\n拒收了",
        "拒收了 因为外箱破了",
        "箱子都烂了 我让快递退回了",
        "没要 叫小哥带走了",
        "让快递员原路带回去了",
    ],
)
def test_a_parcel_was_refused(told: str) -> None:
    assert has_refused_parcel(told)


@pytest.mark.parametrize(
    "told",
    [
        "可以拒收吗",
        "我要拒收",
        "能拒收吗",
        "拒收的话怎么退款",
        "如果我拒收了会扣钱吗",
        "退回去你们拒收了",
        "商家拒收",
        "我没拒收",
        "不要拒收",
        "快递说可以拒收",
        "拒收要运费吗",
        "我打算拒收",
        "没让快递退回了",
        "谁让快递退回了",
        "能让快递退回吗",
        "你们让快递退回了",
        "卖家让快递拿回了",
        "我没有让快递退回了",
        "东西我让他带走了",
    ],
)
def test_none_was(told: str) -> None:
    assert not has_refused_parcel(told)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("让他送上门", True),
        ("给我送上来", True),
        ("必须送上门", True),
        ("麻烦重新送到家里", True),
        ("叫快递员送货上门吧", True),
        ("没送上门", False),
        ("不送上门", False),
        ("为什么不送上门", False),
        ("昨天已经送上门了", False),
        ("送上门要加钱吗", False),
        ("不用送上门", False),
        ("送错了", False),
    ],
)
def test_who_wants_it_at_the_door(text: str, *, wanted: bool) -> None:
    assert wants_to_door(text) is wanted


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("官网说没这个单号", True),
        ("你们是不是填错单号了", True),
        ("查无此单号", True),
        ("单号是错的", True),
        ("这个单号查出来是别人的", True),
        ("快递单号不存在", True),
        ("订单号是错的", False),
        ("我填错订单号了", False),
        ("单号发我", False),
        ("单号没更新", False),
        ("没有单号怎么查", False),
        ("单号多少", False),
    ],
)
def test_who_says_that_the_number_is_wrong(text: str, *, wrong: bool) -> None:
    assert says_number_wrong(text) is wrong


@pytest.mark.parametrize(
    ("text", "paid"),
    [
        ("寄回去我垫了15块快递费 怎么报销", True),
        ("退货运费我先垫的 给我报销", True),
        ("快递费花了12 你们还没给我", True),
        ("寄回的运费收了我18", True),
        ("运费谁出", False),
        ("运费要我先垫吗", False),
        ("运费是你们出吧", False),
        ("运费12怎么不退", False),
        ("我垫了15块", False),
        ("如果我先垫了运费能报销吗", False),
    ],
)
def test_who_paid_for_the_way_back(text: str, *, paid: bool) -> None:
    assert has_paid_way_back(text) is paid


@pytest.mark.parametrize(
    "text",
    [
        "要寄回去吗",
        "东西要寄回来吗",
        "要不要寄回",
        "用不用寄回去",
        "那坏的要不要退回去",
        "还要寄回给你们吗",
        "不用寄回去吧？",
        "是不是要寄回去",
        "需不需要把东西寄回",
    ],
)
def test_it_is_asked_whether_the_goods_go_back(text: str) -> None:
    assert asks_whether_sent_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "怎么寄回去",
        "寄回去的运费谁出",
        "钱会退回来吗",
        "要寄回去",
        "寄回哪里",
        "我寄回去了",
        "已经寄回去了吗",
        "要退钱吗",
        "要退吗",
        "新的要寄来吗",
        "不想寄回去",
        "要退给我吗",
        "我要退回去",
        "寄回去要多少钱",
    ],
)
def test_another_way_or_the_money_is_meant(text: str) -> None:
    assert not asks_whether_sent_back(text)


@pytest.mark.parametrize("text", ["我要投诉快递员", "投诉他", "帮我投诉", "你们去投诉他吧"])
def test_the_courier_is_to_be_complained_of(text: str) -> None:
    assert wants_courier_reported(text)


@pytest.mark.parametrize(
    "text",
    ["我要投诉", "投诉你们", "投诉商家", "不投诉了", "投诉有用吗", "投诉快递员有什么用"],
)
def test_this_complains_of_no_courier(text: str) -> None:
    assert not wants_courier_reported(text)
