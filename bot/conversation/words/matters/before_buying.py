"""What is said before buying: how a rule is in another case, and that it will be bought; pure."""

from __future__ import annotations

import re

from bot.conversation.words.sentence.manner import PARTICLES, is_short

# 那衣服剪了吊牌呢, 拆了包装呢, 那试穿过呢: another case, asked of the rule just told.
_ANOTHER_CASE = re.compile(
    r"(?:那|那么|要是|如果|请问|万一|[，, ])*[^，,。.!！?？\s]{0,6}"
    r"(?:剪[了掉]?(?:吊牌|标签?)|(?:吊牌|标签?)(?:剪|拆|掉|没)|(?:拆|打开|开)(?:了|掉|过|开)?(?:包装|封|盒)?"
    r"|(?:试|穿|用|洗|戴)(?:穿|用|戴)?(?:了|过)|激活|下过?水)"
    r"(?:了|过|的|掉|一下|一次|以后|之后|的话)*(?:呢|怎么算|怎么办|行吗|可以吗)"
    rf"[{PARTICLES}?？。.~～ ]*"
)
# 好吧 那我先下单, 我去拍了: nothing is wanted yet.
_WILL_BUY = re.compile(
    r"(?:[好行嗯哦那就我先去再的吧嘞，,。 ]|知道了|明白了|谢谢|现在|马上|回头|一会儿?)*"
    r"(?:下(?:一?个)?单|拍(?:一?个|一?件|下)?|买(?:一?个|一?件)?)"
    rf"(?:试试|看看|[{PARTICLES}，,。.!！~～ ])*"
)


def asks_another_case(text: str) -> bool:
    """Tell whether no more is asked than how a rule is in another case: 那剪了吊牌呢."""
    return is_short(text) and bool(_ANOTHER_CASE.fullmatch(text.strip()))


def will_buy(text: str) -> bool:
    """Tell whether no more is said than that something is to be ordered: 那我先下单."""
    return is_short(text) and bool(_WILL_BUY.fullmatch(text.strip()))
