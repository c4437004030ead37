"""Issues that lie close, and the words by which the taxonomy tells one from the other; pure."""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.conversation.words.sentence.manner import PARTICLES, SUPPOSES, is_short
from nlp.quantities import PIECE

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
# 坏了一件, 开线: a fault, where nothing is said to lack; 碎, 摔, 压: done to it on the way.
_BROKEN = re.compile(
    r"(?<![没不])坏|开[线胶裂]|脱[线胶]|[断裂]了|有裂|裂[开纹缝]|掉[色漆]|不亮|失灵|[碎摔压](?!力|缩|价)"
)
_CRUSHED = re.compile(r"碎|摔|压(?!力|缩|价)")
_LACKS = re.compile(
    r"(?<![多至])少(?!有)|缺|没(?!法|用|办法|问题|事|坏|几|反应|声|动静|修)|差(?!评|劲|不多|别)|"
    r"丢|漏(?:发|寄|装|了[一两几\d])|不[够全齐]|空[的盒袋]|只(?:有|发|收|给|到|来|寄)|未"
)
# 地漏还发不发了, 到底啥时候发: the wait for what was not sent, where 发 is of no 发霉 or 发热.
_WHETHER_SENT = re.compile(
    r"发不发(?![霉光热亮烫烧声臭酸黄黑白])|发货|"
    r"(?:还|没有?|不|未|咋|怎么|什么时候|啥时候|几时|何时|到底)(?:给我?|帮我|能|会|要|才|还|见|都|肯)*"
    r"(?:[发寄](?:吗|么|不|没|了|啊|呀|呢|出|走|[？?]|$))"
)
# 付了三天钱了, 付款都一周了: since when it is paid, and so how long it is waited.
_PAID_SINCE = re.compile(
    r"[付交](?:了|过|完|好)?(?:款|钱)?(?:了|都|已经?|快|有|完|好)*"
    r"(?:\d+|[一二两三四五六七八九十半几]+|好几|好多)(?:多|来)?个?(?:小时|天|日|周|星期|礼拜|月)(?:多)?"
    r"(?:的?[钱款])?了"
)
# 付款三天了 还显示未支付: what the system shows is odd.
_SHOWN_ODD = re.compile(
    r"显示|状态|[未没待]支?付|查不到|看不到|没有订单|取消|不见了|到[账帐]|充值|会员"
)
_PAID_TWICE = re.compile(
    r"[次笔遍回份双倍退扣多重](?!少)|[两2二三3][单张]|又付|再付|租|房|电费|会员"
)
# What befalls food, creams and what else goes off, whatever it is sold as.
_GONE_OFF = re.compile(
    r"变质|变味|过期|临期|霉|馊|臭|[异怪酸苦]味|味道|长毛|虫|腐|保质期|日期|蔫|枯|死|吃|喝|入口"
)
# 档案盒没发: all of it, where nothing is said to have come, or to lack beside what came.
_NOT_SENT = re.compile(
    r"(?:没有?|未|不)(?:给我?|帮我|见|肯)*(?:发(?!票|现|霉|[光热亮烫烧声臭酸黄黑白])|寄)"
)
# 键盘没收到, 我的鼠标还没收到: all of what is named, and no part that goes with it.
_NEVER_CAME = re.compile(
    r"(?:你好|您好|亲|我们?|的|在你们?家|买|订|那个?|这个?|[，,。\s])*"
    r"(?P<what>[^，,。\s]{1,12}?)(?:到现在|现在|一直|根本|真的?|确实|怎么|都|还|也)*"
    r"(?:没有?|未)(?:收|拿|等)到(?=[了过啊呀呢吗的啦，,。.!！?？~～\s]|$)"
)
_BESIDE_WHAT_CAME = re.compile(
    r"[少缺漏差]|只[发收给到有寄]|(?<!没)(?<!没有)(?<!未)收到|到货|到手|签收|打开|拆|[发寄]全|[发寄]齐"
)
_NOT_GOT_YET = re.compile(
    r"(?:还|一直|都|到现在|根本|压根|真的?)(?:都|还|是|就|一直)*(?:没有?|未)(?:收|拿|等)到"
    r"(?!你们?的?(?:回|答)|钱|款|退|赔|补|运费|券|红包|优惠|发票|短信|信息|消息|通知|回[复信音]|答复|电话|客服|验证码|"
    r"赠品|配件|说明书|换|新的|另|剩)"
)
# 卡西安不动了, 停在郑州好几天: where a parcel is; 按键卡住不动了 is of the goods, as are
# 停电三天, 内存卡好几天不认 and what a carrier brought: 快递送来的表不走了.
_STUCK = re.compile(
    r"(?:(?<!内存)(?<!储存)(?<!存储)(?<!会员)(?<![显声贺禁])卡|停(?![电机水用])|滞留|堵|困)"
    r"(?:在|到)?(?!住|顿|死|了|[壳扣槽纸粉机带屏片])[\u4e00-\u9fff]{2,6}?"
    r"(?:不动|没动|不走|没走|没更新|(?:好?几|\d+|[一二两三四五六七八九十半]+)天)"
    r"|(?:快递|物流|包裹|单号|轨迹)(?!里)(?:(?![送寄发拿]来|[送寄发到]的|里[的面边]|[员盒箱袋])[^，,。]){0,8}?"
    r"(?:不动|没动|不更新|没更新|不走)"
)
# 会员一直没到账, 充的话费还没到: bought, and not there.
_NOT_CREDITED = re.compile(
    r"(?:没有?|未|不)(?:给我?|帮我|见|有|能)*(?:到(?![底期点时])|充[上进值]|收到|入账|开通|生效|激活)"
)
_BOUGHT_TO_USE = re.compile(
    r"(?:会员|vip)(?!价|日|积分|折|优惠|补|返)|[年月季周]卡|充值?|话费|流量(?!卡)|激活码|兑换码|卡密|点[券卡]|[qQ]币|"
    r"游戏币|钻石(?!项链|画|戒|耳)",
    re.IGNORECASE,
)
_PAID_OUT = re.compile(
    r"的钱|货|[退赔返]|补偿|差价|运费|红包|优惠|券(?<!点券)|奖|充电|[寄换]回?|撤销|取消了"
)
# An order's number, or a phone's tail.
_NUMBER = re.compile(r"[A-Za-z]{0,4}[-_ ]?\d[\dA-Za-z_-]{3,}")
# 几天不动了, 好几天没动静, 闹钟几天没动静: of whatever is talked of.
_DAYS = r"(?:好?几|\d+|[一二两三四五六七八九十半]+)个?(?:多)?(?:天|小时|星期|周)多?"
_SO_LONG = rf"(?:怎么|咋|都|已经|就|又|还是?|一直|这|有|快|整整|了|{_DAYS}|[，,。\s])*"
_HALTED = r"(?:不动|没动静?|没(?:有)?动静|没(?:有)?更新|不更新|没(?:有)?变化)"
_ONLY_STUCK = re.compile(
    rf"(?:{_SO_LONG}(?:{_HALTED}|[不没]走)|(?!.{{0,5}}[用收戴穿使])[\u4e00-\u9fff]{{1,6}}?{_DAYS}{_SO_LONG}{_HALTED})"
    rf"(?:[{PARTICLES}吗，,。.!！?？~～\s])*"
)
# 会不会坏, 肉都快坏了 fears for what is still under way.
_FAULTY = re.compile(r"(?<![会别怕要快])坏|碎|破|裂")
_IN_HAND = re.compile(
    r"(?<!没)(?<!没有)(?<!未)收到|到手|签收|开机|插[电上]|通电|充电|安装|打开|拆|[用试穿]了"
)
# 页面写30天内能退, 你们写的30天包退: how long goods can go back, and nothing of what they are.
_RETURN_TERM = re.compile(
    r"(?:写|说|标|承诺|保证)(?:[的着了明好过是有都]|支持|可以|能)*(?:\d+|[一二两三七十]+)(?:天|日|个月)"
    r"(?:[内里]|(?<!可)以内|之内|无理由|可以|都?能|可|包|随时|免费|有问题)*退"
)
_NOT_AS_SHOWN = re.compile(r"不符|不一样|不对|不像|色差|材质|尺寸|图片")
# 怎么发到北京去了, 你们发错地方了: where a parcel was brought, and no wish for another address.
_BROUGHT_ELSEWHERE = re.compile(
    r"(?:发|送|寄|派|投|运|跑|转)(?:送|到|去)?错(?:了)?(?:地方|城市|省份?|区|站点?|小区|目的地)"
    r"|(?:你们?|快递员?|物流|仓库)[^，,。]{0,4}(?:发|送|寄|派|投)错(?:了)?(?:收货)?地址"
    r"|(?:怎么|咋|为什么|为啥|居然|竟然)[^，,。]{0,6}?(?:(?:发|送|寄|派|运|转)(?:送)?(?:到|去|往)|跑(?:到|去)?)"
    r"(?![我货付底]|现在|一半|半路|换货|退货|今天)[^，,。\s]{2,8}?(?:[去来]了|了(?![吗么没]))"
)
_WAITS = re.compile(r"天|慢|久|不动|没动|更新|还没|一直|催|什么时候")
# Whose address was wrong, or is to be another: 我地址填错了 怎么发到老家去了.
_ADDRESS_WAS_WRONG = re.compile(
    r"(?:写|填|选|留|输|打|搞|弄|下)错|我[^，,。]{0,4}发错|[旧老]地址|老家|原来的|以前的|之前的|默认|不小心|手滑"
    r"|[改换](?:成|为|到|一?下|个|地址)|改派|拦"
)
# The issue that was read, the one beside it, and the words that speak for that.
_PAIRS = (
    ("defect", "damaged", _BROKE_ON_ARRIVAL),
    ("spec", "system", _DOUBLED_BY_SYSTEM),
    ("not_received", "not_shipped", _NEVER_COLLECTED),
)

