"""Which articles of an order a customer's words name, and whether only some are given up; pure.

Where it is not clear, nothing is named: to ask once more is better than to pay for the wrong one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bot.conversation.words.things.goods import without_bystanders
from nlp.numerals import NUMBER, parse_number
from nlp.quantities import PIECE

_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
# Words of shops in a title, and words that name something else: 手机尾号 means no phone case.
_NO_ARTICLE = re.compile(
    r"手机(?:尾?号|后四位|上|端|银行|支付)|快递[员单]?|物流|包裹|包装|订单|客服|发货|包邮|包赔|破损|退货|退换|换货|"
    r"无理由|运费险?|正品|新款|现货|送礼|家用|免费|赠品|收到|质量|问题|优惠|特价|预售|当天"
)
# Where more than one may be meant although one is named, or the one named is the one that is fine.
_NOT_ALONE = re.compile(
    r"[和跟与、比]|都|全|(?<!是)不是(?!很喜欢)|除了|不包括|以外|还有|另|其[他它余]|别的|"
    r"没[问有]?(?:问题|毛病)|没(?:事|坏|碎|破|烂)|好的|好好的|挺好|很好|不错|完好|(?<!不)(?<!不太)(?<!不怎么)(?<!不是很)喜欢|留着|还要"
)
# Too common in titles and in talk to tell one article from another.
_EVERYWHERE = frozenset(
    "的一二两三件个条只子装大小色号新款多不了高长短中白黑红蓝绿灰米克升寸全自动"
)
# A character that names an article by itself: 鞋 of 运动鞋, 袜子 of 棉袜; 鞋垫 and 连帽 are none.
_HEAD = re.compile(
    r"(?<![连洗背甩])[鞋袜裤裙帽杯碗伞恤锅枕勺壶](?![架柜垫盒套带油刷机托盖衫刀铲巾芯炉巴]|底料)"
)
_HEAD_NAME = re.compile(rf"衣服|衣裳|枕头|(?:{_HEAD.pattern})子?")
# 豆子 is 咖啡豆, and 椅子 餐椅; 盒子 and 袋子 may be what it came in.
_BY_ZI = re.compile(r"[\u4e00-\u9fff](?<![盒箱袋瓶包罐样孩儿妻房日单电面])(?=子)")
# What 衣服 may be: of several of these it names none.
_CLOTHES = re.compile(r"衣服|衣裳")
_WORN = re.compile(
    r"(?<![洗晾收])衣(?![架柜橱钩夹物])|[衫恤袄裤裙]|外套|夹克|羽绒服|西[装服]|马甲|背心|校服"
)
# 裙子和包, 包也想退: the only bag; 快递包 and 包坏了 may be what it came in, 一包 counts.
_BAG = re.compile(
    r"(?:(?<=^)|(?<=[和跟与及、，,。\s把]))包(?:包)?(?!退[吗么不货]|不包|[退换]$)(?=都|也|[想要不退就和跟与及、，,。\s]|$)"
)
_IS_BAG = re.compile(r"[\u4e00-\u9fff](?<![面红荷堡汤钱])包(?![装裹邮子])")
# 其他都好, 别的留着: what is not named is as it should be, or stays.
_AS_IT_IS = (
    r"(?:没[有什么啥]*(?:问题|毛病|事|坏|碎|破|烂|错)|好好|好|不错|完好|正常|满意|喜欢|合适|合身|"
    r"留着?|留下|保留|还要|不[用要想]?[退换动])(?:无损|的|了|着|呢|吧|用|哈|啊|呀)*"
)
_AROUND = r"(?:都|全|也|就|还|是|倒|我|先|挺|很|暂时|暂且)*"
_REST_FINE = re.compile(
    rf"(?:其[他它余]|别的|剩下|剩余|另外)(?:[几那两]?(?:{PIECE}|样)|的|东西|商品|货)*"
    rf"{_AROUND}{_AS_IT_IS}"
)
# 充电宝没问题; 毛巾换一条好的 and 毛巾没坏但 tell of more.
_ONE_FINE = re.compile(
    rf"(?!除|不是)[^退换补赔坏破碎烂不但却，]{{1,12}}?{_AROUND}(?:质量{_AROUND})?{_AS_IT_IS}"
)
_CLAUSE = re.compile(r"[\u4e00-\u9fff][^，,。！!；;~～\s]+")
# 就退鞋, and 袜子不退 beside it.
_ONLY_BACK = re.compile(r"(?:[就只光]|单独)(?:想|要|是|需要)*退(?!了|款|钱)")
_NOT_BACK = re.compile(
    r"(?![^，]*(?:说|你们|商家|客服|钱|款))[\u4e00-\u9fff]{1,8}(?:不|不想|不用)退了?"
)
_ALL_TOGETHER = re.compile(r"[都全]")
# Where all are named, and yet not all of each are meant.
_NOT_ALL = re.compile(
    r"没|不是|除|其[他它余]|别的|各|只|就|一[点些半]|好的|还好|挺好|不错|喜欢|留|还要|[或比]"
)
_FLAW = "坏|碎|破|裂|烂|漏|断|瘪|变形|变质|发霉|长毛|臭|馊|脏|湿"
# What is wrong with all that are named, or is wished for them; 都收到了 and 都很贵 are neither.
_FAULT_OR_WISH = re.compile(
    r"(?<![不怕会防])(?<!容易)(?:坏|碎|破|裂|烂|漏|断|瘪|变形|变质|过期|开[线胶裂]|掉[色毛漆]|褪色|起球|缩水"
    r"|脏|[发长]霉|[发寄]错|有[问毛]|色差|少了|缺|不[对能合亮转响动热冷通]|[太偏]?[大小]了"
    r"|退(?!不)|换|取消|不想?要|赔|补)"
)
_NO_WISH = re.compile(r"(?:不|别)(?:能|给|用|想|肯|让|可以|予|打算|准备)*(?:退|换|取消|赔|补)")
# 都流水了, 全碎了: all of what was just named, where nothing else is said in that clause.
_ALL_OF_IT = re.compile(
    r"(?<=[，,。.!！?？；;~～\s])(?:全都|都|全)(?=(?:是|已经|快|给|被)*"
    rf"(?:[压摔挤磕晒冻]*(?:{_FLAW})|流水|出水|淌水|化)(?:掉|开|完|的|成渣|了)*(?:$|[，,。.!！;；~～\s]))"
)
_CLAUSES = re.compile(r"[，,。.!！?？；;~～\s]+")
_NOT_IT = re.compile(r"不是(?!吧|吗|我|你|说)")
_DIGITS = "一1两2二三3四4五5六6七八九十几\\d"
_NUMBER = rf"[{_DIGITS}]+"
_PIECE = rf"(?:{PIECE}|样)"
# 三件衬衫都, 衬衫三件全都: so many pieces, and all of them.
_ALL_OF_THEM = re.compile(
    rf"(?P<count>(?<!第)({NUMBER}){_PIECE}(?:[^，,。.!！?？；;\s都全]{{0,8}}))(?:全部|全都|都|全)"
)
_NO_OBJECT = (
    r"(?![订这本整那]?[一]?个?(?:订?单)|了|吧|啊|呢|嘛|就|可以|行|好|钱|款|货|全|到|回|我|给|掉|不|这么|那么|"
    r"$|[，,。.!！?？~～\s])"
)
# 其他照发, 只取消毛巾, 多拍了一件: what is given up is not all that was ordered.
_SOME = re.compile(
    rf"(?:取消|退掉?|退了|去掉|减掉?|少要|少发|不要|撤掉?)(?:其中|里面|掉)?的?(?:{_NUMBER}|那){_PIECE}(?!不|订单|单|款|货|都|全)"
    rf"|(?<![{_DIGITS}])(?:只|单独|仅)(?:想|要|是|需要|帮我|给我|先)*(?:取消|退掉?|撤掉?|不要){_NO_OBJECT}"
    rf"|把[\u4e00-\u9fff]{{1,8}}那{_PIECE}(?:单独|给我)?(?:退|取消|撤)"
    r"|(?<![不能])(?:照常?|照样)发(?!票)|(?:其[他它余]|别的|剩下)的?(?:都|就)?正常发(?!货)"
    rf"|多(?:拍|买|下|点)了?{_NUMBER}{_PIECE}"
    rf"|留[下着]?{_NUMBER}{_PIECE}|只(?:留|要){_NUMBER}{_PIECE}"
    r"|其中(?:[一两几那的])|一部分|那部分|剩下没发|多(?:余|出来)?的(?:取消|退)"
)
# 别的留着 keeps the rest only where something is given up: 改成L码，别的不动.
_REST_STAYS = re.compile(
    r"(?:其[他它余]|别的|剩下的?|剩余|另外)(?:那|几|东西|商品|都|就|还|也|全)*"
    r"(?:还?要|留着?|不退|不动|保留|继续发)"
    r"|除了(?!退|换|取消|赔)[^，,。]{1,10}"
    r"|我?(?:还要|留着|要留|自己留)(?=的|吧|$|[，,。\s])"
    r"|[\u4e00-\u9fff]{2,}(?:快点?发|赶紧发|尽快发|先发|等着用?|(?<![不想])要)(?=$|[，,。\s吧啊])"
)
# 不是衬衫 是牛仔裤, 说错了 是牛仔裤, 换成手套吧: not the article that was understood, or only it.
# 是不是路上丢了 asks, and 应该是漏发了 says how it came about.
_MEANS_ANOTHER = re.compile(
    r"(?<!是)不是(?!吧|吗|我|你|说)|而是|应该是(?!在?路上|快递|物流|运输|仓库|[你我]|[丢漏少忘没坏碎破压摔])|[换改][成作为]"
    r"|(?<![没不])(?<!没有)(?<!不会)(?<!不可能)(?:说|搞|弄|点|选|看|写|打|记)错"
)
_GIFT = r"(?:赠品|赠送的|小?礼[物品])"
_GIFT_GONE = re.compile(
    rf"{_GIFT}[^,，。到]{{0,4}}(?:没|少|漏|缺|忘|不见|未)|(?:没|少|漏|缺|忘)[^,，。]{{0,4}}{_GIFT}"
)
_GIVEN_UP = re.compile(r"退|取消|不想?要|撤")
_ALL = re.compile(
    r"整单|整个订单|全部|全额|全款|全都?(?:退|取消|不要)|(?<!其他)(?<!别的)都(?:退|取消|不要|不想要)|一起(?:退|取消)|通通"
)
_PARTS_OF_LINE = re.compile(rf"{_CLAUSES.pattern}|(?<=[掉了吧])")  # 皮带退掉风衣照发
_OR_ELSE = re.compile(r"不发|再不|要么|要不|否则|不然")  # 快点发，不然退款 keeps nothing

_VERB_BEFORE = re.compile(
    r"^(?:[我想要就那]|帮我|给我|麻烦)*[换退](?:货|掉)?(?=[\u4e00-\u9fff]{1,6}$)"
)


def _without_carried_on(text: str, titles: Sequence[str]) -> str:
    """Return the text without 都 in a clause that only goes on with what is wrong.

    葡萄压坏了 都流水了 is of the grapes; 都退 and 东西都坏了 may be of everything.
    """
    naming = next((c for c in _CLAUSE.findall(text) if named_among(c, titles)), None)
    if naming is None:
        return text
    before, name, behind = text.partition(naming)
    return before + name + _ALL_OF_IT.sub("", behind)


def named_among(text: str, titles: Sequence[str]) -> tuple[int, ...]:
    """Return the places of the titles that the text names, by what is in theirs alone.

    That is two characters in a row, or one that is a name by itself: 鞋 of 运动鞋; 豆子 is the
    only thing that ends in 豆, and 衣服 the only one that is worn.
    """
    kept = [_NO_ARTICLE.sub(" ", title) for title in titles]
    pairs = [_pairs(title) for title in kept]
    held = Counter(pair for each in pairs for pair in each)
    plain = _NO_ARTICLE.sub(" ", without_bystanders(text, titles))
    said, heads = _pairs(plain), set(_HEAD.findall(plain))
    alone = {head for head in heads if sum(head in _HEAD.findall(title) for title in kept) == 1}
    by_zi = [re.compile(rf"{name}(?:子|$|[^\u4e00-\u9fff])") for name in _BY_ZI.findall(plain)]
    ending = [[at for at, title in enumerate(kept) if end.search(title)] for end in by_zi]
    short = {places[0] for places in ending if len(places) == 1}
    worn = [at for at, title in enumerate(kept) if _WORN.search(title)]
    clothes = worn if len(worn) == 1 and _CLOTHES.search(plain) else []
    bags = [at for at, title in enumerate(kept) if _IS_BAG.search(title)]
    bag = bags if len(bags) == 1 and _BAG.search(plain) else []
    return tuple(
        at
        for at, each in enumerate(pairs)
        if at in clothes
        or at in bag
        or at in short
        or any(held[pair] == 1 for pair in each & said)
        or alone & set(_HEAD.findall(kept[at]))
    )


def without_not_meant(text: str) -> str:
    """Return the text without the clauses that only say what is not meant: 不是炒锅 是汤勺."""
    kept = [part for part in _CLAUSES.split(text) if not _NOT_IT.match(part)]
    return " ".join(kept)


def without_verb(text: str) -> str:
    """Return an answer to which article is meant without the wish before its name: 换裤子."""
    return _VERB_BEFORE.sub("", text.strip())


def without_names(text: str, titles: Sequence[str]) -> str:
    """Return the text without the words that name articles: 卫衣和裤子都退 is 和都退."""
    pairs = {pair for title in titles for pair in _pairs(_NO_ARTICLE.sub(" ", title))}
    named = {
        place
        for at in range(len(text) - 1)
        if text[at : at + 2] in pairs
        for place in (at, at + 1)
    }
    left = "".join(" " if at in named else char for at, char in enumerate(text))
    if any(map(_IS_BAG.search, titles)):
        left = _BAG.sub(" ", left)
    return _HEAD_NAME.sub(lambda found: " " if _is_head(found[0], titles) else found[0], left)


def _is_head(name: str, titles: Sequence[str]) -> bool:
    if _CLOTHES.fullmatch(name):
        return any(map(_WORN.search, titles))
    return any(name[0] in title for title in titles)


def the_one(text: str, titles: Sequence[str]) -> int | None:
    """Return the place of the only title that the text names, where it can mean no other.

    What is said to be fine, or to stay, is not meant: 别的都没事，就毛巾破了.
    """
    left, fine = _without_fine(_without_carried_on(text, titles), titles)
    named = named_among(left, titles)
    if len(named) != 1 or named[0] in fine or _NOT_ALONE.search(left):
        return None
    # 毛巾旧了，碗碎了: one character of another title may be its name.
    doubted = [title for at, title in enumerate(titles) if at not in fine]
    others = set("".join(_CHINESE.findall(_NO_ARTICLE.sub("", " ".join(doubted)))))
    others -= set(titles[named[0]]) | _EVERYWHERE
    return None if others & set(left) else named[0]


def all_named(text: str, titles: Sequence[str]) -> bool:
    """Tell whether each of several titles is named, and all of it meant: 杯子和盘子全碎了.

    The fault or wish stands in the clause that names them, and no other clause names any.
    """
    naming = [clause for clause in _CLAUSES.split(text) if named_among(clause, titles)]
    if len(titles) < 2 or len(naming) != 1:
        return False
    clause = naming[0]
    line = next(line for line in text.split("\n") if clause in line)
    return (
        len(named_among(clause, titles)) == len(titles)
        and bool(_ALL_TOGETHER.search(clause) and _FAULT_OR_WISH.search(clause))
        and not (_NO_WISH.search(clause) or _NOT_ALL.search(line))
    )


def keeps_rest(text: str) -> bool:
    """Tell whether what is not named is to stay: 就退袜子，其他不退; 就退袜子，鞋不退."""
    clauses = _CLAUSE.findall(text)
    if any(map(_REST_FINE.fullmatch, clauses)):
        return True
    return bool(_ONLY_BACK.search(text)) and any(map(_NOT_BACK.fullmatch, clauses))


def _without_fine(text: str, titles: Sequence[str]) -> tuple[str, frozenset[int]]:
    """Return the text without what is said to be fine, and the places of the titles named so."""
    left, fine = text, frozenset[int]()
    for clause in _CLAUSE.findall(text):
        if not _REST_FINE.fullmatch(clause):
            named = named_among(clause, titles) if _ONE_FINE.fullmatch(clause) else ()
            if not named:
                continue
            fine |= set(named)
        left = left.replace(clause, " ", 1)
    return left, fine


def all_of_one(text: str, titles: Sequence[str], bought: Sequence[int]) -> int | None:
    """Return the place of the only title named where all its pieces are counted: 三件衬衫都开线.

    As many as were bought of it are those, and no others: nothing else is meant by 都.
    """
    named = named_among(text, titles)
    if len(named) != 1:
        return None
    of_it = bought[named[0]]
    plain = _ALL_OF_THEM.sub(
        lambda found: found["count"] if parse_number(found[2]) == of_it else found[0], text
    )
    return the_one(plain, titles) if plain != text else None


def means_another(text: str) -> bool:
    """Tell whether it is said that something else is meant than was understood."""
    return bool(_MEANS_ANOTHER.search(text))


def names_gift(text: str) -> bool:
    """Tell whether it is the gift that is missing, and nothing else with it: 赠品没有."""
    return any(
        _GIFT_GONE.search(line) and not _NOT_ALONE.search(line) for line in text.split("\n")
    )


def gives_up_some(text: str) -> bool:
    """Tell whether not all that was ordered is given up: 只取消毛巾, 其他照发.

    Of several lines the last one that says anything counts.
    """
    for line in reversed(text.splitlines()):
        rest_stays = (
            _REST_STAYS.search(line)
            and _GIVEN_UP.search(_REST_STAYS.sub("", line))
            and not _OR_ELSE.search(line)
        )
        if rest_stays:
            return True
        if _ALL.search(line):
            return False
        if _SOME.search(line):
            return True
    return False


def given_up_among(text: str, titles: Sequence[str]) -> tuple[int, ...]:
    """Return the places of the titles that are given up: 皮带 in 皮带取消掉 风衣正常发.

    The last line that gives any up counts; none where all are given up together.
    """
    for line in reversed(text.splitlines()):
        if _ALL.search(line):
            return ()
        said = (
            named_among(clause, titles)
            for clause in _PARTS_OF_LINE.split(line)
            if _GIVEN_UP.search(_NO_WISH.sub("", clause))
        )
        if given := {at for each in said for at in each}:
            return tuple(sorted(given))
    return ()


def _pairs(text: str) -> set[str]:
    return {run[at : at + 2] for run in _CHINESE.findall(text) for at in range(len(run) - 1)}
