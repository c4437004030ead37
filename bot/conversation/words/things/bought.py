"""What was bought, or came, and when, and nothing that is wrong with it; pure.

Customers begin with it: 今天收到的草莓, and only then 烂了好多.
"""

from __future__ import annotations

import re

from bot.conversation.words.sentence.clauses import clauses_of
from bot.conversation.words.sentence.manner import PARTICLES, is_short
from nlp.quantities import PIECE

_END = rf"[{PARTICLES}的呢~～。.!！]*"
# 收到的冰淇淋化了, 收到的螃蟹死的: how it is may be in what 了 and 的 end.
_NO_MORE = r"[啊呀哦哈嘛~～。.!！]*"
_DAY = (
    r"(?:今天|昨天|前天|大前天|今早|今晚|昨晚|早上|上午|中午|下午|晚上|刚|刚才|方才|前几天|上个?月|"
    r"这个?月|[上这]?个?(?:周|星期|礼拜)[一二三四五六日天]?|去年|\d{1,2}[号日]|\d{1,2}月)"
)
# What may be told of how an article is: in its place nothing but a name is read.
_NAME = (
    r"(?:(?!空(?!气.|调)|[怎为咋何才不没未别无坏烂破少错漏碎显假旧脏湿臭是有只就都也还太偏裂断瘪缺多胀霉馊酸苦锈歪"
    r"股味死坑弄被给让退换补赔修发降涨价的了天年月时呢])[\u4e00-\u9fff])"
)
# 草莓今天中午收到的: what came and when.
_CAME_WHEN = re.compile(
    rf"{_NAME}{{0,6}}?(?:是|刚刚?)?(?:{_DAY})+(?:刚刚?|就)?"
    rf"(?:收到|到货|到手|签收|拿到|取到|到)[货手]?{_END}"
)
_SHOP = (
    r"(?:在|从|找|跟)?(?:你们?|妳们?|您|咱们?|本|贵)[这那]?"
    r"(?:家店?|店[铺里]?|[这那][里儿边])"
)
_BEFORE = rf"(?:我|俺|那个|这个(?!周|星期|礼拜)|就是|之前|以前|当时|{_DAY}|{_SHOP})*"
_COUNT = rf"(?:\d{{1,3}}|[一两二三四五六七八九十]{{1,2}})(?:{PIECE}|斤|床)装?"
_ARTICLE = rf"{_NAME}{{1,8}}"
# 买的24罐汽水, 我上周在你家买了一件毛衣: so many may have been bought.
_BOUGHT = re.compile(
    rf"{_BEFORE}(?:买|订|拍|购买?|下单|入手|入)(?:的|了|过)(?:这|那)?(?:{_COUNT})?{_ARTICLE}{_NO_MORE}"
)
# 今天收到的草莓, 昨天收到一台空气炸锅; 收到两双 and 收到一只鞋 may tell that it is not what was
# ordered, as may 收到的黑色, 收到37码的 and 收到的男款.
_RECEIVED = re.compile(
    rf"{_BEFORE}(?:刚刚?)?(?:收到|到货|到手|拿到|取到|签收|到|送到|送来)"
    rf"(?:的|了)(?:这|那|一(?:台|箱|件|个|盒|套|袋|包|把|条|床))?{_ARTICLE}{_NO_MORE}"
    rf"|{_BEFORE}(?:{_DAY})(?:刚刚?)?(?:收到|拿到|取到)(?:的|了)?一(?:台|箱|件|个|盒|套|袋|包|把|条|床)"
    rf"{_ARTICLE}{_NO_MORE}"
)
_OTHER_KIND = re.compile(
    r"色|码|款|号|型|左|右|尺|半|石|砖|纸|男|女|[大小]的|别人|人家|另|其他|其它|二手|单只|赠|残|次品|样品"
)
# 昨天收到的鞋磨脚, 收到的杯子变形, 收到的面包硬: how it is, with no 了 or 的 to tell it by.
_FLAW = re.compile(
    r"变[形质色]|解冻|翻肚|结块|起[球皮泡]|受潮|压[扁坏]|[刮划]花|划痕|抽丝|掉[漆毛粉色]|脱[线胶]|拆[封过]|开[封线胶裂]|[黑花蓝]屏|停走"
    r"|跳闸|磨脚|过敏|枯萎|蔫|粘锅|杂音|翻新|流[水汤]|黑头|毛病|瑕疵|死机|卡顿"
    r"|(?<!花)(?:生|硬|晃|闪|响|吵|透|鼓|塌|烫)$|[小贵丑薄]$"
)
_GREETS = re.compile(
    rf"(?:你好|您好|哈喽|嗨|在吗|在不|亲|请问|老板|客服|早上好|下午好|晚上好|上午好|中午好)[{PARTICLES}]*"
)
_NUMBER = re.compile(
    r"(?:订单编?号?|单号|手机|尾号|后四位)*[是为:：#]*[A-Za-z]{0,4}[-_]?\d{4,}[\dA-Za-z_-]*"
)


