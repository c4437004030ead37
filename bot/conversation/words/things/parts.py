"""Whether what is missing is a part of an article, or comes with it, and is no article; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_PART: Final = (
    r"(?:充电(?:底座|座|器|线|头|盒|仓)|底座|数据线|电源线|适配器|遥控器|说明书|保修卡|合格证|刷头|滤芯|"
    r"盖子|杯盖|锅盖|瓶盖|壶盖|吸管|手提袋|礼品袋|包装袋|防尘袋|螺丝|支架|配件|零件|附件|"
    r"[肩背挂]带|腰带|耳塞|收纳袋|鞋带|扣子|纽扣)"
)
_ENDS: Final = r"(?=$|[，,。.!！?？；;~～\s啊呀呢吗嘛吧了]|给?我)"
_UNIT: Final = r"(?:[个只根条张套支把块份颗枚粒对副]|[小大]?[包袋盒])"
_COUNT: Final = rf"(?:[那这]?(?:好?[一1几两2三3四4])?{_UNIT}|[一有]?[些点])?"
# 少了个刷头, 少了一包螺丝, 没给我充电线: not 少了个带盖子的杯子.
_LACKS: Final = re.compile(
    rf"(?:少|缺|漏|忘|没有?(?:看?见|给|发|寄|送|放|装|配|收到|找到)?)"
    rf"[了发给装寄放送配带我到的掉]{{0,3}}{_COUNT}(?P<part>{_PART})(?![的套])"
)
# 充电底座没发, 盖子不见了: not 盖子没有裂, 充电器没问题.
_LACKED: Final = re.compile(
    rf"(?P<part>{_PART})(?:也|都|还|又|就|给|是|我|你们){{0,2}}(?:漏发|漏装|漏了|少了|缺了|忘了?[发给装寄放]|丢了|不见了?"
    rf"|没(?:有?(?:给|发|寄|送|放|装|配|收到|看见|见到|找到)|有){_ENDS})"
)
_HOW_MANY: Final = re.compile(r"(?:\d+(?:\.\d+)?[A-Za-z\u4e00-\u9fff]{0,2})?")  # 10对, 1条, 26cm
_COMES_WITH: Final = re.compile(r"[含送带配赠附]|套装")


def lacks_part(text: str, titles: Iterable[str]) -> bool:
    """Tell whether a part is missing that none of the articles is by its name."""
    words = [word for title in titles for word in re.split(r"[\s()（）\[\]【】,，+/]+", title)]
    found = [m["part"] for pattern in (_LACKS, _LACKED) for m in pattern.finditer(text)]
    return any(not any(_is_called(word, part) for word in words) for part in found)


def _is_called(word: str, part: str) -> bool:
    """Tell whether an article is that thing itself: 无线充电器, 耳塞10对, and no 牙刷 送刷头."""
    before, there, behind = word.partition(part)
    return bool(there) and bool(_HOW_MANY.fullmatch(behind)) and not _COMES_WITH.search(before)
