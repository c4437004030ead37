import pytest

from bot.conversation.shapes.events import CustomerSpoke, Heard
from bot.conversation.words.wishes.given_up import wish_beside_bill


def wish(text: str, **heard: object) -> str | None:
    return wish_beside_bill(
        CustomerSpoke(message_ids=(1,), text=text, heard=Heard(**heard)),  # type: ignore[arg-type]
        ["微波炉"],
    )


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("微波炉我也不想要了，都退给我", "want_refund"),
        ("东西我不要了，两笔都退给我吧", "want_refund"),
        ("我不想要了 全退吧", "want_refund"),
        ("不买了 钱都退我", "want_refund"),
        ("两笔都退给我", "want_refund"),
        ("算了 东西不要了", "want_refund"),
        ("这单不要了", "want_refund"),
        ("微波炉不要了", "want_refund"),
        ("两次的钱都退了吧", "want_refund"),
        ("货还没发 我不要了", "want_refund"),
        ("顺便把订单取消了", "want_cancel"),
        ("这单也取消吧", "want_cancel"),
        ("干脆给我退货", "want_return"),
        ("我要退货 钱都退给我", "want_return"),
    ],
)
def test_goods_are_given_up_beside_the_bill(text: str, intent: str) -> None:
    assert wish(text) == intent


@pytest.mark.parametrize(
    "text",
    [
        "多扣的钱我不要了",
        "优惠券不要了 退钱就行",
        "补偿我不要了",
        "运费不要了",
        "算了 不要了",
        "不要了",
        "小票不要了",
        "袋子不要了",
        "包装不要了",
        "会员不要了",
        "安装服务不要了",
        "那个配件不要了",
        "微波炉的盖子不要了",
        "这8块不要了",
        "那多的我不要了",
        "不用退了 不要了",
        "你们家的东西再也不买了",
        "保险我不买了",
        "发票不要了",
        "再不退我就不要了",
        "不退我就取消订单",
        "要是这样我就不买了",
        "是不是不要了",
        "我没说不要了",
        "别取消订单",
        "订单已经取消了",
        "怎么两笔都退了",
        "两笔都退了吗",
        "不用两笔都退",
        "别两笔都退啊 东西我要的",
        "退一笔就行",
        "把多扣的退给我",
        "两笔都扣成功了",
        "退钱",
        "全退",
        "能退货吗",
        "好的",
    ],
)
def test_goods_are_kept(text: str) -> None:
    assert wish(text) is None


def test_a_danger_is_no_wish() -> None:
    assert wish("东西我不要了", signs=("fire",)) is None


@pytest.mark.parametrize(
    ("text", "intent", "given_up"),
    [
        ("我不想要了", "want_refund", True),
        ("不买了", "want_cancel", True),
        ("算了 不要了", "want_refund", False),
        ("不要了", "want_refund", False),
        ("那个我不要了", "want_refund", False),
        ("不用退了 不要了", "want_refund", False),
        ("小票不要了", "want_refund", False),
        ("我不想要了", "inform", False),
    ],
)
def test_what_names_nothing_is_the_goods_where_so_understood(
    text: str, intent: str, given_up: bool
) -> None:
    assert (wish(text, intent=intent) is not None) is given_up
