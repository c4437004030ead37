"""What is said of a matter that an agent has spoken in and left undecided; pure."""

from __future__ import annotations

import re

from bot.conversation.words.sentence import consent, manner
from bot.conversation.words.wishes import demands
from bot.conversation.words.wishes.afterthoughts import is_unsolved, only_agrees
from bot.conversation.words.wishes.told import told_wish
from bot.remedies.wishes import DEMAND_OF
from nlp.quantities import PIECE

# 继续吧, 那你接着办, 重新出方案: the bot is to go on; 继续等 waits.
_GOES_ON = re.compile(
    r"(?<![不没别])(?:继续|接着)(?:给我|帮我)?(?:吧|办|处理|弄|走|来)"
    r"|(?<![不没别])继续[。.!！~～ ]*$"
    r"|重新(?:给我|帮我)?[出给]个?方案|(?:别|其他|其它)的?(?:方案|办法|处理方式)"
)
# 说好给我换, 还没退, 快退: a promise is spoken of, or hurried on, and no new wish told.
_OF_PROMISE = re.compile(
    r"人工|客服|同事|[他她它]|刚才|刚刚|说[好的了过是]|讲|答应|承诺|保证|不是|已经?|还没|没[有给退换寄发到收]"
    r"|按|照|等|快|赶|抓紧|速度|马上|立刻|催|呢|了没|没$"
)
# 退款, 换一个新的: an answer to what is wished, which by itself would hurry on what was promised.
_WISHES = {
    "return_refund": r"退货退款|退货",
    "refund": r"退款|退钱",
    "exchange": rf"换货|换(?:一?{PIECE})?新的?",
    "reship": r"补发|重发",
    "repair": r"维修|修",
}
_ANSWERS = {
    demand: re.compile(
        rf"(?!.*[呢吗])(?:那|就|我|要|想|还是|给我|帮我|直接|[，, ])*(?:{verb})"
        rf"[{manner.PARTICLES}。.!！~～ ]*"
    )
    for demand, verb in _WISHES.items()
}
# 好的我等着, 那等您消息
_WAITS = re.compile(
    r"(?:好的?|行|可以|嗯|哦|那|我|就|先|[，, ])*等(?:着|你们?|您|的|通知|消息|电话|结果|一下"
    rf"|等)*[{manner.PARTICLES}。.!！~～ ]*"
)

# 补发的单号多少, 新的啥时候寄, 什么时候给我补寄: goods that were promised are asked after.
_WHEN = r"(?:什么时候|啥时候|几时|何时|几号|多久|几天|哪天)"
_GOODS_PROMISED = re.compile(
    rf"(?:补[发寄]|重[发寄]|换(?![货了])|(?<![更全崭])新(?![款品人手旧]))(?:的|过来|给我|货|那|这|{PIECE})*"
    rf"[^，,。能怎要]{{0,4}}(?:单号|{_WHEN}|到哪|(?:[发寄到换]|出库)了?(?:货|出来?)?(?:吗|没|么)|呢)"
    rf"|{_WHEN}(?:才|能|会|可以|给|我|你们?)*(?:补[发寄]|重[发寄]|换新|[发寄]新)"
)
# 碗补发了吗, 给我换了没, 怎么还没补: whether it was done; 能补发吗 asks what may be had.
_DEED = r"(?:补(?![偿贴])|重[发寄]|换(?!个|一)|退|赔|修)"
_DONE = re.compile(
    rf"(?<![能可要想])(?<!可以)(?<!需要){_DEED}[发寄货款偿]?(?:出|给我|过|好|完|安排|办|登记)*"
    r"(?:了(?:吗|没有?|么|嘛)|没有?)[?？。.!！~～啊呀呢 ]*$"
    rf"|(?<!我)(?:还没(?:有|给我|帮我|人)*|没(?:有)?(?:给我|帮我|人)+){_DEED}(?!有|什么|货|回)"
    rf"|(?:{_WHEN}|怎么还不|怎么不)(?:才|能|会|可以|给|帮|我|你们?|再)*{_DEED}(?!货要)"
)
# 答应我的碗呢, 不是说好给我补一只: by whom it was promised, or that it was.
_PROMISED = re.compile(
    r"(?:答应|承诺|保证|许诺)(?:了|过|好|给?我的?|的|要)|(?:说好|讲好|说过|说是|说了|不是说)的?(?:要|会|给|帮|可以|能)*"
    r"我?(?:补|重|换|退|赔|修|寄|发)"
)
# 处理好了吗, 办得怎么样了, 有结果没: how far it has come.
_PROGRESS = re.compile(
    r"(?:处理|办理?|弄|解决|安排|搞|跟进|登记|核实|反馈)(?:得|的|到)?(?:好|完|妥|上|下来)?"
    r"(?:怎么样|咋样|如何|哪一?步|什么程度|了(?:吗|没有?|么|嘛)|没有?[?？啊呀呢]*$)"
    r"|(?:有|出)(?:没有)?(?:结果|进展|消息|说法|下文|眉目)了?(?:吗|没有?|么|嘛|呢|[?？]|$)"
    r"|(?:结果|进度|进展|后续)(?:呢|怎么样|咋样|如何)"
)
# 赔了多少, 那杯子本身的钱退吗: the same of money; 怎么退钱 and 能退钱吗 ask for the way to it.
_MONEY_PROMISED = re.compile(
    r"[退赔补返](?:了|给|我|偿)*(?:多少|几块)"
    r"|(?:钱(?!包)|(?<![新这那一两])款|补偿|赔偿|赔付|红包|券)[^，,。能怎可]{0,4}?"
    rf"(?:[退到给打发返赔](?:了|过|账|我|过来|不)*(?:吗|没|么|$)|{_WHEN}|呢)"
)

