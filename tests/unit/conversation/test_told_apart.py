"""The taxonomy's words tell close issues apart, and others do not."""

from __future__ import annotations

import pytest

from bot.conversation.words.matters.told_apart import (
    goes_off,
    is_stuck,
    misread,
    names_uncredited,
    never_came,
    not_got_yet,
    only_stuck,
    paid_since,
    ships_late,
    told_apart,
    wishes_for_pieces,
)


@pytest.mark.parametrize(
    ("read", "beside", "text", "issue"),
    [
        ("defect", "damaged", "衣服收到就破了个洞", "damaged"),
        ("defect", "damaged", "一打开全碎了，杯子", "damaged"),
        ("defect", "damaged", "拿到的时候已经裂了", "damaged"),
        ("defect", "damaged", "收到用了两天就破了", "defect"),
        ("defect", "damaged", "收到了，穿着有点开线", "defect"),
        ("defect", "damaged", "杯子碎了", "defect"),
        ("spec", "system", "系统卡了下了两单一样的", "system"),
        ("spec", "system", "页面没反应我点了两次", "system"),
        ("spec", "system", "APP抽风重复提交了", "system"),
        ("spec", "system", "下了两单一样的", "spec"),
        ("spec", "system", "手机拍了两次", "spec"),
        ("not_received", "not_shipped", "快递那边说压根没收着件", "not_shipped"),
        ("not_received", "not_shipped", "中通讲没揽到货", "not_shipped"),
        ("not_received", "not_shipped", "快递说送到了，我没收到货", "not_received"),
        ("not_received", "not_shipped", "快递一直没收到", "not_received"),
    ],
)
def test_only_clear_words_tell_apart(read: str, beside: str, text: str, issue: str) -> None:
    assert told_apart(read, {read, beside}, text) == issue
    assert told_apart(read, {read}, text) == read
    assert told_apart(beside, {read, beside}, text) == beside


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("取消订单 退款", True),
        ("取消订单，退款", True),
        ("不要了，帮我取消订单退钱吧", True),
        ("取消订单怎么还不退款", False),
        ("取消订单三天了没退款", False),
        ("取消了订单，退款呢", False),
        ("取消订单退款多久到", False),
        ("退款", False),
    ],
)
def test_an_order_given_up_is_no_late_refund(text: str, wish: bool) -> None:
    assert misread("refund_delay", text) is wish


@pytest.mark.parametrize(
    ("text", "only_term"),
    [
        ("页面写30天内能退", True), ("你们写的30天包退", True), ("说好七天无理由退货的", True),
        ("你们承诺15天内可以退的", True), ("标着支持30天退货", True),
        ("页面写纯棉的30天能退", False), ("写着30天能退 跟图片不一样", False),
        ("页面写的是纯棉", False),
        ("说30天内发货", False), ("你们说退我30", False),
    ],
)  # fmt: skip
def test_how_long_goods_go_back_is_no_word_of_what_they_are(text: str, only_term: bool) -> None:
    assert misread("mismatch", text) is only_term


@pytest.mark.parametrize(
    ("text", "uncredited"),
    [
        ("会员一直没到账", True), ("充的话费还没到账", True), ("年卡到现在都没开通", True),
        ("充值没到", True), ("买的激活码没收到", True), ("Q币没给我充上", True),
        ("vip不生效", True),
        ("流量还没到", True), ("点券一直没到账", True),
        ("会员退款没到账", False), ("退的话费没到账", False), ("会员返现没到账", False),
        ("会员价没给我减", False), ("会员的补偿没到", False), ("充电宝没收到", False),
        ("会员送的红包没到账", False), ("话费取消了钱没到账", False), ("会员不到期吧", False),
        ("钱一直没到账", False), ("会员开通了", False),
    ],
)  # fmt: skip
def test_virtual_goods_are_not_there(text: str, uncredited: bool) -> None:
    assert names_uncredited(text) is uncredited
    assert told_apart("refund_delay", (), text) == ("system" if uncredited else "refund_delay")


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("不用全额退款,把那5罐的钱退我就行", True),
        ("不要全退,就把那三瓶的钱退我就行", True),
        ("不用全退,退4瓶的钱就行", True),
        ("退5个蛋的钱", True),
        ("只退两个的钱", True),
        ("退两双的钱", True),
        ("把那两箱的钱退我", True),
        ("退这部分的钱", True),
        ("退坏的那部分的钱", True),
        ("退我两块钱", False),
        ("多收的那部分钱退我", False),
        ("退多收的那部分钱", False),
        ("已经退这部分的钱", False),
        ("退部分的钱", False),
        ("你们只退了两个的钱", False),
        ("多收了两个的钱退我", False),
        ("怎么退两个的钱", False),
        ("退我钱", False),
        ("两个都退", False),
    ],
)
def test_the_money_of_some_pieces(text: str, wish: bool) -> None:
    assert wishes_for_pieces(text) is wish


