"""What a person who holds the chat may release, and at which level; nothing where it is unsure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.conversation.deciding import by_hand
from bot.conversation.deciding.by_hand import ByHand, releasable
from bot.conversation.replaying.replay import apply, replay
from bot.conversation.shapes import events as ev
from bot.conversation.shapes.state import Matter, Remedy, State
from tests.factories import NOW
from tests.unit.conversation.talk import (
    BROKEN,
    EXCLUDED,
    FAKE,
    LATE,
    ORDERS,
    POLICY,
    UNKNOWN,
    spoke,
)
from tests.unit.orders.samples import delivered

Row = dict[str, Any]
GLASS: Row = {"category": "home", "unit_price_fen": 5990, "paid_fen": 11980, "quantity": 2}
BOTH = delivered(
    lines=[GLASS | {"sku": "CUP", "title": "玻璃杯"}, GLASS | {"sku": "JUG", "title": "玻璃壶"}],
    goods_fen=23960, freight_fen=0,
    payments=[{"id": "P1", "method": "微信支付", "amount_fen": 23960, "status": "success",
               "at": "2026-11-20T10:01:00+08:00"}],
).snapshot()  # fmt: skip
TWO_LINES = BOTH["order_no"]
RECORDS = {**ORDERS, TWO_LINES: BOTH}


def told(issue: str, order_no: str = LATE, **more: Any) -> State:
    """Return a chat that an agent took, in which this was complained of; the order is shown."""
    heard = spoke("坏了", issues=(issue,), confident=True, order_nos=(order_no,), **more)
    events = (
        heard, checked(order_no), ev.OwnershipShown(order_no=order_no, by="phone_tail"),
        ev.OwnerChanged(owner="agent", name="小王"),
    )  # fmt: skip
    return replay(events)


def checked(order_no: str, *standing: Row, granted_fen: int = 0) -> ev.OrderChecked:
    """Return that the order was looked up."""
    return ev.OrderChecked(
        order_no=order_no, record=RECORDS.get(order_no), standing=standing, granted_fen=granted_fen
    )


def given(kind: str, issue: str, matter: str, sku: str | None = None, **more: Any) -> Row:
    """Return what stands granted."""
    row = {"kind": kind, "issue": issue, "sku": sku, "skus": None, "quantity": None,
           "return_no": None, "amount_fen": 0, "money": None, "pending": False,
           "matter": matter}  # fmt: skip
    return {**row, **more}


def way(*, mine: bool = False, sku: str | None = None) -> Row:
    """Return a remedy that is on its way."""
    return {"mine": mine, "sku": sku, "skus": None}


def found(state: State, *under_way: Row, **changes: Any) -> ByHand:
    """Return what may be released in the chat's matter."""
    matter = state.current
    assert matter is not None
    return releasable(state, replace(matter, **changes), POLICY, NOW, under_way)