def tells_what_was_bought(text: str) -> bool:
    """Tell whether the message says what was bought or came, and when, and nothing more."""
    if not is_short(text):
        return False
    clauses = [clause for clause in clauses_of(text) if not _is_beside(clause)]
    return bool(clauses) and all(map(_tells_it, clauses))


def _is_beside(clause: str) -> bool:
    """Tell whether a clause greets, or brings the order's number or the phone's tail."""
    return bool(_GREETS.fullmatch(clause) or _NUMBER.fullmatch(clause))


def _tells_it(clause: str) -> bool:
    if _FLAW.search(clause):
        return False
    if _CAME_WHEN.fullmatch(clause) or _BOUGHT.fullmatch(clause):
        return True
    return bool(_RECEIVED.fullmatch(clause)) and not _OTHER_KIND.search(clause)


_FRIEND = (
    r"(?:[男女]朋友|(?<![男女])朋友|闺蜜|室友|舍友|同事|邻居|同学|别人|人家|亲戚|哥们|姐妹)们?"
)
_FAMILY = (
    r"(?:老公|老婆|媳妇|爱人|对象|爸爸?|妈妈?|父母|婆婆|公公|岳父|岳母"
    r"|儿子|女儿|弟弟?|妹妹?|哥哥?|姐姐?)"
)
# 我朋友买的碎了, 室友的杯子碎了: in their order, it may be, and not in the customer's.
_BY_OTHERS = re.compile(
    rf"(?:{_FRIEND}|{_FAMILY})(?:也|都|刚|昨天|今天|在你们?家?)*(?:买|拍|下的?单)"
    rf"|{_FRIEND}(?:的(?!生日|礼|婚|喜|孩子|娃|宝宝|推荐|面|份|时候)|那[单个件])"
)
_ASKS_FOR_OTHERS = re.compile(rf"[帮替代]我?(?:{_FRIEND}|{_FAMILY})来?(?:问|咨询|查|看一?下)")
# 给女朋友买的, 跟同事拼单买的; 别人买的都好好的 我的坏了: the customer's own.
_FOR_OTHERS = re.compile(r"[给帮替送为跟和][^，,。\s]{0,4}$")
_MINE = re.compile(
    r"我(?:的|这[个件单])(?![男女]?朋友|闺蜜|同事|室友)[^，,。\s]{0,4}"
    r"(?:坏|碎|破|裂|烂|错|少|漏|没|还没|不)"
)


def bought_by_others(text: str) -> bool:
    """Tell whether what is spoken of was bought by somebody else, for themselves."""
    if _MINE.search(text):
        return False
    found = _BY_OTHERS.search(text)
    theirs = found is not None and not _FOR_OTHERS.search(text[: found.start()])
    return theirs or _ASKS_FOR_OTHERS.search(text) is not None
