"""The details a desk asks for are found, and nothing else is taken for them."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.extraction import Slots, extract
from nlp.normalise import normalise
from nlp.quantities import counts_what_came
from nlp.rules import read_signs

NOW = date(2026, 11, 24)  # a Tuesday


def slots(text: str) -> Slots:
    return extract(normalise(text), NOW)


@pytest.mark.parametrize(
    ("text", "order_no"),
    [
        ("JF20261101001 还没发货", "JF20261101001"),
        ("订单号:JF20261101001", "JF20261101001"),
        ("订单jf20261101001坏了", "JF20261101001"),
        ("ＪＦ２０２６１１０１００１", "JF20261101001"),
        ("订单号是 JF 2026 1101 001", "JF20261101001"),
        ("JF-20261101001", "JF20261101001"),
        ("JF20261101001 2件坏了", "JF20261101001"),
        ("123456789012345678", "123456789012345678"),
        ("订单号1234567", "1234567"),
        ("订单编号:20261101001", "20261101001"),
        ("订单13812345678的货", "13812345678"),
        ("订单号DD20261001001", "DD20261001001"),
        ("DD20261001001 还没发", "DD20261001001"),
        ("T-2026-0001", "T-2026-0001"),
        ("单号 t-2026-0001 没到", "T-2026-0001"),
        ("a1b2c3d4 这单", "A1B2C3D4"),
        ("订单编号：ABC-1234-XYZ 坏了", "ABC-1234-XYZ"),
        ("订单12345", "12345"),
        ("单号773123456789012", "773123456789012"),
        ("202611240001 和 JF26112401001", "JF26112401001"),
        ("中通 JF20261101001 7128 停了两天多", "JF20261101001"),
        ("给我发顺丰 JF20261101001", "JF20261101001"),
        ("能不能发京东JF20261101001", "JF20261101001"),
        ("圆通快递 jf 20261101001 不动了", "JF20261101001"),
        ("中通YT1234567890123", None),
        ("不是JF20261101001 是JF20261101002", "JF20261101002"),
        ("1234", None),
        ("13812345678", None),
        ("花了1999元", None),
        ("订单1999元", None),
        ("订单2026-11-03下的", None),
        ("订单满10000减", None),
        ("订单5天没发", None),
        ("快递单号DD20261001001", None),
        ("充电宝20000mah虚标", None),
        ("iphone15pro 坏了", None),
        ("买成cr2025", None),
        ("税号91310000MA1K12345X", None),
        ("abc1234@qq.com", None),
        ("SF1234567890123", None),
        ("2026-11-03 下单", None),
    ],
)
def test_order_number(text: str, order_no: str | None) -> None:
    assert slots(text).order_no == order_no


def test_all_order_numbers_are_kept_in_order() -> None:
    found = slots("JF20261101001 和 JF20261101002 都没到, JF20261101001 最急")
    assert found.order_nos == ("JF20261101001", "JF20261101002")


@pytest.mark.parametrize(
    ("text", "number", "carrier"),
    [
        ("SF1234567890123 三天没动", "SF1234567890123", "顺丰"),
        ("圆通YT1234567890123", "YT1234567890123", "圆通"),
        ("JD0123456789012-1-1", "JD0123456789012-1-1", "京东"),
        ("顺丰 123456789012", "123456789012", "顺丰"),
        ("快递单号773123456789012", "773123456789012", None),
        ("快递单号DD20261001001", "DD20261001001", None),
        ("快递单号是 YT1234567890123", "YT1234567890123", None),
        ("还没发货", None, None),
    ],
)
def test_tracking_number(text: str, number: str | None, carrier: str | None) -> None:
    found = slots(text)
    assert (found.tracking_no, found.carrier) == (number, carrier)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("￥35.5", 3550), ("¥1,299.00", 129900), ("19块9", 1990), ("19块95", 1995),
        ("退我30块5毛", 3050), ("30元左右", 3000), ("一百二买的", 12000), ("三百块钱", 30000),
        ("1千5", 150000), ("1.5万元", 1500000), ("少退了20", 2000), ("扣了我35.5", 3550),
        ("5毛", 50), ("半块肥皂", None),
        ("半块钱", 50), ("凹进去一块", None),
        ("等了30天", None), ("退我3件", None), ("满减没用", None),
        ("100克", None), ("两百克", None),
        ("只退了我5毛钱", 50), ("少退了我2元8角", 280), ("差3块5毛", 350), ("三块五一个的碗", 350),
        ("师傅收了我七八十块", 7000), ("退我三四百块", 30000),
        ("现在69了", 6900), ("今天变699", 69900), ("每罐198", 19800), ("一个12.8", 1280),
        ("退款120", 12000), ("卖我25", 2500),
        ("现在12盒", None), ("一箱24瓶", None), ("每天2次", None), ("一件170码", None),
        ("现在15天了", None), ("一双42的鞋", None), ("变40码了", None), ("现在3点", None),
        ("退了毛衣5件", None), ("现在15 天了还没到", None), ("现在30了还没发", None),
        ("上门费要了三天没退", None), ("安装费150没退给我", 15000), ("安装费要了200", 20000),
        ("运费12315投诉", None), ("安装费12315", None), ("运费12", 1200), ("上楼费6楼", None),
        ("支架费2米", None), ("师傅要了5星好评", None), ("材料费3根", None), ("打孔费4孔", None),
        ("退50根本不够", 5000), ("退30星期五退", 3000), ("付了12315块", 1231500),
    ],
)  # fmt: skip
def test_amount(text: str, fen: int | None) -> None:
    assert slots(text).amount_fen == fen


@pytest.mark.parametrize(
    ("text", "tail", "phone"),
    [
        ("尾号1234", "1234", None),
        ("手机尾号是 0715", "0715", None),
        ("后四位:8866", "8866", None),
        ("尾号是1024", "1024", None),
        ("手机后四位 1024", "1024", None),
        ("我的是1024", "1024", None),
        ("1234", "1234", None),
        ("1234。", "1234", None),
        ("电话13812345678", "5678", "13812345678"),
        ("138-1234-5678", "5678", "13812345678"),
        ("138****5678", "5678", None),
        ("订单JF20261101001，1024", "1024", None),
        ("1024 SO-2026-000006", "1024", None),
        ("DD20261120000016 / 4592", "4592", None),
        ("单子XS202600000043 电话后头四位5591", "5591", None),
        ("订单JF20261101001，尾0715", "0715", None),
        ("末四碼4148", "4148", None),
        ("4666这个号", "4666", None),
        ("XS202600000031/5147", "5147", None),
        ("5998是我尾号", "5998", None),
        ("5406是我手机后四位", "5406", None),
        ("尾号5924，电话改成13800557621", "5924", "13800557621"),
        ("改收货电话 JF20261101001 1024 改成13911112222", "1024", "13911112222"),
        ("收货电话改成13911112222", None, "13911112222"),
        ("我换了手机13911112222", None, "13911112222"),
        ("张伟 13911112222 滨江区江南大道588号2幢1106室", None, "13911112222"),
        ("地址要改，下单手机13911112222", "2222", "13911112222"),
        ("订单JF20261101001 1106室", None, None),
        ("8号2栋1203 JF20261101001", None, None),
        ("手机号1024 单号JF20261101001", "1024", None),
        ("花了1234", None, None),
        ("2026年1234", None, None),
        ("订单JF20261101001 1299元买的", None, None),
        ("2026年的订单JF20261101001", None, None),
    ],
)
def test_phone(text: str, tail: str | None, phone: str | None) -> None:
    found = slots(text)
    assert (found.phone_tail, found.phone) == (tail, phone)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("昨天买的", ["2026-11-23"]),
        ("前天下单今天还没发", ["2026-11-22", "2026-11-24"]),
        ("上周三买的", ["2026-11-18"]),
        ("周一下的单", ["2026-11-23"]),
        ("周五买的", ["2026-11-20"]),
        ("11月3号", ["2026-11-03"]),
        ("十一月三号", ["2026-11-03"]),
        ("双11买的", ["2026-11-11"]),
        ("双12买的", ["2025-12-12"]),
        ("618下的单", ["2026-06-18"]),
        ("3月5日", ["2026-03-05"]),
        ("2026-11-03", ["2026-11-03"]),
        ("3号下单5号到", ["2026-11-03", "2026-11-05"]),
        ("上个月20号", ["2026-10-20"]),
        ("3天前买的", ["2026-11-21"]),
        ("2月30号", []),
        ("3号线地铁", []),
        ("改成漕溪路18号", []),
        ("长安街3号院", []),
        ("三块五一个的碗", []),
        ("双12还会更便宜吗", ["2026-12-12"]),
        ("11/18买的 11/23到的", ["2026-11-18", "2026-11-23"]),
        ("11.20下的单", ["2026-11-20"]),
        ("11.20买的面", []),
        ("烂了1/3", []),
        ("10个有1/3收到就坏了", []),
        ("1.5下单", []),
        ("今天24号了", ["2026-11-24"]),
    ],
)
def test_dates(text: str, days: list[str]) -> None:
    assert slots(text).as_dict()["dates"] == days


def test_without_a_moment_only_whole_dates_are_read() -> None:
    assert extract(normalise("昨天,2026年11月3日")).dates == (date(2026, 11, 3),)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("等了五天", 5), ("半个月了", 15), ("一个多月", 30), ("48小时", 2), ("两周", 14),
        ("三四天了", 3), ("10天", 10), ("11月3号", None), ("7天无理由", None),
        ("48小时内发货", None), ("保价30天", None), ("这都第六天了", 6), ("第3天才发", 3),
        ("买一送一第二天", None),
    ],
)  # fmt: skip
def test_duration(text: str, days: float | None) -> None:
    assert slots(text).duration_days == days


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("饼干少发了两三包", None), ("猫砂破了三四袋", None), ("少了十七八个", None),
        ("坚果坏了五六七包", None), ("少了三四五个", None), ("坏了差不多五个", 5),
        ("坏了五个左右", 5),
        ("少了三五个", None), ("少了3-4包", None), ("少了3、4包", None), ("少了3到5包", None),
        ("少了3包或4包", None), ("10包只收到7、8包", None), ("碎了好几个", None),
        ("少了十二包", 12), ("少了三十四包", 34), ("10包，3包坏了", 3), ("买3包到2包", 1),
        ("等了两三天,少了2包", 2), ("10包少了1包", 1),
    ],
)  # fmt: skip
def test_a_rough_count_is_none(text: str, quantity: int | None) -> None:
    assert slots(text).quantity == quantity


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("少了2件", 2), ("买5件少了两件", 2), ("漏发三包", 3), ("一箱12瓶碎了4瓶", 4),
        ("等了一个月", None), ("衣服掉色", None),
        ("麻花买三袋只来两袋，少的一袋钱退我", 1), ("买了三袋只收到两袋", 1), ("三袋只有两袋", 1),
        ("应该10个只有7个", 3), ("两箱该有10包，收到9包", 1), ("买了三袋，东西不对", None),
        ("买了5个都是坏的", 5), ("螃蟹死脱两只", 2), ("有三个是坏的", 3), ("两袋没收到", 2),
        ("少发一包", 1), ("拍了2件", None),
        ("买了6个碗碎了俩，补发两个", 2), ("缺俩螺丝", 2), ("十个灯泡有四个不亮", 4),
        ("三块五一个的碗碎了俩", 2), ("补一张20元的券", None), ("三只松鼠的", None),
        ("家里两个孩子都喜欢", None), ("差俩月", None), ("12个里3个打不开", 3),
        ("喝了一口就吐了", None), ("吃了两口发现有虫", None), ("我家三口人都吃了", None),
        ("退我三块", None), ("少了两块钱", None), ("还差三块没退", None), ("有三块没退给我", None),
        ("碎成渣了 退我5块老板", None), ("补20块表示一下诚意", None), ("多收了8块老板", None),
        ("赔我100块手表坏了", None), ("退20块牛排臭了", None), ("赔50块饼干都碎了", None),
        ("补偿15块肉都化了", None), ("便宜3块电池给我", None), ("三块香皂都裂了", 3),
        ("他有一口咬定", None), ("一盘货都是坏的", None), ("这三块不对", None),
        ("两块充电宝电池鼓包", 2), ("五块瓷砖裂了两块", 2),
        ("喝了一杯水", None), ("烧一杯水要十分钟", None), ("倒了两杯茶就漏", None),
        ("这个杯子坏了", None), ("两个保温杯坏了一个", 1), ("两杯奶茶洒了", 2),
        ("少了一提啊 买3提来了2提", 1), ("抽纸少发两提", 2), ("鸡蛋碎了一板", 1),
        ("可乐漏了3听", 3),
        ("两册书少一册", 1), ("买了2捆来了1捆", 1), ("两筒羽毛球坏了一筒", 1),
        ("我一听就火", None), ("一提这事就来气", None), ("一板一眼", None),
        ("买一听说是假的", None), ("第3板块", None), ("提前一天说", None),
        ("第2个", None), ("第12个", None), ("选第2个吧", None), ("2个", 2), ("4包！", 4),
    ],
)  # fmt: skip
def test_quantity(text: str, quantity: int | None) -> None:
    assert slots(text).quantity == quantity


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("三件里有一件拉链坏了 退这一件", 1), ("两件里一件开线了 要退那件", 1),
        ("两件衬衫有一件开线", 1), ("四个杯子里有一个把手断了 退这一个", 1),
        ("五双黑袜子,有两双发成白的了", 2), ("三袋牛肉有一袋发成鸡肉了", 1),
        ("四个枕头里有两个开线了", 2), ("买了3件,其中一件破洞", 1), ("六个碗里有两个缺口", 2),
        ("买了两件，有一件还没发货", 1), ("五个杯子有四个是好的", 1),
        ("三口锅碎了一口", 1), ("两口高压锅 其中一口收到就摔坏了", 1), ("三块地毯有一块开线了", 1),
        ("两盆多肉死了一盆", 1), ("两筐苹果烂了一筐", 1), ("两辆玩具车 一辆坏了", 1),
        ("两尊摆件碎了一尊", 1), ("三盘菌包有一盘没长", 1), ("四个碗碎了两碗", 2),
        ("三双鞋有两双不合适", 2), ("三盏里坏了一盏", 1), ("床单两床有一床起球", 1),
        # Those in order are told: the others are meant.
        ("10个鸡蛋有7个没烂", 3), ("6瓶有4瓶没漏", 2), ("三个里有两个没碎", 1),
        ("5个有3个没裂", 2), ("10个碗有8个没碎，其他碎了", 2), ("10个碗有8个没有碎", 2),
        ("三个还有一个没坏", 2), ("10个碗有8个收到了", 2), ("买了5个碗，有3个收到了", 2),
        ("10个碗有8个没收到", 8), ("10个碗有8个收到了，都碎了", 8), ("10个碗有8个没发货", 8),
        ("10个碗有8个碎了", 8), ("三个还有一个没到", 1),
        ("两把伞有一把撑不开", 1), ("两把伞一把撑不开", 1), ("四把椅子有一把腿是断的", 1),
        ("四把椅子一把腿断了", 1), ("两把雨伞一把断了", 1), ("三把伞其中两把收不起来", 2),
        ("五把椅子断了两把", 2),
        ("三双拖鞋发错一双 40发成36", 1), ("三条裤子错了一条 发成黑的了", 1),
        ("三件衬衫发错了两件", 2), ("五本书错两本", 2), ("质量不错 三件都退", 3),
        ("12杯漏4杯", 4), ("酸奶漏了4杯", 4),
        ("买了2杯奶茶漏了1杯", 1), ("12杯酸奶有两杯是坏的", 2),
        # Those in short: 3 cases, 2 came.
        ("3箱来2箱", 1), ("4瓶到3瓶", 1), ("五包收到三包", 2), ("买三条发了一条黑的", 1),
        ("六瓶拆开只有四瓶是好的", 2), ("两箱 一箱瘪了三盒", 1), ("十二个碗就剩三个好的", 9),
        # Another thing, all of them, pieces of a pack: no part of what was counted before.
        ("三件没有一件能穿", 3), ("四个杯子还有两个碗", 4), ("三箱苹果，每箱有几个坏", 3),
        ("两盒茶叶一盒有10包", 2), ("3个，有2个月保质期", 3), ("两件衣服一件黑一件白", 2),
        ("两件都有问题", 2), ("三件有五个洞", 3),
        # One of each: as many sets as bowls.
        ("两套里各碎一个碗", 2), ("有两套都碎了一个碗", 2), ("两套每套都碎了一个碗", 2),
        ("三盒各少一包", 3), ("两套碎了一个碗", 1), ("三件都碎了一件", 1), ("三箱各少一箱", 1),
    ],
)  # fmt: skip
def test_part_of_what_was_bought_is_meant(text: str, quantity: int) -> None:
    assert slots(text).quantity == quantity


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("拍了五条,只要两条,多的三条退了", 3), ("拍了三条,只要一条,多的两条退了行不", 2),
        ("拍了五条，我只想要两条", 3), ("5件里有1件开线 退1件", 1),
        ("三箱烂了两箱 退一箱的钱吧", 1), ("退这4杯的钱", 4), ("退两杯", 2),
        ("先退两袋 我还留一袋", 2), ("退两袋 自己留一袋", 2), ("不想要了 先退三件，留一件", 3),
        ("想退三件 还是留一件吧", 2), ("买了三袋,退两袋,我还留一袋", 2),
        # That one is one, though nobody says so.
        ("那把退了", 1), ("换那双", 1), ("换那条就行", 1), ("就换那一把", 1), ("坏的那件退掉", 1),
        ("就退那双", 1), ("退坏的那把", 1), ("那双换一下", 1), ("两把退那把", 1),
        ("那把钱退我", None), ("这份退了", None), ("那个退了", None), ("那件不退了", None),
        ("这件退差价", None), ("退这件的差价", None), ("换那件黑色的", None),
        ("这罐吃完就换二段了", None), ("让那台退出登录", None), ("那件退得很顺利", None),
        ("那把退款给我吧", None), ("这单退了", None),
        ("退这三件", 3), ("那三件退一件", 1), ("多买了一件想退", 1),
        # Another for what is bad counts nothing, by whatever unit; one of those told does.
        ("那换一支", None), ("换一双吧", None), ("换一条可以吗", None), ("换一个", None),
        ("那换一件", None), ("换一支新的", None), ("只换一双", 1), ("就换一件吧", 1),
        ("两支换一支", 1), ("三箱烂了两箱 换一箱", 1), ("买了两件 想换一件", 1), ("两个换一个", 1),
        ("两双都开胶了 换一双", 2), ("两件都坏了 换一件", 2), ("应发三袋实收一袋", 2),
        ("换一双40码的", None), ("换两个好的", 2),
        # What went back before, and what is not counted at all.
        ("上次退了一件,这次又坏了两件", 2), ("坏了两个,不要一个电话就打发", 2),
        ("我只要一件,发了两件", 1), ("碎了两个，多的两个退不了吧", 2),
    ],
)  # fmt: skip
def test_what_is_asked_back_is_counted(text: str, quantity: int | None) -> None:
    assert slots(text).quantity == quantity


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("10个碗碎了一半", 5), ("12个杯子碎了三分之一", 4), ("10个碗有一半碎了", 5),
        ("5个碗碎了一半", None), ("10个碗碎了大半", None), ("买了10个碗碎了一半", None),
        ("10个碎了一半", 5), ("10个碗都碎了", 10), ("10个碗退我一半的钱", 10),
        ("用了一半坏了，两个都是", 2),
        ("碎了三分之一", None), ("10个坏了3个", 3), ("两个碗,退一半的钱 都碎了", 2),
    ],
)  # fmt: skip
def test_share_of_what_was_counted(text: str, quantity: int | None) -> None:
    assert slots(text).quantity == quantity


@pytest.mark.parametrize(
    ("text", "quantity", "amounts"),
    [
        ("安装师傅多收我200支架费", None, (20_000,)),
        ("师傅装空调多要了200支架费", None, (20_000,)),
        ("收了我120支架钱", None, (12_000,)),
        ("多收了200支笔", 200, ()), ("付了3支口红", 3, ()), ("退我2支", 2, ()),
        ("支架2个坏了", 2, ()),
        # 把 counts umbrellas, and begins 把钱退我.
        ("尾号4037把钱退给我", None, ()), ("总共付了50把钱退我", None, (5_000,)),
        ("付了200把钱退我", None, (20_000,)), ("付了200把雨伞退了", None, (20_000,)),
        ("50把 钱退我", None, ()), ("付了50把那个退了", None, (5_000,)),
        ("三把雨伞断了", 3, ()), ("坏了2把", 2, ()), ("两把椅子少螺丝", 2, ()),
        ("买了3把伞,有1把断了", 1, ()),
    ],
)  # fmt: skip
def test_bracket_is_no_measure(text: str, quantity: int | None, amounts: tuple[int, ...]) -> None:
    assert slots(text).quantity == quantity
    assert slots(text).amounts_fen == amounts


@pytest.mark.parametrize(
    ("text", "order_no"),
    [
        ("订单ZX0000004839512 12个杯子碎了3个", "ZX0000004839512"),
        ("订单 ZX4839512 24瓶少了2瓶", "ZX4839512"),
        ("JF20261101001 12盒少了3盒", "JF20261101001"),
        ("订单 JF 2026 1101 0015 12瓶酒碎了3瓶", "JF202611010015"),
        ("订单号 881 229 931 12个碎了", "881229931"),
        ("订单号SO 2026 0001 0002", "SO202600010002"),
        ("订单号 881 229 931", "881229931"),
        ("订单 ZX 0000 0048 3951 坏了", "ZX000000483951"),
        ("单号 2611 2000 0000 16个碎了", "261120000000"),
        ("订单 ZX4839512 10天没发货", "ZX4839512"),
        ("订单 SO 2026 0001 0002 12只碗碎了", "SO202600010002"),
        ("JF 2026 1101 0015 100元退我", "JF202611010015"),
        # The number's own end, and no count.
        ("订单号2611 2000 0000 0013只收到9个碗", "2611200000000013"),
        ("单号SO-2026-0000 14包装破了", "SO-2026-000014"),
        ("XS 2026 0000 0015本来要红色的", "XS202600000015"),
        ("DD 2026 1120 0000 16对方没发货", "DD20261120000016"),
        ("单号 2611 2000 0000 16盒子破了", "26112000000016"),
        ("SO 2026 0001 0002 12只碗碎了", "SO202600010002"),
    ],
)
def test_count_behind_an_order_number_is_no_part_of_it(text: str, order_no: str) -> None:
    assert slots(text).order_no == order_no


def test_an_orders_number_counts_no_pieces() -> None:
    assert slots("单号 2611 2000 0000 0013只有包装").quantity is None
    assert slots("订单号2611 2000 0000 0013只收到9个碗").quantity == 9


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("坏了一半", 0.5), ("烂了三分之一", 0.3333), ("30%都是坏的", 0.3), ("百分之二十坏了", 0.2),
        ("三成是烂的", 0.3), ("10个坏了3个", 0.3), ("20个鸡蛋碎了5个", 0.25), ("全是坏的", 1.0),
        ("烂了一半多", 0.6), ("坏了一半以上", 0.6), ("超过一半坏了", 0.6), ("过半都烂了", 0.6),
        ("不到一半坏了", 0.5), ("不超过一半坏了", 0.5), ("买了过半个月坏了", None),
        ("坏了3个一共10个", 0.3), ("大半都烂了", 0.6), ("打了八折,30%优惠", None),
        ("一半的钱", None), ("一箱25个 烂掉10个 流水水的", 0.4), ("25个里头坏10个", 0.4),
        ("一箱十个 烂了两个", 0.2), ("四盒全长毛了", 1.0), ("没一颗能吃的，都烂了", 1.0),
        ("烂了两成", 0.2), ("坏了三四成", 0.3), ("10个坏了三四个", 0.3),
        ("10个碗碎了一半", 0.5), ("用了一半坏了", None),
        ("退一半的钱，坏了", None), ("10个鸡蛋有7个没烂", None), ("二十个有十七个没碎", None),
        ("10个鸡蛋有7个烂了", 0.7),
        ("车厘子好多都烂了 发霉", None), ("好多草莓都坏了", None), ("有些全烂了", None),
        ("不少都发霉了", None), ("好多 全烂了", 1.0), ("买了好多,都烂了", 1.0),
        ("差不多都坏了", 1.0), ("大多数都坏了", 0.6), ("好多都坏了,大概三成", 0.3),
        ("11枝蔫了6枝", 0.5455), ("10朵里有5朵枯了", 0.5), ("花全蔫了", 1.0),
        ("这两朵都很枯燥", None),
        # All of a part, and of those that were only tried.
        ("一箱6个 切了两个都坏", 0.3333), ("一箱二十个 上面10个全烂了", 0.5),
        ("一箱6个,切开两个都是坏的", 0.3333), ("切了两个都坏了", None), ("开了两箱都烂了", None),
        ("买了6个，6个都坏了", 1.0), ("打开一看两个都坏了", 1.0), ("两箱20个都坏了", 1.0),
    ],
)  # fmt: skip
def test_bad_share(text: str, share: float | None) -> None:
    assert slots(text).bad_share == share


@pytest.mark.parametrize(
    ("text", "demand"),
    [
        ("我要退款", "refund"), ("把钱退我", "refund"), ("退货退款", "return_refund"),
        ("可以七天无理由退吗", "return_refund"), ("七天无理由退了", None),
        ("给我换一个", "exchange"), ("能换货吗", "exchange"), ("补发一件", "reship"),
        ("重新寄一个补寄", "reship"), ("赔我", "compensation"), ("补个差价", "price_difference"),
        ("申请价保", "price_difference"), ("取消订单", "cancel"), ("改下地址", "correct_order"),
        ("补开发票", "invoice"), ("催一下", "expedite"), ("拦截快递", "intercept"),
        ("退一半", "partial_refund"), ("修一下", "repair"), ("报销运费", "freight"),
        ("重新给我寄一个就成", "reship"), ("这个撤了 留另外那单", "cancel"), ("我撤诉了", None),
        ("那就修嘛", "repair"), ("帮我查清楚在谁手里", "trace"), ("你们去查", "trace"),
        ("补张券", "coupon"), ("不要退款", None), ("你好", None),
        ("不取消了", None), ("补偿就不必了，那就退钱", "refund"),
        ("不退了吧", None), ("嗯嗯，退吧", "refund"), ("不给退款", "refund"),
        ("地址填错了能改吗", "correct_order"), ("尺码拍错了 M改成L", "correct_order"),
        ("帮我改到公司收", "correct_order"), ("把收件人改成李明", "correct_order"),
        ("查一下JF26112410005到哪了", "trace"), ("查下我的快递", "trace"),
        ("帮我查查包裹", "trace"),
        ("能开票吗", "invoice"), ("抬头开错了，重开", "invoice"), ("给张优惠券呗", "coupon"),
        ("补一张20元的券吧", "coupon"), ("给修吗", "repair"), ("能单独换吗", "exchange"),
        ("缺了4颗螺丝，补一下", "reship"), ("再给我发一个过来", "reship"),
        ("补我十块钱红包", "compensation"), ("退这两瓶的钱", "refund"),
        ("米都生虫了，退", "refund"),
        ("这件帮我拦了", "intercept"), ("运费垫了18元，给我报一下", "freight"),
        ("我付了35元运费，请退给我", "freight"), ("你们支持退换货吗", None),
        ("退货规则在哪看", None), ("保修几年", None), ("谢谢，已经退款成功了", None),
        ("换货的问题已经解决了", None), ("之前赔偿的事就算了", None), ("退款一般多久到账", None),
        ("把颜色改成黑色", "correct_order"), ("改天再说", None), ("改成退款", "refund"),
        ("补一下运费", "freight"),
        ("发票能换开成公司的吗", None), ("发票要换成公司的", None), ("想换一下抬头", None),
        ("收货电话换一下 13666665555", None), ("手机号换一下 13755556666", None),
        ("收货人想换成我妈", None), ("地址能换一下吗", None), ("打电话换一下吧", "exchange"),
        ("手机换一下", "exchange"), ("号码换一下 要40码的", "exchange"),
        ("能换个公司抬头吗", None), ("发票开错了，东西也能换货吗", "exchange"),
        ("发票收到了，想换一件", "exchange"), ("换开关", None), ("可以换开关吗", "exchange"),
    ],
)  # fmt: skip
def test_demand(text: str, demand: str | None) -> None:
    assert slots(text).demand == demand


def test_details_keep_their_place_in_the_original() -> None:
    text = "订单 ＪＦ２０２６１１０１００１ 少退了20"
    places = {row.slot: text[row.start : row.end] for row in slots(text).found}
    assert places["order_no"] == "ＪＦ２０２６１１０１００１"
    assert places["amount_fen"] == "20"


@given(
    st.text(alphabet="0123456789 -jfsf订单号尾月日块元毛退一二十百半个天周%[]数字x.", max_size=40)
)
def test_never_raises_and_spans_lie_in_the_text(text: str) -> None:
    for row in slots(text).found:
        assert 0 <= row.start <= row.end <= len(text)


# Unpaired surrogates, control and private characters are among them.
ANY_TEXT = st.text(alphabet=st.characters(codec=None), max_size=60)


@given(
    ANY_TEXT,
    st.sampled_from(["订单JF20261101001", "尾号1024", "￥35.5", "昨天", "补发", "等了五天"]),
)
def test_any_characters_around_a_detail_are_borne(text: str, detail: str) -> None:
    whole = text + detail + text
    for row in slots(whole).found:
        assert 0 <= row.start < row.end <= len(whole)
        assert normalise(whole).text.count(row.text) >= 1


@given(st.text(alphabet="亲啊呢的 。\u3000😡", max_size=20))
def test_what_stands_before_only_shifts_a_detail(before: str) -> None:
    text = "。JF20261101001退我35.5元"
    shifted = slots(before + text).found
    places = [
        (row.slot, row.start + len(before), row.end + len(before)) for row in slots(text).found
    ]
    assert [(row.slot, row.start, row.end) for row in shifted] == places


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\x00\x01\x1b[31m\r\n\t", "😡🤬🙏👍🏽", "\ud800", "\udfff退款\ud83d",
        "\u202e\ufeff\u200b",
        "9" * 1_000_000, "一" * 1_000_000, "退" * 1_000_000, "jf " * 300_000, "1 " * 500_000,
        "啊1-" * 300_000, "脸上又红又" * 200_000, "转" * 1_000_000,
        "订单" * 500_000, "a" * 1_000_000,
    ],
)  # fmt: skip
def test_bad_input_is_borne_calmly_and_quickly(text: str) -> None:
    started = time.perf_counter()
    message = normalise(text)
    found = extract(message, NOW)
    read_signs(message)
    assert time.perf_counter() - started < 2
    assert all(0 <= row.start <= row.end <= len(text) for row in found.found)


@pytest.mark.parametrize(
    ("text", "came"),
    [
        ("箱子里就三瓶", True), ("就收到两瓶", True), ("只有三瓶", True), ("到了两件", True),
        ("一共就2个", True), ("里面只有四个", True), ("只给我发了2袋", True), ("收到5包", True),
        ("才3瓶", True), ("来了三箱", True),
        ("只有一瓶没收到", False), ("只少了1瓶", False), ("没收到3瓶", False), ("3箱来2箱", False),
        ("收到3箱，有一箱少了2瓶", False), ("补一瓶呗", False),
        ("再来两瓶", False), ("就1瓶", False),
        ("就给我补两瓶", False), ("少发了一箱", False), ("缺两个", False),
    ],
)  # fmt: skip
def test_what_came_is_not_what_lacks(text: str, came: bool) -> None:
    assert counts_what_came(normalise(text).text) is came
