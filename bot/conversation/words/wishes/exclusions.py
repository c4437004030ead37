"""What a customer rules out of an offer, wants in its stead, or makes a condition of; pure.

Read only beside an offer: before one, 不退货 is what the shop is complained of.
"""

from __future__ import annotations

import re

from bot.conversation.shapes.state import OFFERED, Matter
from bot.conversation.words.sentence.manner import is_short
from bot.conversation.words.wishes.demands import bare_wish
from nlp.quantities import PIECE

_ENDS = r"(?=$|了|[，,。.!！~～ ])"


def _verb(verb: str) -> str:
    """Return a verb that says little by itself: 坏了也不赔 is of the shop, 不拦了 is not."""
    return rf"(?<!不)(?:{verb}){_ENDS}|(?<=不)(?:{verb})(?=了)"


# What an option is called, and the kinds that it rules out; the longer name comes first.
_NAMES: tuple[tuple[str, frozenset[str]], ...] = (
    (r"退货退款|退货(?!款|的?运费|地址|单号)|寄回去?|退回去", frozenset({"return_refund"})),
    (r"退款|退钱", frozenset({"refund", "return_refund", "cancel"})),
    (rf"退掉|退{_ENDS}", frozenset({"refund", "return_refund"})),
    (rf"换货|换新的?|换一{PIECE}|换{_ENDS}", frozenset({"exchange"})),
    (rf"补发|补寄|重发|重新发货?|{_verb('补')}", frozenset({"reship"})),
    (rf"维修|返修|修{_ENDS}", frozenset({"repair"})),
    (r"补偿|赔偿|赔钱", frozenset({"compensation", "goodwill", "partial_refund"})),
    (r"(?:优惠|代金)?券", frozenset({"coupon"})),
    (r"取消(?:订单)?", frozenset({"cancel"})),
    (_verb(r"拦截?(?:快递|包裹)?"), frozenset({"intercept"})),
    (_verb(r"改(?:地址|尺码|颜色)?"), frozenset({"correct_order"})),
    (_verb(r"(?:补|重)?开(?:发?票)?"), frozenset({"invoice"})),
)
# By what else an order is cancelled, unless that is wished for: 不要退款，把快递拦下来改地址.
_NOT_DONE = re.compile(r"(?:不是?|没|别|甭)[^，,。；;！!\s]*")
_STOPS = re.compile(r"[拦截改]")
_NAMED = "|".join(f"(?P<k{at}>{name})" for at, (name, _) in enumerate(_NAMES))
# 要不退货, 退不退货, 不得不退货, 差不多退了 refuse nothing; 不同意退货 may be said of the shop,
# and 还不退款, 一直不换货, 光说不退, 再不退款 are.
_MEANS_IT = r"(?:想要?|要|用|需要|必|愿意?|打算|准备|考虑|接受)"
_NOT = (
    rf"(?<![要得差退换是])(?:不(?={_MEANS_IT})|(?<![还再直在迟老敢说光])不(?!得不)|别|甭|懒得"
    r"|没(?:打算|想(?!到)|说|要|(?:让|叫)(?!我))过?(?:要|你们?)?|不是(?:说|想|让|叫)?(?:要|你们?)?)"
    rf"{_MEANS_IT}?"
    r"(?:再|又|给|帮|跟|我|去|办|走|选|什么|这个|那个)*"
)
_BURDEN = (
    r"[^，,。.!！?？\s不吗]{0,4}?(?:(?:太|好|很|挺|怪|真|这么|那么|多)(?:麻烦|费劲|费时间?|慢|累)"
    r"|(?<!不)(?:费事|折腾|不划算|不方便|没必要|划不来))(?!吗|么)"
)
_RULED_OUT = re.compile(rf"{_NOT}(?:{_NAMED})|(?:{_NAMED.replace('<k', '<b')}){_BURDEN}")
# 你们不退货, 凭什么不换, 怎么不退款: the shop is said to refuse.
_BY_SHOP = re.compile(
    r"你们?|商家|卖家|店家|店铺|客服|人家|为什么|为啥|凭什么|凭啥|怎么|咋|干嘛|难道"
)
# 不退款就投诉, 不换货可不行: it is wanted all the more.
_OR_ELSE = re.compile(
    r"(?:的话)?[，, ]*(?:我|那)?(?:就|只[好能])?(?:只能|只好|要|去|给|找|打)*"
    r"(?:投诉|举报|差评|曝光|报警|起诉|告(?!诉)|打(?:官司|电话)|维权|平台(?:介入|投诉|见|处理)|12315|没完|试试|别想)"
    r"|可?不(?:行|成|可以)|(?:怎么|哪里?)(?:行|成)"
)
# 不是不要了 就是想找到: the goods are wanted still.
_NOT_GIVEN_UP = re.compile(r"(?:(?<!是)不是|没说|没有说)(?:我)?不(?:想)?要了?(?![^，,。]*[?？吗])")
_NAMES_REMEDY = re.compile(r"[退换拦修赔补]|取消")
_ASKED = re.compile(r"[?？]|吗|么$")
_COULD = re.compile(r"(?:能|可以)(?:不能|不可以)?$")
_CLAUSE = re.compile(r"[^，,。.；;！!～~…\s]+[？?]*")
_BARE_DROP = re.compile(r"[不别甭](?:用|要|想|必)?(?:退|换|修)了|算了|不要了|撤")
_SOME_MONEY = re.compile(
    r"(?:退|补|赔|返)(?:我|给|个)*(?:一?点|一?些|一?部分|一半|几)(?!儿?(?:货|券|发|寄))|(?:补|赔)(?:我|给)*(?:个)?钱"
    r"|给(?:我)?(?:一?点|一?些)(?:钱|补偿|赔偿)|补偿|赔偿|赔付|部分退款"
)
_WISHES = (
    ("exchange", re.compile(r"换")),
    ("reship", re.compile(rf"补发|补寄|重发|重新发|补一?{PIECE}")),
    ("repair", re.compile(r"修")),
    ("expedite", re.compile(r"加急|催")),
    ("coupon", re.compile(r"券")),
    ("return_refund", re.compile(r"退货")),
    (
        "refund",
        re.compile(
            r"退款|退钱|退我钱|钱[^，,。]{0,3}退|[仅只]退(?!货)|全(?:额|部)?退|折现|[折换](?:算)?成钱"
            rf"|退(?:[\d一二两三四五六七八九十]+){PIECE}"
        ),
    ),
)
# 不退货 太少了, 都不要, 太麻烦 便宜点行不: more is refused, or wished for, than that.
_REFUSES_SUM = re.compile(
    r"少|不够|便宜|优惠|打折|都不|打发|没诚意|多(?:补|赔|退|给)|[加涨]|别的|其[他它]|换个方案|不(?:同意|接受|满意)"
)
_FREIGHT = re.compile(r"(?:运费|邮费|快递费|寄费|路费|寄回去?的?费用|退货的?费用)(?!险)")
# 多收了我运费, 不是说包邮吗: the freight of what was bought, which is on the bill.
_ON_BILL = re.compile(
    r"包邮|免邮|(?:多|乱|又)(?:收|扣)|(?:收|扣|付|交)(?:了|过|走)|下单|付款|付钱的?时|发(?:货|来|过来)的?运费"
)
_BEARS = re.compile(
    r"(?:我们?|(?:^|[，,。\s由归算费用就我])自己|本人)(?:自己|这边|来)*(?:出|付|承担|掏|认|负责|垫)"
)
_OBJECTS = re.compile(r"[?？吗嘛]|凭|都|难道|还|不(?!用)|为什么|怎么|[要让叫]我|谁|太|啊|才")


