"""Issues that lie close, and the words by which the taxonomy tells one from the other; pure."""

from __future__ import annotations

import re
from collections.abc import Collection

# 收到就破了个洞, 一打开全碎了: broken before it was ever used.
_BROKE_ON_ARRIVAL = re.compile(
    r"(收到|到手|打开|拆开|开箱|拿到)(货|手|的?时候?|一看|来)*(就|都|已经|全)[^,，。!！?？]{0,4}[破碎裂断瘪扁漏洒烂]"
)
# 系统卡了下了两单, 页面没反应点了两次: not the customer's own mistake.
_DOUBLED_BY_SYSTEM = re.compile(
    r"(系统|页面|网络|网页|软件|手机|app)[^,，。]{0,4}(卡|慢|延迟|抽风|崩|出错|没反应|闪)[^。]{0,10}"
    r"([两2二]个?(一样的)?(订?单|笔)|[两2二][次遍]|重复|多下了?一)",
    re.IGNORECASE,
)
# 快递说压根没收到件: what the carrier never got was never sent.
_NEVER_COLLECTED = re.compile(
    r"(快递|物流|顺丰|中通|圆通|申通|韵达|邮政|站点|网点)[^,，。]{0,4}[说讲][^,，。]{0,4}没(收|揽|拿|取)[到着]?(件|货|包裹|东西)"
)
# The issue that was read, the one beside it, and the words that speak for that.
_PAIRS = (
    ("defect", "damaged", _BROKE_ON_ARRIVAL),
    ("spec", "system", _DOUBLED_BY_SYSTEM),
    ("not_received", "not_shipped", _NEVER_COLLECTED),
)


def told_apart(issue: str, likely: Collection[str], text: str) -> str:
    """Return the issue, or one of those likely beside it where the words leave no doubt."""
    for read, beside, words in _PAIRS:
        if issue == read and beside in likely and words.search(text):
            return beside
    return issue
