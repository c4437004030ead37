"""Short answers in the customer's own words: yes, no, the second one, none at hand, let it go.

Only read against a question that is open; what a whole message is about is `nlp`'s business.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.shapes.state import Button
from bot.conversation.words.whole import without_denied, without_denied_back

# Longer messages are no short answers; it also bounds what the patterns may cost.
PARTICLES = "吧呀啊哦嘞呢了哈嘛叭呗咧哒滴噻捏喽啦"
SHORT = 40

_TAIL = rf"[{PARTICLES}~～。.!！,， 谢感你您]*"
YES = re.compile(
    rf"^((好的?|可以的?|行|行的|嗯|恩|是的?|对的?|没错|确认|确定|同意|接受|没问题|要得|得行|"
    rf"对头|对着|就这样吧?|就这个|okk?|yes|要的?|办吧|就这么办|麻烦了|成|中|妥|那)"
    rf"[{PARTICLES}，, ]?)+{_TAIL}$",
    re.IGNORECASE,
)
# A yes that goes on: 可以，多扣的退回来; 嗯重开一张; 对就公司这个.
BEGINS_WITH_YES = re.compile(
    rf"^((好的?|可以的?|行吧?|嗯+|恩+|是的?|对+[头的着]?(?!了)|没错|同意|接受|没问题|要得|得行|中|成|okk?)"
    rf"[{PARTICLES}]*[，,。.！!~～ ]|[嗯恩]+[{PARTICLES}]*(?=[\u4e00-\u9fff])|对就)",
    re.IGNORECASE,
)
# Said of a matter just settled, it is no detail but a complaint about how it was settled.
_CALLS = re.compile(
    r"(?:你好|您好|哈喽|哈啰|嗨|hi|hello|请问|打扰|亲|老板|店家|掌柜|在吗|在不|喂|一下|[\s,，.。!！?？~～、])*"
    r"有(?:没有)?人(?:在)?(?:吗|嘛|不|没|么|呢|啊|嚒)*[\s,，.。!！?？~～]*(?:在吗|在不)?[\s,，.。!！?？~～]*",
    re.IGNORECASE,
)
_HERE = re.compile(
    r"(?:你好|您好|亲|喂|hi|hello|[，,\s])*在[吗么嘛不没]?[\s?？。.!！~～]*", re.IGNORECASE
)
STILL_WRONG = re.compile(
    r"还是|还没|还不|仍|依旧|依然|又(?!是|不是)|没解决|怎么还|凭(什么|啥)|不满意|不满|不认可|不服|不同意|不接受|欺负|忽悠|糊弄|"
    r"敷衍|骗|太过分|不公平|垃圾|差评"
)
ECHO = 10  # characters
UNDERSTANDS = re.compile(
    r"(知道|明白|了解|懂|清楚|晓得)(了|啦|咯)"
    rf"|(^|[，,。.!！~～ ])(那|就)*(好|行|成|得|罢|也罢|算)[{PARTICLES}]*([，,。.!！~～ ]|$)"
    r"|怪我|(是|怨)我(没|看错|弄错|记错|自己)|我(的错|看错|弄错|记错)了?|原来(是)?(这样|如此)"
    rf"|(那|就|再)+我?(就|再)?等(等|着|一等|吧)*[{PARTICLES}。.!！~～ ]*$"
)
ALL_BACK = re.compile(
    r"(?<![不别]要)(?<![不别]用)(?<!别)(?<!不是)全(给我|额|款|部|都)*退|整(单|个)?退|退全|不等了|不要了|不想要"
)
OF_PART = re.compile(r"[一那这](份|笔|次)|多(的|收|扣|付|出|算)|重复|差价|差额")
_HURRY = r"赶[快紧]|快点?儿?|马上|立刻|立马|尽快|抓紧"
ONLY_SUM = re.compile(
    rf"(嗯|好的?|行|对|那|就|给|我|把|请|麻烦|是|要|的|钱|{_HURRY}|[，,])*(退|补|赔|返)(还|给|我|钱|款|差价|差额|差|一下)*"
    r"[吧啊呢了哦呀哈。.!！~ ]*"
)
FEE = re.compile(
    r"(?<!不是)(?<!不算)(运|邮|快递|配送|打包|包装|安装|上门|上楼|搬运|服务|手续|关税?)费|关税"
)
MORE = re.compile(r"没|还|再|又|也|都|不|多|另|别")
OBJECTS = re.compile(r"但|不过|可是|只是|那我(?!就?再?等)|还是要|投诉|差评|凭")
HESITATES = re.compile(
    r"但|不过|可是|只是|如果|要是|先|等(?!信|着|你|消息|结果|通知)|考虑|想想|再说|另外|还有|还是|算了|别(?!的不)|不(?!急|着急|客气|错|动)|没(?!问题|事|关系|错)"
)
NO = re.compile(
    r"^(不|不要|不好|不行|不可以|不同意|不接受|不用|不是|不对|no|算了|先不|取消|换一个方案|别)+"
    r"[吧呀啊哦呢了的~～。.!！,， 谢]*$",
    re.IGNORECASE,
)
REFUSES = re.compile(
    r"不同意|不接受|(?<!行)不行|(?<!可)不可以|光(催|说|道歉|查)|有(啥|什么)用|来点实(在|际)|太少|不够|打发|不要(券|优惠券|补偿|这个|这些)|"
    r"都不(要|行|好|满意)|没诚意|能不能(再|多)|再(加|多|高)点|多(补|赔|退)点|"
    r"想得美|免谈|没门|换个方案|别的方案|不满意"
)
WANTS_MORE = re.compile(
    r"太少|还是(太)?少(?!了|[一二两三几\d])|太低|不够|打发|少了点|有点少|才(这么|那么|\d|几|一)|[就才只](?:赔|退|补|给|返)?(?:偿|我|给|了|的)*(这么|那么)(点|些)(?!时间|东西|货)|(?:块钱?|元|这点钱?|这些钱?)够(?:干[嘛啥]|干什么|什么|啥|谁)|(再|多)(加|多|高|补|赔|退|给|来|添)?一?(点|些)|"
    r"加(点|钱|到)|涨(点|一点)|多(补|赔|退|给)|能不能(再|多)|最多(能)?(退|赔|补|给)?多少|塞牙缝"
)
# A complaint that names nothing: whom it is about, or what happened, is not in it.
ONLY_COMPLAINS = re.compile(
    r"^(我|本人)?(真的?)?(要|想|得|必须|现在就?|就)*(投诉|举报)(你们?|妳們?|这?家?店铺?|商家|卖家|店家|平台|"
    r"一下|订单|订单号|单号)*[了啊呀吧哦！!。.，,～~ ：:]*$"
    r"|^(你好|您好|亲|在吗|哈喽|嗨|那个|我|想|要|跟你们?|有|[，,。.！!~ ])*"
    r"(反[映应]|咨询|说|问|请教)(一?下|一?[个点件])*(情况|问题|事情?|事儿)?"
    r"[了啊呀吧哦呢！!。.，,～~ ：:]*$"
)
# 退回去你们四天前就收着了，钱呢: the goods are back, and the money is not.
BACK_WITHOUT_MONEY = re.compile(
    r"(退回|寄回|退货|退了)[^。]{0,16}(收到|收着|签收|到了|收了)[^。]{0,10}(钱呢|款呢|钱在哪|钱去哪|钱还没|不退钱)"
)
# 客服说不支持七天无理由: refused, and that is the complaint.
REFUSED_RIGHT = re.compile(r"不支持|不给|不让|不肯|拒|凭|说[^,，。]{0,6}(不|没)|不能|没有?无理由")
TOO_LITTLE_BACK = re.compile(
    r"(钱|退款|款)(是)?(到账?|退|收到|返)了[，, ]*(但是?|可是?|却|结果|不过)?"
    r"[^。\d]{0,4}(只|才|就)[有退到给返]?了?\d"
)
# Of what was just granted: 退少了, 就退这么点.
LESS_THAN_THOUGHT = re.compile(
    r"(?<![至最多能不很])少(?:给我)?退了|退[得的款]?(?:太|有点)?少了|没退[够全](?!新)(?!.?天)|"
    r"退款?的?(?:钱|金额)?(?:不对|不够)|[就只才]退(?:我|给我)?了?这么[点些]"
)
NUMBER_NAMED = re.compile(r"(订单编?号?|单号)?[是为:： #]*[A-Za-z]{0,4}[-_ ]?\d[\dA-Za-z _-]{4,}")
# A fault that has come about, told with a question of warranty or repair.
FAULT_CAME = re.compile(
    r"(用了|用着|才用|使用|现在|突然|忽然|最近|今天|昨天|刚刚?|已经|又).{0,10}"
    r"(不[\u4e00-\u9fff]{1,3}了|(坏|裂|断|漏|掉)了|没反应|打不开|开不了机|漏水|异响|失灵|黑屏|死机|充不(进|上)|"
    r"不(转|响|亮|制冷|制热|加热|通电|脱水|工作))"
    r"|不(转|响|亮|动|热|凉|走|吸|喷|震动?|振动?|制冷|制热|加热|通电|充电|出水|脱水|工作|运转|显示|启动|开机)了"
)
SUPPOSES = re.compile(r"如果|要是|万一|假如|会不会|的话|以后|怕")
# What is taken at the door by who fits or carries: no line of the order.
ON_SITE = re.compile(
    r"(安装|装机|装(空调|热水器|洗衣机|灯|柜|门)|上门|师傅|上楼|搬楼|搬运|工人).{0,14}"
    r"(收|要|费|加|钱|块|元)|(材料|辅材|支架|高空|打孔|开孔|人工|安装|上楼|搬运|搬楼|上门|检测)费"
)
NO_EVIDENCE = re.compile(
    r"没(有)?(拍|照|图|留|视频|证据)|拍不了|不(方便|会|能|想)拍|照片没|没法拍|"
    r"发不了|传不了|扔了|丢掉了|^(没有?|没了|无)[了呢啊。.!！~]*$"
)
CANNOT_FIND = re.compile(
    r"^(我|也|都|实在|真的?|现在|暂时|额|呃|唉|哎|[，, ])*"
    r"((找|翻|记|查)不(到|着|得|住|清)|没(有)?找到|不(知道|清楚|晓得|记得)|没有|忘了?)"
    r"(了|呢|啊|呀|吧|啦|哦|订单|单号|订单号|是?(多少|哪个)|[，,。.!！~ ])*$"
    r"|(单号|订单号?|号码).{0,6}((找|查|搜|翻)不(到|着)|忘|没有|不(知道|清楚|记得)|记不)"
)
ADDS = re.compile(
    r"另外|还有(?!没有)|顺便|对了|而且|还想|再问|还要(?![，,。.！!~ ]|$)|同时|除此|第二(个|件)"
)
# 已经拆开用过, 吊牌剪了; 没拆封, 外盒拆了面膜没拆.
_OPENED = re.compile(
    r"(?<![没未不])(?<!没有)(?:拆(?:开|封|了|过|掉)|开(?:封|过封)|试(?:色|用|穿|喝|吃)(?:了|过)|(?<!费)(?<!运)(?<!作)用过|"
    r"(?<!费)(?<!作)用了(?![^,，。]{0,6}(?:券|红包|优惠|积分|快递|\d|钱|天|时间))|吃(?:了|过)(?![^,，。]{0,2}[亏惊])|"
    r"喝(?:了|过)|穿过|洗过|激活(?:了|过)|吊牌[^,，。没在]{0,3}(?:剪|摘|撕|拆|掉)|吊牌没了|剪了吊牌|撕了膜)"
    r"(?!之?前|的话|会|能不能|吗|么|没[^,，。洗]|就)"
)
_UNOPENED = re.compile(
    r"(?:没有?|未|不曾)(?:拆|开封|用过|动过|试过|吃过|喝过|穿过|激活|打开|撕)|(?<!不是)(?<!不)全新|原封不动|(?<!不)完好|"
    r"吊牌(?:还)?(?:在|没(?:剪|拆|摘|撕))|塑封(?:还)?在"
)
_IF_OPENED = re.compile(r"如果|要是|假如|万一|的话|能不能拆|可以拆|拆了(?:还)?能")
_WHERE = re.compile(
    r"(走|到|送|运)到?哪(儿|里|个|了|啦|一|$)|(快递|包裹|物流|东西|货)(现在|目前|都)?(在|到)哪"
)
_COMPLAINS_OF_WAY = re.compile(r"退|换|拒|别人|都是|取|坏|没|不|还|怎么|停|卡|天了|多久|慢|丢|错")
# 我想想啊, 等下我看看: no answer yet, whatever was asked.
NOTHING_YET = re.compile(
    r"(?:我|你|您|先|让|容|再|那|就|嗯|哦|啊|额|呃|好的?|行|[，,。.!！~～\s])*"
    r"(?:(?:稍等|等一?下|等等|等会儿?|想想|想一?下|看看|看一?下|查一?下|找找|找一?下|问问|问一?下|考虑一?下|考虑考虑|量一?下)"
    rf"[{PARTICLES}，,。.!！~～\s我]*)+"
)
FETCHES = re.compile(r"稍等|等一?下|去拍|我拍|这就拍|马上拍|怎么发|哪里发|哪儿发|发哪")
ALL = re.compile(
    r"(?<!不)(?<!不要)(?<!不想)全(?:都)?(?:退|换|坏|碎|烂|破|裂|要)|全部|所有|整单|整个|都(是|有|坏|碎|烂|不|没|退|要)|^都|每(个|件|样)"
)
_COUNTED = {"两": 2, "俩": 2, "二": 2, "2": 2, "三": 3, "仨": 3, "3": 3, "四": 4, "4": 4}
_SO_MANY_ALL = re.compile(rf"([{''.join(_COUNTED)}])[个件样]?都")
ASKS = re.compile(
    r"[?？吗]|好多(?:钱|嘛|哦|啊)|多久|多快|多长时间|几天|多少|什么时候|啥时候|怎么|哪|谁|为什么|为啥"
)
_OTHER_REFUND = re.compile(r"到账|之前|上[个次]|那[单笔]|一直|没|拖|天了|催")
_ORDINALS = {"1": 0, "2": 1, "3": 2, "4": 3, "a": 0, "b": 1, "c": 2, "d": 3,
             "一": 0, "二": 1, "三": 2, "四": 3, "①": 0, "②": 1, "③": 2}  # fmt: skip
# 第2个, 选2, 2, 方案二; but 2个 counts pieces.
_ORDINAL = re.compile(
    r"^[我要选择就那]*(第|方案|选项|办法)?([1-4a-d一二三四①②③])"
    r"((?<=第.)[个条]|种|项|号)?(方案|办法|订单|单)?[吧呀啊哦呢了的~～。.!！ ]*$",
    re.IGNORECASE,
)
_AROUND_WISH = r"(?:我|想|要|能|可以|帮我|给我|把|买的|这个|那个|过了|还|\d+天|[，, ])*"
ONLY_WISHES = re.compile(
    rf"{_AROUND_WISH}(?![不没太坏破])[\u4e00-\u9fff]{{1,6}}?{_AROUND_WISH}"
    r"(?:不要了|不想要了|退了?|退货|退款|退掉|取消)(?:吗|不|行不|可以吗)?"
    rf"[{PARTICLES}。.!！？?~～ ]*"
)
_BARE_WISHES = {
    "换": "exchange",
    "修": "repair",
    "退": "refund",
    "补": "reship",
    "重做": "exchange",
}
_BARE_WISH = re.compile(
    rf"(?!.*(?:今天|现在)[换修退补](?:货|掉)?[了过]$)"
    rf"(?:行|好|可以|成|嗯|那|就|我|要|还是|算了|给我|帮我|直接|现在|今天|{_HURRY}|[吧的了，,])*"
    rf"(?P<verb>重做|[换修退补])(?:货|掉)?[{PARTICLES}。.!！~～ ]*"
)
# What a customer calls a remedy → the kinds that would satisfy it, best first.
DEMANDED: dict[str, tuple[str, ...]] = {
    "refund": (
        "refund", "return_refund", "cancel", "partial_refund", "price_difference", "intercept",
    ),
    "return_refund": ("return_refund", "refund"),
    "exchange": ("exchange", "reship", "correct_order"),
    "reship": ("reship", "exchange"),
    "repair": ("repair",),
    "compensation": ("compensation", "partial_refund", "goodwill", "coupon", "price_difference"),
    "partial_refund": ("partial_refund",),
    "price_difference": ("price_difference",),
    "coupon": ("coupon",),
    "expedite": ("expedite", "trace"),
    "trace": ("trace", "expedite"),
    "cancel": ("cancel", "refund", "intercept"),
    "correct_order": ("correct_order", "intercept"),
    "invoice": ("invoice",),
    "freight": ("freight",),
    "intercept": ("intercept",),
}  # fmt: skip
# Whichever sum is paid, "退钱" and "退差价" may mean it.
SUMS = frozenset(
    {"refund", "partial_refund", "price_difference", "compensation", "freight", "goodwill"}
)


def says_yes(text: str) -> bool:
    """Tell whether the whole message is a plain yes."""
    return is_short(text) and bool(YES.match(text.strip()))


def agrees(text: str) -> bool:
    """Tell whether a message begins with a yes and takes none of it back."""
    if says_yes(text):
        return True
    begins = is_short(text) and BEGINS_WITH_YES.match(text.strip())
    return bool(begins) and not HESITATES.search(text) and not ASKS.search(text)


def understands(text: str) -> bool:
    """Tell whether an explanation is accepted, and nothing more is asked or objected."""
    accepted = is_short(text) and UNDERSTANDS.search(text)
    return bool(accepted) and not ASKS.search(text) and not OBJECTS.search(text)


def says_no(text: str) -> bool:
    """Tell whether the whole message is a plain no."""
    return is_short(text) and bool(NO.match(text.strip()))


def refuses(text: str) -> bool:
    """Tell whether an offer is refused or more is asked for."""
    # "取消" answers a confirmation with no, but before an offer it asks for the order's end.
    no = says_no(text) and "取消" not in text
    return no or bool(REFUSES.search(text)) or wants_more(text)


def wants_more(text: str) -> bool:
    """Tell whether the customer would take the offer if it were more."""
    return is_short(text) and bool(WANTS_MORE.search(text))


def wants_all(text: str) -> bool:
    """Tell whether all of the money is wanted back, or the goods no more."""
    return bool(ALL_BACK.search(without_denied_back(text)))


def of_part(text: str) -> bool:
    """Tell whether a part of the money is meant, which was paid too much: 退我一份, 多的还我."""
    return bool(OF_PART.search(text)) and not wants_all(text)


def only_names_sum(text: str) -> bool:
    """Tell whether nothing is said but that some sum is to be paid: 嗯退差额."""
    return bool(ONLY_SUM.fullmatch(text.strip()))


def names_fee(text: str) -> bool:
    """Tell whether a charge beside the goods is named (邮费, 安装费), and nothing paid back."""
    return bool(FEE.search(text)) and "退" not in text


def adds(text: str) -> bool:
    """Tell whether something is brought up besides."""
    return bool(ADDS.search(text))


def only_calls(text: str) -> bool:
    """Tell whether a text asks no more than whether anybody is there: 你好，有人吗？"""
    return is_short(text) and bool(_CALLS.fullmatch(text.strip()))


def only_asks_if_here(text: str) -> bool:
    """Tell whether it is only asked whether the shop is there: 在？"""
    return bool(_HERE.fullmatch(text.strip()))


def only_complains(text: str) -> bool:
    """Tell whether the message says that there is a complaint, and nothing of what it is."""
    return bool(ONLY_COMPLAINS.match(NUMBER_NAMED.sub("", text).strip()))


def of_other_refund(text: str) -> bool:
    """Tell whether a refund is meant that was due before, not one that is on the table."""
    return bool(_OTHER_REFUND.search(text))


def misses_money_of_return(text: str) -> bool:
    """Tell whether a return has arrived and its money is asked after."""
    return bool(BACK_WITHOUT_MONEY.search(text)) and not SUPPOSES.search(text)


def gives_no_reason(text: str) -> bool:
    """Tell whether a return is asked for by the right that needs no reason."""
    return "无理由" in text and not tells_fault(text) and not REFUSED_RIGHT.search(text)


def got_back_too_little(text: str) -> bool:
    """Tell whether a refund has come and is short: 钱到了，但只有140."""
    return bool(TOO_LITTLE_BACK.search(text))


def finds_it_too_little(text: str) -> bool:
    """Tell whether what was granted or has come is less than thought."""
    return got_back_too_little(text) or bool(LESS_THAN_THOUGHT.search(text))


def tells_fault(text: str) -> bool:
    """Tell whether something that worked has ceased to, as told and not as feared."""
    return bool(FAULT_CAME.search(text)) and not SUPPOSES.search(text)


def is_on_site(text: str) -> bool:
    """Tell whether it is about what was taken at the door: fitting, material, stairs."""
    return bool(ON_SITE.search(text))


def has_no_evidence(text: str) -> bool:
    """Tell whether the customer says that there is no photo."""
    return bool(NO_EVIDENCE.search(text.strip()))


def cannot_find(text: str) -> bool:
    """Tell whether the customer has no way to the order's number."""
    return is_short(text) and bool(CANNOT_FIND.search(text.strip()))


