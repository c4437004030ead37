"""Pieces of the article talked of that are counted on from those told before; pure."""

from __future__ import annotations

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.issue_groups import STATES_OF_GOODS
from bot.conversation.shapes.state import TALKING, Matter, State
from bot.conversation.words.things.articles import named_among
from bot.conversation.words.things.intact import without_opened
from bot.conversation.words.things.more_pieces import (
    in_all,
    more_wished,
    others_back,
    others_wrong,
    without_uncounted,
)
from nlp.normalise import normalise
from nlp.quantities import find_quantity, unit_of


def of_more(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 再多退一个 beside an offer for three as four, and 其他两盒也不敢吃了 as those too."""
    matter = state.current
    if matter is None or matter.stage not in TALKING or spoke.heard.order_nos or spoke.choices:
        return spoke
    wished, bought = more_wished(spoke.plain), _bought(state, matter, spoke)
    if not bought:
        return spoke
    left = without_uncounted(spoke.plain)
    if left != spoke.plain:
        spoke = _as_counted(spoke, left)
    if wished is not None:
        issues = tuple(i for i in spoke.heard.issues if i != "missing_item")  # 少退一个
        told = matter.quantity or (bought if wished < 0 else 0)
        pieces = in_all(spoke.plain) or (told and told + wished)
        return spoke.heard_as(quantity=pieces if 0 < pieces <= bought else None, issues=issues)
    others = others_back(spoke.plain) if matter.issue == "none" else others_wrong(spoke.plain)
    if others is None or matter.quantity is None or matter.quantity + others > bought:
        return spoke
    if set(spoke.heard.issues) - {*matter.issues, *STATES_OF_GOODS}:
        return spoke  # another complaint: 又有两个没收到
    return spoke.heard_as(quantity=matter.quantity + others)


def of_opened(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 拆了一包 of goods that go back without a reason as no count of what goes back."""
    matter, heard = state.current, spoke.heard
    if heard.quantity is None or heard.issues or (matter is not None and matter.issue != "none"):
        return spoke
    text = normalise(spoke.plain).text
    left = without_opened(text)
    if left == text:
        return spoke
    return _as_counted(spoke, left)


def _as_counted(spoke: CustomerSpoke, left: str) -> CustomerSpoke:
    """Read no other count of pieces than what is left of the text tells."""
    text = normalise(left).text
    counted = find_quantity(text)
    unread = {"refused", "missing_item"} if counted is None else set()
    return spoke.heard_as(
        quantity=counted.value if counted else None,
        quantity_unit=unit_of(text, counted) if counted else None,
        issues=tuple(issue for issue in spoke.heard.issues if issue not in unread),
    )


def _bought(state: State, matter: Matter, spoke: CustomerSpoke) -> int:
    """Return how many were bought of the article talked of; 0 where another one may be meant."""
    lines = state.lines_of(matter)
    sku = lines[0]["sku"] if len(lines) == 1 else matter.article
    named = {
        lines[at]["sku"] for at in named_among(spoke.plain, [line["title"] for line in lines])
    }
    same_unit = matter.quantity_unit in {None, spoke.heard.quantity_unit}
    if not same_unit or (len(lines) > 1 and named - {sku}):
        return 0
    return sum(int(line["quantity"]) for line in lines if line["sku"] == sku)
