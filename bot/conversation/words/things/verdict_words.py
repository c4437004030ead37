"""What a verdict's reasons say by the way: of a photo, a lost parcel, freight; pure.

Reasons are prose that a shop may reword in its policy. Whatever of it steers a conversation is
looked for here and nowhere else, and `tests/test_data_fits_code.py` holds that the policy that
is shipped says it. Reworded beyond recognition, it is told no less: it only answers less.
"""

from __future__ import annotations

import re
from typing import Final

from bot.conversation.shapes.state import Matter

PICTURE: Final = re.compile(r"(?:请发|有).*(?:截图|聊天记录|申请记录)")
IF_LOST: Final = re.compile(r"补发或退款")
LOST: Final = re.compile(r"按丢件处理")
OF_REFUSING: Final = re.compile(r"拒收的，")
ASK_AROUND: Final = re.compile(r"代收")
# What comes of a parcel that is not stopped or not found, or of goods that cannot be mended.
IN_VAIN: Final = {
    "intercept": re.compile(r"拦不下来|没有拦下"),
    "repair": re.compile(r"修两次|未修好"),
    "trace": re.compile(r"补发或退款$"),
}
FREIGHT: Final = re.compile(r"运费")
_GROUND: Final = "依据"
_PARTS: Final = re.compile(r"[。；：\n]")
_SENTENCES: Final = re.compile(r"[。；\n]")


def asks_for_picture(matter: Matter) -> bool:
    """Tell whether what was told would change with a picture: 请发账单截图."""
    return any(PICTURE.search(reason) for reason in matter.reasons)


def tells_to_ask_around(matter: Matter) -> bool:
    """Tell whether the customer was told to ask first who may have taken the parcel in."""
    return any(ASK_AROUND.search(reason) for reason in matter.reasons)


def holds_lost(matter: Matter) -> bool:
    """Tell whether the parcel is held lost, as the customer was told."""
    return any(LOST.search(reason) for reason in matter.reasons)


def promised_if_lost(matter: Matter) -> str:
    """Return what was promised in case that the parcel is not found; empty where nothing was."""
    return "".join(reason for reason in matter.reasons if IF_LOST.search(reason))


def told_of_refusing(matter: Matter) -> str:
    """Return what comes of turning the parcel away; empty where nothing is said of it."""
    told = (reason.rstrip("。") for reason in matter.reasons if OF_REFUSING.search(reason))
    return "".join(f"{reason}。" for reason in told)


def told_in_vain(kind: str, matter: Matter) -> str:
    """Return what comes of a remedy of that kind which fails; empty where nothing is said."""
    parts = (part for reason in matter.reasons for part in _PARTS.split(reason))
    told = dict.fromkeys(part for part in parts if IN_VAIN[kind].search(part))
    return "".join(f"{part}。" for part in told)


def told_of_freight(matter: Matter) -> str:
    """Return what is said of the way back of a parcel that no option sends back."""
    parts = (part for reason in matter.reasons for part in _SENTENCES.split(reason))
    told = [part for part in parts if FREIGHT.search(part) and not part.startswith(_GROUND)]
    return "".join(f"{part}。" for part in dict.fromkeys(told))
