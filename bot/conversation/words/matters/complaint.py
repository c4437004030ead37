"""Whether anything is complained of: a fault, nothing named, or no reason given; pure."""

from __future__ import annotations

import re

from bot.conversation.words.sentence.manner import SUPPOSES, is_short

# A complaint that names nothing: whom it is about, or what happened, is not in it.
ONLY_COMPLAINS = re.compile(
    r"^(我|本人)?(真的?)?(要|想|得|必须|现在|就)*(投诉|举报)(你们?|妳們?|这?家?店(?:铺|家(?!店))?|商家|卖家|平台|"
    r"一下|订单号?|单号)*[了啊呀吧哦！!。.，,～~ ：:]*$"
    r"|^(你好|您好|亲|在吗|哈喽|嗨|那个|我|想|要|跟你们?|有|[，,。.！!~ ])*"
    r"(反[映应]|咨询|说|问|请教)(一?下|一?[个点件])*(情况|问题|事情?|事儿)?"
    r"[了啊呀吧哦呢！!。.，,～~ ：:]*$"
)
# 客服说不支持七天无理由: refused, and that is the complaint.
REFUSED_RIGHT = re.compile(r"不支持|不给|不让|不肯|拒|凭|说[^,，。]{0,6}(不|没)|不能|没有?无理由")
NUMBER_NAMED = re.compile(r"(订单编?号?|单号)?[是为:： #]*[A-Za-z]{0,4}[-_ ]?\d[\dA-Za-z _-]{4,}")
# A fault that has come about, told with a question of warranty or repair.
FAULT_CAME = re.compile(
    r"(用了|用着|才用|使用|现在|突然|忽然|最近|今天|昨天|刚刚?|已经|又).{0,10}"
    r"(不[\u4e00-\u9fff]{1,3}了|(坏|裂|断|漏|掉)了|没反应|打不开|开不了机|漏水|异响|失灵|黑屏|死机|充不(进|上)|"
    r"不(转|响|亮|制冷|制热|加热|通电|脱水|工作))"
    r"|不(转|响|亮|动|热|凉|走|吸|喷|震动?|振动?|制冷|制热|加热|通电|充电|出水|脱水|工作|运转|显示|启动|开机)了"
)
_WHERE = re.compile(
    r"(走|到|送|运)到?哪(儿|里|个|了|啦|一|$)|(快递|包裹|物流|东西|货)(现在|目前|都)?(在|到)哪"
    r"|^(?:那么?|所以)(?:我的?|[，, ])*(?:快递|包裹|货|东西)呢[?？。.~～ ]*$"
)
_COMPLAINS_OF_WAY = re.compile(r"退|换|拒|别人|都是|取|坏|没|不|还|怎么|停|卡|天了|多久|慢|丢|错")


def only_complains(text: str) -> bool:
    """Tell whether the message says that there is a complaint, and nothing of what it is."""
    return bool(ONLY_COMPLAINS.match(NUMBER_NAMED.sub("", text).strip()))


def gives_no_reason(text: str) -> bool:
    """Tell whether a return is asked for by the right that needs no reason."""
    return "无理由" in text and not tells_fault(text) and not REFUSED_RIGHT.search(text)


def tells_fault(text: str) -> bool:
    """Tell whether something that worked has ceased to, as told and not as feared."""
    return bool(FAULT_CAME.search(text)) and not SUPPOSES.search(text)


def asks_where(text: str) -> bool:
    """Tell whether it is asked where a parcel is, and nothing complained of."""
    calm = not _COMPLAINS_OF_WAY.search(text)
    return is_short(text) and calm and bool(_WHERE.search(text))
