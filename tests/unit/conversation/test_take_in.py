"""What a customer's words change, before anything is answered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.conversation.replaying.details import STOPS, stop_sign
from bot.conversation.replaying.other_order import puts_aside
from bot.conversation.replaying.replay import apply
from bot.conversation.replaying.take_in import take_in
from bot.conversation.shapes.state import Matter, Stage, State
from tests.unit.conversation.talk import (
    BROKEN,
    EXCLUDED,
    FAKE,
    LATE,
    SLOW,
    SPEC,
    SPOILT,
    TAILS,
    TWO_LINES,
    Talk,
    complaint,
    executing,
    finished,
    offered,
    resolved,
    spoke,
)


def test_a_complaint_opens_a_matter() -> None:
    matter = take_in(State(), complaint("damaged", BROKEN)).matters[0]
    assert (matter.id, matter.issue, matter.order_no, matter.stage) == (
        "1",
        "damaged",
        BROKEN,
        "gathering",
    )


@pytest.mark.parametrize("intent", ["want_return", "want_cancel", "want_refund", "want_exchange"])
def test_a_wish_without_a_fault_opens_a_matter_without_an_issue(intent: str) -> None:
    matter = take_in(State(), spoke(intent=intent)).matters[0]
    assert (matter.issue, matter.intent) == ("none", intent)


@pytest.mark.parametrize("intent", ["greet", "ask_policy", "order_status", "complain", "other"])
def test_other_words_open_none(intent: str) -> None:
    assert take_in(State(), spoke(intent=intent)).matters == ()


@pytest.mark.parametrize("intent", ["ask_policy", "complain"])
def test_whether_a_named_order_may_go_back_is_a_wish(intent: str) -> None:
    asked = spoke(intent=intent, order_nos=(LATE,), demand="return_refund")
    (matter,) = take_in(State(), asked).matters
    assert (matter.issue, matter.intent, matter.order_no) == ("none", "want_return", LATE)


def test_who_asks_to_stop_the_parcel_has_a_wish() -> None:
    asked = spoke(intent="order_status", order_nos=(LATE,), demand="intercept")
    assert [matter.intent for matter in take_in(State(), asked).matters] == ["want_cancel"]


def test_how_returns_work_is_a_question_while_no_order_is_named() -> None:
    asked = spoke(intent="ask_policy", demand="return_refund")
    assert take_in(State(), asked).matters == ()


def test_who_wants_a_person_about_an_order_has_a_matter_on_record() -> None:
    state = take_in(State(), spoke(intent="want_human", order_nos=(LATE,)))
    assert (state.wants_human, state.matters[0].order_no) == (True, LATE)


def test_more_issues_while_gathering_belong_to_the_same_matter() -> None:
    state = take_in(take_in(State(), complaint("courier")), complaint("damaged"))
    assert [matter.issues for matter in state.matters] == [("courier", "damaged")]


def test_what_nobody_answered_comes_before_the_silence_about_it() -> None:
    silence = take_in(State(), complaint("no_response"))
    fault = take_in(silence, complaint("defect")).matters
    assert [matter.issues for matter in fault] == [("defect", "no_response")]
    unsure = take_in(silence, spoke(issues=("defect",))).matters
    rude = take_in(silence, complaint("attitude")).matters
    assert [(m.issue) for m in (*unsure, *rude)] == ["no_response", "no_response"]


def test_a_fault_said_after_a_wish_replaces_none() -> None:
    state = take_in(take_in(State(), spoke(intent="want_return")), complaint("defect"))
    assert [(m.issue, m.issues) for m in state.matters] == [("defect", ("defect",))]


def test_another_wish_replaces_the_first() -> None:
    state = take_in(take_in(State(), spoke(intent="want_return")), spoke(intent="want_exchange"))
    assert [m.intent for m in state.matters] == ["want_exchange"]


def test_a_clear_new_complaint_beside_an_offer_is_a_matter_of_its_own() -> None:
    state = take_in(offered().state, complaint("attitude"))
    assert [(m.issue, m.order_no) for m in state.matters] == [
        ("not_shipped", LATE),
        ("attitude", LATE),
    ]


def test_a_vague_one_is_a_remark_about_the_offer() -> None:
    state = take_in(offered().state, spoke(issues=("attitude",), confident=False))
    assert len(state.matters) == 1


def test_another_order_is_another_matter() -> None:
    state = take_in(offered().state, complaint("slow", SLOW))
    assert [m.order_no for m in state.matters] == [LATE, SLOW]


def test_an_order_number_alone_completes_the_open_matter() -> None:
    state = take_in(take_in(State(), complaint("slow")), spoke(order_nos=(SLOW,)))
    assert [m.order_no for m in state.matters] == [SLOW]


def test_asking_for_another_order_beside_an_offer_leaves_the_offer() -> None:
    state = take_in(offered().state, spoke(order_nos=(SLOW,), intent="order_status"))
    assert (state.wants_status, state.matters[0].order_no) == (True, LATE)


def test_another_order_number_takes_the_offer_for_the_first_away() -> None:
    """说错了，是这单: pressing the old button must not refund the wrong order."""
    matter = take_in(offered().state, spoke(order_nos=(SLOW,))).matters[0]
    assert (matter.order_no, matter.stage, matter.offer) == (SLOW, "gathering", ())


def test_the_same_complaint_after_its_end_is_marked_as_repeated() -> None:
    state = take_in(resolved().state, complaint("not_shipped", LATE))
    assert (state.repeated, len(state.matters)) == ("1", 1)


@pytest.mark.parametrize(
    ("text", "repeated"),
    [
        ("退我一份", True),
        ("多收的那笔退给我", True),
        ("退款", False),
        ("那整单退了", False),
        ("质量太差了，退款", False),
        ("第二件也给我退款", False),
        ("另一单也给我退款", False),
        ("那台灯退款吧，一百多块呢", False),
    ],
)
def test_a_part_of_the_money_after_the_reckoning_is_the_same_claim(
    text: str, repeated: bool
) -> None:
    talk = Talk().hear(complaint("double_charge", LATE, phone_tail=TAILS[LATE]))
    assert (talk.matter.stage, talk.matter.remedy is not None) == ("ended", True)
    state = take_in(talk.state, spoke(text, intent="want_refund", demand="refund"))
    assert (state.repeated is not None) is repeated


def test_what_spoilt_counted_once_more_is_no_other_matter() -> None:
    state = spoilt_and_settled().state
    again = spoke("25个里头坏10个", issues=("defect",), confident=True, bad_share=0.4)
    assert take_in(state, again).repeated == "1"


def test_all_of_the_money_wished_after_a_part_is_another_wish() -> None:
    wish = spoke("坏了10个，全退给我", demand="refund", bad_share=0.4)
    assert take_in(spoilt_and_settled().state, wish).repeated is None


def spoilt_and_settled() -> Talk:
    """Return a talk in which a part of the price of fresh goods was granted."""
    talk = Talk().hear(complaint("spoiled", SPOILT, phone_tail=TAILS[SPOILT], bad_share=0.4))
    return finished(talk.say(photos=(1,)).pick("partial_refund").pick("confirm"))


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("杯子碎了，退钱", "damaged"),
        ("少发一件，退钱", "missing_item"),
        ("水壶通电没反应，加热不了", "defect"),
        ("剩下的两个用了一天就不亮了", "defect"),
    ],
)
def test_a_new_fault_after_a_sum_is_a_matter_of_its_own(text: str, issue: str) -> None:
    talk = finished(executing("compensation"))
    told = spoke(text, issues=(issue,), intent="want_refund", confident=True)
    state = take_in(talk.state, told)
    assert (state.repeated, state.matters[-1].issue) == (None, issue)


def test_a_danger_beside_an_offer_is_told_to_one_person_in_one_matter() -> None:
    fire = spoke("充电的时候突然起火了", issues=("defect",), signs=("fire",), confident=True)
    (matter,) = take_in(offered().state, fire).matters
    assert matter.issues == ("not_shipped", "defect")


def test_the_sum_just_granted_by_another_name_is_an_echo() -> None:
    talk = finished(executing("compensation"))
    echo = spoke("嗯退差额", issues=("price_drop",), intent="want_refund", confident=True)
    assert take_in(talk.state, echo).repeated == "1"


def test_a_withdrawn_complaint_may_be_raised_anew() -> None:
    talk = offered().say("算了，不用处理了")
    state = take_in(talk.state, complaint("not_shipped", LATE))
    assert (state.repeated, len(state.matters)) == (None, 2)


@pytest.mark.parametrize("text", ["算了", "不用处理了", "已经解决了"])
def test_a_matter_can_be_let_go(text: str) -> None:
    assert take_in(offered().state, spoke(text)).letting_go is True


def test_there_is_nothing_to_let_go_of_without_a_matter() -> None:
    assert take_in(State(), spoke("算了")).letting_go is False


@pytest.mark.parametrize("text", ["不同意", "太少了", "换个方案", "不要"])
def test_an_offer_can_be_refused(text: str) -> None:
    assert take_in(offered().state, spoke(text)).declining is True


def test_nothing_is_refused_before_there_is_an_offer() -> None:
    state = take_in(take_in(State(), complaint("slow")), spoke("太少了"))
    assert state.declining is False


@pytest.mark.parametrize(
    ("text", "kind"), [("1", "refund"), ("第二个", "compensation"), ("加急处理", "expedite")]
)
def test_a_remedy_is_picked_in_words(text: str, kind: str) -> None:
    picked = take_in(offered().state, spoke(text)).picked
    assert picked is not None
    assert picked.kind == kind


def test_a_demand_picks_the_remedy_on_offer() -> None:
    picked = take_in(offered().state, spoke("那就赔点钱吧", demand="compensation")).picked
    assert picked is not None
    assert picked.kind == "compensation"


@pytest.mark.parametrize("text", ["退款多久到账", "退款要手续费吗", "补偿怎么算的？"])
def test_a_question_about_a_remedy_does_not_pick_it(text: str) -> None:
    assert take_in(offered().state, spoke(text, demand="refund")).picked is None


def test_the_remedy_to_be_confirmed_named_again_is_no_other_one() -> None:
    state = take_in(offered().pick("refund").state, spoke("退款的钱什么时候到", demand="refund"))
    assert state.picked is None


def test_a_yes_to_several_remedies_picks_none() -> None:
    assert take_in(offered().state, spoke("好的")).picked is None


def test_a_yes_to_the_only_remedy_picks_it() -> None:
    talk = offered(f"{LATE[:-3]}025", "price_drop")
    picked = take_in(talk.state, spoke("好的")).picked
    assert picked is not None
    assert picked.kind == "price_difference"


@pytest.mark.parametrize(
    ("text", "kind"), [("确认", "confirm"), ("好的", "confirm"), ("不", "deny")]
)
def test_a_confirmation_is_answered_in_words(text: str, kind: str) -> None:
    picked = take_in(offered().pick("refund").state, spoke(text)).picked
    assert picked is not None
    assert picked.kind == kind


def test_another_remedy_instead_of_a_confirmation_is_picked() -> None:
    picked = take_in(offered().pick("refund").state, spoke("第二个")).picked
    assert picked is not None
    assert picked.kind == "compensation"


def test_the_last_of_several_buttons_counts() -> None:
    talk = offered()
    first, second = talk.button("refund"), talk.button("compensation")
    assert take_in(talk.state, spoke("", choices=(first.id, second.id))).picked == second


def test_a_button_that_means_nothing_any_more_is_stale() -> None:
    state = take_in(State(), spoke("", choices=("o7",)))
    assert (state.picked, state.stale_pick) == (None, True)


def test_the_button_for_a_person_asks_for_one() -> None:
    talk = offered()
    state = take_in(talk.state, spoke("", choices=(talk.button("human").id,)))
    assert state.wants_human is True


@pytest.mark.parametrize("heard", [{"intent": "want_human"}, {"signs": ("human",)}])
def test_a_person_can_be_asked_for_in_words(heard: dict[str, Any]) -> None:
    assert take_in(State(), spoke(**heard)).wants_human is True


def test_a_photo_belongs_to_the_open_matter() -> None:
    state = take_in(take_in(State(), complaint("damaged")), spoke("", photos=(1,)))
    assert (state.matters[0].has_photo, state.loose_photo) == (True, False)


@pytest.mark.parametrize(
    ("stage", "asked", "text", "with_photo"),
    [
        ("executing", True, "", {"2"}), ("ended", True, "", {"2"}),
        ("executing", False, "", {"1"}), ("executing", True, "这张是T恤的", {"1"}),
        ("offered", True, "", {"1"}),
    ],
)  # fmt: skip
def test_a_photo_asked_for_goes_to_its_matter_while_another_is_on_its_way(
    stage: Stage, asked: bool, text: str, with_photo: set[str]
) -> None:
    shirt = Matter(id="1", issue="defect", issues=("defect",), intent="complain", stage=stage)
    trousers = replace(shirt, id="2", stage="gathering")
    state = State(matters=(shirt, trousers), active="1", asked={"2:photo": 1} if asked else {})
    state = take_in(state, spoke(text, photos=(1,)))
    assert {matter.id for matter in state.matters if matter.has_photo} == with_photo


def test_a_photo_before_any_matter_is_kept_for_the_next() -> None:
    loose = take_in(State(), spoke("", photos=(1,)))
    state = take_in(apply(loose, complaint("damaged")), spoke())
    assert (loose.loose_photo, state.matters[0].has_photo, state.loose_photo) == (
        True,
        True,
        False,
    )


def test_details_are_kept_until_others_are_told() -> None:
    first = take_in(State(), complaint("spoiled", quantity=4, bad_share=0.5, amount_fen=100))
    state = take_in(first, spoke(quantity=2))
    matter = state.matters[0]
    assert (matter.quantity, matter.bad_share, matter.amount_fen) == (2, 0.5, 100)


def test_an_answer_to_the_question_for_a_correction_is_taken_whole() -> None:
    talk = Talk().hear(complaint("spec", SPEC, phone_tail=TAILS[SPEC]))
    assert talk.said == ["ask_correction"]
    assert take_in(talk.state, spoke("L码 加厚款")).matters[0].correction == "L码 加厚款"


def test_a_cry_for_a_person_is_no_correction() -> None:
    talk = Talk().hear(complaint("spec", SPEC, phone_tail=TAILS[SPEC]))
    state = take_in(talk.state, spoke("转人工", intent="want_human"))
    assert state.matters[0].correction is None


def test_without_a_photo_is_an_answer_to_the_question_for_one() -> None:
    talk = Talk().hear(complaint("damaged", BROKEN, phone_tail=TAILS[BROKEN]))
    state = take_in(talk.state, spoke("没有照片"))
    assert state.matters[0].refused_evidence is True


def test_an_article_is_picked_by_its_name() -> None:
    talk = Talk().hear(complaint("missing_item", TWO_LINES, phone_tail=TAILS[TWO_LINES]))
    state = take_in(talk.state, spoke("化妆包"))
    assert state.matters[0].sku == "ZP-MJ"


def test_insults_are_counted() -> None:
    state = take_in(take_in(State(), spoke(flags=("abuse",))), spoke(flags=("abuse",)))
    assert state.abuse == 2


@pytest.mark.parametrize("sign", list(STOPS))
def test_each_stop_sign_is_known(sign: str) -> None:
    assert stop_sign((sign, "human")) == STOPS[sign]


def test_the_worst_of_several_signs_counts() -> None:
    assert stop_sign(("media", "regulator", "injury")) == ("E1", "S")


def test_no_sign_is_none() -> None:
    assert stop_sign(("human",)) is None


@pytest.mark.parametrize("order_no", [FAKE, EXCLUDED])
def test_multiples_are_remembered_in_the_matter(order_no: str) -> None:
    state = take_in(State(), complaint("counterfeit", order_no, signs=("multiples",)))
    assert state.matters[0].multiples is True


def test_a_mere_wish_is_no_guessed_fault_when_the_customer_goes_on() -> None:
    talk = Talk().say("钢笔退", demand="refund", guess="defect")
    assert talk.state.question is not None
    assert talk.state.question.what == "issue"
    talk.say(LATE, intent="inform", order_nos=(LATE,))
    (matter,) = talk.state.matters
    assert (matter.issue, matter.intent, matter.order_no) == ("none", "want_refund", LATE)


def test_a_guessed_fault_is_taken_when_the_customer_goes_on() -> None:
    talk = Talk().say("钢笔好像有点问题", guess="defect")
    talk.say(LATE, intent="inform", order_nos=(LATE,))
    assert [matter.issue for matter in talk.state.matters] == ["defect"]


def test_a_firms_tax_number_is_no_order_beside_its_invoice() -> None:
    talk = Talk().hear(complaint("invoice", BROKEN, phone_tail=TAILS[BROKEN]))
    talk.say("320106198765432", intent="inform", order_nos=("320106198765432",))
    assert [(m.order_no, m.correction) for m in talk.state.matters] == [(BROKEN, None)]
    talk = Talk().hear(complaint("invoice", BROKEN, phone_tail=TAILS[BROKEN]))
    talk.say("南京云帆信息技术有限公司", intent="inform")
    talk.say("320106198765432", intent="inform", order_nos=("320106198765432",))
    assert talk.matter.order_no == BROKEN
    assert talk.matter.correction is not None
    assert talk.matter.correction.startswith("南京云帆信息技术有限公司")


@pytest.mark.parametrize(
    "text",
    [
        "DD2先不管，这单退货退款",
        "DD2不退了，这个退货退款",
        "换货吧，键盘DD2那单不用动",
        "DD-2先放一放，先弄鼠标",
        "dd2别动 退款",
        "DD2不用换 这单换货",
    ],
)
def test_an_order_is_put_aside(text: str) -> None:
    assert puts_aside(text, "DD2")


@pytest.mark.parametrize(
    "text",
    [
        "DD2退货退款",
        "DD2不退了",
        "DD2不退了，换货吧",
        "DD2这个不退了",
        "这单先不管，DD2退货退款",
        "DD2你们不管了吗",
        "DD2键盘按键不动了",
        "DD2不用退货 给我换一个",
        "不退了，DD2这个退货退款",
        "不管怎样DD2要退货",
    ],
)
def test_an_order_named_is_not_put_aside(text: str) -> None:
    assert not puts_aside(text, "DD2")
