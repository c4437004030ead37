"""What a customer calls a remedy, and which kinds satisfy it: 退, 换吧, 不要了; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.conversation.words.sentence.manner import HURRY, PARTICLES, STILL_WRONG, is_short
from bot.conversation.words.sentence.whole import without_denied_back
from bot.remedies.verdict import MONEY_BACK
from bot.remedies.wishes import REDIRECTED
from nlp.quantities import PIECE

ALL_BACK = re.compile(
    r"(?<![不别]要)(?<![不别]用)(?<!别)(?<!不是)全(给我|额|款|部|都)*退|整(单|个)?退|退全|不等了|(?<!不是)(?<!没说)(?:不要了|不想要)"
)
# 不要了, 算了不要了: the goods, where an offer gives all of the money for them back.
_GIVES_UP = re.compile(
    rf"(?:算了|那|我|就|都|也|还是|这个|东西|[，, ])*不要了[{PARTICLES}。.!！~～ ]*"
)
_AROUND_WISH = r"(?:我|想|要|能|可以|帮我|给我|把|买的|这个|那个|过了|还|\d+天|[，, ])*"
_ONLY_WISHES = re.compile(
    rf"{_AROUND_WISH}(?![不没太坏破])[\u4e00-\u9fff]{{1,6}}?{_AROUND_WISH}"
    r"(?:不要了|不想要了|退了?|退货|退款|退掉|取消)(?:吗|不|行不|可以吗)?"
    rf"[{PARTICLES}。.!！？?~～ ]*"
)
_BARE_WISHES = {
    "退货退款": "return_refund",
    "退货": "return_refund",
    "换": "exchange",
    "修": "repair",
    "退": "refund",
    "补": "reship",
    "赔": "compensation",
    "重做": "exchange",
}
# 就退那一把, 换坏的那双: which pieces, and no sum.
_THAT_PIECE = (
    r"(?:(?:[坏碎破裂烂错]的?|有问题的|剩下?的)?(?:这|那)?(?:[一两二三四五六七八九十]|\d{1,2})?"
    rf"{PIECE}(?![款钱]))?"
)
_BARE_WISH = re.compile(
    rf"(?!.*(?:今天|现在)\s*[换修退补](?:货|掉)?[了过]$)"
    rf"(?:(?:不对|等等|等一下)[，,\s]+)?"
    rf"(?:行|好|可以|成|嗯|那|就|我|要|还是|算了|给我|帮我|直接|现在|今天|{HURRY}|[吧的了，,\s])*"
    rf"(?P<verb>退货退款|退货|重做|[换修退补赔])(?:货|掉)?{_THAT_PIECE}[{PARTICLES}。.!！~～ ]*"
)
# What a customer calls a remedy → the kinds that would satisfy it, best first.
DEMANDED: dict[str, tuple[str, ...]] = {
    "refund": (
        "refund", "return_refund", "cancel", "partial_refund", "price_difference", "intercept",
        "freight",
    ),
    "return_refund": ("return_refund", "refund", "cancel", "intercept"),
    "exchange": ("exchange", "reship", "correct_order"),
    "reship": ("reship", "exchange"),
    "repair": ("repair",),
    "compensation": ("compensation", "partial_refund", "goodwill", "coupon", "price_difference"),
    "partial_refund": ("partial_refund",),
    "price_difference": ("price_difference",),
    "coupon": ("coupon",),
    "expedite": ("expedite", "trace"),
    "trace": ("trace", "expedite"),
    "cancel": ("cancel", "refund", "intercept"),
    "correct_order": ("correct_order", "intercept"),
    "invoice": ("invoice",),
    "freight": ("freight",),
    "intercept": ("intercept",),
}  # fmt: skip
# Whichever sum is paid, "退钱" and "退差价" may mean it.
SUMS = frozenset(
    {"refund", "partial_refund", "price_difference", "compensation", "freight", "goodwill"}
)
OF_PART = re.compile(r"[一那这](份|笔|次)|多(的|收|扣|付|出|算)|重复|差价|差额")
ONLY_SUM = re.compile(
    rf"(嗯|好|行|对|那|就|给|我|把|请|麻烦|是|要|的|钱|{HURRY}|[，,])*(退|补|赔|返)(还|给|我|钱|款|差价|差额|差|一下)*"
    r"[吧啊呢了哦呀哈。.!！~ ]*"
)

_NUMBER = r"(?<![A-Za-z\d-])[A-Za-z-]*\d[\d-][A-Za-z\d-]*"
# 退钱给我, 把钱退我, 还我钱: the money is called for, and nothing is told of any that was to come.
_ONLY_MONEY = re.compile(
    rf"(?:那|就|我们?|你们?|请|麻烦|把|的|要求?|必须|得|给|帮|直接|全额?|全部|都|一分不少"
    rf"|{HURRY}|订单号?|{_NUMBER}|[，,。！! ])*"
    r"(?:(?:退|还)(?:还|回)?(?:给?我)?(?:的|血汗)*(?:钱|款)"
    r"|(?:钱|款)(?:全部|全|都)?(?:退|还)(?:还|回来?)?(?:给?我)?)"
    rf"(?:给|我|回来|就行|订单号?|{_NUMBER}|[{PARTICLES}]|[，,。.！!~～ ])*"
)
# 退钱了, 退款呢: told, or asked after.
_MONEY_CAME = re.compile(r"(?:(?:钱|款|退|还|给我|退我|回来?)了|呢)[^吧呀啊，,]*$")

_SENT_BESIDES = re.compile(
    r"(?<![不没别])(?<!不[用要想必])补(?!偿|贴|差|款|运费|[拍充开]|[^，,。\s]{0,3}(?:钱|照|图|票|券|差价)"
    r"|(?:我|给我)?[\d.一二两三四五六七八九十百]+(?:元|块?(?=$|[吧就也，,。\s])))"
)
_NOTHING_BACK = re.compile(
    r"(?:不想|不愿意?|不要|不用|不|懒得|没法)寄回?|不是(?:要|想)?换|不(?:想|用|要)换"
    r"|(?:其[他它余]|别的|剩下?的?|另外)[^，,。]{0,4}(?:好的|没坏|没事|没碎|完好)"
    r"|(?:不(?:想|用|要)?|别)(?:给我|再|用)?(?:退|换)(?:掉|我|的是)?(?:整|全|一整)|(?:换|退)整[^，,。]{0,8}(?:麻烦|折腾|浪费|何必|没必要)"
    r"|(?:不(?:是|要|想|用)?|别)(?:要|给我)?(?:退(?:我)?钱|退款)|寄回?(?:去|来)?(?:多|太|好|真|这么)?(?:麻烦|折腾)|不(?:能)?[光只单](?:给我)?补"
)


def redirects(option: Mapping[str, Any]) -> bool:
    """Tell whether a parcel on its way is sent elsewhere, for which the carrier may ask a fee."""
    return option.get("kind") == "intercept" and option.get("promise") == REDIRECTED


def gives(demand: str | None, option: Mapping[str, Any]) -> bool:
    """Tell whether an option is what is called for by that name.

    A parcel sent elsewhere ends no order, and one that comes back puts none right.
    """
    if option["kind"] not in DEMANDED.get(demand or "", ()):
        return False
    if option["kind"] != "intercept" or demand == "intercept":
        return True
    return redirects(option) == (demand not in MONEY_BACK)


def only_wants_money(text: str) -> bool:
    """Tell whether no more is said than that the money is to be given back: 退钱给我."""
    plain = text.strip()
    return bool(_ONLY_MONEY.fullmatch(plain)) and not _MONEY_CAME.search(plain)


def wants_pieces_sent(text: str) -> bool:
    """Tell whether pieces are to be sent, and nothing to go back: 补两个碗 不想寄回."""
    return bool(_SENT_BESIDES.search(text) and _NOTHING_BACK.search(text))


def wants_sent(text: str) -> bool:
    """Tell whether what lacks is to be sent, whatever is on offer instead: 能补发吗."""
    return bool(_SENT_BESIDES.search(text))


def wants_all(text: str) -> bool:
    """Tell whether all of the money is wanted back, or the goods no more."""
    return bool(ALL_BACK.search(without_denied_back(text)))


def gives_up(text: str) -> bool:
    """Tell whether no more is said than that something is not wanted any more: 算了不要了."""
    return bool(_GIVES_UP.fullmatch(text.strip()))


def only_wishes(text: str) -> bool:
    """Tell whether an article is to go back, and nothing is said of what is wrong: 钢笔退."""
    only = is_short(text) and _ONLY_WISHES.fullmatch(text.strip())
    return bool(only) and not STILL_WRONG.search(text)


def bare_wish(text: str) -> str | None:
    """Return the remedy that a text of hardly more than one word calls for: 那换吧."""
    found = _BARE_WISH.fullmatch(text.strip()) if is_short(text) else None
    return _BARE_WISHES[found.group("verb")] if found else None


def of_part(text: str) -> bool:
    """Tell whether a part of the money is meant, which was paid too much: 退我一份, 多的还我."""
    return bool(OF_PART.search(text)) and not wants_all(text)


def only_names_sum(text: str) -> bool:
    """Tell whether nothing is said but that some sum is to be paid: 嗯退差额."""
    return bool(ONLY_SUM.fullmatch(text.strip()))
