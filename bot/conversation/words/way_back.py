"""What is said of a parcel on its way back to the shop: its number, that it has come; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.conversation.words.phrases import SUPPOSES, asks, is_short

# A carrier's number; a phone's eleven digits and a sum are none.
_NUMBER = re.compile(r"(?<![A-Za-z\d-])(?!1[3-9]\d{9}(?!\d))[A-Za-z]{0,4}\d[A-Za-z\d]{8,19}(?!\d)")
_OF_PARCEL = re.compile(r"单号|快递|物流|运单|寄|退货|顺丰|圆通|中通|申通|韵达|极兔|邮政|京东")
_ONLY_NUMBER = re.compile(r"[\s是:：，,。.]*")
_CAME = re.compile(
    r"签收(?![之以]?后|才|满)|(?:仓库|你们?|您)[^，,。]{0,4}(?:到了|入库|"
    r"收到(?!了?我?的?(?:消息|信息|投诉|申请)))|退货[^，,。]{0,6}(?:收到|到)了"
)
# 没签收, 我签收的: it has not come, or it is the parcel that went out.
_NOT_CAME = re.compile(
    r"(?:没有?|未|不)[^，,。]{0,3}(?:签收|收到|到)|等[^，,。]{0,6}(?:签收|收到|到)"
    r"|我(?:自己|本人)?(?:已经)?签收|(?:本人|邻居|门卫|驿站)[^，,。]{0,3}签收"
)


def return_under_way(record: Mapping[str, Any]) -> str | None:
    """Return how the return stands that was agreed to and has not arrived, or None."""
    returns = record.get("returns") or ()
    state = str(returns[-1]["state"]) if returns else None
    return state if state in {"approved", "shipped"} else None


def brings_number(text: str, record: Mapping[str, Any]) -> bool:
    """Tell whether a parcel's number is given that the order's record does not know."""
    found = _NUMBER.search(text)
    if found is None or "订单" in text or asks(text.replace(found[0], "")):
        return False
    own = str(record.get("order_no", ""))
    if found[0].upper() in _known(record) or _shape(found[0]) == _shape(own):
        return False  # it may be another order's
    left = text.replace(found[0], "")
    return bool(_OF_PARCEL.search(left) or _ONLY_NUMBER.fullmatch(left))


def tells_it_came(text: str) -> bool:
    """Tell whether what was sent back is said to be with the shop: 快递显示前天签收的."""
    calm = not asks(text) and not SUPPOSES.search(text)
    return is_short(text) and calm and bool(_CAME.search(text)) and not _NOT_CAME.search(text)


def _shape(number: str) -> str:
    return re.sub(r"\d", "0", number.upper())


def _known(record: Mapping[str, Any]) -> set[str]:
    """Return the numbers of the order itself, of its parcels and its returns."""
    sent = (parcel.get("tracking_no") for parcel in record.get("shipments") or ())
    back = (entry.get("no") for entry in record.get("returns") or ())
    return {str(no).upper() for no in (record.get("order_no"), *sent, *back) if no}
