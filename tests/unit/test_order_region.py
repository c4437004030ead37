"""A new address goes to the city that is told; where none is, it is not taken for the order's."""

from __future__ import annotations

import pytest

from bot.order_correction import corrected_address, read_correction
from bot.order_record import Address
from bot.order_region import lacks_city, with_region, with_region_of
from tests.unit.orders.samples import order

TOLD = "天河区体育西路88号902"
ORDERED = Address(
    name="张伟", phone="13900001234", province="浙江省", city="杭州市", district="余杭区",
    detail="文一西路969号",
)  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "lacks"),
    [
        (TOLD, True), ("滨江区长河路351号", True), ("收件人：李雷，天河区体育西路88号", True),
        ("余杭区文二路8号", False), ("阳光小区3栋502室", False), ("3栋502", False),
        ("杭州滨江区长河路351号", False), ("杭州市滨江区长河路351号", False),
        ("广州市天河区体育西路88号", False), ("北京朝阳区建国路88号", False),
        ("电话：13911112222", False), ("L码", False), ("", False),
    ],
)  # fmt: skip
def test_another_district_without_a_city_is_in_doubt(wanted: str, lacks: bool) -> None:
    assert lacks_city(ORDERED, wanted) is lacks


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("广东省广州市", f"广东省广州市{TOLD}"),
        ("地址前面要加广东省广州市吧", f"广东省广州市{TOLD}"),
        ("广东广州", f"广东省广州市{TOLD}"),
        ("是广州的", f"广州市{TOLD}"),
        ("在广州市天河区", f"广州市{TOLD}"),
        ("北京", f"北京市{TOLD}"),
        ("广西南宁", f"广西壮族自治区南宁市{TOLD}"),
        ("广东那边", None), ("河南老家", None), ("广东谢谢", None),
        ("广州市吗", None), ("不是广州市", None), ("哪个市", None), ("同城", None),
        ("大城市", None),
        ("好的", None), ("超市", None), ("广东省", None), ("我在广州上班", None), ("", None),
    ],
)  # fmt: skip
def test_where_it_lies_is_put_before_what_was_told(text: str, full: str | None) -> None:
    assert with_region(TOLD, text) == full


def test_a_district_told_with_its_city_stands_once() -> None:
    assert with_region(f"广州{TOLD}", "广东省广州市") == f"广东省广州市{TOLD}"
    assert with_region("北京朝阳望京T1 1201", "北京市") is None
    assert with_region("电话：13911112222", "广东省广州市") is None


@pytest.mark.parametrize(
    ("wanted", "full"),
    [
        ("余杭区文二路8号", "浙江省杭州市余杭区文二路8号"),
        ("阳光小区3栋502室", "浙江省杭州市余杭区阳光小区3栋502室"),
        ("杭州滨江区长河路351号", "浙江省杭州市滨江区长河路351号"),
        ("杭州市滨江区长河路351号", "浙江省杭州市滨江区长河路351号"),
        ("收件人：李雷，余杭区文二路8号", "收件人：李雷，浙江省杭州市余杭区文二路8号"),
        (TOLD, TOLD), ("广州市天河区体育西路88号", "广州市天河区体育西路88号"),
        ("3栋502", "3栋502"), ("电话：13911112222", "电话：13911112222"), ("L码", "L码"),
    ],
)  # fmt: skip
def test_who_confirms_reads_all_of_where_it_goes(wanted: str, full: str) -> None:
    assert with_region_of(ORDERED, wanted) == full


def test_what_is_read_is_what_the_book_holds() -> None:
    record = order().model_copy(update={"address": ORDERED})
    for wanted in ("余杭区文二路8号", "杭州滨江区长河路351号", "阳光小区3栋502室"):
        told = read_correction({"correction": with_region_of(ORDERED, wanted), "issue": "address"})
        place = corrected_address(record, told.address)
        assert (place.province, place.city) == ("浙江省", "杭州市")
        assert with_region_of(ORDERED, wanted).endswith(place.district + place.detail)
