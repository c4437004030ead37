"""Everything that is no dispute: greetings, thanks, questions of policy, unclear messages."""

from __future__ import annotations

import re

from bot.conversation.deciding.find_order import human_button, knows_which, next_ids
from bot.conversation.deciding.settle import remind
from bot.conversation.deciding.to_person import open_id
from bot.conversation.shapes.events import Heard
from bot.conversation.shapes.state import TALKING, Button, Matter, State
from bot.conversation.shapes.steps import Ask, HandOver, Say, Step
from bot.conversation.words.answers.said_before import told_of
from bot.conversation.words.matters.before_buying import asks_another_case, will_buy
from bot.conversation.words.sentence import consent, manner, yes_no
from bot.conversation.words.sentence.greeting import says_goodbye
from bot.conversation.words.sentence.unreadable import cannot_be_read
from bot.conversation.words.things.bought import tells_what_was_bought
from bot.conversation.words.wishes import afterthoughts, exclusions
from bot.conversation.words.wishes.said_again import takes_in_receipt
from bot.remedies.verdict import TOLD
from nlp.labels import ISSUE_NAMES

UNCLEAR_BEFORE_PERSON = 2
# 你是机器人吗; 机器人能不能退货 asks for something else.
_ASKS_WHO = re.compile(
    r"(?:喂|你好|请问|那|所以|[，, ])*(?:你们?|您|这|对面|现在)(?:这边|那边|客服)?"
    r"(?:到底|不会)?(?:是不是|是|不是)?(?:个|一个)?"
    r"(?:机器人?|真人|人工智能|人工客服|人工|AI|ai|智能客服|活人|人机)(?:客服|回复|还是[\u4e00-\u9fff]{2,4})?"
    rf"(?:吗|吧|么|嘛|呢|不|[{manner.PARTICLES}])*[?？。.!！~～ ]*"
)
# 哦那行, 行吧那算了: what was said is taken note of, and no more.
_TAKES_NOTE = re.compile(
    r"(?=.*(?:好|行|知道|明白|算了|没事))"
    r"(?:[哦噢喔额呃唉哎啊嗯吧了嘞]|好的?|行|那|就|这样|知道了|明白了|算了|没事|[，,。.!！~～ ])+"
)
# 我还有一单也有事, 再帮我弄一下, 我要差评: more is wanted, or wrong.
_CALLS_FOR_MORE = re.compile(
    r"还有|还要|另外|也有|再(?!见|也不|次感谢)|帮我|给我|我要|差评|投诉|举报"
)
_CURSES = re.compile(r"(?:谢谢?|感谢)(?:你|您)们?(?:全家|八辈|祖宗|妈|娘)")
_THANKS_A_LOT = re.compile(r"(?:真是?|可真|我真|太)(?:是|得|的|要)*(?:谢谢?|感谢)(?:你|您)们?")
# 谢谢 6号之前一定能发吧: something is asked behind the thanks; 谢谢 你人真好吧 asks nothing.
_THANKS_AND_ASKS = re.compile(
    r"(?:好的?|行|嗯|[，, ])*(?:谢谢?|感谢|辛苦|多谢)[^，,。.!！~～ ]{0,3}[，,。.!！~～ ]+"
    r"[^，,。]*(?:能|会(?!给|再)|可以|什么时候|啥时候|几号|多久|几天)[^，,。]{0,8}"
    r"[吗吧么?？][?？ ]*"
)
_ASKS_RULE = frozenset({"ask_policy", "ask_product"})
# A wish or a complaint that does not say what is wrong.
UNNAMED = frozenset({"complain", "want_compensation", "want_repair", "want_correction"})


def tell_who(state: State) -> Say | None:
    """Say honestly that an AI speaks, where that is asked; None where it is not."""
    text = state.unanswered.plain.strip() if state.unanswered else ""
    if state.wants_human or not manner.is_short(text) or not _ASKS_WHO.fullmatch(text):
        return None  # 你们人工客服呢 calls for one
    matter = state.current
    return Say(about="who", wording="who", options=remind(state, matter) if matter else ())


def tell_unreadable(state: State) -> Say | None:
    """Say that voice, video and the like are not read here, nor kept; None where all is words."""
    spoke = state.unanswered
    if spoke is None or spoke.choices or spoke.photos or not cannot_be_read(spoke.plain):
        return None
    matter, asked = state.current, state.question
    if asked is not None and asked.what == "photo":
        return Say(about="unreadable", wording="unreadable_photo", options=asked.buttons)
    options = remind(state, matter) if matter else ()
    if any(key.endswith(":unreadable") for key in state.asked):
        return Say(about="unreadable", wording="unreadable_again",
                   options=options or (human_button(state),))  # fmt: skip
    return Say(about="unreadable", wording="unreadable", options=options)


