"""What words mean after what was said last, where by themselves they mean something else; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.conversation.replaying.after_refusal import after_refusal
from bot.conversation.replaying.as_sold import heard_as_sold
from bot.conversation.replaying.matters import WISHES
from bot.conversation.replaying.of_courier import of_courier
from bot.conversation.replaying.same_money import as_same_money
from bot.conversation.replaying.short_words import (
    of_buying_anew,
    of_promised_sum,
    of_stopping,
)
from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.state import TALKING, Matter, State
from bot.conversation.words.matters import dangers
from bot.conversation.words.matters.heard_anew import (
    corrects_tail,
    is_impatient,
    is_of_money,
    only_not_got,
    only_tells_how_long,
)
from bot.conversation.words.matters.told_apart import wishes_for_pieces
from bot.conversation.words.matters.traced import fears_beside
from bot.conversation.words.sentence import manner
from bot.conversation.words.sentence.manner import asks
from bot.conversation.words.things import named, sizes
from bot.conversation.words.things.articles import named_among
from bot.conversation.words.things.asked_for import asks_for_picture
from bot.conversation.words.things.way_back import (
    awaits_money,
    brings_number,
    return_under_way,
    tells_it_came,
)
from bot.conversation.words.wishes.demands import only_wants_money
from bot.conversation.words.wishes.said_again import DELAYS, STATES_OF_GOODS
from bot.conversation.words.wishes.second_thoughts import is_under_way, names_flaw
from bot.conversation.words.wishes.undone import returns_no_longer, wants_return_undone
from nlp.labels import TYPE_OF

# Questions about which order is meant, and whose it is.
ORDER_QUESTIONS = frozenset({"order_no", "phone_tail"})

# An order whose parcels are signed for.
ARRIVED = frozenset({"delivered", "completed"})
# Remedies that pay money back.
_PAID_BACK = frozenset(
    {"refund", "return_refund", "cancel", "partial_refund", "price_difference", "freight"}
)
# Goods that may make somebody ill.
_TAKEN_IN = frozenset({"food", "fresh", "cosmetics"})
# What the parcel on its way back may be complained of as well.
_OF_PARCEL = frozenset({"not_received", "no_tracking", "slow"})
# Faults of goods that go back for their price; of missing or spoilt ones only the price is due.
_GOES_BACK = (STATES_OF_GOODS | {"wrong_item"}) - {"spoiled"}
# 没收到, 今天还没到: a parcel by themselves, or the money that was talked of.
_NOT_COME = {("not_received",), ("slow",)}
# What a size that does not fit is taken for; and what one that was chosen by mistake is.
_OF_SIZE = frozenset({"defect", "spec"})
_OF_CHOICE = _OF_SIZE | {"wrong_item", "mismatch", "damaged"}
_GIVES_BACK = frozenset({"want_return", "want_refund"})
_GIVEN_BACK = frozenset({"return_refund", "refund"})
# What a call for the money is taken for where none of it was to come.
_KEPT_FROM_THEM = frozenset({"refund_delay", "refused", "overcharge"})
_EXACT_SIZE = re.compile(r"[A-Za-z\d]")
_VAGUE = frozenset({"complain", "inform", "deny", "other"})


def in_context(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Return what was heard as it is meant after what was asked and answered last."""
    for read in (
        _as_order_no,
        _of_number,
        _of_harm,
        _of_money,
        _of_money_wanted,
        _of_impatience,
        _of_pieces,
        heard_as_sold,
        _of_way_back,
        _of_charge,
        as_same_money,
        _with_number_only,
        _of_undoing,
        _of_fit,
        _of_fear,
        _of_signed,
        _of_share,
        of_courier,
        of_stopping,
        of_promised_sum,
        of_buying_anew,
        after_refusal,
    ):
        spoke = read(state, spoke)
    return spoke


