"""Facts in a customer's words: what the `{…}` of a policy's sentences stand for."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, time
from typing import Final

from bot.clock import SHANGHAI, in_shop_zone, later
from bot.order_record import Line, Return, Shipment
from bot.remedies.amounts import SUMS, going_back, kept_gifts_fen, owed_fen
from bot.remedies.case import Case, is_gift
from bot.remedies.conditions import warranty_days
from bot.remedies.no_reason import kept_apart, sealed
from bot.remedies.parcels import last_event, under_way
from bot.remedies.rulebook import NUMBERS, Policy
from bot.remedies.sums import is_protected
from bot.working_days import BANK_WORKING_DAYS, add_working_days

Word = Callable[[Case], str | None]
RATE: Final = "rate_"  # {rate_late}: the rate of that name

STATES: Final[Mapping[str, str]] = {
    "unpaid": "待付款", "paid": "已付款、待发货", "shipped": "已发货", "delivered": "已签收",
    "completed": "已完成", "cancelled": "已取消",
}  # fmt: skip
RETURN_STATES: Final[Mapping[str, str]] = {
    "requested": "已申请、待审核", "approved": "已同意、待寄回", "shipped": "寄回途中",
    "received": "仓库已签收", "refunded": "已退款", "refused": "未通过",
}  # fmt: skip


def fill(sentences: Iterable[str], case: Case) -> tuple[str, ...]:
    """Return the sentences with their facts; one whose fact is unknown is left out."""
    filled = (_filled(sentence, case) for sentence in sentences)
    return tuple(sentence for sentence in filled if sentence is not None)


def _filled(sentence: str, case: Case) -> str | None:
    words = {name: _told(name, case) for name in names_in(sentence)}
    if None in words.values():
        return None
    return sentence.format(**words)


def known_words(policy: Policy) -> frozenset[str]:
    """Return the names that a sentence of this policy may have in braces."""
    return frozenset({*WORDS, *NUMBERS, *(f"{RATE}{name}" for name in policy.rates)})


def _told(name: str, case: Case) -> str | None:
    """Return the fact, or the figure of the policy, so that no sentence contradicts a number."""
    if name in WORDS:
        return WORDS[name](case)
    if name.startswith(RATE):
        return _rate(name.removeprefix(RATE), case.policy)
    return term(name, case.policy.defaults.number(name))


def term(name: str, figure: float) -> str:
    """Return a term with its unit: 48小时, 7天; hours that make up days from four days on."""
    if name.endswith("_days"):
        return f"{figure:g}天"
    return f"{figure / 24:g}天" if figure >= 96 and figure % 24 == 0 else f"{figure:g}小时"


def _rate(name: str, policy: Policy) -> str:
    """Return e.g. 5%（5–50元）, and whose figure it is where a platform bettered the shop's."""
    rate = policy.rates[name]
    span_ = f"{rate.min_yuan.normalize():f}–{rate.max_yuan.normalize():f}元"
    whose = f"，{policy.platform}规则" if name in policy.bettered else ""
    return f"{(rate.rate * 100).normalize():f}%（{span_}{whose}）"


def names_in(sentence: str) -> list[str]:
    """Return the names in braces; raises ValueError where a brace is left open."""
    return [name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None]


def money(fen: int) -> str:
    """Return fen as customers read it: 5000 → 50元, 1250 → 12.50元."""
    return f"{fen // 100}元" if fen % 100 == 0 else f"{fen // 100}.{fen % 100:02d}元"


def span(hours: float | None) -> str | None:
    """Return a length of time in whole hours or days, rounded down; None when not positive."""
    if hours is None or hours <= 0:
        return None
    if hours < 1:
        return f"{max(1, int(hours * 60))}分钟"
    days, rest = divmod(int(hours), 24)
    if days == 0:
        return f"{rest}小时"
    return f"{days}天{rest}小时" if rest and days < 7 else f"{days}天"


def day(moment: datetime | None, case: Case) -> str | None:
    """Return the date on the shop's wall, with the year when it is not this one."""
    if moment is None:
        return None
    local, today = in_shop_zone(moment), in_shop_zone(case.facts.now)
    year = "" if local.year == today.year else f"{local.year}年"
    return f"{year}{local.month}月{local.day}日"


def minute(moment: datetime | None, case: Case) -> str | None:
    """Return date and time on the shop's wall."""
    return f"{day(moment, case)}{in_shop_zone(moment):%H:%M}" if moment else None


def _ship_promise(case: Case) -> str | None:
    facts = case.facts
    if facts.ship_promise_named:
        return f"承诺{minute(facts.ship_promise_at, case)}前发货"
    return f"应在付款后{case.policy.defaults.ship_hours:g}小时内发货"


