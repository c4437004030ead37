"""What words mean as an answer to what was asked or offered, and as the first of a chat; pure."""

from __future__ import annotations

import re

from bot.conversation.replaying.beyond_told import without_beyond_told
from bot.conversation.replaying.of_money import of_missing_money, without_money
from bot.conversation.shapes.events import CustomerSpoke, Heard
from bot.conversation.shapes.state import OFFERED, TALKING, Matter, State
from bot.conversation.words.answers import asked_beside, meant, of_the_offer, plain_picks
from bot.conversation.words.answers.corrections import answered_correction, named_correction
from bot.conversation.words.answers.since_the_offer import is_put_off
from bot.conversation.words.matters import arrival
from bot.conversation.words.sentence import manner
from bot.conversation.words.things import named, way_back
from bot.conversation.words.things.at_hand import lacks_receipt
from bot.conversation.words.wishes import afterthoughts, bargaining, demands, exclusions
from bot.order_record import TO_COME
from nlp.labels import TYPE_OF, WANT_HUMAN

# Without any of these a message tells, and wishes for nothing.
_ANY_WISH = re.compile(r"[退换补赔修发给要弄寄新重想求查催改开办送拿]|处理|解决|怎么办")
KEPT_BACK = frozenset({"refused", "refund_delay"})  # complaints of a remedy that is not given


