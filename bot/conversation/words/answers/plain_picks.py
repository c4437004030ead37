"""A remedy on offer that is taken by a bare verb, too little to go by elsewhere: 那查吧; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.conversation.shapes.state import Button, Matter, Question
from bot.conversation.words.sentence.clauses import clauses_of
from bot.conversation.words.sentence.consent import takes_this
from bot.conversation.words.sentence.manner import PARTICLES, asks, is_short
from bot.conversation.words.things.verdict_words import tells_to_ask_around
from bot.conversation.words.wishes.demands import redirects
from nlp.quantities import PIECE

_LEAD = (
    r"(?:那|就|好|行|嗯|哦|可以|的|吧|还是|你们?|您|先|去|再|快|赶紧|尽快|现在|直接|麻烦|请|帮我|给我|帮忙|"
    r"我要|要|让快递(?:公司)?|[，,。\s])"
)
_LEADS = rf"{_LEAD}*"
# No 了, 吗 or 呢 behind it: 查了 tells that it was looked, 改吗 asks.
_TRAILS = r"(?:[吧啊呀哦呗嘛嘞啦]|谢谢|[。.!！~～\s])*"
_LOOK = re.compile(rf"{_LEADS}核?查(?:一?查|一?下|看|清楚)*{_TRAILS}")
# 那还是要查一下到底在哪: where it is, is what the trace is for.
_LOOK_WHERE = re.compile(
    rf"{_LEADS}核?查(?:一?查|一?下|清楚)*(?:它|快递|包裹|东西)?到底在(?:哪里?|哪儿|谁那里?){_TRAILS}"
)
# 我没收到，你们自己查; 你帮我查查到底谁签的: what is complained of, told along with it.
_LOOK_FOR_ME = re.compile(
    rf"(?:我?(?:真的?|是|也|根本|就|反正)*没(?:有)?(?:收|拿|见|签)(?:到|过)?(?:货|快递|包裹|东西|件)?[，,。\s]*)?"
    rf"(?:{_LEAD}|自己|替我)*核?查(?:一?查|一?下|看|清楚)*"
    rf"(?:(?:它|快递|包裹)?(?:到底|究竟)?是?(?:谁|哪个人?)(?:代|帮我)?[签拿取收](?:收|走|了)?(?:的字?|字)?)?{_TRAILS}"
)
# 先查 查不到再退: the trace is taken, and what comes of it is for later.
_LOOK_FIRST = re.compile(
    rf"{_LEADS}(?<=先)(?:帮我|给我|去|把)*核?查(?:一?查|一?下|看|清楚)*(?:快递|包裹|底单)?[吧啊呀，,。\s]+"
    r"(?:要是|如果|万一|真的?|实在)*[查找]不到(?:了|的话)?[，,\s]*"
    r"(?:你们?|我|那|就|再|才|能|能不能|可以|是不是|会|给我|帮我|直接|申请)*"
    rf"(?:退|补|赔)(?:我|给我|货|款|钱|发|一个|偿)*(?:行|好|可以)?[吗么不{PARTICLES}?？。.!！~～\s]*"
)
# 我不想退 便宜点行吗: less is asked for, and the goods stay.
_KEEPS_FOR_LESS = re.compile(
    rf"(?:我|也|就|都|又|[，,\s])*不(?:想|用|要|太想)?(?:退|换|退货|寄)(?:了|货|回去)?[{PARTICLES}，,。\s]+"
    r"(?:那|就|你们?|能不能|可不可以|能|可以|给我|再)*(?:便宜|优惠|少|补|退)(?:我|给我)?一?[点些](?:钱|儿)?"
    rf"(?:给我|行不行|可以|行|好|成)?[吗么不{PARTICLES}?？。.~～\s]*"
)
# 能不能便宜点 我就不退了: the same the other way round.
_LESS_AND_KEEPS = re.compile(
    r"(?:那|你们?|亲|老板|要不|能不能|可不可以|能否|能|可以|给我|要是|如果|[，,\s])*"
    r"(?:便宜|优惠|少收|补|退)(?:我|给我)?一?[点些](?:钱|儿)?(?:给我)?(?:的话|行不行|好不好|(?:可以|行|好|成)[吗么不]?|[吗么不吧])?[?？，,\s]*"
    r"(?:那|我|就|也|可以|自己)*(?:不(?:用)?(?:退|换|寄)(?:货|回去)?了?|留着|留下|收下)(?:用|穿)?"
    rf"(?:[{PARTICLES}，,。.!！~～\s]|怎么样|如何|行不行|行吗|可以吗|[?？])*"
)
# 能赔点啥不, 有补偿吗: whoever asks so would have the sum that is on offer.
_ASKS_FOR_SUM = re.compile(
    r"(?:那|那么|这|你们?|请问|亲|老板|能不能|可不可以|能否|能|可以|会|给|有没有|有|[，,\s])*"
    r"(?:(?:赔偿?|补偿?)(?:不(?:赔|补))?(?:给)?(?:我)?(?:一?[点些]|个)?(?:啥|什么|钱)?"
    r"|(?:什么|啥|一?点)?(?:补偿|赔偿|赔付)(?:金|款)?)"
    r"(?:[吗么嘛不呢]|没有?)?[啊呀]?[?？。\s]*"
)
# 能加急吗, 能不能帮我催一下: a polite wish; 加急有用吗 and 加急要钱吗 only ask.
_ASKS_TO_HURRY = re.compile(
    r"(?:那|那么|你们?|您|请问|亲|老板|[，,\s])*(?:能不能|可不可以|能否|能|可以|麻烦)(?:你们?|您|再|帮我|帮忙|给我|替我)*"
    r"(?:加个?急|催促?)(?:一?[下催]|发货?|仓库|快递|物流)*(?:处理|发货?)?(?:[吗么吧不]|行吗|好吗)?[?？。~～\s]*"
)
_PUT_AS_QUESTION = re.compile(r"有|能|可以|会|什么|啥|不|[吗么嘛没][?？。\s]*$")
# 换个新的 要多久, 退货吧 怎么寄呀: taken, and how it goes on is asked in a clause of its own.
_TAKEN = {
    "exchange": re.compile(rf"{_LEADS}换(?:(?:一?{PIECE}|一)新的?|一?{PIECE}吧|货?吧){_TRAILS}"),
    "return_refund": re.compile(rf"{_LEADS}退货(?:退款)?吧{_TRAILS}"),
    # 退款 多久到账 without a word of will only asks.
    "refund": re.compile(
        rf"{_LEADS}(?:(?:我要|我想要?|就|还是|直接|给我)退[款钱]|退[款钱]吧){_TRAILS}"
    ),
    "price_difference": re.compile(rf"{_LEADS}[退补]差价吧{_TRAILS}"),
}
_GOES_ON = re.compile(
    r"(?:顺便|那|旧的?|原来的?|坏的?|东西|货|大概|快递|请|想|问|一下|下|我|要|得|需要|自己|是)*"
    r"(?:多久|几天|多长时间|什么时候|啥时候|(?:怎么|咋)(?=[寄退发拿]))(?:寄|退|发|送|换|拿|给|到|能|才|会)*"
    rf"(?:回去?|给你们?|货|到|账|好|过来|走|的)*[{PARTICLES}?？。.~～\s]*"
)
_CHANGE = re.compile(rf"{_LEADS}改(?:一?下|一?改|派|地址)*{_TRAILS}")
# 退一点钱我留着, 便宜点我留着; 多退点 haggles, and is read elsewhere. Who doubts it,
# 不可能退点我留着, 便宜点我留着不合适, says more than that.
_PART_AND_KEEPS = re.compile(
    r"(?:那|就|好|行|嗯|哦|可以|的|吧|还是|要不|你们?|您|直接|麻烦|请|帮我|给我|我|要|想|能|算了|这样"
    r"|[，,。\s])*"
    r"(?:退|补|返|赔|便宜|优惠|少收)(?:我|给我)?一?[点些](?:钱|儿)?(?:给我|的话|吧)?[，,\s]*"
    r"(?:我|东西|商品|就|那|也|可以|自己|[，,\s])*(?:留着|留下|不退了|不寄了|将就|凑合|收下)"
    rf"(?:用|穿|算了|就是|也行|就行|就好|[{PARTICLES}，,。.!！~～\s])*"
)
_TO_ME = r"(?:给我|[上齐全]|过来|回来)"
# 补个勺子, 给我补上; but 补个差价 is money.
_SENDS_REST = re.compile(
    rf"(?!.*(?:价|券|钱|票|款|偿|差|优惠|歉|说法|解释|电话|评|一半|折|税|礼|说明|运费|邮费|块|元|红包|单)){_LEADS}"
    rf"补[发寄]?(?:(?:{_TO_ME}*一?{PIECE}[\u4e00-\u9fff]{{1,6}}?){{1,5}}{_TO_ME}*|{_TO_ME}+)"
    rf"(?:就行|就好|就可以)?{_TRAILS}"
)
# 补给我, where no goods can be sent: the sum that is short.
_MAKES_UP = re.compile(rf"{_LEADS}补(?:{_TO_ME}+)?(?:就行|就好|就可以)?{_TRAILS}")
_OWED = ("price_difference", "partial_refund", "compensation", "goodwill", "coupon")
_PARTS = ("partial_refund", "compensation", "goodwill")
# 我问过家里人了，没人收; but 我没收到 only says once more what is complained of.
_NOBODY_TOOK = re.compile(
    r"(?<!没)(?<!没有)(?:问(?:过|了|遍|完)|家里?人|家里|邻居|门卫|保安|物业|同事|前台|室友|舍友|老公|老婆|爸|妈)"
    r".{0,12}?(?<!有)(?:没|不是)(?:有|人|谁)*(?:帮我?|替我?|给我)*(?:代?收|代?签|拿|取|领|看见?|见)"
    rf"(?:过|到|走|的?(?:我的?|这个?|那个?)?(?:快递|包裹|东西|件)|[{PARTICLES}，,。.!！~～\s])*"
    r"(?=$|(?:你们?|帮我|麻烦|那|请|快|赶紧)*查)"
)
# 便宜点行不, 能优惠点吗; 便宜点 by itself takes nothing, 再便宜点 calls for more than is offered.
_LESS = r"(?:便宜|优惠|少收)(?:我|给我)?一?[点些](?:钱|儿)?"
_MAY_I = r"(?:行不行|好不好|(?:可以|行|好|成)[吗么不]|[吗么不])"
_ASKS_LESS = re.compile(
    rf"(?:那|你们?|亲|老板|要不|给我|[，,\s])*(?:(?:能不能|可不可以|能否|能|可以)(?:给我)?{_LESS}{_MAY_I}?|{_LESS}(?:给我)?{_MAY_I})"
    rf"[{PARTICLES}。.!！?？~～\s]*"
)
_FOR_LESS = (_KEEPS_FOR_LESS, _LESS_AND_KEEPS, _ASKS_LESS)
_LOOKS = (_LOOK, _LOOK_WHERE, _LOOK_FOR_ME, _LOOK_FIRST)


def looks_first(text: str, offer: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether the trace on offer is taken before anything else: 先查 查不到再退."""
    traced = any(option["kind"] == "trace" for option in offer)
    return traced and is_short(text) and bool(_LOOK_FIRST.fullmatch(text.strip()))


