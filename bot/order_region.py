"""The province and city of a new address: told, told behind it, or those of the order; pure.

天河区 is in no city that the words name, and certainly not in Hangzhou: where a new address names
another district than the order's and no city, the city must be told, or the parcel goes astray.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.order_correction import REGION, address_told, in_full, is_house
from bot.order_record import Address

_OWN_PROVINCE = r"(?:北京|天津|上海|重庆)"
_PROVINCE = (
    r"(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州"
    r"|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆)"
)
_LARGE_CITY = (
    r"(?:广州|深圳|杭州|南京|苏州|成都|武汉|西安|长沙|郑州|青岛|济南|沈阳|大连|长春|哈尔滨|合肥|福州|厦门|泉州|南昌"
    r"|昆明|贵阳|南宁|海口|三亚|石家庄|太原|呼和浩特|兰州|银川|西宁|乌鲁木齐|拉萨|宁波|温州|无锡|常州|南通|徐州|东莞"
    r"|佛山|珠海|中山|惠州)"
)
# 地址前面要加广东省广州市吧, 是广州的, 广东广州: where it lies, and nothing else.
_BEFORE = (
    r"(?:不对|不是(?=[，,\s])|[嗯哦是在那就要还]|应该|地址|省份|城市|前面|最前|加上?|补上?|写上?|我这?"
    r"|[，,：:。\s])*"
)
_BEHIND = r"(?:[的吧哦啊呀哈呢了]|那边|这边|这里|里面|谢谢|[，,。.!！~～\s])*"
_REGION_ONLY = re.compile(
    rf"{_BEFORE}(?:(?P<own>{_OWN_PROVINCE})市?"
    rf"|(?P<province>{_PROVINCE})(?:省|(?:壮族|回族|维吾尔)?自治区)?\s*(?P<city>[一-龥]{{2,6}}?)市?"
    rf"|(?P<known>{_LARGE_CITY})市?|(?P<named>[一-龥]{{2,4}}?)市)"
    rf"\s*(?P<district>[一-龥]{{1,5}}[区县旗])?{_BEHIND}"
)
_NO_CITY = re.compile(
    r"[的吗吧呢了么嘛不没是在哪省市区那这边谢哈快]|老家|地址|[超门]$|^[大小同全本]城$"
)


def lacks_city(address: Address, wanted: str) -> bool:
    """Tell whether a new address names another district than the order's, and no city for it."""
    told = address_told(wanted)
    district = told.get("district", "")
    named = "city" in told or _without_city(address, district) != district
    return bool(district) and not named and district != address.district


def with_region(before: str, text: str) -> str | None:
    """Return an address with the province and city put in it that are all the words name.

    None where they name no more than that, or it says already where it goes in words of its own.
    """
    fields, told = address_told(before), _region_told(text)
    if not told or "detail" not in fields or fields.get("city") == "":
        return None
    short = told["city"].removesuffix("市")
    district = told.get("district") or fields.get("district", "").removeprefix(short)
    return in_full({**fields, **told, "district": district})


def with_region_of(address: Address, wanted: str) -> str:
    """Return a new address with the order's province, city and district where it goes on there.

    So who confirms it reads all of where the parcel will go; a mere house, a name and a number
    are shown as they were told, for the street is not theirs to read.
    """
    told = address_told(wanted)
    if not told.get("detail") or is_house(told["detail"]) or told.get("city") == "":
        return wanted
    if told.get("city") not in {None, address.city} or lacks_city(address, wanted):
        return wanted
    district = _without_city(address, told.get("district", ""))
    kept = address.district if "city" not in told else ""
    region = {"province": address.province, "city": address.city, "district": district or kept}
    full = in_full({**told, **region})
    return full if _same_place(address_told(full), {**told, **region}) else wanted


def _same_place(read: Mapping[str, str], meant: Mapping[str, str]) -> bool:
    return all(read.get(name, "") == meant.get(name, "") for name in (*REGION, "detail"))


def _without_city(address: Address, district: str) -> str:
    """Return 余杭区 of 杭州余杭区, where the order goes to 杭州市."""
    rest = district.removeprefix(address.city.removesuffix("市"))
    return rest if len(rest) > 1 else district


def _region_told(text: str) -> dict[str, str]:
    found = _REGION_ONLY.fullmatch(text.strip())
    if found is None:
        return {}
    if found["own"]:
        region = {"province": f"{found['own']}市", "city": f"{found['own']}市"}
    else:
        city = str(found["city"] or found["known"] or found["named"])
        if _NO_CITY.search(city):
            return {}
        province = _PROVINCES.get(found["province"], f"{found['province']}省")
        region = {"province": province if found["province"] else "", "city": f"{city}市"}
    return region | ({"district": found["district"]} if found["district"] else {})


_PROVINCES = {
    "内蒙古": "内蒙古自治区", "广西": "广西壮族自治区", "西藏": "西藏自治区",
    "宁夏": "宁夏回族自治区", "新疆": "新疆维吾尔自治区",
}  # fmt: skip
