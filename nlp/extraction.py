"""Finds in a message what a desk asks for: numbers, amounts, dates, quantities, the demand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, NamedTuple

from nlp import patterns
from nlp.dates import find_dates, find_duration_days
from nlp.gates import Gate
from nlp.lexicon import read_table
from nlp.normalise import Normalised, normalise
from nlp.numerals import NUMBER, parse_number

_MEASURE: Final = (
    r"(?:件|个(?!多?半?多?(?:月|小时|星期|礼拜|钟)|人|订单|单|数字|数|位)|只|双|盒|包(?!装|裹|邮|退)|瓶|袋|条|套|本|台|箱|罐|支|张"
    r"|斤|颗|枚|份|串|根|桶|卷|片|对)"
)
# 换一个 asks for another, it counts nothing.
_QUANTITY: Final = re.compile(rf"(?!(?<=换)一)(?!一{_MEASURE}[都也])({NUMBER}){_MEASURE}")
_LACKING: Final = re.compile(rf"[少漏缺差坏碎烂破]了?发?了?({NUMBER}){_MEASURE}")
_BAD: Final = r"(?:坏|烂|碎|破|裂|臭|死|馊|化|霉|变质|过期|不能[用吃]|瘪|漏)"
_BAD_OF: Final = re.compile(
    rf"({NUMBER}){_MEASURE}[^\d,。]{{0,6}}?(?:里|中|当中|里面|就|有|{_BAD}了?){{1,3}}"
    rf"({NUMBER}){_MEASURE}?"
)
_BAD_THEN_ALL: Final = re.compile(
    rf"{_BAD}了?({NUMBER}){_MEASURE}.{{0,4}}(?:一共|总共|共|买了)({NUMBER}){_MEASURE}"
)
_PARTS: Final = re.compile(rf"({NUMBER})分之({NUMBER})")
_PERCENT: Final = re.compile(
    rf"(\d{{1,3}})\s*%|百分之({NUMBER})|(?<![几\d])([一二三四五六七八九])成(?!新)"
)
_MOSTLY: Final = re.compile(
    r"(?P<all>(?:全|都|全部|全都|没一个好)(?:是)?(?:坏|烂|碎|臭|死|化|破|霉))"
    r"|(?P<most>一?大半|多半|大部分)|(?P<half>一半|半数)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """One detail with its place in the original text."""

    slot: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Slots:
    """The details of one message; nothing found is None or empty."""

    order_nos: tuple[str, ...] = ()
    tracking_nos: tuple[str, ...] = ()
    carrier: str | None = None
    amounts_fen: tuple[int, ...] = ()
    phone: str | None = None
    phone_tail: str | None = None
    dates: tuple[date, ...] = ()
    duration_days: float | None = None
    quantity: int | None = None
    demand: str | None = None
    bad_share: float | None = None
    found: tuple[Found, ...] = ()

    @property
    def order_no(self) -> str | None:
        """The first order number."""
        return self.order_nos[0] if self.order_nos else None

    @property
    def tracking_no(self) -> str | None:
        """The first tracking number."""
        return self.tracking_nos[0] if self.tracking_nos else None

    @property
    def amount_fen(self) -> int | None:
        """The first amount."""
        return self.amounts_fen[0] if self.amounts_fen else None

    def as_dict(self) -> dict[str, object]:
        """The slots as JSON holds them."""
        return {
            "order_no": self.order_no,
            "order_nos": list(self.order_nos),
            "tracking_no": self.tracking_no,
            "carrier": self.carrier,
            "amount_fen": self.amount_fen,
            "amounts_fen": list(self.amounts_fen),
            "phone_tail": self.phone_tail,
            "phone": self.phone,
            "dates": [day.isoformat() for day in self.dates],
            "duration_days": self.duration_days,
            "quantity": self.quantity,
            "demand": self.demand,
            "bad_share": self.bad_share,
        }


class _Search:
    """One reading of one message: what is taken by a number is not read again as another."""

    def __init__(self, message: Normalised) -> None:
        self.message = message
        self.text = message.text
        self.found: list[Found] = []
        self._taken: list[tuple[int, int]] = []
        self.orders: list[tuple[int, int]] = []  # where their numbers stand

    def take(self, slot: str, start: int, end: int) -> bool:
        """Records the span unless part of it was taken before."""
        if any(start < b and end > a for a, b in self._taken):
            return False
        self._taken.append((start, end))
        self.note(slot, start, end)
        return True

    def note(self, slot: str, start: int, end: int) -> None:
        """Records the span without claiming it."""
        self.found.append(Found(slot, self.text[start:end], *self.message.span(start, end)))


def extract(message: Normalised, now: date | None = None) -> Slots:
    """All slots of one message; relative days only where `now` is given."""
    search = _Search(message)
    numbers = _NO_NUMBERS if _NUMBER_SIGNS.isdisjoint(message.text) else _numbers(search)
    dates = _dates(search, now)
    counted = not _COUNTS.isdisjoint(message.text)
    return Slots(
        order_nos=numbers.order_nos,
        tracking_nos=numbers.tracking_nos,
        carrier=numbers.carrier,
        amounts_fen=_amounts(search) if counted else (),
        phone=numbers.phone,
        phone_tail=numbers.phone_tail,
        dates=dates,
        duration_days=_duration(search) if counted else None,
        quantity=_quantity(search) if counted else None,
        bad_share=_bad_share(search),
        demand=_demand(search),
        found=tuple(search.found),
    )


class _Numbers(NamedTuple):
    """The slots that only a message with digits can have."""

    tracking_nos: tuple[str, ...] = ()
    carrier: str | None = None
    order_nos: tuple[str, ...] = ()
    phone: str | None = None
    phone_tail: str | None = None


_NO_NUMBERS: Final = _Numbers()
_NUMBER_SIGNS: Final = patterns.DIGITS | frozenset("尾位")  # a tail may be spelt: 尾号一零二四
# Without one of these there is no numeral.
_COUNTS: Final = patterns.DIGITS | frozenset("零〇一二两俩三仨四五六七八九十百千万半")


def _numbers(search: _Search) -> _Numbers:
    tracking_nos, carrier = _tracking(search)
    named = _named_orders(search)
    phone, phone_tail = _phone(search)
    orders = named or _bare_orders(search)
    return _Numbers(tracking_nos, carrier, orders, phone, phone_tail or _tail_beside(search))


def _named_orders(search: _Search) -> tuple[str, ...]:
    """Numbers of the shop's own kind, or called an order's; 不是 takes one back."""
    own = patterns.OWN_ORDER.finditer(search.text)
    named = patterns.NAMED_ORDER.finditer(search.text)
    spans = [match.span() for match in own]
    spans += [match.span("number") for match in named if _is_named(match)]
    return _take_orders(search, [*spans, *_next_orders(search.text, spans)])


def _next_orders(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The numbers that follow a named one with no more than an 和 between."""
    following: list[tuple[int, int]] = []
    for _, end in spans:
        match = patterns.NEXT_ORDER.match(text, end)
        while match:
            following.append(match.span(1))
            match = patterns.NEXT_ORDER.match(text, match.end())
    return following


