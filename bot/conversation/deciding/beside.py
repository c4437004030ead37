"""What is asked about an offer, or about what was granted: answered from its own facts; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from bot.conversation.deciding.confirming import confirm_buttons, how_to_confirm
from bot.conversation.deciding.settle import remind
from bot.conversation.shapes.issue_groups import FAULTLESS, WAITS
from bot.conversation.shapes.state import Matter, State
from bot.conversation.shapes.steps import Ask, Say
from bot.conversation.words.answers import asked_beside, asked_of_facts, of_the_offer, sum_doubted
from bot.conversation.words.answers.corrections import is_question
from bot.conversation.words.answers.invoices import form_asked
from bot.conversation.words.answers.meant import topic_meant, waits
from bot.conversation.words.matters.arrival import (
    asks_after_parcel,
    asks_how_long_still,
    asks_when_here,
    asks_when_sent,
    waits_for_parcel,
)
from bot.conversation.words.sentence import consent
from bot.conversation.words.sentence.manner import PARTICLES, asks_cost, depends, is_short
from bot.conversation.words.things import named, verdict_words
from bot.conversation.words.things.parcels import asks_whether_sent_back
from bot.conversation.words.wishes.bargaining import asks_if_enough, wants_more
from bot.conversation.words.wishes.demands import DEMANDED
from bot.conversation.words.wishes.exclusions import speaks_of_freight
from bot.remedies.verdict import MONEY_KINDS, TOLD
from nlp.labels import TYPE_OF

Topic = Literal[
    "freight", "way_back", "when", "sum", "not_said", "why", "hurry", "changed",
    "in_vain", "swap", "where", "sent", "progress", "condition", "special", "paper", "mailbox",
    "told", "pickup", "money_first", "late", "sound", "warranty", "goods_too",
    "stock", "where_left", "not_signed", "collect", "new_first", "told_then", "new_arrives",
]  # fmt: skip
TOLD_IN_VAIN_AT_MOST = 2  # times that it is told what comes of a trace which finds nothing
ANSWERED_AT_MOST = 3  # questions about one grant; then it is looked at by whoever comes next
# Remarks after which what waits to be confirmed is still what the customer has in view.
KEPT_IN_VIEW = frozenset(
    {
        "beside",
        "who",
        "ask_policy",
        "ask_product",
        "thank",
        "greet",
        "status",
        "arrival",
        "stale_button",
        "unreadable",
        "photo_added",
        "goods_noted",
        "goods_given_up",
        "courier_noted",
    }
)
# Answers that ask and propose nothing, so that a yes can only be to what is asked below them.
ONLY_TELLS = frozenset({"beside", "ask_policy", "ask_product", "thank", "greet"})
# Answers that speak of another remedy too, or of what cannot be had.
_LEAVES_OPEN = frozenset({"sent", "stock", "where_left", "not_signed", "new_first"})
# Remedies that change no parcel: where it is may be asked beside them.
_NO_PARCEL = frozenset(
    {"freight", "compensation", "goodwill", "coupon", "price_difference", "partial_refund",
     "expedite", "trace", "invoice", "correct_order", "explain"}
)  # fmt: skip
_BEFORE = (
    r"(?:你好|请问|那|那么|所以|这个?|这样|大概|大约|到底|一般|最快|最晚|最迟|我的?|你们?|"
    r"还|得|要|需要|会|[，, ])*"
    r"(?:主管|领导|审批|审核|复核|批|审)?"
    r"(?:这笔钱|退款|钱|款|补偿|赔偿|运费|差价|结果|答复|消息)?"
    r"(?:的话|要|得|会|能|还|大概|一般|到底|需要|等|办|退|到账|处理|弄)*"
)
_AFTER = (
    r"(?:时间|天|久|等|才|能|会|可以|给|退|赔|到账?|收到|打|有|出|办|处理|弄|好|完|钱|款|结果|答复|"
    r"审核|复核|批|审|下来|之?前|"
    rf"回复|消息|我|[{PARTICLES}])*[吗嘛?？。.!！~～ ]*"
)
_WHEN = re.compile(
    rf"{_BEFORE}(?:多久|多长|好久|几天|几号|几点|哪天|几时|什么时候|啥时候|何时|多少天|"
    rf"(?:\d+个?小时(?:内|以内|之内)?)?(?:是|到)几点){_AFTER}"
)
# Of goods that were granted: 多久能发出来, 什么时候补发.
_SENT_WHEN = re.compile(
    rf"{_BEFORE}(?:新的|补发的?|换的|那[个件]|东西|货)?(?:多久|多长时间|几天|什么时候|啥时候|几时|何时)"
    r"(?:大概|才|能|会|可以|就|给我?)*(?:补发|发货?|寄|出库|换货?|修)"
    rf"(?:出[来去]?|过来|走|好|给我|新的|[{PARTICLES}])*[吗嘛?？。.!！~～ ]*"
    rf"|{_BEFORE}(?:多久|几天|什么时候|啥时候|几时|何时)(?:大概|才|能|会|可以|就)*(?:收|拿)到"
    rf"(?:新的?|补发|换)(?:的|那?[个件双台])?[{PARTICLES}?？。.!！~～ ]*"
)
# 多久到, where money was granted and no parcel is waited for.
_COMES_WHEN = re.compile(
    rf"{_BEFORE}(?:多久|几天|多少天|什么时候|啥时候|几时|何时|哪天|几号)"
    rf"(?:才|能|会|可以|就)*到[{PARTICLES}?？。~～ ]*"
)
# 修多久, 多久能开好: what the remedy does is named.
_TAKES = {
    kind: re.compile(
        rf"{_BEFORE}(?:发?票)?(?:的话)?(?:{verb}(?:好|完)?(?:要|得|需要|大概|一般)*(?:多久|几天|多长时间|多少天)"
        rf"|(?:多久|几天|多长时间|多少天|什么时候|啥时候|几时|何时|几号)(?:大概|才|能|会|可以)*(?:给我|帮我)?"
        rf"{verb}(?:发?票)?(?:好|完|出来|下来)?)[{PARTICLES}?？。.!！~～ ]*"
    )
    for kind, verb in {"repair": "修", "invoice": "开"}.items()
}
_SENDS = frozenset({"reship", "exchange", "repair"})
_OF_PARCEL = re.compile(r"发货|发出|发走|送|货|件|快递|包裹|换|修|补发|寄")
_SENDING = re.compile(r"[发寄]")  # 新的啥时候发: when it leaves is known
# 新地址是什么, 改成啥了: what the order says now.
_CHANGED = re.compile(
    r"(?:那|那么|请问|所以|现在|你们?|帮我|给我|我的?|[，, ])*"
    r"(?:(?:新的?|改后的?|改好的?|现在的?|收货)*(?:地址|电话|手机号?|号码|收件人|名字|尺码|颜色|规格|信息)"
    r"(?:现在)?(?:是|改成了?|改为了?|变成了?)(?:什么|啥|哪里|哪儿?|多少|哪个|谁)(?:样|号)?"
    r"|改(?:成|为)了?(?:什么|啥|哪里|哪儿?|多少|哪个)(?:样|地址|电话|尺码|号)?)"
    rf"[{PARTICLES}?？。.!！~～ ]*"
)
_SUM = re.compile(
    r"(?:请问|那|那么|所以|这个?|到底|大概|你们?|[，, ])*(?:一共|总共|能|会|可以|给|要)*"
    r"(?:退|赔|补偿?|给|返)(?:我|给我|回来?|偿)*"
    rf"(?:多少|几块|几个)(?:钱|元)?[{PARTICLES}?？。.!！~～ ]*"
)
_MORE = re.compile(r"(?:再|多)(?:加|给|补|赔|退)(?:我|个)?\d")
# 怎么才10块, 为什么只退这么点: how the sum was reckoned is asked.
_SO_LITTLE = re.compile(
    r"(?:怎么|为什么|为啥|凭什么)(?:才|只|就)(?:能|给|退|赔|补|有|是)*(?:我)?(?:\d|这么点|那么点|这点|这么少|一点)"
)


def topic_of(text: str, granted: str | None = None) -> Topic | None:
    """Return what the customer wants to know of the offer or the grant; None for all else."""
    if not is_short(text):
        return None
    plain = text.strip()
    if granted == "correct_order" and _CHANGED.fullmatch(plain):
        return "changed"
    if (takes := _TAKES.get(granted or "")) and takes.fullmatch(plain):
        return "when"
    if granted in _SENDS and _SENT_WHEN.fullmatch(plain):
        return "when"
    if speaks_of_freight(plain) or asks_cost(plain):
        return "freight"
    if asks_whether_sent_back(plain):
        return "way_back"
    if _WHEN.fullmatch(plain) and not _OF_PARCEL.search(plain) and not asks_after_parcel(plain):
        return "when"
    if _SO_LITTLE.search(plain):
        return "why"
    if _SUM.fullmatch(plain):
        return "sum"
    return "hurry" if consent.only_hurries(plain) else None


def _topic_meant(state: State, options: Sequence[Mapping[str, Any]]) -> Topic | None:
    """Return what is asked in words that no pattern knows; never where the parcel is.

    To where money goes is asked only of remedies that pay some.
    """
    spoke = state.unanswered
    if spoke is None or state.wants_status:
        return None
    of_parcel = asks_after_parcel(spoke.plain) or asks_when_sent(spoke.plain)
    topic = None if of_parcel else topic_meant(spoke.heard, spoke.plain)
    pays = any(option["kind"] in MONEY_KINDS - {"coupon"} for option in options)
    return None if topic == "where" and not pays else topic


def leaves_parcel_alone(matter: Matter) -> bool:
    """Tell whether what was granted moves no parcel, so that the order's own is asked after."""
    return matter.granted_kind in _NO_PARCEL


