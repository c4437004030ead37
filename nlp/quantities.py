"""How many pieces are missing or bad, and what part of the goods: counted in normalised text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final, Generic, TypeVar

from nlp.normalise import normalise
from nlp.numerals import CHINESE, MOSTLY, NUMBER, PARTS_AT_MOST, is_rough, parse_number

Number = TypeVar("Number", int, float)
MOST: Final = 10_000  # pieces; more are no quantity
_NEAR: Final = 10  # characters between what was bought and what is kept of it
# 三把伞, 坏了两把; in 付了50把钱退我 and 尾号4037把伞退了 it counts nothing: few have 100 of them.
_HANDFUL: Final = (
    r"(?<![坑骗宰赚]了一)(?<!\d\d\d)(?<![百千万])(?<![百千万].)(?<![百千万]..)(?<![百千万]...)把"
    r"(?!\s*(?:钱|款|[我你他这那它货东退全剩运差订手柄戏握关]))"
    r"(?=$|[,。;!?~\s吧啊呢了]|都?(?:是|[坏断裂碎破漏][了掉])|里[面头边]?有|有"
    r"|[^,。;!?\d]{0,5}(?:[伞椅刀锁壶梳剪尺扇勺铲叉钳锤锯刷]|钥匙|吉他)"
    r"|[^,。;!?\d]{0,4}(?:[断坏裂碎破歪瘸]|[撑打收合折]不))"
)
# 三口锅碎了一口, 有一块开线了; 喝了一口, 退三块 and 少了两块 count no goods.
_MOUTHFUL: Final = (
    r"口(?:(?=[^,。\d]{0,4}[锅缸箱])|(?<=[有中][一两二三四五]口)(?=[^,。\d]{0,5}[坏碎裂破瘪漏掉])"
    r"|(?<=[坏碎裂破瘪]了[一两二三四五]口))"
)
_BLOCK: Final = (
    r"块(?!多?钱)(?:(?=[^,。\d]{0,2}(?:地毯|地垫|毯子|坐垫|瓷砖|地砖|木板|滑板|砧板|案板|石板|手表|腕表|香皂|肥皂"
    r"|手工皂|硬盘|充电宝|电池|玻璃|镜子|巧克力|牛排|蛋糕|披萨|抹布|毛巾|布料))"
    r"|(?<=[有中][一两二三四五]块)(?=[^,。\d]{0,3}[开坏碎裂破掉脱鼓])|(?<=[坏碎裂破]了[一两二三四五]块))"
)
# 四杯漏了一杯; 一个杯子, 喝了一杯水 and 倒了两杯茶 count no goods.
_CUPFUL: Final = (
    r"(?<![喝倒泡冲烧煮接榨装打]了[一两二三半\d])(?<![喝倒泡冲烧煮接榨装打][一两二三半\d])"
    r"杯(?![子盖身底口垫套刷架具壁柄沿托]|[热温凉冷开冰白]{0,2}水)"
)
# 退我5块老板, 赔我100块手表坏了: money, whatever stands behind it.
_PAID_IN: Final = re.compile(
    rf"((?:退|赔|补偿?|还|收|扣|便宜|贵|降|差价?|减|付|花|要|加|送)[我你他给了掉点个走]*{NUMBER}|\d\d\d)块"
)
# A measure word that counts pieces of goods: 块 of cake and not of money, 个 and no month.
PIECE: Final = (
    r"(?:件|个(?!多?半?多?(?:月|小时|星期|礼拜|钟)|人|小?孩|娃|老人|大人|订单|单|数字|数|位)|只|双|盒|包(?!装|裹|邮|退)|瓶|袋|条|套|本|台|箱|罐|支(?![架付持撑票])|张(?![^,。]{0,6}券)"
    r"|斤|颗|枚|份|串|根|桶|卷|片|对|盏|粒|顶|副|棵|株|幅|床(?![单上头垫])|部(?![分门件位])"
    # 一提这事就来气, 一听就火, 一板一眼 count nothing.
    r"|(?<!一)(?:提(?![前供示到交高醒现出升取成来着过起议货了案问])|听(?![说到着见不了你他我音歌从])"
    r"|板(?![子凳材栗车式上面]))"
    r"|(?<=一)[提听板](?=$|[,.。;!?，；！？ 了的啊呢吧吗抽纸卷卫牛酸啤可饮鸡鸭蛋])"
    r"|筒(?!子)|捆(?!绑)|册"
    rf"|盆|筐|辆|尊|枝|朵|碗(?![里装])|(?<!光)盘(?![子里货])|{_CUPFUL}|{_HANDFUL}|{_MOUTHFUL}|{_BLOCK})"
)
_UNIT: Final = re.compile(PIECE)
# A count of pieces, or one that is pointed at, holds one of these: a look that spares most texts
# all the others.
_MAY_COUNT: Final = re.compile(
    rf"(?:\d[kw]?|{CHINESE}|半|[这那])[件个只双盒包瓶袋条套本台箱罐支张斤颗枚份串根桶卷片对盏粒顶副棵株幅床部盆筐辆尊枝朵碗盘杯把口块提板筒捆册听]"
    r"|[俩仨]"
)
_BAD: Final = r"(?:坏|烂|碎|破|裂|臭|死|馊|化|霉|长毛|变质|过期|不能[用吃]|瘪|漏|蔫|枯(?!燥))"
_NTH: Final = r"(?<!第)(?<!第[\d十])"  # 第2个 is one of them, and no number of pieces
# 换一个 and 换一双 ask for another and count nothing, by whatever unit; 只换一双 counts.
_ANOTHER: Final = rf"(?<=换)(?<![只就光单]换)一{PIECE}"
# 客服换了一个又一个, 一件接一件地坏: many, and never one.
_MANY_IN_TURN: Final = re.compile(rf"一(?P<unit>{PIECE})(?:又|再|接着?|连着?)一(?P=unit)")
# 两支换一支, 三箱烂了两箱 换一箱: one of those told before, unless all are.
_ONE_OF: Final = re.compile(
    rf"{NUMBER}(?P<unit>{PIECE})[^都全。;!?]{{0,8}}?换(?P<one>一)(?P=unit)(?!\d|新|[大小])"
)
_QUANTITY: Final = re.compile(
    rf"{_NTH}(?!三只松鼠)(?<![块元毛])(?!{_ANOTHER})(?!一{PIECE}[都也])({NUMBER})({PIECE})"
)
# 两套里各碎一个碗: as many sets as bowls, whichever of the two the goods are counted by.
_ONE_OF_EACH: Final = re.compile(
    rf"{_NTH}({NUMBER})(?P<unit>{PIECE})[^,。;!?\d]{{0,3}}?(?:各(?:自|有)?|每{PIECE}都?|都|分别)有?"
    rf"(?:{_BAD}|[少缺漏断掉])[了掉]?(?P<one>[一1])(?!(?P=unit)){PIECE}"
)
_LACKING: Final = re.compile(
    rf"(?:[少漏缺差坏碎烂破裂断死蔫枯]|(?<!不)错)[了的发掉装给寄脱]{{0,3}}"
    rf"({NUMBER}(?!个[字码号])(?={PIECE})|[俩仨](?!个?月|年|天|周))"
)
# 10个碎了一半, 三箱烂了几个: not all of those that are counted.
_IN_PART: Final = rf"[了掉脱]*(?:{NUMBER}|[几大小多好]|不少|部分|百分)"
_LACKED: Final = re.compile(
    rf"{_NTH}({NUMBER}){PIECE}(?:都|是|就|全|发|生)?(?:没(?:有(?!{_BAD}|断)|收|发(?![霉黄臭馊])|给|寄|到|见)|不见"
    rf"|(?:{_BAD}|断[了掉])(?!{_IN_PART})|不[亮转响动热冷通]|(?:[打用开撑合折]|收起?)不[了开上拢起])"
)
# 两件裙子我想退一件: what is given up, not what was bought.
_GIVEN_UP: Final = re.compile(
    rf"(?:退|取消|不要)(?:掉|了)?(?:其中|里面)?的?({NUMBER}){PIECE}(?![都也])"
)
# 退这一件, 多的三条退了: how many are to go back, whatever else is counted.
_ASKED_BACK: Final = re.compile(
    rf"退(?!了)(?:掉|我|还)?(?:其中|里面|坏|破|碎|这|那|的)*({NUMBER}){PIECE}(?![都也])"
    rf"|(?:多|剩|其[余他]|另外)(?:出|余|下|买|拍|发|来|了|的)*({NUMBER}){PIECE}"
    r"[我想要都给就全能帮可以]{0,4}退(?!不)"
    rf"|换(?:掉|我)?(?!{_ANOTHER})({NUMBER}){PIECE}(?![都也])"
)
# 那把退了, 换那双: one of them, though nobody says so. 那个 and 这份 may be all of it.
_THAT: Final = rf"[这那](?:(?![个份]|部分|把){PIECE}|把(?!退款|退货|退钱|[^,。退换]*[钱款]))"
_NO_SUCH_WISH: Final = r"的?[差价款钱运邮优券点些回出吗不得完过]|一(?!下)|多少|货单"
_THAT_ONE: Final = re.compile(
    rf"(?:退|换)(?:掉|我|还|下|一下)?(?:其中|里面|[坏破碎裂断错]了?的)*(?P<one>{_THAT})(?!{_NO_SUCH_WISH}|换|退|[^,。;!?\s]{{1,6}}的)"
    rf"|(?P<first>{_THAT})(?:[我想要给帮请]|直接|麻烦)*(?:退|换)(?!{_NO_SUCH_WISH})"
)
# 三件里有一件, 两件衬衫有一件, 买了三件,其中一件: what stands between a whole and its part.
_PART_FOLLOWS: Final = re.compile(
    r"[^,。;!?\d]{0,6}?(?:(?<![家手店柜那这哪])里[面头边]?|当?中间?|其中|(?<![没还另])有)"
    r"(?:就|只|也|有|是|的)*"
    r"|[^,。;!?\d]{0,6}[,。; ]+(?:但是?|可是?|结果|发现|却|里面|当中|就)*(?:其中|有)有?"
)
# 两把椅子一把腿断了: the part stands right behind what it is of, and what is wrong with it.
_OF_THESE: Final = re.compile(r"[^,。;!?\d]{0,4}")
_FLAW_FOLLOWS: Final = re.compile(
    rf"[^,。;!?\s\d没不未好{CHINESE[1:-1]}]{{0,3}}(?:{_BAD}|[断错歪瘸掉钝]|开[胶线裂]|[打用开撑合收折]不)"
)
# 没碎, 收到了; 收到了,但都碎了 is wrong with those that came.
_RIGHT: Final = (
    rf"(?:是|都|还|倒|已经)*(?:好(?!像|多|几)|没有?(?:问题|事|断|发?霉|发[黄臭馊]|变质|[开脱掉]|{_BAD})"
    r"|完好|正常|能[用穿吃]|合适|(?:收|拿)?到了(?=$|[,。;!?\s其剩另还])"
    rf"(?![,。;\s]*(?:但是?|可是?|不过|结果|却)*(?:都|全)?(?:是|有)?{_BAD}))"
)
_ALL_RIGHT: Final = re.compile(_RIGHT)
# 另外三个是好的, 其余两包没事: nothing is wrong with so many; 换两个好的 asks for them.
_SOUND: Final = re.compile(
    rf"(?<![换补给发寄要赔求来]){_NTH}{NUMBER}{PIECE}[^,。;!?\s\d没不好完正]{{0,5}}"
    r"(?:好(?:的|好|着)|没有?(?:[坏碎破裂烂断漏]|问题|事(?!先)|毛病|磕|损)|完[好整]|正常)"
    r"(?!的?[吗么?]|[^,。;!?\s]{0,3}[坏碎破裂烂])"
)
# 三个还有一个没坏: of the same, where that one is in order.
_STILL: Final = re.compile(r"[^,。;!?\d]{0,3}[, ]?还(?:有|剩)")
# 拍了五条,只要两条: the rest is given up.
_KEPT: Final = re.compile(r"(?:只[想需]?[要留]|留下?)了?$")
# 先退两袋 我还留一袋, 退两袋 自己留一袋: what goes back and what stays, and no part of those.
_GIVEN_BACK: Final = re.compile(r"(?P<first>先[^,。;!?\d]{0,3})?(?:退|换|不要)(?:掉|了)?$")
_KEPT_BESIDES: Final = re.compile(r"(?:还|再|自己|另外?|家里)[^,。;!?\d是]{0,3}留")
# 买三袋只来两袋, 该有10包,收到9包: what came is less than what was bought.
_BETWEEN: Final = r"[^\d,。]{0,5}[, ]?[^\d,。]{0,4}?"
_ARRIVED: Final = r"(?:收到|到手|到货|实[收发到]|来|到)"
_ONLY_CAME: Final = re.compile(
    rf"(?:({NUMBER}){PIECE}{_BETWEEN}[只就才](?:给|发|收|拿|寄|送|剩)?[到来有了]{{0,2}}"
    rf"|(?:买|拍|订|该有?|应[有发收]|说好)了?({NUMBER}){PIECE}{_BETWEEN}(?:{_ARRIVED}|(?<![补再重])发)了?"
    rf"|({NUMBER}){PIECE}{_ARRIVED}了?)"
    rf"({NUMBER}){PIECE}(?![^,。;!?\s好能没]{{1,6}}的(?:$|[,。;!?\s了]))"
)
# 就收到两瓶, 箱子里就三瓶, 到了两件: how many came; 只有一瓶没收到 tells what did not.
_CAME: Final = re.compile(
    rf"(?:(?<![没未少])(?<!没有)(?:收到|到货|到手|拿到|签收|(?:发|寄|送)[来到]|(?<![等找看遇碰得感想提])[来到](?=了))"
    r"|[只就才](?:给我们?)?(?:给|发|寄|送)了|只给(?:我们?)?|(?<![少缺差])[才仅]|[只仅]有|(?:里面?|一共|总共|数了?数)[^,。;!?]{0,4}[就只才]有?"
    rf"|[只就才](?:收到|到|来|见))(?:了|是|过)*{NUMBER}{PIECE}"
    r"(?![^,。;!?]{0,4}(?:没|不见|少|缺|漏|坏|错|的))"
)
# A number bought tells nothing of how many are wrong, unless all are.
_BOUGHT: Final = re.compile(
    r"(?:买|拍|订|点|下单|应该|应当|说好|写着|标|共)(?:了|的|是|有|发|到)*$"
)
_ALL: Final = re.compile(r"[^,。]{0,6}(?:都|全)")
_BAD_OF: Final = re.compile(
    rf"({NUMBER}){PIECE}[^\d,。]{{0,6}}?(?:里|中|当中|里面|就|有|{_BAD}[了掉]?){{1,3}}"
    rf"({NUMBER})(?![半成%\d]|{CHINESE}|分之)(?!{PIECE}?{_RIGHT}){PIECE}?"
)
_BAD_THEN_ALL: Final = re.compile(
    rf"{_BAD}[了掉脱]?({NUMBER}){PIECE}.{{0,4}}(?:一共|总共|共|买了)({NUMBER}){PIECE}"
)
_PARTS: Final = re.compile(rf"({NUMBER})分之({NUMBER})")
_PERCENT: Final = re.compile(
    rf"(\d{{1,3}})\s*%|百分之({NUMBER})|(?<![几\d])([一二两三四五六七八九]+)成(?!新)"
)
_MOSTLY: Final = re.compile(
    r"(?P<all>(?:全|都|全部|全都|没一个好)(?:是|长|发)?(?:坏|烂|碎|臭|死|化|破|霉|毛|蔫|枯(?!燥))"
    r"|没(?:有)?一[颗个盒只袋粒][^,。]{0,3}能)"
    r"|(?P<most>一?大半|多半|大部分|大多数?|(?<![不没])(?:超过|多于|不止)一半|(?<![不没有])过半(?![个天小月年])"
    r"|(?<!不到)(?<!没到)(?<!不足)一半(?:还)?(?:多(?!少)|以上))"
    r"|(?<![用洗穿看煮做切走读][了到])(?P<half>一半|半数)(?!的?[钱款价])"
)
# 好多都坏了, 有些全烂了: of many or some it is left open how large a part they are.
_OF_MANY: Final = re.compile(
    r"(?:好多|[很许挺]多|不少|[这那]么多|一些|有些|有的|[好有]几[颗个只枚粒根枝朵])[^,。;!?~\s]{0,6}$"
)
# 切了两个都坏, 剩下4个也都坏: the last count before 都 is all that it takes in.
_TAKES_IN: Final = re.compile(
    rf"(?P<tried>[切剖剥掰打拆开吃尝试][开了过]{{0,2}})?(?P<rest>(?:其[他它余]|另外|剩下?|余下?)[的那]?)?"
    rf"(?P<part>{NUMBER}){PIECE}[^,。;!?\d]{{0,4}}$"
)
_ONLY_NUMBER: Final = re.compile(
    rf"(?:就|是|有|一共|总共|大概|差不多|缺了?|少了?)*({NUMBER})[\W吧啊呢的了]*"
)

# 两三包, 3到5包, 3-4包, 3、4包: so many of them or so many.
_FROM_TO: Final = re.compile(
    rf"(?P<least>{NUMBER})(?:(?:[-~—、]|{PIECE}?(?:到|至|或者?|还是))+(?P<most>{NUMBER}))?{PIECE}"
)
_SEVERAL_BAD: Final = re.compile(rf"{_BAD}[了掉]+(?:好几|几|十几|好多|不少){PIECE}")
_ANY_BAD: Final = re.compile(_BAD)

# In an answer the unit matters no more: 少1块手工皂.
_SO_MANY_SHORT: Final = re.compile(rf"[少缺漏差][了的]?({NUMBER})(?!\d|[块元]?钱|元)")


@dataclass(frozen=True, slots=True)
class Counted(Generic[Number]):
    """A value and where it stands in the text."""

    value: Number
    start: int
    end: int


def find_quantity(text: str) -> Counted[int] | None:
    """How many pieces are wrong or missing, or spoken of when nothing says what was bought.

    About so many, 两三包, are no count: money for one too many would be guessed.
    """
    if not _MAY_COUNT.search(text) or counts_roughly(text) or _MANY_IN_TURN.search(text):
        return None
    text = _PAID_IN.sub(r"\1元", text)
    if came := _ONLY_CAME.search(text):
        bought, got = (parse_number(group) or 0 for group in came.groups() if group)
        if bought > got:
            return Counted(int(bought - got), *came.span())
    each = _ONE_OF_EACH.search(text)
    if each and (pieces := _number_at(each)):
        return Counted(pieces.value, pieces.start, each.end("one"))
    if _part_told(text) is None:
        text = _SOUND.sub(lambda sound: "好" * len(sound[0]), text)
    lacking = _LACKING.search(text) or _LACKED.search(text)
    wrong = _number_at(lacking) if lacking else _part_told(text)
    if lacking and wrong is None:
        return None  # 少了半斤
    asked_back = _number_at(_ASKED_BACK.search(text)) or _that_one(text) or _one_of(text)
    if wrong and asked_back:
        return min(wrong, asked_back, key=lambda counted: counted.value)
    counted = wrong or asked_back or _number_at(_GIVEN_UP.search(text))
    return counted or _share_of_count(text)


def counts_what_came(text: str) -> bool:
    """Whether only the pieces that came are counted: how many lack is not told by that."""
    lacking = _ONLY_CAME.search(text) or _LACKING.search(text) or _LACKED.search(text)
    return not lacking and bool(_CAME.search(text))


def _number_at(match: re.Match[str] | None) -> Counted[int] | None:
    """The number that the pattern's group holds, where it is one that can count pieces."""
    if match is None:
        return None
    group = next(at for at, found in enumerate(match.groups(), 1) if found)
    number = parse_number(match.group(group))
    if number is None or not 1 <= number < MOST:
        return None
    return Counted(int(number), *match.span(group))


