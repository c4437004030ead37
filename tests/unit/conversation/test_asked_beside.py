"""What is asked of a remedy on offer, in words that neither take nor refuse it."""

from __future__ import annotations

import pytest

from bot.conversation.saying.order_words import paid_by
from bot.conversation.words.answers.asked_beside import asked_of, fails_of
from bot.remedies.wishes import REDIRECTED

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
        ("快递到哪了", STOP, None), ("退到哪", COUPON, None), ("寄到哪里", MEND, None),
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