def plain_pick(text: str, offer: Sequence[Mapping[str, Any]]) -> str | None:
    """Return the wish that a bare verb stands for, where just that is on offer; else None."""
    plain, kinds = text.strip(), {str(option["kind"]) for option in offer}
    if not is_short(plain):
        return None
    if "trace" in kinds and any(look.fullmatch(plain) for look in _LOOKS):
        return "trace"
    if "expedite" in kinds and _ASKS_TO_HURRY.fullmatch(plain):
        return "expedite"
    if taken := _taken_and_asked(plain, kinds):
        return taken
    if any(map(_changes, offer)) and _CHANGE.fullmatch(plain):
        return "correct_order"
    if "reship" in kinds and not asks(plain) and _SENDS_REST.fullmatch(plain):
        return "reship"
    if not kinds & {"reship", "exchange"} and not asks(plain) and _MAKES_UP.fullmatch(plain):
        owed = bool(kinds.intersection(_OWED))
        return "compensation" if owed else "freight" if "freight" in kinds else None
    keeps = not asks(plain) and _PART_AND_KEEPS.fullmatch(plain)
    if keeps or any(less.fullmatch(plain) for less in _FOR_LESS) or _asks_for_sum(plain):
        part = next((kind for kind in _PARTS if kind in kinds), None)
        return "partial_refund" if part == "partial_refund" else part and "compensation"
    return None


