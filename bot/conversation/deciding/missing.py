"""What a verdict still lacks is asked for, one thing at a time; pure.

Which article is asked twice: whoever answers 换 has told what they want, and not of what.
"""

from __future__ import annotations

from bot.conversation.deciding.find_order import next_ids
from bot.conversation.deciding.judging import goes_to_fetch, looked_up
from bot.conversation.deciding.new_value import ask_city, leaves_city_open
from bot.conversation.deciding.reminders import remind_of_correction
from bot.conversation.shapes.state import Button, Matter, State
from bot.conversation.shapes.steps import Ask, HandOver, Say, Step
from bot.conversation.words.answers.corrections import is_question
from bot.conversation.words.answers.meant import topic_meant
from bot.conversation.words.sentence import manner
from bot.conversation.words.wishes.exclusions import speaks_of_freight
from bot.remedies.verdict import Verdict
from nlp.labels import TYPE_OF

ASKED_AT_MOST = 3  # missing items a matter, policy §2.5
MISSING_WORDING = {
    "photo": "ask_photo",
    "item": "ask_item",
    "quantity": "ask_quantity",
    "bad_share": "ask_bad_share",
    "correction": "ask_correction",
    "amount": "ask_amount",
}

# Of a mere wish: which article it is about, with nothing wrong with it.
WISHED_WORDING = {"ask_item": "ask_item_wished", "ask_item_again": "ask_item_again_wished"}


def ask_missing(state: State, matter: Matter, verdict: Verdict) -> Step:
    """Return the question for what is missing; a person sees to what was asked for in vain."""
    if "photo" in verdict.missing and state.photos_coming:
        return _wait_for_photo(state, matter)
    if "photo" in verdict.missing and goes_to_fetch(state) and _asked(state, matter, "photo"):
        return Say(about="take_your_time", wording="take_your_time")
    if _needs_a_moment(state):
        return Say(about="take_your_time", wording="take_your_time")
    if "photo" in verdict.missing and _asked(state, matter, "photo"):
        return Say(about="photo_reminder", wording=_photo_reminder(state),
                   options=_missing_buttons(state, matter, "photo"))  # fmt: skip
    if "correction" in verdict.missing and leaves_city_open(state, matter):
        return ask_city(state, matter)
    if reminder := remind_of_correction(state, matter, verdict):
        return reminder
    if "item" in verdict.missing and _asked(state, matter, "item") == 1:
        return _ask(state, matter, verdict, "item", _item_wording(matter, "ask_item_again"))
    uncounted = "quantity" in verdict.missing and matter.quantity is None
    if uncounted and _asked(state, matter, "quantity") == 1 and _mute(state):
        return _ask(state, matter, verdict, "quantity", "ask_quantity_again")
    fresh = [what for what in verdict.missing if not _asked(state, matter, what)]
    total = sum(bool(_asked(state, matter, what)) for what in MISSING_WORDING)
    if not fresh or total >= ASKED_AT_MOST:
        return HandOver(reason="E13", level="L1", matter=matter.id)
    return _ask(state, matter, verdict, fresh[0], _missing_wording(matter, fresh[0]))


def _ask(state: State, matter: Matter, verdict: Verdict, what: str, wording: str) -> Ask:
    return Ask(
        what=what,
        wording=wording,
        facts={"matter": matter.id, "reasons": verdict.reasons},
        options=_missing_buttons(state, matter, what),
        matter=matter.id,
    )


def _photo_reminder(state: State) -> str:
    """Return how the photo is asked for once more: what was asked meanwhile is answered first."""
    text = state.text
    topic = topic_meant(state.heard, text)
    if speaks_of_freight(text) or topic == "freight":
        return "photo_reminder_freight"
    if topic == "sum":
        return "photo_reminder_sum"
    asks = state.heard.intent in {"ask_policy", "ask_product"} and is_question(text)
    return "photo_reminder_asked" if asks else "photo_reminder"


def _wait_for_photo(state: State, matter: Matter) -> Step:
    """Say that what was sent is on its way: it is judged on when it is here, not before."""
    if _asked(state, matter, "photo"):
        return Say(about="photo_coming", wording="photo_coming")
    return Ask(what="photo", wording="photo_coming", matter=matter.id)


def _needs_a_moment(state: State) -> bool:
    """Tell whether what was asked for is being looked up; whoever said so once is asked again."""
    text = state.text
    asked = state.question is not None and state.question.what in MISSING_WORDING
    once = not state.times_asked("take_your_time")
    return asked and once and manner.says_nothing_yet(text)


def _mute(state: State) -> bool:
    """Tell whether a picture was sent without a word: no answer, and no sign of having none."""
    spoke = state.unanswered
    return spoke is not None and bool(spoke.photos) and not spoke.text.strip()


def _missing_wording(matter: Matter, what: str) -> str:
    if what == "item":
        return _item_wording(matter, MISSING_WORDING[what])
    about_money = TYPE_OF[matter.issue] == "amount"
    return "ask_receipt" if what == "photo" and about_money else MISSING_WORDING[what]


def _item_wording(matter: Matter, wording: str) -> str:
    """Return how it is asked which article is meant: of a mere wish nothing is wrong with it."""
    return WISHED_WORDING[wording] if matter.issue == "none" else wording


def _asked(state: State, matter: Matter, what: str) -> int:
    return state.asked.get(f"{matter.id}:{what}", 0)


def _missing_buttons(state: State, matter: Matter, what: str) -> tuple[Button, ...]:
    if what == "photo":
        first, second = next_ids(state, 2)
        return (
            Button(id=first, label="上传照片", kind="evidence", matter=matter.id),
            Button(id=second, label="没有照片", kind="deny", matter=matter.id, value="no_photo"),
        )
    if what == "item":
        lines = looked_up(state, matter).lines
        *ids, last = next_ids(state, len(lines) + 1)
        label = "整单都要" if matter.issue == "none" else "整单都有"
        whole = Button(id=last, label=label, kind="order", matter=matter.id, value="sku:")
        articles = (
            Button(id=id_, label=line["title"], kind="order", matter=matter.id,
                   value=f"sku:{line['sku']}")
            for id_, line in zip(ids, lines, strict=True)
        )  # fmt: skip
        return (*articles, whole)
    return ()