def _title(case: Case) -> str | None:
    return "、".join(line.title for line in case.lines) if case.knows_item else None


def _parcels(case: Case) -> str | None:
    """Return carriers and numbers; None only where no parcel is on record."""
    return _numbers(case.order.shipments)


def _parcels_to_come(case: Case) -> str | None:
    """Return those of the parcels that are under way; None where none is."""
    return _numbers(under_way(case.order))


def _numbers(parcels: Iterable[Shipment]) -> str | None:
    numbers = [f"{s.carrier} {s.tracking_no}".strip() for s in parcels]
    return "、".join(number or "单号还没有登记" for number in numbers) or None


def _last_event(case: Case) -> str | None:
    """Return the newest line of the parcels' history; without one, that they left."""
    event = last_event(case.order, case.facts.now)
    if event is not None:
        return f"{minute(event.at, case)} {event.text}"
    left = minute(case.facts.shipped_at, case)
    return f"{left} 发出，之后没有物流记录" if left else None


def _return_by(case: Case) -> str | None:
    received = case.facts.received_at
    days = int(case.policy.defaults.no_reason_days)
    return day(later(received, days=days), case) if received else None


def _receipt_day(case: Case) -> str | None:
    days = case.facts.receipt_days
    if days is None:
        return None
    return f"今天是第{days}天" if days > 0 else "今天是签收当天"


def _protect_until(case: Case) -> str | None:
    promised = [line.price_protect_days for line in case.lines if line.price_protect_days]
    paid = case.facts.paid_at
    return day(later(paid, days=max(promised)), case) if promised and paid else None


def _return_due(case: Case) -> str | None:
    entry = case.facts.last_return
    hours = case.policy.defaults.return_review_hours
    received = entry.received_at if entry else None
    return minute(later(received, hours=hours), case) if received else None


def _of_return(pick: Callable[[Return, Case], str | None]) -> Word:
    def word(case: Case) -> str | None:
        entry = case.facts.last_return
        return pick(entry, case) if entry else None

    return word


def _discounts(case: Case) -> str | None:
    listed = [
        f"{d.name}减{money(d.cut_fen)}（{'已用' if d.applied else '未用'}）"
        for d in case.order.discounts
    ]
    return "、".join(listed) or None


def _goods_left_fen(case: Case, back: Iterable[int]) -> int:
    """Return the price, before discounts, of what stays; what never came was not sent back."""
    lines = zip(case.order.lines, case.given_on, back, strict=True)
    return sum(
        line.unit_price_fen * (line.quantity - of_it.gone + of_it.never_came - going)
        for line, of_it, going in lines
    )


def _lost_discounts(case: Case) -> str | None:
    """Return what the goods that stay no longer reach once those claimed go back; None if naught.

    网络购买商品七日无理由退货暂行办法 17: the rest is settled at the prices of the purchase.
    """
    back = going_back(case)
    before, left = (_goods_left_fen(case, n) for n in ([0] * len(back), back))
    late = sum(case.corrected_on)  # left out at the payment, and given back since
    lost = [
        d for d in case.order.discounts
        if (d.applied or (late and not case.facts.sums.discount_missing_fen))
        and d.threshold_fen is not None and left < d.threshold_fen <= before
    ]  # fmt: skip
    if not left or not lost:
        return None
    cuts = "、".join(
        f"{d.name}（满{money(d.threshold_fen or 0)}减{money(d.cut_fen)}）" for d in lost
    )
    told = f"退回后留下的商品共{money(left)}，够不上{cuts}，这个优惠不再享受"
    paid, fen = sum(line.paid_fen for line in case.order.lines), SUMS["paid_return"](case)
    awaited = any(one.pending for one in case.given)  # it may yet be refused
    if awaited or late != sum(one.amount_fen for one in case.given) or paid - late - fen != left:
        return told
    less = f"减去之前补退的优惠{money(late)}，再" if late else ""
    return f"{told}：一共付了{money(paid)}，{less}减去留下的{money(left)}，退您{money(fen)}"


def _below(case: Case) -> str | None:
    goods = _goods_left_fen(case, [0] * len(case.order.lines))
    has = "" if goods == case.facts.sums.goods_fen else f"，退掉以后留下的商品是{money(goods)}"
    short = [
        f"{d.name}要满{money(d.threshold_fen)}{has}，还差{money(d.threshold_fen - goods)}"
        for d in case.order.discounts
        if not d.applied and d.threshold_fen is not None and d.threshold_fen > goods
    ]
    return "；".join(short) or None


def _payments(case: Case) -> str | None:
    words = {"success": "成功", "failed": "未成功", "refunded": "，后来已退回"}
    listed = [
        f"{minute(p.at, case)} {money(p.amount_fen)}{words[p.status]}" for p in case.order.payments
    ]
    return "；".join(listed) or None


