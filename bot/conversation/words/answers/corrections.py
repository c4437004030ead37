"""What is to stand in the order instead: told by who names it, or answered to who asked; pure.

A question, a remark and a word that stands for a name (我老公名字) are no new value: what is not
surely one is asked for again, for it would be written into the order.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.issue_groups import FAULTLESS
from bot.conversation.shapes.state import OFFERED, Matter
from bot.conversation.words.answers.invoices import wants_special, without_sending
from bot.conversation.words.answers.of_the_offer import wish_in
from bot.conversation.words.sentence import manner
from bot.conversation.words.sentence.clauses import clauses_of
from bot.conversation.words.things import named, sizes
from bot.conversation.words.things.houses import right_house, tells_what_is_wrong
from bot.conversation.words.things.measures import measures_in, measures_put_right
from bot.conversation.words.wishes import afterthoughts, exclusions
from bot.conversation.words.wishes.order_kept import without_order_kept
from bot.conversation.words.wishes.refused import wished
from bot.order_correction import (
    SPECIAL_INVOICE,
    address_told,
    house_put_right,
    in_full,
    is_name,
    is_place,
    only_address,
    tax_number_in,
    who_and_where,
    with_house_put_right,
    with_number_put_right,
    without_tax_number,
)
from bot.order_region import with_region
from bot.put_right import without_denied

_ASKS = re.compile(
    r"[吗嘛么]$|(?<![网酒书茶咖水迪])吧$|呢$|了没有?$|没有?[呀啊]?$|是不是|有没有|能不能|行不行|可不可以"
)
# 不要改成黑色, up to what is wished for instead.
_NO_CHANGE = re.compile(
    r"(?:(?<!要)不要|别|不用|不想)(?:改|换|寄|送)[成为到]"
    r"(?:(?!改成|换成|寄到|送到|要)[^，,。；;！!？?\n])*"
)
_CLAUSE_ENDS = re.compile(r"(?<=[，,。；;！!？?\n])")
_BANK = re.compile(r"[\s，,。；;]*开户(?:银?行|账?号)?.*$", re.DOTALL)  # pasted behind a title
_STOPS = " 。.，,；;！!？?~～\n"
_KIN = (
    r"(?:老公|老婆|爱人|对象|妈妈?|爸爸?|爷爷|奶奶|外婆|外公|姥姥|姥爷|儿子|女儿|孩子|[哥姐弟妹]{1,2}"
    r"|(?:男|女)?朋友|闺蜜|室友|同事|同学|家人|亲戚|邻居|自己|本人|老板|公司|单位|学校|家里?|老家)"
)
_FIELD = (
    r"(?:名字|姓名|名|电话|手机号?码?|号码|号|地址|那边|那里|家|单位|公司|抬头|税号"
    r"|尺码|颜色|规格|款|码)"
)
# Words that stand for a value without saying it: 我妈名字, 新地址, 别的颜色.
_PLACEHOLDER = re.compile(
    rf"(?:[我你您他她]们?)?的?{_KIN}?(?:的|家)?{_FIELD}?"
    r"|一?下"
    rf"|(?:新|别|另|其他|其它|正确|对|换|这|那|另外)的?(?:[一个种]|另外)*的?{_FIELD}?"
)
_NAMELESS = re.compile(r"什么|哪|谁|多少|怎么|功了?没?有?$")
COLOUR = 4  # characters that a colour's name has at most
_COLOUR = r"[黑白红蓝绿灰黄紫粉棕橙青银咖驼褐]"
_SIZE = (
    r"(?<![a-zA-Z])[2-9]?[xX]{0,3}[smlSML](?![a-zA-Z])码?|均码|[大中小]一?[两二]?[号码]"
    r"|(?<!\d)\d+(?:\.\d+)?(?:码|寸|[kK][gG]|[mM]?[lL]|[cm]?m|[gGtT][bB]?|斤|升|米|件|片|抽|只|个|袋|瓶|盒|包|支|双|条)"
)
_KIND = (
    rf"[一-龥]{{1,4}}(?:色(?!差)|(?<![退付货打这那哪同])款|味(?!道)|口味|系列|(?<!包)(?<!安)装)"
    rf"|(?<![表明]){_COLOUR}(?![包买费等尘了])的?"
)
_SPECIFICATION = re.compile(rf"{_SIZE}|{_KIND}")
# The look-ahead settles each word once: 黑色黑色… could be cut in ever so many ways.
_ONLY_SPECIFICATION = re.compile(
    rf"(?:(?=(?P<word>{_SIZE}|{_KIND}|[就要我换改的\s,，、]))(?P=word))+|\d{{2,3}}"
)
# 拍成M码了: what was taken by mistake; what is told before it is the wish: L码拍成M码了.
_TAKEN_FOR = re.compile(r"(?:的|错)*(?:拍|买|下|选|订|点|写)错?(?:成了?|的是)[^，,。；;\s要换改]*")
_BY_MISTAKE = re.compile(r"(?:拍|买|下|选|订|点|写)错?(?:成了?|的是|了|的)[^，,。；;\s要换改]*")
_BEFORE_KIND = re.compile(r"^(?:我|就|想|本来|要|换成|换|改成|改)+")
_BEFORE_NAME = re.compile(
    r"^(?:[嗯哦那就请]|麻烦|名字|姓名|写|填|用|是|为|叫|改成|改|[：:，,\s])+"
)
_BEFORE_TITLE = re.compile(
    r"^(?:[嗯哦那就请]|麻烦|帮我|给我|发票|抬头|名字|名称|个人的?|开|写|填|用|是|为|叫|[：:，,\s])+"
)
_INSTEAD_OF = re.compile(r"^.*(?:改成|改为|换成|换为|开成)")
_BEFORE_PLACE = re.compile(
    r"^(?:(?:新的?|收货|正确的?|详细|我的?)*地址|改|想|要|请|麻烦|帮我|给我)+(?:[是为到:：\s]|成(?!都))*"
)
_POLITE_END = re.compile(
    r"(?:[，,\s]*(?:(?:还)?(?:能|可以)(?:帮我)?改(?:一?下)?[吗不]|可以[吗不]|行[吗不]?|好吗|就行|就好|就可以|(?<![网酒书茶咖水迪])吧|哈|谢谢你?|多谢|麻烦了?|辛苦了?))+$"
)
_ONLY_POLITE = re.compile(r"(?:谢谢|多谢|麻烦|辛苦|拜托|好的?|嗯|你们?|您|了|啦|快点|尽快|[\s])+")
# 在路上, 楼下, 高新区的那个: words of a place that name none.
_NO_PLACE = re.compile(
    r"^[^\d，,省市区县]{0,6}?(?:[马半]?路|街|楼|区)[上下边里过]了?$|^路过|[这那][个边里]$"
)
_CHECKS = re.compile(r"是不是|对吗|对吧|没错吧|[号室楼]吗")  # what stands there, and no other
_NO_TITLE = re.compile(r"[错换改没吗要]|不对|不是|个人的")
_NOT_YET = re.compile(r"了(?:吗|没|嘛|么)有?[呀啊呢]?[\s?？。!！]*$")
_FEW_DIGITS = re.compile(r"(?:应该)?(?:是|改成)?\s*\d{1,4}")  # which only go on with what was said
PERSONAL = "个人"
_PERSONAL = re.compile(r"(?<![找叫派来换让喊有几两这那每一])个人(?![来管接处])")  # 找个人来
_FOR_PERSON = re.compile(
    r"抬头(?:就|为|写|开|用|填|[:： ])*个人|个人抬头"
    r"|开(?:成|为|一?张|个)?个人(?:的|发票|$|[，,。 ])"
    r"|^(?:[就那]|还是|写|用)*个人的?(?:就行了?|就好|就可以了?|即可|吧)[。\s]*$"
)
# 开成个人的了 is wrong as it stands; 个人不行 and 公司的 want something else.
_OTHERWISE = re.compile(r"[错改换不没了]|公司|单位|企业|[或还]是")
_FIRM = re.compile(
    r"[一-龥（）()]{2,30}(?:公司|集团|厂|店|社|行|所|院|局|部|中心|学校|大学|中学|小学|幼儿园|委员会|协会|工会"
    r"|文化|科技|贸易|商贸|服饰|餐饮|传媒|实业|广告|设计|建筑|物流|电子|信息技术)"
)


def named_correction(matter: Matter, spoke: CustomerSpoke) -> str | None:
    """Return the new address, size, title … that a message names for the matter, or None."""
    if wish_in(spoke.plain, matter.offer):
        return None  # 改成退款吧 names no size
    return _told(matter, spoke, asked=False)


def answered_correction(matter: Matter, spoke: CustomerSpoke) -> str | None:
    """Return the same out of an answer to the question for it, which need not say what it is."""
    return _told(matter, spoke, asked=True)


def answered_wanted(matter: Matter, spoke: CustomerSpoke) -> str | None:
    """Return which size or colour is wanted, told to who asked as an exchange was picked.

    What leaves it open is no size: 不知道 and 我175穿多大 are for a person.
    """
    text = spoke.plain
    other = spoke.heard.demand not in {None, "exchange"} or exclusions.ruled_out(text)
    if other or afterthoughts.lets_go(text):
        return None
    if told := sizes.exchanged_for(text):
        return told
    if sizes.asks_about_it(text) or sizes.leaves_it_open(text):
        return None
    told = answered_correction(matter, spoke)
    return told or (text.strip(_STOPS) if sizes.told_by_fit(text) else None)


def size_wanted(matter: Matter, text: str) -> str | None:
    """Return the size or colour that is called for beside an offer: 换43码, 黑色的; or None."""
    bare = sizes.bare_size(text) if matter.issue in FAULTLESS else None
    if not manner.is_short(text) or sizes.asks_about_it(text):
        return None
    return sizes.exchanged_for(text) or bare


def is_question(text: str) -> bool:
    """Tell whether something is asked, with or without a question mark: 还没发货吧."""
    return manner.asks(text) or bool(_ASKS.search(text.strip(_STOPS)))


def is_placeholder(text: str) -> bool:
    """Tell whether a value is spoken of and not said: 我老公名字, 什么颜色."""
    return bool(_PLACEHOLDER.fullmatch(text) or _NAMELESS.search(text))


def _told(matter: Matter, spoke: CustomerSpoke, *, asked: bool) -> str | None:
    besides = {*spoke.heard.order_nos, spoke.heard.phone_tail or ""}
    spoke = replace(spoke, text=without_order_kept(spoke.plain))
    if "address" in matter.issues:
        spoke = replace(spoke, text=_without_mentions(spoke.plain))
    text = without_sending(spoke.plain) if matter.issue == "invoice" else spoke.plain
    found = named.correction_in(_NO_CHANGE.sub("", text), besides)
    if found and (is_placeholder(found.strip("的")) or _NOT_YET.search(text)):
        found = None
    found = _still_wished(found) if found else _size(matter, text)
    if "address" in matter.issues:
        address = _address(matter, spoke, found, besides, asked=asked)
        if address or "spec" not in matter.issues:  # both are likely: L码 is no address
            return address
    if "invoice" in matter.issues:
        return _invoice(matter, named.without(text, besides), found, asked=asked)
    if sides := _measures(matter, text, found, asked=asked):
        return sides
    if found is None and asked:
        return _specification(named.without(text, besides))
    return _without_talk(found) if found else None


# 别再寄到…8号了, 上次寄到…丢了, 寄到徐汇区要几天, 快递员电话是…: a place or a number is spoken of.
_MENTIONED = re.compile(
    r"别再?[寄送发]|上次|之前寄|我?朋友(?!家|那|公司|名|姓|代?收)|客服|快递员(?:的)?(?:电话|手机|说)|错的是|现在的?地址|原来的?地址是"
    r"|会不会|[要得]?几天|多久|太慢|丢了|搬走|没事|看我老[公婆]|打不通|[寄送]到[^，,。]*去了"
)


def _without_mentions(text: str) -> str:
    """Return the words without the clauses that only speak of a place or a number."""
    clauses = clauses_of(text)
    left = [clause for clause in clauses if not _MENTIONED.search(clause)]
    return text if left == clauses else "，".join(left)


def _measures(matter: Matter, text: str, found: str | None, *, asked: bool) -> str | None:
    """Return the measures told, each with its side, beside those that were told before."""
    stands = measures_in(matter.correction or "")
    told = found or asked or (stands and not is_question(text))
    if not told or (not stands and measures_in(found or "")):
        return None
    before = matter.correction or "" if stands else ""
    return measures_put_right(before, without_denied(_NO_CHANGE.sub("", text)))


def _size(matter: Matter, text: str) -> str | None:
    """Return the size that is named for an exchange; of what is on offer, by itself too."""
    if {"address", "invoice"} & set(matter.issues):
        return None
    exchanged = any(option["kind"] == "exchange" for option in matter.offer)
    return sizes.exchanged_for(text) or (size_wanted(matter, text) if exchanged else None)


def _still_wished(text: str) -> str | None:
    """Return a text without its clauses that refuse something, or tell what was there before."""
    clauses = [clause for clause in _CLAUSE_ENDS.split(text) if clause.strip(_STOPS)]
    kept = [wished(clause.rstrip(_STOPS)) for clause in clauses]
    if kept == [clause.rstrip(_STOPS) for clause in clauses]:
        return text
    return "，".join(filter(None, kept)) or None


def _address(
    matter: Matter,
    spoke: CustomerSpoke,
    found: str | None,
    besides: Collection[str],
    *,
    asked: bool,
) -> str | None:
    """Return who, which number and where, each as far as it is named; they come together."""
    if corrected := _piece_corrected(matter, spoke):
        return corrected
    text = only_address(named.without(without_denied(spoke.plain), besides))
    who, rest = who_and_where(text)
    place = _place(found, rest, asked=asked)
    fields = address_told(place) if place else {}
    settled = asked or matter.stage in OFFERED
    number = who.get("phone", "")
    # What may be there to show whose order it is changes nothing.
    if number and (settled or number[-4:] != spoke.heard.phone_tail):
        fields["phone"] = number
    if "name" in who:
        fields["name"] = who["name"]
    if found and found.startswith("收件人："):
        fields |= address_told(found)
    if not fields and asked and (name := _bare_name(matter, text)):
        fields["name"] = name
    return in_full(fields) or None


def _piece_corrected(matter: Matter, spoke: CustomerSpoke) -> str | None:
    """Return the new address with a piece of it put right, and the rest as it was told.

    A part of its house, 不对是203, the last digits of its number, 最后一位是8不是6, or where it
    lies, 广东省广州市.
    """
    if not matter.correction:
        return None
    text = named.without(spoke.plain, spoke.heard.order_nos)
    if matter.stage != "gathering" and (now := _number_corrected(matter.correction, matter, text)):
        return now
    if lies_in := with_region(matter.correction, without_denied(text)):
        return lies_in
    house = house_put_right(text, shown=matter.stage in OFFERED)
    return with_house_put_right(matter.correction, house) if house else None


def _number_corrected(address: str, matter: Matter, text: str) -> str | None:
    """Return the address with its number put right, be it in two messages: 最后一位错了, 是8."""
    if _FEW_DIGITS.fullmatch(text.strip()):
        text = f"{matter.told.splitlines()[-1] if matter.told else ''} {text}"
    return with_number_put_right(address, text)


def _place(found: str | None, rest: str, *, asked: bool) -> str | None:
    """Return where it goes: what the message calls so, else the address that it holds."""
    if found and is_place(found) and not found.startswith("收件人"):
        return who_and_where(found)[1].strip(_STOPS)
    house = None if is_question(rest) else right_house(rest)
    if asked:
        return house or _stated_place(rest)
    if _CHECKS.search(rest):
        return None
    return named.address_in(_still_wished(rest) or "") or house


def _bare_name(matter: Matter, text: str) -> str | None:
    """Return the name that is all that is said, where a name was spoken of before."""
    name = _BEFORE_NAME.sub("", text.strip(_STOPS)).rstrip("吧了")
    of_name = re.search(r"收[件货]人|姓名|名字", matter.told)
    return name if of_name and is_name(name) else None


def _specification(text: str) -> str | None:
    """Return the clauses that name a size, a colour, a kind or a number of pieces."""
    told = (_TAKEN_FOR.sub("", clause) for clause in _CLAUSE_ENDS.split(text))
    kept = [clause for clause in _clauses("".join(told)) if _specifies(clause)]
    return "，".join(_BEFORE_KIND.sub("", clause) for clause in kept) or None


def _without_talk(value: str) -> str:
    """Return a size or colour without what is said behind it: L码 昨天刚下的单.

    A few characters more may name a colour that no list has: L 雾霾蓝.
    """
    first, *more = re.split(r"(?<=[，,。；;\s])(?![，,。；;\s])", value)
    if not _ONLY_SPECIFICATION.fullmatch(first.strip(_STOPS)):
        return value
    talk = (n for n, part in enumerate(more) if len(part) > COLOUR and not _specifies(part))
    return "".join([first, *more[: next(talk, len(more))]]).strip(_STOPS)


def _specifies(clause: str) -> bool:
    told = _BEFORE_KIND.sub("", _BY_MISTAKE.sub("", clause))
    if is_placeholder(told):
        return False
    asks = is_question(clause) and not _ONLY_SPECIFICATION.fullmatch(clause)
    return bool(_ONLY_SPECIFICATION.fullmatch(told) or _SPECIFICATION.search(told)) and not asks


def _stated_place(text: str) -> str | None:
    """Return the place that an answer states, with what is said behind it of the door."""
    kept: list[str] = []
    for clause in _clauses(_BEFORE_PLACE.sub("", text.strip())):
        wrong = tells_what_is_wrong(clause) or named.TALK_AGAIN.search(clause)
        talks = is_question(clause) or bool(wrong)
        if not talks and (kept or (is_place(clause) and not _NO_PLACE.search(clause))):
            kept.append(clause)
    return "，".join(kept) or None


def _clauses(text: str) -> list[str]:
    """Return what stands between stops, without thanks, refusals and 可以吗 behind it."""
    parts = (_POLITE_END.sub("", part.strip(_STOPS)) for part in _CLAUSE_ENDS.split(text))
    told = [part for part in parts if part and not _ONLY_POLITE.fullmatch(part)]
    return [kept for part in told if (kept := wished(part))]


def _invoice(matter: Matter, text: str, found: str | None, *, asked: bool) -> str | None:
    """Return the title with the firm's number at the tax office, as far as either is known."""
    text = _BANK.sub("", text)
    special = wants_special(f"{matter.told}\n{text}")
    number, rest = tax_number_in(text), without_tax_number(text)
    title = named.title_in(_still_wished(rest) or "") or _title(found)
    if title is None and (asked or _says_title(rest)):
        title = _answered_title(rest)
    before = (matter.correction or "").removesuffix(f"，{SPECIAL_INVOICE}")
    if title is None:
        of_old = without_tax_number(before)
        if special:
            of_old, number = of_old or _title_told(matter), number or tax_number_in(before)
        corrects = number and found and number in found.upper()  # 正确的是9132…
        if not number or not (of_old or corrects):
            return None
        return _with_number(of_old, number, special=special)
    if title == PERSONAL:
        return None if special else title
    number = number or tax_number_in(before) or tax_number_in(matter.told)
    return None if special and not number else _with_number(title, number, special=special)


