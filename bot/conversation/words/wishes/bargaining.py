"""Whether an offer is refused, or would be taken if it were more; pure."""

from __future__ import annotations

import re

from bot.conversation.words.sentence.manner import is_short
from bot.conversation.words.sentence.yes_no import says_no

REFUSES = re.compile(
    r"不同意|不接受|(?<!行)不行|(?<!可)不可以|光(催|说|道歉|查)|有(啥|什么)用|来点实(在|际)|太少|(?<!够)不够|打发|不要(券|优惠券|补偿|这个|这些)|"
    r"都不(要|行|好|满意)|没诚意|能不能(再|多)|再(加|多|高)点|多(补|赔|退)点|"
    r"想得美|免谈|没门|换个方案|别的方案|不满意"
)
# 才10天就坏了, 才这么几天: so little time, and no sum.
_HOW_LONG = (
    r"(?:这么|那么)?[\d几一二两三四五六七八九十半]+个?多?"
    r"(?:天|日|月|周|星期|礼拜|年|小时|分钟|次|回|遍)"
)
WANTS_MORE = re.compile(
    rf"太少|还是(太)?少(?!了|[一二两三几\d])|太低|(?<!够)不够|打发|少了点|有点少|才(?!{_HOW_LONG})(这么|那么|\d|几|一|[二两三四五六七八九]成)|[就才只](?:赔|退|补|给|返)?(?:偿|我|给|了|的)*(这么|那么)(点|些)(?!时间|东西|货)|(?:块钱?|元|这点钱?|这些钱?)够(?:干[嘛啥]|干什么|什么|啥|谁)|(再|多)(加|多|高|补|赔|退|给|来|添)?一?(点|些)|"
    r"加(点|钱|到)|涨(点|一点)|多(补|赔|退|给)|能不能(再|多)|最多(能)?(退|赔|补|给)?多少|塞牙缝"
)
# 多给我两天, 再拍一张, 加点微信聊, 照片有点少, 20够了不用多退: no sum is too little.
_NO_HAGGLE = re.compile(
    r"(?:多|再|加)(?:给|来|拍|包|放|加)?(?:我|点|一|两|几|[二三四五\d])*(?:天|层|张|照片|图|微信|[气泡]?泡|膜|时间)"
    r"|(?:时间|照片|图片?|拍)[^，,。]{0,4}少|少(?:拍|见)|不够用|(?<!不)够了|不用多|加钱[吗么不]|多少天"
    r"|(?:有人|客服|朋友|别人)说|叫花子的|块钱?运费的"
)
_TOO_LITTLE = re.compile(
    r"(?:赔|补|退|给|才|就|块|元|钱|\d)[^，,。\s]{0,6}(?:太少|太低|(?<!够)不够|打发|少了点|有点少)"
)
# 那打个折退给我: a part of the price, and not all of it.
_AT_DISCOUNT = re.compile(
    r"(?<!不)打(?:个|点|[\d.一二三四五六七八九]+)?折(?:再|后|吧|就|以后|[，,\s])*(?:退|补|返|赔|给)(?![不错了]|我买|我的时)|(?:便宜|折价)(?:一?[点些])?(?:再|吧|就)*退"
)
# 够不够买扣子啊, 这钱够修吗: asked, and no more is called for; 够不够意思 mocks.
_IF_ENOUGH = re.compile(r"够不够(?!意思|诚意)|够(?!意思|诚意)[\u4e00-\u9fff]{0,6}?[吗么]")
# 这够吗 我不要: refused in the same breath.
_REFUSES_BESIDES = re.compile(r"(?<!要)不(?:要|用|想要)(?!紧)|算了|没门")
# 不要钱, 我不用赔: money is declined, and no goods given back; 不用赔了 lets the matter go.
_DECLINES_MONEY = re.compile(
    r"(?:我|也|又|真的?|都|就|可|[，, ])*(?:不(?:用|要|是要|需要|必|想要|图)|别|甭)"
    r"(?:你们的?|再|给我|什么)?(?:钱|赔偿?|补偿金?|赔付|赔钱|补钱)[吧呀啊哦呢哈。.!！~～ ]*"
)


def declines_money(text: str) -> bool:
    """Tell whether no more is said than that no money is wanted: 不要钱."""
    return is_short(text) and bool(_DECLINES_MONEY.fullmatch(text.strip()))


def asks_discount(text: str) -> bool:
    """Tell whether a part of the price is wished back: 打个折退给我."""
    return is_short(text) and bool(_AT_DISCOUNT.search(text))


def asks_if_enough(text: str) -> bool:
    """Tell whether it is asked if a sum will do, and no more is said: 够不够买扣子."""
    asked = is_short(text) and bool(_IF_ENOUGH.search(text))
    return asked and not REFUSES.search(text) and not _REFUSES_BESIDES.search(text)


# 凭什么只退这么点, 怎么才10块: the ground is asked for. 再多退点吧 beside it calls for more.
_WHY = re.compile(
    r"(?:凭什么|凭啥|为什么|为啥|为何|怎么|咋)(?!还[没不]|一直)[^，,。；;！!？?]{0,12}?[不没才只就]"
    r"[^，,。；;！!？?]{0,4}?(?:退|赔|补|换|修|\d|[这那]么?点|[这那]么少|几块)"
    # 才30%？: the share that the sum is reckoned by is told back.
    r"|(?:才|只|就)(?:能|给|退|赔|补|有|我)*(?:\d+(?:\.\d+)?[%％]|[一二三四五六七八九]成|一半)[吗啊呀么]?[?？]"
)
_CALLS_FOR_MORE = re.compile(
    r"(?:再|多)(?:加|给|补|赔|退|来)?一?[点些]|能不能(?:再|多)|[加涨]到|至少|最少|起码|要\d"
    r"|不(?:接受|同意|满意|干)|太少|(?<!够)不够"
)


def only_asks_why(text: str) -> bool:
    """Tell whether the ground of an offer is asked for, and nothing more than it is called for."""
    return is_short(text) and bool(_WHY.search(text)) and not _CALLS_FOR_MORE.search(text)


def refuses(text: str) -> bool:
    """Tell whether an offer is refused or more is asked for."""
    # "取消" answers a confirmation with no, but before an offer it asks for the order's end.
    no = says_no(text) and "取消" not in text
    return no or bool(REFUSES.search(text)) or wants_more(text)


def says_too_little(text: str) -> bool:
    """Tell whether a sum is named because it is too little: 赔5块也太少了吧."""
    return bool(_TOO_LITTLE.search(text))


def wants_more(text: str) -> bool:
    """Tell whether the customer would take the offer if it were more."""
    more = is_short(text) and WANTS_MORE.search(text)
    return bool(more) and not _NO_HAGGLE.search(text)