def small_talk(state: State) -> Step:
    """Return an answer to a message that belongs to no matter; there always is one."""
    heard = state.heard
    text = state.unanswered.text.strip() if state.unanswered else ""
    matter = state.current
    options = remind(state, matter) if matter else ()
    if told := _tell_rule(state, text, options):
        return told
    if heard.guess and not state.asked.get("None:issue"):
        return _keep_order(state) or _ask_issue(state, (heard.guess, *heard.other_guesses))
    if state.unanswered and state.unanswered.photos:
        return _thank_for_photo(state)
    if heard.intent in UNNAMED or (matter is None and tells_what_was_bought(text)):
        return _note_remark(state, matter) or _ask_matter(state)
    if heard.intent == "thank" and (said := _beside_thanks(matter, text)):
        return Say(about=said, wording=said, options=options or (human_button(state),))
    if heard_out := _heard_out(state, matter):
        return Say(about="close", wording=heard_out)
    if heard.intent in {"greet", "thank"}:
        wording = _courtesy(heard.intent, state)
        return Say(about=heard.intent, wording=wording, options=options)
    if matter and matter.remedy and heard.intent in {"confirm", "deny", "inform"}:
        return Say(about="afterwards", wording="afterwards", facts={"matter": matter.id})
    if _takes_note(text):
        waits = _awaits(state) and not afterthoughts.lets_go(text)
        return Say(about="close", wording="take_your_time" if waits else "close")
    return _keep_order(state) or _tail_noted(state, heard) or _unclear(state, text)


def _tell_rule(state: State, text: str, options: tuple[Button, ...]) -> Say | None:
    """Answer a question of the shop's rules or goods, and take note of who will buy then."""
    matter, about = state.current, state.heard.intent
    told = _told_rule(state)
    if about not in _ASKS_RULE:
        if (matter is None or matter.stage == "ended") and will_buy(text):
            return Say(about="close", wording="close")
        if not (told and asks_another_case(text)):
            return None
        about = "ask_policy"
    beside = matter is not None and (matter.stage != "ended" or matter.remedy is not None)
    return Say(about=about, wording=about,
               facts={"question": text, "beside": beside, "known": knows_which(state),
                      "decided": _decides(matter), "said": _told_of(matter, text),
                      "again": told, "signed": state.identity is not None},
               options=options or (human_button(state),))  # fmt: skip


def _told_rule(state: State) -> bool:
    """Tell whether a question of the shop's rules or goods was answered, with no matter open."""
    told = (state.times_asked(intent) for intent in _ASKS_RULE)
    return state.current is None and any(told)


def _keep_order(state: State) -> Say | None:
    """Say that nothing is done to an order of which nothing was wished: 别退款 我等着."""
    calm = state.current is None and knows_which(state) and exclusions.only_denies(state.text)
    return Say(about="close", wording="order_kept") if calm else None


def _note_remark(state: State, matter: Matter | None) -> Say | None:
    """Take note, once, of what may be but a word on what was just settled: 其他三把没问题."""
    settled = matter is not None and matter.stage == "ended" and matter.remedy is not None
    if not settled or state.heard.issues or state.times_asked("noted"):
        return None
    if afterthoughts.still_wrong(state.text) or _CALLS_FOR_MORE.search(state.text):
        return None
    return Say(about="noted", wording="noted")


def _tail_noted(state: State, heard: Heard) -> Ask | None:
    """Take note of a phone's tail that came alone, and ask for the rest; None after that."""
    if not heard.phone_tail or knows_which(state) or state.asked.get("None:matter"):
        return None
    return Ask(what="matter", wording="tail_noted")


def _decides(matter: Matter | None) -> bool:
    """Tell whether a yes to one remedy is awaited, so that nothing else may be asked besides."""
    return matter is not None and matter.stage == "confirming"


def _courtesy(intent: str, state: State) -> str:
    """Return the answer to thanks or a greeting: no help is spoken of before it was given.

    Amid a matter nobody introduces themselves again: 在吗 is told no more than that.
    """
    matter = state.current
    if says_goodbye(state.text):
        return "close"
    if intent == "thank":
        helped = matter is None or matter.end == "resolved" or matter.escalated is not None
        return "thank" if helped else "thank_open"
    amid = matter is not None and matter.stage in TALKING
    amid = state.has_spoken and (amid or manner.only_asks_if_here(state.text))
    return "greet_decided" if amid or _decides(matter) else "greet"


