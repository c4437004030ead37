"""What is refused by name beside an offer is not to be, and no later yes is one to it."""

from __future__ import annotations

import pytest

from bot.conversation.shapes.state import Matter
from bot.conversation.words.wishes.called_off import drops_offer
from tests.unit.conversation.talk import BROKEN, IN_TIME, LATE, SPEC, TAILS, Talk, complaint


def offered(issue: str, *kinds: str, picked: str | None = None, intent: str = "") -> Matter:
    """Return a matter with these kinds on offer, one of them waiting to be confirmed."""
    return Matter(
        id="m1",
        issue=issue,
        issues=(issue,),
        intent=intent,
        stage="confirming" if picked else "offered",
        offer=tuple({"id": kind, "kind": kind, "detail": {}} for kind in (*kinds, "handover")),
        picked=picked,
    )


CANCEL = offered("none", "refund", intent="want_cancel")
TO_STOP = offered("none", "intercept", intent="want_cancel")
RETURN = offered("none", "return_refund", "exchange", intent="want_return")
SWAP = offered("none", "return_refund", "exchange", picked="exchange", intent="want_return")
CHANGE = offered("address", "correct_order", "refund")
INVOICE = offered("invoice", "invoice")
ONE_MORE = offered("missing_item", "reship")
MISSING = offered("missing_item", "reship", "partial_refund", picked="reship")
FAULTY = offered("defect", "return_refund", "exchange")
DELAYED = offered("not_shipped", "refund", "compensation", "expedite")


@pytest.mark.parametrize(
    ("matter", "text"),
    [
        (CANCEL, "开玩笑的 不取消"),
        (CANCEL, "哎别取消"),
        (CANCEL, "别取消别取消"),
        (CANCEL, "不取消"),
        (CANCEL, "等等 先别退"),
        (CANCEL, "先不取消"),
        (CANCEL, "不要取消了 给我发货"),
        (CANCEL, "点错了 别取消订单"),
        (CANCEL, "我没说要取消"),
        (CANCEL, "还是别退了，我要的"),
        (CANCEL, "算了不取消了吧"),
        (CANCEL, "不取消，我等着收货"),
        (CANCEL, "订单别取消"),
        (CANCEL, "不用给我退款"),
        (TO_STOP, "不拦了"),
        (TO_STOP, "别拦了 继续派送"),
        (TO_STOP, "不取消了"),
        (RETURN, "先别退"),
        (RETURN, "还是不退货了"),
        (RETURN, "不退 留着用"),
        (SWAP, "别换了"),
        (SWAP, "先不换"),
        (CHANGE, "不改了"),
        (CHANGE, "不用改"),
        (INVOICE, "发票不开了"),
        (INVOICE, "不用开发票"),
        (ONE_MORE, "不用补发"),
        (ONE_MORE, "不用补了"),
    ],
)
def test_all_that_is_offered_is_refused(matter: Matter, text: str) -> None:
    assert drops_offer(matter, text)


@pytest.mark.parametrize(
    ("matter", "text"),
    [
        (CANCEL, "别取消 直接退款"),
        (CANCEL, "不取消的话多久发"),
        (CANCEL, "怎么不给取消"),
        (CANCEL, "你们不取消"),
        (CANCEL, "为什么不取消"),
        (CANCEL, "不能取消吗"),
        (CANCEL, "别取消 给我补偿"),
        (CANCEL, "不取消 换个颜色"),
        (CANCEL, "取消"),
        (CANCEL, "好的"),
        (CANCEL, "等等"),
        (CANCEL, "要不还是取消吧"),
        (RETURN, "不换 是退三个"),
        (RETURN, "别换"),
        (RETURN, "你们也不退"),
        (RETURN, "都不退"),
        (SWAP, "不换了 退吧"),
        (SWAP, "别换黑色的"),
        (CHANGE, "不要改成3号楼"),
        (INVOICE, "不开发票犯法吧"),
        (INVOICE, "你们不开发票"),
        (MISSING, "不用补发"),
        (MISSING, "不要补了 折现吧"),
        (DELAYED, "别取消"),
        (FAULTY, "不想退货 也不要换货"),
        (FAULTY, "我不退货也不换货"),
    ],
)
def test_something_of_the_offer_is_left(matter: Matter, text: str) -> None:
    assert not drops_offer(matter, text)


@pytest.mark.parametrize("text", ["开玩笑的 不取消", "哎别取消", "不取消", "等等 先别退"])
@pytest.mark.parametrize("yes", ["好的", "好嘞", "确认", "嗯嗯"])
def test_a_refused_cancellation_is_withdrawn(text: str, yes: str) -> None:
    talk = Talk().say(
        "取消订单", intent="want_cancel", order_nos=(IN_TIME,), phone_tail=TAILS[IN_TIME]
    )
    heard = {"intent": "want_cancel", "demand": "cancel", "meanings": (("cancel", 0.9),)}
    talk.pick("refund").say(text, **heard)
    assert (talk.matter.end, talk.matter.remedies, talk.said) == ("withdrawn", (), ["order_kept"])
    talk.say(yes, intent="confirm", meanings=(("yes", 0.99),))
    assert (talk.matter.end, talk.matter.remedies) == ("withdrawn", ())


@pytest.mark.parametrize("yes", ["好", "可以", "行"])
def test_no_mere_yes_is_one_to_what_was_refused(yes: str) -> None:
    broken = Talk().hear(complaint("damaged", BROKEN, phone_tail=TAILS[BROKEN], demand="exchange"))
    talk = broken.say(photos=(1,)).pick("exchange").say("先别换", intent="deny")
    assert (talk.matter.stage, talk.matter.picked) == ("offered", None)
    talk.say(yes, intent="confirm", meanings=(("yes", 0.99),))
    assert (talk.matter.stage, talk.matter.picked) == ("offered", None)


def test_what_was_refused_may_be_wished_for_again() -> None:
    late = Talk().hear(complaint("not_shipped", LATE, phone_tail=TAILS[LATE]))
    talk = late.pick("refund").say("不取消", intent="want_cancel", demand="cancel")
    assert (talk.matter.stage, talk.matter.picked) == ("offered", None)
    talk.say("还是退款吧", intent="want_refund", demand="refund")
    assert talk.matter.stage == "confirming"
    assert "refund" not in talk.matter.unwanted


def test_a_change_that_is_refused_leaves_the_order_as_it_is() -> None:
    spec = Talk().hear(complaint("spec", SPEC, phone_tail=TAILS[SPEC]))
    talk = spec.say("改成L码").pick("correct_order").say("不改了")
    assert (talk.matter.end, talk.matter.remedies) == ("withdrawn", ())
