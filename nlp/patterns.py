"""The shapes that are read whole: order and tracking numbers, phones, amounts, dates, masks.

All patterns are for normalised text (lower case, half width).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from nlp.lexicon import read_table
from nlp.numerals import CHINESE, NUMBER

# Behind one of these a number counts things.
MEASURE: Final = r"[个杯件盒包瓶袋条套本台箱罐支张斤颗枚份串根桶卷片双只对次天%折克点米岁年月号]"

# What goes on behind an order's number with a blank and counts: a sum, or one or two digits behind
# a longer group. In 0000 0013只收到9个, 0000 14包装破了, 0000 16对方 they are the number's own.
COUNT_BEHIND: Final = (
    r" [1-9]\d*(?:元|块(?!毯))|(?<=\d\d\d) [1-9]\d?(?:[个件盒瓶袋条套双箱罐](?!子|1|十一)"
    r"|包(?![装裹邮括退])|只(?![收有到发给能是要剩来退])|对(?![方不的着于吗了])|本(?![来人身])|[斤盏粒颗枚顶副桶卷]|天(?![猫然气])|小时|分钟|[年月日]|号(?!码|线))"
)

# A look at the characters spares most messages most searches.
DIGITS: Final = frozenset("0123456789")
DAY_SIGNS: Final = DIGITS | frozenset("号日月")
MONEY_SIGNS: Final = DIGITS | frozenset("块元圆毛角百千万kwr")
_ANY_SIGN: Final = DAY_SIGNS | MONEY_SIGNS | frozenset("[.:双六")

MASK: Final = re.compile(r"\[(数字|订单|姓名|电话|地址|链接|时间|日期|金额|商品|站点|邮箱)\]")
LINK: Final = re.compile(r"https?://[^\s\u4e00-\u9fff]+|(?:[a-z0-9-]+\.)+(?:com|cn|net)\S*")

# The shop's own numbers, then any number named as an order's, then long bare numbers.
OWN_ORDER: Final = re.compile(
    rf"(?<![a-z0-9])(?:jf[\s:#_-]*(?:\d{{2,8}}(?:(?!{COUNT_BEHIND})[ -]\d{{2,6}}(?!\d)){{1,4}}"
    r"|\d{4,20})"
    r"|demo[ _-]?\d{3,12})(?!\d)"
)
NAMED_ORDER: Final = re.compile(
    r"(?:(?P<order>订单|单子)(?P<no>编号|号码|号)?|(?<![递运流订])单号|(?<!税务)(?<!商品)编号)"
    r"(?:大概|好像|应该|可能|就|是|为|[\s:#])*(?!20\d\d-\d{1,2}-\d{1,2}(?!\d))"
    r"(?P<number>(?=(?:[a-z -]*\d){6})[a-z]{1,6}[ -]?\d{2,20}"
    rf"(?:(?!{COUNT_BEHIND})[ -]\d{{2,8}}(?!\d)){{0,5}}(?![a-z0-9-])"
    rf"|\d{{3,6}}(?:(?!{COUNT_BEHIND})[ -]\d{{2,6}}(?!\d)){{1,5}}(?![a-z0-9-])"
    r"|[a-z0-9](?:[a-z0-9]|-(?=[a-z0-9])){4,31}(?![a-z0-9]))(?![元块])"
)
# A further number right behind one that was named: 订单A和B.
NEXT_ORDER: Final = re.compile(r"(?:和|跟|与|、|,|还有|以及| )+(\d{8,20})(?![\d.])")
# A number of something else than an order: what stands right before it says so.
OTHER_NUMBER: Final = re.compile(
    r"(?:税号|识别号|型号|序列号|条形?码|imei|卡号|账号|微信|微信号|激活码|兑换码|验证码|取件码|柜号|版本)"
    r"(?:是|为|[\s:])*$"
)
# How models begin, and a number with its unit: neither is an order's number.
MODEL: Final = r"(?:i[3579]-|rtx|gtx|ddr|cr\d{4}|iphone|ipad|kfr)"
WITH_UNIT: Final = (
    r"(?:\d+(?:\.\d+)?(?:m?ah|[kmgt]b|m?[lgwvm]|[kcm]m|k[gw]|p|hz|rmb|w|k|d|h|s|x)(?![a-z0-9]))"
)
# Letters and digits with nothing that names them: A1B2C3D4, T-2026-0001; no models, no units.
BARE_ORDER: Final = re.compile(
    r"(?<![a-z0-9@._/*-])(?=[\d-]*[a-z])(?=(?:[a-z-]*\d){4})"
    rf"(?!{MODEL}|wx|qq|vx|http)(?!{WITH_UNIT})"
    r"(?!(?=\d*[a-z])[159][1-9y]\d{6}[0-9a-z]{10}(?![0-9a-z]))"  # a firm's tax number
    r"[a-z0-9](?:[a-z0-9]|-(?=[a-z0-9])){5,31}(?![a-z0-9@._*-]|/(?!\d{4}(?!\d)))"
)
# The same with blanks between, as it is read off a screen: SO 2026 0001 0002; no models, no units.
SPACED_ORDER: Final = re.compile(
    r"(?<![a-z0-9@._/*-])(?P<letters>[a-z]{2,4})(?:[ -]?\d{4,8}(?: \d{3,8}){1,4}"
    r"(?: \d\d(?=对方|只[收有到发给]|本[来人]|包[装裹]|盒子))?"
    r"|(?<=tb|tm|dd|dy|ks) \d{6,20})(?![a-z0-9@._/*-])"
)
LONG_NUMBER: Final = re.compile(
    r"(?<![a-z0-9.*])(\d{10,20}|\d{4}(?:[ -]\d{4}){2,4}(?:[ -]?\d{1,3})?)(?![\d.]|[a-z])"
)

PHONE: Final = re.compile(r"(?<![\d*])(?:\+?86[ -]?)?(1[3-9]\d[ -]?(?:\d{4}|\*+)[ -]?\d{4})(?!\d)")
PHONE_TAIL: Final = re.compile(
    r"(?:尾号|尾数|(?:最后|后头|后面|后边|后|末|尾)的?[四4][位码个](?:数字|号码|数)?|(?:手机|电话|号码)尾|(?<=[\s,、/;])尾)"
    r"(?:就|应该)?(?:是|为|叫|[\s:,;.、\"“])*(\d{4}(?!\d)|\d(?: \d){3}(?!\d)"
    r"|[零〇一二三四五六七八九幺]{4}(?![零〇一二三四五六七八九幺]))"
    r"|(?<!\d)(\d{4})(?:结尾|是?(?:我的?)?(?:手机|电话)?(?:尾号|后四位)|的?(?:手机|电话)尾)"
)
ONLY_TAIL: Final = re.compile(
    r"(?:是|就是|应该是|我的是|\W)*(\d{4})(?:\W|吧|啊|哦|呢|的|谢谢|这个号码?)*"
)
# Four digits right behind or before an order's number, with no more than a name between.
TAIL_BEHIND: Final = re.compile(
    rf"[\s,、/;|+和是:]{{1,3}}(?:手机|电话|号码?|[\s:是])*(\d{{4}})(?![\d.元块年室栋幢座弄路楼]|单元|{MEASURE})"
)
TAIL_BEFORE: Final = re.compile(
    r"(?<![\da-z.¥-])(?<![栋幢座弄路楼])(?<!\d号)(?<!单元)(\d{4})[\s,、/;|+和]{1,3}(?:订单|单子?|号码?|[\s:是])*$"
)

# Before a phone number that is to stand in the order from now on, and shows nothing of it.
NEW_PHONE: Final = re.compile(
    r"(?:[改换](?:成|为|到|一下|下|了|个)*(?:新?的?(?:手机|电话|号码)号?)?|应该是|正确的?是?|新的?(?:电话|手机|号码|手机号|联系方式)?)[是为:\s]*$"
)
# A house down to its number: what else stands there is where a parcel goes.
HOUSE: Final = re.compile(
    r"[\u4e00-\u9fff]{2}(?:路|街|道|巷|弄|村|苑|园|小区|花园|公寓)\d{1,5}(?:号|弄|栋|幢)|\d[栋幢]\d"
)

DATE: Final = re.compile(
    r"(?:20\d\d[-/.年]|去年|前年|今年)?(?:1[0-2]|0?[1-9])(?:月|[-/.](?=\d{1,2}[日号]))"
    r"(?:3[01]|[12]\d|0?[1-9])[日号]?(?!\d)"
    r"|20\d\d[-/.](?:1[0-2]|0?[1-9])[-/.](?:3[01]|[12]\d|0?[1-9])(?!\d)"
    r"|(?<![\d./])(?<![有个约近])(?:1[0-2]|0?[1-9])(?:/(?:3[01]|[12]\d|0?[1-9])(?=买的?|到的|下的?单|收到的|拍的|付的?款|签收)"
    r"|\.(?:3[01]|[12]\d)(?=下的?单|付款|签收))"
    rf"|(?:上个月|上月|这个月|本月)?(?:(?<![\d路街道弄巷])\d{{1,2}}|(?<!{CHINESE})(?<![大小]){CHINESE}{{1,3}})[号日]"
    r"(?![线楼店仓柜机段])"
    rf"|{CHINESE}{{1,2}}月(?:{CHINESE}{{1,3}})[号日]?"
)
FESTIVAL: Final = re.compile(r"双(?:11|十一|12|十二)|(?<!\d)618(?!\d)|六一八")
RELATIVE_DAY: Final = re.compile(
    r"大前[天日]|(?<![以之跟])前(?:天|日|晚|儿个?)|昨(?:天|日|晚|夜|儿个?)|今(?:天|日|早|晚|儿个?)"
    r"|明(?:天|日|儿个?)|大?后天"
)
# Part of a month: 月初, 上个月底, 3月中.
MONTH_PART: Final = re.compile(
    rf"(?:(?P<which>上个?|这个?|本|当|下个?)|(?P<month>(?<!\d)\d{{1,2}}|{CHINESE}{{1,2}})|(?<![个每的]))"
    r"月(?P<part>[初底末]|中(?!旬|秋))"
)
HOLIDAY: Final = re.compile(
    r"国庆|元旦|劳动节|圣诞|平安夜|情人节|(?<![\d.])(?:11\.11|12\.12)(?![\d.])"
    rf"|(?<!{CHINESE})(?<![块元毛])五一(?!{CHINESE}|{MEASURE})"
)
WEEKDAY: Final = re.compile(r"(上上|上|这|本|下)?个?(?:周|星期|礼拜)([一二三四五六日天])")

AMOUNT: Final = re.compile(
    r"(?:¥|rmb|人民币)\s*(?P<sign>\d[\d,]*(?:\.\d{1,2})?)"
    rf"|(?!半块(?!钱|$|[,。 ])|(?<=[去掉破缺黑烂脏裂凹红了出])一块(?![钱\d]|{CHINESE}))"
    rf"(?P<whole>{NUMBER})(?:来|多|几)?\s*(?:块钱|块|元|圆|rmb)"
    rf"(?P<tenths>\d{{1,2}}(?!\d|{MEASURE})|{CHINESE}(?!{MEASURE}))?"
    rf"(?:[毛角](?:(?P<cents>\d|{CHINESE})(?!\d|{MEASURE}))?)?"
    rf"|(?P<mao>{NUMBER})[毛角](?!毯|巾|衣)"
    r"|(?<![\d./a-z])(?<!\d:)(?!20\d\d(?!\d|\.))(?P<bought>\d{1,6}(?:\.\d{1,2})?(?:[kw]\d?)?)"
    r"(?=包邮|买的|拍的|入手|到手|秒的|抢的)"
    rf"|(?:退|赔偿?|付|扣|花|收|返|补|降)[了我你]{{0,2}}(?P<chinese>(?={CHINESE}{{0,6}}[十百千])"
    rf"{CHINESE}{{2,9}})(?!{CHINESE}|{MEASURE}|[多来几块元圆毛角])"
    r"|(?:退|赔|付|扣|差|减|花|收|多要|返|补|降|价格?|运费|邮费|优惠|便宜|贵|实付|金额|[定订押]金|尾款|券"
    r"|(?:安装|上楼|搬楼|搬运|上门|材料|辅材|支架|打孔|人工|检测)费用?[要收付]?"
    r"|(?:安装|师傅|上楼|搬运|上门)[^\d,。]{0,4}要(?=了)"
    r"|[降涨减变升][到成至]|每[次件个盒单]|买的(?=\d+\.\d)"
    r"|[昨今前]天(?=\d{2,4}(?:\.\d+)?(?:[今昨现,。 ]|$)))"
    r"[了我你是的才要款]{0,2}"
    r"(?!123[0145]5(?!\d))(?P<after>\d{1,6}(?:\.\d{1,2})?)(?![\d.:/%元圆毛角折天号月日年个杯颗枚粒桶串盆棵件盒包瓶袋次点分小位家款岁级遍斤克公块k张双条台箱罐万米层楼孔]|支(?!架费?)|根(?!本)|套(?!路)|星(?!期))"
    rf"|(?:现在|现价|原价|变成?|卖我?|(?:[每一](?:{MEASURE}|[罐桶])))"
    r"(?:才|要|只要|是|就)?(?P<price>\d{2,5}(?:\.\d{1,2})?|\d\.\d{1,2})(?=$|[了,。;!?\s退差降])(?!了?\s?(?:[a-z\d天支个号件岁点年月次盒瓶袋包条]|还?没|还不))"
    r"|(?P<short>[一二两三四五六七八九]万[一二三四五六七八九](?![百千十万个件人米])|(?:[一二两三四五六七八九]|(?<!\d)\d)[百千][一二三四五六七八九\d]?)"
    r"(?![零一二两三四五六七八九十百千万个件盒包瓶袋次天克斤米分多人条张只双度])"
)

# Sums that stand behind the word that makes them one.
CUED_AMOUNTS: Final = ("after", "chinese", "price")


@cache
def carrier_names() -> re.Pattern[str]:
    """The carriers' names as customers write them."""
    names = "|".join(name for name, _ in read_table("carriers.tsv", ("carrier", "prefixes")))
    return re.compile(rf"(?:{names})(?:快递|速递|物流|速运)?")


