"""A new address that is put right: before a yes it is the right one that is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bot.conversation.shapes.steps import Ask
from tests.unit.conversation.talk import LATE, SLOW, TAILS, Talk, spoke

ADDRESS = "滨江区长河路351号3幢201"


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
    assert (option["kind"], option["detail"]["correction"]) == (kind, "滨江区长河路351号3幢203")


@pytest.mark.parametrize("text", ["不对 是602", "门牌错了 应该是602", "602室 不是201"])
@pytest.mark.parametrize(("order_no", "kind"), [(LATE, "correct_order"), (SLOW, "intercept")])
def test_nor_is_the_old_one_confirmed_by_who_puts_it_right(
    text: str, order_no: str, kind: str
) -> None:
    talk = told(order_no).pick(kind)
    option = shown(talk.hear(spoke(text)))
    assert str(option["detail"]["correction"]).startswith("滨江区长河路351号3幢602")


@pytest.mark.parametrize("text", ["不对", "不是203", "203错了", "是203吗"])
def test_what_names_no_other_number_puts_nothing_right(text: str) -> None:
    talk = told().pick("correct_order").hear(spoke(text))
    assert talk.matter.correction == ADDRESS
