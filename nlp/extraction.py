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
from nlp.normalise import Normalised
from nlp.numerals import parse_number
from nlp.quantities import Counted, Number, find_bad_share, find_quantity, unit_of


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
    quantity_unit: str | None = None  # its measure word
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

    def noted(self, slot: str, found: Counted[Number] | None) -> Number | None:
        """Records the span of a value that stands somewhere, and returns the value."""
        if found is None:
            return None
        self.note(slot, found.start, found.end)
        return found.value


def extract(message: Normalised, now: date | None = None) -> Slots:
    """All slots of one message; relative days only where `now` is given."""
    search = _Search(message)
    numbers = _NO_NUMBERS if _NUMBER_SIGNS.isdisjoint(message.text) else _numbers(search)
    dates = _dates(search, now)
    counted = not _COUNTS.isdisjoint(message.text)
    points = not _POINTERS.isdisjoint(message.text)
    pieces = find_quantity(_without_orders(search)) if counted or points else None
    return Slots(
        order_nos=numbers.order_nos,
        tracking_nos=numbers.tracking_nos,
        carrier=numbers.carrier,
        amounts_fen=_amounts(search) if counted else (),
        phone=numbers.phone,
        phone_tail=numbers.phone_tail,
        dates=dates,
        duration_days=_duration(search) if counted else None,
        quantity=search.noted("quantity", pieces),
        quantity_unit=unit_of(search.text, pieces) if pieces else None,
        bad_share=search.noted("bad_share", find_bad_share(search.text)),
        demand=_demand(search),
        found=tuple(search.found),
    )


def _without_orders(search: _Search) -> str:
    """The text with its orders' numbers made unreadable: 0013只收到9个 counts no 13."""
    text = search.text
    for start, end in search.orders:
        text = f"{text[:start]}{'#' * (end - start)}{text[end:]}"
    return text


class _Numbers(NamedTuple):
    """The slots that only a message with digits can have."""

    tracking_nos: tuple[str, ...] = ()
    carrier: str | None = None
    order_nos: tuple[str, ...] = ()
    phone: str | None = None
    phone_tail: str | None = None


_NO_NUMBERS: Final = _Numbers()
_NUMBER_SIGNS: Final = patterns.DIGITS | frozenset("尾位")  # a tail may be spelt: 尾号一零二四
_POINTERS: Final = frozenset("这那")  # 那把 is one of them without a numeral
# Without one of these there is no numeral.
_COUNTS: Final = patterns.DIGITS | frozenset("零〇一二两俩三仨四五六七八九十百千万半")


def _numbers(search: _Search) -> _Numbers:
    tracking_nos, carrier = _tracking(search)
    named = _named_orders(search)
    phone, phone_tail, of_phone = _phone(search)
    orders = named or _bare_orders(search)
    # The four digits of a whole number are the last to be taken for those that were asked for.
    tail = phone_tail or _tail_beside(search) or of_phone
    return _Numbers(tracking_nos, carrier, orders, phone, tail)


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
    own = [match.span() for match in patterns.OWN_ORDER.finditer(search.text)]
    for match in patterns.tracking().finditer(search.text):
        group = next(name for name in ("prefixed", "named", "token") if match.group(name))
        start, end = match.span(group)
        if any(start < b and end > a for a, b in own):
            continue  # 中通 JF2026…: the carrier is named beside the order's number
        if search.take("tracking_no", start, end):
            numbers.append(match.group(group).upper().replace(" ", ""))
            carrier = carrier or match.group("carrier") or _carriers().get(match.group("prefix"))
    return tuple(numbers), carrier


