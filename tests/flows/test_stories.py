"""Every story of the demo, from its card's words to a decided end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.orders.demo import demo_stories
from tests.flows.shop import Shop, carry_through

ADDRESS = "上海市浦东新区世纪大道100号8楼801室"


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What a customer takes, and what must be on record at the end."""

    story: str
    takes: str  # kind of remedy
    amount_fen: int = 0
    freight: str = "none"
    state: str = "resolved"  # of the dispute
    remedy_state: str = "done"
    escalated: tuple[str, str] | None = None
    item: str = ""  # in the label of the article complained of
    answers: dict[str, str] = field(default_factory=dict)


SCENES = [
    # Logistics
    Scene(story="001", takes="refund", amount_fen=19900),
    Scene(story="002", takes="expedite"),
    Scene(story="003", takes="explain"),
    Scene(story="004", takes="compensation", amount_fen=3990),
    Scene(story="005", takes="refund", amount_fen=12900),
    Scene(story="006", takes="compensation", amount_fen=6560, state="awaiting_approval",
          remedy_state="awaiting_approval", escalated=("E5", "L1")),
    Scene(story="007", takes="compensation", amount_fen=1295),
    Scene(story="008", takes="reship"),
    Scene(story="009", takes="trace"),
    Scene(story="010", takes="goodwill", amount_fen=300),
    # Quality
    Scene(story="011", takes="partial_refund", amount_fen=1780),
    Scene(story="012", takes="partial_refund", amount_fen=6400, state="awaiting_approval",
          remedy_state="awaiting_approval", escalated=("E5", "L1")),
    Scene(story="013", takes="refund", amount_fen=4580),
    Scene(story="014", takes="return_refund", amount_fen=299900, freight="shop"),
    Scene(story="015", takes="exchange", freight="shop"),
    Scene(story="016", takes="repair", freight="shop"),
    Scene(story="017", takes="return_refund", amount_fen=16900, freight="shop"),
    # Order information
    Scene(story="019", takes="exchange", freight="shop"),
    Scene(story="020", takes="reship"),
    Scene(story="021", takes="partial_refund", amount_fen=2900, item="化妆包"),
    Scene(story="030", takes="correct_order"),
    Scene(story="031", takes="intercept", answers={"正确的内容": ADDRESS}),
    Scene(story="032", takes="correct_order"),
    Scene(story="033", takes="invoice"),
    Scene(story="035", takes="refund", amount_fen=3600),
    Scene(story="036", takes="refund", amount_fen=9980),
    # Amounts
    Scene(story="022", takes="partial_refund", amount_fen=19900),
    Scene(story="023", takes="partial_refund", amount_fen=3000),
    Scene(story="024", takes="partial_refund", amount_fen=5000),
    Scene(story="025", takes="price_difference", amount_fen=10000),
    Scene(story="026", takes="coupon", amount_fen=498),
    Scene(story="027", takes="freight", amount_fen=1000),
    # After sales
    Scene(story="028", takes="refund", amount_fen=22900),
    Scene(story="029", takes="return_refund", amount_fen=34900, freight="customer"),
    # A change of mind
    Scene(story="038", takes="return_refund", amount_fen=21900, freight="customer"),
    Scene(story="039", takes="reject", state="rejected"),
    Scene(story="040", takes="refund", amount_fen=6700),
    Scene(story="041", takes="cancel"),
]  # fmt: skip


async def play(shop: Shop, scene: Scene) -> dict[str, Any]:
    """Play a story through, from its opening words."""
    story = shop.stories[scene.story]
    return await carry_through(
        shop,
        await shop.open_chat(),
        story["order_no"],
        opening=story["opening"],
        wanted=[scene.takes],
        tail=story["phone_tail"],
        item=scene.item,
        answers=scene.answers,
    )


def essence(dispute: dict[str, Any]) -> dict[str, Any]:
    """Return what a test compares of a dispute."""
    remedy, escalated = dispute["remedy"] or {}, dispute["escalated"] or {}
    return {
        "type": dispute["type"],
        "issue": dispute["issue"],
        "state": dispute["state"],
        "kind": remedy.get("kind"),
        "amount_fen": remedy.get("amount_fen"),
        "return_freight": remedy.get("return_freight"),
        "remedy_state": remedy.get("state"),
        "escalated": (escalated["reason"], escalated["level"]) if escalated else None,
    }


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: f"{scene.story}-{scene.takes}")
async def test_a_story_ends_with_the_remedy_its_customer_takes(shop: Shop, scene: Scene) -> None:
    found = await play(shop, scene)
    (card,) = [s for s in shop.cards if s.order_no == shop.order_no(scene.story)]
    assert essence(found) == {
        "type": card.dispute_type,
        "issue": card.issue,
        "state": scene.state,
        "kind": scene.takes,
        "amount_fen": scene.amount_fen,
        "return_freight": scene.freight,
        "remedy_state": scene.remedy_state,
        "escalated": scene.escalated,
    }


@pytest.mark.parametrize(
    ("story", "escalated"),
    [("018", ("E11", "L2")), ("037", ("E13", "L1"))],
    ids=["018-counterfeit", "037-paid-but-unpaid"],
)
async def test_a_story_that_only_a_person_may_judge_is_handed_over(
    shop: Shop, story: str, escalated: tuple[str, str]
) -> None:
    found = essence(await play(shop, Scene(story=story, takes="none")))
    assert (found["state"], found["kind"], found["escalated"]) == ("with_person", None, escalated)


async def test_a_plain_question_about_a_parcel_makes_no_dispute(shop: Shop) -> None:
    story, customer = shop.stories["042"], await shop.open_chat()
    await customer.say(story["opening"])
    await customer.say(story["phone_tail"])
    assert "顺丰速运 SF8800011042" in customer.last["text"]
    assert await shop.agent.disputes(story["order_no"]) == []


def test_every_story_is_played() -> None:
    others = {"018", "037", "042"}
    played = {scene.story for scene in SCENES} | others
    assert played == {story.order_no[-3:] for story in demo_stories()}