def _of_share(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 其实就坏了三分之一, and 十个里头坏三个, as of the spoilt goods offered for."""
    matter, heard = state.current, spoke.heard
    if matter is None or matter.issue != "spoiled" or heard.bad_share is None:
        return spoke
    if matter.stage not in {"offered", "confirming"} or heard.order_nos or heard.signs:
        return spoke
    lines = _lines(state, matter)
    told = named_among(spoke.plain, [str(line["title"]) for line in lines])
    of_another = len(lines) > 1 and any(lines[at]["sku"] != matter.sku for at in told)
    if of_another or manner.adds(spoke.plain) or not set(heard.issues) <= STATES_OF_GOODS:
        return spoke
    return replace(spoke, heard=replace(heard, issues=(matter.issue,), guess=None))


def _as_order_no(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read A1001 as the order's number where that was asked for, however short a shop's are."""
    asked, heard = state.question, spoke.heard
    if asked is None or asked.what != "order_no" or heard.order_nos or heard.phone_tail:
        return spoke
    number = named.lone_order_no_in(spoke.plain)
    return replace(spoke, heard=replace(heard, order_nos=(number,))) if number else spoke


def _of_number(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 手机号我得问问她 as no leak of data where the number was asked for.

    A real leak is told in words that the rules know, or that speak of somebody else's doing.
    """
    asked, heard = state.question, spoke.heard
    if asked is None or asked.what not in ORDER_QUESTIONS:
        return spoke
    if heard.phone_tail and heard.issues == ("address",) and corrects_tail(spoke.plain):
        return replace(spoke, heard=replace(heard, issues=()))  # 尾号打错了
    if not named.lacks_number(spoke.plain):
        return spoke
    signs = tuple(sign for sign in heard.signs if sign not in heard.seeming)
    status = asked.matter is None and not heard.issues and heard.intent in _VAGUE
    intent = "order_status" if status else heard.intent  # what was asked still is
    return replace(spoke, heard=replace(heard, signs=signs, seeming=(), intent=intent))


def _of_harm(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 孩子住院了 as harm done by the goods complained of, and not by a late parcel."""
    matter = state.current
    if matter is None or spoke.heard.signs or not dangers.tells_of_sick(spoke.plain):
        return spoke
    if not any(TYPE_OF[issue] == "quality" for issue in matter.issues):
        return spoke
    if dangers.may_be_of_fit(spoke.plain) and not _may_sicken(state, matter):
        return spoke  # 不舒服, of shoes
    signs = ("injury",)
    return replace(spoke, heard=replace(spoke.heard, signs=signs, seeming=signs))


def _may_sicken(state: State, matter: Matter) -> bool:
    """Tell whether something of the order is eaten, drunk or put on the skin."""
    return any(line.get("category") in _TAKEN_IN for line in _lines(state, matter))


def _lines(state: State, matter: Matter) -> tuple[Mapping[str, Any], ...]:
    """Return the lines of the matter's order as far as it is known."""
    known = state.orders.get(matter.order_no or "")
    return tuple((known.record or {}).get("lines", ())) if known else ()


def _of_money(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 可是我没收到啊, 今天还没到 as the money talked of last, and not as a parcel."""
    matter, heard = state.current, spoke.heard
    if matter is None or heard.issues[:1] not in _NOT_COME or heard.order_nos:
        return spoke
    if not _is_about_money(matter) or not is_of_money(spoke.plain):
        return spoke
    if named_among(spoke.plain, [str(line["title"]) for line in _lines(state, matter)]):
        return spoke  # 杯子没收到
    if heard.issues[0] == "slow" and _awaits_parcel(state, matter):
        return spoke
    return replace(spoke, heard=replace(heard, issues=(matter.issue,)))


def _of_money_wanted(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 退钱给我 as the wish that it is, unless a refund is on its way that may be late."""
    heard, matter = spoke.heard, state.current
    complained = {*heard.issues, heard.guess} - {None}
    if not complained or complained - _KEPT_FROM_THEM or not only_wants_money(spoke.plain):
        return spoke
    known = state.shown_order
    if matter is None and known is None:
        return spoke  # the order decides, once it is known
    awaited = known is not None and awaits_money(known.record or {})
    if awaited or (matter is not None and _is_about_money(matter)):
        return spoke
    heard = replace(
        heard, issues=(), guess=None, other_guesses=(), intent="want_refund", demand="refund"
    )
    return replace(spoke, heard=heard)


def _is_about_money(matter: Matter) -> bool:
    paid_back = matter.remedy is not None and matter.remedy.option["kind"] in _PAID_BACK
    return matter.issue == "refund_delay" or paid_back


def _awaits_parcel(state: State, matter: Matter) -> bool:
    """Tell whether what was bought is still to come, so that 还没到 is of that: beside a sum."""
    record = _record(state, matter) or {}
    return matter.issue != "refund_delay" and record.get("status") in {"paid", "shipped"}


def _of_way_back(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 快递显示前天签收的, and a carrier's number, as of the return whose money is awaited."""
    matter, heard = state.current, spoke.heard
    record = _record(state, matter) if matter else None
    if matter is None or matter.issue != "refund_delay" or not record:
        return spoke
    if return_under_way(record) is None:
        return spoke
    if brings_number(spoke.plain, record) and not set(heard.order_nos) & set(state.orders):
        issues = tuple(issue for issue in heard.issues if issue not in _OF_PARCEL)
        return replace(spoke, heard=replace(heard, order_nos=(), issues=issues))
    of_parcel = {*heard.issues, heard.guess} & _OF_PARCEL
    if not of_parcel or heard.order_nos or not tells_it_came(spoke.plain):
        return spoke
    return replace(spoke, heard=replace(heard, issues=(matter.issue,), guess=None))


def _of_charge(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 微信扣了我58块, of an order that is not paid for, as what was told of it before."""
    matter, heard = state.current, spoke.heard
    if matter is None or matter.stage not in {"offered", "confirming"} or heard.order_nos:
        return spoke
    record = _record(state, matter)
    if not record or record["status"] != "unpaid" or not asks_for_picture(matter):
        return spoke
    if not heard.issues or set(heard.issues) - {"overcharge", "double_charge"}:
        return spoke
    return replace(spoke, heard=replace(heard, issues=(matter.issue,)))


def _record(state: State, matter: Matter) -> Mapping[str, Any] | None:
    """Return the record of the matter's order where it was shown to be the customer's."""
    known = state.orders.get(matter.order_no or "")
    return known.record if known and known.owned else None


def _of_impatience(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 你倒是说话啊 and 都三天了, beside a matter, as no complaint of another one."""
    heard = spoke.heard
    if state.current is None or heard.order_nos:
        return spoke
    if only_tells_how_long(spoke.plain):
        return replace(spoke, heard=replace(heard, issues=(), guess=None, other_guesses=()))
    if "no_response" not in heard.issues:
        return spoke
    if "no_response" in state.current.issues or not is_impatient(spoke.plain):
        return spoke
    issues = tuple(issue for issue in heard.issues if issue != "no_response")
    return replace(spoke, heard=replace(heard, issues=issues))


def _of_pieces(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 把那5罐的钱退我 beside a complaint as the wish for a part, unless all were bought.

    Of whole pieces with a fault it is their price, which goes back with them.
    """
    matter, heard = state.current, spoke.heard
    if matter is None or matter.stage not in TALKING or matter.issue == "none":
        return spoke
    if TYPE_OF[matter.issue] == "amount":
        return spoke
    if heard.demand != "refund" or not wishes_for_pieces(spoke.plain):
        return spoke
    lines = _lines(state, matter)
    if heard.quantity == sum(line["quantity"] for line in lines):
        return spoke
    bought = max(
        (line["quantity"] for line in lines if matter.sku in {None, line["sku"]}), default=0
    )
    if matter.issue in _GOES_BACK and heard.quantity and heard.quantity <= bought:
        return replace(spoke, heard=replace(heard, issues=(), guess=None, other_guesses=()))
    return replace(spoke, heard=replace(heard, demand="partial_refund"))


def _with_number_only(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 发错了 是B, beside a complaint of A, as another number: no wrong goods were sent."""
    current = state.current
    asked_of = current is not None and current.stage in TALKING and current.order_no
    text = spoke.plain
    if not asked_of or not (named.only_corrects_number(text) or named.finds_number_wrong(text)):
        return spoke
    return replace(spoke, heard=replace(spoke.heard, issues=(), guess=None, confident=False))


def _of_undoing(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 撤销退货申请 as the wish for a person: only they can undo a return that is on record.

    What was wished, offered or granted in this chat is taken back there; 不退了 is of the record
    only where that holds an open return, and nothing else is wished in its place.
    """
    matter, text = state.current, spoke.plain
    if spoke.choices or spoke.heard.signs:
        return spoke
    if matter and (matter.stage == "approval" or is_under_way(matter)):
        return spoke
    talked = matter is not None and (
        matter.stage in {"offered", "confirming"}
        or (matter.issue == "none" and matter.stage in TALKING)
    )
    on_record = _has_open_return(state)
    undone = wants_return_undone(text) and (on_record or not talked)
    kept = on_record and spoke.heard.demand is None and returns_no_longer(text)
    if not undone and not kept:
        return spoke
    heard = replace(
        spoke.heard, intent="want_human", issues=(), demand=None, guess=None, confident=False
    )
    return replace(spoke, heard=heard)


def _of_fit(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 鞋子小了 and 我想换XL as a size that was badly chosen, and not as a fault.

    Beside another matter that is still talked of it is said of that one.
    """
    matter, heard, text = state.current, spoke.heard, spoke.plain
    talked = matter is not None and matter.stage in {*TALKING, "with_person", "approval"}
    if talked or heard.signs or heard.foreign or names_flaw(text):
        return spoke
    chosen = sizes.chosen_badly(text)
    if {*heard.issues, heard.guess, None} - ({None} | (_OF_CHOICE if chosen else _OF_SIZE)):
        return spoke
    wanted = None if sizes.asks_about_it(text) else sizes.exchanged_for(text)
    if not wanted and not chosen and not sizes.fits_badly(text):
        return spoke
    if chosen and "spec" in heard.issues:
        return spoke
    size_named = wanted and _EXACT_SIZE.search(wanted)
    if not (heard.issues or heard.guess or size_named) and heard.intent in WISHES:
        return spoke  # 衬衫想换个大一号: a wish, and understood as one
    if heard.intent in _GIVES_BACK or heard.demand in _GIVEN_BACK:
        heard = replace(heard, issues=(), guess=None, other_guesses=(), intent="want_return")
        return replace(spoke, heard=heard)  # 鞋子小了想退货
    demand = heard.demand or ("exchange" if wanted else None)
    heard = replace(heard, issues=("spec",), guess=None, other_guesses=(), demand=demand)
    return replace(spoke, heard=heard)


def _of_fear(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 是不是丢了 beside the offer for a stuck parcel as a question that picks nothing."""
    matter = state.current
    if matter is None or not fears_beside(matter, spoke):
        return spoke
    asked = {None, "trace", "expedite"} | ({"compensation"} if asks(spoke.plain) else set())
    if spoke.heard.demand not in asked:
        return spoke  # 是不是丢了 退款吧
    heard = replace(
        spoke.heard, issues=(), guess=None, other_guesses=(), demand=None, meanings=(),
        intent="ask_policy",
    )  # fmt: skip
    return replace(spoke, heard=heard)


def _of_signed(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 我真没收到啊, after a parcel was said to be signed for, as that it never came."""
    matter, heard = state.current, spoke.heard
    explained = matter is not None and matter.stage == "ended" and matter.remedy is not None
    if matter is None or not explained or heard.order_nos or heard.signs:
        return spoke
    told = matter.remedy is not None and matter.remedy.option["kind"] == "explain"
    record = _record(state, matter) or {}
    if not told or matter.issue not in DELAYS or record.get("status") not in ARRIVED:
        return spoke
    if not only_not_got(spoke.plain):
        return spoke
    heard = replace(
        heard, issues=("not_received",), confident=True, intent="complain", guess=None,
        other_guesses=(),
    )  # fmt: skip
    return replace(spoke, heard=heard)


def _has_open_return(state: State) -> bool:
    """Tell whether the order spoken of last, shown to be theirs, has a return under way."""
    known = state.shown_order
    returns = (known.record or {}).get("returns", ()) if known else ()
    return any(entry["state"] in {"requested", "approved"} for entry in returns)
