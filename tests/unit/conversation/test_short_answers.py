"""Short answers in the customer's own words, and what only looks like one."""

from __future__ import annotations

import time

import pytest

from bot.conversation.shapes.state import Button
from bot.conversation.words.answers import by_name
from bot.conversation.words.matters import complaint
from bot.conversation.words.sentence import manner, yes_no
from bot.conversation.words.things import at_hand, named
from bot.conversation.words.wishes import afterthoughts, bargaining


def words(table: str) -> list[str]:
    """Return the table's entries."""
    return table.split()


BUTTONS = [
    Button(id="o1", label="全额退款 ¥199.00", kind="refund"),
    Button(id="o2", label="补偿 ¥9.95", kind="compensation"),
    Button(id="o3", label="加急处理", kind="expedite"),
]
YES = words("""
    好 好的 可以 可以的 行 行吧 行的 嗯 嗯嗯 恩 是 是的 对 对的 没错 确认 确定 同意 接受 没问题
    就这样 就这样吧 ok OK okk yes 要 要的 办吧 就这么办 成 中 妥 好的谢谢 好吧 可以啊
    好的，麻烦了 行，就这个 确认。 嗯！
""")
AGREES = words("""
    可以，多扣的两笔退回来 好的，就按这个办 行，退吧 嗯嗯，退吧 同意，麻烦快点
""")
NOT_AGREES = words("""
    可以，但是太少 好的，再等等 行，我先想想 可以吗 好，还有一件事 可以退多少 不行，太少
""")
NOT_YES = words("""
    不好 不行 好贵 好像不对 可以退多少 行不行 确认一下订单号 是不是假货 对不起 好的但是我要换货
    要多久 中间坏了
""")
NO = words("""
    不 不要 不好 不行 不可以 不同意 不接受 不用 不是 不对 no NO 算了 先不 取消 别 换一个方案
    不用了谢谢 算了吧 不要。
""")
NOT_NO = words("""
    不错 不知道 不是说好三天吗 取消订单 别人都收到了 不要钱也行 好 算了一下少了五块
""")
REFUSES = words("""
    不同意 不接受 这不行吧 太少了 不够 打发叫花子呢 不要优惠券 都不要 都不满意
    一点诚意都没有，没诚意 能不能再多一点 再加点 多赔点 想得美 没门 换个方案 有别的方案吗
    我不满意
""")
NOT_REFUSES = words("""
    好的 第一个 取消 取消订单 那就退款吧 什么时候到账 收到了 我选补偿
""")
NO_EVIDENCE = words("""
    没拍照 没有照片 没图 没留照片 拍不了 不方便拍 不会拍 照片没了 没法拍 发不了图 传不了
    已经扔了 丢掉了 没有 没 没了 无 没有啊
""")
NOT_NO_EVIDENCE = words("""
    有 马上拍 没发货 没收到货 没有收到东西怎么办 稍等 还没到 照片发了
""")
FETCHES = words("""
    稍等 等一下 我去拍 我拍一张 这就拍 马上拍 照片怎么发 哪里发 发哪里
""")
LETS_GO = words("""
    算了 那算了 那就算了 不用处理了 不用管了 不退了 不换了 不投诉了 解决了 已经解决了 处理好了
    撤销申请 当我没说 收到了 已经收到货了 算了，不用处理了 算了吧，谢谢
    额…算了算了，还是留着，不取消了 室友替我拿上来了，不用处理了，麻烦你们了 不催了 算了不用了
    不用了谢谢 算了吧，不退了谢谢
""")
NOT_LETS_GO = words("""
    收到了，但是碎了 收到的是坏的 算了一下少了五块 不用优惠券 不退钱我就投诉 没解决 怎么还没解决
    解决了吗 收到了吗 找到了我也不要了 不催了，直接把钱退我 不用换了，退款吧 算了，你们就这态度
    收到了，少了一件 不退了？凭什么 不要了
""")


@pytest.mark.parametrize("text", YES)
def test_a_plain_yes_is_a_yes(text: str) -> None:
    assert yes_no.says_yes(text) is True


@pytest.mark.parametrize("text", [*NOT_YES, "", "好" * 50])
def test_what_only_looks_like_a_yes_is_none(text: str) -> None:
    assert yes_no.says_yes(text) is False


