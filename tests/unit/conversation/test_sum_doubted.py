"""Whether the sum of a return is asked after: answered from the offer, and no other dispute."""

from __future__ import annotations

import pytest

from bot.conversation.shapes.events import CustomerSpoke, Heard
from bot.conversation.shapes.state import Matter
from bot.conversation.words.answers.sum_doubted import claims_other_sum, doubts_sum, is_about


@pytest.mark.parametrize(
    "text",
    [
        "怎么才退249啊 我买的时候283一件",
        "怎么少退我30",
        "怎么算的",
        "为什么少退我30",
        "算错了吧 少退我钱了",
        "这个金额怎么算的呀",
        "凭什么只退这些",
        "金额不对吧",
        "应该退我283",
    ],
)
def test_the_sum_is_doubted(text: str) -> None:
    assert doubts_sum(text)


@pytest.mark.parametrize(
    "text",
    [
        "怎么退",
        "怎么退货啊",
        "七天怎么算",
        "少发了一件",
        "少退一件可以吗",
        "为什么不给退",
        "钱什么时候到",
        "运费怎么算我的",
        "算了不退了",
        "东西不对",
    ],
)
def test_something_else_is_asked(text: str) -> None:
    assert not doubts_sum(text)


def _matter(issue: str, kind: str) -> Matter:
    offer = ({"id": "o1", "kind": kind, "amount_fen": 24999, "money": "statutory"},)
    return Matter(
        id="1", issue=issue, issues=(issue,), intent="want_return", stage="offered", offer=offer
    )


@pytest.mark.parametrize(
    ("issue", "kind", "order_nos", "is_doubt"),
    [
        ("none", "return_refund", (), True),
        ("defect", "return_refund", (), True),
        ("none", "return_refund", ("DD1",), False),
        ("overcharge", "partial_refund", (), False),
        ("defect", "partial_refund", (), False),  # a sum that is haggled over
    ],
)
def test_only_a_sum_for_goods_is_told_from_its_offer(
    issue: str, kind: str, order_nos: tuple[str, ...], is_doubt: bool
) -> None:
    spoke = CustomerSpoke(message_ids=(1,), text="怎么少退我30", heard=Heard(order_nos=order_nos))
    assert is_about(_matter(issue, kind), spoke) is is_doubt


@pytest.mark.parametrize(
    ("text", "issues", "is_doubt"),
    [
        ("少退我30，而且衣服还破了个洞", ("defect",), False),
        ("你们算错了吧，还少发了一条腰带", ("missing_item",), False),
        ("算错了吧，另外问下发票", (), False),
        ("算错了吧", ("overcharge",), True),
        ("怎么少退我30", (), True),
    ],
)
def test_what_is_complained_of_besides_is_no_doubt(
    text: str, issues: tuple[str, ...], is_doubt: bool
) -> None:
    spoke = CustomerSpoke(message_ids=(1,), text=text, heard=Heard(issues=issues))
    assert is_about(_matter("none", "return_refund"), spoke) is is_doubt


@pytest.mark.parametrize(
    ("text", "amount_fen", "claims"),
    [
        ("你们刚才说退我80", 8000, True),
        ("刚才不是说赔我30吗", 3000, True),
        ("你们答应退80的", 8000, True),
        ("上面写的退50块", 5000, True),
        ("你们刚才说退我249.99", 24999, False),  # it is on the table
        ("客服刚才说退我80", 8000, False),
        ("你们昨天说退我80", 8000, False),
        ("你们说退款3天到", None, False),
        ("你们说七天能退吗", None, False),
        ("你们说退30天内", 3000, False),
        ("你们写的退30天", 3000, False),
        ("上面说退7天内的", 700, False),
        ("你们说退2件", 200, False),
        ("你们说退80%", 8000, False),
        ("你们刚才说退我30.5", 3050, True),
        ("你们说退30块", 3000, True),
        ("退我80", 8000, False),
        ("你们能退80吗", 8000, False),
        ("刚才多收了80", 8000, False),
        ("别人都说退了80", 8000, False),
    ],
)
def test_a_sum_that_was_never_offered(text: str, amount_fen: int | None, claims: bool) -> None:
    spoke = CustomerSpoke(message_ids=(1,), text=text, heard=Heard(amount_fen=amount_fen))
    assert claims_other_sum(_matter("defect", "return_refund"), spoke) is claims