def _told_of(matter: Matter | None, question: str) -> str | None:
    """Return what the matter's verdict, as it was told, says of what is asked now."""
    verdict = (matter.verdict if matter else None) or {}
    return told_of(question, (*verdict.get("reasons", ()), verdict.get("responsibility", "")))


def _beside_thanks(matter: Matter | None, text: str) -> str | None:
    """Return what is answered in place of 不客气: bitter thanks, and a question behind them."""
    if _is_bitter(text, matter):
        return "bitter"
    settled = matter is not None and matter.end == "resolved"
    return "asked_beside" if settled and _THANKS_AND_ASKS.fullmatch(text) else None


def _is_bitter(text: str, matter: Matter | None) -> bool:
    """Tell whether thanks are meant the other way round; some only are beside a complaint."""
    open_ = matter is not None and (matter.stage in TALKING or matter.end == "rejected")
    return bool(_CURSES.search(text)) or (open_ and bool(_THANKS_A_LOT.search(text)))


def _heard_out(state: State, matter: Matter | None) -> str | None:
    """Return what is answered to who takes note of what was told, or done; None to all else."""
    if _is_told_and_heard(state, matter):
        return "understood"
    return "close" if matter and takes_in_receipt(matter, state.text) else None


def _is_told_and_heard(state: State, matter: Matter | None) -> bool:
    """Tell whether an explanation or a refusal is taken note of: 行吧那算了."""
    text = state.text
    told = matter is not None and matter.stage == "ended" and matter.remedy is not None
    if not told or matter is None or matter.remedy is None:
        return False
    explained = matter.remedy.option["kind"] in TOLD
    return explained and (_takes_note(text) or afterthoughts.lets_go(text))


def _takes_note(text: str) -> bool:
    """Tell whether what was said is taken note of, and nothing more is wanted."""
    noted = manner.is_short(text) and bool(_TAKES_NOTE.fullmatch(text.strip()))
    return noted or consent.consents(text) or yes_no.understands(text)


def _awaits(state: State) -> bool:
    """Tell whether the customer was asked to tell what is wrong, or of which order."""
    asked = state.question.what if state.question else None
    owned = state.order_no in state.orders and state.orders[state.order_no or ""].owned
    return asked == "matter" or (asked in {"order_no", "phone_tail"} and not owned)


def _ask_issue(state: State, guesses: tuple[str, ...]) -> Step:
    """Lay the likeliest issues before the customer, once, rather than guess at money."""
    *ids, last = next_ids(state, len(guesses) + 1)
    meant = (
        Button(id=id_, label=ISSUE_NAMES[issue], kind="confirm", value=f"issue:{issue}")
        for id_, issue in zip(ids, guesses, strict=True)
    )
    none = Button(id=last, label="都不是", kind="deny", value="issue:")
    return Ask(what="issue", wording="ask_issue", options=(*meant, none))


def _thank_for_photo(state: State) -> Ask:
    """Thank for a photo that came alone, and keep to what was asked or is not known yet."""
    asked = state.question
    if asked is not None and asked.what == "issue" and asked.matter is None:
        return Ask(what="issue", wording="photo_and_issue", options=asked.buttons)
    known = state.orders.get(state.order_no or "")
    told = known is not None and known.owned
    return Ask(what="matter", wording="photo_of_order" if told else "photo_alone")


def _ask_matter(state: State) -> Step:
    asked = state.asked.get("None:matter", 0)
    if asked >= UNCLEAR_BEFORE_PERSON:
        return HandOver(reason="E13", level="L1", matter=open_id(state))
    wording = "ask_matter" if asked == 0 else "ask_matter_help"
    if knows_which(state):
        wording = "ask_what" if asked == 0 else "ask_what_help"
    return Ask(what="matter", wording=wording, options=(human_button(state),) if asked else ())


def _unclear(state: State, text: str) -> Step:
    if not text:
        return Say(about="empty", wording="empty")
    if state.asked.get(f"{state.active}:unclear", 0) >= UNCLEAR_BEFORE_PERSON:
        return Say(about="unclear", wording="unclear_again", options=(human_button(state),))
    wording = "unclear_what" if knows_which(state) else "unclear"
    return Say(about="unclear", wording=wording)
