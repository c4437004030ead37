"""Read what a customer wants changed on an order, from words or from fields.

Only what is surely there is taken; whatever is doubtful stays in the address text as the customer
wrote it, so that a person who packs the parcel still reads the truth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.order_record import Address, OrderRecord
from bot.put_right import last_digits_put_right, without_denied

ADDRESS_FIELDS = frozenset(Address.model_fields)
_PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d{9})(?!\d)")
_SETS = r"(?:改成|改为|改到|换成|换为|换到|应该是|正确的?是|寄到|送到|发到|写|是|为|[：:])"
_SURNAME = (
    r"(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|夏侯|司徒"
    r"|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    r"陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐"
    r"易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳"
    r"管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵"
    r"苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝])"
)
# Who it is, but not by name: 我老公, 他妈妈; and no name at all: 写错了, 名字.
_UNNAMED = re.compile(
    r"^[我你您他她]|[的了吗吧呢错]|名字|姓名|老公|老婆|[爸妈]|爷爷|奶奶|外婆|外公|儿子|女儿|孩子"
    r"|朋友|同事|家人|对象|本人|自己"
)
# In a word that looks like a name, these tell of something else: 白天打, 马上改.
_NO_NAME = re.compile(
    r"[的了吗吧呢嘛打送改发开不是有电下末寄收到要请麻烦点也都就便没]|谢谢|[马路]上|高兴|明白|安全|成功|时间|包邮"
    r"|周[一二三四五六日]|白[天色]|平时|常用|金额|万一|全部|应该|单位|习惯|方面"
)
_NAME = rf"{_SURNAME}[一-龥]{{1,2}}"
# 也打错了: said of the name that stood there, before the right one.
_ALSO_WRONG = r"[也都又还是]*(?:(?:[写填打弄搞报说]错|错|不对)了?)[，,\s]*"
_BEHIND_NAME = r"才对|就[行好]|就可以|[吧哈啊呀哦]|谢|麻烦|电话|手机|号码|地址"
_BY_LABEL = re.compile(
    rf"(?:收[件货]人|联系人|姓名|名字)(?:{_ALSO_WRONG})?[^，,。；;\s]{{0,4}}?(?:{_SETS}|叫)\s*"
    rf"([一-龥·]{{2,8}}?)(?={_BEHIND_NAME}|[^一-龥·]|$)"
    rf"|(?:(?:收[件货]人|联系人)(?:姓名|名字)?(?:{_ALSO_WRONG})?|(?:姓名|名字){_ALSO_WRONG})[，,\s]*"
    rf"({_NAME})(?=$|[\s，,。；;、\d])"
)
# 张伟 139…, 139… 张伟: a name right beside the number; or behind the place, 张伟收.
_BESIDE_PHONE = re.compile(
    rf"(?:(?<=[\s，,。；;、])|^)({_NAME})(?=[\s，,：:、]*1[3-9]\d{{9}}(?!\d))"
    rf"|(?<=1[3-9]\d{{9}})[\s，,、]+({_NAME})(?=$|[\s，,。；;、])"
    rf"|(?<=[\s，,。；;、])({_NAME})收(?=$|[\s，,。；;、\d])"
)
# The words before the new value, in which no place is named yet: 杭州市为民路 is one.
_LEAD_IN = re.compile(rf"^[^\d省市区县镇路街]{{0,20}}?{_SETS}[：:\s]*(?=\S{{2}})")
_PHONE_LEAD = re.compile(
    rf"(?:电话|手机号?|号码|联系方式)[^，,。；;\s\d]{{0,4}}?(?:{_SETS}|改一下|改下)?\s*$"
)
_TITLE_LEAD = re.compile(
    r"抬头[^，,。；;\s]{0,6}?(?:改成|改为|换成|开成|应该是|是|写|为|[：:])|改成|改为|换成|开成"
)
_TAX_LEAD = r"(?:纳税人?识别号|税务登记号|统一社会信用代码|信用代码|识别号|税号)[是为:：\s]*"
_TAX = re.compile(
    rf"{_TAX_LEAD}(?P<named>[0-9A-Za-z]{{15,20}})(?![0-9A-Za-z])"
    r"|(?<![0-9A-Za-z])(?P<bare>\d\d(?:[0-9A-Za-z]{18}|[0-9A-Za-z]{16}|[0-9A-Za-z]{13}))(?![0-9A-Za-z])"
)
_PLACE = re.compile(
    r"省|[^超门]市(?!场)|区|县|镇|乡|村|路|街|大道|巷|弄|栋|幢|单元|室|大厦|公寓|花园|\d号|[\dA-Za-z]座"
)
# A text that names a province or city replaces the region; one with a district, the district.
_PROVINCE = (
    r"(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南"
    r"|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门)"
)
_CITY = r"[一-龥]{2,6}?(?:市(?!场)|自治州|地区)"
_DISTRICT = r"[一-龥]{1,6}?(?:(?<![小园社厂校景库])区|县|旗)"
_NAMES_CITY = re.compile(rf"^{_PROVINCE}|^{_CITY}")
_NAMES_DISTRICT = re.compile(rf"^{_DISTRICT}")
_IN_FULL = re.compile(
    rf"(?P<province>{_PROVINCE}(?:省|(?:壮族|回族|维吾尔)?自治区|(?!市)))?\s*(?P<city>{_CITY})\s*"
    rf"(?P<district>{_DISTRICT})?\s*(?P<detail>\S.*)",
    re.DOTALL,
)
_OWN_PROVINCE = frozenset({"北京市", "天津市", "上海市", "重庆市"})
SPECIAL_INVOICE = "专用发票"  # behind title and number, where one is to be made out
REGION = ("province", "city", "district")
_HOUSE = r"(?:号楼|[栋幢座室层]|单元|楼)"
_ONLY_HOUSE = re.compile(rf"(?:第?[\dA-Za-z一二三四五六七八九十-]+{_HOUSE}\s*)+(?:\d+)?")
# One part of a house: 3栋, A座, 2单元; a number behind the others is a room's, as in 3栋1204.
_HOUSE_PART = re.compile(
    rf"第?(?:\d[\dA-Za-z-]*|[A-Za-z]\d*|[一二三四五六七八九十]+)(?P<unit>{_HOUSE})"
    rf"|(?<=[栋幢座元楼层])\s*\d[\dA-Za-z-]*(?=\s|$)"
)
_SAME_UNIT = {"号楼": "栋", "幢": "栋", "座": "栋", "层": "楼"}
_BREAK = r"[\s，,。；;、!！]"
# What is told beside a place and is no part of it: 收件人不变, 其他的不用改.
_UNCHANGED = re.compile(
    rf"{_BREAK}*(?:我的?|其[他它余]|别的|剩下的?)*(?:(?:收[件货]|联系)?人|姓名|名字|(?:手机|电话)号?码?|号码|联系方式|信息"
    r"|其[他它余]|别的|剩下的?)"
    r"(?:收[件货]人|联系人|姓名|名字|手机号?|电话|号码|信息|[和跟与及、的都也还就仍然照是用写])*"
    r"(?:不变|不改|不动|没变|不用[改变动换]|不要[改变动换]|不需要[改变动换]|别[改动]|一样|照旧|一致|(?:原来|之前|以前)的?|还?是我(?:本人)?)"
    rf"(?=$|{_BREAK})"
)
_POLITE = (
    r"(?:(?:麻烦|请|拜托|辛苦|劳烦|帮忙|[帮给]我|你们?|您|亲|尽快|尽早|赶紧|赶快|抓紧|快些?|早点|马上|立刻|处理|安排|发货?"
    r"|改[成为]?|感谢|多谢|谢|急用?|着急|在线等|就这[样个里]|就是这[个里]|好的?|可以|行|一下|下|点|了|啦|哈|啊|哦|呀|吧|嘛)+)"
)
_ONLY_POLITE = re.compile(rf"(?:^|(?<={_BREAK})){_POLITE}(?=$|{_BREAK})")
_POLITE_END = re.compile(
    r"(?:(?<![网酒书茶咖水迪])吧|就行|就好|就可以|哈|谢谢你?|多谢|感谢|麻烦[了您你]?|拜托了?|辛苦了?|尽快)+$"
)
_OF_WHOM = r"(?:(?:[我你您他她]们?|新|现在|详细|正确|收货|公司|单位|家里?|学校|老家|宿舍|娘家)的?)"
# What the place is, said before it: 公司地址 余杭区…, 我公司 余杭区….
_PLACE_LABEL = re.compile(
    rf"^{_OF_WHOM}*地址(?:改[成为到]|换[成为到]|[是为在：:，,\s])*"
    rf"|^{_OF_WHOM}*(?:公司|单位|家里?|学校|老家|宿舍|娘家)(?:这边|那边|那里|里)?(?:[\s，,：:]+|在)"
)
_COUNT = r"(?:\d{1,5}[A-Za-z]?|[A-Za-z]\d{0,4}|[一二三四五六七八九十]{1,3})"
_UNIT = r"(?:号楼|号院|[栋幢座室层号弄]|单元|楼)"
_PARTS = rf"(?:第?{_COUNT}\s*{_UNIT}\s*)+(?:\d{{1,5}}[A-Za-z]?)?"
_PART = re.compile(rf"第?(?P<count>{_COUNT}|\d[\dA-Za-z-]*)\s*(?P<unit>{_UNIT})?")
# A part of a house with nothing but that it is put right: 不对是203, 门牌错了 应该是602.
_PUT_RIGHT = re.compile(
    r"(?P<lead>(?:(?:不对|不是(?=[，,\s])|[写打发说搞弄填输]?错|有误|不好意思|抱歉|对不起|等等|等一?下|[啊哦呃额嗯哎]|哎呀|刚才|刚刚"
    r"|我|应该|要|就|是|[改换][成为到]|门牌号?码?|房间?号码?|楼号|楼栋号?|室号|单元号?|楼层|地址|最后|后面|那个?|的)"
    r"[了啦哈，,。.、!！~～：:\s]*)*)"
    rf"(?:(?:不是|把){_COUNT}{_UNIT}?[，,\s]*而?(?:是|[改换][成为到])\s*)?"
    rf"(?P<house>{_PARTS}|\d{{2,5}}[A-Za-z]?)"
    rf"(?:房间?|才对|[的哈啊哦呀吧了，,。.!！~～\s]|谢谢|麻烦[你您]?|不是{_COUNT}{_UNIT}?)*"
)
_BARE_ROOM = re.compile(r"\d{3}")  # by itself: fewer digits pick an option, four are a phone's


@dataclass(frozen=True, slots=True)
class Correction:
    """New values for the address, or a new specification for a line; empty when none was read."""

    address: Mapping[str, str] = field(default_factory=dict)
    spec: str | None = None

    def __bool__(self) -> bool:
        """Tell whether anything was read at all."""
        return bool(self.address or self.spec)


def read_correction(detail: Mapping[str, Any]) -> Correction:
    """Read `detail["correction"]`: fields of an address (or `spec`), or the customer's words.

    `detail["field"]` or `detail["issue"]` ("address", "phone", "name", "spec") settles what
    words alone leave open; but only a field named on purpose makes an address of words that name
    no place, for the parcel would lose its street.
    """
    wanted = detail.get("correction")
    named = str(detail.get("field") or "")
    hint = named or str(detail.get("issue") or "")
    if isinstance(wanted, Mapping):
        return _from_fields({str(k): str(v).strip() for k, v in wanted.items()})
    if isinstance(wanted, str) and wanted.strip():
        return _from_words(wanted.strip(), hint, named)
    return Correction()


def joined(before: str, now: str) -> str:
    """Return one text of two corrections of an address: what the later names stands in for that.

    "改到…588号", then "电话也改成139…": neither takes the other back. Another district may lie
    in another city, whatever city was named before: 天河区 is not in 杭州市.
    """
    first, then = address_told(before), address_told(now)
    if not first or not then:
        return now
    if "detail" in then:
        then = {**then, "detail": _with_house(first.get("detail", ""), then["detail"])}
    kept = {k: v for k, v in first.items() if k not in {*REGION, "detail"} or "detail" not in then}
    moved = "city" in then or then.get("district", "") not in {"", first.get("district", "")}
    region = {k: v for k, v in first.items() if k in REGION and not moved}
    return in_full({**kept, **region, **then})


def address_told(text: str) -> dict[str, str]:
    """Return what the words name of an address: who, which number, where; empty when nothing."""
    return dict(_from_words(text, "address", "").address)


def in_full(fields: Mapping[str, str]) -> str:
    """Return fields of an address as one text, from which they are read again."""
    labels = {"name": "收件人：", "phone": "电话："}
    parts = [labels[name] + fields[name] for name in labels if name in fields]
    region = [fields.get(name, "") for name in REGION]
    if region[0] == region[1]:  # 上海市 is a city, and its own province
        region.pop(0)
    place = "".join((*region, fields.get("detail", "")))
    return "，".join(filter(None, (*parts, place)))


def house_put_right(text: str, *, shown: bool) -> str | None:
    """Return the part of a house that is all the words put right: 不对是203; None when none is.

    Where the address has just been `shown`, a part by itself is meant so too.
    """
    found = _PUT_RIGHT.fullmatch(text.strip())
    if found is None:
        return None
    house = found.group("house").strip()
    bare = found.start("house") == 0
    alone = shown and (_BARE_ROOM.fullmatch(house) or not house[-1].isdigit() or is_place(house))
    return house if alone or not bare else None


def with_house_put_right(before: str, house: str) -> str | None:
    """Return an address with that part of its house in the old one's place, and all else kept.

    None where the address has no house in which it could stand.
    """
    fields = address_told(before)
    detail: str | None = fields.get("detail")
    for part in _PART.finditer(house):
        detail = _with_part(detail, part) if detail else None
    return in_full({**fields, "detail": detail}) if detail else None


def with_number_put_right(before: str, text: str) -> str | None:
    """Return an address with the last digits of its number put right, and all else kept.

    None where it has no number yet, or the words do not surely say what the number is to be.
    """
    fields = address_told(before)
    number = last_digits_put_right(text, fields.get("phone", ""))
    return in_full({**fields, "phone": number}) if number else None


def _with_part(detail: str, told: re.Match[str]) -> str | None:
    """Return where it goes with one part put right; a number alone is the last one's."""
    stand = list(_PART.finditer(detail))
    if not told["unit"]:
        # A door has a number; that of the street is not told by itself.
        doors = (part for part in stand if part["unit"] not in {"号", "弄"})
        stand = [part for part in doors if part["count"][-1].isdigit()]
        return _replaced(detail, stand[-1], "count", told["count"]) if stand else None
    same = [part for part in stand if part["unit"] and _unit(part) == _unit(told)]
    room = stand[-1] if stand and not stand[-1]["unit"] else None
    if same:
        return _replaced(detail, same[-1], 0, told.group().strip())
    if _unit(told) == "室" and room:
        return _replaced(detail, room, 0, told.group().strip())
    at = room.start() if room else len(detail)
    return detail[:at] + told.group().strip() + detail[at:]


