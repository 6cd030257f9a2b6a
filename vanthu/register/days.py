"""Stretches of days as people write them in a query: `2024-03`, `3/2024`, `2024-03..2024-04`, `<2024-06-01`, `tuan-nay`."""

import re
from datetime import date, timedelta

Stretch = tuple[date | None, date | None]
"""First and last day, both inside; None: without end."""

_OPERATOR = re.compile(r"(<=|>=|<|>|=)(.+)")
_DAY = timedelta(days=1)

OVERDUE = "qua-han"
"""Quá hạn: before today; of an item that is not closed yet."""


def parse(text: str, today: date) -> Stretch | None:
    """The stretch that a folded text means, None where it is none."""
    if ".." in text:
        low, _, high = text.partition("..")
        return _range(low, high, today)
    if sign := _OPERATOR.fullmatch(text):
        return _compare(sign[1], _one(sign[2], today))
    return _one(text, today)


def _range(low: str, high: str, today: date) -> Stretch | None:
    first, last = _one(low, today), _one(high, today)
    if not (low or high) or (low and not first) or (high and not last):
        return None
    return first[0] if first else None, last[1] if last else None


def _compare(sign: str, one: Stretch | None) -> Stretch | None:
    if one is None or one[0] is None or one[1] is None:
        return None
    match sign:
        case "<":
            return None, _move(one[0], -1)
        case "<=":
            return None, one[1]
        case ">":
            return _move(one[1], 1), None
        case ">=":
            return one[0], None
    return one


def _move(day: date, days: int) -> date:
    try:
        return day + days * _DAY
    except OverflowError:
        return day


def _one(text: str, today: date) -> Stretch | None:
    words = text.strip().replace(" ", "-")
    if words == OVERDUE:
        return None, _move(today, -1)
    if words == "sap-den-han":
        return today, _move(today, 7)
    try:
        if words in _NAMED:
            return _named(*_NAMED[words], today)
        return _written(words)
    except (ValueError, OverflowError):
        return None


def _written(text: str) -> Stretch | None:
    if parts := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        day = date(int(parts[1]), int(parts[2]), int(parts[3]))
        return day, day
    if parts := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text):
        day = date(int(parts[3]), int(parts[2]), int(parts[1]))
        return day, day
    if parts := re.fullmatch(r"(\d{4})-(\d{1,2})", text):
        return _months(int(parts[1]), int(parts[2]), 1)
    if parts := re.fullmatch(r"(\d{1,2})[/.-](\d{4})", text):
        return _months(int(parts[2]), int(parts[1]), 1)
    if parts := re.fullmatch(r"(?:quy|q)-?([1-4])[/.-](\d{4})", text):
        return _months(int(parts[2]), 3 * int(parts[1]) - 2, 3)
    return _months(int(text), 1, 12) if re.fullmatch(r"\d{4}", text) else None


def _months(year: int, month: int, count: int) -> Stretch:
    first = date(year, month, 1)
    beyond = year * 12 + month - 1 + count
    last = date(beyond // 12, beyond % 12 + 1, 1) - _DAY if beyond // 12 <= date.max.year else date.max
    return first, last


_NAMED = {
    "hom-qua": ("day", -1),
    "hom-nay": ("day", 0),
    "ngay-mai": ("day", 1),
    "tuan-truoc": ("week", -1),
    "tuan-nay": ("week", 0),
    "tuan-sau": ("week", 1),
    "tuan-toi": ("week", 1),
    "thang-truoc": ("month", -1),
    "thang-nay": ("month", 0),
    "thang-sau": ("month", 1),
    "thang-toi": ("month", 1),
    "quy-truoc": ("quarter", -1),
    "quy-nay": ("quarter", 0),
    "quy-sau": ("quarter", 1),
    "nam-truoc": ("year", -1),
    "nam-nay": ("year", 0),
    "nam-sau": ("year", 1),
}


def _named(unit: str, step: int, today: date) -> Stretch:
    if unit == "day":
        day = _move(today, step)
        return day, day
    if unit == "week":
        monday = _move(today, 7 * step - today.weekday())
        return monday, _move(monday, 6)
    size = {"month": 1, "quarter": 3, "year": 12}[unit]
    month = (today.year * 12 + today.month - 1) // size * size + step * size
    return _months(month // 12, month % 12 + 1, size)
