"""Which of the articles named go back: all of them, only one, or all but one; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.words.sentence.clauses import clauses_of
from bot.conversation.words.sentence.manner import PARTICLES, SUPPOSES, asks, is_short
from bot.conversation.words.things.articles import named_among, without_names
from bot.conversation.words.things.more_pieces import more_wished, others_back
from nlp.numerals import NUMBER, parse_number
from nlp.quantities import PIECE

_PIECE = rf"(?:{PIECE}|样)"
_COUNT = rf"(?P<count>(?:{NUMBER}|[两俩仨])){_PIECE}?"
_BEFORE = (
    r"(?:那|就|干脆|还是|要不|算了|如果|要是|我|想|要|把|这|它们|衣服|东西|商品|订单|直接|"
    r"给我|帮我|的话)*"
)
_TOGETHER = r"(?:整[单个]|全都|都|一起|一块儿?|一并|统统|通通)"
_HOW_MUCH = r"(?:的话|一共|总共|共|能|可以|会|要|是|就)*(?:退|给)?我?多少钱?"
# 两件都退, 那就一起退吧, 整单退掉; but 全退 and 都退给我 are of the money.
_ALL = re.compile(
    rf"{_BEFORE}(?:{_COUNT})?{_BEFORE}{_TOGETHER}(?:也|都|想|要|给我|帮我|直接|就|再)*"
    rf"(?:退(?:货退款|货|掉|回去)?|不想?要)(?!了[{PARTICLES}]*[?？吗没么])了?(?:{_HOW_MUCH})?[{PARTICLES}?？~～]*"
)
# To whom nothing was offered yet, 全退 is of the goods too.
_WHOLE = re.compile(
    rf"{_BEFORE}(?:全部?|所有的?)(?:都|给我|帮我)*(?:退(?:货退款|货|款|掉|回去)?|不想?要)"
    rf"(?!了[{PARTICLES}]*[?？吗没么])了?[{PARTICLES}]*"
)
_STAYS = re.compile(
    r"(?<!会)(?:不|别|甭|不用|不要|不想|先不|暂时不)退(?!款|钱|给|行|吗|么)|留[着下]|(?<![不想])还要"
)
_GOES = re.compile(r"(?<![不别甭用要想])退")
# 剩下两条也退了吧, 另外一双也退; 剩下的钱也退 is of money.
_REST = re.compile(
    rf"(?:(?:剩下|剩余|余下|其余)(?:的|那|这|来)*(?:[一两二三四五几\d]+{_PIECE})?"
    rf"|(?:另外?|剩)(?:的|那|这)*[一两二三四五几\d]*{_PIECE})的?"
    r"(?:我|也|都|全|一起|想|要|就|给我|帮我)*(?:退(?![款钱])|不想?要)"
)
# 另一件有个破洞, 剩下那双开胶了: other pieces; 剩下的钱 is none, 另外颜色也不对 names none.
_OTHER_PIECE = re.compile(
    r"(?:另外?的?|剩下?的?|剩余的?|余下的?|其余的?)[那这]?的?[一两二三四五六七八九几\d]*"
    rf"{_PIECE}(?!问题|事|订?单|快递|包裹|月|小时)"
)
_FINE = re.compile(
    r"(?:挺|很|还|是|都)好(?=$|的|了|用|看)|好好的|没(?:有?问题|事|破|坏)|不错|完好|满意|喜欢|合适|留着"
)
_ADDS = re.compile(r"也|一起|一块|一并|还有|加上")
# 是卫衣还是裤子, 卫衣退了裤子没退, 不是裤子是卫衣: one of them, or neither, is meant.
_NOT_EACH = re.compile(
    r"还是|或|不是|没|除|哪|换|只|光|各|好的|喜欢|[?？吗]"
    r"|[不别甭](?:能|给|要|用|想|打算|先|该)*退|退(?:过|不|完)|已|刚|昨|前|上次|上回|早就"
)
_BACK = r"(?:退(?:货|款|掉|回去?)?|不想?要(?=了))"
# 退一件 counts pieces, and 裙子包和鞋 may name a bag as well.
_SOME = re.compile(rf"{NUMBER}{PIECE}|包")
# The wish ends what is said of an article: 运动裤也想退; 运动裤退得快 tells of something else.
_WISHED = re.compile(rf"(?<!换){_BACK}[{PARTICLES}\s]*$")
# What may stand around the names of articles that all go back: 卫衣和裤子都退了吧.
_AROUND_NAMES = re.compile(
    rf"(?:(?:还有|以及|加上|一起|一块儿?|一并|(?:这?{NUMBER}|这|(?!把)){_PIECE}|给我|帮我|[和跟与、，,。也都全就那把我是嗯连\s]"
    rf"|(?:想|要|打算|能不能|能|可以)*{_BACK}|(?:行|可以|好)[吗么不]|[{PARTICLES}吗?？.!！~～])*)"
)
_OF_WISH = re.compile(rf"{_ADDS.pattern}|{_BACK}")
# 裤子退货要运费不, 上次裤子退货很快, 裤子退货的话: nothing goes back yet.
_NOT_YET = re.compile(
    r"运费|邮费|快递费|上次|上回|以前|之前|的话|如果|要是|万一|看看|想想|考虑|再说|算了吧?$|不$"
)
_ONLY = re.compile(r"(?:只|单|光|仅|就)(?:要|想|单独|先|是)*(?:退|不要)(?!了?(?:这|那)[么点]|\d)")


def all_go_back(text: str, pieces: int) -> bool:
    """Tell whether all that was bought is to go back; a count must be that of all its pieces."""
    for clause in clauses_of(text) if is_short(text) else ():
        if found := _ALL.fullmatch(clause):
            told = found["count"]
            return told is None or _number(told) == pieces
    return False


def wishes_all_back(told: str, pieces: int, titles: Sequence[str]) -> bool:
    """Tell whether who wants to give something back said that it is all: 都不要了 全退.

    Where an article is named, or one stays, that tells which.
    """
    if named_among(told, titles) or any(_STAYS.search(clause) for clause in clauses_of(told)):
        return False
    clauses = clauses_of(told)
    return any(all_go_back(clause, pieces) or _WHOLE.fullmatch(clause) for clause in clauses)


def asks_all_back(text: str) -> bool:
    """Tell whether all the goods are to go back after all: 都退了吧; 都退我 is of money."""
    return is_short(text) and any(map(_ALL.fullmatch, clauses_of(text))) and not asks(text)


def names_all_to_go(text: str, told: str, titles: Sequence[str]) -> bool:
    """Tell whether an answer to which article goes back names all: 卫衣和裤子.

    裤子也一起退 names the last of those that were named before it.
    """
    if not is_short(text) or leaves_out(text) or _NOT_EACH.search(text):
        return False
    here = set(named_among(text, titles))
    if not here or len(titles) < 2 or not _AROUND_NAMES.fullmatch(without_names(text, titles)):
        return False
    before = _wished_back(told, titles) if _ADDS.search(text) else set()
    return len(here | (before or set())) == len(titles)


def adds_to_return(text: str, titles: Sequence[str]) -> bool:
    """Tell whether what is named goes back too: 裤子也退, not 裤子退货要运费不."""
    if not is_short(text) or not_yet_back(text):
        return False
    return any(
        _OF_WISH.search(clause) and _AROUND_NAMES.fullmatch(without_names(clause, titles))
        for clause in clauses_of(text)
        if named_among(clause, titles)
    )


def not_yet_back(text: str) -> bool:
    """Tell whether a return is only supposed, asked the price of, or one of another time."""
    return bool(_NOT_YET.search(text.strip()))


def each_goes_back(told: str, titles: Sequence[str]) -> bool:
    """Tell whether each of several articles is wished back: 卫衣想退，运动裤也想退."""
    return len(_wished_back(told, titles) or ()) == len(titles) > 1


def _wished_back(told: str, titles: Sequence[str]) -> set[int] | None:
    """Return the places of the articles named, or None where not each named is wished back."""
    naming = [clause for clause in clauses_of(told) if named_among(clause, titles)]
    for clause in naming:
        left = without_names(clause, titles)
        if not _WISHED.search(left) or _NOT_EACH.search(left):
            return None
    return {at for clause in naming for at in named_among(clause, titles)}


def some_go_back(told: str, titles: Sequence[str]) -> dict[int, str]:
    """Return what is said of each article that goes back, where others stay: 裙子和包不要了.

    Nothing where it is left open of any that is named, or where pieces of it are counted.
    """
    going: dict[int, str] = {}
    staying: set[int] = set()
    for clause in clauses_of(told):
        named = named_among(clause, titles)
        left = without_names(clause, titles) if named else ""
        if named and _STAYS.search(left) and not _NOT_EACH.search(_STAYS.sub("", left)):
            staying.update(named)
        elif named and not _only_goes_back(left):
            return {}
        else:
            going |= dict.fromkeys(named, clause)
    some = 1 < len(going) < len(titles) and not staying.intersection(going)
    return going if some else {}


def _only_goes_back(left: str) -> bool:
    """Tell whether no more is said around the names of articles than that these go back."""
    if not _WISHED.search(left) or _NOT_EACH.search(left) or _SOME.search(left):
        return False
    return bool(_AROUND_NAMES.fullmatch(left))


def rest_goes_back(text: str) -> bool:
    """Tell whether pieces that were kept are to go back as well: 剩下两条也退了吧, 再退一个."""
    if not is_short(text) or _STAYS.search(text):
        return False
    counted = (more_wished(text) or others_back(text) or 0) > 0
    plain = not asks(text) and not SUPPOSES.search(text)
    return counted or (plain and bool(_REST.search(text)))


def names_other_piece(text: str) -> bool:
    """Tell whether a piece that was kept is spoken of, and not as one that is fine."""
    return is_short(text) and any(
        _OTHER_PIECE.search(clause) and not _FINE.search(clause) for clause in clauses_of(text)
    )


def leaves_out(text: str) -> bool:
    """Tell whether what is named stays: 运动裤不退了, 裤子我留着; not 卫衣不退 退裤子."""
    stays = is_short(text) and _STAYS.search(text)
    return bool(stays) and not (_GOES.search(text) or asks(text))


def only_one_back(text: str) -> bool:
    """Tell whether no more than what is named goes back: 还是只退卫衣吧."""
    return is_short(text) and bool(_ONLY.search(text)) and not asks(text)


def _number(told: str) -> float | None:
    return {"两": 2, "俩": 2, "仨": 3}.get(told) or parse_number(told)
