"""Floors under the corpus's cross-validation: a change may not make understanding worse.

The corpus holds many near misses on purpose, so these figures lie below those of easy traffic.
"""

from __future__ import annotations

import time

import pytest

from nlp.registry import Artefact
from nlp.understanding import Understander

FLOORS = {
    "type_macro_f1": 0.76,
    "issue_macro_f1": 0.67,
    "issue_micro_f1": 0.72,
    "intent_accuracy": 0.70,
    "confident_share": 0.33,
    "confident_type_precision": 0.93,
}


@pytest.mark.parametrize(("figure", "floor"), FLOORS.items())
def test_cross_validation_stays_above(whole_artefact: Artefact, figure: str, floor: float) -> None:
    assert whole_artefact.papers["cross_validation"][figure] >= floor


def test_certainty_is_honest(whole_artefact: Artefact) -> None:
    assert whole_artefact.papers["cross_validation"]["calibration_error"] <= 0.07


@pytest.mark.parametrize(
    ("text", "primary"),
    [
        ("付款五天了还不发货", "not_shipped"), ("物流三天没更新了", "no_tracking"),
        ("显示签收但我没收到", "not_received"), ("收到就碎了", "damaged"),
        ("衣服洗一次就掉色", "defect"), ("水果烂了一半", "spoiled"), ("发错颜色了", "wrong_item"),
        ("少发了一件", "missing_item"), ("发票抬头开错了", "invoice"), ("地址填错了", "address"),
        ("拍错尺码了", "spec"), ("退货签收五天了还不退款", "refund_delay"),
        ("刚买就降价了", "price_drop"), ("扣了我两次钱", "double_charge"),
        ("满减没减", "discount"), ("包邮还收我运费", "fee"), ("客服一直不回消息", "no_response"),
        ("怀疑是假货", "counterfeit"), ("颜色跟图片不一样 色差太大", "mismatch"),
        ("快递放驿站不送货上门", "courier"), ("什么时候发货", "none"), ("你好", "none"),
        ("这个有货吗", "none"), ("谢谢", "none"),
    ],
)  # fmt: skip
def test_plain_cases_are_understood(
    whole_understander: Understander, text: str, primary: str
) -> None:
    assert whole_understander.understand(text).primary == primary


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("我想退货 不喜欢", "want_return"), ("帮我取消", "want_cancel"),
        ("什么时候发货", "order_status"), ("能换大一码吗", "want_exchange"), ("谢谢", "thank"),
    ],
)  # fmt: skip
def test_plain_wishes_are_understood(
    whole_understander: Understander, text: str, intent: str
) -> None:
    assert whole_understander.understand(text).intent == intent


def test_understanding_is_quick(whole_understander: Understander) -> None:
    started = time.perf_counter()
    whole_understander.understand_many(["付款五天了还不发货,你们是龟速吗"] * 200)
    assert (time.perf_counter() - started) / 200 < 0.005