def as_answer(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Return what was heard as it is meant after what was asked last."""
    for read in (
        _with_tail, _as_greeting, _as_no_receipt, _as_value, _of_refused, without_money,
        _as_put_off, _without_ruled_out, without_beyond_told,
        _of_parcel, _of_return, _of_the_offer, _as_meant, of_missing_money,
    ):  # fmt: skip
        spoke = read(state, spoke)
    return spoke


def _with_tail(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read four lone digits as the phone's last where those were asked for, whatever is around."""
    asked = state.question is not None and state.question.what == "phone_tail"
    read = asked or _may_be_tail(state, spoke.plain)
    tail = named.lone_tail_in(spoke.plain) if read and not spoke.heard.phone_tail else None
    return spoke.heard_as(phone_tail=tail) if tail else spoke


def _may_be_tail(state: State, text: str) -> bool:
    """Tell whether nothing is told but four digits, and whose order it is was not shown yet.

    A person may have asked for them, or they come before the bot has: 4039 对吗.
    """
    order_no = state.current.order_no if state.current else state.order_no
    known = state.orders.get(order_no or "")
    may_be_theirs = known is None or (known.record is not None and not known.owned)
    return order_no is not None and may_be_theirs and named.is_only_tail(text)


def _as_greeting(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 有人吗 as a greeting where it opens the chat; later on it calls for a person.

    在？ is one whenever it is said: it complains of no silence.
    """
    if manner.only_asks_if_here(spoke.plain):
        return spoke.heard_as(intent="greet", issues=())
    if state.turn or not manner.only_calls(spoke.plain):
        return spoke
    signs = tuple(sign for sign in spoke.heard.signs if sign != "human")
    return spoke.heard_as(intent="greet", signs=signs)


def _as_no_receipt(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 没有收据 as the answer to what was asked for a sum, and as no missing invoice."""
    matter, asked = state.current, state.question
    if matter is None or asked is None or asked.what != "photo" or spoke.heard.order_nos:
        return spoke
    if TYPE_OF[matter.issue] != "amount" or not lacks_receipt(spoke.plain):
        return spoke
    return spoke.heard_as(issues=(), demand=None)


def _as_value(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 个人 李敏, where the title for an invoice was asked for, as that and no call for 人工.

    A person who is called for in words that the rules know is called, whatever was asked.
    """
    matter, asked, heard = state.current, state.question, spoke.heard
    if matter is None or asked is None or (asked.what, asked.matter) != ("correction", matter.id):
        return spoke
    if heard.intent != WANT_HUMAN or heard.signs or answered_correction(matter, spoke) is None:
        return spoke
    return spoke.heard_as(intent="inform")


def _of_refused(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 我的补偿呢, of a sum that staff refused, as asked after that, and as no late refund."""
    matter, heard = state.current, spoke.heard
    refused = matter is not None and matter.remedy is not None and matter.remedy.state == "refused"
    if not refused or heard.order_nos or not afterthoughts.asks_after(spoke.plain):
        return spoke
    issues = tuple(issue for issue in heard.issues if issue not in KEPT_BACK)
    return spoke.heard_as(issues=issues)


def _without_ruled_out(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 不退货 beside an offer as no wish for it: only what is said besides is wanted."""
    matter = state.current
    offered = matter is not None and matter.stage in OFFERED
    if not offered or not exclusions.ruled_out(spoke.plain):
        return spoke
    heard = spoke.heard
    # 不退款 is no complaint of a refund that the shop keeps back.
    issues = tuple(issue for issue in heard.issues if issue not in KEPT_BACK)
    wish = exclusions.wish_besides(spoke.plain)
    return spoke.heard_as(issues=issues, demand=wish)


def _of_parcel(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 周末能到不, of an order that is known, as asked after its parcel, and as no policy."""
    known, heard, text = state.shown_order, spoke.heard, spoke.plain
    if known is None or heard.order_nos or heard.signs or spoke.choices:
        return spoke
    if (known.record or {}).get("status") not in TO_COME:
        return spoke
    matter = state.current
    offered = matter is not None and matter.stage == "offered"
    if (
        offered
        and matter
        and set(heard.issues) <= {*matter.issues}
        and arrival.asks_whether_sent(text)
    ):
        return spoke.heard_as(
            intent="order_status", issues=(), demand=None, guess=None, other_guesses=()
        )
    if heard.issues:
        return spoke
    still = arrival.asks_how_long_still(text) and (
        matter is None or arrival.waits_for_parcel(matter)
    )
    asked = arrival.asks_when_here(text) or arrival.asks_courier_phone(text)
    if not (still or asked or arrival.asks_when_sent(text)):
        return spoke
    return spoke.heard_as(intent="order_status", demand=None, guess=None, other_guesses=())


def _of_return(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 多久退钱, of a return on record, as asked where that stands, and as no policy."""
    known, heard, matter = state.shown_order, spoke.heard, state.current
    if known is None or heard.order_nos or heard.signs or spoke.choices or spoke.photos:
        return spoke
    granted = matter is not None and matter.granted_kind not in {None, "explain"}
    if matter is not None and (matter.stage in TALKING or granted):
        return spoke
    record, text = known.record or {}, spoke.plain
    if not (way_back.asks_of_return(text, record) or way_back.tells_sent_off(text, record)):
        return spoke
    return spoke.heard_as(intent="order_status", issues=(), demand=None)


def _as_put_off(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 丢了就退 没丢就等 beside an offer as waiting on: nothing of it is wished for yet."""
    matter = state.current
    offered = matter is not None and matter.stage in OFFERED
    plain = spoke.heard.order_nos or spoke.heard.signs
    if not offered or plain or not is_put_off(matter, spoke.plain):
        return spoke
    return spoke.heard_as(issues=(), demand=None, meanings=(("wait", 1.0),))


def _of_the_offer(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 券给我 beside an offer as what is taken of it, and 加急要多久 as no wish at all."""
    matter, heard = state.current, spoke.heard
    if matter is None or matter.stage not in OFFERED:
        return spoke
    if heard.order_nos or heard.signs or is_put_off(matter, spoke.plain):
        return spoke
    text = spoke.plain
    asks = _only_asks(state, matter, text)
    wish = None if asks else of_the_offer.wish_in(text, matter.offer)
    if wish is None and TYPE_OF[matter.issue] != "amount" and bargaining.asks_discount(text):
        wish = "compensation"
    if heard.demand in {None, "trace"} and plain_picks.asked_around(matter, text):
        wish = "trace"
    if not asks and wish is None:
        return spoke
    return spoke.heard_as(demand=wish, issues=())


def _only_asks(state: State, matter: Matter, text: str) -> bool:
    """Tell whether an option is only asked about, or named with scorn: 就一张券啊."""
    return bool(
        of_the_offer.asks_why_left_out(state, matter, text)
        or of_the_offer.option_asked(text, matter.offer)
        or asked_beside.asked_of(text, matter.offer)
        or manner.asks_cost(text)
        or of_the_offer.only_names_coupon(text, matter.offer)  # no 优惠没算上 either
    )


def _as_meant(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read what no pattern knows beside an offer as the wish that it was learnt to mean.

    Whatever is picked so is only asked to be confirmed; a remedy that is only named is no wish.
    """
    matter, heard = state.current, spoke.heard
    if matter is None or matter.stage not in OFFERED:
        return spoke
    text = spoke.plain
    if (
        heard.order_nos
        or heard.signs
        or spoke.choices
        or manner.adds(text)
        or is_put_off(matter, text)
    ):
        return spoke
    wish = meant.demand_meant(heard, text) or demands.bare_wish(text)
    if wish and _names_other_sum(matter, text):
        return _as_bid(matter, spoke)
    if heard.demand:
        taken = of_the_offer.wish_in(text, matter.offer)
        only_named = meant.is_no_wish(heard) and not taken
        return spoke.heard_as(demand=None) if only_named else spoke
    if _only_tells_again(matter, spoke):
        return spoke
    if wish is None or wish in exclusions.ruled_out(text) or _only_asks(state, matter, text):
        return spoke
    if _tells_of_other_type(matter, heard):
        return spoke
    if wish == "correct_order" and named_correction(matter, spoke):
        return spoke  # what it is to be instead is read by rule
    if matter.issue == "double_charge" and demands.of_part(text):
        return spoke  # 退一笔, of three: which is asked
    return spoke.heard_as(demand=wish, issues=())


def _only_tells_again(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether no more is said than what is wrong, which was known: 碎了一个呀."""
    known = spoke.heard.confident and set(spoke.heard.issues) & set(matter.issues)
    return bool(known) and not _ANY_WISH.search(spoke.plain)


def _as_bid(matter: Matter, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 就退我35块 beside an offer for goods as bargaining, and as no bill that is wrong."""
    heard = spoke.heard
    if TYPE_OF[matter.issue] == "amount" or set(heard.issues) != {"overcharge"}:
        return spoke
    return spoke.heard_as(issues=())


def _tells_of_other_type(matter: Matter, heard: Heard) -> bool:
    """Tell whether something of another kind is clearly complained of."""
    known = {TYPE_OF[issue] for issue in matter.issues}
    return heard.confident and bool({TYPE_OF[issue] for issue in heard.issues} - known)


def _names_other_sum(matter: Matter, text: str) -> bool:
    """Tell whether a sum is wanted that is not on offer: 就退我59块8 wants no return."""
    bid = named.bid_in(text)
    return bid is not None and bid not in {int(option["amount_fen"]) for option in matter.offer}