def answer_offer(state: State, matter: Matter) -> Say | Ask | None:
    """Answer a question about the standing offer from what it says; None when it is none."""
    spoke = state.unanswered
    text = spoke.plain if spoke else ""
    if state.wants_status and asks_how_long_still(text) and waits_for_parcel(matter):
        return None
    if spoke and waits(spoke.heard):
        wording = "in_case" if depends(text) else "no_hurry"
        return Say(about="beside", wording=wording, options=remind(state, matter))
    about = of_the_offer.option_asked(text, matter.offer)
    about = about or asked_of_facts.new_goods_asked(text, matter.offer)
    kept = asked_of_facts.sum_for_kept(text, matter.offer)
    topic: Topic | None = "when" if about else "sum" if kept else None
    about, topic = about or kept, topic or _asked_of_offer(state, matter, text)
    topic = topic or topic_of(text) or _topic_meant(state, matter.offer)
    if topic == "progress" and TYPE_OF[matter.issue] == "after_sales":
        topic = "why"  # how the money or the goods stand that are waited for
    if spoke and sum_doubted.is_about(matter, spoke):
        topic = "not_said" if sum_doubted.claims_other_sum(matter, spoke) else "sum"
    if of_the_offer.asks_why_left_out(state, matter, text) or _asks_for_refused(state, matter):
        topic = "why"
    if of_the_offer.asks_of_fee(text, matter.offer):
        topic = "freight"
    topic = form_asked(matter, text) or topic
    if topic is None:
        return None
    if topic == "freight" and TYPE_OF[matter.issue] == "amount":
        return None  # the freight is what is complained of
    if topic == "hurry" and matter.stage == "confirming":
        return ask_again(state, matter, None)
    facts = {"matter": matter.id, "topic": topic, "freight_out": _freight_out(state, matter),
             "about": about["id"] if about else None}  # fmt: skip
    return Say(about="beside", wording="beside", facts=facts, options=remind(state, matter))


