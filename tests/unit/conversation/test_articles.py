"""Which articles are named, and when only some of an order is given up."""

from __future__ import annotations

import pytest

from bot.conversation.words.things.articles import (
    all_named,
    all_of_one,
    given_up_among,
    gives_up_some,
    keeps_rest,
    means_another,
    named_among,
    names_gift,
    the_one,
)

CUP, TOWEL, CASE = "玻璃杯 500毫升", "纯棉毛巾 两条装", "手机壳 透明"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("玻璃杯碎了", (0,)),
        ("毛巾掉色", (1,)),
        ("毛巾和玻璃杯都不对", (0, 1)),
        ("收到就碎了", ()),
        ("手机尾号1024", ()),
        ("手机上看不到物流", ()),
        ("透明的那个裂了", (2,)),
        ("包装破了", ()),
        ("", ()),
    ],
)
def test_named_by_two_characters(text: str, named: tuple[int, ...]) -> None:
    assert named_among(text, [CUP, TOWEL, CASE]) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("我要把毛巾退货", (0,)), ("把毛巾退了", (0,)), ("把毛巾都退掉吧", (0,)),
        ("帮我把毛巾给退回去", (0,)), ("把毛巾染坏了", ()), ("把毛巾弄退色了", ()),
        ("把毛巾退色了", ()), ("碗碎了，把毛巾扎破了", (1,)), ("把毛巾弄湿了，退货", ()),
    ],
)  # fmt: skip
def test_what_is_to_go_back_is_no_victim(text: str, named: tuple[int, ...]) -> None:
    assert named_among(text, [TOWEL, "陶瓷碗"]) == named


@pytest.mark.parametrize(
    ("text", "titles", "named"),
    [
        ("枕头也退吧", ["纯棉床单", "慢回弹记忆枕"], (1,)),
        ("枕头有味道", ["四件套 床单被套枕套", "慢回弹记忆枕"], (1,)),
        ("枕套破了", ["纯棉床单", "慢回弹记忆枕"], ()),
        ("枕巾也退", ["纯棉床单", "慢回弹记忆枕"], ()),
        ("就是那个锅", ["不粘炒锅 32cm", "羊毛马甲", "不锈钢汤勺"], (0,)),
        ("锅粘", ["不粘炒锅 32cm", "硅胶锅铲"], (0,)),
        ("勺子弯了", ["不粘炒锅 32cm", "不锈钢汤勺"], (1,)),
        ("锅盖碎了", ["不粘炒锅 32cm", "不锈钢汤勺"], ()),
        ("凭什么我背锅", ["不粘炒锅 32cm", "不锈钢汤勺"], ()),
        ("衣服小了", ["连帽卫衣", "轻便运动鞋"], (0,)),
        ("衣服小了", ["修身马甲", "不锈钢汤勺"], (0,)),
        ("衣服小了", ["纯棉衬衫", "直筒牛仔裤"], ()),
        ("衣服小了", ["晾衣架", "轻便运动鞋"], ()),
        ("衣服洗坏了", ["洗衣液 2kg", "纯棉毛巾"], ()),
        ("把衣服染了", ["洗衣机", "纯棉衬衫"], ()),
    ],
)
def test_a_title_is_named_by_what_it_is(
    text: str, titles: list[str], named: tuple[int, ...]
) -> None:
    assert named_among(text, titles) == named


