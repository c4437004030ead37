"""What is said of one remedy on offer by its name: asked how long it takes, or turned to; pure.

A question names a remedy without taking it; what is taken is still asked to be confirmed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.conversation.shapes.state import Matter, State
from bot.conversation.words.answers.plain_picks import plain_pick
from bot.conversation.words.sentence.manner import PARTICLES, is_short
from bot.conversation.words.things.articles import named_among
from bot.conversation.words.wishes.demands import DEMANDED, gives, redirects

# What a remedy is called; the longer name comes first.
_NAMES = {
    "return_refund": r"退货退款|退货(?!的?运费)",
    "refund": r"全额退款|全额退|退全款|退款|退钱|全退",
    "exchange": r"换货|换新",
    "reship": r"补发|补寄|重发",
    "repair": r"维修|修理",
    "compensation": r"补偿|赔偿|赔付|赔钱",
    "price_difference": r"[退补]?差价",
    "coupon": r"(?:优惠|代金|购物)?券",
    "expedite": r"加急|催(?:一下|一催|发货|促|单|件)",
    "trace": r"查件|核查|查(?:快递|物流|包裹)|[查调]?(?:签收)?底单",
    "cancel": r"取消(?:订单)?",
    "intercept": r"拦截(?:快递|包裹)?",
    "freight": r"(?:退|补)?运费",
}
_NAMED = "|".join(f"(?P<{demand}>{names})" for demand, names in _NAMES.items())
_ANY = "|".join(_NAMES.values())
_HOW_LONG = (
    r"(?:多久|多长时间|多长|好久|多少时间|多少天|几天|"
    r"几个?小时|多快|什么时候|啥时候|几时|何时|几号)"
)
_OPENS = r"(?:那|如果|要是|我|你好|亲|请问|想?问一?下|选|走|申请|办|这个|[，,\s])*"
_BETWEEN = (
    r"(?:的话|的|之后|后|完|处理|办理?|一下|我|要|得|需要|能|会|可以|大概|大约|一般|最快|最多|"
    r"最迟|"
    r"到底|到账|到|等|才|给|你们?|快递|[，,\s])*"
)
_RESULT = (
    r"[才能会可以给我有出来发货到账手收寄查拦住下退赔办好处理弄完成钱款结果答复回音消息进度时间"
    rf"{PARTICLES.replace('了', '')}吗嘛么?？。.~～\s]*"
)
_ASKS_TERM = (
    re.compile(rf"{_OPENS}(?:{_NAMED}){_BETWEEN}{_HOW_LONG}{_RESULT}"),
    # 多久能补发; but 几天能退货 asks how long that right holds.
    re.compile(
        rf"{_OPENS}{_HOW_LONG}(?:才|能|会|可以|给我|帮我|大概)*"
        rf"(?P<reship>补发|补寄|重发){_RESULT}"
    ),
    # 多久发, where another is to be sent out.
    re.compile(
        rf"{_OPENS}{_HOW_LONG}(?:大概|才|能|会|可以|就|给我|帮我)*"
        rf"(?P<reship>发货|发|寄)(?:出来?|走|过来|新的|货)*[{PARTICLES}?？。.~～ ]*"
    ),
    # 那加急呢
    re.compile(rf"{_OPENS}(?:(?P<expedite>加急)|(?P<trace>查件|核查))(?:的话)?呢[?？~～\s]*"),
)
# Words around a remedy that is turned to, which neither deny nor doubt it.
_LEADS = (
    r"(?:那|就|我|还是|算了|不了|行|好的?|可以|嗯|等等|等一?下|不好意思|麻烦|请|现在|你们?|给我|帮我|"
    rf"能不能|可不可以|能否|能|想|要|直接|也|[{PARTICLES}，,。~～\s])*"
)
_TRAILS = (
    r"(?:的|方案|那个|就|(?:行|可以|好|成)不?|吗|么|谢谢|"
    rf"[{PARTICLES}，,。.!！?？~～\s])*"
)
_TURNS_TO = re.compile(
    rf"{_LEADS}(?:把?(?:这个|刚才的?|刚刚的?|{_ANY}))?{_LEADS}"
    rf"(?:[换改转变](?:成|为|到|选)?|选)(?:直接)?(?:{_NAMED}){_TRAILS}"
)
_COUPON = rf"(?:这|那|一|个|张|的|你们?说)*{_NAMES['coupon']}"
# 那就要券吧, 券给我, 优惠券也行; but 券没给我, 给我两张券.
_TAKES_COUPON = re.compile(
    rf"{_LEADS}(?:给|送|发|领|拿|来|选|收)?(?:我|了)?(?:把)?{_COUPON}"
    r"(?:也|就|都|我)*(?:行|可以|成|好|要|收下|[发给送打拿]+(?:我|来|过来|到?账户里?)*)?"
    rf"{_TRAILS}"
)
# 券？, 送券吗, 就一张券啊, 给我券了: asked, mocked or had already; 那券呢 turns to it, and
# 能给我券吗 asks for it.
_TAKES_NO_COUPON = re.compile(
    r"^(?!.*(?:能|可以|[行好成])).*[?？吗么]|^(?!那)[^，,。]*呢[。.~～\s]*$"
    rf"|^(?:你们?|[{PARTICLES}，,。~～\s])*就只?(?:[给送发拿]|一张)"
    rf"(?:我|了|一|张|个)*{_NAMES['coupon']}[啊呀哦嘛哈，,。.!！~～\s]*$"
    rf"|[给送发领拿]了|(?<![好行成以要下])了[啊呀哦，,。.!！~～\s]*$"
)
# 要赔偿也要货: money, and the goods as ordered.
_BOTH = (
    r"(?:赔偿|补偿|赔付|赔钱)(?:金|款)?", r"(?:货|东西|商品|包裹|订单)",
)  # fmt: skip
_KEEPS_BOTH = tuple(
    re.compile(
        rf"(?:我|那|就|既|又|都|想|也|[，, ])*要?{one}(?:我)?(?:也|还|又|和|跟|加|都|要|"
        rf"[，, ])+{other}"
        rf"(?:我|也|都|还|要)*[{PARTICLES}。.!！~～ ]*"
    )
    for one, other in (_BOTH, _BOTH[::-1])
)
# 改成退款了吗: asked whether it was done.
_IS_DONE = re.compile(r"了(?:吗|么|没)")
# Said of what is carried out with nothing to confirm: 加急有用没, 查件收费不.
_INQUIRES = re.compile(
    r"呢[?？~～\s]*$|(?<![什怎这那])么[?？。~～\s]*$|(?<![行好成能以])[不没][?？~～\s]*$|咋|"
    r"是不是|会不会|有没有|有用没|(?:什么|啥)(?:意思|用|区别|流程)|(?:要|"
    r"收)(?:不[要收])?(?:多少)?[钱费]"
)
_IF_LATER = re.compile(
    r"(?<!没)(?:收到|到货|到手|拿到)(?:货|以?后|之后|了)*[^，,。]{0,8}[还也](?:能|可以)(?:再)?(?:退|换)"
)
_WHY = re.compile(
    r"(?:为什么|为啥|怎么|咋|凭什么|凭啥).*(?:[不没](?:能|给|让|可以|有|予)*|不在)"
    r"(?:退|算|补|赔|减|保价|价保|包括|包含|支持|参加|里面?|其中|范围)"
)
_STILL_DUE = re.compile(r"还[没不]|一直|到现在|天了|发货|收到")

# 要加钱不, 另外收费吗, 改派费谁出; 退我多少钱 is of what comes back.
_OF_FEE = re.compile(
    r"^(?!.*(?:退|赔|补)[^，,。]{0,4}钱).*(?:"
    r"(?:要|用|收|加|付|交|出|掏|另外|额外)[^，,。]{0,4}?(?:钱|费用?)[^，,。]{0,3}?(?:吗|么|嘛|不|没|多少|[?？])"
    r"|多少钱|几块钱|收费|免费|费用|(?:运|邮|改派|改址|转寄|快递)费(?!险)|谁(?:出|付)钱)"
)

# By what words a remedy is asked about in general, and the kinds that give what they name.
_ASKED_ABOUT = (
    (re.compile(r"退(?![^，,。]{0,3}运费)"), frozenset(
        {"refund", "return_refund", "partial_refund", "cancel", "intercept", "price_difference"}
    )),
    (re.compile(r"全额|全款|(?<!安)全退|退全"), frozenset(
        {"refund", "return_refund", "cancel", "intercept"}
    )),
    (re.compile(r"换(?![^，,。]{0,3}运费)"), frozenset({"exchange", "correct_order"})),
    (re.compile(r"修|质保|三包"), frozenset({"repair"})),
    (re.compile(r"补发|补寄|重发"), frozenset({"reship"})),
    (re.compile(r"[保降差]价|价保"), frozenset({"price_difference"})),
    (re.compile(r"券|红包|优惠|满减"), frozenset({"coupon"})),
    (re.compile(r"补偿|赔"), frozenset({"compensation", "goodwill", "partial_refund"})),
    (re.compile(r"发票|开票|专票"), frozenset({"invoice"})),
    (re.compile(r"取消"), frozenset({"cancel", "intercept", "refund"})),
)  # fmt: skip


# 运费我出，改派吧: it is taken on, and not asked about.
_FEE_TAKEN = re.compile(r"我(?:出|付|给|承担)(?!吗)|都行|没问题|也行")


def asks_of_fee(text: str, offer: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether it is asked what it costs to send a parcel elsewhere: 改派要加钱不."""
    asked = bool(_OF_FEE.search(text)) and not _FEE_TAKEN.search(text)
    return is_short(text) and asked and any(map(redirects, offer))