@cache
def tracking() -> re.Pattern[str]:
    """Tracking numbers: a carrier's prefix with digits, or a long number named as one."""
    rows = read_table("carriers.tsv", ("carrier", "prefixes"))
    prefixes = sorted((p for _, cell in rows for p in cell.split()), key=len, reverse=True)
    names = "|".join(name for name, _ in rows)
    return re.compile(
        rf"(?<![a-z0-9])(?P<prefixed>(?P<prefix>{'|'.join(prefixes)})"
        rf"(?:[a-z]{{0,2}}|(?<!jd)(?<!ems) )\d{{8,18}}"
        r"(?:-\d{1,3})*)(?![a-z0-9])"
        rf"|(?:(?P<carrier>{names})(?:快递|速递|物流|速运| ?ems)?|(?:快递|运|物流)单?号)"
        r"(?:单号|号|是|为|[\s::])*(?P<named>[a-z]{0,4}\d{10,18})(?!\d)"
        r"|(?:快递|运|物流)单?号(?:是|为|[\s::])*"
        r"(?P<token>(?=(?:[a-z-]*\d){6})[a-z0-9](?:[a-z0-9]|-(?=[a-z0-9])){7,31})(?![a-z0-9])"
    )


@cache
def _protected() -> tuple[tuple[str, re.Pattern[str], frozenset[str]], ...]:
    """Kind and pattern of each shape, and the characters of which it holds at least one."""
    return (
        ("mask", MASK, frozenset("[")), ("link", LINK, frozenset(".:")),
        ("order", OWN_ORDER, DIGITS), ("tracking", tracking(), DIGITS), ("phone", PHONE, DIGITS),
        ("number", LONG_NUMBER, DIGITS), ("order", BARE_ORDER, DIGITS),
        ("date", FESTIVAL, DIGITS | frozenset("双六")), ("date", DATE, DAY_SIGNS),
        ("amount", AMOUNT, MONEY_SIGNS),
    )  # fmt: skip


def protected_spans(text: str) -> list[tuple[str, int, int]]:
    """Kind, start and end of each shape that must not be cut, in order, none overlapping."""
    if _ANY_SIGN.isdisjoint(text):
        return []
    taken: list[tuple[int, int, str]] = []
    for kind, pattern, signs in _protected():
        if signs.isdisjoint(text):
            continue
        for match in pattern.finditer(text):
            start, end = _without_cue(match)
            if start < end and all(end <= a or start >= b for a, b, _ in taken):
                taken.append((start, end, kind))
    return [(kind, start, end) for start, end, kind in sorted(taken)]


def _without_cue(match: re.Match[str]) -> tuple[int, int]:
    """The number's own span, when the pattern also matched the word that names it."""
    for name in ("named", "token", *CUED_AMOUNTS):
        if match.re.groupindex.get(name) and match.group(name):
            return match.span(name)
    return match.span()