# 取消订单 退款: the order is given up, and nothing is said of a refund asked for before.
_ONLY_OUT = re.compile(
    r"(?:我|要|想|请|帮我|给我|麻烦|直接|那|就|把|这个|这单|不想?要了|不买了|订单|[，,。.!！~～\s]|(?<![A-Za-z\d-])[A-Za-z-]*\d[\d-][A-Za-z\d-]*)*"
    r"取消(?:掉|了|吧|订单|这单|一下|这个|[，,。.!！~～\s])*"
    r"(?:给我|帮我|我|要|然后|并|把钱|全额|[，,\s])*退(?:款|钱|掉|我)*(?:给我|吧|谢谢|[，,。.!！~～\s]|(?<![A-Za-z\d-])[A-Za-z-]*\d[\d-][A-Za-z\d-]*)*"
)
# 另外三包没拆, 少退一个: as they came, or fewer to go back; nothing lacks.
_INTACT_OR_FEWER = re.compile(
    r"(?:没有?|未)(?:拆|开封|打开|动|用|穿|试|洗|吃|喝)|少(?:退|换)(?!了|我|的|钱|款|\d)"
)
_PIECES = rf"(?:\d+|[一两二三四五六七八九十几]){PIECE}"
# 没拆封 发了一袋, 数量不对: fewer came than were bought.
_FEW_CAME = re.compile(
    r"数[量目](?:都|也|就)?(?:不[对符够足一]|对不上|有问题)"
    rf"|(?:(?<![刚方])才|实[收发到]了?|[发寄]了|(?:到手|一共|里面?|总共)[就才])(?:给我?|有|是)*{_PIECES}"
)
_MONEY_OF_PIECES = re.compile(
    rf"退(?:我|给我|还|掉|一下|那|这)*{_PIECES}[^，,。了]{{0,4}}的?钱"
    rf"|(?:把|就|那|这|只){_PIECES}[^，,。了]{{0,4}}的?钱[^，,。]{{0,3}}退"
    r"|(?<!已经)退(?:我|给我|还|掉|一下)*(?:[这那]|[坏烂碎破]了?的|有问题的)+部分的?钱"
)
_TAKEN = re.compile(r"多[收扣付算]|[收扣付]了|只退了|才退|少退|退了|没退|怎么|为什么|凭|[?？吗]")
_SHIPS_LATE = re.compile(
    r"发货[^，,。]{0,2}(?:晚|慢|迟|超时)|(?:晚|延迟|延期|超时|迟|推迟)(?:了)?发货|晚发"
)


