"""What `nlp` understood, as events keep it; pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from bot.conversation.shapes.events import Heard
from bot.conversation.shapes.issue_groups import OF_SERVICE, STATES_OF_GOODS
from bot.conversation.words.matters import complaint, dangers
from bot.conversation.words.matters.arrival import asks_in_parcels
from bot.conversation.words.matters.several import are_apart
from bot.conversation.words.matters.told_apart import (
    brought_elsewhere,
    fault_of,
    misread,
    names_uncredited,
    only_broken,
    paid_since,
    ships_late,
    told_apart,
)
from bot.conversation.words.sentence import manner
from bot.conversation.words.things import intact, sums
from bot.conversation.words.things.articles import keeps_rest
from bot.conversation.words.things.bought import tells_what_was_bought
from bot.conversation.words.things.dispatch import asks_to_wait
from bot.conversation.words.things.parcels import has_refused_parcel
from bot.conversation.words.wishes.second_thoughts import names_flaw, without_nothing_wrong
from bot.conversation.words.wishes.told import with_pieces_back
from nlp import patterns
from nlp.labels import TYPE_OF, WANT_HUMAN
from nlp.normalise import simplified
from nlp.understanding import Understanding

# Below this the likeliest issue is only a guess, and the customer is asked.
ASSERTED_AT = 0.38
# An issue that is as good as certainly there is asserted, whichever comes first.
THERE_AT = 0.65
# An issue beside the first one may turn the verdict, so it must be likelier than not.
BESIDE_AT = 0.5
WORTH_ASKING = 0.2
DOUBTED_BELOW = 0.6
MUCH_SURER = 0.14
ASKED_BETWEEN = 3  # issues laid before the customer at a time
# Messages that are whole as they are.
BY_ITSELF = frozenset({"greet", "thank", "ask_policy", "ask_product", "confirm", "deny"})
# The signs by which the rules see a flag; the first stands for a flag without any. A legal threat
# may be no more than a bad review, which brings no person: there the rules alone decide.
SIGNS_OF = {
    "safety": ("injury", "fire", "food_foreign_body", "food_illness"),
    "privacy": ("privacy",),
    "fraud": ("fraud",),
    "minor": ("minor",),
}
# What a danger most likely is about where nothing else was understood: the person whom it brings
# need not be asked, and the dispute is on record under its matter.
MATTER_OF = {
    "food_foreign_body": "spoiled",
    "food_illness": "spoiled",
    "fire": "defect",
    "injury": "defect",
}
_GRASPED = frozenset({"privacy", "fraud"})  # signs of somebody who got at the customer's data
_NOT_YET_HERE = frozenset({"not_shipped", "slow"})  # what a wish to wait is easily taken for
_AT_THE_DOOR = frozenset({"courier", "refused", "refund_delay", "none"})
COMPLAINING = frozenset({"complain", "want_compensation"})
WARRANTY = frozenset({"ask_policy", "ask_product", "want_repair", "order_status", "complain"})
_CHINESE = re.compile(r"[\u3400-\u9fff]")
# Japanese kana, Korean, Cyrillic, Arabic, Thai: Japanese has characters that look Chinese.
_OTHER_SCRIPT = re.compile(r"[\u3041-\u30fa\uac00-\ud7a3\u0400-\u04ff\u0600-\u06ff\u0e00-\u0e7f]")
FOREIGN_SIGNS = 4
_WORD = re.compile(r"(?<![^\W_])[^\W\d_\u3400-\u9fff]+(?![^\W_])")
FOREIGN_WORDS = 4  # so many words without a joint: another language, or a shouted list
LOOKED_AT = 2000  # characters
FOREIGN_LETTERS = 12  # a line of letters, not a model number or an abbreviation
# Beside so many Chinese characters a foreign sentence is still foreign: 你好, 谢谢.
CHINESE_BESIDE = 4
# What a sentence cannot do without and a product's name does: iPhone 15 Pro Max has none.
_JOINT = re.compile(
    r"a|am|an|and|any|are|at|be|but|by|can|could|de|der|did|die|do|does|el|en|for|from|get|"
    r"give|have|help|how|i|ich|il|in|is|ist|it|la|le|les|me|mein|mi|my|nicht|no|not|of|on|or|"
    r"our|please|pls|por|que|the|they|this|to|un|une|want|was|we|were|what|when|where|which|"
    r"who|why|will|with|would|you|your"
)
# Names of details, which stand in Chinese beside a number whoever writes.
_DETAIL = re.compile(
    r"(?:订单|快递|物流|运)?(?:单|编)?(?:号码?|单号)|订单|单子|快递|尾号|[元块件个]"
)


_GIVES_BACK = frozenset({"want_return", "want_refund", "want_exchange"})


def to_heard(understood: Understanding) -> Heard:
    """Return the event's view of an understanding."""
    # The classifier has only ever read Chinese: what it makes of other languages is noise.
    foreign = is_foreign(understood.text)
    bare = not understood.confident and complaint.only_complains(understood.text)
    if only := _only_intent(understood):
        return replace(_heard(understood, foreign), intent=only)
    unreasoned = not understood.confident and _tells_no_fault(understood.text)
    unreasoned = unreasoned or misread(understood.primary, simplified(understood.text))
    claimed = understood.primary != "none" and not foreign and not bare and not unreasoned
    scored = (*understood.issues, *understood.alternatives)
    likely_issues = {score.issue for score in scored if score.probability >= WORTH_ASKING}
    first = told_apart(_first_issue(understood), likely_issues, understood.text)
    sure = first != understood.primary or understood.confident
    there = any(s.issue == first and s.probability >= THERE_AT for s in understood.issues)
    sure = sure or there or understood.probability >= ASSERTED_AT
    asserted = claimed and sure
    likely = () if foreign or bare or unreasoned or asserted else _guesses(understood)
    issues = _issues_led_by(first, understood)
    if _asks_of_parcel(understood, unsure=claimed and not understood.confident):
        return replace(_heard(understood, foreign), intent="order_status")
    if _is_cheated(understood) and set(issues) <= OF_SERVICE:
        asserted, likely = False, ()
    if wish := _wish_for_parcel(understood, set(issues) if asserted else set()):
        return replace(_heard(understood, foreign), intent=wish)
    told = None if foreign else _matter_told(understood, likely, asserted=asserted)
    if told:
        issues, likely = (told,), ()
    elif asserted and TYPE_OF[first] == "after_sales":
        # Fault and silence side by side: the fault first (taxonomy), the more so a dangerous one.
        issues = tuple(dict.fromkeys((*_dangers(understood)[:1], *issues)))
    heard = _heard(understood, foreign)
    if heard.demand == "return_refund" and sums.finds_it_too_little(understood.text):
        heard = replace(heard, demand=None)  # 退货少退了20块: the goods went back before
    if not (told or asserted) and (back := with_pieces_back(heard, understood.text)):
        return back
    if asserted and first == "refused" and _gives_some_back(understood.text):
        return replace(heard, intent="want_return", demand=heard.demand or "return_refund")
    return replace(
        heard,
        issues=issues if told or asserted else (),
        confident=understood.confident and not told,
        intent="complain" if bare or told else _intent(heard, understood),
        guess=likely[0] if likely else None,
        other_guesses=likely[1:],
    )