def test_what_two_titles_share_names_neither() -> None:
    titles = ["五常大米 5千克", "五常大米 10千克", "花生油"]
    assert named_among("大米生虫了", titles) == ()
    assert the_one("花生油漏了", titles) == 2
    assert the_one("大米和花生油都坏了", titles) is None
    assert the_one("除了花生油都坏了", titles) is None
    assert the_one("花生油啊 说了", titles) == 2
    assert the_one("不知道", titles) is None
    assert the_one("花生油和面都坏了", titles) is None


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("毛巾旧了，碗碎了", ["纯棉毛巾", "陶瓷碗"]),
        ("收到有一个坏了\n毛巾是好的", ["纯棉毛巾", "陶瓷碗"]),
        ("收到的东西碎了，刚用手机拍了照片", ["手机壳 透明", "玻璃杯"]),
        ("收到破损了", ["玻璃杯 破损包赔", "陶瓷碗"]),
        ("坏了，退货吧", ["保温杯 七天无理由退货", "毛巾"]),
        ("碗碎了，把毛巾扎破了", ["纯棉毛巾", "陶瓷碗"]),
        ("怎么还没发货，我要退款", ["雨伞 当天发货", "水壶"]),
        ("碗碎了，毛巾换一条好的", ["纯棉毛巾", "陶瓷碗"]),
        ("毛巾也没好到哪去，碗碎了", ["纯棉毛巾", "陶瓷碗"]),
        ("毛巾破了，其他都没收到", ["纯棉毛巾", "陶瓷碗"]),
        ("毛巾破了，其他的也不行", ["纯棉毛巾", "陶瓷碗"]),
        ("除了毛巾其他都好", ["纯棉毛巾", "陶瓷碗"]),
        ("毛巾没破\n毛巾破了", ["纯棉毛巾", "陶瓷碗"]),
        ("帽子的绳断了", ["连帽卫衣", "棒球帽", "遮阳帽"]),
        ("帽子的绳断了", ["连帽卫衣", "牛仔裤"]),
        ("鞋盒压扁了", ["运动鞋", "棉袜"]),
        ("洗碗的时候发现毛巾破了和锅漏了", ["纯棉毛巾", "陶瓷碗"]),
    ],
)
def test_where_it_is_not_clear_no_article_is_named(text: str, titles: list[str]) -> None:
    assert the_one(text, titles) is None


@pytest.mark.parametrize(
    ("text", "titles", "meant"),
    [
        ("毛巾没问题，碗碎了", ["纯棉毛巾", "陶瓷碗"], 1),
        ("毛衣没问题，裤子开线了", ["女士针织毛衣", "直筒牛仔裤"], 1),
        ("毛衣我很喜欢，裤子想退", ["女士针织毛衣", "直筒牛仔裤"], 1),
        ("别的都没事，就毛巾破了个洞", ["纯棉毛巾", "电动牙刷"], 0),
        ("其他都好 就砧板裂了", ["竹砧板", "不锈钢菜刀"], 0),
        ("充电宝没问题，数据线有一根充不进电", ["充电宝", "数据线"], 1),
        ("我想退鞋，其他的留着", ["轻便运动鞋", "纯棉棉袜 5双"], 0),
        ("就退袜子，其他不退", ["轻便运动鞋", "纯棉棉袜 5双"], 1),
        ("对就鞋", ["轻便运动鞋", "纯棉棉袜 5双"], 0),
        ("帽子小了", ["棒球帽", "牛仔裤"], 0),
        ("毛衣少发一件\n是不是路上丢了", ["女士针织毛衣", "直筒牛仔裤"], 0),
    ],
)
def test_what_is_fine_leaves_the_other_named(text: str, titles: list[str], meant: int) -> None:
    assert the_one(text, titles) == meant


