"""A grant that is said never to have been asked for is undone as far as it can be."""

from __future__ import annotations

import pytest

from bot.conversation.shapes.events import CustomerSpoke, Heard
from bot.conversation.shapes.state import Matter, Remedy, Stage
from bot.conversation.words.wishes.disputed import disputes_grant


def said(text: str) -> CustomerSpoke:
    return CustomerSpoke(message_ids=(1,), text=text, heard=Heard())


def granted(kind: str, stage: Stage = "ended") -> Matter:
    option = {"id": "1", "kind": kind, "amount_fen": 100, "detail": {}, "promise": ""}
    remedy = Remedy(key="1-1", option=option, state="done")
    return Matter(
        id="1", issue="defect", issues=("defect",), intent="complain", stage=stage,
        end="resolved" if stage == "ended" else None, remedies=(remedy,),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("refund", "我没说要退款"), ("return_refund", "我没说要退款啊"),
        ("return_refund", "等等 我没说要退货"),
        ("partial_refund", "我可没同意退款"), ("exchange", "我没让你们换货"),
        ("refund", "谁让你们退款的？"), ("refund", "谁说我要退款了"),
        ("cancel", "我没要取消订单啊"),
        ("exchange", "不对，我没选换货"), ("compensation", "我没同意"),
        ("reship", "我没说要补发，我要退钱"),
    ],
)  # fmt: skip
def test_what_was_agreed_on_is_disputed(kind: str, text: str) -> None:
    assert disputes_grant(granted(kind), said(text))
    assert disputes_grant(granted(kind, "approval"), said(text))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("refund", "我没说不要退款"), ("refund", "你没说要退货啊"), ("refund", "我没说要退款吗"),
        ("return_refund", "我没说要退运费"), ("exchange", "我没说要退款"), ("refund", "我没说"),
        ("refund", "他没说要退款"), ("refund", "你们没说要退款多久"), ("refund", "没退款"),
        ("refund", "谁说不退款的"), ("explain", "我没说要退款"), ("refund", "我没收到退款"),
    ],
)  # fmt: skip
def test_what_was_agreed_on_stands(kind: str, text: str) -> None:
    assert not disputes_grant(granted(kind), said(text))


def test_what_is_only_offered_cannot_be_disputed() -> None:
    assert not disputes_grant(granted("refund", "offered"), said("我没说要退款"))