# 短裤没给我发, 垃圾袋没收到 只有抽纸; 没发票 and 没发现 are no such thing.
_LACKING = re.compile(
    r"没有?(?:给我?|帮我|见|看)?(?:发(?![票现黄霉生])|寄|收到|拿到|见到|见着|看到|装|放|来(?!得及))|[少漏]发|没到(?![账帐])|没有[啊呀呢]*$"
)


def told_apart(issue: str, likely: Collection[str], text: str) -> str:
    """Return the issue, or the one beside it where the words leave no doubt."""
    if issue == "missing_item" and only_broken(text):
        # Of food it may be; what was ordered decides.
        return "spoiled" if "spoiled" in likely else fault_of(text)
    if issue in {"double_charge", "overcharge", "refund_delay"} and paid_since(text):
        return "not_shipped"
    if issue == "system" and paid_since(text) and not _SHOWN_ODD.search(text):
        return "not_shipped"
    if issue == "refund_delay" and names_uncredited(text):
        return "system"
    waits = issue == "slow" and _WAITS.search(text)
    if issue in {"address", "wrong_item", "slow"} and brought_elsewhere(text) and not waits:
        return "courier"
    for read, beside, words in _PAIRS:
        if issue == read and beside in likely and words.search(text):
            return beside
    return issue


