"""A complaint whose order turns out to be another one."""

from __future__ import annotations

from bot.conversation.shapes import events as ev
from tests.unit.conversation.talk import (
    BROKEN,
    LATE,
    STALLED,
    TAILS,
    TWO_LINES,
    UNKNOWN,
    Talk,
    complaint,
    executing,
    spoke,
)


def test_what_was_granted_stays_with_its_order() -> None:
    talk = executing("compensation", STALLED, "no_tracking")
    talk.hear(ev.RemedyRefused(matter="1", key="1-1", by="李", reason="已在派送"))
    talk.hear(spoke("是这单", order_nos=(LATE,), phone_tail=TAILS[LATE]))
    orders = [(m.order_no, len(m.remedies)) for m in talk.state.matters]
    assert orders == [(STALLED, 1), (LATE, 0)]


def test_a_photo_of_one_order_is_no_evidence_for_another() -> None:
    talk = Talk().hear(complaint("damaged", BROKEN)).say("照片", photos=(1,))
    assert talk.matter.has_photo
    talk.hear(spoke("是这单", order_nos=(TWO_LINES,), phone_tail=TAILS[TWO_LINES]))
    assert (talk.matter.order_no, talk.matter.has_photo) == (TWO_LINES, False)


def test_a_photo_is_kept_when_only_the_number_was_mistyped() -> None:
    talk = Talk().hear(complaint("damaged", UNKNOWN)).say("照片", photos=(1,))
    talk.hear(spoke("是这单", order_nos=(BROKEN,), phone_tail=TAILS[BROKEN]))
    assert (talk.matter.has_photo, talk.matter.stage) == (True, "offered")


def test_an_order_is_not_owned_because_another_is() -> None:
    talk = Talk().hear(complaint("not_shipped", LATE, phone_tail=TAILS[LATE]))
    talk.hear(spoke("是这单", order_nos=(STALLED,)))
    assert not talk.state.orders[STALLED].owned
    assert talk.said == ["ask_tail"]


def test_another_complaint_about_another_order_does_not_push_the_first_away() -> None:
    talk = Talk().hear(complaint("damaged", BROKEN, phone_tail=TAILS[BROKEN]))
    talk.hear(complaint("not_shipped", LATE, phone_tail=TAILS[LATE]))
    assert [(m.issue, m.order_no) for m in talk.state.matters] == [
        ("damaged", BROKEN),
        ("not_shipped", LATE),
    ]


def test_the_same_complaint_with_another_number_is_a_correction() -> None:
    talk = Talk().hear(complaint("not_shipped", STALLED))
    talk.hear(complaint("not_shipped", LATE, phone_tail=TAILS[LATE]))
    assert [(m.issue, m.order_no) for m in talk.state.matters] == [("not_shipped", LATE)]
