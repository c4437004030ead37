"""A value that is put right by a piece of it: what is denied, and digits in a number; pure."""

from __future__ import annotations

import re

_GAP = r"[\s，,]*"
_IS = r"(?:应该|而|而应)?(?:是|[改换][成为]|叫|写)"
# 是王方不是王芳, 不是王芳是王方: what is denied is no part of the value. 是不是, 不是吗 deny none.
_VALUE = r"(?![是吗么嘛])[^\s，,。；;！!？?]"
_DENIED_FIRST = re.compile(
    rf"(?<!是)(?:不是|不叫){_VALUE}{{1,20}}?{_GAP}(?={_IS}(?!不)[^\s，,。；;吗么嘛])"
)
_DENIED_LAST = re.compile(
    rf"(?<=[^\s，,是]){_GAP}而?(?:不是|不叫){_VALUE}{{1,20}}?(?=$|[\s，,。；;！!])(?![\s，,]*{_IS})"
)
_MANY = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4}
_WHOSE = r"(?:我的?|收[件货]人的?|那个?|新的?|刚才的?)*"
_OF_PHONE = rf"(?:{_WHOSE}(?:联系)?(?:电话|手机)?号?码?(?:的|也|还是|又)*)"
_WRONG = r"(?:也|又|是)?(?:[写填打输说发报弄搞]?错|不对|有误)了?"
_LAST_DIGITS = re.compile(
    rf"(?:不对|不好意思|抱歉|[啊哦嗯哎])*{_GAP}{_OF_PHONE}(?:{_WRONG})?{_GAP}"
    r"(?:(?:最?后面?|末尾?)的?(?P<many>[一两二三四1-4])(?:位数?字?|个数字?|个)|(?P<end>末位|尾号|尾数))(?:数字)?"
    rf"(?:{_WRONG})?{_GAP}"
    rf"(?:不是(?P<was>\d{{1,4}}){_GAP})?(?:{_IS}|要|[：:])*\s*(?P<now>\d{{1,4}})"
    rf"(?:{_GAP}而?不是(?P<not>\d{{1,4}}))?"
    r"(?:才对|[的哈啊哦呀吧了，,。.!！~～\s]|谢谢|麻烦[你您]?)*"
)


def without_denied(text: str) -> str:
    """Return the words without the value that they deny beside the right one: 不是502是602."""
    return _DENIED_LAST.sub("", _DENIED_FIRST.sub("", text))


def last_digits_put_right(text: str, number: str) -> str | None:
    """Return the number with its last digits in the old ones' place: 最后一位是8不是6.

    None where nothing else is said, or what is denied does not stand there, or they are not as
    many as were called so: the number is then asked for.
    """
    found = _LAST_DIGITS.fullmatch(text.strip())
    if found is None:
        return None
    now = found["now"]
    if len(number) <= len(now):
        return None
    many = found["many"]
    told = int(many) if many and many.isdigit() else _MANY.get(many or "")
    if found["end"]:
        told = 1 if found["end"] == "末位" else len(now)
    stands = number[-len(now) :]
    denied = {found["was"], found["not"]} - {None}
    if told != len(now) or stands == now or denied - {stands}:
        return None
    return number[: -len(now)] + now