def _that_one(text: str) -> Counted[int] | None:
    found = _THAT_ONE.search(text)
    return None if found is None else Counted(1, *found.span(found.lastgroup or 0))


def _one_of(text: str) -> Counted[int] | None:
    found = _ONE_OF.search(text)
    return None if found is None else Counted(1, *found.span("one"))


def counts_roughly(text: str) -> bool:
    """Whether pieces are counted, and it is left open how many: 两三包, 3到5个, 碎了好几个."""
    return any(map(_is_about, _FROM_TO.finditer(text))) or bool(_SEVERAL_BAD.search(text))


def _is_about(found: re.Match[str]) -> bool:
    """Whether a count leaves open which of several numbers is meant."""
    least, most = found["least"], found["most"]
    if most is None:
        return is_rough(least)
    return is_rough(most) or (parse_number(least) or 0) < (parse_number(most) or 0)


def _part_told(text: str) -> Counted[int] | None:
    """How many of a larger number told before are spoken of: 三件里有一件拉链坏了.

    Of those said to be in order, or to be kept, the others are meant.
    """
    counts = [(found, _number_at(found)) for found in _QUANTITY.finditer(text)]
    for (before, whole), (behind, part) in pairwise(counts):
        if whole is None or part is None or before.group(2) != behind.group(2):
            continue
        if part.value >= whole.value:
            continue
        between = text[before.end() : behind.start()]
        of_it = _PART_FOLLOWS.fullmatch(between)
        back = _GIVEN_BACK.search(text, 0, before.start())
        if back and (back["first"] or _KEPT_BESIDES.search(between)):
            continue
        others = Counted(whole.value - part.value, part.start, part.end)
        if _KEPT.search(between) and len(between) <= _NEAR:
            return others
        in_order = _ALL_RIGHT.match(text, behind.end())
        if in_order and (of_it or _STILL.fullmatch(between)):
            return others
        flawed = _OF_THESE.fullmatch(between) and _FLAW_FOLLOWS.match(text, behind.end())
        if of_it or flawed:
            return part
    return None


