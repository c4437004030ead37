"""What belongs to a matter just settled, told or wished once more by any name; pure."""

from __future__ import annotations

import re

from bot.conversation.shapes.events import CustomerSpoke, Heard
from bot.conversation.shapes.issue_groups import BROKEN, FAULTLESS, STATES_OF_GOODS, SUMS_APART
from bot.conversation.shapes.state import SETTLED, Matter
from bot.conversation.words.sentence import manner
from bot.conversation.words.things import sums
from bot.conversation.words.things.intact import tells_spoilt
from bot.conversation.words.things.parcels import has_paid_way_back
from bot.conversation.words.wishes import afterthoughts, bargaining, demands
from bot.conversation.words.wishes.all_back import asks_all_back
from bot.conversation.words.wishes.exclusions import only_denies, speaks_of_freight
from bot.conversation.words.wishes.told import gives_pieces_back
from bot.remedies.verdict import MONEY_BACK
from bot.remedies.wishes import DEMAND_OF, INTENT_OF
from nlp.labels import TYPE_OF
from nlp.quantities import PIECE

# 还有两个也是碎的, 一共碎了三个; 还有一个问题 counts no piece.
_MORE_PIECES = re.compile(
    r"(?:还有|又(?:有|发现|看[到见])了?|另外)[\u4e00-\u9fff]{0,3}?"
    rf"[一两二三四五六七八九十几\d]+{PIECE}(?!小?问题|事|疑问|月|小时|星期|礼拜|消息|信息|短信|评论?|建议|差评|[图照相]片?|视频|截图|证据|凭证|发票|小票|收据|合同|说明书"
    r"|(?:都|还)?(?:没有?[碎坏破裂烂]|是?好的|完好))"
    r"|[一总]共(?:都)?[碎坏破裂烂][了的]?[一两二三四五六七八九十几\d]"
)
_NOT_MENDED = re.compile(
    r"(?<!还)没(?:有|能|给我|给)*修(?:好|成)|修不(?:好|了|成)|修(?:了|完|好)(?:以后|之后|后|了)*(?:还是?|又|再)*(?:坏|不[好行能]|没好)"
)
GOODS_BACK = frozenset({"refund", "return_refund"})
# 我要投诉他: somebody is complained of, whatever was granted.
_ACCUSES = re.compile(r"投诉|举报")
_OF_PEOPLE = frozenset({"attitude", "courier"})


def takes_in_receipt(matter: Matter, text: str) -> bool:
    """Tell whether no more is said than 好的 or 那我等着 to what is done: it is not told again."""
    done = matter.stage == "ended" and matter.remedy is not None and matter.remedy.state == "done"
    return done and (afterthoughts.only_agrees(text) or afterthoughts.settles_to_wait(text))


