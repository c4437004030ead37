"""A remedy on offer that is named: asked about, turned to, or neither."""

from __future__ import annotations

import pytest

from bot.conversation.words.answers import of_the_offer
from bot.conversation.words.sentence import manner
from bot.conversation.words.wishes import demands
from tests.unit.conversation.talk import LATE, SLOW, TAILS, Talk, complaint

KINDS = ("refund", "compensation", "expedite", "trace", "reship", "intercept", "return_refund",
         "exchange", "coupon")  # fmt: skip
OFFER = [{"id": kind, "kind": kind} for kind in KINDS]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("加急能多快", "expedite"), ("加急要多久", "expedite"), ("加急多久有结果", "expedite"),
        ("加急后多久发货", "expedite"), ("那加急呢", "expedite"), ("催一下要多久啊", "expedite"),
        ("查件能多快", "trace"), ("查件要几天", "trace"), ("查快递要多久", "trace"),
        ("查件什么时候有结果？", "trace"), ("退款能多快到", "refund"), ("退款多久到账", "refund"),
        ("拦截能多快", "intercept"), ("补发要几天", "reship"), ("多久能补发", "reship"),
        ("换货要多久", "exchange"), ("那补偿多久到账", "compensation"),
        ("退货要多久退钱", "return_refund"),
    ],
)  # fmt: skip
def test_how_long_an_option_takes_is_asked(text: str, kind: str) -> None:
    asked = of_the_offer.option_asked(text, OFFER)
    assert asked is not None
    assert asked["kind"] == kind


@pytest.mark.parametrize(
    "text",
    [
        "加急", "帮我加急吧", "加急处理快点", "退款都几天了", "加急多久了", "退货几天内有效",
        "几天能退货",
        "保修多久", "价保多久", "补发的什么时候发的", "怎么退款", "不退款要多久",
        "你们加急几次了", "等了多久了",
        "多久能到", "退款", "查件查了几天没结果", "加急有用吗", "券什么时候过期",
    ],
)  # fmt: skip
def test_this_asks_no_option_for_its_term(text: str) -> None:
    assert of_the_offer.option_asked(text, OFFER) is None


def test_what_is_not_on_offer_has_no_term() -> None:
    assert of_the_offer.option_asked("拦截能多快", [{"id": "1", "kind": "refund"}]) is None


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("能改成退款吗", "refund"), ("换成退款吧", "refund"), ("算了改成退款", "refund"),
        ("还是换成补偿吧", "compensation"), ("能不能换成退货", "return_refund"),
        ("补偿换成退款可以吗", "refund"), ("换货改成退款", "refund"), ("改成加急吧", "expedite"),
        ("等等 改成换货", "exchange"), ("改退款行不行", "refund"),
        ("那就要券吧", "coupon"), ("行吧给我券", "coupon"), ("优惠券也行", "coupon"),
        ("券给我", "coupon"), ("把券给我", "coupon"), ("把优惠券发我吧", "coupon"),
        ("那券呢", "coupon"),
        ("券也可以的", "coupon"), ("送我那张券好了", "coupon"), ("好的，给我优惠券", "coupon"),
        ("那就给我一张券吧", "coupon"), ("就给我券吧", "coupon"), ("好的就给我券", "coupon"),
        ("就要券", "coupon"), ("券我收下了", "coupon"), ("券也可以了", "coupon"),
        ("算了给我券", "coupon"), ("那优惠券呢", "coupon"),
        ("能给我券吗", "coupon"), ("优惠券可以吗？", "coupon"),
    ],
)  # fmt: skip
def test_a_remedy_is_turned_to_by_its_name(text: str, wish: str) -> None:
    assert of_the_offer.wish_in(text, OFFER) == wish


@pytest.mark.parametrize(
    "text",
    [
        "改成退款了吗", "怎么改成退款了", "别改成退款", "不想换成退款", "我没说改成退款",
        "换成L码", "改成红色",
        "换成支付宝", "谁让你们改成退款的", "改成退款要多久", "如果改成退款呢", "改成一半退款",
        "换个券大点的",
        "券没给我", "券给我了吗", "券不要", "券不用了", "我的券没用上", "券能提现吗", "给我两张券",
        "给我100的券", "不要券", "券有什么用", "优惠券没抵扣", "用了券没便宜", "券太少",
        "给我券有屁用",
        "谁要你的券",
        "就给一张券？", "券？", "券?", "券呢", "优惠券呢", "送券吗", "就一张券啊", "就一张券",
        "就送我一张优惠券啊", "你们就给一张券啊", "给我券了", "券给我了", "送了券", "我的券呢",
        "送券么",
    ],
)  # fmt: skip
def test_this_turns_to_no_remedy(text: str) -> None:
    assert of_the_offer.wish_in(text, OFFER) is None


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("就给一张券？", True), ("就一张券啊", True), ("给我券了", True), ("券呢", True),
        ("那券呢", False), ("券给我", False), ("券没给我", False), ("优惠券没抵扣", False),
        ("给我两张券？", False), ("退款？", False),
    ],
)  # fmt: skip
def test_the_coupon_is_named_and_not_taken(text: str, only: bool) -> None:
    assert of_the_offer.only_names_coupon(text, OFFER) is only
    assert not of_the_offer.only_names_coupon(text, [{"id": "1", "kind": "refund"}])


def test_what_is_not_on_offer_is_not_turned_to() -> None:
    assert of_the_offer.wish_in("券给我", [{"id": "1", "kind": "refund"}]) is None