@pytest.mark.parametrize(
    ("text", "all_of_them"),
    [
        ("杯子和盘子全碎了", True),
        ("杯子、盘子都碎了", True),
        ("杯子和盘子都没碎", False),
        ("杯子和盘子各碎了一个", False),
        ("杯子全碎了，盘子还好", False),
        ("杯子全碎了", False),
        ("都碎了", False),
        ("不是杯子和盘子都碎了", False),
        ("杯子和盘子都想退", True),
        ("收到货了，杯子和盘子全裂了，怎么办", True),
        ("杯子和盘子都收到了，盘子碎了", False),
        ("杯子和盘子一起买的，都试了，盘子破了", False),
        ("买的杯子和盘子都很贵，盘子裂了", False),
        ("杯子和盘子都很贵，裂了", False),
        ("杯子和盘子都不退", False),
        ("杯子和盘子都不想换", False),
        ("杯子和盘子都碎了\n只有盘子碎了", False),
        ("杯子和盘子都怕碎", False),
    ],
)
def test_every_article_named_as_meant(text: str, *, all_of_them: bool) -> None:
    assert all_named(text, ["马克杯", "陶瓷盘子"]) is all_of_them


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("就退袜子，其他不退", True),
        ("只退鞋子 别的不退", True),
        ("退鞋，其他的留着吧", True),
        ("就退鞋，袜子不退", True),
        ("我只想退鞋 袜子不退了", True),
        ("就这点东西，袜子不退", False),
        ("我要退袜子，你们说袜子不退", False),
        ("就退了一半，剩下的钱不退", False),
        ("你们其他的不退凭什么", False),
        ("别人都退了就我不退", False),
        ("其他都不退给我", False),
        ("不退", False),
    ],
)
def test_what_is_not_named_stays(text: str, *, stays: bool) -> None:
    assert keeps_rest(text) is stays


@pytest.mark.parametrize(
    "text",
    [
        "只取消毛巾",
        "毛巾不要了 杯子照发",
        "把毛巾退了 其他的还要",
        "其余的正常发",
        "多拍了一件，退一件",
        "取消其中一件",
        "退一双就行",
        "少要一袋",
        "单独取消毛巾可以吗",
        "毛巾退了 别的都不退",
        "我只想退掉那条毛巾",
        "只退玻璃杯",
        "多买了两盒",
        "五条只留两条",
        "小的那个我留着 大的退款",
        "我要退款，除了小的那个",
        "其他都不要了，留一件就行",
        "退其中3件",
        "毛巾我还要，牙刷退了",
        "把贵的那个退了",
        "文具盒不要了，书包快点发",
        "文具盒退了吧，书包我等着用",
        "全都不要了\n别的留着，把大的那个退了",
    ],
)
def test_some_is_given_up(text: str) -> None:
    assert gives_up_some(text)


@pytest.mark.parametrize(
    "text",
    [
        "全部取消",
        "整单都不要了",
        "都退了吧",
        "只退款不退货",
        "只要退款",
        "一件收到了另一件还没发",
        "剩下的什么时候发",
        "其他的都到了就这个没到",
        "这一单取消",
        "取消订单",
        "不要了",
        "只退货款",
        "两件都取消",
        "你们只会退款",
        "别的客服都说可以退",
        "三件全退",
        "改成XL码就行，别的不动",
        "帮我退个款",
        "我要退个货",
        "取消那个订单吧",
        "取消本订单",
        "我只想取消订单",
        "我只要退钱",
        "只能申请取消",
        "三只杯子都不要了",
        "我多买了一件，整单取消",
        "只取消毛巾\n算了，整单取消",
        "能正常发货吗",
        "书包快点发，再不发就退款",
        "除了退款还有什么办法",
        "地址改一下 其他的不变",
    ],
)
def test_all_is_given_up_or_something_else_is_said(text: str) -> None:
    assert not gives_up_some(text)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("我想把皮带取消掉 风衣正常发", (1,)),
        ("把皮带退掉吧 风衣正常发货", (1,)),
        ("皮带不要了风衣照发", (1,)),
        ("只退皮带 风衣不退", (1,)),
        ("风衣还没发吗，皮带帮我取消", (1,)),
        ("风衣别取消，皮带取消", (1,)),
        ("只取消皮带\n还是取消风衣吧，皮带留着", (0,)),
        ("皮带和风衣取消", (0, 1)),
        ("皮带不要了，风衣也不要了", (0, 1)),
        ("皮带不想要了，风衣太大，都退了吧", ()),
        ("取消皮带\n算了 整单取消", ()),
        ("皮带太长 风衣太大 取消订单", ()),
        ("风衣正常发货了吗", ()),
        ("皮带不退", ()),
        ("", ()),
    ],
)
def test_what_is_given_up_is_told_apart_from_what_is_kept(
    text: str, given: tuple[int, ...]
) -> None:
    assert given_up_among(text, ["英伦风衣 卡其色", "真皮皮带"]) == given