def _asks_for_sum(text: str) -> bool:
    """Tell whether no more is asked than whether something is paid: 有补偿吗; 赔 calls for it."""
    return bool(_ASKS_FOR_SUM.fullmatch(text)) and bool(_PUT_AS_QUESTION.search(text))


def _taken_and_asked(text: str, kinds: set[str]) -> str | None:
    """Return the kind that is taken in a clause before the question how it goes on; or None."""
    clauses = clauses_of(text)
    if len(clauses) != 2 or asks(clauses[0]) or not _GOES_ON.fullmatch(clauses[1]):
        return None
    return next(
        (kind for kind in _TAKEN if kind in kinds and _TAKEN[kind].fullmatch(clauses[0])), None
    )


def named_alone(question: Question, matter: Matter | None, text: str) -> Button | None:
    """Return the option that alone was named last, where no more is said than yes."""
    named = next((b for b in question.buttons if b.id == question.named), None)
    if named is None or not takes_this(text):
        return None
    return None if matter and named.kind in matter.unwanted else named


def asked_around(matter: Matter, text: str) -> bool:
    """Tell whether nobody near took the parcel in, which the customer was told to ask first."""
    if not tells_to_ask_around(matter) or asks(text):
        return False
    offered = any(option["kind"] == "trace" for option in matter.offer)
    return offered and bool(_NOBODY_TOOK.search(text))


def _changes(option: Mapping[str, Any]) -> bool:
    """Tell whether the order, or where its parcel goes, is changed by an option."""
    return option["kind"] == "correct_order" or redirects(option)