# 到底怎么处理, 给个说法, 没人管了吗; 怎么办理退货 asks for the way to something else.
_COMES_OF_IT = re.compile(
    r"(?:怎么|咋|如何|打算|准备)(?:样|给我|帮我|来|才能|还不|个)*(?:处理|解决|办(?!理|卡|到)|弄(?!坏|脏|丢|的)|赔)"
    r"|(?:给|要)(?:我|个|一个)*(?:说法|交代|答复|结果|方案|处理结果|解决办法)"
    r"|(?:没|有没有|还有|有)人(?:来|给我|能)?(?:管|处理|解决|跟进)|(?:你们?)?(?:不|还)管了?[吗吧不没?？]"
    r"|(?:能不能|可不可以|赶紧|赶快|快点?|麻烦|尽快|帮我|给我)(?:给我|帮我|把)?(?:处理|解决)"
    r"|就这么算了|就这样(?:了|结束了?)?[吗么?？]"
)

# 包装盒怎么处理, 帮我处理好了 谢谢: of other things, or thanked for.
_OF_ELSE = re.compile(
    r"(?:包装|盒子?|箱子?|袋子?|发票|赠品|旧[的件货机]|垃圾|配件)[^，,。]{0,4}(?:怎么|咋|如何)|谢|(?:处理|解决)好了"
)

# 在的, 您好我是小王, 稍等我看下: what an agent says before they have looked; 收到 may agree.
_RECEIVES = re.compile(
    r"(?:(?:亲爱的|您|你)?好|亲|嗨|hello|hi|在的?|我在|[您请]*稍(?:等|候)(?:一下)?|(?:请您?)?等(?:我)?一下"
    r"|我(?:先|来|去|帮您|这边|马上)*(?:看|查|核对|核实|了解)(?:一?下)?(?:情况|订单|记录)?"
    r"|(?:看|收)到您的(?:消息|留言)|(?:我是|这[里边]是)?(?:人工)?客服(?:小[\u4e00-\u9fff])?|我是小[\u4e00-\u9fff]"
    rf"|(?:很?高兴)?为您服务|让?您?久等|抱歉|不好意思|[{manner.PARTICLES}，,。.!！~～、\s])+",
    re.IGNORECASE,
)


# 请问有什么可以帮您, 麻烦发下订单号: an open question behind the greeting agrees on nothing.
_ASKS_OPENLY = re.compile(
    r"(?:亲|[您你]好)?(?:请问|麻烦|请|方便|可以)?[您你]?(?:这边)?(?:"
    r"(?:有|是|遇到)?(?:什么|啥|哪些)(?:问题|情况|事情?|需要)?(?:可以|能|需要)?我?(?:帮助?到?|为|协助)?[您你]?"
    r"(?:的|服务的?|解决的?|处理的?)?"
    r"|(?:说|讲|描述)(?:一?下)?(?:具体)?(?:情况|问题)?"
    r"|(?:发|提供|报|拍)(?:我|给我|一?下|一?张|几张|个)?(?:[您你]的)?(?:订单号?|单号|手机尾号|尾号|照片|图片|截图|视频)"
    rf"(?:看看|看一?下|过来|给我)?)[吗么{manner.PARTICLES}]*"
)
_PAUSE = re.compile(r"[，,。.!！?？~～\s]+")


def only_receives(text: str) -> bool:
    """Tell whether an agent has but greeted or asked to wait, so that nothing is agreed on yet."""
    plain = text.strip()
    if not manner.is_short(text) or not plain:
        return False
    if _RECEIVES.fullmatch(plain):
        return True
    said = filter(None, _PAUSE.split(plain))
    return all(_RECEIVES.fullmatch(part) or _ASKS_OPENLY.fullmatch(part) for part in said)


