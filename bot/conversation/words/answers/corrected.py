"""A new value told beside an offer that would write it down: which remedy that means; pure."""

from __future__ import annotations

import re

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.state import OFFERED, Matter
from bot.conversation.words.answers.corrections import is_question, named_correction
from bot.conversation.words.answers.invoices import form_asked
from bot.conversation.words.answers.of_the_offer import asks_of_fee
from bot.conversation.words.sentence.manner import is_short

# Remedies that put right what the customer names, so that naming it is wanting it.
CORRECTING = ("correct_order", "invoice")
_FIELD = (
    r"(?:名字|姓名|收[件货]人|联系人|电话|手机号?|号码|[尾末]号|末位|最?后[面一两二三四]?[位个]|地址|门牌号?|房间?号"
    r"|楼[号栋层]|单元|尺[寸码]|[宽高长深]度?|颜色|规格|抬头|税号)"
)
# 电话最后一位错了, 名字是方不是芳; 没错, 是我写错了 and 错在哪 say no such thing.
_SAID_WRONG = re.compile(
    rf"{_FIELD}(?:也|又|还|还是|都|给|写|填|打|输|说|报|弄|搞|有|好像|那个字|的)*(?<!没)(?<!不)(?:错|不对|少了?一?[位个]|多了?一?[位个])"
    rf"|{_FIELD}[^，,。；;]{{0,6}}(?:不是[^，,。；;]+[，,\s]*是|是[^，,。；;是]+[，,\s]*不是)(?![吗么嘛])"
)
# 不是漕溪路是漕宝路, 说错了 S码, beside what waits to be confirmed.
_DENIES = re.compile(r"不是(?!吧|这个意思)|不对|[说写填打弄搞]错|错了")


def correcting(matter: Matter) -> tuple[str, ...]:
    """Return the remedies that bring what is named: a parcel on its way is sent elsewhere."""
    return (*CORRECTING, "intercept") if "address" in matter.issues else CORRECTING


def kinds_told(matter: Matter | None, spoke: CustomerSpoke) -> tuple[str, ...]:
    """Return the remedies that are wanted by who names a new value, empty where none is named."""
    return correcting(matter) if matter and named_correction(matter, spoke) else ()


def corrected_option(matter: Matter | None, spoke: CustomerSpoke) -> str | None:
    """Return what waits for a yes, where its value is put right instead: 不对 是602; or None."""
    picked = matter.offered(matter.picked) if matter and matter.stage == "confirming" else None
    if matter is None or picked is None or picked["kind"] not in correcting(matter):
        return None
    value = named_correction(matter, spoke)
    return str(picked["id"]) if value not in {None, matter.correction} else None


def leaves_value_in_doubt(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether what waits to be written is said to be wrong, and no other surely told.

    电话最后一位错了: a yes to what was shown before would write down what is known to be wrong.
    """
    kinds = {str(option["kind"]) for option in matter.offer} & {*correcting(matter), "exchange"}
    if matter.stage not in OFFERED or not matter.correction or not kinds or spoke.choices:
        return False
    text = spoke.plain
    denies = _SAID_WRONG.search(text) or (matter.stage == "confirming" and _DENIES.search(text))
    said = is_short(text) and bool(denies) and not is_question(text)
    return said and named_correction(matter, spoke) is None


def only_asks_of_terms(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether it is but asked what a remedy costs or brings: 改派要加钱不, 要纸质的.

    Who asks so has not agreed: the answer may change their mind.
    """
    text = spoke.plain
    if asks_of_fee(text, matter.offer):
        return True
    return form_asked(matter, text) is not None and named_correction(matter, spoke) is None