def tells_unopened(text: str) -> bool | None:
    """Tell what is said of seals and tags: intact, not intact, or None where nothing is."""
    if _IF_OPENED.search(text):
        return None
    opened, unopened = _OPENED.search(text), _UNOPENED.search(text)
    if opened or not unopened:
        return False if opened else None
    return True


def asks_where(text: str) -> bool:
    """Tell whether it is asked where a parcel is, and nothing complained of."""
    calm = not _COMPLAINS_OF_WAY.search(text)
    return is_short(text) and calm and bool(_WHERE.search(text))


def goes_to_fetch(text: str) -> bool:
    """Tell whether the customer is about to bring what was asked for."""
    return bool(FETCHES.search(text))


def says_nothing_yet(text: str) -> bool:
    """Tell whether the customer only asks for a moment."""
    return bool(NOTHING_YET.fullmatch(text.strip()))


def counts_fewer(text: str, articles: int) -> bool:
    """Tell whether "两个都" speaks of fewer than all the articles."""
    found = _SO_MANY_ALL.search(text)
    return found is not None and _COUNTED[found.group(1)] < articles


def means_all(text: str) -> bool:
    """Tell whether every article is meant rather than one."""
    return is_short(text) and bool(ALL.search(without_denied(text)))


def asks(text: str) -> bool:
    """Tell whether something is asked."""
    return bool(ASKS.search(text))


