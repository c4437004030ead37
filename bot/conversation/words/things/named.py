"""What a customer names: a new address, a size, a title, a sum, the phone's last digits."""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.conversation.words.sentence.manner import asks, is_short
from nlp.patterns import MODEL, WITH_UNIT

_LONG_NUMBER = re.compile(r"[A-Za-z]{0,4}[-_ ]?\d[\dA-Za-z_-]{4,}")
# Any shop's number, told alone: A1001, 单号是DD-001, 10000123; four digits are a phone's tail.
_LONE_ORDER_NO = re.compile(
    r"(?:(?:订单|单)号?码?|号码)?[是为:：\s]*(?!1[3-9]\d{9}\b|\d{1,4}\b)"
    r"(?P<number>(?=[A-Za-z_-]*\d)[A-Za-z0-9][A-Za-z0-9_-]{2,63})[。.!！\s]*"
)
# A number long enough to have been written together with the phone's tail: JF202611400274027.
_WITH_TAIL = re.compile(r"[A-Z]{0,4}\d{10,}")
# iPhone15, RTX4090 and 500ml are goods, and no numbers of orders.
_OF_GOODS = re.compile(
    rf"{MODEL}|(?:mate|redmi|macbook|airpods|galaxy|ps[345]$|rx\d{{3,4}}$)|{WITH_UNIT}"
    r"|\d+(?:oz|mb|cc|pcs|℃|kwh|lb|ft)$",
    re.IGNORECASE,
)
# 刚才发错了, 发错了 是另一单; 发错货了 and 颜色发错了 are of goods.
_ORDER = r"(?:订?单(?:号码?|子|(?!号))|号码?)"
_OTHER = rf"(?:我的|我说的)?(?:这|那|另外?|别的?|其他的?|刚才那?)一?[个笔]?{_ORDER}"
_MISTYPED = re.compile(
    rf"(?:我|刚才|刚刚|不好意思|抱歉|对不起|啊|哦|呃|额|{_ORDER}|(?:不|应该|[要问说]的)?是{_OTHER}"
    r"|[，,。.!！~～:：\s])*"
    rf"(?:发|写|打|给|说|贴|复制|输|搞|弄|看|填|报)错(?:了|啦|的|{_ORDER}|我|[，,。.!！~～:：\s])*"
    rf"(?:(?:不|[问说]的)?是{_OTHER}|是(?!{_OTHER})|应该|正确|要|就|这个|这单|才对|[，,。.!！~～:：\s啊呀哈的])*"
)
# 不是这一单, 不对 我说的不是这单: of the order that was taken.
_NOT_THAT = re.compile(
    rf"(?:不对|啊|哦|呃|额|我(?:说|问|要)?的?|[，,\s])*(?:不是{_OTHER}(?:[，,。.!！~～\s啊呀哈的吧了呢]|是{_OTHER})*)+"
)
SHORTEST_TITLE = 4
TAIL = 4  # digits at the end of a phone's number
# 4039, 4039 对吗, 尾号是4039吧: the end of a phone's number, and nothing else.
_ONLY_TAIL = re.compile(
    r"(?:(?:我的?|手机|电话|号码?|尾号|尾数|后四位|是|为|[:：，,\s])*)\d{4}"
    r"(?:对不对|是[吗吧]|行吗|可以吗|[吗吧么呢啊哦呀的对？?。.，,!！~～\s])*"
)
CORRECTION_WITHIN = 1000  # characters; the search takes their square, and is done at each replay
_STOPS = " 。.，,；;！!？?\n"
# A price named for peace: 补我100, 90行不行, 那70呢, 退我一半.
# A bare number is a sum only where no unit of something else can follow: 给我2小时.
_YUAN = (
    r"(\d{1,5}(?:\.\d{1,2})?)"
    r"(?:块钱?|元|(?=$|[\s，,。.!！?？~～吧就行可总也成呢怎咋好我得了啊嘛]))"
)
_BIDS = (
    re.compile(rf"(?:补偿?|赔偿?|退|返|给|少收?|便宜|优惠)(?:我|给我|个|点)*{_YUAN}"),
    re.compile(
        rf"{_YUAN}(?:行不行|行[吗不]|成不成?|成吗|可不可以|可以[吗不]|总可以|总行|[怎咋]么?样|好不好|好吗|"
        r"呢(?:$|[，, ]))"
    ),
    re.compile(
        rf"^(?:那|就|行|好|吧|把|这|[，, ])*{_YUAN}(?:退|赔|补)?给?我"
        r"(?:吧|啊|就行|就好|好了|得了)*[。.!！~～ ]*$"
    ),
    re.compile(rf"^[我就那]*(?:要|最少|至少|起码)(?:得|要)?{_YUAN}"),
)
# 24.7那个, 就49块那个方案: of the sums on offer; 2那个 may be the second.
_POINTED_AT = re.compile(
    r"(?:那|就|要|选|我|还是|[，, ])*(\d{2,5}(?:\.\d{1,2})?|\d\.\d{1,2})(?:块钱?|元)?"
    r"的?[这那]一?(?:个|种|笔)(?:方案|选项)?(?:就行|吧|啊|呀|就好)*[。.!！~～ ]*"
)
HALF = re.compile(r"(?:退|补|赔|返|给)(?:我|给我|个)*一半")
# Four digits by themselves: no year, no sum, no part of another number, no door of a house.
_LONE_FOUR = re.compile(
    r"(?<![\d.,¥￥A-Za-z_-])(?<![栋幢座弄路街])(?<!\d号)(?<!单元)(?<![\d一二三四五六七八九十]楼)"
    r"\d{4}(?!\d|[.年元块%栋幢座室弄路]|号(?!码)|单元|楼)"
)
_ADDRESS = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}(?:省|市|区|县) +){0,3}"
    r"[\u4e00-\u9fff]{2,8}?(?:省|市|自治区|区|县|镇|乡) ?[\u4e00-\u9fff\dA-Za-z（）()#·-]{2,60}?"
    r"(?:\d{1,5}|[一二三四五六七八九十]{1,4})(?:号|栋|幢|弄|室|楼|层|单元|座|组|队)"
    r"[\u4e00-\u9fff\dA-Za-z（）()#·-]{0,30}"
    r"(?: *[\dA-Za-z一二三四五六七八九十-]{1,6}(?:号楼|[栋幢座室层]|单元|楼)"
    r"(?:\d{1,4}(?![\d号栋幢座室层楼单]))?){0,4}"
)
# Words that may stand before an address without a gap: 寄公司吧杭州市….
_BEFORE_ADDRESS = re.compile(r"^.*(?:改成|改为|寄去?|送|是|到|换成|地址|收货|吧)")
# Before the right value; the surest way to say so is looked for first.
_CORRECTIONS = (
    re.compile(
        r"正确的?(?:应该)?(?:内容|地址|电话|号码|抬头|税号)?(?:应该)?[是为:：]+ *(?P<value>.+)$"
    ),
    re.compile(
        r"(?:改成|改为|改到|换成|换到|寄到|送到|应该是|(?:我)?(?:要|想要|本来要)的是|(?:重开|重新开|开)(?:成(?!了|我|个人)|为)|抬头(?:就|请)?(?:是|为|改|写(?![错的了成得])))"
        r"(?:[:：是为 ]|成(?!都))*(?P<value>.+)$"
    ),
    # 要L码, 换XS, 换黑色, 要l码你帮我改一下
    re.compile(
        r"(?<![不别])(?<!不想)(?:想要|要|换成|换|改)(?P<value>(?:[2-9]?x{0,3}[sml]|均|\d{2,3}(?=码))码?|(?![颜什褪掉个变])[\u4e00-\u9fff]{1,2}(?<![颜么褪掉个变])色)"
        r"(?:的|吧|呢)*(?=$|[\s，,。.!！?？吧谢]|(?:你们?|请|麻烦)*(?:帮我?|给我)?改)",
        re.IGNORECASE,
    ),
    re.compile(r"(?:公司名称?|单位名称?|发票抬头|抬头|税号)[:： ]+(?P<value>.+)$"),
)
# Where the new value ends and the talk goes on, and what is named but not said.
TALK_AGAIN = re.compile(
    r"[吗么]$|(?<![网酒书茶咖水迪])吧$|怎么|能不能|行不行|来得及|还能|还没|可以改|已经|谢谢|麻烦|拜托|"
    r"(?:打|写|填|说|选|拍)错|手抖|别的不"
)
# Right before the word that brings the new value, and of nothing else than the name.
_NAME_OF = re.compile(
    r"(?:收[件货]人|姓名|名字)(?:[写填打]?[错錯]了?)?[，, ]*(?:请|麻烦|帮我|给我|也|能|可以)*"
    r"(?:改成|改为|换成|应该是|是|叫)[:： ]*$"
)
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,8}")
_TITLE = re.compile(
    r"[\u4e00-\u9fff（）()]{3,30}?(?:公司|事务所|商行|经营部|工作室|合作社|医院|大学|中学|小学|学校|研究院|研究所|银行|协会|基金会)"
    r"(?:[\u4e00-\u9fff]{2,12}(?:分公司|支行|分行|学院))?(?=$|[\s，,。.；;：:吧的]|税号|谢)"
)
_BEFORE_TITLE = re.compile(r"^.*(?:抬头(?:是|为|开|写)?|开成|改成|换成|名称(?:是|为)?|换为|改为)")
_NO_TITLE = re.compile(r"我|你|给|请|需要|要|什么|哪|怎么|是|用的")
_SIZE = re.compile(r"[smlx]", re.IGNORECASE)
_THANKS = re.compile(
    r"[\s，,。]*(?:谢谢|麻烦|拜托|多谢|就行|就好|就可以|可以吗|可以不|行吗|行不行?|好吗"
    r"|(?:还)?能(?:帮我|给我)?[改换](?:一?下)?[不吗]|(?:还)?来得及)\S{0,6}$"
)
_VAGUE = re.compile(
    r"我?(?:们)?(?:公司|单位|(?:公司|单位|企业|个人)的?抬头|家|家里|学校|老家|宿舍|这边|这里|那边|那里|驿站|别|别处|别的地方|"
    r"新地址|正确的?|对的?|这个|那个|哪里|哪儿)"
)
# 手机号我得问问她, 电话是我妈的, 不是我的手机号: whose number it is, or that it is not at hand.
_NUMBER = (
    r"(?:手机号码?|手机(?=$|[，,。 啊呢的])|电话号?码?|号码|[单尾]号|后四位|(?<=的)号|(?<=个)号)"
)
_LACKS_NUMBER = re.compile(
    rf"(?:问|不(?:知道|清楚|记得|晓得|是)|忘|没记|记不|没有|换)[^，,。]{{0,8}}{_NUMBER}"
    rf"|{_NUMBER}[^，,。]{{0,6}}(?:问|不(?:知道|清楚|记得|晓得|是)|忘|没记|记不|没有|换)"
    rf"|(?:[妈爸婆公儿女夫妻友事人]|[她他])的?{_NUMBER}|{_NUMBER}[^，,。]{{0,3}}是[^，,。]{{0,4}}的"
)
_OF_OTHERS_DOING = re.compile(
    r"谁|有人|别人|怎么|咋|凭|为什么|为啥|哪[来里儿]|泄|漏|骗|把|给了|打[来给过]|打我|接到|收到|短信|知道我|陌生|骚扰|推销|加我|改了|被|你们"
)