def _replaced(text: str, part: re.Match[str], group: str | int, now: str) -> str:
    """Return the text with a part's own; of 2-201 it is the last number."""
    start = part.start(group)
    if group and "-" not in now:
        start += part[group].rfind("-") + 1
    return text[:start] + now + text[part.end(group) :]


def only_address(text: str) -> str:
    """Return the words without what is told beside an address: 收件人不变, 麻烦尽快, 公司地址."""
    text = _ONLY_POLITE.sub("", _UNCHANGED.sub("", text.strip()))
    text = _POLITE_END.sub("", text.strip(" ，,。；;：:、!！"))
    return text.strip(" ，,。；;：:、!！")


def who_and_where(text: str) -> tuple[dict[str, str], str]:
    """Return the receiver's name and number that the words hold, and the words without them."""
    return _take_phone_and_name(text)


def is_name(text: str) -> bool:
    """Tell whether a text is a person's name and nothing else."""
    no_name = _NO_NAME.search(text) or _UNNAMED.search(text)
    return re.fullmatch(_NAME, text) is not None and not no_name


def is_place(text: str) -> bool:
    """Tell whether the words name a place, be it no more than a door in a house."""
    far = _NAMES_CITY.search(text) is not None and any(map(str.isdigit, text))
    return far or _PLACE.search(text) is not None


