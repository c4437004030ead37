"""Grave flags that only the classifier gave: what bears them out, and what does not."""

from __future__ import annotations

import pytest

from bot.conversation.words.matters.dangers import (
    borne_out,
    may_be_of_fit,
    only_tried,
    tells_of_bad_food,
    tells_of_sick,
)
from bot.conversation.words.things import named


@pytest.mark.parametrize(
    "text",
    [
        "拆了 吃了一包",
        "喝了一口",
        "就喝了两口",
        "已经拆开尝了一个",
        "开了喝了",
        "吃完了",
        "用了两天",
    ],
)
def test_who_only_tasted_tells_no_harm(text: str) -> None:
    assert only_tried(text)
    assert not borne_out("safety", text)


@pytest.mark.parametrize(
    "text",
    [
        "喝了一口吐了",
        "孩子吃了一个",
        "给狗吃了一点",
        "吃了一口嘴都麻了",
        "喝了一口洗洁精味",
        "吃了三片药",
        "狗吃完就没精神",
        "太烫了",
        "用了一次脸红",
        "吃了住院了",
        "孩子住院了",
    ],
)
def test_harm_told_in_few_words_stands(text: str) -> None:
    assert not only_tried(text)
    assert borne_out("safety", text)


@pytest.mark.parametrize(
    "text",
    [
        "骗子吧你们",
        "是不是骗子啊",
        "你们就是骗子公司",
        "说好24小时发货 骗子",
        "骗子 都是骗子",
        "黑心商家骗人",
        "骗我买了个破烂",
        "你们骗我钱",
        "你们客服骗人",
        "骗子 少了一件",
        "骗子 货都没了还卖",
    ],
)
def test_the_shop_called_a_cheat_is_no_fraud(text: str) -> None:
    assert not borne_out("fraud", text)


@pytest.mark.parametrize(
    "text",
    [
        "刚被骗了八百",
        "骗子知道我买了什么",
        "我可能碰到骗子了",
        "有人说退款让我点链接 是骗子吗",
        "收到一堆陌生验证码",
        "上次是骗子 说是你们客服",
        "卡里钱被骗走了",
        "骗子让我转账",
        "客服是骗子 拉我下载app",
        "骗我做百万保障",
        "骗我点了个网址",
        "你们平台骗我点了个网址 余额没了",
        "你们是骗子 我支付宝少了5000",
        "骗子 钱都没了",
        "骗子 少了三千块",
    ],
)
def test_fraud_by_somebody_else_stands(text: str) -> None:
    assert borne_out("fraud", text)


@pytest.mark.parametrize(
    "text",
    [
        "给孩子买的",
        "我不知道他手机",
        "用我儿子手机买的",
        "孩子他爸买的",
        "我女儿帮我买的",
        "送孩子的",
        "用我儿子手机下的单",
        "我女儿帮我下的单",
        "孩子他爸下的单",
        "给孩子下的单",
        "给我女儿下单的时候选错了",
        "孩子上学用的",
        "给孩子买的 你们说话不算数",
    ],
)
def test_a_child_spoken_of_did_nothing(text: str) -> None:
    assert not borne_out("minor", text)


@pytest.mark.parametrize(
    "text",
    [
        "小孩自己买的",
        "儿子才五岁",
        "娃趁我睡觉充的",
        "孩子买的大人没同意",
        "我闺女上小学 她点的",
        "他还未成年",
        "孩子拿我手机下的单",
        "孩子用我手机买的",
        "娃下的单",
        "我闺女下单的",
        "孩子不小心下单了",
        "熊孩子下的单",
        "小孩子下的单不算数",
        "这是我儿子下的单 他才上学",
    ],
)
def test_what_a_child_did_stands(text: str) -> None:
    assert borne_out("minor", text)


