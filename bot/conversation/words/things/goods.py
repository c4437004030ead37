"""Whether the goods complained of are those of the order; pure.

Better not to ask than to doubt a true complaint: what is only used, passed by or spoilt along with
the goods does not count, and goods in a title that no list knows never differ.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.words.sentence.clauses import clauses_of
from bot.conversation.words.sentence.manner import PARTICLES, asks, is_short
from nlp.goods import Goods, goods_in
from nlp.quantities import PIECE

NEAR = 12  # characters before and after a word that tell what it is there for
_OWN = (
    r"了|着|过|完|好|我的?|你们?的?|自己的?|家里的?|孩子的?|别人的?|"
    rf"[一这那]?{PIECE}|点|些"
)
# 用手机, 洗衣服, 放冰箱, 像纸巾, 给手机充电: used, washed, a place, a likeness.
_USED = re.compile(
    r"(?:用|拿|通过|凭|靠|(?<![发寄卖送])给|像|如|成|比|当|套|换|"
    r"洗|晾|晒|烘|熨|挂|叠|煮|炒|烤|煎|蒸|炸|煲|炖|熬|切|榨|打|磨|泡|冲|喝|吃|穿|戴|喂|养|浇|"
    r"(?<![这那一各何两某])种|照|充|(?<![一细])看|(?<![一两几半])听|玩|刷|写|画|盖|铺|擦|扫|拖|"
    r"装|放|搁|存|塞|摆|垫|扔|丢|冻|热|吹|关|(?<![拆打撕切掀])开|坐|骑|带|"
    r"进|(?<![收买拿领抢等签])到|(?<![现正实])在|往|从|向|对|跟|满)"
    rf"(?:{_OWN})*$"
)
# 把衣服染了, 漏了一沙发, 刮花了桌子: what the goods did to something else.
_SPOILT = re.compile(
    r"(?:(?:把|将|害得?|连)[^，,。！!？?\n]{0,4}"
    r"|(?:弄|搞|染|溅|沾|洒|滴|漏|流|泼|淋|蹭|撒|烧|烫|砸|压|撞|刮|划|毁|渗|粘)"
    rf"(?:坏|脏|湿|花|破|伤|到|得|在|上|进|透|满|都是|整|一(?!{PIECE})|{_OWN})+)$"
)
_SPOILT_AFTER = re.compile(
    r"(?:都|全|也)*(?:被|给)?(?:弄|搞|打|浸|淋|泡|染|沾|溅|蹭|烫|砸|刮|划)*(?:湿|脏|油)"
    r"|(?:都|全|也)*被(?:弄|搞|打|浸|淋|泡|染|沾|溅|蹭|烫|砸|刮|划)"
)
# 把毛巾退了, 把裤子全退货: it is to go back itself; 把毛巾弄退色了 spoils it.
_GOES_BACK = re.compile(r"(?:都|全|也|就|先|直接|单独|一起|给我|帮我|给)*退(?!色|烧|休|学|潮|步)")
# 收货手机, 预留手机: a number.
_ON_FILE = re.compile(r"(?:下单|收货|收件|预留|绑定|注册|联系|[留填]的?|订单)(?:人|时)?的?$")
# 手机上, 冰箱里, 桌子旁边; but not 手机上周买的, 手机后盖.
_PLACE = re.compile(
    r"的?(?:上(?!个|周|次|月|星期|礼拜|半|手|身|脚)|里|中(?!间|断)|内(?!存|屏|胆|衬|芯|部|置)"
    r"|下(?!摆|水|半|巴)|前(?!天|几|两|些|日|面|置|屏|摄)|后(?!来|盖|壳|置|背|屏|面板|摄|天)"
    r"|外(?!壳|套|观|皮|包|盒|层|表|放|屏|面)|旁|边(?!框|缘|角|上)|底下|附近|门口)"
)
# 毛衣咖啡色, 水果店, 面包装: another thing by that name.
_OTHER_THING = re.compile(
    r"色(?!差|号)|味(?!道)|系列|印花|刺绣|造型|店|厂|市场|超市|专柜|券|费|似[的得]|一样|那么|大小|"
    r"机(?!身|壳|体|盖|型|子|主|油)|柜|架|杯|锅|壶|罐(?!头)|刀|盘|勺|刷|缸|模具|模型|贴|膜|罩|垫|"
    r"支架|收纳|夹|钩|苗|树"
)
_WRAPPING = re.compile(r"装|裹|着|邮|括")  # after 面包, 书包: the word is 包装
_BRINGS_MESSAGES = frozenset({"手机", "电脑", "电视", "相机", "摄像头"})
# 手机号, 手机1024, 手机拍的, 手机没电了没法拍, 电脑端.
_MEDIUM = re.compile(
    r"号|尾号|尾数|末尾|末四|后四|最后|[\s:：是为]*(?:\d{4}|1\d{10})(?!\d)|"
    r"短信|验证|银行|支付|付款|付钱|下单|拍|照|截|录|扫|搜|登|查|看|显示(?!屏|器|不|异|花)|提示|提醒|通知|"
    r"导航|流量|网|app|端|版|客户|软件|淘宝|京东|微信|抖音|没电|快没电|没信号|欠费|停机|丢|不在|像素|"
    r"静音|没响|没接|打不通|占线|[也都]?不(?:太|怎么)?会|收(?:到|不到)?(?:短信|验证|通知|消息|提醒|信息)|"
    r"[^。！!？?\n]{0,8}(?:拍不|[没无不][法能][拍传]|传不|发不了)",
    re.IGNORECASE,
)
# 洗衣机洗了一次, 微波炉热了两分钟: the tool with which the goods were treated.
_TOOL = re.compile(
    r"(?:轻柔|快)?(?:洗|甩|烘|烤|煮|蒸|炸|煎|炒|加热|热|叮|搅|打|榨|炖|煲|冻|冷冻|冷藏|"
    r"保存|保鲜|存|放|拿|取)"
    r"(?:了|过|的|完|出|一|两|几|好|后|着|时|\d|$|[，,。\s])"
)
PLAIN = 3  # characters: 手机 and 电器 may stand for what others call otherwise, 豆浆机 may not
# 电动牙刷不想要了, 把豆浆机退了; 保温杯两个都退; 拖鞋能退吗.
_GIVEN_UP = re.compile(
    rf"(?:我|想|要|把|这|那|个|买的|你们?的?|不想?要)*(?P<what>[\u4e00-\u9fff]{{2,6}}?)"
    rf"(?:我|[一两三\d]*{PIECE}|也|都|全|就|想|要|直接|给我|帮我|还|能不能|可不可以|能|可以)*"
    r"(?:不想?要|退(?![款钱色]|了?[^，,。]{0,2}差价)|换货)"
)
_YES = re.compile(
    rf"(?:(?:是的?|对的?|嗯|恩|没错|确认|确定|正是|就是|yes)[{PARTICLES}，,。.!！~～ ]*)+",
    re.IGNORECASE,
)
_THIS = re.compile(
    r"(?<!不)(?:就是|是|就|只有|只买了?)(?:这|那|它)?(?:一|1)?个?(?:单|笔|订单)"
    rf"[的{PARTICLES}]*(?:$|[，,。.!！~～ ])"
    r"|(?<!不)就?是(?:这|那)个?的?(?:$|[，,。.!！~～ ])"
    r"|^(?:就?是的?|对的?|没错)[，,。.!！~～ ]"
)
# 就它, 对 就这个, 就一单 没别的: the only one on a list.
_ONLY = re.compile(
    rf"(?:是的?|对的?|嗯|恩|没错|就是?[这那](?:个订单|一?[个单笔])?的?|就是?它|就有一[个单笔]"
    rf"|就买了?一[个单笔]|没有?(?:别|其他|其它)的|[{PARTICLES}，,。.!！~～ ])+"
)
_SAYS_NOTHING = re.compile(rf"[{PARTICLES}，,。.!！~～ ]*")
_NOT_THIS = re.compile(
    r"^(?:不是|不对|错了)|不是这|不(?:在|属于)这|[发搞弄拿看写]错|(?:单号|订单|号).{0,3}错|"
    r"另外?一?[单笔]|(?:别的|其他|其它)订?单|没有?买过(?!别|其)"
)


def names_other_goods(told: str, titles: Sequence[str]) -> bool:
    """Tell whether goods are complained of, and the order of these titles holds none like them.

    `told` is in simplified characters.
    """
    named = [goods for goods in goods_in(told) if _is_complained_of(told, goods)]
    if not named or not titles:
        return False
    ordered = [_in_title(title) for title in titles]
    if not all(ordered):
        return False
    groups = frozenset[str]().union(*(goods.groups for line in ordered for goods in line))
    everything = "\n".join(titles).lower()
    return not any(goods.groups & groups or _occurs(goods.word, everything) for goods in named)


def gives_up_other_goods(told: str, titles: Sequence[str]) -> bool:
    """Tell whether goods are given up by a name that fits none of the titles: 电动牙刷不想要了.

    Who gives up a thing calls it by its name, so here it need not be of another broad group;
    clothes alone go by many names.
    """
    given = [found["what"] for clause in clauses_of(told) if (found := _GIVEN_UP.match(clause))]
    named = [goods for what in given for goods in goods_in(what) if len(goods.word) == len(what)]
    if not named or not titles or not all(map(_in_title, titles)):
        return False
    everything = "\n".join(titles).lower()
    groups = frozenset[str]().union(*(g.groups for title in titles for g in _in_title(title)))
    return not any(
        _occurs(goods.word, everything)
        or goods.word[-1] in everything
        or (goods.groups & groups and (len(goods.word) < PLAIN or "clothing" in goods.groups))
        for goods in named
    )


def without_bystanders(text: str, titles: Sequence[str] = ()) -> str:
    """Return the text without goods that are no more than a means, a place or a victim.

    A longer name stays whole where one of the titles has it: 沙发垫.
    """
    kept = list(text)
    for goods in goods_in(text):
        if not (_is_complained_of(text, goods) or _is_longer_name(text, goods, titles)):
            kept[goods.start : goods.end] = " " * (goods.end - goods.start)
    return "".join(kept)


def means_this_order(text: str) -> bool | None:
    """Tell whether the order asked about is meant, or another; None when neither is said."""
    answer = text.strip()
    if not is_short(answer) or any(map(asks, clauses_of(answer)[:1])):
        return None
    if _YES.fullmatch(answer) or _THIS.search(answer):
        return True
    return False if _NOT_THIS.search(answer) else None


def means_only_one(text: str) -> bool:
    """Tell whether the only order on a list is taken: 对就这一单, 嗯, 就它.

    好的 alone may be to the other thing that is asked there, its number.
    """
    answer = text.strip()
    if not is_short(answer) or _NOT_THIS.search(answer):
        return False
    only = _ONLY.fullmatch(answer) and not _SAYS_NOTHING.fullmatch(answer)
    return bool(only) or means_this_order(answer) is True


def _in_title(title: str) -> list[Goods]:
    return [goods for goods in goods_in(title) if _stands_for_itself(title, goods)]


def _is_complained_of(text: str, goods: Goods) -> bool:
    """Tell whether a word is the thing complained of: no means, place, likeness or victim."""
    before = text[max(0, goods.start - NEAR) : goods.start]
    after = text[goods.end : goods.end + NEAR]
    spoilt = _SPOILT.search(before) and not _GOES_BACK.match(after)
    beside = _USED.search(before) or spoilt or _ON_FILE.search(before)
    passed = _PLACE.match(after) or _SPOILT_AFTER.match(after)
    medium = goods.word in _BRINGS_MESSAGES and _MEDIUM.match(after)
    tool = "electronics" in goods.groups and _TOOL.match(after)
    return _stands_for_itself(text, goods) and not (beside or passed or medium or tool)


def _stands_for_itself(text: str, goods: Goods) -> bool:
    """Tell whether a word is no part of a longer name: 咖啡色, 水果店, 外面包装."""
    after = text[goods.end : goods.end + NEAR]
    wrapping = goods.word.endswith("包") and _WRAPPING.match(after)
    return not wrapping and not _OTHER_THING.match(after)


def _is_longer_name(text: str, goods: Goods, titles: Sequence[str]) -> bool:
    """Tell whether a word is part of a longer name that stands in a title."""
    longer = text[goods.start : goods.end + 1]
    return not _stands_for_itself(text, goods) and any(longer in title for title in titles)


def _occurs(word: str, titles: str) -> bool:
    """Tell whether two characters in a row of a word occur in the titles; of 鞋, the one."""
    pairs = {word[at : at + 2] for at in range(max(1, len(word) - 1))}
    return any(pair in titles for pair in pairs)
