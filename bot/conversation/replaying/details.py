"""What a message tells of the matter talked about: photos, pieces, sums, new values; pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from bot.conversation.shapes.events import CustomerSpoke, Heard
from bot.conversation.shapes.issue_groups import ENTERED, FAULTLESS
from bot.conversation.shapes.state import OFFERED, SETTLED, TALKING, Matter, State
from bot.conversation.words.answers.corrections import (
    answered_correction,
    answered_wanted,
    named_correction,
)
from bot.conversation.words.answers.invoices import special_for_own_title
from bot.conversation.words.answers.meant import waits
from bot.conversation.words.things.articles import named_among
from bot.conversation.words.wishes.demands import DEMANDED
from bot.conversation.words.wishes.exclusions import ruled_out
from bot.conversation.words.wishes.order_kept import ends_only_otherwise, keeps_order
from bot.order_correction import joined
from bot.remedies.verdict import TOLD
from nlp.normalise import normalise
from nlp.quantities import count_of, counts_what_came, number_of, share_of

Detail = TypeVar("Detail", int, float)
_WANTED_PIECES = re.compile(
    r"(?:补|发|赔|退|换|给|寄)[\u4e00-\u9fff]{0,3}?(?:\d+|[一二两三四五六七八九十]+)[\u4e00-\u9fff]"
    r"|(?:\d+|[一二两三四五六七八九十]+)[\u4e00-\u9fff](?:都|全|一起|一块儿?|一并|想|要|给我|帮我)+[退换修]"
)
# 补一份 and the like count nothing; 换一个, 寄一个 ask for another.
_OWED_PIECES = re.compile(
    r"[补退赔换](?:发|我|给|还|寄|掉)*(?:这|那)?(?:\d+|[一二两三四五六七八九十]+)[^\d份套次批单下些点个]"
    r"|[补退赔](?:发|我|给|还|寄|掉)*(?:(?:这|那)一|[2-9]|\d\d+|[二两三四五六七八九十]+)个"
)
_LACKING = re.compile(r"少|缺|没|坏|烂|碎|破|漏|差|丢|不是|不对|错")
_PICTURE = re.compile(r"拍|照片|图片|合影|摆(?:一起|好|出来)")
# A remedy that ended in one of these gave nothing.
GAVE_NOTHING = frozenset({"refused", "failed", "expired", "withdrawn"})
TOLD_WITHIN = 1000  # characters of a matter's words that are kept
TAX_NUMBER = frozenset({15, 18, 20})  # characters of a firm's number at the tax office
# Signs at which a person takes over at once, worst first (policy §4.3).
STOPS: dict[str, tuple[str, str]] = {
    "self_harm": ("E14", "S"),
    "injury": ("E1", "S"),
    "fire": ("E1", "S"),
    "food_illness": ("E1", "S"),
    "food_foreign_body": ("E2", "S"),
    "privacy": ("E10", "S"),
    "fraud": ("E10", "S"),
    "regulator": ("E3", "S"),
    "media": ("E4", "S"),
    "multiples": ("E5", "S"),
    "swapped": ("E11", "L2"),
    "extortion": ("E12", "L2"),
    "furious": ("E7", "L2"),
    "minor": ("E9", "L1"),
    "vulnerable": ("E9", "L1"),
}
WORST_FIRST = tuple(STOPS.values())


def stop_sign(signs: tuple[str, ...]) -> tuple[str, str] | None:
    """Return reason and level of the worst stop sign, or None."""
    return next((STOPS[sign] for sign in STOPS if sign in signs), None)


def worse(known: tuple[str, str] | None, sign: tuple[str, str]) -> tuple[str, str]:
    """Return the graver of a stop sign on record, if there is one, and another."""
    if known is None or known not in WORST_FIRST:
        return sign
    return min(known, sign, key=WORST_FIRST.index)


def looks_like_tax_number(text: str) -> bool:
    """Tell whether a text by itself has the form of a firm's number at the tax office."""
    return len(text) in TAX_NUMBER and text.isascii() and text.isalnum() and text[:2].isdigit()


def take_details(state: State, spoke: CustomerSpoke) -> State:
    """Return the state with all that the message tells of the matter talked about."""
    matter = state.current
    if matter is None:
        return state
    heard = spoke.heard
    counts = not _is_granted(state, matter) and not _counts_else(matter, spoke)
    correction = _correction(state, spoke, matter)
    return state.with_matter(
        replace(
            matter,
            told=_latest(f"{matter.told}\n{spoke.plain}".strip()),
            has_photo=matter.has_photo or bool(spoke.photos),
            quantity=_first(
                heard.quantity if counts else None,
                _answer(state, matter, spoke, "quantity", count_of),
                matter.quantity,
            ),
            quantity_unit=_unit(matter, heard, counts=counts),
            bad_share=_first(
                heard.bad_share,
                _answer(state, matter, spoke, "bad_share", share_of),
                matter.bad_share,
            ),
            amount_fen=_amount(state, matter, spoke),
            demand=_demand(matter, spoke, correction),
            unwanted=_unwanted(state, matter, spoke),
            multiples=matter.multiples or "multiples" in heard.signs,
            on_site=matter.on_site or heard.on_site,
            unopened=matter.unopened if heard.unopened is None else heard.unopened,
            correction=correction or matter.correction,
        )
    )


def _demand(matter: Matter, spoke: CustomerSpoke, correction: str | None) -> str | None:
    """Return what is called for: no end of an order that is to end only if nothing can change.

    Who names what is to stand in it instead wants it put right, whatever was called for before.
    """
    of_entry = bool(ENTERED.intersection(matter.issues))
    if of_entry and (correction or not matter.told) and ends_only_otherwise(spoke.plain):
        return None
    if of_entry and (correction or keeps_order(spoke.plain)):
        return spoke.heard.demand
    return spoke.heard.demand or _still_demanded(matter, spoke)


