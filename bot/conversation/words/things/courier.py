"""What is said of whoever brings the parcel: what they did, and what is asked of them; pure."""

from __future__ import annotations

import re

from bot.conversation.words.sentence.manner import PARTICLES, is_short
from bot.conversation.words.things.parcels import wants_courier_reported, wants_to_door

_WHO = r"(?:快递(?:小哥|员|公司|那边)?|派[送件]员|送货员|小哥|驿站|快递柜|站点|网点)"
_THEM = r"(?:他们?|她|(?:那|这)个人)"
# 让快递员道歉, 给我换个快递员; said of 他 it may be of the shop's own people.
_ASKED = (
    r"(?:给我|跟我|向我|当面|上门|来|必须|赶紧|好好|写)*"
    r"(?:道个?歉|赔礼|赔不是|检讨|说(?:声|句)对不起)"
)
_SHOP = re.compile(r"客服|店铺?|商家|卖家|你们?|您")
_APOLOGY = re.compile(rf"[让叫](?:{_WHO}|{_THEM}){_ASKED}")
_OF_COURIER = re.compile(
    rf"(?:[让叫]|要求){_WHO}{_ASKED}"
    rf"|换(?:一?[个家])?(?:别的?|其他的?|另外的?)?(?:快递(?!单|袋|盒|柜|费|[^，,。]{{0,4}}取)|派[送件]员|送货员|小哥)"
    r"|换(?:一?个|别)人(?:来)?[送派]|(?:扣|罚|开除|处罚|教训|批评)(?:一下|了|掉)?"
    rf"(?:这个|那个)?{_WHO}|处理(?:一下|了|掉)?(?:这个|那个)?(?:快递(?:小哥|员)|派[送件]员|送货员|小哥)"
)
_OF_THEM = re.compile(
    rf"[让叫]{_THEM}{_ASKED}|(?:开除|处罚|教训|批评)(?:一下|了|掉)?{_THEM}|换(?:一?个|别)人(?=$|[吧啊呀，,。\s])"
)
# 让他重发取件码, 短信没收到 再发一遍: what tells of a parcel, and not the parcel itself.
_NOTICE = (
    r"(?:取[件货]码|提货码|验证码|取[件货]通知|(?:取[件货])?短信|信息|消息|链接|通知|(?<!订)单号)"
)
_SENT_AGAIN = r"(?:重发|重新发|补发|再发|再给我发|重新推)"
_NOTICE_AGAIN = re.compile(
    rf"{_SENT_AGAIN}(?:一?[下遍次个条])*(?:给我|那个|这个|新的|我的|快递的?|驿站的?)*{_NOTICE}"
    r"|(?:取[件货]码|提货码|验证码|取[件货]通知|(?:取[件货])?短信|链接)[^。!！?？]{0,10}"
    rf"{_SENT_AGAIN}(?!货|一?[件个份]|的?(?:单号|快递|包裹|件))|(?<!订)单号(?:再|重新)发(?:给?我|一[下遍])"
)
_NOTICE_LACKS = re.compile(
    rf"{_NOTICE}[^，,。]{{0,6}}(?:没(?:有)?(?:收到|看到|发|给)|(?:收|看)不到|找不到|丢了|删了|过期|失效)"
    rf"|没(?:有)?(?:收到|看到|给我?|发)[^，,。]{{0,4}}(?:取[件货]码|提货码|取[件货]通知)"
)
# 谁给我拒收了, 我没拒收啊: turned away by nobody here; 退回去你们拒收了 is of a return.
_TURNED_AWAY = r"拒[收签]"
_NOT_BY_ME = re.compile(
    rf"(?<!还)(?:没有?|不是我|未)(?!来得及|法|能)[^，,。\s来法能]{{0,4}}{_TURNED_AWAY}(?!成|的话)"
    rf"|谁[^，,。]{{0,6}}{_TURNED_AWAY}"
    rf"|(?:凭什么|凭啥|为什么|为啥|怎么|咋)"
    rf"(?:会|就|是|给我|显示|写着?|说|变成|成|我|被|客户|买家|收件人|本人|[，, ])+{_TURNED_AWAY}"
    rf"|{_WHO}[^，,。]{{0,6}}(?:说|写|点|标|填|弄)[^，,。]{{0,3}}我[^，,。]{{0,3}}{_TURNED_AWAY}"
    rf"|(?:被|给我)(?:人|快递|他|她)*{_TURNED_AWAY}"
)
_OF_RETURN = re.compile(
    r"你们|商家|卖家|店家|仓库|寄回|退回[去给]|退货|如果|要是|可以|能不能|[能行]吗"
)
# 没有人给我打电话, 电话都不打一个: nobody is called for by that.
_NOBODY_CAME = re.compile(
    r"没有?(?:一个)?人(?:来|给我?|跟我?|和我?|提前|事先)*(?:打|联系|通知|送|敲门|按门铃|派|发(?:短信|信息))"
)
_ONLY_NOBODY = re.compile(
    rf"(?:[那都也啊哎唉喂，,。\s]|这)*(?:怎么|咋)(?:都|也|还|一直|又)*没有?人(?:啊|呀|呢|[{PARTICLES}?？。.!！~～\s])*"
)


def asks_of_courier(text: str, *, of_parcel: bool) -> bool:
    """Tell whether something is asked of the courier: an apology, another one in their place.

    Where a parcel is talked of, 他 is who brings it.
    """
    found = _OF_COURIER.search(text) or (of_parcel and _OF_THEM.search(text))
    return is_short(text) and bool(found)


def names_shop(text: str) -> bool:
    """Tell whether the shop or its people are spoken of, and not only who brought a parcel."""
    return bool(_SHOP.search(text))


def wants_apology(text: str) -> bool:
    """Tell whether somebody is to say sorry, so that nothing is to be done to goods: 让他道歉."""
    return is_short(text) and bool(_APOLOGY.search(text))


def wants_courier_seen_to(text: str) -> bool:
    """Tell whether the carrier is to be spoken to: 投诉他, 让他送上门, 让他道歉."""
    told = asks_of_courier(text, of_parcel=True)
    return told or wants_to_door(text) or wants_courier_reported(text)


def denies_refusal(text: str) -> bool:
    """Tell whether a parcel was marked as turned away though nobody here did: 我没拒收啊."""
    return is_short(text) and bool(_NOT_BY_ME.search(text)) and not _OF_RETURN.search(text)


def wants_notice_again(text: str) -> bool:
    """Tell whether a code, a message or a link is to be sent again, and no goods: 重发取件码."""
    return is_short(text) and bool(_NOTICE_AGAIN.search(text))


def lacks_notice(text: str) -> bool:
    """Tell whether a code or a message about the parcel did not come: 取件码没收到."""
    return is_short(text) and bool(_NOTICE_LACKS.search(text))


def nobody_came(text: str) -> bool:
    """Tell whether it is said that nobody rang, called or came by: 没有人给我打电话."""
    return is_short(text) and bool(_NOBODY_CAME.search(text))


def only_finds_nobody(text: str) -> bool:
    """Tell whether no more is said than that nobody is there: 怎么没人."""
    return is_short(text) and bool(_ONLY_NOBODY.fullmatch(text.strip()))
