"""What is said of a matter under way or settled: dropped, undone, asked after; pure."""

from __future__ import annotations

import re

from bot.conversation.words.sentence.clauses import clauses_of
from bot.conversation.words.sentence.manner import ASKS, PARTICLES, STILL_WRONG, SUPPOSES, is_short
from bot.conversation.words.sentence.yes_no import says_yes
from bot.conversation.words.things.sums import finds_it_too_little
from bot.conversation.words.wishes.bargaining import refuses

_AGREED = r"(?:补偿金?|赔偿|赔付|退款|退货|换货|补发|维修|退差价|差价|运费|红包|券)"
# 钱呢, 运费退了吗, 补偿什么时候到账: asked after what was agreed on.
ASKS_AFTER = re.compile(
    rf"(?:你好|亲|请问|那|所以|到底|我的?|那个|这个|[，, ])*(?:{_AGREED}|钱)?(?:的?钱)?(?:到底)?"
    rf"(?:呢|(?:怎么|咋)(?:还|都|到现在)*没有?(?:到账?|收到钱?|退|发货?|消息|结果|动静)|"
    rf"(?:什么时候|啥时候|几时|多久|几天)(?:能|会|可以|才)?(?:给|到|到账|退|有|收到|办好)(?:账|我|"
    rf"结果)?|(?:退|到账|到|给|办|批|发|打)(?:了|好了|过来)?"
    rf"(?:没有?|吗|么)|在哪|去哪)[{PARTICLES}?？。.!！吗~～ ]*"
    # 然后呢, 那你们去核实, 退了多少: what was agreed on says it.
    r"|(?:那|那么|所以|[，, ])*(?:然后|接下来|后面|下一步)(?:呢|怎么办|怎么样)?[?？。~～ ]*"
    rf"|(?:那|那就|行|好)?你们?(?:快|赶紧)?去?(?:核实|核查|查|催)(?:一下)?[{PARTICLES}。.!！~～ ]*"
    r"|(?:那|一共|总共|到底)*(?:退|赔|补)(?:给?我)?了?多少(?:钱)?[?？ ]*"
)
_NO_MORE = r"(?:不用|不要|别|甭|不必|不需要|先不|不想|不)(?:再|给我|帮我|麻烦)*"
_PERSON = r"(?:人工|客服|真人|同事)"
LEAVES_QUEUE = re.compile(
    rf"{_NO_MORE}(?:转接?|找|叫|等)(?:了)?{_PERSON}(?:客服)?(?:了|吧|啦|咯)*(?=$|[，,。.!！~ ])"
    rf"|(?:不用|不必|甭)(?:再)?转接?了|(?:不用|不要|不需要){_PERSON}(?:客服)?了|"
    rf"{_PERSON}(?:就)?(?:不用|不要|不需要)了"
    r"|(?:取消|退出)(?:转接?|等待)?(?:人工|排队)|(?:不用|不)排队?了(?=$|[，,。.!！~ 吧])"
)
_ANGRY = re.compile(r"烦|慢|差|垃圾|推脱|干嘛|是吧|什么意思")
UNSOLVED = re.compile(
    r"(?<!有)(?<!解决)(?<!处理)(?:没有?|未)(?:给我|帮我|给|有)?(?:解决|处理|搞定|搞好|弄好|"
    r"办好)(?!不|也|的地方|过)"
    r"|哪里?解决了|问题还在|还是(?:不行|老样子|没用)(?![^，,。]*[再就])"
    r"|(?:还是|依旧|仍然)(?:一样|那样)(?=$|[，,。!！啊呀])|(?:怎么|咋)就?(?:给?关|结束)了"
)
WANTS_BOTH = re.compile(
    r"退(?:款|钱|货)[^。退]{0,4}(?:加|和|再|还|并|也|又|外加|同时)(?:要|得|给我)*(?:赔|补偿|补我)"
    r"|(?:赔偿?|补偿|赔付)(?:也要(?!货|东西|商品|发货|快递|包裹|订单)|我也要|不能少)|(?:两个|"
    r"都)都?要(?=$|[，,。!！啊呀的])"
)
UNDOES = re.compile(
    rf"(?:不用|不要|别|甭|不想|取消|撤回|撤掉|撤)(?:再|给我|帮我|那个|这个|刚才的?|了)*{_AGREED}"
    rf"|{_AGREED}[^，,。不被你]{{0,3}}(?:我)?(?:不要了|不用了|取消|撤)"
    r"|(?:^|[，,。 了])我?(?:不退|不换|不修)了"
)
# 不批就退, but 不好意思那就取消吧 and 不想折腾就取消吧 make no condition.
_IF_NOT = r"不(?!好意思|想|麻烦)[^，,。\s]{0,4}就"
# 不批就退货, 不然给我换, 早知道就退了: a threat or a regret, and no wish yet.
_UNLESS = re.compile(rf"不然|否则|再不|{_IF_NOT}|批不|早知|下次")
_BARE_DROP = re.compile(r"[，,。.!！~\s]我?(?:不用退|不要)了")
# 不批的话我就取消, 不行就算了: what comes after holds only if nothing comes of the remedy.
_ONLY_IF = re.compile(
    rf"如果|要是|万一|假如|的话|(?!不[^，,。\s就]{{0,3}}[要用]){_IF_NOT}(?!这样|行|好|可以)|"
    rf"批不(?:下来|了)"
)
# Said of a remedy that waits for approval; of an offer on the table it may mean the opposite.
TAKES_BACK = re.compile(
    r"(先|都|就|也)?(不|别|甭|不用|不要|不想|不需要|不必)(取消|退|退货|退款|换|换货|赔|赔偿|补|"
    r"补偿|要|办|办理|申请|提交|"
    r"审|审核|审批|处理|弄|搞|麻烦|折腾|追究|计较)(了|啦|吧)|(?:^|[，,。\s那就是偿款货])算了(?=$|[，,。.!！~～\s吧啊呀呢])|撤(回|销|掉)|当我没说|(?<!会)[后反]悔了|改主意|"
    r"取消(这个|刚才的?|刚刚的?|我的)?(申请|方案|请求)|留着(吧|用)|(不想|懒得)再?(折腾|麻烦|"
    r"弄)了?就取消(?!订单|不)"
)
_KEEPS_GOODS = re.compile(r"留着|不(?:用|想)?(?:退|换)(?:货)?了|不寄了")
_GIVES_UP_SUM = re.compile(r"算了|撤|取消|当我没说|悔|改主意|补偿|赔|钱|申请|折腾|麻烦")
# 你们不退了, 又不赔了, 是不是不审核了: said of the shop, or asked. 别麻烦了 快点 hurries.
_NOT_TAKEN_BACK = re.compile(
    r"(?<!麻烦)你们|商家|卖家|店家|客服|人工|人家|又不|是不是|说好|赶紧|快[点些退发]|尽快|等(?:你们|着?退|钱)|到账"
)
# A clause that drops the matter whatever stands beside it, unless that asks for something.
DROPS = re.compile(
    r"(额|呃|嗯|哦|啊|哎|唉|那|就|要不|还是|我|这个|这次|这事|麻烦|先|也|都|真的?|你们?|您|暂时|"
    r"算了|吧)*"
    r"((不用|不必|不需要|别|甭)(再)?(给我|帮我)?(处理|管|弄|麻烦|费心|折腾|操作|跟进|查|找|催|办|"
    r"退款?|退货|换货?|赔|补发?|取消)?(了|啦|咯|喽)"
    r"|不(退|换|退款|退货|换货|取消|追究|投诉|申请|计较|办|弄|修|催|折腾|麻烦(你们?|您))(了|啦|咯|"
    r"喽)"
    r"|(已经?|问题|事情?|都)*(解决|处理好|搞定|弄好)了|撤销(申请|投诉)?|当我没说|留(着|下)(用|"
    r"了)?)"
    r"[吧呀啊哦呢哈]*(谢谢?|多谢|感谢|麻烦)?(你们?|您)?[了啊哈]*"
)
# One that may also begin a complaint: 收到了，但是碎了.
MAY_DROP = re.compile(
    r"(额|呃|嗯|哦|啊|哎|唉|那|就|要不|还是|刚|已经?|都|东西|快递|包裹|货)*"
    r"((算了)+|(收到|到)(货|快递|包裹|件)?了)[吧呀啊哦呢]*"
)
POLITE = re.compile(
    r"(多?谢|感谢|辛苦|麻烦|打扰|不好意思|抱歉|好的?|行|可以|嗯|额|呃|等等|等一?下|你们?|您|了|啊|哈|呀|哦)*"
)
# What is still wanted or wrong, so that nothing is dropped.
STILL_WANTS = re.compile(
    r"(?<![不用没别必要])(退|换|赔|补(?!充)|修|取消|投诉|举报|差评|便宜|优惠|打折)|券|红包|给(我|张|个|点)|"
    r"[换改]成|但|可是|不过|只是|怎么|为什么|为啥|"
    r"没(?!事|关系)|坏|碎|烂|错|少了|[?？吗]|钱|选|第[一二三四]|重新?发|赶紧|快[点发退]|尽快|丢"
    r"|要(?:我|那|这|第)|给\d|^\d+$"
)
# 你们不退了 complains, 已经解决了吧 asks.
_NO_DROP = re.compile(
    r"(?:你们?|您|商家|店家|卖家|客服|人家)(?:都|也|还|又|就)*不(?!用|必|需要|要)|(?:解决|处理好|搞定|弄好)了吧"
)
_SETTLES_TO_WAIT = re.compile(
    r"(?:好|行|哦|嗯|那|就|算了|只能|只好|我|先|也|再|[，, ])+(?:等着|等等看?|等等|慢慢等|"
    r"等吧?|等几天看看?)"
    rf"(?:就是|好|看|再说|[{PARTICLES}，,。.!！~～ ])*"
)
_HEARD = re.compile(
    rf"[嗯哦噢]*我?(?:知道|明白|了解|懂|清楚|晓得|收到)(?:了|啦|咯)?[{PARTICLES}]*"
    r"|(?:多谢|谢谢?|感谢|辛苦|麻烦)(?:你们?|您)?[了啦啊哈]*"
)
ARRIVED = re.compile(
    r"^(刚)?(已经?)?(收到|到)(货|快递|包裹|件)?了"
    r"[吧呀啊哦呢~～。.!！,， ]*(谢谢)?[了你您啊。!！]*$"
)