def ruled_out(text: str) -> frozenset[str]:
    """Return the kinds of remedy that a customer says they would not have: 不退货, 换货太麻烦."""
    kinds: set[str] = set()
    for match in _refusals(text):
        names = (n for n, found in match.groupdict().items() if found is not None)
        kinds.update(*(_NAMES[int(name[1:])][1] for name in names))
    if _NOT_GIVEN_UP.search(text):
        kinds |= {"refund", "return_refund", "cancel"}
    if "cancel" in kinds and wish_besides(text) != "refund":
        wanted = _NOT_DONE.sub("", text)
        kinds |= {"refund"} if "退" not in wanted else set()
        kinds |= {"intercept"} if not _STOPS.search(wanted) else set()
    return frozenset(kinds)


def only_denies(text: str) -> bool:
    """Tell whether remedies are named only to rule them out; 就退袜子，其他不退 wishes for one."""
    if not ruled_out(text) or wish_besides(text):
        return False
    return not _NAMES_REMEDY.search(_without_refusals(text))


def wish_besides(text: str) -> str | None:
    """Return the only thing wanted besides what is ruled out: 不退货 退点钱就行."""
    left = _without_refusals(text)
    found = ["compensation"] if _SOME_MONEY.search(left) else []
    bare = _SOME_MONEY.sub("", left).replace("退货退款", "退货")
    found += [wish for wish, pattern in _WISHES if pattern.search(bare)]
    if not found and any(bare_wish(clause) == "refund" for clause in _CLAUSE.findall(left)):
        found = ["refund"]  # 那不换了 退了吧
    return found[0] if len(found) == 1 else None