def brought_elsewhere(text: str) -> bool:
    """Tell whether a parcel was brought to another place than where it was to go."""
    return bool(_BROUGHT_ELSEWHERE.search(text)) and not _ADDRESS_WAS_WRONG.search(text)


def only_broken(text: str) -> bool:
    """Tell whether pieces are said to be broken, and none to be lacking: 两件里坏了一件."""
    return bool(_BROKEN.search(text)) and not _LACKS.search(text)


def paid_since(text: str) -> bool:
    """Tell whether it is said only how long ago it was paid, and not that it was paid twice."""
    return bool(_PAID_SINCE.search(text)) and not _PAID_TWICE.search(text)


def not_credited(text: str) -> bool:
    """Tell whether something is said not to have come in, and nothing of money paid out."""
    return bool(_NOT_CREDITED.search(text)) and not _PAID_OUT.search(text)


def names_uncredited(text: str) -> bool:
    """Tell whether virtual goods that were bought are said not to be there: 会员一直没到账."""
    return not_credited(text) and bool(_BOUGHT_TO_USE.search(text))


def fault_of(text: str) -> str:
    """Return what is wrong with goods that are no food: a fault, or harm done on the way."""
    return "damaged" if _CRUSHED.search(text) else "defect"


def goes_off(text: str) -> bool:
    """Tell whether what is told befalls only what can go off: 发霉, 过期; 坏了 is any fault."""
    return bool(_GONE_OFF.search(text))


def misread(issue: str, text: str) -> bool:
    """Tell whether a wish is read as a complaint: 取消订单 退款 of one refund that is late.

    How long goods can be sent back tells nothing of what they are: 页面写30天内能退.
    """
    if _tells_return_term(text):
        return issue in {"mismatch", "none"}
    if issue == "missing_item":
        rest = _INTACT_OR_FEWER.sub("", text)
        return rest != text and not (_LACKS.search(rest) or _FEW_CAME.search(rest))
    if issue == "refund_delay":
        return is_short(text) and bool(_ONLY_OUT.fullmatch(text.strip()))
    return issue == "overcharge" and wishes_for_pieces(text)


def _tells_return_term(text: str) -> bool:
    return is_short(text) and bool(_RETURN_TERM.search(text)) and not _NOT_AS_SHOWN.search(text)


def wishes_for_pieces(text: str) -> bool:
    """Tell whether the money for some pieces is wished for: 把那5罐的钱退我, 退两双的钱."""
    return is_short(text) and bool(_MONEY_OF_PIECES.search(text)) and not _TAKEN.search(text)


def ships_late(text: str) -> bool:
    """Tell whether it is complained that the shop sent the goods late, whenever that was."""
    return bool(_SHIPS_LATE.search(text)) and not SUPPOSES.search(text)


def is_lacking(text: str) -> bool:
    """Tell whether something is said not to have been sent or to have come: 短裤没给我发."""
    return bool(_LACKING.search(text))


def only_not_sent(text: str) -> bool:
    """Tell whether it is said that goods were not sent, and nothing of any that came."""
    return bool(_NOT_SENT.search(text)) and not _BESIDE_WHAT_CAME.search(text)


def not_got_yet(text: str) -> bool:
    """Tell whether the goods are said not to have been got yet, and nothing of what came."""
    return bool(_NOT_GOT_YET.search(text)) and not _BESIDE_WHAT_CAME.search(text)


def asks_whether_sent(text: str) -> bool:
    """Tell whether it is asked whether or when goods are sent, and nothing of any at hand."""
    of_goods = _IN_HAND.search(text) or _FAULTY.search(text) or _GONE_OFF.search(text)
    return bool(_WHETHER_SENT.search(text)) and not of_goods


def never_came(text: str, title: str) -> bool:
    """Tell whether the article itself is said not to have come, and nothing of what did."""
    found = _NEVER_CAME.match(text.strip())
    others = _BESIDE_WHAT_CAME.search(text)
    return found is not None and found["what"] in title and not others


def is_stuck(text: str) -> bool:
    """Tell whether a parcel is said to have come to a halt, and nothing of goods at hand."""
    of_goods = _IN_HAND.search(text) or _FAULTY.search(text)
    return bool(_STUCK.search(text)) and not of_goods


def only_stuck(text: str) -> bool:
    """Tell whether no more is said than that something has come to a halt: 几天不动了."""
    lines = (_NUMBER.sub("", line).strip() for line in text.splitlines())
    return any(is_short(line) and _ONLY_STUCK.fullmatch(line) for line in lines)