# Who lives with or near them.
_KIN = (
    r"我?(?:家里?人|家里的?|家人|老公|老婆|爱人|对象|妈妈?|爸爸?|婆婆|公公|爷爷|奶奶|姥姥|姥爷|"
    r"外婆|外公|"
    r"儿子|女儿|孩子|小孩|弟弟|妹妹|哥哥?|姐姐?|室友|舍友|同学|同事|朋友|男朋友|女朋友|邻居|隔壁)"
)
# Where a customer can take it: 找到了在路上, or 在你们仓库, is still not theirs.
_AT_HAND = (
    rf"(?:{_KIN}|(?:箱|盒|袋)子?(?=[里底])|驿站|快递[柜站]|柜子?|丰巢|菜鸟|门口|门卫|保安室?|物业|邻居|隔壁|楼[下道上]|车[库里上]|家[里门]?|"
    r"信箱|鞋柜|花盆|阳台|院子|代收点|前台|传达室|收发室|值班室|单位|公司|办公室|宿舍|学校|小卖部|"
    r"超市|电表箱|消防栓|水表箱|自提点)"
)
_IN_PLACE = (
    rf"是?在(?:我家?们?|自己|小区|旁边|别的)?的?{_AT_HAND}[家那这里边口底上下外处面]{{0,3}}"
)
# 在驿站找到了, 找着了: the parcel is there after all; 拿到了 may be of the second one sent.
_TURNED_UP = re.compile(
    r"(?:[哦噢啊嗯哎诶]|刚|已经?|后来|我|又|(?:这|那)?个?(?:快递|包裹|件|东西|货))*"
    rf"(?:(?:是)?在?{_AT_HAND}[\u4e00-\u9fff]{{0,4}}?)?"
    rf"找[到着](?:快递|包裹|件|东西|货)?了"
    rf"(?:{_IN_PLACE})?[{PARTICLES}]*"
)
_LIES_IN = re.compile(r"是?在")
_LIES_AT_HAND = re.compile(rf"{_IN_PLACE}(?:找[到着]的?了?)?[{PARTICLES}]*")
# 家里人拿了, 邻居代收的, 刚拿到: who has the traced parcel, for none was sent in its place. What
# the record or the courier says of it is no news, 收到 may be of the answer, and 拿走 is a loss.
_TAKEN_IN = re.compile(
    rf"(?:[哦噢啊嗯]|原来|刚|已经?|后来|又|(?:这|那)?个?(?:快递|包裹|件|东西|货)|是)*"
    rf"(?:{_KIN}(?:帮我?|给我?|替我?)?|(?:门卫|保安|物业|前台|楼下)(?:帮我?|给我?|替我?))"
    r"(?:已经?|昨天|今天|前天|早上|早就|刚|先|们)*"
    rf"代?[收拿取领](?:回来|回家|下|到|起来)?[了的][{PARTICLES}]*"
    r"|(?:[哦噢啊嗯]|我|刚|已经?|现在|东西|快递|包裹|货)*(?:[拿取]到|收到(?=快|包|东|货))"
    rf"(?:快递|包裹|东西|货)?了?[{PARTICLES}]*"
)
_HEARSAY = re.compile(r"说|讲|显示|写|登记|告诉|应该|可能|也许|好像|估计|以为|让|叫|问|查")
_NOT_OVER = re.compile(
    r"还(?!好|是|真)|[不别]想?要|别人|人家|不是我|空|破|湿|漏|裂|缺|只|另|半|如果|要是|万一|少|丢|拆|差|扔|赶紧|"
    r"尽快"
)


