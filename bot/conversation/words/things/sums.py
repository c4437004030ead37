"""What is told of sums: a fee, one too small, one due before; pure."""

from __future__ import annotations

import re

from bot.conversation.words.sentence.manner import SUPPOSES, asks, is_short

FEE = re.compile(
    r"(?<!不是)(?<!不算)(运|邮|快递|配送|打包|包装|安装|上门|上楼|搬运|服务|手续|关税?)费|关税"
)
# 退回去你们四天前就收着了，钱呢: the goods are back, and the money is not.
BACK_WITHOUT_MONEY = re.compile(
    r"(退回|寄回|退货|退了)[^。]{0,16}(收到|收着|签收|到了|收了)[^。]{0,10}(钱呢|款呢|钱在哪|"
    r"钱去哪|钱还没|不退钱)"
)
TOO_LITTLE_BACK = re.compile(
    r"(钱|退款|款)(是)?(到账?|退|收到|返)了[，, ]*(但是?|可是?|却|结果|不过)?"
    r"[^。\d]{0,4}(只|才|就)[有退到给返]?了?\d"
)
# Of what was just granted: 退少了, 就退这么点.
LESS_THAN_THOUGHT = re.compile(
    r"(?<![至最多能不很])少(?:给我)?退了|退[得的款]?(?:太|有点)?少了|没退[够全](?!新)(?!.?天)|"
    r"退款?的?(?:钱|金额)?(?:不对|不够)|[就只才]退(?:我|给我)?了?这么[点些]"
)
# What is taken at the door by who fits or carries: no line of the order.
ON_SITE = re.compile(
    r"(安装|装机|装(空调|热水器|洗衣机|灯|柜|门)|上门|师傅|上楼|搬楼|搬运|工人).{0,14}"
    r"(收|要|费|加|钱|块|元)|(材料|辅材|支架|高空|打孔|开孔|人工|安装|上楼|搬运|搬楼|上门|检测)费"
)
_AT_THE_DOOR = (
    r"(?:快递员?|派送员?|派件员|送货员?|送货的|小哥|司机|物流|师傅|工人|安装工?|上楼|搬楼|搬运|"
    r"上门|送上门|爬楼|他们?)"
)
# 快递让我再付30, 说上楼要加50: wanted, and not paid.
_FEE_WANTED = re.compile(
    rf"{_AT_THE_DOOR}[^，,。]{{0,8}}?(?:让|叫|要求?|问|非要|还要|又要|得|说|跟)(?:我|求|给|再|"
    rf"另外|还|多|要|加|先|额外)*"
    r"(?:付|交|给|加|出|掏|补|收|钱)(?:我|个|他|钱)?(?:\d|[一二两三四五六七八九十百几]+[元块十百]|"
    r"钱|运费|费)"
    rf"|{_AT_THE_DOOR}(?:说|费)?(?:还|再|得|另外|额外)*(?:要|加收|另收|要收|得加)(?:我|加|收|付|"
    rf"给|再)*(?:\d+|[一二两三四五六七八九十百]+)(?:块|元|$|[，,。 ])"
    r"|(?:不给|不付|不交|不加)(?:钱|费用?)?就?不(?:送|给送|上楼|搬|装|派|卸)"
)
_FEE_PAID = re.compile(
    r"(?:收|付|给|交|花|掏|扣|要走|要)了(?:我|他)?(?:\d|[一二两三四五六七八九十百]|钱)|(?:已经?|"
    r"刚|都)[^，,。]{0,4}(?:付|给|交)(?:过|了|钱)|垫付?了|收(?:了|走)我"
    r"|转(?:给|过)?(?:他|她|师傅)?(?:了|过去)|(?:给|付|交)(?:给)?(?:他|她|师傅)?了(?![吗么?？]|的话|以后|之后|[^，,。]{0,3}[能可会])"
    r"|已(?:付|交|给)|付的(?:现金|钱)"
)
# 我给不给啊, 给了能报销吗, 他说不给不送: asked of a sum that is wanted.
_WHETHER_TO_PAY = re.compile(
    r"(?:给不给|付不付|交不交|该不该(?:给|付|交)|要不要(?:给|付|交)|能不(?:给|付|交)|可以不(?:给|"
    r"付|交))"
    r"|(?:我|要|该|得|先|那)(?:给|付|交)(?:他|钱)?[吗么]"
    r"|(?:给|付|交|垫)了?(?:的话|以后|他|钱|之后|[，, ])*(?:你们?|店里|后面|能|可以|会|"
    r"给)*(?:报销?|退|还|补)[^，,。]{0,4}[吗么不?？]"
    r"|不(?:给|付|交)(?:钱|他)?(?:就)?不(?:给)?(?:送|装|搬|派|卸|上楼)"
)
_OTHER_REFUND = re.compile(r"到账|之前|上[个次]|那[单笔]|一直|没|拖|天了|催")


def names_fee(text: str) -> bool:
    """Tell whether a charge beside the goods is named (邮费, 安装费), and nothing paid back."""
    return bool(FEE.search(text)) and "退" not in text


def of_other_refund(text: str) -> bool:
    """Tell whether a refund is meant that was due before, not one that is on the table."""
    return bool(_OTHER_REFUND.search(text))


def misses_money_of_return(text: str) -> bool:
    """Tell whether a return has arrived and its money is asked after."""
    return bool(BACK_WITHOUT_MONEY.search(text)) and not SUPPOSES.search(text)


def got_back_too_little(text: str) -> bool:
    """Tell whether a refund has come and is short: 钱到了，但只有140."""
    return bool(TOO_LITTLE_BACK.search(text))


def finds_it_too_little(text: str) -> bool:
    """Tell whether what was granted or has come is less than thought."""
    return got_back_too_little(text) or bool(LESS_THAN_THOUGHT.search(text))


def is_on_site(text: str) -> bool:
    """Tell whether it is about what was taken at the door: fitting, material, stairs."""
    return bool(ON_SITE.search(text))


def asks_whether_to_pay(text: str) -> bool:
    """Tell whether it is asked whether to pay what is wanted at the door, or who bears it."""
    return is_short(text) and bool(_WHETHER_TO_PAY.search(text))


def asks_fee_unpaid(told: str) -> bool:
    """Tell whether somebody at the door wants a sum that is not paid yet: 上楼要加50."""
    lines = told.splitlines()
    return any(map(_FEE_WANTED.search, lines)) and not any(map(_FEE_PAID.search, lines))


# 折现吧, 换成钱给我: a sum is taken in place of the thing; 不折现, 别折现 takes none.
_IN_MONEY = re.compile(
    r"(?<![不没别])(?<!不要)(?<!不想)(?<!不用)(?:折现(?!了)|[折换](?:算)?成?(?:现金|现钱|钱)(?!了))"
)


def takes_money_instead(text: str) -> bool:
    """Tell whether what is owed is to be paid in money: 围嘴不要了 折现吧."""
    return is_short(text) and not asks(text) and bool(_IN_MONEY.search(text))
