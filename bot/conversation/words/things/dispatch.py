"""How, and when, an order that is wanted is to be sent: wishes for the warehouse; pure."""

from __future__ import annotations

import re

from bot.conversation.words.sentence.manner import PARTICLES

WITHIN = 80  # characters: a wish, with an order's number or an address beside it
_SHIP = r"(?:发货|发出|发走|发快递|寄出|寄送|出货|出库|发|寄)"
_MOMENT = (
    r"(?:下*个?(?:周|星期|礼拜)[一二三四五六日天末]?|月[底初中]|年[后底初]|明年|下个?月"
    r"|\d{1,2}月(?:\d{1,2}[号日]?)?|[一二两三四五六七八九十几\d]{1,3}(?:天|号|日|周|个月|个?星期)"
    r"|过(?:几|两|些|[一这]?段)[天日时]?间?|明天|大?后天|节后|假期?|元旦|春节|国庆|五一|中秋"
    r"|回来|回家|到家|在家|通知|消息|电话|吩咐|有空)"
)
_FROM_THEN = rf"{_MOMENT}(?:之后|以后|过后|后|了|时候?|的话|你们?|我|[，,\s])*"
_LATER = re.compile(
    rf"(?:先|暂时|暂且|暂)(?:别|不要|不用|不必|不|莫)(?:急着?|忙着?|给我|帮我)*{_SHIP}(?![现霉错挥票脾火怒愁呆疯])"
    rf"|(?:暂缓|推迟|延迟|延后|延期|缓)(?:[一两二三几\d]+[天周]|一?下|点|些)*{_SHIP}"
    rf"|晚(?:一?点儿?|一?些|[一两二三几\d]+[天周]|个?[几两一]天)(?:再|给我|帮我)*{_SHIP}(?!了|的|现|票)"
    rf"|(?:别|不要|不用|不必)(?:那么|这么|太|急着|忙着?){{1,2}}[早快]?{_SHIP}(?!现|票)"
    rf"|(?:别|不要|不用|不必){_SHIP}(?:得|的)?(?:那么|这么|太)[早快]"
    rf"|(?:{_FROM_THEN}(?:再|才能)|{_MOMENT}(?:之后|以后|过后))(?:给我|帮我|安排|来)*{_SHIP}"
    rf"(?=$|[{PARTICLES}吗么，,。.!！?？~～\s]|可以|行|就|也|都|不迟|谢)"
)
# Of the shop's own delay, of an order given up, or of a second parcel: no wish to wait.
_OF_ELSE = re.compile(
    r"怎么|为什么|为啥|凭什么|还没|还不|没发|没有发|已经发|发了|才发|退|取消|不要了|不想要|不想买|拖|骗|说好|说是|说过|说的|都说|说要"
    r"|你们?说|答应|承诺|显示|写着|是不是|是要|要等|得等|让我等|补发|重发|重新发|缺货|预售|之前|以前|昨天|前天|什么时候"
)
# What is named is to be another: an address, a size, a name.
_CHANGES = re.compile(r"[改换]|更正|更换|修改|变更|[填写拍选下买]错")


def asks_to_wait(text: str) -> bool:
    """Tell whether the parcel is to be sent later: 先别发货 我出差, 下周三再发."""
    return len(text) <= WITHIN and bool(_LATER.search(text)) and not _OF_ELSE.search(text)


def is_remark(told: str) -> bool:
    """Tell whether a wish for an order changes nothing of what it says: 备注一下 别放小票."""
    return not _CHANGES.search(told)
