"""What is only told once more beside an offer picks nothing of it."""

import pytest

from bot.conversation.replaying.as_answer import _only_tells_again
from tests.unit.conversation.talk import offered, spoke


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("碎了一个呀", True), ("就是碎了", True), ("都裂了", True),
        ("碎了 换一个", False), ("碎了弄个新的", False), ("碎了 退吧", False),
        ("碎了怎么办", False),
    ],
)  # fmt: skip
def test_it_only_tells_what_was_known(text: str, *, only: bool) -> None:
    matter = offered().state.current
    assert matter is not None
    said = spoke(text, issues=matter.issues, confident=True)
    assert _only_tells_again(matter, said) is only