def tell_why(state: State, matter: Matter) -> Say:
    """Tell the ground of the offer to whom it is too little, or not what they want."""
    return Say(about="beside", wording="beside", facts={"matter": matter.id, "topic": "why"},
               options=remind(state, matter))  # fmt: skip


def _asked_of_offer(state: State, matter: Matter, text: str) -> Topic | None:
    """Return what is asked of the remedies themselves; 还发货吗 only of what has not left yet.

    While one waits to be confirmed it is asked of that one: what is true of another is no ground
    for a yes to it.
    """
    picked = matter.offered(matter.picked) if matter.stage == "confirming" else None
    options = [picked] if picked else matter.offer
    asked = asked_beside.asked_of(text, options)
    if asked is None and (of_facts := asked_of_facts.asked_of_facts(text, options, matter.issue)):
        return of_facts
    known = state.order_of(matter)
    waits = known is not None and known.record is not None and known.record["status"] == "paid"
    return None if asked == "sent" and not waits else asked


def _asks_for_refused(state: State, matter: Matter) -> bool:
    """Tell whether what was refused with the offer is asked for again: 可是才一天 不能补差价吗."""
    of_drop = matter.issue == "price_drop" and state.heard.demand == "price_difference"
    kinds = {str(option["kind"]) for option in matter.offer}
    refused = of_drop and bool(kinds & TOLD) and "price_difference" not in kinds
    return refused and is_question(state.text)


