"""A return that is on record is wished undone: 帮我撤销退货申请; pure."""

from __future__ import annotations

import re

from bot.conversation.words.sentence.manner import is_short

_OF_IT = r"(?:掉|一下|我|这个|那个|刚才|之前|的)*"
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

# 不退了 换新的, 不退了 补我20: something else is wished in its place; 也不换了 wishes nothing.
_WANTS_ELSE = re.compile(
    r"换(?!季)|补|赔|修(?!好了)|[重再]寄|重发|寄[新个一]|券|红包|差价|\d\s*[块元]"
    r"|给(?:我|点)\s*[点张个\d一二三五十百]|退(?:款|我)?一?[半部]"
)
_NOR = re.compile(r"不(?:用|想|要)?(?:再)?[换补赔修]")
# 快递员说不退了, 又不退了: it is somebody else who will not take it back.
_BY_OTHERS = re.compile(
    r"(?:快递|小哥|师傅|客服|仓库|店[里铺员]|人工|对方|厂家|[他她]们)"
    r"(?:员|那边|都|又|就|也|跟我|和我|[今昨]天)*(?:[说讲回][^，,。\s]{0,3})?不"
    r"|(?:告诉|通知|回复)我|[又还]不|说好|退[货款]?了是?[吗么嘛?？]"
)


def wants_return_undone(text: str) -> bool:
    """Tell whether a return or exchange that was applied for is wished undone, by name."""
    if not is_short(text) or _NOT_WISHED.search(text):
        return False
    return bool(_UNDO.search(text) or (_NO_LONGER.search(text) and _UNDO_ALONE.search(text)))


def returns_no_longer(text: str) -> bool:
    """Tell whether no more is said than that nothing is to go back: 我不想退了."""
    if not is_short(text) or _NOT_WISHED.search(text):
        return False
    other = _WANTS_ELSE.search(_NOR.sub("", text)) or _BY_OTHERS.search(text)
    return bool(_NO_LONGER.search(text)) and not other