def unit_of(text: str, counted: Counted[int]) -> str | None:
    """The measure word that stands behind a quantity that was found, or ends it."""
    behind = _UNIT.match(text, counted.end) or _UNIT.match(text, counted.end - 1)
    return behind[0][0] if behind else None


def _share_of_count(text: str) -> Counted[int] | None:
    """The pieces spoken of, or so much of them as are said to be bad: 10个碗碎了一半."""
    spoken, share = _number_at(_spoken_of(text)), find_bad_share(text)
    if spoken is None or share is None or share.value == 1:
        return spoken
    if share.value == MOSTLY:
        return None
    bad = Fraction(share.value).limit_denominator(PARTS_AT_MOST) * spoken.value
    return Counted(int(bad), spoken.start, spoken.end) if bad.denominator == 1 else None


def _spoken_of(text: str) -> re.Match[str] | None:
    for found in _QUANTITY.finditer(text):
        if not _BOUGHT.search(text, 0, found.start()) or _ALL.match(text, found.end()):
            return found
    return None


def find_bad_share(text: str) -> Counted[float] | None:
    """Which part of the goods is bad, only where the text speaks of bad goods at all."""
    if not _ANY_BAD.search(text):
        return None
    shares = (Counted(round(share, 4), a, b) for share, a, b in _shares(text) if 0 < share <= 1)
    return next(shares, None)