def parcel_found(text: str) -> bool:
    """Tell whether the parcel is said to have turned up, and nothing to be wrong with it."""
    return _tells_it_is_there(text, _TURNED_UP)


def is_good_news(text: str) -> bool:
    """Tell whether a parcel that is looked for is said to be there, or who took it in."""
    if _HEARSAY.search(text):
        return parcel_found(text)
    return _tells_it_is_there(text, _TURNED_UP, _TAKEN_IN)


def _tells_it_is_there(text: str, *ways: re.Pattern[str]) -> bool:
    if not is_short(text) or ASKS.search(text):
        return False
    clauses = clauses_of(text)
    if not any(way.fullmatch(clause) for way in ways for clause in clauses):
        return False
    lies = [c for c in clauses if _LIES_IN.match(c) and not _TURNED_UP.fullmatch(c)]
    if not all(map(_LIES_AT_HAND.fullmatch, lies)):
        return False  # 找到了 在路上
    return not _NOT_OVER.search(text) and not any(map(STILL_WANTS.search, clauses))


def asks_after(text: str) -> bool:
    """Tell whether no more is asked than where the thing that was agreed on stands: 钱呢."""
    return is_short(text) and bool(ASKS_AFTER.fullmatch(text.strip()))


def settles_to_wait(text: str) -> bool:
    """Tell whether nothing is wanted but to wait: 算了等着吧; 你们等着 threatens."""
    return is_short(text) and bool(_SETTLES_TO_WAIT.fullmatch(text.strip()))