def _only_intent(understood: Understanding) -> str | None:
    """Return the intent of what tells no matter by itself: goods that came, a fault supposed."""
    if complaint.asks_in_case_of_fault(understood.text):
        return "ask_policy"
    if understood.confident or not tells_what_was_bought(understood.text):
        return None
    # An order's number named with it is no wish to know where that stands.
    return "complain" if understood.slots.order_nos else "inform"


def _intent(heard: Heard, understood: Understanding) -> str:
    """Return the intent, which is to give the goods up where nothing is wrong with them."""
    calm = understood.primary == "none" and heard.intent == "complain" and not heard.signs
    if calm and heard.demand == "cancel" and complaint.gives_goods_up(understood.text):
        return "want_cancel"
    return heard.intent


def _asks_of_parcel(understood: Understanding, *, unsure: bool) -> bool:
    """Tell whether it is asked where a parcel is, or in how many an order was sent."""
    text, calm = understood.text, understood.primary == "none"
    if calm and asks_in_parcels(simplified(text)):
        return True
    calm = calm and understood.intent not in {"ask_policy", "ask_product"}
    return (calm or unsure) and not understood.slots.demand and complaint.asks_where(text)


def _issues_led_by(first: str, understood: Understanding) -> tuple[str, ...]:
    """Return the first issue and those beside it that are likely enough to turn a verdict."""
    beside = [
        s.issue
        for s in understood.issues
        if s.issue != first and s.probability >= _beside_at(first, s.issue)
    ]
    if only_broken(understood.text):
        beside = [issue for issue in beside if issue != "missing_item"]
    if first == "system" and names_uncredited(understood.text):
        beside = [issue for issue in beside if issue != "refund_delay"]
    if first == "overcharge" and sums.names_fee(understood.text):
        # A sum too much is vague until it is said which; here it is.
        return ("fee", *(issue for issue in beside if issue != "fee"))
    return (first, *beside)


