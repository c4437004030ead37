"""Which articles of an order a customer's words name, and whether only some are meant; pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
# Words that name something else than an article: a phone case is not meant by 手机尾号.
_NO_ARTICLE = re.compile(
    r"手机(?:尾?号|后四位|上|端|银行|支付)|快递[员单]?|物流|包裹|包装|订单|客服"
)
# Where more than one may be meant although one is named.
_NOT_ALONE = re.compile(r"[和跟与、]|都|全|不是|除了|不包括|以外|还有")
_PIECE = r"(?:件|个|双|条|袋|盒|瓶|箱|本|支|只|套|样|份|包|罐|张|台|部|把|顶)"
# 其他照发, 只取消毛巾, 多拍了一件: what is given up is not all that was ordered.
_SOME = re.compile(
    r"(?:照|照常|照样|正常)发|"
    r"(?:只|单独|仅)(?:想|要|是|把|需要|用|帮我|给我|(?:(?![退款不])[\u4e00-\u9fff]){2,6}?)??(?:取消|退(?![款货])|撤|不要)|"
    rf"(?:取消|退掉?|去掉|减掉?|少要|少发|不要|撤掉?)(?:其中|里面|掉)?的?(?:[一1两2]|那)?{_PIECE}(?!不)|"
    rf"多(?:拍|买|下|点)了?(?:[一1两2几]|好几){_PIECE}"
)
# 别的留着 keeps the rest only where something is given up: 改成L码，别的不动.
_REST_STAYS = re.compile(
    r"(?:其[他它余]|别|剩下|剩余|另外)的?(?:那|几|东西|商品|都|就|还|也|全)*"
    r"(?:还?要|留着?|不退|不动|保留|继续发)"
)
_GIVEN_UP = re.compile(r"退|取消|不想?要|撤")
_NOT_SOME = re.compile(
    rf"(?:整|全部?|都|所有|几|这|[一1]){_PIECE}?(?:都|全)|全都?(?:退|取消|不要)"
)


def named_among(text: str, titles: Sequence[str]) -> tuple[int, ...]:
    """Return the places of the titles that the text names, by two characters of theirs alone."""
    pairs = [_pairs(title) for title in titles]
    held = Counter(pair for each in pairs for pair in each)
    said = _pairs(_NO_ARTICLE.sub(" ", text))
    return tuple(
        at for at, each in enumerate(pairs) if any(held[pair] == 1 for pair in each & said)
    )


def the_one(text: str, titles: Sequence[str]) -> int | None:
    """Return the place of the only title that the text names: 大米啊, 说了."""
    named = named_among(text, titles)
    return named[0] if len(named) == 1 and not _NOT_ALONE.search(text) else None


def gives_up_some(text: str) -> bool:
    """Tell whether not all that was ordered is given up: 只取消毛巾, 其他照发."""
    rest_stays = _REST_STAYS.search(text) and _GIVEN_UP.search(_REST_STAYS.sub("", text))
    return bool(_SOME.search(text) or rest_stays) and not _NOT_SOME.search(text)


def _pairs(text: str) -> set[str]:
    return {run[at : at + 2] for run in _CHINESE.findall(text) for at in range(len(run) - 1)}
