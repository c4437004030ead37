"""Corrections in the customer's words: what is surely there is taken, the rest is kept as said."""

from __future__ import annotations

import pytest

from bot.order_correction import (
    corrected_address,
    house_put_right,
    invoice_title,
    joined,
    read_correction,
    with_house_put_right,
)
from bot.order_record import OrderRecord
from bot.orders.demo import demo_orders
from tests.factories import NOW

REGION_GONE = {"province": "", "city": "", "district": ""}


def place(province: str, city: str, district: str, detail: str) -> dict[str, str]:
    return {"province": province, "city": city, "district": district, "detail": detail}


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("浙江省杭州市滨江区滨康路8号", place("浙江省", "杭州市", "滨江区", "滨康路8号")),
        ("帮我改到杭州市滨江区滨康路8号", place("", "杭州市", "滨江区", "滨康路8号")),
        ("新疆乌鲁木齐市天山区1号", place("新疆", "乌鲁木齐市", "天山区", "1号")),
        ("上海市浦东新区张杨路1弄", place("上海市", "上海市", "浦东新区", "张杨路1弄")),
        ("杭州市为民路8号", place("", "杭州市", "", "为民路8号")),
        ("北京朝阳望京T1 1201", {**REGION_GONE, "detail": "北京朝阳望京T1 1201"}),
        ("地址改成上海浦东张杨路1号", {**REGION_GONE, "detail": "上海浦东张杨路1号"}),
        ("改成滨江区江南大道588号", {"district": "滨江区", "detail": "江南大道588号"}),
        ("收件人张伟 13911112222 滨江区江南大道588号2幢1106室",
         {"name": "张伟", "phone": "13911112222", "district": "滨江区",
          "detail": "江南大道588号2幢1106室"}),
        ("文三路90号 13911112222 张伟",
         {"name": "张伟", "phone": "13911112222", "detail": "文三路90号"}),
        ("13911112222 白天打", {"phone": "13911112222"}),
        ("马上改 13911112222", {"phone": "13911112222"}),
        ("电话也改一下 13911112222", {"phone": "13911112222"}),
        ("收件人写错了，应该是李雷", {"name": "李雷"}),
        ("收件人改成我老公名字", {}),
        ("收件人写错了", {}),
        ("改成公司地址 余杭区文一西路969号 收件人不变",
         {"district": "余杭区", "detail": "文一西路969号"}),
        ("人民路100号 电话不变", {"detail": "人民路100号"}),
        ("滨江区长河路351号5幢101 麻烦尽快",
         {"district": "滨江区", "detail": "长河路351号5幢101"}),
        ("余杭区文一西路969号就行", {"district": "余杭区", "detail": "文一西路969号"}),
        ("收件人电话都不变 余杭区文一西路969号谢谢",
         {"district": "余杭区", "detail": "文一西路969号"}),
        ("送到我公司 余杭区文一西路969号，其他不变",
         {"district": "余杭区", "detail": "文一西路969号"}),
        ("公司在余杭区文一西路969号", {"district": "余杭区", "detail": "文一西路969号"}),
        ("地址：余杭区文一西路969号 收件人还是我 电话也不用改",
         {"district": "余杭区", "detail": "文一西路969号"}),
        ("收件人还是李雷 文三路90号", {"name": "李雷", "detail": "文三路90号"}),
        ("人民路100号联系人电话不变", {"detail": "人民路100号"}),
        ("文三路90号，放门卫就行", {"detail": "文三路90号，放门卫"}),
        ("文三路90号 蓝天网吧", {"detail": "文三路90号 蓝天网吧"}),
        ("快活林路8号", {"detail": "快活林路8号"}),
        ("公司 3栋502", {"detail": "公司 3栋502"}),
        ("文三路90号3楼", {"detail": "文三路90号3楼"}),
        ("改成阳光小区3栋502室", {"detail": "阳光小区3栋502室"}),
        ("农贸市场路5号", {"detail": "农贸市场路5号"}),
        ("电话改成13900002222", {"phone": "13900002222"}),
        ("手机号写错了，应该是 13900002222", {"phone": "13900002222"}),
        ("收件人改成王小明", {"name": "王小明"}),
        ("收件人是王小明，电话13900002222，地址改成文三路90号",
         {"name": "王小明", "phone": "13900002222", "detail": "文三路90号"}),
    ],
)  # fmt: skip
def test_an_address_is_read_and_never_names_two_places(
    words: str, address: dict[str, str]
) -> None:
    """The region goes where the text names its own; otherwise it stays."""
    assert dict(read_correction({"correction": words}).address) == address


