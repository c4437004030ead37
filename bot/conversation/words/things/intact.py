"""Whether goods that are to go back without a reason are still as they came; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.conversation.words.sentence.clauses import clauses_of
from bot.conversation.words.things.articles import named_among
from nlp.numerals import NUMBER
from nlp.quantities import PIECE

_TAG = r"(?:吊牌|标签|商标|水洗标|领标|牌子)"
_OFF = r"(?:剪|摘|撕|拆|扯|取下?|丢|扔)"
# By 网络购买商品七日无理由退货暂行办法 9 not intact: marks cut off, goods soiled or activated.
_SPOILT = re.compile(
    rf"{_TAG}(?:都|已经?|被?我|给|也|全|不小心|[，,\s])*{_OFF}(?:掉|下来|下|过|坏|断)?(?:了|过)"
    rf"|(?<![没未不])(?<!没有){_OFF}(?:掉|下|断)?了?{_TAG}(?!还|没)|{_TAG}(?:已经?)?(?:没了|不在了|找不到了?)"
    r"|(?<![没未不])(?<!没有)(?:水洗|手洗|机洗|洗)(?:过|了)(?!澡|[手脸头]|[^，,。\s]{0,3}[掉褪缩起变])"
    r"|(?<![没未不])(?<!没有)(?:弄|搞|穿|蹭|沾)(?:得|上)?[脏油墨汗]|(?<![没未不])下过?水了?(?=$|[，,。\s])"
    r"|(?<![没未不])(?<!没有)激活(?:了|过)"
)
_AS_IT_CAME = re.compile(
    rf"(?:没有?|未)(?:{_OFF}|洗|弄脏|激活)|{_TAG}(?:都|还|也)*(?:在|完好|没(?!了))"
)
_NOT_TOLD = re.compile(
    r"如果|要是|假如|万一|的话|能不能(?!退|换)|可以(?:剪|拆|摘|洗)"
    r"|[剪拆摘洗][了过]?(?:还能|能不能|可以|就不)|收到(?:的时候|时|就)"
    r"|本来|来的时候|送来|会不会|[过了]会|怎么[剪拆摘洗]|[剪拆摘洗过了][吗么]|你们[^，,。]{0,4}(?:剪|拆|摘)"
)

_GIFT = re.compile(r"赠品|赠送的|小?礼[物品]|送的(?!货|快)")
_GIFT_KEPT = re.compile(
    r"(?<!还)留着|留(?:下|给我)|没了|不见了|找不到|(?<![没未])(?<!没有)(?:丢|扔|弄丢|用|吃|坏)了|"
    r"(?<![没未])(?<!没有)用掉|不(?:想)?(?:退|寄)(?:回)?"
)
_GIFT_THERE = re.compile(r"还在|没(?:用|拆|动)|没收到|没有?(?:给|发|送)")
_TOGETHER = re.compile(r"[都也一起]+(?:退|寄)")
# 赠品我已经用了, 用了赠品; but 面霜和赠品都拆了 is of the goods as well.
_OF_GIFT_ALONE = re.compile(
    r"(?:已经?|都|[用拆吃喝穿试][开掉过了]*)*(?<![和跟与、连])(?:赠品|赠送的|送的小样)(?![和跟与、])[^，,。；;！!？?\s]*"
)
# 已经拆开用过, 吊牌剪了; 没拆封, 外盒拆了面膜没拆.
_OPENED = re.compile(
    r"(?<![没未不])(?<!没有)(?:拆(?:开|封|了|过|掉)|开(?:封|过封)|试(?:色|用|穿|喝|吃)(?:了|过)|(?<!费)(?<!运)(?<!作)用过|"
    r"(?<!费)(?<!作)用了(?![^,，。]{0,6}(?:券|红包|优惠|积分|快递|\d|钱|天|时间))|吃(?:了|过)(?![^,，。]{0,2}[亏惊])|"
    r"喝(?:了|过)|穿过|洗过|激活(?:了|过)|吊牌[^,，。没在]{0,3}(?:剪|摘|撕|拆|掉)|吊牌没了|剪了吊牌|撕了膜)"
    r"(?!之?前|的话|会|能不能|吗|么|没[^,，。洗]|就)"
)
_UNOPENED = re.compile(
    r"(?:没有?|未|不曾)(?:拆|开封|用过|动过|试过|吃过|喝过|穿过|激活|打开|撕)|(?<!不是)(?<!不)全新|原封不动|(?<!不)完好|"
    r"吊牌(?:还)?(?:在|没(?:剪|拆|摘|撕))|塑封(?:还)?在"
)
_IF_OPENED = re.compile(r"如果|要是|假如|万一|的话|能不能拆|可以拆|拆了(?:还)?能")

_USE = r"(?:拆|打?开|用|吃|喝|试|穿|洗)(?:开|封|掉|过|完|[吃喝用穿])*"
# 拆了一包, 用了两片, 有一包我拆开了; no 没拆的三包, nor 拆开的一袋 that goes back.
_OPENED_PIECES = re.compile(
    rf"(?<![没未不])(?<!没有){_USE}了?(?:其中|里面)?的?{NUMBER}(?:{PIECE}|片|张)"
    rf"|{NUMBER}{PIECE}(?:已经|被?我|给|也|都)*{_USE}(?:了|过)"
)
_GOING_BACK = re.compile(r"(?<![没未不别])(?:退|换)(?:掉|货|回|一下|这|那|我|给|的)*$")
_GOES_THEN = re.compile(r"(?:我|也|都|想|要|就|给|帮|直接)*(?:退|换)")
_FITS_BADLY = re.compile(
    r"[^，,。\s没]{0,2}[，,\s]*(?:感觉|觉得|发现|结果|但是?|都|有点)*"
    r"(?:不(?:太)?(?:合适|合脚|合身|舒服|喜欢|好看|适合)|[大小紧松]了|[太偏][大小紧松])"
)
_OTHERS = re.compile(rf"其[他它余]|另|剩|余下|(?:没有?|未){_USE}")


# 碎成渣了, 碎片没法寄; 碗全碎了 counts them, 屏幕粉碎了 is a part of what can well be sent.
_IN_SHARDS = re.compile(
    r"(?:整个|彻底|完全)(?:都|给|摔|压)*碎|碎成(?:了)?(?:渣|片|粉|末|一堆|一地|好[几多]|玻璃|这样|那样)|稀碎|粉碎|碎得(?:不成|没法|稀烂)"
    r"|(?:碎片|玻璃渣|残渣|碎了|碎的)[^，,。\s]{0,4}[，,\s]*(?:我|也|还|你让我|让我)*(?:怎么|咋|没法|没办法|不能|不好)(?:给?你们)?(?:寄|退回|打包)"
)
_NOT_SHARDS = re.compile(r"屏|膜|没全?碎|不是全|[没未]碎|会不会|怕|万一|如果|要是")


def without_opened(text: str) -> str:
    """Return the text without pieces that were opened or used: 拆了一包, not 退掉拆开的一袋."""
    return _OPENED_PIECES.sub(lambda found: found[0] if _goes_back(found) else " ", text)


def _goes_back(opened: re.Match[str]) -> bool:
    """Tell whether what was opened is what goes back: 退一双试过的, 试了一双不合适."""
    text, end = opened.string, opened.end()
    if _GOING_BACK.search(text, 0, opened.start()):
        return True
    of = text.startswith("的", end)
    if (of or "的" in opened[0]) and _GOES_THEN.match(text, end + of):
        return True
    return bool(_FITS_BADLY.match(text, end)) and not _OTHERS.search(text)


def tells_gift_kept(text: str, gifts: Sequence[str], bought: Sequence[str]) -> bool | None:
    """Tell whether a gift is said to stay, or to be lost, while the goods it came with go back.

    `gifts` and `bought` are the titles; a gift goes by its name or as 赠品. None: nothing is said.
    """
    if not gifts:
        return None
    told, of_gift = None, None
    for clause in clauses_of(text):
        named = named_among(clause, [*gifts, *bought])
        if _GIFT.search(clause) or named:
            # What names the goods beside it is of the gift only by the word 赠品.
            of_gift = bool(_GIFT.search(clause)) or all(at < len(gifts) for at in named)
        here = _stays(_from_gift_on(clause)) if of_gift else None
        # 饭勺也退, and 一起退 with no more said; 卫衣和裤子都退 is not of the gift.
        with_gift = _TOGETHER.search(clause) and (
            of_gift is not False or any(at < len(gifts) for at in named)
        )
        told = False if with_gift and here is None else told if here is None else here
    return told


def _from_gift_on(clause: str) -> str:
    """Return the clause from the gift's word on: 面霜没拆赠品我留着 tells of two things."""
    found = _GIFT.search(clause)
    before = clause[: found.start()] if found else ""
    return clause[found.start() :] if found and _GIFT_THERE.search(before) else clause


