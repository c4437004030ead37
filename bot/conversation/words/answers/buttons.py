"""Which of the buttons before the customer their own words mean; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.issue_groups import AWAITS_PARCEL, STATES_OF_GOODS
from bot.conversation.shapes.state import CONFIRMING, OFFERED, Button, Matter, Question, State
from bot.conversation.words.answers import (
    bids,
    by_name,
    corrected,
    meant,
    not_taken,
    plain_picks,
    which,
)
from bot.conversation.words.answers.corrections import (
    answered_correction,
    answered_wanted,
    size_wanted,
)
from bot.conversation.words.answers.since_the_offer import is_for_spoilt, is_put_off, wished_else
from bot.conversation.words.answers.taken_twice import means_extra, names_extra
from bot.conversation.words.sentence import consent, manner, yes_no
from bot.conversation.words.sentence.asked_behind import asked_behind_yes
from bot.conversation.words.sentence.clauses import clauses_of
from bot.conversation.words.things import at_hand, named, sums
from bot.conversation.words.things.at_hand import lacks_receipt
from bot.conversation.words.things.courier import wants_courier_seen_to
from bot.conversation.words.things.goods import means_this_order
from bot.conversation.words.things.sizes import leaves_it_open
from bot.conversation.words.wishes import afterthoughts, bargaining, demands, exclusions
from bot.conversation.words.wishes.called_off import drops_offer
from bot.order_record import ENDS_ORDER
from nlp.labels import TYPE_OF

WISHED = frozenset({"refund", "return_refund", "cancel", "exchange", "reship", "repair"})
PARTS = frozenset({"partial_refund", "price_difference", "compensation", "goodwill", "freight"})
OF_PIECES = frozenset({"missing_item", "spoiled"})  # their part of the price is all that is owed

# 不行我就退货了, 不行就退: the rest is refused, and this is wanted.
_OTHERWISE = re.compile(
    r"(?:那|要是|实在|再|还|如果|[，, ])*(?:不行|不成|不可以|不给加|不加|不够|太少了?)(?:的话|了)?"
    r"[，, ]*(?:那|我|就|只好|只能|直接|给我)*(?<=[就好能那我接])"
    rf"(?P<wish>(?:退货退款|退货|退款|退|换货?|修)[{manner.PARTICLES}算。.!！~～ ]*)"
)

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def button_meant(state: State, spoke: CustomerSpoke) -> Button | None:
    """Return the button that was pressed, or that the words stand for; None when neither."""
    for choice in reversed(spoke.choices):
        if choice in state.buttons:
            return state.buttons[choice]
    if spoke.choices or state.question is None or not spoke.text.strip():
        return None
    if state.current and drops_offer(state.current, spoke.plain):
        return None
    if state.question.what == "offer" and is_put_off(state.current, spoke.plain):
        return None
    if state.question.what == "correction":
        return _told_as_asked(state, spoke)
    if put_right := corrected.corrected_option(state.current, spoke):
        return state.buttons[put_right]
    if named_sum := _sum_meant(state, spoke):
        return named_sum
    in_words = _button_in_words(state.question, spoke, state.current)
    kept = in_words and in_words.kind in {"exchange", "partial_refund"}
    if kept and demands.wants_pieces_sent(spoke.plain):
        return None  # 补两个碗 不想寄回: an exchange would fetch back what they keep
    return in_words or _instead_of_confirming(state, spoke)


def _told_as_asked(state: State, spoke: CustomerSpoke) -> Button | None:
    """Return what takes the value that is told as it was asked for, or what is wanted instead."""
    matter = state.current
    if matter is None or matter.stage not in OFFERED:
        return None
    offered = [state.buttons[str(o["id"])] for o in matter.offer]
    exchange = _of_kind(("exchange",), offered)
    if exchange and (answered_wanted(matter, spoke) or leaves_it_open(spoke.plain)):
        return exchange
    right = _of_kind(corrected.correcting(matter), offered)
    if right and matter.correction and answered_correction(matter, spoke):
        return right
    if matter.correction and consent.consents(spoke.plain):
        return None  # it was said to be wrong: a mere yes must not write it down all the same
    return _remedy_in_words(offered, spoke, matter)


def _button_in_words(
    question: Question, spoke: CustomerSpoke, matter: Matter | None
) -> Button | None:
    text = spoke.plain
    choices = [b for b in question.buttons if b.kind not in {"human", "evidence"}]
    by_kind = {b.kind: b for b in reversed(question.buttons)}
    if question.what in {*CONFIRMING, "issue"}:
        express = question.what == "confirm_expressly"
        yes = consent.consents(text) or _means_picked(matter, spoke)
        asked = question.what in CONFIRMING and bool(asked_behind_yes(text))
        if asked or (consent.consents_expressly(text) if express else yes):
            return by_kind.get("confirm")
        no = yes_no.says_no(text) or meant.means_no(spoke.heard)
        later = manner.looks_again(text) or meant.waits(spoke.heard)
        return by_kind.get("deny") if no or later else None
    if question.what == "goods":
        return _order_meant(spoke, by_kind)
    if question.what == "photo":
        of_bill = matter is not None and TYPE_OF[matter.issue] == "amount"
        none = at_hand.has_no_evidence(text) or meant.has_no_photo(spoke.heard, text)
        none = (none and not at_hand.brings_later(text)) or (of_bill and lacks_receipt(text))
        return by_kind.get("deny") if none else None
    if question.what == "offer":
        taken = _remedy_in_words(choices, spoke, matter)
        return taken or plain_picks.named_alone(question, matter, text)
    named = which.which_meant(question.what, text, choices, matter)
    return named or by_name.by_ordinal(text, choices) or by_name.by_label(text, choices)


def _means_picked(matter: Matter | None, spoke: CustomerSpoke) -> bool:
    """Tell whether it is the yes to what is to be confirmed in other words: 嗯退吧, 50就50吧.

    Another sum or remedy, or what is ruled out, is none; nor is 取消, whatever is to be confirmed.
    """
    picked = matter.offered(matter.picked) if matter else None
    text, heard = spoke.plain, spoke.heard
    if picked is None or yes_no.says_no(text):
        return picked is None and meant.means_yes(heard, text)
    kind = str(picked["kind"])
    told = [round(float(number) * 100) for number in _NUMBER.findall(text)]
    sums = [fen for fen in (named.bid_in(text), heard.amount_fen, *told) if fen]
    if kind in exclusions.ruled_out(text) or not all(bids.is_sum(picked, fen) for fen in sums):
        return False
    if heard.demand and not demands.gives(heard.demand, picked):
        return False  # 嗯嗯 补发也行, to a refund
    names_it = by_name.only_names(kind, text) and not (kind in PARTS and demands.wants_all(text))
    return meant.means_yes(heard, text, kind if names_it else None)


def _sum_meant(state: State, spoke: CustomerSpoke) -> Button | None:
    """Return the sum that was taken twice, or the yes to it, where it is named: 退多扣的那笔."""
    asked, matter = state.question, state.current
    kinds = {"confirm": "confirm", "offer": "partial_refund"}
    if asked is None or asked.what not in kinds or matter is None or matter.stage not in OFFERED:
        return None
    meant = asked.matter == matter.id and means_extra(state, matter, spoke.plain)
    return _of_kind((kinds[asked.what],), list(asked.buttons)) if meant else None


def _order_meant(spoke: CustomerSpoke, by_kind: Mapping[str, Button]) -> Button | None:
    """Return yes or no to the order asked about; whoever names another moves to that."""
    asked = by_kind["confirm"].value.removeprefix("goods:")
    numbers = spoke.heard.order_nos
    if numbers and named.bare_number(numbers[-1]) != named.bare_number(asked):
        return None
    meant = means_this_order(spoke.plain)
    if meant is None and not numbers:
        return None
    return by_kind["deny" if meant is False else "confirm"]


def _remedy_in_words(
    remedies: list[Button], spoke: CustomerSpoke, matter: Matter | None
) -> Button | None:
    """Return the remedy that is taken; whoever complains of another issue takes none."""
    text = spoke.plain
    if in_order := by_name.by_ordinal(text, remedies):  # 我要1 names no sum
        return in_order
    if matter and demands.gives_up(text) and (ends := _ending_order(remedies, matter)):
        return ends
    taken = matter is not None and plain_picks.plain_pick(text, matter.offer)
    if not taken and (afterthoughts.lets_go(text) or afterthoughts.wants_both(text)):
        return None  # 我不想退 便宜点行吗 takes the part of the price
    if matter is None:
        return _taken(remedies, spoke, matter)
    if bids.haggles(matter, text) or bids.insists_on_refused(matter, text):
        return None  # 我就要退59.8 is no wish to give back the goods
    if out := exclusions.ruled_out(text):
        return _instead_of(out, remedies, matter, text)
    if corrected.only_asks_of_terms(matter, spoke):
        return None
    if exclusions.speaks_of_freight(text) and named.bid_in(text) is None:
        return _beside_freight(remedies, matter, text)
    return _taken(remedies, spoke, matter)


def _ending_order(remedies: list[Button], matter: Matter) -> Button | None:
    """Return what gives all of the money back: for an order that has not come, or faulty goods."""
    if matter.issue in STATES_OF_GOODS | {"wrong_item"}:
        return _of_kind(("return_refund",), remedies)
    ends = {
        str(o["id"])
        for o in matter.offer
        if o["kind"] in {"refund", "cancel"} and matter.issue in AWAITS_PARCEL
        and (o["kind"] == "cancel" or o["detail"].get(ENDS_ORDER))
    }  # fmt: skip
    return next((button for button in remedies if button.id in ends), None)


def _otherwise(remedies: list[Button], matter: Matter | None, text: str) -> Button | None:
    """Return what is wanted because the rest will not do: 不行我就退货了.

    It is only asked to be confirmed, so a mere threat costs no more than a no.
    """
    found = _OTHERWISE.fullmatch(text.strip())
    wish = demands.bare_wish(found.group("wish")) if found else None
    return _called_for(wish, remedies, matter)


def _taken(remedies: list[Button], spoke: CustomerSpoke, matter: Matter | None) -> Button | None:
    """Return the remedy that is agreed to, named or called for, with no condition to it."""
    text = spoke.plain
    if otherwise := _otherwise(remedies, matter, text):
        return otherwise
    if matter and (kinds := _told_of_issue(matter, text)):
        return _of_kind(kinds, remedies)
    wished = meant.demand_meant(spoke.heard, text)  # 太少了 还是退货吧 refuses, and wishes
    refused = bargaining.refuses(text) and not wished
    if matter and not refused and (priced := bids.by_sum(remedies, matter, text)):
        return priced
    settling = [button for button in remedies if button.kind != "handover"]
    denied = matter.unwanted if matter else frozenset()
    demand = spoke.heard.demand or _wished_back(matter, text)
    called_for = (
        _called_for(demands.bare_wish(text), remedies, matter)
        or _called_for(demand, remedies, matter)
        or _only_sum(remedies, matter, text)
    )
    agrees = yes_no.agrees(text) or consent.consents(text) or meant.means_yes(spoke.heard, text)
    settling = [button for button in settling if button.kind not in denied]
    alone = len(settling) == 1
    agrees = agrees and not (spoke.heard.demand and not called_for)  # 嗯 退款吧, to none on offer
    if alone and agrees:
        return None if wished_else(matter, settling[0].id) else settling[0]
    if refused:
        return None
    if matter and agrees and not called_for and (before := _agreed_to(remedies, matter, text)):
        return before
    if right := _of_kind(corrected.kinds_told(matter, spoke), remedies):
        return right
    if matter and size_wanted(matter, text) and (swap := _of_kind(("exchange",), remedies)):
        return swap
    return _named_or_understood(remedies, called_for, spoke, matter)


def _told_of_issue(matter: Matter, text: str) -> tuple[str, ...]:
    """Return the kinds that are called for in words which only such a matter has."""
    if matter.issue == "double_charge" and names_extra(text):
        return ("partial_refund",)
    if matter.issue == "courier" and wants_courier_seen_to(text):
        return ("expedite",)
    in_money = matter.issue == "missing_item" and sums.takes_money_instead(text)
    return ("refund", "partial_refund") if in_money else ()


def _agreed_to(remedies: list[Button], matter: Matter, text: str) -> Button | None:
    """Return what a yes means that names nothing: what was asked for, or what was explained."""
    before = by_name.by_demand(matter.demand, remedies, matter.offer) or _putting_right(
        remedies, matter
    )
    if before and before.kind in matter.unwanted:
        return None
    if before is None and remedies[0].kind == "explain" and consent.consents(text):
        return remedies[0]
    return before


def _wished_back(matter: Matter | None, text: str) -> str | None:
    """Return the refund that 牛仔裤也退 calls for, said of the article whose return is offered."""
    wishes = demands.only_wishes(text) and "退" in text and not manner.asks(text)
    return "refund" if wishes and matter and matter.issue == "none" else None


def _instead_of(
    out: frozenset[str], remedies: list[Button], matter: Matter, text: str
) -> Button | None:
    """Return what is wanted in place of what is ruled out, which is never picked itself."""
    left = [button for button in remedies if button.kind not in out]
    last = clauses_of(text)[-1]
    named_last = by_name.by_ordinal(last, remedies)  # 不退了 第三个
    if named_last in left:
        return named_last
    wish = exclusions.wish_besides(text) or plain_picks.plain_pick(text, matter.offer)
    wish = wish or plain_picks.plain_pick(last, matter.offer)  # 退货太麻烦了 便宜点行不
    if bargaining.says_too_little(text):
        return None  # 要货不要退 赔5块也太少了
    return bids.by_sum(left, matter, text) or _called_for(wish, left, matter)


def _beside_freight(remedies: list[Button], matter: Matter, text: str) -> Button | None:
    """Return what is wished beside "the way back is yours": a condition must be met already."""
    freight = _of_kind(("freight",), remedies)
    if freight or any(option["return_freight"] == "customer" for option in matter.offer):
        return freight
    wish = exclusions.wish_besides(exclusions.besides_freight(text))
    return _called_for(wish, remedies, matter)


def _named_or_understood(
    remedies: list[Button], called_for: Button | None, spoke: CustomerSpoke, matter: Matter | None
) -> Button | None:
    text = spoke.plain
    explain = _of_kind(("explain",), remedies)
    # "好，那给我退款" is a wish; "没说过保价，明白了" only names what is not to be had.
    wishes = called_for or spoke.heard.demand in WISHED
    if explain and not wishes and yes_no.understands(text):
        return explain
    # "全退" is no yes to a part of the price.
    if demands.wants_all(text) and (called_for is None or called_for.kind in PARTS):
        return None
    named = by_name.by_label(text, remedies)
    if named or called_for is None or not_taken.is_only_asked(called_for, matter, spoke):
        return named
    return None if not_taken.is_of_something_else(spoke, matter) else called_for


def _called_for(
    demand: str | None, remedies: list[Button], matter: Matter | None
) -> Button | None:
    """Return the remedy that is called for: 退钱 for a broken phone is no part of its price."""
    found = by_name.by_demand(demand, remedies, matter.offer if matter else ())
    about_sum = matter is None or TYPE_OF[matter.issue] == "amount" or matter.issue in OF_PIECES
    about_sum = about_sum or any(map(is_for_spoilt, matter.offer if matter else ()))
    if found and demand == "refund" and found.kind in PARTS and not about_sum:
        return None
    return found


def _only_sum(remedies: list[Button], matter: Matter | None, text: str) -> Button | None:
    """Return the freight that goes back, where 退给我 can mean no other sum."""
    of_bill = matter is not None and TYPE_OF[matter.issue] == "amount"
    return _of_kind(("freight",), remedies) if of_bill and demands.only_names_sum(text) else None


def _putting_right(remedies: list[Button], matter: Matter) -> Button | None:
    return _of_kind((*corrected.CORRECTING, "intercept"), remedies) if matter.correction else None


def _of_kind(kinds: Sequence[str], buttons: list[Button]) -> Button | None:
    return next((button for button in buttons if button.kind in kinds), None)


# 有现货吗？没货就退款: what is to be confirmed is still what is wanted.
_IF_NONE_LEFT = re.compile(r"(?:没有?|无|缺)(?:现)?货(?:的话|了)?[，,\s]*(?:[我那就再]|直接)")


def _instead_of_confirming(state: State, spoke: CustomerSpoke) -> Button | None:
    """Return the remedy of the same offer that the customer names instead of confirming."""
    matter = state.current
    if matter is None or matter.stage != "confirming" or consent.only_hurries(spoke.plain):
        return None
    if manner.depends(spoke.plain) or _IF_NONE_LEFT.search(spoke.plain):
        return None
    # Looked for among all, in the order shown: "the second" is still the second.
    offered = [state.buttons[str(o["id"])] for o in matter.offer]
    # The same one once more (退款？) is asked to be confirmed once more, and not forgotten.
    return _remedy_in_words(offered, spoke, matter) or _taken_back(state, matter, spoke.plain)


def _taken_back(state: State, matter: Matter, text: str) -> Button | None:
    """Return the no to the confirmation of what is ruled out or put off, unless all is dropped."""
    picked = matter.offered(matter.picked)
    if state.question is None or picked is None:
        return None
    drops = afterthoughts.lets_go(text) and not exclusions.drops_only_an_option(matter, text)
    taken_back = str(picked["kind"]) in exclusions.ruled_out(text) or consent.withholds(text)
    no = _of_kind(("deny",), list(state.question.buttons))
    return no if taken_back and not drops else None
