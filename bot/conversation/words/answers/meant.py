"""What an answer in the customer's own words was learnt to mean, where no rule knows it; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal

from bot.conversation.shapes.events import Heard
from bot.conversation.words.sentence.manner import asks, asks_openly
from bot.conversation.words.wishes.exclusions import ruled_out

# What is only asked to be confirmed, or answered, may be wrong now and then; what is taken for a
# yes to money may not. Of 500 answers by a writer who was not learnt from, 96 in 100 of those as
# likely as the first were read rightly, and 98 in 100 of the second. What the rules heard gives
# way only to the third.
LIKELY: Final = 0.5
SURE: Final = 0.8
CERTAIN: Final = 0.95
# The demand that each wish stands for (see `wishes/demands.py`), and the remedies that it names
# when said to the question whether one of them is to be carried out.
_WISHES: Final = {
    "refund": ("refund", {"refund", "return_refund", "price_difference", "freight", "cancel"}),
    "return": ("return_refund", {"return_refund"}),
    "exchange": ("exchange", {"exchange"}),
    "reship": ("reship", {"reship"}),
    "repair": ("repair", {"repair"}),
    "keep_money": (
        "compensation",
        {"compensation", "partial_refund", "price_difference", "goodwill", "freight"},
    ),
    "hurry": ("expedite", {"expedite"}),
    "trace": ("trace", {"trace", "expedite"}),
    "intercept": ("intercept", {"intercept"}),
    "correct": ("correct_order", {"correct_order"}),
    "invoice": ("invoice", {"invoice"}),
    "coupon": ("coupon", {"coupon"}),
    "cancel": ("cancel", {"cancel", "refund"}),
}
# The verb of a remedy, and what else whoever says it may mean.
_VERBS: Final = (
    (
        "return",
        re.compile(r"退(?!换|一步|过|来|去|你|给你|回去)"),
        {"refund", "return", "keep_money", "cancel"},
    ),
    (
        "exchange",
        re.compile(r"换(?!过|了|来|去|成?钱|[一两二三几\d]+[次回])"),
        {"exchange", "correct"},
    ),
    ("repair", re.compile(r"修(?!过|了|不|[一两二三几\d]+[次回])"), {"repair"}),
    ("reship", re.compile(r"补发|补寄|重发"), {"reship"}),
)
_FOR_GOODS: Final = frozenset({"refund", "return", "exchange", "repair", "reship"})
_AT_ONCE: Final = frozenset({"hurry", "trace"})
_NO_WISHES: Final = (
    "other", "thanks", "wait", "ask_when", "ask_freight", "ask_why", "ask_sum", "ask_account",
    "ask_back", "ask_progress", "ask_if_not", "ask_condition", "ask_else", "tell_promised",
    "tell_intact",
)  # fmt: skip
# A wish put as a question whether it can be had.
_POLITELY: Final = re.compile(r"吗|嘛|行不|能不|可不|好不|可以")
_PUTS_QUESTION: Final = re.compile(
    r"[?？吗么嘛]|不$|[行能成]不|咋|怎么|影响|要紧|算不算|还[能给]|[能给](?:[退换]|不)|没事(?:吧|不)|会不会"
)
# 能退吗 by itself is asked of no state of the goods.
_AS_IT_IS: Final = re.compile(
    r"[穿洗用拆开试吃喝剪撕扔丢脏旧刮划]|激活|吊?牌|标签|盒|包装|袋子|发票|赠品|天|过期"
)
# 好是好 但是, 好的等下确认, 你先别弄, 好像可以, 那就这样 再见: a yes that is held back, or none.
_HELD_BACK = re.compile(
    r"但|不过|可是|只是|如果|要是|(?<![头頭])先(?!生)|等(?!着|到)|考虑|想想|再说|另外|还有|算了|好像|尽管|再见|拜拜|"
    r"(.{1,2})是\1"
)
Asked = Literal[
    "when", "freight", "why", "sum", "where", "way_back", "progress", "in_vain", "condition"
]
_TOPICS: Final[dict[str, Asked]] = {
    "ask_when": "when",
    "ask_freight": "freight",
    "ask_why": "why",
    "ask_sum": "sum",
    "ask_account": "where",
    "ask_back": "way_back",
    "ask_progress": "progress",
    "ask_if_not": "in_vain",
    "ask_condition": "condition",
}


def demand_meant(heard: Heard, text: str) -> str | None:
    """Return what is likely wished for: 换一支, 拦吧, 能换吗; None where it is no wish.

    都退了？ wonders, and is none. What is carried out without a question must be sure: 催也没用.
    """
    name = _said_rather(heard, text) or _likely(heard)
    wish = _WISHES.get(name)
    wonders = asks_openly(text) or (asks(text) and not _POLITELY.search(text))
    unsure = name in _AT_ONCE and _probability(heard, [name]) < SURE
    return None if wish is None or wonders or unsure else wish[0]


def _said_rather(heard: Heard, text: str) -> str | None:
    """Return what is said in so many words, where another remedy is only likely: 退三个吧."""
    name = _likely(heard)
    if name not in _FOR_GOODS or _probability(heard, [name]) >= SURE or ruled_out(text):
        return None
    said = [(verb, meant) for verb, pattern, meant in _VERBS if pattern.search(text)]
    if len(said) != 1 or name in said[0][1]:
        return None
    # 退 wants the money back; that goods go back with it is heard elsewhere.
    back = "return" if heard.intent == "want_return" or "退货" in text else "refund"
    return back if said[0][0] == "return" else said[0][0]


def is_no_wish(heard: Heard) -> bool:
    """Tell whether nothing is wished for, all but certainly: 上次就给我换过一次了."""
    return _probability(heard, _NO_WISHES) >= CERTAIN


def topic_meant(heard: Heard, text: str) -> Asked | None:
    """Return what is likely asked of an offer: 多久能修好; None where that is not asked.

    吊牌剪了 by itself tells how the goods are, and asks nothing.
    """
    topic = _TOPICS.get(_likely(heard))
    asked = _PUTS_QUESTION.search(text) and _AS_IT_IS.search(text)
    return None if topic == "condition" and not asked else topic


def means_yes(heard: Heard, text: str, kind: str | None = None) -> bool:
    """Tell whether it is surely a yes that no list knows: 那就按你说的办, 好的退吧.

    To the question whether a remedy of this `kind` is to be carried out, naming it, and no more,
    is a yes too.
    """
    if asks(text) or (kind is None and _HELD_BACK.search(text)):
        return False
    naming = (wish for wish, (_, kinds) in _WISHES.items() if kind in kinds)
    return _probability(heard, ("yes", *naming)) >= SURE


def waits(heard: Heard) -> bool:
    """Tell whether they likely take their time: 还是等等吧, 我没确定."""
    return _likely(heard) == "wait"


def means_no(heard: Heard) -> bool:
    """Tell whether surely none of what is proposed is wanted, and nothing else."""
    return _probability(heard, ["no"]) >= SURE


def wants_more(heard: Heard) -> bool:
    """Tell whether the offer would likely be taken if it were more."""
    return _likely(heard) == "more"


def says_promised(heard: Heard, text: str) -> bool:
    """Tell whether the shop is surely said to have promised or shown something: 页面写包邮啊."""
    return _probability(heard, ["tell_promised"]) >= SURE and not asks(text)


def says_intact(heard: Heard, text: str) -> bool:
    """Tell whether surely nothing is said to be wrong with goods: 没坏就是买多了."""
    return _probability(heard, ["tell_intact"]) >= SURE and not asks(text)


def has_no_photo(heard: Heard, text: str) -> bool:
    """Tell whether there is likely no picture to show; 没照片你们就不赔吗 only asks."""
    return _likely(heard) == "no_photo" and not asks(text)


def _likely(heard: Heard) -> str:
    name, probability = heard.meanings[0] if heard.meanings else ("", 0.0)
    return name if probability >= LIKELY else ""


def _probability(heard: Heard, names: Iterable[str]) -> float:
    of = dict(heard.meanings)
    return sum(of.get(name, 0.0) for name in names)
