"""What customers say beside an offer and after it, where strangers were misheard."""

from __future__ import annotations

import pytest

from bot.conversation.words.matters import complaint, dangers
from bot.conversation.words.sentence import manner
from bot.conversation.words.things import intact, named
from bot.conversation.words.wishes import afterthoughts, bargaining, demands


@pytest.mark.parametrize(
    ("text", "unopened"),
    [
        ("已经拆开用过了", False), ("试色了 已经拆开用过", False), ("拆了一包吃了", False),
        ("吊牌剪了还穿过", False), ("已经激活了", False), ("还没拆封", True), ("没用过", True),
        ("全新的没动过", True), ("如果拆开了能退吗", None), ("拆了还能退吗", None),
        ("不想要了", None), ("没拆", True), ("退货，下单时用了优惠券", None),
        ("没用几天就坏了", None),
        ("我用了20块的红包，想退", None), ("费用过高，想退货", None), ("运费用了15", None),
        ("吃了亏，退货", None), ("已经开过发票了", None), ("用过两次，没洗，退货", False),
        ("穿过一次没洗", False), ("不是全新的", None), ("不完好", None), ("吊牌没了", False),
        ("吊牌还在", True), ("这东西没用", None),
    ],
)  # fmt: skip
def test_the_state_of_goods_is_heard(text: str, unopened: bool | None) -> None:
    assert intact.tells_unopened(text) is unopened


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("换", "exchange"), ("那换吧", "exchange"), ("行吧那就换", "exchange"), ("修吧", "repair"),
        ("那就退", "refund"), ("算了换吧", "exchange"), ("重做", "exchange"), ("补吧", "reship"),
        ("那退货退款", "return_refund"), ("退货退款吧", "return_refund"),
        ("不对 直接退货", "return_refund"), ("退货", "return_refund"), ("退掉", "refund"),
        ("我要退货退款", "return_refund"), ("退货退款了没", None), ("不退货退款", None),
        ("退货退款地址", None), ("退货退款多久", None), ("退货退款的运费", None),
        ("行 赔吧", "compensation"), ("好的 那就换吧", "exchange"), ("行 不赔", None),
        ("今天 换了", None),
        ("换个地址", None), ("不换", None), ("退不退", None), ("换货要多久", None),
    ],
)  # fmt: skip
def test_a_wish_may_be_one_word(text: str, wish: str | None) -> None:
    assert demands.bare_wish(text) == wish


@pytest.mark.parametrize(
    "text",
    ["钱呢", "运费退了吗", "补偿什么时候到账", "退款到账了没", "那我的钱呢？", "什么时候给",
     "然后呢", "接下来怎么办", "那你们去核实", "退了多少", "一共赔我多少钱"],
)  # fmt: skip
def test_what_was_agreed_on_is_asked_after(text: str) -> None:
    assert afterthoughts.asks_after(text)


@pytest.mark.parametrize(
    "text",
    [
        "钱不对",
        "运费你们出",
        "什么时候发货",
        "东西呢",
        "退款退错了",
        "然后又坏了",
        "后面开线了",
        "你们去死",
    ],
)
def test_another_matter_is_not_asked_after(text: str) -> None:
    assert not afterthoughts.asks_after(text)


@pytest.mark.parametrize(
    "text",
    ["那个补偿我不要了", "不用补发了", "退货取消了吧", "算了我不退了", "把换货取消了", "撤回退款"],
)
def test_what_was_agreed_on_is_undone(text: str) -> None:
    assert afterthoughts.undoes(text)


@pytest.mark.parametrize(
    "text",
    [
        "不退款我就投诉",
        "能不退货吗",
        "补偿太少",
        "换货吧",
        "不给退款",
        "退款被取消了",
        "我的退款你们取消了",
    ],
)
def test_what_is_still_wanted_is_not_undone(text: str) -> None:
    assert not afterthoughts.undoes(text)


@pytest.mark.parametrize("text", ["骗子", "一群骗子！", "你们都是骗子", "黑店"])
def test_names_tell_of_no_scam(text: str) -> None:
    assert dangers.only_calls_names(text)