def only_agrees(text: str) -> bool:
    """Tell whether a message only takes in what it answers: 好的, 嗯嗯知道了, 行，谢谢."""
    clauses = clauses_of(text)
    plain = all(says_yes(clause) or _HEARD.fullmatch(clause) for clause in clauses)
    return is_short(text) and bool(clauses) and plain


def is_unsolved(text: str) -> bool:
    """Tell whether it is said that what was talked of still stands: 还没解决啊."""
    return is_short(text) and _stands_still(text)


def _stands_still(text: str) -> bool:
    if SUPPOSES.search(text) or "谢" in text:
        return False
    return bool(UNSOLVED.search(text))


def leaves_queue(text: str) -> bool:
    """Tell whether who waits for a person no longer wants one: 不用转人工了, 取消排队."""
    if not is_short(text) or ASKS.search(text) or _ANGRY.search(text):
        return False
    return bool(LEAVES_QUEUE.search(text)) or lets_go(text)


def wants_both(text: str) -> bool:
    """Tell whether the money back and something for the trouble are both wanted: 退款加赔偿."""
    return is_short(text) and bool(WANTS_BOTH.search(text))


def undoes(text: str) -> bool:
    """Tell whether a remedy that was agreed on is no longer wanted: 不用补发了, 退货取消了吧."""
    return is_short(text) and bool(UNDOES.search(text)) and not ASKS.search(text)


def still_wrong(text: str) -> bool:
    """Tell whether a settled matter is complained of rather than talked on about."""
    wrong = STILL_WRONG.search(text) or _stands_still(text)
    return bool(wrong) or refuses(text) or finds_it_too_little(text)


def takes_back(text: str) -> bool:
    """Tell whether a remedy that waits for approval is no longer wanted."""
    takes = is_short(text) and bool(TAKES_BACK.search(text)) and not ASKS.search(text)
    return takes and not (only_if(text) or _NOT_TAKEN_BACK.search(text))


def only_keeps_goods(text: str) -> bool:
    """Tell whether no more is given up than that the goods go back: 那我就不退货了哈.

    To a sum for goods that stay it is no reason to take it back.
    """
    return bool(_KEEPS_GOODS.search(text)) and not _GIVES_UP_SUM.search(text)


def only_if(text: str) -> bool:
    """Tell whether what is said holds only for the case that something is not granted."""
    found = _ONLY_IF.search(text)
    return is_short(text) and found is not None and not _BARE_DROP.search(text, found.end())


def threatens_or_regrets(text: str) -> bool:
    """Tell whether a remedy is named for the case that another fails, or failed: 不批就退货."""
    return bool(_UNLESS.search(text))


def lets_go(text: str) -> bool:
    """Tell whether the customer drops the matter."""
    if not is_short(text):
        return False
    clauses = clauses_of(text)
    left = [one for one in clauses if not DROPS.fullmatch(one) or _NO_DROP.search(one)]
    if len(left) < len(clauses):
        return not any(STILL_WANTS.search(clause) for clause in left)
    more = [clause for clause in clauses if not MAY_DROP.fullmatch(clause)]
    return len(more) < len(clauses) and all(map(POLITE.fullmatch, more))


def only_arrived(text: str) -> bool:
    """Tell whether the message says no more than that something has arrived."""
    return is_short(text) and bool(ARRIVED.match(text.strip()))
