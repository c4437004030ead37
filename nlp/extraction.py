"""Finds in a message what a desk asks for: numbers, amounts, dates, quantities, the demand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from nlp import patterns
from nlp.dates import find_dates, find_duration_days
from nlp.lexicon import read_table
from nlp.normalise import Normalised
from nlp.numerals import NUMBER, parse_number

_MEASURE: Final = (
    r"(?:件|个(?!月|小时|星期|礼拜|人|钟)|只|双|盒|包(?!装|裹|邮|退)|瓶|袋|条|套|本|台|箱|罐|支|张"
    r"|斤|颗|枚|份|串|根|桶|卷|片|对)"
)
_QUANTITY: Final = re.compile(rf"({NUMBER}){_MEASURE}")
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
    tracking_nos, carrier = _tracking(search)
    own = _orders(search, patterns.OWN_ORDER, 0) + _orders(search, patterns.NAMED_ORDER, 1)
    phone, phone_tail = _phone(search)
    order_nos = own + _orders(search, patterns.LONG_NUMBER, 1)
    dates = _dates(search, now)
    return Slots(
        order_nos=tuple(dict.fromkeys(order_nos)),
        tracking_nos=tracking_nos,
        carrier=carrier,
        amounts_fen=_amounts(search),
        phone=phone,
        phone_tail=phone_tail,
        dates=dates,
        duration_days=_duration(search),
        quantity=_quantity(search),
        bad_share=_bad_share(search),
        demand=_demand(search),
        found=tuple(search.found),
    )


def _plain_number(text: str) -> str:
    return re.sub(r"[\s:#_-]", "", text).upper()


def _orders(search: _Search, pattern: re.Pattern[str], group: int) -> list[str]:
    numbers: list[str] = []
    for match in pattern.finditer(search.text):
        number = _plain_number(match.group(group))
        long_enough = number.startswith("JF") or sum(map(str.isdigit, number)) >= 6
        if long_enough and search.take("order_no", *match.span(group)):
            numbers.append(number)
    return numbers


@cache
def _carriers() -> dict[str, str]:
    rows = read_table("carriers.tsv", ("carrier", "prefixes"))
    return {prefix: name for name, cell in rows for prefix in cell.split()}


def _tracking(search: _Search) -> tuple[tuple[str, ...], str | None]:
    numbers: list[str] = []
    carrier: str | None = None
    for match in patterns.tracking().finditer(search.text):
        group = "prefixed" if match.group("prefixed") else "named"
        if search.take("tracking_no", *match.span(group)):
            numbers.append(match.group(group).upper())
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
    return None, tail.group(tail.lastindex)


def _dates(search: _Search, now: date | None) -> tuple[date, ...]:
    return tuple(
        day for day, start, end in find_dates(search.text, now) if search.take("date", start, end)
    )


def _duration(search: _Search) -> float | None:
    spell = find_duration_days(search.text)
    if spell is None:
        return None
    search.note("duration_days", spell[1], spell[2])
    return spell[0]


def _amounts(search: _Search) -> tuple[int, ...]:
    amounts: list[int] = []
    for match in patterns.AMOUNT.finditer(search.text):
        fen = _amount_fen(match)
        span = match.span("after") if match.group("after") else match.span()
        if fen is not None and search.take("amount_fen", *span):
            amounts.append(fen)
    return tuple(amounts)


def _amount_fen(match: re.Match[str]) -> int | None:
    if match.group("mao"):
        return _fen(parse_number(match.group("mao")), 10)
    if match.group("whole"):
        yuan = parse_number(match.group("whole"))
        tenths = match.group("tenths")
        return None if yuan is None else (_fen(yuan, 100) or 0) + _tail_fen(tenths)
    return _fen(
        parse_number(match.group("sign") or match.group("after") or match.group("short")), 100
    )


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
def _demands() -> tuple[tuple[str, re.Pattern[str]], ...]:
    # 不要换, 不想退款 refuse the remedy; 不给退 still asks for it.
    return tuple(
        (demand, re.compile(rf"(?<!不要)(?<!不想)(?<!不用)(?<!别)(?:{phrase})"))
        for demand, phrase in read_table("demands.tsv", ("demand", "phrase"))
    )


def _demand(search: _Search) -> str | None:
    for demand, pattern in _demands():
        match = pattern.search(search.text)
        if match:
            search.note("demand", *match.span())
            return demand
    return None