def test_who_tells_of_one_does_more_than_call_names() -> None:
    assert not dangers.only_calls_names("有骗子打电话说是你们客服")


@pytest.mark.parametrize("text", ["我想想啊", "等下 我看看", "稍等我看下", "好的，等会儿我问问"])
def test_a_moment_is_no_answer(text: str) -> None:
    assert manner.says_nothing_yet(text)


@pytest.mark.parametrize("text", ["XL吧", "看看能不能退", "等了三天了", "杭州市西湖区"])
def test_an_answer_is_more_than_a_moment(text: str) -> None:
    assert not manner.says_nothing_yet(text)


@pytest.mark.parametrize("text", ["不换了 给张券", "不要退款了 换成补发吧", "不退了 补发吧"])
def test_something_else_is_wanted_instead(text: str) -> None:
    assert not afterthoughts.lets_go(text)


def test_more_is_wanted_when_it_is_still_too_little() -> None:
    assert bargaining.wants_more("不行 还是少")
    assert not bargaining.wants_more("还是少了一件")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("手机号填错了 应该是13912345678 JF26113001030 尾号1024", "13912345678"),
        ("收件人改成李雷 JF26113001030 1024", "收件人：李雷"),
        ("发票要换成公司抬头 JF26113001030 1024", None),
        ("拍错码了 要L码 JF26113001030 1024", "L码"),
        ("想换M码", "M码"), ("S换XS", "XS"), ("换黑色", "黑色"), ("换42码的", "42码"),
        ("改成1024室", "1024室"), ("要2个", None), ("换货", None), ("不要红色", None),
        ("不要L码，要M码", "M码"), ("别换颜色", None), ("换颜色", None), ("换个颜色", None),
        ("拍了黑色的", None), ("名字不变，地址改成幸福小区三栋", "幸福小区三栋"),
        ("收件人地址改成上海徐汇", "上海徐汇"),
        ("t恤拍成m码了我要l码你帮我改一下", "l码"), ("我要L码的麻烦改下", "L码"),
        ("M码改L码", "L码"), ("我要L码你发的M码", None), ("抬头写错了", None),
        ("要黑色给我发成白色", None), ("改个颜色", None),
        ("抬头写徐文博就行", "徐文博"),
        ("收件人名字打错了，帮我改成林佳颖可以吗", "收件人：林佳颖"),
    ],
)  # fmt: skip
def test_a_new_value_is_heard_without_what_stands_beside_it(text: str, value: str | None) -> None:
    assert named.correction_in(text, {"JF26113001030", "1024"}) == value


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("南京云帆信息技术有限公司", "南京云帆信息技术有限公司"),
        ("武汉明光商贸有限公司，91420100MA4K2B3C5D", "武汉明光商贸有限公司"),
        ("抬头开江苏钟山律师事务所", "江苏钟山律师事务所"),
        ("我要开票", None),
        ("发票抬头华为技术有限公司", "华为技术有限公司"),
        ("上海华为技术有限公司", "上海华为技术有限公司"),
        ("请问你们公司什么时候开", None),
        ("我需要公司报销所以要发票", None),
        ("发票是给公司的", None),
    ],
)
def test_a_firm_is_a_title(text: str, title: str | None) -> None:
    assert named.title_in(text) == title


@pytest.mark.parametrize("text", ["钢笔退", "围巾过了7天还能退不", "手环退货", "T恤不想要了"])
def test_a_mere_wish_names_no_fault(text: str) -> None:
    assert demands.only_wishes(text.replace("T恤", "衣服"))


@pytest.mark.parametrize("text", ["杯子好像有点裂，想退款", "不好用退了", "用着还是响 退货"])
def test_a_wish_with_its_reason_is_no_mere_one(text: str) -> None:
    assert not demands.only_wishes(text)


def test_a_right_refused_is_a_complaint_and_no_wish_without_reason() -> None:
    assert complaint.gives_no_reason("床笠看久了觉着俗气，七天无理由退一下吧")
    assert not complaint.gives_no_reason("客服说不支持七天无理由不给我退，有这样的吗")