@pytest.mark.parametrize("text", ["哦写了不包邮啊，知道了", "那行吧，明白了", "懂了 谢谢"])
def test_an_explanation_is_accepted(text: str) -> None:
    assert yes_no.understands(text) is True


@pytest.mark.parametrize(
    "text", ["知道了，但我不接受", "明白了吗", "不知道", "知道了，那我要退货"]
)
def test_who_objects_accepts_no_explanation(text: str) -> None:
    assert yes_no.understands(text) is False


@pytest.mark.parametrize("text", [*YES, *AGREES])
def test_a_yes_may_go_on(text: str) -> None:
    assert yes_no.agrees(text) is True


@pytest.mark.parametrize("text", [*NOT_YES, *NOT_AGREES])
def test_a_yes_that_is_taken_back_is_none(text: str) -> None:
    assert yes_no.agrees(text) is False


@pytest.mark.parametrize("text", NO)
def test_a_plain_no_is_a_no(text: str) -> None:
    assert yes_no.says_no(text) is True


@pytest.mark.parametrize("text", [*NOT_NO, "", "不" * 50])
def test_what_only_looks_like_a_no_is_none(text: str) -> None:
    assert yes_no.says_no(text) is False


@pytest.mark.parametrize("text", [*YES, *NO])
def test_nothing_is_both_yes_and_no(text: str) -> None:
    assert yes_no.says_yes(text) != yes_no.says_no(text)


@pytest.mark.parametrize("text", REFUSES)
def test_who_wants_more_refuses(text: str) -> None:
    assert bargaining.refuses(text) is True


@pytest.mark.parametrize("text", NOT_REFUSES)
def test_who_takes_or_asks_does_not_refuse(text: str) -> None:
    assert bargaining.refuses(text) is False


@pytest.mark.parametrize("text", NO_EVIDENCE)
def test_who_has_no_photo_is_heard(text: str) -> None:
    assert at_hand.has_no_evidence(text) is True


@pytest.mark.parametrize("text", NOT_NO_EVIDENCE)
def test_another_lack_is_no_lack_of_a_photo(text: str) -> None:
    assert at_hand.has_no_evidence(text) is False


@pytest.mark.parametrize("text", FETCHES)
def test_who_goes_to_take_a_photo_is_waited_for(text: str) -> None:
    assert at_hand.goes_to_fetch(text) is True


@pytest.mark.parametrize("text", words("多久到账？ 退款要几天 能退吗 运费谁出 怎么退 补多少"))
def test_a_question_is_heard_as_one(text: str) -> None:
    assert manner.asks(text) is True


@pytest.mark.parametrize("text", words("还是换一台新的吧 退款 我要补偿 好的 第二个"))
def test_a_wish_is_no_question(text: str) -> None:
    assert manner.asks(text) is False


@pytest.mark.parametrize("text", LETS_GO)
def test_a_matter_is_let_go_in_many_words(text: str) -> None:
    assert afterthoughts.lets_go(text) is True


@pytest.mark.parametrize("text", NOT_LETS_GO)
def test_a_matter_that_goes_on_is_not_let_go(text: str) -> None:
    assert afterthoughts.lets_go(text) is False


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1", 0), ("2", 1), ("第二个", 1), ("选B", 1), ("b", 1), ("我要第一种", 0),
        ("方案三", 2), ("③", 2), ("那就第三个吧", 2), ("第1个方案", 0), ("选2", 1), ("第一单", 0),
    ],
)  # fmt: skip
def test_an_ordinal_names_a_button(text: str, place: int) -> None:
    assert by_name.by_ordinal(text, BUTTONS) == BUTTONS[place]


@pytest.mark.parametrize(
    "text", ["4", "9", "12", "第二天", "两个坏了", "一共三个", "1024", "", "二月"]
)
def test_another_number_names_no_button(text: str) -> None:
    assert by_name.by_ordinal(text, BUTTONS) is None


@pytest.mark.parametrize(
    ("text", "kind"), [("加急处理", "expedite"), ("加急", "expedite"), ("补偿", "compensation")]
)
def test_words_of_one_label_name_its_button(text: str, kind: str) -> None:
    found = by_name.by_label(text, BUTTONS)
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize("text", ["¥", "款", "9.9.9", "处理方案", ""])
def test_words_of_no_or_several_labels_name_no_button(text: str) -> None:
    assert by_name.by_label(text, BUTTONS) is None


