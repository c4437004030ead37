"""A return on record that is wished undone, and what only sounds like it."""

import pytest

from bot.conversation.words.undone import wants_return_undone


@pytest.mark.parametrize(
    "text",
    [
        "算了不退了 帮我撤销退货申请", "我不想退了 撤销退货吧", "我不想退了 撤销申请",
        "退货申请帮我取消一下", "取消我的退款申请", "能不能取消退货", "换货申请撤回",
    ],
)  # fmt: skip
def test_it_is_wished_undone(text: str) -> None:
    assert wants_return_undone(text)


@pytest.mark.parametrize(
    "text",
    [
        "你们为什么取消我的退货申请", "退货申请被取消了", "撤销了退货申请还能再申请吗",
        "我没取消退货",
        "取消订单 退款", "我要取消退款",
        "撤销申请", "不退了", "别撤销退货申请", "系统自动取消退货",
        "如果取消退货会怎样", "取消订单退货退款",
    ],
)  # fmt: skip
def test_it_is_not_wished_undone(text: str) -> None:
    assert not wants_return_undone(text)
