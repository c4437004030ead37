"""What is to stand in the order instead: values are taken, questions and placeholders are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.shapes.state import Matter
from bot.conversation.words.answers.corrections import answered_correction, named_correction
from tests.unit.conversation.talk import spoke

TAX = "91320106MA1XYZ8K2Q"
FIRM = "南京云帆信息技术有限公司"


def matter(issue: str, told: str = "", correction: str | None = None) -> Matter:
    return Matter(
        id="1",
        issue=issue,
        issues=(issue,),
        intent="want_correction",
        told=told,
        correction=correction,
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("L码", "L码"), ("L码可以吗", "L码"), ("L码吧", "L码"), ("L码，还有货吗", "L码"),
        ("拍错了，L码，谢谢", "L码"), ("藏青", "藏青"), ("原味", "原味"), ("256G", "256G"),
        ("换成16GB", "16GB"), ("256gb 黑色的", "256gb 黑色的"),
        ("42", "42"), ("能改成L码吗", "L码"), ("黑色的 42码", "黑色的 42码"), ("2件装", "2件装"),
        ("改好了吗", None), ("L码还有货吗", None), ("改成L码了吗", None), ("改成功没有", None),
        ("我拍成M码了", None), ("我妈名字", None), ("别的颜色", None), ("什么颜色", None),
        ("换成别的款可以吗", None), ("快点", None), ("好的", None), ("红包", None),
        ("这款", None), ("包装", None), ("没有味道", None), ("明白", None), ("有没有XL", None),
    ],
)  # fmt: skip
def test_a_specification_is_an_answer_and_a_question_is_none(text: str, value: str | None) -> None:
    assert answered_correction(matter("spec"), spoke(text)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("想把XL换成L 还来得及不", "L"), ("39码的帮我换成40码可以不 还没发货吧", "40码"),
        ("XL帮我换成L码可以不 谢谢", "L码"), ("帮我改成黑色行不 拜托", "黑色"),
        ("换成L 别的不要动", "L"), ("改成L码能改不", "L码"), ("改成L码 昨天晚上刚下的单", "L码"),
        ("改成L码还来得及嘛", "L码"), ("改成42码 快发货了吧", "42码"),
        ("换成黑色 L码", "黑色 L码"), ("换成红色 M 码", "红色 M 码"), ("改成男款 XL", "男款 XL"),
        ("换成L 雾霾蓝", "L 雾霾蓝"), ("换成256G 黑色", "256G 黑色"),
        ("换成256GB 昨天晚上刚下的单", "256GB"), ("改成抹茶味", "抹茶味"),
        ("改成大号 两件装", "大号 两件装"), ("改成奶油芝士味的 大份", "奶油芝士味的 大份"),
    ],
)  # fmt: skip
def test_what_is_said_behind_a_size_is_no_part_of_it(text: str, value: str) -> None:
    assert named_correction(matter("spec"), spoke(text)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("改到西湖区文一路1号 还来得及不", "西湖区文一路1号"),
        ("改到成都市武侯区一环路8号", "成都市武侯区一环路8号"),
        ("改到西湖区文一路1号 蓝天网吧 二楼", "西湖区文一路1号 蓝天网吧 二楼"),
        ("改成上海市 徐汇区 漕溪路1号 谢谢", "上海市徐汇区漕溪路1号"),
    ],
)
def test_what_is_said_behind_an_address_is_no_part_of_it(text: str, value: str) -> None:
    assert named_correction(matter("address"), spoke(text)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("张桂芳", "收件人：张桂芳"), ("13911112222", "电话：13911112222"),
        ("张伟，13911112222，文三路90号", "收件人：张伟，电话：13911112222，文三路90号"),
        ("收件人张伟 13911112222 文三路90号", "收件人：张伟，电话：13911112222，文三路90号"),
        ("滨江区江南大道588号 2幢1106室", "滨江区江南大道588号 2幢1106室"),
        ("新地址 文三路90号，放门卫", "文三路90号，放门卫"),
        ("麻烦改一下，文三路90号3幢，谢谢", "文三路90号3幢"), ("文三路90号能改吗", "文三路90号"),
        ("西湖区文一路1号蓝天网吧", "西湖区文一路1号蓝天网吧"),
        ("还没发货吧", None), ("我老公名字", None), ("我妈", None), ("谢谢", None),
        ("马上", None), ("寄到老家", None), ("发到单位", None), ("哪个地址", None),
        ("是不是杭州市滨江区1号", None), ("收件人能改成我老公名字吗", None),
    ],
)  # fmt: skip
def test_an_address_is_an_answer_in_all_its_parts(text: str, value: str | None) -> None:
    assert answered_correction(matter("address", "收件人写错了"), spoke(text)) == value


def test_a_bare_name_is_the_receivers_where_a_name_was_spoken_of() -> None:
    assert answered_correction(matter("address", "地址写错了"), spoke("张桂芳")) is None


@pytest.mark.parametrize(
    ("text", "tail", "value"),
    [
        ("手机13900004037 改成滨江区江南大道588号", "4037", "滨江区江南大道588号"),
        ("地址写错了 手机号13900004037", "4037", None),
        ("改个收货电话 4037 改成13911112222", "4037", "电话：13911112222"),
        ("收件人能改成我老公名字吗", None, None),
    ],
)  # fmt: skip
def test_a_number_that_shows_whose_order_it_is_is_no_new_one(
    text: str, tail: str | None, value: str | None
) -> None:
    assert named_correction(matter("address"), spoke(text, phone_tail=tail)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("徐文博", "徐文博"), ("抬头写徐文博就行", "徐文博"), ("个人抬头就行", "个人"),
        ("抬头个人，沈若溪", "沈若溪"), ("杭州鹿鸣文化", "杭州鹿鸣文化"),
        (f"{FIRM} 税号{TAX}", f"{FIRM}，税号{TAX}"),
        (f"抬头：{FIRM}\n{TAX}", f"{FIRM}，税号{TAX}"),
        (f"税号{TAX}", None), ("什么时候开", None), ("改好了吗", None), ("公司抬头", None),
        ("能开专票吗", None), ("好的", None), ("发到邮箱", None), ("马上开", None),
        ("写我名字", None), ("抬头写错了", None), ("抬头改一下", None), ("个人 李敏", "李敏"),
        ("就开个人", "个人"), ("叫个人来", None), ("来个人处理一下", None),
        ("找个人跟我说", None), ("换个人", None), ("有没有个人管管", None),
    ],
)  # fmt: skip
def test_a_title_is_an_answer_with_the_number_beside_it(text: str, value: str | None) -> None:
    assert answered_correction(matter("invoice"), spoke(text)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("麻烦开发票 抬头个人 名字张伟", "张伟"), ("发票开个人的", "个人"), ("开个人发票", "个人"),
        ("给我开个人抬头", "个人"), ("发票抬头写个人就行", "个人"), ("开发票，抬头：个人", "个人"),
        ("发票开成个人的了", None), ("抬头个人改成公司", None), ("不要开个人的", None),
        ("能开个人抬头吗", None), ("开个人的还是公司的", None), ("开个发票", None),
        ("泄露个人信息", None), ("发票给个人邮箱", None), ("开发票没人管", None),
    ],
)  # fmt: skip
def test_a_title_for_a_person_may_be_told_with_the_wish(text: str, value: str | None) -> None:
    assert named_correction(matter("invoice"), spoke(text)) == value


def test_a_firms_number_goes_with_its_title_whichever_comes_first() -> None:
    titled = matter("invoice", correction=FIRM)
    assert named_correction(titled, spoke(f"税号{TAX}")) == f"{FIRM}，税号{TAX}"
    numbered = matter("invoice", told=f"发票要换抬头\n税号{TAX}")
    assert named_correction(numbered, spoke(FIRM)) == f"{FIRM}，税号{TAX}"


def test_a_person_needs_no_firms_number() -> None:
    assert answered_correction(matter("invoice", told=f"税号{TAX}"), spoke("个人")) == "个人"


@pytest.mark.parametrize(
    ("issue", "text", "value"),
    [
        ("address", "文三路是错的", None), ("address", "不是文三路是文二路", "文二路"),
        ("address", "改成不是文三路是文二路", "文二路"),
        ("address", "原地址是文三路1号", None), ("address", "之前的地址是文三路1号", None),
        ("address", "路上", None), ("address", "在路上", None), ("address", "路过", None),
        ("address", "高新区的那个", None), ("address", "不要寄文三路1号", None),
        ("address", "文三路1号，不要放驿站", "文三路1号，不要放驿站"),
        ("address", "原来是文三路1号，现在改成文二路8号", "文二路8号"),
        ("address", "太原市小店区平原路1号", "太原市小店区平原路1号"),
        ("address", "翡翠别院3栋", "翡翠别院3栋"),
        ("address", "路桥区路南街1号", "路桥区路南街1号"),
        ("address", "地址写错了 文三路90号", "文三路90号"),
        ("address", "区府路上段8号", "区府路上段8号"),
        ("spec", "不要黑色", None), ("spec", "黑色不要了", None), ("spec", "原来是M码", None),
        ("spec", "L码拍错了", None), ("spec", "不要改成黑色", None),
        ("spec", "不要改成黑色改成白色", "白色"), ("spec", "L码拍成M码了", "L码"),
        ("spec", "不要黑色要白色", "白色"), ("spec", "拍成M码了要L码", "L码"),
        ("spec", "要黑色不要白色", "黑色"), ("spec", "不是M码是L码", "L码"),
        ("spec", "本来要L码拍成M码了", "L码"), ("spec", "改成L码，M码不要了", "L码"),
        ("spec", "原味", "原味"), ("spec", "原木色", "原木色"), ("spec", "原色", "原色"),
        ("invoice", "不要个人的", None), ("invoice", "个人改成公司", None),
        ("invoice", "不要个人要公司的", None), ("invoice", "开户行工商银行", None),
        ("invoice", "开户行：中国工商银行", None), ("invoice", "公司改成个人", "个人"),
        ("invoice", "不要公司的，要个人", "个人"), ("invoice", "个人的改成徐文博", "徐文博"),
        ("invoice", "抬头改成工商银行", "工商银行"), ("invoice", f"{FIRM}，开户行工商银行", FIRM),
        ("invoice", "不是个人，是杭州鹿鸣文化", "杭州鹿鸣文化"),
    ],
)  # fmt: skip
def test_what_is_refused_or_was_there_before_is_no_new_value(
    issue: str, text: str, value: str | None
) -> None:
    assert answered_correction(matter(issue), spoke(text)) == value


@pytest.mark.parametrize(
    ("issue", "text", "value"),
    [
        ("address", "我之前的地址是上海市浦东新区张江路88号", None),
        ("address", "原地址上海市浦东新区张江路88号", None),
        ("address", "新地址是上海市浦东新区张江路88号", "上海市浦东新区张江路88号"),
        ("address", "之前的地址错了，改成上海市浦东新区张江路88号", "上海市浦东新区张江路88号"),
        ("address", "收件人写错了应该是李雷", "收件人：李雷"),
        ("invoice", "开户行：中国工商银行", None), ("spec", "之前的黑色换成白色", "白色"),
    ],
)  # fmt: skip
def test_nor_is_it_where_nobody_asked(issue: str, text: str, value: str | None) -> None:
    assert named_correction(matter(issue), spoke(text)) == value


@pytest.mark.parametrize("text", ["改成L码", "L码"])
def test_a_size_is_a_size_where_an_address_is_likely_as_well(text: str) -> None:
    both = replace(matter("spec"), issues=("spec", "address"))
    assert answered_correction(both, spoke(text)) == "L码"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("地址写错了 是5栋302不是3栋", "5栋302"), ("地址错了 应该是5栋302 不是3栋502", "5栋302"),
        ("收货地址少写了5栋302", "5栋302"), ("门牌号填错了，是8幢不是3幢", "8幢"),
        ("少写了门牌号 3单元501", "3单元501"), ("地址错了 我住5栋302", "5栋302"),
        ("不是3栋是5栋", "5栋"), ("地址错了 3栋写成5栋了", "3栋"), ("楼号不对 是6号楼", "6号楼"),
        ("地址写错了 现在写的是3栋502 应该是5栋302", "5栋302"),
        ("门牌写成5栋302了", None), ("地址错了 现在写的是3栋502", None), ("是5栋302吗", None),
        ("是5栋302还是3栋502", None), ("地址是不是5栋302", None), ("我不住5栋302", None),
        ("门牌号写错了", None), ("门牌号错了 应该是302", None), ("我住二楼 送不上来", None),
    ],
)  # fmt: skip
def test_a_house_that_is_told_as_right_is_not_asked_for_again(
    text: str, value: str | None
) -> None:
    assert named_correction(matter("address"), spoke(text)) == value


@pytest.mark.parametrize("text", ["门牌写成5栋302了", "地址错了 写成5栋302了", "现在写的是3栋502"])
def test_the_wrong_house_is_no_answer(text: str) -> None:
    assert answered_correction(matter("address"), spoke(text)) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("寄到公司去", None), ("送到单位", None), ("要纸质的 寄到公司", None),
        ("个人就行", "个人"), ("个人 发到邮箱 wang@qq.com", "个人"),
        (f"{FIRM}，寄到公司去", FIRM), (f"发到wang@qq.com 抬头{FIRM}", FIRM),
    ],
)  # fmt: skip
def test_where_an_invoice_is_sent_is_no_title(text: str, value: str | None) -> None:
    assert answered_correction(matter("invoice"), spoke(text)) == value


@pytest.mark.parametrize(
    ("told", "text", "value"),
    [
        ("", f"要专票 {FIRM} 税号{TAX}", f"{FIRM}，税号{TAX}，专用发票"),
        ("要专票", FIRM, None), ("要专票", "个人", None),
        (f"要开专用发票\n{FIRM}", f"税号{TAX}", f"{FIRM}，税号{TAX}，专用发票"),
        (f"要专票\n税号{TAX}", FIRM, f"{FIRM}，税号{TAX}，专用发票"),
        ("要专票", f"普票就行 {FIRM}", FIRM), ("", f"不要专票 {FIRM}", FIRM),
    ],
)  # fmt: skip
def test_a_special_invoice_is_for_a_firm_with_its_number(
    told: str, text: str, value: str | None
) -> None:
    assert answered_correction(matter("invoice", told), spoke(text)) == value


def test_a_special_invoice_may_be_asked_for_once_the_title_is_known() -> None:
    titled = matter("invoice", "要专票", correction=FIRM)
    assert named_correction(titled, spoke("要专票")) is None
    assert named_correction(titled, spoke(TAX)) == f"{FIRM}，税号{TAX}，专用发票"


@pytest.mark.parametrize(
    "text",
    [
        "别再寄到上海市闵行区莘庄镇8号了", "上次寄到闵行区丢了", "寄到徐汇区要几天",
        "寄到徐汇区会不会加运费", "快递员电话是13933334444", "你们客服13933334444打不通",
        "我朋友住上海市闵行区莘庄镇8号",
    ],
)  # fmt: skip
def test_a_place_that_is_only_spoken_of_is_no_address(text: str) -> None:
    assert named_correction(matter("address"), spoke(text)) is None
