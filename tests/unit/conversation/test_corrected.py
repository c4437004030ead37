"""A new address that is put right: before a yes it is the right one that is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bot.conversation.shapes.steps import Ask, Say
from bot.conversation.words.answers.of_the_offer import asks_of_fee
from tests.unit.conversation.talk import LATE, SLOW, TAILS, Talk, spoke

ADDRESS = "浙江省杭州市滨江区长河路351号3幢201"


def told(order_no: str = LATE) -> Talk:
    """Return a talk in which an address was told, and its change is offered."""
    heard = {"issues": ("address",), "confident": True, "intent": "want_correction"}
    text = f"地址写错了 改成{ADDRESS}"
    said = spoke(text, order_nos=(order_no,), phone_tail=TAILS[order_no], **heard)
    talk = Talk().hear(said)
    assert talk.matter.stage == "offered"
    return talk


def shown(talk: Talk) -> Mapping[str, Any]:
    """Return the option that the customer is asked to confirm."""
    (ask,) = [step for step in talk.steps if isinstance(step, Ask)]
    assert ask.what == "confirm"
    option: Mapping[str, Any] = ask.facts["option"]
    return option


@pytest.mark.parametrize("text", ["不对是203", "203", "门牌错了 应该是203", "不是201是203"])
@pytest.mark.parametrize(("order_no", "kind"), [(LATE, "correct_order"), (SLOW, "intercept")])
def test_a_house_number_told_beside_the_offer_is_shown_to_be_confirmed(
    text: str, order_no: str, kind: str
) -> None:
    option = shown(told(order_no).hear(spoke(text)))
    assert (option["kind"], option["detail"]["correction"]) == (
        kind,
        ADDRESS[:-1] + "3",
    )


@pytest.mark.parametrize("text", ["不对 是602", "门牌错了 应该是602", "602室 不是201"])
@pytest.mark.parametrize(("order_no", "kind"), [(LATE, "correct_order"), (SLOW, "intercept")])
def test_nor_is_the_old_one_confirmed_by_who_puts_it_right(
    text: str, order_no: str, kind: str
) -> None:
    talk = told(order_no).pick(kind)
    option = shown(talk.hear(spoke(text)))
    assert str(option["detail"]["correction"]).startswith("浙江省杭州市滨江区长河路351号3幢602")


@pytest.mark.parametrize("text", ["不对", "不是203", "203错了", "是203吗"])
def test_what_names_no_other_number_puts_nothing_right(text: str) -> None:
    talk = told().pick("correct_order").hear(spoke(text))
    assert talk.matter.correction == ADDRESS


@pytest.mark.parametrize(
    "text",
    ["要钱吗", "要另外收费吗", "改派要加钱不", "改派费谁出", "多少钱", "收费不", "免费的吗"],
)
def test_what_it_costs_to_send_a_parcel_elsewhere_is_told_and_nothing_taken(text: str) -> None:
    beside = told(SLOW).hear(spoke(text, demand="intercept"))
    (say,) = [step for step in beside.steps if isinstance(step, Say)]
    assert (say.wording, say.facts["topic"]) == ("beside", "freight")
    assert "快递报价" in beside.told[-1]
    asked = told(SLOW).pick("intercept").hear(spoke(text))
    assert asked.matter.stage == "confirming"
    assert "快递报价" in asked.told[-1]


@pytest.mark.parametrize("text", ["退我多少钱", "改派吧", "不要了 把钱退我"])
def test_what_is_no_question_of_a_fee_is_answered_otherwise(text: str) -> None:
    assert not asks_of_fee(text, told(SLOW).matter.offer)


def invoice(correction: str = "个人") -> Talk:
    """Return a talk in which an invoice is offered."""
    heard = {"issues": ("invoice",), "confident": True}
    said = spoke(f"开发票 抬头{correction}", order_nos=(LATE,), phone_tail=TAILS[LATE], **heard)
    talk = Talk().hear(said)
    assert talk.matter.stage == "offered"
    return talk


@pytest.mark.parametrize(
    ("text", "told_of"),
    [
        ("要纸质的", "电子发票"),
        ("寄到公司去", "电子发票"),
        ("发到邮箱 wang@qq.com", "邮箱"),
        ("要专票", "税号"),
    ],
)
def test_what_an_invoice_will_not_be_is_told_and_nothing_taken(text: str, told_of: str) -> None:
    beside = invoice().hear(spoke(text, demand="invoice"))
    assert beside.matter.stage == "offered"
    assert told_of in beside.told[-1]


def test_a_mailbox_asked_after_when_it_is_done_is_answered() -> None:
    talk = invoice().pick("invoice").pick("confirm")
    assert "邮箱" in talk.hear(spoke("邮箱写了没")).told[-1]