def _with_house(before: str, now: str) -> str:
    """Return where it goes: a bare house stands at the street told before, in the old one's place.

    What follows the first part that is told anew belongs to the old house, and goes with it.
    """
    if not _ONLY_HOUSE.fullmatch(now):
        return now
    told = set(map(_unit, _HOUSE_PART.finditer(now)))
    again = (part.start() for part in _HOUSE_PART.finditer(before) if _unit(part) in told)
    street = before[: next(again, len(before))].rstrip(" ，,")
    gap = " " if street[-1:].isdigit() and now[0].isdigit() else ""
    return street + gap + now


def is_house(text: str) -> bool:
    """Tell whether it is no more than a house in a street that is not named: 3栋1204."""
    return _ONLY_HOUSE.fullmatch(text) is not None


def _unit(part: re.Match[str]) -> str:
    """Return which part of a house it is, under one name for all that mean the same."""
    unit = part.group("unit") or "室"
    return _SAME_UNIT.get(unit, unit)


def tax_number_in(text: str) -> str | None:
    """Return the firm's number at the tax office that the words hold, or None."""
    found = _TAX.search(text)
    return (found.group("named") or found.group("bare")).upper() if found else None


def without_tax_number(text: str) -> str:
    """Return the words without the firm's number at the tax office."""
    return _TAX.sub("", text).strip(" ，,。；;：:、")


