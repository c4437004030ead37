"""What is said to a return that was refused: a fault after all, its term, a plea; pure."""

from __future__ import annotations

import re

from bot.conversation.words.sentence.manner import PARTICLES, is_short
from bot.conversation.words.wishes.second_thoughts import tells_of_taste

# 那掉毛算不算质量问题, 起球不是质量问题吗: the fault is named; 什么算质量问题 asks for the rule.
_COUNTS_AS_FAULT = re.compile(
    r"^(?:那|那么|可是?|但是?|请问|你们?|这个?|它|[，,。\s])*(?P<what>[\u4e00-\u9fff]{2,12}?)"
    r"(?:了|的话|这种|这个|也|都|还|总|该|应该|难道|[，,\s])*"
    r"(?:算不算|是不是|属不属于|算是?|属于|不算|不是|是)(?:是|你们的?|个|一种|商品|产品|[，,\s])*质量(?:上的)?问题"
    rf"(?:[吗吧么不{PARTICLES}？?。.!！~～\s])*$"
)
_NOT_NAMED = re.compile(
    r"什么|啥|哪|怎么|如何|如果|要是|没|贵|便宜|价|拆|态度|客服|快递|朋友|别人|上次|那次|不(?!亮|转|响|动|热|通|工作|出|显|平|牢|稳)"
)
# 过期一天也不行吗, 就晚了一天: of the days that it may be sent back in, and of no food.
_PAST_TERM = re.compile(
    r"(?:就|才|只|那|可|不就|也就|刚|都|是|我|[，,。\s])*(?:过期|超期|超时|过期限|逾期|晚|超|过)(?:了|过|也就|就|才)*"
    r"(?:[一两二三几半\d]+)?(?:天|小时|点点|会儿?)?(?:了|而已|都|也|就|还|[，,\s])*"
    r"(?:不行|不能|不可以|不给|不让|退不了|通融|不成|没关系)?(?:退|换|通融)?"
    rf"(?:[吗么嘛{PARTICLES}？?。.!！~～\s])*"
)
_IN_DAYS = re.compile(r"天|小时|[超逾]期|期限|超时|点点|会儿|不行|不能|不给|不让|退")
# 通融一下呗, 就这一次; 就用了一次 还是新的, 吊牌都没剪呢: why an exception would be fair.
_PLEA = re.compile(
    r"通融|破个?例|网开一面|行个方便|行行好|帮帮忙|求求|拜托|宽限|例外|下不为例|就这一[次回]|灵活|体谅|商量"
    r"|没(?:有)?(?:穿|用|拆|打开|开封|动|戴|洗|碰)过?|(?:没|未)拆封|(?:吊牌|标签|包装|盒子|膜)[都也还]*(?:没有?(?:剪|撕|拆|摘)|在|完好)"
    r"|(?:还是|都是)新的|全新|(?:就|只|才)(?:用|穿|试|戴)(?:了|过)?[一两1]?(?:次|下|天|回)|不影响"
)
_NOT_MERE_PLEA = re.compile(
    r"坏|破|裂|掉|漏|错|碎|脏|臭|[起掉]球|开线|色差|不一样|投诉|举报|差评|赔|换|修|发票|剪了|拆了|别的|那双|另"
)


def asks_if_fault(text: str) -> bool:
    """Tell whether a fault is named, and asked whether it counts as one: 那掉毛算不算质量问题."""
    found = _COUNTS_AS_FAULT.match(text.strip()) if is_short(text) else None
    named = found is not None and not _NOT_NAMED.search(found["what"])
    return named and not tells_of_taste(text.replace("质量", ""))


def speaks_of_term(text: str) -> bool:
    """Tell whether only the term that has run out is spoken of: 过期一天也不行吗."""
    only = is_short(text) and _PAST_TERM.fullmatch(text.strip())
    return bool(only) and bool(_IN_DAYS.search(text))


def pleads(text: str) -> bool:
    """Tell whether an exception is asked for, or why it would be fair, and nothing else."""
    plea = is_short(text) and _PLEA.search(text)
    return bool(plea) and not _NOT_MERE_PLEA.search(_PLEA.sub("", text))