@pytest.mark.parametrize("text", ["赠品没有", "少了赠品", "赠品没给我", "东西到了\n赠品漏发了"])
def test_a_gift_is_named_by_what_it_is(text: str) -> None:
    assert names_gift(text)


@pytest.mark.parametrize(
    "text", ["赠品收到了，正装没有", "赠品和正装都没有", "有赠品吗", "赠品坏了", "少了一个"]
)
def test_who_misses_something_else_names_no_gift(text: str) -> None:
    assert not names_gift(text)


@pytest.mark.parametrize(
    ("text", "another"),
    [
        ("不是衬衫 是牛仔裤", True), ("说错了 是牛仔裤", True), ("应该是牛仔裤", True),
        ("换成手套吧", True), ("我没说错 牛仔裤也破了", False),
        ("没有弄错", False), ("我弄错了 是牛仔裤", True),
        ("牛仔裤挺好的", False), ("不是吧 才这么点", False),
        ("不是我弄坏的", False), ("衬衫就是质量差", False),
        ("是不是路上丢了", False), ("是不是你们漏发了", False), ("应该是漏发了", False),
        ("应该是快递弄丢的", False), ("应该是路上丢了吧", False), ("应该是那件衬衫", True),
    ],
)  # fmt: skip
def test_another_than_was_understood(text: str, another: bool) -> None:
    assert means_another(text) is another


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("三件衬衫都开线", 0), ("3件衬衫全都开线了", 0), ("衬衫三件都开线", 0),
        ("买的三件纯棉衬衫都掉色\n快点处理", 0), ("两件衬衫都开线", None), ("三件都开线", None),
        ("三件衬衫都开线 牛仔裤也是", None), ("衬衫和牛仔裤都开线", None), ("衬衫都开线", None),
        ("三件衬衫开线 都退了吧", None), ("第三件衬衫都开线", None),
        ("三件衬衫都没问题 牛仔裤破了", None), ("三件衬衫都很好", None),
    ],
)  # fmt: skip
def test_all_pieces_counted_of_one(text: str, at: int | None) -> None:
    assert all_of_one(text, ["纯棉衬衫", "牛仔裤"], [3, 1]) == at


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("葡萄压坏了\n都流水了", 0), ("葡萄压坏了 JF1\n都流水了\n大概三分之一吧", 0),
        ("葡萄坏了，全烂了", 0), ("葡萄坏了 都碎了", 0), ("葡萄压坏了 都退了吧", None),
        ("葡萄坏了 东西都坏了", None),
        ("都坏了 葡萄压坏了", None), ("葡萄和坚果 都坏了", None), ("葡萄坏了\n坚果也坏了", None),
        ("葡萄坏了 都有问题", None),
    ],
)  # fmt: skip
def test_all_of_what_was_just_named_is_that_article(text: str, one: int | None) -> None:
    assert the_one(text, ["葡萄 2斤", "坚果"]) == one


@pytest.mark.parametrize(
    ("text", "titles", "named"),
    [
        ("豆子不要了", ["深烘咖啡豆 454g", "全自动咖啡机"], (0,)),
        ("椅子腿断了", ["实木餐桌", "餐椅"], (1,)),
        ("梨子烂了", ["皇冠梨 5斤", "葡萄"], (0,)),
        ("椅子腿断了", ["餐椅", "摇椅"], ()),  # either
        ("箱子破了", ["行李箱", "雨伞"], ()),  # it may be the carton
        ("孩子不喜欢", ["积木", "婴孩"], ()),
        ("样子不好看", ["面霜小样", "口红"], ()),
    ],
)
def test_a_short_name_is_of_the_only_title_that_ends_so(
    text: str, titles: list[str], named: tuple[int, ...]
) -> None:
    assert named_among(text, titles) == named
