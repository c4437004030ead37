"""What is told after a remedy was agreed on: whether it makes that remedy the wrong one."""

from __future__ import annotations

from typing import Any

import pytest

from bot.conversation.shapes.state import Matter, Remedy
from bot.conversation.words.matters.facts_changed import facts_changed
from bot.conversation.words.wishes.called_off import calls_off
from bot.conversation.words.wishes.second_thoughts import wants_order_back
from tests.unit.conversation.talk import spoke


def settled(issue: str, kind: str, **detail: Any) -> Matter:
    """Return a matter whose remedy was carried out."""
    option = {"kind": kind, "detail": detail, "amount_fen": 0, "return_freight": "none"}
    return Matter(
        id="1", issue=issue, issues=(issue,), intent="complain", stage="ended", end="resolved",
        order_no="A1", remedies=(Remedy(key="1-1", option=option, state="done"),),
    )  # fmt: skip


LACKING = settled("missing_item", "partial_refund", quantity=1)
BROKEN = settled("damaged", "partial_refund", quantity=1)


@pytest.mark.parametrize(
    ("matter", "text", "heard"),
    [
        (LACKING, "不对 数错了 少了2个", {"issues": ("missing_item",), "quantity": 2}),
        (LACKING, "少了2个", {"issues": ("missing_item",), "quantity": 2}),
        (LACKING, "说错了 是两个", {"quantity": 2}),
        (LACKING, "不好意思 没少 是我看错了", {}),
        (LACKING, "找到了 在箱子底下", {}),
        (BROKEN, "弄错了，碎了3个", {"issues": ("damaged",), "quantity": 3}),
        (settled("fee", "partial_refund"), "说错了 收了80", {"amount_fen": 8000}),
    ],
)
def test_another_count_is_for_a_person(matter: Matter, text: str, heard: dict[str, Any]) -> None:
    assert facts_changed(matter, spoke(text, **heard))


@pytest.mark.parametrize(
    ("matter", "text", "heard"),
    [
        (LACKING, "少1个的钱收到了", {"issues": ("missing_item",), "quantity": 1}),
        (LACKING, "2个工作日到账是吧", {"quantity": 2}),
        (LACKING, "少了2个怎么办？", {"issues": ("missing_item",), "quantity": 2}),
        (LACKING, "钱没少 谢谢", {}),
        (LACKING, "好的", {}),
        (LACKING, "找到了吗", {}),
        (LACKING, "没找到", {}),
        (LACKING, "又碎了2个", {"issues": ("damaged",), "confident": True, "quantity": 2}),
        (LACKING, "A2 少了2个", {"issues": ("missing_item",), "quantity": 2,
                                "order_nos": ("A2",)}),
        (LACKING, "我没数错", {}),
        (BROKEN, "钱什么时候到", {}),
        (BROKEN, "要是数错了呢", {}),
        (settled("slow", "explain"), "说错了 是两个", {"quantity": 2}),
    ],
)  # fmt: skip
def test_what_is_no_other_count(matter: Matter, text: str, heard: dict[str, Any]) -> None:
    assert not facts_changed(matter, spoke(text, **heard))


PHONE = settled("address", "correct_order", correction="电话：13912345678")
SIZE = settled("spec", "correct_order", correction="XL")
TITLE = settled("invoice", "invoice", correction="南京云帆信息技术有限公司")


@pytest.mark.parametrize(
    ("matter", "text"),
    [
        (PHONE, "门牌号也错了 是6栋301"),
        (PHONE, "收件人名字也写错了"),
        (PHONE, "还是用原来的电话"),
        (SIZE, "还是要L"),
        (SIZE, "改成M码吧"),
        (SIZE, "不对，应该是L"),
        (TITLE, "抬头写错了，应该是宁波海天商贸有限公司"),
        (TITLE, "写错了 是海天商贸有限公司"),
        (TITLE, "抬头改成宁波海天商贸有限公司可以吗"),
        (TITLE, "还是开个人的"),
        (TITLE, "税号不对"),
        (TITLE, "不是云帆公司，是海天公司"),
        (SIZE, "不改了 还是要L"),
        (SIZE, "还是要L，谢谢"),
        (SIZE, "不对，应该是42码"),
        (SIZE, "还是要黑色的"),
        (SIZE, "还是用原来的"),
        (PHONE, "不对，应该是6栋301"),
        (PHONE, "名字应该是张明"),
        (TITLE, "抬头应该是海天"),
        (PHONE, "不是139开头的，是13812345678"),
    ],
)
def test_another_value_is_for_a_person(matter: Matter, text: str) -> None:
    assert facts_changed(matter, spoke(text, intent="want_correction"))


