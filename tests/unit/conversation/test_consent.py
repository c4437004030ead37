"""A yes said at once with others, a hurry, and a yes behind an answer."""

from __future__ import annotations

import pytest

from bot.conversation.shapes.steps import Grant, HandOver
from bot.conversation.words.sentence import consent
from bot.conversation.words.wishes import bargaining
from tests.unit.conversation.talk import LATE, SLOW, SPEC, TAILS, Talk, complaint, offered


@pytest.mark.parametrize(
    "text",
    [
        "确认\n确认",
        "好的\n确认\n快点",
        "确认\n确认\n好的确认",
        "确认，快点",
        "好的 赶紧办",
        "确认\n谢谢",
        "好的麻烦快点",
        "好的能快点吗",
        "行快点",
        "嗯嗯尽快",
        "好的辛苦了",
        "确认快点",
    ],
)
def test_lines_said_at_once_are_a_yes(text: str) -> None:
    assert consent.consents(text)


@pytest.mark.parametrize(
    "text",
    [
        "快点", "赶紧的\n快点", "确认\n算了", "好的\n等等", "确认\n换成第一个",
        "好的\n退货运费你们出", "确认\n不要了", "谢谢", "确认 快点退钱", "好的\n多久到账",
        "可以快点吗", "好麻烦啊", "好麻烦快点", "要快点", "好的快点发货", "好的快点换成退货",
        "好慢快点", "确定能快点吗", "确定快点吗", "确认快点不", "没问题吗快点",
    ],
)  # fmt: skip
def test_lines_of_which_one_is_no_yes_are_none(text: str) -> None:
    assert not consent.consents(text)


@pytest.mark.parametrize(
    "text", ["赶紧的", "快点", "能快点吗", "快点给我办", "马上处理", "尽快\n快点"]
)
def test_a_hurry_is_heard(text: str) -> None:
    assert consent.only_hurries(text)


@pytest.mark.parametrize(
    "text", ["马上", "快点发货", "快递", "速度太慢了", "快点退钱", "不快点吗"]
)
def test_more_than_a_hurry_is_none(text: str) -> None:
    assert not consent.only_hurries(text)


def picked(kind: str = "compensation") -> Talk:
    """Return a chat that waits for a confirmation."""
    return Talk().hear(complaint("slow", SLOW, phone_tail=TAILS[SLOW])).pick(kind)


def is_granted(talk: Talk) -> bool:
    return any(isinstance(step, Grant) for step in talk.steps)


def test_a_yes_said_twice_at_once_is_a_yes() -> None:
    assert is_granted(picked().say("确认\n确认", intent="confirm"))


def test_an_express_yes_behind_an_answer_confirms_what_is_shown_below_it() -> None:
    talk = picked().say("多久到账", intent="ask_policy")
    assert "就等您一句“确认”：补偿" in talk.told[0]
    assert is_granted(talk.say("确认", intent="confirm"))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("多久到账", "ask_policy"), ("运费险怎么用", "ask_policy"),
        ("补偿多久到账", "ask_policy"),
        ("会不会还漏", "ask_product"), ("谢谢", "thank"), ("在吗", "greet"),
    ],
)  # fmt: skip
def test_a_yes_behind_an_answer_that_asks_nothing_is_to_what_is_shown_below_it(
    text: str, intent: str
) -> None:
    talk = picked().say(text, intent=intent)
    assert not is_granted(talk)
    assert not any(word in talk.told[0] for word in ("告诉我", "转人工", "能帮到您"))
    assert is_granted(talk.say("好的", intent="confirm"))


@pytest.mark.parametrize(("text", "intent"), [
        ("你是机器人吗", "other"), ("[语音]", "other"), ("能退吗", "ask_policy"),
        ("能换货吗", "ask_policy"), ("保修多久", "ask_policy"), ("可以开发票吗", "ask_policy"),
        ("优惠券怎么用", "ask_policy"), ("退款要多久", "ask_policy"),
    ],
)  # fmt: skip
def test_a_yes_behind_an_answer_that_proposes_something_may_be_to_that(
    text: str, intent: str
) -> None:
    talk = picked().say(text, intent=intent).say("好的", intent="confirm")
    assert not is_granted(talk)
    assert not is_granted(talk.say("行", intent="confirm"))
    assert is_granted(talk.say("确认", intent="confirm"))


def test_a_yes_behind_the_term_of_another_option_may_be_to_that() -> None:
    talk = picked().say("加急要多久", intent="ask_policy", demand="expedite")
    assert not is_granted(talk.say("好的", intent="confirm"))


def test_no_help_is_spoken_of_before_it_was_given() -> None:
    talk = Talk().hear(complaint("slow", SLOW, phone_tail=TAILS[SLOW]))
    assert talk.say("谢谢", intent="thank").told[0].startswith("不客气，应该的")


