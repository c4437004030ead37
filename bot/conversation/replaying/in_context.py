"""What words mean after what was said last, where by themselves they mean something else; pure."""

from __future__ import annotations

from bot.conversation.replaying.after_refusal import after_refusal
from bot.conversation.replaying.as_sold import heard_as_sold
from bot.conversation.replaying.more_pieces import of_more, of_opened
from bot.conversation.replaying.of_goods import (
    of_bare_lack,
    of_fault_beside_service,
    of_fit,
    of_harm,
    of_pieces,
    of_share,
)
from bot.conversation.replaying.of_money import (
    as_same_money,
    of_charge,
    of_goods_given_up,
    of_money,
    of_money_wanted,
    of_promised_sum,
)
from bot.conversation.replaying.of_parcel import (
    of_courier,
    of_fear,
    of_parcel_given_up,
    of_signed,
    of_stopping,
)
from bot.conversation.replaying.of_return import of_freight_back, of_undoing, of_way_back
from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.state import TALKING, State
from bot.conversation.words.matters.heard_anew import (
    corrects_tail,
    is_impatient,
    only_tells_how_long,
)
from bot.conversation.words.things import named

# Questions about which order is meant, and whose it is.
ORDER_QUESTIONS = frozenset({"order_no", "phone_tail"})
_VAGUE = frozenset({"complain", "inform", "deny", "other"})


def in_context(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Return what was heard as it is meant after what was asked and answered last."""
    for read in (
        _as_order_no,
        _of_number,
        of_harm,
        of_money,
        of_money_wanted,
        _of_impatience,
        of_fault_beside_service,
        of_bare_lack,
        of_pieces,
        of_more,
        of_opened,
        heard_as_sold,
        of_way_back,
        of_freight_back,
        of_charge,
        as_same_money,
        _with_number_only,
        of_undoing,
        of_fit,
        of_fear,
        of_signed,
        of_share,
        of_courier,
        of_stopping,
        of_parcel_given_up,
        of_promised_sum,
        of_goods_given_up,
        after_refusal,
    ):
        spoke = read(state, spoke)
    return spoke


def _as_order_no(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read A1001 as the order's number where that was asked for, however short a shop's are."""
    asked, heard = state.question, spoke.heard
    if asked is None or asked.what != "order_no" or heard.order_nos or heard.phone_tail:
        return spoke
    number = named.lone_order_no_in(spoke.plain)
    return spoke.heard_as(order_nos=(number,)) if number else spoke


def _of_number(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 手机号我得问问她 as no leak of data where the number was asked for.

    A real leak is told in words that the rules know, or that speak of somebody else's doing.
    """
    asked, heard = state.question, spoke.heard
    if asked is None or asked.what not in ORDER_QUESTIONS:
        return spoke
    if heard.phone_tail and heard.issues == ("address",) and corrects_tail(spoke.plain):
        return spoke.heard_as(issues=())  # 尾号打错了
    if not named.lacks_number(spoke.plain):
        return spoke
    signs = tuple(sign for sign in heard.signs if sign not in heard.seeming)
    status = asked.matter is None and not heard.issues and heard.intent in _VAGUE
    intent = "order_status" if status else heard.intent  # what was asked still is
    return spoke.heard_as(signs=signs, seeming=(), intent=intent)


def _with_number_only(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 发错了 是B, beside a complaint of A, as another number: no wrong goods were sent."""
    current = state.current
    asked_of = current is not None and current.stage in TALKING and current.order_no
    text = spoke.plain
    if not asked_of or not (named.only_corrects_number(text) or named.finds_number_wrong(text)):
        return spoke
    return spoke.heard_as(issues=(), confident=False)


def _of_impatience(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 你倒是说话啊 and 都三天了, beside a matter, as no complaint of another one."""
    heard = spoke.heard
    if state.current is None or heard.order_nos:
        return spoke
    if only_tells_how_long(spoke.plain):
        return spoke.heard_as(issues=())
    if "no_response" not in heard.issues:
        return spoke
    if "no_response" in state.current.issues or not is_impatient(spoke.plain):
        return spoke
    issues = tuple(issue for issue in heard.issues if issue != "no_response")
    return spoke.heard_as(issues=issues)
