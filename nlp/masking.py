"""Takes personal data out of a message that is kept to learn from, and keeps its shape.

Digits become zeros, so that what is learnt from a number (that there is one, of such a length)
stays; places and names become 某. What is not recognised stays, so a person reviews each text.
"""

from __future__ import annotations

import re
from typing import Final

from nlp.extraction import extract
from nlp.normalise import normalise

_NUMBERS: Final = frozenset({"order_no", "tracking_no", "phone", "phone_tail"})
_DIGIT: Final = re.compile(r"\d")
# Account, card and identity numbers, which the extraction takes for nothing.
_LONG_NUMBER: Final = re.compile(r"\d[\d -]{5,}\d")
_PHONE: Final = re.compile(r"1[3-9][0 -]+")  # one that is masked already
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ACCOUNT: Final = re.compile(
    r"((?:微信|薇信|威信|vx|wx|v信|qq|扣扣|支付宝)号?(?:是|为|[:：])?\s*)[A-Za-z0-9][\w-]{4,}",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(
    r"((?:我叫|名字(?:是|叫)?|姓名|收件人|收货人|联系人)(?:是|叫|为|[:：])?\s*)"
    r"(?!(?:写|填|错|是|不|电|地|改|换|信|的|和|签|名|叫|怎|什))[\u4e00-\u9fff]{2,3}"
)
_HAN: Final = r"(?:(?![到在是改换送寄为成给])[\u4e00-\u9fff])"
_PLACE: Final = re.compile(
    rf"(?:{_HAN}{{2,7}}?(?:省|自治区))?(?:{_HAN}{{2,7}}?市)?"
    rf"(?:{_HAN}{{1,6}}?[区县旗])?(?:{_HAN}{{1,6}}?[镇乡])?"
    rf"{_HAN}{{1,8}}?(?:路|街|大道|巷|弄|胡同|小区|花园|公寓|大厦|村)"
    r"(?:[\dA-Za-z一二三四五六七八九十]+(?:号楼|号|栋|幢|座|弄|单元|室|楼|层)-?)+\d*"
)
_DOOR: Final = re.compile(r"\d+(?:栋|幢|号楼|单元)(?:\d+(?:单元|室|号|楼))*\d*")


def mask_personal(text: str) -> str:
    """The text without phones, order and parcel numbers, addresses, accounts and given names."""
    signs = list(text)
    for found in extract(normalise(text)).found:
        if found.slot in _NUMBERS:
            # A phone without its first two digits would no longer be seen as one.
            first = found.start + (2 if found.slot == "phone" else 0)
            for at in range(first, min(found.end, len(signs))):
                if signs[at].isdecimal():
                    signs[at] = "0"
    masked = _MAIL.sub("x@x.com", "".join(signs))
    masked = _ACCOUNT.sub(r"\1x00000", masked)
    masked = _LONG_NUMBER.sub(_without_digits, masked)
    masked = _PLACE.sub("某路0号", masked)
    masked = _DOOR.sub("0栋0", masked)
    return _NAMED.sub(r"\1某某", masked)


def _without_digits(match: re.Match[str]) -> str:
    number = match.group()
    return number if _PHONE.fullmatch(number) else _DIGIT.sub("0", number)
