"""What is shown for a promise, a number not at hand, and an order wanted after all."""

import pytest

from bot.conversation.shapes.events import CustomerSpoke, Heard
from bot.conversation.shapes.state import Matter, Remedy
from bot.conversation.words.things import at_hand
from bot.conversation.words.things.at_hand import (
    cannot_recall,
    claims_paid,
    claims_promise,
    has_proof,
    lacks_receipt,
)
from bot.conversation.words.wishes.second_thoughts import wants_order_back

CANCELLED = Matter(
    id="1",
    issue="none",
    issues=("none",),
    intent="want_cancel",
    stage="ended",
    end="resolved",
    remedies=(Remedy(key="1", option={"kind": "refund"}, state="done"),),
)


@pytest.mark.parametrize(
    "text",
    [
        "我有聊天截图",
        "我这有客服的聊天记录",
        "有证据的",
        "我截了图",
        "发你截图",
        "不会拍 我有聊天记录",
    ],
)
def test_proof_is_at_hand(text: str) -> None:
    assert has_proof(text)


@pytest.mark.parametrize(
    "text",
    [
        "没有截图",
        "有没有截图的地方",
        "有凭证吗",
        "没留聊天记录",
        "截图怎么发",
        "东西有破损",
        "我不想发截图",
        "不会发截图",
        "没法发截图",
        "有什么证据",
    ],
)
def test_no_proof_is_at_hand(text: str) -> None:
    assert not has_proof(text)


@pytest.mark.parametrize(
    "text",
    ["我妈手机号我记不住了", "忘了手机尾号", "尾号是多少来着", "不知道她的号码", "记不清了"],
)
def test_a_number_is_not_recalled(text: str) -> None:
    assert cannot_recall(text)


@pytest.mark.parametrize(
    "text", ["手机收到就是坏的", "手机没声音", "算了不查了", "电话打不通", "不知道怎么退", "4333"]
)
def test_what_else_is_told_is_no_lack_of_a_number(text: str) -> None:
    assert not cannot_recall(text)


def _spoke(text: str) -> CustomerSpoke:
    return CustomerSpoke(message_ids=(1,), text=text, heard=Heard())


@pytest.mark.parametrize(
    "text",
    [
        "我后悔了 不想取消了",
        "啊我点错了 还要 能恢复吗",
        "不取消了",
        "我又想要了",
        "手滑了 还要的",
        "能恢复吗",
        "帮我恢复订单",
    ],
)
def test_an_order_given_up_is_wanted_after_all(text: str) -> None:
    assert wants_order_back(CANCELLED, _spoke(text))


@pytest.mark.parametrize(
    "text",
    [
        "还要多久",
        "还要赔我钱",
        "怎么还不取消",
        "取消了吗",
        "还是要等几天",
        "退款到账了",
        "点错了",
        "优惠券能不能恢复",
        "积分能恢复吗",
        "账号可以恢复吗",
        "多久能恢复",
        "不取消了吗",
    ],
)
def test_what_is_asked_of_a_refund_brings_no_order_back(text: str) -> None:
    assert not wants_order_back(CANCELLED, _spoke(text))


@pytest.mark.parametrize("text", ["我付了呀", "我已经付过款了", "明明付了钱的", "我支付成功了"])
def test_it_is_claimed_to_be_paid(text: str) -> None:
    assert claims_paid(text)


@pytest.mark.parametrize(
    "text", ["我付了吗", "没付", "付了定金", "我付了两次", "我付不了", "付了钱不发货", "付了50"]
)
def test_this_claims_no_mere_payment(text: str) -> None:
    assert not claims_paid(text)


@pytest.mark.parametrize("text", ["客服说下单减20", "直播间答应过打八折", "页面写着满100减20"])
def test_a_promised_discount_is_claimed(text: str) -> None:
    assert claims_promise(text)


@pytest.mark.parametrize(
    "text", ["客服说不能减", "你们说没有优惠", "客服说了吗减20", "客服说明天发货"]
)
def test_this_claims_no_promise(text: str) -> None:
    assert not claims_promise(text)


@pytest.mark.parametrize("text", ["没有凭证", "没有收据", "没凭证，现金给的"])
def test_there_is_no_receipt(text: str) -> None:
    assert lacks_receipt(text)


@pytest.mark.parametrize("text", ["没有收到", "有收据", "没给我收据怎么办", "没开发票", "现金"])
def test_this_does_not_say_that_there_is_no_receipt(text: str) -> None:
    assert not lacks_receipt(text)


@pytest.mark.parametrize(
    "text",
    [
        "没有收据但有聊天记录", "不是现金付的", "现金给的，有收据", "没有凭证也有监控",
        "有没有收据",
        "不是没有凭证", "没有拿小票 但我微信转的", "没有开收据，我录音了",
    ],
)  # fmt: skip
def test_something_is_there_to_show_for_a_sum(text: str) -> None:
    assert not lacks_receipt(text)


@pytest.mark.parametrize(
    "text",
    [
        "客服说券不能用",
        "客服说优惠结束了",
        "客服说优惠券过期了",
        "主播说骨折了",
        "客服说折旧",
        "页面写明不返",
    ],
)
def test_what_was_said_of_a_discount_is_no_promise(text: str) -> None:
    assert not claims_promise(text)


def test_whether_it_was_paid_is_no_claim() -> None:
    assert not claims_paid("是不是付了")


@pytest.mark.parametrize(
    "text",
    ["照片等会发", "没空拍 晚上发", "东西在公司明天拍", "现在不方便拍照 回家拍给你", "下班再发图",
     "照片晚点发你"],
)  # fmt: skip
def test_a_picture_that_is_sent_later_is_waited_for(text: str) -> None:
    assert at_hand.brings_later(text)
    assert at_hand.goes_to_fetch(text)


@pytest.mark.parametrize(
    "text",
    ["昨天晚上发现的没拍照", "没有照片", "明天发货吗", "昨晚拍的找不到了", "晚上拍的没留",
     "相机坏了没法拍", "明天也拍不了", "回家没法拍", "等会发货就好", "晚上发烧了没拍",
     "前天晚上拍完就删了", "快递扔门口没拍照"],
)  # fmt: skip
def test_a_picture_that_there_is_not_is_not_sent_later(text: str) -> None:
    assert not at_hand.brings_later(text)