@pytest.mark.parametrize(
    ("matter", "text", "heard"),
    [
        (PHONE, "没写错", {}),
        (PHONE, "不会写错吧", {}),
        (PHONE, "改好了吗", {}),
        (PHONE, "电话是13912345678没错", {}),
        (SIZE, "改成XL了吗", {}),
        (SIZE, "XL，谢谢", {}),
        (SIZE, "是不是改错了", {}),
        (SIZE, "颜色发错了", {"issues": ("wrong_item",), "confident": True}),
        (SIZE, "拍错了 我要退货", {"intent": "want_return"}),
        (TITLE, "是南京云帆信息技术有限公司", {}),
        (TITLE, "什么时候能开好", {}),
        (TITLE, "没错，谢谢", {}),
        (TITLE, "知道了，还是要谢谢你", {}),
        (TITLE, "好的 应该是明天能收到", {}),
        (TITLE, "还是要等三天啊", {}),
        (TITLE, "不对啊 怎么还没开", {}),
        (TITLE, "不对啊，发票抬头是哪个", {}),
        (TITLE, "不是吧，是真的慢", {}),
        (TITLE, "我不是催你 是着急", {}),
        (TITLE, "发票抬头应该是对的", {}),
        (TITLE, "个人觉得应该是快了", {}),
        (TITLE, "应该是2026年的票", {}),
        (SIZE, "还是用微信联系我吧", {}),
        (SIZE, "还是要快点发货", {}),
        (SIZE, "尺码应该是合适的", {}),
        (SIZE, "之前的事谢谢了", {}),
        (PHONE, "还是用电话联系我吧", {}),
        (PHONE, "地址应该是没问题了", {}),
        (PHONE, "应该是15号能到", {}),
        (PHONE, "还是要打电话问问", {}),
    ],
)
def test_what_is_no_other_value(matter: Matter, text: str, heard: dict[str, Any]) -> None:
    assert not facts_changed(matter, spoke(text, **heard))


@pytest.mark.parametrize(
    ("issue", "kind", "text"),
    [
        ("not_received", "trace", "不用查了"),
        ("not_received", "trace", "那别找了"),
        ("none", "intercept", "算了还是要吧 别拦了"),
        ("spec", "correct_order", "不改了 就这样"),
        ("invoice", "invoice", "不用开发票了"),
        ("missing_item", "reship", "不用补了"),
        ("missing_item", "reship", "不用给我补发了 找到了"),
        ("missing_item", "reship", "先别发了，我不要了"),
        ("missing_item", "reship", "你们别寄了"),
        ("not_received", "trace", "都不用查了"),
        ("defect", "exchange", "我不换了"),
        ("defect", "exchange", "那就不换了吧 谢谢"),
        ("defect", "repair", "算了不修了"),
        ("invoice", "invoice", "不开发票了"),
        ("none", "refund", "别取消"),
        ("none", "return_refund", "别退了"),
    ],
)
def test_a_remedy_is_called_off(issue: str, kind: str, text: str) -> None:
    assert calls_off(settled(issue, kind), text)


@pytest.mark.parametrize(
    ("issue", "kind", "text"),
    [
        ("not_received", "trace", "不用催了"),
        ("not_received", "trace", "查了没有"),
        ("not_received", "trace", "是不用查了吗"),
        ("none", "intercept", "拦截成功了"),
        ("spec", "correct_order", "不要改成黑色"),
        ("invoice", "invoice", "不要开专票"),
        ("missing_item", "reship", "不要发顺丰"),
        ("missing_item", "partial_refund", "不用补了"),
        ("missing_item", "reship", "你们不给我补发"),
        ("missing_item", "reship", "你们也不发货"),
        ("missing_item", "reship", "都不寄"),
        ("missing_item", "reship", "你们不补发了"),
        ("missing_item", "reship", "先别发，我改地址"),
        ("missing_item", "reship", "先不要寄"),
        ("defect", "exchange", "你们不给我换"),
        ("defect", "exchange", "又不换了"),
        ("defect", "repair", "你们不修"),
        ("defect", "repair", "都不给我修"),
        ("defect", "repair", "还是不修"),
        ("invoice", "invoice", "你们不给我开发票"),
        ("invoice", "invoice", "也不开票，什么店"),
        ("not_received", "trace", "你们都不查"),
        ("not_received", "trace", "也不帮我找"),
        ("not_received", "trace", "不帮我查了"),
        ("slow", "intercept", "你们也不拦，气死"),
    ],
)
def test_what_calls_nothing_off(issue: str, kind: str, text: str) -> None:
    assert not calls_off(settled(issue, kind), text)


@pytest.mark.parametrize(
    ("issue", "kind", "text", "wanted"),
    [
        ("slow", "intercept", "算了还是要吧", True),
        ("not_shipped", "refund", "我又想要了", True),
        ("process", "cancel", "点错了 还要的", True),
        ("defect", "refund", "还是要", False),
        ("slow", "intercept", "还是要赔偿", False),
        ("not_shipped", "refund", "还要等多久", False),
        ("slow", "compensation", "我又想要了", False),
    ],
)
def test_an_order_is_wanted_back(issue: str, kind: str, text: str, wanted: bool) -> None:
    assert wants_order_back(settled(issue, kind), spoke(text)) is wanted
