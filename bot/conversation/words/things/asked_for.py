"""What an explanation told the customer to bring if it does not hold: a picture; pure."""

from __future__ import annotations

import re

from bot.conversation.shapes.state import Matter

_PICTURE = re.compile(r"(?:请发|有).*(?:截图|聊天记录|申请记录)")


def asks_for_picture(matter: Matter) -> bool:
    """Tell whether what was told would change with a picture: 请发账单截图."""
    return any(_PICTURE.search(reason) for reason in matter.reasons)