def _is_named(match: re.Match[str]) -> bool:
    """A digit at least; behind a mere 订单 several, so that no model's name is taken."""
    digits = sum(map(str.isdigit, match.group("number")))
    return digits >= (3 if match.group("order") and not match.group("no") else 1)


def _bare_orders(search: _Search) -> tuple[str, ...]:
    """Long numbers and mixed tokens, which may be orders' when nothing else is."""
    spans = [match.span(1) for match in patterns.LONG_NUMBER.finditer(search.text)]
    spans += [
        match.span()
        for match in patterns.SPACED_ORDER.finditer(search.text)
        if match.group("letters") not in _carriers()
    ]
    spans += [match.span() for match in patterns.BARE_ORDER.finditer(search.text)]
    of_others = patterns.OTHER_NUMBER
    return _take_orders(
        search, [span for span in spans if not of_others.search(search.text, 0, span[0])]
    )


def _take_orders(search: _Search, spans: list[tuple[int, int]]) -> tuple[str, ...]:
    """The numbers of the spans in their order, without those that 不是 stands before."""
    kept: list[str] = []
    refused: list[str] = []
    for start, end in sorted(spans):
        if search.take("order_no", start, end):
            search.orders.append((start, end))
            denied = _NOT_THIS.search(search.text, 0, start)
            (refused if denied else kept).append(_plain_number(search.text[start:end]))
    return tuple(dict.fromkeys(kept or refused))