# 可以的, 退货退款; 给您换一件新的: what an agent agrees to. A sum, or what they see to, is theirs.
_AGREES = re.compile(r"可以|同意|支持|能|给[您你]|帮[您你]|为[您你]|按|办理?|申请")
_THEIRS = re.compile(
    r"[不没无]|已|了|今天|明天|今晚|马上|稍后|刚|如果|要是|还是|或者?|[¥￥]|\d(?:元|块|角)|券|补偿|部分"
    # A condition, a review by others, or a question leaves it open: 可以换货，需要您补差价.
    r"|但|需|只能|审|等|[催查]|平台|吗|[?？]|先|扣|差价|以后|之后|试"
)
_AGREED = {
    "return_refund": re.compile(r"退货|七天无理由|7天无理由"),
    "exchange": re.compile(r"换货|换一?" + PIECE + r"|换新"),
    "reship": re.compile(r"补发|补寄|重发"),
    "repair": re.compile(r"维修|保修"),
    "refund": re.compile(r"(?<!货)退款|退钱"),
}
# 那帮我办吧, 然后呢, 好的: what was agreed on is called for.
_CALLS_FOR_IT = re.compile(
    r"(?:好的?|行|可以|嗯|那|就|麻烦|请|你们?|您|[，,。\s])*"
    r"(?:(?:帮我|给我|现在|赶紧|直接|开始|快)*(?:办理?|处理|弄|安排|操作|申请)(?:一下)?"
    r"|然后|接下来|下一步|后面|怎么(?:办理?|弄|操作|申请)|(?:现在|接下来)?(?:我)?(?:要|该)?怎么做)"
    rf"[{manner.PARTICLES}嘛吗?？。.!！~～\s]*"
)


def remedy_agreed(text: str) -> str | None:
    """Return the one remedy that an agent plainly agrees to, and leaves to be carried out."""
    said = re.sub(r"[七7]天无理由", "退货", text.replace("退货退款", "退货"))
    if not manner.is_short(said) or not _AGREES.search(said) or _THEIRS.search(said):
        return None
    named = [remedy for remedy, words in _AGREED.items() if words.search(said)]
    return named[0] if len(named) == 1 else None


def calls_for_it(text: str) -> bool:
    """Tell whether what an agent agreed to is called for; thanks and 等 call for nothing."""
    plain = text.strip()
    if "谢" in plain or _WAITS.fullmatch(plain):
        return False
    return bool(_CALLS_FOR_IT.fullmatch(plain)) or only_consents(plain)


def goes_on(text: str) -> bool:
    """Tell whether the bot is asked to go on with the matter: 好的，那继续吧."""
    return manner.is_short(text) and bool(_GOES_ON.search(text)) and not speaks_of_promise(text)


def demand_told(text: str) -> str | None:
    """Return the remedy plainly wished for, whatever was agreed on with an agent: 那换吧."""
    if not manner.is_short(text) or speaks_of_promise(text):
        return None
    wish = told_wish(text)
    return DEMAND_OF[wish] if wish else demands.bare_wish(text)


def demand_answered(text: str) -> str | None:
    """Return the remedy that an answer to "退款、换货还是别的" names, and nothing beside: 退款."""
    return next((d for d, words in _ANSWERS.items() if words.fullmatch(text.strip())), None)


def only_consents(text: str) -> bool:
    """Tell whether no more is said than a yes to what was said last."""
    return only_agrees(text) or consent.consents(text) or bool(_WAITS.fullmatch(text.strip()))


def speaks_of_promise(text: str) -> bool:
    """Tell whether something is asked, or what was agreed on is spoken of: 券呢, 说好今天退的."""
    return manner.asks(text) or bool(_OF_PROMISE.search(text))


def asks_what_comes_of_it(text: str) -> bool:
    """Tell whether it is asked what is to become of a trouble, as if nothing had: 洞怎么处理."""
    asked = manner.is_short(text) and bool(_COMES_OF_IT.search(text))
    asked = asked and not _OF_ELSE.search(text)
    return asked and not is_unsolved(text)


def asks_after_promise(text: str) -> bool:
    """Tell whether goods or money are asked after that only a person can have promised.

    What may be had is another question: 还能退款吗, 退货运费谁出.
    """
    plain = text.strip()
    asked = (_GOODS_PROMISED, _MONEY_PROMISED, _DONE, _PROMISED, _PROGRESS)
    return manner.is_short(plain) and any(words.search(plain) for words in asked)