@pytest.mark.parametrize(
    ("demand", "kind"),
    [
        ("refund", "refund"), ("compensation", "compensation"), ("expedite", "expedite"),
        ("cancel", "refund"), ("return_refund", "refund"),
    ],
)  # fmt: skip
def test_a_demand_names_the_remedy_that_satisfies_it(demand: str, kind: str) -> None:
    found = by_name.by_demand(demand, BUTTONS, ())
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize("demand", [None, "", "repair", "unheard of"])
def test_a_demand_that_is_not_on_offer_names_no_button(demand: str | None) -> None:
    assert by_name.by_demand(demand, BUTTONS, ()) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("还没发货帮我改成L码", "L码"),
        ("改到杭州市滨江区江南大道588号2幢1106室", "杭州市滨江区江南大道588号2幢1106室"),
        ("改成世纪大道100号，8楼，联系人张三", "世纪大道100号，8楼，联系人张三"),
        ("换成黑色的", "黑色的"),
        ("改成L码吧", "L码"),
        ("改成L码，谢谢", "L码"), ("我要的是藏青", "藏青"),
        ("是换成L，我打错字了", "L"), ("改成L码就行，别的不动", "L码"),
        ("改成 13800557621 谢谢啦", "13800557621"),
        ("最后应该是G不是6，重开，正确的是91310115MA1H9C4W0G，谢谢", "91310115MA1H9C4W0G"),
        ("重开成：杭州鹿鸣文化，税号91330106MA2KJ7XR3P", "杭州鹿鸣文化，税号91330106MA2KJ7XR3P"),
        ("应该是42码，还来得及吗", "42码"),
        ("抬头是南京云帆信息技术有限公司", "南京云帆信息技术有限公司"),
    ],
)  # fmt: skip
def test_a_correction_is_the_value_without_the_talk(text: str, value: str) -> None:
    assert named.correction_in(text) == value


def test_what_shows_whose_order_it_is_is_no_part_of_the_correction() -> None:
    text = "抬头改成南京云帆公司，XS202600000051，5887"
    assert named.correction_in(text, {"XS202600000051", "5887"}) == "南京云帆公司"


@pytest.mark.parametrize(
    "text",
    ["茶叶要寄到公司的，已经发货了还能改吗", "地址错了", "改成", "寄到我家", "换成别的", ""],
)
def test_what_names_no_value_is_no_correction(text: str) -> None:
    assert named.correction_in(text) is None


SIGNS = "好行是对不没算了要改成第一1a的吧 ，。?\n"


