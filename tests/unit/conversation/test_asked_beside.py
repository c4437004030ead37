"""What is asked of a remedy on offer, in words that neither take nor refuse it."""

from __future__ import annotations

import pytest

from bot.conversation.saying.order_words import paid_by
from bot.conversation.words.answers.asked_beside import asked_of, fails_of, wants_to_be_told
from bot.remedies.wishes import REDIRECTED
from tests.unit.conversation.talk import offered

STOP = ({"kind": "intercept", "promise": "intercept"}, {"kind": "explain"})
REDIRECT = ({"kind": "intercept", "promise": REDIRECTED}, {"kind": "explain"})
UNSENT = ({"kind": "refund"}, {"kind": "compensation"}, {"kind": "expedite"})
MEND = ({"kind": "exchange"}, {"kind": "repair"})
COUPON = ({"kind": "explain"}, {"kind": "coupon"})


@pytest.mark.parametrize(
    ("text", "options", "asked"),
    [
        ("拦不下来怎么办", STOP, "in_vain"), ("万一没拦住呢", STOP, "in_vain"),
        ("要是拦不住呢", STOP, "in_vain"), ("拦截失败了咋整", STOP, "in_vain"),
        ("改派不成怎么办", REDIRECT, "in_vain"), ("修不好咋办", MEND, "in_vain"),
        ("修了还坏怎么办", MEND, "in_vain"), ("要是修完又坏了呢", MEND, "in_vain"),
        ("拦不下来怎么办", UNSENT, None), ("修不好咋办", STOP, None),
        ("拦吧", STOP, None), ("拦不下来就算了", STOP, None), ("没给我修好", MEND, None),
        ("没拦住送来了怎么办", STOP, None), ("修不好就退", MEND, None), ("拦得住吗", STOP, None),
        ("拦下来能换蓝色吗", STOP, "swap"), ("能换成L码吗", STOP, "swap"),
        ("拦下来换蓝色行不行", STOP, "swap"), ("可以直接换个黑色的吗", STOP, "swap"),
        ("拦下来能换蓝色吗", REDIRECT, None), ("能换成L码吗", MEND, None),
        ("换货可以吗", STOP, None), ("换成退款行吗", STOP, None),
        ("退到哪", UNSENT, "where"), ("退微信还是银行卡", UNSENT, "where"),
        ("原路退是退哪里", STOP, "where"), ("退款退到哪个账户", UNSENT, "where"),
        ("钱去哪了", UNSENT, None), ("钱退哪去了", UNSENT, None), ("到哪了", UNSENT, None),
        ("快递到哪了", STOP, None), ("退到哪", COUPON, None), ("寄到哪里", MEND, "pickup"),
        ("还发货吗", UNSENT, "sent"), ("那还发不发", UNSENT, "sent"),
        ("到底发不发货", UNSENT, "sent"), ("还会发吗", UNSENT, "sent"),
        ("怎么还不发货", UNSENT, None), ("发货了吗", UNSENT, None), ("什么时候发", UNSENT, None),
        ("还发货吗", COUPON, None), ("还发消息吗", UNSENT, None), ("别发货", UNSENT, None),
    ],
)  # fmt: skip
def test_what_is_asked_of_the_remedies(
    text: str, options: tuple[dict[str, str], ...], asked: str | None
) -> None:
    assert asked_of(text, options) == asked


BACK = ({"kind": "return_refund"}, {"kind": "exchange"})
PAID = ({"kind": "compensation", "within": "今天补偿，订单照常履行"},)
TRACED = ({"kind": "trace"}, {"kind": "explain"})


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("寄到哪呢", "pickup"), ("这么大怎么寄啊", "pickup"), ("那我往哪寄", "pickup"),
        ("怎么寄回去", "pickup"), ("到时候快递来拿对吧", "pickup"),
        ("会上门来取的是吧", "pickup"), ("寄到哪了", None), ("我不寄", None),
        ("怎么还不寄", None), ("寄丢了怎么办", None), ("快递没来拿对吧", None),
        ("怎么退", None), ("我寄到哪都没人收", None), ("你们怎么寄的", None),
    ],
)  # fmt: skip
def test_where_to_and_how_goods_go_back(text: str, asked: str | None) -> None:
    assert asked_of(text, BACK) == asked
    assert asked_of(text, UNSENT) is None


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("查出来怎么告诉我", True),
        ("查到了在哪通知我", True),
        ("有结果了怎么通知我", True),
        ("结果出来告诉我", True),
        ("怎么没人告诉我", False),
        ("查到了怎么不告诉我", False),
        ("你怎么不通知我", False),
        ("怎么联系快递", False),
    ],
)
def test_how_the_answer_comes(text: str, asked: bool) -> None:
    assert wants_to_be_told(text) is asked