def _latest(told: str) -> str:
    """Return the latest lines as far as there is room for them, and the last one in any case.

    Staff may read them with what is personal hidden: half a number is not known for one.
    """
    if len(told) <= TOLD_WITHIN:
        return told
    _, _, whole_lines = told[-TOLD_WITHIN - 1 :].partition("\n")
    return whole_lines or told.rpartition("\n")[2]


def _still_demanded(matter: Matter, spoke: CustomerSpoke) -> str | None:
    """Return what was called for before, unless that is ruled out now, or put off: 还是等等吧."""
    offered = matter.stage in OFFERED
    dropped = matter.demand in ruled_out(spoke.plain) or waits(spoke.heard)
    return None if offered and dropped else matter.demand


def _counts_else(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether other pieces are counted than those missing or bad: what is wanted, or came."""
    came = matter.issue == "missing_item" and counts_what_came(normalise(spoke.plain).text)
    # 那两件衬衫也退: the others that go back were counted before.
    added = matter.issue == "none" and matter.whole_order and "也" in spoke.plain
    return came or added or _is_for_picture(matter, spoke) or _wants_beyond_told(matter, spoke)


def _is_for_picture(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether pieces are counted that are to be in the photo: 把80片摆一起拍行吗."""
    text = spoke.plain
    return (
        matter.quantity is not None and bool(_PICTURE.search(text)) and not _LACKING.search(text)
    )


def _unwanted(state: State, matter: Matter, spoke: CustomerSpoke) -> frozenset[str]:
    """Return the kinds on offer that were ruled out, and not wished for or pressed since."""
    if matter.stage not in OFFERED:
        return matter.unwanted
    wanted = {*DEMANDED.get(spoke.heard.demand or "", ()), state.picked and state.picked.kind}
    return (matter.unwanted - wanted) | ruled_out(spoke.plain)


def _wants_beyond_told(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether pieces are counted that are wanted, not those that are lacking: 补发5袋给我.

    Who asks back fewer than were told corrects the count: 退两双的钱, after five were told.
    """
    if matter.quantity is None or matter.issue == "none" or _LACKING.search(spoke.plain):
        return False
    wanted = spoke.heard.quantity or 0
    fewer = wanted < matter.quantity and _OWED_PIECES.search(spoke.plain)
    return bool(_WANTED_PIECES.search(spoke.plain)) and not fewer


def _is_granted(state: State, matter: Matter) -> bool:
    """Tell whether so many pieces were granted: 再退一件 is then of others.

    Where something else is wanted in place of what awaits approval, it is counted anew.
    """
    remedy = matter.remedy
    gave = remedy is not None and remedy.state not in GAVE_NOTHING
    told = matter.granted_kind in TOLD
    return gave and not told and matter.stage not in TALKING and not state.letting_go


def _unit(matter: Matter, heard: Heard, *, counts: bool) -> str | None:
    """Return by what the pieces are counted: a bare number leaves the word used before."""
    counts = counts and heard.quantity is not None
    return heard.quantity_unit if counts else matter.quantity_unit


def _answer(
    state: State,
    matter: Matter,
    spoke: CustomerSpoke,
    what: str,
    read: Callable[[str], Detail | None],
) -> Detail | None:
    """Return what a bare answer gives to the question that is open, or None."""
    asked = state.question
    waiting = asked and asked.what == what and asked.matter == matter.id
    return read(spoke.plain) if waiting and spoke.text.strip() else None


def fen_of(text: str) -> int | None:
    """Return the yuan that are all the text says, in fen."""
    yuan = number_of(text)
    return None if yuan is None else yuan * 100


def _amount(state: State, matter: Matter, spoke: CustomerSpoke) -> int | None:
    """Return the sum that is claimed; what is said once a remedy was agreed on is another."""
    if matter.stage in SETTLED:
        return matter.amount_fen
    told = _answer(state, matter, spoke, "amount", fen_of)
    return _first(spoke.heard.amount_fen, told, matter.amount_fen)


def _first(*found: Detail | None) -> Detail | None:
    return next((value for value in found if value is not None), None)


def _correction(state: State, spoke: CustomerSpoke, matter: Matter) -> str | None:
    """Return what is to stand in the order instead, with what was named of it before."""
    asked = state.question
    waiting = asked and asked.what == "correction" and asked.matter == matter.id
    read = named_correction
    if waiting and not state.wants_human:
        read = answered_correction if matter.stage == "gathering" else answered_wanted
    found = read(matter, spoke) or _for_own_title(state, spoke, matter)
    if found and _names_other_article(state, matter, found):
        return (
            None  # 换成手套吧, of a scarf: what is exchanged is the same in another size or colour
        )
    if found and matter.correction and "address" in matter.issues:
        return joined(matter.correction, found)
    return found


def _for_own_title(state: State, spoke: CustomerSpoke, matter: Matter) -> str | None:
    """Return the special invoice for the firm on the order's record, where that is to stay."""
    invoice = (state.shown_of(matter) or {}).get("invoice")
    if "invoice" not in matter.issues or not invoice:
        return None
    return special_for_own_title(str(invoice["title"]), f"{matter.told}\n{spoke.plain}")


def _names_other_article(state: State, matter: Matter, value: str) -> bool:
    """Tell whether an article is named for which goods in order cannot be exchanged."""
    if matter.issue not in FAULTLESS:
        return False
    lines = state.lines_of(matter)
    named = named_among(value, [str(line["title"]) for line in lines])
    return any(lines[at]["sku"] != matter.article for at in named)
