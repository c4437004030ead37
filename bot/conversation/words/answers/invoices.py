"""Which kind of invoice is asked for: a special one, one on paper, one sent by mail; pure."""

from __future__ import annotations

import re
from typing import Literal

from bot.conversation.shapes.state import Matter
from bot.conversation.words.things.named import title_in
from bot.order_correction import SPECIAL_INVOICE, tax_number_in

Form = Literal["special", "paper", "mailbox"]
# 抬头就用订单上的, 抬头不变: the title on record is meant.
_KEEPS_TITLE = re.compile(
    r"抬头(?:就|还|也|照|按|跟|和|用|是|写|开)*(?:订单|原来|之前|以前|上次|系统|那张|原)(?:上|里)?(?:面|写|填)?的?"
    r"|抬头(?:都|也|就)?(?:不变|不[用改]|没错|一样|照旧)"
)
# The last kind that is named is meant: 换成普票吧, 专票用不上.
_KIND = re.compile(
    r"(?P<no>(?:不[要用]|不需要|别|没)[^，,。]{0,3})?(?P<special>专票|专用的?(?:电子)?发票)(?P<none>用不上|不要|不用)?"
    r"|普票|普通的?(?:电子)?发票"
)
_PAPER = re.compile(
    r"(?<!不要)(?<!不用)纸质|(?<!不要)(?<!不用)纸的(?!巾)|寄(?:一?张|发票|过来|给我|到|去)"
)
_MAILBOX = re.compile(r"邮箱|邮件|e-?mail|@", re.IGNORECASE)
# Where it is to be sent, which is nobody's name: 寄到公司去, 发到邮箱 wang@qq.com.
_SENT_TO = re.compile(
    r"(?:寄|送|(?<!开)发)(?:到|给|去|往|至)(?:(?!抬头|税号|开)[^\s，,。；;@])*(?:\s*[\w.+-]+@[\w.-]+)?"
    r"|[\w.+-]+@[\w.-]+",
    re.ASCII,
)


def without_sending(text: str) -> str:
    """Return what is said of an invoice without where it is to be sent."""
    return _SENT_TO.sub("", text).strip()


def wants_special(text: str) -> bool:
    """Tell whether a special invoice is wanted, which is made out to firms alone."""
    named = list(_KIND.finditer(text))
    last = named[-1] if named else None
    return bool(last and last["special"] and not last["no"] and not last["none"])


def lacks_firm(matter: Matter) -> bool:
    """Tell whether a special invoice is wanted, for which the firm or its number lacks still."""
    wanted = "invoice" in matter.issues and wants_special(matter.told)
    return wanted and SPECIAL_INVOICE not in (matter.correction or "")


def form_lacking(matter: Matter) -> str:
    """Return what a special invoice lacks of the two things it must have: both, or one."""
    if tax_number_in(matter.told):
        return "special_title"
    named = any(map(title_in, matter.told.splitlines()))
    return "special_number" if named else "special"


def special_for_own_title(title: str, told: str) -> str | None:
    """Return the special invoice for the firm on record, once its number was told; or None."""
    number = tax_number_in(told)
    if not (number and wants_special(told) and _KEEPS_TITLE.search(told) and title_in(title)):
        return None
    return f"{title}，税号{number}，{SPECIAL_INVOICE}"


def form_asked(matter: Matter, text: str) -> Form | None:
    """Return what is asked of an invoice that it will not be of itself, or lacks for; or None."""
    if "invoice" not in matter.issues:
        return None
    if wants_special(text) and SPECIAL_INVOICE not in (matter.correction or ""):
        return "special"
    if _MAILBOX.search(text):
        return "mailbox"
    return "paper" if _PAPER.search(text) else None