def _beside_at(first: str, other: str) -> float:
    """Return how likely an issue must be beside the first; one of its own opens a dispute.

    刚买三天扫地机就降了200 is a little like a fault, and tells of none.
    """
    return THERE_AT if are_apart(first, other) else BESIDE_AT


def _gives_some_back(text: str) -> bool:
    """Tell whether 其他不退 only says what stays: nothing is refused, and nothing broken."""
    return keeps_rest(text) and not names_flaw(text)


def _wish_for_parcel(understood: Understanding, issues: set[str]) -> str | None:
    """Return what is wished where a parcel is to wait, or was turned away; None where neither."""
    if understood.signs:
        return None
    if asks_to_wait(understood.text) and not understood.slots.demand:
        return "want_correction" if issues <= _NOT_YET_HERE else None
    calm = not understood.confident and issues <= _AT_THE_DOOR
    return "want_refund" if calm and has_refused_parcel(understood.text) else None


def _matter_told(
    understood: Understanding, likely: tuple[str, ...], *, asserted: bool
) -> str | None:
    """Return the issue that the words tell by rule, where the classifier asserts none."""
    if _is_fault(understood):
        return "defect"
    if _wishes_for_broken(understood):
        return fault_of(understood.text)
    if understood.primary == "none" and sums.misses_money_of_return(understood.text):
        return "refund_delay"
    wished = understood.intent in _GIVES_BACK and likely[:1] and likely[0] in STATES_OF_GOODS
    if wished and _tells_flaw(understood.text):
        return likely[0]  # 衣服破洞 要退货: not sure which fault, but no mere wish
    if understood.primary == "none" and not asserted and brought_elsewhere(understood.text):
        return "courier"
    if likely[:1] == ("double_charge",) and paid_since(simplified(understood.text)):
        return "not_shipped"
    compensated = understood.slots.demand == "compensation"
    if understood.primary == "none" and compensated and ships_late(understood.text):
        return "not_shipped"
    if not understood.confident and sums.got_back_too_little(understood.text):
        return "overcharge"
    dangers = _dangers(understood)
    return (*likely, *dangers)[0] if dangers and not asserted else None


def _wishes_for_broken(understood: Understanding) -> bool:
    """锅坏了想退货: read as a calm wish, but a fault is told with it."""
    calm = understood.primary == "none" and understood.intent in _GIVES_BACK
    return calm and complaint.tells_broken(without_nothing_wrong(simplified(understood.text)))


def _tells_flaw(text: str) -> bool:
    """Tell whether something is said to be broken, torn, soiled or the like, and not asked."""
    unsure = manner.asks(text) or manner.SUPPOSES.search(text)
    return names_flaw(without_nothing_wrong(text)) and not unsure


def _tells_no_fault(text: str) -> bool:
    return complaint.gives_no_reason(text) or dangers.only_tried(text)


def _is_cheated(understood: Understanding) -> bool:
    """Tell whether somebody who calls himself 客服 may be meant: no matter of our service."""
    return not _GRASPED.isdisjoint(understood.signs) and not understood.confident


def _dangers(understood: Understanding) -> list[str]:
    return [MATTER_OF[sign] for sign in understood.signs if sign in MATTER_OF]


