"""Words that mean something else after what was said last, and their near misses."""

from __future__ import annotations

import pytest

from bot.conversation.words.matters import heard_anew


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("可是我没收到啊", True),
        ("都说了没收到!!", True),
        ("我没拿到过388.8啊", True),
        ("我没收到货啊", False),
        ("快递显示签收我没收到", False),
        ("补发的没收到", False),
        ("没看到东西", False),
        ("收到了", False),
        ("钱没收到", True),
        ("退款没到啊", True),
        ("钱也没收到", True),
        ("到现在还没收到", True),
        ("一个都没收到，你们说送的两个杯子", False),
        ("一个都没收到", False),
        ("杯子也没收到", False),
        ("杯子没收到", False),
        ("赠品没收到", False),
        ("今天还没到", True),
        ("到现在还没到", True),
        ("怎么还不到啊", True),
        ("还没到货", False),
        ("快递还没到", False),
        ("杯子今天还没到", False),
        ("第二个还没到", False),
        ("今天到了", False),
        ("也没收到啊", False),
    ],
)
def test_not_received_may_be_money(text: str, money: bool) -> None:
    assert heard_anew.is_of_money(text) is money


@pytest.mark.parametrize(
    ("text", "impatient"),
    [
        ("你倒是说话啊", True),
        ("说话啊", True),
        ("怎么不回我", True),
        ("客服三天不理人", False),
        ("打电话没人接", False),
        ("昨天问到现在都不回", False),
        ("发消息已读不回", False),
    ],
)
def test_impatience_tells_of_no_silence_before(text: str, impatient: bool) -> None:
    assert heard_anew.is_impatient(text) is impatient


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("尾号打错了，4231", True),
        ("刚才输错了 是4231", True),
        ("手机号填错了能改成4231的吗", False),
        ("地址填错了 4231", False),
        ("收货手机写错了 4231", False),
    ],
)
def test_digits_put_right(text: str, tail: bool) -> None:
    assert heard_anew.corrects_tail(text) is tail


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("都三天了", True),
        ("都十二天了！", True),
        ("才过了八天", True),
        ("等了五天了", True),
        ("都一个月了啊", True),
        ("三天没动了", False),
        ("三天内发货吗", False),
        ("都三天了还没发货", False),
        ("三天都没人来", False),
    ],
)
def test_a_spell_alone_tells_only_how_long(text: str, only: bool) -> None:
    assert heard_anew.only_tells_how_long(text) is only