def only_corrects_number(text: str) -> bool:
    """Tell whether nothing is said but that another order's number is right: 发错了 是B."""
    left = _LONG_NUMBER.sub("", text)
    return left != text and bool(_MISTYPED.fullmatch(left))


def finds_number_wrong(text: str) -> bool:
    """Tell whether the order is said to be wrong, and no other is told: 单号发错了, 不是这单."""
    said = text.strip()
    if not is_short(said):
        return False
    mistyped = _MISTYPED.fullmatch(said) and re.search(_ORDER, said)
    return bool(mistyped or _NOT_THAT.fullmatch(said))


def lone_order_no_in(text: str) -> str | None:
    """Return a lone order number: where nothing else is said, and no phone, tail, sum or model."""
    match = _LONE_ORDER_NO.fullmatch(text.strip())
    return match["number"].upper() if match and not _OF_GOODS.match(match["number"]) else None


def bare_number(order_no: str) -> str:
    """Return the number without the hyphens that customers put in or copy, and in one case."""
    return order_no.replace("-", "").upper()


def glued_tail(written: str, order_no: str) -> str | None:
    """Return the phone's tail that was written right behind an order's number, or None."""
    whole, number = bare_number(written), bare_number(order_no)
    tail = whole[len(number) :] if whole.startswith(number) else ""
    return tail if re.fullmatch(rf"\d{{{TAIL}}}", tail) else None


