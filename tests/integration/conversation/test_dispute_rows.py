"""What a dispute's row keeps, however often its matter is saved again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.conversation import store
from bot.conversation.shapes.state import Matter, State
from models import Database, dispute
from tests.factories import NOW, add_conversation

OPEN = Matter(id="m1", issue="damaged", issues=("damaged",), intent="complain")
ENDED = replace(OPEN, stage="ended", end="resolved")
DAY = timedelta(days=1)


async def closed_after(database: Database, *matters: Matter) -> datetime | None:
    """Save the matter as it became day after day; return when its row says that it ended."""
    here = await database.write(add_conversation)
    before = State()
    for day, matter in enumerate(matters):
        after = State(matters=(matter,))
        await database.write(
            lambda c, b=before, a=after, d=day: store.save_disputes(c, here, b, a, NOW + d * DAY)
        )
        before = after
    return await database.read(lambda c: c.execute(select(dispute.c.closed_at)).scalar_one())


async def test_an_end_does_not_move_when_more_is_told(database: Database) -> None:
    told = [replace(ENDED, told=words) for words in ("谢谢", "再见")]
    assert await closed_after(database, OPEN, ENDED, *told) == NOW + DAY


async def test_what_ended_at_once_keeps_its_end(database: Database) -> None:
    assert await closed_after(database, ENDED, replace(ENDED, told="谢谢")) == NOW


async def test_what_is_taken_up_again_has_no_end_and_may_end_anew(database: Database) -> None:
    assert await closed_after(database, ENDED, OPEN) is None


async def test_what_ends_anew_ends_then(database: Database) -> None:
    assert await closed_after(database, ENDED, OPEN, ENDED) == NOW + 2 * DAY
