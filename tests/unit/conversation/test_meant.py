"""What learnt meanings are good for: a wish to be confirmed, a topic, and only a sure yes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.shapes.events import Heard
from bot.conversation.shapes.state import Button, Question
from bot.conversation.words.answers import meant
from bot.conversation.words.answers.buttons import button_meant
from bot.conversation.words.wishes.demands import DEMANDED
from nlp.labels import MEANINGS, PICKS
from tests.unit.conversation.talk import offered, spoke


def heard(**meanings: float) -> Heard:
    return Heard(meanings=tuple(sorted(meanings.items(), key=lambda pair: -pair[1])))


@pytest.mark.parametrize("name", PICKS)
def test_every_wish_is_a_demand(name: str) -> None:
    assert meant.demand_meant(heard(**{name: 0.9}), "") in DEMANDED


@pytest.mark.parametrize("name", [name for name in MEANINGS if name not in PICKS])
def test_nothing_else_is_one(name: str) -> None:
    assert meant.demand_meant(heard(**{name: 0.9}), "") is None


@pytest.mark.parametrize(
    ("text", "likely", "demand"),
    [
        ("退三个吧", {"exchange": 0.57}, "refund"),
        ("退货吧", {"exchange": 0.6}, "return_refund"),
        ("换三个", {"refund": 0.6}, "exchange"),
        ("修一下", {"exchange": 0.6}, "repair"),
        ("补发一个", {"exchange": 0.7}, "reship"),
        ("退点钱", {"keep_money": 0.6}, "compensation"),
        ("退三个吧", {"exchange": 0.9}, "exchange"),  # sure
        ("退换一个", {"exchange": 0.6}, "exchange"),
        ("退三个 换两个", {"exchange": 0.6}, "exchange"),
        ("别退了", {"exchange": 0.6}, "exchange"),
        ("再来一个", {"exchange": 0.6}, "exchange"),
    ],
)
def test_what_is_said_beats_what_is_only_likely(
    text: str, likely: dict[str, float], demand: str
) -> None:
    assert meant.demand_meant(heard(**likely), text) == demand


@pytest.mark.parametrize(
    "text", ["那退货寄啥快递", "已经点了退货 还要干嘛", "退货要什么手续", "退咋弄"]
)
def test_what_is_asked_openly_is_no_wish(text: str) -> None:
    assert meant.demand_meant(heard(**{"return": 0.9}), text) is None


@pytest.mark.parametrize("text", ["没什么 退货吧", "换什么颜色都行", "什么破店 退货", "能退货吗"])
def test_what_wishes_in_the_end_is_one(text: str) -> None:
    assert meant.demand_meant(heard(**{"return": 0.9}), text) == "return_refund"


def test_what_is_hardly_likely_is_not_acted_on() -> None:
    assert meant.demand_meant(heard(exchange=0.49, reship=0.4), "") is None
    assert meant.topic_meant(heard(ask_when=0.49), "") is None
    assert not meant.wants_more(heard(more=0.49))
    assert not meant.has_no_photo(Heard(), "")


@pytest.mark.parametrize(
    ("likely", "kind", "yes"),
    [
        ({"yes": 0.85}, None, True),
        ({"yes": 0.7}, None, False),
        ({"yes": 0.65, "refund": 0.2}, "refund", True),  # 好的退吧
        ({"yes": 0.65, "refund": 0.2}, "exchange", False),
        ({"refund": 0.98}, "return_refund", True),
        ({"refund": 0.98}, "partial_refund", False),  # a part is not what 退钱 wants
        ({"reship": 0.99}, "exchange", False),  # 补一个就行, to a new one for the old
        ({"keep_money": 0.9}, "partial_refund", True),
        ({"return": 0.9}, "partial_refund", False),
    ],
)
def test_only_a_sure_yes_to_that_remedy_is_one(
    likely: dict[str, float], kind: str | None, yes: bool
) -> None:
    assert meant.means_yes(heard(**likely), "退吧", kind) is yes


def test_a_question_lacks_no_photo() -> None:
    assert meant.has_no_photo(heard(no_photo=0.9), "相机坏了没法拍")
    assert not meant.has_no_photo(heard(no_photo=0.6), "没照片你们就不赔吗")


def test_a_question_is_no_yes() -> None:
    assert not meant.means_yes(heard(yes=0.99), "可以吗？")


@pytest.mark.parametrize(
    "text",
    [
        "好是好 但是",
        "好的等下确认",
        "好的你先别弄",
        "好像可以",
        "可以是可以就是慢",
        "那就这样 再见",
    ],
)
def test_a_yes_that_is_held_back_is_none(text: str) -> None:
    assert not meant.means_yes(heard(yes=0.99), text)


@pytest.mark.parametrize(
    "text", ["就照你说的办", "那你弄嘛我等到起", "没啥意见", "先生说了就这样"]
)
def test_a_plain_yes_in_other_words_is_one(text: str) -> None:
    assert meant.means_yes(heard(yes=0.99), text)


@pytest.mark.parametrize(
    ("text", "kind", "name", "yes"),
    [
        ("好的退吧", "refund", "refund", True),
        ("还是退吧", "refund", "refund", True),
        ("嗯就退货", "return_refund", "return", True),
        ("嗯退钱吧", "return_refund", "refund", True),
        ("换新的吧", "exchange", "exchange", True),
        ("50就50吧", "partial_refund", "keep_money", True),
        ("仅退款吧", "return_refund", "refund", False),
        ("直接退款就行", "return_refund", "refund", False),
        ("先退钱", "return_refund", "refund", False),
        ("退货不行", "return_refund", "return", False),
        ("光退款不行", "refund", "refund", False),
        ("取消", "refund", "cancel", False),
        ("取消吧", "cancel", "cancel", False),
        ("取消退款", "refund", "cancel", False),
        ("换个方案", "exchange", "exchange", False),
        ("换个黑色", "exchange", "exchange", False),
        ("换L码吧", "exchange", "exchange", False),
        ("补我一百", "partial_refund", "keep_money", False),
        ("60就60吧", "partial_refund", "keep_money", False),
        ("全退", "price_difference", "refund", False),
        ("退款呢", "refund", "refund", False),
    ],
)
def test_a_remedy_is_confirmed_by_its_name_and_no_more(
    text: str, kind: str, name: str, yes: bool
) -> None:
    talk = offered()
    option = {**talk.matter.offer[0], "kind": kind, "amount_fen": 5000}
    matter = replace(talk.matter, offer=(option,), picked=option["id"], stage="confirming")
    buttons = tuple(Button(id=k, label=k, kind=k, matter=matter.id) for k in ("confirm", "deny"))
    asked = Question(what="confirm", matter=matter.id, buttons=buttons)
    state = replace(talk.state.with_matter(matter), question=asked)
    said = spoke(text, meanings=((name, 0.97),))
    button = button_meant(state, said)
    assert (button is not None and button.kind == "confirm") is yes


@pytest.mark.parametrize(
    ("text", "wished"), [("换一支", True), ("能换一支吗", True), ("都退了？", False)]
)
def test_a_polite_question_is_a_wish_and_a_doubt_is_none(text: str, wished: bool) -> None:
    assert (meant.demand_meant(heard(exchange=0.9), text) is not None) is wished


def test_a_remedy_only_named_is_no_wish() -> None:
    assert meant.is_no_wish(heard(other=0.9, ask_else=0.06))
    assert not meant.is_no_wish(heard(other=0.9, exchange=0.1))
    assert not meant.is_no_wish(Heard())


def test_what_nobody_is_asked_to_confirm_must_be_sure() -> None:
    assert meant.demand_meant(heard(hurry=0.62, no=0.27), "催也没用") is None
    assert meant.demand_meant(heard(hurry=0.99), "能不能早点发") == "expedite"
    assert meant.demand_meant(heard(exchange=0.62), "换一支") == "exchange"