def only_echoes(text: str) -> bool:
    """Tell whether a text is too short, and too plain, to be more than an echo."""
    return len(text.strip()) <= ECHO and not MORE.search(text) and not ASKS.search(text)


def by_ordinal(text: str, buttons: Sequence[Button]) -> Button | None:
    """Return the button meant by "2", "第二个" or "选B"; None when it is no such answer."""
    found = _ORDINAL.match(text.strip()) if is_short(text) else None
    if found is None:
        return None
    place = _ORDINALS[found.group(2).lower()]
    return buttons[place] if place < len(buttons) else None


def only_wishes(text: str) -> bool:
    """Tell whether an article is to go back, and nothing is said of what is wrong: 钢笔退."""
    return bool(ONLY_WISHES.fullmatch(text.strip())) and not STILL_WRONG.search(text)


def bare_wish(text: str) -> str | None:
    """Return the remedy that a text of hardly more than one word calls for: 那换吧."""
    found = _BARE_WISH.fullmatch(text.strip()) if is_short(text) else None
    return _BARE_WISHES[found.group("verb")] if found else None


def by_demand(demand: str | None, buttons: Sequence[Button]) -> Button | None:
    """Return the first button whose remedy is what the customer calls for; None if none is."""
    for kind in DEMANDED.get(demand or "", ()):
        for button in buttons:
            if button.kind == kind:
                return button
    return None


def by_label(text: str, buttons: Sequence[Button]) -> Button | None:
    """Return the only button whose label the customer repeats; None when unclear."""
    words = text.strip(" 。.!！~，,")
    if len(words) < 2:
        return None
    hits = [button for button in buttons if words in button.label]
    return hits[0] if len(hits) == 1 else None


def is_short(text: str) -> bool:
    """Tell whether a message may be an answer rather than a story."""
    return len(text.strip()) <= SHORT
