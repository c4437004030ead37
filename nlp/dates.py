"""Days and spells of time that a message speaks of, seen from the moment it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from nlp.numerals import CHINESE, NUMBER, parse_number
from nlp.patterns import DATE, DAY_SIGNS, FESTIVAL, HOLIDAY, MONTH_PART, RELATIVE_DAY, WEEKDAY

Found = tuple[date, int, int]

# What names a day holds one of these.
_SIGNS: Final = DAY_SIGNS | frozenset("天昨今明前周星礼双六国元劳圣平情五")

_DAYS_AGO: Final = re.compile(rf"({NUMBER})(?:多|几)?个?(天|周|星期|礼拜|月)(?:以?前|之前)")
_RELATIVE: Final = {"大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3}
_WEEKS_BACK: Final = {"上上": 2, "上": 1, "这": 0, "本": 0, "下": -1}
_YEARS_BACK: Final = {"今年": 0, "去年": 1, "前年": 2}
_FESTIVALS: Final = {
    "双11": (11, 11), "双十一": (11, 11), "双12": (12, 12), "双十二": (12, 12),
    "618": (6, 18), "六一八": (6, 18), "国庆": (10, 1), "元旦": (1, 1), "劳动节": (5, 1),
    "五一": (5, 1), "圣诞": (12, 25), "平安夜": (12, 24), "情人节": (2, 14), "11.11": (11, 11),
    "12.12": (12, 12),
}  # fmt: skip
_DAYS_IN: Final = {
    "天": 1.0, "日": 1.0, "周": 7.0, "星期": 7.0, "礼拜": 7.0, "月": 30.0, "年": 365.0,
    "小时": 1 / 24, "钟头": 1 / 24, "h": 1 / 24,
}  # fmt: skip
_DURATION: Final = re.compile(
    rf"(?<![第\d])(?<!质保)(?<!保价)(?<!保修)(?<!保质期)(?P<count>{NUMBER})(?:来|多|几)?"
    r"(?:个?(?P<half>半)?多?(?P<unit>天|周|星期|礼拜|年|小时|钟头|h(?![a-z0-9]))"
    r"|(?:个(?P<halves>半)?多?|(?<=[俩仨]))(?P<month>月))"
    rf"(?P<more>半(?![夜路天]))?(?!以?前|之前|[号内无包\d]|质保|保修|联保|延保|{CHINESE}{{1,2}}月)"
)
# 都第六天了
_NTH_DAY: Final = re.compile(rf"第({NUMBER})天(?=[了还都也才])")
_TO_COME: Final = re.compile(r"会|等|到时|准备|打算|快到")
LONGEST_DAYS: Final = 36_500  # beyond it is a year's name, no spell
# A day-month further ahead than this was meant of last year: customers speak of what was.
_AHEAD_DAYS: Final = 45


def find_dates(text: str, now: date | None) -> list[Found]:
    """Each day named, with its span; without `now` only days that carry their year."""
    found: list[Found] = []
    if _SIGNS.isdisjoint(text):
        return found
    for day, start, end in _all_dates(text, now):
        if all(end <= a or start >= b for _, a, b in found):
            found.append((day, start, end))
    return sorted(found, key=lambda row: row[1])


def _all_dates(text: str, now: date | None) -> Iterator[Found]:
    for match in DATE.finditer(text):
        day = _calendar_day(match.group(), now)
        if day is not None:
            yield day, *match.span()
    if now is None:
        return
    yield from _relative_dates(text, now)


def _relative_dates(text: str, now: date) -> Iterator[Found]:
    for pattern in (FESTIVAL, HOLIDAY):
        for match in pattern.finditer(text):
            feast = _festival(now, *_FESTIVALS[match.group()], to_come=bool(_TO_COME.search(text)))
            back = _YEARS_BACK.get(text[max(0, match.start() - 2) : match.start()])
            yield feast if back is None else feast.replace(year=now.year - back), *match.span()
    for match in RELATIVE_DAY.finditer(text):
        yield (
            now + timedelta(days=_RELATIVE[match.group().rstrip("天日晚夜早儿个")]),
            *match.span(),
        )
    for match in MONTH_PART.finditer(text):
        day = _month_part(match, now)
        if day is not None:
            yield day, *match.span()
    for match in WEEKDAY.finditer(text):
        yield _weekday(now, match.group(1), match.group(2)), *match.span()
    for match in _DAYS_AGO.finditer(text):
        days = round((parse_number(match.group(1)) or 0) * _DAYS_IN[match.group(2)])
        if days <= 3650:
            yield now - timedelta(days=days), *match.span()


def _month_part(match: re.Match[str], now: date) -> date | None:
    """The first, the fifteenth or the last day of the month named; no month named is this one."""
    month = int(parse_number(match.group("month") or "") or now.month)
    first = _recent(now, month, 1) if 1 <= month <= 12 else None
    if first is None:
        return None
    which = match.group("which") or ""
    if which.startswith("上"):
        first = (first - timedelta(days=1)).replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    if which.startswith("下"):
        first, following = following, (following + timedelta(days=31)).replace(day=1)
    part = match.group("part")
    if part == "初":
        return first
    return first.replace(day=15) if part == "中" else following - timedelta(days=1)


def _calendar_day(text: str, now: date | None) -> date | None:
    numbers = [parse_number(part) for part in re.findall(rf"\d+|{CHINESE}+", text)]
    whole = [int(number) for number in numbers if number is not None]
    if len(whole) == 3:
        return _safe_date(whole[0], whole[1], whole[2])
    if now is None:
        return None
    if len(whole) == 2:
        years = _YEARS_BACK.get(text[:2])
        if years is not None:
            return _safe_date(now.year - years, whole[0], whole[1])
        return _recent(now, whole[0], whole[1])
    return _day_of_month(now, whole[0], last_month=text.startswith("上")) if whole else None


def _safe_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _recent(now: date, month: int, day: int) -> date | None:
    this_year = _safe_date(now.year, month, day)
    if this_year is not None and this_year > now + timedelta(days=_AHEAD_DAYS):
        return _safe_date(now.year - 1, month, day)
    return this_year


def _festival(now: date, month: int, day: int, *, to_come: bool) -> date:
    """The last one, or the next where it is near and the text speaks of what will be."""
    last = date(now.year if (now.month, now.day) >= (month, day) else now.year - 1, month, day)
    following = last.replace(year=last.year + 1)
    near = following <= now + timedelta(days=_AHEAD_DAYS)
    return following if to_come and near else last


def _day_of_month(now: date, day: int, *, last_month: bool) -> date | None:
    if last_month:
        before = now.replace(day=1) - timedelta(days=1)
        return _safe_date(before.year, before.month, day)
    return _safe_date(now.year, now.month, day)


def _weekday(now: date, which: str | None, name: str) -> date:
    wanted = "一二三四五六日".find(name.replace("天", "日"))
    monday = now - timedelta(days=now.weekday())
    day = monday + timedelta(days=wanted) - timedelta(weeks=_WEEKS_BACK.get(which or "", 0))
    return day - timedelta(weeks=1) if which is None and day > now else day


def find_duration_days(text: str) -> tuple[float, int, int] | None:
    """The longest spell of time named, in days (at least; 三四天 counts as three)."""
    spells = [(_spell_days(match), *match.span()) for match in _DURATION.finditer(text)]
    spells += [(parse_number(m.group(1)) or 0.0, *m.span()) for m in _NTH_DAY.finditer(text)]
    return max((spell for spell in spells if spell[0] <= LONGEST_DAYS), default=None)


def _spell_days(match: re.Match[str]) -> float:
    text = match.group("count")
    half = match.group("half") or match.group("halves") or match.group("more")
    count = (parse_number(text) or 0) + (0.5 if half else 0)
    return round(count * _DAYS_IN[match.group("unit") or match.group("month")], 2)
