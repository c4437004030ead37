"""A question is answered from what was told already, and from nothing else."""

from __future__ import annotations

import pytest

from bot.conversation.words.answers.said_before import told_of

TOLD = (
    "您的订单11月22日已发出，可以通知快递拦截，拦下后退款。",
    "拦不下来的，可以拒收，或收到后7天内退。",
    "依据：电子商务法第50条；已交快递的包裹只能拦截改派，改派费以快递报价为准，先告诉您再办。",
    "您希望的改派，按目前的情况不在可以直接办的范围里；仍想这样处理，回复“人工”，由专人复核。",
)
FEE = "已交快递的包裹只能拦截改派，改派费以快递报价为准，先告诉您再办"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("我拒收可以吗", "拦不下来的，可以拒收，或收到后7天内退"),
        ("能拒收不", "拦不下来的，可以拒收，或收到后7天内退"),
        ("那我能拒收吗", "拦不下来的，可以拒收，或收到后7天内退"),
        ("改派要我出钱吗", FEE),
        ("改派费谁出", FEE),
        ("改派收费吗", FEE),
        ("拒收要扣钱吗", None),
        ("改派要几天", None),
        ("吊牌剪了还能退吗", None),
        ("能开发票吗", None),
        ("那就拒收", None),
        ("你们改派", None),
    ],
)
def test_what_was_told_answers(question: str, answer: str | None) -> None:
    assert told_of(question, TOLD) == answer


def test_nothing_was_told() -> None:
    assert told_of("我拒收可以吗", ()) is None
    assert told_of("我拒收可以吗", ("",)) is None
