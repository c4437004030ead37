"""What makes a short answer to an offer mean more, or less, than it says: 退钱, 对; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.conversation.shapes.state import Matter
from bot.conversation.words.answers.plain_picks import looks_first
from bot.conversation.words.sentence.manner import depends
from bot.conversation.words.things.verdict_words import holds_lost
from bot.conversation.words.wishes.demands import gives
from bot.remedies.wishes import NOTHING_SENT_BACK


def is_for_spoilt(option: Mapping[str, Any]) -> bool:
    """Tell whether a part of the price is paid for goods that nobody sends back: 鸡蛋坏了7个."""
    kind, term = str(option["kind"]), str(option["promise"])
    return kind == "partial_refund" and term == NOTHING_SENT_BACK


# 丢了就补一个给我, once we hold it lost ourselves.
_IF_LOST = re.compile(
    r"^(?:那|要是|如果|既然|都|真的?|已经|就是|[，,\s])*丢(?:了|件|掉)(?:的话)?(?!.*(?:没丢|等))"
)


def is_put_off(matter: Matter | None, text: str) -> bool:
    """Tell whether a remedy is wished for in a case that has not come about: 丢了就退 没丢就等."""
    is_so = matter is not None and holds_lost(matter) and _IF_LOST.search(text.strip())
    looks = matter is not None and looks_first(text, matter.offer)
    return depends(text) and not is_so and not looks


def wished_else(matter: Matter | None, option_id: str) -> bool:
    """Tell whether something else was asked for since the offer, so that 对 may be to that."""
    if matter is None or matter.demand is None or matter.demand == matter.offered_for:
        return False
    option = matter.offered(option_id)
    return option is None or not gives(matter.demand, option)
