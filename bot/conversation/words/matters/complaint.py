"""Whether anything is complained of: a fault, nothing named, or no reason given; pure."""

from __future__ import annotations

import re

from bot.conversation.words.sentence.manner import PARTICLES, SUPPOSES, asks, is_short

# A complaint that names nothing: whom it is about, or what happened, is not in it.
ONLY_COMPLAINS = re.compile(
    r"^(我|本人)?(真的?)?(要|想|得|必须|现在|就)*(投诉|举报)(你们?|妳們?|这?家?店(?:铺|家(?!店))?|商家|卖家|平台|"
    r"一下|订单号?|单号)*[了啊呀吧哦！!。.，,～~ ：:]*$"
    r"|^(你好|您好|亲|在吗|哈喽|嗨|那个|我|想|要|跟你们?|有|[，,。.！!~ ])*"
    r"(反[映应]|咨询|说|问|请教)(一?下|一?[个点件])*(情况|问题|事情?|事儿)?"
    r"[了啊呀吧哦呢！!。.，,～~ ：:]*$"
)
# 客服说不支持七天无理由: refused, and that is the complaint.
REFUSED_RIGHT = re.compile(r"不支持|不给|不让|不肯|拒|凭|说[^,，。]{0,6}(不|没)|不能|没有?无理由")
NUMBER_NAMED = re.compile(r"(订单编?号?|单号)?[是为:： #]*[A-Za-z]{0,4}[-_ ]?\d[\dA-Za-z _-]{4,}")
# A fault that has come about, told with a question of warranty or repair.
# 不工作了; 突然要出差 不要了 is of the customer, and of no goods.
_NOT_ANY_MORE = (
    r"不(?!想|要|需|用了|喜欢|爱|买|打算|考虑|退|换|等|合适|划算|急|在[家这]|去|回来|住|方便)"
    r"[\u4e00-\u9fff]{1,3}了"
)
FAULT_CAME = re.compile(
    r"(用了|用着|才用|使用|现在|突然|忽然|最近|今天|昨天|刚刚?|已经|又).{0,10}"
    rf"({_NOT_ANY_MORE}|(坏|裂|断|漏|掉)了|没反应|打不开|开不了机|漏水|异响|失灵|黑屏|死机|充不(进|上)|"
    r"不(转|响|亮|制冷|制热|加热|通电|脱水|工作))"
    r"|不(转|响|亮|动|热|凉|走|吸|喷|震动?|振动?|制冷|制热|加热|通电|充电|出水|脱水|工作|运转|显示|启动|开机)了"
)
# 坏了, 不亮了, 漏水: what befalls goods at hand; 弄坏了, 摔坏了 may be the customer's own doing.
_FAULT = (
    r"(?:(?<![弄摔搞碰打磕拆洗掉撞压砸])坏(?:掉|的)?了|[裂断](?:开|掉)?了|开[胶线裂]|脱[胶线]|掉[漆色]|"
    r"不(?:亮|转|响|动|热|凉|走|制冷|制热|加热|通电|出水|显示|启动|开机)了?|"
    r"漏[水油气]|黑屏|死机|没反应|失灵|开不了机|充不[进上]电|没声音?)(?:了|啦)?"
)
# Of whom, of when, and of what else than the goods it is said; or that it is feared or denied.
_OF_ELSE = (
    r"没|别|未|怕|会|快|要|不(?!锈)|如果|万一|假如|以前|之前|上次|上回|原来|朋友|同事|家里|人家|别人|[旧老]|说|"
    r"退|换|心情|脾气|胃|牙|嘴|眼|不小心|自己|盒|箱|包装"
)
_WHAT = rf"(?P<what>(?:(?!{_OF_ELSE})[^，,。.!！?？\s]){{0,10}}?)"
_WISH = r"(?:退(?![^，,。]{0,3}运费)|换(?!个?话|一?个?(?:人|客服|地址|快递)))"
_WISHES = (
    r"(?:我|就|现在|所以|那|这|想|要|求|得|必须|申请|给|帮|请|麻烦|直接|可以|把|它|"
    r"[，,。！!\s])*"
)
_BROKEN_AND_BACK = re.compile(
    rf"(?:^|[，,。！!\s]){_WHAT}{_FAULT}{_WISHES}{_WISH}"
    rf"|^(?:你好|您好|我|想|要|帮我|给我|申请|麻烦|请|[，,\s])*{_WISH}[^，,。？?\s]{{0,5}}[，,。！!\s]+"
    rf"(?P<then>(?:(?!{_OF_ELSE})[^，,。.!！?？\s]){{0,10}}?){_FAULT}[，,。！!\s]*$"
)
# 锅坏了能退吗: asked of an article by its name; 坏了能退吗 asks what the rule is.
_BROKEN_ASKED = re.compile(
    rf"(?:^|[，,。！!\s]){_WHAT}{_FAULT}[，,\s]*(?:那|我|还|你们?|这个?)*"
    r"(?:能不能|可不可以|能|可以|给)(?:我|帮我|直接|免费|申请)*[退换]"
)
_GIVEN_UP_LAST = re.compile(rf"(?<![是么都又])不(?:想)?要了[{PARTICLES}。.!！~～ ]*$")
# 那有质量问题呢 比如漏液, 要是有质量问题怎么办: in case it is so, and nobody says that it is.
_IF_FAULTY = re.compile(
    r"(?:好吧?|行吧?|嗯|哦|请问|[，, ])*(?:那|那么|如果|要是|万一|假如|假设)+"
    r"(?:是|收到|真的?|商品|东西|它|以后|后面)*"
    r"(?:有|是|出现|碰到|遇到|存在)了?质量(?:上的?)?问题(?:的话|了)?[，, ]*(?:又|该|你们?|那|要)*"
    r"(?:呢|怎么(?:办|弄|处理|算)|咋办)[?？。 ]*"
    r"(?:[，, ]*(?:比如|例如|譬如|像|比方说?)[^，,。]{1,10})?[?？。~～ ]*"
)
_WHERE = re.compile(
    r"(走|到|送|运)到?哪(儿|里|个|了|啦|一|$)|(快递|包裹|物流|东西|货)(现在|目前|都)?(在|到)哪"
    r"|^(?:那么?|所以)(?:我的?|[，, ])*(?:快递|包裹|货|东西)呢[?？。.~～ ]*$"
)
_COMPLAINS_OF_WAY = re.compile(r"退|换|拒|别人|都是|取|坏|没|不|还|怎么|停|卡|天了|多久|慢|丢|错")


