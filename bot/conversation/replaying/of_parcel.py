"""What is said of the parcel and its courier, beside an offer and by itself; pure."""

from __future__ import annotations

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.issue_groups import AWAITS_PARCEL, DELAYS, WAITS
from bot.conversation.shapes.state import OFFERED, State
from bot.conversation.words.matters.heard_anew import only_not_got
from bot.conversation.words.matters.traced import fears_beside
from bot.conversation.words.sentence.manner import asks
from bot.conversation.words.things import courier
from bot.conversation.words.wishes.demands import gives_up
from bot.conversation.words.wishes.stopped import only_stops_parcel
from bot.order_record import ARRIVED
from bot.remedies.verdict import TOLD
from bot.remedies.wishes import INTENT_OF
from nlp.labels import TYPE_OF, WANT_HUMAN

COURIER = ("courier",)
_OF_GOODS = frozenset({"quality", "order_info", "amount"})


def of_fear(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 是不是丢了 beside the offer for a stuck parcel as a question that picks nothing."""
    matter = state.current
    if matter is None or not fears_beside(matter, spoke):
        return spoke
    asked = {None, "trace", "expedite"} | ({"compensation"} if asks(spoke.plain) else set())
    if spoke.heard.demand not in asked:
        return spoke  # 是不是丢了 退款吧
    return spoke.heard_as(issues=(), demand=None, meanings=(), intent="ask_policy")


def of_signed(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 我真没收到啊, after a parcel was said to be signed for, as that it never came."""
    matter, heard = state.current, spoke.heard
    explained = matter is not None and matter.stage == "ended" and matter.remedy is not None
    if matter is None or not explained or heard.order_nos or heard.signs:
        return spoke
    told = matter.granted_kind == "explain"
    record = state.shown_of(matter) or {}
    if not told or matter.issue not in DELAYS or record.get("status") not in ARRIVED:
        return spoke
    if not only_not_got(spoke.plain):
        return spoke
    return spoke.heard_as(issues=("not_received",), confident=True, intent="complain")


def of_stopping(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 拦截 as the wish for just that, unless a matter is talked of or was granted."""
    matter, heard = state.current, spoke.heard
    ended = matter is not None and matter.stage == "ended"
    granted = matter is not None and matter.remedy and matter.remedy.option["kind"] not in TOLD
    if (matter is not None and not ended) or granted:
        return spoke
    if heard.issues or heard.signs or spoke.choices or not only_stops_parcel(spoke.plain):
        return spoke
    return spoke.heard_as(
        intent=INTENT_OF["intercept"], demand="intercept", guess=None, other_guesses=()
    )


def of_parcel_given_up(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 不要了 beside an offer for a parcel that is waited for as the wish for the money."""
    matter, heard = state.current, spoke.heard
    if matter is None or matter.stage != "offered" or matter.issue not in WAITS:
        return spoke
    if heard.order_nos or heard.signs or spoke.choices or not gives_up(spoke.plain):
        return spoke
    return spoke.heard_as(demand="refund", issues=(), meanings=())


def of_courier(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 换个快递员送, 谁给我拒收了, 没人给我打电话 as complaints of the courier.

    None of them wishes for goods, or calls a person; what the rules hear besides goes before.
    """
    heard, text = spoke.heard, spoke.plain
    if heard.signs or spoke.choices:
        return spoke
    if courier.wants_notice_again(text) or courier.wants_apology(text):
        spoke = spoke.heard_as(demand=None, meanings=())
    if _complains(state, spoke):
        return spoke.heard_as(
            issues=COURIER, confident=True, intent="complain", demand=None, meanings=()
        )
    return _of_nobody(state, spoke)


def _complains(state: State, spoke: CustomerSpoke) -> bool:
    heard, text = spoke.heard, spoke.plain
    if heard.confident and any(TYPE_OF[issue] in _OF_GOODS for issue in heard.issues):
        return False
    beside = _is_beside_parcel(state)
    if courier.asks_of_courier(text, of_parcel=beside or "courier" in heard.issues):
        return True
    if courier.denies_refusal(text) or _of_rudeness(state, spoke):
        return True
    said = courier.wants_notice_again(text) or courier.lacks_notice(text)
    return beside and (said or courier.nobody_came(text))


def _of_rudeness(state: State, spoke: CustomerSpoke) -> bool:
    """Tell whether it is the courier who was rude, where one is spoken of: 还骂人."""
    matter = state.current
    beside = matter is not None and matter.stage in OFFERED and matter.issue == "courier"
    rude = "attitude" in spoke.heard.issues and set(spoke.heard.issues) <= {"attitude", "courier"}
    return beside and rude and not courier.names_shop(spoke.plain)


def _of_nobody(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 怎么没人 beside an offer as impatience: the bot is there, and nobody is called for."""
    heard, matter = spoke.heard, state.current
    if matter is None or matter.stage not in OFFERED or not courier.only_finds_nobody(spoke.plain):
        return spoke
    intent = "other" if heard.intent == WANT_HUMAN else heard.intent
    return spoke.heard_as(issues=(), intent=intent, meanings=())


def _is_beside_parcel(state: State) -> bool:
    """Tell whether an offer for a parcel that is awaited, or was brought badly, stands."""
    matter = state.current
    return matter is not None and matter.stage in OFFERED and matter.issue in AWAITS_PARCEL