def corrected_address(record: OrderRecord, changes: Mapping[str, str]) -> Address:
    """Return the order's address with the changes in it.

    Who names the city alone, and stays in it, stays in its province; who names the house alone
    stays in the street.
    """
    update = dict(changes)
    if "detail" in update and not any(name in update for name in REGION):
        update["detail"] = _with_house(record.address.detail, update["detail"])
    if update.get("city") == record.address.city and not update.get("province"):
        update["province"] = record.address.province
    return record.address.model_copy(update=update)


def invoice_title(text: str) -> str:
    """Return the title that the words ask for: what follows "抬头是", up to a stop or blank.

    Empty where they name no more than the firm's number at the tax office.
    """
    text = without_tax_number(text)
    leads = list(_TITLE_LEAD.finditer(text))
    rest = text[leads[-1].end() :] if leads else text
    named = re.search(r"[^\s，,。；;：:]+", rest)
    return named.group()[:100] if named else text.strip()[:100]


def _without_label(text: str) -> str:
    """Return a place without the word for it; 公司 3栋502 is no house in the order's street."""
    place = _PLACE_LABEL.sub("", text)
    return text if not place or _ONLY_HOUSE.fullmatch(place) else place


def _from_fields(fields: Mapping[str, str]) -> Correction:
    address = {k: v for k, v in fields.items() if k in ADDRESS_FIELDS and v}
    return Correction(address, fields.get("spec") or None)


