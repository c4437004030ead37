"""The taxonomy's words tell close issues apart, and others do not."""

from __future__ import annotations

import pytest

from bot.conversation.words.told_apart import told_apart


@pytest.mark.parametrize(
    ("read", "beside", "text", "issue"),
    [
        ("defect", "damaged", "衣服收到就破了个洞", "damaged"),
        ("defect", "damaged", "一打开全碎了，杯子", "damaged"),
        ("defect", "damaged", "拿到的时候已经裂了", "damaged"),
        ("defect", "damaged", "收到用了两天就破了", "defect"),
        ("defect", "damaged", "收到了，穿着有点开线", "defect"),
        ("defect", "damaged", "杯子碎了", "defect"),
        ("spec", "system", "系统卡了下了两单一样的", "system"),
        ("spec", "system", "页面没反应我点了两次", "system"),
        ("spec", "system", "APP抽风重复提交了", "system"),
        ("spec", "system", "下了两单一样的", "spec"),
        ("spec", "system", "手机拍了两次", "spec"),
        ("not_received", "not_shipped", "快递那边说压根没收着件", "not_shipped"),
        ("not_received", "not_shipped", "中通讲没揽到货", "not_shipped"),
        ("not_received", "not_shipped", "快递说送到了，我没收到货", "not_received"),
        ("not_received", "not_shipped", "快递一直没收到", "not_received"),
    ],
)
def test_only_clear_words_tell_apart(read: str, beside: str, text: str, issue: str) -> None:
    assert told_apart(read, {read, beside}, text) == issue
    assert told_apart(read, {read}, text) == read
    assert told_apart(beside, {read, beside}, text) == beside