_NOT_THIS: Final = re.compile(r"不是(?:这个|订单号?|单号|[\s:])*$")
_SEPARATORS: Final = re.compile(r"[\s:#_-]")


def _plain_number(text: str) -> str:
    """Numbers of digits, and the shop's own, without separators; other shops' without spaces."""
    bare = _SEPARATORS.sub("", text).upper()
    own = bare.isdigit() or bare.startswith("JF")
    return bare if own else text.upper().replace(" ", "")


@cache
def _carriers() -> dict[str, str]:
    rows = read_table("carriers.tsv", ("carrier", "prefixes"))
    return {prefix: name for name, cell in rows for prefix in cell.split()}


def _tracking(search: _Search) -> tuple[tuple[str, ...], str | None]:
    numbers: list[str] = []
    carrier: str | None = None
    for match in patterns.tracking().finditer(search.text):
        group = next(name for name in ("prefixed", "named", "token") if match.group(name))
        if search.take("tracking_no", *match.span(group)):
            numbers.append(match.group(group).upper().replace(" ", ""))
            carrier = carrier or match.group("carrier") or _carriers().get(match.group("prefix"))
    return tuple(numbers), carrier


def _phone(search: _Search) -> tuple[str | None, str | None]:
    """The full number if given, and its last four digits or those named as a tail."""
    for match in patterns.PHONE.finditer(search.text):
        number = re.sub(r"[ -]", "", match.group(1))
        if search.take("phone", *match.span(1)):
            return (number if number.isdigit() else None), number[-4:]
    tail = patterns.PHONE_TAIL.search(search.text) or patterns.ONLY_TAIL.fullmatch(search.text)
    if tail is None or tail.lastindex is None:
        return None, None
    search.take("phone_tail", *tail.span(tail.lastindex))
    return None, tail.group(tail.lastindex).translate(_SPOKEN_DIGITS).replace(" ", "")


def _tail_beside(search: _Search) -> str | None:
    """Four bare digits beside an order's number: what else would be said with it."""
    for start, end in search.orders:
        behind = patterns.TAIL_BEHIND.match(search.text, end)
        tail = behind or patterns.TAIL_BEFORE.search(search.text, max(0, start - _BESIDE), start)
        if tail and search.take("phone_tail", *tail.span(1)):
            return tail.group(1)
    return None


_BESIDE: Final = 16  # characters looked back
_SPOKEN_DIGITS: Final = str.maketrans("零〇一二三四五六七八九幺", "001234567891")


_SPELL_SIGNS: Final = frozenset("天周期拜月年时头h")


def _dates(search: _Search, now: date | None) -> tuple[date, ...]:
    return tuple(
        day for day, start, end in find_dates(search.text, now) if search.take("date", start, end)
    )


def _duration(search: _Search) -> float | None:
    if _SPELL_SIGNS.isdisjoint(search.text):
        return None
    spell = find_duration_days(search.text)
    if spell is None:
        return None
    search.note("duration_days", spell[1], spell[2])
    return spell[0]


def _amounts(search: _Search) -> tuple[int, ...]:
    amounts: list[int] = []
    if patterns.MONEY_SIGNS.isdisjoint(search.text):
        return ()
    for match in patterns.AMOUNT.finditer(search.text):
        fen = _amount_fen(match)
        group = next((name for name in ("after", "chinese") if match.group(name)), 0)
        span = match.span(group)
        if fen is not None and search.take("amount_fen", *span):
            amounts.append(fen)
    return tuple(amounts)


def _amount_fen(match: re.Match[str]) -> int | None:
    if match.group("mao"):
        return _fen(parse_number(match.group("mao")), 10)
    if match.group("whole"):
        yuan = parse_number(match.group("whole"))
        tenths = match.group("tenths")
        cents = int(parse_number(match.group("cents") or "") or 0)
        return None if yuan is None else (_fen(yuan, 100) or 0) + _tail_fen(tenths) + cents
    return _fen(
        parse_number(next(match.group(name) for name in _PLAIN_AMOUNTS if match.group(name))), 100
    )