def _title_told(matter: Matter) -> str:
    """Return the firm that was named before, while the number for a special invoice lacked."""
    found = (named.title_in(line) for line in reversed(matter.told.splitlines()))
    return next(filter(None, found), "")


def _says_title(text: str) -> bool:
    """Tell whether who asks for an invoice says for whom: 抬头个人 名字张伟, 发票开个人的."""
    return bool(_FOR_PERSON.search(text)) and not (_OTHERWISE.search(text) or manner.asks(text))


def _with_number(title: str, number: str | None, *, special: bool) -> str:
    kind = SPECIAL_INVOICE if special else None
    return "，".join(filter(None, (title, number and f"税号{number}", kind)))


def _title(found: str | None) -> str | None:
    """Return the title out of a value, which may be no more than a firm's number."""
    title = without_tax_number(found or "").strip(_STOPS)
    return title if len(title) > 1 and not _NO_TITLE.search(title) else None


def _answered_title(text: str) -> str | None:
    """Return the title that an answer gives: a firm by whatever name, or a person."""
    asked = (clause for clause in _clauses(text) if not is_question(clause))
    clauses = [_INSTEAD_OF.sub("", clause) for clause in asked]
    bare = [_BEFORE_TITLE.sub("", clause) for clause in clauses]
    name = next(filter(is_name, bare), None)
    firm = next(filter(_FIRM.fullmatch, bare), None)
    personal = PERSONAL if any(map(_PERSONAL.search, clauses)) else None
    return firm or name or personal
