"""What is answered to a remark beside a standing offer that takes none of it."""

from __future__ import annotations

import pytest

from bot.conversation.shapes.steps import HandOver
from tests.unit.conversation.talk import BROKEN, LATE, STALLED, TAILS, Talk, complaint


def broken() -> Talk:
    """Return a chat in which three ways to settle a broken cup are offered."""
    return Talk().hear(complaint("damaged", BROKEN, phone_tail=TAILS[BROKEN])).say(photos=(1,))


def late() -> Talk:
    """Return a chat in which a refund, a sum and a hurry are offered for a late parcel."""
    return Talk().hear(complaint("not_shipped", LATE, phone_tail=TAILS[LATE]))


def test_what_is_left_is_named_by_its_place_in_the_offer() -> None:
    talk = broken().say("退货太麻烦了", intent="complain")
    assert talk.said == ["left_over"]
    assert "②" in talk.told[0]
    assert "③" in talk.told[0]
    assert "①" not in talk.told[0]
    assert talk.matter.stage == "offered"
    assert talk.say("2").matter.picked == talk.matter.offer[1]["id"]


def test_a_mere_yes_takes_what_alone_is_left() -> None:
    talk = broken().say("退货太麻烦了").say("好的", intent="confirm")
    assert (talk.said, talk.matter.picked) == (["left_over"], None)
    talk = broken().say("不想退货 也不想换货")
    assert talk.said == ["left_over_one"]
    assert talk.say("好的", intent="confirm").matter.picked == talk.matter.offer[2]["id"]


@pytest.mark.parametrize(
    ("text", "intent", "wording"),
    [
        ("才戴了一次", "complain", "choose_noted"),
        ("我昨天就联系过了", "inform", "choose_noted"),
        ("你们这不是骗人吗", "complain", "choose_upset"),
        ("好无语", "other", "choose_upset"),
        ("帮我换成别的快递", "want_correction", "choose"),
    ],
)
def test_a_remark_is_noted_and_the_offer_stands(text: str, intent: str, wording: str) -> None:
    talk = broken().say(text, intent=intent)
    assert (talk.said, talk.matter.stage) == ([wording], "offered")


def test_who_waits_is_told_so_and_gets_a_person_in_the_end() -> None:
    talk = late().say("我昨天就联系过了", intent="inform")
    assert talk.said == ["choose_waiting"]
    talk.say("前天也联系过", intent="inform").say("大前天也联系过", intent="inform")
    assert isinstance(talk.steps[-1], HandOver)


def test_a_wish_that_is_not_on_offer_is_answered() -> None:
    talk = broken().say("给我修一下行吗", demand="repair")
    assert talk.said == ["not_offered"]
    assert "维修" in talk.told[0]
    assert talk.matter.stage == "offered"
    assert talk.say("那修吧", demand="repair").said == ["choose"]


def test_a_parcel_is_sent_anew_once_it_counts_as_lost() -> None:
    talk = Talk().hear(complaint("no_tracking", STALLED, phone_tail=TAILS[STALLED]))
    talk.say("那给我重新发一套吧", demand="reship")
    assert "按丢件给您补发或退款" in talk.told[0]