@pytest.mark.parametrize(
    ("text", "options", "asked"),
    [
        ("碎的还要吗", BACK, "way_back"), ("死的要留着吗", BACK, "way_back"),
        ("坏的要退给你们吗", BACK, "way_back"), ("东西还要留着不", BACK, "way_back"),
        ("不会要我寄回去吧", BACK, "way_back"), ("碎的那个还用寄吗", BACK, "way_back"),
        ("不用退回去吧", BACK, "way_back"), ("旧的要寄回来吗", BACK, "way_back"),
        ("坏的扔了还是留着", BACK, "way_back"), ("碎了", BACK, None), ("碎的退", BACK, None),
        ("坏的退了吧", BACK, None), ("不退回去", BACK, None), ("钱会退回来吗", BACK, None),
        ("东西不要了", BACK, None), ("坏的要退", BACK, None), ("货还要", BACK, None),
        ("你们来取吗", BACK, "pickup"), ("上门取件吗", BACK, "pickup"),
        ("有人来取吗", BACK, "pickup"), ("是上门取件还是我自己寄", BACK, "pickup"),
        ("能上门取吗", BACK, "pickup"), ("什么时候来取件", BACK, "pickup"),
        ("快递员上门收吗", BACK, "pickup"), ("上门取件", BACK, None),
        ("上门取件吗", TRACED, None), ("来取吧", BACK, None), ("上门取件要钱吗", BACK, None),
        ("先退钱再寄行不行", BACK, "money_first"), ("能先退款吗", BACK, "money_first"),
        ("先把钱退我", BACK, "money_first"), ("可以先退款后寄吗", BACK, "money_first"),
        ("退钱", BACK, None), ("先退一个", BACK, None), ("先退货", BACK, None),
        ("过了7天还能退吗", BACK, "late"), ("超过七天怎么办", BACK, "late"),
        ("要是过了七天再寄还能退不", BACK, "late"), ("过了7天", BACK, None),
        ("都过了7天了还没退", BACK, None),
        ("要是检测没毛病呢", BACK, "sound"), ("万一检查说没问题怎么办", BACK, "sound"),
        ("验货没问题运费谁出", BACK, "sound"), ("检测不是质量问题呢", BACK, "sound"),
        ("检测过了没问题吗", UNSENT, None), ("没毛病", BACK, None),
        ("换的保修重新算吗", BACK, "warranty"), ("换新后保修期怎么算", BACK, "warranty"),
        ("新的质保从哪天算", BACK, "warranty"), ("保修吗", BACK, None), ("保修", BACK, None),
        ("要是查出来不是我签的呢", TRACED, "in_vain"),
        ("万一不是我本人签的怎么办", TRACED, "in_vain"),
        ("要是底单上不是我签收的呢", TRACED, "in_vain"), ("不是我签的", TRACED, None),
        ("不是我签收的呢", BACK, None),
        ("赔完了我还要货啊", PAID, "goods_too"), ("那还能送到吗", PAID, "goods_too"),
        ("货还给我吗", PAID, "goods_too"), ("补偿了还发货吗", PAID, "goods_too"),
        ("领了补偿货还送吗", PAID, "goods_too"), ("那还能送到吗", BACK, None),
        ("怎么还不送", PAID, None), ("还没到", PAID, None), ("还没发货", PAID, None),
        ("到了", PAID, None), ("还要赔偿", PAID, None),
    ],
)  # fmt: skip
def test_what_is_asked_of_goods_that_go_back(
    text: str, options: tuple[dict[str, str], ...], asked: str | None
) -> None:
    assert asked_of(text, options) == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [("修不好咋办", "repair"), ("万一修了还坏呢", "repair"), ("修了还坏怎么办", None)],
)
def test_what_was_granted_may_have_failed_already(text: str, asked: str | None) -> None:
    assert fails_of(text, {"repair"}, granted=True) == asked


@pytest.mark.parametrize(
    ("methods", "told"),
    [
        (["wechat"], "微信"), (["微信支付"], "微信"), (["ALIPAY"], "支付宝"),
        (["银行卡"], "银行卡"),
        (["wechat", "wechat"], "微信"), (["wechat", "alipay"], ""), (["wechat", "积分"], ""),
        (["P01"], ""), ([], ""),
    ],
)  # fmt: skip
def test_only_a_way_to_pay_that_is_known_is_named(methods: list[str], told: str) -> None:
    payments = [{"method": method, "status": "success"} for method in methods]
    assert paid_by({"payments": [*payments, {"method": "other", "status": "failed"}]}) == told


@pytest.mark.parametrize("text", ["我还要货啊", "那货还给我送吗", "我还要东西"])
def test_what_is_true_of_another_option_is_no_ground_for_the_one_picked(text: str) -> None:
    talk = offered().pick("refund").say(text)
    assert "照常履行" not in "".join(talk.told)
    assert talk.matter.stage == "offered"
    paid = offered().pick("compensation").say(text)
    assert "照常履行" in paid.told[0]
    assert paid.matter.stage == "confirming"