@pytest.mark.parametrize(
    "text",
    [
        "手机号我得问问她",
        "我不知道他手机",
        "我得问我老公要手机号",
        "不是我的手机号",
        "电话是我妈的",
        "单号不知道",
        "这个号是我同事的",
    ],
)
def test_a_number_not_at_hand(text: str) -> None:
    assert named.lacks_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "谁把我电话给他的",
        "我没留过手机号你们怎么有",
        "我手机号被改了",
        "陌生电话打来说我买了东西",
        "查到别人的号了",
        "有人换了我手机号",
        "手机没有充电器",
        "手机不是新的",
        "换个手机行吗",
        "手机号填错了",
        "尾号4021",
        "不知道什么人加我微信",
    ],
)
def test_something_else_told_of_a_number(text: str) -> None:
    assert not named.lacks_number(text)


@pytest.mark.parametrize(
    "text", ["孩子住院了", "我妈住院了", "都住院两天了", "吃完难受", "宝宝发烧了"]
)
def test_somebody_fell_ill(text: str) -> None:
    assert tells_of_sick(text)


@pytest.mark.parametrize(
    "text",
    ["我住院没法收货", "心里难受", "坏得难受死了想退", "孩子要用", "没不舒服", "给住院的老人买的"],
)
def test_nobody_fell_ill(text: str) -> None:
    assert not tells_of_sick(text)


@pytest.mark.parametrize("text", ["不舒服", "我也难受", "难受啊", "现在不舒服"])
def test_unease_may_be_of_the_fit(text: str) -> None:
    assert may_be_of_fit(text)


@pytest.mark.parametrize(
    "text", ["吃完难受", "孩子不舒服", "我妈难受", "用了不舒服", "不舒服住院了", "发烧了"]
)
def test_unease_of_a_person_or_after_use_is_no_fit(text: str) -> None:
    assert not may_be_of_fit(text)


@pytest.mark.parametrize(
    ("text", "off"),
    [
        ("吃了你们的坚果发霉的，孩子住院了", True),
        ("牛奶变质了，孩子喝了拉肚子", True),
        ("过期的，吃了进医院了", True),
        ("肉都臭了吃完上吐下泻", True),
        ("里面有虫，吃完拉肚子", True),
        ("坏的，吃了就吐", True),
        ("孩子吃了你们的坚果过敏住院了", False),
        ("喝完牛奶拉肚子", False),
        ("坚果吃了嗓子肿了", False),
        ("吃坏了肚子", False),
        ("孩子喝坏了肚子去医院了", False),
        ("吃完全身起疹子，医生说是过敏", False),
    ],
)
def test_harm_alone_does_not_say_that_the_food_was_off(text: str, off: bool) -> None:
    assert tells_of_bad_food(text) is off


@pytest.mark.parametrize(
    "text", ["我有照片", "有照片的", "拍了", "拍了照片", "照片有的", "刚又拍了一张", "有图"]
)
def test_who_has_a_photo_was_not_spied_on(text: str) -> None:
    assert not borne_out("privacy", text)


@pytest.mark.parametrize(
    "text",
    ["他有我的照片", "我的照片被发网上了", "快递员拍了我家门牌", "照片泄露了", "有人发我照片"],
)
def test_a_photo_in_the_wrong_hands_stands(text: str) -> None:
    assert borne_out("privacy", text)


@pytest.mark.parametrize(
    ("text", "borne"),
    [
        ("椅子断了腿 女儿磕到头了", True), ("餐椅断了一把腿", False),
        ("椅子断了一条腿", False), ("我买的椅子断了一条腿", False),
        ("桌子有条腿断了", False), ("沙发断了一只脚", False), ("眼镜断了一条腿", False),
        ("断了腿", True), ("老人断了腿", True), ("我断了一条腿", True), ("孩子的腿断了", True),
        ("椅子断了摔伤", True), ("椅子断了 我的腿断了", True), ("坐上去椅子腿就断了", True),
        ("椅子腿断了摔了一跤", True), ("凳子砸断了腿", True), ("椅子腿断了 差点出事", True),
        ("椅子断了一条腿 我妈坐的时候", True),
    ],
)  # fmt: skip
def test_goods_stand_on_legs_that_break_and_people_do(text: str, borne: bool) -> None:
    assert borne_out("safety", text) is borne