def test_a_hurry_is_no_refusal_and_no_yes() -> None:
    talk = picked().say("赶紧的", intent="want_expedite")
    assert (is_granted(talk), talk.matter.stage) == (False, "confirming")
    assert is_granted(talk.say("好的", intent="confirm"))


def test_a_hurry_at_a_confirmation_does_not_pick_to_hurry() -> None:
    talk = Talk().hear(complaint("not_shipped", LATE, phone_tail=TAILS[LATE])).pick("refund")
    talk.say("赶紧处理", intent="want_expedite", demand="expedite")
    assert (is_granted(talk), talk.matter.stage) == (False, "confirming")


def test_what_changed_behind_an_answer_is_not_granted() -> None:
    talk = Talk().hear(complaint("spec", SPEC, phone_tail=TAILS[SPEC])).say("改成L码")
    talk.pick("correct_order").say("多久到账", intent="ask_policy")
    assert "改为“L码”" in talk.told[0]
    talk.say("改成XXL码吧")
    assert "改为“XXL码”" in talk.told[0]
    assert not is_granted(talk)


def test_another_remark_leaves_the_confirmation_in_view_for_an_express_yes() -> None:
    talk = picked().say("我邻居也买了", intent="inform")
    assert (talk.matter.stage, talk.said) == ("confirming", ["confirm_again"])
    for mild in ("好的", "行", "嗯"):
        assert not is_granted(talk.say(mild, intent="confirm"))
    assert is_granted(talk.say("确认", intent="confirm"))


def test_who_never_says_it_expressly_gets_a_person() -> None:
    talk = picked().say("我邻居也买了", intent="inform")
    for mild in ("好的", "行", "嗯", "可以"):
        assert not is_granted(talk.say(mild, intent="confirm"))
    assert [step.reason for step in talk.steps if isinstance(step, HandOver)] == ["E13"]


@pytest.mark.parametrize("kind", ["compensation", "expedite"])
def test_a_mild_yes_to_what_was_picked_since_is_one(kind: str) -> None:
    talk = picked().say("我邻居也买了", intent="inform").say("再看看").pick(kind)
    if talk.matter.stage == "confirming":
        talk.say("好的", intent="confirm")
    assert is_granted(talk)


@pytest.mark.parametrize(
    "text",
    [
        "先别", "等一下", "先不办", "暂时不要", "点错了", "不是这个", "等我回家再说", "按错了",
        "先放着", "明天再说", "先不要", "等会儿", "我先问问家人", "还没想好", "不好意思点错了",
        "先别 我问下老婆", "手滑", "先别办行吗", "不小心点到了", "这够吗 我不要",
        "不是，说的是另一件", "稍等", "等我确认一下", "今天先不退了", "别办",
    ],
)  # fmt: skip
def test_what_is_put_off_or_hit_by_mistake_goes_back_to_the_offer(text: str) -> None:
    for kind in ("refund", "compensation"):
        talk = offered().pick(kind).say(text, intent="inform")
        assert (talk.matter.stage, is_granted(talk)) == ("offered", False)
        assert not is_granted(talk.say("好的", intent="confirm"))


@pytest.mark.parametrize(
    "text",
    [
        "先谢谢了",
        "等不及了 快办",
        "我家有猫",
        "先别的不说 你们发货太慢",
        "手机点了好几次",
        "钱够吗",
    ],
)
def test_what_only_sounds_put_off_stays_in_view(text: str) -> None:
    assert picked().say(text, intent="inform").matter.stage == "confirming"


def test_all_of_the_money_is_more_than_a_part_of_it() -> None:
    assert offered().pick("compensation").say("要全额").matter.stage == "offered"
    assert offered().pick("refund").say("要全额").matter.stage == "confirming"


def test_a_question_if_it_is_enough_keeps_the_no_beside_it() -> None:
    assert bargaining.asks_if_enough("这够吗")
    for text in ("这够吗 我不要", "够吗？不接受", "这点钱够修吗 算了"):
        assert not bargaining.asks_if_enough(text)


def test_after_two_remarks_at_a_confirmation_a_person_is_asked_in() -> None:
    talk = picked().say("我邻居也买了", intent="inform").say("他家是白的", intent="inform")
    assert isinstance(talk.say("我家是黑的", intent="inform").steps[-1], HandOver)


@pytest.mark.parametrize(
    "text",
    ["对了 我问下 你们上班到几点", "不用谢 确认", "好的，没问题，不用谢", "点了啊", "不客气"],
)
def test_what_only_sounds_so_holds_no_yes_back(text: str) -> None:
    assert not consent.withholds(text)


@pytest.mark.parametrize(
    "text", ["我后悔了", "不确认", "晚点确认", "确定不了", "先问下老公", "我考虑下", "点错了"]
)
def test_second_thoughts_hold_a_yes_back(text: str) -> None:
    assert consent.withholds(text)


@pytest.mark.parametrize("text", ["算了就这样", "算了 就这样吧", "算了，就这样"])
def test_what_is_given_up_is_no_yes(text: str) -> None:
    assert not consent.consents(text)