def _freight_out(state: State, matter: Matter) -> int:
    """Return what was paid for the way out, where it stays with the shop: at a mere wish; in fen.

    七日无理由退货暂行办法 18; who sends faulty goods back gets it with their price.
    """
    known = state.order_of(matter)
    record = known.record if known else None
    kept = matter.issue in FAULTLESS and any(
        option["kind"] == "return_refund" and option["return_freight"] == "customer"
        for option in matter.offer
    )
    return int(record["freight_fen"]) if record and kept and not record["free_shipping"] else 0


def answer_granted(state: State, matter: Matter) -> Say | None:
    """Answer a question about what was granted; None when it is none."""
    text = state.text
    kind = matter.granted_kind
    topic = _asked_of_granted(matter, text) or topic_of(text, kind)
    topic = topic or _topic_meant(state, [matter.remedy.option] if matter.remedy else [])
    if state.unanswered and sum_doubted.is_about(matter, state.unanswered):
        topic = "sum"
    if topic is None and kind in MONEY_KINDS and matter.issue not in WAITS:
        topic = "when" if _COMES_WHEN.fullmatch(text.strip()) else None
    if kind == "invoice":
        topic = form_asked(matter, text) or topic
    granted = kind not in {None, "explain", "reject"}
    under_way = granted and matter.stage in {"approval", "executing", "ended"}
    more = matter.stage == "approval" and wants_more_approved(matter, text)
    if not (topic or more) or not under_way or matter.end in {"withdrawn", "rejected"}:
        return None
    if state.times_asked("asked_after") >= ANSWERED_AT_MOST:
        return None
    if more:
        return Say(about="asked_after", wording="more_in_approval", facts={"matter": matter.id})
    return Say(about="asked_after", wording="asked_after",
               facts={"matter": matter.id, "topic": topic})  # fmt: skip


def _asked_of_granted(matter: Matter, text: str) -> Topic | None:
    """Return what is asked of the very remedy that was granted."""
    option = matter.remedy.option if matter.remedy else None
    asked = asked_beside.asked_of(text, [option]) if option else None
    if option and asked == "in_vain":
        return "in_vain" if asked_beside.fails_of(text, {option["kind"]}, granted=True) else None
    if asked_beside.wants_to_be_told(text):
        return "told"
    if option and _asks_when_new_comes(option, text):
        return "new_arrives"
    if option and option["amount_fen"] and asked_beside.asks_for_pay(text):
        return "sum"
    return None if asked == "sent" else asked