@pytest.mark.parametrize(
    "text",
    ["加急有用没", "查件收费不", "加急要钱吗", "加急是什么意思", "加急呢", "加急会不会快点"],
)
def test_a_remedy_is_only_asked_about(text: str) -> None:
    assert of_the_offer.only_inquires(text) or manner.asks(text)


@pytest.mark.parametrize(
    "text", ["加急", "帮我加急行不", "那帮我催一下", "加急可以不", "赶紧查件", "没收到 帮我查一下"]
)
def test_a_remedy_is_called_for(text: str) -> None:
    assert not of_the_offer.only_inquires(text)
    assert not manner.asks(text)


@pytest.mark.parametrize(
    "text", ["加急能多快", "查件要几天", "加急有用没", "加急呢", "加急收费不", "加急是啥意思"]
)
def test_a_question_carries_nothing_out(text: str) -> None:
    talk = Talk().hear(complaint("not_shipped", LATE, phone_tail=TAILS[LATE]))
    talk.say(text, intent="want_expedite", demand="expedite", confident=True)
    assert (talk.matter.stage, talk.matter.remedies) == ("offered", ())


def test_a_yes_to_the_answer_takes_nothing_by_itself() -> None:
    talk = Talk().hear(complaint("not_shipped", LATE, phone_tail=TAILS[LATE]))
    talk.say("加急能多快", intent="want_expedite", demand="expedite", confident=True)
    talk.say("好的", intent="confirm")
    assert (talk.matter.stage, talk.matter.remedies) == ("offered", ())


def test_the_term_of_another_option_leaves_the_confirmation_in_view() -> None:
    talk = Talk().hear(complaint("slow", SLOW, phone_tail=TAILS[SLOW])).pick("compensation")
    talk.say("加急要多久", intent="ask_policy", demand="expedite")
    assert talk.matter.stage == "confirming"
    assert "加急" in talk.told[0]
    assert "补偿" in talk.told[0]


@pytest.mark.parametrize("text", ["赶紧退", "赶紧退啊", "快退", "马上退", "赶快给我退"])
def test_a_hurried_wish_is_a_wish(text: str) -> None:
    assert demands.bare_wish(text) == "refund"


@pytest.mark.parametrize(
    "text",
    [
        "赶紧",
        "快点",
        "别赶紧退",
        "赶紧退运费",
        "不快退就投诉",
        "今天退了",
        "现在换了",
    ],
)
def test_this_is_no_hurried_wish(text: str) -> None:
    assert demands.bare_wish(text) is None


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("赶紧退一件", "refund"), ("就退那一把", "refund"), ("换坏的那双", "exchange"),
        ("补两个", "reship"), ("退15", None), ("退一半", None), ("退个差价", None),
        ("换个颜色", None), ("退1块", None),
    ],
)  # fmt: skip
def test_a_piece_may_be_named_behind_the_verb(text: str, wish: str | None) -> None:
    assert demands.bare_wish(text) == wish


@pytest.mark.parametrize("text", ["退给我", "赶紧退给我", "退", "把钱退给我", "快退钱"])
def test_only_a_sum_is_named(text: str) -> None:
    assert demands.only_names_sum(text)


@pytest.mark.parametrize("text", ["退货给我", "全退", "退给他", "退一件", "运费不退"])
def test_more_than_a_sum_is_named(text: str) -> None:
    assert not demands.only_names_sum(text)


STOPPED = {"id": "stop", "kind": "intercept", "promise": "intercept"}
SENT_ON = {"id": "send_on", "kind": "intercept", "promise": "intercept_address"}


@pytest.mark.parametrize(
    ("demand", "stopped", "sent_on"),
    [
        ("refund", True, False), ("cancel", True, False), ("correct_order", False, True),
        ("intercept", True, True), ("exchange", False, False), (None, False, False),
    ],
)  # fmt: skip
def test_a_parcel_sent_on_ends_no_order(demand: str | None, stopped: bool, sent_on: bool) -> None:
    assert (demands.gives(demand, STOPPED), demands.gives(demand, SENT_ON)) == (stopped, sent_on)


def redirect_offered() -> Talk:
    talk = Talk().hear(complaint("address", SLOW, phone_tail=TAILS[SLOW]))
    talk.say("改成杭州市萧山区市心路100号5幢301", intent="want_correction")
    assert talk.matter.offer[0]["promise"] == "intercept_address", talk.told
    return talk


@pytest.mark.parametrize("text", ["太麻烦了 不要了退吧", "算了不改了 退款吧", "那我不要了"])
def test_who_gives_the_parcel_up_gets_it_stopped_and_not_sent_elsewhere(text: str) -> None:
    talk = redirect_offered().say(text, intent="want_refund", demand="refund").say("嗯")
    assert talk.matter.stage == "confirming"
    assert (talk.matter.offered(talk.matter.picked) or {})["promise"] == "intercept"
    talk.say("还是改地址吧", intent="want_correction", demand="correct_order")
    assert (talk.matter.offered(talk.matter.picked) or {})["promise"] == "intercept_address"


def test_who_gives_it_up_instead_of_confirming_confirms_nothing() -> None:
    talk = redirect_offered().say("改吧", demand="correct_order")
    assert talk.matter.stage == "confirming"
    talk.say("嗯 退款吧", intent="want_refund", demand="refund")
    assert talk.matter.remedy is None
    assert [o["promise"] for o in talk.matter.offer][:2] == ["intercept", "intercept_address"]