@pytest.mark.parametrize(
    ("words", "spec"),
    [("改成L码", "L码"), ("L码", "L码"), ("换成黑色的", "黑色的"), ("应该是42码", "42码")],
)
def test_a_specification_is_read(words: str, spec: str) -> None:
    """What names no place is the article's."""
    correction = read_correction({"correction": words})
    assert (correction.spec, dict(correction.address)) == (spec, {})


def test_the_issue_settles_what_words_leave_open() -> None:
    """A field says whether "东门" is a place; a complaint about the address alone does not."""
    assert read_correction({"correction": "东门", "field": "address"}).address == {
        "detail": "东门"
    }
    assert not read_correction({"correction": "东门", "issue": "address"})
    assert read_correction({"correction": "路灯款", "field": "spec"}).spec == "路灯款"


def test_a_name_alone_never_stands_where_the_street_was() -> None:
    """Who receives it is corrected, and where it goes stays."""
    named = read_correction({"correction": "收件人：李雷", "issue": "address"})
    assert named.address == {"name": "李雷"}
    assert not read_correction({"correction": "李雷", "issue": "address"})


@pytest.mark.parametrize(
    ("before", "now", "both"),
    [
        ("滨江区江南大道588号", "13911112222", "电话：13911112222，滨江区江南大道588号"),
        ("收件人：张伟", "电话改成13911112222", "收件人：张伟，电话：13911112222"),
        ("电话：13911112222，文三路90号", "13922223333", "电话：13922223333，文三路90号"),
        ("文三路90号", "文二路8号", "文二路8号"),
        ("收件人：张伟，杭州市滨江区文三路9号", "文二路8号",
         "收件人：张伟，杭州市滨江区文二路8号"),
        ("杭州市滨江区文三路90号", "2幢1106室", "杭州市滨江区文三路90号2幢1106室"),
        ("文三路90号3幢", "2幢1106室", "文三路90号2幢1106室"),
        ("杭州市西湖区文三路1号3栋", "3栋1204", "杭州市西湖区文三路1号3栋1204"),
        ("文三路1号3栋1204", "改成5幢601室", "文三路1号5幢601室"),
        ("文三路1号3栋1204", "1206室", "文三路1号3栋1206室"),
        ("文三路1号3栋2单元501", "3单元", "文三路1号3栋3单元"),
        ("文三路1号3栋1204", "2单元", "文三路1号3栋1204 2单元"),
        ("恒隆大厦A座", "B座1201", "恒隆大厦B座1201"),
        ("文三路1号3号楼", "第五栋601", "文三路1号第五栋601"),
        ("文三路1号3栋", "文二路8号3栋1204", "文二路8号3栋1204"),
        ("文三路1号3栋", "阳光小区3栋1204", "阳光小区3栋1204"),
        ("3栋1203", "3栋1204", "3栋1204"),
        ("电话：13911112222", "3栋1204", "电话：13911112222，3栋1204"),
        ("上海市浦东新区张杨路1弄", "收件人改成李雷", "收件人：李雷，上海市浦东新区张杨路1弄"),
        ("我想想", "13911112222", "13911112222"),
    ],
)  # fmt: skip
def test_a_second_correction_does_not_take_the_first_back(
    before: str, now: str, both: str
) -> None:
    """Phone, name and street come in as many messages."""
    assert joined(before, now) == both