# 服务质量差, 你们客服脑子坏了: what is bad is how one is served, and no goods.
_SERVED_BADLY = re.compile(
    r"(?:服务|客服|态度|素质|机器人|脑子|心情)[^，,。！!？?\s]{0,4}(?:质量|[差坏烂]|垃圾|有病|有毛病)"
)


def only_complains(text: str) -> bool:
    """Tell whether the message says that there is a complaint, and nothing of what it is."""
    return bool(ONLY_COMPLAINS.match(NUMBER_NAMED.sub("", text).strip()))


def gives_no_reason(text: str) -> bool:
    """Tell whether a return is asked for by the right that needs no reason."""
    return "无理由" in text and not tells_fault(text) and not REFUSED_RIGHT.search(text)


def tells_fault(text: str) -> bool:
    """Tell whether something that worked has ceased to, as told and not as feared."""
    return bool(FAULT_CAME.search(text)) and not SUPPOSES.search(text)


def tells_broken(text: str) -> bool:
    """Tell whether a fault of the goods is told along with what is wished for it: 锅坏了想退货."""
    unsure = asks(text) or SUPPOSES.search(text)
    return is_short(text) and not unsure and bool(_BROKEN_AND_BACK.search(text))


def asks_of_broken(text: str) -> bool:
    """Tell whether it is asked if goods named as broken can go back: 锅坏了能退吗."""
    found = _BROKEN_ASKED.search(text) if is_short(text) and not SUPPOSES.search(text) else None
    return found is not None and bool(found["what"])


def gives_goods_up(text: str) -> bool:
    """Tell whether the message ends with that the goods are not wanted: 要出差 草莓不要了."""
    return is_short(text) and not asks(text) and bool(_GIVEN_UP_LAST.search(text))


def asks_in_case_of_fault(text: str) -> bool:
    """Tell whether it is only asked what would be done for a fault: 那有质量问题呢 比如漏液."""
    return is_short(text) and bool(_IF_FAULTY.fullmatch(text.strip()))


def asks_where(text: str) -> bool:
    """Tell whether it is asked where a parcel is, and nothing complained of."""
    calm = not _COMPLAINS_OF_WAY.search(text)
    return is_short(text) and calm and bool(_WHERE.search(text))


def is_of_service(text: str) -> bool:
    """Tell whether it is the service that is called bad, or what it does to one."""
    return bool(_SERVED_BADLY.search(text))
