"""Counts that are no pieces: what a pack holds, and what only its title can tell."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from bot.remedies.packs import pieces_in
from tests.unit.remedies.judge_for_tests import judge, line_of
from tests.unit.remedies.orders_for_tests import delivered, line


@pytest.mark.parametrize(
    ("title", "told", "unit", "pieces"),
    [
        ("可乐 330ml*24罐", 2, "罐", Fraction(1, 12)), ("筷子 10双装", 2, "双", Fraction(1, 5)),
        ("口罩 50只装", 5, "只", Fraction(1, 10)), ("茶叶 12盒装", 2, "盒", Fraction(1, 6)),
        ("矿泉水 6瓶*2", 3, "瓶", Fraction(1, 4)), ("手套 100只*2盒", 1, "盒", Fraction(1, 2)),
        ("手套 100只*2盒", 50, "只", Fraction(1, 4)), ("保鲜盒四只装", 1, "个", Fraction(1, 4)),
        ("草莓 3斤", 1, "斤", Fraction(1, 3)),
        ("哈利波特 全8册", 1, "本", Fraction(1, 8)), ("绘本 共10册", 2, "册", Fraction(1, 5)),
        ("坚果礼盒 10包装", 1, "包", Fraction(1, 10)),
        # The piece itself.
        ("哈利波特 全8册", 1, "套", Fraction(1)), ("小学语文 第8册", 1, "本", Fraction(1)),
        ("小学语文 上册", 1, "本", Fraction(1)), ("坚果礼盒", 1, "个", Fraction(1)),
        ("坚果礼盒", 2, "件", Fraction(2)), ("坚果", 1, "包", Fraction(1)),
        ("可乐 330ml*24罐", 2, "箱", Fraction(2)), ("草莓 3斤", 2, "盒", Fraction(2)),
        ("玻璃杯", 2, "个", Fraction(2)), ("坚果礼盒", 2, "盒", Fraction(2)),
        ("三只松鼠 坚果", 2, "袋", Fraction(2)), ("会员卡 12个月", 1, "个", Fraction(1)),
        ("手工挂面500克", 4, "包", Fraction(4)), ("可乐 330ml*24罐", 2, None, Fraction(2)),
        # Parts of a thing, and gifts, are nothing that it is sold by.
        ("行李箱20寸4个万向轮", 1, "个", Fraction(1)), ("收纳柜 5个抽屉", 1, "个", Fraction(1)),
        ("插排 3个USB口", 1, "个", Fraction(1)), ("玻璃杯 送3只杯刷", 1, "只", Fraction(1)),
        ("电脑椅 五个轮子", 1, "个", Fraction(1)), ("水杯 2个颜色可选", 1, "个", Fraction(1)),
        ("玻璃碗 2个装", 1, "个", Fraction(1, 2)), ("铅笔（12支）", 3, "支", Fraction(1, 4)),
        # Nobody can tell.
        ("可乐 330ml*24罐", 2, "瓶", None), ("可乐 整箱", 2, "罐", None),
        ("草莓 3斤", 2, "个", None), ("坚果礼盒", 1, "包", None), ("红酒礼盒", 1, "瓶", None),
    ],
)  # fmt: skip
def test_pieces_told(title: str, told: int, unit: str | None, pieces: Fraction | None) -> None:
    assert pieces_in(title, told, unit) == pieces


COLA = line(title="可乐 330ml*24罐", category="food", unit_price_fen=4_800, quantity=2)
CUPS = line(title="杯子", category="home", unit_price_fen=3_900, quantity=6)


@pytest.mark.parametrize(
    ("issue", "claim", "options"),
    [
        ("missing_item", {"quantity": 2, "quantity_unit": "罐"}, "partial_refund 400"),
        (
            "missing_item",
            {"quantity": 2, "quantity_unit": "箱"},
            "reship · partial_refund 9600 L1",
        ),
        ("spoiled", {"quantity": 2, "quantity_unit": "罐"}, "refund 400"),
    ],
)
def test_part_of_a_pack_is_no_piece(issue: str, claim: dict[str, object], options: str) -> None:
    assert line_of(judge(delivered(2, lines=(COLA,)), issue, **claim)).endswith(f": {options}")


@pytest.mark.parametrize(
    ("told", "fen"),
    # A fifth of each case touched, ¥9.60, and never more than the broken cans are worth.
    [(1, 200), (4, 800), (5, 960), (24, 960), (25, 1_920), (48, 1_920)],
)
def test_broken_parts_of_a_pack_are_paid_by_the_pack_and_no_more_than_their_worth(
    told: int, fen: int
) -> None:
    said: dict[str, Any] = {"quantity": told, "quantity_unit": "罐", "declined": {"refund"}}
    verdict = judge(delivered(2, lines=(COLA,)), "damaged", **said)
    partial = next(option for option in verdict.options if option.kind == "partial_refund")
    assert partial.amount_fen == fen


@pytest.mark.parametrize("claim", [{"quantity": 2, "quantity_unit": "瓶"}, {"bad_share": 0.6}])
def test_unclear_count_is_asked_for(claim: dict[str, object]) -> None:
    assert judge(delivered(2, lines=(COLA,)), "damaged", **claim).missing == ("quantity",)


@pytest.mark.parametrize(("share", "fen"), [(0.3333, 7_800), (0.5, 11_700), (1.0, 23_400)])
def test_share_of_several_counts_them(share: float, fen: int) -> None:
    verdict = judge(delivered(2, lines=(CUPS,)), "damaged", bad_share=share)
    assert verdict.options[0].amount_fen == fen


@pytest.mark.parametrize(
    ("told", "expected"),
    [(2, [("refund", 400, True)]),
     (20, [("refund", 4_000, True), ("partial_refund", 960, False)]),
     (48, [("refund", 9_600, False), ("partial_refund", 1_920, False)])],
)  # fmt: skip
def test_the_same_sum_is_offered_once_and_a_part_is_called_one(
    told: int, expected: list[tuple[str, int, bool]]
) -> None:
    verdict = judge(delivered(2, lines=(COLA,)), "damaged", quantity=told, quantity_unit="罐")
    money = [o for o in verdict.options if o.amount_fen]
    assert [(o.kind.value, o.amount_fen, "part" in o.detail) for o in money] == expected


@pytest.mark.parametrize("issue", ["damaged", "wrong_item"])
@pytest.mark.parametrize(
    ("demand", "refused"), [("partial_refund", False), ("compensation", False), ("repair", True)]
)
def test_money_for_a_part_is_not_refused_beside_it(issue: str, demand: str, refused: bool) -> None:
    record = delivered(lines=(COLA,))
    verdict = judge(record, issue, quantity=2, quantity_unit="罐", demand=demand)
    assert verdict.options[0].kind == "refund"
    assert ("不在可以直接办的范围" in "".join(verdict.reasons)) == refused