def _stays(of_gift: str) -> bool | None:
    if _GIFT_KEPT.search(of_gift):
        return True
    return False if _GIFT_THERE.search(of_gift) else None


def keeps_gift(told: str, gifts: Sequence[str], bought: Sequence[str]) -> bool:
    """Tell whether a gift stays with the customer, by what was said of it last."""
    return bool(_last(tells_gift_kept(line, gifts, bought) for line in told.splitlines()))


def is_in_shards(told: str) -> bool:
    """Tell whether goods are said to be broken all over, or their shards not to be sendable."""
    lines = told.splitlines()
    return any(_IN_SHARDS.search(one) and not _NOT_SHARDS.search(one) for one in lines)


def tells_spoilt(text: str) -> bool | None:
    """Tell what is said of tags, dirt and use: spoilt for good, as it came, or None: nothing."""
    text = _OF_GIFT_ALONE.sub("", text)
    if _NOT_TOLD.search(text):
        return None
    if _SPOILT.search(text):
        return True
    return False if _AS_IT_CAME.search(text) else None


def is_spoilt(told: str) -> bool:
    """Tell whether the goods are no longer as they came, by what was said of it last."""
    return bool(_last(tells_spoilt(line) for line in told.splitlines()))


def _last(found: Iterable[bool | None]) -> bool | None:
    return next((one for one in reversed(list(found)) if one is not None), None)


def tells_unopened(text: str) -> bool | None:
    """Tell what is said of seals and tags: intact, not intact, or None where nothing is."""
    text = _OF_GIFT_ALONE.sub("", text)
    if _IF_OPENED.search(text):
        return None
    opened, unopened = _OPENED.search(text), _UNOPENED.search(text)
    if opened or not unopened:
        return False if opened else None
    return True
