"""Whether what a customer needs is at hand: a picture to show, a number asked for; pure."""

from __future__ import annotations

import re

from bot.conversation.words.sentence.clauses import clauses_of
from bot.conversation.words.sentence.manner import asks, is_short

_HAS = re.compile(
    r"(?<![没要想])(?<!是)有(?!没有|什么|啥|哪)[\u4e00-\u9fff]{0,6}?(?:截图|截屏|聊天记录|录屏|录音|证据|凭证|照片)"
    r"|截(?:了|过|的有)图|(?:我)?(?:发|传)(?:个|张|你|给你|您|给您)*截图"
)
# 我不想发截图, 没法发截图
_WILL_NOT = re.compile(
    r"(?:不(?:想|会|能|愿意?|敢|方便|用|让|肯|给|要|知道怎么)?|没法|没办法|懒得)[^，,。\s]{0,3}?[发传截]|[发传]不"
)
# 我付了呀, 我已经付过款了
_PAID = re.compile(
    r"(?:我|可是|但|不是|都|已经|早就?|明明|真的?|确实|是|昨天|今天|刚才|刚刚|当时|[，,\s])*"
    r"(?:支?付|交)(?:成功|过|完|清)*(?:款|钱)?[了过](?:款|钱|的)?(?:了|[呀啊哦的吧呢嘛。.!！~～\s])*"
)
# 客服说下单减20, 直播间答应过打八折
_PROMISED = re.compile(
    r"(?:客服|店家|店里|掌柜|主播|直播间?|你们|页面|活动页?|详情页)[^，,。说]{0,6}"
    r"(?:说|讲|答应|承诺|保证|写|标)[^，,。没不]{0,10}"
    r"(?:减|优惠|便宜|(?<!骨)折(?![旧断叠])|券|返)"
    r"(?![^，,。]{0,6}(?:不|没|结束|过期|取消|失效|用完|到期))"
)
# 你们客服说赔我50, 售后答应补20块; 客服说只赔50 and 赔50不够 are of an offer.
_SUM_PROMISED = re.compile(
    r"(?:客服|店家|卖家|商家|掌柜|老板|主播|直播间?|售后|你们|人工|同事)[^，,。说答承保讲没不]{0,6}"
    r"(?:说|讲|答应|承诺|保证)[^，,。没不只才最仅\d]{0,6}(?:赔|补|退|返|给)(?:偿|付|我|给|个|一共)*"
    r"\d+(?:\.\d+)?(?:块钱?|元)?[的了啊呀呢哦吧。.!！~～]*(?=$|[，,。 ])"
)
# 没有凭证, 没收据，现金给的
_LACKS_RECEIPT = re.compile(
    r"(?:没有?|无)(?:给|开|留|拿|要|任何|什么|我|[，,])*"
    r"(?:凭证|收据|单据|票据|小票|收费单|付款记录|转账记录)|(?:付|给|交)的是?现金|现金(?:付|给|交)?的"
)
# 没有收据但有聊天记录, 不是现金付的, 有没有收据: there is something to show, or it is asked.
_HAS_OTHER = re.compile(
    r"(?<![没不])有[^，,。]{0,6}(?:截图|记录|收据|录音|录像|监控|视频|照片|凭证|单据|小票|证据|证人|流水|账单)"
    r"|录了?音|微信|支付宝|转账?给|转的|扫码|刷卡|(?:不是|不会|不可能|别说|怎么会|谁说)[^，,。]{0,2}(?:没|无|现金)|有没有|有无"
)
_CANNOT_RECALL = re.compile(
    r"(?:手机|电话|尾号|后四位|号码|单号|订单号?)[^，,。]{0,8}?(?:记不|忘|不(?:知道|清楚|晓得|记得)|想不起|找不|没存|多少来着|是哪个)"
    r"|(?:记不|忘|不(?:知道|清楚|晓得|记得)|想不起|没记)[^，,。]{0,6}?(?:手机|电话|尾号|后四位|号码|单号|订单号)"
    r"|^(?:我|都|也|真的?|这个?|[，, ])*(?:记不(?:住|得|清)|忘了?|想不起来?|不记得)"
    r"了?[吧呀啊哦呢。.!！~ ]*$"
)
NO_EVIDENCE = re.compile(
    r"没(有)?(拍|照|图|留|视频|证据)|(?<!有)没(?:有|来得及|顾上)?截(?=[图屏到了下]|$)"
    r"|(?:截图|截屏|聊天记录)[我也都早就是]*(?:没了?|没有|找不[到着]|删了|删掉了|丢了)(?![^，,。]*[吗?？])"
    r"|(?<!有)(?:没有?(?:保存|存)?|找不到)(?:什么|任何|那个)?(?:截图|截屏|聊天记录)(?!功能)|拍不了|不(方便|会|能|想)拍|照片没|没法拍|懒得拍|没(?:什么|啥)(?:好|可)?拍|拍了也(?:看不出|没用)|"
    r"发不了|传不了|扔了|丢掉了|^(没有?|没了|无)[了呢啊。.!！~]*$"
)
CANNOT_FIND = re.compile(
    r"^(我|也|都|实在|真的?|现在|暂时|额|呃|唉|哎|[，, ])*"
    r"((找|翻|记|查)不(到|着|得|住|清)|没(有)?找到|不(知道|清楚|晓得|记得)|没有|忘了?)"
    r"(了|呢|啊|呀|吧|啦|哦|订单|单号|订单号|是?(多少|哪个)|[，,。.!！~ ])*$"
    r"|(单号|订单号?|号码).{0,6}((找|查|搜|翻)不(到|着)|忘|没有|不(知道|清楚|记得)|记不)"
)
_CLAUSE = re.compile(r"[^，,。；;！!~～\s]+")
_ONLY_LACKS = re.compile(
    r"(?:我|都|也|已经?|就|当时|早|把|给|的|了|啊|呀|哦|没有?(?:拍照?|照片|图片?|视频|证据|留)"
    r"|拍不了|(?:快递|外|纸)?(?:箱|盒|袋)子?|包装|快递单|面单|扔掉?|丢掉?|不在)+"
)
# 照片晚上发你, 东西在公司 明天拍; 昨天晚上发现的 and 明天发货 bring none.
_LATER = re.compile(
    r"(?:今晚|(?<![昨前])(?<![昨前]天)晚上|晚点|明[天早晚]|后天|周末|等会儿?|等下|一会儿?|待会儿?|回头|回家|回去|下班|"
    r"稍后|过(?:会儿?|几天)|改天|有空)[^，,。.!！?？不没法]{0,6}?(?:拍(?![的了完不])|[发传](?![现货票霉烧热的了不]))"
)
FETCHES = re.compile(
    r"稍等|等一?下|去拍|我拍|这就拍|马上拍|怎么发|哪里发|哪儿发|发哪"
    r"|(?<!帮)我(?:去|先|来)?[找翻](?:一?下|找|翻)(?:看|单号|订单号?|号码?)?"
    r"(?:$|[，,。.!！~～ 哈啊吧])"
)


