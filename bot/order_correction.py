"""Read what a customer wants changed on an order, from words or from fields.

Only what is surely there is taken; whatever is doubtful stays in the address text as the customer
wrote it, so that a person who packs the parcel still reads the truth.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.order_record import Address, OrderRecord

ADDRESS_FIELDS = frozenset(Address.model_fields)
_PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d{9})(?!\d)")
_SETS = r"(?:改成|改为|改到|换成|换为|换到|应该是|正确的?是|寄到|送到|发到|写|是|为|[：:])"
_NAME = re.compile(rf"(?:收[件货]人|姓名|名字)[^，,。；;\s]{{0,4}}?{_SETS}\s*([一-龥·]{{2,8}})")
_LEAD_IN = re.compile(rf"^[^\d]{{0,20}}?{_SETS}[：:\s]*(?=\S{{2}})")
_PHONE_LEAD = re.compile(rf"(?:电话|手机号?|号码|联系方式)[^，,。；;\s\d]{{0,4}}{_SETS}?\s*$")
_TITLE_LEAD = re.compile(
    r"抬头[^，,。；;\s]{0,6}?(?:改成|改为|换成|开成|应该是|是|写|为|[：:])|改成|改为|换成|开成"
)
_PLACE = re.compile(
    r"省|[^超门]市(?!场)|区|县|镇|乡|村|路|街|大道|巷|弄|栋|幢|单元|室|大厦|公寓|花园|\d号"
)
# A text that names a province or city replaces the region; one with a district, the district.
_NAMES_CITY = re.compile(
    r"^(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南"
    r"|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门)"
    r"|^[一-龥]{2,6}?(?:市(?!场)|自治州|地区)"
)
_NAMES_DISTRICT = re.compile(r"^[一-龥]{1,6}?(?:(?<![小园社厂校景库])区|县|旗)")


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

    "改到…588号", then "电话也改成139…": neither takes the other back.
    """
    first, then = (_from_words(text, "address", "").address for text in (before, now))
    if not first or not then or first.keys() <= then.keys():
        return now
    whole = {**first, **then}
    labels = {"name": "收件人：", "phone": "电话："}
    parts = [labels[name] + whole[name] for name in labels if name in whole]
    return "，".join([*parts, *([whole["detail"]] if "detail" in whole else [])])


def corrected_address(record: OrderRecord, changes: Mapping[str, str]) -> Address:
    """Return the order's address with the changes in it."""
    return record.address.model_copy(update=dict(changes))


def invoice_title(text: str) -> str:
    """Return the title that the words ask for: what follows "抬头是", up to a stop or blank."""
    leads = list(_TITLE_LEAD.finditer(text))
    rest = text[leads[-1].end() :] if leads else text
    named = re.search(r"[^\s，,。；;：:]+", rest)
    return named.group()[:100] if named else text.strip()[:100]


def _from_fields(fields: Mapping[str, str]) -> Correction:
    address = {k: v for k, v in fields.items() if k in ADDRESS_FIELDS and v}
    return Correction(address, fields.get("spec") or None)


def _from_words(text: str, hint: str, named: str) -> Correction:
    address, rest = _take_phone_and_name(text)
    rest = _LEAD_IN.sub("", rest, count=1).strip(" ，,。；;：:、")
    is_place = _PLACE.search(rest) is not None
    if hint == "spec" or (rest and not address and hint != "address" and not is_place):
        return Correction(address, rest or None)
    if rest and (is_place or named == "address"):
        address |= _place(rest)
    return Correction(address)


def _take_phone_and_name(text: str) -> tuple[dict[str, str], str]:
    found: dict[str, str] = {}
    if name := _NAME.search(text):
        found["name"] = name.group(1)
        text = text.replace(name.group(), "", 1)
    if phone := _PHONE.search(text):
        found["phone"] = phone.group(1)
        text = _PHONE_LEAD.sub("", text[: phone.start()]) + text[phone.end() :]
    return found, text


def _place(text: str) -> dict[str, str]:
    # Read as one line, province + city + district + detail must never name two places.
    if _NAMES_CITY.search(text):
        return {"province": "", "city": "", "district": "", "detail": text}
    if _NAMES_DISTRICT.search(text):
        return {"district": "", "detail": text}
    return {"detail": text}