def speaks_of_settled(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether what is said belongs to the matter just settled: 嗯退钱, after it is done.

    A clear complaint of something else, or another wish, is a new matter; who names the order
    once more, and what is wrong with it, complains again.
    """
    heard, remedy = spoke.heard, matter.remedy
    if matter.stage not in SETTLED or matter.end == "withdrawn" or remedy is None:
        return False
    kind = str(remedy.option["kind"])
    # "退一件" gives goods back, and is no echo of the sum that was paid for them.
    paid = kind in demands.SUMS and TYPE_OF[matter.issue] == "amount"
    if heard.signs or heard.order_nos or (paid and gives_back(spoke)):
        return False
    if _is_of_remedy(matter, kind, spoke) or _tells_goods_refused(matter, spoke.plain):
        return True
    wish = heard.demand or DEMAND_OF.get(heard.intent)
    if _echoes_sum(kind, wish, spoke.plain):
        return True
    # "九天就不能退了啊" speaks of the refusal just given, not of another.
    new = set(heard.issues) - dealt_with(matter) - {"refused"}
    by_another_name = bool(new) and new <= STATES_OF_GOODS and _counts_again(matter, heard)
    if by_another_name and not manner.adds(spoke.plain):
        return True
    if new and (heard.confident or _is_told_as_new(matter, spoke, new)):
        return False
    if manner.adds(spoke.plain) and (new or heard.guess):
        return False
    if wish in demands.SUMS and not new and _is_reckoned(matter):
        return demands.of_part(spoke.plain)
    if wish is not None and not new and matter.end != "rejected":
        return _is_served(matter, kind, wish, spoke.plain)
    return bool(heard.issues or heard.guess or wish)


def _is_told_as_new(matter: Matter, spoke: CustomerSpoke, new: set[str]) -> bool:
    """Tell whether what may be but a word on what was granted is told so that it is none.

    A sum reckoned apart; a wish for the goods that it does not give, 掉漆 能退吗; a fault of
    goods where they were no matter, 有两袋漏了; somebody complained of.
    """
    heard, text = spoke.heard, spoke.plain
    if _is_another_sum(matter, new):
        return True
    if afterthoughts.threatens_or_regrets(text) or manner.SUPPOSES.search(text):
        return False
    if only_denies(text):
        return False  # 我没取消订单啊
    of_goods = matter.issue in STATES_OF_GOODS
    wish = heard.demand if heard.demand in INTENT_OF else None
    if of_goods and wish in {"cancel", "intercept"}:
        return False  # 我没取消订单啊, of goods that are here
    # 坏了就退10块 finds the sum too little.
    plainly = heard.intent in DEMAND_OF or not (of_goods and new <= STATES_OF_GOODS)
    if wish and plainly:
        kind = matter.granted_kind or ""
        back = wish in GOODS_BACK
        return kind not in MONEY_BACK if back else not _is_served(matter, kind, wish, text)
    if manner.asks(text) or heard.intent != "complain":
        return False
    return (bool(new & BROKEN) and not of_goods) or bool(
        new & _OF_PEOPLE and _ACCUSES.search(text)
    )


def _names_sum_given(matter: Matter, heard: Heard) -> bool:
    """Tell whether the sum that was granted last is the one spoken of."""
    given = matter.remedy.option["amount_fen"] if matter.remedy else 0
    return bool(given) and heard.amount_fen == given


def dealt_with(matter: Matter) -> set[str]:
    """Return the issues that what is offered or granted answers: no sum on the bill mends a fault.

    包邮还收我运费 台灯也不亮: with the freight given back, the lamp is as it was.
    """
    of_sum = TYPE_OF[matter.issue] == "amount"
    return set(matter.issues) - (BROKEN if of_sum else set())


def gives_back(spoke: CustomerSpoke) -> bool:
    """Tell whether goods are to go back: pieces of them, or by the name of it."""
    heard, text = spoke.heard, spoke.plain
    returns = heard.intent == "want_return" and heard.demand == "return_refund"
    return gives_pieces_back(text) or (returns and not manner.only_echoes(text))


def claims_way_back(matter: Matter, text: str) -> bool:
    """Tell whether a way back that the shop bears was paid by the customer: 我垫了15块快递费."""
    remedy = matter.remedy
    bears = remedy is not None and remedy.option["return_freight"] == "shop"
    return bears and matter.end != "withdrawn" and has_paid_way_back(text)


def _tells_goods_refused(matter: Matter, text: str) -> bool:
    """Tell whether it is told again how the goods are whose return was refused: 吊牌剪了."""
    refused = matter.end == "rejected" and matter.issue in FAULTLESS
    return refused and tells_spoilt(text) is not None


def _is_another_sum(matter: Matter, new: set[str]) -> bool:
    """Tell whether a sum is claimed that is reckoned apart from the matter's: 满减的40呢."""
    return new <= SUMS_APART and matter.issue in SUMS_APART


def finds_more(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether more is wrong than the remedy was for: 还有两个也是碎的, 还收了80块高空费."""
    if _is_charged_more(matter, spoke.heard) or was_not_mended(matter, spoke):
        return True
    broken = STATES_OF_GOODS.intersection(spoke.heard.issues)
    counted = _MORE_PIECES.search(spoke.plain) and not manner.asks(spoke.plain)
    return bool(matter.issue in STATES_OF_GOODS and broken and counted)


def was_not_mended(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether the repair that was agreed on is said to have failed: 没修好 我要退货.

    万一修不好 only supposes it, and is answered; 还没修好 may but wait for it.
    """
    text = spoke.plain
    over = matter.granted_kind == "repair" and matter.stage == "ended" and matter.end == "resolved"
    if not over or spoke.heard.order_nos or spoke.heard.signs:
        return False
    supposed = manner.asks(text) or manner.SUPPOSES.search(text) or manner.depends(text)
    return bool(_NOT_MENDED.search(text)) and not supposed


def _is_charged_more(matter: Matter, heard: Heard) -> bool:
    """Tell whether a fee of another sum is told of than the one that was paid back."""
    remedy = matter.remedy
    if matter.issue != "fee" or remedy is None or not remedy.option["amount_fen"]:
        return False
    known = {None, matter.amount_fen, remedy.option["amount_fen"]}
    return heard.confident and heard.issues == ("fee",) and heard.amount_fen not in known


def _is_of_remedy(matter: Matter, kind: str, spoke: CustomerSpoke) -> bool:
    """Tell whether what was granted is asked after, or was less than thought: 钱呢, 退少了."""
    heard, text = spoke.heard, spoke.plain
    if claims_way_back(matter, text) or _asks_who_bears(matter, spoke):
        return True
    if heard.demand and _names_sum_given(matter, heard) and not manner.adds(text):
        return True  # 嗯，退12; 多收了我12 complains of another
    pays = kind in demands.SUMS or kind == "return_refund"
    if pays and sums.finds_it_too_little(text):
        return True
    of_else = set(heard.issues) - set(matter.issues) or heard.guess or heard.demand
    if kind in demands.SUMS and bargaining.wants_more(text) and not of_else:
        return True
    return matter.end != "rejected" and afterthoughts.asks_after(text)


def _asks_who_bears(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether who pays for the way back that was agreed on is asked: 还要我出运费？"""
    goes_back = matter.remedy is not None and matter.remedy.option["return_freight"] != "none"
    other = set(spoke.heard.issues) - {"refused"} - set(matter.issues)
    return goes_back and not other and speaks_of_freight(spoke.plain)


def _is_reckoned(matter: Matter) -> bool:
    """Tell whether it was shown that nothing is owed: "退我一份" then claims the same again."""
    told = matter.granted_kind == "explain"
    return told and TYPE_OF[matter.issue] == "amount"


def _is_served(matter: Matter, kind: str, wish: str, text: str) -> bool:
    """Tell whether what was granted is what is wished: a sum for the wait is no refund."""
    of_goods = TYPE_OF[matter.issue] != "amount" and wish in GOODS_BACK
    if demands.wants_all(text) or (of_goods and asks_all_back(text)):
        return kind in MONEY_BACK  # 都退了吧, after a part of the price
    echo = {kind, wish} <= demands.SUMS and manner.only_echoes(text)
    return echo or (matter.remedy is not None and demands.gives(wish, matter.remedy.option))


def _counts_again(matter: Matter, heard: Heard) -> bool:
    """Tell whether "25个里坏10个" only counts once more what spoilt in it."""
    return matter.issue == "spoiled" and heard.bad_share is not None


def _echoes_sum(kind: str, wish: str | None, text: str) -> bool:
    """Tell whether 嗯退差额 only says again what sum was granted, by whatever name."""
    return {kind, wish} <= demands.SUMS and demands.only_names_sum(text)