def _asks_when_new_comes(option: Mapping[str, Any], text: str) -> bool:
    """Tell whether it is asked when the new goods come that were granted: 几天能到啊."""
    new = asked_of_facts.new_goods_asked(text, [option]) is not None and not _SENDING.search(text)
    return option["kind"] in {"exchange", "reship"} and (asks_when_here(text) or new)


def tell_if_in_vain(state: State, matter: Matter) -> Say | None:
    """Say again what was promised in case that the parcel is not found; None once told twice."""
    if state.times_asked("in_vain") >= TOLD_IN_VAIN_AT_MOST:
        return None
    promised = verdict_words.promised_if_lost(matter)
    wording = "in_vain" if promised else "in_vain_open"
    return Say(about="in_vain", wording=wording, facts={"promised": promised})


def wants_more_approved(matter: Matter, text: str) -> bool:
    """Tell whether a higher sum is wanted than the one that awaits approval: 能不能给200."""
    sum_fen = matter.remedy.option["amount_fen"] if matter.remedy else 0
    if not sum_fen or not is_short(text):
        return False
    bid = named.bid_in(text)
    return wants_more(text) or bool(_MORE.search(text)) or (bid is not None and bid != sum_fen)


def ask_again(state: State, matter: Matter, answer: Say | None) -> Ask:
    """Ask once more to confirm what was picked.

    Behind an answer that asks or proposes something itself, only an express yes counts: "好的"
    may be meant for that, "确认" only for what is shown below it, however often it is asked.
    """
    text = state.text
    plain = answer is None or _only_tells(matter, answer, text)
    what = how_to_confirm(state, matter, plain=plain)
    facts = {"matter": matter.id, "option": matter.offered(matter.picked), "answer": answer}
    return Ask(what=what, wording="confirm_again", facts=facts, matter=matter.id,
               options=confirm_buttons(state, matter))  # fmt: skip


def names_another(state: State, matter: Matter) -> bool:
    """Tell whether another remedy than the one picked is spoken of: 能改成加急吗.

    So it is where what is asked is true of another one only: 我还要货啊, to a refund.
    """
    option, demand = matter.offered(matter.picked), state.heard.demand
    kind = str(option["kind"]) if option else ""
    other = demand is not None and kind not in DEMANDED.get(demand, ())
    of_another = asked_beside.asked_of(state.text, matter.offer) is not None
    return other or of_another or of_the_offer.names_other(state.text, kind)


def keep_in_view(state: State, matter: Matter) -> Ask:
    """Answer a remark that nobody can place, and ask once more for an express yes.

    好的 may be to the remark, or to its answer; 确认 only to what is shown below them.
    """
    asked = is_question(state.text) or asks_if_enough(state.text)
    told = Say(about="remark", wording="asked_decided" if asked else "remark_noted")
    return ask_again(state, matter, told)


def _only_tells(matter: Matter, answer: Say, asked: str) -> bool:
    """Tell whether an answer leaves nothing open, and speaks of nothing but what was picked.

    Who is to pay freight may call for a person, 能退吗 is of no sum that waits for a yes, and to
    whom it is told that the goods are still sent may be content with that.
    """
    option = matter.offered(matter.picked)
    if option is None or answer.facts.get("about") not in {None, option["id"]}:
        return False
    if of_the_offer.names_other(asked, str(option["kind"])):
        return False
    topic = answer.facts.get("topic")
    of_freight = topic in {"freight", "collect"} and option["return_freight"] != "shop"
    unsure = topic in _LEAVES_OPEN or of_freight
    return answer.about in ONLY_TELLS and not unsure