def _from_words(text: str, hint: str, named: str) -> Correction:
    if hint != "spec":
        text = only_address(without_denied(text))
    address, rest = _take_phone_and_name(text)
    rest = _LEAD_IN.sub("", rest, count=1).strip(" ，,。；;：:、")
    place = is_place(rest)
    if hint == "spec" or (rest and not address and hint != "address" and not place):
        return Correction(address, rest or None)
    if rest and (place or named == "address"):
        address |= _place(_without_label(rest))
    return Correction(address)


def _take_phone_and_name(text: str) -> tuple[dict[str, str], str]:
    found: dict[str, str] = {}
    if name := next(_names(text), None):
        found["name"] = str(next(filter(None, name.groups())))
        text = text.replace(name.group(), "", 1)
    if phone := _PHONE.search(text):
        found["phone"] = phone.group(1)
        text = _PHONE_LEAD.sub("", text[: phone.start()]) + text[phone.end() :]
    return found, text


def _names(text: str) -> Iterator[re.Match[str]]:
    """Yield where the receiver's name stands, the surest first."""
    for pattern, no_name in ((_BY_LABEL, _UNNAMED), (_BESIDE_PHONE, _NO_NAME)):
        for found in pattern.finditer(text):
            if not no_name.search(str(next(filter(None, found.groups())))):
                yield found


def _place(text: str) -> dict[str, str]:
    # Read as one line, province + city + district + detail must never name two places.
    if full := _IN_FULL.fullmatch(text):
        place = {name: value or "" for name, value in full.groupdict().items()}
        if place["city"] in _OWN_PROVINCE:
            place["province"] = place["city"]
        return place
    if _NAMES_CITY.search(text):
        return {"province": "", "city": "", "district": "", "detail": text}
    if near := _NAMES_DISTRICT.search(text):
        return {"district": near.group(), "detail": text[near.end() :].strip()}
    return {"detail": text}
