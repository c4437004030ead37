"""A return on record that is wished undone, and what only sounds like it."""

import pytest

from bot.conversation.words.wishes.undone import returns_no_longer, wants_return_undone


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


@pytest.mark.parametrize(
    "text",
    [
        "不退了", "我不想退了", "算了不退了", "那就不退了吧", "不打算退货了", "衣服我留着 不退了",
        "不用退了，谢谢", "我说不退了", "我老婆说不退了", "快递太麻烦不退了", "自己修好了 不退了",
        "不退了 也不换了", "不退了 懒得寄",
    ],
)  # fmt: skip
def test_nothing_is_to_go_back(text: str) -> None:
    assert returns_no_longer(text)


@pytest.mark.parametrize(
    "text",
    [
        "不退了，换一件吧", "那不退了 换新的", "不用退了 补我20就行", "不退了 就要赔偿",
        "不退了 给我20块",
        "不退了 帮我修一下", "不退了 给张券", "快递员说不退了", "你们又不退了", "客服讲不退了",
        "他们不退了", "店里回我不退了", "不退了 退一半就行", "说好退的又不退了",
        "不退了吗", "不退了？凭什么",
    ],
)  # fmt: skip
def test_something_else_is_wished_or_told(text: str) -> None:
    assert not returns_no_longer(text)