def levels(by: ByHand) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return level and warnings of each kind."""
    return {str(c.option.kind): (c.level, c.beware) for c in by.choices}


def of(state: State) -> Matter:
    """Return the matter."""
    assert state.current is not None
    return state.current


class TestWhyThereIsNone:
    """The safe answer is a sentence, and no option."""

    def test_no_order(self) -> None:
        state = replay((spoke("坏了", issues=("defect",), confident=True),))
        assert found(state) == ByHand(why=by_hand.NO_ORDER)

    def test_an_order_that_there_is_not(self) -> None:
        state = told("not_shipped", LATE)
        state = apply(state, checked(UNKNOWN))
        assert found(state, order_no=UNKNOWN).why == by_hand.NO_SUCH_ORDER

    def test_an_order_that_was_not_shown_to_be_the_customers(self) -> None:
        heard = spoke("没发货", issues=("not_shipped",), confident=True, order_nos=(LATE,))
        state = replay((heard, checked(LATE)))
        assert found(state).why == by_hand.NOT_OWNED

    @pytest.mark.parametrize("stage", ["approval", "executing"])
    def test_a_remedy_of_the_matter_on_its_way(self, stage: str) -> None:
        assert found(told("not_shipped"), stage=stage).why == by_hand.UNDER_WAY

    def test_one_that_only_the_ledger_knows_of(self) -> None:
        assert found(told("not_shipped"), way(mine=True)).why == by_hand.UNDER_WAY

    def test_one_of_another_chat_for_the_same_goods(self) -> None:
        by = found(told("not_shipped"), way())
        assert (levels(by).keys(), by.why) == ({"expedite"}, None)  # hurrying hurts nobody

    def test_what_only_people_may_judge_has_no_ready_answer(self) -> None:
        by = found(told("counterfeit", FAKE))
        assert by.choices == ()
        assert (by.why or "").startswith(by_hand.NO_RULE)

    def test_what_the_policy_refuses(self) -> None:
        by = found(told("none", EXCLUDED, intent="want_return", demand="return_refund"))
        assert by.choices == ()
        assert (by.why or "").startswith(by_hand.NOTHING_DUE)

    def test_pieces_counted_over_several_articles(self) -> None:
        state = told("damaged", TWO_LINES, quantity=1)
        pieces = sum(line["quantity"] for line in BOTH["lines"])
        by = found(state, whole_order=True, quantity=pieces - 1)
        assert by.why == by_hand.COUNTED_TOGETHER

    @pytest.mark.parametrize(
        ("order_no", "issue", "unknown"),
        [(TWO_LINES, "missing_item", "一共几件"), (LATE, "spec", "要改成什么")],
    )
    def test_what_is_not_known_is_to_be_asked_for(
        self, order_no: str, issue: str, unknown: str
    ) -> None:
        by = found(told(issue, order_no))
        assert by.choices == ()
        assert f"还不知道{unknown}" in (by.why or "")

    def test_what_sound_goods_are_to_be_exchanged_for(self) -> None:
        state = told("none", BROKEN, intent="want_exchange", demand="exchange")
        assert "exchange" not in levels(found(state, correction=None))
        assert "exchange" in levels(found(state, correction="蓝色"))


class TestLevels:
    """Who may release it follows the sum, the danger, and what was given or refused before."""

    def test_what_the_bot_would_release_alone_any_agent_may(self) -> None:
        by = found(told("not_shipped"))
        assert levels(by)["refund"] == ("L1", ())

    @pytest.mark.parametrize(
        ("why", "level"),
        [(("E8", "L1"), "L1"), (("E6", "L2"), "L2"), (("E3", "S"), "S"), (("E5", "L2"), "L1")],
    )
    def test_a_matter_raised_higher_is_released_there(
        self, why: tuple[str, str], level: str
    ) -> None:
        by = found(told("not_shipped"), escalated=why)
        assert {one for one, _ in levels(by).values()} == {level}

    def test_multiples_that_were_asked_for_take_nothing_away_but_are_no_agents(self) -> None:
        asked = found(told("not_shipped"), multiples=True, escalated=("E5", "S"))
        assert {one for one, _ in levels(asked).values()} == {"S"}
        assert levels(asked).keys() == levels(found(told("not_shipped"))).keys()

    def test_what_the_customer_refused_before_may_be_taken_now(self) -> None:
        assert "refund" in levels(found(told("not_shipped"), declined=frozenset({"refund"})))

    def test_without_a_photo_a_person_answers_with_a_reason(self) -> None:
        state = told("damaged", BROKEN)
        unproven = levels(found(state))
        assert by_hand.UNPROVEN in unproven["return_refund"][1]
        proven = levels(found(state, has_photo=True))
        assert all(not beware for _, beware in proven.values())

    @pytest.mark.parametrize("elsewhere", [True, False])
    def test_what_was_given_for_the_same_before_is_a_supervisors(self, elsewhere: bool) -> None:
        state = told("damaged", BROKEN)
        sku = ORDERS[BROKEN]["lines"][0]["sku"]
        row = given("exchange", "damaged", "" if elsewhere else of(state).id, sku)
        by = levels(found(apply(state, checked(BROKEN, row)), has_photo=True))
        assert by["return_refund"] == ("L2", (by_hand.HELPED_BEFORE,))

    def test_the_same_is_not_given_twice_in_one_matter(self) -> None:
        state = told("damaged", BROKEN)
        assert "exchange" in levels(found(state, has_photo=True))
        row = given("exchange", "damaged", of(state).id)
        by = found(apply(state, checked(BROKEN, row)), has_photo=True)
        assert "exchange" not in levels(by)

    def test_goods_that_are_not_in_the_order_are_to_be_looked_at(self) -> None:
        by = levels(found(told("damaged", BROKEN), told="羽绒服拉链坏了", has_photo=True))
        assert all(beware == (by_hand.OTHER_GOODS,) for _, beware in by.values())

    def test_what_staff_refused_is_a_supervisors(self) -> None:
        state = told("not_shipped")
        option = {"kind": "refund", "amount_fen": 100, "detail": {}}
        refused = Remedy(key="1-1", option=option, state="refused")
        by = levels(found(state, remedies=(refused,), declined=frozenset({"refund"})))
        assert by["refund"] == ("L2", (by_hand.REFUSED_BEFORE,))


class TestOpenArticle:
    """Where it is open which article is meant, each has options of its own."""

    def test_each_names_its_article(self) -> None:
        by = found(told("damaged", TWO_LINES, quantity=1))
        skus = {c.option.detail.get("sku") for c in by.choices}
        assert skus == {"CUP", "JUG"}
        assert {c.option.amount_fen for c in by.choices if c.option.kind == "refund"} <= {5990}

    def test_one_on_its_way_for_the_other_article_is_in_nobodys_way(self) -> None:
        state = told("damaged", TWO_LINES, quantity=1)
        by = found(state, way(sku="CUP"))
        assert {c.option.detail.get("sku") for c in by.choices} == {"JUG"}
        assert found(state, way(sku="CUP"), way(sku="JUG")).why == by_hand.UNDER_WAY_HERE

    def test_of_an_article_of_which_fewer_were_bought_than_told_none(self) -> None:
        by = found(told("damaged", TWO_LINES, quantity=3))
        assert (by.choices, by.why) == ((), "还不知道是哪一件商品，请先在会话里向顾客问清")


class TestTheLog:
    """A grant by a person is read like the bot's own, and the bot has said nothing by it."""

    def event(self, state: State, **more: Any) -> ev.RemedyGranted:
        option = {
            "kind": "refund", "amount_fen": 100, "return_freight": "none", "rule": "r",
            "tier": "bot", "within": "", "promise": "", "money": "statutory", "detail": {},
        }  # fmt: skip
        matter = of(state)
        return ev.RemedyGranted(
            matter=matter.id, key=matter.next_key, option=option, verdict={}, by="小王", **more
        )

    def test_it_is_on_its_way(self) -> None:
        state = told("not_shipped")
        after = apply(state, self.event(state))
        matter = of(after)
        assert (matter.stage, matter.granted_kind) == ("executing", "refund")
        assert (matter.remedy and matter.remedy.by, after.has_spoken) == ("小王", False)

    def test_what_called_people_stays_on_record_above_the_approval(self) -> None:
        state = told("not_shipped")
        raised = state.with_matter(replace(of(state), escalated=("E1", "S")))
        assert of(apply(raised, self.event(raised, needs_approval="S"))).escalated == ("E1", "S")
        assert of(apply(state, self.event(state, needs_approval="L2"))).escalated == ("E5", "L2")
