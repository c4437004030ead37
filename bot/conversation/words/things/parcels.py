"""What is said of a parcel under way: turned away, to be brought to the door, lost in numbers."""

from __future__ import annotations

import re

from bot.conversation.words.sentence.manner import PARTICLES, is_short

# Turned away at the door; 退回去你们拒收了 is the shop's doing, 我要拒收 not yet done.
_REFUSED_PARCEL = re.compile(
    r"拒[收签](?:掉|回去)?(?:了|的?那个|(?=$|[，,。.!！\s]))"
    r"|(?:^|[，,。\s])(?:我|就|又|已经|直接|当场)*[让叫](?:快递(?:员|小哥)?|小哥|派件员)(?:直接|又|当场|原路)*"
    r"(?:退回|[带拿][走回])去?了"
)
_NOT_REFUSED = re.compile(
    r"[没未不要想能会别][^，,。\s]{0,3}拒[收签]|可以[^，,。\s]{0,2}拒[收签]|拒[收签]了?(?:的话|会|"
    r"能|可以|行|怎么|要|吗|么)"
    r"|如果|要是|假如|万一|你们?[^，,。]{0,4}拒|商家|卖家|店家|仓库|寄回|退回去|准备|打算|怎么拒|"
    r"被(?!我)[^，,。]{0,4}拒|谁[^，,。]{0,6}拒"
)
# 让他送上门, 必须给我送上来: all that is said is how it is to come.
_TO_DOOR = re.compile(
    r"(?:[^，,。\s]{0,6}(?:没(?:有)?电梯|[搬拿抬]不[动了]|太[重沉大]|腿脚不|下不了楼|不方便)[^，,。\s]{0,4}[，,。\s]+)?"
    r"(?:那|就|你们?|麻烦|请|让|叫|要求|催|帮|给|必须|快递员?|小哥|他们?|她|重新|再|要|我|得|赶紧"
    r"|马上|直接|尽快|还是|回来|[，, ])*"
    r"(?:[派送搬抬](?:货|送)?(?:上门|上来|上楼|上去|到(?:我)?(?:家|门口)里?|过来)|(?<=回来)[搬抬]"
    r"|(?<=重新)派?送(?:货)?|(?<=再)派?送一[次遍趟])(?:一[下次遍趟]|给我)*"
    rf"(?:就行|就好|来|[{PARTICLES}，,。.!！~ ])*"
)
# 我要投诉快递员, 投诉他, 帮我投诉; but 我要投诉 and 投诉你们 are of the shop.
_REPORTS_COURIER = re.compile(
    r"(?:那|就|我|要|想|必须|直接|去|先|一定|麻烦|请|(?P<by_us>帮我|给我|替我|你们)|[，,\s])*"
    r"(?:投诉|举报)(?:一下|下)?(?:这个|那个)?"
    r"(?P<whom>快递小哥|快递员|快递公司|快递|派送员|派件员|送货员|小哥|驿站|他们|他|她)?"
    rf"(?:就行|就好|[{PARTICLES}。.!！~～\s])*"
)
# 那拒收吧, 我直接拒收行不: it will be turned away, or it is asked whether it may be.
_WILL_REFUSE = re.compile(
    r"(?:那|就|我|还是|算了|行|好|要不|干脆|直接|到时候?|来了|送来|到了|可以|能|想|要|会|也|先|"
    r"不想要了|不要了|[，, ])*拒[收签](?:快递|包裹)?(?:算了|得了|好了|就行|就好|可以|行|能|"
    rf"不|吗|么|[{PARTICLES.replace('了', '')}，,。.!！?？~～ ])*"
)
_NO_SUCH_NUMBER = re.compile(
    r"(?<!订)单号(?:是|就|都|好像|可能|给|有)*(?:错|假|不对|不存在|有误|填错|写错|发错|无效)"
    r"|[填写发给输登]错(?:了)?(?:快递|物流|运)?(?<!订)单号|(?:没有?|查无|无)(?:这|此|"
    r"该)个?(?:快递|运)?单号?(?!子)"
    r"|(?<!订)单号[^，,。]{0,6}(?:别人|不是我)的"
)

# 要寄回去吗, 东西用不用退回去; 怎么寄回去 asks for the way, 钱会退回来吗 for the money.
_SENT_BACK_OR_NOT = re.compile(
    r"(?:那|那么|请问|所以|你好|这样|[，, ])*"
    r"(?:这?个?(?:坏|旧|原来|剩|发错)?的?(?:东西|货|商品|食品|吃的|衣服|鞋子?|[个件瓶袋盒])?(?:的话)?)?"
    r"(?P<asked>(?:还|也|都|是|我|先|得|会|自己|必须|一定|有必要|需不需要|需要|不|要|用|"
    r"把|东西|货|给)*)[寄邮退]回(?:去|来)?(?:给?你们?|给?商家|给?仓库)?"
    rf"(?P<mark>[{PARTICLES}吗么不?？。~～ ]*)"
)
_OR_NOT = re.compile(r"要不要|用不用|需不需要|是不是")

_FREIGHT = re.compile(r"运费|邮费|快递费|寄费|邮寄费|寄回去?的?(?:费用|钱)")
# 我垫了15块 怎么报销; 要我先垫吗 only asks.
_PAID_FOR_IT = re.compile(
    r"报销|垫(?:了|付了|的|过)|(?:付|花|出|掏|收|扣)了(?:我)?\d|(?:我|自己)(?:先)?(?:付|出|掏|"
    r"给)了?的|到付了"
)
_ONLY_ASKS = re.compile(r"谁|(?:要|需要|得|用)(?:不要|不用)?我?(?:先|自己)*(?:垫|付|出)|如果|的话")


def has_paid_way_back(text: str) -> bool:
    """Tell whether the customer has paid for sending something back, and wants it returned."""
    told = _FREIGHT.search(text) and _PAID_FOR_IT.search(text)
    return is_short(text) and bool(told) and not _ONLY_ASKS.search(text)


def has_refused_parcel(told: str) -> bool:
    """Tell whether a parcel is said to have been turned away at the door: 我已经拒收了."""
    lines = told.splitlines()
    return any(
        _REFUSED_PARCEL.search(one) and not (_NOT_REFUSED.search(one) or speaks_of_refusing(one))
        for one in lines
    )


def speaks_of_refusing(text: str) -> bool:
    """Tell whether no more is said than that a parcel will be turned away: 那拒收吧."""
    return is_short(text) and bool(_WILL_REFUSE.fullmatch(text.strip()))


def wants_to_door(text: str) -> bool:
    """Tell whether no more is said than that the parcel is to be brought up: 让他送上门."""
    return is_short(text) and bool(_TO_DOOR.fullmatch(text.strip()))


def wants_courier_reported(text: str) -> bool:
    """Tell whether no more is said than that the courier is to be complained of: 投诉他."""
    found = _REPORTS_COURIER.fullmatch(text.strip()) if is_short(text) else None
    return found is not None and bool(found["by_us"] or found["whom"])


def asks_whether_sent_back(text: str) -> bool:
    """Tell whether no more is asked than whether the goods are to go back: 要寄回去吗."""
    found = _SENT_BACK_OR_NOT.fullmatch(text.strip()) if is_short(text) else None
    if found is None:
        return False
    needs = re.search(r"[要用得]|必", found["asked"])
    return bool(needs and (re.search(r"[吗么嘛?？]", found["mark"]) or _OR_NOT.search(text)))


def says_number_wrong(text: str) -> bool:
    """Tell whether the tracking number is said not to be the parcel's: 官网说没这个单号."""
    return is_short(text) and bool(_NO_SUCH_NUMBER.search(text))