@pytest.mark.parametrize(
    "reads",
    [
        yes_no.says_yes, yes_no.says_no, bargaining.refuses, at_hand.has_no_evidence,
        at_hand.goes_to_fetch, afterthoughts.lets_go, named.correction_in, named.address_in,
        named.bid_in, manner.only_calls, at_hand.cannot_find, afterthoughts.still_wrong,
        named.lone_tail_in, yes_no.agrees,
        lambda text: by_name.by_ordinal(text, BUTTONS),
    ],
)  # fmt: skip
def test_no_pattern_takes_long_on_repeated_signs(reads: object) -> None:
    assert callable(reads)
    units = [*SIGNS, "好的", "算了", "不用", "收到了", "改成", "就选", "那就算了"]
    started = time.perf_counter()
    for unit in units:
        for end in ("", "x", "！"):
            reads((unit * 40)[:40] + end)
            reads((unit * 5000)[:10_000] + end)
    assert time.perf_counter() - started < 2.0


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("补我100", 10_000), ("90行不行 痛快点", 9_000), ("那70呢 各让一步嘛老板", 7_000),
        ("你赔我50", 5_000), ("30总可以了吧", 3_000), ("退我198.5元", 19_850),
        ("退2件", None), ("我买了3个", None), ("补15就行", 1_500), ("补我15块我就留着", 1_500),
        ("给我5天", None), ("给我2小时内答复", None), ("少2个", None), ("要2个", None),
    ],
)  # fmt: skip
def test_a_bid_is_a_sum_and_no_count(text: str, fen: int | None) -> None:
    assert named.bid_in(text) == fen


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("4481 算咧算咧 我娃说不好看", "4481"), ("手机4148", "4148"), ("5258哈", "5258"),
        ("哦还要尾号是吧 4222", "4222"), ("13800001234", None), ("2024年买的，4421", "4421"),
        ("花了4421元", None), ("SO-2026-000012", None), ("4222还是4223来着", None),
        ("麓山南路8号2栋1203", None), ("2幢1106室", None), ("3单元1502", None), ("12楼1201", None),
        ("8号2栋1203，尾号4421", "4421"), ("手机号4421", "4421"), ("中山路1024号", None),
        ("单号是4421", "4421"), ("1024号码的", "1024"),
    ],
)  # fmt: skip
def test_a_tail_stands_alone(text: str, tail: str | None) -> None:
    assert named.lone_tail_in(text) == tail


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("等等 还是寄公司吧 杭州市滨江区江南大道588号9楼 小沈收", "杭州市滨江区江南大道588号9楼"),
        ("改到杭州市西湖区文三路199号2单元301", "杭州市西湖区文三路199号2单元301"),
        ("苏州市工业园区星湖街328号5栋1102", "苏州市工业园区星湖街328号5栋1102"),
        ("寄公司吧杭州市余杭区文一西路969号3号楼", "杭州市余杭区文一西路969号3号楼"),
        ("杭州市西湖区古墩路100号酒吧街3号店", "杭州市西湖区古墩路100号酒吧街3号店"),
        ("送到小区门口", None), ("我在上海市", None), ("3号楼的快递员太凶了", None),
    ],
)  # fmt: skip
def test_an_address_goes_down_to_the_house(text: str, address: str | None) -> None:
    assert named.address_in(text) == address


@pytest.mark.parametrize("text", ["有人吗", "你好，有人在吗？", "请问有没有人啊", "亲 有人不"])
def test_who_asks_whether_anybody_is_there_calls(text: str) -> None:
    assert manner.only_calls(text)


@pytest.mark.parametrize("text", ["有人工吗", "有人管吗，我要退款", "有没有人能处理", "转人工"])
def test_who_wants_more_than_a_sign_of_life_does_not_only_call(text: str) -> None:
    assert not manner.only_calls(text)


@pytest.mark.parametrize(
    "text", ["找不到", "不知道", "我找不到了", "单号找不到了", "忘了", "没有订单号"]
)
def test_who_has_no_number_is_heard(text: str) -> None:
    assert at_hand.cannot_find(text)


@pytest.mark.parametrize(
    "text",
    ["防伪码刮开查不到", "是不是系统忘了我呀", "订单号在哪看来着", "不知道为什么一直没发货"],
)
def test_another_lack_is_no_lack_of_the_number(text: str) -> None:
    assert not at_hand.cannot_find(text)


@pytest.mark.parametrize(
    "text", ["帮我瞄一眼走到哪儿啦", "快递到哪了", "包裹现在在哪里", "货运到哪个城市了呀"]
)
def test_who_asks_where_a_parcel_is_only_asks(text: str) -> None:
    assert complaint.asks_where(text)


@pytest.mark.parametrize(
    "text", ["快递到哪了怎么还没到", "包裹在哪 三天了一动不动", "你们客服死哪去了", "货呢"]
)
def test_who_complains_of_the_way_does_more_than_ask(text: str) -> None:
    assert not complaint.asks_where(text)


@pytest.mark.parametrize(
    "text",
    [
        "在?", "在？", "在吗", "你好，在不", "还在吗", "你还在吗？", "人还在吗", "客服在线吗",
        "有人在吗", "还有人吗", "在不在", "请问还在么",
    ],
)  # fmt: skip
def test_it_is_asked_whether_anybody_is_there(text: str) -> None:
    assert manner.only_asks_if_here(text)


@pytest.mark.parametrize(
    "text",
    [
        "在哪", "现在", "在的", "不在", "在路上吗", "货还在吗", "优惠券还在吗", "都在", "你在哪",
        "有人管吗", "现在还在路上吗",
    ],
)  # fmt: skip
def test_this_asks_for_more_than_that(text: str) -> None:
    assert not manner.only_asks_if_here(text)
