"""What is wanted, or found wrong, instead of what was agreed on or offered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.replaying.anew import looked_at_anew
from bot.conversation.shapes.state import Matter, Remedy
from bot.conversation.words.wishes import afterthoughts, second_thoughts
from bot.conversation.words.wishes.said_again import finds_more, speaks_of_settled
from bot.conversation.words.wishes.second_thoughts import (
    fault_found,
    wants_goods_besides,
    wants_other,
    wants_other_instead,
)
from tests.unit.conversation.talk import STALLED, executing, spoke


def waiting(kind: str, stage: str = "approval") -> Matter:
    """Return a matter in which a remedy of that kind awaits approval."""
    remedy = Remedy(key="1-1", option={"kind": kind}, state="awaiting_approval")
    return Matter(
        id="1",
        issue="defect",
        issues=("defect",),
        intent="complain",
        stage=stage,  # type: ignore[arg-type]
        remedies=(remedy,),
    )


@pytest.mark.parametrize(
    ("kind", "text", "heard"),
    [
        ("partial_refund", "算了 不要补偿了 我要退货退款", {}),
        ("partial_refund", "不要这60了 撤回申请 我要换一条", {}),
        ("partial_refund", "我不要钱了 给我换一条新的", {}),
        ("partial_refund", "我不要钱了 能给我换一条吗", {}),
        ("partial_refund", "还是退货吧", {}),
        ("partial_refund", "换货吧", {"intent": "want_exchange", "demand": "exchange"}),
        ("refund", "不要退款了 换成补发吧", {}),
        ("return_refund", "不退了 补发吧", {"intent": "want_exchange", "demand": "reship"}),
        ("exchange", "不换了 给张券", {}),
        ("return_refund", "不退了，还是补偿吧", {}),
        ("return_refund", "改成补偿吧", {"intent": "want_compensation", "demand": "compensation"}),
        ("refund", "还是给我补偿吧", {"intent": "want_compensation", "demand": "compensation"}),
        ("return_refund", "换成券吧", {}),
        ("partial_refund", "不要退款了 给张券", {}),
        ("refund", "钱不用退了 给我红包", {}),
        ("partial_refund", "取消订单吧", {}),
        ("partial_refund", "这单取消吧 不要了", {}),
        ("partial_refund", "已经等了十天了 取消订单", {}),
        ("partial_refund", "还没发货就取消订单吧", {}),
        ("reship", "等等 还是退款吧", {}),
        ("reship", "我还是要退款", {"intent": "want_refund", "demand": "refund"}),
        ("reship", "快退钱", {"intent": "want_refund", "demand": "refund"}),
        ("reship", "要退款 不要补发", {}),
        ("exchange", "还是退款吧", {"intent": "want_refund", "demand": "refund"}),
    ],
)
def test_something_else_is_wanted(kind: str, text: str, heard: dict[str, str]) -> None:
    assert wants_other(waiting(kind), spoke(text, **heard))


@pytest.mark.parametrize(
    ("kind", "text", "heard"),
    [
        ("partial_refund", "撤销吧 不要了", {"intent": "want_cancel", "demand": "cancel"}),
        ("partial_refund", "换货麻烦 还是补偿吧", {"intent": "ask_policy", "demand": "exchange"}),
        ("partial_refund", "不换了 就要补偿吧", {"intent": "want_compensation"}),
        ("partial_refund", "退款什么时候批", {"intent": "want_refund", "demand": "refund"}),
        ("partial_refund", "要是不批我要换货", {"intent": "want_exchange", "demand": "exchange"}),
        ("partial_refund", "补偿要 再给我换一条", {"intent": "want_exchange"}),
        ("partial_refund", "还能给个券不", {}),
        ("partial_refund", "给我张优惠券吧", {}),
        ("refund", "给我个红包", {}),
        ("return_refund", "给我补点", {}),
        ("refund", "再给我张券", {}),
        ("refund", "别给我换成券", {}),
        ("refund", "退款还要给个红包", {}),
        ("refund", "券也给我吧", {}),
        ("refund", "要赔我点吧", {"intent": "want_compensation", "demand": "compensation"}),
        ("partial_refund", "我没取消订单啊", {"intent": "want_cancel", "demand": "cancel"}),
        ("partial_refund", "我没说要取消订单", {"intent": "want_cancel", "demand": "cancel"}),
        ("partial_refund", "谁取消订单了", {"intent": "want_cancel", "demand": "cancel"}),
        ("partial_refund", "为什么取消订单", {"intent": "want_cancel", "demand": "cancel"}),
        ("partial_refund", "是不是取消订单了", {"intent": "want_cancel", "demand": "cancel"}),
        ("partial_refund", "已经取消订单了", {"intent": "want_cancel", "demand": "cancel"}),
        ("partial_refund", "能换货吗", {"intent": "want_exchange", "demand": "exchange"}),
        ("partial_refund", "不批就退货", {}),
        ("partial_refund", "快点吧 不然给我退货", {}),
        ("partial_refund", "再不处理我就退货", {}),
        ("partial_refund", "早知道就退货了", {}),
        ("partial_refund", "下次直接退货", {}),
        ("partial_refund", "希望给我换成支付宝收款", {}),
        ("partial_refund", "我要修改一下收货地址", {}),
        ("partial_refund", "快退钱", {"intent": "want_refund", "demand": "refund"}),
        ("compensation", "快退钱", {"intent": "want_refund", "demand": "refund"}),
        ("return_refund", "我要退款", {"intent": "want_refund", "demand": "refund"}),
        ("return_refund", "不用退款了，谢谢，修好了", {}),
        ("return_refund", "不想退了，没坏", {}),
        ("exchange", "换货取消了吧", {"intent": "want_cancel", "demand": "exchange"}),
        ("refund", "我还是要退款", {"intent": "want_refund", "demand": "refund"}),
        ("reship", "补发到了我再退款", {"intent": "want_refund", "demand": "refund"}),
        ("reship", "我没说要退款", {"intent": "want_refund", "demand": "refund"}),
        ("reship", "那钱呢", {"intent": "want_refund", "demand": "refund"}),
        ("reship", "为什么不能退款", {"intent": "want_refund", "demand": "refund"}),
    ],
)
def test_nothing_else_is_wanted(kind: str, text: str, heard: dict[str, str]) -> None:
    assert not wants_other(waiting(kind), spoke(text, **heard))


def test_what_is_carried_out_is_taken_back_by_no_wish() -> None:
    assert not wants_other(waiting("partial_refund", "executing"), spoke("还是退货吧"))


def test_the_remedy_is_taken_back_and_the_other_offered_in_one_turn() -> None:
    talk = executing("compensation", STALLED, "no_tracking")
    talk.say("不要赔付了 直接给我退款", demand="refund", intent="want_refund")
    assert (talk.matter.stage, talk.matter.end) == ("offered", None)
    assert [remedy.state for remedy in talk.matter.remedies] == ["withdrawn"]
    assert talk.matter.escalated is None
    assert "已经撤回" in talk.told[0]
    assert talk.matter.offer[0]["kind"] == "intercept"


def test_one_thing_named_as_still_wanted_is_not_taken_back() -> None:
    talk = executing("compensation", STALLED, "no_tracking").say("不退了 就要赔付")
    assert talk.matter.stage == "approval"


def wish(stage: str = "offered", issue: str = "none") -> Matter:
    """Return a matter in which a return without a reason is on offer."""
    return Matter(
        id="1",
        issue=issue,
        issues=(issue,),
        intent="want_return",
        stage=stage,  # type: ignore[arg-type]
        order_no="A1",
    )


@pytest.mark.parametrize(
    ("text", "heard", "fault"),
    [
        ("等下 发现有个破洞", {"issues": ("defect",)}, "defect"),
        ("围巾掉色 退货退款", {"issues": ("defect",), "demand": "return_refund"}, "defect"),
        ("料子太薄 拉链还坏了", {"issues": ("defect",), "confident": True}, "defect"),
        ("味道太大", {"guess": "defect", "intent": "complain"}, "defect"),
        ("跟描述不符", {"issues": ("refused", "mismatch"), "confident": True}, "mismatch"),
        ("拉链坏了能退吗", {"issues": ("defect",), "confident": True}, "defect"),
    ],
)
def test_a_fault_is_found_beside_a_wish_without_one(
    text: str, heard: dict[str, object], fault: str
) -> None:
    assert fault_found(wish(), spoke(text, **heard)) == fault
    assert fault_found(wish("confirming"), spoke(text, **heard)) == fault
    assert fault_found(wish("executing"), spoke(text, **heard)) is None
    assert fault_found(wish(issue="defect"), spoke(text, **heard)) is None


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("料子太薄了", {"issues": ("defect",)}),
        ("没起球没掉色 好好的", {"issues": ("defect",), "confident": True}),
        ("没有瑕疵 全新的", {"issues": ("counterfeit",), "confident": True}),
        ("包装盒压扁了", {"issues": ("damaged",), "confident": True}),
        ("尺码小了", {"issues": ("defect",)}),
        ("摸着不舒服", {"issues": ("defect",)}),
        ("跟想象的不一样", {"issues": ("mismatch",)}),
        ("大了一码", {"guess": "defect", "intent": "complain"}),
        ("会不会掉色啊", {"issues": ("defect",)}),
        ("要是有破洞呢", {"issues": ("defect",)}),
        ("为什么要我出运费", {"issues": ("refused",)}),
        ("一直不发货", {"issues": ("not_shipped",), "confident": True}),
        ("只取消毛巾", {"guess": "missing_item", "intent": "complain", "demand": "cancel"}),
        ("等下", {"guess": "defect", "intent": "inform"}),
        ("B2的杯子碎了", {"issues": ("damaged",), "confident": True, "order_nos": ("B2",)}),
        ("手被划伤了", {"issues": ("defect",), "confident": True, "signs": ("injury",)}),
    ],
)
def test_no_fault_is_found_in_taste_or_in_something_else(
    text: str, heard: dict[str, object]
) -> None:
    assert fault_found(wish(), spoke(text, **heard)) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("找到了 邻居帮收了", True), ("哦找到了 在我婆婆家", True),
        ("在驿站找到了 不好意思", True),
        ("包裹找到了，谢谢", True), ("找到快递了 在门卫那", True), ("找着了 不用补发了", True),
        ("没找到", False), ("找到了一个 还少一个", False), ("驿站找到了但是破了", False),
        ("找到了 里面是空的", False), ("找到了吗", False), ("物流说找到了 我没看到", False),
        ("单号找到了", False), ("照片找到了", False), ("找到了 但是赔我点", False),
        ("被别人找到了", False), ("还没找到啊", False), ("如果找到了怎么办", False),
        ("你们找到了告诉我", False), ("找到了 给我退款吧", False),
    ],
)  # fmt: skip
def test_the_parcel_turned_up(text: str, found: bool) -> None:
    assert afterthoughts.parcel_found(text) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("找到了在门卫那", True), ("我老公取回来了", True), ("哎找到了 家里人拿了", True),
        ("邻居代收的 刚拿到", True), ("找到了在门卫那 但是破了", False), ("收到了", False),
        ("我老公没取", False), ("物流显示家人代收的", False), ("是不是我妈收了", False),
    ],
)  # fmt: skip
def test_what_turns_up_before_approval_is_owed_no_more(text: str, found: bool) -> None:
    lost = replace(waiting("refund"), issue="not_received", issues=("not_received",))
    assert second_thoughts.parcel_turned_up(lost, spoke(text)) is found


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("还有两个也是碎的", True),
        ("又发现三个碎了", True),
        ("一共碎了三个", True),
        ("还有一条也开线了", True),
        ("还有两个没碎", False),
        ("还有两个是好的", False),
        ("还有一条消息", False),
        ("还有一份小票", False),
        ("还有两张照片", False),
        ("还有一张发票没开", False),
        ("还有一条差评", False),
        ("还有一副也坏了", True),
        ("还有一个小问题", False),
    ],
)
def test_more_pieces_are_found_broken(text: str, more: bool) -> None:
    heard = spoke(text, issues=("damaged",))
    assert finds_more(waiting("partial_refund"), heard) is more


@pytest.mark.parametrize(
    ("text", "came"),
    [
        ("没拦住", True),
        ("还是送来了", True),
        ("送到了 我没拒收", True),
        ("快递员送到了 我拒收了", False),
        ("送来了 已经退回了", False),
        ("拦住了", False),
    ],
)
def test_a_parcel_that_was_to_be_stopped_came(text: str, came: bool) -> None:
    remedy = Remedy(key="1-1", option={"kind": "intercept"}, state="done")
    stopped = Matter(
        id="1", issue="none", issues=("none",), intent="want_cancel", stage="ended",
        end="resolved", remedies=(remedy,),
    )  # fmt: skip
    assert (looked_at_anew(stopped, spoke(text)) is not None) is came


def settled(kind: str, *beside: str) -> Matter:
    """Return a late order for which a remedy was carried out, and what stood beside it."""
    remedy = Remedy(key="1-1", option={"kind": kind}, state="done")
    options = [{"kind": other} for other in (kind, *beside)]
    return Matter(
        id="1", issue="not_shipped", issues=("not_shipped",), intent="complain", stage="ended",
        end="resolved", remedies=(remedy,), verdict={"options": options},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "text", "demand", "opens"),
    [
        ("compensation", "催一下", "expedite", True),
        ("compensation", "快点发货", "expedite", True),
        ("coupon", "那帮我加急吧", "expedite", True),
        ("compensation", "催一下退款", "expedite", False),
        ("compensation", "补偿快点处理", "expedite", False),
        ("compensation", "加急有用没", "expedite", False),
        ("compensation", "不用催了", "expedite", False),
        ("refund", "催一下", "expedite", False),
        ("expedite", "催一下", "expedite", False),
        ("expedite", "还要补偿", "compensation", True),
        ("trace", "有没有补偿啊", "compensation", True),
        ("expedite", "不用补偿了", "compensation", False),
        ("expedite", "补偿到账了吗", "compensation", False),
        ("compensation", "还要补偿", "compensation", False),
        ("refund", "还要补偿", "compensation", False),
    ],
)
def test_what_stood_beside_is_still_wanted(
    given: str, text: str, demand: str, opens: bool
) -> None:
    matter = settled(given, "compensation", "expedite", "refund")
    assert (looked_at_anew(matter, spoke(text, demand=demand)) is not None) is opens


def test_what_did_not_stand_beside_is_not_taken_up() -> None:
    wish = spoke("还要补偿", demand="compensation")
    assert looked_at_anew(settled("expedite", "refund"), wish) is None


@pytest.mark.parametrize(
    ("issue", "text", "heard", "of_settled"),
    [
        ("price_drop", "有两袋漏了", {"issues": ("damaged",)}, False),
        ("price_drop", "有两袋漏了吗", {"issues": ("damaged",)}, True),
        ("price_drop", "跟说好的不一样", {"issues": ("mismatch",)}, True),
        ("damaged", "有点掉漆", {"issues": ("defect",)}, True),
        (
            "damaged",
            "有点掉漆 能退吗",
            {"issues": ("defect",), "intent": "want_return", "demand": "refund"},
            False,
        ),
        ("damaged", "坏了就退10块", {"issues": ("defect",), "demand": "refund"}, True),
        ("damaged", "我要投诉他", {"issues": ("attitude",)}, False),
        ("damaged", "不然我就投诉他", {"issues": ("attitude",)}, True),
    ],
)
def test_what_is_new_is_no_word_on_what_was_granted(
    issue: str, text: str, heard: dict[str, object], of_settled: bool
) -> None:
    option = {"kind": "partial_refund", "amount_fen": 1000, "return_freight": "none"}
    remedy = Remedy(key="1-1", option=option, state="done")
    matter = replace(
        waiting("partial_refund", "ended"), issue=issue, issues=(issue,), remedies=(remedy,)
    )
    said = spoke(text, confident=False, **{"intent": "complain", **heard})
    assert speaks_of_settled(replace(matter, end="resolved"), said) is of_settled


@pytest.mark.parametrize("kind", ["reship", "exchange", "repair"])
@pytest.mark.parametrize(
    "text",
    ["还是退钱吧 怕又坏", "退钱", "算了 我还是想要退款", "还是给我退货退款吧", "能不能改成退款啊",
     "不放心 把钱退我吧"],
)  # fmt: skip
def test_the_money_is_wanted_in_place_of_other_goods(kind: str, text: str) -> None:
    assert wants_other_instead(waiting(kind, "ended"), spoke(text))
    assert not wants_other_instead(waiting(kind, "approval"), spoke(text))
    assert not wants_other_instead(waiting("partial_refund", "ended"), spoke(text))


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("再坏了能退钱吗", {}), ("要是又坏了就给我退款", {}), ("补发什么时候到", {}),
        ("不退款 等新的", {}), ("谢谢 不用退钱了", {}), ("我还要退运费", {}),
        ("新的也坏了 还是退钱吧", {"issues": ("defect",), "confident": True}),
        ("还是退钱吧 DD20261120000003", {"order_nos": ("DD20261120000003",)}),
    ],
)  # fmt: skip
def test_this_leaves_the_other_goods_on_their_way(text: str, heard: dict[str, object]) -> None:
    assert not wants_other_instead(waiting("exchange", "ended"), spoke(text, **heard))


@pytest.mark.parametrize(
    ("granted", "text", "heard"),
    [
        ("exchange", "退货退款", {"demand": "return_refund", "intent": "want_return"}),
        ("exchange", "算了 退货吧", {"demand": "return_refund", "intent": "want_return"}),
        ("exchange", "客服说可以退款", {"demand": "refund"}),
        ("repair", "不想修了 退货", {"intent": "want_return"}),
        ("return_refund", "还是换一个吧", {"demand": "exchange", "intent": "want_exchange"}),
        ("return_refund", "还是换货", {"demand": "exchange"}),
        ("return_refund", "补发一个新的", {"demand": "reship"}),
    ],
)
def test_no_second_remedy_is_given_for_the_same_goods(
    granted: str, text: str, heard: dict[str, object]
) -> None:
    assert wants_other_instead(waiting(granted, "executing"), spoke(text, **heard))


@pytest.mark.parametrize(
    ("granted", "text", "heard"),
    [
        ("return_refund", "快退款", {"demand": "refund"}),
        ("return_refund", "什么时候退钱", {"demand": "refund"}),
        ("exchange", "换的什么时候发", {"demand": "exchange"}),
        ("exchange", "我没说要退款", {"demand": "refund"}),
        ("exchange", "要是再坏就退货", {"demand": "return_refund"}),
        ("return_refund", "再给个券吧", {"demand": "coupon"}),
        ("exchange", "好的", {}),
    ],
)
def test_what_is_under_way_is_only_spoken_of(
    granted: str, text: str, heard: dict[str, object]
) -> None:
    assert not wants_other_instead(waiting(granted, "executing"), spoke(text, **heard))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("直接退款", True), ("那直接退款吧", True), ("我要退款", True), ("还是退款吧", True),
        ("快点退款", False), ("退款", False), ("催一下退款", False), ("给我赶紧退款", False),
        ("不批就直接退款", False), ("我没说要退款", False), ("直接退款什么时候到", False),
        ("退款什么时候批", False),
    ],
)  # fmt: skip
def test_the_money_for_what_never_came_is_no_sum_for_the_wait(text: str, wanted: bool) -> None:
    waits = replace(waiting("compensation"), issue="not_shipped", issues=("not_shipped",))
    heard = {"intent": "want_refund", "demand": "refund"}
    assert wants_other(waits, spoke(text, **heard)) is wanted
    assert not wants_other(waiting("compensation"), spoke(text, **heard))


@pytest.mark.parametrize(
    ("text", "heard", "anyhow", "sole"),
    [
        ("想改成换货", {"demand": "exchange"}, True, True),
        ("还是换货吧", {"demand": "exchange"}, True, True),
        ("能改成换货吗", {"demand": "exchange"}, True, True),
        ("不退了 换一件", {"demand": "exchange"}, True, True),
        ("我想换货", {"demand": "exchange"}, False, True),
        ("换个L码", {"demand": "exchange", "issues": ("spec",)}, False, True),
        ("可以换货吗", {"demand": "exchange"}, False, False),
        ("如果换货要多久", {"demand": "exchange"}, False, False),
        ("破了个洞 换货", {"demand": "exchange", "issues": ("damaged",), "confident": True},
         False, False),
        ("我没说要换货", {"demand": "exchange"}, False, False),
        ("退款什么时候到", {"demand": "refund"}, False, False),
    ],
)  # fmt: skip
def test_goods_in_order_get_one_remedy_too(
    text: str, heard: dict[str, object], anyhow: bool, sole: bool
) -> None:
    back = replace(waiting("return_refund", "ended"), issue="none", issues=("none",))
    assert wants_other_instead(back, spoke(text, **heard)) is anyhow
    assert wants_other_instead(back, spoke(text, **heard), sole=True) is sole


@pytest.mark.parametrize(
    ("text", "heard", "wanted"),
    [
        ("补发一个", {"demand": "reship", "issues": ("missing_item",), "confident": False}, True),
        ("补发", {"demand": "reship"}, True),
        ("再补发一个", {"demand": "reship"}, True),
        ("重新寄一个给我", {"demand": "reship"}, True),
        ("修一下", {"demand": "repair"}, True),
        ("不用补发了", {"demand": "reship"}, False),
        ("没给我补发", {"demand": "reship"}, False),
        ("补发要多久", {"demand": "reship"}, False),
        ("要是再坏就补发", {"demand": "reship"}, False),
        ("已经补发了", {"demand": "reship"}, False),
        ("退10块钱", {"demand": "partial_refund"}, False),
        ("补发一个", {"demand": "reship", "order_nos": ("DD20261120000003",)}, False),
        ("杯子也裂了 补发", {"demand": "reship", "issues": ("damaged",)}, False),
    ],
)  # fmt: skip
def test_goods_wanted_besides_the_money_paid_for_a_fault(
    text: str, heard: dict[str, object], wanted: bool
) -> None:
    assert wants_goods_besides(waiting("partial_refund", "ended"), spoke(text, **heard)) is wanted
    assert not wants_goods_besides(waiting("reship", "ended"), spoke(text, **heard))
    wish = replace(waiting("return_refund", "ended"), issue="none", issues=("none",))
    assert not wants_goods_besides(wish, spoke(text, **heard))


@pytest.mark.parametrize(
    ("text", "taken_back"),
    [
        ("算了 不要补偿了", True), ("补偿算了", True), ("撤回吧", True), ("当我没说", True),
        ("我后悔了", True),
        ("不用赔了", True), ("那就算了吧", True),
        ("真后悔在你家买", False), ("你们会后悔的", False), ("我算了一下应该是120", False),
        ("剪掉线头算了 先用着", False), ("说好赔的又不赔了", False), ("你们不退了", False),
        ("是不是不审核了啊", False), ("人工都不处理了", False), ("别麻烦了吧 快点", False),
        ("东西我留着用 钱快退", False), ("那就不退货了 等钱到账", False),
    ],
)  # fmt: skip
def test_what_awaits_approval_is_taken_back_in_so_many_words(text: str, taken_back: bool) -> None:
    assert afterthoughts.takes_back(text) is taken_back


def test_the_goods_that_stay_are_no_reason_to_take_a_sum_back() -> None:
    assert afterthoughts.only_keeps_goods("那我就不退货了哈")
    assert not afterthoughts.only_keeps_goods("不退货了 补偿也算了")


@pytest.mark.parametrize(
    ("text", "dropped"),
    [
        ("不用退了 谢谢", True), ("算了不退了", True), ("那就不用查了", True),
        ("已经解决了", True),
        ("不退了 给20", False), ("不退了 我要第三个", False), ("不退了 第二个", False),
        ("不换了 1", False), ("我不退了 选19.8", False), ("不用查了 重新发", False),
        ("不用查了 我要钱", False), ("别找了 肯定丢了", False), ("不用管了 赶紧发", False),
        ("你们不退了", False), ("你们不换了", False), ("已经解决了吧", False),
    ],
)  # fmt: skip
def test_what_is_picked_beside_it_drops_nothing(text: str, dropped: bool) -> None:
    assert afterthoughts.lets_go(text) is dropped


@pytest.mark.parametrize("text", ["没有开线也没起球", "没开线没起球 就是不想要", "没有线头"])
def test_a_flaw_that_is_denied_is_none(text: str) -> None:
    assert not second_thoughts.names_flaw(second_thoughts.without_nothing_wrong(text))