def drops_only_an_option(matter: Matter, text: str) -> bool:
    """Tell whether 别退货了 rules one of several options out, and not the complaint.

    Who wanted nothing but the return, or says 不退了, lets the matter go.
    """
    if matter.stage not in OFFERED or matter.issue == "none":
        return False
    return _leaves_some(matter, ruled_out(text)) and not _BARE_DROP.search(text)


def rules_out_a_part(matter: Matter, text: str) -> bool:
    """Tell whether a part of the offer is ruled out, and no more is said: 退货太麻烦了."""
    if matter.stage != "offered" or not is_short(text) or _REFUSES_SUM.search(text):
        return False
    out = ruled_out(text) & {str(option["kind"]) for option in matter.offer}
    return _leaves_some(matter, out) and only_denies(text)


def _leaves_some(matter: Matter, out: frozenset[str]) -> bool:
    left = {str(option["kind"]) for option in matter.offer} - out - {"handover", "explain"}
    return bool(out and left)


def speaks_of_freight(text: str) -> bool:
    """Tell whether it is asked who bears the way back, or wished that the shop does.

    运费我出 takes it upon oneself, and asks for nothing.
    """
    if not is_short(text) or not _FREIGHT.search(text):
        return False
    return not _BEARS.search(text) or bool(_OBJECTS.search(text))


def is_of_way_back(text: str) -> bool:
    """Tell whether the freight meant is that of the return, beside an offer of one."""
    return speaks_of_freight(text) and not _ON_BILL.search(text)


def besides_freight(text: str) -> str:
    """Return the text without the clauses that are about the freight."""
    return "，".join(clause for clause in _CLAUSE.findall(text) if not _FREIGHT.search(clause))


def _refusals(text: str) -> list[re.Match[str]]:
    """Return the places where an option is ruled out by the customer, and not by the shop."""
    return [match for match in _RULED_OUT.finditer(text) if _is_own(text, match)]


def _without_refusals(text: str) -> str:
    """Return the text with a stop in place of each option that is ruled out."""
    for match in reversed(_refusals(text)):
        text = f"{text[: match.start()]}。{text[match.end() :]}"
    return text


def _is_own(text: str, match: re.Match[str]) -> bool:
    before = _CLAUSE.findall(text[: match.start()] + "|")[-1].rstrip("|")
    after = text[match.end() :]
    rest = (_CLAUSE.match(after) or [""])[0]
    if _BY_SHOP.search(before[-6:]) or _OR_ELSE.match(after):
        return False
    return not _ASKED.search(rest) or bool(_COULD.search(before))