@pytest.mark.parametrize(
    ("before", "told", "now"),
    [
        ("长河路351号3幢201", "不对是203", "长河路351号3幢203"),
        ("长河路351号3幢201", "门牌错了 应该是602", "长河路351号3幢602"),
        ("长河路351号3幢201", "不是201是203", "长河路351号3幢203"),
        ("长河路351号3幢201", "是203不是201", "长河路351号3幢203"),
        ("长河路351号3幢201", "203", "长河路351号3幢203"),
        ("长河路351号3幢201", "602室", "长河路351号3幢602室"),
        ("长河路351号3幢201室", "应该是602", "长河路351号3幢602室"),
        ("长河路351号3幢201", "5栋302", "长河路351号5栋302"),
        ("长河路351号3幢201", "是5幢", "长河路351号5幢201"),
        ("长河路351号3幢201", "应该是353号", "长河路353号3幢201"),
        ("长河路351号3幢201", "是三单元", "长河路351号3幢三单元201"),
        ("长河路351号3栋2单元501", "不对，三单元", "长河路351号3栋三单元501"),
        ("长河路351号3幢201", "写错了，3幢1203", "长河路351号3幢1203"),
        ("小区3-2-201", "不对 是203", "小区3-2-203"),
        ("收件人：张伟，杭州市滨江区文三路90号", "不对是92号",
         "收件人：张伟，杭州市滨江区文三路92号"),
        ("长河路351号3幢201", "不是203", None), ("长河路351号3幢201", "203错了", None),
        ("长河路351号3幢201", "是203吗", None), ("长河路351号3幢201", "2", None),
        ("长河路351号3幢201", "4027", None), ("长河路351号3幢201", "不对", None),
        ("长河路351号3幢201", "第2个", None), ("长河路351号3幢201", "要2件", None),
        ("电话：13911112222", "是203", None),
        ("浙江省杭州市西湖区文一西路88号", "不对是203", None),
    ],
)  # fmt: skip
def test_a_part_of_a_house_is_put_right_and_all_else_stays(
    before: str, told: str, now: str | None
) -> None:
    """Of an address that has just been shown; what is no more than doubted changes nothing."""
    house = house_put_right(told, shown=True)
    assert (with_house_put_right(before, house) if house else None) == now


@pytest.mark.parametrize("told", ["203", "602室", "5栋302"])
def test_a_part_by_itself_puts_nothing_right_before_the_address_was_shown(told: str) -> None:
    """It may be the end of an address that comes in several messages."""
    assert house_put_right(told, shown=False) is None


@pytest.mark.parametrize(
    ("changes", "detail"),
    [
        ({"detail": "3栋1204"}, "文三路1号3栋1204"), ({"detail": "2幢"}, "文三路1号2幢"),
        ({"detail": "文二路8号3栋"}, "文二路8号3栋"), ({"detail": "东门"}, "东门"),
        ({"district": "滨江区", "detail": "3栋1204"}, "3栋1204"),
        ({"phone": "13911112222"}, "文三路1号3栋"),
    ],
)  # fmt: skip
def test_a_house_alone_leaves_the_orders_street(changes: dict[str, str], detail: str) -> None:
    """And is put there once, however often it is carried out."""
    order = demo_orders(NOW)[0].snapshot()
    address = {**order["address"], "detail": "文三路1号3栋"}
    record = OrderRecord.model_validate({**order, "address": address})
    once = corrected_address(record, changes)
    assert once.detail == detail
    again = corrected_address(record.model_copy(update={"address": once}), changes)
    assert again == once


def test_fields_are_taken_as_they_are() -> None:
    """A form or an agent gives fields; unknown and empty ones do not count."""
    given = {"phone": "13900002222", "city": "宁波市", "detail": "", "colour": "red"}
    correction = read_correction({"correction": given})
    assert correction.address == {"phone": "13900002222", "city": "宁波市"}


@pytest.mark.parametrize(
    "detail", [{}, {"correction": ""}, {"correction": None}, {"correction": {}}]
)
def test_nothing_said_is_no_correction(detail: dict[str, object]) -> None:
    """An order is never changed to nothing."""
    assert not read_correction(detail)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("抬头是南京云帆信息技术有限公司", "南京云帆信息技术有限公司"),
        ("要开公司的，抬头改成杭州云织服饰有限公司 税号9133", "杭州云织服饰有限公司"),
        ("北京大学", "北京大学"),
        ("王小明", "王小明"),
        ("南京云帆信息技术有限公司，税号91320106MA1XYZ8K2Q", "南京云帆信息技术有限公司"),
        ("税号91320106MA1XYZ8K2Q", ""),
    ],
)
def test_an_invoice_title_is_the_company_named(words: str, title: str) -> None:
    """Lead-in and tax number do not belong to the title."""
    assert invoice_title(words) == title


def test_another_district_takes_no_city_from_what_was_told_before() -> None:
    before = "浙江省杭州市西湖区文三路8号"
    assert joined(before, "天河区体育西路88号902") == "天河区体育西路88号902"
    assert joined(before, "西湖区文二路9号") == "浙江省杭州市西湖区文二路9号"