@pytest.mark.parametrize(
    ("text", "late"),
    [
        ("发货太晚了 要赔偿", True),
        ("发货晚了要赔偿", True),
        ("你们晚发货了 赔我", True),
        ("延迟发货有赔偿吧", True),
        ("晚点发货可以吗", False),
        ("如果发货晚了赔吗", False),
        ("发货了吗", False),
        ("送货太晚", False),
    ],
)
def test_sent_late(text: str, late: bool) -> None:
    assert ships_late(text) is late


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("两件里坏了一件", "defect"),
        ("三个插座坏了一个，插上没反应", "defect"),
        ("袜子两双里开线了一双", "defect"),
        ("四条里有一条裂了", "defect"),
        ("六个灯泡有一个不亮", "defect"),
        ("坏了一件，没法用", "defect"),
        ("两个摔碎了一个", "damaged"),
        ("两盒压坏了一盒", "damaged"),
        ("两件里少了一件", "missing_item"),
        ("买两件坏一件还少一件", "missing_item"),
        ("漏发一个坏了一个", "missing_item"),
        ("坏了一个，螺丝也没给", "missing_item"),
        ("缺一个坏一个", "missing_item"),
        ("只发了两个，坏了一个", "missing_item"),
        ("有一件没坏", "missing_item"),
        ("两件只到了一件", "missing_item"),
        ("配件不全，盒子也坏了", "missing_item"),
        ("少个配件", "missing_item"),
    ],
)
def test_a_broken_piece_is_not_a_missing_one(text: str, issue: str) -> None:
    assert told_apart("missing_item", {"missing_item"}, text) == issue


def test_a_broken_piece_that_may_be_food_is_left_to_the_order() -> None:
    assert told_apart("missing_item", {"missing_item", "spoiled"}, "坏了一个") == "spoiled"


@pytest.mark.parametrize(
    ("text", "off"),
    [
        ("面霜变质了有股怪味", True),
        ("牙膏过期了", True),
        ("里面发霉了", True),
        ("两件里坏了一件", False),
        ("坏了一盏", False),
        ("有两个是坏的", False),
    ],
)
def test_what_can_only_go_off(text: str, off: bool) -> None:
    assert goes_off(text) is off


@pytest.mark.parametrize(
    ("text", "waits"),
    [
        ("付了三天钱了", True),
        ("付了三天的钱了", True),
        ("付款三天了", True),
        ("付款都一周了", True),
        ("钱都付了5天了", True),
        ("付了一个星期钱了", True),
        ("付完款两天了还没动静", True),
        ("付了两次钱了", False),
        ("付了三次钱", False),
        ("付了两笔钱", False),
        ("付了双份钱", False),
        ("付款三天了还扣了一笔", False),
        ("付款一周了还没退", False),
        ("付了三天房费", False),
        ("付了30天会员的钱了", False),
        ("付了两倍的钱了", False),
    ],
)
def test_how_long_ago_it_was_paid_is_no_second_charge(text: str, waits: bool) -> None:
    assert paid_since(text) is waits
    for read in ("double_charge", "overcharge", "refund_delay"):
        assert told_apart(read, {read}, text) == ("not_shipped" if waits else read)
    told = told_apart("double_charge", {"double_charge"}, text)
    assert told == ("not_shipped" if waits else "double_charge")


@pytest.mark.parametrize(
    "text",
    [
        "电热毯卡西安不动了", "停在郑州好几天", "快递卡在厦门三天", "停在了郑州三天没动",
        "货物卡在中转站三天了",
        "物流好几天一动不动", "物流停在金华不动了呀", "包裹到郑州就不动了", "快递在仓库里不动了",
        "快递一直不更新", "滞留在义乌好几天", "包裹卡在郑州三天肉都快坏了",
        "快递员说卡在武汉三天了",
    ],
)  # fmt: skip
def test_a_parcel_has_come_to_a_halt(text: str) -> None:
    assert is_stuck(text)