_PLAIN_AMOUNTS: Final = ("sign", "bought", "chinese", "after", "short")


def _tail_fen(tail: str | None) -> int:
    """The 9 of 19块9 is nine tenths, the 95 of 19块95 is ninety-five hundredths."""
    value = int(parse_number(tail) or 0) if tail else 0
    return value * 10 if value < 10 else value


def _fen(yuan: float | None, scale: int) -> int | None:
    # Beyond ten million yuan it is no price but a number of something else.
    return None if yuan is None or yuan > 10_000_000 else round(yuan * scale)


def _quantity(search: _Search) -> int | None:
    match = _LACKING.search(search.text) or _QUANTITY.search(search.text)
    number = parse_number(match.group(1)) if match else None
    if match is None or number is None or not 1 <= number < 10_000:
        return None
    search.note("quantity", *match.span(1))
    return int(number)


def _bad_share(search: _Search) -> float | None:
    """Which part of the goods is bad, only where the text speaks of bad goods at all."""
    if not re.search(_BAD, search.text):
        return None
    for share, start, end in _shares(search.text):
        if 0 < share <= 1:
            search.note("bad_share", start, end)
            return round(share, 4)
    return None


def share_of(text: str) -> float | None:
    """The first share that the text names, for an answer to the question how much is bad."""
    plain = normalise(text).text
    found = next((share for share, _, _ in _shares(plain) if 0 < share <= 1), None)
    return None if found is None else round(found, 4)


def number_of(text: str) -> int | None:
    """The number that is all the text says, for an answer to the question how many."""
    match = _ONLY_NUMBER.fullmatch(normalise(text).text.strip())
    number = parse_number(match.group(1)) if match else None
    return int(number) if number is not None and 1 <= number < 10_000 else None


_ONLY_NUMBER: Final = re.compile(
    rf"(?:就|是|有|一共|总共|大概|差不多|缺了?|少了?)*({NUMBER})[\W吧啊呢的了]*"
)


def _shares(text: str) -> list[tuple[float, int, int]]:
    shares: list[tuple[float, int, int]] = []
    for pattern, whole, part in ((_BAD_OF, 1, 2), (_BAD_THEN_ALL, 2, 1), (_PARTS, 1, 2)):
        for match in pattern.finditer(text):
            total, bad = parse_number(match.group(whole)), parse_number(match.group(part))
            if total and bad:
                shares.append((bad / total, *match.span()))
    for match in _PERCENT.finditer(text):
        shares.append((_percent(match), *match.span()))
    for match in _MOSTLY.finditer(text):
        share = {"all": 1.0, "most": 0.6, "half": 0.5}[match.lastgroup or "half"]
        shares.append((share, *match.span()))
    return shares


def _percent(match: re.Match[str]) -> float:
    percent, of_hundred, tenths = match.groups()
    if tenths:
        return (parse_number(tenths) or 0) / 10
    return (parse_number(percent or of_hundred) or 0) / 100


@cache
def _demands() -> tuple[tuple[tuple[str, re.Pattern[str]], ...], Gate]:
    rows = read_table("demands.tsv", ("demand", "phrase"))
    rules = tuple((demand, re.compile(phrase)) for demand, phrase in rows)
    return rules, Gate([pattern for _, pattern in rules])


def _demand(search: _Search) -> str | None:
    rules, gate = _demands()
    for at in gate.open(search.message.grams):
        demand, pattern = rules[at]
        for match in pattern.finditer(search.text):
            before = search.text[max(0, match.start() - 6) : match.start() + 1]
            after = search.text[match.start() : match.end() + 1]
            no_more = before[-2:-1] == "不" and "了" in after
            if not no_more and not _REFUSED.search(before):
                search.note("demand", *match.span())
                return demand
    return None


# 不要换, 不想退款, 不退了 refuse the remedy; 不给退 still asks for it.
# The last character is the remedy's.
_REFUSED: Final = re.compile(
    r"(?:不要|不想|不用|不需要|不必|先不|没想|不打算|别|我不)(?:给我|帮我|再|给)?.$|(?<!要)不[想要]$"
)