def _bill(case: Case) -> str:
    """Return the goods line by line, so that the customer can add them up."""
    return "、".join(
        f"{line.title} {money(line.unit_price_fen)}×{line.quantity}"
        f"＝{money(line.unit_price_fen * line.quantity)}"
        for line in case.order.lines
    )


def _fallen(case: Case, *, protected: bool) -> list[Line]:
    """Return the lines that became cheaper, with or without a price promise that still runs."""
    paid, now = case.facts.paid_at, case.facts.now
    fallen = [line for line in case.lines if case.fall_of(line)]
    return [line for line in fallen if is_protected(line, paid, now) is protected]


def _price_lines(case: Case) -> str | None:
    """Return then and now of what the difference is paid for; of all that fell where of none."""
    listed = [
        f"{line.title}买时{money(line.paid_fen // line.quantity)}、"
        f"现在{money(line.current_price_fen)}"
        + (f"（{line.quantity}件）" if line.quantity > 1 else "")
        for line in _fallen(case, protected=True) or _fallen(case, protected=False)
        if line.current_price_fen is not None
    ]
    return "；".join(listed) or None


def _price_unprotected(case: Case) -> str | None:
    """Return what fell too, but carries no promise, beside what does; None when nothing."""
    titles = [line.title for line in _fallen(case, protected=False)]
    return "、".join(titles) if titles and _fallen(case, protected=True) else None


def _fee_beyond(case: Case) -> str | None:
    """Return what a fee taken at the door is above all that the order can still give back."""
    beyond = owed_fen("fee_claimed", case) - case.remaining_fen
    return money(beyond) if beyond > 0 else None


def _gift_kept(case: Case) -> str | None:
    """Return the gifts that do not go back, and what they cost by the order; None without any."""
    fen = kept_gifts_fen(case)
    titles = "、".join(line.title for line in case.order.lines if is_gift(line))
    return f"{titles}（标明的价款{money(fen)}）" if fen else None


def _refusal_freight(case: Case) -> str:
    """Say who bears the way back of a parcel that is turned away at the door."""
    if case.policy.defaults.free_return:
        return "拒收退回的运费由我们承担"
    return "只是不想要而拒收的，退回的运费由您承担，从退款里扣；商品有问题拒收的，运费由我们承担"


def _all_back(case: Case) -> str:
    """Say how much goes back when everything does: all of it, or what earlier grants left."""
    left = money(case.remaining_fen)
    if case.remaining_fen == case.facts.sums.received_fen:
        return f"全额退回{left}"
    pending = case.pending_fen
    given = case.facts.sums.received_fen - case.held_fen - pending
    before = [f"之前已为您办理{money(given)}"] if given else []
    waits = [f"另有{money(pending)}正在等人工复核"] if pending else []
    if case.returning_fen:
        waits.append(f"另有{money(case.returning_fen)}随退货退")
    return f"退回其余全部{left}（{'，'.join(before + waits)}）"


def _granted_sum(case: Case) -> str | None:
    """Return what was granted before, and how much of it a person still looks at."""
    if not case.granted_fen:
        return None
    if case.pending_fen == case.granted_fen:
        return f"{money(case.granted_fen)}（还在复核）"
    waits = f"（其中{money(case.pending_fen)}还在复核）" if case.pending_fen else ""
    return f"{money(case.granted_fen)}{waits}"


def _drop_given(case: Case) -> str | None:
    """Return what was paid back for goods that became cheaper; None when nothing was."""
    fen = sum(one.amount_fen for one in case.given if one.kind == "price_difference")
    return money(fen) if fen else None


def _received_sum(case: Case) -> str:
    """Return what came in, and how much of it was given back as taken too much."""
    sums = case.facts.sums
    corrections = [one for one in case.given if one.is_correction and one.pending]
    pending = min(sums.corrected_fen, sum(one.amount_fen for one in corrections))
    told = {"已退": sums.corrected_fen - pending, "还在复核": pending}
    parts = "，".join(f"{money(fen)}{word}" for word, fen in told.items() if fen)
    return f"{money(sums.received_fen)}{f'（其中{parts}）' if parts else ''}"


def _grams(grams: int | None) -> str | None:
    return None if grams is None else f"{grams}克"


def _bank_by(since: datetime | None, case: Case) -> str | None:
    """Return the last of the 7 working days that a bank takes for money sent at that moment."""
    if since is None:
        return None
    last = add_working_days(in_shop_zone(since).date(), BANK_WORKING_DAYS)
    return day(datetime.combine(last, time(12), SHANGHAI), case)


def _owed(name: str) -> Word:
    return lambda case: money(owed_fen(name, case)) if owed_fen(name, case) else None


def _share(case: Case) -> str | None:
    return f"{round(float(case.bad_share) * 100)}%" if case.bad_share is not None else None


