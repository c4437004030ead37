"""What is asked of goods that go back, or stay: fetched or not, money first, found sound; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from bot.conversation.words.sentence.manner import PARTICLES, is_short
from bot.remedies.assess import SENT_BACK

AskedOfGoods = Literal["way_back", "pickup", "money_first", "late", "sound", "warranty"]
_OPENS = (
    r"(?:那|那么|请问|你好|所以|到时候?|这个?|这单|是不是|你们?|您|快递员?|商家|仓库|换货|退货|寄回去?|"
    r"[，, ])*"
)
_ENDS = rf"(?:吗|么|不|没|的|可以|行|能|[{PARTICLES}?？。.~～ ])*"
_ASKED = r"(?=.*(?:[?？吗嘛么呢]|不\s*$|不行|不能|还是|没有))"
# 碎的还要吗, 死的要留着吗, 不会要我寄回去吧, 坏的用不用退: whether the goods are wanted back.
_KEPT = re.compile(
    rf"{_ASKED}{_OPENS}(?:(?:碎|坏|死|烂|旧|破|错|裂|臭|剩|原来|发错|收到|有问题)(?:掉|下|了)?的?"
    r"(?:那[个件些只支把])?|东西|货|商品|原件|旧的?|实物)(?:的|那[个件些只支把])*"
    r"(?:还|都|也|是|我|需要|得|要|用|不|给|你们?|您|把)*"
    rf"(?:要|留着?|保留|退|寄|扔)(?:着|回|掉|给|你们?|您|去|来|了|不要|不用|还是|扔|留|寄|退)*{_ENDS}"
    rf"|{_OPENS}(?:(?:该|总)?不会|不用|不是|不|没必要)"
    r"(?:是|还|也|再|要|让|得|叫|给|我|自己|把|东西|货)*"
    rf"[寄退邮]回(?:去|来|给)*(?:你们?)?(?=.*[吧吗?？])(?:吗|是|[{PARTICLES}?？。~～ ])*"
)
_PICKUP = re.compile(
    rf"{_ASKED}{_OPENS}(?:(?:有|会|能|可以|要|是|安排|派|来|让|给我|自己|我|人|快递员?|还是|不是|"
    r"得|去|寄|送)*)"
    r"(?:上门(?:来)?(?:取|收|拿)?(?:件|货|走)?|[来取](?:取|收|拿)(?:件|货|走)?|取件)"
    rf"(?:的|还是|要|我|自己|去|寄|送|不|过来|服务)*{_ENDS}"
)
_PICKUP_WHEN = re.compile(
    rf"{_OPENS}(?:什么时候|啥时候|几时|哪天|多久)(?:来|上门|能|会|可以|给我)*(?:取|收|拿)(?:件|货|走)?{_ENDS}"
)
# 到时候快递来拿对吧: whether it is fetched is only to be confirmed.
_FETCHED = re.compile(
    rf"{_OPENS}(?:会|是|有|人|安排|直接|上门|到家里?)*[来取](?:取|收|拿)(?:件|货|走)?的?"
    r"(?:对吧|是吧|对不对|是不是|对吗|是吗)[啊呀?？。.~～ ]*"
)
# 寄到哪呢, 这么大怎么寄啊: where to and how goods go back; 寄到哪了 asks after a parcel.
_WHERE_TO = re.compile(
    rf"{_OPENS}(?:(?:这么|那么|这样)(?:大|重|沉|高|长)(?:的?(?:东西|一?[台个件张箱])|的)?)?"
    r"(?:我|该|要|得|应|可以|能|自己|往|给|把|它|东西|货)*"
    r"(?:寄[到去回往给]*(?:哪(?:里|儿|个地址)?|什么地[方址])|(?:哪里|哪儿?)寄|(?:怎么|咋)(?:寄|邮)(?:回去?|给你们?|走)?)"
    r"(?:去|[呀啊哦呢哈嘛吧?？。.~～ ])*"
)
# 先退钱再寄行不行, 能先把钱退我吗.
_MONEY_FIRST = re.compile(
    rf"{_OPENS}(?:能|可以|可不可以|我|想|要|给我|不能|[，, ])*先(?:把|给)?我?的?"
    r"(?:退(?:我|给我)?(?:的)?(?:钱|款)|(?:钱|款)(?:先)?(?:退|打|还)(?:给|我|回来?)*|退款)"
    r"(?:给我|我|了)?(?:[，, ]*(?:再|然后|后|之后|我)*(?:寄|退货|发|还)(?:货|回去?|给你们?)?)?"
    rf"{_ENDS}"
    rf"|{_OPENS}(?:没寄|不寄|寄之?前|收到货?之?前)[^，,。]{{0,4}}(?:能|可以)?先?退(?:钱|款)(?:给我)?{_ENDS}"
)
# 过了7天还能退吗, 超过七天怎么办, 第8天还能退不.
_LATE = re.compile(
    rf"{_ASKED}{_OPENS}(?:如果|要是|万一|假如|我)*(?:过了?|超过?了?|晚于|满了?)(?:\d+|[七八十]|十五|几)天"
    rf"(?:了|期|无理由|的话|以后|之后|后|再|寄|还|就|[，, ])*(?:能|可以|给|不能|怎么办|行|算)*"
    rf"(?:退|换)?(?:货|款)?{_ENDS}"
)
# 要是检测没毛病呢, 万一检查说没问题怎么办.
_SOUND = re.compile(
    rf"{_OPENS}(?:如果|要是|万一|假如|若是?|倘若|我|你们?|仓库|收到|后|寄回去?|最后|[，, ])*"
    r"(?:检测|检查|查验|验货|验|查|测|鉴定)(?:下来|出来|完|了|后|结果|的|是|说|又|你们?|[，, ])*"
    r"(?:没有?(?:什么)?(?:毛病|问题|坏|故障|质量问题)|不是(?:质量)?(?:问题|故障|坏的?)|好的|正常)"
    rf"(?:的话|了|怎么(?:办|算|弄|处理)|咋[办整]|呢|运费|谁[出付]|[，, ])*{_ENDS}"
)
_WARRANTY = re.compile(
    rf"{_OPENS}(?:换|新|修)?(?:来|好|货|完)?(?:了|的|新|以后|之后|后|那[个件台]|机器?|[，, ])*"
    r"(?:还|也|有|的)*(?:保修|质保|三包|保质)(?:期)?(?:是|会|要|能|可以|怎么|时间|也)*"
    rf"(?:重新?|从|另外|再|接着|还是|按|怎么|延续|多久|几年|多长)(?:新|换|货|哪天|头|原来|收到|的|开始|算|"
    rf"计|起)*{_ENDS}"
)

# One text tells of all of it: who fetches the goods, and where they are to go.
_OF_THE_WAY = (_PICKUP, _PICKUP_WHEN, _FETCHED, _WHERE_TO)


def asked_of_goods(text: str, options: Sequence[Mapping[str, Any]]) -> AskedOfGoods | None:
    """Return what is asked of goods beside the remedies for them, in words that take none."""
    plain = text.strip()
    if not is_short(plain):
        return None
    kinds = {str(option["kind"]) for option in options}
    goes_back = bool(kinds & SENT_BACK)
    if _KEPT.fullmatch(plain):
        return "way_back"
    if goes_back and any(asks.fullmatch(plain) for asks in _OF_THE_WAY):
        return "pickup"
    if "return_refund" in kinds and _MONEY_FIRST.fullmatch(plain):
        return "money_first"
    if goes_back and _LATE.fullmatch(plain):
        return "late"
    if goes_back and _SOUND.fullmatch(plain):
        return "sound"
    return "warranty" if kinds & {"exchange", "repair"} and _WARRANTY.fullmatch(plain) else None
