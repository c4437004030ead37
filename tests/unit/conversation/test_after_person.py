"""What is said after a person spoke: what they promised is told from all else."""

from __future__ import annotations

import pytest

from bot.conversation.shapes import events as ev
from bot.conversation.words.answers import after_person
from tests.unit.conversation.talk import Talk, offered


@pytest.mark.parametrize(
    "text",
    [
        "补发的快递单号多少", "新的什么时候寄", "新杯子啥时候发", "换的那个发了吗", "补寄的到哪了",
        "什么时候给我补发", "新的呢", "补发的呢", "赔了多少", "那杯子本身的钱退吗", "钱呢", "券呢",
        "补偿什么时候给", "退了多少", "赔偿款打了没",
        "碗补发了吗", "碗补了没", "那只碗给我补发了没有", "补寄了吗", "换货办了吗", "给我换了没",
        "怎么还没补发", "还没给我补", "碗什么时候补", "说好补的碗呢", "不是说给我补一只吗",
        "你们同事答应我的碗呢", "退了吗", "退款了没", "处理好了吗", "办得怎么样了", "有结果了吗",
        "安排了吗", "怎么还不给我换", "修好了没", "重发了吗",
    ],
)  # fmt: skip
def test_what_a_person_promised_is_asked_after(text: str) -> None:
    assert after_person.asks_after_promise(text)


@pytest.mark.parametrize(
    "text",
    [
        "订单现在什么状态", "快递到哪了", "还能退款吗", "怎么退钱", "退货运费谁出", "换货要几天",
        "这个多少钱", "有新款吗", "新款什么时候上", "券怎么用", "我要退款", "发票什么时候开",
        "可以换一个新的吗", "尺码怎么选", "杯子多高", "我想换货", "钱包什么时候有货",
        "能补发吗", "可以退了吗", "能换了吗", "要退货吗", "还没收到货", "发货了吗", "到了没",
        "补偿有吗", "我没退过货", "修改了地址", "退货地址是哪", "退货要什么条件", "我没换尺码",
    ],
)  # fmt: skip
def test_what_may_be_had_is_no_promise(text: str) -> None:
    assert not after_person.asks_after_promise(text)


@pytest.mark.parametrize(
    "text",
    [
        "在的", "您好", "稍等我看下", "亲，在的呢，请稍等哦", "您好，我是小王，我先看一下情况",
        "不好意思让您久等了", "我帮您查一下", "客服小李为您服务", "您好 收到您的消息了",
        "亲爱的好", "亲亲亲好", "亲亲，在的", "您好您好，请稍等一下", "您好我是小好",
        "Hello亲，让您久等啦", "嗨亲我这边马上看一下订单哦", "等我一下",
    ],
)  # fmt: skip
def test_an_agent_has_only_received_it(text: str) -> None:
    assert after_person.only_receives(text)


@pytest.mark.parametrize(
    "text",
    [
        "好的", "可以", "收到", "明白了", "给您退", "马上给您退款", "在的，给您补发", "好的稍等",
        "什么原因想退呢", "嗯嗯", "稍等，这就给您换", "客服部已经登记了", "马上", "客" * 40,
        "亲爱的", "亲，您要退款是吧", "您好我马上给您换", "客服说可以", "我看到您的消息，退",
        "亲好评返现",
    ],
)  # fmt: skip
def test_an_agent_may_have_agreed_on_something(text: str) -> None:
    assert not after_person.only_receives(text)


@pytest.mark.parametrize(
    "text",
    [
        "裙子的洞到底怎么处理", "这个怎么办", "你们打算怎么解决", "给个说法", "没人管了吗",
        "那怎么弄",
        "到底怎么赔", "不管了吗", "就这么算了？", "赶紧给我处理", "能不能解决一下", "给我个结果",
    ],
)  # fmt: skip
def test_it_is_asked_what_is_to_become_of_it(text: str) -> None:
    assert after_person.asks_what_comes_of_it(text)


@pytest.mark.parametrize(
    "text",
    [
        "怎么办理退货", "怎么退货", "裙子怎么洗", "快递到哪了", "好的谢谢", "已经解决了",
        "怎么弄坏的", "还没解决啊", "你们没给我解决",
        "会员怎么办卡", "知道怎么用了", "不用处理了",
        "包装盒怎么处理", "发票怎么处理", "帮我处理好了 谢谢",
    ],
)  # fmt: skip
def test_another_question_is_not_that(text: str) -> None:
    assert not after_person.asks_what_comes_of_it(text)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("可以的，七天无理由，运费自理，我交还系统给您办理", "return_refund"),
        ("可以给您换一件新的", "exchange"), ("可以退货退款的，我交还给系统办理", "return_refund"),
        ("可以补发", "reship"), ("同意退款", "refund"), ("189元我已经给您退了", None),
        ("铲子今天给您补寄", None), ("不能退货", None), ("可以退货或者换货", None),
        ("给您退50元", None), ("可以的", None), ("您想退货还是换货", None),
        ("按规定只能换货", None), ("可以申请退货，但需要扣除运费", None),
        ("可以换货，需要您补差价", None), ("您可以申请退货，平台会审核", None),
        ("请问您要申请退款吗", None), ("帮您催一下退款", None), ("可以退款，等仓库验货", None),
    ],
)  # fmt: skip
def test_what_an_agent_plainly_agrees_to(text: str, remedy: str | None) -> None:
    assert after_person.remedy_agreed(text) == remedy


@pytest.mark.parametrize(
    "text", ["那帮我办吧", "然后呢", "好的", "行", "那就办理吧", "怎么办理", "确认"]
)
def test_what_was_agreed_on_is_called_for(text: str) -> None:
    assert after_person.calls_for_it(text)


@pytest.mark.parametrize(
    "text", ["好的谢谢", "好的，我等着", "退了吗", "券呢", "破了个洞", "不用办了"]
)
def test_this_calls_for_nothing(text: str) -> None:
    assert not after_person.calls_for_it(text)


@pytest.mark.parametrize(
    "text", ["还没退货", "我还没退货呢", "没有修改地址", "没有换货服务", "没有退路", "还没换货"]
)
def test_what_was_not_done_by_themselves_was_not_promised(text: str) -> None:
    assert not after_person.asks_after_promise(text)


@pytest.mark.parametrize("text", ["还没给我退", "还没退款", "还没补", "没给我换", "没人给我修"])
def test_what_has_not_come_yet_was_promised(text: str) -> None:
    assert after_person.asks_after_promise(text)


@pytest.mark.parametrize("text", ["好的", "行", "确认", "那帮我办吧"])
def test_what_an_agent_agreed_to_is_offered_whatever_yes_calls_for_it(text: str) -> None:
    talk = _agreed_to().say(text, intent="confirm")
    assert talk.matter.stage != "gathering"
    assert talk.matter.stage != "offered" or talk.matter.agreed is None


def _agreed_to() -> Talk:
    talk = offered().say("转人工", intent="want_human")
    return talk.hear(
        ev.OwnerChanged(owner="agent", name="小王"),
        ev.AgentReplied(name="小王", message_id=1, remedy="refund"),
        ev.OwnerChanged(owner="bot", name=""),
    )