@pytest.mark.parametrize(
    "text",
    [
        "物流送来的表不走了 是坏的", "物流送来的表不走了", "快递送来的门锁不动了",
        "快递送的钟不走",
        "包裹里的玩具不动了", "包裹里玩具不动了", "快递盒里的钟不走", "快递箱里的钟没动",
        "快递员说钟不走",
        "停电了三天肉全化了", "停机好几天了", "内存卡插上好几天不认", "内存卡好好的三天不认",
        "会员卡用不了好几天",
        "显卡才用上三天", "手机卡了好几天", "按键卡住不动了", "快递寄来的风扇不动",
        "卡在郑州三天都碎了",
        "物流不动，拿到是破的",
    ],
)  # fmt: skip
def test_no_parcel_has_come_to_a_halt(text: str) -> None:
    assert not is_stuck(text)


@pytest.mark.parametrize(
    ("text", "title", "nothing_came"),
    [
        ("键盘没收到", "机械键盘", True),
        ("我的鼠标没收到", "无线鼠标", True),
        ("耳机到现在还没收到", "蓝牙耳机", True),
        ("鼠标垫没收到 D123 4444", "鼠标垫", True),
        ("我买的键盘没拿到", "机械键盘", True),
        ("键盘膜没收到", "机械键盘", False),
        ("键盘的接收器没收到", "机械键盘", False),
        ("键盘没收到接收器", "机械键盘", False),
        ("赠品没收到", "机械键盘", False),
        ("一个都没收到", "机械键盘", False),
        ("盒子收到了 键盘没收到", "机械键盘", False),
        ("键盘少了一个键", "机械键盘", False),
    ],
)
def test_the_article_itself_never_came(text: str, title: str, nothing_came: bool) -> None:
    assert never_came(text, title) is nothing_came


@pytest.mark.parametrize("text", ["皮带还没收到", "一直没收到", "到现在没拿到", "真的没收到啊"])
def test_the_goods_were_not_got_yet(text: str) -> None:
    assert not_got_yet(text)


@pytest.mark.parametrize(
    "text",
    ["一直没收到回复", "还没收到客服消息", "还没收到换的新的", "都没收到赔偿", "还没收到补发的",
     "还没收到配件", "还没收到电话", "还没收到验证码", "到现在没收到运费", "还没收到另一只",
     "还没收到说明书", "还没收到退款"],
)  # fmt: skip
def test_something_else_was_not_got_yet(text: str) -> None:
    assert not not_got_yet(text)


@pytest.mark.parametrize(
    "text",
    ["几天不动了", "好几天没动静", "三天没更新了", "怎么不动了", "一直没动静啊", "都5天不动了",
     "几天不动了 DD20261120000013 4481", "闹钟好几天没动静了", "4天没变化", "好几天没走了"],
)  # fmt: skip
def test_it_has_come_to_a_halt(text: str) -> None:
    assert only_stuck(text)


@pytest.mark.parametrize(
    "text",
    ["用了几天不动了", "闹钟不动了", "指针不动了", "表不走了", "按了几下没反应", "没动过",
     "收到几天就不动了",
     "几天了", "风扇转几天就不转了"],
)  # fmt: skip
def test_goods_may_have_stopped(text: str) -> None:
    assert not only_stuck(text)


@pytest.mark.parametrize("issue", ["address", "wrong_item"])
@pytest.mark.parametrize(
    ("text", "elsewhere"),
    [
        ("怎么发到北京去了 我在杭州", True), ("你们发错地方了", True), ("送错地方了", True),
        ("怎么给我寄到北京了", True), ("包裹怎么跑北京去了", True), ("快递派错地址了", True),
        ("货发错城市了", True), ("为什么送到隔壁小区去了", True),
        ("我地址写错了 怎么发到老家去了", False), ("刚才发错地址了", False),
        ("怎么发到旧地址去了", False), ("能不能发到北京去", False), ("发错货了", False),
        ("怎么改到北京去", False), ("寄到公司去", False), ("怎么发到付了", False),
    ],
)  # fmt: skip
def test_a_parcel_brought_elsewhere_is_the_carriers_doing(
    issue: str, text: str, elsewhere: bool
) -> None:
    assert told_apart(issue, {issue}, text) == ("courier" if elsewhere else issue)


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("怎么发到北京去了 我在宁波", "courier"),
        ("怎么跑北京去了 都五天了", "slow"),
        ("物流好慢", "slow"),
    ],
)
def test_who_waits_too_still_waits(text: str, issue: str) -> None:
    assert told_apart("slow", {"slow"}, text) == issue


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("付款三天了\n订单DD20261120000001", "not_shipped"), ("付款三天了还显示未支付", "system"),
        ("付款三天了 订单被取消了", "system"), ("系统出错了", "system"),
    ],
)  # fmt: skip
def test_paid_long_ago_is_waited_for_where_nothing_odd_is_shown(text: str, issue: str) -> None:
    assert told_apart("system", {"system"}, text) == issue