def has_proof(text: str) -> bool:
    """Tell whether a picture or record is said to be at hand: 我有聊天截图."""
    clauses = clauses_of(text)
    has = any(_HAS.search(clause) and not _WILL_NOT.search(clause) for clause in clauses)
    return is_short(text) and has and not asks(text)


def lacks_receipt(text: str) -> bool:
    """Tell whether there is said to be nothing to show for what was paid: 没凭证，现金给的."""
    lacks = bool(_LACKS_RECEIPT.search(text)) and not _HAS_OTHER.search(text)
    return is_short(text) and not asks(text) and lacks


def claims_paid(text: str) -> bool:
    """Tell whether no more is said than that it was paid: 我付了呀."""
    claimed = is_short(text) and "是不是" not in text
    return claimed and bool(_PAID.fullmatch(text.strip()))


def claims_promise(text: str) -> bool:
    """Tell whether a discount is said to have been promised: 客服说下单减20."""
    return is_short(text) and not asks(text) and bool(_PROMISED.search(text))


def claims_sum(text: str) -> bool:
    """Tell whether a sum is said to have been promised by the shop's people: 客服说赔我50."""
    return is_short(text) and not asks(text) and bool(_SUM_PROMISED.search(text))


def cannot_recall(text: str) -> bool:
    """Tell whether a number asked for is not at hand: 我妈手机号我记不住了, 尾号是多少来着."""
    return is_short(text) and bool(_CANNOT_RECALL.search(text))


def has_no_evidence(text: str) -> bool:
    """Tell whether the customer says that there is no photo."""
    return bool(NO_EVIDENCE.search(text.strip()))


def without_lack(told: str) -> str:
    """Return the words without the clauses that only tell what is not there to be shown.

    没有照片 箱子我扔了 names no article, whatever is sold by the 整箱.
    """
    return _CLAUSE.sub(lambda found: "" if _ONLY_LACKS.fullmatch(found[0]) else found[0], told)


def cannot_find(text: str) -> bool:
    """Tell whether the customer has no way to the order's number."""
    return is_short(text) and bool(CANNOT_FIND.search(text.strip()))


def goes_to_fetch(text: str) -> bool:
    """Tell whether the customer is about to bring what was asked for."""
    return bool(FETCHES.search(text)) or brings_later(text)


def brings_later(text: str) -> bool:
    """Tell whether a picture is to be sent later on: 没空拍 晚上发."""
    return is_short(text) and not asks(text) and bool(_LATER.search(text))