def without_glued_tail(order_no: str) -> str | None:
    """Return the number as it is if its last four digits are a phone's; None for a short one."""
    long = _WITH_TAIL.fullmatch(bare_number(order_no))
    return order_no[:-TAIL] if long else None


def bid_in(text: str) -> int | None:
    """Return the sum that the customer names for peace, in fen; None when there is none."""
    found = (bid.search(text) for bid in _BIDS) if is_short(text) else ()
    return next((round(float(match.group(1)) * 100) for match in found if match), None)


def sum_pointed_at(text: str) -> int | None:
    """Return the sum by which one of several on offer is pointed at, in fen: 24.7那个."""
    found = _POINTED_AT.fullmatch(text.strip()) if is_short(text) else None
    return round(float(found.group(1)) * 100) if found else None


def lacks_number(text: str) -> bool:
    """Tell whether who was asked for a number says whose it is, or that they have it not."""
    told = is_short(text) and not asks(text) and _LACKS_NUMBER.search(text)
    return bool(told) and not _OF_OTHERS_DOING.search(text)


def asks_half(text: str) -> bool:
    """Tell whether half of the price is asked for."""
    return is_short(text) and bool(HALF.search(text))


def is_only_tail(text: str) -> bool:
    """Tell whether nothing is said but the last four digits of a phone's number."""
    return bool(_ONLY_TAIL.fullmatch(text.strip()))


