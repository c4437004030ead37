"""A return that is on record is wished undone: 帮我撤销退货申请; pure."""

from __future__ import annotations

import re

from bot.conversation.words.phrases import is_short

_OF_IT = r"(?:掉|一下|我的?|这个|那个|刚才的?|之前的?|的)*"
_WISHES = r"(?:我|想|要|能|能不能|可以|帮我|给我|请|麻烦|直接|都|就|也)*"
_UNDO = re.compile(
    rf"(?<![不别没甭被])(?<!不要)(?<!不用)(?<!没有)(?<!不想)(?:撤销|撤回|撤掉|撤了?|取消){_OF_IT}"
    r"(?:退货退款|退货|换货|退款(?=的?申请)|售后)(?:的)?(?:申请|单)?"
    rf"|(?:退货退款|退货|换货|退款(?=的?申请)|售后)的?(?:申请|单)?{_WISHES}(?:撤销|撤回|撤掉|撤了|取消)"
)
_NO_LONGER = re.compile(r"(?<![能给让准])(?:不|不想|不用|不要|不打算)(?:再)?(?:退|退货|退款)了")
_UNDO_ALONE = re.compile(r"(?<![不别没])(?:撤销|撤回|撤掉|取消)(?:掉|一下|我的|这个)*申请")
# 为什么取消我的退货, 撤销了还能再申请吗: told or asked of, and not wished.
_NOT_WISHED = re.compile(
    r"你们|商家|卖家|店家|平台|系统|被|怎么|咋|凭|为[什啥]|谁|如果|要是|万一|会不会|是不是|已经|"
    r"(?:撤销|撤回|取消)了(?![吧呀啊]*(?:$|[，,。.!！~\s]))|[了的后]还?能|订单(?!号)"
)


def wants_return_undone(text: str) -> bool:
    """Tell whether a return or exchange that was applied for is wished undone, by name."""
    if not is_short(text) or _NOT_WISHED.search(text):
        return False
    return bool(_UNDO.search(text) or (_NO_LONGER.search(text) and _UNDO_ALONE.search(text)))


def returns_no_longer(text: str) -> bool:
    """Tell whether no more is said than that nothing is to go back: 我不想退了."""
    return is_short(text) and bool(_NO_LONGER.search(text)) and not _NOT_WISHED.search(text)