def _heard(understood: Understanding, foreign: bool) -> Heard:
    """Return what was heard beside the matter."""
    slots = understood.slots
    guessed = foreign and understood.intent == WANT_HUMAN and "human" not in understood.signs
    return Heard(
        intent="other" if guessed else understood.intent,
        flags=understood.flags,
        signs=(*understood.signs, *(seeming := _seeming(understood))),
        seeming=seeming,
        order_nos=slots.order_nos,
        phone_tail=slots.phone_tail,
        amount_fen=slots.amount_fen,
        quantity=slots.quantity,
        quantity_unit=slots.quantity_unit,
        bad_share=slots.bad_share,
        demand=slots.demand,
        # Of a story, what it means as an answer would be a guess.
        meanings=understood.meanings if manner.is_short(understood.text) else (),
        on_site=sums.is_on_site(understood.text),
        unopened=intact.tells_unopened(understood.text),
        foreign=foreign,
        artefact=understood.artefact,
    )


def _seeming(understood: Understanding) -> tuple[str, ...]:
    """Return a sign for each grave flag that only the classifier saw, and the words bear out."""
    seen, text = set(understood.signs), simplified(understood.text)
    unseen = (f for f in SIGNS_OF if f in understood.flags and seen.isdisjoint(SIGNS_OF[f]))
    return tuple(SIGNS_OF[flag][0] for flag in unseen if dangers.borne_out(flag, text))


def may_go_on(heard: Heard, before: Heard) -> bool:
    """Tell whether a message may be the rest of one before it: neither names a matter."""
    alone = heard.issues or heard.foreign or heard.signs or before.foreign or before.signs
    return not alone and heard.intent not in BY_ITSELF


def _first_issue(understood: Understanding) -> str:
    """Return the primary, or another issue where that is much surer to be there."""
    scores = {score.issue: score.probability for score in understood.issues}
    best = max(scores, key=lambda issue: scores[issue], default=understood.primary)
    if understood.primary not in scores or understood.probability >= DOUBTED_BELOW:
        return understood.primary
    surer = scores[best] - scores[understood.primary] >= MUCH_SURER
    return best if surer else understood.primary


def _guesses(understood: Understanding) -> tuple[str, ...]:
    """Return the issues worth asking about, likeliest first: claimed, or behind a complaint."""
    claimed = understood.primary != "none"
    if not claimed and understood.intent not in COMPLAINING:
        return ()
    scored = (*understood.issues, *understood.alternatives) if claimed else understood.alternatives
    likely = [a.issue for a in scored if a.probability >= WORTH_ASKING]
    if not claimed and not likely:
        return ()
    first = (understood.primary,) if claimed else ()
    return tuple(dict.fromkeys((*first, *likely, *(a.issue for a in scored))))[:ASKED_BETWEEN]


def _is_fault(understood: Understanding) -> bool:
    """A fault told along with "还保修吗": answering the question alone would mend nothing."""
    asks = understood.primary == "none" and understood.intent in WARRANTY
    return asks and complaint.tells_fault(understood.text)


def is_foreign(text: str) -> bool:
    """Tell whether a text is in another language, however its numbers and links are written."""
    if len(_OTHER_SCRIPT.findall(text)) >= FOREIGN_SIGNS:
        return True
    if not text.isascii() and len(_CHINESE.findall(text)) > len(text) // 2:
        return False
    prose = _prose(text[:LOOKED_AT])
    words = [word.lower() for word in _WORD.findall(prose)]
    if sum(map(len, words)) < FOREIGN_LETTERS:
        return False
    joints = sum(_JOINT.fullmatch(word) is not None for word in words)
    chinese = len(_CHINESE.findall(prose))
    if chinese:
        return chinese <= CHINESE_BESIDE and joints >= 2
    return joints > 0 or len(words) >= FOREIGN_WORDS


def _prose(text: str) -> str:
    """Return the text without links, numbers, amounts, dates and the names they go by."""
    plain = unicodedata.normalize("NFKC", text).lower()
    spans = [span[1:] for span in patterns.protected_spans(plain)]
    spans += [match.span() for match in patterns.NAMED_ORDER.finditer(plain)]
    spans += [match.span() for match in patterns.carrier_names().finditer(plain)]
    kept = list(plain)
    for start, end in spans:
        kept[start:end] = " " * (end - start)
    return _DETAIL.sub(" ", "".join(kept))