def names_other(text: str, kind: str) -> bool:
    """Tell whether a question names a remedy that an option of this kind does not give."""
    return any(name.search(text) and kind not in kinds for name, kinds in _ASKED_ABOUT)


def option_asked(text: str, offer: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the option on offer of which it is asked how long it takes: 加急要多久."""
    if not is_short(text) or "了" in text:
        return None  # 退款都几天了 complains
    found = _first_match(_ASKS_TERM, text.strip())
    return _option_of(_demand_in(found), offer) if found else None


def wish_in(text: str, offer: Sequence[Mapping[str, Any]]) -> str | None:
    """Return what is called for of the offer in so many words: 换成退款吧, 券给我, 那查吧."""
    if not is_short(text) or _IS_DONE.search(text):
        return None
    turned_to = _TURNS_TO.fullmatch(text.strip())
    coupon = "coupon" if _takes_coupon(text.strip()) else None
    if any(both.fullmatch(text.strip()) for both in _KEEPS_BOTH):
        return "compensation" if _option_of("compensation", offer) else None
    wish = _demand_in(turned_to) if turned_to else coupon or plain_pick(text, offer)
    return wish if _option_of(wish, offer) else None


def only_names_coupon(text: str, offer: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether the coupon on offer is asked about or mocked, not taken: 就给一张券？"""
    named = is_short(text) and bool(_TAKES_COUPON.fullmatch(text.strip()))
    return named and wish_in(text, offer) is None and bool(_option_of("coupon", offer))


def asks_if_later(text: str) -> bool:
    """Tell whether it is asked what could be done once the goods are there: 收到不想要还能退吧."""
    return bool(_IF_LATER.search(text))


def only_inquires(text: str) -> bool:
    """Tell whether a remedy is asked about rather than called for: 加急有用没."""
    return bool(_INQUIRES.search(text))


def asks_why_left_out(state: State, matter: Matter, text: str) -> bool:
    """Tell whether it is asked why an article gets nothing, of which the reasons speak."""
    if not is_short(text) or not _WHY.search(text) or _STILL_DUE.search(text):
        return False
    titles = [line["title"] for line in state.lines_of(matter)]
    reasons = "".join(matter.reasons)
    return any(titles[at] in reasons for at in named_among(text, titles))


def _takes_coupon(text: str) -> bool:
    return bool(_TAKES_COUPON.fullmatch(text)) and not _TAKES_NO_COUPON.search(text)


def _first_match(patterns: Sequence[re.Pattern[str]], text: str) -> re.Match[str] | None:
    return next((found for p in patterns if (found := p.fullmatch(text))), None)


def _demand_in(found: re.Match[str]) -> str | None:
    return next((name for name, value in found.groupdict().items() if value), None)


def _option_of(demand: str | None, offer: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the first option that is what is called for by that name; None if none is."""
    given = [o for o in offer if gives(demand, o)]
    return next(
        (o for kind in DEMANDED.get(demand or "", ()) for o in given if o["kind"] == kind), None
    )