def _phone(search: _Search) -> tuple[str | None, str | None, str | None]:
    """The full number if given, the digits named as a tail, and those the number ends in.

    A number that is to be put into the order, by itself or with an address, shows nothing of it.
    """
    phone = of_phone = None
    for match in patterns.PHONE.finditer(search.text):
        if search.take("phone", *match.span(1)):
            number = re.sub(r"[ -]", "", match.group(1))
            phone = number if number.isdigit() else None
            is_new = patterns.NEW_PHONE.search(search.text, 0, match.start(1))
            of_phone = None if is_new or patterns.HOUSE.search(search.text) else number[-4:]
            break
    # 尾号5924,电话改成138…: the one that is called a tail is meant to show whose order it is.
    tail = patterns.PHONE_TAIL.search(search.text) or patterns.ONLY_TAIL.fullmatch(search.text)
    if tail is None or tail.lastindex is None:
        return phone, None, of_phone
    search.take("phone_tail", *tail.span(tail.lastindex))
    told = tail.group(tail.lastindex).translate(_SPOKEN_DIGITS).replace(" ", "")
    return phone, told, of_phone


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
    days = [
        day for day, start, end in find_dates(search.text, now) if search.take("date", start, end)
    ]
    return tuple(dict.fromkeys(days))


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
        group = next((name for name in patterns.CUED_AMOUNTS if match.group(name)), 0)
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


_PLAIN_AMOUNTS: Final = ("sign", "bought", "chinese", "after", "price", "short")


def _tail_fen(tail: str | None) -> int:
    """The 9 of 19块9 is nine tenths, the 95 of 19块95 is ninety-five hundredths."""
    value = int(parse_number(tail) or 0) if tail else 0
    return value * 10 if value < 10 else value


def _fen(yuan: float | None, scale: int) -> int | None:
    # Beyond ten million yuan it is no price but a number of something else.
    return None if yuan is None or yuan > 10_000_000 else round(yuan * scale)


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
            told = _TOLD.search(before) or _TOLD_OF.match(search.text, match.end())
            else_changed = demand == "exchange" and _changes_no_article(search.text, match)
            if not (no_more or told or else_changed or _REFUSED.search(before)):
                search.note("demand", *match.span())
                return demand
    return None


def _changes_no_article(text: str, wish: re.Match[str]) -> bool:
    """Whether it is an invoice's title or whom to reach that changes: 换开成公司的, 电话换一下."""
    before = text[max(0, wish.start() - 8) : wish.start()]
    of_invoice = _INVOICE_BEFORE.search(before) or _INVOICE_BEHIND.match(text, wish.start())
    return bool(of_invoice or _RECEIVER_BEFORE.search(before))


_INVOICE_BEFORE: Final = re.compile(r"(?:发票|抬头|专票|普票)[^,。货]{0,6}$")
_INVOICE_BEHIND: Final = re.compile(
    r"[^,。换]{0,3}换(?:开(?!关)|(?:成|个|一?下|一?张)*(?:公司|单位|个人|企业)?的?(?:发票|抬头|专票|普票))"
)
# 收货电话换一下, 手机号想换成136…; 手机换一下 and 打电话换一下 are of the article.
_RECEIVER_BEFORE: Final = re.compile(
    r"(?:(?<![打给个接])电话(?:号码)?|手机号码?|联系方式|地址|收[件货]人|姓名)"
    r"(?:我|也|都|得|要|想|需要|给|帮我|麻烦|能|可以|不能|[, ])*$"
)
# 补偿就不必了, 换货的问题解决了, 退款一般多久: spoken of, not asked for.
_TOLD_OF: Final = re.compile(
    r"(?:的?(?:问题|事情?|事儿))?(?:已经|就|也|都|的)*(?:不必|不用|不要|免|算|解决|搞定|处理好)了"
    r"|成功|一般|规则|政策|流程|几年|多少天"
)
# The last character is the remedy's.
_TOLD: Final = re.compile(r"(?:已经?(?:给我|帮我)?|支持退?)[^,。]$")
# 不要换, 不想退款, 不退了 refuse the remedy; 不给退 still asks for it.
# The last character is the remedy's.
_REFUSED: Final = re.compile(
    r"(?:不要|不想|不用|不需要|不必|先不|没想|不打算|别|我不)(?:给我|帮我|再|给)?.$|(?<!要)不[想要]$"
)