def share_of(text: str) -> float | None:
    """The first share that the text names, for an answer to the question how much is bad."""
    plain = normalise(text).text
    found = next((share for share, _, _ in _shares(plain) if 0 < share <= 1), None)
    return None if found is None else round(found, 4)


def number_of(text: str) -> int | None:
    """The number that is all the text says, the least that may be meant: 七八十 are seventy."""
    match = _answered(text)
    number = parse_number(match.group(1)) if match else None
    return int(number) if number is not None and 1 <= number < MOST else None


def count_of(text: str) -> int | None:
    """The number that is all the text says, for an answer to the question how many."""
    match = _answered(text)
    return None if match is None or is_rough(match.group(1)) else number_of(text)


def _answered(text: str) -> re.Match[str] | None:
    plain = normalise(text).text.strip()
    return _ONLY_NUMBER.fullmatch(plain) or _SO_MANY_SHORT.search(plain)


def _shares(text: str) -> list[tuple[float, int, int]]:
    shares: list[tuple[float, int, int]] = []
    for pattern, whole, part in ((_BAD_OF, 1, 2), (_BAD_THEN_ALL, 2, 1), (_PARTS, 1, 2)):
        for match in _overlapping(pattern, text):
            total, bad = parse_number(match.group(whole)), parse_number(match.group(part))
            if total and bad:
                shares.append((bad / total, *match.span()))
    for match in _PERCENT.finditer(text):
        shares.append((_percent(match), *match.span()))
    for match in _MOSTLY.finditer(text):
        before = text[max(0, match.start() - _NEAR) : match.start()]
        if match["all"] and _OF_MANY.search(before):
            continue
        share = {"all": 1.0, "most": MOSTLY, "half": 0.5}[match.lastgroup or "half"]
        of_part = _all_of_part(text, match.start()) if match["all"] else None
        share = share if of_part is None else of_part
        shares.append((share, *match.span()))
    return shares


def _all_of_part(text: str, before: int) -> float | None:
    """The share that a part makes of which all is bad: 一箱6个 切了两个都坏.

    None where it is no part; of those only tried, 切了两个都坏, it is left open: 0.
    """
    found = _TAKES_IN.search(text, max(0, before - 2 * _NEAR), before)
    if found is None or found["rest"]:
        return None
    part = parse_number(found["part"]) or 0
    unit = _UNIT.match(text, found.end("part"))
    counts = _QUANTITY.finditer(text, 0, found.start())
    wholes = [parse_number(count[1]) or 0 for count in counts if unit and count[2] == unit[0]]
    if whole := max(wholes, default=0):
        return part / whole if part < whole else None
    return 0 if found["tried"] else None


def _overlapping(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield matches that may share text: 一箱十个烂了两个 has 十个…两个 in 一箱…两个."""
    found = pattern.search(text)
    while found:
        yield found
        found = pattern.search(text, found.start() + 1)


def _percent(match: re.Match[str]) -> float:
    percent, of_hundred, tenths = match.groups()
    if tenths:
        return (parse_number(tenths) or 0) / 10
    return (parse_number(percent or of_hundred) or 0) / 100
