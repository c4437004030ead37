"""What came of a remedy is told once, the oldest first; pure."""

from __future__ import annotations

from bot.conversation.deciding.settle import remind
from bot.conversation.shapes.state import Matter, State
from bot.conversation.shapes.steps import Say
from bot.order_record import MULTIPLE


def tell_news(state: State) -> Say:
    """Return what is said of the oldest result that was not told yet."""
    matter_id, what = state.news[0]
    matter = state.matter(matter_id)
    if matter is not None and matter.damages and what.startswith(MULTIPLE):
        facts = {"matter": matter_id, "remedy": matter.damages[-1]}
        return Say(about=f"news:{what}", wording=f"remedy_{what}", facts=facts,
                   options=remind(state, matter))  # fmt: skip
    if matter is None or matter.remedy is None:
        return Say(about="news:lost", wording="progress_none")
    return Say(about=f"news:{what}", wording=f"remedy_{what}", facts={"matter": matter_id})


def is_done_by_person(state: State) -> bool:
    """Tell whether the oldest news is that a remedy was carried out which an agent released."""
    matter_id, what = state.news[0] if state.news else (None, "")
    matter = state.matter(matter_id)
    by_person = matter is not None and matter.remedy is not None and bool(matter.remedy.by)
    return by_person and what == "done"


def failed_remedy(state: State) -> Matter | None:
    """Return a matter whose remedy the order system refused, until a person has it."""
    return next(
        (m for m in state.matters
         if m.stage == "executing" and m.remedy and m.remedy.state == "failed"),
        None,
    )  # fmt: skip