def _quantity(case: Case) -> str | None:
    return str(case.quantity) if case.quantity is not None else None


def _pieces(case: Case) -> str | None:
    """Return what is complained of by the customer's unit where it is part of a piece: 里的2罐."""
    if case.is_part_of_piece and case.claim.quantity_unit:
        return f"里的{case.claim.quantity}{case.claim.quantity_unit}"
    return f"{case.quantity}件" if case.quantity is not None else None


def _demand(case: Case) -> str | None:
    """Return what is asked for; goods that came are given back, whatever that was called."""
    came = case.facts.received_at is not None and case.claim.demand == "cancel"
    return case.policy.kind_names.get("return_refund" if came else case.claim.demand or "")


WORDS: Final[Mapping[str, Word]] = {
    "order_no": lambda case: case.order.order_no,
    "state": lambda case: STATES[case.facts.state],
    "placed_on": lambda case: day(case.order.placed_at, case),
    "paid_on": lambda case: day(case.facts.paid_at, case),
    "paid_at": lambda case: minute(case.facts.paid_at, case),
    "paid_since": lambda case: span(case.facts.hours_since_paid),
    "ship_promise": _ship_promise,
    "ship_by": lambda case: minute(case.facts.ship_promise_at, case),
    "ship_late": lambda case: span(case.facts.ship_late_hours),
    "shipped_at": lambda case: minute(case.facts.shipped_at, case),
    "transit": lambda case: span(case.facts.transit_hours),
    "parcels": _parcels,
    "parcels_to_come": _parcels_to_come,
    "last_event": _last_event,
    "quiet": lambda case: span(case.facts.quiet_hours),
    "deliver_by": lambda case: day(case.order.promised_deliver_by, case),
    "deliver_late": lambda case: span(case.facts.deliver_late_hours),
    "received_on": lambda case: day(case.facts.received_at, case),
    "received_at": lambda case: minute(case.facts.received_at, case),
    "receipt_day": _receipt_day,
    "receipt_since": lambda case: span(case.facts.receipt_hours),
    "return_by": _return_by,
    "warranty_days": lambda case: str(min(warranty_days(case))),
    "item": _title,
    "kept_apart": kept_apart,
    "quantity": _quantity,
    "pieces": _pieces,
    "bad_share": _share,
    "weighed": lambda case: _grams(case.facts.weights.weighed_grams),
    "net_weight": lambda case: _grams(case.facts.weights.net_grams),
    "bank_by": lambda case: _bank_by(case.facts.now, case),
    "refunded_bank_by": _of_return(lambda entry, case: _bank_by(entry.refunded_at, case)),
    "bill": _bill,
    "received_sum": _received_sum,
    "goods_sum": lambda case: money(case.facts.sums.goods_fen),
    "cuts_sum": lambda case: money(case.facts.sums.applied_cuts_fen),
    "freight_sum": lambda case: money(case.facts.sums.freight_fen),
    "should_sum": lambda case: money(case.facts.sums.should_fen),
    "granted_sum": _granted_sum,
    "gift_kept": _gift_kept,
    "sealed": sealed,
    "fee_beyond": _fee_beyond,
    "left_sum": lambda case: money(case.remaining_fen),
    "all_back": _all_back,
    "refusal_freight": _refusal_freight,
    "overcharge_sum": _owed("overcharge"),
    "discount_sum": _owed("discount_missing"),
    "missing_discounts": lambda case: "、".join(case.facts.sums.missing_discounts) or None,
    "double_sum": _owed("double_charge"),
    "freight_back": _owed("freight"),
    "return_owed": _owed("return_owed"),
    "return_short": _owed("return_short"),
    "drop_sum": lambda case: money(SUMS["price_drop"](case)),
    "drop_given": _drop_given,
    "price_lines": _price_lines,
    "price_unprotected": _price_unprotected,
    "protect_until": _protect_until,
    "discounts": _discounts,
    "discounts_below": _below,
    "lost_discounts": _lost_discounts,
    "payments": _payments,
    "return_no": _of_return(lambda entry, _: entry.no),
    "return_state": _of_return(lambda entry, _: RETURN_STATES[entry.state]),
    "return_sum": _of_return(lambda entry, _: money(entry.amount_fen)),
    "return_on": _of_return(lambda entry, case: day(entry.requested_at, case)),
    "return_received_on": _of_return(lambda entry, case: day(entry.received_at, case)),
    "return_refunded_on": _of_return(lambda entry, case: day(entry.refunded_at, case)),
    "return_due": _return_due,
    "return_waiting": lambda case: span(case.facts.return_waiting_hours),
    "invoice_title": lambda case: case.order.invoice.title if case.order.invoice else None,
    "demand": _demand,
}
