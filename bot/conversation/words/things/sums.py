"""What is told of sums: a fee, one too small, one due before; pure."""

from __future__ import annotations

import re

from bot.conversation.words.sentence.manner import SUPPOSES

FEE = re.compile(
    r"(?<!不是)(?<!不算)(运|邮|快递|配送|打包|包装|安装|上门|上楼|搬运|服务|手续|关税?)费|关税"
)
# 退回去你们四天前就收着了，钱呢: the goods are back, and the money is not.
BACK_WITHOUT_MONEY = re.compile(
    r"(退回|寄回|退货|退了)[^。]{0,16}(收到|收着|签收|到了|收了)[^。]{0,10}(钱呢|款呢|钱在哪|钱去哪|钱还没|不退钱)"
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