def lone_tail_in(text: str) -> str | None:
    """Return the only four digits that stand by themselves; None when there are none, or more."""
    found = _LONE_FOUR.findall(text)
    return found[0] if len(found) == 1 else None


def address_in(text: str) -> str | None:
    """Return a full postal address, down to a house's number, with the name behind it."""
    found = _ADDRESS.search(text.strip()[:CORRECTION_WITHIN])
    if found is None:
        return None
    place, *rest = re.split(r"(省|市|自治区|区|县|镇|乡)", found.group(), maxsplit=1)
    return "".join([_BEFORE_ADDRESS.sub("", place), *rest])


def correction_in(text: str, besides: Collection[str] = ()) -> str | None:
    """Return the new value out of "改成…"; None when there is none, or none that says where.

    `besides` are details that may stand behind it: the order's number, the phone's tail.
    """
    plain = text.strip()[:CORRECTION_WITHIN]
    found = next((match for p in _CORRECTIONS if (match := p.search(plain))), None)
    if found is None:
        return None
    bare = without(found.group("value"), besides)
    first, *more = re.split(r"(?<=[，,。；;！!？?\n\s])(?!\s)", bare.strip())
    talk = (n for n, clause in enumerate(more) if _ends_value(clause.strip(_STOPS), besides))
    value = "".join([first, *more[: next(talk, len(more))]])
    value = _THANKS.sub("", value.rstrip()).strip(_STOPS).rstrip("吗么吧呢")
    named = value.removesuffix("的")
    too_short = len(value) < 2 and not _SIZE.fullmatch(value)
    if too_short or _VAGUE.fullmatch(named):
        return None
    # A name alone does not say that it is one.
    of_name = _NAME_OF.search(plain, 0, found.start("value")) and _NAME.fullmatch(value)
    return f"收件人：{value}" if of_name else value


def title_in(text: str) -> str | None:
    """Return the name of a firm or institution that the text holds, as an invoice bears it."""
    found = None if asks(text) else _TITLE.search(text[:CORRECTION_WITHIN])
    title = _BEFORE_TITLE.sub("", found.group()) if found else ""
    return title if len(title) >= SHORTEST_TITLE and not _NO_TITLE.search(title) else None


def without(text: str, besides: Collection[str]) -> str:
    """Return the text without the order's number, the phone's tail, and their names."""
    for detail in filter(None, besides):
        number = r"[\s_-]*".join(map(re.escape, detail))
        text = re.sub(
            rf"[\s，,。；;]*(?:订单编?号?|单号|(?:手机|电话)?(?:尾号|尾数|后四位))?[是为:：\s]*"
            rf"(?<![\dA-Za-z]){number}(?![\dA-Za-z室号栋楼幢])",
            "",
            text,
            flags=re.IGNORECASE,
        )
    return text


def _ends_value(clause: str, besides: Collection[str]) -> bool:
    return clause.upper() in besides or bool(TALK_AGAIN.search(clause))
